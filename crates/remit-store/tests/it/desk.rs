//! A workspace in a folder of its own, and made-up things to say in it.

use remit_model::{Day, Marking};
use remit_store::{AsOf, Cell, Cut, Draft, Reader, Register, Settings, Taken, Workspace};
use serde_json::json;
use tempfile::TempDir;

pub(crate) struct Desk {
    _folder: TempDir,
    pub(crate) workspace: Workspace,
    pub(crate) register: Register,
}

impl Desk {
    pub(crate) fn new() -> Desk {
        let folder = TempDir::new().expect("a folder");
        let workspace = Workspace::init(&folder.path().join("w"), Settings::default()).expect("a workspace");
        let register = Register::open(&workspace).expect("a register");
        Desk { _folder: folder, workspace, register }
    }

    /// Records statements at once; returns the entry and the identifiers.
    pub(crate) fn say(&mut self, drafts: &[Draft]) -> (String, Vec<String>) {
        let mut entry = self.register.entry("made up", "entered").unwrap();
        let ids = drafts.iter().map(|d| entry.append(d).unwrap()).collect();
        (entry.commit().unwrap().entry, ids)
    }

    pub(crate) fn reader(&self, day: &str, known_on: Option<&str>, clearance: Marking) -> Reader {
        let as_of = AsOf { valid_on: Day::parse(day).unwrap(), known_on: known_on.map(str::to_owned), clearance };
        Reader::open(&self.workspace, as_of).expect("a reader")
    }

    /// Another copy of the workspace, as a colleague takes it along.
    pub(crate) fn copy(&self) -> Desk {
        let folder = TempDir::new().expect("a folder");
        self.workspace.backup(&folder.path().join("w")).expect("a copy");
        Desk::of(folder)
    }

    /// What a fresh look at the folder gives.
    pub(crate) fn of(folder: TempDir) -> Desk {
        let workspace = Workspace::open(&folder.path().join("w")).expect("a workspace");
        let register = Register::open(&workspace).expect("a register");
        Desk { _folder: folder, workspace, register }
    }

    /// Takes over what another has.
    pub(crate) fn take(&mut self, other: &Desk) -> Taken {
        self.register
            .take_from(&other.workspace, "made up", &Cut::cleared(Marking::StrictlyConfidential), false)
            .expect("it is taken")
    }

    /// What does not hold: what was looked at, and why.
    pub(crate) fn broken(&self) -> Vec<(&'static str, String)> {
        let verified = self.workspace.verify(true).expect("it is checked");
        verified.broken.into_iter().map(|b| (b.what.code(), b.reason)).collect()
    }

    /// Whether any file of the workspace has these bytes.
    pub(crate) fn stands_in_a_file(&self, text: &str) -> bool {
        let files = std::fs::read_dir(self.workspace.folder()).expect("the folder").flatten().filter(|f| f.path().is_file());
        files.into_iter().any(|f| {
            let bytes = std::fs::read(f.path()).expect("a file");
            bytes.windows(text.len()).any(|w| w.eq_ignore_ascii_case(text.as_bytes()))
        })
    }

    pub(crate) fn database(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.workspace.folder().join("remit.db")).expect("a database")
    }

    pub(crate) fn column(&self, sql: &str) -> Vec<String> {
        texts(&self.reader("2021-06-30", None, Marking::Public), sql)
    }
}

/// All copies, taken together in every order.
pub(crate) fn together(copies: &[Desk]) -> Vec<Desk> {
    let mut orders: Vec<Vec<usize>> = vec![vec![]];
    for _ in copies {
        let longer = |order: &Vec<usize>| -> Vec<Vec<usize>> {
            (0..copies.len()).filter(|n| !order.contains(n)).map(|n| [&order[..], &[n]].concat()).collect()
        };
        orders = orders.iter().flat_map(longer).collect();
    }
    let merged = |order: &Vec<usize>| {
        let mut desk = copies[order[0]].copy();
        for n in &order[1..] {
            desk.take(&copies[*n]);
        }
        desk
    };
    orders.iter().map(merged).collect()
}

pub(crate) fn texts(reader: &Reader, sql: &str) -> Vec<String> {
    let table = reader.query(sql, &[]).expect("an answer");
    let text = |c: &Cell| match c {
        Cell::Null => "null".to_owned(),
        Cell::Integer(n) => n.to_string(),
        Cell::Real(n) => n.to_string(),
        Cell::Text(t) => t.clone(),
    };
    table.rows.iter().map(|r| r.iter().map(text).collect::<Vec<_>>().join("|")).collect()
}

pub(crate) fn actor(record: &str, fields: serde_json::Value) -> Draft {
    let fields = fields.as_object().unwrap().clone();
    let mut draft = Draft { kind: "actor".into(), record: record.into(), fields, ..Draft::default() };
    draft.set_envelope("source", "Made-up source");
    draft
}

pub(crate) fn dated(mut draft: Draft, dates: &[(&str, &str)]) -> Draft {
    for (name, value) in dates {
        draft.set_envelope(name, *value);
    }
    draft
}

pub(crate) fn police() -> Draft {
    dated(actor("police", json!({"name": "Made-up Police", "class": "police"})), &[("valid_from", "2019")])
}
