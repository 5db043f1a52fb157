//! `remit export --parquet`, which the program `remit-cluster` does: whether it is found and what it is told. What it writes, its own tests
//! say (`cluster/tests`). All made up.

use crate::desk::{Desk, REMIT};
use std::path::Path;
use std::process::{Command, Output};

fn export_with(desk: &Desk, path: &Path, more: &[&str]) -> Output {
    let workspace = desk.workspace();
    let arguments = [&["export", &workspace, "tables", "--parquet"][..], more].concat();
    Command::new(REMIT).args(arguments).current_dir(desk.path("")).env("PATH", path).output().expect("remit runs")
}

#[test]
fn the_program_that_writes_parquet_is_named_where_it_is_not_there() {
    let desk = Desk::new();
    let out = export_with(&desk, &desk.path("nowhere"), &[]);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert_eq!(out.status.code(), Some(1), "{said}");
    assert!(said.contains("remit-cluster") && said.contains("beside remit"), "{said}");
    assert!(!desk.path("tables").exists());
}

#[cfg(unix)]
#[test]
fn the_program_that_writes_parquet_is_told_the_cut() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    std::fs::create_dir(desk.path("bin")).expect("a folder");
    let program = desk.path("bin/remit-cluster");
    let version = concat!("remit-cluster ", env!("CARGO_PKG_VERSION"));
    let answers =
        |version: &str, then: &str| format!("#!/bin/sh\nif [ \"$1\" = --version ]; then echo '{version}'; exit; fi\n{then}\n");
    std::fs::write(&program, answers(version, "echo \"$@\"")).expect("a program");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("its rights");
    let asked = ["--valid-on", "2021-06-30", "--known-on", "2026-01-02", "--clearance", "internal", "--overwrite", "--json"];
    let out = export_with(&desk, &desk.path("bin"), &asked);
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let told = "tables --valid-on 2021-06-30 --clearance internal --known-on 2026-01-02T23:59:59.999Z --overwrite --json";
    assert!(said.starts_with("export ") && said.trim_end().ends_with(told), "{said}");
    // Where it fails, so does the export, and a wrong day is said before it is run.
    std::fs::write(&program, answers(version, "echo 'error: made up' >&2\nexit 1")).expect("a program");
    let out = export_with(&desk, &desk.path("bin"), &[]);
    assert_eq!(out.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&out.stderr).contains("made up"));
    assert_eq!(export_with(&desk, &desk.path("bin"), &["--valid-on", "soon"]).status.code(), Some(2));
    // One of another version may show what this one keeps from a reader: it is not run.
    for other in ["remit-cluster 0.0.9", "remit-cluster", "made up"] {
        std::fs::write(&program, answers(other, "echo \"$@\"")).expect("a program");
        let out = export_with(&desk, &desk.path("bin"), &[]);
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!((out.status.code(), out.stdout.len()), (Some(1), 0), "{said}");
        assert!(said.contains("they belong together") && said.contains(env!("CARGO_PKG_VERSION")), "{said}");
    }
}
