//! A register that can be relied on: files of one mapping speak each for itself, and what differs is told. All units are made up.

use crate::desk::{Desk, Server};
use serde_json::{Value, json};

const MAPPING: &str = r#"
source = "Made-up list of units"
[[record]]
kind = "actor"
id = "{id}"
[record.fields]
name = { column = "name" }
"#;

fn import(desk: &Desk, file: &str, options: &[&str]) -> Value {
    let (workspace, mapping) = (desk.workspace(), desk.path("units.toml").display().to_string());
    let mut arguments = vec!["import", &workspace, file, "--json"];
    if desk.path("units.toml").is_file() {
        arguments.extend(["--mapping", &mapping]);
    }
    arguments.extend(options);
    desk.json(&arguments)["sheets"][0].clone()
}

fn names(desk: &Desk) -> Vec<String> {
    let rows = desk.sql("select name from actor order by name");
    rows.iter().map(|row| row["name"].as_str().expect("a name").to_owned()).collect()
}

fn gone(outcome: &Value) -> Vec<String> {
    let examples = outcome["examples"].as_array().expect("examples").iter();
    let gone = examples.filter(|e| e["what"] == "gone").map(|e| e["record"].as_str().expect("a record").to_owned());
    let mut gone: Vec<String> = gone.collect();
    gone.sort();
    gone
}

/// Whichever was brought in first: what a file says no longer is taken back, and what another file says stays.
#[test]
fn a_file_takes_back_its_own_words_only() {
    for order in [["north", "south"], ["south", "north"]] {
        let desk = Desk::new();
        desk.file("units.toml", MAPPING);
        let rows = |ids: &[&str]| ids.iter().fold("id,name\n".to_owned(), |all, id| format!("{all}{id},Made-up {id}\n"));
        let north = desk.file("north.csv", rows(&["army", "both"]));
        let south = desk.file("south.csv", rows(&["police", "guard", "both"]));
        for name in order {
            import(&desk, if name == "north" { &north } else { &south }, &[]);
        }
        assert_eq!(names(&desk), ["Made-up army", "Made-up both", "Made-up guard", "Made-up police"]);
        desk.file("south.csv", rows(&["police"]));
        let would = import(&desk, &south, &["--replace", "--dry-run"]);
        assert_eq!(gone(&would), ["both", "guard"]);
        let entry = import(&desk, &south, &["--replace"])["entry"].as_str().expect("an entry").to_owned();
        assert_eq!(names(&desk), ["Made-up army", "Made-up both", "Made-up police"], "{order:?}");
        // The last of the files that said it takes it back.
        desk.file("north.csv", rows(&["army"]));
        import(&desk, &north, &["--replace"]);
        assert_eq!(names(&desk), ["Made-up army", "Made-up police"], "{order:?}");
        desk.ok(&["undo", &desk.workspace(), &entry]);
        assert_eq!(names(&desk), ["Made-up army", "Made-up both", "Made-up guard", "Made-up police"], "{order:?}");
        assert_eq!(gone(&import(&desk, &south, &["--dry-run"])), ["both", "guard"]);
        assert_eq!(import(&desk, &south, &["--dry-run"])["unchanged"], 1);
    }
}

/// So it is with a sheet of Remit’s own form where that is asked for; an export of what it said says all of it again.
#[test]
fn a_sheet_of_our_own_form_takes_back_what_it_no_longer_says_where_that_is_asked_for() {
    let desk = Desk::new();
    desk.add(&[json!({"kind": "actor", "record": "own", "fields": {"name": "Made-up Own"}})]);
    let file = desk.file("actor.csv", "record,name,source\na,Made-up One,Made up\nb,Made-up Two,Made up\n");
    import(&desk, &file, &[]);
    desk.file("actor.csv", "record,name,source\na,Made-up One,Made up\n");
    assert_eq!(gone(&import(&desk, &file, &[])), [""; 0]);
    assert_eq!(names(&desk).len(), 3);
    assert_eq!(gone(&import(&desk, &file, &["--replace"])), ["b"]);
    assert_eq!(names(&desk), ["Made-up One", "Made-up Own"]);
    desk.ok(&["export", &desk.workspace(), &file, "--kind", "actor", "--overwrite"]);
    assert_eq!(gone(&import(&desk, &file, &["--replace"])), [""; 0]);
    assert_eq!(names(&desk), ["Made-up One", "Made-up Own"]);
}

/// All offices call such a sheet by the kind: what one of the same name in another folder said may be what it still says.
#[test]
fn a_sheet_of_our_own_form_takes_back_nothing_that_a_file_of_its_name_elsewhere_may_have_said() {
    let desk = Desk::new();
    let rows =
        |ids: &[&str]| ids.iter().fold("record,name,source\n".to_owned(), |all, id| format!("{all}{id},Made-up {id},Made up\n"));
    let north = desk.file("north/actor.csv", rows(&["k1", "k2"]));
    import(&desk, &north, &[]);
    import(&desk, &desk.file("south/actor.csv", rows(&["k4", "k2"])), &[]);
    desk.file("north/actor.csv", rows(&["k1"]));
    for options in [&["--replace", "--dry-run"][..], &["--replace"]] {
        let outcome = import(&desk, &north, options);
        assert_eq!(gone(&outcome), [""; 0], "{outcome}");
        let named = outcome["findings"].as_array().expect("findings").iter().filter(|f| f["rule"] == "stands");
        let mut named: Vec<&str> = named.filter_map(|f| f["value"].as_str()).collect();
        named.sort_unstable();
        assert_eq!(named, ["actor k2", "actor k4"], "{outcome}");
        assert_eq!(names(&desk), ["Made-up k1", "Made-up k2", "Made-up k4"]);
    }
    let output = desk.run(&["import", &desk.workspace(), &north, "--replace"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("not taken back") && said.contains("actor k2, actor k4"), "{said}");
}

/// What a sheet has no column for it does not speak of: that stays, and what was kept from somebody stays kept.
#[test]
fn what_a_sheet_has_no_column_for_stays() {
    let desk = Desk::new();
    let file = desk.file(
        "actor.csv",
        "record,name,class,country,marking\na,Made-up One,police,SO,public\nb,Made-up Two,military,SO,confidential\n",
    );
    import(&desk, &file, &[]);
    desk.file("actor.csv", "record,name,marking\na,Made-up First,public\nb,Made-up Second,public\n");
    let outcome = import(&desk, &file, &[]);
    assert_eq!((&outcome["added"], &outcome["changed"]), (&0.into(), &2.into()), "{outcome}");
    assert_eq!(
        desk.sql("select name, class, country from actor order by name"),
        [
            json!({"name": "Made-up First", "class": "police", "country": "SO"}),
            json!({"name": "Made-up Second", "class": null, "country": null}),
        ],
        "what only some may see stays theirs"
    );
    let sql = "select name, class from actor order by name";
    let all = desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", "confidential"]);
    assert_eq!(all["rows"][1], json!({"name": "Made-up Second", "class": "military"}), "{all}");
    let again = import(&desk, &file, &[]);
    assert_eq!((&again["added"], &again["changed"]), (&0.into(), &0.into()), "{again}");
}

/// A file of the same name from another folder, and of another source, stands beside the first; what it dates takes nothing from the days before.
#[test]
fn a_sheet_from_elsewhere_of_another_source_takes_nothing_away() {
    let desk = Desk::new();
    desk.add(&[
        json!({"kind": "person", "record": "x", "marking": "public", "fields": {"name": "Made-up Commander"}}),
        json!({"kind": "posting", "record": "px", "marking": "public", "valid_from": "2012", "source": "Made-up list",
            "fields": {"person": "x", "actor": "so/ab", "role": "commands"}}),
    ]);
    let list = "record,name,class,country,source\nso/ab,Made-up Anti-Banditry Unit,police,SO,Made-up list\n";
    let (list, decree) = (
        desk.file("list/actor.csv", list),
        desk.file("decree/actor.csv", "record,name,valid_from,source\nso/ab,Made-up Mobile Force,2020-01-01,Made-up decree\n"),
    );
    import(&desk, &list, &[]);
    let outcome = import(&desk, &decree, &[]);
    assert_eq!((&outcome["added"], &outcome["changed"]), (&1.into(), &0.into()), "{outcome}");
    for file in [&list, &decree] {
        let again = import(&desk, file, &[]);
        assert_eq!((&again["added"], &again["changed"]), (&0.into(), &0.into()), "{again}");
    }
    for (day, name, confirmed) in [("2013-01-01", "Made-up Anti-Banditry Unit", 0), ("2021-01-01", "Made-up Mobile Force", 1)] {
        let sql = "select name, class, country, confirmed from actor";
        let told = desk.json(&["sql", &desk.workspace(), sql, "--json", "--valid-on", day]);
        assert_eq!(told["rows"], json!([{"name": name, "class": "police", "country": "SO", "confirmed": confirmed}]), "{day}");
        let chain = desk.ask("chain", &["--actor", "so/ab", "--valid-on", day]);
        assert_eq!((&chain[0]["actor_name"], &chain[0]["commanders"]), (&json!(name), &json!("Made-up Commander")), "{chain:?}");
    }
}

/// Another file of the same source is a newer edition of it, and says so; the older file does not come back by itself.
#[test]
fn a_newer_file_of_the_same_source_takes_the_place_of_the_older_and_says_so() {
    let desk = Desk::new();
    desk.file("units.toml", MAPPING);
    let older = desk.file("units-2020.csv", "id,name\nu1,Made-up Army\nu2,Made-up Guard\n");
    let newer = desk.file("units-2021.csv", "id,name\nu1,Made-up Armed Forces\nu2,Made-up Guard\n");
    import(&desk, &older, &[]);
    let would = import(&desk, &newer, &["--dry-run"]);
    let found: Vec<String> =
        would["findings"].as_array().unwrap().iter().map(|f| format!("{} {} {}", f["rule"], f["row"], f["value"])).collect();
    assert_eq!(found, ["\"superseded\" 2 \"Made-up Army\""], "{would}");
    assert!(would["findings"][0]["reason"].as_str().unwrap().starts_with("units-2020.csv says otherwise"), "{would}");
    import(&desk, &newer, &[]);
    for file in [&older, &newer] {
        let again = import(&desk, file, &[]);
        assert_eq!((&again["added"], &again["changed"]), (&0.into(), &0.into()), "{again}");
    }
    assert_eq!(names(&desk), ["Made-up Armed Forces", "Made-up Guard"]);
    assert_eq!(desk.sql("select * from conflict").len() + desk.sql("select * from disagreement").len(), 0);
}

/// Two sheets in Remit’s own form: what they say differently is a conflict where their sources are two, and is told before.
#[test]
fn a_second_sheet_does_not_write_over_the_first_in_silence() {
    let desk = Desk::new();
    let sheet = |source: &str, name: &str| format!("record,name,class,source\nu1,{name},military,{source}\n");
    let first = desk.file("one/actors.csv", sheet("Made-up gazette", "Made-up Army"));
    let second = desk.file("two/actor-more.csv", sheet("Made-up report", "Made-up Armed Forces"));
    import(&desk, &first, &[]);
    let would = import(&desk, &second, &["--dry-run"]);
    assert_eq!((&would["conflicts"], &would["findings"][0]["rule"]), (&1.into(), &"differs".into()), "{would}");
    import(&desk, &second, &[]);
    let listed = desk.json(&["ask", &desk.workspace(), "conflicts", "--json"]);
    let values: Vec<&str> = listed["rows"].as_array().unwrap().iter().filter_map(|r| r["field_value"].as_str()).collect();
    assert_eq!(values.len(), 2, "{listed}");
    // Brought in again, each is as before.
    for file in [&first, &second] {
        let again = import(&desk, file, &[]);
        assert_eq!((&again["added"], &again["changed"], &again["unchanged"]), (&0.into(), &0.into(), &1.into()), "{again}");
    }
    // What a person has settled stays settled, whichever sheet says it again under whatever name.
    let third = desk.file("three/actors-copy.csv", sheet("Made-up report", "Made-up Armed Forces"));
    let entry =
        desk.sql("select statement, name from actor_statement where name = 'Made-up Armed Forces'")[0]["statement"].clone();
    desk.add(&[json!({"kind": "actor", "record": "u1", "supersedes": [entry], "withdrawn": true})]);
    let again = import(&desk, &third, &["--dry-run"]);
    assert_eq!((&again["added"], &again["unchanged"]), (&0.into(), &1.into()), "{again}");
}

/// The file of a document that was read is part of the workspace.
/// What an import reports as a conflict, `conflicts` lists: what a person has corrected to what the sheet says now is none, and what two sources
/// say of another time is told with the day.
#[test]
fn what_an_import_reports_as_a_conflict_is_listed() {
    let desk = Desk::new();
    let sheet = |class: &str| format!("record,name,class,source\nu1,Made-up Unit,{class},Made-up list\n");
    let first = desk.file("one/actor.csv", sheet("police"));
    import(&desk, &first, &[]);
    let said = desk.value("select statement from statement");
    let fields = json!({"name": "Made-up Unit", "class": "military"});
    desk.add(&[json!({"kind": "actor", "record": "u1", "fields": fields, "supersedes": [said], "source": "Made-up list"})]);
    desk.file("one/actor.csv", sheet("military"));
    for _ in 0..2 {
        let again = import(&desk, &first, &[]);
        assert_eq!((&again["conflicts"], &again["changed"], &again["unchanged"]), (&0.into(), &0.into(), &1.into()), "{again}");
    }
    assert!(desk.ask("conflicts", &[]).is_empty());
    // What differs from the correction is one, and is listed.
    desk.file("one/actor.csv", sheet("justice"));
    assert_eq!(import(&desk, &first, &[])["conflicts"], 1);
    assert_eq!(desk.ask("conflicts", &[]).len(), 2);

    let other = Desk::new();
    let dated = |class: &str| {
        format!("record,name,class,valid_from,valid_to,source\nu1,Made-up Unit,{class},2010,2012,Made-up list of {class}\n")
    };
    import(&other, &other.file("one/actor.csv", dated("police")), &[]);
    let told = import(&other, &other.file("two/actor.csv", dated("military")), &[]);
    assert_eq!(told["conflicts"], 1, "{told}");
    assert!(told["findings"].to_string().contains("lists them as of 2012-12-31"), "{told}");
    assert!(other.ask("conflicts", &[]).is_empty());
    assert_eq!(other.ask("conflicts", &["--valid-on", "2012-12-31"]).len(), 2);
}

#[test]
fn a_document_whose_file_is_gone_is_named() {
    let desk = Desk::new();
    let file = desk.file("made-up.txt", "Made-up resolution\n\nThe Council decides that the mission shall support the police.\n");
    desk.ok(&["read", &desk.workspace(), &file]);
    desk.ok(&["verify", &desk.workspace()]);
    let folder = desk.path("w/files");
    for kept in std::fs::read_dir(&folder).expect("a folder") {
        std::fs::remove_file(kept.expect("a file").path()).expect("it is removed");
    }
    let (code, said) = desk.fails(&["verify", &desk.workspace()]);
    assert!(code == 1 && said.contains("its file is not there any more"), "{code} {said}");
}

/// A fault in one file of the workspace is told with its place, and keeps nobody from the rest.
#[test]
fn a_faulty_file_of_the_workspace_is_left_out_and_named() {
    let desk = Desk::new();
    desk.add(&[json!({"kind": "actor", "record": "u1", "fields": {"name": "Made-up Army", "class": "military"}})]);
    let label = "{ en = \"Made up\", fr = \"Fictif\", ar = \"مختلق\" }";
    desk.file("w/questions/good.sql", format!("-- title = {label}\nselect name from actor"));
    desk.file("w/questions/bad.sql", format!("-- title = {label}\nselect nothing_such from actor"));
    desk.file("w/questions/actors.sql", "-- title = {{{\nselect 1 as n");
    desk.file("w/questions/stories/mine.toml", "title = 3");
    desk.file("w/templates/mine.toml", "title = {{");
    desk.file(
        "w/model/kinds/person.toml",
        "time = \"state\"\ngroup = \"people\"\n[[field]]\nname = \"name\"\ntype = \"no such type\"\n",
    );
    desk.file("w/model/kinds/made_up.toml", "time = ");
    let server = desk.serve();
    for page in ["/", "/problems"] {
        let (status, _, page) = server.get(page);
        assert_eq!(status, 200, "{page}");
        for named in [
            "questions/bad.sql:2",
            "questions/actors.sql:",
            "questions/stories/mine.toml",
            "templates/mine.toml:1",
            "model/kinds/person.toml:1",
            "model/kinds/made_up.toml:1",
        ] {
            assert!(page.contains(named), "{named}: {page}");
        }
        assert!(!page.contains(&desk.workspace()), "where it lies is not told: {page}");
    }
    assert!(server.get("/ask/good").2.contains("Made-up Army"));
    assert!(server.get("/reports").2.contains("value=\"brief\""), "a wrong template keeps nobody from the others");
    assert_eq!(server.get("/ask/bad").0, 404);
    assert!(server.get("/record/actor?record=u1").2.contains("Made-up Army"));
    // What the office meant for persons is not known: nobody sees more than before.
    let (status, _, page) = server.post("/edit/person", &[("name", "Made-up Person")]);
    assert!(status == 422 || status == 303, "{status} {page}");
    assert!(!server.get("/search?q=made-up").2.contains("Made-up Person"));
    // A command says what is wrong, and does nothing.
    let (code, said) = desk.fails(&["ask", &desk.workspace(), "good"]);
    assert!(code == 1 && said.contains("model/kinds/made_up.toml:1"), "{said}");
}

/// A slip in the file that keeps a field from sight must not bring it to sight, on pages or to who merges.
#[test]
fn what_a_model_file_keeps_from_sight_stays_so_where_the_file_can_no_longer_be_read() {
    let (desk, other) = (Desk::new(), Desk::new());
    let donor = json!({"kind": "actor", "record": "d", "fields": {"name": "Made-up Donor"}, "source": "Made up"});
    let fields = json!({"title": "Made-up wells", "reference": "QV-77", "supporter": "d"});
    desk.add(&[donor, json!({"kind": "project", "record": "p", "fields": fields, "source": "Made up"})]);
    let built_in = include_str!("../../../../model/kinds/project.toml");
    let kept = built_in.replace("name = \"reference\"", "name = \"reference\"\nmarking = \"strictly_confidential\"");
    assert_ne!(kept, built_in);
    for (kind, is_served_whole) in [(kept.clone(), true), (kept.replace("group = \"support\"", "gruop = \"support\""), false)] {
        desk.file("w/model/kinds/project.toml", kind);
        let server = desk.serve();
        let rows = server.get("/records/project.csv").2;
        assert!(!rows.contains("QV-77"), "{rows}");
        assert_eq!(rows.contains("Made-up wells"), is_served_whole, "{rows}");
        for page in ["/record/project?record=p", "/ask/changes", "/ask/changes.csv", "/history"] {
            assert!(!server.get(page).2.contains("QV-77"), "{page}");
        }
    }
    other.ok(&["merge", &other.workspace(), "--from", &desk.workspace(), "--clearance", "public"]);
    // A kind of its own is no kind any more, and a field that it added to another none that is known.
    let label = "label = { en = \"Made up\" }";
    let field = |name: &str, more: &str| format!("[[field]]\nname = \"{name}\"\ntype = \"text\"\n{label}\n{more}\n");
    let kind =
        |more: &str| format!("time = \"event\"\ntitle = \"title\"\n{label}\n{}{}", field("title", ""), field("secret", more));
    let added = |more: &str| format!("adds = true\n{}", field("informant", more));
    desk.file("w/model/kinds/project.toml", &kept);
    desk.file("w/model/kinds/gadget.toml", kind(""));
    desk.file("w/model/kinds/training.toml", added(""));
    let gadget =
        json!({"kind": "gadget", "record": "g", "fields": {"title": "Made-up gadget", "secret": "QV-78"}, "source": "Made up"});
    let course = json!({"course": "Made-up course", "informant": "QV-79"});
    desk.add(&[gadget, json!({"kind": "training", "record": "t", "fields": course, "source": "Made up"})]);
    let marked = "marking = \"strictly_confidential\"";
    desk.file("w/model/kinds/gadget.toml", kind(marked).replace("time = ", "tmie = "));
    desk.file("w/model/kinds/training.toml", added(marked).replace("type = ", "tpye = "));
    let server = desk.serve();
    for page in ["/ask/changes", "/ask/changes.csv", "/history", "/search?q=QV", "/search.json?q=QV"] {
        let told = server.get(page).2;
        assert!(!["QV-77", "QV-78", "QV-79"].iter().any(|word| told.contains(word)), "{page}: {told}");
    }
    // What nothing is known of here is named, and not taken.
    let (_, told) = other.fails(&["merge", &other.workspace(), "--from", &desk.workspace(), "--clearance", "public"]);
    assert!(told.contains("there is no kind `gadget`"), "{told}");
    let said = other.sql("select fields from statement");
    assert!(!["QV-77", "QV-78", "QV-79"].iter().any(|word| format!("{said:?}").contains(word)), "{said:?}");
    let all = other.run(&["sql", &other.workspace(), "select * from project", "--clearance", "strictly_confidential"]);
    assert!(!String::from_utf8_lossy(&all.stdout).contains("QV-77"));
}

/// What a fault does not touch goes on: a question beside a wrong one, and what was recorded beside a wrong kind.
#[test]
fn a_fault_in_one_file_stops_no_command_that_can_do_without_it() {
    let desk = Desk::new();
    let label = "{ en = \"Made up\", fr = \"Fictif\", ar = \"مختلق\" }";
    let field = |name: &str, kind: &str| format!("[[field]]\nname = \"{name}\"\n{kind}\nlabel = {label}\n");
    let (title, escort) = (field("title", "type = \"text\""), field("escort", "type = \"record\"\nof = \"actor\""));
    let kind = format!("time = \"event\"\ntitle = \"title\"\nlabel = {label}\n{title}{escort}");
    desk.file("w/model/kinds/convoy.toml", &kind);
    desk.add(&[
        json!({"kind": "actor", "record": "u1", "fields": {"name": "Made-up Army", "class": "military"}, "source": "Made up"}),
        json!({"kind": "convoy", "record": "c1", "fields": {"title": "Made-up convoy", "escort": "u1"}, "source": "Made up"}),
    ]);
    let workspace = desk.workspace();
    desk.file("w/questions/good.sql", format!("-- title = {label}\nselect name from actor"));
    desk.file("w/questions/bad.sql", format!("-- title = {label}\nselect nothing_such from actor"));
    let story = format!("title = {label}\n[[section]]\nquestion = \"nothing_such\"\ncolumns = [\"name\"]\n");
    desk.file("w/questions/home.toml", &story);
    let asked = desk.run(&["ask", &workspace, "good", "--json"]);
    let said = String::from_utf8_lossy(&asked.stderr).into_owned();
    assert!(asked.status.success(), "{said}");
    assert!(said.contains("bad.sql:2") && said.contains("the file is left out"), "{said}");
    let (_, why) = desk.fails(&["ask", &workspace, "bad"]);
    assert!(why.contains("bad.sql:2"), "{why}");
    desk.file("w/templates/mine.toml", "title = {{");
    let listed = desk.run(&["templates", &workspace]);
    let told = String::from_utf8_lossy(&listed.stderr).into_owned();
    assert!(listed.status.success() && told.contains("templates/mine.toml:1") && told.contains("left out"), "{told}");
    desk.ok(&["report", &workspace, "brief", "-o", &desk.path("brief.docx").display().to_string()]);
    let (_, why) = desk.fails(&["report", &workspace, "mine"]);
    assert!(why.contains("templates/mine.toml:1"), "{why}");
    // A part that the question shares is no other file: without it, something else would be asked.
    desk.file("w/questions/parts/mine.sql", "mine as materialized (select name from actor)\n");
    desk.file("w/questions/good.sql", format!("-- title = {label}\n-- parts = [\"mine\"]\nselect name from mine"));
    desk.ok(&["ask", &workspace, "good"]);
    desk.file("w/questions/parts/mine.sql", "mine as materialized (select nothing_such as name from actor)\n");
    desk.fails(&["ask", &workspace, "good"]);

    desk.file("w/model/kinds/convoy.toml", kind.replace("\"event\"", "event"));
    let copy = desk.path("copy").display().to_string();
    for command in [
        vec!["verify", &workspace],
        vec!["backup", &workspace, &copy],
        vec!["history", &workspace],
        vec!["history", &workspace, "c1"],
        vec!["key", &workspace],
        vec!["problems", &workspace],
    ] {
        let output = desk.run(&command);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && said.contains("convoy.toml:1") && said.contains("left out"), "{command:?}: {said}");
    }
    desk.ok(&["restore", &copy, &desk.path("again").display().to_string()]);
    // Whoever writes or asks would mean something else without it.
    for command in [vec!["ask", &workspace, "overdue"], vec!["export", &workspace, "all.xlsx"]] {
        assert!(desk.fails(&command).1.contains("convoy.toml:1"), "{command:?}");
    }
    desk.file("w/model/kinds/convoy.toml", &kind);
    assert_eq!(desk.json(&["verify", &workspace, "--json"])["words_compared"], true);
}

/// Where a sheet is confidential, so is what could not be used of it; the hint says how to see it.
#[test]
fn the_hint_about_problems_leads_to_them() {
    let desk = Desk::new();
    desk.file(
        "people.toml",
        "[[record]]\nkind = \"person\"\n[record.fields]\nname = { column = \"Name\" }\nvalid_from = { column = \"Born\" }\n",
    );
    let file = desk.file("people.csv", "Name,Born\nMade-up Person,one spring\n");
    let said = desk.run(&["import", &desk.workspace(), &file]);
    let said = String::from_utf8_lossy(&said.stderr).into_owned();
    let hint = said.split_once("(remit ").and_then(|(_, rest)| rest.split_once(')')).map(|(hint, _)| hint).expect(&said);
    let words: Vec<&str> = hint.split(' ').collect();
    assert!(words.contains(&"--clearance"), "{said}");
    assert!(desk.ok(&words).contains("people.csv"), "{hint}");
}

/// What a lower reader sees of the order in which statements were recorded does not tell how many are hidden.
#[test]
fn numbers_do_not_count_what_is_hidden() {
    let open = |n: usize| json!({"kind": "actor", "record": format!("u{n}"), "fields": {"name": format!("Made-up Unit {n}")}});
    let hidden = |n: usize| json!({"kind": "actor", "record": format!("h{n}"), "marking": "confidential", "fields": {"name": format!("Hidden {n}")}});
    let seen = |lines: Vec<Value>| {
        let desk = Desk::new();
        desk.add(&lines);
        assert_eq!(desk.fails(&["sql", &desk.workspace(), "select place_among_seen(9) as n"]).0, 1);
        let history = desk.sql("select seq, record from statement order by seq desc");
        let one = desk.sql("select id, record from actor_statement where record = 'u3'");
        assert_eq!(one[0]["id"], -3, "{one:?}");
        assert!(desk.ok(&["ask", &desk.workspace(), "changes"]).contains("Made-up Unit 1"));
        history
    };
    let with = seen(vec![hidden(1), open(1), hidden(2), hidden(3), open(2), open(3), hidden(4)]);
    assert_eq!(with, seen(vec![open(1), open(2), open(3)]));
    assert_eq!(with[0]["seq"], 3);
}

/// A text that is far longer than its field is for is refused, whichever way it comes; a large request before it is read.
#[test]
fn what_is_far_too_long_is_refused_in_a_sentence() {
    let desk = Desk::new();
    let long = "a".repeat(150_000);
    let added = desk.told(&["add", &desk.workspace()], &[json!({"kind": "actor", "record": "u1", "fields": {"name": long}})]);
    let said = String::from_utf8_lossy(&added.stderr).into_owned();
    assert!(!added.status.success() && said.contains("150000 letters, and may have 4000") && said.len() < 1_000, "{said}");
    let outcome = import(&desk, &desk.file("actors.csv", format!("record,name,class\nu2,{long},military\n")), &[]);
    assert_eq!(outcome["findings"][0]["rule"], "value", "{}", &outcome.to_string()[..600]);
    let server = desk.serve();
    let (status, _, page) = server.post("/edit/actor", &[("name", &long)]);
    assert!(status != 303 && page.contains("150,000 letters"), "{status}");
    let host = server.address.trim_start_matches("http://");
    let head = format!(
        "POST /sheets HTTP/1.1\r\nHost: {host}\r\nOrigin: {}\r\nSec-Fetch-Site: same-origin\r\nAuthorization: Bearer {}\r\n\
         Content-Type: multipart/form-data; boundary=made-up\r\nContent-Length: 300000000\r\nConnection: close\r\n\r\n",
        server.address, server.key
    );
    // Nothing of it is sent: the answer does not wait for it.
    let (status, _, body) = server.send(&head, &[]);
    assert!(status == 413 && String::from_utf8_lossy(&body).contains("64 MB"), "{status}");
}

/// Dates have a source and a credibility of their own where the sheet says so.
#[test]
fn dates_keep_their_own_source_and_credibility() {
    let desk = Desk::new();
    desk.file(
        "units.toml",
        "[[record]]\nkind = \"actor\"\n[record.fields]\nname = { column = \"Name\", source = \"Name source\" }\n\
         first_cited = { column = \"First\", source = \"Date source\", confidence = \"Date confidence\" }\n\
         last_cited = { column = \"Last\", source = \"Last source\" }\nlast_is = { value = \"open\" }\n",
    );
    let head = "Name,Name source,First,Date source,Date confidence,Last,Last source\n";
    let file = desk.file(
        "units.csv",
        format!("{head}Made-up Brigade,Made-up Gazette,2007-08-31,Made-up Daily,Low,2013-07,Made-up Weekly\n"),
    );
    import(&desk, &file, &[]);
    let said = desk.sql("select source, dates_source, dates_credibility, first_cited, last_cited, valid_to from actor_statement");
    assert_eq!(
        said[0],
        json!({"source": "Made-up Gazette", "dates_source": "Made-up Daily; Made-up Weekly", "dates_credibility": "3",
            "first_cited": "2007-08-31", "last_cited": "2013-07", "valid_to": null})
    );
    let out = desk.path("out.csv");
    desk.ok(&["export", &desk.workspace(), &out.display().to_string(), "--kind", "actor"]);
    assert!(std::fs::read_to_string(out).expect("a file").contains("Made-up Daily; Made-up Weekly"));
    let server = desk.serve();
    let page = server.get("/record/actor?record=made-up-brigade&valid_on=2010-01-01").2;
    assert!(page.contains("(dates: Made-up Daily; Made-up Weekly 3)"), "{page}");
}

/// Who tells of an end afterwards tells no start: before it, the state is not confirmed, and the page does not say that it began with the source.
#[test]
fn a_source_of_an_end_tells_no_start() {
    let desk = Desk::new();
    let fields = json!({"name": "Made-up Battalion"});
    desk.add(&[json!({"kind": "actor", "record": "u1", "source": "Made-up report", "source_date": "2026-01-15", "valid_to": "2019", "fields": fields})]);
    let at = |day: &str| {
        let rows = desk.json(&["sql", &desk.workspace(), "select confirmed from actor", "--json", "--valid-on", day]);
        rows["rows"].as_array().expect("rows").iter().map(|r| r["confirmed"].clone()).collect::<Vec<_>>()
    };
    assert_eq!((at("1950-01-01"), at("2019-06-01"), at("2020-01-01")), (vec![json!(0)], vec![json!(1)], vec![]));
    let page = desk.serve().get("/record/actor?record=u1&valid_on=2018-01-01").2;
    assert!(page.contains("until 2019") && !page.contains("first cited"), "{page}");
}

/// The same file under another name, from somebody else, is recorded once; a part of it is a file of its own.
#[test]
fn a_file_that_two_people_send_is_recorded_once() {
    let desk = Desk::new();
    desk.file("units.toml", MAPPING);
    let rows = "id,name\nu1,Made-up Army\nu2,Made-up Guard\n";
    import(&desk, &desk.file("units.csv", rows), &[]);
    let again = import(&desk, &desk.file("units (2).csv", rows), &[]);
    assert_eq!((&again["added"], &again["changed"], &again["unchanged"]), (&0.into(), &0.into(), &2.into()), "{again}");
    let part = desk.file("part.csv", "id,name\nu1,Made-up Army\n");
    assert_eq!(gone(&import(&desk, &part, &["--replace", "--dry-run"])), [""; 0], "what it does not say is not its own");
    // A file that said more before takes that back, also where it says now what another one says.
    let own = desk.file("own.csv", format!("{rows}u3,Made-up Police\n"));
    import(&desk, &own, &[]);
    desk.file("own.csv", rows);
    assert_eq!(gone(&import(&desk, &own, &["--replace", "--dry-run"])), ["u3"]);
}

/// A marking that is raised does not unsay what was public before: the page says so, and what would.
#[test]
fn a_marking_that_is_raised_says_what_it_cannot_undo() {
    let desk = Desk::new();
    desk.add(&[
        json!({"kind": "actor", "record": "u1", "source": "Made-up", "fields": {"name": "Made-up Unit", "note": "a note"}}),
    ]);
    let statement = || {
        let sql = "select statement from statement where current = 1";
        let answer = desk.json(&["sql", &desk.workspace(), sql, "--clearance", "confidential", "--json"]);
        answer["rows"][0]["statement"].as_str().expect("a statement").to_owned()
    };
    for (clearance, marking, is_told) in
        [("confidential", "public", false), ("confidential", "internal", true), ("internal", "confidential", true)]
    {
        let server = Server::start(&desk.path("w"), &["--clearance", clearance]);
        let id = statement();
        let fields = [
            ("statement", id.as_str()),
            ("record", "u1"),
            ("name", "Made-up Unit"),
            ("note", clearance),
            ("source", "Made-up"),
            ("marking", marking),
        ];
        let (status, head, page) = server.post("/edit/actor", &fields);
        assert_eq!(status, 303, "{page}");
        let to = head.lines().find_map(|l| l.strip_prefix("location: ")).expect("an address");
        let page = server.get(to).2;
        assert_eq!(
            page.contains("can still be seen at its lower marking") && page.contains(" actor u1"),
            is_told,
            "{marking}: {page}"
        );
        assert_eq!(page.contains("/redact/actor?record=u1"), is_told, "{marking}: {page}");
    }
}

/// What was said before a marking was raised is taken away by a form, value by value: it is gone from every page, the history says who
/// ordered it and why, and nobody is offered to undo it.
#[test]
fn an_old_value_is_redacted_in_the_browser_and_the_history_says_who_ordered_it() {
    let desk = Desk::new();
    let said = |note: &str, more: serde_json::Value| {
        let mut said =
            json!({"kind": "actor", "record": "u1", "source": "Made-up", "fields": {"name": "Made-up Unit", "note": note}});
        said.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
        said
    };
    desk.add(&[said("told by Quixwell", json!({}))]);
    let sql = "select statement from statement where record = 'u1' order by seq limit 1";
    let old = desk.json(&["sql", &desk.workspace(), sql, "--json"])["rows"][0]["statement"].as_str().unwrap().to_owned();
    desk.add(&[said("told by somebody", json!({"supersedes": [old], "marking": "confidential"}))]);
    let server = Server::start(&desk.path("w"), &["--clearance", "confidential"]);
    let page = server.get("/redact/actor?record=u1").2;
    assert!(page.contains("told by Quixwell") && page.contains("cannot be undone"), "{page}");
    let value = format!("{old} note");
    let form = |value: &str, who: &str| {
        server.post("/redact/actor", &[("record", "u1"), ("value", value), ("ordered_by", who), ("reason", "named a source")])
    };
    assert!(form("", "Head of unit").2.contains("Choose at least one value"));
    assert!(form(&value, "").2.contains("Say who ordered it"));
    let (status, _, page) = form(&value, "Head of unit");
    assert!(status == 200 && page.contains("One value was redacted"), "{page}");
    for path in
        ["/history/actor?record=u1", "/history", "/redact/actor?record=u1", "/record/actor?record=u1", "/search?q=quixwell"]
    {
        assert!(!server.get(path).2.contains("told by Quixwell"), "{path}");
    }
    let history = server.get("/history/actor?record=u1").2;
    assert!(history.contains("ordered by Head of unit (named a source)") && history.contains("<del>redacted</del>"), "{history}");
    let all = server.get("/history").2;
    assert!(all.contains("redacted, ordered by Head of unit: named a source"), "{all}");
    assert_eq!(all.matches("Undo this entry").count(), 1, "{all}");
    let again = desk.fails(&["redact", &desk.workspace(), &old, "note", "--ordered-by", "x", "--reason", "y"]);
    assert!(again.1.contains("is redacted"), "{again:?}");
    desk.ok(&["redact", &desk.workspace(), &old, "source", "--ordered-by", "Head of unit", "--reason", "named a source"]);
    desk.ok(&["verify", &desk.workspace(), "--words"]);
}

/// Two copies correct one posting apart: whoever commands does so in the unit that the record shows, in every answer, and the conflict is listed.
#[test]
fn of_two_corrections_of_one_posting_every_answer_takes_the_one_that_is_shown() {
    let desk = Desk::new();
    let unit = |id: &str| json!({"kind": "actor", "record": id, "valid_from": "2010", "source": "Made-up", "fields": {"name": format!("Made-up {id}")}});
    let posting = |unit: &str, more: Value| {
        let mut posting = json!({"kind": "posting", "record": "px", "valid_from": "2015", "source": "Made-up", "marking": "public",
            "fields": {"person": "x", "actor": unit, "role": "commands"}});
        posting.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        posting
    };
    let person =
        json!({"kind": "person", "record": "x", "source": "Made-up", "marking": "public", "fields": {"name": "Made-up X"}});
    desk.add(&[unit("u1"), unit("u2"), unit("u3"), person, posting("u2", json!({}))]);
    let (here, there) = (desk.workspace(), desk.path("colleague").display().to_string());
    desk.ok(&["backup", &here, &desk.path("copy").display().to_string()]);
    desk.ok(&["restore", &desk.path("copy").display().to_string(), &there]);
    let old = desk.value("select statement from statement where kind = 'posting'");
    for (workspace, unit) in [(&here, "u1"), (&there, "u3")] {
        let output = desk.told(&["add", workspace], &[posting(unit, json!({"supersedes": old}))]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    desk.ok(&["merge", &here, "--from", &there]);
    assert_eq!(desk.sql("select actor, confirmed from posting"), [json!({"actor": "u3", "confirmed": 1})]);
    for (unit, commander) in [("u1", Value::Null), ("u2", Value::Null), ("u3", json!("Made-up X"))] {
        assert_eq!(desk.ask("chain", &["--actor", unit])[0]["commanders"], commander, "{unit}");
        assert_eq!(desk.ask("commanders", &["--actor", unit])[0]["person_name"], commander, "{unit}");
    }
    assert_eq!(desk.ask("conflicts", &[]).len(), 2);
}

/// A copy that somebody else holds takes nothing away here unasked: what was redacted there is redacted here once that is said.
#[test]
fn what_another_copy_redacted_is_redacted_here_only_where_that_is_said() {
    let desk = Desk::new();
    desk.add(&[json!({"kind": "actor", "record": "u1", "source": "Made-up", "fields": {"name": "Made-up Unit", "note": "told by Quixwell"}})]);
    let (here, there) = (desk.workspace(), desk.path("colleague").display().to_string());
    desk.ok(&["backup", &here, &desk.path("copy").display().to_string()]);
    desk.ok(&["restore", &desk.path("copy").display().to_string(), &there]);
    let old = desk.json(&["sql", &there, "select statement from statement", "--json"])["rows"][0]["statement"]
        .as_str()
        .unwrap()
        .to_owned();
    desk.ok(&["redact", &there, &old, "note", "--ordered-by", "Head of unit", "--reason", "named a source"]);
    let notes = || desk.json(&["sql", &here, "select note from actor", "--json"])["rows"][0]["note"].clone();
    let preview = desk.json(&["merge", &here, "--from", &there, "--dry-run", "--json"]);
    assert_eq!(preview["carried_out"], 1, "{preview}");
    let refused = desk.fails(&["merge", &here, "--from", &there]).1;
    assert!(refused.contains("statements here would lose values for good (1)") && refused.contains("--redact"), "{refused}");
    assert_eq!(notes(), "told by Quixwell");
    desk.ok(&["merge", &here, "--from", &there, "--redact"]);
    assert_eq!(notes(), serde_json::Value::Null);
    desk.ok(&["verify", &here, "--words"]);
}

/// Two offices that take over from each other see the same, whichever was first: what was said last counts, and not what came last.
#[test]
fn what_is_newest_is_told_by_when_it_was_said_and_not_by_when_it_came() {
    let (here, there) = (Desk::new(), Desk::new());
    let say = |desk: &Desk, office: &str, rating: &str, men: u64| {
        let fields = json!({"actor": "so/police", "country": "SO", "function": "public_order", "level": "organisational", "capacity": rating, "date": "2024-05-01"});
        let of = |kind: &str, fields: Value| json!({"kind": kind, "record": format!("{kind}/{office}"), "fields": fields, "source": "Made-up report", "marking": "public"});
        desk.add(&[
            json!({"kind": "actor", "record": "so/police", "fields": {"name": "Made-up Police", "class": "police", "country": "SO"}, "valid_from": "2015", "source": "Made up"}),
            json!({"kind": "recommendation", "record": "rec", "fields": {"text": "Made-up recommendation", "country": "SO"}, "source": "Made up"}),
            of("need", fields),
            of("strength", json!({"institution": "so/police", "day": "2024-05-01", "list": "payroll", "total": men})),
            of("follow_up", json!({"recommendation": "rec", "step": format!("Made-up step of {office}"), "date": "2024-05-01"})),
        ]);
    };
    // The identifier of what is said later comes first, so that it decides nothing either.
    say(&here, "zebra", "1", 100);
    say(&there, "adder", "4", 250);
    here.ok(&["merge", &here.workspace(), "--from", &there.workspace()]);
    there.ok(&["merge", &there.workspace(), "--from", &here.workspace()]);
    for question in ["needs", "gaps", "strength", "recommendation_items"] {
        let [one, other] = [&here, &there].map(|desk| desk.ask(question, &["--country", "SO"]));
        assert_eq!(one, other, "{question}");
        assert!(question == "gaps" || !one.is_empty(), "{question}");
    }
    let last = &here.ask("recommendation_items", &["--country", "SO"])[0]["last_step"];
    assert!(last.as_str().unwrap().contains("adder"), "{last}");
    assert!(here.ask("strength", &["--country", "SO"])[0].to_string().contains("250"));
}

/// What a copy corrected before it knew of an erasure comes without what was erased, and the merge says so; what two records that are made one
/// say differently is told with what is shown of it.
#[test]
fn a_merge_tells_what_came_without_what_was_erased_and_what_two_records_say_differently() {
    let desk = Desk::new();
    let of = |kind: &str, record: &str, fields: Value| json!({"kind": kind, "record": record, "source": "Made-up list", "fields": fields});
    desk.add(&[
        of("person", "so/p1", json!({"name": "Made-up Zedkara", "country": "SO"})),
        of("actor", "so/u1", json!({"name": "Made-up Unit", "class": "military", "website": "https://one.example"})),
        of("actor", "so/u2", json!({"name": "Made-up Unit Two", "class": "police", "website": "https://two.example"})),
        of("posting", "so/po1", json!({"person": "so/p1", "actor": "so/u1", "role": "deputy", "rank": "Qzrank"})),
    ]);
    let (here, there, copy) =
        (desk.workspace(), desk.path("colleague").display().to_string(), desk.path("copy").display().to_string());
    desk.ok(&["backup", &here, &copy]);
    desk.ok(&["restore", &copy, &there]);
    let old =
        desk.json(&["sql", &there, "select statement from posting_statement", "--json", "--clearance", "strictly_confidential"]);
    let mut corrected =
        of("posting", "so/po1", json!({"person": "so/p1", "actor": "so/u1", "role": "commands", "rank": "Qznewrank"}));
    corrected["supersedes"] = old["rows"][0]["statement"].clone();
    let added = desk.told(&["add", &there], &[corrected]);
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
    desk.ok(&["erase", &here, "person", "so/p1", "--ordered-by", "Head of unit", "--reason", "asked for"]);
    let said = |arguments: &[&str]| String::from_utf8(desk.run(arguments).stderr).expect("UTF-8");
    let merged = said(&["merge", &here, "--from", &there]);
    assert!(merged.contains("1 statement told of what was erased here, and came without that"), "{merged}");
    let rows =
        desk.json(&["sql", &here, "select person, role, rank from posting", "--json", "--clearance", "strictly_confidential"]);
    assert_eq!(rows["rows"], json!([{"person": null, "role": "commands", "rank": null}]));
    let told = said(&["merge", &here, "actor", "so/u1", "so/u2"]);
    let class = "  class: police (military of so/u1, police of so/u2)";
    assert!(told.contains("they say different things") && told.contains(class), "{told}");
    assert_eq!(desk.value("select class || ' ' || website from actor"), json!("police https://two.example"));
    desk.ok(&["verify", &here, "--words"]);
}

/// What connects two records that are made one, as the part and the whole, is taken back with a word, and undone with the rest; the list of conflicts is
/// named only where it lists something of them.
#[test]
fn what_connects_two_records_that_are_made_one_is_taken_back_and_told() {
    let desk = Desk::new();
    let unit = |record: &str, class: &str, grade: &str| {
        json!({"kind": "actor", "record": record, "source": "Made-up list", "reliability": grade, "valid_from": "2010",
            "fields": {"name": format!("Made-up {record}"), "class": class}})
    };
    let parts = json!({"subject": "so/u2", "relation": "part_of", "object": "so/u1"});
    desk.add(&[
        unit("so/u1", "military", "A"),
        unit("so/u2", "police", "C"),
        unit("so/u3", "police", "A"),
        json!({"kind": "relation", "record": "rel", "source": "Made-up list", "valid_from": "2010", "fields": parts}),
    ]);
    let workspace = desk.workspace();
    let merged = desk.json(&["merge", &workspace, "actor", "so/u1", "so/u2", "--json"]);
    assert_eq!(merged["taken_back"], json!(["relation rel"]), "{merged}");
    assert_eq!(desk.sql("select record from relation"), [] as [Value; 0]);
    desk.ok(&["undo", &workspace, merged["entry"].as_str().expect("an entry")]);
    assert_eq!(desk.sql("select subject, object from relation"), [json!({"subject": "so/u2", "object": "so/u1"})]);
    let told = |gone: &str| String::from_utf8(desk.run(&["merge", &workspace, "actor", "so/u1", gone]).stderr).expect("UTF-8");
    let first = told("so/u2");
    assert!(first.contains("relation rel connected the two with each other") && !first.contains("conflicts lists"), "{first}");
    let second = told("so/u3");
    assert!(second.contains("conflicts lists what equally good sources say"), "{second}");
    desk.ok(&["verify", &workspace, "--words"]);
}

/// Two who see the same double make it one each into the other, while one of them records a new commander of the first: taken together it is one record, as
/// was decided last, with all commanders, which the merge tells; nothing of it is a conflict.
#[test]
fn two_records_that_were_made_one_both_ways_are_one() {
    let desk = Desk::new();
    let of = |kind: &str, record: &str, fields: Value| json!({"kind": kind, "record": record, "source": "Made-up list", "fields": fields});
    let posting = |record: &str, person: &str, unit: &str| {
        of("posting", record, json!({"person": person, "actor": unit, "role": "commands"}))
    };
    desk.add(&[
        of("actor", "so/u", json!({"name": "Made-up U", "class": "military"})),
        of("actor", "so/v", json!({"name": "Made-up V", "class": "military"})),
        posting("qu", "so/p", "so/u"),
        posting("qv", "so/q", "so/v"),
    ]);
    let path = |name: &str| desk.path(name).display().to_string();
    let (here, there) = (desk.workspace(), path("colleague"));
    desk.ok(&["backup", &here, &path("copy")]);
    desk.ok(&["restore", &path("copy"), &there]);
    desk.ok(&["merge", &here, "actor", "so/u", "so/v"]);
    desk.ok(&["merge", &there, "actor", "so/v", "so/u"]);
    desk.add(&[posting("qw", "so/r", "so/u")]);
    let preview = desk.json(&["merge", &here, "--from", &there, "--dry-run", "--json"]);
    assert_eq!(preview["became_one"], json!([["actor", "so/u", "so/v"]]), "{preview}");
    let told = String::from_utf8(desk.run(&["merge", &here, "--from", &there]).stderr).expect("UTF-8");
    assert!(told.contains("actor so/u was made one with so/v, here or there"), "{told}");
    desk.ok(&["merge", &there, "--from", &here]);
    for (workspace, other) in [(&here, &there), (&there, &here)] {
        let rows =
            |sql: &str| desk.json(&["sql", workspace, sql, "--json", "--clearance", "strictly_confidential"])["rows"].clone();
        assert_eq!(rows("select record, name from actor"), json!([{"record": "so/v", "name": "Made-up V"}]));
        let all = ["qu", "qv", "qw"].map(|record| json!({"record": record, "actor": "so/v"}));
        assert_eq!(rows("select distinct record, actor from posting order by record"), json!(all), "{workspace}");
        assert_eq!(rows("select statement from conflict"), json!([]));
        let again = desk.json(&["merge", workspace, "--from", other, "--json"]);
        assert_eq!((&again["became_one"], &again["statements"]), (&json!([]), &json!(0)), "{again}");
        desk.ok(&["verify", workspace, "--words"]);
    }
}

/// What was said of a person who is erased comes back by no copy in which that person was made one with another, in neither direction: the posting
/// comes as the erasure leaves it, the name is nobody's other name, and the record that it was made one with is named.
#[test]
fn who_is_erased_does_not_come_back_by_a_copy_that_made_the_person_one_with_another() {
    let desk = Desk::new();
    let of = |kind: &str, record: &str, fields: Value| json!({"kind": kind, "record": record, "source": "Made-up list", "fields": fields});
    let posting = |person: &str, rank: &str| json!({"person": person, "actor": "so/u1", "role": "commands", "rank": rank});
    desk.add(&[
        of("person", "so/p1", json!({"name": "Made-up Qzerased", "country": "SO"})),
        of("person", "so/p2", json!({"name": "Made-up Other", "country": "SO"})),
        of("actor", "so/u1", json!({"name": "Made-up Unit", "class": "military"})),
        of("posting", "so/po1", posting("so/p1", "Qzrank")),
        of("posting", "so/po2", posting("so/p2", "Colonel")),
    ]);
    let (here, there, again, copy) = (
        desk.workspace(),
        desk.path("colleague").display().to_string(),
        desk.path("again").display().to_string(),
        desk.path("copy").display().to_string(),
    );
    desk.ok(&["backup", &here, &copy]);
    desk.ok(&["restore", &copy, &there]);
    desk.ok(&["merge", &there, "person", "so/p2", "so/p1"]);
    // Whoever was made one with the person is corrected there since.
    let sql = "select statement from posting_statement where record = 'so/po1'";
    let old = desk.json(&["sql", &there, sql, "--json", "--clearance", "strictly_confidential"]);
    let mut corrected = of("posting", "so/po1", posting("so/p2", "Qznewrank"));
    corrected["supersedes"] = old["rows"][0]["statement"].clone();
    assert!(desk.told(&["add", &there], &[corrected]).status.success());
    desk.ok(&["backup", &there, &desk.path("copy-of-there").display().to_string()]);
    desk.ok(&["restore", &desk.path("copy-of-there").display().to_string(), &again]);
    desk.ok(&["erase", &here, "person", "so/p1", "--ordered-by", "Head of unit", "--reason", "asked for"]);
    desk.ok(&["merge", &again, "--from", &here, "--redact"]);
    let merged = String::from_utf8(desk.run(&["merge", &here, "--from", &there]).stderr).expect("UTF-8");
    assert!(merged.contains("person so/p2 was made one with a record that is erased"), "{merged}");
    for workspace in [&here, &again] {
        let of =
            |sql: &str| desk.json(&["sql", workspace, sql, "--json", "--clearance", "strictly_confidential"])["rows"].clone();
        assert_eq!(of("select record, name from person"), json!([{"record": "so/p2", "name": "Made-up Other"}]));
        let postings = of("select distinct record, person, role, rank from posting order by record");
        assert_eq!(postings[0], json!({"record": "so/po1", "person": null, "role": "commands", "rank": null}), "{postings}");
        assert_eq!(
            postings[1],
            json!({"record": "so/po2", "person": "so/p2", "role": "commands", "rank": "Colonel"}),
            "{postings}"
        );
        for word in ["Qzerased", "Qzrank", "Qznewrank"] {
            let said = of(&format!("select 1 as n from statement where fields like '%{word}%'"));
            assert_eq!(said, json!([]), "{word} in {workspace}");
        }
        desk.ok(&["verify", workspace]);
    }
}

/// The list of conflicts says truly why one is shown: its grade also where neither has a date, and that the other was withdrawn.
#[test]
fn a_conflict_says_whether_grade_day_or_a_withdrawal_decides() {
    let desk = Desk::new();
    let said =
        |record: &str, name: &str| json!({"kind": "actor", "record": record, "fields": {"name": name}, "source": "Made-up list"});
    desk.add(&[said("graded", "Made-up first"), said("withdrawn", "Made-up first")]);
    let first = |record: &str| desk.value(&format!("select statement from statement where record = '{record}'"));
    let correcting = |record: &str, name: &str, more: Value| {
        let mut line = said(record, name);
        line["supersedes"] = first(record);
        line.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        line
    };
    let lines = [
        correcting("graded", "Made-up by C", json!({"reliability": "A"})),
        correcting("graded", "Made-up by A", json!({"reliability": "C"})),
        correcting("withdrawn", "Made-up second", json!({})),
        correcting("withdrawn", "Made-up first", json!({"withdrawn": true})),
    ];
    desk.add(&lines);
    let listed: Vec<(Value, Value)> =
        desk.ask("conflicts", &[]).iter().map(|r| (r["fields"].clone(), r["conflict_shown"].clone())).collect();
    let told = |name: &str, why: &str| (json!(json!({"name": name}).to_string()), json!(why));
    assert_eq!(
        listed,
        [
            told("Made-up by C", "shown_better"),
            told("Made-up by A", "better_shown"),
            told("Made-up second", "shown_stands"),
            told("Made-up first", "gone"),
        ]
    );
}

/// Older versions made a person's identifier of the name. Renamed since, the person is the same for the sheet that has the old name.
#[test]
fn a_renamed_person_of_an_older_workspace_is_not_doubled_by_the_sheet_of_then() {
    let desk = Desk::new();
    let heading = "record,name,country,source\n";
    let sheet = desk.file("person.csv", format!("{heading}so/made-up-zed,Made-up Zed,SO,Made-up list\n"));
    import(&desk, &sheet, &[]);
    let cleared = |sql: &str| {
        let rows = desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", "strictly_confidential"]);
        rows["rows"].clone()
    };
    let first = cleared("select statement from person_statement")[0]["statement"].clone();
    desk.add(&[json!({"kind": "person", "record": "so/made-up-zed", "fields": {"name": "Made-up New Zed", "country": "SO"},
        "source": "Made-up notice", "supersedes": first})]);
    desk.file("person.csv", format!("{heading},Made-up Zed,SO,Made-up list\n"));
    let again = import(&desk, &sheet, &[]);
    assert_eq!((&again["added"], &again["unchanged"]), (&0.into(), &1.into()), "{again}");
    assert_eq!(cleared("select record, name from person"), json!([{"record": "so/made-up-zed", "name": "Made-up New Zed"}]));
}

/// Offices call their sheets alike. What could not be used of each stays listed until that one is mended, wherever the mended one lies.
#[test]
fn sheets_of_one_name_in_two_folders_have_problems_of_their_own() {
    let desk = Desk::new();
    let sheet = |folder: &str, id: &str, class: &str| {
        let rows = format!("{id}1,Made-up {id} one,{class},Made-up list\n{id}2,Made-up {id} two,police,Made-up list\n");
        desk.file(&format!("{folder}/actor.csv"), format!("record,name,class,source\n{rows}"))
    };
    let (north, south) = (sheet("north", "n", "nothing"), sheet("south", "s", "nothing either"));
    desk.ok(&["import", &desk.workspace(), &north, &south]);
    assert_eq!(desk.problems().len(), 2, "{:?}", desk.problems());
    sheet("north", "n", "military");
    desk.ok(&["import", &desk.workspace(), &north]);
    assert_eq!(desk.problems().len(), 1, "the other has its own still");
    let mended = sheet("mended", "s", "military");
    desk.ok(&["import", &desk.workspace(), &mended]);
    assert_eq!(desk.problems().len(), 1, "it may be of another office: what north says is not in it");
    sheet("south", "s", "military");
    desk.ok(&["import", &desk.workspace(), &south]);
    assert_eq!(desk.problems(), []);
}

/// A mended copy that lies elsewhere takes the place of the one that had the problem, where it says all that files of the name did.
#[test]
fn a_mended_sheet_that_lies_elsewhere_ends_the_problems_of_the_first() {
    let desk = Desk::new();
    let rows = |class: &str| {
        format!("record,name,class,source\na1,Made-up one,{class},Made-up list\na2,Made-up two,police,Made-up list\n")
    };
    let first = desk.file("first/actor.csv", rows("nothing"));
    desk.ok(&["import", &desk.workspace(), &first]);
    assert_eq!(desk.problems().len(), 1);
    let mended = desk.file("mended/actor.csv", rows("military"));
    desk.ok(&["import", &desk.workspace(), &mended]);
    assert_eq!(desk.problems(), []);
}

/// A day of the end that cannot be read is told, and says still that it ended: the state is confirmed at its start, and not today.
#[test]
fn what_ended_on_a_day_that_cannot_be_read_is_not_confirmed_for_ever() {
    let desk = Desk::new();
    let rows = "u1,Made-up one,2018-03-01,2020-02-30,Made-up list\nu2,Made-up two,2018-03-01,31.12.19,Made-up list\nu3,Made-up three,2018-03-01,,Made-up list\n";
    let sheet = desk.file("actor.csv", format!("record,name,valid_from,valid_to,source\n{rows}"));
    import(&desk, &sheet, &[]);
    assert_eq!(desk.problems().len(), 2, "{:?}", desk.problems());
    for (day, confirmed) in [("2018-03-01", [1, 1, 1]), ("2026-01-01", [0, 0, 1])] {
        let sql = "select confirmed from actor order by record";
        let told = desk.json(&["sql", &desk.workspace(), sql, "--json", "--valid-on", day]);
        assert_eq!(told["rows"], json!(confirmed.map(|n| json!({"confirmed": n}))), "{day}");
    }
    desk.file(
        "actor.csv",
        format!("record,name,valid_from,valid_to,source\n{}", rows.replace("02-30", "02-28").replace("31.12.19", "2019-12-31")),
    );
    import(&desk, &sheet, &[]);
    let sql = "select valid_to, last_cited from statement where kind = 'actor' and current = 1 order by record";
    let ended = |day: Option<&str>| json!({"valid_to": day, "last_cited": null});
    assert_eq!(desk.sql(sql), [ended(Some("2020-02-28")), ended(Some("2019-12-31")), ended(None)]);
    assert_eq!(desk.problems(), []);
}

/// Names that were added once are known from then on: the same sheet, or a copy of it, sent without adding names again makes nobody twice.
#[test]
fn a_sheet_whose_names_were_added_once_is_the_same_without_adding_them_again() {
    let desk = Desk::new();
    desk.add(&[json!({"kind": "actor", "record": "so/u1", "fields": {"name": "Made-up Unit", "class": "military"}})]);
    let mapping = "source = \"Made-up list\"\n[[record]]\nkind = \"posting\"\n[record.fields]\nperson = { column = \"who\" }\n\
                   actor = { column = \"unit\" }\nrole = { column = \"as\" }\n";
    desk.file("units.toml", mapping);
    let rows = "who,unit,as\nMade-up Zed,Made-up Unit,commander\n";
    let (sheet, copy) = (desk.file("postings.csv", rows), desk.file("copy.csv", rows));
    import(&desk, &sheet, &["--add-names"]);
    for (file, options) in [(&sheet, &[][..]), (&sheet, &["--add-names"]), (&copy, &[]), (&sheet, &[])] {
        let again = import(&desk, file, options);
        assert_eq!((&again["changed"], &again["gone"], &again["findings"]), (&0.into(), &0.into(), &json!([])), "{again}");
    }
    let sql = "select p.record = q.person as is_it, p.record like 'marked/%' as is_hidden from person p cross join posting q";
    let rows = desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", "strictly_confidential"])["rows"].clone();
    assert_eq!(rows, json!([{"is_it": 1, "is_hidden": 1}]));
}

/// A sheet that was sent in the browser is kept under a name of which a part is secret: it holds all the same, and an altered one is seen.
#[test]
fn a_sheet_that_was_sent_holds_and_an_altered_one_is_seen() {
    for clearance in ["public", "confidential"] {
        let desk = Desk::new();
        let workspace = desk.workspace();
        let server = Server::start(workspace.as_ref(), &["--clearance", clearance]);
        assert_eq!(server.upload("/sheets", "units.csv", b"name\nMade-up Guard\n").0, 303);
        server.interrupt();
        desk.ok(&["verify", &workspace]);
        let folder = desk.path("w").join("files/sheets");
        let kept = std::fs::read_dir(folder).expect("the sheets").flatten().next().expect("a sheet").path();
        std::fs::write(&kept, "name\nMade-up Army\n").expect("it is altered");
        let (_, told) = desk.fails(&["verify", &workspace]);
        assert!(told.contains("its content is not what it is called by"), "{clearance}: {told}");
    }
}

/// Of a list of records two are erased in two copies that know nothing of each other, and a third corrects the list: in whatever order they come
/// together, the list names who is left, as it was corrected, and nobody has to choose.
#[test]
fn of_a_list_two_may_be_erased_in_ignorance_of_each_other_while_it_is_corrected() {
    let desk = Desk::new();
    let of = |kind: &str, record: &str, fields: Value| json!({"kind": kind, "record": record, "fields": fields});
    let actors = ["a", "b", "c", "e"].map(|record| of("actor", record, json!({"name": format!("Made-up Qz{record}")})));
    desk.add(&actors);
    desk.add(&[of("distinct", "d", json!({"records": ["actor:a", "actor:b", "actor:c"]}))]);
    let path = |name: &str| desk.path(name).display().to_string();
    let copy = |from: &str, to: &str| {
        let between = format!("{to}-between");
        desk.ok(&["backup", from, &between]);
        desk.ok(&["restore", &between, to]);
    };
    let copies = ["one", "two", "three"].map(path);
    copies.iter().for_each(|to| copy(&desk.workspace(), to));
    for (copy, record) in [(&copies[0], "a"), (&copies[1], "b")] {
        desk.ok(&["erase", copy, "actor", record, "--ordered-by", "Head of unit", "--reason", "asked for"]);
    }
    let old = desk.value("select statement from statement where kind = 'distinct'");
    let mut corrected = of("distinct", "d", json!({"records": ["actor:a", "actor:b", "actor:c", "actor:e"]}));
    corrected["supersedes"] = json!([old]);
    assert!(desk.told(&["add", &copies[2]], &[corrected]).status.success());
    for order in [[0, 1, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let all = path(&order.map(|n: usize| n.to_string()).concat());
        copy(&copies[order[0]], &all);
        order[1..].iter().for_each(|n| drop(desk.ok(&["merge", &all, "--from", &copies[*n], "--redact"])));
        let rows = |sql: &str| desk.json(&["sql", &all, sql, "--json"])["rows"].clone();
        let left = json!([{"records": json!(["actor:c", "actor:e"]).to_string()}]);
        assert_eq!(
            (rows("select records from not_the_same"), rows("select record from conflict")),
            (left, json!([])),
            "{order:?}"
        );
        desk.ok(&["verify", &all]);
    }
}
