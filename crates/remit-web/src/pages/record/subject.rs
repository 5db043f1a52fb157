//! The record that a page is about: what is said of it, what it is called, and the steps to it.

use crate::cells::country_name;
use crate::context::{Context, query};
use crate::error::PageError;
use crate::frame::{Link, from_overview};
use crate::m;
use crate::messages::label;
use remit_model::Kind;
use remit_store::{Cell, Table};
use serde::Deserialize;
use std::cmp::Ordering;

/// A record with what is said of it on the day.
#[derive(Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) kind: &'a Kind,
    pub(super) id: &'a str,
    /// A row a statement that holds on the day.
    pub(super) table: &'a Table,
    /// Titles by every statement that stands, whenever it holds; none for what was imported.
    pub(super) titles: &'a [Titled],
    /// Identifiers of the statements that refer to it.
    pub(super) referring: &'a [String],
}

/// What a statement calls its record.
#[derive(Deserialize)]
pub(super) struct Titled {
    title: String,
}

impl Record<'_> {
    /// What the first statement says that says something in a column; nothing where the kind has no such column.
    pub(super) fn first(&self, column: &str) -> &str {
        let at = self.table.column(column);
        let texts = at.into_iter().flat_map(|at| self.table.rows.iter().filter_map(move |r| r[at].text()));
        texts.into_iter().find(|t| !t.is_empty()).unwrap_or_default()
    }

    /// What the best graded statement says that says something in a column, of several the one that was said last: what lists show.
    pub(super) fn best(&self, column: &str) -> Option<&str> {
        let at = self.table.column(column)?;
        let by = ["grade", "said_at", "statement"].map(|name| self.table.column(name));
        let said = self.table.rows.iter().filter(|r| r[at].text().is_some_and(|t| !t.is_empty()));
        let best = said.max_by(|one, other| rank(one, by).partial_cmp(&rank(other, by)).unwrap_or(Ordering::Equal))?;
        best[at].text()
    }

    pub(super) fn is_mission(&self) -> bool {
        self.kind.name == "actor" && self.first("class") == "mission"
    }

    pub(super) fn title(&self) -> Result<String, PageError> {
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

pub(super) fn by_record(kind: &Kind, id: &str) -> [(&'static str, Cell); 2] {
    [("record", Cell::Text(id.to_owned())), ("kind", Cell::Text(kind.name.clone()))]
}

/// What is said of a record on the day, in the order in which it was said, whoever's copy it came from; and what it was ever called.
pub(super) fn said(cx: &Context, kind: &Kind, id: &str) -> Result<(Table, Vec<Titled>), PageError> {
    let by_record = by_record(kind, id);
    let sql = format!("select * from \"{}_statement\" where record = :record order by said_at, statement desc, id", kind.view);
    let table = cx.reader.query(&sql, &by_record)?;
    let title = [("title", kind.title.clone().into())];
    Ok((table, cx.rows(query!("titles.sql"), &[&by_record[..], &title].concat())?))
}

pub(super) fn crumbs(cx: &Context, record: &Record) -> Vec<Link> {
    let kind = record.kind;
    let mut crumbs = vec![from_overview(cx)];
    let country = Some(record.first("country")).filter(|c| c.len() == 2).unwrap_or_default();
    if !country.is_empty() {
        crumbs.push(Link::new(country_name(cx.model(), country), cx.link(&format!("/country/{country}"), &[])));
    }
    // A list is narrowed by a country where that is one code of the list of countries.
    let is_narrowed = kind.field("country").is_some_and(|f| f.has_codes_of("country") && f.view.is_none());
    let of = [("country", if is_narrowed { country } else { "" })];
    crumbs.push(Link::new(label(&kind.label), cx.link(&format!("/records/{}", kind.name), &of)));
    crumbs
}
