//! Model and questions as data: a workspace brings its own, and a wrong one is named with file and line. All made up.

use crate::desk::{Desk, paid, police};
use serde_json::json;

#[test]
fn a_wrong_model_stops_with_file_and_line() {
    let kind = "time = \"event\"\nlabel = { en = \"Convoy\", fr = \"Convoi\", ar = \"قافلة\" }\n\n[[field]]\nname = \"from\"\n";
    let label = "label = { en = \"From\", fr = \"De\", ar = \"من\" }\n";
    for (name, content, expected) in [
        (
            "kinds/convoy.toml",
            format!("{kind}type = \"code\"\nlist = \"nowhere\"\n{label}"),
            "convoy.toml:4: field `from` names the code list `nowhere`, which is not there",
        ),
        (
            "kinds/convoy.toml",
            format!("{kind}type = \"text\"\n{label}[[field]]\nname = \"from\"\ntype = \"text\"\n{label}"),
            "convoy.toml:8: field `from` is there twice",
        ),
        (
            "kinds/convoy.toml",
            format!("{kind}type = \"text\"\nlabel = {{ en = \"From\" }}\n"),
            "convoy.toml:4: field `from` has no label in `fr`",
        ),
        ("kinds/convoy.toml", format!("{kind}type = \"txt\"\n{label}"), "convoy.toml:4: field `from` has the unknown type `txt`"),
        ("kinds/convoy.toml", "time = event".into(), "convoy.toml:1:"),
        (
            "codes/modality.csv",
            "code,en,fr,ar,category,status\ntrain,Train,,,,active\ntrain,Train,,,,active\n".into(),
            "modality.csv:3: code `train` is there twice",
        ),
        ("codes/modality.csv", "code,en,klingon\n".into(), "modality.csv:1: has the column `klingon`; expected code"),
        ("codes/modality.csv", "en,fr\n".into(), "modality.csv:1: has no column `code`"),
        ("codes/modality.csv", "code,en,parent\na,A,b\nb,B,a\n".into(), "modality.csv: code `a` is a part of itself"),
        ("codes/it's.csv", "code,en\n".into(), "it's.csv: is called so that no field can name it"),
        ("kinds/it's.toml", format!("{kind}type = \"text\"\n{label}"), "it's.toml:1: the kind is called `it's`"),
        (
            "kinds/convoy.toml",
            format!("view = \"a b\"\n{kind}type = \"text\"\n{label}"),
            "convoy.toml:1: its view is called `a b`",
        ),
        (
            "kinds/convoy.toml",
            format!("{kind}type = \"records\"\nof = [\"actor\", \"ship\"]\n{label}"),
            "convoy.toml: field `from` refers to the kind `ship`, which is not there",
        ),
        ("statement.toml", "[[field]]\nname = \"source\"\n".into(), "statement.toml:1: missing field `type`"),
        ("languages.toml", "[[language]]\ncode = \"en\"\n".into(), "languages.toml:1: missing field `name`"),
        (
            "crosswalk/aid_type.csv",
            "code,modality,reason\nD01,nothing,because\n".into(),
            "aid_type.csv:2: `nothing` is not a code of the list `modality`",
        ),
    ] {
        let desk = Desk::new();
        desk.file(&format!("w/model/{name}"), content);
        let (code, said) = desk.fails(&["ask", &desk.workspace()]);
        assert_eq!(code, 1);
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn a_kind_and_a_question_are_added_by_adding_files() {
    let desk = Desk::new();
    desk.file(
        "w/model/kinds/convoy.toml",
        "time = \"event\"\nlabel = { en = \"Convoy\", fr = \"Convoi\", ar = \"قافلة\" }\n[[field]]\nname = \"vehicles\"\ntype = \"integer\"\nlabel = { en = \"Vehicles\", fr = \"Véhicules\", ar = \"مركبات\" }\n",
    );
    desk.file("w/questions/convoys.sql", "-- title = { en = \"Convoys\" }\n-- [[parameter]]\n-- name = \"least\"\n-- label = { en = \"At least\" }\n-- default = \"0\"\nselect vehicles from convoy where vehicles >= cast(:least as integer)\n");
    desk.file(
        "convoys.toml",
        "[dataset]\nname = \"convoys\"\n[[record]]\nkind = \"convoy\"\n[record.fields]\nvehicles = { column = \"n\" }\n",
    );
    desk.import("convoys.csv", "n\n3\n12\n");
    assert_eq!(desk.ask("convoys", &["--least", "5"]), [json!({"vehicles": 12})]);
}

#[test]
fn a_fourth_language_is_added_by_adding_files() {
    let desk = Desk::new();
    let built_in = include_str!("../../../../model/languages.toml");
    let ukrainian = "\n[[language]]\ncode = \"uk\"\nname = \"Українська\"\ndirection = \"ltr\"\ndigits = \"0123456789\"\n\
        group = \"\u{a0}\"\ndecimal = \",\"\nminus = \"−\"\npercent = \"{n} %\"\nlist = \", \"\nclause = \"; \"\n\
        date = \"{d} {m} {y}\"\nmonth = \"{m} {y}\"\nmonths = [\"січ.\", \"лют.\", \"бер.\", \"квіт.\", \"трав.\", \"черв.\", \
        \"лип.\", \"серп.\", \"вер.\", \"жовт.\", \"лист.\", \"груд.\"]\nmagnitudes = [\"тис.\", \"млн\", \"млрд\"]\n\
        parenthesis = \"({text})\"\n";
    desk.file("w/model/languages.toml", format!("{built_in}{ukrainian}"));
    desk.file("w/model/codes/sex.csv", "code,en,uk\nfemale,Female,Жінки\nmale,Male,\n");
    assert_eq!(
        desk.sql("select code, uk, fr from code where list = 'sex' order by position"),
        [json!({"code": "female", "uk": "Жінки", "fr": "Female"}), json!({"code": "male", "uk": "Male", "fr": "Male"}),]
    );
    let page = desk.serve().get("/?lang=uk").2;
    assert!(page.contains("lang=\"uk\"") && page.contains("Українська"), "a page in Ukrainian");
    assert!(page.contains("Support"), "what has no Ukrainian yet is said in English");
}

#[test]
fn stages_lists_of_records_and_computed_fields_are_data() {
    let desk = Desk::new();
    let labelled = |name: &str| format!("label = {{ en = \"{name}\", fr = \"{name}\", ar = \"{name}\" }}\n");
    let field = |name: &str, more: &str| format!("[[field]]\nname = \"{name}\"\n{more}{}", labelled(name));
    let kind = format!(
        "time = \"event\"\ntitle = \"title\"\n{}[stages]\nfield = \"status\"\nopen = [\"0\", \"1\"]\ndue = \"due\"\n{}{}{}{}{}\
         [[computed]]\nname = \"year_due\"\ntype = \"integer\"\nsql = \"cast(substr(v.due, 1, 4) as integer)\"\n{}",
        labelled("Pledge"),
        field("title", "type = \"text\"\n"),
        field("status", "type = \"code\"\nlist = \"reform_status\"\n"),
        field("due", "type = \"date\"\n"),
        field("by", "type = \"records\"\nof = \"actor\"\nview = \"pledge_by\"\n"),
        field("serves", "type = \"records\"\nof = [\"reform\", \"outcome\"]\nview = \"pledge_serves\"\n"),
        labelled("Year due"),
    );
    desk.file("w/model/kinds/pledge.toml", kind);
    let workspace = desk.workspace();
    for line in [
        json!({"kind": "actor", "record": "a", "fields": {"name": "Made-up Ministry"}}),
        json!({"kind": "actor", "record": "b", "fields": {"name": "Made-up Office"}}),
        json!({"kind": "actor", "record": "c", "fields": {"name": "The Made-up Office"}}),
        json!({"kind": "reform", "record": "r", "fields": {"title": "Made-up reform"}}),
        json!({"kind": "pledge", "record": "p", "fields":
            {"title": "Pledge", "status": "1", "due": "2021-03", "by": ["a", "b"], "serves": ["reform:r"]}}),
        json!({"kind": "pledge", "record": "q", "fields": {"title": "Done", "status": "3", "due": "2020", "by": "c; b"}}),
    ] {
        desk.add(&[line]);
    }
    let day = |sql: &str| desk.json(&["sql", &workspace, sql, "--json", "--valid-on", "2021-06-30"])["rows"].clone();
    assert_eq!(
        day("select record, open, overdue, year_due from pledge order by record"),
        json!([{"record": "p", "open": 1, "overdue": 1, "year_due": 2021}, {"record": "q", "open": 0, "overdue": 0, "year_due": 2020}])
    );
    assert_eq!(
        day("select record, target_kind, target_name from pledge_serves"),
        json!([{"record": "p", "target_kind": "reform", "target_name": "Made-up reform"}])
    );
    let by = "select record, target_name from pledge_by order by record, target_name";
    assert_eq!(day(by).as_array().map(Vec::len), Some(4));
    desk.ok(&["merge", &workspace, "actor", "b", "c"]);
    assert_eq!(
        day(by),
        json!([{"record": "p", "target_name": "Made-up Ministry"}, {"record": "p", "target_name": "The Made-up Office"},
            {"record": "q", "target_name": "The Made-up Office"}]),
        "two records that became one are named once"
    );
    desk.file("w/model/kinds/spy.toml", format!(
        "time = \"event\"\n{}{}[[computed]]\nname = \"all\"\ntype = \"text\"\nsql = \"(select group_concat(fields) from main.statement)\"\n{}",
        labelled("Spy"), field("note", "type = \"text\"\n"), labelled("All"),
    ));
    let (_, said) = desk.fails(&["ask", &workspace, "unsourced"]);
    assert!(said.contains("spy.toml: the sql of `all` cannot be used") && said.contains("no such table"), "{said}");
}

#[test]
fn phrases_read_four_languages_and_not_food_security() {
    let desk = Desk::new();
    let titled = |id: &str, title: &str| {
        police(id, &paid("2", "1"))
            .replace("Made-up police reform", title)
            .replace("<sector vocabulary=\"1\" code=\"15132\"/>", "")
    };
    desk.activities(
        "a.xml",
        &[
            titled("EN", "Support to Security Sector Reform"),
            titled("FR", "Appui à la réforme du secteur de la sécurité"),
            titled("ES", "Reforma del sector de seguridad"),
            titled("AR", "دعم إصلاح القطاع الأمني"),
            titled("FOOD", "Food security sector reform and social security"),
            titled("HALF", "Policereformers of the insecurity sector"),
        ],
    );
    let read = desk.sql("select identifier, read_quote from activity where read = 1 order by id");
    assert_eq!(
        read,
        [
            json!({"identifier": "EN", "read_quote": "Security Sector Reform"}),
            json!({"identifier": "FR", "read_quote": "réforme du secteur de la sécurité"}),
            json!({"identifier": "ES", "read_quote": "Reforma del sector de seguridad"}),
            json!({"identifier": "AR", "read_quote": "إصلاح القطاع الأمني"}),
        ]
    );
    assert_eq!(desk.value("select sum(coded) from activity"), json!(0));
}
