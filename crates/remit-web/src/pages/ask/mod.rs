//! Any question: its parameters as a form, its answer as a table, its rule.

use crate::app::App;
use crate::cells::{AnswerCells, MOST, TableView};
use crate::chart::{Chart, charts};
use crate::context::Context;
use crate::error::PageError;
use crate::figures::total;
use crate::frame::{Choice, Link, Page, country_choices};
use crate::html_matrix::{HtmlMatrix, matrix};
use crate::html_tree::{TreeLine, tree};
use crate::language::{language, locale};
use crate::m;
use crate::messages::label;
use crate::request::PageRequest;
use crate::response::{PageResult, html};
use crate::routes::answer_page;
use crate::row_forms::{ChangeForm, change_form};
use crate::saved::{self, Saved};
use askama::Template;
use axum::Router;
use axum::extract::Path;
use remit_ask::{Answer, Parameter, Question};
use remit_store::{Cell, Table};

pub(super) fn routes() -> Router<App> {
    answer_page("/ask/{question}", show)
}

#[derive(Template)]
#[template(path = "ask/page.html")]
struct AskPage {
    page: Page,
    why: String,
    rule: String,
    parameters: Vec<ParameterField>,
    tree: Option<Vec<TreeLine>>,
    matrix: Option<HtmlMatrix>,
    charts: Vec<Chart>,
    table: TableView,
    summary: String,
    below: Vec<Below>,
    /// Where what the answer lists is decided on.
    decide: Option<Link>,
    /// What is kept of it under a name, for who may keep something.
    saved: Option<Saved>,
    said: String,
}

/// A parameter's field in the form.
struct ParameterField {
    name: String,
    label: String,
    value: String,
    /// What there is to choose from; empty for free text.
    options: Vec<Choice>,
}

/// An answer that stands below the one that was asked for.
struct Below {
    title: String,
    rule: String,
    table: TableView,
}

async fn show(request: PageRequest, Path(question): Path<String>) -> PageResult {
    request.read(move |cx| respond(cx, &question)).await
}

fn respond(cx: &Context, question: &str) -> PageResult {
    let answer = cx.ask_all(question, &cx.request.parameters)?;
    if let Some(data) = cx.answer_as_data(&answer)? {
        return Ok(data);
    }
    let title = label(&answer.question.title);
    let table = cx.request.sorted(&answer.table);
    let drawn = AnswerCells::new(cx, &table).draw("t1", &m::table_n(1, &title));
    html(&AskPage {
        page: Page::new(cx, &title, vec![Link::new(m::nav_questions(), cx.link("/questions", &[]))])
            .without_days(answer.question.event.is_none())
            .with_terms(cx, std::iter::once(question).chain(answer.table.columns.iter().map(String::as_str))),
        why: label(&answer.question.why),
        rule: label(&answer.question.rule),
        parameters: answer.question.parameters.iter().map(|p| field(cx, p, answer.parameter(&p.name))).collect(),
        tree: tree(cx, &answer)?,
        matrix: matrix(cx, &answer)?,
        charts: charts(cx, &answer)?,
        table: TableView { changes: changes(cx, &answer.question, &table)?, ..drawn.downloaded() },
        saved: cx.app().author().map(|_| saved::of(cx, &title)).transpose()?,
        said: cx.request.said.clone(),
        summary: summary(&answer),
        below: below(cx, &answer)?,
        decide: answer.question.page.as_ref().map(|path| Link::new(m::decide_here(), cx.link(path, &[]))),
    })
}

/// The forms by which the records of the rows are changed, as far as rows are drawn.
fn changes(cx: &Context, question: &Question, table: &Table) -> Result<Option<ChangeForm>, PageError> {
    let Some(change) = &question.change else { return Ok(None) };
    let at = table.at(&change.record)?;
    let records: Vec<&str> = table.rows.iter().take(MOST).map(|r| r[at].text().unwrap_or_default()).collect();
    change_form(cx, cx.app().kind(&change.kind)?, &records)
}

fn below(cx: &Context, answer: &Answer) -> Result<Vec<Below>, PageError> {
    let one = |(n, answer): (usize, &Answer)| {
        let title = label(&answer.question.title);
        let table = AnswerCells::new(cx, &answer.table).draw(&format!("t{n}"), &m::table_n(n, &title));
        Below { title, rule: label(&answer.question.rule), table }
    };
    Ok((2..).zip(&cx.below(answer)?).map(one).collect())
}

/// How many rows there are, and what they add up to, as far as they have these columns.
fn summary(answer: &Answer) -> String {
    type Sum = fn(f64) -> String;
    const SUMS: [(&str, Sum); 3] = [
        ("committed_usd", |n| m::sum_committed(n)),
        ("disbursed_usd", |n| m::sum_disbursed(n)),
        ("counted_usd", |n| m::sum_counted(n)),
    ];
    let table = &answer.table;
    let mut parts = vec![m::rows(table.rows.len())];
    for (column, words) in SUMS {
        let sum = table.column(column).and_then(|at| total(table.rows.iter().map(|r| r[at].number())));
        parts.extend(sum.map(words));
    }
    let mut text = locale().clauses(&parts);
    if let (Some(counted), Some(kind)) = (table.column("counted_usd"), table.column("type")) {
        let commitment = |row: &&Vec<Cell>| row[kind].text() == Some("2");
        let part = |rows: Vec<&Vec<Cell>>| rows.iter().filter_map(|r| r[counted].number()).sum::<f64>();
        let (commitments, rest) = table.rows.iter().partition(commitment);
        text.push_str(&format!(" {}", m::sum_parts(part(commitments), part(rest))));
    }
    text + "."
}

fn field(cx: &Context, parameter: &Parameter, value: &str) -> ParameterField {
    let mut options: Vec<Choice> = match parameter.list.as_deref().and_then(|l| cx.model().lists.get(l)) {
        Some(list) if list.name == "country" => country_choices(cx, value),
        Some(list) => list.codes().iter().map(|c| Choice::new(&c.code, c.label.get(language()), c.code == value)).collect(),
        None => parameter.choices.iter().filter(|c| !c.is_empty()).map(|c| Choice::new(c, c, c == value)).collect(),
    };
    if !options.is_empty() && parameter.default.is_empty() {
        options.insert(0, Choice::new("", m::all_choice(), value.is_empty()));
    }
    ParameterField { name: parameter.name.clone(), label: label(&parameter.label), value: value.to_owned(), options }
}
