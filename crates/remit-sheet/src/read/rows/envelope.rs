//! What every statement of a row carries beside what it says: dates, source, grades, marking, status.

use super::{RowBeingRead, SheetReading};
use crate::read::mapping::{BOUNDS, RecordRule, Rule};
use crate::values::{CREDIBILITY, RELIABILITY, SourceGrade, credibility_of};
use remit_model::{EnvelopePart, Field, FieldType, Marking, STATEMENT};
use remit_store::{Draft, Status, marking_said, status_said, withheld_said};
use serde_json::Value;

impl SheetReading<'_> {
    /// Fills the envelope from the rules that are for all fields of the record.
    pub(super) fn envelope(&mut self, rule: &RecordRule, row: &RowBeingRead<'_>, draft: &mut Draft) {
        let (model, mut is_end_unread) = (self.model, false);
        for (part, field) in model.envelope.plain().map(|plain| (plain.part, &plain.field)) {
            let Some(r) = rule.fields.get(&field.name) else { continue };
            let column = r.column.as_ref().or(r.columns.first()).and_then(|c| self.columns.get(c).copied());
            let text = self.text_or_noted(r, column, row);
            if self.goes_on(field, r, &text) {
                column.into_iter().for_each(|column| self.note_nothing(column, &text, row.at));
                continue;
            }
            if Self::graded(field, &text, rule, draft) {
                continue;
            }
            let value = match &field.kind {
                FieldType::Code(list) if list == CREDIBILITY => credibility_of(&model.lists, &text).unwrap_or(text),
                _ => match self.plainly(field, r, row, column, &text) {
                    Ok((plain, _)) => plain,
                    Err(()) => {
                        is_end_unread |= field.name == "valid_to";
                        continue;
                    }
                },
            };
            match field.read(&self.model.lists, &value) {
                Ok(Value::String(value)) => {
                    if part == EnvelopePart::Dates && !value.is_empty() {
                        self.dates_of_their_own(r, row, draft);
                    }
                    draft.set_envelope(&field.name, value);
                }
                Ok(_) => {}
                Err(reason) => {
                    is_end_unread |= field.name == "valid_to";
                    self.tell_unread(r, row.at, column, &value, "value", format!("{reason}; the cell was left out"));
                }
            }
        }
        if is_end_unread {
            end_some_day(draft);
        }
        self.linked_source(rule, row, draft);
        self.marks(rule, row, draft);
        for (bound, cited, valid) in [(BOUNDS[0], "first_cited", "valid_from"), (BOUNDS[1], "last_cited", "valid_to")] {
            let Some(r) = rule.fields.get(bound) else { continue };
            let text = self.text(r, row).to_lowercase();
            match text.as_str() {
                // It went on when it was last cited.
                "open" => draft.set_envelope(valid, ""),
                "start" | "end" => {
                    let date = draft.envelope(cited).to_owned();
                    draft.set_envelope(valid, date);
                }
                text if self.model.languages.answer(text) == Some(true) => {
                    let date = draft.envelope(cited).to_owned();
                    draft.set_envelope(valid, date);
                }
                _ => {}
            }
        }
    }

    /// The address of a source whose cell is a link, where the row says no other.
    fn linked_source(&mut self, rule: &RecordRule, row: &RowBeingRead<'_>, draft: &mut Draft) {
        let says = |name: &str| rule.fields.get(name).is_some_and(|r| !self.text(r, row).is_empty());
        let column = rule.fields.get("source").and_then(|r| r.column.as_ref()).and_then(|c| self.columns.get(c).copied());
        let place = self.place(column, row).filter(|_| says("source") && !says("url"));
        if let Some(address) = self.linked(place, row.at) {
            draft.set_envelope("url", address);
        }
    }

    /// Source and credibility that a date has of its own: of several dates each source, and the least credible of them.
    pub(super) fn dates_of_their_own(&mut self, rule: &Rule, row: &RowBeingRead<'_>, draft: &mut Draft) {
        let source = rule.source.as_deref().map_or("", |c| self.cell(c, row));
        let sources = draft.envelope("dates_source");
        if !source.is_empty() && !sources.split("; ").any(|s| s == source) {
            let sources = if sources.is_empty() { source.to_owned() } else { format!("{sources}; {source}") };
            draft.set_envelope("dates_source", sources);
        }
        let SourceGrade { credibility, .. } = self.grade(rule, row);
        if credibility.as_str() > draft.envelope("dates_credibility") {
            draft.set_envelope("dates_credibility", credibility);
        }
    }

    /// The grade that the cell beside a field says; empty where nothing is said.
    pub(super) fn grade(&mut self, rule: &Rule, row: &RowBeingRead<'_>) -> SourceGrade {
        let said = rule.confidence.as_deref().map_or("", |c| self.cell(c, row)).to_owned();
        if let Some(grade) = SourceGrade::of(&said) {
            return grade;
        }
        let credibility = credibility_of(&self.model.lists, &said);
        if credibility.is_none() && !said.is_empty() {
            let column = rule.confidence.as_ref().and_then(|c| self.columns.get(c).copied());
            let reason =
                "this is no confidence (high, medium, low) and no credibility (1 to 6); the cell was left out".to_owned();
            self.finding(row.at, column, &said, "value", reason);
        }
        SourceGrade { credibility: credibility.unwrap_or_default(), ..SourceGrade::default() }
    }

    /// Takes both halves of a grade that one cell says, but for the half that a column of its own is for; false for another text.
    fn graded(field: &Field, text: &str, rule: &RecordRule, draft: &mut Draft) -> bool {
        let is_half = matches!(&field.kind, FieldType::Code(list) if list == RELIABILITY || list == CREDIBILITY);
        let Some(grade) = SourceGrade::of(text).filter(|_| is_half) else { return false };
        for (name, code) in [(RELIABILITY, grade.reliability), (CREDIBILITY, grade.credibility)] {
            if name == field.name || !rule.fields.contains_key(name) {
                draft.set_envelope(name, code);
            }
        }
        true
    }

    /// Fills what decides who sees the row, and whether it counts. What cannot be read there was meant to keep something from somebody, or from
    /// being counted: until it can be read, the most careful is taken for it.
    pub(super) fn marks(&mut self, rule: &RecordRule, row: &RowBeingRead<'_>, draft: &mut Draft) {
        let model = self.model;
        let marks = model.envelope.deciding().map(|field| field.name.as_str());
        for name in marks.chain([STATEMENT]) {
            let Some(r) = rule.fields.get(name) else { continue };
            let text = self.text(r, row);
            let read = match name {
                _ if text.is_empty() => Ok(()),
                "marking" => marking_said(model, &text).map(|m| draft.marking = draft.marking.max(m)),
                "status_of_statement" => status_said(model, &text).map(|s| draft.status = s),
                "withheld" => withheld_said(model, &draft.kind, &text).map(|w| draft.withheld = self.with_named(&draft.kind, w)),
                STATEMENT => {
                    draft.supersedes = vec![text.clone()];
                    Ok(())
                }
                _ => Ok(()),
            };
            if let Err(reason) = read {
                let column = r.column.as_ref().and_then(|c| self.columns.get(c).copied());
                let careful = most_careful(name, draft);
                self.tell_unread(r, row.at, column, &text, "value", format!("{reason}; {careful}"));
            }
        }
    }

    /// Fields that are withheld, with those of the records that they name in words: who sees the record would know the words.
    fn with_named(&self, kind: &str, mut withheld: Vec<(String, Marking)>) -> Vec<(String, Marking)> {
        let fields = self.model.kind(kind).into_iter().flat_map(|kind| &kind.fields).filter(|f| f.record_kind().is_some());
        for field in fields.filter(|_| self.written_by_us().is_none()) {
            let of_words = withheld.iter().find(|(name, _)| Some(name) == field.words.as_ref()).map(|(_, marking)| *marking);
            let is_said = withheld.iter().any(|(name, _)| *name == field.name);
            withheld.extend(of_words.filter(|_| !is_said).map(|marking| (field.name.clone(), marking)));
        }
        withheld
    }
}

/// What ended on a day that cannot be read is not known to go on: that it held is known of its start alone.
fn end_some_day(draft: &mut Draft) {
    if draft.envelope("last_cited").is_empty() {
        let since = if draft.envelope("first_cited").is_empty() { "valid_from" } else { "first_cited" };
        let since = draft.envelope(since).to_owned();
        draft.set_envelope("last_cited", since);
    }
}

/// What a draft is taken for where its marking, its withheld fields or its status cannot be read.
pub(super) fn most_careful(name: &str, draft: &mut Draft) -> &'static str {
    if name == "status_of_statement" {
        draft.status = Status::Proposed;
        return "the row waits as a proposal";
    }
    draft.marking = Marking::StrictlyConfidential;
    "the row was marked strictly confidential"
}

/// Year, month and day as one date, as precise as they say: an empty day is a month, an empty month a year.
pub(super) fn date_of_parts(parts: &[&str]) -> String {
    let mut date = String::new();
    for (n, part) in parts.iter().enumerate() {
        let Ok(number) = part.trim().parse::<u32>() else {
            if part.trim().is_empty() {
                break;
            }
            return parts.join("-");
        };
        match n {
            0 => date = format!("{number:04}"),
            _ if number == 0 => break,
            _ => date.push_str(&format!("-{number:02}")),
        }
    }
    date
}
