//! What waits for somebody's decision, over all documents, most certain first.

mod proposal;

pub(super) use proposal::{Proposal, found, names, waiting};

use crate::app::App;
use crate::context::{Context, query};
use crate::error::PageError;
use crate::format::Format;
use crate::frame::{Choice, Link, Page};
use crate::m;
use crate::messages::label;
use crate::request::PageRequest;
use crate::response::{PageResult, html};
use crate::routes::page;
use askama::Template;
use axum::Router;
use serde::Deserialize;
use std::collections::HashMap;

pub(super) fn routes() -> Router<App> {
    page("/review", &["mission", "kind"], show)
}

/// Proposals on one page.
const SHOWN: usize = 20;

#[derive(Template)]
#[template(path = "review/page.html")]
struct ReviewPage {
    page: Page,
    proposals: Vec<Proposal>,
    waiting: usize,
    missions: Vec<Choice>,
    kinds: Vec<Choice>,
    documents: String,
    writes: bool,
    back: String,
    action: String,
    said: String,
}

async fn show(request: PageRequest) -> PageResult {
    request.read(respond).await
}

fn respond(cx: &Context) -> PageResult {
    let (mission, kind) = (cx.request.get("mission"), cx.request.get("kind"));
    let which = proposal::Which { mission, kind, document: "" };
    let limit = if cx.request.format == Format::Html { SHOWN } else { usize::MAX };
    let table = proposal::query(cx, &which, limit)?;
    if let Some(data) = cx.table_as_data("review", &table)? {
        return Ok(data);
    }
    let names = names(cx)?;
    let back = cx.link("/review", &[("mission", mission), ("kind", kind)]);
    let kinds = ["mandate", "mandated_task", "engagement", "recommendation"].iter().filter_map(|k| cx.model().kind(k));
    html(&ReviewPage {
        page: Page::new(cx, m::to_decide(), vec![Link::new(m::nav_documents(), cx.link("/documents", &[]))]),
        proposals: proposal::draw(cx, table.rows_as()?, &names, &back),
        waiting: waiting(cx)?,
        missions: missions(cx, &names, mission)?,
        kinds: kinds.map(|k| Choice::new(&k.name, label(&k.label), k.name == kind)).collect(),
        documents: cx.link("/documents", &[]),
        writes: cx.app().author().is_some(),
        action: cx.link("/decide", &[]),
        back,
        said: cx.request.said.clone(),
    })
}

#[derive(Deserialize)]
struct ReviewedMission {
    record: String,
}

/// All missions, and whomever a proposal names.
fn missions(cx: &Context, names: &HashMap<String, String>, chosen: &str) -> Result<Vec<Choice>, PageError> {
    let missions: Vec<ReviewedMission> = cx.rows(query!("missions.sql"), &[])?;
    let called = |record: String| (names.get(&record).unwrap_or(&record).clone(), record);
    let mut all: Vec<(String, String)> = missions.into_iter().map(|m| called(m.record)).collect();
    all.sort_by_key(|(name, _)| remit_model::ordered(name));
    Ok(all.into_iter().map(|(name, record)| Choice::new(&record, name, record == chosen)).collect())
}
