//! One passage with everything that was read in it, and the words that spoke for each label.

use super::document::{Mark, Piece, pieces};
use crate::app::App;
use crate::error::PageError;
use crate::page::{Page, crumb};
use crate::pages::{table_as_data, text};
use crate::request::{Asked, html};
use crate::show::{Drawn, Shown, plain};
use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use remit_model::Language;
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
    app.read(asked.cut.clone(), move |app, reader| respond(app, &asked, reader)).await
}

fn respond(app: &App, asked: &Asked, reader: &Reader) -> Result<Response, PageError> {
    let table = reader.query(PASSAGE, &[("passage", asked.get("record").into())])?;
    if table.rows.is_empty() {
        return Err(PageError::not_found("There is no such passage, or you may not see it."));
    }
    if let Some(data) = table_as_data(asked, "passage", &table) {
        return Ok(data);
    }
    let own = |name: &str| text(&table, 0, name);
    let marks: Vec<Mark> = serde_json::from_str(own("reading")).unwrap_or_default();
    let n = super::number(&table, 0, "n");
    let called = if own("number").is_empty() { format!("Passage {n}") } else { format!("Paragraph {}", own("number")) };
    let document = asked.link("/document", &[("record", own("document"))]);
    let page = super::number(&table, 0, "page");
    let template = PassagePage {
        page: Page::new(
            app,
            asked,
            format!("{called} of {}", own("title")),
            vec![crumb("Documents", asked.link("/documents", &[])), crumb(own("title"), document.clone())],
        ),
        heading: own("heading").to_owned(),
        place: if page > 0.0 { format!("Page {page}") } else { String::new() },
        pieces: pieces(app.model(), own("text"), &marks),
        table: drawn(app, own("text"), &marks),
        document: format!("{document}#p{n}"),
    };
    Ok(html(template.render()?))
}

/// Every mark, surest first, with the words that say so.
fn drawn(app: &App, text: &str, marks: &[Mark]) -> Drawn {
    let mut marks: Vec<&Mark> = marks.iter().collect();
    marks.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    let rows = marks.iter().map(|m| {
        let list = app.model().lists.get(&m.list).map_or(m.list.as_str(), |l| l.title.en.as_str());
        let words = match m.worded {
            1 => text.get(m.start..m.end).unwrap_or_default().to_owned(),
            _ => "the paragraph as a whole".to_owned(),
        };
        vec![
            Shown::text(app.model().lists.name(&m.list, &m.code, Language::En)),
            Shown::text(list),
            Shown::number(format!("{} %", plain(m.probability * 100.0, 0))),
            Shown::text(words),
        ]
    });
    let head = |text: &str, class| Shown { text: text.into(), class, ..Shown::default() };
    Drawn {
        id: "marks".into(),
        caption: "What was read in it".into(),
        heads: vec![head("What", ""), head("List", ""), head("How sure", "num"), head("Words that say so", "")],
        rows: rows.collect(),
        empty: "nothing was found in it.".into(),
        ..Drawn::default()
    }
}
