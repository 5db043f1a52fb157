//! Questions as data: each file of `questions/tests` records statements, asks a question and says which rows must come. All are made
//! up. A new file is a new test.

use remit_ask::{Answer, ColumnStyle, Questions};
use remit_model::Day;
use remit_store::{AsOf, Cell, Draft, Reader, Register, Settings, Workspace};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::Path;
use tempfile::TempDir;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionTest {
    question: String,
    /// What this shows, in one sentence.
    why: String,
    #[serde(default)]
    parameters: BTreeMap<String, String>,
    #[serde(default)]
    as_of: GivenAsOf,
    /// What is recorded, in order, as `remit add` takes it.
    #[serde(default, rename = "statement")]
    statements: Vec<Map<String, Value>>,
    /// The rows in their order; only the columns that are named are compared. `""` is a cell without a value.
    #[serde(default, rename = "row")]
    rows: Vec<BTreeMap<String, Value>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct GivenAsOf {
    valid_on: Option<String>,
    clearance: Option<String>,
}

/// What a file of this name expects and what comes, as texts.
fn compare(text: &str, name: &str) -> Result<(), String> {
    let test: QuestionTest = toml::from_str(text).map_err(|e| e.to_string())?;
    let is_named = name.strip_prefix(&test.question).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
    if !is_named {
        return Err(format!("it is a test of `{}`; begin its name with that", test.question));
    }
    let folder = TempDir::new().map_err(|e| e.to_string())?;
    let said = |e: &dyn std::fmt::Display| format!("{} ({})", e, test.why);
    let workspace = Workspace::init(&folder.path().join("w"), Settings::default()).map_err(|e| said(&e))?;
    record(&workspace, &test.statements).map_err(|e| said(&e))?;
    let day = test.as_of.valid_on.as_deref().map_or(Some(workspace.default_day()), Day::parse).ok_or("valid_on is no day")?;
    let mut as_of = AsOf::public(day);
    as_of.clearance = test.as_of.clearance.as_deref().map_or(Ok(as_of.clearance), str::parse).map_err(|e| said(&e))?;
    let questions = Questions::load(&workspace).map_err(|e| said(&e))?;
    let reader = Reader::open(&workspace, as_of).map_err(|e| said(&e))?;
    let parameters: Vec<(String, String)> = test.parameters.clone().into_iter().collect();
    let answer = Answer::ask(&workspace, &questions, &reader, &test.question, &parameters).map_err(|e| said(&e))?;
    let named: Vec<&String> = test.rows.iter().flat_map(BTreeMap::keys).collect();
    if let Some(absent) = named.iter().find(|n| answer.table.column(n).is_none()) {
        return Err(format!("the answer has no column {absent}; it has: {}", answer.table.columns.join(", ")));
    }
    let cell = |row: &[Cell], name: &String| answer.table.column(name).map(|at| value(&row[at])).unwrap_or_default();
    let come: Vec<BTreeMap<String, Value>> = answer
        .table
        .rows
        .iter()
        .enumerate()
        .map(|(n, row)| {
            let names = test.rows.get(n).or(test.rows.last()).into_iter().flat_map(BTreeMap::keys);
            names.map(|name| (name.clone(), cell(row, name))).collect()
        })
        .collect();
    if come == test.rows {
        Ok(())
    } else {
        Err(format!("{}\nexpected: {}\ncame:     {}", test.why, lines(&test.rows), lines(&come)))
    }
}

fn record(workspace: &Workspace, statements: &[Map<String, Value>]) -> Result<(), Box<dyn std::error::Error>> {
    let mut register = Register::open(workspace)?;
    // Each is an entry of its own, as it would be with an office.
    for statement in statements {
        let mut entry = register.entry("Made-up Adviser", "added")?;
        entry.append(&Draft::from_json(workspace.model(), statement)?)?;
        entry.commit()?;
    }
    Ok(())
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Null => Value::String(String::new()),
        Cell::Integer(n) => Value::from(*n),
        // What is written as a whole number is compared as one; four digits behind the point are enough for a share.
        Cell::Real(n) if n.fract() == 0.0 && n.abs() < 1e15 => Value::from(*n as i64),
        Cell::Real(n) => Value::from((n * 10_000.0).round() / 10_000.0),
        Cell::Text(text) => Value::String(text.clone()),
    }
}

fn lines(rows: &[BTreeMap<String, Value>]) -> String {
    rows.iter().map(|row| format!("\n  {}", Value::from_iter(row.clone()))).collect()
}

#[test]
fn every_question_answers_what_its_tests_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../questions/tests");
    let mut files: Vec<_> = std::fs::read_dir(folder).expect("the tests").flatten().map(|f| f.path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "toml"));
    files.sort();
    assert!(!files.is_empty(), "there are no tests of questions");
    let wrong: Vec<String> = files
        .iter()
        .filter_map(|file| {
            let text = std::fs::read_to_string(file).expect("a test");
            // So that who looks for the tests of a question finds them side by side.
            let name = file.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            Some(format!("{}: {}", file.display(), compare(&text, &name).err()?))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_column_that_is_shown_has_a_name_for_people() {
    let folder = TempDir::new().expect("a temporary folder");
    let workspace = Workspace::init(&folder.path().join("w"), Settings::default()).expect("a workspace");
    let questions = Questions::load(&workspace).expect("questions");
    let reader = Reader::open(&workspace, AsOf::public(workspace.default_day())).expect("a reader");
    let mut unnamed = Vec::new();
    for question in questions.all().iter().filter(|q| q.wanting(&[]).is_empty()) {
        let answer = Answer::ask(&workspace, &questions, &reader, &question.name, &[]).expect("an answer");
        for column in &answer.table.columns {
            let look = questions.columns().get(column, &answer.table.columns);
            // One that nobody has named is called as programs call it, in every language.
            if look.show != ColumnStyle::Hidden && look.label.english() == column.replace('_', " ") {
                unnamed.push(format!("{}: {column}", question.name));
            }
        }
    }
    assert_eq!(unnamed, Vec::<String>::new(), "name them in questions/columns.toml");
}

#[test]
fn no_two_columns_of_an_answer_are_called_the_same() {
    let folder = TempDir::new().expect("a temporary folder");
    let workspace = Workspace::init(&folder.path().join("w"), Settings::default()).expect("a workspace");
    let questions = Questions::load(&workspace).expect("questions");
    let reader = Reader::open(&workspace, AsOf::public(workspace.default_day())).expect("a reader");
    let languages: Vec<_> = workspace.model().languages.all().filter(|l| l.complete).map(|l| l.language).collect();
    let mut same = Vec::new();
    for question in questions.all().iter().filter(|q| q.wanting(&[]).is_empty()) {
        let answer = Answer::ask(&workspace, &questions, &reader, &question.name, &[]).expect("an answer");
        for language in &languages {
            let heads = answer
                .table
                .columns
                .iter()
                .map(|c| questions.columns().get(c, &answer.table.columns).label.get(*language).to_lowercase());
            let mut heads: Vec<String> = heads.collect();
            heads.sort();
            let twice = heads.windows(2).filter(|pair| pair[0] == pair[1]);
            same.extend(twice.map(|pair| format!("{} ({language}): {}", question.name, pair[0])));
        }
    }
    assert_eq!(same, Vec::<String>::new(), "tell them apart in questions/columns.toml");
}

/// A kind with stages stands there by itself, unless it is left out for a rule of its own, which must not be forgotten.
#[test]
fn every_kind_with_stages_is_among_what_is_overdue() {
    let model = remit_model::Model::load(None).expect("the model");
    let overdue = include_str!("../../../questions/overdue.sql");
    let others = include_str!("../../../questions/parts/other_stages.sql");
    let left_out =
        others.split("k.kind not in (").nth(1).and_then(|rest| rest.split(')').next()).expect("the kinds that are left out");
    let left_out: Vec<&str> = left_out.split(", ").map(|name| name.trim_matches('\'')).collect();
    assert!(overdue.contains("from other_stages") && left_out.len() > 3);
    for name in left_out {
        assert!(model.kind(name).is_some_and(|kind| kind.stages.is_some()), "{name}");
        assert!(overdue.contains(&format!("select '{name}'")), "{name}");
    }
}
