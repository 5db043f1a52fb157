//! A browser that is driven as the W3C's WebDriver says: JSON over HTTP, as much of it as the tests need.

use serde_json::{Value, json};
use std::fmt;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// How long is waited for what a page is still to show.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the protocol calls an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Keys that are no letters.
pub(super) const ENTER: &str = "\u{e007}";
pub(super) const TAB: &str = "\u{e004}";

/// What the driver says went wrong.
#[derive(Debug)]
pub(super) struct Fault(String);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A browser with one window.
pub(super) struct Browser {
    host: String,
    session: String,
}

impl Browser {
    /// Has the driver at an address start one.
    pub(super) fn start(address: &str, capabilities: &Value) -> Result<Browser, Fault> {
        let mut browser = Browser { host: address.trim_start_matches("http://").to_owned(), session: String::new() };
        let started = browser.send("POST", "/session", &json!({ "capabilities": { "alwaysMatch": capabilities } }))?;
        browser.session = format!("/session/{}", started["sessionId"].as_str().unwrap_or_default());
        Ok(browser)
    }

    pub(super) fn close(&self) -> Result<(), Fault> {
        self.send("DELETE", &self.session, &Value::Null).map(drop)
    }

    pub(super) fn goto(&self, address: &str) -> Result<(), Fault> {
        self.tell("url", &json!({ "url": address })).map(drop)
    }

    pub(super) fn find(&self, css: &str) -> Result<Element<'_>, Fault> {
        let found = self.tell("element", &json!({ "using": "css selector", "value": css }))?;
        Ok(self.element(&found))
    }

    pub(super) fn find_all(&self, css: &str) -> Result<Vec<Element<'_>>, Fault> {
        let found = self.tell("elements", &json!({ "using": "css selector", "value": css }))?;
        Ok(found.as_array().into_iter().flatten().map(|e| self.element(e)).collect())
    }

    /// The element as soon as it is there.
    pub(super) fn wait_for(&self, css: &str) -> Result<Element<'_>, Fault> {
        let began = Instant::now();
        loop {
            match self.find(css) {
                Err(_) if began.elapsed() < PATIENCE => std::thread::sleep(Duration::from_millis(100)),
                found => return found,
            }
        }
    }

    pub(super) fn active_element(&self) -> Result<Element<'_>, Fault> {
        Ok(self.element(&self.ask("element/active")?))
    }

    /// Presses keys one after another, where the focus is.
    pub(super) fn press(&self, keys: &str) -> Result<(), Fault> {
        let stroke = |key: char| ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key.to_string() }));
        let strokes: Vec<Value> = keys.chars().flat_map(stroke).collect();
        self.tell("actions", &json!({ "actions": [{ "type": "key", "id": "keys", "actions": strokes }] })).map(drop)
    }

    /// What a script returns.
    pub(super) fn execute(&self, script: &str) -> Result<Value, Fault> {
        self.tell("execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// What a script hands to the function that is its last argument.
    pub(super) fn execute_async(&self, script: &str) -> Result<Value, Fault> {
        self.tell("execute/async", &json!({ "script": script, "args": [] }))
    }

    pub(super) fn source(&self) -> Result<String, Fault> {
        self.ask("source").map(text)
    }

    pub(super) fn title(&self) -> Result<String, Fault> {
        self.ask("title").map(text)
    }

    pub(super) fn current_url(&self) -> Result<String, Fault> {
        self.ask("url").map(text)
    }

    pub(super) fn set_window_size(&self, width: u32, height: u32) -> Result<(), Fault> {
        self.tell("window/rect", &json!({ "width": width, "height": height })).map(drop)
    }

    /// The page as PNG.
    pub(super) fn screenshot(&self) -> Result<Vec<u8>, Fault> {
        decoded(&self.ask("screenshot")?)
    }

    /// The page on paper, as PDF.
    pub(super) fn print(&self) -> Result<Vec<u8>, Fault> {
        decoded(&self.tell("print", &json!({}))?)
    }

    /// The page on the paper that its style sheet asks for, as PDF.
    pub(super) fn on_paper(&self) -> Result<Vec<u8>, Fault> {
        decoded(&self.chromium("Page.printToPDF", &json!({ "preferCSSPageSize": true }))?["data"])
    }

    /// A command of Chromium's own protocol.
    pub(super) fn chromium(&self, command: &str, parameters: &Value) -> Result<Value, Fault> {
        self.tell("goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    fn element(&self, found: &Value) -> Element<'_> {
        Element { browser: self, path: format!("element/{}", found[ELEMENT].as_str().unwrap_or_default()) }
    }

    fn ask(&self, what: &str) -> Result<Value, Fault> {
        self.send("GET", &format!("{}/{what}", self.session), &Value::Null)
    }

    fn tell(&self, what: &str, body: &Value) -> Result<Value, Fault> {
        self.send("POST", &format!("{}/{what}", self.session), body)
    }

    /// The value of the driver's answer.
    fn send(&self, method: &str, path: &str, body: &Value) -> Result<Value, Fault> {
        let (is_good, answer) =
            self.exchange(method, path, body).map_err(|e| Fault(format!("{method} {path}: the driver does not answer: {e}")))?;
        let value = answer["value"].clone();
        let wrong = || Fault(format!("{method} {path}: {}: {}", value["error"], value["message"]));
        if is_good { Ok(value) } else { Err(wrong()) }
    }

    fn exchange(&self, method: &str, path: &str, body: &Value) -> std::io::Result<(bool, Value)> {
        let mut stream = TcpStream::connect(&self.host)?;
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let length = body.len();
        let head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n", self.host);
        stream.write_all(format!("{head}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}").as_bytes())?;
        let mut answer = BufReader::new(stream);
        let (mut is_good, mut length, mut line) = (false, 0, String::new());
        // A driver does not end the connection by itself: its answer is as long as it says.
        while answer.read_line(&mut line)? > 2 {
            is_good |= line.starts_with("HTTP/1.1 200");
            if let Some((_, bytes)) = line.split_once(':').filter(|(name, _)| name.eq_ignore_ascii_case("content-length")) {
                length = bytes.trim().parse().unwrap_or_default();
            }
            line.clear();
        }
        let mut bytes = vec![0; length];
        answer.read_exact(&mut bytes)?;
        Ok((is_good, serde_json::from_slice(&bytes)?))
    }
}

/// An element of the page that is shown.
pub(super) struct Element<'b> {
    browser: &'b Browser,
    path: String,
}

impl Element<'_> {
    pub(super) fn click(&self) -> Result<(), Fault> {
        self.browser.tell(&format!("{}/click", self.path), &json!({})).map(drop)
    }

    pub(super) fn clear(&self) -> Result<(), Fault> {
        self.browser.tell(&format!("{}/clear", self.path), &json!({})).map(drop)
    }

    pub(super) fn send_keys(&self, keys: &str) -> Result<(), Fault> {
        self.browser.tell(&format!("{}/value", self.path), &json!({ "text": keys })).map(drop)
    }

    pub(super) fn text(&self) -> Result<String, Fault> {
        self.browser.ask(&format!("{}/text", self.path)).map(text)
    }

    pub(super) fn attr(&self, name: &str) -> Result<Option<String>, Fault> {
        Ok(self.browser.ask(&format!("{}/attribute/{name}", self.path))?.as_str().map(str::to_owned))
    }
}

fn text(value: Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn decoded(value: &Value) -> Result<Vec<u8>, Fault> {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.decode(value.as_str().unwrap_or_default()).map_err(|e| Fault(e.to_string()))
}
