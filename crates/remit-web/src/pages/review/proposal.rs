//! A proposal as it is shown: what it says, how sure it is, the sentence that says so, and what to do with it.

use crate::cells::code_label;
use crate::context::{Context, query};
use crate::error::PageError;
use crate::figures::{date, percent};
use crate::m;
use crate::messages::label;
use remit_model::{Field, FieldType, Kind, Language, write_value, written_acronym};
use remit_store::{Cell, Table};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// A proposal ready to be drawn.
#[derive(Debug, Clone, Default)]
pub(in crate::pages) struct Proposal {
    pub(in crate::pages) statement: String,
    pub(in crate::pages) kind: String,
    pub(in crate::pages) title: String,
    /// What it says, field by field.
    pub(in crate::pages) says: Vec<(String, String)>,
    /// How sure, in percent, or empty where a person proposed it.
    pub(in crate::pages) certainty: String,
    pub(in crate::pages) quote: String,
    pub(in crate::pages) source: String,
    pub(in crate::pages) place: String,
    /// The passage in its document.
    pub(in crate::pages) href: String,
    pub(in crate::pages) edit: String,
}

/// Which proposals; all where nothing is said.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::pages) struct Which<'a> {
    pub(in crate::pages) document: &'a str,
    pub(in crate::pages) mission: &'a str,
    pub(in crate::pages) kind: &'a str,
}

/// A proposal as the query finds it.
#[derive(Deserialize)]
pub(in crate::pages) struct ProposalRow {
    statement: String,
    kind: String,
    record: String,
    fields: Map<String, Value>,
    valid_to: Option<String>,
    source: String,
    locator: String,
    quote: String,
    certainty: Option<f64>,
    document: String,
}

#[derive(Deserialize)]
struct CountedProposals {
    n: usize,
}

#[derive(Deserialize)]
struct NamedByProposal {
    record: String,
    name: String,
    country: Option<String>,
}

/// How many wait.
pub(in crate::pages) fn waiting(cx: &Context) -> Result<usize, PageError> {
    Ok(cx.rows::<CountedProposals>(query!("waiting.sql"), &[])?.iter().map(|c| c.n).sum())
}

/// Names of all actors, for what refers to them: of institutions with their country. What only proposals name is called as the code
/// lists call it.
pub(in crate::pages) fn names(cx: &Context) -> Result<HashMap<String, String>, PageError> {
    let mut names: HashMap<String, String> = HashMap::new();
    for list in ["organisation", "mission"] {
        let codes = cx.model().lists.get(list).map(|l| l.codes()).unwrap_or_default();
        names.extend(codes.iter().map(|code| (code.record_in(list), written_acronym(&code.code))));
    }
    let called = |n: NamedByProposal| match n.country {
        Some(country) => (n.record, m::institution_of(n.name, code_label(cx.model(), "country", &country))),
        None => (n.record, n.name),
    };
    names.extend(cx.rows::<NamedByProposal>(query!("names.sql"), &[])?.into_iter().map(called));
    Ok(names)
}

/// Those that wait, most certain first; of one document in its own order.
pub(super) fn query(cx: &Context, which: &Which, limit: usize) -> Result<Table, PageError> {
    let own = |text: &str| Cell::Text(text.to_owned());
    let limit = Cell::Integer(i64::try_from(limit).unwrap_or(i64::MAX));
    let parameters =
        [("document", own(which.document)), ("mission", own(which.mission)), ("kind", own(which.kind)), ("limit", limit)];
    cx.table(query!("proposals.sql"), &parameters)
}

/// The proposals of one document, each with the number of its passage. `back` is the page to return to.
pub(in crate::pages) fn found(
    cx: &Context,
    document: &str,
    names: &HashMap<String, String>,
    back: &str,
    limit: usize,
) -> Result<Vec<(usize, Proposal)>, PageError> {
    let found: Vec<ProposalRow> = query(cx, &Which { document, ..Which::default() }, limit)?.rows_as()?;
    let numbers: Vec<usize> = found.iter().map(|f| passage_of(&f.record).parse().unwrap_or_default()).collect();
    Ok(numbers.into_iter().zip(draw(cx, found, names, back)).collect())
}

/// The number of the passage in the identifier of what was read there: `read/HASH/PASSAGE/…`.
pub(in crate::pages) fn passage_of(record: &str) -> &str {
    record.split('/').nth(2).unwrap_or_default()
}

/// Draws what [`query`] found. `back` is the page to return to.
pub(super) fn draw(cx: &Context, found: Vec<ProposalRow>, names: &HashMap<String, String>, back: &str) -> Vec<Proposal> {
    found.into_iter().map(|f| one(cx, f, names, back)).collect()
}

fn one(cx: &Context, f: ProposalRow, names: &HashMap<String, String>, back: &str) -> Proposal {
    let kind = cx.model().kind(&f.kind);
    let mission = f.fields.get("mission").and_then(Value::as_str).unwrap_or_default();
    let mission = names.get(mission).cloned().unwrap_or_else(|| mission.to_owned());
    let task = kind.and_then(|k| f.fields.get(k.title.as_ref()?)).map(write_value).unwrap_or_default();
    let task = in_own_words(cx, kind, &f.fields, task);
    let href = match f.document.as_str() {
        "" => String::new(),
        document => format!("{}#p{}", cx.link("/document", &[("record", document)]), passage_of(&f.record)),
    };
    let edit = [("statement", f.statement.as_str()), ("accept", "yes"), ("back", back)];
    let mut said = kind.map(|k| says(cx, k, &f.fields, names)).unwrap_or_default();
    said.extend(f.valid_to.as_deref().and_then(|day| end(cx, day)));
    Proposal {
        edit: cx.link(&format!("/edit/{}", f.kind), &edit),
        kind: kind.map_or_else(|| f.kind.clone(), |k| label(&k.label)),
        title: [mission, task].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(": "),
        says: said,
        certainty: f.certainty.map(|p| percent(p * 100.0, 0)).unwrap_or_default(),
        statement: f.statement,
        quote: f.quote,
        source: f.source,
        place: f.locator,
        href,
    }
}

/// Until when it holds, as the envelope of every statement calls it.
fn end(cx: &Context, day: &str) -> Option<(String, String)> {
    let field = &cx.model().envelope.get("valid_to")?.field;
    (!day.is_empty()).then(|| (label(&field.label), date(day)))
}

/// What a proposal is called: where that is the English name of a code that it has, the reader's own name of that code.
fn in_own_words(cx: &Context, kind: Option<&Kind>, fields: &Map<String, Value>, title: String) -> String {
    let own = |field: &Field| {
        let FieldType::Code(list) = &field.kind else { return None };
        let code = fields.get(&field.name)?.as_str()?;
        let lists = &cx.model().lists;
        (lists.name(list, code, Language::ENGLISH) == title).then(|| code_label(cx.model(), list, code))
    };
    kind.and_then(|k| k.fields.iter().find_map(own)).unwrap_or(title)
}

/// The fields besides those that are the title, the place or the certainty.
fn says(cx: &Context, kind: &Kind, fields: &Map<String, Value>, names: &HashMap<String, String>) -> Vec<(String, String)> {
    const ELSEWHERE: [&str; 6] = ["mission", "document", "paragraph", "certainty", "ssr_task", "function"];
    let own = kind.fields.iter().filter(|f| !ELSEWHERE.contains(&f.name.as_str()) && kind.title.as_ref() != Some(&f.name));
    let said = |f: &Field| {
        let value = write_value(fields.get(&f.name)?);
        let value = match &f.kind {
            FieldType::Code(list) => code_label(cx.model(), list, &value),
            FieldType::Record(_) => names.get(&value).cloned().unwrap_or(value),
            FieldType::Date => date(&value),
            _ => value,
        };
        Some((label(&f.label), value))
    };
    own.filter_map(said).collect()
}
