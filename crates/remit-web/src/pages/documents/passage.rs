//! One passage with everything that was read in it, and the words that spoke for each label.

use super::document::{Mark, Piece, pieces};
use crate::app::App;
use crate::error::PageError;
use crate::language::language;
use crate::page::{Page, crumb};
use crate::pages::{table_as_data, text};
use crate::request::{Asked, html};
use crate::say::{called, percent, say, with, with_one};
use crate::show::{Drawn, Shown};
use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use remit_reader::classify::Classifier;
use remit_store::Reader;

const PASSAGE: &str = "select p.passage, p.document, p.n, p.number, p.heading, p.text, p.page, p.reading, \
     (select d.title from document d where d.record = p.document) as title from passage p where p.passage = :passage";

#[derive(Template)]
#[template(path = "passage.html")]
struct PassagePage {
    page: Page,
    heading: String,
    place: String,
    pieces: Vec<Piece>,
    table: Drawn,
    document: String,
}

pub(crate) async fn passage(State(app): State<App>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    app.read(asked.as_of.clone(), move |app, reader| respond(app, &asked, reader)).await
}

fn respond(app: &App, asked: &Asked, reader: &Reader) -> Result<Response, PageError> {
    let table = reader.query(PASSAGE, &[("passage", asked.get("record").into())])?;
    if table.rows.is_empty() {
        return Err(PageError::not_found(say("error-no-passage")));
    }
    if let Some(data) = table_as_data(asked, "passage", &table) {
        return Ok(data);
    }
    let of = |name: &str| text(&table, 0, name);
    let marks: Vec<Mark> = serde_json::from_str(of("reading")).unwrap_or_default();
    let n = super::number(&table, 0, "n");
    let called = if of("number").is_empty() { with_one("passage-n", "n", n) } else { with_one("paragraph-n", "n", of("number")) };
    let document = asked.link("/document", &[("record", of("document"))]);
    let page = super::number(&table, 0, "page");
    let template = PassagePage {
        page: Page::new(
            app,
            asked,
            with("part-of", &[("part", called.into()), ("title", of("title").into())]),
            vec![crumb(say("nav-documents"), asked.link("/documents", &[])), crumb(of("title"), document.clone())],
        ),
        heading: of("heading").to_owned(),
        place: if page > 0.0 { with_one("page-n", "n", page) } else { String::new() },
        pieces: pieces(app.model(), of("text"), &marks),
        table: drawn(app, of("text"), &marks),
        document: format!("{document}#p{n}"),
    };
    Ok(html(template.render()?))
}

/// Every mark, surest first, with the words that say so.
fn drawn(app: &App, text: &str, marks: &[Mark]) -> Drawn {
    let mut marks: Vec<&Mark> = marks.iter().collect();
    marks.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    let rows = marks.iter().map(|m| {
        let list = app.model().lists.get(&m.list).map_or_else(|| m.list.clone(), |l| called(&l.title));
        let words = match m.worded {
            1 => text.get(m.start..m.end).unwrap_or_default().to_owned(),
            _ => most_telling(text, &m.code),
        };
        vec![
            Shown::text(app.model().lists.name(&m.list, &m.code, language())),
            Shown::text(list),
            Shown::number(percent(m.probability * 100.0, 0)),
            Shown::text(words),
        ]
    });
    Drawn {
        id: "marks".into(),
        caption: say("t-read"),
        heads: vec![
            Shown::head("data-what", ""),
            Shown::head("read-list", ""),
            Shown::head("read-sure", "num"),
            Shown::head("read-words", ""),
        ],
        rows: rows.collect(),
        empty: say("read-nothing"),
        ..Drawn::default()
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
    if words.is_empty() { say("whole-paragraph") } else { with_one("learnt-words", "words", words.join(" · ")) }
}
