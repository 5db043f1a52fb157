//! The register by hand and by sheet: what an office would do with its own tables. All units and people are made up.

use crate::desk::{Desk, REMIT};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

/// A wide sheet as a research group keeps it: a source and a confidence beside each field, dates in parts, a row for each
/// parent that a unit had.
const UNITS: &str = "\
id,name,name:source,name:confidence,other_names,other_names:source,class,class:source,country,year,month,day,start,last_year,last_month,last_day,open,site,parent,parent:source,parent:confidence,parent_year,parent_last_year,parent_open
u1,Made-up Army,s1,High,,,Army,s1,so,1960,,,Y,2020,1,5,Y,Made-up City,,,,,,
u2,1 Made-up Division,s1,Medium,First Division;Qeybta 1aad,s2,Division,s1,so,1990,7,,N,2015,3,,N,,Made-up Army,s2,High,1990,2015,N
u3,11 Made-up Battalion,s2,Low,,,Battalion,s2,so,2001,2,3,N,2012,,,N,Made-up Town,1 Made-up Division,s2,Low,2001,2008,E
u3,11 Made-up Battalion,s2,Low,,,Battalion,s2,so,2001,2,3,N,2012,,,N,,2 Made-up Division,s3,Low,2009,2012,N
u4,12 Made-up Battalion,s2,Certain,,,,,so,20x1,,,N,,,,N,,9 Made-up Brigade,s2,Low,,,N
";

const MAPPING: &str = r#"
[[record]]
kind = "place"
when = "site"
[record.fields]
name = { column = "site" }
country = { column = "country" }

[[record]]
kind = "actor"
as = "unit"
id = "{id}"
[record.fields]
name = { column = "name", source = "name:source", confidence = "name:confidence" }
names = { column = "other_names", split = ";", source = "other_names:source" }
classification = { column = "class", source = "class:source" }
class = { value = "military" }
country = { column = "country" }
first_cited = { columns = ["year", "month", "day"] }
first_is = { column = "start" }
last_cited = { columns = ["last_year", "last_month", "last_day"] }
last_is = { column = "open", aliases = { Y = "open", E = "end", N = "cited" } }

[[record]]
kind = "positioning"
when = "site"
[record.fields]
actor = { record = "unit" }
place = { record = "place" }
positioning = { value = "base" }

[[record]]
kind = "relation"
when = "parent"
[record.fields]
subject = { record = "unit" }
relation = { value = "part_of" }
object = { column = "parent", source = "parent:source", confidence = "parent:confidence" }
first_cited = { columns = ["parent_year"] }
last_cited = { columns = ["parent_last_year"] }
last_is = { column = "parent_open", aliases = { Y = "open", E = "end", N = "cited" } }
"#;

fn units(desk: &Desk, mapping: &str) -> String {
    desk.file("units.toml", mapping);
    desk.file("units.csv", UNITS)
}

fn import(desk: &Desk, file: &str, options: &[&str]) -> Value {
    let workspace = desk.workspace();
    let mut arguments = vec!["import", &workspace, file, "--json", "--author", "made up"];
    arguments.extend(options);
    desk.json(&arguments)["sheets"][0].clone()
}

fn counts(outcome: &Value) -> [u64; 3] {
    ["added", "changed", "unchanged"].map(|n| outcome[n].as_u64().unwrap())
}

fn texts(rows: &[Value]) -> Vec<String> {
    let text = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
    rows.iter().map(|r| r.as_object().unwrap().values().map(text).collect::<Vec<_>>().join("|")).collect()
}

#[test]
fn a_wide_sheet_becomes_units_parents_and_sites_each_with_its_source() {
    let desk = Desk::new();
    let file = units(&desk, MAPPING);
    let dry = import(&desk, &file, &["--dry-run"]);
    assert_eq!(desk.value("select count(*) from statement"), 0, "a dry run changes nothing");
    let unmatched: Vec<&str> = dry["unmatched"].as_array().unwrap().iter().map(|u| u["name"].as_str().unwrap()).collect();
    assert_eq!(unmatched, ["2 Made-up Division", "9 Made-up Brigade"]);
    let findings: Vec<String> =
        dry["findings"].as_array().unwrap().iter().map(|f| format!("{} {} {}", f["row"], f["column"], f["value"])).collect();
    assert!(findings.contains(&"6 \"D (name:confidence)\" \"Certain\"".to_owned()), "{findings:?}");
    assert!(findings.contains(&"6 \"J (year)\" \"20x1--\"".to_owned()), "{findings:?}");

    let done = import(&desk, &file, &[]);
    assert_eq!(counts(&done), counts(&dry), "what the dry run said is what was done");
    let at = |day: &str, sql: &str| {
        let workspace = desk.workspace();
        texts(desk.json(&["sql", &workspace, sql, "--json", "--valid-on", day])["rows"].as_array().unwrap())
    };
    let actors = "select record, name, classification, country, confirmed from actor order by record";
    assert_eq!(
        at("2005-06-30", actors),
        [
            "u1|Made-up Army|Army|SO|1",
            "u2|1 Made-up Division|Division|SO|1",
            "u3|11 Made-up Battalion|Battalion|SO|1",
            "u4|12 Made-up Battalion|null|SO|0"
        ]
    );
    let names = "select source, credibility, name from actor_statement where record = 'u2' and name is not null";
    assert_eq!(at("2005-06-30", names), ["s1|2|1 Made-up Division"]);
    let parents = "select subject_name, object_name, source, confirmed from relation where subject = 'u3'";
    assert_eq!(at("2005-06-30", parents), ["11 Made-up Battalion|1 Made-up Division|s2|1"]);
    assert!(at("2010-06-30", parents).is_empty(), "it had ended, and the next parent is unmatched");
    let bases = "select actor_name, place_name from positioning order by 1";
    assert_eq!(at("2005-06-30", bases), ["11 Made-up Battalion|Made-up Town", "Made-up Army|Made-up City"]);
    let problems = desk.problems();
    assert!(problems.iter().any(|(rule, line)| rule == "unmatched" && *line == 5), "{problems:?}");
}

#[test]
fn a_sheet_that_comes_again_changes_only_what_it_says_anew() {
    let desk = Desk::new();
    let file =
        units(&desk, &MAPPING.replace("object = { column = \"parent\",", "object = { column = \"parent\", missing = \"add\","));
    let first = import(&desk, &file, &[]);
    assert_eq!(first["unmatched"].as_array().unwrap().len(), 0);
    let again = import(&desk, &file, &[]);
    assert_eq!(counts(&again), [0, 0, first["added"].as_u64().unwrap()]);
    assert_eq!(again["entry"], "");

    desk.file(
        "units.csv",
        UNITS.replace("Made-up Town", "Made-up Village").replace("11 Made-up Battalion,s2,Low", "11 Made-up Regiment,s2,Low"),
    );
    let changed = import(&desk, &file, &["--replace"]);
    assert_eq!(changed["changed"], 1, "{changed}");
    assert_eq!(desk.value("select name from actor where record = 'u3'"), "11 Made-up Regiment");
    assert_eq!(desk.value("select place_name from positioning where actor = 'u3'"), "Made-up Village");
    assert!(changed["gone"].as_u64().unwrap() > 0);

    desk.ok(&["undo", &desk.workspace(), changed["entry"].as_str().unwrap()]);
    assert_eq!(desk.value("select name from actor where record = 'u3'"), "11 Made-up Battalion");
}

#[test]
fn exported_withdrawn_and_brought_in_again_it_is_the_same() {
    let desk = Desk::new();
    let file = units(&desk, MAPPING);
    let entry = import(&desk, &file, &[])["entry"].as_str().unwrap().to_owned();
    let content = "select kind, record, fields, valid_from, first_cited, last_cited, source, credibility from statement where current = 1 order by kind, record, fields, first_cited";
    let before = desk.sql(content);
    let n = before.len() as u64;
    for name in ["register.xlsx", "actor.csv"] {
        let file = desk.path(name).display().to_string();
        let kind: &[&str] = if name.ends_with("csv") { &["--kind", "actor"] } else { &[] };
        let workspace = desk.workspace();
        desk.ok(&[&["export", workspace.as_str(), &file][..], kind].concat());
        let again: u64 = desk.json(&["import", &workspace, &file, "--json"])["sheets"]
            .as_array()
            .unwrap()
            .iter()
            .map(|s| {
                assert_eq!(counts(s)[..2], [0, 0], "{name}: {s}");
                counts(s)[2]
            })
            .sum();
        assert!(again > 0 && again <= n);
    }
    desk.ok(&["undo", &desk.workspace(), &entry]);
    assert_eq!(desk.value("select count(*) from statement where current = 1"), 0);
    let back = import(&desk, &desk.path("register.xlsx").display().to_string(), &[]);
    assert_eq!(counts(&back), [n, 0, 0], "{back}");
    assert_eq!(desk.sql(content), before);
    desk.ok(&["verify", &desk.workspace()]);
}

#[test]
fn an_exported_workbook_says_codes_in_words_and_offers_what_can_be_chosen() {
    let desk = Desk::new();
    desk.add(&[
        json!({"kind": "actor", "record": "x1", "fields": {"name": "Made-up Fund", "class": "donor"}}),
        json!({"kind": "project", "record": "p1", "fields": {"title": "Made-up academy", "supporter": "x1", "status": "2"}}),
    ]);
    let file = desk.path("register.xlsx").display().to_string();
    desk.ok(&["export", &desk.workspace(), &file, "--kind", "project"]);
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&file).unwrap()).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut text).unwrap();
        text
    };
    let (strings, sheet) = (part("xl/sharedStrings.xml"), part("xl/worksheets/sheet1.xml"));
    for said in ["status_name", "Implementation", "supporter_name", "Made-up Fund"] {
        assert!(strings.contains(&format!(">{said}<")), "{said}: {strings}");
    }
    assert!(sheet.contains("<dataValidation ") && sheet.contains("_lists!$"), "{sheet}");
    // The words are there to be read: what comes back is as before, and nothing is told of them.
    let back = desk.json(&["import", &desk.workspace(), &file, "--json"])["sheets"][0].clone();
    assert_eq!((counts(&back), back["findings"].as_array().map(Vec::len)), ([0, 0, 1], Some(0)), "{back}");
}

#[test]
fn all_that_a_row_says_of_itself_is_in_its_export() {
    let desk = Desk::new();
    let header = "record,name,class,valid_from,valid_to,first_cited,last_cited,source,url,locator,quote,reliability,credibility,source_date,marking,status_of_statement,verified_at,withheld";
    let row = "so/x,Made-up Police,police,2019,2021,2019-03,2020-04,Made-up yearbook,https://example.org/y,p. 3,as it stands,B,2,2020-05-06,confidential,accepted,2021-02-03,note=strictly_confidential";
    let file = desk.path("actor.csv").display().to_string();
    std::fs::write(&file, format!("{header},note\n{row},seen\n")).unwrap();
    desk.ok(&["import", &desk.workspace(), &file]);
    let out = desk.path("out.csv").display().to_string();
    desk.ok(&["export", &desk.workspace(), &out, "--kind", "actor", "--clearance", "strictly_confidential"]);
    let text = std::fs::read_to_string(&out).unwrap();
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(|l| l.split(',').map(str::to_owned).collect::<Vec<_>>());
    let (headings, cells) = (lines.next().unwrap(), lines.next().unwrap());
    for (heading, cell) in header.split(',').zip(row.split(',')) {
        let at = headings.iter().position(|h| h == heading).unwrap_or_else(|| panic!("no column {heading}: {headings:?}"));
        assert_eq!(cells[at], cell, "{heading}");
    }
}

#[test]
fn a_row_changed_in_an_export_corrects_its_statement() {
    let desk = Desk::new();
    let file = units(&desk, MAPPING);
    import(&desk, &file, &[]);
    let csv = desk.path("actor.csv").display().to_string();
    desk.ok(&["export", &desk.workspace(), &csv, "--kind", "actor", "--overwrite"]);
    let text = std::fs::read_to_string(&csv).unwrap();
    std::fs::write(&csv, text.replace("1 Made-up Division", "=1 Made-up Division")).unwrap();
    assert_eq!(counts(&import(&desk, &csv, &[]))[..2], [0, 1]);
    assert_eq!(desk.value("select name from actor where record = 'u2'"), "=1 Made-up Division");
    desk.ok(&["export", &desk.workspace(), &csv, "--kind", "actor", "--overwrite"]);
    assert!(std::fs::read_to_string(&csv).unwrap().contains(",'=1 Made-up Division,"), "never a live formula");
    assert_eq!(counts(&import(&desk, &csv, &[]))[..2], [0, 0]);
}

#[test]
fn a_template_is_filled_and_comes_back() {
    let desk = Desk::new();
    for language in ["en", "fr", "ar"] {
        let file = desk.path(&format!("assignment-{language}.xlsx")).display().to_string();
        desk.ok(&["template", &desk.workspace(), "assignment", "-o", &file, "--language", language]);
        let empty = import(&desk, &file, &[]);
        assert_eq!((counts(&empty), empty["findings"].as_array().unwrap().len()), ([0, 0, 0], 0), "the example is no entry");
    }
    // Who writes into its row is told, and what to do.
    let own = desk.file("project.csv", "record,title,country\n(example),Made-up own project,SO\n");
    let told = import(&desk, &own, &[]);
    assert!(
        counts(&told) == [0, 0, 0] && told["findings"].to_string().contains("marked as the example; empty this cell"),
        "{told}"
    );
    let filled = "Assignments of our office,,,,,\nrecord,actor,function,role,legal_basis,source,valid_from\n(example),X,defence,lead,,,\n\
        ,Made-up Army,Défense,Responsable,Made-up Law 1,Made-up Gazette,2012\n,Made-up Navy,defence,lead,,,\n";
    desk.import("actors.csv", "record,name,class\n,Made-up Army,military\n");
    let outcome = import(&desk, &desk.file("filled.csv", filled), &[]);
    assert_eq!(counts(&outcome), [1, 0, 0]);
    assert_eq!(outcome["unmatched"][0]["name"], "Made-up Navy");
    assert_eq!(
        texts(&desk.sql("select actor, actor_name, function, role, valid_from, source from assignment_statement")),
        ["made-up-army|Made-up Army|defence|lead|2012|Made-up Gazette"]
    );
}

#[test]
fn two_copies_edited_apart_come_together_with_their_conflict() {
    let desk = Desk::new();
    desk.import("actors.csv", "record,name,class,note\na,Made-up Army,military,\nb,Made-up Police,police,\n");
    let copy = desk.path("copy").display().to_string();
    let status = Command::new("cp").args(["-r", &desk.workspace(), &copy]).status().unwrap();
    assert!(status.success());
    let edit = |workspace: &str, from: &str, to: &str| {
        let csv = desk.path("edit.csv").display().to_string();
        desk.ok(&["export", workspace, &csv, "--kind", "actor", "--overwrite"]);
        let text = std::fs::read_to_string(&csv).unwrap();
        std::fs::write(&csv, text.replace(from, to)).unwrap();
        desk.ok(&["import", workspace, &csv]);
    };
    edit(&desk.workspace(), "Made-up Army", "Made-up Armed Forces");
    edit(&copy, "Made-up Army", "Made-up Defence Force");
    edit(&copy, "Made-up Police", "Made-up Police Service");
    desk.ok(&["merge", &desk.workspace(), "--from", &copy]);
    assert_eq!(texts(&desk.sql("select record from conflict")), ["a", "a"]);
    assert_eq!(desk.value("select name from actor where record = 'b'"), "Made-up Police Service");
    desk.ok(&["verify", &desk.workspace()]);
}

#[test]
fn a_conflict_shows_only_the_fields_in_which_the_two_differ() {
    let desk = Desk::new();
    let said = |name: &str, note: &str| json!({"kind": "actor", "record": "u", "fields": {"name": name, "note": note, "class": "police"}, "source": "Made up"});
    desk.add(&[said("Made-up Unit", "Made-up note")]);
    let first = desk.value("select statement from statement where kind = 'actor'");
    let mut corrections =
        [said("Made-up Unit of One", "Made-up note of one"), said("Made-up Unit of Two", "Made-up note of two")];
    corrections.iter_mut().for_each(|c| c["supersedes"] = first.clone());
    desk.add(&corrections);
    let mut differing: Vec<Value> = desk.ask("conflicts", &[]).iter().map(|r| r["fields"].clone()).collect();
    differing.sort_by_key(Value::to_string);
    let of = |name: &str, note: &str| json!({"name": name, "note": note}).to_string();
    let fields = [("Made-up Unit of One", "Made-up note of one"), ("Made-up Unit of Two", "Made-up note of two")];
    assert_eq!(differing, fields.map(|(name, note)| json!(of(name, note))));
}

#[test]
fn a_conflict_of_two_who_differ_in_a_date_shows_the_date() {
    let desk = Desk::new();
    let said = |until: &str| json!({"kind": "actor", "record": "u", "fields": {"name": "Made-up Unit", "class": "police"}, "valid_from": "2010", "valid_to": until, "source": "Made up"});
    desk.add(&[said("2017")]);
    let first = desk.value("select statement from statement where kind = 'actor'");
    let mut corrections = [said("2019"), said("2020")];
    corrections.iter_mut().for_each(|c| c["supersedes"] = first.clone());
    desk.add(&corrections);
    let rows = desk.ask("conflicts", &[]);
    let mut differing: Vec<(Value, Value)> = rows.iter().map(|r| (r["field"].clone(), r["field_value"].clone())).collect();
    differing.sort_by_key(|(_, value)| value.to_string());
    assert_eq!(differing, ["2019", "2020"].map(|until| (json!("valid_to"), json!(until))), "{rows:?}");
}

#[test]
fn what_was_acknowledged_outlives_a_kill() {
    let desk = Desk::new();
    for kill_after in [1, 200, 1500] {
        let mut child = Command::new(REMIT)
            .args(["add", &desk.workspace(), "--author", "made up"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        let writer = std::thread::spawn(move || {
            for n in 0..10_000 {
                let line = format!("{{\"kind\": \"actor\", \"fields\": {{\"name\": \"Made-up unit {n}\"}}}}\n");
                if input.write_all(line.as_bytes()).is_err() {
                    return; // It was killed, as it should be.
                }
            }
        });
        let mut acknowledged = Vec::new();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        while acknowledged.len() < kill_after {
            acknowledged.push(lines.next().unwrap().unwrap());
        }
        child.kill().unwrap();
        child.wait().unwrap();
        acknowledged.extend(lines.map_while(Result::ok).filter(|l| l.len() == 36));
        writer.join().unwrap();
        let found: std::collections::HashSet<String> = texts(&desk.sql("select statement from statement")).into_iter().collect();
        assert!(acknowledged.iter().all(|id| found.contains(id)), "killed after {kill_after}");
        assert!(desk.ok(&["verify", &desk.workspace()]).contains("all hold"));
    }
}

#[test]
fn a_changed_statement_breaks_the_chain_by_name() {
    let desk = Desk::new();
    desk.import("actors.csv", "record,name\na,Made-up Army\nb,Made-up Police\n");
    let head = desk.ok(&["verify", &desk.workspace()]);
    let head = head.trim().rsplit(' ').next().unwrap().to_owned();
    desk.ok(&["verify", &desk.workspace(), "--head", &head]);
    let db = rusqlite::Connection::open(desk.path("w/remit.db")).unwrap();
    db.execute("update statement set source = 'another' where record = 'a'", []).unwrap();
    let (code, message) = desk.fails(&["verify", &desk.workspace()]);
    assert_eq!(code, 1);
    assert!(message.contains("does not hold: statement 1 (") && message.contains("record a)"), "{message}");
}

#[test]
fn a_full_disk_is_told_and_nothing_is_left_of_what_was_not_finished() {
    let desk = Desk::new();
    desk.add(&[json!({ "kind": "actor", "record": "a", "fields": { "name": "Made-up Unit" }, "source": "Made up" })]);
    let names = |folder: &str| {
        let entries = std::fs::read_dir(desk.path(folder)).unwrap();
        let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.retain(|name| !name.starts_with("remit.db-"));
        names.sort();
        names
    };
    let before = (names("."), names("w"));
    let [backup, bundle] = ["backup", "b.remit"].map(|name| desk.path(name).display().to_string());
    for limit in [100, 400, 800] {
        for tail in
            [format!("backup {} {backup}", desk.workspace()), format!("bundle {} {bundle} --for Made-up", desk.workspace())]
        {
            // The limit on the size of files stands for a disk that is full: the write fails in the same way.
            let script = format!("trap '' XFSZ; ulimit -f {limit}; exec {REMIT} {tail}");
            let output = Command::new("sh").args(["-c", &script]).output().unwrap();
            let why = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.code() == Some(1) && why.contains("the disk is full"), "{limit} {tail}: {why}");
            assert_eq!((names("."), names("w")), before, "{limit} {tail}");
        }
    }
    assert!(desk.ok(&["verify", &desk.workspace()]).contains("all hold"));
}

#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let desk = Desk::new();
    // The limit on the size of files stands for a disk that is full: the write fails in the same way.
    let script = format!("trap '' XFSZ; ulimit -f 1500; exec {REMIT} add {} --author 'made up'", desk.workspace());
    let mut child = Command::new("sh")
        .args(["-c", &script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        let long = "made up ".repeat(200);
        for n in 0..5_000 {
            let line = format!("{{\"kind\": \"actor\", \"fields\": {{\"name\": \"Made-up unit {n}\", \"note\": \"{long}\"}}}}\n");
            if input.write_all(line.as_bytes()).is_err() {
                return;
            }
        }
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert_eq!(output.status.code(), Some(1), "it says that it could not go on");
    let acknowledged: Vec<&str> = std::str::from_utf8(&output.stdout).unwrap().lines().collect();
    assert!(!acknowledged.is_empty() && acknowledged.len() < 5_000);
    let found: std::collections::HashSet<String> = texts(&desk.sql("select statement from statement")).into_iter().collect();
    assert!(acknowledged.iter().all(|id| found.contains(*id)));
    assert!(desk.ok(&["verify", &desk.workspace()]).contains("all hold"));
    desk.import("actors.csv", "record,name\na,Made-up Army\n");
}

#[test]
fn members_of_parliament_and_complaints_come_in_by_a_mapping_alone() {
    let desk = Desk::new();
    desk.file(
        "members.toml",
        "[[record]]\nkind = \"person\"\nid = \"mp/{No}\"\n[record.fields]\nname = { column = \"Member\" }\nsex = { column = \"Sex\", aliases = { F = \"female\", M = \"male\" } }\n\
         [[record]]\nkind = \"actor\"\nas = \"committee\"\n[record.fields]\nname = { column = \"Committee\" }\nclass = { value = \"parliament\" }\n\
         [[record]]\nkind = \"posting\"\n[record.fields]\nperson = { record = \"person\" }\nactor = { record = \"committee\" }\nrole = { column = \"Role\" }\nvalid_from = { column = \"From\", formats = [\"%d.%m.%Y\"] }\n",
    );
    desk.import("members.csv", "No;Member;Sex;Committee;Role;From\n1;Made-up Member One;F;Made-up Defence Committee;Chair;01.03.2019\n2;Made-up Member Two;M;Made-up Defence Committee;Member;02.03.2019\n");
    let workspace = desk.workspace();
    let seen = |sql: &str| {
        texts(desk.json(&["sql", &workspace, sql, "--json", "--clearance", "strictly_confidential"])["rows"].as_array().unwrap())
    };
    assert_eq!(
        seen("select person_name, actor_name, role, valid_from from posting order by 1"),
        [
            "Made-up Member One|Made-up Defence Committee|chair|2019-03-01",
            "Made-up Member Two|Made-up Defence Committee|member|2019-03-02"
        ]
    );
    assert_eq!(desk.value("select count(*) from person"), 0, "named persons are strictly confidential by themselves");
    desk.import("police.csv", "record,name,class\n,Made-up Police,police\n");
    desk.file(
        "complaints.toml",
        "source = \"Made-up annual report\"\n[skip]\nyear = [\"Total\"]\n[[record]]\nkind = \"complaint_count\"\n[record.fields]\nservice = { column = \"service\" }\nstarts = { column = \"year\" }\nreceived = { column = \"received\", strip = \",\" }\nupheld = { column = \"upheld\" }\n",
    );
    desk.import("complaints.csv", "year,service,received,upheld\n2019,Made-up Police,\"1,204\",17\n2020,Made-up Police,n/a,21\nTotal,Made-up Police,1204,38\n");
    assert_eq!(
        texts(&desk.sql("select service_name, starts, received, upheld, source from complaint_count order by starts")),
        ["Made-up Police|2019|1204|17|Made-up annual report", "Made-up Police|2020|null|21|Made-up annual report"]
    );
    assert!(desk.problems().contains(&("unused".to_owned(), 3)));
}

#[test]
fn a_workbook_is_read_by_its_values_and_never_runs() {
    use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
    let desk = Desk::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Our units").unwrap();
    for (at, heading) in ["Unit", "Founded", "Note", "Strength"].iter().enumerate() {
        sheet.write_string(2, at as u16, *heading).unwrap();
    }
    sheet.write_string(0, 0, "Units of our office, as at today").unwrap();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    sheet.write_formula(3, 0, Formula::new("=\"Made-up \"&\"Brigade\"").set_result("Made-up Brigade")).unwrap();
    sheet.write_datetime_with_format(3, 1, ExcelDateTime::from_ymd(2019, 7, 3).unwrap(), &day).unwrap();
    sheet.write_string(3, 2, "=HYPERLINK(\"http://made.up\")").unwrap();
    sheet.write_string(4, 0, "Made-up Company").unwrap();
    sheet.write_number(4, 1, 2019).unwrap();
    sheet.write_formula(4, 2, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    book.add_worksheet().set_name("Other").unwrap().write_string(0, 0, "nothing for us").unwrap();
    let file = desk.path("ours.xlsx");
    book.save(&file).unwrap();
    desk.file(
        "ours.toml",
        "sheet = \"Our units\"\nheader = 3\n[[record]]\nkind = \"actor\"\n[record.fields]\nname = { column = \"Unit\" }\nstarts = { column = \"Founded\" }\nnote = { column = \"Note\" }\n",
    );
    let file = file.display().to_string();
    assert_eq!(counts(&import(&desk, &file, &[])), [2, 0, 0]);
    let rows = texts(&desk.sql("select name, starts, note from actor order by name"));
    assert_eq!(rows[0], "Made-up Brigade|2019-07-03|=HYPERLINK(\"http://made.up\")");
    assert!(rows[1].starts_with("Made-up Company|2019|"), "{rows:?}");

    let out = desk.path("out.xlsx").display().to_string();
    desk.ok(&["export", &desk.workspace(), &out]);
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&out).unwrap()).unwrap();
    for n in 0..archive.len() {
        let mut part = String::new();
        let _ = std::io::Read::read_to_string(&mut archive.by_index(n).unwrap(), &mut part);
        assert!(!part.contains("<f>"), "a formula in what was written");
    }
}

/// Of a number a spreadsheet keeps no last nought: whoever typed October has 2020.1 in the cell, which as text is January.
#[test]
fn a_number_with_a_fraction_is_no_month() {
    let desk = Desk::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (at, heading) in ["record", "name", "valid_from", "starts", "source"].iter().enumerate() {
        sheet.write_string(0, at as u16, *heading).unwrap();
    }
    for (row, record) in [(1, "so/number"), (2, "so/text")] {
        sheet.write_string(row, 0, record).unwrap();
        sheet.write_string(row, 1, format!("Made-up {record}")).unwrap();
        sheet.write_string(row, 4, "Made-up list").unwrap();
    }
    sheet.write_number(1, 2, 2020.10).unwrap();
    sheet.write_number(1, 3, 2019.12).unwrap();
    sheet.write_string(2, 2, "2020.10").unwrap();
    sheet.write_number(2, 3, 2019).unwrap();
    let file = desk.path("actor.xlsx");
    book.save(&file).unwrap();
    let outcome = import(&desk, &file.display().to_string(), &[]);
    assert_eq!(counts(&outcome), [2, 0, 0], "{outcome}");
    let findings = outcome["findings"].as_array().unwrap();
    let told: Vec<&str> = findings.iter().filter_map(|f| f["reason"].as_str()).filter(|r| r.contains("fraction")).collect();
    assert_eq!(told.len(), 2, "{outcome}");
    assert!(told.iter().all(|reason| reason.ends_with("the cell was left out")), "{told:?}");
    assert_eq!(
        texts(&desk.sql("select record, valid_from, starts from actor_statement order by record")),
        ["so/number|null|null", "so/text|2020-10|2019"]
    );
}

#[test]
fn the_row_of_headings_that_a_mapping_says_is_kept() {
    let desk = Desk::new();
    let mapping = |row: u64| {
        format!(
            "header = {row}\n[[record]]\nkind = \"actor\"\n[record.fields]\nname = {{ column = \"Unit\" }}\nstarts = {{ column = \"Founded\" }}\nnote = {{ column = \"Note\" }}\n"
        )
    };
    // Another table above it has more of the columns.
    desk.file("ours.toml", mapping(3));
    let rows = "Unit,Founded,Note\nMade-up Old Unit,1990,closed\nUnit,Founded,Remark\nMade-up Brigade,2001,open\n";
    let file = desk.file("ours.csv", rows);
    let (_, message) = desk.fails(&["import", &desk.workspace(), &file]);
    let said = "the table has no column `Note` in the headings of row 3; it has Unit, Founded, Remark";
    assert!(message.contains(said), "{message}");
    assert_eq!(desk.value("select count(*) from statement"), 0);
    // A title more than the file before had: the row has none of the columns.
    desk.file("next.toml", mapping(2));
    let file = desk.file("next.csv", "Made-up list\nAs made up today\nUnit,Founded,Note\nMade-up Brigade,2001,open\n");
    assert_eq!(counts(&import(&desk, &file, &[])), [1, 0, 0]);
    assert_eq!(desk.value("select name from actor"), "Made-up Brigade");
    let problems = desk.ok(&["problems", &desk.workspace(), "--json"]);
    assert!(problems.contains("row 2, where the mapping says that they are (`header`), does not have its columns"), "{problems}");
}

#[test]
fn a_broken_workbook_fails_alone_and_says_why() {
    let desk = Desk::new();
    let good = desk.path("actor.xlsx").display().to_string();
    desk.ok(&["template", &desk.workspace(), "actor", "-o", &good]);
    let bytes = std::fs::read(&good).unwrap();
    for (name, content) in [("cut.xlsx", &bytes[..bytes.len() / 2]), ("empty.xlsx", &b""[..]), ("text.xlsx", b"not a workbook")] {
        let file = desk.file(name, content);
        let (code, message) = desk.fails(&["import", &desk.workspace(), &file]);
        assert!(code == 1 && message.contains(name), "{message}");
    }
    let (code, message) = desk.fails(&["import", &desk.workspace(), &desk.file("what.csv", "a,b\n1,2\n")]);
    assert!(code == 1 && message.contains("what.toml"), "{message}");
    desk.file("what.toml", "[[record]]\nkind = \"actor\"\n[record.fields]\nname = { column = \"c\" }\n");
    let (_, message) = desk.fails(&["import", &desk.workspace(), &desk.path("what.csv").display().to_string()]);
    assert!(message.contains("no column `c` in the headings of row 1; it has a, b"), "{message}");
    desk.file("what.toml", "[[record]]\nkind = \"actor\"\n[record.fields]\nnome = { column = \"a\" }\n");
    let (_, message) = desk.fails(&["import", &desk.workspace(), &desk.path("what.csv").display().to_string()]);
    assert!(message.contains("field `nome`") && message.contains("it has name"), "{message}");
}

#[test]
fn activities_are_written_into_a_sheet_and_count_as_support() {
    let desk = Desk::new();
    for language in ["en", "fr", "ar"] {
        let file = desk.path(&format!("activity-{language}.xlsx")).display().to_string();
        desk.ok(&["template", &desk.workspace(), "activity", "-o", &file, "--language", language]);
        desk.ok(&["import", &desk.workspace(), &file]);
    }
    let head = "identifier,title,descriptions,reporter,reporter_name,reporter_type,status,aid_type,currency,starts,ends,countries,sectors,\
        transaction_type,transaction_date,transaction_value,transaction_currency,transaction_description,source,url,locator";
    let rows = "Activities of our office\nHEAD\nMU-1,Made-up advice to the police,,MU,Made-up Embassy,Government,Implementation,,US Dollar,2020-01-01,2022-12-31,Somalia,15132,\
        Disbursement,2020-05-01,\"1,500\",US Dollar,,,,\nMU-1,Made-up advice to the police,,MU,Made-up Embassy,Government,Implementation,,US Dollar,2020-01-01,2022-12-31,Somalia,15132,Outgoing Commitment,2020-02-01,4000,USD,,,,\n";
    desk.import("ours.csv", rows.replace("HEAD", head));
    let support = desk.ask("support", &["--country", "SO", "--valid-on", "2021-06-30"]);
    assert_eq!(support.len(), 1, "{support:?}");
    assert_eq!(
        (&support[0]["supporter_name"], &support[0]["committed_usd"]),
        (&Value::from("Made-up Embassy"), &Value::from(4000.0))
    );
}

#[test]
fn a_table_that_fits_several_kinds_is_not_guessed() {
    let desk = Desk::new();
    let table = "record,name,country\nx,Made-up Name,SO\n";
    let (code, message) = desk.fails(&["import", &desk.workspace(), &desk.file("list.csv", table)]);
    assert!(code == 1 && message.contains("list.csv fit several kinds (actor,") && message.contains("place"), "{message}");
    desk.import("places of ours.csv", table);
    desk.import("actor-so.csv", table);
    assert_eq!(texts(&desk.sql("select kind from statement order by kind")), ["actor", "place"]);
}

#[test]
fn what_changed_in_a_country_holds_what_names_its_records() {
    let desk = Desk::new();
    desk.import("actors.csv", "record,name,country\nx1,Made-up Army,SO\nx2,Made-up Ministry,SO\ny1,Made-up Guard,UA\n");
    desk.import("relations.csv", "record,subject,relation,object,valid_from,source,reliability\nr1,x2,manages,x1,2010,made up,E\nr2,y1,supports,y1,2010,made up,A\n");
    let records = |question: &str, more: &[&str]| -> Vec<String> {
        let rows = desk.ask(question, &[&["--country", "SO"][..], more].concat());
        let mut found: Vec<String> = rows.iter().map(|r| r["record"].as_str().unwrap().to_owned()).collect();
        found.sort();
        found
    };
    assert_eq!(records("changes", &[]), ["r1", "x1", "x2"]);
    assert_eq!(records("unsourced", &[]), ["r1", "x1", "x2"]);
    assert_eq!(records("differences", &["--day", "2009-12-31"]), ["r1"]);
    assert_eq!(records("stale", &["--valid-on", "2099-01-01"]), ["r1", "x1", "x2"]);
    assert!(records("stale", &[]).is_empty());
    assert!(records("changes", &["--until", "2020-01-01"]).is_empty());
}
