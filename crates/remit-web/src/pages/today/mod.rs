//! The country today: what ends, what is overdue, what nobody oversees, what waits for a decision, what has changed, what is not
//! known. A question stands here by saying `today = true` in its heading.

use crate::app::App;
use crate::cells::{AnswerCells, TableView, country_name};
use crate::context::{Context, query};
use crate::error::PageError;
use crate::frame::{Choice, Link, Page};
use crate::m;
use crate::messages::label;
use crate::request::PageRequest;
use crate::response::{PageResult, html};
use crate::routes::page;
use askama::Template;
use axum::Router;
use remit_ask::Question;
use remit_store::{Cell, Table};
use serde::Deserialize;

/// Rows of each question that are shown; all are one click away.
const SHOWN: usize = 5;

/// Days for which changes are shown where nobody says since when.
const RECENT: i32 = 30;

pub(super) fn routes() -> Router<App> {
    page("/today", show)
}

#[derive(Template)]
#[template(path = "today/page.html")]
struct TodayPage {
    page: Page,
    countries: Vec<Choice>,
    since: String,
    waiting: Option<Link>,
    world: Link,
    sections: Vec<Section>,
    /// Questions of which nothing is on record.
    quiet: Vec<Link>,
}

/// The first rows of a question's answer.
struct Section {
    all: Link,
    why: String,
    count: String,
    table: TableView,
}

async fn show(request: PageRequest) -> PageResult {
    request.read(respond).await
}

/// A country that something is recorded of.
#[derive(Deserialize)]
struct Recorded {
    country: String,
}

/// How many proposals wait.
#[derive(Deserialize)]
struct Waiting {
    n: f64,
}

fn respond(cx: &Context) -> PageResult {
    let country = match cx.request.get("country") {
        "" => cx.app().workspace().settings().country.clone(),
        chosen => chosen.to_owned(),
    };
    let since = match cx.request.get("since") {
        "" => cx.request.as_of.valid_on.plus_days(-RECENT).to_string(),
        since => since.to_owned(),
    };
    let (mut sections, mut quiet, mut counts) = (Vec::new(), Vec::new(), Vec::new());
    for question in cx.app().questions().all().iter().filter(|q| q.today) {
        let given: Vec<(&str, &str)> =
            [("country", country.as_str()), ("since", &since)].into_iter().filter(|(name, _)| takes(question, name)).collect();
        let answer = cx.ask(&question.name, &given)?;
        let all = Link::new(label(&question.title), cx.link(&format!("/ask/{}", question.name), &given));
        counts.push((question, answer.table.rows.len()));
        if answer.table.rows.is_empty() {
            quiet.push(all);
            continue;
        }
        let table =
            Table { columns: answer.table.columns.clone(), rows: answer.table.rows.iter().take(SHOWN).cloned().collect() };
        sections.push(Section {
            table: AnswerCells::new(cx, &table).draw(&format!("t-{}", question.name), &all.text),
            count: m::today_rows(answer.table.rows.len()),
            why: label(&question.why),
            all,
        });
    }
    let columns = ["question", "rows"].map(str::to_owned).to_vec();
    let rows = counts.iter().map(|(q, n)| vec![Cell::Text(q.name.clone()), Cell::Integer(*n as i64)]).collect();
    if let Some(data) = cx.table_as_data("today", &Table { columns, rows })? {
        return Ok(data);
    }
    let title = match country.as_str() {
        "" => m::today_title(),
        code => m::today_in(country_name(cx.model(), code)),
    };
    html(&TodayPage {
        page: Page::new(cx, title, Vec::new()),
        countries: countries(cx, &country)?,
        waiting: waiting(cx)?,
        world: Link::new(m::world_title(), cx.link("/world", &[])),
        since,
        sections,
        quiet,
    })
}

fn takes(question: &Question, parameter: &str) -> bool {
    question.parameters.iter().any(|p| p.name == parameter)
}

fn countries(cx: &Context, chosen: &str) -> Result<Vec<Choice>, PageError> {
    let mut recorded: Vec<Recorded> = cx.rows(query!("countries.sql"), &[])?;
    if !chosen.is_empty() && recorded.iter().all(|r| r.country != chosen) {
        recorded.push(Recorded { country: chosen.to_owned() });
    }
    let choice = |r: &Recorded| Choice::new(r.country.clone(), country_name(cx.model(), &r.country), r.country == chosen);
    let mut choices: Vec<Choice> = recorded.iter().map(choice).collect();
    choices.sort_by(|a, b| (&a.name, &a.value).cmp(&(&b.name, &b.value)));
    Ok(choices)
}

/// Proposals that somebody has to decide on.
fn waiting(cx: &Context) -> Result<Option<Link>, PageError> {
    let all: Vec<Waiting> = cx.rows(query!("waiting.sql"), &[])?;
    let n = all.first().map_or(0.0, |w| w.n);
    Ok((n > 0.0).then(|| Link::new(m::today_waiting(n), cx.link("/review", &[]))))
}
