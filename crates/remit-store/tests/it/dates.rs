//! What holds on a day, and what is only known to have been so once. All records are made up.

use crate::desk::{Desk, actor, dated, texts};
use remit_model::Marking;
use remit_store::Draft;
use serde_json::json;

fn relation(record: &str, dates: &[(&str, &str)]) -> Draft {
    let fields = json!({"subject": "a", "relation": "part_of", "object": "b"}).as_object().unwrap().clone();
    let draft = Draft { kind: "relation".into(), record: record.into(), fields, ..Draft::default() };
    dated(draft, dates)
}

/// Which relations are shown on a day, and how sure they are.
fn shown(desk: &Desk, day: &str) -> Vec<String> {
    let reader = desk.reader(day, None, Marking::Public);
    texts(
        &reader,
        "select record, case when undated then 'undated' when confirmed then 'confirmed' else 'not confirmed' end from relation order by 1",
    )
}

#[test]
fn what_was_cited_once_is_known_for_that_day_alone() {
    let mut desk = Desk::new();
    desk.say(&[
        relation("first", &[("first_cited", "2002-05-01")]),
        relation("last", &[("last_cited", "2002-05-01")]),
        relation("span", &[("first_cited", "2002-05-01"), ("last_cited", "2010")]),
        relation("source", &[("source_date", "2002-05")]),
        relation("begun", &[("valid_from", "2002-05-01")]),
        relation("ended", &[("first_cited", "2002"), ("valid_to", "2016-06-30")]),
    ]);
    assert!(shown(&desk, "2001-12-31").is_empty());
    assert_eq!(
        shown(&desk, "2002-05-01"),
        ["begun|confirmed", "ended|confirmed", "first|confirmed", "last|confirmed", "source|confirmed", "span|confirmed"]
    );
    assert_eq!(
        shown(&desk, "2010-12-31"),
        [
            "begun|confirmed",
            "ended|confirmed",
            "first|not confirmed",
            "last|not confirmed",
            "source|not confirmed",
            "span|confirmed"
        ]
    );
    assert_eq!(
        shown(&desk, "2016-07-01"),
        ["begun|confirmed", "first|not confirmed", "last|not confirmed", "source|not confirmed", "span|not confirmed"]
    );
}

#[test]
fn who_checks_it_again_confirms_it_up_to_that_day() {
    let mut desk = Desk::new();
    desk.say(&[relation("r", &[("first_cited", "2002"), ("verified_at", "2015-03-01")])]);
    assert_eq!(shown(&desk, "2015-03-01"), ["r|confirmed"]);
    assert_eq!(shown(&desk, "2015-03-02"), ["r|not confirmed"]);
}

#[test]
fn what_has_no_date_holds_on_no_day_by_itself_and_makes_nothing_eternal() {
    let mut desk = Desk::new();
    desk.say(&[
        relation("alone", &[]),
        relation("ended", &[("valid_from", "2001"), ("valid_to", "2010")]),
        Draft { fields: json!({"note": "Made-up note"}).as_object().unwrap().clone(), ..relation("ended", &[]) },
    ]);
    for day in ["1995-01-01", "2030-01-01"] {
        assert_eq!(shown(&desk, day), ["alone|undated"], "{day}");
    }
    assert_eq!(shown(&desk, "2005-01-01"), ["alone|undated", "ended|confirmed"]);
    let reader = desk.reader("2005-01-01", None, Marking::Public);
    assert_eq!(texts(&reader, "select note from relation where record = 'ended'"), ["Made-up note"], "what it says is kept");
}

/// What is new on a day takes nothing from the days before it: what is known without a date stays so, and nothing of it is confirmed.
#[test]
fn what_is_dated_takes_nothing_from_the_days_before_it() {
    let mut desk = Desk::new();
    let unit = actor("a", json!({"name": "Made-up Old Unit", "class": "police"}));
    let renamed = |dates: &[(&str, &str)]| dated(actor("a", json!({"name": "Made-up New Unit"})), dates);
    desk.say(&[unit, renamed(&[("valid_from", "2020"), ("valid_to", "2025")]), relation("r", &[])]);
    desk.say(&[Draft {
        fields: json!({"subject": "a", "relation": "part_of", "object": "c"}).as_object().unwrap().clone(),
        ..relation("r", &[("valid_from", "2020")])
    }]);
    let told = |day: &str| {
        let reader = desk.reader(day, None, Marking::Public);
        let mut told = texts(&reader, "select name, class, confirmed, undated from actor");
        told.extend(texts(&reader, "select object, confirmed, undated from relation"));
        told
    };
    assert_eq!(told("2013-01-01"), ["Made-up Old Unit|police|0|1", "b|0|1"]);
    assert_eq!(told("2021-01-01"), ["Made-up New Unit|police|1|0", "c|1|0"]);
    assert_eq!(told("2026-01-01"), ["c|1|0"], "what has no date makes nothing eternal");
}

/// What is known for a day is shown before what has no date, whichever was said last, and whoever has graded the latter.
#[test]
fn what_holds_on_the_day_is_shown_before_what_has_no_date() {
    let old = |grades: &[(&str, &str)]| dated(actor("a", json!({"name": "Made-up Old"})), grades);
    let new = |grade: &str| dated(actor("a", json!({"name": "Made-up New"})), &[("valid_from", "2020"), ("reliability", grade)]);
    let named = |drafts: [Draft; 2]| {
        let mut desk = Desk::new();
        for draft in drafts {
            desk.say(&[draft]);
        }
        desk.say(&[relation("r", &[("valid_from", "2020")])]);
        desk.column("select name || ' ' || confirmed || ' ' || (select subject_name from relation) from actor")
    };
    let graded = [("reliability", "B"), ("credibility", "2")];
    for drafts in [[old(&graded), new("")], [new(""), old(&[])], [old(&[]), new("")], [new("C"), old(&graded)]] {
        assert_eq!(named(drafts), ["Made-up New 1 Made-up New"]);
    }
    // What is known to be doubtful goes behind, and confirms nothing of what is shown in its place.
    assert_eq!(named([new("E"), old(&[])]), ["Made-up Old 0 Made-up Old"]);
}

#[test]
fn of_several_claims_the_better_grade_is_shown_then_the_later() {
    let mut desk = Desk::new();
    let claim =
        |class: &str, grade: &str| dated(actor("a", json!({"name": "Made-up Guard", "class": class})), &[("reliability", grade)]);
    desk.say(&[claim("military", "A"), claim("police", "C")]);
    desk.say(&[claim("intelligence", "E")]);
    assert_eq!(desk.column("select class from actor"), ["military"]);
    desk.say(&[claim("justice", "A")]);
    assert_eq!(desk.column("select class from actor"), ["justice"]);
    assert_eq!(desk.column("select field, value from disagreement order by value"), ["class|justice", "class|military"]);
}
