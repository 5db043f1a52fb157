//! One record: what is said of it and by which source, what questions tell of it, what it is connected with, what was and will
//! be, what to do with it. Two of them also stand beside each other.

mod beside;
mod connections;
mod dossier;
mod stated;
mod subject;
mod undecided;

use crate::app::App;
use crate::cells::{TableView, code_label};
use crate::context::{Context, query};
use crate::error::PageError;
use crate::format::with_ending;
use crate::frame::{Link, Page};
use crate::m;
use crate::messages::label;
use crate::names;
use crate::pages::redact::{self, TakesAway};
use crate::request::{KindName, PageRequest};
use crate::response::{PageResult, html, see_other};
use crate::routes::page;
use askama::Template;
use axum::Router;
use dossier::DrawnSection;
use remit_model::Kind;
use remit_store::Table;
use stated::Facts;
use subject::{Record, by_record, crumbs, said};
use undecided::Undecided;

pub(super) fn routes() -> Router<App> {
    page("/record/{kind}", &["record"], show).merge(page("/beside/{kind}", &["record", "with"], beside::show))
}

#[derive(Template)]
#[template(path = "record/page.html")]
struct RecordPage {
    page: Page,
    kind: String,
    facts: Facts,
    unknown: Vec<String>,
    sections: Vec<DrawnSection>,
    /// Questions whose answer for this record is empty.
    none: Vec<Link>,
    connections: Vec<TableView>,
    other_times: TableView,
    /// Values of which equally good sources say different things.
    differing: Vec<Undecided>,
    conflicts: Vec<Undecided>,
    proposals: Vec<Undecided>,
    /// What can be done and where to go on from here.
    links: Vec<Link>,
    /// What can be recorded about it.
    adds: Vec<Link>,
    /// True for who may write.
    writes: bool,
    said: String,
    /// What takes away for good what could be seen before, where what was just recorded is for fewer readers.
    raised: Option<TakesAway>,
    /// Which values of what is said of it now were taken away.
    redacted: Vec<String>,
}

async fn show(request: PageRequest, KindName(kind): KindName) -> PageResult {
    request.read(move |cx| respond(cx, &kind)).await
}

fn respond(cx: &Context, kind: &Kind) -> PageResult {
    let id = cx.request.get("record");
    let by_record = by_record(kind, id);
    let (table, titles) = said(cx, kind, id)?;
    let proposals = undecided::draw(cx, kind, cx.rows(query!("proposals.sql"), &by_record)?)?;
    if table.rows.is_empty() && titles.is_empty() && proposals.is_empty() {
        // Whoever has kept its address is led to who stands for it.
        return match names::stands_for(cx, kind, id)? {
            Some(stands) => Ok(see_other(&cx.link(&with_ending(&cx.request.path, cx.request.format), &[("record", &stands)]))),
            None => Err(names::not_there(kind, id)),
        };
    }
    if let Some(data) = cx.records_as_data(kind, &table)? {
        return Ok(data);
    }
    let referring = cx.reader.references(id)?;
    let record = Record { kind, id, table: &table, titles: &titles, referring: &referring };
    let dossier = dossier::of(cx, &record, "d")?;
    let (connections, shown) = connections::tables(cx, &record, &dossier.tells)?;
    html(&RecordPage {
        page: Page::new(cx, record.title()?, crumbs(cx, &record)).with_terms(
            cx,
            kind.fields.iter().map(|f| f.name.as_str()).chain([kind.name.as_str(), "statement", "grade", "confirmed"]),
        ),
        kind: label(&kind.label),
        facts: stated::facts(cx, &record)?,
        unknown: stated::unknown(&record)?,
        sections: dossier.sections,
        none: dossier.none,
        connections,
        other_times: connections::other_times(cx, &record, &shown)?,
        differing: differing(cx, kind, id, &table)?,
        conflicts: undecided::draw(cx, kind, cx.rows(query!("conflicts.sql"), &by_record)?)?,
        proposals,
        links: links(cx, &record),
        adds: adds(cx, &record),
        writes: cx.app().author().is_some(),
        said: cx.request.said.clone(),
        raised: redact::is_raised(cx)?.then(|| TakesAway::of(cx, kind, id)),
        redacted: redact::of_record(cx, kind, id)?.iter().filter(|r| r.current).map(|r| r.line(cx, kind)).collect(),
    })
}

/// What equally good sources say differently, for who may choose; of one statement there is nothing to choose.
fn differing(cx: &Context, kind: &Kind, id: &str, table: &Table) -> Result<Vec<Undecided>, PageError> {
    if cx.app().author().is_none() || table.rows.len() < 2 {
        return Ok(Vec::new());
    }
    undecided::draw(cx, kind, cx.rows(query!("differing.sql"), &by_record(kind, id))?)
}

/// What can be done with it, and where to go on from here.
fn links(cx: &Context, record: &Record) -> Vec<Link> {
    let Record { kind, id, .. } = record;
    let own = |path: &str| cx.link(&format!("{path}/{}", kind.name), &[("record", id)]);
    let mut links = Vec::new();
    let writes = cx.app().author().is_some();
    if writes {
        links.push(Link::new(m::say_more(), own("/edit")));
        links.push(Link::new(m::same_as_another(), own("/merge")));
    }
    // What was imported has no history of its own: a newer import replaces it.
    let history = (!record.titles.is_empty()).then(|| Link::new(m::nav_history(), own("/history")));
    if writes {
        links.extend(history.clone());
    }
    links.extend(of_actor(cx, record));
    if record.kind.name == "actor" {
        links.push(Link::new(m::beside_another(), own("/beside")));
    }
    if !writes {
        links.extend(history);
    }
    links
}

/// What can be recorded about it: a form for each kind that names such a record, which begins with this one.
fn adds(cx: &Context, record: &Record) -> Vec<Link> {
    if cx.app().author().is_none() {
        return Vec::new();
    }
    let mut adds = Vec::new();
    for kind in cx.model().register_kinds() {
        let naming: Vec<_> = kind.fields.iter().filter(|f| f.record_kind() == Some(record.kind.name.as_str())).collect();
        for field in &naming {
            let own = label(&kind.label);
            let called = if naming.len() > 1 { m::pair(own, label(&field.label)) } else { own };
            let country = if kind.field("country").is_some() { record.first("country") } else { "" };
            let given = [(field.name.as_str(), record.id), ("country", country)];
            adds.push(Link::new(called, cx.link(&format!("/edit/{}", kind.name), &given)));
        }
    }
    adds
}

/// Classes of actors whose units are trained and supported.
const PROVIDERS: [&str; 5] = ["military", "police", "intelligence", "corrections", "private_security"];

/// Questions about an institution or a mission.
fn of_actor(cx: &Context, record: &Record) -> Vec<Link> {
    if record.kind.name != "actor" {
        return Vec::new();
    }
    if record.is_mission() {
        let name = Some(record.first("acronym")).filter(|a| !a.is_empty()).unwrap_or_else(|| record.first("name"));
        return vec![Link::new(m::all_that_names(name), cx.link("/search", &[("q", name)]))];
    }
    let own = [("actor", record.id)];
    let mut links = vec![
        Link::new(m::structure_below(), cx.link("/ask/structure", &own)),
        Link::new(m::chain_above(), cx.link("/ask/chain", &own)),
    ];
    // Of whom no class is on record, all the same somebody may ask.
    if PROVIDERS.contains(&record.first("class")) || record.first("class").is_empty() {
        let about = |name: &str, parameter: &str| {
            let question = cx.app().questions().get(name).ok()?;
            Some(Link::new(label(&question.title), cx.link(&format!("/ask/{name}"), &[(parameter, record.id)])))
        };
        links.extend([about("screening", "actor"), about("trained_units", "unit")].into_iter().flatten());
    }
    let (class, country) = (record.first("class"), record.first("country"));
    if !class.is_empty() && !country.is_empty() && !matches!(class, "organisation" | "donor") {
        let label = m::support_to_class(code_label(cx.model(), "actor_class", class).to_lowercase());
        links.push(Link::new(label, cx.link("/ask/activities", &[("country", country), ("class", class)])));
    }
    links
}
