//! Lists of people and microdata of surveys: what is worked out of them, and that nothing of a person stays. All made up.

use crate::desk::{Desk, Server};
use serde_json::{Value, json};
use std::path::Path;

const PAYROLL: &str = "\
Police payroll of March
Service No.,Full name,Unit,Rank,Gender,Monthly pay
AB-00101,Qwerty Zebulon,Made-up First Unit,Captain,F,\"1,200.50\"
AB-00102,Quux Zebulon,,Sergeant,M,300
ab 00102,Quux Zebulon,Made-up First Unit,Sergeant,M,300
AB-00103,Plugh Zebulon,Nowhere Zebulon,Overseer Zebulon,M,300
,Xyzzy Zebulon,,OR-3,F,Zebulon
AB-00105,Fred Zebulon,,Lt Col,F,2000
Total,,,,,4100.50
";

const CENSUS: &str = "\
matricule;nom;grade;sexe
AB00101;Qwerty Zebulon;capitaine;femme
AB/00102;Quux Zebulon;sergent;homme
AB٠٠١٠٩;Waldo Zebulon;soldat;homme
";

fn police() -> Desk {
    let desk = Desk::new();
    let actor = |record: &str, name: &str| {
        json!({ "kind": "actor", "record": record, "source": "Made-up", "marking": "public", "valid_from": "2010",
            "fields": { "name": name, "class": "police", "country": "SO" } })
    };
    desk.add(&[actor("so/police", "Made-up Police"), actor("so/first", "Made-up First Unit")]);
    desk
}

fn roll(desk: &Desk, file: &str, content: &str, list: &str, more: &[&str]) -> Value {
    let file = desk.file(file, content);
    let workspace = desk.workspace();
    let own = ["roll", &workspace, &file, "--list", list, "--institution", "so/police", "--day", "2026-03-01", "--json"];
    desk.json(&[&own[..], more].concat())
}

const PAID: [&str; 4] = ["--pay-per", "month", "--currency", "USD"];

fn matched(desk: &Desk, more: &[&str]) -> Vec<Value> {
    desk.ask("rolls", &[&["--clearance", "strictly_confidential", "--valid-on", "2026-03-31"], more].concat())
}

/// All bytes of all files of a folder.
fn bytes_of(folder: &Path, found: &mut Vec<u8>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        match entry.path() {
            path if path.is_dir() => bytes_of(&path, found),
            path => found.extend(std::fs::read(path).expect("a file")),
        }
    }
}

/// True where a text stands in any byte of the workspace.
pub(crate) fn has(desk: &Desk, text: &str) -> bool {
    let mut bytes = Vec::new();
    bytes_of(Path::new(&desk.workspace()), &mut bytes);
    bytes.windows(text.len()).any(|w| w == text.as_bytes())
}

#[test]
fn lists_are_matched_number_by_number() {
    let desk = police();
    let taken = roll(&desk, "pay.csv", PAYROLL, "payroll", &PAID);
    assert_eq!(
        (taken["lines"].clone(), taken["without_number"].clone(), taken["doubled"].clone()),
        (json!(6), json!(1), json!(1))
    );
    assert_eq!(taken["left_out"], json!(["Full name"]));
    roll(&desk, "census.csv", CENSUS, "census", &[]);
    let rows = matched(&desk, &[]);
    let of = |record: &str| rows.iter().find(|r| r["actor"] == record).expect(record).clone();
    let (first, rest) = (of("so/first"), of("so/police"));
    // The captain, and the sergeant who stands in it twice, once elsewhere.
    assert_eq!(
        [&first["lines"], &first["on_both"], &first["doubled"], &first["elsewhere"], &first["unmatched"]],
        [&json!(3), &json!(2), &json!(1), &json!(1), &json!(1)]
    );
    assert_eq!(first["unmatched_value"], json!((1200.5 + 300.0 + 300.0) * 12.0 / 3.0));
    // It is the sergeant who stands in it twice, and not a captain, who is paid once too often.
    assert_eq!(first["unmatched_pay"], json!(300.0 * 12.0));
    // Nobody saw two of the payroll and the one without a number; one whom the census saw is not paid.
    assert_eq!(
        [&rest["lines"], &rest["on_both"], &rest["only_first"], &rest["only_second"], &rest["without_number"]],
        [&json!(3), &json!(0), &json!(2), &json!(1), &json!(1)]
    );
    assert_eq!(rest["unmatched_rate"].as_f64(), Some(1.0));
    // Of one of the three the list has no pay that is a number: it counts with the mean of the two others.
    assert_eq!(rest["unmatched_pay"], json!((300.0 + 2000.0) * 12.0 * 1.5));
    let women: Vec<Value> = matched(&desk, &["--by", "sex", "--actor", "so/first"]).iter().map(|r| r["sex"].clone()).collect();
    assert_eq!(women, [json!("men"), json!("women")]);
    let ranks: Vec<Value> =
        matched(&desk, &["--by", "rank_group", "--actor", "so/first"]).iter().map(|r| r["rank_group"].clone()).collect();
    assert_eq!(ranks, [json!("junior"), json!("nco")]);
    // A unit that has ended since is called by the name that it had.
    desk.add(&[json!({ "kind": "actor", "record": "so/first", "source": "Made-up", "marking": "public", "valid_from": "2010",
        "valid_to": "2026-04-30", "fields": { "name": "Made-up First Unit", "class": "police", "country": "SO" },
        "supersedes": [desk.value("select statement from statement where record = 'so/first'")] })]);
    let later = desk.ask("rolls", &["--clearance", "strictly_confidential", "--valid-on", "2026-06-30", "--actor", "so/first"]);
    assert_eq!(later[0]["actor_name"], json!("Made-up First Unit"));
    // The other way round.
    let back = matched(&desk, &["--list", "census", "--against", "payroll", "--actor", "so/police"]);
    assert_eq!((back[0]["lines"].clone(), back[0]["unmatched"].clone()), (json!(3), json!(1)));
    // What has no number on the second list is no number that stands on it alone.
    assert_eq!(back[0]["only_second"], json!(2));
}

#[test]
fn how_many_a_list_has_is_said_of_the_strength() {
    let desk = police();
    roll(&desk, "pay.csv", PAYROLL, "payroll", &PAID);
    roll(&desk, "census.csv", CENSUS, "census", &[]);
    let rows =
        desk.ask("strength", &["--clearance", "strictly_confidential", "--valid-on", "2026-03-31", "--actor", "so/police"]);
    assert_eq!([&rows[0]["payroll"], &rows[0]["census"], &rows[0]["payroll_less_census"]], [&json!(6), &json!(3), &json!(3)]);
    // The mean of the five who have a pay that is a number.
    assert_eq!(rows[0]["mean_pay"], json!(9841.2));
    // A corrected list of the same day replaces what it said, and the same again changes nothing.
    let shorter = PAYROLL.replace("AB-00105,Fred Zebulon,,Lt Col,F,2000\n", "");
    let again = roll(&desk, "pay.csv", &shorter, "payroll", &PAID);
    assert_eq!((again["lines"].clone(), again["counts"]["gone"].clone()), (json!(5), json!(1)));
    assert_eq!(roll(&desk, "pay.csv", &shorter, "payroll", &PAID)["unchanged"], json!(true));
    let rows =
        desk.ask("strength", &["--clearance", "strictly_confidential", "--valid-on", "2026-03-31", "--actor", "so/police"]);
    assert_eq!(rows[0]["payroll"], json!(5));
}

#[test]
fn what_differs_is_paid_as_the_first_list_says() {
    let desk = police();
    roll(&desk, "pay.csv", PAYROLL, "payroll", &PAID);
    // The roll has other pay beside the same numbers, and in another currency.
    let nominal = "Service No.,Rank,Monthly pay\nAB-00101,Captain,10\nAB-00102,Sergeant,10\n";
    roll(&desk, "roll.csv", nominal, "nominal_roll", &["--pay-per", "month", "--currency", "SOS"]);
    let rows = matched(&desk, &["--list", "payroll", "--against", "nominal_roll", "--actor", "so/first"]);
    assert_eq!((rows[0]["mean_pay"].clone(), rows[0]["currency"].clone()), (json!((1200.5 + 300.0 + 300.0) * 4.0), json!("USD")));
    // A list without pay takes that of the other one.
    roll(&desk, "census.csv", CENSUS, "census", &[]);
    let rows = matched(&desk, &["--list", "census", "--against", "nominal_roll", "--actor", "so/police"]);
    assert_eq!((rows[0]["mean_pay"].clone(), rows[0]["currency"].clone()), (json!(120.0), json!("SOS")));
}

#[test]
fn pay_is_known_by_a_heading_that_says_what_it_is_in() {
    for (n, (heading, currency, pay)) in
        [("Solde mensuelle (USD)", "USD", 300.0), ("Net pay (thousand USD)", "USD", 300_000.0)].into_iter().enumerate()
    {
        let desk = police();
        let list = format!("Matricule,Nom,Sexe (M/F),{heading}\nAB-1,Qwerty Zebulon,F,200\nAB-2,Quux Zebulon,M,400\n");
        // What the sheet says goes before what is said of all lists.
        let taken = roll(&desk, "pay.csv", &list, "payroll", &["--pay-per", "month", "--currency", "SOS"]);
        assert_eq!(taken["left_out"], json!(["Nom"]), "{n}: {taken}");
        roll(&desk, "census.csv", "Matricule,Sexe\nAB-3,F\n", "census", &[]);
        let rows = matched(&desk, &["--actor", "so/police"]);
        assert_eq!((rows[0]["mean_pay"].clone(), rows[0]["currency"].clone()), (json!(pay * 12.0), json!(currency)), "{rows:?}");
    }
    // Of thousands, what names its currency as few of its column do is left out and told.
    let desk = police();
    let list = "Matricule,Net pay (thousand USD)\nAB-1,2\nAB-2,300 USD\nAB-3,4\n";
    let taken = roll(&desk, "pay.csv", list, "payroll", &["--pay-per", "month"]);
    assert_eq!(taken["problems"], json!(1), "{taken}");
    // What stands in brackets and is no unit may be of another year.
    let desk = police();
    let other = "Matricule,Net pay (last year)\nAB-1,200\n";
    assert_eq!(roll(&desk, "pay.csv", other, "payroll", &PAID)["left_out"], json!(["Net pay (last year)"]));
}

#[test]
fn numbers_that_a_spreadsheet_has_spoilt_are_told() {
    let desk = police();
    // Two people, of whose numbers a spreadsheet has left the same; and one whose number it has made one with a point.
    let spoilt = "Service No.,Rank\n1.23457E+11,Captain\n1.23457E+11,Sergeant\n10207.0,Sergeant\n";
    let taken = roll(&desk, "pay.csv", spoilt, "payroll", &[]);
    assert_eq!(
        (taken["without_number"].clone(), taken["doubled"].clone(), taken["problems"].clone()),
        (json!(2), json!(0), json!(2))
    );
    roll(&desk, "census.csv", "Service No.,Rank\n10207,Sergeant\n", "census", &[]);
    assert_eq!(matched(&desk, &[])[0]["on_both"], json!(1));
    // What is told to be run shows them.
    let again = spoilt.replace("Captain", "Colonel");
    let (workspace, file) = (desk.workspace(), desk.file("pay.csv", &again));
    let said =
        desk.run(&["roll", &workspace, &file, "--list", "payroll", "--institution", "so/police", "--day", "2026-03-01"]).stderr;
    let said = String::from_utf8(said).expect("UTF-8");
    let command = said.split('`').nth(1).unwrap_or_else(|| panic!("no command in {said}"));
    let told = desk.ok(&command.split(' ').skip(1).collect::<Vec<_>>());
    assert_eq!(told.matches("a spreadsheet has rounded the service number").count(), 2, "{told}");
}

#[test]
fn a_list_in_parts_is_not_taken_for_its_last_part() {
    let desk = police();
    let taken = roll(&desk, "north.csv", PAYROLL, "payroll", &PAID);
    assert_eq!(taken["replaces"], json!([]));
    // Sent again it is a correction; under another name it may be another part.
    let shorter = PAYROLL.replace("AB-00105,Fred Zebulon,,Lt Col,F,2000\n", "");
    assert_eq!(roll(&desk, "north.csv", &shorter, "payroll", &PAID)["replaces"], json!([]));
    assert_eq!(
        roll(&desk, "south.csv", PAYROLL, "payroll", &[&PAID[..], &["--dry-run"]].concat())["replaces"],
        json!(["north.csv"])
    );
    assert_eq!(roll(&desk, "census.csv", CENSUS, "census", &[])["replaces"], json!([]));
}

#[test]
fn no_name_and_no_number_stays_in_any_byte() {
    let desk = police();
    roll(&desk, "pay.csv", PAYROLL, "payroll", &PAID);
    roll(&desk, "census.csv", CENSUS, "census", &[]);
    for text in ["Zebulon", "00101", "00102", "Qwerty"] {
        assert!(!has(&desk, text), "{text}");
    }
    // What could not be used is told by its place, never by what stands there.
    let mut rules: Vec<(String, i64)> =
        desk.json(&["problems", &desk.workspace(), "--json", "--clearance", "strictly_confidential"])["rows"]
            .as_array()
            .expect("rows")
            .iter()
            .map(|r| (r["rule"].as_str().expect("a rule").to_owned(), r["line"].as_i64().expect("a line")))
            .collect();
    rules.sort();
    let expected =
        [("code", 6), ("code", 6), ("identifier", 7), ("number", 7), ("row", 9)].map(|(rule, line)| (rule.to_owned(), line));
    assert_eq!(rules, expected);
    // Nobody below sees lines, and another workspace has another key.
    assert_eq!(desk.ask("rolls", &["--clearance", "confidential", "--valid-on", "2026-03-31"]), Vec::<Value>::new());
    let hash = |desk: &Desk| {
        let sql = "select number from roll_line where number is not null order by roll_line limit 1";
        desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", "strictly_confidential"])["rows"][0]["number"].clone()
    };
    let other = police();
    roll(&other, "pay.csv", PAYROLL, "payroll", &PAID);
    assert_ne!(hash(&desk), hash(&other));
    assert!(desk.run(&["verify", &desk.workspace()]).status.success());
}

#[test]
fn what_a_list_does_not_say_is_asked() {
    let desk = police();
    let workspace = desk.workspace();
    let fails = |content: &str, more: &[&str]| {
        let file = desk.file("list.csv", content);
        let own = ["roll", &workspace, &file, "--list", "payroll", "--institution", "so/police", "--day", "2026-03-01"];
        desk.fails(&[&own[..], more].concat()).1
    };
    assert!(fails(PAYROLL, &[]).contains("“Monthly pay” has pay, and nothing says for how long"));
    let unknown = fails("Badge,Name\n7,Quux\n", &[]);
    assert!(unknown.contains("--number HEADING") && unknown.contains("Badge, Name"), "{unknown}");
    let file = desk.file("badge.csv", "Badge,Name\n7,Quux\n8,Quux\n");
    let own = ["roll", &workspace, &file, "--list", "census", "--day", "2026-03-01", "--number", "Badge", "--json", "--dry-run"];
    assert_eq!(desk.json(&[&own[..], &["--institution", "Made-up Police"]].concat())["lines"], json!(2));
    assert!(desk.fails(&[&own[..], &["--institution", "Made-up Polise"]].concat()).1.contains("is it “Made-up Police”?"));
    assert_eq!(desk.value("select count(*) from strength"), json!(0));
}

const SURVEY: &[u8] = include_bytes!("../../../remit-survey/tests/made_up/survey.sav");

#[test]
fn estimates_of_microdata_become_statements_with_their_method() {
    let desk = police();
    desk.add(&[json!({ "kind": "survey", "record": "so/made-up", "source": "Made-up", "marking": "public",
        "fields": { "title": "Made-up survey 2026", "country": "SO", "starts": "2026-01" } })]);
    let (workspace, file) = (desk.workspace(), desk.file("survey.sav", SURVEY));
    let question = [
        "estimate",
        &workspace,
        &file,
        "--question",
        "trust",
        "--weight",
        "weight",
        "--strata",
        "stratum",
        "--cluster",
        "cluster",
    ];
    let more = ["--by", "sex", "--by", "region", "--least", "40", "--survey", "so/made-up", "--actor", "so/police", "--json"];
    let rows = desk.json(&[&question[..], &more].concat())["rows"].as_array().expect("rows").clone();
    // As R says of all: see made_up/estimates.csv.
    assert_eq!((rows[0]["answer"].clone(), (rows[0]["percent"].as_f64().unwrap() * 1e4).round()), (json!("A lot"), 219_280.0));
    // One region is too small for anything to be said; that and the next smallest could be had from each other and the total.
    let small: Vec<&Value> = rows.iter().filter(|r| r["answer"].is_null()).collect();
    assert_eq!(small.iter().map(|r| &r["group"]).collect::<Vec<_>>(), ["À l’ouest", "Made-up West"]);
    assert!(small.iter().all(|r| r["respondents"].is_null()), "{small:?}");
    let told = desk.ask("trust", &["--clearance", "internal", "--actor", "so/police", "--valid-on", "2026-06-30"]);
    assert_eq!(told.len(), 4 + 8 + 4);
    let all = told.iter().find(|r| r["asked"] == "Trust in the made-up police — Made-up Police — A lot").expect("all");
    assert_eq!(
        [&all["percent"], &all["percent_low"], &all["percent_high"]],
        [&json!(21.928037), &json!(14.885643), &json!(31.085366)]
    );
    assert!(all["method"].as_str().unwrap().starts_with("Taylor linearisation; weight weight, strata stratum, clusters cluster"));
    assert!(told.iter().any(|r| r["sex"] == "women"));
    // The same again is left alone; another base changes what was said.
    desk.json(&[&question[..], &more].concat());
    assert_eq!(desk.value("select count(*) from estimate"), json!(0));
    let entries = |desk: &Desk| desk.json(&["history", &desk.workspace(), "--json"])["rows"].as_array().map_or(0, Vec::len);
    let before = entries(&desk);
    desk.json(&[&question[..], &more].concat());
    assert_eq!(entries(&desk), before);
}

#[test]
fn a_small_group_is_not_told_by_its_total_and_the_others() {
    let desk = police();
    let mut file = "answer,region,sex\n".to_owned();
    // A region of twelve; of another the women are few.
    for (region, sex, people) in [
        ("North", "women", 6),
        ("North", "men", 6),
        ("South", "women", 9),
        ("South", "men", 40),
        ("East", "women", 50),
        ("East", "men", 60),
    ] {
        file.push_str(&format!("yes,{region},{sex}\n").repeat(people));
    }
    let (workspace, file) = (desk.workspace(), desk.file("survey.csv", file));
    let own = ["estimate", &workspace, &file, "--question", "answer", "--json"];
    let hidden = |more: &[&str]| -> Vec<String> {
        let rows = desk.json(&[&own[..], more].concat())["rows"].clone();
        let blank = rows.as_array().expect("rows").iter().filter(|r| r["answer"].is_null());
        blank.map(|r| r["group"].as_str().expect("a group").to_owned()).collect()
    };
    assert_eq!(hidden(&["--by", "region"]), ["North", "South"]);
    assert_eq!(hidden(&["--by", "sex"]), Vec::<String>::new());
    assert_eq!(hidden(&["--by", "region", "--least", "10"]), Vec::<String>::new());
    // Women and men of a region are its parts, and those of all regions are all women and all men.
    let both = hidden(&["--by", "region", "--by", "sex", "--by", "region,sex"]);
    for group in ["North", "South", "North × women", "North × men", "South × women", "South × men"] {
        assert!(both.iter().any(|g| g == group), "{group}: {both:?}");
    }
}

#[test]
fn microdata_stay_where_they_are() {
    let desk = police();
    let (workspace, file) = (desk.workspace(), desk.file("survey.sav", SURVEY));
    let variables = desk.ok(&["estimate", &workspace, &file, "--variables"]);
    assert!(variables.contains("trust  Trust in the made-up police"), "{variables}");
    let mean = desk.json(&["estimate", &workspace, &file, "--question", "safe", "--mean", "--weight", "weight", "--json"]);
    assert!(mean["rows"][0]["mean"].as_f64().is_some_and(|m| (4.0..6.0).contains(&m)));
    assert!(!has(&desk, "Made-up East"));
    let (_, told) = desk.fails(&["estimate", &workspace, &file, "--question", "trusst"]);
    assert!(told.contains("there is no variable `trusst`"), "{told}");
    let (_, told) = desk.fails(&["estimate", &workspace, &file, "--question", "weight"]);
    assert!(told.contains("--mean"), "{told}");
}

fn file_of_due_diligence(desk: &Desk) {
    let made_up = |kind: &str, record: &str, fields: Value| json!({ "kind": kind, "record": record, "source": "Made-up", "marking": "strictly_confidential", "fields": fields });
    desk.add(&[
        made_up("support_request", "so/r1", json!({ "title": "Made-up request", "recipient": "so/first", "date": "2026-01-10" })),
        made_up("risk", "so/k1", json!({ "risk": "Made-up risk", "support_request": "so/r1", "likelihood": "high", "severity": "high" })),
        made_up("measure", "so/m1", json!({ "measure": "Made-up training of officers", "risk": "so/k1", "due": "2026-02-01" })),
        made_up("decision", "so/d1", json!({ "support_request": "so/r1", "decision": "approve_with_measures", "date": "2026-01-20", "reason": "Made-up reason" })),
        made_up("monitoring_visit", "so/v1", json!({ "support_request": "so/r1", "date": "2026-03-02", "seen": "Made-up findings" })),
    ]);
}

#[test]
fn what_is_erased_is_not_left_in_the_free_space_of_pages() {
    let desk = police();
    // Enough for pages of the database to be divided while they are filled.
    let risk = |n: usize| {
        json!({ "kind": "risk", "record": format!("so/k{n}"), "source": "Made-up", "marking": "strictly_confidential",
            "fields": { "risk": "Made-up risk", "support_request": "so/request-zebulon" } })
    };
    let request = json!({ "kind": "support_request", "record": "so/request-zebulon", "fields": { "title": "Made-up Zebulon" } });
    for chunk in std::iter::once(request).chain((0..60).map(risk)).collect::<Vec<_>>().chunks(7) {
        desk.add(chunk);
    }
    let workspace = desk.workspace();
    desk.ok(&[
        "erase",
        &workspace,
        "support_request",
        "so/request-zebulon",
        "--ordered-by",
        "Made-up Officer",
        "--reason",
        "made up",
    ]);
    assert!(!has(&desk, "zebulon") && !has(&desk, "Zebulon"));
    assert!(desk.run(&["verify", &workspace]).status.success());
}

#[test]
fn a_role_is_told_from_the_words_of_the_source_by_every_way_in() {
    let desk = police();
    let posting = |record: &str, withheld: Value| {
        json!({ "kind": "posting", "record": record, "source": "Made-up", "valid_from": "2020", "withheld": withheld,
            "fields": { "person": "so/made-up", "actor": "so/first", "role_as_written": "в.о. командира" } })
    };
    desk.add(&[
        json!({ "kind": "person", "record": "so/made-up", "source": "Made-up", "fields": { "name": "Made-up Person" } }),
        posting("so/w1", Value::Null),
        posting("so/w2", json!({ "role_as_written": "strictly_confidential" })),
    ]);
    let sheet = "record,person,actor,role_as_written,valid_from,source\nso/w3,so/made-up,so/first,в.о. командира,2020,Made-up\n";
    desk.import("posting.csv", sheet);
    let sql = "select record, role from posting where person = 'so/made-up' order by record";
    let told = desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", "strictly_confidential"]);
    let role = |record: &str, role: Value| json!({ "record": record, "role": role });
    // What is told from words that are withheld would tell them.
    let roles = json!([role("so/w1", json!("acting")), role("so/w2", Value::Null), role("so/w3", json!("acting"))]);
    assert_eq!(told["rows"], roles);
}

#[test]
fn an_end_that_another_source_tells_is_seen_unless_somebody_was_cited_after_it() {
    let desk = police();
    let posting = |record: &str, cited: &str, to: Value| {
        json!({ "kind": "posting", "record": record, "source": format!("Made-up report of {cited}"), "source_date": cited,
            "valid_from": "2015", "valid_to": to, "fields": { "person": "so/made-up", "actor": "so/first", "role": "commands" } })
    };
    desk.add(&[
        json!({ "kind": "person", "record": "so/made-up", "source": "Made-up", "fields": { "name": "Made-up Person" } }),
        posting("so/e1", "2015-05-01", Value::Null),
        posting("so/e1", "2025-05-01", json!("2025-01-01")),
        posting("so/e2", "2025-09-01", Value::Null),
        posting("so/e2", "2025-02-01", json!("2025-01-01")),
    ]);
    let on = |day: &str| {
        let sql = "select record from posting order by record";
        let clearance = ["--clearance", "strictly_confidential", "--valid-on", day];
        desk.json(&[&["sql", &desk.workspace(), sql, "--json"][..], &clearance].concat())["rows"].clone()
    };
    assert_eq!(on("2024-06-01"), json!([{ "record": "so/e1" }, { "record": "so/e2" }]));
    assert_eq!(on("2026-06-01"), json!([{ "record": "so/e2" }]));
    let (status, _, page) = serving(&desk, "strictly_confidential").get("/ask/conflicts");
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("Made-up report of 2025-09-01") && !page.contains("Made-up report of 2025-05-01"), "{page}");
    assert!(page.contains("Last cited:") && page.contains("Valid to:"), "fields of the envelope have their labels: {page}");
}

#[test]
fn who_erases_a_person_learns_where_the_name_stands_still() {
    let desk = police();
    let made_up = |kind: &str, record: &str, fields: Value| json!({ "kind": kind, "record": record, "source": "Made-up", "marking": "strictly_confidential", "fields": fields });
    desk.add(&[
        made_up("person", "so/m1", json!({ "name": "Quux Zebulon" })),
        made_up(
            "posting",
            "so/q1",
            json!({ "person": "so/m1", "actor": "so/first", "role": "commands", "note": "Zebulon took over" }),
        ),
        made_up("posting", "so/q2", json!({ "person": "so/m1", "actor": "so/police", "role": "deputy" })),
        made_up(
            "incident",
            "so/i1",
            json!({ "allegation": "Quux Zebulon gave the order", "commander": "so/m1", "actor": "so/first" }),
        ),
        // Another Zebulon, and somebody who only has the whole name in a text.
        made_up("incident", "so/i2", json!({ "allegation": "A Made-up Zebulon was seen", "actor": "so/first" })),
        made_up("incident", "so/i3", json!({ "allegation": "Seen with Zebulon, Quux", "actor": "so/first" })),
        // A unit that is called after whoever leads it.
        made_up("actor", "so/own", json!({ "name": "Made-up Unit of Zebulon", "class": "military" })),
    ]);
    let workspace = desk.workspace();
    let order = ["--ordered-by", "Made-up Officer", "--reason", "made up"];
    let erased = desk.json(&[&["erase", &workspace, "person", "so/m1", "--json"][..], &order].concat());
    assert_eq!(erased["named_in"], json!(["incident so/i1", "incident so/i3"]));
    assert_eq!(erased["named_in_part"], json!(["actor so/own"]), "a word of the name may be another's");
    // Of an institution the whole name tells.
    let erased = desk.json(&[&["erase", &workspace, "actor", "so/first", "--json"][..], &order].concat());
    assert_eq!(erased["named_in"], json!([]));
    assert!(desk.run(&["verify", &workspace]).status.success());
}

#[test]
fn a_word_of_the_name_that_many_have_hides_no_place_where_all_of_it_stands() {
    let made_up = |kind: &str, record: &str, fields: Value| json!({ "kind": kind, "record": record, "source": "Made-up", "marking": "strictly_confidential", "fields": fields });
    let register = || {
        let desk = police();
        let unit = |n: usize| {
            made_up("actor", &format!("so/u{n}"), json!({ "name": format!("Invented Unit {n}"), "class": "military" }))
        };
        desk.add(&(1..=7).map(unit).collect::<Vec<Value>>());
        desk.add(&[
            made_up("person", "so/m1", json!({ "name": "Zebulon Invented" })),
            made_up("posting", "so/q1", json!({ "person": "so/m1", "actor": "so/first", "role": "commands" })),
            made_up("incident", "so/i3", json!({ "allegation": "Seen with Zebulon Invented", "actor": "so/first" })),
            made_up("actor", "so/own", json!({ "name": "Unit of Zebulon", "class": "military" })),
        ]);
        desk
    };
    let order = ["--ordered-by", "Made-up Officer", "--reason", "made up"];
    let desk = register();
    let output = desk.run(&[&["erase", &desk.workspace(), "person", "so/m1"][..], &order].concat());
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("stands still in: incident so/i3\n"), "{told}");
    assert!(told.contains("which may be another’s, stands in: actor so/own\n"), "{told}");
    assert!(told.contains("not listed: “invented” (7 places)") && !told.contains("so/u1"), "{told}");
    let desk = register();
    let erased = desk.json(&[&["erase", &desk.workspace(), "person", "so/m1", "--json"][..], &order].concat());
    assert_eq!(erased["common_words"], json!([["invented", 7]]), "{erased}");
    assert_eq!((&erased["named_in"], &erased["named_in_part"]), (&json!(["incident so/i3"]), &json!(["actor so/own"])));
}

#[test]
fn who_is_erased_takes_nobody_else_along_and_opens_nothing_that_was_withheld() {
    let desk = police();
    let made_up = |kind: &str, record: &str, fields: Value| json!({ "kind": kind, "record": record, "source": "Made-up", "marking": "strictly_confidential", "fields": fields });
    let mut beating = made_up(
        "incident",
        "so/i1",
        json!({ "allegation": "Made-up beating", "commander": "so/m1", "note": "Made-up witness Plugh" }),
    );
    beating["marking"] = json!("internal");
    beating["withheld"] = json!({ "note": "strictly_confidential" });
    desk.add(&[
        made_up("person", "so/m1", json!({ "name": "Quux Zebulon" })),
        made_up(
            "support_request",
            "so/r1",
            json!({ "title": "Made-up course", "recipients": ["actor:so/first", "person:so/m1"] }),
        ),
        made_up("decision", "so/d1", json!({ "support_request": "so/r1", "decision": "refuse", "date": "2026-01-20" })),
        beating,
    ]);
    let workspace = desk.workspace();
    desk.ok(&["erase", &workspace, "person", "so/m1", "--ordered-by", "Made-up Officer", "--reason", "made up"]);
    assert!(!has(&desk, "Zebulon") && !has(&desk, "so/m1"));
    // The unit for which support was refused too stays refused.
    let unit = ["--actor", "so/first", "--clearance", "strictly_confidential", "--valid-on", "2026-06-30"];
    let screened = desk.ask("screening", &unit);
    assert!(screened.iter().any(|r| r["on_record"] == "refused"), "{screened:?}");
    // What only some may see of what is left is not said to all.
    let said = |clearance: &str| {
        let query = "select fields, withheld from statement where kind = 'incident' and current = 1";
        desk.ok(&["sql", &workspace, query, "--csv", "--clearance", clearance])
    };
    assert!(said("strictly_confidential").contains("Plugh"));
    assert!(!said("internal").contains("Plugh") && said("internal").contains("beating"), "{}", said("internal"));
    assert!(desk.run(&["verify", &workspace]).status.success());
}

#[test]
fn who_is_erased_takes_along_what_was_made_one_with_the_record() {
    let desk = police();
    let made_up = |kind: &str, record: &str, fields: Value| json!({ "kind": kind, "record": record, "source": "Made-up", "marking": "strictly_confidential", "fields": fields });
    desk.add(&[
        made_up("person", "so/kept", json!({ "name": "Quux Zebulon" })),
        made_up("person", "so/gone", json!({ "name": "Qux Zebulonski" })),
        made_up("person", "so/other", json!({ "name": "Made-up Other" })),
        made_up("incident", "so/i1", json!({ "allegation": "Made-up beating", "actor": "so/police", "commander": "so/gone" })),
    ]);
    let workspace = desk.workspace();
    desk.ok(&["merge", &workspace, "person", "so/kept", "so/gone"]);
    let order = ["--ordered-by", "Made-up Officer", "--reason", "made up"];
    desk.ok(&[&["erase", &workspace, "person", "so/kept"][..], &order].concat());
    assert!(!has(&desk, "Zebulon") && !has(&desk, "so/gone") && !has(&desk, "so/kept"));
    assert!(has(&desk, "Made-up Other") && has(&desk, "Made-up beating"));
    assert!(desk.run(&["verify", &workspace]).status.success());
}

/// Who was made one with another goes from that other: the name is nobody's other name any more, also where the other was corrected since. Where the two
/// were made two again, each is its own.
#[test]
fn who_is_erased_by_the_identifier_that_was_made_one_with_another_goes_from_that_other() {
    let desk = police();
    let made_up = |kind: &str, record: &str, fields: Value| json!({ "kind": kind, "record": record, "source": "Made-up", "marking": "strictly_confidential", "fields": fields });
    let posting = |person: &str, rank: &str| json!({ "person": person, "actor": "so/police", "role": "commands", "rank": rank });
    desk.add(&[
        made_up("person", "so/kept", json!({ "name": "Made-up Keeper" })),
        made_up("person", "so/gone", json!({ "name": "Qux Zebulonski", "names": [{ "name": "Plugh" }], "note": "Waldo" })),
        made_up("posting", "so/po1", posting("so/gone", "Xyzzy")),
        made_up("posting", "so/po2", posting("so/kept", "Colonel")),
    ]);
    let workspace = desk.workspace();
    let rows = |sql: &str| desk.json(&["sql", &workspace, sql, "--json", "--clearance", "strictly_confidential"])["rows"].clone();
    let order = ["--ordered-by", "Made-up Officer", "--reason", "made up"];
    let erase = |record: &str, more: &[&str]| {
        String::from_utf8(desk.run(&[&["erase", &workspace, "person", record], &order[..], more].concat()).stderr).expect("UTF-8")
    };
    let merged = desk.json(&["merge", &workspace, "person", "so/kept", "so/gone", "--json"]);
    desk.ok(&["undo", &workspace, merged["entry"].as_str().expect("an entry")]);
    desk.ok(&["merge", &workspace, "person", "so/kept", "so/gone"]);
    erase("so/kept", &["--field", "note"]);
    assert!(!has(&desk, "Waldo") && has(&desk, "Zebulonski"));
    erase("so/gone", &["--field", "name"]);
    assert!(!has(&desk, "Zebulonski") && has(&desk, "so/gone"));
    let told = erase("so/gone", &[]);
    assert!(told.contains("it was made one with person so/kept, which stands"), "{told}");
    for gone in ["Plugh", "so/gone", "Xyzzy"] {
        assert!(!has(&desk, gone), "{gone}");
    }
    assert_eq!(rows("select record, name from person"), json!([{ "record": "so/kept", "name": "Made-up Keeper" }]));
    let postings = json!([{ "record": "so/po1", "person": null, "rank": null }, { "record": "so/po2", "person": "so/kept", "rank": "Colonel" }]);
    assert_eq!(rows("select record, person, rank from posting order by record"), postings);
    assert!(desk.run(&["verify", &workspace]).status.success());
}

#[test]
fn two_that_were_made_two_again_are_erased_each_by_itself() {
    let desk = police();
    let made_up = |kind: &str, record: &str, fields: Value| json!({ "kind": kind, "record": record, "source": "Made-up", "marking": "strictly_confidential", "fields": fields });
    desk.add(&[
        made_up("person", "so/one", json!({ "name": "Qux Zebulonski" })),
        made_up("person", "so/other", json!({ "name": "Made-up Other" })),
        made_up(
            "posting",
            "so/po1",
            json!({ "person": "so/other", "actor": "so/police", "role": "commands", "rank": "Colonel" }),
        ),
    ]);
    let workspace = desk.workspace();
    let merged = desk.json(&["merge", &workspace, "person", "so/one", "so/other", "--json"]);
    desk.ok(&["undo", &workspace, merged["entry"].as_str().expect("an entry")]);
    desk.ok(&["erase", &workspace, "person", "so/one", "--ordered-by", "Made-up Officer", "--reason", "made up"]);
    assert!(!has(&desk, "Zebulonski") && !has(&desk, "so/one"));
    let rows = |sql: &str| desk.json(&["sql", &workspace, sql, "--json", "--clearance", "strictly_confidential"])["rows"].clone();
    assert_eq!(rows("select record, name from person"), json!([{ "record": "so/other", "name": "Made-up Other" }]));
    assert_eq!(
        rows("select record, person, rank from posting"),
        json!([{ "record": "so/po1", "person": "so/other", "rank": "Colonel" }])
    );
    assert!(desk.run(&["verify", &workspace]).status.success());
}

#[test]
fn who_erases_a_person_learns_which_documents_that_were_read_have_the_name() {
    let desk = police();
    let person = json!({ "kind": "person", "record": "so/m1", "source": "Made-up", "fields": { "name": "Quux Zebulon" } });
    desk.add(&[person]);
    let workspace = desk.workspace();
    let file = desk.file(
        "made-up.txt",
        "1. Made-up report.\n\n2. General Quux Zebulon took command.\n\n3. The mission trained 20 police.\n",
    );
    desk.ok(&["read", &workspace, &file, "--mission", "UNSOM"]);
    let order = ["--ordered-by", "Made-up Officer", "--reason", "made up", "--json"];
    let erased = desk.json(&[&["erase", &workspace, "person", "so/m1"][..], &order].concat());
    let named = erased["named_in"].as_array().expect("records");
    assert!(named.iter().any(|r| r.as_str().is_some_and(|r| r.starts_with("document "))), "{erased}");
}

#[test]
fn who_erases_a_person_learns_which_data_sets_have_the_name() {
    let desk = police();
    desk.add(&[json!({ "kind": "person", "record": "so/m1", "source": "Made-up", "fields": { "name": "Quux Zebulon" } })]);
    let course = "<description><narrative>Made-up course of General Zebulon, Quux</narrative></description>";
    desk.activities("aid.xml", &[crate::desk::police("XM-1", course)]);
    let order = ["--ordered-by", "Made-up Officer", "--reason", "made up", "--json"];
    let erased = desk.json(&[&["erase", &desk.workspace(), "person", "so/m1"][..], &order].concat());
    assert_eq!(erased["named_in"], json!(["dataset aid"]));
}

#[test]
fn what_could_not_be_used_of_a_file_is_erased_with_its_name() {
    let desk = police();
    let workspace = desk.workspace();
    desk.import("units-of-zebulon.csv", "record,name,class,source\nso/x,Made-up Unit,Quux Zebulon,Made-up\n");
    assert!(has(&desk, "Quux Zebulon"));
    let order = ["--ordered-by", "Made-up Officer", "--reason", "made up"];
    let of = |kind: &'static str, name: &'static str| [&["erase", &workspace, kind, name][..], &order].concat();
    // What stands in a list as `problem` with its row is given back as it stands.
    desk.ok(&of("problem", "units-of-zebulon.csv:2"));
    assert!(!has(&desk, "Quux Zebulon") && desk.problems().is_empty());
    assert!(desk.run(&["verify", &workspace]).status.success());
    let (_, told) = desk.fails(&of("problem", "units-of-zebulon.csv:2"));
    assert!(told.contains("there is no problem `units-of-zebulon.csv:2`"), "{told}");
}

fn serving(desk: &Desk, clearance: &str) -> Server {
    let more = ["--author", "Made-up Adviser", "--clearance", clearance, "--valid-on", "2026-06-30"];
    Server::start(Path::new(&desk.workspace()), &more)
}

#[test]
fn the_page_of_a_request_is_its_file() {
    let desk = police();
    file_of_due_diligence(&desk);
    let server = serving(&desk, "strictly_confidential");
    let (status, _, page) = server.get("/record/support_request?record=so/r1");
    assert_eq!(status, 200, "{page}");
    let places: Vec<usize> = ["Where it stands", "Its chain of command", "Risks and measures", "Decisions, visits, letters"]
        .iter()
        .map(|heading| page.find(heading).unwrap_or_else(|| panic!("{heading} is not on {page}")))
        .collect();
    assert!(places.is_sorted(), "{places:?}");
    for expected in
        ["Made-up First Unit", "Made-up training of officers", "Made-up reason", "Made-up findings", "Measures overdue"]
    {
        assert!(page.contains(expected), "{expected}");
    }
    // Whom it is about is said by name, on its page and in the list of requests.
    let recipients = json!(["actor:so/first", "actor:so/police"]);
    desk.add(&[json!({ "kind": "support_request", "record": "so/r2", "source": "Made-up", "marking": "strictly_confidential",
        "fields": { "title": "Made-up second request", "recipients": recipients } })]);
    for path in ["/record/support_request?record=so/r2", "/records/support_request"] {
        let page = server.get(path).2;
        assert!(page.contains("Made-up First Unit, Made-up Police") && !page.contains("actor:so/first"), "{page}");
    }
    // Whoever sees less is not told that there is a file.
    let less = serving(&desk, "confidential");
    assert_eq!(less.get("/record/support_request?record=so/r1").0, 404);
    let page = less.get("/ask/files").2;
    assert!(page.contains("Nothing is on record that you may see.") && !page.contains("Nothing is on record.<"), "{page}");
    // What reopens it is named: the unit to which the supported one was moved since.
    desk.add(&[
        json!({ "kind": "relation", "record": "so/p1", "source": "Made-up", "marking": "public", "valid_from": "2026-05-01",
        "fields": { "subject": "so/first", "relation": "part_of", "object": "so/police" } }),
    ]);
    let page = server.get("/record/support_request?record=so/r1").2;
    let said =
        page.split_once("Where it stands").and_then(|(_, rest)| rest.split("Its chain of command").next()).expect("a section");
    assert!(said.contains("New parent") && said.contains("Part of") && said.contains("Made-up Police"), "{said}");
}

#[test]
fn the_file_of_a_request_for_several_units_shows_the_last_of_them_too() {
    let desk = police();
    let unit = |n: usize| {
        json!({ "kind": "actor", "record": format!("so/unit{n}"), "source": "Made-up", "marking": "public", "valid_from": "2010",
            "fields": { "name": format!("Made-up Unit {n}"), "class": "police", "country": "SO" } })
    };
    let part = |n: usize| {
        json!({ "kind": "relation", "record": format!("so/part{n}"), "source": "Made-up", "marking": "public", "valid_from": "2015",
            "fields": { "subject": format!("so/unit{n}"), "relation": "part_of", "object": "so/police" } })
    };
    desk.add(&(1..=6).flat_map(|n| [unit(n), part(n)]).collect::<Vec<_>>());
    let recipients: Vec<String> = (1..=6).map(|n| format!("actor:so/unit{n}")).collect();
    let secret = |kind: &str, record: &str, fields: Value| json!({ "kind": kind, "record": record, "source": "Made-up", "marking": "strictly_confidential", "fields": fields });
    desk.add(&[
        secret("support_request", "so/r3", json!({ "title": "Made-up request for six", "recipients": recipients })),
        secret(
            "incident",
            "so/i6",
            json!({ "allegation": "Made-up beating by the sixth", "actor": "so/unit6", "starts": "2025-02-03" }),
        ),
    ]);
    // Four rows of a unit: it and its parent, and that nobody is known to command either.
    let rows = desk.ask("screening", &["--request", "so/r3", "--clearance", "strictly_confidential", "--valid-on", "2026-06-30"]);
    assert!(rows.len() > 12, "{rows:?}");
    let page = serving(&desk, "strictly_confidential").get("/record/support_request?record=so/r3").2;
    let chain = page.split_once("Its chain of command").map(|(_, rest)| rest).expect("a section");
    assert!(chain.contains("Made-up beating by the sixth"), "{chain}");
    // On paper, tables are cut where six bodies of answers or more stand on a page.
    assert!(page.matches("class=\"told").count() < 6, "{page}");
}

#[test]
fn who_looks_at_a_file_is_noted() {
    let desk = police();
    file_of_due_diligence(&desk);
    let server = serving(&desk, "strictly_confidential");
    server.get("/record/support_request?record=so/r1");
    // The same again, though the page is made already; other pages are nobody's business.
    server.get("/record/support_request?record=so/r1");
    server.get("/record/actor?record=so/police");
    desk.ask("screening", &["--actor", "so/first", "--clearance", "strictly_confidential"]);
    desk.ask("screening", &["--actor", "so/first"]);
    let looks = desk.ask("looks", &["--clearance", "strictly_confidential"]);
    let told: Vec<(&str, &str)> = looks.iter().map(|l| (l["who"].as_str().unwrap(), l["what"].as_str().unwrap())).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].1.starts_with("ask screening actor=so/first"), "{told:?}");
    assert_eq!(told[1..], [("Made-up Adviser", "/record/support_request record=so/r1"); 2]);
    assert_eq!(desk.ask("looks", &["--clearance", "confidential"]), Vec::<Value>::new());
    // Other ways to the same: a query over its view, a list of it, all statements; and a table of all kinds, or of one.
    let noted = || desk.ask("looks", &["--clearance", "strictly_confidential"]).len();
    let cleared = ["--clearance", "strictly_confidential"];
    for sql in
        ["select title from support_request", "select record from decision_statement", "select count(record) from statement"]
    {
        desk.ok(&[&["sql", &desk.workspace(), sql][..], &cleared].concat());
    }
    desk.ok(&["sql", &desk.workspace(), "select name from actor", cleared[0], cleared[1]]);
    desk.ok(&["sql", &desk.workspace(), "select title from support_request"]);
    assert_eq!(noted(), 6, "a look at what is no file, or at nothing of it, is not noted");
    for (file, kind) in
        [("all.xlsx", &[][..]), ("files.csv", &["--kind", "decision"][..]), ("actors.csv", &["--kind", "actor"][..])]
    {
        let file = desk.path(file).display().to_string();
        desk.ok(&[&["export", &desk.workspace(), &file][..], kind, &cleared].concat());
    }
    assert_eq!(noted(), 8);
    assert!(desk.run(&["verify", &desk.workspace()]).status.success());
    // What is erased is erased here too, and the list holds.
    let erase =
        ["erase", &desk.workspace(), "support_request", "so/r1", "--ordered-by", "Made-up Officer", "--reason", "made up"];
    drop(server);
    desk.ok(&erase);
    assert!(!has(&desk, "so/r1"));
    assert!(desk.run(&["verify", &desk.workspace()]).status.success());
    // What is altered is named.
    let db = rusqlite::Connection::open(Path::new(&desk.workspace()).join("remit.db")).expect("a database");
    db.execute("update look set who = 'Somebody else' where n = 2", []).expect("an update");
    drop(db);
    let output = desk.run(&["verify", &desk.workspace()]);
    let said = [output.stdout, output.stderr].concat();
    assert!(!output.status.success() && String::from_utf8_lossy(&said).contains("look 2"), "{}", String::from_utf8_lossy(&said));
}

#[test]
fn every_way_to_a_file_or_a_person_is_noted() {
    let desk = police();
    file_of_due_diligence(&desk);
    let made_up = |kind: &str, record: &str, fields: Value| json!({ "kind": kind, "record": record, "source": "Made-up", "marking": "strictly_confidential", "fields": fields });
    desk.add(&[
        made_up("person", "so/p1", json!({ "name": "Made-up Alpha" })),
        made_up("incident", "so/i1", json!({ "allegation": "Made-up quuxbeating", "commander": "so/p1", "starts": "2025-05" })),
        made_up(
            "support_request",
            "so/r2",
            json!({ "title": "Made-up course", "recipients": ["person:so/p1", "actor:so/first"] }),
        ),
        made_up("decision", "so/d2", json!({ "support_request": "so/r2", "decision": "refuse", "date": "2026-02-01" })),
    ]);
    let noted = || desk.ask("looks", &["--clearance", "strictly_confidential"]).len();
    let workspace = desk.workspace();
    let cleared = ["--clearance", "strictly_confidential"];
    desk.ok(&[&["ask", &workspace, "changes"][..], &cleared].concat());
    desk.ok(&["ask", &workspace, "changes"]);
    assert_eq!(noted(), 1, "below their marking nothing of them is shown");
    // All that is held of a person is asked for by one command: what is said of others and names the person stands in it, and what was
    // decided on a request that does.
    let held = desk.json(&[&["history", &workspace, "so/p1", "--json"][..], &cleared].concat());
    let kinds: Vec<&Value> = held["rows"].as_array().expect("rows").iter().map(|row| &row["kind"]).collect();
    assert_eq!(kinds, ["person", "incident", "support_request", "decision"]);
    assert_eq!(noted(), 2);
    let file = desk.path("all.remit").display().to_string();
    desk.ok(&[&["bundle", &workspace, &file, "--for", "Made-up Office"][..], &cleared].concat());
    let report = desk.path("brief.docx").display().to_string();
    desk.ok(&[&["report", &workspace, "brief", "--country", "SO", "-o", &report][..], &cleared].concat());
    assert_eq!(noted(), 4);
    let server = serving(&desk, "strictly_confidential");
    server.get("/record/person?record=so/p1");
    server.get("/search.json?q=quuxbeating");
    server.get("/search?q=quuxbeating");
    server.get("/search?q=police");
    let looks = desk.ask("looks", &cleared);
    let told: Vec<&str> = looks.iter().filter_map(|look| look["what"].as_str()).collect();
    assert_eq!(told.iter().filter(|what| **what == "/search incident=so/i1").count(), 2, "{told:?}");
    assert!(told.contains(&"/record/person record=so/p1") && !told.iter().any(|what| what.contains("quux")), "{told:?}");
    assert_eq!(told.len(), 7, "{told:?}");
}

#[test]
fn who_takes_files_of_due_diligence_along_is_noted() {
    let desk = police();
    file_of_due_diligence(&desk);
    let cleared = ["--clearance", "strictly_confidential"];
    let looks = || desk.ask("looks", &cleared);
    let workspace = desk.workspace();
    let own = desk.json(&["key", &workspace, "--json"]);
    let to = own["opens"].as_str().expect("a key");
    let pack = |name: &str, more: &[&str]| {
        let file = desk.path(name).display().to_string();
        desk.ok(&[&["pack", &workspace, &file, "--to", to][..], more].concat());
    };
    let site = |name: &str, more: &[&str]| {
        let folder = desk.path(name).display().to_string();
        desk.ok(&[&["publish", &workspace, &folder, "--country", "SO"][..], more].concat());
    };
    pack("public.remit", &["--country", "SO"]);
    pack("actors.remit", &["--kind", "actor", cleared[0], cleared[1]]);
    site("public", &[]);
    assert_eq!(looks(), Vec::<Value>::new(), "nothing of a file of due diligence is in these");
    pack("decisions.remit", &["--kind", "decision", cleared[0], cleared[1]]);
    pack("whole.remit", &[]);
    site("partners", &cleared);
    let told: Vec<String> = looks().iter().map(|l| l["what"].as_str().expect("what").to_owned()).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    for (begins, ends) in [("pack ", "decisions.remit"), ("pack ", "whole.remit"), ("publish ", "partners")] {
        assert!(told.iter().any(|what| what.starts_with(begins) && what.ends_with(ends)), "{begins}{ends}: {told:?}");
    }
}

#[test]
fn erasing_a_commander_names_the_files_that_stood_on_the_person_and_leaves_them_open() {
    let desk = police();
    let made_up = |kind: &str, record: &str, day: &str, fields: Value| json!({ "kind": kind, "record": record, "source": "Made-up", "marking": "strictly_confidential", "valid_from": day, "fields": fields });
    // Each an entry of its own: what a decision knew is what was recorded before it.
    for statement in [
        made_up("person", "so/p1", "2010", json!({ "name": "Made-up Alpha" })),
        made_up("posting", "so/q1", "2024-01-01", json!({ "person": "so/p1", "actor": "so/first", "role": "commands" })),
        made_up("support_request", "so/r1", "2026-01-01", json!({ "title": "Made-up radios", "recipients": ["actor:so/first"] })),
        made_up(
            "decision",
            "so/d1",
            "2026-01-15",
            json!({ "support_request": "so/r1", "decision": "approve", "date": "2026-01-15" }),
        ),
    ] {
        desk.add(&[statement]);
    }
    let files = || desk.ask("files", &["--clearance", "strictly_confidential", "--valid-on", "2026-06-30"]);
    assert_eq!(files()[0]["file_state"], json!("holds"));
    let erase = ["--ordered-by", "Made-up Officer", "--reason", "made up", "--json"];
    let told = desk.json(&[&["erase", &desk.workspace(), "person", "so/p1"][..], &erase].concat());
    assert_eq!(told["files_changed"], json!(["so/r1 “Made-up radios”: holds before, now reopened"]), "{told}");
    let file = &files()[0];
    assert_eq!((&file["file_state"], &file["reopened_by"]), (&json!("reopened"), &json!("erased")));
    assert!(!has(&desk, "Made-up Alpha"));
}

#[test]
fn where_a_commander_was_erased_the_chain_confirms_nobody_and_screening_says_so() {
    let desk = police();
    let made_up = |kind: &str, record: &str, fields: Value| json!({ "kind": kind, "record": record, "source": "Made-up", "marking": "strictly_confidential", "valid_from": "2024-01-01", "fields": fields });
    desk.add(&[
        made_up("person", "so/p1", json!({ "name": "Made-up Alpha" })),
        made_up("posting", "so/q1", json!({ "person": "so/p1", "actor": "so/first", "role": "commands" })),
    ]);
    let asked = |question: &str| {
        desk.ask(question, &["--actor", "so/first", "--clearance", "strictly_confidential", "--valid-on", "2024-06-30"])
    };
    let of_unit = |question: &str, field: &str, value: &str| {
        let rows = asked(question);
        rows.iter().filter(|row| row["actor"] == "so/first" && row[field] == value).count()
    };
    assert_eq!(of_unit("chain", "command", "confirmed"), 1);
    desk.ok(&["erase", &desk.workspace(), "person", "so/p1", "--ordered-by", "Made-up Officer", "--reason", "made up"]);
    for question in ["chain", "commanders", "screening"] {
        assert_eq!(of_unit(question, "command", "confirmed"), 0, "{question} confirms nobody without a name");
        assert_eq!(of_unit(question, "command", "erased"), 1, "{question}: {:?}", asked(question));
    }
    assert_eq!(of_unit("screening", "on_record", "commander_erased"), 1);
    assert_eq!(of_unit("screening", "on_record", "command_not_known"), 0, "somebody commanded it");
    let before =
        desk.ask("screening", &["--actor", "so/first", "--clearance", "strictly_confidential", "--valid-on", "2023-06-30"]);
    assert!(before.iter().all(|row| row["on_record"] != "commander_erased"), "of another day nothing was erased: {before:?}");
}

#[test]
fn of_a_posting_of_who_is_erased_only_the_unit_the_role_and_the_days_stay() {
    let desk = police();
    let made_up = |kind: &str, record: &str, fields: Value| json!({ "kind": kind, "record": record, "source": "Made-up list", "quote": "Made-up plughquote", "marking": "strictly_confidential", "valid_from": "2024-01-01", "fields": fields });
    let posting = json!({ "person": "so/p1", "actor": "so/first", "role": "commands", "rank": "Made-up plughrank", "rank_band": "OF-4",
        "post": "Made-up plughpost", "note": "Made-up plughnote" });
    let other = json!({ "person": "so/p2", "actor": "so/first", "role": "deputy", "rank": "Made-up xyzzyrank" });
    desk.add(&[
        made_up("person", "so/p1", json!({ "name": "Made-up Alpha" })),
        made_up("person", "so/p2", json!({ "name": "Made-up Beta" })),
        made_up("posting", "so/q1", posting),
        made_up("posting", "so/q2", other),
    ]);
    let (workspace, order) = (desk.workspace(), ["--ordered-by", "Made-up Officer", "--reason", "made up"]);
    let sql = "select record, person, actor, role, rank, rank_band, valid_from from posting_statement order by record";
    let postings = || desk.json(&["sql", &workspace, sql, "--json", "--clearance", "strictly_confidential"])["rows"].clone();
    desk.ok(&[&["erase", &workspace, "person", "so/p1"][..], &order].concat());
    assert!(!["plughrank", "plughpost", "plughnote"].iter().any(|word| has(&desk, word)), "nothing of the person is in any byte");
    let left = json!({ "record": "so/q1", "person": null, "actor": "so/first", "role": "commands", "rank": null, "rank_band": null, "valid_from": "2024-01-01" });
    let whole = json!({ "record": "so/q2", "person": "so/p2", "actor": "so/first", "role": "deputy", "rank": "Made-up xyzzyrank", "rank_band": null, "valid_from": "2024-01-01" });
    assert_eq!(postings(), json!([left, whole]));
    assert!(desk.run(&["verify", &workspace]).status.success());
    // A unit is no person: who had a post in it keeps what is said of it.
    desk.ok(&[&["erase", &workspace, "actor", "so/first"][..], &order].concat());
    assert!(has(&desk, "xyzzyrank"));
}

/// A posting of a sheet without identifiers is called after the person, and goes as a whole; one with its own identifier leaves the unit, as
/// docs/protection.md says.
#[test]
fn a_posting_that_is_called_after_who_is_erased_goes_as_a_whole() {
    let desk = police();
    desk.add(&[json!({ "kind": "person", "record": "so/m1", "source": "Made-up", "fields": { "name": "Made-up Alpha" } })]);
    desk.import(
        "posting.csv",
        "record,person,actor,role,valid_from,source\n,so/m1,so/first,commands,2012,Made-up\nqx-77,so/m1,so/police,deputy,2013,Made-up\n",
    );
    let workspace = desk.workspace();
    let sql = "select record, person, actor, role from posting order by record";
    let rows = || desk.json(&["sql", &workspace, sql, "--json", "--clearance", "strictly_confidential"])["rows"].clone();
    assert_eq!(rows().as_array().map(Vec::len), Some(2), "{}", rows());
    desk.ok(&["erase", &workspace, "person", "so/m1", "--ordered-by", "Made-up Officer", "--reason", "made up"]);
    assert_eq!(rows(), json!([{ "record": "qx-77", "person": null, "actor": "so/police", "role": "deputy" }]));
    desk.ok(&["verify", &workspace]);
}

#[test]
fn a_withdrawal_of_what_is_erased_since_is_not_undone_into_an_empty_row() {
    let desk = police();
    desk.add(&[
        json!({ "kind": "person", "record": "so/m1", "source": "Made-up", "fields": { "name": "Made-up Alpha" } }),
        // Called after the person: it goes as a whole.
        json!({ "kind": "posting", "record": "so/m1/so/first", "source": "Made-up", "valid_from": "2020",
            "fields": { "person": "so/m1", "actor": "so/first", "role": "commands" } }),
    ]);
    let workspace = desk.workspace();
    let rows = |sql: &str| desk.json(&["sql", &workspace, sql, "--json", "--clearance", "strictly_confidential"])["rows"].clone();
    let said = rows("select statement from statement where kind = 'posting'")[0]["statement"].clone();
    let withdrawal = json!({ "kind": "posting", "record": "so/m1/so/first", "supersedes": said, "withdrawn": true });
    let told = desk.told(&["add", &workspace, "--json"], &[withdrawal]);
    let entry: Value = serde_json::from_slice(&told.stdout).expect("what was recorded");
    desk.ok(&["erase", &workspace, "person", "so/m1", "--ordered-by", "Made-up Officer", "--reason", "made up"]);
    let undone = desk.run(&["undo", &workspace, entry["entry"].as_str().expect("an entry")]);
    let told = String::from_utf8(undone.stderr).expect("UTF-8");
    assert!(undone.status.success() && told.contains("1 was replaced or erased since and stays as it is"), "{told}");
    assert_eq!(rows("select record from posting"), json!([]));
    desk.ok(&["verify", &workspace]);
}

#[test]
fn whoever_asks_below_the_highest_clearance_is_told_so() {
    let desk = police();
    file_of_due_diligence(&desk);
    let workspace = desk.workspace();
    let told = |more: &[&str]| {
        let output = desk.run(&[&["ask", &workspace, "screening", "--actor", "so/first"][..], more].concat());
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let said = told(&[]);
    assert!(said.contains("clears nobody") && said.contains("--clearance strictly_confidential"), "{said}");
    let said = told(&["--clearance", "strictly_confidential"]);
    assert!(!said.contains("clears nobody"), "{said}");
}

#[test]
fn a_look_at_a_noted_kind_of_an_office_is_noted_from_its_own_marking_on() {
    let desk = Desk::new();
    let kind = "time = \"event\"\ntitle = \"title\"\nmarking = \"confidential\"\nnoted = true\n\
                label = { en = \"Case\", fr = \"Dossier\", ar = \"ملف\" }\n[[field]]\nname = \"title\"\ntype = \"text\"\n\
                label = { en = \"Title\", fr = \"Titre\", ar = \"العنوان\" }\n";
    desk.file("w/model/kinds/vetting.toml", kind);
    let question = "-- noted = true\n-- title = { en = \"Cases\" }\nselect record, title from vetting\n";
    desk.file("w/questions/cases.sql", question);
    desk.add(&[
        json!({"kind": "vetting", "record": "c/1", "fields": {"title": "Made-up case"}, "marking": "confidential", "source": "Made up"}),
    ]);
    let noted = || desk.ask("looks", &["--clearance", "strictly_confidential"]).len();
    assert_eq!(desk.ask("cases", &["--clearance", "internal"]), Vec::<Value>::new());
    assert_eq!(noted(), 0, "below its marking nothing of it is seen");
    assert_eq!(desk.ask("cases", &["--clearance", "confidential"]).len(), 1);
    assert_eq!(noted(), 1);
    desk.ask("cases", &["--clearance", "strictly_confidential"]);
    assert_eq!(noted(), 2);
}

#[test]
fn what_is_recorded_above_the_view_is_said_so() {
    let desk = police();
    let server = serving(&desk, "internal");
    let said = [("title", "Made-up request"), ("marking", "strictly_confidential"), ("source", "Made-up letter")];
    let (status, head, _) = server.post("/edit/support_request", &said);
    assert_eq!(status, 303);
    let address = head.lines().find_map(|l| l.strip_prefix("location: ")).expect("an address").to_owned();
    let (status, _, page) = server.get(&address);
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("Recorded, above your view") && page.contains("--clearance strictly_confidential"), "{page}");
    assert!(!page.contains("Made-up request"), "{page}");
    let sql = "select title from support_request";
    let rows = desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", "strictly_confidential"])["rows"].clone();
    assert_eq!(rows, json!([{ "title": "Made-up request" }]));
}

#[test]
fn a_scenario_is_kept_under_a_name_and_found_again() {
    let desk = police();
    let server = serving(&desk, "internal");
    let address = "/ask/scenario?actor=so%2Fpolice&attrition=5";
    let (status, head, _) = server.post("/views", &[("name", "Made-up scenario"), ("address", address)]);
    assert_eq!((status, head.contains(&format!("location: {address}"))), (303, true), "{head}");
    let (_, _, page) = server.get("/ask/scenario?actor=so%2Fpolice&attrition=9");
    assert!(page.contains("Made-up scenario") && page.contains("attrition=5"), "{page}");
    assert!(!server.get("/ask/women").2.contains("Made-up scenario"));
}

/// What a rank is with another word before or after it is not to be told from its own: it is listed, and counts as not said.
#[test]
fn a_rank_with_a_word_that_is_not_known_is_no_rank() {
    let desk = police();
    let unknown =
        ["Brigadier-chef", "Sous-brigadier", "Chief Constable", "Retired Inspector", "Ex-Inspector", "Human Rights Commissioner"];
    let known = ["Brigadier", "Chief Inspector of Police", "Deputy Commissioner of Police", "Sgt."];
    let lines: String = unknown.iter().chain(&known).enumerate().map(|(n, rank)| format!("M{n},{rank}\n")).collect();
    let taken = roll(&desk, "roll.csv", &format!("Matricule,Rank\n{lines}"), "nominal_roll", &[]);
    assert_eq!(taken["problems"], json!(unknown.len()), "{taken}");
    let sql = "select rank_band, total from strength where rank_band is not null order by rank_band";
    let seen = desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", "strictly_confidential"]);
    let bands = ["OF-2", "OF-6", "OF-7", "OR-5"].map(|band| json!({ "rank_band": band, "total": 1 }));
    assert_eq!(seen["rows"], json!(bands), "{seen}");
}

#[test]
fn small_counts_of_a_list_are_seen_by_who_may_see_everything_only() {
    let desk = police();
    // 40 privates, 12 of them women; 20 sergeants; 3 captains, who would be told by the sum if the sergeants were seen.
    let line = |n: usize| match n {
        0..40 => format!("M{n},Private,{}\n", if n < 12 { "F" } else { "M" }),
        40..60 => format!("M{n},Sergeant,M\n"),
        _ => format!("M{n},Captain,M\n"),
    };
    let list: String = (0..63).map(line).collect();
    roll(&desk, "roll.csv", &format!("Matricule,Rank,Sex\n{list}"), "nominal_roll", &[]);
    let seen = |clearance: &str| -> Vec<Value> {
        let sql = "select rank_band, total from strength order by rank_band";
        desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", clearance])["rows"].as_array().expect("rows").clone()
    };
    assert_eq!(seen("internal"), [json!({ "rank_band": null, "total": 63 }), json!({ "rank_band": "OR-2", "total": 40 })]);
    assert_eq!(seen("strictly_confidential").len(), 4);
}

#[test]
fn the_pay_of_a_single_person_is_told_by_no_mean() {
    let desk = police();
    // Forty privates at 100 a month; a month later the same, and one general at 10,000.
    let privates: String = (0..40).map(|n| format!("M{n},Private,100\n")).collect();
    let heading = "Matricule,Rank,Monthly pay\n";
    let paid = ["--pay-per", "month", "--currency", "USD"];
    roll(&desk, "march.csv", &format!("{heading}{privates}"), "nominal_roll", &paid);
    roll(&desk, "april.csv", &format!("{heading}{privates}M99,General,10000\n"), "census", &paid);
    let seen = |list: &str, clearance: &str| {
        let sql = format!("select total, mean_pay from strength where list = '{list}' and rank_band is null");
        desk.json(&["sql", &desk.workspace(), &sql, "--json", "--clearance", clearance])["rows"][0].clone()
    };
    assert_eq!(seen("nominal_roll", "internal"), json!({ "total": 40, "mean_pay": 1200.0 }));
    // 41 times the mean less 40 times that of the other list would be her pay.
    assert_eq!(seen("census", "internal"), json!({ "total": 41, "mean_pay": null }));
    assert!(seen("census", "strictly_confidential")["mean_pay"].as_f64().is_some_and(|pay| pay > 4000.0));
}

#[test]
fn a_small_count_of_a_list_is_told_neither_by_units_nor_by_whoever_has_none() {
    let desk = police();
    desk.add(&["second", "third"].map(|unit| {
        json!({ "kind": "actor", "record": format!("so/{unit}"), "source": "Made-up", "marking": "public", "valid_from": "2010",
            "fields": { "name": format!("Made-up {unit} Unit"), "class": "police", "country": "SO" } })
    }));
    let list = |cells: &[(&str, &str, usize)]| {
        let cells = cells.iter().flat_map(|(unit, rank, n)| std::iter::repeat_n(format!("{unit},{rank}"), *n));
        let lines: String = cells.enumerate().map(|(n, cell)| format!("M{n},{cell}\n")).collect();
        format!("Matricule,Unit,Rank\n{lines}")
    };
    let seen = |unit: &str| -> Vec<String> {
        let sql =
            format!("select coalesce(rank_band, 'all') || ' ' || total from strength where institution = 'so/{unit}' order by 1");
        let rows = desk.json(&["sql", &desk.workspace(), &sql, "--json", "--clearance", "internal"])["rows"].clone();
        let cell =
            |row: &Value| row.as_object().and_then(|r| r.values().next()).and_then(Value::as_str).expect("a text").to_owned();
        rows.as_array().expect("rows").iter().map(cell).collect()
    };
    // The captains, of whom the sum hides the sergeants too: these could be had by adding up those of the units.
    let (first, second, third) = ("Made-up First Unit", "Made-up second Unit", "Made-up third Unit");
    let of_first = [(first, "Captain", 5), (first, "Sergeant", 18), (first, "Private", 12)];
    let of_others =
        [(second, "Major", 15), (second, "Sergeant", 22), (second, "Private", 40), (third, "Major", 50), (third, "Private", 60)];
    roll(&desk, "roll.csv", &list(&[&of_first[..], &of_others].concat()), "nominal_roll", &[]);
    assert_eq!(seen("police"), ["OF-3 65", "OR-2 112", "all 222"]);
    let sergeants = ["first", "second"].map(|unit| seen(unit).iter().filter(|cell| cell.starts_with("OR-5")).count());
    assert!(sergeants.iter().sum::<usize>() < 2, "those of both units would be the sum");
    // Six of no unit: all less the units.
    let units = [("", "Private", 6), (first, "Private", 40), (second, "Private", 50), (third, "Private", 60)];
    roll(&desk, "census.csv", &list(&units), "census", &[]);
    let all = |clearance: &str| {
        let sql = "select count(total) as n from strength where list = 'census' and rank_band is null";
        desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", clearance])["rows"][0]["n"].clone()
    };
    assert_eq!([all("internal"), all("strictly_confidential")], [json!(3), json!(4)], "the smallest unit is hidden with them");
}

#[test]
fn who_is_erased_stands_in_no_problem_of_a_sheet_and_no_list_that_is_kept() {
    let desk = police();
    let made_up = |kind: &str, record: &str, fields: Value| json!({ "kind": kind, "record": record, "source": "Made-up", "marking": "strictly_confidential", "fields": fields });
    let mut quoted = made_up("posting", "so/q1", json!({ "person": "so/m1", "actor": "so/police", "role": "commands" }));
    quoted["quote"] = json!("General Zebulon took command");
    let mut elsewhere = made_up("incident", "so/i1", json!({ "allegation": "Made-up beating", "actor": "so/first" }));
    elsewhere["source"] = json!("Made-up letter of Quux Zebulon");
    desk.add(&[made_up("person", "so/m1", json!({ "name": "Quux Zebulon" })), quoted, elsewhere]);
    // What no column of the mapping uses, and a post that is none, are told by their place alone.
    let fields = "person = { column = \"Who\" }\nactor = { column = \"Unit\" }\nrole = { column = \"Post\" }\n";
    desk.file("posted.toml", format!("[[record]]\nkind = \"posting\"\n[record.fields]\n{fields}"));
    desk.import("posted.csv", "Who,Unit,Post,Born\nQuux Zebulon,Made-up First Unit,Grand Plugh,Xyzzyville 1970\n");
    let problems = desk.json(&["problems", &desk.workspace(), "--json", "--clearance", "strictly_confidential"]);
    let rows = problems["rows"].as_array().expect("rows");
    assert!(!rows.is_empty() && rows.iter().all(|r| r["value"].as_str().unwrap_or_default().is_empty()), "{problems}");
    // A sheet about others may name somebody all the same: that is told.
    desk.file("units.toml", "[[record]]\nkind = \"actor\"\n[record.fields]\nname = { column = \"Unit\" }\n");
    desk.import("units.csv", "Unit,Under\nMade-up Second Unit,Zebulon (Quux)\n");
    let view = |name: &str, address: &str| format!("[[view]]\nname = \"{name}\"\naddress = \"{address}\"\n");
    let views = view("Plover list", "/records/person?q=Quux+Z%65bulon") + &view("Of that name", "/records/person?q=zebulon");
    desk.file("w/views.toml", views);
    let order = ["--ordered-by", "Made-up Officer", "--reason", "made up", "--json"];
    let erased = desk.json(&[&["erase", &desk.workspace(), "person", "so/m1"][..], &order].concat());
    assert_eq!(erased["named_in"], json!(["incident so/i1", "problem units.csv:2", "view Of that name"]));
    assert!(!has(&desk, "took command"), "what was quoted of a posting goes with the person");
    assert!(!has(&desk, "Grand Plugh") && !has(&desk, "Xyzzyville") && !has(&desk, "Plover list"));
    assert!(desk.run(&["verify", &desk.workspace()]).status.success());
}

#[test]
fn what_could_not_be_used_of_a_record_that_is_erased_is_named() {
    let desk = Desk::new();
    desk.import(
        "actor.csv",
        "record,name,class,source\nso/fine,Made-up Fine,police,Made-up list\nso/bad,Quuxrow Invented,Quuxclass,Made-up list\n",
    );
    desk.import("other.csv", "record,name,class,source\nso/other,Made-up Other,Plughclass,Made-up list\n");
    let order = ["--ordered-by", "Made-up Officer", "--reason", "made up", "--json"];
    let erased = desk.json(&[&["erase", &desk.workspace(), "actor", "so/bad"][..], &order].concat());
    // Its class was no class: it stands in what could not be used, where no name tells of whom it is.
    assert_eq!(erased["named_in"], json!(["problem actor.csv:3"]));
}

#[test]
fn what_questions_share_follows_what_is_recorded() {
    let desk = Desk::new();
    desk.add(&[json!({ "kind": "strength", "record": "s/1", "source": "Made-up", "marking": "public",
        "fields": { "service": "Made-up Coast Guard", "country": "SO", "year": 2020, "list": "payroll", "people": 40 } })]);
    let server = Server::start(desk.workspace().as_ref(), &[]);
    let institution = || {
        let (_, _, body) = server.get("/ask/strength.json?country=SO&valid_on=2021-06-30");
        serde_json::from_str::<Value>(&body).expect("JSON")["rows"][0]["actor"].clone()
    };
    assert_eq!((institution(), institution()), (Value::Null, Value::Null), "nobody is called so yet");
    let actor = |record: &str| {
        json!({ "kind": "actor", "record": record, "source": "Made-up", "marking": "public", "valid_from": "2010",
            "fields": { "name": "Made-up Coast Guard", "class": "police", "country": "SO" } })
    };
    desk.add(&[actor("so/coast")]);
    assert_eq!(institution(), "so/coast", "the same server knows who is called so now");
    // Nobody reaches the table that has the names, by whatever name.
    let told = desk.fails(&["sql", &desk.workspace(), "select * from as_of_shared_called"]).1;
    assert!(told.contains("only the views can be read"), "{told}");
    desk.add(&[actor("so/other")]);
    assert_eq!(institution(), Value::Null, "of two that are called so none is meant");
}

#[test]
fn what_names_a_record_that_is_not_on_file_is_told_and_listed() {
    let desk = police();
    let posting = |record: &str, person: &str, actor: &str| {
        json!({ "kind": "posting", "record": record, "source": "Made-up",
        "valid_from": "2024", "fields": { "person": person, "actor": actor, "role": "commands" } })
    };
    let person = json!({ "kind": "person", "record": "so/p1", "source": "Made-up", "fields": { "name": "Made-up Alpha" } });
    // Of the second line the person comes later, and the unit is a typing error.
    let added = desk.told(
        &["add", &desk.workspace(), "--together"],
        &[posting("so/q1", "so/p1", "so/first"), posting("so/q2", "so/p1", "so/frist"), person],
    );
    let told = String::from_utf8_lossy(&added.stderr).into_owned();
    assert!(added.status.success(), "{told}");
    assert_eq!(
        told.trim(),
        "standard input, line 2 names the actor `so/frist`, and nothing is on record of it: add it, or correct the statement"
    );
    let listed = || desk.ask("unrecorded", &["--clearance", "strictly_confidential"]);
    let rows = listed();
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!((&rows[0]["record"], &rows[0]["named_record"]), (&json!("so/q2"), &json!("so/frist")));
    let unit = json!({ "kind": "actor", "record": "so/frist", "source": "Made-up", "fields": { "name": "Made-up Frist Unit" } });
    let added = desk.told(&["add", &desk.workspace()], &[unit, posting("so/q3", "so/p9", "so/frist")]);
    let told = String::from_utf8_lossy(&added.stderr).into_owned();
    assert!(told.contains("line 2 names the person `so/p9`") && !told.contains("so/frist"), "{told}");
    assert_eq!(listed().len(), 1);
}

fn erasing<'a>(workspace: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["erase", workspace][..], more].concat()
}

#[test]
fn an_erasure_says_what_it_takes_and_what_to_do_next() {
    let desk = police();
    desk.add(&[
        json!({ "kind": "person", "record": "so/p1", "source": "Made-up", "fields": { "name": "Qwerty Zebulon", "country": "SO" } }),
        json!({ "kind": "posting", "record": "so/q1", "source": "Made-up", "valid_from": "2020",
            "fields": { "person": "so/p1", "actor": "so/police", "role": "commands" } }),
    ]);
    let workspace = desk.workspace();
    let order = ["--ordered-by", "Made-up officer", "--reason", "made up"];
    // What is meant by a name, a kind or a field that is not there is said.
    let by_name = desk.fails(&erasing(&workspace, &[&["person", "Qwerty Zebulon"][..], &order].concat())).1;
    assert!(by_name.contains("named by its identifier: so/p1 “Qwerty Zebulon”"), "{by_name}");
    assert!(desk.fails(&erasing(&workspace, &[&["persn", "so/p1"][..], &order].concat())).1.contains("there is a kind `person`"));
    let by_field = desk.fails(&erasing(&workspace, &[&["person", "so/p1", "--field", "nmae"][..], &order].concat())).1;
    assert!(by_field.contains("there is a field `name`"), "{by_field}");
    // Nobody orders it for no reason.
    assert_eq!(desk.fails(&erasing(&workspace, &["person", "so/p1", "--ordered-by", " ", "--reason", "made up"])).0, 2);
    assert_eq!(desk.fails(&erasing(&workspace, &["person", "so/p1"])).0, 2);
    let said = |arguments: &[&str]| String::from_utf8_lossy(&desk.run(arguments).stderr).into_owned();
    let preview = said(&erasing(&workspace, &["person", "so/p1", "--dry-run"]));
    for told in
        ["2 statements", "person so/p1 “Qwerty Zebulon”: 1 statement", "posting so/q1", "nothing was erased", "--ordered-by NAME"]
    {
        assert!(preview.contains(told), "{told}: {preview}");
    }
    assert_eq!(
        desk.json(&["sql", &workspace, "select name from person", "--json", "--clearance", "strictly_confidential"])["rows"][0]["name"],
        json!("Qwerty Zebulon")
    );
    let done = said(&erasing(&workspace, &[&["person", "so/p1"][..], &order].concat()));
    assert!(done.contains("values of 2 statements erased\n  person so/p1: 1 statement"), "{done}");
    assert!(done.contains("next: erase in copies, backups and exports"), "{done}");
    assert!(!has(&desk, "Zebulon") && desk.run(&["verify", &workspace]).status.success());
}
