//! A newer program, taken from a signed file. The key is made for the test, the newer program is made up.

use crate::desk::{Desk, REMIT};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A program that is installed, a key, and a workspace.
struct Installed {
    desk: Desk,
}

impl Installed {
    fn new() -> Installed {
        let installed = Installed { desk: Desk::new() };
        std::fs::create_dir(installed.path("bin")).unwrap();
        std::fs::copy(REMIT, installed.program()).unwrap();
        installed.minisign(&["-G", "-W", "-p", "key.pub", "-s", "key"]);
        installed.desk.add(&[json!({"kind": "actor", "record": "a", "fields": {"name": "Made-up Army"}})]);
        installed
    }

    fn path(&self, name: &str) -> PathBuf {
        self.desk.path(name)
    }

    fn program(&self) -> PathBuf {
        self.path("bin/remit")
    }

    fn minisign(&self, arguments: &[&str]) {
        let done = Command::new("minisign").args(arguments).current_dir(self.path("")).output();
        let done = done.expect("minisign is installed (scripts/test does it)");
        assert!(done.status.success(), "minisign {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    }

    /// A signed download with a program that is this one but for its version.
    fn release(&self, version: &str) {
        let program =
            format!("#!/bin/sh\nif [ \"$1\" = --version ]; then echo 'remit {version}'; else exec '{REMIT}' \"$@\"; fi\n");
        let news = format!("# Changelog\n\n## {version}\n\n- Made-up news.\n\n## {}\n\n- Old.\n", env!("CARGO_PKG_VERSION"));
        self.pack(&[("remit/remit", &program), ("remit/CHANGELOG.md", &news)]);
        self.minisign(&["-S", "-s", "key", "-m", "new.tar.xz"]);
    }

    fn pack(&self, files: &[(&str, &str)]) {
        for (name, text) in files {
            self.desk.file(&format!("packed/{name}"), text);
        }
        let mut packing = Command::new("tar");
        packing.arg("-cJf").arg(self.path("new.tar.xz")).arg("-C").arg(self.path("packed")).arg("remit");
        let packed = packing.status().unwrap();
        assert!(packed.success());
    }

    fn update(&self, more: &[&str]) -> Output {
        let mut update = Command::new(self.program());
        update.args(["update", "new.tar.xz", "--key", "key.pub"]).args(more).current_dir(self.path("")).output().unwrap()
    }

    fn refused(&self, more: &[&str]) -> String {
        let before = std::fs::read(self.program()).unwrap();
        let output = self.update(more);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(std::fs::read(self.program()).unwrap() == before, "the program is as it was");
        assert_eq!(std::fs::read_dir(self.path("bin")).unwrap().count(), 1, "nothing is left beside it");
        said
    }
}

fn version(program: &Path) -> String {
    String::from_utf8(Command::new(program).arg("--version").output().unwrap().stdout).unwrap()
}

#[test]
fn a_newer_program_takes_the_place_of_this_one_and_workspaces_are_backed_up() {
    let installed = Installed::new();
    installed.release("99.0.0");
    let output = installed.update(&["w", "--json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&told["version"], &told["before"]), (&json!("99.0.0"), &json!(env!("CARGO_PKG_VERSION"))));
    assert_eq!(told["news"], "## 99.0.0\n\n- Made-up news.");
    assert_eq!(version(&installed.program()), "remit 99.0.0\n");
    let kept = PathBuf::from(told["kept"].as_str().unwrap());
    assert_eq!(version(&kept), format!("remit {}\n", env!("CARGO_PKG_VERSION")));
    assert_eq!(std::fs::read_dir(installed.path("bin")).unwrap().count(), 2);
    assert!(installed.desk.ok(&["verify", "w-before-update"]).contains("1 statement,"));
}

#[test]
fn a_check_says_what_is_new_and_changes_nothing() {
    let installed = Installed::new();
    installed.release("99.0.0");
    let output = installed.update(&["--check", "w"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("this is Remit 99.0.0") && said.contains("- Made-up news.") && !said.contains("- Old."), "{said}");
    assert_eq!(version(&installed.program()), format!("remit {}\n", env!("CARGO_PKG_VERSION")));
    assert!(!installed.path("w-before-update").exists());
}

#[test]
fn what_was_not_signed_so_is_refused() {
    let installed = Installed::new();
    installed.release("99.0.0");
    let (file, signature) = (installed.path("new.tar.xz"), installed.path("new.tar.xz.minisig"));
    let signed = std::fs::read(&file).unwrap();
    let mut altered = signed.clone();
    altered[signed.len() / 2] ^= 1;
    std::fs::write(&file, altered).unwrap();
    assert!(installed.refused(&["w"]).contains("new.tar.xz is not what was signed"));
    std::fs::write(&file, &signed).unwrap();

    std::fs::write(&signature, "made up").unwrap();
    assert!(installed.refused(&["w"]).contains("is no signature of minisign"));
    std::fs::remove_file(&signature).unwrap();
    assert!(installed.refused(&["w"]).contains("without its signature new.tar.xz is not taken"));

    installed.minisign(&["-G", "-W", "-p", "other.pub", "-s", "other"]);
    installed.minisign(&["-S", "-s", "other", "-m", "new.tar.xz"]);
    assert!(installed.refused(&["w"]).contains("by somebody else"));
    assert!(!installed.path("w-before-update").exists());
}

#[test]
fn what_is_no_newer_program_is_refused() {
    let installed = Installed::new();
    for version in ["0.0.1", env!("CARGO_PKG_VERSION")] {
        installed.release(version);
        assert!(installed.refused(&[]).contains("there is nothing newer in it"));
    }
    installed.release("made-up");
    assert!(installed.refused(&[]).contains("it is no program of Remit"));
    // Signed by a slip: what is another program, and one that never answers.
    for (program, said) in
        [("echo other program 99.0", "(`other program 99.0`)"), ("exec sleep 300", "did not answer within 30 s")]
    {
        installed.pack(&[("remit/remit", &format!("#!/bin/sh\n{program}\n"))]);
        installed.minisign(&["-S", "-s", "key", "-m", "new.tar.xz"]);
        assert!(installed.refused(&[]).contains(said), "{program}");
    }
    std::fs::remove_dir_all(installed.path("packed")).unwrap();
    installed.pack(&[("remit/remit.elf", "")]);
    installed.minisign(&["-S", "-s", "key", "-m", "new.tar.xz"]);
    assert!(installed.refused(&[]).contains("has no program for this system (linux, x86_64)"));
    // What else can be downloaded says what to do with it.
    installed.pack(&[("remit/remit-pdf", "")]);
    installed.minisign(&["-S", "-s", "key", "-m", "new.tar.xz"]);
    assert!(installed.refused(&[]).contains("put remit-pdf beside remit"));
    std::fs::copy(installed.path("new.tar.xz"), installed.path("made up.deb")).unwrap();
    installed.minisign(&["-S", "-s", "key", "-m", "made up.deb"]);
    let mut package = Command::new(installed.program());
    let package = package.args(["update", "made up.deb", "--key", "key.pub"]).current_dir(installed.path("")).output().unwrap();
    let said = String::from_utf8_lossy(&package.stderr).into_owned();
    let typed = format!("sudo apt install \"{}\"", installed.path("made up.deb").display());
    assert!(package.status.code() == Some(1) && said.contains(&typed), "{said}");
}

#[test]
fn a_workspace_that_cannot_be_brought_up_to_date_leaves_the_program_as_it_is() {
    let installed = Installed::new();
    installed.release("99.0.0");
    let broken =
        "#!/bin/sh\nif [ \"$1\" = --version ]; then echo 'remit 99.0.0'; else echo 'remit: made-up reason' >&2; exit 1; fi\n";
    installed.pack(&[("remit/remit", broken)]);
    installed.minisign(&["-S", "-s", "key", "-m", "new.tar.xz"]);
    let said = installed.refused(&["w"]);
    assert!(said.contains("the backup is w-before-update: made-up reason"), "{said}");
    assert!(installed.desk.ok(&["verify", "w"]).contains("1 statement,"));
    assert!(installed.refused(&["w", "nowhere"]).contains("nowhere"));
    assert!(!installed.path("w-before-update-2").exists(), "all are looked at before the first is backed up");
    installed.refused(&["w"]);
    assert!(installed.path("w-before-update-2").exists(), "an earlier backup is not written over");
}

#[test]
fn an_older_program_refuses_what_a_newer_one_wrote() {
    let desk = Desk::new();
    desk.add(&[json!({"kind": "actor", "record": "a", "fields": {"name": "Made-up Army"}})]);
    let sheet = desk.file("actor.csv", "record,name\nb,Made-up Police\n");
    // Made up: what a newer version would have changed.
    let database = rusqlite::Connection::open(desk.path("w/remit.db")).unwrap();
    database.execute_batch("pragma user_version = 99; create table made_up (a text)").unwrap();
    let w = desk.workspace();
    for arguments in [
        vec!["ask", &w, "unsourced"],
        vec!["sql", &w, "select 1"],
        vec!["import", &w, &sheet],
        vec!["serve", &w, "--port", "0"],
        vec!["serve", &w, "--port", "0", "--read-only"],
        vec!["history", &w],
        vec!["verify", &w],
        vec!["backup", &w, "copy"],
        vec!["export", &w, "out.csv"],
        vec!["migrate", &w],
        vec!["start", &w, "--no-open"],
    ] {
        let (code, said) = desk.fails(&arguments);
        assert_eq!(code, 1, "{arguments:?}: {said}");
        assert!(said.contains("a newer version of Remit wrote this workspace (format 99"), "{arguments:?}: {said}");
    }
}
