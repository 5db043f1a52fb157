//! Every component of the pages with sample data, so that a change of the stylesheet can be judged at one glance. All of the
//! data is made up.

mod samples;

use crate::app::App;
use crate::cells::{CellView, TableView};
use crate::chart::Chart;
use crate::context::Context;
use crate::figures::whole;
use crate::frame::Page;
use crate::m;
use crate::palette::{GRAPHICS, Scheme, TEXTS};
use crate::request::PageRequest;
use crate::response::{PageResult, html};
use crate::routes::form;
use askama::Template;
use axum::Router;
use axum::routing::get;

pub(super) fn routes() -> Router<App> {
    // There is nothing to download.
    form("/style", get(show))
}

#[derive(Template)]
#[template(path = "style/page.html")]
struct StylePage {
    page: Page,
    sizes: [&'static str; 3],
    spaces: [(&'static str, u32); 6],
    texts: Vec<Swatch>,
    graphics: Vec<Swatch>,
    states: TableView,
    nothing: TableView,
    charts: Vec<Chart>,
}

/// A colour with the ground it stands on, and its contrast on light, dark and printed pages.
struct Swatch {
    name: &'static str,
    ground: &'static str,
    contrast: String,
}

async fn show(request: PageRequest) -> PageResult {
    request.read(respond).await
}

fn respond(cx: &Context) -> PageResult {
    html(&StylePage {
        page: Page::new(cx, m::style_title(), Vec::new()),
        sizes: ["large", "text", "small"],
        spaces: [("g1", 4), ("g2", 8), ("g3", 12), ("g4", 16), ("g5", 24), ("g6", 32)],
        texts: swatches(&TEXTS),
        graphics: swatches(&GRAPHICS),
        states: states(),
        nothing: TableView { caption: "Complaints".into(), empty: m::nothing_is_on_record(), ..TableView::default() },
        charts: samples::charts(&cx.voice()),
    })
}

fn swatches(pairs: &[(&'static str, &'static str)]) -> Vec<Swatch> {
    let contrast = |name: &str, ground: &str| {
        let of = |scheme: Scheme| scheme.contrast(name, ground).map_or_else(|| "?".into(), |c| format!("{c:.1}"));
        Scheme::ALL.map(of).join(" · ")
    };
    pairs.iter().map(|(name, ground)| Swatch { name, ground, contrast: contrast(name, ground) }).collect()
}

/// A table with every state that a cell can be in.
fn states() -> TableView {
    let row = |name: String, cell: CellView, says: String| vec![CellView::text(name), cell, CellView::text(says)];
    let cell = |text: String, class: &'static str, sign: &'static str| CellView { class, sign, ..CellView::text(text) };
    let number = |n: f64| CellView { sort: n.to_string(), ..CellView::number(whole(n)) };
    let unassessed = cell(m::s_not_assessed(), "num unassessed", "◌");
    let rows = vec![
        row(m::s_known(), number(1234.0), m::s_known_says()),
        row(m::s_zero(), CellView { class: "num zero", ..number(0.0) }, m::s_zero_says()),
        row(m::not_reported(), CellView::unknown(), m::s_unreported_says()),
        row(m::none_on_record(), cell(m::none_on_record(), "num none", "–"), m::s_none_says()),
        row(m::s_not_assessed(), unassessed, m::s_unassessed_says()),
        row(m::withheld(), CellView { class: "num withheld", ..CellView::withheld() }, m::s_withheld_says()),
        row(m::s_stale(), CellView { class: "num stale", ..number(870.0) }, m::s_stale_says()),
        row(m::s_linked(), number(12.0).link("/style".into()), m::s_linked_says()),
    ];
    TableView {
        id: "t1".into(),
        caption: m::table_n(1, m::s_states()),
        unit: m::s_states_unit(),
        heads: vec![CellView::text(m::s_state()), CellView::number(m::s_cell()), CellView::text(m::s_says())],
        rows,
        ..TableView::default()
    }
}
