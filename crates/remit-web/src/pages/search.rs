//! Search over everything: records by any of their words, countries, questions, activities by words of the title.

use super::{quoted, table_as_data, text};
use crate::app::App;
use crate::error::PageError;
use crate::language::language;
use crate::page::{Page, crumb};
use crate::request::{Asked, html};
use crate::say::{called, say, with_one};
use crate::show::Shown;
use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use remit_model::{Kind, likeness};
use remit_store::{Cell, Reader, Table};
use std::collections::HashMap;

/// Results of one sort that a page shows.
const MOST: usize = 40;

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    page: Page,
    wanted: String,
    groups: Vec<(String, Vec<(Shown, String)>)>,
    all_activities: String,
}

pub(crate) async fn show(State(app): State<App>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    app.read(asked.as_of.clone(), move |app, reader| respond(app, &asked, reader)).await
}

fn respond(app: &App, asked: &Asked, reader: &Reader) -> Result<Response, PageError> {
    let wanted = asked.get("q").to_owned();
    let found = reader.search(&wanted)?;
    if let Some(data) = table_as_data(asked, "search", &found) {
        return Ok(data);
    }
    let mut groups: Vec<(String, Vec<(Shown, String)>)> = Vec::new();
    let codes = country_and_questions(app, asked, &wanted);
    if !codes.is_empty() {
        groups.push((say("countries-and-questions"), codes));
    }
    for kind in &app.model().kinds {
        let mut rows: Vec<usize> = (0..found.rows.len()).filter(|r| text(&found, *r, "kind") == kind.name).collect();
        rows.sort_by(|a, b| {
            likeness(text(&found, *b, "title"), &wanted).total_cmp(&likeness(text(&found, *a, "title"), &wanted))
        });
        let more = rows.len().saturating_sub(MOST);
        rows.truncate(MOST);
        let notes = countries(app, reader, kind, &found, &rows)?;
        let shown: Vec<(Shown, String)> = rows
            .iter()
            .map(|r| {
                let record = text(&found, *r, "record");
                let link = asked.link(&format!("/record/{}", kind.name), &[("record", record)]);
                (Shown::text(text(&found, *r, "title")).link(link), notes.get(record).cloned().unwrap_or_default())
            })
            .collect();
        if !shown.is_empty() {
            let more = if more > 0 { with_one("and-more", "n", more) } else { String::new() };
            groups.push((format!("{} {more}", called(&kind.label)).trim().to_owned(), shown));
        }
    }
    let activities = activities(asked, reader, &wanted)?;
    if !activities.is_empty() {
        groups.push((say("activity"), activities));
    }
    let template = SearchPage {
        page: Page::new(
            app,
            asked,
            if wanted.is_empty() { say("search") } else { with_one("search-of", "words", wanted.as_str()) },
            vec![crumb(say("overview"), asked.link("/", &[]))],
        ),
        all_activities: asked.link("/ask/activities", &[("text", &wanted)]),
        wanted,
        groups,
    };
    Ok(html(template.render()?))
}

/// In which country the records are that have one: many are called so.
fn countries(
    app: &App,
    reader: &Reader,
    kind: &Kind,
    found: &Table,
    rows: &[usize],
) -> Result<HashMap<String, String>, PageError> {
    if kind.field("country").is_none() || rows.is_empty() {
        return Ok(HashMap::new());
    }
    let records: Vec<&str> = rows.iter().map(|r| text(found, *r, "record")).collect();
    let sql = format!(
        "select record, json_extract(fields, '$.country') as country from statement where kind = :kind and record in ({}) \
         and current = 1 and country is not null",
        quoted(&records)
    );
    let table = reader.query(&sql, &[("kind", kind.name.as_str().into())])?;
    let name = |r: usize| crate::show::country_name(app.model(), text(&table, r, "country")).to_owned();
    Ok((0..table.rows.len()).map(|r| (text(&table, r, "record").to_owned(), name(r))).collect())
}

fn country_and_questions(app: &App, asked: &Asked, wanted: &str) -> Vec<(Shown, String)> {
    let mut found = Vec::new();
    if wanted.len() < 2 {
        return found;
    }
    if let Some(code) = app.model().lists.get("country").and_then(|l| l.find(wanted)) {
        let name = crate::show::country_name(app.model(), &code.code).to_owned();
        found.push((Shown::text(name).link(asked.link(&format!("/country/{}", code.code), &[])), say("a-country")));
    }
    let lower = wanted.to_lowercase();
    for question in app.questions().all() {
        if question.title.get(language()).to_lowercase().contains(&lower) {
            let link = asked.link(&format!("/ask/{}", question.name), &[]);
            found.push((Shown::text(called(&question.title)).link(link), say("a-question")));
        }
    }
    found
}

/// Activities of the security sector with all words in the title, or with the identifier.
fn activities(asked: &Asked, reader: &Reader, wanted: &str) -> Result<Vec<(Shown, String)>, PageError> {
    if wanted.len() < 3 {
        return Ok(Vec::new());
    }
    let words: Vec<String> =
        wanted.split_whitespace().take(6).map(|w| format!("%{}%", w.to_lowercase().replace(['%', '_'], ""))).collect();
    let names: Vec<String> = (0..words.len()).map(|n| format!("w{n}")).collect();
    let conditions: Vec<String> = names.iter().map(|n| format!("lower(title) like :{n}")).collect();
    let sql = format!(
        "select identifier, title, supporter_name from support where ({}) or identifier = :wanted group by activity order by title limit {MOST}",
        conditions.join(" and ")
    );
    let mut parameters: Vec<(&str, Cell)> = names.iter().map(String::as_str).zip(words.into_iter().map(Cell::Text)).collect();
    parameters.push(("wanted", wanted.into()));
    let table = reader.query(&sql, &parameters)?;
    Ok((0..table.rows.len())
        .map(|r| {
            let link = asked.link("/activity", &[("identifier", text(&table, r, "identifier"))]);
            (Shown::text(text(&table, r, "title")).link(link), text(&table, r, "supporter_name").to_owned())
        })
        .collect())
}
