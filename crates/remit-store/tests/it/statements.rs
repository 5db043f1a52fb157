//! The register: what is appended, what is seen of it, and what can be taken back. All records are made up.

use crate::desk::{Desk, actor, dated, police, texts};
use proptest::prelude::*;
use remit_model::{Day, Marking};
use remit_store::{AsOf, AskedBy, Draft, Reader, Register, Status, Workspace};
use serde_json::json;

fn names(reader: &Reader) -> Vec<String> {
    texts(reader, "select name from actor order by name")
}

#[test]
fn a_statement_shows_while_it_is_valid_known_and_allowed() {
    let mut desk = Desk::new();
    let secret = Draft { marking: Marking::Confidential, ..actor("s", json!({"name": "Made-up Service"})) };
    let ended = dated(actor("e", json!({"name": "Made-up Militia"})), &[("valid_from", "2015-03"), ("valid_to", "2020-06")]);
    desk.say(&[police(), dated(secret, &[("valid_from", "2019")]), ended]);
    assert_eq!(names(&desk.reader("2021-06-30", None, Marking::Public)), ["Made-up Police"]);
    assert_eq!(
        names(&desk.reader("2020-06-30", None, Marking::Public)),
        ["Made-up Militia", "Made-up Police"],
        "a month lasts to its last day"
    );
    assert_eq!(names(&desk.reader("2018-06-30", None, Marking::Public)), ["Made-up Militia"]);
    assert_eq!(names(&desk.reader("2021-06-30", None, Marking::Confidential)), ["Made-up Police", "Made-up Service"]);
    assert!(names(&desk.reader("2021-06-30", Some("2020-12-31T00:00:00.000Z"), Marking::StrictlyConfidential)).is_empty());
}

#[test]
fn what_is_only_cited_holds_from_when_it_was_first_cited_and_is_not_confirmed_after() {
    let mut desk = Desk::new();
    let cited = dated(actor("b", json!({"name": "Made-up Battalion"})), &[("first_cited", "2012-05"), ("last_cited", "2014")]);
    desk.say(&[cited]);
    let at = |day: &str| texts(&desk.reader(day, None, Marking::Public), "select name, confirmed from actor");
    assert!(at("2012-04-30").is_empty());
    assert_eq!(at("2012-05-01"), ["Made-up Battalion|1"]);
    assert_eq!(at("2014-12-31"), ["Made-up Battalion|1"], "a year lasts to its last day");
    assert_eq!(at("2015-01-01"), ["Made-up Battalion|0"]);
}

#[test]
fn a_correction_replaces_what_it_supersedes_from_when_it_was_known() {
    let mut desk = Desk::new();
    let (_, ids) = desk.say(&[police()]);
    let before = desk.register.statement(&ids[0]).unwrap().unwrap().recorded_at;
    std::thread::sleep(std::time::Duration::from_millis(5));
    let corrected =
        Draft { supersedes: ids, ..dated(actor("police", json!({"name": "Made-up Gendarmerie"})), &[("valid_from", "2019")]) };
    desk.say(&[corrected]);
    assert_eq!(names(&desk.reader("2021-06-30", None, Marking::Public)), ["Made-up Gendarmerie"]);
    assert_eq!(names(&desk.reader("2021-06-30", Some(&before), Marking::Public)), ["Made-up Police"]);
}

#[test]
fn a_record_is_made_of_all_that_is_said_of_it() {
    let mut desk = Desk::new();
    desk.say(&[police()]);
    let more = actor("police", json!({"country": "SO", "name": "Made-up Police Force", "names": [{"name": "MPF"}]}));
    let more = dated(more, &[("valid_from", "2019")]);
    let other = actor("police", json!({"names": [{"name": "Force"}, {"name": "MPF"}]}));
    desk.say(&[more, other]);
    assert_eq!(
        desk.column("select name, class, country, names, statements from actor where record = 'police'"),
        ["Made-up Police Force|police|SO|[{\"name\":\"Force\"},{\"name\":\"MPF\"}]|3"]
    );
    assert_eq!(desk.column("select source, author from actor_statement").len(), 3);
}

#[test]
fn a_proposal_counts_for_nothing_until_it_is_accepted() {
    let mut desk = Desk::new();
    let (_, ids) = desk.say(&[police()]);
    let proposal = actor("police", json!({"name": "Made-up Gendarmerie"}));
    let (_, proposed) = desk.say(&[Draft { status: Status::Proposed, supersedes: ids.clone(), ..proposal.clone() }]);
    assert_eq!(desk.column("select name from actor"), ["Made-up Police"]);
    desk.say(&[Draft { supersedes: [ids, proposed].concat(), ..proposal }]);
    assert_eq!(desk.column("select name from actor"), ["Made-up Gendarmerie"]);
    assert!(desk.column("select statement from conflict").is_empty());
}

#[test]
fn two_corrections_of_one_statement_are_a_conflict_that_a_third_solves() {
    let mut desk = Desk::new();
    let (_, ids) = desk.say(&[police()]);
    let other = Draft { supersedes: ids.clone(), ..actor("police", json!({"name": "Made-up Constabulary"})) };
    let (_, heads) = desk.say(&[Draft { supersedes: ids, ..actor("police", json!({"name": "Made-up Gendarmerie"})) }, other]);
    assert_eq!(desk.column("select record from conflict"), ["police", "police"]);
    desk.say(&[Draft { supersedes: heads, ..actor("police", json!({"name": "Made-up Police Service"})) }]);
    assert!(desk.column("select statement from conflict").is_empty());
    assert_eq!(desk.column("select name from actor_statement"), ["Made-up Police Service"]);
}

#[test]
fn an_entry_is_undone_as_a_whole_and_the_undo_too() {
    let mut desk = Desk::new();
    let (_, ids) = desk.say(&[police()]);
    let corrected = Draft { supersedes: ids, ..actor("police", json!({"name": "Made-up Gendarmerie"})) };
    let (entry, _) = desk.say(&[corrected, actor("army", json!({"name": "Made-up Army"}))]);
    let after = ["Made-up Army", "Made-up Gendarmerie"];
    assert_eq!(desk.column("select name from actor order by name"), after);
    let (undone, kept) = desk.register.undo(&entry, "made up").unwrap();
    assert_eq!((undone.statements, kept), (2, 0));
    assert_eq!(desk.column("select name from actor order by name"), ["Made-up Police"]);
    desk.register.undo(&undone.entry, "made up").unwrap();
    assert_eq!(desk.column("select name from actor order by name"), after);
}

#[test]
fn an_undo_leaves_what_was_corrected_since() {
    let mut desk = Desk::new();
    let (entry, ids) = desk.say(&[police(), actor("army", json!({"name": "Made-up Army"}))]);
    desk.say(&[Draft { supersedes: vec![ids[0].clone()], ..actor("police", json!({"name": "Made-up Gendarmerie"})) }]);
    let (_, kept) = desk.register.undo(&entry, "made up").unwrap();
    assert_eq!(kept, 1);
    assert_eq!(desk.column("select name from actor"), ["Made-up Gendarmerie"]);
}

#[test]
fn two_records_become_one_and_two_again() {
    let mut desk = Desk::new();
    let relation = json!({"subject": "snp", "relation": "part_of", "object": "ministry"});
    let relation =
        Draft { kind: "relation".into(), record: "r".into(), fields: relation.as_object().unwrap().clone(), ..Draft::default() };
    let ministry = actor("ministry", json!({"name": "Made-up Ministry"}));
    desk.say(&[police(), actor("snp", json!({"name": "Made-up National Police", "country": "SO"})), ministry, relation]);
    let merged = desk.register.merge("actor", "police", "snp", "made up").unwrap();
    let one = ["Made-up Ministry|null|null|null", "Made-up Police|police|SO|[{\"name\":\"Made-up National Police\"}]"];
    assert_eq!(
        desk.column("select name, class, country, names from actor order by name"),
        one,
        "the one that stays keeps its name"
    );
    assert!(desk.column("select record from disagreement where field = 'name'").is_empty());
    assert_eq!(
        desk.column("select subject, subject_name, object_name from relation"),
        ["police|Made-up Police|Made-up Ministry"]
    );
    desk.register.undo(&merged.entry, "made up").unwrap();
    assert!(desk.column("select name from actor where names is null").contains(&"Made-up National Police".to_owned()));
    assert_eq!(desk.column("select record from actor order by record"), ["ministry", "police", "snp"]);
    assert_eq!(desk.column("select subject from relation"), ["snp"]);
}

/// Time that passes between two things that are said.
fn later() {
    std::thread::sleep(std::time::Duration::from_millis(5));
}

/// What is only said again, of another record or after an undo, counts for when it was first said.
#[test]
fn of_two_records_made_one_the_newer_value_is_shown_whichever_of_them_stays() {
    for kept in ["older", "newer"] {
        let mut desk = Desk::new();
        desk.say(&[actor("older", json!({"name": "Made-up Guard", "class": "military", "website": "https://older.example"}))]);
        later();
        desk.say(&[actor("newer", json!({"name": "Made-up Guard", "class": "police", "website": "https://newer.example"}))]);
        later();
        let gone = if kept == "older" { "newer" } else { "older" };
        let differing = desk.register.differing("actor", kept, gone).unwrap();
        assert_eq!(differing.iter().map(|d| d.field.as_str()).collect::<Vec<_>>(), ["class", "website"], "what differs is told");
        let merged = desk.register.merge("actor", kept, gone, "made up").unwrap();
        assert_eq!(desk.column("select record, class, website from actor"), [format!("{kept}|police|https://newer.example")]);
        desk.register.undo(&merged.entry, "made up").unwrap();
        assert_eq!(desk.column("select record, class from actor order by record"), ["newer|police", "older|military"]);
        assert_eq!(desk.broken(), []);
    }
}

#[test]
fn a_value_that_is_marked_or_said_again_by_an_undo_is_no_newer_than_it_was() {
    let mut desk = Desk::new();
    let (_, older) = desk.say(&[actor("guard", json!({"name": "Made-up Guard", "class": "military"}))]);
    later();
    desk.say(&[actor("guard", json!({"name": "Made-up Guard", "class": "police"}))]);
    later();
    let class = |desk: &Desk| crate::desk::texts(&desk.reader("2021-06-30", None, Marking::Internal), "select class from actor");
    let supersedes = older;
    let said = actor("guard", json!({"name": "Made-up Guard", "class": "military"}));
    let (_, marked) = desk.say(&[Draft { marking: Marking::Internal, supersedes, ..said }]);
    assert_eq!(class(&desk), ["police"], "a marking");
    let corrected = Draft { supersedes: marked, ..actor("guard", json!({"name": "Made-up Guard", "class": "justice"})) };
    let (entry, _) = desk.say(&[corrected]);
    assert_eq!(class(&desk), ["justice"], "a correction is newer");
    later();
    desk.register.undo(&entry, "made up").unwrap();
    assert_eq!(class(&desk), ["police"], "an undo is as it was");
}

/// Of what a sheet says at one moment the later row counts, and so it does after the earlier one was corrected and that was undone.
#[test]
fn what_an_undo_says_again_stands_where_it_stood_among_what_was_said_at_once() {
    let mut desk = Desk::new();
    let said = |class: &str| actor("guard", json!({"name": "Made-up Guard", "class": class}));
    let (_, ids) = desk.say(&[said("military"), said("police")]);
    assert_eq!(desk.column("select class from actor"), ["police"]);
    later();
    let (entry, _) = desk.say(&[Draft { supersedes: vec![ids[0].clone()], ..said("justice") }]);
    assert_eq!(desk.column("select class from actor"), ["justice"]);
    desk.register.undo(&entry, "made up").unwrap();
    assert_eq!(desk.column("select class from actor"), ["police"]);
    assert_eq!(desk.broken(), []);
}

#[test]
fn two_records_are_one_for_what_withholds_that_it_refers_to_one_of_them() {
    let mut desk = Desk::new();
    let relation = json!({"subject": "gone", "relation": "part_of", "object": "ministry"});
    let mut relation =
        Draft { kind: "relation".into(), record: "r".into(), fields: relation.as_object().unwrap().clone(), ..Draft::default() };
    relation.withheld = vec![("subject".into(), Marking::Confidential)];
    let named = |record: &str| actor(record, json!({"name": format!("Made-up {record}")}));
    desk.say(&[named("kept"), named("gone"), named("ministry"), relation]);
    desk.register.merge("actor", "kept", "gone", "made up").unwrap();
    let cleared = desk.reader("2021-06-30", None, Marking::Confidential);
    assert_eq!(crate::desk::texts(&cleared, "select subject, subject_name from relation"), ["kept|Made-up kept"]);
}

/// All countries of one source go with all of its classes: put together with those of another, they would say what neither says.
#[test]
fn records_of_which_the_lists_belong_together_are_not_made_one() {
    let mut desk = Desk::new();
    let codes = |codes: &[&str]| codes.iter().map(|code| json!({ "code": code })).collect::<Vec<_>>();
    let coverage = |record: &str, countries: &[&str], classes: &[&str]| {
        let fields = json!({"title": "Made-up Aid Data", "countries": codes(countries), "classes": codes(classes)});
        Draft { kind: "coverage".into(), record: record.into(), fields: fields.as_object().unwrap().clone(), ..Draft::default() }
    };
    desk.say(&[
        coverage("c1", &["SO"], &["police"]),
        coverage("c2", &["SO", "KE"], &["justice"]),
        coverage("c3", &["KE"], &["police"]),
    ]);
    let refused = desk.register.merge("coverage", "c2", "c1", "made up").unwrap_err().to_string();
    assert!(refused.contains("these two differ in countries and in classes"), "{refused}");
    desk.register.merge("coverage", "c3", "c1", "made up").expect("they differ in their countries alone");
    assert_eq!(desk.column("select record, code from coverage_country order by 1, 2"), ["c2|KE", "c2|SO", "c3|KE", "c3|SO"]);
}

#[test]
fn a_withheld_value_is_out_of_reach_and_not_found_by_search() {
    let mut desk = Desk::new();
    let fields = json!({"name": "Made-up Police", "note": "secretword"});
    desk.say(&[Draft { withheld: vec![("note".into(), Marking::Confidential)], ..actor("police", fields) }]);
    assert_eq!(desk.column("select name, note from actor"), ["Made-up Police|null"]);
    assert_eq!(desk.column("select withheld from actor_statement"), ["note"]);
    assert_eq!(desk.column("select fields from statement"), ["{\"name\":\"Made-up Police\"}"]);
    let cleared = desk.reader("2021-06-30", None, Marking::Confidential);
    assert_eq!(texts(&cleared, "select note from actor"), ["secretword"]);
    assert!(cleared.search("secretword").unwrap().rows.is_empty());
}

#[test]
fn a_name_of_which_the_field_is_marked_since_is_known_to_nobody_below() {
    let mut desk = Desk::new();
    desk.say(&[actor("police", json!({"name": "Made-up Police", "acronym": "MUP"}))]);
    let kinds = desk.workspace.folder().join("model/kinds");
    std::fs::create_dir_all(&kinds).unwrap();
    let built_in = include_str!("../../../../model/kinds/actor.toml");
    let marked = built_in.replace("name = \"acronym\"\n", "name = \"acronym\"\nmarking = \"confidential\"\n");
    std::fs::write(kinds.join("actor.toml"), marked).unwrap();
    let workspace = Workspace::open(desk.workspace.folder()).unwrap();
    let register = Register::open(&workspace).unwrap();
    let called = |clearance: Marking| {
        let known = register.known("actor", clearance).unwrap();
        known[0].called.iter().map(|called| called.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(called(Marking::Confidential), ["Made-up Police", "MUP"]);
    assert_eq!(called(Marking::Public), ["Made-up Police"]);
}

#[test]
fn names_are_found_in_any_script_and_by_acronym() {
    let mut desk = Desk::new();
    let fields = json!({"name": "Made-up State Investigation Agency", "names": [{"name": "Вигадана служба", "language": "uk"}]});
    desk.say(&[actor("a", fields), Draft { marking: Marking::Internal, ..actor("b", json!({"name": "Made-up State Guard"})) }]);
    let reader = desk.reader("2021-06-30", None, Marking::Public);
    for wanted in ["musia", "investig", "вигадана", "vigadana", "MADE-UP state"] {
        let found = reader.search(wanted).unwrap();
        assert_eq!(found.rows.len(), 1, "{wanted}");
        assert_eq!(found.cell(0, "title").unwrap().text(), Some("Made-up State Investigation Agency"));
    }
    assert!(reader.search("guard").unwrap().rows.is_empty(), "it is internal");
}

#[test]
fn a_workspace_of_the_first_format_is_brought_up_to_date() {
    let mut desk = Desk::new();
    let db = desk.database();
    db.execute_batch(
        "drop table statement; drop table statement_reference; drop table statement_text; pragma user_version = 1;
         create table statement (seq integer primary key, id text not null unique, kind text, record text);
         insert into snapshot (dataset, recorded_at, marking, complete) values ('made-up', '2021-01-01T00:00:00.000Z', 0, 1);",
    )
    .unwrap();
    drop(db);
    let workspace = Workspace::open(desk.workspace.folder()).unwrap();
    desk.register = Register::open(&workspace).unwrap();
    desk.say(&[police()]);
    assert_eq!(desk.column("select name from actor"), ["Made-up Police"]);
    assert_eq!(desk.column("select dataset from snapshot"), ["made-up"]);
}

#[test]
fn an_activity_that_somebody_enters_stands_beside_those_imported() {
    let mut desk = Desk::new();
    let fields = json!({"title": "Made-up advice", "starts": "2021-01-01"});
    desk.say(&[Draft { kind: "activity".into(), ..actor("XX-ENTERED", fields) }]);
    assert_eq!(
        desk.column("select identifier, title, phase, source from activity"),
        ["XX-ENTERED|Made-up advice|active|Made-up source"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever is entered and undone in whatever order: the chain holds, and undoing everything in reverse shows what
    /// was there at first.
    #[test]
    fn undoing_all_in_reverse_is_as_if_nothing_had_been_done(steps in prop::collection::vec((0usize..3, 0usize..4), 1..8)) {
        let mut desk = Desk::new();
        let (_, mut heads) = desk.say(&["a", "b", "c"].map(|r| actor(r, json!({"name": r}))));
        let before = desk.column("select record, name from actor order by record");
        let mut entries = Vec::new();
        for (at, value) in steps {
            let record = ["a", "b", "c"][at];
            let supersedes = vec![heads[at].clone()];
            let (entry, ids) = desk.say(&[Draft { supersedes, withdrawn: value == 3, ..actor(record, json!({"name": value.to_string()})) }]);
            heads[at].clone_from(&ids[0]);
            entries.push(entry);
        }
        for entry in entries.iter().rev() {
            let last = desk.register.undo(entry, "made up").unwrap();
            prop_assert_eq!(last.1, 0);
        }
        prop_assert_eq!(desk.column("select record, name from actor order by record"), before);
        prop_assert_eq!(desk.broken(), []);
    }
}

#[test]
fn records_of_a_kind_too_large_to_be_kept_are_the_same() {
    let mut desk = Desk::new();
    let named = json!({"name": "Made-up Army", "class": "military", "names": [{"name": "B"}, {"name": "A"}, {"name": "B"}]});
    let secret = Draft { marking: Marking::Confidential, ..actor("army", json!({"acronym": "MA"})) };
    let later =
        dated(actor("police", json!({"acronym": "MP"})), &[("valid_from", "2020"), ("url", "https://example.org/made-up")]);
    desk.say(&[actor("army", named), secret, police(), later]);
    let see = |desk: &Desk| {
        let of = |clearance: Marking, asked_by: AskedBy| {
            let as_of = AsOf { valid_on: Day::parse("2021-06-30").unwrap(), known_on: None, clearance };
            let reader = Reader::open_for(&desk.workspace, as_of, asked_by).expect("a reader");
            texts(&reader, "select * from actor order by record")
        };
        [Marking::Public, Marking::StrictlyConfidential].map(|c| [AskedBy::Questions, AskedBy::Anybody].map(|by| of(c, by)))
    };
    let kept = see(&desk);
    assert_eq!(kept[1][0].len(), 2);
    assert_ne!(kept[0], kept[1]);
    // What is only proposed counts for nothing but makes the kind large.
    let proposed = |n: usize| Draft { status: Status::Proposed, ..actor(&format!("more-{n}"), json!({"name": "Made-up unit"})) };
    desk.say(&(0..10_001).map(proposed).collect::<Vec<_>>());
    assert_eq!(see(&desk), kept);
}
