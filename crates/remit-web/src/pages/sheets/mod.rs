//! Sheets in the browser: send one, say which column is which field, see what it would do, bring it in. What was said
//! of the columns is kept in `mappings/` and used again.

mod dry_run;
mod kept;
mod map;
mod sheet_mapping;

use crate::app::App;
use crate::context::Context;
use crate::error::PageError;
use crate::format::Format;
use crate::frame::{Link, Page};
use crate::language::language;
use crate::m;
use crate::post::{Fields, SentFile, files_and_fields};
use crate::request::{Author, KindName, PageRequest};
use crate::response::{PageResult, html, see_other, xlsx};
use crate::routes::{MOST_BYTES, file, form};
use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Multipart};
use axum::routing::get;
use remit_model::Kind;
use remit_sheet::{TABLES, preview};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .merge(form("/sheets", get(begin).post(take).layer(DefaultBodyLimit::max(MOST_BYTES))))
        .merge(form("/sheets/map", get(map::show).post(map::save)))
        .merge(form("/sheets/try", get(dry_run::show).post(dry_run::bring)))
        .merge(file("/template/{kind}", &[Format::Xlsx], template))
        .merge(file("/export/{kind}", &[Format::Xlsx], export))
}

#[derive(Template)]
#[template(path = "sheets/begin.html")]
struct BeginPage {
    page: Page,
    mappings: Vec<String>,
    /// Endings of the files that can be read.
    endings: String,
    error: String,
}

async fn begin(request: PageRequest, Author(_): Author) -> PageResult {
    request
        .read(|cx| {
            html(&BeginPage {
                page: Page::new(cx, m::bring_sheet(), vec![Link::new(m::nav_register(), cx.link("/records/actor", &[]))])
                    .with_errors(!cx.request.get("missing").is_empty()),
                mappings: kept::mappings(cx.app()),
                endings: TABLES.map(|e| format!(".{e}")).join(","),
                error: if cx.request.get("missing").is_empty() { String::new() } else { m::choose_sheet() },
            })
        })
        .await
}

/// Keeps what was sent under its hash.
async fn take(request: PageRequest, Author(_): Author, parts: Multipart) -> PageResult {
    let (files, fields) = files_and_fields(parts).await?;
    request.read(move |cx| keep(cx, files.into_iter().next(), &fields)).await
}

fn keep(cx: &Context, file: Option<SentFile>, fields: &Fields) -> PageResult {
    let Some(file) = file.filter(|f| TABLES.contains(&kept::ending(&f.name).as_str())) else {
        return Ok(see_other(&cx.link("/sheets", &[("missing", "file")])));
    };
    let kept = kept::keep(cx.app(), &file)?;
    let is_native = preview(cx.model(), &kept::path(cx.app(), &kept)?)?.iter().any(|p| p.native.is_some());
    let mapping = fields.get("mapping");
    let parameters = [("file", kept.as_str()), ("name", file.name.as_str()), ("mapping", mapping)];
    Ok(see_other(&cx.link(if is_native || !mapping.is_empty() { "/sheets/try" } else { "/sheets/map" }, &parameters)))
}

/// The way to a page of a sheet.
fn from_sheets(cx: &Context) -> Link {
    Link::new(m::bring_sheet(), cx.link("/sheets", &[]))
}

/// A kind whose records stand in sheets.
fn of_register(cx: &Context, kind: &Kind) -> Result<(), PageError> {
    let found = cx.model().register_kinds().any(|k| k.name == kind.name);
    if found { Ok(()) } else { Err(PageError::not_found(m::error_no_sheets_of(crate::messages::label(&kind.label)))) }
}

/// A workbook to fill in.
async fn template(request: PageRequest, KindName(kind): KindName) -> PageResult {
    let work = move |cx: &Context| {
        of_register(cx, &kind)?;
        let bytes = remit_sheet::template(cx.model(), &kind.name, language(), cx.reader);
        Ok(xlsx(&kind.name, bytes.map_err(|e| PageError::internal(&e))?))
    };
    request.read(work).await
}

/// The records of a kind as a workbook that comes back.
async fn export(request: PageRequest, KindName(kind): KindName) -> PageResult {
    let work = move |cx: &Context| {
        of_register(cx, &kind)?;
        let bytes = remit_sheet::export_workbook(cx.model(), cx.reader, Some(&kind.name));
        Ok(xlsx(&kind.name, bytes.map_err(|e| PageError::internal(&e))?))
    };
    request.read(work).await
}
