//! Records that may be one, and forms that are sent twice. All made up.

use crate::desk::{Desk, Server};
use serde_json::json;
use std::path::Path;

fn editing(desk: &Desk, clearance: &str) -> Server {
    Server::start(Path::new(&desk.workspace()), &["--author", "Made-up Adviser", "--clearance", clearance])
}

/// What a hidden field of a page holds, as text.
fn hidden(page: &str, name: &str) -> String {
    let field = page.split("<input").find(|f| f.contains(&format!("name=\"{name}\""))).expect("the field");
    let value = field.split("value=\"").nth(1).and_then(|v| v.split('"').next()).expect("its value");
    value.replace("&#34;", "\"").replace("&quot;", "\"")
}

#[test]
fn possible_duplicates_are_decided_on_at_once_and_not_asked_again() {
    let desk = Desk::new();
    let names =
        [("a1", "Made-up Watch"), ("a2", "Made-up watch"), ("b1", "Made-up Mohamed Guard"), ("b2", "Made-up Muhammad Guard")];
    let actor = |(record, name): (&str, &str)| json!({"kind": "actor", "record": record, "fields": {"name": name, "country": "SO"}, "source": "Made up"});
    let mut all: Vec<_> = names.into_iter().map(actor).collect();
    all.push(
        json!({"kind": "relation", "fields": {"subject": "a2", "relation": "part_of", "object": "b1"}, "source": "Made up"}),
    );
    desk.add(&all);
    let server = editing(&desk, "public");
    let (_, _, page) = server.get("/duplicates?country=SO");
    assert!(page.contains("2 of 2 pairs") && page.contains("Same name"), "{page}");
    let pairs: Vec<String> = (0..2).map(|n| hidden(&page, &format!("pair-{n}"))).collect();
    assert_eq!(pairs[0], r#"["actor","a1","a2"]"#);
    let sent =
        [("pair-0", pairs[0].as_str()), ("decision-0", "first"), ("pair-1", pairs[1].as_str()), ("decision-1", "distinct")];
    assert_eq!(server.post("/duplicates", &sent).0, 303);
    assert_eq!(desk.sql("select record from actor where name like 'Made-up %atch' order by 1"), [json!({"record": "a1"})]);
    assert_eq!(desk.value("select subject from relation"), json!("a1"), "what referred to the other refers to it");
    let (_, _, page) = server.get("/duplicates");
    assert!(page.contains("No two records look like duplicates"), "{page}");
    assert_eq!(desk.value("select count(*) from entry where act = 'decided on possible duplicates'"), json!(1), "one entry");
    let entry = desk.value("select entry from entry where act = 'decided on possible duplicates'");
    desk.ok(&["undo", &desk.workspace(), entry.as_str().unwrap()]);
    assert!(server.get("/duplicates").2.contains("2 of 2 pairs"), "both are open again");
}

#[test]
fn that_two_records_differ_is_told_only_to_who_may_see_both() {
    let desk = Desk::new();
    let person =
        |record: &str, name: &str| json!({"kind": "person", "record": record, "fields": {"name": name}, "source": "Made up"});
    desk.add(&[person("p1", "Made-up Zeta"), person("p2", "Made-up zeta")]);
    assert!(editing(&desk, "public").get("/duplicates").2.contains("No two records look like duplicates"));
    let server = editing(&desk, "strictly_confidential");
    let (_, _, page) = server.get("/duplicates");
    let pair = hidden(&page, "pair-0");
    let public = editing(&desk, "public");
    assert_eq!(public.post("/duplicates", &[("pair-0", &pair), ("decision-0", "distinct")]).0, 404, "they are not there");
    assert_eq!(server.post("/duplicates", &[("pair-0", &pair), ("decision-0", "distinct")]).0, 303);
    assert_eq!(desk.sql("select * from distinct_record"), Vec::<serde_json::Value>::new(), "the public learns nothing");
    assert!(server.get("/duplicates").2.contains("No two records look like duplicates"));
}

#[test]
fn a_form_that_is_sent_twice_is_recorded_once() {
    let desk = Desk::new();
    let server = editing(&desk, "public");
    let (_, _, form) = server.get("/edit/relation");
    let sent = hidden(&form, "sent");
    desk.add(&[
        json!({"kind": "actor", "record": "a", "fields": {"name": "Made-up A"}, "source": "Made up"}),
        json!({"kind": "actor", "record": "b", "fields": {"name": "Made-up B"}, "source": "Made up"}),
    ]);
    let said = [
        ("subject", "a"),
        ("relation", "oversees"),
        ("object", "b"),
        ("valid_from", "2012"),
        ("source", "Made up"),
        ("marking", "public"),
        ("sent", sent.as_str()),
    ];
    let first = server.post("/edit/relation", &said);
    let second = server.post("/edit/relation", &said);
    let location = |head: &str| head.lines().find_map(|l| l.strip_prefix("location: ").map(str::to_owned));
    assert_eq!((first.0, second.0), (303, 303));
    assert_eq!(location(&first.1), location(&second.1), "it leads to what was recorded");
    assert_eq!(desk.value("select count(*) from relation_statement"), json!(1));
}

#[test]
fn a_year_and_a_day_of_it_do_not_contradict_each_other() {
    let desk = Desk::new();
    let law = |adopted: &str, source: &str| {
        json!({"kind": "law", "record": "l", "fields": {"title": "Made-up Police Act", "adopted": adopted},
            "valid_from": "2015", "source": source, "reliability": "B", "credibility": "2"})
    };
    desk.add(&[law("2016", "Made-up gazette"), law("2016-01-05", "Made-up record")]);
    assert_eq!(desk.value("select count(*) from disagreement where field = 'adopted'"), json!(0));
    desk.add(&[law("2017", "Made-up report")]);
    assert_eq!(desk.value("select count(*) from disagreement where field = 'adopted'"), json!(3));
}
