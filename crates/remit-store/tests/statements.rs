//! The place of statements that people enter: a kind's view is the union of imports and statements, cut alike. Made up.

use remit_model::{Day, Marking};
use remit_store::{Cell, Cut, Reader, Settings, Workspace};
use tempfile::TempDir;

struct Entry<'a> {
    kind: &'a str,
    record: &'a str,
    fields: &'a str,
    valid: (&'a str, Option<&'a str>),
    marking: Marking,
    recorded_at: &'a str,
    supersedes: Option<&'a str>,
}

const ENTRY: Entry<'static> = Entry {
    kind: "actor",
    record: "police",
    fields: "{\"name\": \"Made-up Police\", \"class\": \"police\"}",
    valid: ("2019", None),
    marking: Marking::Public,
    recorded_at: "2021-01-01T00:00:00.000Z",
    supersedes: None,
};

/// A workspace with these statements, written as the register will write them.
fn workspace(entries: &[Entry<'_>]) -> (TempDir, Workspace) {
    let folder = TempDir::new().expect("a folder");
    let workspace = Workspace::init(&folder.path().join("w"), Settings::default()).expect("a workspace");
    let db = rusqlite::Connection::open(workspace.folder().join("remit.db")).expect("a database");
    for (n, e) in entries.iter().enumerate() {
        db.execute(
            "insert into statement (id, kind, record, fields, valid_from, valid_to, marking, status, author, recorded_at, hash, supersedes, source)
             values (?, ?, ?, ?, ?, ?, ?, 'accepted', 'made up', ?, '', ?, 'Made-up source')",
            rusqlite::params![
                format!("s{n}"), e.kind, e.record, e.fields, e.valid.0, e.valid.1, e.marking.level(), e.recorded_at, e.supersedes
            ],
        )
        .expect("a statement");
    }
    (folder, workspace)
}

fn names(workspace: &Workspace, day: &str, known_on: Option<&str>, clearance: Marking) -> Vec<String> {
    let cut = Cut { valid_on: Day::parse(day).unwrap(), known_on: known_on.map(str::to_owned), clearance };
    let reader = Reader::open(workspace, cut).expect("a reader");
    let table = reader.query("select name from actor order by name", &[]).expect("an answer");
    table.rows.iter().map(|r| r[0].text().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_statement_shows_while_it_is_valid_known_and_allowed() {
    let secret = Entry { record: "s", fields: "{\"name\": \"Made-up Service\"}", marking: Marking::Confidential, ..ENTRY };
    let ended = Entry { record: "e", fields: "{\"name\": \"Made-up Militia\"}", valid: ("2015-03", Some("2020-06")), ..ENTRY };
    let (_folder, workspace) = workspace(&[ENTRY, secret, ended]);
    assert_eq!(names(&workspace, "2021-06-30", None, Marking::Public), ["Made-up Police"]);
    assert_eq!(
        names(&workspace, "2020-06-30", None, Marking::Public),
        ["Made-up Militia", "Made-up Police"],
        "a month lasts to its last day"
    );
    assert_eq!(names(&workspace, "2018-06-30", None, Marking::Public), ["Made-up Militia"]);
    assert_eq!(names(&workspace, "2021-06-30", None, Marking::Confidential), ["Made-up Police", "Made-up Service"]);
    assert_eq!(
        names(&workspace, "2021-06-30", Some("2020-12-31T00:00:00.000Z"), Marking::StrictlyConfidential),
        Vec::<String>::new()
    );
}

#[test]
fn a_correction_replaces_what_it_supersedes_from_when_it_was_known() {
    let corrected = Entry {
        fields: "{\"name\": \"Made-up Gendarmerie\"}",
        recorded_at: "2021-02-01T00:00:00.000Z",
        supersedes: Some("s0"),
        ..ENTRY
    };
    let (_folder, workspace) = workspace(&[ENTRY, corrected]);
    assert_eq!(names(&workspace, "2021-06-30", None, Marking::Public), ["Made-up Gendarmerie"]);
    assert_eq!(names(&workspace, "2021-06-30", Some("2021-01-15T00:00:00.000Z"), Marking::Public), ["Made-up Police"]);
}

#[test]
fn a_record_is_made_of_all_that_is_said_of_it() {
    let more = Entry {
        fields: "{\"country\": \"SO\", \"name\": \"Made-up Police Force\"}",
        recorded_at: "2021-03-01T00:00:00.000Z",
        ..ENTRY
    };
    let (_folder, workspace) = workspace(&[ENTRY, more]);
    let reader = Reader::open(&workspace, Cut::public(Day::parse("2021-06-30").unwrap())).unwrap();
    let table = reader.query("select name, class, country, statements from actor", &[]).unwrap();
    let text = |t: &str| Cell::Text(t.into());
    assert_eq!(table.rows, [[text("Made-up Police Force"), text("police"), text("SO"), Cell::Integer(2)]]);
    let sources = reader.query("select source, author from actor_statement", &[]).unwrap();
    assert_eq!(sources.rows.len(), 2);
}

#[test]
fn an_activity_that_somebody_enters_stands_beside_those_imported() {
    let entered = Entry {
        kind: "activity",
        record: "XX-ENTERED",
        fields: "{\"title\": \"Made-up advice\", \"starts\": \"2021-01-01\"}",
        ..ENTRY
    };
    let (_folder, workspace) = workspace(&[entered]);
    let reader = Reader::open(&workspace, Cut::public(Day::parse("2021-06-30").unwrap())).unwrap();
    let table = reader.query("select identifier, title, phase, source from activity", &[]).unwrap();
    let text = |t: &str| Cell::Text(t.into());
    assert_eq!(table.rows, [[text("XX-ENTERED"), text("Made-up advice"), text("active"), text("Made-up source")]]);
}
