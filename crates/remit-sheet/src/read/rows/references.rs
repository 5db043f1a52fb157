//! Whom a cell names: a record that is known, one that is added, or one that has to be asked for.

use super::{RowBeingRead, SheetReading, is_a_name};
use crate::read::mapping::{RecordRule, Rule};
use crate::read::names::{Meant, Suggests};
use crate::read::outcome::{NATIVE, SeveralNames};
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
        let mut names = self.named(field, rule, row);
        if self.says_nothing(rule, &text) {
            match self.meant(of, field, rule, &text, row) != Meant::None {
                true => names = vec![text],
                false => column.into_iter().for_each(|column| self.note_nothing(column, &text, row.at)),
            }
        }
        let mut records: Vec<String> = Vec::new();
        for name in names.into_iter().filter(|name| !name.is_empty()) {
            if rule.adds(&name) {
                self.tell_of_several(of, field, rule, &name, column, row);
            }
            let found = self.reference(of, field, rule, name, column, row);
            records.extend(found.filter(|record| !records.contains(record)));
        }
        records
    }

    /// Tells of a name that nobody has and that may be several.
    fn tell_of_several(
        &mut self,
        of: &str,
        field: &Field,
        rule: &Rule,
        name: &str,
        column: Option<usize>,
        row: &RowBeingRead<'_>,
    ) {
        let is_new = match self.meant(of, field, rule, name, row) {
            Meant::None => true,
            // What this sheet adds is known by now.
            Meant::One(record) => self.known.named_only.contains(&self.origin_of_name(&record)),
            _ => false,
        };
        if self.written_by_us().is_some() || !is_new {
            return;
        }
        let is_said = |name: &str| self.known.names.get(of).is_some_and(|names| names.is_said(name));
        let answers = &self.words.answers;
        let may_be = answers.may_be_several(name) || answers.has_a_name(name, &is_said);
        if may_be && self.between_names(of, rule, name).is_none() && self.once.insert((column, name.to_owned())) {
            let reason = "this may be several names; where it is, write “;” between them; it was taken for one";
            self.finding(row.at, column, name, "likely", reason.to_owned());
        }
    }

    /// What stands between the names in a text that nobody is called; none where it is one name, as whoever adds it has said.
    pub(super) fn between_names(&self, of: &str, rule: &Rule, text: &str) -> Option<String> {
        if self.is_data() || rule.value.is_some() || rule.add.iter().any(|name| name == text) {
            return None;
        }
        let is_said = |name: &str| self.known.names.get(of).is_some_and(|names| names.is_said(name));
        self.words.answers.between(text, &is_said).map(str::to_owned)
    }

    /// Leaves out a cell of several names where one is looked for, and says what there is to do: of two names no record is made that has both.
    fn leave_several(
        &mut self,
        field: &Field,
        rule: &Rule,
        text: &str,
        sign: &str,
        column: Option<usize>,
        row: &RowBeingRead<'_>,
    ) {
        let takes_several = matches!(field.kind, FieldType::Records(_)) || field.more.is_some() && self.name != NATIVE;
        let (mapping, model) = (self.mapping, self.model);
        let is_it = |r: &&RecordRule| r.fields.get(&field.name).is_some_and(|own| own.column == rule.column);
        let kind = mapping.record.iter().find(is_it).and_then(|r| model.kind(&r.kind));
        // A record that has a name would say several things of itself.
        let has_rows = kind.is_some_and(|kind| kind.title.is_none() || kind.key.contains(&field.name));
        let heading = rule.column.clone().filter(|_| self.name != NATIVE && (takes_several || has_rows));
        let told = match &heading {
            Some(_) if takes_several => {
                format!("several names stand here; say in the mapping what separates them: split = “{sign}”")
            }
            Some(heading) => format!(
                "several names stand here, and one is asked for; for a row of each, say in the mapping under [split] that “{sign}” \
                 separates what stands in “{heading}”"
            ),
            None if takes_several => "several names stand here; write “;” between them".to_owned(),
            None => "several names stand here, and one is asked for; write the one that is meant".to_owned(),
        };
        if let (Some(column), Some(kind)) = (heading, kind) {
            let (kind, field, sign) = (kind.name.clone(), field.name.clone(), sign.to_owned());
            self.said.several.entry(SeveralNames { kind, field, column, sign, takes_several }).or_insert_with(|| text.to_owned());
        }
        self.finding(row.at, column, text, "ask", format!("{told}; the cell was left out"));
    }

    /// Who is meant by a name in a field. Who somebody has said to be meant is, also of another country than the row.
    pub(super) fn meant(&self, of: &str, field: &Field, rule: &Rule, text: &str, row: &RowBeingRead<'_>) -> Meant {
        let is_of_it = field.home && !rule.aliases.values().any(|said| said == text);
        let names = self.known.names.get(of);
        names.map_or(Meant::None, |names| names.find_at_home(text, &row.country, &self.known.home, is_of_it))
    }

    /// Notes a name that is to be asked for.
    fn ask_for(&mut self, of: &str, field: &Field, text: &str, row: &RowBeingRead<'_>) {
        let near = if row.country.is_empty() { &self.known.home } else { &row.country };
        let country = if field.home { near.as_str() } else { "" };
        self.said.unmatched.entry((of.to_owned(), text.to_owned())).or_default().note(row.at, country);
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
        match self.meant(of, field, rule, &text, row) {
            Meant::Likely(record, why) => {
                let why = match why {
                    Suggests::OtherName => "it is called so beside its own name",
                    Suggests::Elsewhere => "it is of another country than this row",
                };
                let reason = format!("taken for “{record}”: {why}; write an identifier where another is meant");
                self.finding(row.at, column, &text, "likely", reason);
                Some(record)
            }
            Meant::One(record) => {
                // Taken out of the set: once is enough.
                if self.known.named_only.remove(&self.origin_of_name(&record)) {
                    let names = self.known.names.get(&kind);
                    let country = names.map_or("", |n| n.country_of(&record)).to_owned();
                    let name = names.and_then(|n| n.spelling(&record)).unwrap_or(&text).to_owned();
                    self.say_name(&kind, &record, &name, country, row);
                }
                Some(record)
            }
            Meant::Several(records) => {
                self.ask_for(of, field, &text, row);
                let reason =
                    format!("{} records are called so ({}); write the identifier of one", records.len(), records.join(", "));
                self.finding(row.at, column, &text, "ambiguous", reason);
                None
            }
            Meant::None => self.nobody(of, field, rule, &text, column, row),
        }
    }

    /// What becomes of a name that nobody has: a record, or what is told of the cell.
    fn nobody(
        &mut self,
        of: &str,
        field: &Field,
        rule: &Rule,
        text: &str,
        column: Option<usize>,
        row: &RowBeingRead<'_>,
    ) -> Option<String> {
        if !is_a_name(text) {
            let reason = "a line ends within this name; write it in one line, or, where several stand in the cell, say what \
                           separates them; the cell was left out";
            self.finding(row.at, column, text, "ask", reason.to_owned());
            return None;
        }
        if let Some(sign) = self.between_names(of, rule, text) {
            self.leave_several(field, rule, text, &sign, column, row);
            return None;
        }
        if rule.adds(text) {
            let country = self.country_of_added(of, field, row);
            return Some(self.added(of, text, country, row));
        }
        self.ask_for(of, field, text, row);
        // A sheet with the headings of Remit has no mapping that could be changed.
        let or = if self.name == NATIVE { "" } else { ", say missing = \"add\" in the mapping" };
        let reason =
            format!("no {of} is called so; add it, name it as it is called{or}, or import the sheet again with --add-names");
        self.finding(row.at, column, text, "unmatched", reason);
        None
    }

    /// A record of which the sheet says no more than its name.
    pub(super) fn added(&mut self, kind: &str, name: &str, country: String, row: &RowBeingRead<'_>) -> String {
        let id = self.known.names.entry(kind.to_owned()).or_default().add_named(name, &country);
        self.say_name(kind, &id, name, country, row);
        id
    }

    /// Says of a record its name, as the row has no more of it.
    fn say_name(&mut self, kind: &str, record: &str, name: &str, country: String, row: &RowBeingRead<'_>) {
        let Some(title) = self.model.kind(kind).and_then(|k| k.title.clone()) else { return };
        let mut draft = Draft::new(self.model, kind);
        record.clone_into(&mut draft.record);
        draft.marking = self.model.kind(kind).map_or(self.marking, |k| self.marking_of_added(k, row));
        draft.fields.insert(title, name.into());
        if !country.is_empty() && self.model.kind(kind).is_some_and(|k| k.field("country").is_some()) {
            draft.fields.insert("country".into(), country.into());
        }
        // A sheet with the headings of Remit names its sources row by row.
        let source = self.mapping.source.clone().or_else(|| self.of_row("source", row).filter(|_| self.name == NATIVE));
        draft.set_envelope("source", source.unwrap_or_default());
        draft.set_envelope("url", self.address(row.at));
        draft.origin = self.origin_of_name(record);
        self.say(row.at, draft);
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
