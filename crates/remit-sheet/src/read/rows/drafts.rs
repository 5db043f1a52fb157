//! The statements of a record: what its fields say by source, and which of them are new.

use super::{OwnSource, RowBeingRead, SheetReading, SourceGroup};
use crate::read::alike::said_otherwise;
use crate::read::fingerprint::fingerprint;
use crate::read::mapping::{RecordRule, Rule};
use crate::read::outcome::NATIVE;
use crate::read::shape::text_of;
use crate::values::{CREDIBILITY, RELIABILITY};
use remit_model::{Kind, has_unseen, trimmed, visible, web_address, without_unseen, write_value};
use remit_store::{Draft, Reason};
use serde_json::{Value, json};
use std::collections::BTreeMap;

impl SheetReading<'_> {
    /// What all statements of a record have in common: marking, source, dates.
    pub(super) fn base(&mut self, rule: &RecordRule, kind: &Kind, row: &RowBeingRead<'_>) -> Draft {
        let mut base = Draft::new(self.model, &kind.name);
        base.marking = self.mapping.marking(kind, self.marking);
        // Of a data set it is told once.
        if !self.is_data() {
            base.set_envelope("source", self.mapping.source.clone().unwrap_or_default());
            base.set_envelope("url", self.address(row.at));
        }
        self.envelope(rule, row, &mut base);
        base
    }

    /// The address of the source that the mapping gives. Where it is none, that is told once, and not of every row.
    pub(super) fn address(&mut self, at: u64) -> String {
        let mapping = self.mapping;
        let Some(url) = mapping.url.as_deref().map(str::trim).filter(|url| !url.is_empty()) else { return String::new() };
        web_address(url).unwrap_or_else(|reason| {
            if self.once.insert((None, url.to_owned())) {
                let reason = format!("the address of the source in the mapping: {reason}; it was left out");
                self.finding(at, None, url, "value", reason);
            }
            String::new()
        })
    }

    /// False where columns were made rows and nothing can be used of what stood in them: “n/a” below a year makes no record of it.
    pub(super) fn has_cells(&self, rule: &RecordRule, groups: &BTreeMap<OwnSource, SourceGroup>) -> bool {
        // What is added up is a field of a record that is there without it.
        let is_asked = !self.is_data() && self.added.is_empty();
        let Some(each) = self.mapping.each.as_ref().filter(|_| is_asked) else { return true };
        let made = each.made();
        let is_made = |r: &Rule| r.column.as_ref().is_some_and(|c| made.contains(c));
        let mut fields = rule.fields.iter().filter(|(_, r)| is_made(r)).map(|(name, _)| name).peekable();
        fields.peek().is_none()
            || self.mark_of(rule).is_some()
            || fields.any(|f| groups.values().any(|g| g.fields.contains_key(f)))
    }

    /// True for figures of which neither the table nor the row says whose they are.
    pub(super) fn is_of_nobody(
        &self,
        rule: &RecordRule,
        kind: &Kind,
        row: &RowBeingRead<'_>,
        groups: &BTreeMap<OwnSource, SourceGroup>,
    ) -> bool {
        let is_asked = kind.parts && !self.is_data() && self.name != NATIVE && self.given(rule, row).is_none();
        let tells = kind.tells();
        is_asked && !tells.is_empty() && !tells.iter().any(|f| groups.values().any(|g| g.fields.contains_key(&f.name)))
    }

    /// The statements of a record: one a source, each with the field that is its first. Those of a data set are put away at once.
    pub(super) fn drafts(
        &mut self,
        rule: &RecordRule,
        kind: &Kind,
        row: &RowBeingRead<'_>,
        base: &Draft,
        groups: BTreeMap<OwnSource, SourceGroup>,
    ) -> Vec<(String, Draft)> {
        let mut drafts = Vec::new();
        for (OwnSource { source, grade }, group) in groups {
            let mut draft = base.clone();
            let url = group.url.unwrap_or_default();
            for (name, value) in
                [("source", source), ("url", url), (RELIABILITY, grade.reliability), (CREDIBILITY, grade.credibility)]
            {
                if !value.is_empty() {
                    draft.set_envelope(name, value);
                }
            }
            draft.origin = self.origin(rule, &draft.record, &group.first_field);
            draft.fields = group.fields;
            // Two rows of a data set that are the same are two.
            if self.is_data() {
                self.compare_dates(rule, kind, row, &draft);
                self.said.data.push(draft);
                continue;
            }
            draft.guard(self.model);
            if self.leave_out(rule, row, &mut draft) {
                self.count_once(rule, kind, row, &mut draft);
                drafts.push((group.first_field, draft));
            }
        }
        drafts
    }

    pub(super) fn origin(&self, rule: &RecordRule, record: &str, first_field: &str) -> String {
        format!("{}/{}/{record}/{first_field}", self.name, rule.name())
    }

    /// Looks whether an earlier row says otherwise of the same record, of the same source and time. A record that is known by what it
    /// connects is then another one, and so its identifier is given; of one that has a name or identifier both rows stand. Either is
    /// told.
    pub(super) fn set_apart(
        &mut self,
        rule: &RecordRule,
        row: &RowBeingRead<'_>,
        is_named: bool,
        drafts: &mut [(String, Draft)],
    ) -> Option<String> {
        // An export has a row for each statement, and they may differ.
        if self.written_by_us().is_some() {
            return None;
        }
        let record = drafts.first().map(|(_, draft)| draft.record.clone())?;
        // A row of its own with the identifier of another one speaks of the same record.
        let numbered = self.known.alike.get(&record).copied().filter(|_| !is_named || row.part > 0);
        let times = numbered.unwrap_or(1);
        let is_first = !drafts.iter().any(|(_, draft)| self.said.drafts.has(&draft.origin));
        if is_first || drafts.iter().all(|(_, draft)| self.known.seen.contains(&content(draft))) {
            return None;
        }
        self.number(rule, &record, times, drafts);
        let otherwise = drafts.iter().find_map(|(_, draft)| {
            let (before, other) = self.said.drafts.last_at(&draft.origin)?;
            Some((before, said_otherwise(&other, draft)?))
        });
        if let Some((before, field)) = otherwise {
            let is_answer = is_named && self.is_answer(rule, &field, row);
            if !is_named || is_answer {
                self.known.alike.insert(record.clone(), times + 1);
                self.number(rule, &record, times + 1, drafts);
            }
            if !is_answer {
                let value = drafts.iter().find_map(|(_, d)| d.fields.get(&field)).map(write_value).unwrap_or_default();
                self.tell_of_other(rule, row, &field, &value, before, is_named);
            }
        }
        drafts.first().map(|(_, draft)| draft.record.clone())
    }

    /// True for the second, third answer of a cell that the mapping splits: its row has the identifier of the first, and what is asked for
    /// is a record of each. One that has a name is the same whatever is said of it.
    pub(super) fn is_answer(&self, rule: &RecordRule, field: &str, row: &RowBeingRead<'_>) -> bool {
        let column = rule.fields.get(field).and_then(|r| r.column.as_ref());
        let is_split = column.is_some_and(|c| self.mapping.split.contains_key(c));
        row.part > 0 && is_split && self.model.kind(&rule.kind).is_some_and(|kind| kind.title.is_none())
    }

    /// Gives the drafts of a row the identifier of the second, third record that rows have in common.
    pub(super) fn number(&self, rule: &RecordRule, record: &str, times: u32, drafts: &mut [(String, Draft)]) {
        for (first_field, draft) in drafts.iter_mut().filter(|_| times > 1) {
            draft.record = format!("{record}/{times}");
            draft.origin = self.origin(rule, &draft.record, first_field);
        }
    }

    /// True where a record would be called by a name that is withheld.
    pub(super) fn is_told_by_its_identifier(
        &self,
        rule: &RecordRule,
        kind: &Kind,
        row: &RowBeingRead<'_>,
        draft: &Draft,
    ) -> bool {
        let is_withheld = |name: &String| draft.withheld.iter().any(|(field, _)| field == name);
        let named = kind.title.iter().chain(&kind.key).any(is_withheld);
        named && self.given(rule, row).is_none() && self.titled(rule, row).is_none_or(|id| !self.is_known(kind, &id))
    }

    /// True for a record that there was before the sheet was read.
    pub(super) fn is_known(&self, kind: &Kind, record: &str) -> bool {
        self.known.names.get(&kind.name).is_some_and(|names| names.is_known(record))
    }

    /// Takes out of a draft what the register would not record, each with a word; false where it is the identifier.
    pub(super) fn leave_out(&mut self, rule: &RecordRule, row: &RowBeingRead<'_>, draft: &mut Draft) -> bool {
        for field in draft.without_unseen() {
            self.tell_of_unseen(rule, row, &field);
        }
        let faults = draft.faults(self.model);
        let lost = !faults.is_empty();
        for fault in faults {
            let column = rule.fields.get(&fault.field).and_then(|r| r.column.as_ref()).and_then(|c| self.columns.get(c).copied());
            let is_row = fault.reason == Reason::Identifier;
            let left = if is_row { "the row was left out" } else { "the cell was left out" };
            let value = if is_row { text_of(row.cells) } else { fault.value };
            let told = format!("{}; {left}", fault.reason);
            match rule.fields.get(&fault.field) {
                Some(r) if fault.reason == Reason::ToCome => self.tell_unread(r, row.at, column, &value, "value", told),
                _ => self.finding(row.at, column, &value, "value", told),
            }
            draft.set_envelope(&fault.field, "");
            draft.fields.remove(&fault.field);
            self.lost.push(fault.field.clone());
            draft.withheld.retain(|(field, _)| *field != fault.field);
            if is_row {
                return false;
            }
        }
        // What is left connects nothing any more.
        let is_told_at_once = lost && self.model.kind(&draft.kind).is_some_and(|kind| kind.title.is_none());
        match draft.lacks(self.model).next().filter(|_| is_told_at_once).map(|field| field.label.english().to_owned()) {
            Some(missing) => {
                let reason = format!("without “{missing}” this says nothing; the row was left out");
                self.finding(row.at, None, &text_of(row.cells), "required", reason);
                false
            }
            None => true,
        }
    }

    /// Tells of a cell that had signs which nobody sees, as it looks with a gap where they stood; of the row, where a field is not of
    /// one cell.
    fn tell_of_unseen(&mut self, rule: &RecordRule, row: &RowBeingRead<'_>, field: &str) {
        let heading = rule.fields.get(field).and_then(|r| r.column.as_deref()).unwrap_or(field);
        let column = self.columns.get(heading).copied();
        let cell = column.and_then(|at| row.cells.get(at)).map(|cell| visible(cell.as_str()).into_owned()).unwrap_or_default();
        let place = if column.is_some() { "cell" } else { "row" };
        self.finding(row.at, column, &cell, "likely", format!("signs that nobody sees were taken out of this {place}"));
    }

    /// What stands in the cells of a rule without signs that nobody sees, before a date, a number or a code is read from it; that there
    /// were some is told. What others publish as a data set stays as it is.
    pub(super) fn seen(&mut self, rule: &Rule, column: Option<usize>, row: &RowBeingRead<'_>) -> String {
        let text = self.written(rule, row);
        if self.is_data() || !has_unseen(trimmed(&text)) {
            return text;
        }
        let reason = "signs that nobody sees were taken out of this cell";
        let place = self.place(column, row);
        self.finding(row.at, place, &visible(&text), "likely", reason.to_owned());
        without_unseen(&text)
    }

    /// Keeps a draft, unless the sheet has said the same already.
    pub(super) fn say(&mut self, at: u64, draft: Draft) {
        if self.known.seen.insert(content(&draft)) {
            self.said.drafts.push(at, &draft);
        } else {
            self.said.repeated += 1;
        }
    }

    /// Fields that share source and confidence.
    pub(super) fn groups(&mut self, rule: &RecordRule, kind: &Kind, row: &RowBeingRead<'_>) -> BTreeMap<OwnSource, SourceGroup> {
        let mut groups: BTreeMap<OwnSource, SourceGroup> = BTreeMap::new();
        self.lost.clear();
        for field in &kind.fields {
            let Some(r) = rule.fields.get(&field.name) else { continue };
            let values = self.values(kind, field, r, row);
            if values.is_empty() {
                self.note_lost(kind, field, r, row);
                continue;
            }
            let source = r.source.as_deref().map_or("", |c| self.cell(c, row)).to_owned();
            let grade = self.grade(r, row);
            let place = self.place(r.source.as_ref().and_then(|c| self.columns.get(c).copied()), row);
            let url = self.linked(place, row.at);
            let group = groups.entry(OwnSource { source, grade }).or_default();
            let of_group = group.fields.get("currency").filter(|_| field.name != "currency");
            if let Some((own, other)) = values.get("currency").zip(of_group).filter(|(own, other)| own != other) {
                self.tell_of_two_currencies(r, row, &write_value(own), &write_value(other));
                self.note_lost(kind, field, r, row);
                continue;
            }
            group.url = group.url.take().or(url);
            if group.first_field.is_empty() {
                group.first_field.clone_from(&field.name);
            }
            for (name, value) in values {
                match (group.fields.get_mut(&name), value) {
                    // Several may stand in a cell, and more of them in a column of their own.
                    (Some(Value::Array(before)), Value::Array(more)) => before.extend(more),
                    (Some(_), _) => {}
                    (None, value) => drop(group.fields.insert(name, value)),
                }
            }
        }
        if kind.key.is_empty() && kind.title.is_some() { groups } else { connected(kind, groups) }
    }

    /// Tells the codes that no column gives from the words that one does. An export comes back as it was, and what is told from words
    /// that are withheld would tell them.
    pub(super) fn tell_codes(&self, kind: &Kind, base: &Draft, groups: &mut BTreeMap<OwnSource, SourceGroup>) {
        if self.written_by_us().is_none() && !base.withholds_words(kind) {
            groups.values_mut().for_each(|group| kind.tell(&self.model.lists, &mut group.fields));
        }
    }
}

/// What tells whether a draft says the same as another.
pub(super) fn content(draft: &Draft) -> u128 {
    fingerprint(&json!([draft.kind, draft.record, draft.fields, draft.envelope, draft.marking.level()]).to_string())
}

/// Half a connection says nothing: each source says both ends, and the first one also what names no source of its own.
pub(super) fn connected(kind: &Kind, mut groups: BTreeMap<OwnSource, SourceGroup>) -> BTreeMap<OwnSource, SourceGroup> {
    let ends: Vec<(String, Value)> = groups
        .values()
        .flat_map(|g| g.fields.clone())
        .filter(|(name, _)| kind.key.contains(name) || kind.field(name).is_some_and(|f| f.required))
        .collect();
    if groups.len() > 1
        && let Some(unsourced) = groups.remove(&OwnSource::default())
        && let Some(first) = groups.values_mut().next()
    {
        first.fields.extend(unsourced.fields);
    }
    for group in groups.values_mut() {
        for (name, value) in &ends {
            group.fields.entry(name.clone()).or_insert_with(|| value.clone());
        }
    }
    groups
}

/// A record that has no name is known by its kind's key: what it connects, mostly.
pub(super) fn of_references(kind: &Kind, groups: &BTreeMap<OwnSource, SourceGroup>) -> Option<String> {
    let value = |name: &String| groups.values().find_map(|g| g.fields.get(name));
    let parts: Vec<String> =
        kind.key.iter().filter_map(value).map(|v| write_value(v).replace(char::is_whitespace, "-")).collect();
    if parts.is_empty() { None } else { Some(format!("{}/{}", kind.name, parts.join("/"))) }
}
