//! Search over everything: records by any of their words, countries, questions, activities by words of the title.

use crate::app::App;
use crate::cells::{CellView, country_name};
use crate::context::{Context, quoted};
use crate::error::PageError;
use crate::frame::{Page, from_overview};
use crate::language::language;
use crate::m;
use crate::messages::label;
use crate::request::PageRequest;
use crate::response::{PageResult, html};
use crate::routes::page;
use askama::Template;
use axum::Router;
use remit_model::{Kind, likeness};
use remit_store::Cell;
use serde::Deserialize;
use std::collections::HashMap;

pub(super) fn routes() -> Router<App> {
    page("/search", show)
}

/// Results of one sort that a page shows.
const MOST: usize = 40;

#[derive(Template)]
#[template(path = "search/page.html")]
struct SearchPage {
    page: Page,
    wanted: String,
    groups: Vec<Group>,
    all_activities: String,
}

/// What was found of one sort.
struct Group {
    name: String,
    /// Each with a note.
    found: Vec<(CellView, String)>,
}

/// A record that has the words.
#[derive(Deserialize)]
struct Hit {
    kind: String,
    record: String,
    title: String,
}

async fn show(request: PageRequest) -> PageResult {
    request.read(respond).await
}

fn respond(cx: &Context) -> PageResult {
    let wanted = cx.request.get("q").to_owned();
    let table = cx.reader.search(&wanted)?;
    if let Some(data) = cx.table_as_data("search", &table)? {
        return Ok(data);
    }
    let hits: Vec<Hit> = table.rows_as()?;
    let mut groups = vec![Group { name: m::countries_and_questions(), found: countries_and_questions(cx, &wanted) }];
    for kind in &cx.model().kinds {
        groups.push(records(cx, kind, &hits, &wanted)?);
    }
    groups.push(Group { name: m::activity(), found: activities(cx, &wanted)? });
    groups.retain(|g| !g.found.is_empty());
    html(&SearchPage {
        page: Page::new(cx, if wanted.is_empty() { m::search() } else { m::search_of(&wanted) }, vec![from_overview(cx)]),
        all_activities: cx.link("/ask/activities", &[("text", &wanted)]),
        wanted,
        groups,
    })
}

/// The records of a kind, those that are called most alike first.
fn records(cx: &Context, kind: &Kind, hits: &[Hit], wanted: &str) -> Result<Group, PageError> {
    let mut own: Vec<&Hit> = hits.iter().filter(|h| h.kind == kind.name).collect();
    own.sort_by(|a, b| likeness(&b.title, wanted).total_cmp(&likeness(&a.title, wanted)));
    let more = own.len().saturating_sub(MOST);
    own.truncate(MOST);
    let notes = countries(cx, kind, &own)?;
    let shown = |h: &&Hit| {
        let title = CellView::text(&h.title).link(cx.record_link(&kind.name, &h.record));
        (title, notes.get(&h.record).cloned().unwrap_or_default())
    };
    let more = if more > 0 { format!(" {}", m::and_more(more)) } else { String::new() };
    Ok(Group { name: format!("{}{more}", label(&kind.label)), found: own.iter().map(shown).collect() })
}

#[derive(Deserialize)]
struct InCountry {
    record: String,
    country: String,
}

/// In which country the records are that have one: many are called so.
fn countries(cx: &Context, kind: &Kind, hits: &[&Hit]) -> Result<HashMap<String, String>, PageError> {
    if kind.field("country").is_none() || hits.is_empty() {
        return Ok(HashMap::new());
    }
    let records: Vec<&str> = hits.iter().map(|h| h.record.as_str()).collect();
    let sql = format!(
        "select record, json_extract(fields, '$.country') as country from statement where kind = :kind and record in ({}) \
         and current = 1 and country is not null",
        quoted(&records)
    );
    let found: Vec<InCountry> = cx.reader.query(&sql, &[("kind", kind.name.as_str().into())])?.rows_as()?;
    Ok(found.into_iter().map(|f| (f.record, country_name(cx.model(), &f.country).to_owned())).collect())
}

fn countries_and_questions(cx: &Context, wanted: &str) -> Vec<(CellView, String)> {
    let mut found = Vec::new();
    if wanted.len() < 2 {
        return found;
    }
    if let Some(code) = cx.model().lists.get("country").and_then(|l| l.find(wanted)) {
        let link = cx.link(&format!("/country/{}", code.code), &[]);
        found.push((CellView::text(country_name(cx.model(), &code.code)).link(link), m::a_country()));
    }
    let lower = wanted.to_lowercase();
    for question in cx.app().questions().all() {
        if question.title.get(language()).to_lowercase().contains(&lower) {
            let link = cx.link(&format!("/ask/{}", question.name), &[]);
            found.push((CellView::text(label(&question.title)).link(link), m::a_question()));
        }
    }
    found
}

#[derive(Deserialize)]
struct Activity {
    identifier: String,
    title: String,
    supporter_name: String,
}

/// Activities of the security sector with all words in the title, or with the identifier.
fn activities(cx: &Context, wanted: &str) -> Result<Vec<(CellView, String)>, PageError> {
    if wanted.len() < 3 {
        return Ok(Vec::new());
    }
    let words: Vec<String> =
        wanted.split_whitespace().take(6).map(|w| format!("%{}%", w.to_lowercase().replace(['%', '_'], ""))).collect();
    let names: Vec<String> = (0..words.len()).map(|n| format!("w{n}")).collect();
    let conditions: Vec<String> = names.iter().map(|n| format!("lower(title) like :{n}")).collect();
    let sql = format!(
        "select identifier, title, supporter_name from support where ({}) or identifier = :wanted group by activity \
         order by title limit {MOST}",
        conditions.join(" and ")
    );
    let mut parameters: Vec<(&str, Cell)> = names.iter().map(String::as_str).zip(words.into_iter().map(Cell::Text)).collect();
    parameters.push(("wanted", wanted.into()));
    let found: Vec<Activity> = cx.reader.query(&sql, &parameters)?.rows_as()?;
    let shown = |a: Activity| {
        let link = cx.link("/activity", &[("identifier", &a.identifier)]);
        (CellView::text(a.title).link(link), a.supporter_name)
    };
    Ok(found.into_iter().map(shown).collect())
}
