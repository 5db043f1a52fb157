//! Valid on, known on, and the reader's clearance. All made up.

use crate::desk::{Desk, iati, paid, police};
use serde_json::json;

const SOMALIA: &str = "<recipient-country code=\"SO\" percentage=\"100\"/>";

#[test]
fn a_newer_snapshot_supersedes_and_the_older_stays_known() {
    let desk = Desk::new();
    let version = |amount: &str| iati(&[police("XX-1-A", &format!("{SOMALIA}{}", paid("2", amount)))]);
    desk.import("a.xml", version("100"));
    let then = desk.value("select max(recorded_at) from snapshot").as_str().unwrap().to_owned();
    std::thread::sleep(std::time::Duration::from_millis(20));
    desk.import("a.xml", version("250"));
    let committed =
        |more: &[&str]| desk.ask("support", &[&["--country", "SO"], more].concat()).first().map(|r| r["committed_usd"].clone());
    assert_eq!(committed(&[]), Some(json!(250.0)));
    assert_eq!(committed(&["--known-on", &then]), Some(json!(100.0)));
    assert_eq!(committed(&["--known-on", "2020-01-01"]), None);
    let snapshots = desk.sql("select shown from snapshot order by id");
    assert_eq!(snapshots, [json!({"shown": 0}), json!({"shown": 1})]);
}

#[test]
fn exceptions_hold_only_while_they_are_known() {
    let desk = Desk::new();
    let parent = police("XX-1-P", &format!("{SOMALIA}{}<related-activity type=\"2\" ref=\"XX-1-C\"/>", paid("2", "100")));
    let child = police("XX-1-C", &format!("{SOMALIA}{}", paid("2", "100")));
    desk.import("parent.xml", iati(&[parent]));
    let then = desk.value("select max(recorded_at) from snapshot").as_str().unwrap().to_owned();
    std::thread::sleep(std::time::Duration::from_millis(20));
    desk.import("child.xml", iati(&[child]));
    let total = |more: &[&str]| -> f64 { desk.ask("supporters", more).iter().filter_map(|r| r["committed_usd"].as_f64()).sum() };
    assert_eq!(total(&[]), 100.0);
    assert_eq!(total(&["--known-on", &then]), 100.0);
    assert_eq!(desk.value("select count(*) from left_out"), json!(1));
    assert_eq!(
        desk.json(&["sql", &desk.workspace(), "select count(*) as n from left_out", "--json", "--known-on", &then])["rows"][0]["n"],
        json!(0)
    );
}

#[test]
fn what_is_confidential_is_not_there_for_others_and_changes_nothing_for_them() {
    let desk = Desk::new();
    let public = police("XX-1-P", &format!("{SOMALIA}{}<related-activity type=\"2\" ref=\"XX-1-S\"/>", paid("2", "100")));
    desk.import("public.xml", iati(&[public]));
    let before = desk.ask("support", &[]);
    let secret = desk.file(
        "secret.xml",
        iati(&[police("XX-1-S", &format!("{SOMALIA}<recipient-country code=\"bad\"/>{}", paid("2", "100")))]),
    );
    desk.ok(&["import", &desk.workspace(), &secret, "--marking", "confidential"]);
    assert_eq!(desk.ask("support", &[]), before);
    for view in ["activity", "activity_transaction", "activity_country", "problem", "snapshot", "support", "left_out"] {
        let sql = format!("select count(*) as n from {view}");
        let count = |clearance: &str| {
            desk.json(&["sql", &desk.workspace(), &sql, "--json", "--clearance", clearance])["rows"][0]["n"].as_i64().unwrap()
        };
        assert_eq!(count("public"), count("internal"), "{view}");
        assert!(count("confidential") > count("internal") || view == "left_out", "{view}");
    }
}

#[test]
fn the_answer_names_its_cut() {
    let desk = Desk::new();
    let workspace = desk.workspace();
    let answer = desk.json(&["ask", &workspace, "support", "--country", "Somalia", "--valid-on", "2021-06-30", "--json"]);
    assert_eq!(answer["question"], json!("support"));
    assert_eq!(answer["parameters"], json!({"country": "SO", "by": "class", "who": "reporter", "sign": ""}));
    assert_eq!((answer["valid_on"].clone(), answer["clearance"].clone()), (json!("2021-06-30"), json!("public")));
    let gaps = answer["below"].as_array().unwrap().iter().find(|a| a["question"] == "gaps").unwrap();
    let classes = gaps["rows"].as_array().unwrap().iter().filter(|r| r["dimension"] == "actor_class").count();
    assert_eq!(classes, 11, "every class that receives support is listed, with or without it");
}
