//! A folder of which a part has changed is read in part, and says what it would say if all of it had been read. All made up.

use crate::desk::{Desk, iati, paid, police};
use serde_json::{Value, json};

fn activity(identifier: &str, title: &str, updated: &str) -> String {
    let rest = format!("<recipient-country code=\"SO\"/>{}", paid("2", "100"));
    police(identifier, &rest)
        .replace("Made-up police reform", title)
        .replace("<iati-activity ", &format!("<iati-activity last-updated-datetime=\"{updated}\" "))
}

/// Writes files of a folder and imports it; returns what the command says it has read.
fn bring_in(desk: &Desk, files: &[(&str, &[String])]) -> Value {
    for (name, activities) in files {
        desk.file(&format!("folder/{name}"), iati(activities));
    }
    let folder = desk.path("folder").display().to_string();
    desk.json(&["import", &desk.workspace(), &folder, "--json"])["imports"][0].clone()
}

/// What a reader sees, apart from what tells only when it was read.
fn seen(desk: &Desk) -> [Vec<Value>; 4] {
    [
        "select identifier, title, file from activity order by 1",
        "select identifier, committed_usd, actor_class from support order by 1",
        "select identifier, value, date from activity_transaction order by 1",
        "select file, record, rule from problem order by 1, 2",
    ]
    .map(|sql| desk.sql(sql))
}

const DAY: &str = "2021-01-01T00:00:00Z";

/// A desk whose folder has five files.
fn five() -> Desk {
    let desk = Desk::new();
    let one = |n: usize| [activity(&format!("XX-1-{n}"), "Police reform", DAY)];
    let files: Vec<(String, [String; 1])> = (1..=5).map(|n| (format!("{n}.xml"), one(n))).collect();
    let files: Vec<(&str, &[String])> = files.iter().map(|(name, a)| (name.as_str(), a.as_slice())).collect();
    assert_eq!(bring_in(&desk, &files)["records"], 5);
    desk
}

/// The same folder in a workspace that has never seen it.
fn afresh(desk: &Desk) -> [Vec<Value>; 4] {
    let other = desk.path("afresh").display().to_string();
    desk.ok(&["init", &other]);
    desk.ok(&["import", &other, &desk.path("folder").display().to_string()]);
    [
        "select identifier, title, file from activity order by 1",
        "select identifier, committed_usd, actor_class from support order by 1",
        "select identifier, value, date from activity_transaction order by 1",
        "select file, record, rule from problem order by 1, 2",
    ]
    .map(|sql| desk.json(&["sql", &other, sql, "--json"])["rows"].as_array().expect("rows").clone())
}

#[test]
fn only_what_has_changed_is_read_and_the_answer_is_that_of_the_whole() {
    let desk = five();
    let before = desk.sql("select recorded_at from snapshot")[0]["recorded_at"].as_str().expect("a moment").to_owned();
    std::fs::remove_file(desk.path("folder/5.xml")).expect("it was there");
    let changed = [activity("XX-1-1", "Police academy", "2022-01-01T00:00:00Z"), activity("XX-1-9", "Police post", DAY)];
    let read = bring_in(&desk, &[("1.xml", &changed), ("6.xml", &[activity("XX-1-6", "Police station", DAY)])]);
    assert_eq!((&read["records"], &read["unchanged"]), (&json!(3), &json!(false)), "what has not changed is not read again");
    assert_eq!(seen(&desk), afresh(&desk));
    let titles = "select group_concat(title, '; ') from (select distinct title from activity where identifier in ('XX-1-1', 'XX-1-5') order by 1)";
    let told = desk.json(&["sql", &desk.workspace(), titles, "--known-on", &before, "--json"]);
    assert_eq!(told["rows"][0].as_object().expect("a row").values().next(), Some(&json!("Police reform")), "old answers stay");
    assert_eq!(desk.value("select count(*) from activity where identifier = 'XX-1-5'"), json!(0));
    assert_eq!(bring_in(&desk, &[])["unchanged"], true, "the same again changes nothing");
    desk.ok(&["verify", &desk.workspace()]);
}

#[test]
fn a_version_that_another_file_had_pushed_aside_comes_back() {
    let desk = five();
    let newer = [activity("XX-1-2", "Police reform, renewed", "2022-01-01T00:00:00Z"), activity("XX-1-1", "Police reform", DAY)];
    bring_in(&desk, &[("1.xml", &newer)]);
    assert_eq!(desk.value("select title from activity where identifier = 'XX-1-2'"), json!("Police reform, renewed"));
    bring_in(&desk, &[("1.xml", &newer[1..])]);
    assert_eq!(desk.value("select title from activity where identifier = 'XX-1-2'"), json!("Police reform"));
    // The same where both were read in one import, so that the older version was never written.
    let other = Desk::new();
    bring_in(
        &other,
        &[
            ("1.xml", &newer),
            ("2.xml", &[activity("XX-1-2", "Police reform", DAY)]),
            ("3.xml", &[activity("XX-1-3", "Police", DAY)]),
            ("4.xml", &[activity("XX-1-4", "Police", DAY)]),
        ],
    );
    bring_in(&other, &[("1.xml", &newer[1..])]);
    assert_eq!(seen(&other), afresh(&other));
}

#[test]
fn a_folder_that_has_changed_much_is_read_as_a_whole() {
    let desk = five();
    for year in 2022..2028 {
        let updated = format!("{year}-01-01T00:00:00Z");
        let two: Vec<[String; 1]> =
            (1..=2).map(|n| [activity(&format!("XX-1-{n}"), &format!("Police {year}"), &updated)]).collect();
        bring_in(&desk, &[("1.xml", &two[0]), ("2.xml", &two[1])]);
        assert_eq!(
            desk.value("select count(*) from activity where title like 'Police %' and title <> 'Police reform'"),
            json!(2)
        );
    }
    assert!(
        desk.value("select sum(shown) from snapshot").as_i64() < Some(5),
        "not every import that there was is still read from"
    );
    assert_eq!(seen(&desk), afresh(&desk));
}
