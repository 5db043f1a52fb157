//! What waits for somebody's decision, over all documents, most certain first.

use super::proposal::{self, Proposal, Which};
use crate::app::App;
use crate::error::PageError;
use crate::page::{Page, crumb};
use crate::pages::{table_as_data, text};
use crate::request::{Asked, html};
use crate::say::{called, say};
use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use remit_store::Reader;

/// Proposals on one page.
const SHOWN: usize = 20;

#[derive(Template)]
#[template(path = "review.html")]
struct ReviewPage {
    page: Page,
    proposals: Vec<Proposal>,
    waiting: usize,
    missions: Vec<(String, String, bool)>,
    kinds: Vec<(String, String, bool)>,
    documents: String,
    writes: bool,
    back: String,
    action: String,
    said: String,
}

pub(crate) async fn review(State(app): State<App>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    app.read(asked.as_of.clone(), move |app, reader| respond(app, &asked, reader)).await
}

fn respond(app: &App, asked: &Asked, reader: &Reader) -> Result<Response, PageError> {
    let which = Which { mission: asked.get("mission").into(), kind: asked.get("kind").into(), document: String::new() };
    let limit = if asked.form == crate::request::Form::Html { SHOWN } else { 1_000_000 };
    let table = proposal::query(reader, &which, limit)?;
    if let Some(data) = table_as_data(asked, "review", &table) {
        return Ok(data);
    }
    let names = proposal::names(reader)?;
    let back = asked.link("/review", &[("mission", &which.mission), ("kind", &which.kind)]);
    let kinds = ["mandated_task", "engagement"].iter().filter_map(|k| app.model().kind(k));
    let template = ReviewPage {
        page: Page::new(app, asked, say("to-decide"), vec![crumb(say("nav-documents"), asked.link("/documents", &[]))]),
        proposals: proposal::shown(app, asked, &table, &names, &back),
        waiting: proposal::waiting(reader)?,
        missions: missions(reader, &which.mission)?,
        kinds: kinds.map(|k| (k.name.clone(), called(&k.label), k.name == which.kind)).collect(),
        documents: asked.link("/documents", &[]),
        writes: app.author().is_some(),
        action: asked.link("/decide", &[]),
        back,
        said: asked.get("said").to_owned(),
    };
    Ok(html(template.render()?))
}

/// Missions that a document speaks of.
fn missions(reader: &Reader, chosen: &str) -> Result<Vec<(String, String, bool)>, PageError> {
    let sql = "select a.record, coalesce(a.acronym, a.name) as called from actor a where a.class = 'mission' order by called";
    let table = reader.query(sql, &[])?;
    let one = |r: usize| {
        let record = text(&table, r, "record");
        (record.to_owned(), text(&table, r, "called").to_owned(), record == chosen)
    };
    Ok((0..table.rows.len()).map(one).collect())
}
