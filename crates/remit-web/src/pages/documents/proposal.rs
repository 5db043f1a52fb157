//! A proposal as it is shown: what it says, how sure it is, the sentence that says so, and what to do with it.

use super::super::text;
use crate::app::App;
use crate::error::PageError;
use crate::language::language;
use crate::request::Asked;
use crate::say::{called, date, percent};
use remit_model::{FieldType, Kind, write_value};
use remit_store::{Cell, Reader, Table};
use std::collections::HashMap;

/// What waits: nobody has accepted or rejected it.
const WAITING: &str = "from statement s where s.status_of_statement = 'proposed' and s.withdrawn = 0 \
     and not exists (select 1 from statement n where n.supersedes = s.statement and n.status_of_statement <> 'proposed')";

/// A proposal ready to be drawn.
#[derive(Debug, Clone, Default)]
pub(super) struct Proposal {
    pub(super) statement: String,
    pub(super) kind: String,
    pub(super) title: String,
    /// What it says, field by field.
    pub(super) says: Vec<(String, String)>,
    /// How sure, in percent, or empty where a person proposed it.
    pub(super) certainty: String,
    pub(super) quote: String,
    pub(super) source: String,
    pub(super) place: String,
    /// The passage in its document.
    pub(super) href: String,
    pub(super) edit: String,
}

/// Which proposals.
#[derive(Debug, Clone, Default)]
pub(super) struct Which {
    pub(super) document: String,
    pub(super) mission: String,
    pub(super) kind: String,
}

/// How many wait.
pub(super) fn waiting(reader: &Reader) -> Result<usize, PageError> {
    let table = reader.query(&format!("select count(*) as n {WAITING}"), &[])?;
    Ok(table.get(0, "n").number().unwrap_or_default() as usize)
}

/// Those that wait, most certain first; of one document in its own order.
pub(super) fn query(reader: &Reader, which: &Which, limit: usize) -> Result<Table, PageError> {
    let order = if which.document.is_empty() { "certainty desc, s.seq" } else { "s.seq" };
    let sql = format!(
        "select s.statement, s.kind, s.record, s.fields, s.source, s.locator, s.quote, \
         json_extract(s.fields, '$.certainty') as certainty, json_extract(s.fields, '$.document') as document {WAITING} \
         and (:document = '' or json_extract(s.fields, '$.document') = :document) \
         and (:mission = '' or json_extract(s.fields, '$.mission') = :mission) and (:kind = '' or s.kind = :kind) \
         order by {order} limit {limit}"
    );
    let own = |text: &str| Cell::Text(text.to_owned());
    Ok(reader.query(&sql, &[("document", own(&which.document)), ("mission", own(&which.mission)), ("kind", own(&which.kind))])?)
}

/// Draws what [`query`] found. `back` is the page to return to.
pub(super) fn shown(app: &App, asked: &Asked, table: &Table, names: &HashMap<String, String>, back: &str) -> Vec<Proposal> {
    (0..table.rows.len()).filter_map(|r| one(app, asked, table, r, names, back)).collect()
}

fn one(app: &App, asked: &Asked, table: &Table, r: usize, names: &HashMap<String, String>, back: &str) -> Option<Proposal> {
    let own = |name: &str| text(table, r, name);
    let kind = app.model().kind(own("kind"))?;
    let fields: serde_json::Map<String, serde_json::Value> = serde_json::from_str(own("fields")).unwrap_or_default();
    let mission = fields.get("mission").and_then(|m| m.as_str()).unwrap_or_default();
    let named = names.get(mission).cloned().unwrap_or_else(|| mission.to_owned());
    let task = kind.title.as_ref().and_then(|t| fields.get(t)).map(write_value).unwrap_or_default();
    let certainty = table.get(r, "certainty").number().map(|p| percent(p * 100.0, 0)).unwrap_or_default();
    let passage = own("record").split('/').nth(2).unwrap_or_default();
    let href = match own("document") {
        "" => String::new(),
        document => format!("{}#p{passage}", asked.link("/document", &[("record", document)])),
    };
    Some(Proposal {
        statement: own("statement").into(),
        kind: called(&kind.label),
        title: [named, task].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(": "),
        says: says(app, kind, &fields, names),
        certainty,
        quote: own("quote").into(),
        source: own("source").into(),
        place: own("locator").into(),
        href,
        edit: asked.link(&format!("/edit/{}", kind.name), &[("statement", own("statement")), ("accept", "yes"), ("back", back)]),
    })
}

/// The fields besides those that are the title, the place or the certainty.
fn says(
    app: &App,
    kind: &Kind,
    fields: &serde_json::Map<String, serde_json::Value>,
    names: &HashMap<String, String>,
) -> Vec<(String, String)> {
    const ELSEWHERE: [&str; 6] = ["mission", "document", "paragraph", "certainty", "ssr_task", "function"];
    let own = kind.fields.iter().filter(|f| !ELSEWHERE.contains(&f.name.as_str()) && kind.title.as_ref() != Some(&f.name));
    own.filter_map(|f| {
        let value = write_value(fields.get(&f.name)?);
        let value = match &f.kind {
            FieldType::Code(list) => app.model().lists.name(list, &value, language()).to_owned(),
            FieldType::Record(_) => names.get(&value).cloned().unwrap_or(value),
            FieldType::Date => date(&value),
            _ => value,
        };
        Some((called(&f.label), value))
    })
    .collect()
}

/// Names of all actors, for what refers to them.
pub(super) fn names(reader: &Reader) -> Result<HashMap<String, String>, PageError> {
    let table = reader.query("select record, coalesce(acronym, name) as called from actor", &[])?;
    Ok((0..table.rows.len()).map(|r| (text(&table, r, "record").to_owned(), text(&table, r, "called").to_owned())).collect())
}
