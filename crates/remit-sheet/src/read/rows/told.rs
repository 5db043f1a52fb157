//! What is told of a row: cells that say nothing, records that cannot be made, parts that do not add up to their whole.

use super::{OwnSource, RowBeingRead, SheetReading, SourceGroup};
use crate::grid::{CellText, Grid};
use crate::read::mapping::{RecordRule, Rule};
use crate::read::outcome::Finding;
use crate::read::shape::text_of;
use remit_model::{Field, Kind, Language, Marking, UnevenParts};
use remit_store::{Draft, Reason};
use serde_json::Value;
use std::collections::BTreeMap;

/// Links of a table that are told one by one.
const MOST_LINKS: usize = 1_000;

impl SheetReading<'_> {
    /// Tells of a mark that means no, or neither yes nor no: it makes no record.
    pub(super) fn tell_of_mark(&mut self, rule: &RecordRule, row: &RowBeingRead<'_>) {
        let Some(column) = self.mark_of(rule) else { return };
        let text = self.cell(column, row).to_owned();
        let place = self.place(self.columns.get(column).copied(), row);
        match (self.words.answers.mark(&text), place) {
            _ if text.is_empty() => {}
            (Some(false), Some(place)) => self.note_nothing(place, &text, row.at),
            (None, _) => {
                let reason = format!("“{text}” means neither yes nor no here; the cell was left out");
                self.finding(row.at, place, &text, "boolean", reason);
            }
            _ => {}
        }
    }

    pub(super) fn note_nothing(&mut self, column: usize, text: &str, row: u64) {
        self.noted += 1;
        self.nothing.entry((column, text.to_owned())).or_insert((row, 0)).1 += 1;
    }

    /// Tells of the cells that say that there is nothing, a line for each column and word.
    pub(super) fn tell_of_nothing(&mut self) {
        for ((column, text), (row, times)) in std::mem::take(&mut self.nothing) {
            let reason = match times {
                1 => format!("a cell of this column says “{text}”; it counts as empty"),
                _ => format!("{times} cells of this column say “{text}”; they count as empty"),
            };
            let column = self.called(column);
            self.said.left.push(Finding { sheet: self.sheet.clone(), row, column, value: text, rule: "unused", reason });
        }
        for (column, (row, times, value)) in std::mem::take(&mut self.beside) {
            let reason = match times {
                1 => "a cell of this column stands beside an amount in another currency; a record has one: that was kept, and this was left out"
                    .to_owned(),
                _ => format!(
                    "{times} cells of this column stand beside an amount in another currency; a record has one: that was kept, and these \
                     were left out"
                ),
            };
            let column = self.called(column);
            self.said.left.push(Finding { sheet: self.sheet.clone(), row, column, value, rule: "unused", reason });
        }
    }

    /// Tells of the cells below the headings that are links of which nothing was made, one by one as far as anybody reads.
    pub(super) fn tell_of_links(&mut self, grid: &Grid, header: usize) {
        let head = grid.rows.get(header).map_or(0, |(row, _)| *row);
        let links = std::mem::take(&mut self.links);
        let mut left = links.into_iter().filter(|((row, _), (_, is_known))| *row > head && !is_known);
        for ((row, column), (address, _)) in left.by_ref().take(MOST_LINKS) {
            let at = grid.rows.binary_search_by_key(&row, |(at, _)| *at).ok();
            let cell = at.and_then(|at| grid.rows[at].1.get(column)).map_or("", CellText::as_str);
            let address: String = address.chars().take(300).collect();
            let reason = format!("this cell is a link to {address}; the link was left out");
            self.finding(row, Some(column), cell, "marked", reason);
        }
        let rest: Vec<u64> = left.map(|((row, _), _)| row).collect();
        if let Some(last) = rest.last() {
            let reason = format!("{} more cells up to this row are links; the links were left out", rest.len());
            self.finding(*last, None, "", "marked", reason);
        }
    }

    /// Tells of a row that names a record which is marked higher than itself: whoever sees the row sees the identifier of the record, and that
    /// there is one.
    pub(super) fn tell_of_marked(
        &mut self,
        rule: &RecordRule,
        kind: &Kind,
        row: &RowBeingRead<'_>,
        base: &Draft,
        groups: &BTreeMap<OwnSource, SourceGroup>,
    ) {
        if self.is_data() {
            return;
        }
        for (name, value) in groups.values().flat_map(|group| &group.fields) {
            let Some(field) = kind.field(name) else { continue };
            let of_field = base.withheld.iter().filter(|(f, _)| f == name).map(|(_, marking)| *marking);
            let seen_from = of_field.chain(field.marking).fold(base.marking, Marking::max);
            for (of, record) in field.references(value) {
                let marking = self.known.names.get(of).map_or(Marking::Public, |names| names.marking_of(record));
                if marking > seen_from {
                    // That a row has this marking is told only to readers who may see it.
                    self.said.marking = self.said.marking.max(marking);
                    let column = rule.fields.get(name).and_then(|r| r.column.as_ref()).and_then(|c| self.columns.get(c).copied());
                    let called = self.model.lists.name("marking", marking.code(), Language::ENGLISH).to_lowercase();
                    let reason = format!(
                        "this names a record that is marked {called}: its identifier is seen by whoever sees this row; mark the row so too \
                         where nobody else may know of the record"
                    );
                    self.finding(row.at, column, record, "likely", reason);
                }
            }
        }
    }

    /// Tells of what cannot be read; once, and not of every row, where the mapping says it of all of them.
    pub(super) fn tell_unread(
        &mut self,
        rule: &Rule,
        at: u64,
        place: Option<usize>,
        text: &str,
        why: &'static str,
        reason: String,
    ) {
        if rule.value.is_none() || place.is_some() {
            self.finding(at, place, text, why, reason);
        } else if self.once.insert((None, format!("{text}: {reason}"))) {
            self.finding(at, None, text, why, format!("what the mapping says of every row: {reason}"));
        }
    }

    /// Tells of a row of which nothing says which record it is about.
    pub(super) fn tell_of_no_record(&mut self, row: &RowBeingRead<'_>) {
        let reason = "nothing in this row tells which record it is about; the row was left out".to_owned();
        self.finding(row.at, None, &text_of(row.cells), "identifier", reason);
    }

    /// Tells of a record that says nothing, since it lacks a field.
    pub(super) fn tell_of_missing(&mut self, rule: &RecordRule, kind: &Kind, row: &RowBeingRead<'_>, missing: &Field) {
        let of = rule.fields.get(&missing.name);
        let column = of.and_then(|r| r.column.as_ref()).and_then(|c| self.columns.get(c).copied());
        let name = of.map(|r| self.text(r, row)).unwrap_or_default();
        let kind = kind.label.english().to_lowercase();
        // Of a name that nobody has it is told in which rows it stands.
        if missing.record_kind().is_some() && !name.is_empty() {
            if self.once.insert((column, format!("{kind}: {name}"))) {
                let reason = format!("the {kind} waits until “{name}” is chosen or added; so do other rows with it");
                self.finding(row.at, column, &name, "required", reason);
            }
            return;
        }
        let reason = format!("without “{}” this says nothing; the {kind} was left out", missing.label.english());
        self.finding(row.at, column, "", "required", reason);
    }

    /// Tells that an earlier row says otherwise.
    pub(super) fn tell_of_other(
        &mut self,
        rule: &RecordRule,
        row: &RowBeingRead<'_>,
        field: &str,
        value: &str,
        before: u64,
        is_named: bool,
    ) {
        let column = rule.fields.get(field).and_then(|r| r.column.as_ref()).and_then(|c| self.columns.get(c).copied());
        let (rule, reason) = match is_named {
            true => (
                "differs",
                format!(
                    "row {before} says otherwise of the same record; both stand until somebody chooses; where two are meant, give \
                      each row an identifier of its own"
                ),
            ),
            false => (
                "likely",
                format!(
                    "nothing tells this row from row {before} but other values; it was taken for another record; where both are \
                      one, leave one of them out"
                ),
            ),
        };
        self.finding(row.at, self.place(column, row), value, rule, reason);
    }

    /// Tells where the parts of a row (women, men) are more than all, or are all of them and not as many.
    pub(super) fn compare_parts(
        &mut self,
        rule: &RecordRule,
        kind: &Kind,
        row: &RowBeingRead<'_>,
        groups: &BTreeMap<OwnSource, SourceGroup>,
    ) {
        let number = |f: &Field| groups.values().find_map(|g| g.fields.get(&f.name)).and_then(Value::as_f64);
        let column =
            |f: &Field| rule.fields.get(&f.name).and_then(|r| r.column.as_ref()).and_then(|c| self.columns.get(c).copied());
        let called = |f: &Field| column(f).map_or_else(|| f.label.english().to_owned(), |at| self.called(at));
        let told = |uneven: &UnevenParts<'_>| {
            let (of_all, whole) = uneven.whole;
            (self.place(column(of_all), row), whole.to_string(), format!("{}; all were kept", uneven.told(called)))
        };
        let told: Vec<_> = kind.uneven_parts(number).iter().map(told).collect();
        for (place, whole, reason) in told {
            self.finding(row.at, place, &whole, "parts", reason);
        }
    }

    /// Tells where a record that others publish ends before it starts. It is kept as they say it.
    pub(super) fn compare_dates(&mut self, rule: &RecordRule, kind: &Kind, row: &RowBeingRead<'_>, draft: &Draft) {
        if kind.fields.iter().all(|f| f.not_before.is_empty()) {
            return;
        }
        for fault in draft.faults(self.model).into_iter().filter(|f| matches!(f.reason, Reason::Before(..))) {
            let column = rule.fields.get(&fault.field).and_then(|r| r.column.as_ref()).and_then(|c| self.columns.get(c).copied());
            self.finding(row.at, column, &fault.value, "likely", format!("{}; both were kept", fault.reason));
        }
    }

    /// Notes a field of which a cell says something that could not be used: what the sheet said of it before stays. What an amount is in goes
    /// with it where no cell says it, and so do others of the cell that no column has.
    pub(super) fn note_lost(&mut self, kind: &Kind, field: &Field, rule: &Rule, row: &RowBeingRead<'_>) {
        let cell = rule.column.iter().chain(&rule.columns).map(|c| self.cell(c, row)).find(|cell| !cell.is_empty());
        if cell.is_none_or(|cell| self.says_nothing(rule, cell) || self.goes_on(field, rule, cell)) {
            return;
        }
        self.lost.push(field.name.clone());
        let has_column = |more: &String| self.mapping.record.iter().any(|r| r.kind == kind.name && r.fields.contains_key(more));
        let others = field.more.clone().filter(|more| !has_column(more));
        self.lost.extend(others);
        if field.is_money() && kind.field("currency").is_some() {
            self.lost.push("currency".to_owned());
        }
    }
}
