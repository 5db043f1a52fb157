//! Sheets that come again in another edition, and rows of them that seem alike. Everything is made up.

use crate::desk::Desk;
use crate::ways::{sheet, workbook};
use rust_xlsxwriter::Format;
use serde_json::{Value, json};

/// The mapping of a list of recommendations.
const RECOMMENDATIONS: &str = "[[record]]\nkind = \"recommendation\"\n[record.fields]\ntext = { column = \"Text\" }\n\
    body = { column = \"By\", missing = \"add\" }\naddressee = { column = \"To\", missing = \"add\" }\n\
    due = { column = \"Due\" }\nstatus = { column = \"Status\" }\n";

/// Its headings.
const HEADINGS: &str = "Text,By,To,Due,Status\n";

/// Brings in an edition of a list; returns what is told of it.
fn edition(desk: &Desk, rows: &[&str]) -> Value {
    desk.file("list.toml", RECOMMENDATIONS);
    let file = desk.file("list.csv", format!("{HEADINGS}{}\n", rows.join("\n")));
    desk.json(&["import", &desk.workspace(), &file, "--json"])["sheets"][0].clone()
}

/// Record, addressee and status of each recommendation.
fn recommendations(desk: &Desk) -> Vec<[String; 3]> {
    let rows = desk.sql("select record, addressee, status from recommendation order by record");
    rows.iter().map(|r| ["record", "addressee", "status"].map(|c| r[c].as_str().unwrap_or_default().to_owned())).collect()
}

const TO_JUSTICE: &str = "Made-up: publish the report,Made-up Court,Made-up Justice,2025-12-31,3";
const TO_INTERIOR: &str = "Made-up: publish the report,Made-up Parliament,Made-up Interior,2024-12-31,2";

#[test]
fn rows_of_one_title_to_two_bodies_are_two_records_in_any_order() {
    let all = [TO_JUSTICE, TO_INTERIOR, "Made-up: train all,Made-up Court,Made-up Justice,2026-12-31,0"];
    let orders = [[0, 1, 2], [2, 1, 0], [1, 0, 2]].map(|order| {
        let desk = Desk::new();
        let outcome = edition(&desk, &order.map(|n| all[n]));
        let told: Vec<&Value> = outcome["findings"].as_array().unwrap().iter().collect();
        assert_eq!(told.len(), 1, "it is told once: {outcome}");
        assert!(told[0]["reason"].as_str().unwrap().starts_with("other rows have this title too"), "{outcome}");
        recommendations(&desk)
    });
    assert_eq!(orders[0].len(), 3, "{orders:?}");
    assert!(orders.iter().all(|records| *records == orders[0]), "{orders:?}");
    let interior = orders[0].iter().find(|r| r[1].contains("interior")).expect("one to the Interior");
    assert_eq!(interior[2], "2", "what is open is not hidden behind what is done");
}

#[test]
fn the_next_edition_finds_its_own_rows_again() {
    let desk = Desk::new();
    edition(&desk, &[TO_INTERIOR]);
    let before = recommendations(&desk);
    let outcome = edition(&desk, &[TO_JUSTICE, TO_INTERIOR]);
    assert_eq!((&outcome["changed"], &outcome["conflicts"]), (&json!(0), &json!(0)), "{outcome}");
    let both = recommendations(&desk);
    assert_eq!((both.len(), &both[0]), (2, &before[0]), "{both:?}");
    // Another status, and the first of them is there no longer.
    let outcome = edition(&desk, &[&TO_JUSTICE.replace(",3", ",2")]);
    assert_eq!(outcome["changed"], json!(1), "{outcome}");
    let after = recommendations(&desk);
    assert_eq!((&after[0], &after[1][1], after[1][2].as_str()), (&both[0], &both[1][1], "2"), "{after:?}");
    // The addressee of one is corrected.
    let outcome = edition(&desk, &[TO_INTERIOR, &TO_JUSTICE.replace("Made-up Justice", "Made-up Health")]);
    let corrected = recommendations(&desk);
    assert_eq!(corrected.len(), 2, "{outcome}");
    assert!(corrected[1][1].contains("health"), "{corrected:?}");
}

#[test]
fn one_title_on_two_sheets_of_a_file_is_of_two_records_where_it_says_so() {
    let desk = Desk::new();
    let headings: &[&str] = &["Text", "By", "To"];
    let first: &[&[&str]] = &[headings, &["Made-up: publish the report", "Made-up Committee", "Made-up Interior"]];
    let second: &[&[&str]] = &[headings, &["Made-up: publish the report", "Made-up Ombuds", "Made-up Service"]];
    let file = workbook(&desk, "tabs.xlsx", vec![sheet("A", first), sheet("B", second)]);
    let table = "kind = \"recommendation\"\n[NAME.fields]\ntext = { column = \"Text\" }\nbody = { column = \"By\", missing = \"add\" }\n\
        addressee = { column = \"To\", missing = \"add\" }\n";
    let own = format!("sheet = \"A\"\n[[record]]\n{}", table.replace("NAME", "record"));
    let other = format!("[[also]]\nsheet = \"B\"\n[[also.record]]\n{}", table.replace("NAME", "also.record"));
    desk.file("tabs.toml", format!("{own}{other}"));
    desk.ok(&["import", &desk.workspace(), &file]);
    assert_eq!(desk.value("select count(*) from recommendation"), json!(2));
    assert_eq!(desk.value("select count(distinct addressee) from recommendation"), json!(2));
}

#[test]
fn support_of_two_donors_under_one_title_is_in_the_answer_of_each() {
    let desk = Desk::new();
    desk.file(
        "projects.toml",
        "[[record]]\nkind = \"project\"\n[record.fields]\ntitle = { column = \"Title\" }\n\
         supporter = { column = \"Donor\", missing = \"add\" }\ncommitted = { column = \"Budget\" }\ncurrency = { column = \"Currency\" }\n",
    );
    let rows = "Title,Donor,Budget,Currency\nMade-up support,Made-up Donor A,100000,EUR\nMade-up support,Made-up Donor B,200000,USD\n\
        Made-up support,Made-up Donor B,200000,USD\n";
    desk.import("projects.csv", rows);
    let all = desk.sql("select supporter, committed from project order by supporter");
    assert_eq!(all.iter().map(|r| r["committed"].as_f64().unwrap()).collect::<Vec<_>>(), [100_000.0, 200_000.0], "{all:?}");
}

#[test]
fn a_title_that_is_shown_as_one_over_several_rows_is_of_one_record() {
    let desk = Desk::new();
    desk.file("list.toml", RECOMMENDATIONS);
    let rows: &[&[&str]] = &[
        &["Text", "By", "To", "Due", "Status"],
        &["Made-up: publish the report", "Made-up Court", "Made-up Justice", "2025-12-31", "2"],
        &["", "Made-up Court", "Made-up Interior", "2025-12-31", "2"],
    ];
    let mut merged = sheet("List", rows);
    merged.merge_range(1, 0, 2, 0, "Made-up: publish the report", &Format::new()).unwrap();
    let file = workbook(&desk, "list.xlsx", vec![merged]);
    desk.ok(&["import", &desk.workspace(), &file]);
    assert_eq!(desk.value("select count(*) from recommendation"), json!(1));
}

#[test]
fn a_cell_that_cannot_be_used_leaves_what_was_said_before_and_new_words_are_looked_up() {
    let desk = Desk::new();
    let older = RECOMMENDATIONS.replace("column = \"Status\"", "column = \"Status\", aliases = { \"En cours\" = \"2\" }");
    desk.file("list.toml", older);
    let bring = |status: &str, due: &str| {
        let row = format!("Made-up: publish the report,Made-up Court,Made-up Justice,{due},{status}");
        let file = desk.file("list.csv", format!("{HEADINGS}{row}\n"));
        desk.json(&["import", &desk.workspace(), &file, "--json"])["sheets"][0].clone()
    };
    let now = || desk.sql("select status, due from recommendation")[0].clone();
    bring("En cours", "2024-12-31");
    assert_eq!(now(), json!({"status": "2", "due": "2024-12-31"}));
    let outcome = bring("Mise en œuvre", "2024-12-31");
    assert_eq!(now(), json!({"status": "3", "due": "2024-12-31"}), "the mapping is older than the word: {outcome}");
    let told = outcome["findings"][0]["reason"].as_str().expect("it is told");
    assert!(told.starts_with("the mapping does not say what this means; it was read as 3"), "{told}");
    let outcome = bring("Made-up word", "some day");
    assert_eq!(now(), json!({"status": "3", "due": "2024-12-31"}), "{outcome}");
    let stays = |f: &&Value| f["reason"].as_str().is_some_and(|reason| reason.contains("what the sheet said here before stays"));
    assert_eq!(outcome["findings"].as_array().expect("findings").iter().filter(stays).count(), 2, "{outcome}");
    // What is empty says that there is nothing.
    bring("", "2024-12-31");
    assert_eq!(now(), json!({"status": null, "due": "2024-12-31"}));
}

#[test]
fn what_a_cell_of_several_codes_names_no_more_is_gone_and_what_cannot_be_read_of_it_stays() {
    let desk = Desk::new();
    let bring = |class: &str| {
        let head = "record,title,supporter,recipient_class,country,starts,source";
        let row = format!("p,Made-up chain,Made-up Donor,{class},SO,2026,Made-up list");
        desk.import("project.csv", format!("{head}\n{row}\n"));
        let others = "select recipient_class as class, (select group_concat(code, '; ' order by code) from project_other_class o where o.record = p.record) as others";
        desk.sql(&format!("{others} from project p"))[0].clone()
    };
    assert_eq!(bring("police; justice"), json!({"class": "police", "others": "justice"}));
    assert_eq!(bring("Made-up word"), json!({"class": "police", "others": "justice"}), "nothing of the cell was read");
    assert_eq!(bring("police; Made-up word"), json!({"class": "police", "others": "justice"}), "a part of it was not read");
    assert_eq!(bring("police"), json!({"class": "police", "others": null}));
    assert_eq!(bring("corrections; police; justice"), json!({"class": "corrections", "others": "justice; police"}));
    assert_eq!(bring(""), json!({"class": null, "others": null}));
}

#[test]
fn a_dry_run_shows_what_changes_also_where_that_is_a_date_or_a_grade() {
    let desk = Desk::new();
    let rows = |until: &str, grade: &str| {
        format!("Name,Class,First cited,Last cited,Source,Source grade\nMade-up Police,police,2010,{until},Made up,{grade}\n")
    };
    let file = desk.file("units.csv", rows("2019", "B2"));
    desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
    desk.ok(&["import", &desk.workspace(), &file, "--author", "made up"]);
    let graded = desk.sql("select reliability, credibility from statement where kind = 'actor'");
    assert_eq!((&graded[0]["reliability"], &graded[0]["credibility"]), (&json!("B"), &json!("2")), "{graded:?}");
    desk.file("units.csv", rows("2020", "c-3"));
    let told = desk.ok(&["import", &desk.workspace(), &file, "--replace", "--dry-run"]);
    let changed = told.lines().find(|line| line.starts_with("changed")).unwrap_or(&told);
    let (now, before) = changed.split_once("(was:").expect(&told);
    assert!(["last_cited: 2020", "reliability: C", "credibility: 3"].iter().all(|said| now.contains(said)), "{told}");
    assert!(["last_cited: 2019", "reliability: B", "credibility: 2"].iter().all(|said| before.contains(said)), "{told}");
}
