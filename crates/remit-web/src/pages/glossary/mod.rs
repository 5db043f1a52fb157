//! What the terms mean, in the order of the alphabet.

use crate::app::App;
use crate::context::Context;
use crate::frame::{Page, from_overview};
use crate::m;
use crate::messages::label;
use crate::request::PageRequest;
use crate::response::{PageResult, html};
use crate::routes::page;
use askama::Template;
use axum::Router;
use remit_store::{Cell, Table};

pub(super) fn routes() -> Router<App> {
    page("/glossary", &[], show)
}

#[derive(Template)]
#[template(path = "glossary/page.html")]
struct GlossaryPage {
    page: Page,
    terms: Vec<TermLine>,
}

struct TermLine {
    code: String,
    name: String,
    meaning: String,
}

async fn show(request: PageRequest) -> PageResult {
    request.read(respond).await
}

fn respond(cx: &Context) -> PageResult {
    let terms = cx.model().glossary.terms();
    if let Some(data) = cx.table_as_data("glossary", &as_table(cx))? {
        return Ok(data);
    }
    let line = |t: &remit_model::Term| TermLine { code: t.code.clone(), name: label(&t.name), meaning: label(&t.meaning) };
    let mut terms: Vec<TermLine> = terms.iter().map(line).collect();
    terms.sort_by_cached_key(|t| remit_model::folded(&t.name));
    html(&GlossaryPage { page: Page::new(cx, m::glossary(), vec![from_overview(cx)]), terms })
}

/// The terms for a program: in English, as all that programs read.
fn as_table(cx: &Context) -> Table {
    let english = |label: &remit_model::Label| Cell::Text(label.get(remit_model::Language::ENGLISH).to_owned());
    let row = |t: &remit_model::Term| vec![Cell::Text(t.code.clone()), english(&t.name), english(&t.meaning)];
    let rows = cx.model().glossary.terms().iter().map(row).collect();
    Table { columns: ["code", "name", "meaning"].map(str::to_owned).to_vec(), rows }
}
