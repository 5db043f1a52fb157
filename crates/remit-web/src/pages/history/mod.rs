//! What was recorded: all of it, an entry at a time, or every statement about one record.

use crate::app::App;
use crate::cells::{field_says, names_in, says_with};
use crate::context::{Context, query};
use crate::error::PageError;
use crate::figures::{listed, moment};
use crate::frame::{Link, Page, from_overview};
use crate::m;
use crate::messages::label;
use crate::pages::redact::{self, RedactedValue};
use crate::reason::told;
use crate::request::{KindName, PageRequest};
use crate::response::{PageResult, html};
use crate::routes::{form, page};
use askama::Template;
use axum::Router;
use axum::routing::get;
use remit_model::{Field, Kind};
use remit_store::Cell;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

pub(super) fn routes() -> Router<App> {
    // What an undo tells is for who has undone: it is not kept.
    let told = form("/history/since", get(entries_since));
    page("/history", &[], entries).merge(page("/history/{kind}", &["record"], of_record)).merge(told)
}

#[derive(Template)]
#[template(path = "history/page.html")]
struct HistoryPage {
    page: Page,
    lead: String,
    /// What was said while records were one that an undo has just made two again.
    since: Vec<Link>,
    items: Vec<HistoryItem>,
    writes: bool,
    /// Where to take single values away; empty for all entries.
    redact: String,
    /// Where to hand over and exchange; empty beside one record.
    exchange: String,
}

#[derive(Default)]
struct HistoryItem {
    /// When, who, what.
    head: String,
    says: String,
    /// The records that it is about, where they are few.
    about: Vec<Link>,
    changes: Vec<FieldChange>,
    source: String,
    entry: String,
    undone: bool,
    /// Where it is decided on; empty where nothing of it waits.
    review: String,
    /// True where nobody can undo it.
    is_final: bool,
    /// Which of its values were taken away.
    redacted: Vec<String>,
}

/// What a statement changed of a field.
struct FieldChange {
    field: String,
    before: String,
    after: String,
}

/// What was recorded at once.
#[derive(Deserialize)]
struct HistoryEntry {
    recorded_at: String,
    author: String,
    act: String,
    statements: f64,
    standing: f64,
    entry: String,
    is_final: f64,
    /// 1 where the entry only took something back.
    takes_back: f64,
}

/// A record that an entry is about.
#[derive(Deserialize)]
struct EntrySubject {
    entry: String,
    kind: String,
    record: String,
    title: String,
    waits: bool,
}

/// Statements of an entry that is shown with the records that it is about.
const FEW: f64 = 5.0;

/// A statement, with the values of the one that it supersedes.
#[derive(Deserialize)]
struct StatementItem {
    statement: String,
    supersedes: Option<String>,
    recorded_at: String,
    author: String,
    act: String,
    entry: String,
    title: String,
    fields: Map<String, Value>,
    fields_before: Map<String, Value>,
    source: String,
    locator: String,
    status_of_statement: String,
    withdrawn: bool,
    current: bool,
    waits: bool,
    takes_back: bool,
    taken_from: Option<String>,
}

async fn entries(request: PageRequest) -> PageResult {
    request.read(|cx| respond(cx, Vec::new())).await
}

/// The same, with what was said since records were made one that are two again.
async fn entries_since(request: PageRequest) -> PageResult {
    request.read(|cx| respond(cx, told_since(cx)?)).await
}

/// What was recorded at once, the newest first.
fn respond(cx: &Context, since: Vec<Link>) -> PageResult {
    let table = cx.table(query!("entries.sql"), &[])?;
    if let Some(data) = cx.table_as_data("history", &table)? {
        return Ok(data);
    }
    let entries: Vec<HistoryEntry> = table.rows_as()?;
    let (mut about, waiting) = about(cx, &entries)?;
    let item = |e: HistoryEntry| {
        // What waits for a decision is neither valid nor no longer so.
        let waits = waiting.contains(&e.entry);
        let takes_back = e.takes_back > 0.0;
        HistoryItem {
            about: about.remove(&e.entry).unwrap_or_default(),
            head: m::history_row(told(&e.act), moment(&e.recorded_at), &e.author),
            says: match (waits, takes_back) {
                (true, _) => m::proposals_n(e.statements),
                (false, true) => m::taken_back_n(e.statements),
                (false, false) => m::statements_stand(e.statements, e.standing),
            },
            undone: e.standing == 0.0 && !waits && !takes_back,
            review: review(cx, waits),
            is_final: e.is_final > 0.0,
            entry: e.entry,
            ..HistoryItem::default()
        }
    };
    html(&HistoryPage {
        page: Page::new(cx, m::nav_history(), vec![from_overview(cx)]),
        lead: m::history_lead(),
        since,
        items: entries.into_iter().map(item).collect(),
        writes: cx.app().author().is_some(),
        redact: String::new(),
        exchange: cx.link("/exchange", &[]),
    })
}

/// The name under which a page is told what was said since records were made one.
pub(super) const SINCE: &str = "since";

/// A statement that stands where it was said.
#[derive(Deserialize)]
pub(super) struct SaidSince {
    pub(super) statement: String,
    kind: String,
    record: String,
    title: String,
}

/// Of these statements those that the reader may see.
pub(super) fn said_since(cx: &Context, statements: &[&str]) -> Result<Vec<SaidSince>, PageError> {
    if statements.is_empty() {
        return Ok(Vec::new());
    }
    cx.rows(query!("since.sql"), &[("statements", Cell::Text(serde_json::json!(statements).to_string()))])
}

fn told_since(cx: &Context) -> Result<Vec<Link>, PageError> {
    let told = cx.told().unwrap_or_default();
    let mut links = Vec::new();
    for s in said_since(cx, &told.all(SINCE).collect::<Vec<_>>())? {
        let link = Link::new(s.title, cx.record_link(&s.kind, &s.record));
        if links.iter().all(|l: &Link| l.href != link.href) {
            links.push(link);
        }
    }
    Ok(links)
}

/// Where what waits is decided on.
fn review(cx: &Context, waits: bool) -> String {
    if waits { cx.link("/review", &[]) } else { String::new() }
}

/// Records by the entry that is about them.
type ByEntry = HashMap<String, Vec<Link>>;

/// The records that small entries are about, by entry, and the entries of which something waits.
fn about(cx: &Context, entries: &[HistoryEntry]) -> Result<(ByEntry, HashSet<String>), PageError> {
    let few: Vec<&str> = entries.iter().filter(|e| e.statements <= FEW).map(|e| e.entry.as_str()).collect();
    let found: Vec<EntrySubject> =
        cx.rows(query!("about.sql"), &[("entries", Cell::Text(serde_json::json!(few).to_string()))])?;
    let mut about = ByEntry::new();
    let waiting = found.iter().filter(|a| a.waits).map(|a| a.entry.clone()).collect();
    for a in found {
        about.entry(a.entry).or_default().push(Link::new(a.title, cx.record_link(&a.kind, &a.record)));
    }
    Ok((about, waiting))
}

async fn of_record(request: PageRequest, KindName(kind): KindName) -> PageResult {
    request.read(move |cx| respond_of_record(cx, &kind)).await
}

/// Every statement about a record, with what each changed.
fn respond_of_record(cx: &Context, kind: &Kind) -> PageResult {
    let record = cx.request.get("record");
    let own = [("kind", kind.name.as_str().into()), ("record", record.into())];
    let table = cx.table(query!("statements.sql"), &own)?;
    if table.rows.is_empty() {
        return Err(PageError::not_found(m::error_no_history()));
    }
    if let Some(data) = cx.table_as_data("history", &table)? {
        return Ok(data);
    }
    let all: Vec<StatementItem> = table.rows_as()?;
    let name = all[0].title.clone();
    let names = names_in(cx, all.iter().flat_map(|s| [(kind, &s.fields), (kind, &s.fields_before)]))?;
    let crumbs = vec![from_overview(cx), Link::new(&name, cx.record_link(&kind.name, record))];
    let redacted = redact::of_record(cx, kind, record)?;
    html(&HistoryPage {
        page: Page::new(cx, m::history_of(&name), crumbs),
        lead: m::history_of_lead(),
        since: Vec::new(),
        items: all.into_iter().map(|s| item(cx, kind, s, &names, &redacted)).collect(),
        writes: cx.app().author().is_some(),
        redact: cx.link(&format!("/redact/{}", kind.name), &[("record", record)]),
        exchange: String::new(),
    })
}

fn item(cx: &Context, kind: &Kind, s: StatementItem, names: &HashMap<String, String>, redacted: &[RedactedValue]) -> HistoryItem {
    let changes = if s.withdrawn { Vec::new() } else { changes(cx, kind, &s, names, redacted) };
    let act = told(&s.act);
    let what = match (s.withdrawn, s.status_of_statement.as_str()) {
        (true, _) => m::says_no_more(act),
        (false, "accepted") => act,
        (false, status) => format!("{act}, {}", told(status)),
    };
    let source = listed(&[s.source, s.locator].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>());
    HistoryItem {
        head: m::history_row(what, moment(&s.recorded_at), said_by(&s.author, s.taken_from.as_deref())),
        says: if changes.is_empty() { says_with(cx.model(), kind, &s.fields, names) } else { String::new() },
        about: Vec::new(),
        changes,
        source,
        entry: s.entry,
        undone: !s.current && !s.waits && !s.takes_back,
        review: review(cx, s.waits),
        is_final: false,
        redacted: redacted.iter().filter(|r| r.statement == s.statement).map(|r| r.line(cx, kind)).collect(),
    }
}

/// Who said something. Of what was taken over it is the other workspace that tells who it was.
fn said_by(author: &str, taken_from: Option<&str>) -> String {
    match taken_from.filter(|name| !name.is_empty()) {
        Some(name) => m::history_as_says(author, name),
        None => author.to_owned(),
    }
}

fn changes(
    cx: &Context,
    kind: &Kind,
    said: &StatementItem,
    names: &HashMap<String, String>,
    redacted: &[RedactedValue],
) -> Vec<FieldChange> {
    let (before, after) = (&said.fields_before, &said.fields);
    if before.is_empty() {
        return Vec::new();
    }
    let changed = kind.fields.iter().map(|f| (f, before.get(&f.name), after.get(&f.name))).filter(|(_, b, a)| b != a);
    let text = |of: Option<&str>, field: &Field, value| match value {
        None if redacted.iter().any(|r| of == Some(r.statement.as_str()) && r.field == field.name) => m::redacted_value(),
        value => field_says(cx.model(), field, value, names),
    };
    let (old, new) = (said.supersedes.as_deref(), Some(said.statement.as_str()));
    changed.map(|(f, b, a)| FieldChange { field: label(&f.label), before: text(old, f, b), after: text(new, f, a) }).collect()
}
