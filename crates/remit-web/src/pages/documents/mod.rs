//! Documents in the browser: all of them, and where to send one.

use super::review::waiting;
use crate::app::App;
use crate::cells::{CellView, MOST, TableView};
use crate::context::{Context, query};
use crate::error::PageError;
use crate::figures::{clauses, date, whole};
use crate::frame::{Choice, Page, from_overview, marking};
use crate::m;
use crate::post::{Fields, MOST_BYTES, SentFile, SentFiles};
use crate::request::{Author, PageRequest};
use crate::response::{PageResult, html, see_other};
use crate::routes::page_and_form;
use crate::told::NAME;
use askama::Template;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;
use remit_model::{Marking, web_address, written_acronym};
use remit_reader::ingest::{File, Ingest, Ingested, ingest, listed, mission};
use serde::Deserialize;

pub(super) fn routes() -> Router<App> {
    page_and_form("/documents", &[NAME], get(show).post(take).layer(DefaultBodyLimit::max(MOST_BYTES)))
}

#[derive(Template)]
#[template(path = "documents/page.html")]
struct DocumentsPage {
    page: Page,
    table: TableView,
    waiting: usize,
    review: String,
    action: String,
    writes: bool,
    markings: Vec<Choice>,
    missions: Vec<String>,
    told: Vec<String>,
}

/// A document with how many passages were read in it.
#[derive(Deserialize)]
struct DocumentRow {
    record: String,
    title: String,
    symbol: String,
    date: String,
    language: String,
    mission: String,
    mission_name: String,
    passages: f64,
}

async fn show(request: PageRequest) -> PageResult {
    request.read(respond).await
}

fn respond(cx: &Context) -> PageResult {
    let all = cx.table(query!("documents.sql"), &[])?;
    if let Some(data) = cx.table_as_data("documents", &all)? {
        return Ok(data);
    }
    html(&DocumentsPage {
        page: Page::new(cx, m::nav_documents(), vec![from_overview(cx)]),
        table: table(cx, all.rows_as()?),
        waiting: waiting(cx)?,
        review: cx.link("/review", &[]),
        action: cx.link("/documents", &[]),
        writes: cx.app().author().is_some(),
        markings: Marking::ALL.iter().map(|m| Choice::new(m.code(), marking(cx.model(), m.code()), false)).collect(),
        missions: missions(cx),
        told: cx.told().unwrap_or_default().all("sentence").map(str::to_owned).collect(),
    })
}

/// The acronyms of all missions of the list, as they are written.
pub(super) fn missions(cx: &Context) -> Vec<String> {
    let codes = cx.model().lists.get("mission").map(|l| l.codes()).unwrap_or_default();
    codes.iter().map(|c| written_acronym(&c.code)).collect()
}

/// The mission that is written in a form; nothing where it is left open.
pub(super) fn whose(cx: &Context, called: &str) -> Result<String, PageError> {
    if called.is_empty() {
        return Ok(String::new());
    }
    mission(cx.app().workspace(), cx.app().clearance(), called)?
        .ok_or_else(|| PageError::bad_request(m::error_no_mission(called)))
}

fn table(cx: &Context, all: Vec<DocumentRow>) -> TableView {
    let more = all.len().saturating_sub(MOST);
    TableView {
        id: "documents".into(),
        caption: m::nav_documents(),
        heads: vec![
            CellView::text(m::title()),
            CellView::text(m::d_symbol()),
            CellView::text(m::d_date()),
            CellView::text(m::d_language()),
            CellView::text(m::d_mission()),
            CellView::number(m::d_passages()),
        ],
        rows: all.into_iter().take(MOST).map(|row| cells(cx, row)).collect(),
        empty: m::d_empty(),
        more,
        ..TableView::default()
    }
}

fn cells(cx: &Context, row: DocumentRow) -> Vec<CellView> {
    let mission = match row.mission_name.as_str() {
        "" if row.mission.is_empty() => CellView::none(m::no_single_mission()),
        // Until somebody has accepted what it does, it has no page.
        "" => CellView::text(listed(cx.model(), &row.mission).map_or(row.mission, |(_, code)| written_acronym(&code.code))),
        name => CellView::text(name).link(cx.record_link("actor", &row.mission)),
    };
    let passages = match row.passages {
        0.0 => CellView { text: m::document_not_read(), ..CellView::unknown() },
        n => CellView::number(whole(n)),
    };
    vec![
        CellView::text(row.title).link(cx.link("/document", &[("record", &row.record)])),
        CellView::text(row.symbol),
        CellView::line(date(&row.date)),
        CellView::text(row.language),
        mission,
        passages,
    ]
}

/// Takes documents, reads them apart from the server, and keeps them with what they propose.
async fn take(request: PageRequest, Author(author): Author, SentFiles(files, fields): SentFiles) -> PageResult {
    request.read(move |cx| read_all(cx, files, &fields, &author)).await
}

fn read_all(cx: &Context, files: Vec<SentFile>, fields: &Fields, author: &str) -> PageResult {
    let url = match fields.get("url").trim() {
        "" => String::new(),
        text => web_address(text).map_err(|_| PageError::bad_request(m::error_address()))?,
    };
    let marking: Marking = match fields.get("marking") {
        "" => Marking::Public,
        code => code.parse().map_err(|_| PageError::bad_request(m::error_no_marking(code)))?,
    };
    if files.is_empty() {
        return Ok(see_other(&cx.telling("/documents", &[], vec![("sentence", m::choose_file())])));
    }
    let files: Vec<File> = files.into_iter().map(|f| File::Sent { name: f.name, bytes: f.bytes }).collect();
    let whose = whose(cx, fields.get("mission"))?;
    let (workspace, clearance) = (cx.app().workspace(), cx.app().clearance());
    let into = Ingest { workspace, clearance, url: &url, marking, author, whose: &whose };
    let mut done: Vec<Ingested> = Vec::new();
    ingest(&into, &files, |one| done.push(one))?;
    if let [one] = &done[..]
        && one.passages > 0
    {
        return Ok(see_other(&cx.link("/document", &[("record", &one.document)])));
    }
    Ok(see_other(&cx.telling("/documents", &[], done.iter().map(|one| ("sentence", told(one))).collect())))
}

/// The sentence that says what became of a document that was sent.
pub(super) fn told(done: &Ingested) -> String {
    match done.passages {
        0 => m::not_read(&done.file, clauses(&done.notes)),
        n if done.notes.is_empty() => m::was_read(&done.file, n, done.proposals),
        n => m::read_noted(clauses(&done.notes), m::was_read(&done.file, n, done.proposals)),
    }
}
