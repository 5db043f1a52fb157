//! The mapping of a sheet into records: a small TOML file that says which column is which field.
//!
//! ```toml
//! file = "units.xlsx"
//!
//! [[record]]
//! kind = "actor"
//! id = "{unit:id}"
//! [record.fields]
//! name = { column = "unit:name", source = "unit:name:source" }
//! names = { column = "unit:other_names", split = ";" }
//! first_cited = { columns = ["unit:first_year", "unit:first_month", "unit:first_day"] }
//!
//! [[record]]
//! kind = "relation"
//! [record.fields]
//! subject = { record = "actor" }
//! relation = { value = "part_of" }
//! object = { column = "unit:parent", missing = "add" }
//! ```
//!
//! With `[dataset]` the same file makes a data set: a snapshot that the next one supersedes as a whole.
//!
//! ```toml
//! [dataset]
//! name = "courses"
//! licence = "CC BY 4.0"
//!
//! [[record]]
//! kind = "training"
//! [record.fields]
//! course = { column = "Course title" }
//! ```

use remit_model::{Field, FieldType, Kind, Marking, Model};
use remit_store::marking_said;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};

/// What a mapping can say, for who writes one by hand: a page of the reference.
pub const MAPPINGS: &str = include_str!("mapping.md");

/// A mapping as its file has it.
#[derive(Debug, Clone, Default, Deserialize, Serialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// What the data set is, where the table is one and does not go into the register.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dataset: Option<DataSet>,
    /// The table, where it is beside the mapping and not of its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The sheet of a workbook; the first one where none is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Row of the headings; else the one that has most of the columns named here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<u64>,
    /// Rows that the headings take, where it is not one: “2023” over “approved” and “spent” is “2023 – approved”, “2023 – spent”.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headings: Option<u64>,
    /// The encoding of CSV, where it is not the one that makes words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// What comes first in dates of numbers, `day` or `month`, where no cell proves it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// The decimal sign, `.` or `,`, where no cell proves it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<String>,
    /// The month in which a fiscal year begins, 1 to 12.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year_begins: Option<u32>,
    /// True where rows that begin with “Total” are rows like others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep_totals: Option<bool>,
    /// Columns in which an empty cell means what stands above it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fill: Vec<String>,
    /// What the column is called in which a row that is a heading of those below it then stands; the column of the table where it is called so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sections: Option<String>,
    /// Columns that are parts of one name, in their order: “First name” and “Surname” are a column “First name Surname” too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub join: Vec<String>,
    /// Other sheets of the same file that are not wanted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leave: Vec<String>,
    /// How much whoever made it in the browser could see: what names mean, and which ones there are, is shown to who may see as much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clearance: Option<String>,
    /// How confidential all of it is; each kind's own marking where it is higher.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marking: Option<String>,
    /// The source of what names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Rows to leave out: by column, the texts that say so; `*` before an ending.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub skip: BTreeMap<String, Vec<String>>,
    /// Columns whose cells hold several answers: by column, what separates them. Each answer makes a row.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub split: BTreeMap<String, String>,
    /// A column whose names stand further in than those that they belong to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outline: Option<OutlineColumn>,
    /// Columns that are rows: years as headings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub each: Option<EachColumn>,
    /// What each row says: one or more records.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub record: Vec<RecordRule>,
    /// Other sheets of the same file, each with its own columns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Mapping>,
}

/// A data set that others publish as a table.
#[derive(Debug, Clone, Default, Deserialize, Serialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct DataSet {
    /// What it is known by; the file's name where none is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Under which licence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Whom the licence asks to name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
}

/// Names of which some stand further in than others: each belongs to the last one above it that stands less far in.
#[derive(Debug, Clone, Default, Deserialize, Serialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct OutlineColumn {
    /// The column.
    pub column: String,
    /// What the column is called in which what they belong to then stands.
    pub heading: String,
}

impl OutlineColumn {
    /// That of a column, with what it makes beside it.
    pub fn of(column: &str) -> OutlineColumn {
        OutlineColumn { column: column.to_owned(), heading: format!("↑ {column}") }
    }
}

/// One row for each of some columns.
#[derive(Debug, Clone, Default, Deserialize, Serialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct EachColumn {
    /// The columns.
    pub columns: Vec<String>,
    /// What the column is called in which their headings then stand.
    pub heading: String,
    /// And the one in which their cells do.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cell: String,
    /// Where two rows of headings stand over one another, as “2023” over “approved” and “spent”: the parts of the headings that are
    /// columns still. A row is made for each of what is left of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<String>,
    /// The year of headings that say only a month, as where it stands above the table.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub year: String,
}

/// What stands between the headings of two rows.
pub(crate) const OVER: &str = " – ";

impl EachColumn {
    /// The columns in which the cells then stand.
    pub fn made(&self) -> Vec<String> {
        if self.cells.is_empty() { vec![self.cell.clone()] } else { self.cells.clone() }
    }

    /// For each column: what its row is called, without what stands over all of them, and in which of the made columns its cell
    /// then stands.
    pub(crate) fn places(&self) -> Result<Vec<(String, usize)>, String> {
        let all: Vec<Vec<&str>> = self.columns.iter().map(|c| c.split(OVER).collect()).collect();
        // What stands over all of them tells none apart; a year over months belongs to each.
        let is_word = |part: &str| !part.contains(char::is_numeric);
        let is_common = |part: &&str| all.len() > 1 && is_word(part) && all.iter().all(|parts| parts.contains(part));
        let place = |(parts, column): (&Vec<&str>, &String)| {
            let own = self.cells.iter().position(|c| parts.contains(&c.as_str()));
            if own.is_none() && !self.cells.is_empty() {
                return Err(format!("each: none of {} stands in the heading “{column}”", self.cells.join(", ")));
            }
            let cell = own.map(|n| self.cells[n].as_str());
            let left: Vec<&str> = parts.iter().filter(|p| cell != Some(**p) && !is_common(p)).copied().collect();
            Ok((self.in_year(if left.is_empty() { column.clone() } else { left.join(OVER) }), own.unwrap_or(0)))
        };
        all.iter().zip(&self.columns).map(place).collect()
    }

    fn in_year(&self, heading: String) -> String {
        let says_it = self.year.is_empty() || heading.contains(char::is_numeric);
        if says_it { heading } else { format!("{heading} {}", self.year) }
    }
}

/// One record that each row gives.
#[derive(Debug, Clone, Default, Deserialize, Serialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct RecordRule {
    /// Its kind.
    pub kind: String,
    /// What the others of the row call it; its kind where nothing is said.
    #[serde(rename = "as", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its identifier, with columns in braces. Without one: that of the record of this name, else one made of the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The column without which a row has no such record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// Fields of the kind and of the envelope.
    pub fields: BTreeMap<String, Rule>,
}

/// Where a value comes from.
#[derive(Debug, Clone, Default, Deserialize, Serialize, PartialEq)]
#[serde(deny_unknown_fields, expecting = "where it comes from, as in { column = \"…\" } or { value = \"…\" }")]
pub struct Rule {
    /// The column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Year, month and day of a date; of an amount, the same in several currencies: the first that is filled counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// The same for every row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Another record of the same row, by its `as`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// For a reference: `add` makes a record of a name that is not there, `report` (the default) lists it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
    /// Names of which a record is made where there is none, one by one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub add: Vec<String>,
    /// What separates the items of a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split: Option<String>,
    /// The code list whose codes and names the text is of, where the field itself is no code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// Characters that are no part of a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strip: Option<String>,
    /// Formats of a date, as strftime writes them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formats: Vec<String>,
    /// What comes first in a date of numbers, where it is not as in the rest of the sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// The decimal sign, where it is not as in the rest of the sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<String>,
    /// What the sheet writes for a code or name; an empty one leaves the cell out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub aliases: BTreeMap<String, String>,
    /// The column with this field's own source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The column with this field's own confidence: high, medium, low, or a code of `credibility`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<String>,
}

/// Two names of the envelope that say what a cited date is: the start or end itself, or only a mention.
pub(crate) const BOUNDS: [&str; 2] = ["first_is", "last_is"];

impl Mapping {
    /// Who may see it: who may see as much as whoever made it, sheet by sheet.
    pub fn made_at(&self) -> Marking {
        let own = self.clearance.as_ref().map_or(Marking::Public, |m| m.parse().unwrap_or(Marking::StrictlyConfidential));
        self.also.iter().map(Mapping::made_at).fold(own, Marking::max)
    }

    /// Columns that it makes: none of them is one of the sheet.
    pub(crate) fn made(&self) -> Vec<String> {
        let each = self.each.iter().flat_map(|e| [vec![e.heading.clone()], e.made()].concat());
        each.chain(self.outline.iter().map(|o| o.heading.clone())).chain(self.joined()).chain(self.sections.clone()).collect()
    }

    /// Every column of the sheet that it names.
    pub(crate) fn columns(&self) -> Vec<String> {
        let made = self.made();
        // A record of the row is no column.
        let is_record = |c: &String| self.record.iter().any(|r| r.name() == c);
        let named = self.record.iter().flat_map(RecordRule::in_identifier).filter(|c| !is_record(c));
        let rules = self.record.iter().flat_map(RecordRule::columns).chain(named);
        let shape = self.skip.keys().chain(self.split.keys()).chain(&self.fill).chain(self.each.iter().flat_map(|e| &e.columns));
        let shape = shape.chain(self.outline.iter().map(|o| &o.column));
        let rules: Vec<String> = rules.collect();
        // Parts of a name are used where the name is.
        let parts = self.join.iter().filter(|_| self.joined().is_some_and(|joined| rules.contains(&joined)));
        let shape: Vec<String> = shape.chain(parts).cloned().collect();
        let mut all: Vec<String> = rules.into_iter().chain(shape).filter(|c| !made.contains(c)).collect();
        all.sort();
        all.dedup();
        all
    }

    /// What the column is called that is made of those which are parts of one name.
    pub fn joined(&self) -> Option<String> {
        (self.join.len() > 1).then(|| self.join.join(" "))
    }

    /// True where columns are made rows and no field says of which of them a row is, as the years in which a project is paid: the amounts of money
    /// of a line are then added up. What a time tells apart, as a budget line, is not.
    pub fn adds_up(&self, model: &Model) -> bool {
        let Some(each) = self.each.as_ref().filter(|_| self.dataset.is_none()) else { return false };
        let made = each.made();
        let names = |record: &RecordRule| [record.columns(), record.in_identifier()].concat();
        let is_made = |rule: &Rule| rule.column.as_ref().is_some_and(|column| made.contains(column));
        let is_added = |record: &RecordRule, name: &str| {
            let kind = model.kind(&record.kind).filter(|kind| kind.key.is_empty());
            kind.and_then(|kind| kind.field(name)).is_some_and(Field::is_money)
        };
        let fields = || self.record.iter().flat_map(|record| record.fields.iter().map(move |(name, rule)| (record, name, rule)));
        let mut read = fields().filter(|(_, _, rule)| is_made(rule)).peekable();
        read.peek().is_some()
            && read.all(|(record, name, _)| is_added(record, name))
            && !self.record.iter().any(|record| names(record).contains(&each.heading))
    }

    /// Columns made of several that no field reads: a mark stands in them, which says whether a row has a record.
    pub(crate) fn marks(&self) -> HashSet<String> {
        let fields = || self.record.iter().flat_map(|r| r.fields.values());
        let read = |column: &str| {
            let in_field = fields().any(|r| r.column.as_deref() == Some(column) || r.columns.iter().any(|c| c == column));
            in_field || self.record.iter().any(|r| r.in_identifier().iter().any(|c| c == column))
        };
        self.each.iter().flat_map(EachColumn::made).filter(|column| !read(column)).collect()
    }

    /// The records (their `as`) with which other records of a row are connected, or by which they are identified.
    pub(crate) fn referred(&self) -> HashSet<&str> {
        let connected = self.record.iter().flat_map(|r| r.fields.values()).filter_map(|r| r.record.as_deref());
        let in_identifiers: HashSet<String> = self.record.iter().flat_map(RecordRule::in_identifier).collect();
        let names = self.record.iter().map(RecordRule::name);
        connected.chain(names.filter(|name| in_identifiers.contains(*name))).collect()
    }

    /// What it says of every row, whatever the file says: kind, field and value.
    pub fn constants(&self) -> Vec<(&str, &str, &str)> {
        let records = std::iter::once(self).chain(&self.also).flat_map(|m| &m.record);
        let fields = records.flat_map(|record| record.fields.iter().map(move |(name, rule)| (record, name, rule)));
        fields.filter_map(|(record, name, rule)| Some((record.kind.as_str(), name.as_str(), rule.value.as_deref()?))).collect()
    }

    /// The same with a record made of every name that none has, where it does not say what becomes of them.
    pub(crate) fn adding(mut self, model: &Model) -> Mapping {
        for record in &mut self.record {
            let Some(kind) = model.kind(&record.kind) else { continue };
            for (name, rule) in &mut record.fields {
                let refers = kind.field(name).is_some_and(|f| f.targets().len() == 1);
                if refers && rule.record.is_none() && rule.missing.is_none() {
                    rule.missing = Some("add".to_owned());
                }
            }
        }
        self.also = self.also.into_iter().map(|other| other.adding(model)).collect();
        self
    }

    /// The same with its markings as codes, in whatever language they are said, as the cells of a sheet are read.
    pub(super) fn with_markings_as_codes(mut self, model: &Model) -> Mapping {
        for text in [&mut self.marking, &mut self.clearance].into_iter().flatten() {
            if let Ok(marking) = marking_said(model, text) {
                marking.code().clone_into(text);
            }
        }
        self.also = self.also.into_iter().map(|other| other.with_markings_as_codes(model)).collect();
        self
    }

    /// The same where a field of one value says what separates several: each of them makes a row.
    pub(super) fn with_answers_as_rows(mut self, model: &Model) -> Mapping {
        for record in &mut self.record {
            let Some(kind) = model.kind(&record.kind) else { continue };
            for (name, rule) in &mut record.fields {
                let is_one = kind.field(name).is_some_and(|f| !takes_several(f));
                let Some(column) = rule.column.clone().filter(|_| is_one) else { continue };
                if let Some(sign) = rule.split.take() {
                    self.split.entry(column).or_insert(sign);
                }
            }
        }
        self.also = self.also.into_iter().map(|other| other.with_answers_as_rows(model)).collect();
        self
    }

    /// The same for another sheet of the file, which has the source and marking of the first one where it says none.
    pub(crate) fn inherited(&self, from: &Mapping) -> Mapping {
        let or = |own: &Option<String>, from: &Option<String>| own.clone().or_else(|| from.clone());
        Mapping {
            source: or(&self.source, &from.source),
            url: or(&self.url, &from.url),
            marking: or(&self.marking, &from.marking),
            ..self.clone()
        }
    }

    /// The marking of statements of a kind.
    pub(crate) fn marking(&self, kind: &Kind, asked: Marking) -> Marking {
        let own = self.marking.as_deref().and_then(|m| m.parse().ok()).unwrap_or_default();
        kind.marking.max(own).max(asked)
    }
}

/// True for a field that takes several values, or has another one beside it that does.
pub(super) fn takes_several(field: &Field) -> bool {
    matches!(field.kind, FieldType::List(_) | FieldType::Records(_) | FieldType::Texts) || field.more.is_some()
}

impl RecordRule {
    /// Every column that its rules name.
    pub(crate) fn columns(&self) -> Vec<String> {
        let mut columns: Vec<String> = self.when.iter().cloned().collect();
        for rule in self.fields.values() {
            columns.extend(rule.column.iter().chain(&rule.columns).chain(&rule.source).chain(&rule.confidence).cloned());
        }
        columns
    }

    /// What stands in braces in its identifier: columns, and records of the row.
    fn in_identifier(&self) -> Vec<String> {
        let template = self.id.as_deref().unwrap_or_default();
        template.split('{').skip(1).filter_map(|t| t.split_once('}')).map(|(c, _)| c.to_owned()).collect()
    }

    /// What the other records of the row call it.
    pub(crate) fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.kind)
    }
}

impl Rule {
    /// True where a name that nobody has makes a record.
    pub(crate) fn adds(&self, name: &str) -> bool {
        self.missing.as_deref() == Some("add") || self.add.iter().any(|n| n == name)
    }

    /// What the sheet's text means: an alias replaced, characters that do not belong left out.
    pub(crate) fn meant(&self, text: &str) -> String {
        let folded = text.to_lowercase();
        let alias =
            self.aliases.get(text).or_else(|| self.aliases.iter().find(|(k, _)| k.to_lowercase() == folded).map(|(_, v)| v));
        let text = alias.map_or(text, String::as_str);
        let strip = self.strip.as_deref().unwrap_or_default();
        text.chars().filter(|c| !strip.contains(*c)).collect::<String>().trim().to_owned()
    }
}

/// True where a cell is what `[skip]` names: the same text, or, after a `*`, the same ending.
pub(crate) fn is_skipped(value: &str, cell: &str) -> bool {
    value.strip_prefix('*').map_or(value == cell, |ending| cell.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::Grid;
    use crate::read::{Marks, shaped};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    #[test]
    fn what_is_wrong_in_a_record_is_named_with_its_line() {
        let model = Model::load(None).unwrap();
        let text = "source = \"made up\"\n\n[[record]]\nkind = \"actor\"\n[record.fields]\nname = { column = \"Unit\" }\n\n\
            [[record]]\nkind = \"relation\"\n[record.fields]\nrelation = { value = \"part_of\" }\nsubjct = { record = \"actor\" }\n";
        let told = |text: &str| Mapping::parse(text, "made-up.toml", &model).unwrap_err().to_string();
        assert!(told(text).starts_with("made-up.toml:12: relation, field `subjct`: the kind has no such field; it has "));
        assert!(told(&text.replace("\"relation\"", "\"relatin\"")).starts_with("made-up.toml:9: there is no kind `relatin`"));
        assert!(
            told(&text.replace("source = \"made up\"", "order = \"year\"")).starts_with("made-up.toml:1: order = \"year\" is")
        );
        for wrong in ["\"Nom\"", "[\"Nom\"]", "7"] {
            let text = format!("[[record]]\nkind = \"actor\"\n[record.fields]\nname = {wrong}\n");
            let words = "expected where it comes from, as in { column = \"…\" } or { value = \"…\" }";
            assert!(told(&text).starts_with("made-up.toml:4: invalid type: ") && told(&text).ends_with(words), "{}", told(&text));
        }
    }

    /// What it says of every row is a code, where one is asked for: in another sheet of the file too.
    #[test]
    fn a_constant_that_is_no_code_is_named_with_its_line() {
        let model = Model::load(None).unwrap();
        let told = |text: &str| Mapping::parse(text, "made-up.toml", &model).unwrap_err().to_string();
        let of_every_row = |key: &str, value: &str| format!("[[record]]\nkind = \"actor\"\n[record.fields]\n{key} = {value}\n");
        for (text, line, why) in [
            ("marking = \"geheim\"\n".to_owned(), 1, "marking: `geheim` is not a marking; use public, internal, "),
            (
                "\n[[also]]\nsheet = \"b\"\nclearance = \"geheim\"\n".to_owned(),
                4,
                "clearance: `geheim` is not a marking; use public",
            ),
            (
                of_every_row("class", "{ value = \"polise\" }"),
                4,
                "actor, field `class`: “polise” is no code and no name of the list actor_class",
            ),
            (of_every_row("class.value", "\"polise\""), 4, "actor, field `class`: “polise” is no code"),
            (of_every_row("reliability", "{ value = \"Z9\" }"), 4, "actor, field `reliability`: “Z9” is no code"),
            (of_every_row("marking", "{ value = \"geheim\" }"), 4, "actor, field `marking`: `geheim` is not a marking; use"),
            (
                of_every_row("status_of_statement", "{ value = \"sure\" }"),
                4,
                "actor, field `status_of_statement`: “sure” is no status",
            ),
            (
                of_every_row("withheld", "{ value = \"nme=internal\" }"),
                4,
                "actor, field `withheld`: the actor has no field `nme`",
            ),
            (
                of_every_row("note", "{ column = \"N\", list = \"country\", aliases = { a = \"XQ\" } }"),
                4,
                "actor, field `note`: “XQ” is no code",
            ),
            (
                of_every_row("class", "{ column = \"N\", aliases = { Pol = \"polise\" } }")
                    .replace("[[record]]", "[[also]]\n[[also.record]]")
                    .replace("[record.", "[also.record."),
                5,
                "actor, field `class`: “polise” is no code",
            ),
        ] {
            let said = told(&text);
            assert!(said.starts_with(&format!("made-up.toml:{line}: {why}")), "{text}: {said}");
        }
        // Words that mean a code as a whole are as good as its name; a word that is left as it stands is not decided on.
        for (key, value) in [
            ("class", "{ value = \"Police\" }"),
            ("marking", "{ value = \"Confidentiel\" }"),
            ("class", "{ column = \"N\", aliases = { x = \"\", \"the others\" = \"the others\" } }"),
            ("class.aliases", "{ x = \"navy\" }\nclass.column = \"N\""),
        ] {
            Mapping::parse(&of_every_row(key, value), "made-up.toml", &model).unwrap();
        }
    }

    /// The keys that a part of a mapping may have: what reading an unknown one says.
    fn keys<T: serde::de::DeserializeOwned + std::fmt::Debug>() -> Vec<String> {
        let why = toml::from_str::<T>("made_up_key = 1").unwrap_err().to_string();
        let (_, known) = why.split_once("expected ").expect("its keys");
        known.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    }

    #[test]
    fn the_page_of_mappings_names_every_key_and_has_examples_that_are_read() {
        let all = [
            keys::<Mapping>(),
            keys::<DataSet>(),
            keys::<OutlineColumn>(),
            keys::<EachColumn>(),
            keys::<RecordRule>(),
            keys::<Rule>(),
        ];
        assert!(all.iter().all(|keys| keys.len() > 1), "{all:?}");
        for key in all.iter().flatten() {
            assert!(MAPPINGS.contains(&format!("`{key}`")), "`{key}` stands nowhere");
        }
        let model = Model::load(None).unwrap();
        let examples: Vec<&str> = MAPPINGS.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
        assert!(examples.len() > 3);
        for example in examples {
            Mapping::parse(example, "mapping.md", &model).unwrap();
        }
    }

    const WHOLE: &str = "header = 1\nheadings = 2\nfill = [\"Unit\"]\nsource = \"made up\"\n[split]\nUnit = \";\"\n[skip]\nUnit = [\"*x\"]\n\
        [each]\ncolumns = [\"2020\", \"2021\"]\nheading = \"Year\"\ncell = \"Value\"\n[[record]]\nkind = \"actor\"\nid = \"{Unit}/{Year}\"\n\
        [record.fields]\nname = { column = \"Unit\", split = \";\", source = \"Source\" }\nfirst_cited = { columns = [\"Year\", \"2\"] }\n";
    const PIECES: [&str; 12] =
        ["", "\n", "[", "]", "{", "}", "\"", "=", "9223372036854775807", "-1", "Unit", "[[also]]\nsheet = \"b\"\n"];

    proptest! {
        /// Whatever somebody writes as a mapping is one, or is told to be none; what is one shapes any table.
        #[test]
        fn any_text_is_a_mapping_or_none(edits in prop::collection::vec((0..WHOLE.len(), 0..30_usize, 0..PIECES.len()), 0..4),
            cells in prop::collection::vec(prop::collection::vec("(Unit|2020|2021|Source|;|x|[a-z0-9]{0,3})", 0..6), 0..8)) {
            static MODEL: LazyLock<Model> = LazyLock::new(|| Model::load(None).unwrap());
            let mut text = WHOLE.to_owned();
            for (at, length, piece) in edits {
                let at = at.min(text.len());
                text.replace_range(at..(at + length).min(text.len()), PIECES[piece]);
            }
            if let Ok(mapping) = Mapping::parse(&text, "made-up.toml", &MODEL) {
                let rows = cells.into_iter().enumerate().map(|(n, cells)| (n as u64 + 1, cells.into_iter().map(Into::into).collect())).collect();
                let _ = shaped(Grid { rows, ..Grid::default() }, &mapping, &Marks::new(&MODEL));
                let written = mapping.text().unwrap();
                prop_assert_eq!(Mapping::parse(&written, "made-up.toml", &MODEL).unwrap(), mapping);
            }
        }
    }
}
