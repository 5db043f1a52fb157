//! One document: its paragraphs under their headings, with what was read in them marked, and its proposals beside.

use super::documents;
use super::passage::{LEGEND, MarkedPiece, PassageMark, pieces};
use super::review::{self, Proposal};
use crate::app::App;
use crate::cells::code_label;
use crate::context::{Context, query};
use crate::error::PageError;
use crate::figures::{date, percent, plain};
use crate::frame::{Choice, Link, Page};
use crate::m;
use crate::messages::label;
use crate::post::PostedForm;
use crate::reason::ProblemReason;
use crate::request::{Author, PageRequest};
use crate::response::{PageResult, html, see_other};
use crate::routes::{form, page};
use askama::Template;
use axum::Router;
use axum::routing::post;
use remit_model::{Marking, Model};
use remit_reader::ingest::{Ingest, again};
use remit_store::{Cell, Table};
use serde::Deserialize;
use std::collections::HashMap;

pub(super) fn routes() -> Router<App> {
    page("/document", &["record", "from"], show).merge(form("/document/whose", post(tell)))
}

/// Paragraphs on one page: a report has some 100.
const SHOWN: usize = 150;
/// From which probability on a learnt subject is named beside a paragraph.
const NAMED: f64 = 0.3;
/// Proposals of one document that are shown.
const MOST_PROPOSALS: usize = 5_000;

#[derive(Template)]
#[template(path = "document/page.html")]
struct DocumentPage {
    page: Page,
    about: Vec<(String, Link)>,
    paragraphs: Vec<DrawnParagraph>,
    legend: Vec<(&'static str, String)>,
    waiting: usize,
    writes: bool,
    back: String,
    action: String,
    said: String,
    parts: Vec<Choice>,
    record: String,
    missions: Vec<String>,
    notes: Vec<ProblemReason>,
}

/// A paragraph as it is drawn.
struct DrawnParagraph {
    n: usize,
    number: String,
    /// Headings that are new here.
    headings: Vec<String>,
    item: bool,
    recognised: bool,
    pieces: Vec<MarkedPiece>,
    subjects: Vec<String>,
    href: String,
    proposals: Vec<Proposal>,
}

/// A passage as it is kept.
#[derive(Deserialize)]
struct KeptPassage {
    passage: String,
    n: usize,
    number: String,
    heading: String,
    lead: Option<i64>,
    recognised: Option<f64>,
    text: String,
    reading: Vec<PassageMark>,
}

#[derive(Deserialize)]
struct DocumentTitle {
    title: String,
}

/// What could not be read in it.
#[derive(Deserialize)]
struct UnreadPart {
    rule: String,
    reason: String,
}

async fn show(request: PageRequest) -> PageResult {
    request.read(respond).await
}

fn respond(cx: &Context) -> PageResult {
    let record = cx.request.get("record");
    let own = [("record", record.into())];
    let about = cx.table(query!("document.sql"), &own)?;
    let Some(DocumentTitle { title }) = about.rows_as()?.into_iter().next() else {
        return Err(PageError::not_found(m::error_no_document()));
    };
    let passages = cx.table(query!("passages.sql"), &own)?;
    if let Some(data) = cx.table_as_data("document", &passages)? {
        return Ok(data);
    }
    let passages: Vec<KeptPassage> = passages.rows_as()?;
    let from: usize = cx.request.get("from").parse().unwrap_or(0).min(passages.len());
    let names = review::names(cx)?;
    let back = cx.link("/document", &[("record", record), ("from", cx.request.get("from"))]);
    let mut proposals: HashMap<usize, Vec<Proposal>> = HashMap::new();
    for (n, proposal) in review::found(cx, record, &names, &back, MOST_PROPOSALS)? {
        proposals.entry(n).or_default().push(proposal);
    }
    let notes: Vec<UnreadPart> = cx.rows(query!("problems.sql"), &own)?;
    html(&DocumentPage {
        page: Page::new(cx, title, vec![Link::new(m::nav_documents(), cx.link("/documents", &[]))]),
        about: about_document(cx, &about, &names)?,
        waiting: proposals.values().map(Vec::len).sum(),
        parts: parts(cx, passages.len(), from),
        paragraphs: paragraphs(cx, passages, from, &mut proposals),
        legend: LEGEND.iter().map(|marked| (marked.class, (marked.name)())).collect(),
        writes: cx.app().author().is_some(),
        action: cx.link("/decide", &[]),
        back,
        record: record.to_owned(),
        missions: documents::missions(cx),
        said: cx.request.said.clone(),
        notes: notes.iter().map(|n| ProblemReason::new(cx.model(), &n.rule, &n.reason)).collect(),
    })
}

/// Whose a document is.
#[derive(Deserialize)]
struct WhoseForm {
    record: String,
    mission: String,
}

/// What reading a document again needs of it.
#[derive(Deserialize)]
struct KeptDocument {
    title: String,
    address: Option<String>,
    sha256: String,
}

/// Reads a document again as one of the mission that somebody says it is of.
async fn tell(request: PageRequest, Author(author): Author, PostedForm(form): PostedForm<WhoseForm>) -> PageResult {
    let read = move |cx: &Context| {
        let kept: Vec<KeptDocument> = cx.rows(query!("document.sql"), &[("record", form.record.as_str().into())])?;
        let Some(KeptDocument { title, address, sha256 }) = kept.into_iter().next() else {
            return Err(PageError::not_found(m::error_no_document()));
        };
        let whose = documents::whose(cx, form.mission.trim())?;
        let (workspace, clearance) = (cx.app().workspace(), cx.app().clearance());
        let (url, marking) = (address.unwrap_or_default(), Marking::Public);
        let into = Ingest { workspace, clearance, url: &url, marking, author: &author, whose: &whose };
        again(&into, &sha256, &title, |_| {})?;
        Ok(see_other(&cx.link("/document", &[("record", &form.record)])))
    };
    request.read(read).await
}

/// Links to the parts of a long document.
fn parts(cx: &Context, all: usize, from: usize) -> Vec<Choice> {
    if all <= SHOWN {
        return Vec::new();
    }
    let part = |start: usize| {
        let name = format!("{}–{}", start + 1, (start + SHOWN).min(all));
        let parameters = [("record", cx.request.get("record")), ("from", &start.to_string())];
        Choice::new(cx.link("/document", &parameters), name, start == from)
    };
    (0..all).step_by(SHOWN).map(part).collect()
}

/// What is known of a document, each with where it leads.
fn about_document(cx: &Context, table: &Table, names: &HashMap<String, String>) -> Result<Vec<(String, Link)>, PageError> {
    let Some(kind) = cx.model().kind("document") else { return Ok(Vec::new()) };
    let mut about = Vec::new();
    for field in kind.fields.iter().filter(|f| !matches!(f.name.as_str(), "title" | "sha256" | "mission_told")) {
        let value = match table.cell(0, &field.name)? {
            Cell::Null => continue,
            cell => cell.text().map_or_else(|| plain(cell.number().unwrap_or_default(), 0), str::to_owned),
        };
        let link = match field.name.as_str() {
            "date" => Link::new(date(&value), String::new()),
            // Until somebody has accepted what it does, it has no page.
            "mission" => {
                let is_on_record = cx.reader.called(&[("actor", &value)])?.contains_key(&value);
                let page = if is_on_record { cx.record_link("actor", &value) } else { String::new() };
                Link::new(names.get(&value).unwrap_or(&value), page)
            }
            "sort" => Link::new(code_label(cx.model(), "document_sort", &value), String::new()),
            "address" if value.starts_with("http") => Link::new(&value, value.clone()),
            _ => Link::new(value, String::new()),
        };
        about.push((label(&field.label), link));
    }
    Ok(about)
}

fn paragraphs(
    cx: &Context,
    passages: Vec<KeptPassage>,
    from: usize,
    proposals: &mut HashMap<usize, Vec<Proposal>>,
) -> Vec<DrawnParagraph> {
    let mut last = String::new();
    let draw = |p: KeptPassage| {
        let headings = new_headings(&last, &p.heading);
        last = p.heading;
        DrawnParagraph {
            n: p.n,
            number: p.number,
            headings,
            recognised: p.recognised == Some(1.0),
            item: p.lead.is_some_and(|lead| lead > 0),
            pieces: pieces(cx.model(), &p.text, &p.reading),
            subjects: subjects(cx.model(), &p.reading),
            href: cx.link("/passage", &[("record", &p.passage)]),
            proposals: proposals.remove(&p.n).unwrap_or_default(),
        }
    };
    passages.into_iter().skip(from).take(SHOWN).map(draw).collect()
}

/// The headings of a path that the path before did not have.
fn new_headings(before: &str, now: &str) -> Vec<String> {
    let old: Vec<&str> = before.split(" / ").collect();
    let new: Vec<&str> = now.split(" / ").collect();
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    new[same..].iter().filter(|h| !h.is_empty()).map(|h| (*h).to_owned()).collect()
}

/// What was learnt of a paragraph, surest first.
fn subjects(model: &Model, marks: &[PassageMark]) -> Vec<String> {
    let mut learnt: Vec<&PassageMark> = marks.iter().filter(|m| m.worded == 0 && m.probability >= NAMED).collect();
    learnt.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    let named = |m: &&PassageMark| format!("{} {}", code_label(model, &m.list, &m.code), percent(m.probability * 100.0, 0));
    learnt.iter().map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_new_headings_are_shown() {
        assert_eq!(new_headings("I. A / B. C", "I. A / C. D"), ["C. D"]);
        assert_eq!(new_headings("", "I. A / B"), ["I. A", "B"]);
        assert!(new_headings("I. A", "I. A").is_empty());
    }
}
