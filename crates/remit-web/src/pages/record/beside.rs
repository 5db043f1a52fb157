//! Two records beside each other, section by section: two missions, two services.

use super::dossier::{self, DrawnSection};
use super::stated::{self, FieldLine};
use super::subject::{Record, crumbs, said};
use crate::context::Context;
use crate::error::PageError;
use crate::frame::{Choice, Link, Page};
use crate::m;
use crate::names;
use crate::request::{KindName, PageRequest};
use crate::response::{PageResult, html};
use askama::Template;
use remit_model::Kind;
use remit_store::{Cell, Table};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "record/beside.html")]
struct BesidePage {
    page: Page,
    /// The record that the other is put beside.
    record: String,
    others: Vec<Choice>,
    names: Vec<Link>,
    /// What is said of each.
    facts: Vec<Vec<FieldLine>>,
    pairs: Vec<SectionPair>,
}

/// A section with what it tells of each record.
struct SectionPair {
    title: String,
    sides: Vec<Option<DrawnSection>>,
}

/// One of the records.
struct RecordSide {
    name: Link,
    facts: Vec<FieldLine>,
    sections: Vec<DrawnSection>,
}

/// What may stand beside the record.
#[derive(Deserialize)]
struct Other {
    record: String,
    name: String,
}

pub(super) async fn show(request: PageRequest, KindName(kind): KindName) -> PageResult {
    request.read(move |cx| respond(cx, &kind)).await
}

fn respond(cx: &Context, kind: &Kind) -> PageResult {
    let (id, with) = (cx.request.get("record"), cx.request.get("with"));
    let sides: Vec<RecordSide> = [id, with]
        .iter()
        .filter(|id| !id.is_empty())
        .enumerate()
        .map(|(n, id)| side(cx, kind, id, n))
        .collect::<Result<_, _>>()?;
    if let Some(data) = cx.table_as_data("beside", &as_table(&sides))? {
        return Ok(data);
    }
    let (table, titles) = said(cx, kind, id)?;
    let record = Record { kind, id, table: &table, titles: &titles, referring: &[] };
    let names: Vec<Link> = sides.iter().map(|s| s.name.clone()).collect();
    let title = match &names[..] {
        [one, other] => m::two_beside(&one.text, &other.text),
        _ => m::beside_another(),
    };
    let mut trail = crumbs(cx, &record);
    trail.extend(names.first().cloned());
    html(&BesidePage {
        page: Page::new(cx, title, trail),
        record: id.to_owned(),
        others: others(cx, &record, with)?,
        names,
        pairs: pairs(&sides.iter().map(|s| s.sections.as_slice()).collect::<Vec<_>>()),
        facts: sides.into_iter().map(|s| s.facts).collect(),
    })
}

fn side(cx: &Context, kind: &Kind, id: &str, n: usize) -> Result<RecordSide, PageError> {
    let (table, titles) = said(cx, kind, id)?;
    if table.rows.is_empty() && titles.is_empty() {
        return Err(names::not_there(kind, id));
    }
    let record = Record { kind, id, table: &table, titles: &titles, referring: &[] };
    Ok(RecordSide {
        name: Link::new(record.title()?, cx.record_link(&kind.name, id)),
        facts: stated::facts(cx, &record)?.lines,
        sections: dossier::of(cx, &record, ["a", "b"][n.min(1)])?.sections,
    })
}

/// The sections that either has, in the order of the first; what only the second has comes after.
fn pairs(sides: &[&[DrawnSection]]) -> Vec<SectionPair> {
    let mut titles: Vec<&str> = Vec::new();
    for section in sides.iter().flat_map(|s| s.iter()) {
        if !titles.contains(&section.title.as_str()) {
            titles.push(&section.title);
        }
    }
    let of = |title: &str| sides.iter().map(|s| s.iter().find(|section| section.title == title).cloned()).collect();
    titles.into_iter().map(|title| SectionPair { title: title.to_owned(), sides: of(title) }).collect()
}

/// Records of the same class: all missions, or the bodies of its class in its country.
fn others(cx: &Context, record: &Record, chosen: &str) -> Result<Vec<Choice>, PageError> {
    let Record { kind, id, .. } = record;
    let Some(title) = &kind.title else { return Ok(Vec::new()) };
    let (class, country) = (record.first("class"), if record.is_mission() { "" } else { record.first("country") });
    let mut conditions = vec!["record <> :record".to_owned()];
    for (column, value) in [("class", class), ("country", country)] {
        if !value.is_empty() && kind.field(column).is_some() {
            conditions.push(format!("\"{column}\" = '{}'", value.replace('\'', "''")));
        }
    }
    let sql = format!(
        "select record, \"{title}\" as name from \"{}\" where {} and \"{title}\" is not null order by folded(\"{title}\"), record",
        kind.view,
        conditions.join(" and ")
    );
    let all: Vec<Other> = cx.reader.query(&sql, &[("record", (*id).into())])?.rows_as()?;
    let mut choices: Vec<Choice> = all.into_iter().map(|o| Choice::new(&o.record, &o.name, o.record == chosen)).collect();
    // Nothing stands beside it yet: the first of them is not what is shown.
    if chosen.is_empty() {
        choices.insert(0, Choice::new("", m::not_said(), true));
    }
    Ok(choices)
}

/// What programs read of the page: how much each section tells of each record.
fn as_table(sides: &[RecordSide]) -> Table {
    let row = |side: &RecordSide, s: &DrawnSection| [&side.name.text, &s.title, &s.count].map(|t| Cell::Text(t.clone())).to_vec();
    Table {
        columns: ["name", "title", "items"].map(str::to_owned).to_vec(),
        rows: sides.iter().flat_map(|side| side.sections.iter().map(move |s| row(side, s))).collect(),
    }
}
