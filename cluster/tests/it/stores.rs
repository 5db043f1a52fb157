//! An export behind a web server, and in an S3-like store: both are played by a server that gives files, or parts of them.

use crate::desk::{DAY, DEMO, as_of};
use remit_model::Marking;
use serde_json::Value;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Serves the files of a folder; returns the address.
fn serve(folder: PathBuf) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let folder = folder.clone();
            std::thread::spawn(move || while answer(&stream, &folder).is_some() {});
        }
    });
    address
}

/// Answers one request; nothing where the other side has gone.
fn answer(mut stream: &TcpStream, folder: &Path) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    let first = lines.next()?.ok()?;
    let (method, path) = (first.split(' ').next()?, first.split(' ').nth(1)?);
    let mut range = None;
    for line in lines.map_while(Result::ok).take_while(|line| !line.is_empty()) {
        if let Some(asked) = line.to_lowercase().strip_prefix("range: bytes=") {
            let (from, to) = asked.split_once('-')?;
            range = Some((from.parse::<usize>().ok(), to.parse::<usize>().ok()));
        }
    }
    let Ok(bytes) = std::fs::read(folder.join(path.trim_start_matches('/').replace("%3D", "="))) else {
        return stream.write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n").ok();
    };
    let whole = bytes.len();
    let (from, to) = match range {
        Some((Some(from), to)) => (from, to.map_or(whole, |to| (to + 1).min(whole))),
        Some((None, Some(last))) => (whole.saturating_sub(last), whole),
        _ => (0, whole),
    };
    let status = if range.is_some() { "206 Partial Content" } else { "200 OK" };
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-length: {}\r\ncontent-range: bytes {from}-{}/{whole}\r\naccept-ranges: bytes\r\n\
         etag: \"made-up\"\r\nlast-modified: Mon, 01 Jan 2024 00:00:00 GMT\r\n\r\n",
        to - from,
        to.max(1) - 1
    );
    stream.write_all(head.as_bytes()).ok()?;
    if method == "GET" {
        stream.write_all(&bytes[from..to]).ok()?;
    }
    Some(())
}

fn asked(place: &str, endpoint: &str) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_remit-cluster"));
    command.args(["ask", place, "recipients", "--country", "SO"]);
    command.envs([
        ("AWS_ENDPOINT", endpoint),
        ("AWS_REGION", "made-up"),
        ("AWS_ALLOW_HTTP", "true"),
        ("AWS_SKIP_SIGNATURE", "true"),
    ]);
    let out = command.output().expect("it runs");
    assert!(out.status.success(), "{place}: {}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).expect("JSON")
}

#[test]
fn an_export_is_asked_wherever_it_lies() {
    DEMO.export("store/tables", &as_of(DAY, Marking::Public));
    let address = serve(DEMO.path("store"));
    let here = asked(&DEMO.path("store/tables").display().to_string(), &address);
    assert!(here["rows"].as_array().is_some_and(|rows| !rows.is_empty()));
    assert_eq!(asked(&format!("{address}/tables"), &address), here);
    // The first part of the address is the bucket, and the folder of that name here.
    let bucket = serve(DEMO.path(""));
    assert_eq!(asked("s3://store/tables", &bucket), here);
}
