//! What statements say of a record: each fact once, with numbers that lead to its sources, and each source once, below.

use super::subject::Record;
use crate::cells::{CellView, called_in, field_value, is_web, shown_value};
use crate::context::Context;
use crate::error::PageError;
use crate::figures::{clauses, date};
use crate::frame::marking;
use crate::m;
use crate::messages::label;
use remit_model::{FieldType, Kind, Time};
use remit_store::{Cell, Table};
use serde::Deserialize;

/// The facts of a record, and where they are from.
#[derive(Default)]
pub(super) struct Facts {
    pub(super) lines: Vec<FieldLine>,
    pub(super) sources: Vec<SourceLine>,
}

/// A field of the record with one of its values.
#[derive(Default)]
pub(super) struct FieldLine {
    pub(super) name: String,
    pub(super) value: CellView,
    /// When it holds, and who says so: one part for each time.
    pub(super) said: Vec<StatedTime>,
    pub(super) edit: String,
}

/// A time, with the numbers of the sources that state it.
#[derive(Default)]
pub(super) struct StatedTime {
    pub(super) dates: String,
    /// True where no source has spoken of it for a year, or none is dated.
    pub(super) stale: bool,
    pub(super) sources: Vec<usize>,
}

/// A source, at one place in it.
#[derive(Clone, Default, PartialEq)]
pub(super) struct SourceLine {
    pub(super) source: CellView,
    pub(super) place: String,
    pub(super) grade: String,
    pub(super) marking: String,
    /// What else every statement has, as `model/statement.toml` says, each with its name.
    pub(super) further: Vec<String>,
}

/// What of the envelope this page shows in a way of its own: as a time, a source or its grade, or in the history.
const SHOWN_OTHERWISE: [&str; 13] = [
    "valid_from",
    "valid_to",
    "first_cited",
    "last_cited",
    "source",
    "url",
    "locator",
    "quote",
    "reliability",
    "credibility",
    "source_date",
    "dates_source",
    "dates_credibility",
];

/// What a statement carries besides its fields.
#[derive(Deserialize)]
struct Stated {
    statement: String,
    withheld: String,
    locator: String,
    reliability: String,
    credibility: String,
    marking: String,
    confirmed: Option<bool>,
    file: String,
    line: Option<i64>,
}

/// The source of a statement, and when it holds.
#[derive(Deserialize)]
pub(super) struct Sourced {
    source: String,
    url: String,
    valid_from: String,
    valid_to: String,
    first_cited: String,
    last_cited: String,
    source_date: String,
    verified_at: String,
    dates_source: String,
    dates_credibility: String,
}

/// What is said of the record on the day: where several statements say the same, it stands once.
pub(super) fn facts(cx: &Context, record: &Record) -> Result<Facts, PageError> {
    let (kind, table) = (record.kind, record.table);
    let stated: Vec<Stated> = table.rows_as()?;
    let sourced: Vec<Sourced> = table.rows_as()?;
    let a_year_ago = cx.request.as_of.valid_on.plus_months(-12).to_string();
    let lines =
        stated.iter().zip(&sourced).enumerate().map(|(row, (stated, sourced))| {
            Ok(SourceLine { further: further(cx, table, row)?, ..source_line(cx, stated, sourced) })
        });
    let lines = lines.collect::<Result<Vec<_>, PageError>>()?;
    let mut facts = Facts::default();
    for field in &kind.fields {
        let first = facts.lines.len();
        for (row, (stated, sourced)) in stated.iter().zip(&sourced).enumerate() {
            let withheld = stated.is_withheld(&field.name);
            if table.cell(row, &field.name)?.is_null() && !withheld {
                continue;
            }
            let value = if withheld { CellView::withheld() } else { value(cx, kind, &field.name, table, row)? };
            let source = facts.number(&lines[row]);
            let at = facts.lines[first..].iter().position(|l| l.value == value).map(|n| first + n).unwrap_or_else(|| {
                let edit = edit(cx, kind, stated);
                facts.lines.push(FieldLine { name: label(&field.label), value, edit, said: Vec::new() });
                facts.lines.len() - 1
            });
            // What happened once has its own day, and need not be confirmed to go on.
            let stale = kind.time == Time::State
                && stated.confirmed == Some(false)
                && sourced.last().is_none_or(|last| last < a_year_ago.as_str());
            facts.lines[at].say(sourced.dates(), stale, source);
        }
    }
    Ok(facts)
}

impl Facts {
    /// The number of a source, from 1; one that is there already keeps its number.
    fn number(&mut self, source: &SourceLine) -> usize {
        let at = self.sources.iter().position(|s| s == source).unwrap_or_else(|| {
            self.sources.push(source.clone());
            self.sources.len() - 1
        });
        at + 1
    }
}

impl FieldLine {
    fn say(&mut self, dates: String, stale: bool, source: usize) {
        let at = self.said.iter().position(|s| s.dates == dates && s.stale == stale).unwrap_or_else(|| {
            self.said.push(StatedTime { dates, stale, sources: Vec::new() });
            self.said.len() - 1
        });
        if !self.said[at].sources.contains(&source) {
            self.said[at].sources.push(source);
        }
    }
}

/// The fields of which nothing is known; those that refer to other records are not told as missing.
pub(super) fn unknown(record: &Record) -> Result<Vec<String>, PageError> {
    let stated: Vec<Stated> = record.table.rows_as()?;
    let mut unknown = Vec::new();
    for field in record.kind.fields.iter().filter(|f| f.record_kind().is_none()) {
        let at = record.table.at(&field.name)?;
        let told = record.table.rows.iter().zip(&stated).any(|(row, s)| !row[at].is_null() || s.is_withheld(&field.name));
        if !told {
            unknown.push(label(&field.label));
        }
    }
    Ok(unknown)
}

fn source_line(cx: &Context, stated: &Stated, sourced: &Sourced) -> SourceLine {
    SourceLine {
        source: sourced.source(cx),
        place: stated.place(),
        grade: format!("{}{}", stated.reliability, stated.credibility),
        marking: if stated.marking == "public" { String::new() } else { marking(cx.model(), &stated.marking) },
        further: Vec::new(),
    }
}

/// What a statement says in the fields that every statement has, and that are shown in no other way.
fn further(cx: &Context, table: &Table, row: usize) -> Result<Vec<String>, PageError> {
    let asked = cx.model().envelope.asked().map(|asked| &asked.field);
    let mut all = Vec::new();
    for field in asked.filter(|field| !SHOWN_OTHERWISE.contains(&field.name.as_str())) {
        let cell = table.cell(row, &field.name)?;
        if !cell.is_null() {
            all.push(m::pair(label(&field.label), field_value(cx.model(), Some(field), cell).text));
        }
    }
    Ok(all)
}

/// Where a statement is corrected, for who may.
fn edit(cx: &Context, kind: &Kind, stated: &Stated) -> String {
    match cx.app().author() {
        Some(_) if !stated.statement.is_empty() => cx.link(&format!("/edit/{}", kind.name), &[("statement", &stated.statement)]),
        _ => String::new(),
    }
}

/// A field's value, with a link where it is another record.
pub(super) fn value(cx: &Context, kind: &Kind, name: &str, table: &Table, row: usize) -> Result<CellView, PageError> {
    let field = kind.field(name);
    let cell = table.cell(row, name)?;
    Ok(match (field.map(|f| &f.kind), cell) {
        (Some(FieldType::Record(of)), Cell::Text(id)) => {
            let named = table.cell(row, &format!("{name}_name"))?.text().filter(|n| !n.is_empty());
            CellView::text(named.unwrap_or(id)).link(cx.record_link(of, id))
        }
        _ => shown_value(cx, field, cell, &called_in(cx, std::iter::once((field, cell)))?),
    })
}

impl Stated {
    /// True where this reader may not see what it says of a field.
    fn is_withheld(&self, field: &str) -> bool {
        self.withheld.split(' ').any(|w| w == field)
    }

    /// Where in its source a statement stands, and where we read it.
    fn place(&self) -> String {
        let line = self.line.map(|line| m::file_line(&self.file, line));
        let locator = Some(self.locator.clone()).filter(|l| !l.is_empty());
        clauses(&[locator, line].into_iter().flatten().collect::<Vec<_>>())
    }
}

impl Sourced {
    /// The first day on which a source speaks of it.
    fn first(&self) -> Option<&str> {
        [&self.first_cited, &self.last_cited, &self.source_date].into_iter().find(|day| !day.is_empty()).map(String::as_str)
    }

    /// The last one: also that on which somebody has looked again.
    fn last(&self) -> Option<&str> {
        let cited = [&self.last_cited, &self.first_cited, &self.source_date].into_iter().find(|day| !day.is_empty());
        let verified = self.verified_at.get(..10).unwrap_or_default();
        cited.map(String::as_str).into_iter().chain([verified]).max().filter(|day| !day.is_empty())
    }

    /// From when to when it says that it holds.
    pub(super) fn dates(&self) -> String {
        let known = |text: &str| Some(text).filter(|t| !t.is_empty()).map(date);
        let (since, until) = (known(&self.valid_from), known(&self.valid_to));
        // Before its start it was only planned.
        let cited = self.last().filter(|last| *last > self.valid_from.as_str());
        // Who speaks of it after its end does not say when it began.
        let is_before_its_end = |day: &&str| {
            let end = self.valid_to.as_str();
            end.is_empty() || day.get(..end.len()).unwrap_or(*day) <= end
        };
        let starts = since.clone().or_else(|| self.first().filter(is_before_its_end).map(|day| m::since_cited(date(day))));
        let ends = until.clone().or_else(|| cited.map(|day| m::until_cited(date(day))));
        let dates = match (starts, ends) {
            (None, None) => return String::new(),
            (Some(_), Some(_)) if since.is_none() && until.is_none() && self.first() == self.last() => {
                m::cited_on(date(self.first().unwrap_or_default()))
            }
            (Some(s), None) => since.map_or(s, m::since),
            (None, Some(e)) => until.map_or(e, m::until),
            (Some(s), Some(e)) => format!("{s} – {e}"),
        };
        // Who tells the dates, where that is somebody else, and how surely.
        let by = [&self.dates_source, &self.dates_credibility].map(String::as_str).join(" ");
        if by.trim().is_empty() { dates } else { m::dates_by(by.trim(), dates) }
    }

    /// The same in a column of its own, where empty would say that it holds at all times.
    pub(super) fn when(&self) -> String {
        Some(self.dates()).filter(|d| !d.is_empty()).unwrap_or_else(m::dates_not_known)
    }

    /// The source, with its address where it is a safe one; an identifier of a document leads to it.
    pub(super) fn source(&self, cx: &Context) -> CellView {
        let Sourced { source, url, .. } = self;
        let shown = CellView::text(if source.is_empty() { url } else { source });
        if is_web(url) {
            shown.link(url.clone())
        } else if source.is_empty() {
            CellView { text: m::no_source(), class: "weak", ..CellView::default() }
        } else if !source.contains([' ', ';']) {
            shown.link(cx.record_link("document", source))
        } else {
            shown
        }
    }
}
