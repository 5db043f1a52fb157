//! One module a page: it asks its questions, draws the answers, and hands them to its template.

pub(crate) mod activity;
pub(crate) mod ask;
pub(crate) mod country;
pub(crate) mod data;
pub(crate) mod documents;
pub(crate) mod edit;
mod mission;
pub(crate) mod problems;
pub(crate) mod questions;
pub(crate) mod record;
pub(crate) mod records;
pub(crate) mod search;
pub(crate) mod sheets;
pub(crate) mod style;
pub(crate) mod support;
pub(crate) mod world;
pub(crate) mod write;

use crate::app::App;
use crate::error::PageError;
use crate::request::{Asked, Form, csv, json, xlsx};
use crate::say::{called, with, with_one};
use crate::show::{Shown, recipient, text};
use axum::http::Uri;
use axum::response::Response;
use remit_ask::Answer;
use remit_store::{Reader, Table};

/// An address that leads nowhere.
pub(crate) async fn not_found(uri: Uri) -> PageError {
    PageError::not_found(with_one("error-no-page", "path", uri.path()))
}

/// Asks a question for some parameters.
fn ask(app: &App, reader: &Reader, name: &str, given: &[(&str, &str)]) -> Result<Answer, PageError> {
    let given: Vec<(String, String)> = given.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    Ok(Answer::ask(app.workspace(), app.questions(), reader, name, &given)?)
}

/// The same answer for a program or a spreadsheet, where the address asks for one.
fn as_data(app: &App, asked: &Asked, reader: &Reader, answer: &Answer) -> Result<Option<Response>, PageError> {
    if asked.form == Form::Html {
        return Ok(None);
    }
    let answer = &Answer { table: asked.sorted(&answer.table), ..answer.clone() };
    Ok(match asked.form {
        Form::Html => None,
        Form::Json => Some(json(&remit_ask::json(answer, &answer.below(app.workspace(), app.questions(), reader)?))),
        Form::Csv => Some(csv(remit_ask::csv(&answer.table))),
        Form::Xlsx => Some(workbook(
            asked,
            &answer.question.name,
            &called(&answer.question.title),
            &called(&answer.question.rule),
            &answer.table,
        )?),
    })
}

/// Rows of a query for a program or a spreadsheet.
fn table_as_data(asked: &Asked, name: &str, table: &Table) -> Option<Response> {
    if asked.form == Form::Html {
        return None;
    }
    let table = &asked.sorted(table);
    match asked.form {
        Form::Html => None,
        Form::Json => {
            let mut value = remit_ask::query_json(name, &asked.as_of, table);
            value["question"] = name.into();
            value["parameters"] =
                asked.parameters.iter().map(|(n, v)| (n.clone(), v.clone().into())).collect::<serde_json::Map<_, _>>().into();
            Some(json(&value))
        }
        Form::Csv => Some(csv(remit_ask::csv(table))),
        Form::Xlsx => workbook(asked, name, name, "", table).ok(),
    }
}

/// A table as a workbook that says what it is and as of when.
fn workbook(asked: &Asked, name: &str, title: &str, rule: &str, table: &Table) -> Result<Response, PageError> {
    let bytes = remit_publish::table_workbook(title, rule, &asked.as_of, &asked.parameters, table);
    Ok(xlsx(name, bytes.map_err(|e| PageError::internal(&e))?))
}

/// A table whose rows end in a bar.
#[derive(Debug, Default)]
struct Bars {
    caption: String,
    head: String,
    heads: Vec<String>,
    bar: String,
    rows: Vec<BarRow>,
}

#[derive(Debug)]
struct BarRow {
    label: Shown,
    numbers: Vec<Shown>,
    /// Length of the whole bar and of its dark part, of 100.
    whole: f64,
    part: f64,
}

/// The file and line where a row stands.
fn file_line(table: &Table, row: usize) -> String {
    with("file-line", &[("file", text(table, row, "file").into()), ("line", number(table, row, "line").into())])
}

fn number(table: &Table, row: usize, column: &str) -> f64 {
    table.get(row, column).number().unwrap_or_default()
}

/// Identifiers as a list of SQL.
fn quoted<T: AsRef<str>>(ids: &[T]) -> String {
    ids.iter().map(|id| format!("'{}'", id.as_ref().replace('\'', "''"))).collect::<Vec<_>>().join(",")
}

/// The sum of a column; unknown where no row knows it.
fn sum(table: &Table, column: &str) -> Option<f64> {
    let at = table.column(column)?;
    let known: Vec<f64> = table.rows.iter().filter_map(|r| r[at].number()).collect();
    (!known.is_empty()).then(|| known.iter().sum())
}

/// Names of the actor classes that the answer about gaps finds without active support.
fn missing_classes(app: &App, gaps: &Table) -> Vec<String> {
    (0..gaps.rows.len())
        .filter(|r| number(gaps, *r, "gap") > 0.0 && text(gaps, *r, "dimension") == "actor_class")
        .map(|r| recipient(app.model(), text(gaps, r, "recipient")))
        .collect()
}
