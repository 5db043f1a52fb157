//! One record: what is said of it and by which source, what questions tell of it, what it is connected with, what was and will
//! be, what to do with it. Two of them also stand beside each other.

mod beside;
mod connections;
mod dossier;
mod stated;
mod undecided;

use crate::app::App;
use crate::cells::{TableView, code_label, country_name};
use crate::context::{Context, query};
use crate::error::PageError;
use crate::frame::{Link, Page, from_overview};
use crate::m;
use crate::messages::label;
use crate::names;
use crate::pages::redact::{self, TakesAway};
use crate::request::{KindName, PageRequest};
use crate::response::{PageResult, html};
use crate::routes::page;
use askama::Template;
use axum::Router;
use dossier::DossierSection;
use remit_model::Kind;
use remit_store::{Cell, Table};
use serde::Deserialize;
use stated::Facts;
use std::cmp::Ordering;
use undecided::Undecided;

pub(super) fn routes() -> Router<App> {
    page("/record/{kind}", show).merge(page("/beside/{kind}", beside::show))
}

#[derive(Template)]
#[template(path = "record/page.html")]
struct RecordPage {
    page: Page,
    kind: String,
    facts: Facts,
    unknown: Vec<String>,
    sections: Vec<DossierSection>,
    /// The questions that have nothing to tell of it.
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

/// A record with what is said of it on the day.
#[derive(Clone, Copy)]
struct Record<'a> {
    kind: &'a Kind,
    id: &'a str,
    /// A row a statement that holds on the day.
    table: &'a Table,
    /// Titles by every statement that stands, whenever it holds; none for what was imported.
    titles: &'a [Titled],
    /// Identifiers of the statements that refer to it.
    referring: &'a [String],
}

/// What a statement calls its record.
#[derive(Deserialize)]
struct Titled {
    title: String,
}

impl Record<'_> {
    /// What the first statement says that says something in a column; nothing where the kind has no such column.
    fn first(&self, column: &str) -> &str {
        let at = self.table.column(column);
        let texts = at.into_iter().flat_map(|at| self.table.rows.iter().filter_map(move |r| r[at].text()));
        texts.into_iter().find(|t| !t.is_empty()).unwrap_or_default()
    }

    /// What the best graded statement says that says something in a column, of several the one that was said last: what lists show.
    fn best(&self, column: &str) -> Option<&str> {
        let at = self.table.column(column)?;
        let by = ["grade", "said_at", "statement"].map(|name| self.table.column(name));
        let said = self.table.rows.iter().filter(|r| r[at].text().is_some_and(|t| !t.is_empty()));
        let best = said.max_by(|one, other| rank(one, by).partial_cmp(&rank(other, by)).unwrap_or(Ordering::Equal))?;
        best[at].text()
    }

    fn is_mission(&self) -> bool {
        self.kind.name == "actor" && self.first("class") == "mission"
    }

    fn title(&self) -> Result<String, PageError> {
        if let Some(name) = self.kind.title.as_ref().and_then(|field| self.best(field)) {
            return Ok(name.to_owned());
        }
        let from_all = self.titles.iter().map(|t| t.title.as_str()).find(|t| !t.is_empty() && *t != self.id);
        if let (None, Some(called)) = (&self.kind.title, from_all) {
            return Ok(m::pair(label(&self.kind.label), called));
        }
        // What was imported and connects others is called after both ends.
        let mut ends = Vec::new();
        let one = self.kind.fields.iter().filter(|f| f.record_kind().is_some() && self.kind.title.is_none());
        for field in one.filter(|_| !self.table.rows.is_empty()) {
            ends.extend(self.table.cell(0, &format!("{}_name", field.name))?.text().filter(|name| !name.is_empty()));
        }
        if !ends.is_empty() {
            return Ok(m::pair(label(&self.kind.label), ends.join(" – ")));
        }
        Ok(from_all.unwrap_or(self.id).to_owned())
    }
}

/// By what the best of several statements is told: its grade, when it was said, and which it is.
fn rank(row: &[Cell], by: [Option<usize>; 3]) -> (Option<f64>, Option<&str>, Option<&str>) {
    let [grade, said_at, statement] = by.map(|at| at.map(|at| &row[at]));
    (grade.and_then(Cell::number), said_at.and_then(Cell::text), statement.and_then(Cell::text))
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
        return Err(names::not_there(kind, id));
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

fn by_record(kind: &Kind, id: &str) -> [(&'static str, Cell); 2] {
    [("record", Cell::Text(id.to_owned())), ("kind", Cell::Text(kind.name.clone()))]
}

/// What is said of a record on the day, in the order in which it was said, whoever's copy it came from; and what it was ever called.
fn said(cx: &Context, kind: &Kind, id: &str) -> Result<(Table, Vec<Titled>), PageError> {
    let by_record = by_record(kind, id);
    let sql = format!("select * from \"{}_statement\" where record = :record order by said_at, statement desc, id", kind.view);
    let table = cx.reader.query(&sql, &by_record)?;
    let title = [("title", kind.title.clone().into())];
    Ok((table, cx.rows(query!("titles.sql"), &[&by_record[..], &title].concat())?))
}

fn crumbs(cx: &Context, record: &Record) -> Vec<Link> {
    let kind = record.kind;
    let mut crumbs = vec![from_overview(cx)];
    let country = Some(record.first("country")).filter(|c| c.len() == 2).unwrap_or_default();
    if !country.is_empty() {
        crumbs.push(Link::new(country_name(cx.model(), country), cx.link(&format!("/country/{country}"), &[])));
    }
    crumbs.push(Link::new(label(&kind.label), cx.link(&format!("/records/{}", kind.name), &[("country", country)])));
    crumbs
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
