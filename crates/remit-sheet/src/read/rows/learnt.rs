//! What a table tells before its rows are read: the names of all records, who is meant by them, which records have one title.

use super::{RowBeingRead, SheetReading, is_a_name, referring};
use crate::codes::meant_in_column;
use crate::grid::{CellText, Grid};
use crate::read::mapping::{RecordRule, Rule};
use crate::read::names::{Meant, Names};
use crate::read::namesakes::{SaidApart, as_compared, numbered};
use crate::values::items;
use remit_model::{Field, FieldType, Kind};
use std::collections::{BTreeMap, BTreeSet, HashMap};

impl SheetReading<'_> {
    /// Learns who is in the sheet before anything is read, so that no row depends on those above it: first the records that rows
    /// identify, then the countries with which names are said, then the records that are known by name.
    pub(super) fn learn(&mut self, grid: &Grid, header: usize) {
        self.each_record(grid, header, |reading, rule, row| {
            match reading.given(rule, row) {
                Some(id) => reading.learn_names(rule, row, &id, Names::add_own),
                None => reading.said_with(rule, row),
            }
            let Some(kind) = reading.model.kind(&rule.kind) else { return };
            for (of, field, r) in referring(kind, rule) {
                for text in reading.named(field, r, row) {
                    if !is_a_name(&text) {
                        continue;
                    }
                    let names = reading.known.names.entry(of.to_owned()).or_default();
                    names.mention(&text);
                    if r.adds(&text) {
                        names.spelled(&text);
                    }
                }
            }
        });
        self.each_record(grid, header, |reading, rule, row| {
            if reading.given(rule, row).is_none()
                && let Some(id) = reading.titled(rule, row)
            {
                reading.learn_names(rule, row, &id, Names::learn);
            }
        });
    }

    /// Learns then the records that are only named, those that stand with a country before those that stand without: who stands with one country
    /// alone is of that in all other rows and sheets too.
    pub(super) fn learn_all_named(&mut self, grid: &Grid, header: usize, with_country: bool) {
        // Where the sheet says no country, nobody stands with one.
        if with_country && !self.mapping.record.iter().any(|rule| rule.fields.contains_key("country")) {
            return;
        }
        // Who is named anywhere as one of the country is of it, also where a row above has it give support.
        let passes: &[&[bool]] = if self.is_of_one_country() { &[&[true], &[false]] } else { &[&[true, false]] };
        for homes in passes {
            self.each_record(grid, header, |reading, rule, row| reading.learn_named(rule, row, homes, with_country));
        }
    }

    /// Learns the names of which no more is said, in the fields that are or are not mostly of the country of their row, of which a country
    /// is or is not known.
    pub(super) fn learn_named(&mut self, rule: &RecordRule, row: &RowBeingRead<'_>, homes: &[bool], with_country: bool) {
        let Some(kind) = self.model.kind(&rule.kind) else { return };
        for (of, field, r) in referring(kind, rule).filter(|(_, field, _)| homes.contains(&field.home)) {
            let country = self.country_of_added(of, field, row);
            if country.is_empty() == with_country {
                continue;
            }
            for text in self.named(field, r, row).into_iter().filter(|text| r.adds(text) && is_a_name(text)) {
                match self.meant(of, field, r, &text, row) {
                    Meant::None if self.between_names(of, r, &text).is_some() => {}
                    Meant::None => {
                        let id = self.known.names.entry(of.to_owned()).or_default().add_named(&text, &country);
                        self.known.named_only.insert(self.origin_of_name(&id));
                    }
                    Meant::One(record) if self.known.named_only.contains(&self.origin_of_name(&record)) => {
                        self.known.names.entry(of.to_owned()).or_default().spell(&record, &text);
                    }
                    _ => {}
                }
            }
        }
    }

    /// Learns what rows of one title say of what tells them apart: first of which titles they say different things, then what of those. A title
    /// that is shown as one over several rows is of one record.
    pub(super) fn learn_namesakes(&mut self, grid: &Grid, header: usize, are_known: bool) {
        let are_told = |rule: &RecordRule| self.model.kind(&rule.kind).is_some_and(|kind| !kind.apart.is_empty());
        if self.is_data() || self.written_by_us().is_some() || !self.mapping.record.iter().any(are_told) {
            return;
        }
        self.each_record(grid, header, |reading, rule, row| {
            let Some(kind) = reading.model.kind(&rule.kind).filter(|kind| !kind.apart.is_empty()) else { return };
            let Some((title, id)) = reading.own_name(rule, row).zip(reading.untold(rule, row)) else { return };
            let has_others = |reading: &Self| {
                let is_known = |names: &Names| names.has(&numbered(&id, 2));
                reading.known.names.get(&kind.name).is_some_and(is_known) || reading.known.namesakes.differ(&kind.name, &id)
            };
            if are_known && !has_others(reading) || reading.is_title_from_above(rule, kind, row) {
                return;
            }
            let said = reading.tells(rule, kind, row);
            match are_known {
                false => reading.known.namesakes.note(&kind.name, &id, &said),
                true => {
                    let place = reading.origin(rule, &id, "");
                    reading.known.namesakes.keep(&kind.name, &id, title, place, said);
                }
            }
        });
    }

    /// The identifier that its title gives to a record, where the row itself gives none.
    pub(super) fn untold(&self, rule: &RecordRule, row: &RowBeingRead<'_>) -> Option<String> {
        if self.given(rule, row).is_some() { None } else { self.titled(rule, row) }
    }

    /// True where the title is shown as one with that of the row above.
    pub(super) fn is_title_from_above(&self, rule: &RecordRule, kind: &Kind, row: &RowBeingRead<'_>) -> bool {
        let column = kind.title.as_ref().and_then(|title| rule.fields.get(title)?.column.as_ref());
        let place = self.place(column.and_then(|c| self.columns.get(c).copied()), row);
        place.is_some_and(|place| self.copied.contains(&(row.at, place)))
    }

    /// What a row says of the fields that tell records of one title apart. What cannot be used of them is told where the row is read.
    pub(super) fn tells(&mut self, rule: &RecordRule, kind: &Kind, row: &RowBeingRead<'_>) -> SaidApart {
        let (told, once) = (self.said.findings.len(), std::mem::take(&mut self.once));
        let same = std::mem::take(&mut self.same);
        let said = kind.apart.iter().map(|name| self.tells_of(rule, kind, name, row)).collect();
        self.said.findings.truncate(told);
        (self.once, self.same) = (once, same);
        said
    }

    pub(super) fn tells_of(&mut self, rule: &RecordRule, kind: &Kind, name: &str, row: &RowBeingRead<'_>) -> BTreeSet<String> {
        let is_made = |c: &String| self.mapping.each.as_ref().is_some_and(|each| each.heading == *c || each.made().contains(c));
        let is_part = |c: &String| self.mapping.split.contains_key(c) || is_made(c);
        let is_whole = |r: &Rule| r.record.is_none() && r.column.as_ref().is_none_or(|c| !is_part(c));
        let Some((field, r)) = kind.field(name).zip(rule.fields.get(name)).filter(|(_, r)| is_whole(r)) else {
            return BTreeSet::new();
        };
        if let [of] = field.targets() {
            let meant = |text: String| match self.meant(of, field, r, &text, row) {
                Meant::One(record) | Meant::Likely(record, _) => as_compared(&record),
                _ => as_compared(&text),
            };
            return self.named(field, r, row).into_iter().map(meant).collect();
        }
        let own = if field.is_money() { self.column_of_amount(r, row).cloned() } else { None };
        let of_amount = own.map(|column| Rule { column: Some(column), columns: Vec::new(), ..r.clone() });
        let r = of_amount.as_ref().unwrap_or(r);
        let (column, text) = (r.column.as_ref().and_then(|c| self.columns.get(c).copied()), self.text(r, row));
        let value = self.plainly(field, r, row, column, &text).map_or(text, |(plain, _)| plain);
        Some(as_compared(&value)).filter(|value| !value.is_empty()).into_iter().collect()
    }

    /// The record of a row among those of its title; told, once for each, where it is none that has the title alone.
    pub(super) fn told_apart(&mut self, rule: &RecordRule, kind: &Kind, row: &RowBeingRead<'_>, id: String) -> String {
        if !self.known.namesakes.are_told_apart(&kind.name, &id) || self.given(rule, row).is_some() {
            return id;
        }
        if self.is_title_from_above(rule, kind, row) {
            let above = self.above.get(rule.name()).filter(|(of, _)| *of == id);
            return above.map_or(id, |(_, record)| record.clone());
        }
        let said = self.tells(rule, kind, row);
        let record = self.known.namesakes.record(&kind.name, &id, &said).unwrap_or(&id).to_owned();
        if record != id && self.once.insert((None, format!("{} {record}", kind.name))) {
            let fields: Vec<String> =
                kind.apart.iter().filter_map(|name| Some(kind.field(name)?.label.english().to_lowercase())).collect();
            let reason = format!(
                "other rows have this title too, and differ in what tells such records apart ({}); it was taken for a record of its own; \
                 where both are one, write the same there",
                fields.join(", ")
            );
            let title = kind.title.as_ref().and_then(|title| rule.fields.get(title)?.column.as_ref());
            let column = title.and_then(|c| self.columns.get(c).copied());
            let text = self.own_name(rule, row).unwrap_or_default();
            self.finding(row.at, self.place(column, row), &text, "likely", reason);
        }
        self.above.insert(rule.name().to_owned(), (id, record.clone()));
        record
    }

    /// True where every row is said to be of the same country.
    pub(super) fn is_of_one_country(&self) -> bool {
        let said = self.mapping.record.iter().find_map(|r| r.fields.get("country"));
        said.is_some_and(|rule| rule.value.is_some())
    }

    /// Learns the names of a record, so that other rows can refer to it.
    pub(super) fn learn_names(&mut self, rule: &RecordRule, row: &RowBeingRead<'_>, id: &str, learn: fn(&mut Names, &str, &str)) {
        let Some(kind) = self.model.kind(&rule.kind) else { return };
        let said = kind.names.iter().filter_map(|f| Some((kind.field(f)?, rule.fields.get(f)?)));
        let said: Vec<(bool, Option<&str>, String)> = said
            .map(|(f, r)| (matches!(f.kind, FieldType::List(_) | FieldType::Texts), r.split.as_deref(), self.text(r, row)))
            .collect();
        let marking = self.marking_of_row(rule, kind, row);
        let names = self.known.names.entry(kind.name.clone()).or_default();
        names.note_marking(id, marking);
        for (is_list, split, text) in &said {
            match is_list {
                false => learn(names, id, text),
                true => {
                    let items =
                        items(text, split.unwrap_or(";")).into_iter().map(|n| n.split('|').next().unwrap_or_default().trim());
                    items.for_each(|name| names.learn_other(id, name));
                }
            }
        }
        if !row.country.is_empty() {
            names.set_country(id, &row.country);
        }
    }

    /// What words in columns of codes mean that are no code, and that the mapping does not have: those that are known to mean one, as they are
    /// where a sheet is looked at in the browser. Countries and currencies are read with their rows.
    pub(super) fn words_of_codes(&self, grid: &Grid, header: usize) -> HashMap<(usize, String), BTreeMap<String, String>> {
        let mut meant: HashMap<(usize, String), BTreeMap<String, String>> = HashMap::new();
        if self.is_data() || self.written_by_us().is_some() {
            return meant;
        }
        for rule in &self.mapping.record {
            let Some(kind) = self.model.kind(&rule.kind) else { continue };
            for (name, r) in &rule.fields {
                let Some(Field { kind: FieldType::Code(list), words: None, more, .. }) = kind.field(name) else { continue };
                let Some(at) = r.column.as_ref().and_then(|c| self.columns.get(c).copied()) else { continue };
                if ["country", "currency"].contains(&list.as_str()) {
                    continue;
                }
                let cells = grid.rows.iter().skip(header + 1).filter_map(|(_, cells)| cells.get(at)).map(CellText::as_str);
                // Where a cell may hold several, each of them means one.
                let signs = more.as_ref().map(|_| r.split.as_deref().unwrap_or(";"));
                let cells = cells.flat_map(|cell| match signs {
                    Some(signs) => items(cell, signs).into_iter().map(str::trim).collect(),
                    None => vec![cell],
                });
                let mut of_column = meant_in_column(self.model, list, cells);
                of_column.retain(|text, _| !r.aliases.contains_key(text));
                meant.entry((at, list.clone())).or_default().extend(of_column);
            }
        }
        meant
    }
}
