//! Learning from coded paragraphs, and from what people decided on. All paragraphs are made up.

use crate::desk::Desk;
use serde_json::{Value, json};

/// Coded paragraphs of six made-up missions: some did police work, some cared for prisons, most did neither.
fn coded() -> String {
    let mut lines = Vec::new();
    for mission in 0..6 {
        for n in 0..12 {
            let (text, codes) = match n % 4 {
                0 => (
                    format!("The Mission trained {} police officers and advised the police academy in town {mission}.", 10 + n),
                    json!({ "PoliceReform": ["Assist"] }),
                ),
                1 => (
                    format!("UNMADEUP inspected {n} prisons and mentored corrections officers."),
                    json!({ "PrisonReform": ["Monitor"] }),
                ),
                2 => (format!("Prices of wheat rose by {n} per cent in the north."), json!({})),
                _ => (format!("The President met the ambassador on {n} June."), json!({})),
            };
            let report = format!("made-up/{mission}");
            lines.push(
                json!({ "report": report, "symbol": format!("S/{mission}"), "mission": format!("M{mission}"), "n": n, "text": text, "codes": codes }).to_string(),
            );
        }
    }
    lines.join("\n")
}

#[test]
fn the_same_paragraphs_teach_the_same_and_what_was_taught_is_found() {
    let desk = Desk::new();
    let file = desk.file("coded.jsonl", coded());
    let [one, other] = ["a.weights", "b.weights"].map(|name| desk.path(name).display().to_string());
    desk.ok(&["train", &file, "--out", &one]);
    let learned = desk.json(&["train", &file, "--out", &other, "--json"]);
    assert_eq!((&learned["paragraphs"], &learned["file"]), (&json!(72), &json!(other)));
    assert!(std::fs::read(&one).unwrap() == std::fs::read(&other).unwrap(), "learning is the same each time");
    let told = desk.json(&["evaluate", &file, "--weights", &one, "--labels", "PoliceReform,PrisonReform", "--json"]);
    assert_eq!(told["paragraphs"], 72);
    assert_eq!(told["labels"]["PoliceReform"]["f1"], 1.0);
    assert_eq!(told["micro"]["coded"], 36);
    assert_eq!((&told["micro"]["f1"], &told["macro"]["f1"]), (&json!(1.0), &json!(1.0)));
}

#[test]
fn missions_that_were_held_back_are_measured_each_for_itself() {
    let desk = Desk::new();
    let file = desk.file("coded.jsonl", coded());
    let told = desk.json(&["evaluate", &file, "--folds", "mission", "--labels", "PoliceReform", "--json"]);
    let folds: Vec<&str> = told["folds"].as_array().unwrap().iter().map(|f| f["fold"].as_str().unwrap()).collect();
    assert_eq!(folds, ["M0", "M1", "M2", "M3", "M4", "M5"]);
    assert!(told["micro"]["f1"].as_f64().unwrap() > 0.9, "{told}");
    let text = desk.ok(&["evaluate", &file, "--folds", "random", "--labels", "PoliceReform"]);
    assert!(
        text.contains("fold 5 (micro)") && text.contains("mean of folds (micro F1)") && text.contains("72 paragraphs"),
        "{text}"
    );
}

#[test]
fn what_was_read_again_is_measured_by_its_weights_and_only_that() {
    let desk = Desk::new();
    let file = desk.file("coded.jsonl", coded());
    let weights = desk.path("w.weights").display().to_string();
    desk.ok(&["train", &file, "--out", &weights]);
    let measured = |gold: &str| {
        let gold = desk.file("gold.csv", gold);
        let told = desk.run(&["evaluate", &file, "--weights", &weights, "--labels", "PoliceReform", "--gold", &gold, "--json"]);
        assert!(told.status.success(), "{told:?}");
        let answer: Value = serde_json::from_slice(&told.stdout).unwrap();
        (answer["paragraphs"].clone(), answer["micro"].clone(), String::from_utf8(told.stderr).unwrap())
    };
    let (paragraphs, micro, _) = measured("symbol,n,codes,weight\nS/0,0,PoliceReform,12.5\n");
    assert_eq!((&paragraphs, &micro["f1"], &micro["coded"]), (&json!(1), &json!(1.0), &json!(13)));
    let (_, micro, _) = measured("symbol,n,codes\nS/0,0,\n");
    assert_eq!((&micro["precision"], &micro["found"]), (&json!(0.0), &json!(1)), "found, and not read by anybody");
    let (_, micro, said) = measured("symbol,n,codes,open\nS/0,0,,PoliceReform\nS/99,1,,\n");
    assert_eq!((&micro["coded"], &micro["found"]), (&json!(0), &json!(0)), "where readings differ nothing is right or wrong");
    assert!(said.contains("1 of 2 passages of the gold are not in "), "{said}");
}

#[test]
fn bad_paragraphs_labels_and_weights_are_told() {
    let desk = Desk::new();
    let file = desk.file("coded.jsonl", format!("{{\n{}\n{{\"report\": \"x\", \"text\": \"\"}}\n", coded()));
    let weights = desk.path("w.weights").display().to_string();
    let told = String::from_utf8(desk.run(&["train", &file, "--out", &weights]).stderr).unwrap();
    assert!(told.contains("coded.jsonl:1: is not a coded paragraph") && told.contains("coded.jsonl:74: has no text"), "{told}");
    let (code, told) = desk.fails(&["evaluate", &file, "--labels", "Polis"]);
    assert!(code == 2 && told.contains("there is no label `Polis`; there are ") && told.contains("PoliceReform"), "{told}");
    let whole = std::fs::read(&weights).unwrap();
    for (damaged, says) in [
        (whole[..whole.len() - 7].to_vec(), "is cut short"),
        ([&whole[..], b"more"].concat(), "has 4 bytes after its end"),
        (b"something else".to_vec(), "is no file of weights"),
    ] {
        let damaged = desk.file("damaged.weights", damaged);
        let (_, told) = desk.fails(&["evaluate", &file, "--weights", &damaged]);
        assert!(told.contains("damaged.weights") && told.contains(says), "{told}");
    }
    let empty = desk.file("empty.jsonl", "{\"report\": \"x\", \"text\": \"Nothing was done.\"}\n");
    let (_, told) = desk.fails(&["train", &empty, "--out", &weights]);
    assert!(told.contains("none of 1 paragraphs is coded with a label of the model"), "{told}");
}

/// A made-up report on a mission that exists.
const REPORT: &str = "\
United Nations S/2031/777

Report of the Secretary-General on UNMISS

1. During the reporting period, UNMISS trained 200 police officers and supported police reform in Juba.

2. Prices of wheat rose in the north.

3. UNMISS advised the prison service on the reform of prisons and trained corrections officers.
";

#[test]
fn what_people_decided_on_is_learnt_from() {
    let desk = Desk::new();
    let report = desk.file("report.txt", REPORT);
    desk.ok(&["read", &desk.workspace(), &report]);
    let waiting = "select statement, json_extract(fields, '$.task') as task from statement s where status_of_statement = 'proposed' \
                   and kind = 'engagement' and not exists (select 1 from statement n where n.supersedes = s.statement)";
    let proposals = desk.sql(waiting);
    assert!(proposals.len() >= 2, "{proposals:?}");
    let weights = desk.path("w.weights").display().to_string();
    let file = desk.file("coded.jsonl", coded());
    let train = || {
        let output = desk.run(&["train", &file, "--workspace", &desk.workspace(), "--out", &weights]);
        assert!(output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(train().contains("w: 0 paragraphs that people decided on"), "what waits teaches nothing");
    let server = desk.serve();
    for p in &proposals {
        let accepted = p["task"].as_str().is_some_and(|t| t.to_lowercase().contains("police"));
        let decision = if accepted { "accepted" } else { "rejected" };
        let statement = p["statement"].as_str().unwrap();
        assert_eq!(server.post("/decide", &[("statement", statement), ("decision", decision)]).0, 303);
    }
    let told = train();
    assert!(told.contains("w: 2 paragraphs that people decided on") && told.contains("learned from 74 paragraphs"), "{told}");
    let none: Vec<Value> = desk.sql(waiting);
    assert!(none.is_empty());
}
