//! The data sets: what was imported, from where, when, under which licence.

use crate::app::App;
use crate::cells::CellView;
use crate::context::{Context, query};
use crate::figures::{date, moment, whole};
use crate::frame::{Page, marking};
use crate::m;
use crate::request::PageRequest;
use crate::response::{PageResult, html};
use crate::routes::page;
use askama::Template;
use axum::Router;
use serde::Deserialize;

pub(super) fn routes() -> Router<App> {
    page("/data", &[], show)
}

#[derive(Template)]
#[template(path = "data/page.html")]
struct DataPage {
    page: Page,
    sets: Vec<ShownDataSet>,
}

struct ShownDataSet {
    name: String,
    about: Vec<(String, CellView)>,
    shown: bool,
}

/// One import.
#[derive(Deserialize)]
struct Snapshot {
    dataset: String,
    title: String,
    source: String,
    url: String,
    licence: String,
    attribution: String,
    published: String,
    recorded_at: String,
    hash: String,
    files: f64,
    bytes: f64,
    records: f64,
    parts: f64,
    problems: f64,
    marking: String,
    shown: bool,
}

async fn show(request: PageRequest) -> PageResult {
    request.read(respond).await
}

fn respond(cx: &Context) -> PageResult {
    let table = cx.table(query!("snapshots.sql"), &[])?;
    if let Some(data) = cx.table_as_data("data", &table)? {
        return Ok(data);
    }
    let snapshots: Vec<Snapshot> = table.rows_as()?;
    html(&DataPage {
        page: Page::new(cx, m::nav_data(), Vec::new()),
        sets: snapshots.into_iter().map(|s| data_set(cx, s)).collect(),
    })
}

fn data_set(cx: &Context, s: Snapshot) -> ShownDataSet {
    let source = if s.source.is_empty() { &s.url } else { &s.source };
    let link = if s.url.starts_with("https://") { s.url.clone() } else { String::new() };
    // A sheet of the register is kept for what of it could not be used; what it says are statements, and no rows of a data set.
    let holds = if s.records + s.parts > 0.0 {
        m::data_holds_text(s.bytes, s.files, s.parts, s.records)
    } else {
        m::data_holds_files(s.bytes, s.files)
    };
    let mut about = vec![
        (m::data_what(), CellView::text(s.title)),
        (m::data_source(), CellView::text(source).link(link)),
        (m::data_licence(), CellView::text(s.licence)),
        (m::data_named(), CellView::text(s.attribution)),
        (m::data_of(), CellView::text(date(&s.published))),
        (m::data_imported(), CellView::text(moment(&s.recorded_at))),
        (m::data_holds(), CellView::text(holds)),
        (m::nav_problems(), CellView::text(whole(s.problems))),
        (m::data_hash(), CellView::text(s.hash)),
        (m::data_marking(), CellView::text(marking(cx.model(), &s.marking))),
    ];
    about.retain(|(_, value)| !value.text.is_empty());
    ShownDataSet { name: s.dataset, about, shown: s.shown }
}
