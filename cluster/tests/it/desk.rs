//! Workspaces, exports of them, and what both say. What is recorded here is made up.

use remit_cluster::{Folder, Manifest, Options, Where, export};
use remit_model::{Day, Marking};
use remit_store::{AsOf, Cell, Draft, Reader, Register, Settings, Table, Workspace};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::time::Duration;
use tempfile::TempDir;

/// Longer than anything takes here.
pub(crate) const LONG: Duration = Duration::from_secs(120);

/// The day of the demo's answers.
pub(crate) const DAY: &str = "2021-06-30";

/// A workspace and its exports.
pub(crate) struct Desk {
    folder: TempDir,
    pub(crate) workspace: Workspace,
}

impl Desk {
    /// An empty one.
    pub(crate) fn new() -> Desk {
        let folder = TempDir::new().expect("a temporary folder");
        let workspace = Workspace::init(&folder.path().join("w"), Settings::default()).expect("a workspace");
        Desk { folder, workspace }
    }

    /// One with a file of its own model or questions.
    pub(crate) fn with(files: &[(&str, &str)]) -> Desk {
        let desk = Desk::new();
        for (name, text) in files {
            let file = desk.workspace.folder().join(name);
            std::fs::create_dir_all(file.parent().expect("its folder")).expect("a folder");
            std::fs::write(file, text).expect("a file");
        }
        let workspace = Workspace::open(desk.workspace.folder()).expect("the workspace");
        workspace.migrate().expect("tables for its kinds");
        Desk { workspace, ..desk }
    }

    /// Records statements, each an entry of its own; returns the last one's identifier.
    pub(crate) fn add(&self, statements: &[Value]) -> String {
        let mut register = Register::open(&self.workspace).expect("the register");
        let mut last = String::new();
        for statement in statements {
            let mut entry = register.entry("Made-up Adviser", "added").expect("an entry");
            let draft = Draft::from_json(self.workspace.model(), statement.as_object().expect("an object")).expect("a draft");
            last = entry.append(&draft).expect("a statement");
            entry.commit().expect("recorded");
        }
        last
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn export(&self, name: &str, as_of: &AsOf) -> Manifest {
        export(&self.workspace, as_of, &self.path(name), &Options::default()).expect("an export")
    }

    pub(crate) async fn exported(&self, as_of: &AsOf) -> Folder {
        self.export("out", as_of);
        open(&self.path("out")).await
    }

    pub(crate) fn reader(&self, as_of: &AsOf) -> Reader {
        Reader::open(&self.workspace, as_of.clone()).expect("a reader")
    }
}

/// Does work on a thread with room for deep plans.
pub(crate) fn run(work: impl Future<Output = ()> + Send + 'static) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(64 << 20).build().expect("a runtime");
    runtime.block_on(runtime.spawn(work)).expect("it ends");
}

pub(crate) async fn open(folder: &Path) -> Folder {
    Folder::open(&folder.display().to_string()).await.expect("an export")
}

pub(crate) fn as_of(day: &str, clearance: Marking) -> AsOf {
    AsOf { clearance, ..AsOf::public(Day::parse(day).expect("a day")) }
}

pub(crate) async fn rows(folder: &Folder, sql: &str) -> Table {
    folder.query(sql, &Where::Here, LONG).await.unwrap_or_else(|e| panic!("{sql}: {e:#}"))
}

/// A statement about an actor.
pub(crate) fn actor(record: &str, name: &str, more: Value) -> Value {
    let mut statement = json!({ "kind": "actor", "record": record, "fields": { "name": name, "class": "police", "country": "SO" }, "source": "Made-up Report" });
    for (key, value) in more.as_object().expect("an object") {
        statement[key] = value.clone();
    }
    statement
}

/// The demo, built by `remit`.
pub(crate) static DEMO: LazyLock<Desk> = LazyLock::new(|| {
    let folder = TempDir::new().expect("a temporary folder");
    let place = folder.path().join("w");
    let made = Command::new(remit()).args(["demo", "--build-only", "--folder"]).arg(&place).output().expect("remit runs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let workspace = Workspace::open(&place).expect("the demo");
    Desk { folder, workspace }
});

/// The program that builds the demo: that of `REMIT`, else the one that was built here.
pub(crate) fn remit() -> PathBuf {
    let built =
        ["debug", "release"].map(|profile| Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../target/{profile}/remit")));
    let named = std::env::var_os("REMIT").map(PathBuf::from);
    let found = named.into_iter().chain(built).find(|program| program.is_file());
    found.expect("build remit first (cargo build in the folder above), or name it by REMIT=…")
}

/// True where two values are the same: numbers as far as the order in which they were added up lets them be.
pub(crate) fn same(a: &Cell, b: &Cell) -> bool {
    match (a.number(), b.number()) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0),
        _ => a == b,
    }
}

/// The first way in which two tables differ.
pub(crate) fn difference(ours: &Table, theirs: &Table) -> Option<String> {
    if ours.columns != theirs.columns {
        return Some(format!("columns {:?}\nand {:?}", ours.columns, theirs.columns));
    }
    if ours.rows.len() != theirs.rows.len() {
        return Some(format!("{} rows and {}", ours.rows.len(), theirs.rows.len()));
    }
    let rows = ours.rows.iter().zip(&theirs.rows).enumerate();
    let mut found = rows.filter_map(|(n, (a, b))| {
        let at = a.iter().zip(b).position(|(a, b)| !same(a, b))?;
        Some(format!("row {n}, {}: {:?} and {:?}", ours.columns[at], a[at], b[at]))
    });
    found.next()
}
