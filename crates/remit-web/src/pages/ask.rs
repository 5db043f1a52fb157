//! Any question: its parameters as a form, its answer as a table, its rule.

use super::{as_data, number, sum};
use crate::app::App;
use crate::chart::{Chart, charts};
use crate::draw::{Picture, picture};
use crate::error::PageError;
use crate::language::{language, locale};
use crate::page::{Page, crumb};
use crate::request::{Asked, bare, html};
use crate::say::{called, say, titled, with, with_one};
use crate::show::{Drawn, draw};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::Response;
use remit_ask::Answer;
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
    app.read(asked.as_of.clone(), move |app, reader| respond(app, &asked, reader, &name)).await
}

fn respond(app: &App, asked: &Asked, reader: &Reader, name: &str) -> Result<Response, PageError> {
    let answer = Answer::ask(app.workspace(), app.questions(), reader, name, &asked.parameters)?;
    if let Some(data) = as_data(app, asked, reader, &answer)? {
        return Ok(data);
    }
    let title = called(&answer.question.title);
    let table = asked.sorted(&answer.table);
    let table = draw(asked, app.model(), app.columns(), &table, "t1", &titled(1, &title)).downloaded();
    let mut below = Vec::new();
    for (n, b) in answer.below(app.workspace(), app.questions(), reader)?.iter().enumerate() {
        let caption = titled(n + 2, &called(&b.question.title));
        let drawn = draw(asked, app.model(), app.columns(), &b.table, &format!("t{}", n + 2), &caption);
        below.push((called(&b.question.title), called(&b.question.rule), drawn));
    }
    let template = AskPage {
        page: Page::new(app, asked, title, vec![crumb(say("nav-questions"), asked.link("/questions", &[]))]),
        why: called(&answer.question.why),
        rule: called(&answer.question.rule),
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
    let mut parts = vec![with_one("rows", "n", table.rows.len())];
    for (column, words) in
        [("committed_usd", "sum-committed"), ("disbursed_usd", "sum-disbursed"), ("counted_usd", "sum-counted")]
    {
        if let Some(sum) = sum(table, column) {
            parts.push(with_one(words, "n", sum));
        }
    }
    let mut text = locale().clauses(&parts);
    if table.column("counted_usd").is_some() {
        let part = |commitments: bool| -> f64 {
            (0..table.rows.len())
                .filter(|r| (table.get(*r, "type").text() == Some("2")) == commitments)
                .map(|r| number(table, r, "counted_usd"))
                .sum()
        };
        let both = [("commitments", part(true).into()), ("disbursements", part(false).into())];
        text.push_str(&format!(" {}", with("sum-parts", &both)));
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
                    list.codes().iter().map(|c| (c.code.clone(), c.label.get(language()).to_owned(), c.code == value)).collect()
                }
                None => p.choices.iter().filter(|c| !c.is_empty()).map(|c| (c.clone(), c.clone(), *c == value)).collect(),
            };
            if !options.is_empty() && p.default.is_empty() {
                options.insert(0, (String::new(), say("all-choice"), value.is_empty()));
            }
            Control { name: p.name.clone(), label: called(&p.label), value, options }
        })
        .collect()
}
