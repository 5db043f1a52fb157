//! Documents in the browser: all of them, one with its marks, and what waits for somebody's decision.

mod document;
mod passage;
mod proposal;
mod review;

pub(crate) use document::document;
pub(crate) use passage::passage;
pub(crate) use review::review;

use super::{number, table_as_data, text};
use crate::app::App;
use crate::error::PageError;
use crate::page::{Page, crumb};
use crate::request::{Asked, html, see_other};
use crate::say::{date, say, whole, with};
use crate::show::{Drawn, MOST, Shown, marking};
use askama::Template;
use axum::extract::{Multipart, State};
use axum::http::Uri;
use axum::response::Response;
use remit_model::Marking;
use remit_reader::ingest::{File, Ingest, Ingested, ingest};
use remit_store::Table;

const ALL: &str = "select d.record, d.title, d.symbol, d.date, d.language, d.sort, d.mission, \
     (select m.name from actor m where m.record = d.mission) as mission_name, count(p.n) as passages from document d \
     left join passage p on p.document = d.record group by d.record order by coalesce(d.date, '') desc, d.title";

#[derive(Template)]
#[template(path = "documents.html")]
struct DocumentsPage {
    page: Page,
    table: Drawn,
    waiting: usize,
    review: String,
    action: String,
    writes: bool,
    markings: [(&'static str, String); 4],
    told: Vec<String>,
}

/// All documents, and where to send one.
pub(crate) async fn documents(State(app): State<App>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    app.read(asked.as_of.clone(), move |app, reader| {
        let all = reader.query(ALL, &[])?;
        if let Some(data) = table_as_data(&asked, "documents", &all) {
            return Ok(data);
        }
        let template = DocumentsPage {
            page: Page::new(app, &asked, say("nav-documents"), vec![crumb(say("overview"), asked.link("/", &[]))]),
            table: drawn(&asked, &all),
            waiting: proposal::waiting(reader)?,
            review: asked.link("/review", &[]),
            action: asked.link("/documents", &[]),
            writes: app.author().is_some(),
            markings: Marking::ALL.map(|m| (m.code(), marking(app.model(), m.code()))),
            told: asked.parameters.iter().filter(|(n, _)| n == "told").map(|(_, v)| v.clone()).collect(),
        };
        Ok(html(template.render()?))
    })
    .await
}

fn drawn(asked: &Asked, all: &Table) -> Drawn {
    let rows = (0..all.rows.len().min(MOST)).map(|r| {
        let record = text(all, r, "record");
        let own = |name: &str| text(all, r, name);
        let mission = match own("mission_name") {
            "" => Shown { text: say("no-single-mission"), class: "none", sign: "–", ..Shown::default() },
            name => Shown::text(name).link(asked.link("/record/actor", &[("record", own("mission"))])),
        };
        let passages = number(all, r, "passages");
        vec![
            Shown::text(own("title")).link(asked.link("/document", &[("record", record)])),
            Shown::text(own("symbol")),
            Shown { text: date(own("date")), class: "nowrap", ..Shown::default() },
            Shown::text(own("language")),
            mission,
            if passages > 0.0 {
                Shown::number(whole(passages))
            } else {
                Shown { text: say("document-not-read"), ..Shown::unknown() }
            },
        ]
    });
    Drawn {
        id: "documents".into(),
        caption: say("nav-documents"),
        heads: vec![
            Shown::head("title", ""),
            Shown::head("d-symbol", ""),
            Shown::head("d-date", ""),
            Shown::head("d-language", ""),
            Shown::head("d-mission", ""),
            Shown::head("d-passages", "num"),
        ],
        rows: rows.collect(),
        empty: say("d-empty"),
        more: all.rows.len().saturating_sub(MOST),
        ..Drawn::default()
    }
}

/// Takes documents, reads them apart from the server, and keeps them with what they propose.
pub(crate) async fn take(State(app): State<App>, uri: Uri, mut parts: Multipart) -> Result<Response, PageError> {
    let (asked, author) = (Asked::new(&app, &uri)?, app.may_write()?);
    let (mut files, mut url, mut marking) = (Vec::new(), String::new(), Marking::Public);
    while let Some(part) = parts.next_field().await? {
        match part.name() {
            Some("file") => {
                let name = part.file_name().unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
                let bytes = part.bytes().await?.to_vec();
                if !bytes.is_empty() {
                    files.push(File::Sent { name, bytes });
                }
            }
            Some("url") => url = part.text().await?.trim().to_owned(),
            Some("marking") => marking = part.text().await?.parse().map_err(PageError::bad_request)?,
            _ => {}
        }
    }
    if !(url.is_empty() || url.starts_with("https://") || url.starts_with("http://")) {
        return Err(PageError::bad_request(say("error-address")));
    }
    if files.is_empty() {
        return Ok(see_other(&asked.link("/documents", &[("told", &say("choose-file"))])));
    }
    app.read(asked.as_of.clone(), move |app, _| {
        let mut done: Vec<Ingested> = Vec::new();
        let into = Ingest { workspace: app.workspace(), clearance: app.clearance(), url: &url, marking, author: &author };
        ingest(&into, &files, |one| done.push(one))?;
        if let [one] = &done[..]
            && one.passages > 0
        {
            return Ok(see_other(&asked.link("/document", &[("record", &one.document)])));
        }
        let told: Vec<String> = done.iter().map(told).collect();
        let parameters: Vec<(&str, &str)> = told.iter().map(|t| ("told", t.as_str())).collect();
        Ok(see_other(&asked.link("/documents", &parameters)))
    })
    .await
}

fn told(done: &Ingested) -> String {
    match done.passages {
        0 => with("not-read", &[("file", done.file.as_str().into()), ("why", done.notes.join("; ").into())]),
        n => with("was-read", &[("file", done.file.as_str().into()), ("n", n.into()), ("proposals", done.proposals.into())]),
    }
}
