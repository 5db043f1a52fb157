//! What every statement carries is checked whatever way it came, and kept on a medium that cannot be written. All made up.

use crate::desk::{Desk, REMIT, Server};
use serde_json::{Value, json};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

/// What may stand in no envelope, with what is said of it.
const WRONG: [(&str, &str, &str); 10] = [
    ("valid_from", "spring", "“spring” is no date"),
    ("valid_to", "2021-13", "“2021-13” is no date"),
    ("first_cited", "31/13/2025", "“31/13/2025” is no date"),
    ("url", "javascript:alert(1)", "is no address"),
    ("reliability", "Z9", "“Z9” is no code"),
    ("credibility", "0", "“0” is no code"),
    ("verified_at", "never", "“never” is no date"),
    ("verified_at", "2999", "this day has not come yet"),
    ("source_date", "2999-03-01", "this day has not come yet"),
    ("valid_to", "2018", "this is before valid_from"),
];

fn actor(more: &[(&str, &str)]) -> Value {
    let mut line = json!({"kind": "actor", "record": "a", "fields": {"name": "Made-up Police"}, "valid_from": "2019"});
    for (name, value) in more {
        line[*name] = json!(value);
    }
    line
}

#[test]
fn codes_are_taken_as_people_write_them() {
    let desk = Desk::new();
    let need = json!({"actor_class": "police", "country": "SO", "level": "organisational", "capacity": 3, "integrity": 4, "date": "2025-06-01"});
    desk.add(&[
        json!({"kind": "coverage", "record": "c", "fields": {"title": "Made-up coverage", "countries": ["SO", "Kenya"]}}),
        json!({"kind": "need", "record": "n", "fields": need}),
    ]);
    let countries = "select json_extract(fields, '$.countries') as x from statement where kind = 'coverage'";
    assert_eq!(desk.value(countries), json!("[{\"code\":\"SO\"},{\"code\":\"KE\"}]"));
    assert_eq!(desk.value("select capacity || integrity from need"), json!("34"));
    // What is no code is told as before.
    let wrong = json!({"kind": "coverage", "record": "d", "fields": {"title": "Made-up", "countries": ["Atlantis"]}});
    let output = desk.told(&["add", &desk.workspace()], &[wrong]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("Atlantis"), "{output:?}");
}

#[test]
fn a_wrong_envelope_is_refused_by_add() {
    let desk = Desk::new();
    for (name, value, expected) in WRONG {
        let output = desk.told(&["add", &desk.workspace()], &[actor(&[(name, value)])]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{name}={value}");
        assert!(said.contains(name) && said.contains(expected), "{said}");
    }
    for (line, expected) in [
        (json!({"kind": "actor", "fields": {"name": 7}}), "name: 7 is not a text"),
        (json!({"kind": "actor", "fields": {"starts": 2019}}), "starts: 2019 is not a date as text"),
        (json!({"kind": "relation", "fields": {"subject": ["a"]}}), "is not the identifier of a record"),
        (json!({"kind": "actor", "record": "a\u{7}", "fields": {"name": "x"}}), "no signs that nobody sees"),
        (json!({"kind": "actor", "fields": {"name": "x"}, "source": 7}), "`source` is not a text"),
        (json!({"kind": "actor", "fields": {"name": "x"}, "withheld": {"nothing": "internal"}}), "there is no field `nothing`"),
        (json!({"kind": "transaction", "fields": {"value": 7}}), "line 1: there is no kind `transaction`; there are: actor, "),
        (json!({"kind": "actor", "fields": {"name": "x"}, "status": "sure"}), "“sure” is no status"),
        (json!({"kind": "actor", "fields": {"name": "x"}, "marking": "secretish"}), "`secretish` is not a marking"),
        (json!({"kind": "actor", "fields": {"name": "x"}, "withheld": {"name": "secretish"}}), "`secretish` is not a marking"),
        (json!({"kind": "actor", "fields": {"name": "x"}, "withheld": "name"}), "“name” is not as in note=confidential"),
        (json!({"kind": "actor", "fields": {"name": "x"}, "withheld": 7}), "`withheld` is not an object"),
        (json!({"kind": "actor", "fields": {"name": "x"}, "withheld": "nme=internal"}), "has no field `nme` to withhold"),
        (json!({"kind": "actor", "fields": {"name": "x"}, "url": "https://"}), "“https://” is no address"),
        (json!({"kind": "actor", "fields": "x"}), "`fields` is not an object"),
        (json!({"kind": "actor", "fields": {"name": "x"}, "record": 7}), "`record` is not a text"),
        (json!({"kind": "actor", "fields": {"name": "x"}, "withdrawn": "yes"}), "`withdrawn` is not true or false"),
        (json!({"kind": "actor", "fields": {"name": "x"}, "supersedes": 7}), "`supersedes` is not the identifier"),
        (json!({"kind": "actor", "fields": {"name": "x"}, "supersedes": "none"}), "the statement `none`, which is not there"),
        (json!({"kind": 5}), "there is no kind `5`"),
        (json!({"kind": "actor", "fields": {"name": "x"}, "status": 5}), "“5” is no status"),
        (json!({"kind": "actor", "fields": {"name": "x"}, "marking": 3}), "`3` is not a marking"),
        (json!({"kind": "actor", "fields": {"name": "x"}, "withheld": {"name": 5}}), "`5` is not a marking"),
        (json!({"kind": "actor", "record": "a"}), "says nothing of the actor"),
        (json!({"kind": "actor", "record": "a", "fields": {"name": null, "note": " "}}), "says nothing of the actor"),
        (json!({"kind": "actor", "record": "a", "withdrawn": true}), "takes back the statement that `supersedes` names"),
        (json!({"kind": "actor", "record": " a", "fields": {"name": "x"}}), "no space at its ends"),
        (json!({"kind": "actor", "fields": {"names": [{}]}}), "begins with an empty part"),
        (
            json!({"kind": "actor", "record": "a", "fields": {"name": "x", "starts": "2020-05", "ends": "2019"}}),
            "ends: this is before starts (2020-05)",
        ),
        (json!({"kind": "strength", "record": "s", "fields": {"institution": "a", "women": -5}}), "women: -5 is less than 0"),
        (
            json!({"kind": "actor", "fields": {"class": "police"}}),
            "line 1: actor: name: a new record of this kind needs it; give it, or name by `record`",
        ),
        (
            json!({"kind": "actor", "fields": {"name": "Made-up\u{7} Police"}}),
            "name: “Made-up Police” has signs that nobody sees",
        ),
        (
            json!({"kind": "actor", "fields": {"name": "Made\u{202e}up Police"}}),
            "name: “Madeup Police” has signs that nobody sees",
        ),
        (
            json!({"kind": "actor", "fields": {"name": "Made\u{200d}up Police"}}),
            "name: “Madeup Police” has signs that nobody sees",
        ),
        (json!({"kind": "actor", "record": "a\u{200b}", "fields": {"name": "x"}}), "no signs that nobody sees"),
        (json!({"kind": "actor", "fields": {"names": [{"name": "Made-up\u{1b}[2J"}]}}), "has signs that nobody sees"),
        (
            json!({"kind": "actor", "fields": {"name": "x"}, "source": "Made\u{0}up"}),
            "source: “Madeup” has signs that nobody sees",
        ),
        (
            json!({"kind": "relation", "record": "r", "fields": {"subject": "a"}}),
            "relation r: relation: a new record of this kind needs it",
        ),
        (json!({"kind": "decision", "fields": {"decision": "refuse"}}), "support_request: a new record of this kind needs it"),
    ] {
        let output = desk.told(&["add", &desk.workspace()], std::slice::from_ref(&line));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && said.contains(expected), "{line}: {said}");
    }
    assert_eq!(desk.value("select count(*) from statement"), json!(0));
    desk.add(&[actor(&[("verified_at", "2021-06-30"), ("reliability", "B"), ("url", "https://example.org/a")])]);
    assert_eq!(desk.value("select count(*) from statement"), json!(1));
    let statement = desk.value("select statement from actor_statement");
    let place = json!({"kind": "place", "record": "p", "fields": {"name": "x"}, "supersedes": [statement]});
    for how in [vec![], vec!["--together"]] {
        let workspace = desk.workspace();
        let output = desk.told(&[vec!["add", &workspace], how].concat(), &[actor(&[]), place.clone()]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("line 2: `supersedes` names a statement of the kind actor, not place"), "{said}");
        let output = desk.told(&["add", &workspace], &[actor(&[]), actor(&[("reliability", "Z9")])]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("standard input, line 2: actor a: reliability: “Z9” is no code"), "{said}");
        let wrong = json!({"kind": "actor", "record": "b", "fields": {"name": "Made-up Police", "class": "polis"}});
        let output = desk.told(&["add", &workspace], &[wrong]);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains("standard input, line 1: actor b: class: “polis” is no code"), "{told}");
        assert!(said.contains("1 statement was recorded; the next line is wrong"), "what would be recorded twice: {said}");
    }
}

#[test]
fn a_list_of_texts_is_taken_as_a_sheet_has_it_and_a_column_of_identifiers_is_one() {
    let desk = Desk::new();
    let fields = json!({ "title": "Made-up coverage", "countries": ["SO", "KE"] });
    desk.add(&[json!({ "kind": "coverage", "record": "c/1", "source": "Made up", "fields": fields })]);
    assert_eq!(desk.sql("select code from coverage_country order by 1"), ["KE", "SO"].map(|code| json!({ "code": code })));
    // Identifiers as records have them are taken for those; running numbers are told.
    let sheets = [
        ("list.csv", "id,Name,Class,Country\nso/police,Made-up Police,police,SO\n"),
        ("numbers.csv", "ID,Name,Class,Country\n1,Made-up Army,military,SO\n"),
    ];
    for (name, csv) in sheets {
        let file = desk.file(name, csv);
        desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
        desk.ok(&["import", &desk.workspace(), &file]);
    }
    let records = desk.sql("select record from actor order by name");
    assert_eq!(records, ["so/made-up-army", "so/police"].map(|record| json!({ "record": record })));
    let reason = desk.value("select reason from problem where rule = 'unused'");
    assert!(reason.as_str().is_some_and(|reason| reason.contains("write id = \"{ID}\" below [[record]]")), "{reason}");
}

#[test]
fn two_statuses_of_one_statement_are_refused_unless_they_are_the_same() {
    let desk = Desk::new();
    for (one, other) in [("proposed", "accepted"), ("accepted", "proposed"), ("rejected", "sure")] {
        let output = desk.told(&["add", &desk.workspace()], &[actor(&[("status", one), ("status_of_statement", other)])]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(&format!("`status` is {one} and `status_of_statement` is {other}")), "{said}");
    }
    assert_eq!(desk.value("select count(*) from statement"), json!(0));
    desk.add(&[actor(&[("status", "proposed"), ("status_of_statement", "proposed")])]);
    assert_eq!(desk.value("select status_of_statement from statement"), "proposed");
}

/// One reader for all ways in: what a sheet takes, `remit add` takes.
#[test]
fn the_envelope_is_read_by_names_by_add_as_by_sheets() {
    let desk = Desk::new();
    let mut lines = [
        actor(&[("reliability", "Usually reliable"), ("credibility", "1"), ("marking", "Interne"), ("status", "Accepté")]),
        actor(&[("reliability", "a"), ("url", "HTTPS://Example.org/A"), ("status_of_statement", "مقترح"), ("marking", "سري")]),
        actor(&[("reliability", "Habituellement fiable "), ("withheld", "note=Confidentiel; note=internal")]),
    ];
    for (line, record) in lines.iter_mut().zip(["a", "b", "c"]) {
        line["record"] = json!(record);
    }
    lines[2]["fields"]["note"] = json!("Made-up");
    desk.add(&lines);
    let sql =
        "select record, reliability, url, marking, status_of_statement as status, withholding from statement order by record";
    let found = desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", "strictly_confidential"])["rows"].clone();
    let expected = json!([
        {"record": "a", "reliability": "B", "url": null, "marking": "internal", "status": "accepted", "withholding": null},
        {"record": "b", "reliability": "A", "url": "https://Example.org/A", "marking": "confidential", "status": "proposed",
         "withholding": null},
        {"record": "c", "reliability": "B", "url": null, "marking": "public", "status": "accepted",
         "withholding": "{\"note\":2}"},
    ]);
    assert_eq!(found, expected);
    let typed = [("name", "Made-up D"), ("source", "Made up"), ("url", "HTTPS://example.org/D")];
    assert_eq!(desk.serve().post("/edit/actor", &typed).0, 303);
    assert_eq!(desk.sql("select url from actor_statement where name = 'Made-up D'"), [json!({"url": "https://example.org/D"})]);
}

/// Whom a row names is as confidential as the row, whatever the language in which the row says so.
#[test]
fn who_is_added_from_a_row_is_marked_as_the_row_says_by_name() {
    let desk = Desk::new();
    let mapping = "[[record]]\nkind = \"positioning\"\n[record.fields]\nactor = { column = \"Unit\", missing = \"add\" }\n\
                   positioning = { value = \"base\" }\nbase = { column = \"Base\" }\nmarking = { column = \"Sort\" }\n";
    desk.file("bases.toml", mapping);
    desk.import("bases.csv", "Unit,Base,Sort\nMade-up Unit,Made-up Base,Interne\n");
    let sql = "select name, marking from actor_statement";
    let found = desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", "strictly_confidential"])["rows"].clone();
    assert_eq!(found, json!([{"name": "Made-up Unit", "marking": "internal"}]));
}

/// Left out, rows that an office marks confidential would be public.
#[test]
fn a_column_of_markings_is_proposed_as_that_whatever_stands_above_it() {
    let desk = Desk::new();
    for (name, heads, [one, two]) in [
        ("a", "Unit,Type,Marking", ["Confidential", "Internal"]),
        ("b", "Unité,Type,Classification", ["Confidentiel", "Interne"]),
        ("c", "Unit,Type,Who may read it", ["Strictly confidential", "public"]),
        ("d", "Unit,Type,Control", ["internal", "external"]),
    ] {
        let rows = format!("{heads}\nMade-up {name} One,police,{one}\nMade-up {name} Two,military,{two}\n");
        let file = desk.file(&format!("{name}.csv"), rows);
        desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
        desk.ok(&["import", &desk.workspace(), &file]);
    }
    let sql = "select name || ': ' || marking as said from actor_statement order by name";
    let found = desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", "strictly_confidential"])["rows"].clone();
    let found: Vec<&str> = found.as_array().expect("rows").iter().filter_map(|row| row["said"].as_str()).collect();
    let expected = [
        "Made-up a One: confidential",
        "Made-up a Two: internal",
        "Made-up b One: confidential",
        "Made-up b Two: internal",
        "Made-up c One: strictly_confidential",
        "Made-up c Two: public",
        "Made-up d One: public",
        "Made-up d Two: public",
    ];
    assert_eq!(found, expected);
}

/// Left out, rows that an office only proposes would count, and fields that it withholds would be public.
#[test]
fn columns_that_say_whether_a_row_counts_and_what_is_withheld_are_proposed_as_that() {
    let desk = Desk::new();
    for (name, heads, [one, two]) in [
        ("a", "Unit,Type,Website,Status,Withheld fields", ["Proposed,website=confidential", "Accepted,"]),
        ("b", "Unité,Type,Website,Statut,Champs non divulgués", ["Proposé,website=Confidentiel", "Accepté,"]),
        ("c", "Unit,Type,Website,الحالة,الحقول المحجوبة", ["مقترح,website=سري", "مقبول,"]),
    ] {
        let page = "https://example.org/made-up";
        let rows = format!("{heads}\nMade-up {name} One,police,{page},{one}\nMade-up {name} Two,military,{page},{two}\n");
        let file = desk.file(&format!("{name}.csv"), rows);
        desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
        desk.ok(&["import", &desk.workspace(), &file]);
    }
    // A status of the kind’s own is none of the statement.
    let rows = "Project,Partner,Status,Budget,Currency\nMade-up Project,Made-up Donor,Proposed,5000,EUR\n";
    let file = desk.file("p.csv", rows);
    desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
    let mapping = std::fs::read_to_string(desk.path("p.toml")).expect("a mapping");
    assert!(mapping.contains("kind = \"project\"") && !mapping.contains("status_of_statement"), "{mapping}");
    let sql = "select json_extract(fields, '$.name') || ': ' || status_of_statement || ' ' || coalesce(withheld, '-') as said \
               from statement where kind = 'actor' order by 1";
    let expected = [
        "Made-up a One: proposed website",
        "Made-up a Two: accepted -",
        "Made-up b One: proposed website",
        "Made-up b Two: accepted -",
        "Made-up c One: proposed website",
        "Made-up c Two: accepted -",
    ];
    assert_eq!(desk.sql(sql), expected.map(|said| json!({ "said": said })));
}

/// “Fiabilité” is said of sources and of what they say: what stands in the column tells which.
#[test]
fn a_column_of_grades_is_proposed_by_what_stands_in_it() {
    let desk = Desk::new();
    for (name, heading, said, field, grades) in [
        ("a", "Fiabilité", ["B", "A"], "reliability", ["B", "A"]),
        ("b", "Fiabilité", ["2", "3"], "credibility", ["2", "3"]),
        ("c", "Fiabilité", ["haute", "Moyenne"], "credibility", ["1", "2"]),
        ("d", "الموثوقية", ["B", "A"], "reliability", ["B", "A"]),
    ] {
        let rows =
            format!("Unit,Type,{heading}\nMade-up {name} One,police,{}\nMade-up {name} Two,military,{}\n", said[0], said[1]);
        let file = desk.file(&format!("{name}.csv"), rows);
        desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
        desk.ok(&["import", &desk.workspace(), &file]);
        let sql = format!("select {field} as grade from actor_statement where name like 'Made-up {name} %' order by name");
        assert_eq!(desk.sql(&sql), grades.map(|grade| json!({"grade": grade})), "{heading} {name}");
    }
}

/// Of half a million rows nobody wants to hear it from each.
#[test]
fn a_wrong_address_in_a_mapping_is_told_once() {
    let desk = Desk::new();
    let mapping = |url: &str| {
        format!(
            "source = \"Made-up list\"\nurl = \"{url}\"\n[[record]]\nkind = \"actor\"\n[record.fields]\nname = {{ column = \"Unit\" }}\n"
        )
    };
    let rows = "Unit\nMade-up One\nMade-up Two\nMade-up Three\n";
    desk.file("bodies.toml", mapping("www.example.org"));
    desk.import("bodies.csv", rows);
    let told = desk.ok(&["problems", &desk.workspace()]);
    assert_eq!(told.matches("“www.example.org” is no address").count(), 1, "{told}");
    assert_eq!(desk.value("select count(*) from actor_statement where source = 'Made-up list' and url is null"), json!(3));
    desk.file("bodies.toml", mapping("HTTPS://example.org/list"));
    desk.import("bodies.csv", format!("{rows}Made-up Four\n"));
    let urls = desk.sql("select distinct url from actor_statement");
    assert_eq!(urls, [json!({"url": "https://example.org/list"})], "{urls:?}");
}

#[test]
fn a_wrong_value_that_a_mapping_gives_for_every_row_is_told_once_and_as_that() {
    let desk = Desk::new();
    let mapping = |field: &str, value: &str| {
        let constant = format!("{field} = {{ value = \"{value}\" }}\n");
        desk.file(
            "bodies.toml",
            format!("[[record]]\nkind = \"actor\"\n[record.fields]\nname = {{ column = \"Unit\" }}\n{constant}"),
        )
    };
    let units = "Unit\nMade-up One\nMade-up Two\nMade-up Three\n";
    // A mapping that names no code is wrong as a file: it is told where it says so, and nothing is imported by it.
    let bodies = desk.file("bodies.csv", units);
    for (field, value, reason) in [
        ("country", "Narnia", "“Narnia” is no code"),
        ("reliability", "Z9", "“Z9” is no code"),
        ("status_of_statement", "sure", "“sure” is no status"),
    ] {
        mapping(field, value);
        let (_, told) = desk.fails(&["import", &desk.workspace(), &bodies]);
        assert!(told.contains(&format!("bodies.toml:5: actor, field `{field}`: {reason}")), "{told}");
    }
    for (field, value, reason) in
        [("valid_from", "spring", "“spring” is no date"), ("source_date", "2999", "this day has not come yet")]
    {
        mapping(field, value);
        desk.import("bodies.csv", units);
        let told = desk.ok(&["problems", &desk.workspace()]);
        let of_it: Vec<&str> = told.lines().filter(|line| line.contains(reason)).collect();
        assert_eq!(of_it.len(), 1, "{field}: {told}");
        assert!(of_it[0].contains("what the mapping says of every row: "), "{told}");
    }
    // What a cell says is told of each row.
    desk.file(
        "others.toml",
        "[[record]]\nkind = \"actor\"\n[record.fields]\nname = { column = \"Unit\" }\ncountry = { column = \"In\" }\n",
    );
    desk.import("others.csv", "Unit,In\nMade-up Four,Utopia\nMade-up Five,Utopia\n");
    assert_eq!(desk.ok(&["problems", &desk.workspace()]).matches("“Utopia” is no code").count(), 2);
}

/// What a cell may say of all that its row gives, a mapping may say of all rows.
#[test]
fn the_marking_of_a_mapping_is_read_by_its_name_in_every_language() {
    let desk = Desk::new();
    let mapping = |marking: &str| {
        format!("marking = \"{marking}\"\n[[record]]\nkind = \"actor\"\n[record.fields]\nname = {{ column = \"Unit\" }}\n")
    };
    for (name, marking) in [("a", "Confidentiel"), ("b", "سري للغاية"), ("c", "Internal")] {
        desk.file(&format!("{name}.toml"), mapping(marking));
        desk.import(&format!("{name}.csv"), format!("Unit\nMade-up {name}\n"));
    }
    let sql = "select name, marking from actor_statement order by name";
    let found = desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", "strictly_confidential"])["rows"].clone();
    let expected = [("a", "confidential"), ("b", "strictly_confidential"), ("c", "internal")];
    assert_eq!(found, json!(expected.map(|(name, marking)| json!({ "name": format!("Made-up {name}"), "marking": marking }))));
    desk.file("d.toml", mapping("secretish"));
    let file = desk.file("d.csv", "Unit\nMade-up d\n");
    let output = desk.run(&["import", &desk.workspace(), &file]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("`secretish` is not a marking"), "{said}");
}

#[test]
fn a_day_of_verifying_is_read_in_a_sheet_as_its_other_dates_are() {
    let desk = Desk::new();
    desk.import(
        "actor.csv",
        "record,name,valid_from,verified_at,source\na,Made-up A,31/12/2018,31/12/2020,Made-up list\nb,Made-up B,,never,Made-up list\n",
    );
    let sql = "select record, valid_from, verified_at from actor_statement order by record";
    assert_eq!(
        desk.sql(sql),
        [
            json!({"record": "a", "valid_from": "2018-12-31", "verified_at": "2020-12-31"}),
            json!({"record": "b", "valid_from": null, "verified_at": null}),
        ]
    );
    let told = desk.ok(&["problems", &desk.workspace()]);
    assert!(told.contains("“never” is no date") && !told.contains("2020"), "{told}");
    let tracker = desk.file("tracker.csv", "Unité,Type,Vérifié le\nMade-up C,police,31/12/2021\nMade-up D,military,30/11/2021\n");
    desk.ok(&["import", &desk.workspace(), &tracker, "--propose"]);
    desk.ok(&["import", &desk.workspace(), &tracker]);
    assert_eq!(desk.value("select verified_at from actor_statement where name = 'Made-up C'"), "2021-12-31");
}

#[test]
fn marking_and_status_of_a_sheet_are_read_by_their_names_in_every_language() {
    let desk = Desk::new();
    let rows = [
        "record,name,class,marking,withheld,status_of_statement,source",
        "a,Made-up A,police,Confidentiel,,Accepté,Made-up list",
        "b,Made-up B,police,Interne,note=Confidentiel; note=internal,Proposé,Made-up list",
        "c,Made-up C,police,علني,,مقبول,Made-up list",
        "d,Made-up D,police,STRICTEMENT CONFIDENTIEL,,rejete,Made-up list",
        "e,Made-up E,police,strictly-confidential,,Accepted,Made-up list",
        "f,Made-up F,police,secretish,,peut-être,Made-up list",
    ];
    desk.import("actor.csv", rows.join("\n"));
    let sql = "select record || ' ' || marking || ' ' || status_of_statement as said from statement order by 1";
    let found = desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", "strictly_confidential"])["rows"].clone();
    let found: Vec<&str> = found.as_array().expect("rows").iter().filter_map(|row| row["said"].as_str()).collect();
    let expected = [
        "a confidential accepted",
        "b internal proposed",
        "c public accepted",
        "d strictly_confidential rejected",
        "e strictly_confidential accepted",
        "f strictly_confidential proposed",
    ];
    assert_eq!(found, expected);
    let told = desk.ok(&["problems", &desk.workspace(), "--clearance", "strictly_confidential"]);
    assert!(told.contains("`secretish` is not a marking") && told.contains("“peut-être” is no status"), "{told}");
    assert!(!["Confidentiel", "Accepté", "Interne", "Proposé"].iter().any(|name| told.contains(name)), "{told}");
}

/// `remit add` calls it so; left out, what somebody only proposes would count.
#[test]
fn a_column_status_of_a_sheet_is_that_of_the_statement_where_the_kind_has_none() {
    let desk = Desk::new();
    desk.import(
        "actors.csv",
        "record,name,class,status,source\na,Made-up A,police,proposed,Made-up list\nb,Made-up B,police,Accepté,Made-up list\n",
    );
    assert_eq!(desk.ok(&["problems", &desk.workspace()]).matches("status").count(), 0);
    let sql = "select record || ' ' || status_of_statement as said from statement order by 1";
    assert_eq!(desk.sql(sql), [json!({"said": "a proposed"}), json!({"said": "b accepted"})]);
    // What stands in it is of something else: it is left out, and told.
    desk.import("actors-2.csv", "record,name,class,status,source\nc,Made-up C,police,active,Made-up list\n");
    assert!(desk.ok(&["problems", &desk.workspace()]).contains("the kind actor has no such field"));
    assert_eq!(desk.value("select status_of_statement from actor_statement where record = 'c'"), "accepted");
}

#[test]
fn what_windows_writes_is_read_by_add_and_what_is_no_text_is_named_with_its_line() {
    let desk = Desk::new();
    let add = |bytes: &[u8]| {
        let mut command = Command::new(REMIT);
        let mut child =
            command.args(["add", &desk.workspace()]).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("remit");
        child.stdin.take().expect("its input").write_all(bytes).expect("read");
        let output = child.wait_with_output().expect("an end");
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let line = format!("{}\n", actor(&[]));
    assert!(add(format!("\u{feff}{line}").as_bytes()).0);
    let (done, said) = add(&[line.as_bytes(), &b"{\"kind\": \"actor\", \"fields\": {\"name\": \"\xff\"}}\n"[..]].concat());
    assert!(!done && said.contains("standard input, line 2: this is no text in UTF-8"), "{said}");
    let (done, said) = add(b"{\"kind\": \"actor\", \"fields\": {\"name\": \"A\", \"name\": \"B\"}}\n");
    assert!(!done && said.contains("standard input, line 1: this says a key twice"), "{said}");
    assert_eq!(desk.value("select count(*) from statement"), json!(2));
}

#[test]
fn what_is_null_is_not_said_and_a_correction_is_of_the_record_that_it_corrects() {
    let desk = Desk::new();
    let mut line = actor(&[]);
    line["source"] = Value::Null;
    line["supersedes"] = Value::Null;
    desk.add(&[line]);
    let standing = || desk.value("select statement from actor_statement");
    desk.add(&[json!({"kind": "actor", "fields": {"name": "Made-up Gendarmerie"}, "supersedes": standing()})]);
    assert_eq!(desk.sql("select record, name from actor"), [json!({"record": "a", "name": "Made-up Gendarmerie"})]);
    let withdrawal = json!({"kind": "actor", "supersedes": standing(), "withdrawn": true});
    let mut wrong = withdrawal.clone();
    wrong["valid_from"] = json!("spring");
    let output = desk.told(&["add", &desk.workspace()], &[wrong]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("“spring” is no date"), "{said}");
    desk.add(&[withdrawal]);
    assert_eq!(desk.value("select count(*) from actor"), json!(0));
    assert_eq!(desk.sql("select distinct record from statement"), [json!({"record": "a"})]);
}

/// A report of 2020 that a unit was dissolved in 2010 must not make the unit vanish from the years before.
#[test]
fn who_speaks_of_a_state_after_it_has_ended_does_not_say_when_it_began() {
    let desk = Desk::new();
    let ended = |record: &str, name: &str, day: &str| json!({"kind": "actor", "record": record, "fields": {"name": "Made-up Unit"}, "valid_to": "2010-06", "source": "Made-up Report", name: day});
    desk.add(&[ended("a", "source_date", "2020"), ended("b", "first_cited", "2020-03"), ended("c", "last_cited", "2011")]);
    desk.add(&[ended("d", "first_cited", "2010-06-30"), ended("e", "source_date", "2008")]);
    let on = |day: &str| {
        let sql = "select group_concat(record, '') as n from (select record from actor where undated = 0 order by record)";
        desk.json(&["sql", &desk.workspace(), sql, "--json", "--valid-on", day])["rows"][0]["n"].clone()
    };
    assert_eq!(
        [on("2000-01-01"), on("2009-01-01")],
        ["abc", "abce"],
        "cited before the end it began then; after it, nobody knows"
    );
    assert_eq!([on("2010-06-30"), on("2010-07-01")], [json!("abcde"), Value::Null]);
}

/// What cannot be read was meant to keep something from somebody, or from being counted.
#[test]
fn a_marking_or_status_in_a_sheet_that_cannot_be_read_opens_nothing() {
    let desk = Desk::new();
    for (n, (column, value, told)) in [
        ("marking", "secretish", "the row was marked strictly confidential"),
        ("withheld", "name=secretish", "the row was marked strictly confidential"),
        ("withheld", "nme=internal", "has no field `nme` to withhold; the row was marked strictly confidential"),
        ("withheld", "name", "the row was marked strictly confidential"),
        ("status_of_statement", "sure", "the row waits as a proposal"),
    ]
    .into_iter()
    .enumerate()
    {
        let mapping = format!(
            "[[record]]\nkind = \"actor\"\nid = \"m{n}\"\n[record.fields]\nname = {{ column = \"Unit\" }}\n{column} = {{ column = \"Sort\" }}\n"
        );
        desk.file(&format!("mapped-{n}.toml"), mapping);
        desk.import(&format!("mapped-{n}.csv"), format!("Unit,Sort\nMade-up Unit {n},{value}\n"));
        desk.import(&format!("actor-{n}.csv"), format!("record,name,{column}\nr{n},Made-up Body {n},{value}\n"));
        let workspace = desk.workspace();
        let all = desk.json(&["problems", &workspace, "--json", "--clearance", "strictly_confidential"])["rows"].clone();
        let found = all.as_array().expect("rows").iter().filter(|p| p["value"] == value && p["line"] == 2);
        let told_of = found.filter(|p| p["reason"].as_str().is_some_and(|r| r.contains(told))).count();
        assert_eq!(told_of, 2, "{column}={value}: {all}");
    }
    assert_eq!(desk.sql("select record from actor"), Vec::<Value>::new(), "nothing is public, nothing counts");
    let everything = [
        "sql",
        &desk.workspace(),
        "select count(*) as n from statement where kind = 'actor'",
        "--json",
        "--clearance",
        "strictly_confidential",
    ];
    assert_eq!(desk.json(&everything)["rows"][0]["n"], json!(10), "and nothing is lost");
}

#[test]
fn a_wrong_envelope_in_a_sheet_is_left_out_and_listed() {
    let desk = Desk::new();
    let header = "record,name,valid_from,valid_to,first_cited,url,reliability,credibility,source_date,verified_at\n";
    for (n, (name, value, expected)) in WRONG.into_iter().enumerate() {
        let columns: Vec<&str> = header.trim().split(',').collect();
        let cell = |column: &&str| match *column {
            "record" => format!("r{n}"),
            "name" => format!("Made-up Unit {n}"),
            c if c == name => value.to_owned(),
            "valid_from" => "2019".into(),
            _ => String::new(),
        };
        let row = columns.iter().map(cell).collect::<Vec<_>>().join(",");
        desk.import(&format!("actor-{n}.csv"), format!("{header}{row}\n"));
        let problems = desk.json(&["problems", &desk.workspace(), "--json"]);
        let found = problems["rows"].as_array().expect("rows").iter().find(|p| p["value"] == value).cloned();
        let found = found.unwrap_or_else(|| panic!("{name}={value} is no problem"));
        assert_eq!(found["line"], json!(2), "{found}");
        assert!(found["reason"].as_str().expect("a reason").contains(expected), "{found}");
        let kept = desk.value(&format!("select {name} from actor_statement where record = 'r{n}'"));
        assert_eq!(kept, Value::Null, "{name}={value} was recorded");
    }
}

#[test]
fn a_record_that_ends_before_it_starts_is_told_by_sheet_and_form() {
    let desk = Desk::new();
    desk.import("actor.csv", "record,name,starts,ends\na,Made-up Unit,2020-05,2019\n");
    let problems = desk.json(&["problems", &desk.workspace(), "--json"]);
    let found = problems["rows"].as_array().expect("rows").iter().find(|p| p["value"] == "2019").expect("it is listed").clone();
    assert_eq!(found["line"], json!(2));
    assert!(
        found["reason"].as_str().expect("a reason").contains("this is before starts (2020-05); the cell was left out"),
        "{found}"
    );
    assert_eq!(
        desk.sql("select name, starts, ends from actor"),
        [json!({"name": "Made-up Unit", "starts": "2020-05", "ends": null})]
    );
    let server = desk.serve();
    let fields = [("name", "Made-up Police"), ("source", "Made up"), ("starts", "2020-05"), ("ends", "2019")];
    let (status, _, page) = server.post("/edit/actor", &fields);
    assert!(status == 422 && page.contains("id=\"e-ends\"") && page.contains("The end must not be before the start."), "{page}");
    let (_, _, page) = server.post("/edit/strength", &[("institution", "a"), ("women", "-5"), ("source", "Made up")]);
    assert!(page.contains("is less than 0, and may not be."), "{page}");
}

#[test]
fn what_others_publish_is_kept_also_where_it_ends_before_it_starts_and_is_told() {
    let desk = Desk::new();
    let mapping = "[dataset]\nname = \"courses\"\n[[record]]\nkind = \"training\"\n[record.fields]\ncourse = { column = \"Course\" }\n\
        starts = { column = \"From\" }\nends = { column = \"To\" }\n";
    desk.file("courses.toml", mapping);
    desk.import("courses.csv", "Course,From,To\nMade-up course,2020-05-01,2020-04-01\n");
    let problems = desk.json(&["problems", &desk.workspace(), "--json"]);
    let found =
        problems["rows"].as_array().expect("rows").iter().find(|p| p["value"] == "2020-04-01").expect("it is listed").clone();
    assert_eq!(found["line"], json!(2));
    assert!(
        found["reason"].as_str().expect("a reason").contains("this is before starts (2020-05-01); both were kept"),
        "{found}"
    );
    assert_eq!(desk.sql("select starts, ends from training"), [json!({"starts": "2020-05-01", "ends": "2020-04-01"})]);
}

/// Two names that differ in such signs alone look the same to everybody.
#[test]
fn signs_that_nobody_sees_are_taken_out_of_sheets_and_refused_by_forms() {
    let desk = Desk::new();
    let persian = "نیروهای\u{200c}مسلح";
    let rows = format!(
        "record,name\na,Made\u{202e}-up\u{e0041} Police\nb,\u{200f}شرطة مختلقة\u{200f}\nc,{persian}\nd,Made-up\u{2028}Ministry\nso/e\u{feff},Made-up Court\n"
    );
    desk.import("actor.csv", rows);
    let kept = desk.sql("select record, name from actor order by record");
    let names =
        [("a", "Made-up Police"), ("b", "شرطة مختلقة"), ("c", persian), ("d", "Made-up Ministry"), ("so/e", "Made-up Court")];
    assert_eq!(kept, names.map(|(record, name)| json!({"record": record, "name": name})));
    let lines: Vec<i64> = desk.problems().into_iter().map(|(_, line)| line).collect();
    assert_eq!(lines, [2, 5, 6], "marks at the ends of a text and joiners of a script are told to nobody");
    desk.import("relation.csv", "record,relation,subject,object\nr,part_of,Made\u{200b}-up Police,\u{200e}Made-up Ministry\n");
    assert_eq!(desk.sql("select subject, object from relation"), [json!({"subject": "a", "object": "d"})]);
    let server = desk.serve();
    let (status, _, page) = server.post("/edit/actor", &[("name", "Made\u{2066}-up Police"), ("source", "Made up")]);
    assert!(status == 422 && page.contains("This text has signs that nobody sees. Type it anew."), "{page}");
}

/// A space in their place would make two figures of one, and a row of thirty columns has many cells to look at.
#[test]
fn a_control_character_leaves_a_value_whole_and_is_told_with_its_cell() {
    let desk = Desk::new();
    let rows =
        "record,name,note\na,Made-up\u{16} Police,kr 4\u{16}00 000\nb,Made-up Army,No 25\u{c}0 men\nc,Made-up\u{b}Guard,kept\n";
    desk.import("actor.csv", rows);
    let kept = desk.sql("select name, note from actor order by record");
    let said = [("Made-up Police", "kr 400 000"), ("Made-up Army", "No 250 men"), ("Made-up Guard", "kept")];
    assert_eq!(kept, said.map(|(name, note)| json!({"name": name, "note": note})));
    let problems = desk.json(&["problems", &desk.workspace(), "--json"]);
    let rows = problems["rows"].as_array().expect("rows").iter();
    let told = rows.filter(|row| row["reason"] == "signs that nobody sees were taken out of this cell");
    let mut cells: Vec<String> = told.map(|row| format!("{} {}", row["line"], row["element"])).collect();
    cells.sort();
    assert_eq!(cells, ["2 \"B (name)\"", "2 \"C (note)\"", "3 \"C (note)\"", "4 \"B (name)\""], "{problems}");
    desk.import("strength.csv", "record,institution,day,total\ns,a,2021-0\u{16}1-01,4\u{16}00\n");
    assert_eq!(desk.sql("select day, total from strength"), [json!({"day": "2021-01-01", "total": 400})], "days and figures too");
}

/// What an older workspace holds goes to a spreadsheet as it looks.
#[test]
fn no_sign_that_nobody_sees_goes_into_csv_and_tables() {
    let desk = Desk::new();
    let line = json!({"kind": "actor", "record": "a", "fields": {"name": "Made-up Police"}});
    assert!(desk.told(&["add", &desk.workspace(), "--author", "Made\u{200b}-up\u{202e} Adviser"], &[line]).status.success());
    assert_eq!(
        desk.value("select author from statement"),
        json!("Made-up Adviser"),
        "nobody records under what looks like another's name"
    );
    let sql = "select 'Made' || char(8238) || 'pu' || char(8203) as name from actor";
    for more in [&["--csv"][..], &[]] {
        let shown = desk.ok(&[&["sql", &desk.workspace(), sql][..], more].concat());
        assert!(shown.contains("Madepu\n"), "{shown:?}");
    }
    assert!(desk.value(sql).as_str().is_some_and(|name| name.contains('\u{202e}')), "a program gets the data as it is");
}

/// A program that fills in a form, or a page that was open while the model changed, sends what the form does not have.
#[test]
fn what_a_form_does_not_have_is_told_and_not_left_out() {
    let desk = Desk::new();
    let server = desk.serve();
    let own = [("name", "Made-up Police"), ("source", "Made up")];
    for (name, like) in [("valid_form", "valid_from"), ("verified_at", ""), ("withhold-nosuch", ""), ("nmae", "name")] {
        let (status, _, page) = server.post("/edit/actor", &[&own[..], &[(name, "2019")]].concat());
        assert_eq!(status, 422, "{name} was left out without a word");
        assert!(page.contains(name) && page.contains("This form has no such field"), "{name}: {page}");
        assert!(like.is_empty() || page.contains(&format!("Did you mean “{like}”?")), "{name}: {page}");
        assert!(page.contains("value=\"Made-up Police\""), "what was typed is still there: {page}");
    }
    assert_eq!(desk.value("select count(*) from statement"), json!(0));
    // What is sent empty says nothing.
    assert_eq!(server.post("/edit/actor", &[&own[..], &[("valid_form", " ")]].concat()).0, 303);
    let record = desk.value("select record from actor").as_str().expect("a record").to_owned();
    let (status, _, page) = server.post("/change/actor", &[("act", "verify"), ("record", &record), ("sinse", "2019-01-01")]);
    assert!(status == 400 && page.contains("sinse: This form has no such field") && page.contains("“since”?"), "{page}");
}

#[test]
fn a_wrong_envelope_in_a_form_stands_beside_its_field() {
    let desk = Desk::new();
    let server = desk.serve();
    for (name, value, _) in WRONG.into_iter().filter(|(name, ..)| *name != "verified_at") {
        let mut fields = vec![("name", "Made-up Police"), ("source", "Made up"), ("valid_from", "2019")];
        fields.retain(|(n, _)| *n != name);
        fields.push((name, value));
        let (status, _, page) = server.post("/edit/actor", &fields);
        assert_eq!(status, 422, "{name}={value} was recorded");
        assert!(page.contains(&format!("id=\"e-{name}\"")), "{name}={value} has no error");
    }
    for (name, value) in [("marking", "secretish"), ("withhold-name", "secretish"), ("status_of_statement", "sure")] {
        let (status, _, page) = server.post("/edit/actor", &[("name", "Made-up Police"), ("source", "Made up"), (name, value)]);
        assert_eq!(status, 422, "{name}={value} was recorded");
        assert!(page.contains(&format!("#f-{name}")) && page.contains(value), "{name}={value} has no error: {page}");
    }
    let wrong = [("name", "Made-up Police"), ("source", "Made up"), ("reliability", "Z9")];
    let page = server.post("/edit/actor?lang=ar", &wrong).2;
    assert!(page.contains("موثوق تمامًا، موثوق عادةً، "), "codes one after another as Arabic writes them: {page}");
    for (name, one, other) in
        [("marking", "public", "strictly_confidential"), ("valid_from", "2019", "2021"), ("withhold-name", "", "confidential")]
    {
        let fields = [("name", "Made-up Police"), ("source", "Made up"), (name, one), (name, other)];
        let (status, _, page) = server.post("/edit/actor", &fields);
        assert!(status == 422 && page.contains(&format!("#f-{name}")) && page.contains("sent twice"), "{name}: {status} {page}");
    }
    assert_eq!(desk.value("select count(*) from statement"), json!(0));
}

#[test]
fn what_cannot_be_recorded_is_told_where_records_are_changed_in_a_list() {
    let desk = Desk::new();
    let project = |record: &str| json!({ "kind": "project", "record": record, "source": "Made up", "marking": "public", "fields": { "title": "Made-up Project", "starts": "2024", "note": "first" } });
    desk.add(&[project("p/1"), project("p/2")]);
    let server = desk.serve();
    let change = |language: &str, more: &[(&str, &str)]| {
        let fields = [("act", "change"), ("record", "p/1"), ("record", "p/2"), ("source", "Made up elsewhere")];
        let (status, _, page) = server.post(&format!("/change/project?lang={language}"), &[&fields[..], more].concat());
        assert_eq!(status, 422, "{more:?}: {page}");
        page
    };
    let note = ("set-note", "second");
    for (language, more, said) in [
        ("en", [note, ("reliability", "Z9")], "“Z9”"),
        ("fr", [note, ("reliability", "Z9")], "Fiabilité"),
        ("ar", [note, ("url", "nowhere")], "https://"),
        ("en", [note, ("set-note", "third")], "Note: This was sent twice"),
        ("en", [note, ("set-ends", "2020")], "The end must not be before the start."),
    ] {
        let page = change(language, &more);
        assert!(page.contains(said), "{more:?} {language}: {page}");
    }
    let grade = [("act", "grade"), ("record", "p/1"), ("reliability", "Z9")];
    let (status, _, page) = server.post("/change/project", &grade);
    assert!(status == 400 && page.contains("“Z9”") && !page.contains("reliability"), "no word of the model’s files: {page}");
    assert_eq!(desk.value("select count(*) from statement"), json!(2), "nothing wrong was recorded");
}

/// A workspace as the version before wrote it (format 2), with a statement that was not checked and a role in words.
fn of_format_2() -> Desk {
    let desk = Desk::new();
    std::fs::remove_dir_all(desk.path("w")).expect("the new one goes");
    let bytes = std::io::Cursor::new(include_bytes!("fixtures/format2.zip"));
    zip::ZipArchive::new(bytes).expect("an archive").extract(desk.path("w")).expect("a workspace");
    desk
}

fn format(desk: &Desk) -> i64 {
    let database = rusqlite::Connection::open(desk.path("w/remit.db")).expect("a database");
    database.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a format")
}

#[test]
fn what_another_workspace_recorded_wrongly_is_not_taken_and_named() {
    let (here, there) = (Desk::new(), of_format_2());
    let output = here.run(&["merge", &here.workspace(), "--from", &there.workspace(), "--json"]);
    let said: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(said["statements"], json!(3));
    assert!(said["refused"][0]["reason"].as_str().expect("a reason").contains("“Z9” is no code"), "{said}");
    assert_eq!(there.sql("select record, reliability from actor order by record").len(), 2, "what it holds stays readable");
    assert_eq!(format(&there), 2, "who is read from is not written");
    assert!(here.ok(&["verify", &here.workspace()]).contains("3 statements"));
}

/// Who unpacks a file takes all of it as it is, and is told what could not be recorded here.
#[test]
fn what_a_file_brings_that_no_merge_would_take_is_told() {
    let desk = of_format_2();
    let (file, pass, new) =
        (desk.path("w.remit").display().to_string(), desk.file("pass", "a made-up passphrase\n"), desk.path("new"));
    desk.ok(&["pack", &desk.workspace(), &file, "--passphrase-file", &pass]);
    let unpacked = desk.run(&["unpack", &file, &new.display().to_string(), "--passphrase-file", &pass]);
    let said = String::from_utf8(unpacked.stderr).expect("UTF-8");
    assert!(unpacked.status.success() && said.contains("1 statement has in it what could not be recorded here"), "{said}");
    assert!(said.contains("“Z9” is no code"), "{said}");
}

/// What has no dates of its own was cited on the day of its source: one of a day to come, as an older version recorded it, hid the record.
#[test]
fn a_source_of_a_day_to_come_hides_no_record() {
    let desk = Desk::new();
    // An office that calls the field otherwise has a file from before.
    desk.file(
        "w/model/statement.toml",
        "[[field]]\nname = \"source_date\"\ntype = \"date\"\npart = \"source\"\nlabel = { en = \"Made-up day of the source\" }\n",
    );
    let army = json!({"kind": "actor", "record": "a", "fields": {"name": "Made-up Army"}, "source": "Made-up list", "source_date": "2020-01-01"});
    desk.add(&[army]);
    let shown = || desk.sql("select name, undated from actor");
    assert_eq!(shown(), [json!({"name": "Made-up Army", "undated": 0})]);
    let database = rusqlite::Connection::open(desk.path("w/remit.db")).expect("a database");
    let more = "{\"source_date\":\"2962-03-01\"}";
    database.execute("update statement set more = ?1", [more]).expect("as an older version wrote it");
    drop(database);
    assert_eq!(shown(), [json!({"name": "Made-up Army", "undated": 1})], "the day is none");
    assert_eq!(desk.ask("undated", &[]).len(), 1, "and it is among what has no date");
    desk.import("actor.csv", "record,name,source,source_date\nso/b,Made-up Guard,Made-up list,2962-03-01\n");
    let guard = desk.sql("select source_date from actor_statement where record = 'so/b'");
    assert_eq!(guard, [json!({"source_date": null})], "a sheet leaves it out");
}

/// Else a record would vanish by what is said of another one: a column that was pasted one row off is enough.
#[test]
fn a_statement_of_another_record_or_kind_is_replaced_by_nothing_whatever_way_it_came() {
    let desk = Desk::new();
    let named =
        |record: &str, name: &str| json!({"kind": "actor", "record": record, "fields": {"name": name}, "source": "Made-up list"});
    desk.add(&[named("so/one", "Made-up One"), named("so/two", "Made-up Two")]);
    let statement = |record: &str| {
        let id = desk.value(&format!("select statement from statement where record = '{record}'"));
        id.as_str().expect("an identifier").to_owned()
    };
    let (one, two) = (statement("so/one"), statement("so/two"));
    let mut moved = named("so/two", "Made-up Two again");
    moved["supersedes"] = json!(one);
    let output = desk.told(&["add", &desk.workspace()], &[moved]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("a statement of actor `so/one`, and this is about `so/two`"), "{said}");
    let exchanged = format!("so/one,Made-up First,Made-up list,{two}\nso/two,Made-up Second,Made-up list,{one}\n");
    let of_a_place = format!("so/place,Made-up Place,Made-up list,{one}\n");
    for (name, rows, told) in [("actor.csv", exchanged, 2), ("place.csv", of_a_place, 1)] {
        let file = desk.file(name, format!("record,name,source,statement\n{rows}"));
        let read = desk.run(&["import", &desk.workspace(), &file, "--json"]).stdout;
        let read: Value = serde_json::from_slice(&read).expect("JSON");
        let findings = read["sheets"][0]["findings"].as_array().expect("findings").clone();
        assert_eq!(findings.len(), told, "{name}: {read}");
        for (finding, row) in findings.iter().zip(2..) {
            assert_eq!((&finding["row"], &finding["column"]), (&json!(row), &json!("statement")), "{finding}");
            assert!(finding["reason"].as_str().expect("a reason").contains("this statement is of actor so/"), "{finding}");
        }
    }
    let stand = [json!({"record": "so/one", "name": "Made-up One"}), json!({"record": "so/two", "name": "Made-up Two"})];
    assert_eq!(desk.sql("select record, name from actor order by record"), stand);
    assert_eq!(desk.value("select count(*) from statement"), json!(2));
    // What was said of a record that was made one with another is said of that.
    desk.ok(&["merge", &desk.workspace(), "actor", "so/one", "so/two"]);
    let mut corrected = named("so/one", "Made-up One");
    corrected["supersedes"] = json!(two);
    desk.add(&[corrected]);
    assert_eq!(desk.sql("select record from actor"), [json!({"record": "so/one"})]);
}

/// A form and a sheet leave no space at the ends of a date, and neither does `add`: as texts, such dates come before all others.
#[test]
fn a_date_is_recorded_without_the_spaces_at_its_ends_whatever_way_it_came() {
    let desk = Desk::new();
    let dates = [
        ("valid_from", " 2019", "2019"),
        ("valid_to", "2090-06\u{a0}", "2090-06"),
        ("first_cited", "\t2020-01-31", "2020-01-31"),
        ("last_cited", "2021\n", "2021"),
        ("source_date", " 2021-02 ", "2021-02"),
        ("verified_at", "2021-06-30 ", "2021-06-30"),
        ("reliability", "B ", "B"),
    ];
    desk.add(&[actor(&dates.map(|(name, said, _)| (name, said)))]);
    for (name, _, kept) in dates {
        assert_eq!(desk.value(&format!("select {name} from statement")), json!(kept), "{name}");
    }
    desk.add(&[json!({"kind": "actor", "record": "b", "fields": {"name": "Made-up Guard"}, "valid_from": " 2090"})]);
    assert_eq!(desk.sql("select record from actor"), [json!({"record": "a"})], "what begins later is not there yet");
    let verified = desk.ok(&["verify", &desk.workspace()]);
    assert!(verified.contains("all hold") && !verified.contains("a date that is none"), "{verified}");
}

/// A date with a space at an end, as an older version recorded it, is read as none, and `verify` tells which.
#[test]
fn a_date_with_a_space_at_an_end_that_was_recorded_before_is_read_as_none_and_told() {
    for (column, text) in [
        ("valid_from", " 2090"),
        ("valid_to", " 2012"),
        ("valid_to", "2012 "),
        ("first_cited", "\t2012"),
        ("last_cited", "2012\u{a0}"),
        ("more", "{\"source_date\":\" 2012\"}"),
        ("verified_at", " 2020-01-01"),
        ("verified_at", "never"),
    ] {
        let desk = Desk::new();
        desk.add(&[json!({"kind": "actor", "record": "a", "fields": {"name": "Made-up Army"}, "source": "Made-up list"})]);
        let database = rusqlite::Connection::open(desk.path("w/remit.db")).expect("a database");
        database.execute(&format!("update statement set {column} = ?1"), [text]).expect("as an older version wrote it");
        drop(database);
        let shown = desk.sql("select name, undated, confirmed from actor");
        assert_eq!(shown, [json!({"name": "Made-up Army", "undated": 1, "confirmed": 0})], "{column}: “{text}”");
        let verified = desk.run(&["verify", &desk.workspace(), "--json"]).stdout;
        let verified: Value = serde_json::from_slice(&verified).expect("JSON");
        assert_eq!(verified["misdated"], json!(1), "{column}: “{text}”: {verified}");
    }
}

/// A word in the place of a date, as an older version recorded it, comes after all days as text: it is read as no date.
#[test]
fn a_date_that_is_none_hides_no_record() {
    for column in ["valid_from", "valid_to", "first_cited", "last_cited", "more"] {
        let desk = Desk::new();
        desk.add(&[json!({"kind": "actor", "record": "a", "fields": {"name": "Made-up Army"}, "source": "Made-up list"})]);
        let word = if column == "more" { "{\"source_date\":\"spring\"}" } else { "spring" };
        let database = rusqlite::Connection::open(desk.path("w/remit.db")).expect("a database");
        database.execute(&format!("update statement set {column} = ?1"), [word]).expect("as an older version wrote it");
        drop(database);
        let shown = desk.sql("select name, undated, confirmed from actor");
        assert_eq!(shown, [json!({"name": "Made-up Army", "undated": 1, "confirmed": 0})], "{column}");
        let verified = desk.run(&["verify", &desk.workspace(), "--json"]).stdout;
        let verified: Value = serde_json::from_slice(&verified).expect("JSON");
        assert_eq!(verified["misdated"], json!(1), "{column}: {verified}");
        let statement = desk.value("select statement from statement");
        desk.add(&[json!({"kind": "actor", "record": "a", "fields": {"name": "Made-up Army"}, "source": "Made-up list",
            "valid_from": "2019", "supersedes": statement})]);
        let verified = desk.run(&["verify", &desk.workspace(), "--json"]).stdout;
        let verified: Value = serde_json::from_slice(&verified).expect("JSON");
        assert_eq!(verified["misdated"], json!(0), "{column}: what was corrected is told no more: {verified}");
    }
}

#[test]
fn a_workspace_of_the_format_before_is_read_as_it_is_and_brought_up_to_date_when_written() {
    let desk = of_format_2();
    assert_eq!(
        desk.sql("select name from actor order by name"),
        [json!({"name": "Made-up Army"}), json!({"name": "Made-up Police"})]
    );
    assert_eq!(desk.value("select role from posting"), json!("deputy"), "words are read as the code that they tell");
    assert!(desk.ok(&["verify", &desk.workspace()]).contains("4 statements"));
    assert_eq!(format(&desk), 2, "reading changes nothing");
    desk.add(&[json!({"kind": "actor", "record": "c", "fields": {"name": "Made-up Guard"}})]);
    assert_eq!(format(&desk), 6);
    assert!(desk.ok(&["verify", &desk.workspace()]).contains("5 statements"));
    let database = rusqlite::Connection::open(desk.path("w/remit.db")).expect("a database");
    database.pragma_update(None, "user_version", 99).expect("it is newer");
    let (_, said) = desk.fails(&["ask", &desk.workspace(), "unsourced"]);
    assert!(said.contains("a newer version of Remit wrote this workspace"), "{said}");
}

/// A program that may not write, whoever runs the tests.
fn unprivileged(arguments: &[&str]) -> Command {
    let root = std::fs::metadata("/proc/self").is_ok_and(|m| std::os::unix::fs::MetadataExt::uid(&m) == 0);
    let mut command = Command::new(if root { "setpriv" } else { REMIT });
    if root {
        command.args(["--reuid", "65534", "--regid", "65534", "--clear-groups", REMIT]);
    }
    command.args(arguments);
    command
}

#[test]
fn a_workspace_on_a_medium_that_cannot_be_written_is_asked_served_verified_and_exported() {
    let desk = Desk::new();
    desk.add(&[actor(&[])]);
    let (folder, workspace) = (desk.path("w"), desk.workspace());
    let all = |mode: u32| {
        for path in [folder.clone(), folder.join("files"), folder.join("remit.db"), folder.join("remit.toml")] {
            let executable = if path.is_dir() { 0o111 } else { 0 };
            std::fs::set_permissions(&path, PermissionsExt::from_mode(mode | executable)).expect("permissions");
        }
    };
    std::fs::set_permissions(desk.path(""), PermissionsExt::from_mode(0o755)).expect("permissions");
    all(0o444);
    let run = |arguments: &[&str]| {
        let output = unprivileged(arguments).output().expect("it runs");
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr))
    };
    let (ok, said) = run(&["sql", &workspace, "select name from actor", "--csv"]);
    assert!(ok && said.contains("Made-up Police"), "{said}");
    let (ok, said) = run(&["verify", &workspace]);
    assert!(ok && said.contains("1 statement,"), "{said}");
    let out = desk.path("out");
    std::fs::create_dir(&out).expect("a folder");
    std::fs::set_permissions(&out, PermissionsExt::from_mode(0o777)).expect("permissions");
    let (ok, said) = run(&["export", &workspace, &out.join("all.xlsx").display().to_string()]);
    assert!(ok && out.join("all.xlsx").is_file(), "{said}");
    let (ok, said) = run(&["import", &workspace, &desk.file("actor.csv", "record,name\nb,Made-up Army\n")]);
    assert!(!ok && said.contains("cannot be written"), "{said}");
    let server = Server::of(unprivileged(&["serve", &workspace, "--port", "0"]));
    assert!(server.get("/record/actor?record=a").2.contains("Made-up Police"));
    assert_eq!(server.post("/edit/actor", &[("name", "Made-up Army"), ("source", "Made up")]).0, 403);
    drop(server);
    all(0o644);
    assert!(Path::new(&workspace).is_dir());
}

#[test]
fn a_record_that_is_not_there_yet_is_not_made_without_its_name() {
    let desk = Desk::new();
    desk.add(&[
        json!({"kind": "actor", "record": "so/police", "fields": {"name": "Made-up Police"}, "source": "Made-up"}),
        json!({"kind": "actor", "record": "so/police", "fields": {"class": "police"}, "source": "Made-up list"}),
    ]);
    for (kind, fields) in [("actor", json!({"class": "police"})), ("person", json!({"note": "Made-up note"}))] {
        let line = json!({"kind": kind, "record": "so/polcie", "fields": fields, "source": "Made-up"});
        let output = desk.told(&["add", &desk.workspace()], &[line]);
        let why = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            !output.status.success()
                && why.contains(&format!("line 1: {kind} so/polcie: name: a new record of this kind needs it")),
            "{why}"
        );
    }
    // What comes with its name in the same entry may be told in several lines, and a proposal waits for somebody.
    let lines = [
        json!({"kind": "actor", "record": "so/army", "fields": {"name": "Made-up Army"}, "source": "Made-up"}),
        json!({"kind": "actor", "record": "so/army", "fields": {"class": "military"}, "source": "Made-up list"}),
        json!({"kind": "actor", "record": "so/guard", "fields": {"class": "military"}, "status": "proposed", "source": "Made-up"}),
    ];
    let output = desk.told(&["add", &desk.workspace(), "--together"], &lines);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(
        desk.sql("select record, name, class from actor order by record"),
        [
            json!({"record": "so/army", "name": "Made-up Army", "class": "military"}),
            json!({"record": "so/police", "name": "Made-up Police", "class": "police"}),
        ]
    );
}

#[test]
fn a_row_makes_no_record_without_its_name() {
    let desk = Desk::new();
    desk.add(&[json!({"kind": "actor", "record": "so/police", "fields": {"name": "Made-up Police"}, "source": "Made-up"})]);
    let required = |line: i64| json!({"rule": "required", "line": line});
    let told = |file: &str| {
        let sql = format!("select rule, line from problem where file = '{file}' and rule = 'required' order by line");
        desk.sql(&sql)
    };
    // What is on record has its name, and so has what another row calls by one; of an identifier that is mistyped nothing is known.
    let rows = "record,name,class\nso/police,,police\nso/polcie,,police\nso/navy,,military\nso/navy,Made-up Navy,\n";
    desk.import("actor.csv", rows);
    let mapping = "file = \"units.csv\"\n[[record]]\nkind = \"actor\"\nid = \"{ID}\"\n[record.fields]\nname = { column = \"Name\" }\n\
                   class = { column = \"Class\" }\n";
    desk.file("units.csv", "ID,Name,Class\nso/army,Made-up Army,military\nso/guard,,military\n");
    desk.ok(&["import", &desk.workspace(), &desk.file("units.toml", mapping)]);
    assert_eq!(desk.column("select record from actor order by record"), ["so/army", "so/navy", "so/police"]);
    assert_eq!(desk.column("select class from actor order by record"), ["military", "military", "police"]);
    assert_eq!((told("actor.csv"), told("units.csv")), (vec![required(3)], vec![required(3)]));
    // In one entry that is told line by line the name may come later too.
    let lines = [
        json!({"kind": "actor", "record": "so/coast", "fields": {"class": "military"}, "source": "Made-up"}),
        json!({"kind": "actor", "record": "so/coast", "fields": {"name": "Made-up Coast Guard"}, "source": "Made-up list"}),
        json!({"kind": "actor", "record": "so/caost", "fields": {"class": "military"}, "source": "Made-up"}),
    ];
    let all = desk.told(&["add", &desk.workspace(), "--together"], &lines);
    let why = String::from_utf8_lossy(&all.stderr).into_owned();
    assert!(!all.status.success() && why.contains("line 3: actor so/caost: name: a new record"), "{why}");
    let two = desk.told(&["add", &desk.workspace(), "--together"], &lines[..2]);
    assert!(two.status.success(), "{}", String::from_utf8_lossy(&two.stderr));
}

#[test]
fn what_is_said_twice_is_told_whichever_is_taken() {
    let desk = Desk::new();
    desk.import("actor.csv", "record,name,class,class\na,Made-up Police,police,military\n");
    desk.import("posts.geojson", r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Made-up A", "name": "Made-up B"},
        "geometry": {"type": "Point", "coordinates": [45.3, 2.0]}}]}"#);
    assert_eq!(desk.value("select class from actor"), "police");
    let told = desk.sql("select dataset, value, reason from problem order by dataset");
    let told: Vec<String> = told.iter().map(Value::to_string).collect();
    assert!(told.iter().any(|said| said.contains("actor.csv") && said.contains("military")), "{told:?}");
    assert!(told.iter().any(|said| said.contains("posts.geojson") && said.contains("a key twice")), "{told:?}");
}

#[test]
fn a_marking_is_read_by_its_name_in_every_language_wherever_it_is_said() {
    let desk = Desk::new();
    let line = |record: &str, marking: &str| json!({"kind": "actor", "record": record, "fields": {"name": record}, "marking": marking, "source": "Made-up"});
    desk.add(&[line("so/a", "Confidentiel"), line("so/b", "سري للغاية")]);
    let workspace = desk.workspace();
    let seen = |clearance: &str| {
        desk.json(&["sql", &workspace, "select record from actor", "--clearance", clearance, "--json"]).to_string()
    };
    for (clearance, a, b) in [("Interne", false, false), ("سري", true, false), ("Strictly confidential", true, true)] {
        let rows = seen(clearance);
        assert_eq!((rows.contains("so/a"), rows.contains("so/b")), (a, b), "{clearance}: {rows}");
    }
    let (_, why) = desk.fails(&["sql", &workspace, "select 1", "--clearance", "geheim"]);
    assert!(why.contains("--clearance: `geheim` is not a marking; use public"), "{why}");
    let sheet = desk.file("actor.csv", "record,name\nso/c,Made-up C\n");
    desk.ok(&["import", &workspace, &sheet, "--marking", "Interne"]);
    assert!(!seen("public").contains("so/c") && seen("internal").contains("so/c"));
    // Of two that are said of one thing the more careful counts, each in its language.
    let feature = r#"{"type": "FeatureCollection", "marking": "Confidentiel", "features": [{"type": "Feature", "geometry": null,
        "properties": {"name": "Made-up post", "marking": "Interne"}}]}"#;
    desk.import("posts.geojson", feature);
    let posts = |clearance: &str| {
        desk.json(&["sql", &workspace, "select name from place", "--clearance", clearance, "--json"])
            .to_string()
            .contains("Made-up post")
    };
    assert_eq!((posts("internal"), posts("confidential")), (false, true));
    let server = Server::start(Path::new(&workspace), &["--clearance", "confidentiel"]);
    assert!(server.get("/records/actor?clearance=interne").2.contains("Made-up C"));
}

#[test]
fn who_asks_records_for_a_field_of_statements_is_told_where_it_is() {
    let desk = Desk::new();
    let field = "[[field]]\nname = \"tlp\"\ntype = \"text\"\npart = \"source\"\nlabel = { en = \"Traffic light\" }\n";
    desk.file("w/model/statement.toml", field);
    desk.add(&[json!({"kind": "actor", "record": "a", "fields": {"name": "Made-up"}, "source": "Made-up", "tlp": "red"})]);
    for column in ["tlp", "a.tlp", "quote"] {
        let (_, why) = desk.fails(&["sql", &desk.workspace(), &format!("select {column} from actor a")]);
        assert!(
            why.contains(&format!("no such column: {column}; each statement has its own: ask the view actor_statement")),
            "{why}"
        );
    }
    assert_eq!(desk.value("select tlp from actor_statement"), "red");
}

#[test]
fn parts_that_do_not_add_up_are_told_where_a_statement_is_added() {
    let desk = Desk::new();
    let course =
        |women: u32| json!({"kind": "training", "fields": {"course": "Made-up course", "women": women, "men": 4, "quantity": 7}});
    for how in [vec![], vec!["--together"]] {
        let workspace = desk.workspace();
        let output = desk.told(&[vec!["add", &workspace], how].concat(), &[course(3), course(5)]);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{told}");
        let expected =
            "standard input, line 2: women 5 + men 4 = 9, and quantity 7: the parts do not add up to the whole; all were kept";
        assert!(told.contains(expected) && !told.contains("line 1"), "{told}");
    }
    assert_eq!(desk.value("select count(*) from training"), json!(4));
}
