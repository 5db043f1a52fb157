//! The first page, for who knows no command yet.

use crate::desk::REMIT;
use serde_json::Value;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A folder that is not below the folder for temporary files, as `temporary` is that.
struct Home {
    home: TempDir,
    temporary: TempDir,
}

impl Home {
    fn new() -> Home {
        let folder = || TempDir::new().unwrap();
        Home { home: folder(), temporary: folder() }
    }

    fn folder(&self) -> &Path {
        self.home.path()
    }

    fn init(&self, name: &str) {
        assert!(Command::new(REMIT).arg("init").arg(self.folder().join(name)).status().unwrap().success());
    }

    /// Starts in a folder and answers what is asked; the front page, and what was said on the way.
    fn start(&self, folder: &Path, answers: &str) -> (String, String) {
        self.start_at(folder, answers, "/")
    }

    /// The same with another page.
    fn start_at(&self, folder: &Path, answers: &str, path: &str) -> (String, String) {
        let mut child = Command::new(REMIT)
            .args(["start", "--no-open", "--json"])
            .current_dir(folder)
            .env("TMPDIR", self.temporary.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let told: Value = serde_json::from_str(&line).unwrap_or_default();
        let page = told["address"].as_str().map(|address| page_at(address, path)).unwrap_or_default();
        let _ = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
        let code = child.wait().unwrap().code();
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!(code, Some(0), "it ends in order when it is asked to: {said}");
        (page, said)
    }
}

/// A page, as who has the key sees it.
fn page_at(address: &str, path: &str) -> String {
    let (host, key) = address.trim_start_matches("http://").split_once("/?key=").unwrap();
    let mut stream = std::net::TcpStream::connect(host).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {key}\r\nConnection: close\r\n\r\n").unwrap();
    let mut page = Vec::new();
    stream.read_to_end(&mut page).unwrap();
    String::from_utf8_lossy(&page).into_owned()
}

#[test]
fn the_only_workspace_of_a_folder_is_opened() {
    let home = Home::new();
    home.init("made up");
    let (page, said) = home.start(home.folder(), "");
    assert!(page.contains("made up") && said.is_empty(), "{said}{page}");
    let (page, _) = home.start(&home.folder().join("made up"), "");
    assert!(page.contains("made up"), "{page}");
}

#[test]
fn of_several_workspaces_one_is_chosen_by_number_or_name() {
    let home = Home::new();
    home.init("made-up-a");
    home.init("made-up-b");
    for (answer, title) in [("\n", "made-up-a"), ("2\n", "made-up-b"), ("made-up-b\n", "made-up-b"), ("9\nx\n1\n", "made-up-a")] {
        let (page, said) = home.start(home.folder(), answer);
        assert!(page.contains(title), "{answer:?}: {said}{page}");
        assert!(said.contains("  1  made-up-a\n  2  made-up-b\n"), "{said}");
        assert_eq!(said.contains("`9` is none of them"), answer.starts_with('9'), "{said}");
    }
}

#[test]
fn a_first_workspace_is_made_by_its_name() {
    let home = Home::new();
    let (page, said) = home.start(home.folder(), "../out\nسجل تجريبي\n");
    assert!(said.contains("`../out` is no name for a folder"), "{said}");
    assert!(page.contains("سجل تجريبي"), "{page}");
    assert!(home.folder().join("سجل تجريبي/remit.toml").is_file());
    // From now on it is the only one.
    let (page, _) = home.start(home.folder(), "");
    assert!(page.contains("سجل تجريبي"), "{page}");
}

#[test]
fn a_name_that_is_taken_is_asked_for_again_and_a_backup_is_no_workspace_to_work_in() {
    let home = Home::new();
    std::fs::write(home.folder().join("README.txt"), "made up").unwrap();
    // An empty folder that is there already is as good as none.
    std::fs::create_dir(home.folder().join("made-up-a")).unwrap();
    let (page, said) = home.start(home.folder(), "README.txt\nmade-up-a\n");
    assert!(said.contains("`README.txt` is here already") && page.contains("made-up-a"), "{said}{page}");
    home.init("made-up-a-before-update");
    home.init("made-up-a-before-update-2");
    let (page, said) = home.start(home.folder(), "");
    assert!(page.contains("made-up-a") && !said.contains("several workspaces"), "{said}");
}

#[test]
fn the_demo_is_shown_where_nothing_can_or_is_to_be_made() {
    let home = Home::new();
    let (page, _) = home.start(home.folder(), "\n");
    assert!(page.contains("Demo: ten host countries"), "{page}");
    let (page, said) = home.start(home.temporary.path(), "kept\n");
    assert!(page.contains("Demo: ten host countries") && said.contains("temporary folder"), "{said}{page}");
    assert!(!home.temporary.path().join("kept").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn where_nothing_can_be_written_no_name_is_asked_for() {
    let home = Home::new();
    // Nobody can make a folder here, not even who may do everything.
    let (page, said) = home.start(Path::new("/proc"), "kept\n");
    assert!(page.contains("Demo: ten host countries"), "{page}");
    assert!(said.contains("Nothing can be written in this folder") && !said.contains("Write a name"), "{said}");
}

/// A demo whose pages are there, in a folder for temporary files of its own.
fn demo_in(temporary: &Path) -> std::process::Child {
    let mut child = Command::new(REMIT)
        .args(["demo", "--training", "--no-open", "--port", "0", "--json"])
        .env("TMPDIR", temporary)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.contains("http://127.0.0.1:"), "{line}");
    // It says its address before it listens for signals.
    std::thread::sleep(std::time::Duration::from_millis(300));
    child
}

#[cfg(unix)]
#[test]
fn a_demo_leaves_nothing_behind_whatever_ends_it() {
    let temporary = TempDir::new().unwrap();
    let left = || std::fs::read_dir(temporary.path()).unwrap().count();
    let signal = |child: &mut std::process::Child, signal: &str| {
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        child.wait().unwrap().code()
    };
    // A folder that has the name which a demo of this process might choose, and is none.
    std::fs::create_dir(temporary.path().join("remit-demo-1")).unwrap();
    let mut other = demo_in(temporary.path());
    // Who closes the terminal hangs up.
    for asked in ["-HUP", "-TERM", "-INT"] {
        let mut child = demo_in(temporary.path());
        assert_eq!(left(), 3, "what another demo has is left to it");
        assert_eq!(signal(&mut child, asked), Some(0), "{asked} ends it in order");
        assert_eq!(left(), 2, "{asked}");
    }
    // What is killed can clear nothing away: the next one does.
    assert_eq!(signal(&mut other, "-KILL"), None);
    assert_eq!(left(), 2);
    let mut next = demo_in(temporary.path());
    assert_eq!(left(), 2, "the folder of the one that was killed is gone");
    signal(&mut next, "-HUP");
    assert_eq!(left(), 1);
}

#[test]
fn a_port_that_another_program_has_is_left_to_it() {
    // Where another test has it already, it is taken all the same.
    let _usual = std::net::TcpListener::bind(("127.0.0.1", 8017));
    let home = Home::new();
    home.init("made up");
    let (page, said) = home.start(home.folder(), "");
    assert!(page.contains("made up") && said.is_empty(), "{said}{page}");
    let other = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = other.local_addr().unwrap().port().to_string();
    let named = Command::new(REMIT).args(["serve", "--port", &port]).arg(home.folder().join("made up")).output().unwrap();
    let said = String::from_utf8(named.stderr).unwrap();
    assert!(!named.status.success() && said.contains("choose another with --port"), "{said}");
}

#[test]
fn who_has_what_is_not_public_is_asked_how_much_is_shown() {
    let home = Home::new();
    home.init("made up");
    let person =
        r#"{"kind":"person","record":"p","marking":"confidential","source":"Made-up","fields":{"name":"Made-up Person"}}"#;
    let mut add = Command::new(REMIT)
        .args(["add"])
        .arg(home.folder().join("made up"))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    writeln!(add.stdin.take().unwrap(), "{person}").unwrap();
    assert!(add.wait().unwrap().success());
    for (answer, is_shown) in [("\n", false), ("7\n3\n", true), ("2\n", false)] {
        let (page, said) = home.start_at(home.folder(), answer, "/records/person");
        assert!(said.contains("  3  confidential\n") && !said.contains("strictly"), "{said}");
        assert_eq!(said.contains("`7` is none of them"), answer.starts_with('7'), "{said}");
        assert_eq!(page.contains("Made-up Person"), is_shown, "{answer:?}: {page}");
    }
}
