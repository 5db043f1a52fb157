//! A single value that is redacted is nowhere, the chain still holds, nothing brings it back, and who takes a value away without an
//! order is found out. All records are made up.

use crate::desk::{Desk, actor, texts};
use proptest::prelude::*;
use remit_model::Marking;
use remit_store::{Cut, Draft, Redacted, Redaction, Register, StoreError, Workspace};
use serde_json::json;

fn noted(record: &str, note: &str) -> Draft {
    actor(record, json!({"name": "Made-up Guard", "class": "military", "country": "SO", "note": note}))
}

fn redact(desk: &mut Desk, id: &str, field: &str) -> Result<Redacted, StoreError> {
    let values = vec![(id.to_owned(), field.to_owned())];
    let redaction = Redaction { values, reason: "named a source".into(), ordered_by: "Head of unit".into() };
    desk.register.redact(&redaction, "made up")
}

/// A desk where a note was public, and is confidential now: with the statement that was public.
fn raised() -> (Desk, String) {
    let mut desk = Desk::new();
    let mut open = noted("guard", "told by Quixwell");
    open.set_envelope("quote", "says Zanzabell");
    let (_, ids) = desk.say(&[open, noted("other", "told by nobody")]);
    let held = Draft { marking: Marking::Confidential, ..noted("guard", "told by somebody") };
    desk.say(&[Draft { supersedes: vec![ids[0].clone()], ..held }]);
    (desk, ids[0].clone())
}

#[test]
fn an_old_value_that_is_redacted_is_in_no_byte_of_the_folder_and_who_ordered_it_is_seen() {
    let (mut desk, old) = raised();
    let moment = desk.column("select max(recorded_at) from statement").remove(0);
    assert!(desk.stands_in_a_file("quixwell") && desk.stands_in_a_file("zanzabell"));
    let redacted = redact(&mut desk, &old, "note").expect("it is redacted");
    assert_eq!((redacted.recorded.statements, redacted.values, redacted.is_out_of_log), (1, 1, true));
    assert!(!desk.stands_in_a_file("quixwell"));
    redact(&mut desk, &old, "quote").expect("what was quoted too");
    assert!(!desk.stands_in_a_file("zanzabell") && desk.stands_in_a_file("told by nobody"));
    assert_eq!(desk.broken(), []);

    let before = desk.reader("2021-06-30", Some(&moment), Marking::StrictlyConfidential);
    assert_eq!(texts(&before, "select fields from statement where record = 'guard' and marking = 'public'").len(), 1);
    let sql = "select record, field, ordered_by, reason, author from redaction order by recorded_at, field";
    assert_eq!(
        desk.column(sql),
        ["guard|note|Head of unit|named a source|made up", "guard|quote|Head of unit|named a source|made up"]
    );
    assert_eq!(desk.column("select statements from entry where act like 'redacted, ordered by Head of unit: %'"), ["1", "1"]);
    assert_eq!(desk.column("select count(*) from statement where kind = 'redaction'"), ["0"]);
}

#[test]
fn what_is_redacted_cannot_be_undone_done_twice_or_done_without_an_order() {
    let (mut desk, old) = raised();
    let entry = redact(&mut desk, &old, "note").unwrap().recorded.entry;
    for refused in [
        desk.register.undo(&entry, "made up").map(drop),
        redact(&mut desk, &old, "note").map(drop),
        redact(&mut desk, &old, "acronym").map(drop),
        redact(&mut desk, "nothing", "note").map(drop),
        desk.register
            .redact(&Redaction { values: vec![(old.clone(), "name".into())], reason: " ".into(), ordered_by: "x".into() }, "x")
            .map(drop),
    ] {
        assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
    }
    let by_hand = Draft { kind: "redaction".into(), ..actor("x", json!({"values": ["f:name"], "kind": "actor"})) };
    let mut entry = desk.register.entry("made up", "entered").unwrap();
    assert!(matches!(entry.append(&by_hand), Err(StoreError::Statement { .. })), "nobody enters one by hand");
    drop(entry);
    assert_eq!(desk.broken(), []);
}

#[test]
fn the_same_words_elsewhere_are_told() {
    let mut desk = Desk::new();
    let (_, ids) = desk.say(&[noted("guard", "told by Quixwell"), noted("other", "again told by Quixwell")]);
    let redacted = redact(&mut desk, &ids[0], "note").unwrap();
    assert_eq!(redacted.named_in, [("actor".to_owned(), "other".to_owned())]);
}

/// Puts the row of a statement in one workspace in the place of that in another.
fn put(from: &Desk, to: &Desk, id: &str) {
    let columns = "fields, quote, salt, salts, sealed";
    let row: Vec<rusqlite::types::Value> = from
        .database()
        .query_row(&format!("select {columns} from statement where id = ?"), [id], |row| (0..5).map(|at| row.get(at)).collect())
        .unwrap();
    let sql = format!("update statement set ({columns}) = (?, ?, ?, ?, ?) where id = '{id}'");
    to.database().execute(&sql, rusqlite::params_from_iter(row)).unwrap();
}

#[test]
fn a_value_that_somebody_took_away_or_put_back_is_seen() {
    let (desk, old) = raised();
    let (mut redacted, untouched) = (desk.copy(), desk.copy());
    redact(&mut redacted, &old, "note").unwrap();
    put(&redacted, &desk, &old);
    let told = desk.broken();
    assert!(
        told.iter().any(|(what, why)| *what == "statement" && why.contains("`note`") && why.contains("nobody ordered")),
        "{told:?}"
    );
    put(&untouched, &redacted, &old);
    let told = redacted.broken();
    assert!(told.iter().any(|(what, why)| *what == "statement" && why.contains("stands there again")), "{told:?}");
}

#[test]
fn what_an_older_version_erased_is_noted_once_and_what_is_gone_later_is_seen() {
    let (desk, old) = raised();
    let mut redacted = desk.copy();
    redact(&mut redacted, &old, "note").unwrap();
    put(&redacted, &desk, &old);
    desk.database()
        .execute_batch(
            "drop table statement_text;
             create virtual table statement_text using fts5 (
                 words, content = '', detail = none, tokenize = 'unicode61 remove_diacritics 2', prefix = '3');
             pragma application_id = 7; pragma user_version = 5",
        )
        .unwrap();
    let verified = desk.workspace.verify(false).unwrap();
    assert_eq!((verified.broken, verified.words), (vec![], false), "it holds as the older version left it");
    drop(Register::open(&desk.workspace).unwrap());
    assert_eq!(desk.broken(), []);
    assert_eq!(desk.column("select field, author from redaction"), ["note|remit"]);
    redact(&mut redacted, &old, "quote").unwrap();
    put(&redacted, &desk, &old);
    assert!(desk.broken().iter().any(|(_, why)| why.contains("nobody ordered")));
}

#[test]
fn a_part_has_the_order_and_not_the_value() {
    let (mut desk, old) = raised();
    redact(&mut desk, &old, "note").unwrap();
    let cut = |kinds: &[&str], countries: &[&str]| Cut {
        kinds: kinds.iter().map(|k| (*k).to_owned()).collect(),
        countries: countries.iter().map(|c| (*c).to_owned()).collect(),
        ..Cut::cleared(Marking::StrictlyConfidential)
    };
    for (cut, orders) in [(cut(&["actor"], &["SO"]), 1), (cut(&["person"], &[]), 0), (cut(&[], &["ML"]), 0)] {
        let folder = tempfile::TempDir::new().unwrap();
        desk.workspace.cut(&folder.path().join("w"), &cut, "made up").unwrap();
        let part = Workspace::open(&folder.path().join("w")).unwrap();
        assert_eq!(part.verify(true).unwrap().broken, [], "{cut:?}");
        let part = Desk::of(folder);
        assert!(!part.stands_in_a_file("quixwell"));
        assert_eq!(part.column("select count(*) from redaction"), [orders.to_string()], "{cut:?}");
    }
    let mut copy = desk.copy();
    assert_eq!(copy.take(&desk).recorded.statements, 0);
    assert_eq!(copy.broken(), []);
}

/// What a copy shows: values, and the orders to take some of them away.
fn seen(desk: &Desk) -> [Vec<String>; 2] {
    [
        desk.column("select record, note from actor_statement order by 1, 2"),
        desk.column("select statement, field, reason from redaction order by 1, 2, 3"),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3))]

    /// Values that are said, corrected and redacted in three copies, merged in every order: each comes to the same, each holds, and
    /// what was redacted in one is in none.
    #[test]
    fn no_order_of_merges_brings_a_value_back(
        edits in prop::collection::vec((0usize..3, 0usize..3, any::<prop::sample::Index>()), 1..10),
    ) {
        let mut first = Desk::new();
        first.say(&[noted("a", "secretalpha"), noted("b", "secretbeta")]);
        let mut copies = [first.copy(), first.copy(), first.copy()];
        let mut gone: Vec<String> = Vec::new();
        for (n, (copy, what, at)) in edits.into_iter().enumerate() {
            let desk = &mut copies[copy];
            let stands = desk.column("select statement || ' ' || record || ' ' || (fields ->> 'note') from statement where fields ->> 'note' is not null order by seq");
            let chosen = stands.get(at.index(stands.len().max(1))).map(|s| s.split(' ').collect::<Vec<_>>());
            let Some([id, record, note]) = chosen.as_deref() else { continue };
            match what {
                0 => { desk.say(&[noted("c", &format!("secretof{n}x"))]); }
                1 => { desk.say(&[Draft { supersedes: vec![(*id).to_owned()], ..noted(record, &format!("secretof{n}x")) }]); }
                _ => {
                    redact(desk, id, "note").unwrap();
                    gone.push((*note).to_owned());
                }
            }
        }
        let mut outcomes = Vec::new();
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let mut merged = copies[order[0]].copy();
            for other in &order[1..] {
                merged.take(&copies[*other]);
            }
            // Once more from who still has what was redacted elsewhere.
            merged.take(&copies[order[1]]);
            prop_assert_eq!(merged.broken(), []);
            for value in &gone {
                prop_assert!(!merged.stands_in_a_file(value), "{} after {:?}", value, order);
            }
            outcomes.push(seen(&merged));
        }
        for outcome in &outcomes[1..] {
            prop_assert_eq!(outcome, &outcomes[0]);
        }
    }
}
