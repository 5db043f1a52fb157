//! Any question: its parameters as a form, its answer as a table, its rule.

use super::{as_data, number, sum};
use crate::app::App;
use crate::chart::{Chart, charts};
use crate::draw::{Picture, picture};
use crate::error::PageError;
use crate::page::{Page, crumb};
use crate::request::{Asked, bare, html};
use crate::show::{Drawn, draw, whole};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::Response;
use remit_ask::Answer;
use remit_model::Language;
use remit_store::Reader;

#[derive(Template)]
#[template(path = "ask.html")]
struct AskPage {
    page: Page,
    why: String,
    rule: String,
    controls: Vec<Control>,
    picture: Picture,
    charts: Vec<Chart>,
    table: Drawn,
    summary: String,
    below: Vec<(String, String, Drawn)>,
}

/// A parameter's control.
struct Control {
    name: String,
    label: String,
    value: String,
    /// Codes and names to choose from; empty for free text.
    options: Vec<(String, String, bool)>,
}

pub(crate) async fn show(State(app): State<App>, Path(question): Path<String>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    let name = bare(&question).to_owned();
    app.read(asked.cut.clone(), move |app, reader| respond(app, &asked, reader, &name)).await
}

fn respond(app: &App, asked: &Asked, reader: &Reader, name: &str) -> Result<Response, PageError> {
    let answer = Answer::ask(app.workspace(), app.questions(), reader, name, &asked.parameters)?;
    if let Some(data) = as_data(app, asked, reader, &answer)? {
        return Ok(data);
    }
    let title = answer.question.title.en.clone();
    let table = asked.sorted(&answer.table);
    let table = draw(asked, app.model(), app.columns(), &table, "t1", &format!("Table 1. {title}")).downloaded();
    let mut below = Vec::new();
    for (n, b) in answer.below(app.workspace(), app.questions(), reader)?.iter().enumerate() {
        let caption = format!("Table {}. {}", n + 2, b.question.title.en);
        let drawn = draw(asked, app.model(), app.columns(), &b.table, &format!("t{}", n + 2), &caption);
        below.push((b.question.title.en.clone(), b.question.rule.en.clone(), drawn));
    }
    let template = AskPage {
        page: Page::new(app, asked, title, vec![crumb("Questions", asked.link("/questions", &[]))]),
        why: answer.question.why.en.clone(),
        rule: answer.question.rule.en.clone(),
        charts: charts(app, asked, &answer),
        picture: picture(app, asked, &answer),
        controls: controls(app, &answer),
        table,
        summary: summary(&answer),
        below,
    };
    Ok(html(template.render()?))
}

/// How many rows there are, and what they add up to.
fn summary(answer: &Answer) -> String {
    let table = &answer.table;
    let mut text = format!("{} rows", whole(table.rows.len() as f64));
    for (column, words) in [("committed_usd", "committed"), ("disbursed_usd", "disbursed"), ("counted_usd", "counted")] {
        if let Some(sum) = sum(table, column) {
            text.push_str(&format!("; USD {} {words}", whole(sum)));
        }
    }
    if table.column("counted_usd").is_some() {
        let part = |commitments: bool| -> f64 {
            (0..table.rows.len())
                .filter(|r| (table.get(*r, "type").text() == Some("2")) == commitments)
                .map(|r| number(table, r, "counted_usd"))
                .sum()
        };
        text.push_str(&format!(" ({} commitments, {} disbursements and expenditures)", whole(part(true)), whole(part(false))));
    }
    text + "."
}

fn controls(app: &App, answer: &Answer) -> Vec<Control> {
    answer
        .question
        .parameters
        .iter()
        .map(|p| {
            let value = answer.parameter(&p.name).to_owned();
            let mut options: Vec<(String, String, bool)> = match p.list.as_deref().and_then(|l| app.model().lists.get(l)) {
                Some(list) => {
                    list.codes().iter().map(|c| (c.code.clone(), c.label.get(Language::En).to_owned(), c.code == value)).collect()
                }
                None => p.choices.iter().filter(|c| !c.is_empty()).map(|c| (c.clone(), c.clone(), *c == value)).collect(),
            };
            if !options.is_empty() && p.default.is_empty() {
                options.insert(0, (String::new(), "all".into(), value.is_empty()));
            }
            Control { name: p.name.clone(), label: p.label.en.clone(), value, options }
        })
        .collect()
}
