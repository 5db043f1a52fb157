//! What is held back of counts of few people where something is handed on, and what is not.

use crate::desk::{Desk, actor, police, texts};
use remit_model::{Day, Marking};
use remit_store::{AsOf, AskedBy, Draft, HeldBack, Reader};
use serde_json::{Value, json};
use std::sync::Arc;

fn count(record: &str, fields: Value) -> Draft {
    let fields = fields.as_object().expect("fields").clone();
    let mut draft = Draft { kind: "strength".into(), record: record.into(), fields, ..Draft::default() };
    draft.fields.entry("institution").or_insert(json!("police"));
    draft.fields.entry("year").or_insert(json!(2025));
    draft.fields.entry("list").or_insert(json!("payroll"));
    draft.set_envelope("source", "Made-up source");
    draft
}

/// What is seen of counts by whom they are handed on to: record, women, men, all.
fn seen(desk: &Desk, clearance: Marking) -> (usize, Vec<String>) {
    let as_of = AsOf { clearance, ..AsOf::public(Day::parse("2026-06-30").expect("a day")) };
    let held = HeldBack::of(&desk.workspace, clearance).expect("what is held back");
    let counts = held.counts();
    let reader = Reader::without(&desk.workspace, as_of, AskedBy::Questions, Arc::new(held)).expect("a reader");
    (counts, texts(&reader, "select record, women, men, coalesce(total, people) from strength order by record"))
}

fn shown(said: &[Draft]) -> (usize, Vec<String>) {
    let mut desk = Desk::new();
    desk.say(&[police()]);
    desk.say(said);
    seen(&desk, Marking::Public)
}

fn rows(rows: &[&str]) -> Vec<String> {
    rows.iter().map(|row| (*row).to_owned()).collect()
}

#[test]
fn a_small_count_stays_and_so_does_the_next_one_where_the_sum_would_tell_it() {
    let of = |record: &str, rank: &str, total: u64| count(record, json!({ "rank_band": rank, "total": total }));
    let ranks = [of("a", "OF-5", 3), of("b", "OF-3", 40), of("c", "OR-2", 200)];
    // Nobody knows how many there are in all.
    assert_eq!(shown(&ranks), (1, rows(&["a|null|null|null", "b|null|null|40", "c|null|null|200"])));
    let whole = |total: u64| [&ranks[..], &[count("w", json!({ "total": total }))]].concat();
    let two = rows(&["a|null|null|null", "b|null|null|null", "c|null|null|200", "w|null|null|243"]);
    assert_eq!(shown(&whole(243)), (2, two));
    // Fifty of whom no rank is told stand between the sum and the three; four do not.
    let one = |whole: &str| rows(&["a|null|null|null", "b|null|null|40", "c|null|null|200", whole]);
    assert_eq!(shown(&whole(293)), (1, one("w|null|null|293")));
    assert_eq!(shown(&whole(247)).0, 2);
    // A sum of some of them tells as well: of senior officers.
    let senior = [&ranks[..], &[of("d", "OF-4", 12), of("s", "senior", 55)]].concat();
    let of_senior = rows(&["a|null|null|null", "b|null|null|40", "c|null|null|200", "d|null|null|null", "s|null|null|55"]);
    assert_eq!(shown(&senior), (2, of_senior));
}

#[test]
fn women_are_told_neither_by_themselves_nor_by_all_others() {
    let of = |record: &str, year: u64, fields: Value| {
        let mut draft = count(record, fields);
        draft.fields.insert("year".into(), json!(year));
        draft
    };
    let said = [
        of("a", 2020, json!({ "women": 3, "men": 37, "total": 40, "mean_pay": 900, "currency": "USD" })),
        of("b", 2021, json!({ "women": 36, "total": 40 })),
        of("c", 2022, json!({ "women": 0, "men": 40, "total": 40 })),
        of("d", 2023, json!({ "women": 3, "total": 40 })),
        // In rows of their own.
        of("e", 2024, json!({ "sex": "women", "people": 4 })),
        of("f", 2024, json!({ "sex": "men", "people": 50 })),
        of("g", 2024, json!({ "sex": "total", "people": 54 })),
        of("h", 2025, json!({ "women": 2, "men": 3, "total": 5, "mean_pay": 900, "currency": "USD" })),
    ];
    let expected = rows(&[
        "a|null|null|40",
        "b|null|null|40",
        "c|0|40|40",
        "d|null|null|40",
        "e|null|null|null",
        "f|null|null|null",
        "g|null|null|54",
        "h|null|null|null",
    ]);
    assert_eq!(shown(&said), (9, expected));
    // The pay of all forty tells of nobody, that of five does.
    let mut desk = Desk::new();
    desk.say(&[police()]);
    desk.say(&said);
    let held = Arc::new(HeldBack::of(&desk.workspace, Marking::Public).expect("what is held back"));
    let as_of = AsOf::public(Day::parse("2026-06-30").expect("a day"));
    let reader = Reader::without(&desk.workspace, as_of, AskedBy::Questions, held).expect("a reader");
    assert_eq!(
        texts(&reader, "select record, mean_pay from strength where currency is not null order by record"),
        ["a|900", "h|null"]
    );
    // Neither do the statements tell it, nor what is said to be withheld.
    let told = texts(&reader, "select fields ->> '$.women', fields ->> '$.total', withheld from statement where record = 'a'");
    assert_eq!(told, ["null|40|men women"]);
    // Who has the office's own view sees all.
    assert_eq!(desk.column("select women from strength where record = 'a'"), ["3"]);
}

#[test]
fn a_total_of_women_and_men_by_rank_tells_no_few_of_them() {
    let of = |record: &str, rank: &str, sex: &str, people: u64| {
        count(record, json!({ "rank_band": rank, "sex": sex, "people": people }))
    };
    let parts =
        [of("a", "OF-5", "women", 4), of("b", "OF-5", "men", 36), of("c", "OR-2", "women", 20), of("d", "OR-2", "men", 40)];
    let said = [&parts[..], &[count("w", json!({ "people": 100 }))]].concat();
    let left = rows(&["a|null|null|null", "b|null|null|36", "c|null|null|null", "d|null|null|40", "w|null|null|100"]);
    assert_eq!(shown(&said), (2, left));
    // Of thirty senior officers eighteen are of one rank, and of the other one told by sex.
    let senior = [
        count("a", json!({ "rank_band": "OF-5", "women": 1, "men": 11 })),
        count("b", json!({ "rank_band": "OF-4", "total": 18 })),
        count("s", json!({ "rank_band": "senior", "total": 30 })),
    ];
    assert_eq!(shown(&senior), (2, rows(&["a|null|null|null", "b|null|null|18", "s|null|null|30"])));
}

#[test]
fn units_add_up_to_their_service() {
    let unit = |record: &str| actor(record, json!({ "name": format!("Made-up {record}"), "class": "police" }));
    let part = |record: &str, unit: &str| {
        let mut draft = actor(record, json!({ "subject": unit, "relation": "part_of", "object": "police" }));
        draft.kind = "relation".into();
        draft
    };
    let of = |record: &str, unit: &str, total: u64| count(record, json!({ "institution": unit, "total": total }));
    let said = [
        unit("north"),
        unit("south"),
        unit("west"),
        part("r1", "north"),
        part("r2", "south"),
        part("r3", "west"),
        of("n", "north", 6),
        of("s", "south", 30),
        of("w", "west", 90),
        of("whole", "police", 126),
    ];
    let expected = rows(&["n|null|null|null", "s|null|null|null", "w|null|null|90", "whole|null|null|126"]);
    assert_eq!(shown(&said), (2, expected));
}

#[test]
fn what_another_day_or_list_would_tell_is_held_back_with_it() {
    let of = |record: &str, list: &str, year: u64, fields: Value| {
        let mut draft = count(record, fields);
        draft.fields.insert("year".into(), json!(year));
        draft.fields.insert("list".into(), json!(list));
        draft
    };
    // The ranks of the payroll, and the sum on the roll only: about as many. On the payroll of ten years before there were far fewer.
    let ranks = [
        of("a", "payroll", 2025, json!({ "rank_band": "OF-5", "total": 3 })),
        of("b", "payroll", 2025, json!({ "rank_band": "OF-3", "total": 40 })),
        of("c", "payroll", 2025, json!({ "rank_band": "OR-2", "total": 200 })),
    ];
    let with = |more: Draft| [&ranks[..], &[more]].concat();
    let held = |whole: &str| rows(&["a|null|null|null", "b|null|null|null", "c|null|null|200", whole]);
    assert_eq!(shown(&with(of("w", "nominal_roll", 2025, json!({ "total": 245 })))), (2, held("w|null|null|245")));
    let alone = rows(&["a|null|null|null", "b|null|null|40", "c|null|null|200", "w|null|null|90"]);
    assert_eq!(shown(&with(of("w", "payroll", 2015, json!({ "total": 90 })))), (1, alone));
    // Of a year is told the sum, of a day of it the ranks.
    let mut day = ranks.clone();
    day.iter_mut().for_each(|draft| {
        draft.fields.remove("year");
        draft.fields.insert("day".into(), json!("2025-12-31"));
    });
    let said = [&day[..], &[of("w", "payroll", 2025, json!({ "total": 243 }))]].concat();
    assert_eq!(shown(&said), (2, held("w|null|null|243")));
    // Forty are held back on the one day because of the three; the same forty on another would tell them.
    let said = [
        &with(of("w", "payroll", 2025, json!({ "total": 243 })))[..],
        &[
            of("x", "payroll", 2024, json!({ "rank_band": "OF-3", "total": 40 })),
            of("y", "payroll", 2023, json!({ "rank_band": "OF-3", "total": 52 })),
        ],
    ]
    .concat();
    let expected = [held("w|null|null|243"), rows(&["x|null|null|null", "y|null|null|52"])].concat();
    assert_eq!(shown(&said), (3, expected));
}

#[test]
fn who_joined_and_who_left_are_not_told_by_the_figures_of_two_days() {
    let of = |record: &str, movement: &str, people: u64| {
        let fields =
            json!({ "actor": "police", "movement": movement, "people": people, "starts": "2024-01-01", "ends": "2024-12-31" });
        let mut draft = Draft {
            kind: "movement".into(),
            record: record.into(),
            fields: fields.as_object().expect("fields").clone(),
            ..Draft::default()
        };
        draft.set_envelope("source", "Made-up source");
        draft
    };
    let seen = |said: &[Draft]| {
        let mut desk = Desk::new();
        desk.say(&[police()]);
        desk.say(said);
        let held = Arc::new(HeldBack::of(&desk.workspace, Marking::Public).expect("what is held back"));
        let as_of = AsOf::public(Day::parse("2026-06-30").expect("a day"));
        let reader = Reader::without(&desk.workspace, as_of, AskedBy::Questions, held).expect("a reader");
        texts(&reader, "select record, people from movement order by record")
    };
    // What the strength of two days differs by is known: with all but one of them, that one is too.
    let said = [of("a", "recruited", 3), of("b", "left", 20), of("c", "retired", 45)];
    assert_eq!(seen(&said), ["a|null", "b|null", "c|45"]);
    assert_eq!(seen(&[of("a", "recruited", 3), of("b", "left", 0)]), ["a|null", "b|null"], "that nobody left tells it too");
    assert_eq!(seen(&[of("a", "recruited", 30), of("b", "left", 0)]), ["a|30", "b|0"]);
}

#[test]
fn few_of_a_list_whom_nobody_found_are_not_told_nor_are_all_but_a_few() {
    let of = |unverified: u64| {
        let mut desk = Desk::new();
        desk.say(&[police(), count("a", json!({ "total": 200, "unverified": unverified }))]);
        let held = Arc::new(HeldBack::of(&desk.workspace, Marking::Public).expect("what is held back"));
        let as_of = AsOf::public(Day::parse("2026-06-30").expect("a day"));
        let reader = Reader::without(&desk.workspace, as_of, AskedBy::Questions, held).expect("a reader");
        texts(&reader, "select total, unverified from strength")
    };
    let all = [of(4), of(196), of(40), of(0)].concat();
    assert_eq!(all, ["200|null", "200|null", "200|40", "200|0"]);
}

#[test]
fn what_everybody_knows_or_nobody_is_stays_as_it_is() {
    let mut published = count("a", json!({ "rank_band": "OF-5", "total": 3 }));
    published.set_envelope("url", "https://example.org/made-up");
    let posts = count("b", json!({ "list": "establishment", "total": 4 }));
    let none = count("c", json!({ "rank_band": "OF-3", "total": 0 }));
    let said = [published, posts, none];
    let all = rows(&["a|null|null|3", "b|null|null|4", "c|null|null|0"]);
    assert_eq!(shown(&said), (0, all));
    // Who may see everything is handed everything.
    let mut desk = Desk::new();
    desk.say(&[police(), count("d", json!({ "total": 4 }))]);
    assert_eq!(seen(&desk, Marking::StrictlyConfidential), (0, rows(&["d|null|null|4"])));
    assert_eq!(seen(&desk, Marking::Confidential), (1, rows(&["d|null|null|null"])));
}
