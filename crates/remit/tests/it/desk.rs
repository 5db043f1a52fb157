//! A desk: a workspace in a temporary folder, and the binary beside it.

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use tempfile::TempDir;

pub(crate) const REMIT: &str = env!("CARGO_BIN_EXE_remit");

pub(crate) struct Desk {
    folder: TempDir,
}

impl Desk {
    /// A new workspace.
    pub(crate) fn new() -> Desk {
        let desk = Desk { folder: TempDir::new().expect("a temporary folder") };
        desk.ok(&["init", &desk.workspace()]);
        desk
    }

    pub(crate) fn workspace(&self) -> String {
        self.path("w").display().to_string()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file and returns its path.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, content).expect("a file");
        path.display().to_string()
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        Command::new(REMIT).args(arguments).current_dir(self.folder.path()).output().expect("remit runs")
    }

    /// Runs what must succeed; returns its standard output.
    pub(crate) fn ok(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "remit {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// Runs with lines on standard input.
    pub(crate) fn told(&self, arguments: &[&str], lines: &[Value]) -> Output {
        let mut child = Command::new(REMIT)
            .args(arguments)
            .current_dir(self.folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("remit runs");
        let mut input = child.stdin.take().expect("standard input");
        for line in lines {
            // A program that has given up no longer listens.
            let _ = writeln!(input, "{line}");
        }
        drop(input);
        child.wait_with_output().expect("it ends")
    }

    /// Records statements that must be recorded.
    pub(crate) fn add(&self, lines: &[Value]) {
        let output = self.told(&["add", &self.workspace()], lines);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Runs what must fail; returns its exit code and what it says.
    pub(crate) fn fails(&self, arguments: &[&str]) -> (i32, String) {
        let output = self.run(arguments);
        assert!(!output.status.success(), "remit {arguments:?} succeeded");
        (output.status.code().expect("an exit code"), String::from_utf8(output.stderr).expect("UTF-8"))
    }

    /// Imports a file of this content; returns what the command says.
    pub(crate) fn import(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let file = self.file(name, content);
        let output = self.run(&["import", &self.workspace(), &file]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stderr).expect("UTF-8")
    }

    /// Imports the activities of a file made of these elements.
    pub(crate) fn activities(&self, name: &str, activities: &[String]) {
        self.import(name, iati(activities));
    }

    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.ok(arguments)).expect("JSON")
    }

    /// Rows of a query.
    pub(crate) fn sql(&self, sql: &str) -> Vec<Value> {
        self.json(&["sql", &self.workspace(), sql, "--json"])["rows"].as_array().expect("rows").clone()
    }

    /// One value of a query.
    pub(crate) fn value(&self, sql: &str) -> Value {
        let rows = self.sql(sql);
        assert_eq!(rows.len(), 1, "{sql}");
        rows[0].as_object().expect("a row").values().next().expect("a column").clone()
    }

    /// Rows of a question.
    pub(crate) fn ask(&self, question: &str, parameters: &[&str]) -> Vec<Value> {
        let workspace = self.workspace();
        let mut arguments = vec!["ask", &workspace, question, "--json"];
        arguments.extend(parameters);
        self.json(&arguments)["rows"].as_array().expect("rows").clone()
    }

    /// Rules of all problems, in order of lines. Each has a name in the list of rules.
    pub(crate) fn problems(&self) -> Vec<(String, i64)> {
        let rows = self.json(&["problems", &self.workspace(), "--json"])["rows"].as_array().expect("rows").clone();
        let named = include_str!("../../../../model/codes/import_rule.csv");
        let rule = |r: &Value| r["rule"].as_str().unwrap_or_default().to_owned();
        for rule in rows.iter().map(rule) {
            assert!(named.contains(&format!("\n{rule},")), "`{rule}` has no name in model/codes/import_rule.csv");
        }
        rows.iter().map(|r| (rule(r), r["line"].as_i64().unwrap_or_default())).collect()
    }

    pub(crate) fn serve(&self) -> Server {
        Server::start(Path::new(&self.workspace()), &[])
    }
}

/// A file of these activities.
pub(crate) fn iati(activities: &[String]) -> String {
    format!("<?xml version=\"1.0\"?>\n<iati-activities version=\"2.03\">\n{}\n</iati-activities>\n", activities.join("\n"))
}

/// An activity of the police reform in a made-up programme, with these elements besides.
pub(crate) fn police(identifier: &str, rest: &str) -> String {
    format!(
        "<iati-activity default-currency=\"USD\"><iati-identifier>{identifier}</iati-identifier>\
         <reporting-org ref=\"XX-1\" type=\"10\"><narrative>Made-up Agency</narrative></reporting-org>\
         <title><narrative xml:lang=\"en\">Made-up police reform</narrative></title><activity-status code=\"2\"/>\
         <activity-date type=\"2\" iso-date=\"2020-01-01\"/><activity-date type=\"3\" iso-date=\"2022-12-31\"/>\
         <sector vocabulary=\"1\" code=\"15132\"/>{rest}</iati-activity>"
    )
}

/// A transaction of a type and amount in dollars on a day.
pub(crate) fn paid(kind: &str, amount: &str) -> String {
    transaction(kind, amount, "USD", "2021-03-01", "")
}

pub(crate) fn transaction(kind: &str, amount: &str, currency: &str, date: &str, rest: &str) -> String {
    format!(
        "<transaction><transaction-type code=\"{kind}\"/><transaction-date iso-date=\"{date}\"/>\
         <value currency=\"{currency}\" value-date=\"{date}\">{amount}</value>{rest}</transaction>"
    )
}

/// A server that ends with the test.
pub(crate) struct Server {
    process: Child,
    pub(crate) address: String,
    /// What lets in.
    pub(crate) key: String,
}

impl Server {
    pub(crate) fn start(workspace: &Path, more: &[&str]) -> Server {
        let mut command = Command::new(REMIT);
        command.arg("serve").arg(workspace).args(["--port", "0"]).args(more);
        Server::of(command)
    }

    /// What a command serves.
    pub(crate) fn of(mut command: Command) -> Server {
        let mut process = command.stderr(Stdio::piped()).spawn().expect("remit serves");
        let mut lines = BufReader::new(process.stderr.take().expect("standard error")).lines().map_while(Result::ok);
        let address = lines.find_map(|line| line.split_whitespace().find(|w| w.starts_with("http://")).map(str::to_owned));
        let entrance = address.expect("an address");
        // What it says later stands beside what the test says.
        std::thread::spawn(move || lines.for_each(|line| eprintln!("server: {line}")));
        let (address, key) = entrance.split_once("/?key=").expect("a key");
        Server { process, address: address.to_owned(), key: key.to_owned() }
    }

    /// The line that begins so of what the system says of it.
    pub(crate) fn status(&self, begins: &str) -> Option<String> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).expect("Linux");
        status.lines().find(|l| l.starts_with(begins)).map(str::to_owned)
    }

    /// The most memory that it has had at once, in MB.
    pub(crate) fn memory(&self) -> u64 {
        let line = self.status("VmHWM:").expect("a peak");
        line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).expect("a number") >> 10
    }

    /// Ends it as somebody at a terminal does.
    pub(crate) fn interrupt(mut self) {
        assert!(Command::new("kill").args(["-INT", &self.process.id().to_string()]).status().expect("kill").success());
        assert_eq!(self.process.wait().expect("it ends").code(), Some(0));
    }

    /// The address that a browser opens first.
    pub(crate) fn entrance(&self) -> String {
        format!("{}/?key={}", self.address, self.key)
    }

    /// Status, headers and body of an address.
    pub(crate) fn get(&self, path: &str) -> (u16, String, String) {
        self.get_as(path, self.address.trim_start_matches("http://"))
    }

    /// The address of a page in a language.
    pub(crate) fn in_language(&self, path: &str, language: &str) -> String {
        let between = if path.contains('?') { '&' } else { '?' };
        format!("{}{path}{between}lang={language}", self.address)
    }

    /// Like `get`, with a header of the browser.
    pub(crate) fn get_with(&self, path: &str, header: &str) -> (u16, String, String) {
        let host = self.host();
        let (status, head, body) =
            self.send(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{header}\r\n{}\r\n\r\n", self.usual()), &[]);
        (status, with_small_names(&head), String::from_utf8(body).expect("UTF-8"))
    }

    pub(crate) fn get_as(&self, path: &str, host: &str) -> (u16, String, String) {
        let (status, head, body) = self.send(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{}\r\n\r\n", self.usual()), &[]);
        (status, head.to_lowercase(), String::from_utf8(body).expect("UTF-8"))
    }

    /// Like `get`, for what is no text.
    pub(crate) fn get_bytes(&self, path: &str) -> (u16, String, Vec<u8>) {
        let host = self.host();
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{}\r\n\r\n", self.usual()), &[])
    }

    /// The headers of every request: who asks is let in.
    fn usual(&self) -> String {
        format!("Authorization: Bearer {}\r\nConnection: close", self.key)
    }

    fn host(&self) -> &str {
        self.address.trim_start_matches("http://")
    }

    /// Sends a form as a browser does from one of our own pages.
    pub(crate) fn post(&self, path: &str, fields: &[(&str, &str)]) -> (u16, String, String) {
        self.post_as(path, fields, Some(&self.address), Some("same-origin"))
    }

    pub(crate) fn post_as(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        origin: Option<&str>,
        site: Option<&str>,
    ) -> (u16, String, String) {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send_body(path, "application/x-www-form-urlencoded", body.as_bytes(), origin, site)
    }

    /// Sends a file as a browser does.
    pub(crate) fn upload(&self, path: &str, name: &str, content: &[u8]) -> (u16, String, String) {
        let head = format!("--made-up\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        let body = [head.as_bytes(), content, b"\r\n--made-up--\r\n"].concat();
        self.send_body(path, "multipart/form-data; boundary=made-up", &body, Some(&self.address), Some("same-origin"))
    }

    fn send_body(
        &self,
        path: &str,
        content_type: &str,
        body: &[u8],
        origin: Option<&str>,
        site: Option<&str>,
    ) -> (u16, String, String) {
        let origin = origin.map_or(String::new(), |o| format!("Origin: {o}\r\n"));
        let site = site.map_or(String::new(), |s| format!("Sec-Fetch-Site: {s}\r\n"));
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\n{origin}{site}Content-Type: {content_type}\r\nContent-Length: {}\r\n{}\r\n\r\n",
            self.host(),
            body.len(),
            self.usual()
        );
        let (status, head, body) = self.send(&head, body);
        (status, with_small_names(&head), String::from_utf8(body).expect("UTF-8"))
    }

    pub(crate) fn send(&self, head: &str, body: &[u8]) -> (u16, String, Vec<u8>) {
        let mut stream = TcpStream::connect(self.host()).expect("a connection");
        stream.write_all(head.as_bytes()).expect("a request");
        stream.write_all(body).expect("a request");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        let at = bytes.windows(4).position(|w| w == b"\r\n\r\n").expect("a head and a body");
        let head = String::from_utf8_lossy(&bytes[..at]).into_owned();
        let status = head.split_whitespace().nth(1).and_then(|s| s.parse().ok()).expect("a status");
        (status, head, bytes[at + 4..].to_vec())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Headers with their names in small letters; their values (addresses) as they are.
fn with_small_names(head: &str) -> String {
    let line = |l: &str| l.split_once(": ").map_or(l.to_owned(), |(name, value)| format!("{}: {value}", name.to_lowercase()));
    head.lines().map(line).collect::<Vec<_>>().join("\n")
}
