//! One document: its paragraphs under their headings, with what was read in them marked, and its proposals beside.

use super::proposal::{self, Proposal, Which};
use crate::app::App;
use crate::error::PageError;
use crate::language::language;
use crate::page::{Page, crumb};
use crate::pages::{number, table_as_data, text};
use crate::reason::Reason;
use crate::request::{Asked, html};
use crate::say::{called, date, percent, plain, say};

use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use remit_model::Model;
use remit_store::{Reader, Table};
use serde::Deserialize;
use std::collections::HashMap;

/// Paragraphs on one page: a report has some 100.
const SHOWN: usize = 150;
/// From which probability on a learnt subject is named beside a paragraph.
const NAMED: f64 = 0.3;

const PASSAGES: &str =
    "select passage, n, number, heading, lead, text, page, reading from passage where document = :document order by n";

#[derive(Template)]
#[template(path = "document.html")]
struct DocumentPage {
    page: Page,
    about: Vec<(String, String, String)>,
    passages: Vec<Paragraph>,
    legend: Vec<(&'static str, String)>,
    waiting: usize,
    writes: bool,
    back: String,
    action: String,
    said: String,
    parts: Vec<(String, String, bool)>,
    notes: Vec<Reason>,
}

/// A paragraph as it is drawn.
struct Paragraph {
    n: usize,
    number: String,
    /// Headings that are new here: level of the element, text.
    headings: Vec<String>,
    item: bool,
    pieces: Vec<Piece>,
    subjects: Vec<String>,
    href: String,
    proposals: Vec<Proposal>,
}

/// A piece of text, marked or not.
#[derive(Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Class of the mark, or nothing.
    pub(super) class: &'static str,
    pub(super) means: String,
}

/// A mark as it is kept with its passage.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Mark {
    pub(super) list: String,
    pub(super) code: String,
    pub(super) probability: f64,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) worded: u8,
}

pub(crate) async fn document(State(app): State<App>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    app.read(asked.as_of.clone(), move |app, reader| respond(app, &asked, reader)).await
}

fn respond(app: &App, asked: &Asked, reader: &Reader) -> Result<Response, PageError> {
    let record = asked.get("record");
    let passages = reader.query(PASSAGES, &[("document", record.into())])?;
    let about = reader.query("select * from document where record = :record", &[("record", record.into())])?;
    if about.rows.is_empty() {
        return Err(PageError::not_found(say("error-no-document")));
    }
    if let Some(data) = table_as_data(asked, "document", &passages) {
        return Ok(data);
    }
    let from: usize = asked.get("from").parse().unwrap_or(0).min(passages.rows.len());
    let names = proposal::names(reader)?;
    let which = Which { document: record.to_owned(), ..Which::default() };
    let back = asked.link("/document", &[("record", record), ("from", asked.get("from"))]);
    let table = proposal::query(reader, &which, 5_000)?;
    let mut proposals: HashMap<usize, Vec<Proposal>> = HashMap::new();
    for (r, p) in proposal::shown(app, asked, &table, &names, &back).into_iter().enumerate() {
        let n = text(&table, r, "record").split('/').nth(2).and_then(|n| n.parse().ok()).unwrap_or(0);
        proposals.entry(n).or_default().push(p);
    }
    let title = text(&about, 0, "title").to_owned();
    let template = DocumentPage {
        page: Page::new(app, asked, title, vec![crumb(say("nav-documents"), asked.link("/documents", &[]))]),
        about: told(app, asked, &about, &names),
        waiting: proposals.values().map(Vec::len).sum(),
        passages: paragraphs(app, asked, &passages, from, &mut proposals),
        legend: LEGEND.iter().map(|(class, _)| (*class, say(&format!("mark-{class}")))).collect(),
        writes: app.author().is_some(),
        action: asked.link("/decide", &[]),
        back,
        said: asked.get("said").to_owned(),
        parts: parts(asked, passages.rows.len(), from),
        notes: notes(app, reader, record)?,
    };
    Ok(html(template.render()?))
}

/// Links to the parts of a long document.
fn parts(asked: &Asked, all: usize, from: usize) -> Vec<(String, String, bool)> {
    if all <= SHOWN {
        return Vec::new();
    }
    let part = |start: usize| {
        let name = format!("{}–{}", start + 1, (start + SHOWN).min(all));
        let href = asked.link("/document", &[("record", asked.get("record")), ("from", &start.to_string())]);
        (name, href, start == from)
    };
    (0..all).step_by(SHOWN).map(part).collect()
}

/// What could not be read in it.
fn notes(app: &App, reader: &Reader, record: &str) -> Result<Vec<Reason>, PageError> {
    let table = reader.query("select rule, reason from problem where record = :record", &[("record", record.into())])?;
    Ok((0..table.rows.len()).map(|r| Reason::new(app.model(), text(&table, r, "rule"), text(&table, r, "reason"))).collect())
}

/// What is known of a document: name, value, address.
fn told(app: &App, asked: &Asked, about: &Table, names: &HashMap<String, String>) -> Vec<(String, String, String)> {
    let Some(kind) = app.model().kind("document") else { return Vec::new() };
    let fields = kind.fields.iter().filter(|f| !matches!(f.name.as_str(), "title" | "sha256"));
    fields
        .filter_map(|f| {
            let value = match about.get(0, &f.name) {
                remit_store::Cell::Null => return None,
                cell => cell.text().map_or_else(|| plain(cell.number().unwrap_or_default(), 0), str::to_owned),
            };
            let (shown, href) = match f.name.as_str() {
                "date" => (date(&value), String::new()),
                "mission" => {
                    let name = names.get(&value).cloned().unwrap_or_else(|| value.clone());
                    (name, asked.link("/record/actor", &[("record", &value)]))
                }
                "sort" => (app.model().lists.name("document_sort", &value, language()).to_owned(), String::new()),
                "address" if value.starts_with("http") => (value.clone(), value),
                _ => (value, String::new()),
            };
            Some((called(&f.label), shown, href))
        })
        .collect()
}

fn paragraphs(
    app: &App,
    asked: &Asked,
    table: &Table,
    from: usize,
    proposals: &mut HashMap<usize, Vec<Proposal>>,
) -> Vec<Paragraph> {
    let mut last = String::new();
    (from..table.rows.len().min(from + SHOWN))
        .map(|r| {
            let heading = text(table, r, "heading").to_owned();
            let headings = new_headings(&last, &heading);
            last = heading;
            let marks: Vec<Mark> = serde_json::from_str(text(table, r, "reading")).unwrap_or_default();
            let n = number(table, r, "n") as usize;
            Paragraph {
                n,
                number: text(table, r, "number").to_owned(),
                headings,
                item: number(table, r, "lead") > 0.0,
                pieces: pieces(app.model(), text(table, r, "text"), &marks),
                subjects: subjects(app.model(), &marks),
                href: asked.link("/passage", &[("record", text(table, r, "passage"))]),
                proposals: proposals.remove(&n).unwrap_or_default(),
            }
        })
        .collect()
}

/// The headings of a path that the path before did not have.
fn new_headings(before: &str, now: &str) -> Vec<String> {
    let old: Vec<&str> = before.split(" / ").collect();
    let new: Vec<&str> = now.split(" / ").collect();
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    new[same..].iter().filter(|h| !h.is_empty()).map(|h| (*h).to_owned()).collect()
}

/// Classes of marks, and the code lists that are drawn so; the first that claims a place has it.
const LEGEND: [(&str, &[&str]); 5] = [
    ("who", &["mission", "actor"]),
    ("what", &["ssr_task", "pact_activity"]),
    ("where", &["country", "area"]),
    ("mode", &["mandate_strength", "statement_mode"]),
    ("how", &["pact_engagement"]),
];

/// A text cut where marks begin and end.
pub(super) fn pieces(model: &Model, text: &str, marks: &[Mark]) -> Vec<Piece> {
    let mut chosen: Vec<(usize, usize, &'static str, String)> = Vec::new();
    for (class, lists) in LEGEND {
        for m in marks.iter().filter(|m| m.worded == 1 && m.probability >= 0.5 && lists.contains(&m.list.as_str())) {
            let whole = m.start < m.end && text.get(m.start..m.end).is_some();
            if whole && !chosen.iter().any(|(s, e, ..)| m.start < *e && *s < m.end) {
                chosen.push((m.start, m.end, class, model.lists.name(&m.list, &m.code, language()).to_owned()));
            }
        }
    }
    chosen.sort();
    let mut all = Vec::new();
    let mut at = 0;
    let plain = |text: &str| Piece { text: text.to_owned(), class: "", means: String::new() };
    for (start, end, class, means) in chosen {
        if at < start {
            all.push(plain(&text[at..start]));
        }
        all.push(Piece { text: text[start..end].to_owned(), class, means });
        at = end;
    }
    if at < text.len() {
        all.push(plain(&text[at..]));
    }
    all
}

/// What was learnt of a paragraph, surest first.
fn subjects(model: &Model, marks: &[Mark]) -> Vec<String> {
    let mut learnt: Vec<&Mark> = marks.iter().filter(|m| m.worded == 0 && m.probability >= NAMED).collect();
    learnt.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    learnt
        .iter()
        .map(|m| format!("{} {}", model.lists.name(&m.list, &m.code, language()), percent(m.probability * 100.0, 0)))
        .collect()
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

    #[test]
    fn marks_do_not_overlap_and_no_text_is_lost() {
        let mark = |list: &str, start, end| Mark { list: list.into(), code: "x".into(), probability: 1.0, start, end, worded: 1 };
        let marks = [mark("mission", 4, 10), mark("country", 8, 14), mark("ssr_task", 12, 15), mark("area", 90, 99)];
        let model = Model::load(None).expect("the model");
        let all = pieces(&model, "The UNMISS advises", &marks);
        assert_eq!(all.iter().map(|p| p.text.as_str()).collect::<String>(), "The UNMISS advises");
        assert_eq!(all.iter().map(|p| p.class).collect::<Vec<_>>(), ["", "who", "", "what", ""]);
    }
}
