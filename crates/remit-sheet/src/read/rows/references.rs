//! Whom a cell names: a record that is known, one that is added, or one that has to be asked for.

use super::{RowBeingRead, SheetReading, is_a_name};
use crate::read::mapping::Rule;
use crate::read::names::{Meant, Names, Suggests};
use crate::read::outcome::NATIVE;
use remit_model::{Field, FieldType};
use remit_store::Draft;

impl SheetReading<'_> {
    /// The records that a cell refers to, each once.
    pub(super) fn references(&mut self, field: &Field, of: &str, rule: &Rule, row: &RowBeingRead<'_>) -> Vec<String> {
        if let Some(name) = &rule.record {
            return row.records.get(name.as_str()).cloned().into_iter().collect();
        }
        let (text, column) = (self.written(rule, row), rule.column.as_ref().and_then(|c| self.columns.get(c).copied()));
        if text.is_empty() {
            return Vec::new();
        }
        let is_known = |n: &Names| n.find(&text, &row.country) != Meant::None;
        let mut names = self.named(field, rule, row);
        if self.says_nothing(rule, &text) {
            match self.known.names.get(of).is_some_and(is_known) {
                true => names = vec![text],
                false => column.into_iter().for_each(|column| self.note_nothing(column, &text, row.at)),
            }
        }
        let mut records: Vec<String> = Vec::new();
        let takes_several = field.more.is_some() || matches!(field.kind, FieldType::Records(_));
        for name in names.into_iter().filter(|name| !name.is_empty()) {
            if takes_several && rule.adds(&name) {
                self.tell_of_several(of, &name, column, row);
            }
            let found = self.reference(of, field, rule, name, column, row);
            records.extend(found.filter(|record| !records.contains(record)));
        }
        records
    }

    /// Tells of a name that nobody has and that may be several.
    pub(super) fn tell_of_several(&mut self, of: &str, name: &str, column: Option<usize>, row: &RowBeingRead<'_>) {
        let is_new = |names: &Names| match names.find(name, &row.country) {
            Meant::None => true,
            // What this sheet adds is known by now.
            Meant::One(record) => self.known.named_only.contains(&self.origin_of_name(&record)),
            _ => false,
        };
        let may_be = self.written_by_us().is_none() && self.words.answers.may_be_several(name);
        if may_be && self.known.names.get(of).is_none_or(is_new) && self.once.insert((column, name.to_owned())) {
            let reason = "this may be several names; where it is, write “;” between them; it was taken for one";
            self.finding(row.at, column, name, "likely", reason.to_owned());
        }
    }

    /// The record of a kind that a name means, by identifier or name.
    pub(super) fn reference(
        &mut self,
        of: &str,
        field: &Field,
        rule: &Rule,
        text: String,
        column: Option<usize>,
        row: &RowBeingRead<'_>,
    ) -> Option<String> {
        let kind = of.to_owned();
        match self.known.names.get(&kind).map_or(Meant::None, |n| n.find(&text, &row.country)) {
            Meant::Likely(record, why) => {
                let why = match why {
                    Suggests::OtherName => "it is called so beside its own name",
                    Suggests::Elsewhere => "it is of another country than this row",
                };
                let reason = format!("taken for {record}: {why}; write an identifier where another is meant");
                self.finding(row.at, column, &text, "likely", reason);
                Some(record)
            }
            Meant::One(record) => {
                // Taken out of the set: once is enough.
                if self.known.named_only.remove(&self.origin_of_name(&record)) {
                    let names = self.known.names.get(&kind);
                    let country = names.map_or("", |n| n.country_of(&record)).to_owned();
                    let name = names.and_then(|n| n.spelling(&record)).unwrap_or(&text).to_owned();
                    self.added(&kind, &name, country, row);
                }
                Some(record)
            }
            Meant::Several(records) => {
                *self.said.unmatched.entry((kind.clone(), text.clone())).or_default() += 1;
                let reason =
                    format!("{} records are called so ({}); write the identifier of one", records.len(), records.join(", "));
                self.finding(row.at, column, &text, "ambiguous", reason);
                None
            }
            Meant::None if !is_a_name(&text) => {
                let reason = "a line ends within this name; write it in one line, or, where several stand in the cell, say what \
                               separates them; the cell was left out";
                self.finding(row.at, column, &text, "ask", reason.to_owned());
                None
            }
            Meant::None if rule.adds(&text) => {
                let country = self.country_of_added(&kind, field, row);
                Some(self.added(&kind, &text, country, row))
            }
            Meant::None => {
                *self.said.unmatched.entry((kind.clone(), text.clone())).or_default() += 1;
                // A sheet with the headings of Remit has no mapping that could be changed.
                let or = if self.name == NATIVE { "" } else { ", say missing = \"add\" in the mapping" };
                let reason = format!(
                    "no {kind} is called so; add it, name it as it is called{or}, or import the sheet again with --add-names"
                );
                self.finding(row.at, column, &text, "unmatched", reason);
                None
            }
        }
    }

    /// A record of which the sheet says no more than its name.
    pub(super) fn added(&mut self, kind: &str, name: &str, country: String, row: &RowBeingRead<'_>) -> String {
        let id = self.known.names.entry(kind.to_owned()).or_default().add_named(name, &country);
        let Some(title) = self.model.kind(kind).and_then(|k| k.title.clone()) else { return id };
        let mut draft = Draft::new(self.model, kind);
        draft.record.clone_from(&id);
        draft.marking = self.model.kind(kind).map_or(self.marking, |k| self.marking_of_added(k, row));
        draft.fields.insert(title, name.into());
        if !country.is_empty() && self.model.kind(kind).is_some_and(|k| k.field("country").is_some()) {
            draft.fields.insert("country".into(), country.into());
        }
        // A sheet with the headings of Remit names its sources row by row.
        let source = self.mapping.source.clone().or_else(|| self.of_row("source", row).filter(|_| self.name == NATIVE));
        draft.set_envelope("source", source.unwrap_or_default());
        draft.set_envelope("url", self.mapping.url.clone().unwrap_or_default());
        draft.origin = self.origin_of_name(&id);
        self.say(row.at, draft);
        id
    }

    /// The country of a record that is only named: that of the row where it is said of a record of the same kind, or where every row is
    /// of one country and the model says that who is named there mostly is of it. The country of a project is not that of its donor.
    pub(super) fn country_of_added(&self, kind: &str, field: &Field, row: &RowBeingRead<'_>) -> String {
        let said = self.mapping.record.iter().find(|r| r.fields.contains_key("country"));
        let is_of_it = said.is_some_and(|r| r.kind == kind) || field.home && self.is_of_one_country();
        if is_of_it { row.country.clone() } else { String::new() }
    }

    pub(super) fn origin_of_name(&self, record: &str) -> String {
        format!("{}/named/{record}", self.name)
    }
}
