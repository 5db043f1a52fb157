//! One passage with everything that was read in it, and the words that spoke for each label.

mod marks;

pub(super) use marks::{LEGEND, MarkedPiece, PassageMark, pieces};

use crate::app::App;
use crate::cells::{CellView, TableView, code_label};
use crate::context::{Context, query};
use crate::error::PageError;
use crate::figures::percent;
use crate::frame::{Link, Page};
use crate::m;
use crate::messages::label;
use crate::request::PageRequest;
use crate::response::{PageResult, html};
use crate::routes::page;
use askama::Template;
use axum::Router;
use remit_reader::classify::Classifier;
use serde::Deserialize;

pub(super) fn routes() -> Router<App> {
    page("/passage", &["record"], show)
}

#[derive(Template)]
#[template(path = "passage/page.html")]
struct PassagePage {
    page: Page,
    heading: String,
    place: String,
    pieces: Vec<MarkedPiece>,
    table: TableView,
    document: String,
}

/// A passage with the title of its document.
#[derive(Deserialize)]
struct TitledPassage {
    document: String,
    n: i64,
    number: String,
    heading: String,
    text: String,
    page: Option<i64>,
    reading: Vec<PassageMark>,
    title: String,
}

async fn show(request: PageRequest) -> PageResult {
    request.read(respond).await
}

fn respond(cx: &Context) -> PageResult {
    let table = cx.table(query!("passage.sql"), &[("passage", cx.request.get("record").into())])?;
    let passage = table.rows_as::<TitledPassage>()?.into_iter().next();
    let Some(p) = passage else { return Err(PageError::not_found(m::error_no_passage())) };
    if let Some(data) = cx.table_as_data("passage", &table)? {
        return Ok(data);
    }
    let named = if p.number.is_empty() { m::passage_n(p.n) } else { m::paragraph_n(&p.number) };
    let document = cx.link("/document", &[("record", &p.document)]);
    let crumbs = vec![Link::new(m::nav_documents(), cx.link("/documents", &[])), Link::new(&p.title, document.clone())];
    html(&PassagePage {
        page: Page::new(cx, m::part_of(named, &p.title), crumbs),
        place: p.page.filter(|n| *n > 0).map(m::page_n).unwrap_or_default(),
        pieces: pieces(cx.model(), &p.text, &p.reading),
        table: marks_table(cx, &p.text, &p.reading),
        document: format!("{document}#p{}", p.n),
        heading: p.heading,
    })
}

/// Every mark, surest first, with the words that say so.
fn marks_table(cx: &Context, text: &str, marks: &[PassageMark]) -> TableView {
    let mut marks: Vec<&PassageMark> = marks.iter().collect();
    marks.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    let row = |mark: &&PassageMark| {
        let list = cx.model().lists.get(&mark.list).map_or_else(|| mark.list.clone(), |l| label(&l.title));
        let words = match mark.worded {
            1 => text.get(mark.start..mark.end).unwrap_or_default().to_owned(),
            _ => most_telling(text, &mark.code),
        };
        vec![
            CellView::text(code_label(cx.model(), &mark.list, &mark.code)),
            CellView::text(list),
            CellView::number(percent(mark.probability * 100.0, 0)),
            CellView::text(words),
        ]
    };
    TableView {
        id: "marks".into(),
        caption: m::t_read(),
        heads: vec![
            CellView::text(m::data_what()),
            CellView::text(m::read_list()),
            CellView::number(m::read_sure()),
            CellView::text(m::read_words()),
        ],
        rows: marks.iter().map(row).collect(),
        empty: m::read_nothing(),
        ..TableView::default()
    }
}

/// How many words are named that spoke for what was learnt.
const TELLING: usize = 4;

/// The words of a paragraph that spoke most for a label that was learnt.
fn most_telling(text: &str, label: &str) -> String {
    let classifier = Classifier::shipped();
    let reasons = classifier.labels().iter().position(|l| l == label).map(|n| classifier.why(text, n)).unwrap_or_default();
    let mut words: Vec<&str> = Vec::new();
    for reason in reasons.iter().filter(|r| r.weight > 0.0) {
        let word = &text[reason.span.0..reason.span.1];
        if !words.iter().any(|w| w.eq_ignore_ascii_case(word)) {
            words.push(word);
        }
    }
    words.truncate(TELLING);
    if words.is_empty() { m::whole_paragraph() } else { m::learnt_words(words.join(" · ")) }
}
