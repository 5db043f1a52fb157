//! Questions are checked before anybody asks one. All made up.

use remit_ask::{Answer, AskError, Questions};
use remit_model::{Field, FieldType, Marking, Model};
use remit_store::{AboutDataSet, AsOf, Draft, FileEntry, Import, Reader, Register, Settings, Workspace};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A workspace with these files in its folder of questions.
fn workspace(files: &[(&str, &str)]) -> (TempDir, Workspace) {
    let folder = TempDir::new().expect("a temporary folder");
    let workspace = Workspace::init(&folder.path().join("w"), Settings::default()).expect("a workspace");
    std::fs::create_dir_all(workspace.folder().join("questions")).expect("a folder");
    for (name, text) in files {
        let file = workspace.folder().join("questions").join(name);
        std::fs::create_dir_all(file.parent().expect("its folder")).expect("a folder");
        std::fs::write(file, text).expect("a file");
    }
    (folder, workspace)
}

/// What is wrong with the questions of a workspace, a line each, without its folder.
fn faults(files: &[(&str, &str)]) -> Vec<String> {
    let (folder, workspace) = workspace(files);
    let check = || -> Result<(), AskError> {
        let questions = Questions::load(&workspace)?;
        let reader = Reader::open(&workspace, AsOf::public(workspace.default_day()))?;
        questions.check(workspace.model(), &reader)
    };
    let own = format!("{}/w/questions/", folder.path().display());
    match check() {
        Ok(()) => Vec::new(),
        Err(error) => error.to_string().replace(&own, "").lines().map(str::to_owned).collect(),
    }
}

const TITLE: &str = "-- title = { en = \"Made up\" }\n";

fn question(heading: &str, sql: &str) -> String {
    format!("{TITLE}{heading}{sql}\n")
}

#[test]
fn all_built_in_questions_can_be_asked_and_drawn() {
    assert_eq!(faults(&[]), Vec::<String>::new());
}

/// What a field may say.
fn made_up(model: &Model, field: &Field) -> Value {
    match &field.kind {
        FieldType::Record(kind) => format!("made-up/{kind}").into(),
        FieldType::Records(kinds) if kinds.len() == 1 => json!([format!("made-up/{}", kinds[0])]),
        FieldType::Records(kinds) => json!([format!("{0}:made-up/{0}", kinds[0])]),
        FieldType::Code(list) => model.lists.get(list).expect("the list").codes()[0].code.clone().into(),
        FieldType::Date => "2026-01-01".into(),
        FieldType::Integer | FieldType::Number | FieldType::Boolean => 1.into(),
        FieldType::Texts => json!({ "en": "Made-up name" }),
        _ => "Made-up name".into(),
    }
}

/// A query has room for so many tables, and the views of kinds of which there is anything have more of them.
#[test]
fn all_built_in_questions_can_be_asked_where_there_is_something_of_every_kind() {
    let (_folder, workspace) = workspace(&[]);
    let model = workspace.model();
    let mut register = Register::open(&workspace).expect("the register");
    let mut entry = register.entry("Made-up Adviser", "added").expect("an entry");
    for kind in model.register_kinds() {
        let mut draft = Draft::new(model, &kind.name);
        draft.record = format!("made-up/{}", kind.name);
        draft.set_envelope("source", "Made-up Report");
        for field in kind.fields.iter().filter(|f| f.required || kind.title.as_ref() == Some(&f.name)) {
            draft.fields.insert(field.name.clone(), made_up(model, field));
        }
        entry.append(&draft).expect("a statement");
    }
    entry.commit().expect("recorded");
    drop(register);
    let about = AboutDataSet { dataset: "made-up".into(), ..AboutDataSet::default() };
    let mut import = Import::begin(&workspace, about).expect("an import");
    let file = import.begin_file("made-up.csv").expect("a file");
    for kind in model.kinds.iter().filter(|k| k.part_of.is_none()) {
        let writer = Import::row_writer(&workspace, &kind.name, &[]).expect("a writer");
        import.record(&writer, "made-up", (file, 1), &Default::default(), &[]).expect("a row");
    }
    import.finish_file(file, &FileEntry::default()).expect("a file");
    import.finish("made-up", 1, 0).expect("imported");
    workspace.count_once().expect("counted");
    let questions = Questions::load(&workspace).expect("the questions");
    let mut as_of = AsOf::public(workspace.default_day());
    as_of.clearance = Marking::StrictlyConfidential;
    let open = || Reader::open(&workspace, as_of.clone()).expect("a reader");
    let reader = open();
    questions.check(model, &reader).expect("questions that can be asked");
    // Of a large register no rows are kept, and each view stands for all tables behind it.
    for question in questions.all().iter().filter(|q| q.wanting(&[]).is_empty()) {
        let ask = |reader: &Reader| Answer::ask(&workspace, &questions, reader, &question.name, &[]).map(|a| a.table.rows);
        let large = ask(&open().of_a_large_register()).unwrap_or_else(|e| panic!("{}: {e}", question.name));
        assert_eq!(large, ask(&reader).expect("an answer"), "{}", question.name);
    }
}

#[test]
fn a_typing_error_is_told_with_its_file_and_line() {
    let bars = "-- [[draw]]\n-- form = \"bars\"\n-- label = \"name\"\n-- value = \"totl\"\n";
    let parameter = "-- [[parameter]]\n-- name = \"place\"\n-- list = \"countri\"\n-- label = { en = \"Place\" }\n";
    for (heading, sql, told) in [
        ("", "select name\nfrom actr", "own.sql:3: no such table: actr; only the views can be read"),
        ("", "select\n  nme from actor", "own.sql:3: no such column: nme"),
        (
            "",
            "select name, count(*) as n\nfrom actor\nwhere country = :cuntry",
            "own.sql:4: the SQL uses `:cuntry`, which is no parameter",
        ),
        (
            bars,
            "select name, 1 as total from actor",
            "own.sql:5: a picture is made of the column `totl`, which the answer has not; it has name, total",
        ),
        (
            parameter,
            "select name from actor where country = :place",
            "own.sql:2: the parameter `place` names the code list `countri`",
        ),
        (parameter, "select name from actor", "own.sql:2: the SQL does not use the parameter `:place`"),
        ("-- below = [\"gapps\"]\n", "select 1 as n", "own.sql:2: there is no question `gapps`"),
        ("-- order = \"first\"\n", "select 1 as n", "own.sql:2: its heading is wrong"),
        ("-- engine = \"some\"\n", "select 1 as n", "own.sql:2: its heading is wrong: unknown variant `some`"),
        (
            "-- engine = \"any\"\n",
            "select class,\n  group_concat(name) as names\nfrom actor group by class",
            "own.sql:4: `engine = \"any\"`, and only SQLite has `group_concat(`",
        ),
        (
            "-- engine = \"any\"\n-- parts = [\"asked_for\"]\n-- [[parameter]]\n-- name = \"place\"\n-- label = { en = \"A\" }\n",
            "select n from asked_for",
            "own.sql:3: `engine = \"any\"`, and its part `asked_for` uses `:place`",
        ),
        ("-- [[draw]]\n-- form = \"tree\"\n", "select 1 as level", "own.sql:2: a picture is made of the column `actor`"),
        ("", "delete from actor", "own.sql:2: this reaches behind the views"),
        ("", "", "own.sql:2: there is no SQL here; write one `select`"),
        ("", "select 1 as n;\nselect 2 as n", "own.sql:2: there is more than one statement here"),
        (
            "-- [rule]\n-- en = \"Made up.\"\n-- parts = [\"added\"]\n",
            "select 1 as n",
            "own.sql:4: its heading is wrong: invalid type: a list, expected a text in quotation marks (below [rule] only its own keys may stand",
        ),
        (
            "-- [rule]\n-- en = \"Made up.\"\n-- page = \"/made-up\"\n",
            "select 1 as n",
            "own.sql:4: `page` stands below [rule], and is no language of it; put it above [rule]",
        ),
        (
            "-- [rule]\n-- en = \"Made up.\"\n-- [[parameter]]\n-- name = \"who\"\n",
            "select name from actor where record = :who",
            "own.sql:4: its heading is wrong: missing field `label`",
        ),
        (
            "-- [[parameter]]\n-- name = \"who\"\n-- record = \"actr\"\n-- label = { en = \"Who\" }\n",
            "select name from actor where record = :who",
            "own.sql:2: the parameter `who` names a record of the kind `actr`, which is not there",
        ),
    ] {
        let part = ("parts/asked_for.sql", "asked_for as (select :place as n)");
        let told_now = faults(&[("own.sql", &question(heading, sql)), part]);
        assert!(told_now.iter().any(|t| t.starts_with(told)), "{told}: {told_now:?}");
    }
}

#[test]
fn two_columns_of_one_name_are_refused() {
    let told = faults(&[("own.sql", &question("", "select name, country,\n  class as name\nfrom actor"))]);
    assert_eq!(told, ["own.sql:2: the answer has two columns `name`; call one of them something else, with `as`"]);
}

#[test]
fn a_fault_in_a_part_names_the_part() {
    let heading = "-- parts = [\"made_up\", \"other\"]\n";
    let told = |made_up: &str, other: &str| {
        let parts = [("parts/made_up.sql", made_up), ("parts/other.sql", other)];
        let own = question(heading, "select n\nfrom made_up");
        faults(&[("own.sql", own.as_str()), parts[0], parts[1]]).join("\n")
    };
    assert_eq!(told("made_up as (select n from other)", "other as (select 1 as n)"), "");
    let wrong = told("made_up as (select n from gone)", "other as (select 1 as n)");
    assert!(wrong.starts_with("own.sql:3: no such table: gone; "), "{wrong}");
    assert!(wrong.ends_with("; it is in the part `made_up`, questions/parts/made_up.sql"), "{wrong}");
    let wrong = told("made_up as (select n from other)", "other as (select n from made_up)");
    assert!(wrong.starts_with("own.sql:3: circular reference: "), "{wrong}");
    assert!(wrong.contains("; it is in the part `made_up`, questions/parts/made_up.sql"), "{wrong}");
}

#[test]
fn a_name_is_an_identifier() {
    assert!(faults(&[("it's.sql", &question("", "select 1 as n"))])[0].starts_with("it's.sql: `it's` is no name for a question"));
    let named = |name: &str| {
        let heading = format!("-- [[parameter]]\n-- name = \"{name}\"\n-- label = {{ en = \"A\" }}\n");
        faults(&[("own.sql", &question(&heading, &format!("select :{name} as n")))])
    };
    assert!(named("sort")[0].starts_with("own.sql:2: `sort` is no name for a parameter"));
    assert!(named("place").is_empty());
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let wrong = question("", "select nothing");
    let told =
        faults(&[("a.sql", &wrong), ("b.sql", &wrong), ("columns.toml", "[own]\nlabel = { en = \"Own\" }\nshow = \"code\"\n")]);
    assert_eq!(told.len(), 3, "{told:?}");
}

#[test]
fn what_columns_lead_to_and_are_written_by_is_checked() {
    let columns = |text: &str| faults(&[("columns.toml", &format!("[first]\nlabel = {{ en = \"First\" }}\n\n{text}"))]);
    let label = "label = { en = \"Own\" }\n";
    assert!(columns(&format!("[own]\n{label}show = \"colour\"\n"))[0].starts_with("columns.toml:6: unknown variant `colour`"));
    assert!(
        columns(&format!("[own]\n{label}show = \"code\"\nlist = \"nolist\"\n"))[0]
            .starts_with("columns.toml:4: `own` names the code list `nolist`")
    );
    let link = "link = { page = \"/record/actor\", with = { record = \"actr\" } }\n";
    assert!(columns(&format!("[own]\n{label}{link}"))[0].starts_with("columns.toml:4: `own` leads by the column `actr`"));
    assert!(columns(&format!("[own]\n{label}{}", link.replace("actr", "first"))).is_empty());
    assert!(columns(&format!("[own]\n{label}link = \"first\"\n"))[0].starts_with("columns.toml:6: a link is { page = "));
}

#[test]
fn what_stands_on_pages_is_checked_and_named_with_its_line() {
    let section = "[[section]]\nquestion = \"laws\"\n\n[[section]]\nquestion = \"QUESTION\"\ncolumns = [\"COLUMN\"]\n";
    let with = |question: &str, column: &str| section.replace("QUESTION", question).replace("COLUMN", column);
    for file in ["home.toml", "dossier.toml"] {
        let told = |text: String| faults(&[(file, &text)]).join("\n");
        assert_eq!(told(with("mising", "record")), format!("{file}:5: there is no question `mising`"));
        assert!(told(with("laws", "titel")).starts_with(&format!("{file}:6: `laws` has no column `titel`; it has ")));
    }
    let told = faults(&[("dossier.toml", "[[section]]\nquestion = \"laws\"\nkind = [\"lw\"]\n")]);
    assert_eq!(told, ["dossier.toml:3: `laws` names the kind `lw`, which is not there"]);
}
