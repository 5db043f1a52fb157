//! Packs the demo's files for the program: a fifth of it would else be they.

use lzma_rust2::{XzOptions, XzWriter};
use std::path::{Path, PathBuf};

/// What belongs to the demo; texts for those who make it do not.
const ENDINGS: [&str; 3] = ["csv", "toml", "xml"];

fn main() {
    let demo = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo says where the crate is")).join("../../demo");
    let into = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo says where to write")).join("demo.tar.xz");
    println!("cargo:rerun-if-changed={}", demo.display());
    let mut files = Vec::new();
    find(&demo, &mut files);
    files.sort();
    // A program that is tried is soon packed, one that is carried away is small.
    let preset = if std::env::var("PROFILE").is_ok_and(|p| p == "debug") { 0 } else { 9 };
    let out = std::fs::File::create(into).expect("the folder can be written");
    let packed = XzWriter::new(out, XzOptions::with_preset(preset)).expect("options of xz");
    let mut archive = tar::Builder::new(packed);
    for file in files {
        let name = file.strip_prefix(&demo).expect("it lies there").to_string_lossy().replace('\\', "/");
        let content = std::fs::read(&file).expect("a file of the demo");
        // No time and no owner: the same files give the same bytes.
        let mut header = tar::Header::new_ustar();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, name, content.as_slice()).expect("it is packed");
    }
    archive.into_inner().and_then(XzWriter::finish).expect("it is packed to the end");
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the demo") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            find(&path, files);
        } else if path.extension().is_some_and(|e| ENDINGS.iter().any(|ending| e == *ending)) {
            files.push(path);
        }
    }
}
