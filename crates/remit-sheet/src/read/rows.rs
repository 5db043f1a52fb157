//! Rows into drafts: each row gives a record for each `[[record]]` of the mapping, and each record a statement for each
//! source that its fields name.

use super::columns::{Unfolded, UnusedColumns, across, by_heading, of_money, refuse_unknown, sections, typed_columns};
use super::fingerprint::fingerprint;
use super::mapping::{BOUNDS, Mapping, RecordRule, Rule, is_skipped};
use super::names::{Meant, Names, Suggests, UnmatchedNames};
use super::namesakes::{Namesakes, SaidApart, as_compared, numbered};
use super::outcome::{Finding, NATIVE};
use super::shape::{Passed, passed, text_of};
use super::spool::Spool;
use crate::SheetError;
use crate::codes::meant_in_column;
use crate::grid::{CellText, Grid, letter};
use crate::values::{DateColumn, DateOrder, Decimal, Number, Proved, Unit, UnreadCell, ValueWords, as_number, folded, plain};
use remit_model::{EnvelopePart, Field, FieldType, Kind, Language, Marking, Model, STATEMENT, write_value};
use remit_store::{Chain, Draft, Reason, Status, Workspace};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What is told of a cell that names no currency.
const WITHOUT_CURRENCY: &str = "the cell was left out; amounts of this row are kept without a currency: write its code";

/// What is told of a heading or title that speaks of thousands in a way that nothing is made of.
const MAY_BE_SCALED: &str = "this speaks of thousands or more, and not clearly of the amounts; they were read as they stand; where they are in \
                             thousands, write it as in “Budget (USD thousand)”";

/// What a sheet says.
#[derive(Debug, Default)]
pub(crate) struct SheetContent {
    /// The sheet.
    pub(crate) sheet: String,
    /// Statements, in the order of the rows, each with its row.
    pub(crate) drafts: Spool,
    /// What the rows of a data set say that nobody has asked for yet.
    pub(crate) data: Vec<Draft>,
    /// The highest marking of any row, those too of which nothing was used.
    pub(crate) marking: Marking,
    /// True where it is about persons, or names them.
    pub(crate) of_persons: bool,
    /// Rows that said something once more.
    pub(crate) repeated: u64,
    /// Rows that the mapping leaves out.
    pub(crate) skipped: u64,
    /// Rows of the sheet that are none of its table, and those that the mapping leaves out.
    pub(crate) passed: Vec<Passed>,
    /// Cells that took the value above them.
    pub(crate) filled: u64,
    /// Rows read.
    pub(crate) rows: u64,
    /// Columns and other sheets of the file that the mapping does not use.
    pub(crate) unused: Vec<String>,
    /// The same with what stands there.
    pub(crate) left: Vec<Finding>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) unmatched: UnmatchedNames,
}

/// A mapping put over the headings of a table.
pub(crate) struct SheetReading<'m> {
    pub(crate) model: &'m Model,
    pub(crate) mapping: &'m Mapping,
    /// What origins begin with.
    pub(crate) name: &'m str,
    pub(crate) marking: Marking,
    pub(crate) known: KnownToRows,
    pub(crate) columns: HashMap<String, usize>,
    pub(crate) sheet: String,
    pub(crate) said: SheetContent,
    words: &'m ValueWords,
    proved: Proved,
    /// Numbers of a workbook: their decimal sign is a point.
    numbers: HashSet<(u64, usize)>,
    each: Option<Unfolded>,
    /// Cells that have what stands above them, since they are shown as one with it.
    copied: HashSet<(u64, usize)>,
    /// The columns that were kept of a table that is too large, as they stand in the file.
    kept: Vec<usize>,
    /// Rows of which one cell is shown across most of the columns, or that are the numbered heading of those below.
    across: HashSet<u64>,
    /// Columns of marks: whether a row has a record stands in them, and nothing else.
    marks: HashSet<String>,
    /// The records of a row that others of it are connected with or named by.
    referred: HashSet<&'m str>,
    /// What the amounts of money of columns are of, as their headings or a title above them say; and what the formats of cells show beside any
    /// number, by column and first row, up to the last one.
    units: HashMap<usize, Unit>,
    /// The same of other numbers: whether their headings say that they are in thousands.
    scales: HashMap<usize, Unit>,
    shown: BTreeMap<(usize, u64), (u64, Unit)>,
    /// Words and signs for “not known” that were taken for empty cells, by column, with their first row and how often.
    nothing: BTreeMap<(usize, String), (u64, u64)>,
    /// How many such cells there were.
    noted: u64,
    /// Cells of amounts that stand beside another one of the same, by column, with their first row, how often, and what stands there.
    beside: BTreeMap<usize, (u64, u64, String)>,
    /// Cells, by column, of which what is made of them was told: it is told once, in however many rows they stand.
    once: HashSet<(Option<usize>, String)>,
    /// Fields of the record that is being read of which a cell could not be used.
    lost: Vec<String>,
    /// By the column of codes and their list: words that mean one, and that the mapping does not have.
    meant: HashMap<(usize, String), BTreeMap<String, String>>,
    /// By the name of a rule, what the title of the row before gives, and the record that it was of.
    above: HashMap<String, (String, String)>,
    /// The row of the sheet that was read last, and how many rows of the table came from it before.
    before: u64,
    part: u64,
}

/// What is known when a table is read, and what it then tells those after it.
#[derive(Debug, Default)]
pub(crate) struct KnownToRows {
    /// Names by kind, of the register and then of the sheets too.
    pub(crate) names: HashMap<String, Names>,
    /// Origins of the records of which these sheets say, or said before, no more than the name.
    pub(crate) named_only: HashSet<String>,
    /// What was said already.
    seen: HashSet<u128>,
    /// By the identifier that several rows have in common, how many records they make.
    alike: HashMap<String, u32>,
    /// Rows that have one title and are of several records.
    namesakes: Namesakes,
}

impl KnownToRows {
    pub(crate) fn new(names: HashMap<String, Names>, named_only: HashSet<String>) -> KnownToRows {
        KnownToRows { names, named_only, ..KnownToRows::default() }
    }

    /// The same, with what makes identifiers of names that not everybody may read. Who may only read a workspace has no key of it, and can
    /// but try what a sheet would do.
    pub(crate) fn hiding(mut self, workspace: &Workspace) -> KnownToRows {
        if let Ok(secret) = workspace.secret_for("identifiers of records") {
            self.names.values_mut().for_each(|names| names.hide_with(secret));
        }
        self
    }

    /// Learns who is in the sheets of a file, whatever their order: a sheet may refer to what is in another one. Each with its header.
    pub(crate) fn learn(self, mut sheets: Vec<(SheetReading<'_>, &Grid, usize)>) -> KnownToRows {
        let may_hide = sheets.iter().any(|(reading, ..)| reading.may_hide());
        let marked = sheets.iter_mut().filter(|_| may_hide).fold(self, |known, (reading, grid, header)| {
            reading.known = known;
            reading.learn_markings(grid, *header);
            std::mem::take(&mut reading.known)
        });
        (0..5).fold(marked, |known, pass| {
            sheets.iter_mut().fold(known, |known, (reading, grid, header)| {
                reading.known = known;
                match pass {
                    0 => reading.learn(grid, *header),
                    // Who stands with a country before who stands without.
                    1 | 2 => reading.learn_all_named(grid, *header, pass == 1),
                    // When all are known who are named: which titles have rows that differ, and then what those say.
                    _ => reading.learn_namesakes(grid, *header, pass == 4),
                }
                std::mem::take(&mut reading.known)
            })
        })
    }

    /// Finds the records of rows that have one title and say different things, when all rows are learnt.
    pub(super) fn tell_apart(&mut self, model: &Model, chain: &Chain, clearance: Marking, file: &str) -> Result<(), SheetError> {
        self.namesakes.tell_apart(model, chain, clearance, &file.replace('/', ":"), &mut self.names)
    }
}

/// One row under the eyes.
struct RowBeingRead<'r> {
    at: u64,
    /// Which of the rows that one of the sheet was made into.
    part: u64,
    cells: &'r [CellText],
    country: String,
    /// Identifiers of the row's records, by their `as`.
    records: HashMap<&'r str, String>,
}

/// The values that come from one source.
#[derive(Default)]
struct Group {
    first_field: String,
    fields: Map<String, Value>,
}

impl<'m> SheetReading<'m> {
    /// Finds the headings, and every column that the mapping names.
    pub(crate) fn new(
        model: &'m Model,
        mapping: &'m Mapping,
        name: &'m str,
        marking: Marking,
        words: &'m ValueWords,
        grid: &Grid,
        header: usize,
    ) -> Result<SheetReading<'m>, SheetError> {
        let headings = grid.rows.get(header).map_or(&[][..], |(_, cells)| cells.as_slice());
        let columns = by_heading(headings);
        refuse_unknown(mapping, name, headings, &columns)?;
        let UnusedColumns { columns: unused, left } = UnusedColumns::of(grid, header, mapping);
        let each = mapping.each.as_ref().and_then(|e| Unfolded::of(e, &columns));
        let (dates, numbers) = typed_columns(model, mapping, &columns);
        let money = of_money(model, mapping, &columns);
        let of_heading = |at: usize, is_money| words.numbers.unit_of(&headings[at], is_money).unwrap_or_default();
        let scales = numbers.iter().filter(|at| !money.contains(at));
        let scales = scales.map(|at| (*at, Unit { noughts: of_heading(*at, false).noughts, ..Unit::default() })).collect();
        let units = money.into_iter().map(|at| (at, of_heading(at, true))).collect();
        let shown =
            grid.shown.iter().filter_map(|s| Some(((s.column, s.rows.0), (s.rows.1, words.numbers.unit_shown(&s.text)?))));
        let proved = Proved::by(grid, header + 1, &dates, &numbers, words);
        let of_persons = of_persons(model, mapping);
        Ok(SheetReading {
            model,
            mapping,
            name,
            marking,
            known: KnownToRows::default(),
            columns,
            sheet: grid.sheet.clone(),
            said: SheetContent { sheet: grid.sheet.clone(), unused, left, of_persons, ..SheetContent::default() },
            words,
            proved,
            numbers: grid.numbers.clone(),
            copied: grid.copied.clone(),
            kept: grid.kept.clone(),
            across: &across(grid, headings.iter().filter(|h| !h.is_empty()).count()) | &sections(grid, header),
            marks: mapping.marks(),
            referred: mapping.referred(),
            units,
            scales,
            shown: shown.collect(),
            nothing: BTreeMap::new(),
            noted: 0,
            beside: BTreeMap::new(),
            once: HashSet::new(),
            lost: Vec::new(),
            meant: HashMap::new(),
            above: HashMap::new(),
            each,
            before: 0,
            part: 0,
        })
    }

    /// True where what is read is a data set, and no part of the register.
    fn is_data(&self) -> bool {
        self.mapping.dataset.is_some()
    }

    /// Whether anything of the sheet may be marked higher than its kind begins with. Of most sheets nothing is.
    fn may_hide(&self) -> bool {
        let is_said = |rule: &RecordRule| ["marking", "withheld"].iter().any(|name| rule.fields.contains_key(*name));
        self.marking > Marking::Public || self.mapping.marking.is_some() || self.mapping.record.iter().any(is_said)
    }

    /// Learns which names rows say to everybody, and which only to who may see more than what is of their kind, before any identifier is made
    /// of them.
    fn learn_markings(&mut self, grid: &Grid, header: usize) {
        if self.is_data() {
            return;
        }
        self.each_record(grid, header, |reading, rule, row| {
            let Some(kind) = reading.model.kind(&rule.kind) else { return };
            if reading.given(rule, row).is_none()
                && let Some(name) = reading.own_name(rule, row)
            {
                let is_open = reading.marking_of_row(rule, kind, row) <= kind.marking;
                reading.known.names.entry(kind.name.clone()).or_default().said_openly(&name, true, is_open);
            }
            for (of, field, r) in referring(kind, rule) {
                let Some(named) = reading.model.kind(of) else { continue };
                let is_open = reading.marking_of_added(named, row) <= named.marking;
                for text in reading.named(field, r, row).into_iter().filter(|text| r.adds(text) && is_a_name(text)) {
                    reading.known.names.entry(of.to_owned()).or_default().said_openly(&text, false, is_open);
                }
            }
        });
    }

    /// How what a row says of a record is marked. What cannot be read there was meant to keep something from somebody.
    fn marking_of_row(&self, rule: &RecordRule, kind: &Kind, row: &RowBeingRead<'_>) -> Marking {
        let text = rule.fields.get("marking").map(|r| self.text(r, row)).filter(|text| !text.is_empty());
        let own = text.map_or(Marking::Public, |text| text.parse().unwrap_or(Marking::StrictlyConfidential));
        self.mapping.marking(kind, self.marking).max(own)
    }

    /// How a record is marked of which a row says no more than the name: a name is as confidential as the row that says it; where something
    /// of the row is withheld, that may be the name.
    fn marking_of_added(&self, kind: &Kind, row: &RowBeingRead<'_>) -> Marking {
        let marking = self.of_row("marking", row);
        let marking = marking.map_or(Marking::Public, |text| text.parse().unwrap_or(Marking::StrictlyConfidential));
        let withheld = self.of_row("withheld", row).map_or(Marking::Public, |_| Marking::StrictlyConfidential);
        self.mapping.marking(kind, self.marking).max(marking).max(withheld)
    }

    /// What a row says in a field, whichever of its records that is said of.
    fn of_row(&self, name: &str, row: &RowBeingRead<'_>) -> Option<String> {
        let rule = self.mapping.record.iter().find_map(|r| r.fields.get(name));
        rule.map(|r| self.text(r, row)).filter(|text| !text.is_empty())
    }

    /// Learns who is in the sheet before anything is read, so that no row depends on those above it: first the records that rows
    /// identify, then the countries with which names are said, then the records that are known by name.
    fn learn(&mut self, grid: &Grid, header: usize) {
        self.each_record(grid, header, |reading, rule, row| {
            match reading.given(rule, row) {
                Some(id) => reading.learn_names(rule, row, &id, Names::add_own),
                None => reading.said_with(rule, row),
            }
            let Some(kind) = reading.model.kind(&rule.kind) else { return };
            for (of, field, r) in referring(kind, rule) {
                for text in reading.named(field, r, row) {
                    if r.adds(&text) && is_a_name(&text) {
                        reading.known.names.entry(of.to_owned()).or_default().spelled(&text);
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
    fn learn_all_named(&mut self, grid: &Grid, header: usize, with_country: bool) {
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
    fn learn_named(&mut self, rule: &RecordRule, row: &RowBeingRead<'_>, homes: &[bool], with_country: bool) {
        let Some(kind) = self.model.kind(&rule.kind) else { return };
        for (of, field, r) in referring(kind, rule).filter(|(_, field, _)| homes.contains(&field.home)) {
            let country = self.country_of_added(of, field, row);
            if country.is_empty() == with_country {
                continue;
            }
            for text in self.named(field, r, row).into_iter().filter(|text| r.adds(text) && is_a_name(text)) {
                let names = self.known.names.entry(of.to_owned()).or_default();
                match names.find(&text, &row.country) {
                    Meant::None => {
                        let id = names.add_named(&text, &country);
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
    fn learn_namesakes(&mut self, grid: &Grid, header: usize, are_known: bool) {
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
    fn untold(&self, rule: &RecordRule, row: &RowBeingRead<'_>) -> Option<String> {
        if self.given(rule, row).is_some() { None } else { self.titled(rule, row) }
    }

    /// True where the title is shown as one with that of the row above.
    fn is_title_from_above(&self, rule: &RecordRule, kind: &Kind, row: &RowBeingRead<'_>) -> bool {
        let column = kind.title.as_ref().and_then(|title| rule.fields.get(title)?.column.as_ref());
        let place = self.place(column.and_then(|c| self.columns.get(c).copied()), row);
        place.is_some_and(|place| self.copied.contains(&(row.at, place)))
    }

    /// What a row says of the fields that tell records of one title apart. What cannot be used of them is told where the row is read.
    fn tells(&mut self, rule: &RecordRule, kind: &Kind, row: &RowBeingRead<'_>) -> SaidApart {
        let (told, once) = (self.said.findings.len(), std::mem::take(&mut self.once));
        let said = kind.apart.iter().map(|name| self.tells_of(rule, kind, name, row)).collect();
        self.said.findings.truncate(told);
        self.once = once;
        said
    }

    fn tells_of(&mut self, rule: &RecordRule, kind: &Kind, name: &str, row: &RowBeingRead<'_>) -> BTreeSet<String> {
        let is_made = |c: &String| self.mapping.each.as_ref().is_some_and(|each| each.heading == *c || each.made().contains(c));
        let is_part = |c: &String| self.mapping.split.contains_key(c) || is_made(c);
        let is_whole = |r: &Rule| r.record.is_none() && r.column.as_ref().is_none_or(|c| !is_part(c));
        let Some((field, r)) = kind.field(name).zip(rule.fields.get(name)).filter(|(_, r)| is_whole(r)) else {
            return BTreeSet::new();
        };
        if let [of] = field.targets() {
            let names = self.known.names.get(of);
            let meant = |text: String| match names.map(|names| names.find(&text, &row.country)) {
                Some(Meant::One(record) | Meant::Likely(record, _)) => as_compared(&record),
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
    fn told_apart(&mut self, rule: &RecordRule, kind: &Kind, row: &RowBeingRead<'_>, id: String) -> String {
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
    fn is_of_one_country(&self) -> bool {
        let said = self.mapping.record.iter().find_map(|r| r.fields.get("country"));
        said.is_some_and(|rule| rule.value.is_some())
    }

    /// Goes through the rows with every record that they have.
    fn each_record(&mut self, grid: &Grid, header: usize, each: impl Fn(&mut Self, &'m RecordRule, &RowBeingRead<'_>)) {
        let mapping = self.mapping;
        for (at, cells) in grid.rows.iter().skip(header + 1) {
            if self.is_skipped(cells) || self.stands_alone(*at, cells) {
                continue;
            }
            let row = self.row(*at, cells);
            for rule in &mapping.record {
                if self.has_record(rule, &row) {
                    each(self, rule, &row);
                }
            }
        }
    }

    /// Takes what a title above the table says that amounts are of, “in thousands of USD”, for columns whose headings say nothing. `head` is the
    /// row of the headings. Where a heading or title speaks of thousands otherwise, it is told.
    pub(super) fn under(&mut self, above: &[Passed], head: u64) {
        let (words, titles) = (self.words, || above.iter().filter(|p| p.why == "above" && p.row < head));
        let unclear = |heading: &str, unit: &Unit| unit.noughts == 0 && words.numbers.may_be_scaled(heading);
        let unit_of = |at: &usize| self.units.get(at).or_else(|| self.scales.get(at));
        let headings = self.columns.iter().filter(|(heading, at)| unit_of(at).is_some_and(|unit| unclear(heading, unit)));
        let mut headings: Vec<(usize, String)> = headings.map(|(heading, at)| (*at, heading.clone())).collect();
        headings.sort();
        for (at, heading) in headings {
            self.finding(head, Some(at), &heading, "ask", MAY_BE_SCALED.to_owned());
        }
        let said = |p: &Passed| Some((p.clone(), words.numbers.unit_of(&p.text, false)?));
        let Some((title, unit)) = titles().find_map(said) else {
            let title = titles().find(|p| !self.units.is_empty() && words.numbers.may_be_scaled(&p.text));
            if let Some(title) = title {
                self.finding(title.row, None, &title.text, "ask", MAY_BE_SCALED.to_owned());
            }
            return;
        };
        let is_other = |own: &Unit| own.currency.as_ref().is_some_and(|own| self.is_of_another(own, &unit));
        let others: Vec<usize> = self.units.iter().filter(|(_, own)| is_other(own)).map(|(at, _)| *at).collect();
        for (at, own) in &mut self.units {
            if !others.contains(at) {
                *own = own.or(&unit);
            }
        }
        self.tell_of_other_units(&others, head, &unit);
        if !self.units.is_empty() {
            let reason = "this line says what the amounts below are of; they were read so".to_owned();
            self.finding(title.row, None, &title.text, "likely", reason);
        }
    }

    /// Tells of headings with another currency than a title that says thousands: whether the amounts below are in thousands, a person knows.
    fn tell_of_other_units(&mut self, columns: &[usize], head: u64, unit: &Unit) {
        let is_open = |at: &usize| self.units.get(at).is_some_and(|own| own.noughts == 0);
        let mut open: Vec<usize> = columns.iter().copied().filter(|at| unit.noughts > 0 && is_open(at)).collect();
        open.sort_unstable();
        for at in open {
            let heading = self.columns.iter().find(|(_, c)| **c == at).map_or_else(String::new, |(heading, _)| heading.clone());
            self.finding(head, Some(at), &heading, "ask", MAY_BE_SCALED.to_owned());
        }
    }

    /// What a number is of, as something beside its cell says.
    fn unit(&self, row: u64, column: usize) -> Unit {
        let own = self.shown.range(..=(column, row)).next_back();
        let own = own.filter(|((at, _), (last, _))| *at == column && row <= *last).map(|(_, (_, unit))| unit.clone());
        match self.units.get(&column).or_else(|| self.scales.get(&column)) {
            Some(of_column) => own.unwrap_or_default().or(of_column),
            None => own.unwrap_or_default(),
        }
    }

    /// Notes a cell that could not be read.
    pub(super) fn unread(&mut self, row: u64, column: usize, reason: String) {
        self.finding(row, Some(column), "", "cell", reason);
    }

    /// What was read since this was asked last.
    pub(super) fn taken(&mut self) -> (Vec<Draft>, Vec<Finding>) {
        (std::mem::take(&mut self.said.data), std::mem::take(&mut self.said.findings))
    }

    /// Reads what the rows say.
    pub(crate) fn read(mut self, grid: &Grid, header: usize) -> (SheetContent, KnownToRows) {
        self.meant = self.words_of_codes(grid, header);
        for (at, column, reason) in &grid.unread {
            self.unread(*at, *column, reason.clone());
        }
        for (at, cells) in grid.rows.iter().skip(header + 1) {
            self.read_row(*at, cells);
        }
        self.tell_of_nothing();
        (self.said.drafts.sheet, self.said.drafts.called) = (self.sheet.clone(), self.called_by_field());
        self.said.drafts.spoken = self.spoken();
        (self.said, self.known)
    }

    /// Reads what one row says.
    pub(super) fn read_row(&mut self, at: u64, cells: &[CellText]) {
        if self.is_skipped(cells) {
            self.said.skipped += 1;
            self.said.passed.push(passed(&self.sheet, at, cells, "skipped"));
            return;
        }
        if self.stands_alone(at, cells) {
            self.said.passed.push(passed(&self.sheet, at, cells, "alone"));
            return;
        }
        // Several rows of the table may come from one of the sheet.
        self.part = if at == self.before { self.part + 1 } else { 0 };
        self.said.rows += u64::from(self.part == 0);
        self.before = at;
        let mut row = self.row(at, cells);
        let told = (self.said.findings.len(), self.noted);
        for rule in &self.mapping.record {
            self.record(rule, &mut row);
        }
        if row.records.is_empty() && (self.said.findings.len(), self.noted) == told && cells.iter().any(|c| !c.is_empty()) {
            self.finding(at, None, &text_of(cells), "row", "nothing in this row makes a record; the row was left out".into());
        }
    }

    fn row<'r>(&self, at: u64, cells: &'r [CellText]) -> RowBeingRead<'r> {
        let mut row = RowBeingRead { at, part: self.part, cells, country: String::new(), records: HashMap::new() };
        // The country of the row tells apart what has the same name in two.
        let rule = self.mapping.record.iter().find_map(|r| r.fields.get("country"));
        if let Some(rule) = rule {
            let text = self.written(rule, &row);
            row.country = self.model.lists.get("country").and_then(|l| l.find(&text)).map(|c| c.code.clone()).unwrap_or_default();
        }
        row
    }

    fn is_skipped(&self, cells: &[CellText]) -> bool {
        self.mapping.skip.iter().any(|(column, texts)| {
            let cell = self.columns.get(column).and_then(|at| cells.get(*at)).map_or("", CellText::as_str);
            texts.iter().any(|t| is_skipped(t, cell))
        })
    }

    /// True for one cell that stands alone in a row: the heading of a section, or a remark below the table. Of records that have a
    /// name it may be all that is known, unless it is shown across the columns, or the table says of each record what it must have.
    fn stands_alone(&self, at: u64, cells: &[CellText]) -> bool {
        let lacks = |rule: &RecordRule, kind: &Kind| {
            let must = kind.fields.iter().filter(|f| f.required && kind.title.as_ref() != Some(&f.name));
            must.filter_map(|f| rule.fields.get(&f.name)).any(|r| r.column.as_deref().is_some_and(|c| !self.is_filled(c, cells)))
        };
        let is_named = |rule: &RecordRule| {
            let has_name = |kind: &Kind| (kind.key.is_empty() || kind.title.is_some()) && !lacks(rule, kind);
            rule.id.is_some() || self.model.kind(&rule.kind).is_none_or(has_name)
        };
        !self.is_data()
            && self.columns.len() > 1
            && cells.iter().filter(|c| !c.is_empty()).take(2).count() == 1
            && (self.across.contains(&at) || !self.mapping.record.iter().any(is_named))
    }

    fn is_filled(&self, column: &str, cells: &[CellText]) -> bool {
        self.columns.get(column).and_then(|at| cells.get(*at)).is_some_and(|c| !c.is_empty())
    }

    fn cell<'r>(&self, column: &str, row: &RowBeingRead<'r>) -> &'r str {
        self.columns.get(column).and_then(|at| row.cells.get(*at)).map_or("", CellText::as_str)
    }

    /// What a rule finds in a row, as text; nothing where the cell says that there is nothing.
    fn text(&self, rule: &Rule, row: &RowBeingRead<'_>) -> String {
        let text = self.written(rule, row);
        if self.says_nothing(rule, &text) { String::new() } else { text }
    }

    /// The same, and the cell is told where it says that there is nothing.
    fn text_or_noted(&mut self, rule: &Rule, column: Option<usize>, row: &RowBeingRead<'_>) -> String {
        let text = self.written(rule, row);
        if !self.says_nothing(rule, &text) {
            return text;
        }
        column.into_iter().for_each(|column| self.note_nothing(column, &text, row.at));
        String::new()
    }

    /// True where a sheet says of a cell that it is not known or none. What others publish stays as it is, and so does what Remit wrote.
    fn says_nothing(&self, rule: &Rule, text: &str) -> bool {
        rule.value.is_none() && !self.is_data() && self.written_by_us().is_none() && self.words.answers.says_nothing(text)
    }

    /// The names that a rule finds in a row: several where the field, or another that takes what is more than one, may hold them.
    fn named(&self, field: &Field, rule: &Rule, row: &RowBeingRead<'_>) -> Vec<String> {
        let text = self.written(rule, row);
        let items: Vec<&str> = match (&field.kind, rule.split.as_deref()) {
            (FieldType::Records(_), None) => text.split([';', '\n']).collect(),
            (FieldType::Records(_), Some(sign)) => items(&text, sign),
            (_, Some(sign)) if field.more.is_some() => items(&text, sign),
            _ => return Some(text).filter(|t| !self.says_nothing(rule, t)).into_iter().collect(),
        };
        let items = items.into_iter().map(|item| rule.meant(item.trim()));
        items.filter(|item| !item.is_empty() && !self.says_nothing(rule, item)).collect()
    }

    /// What stands in the cells of a rule.
    fn written(&self, rule: &Rule, row: &RowBeingRead<'_>) -> String {
        if let Some(value) = &rule.value {
            return value.clone();
        }
        if !rule.columns.is_empty() {
            let parts: Vec<&str> = rule.columns.iter().map(|c| self.cell(c, row)).collect();
            return date_of_parts(&parts);
        }
        rule.meant(rule.column.as_deref().map_or("", |c| self.cell(c, row)))
    }

    /// The identifier that the row gives, or that its name gives; none where the row has no such record or no name.
    fn titled(&self, rule: &RecordRule, row: &RowBeingRead<'_>) -> Option<String> {
        if !self.has_record(rule, row) {
            return None;
        }
        if let Some(given) = self.given(rule, row) {
            return Some(given);
        }
        // What publishes no identifiers is known by its place.
        if self.is_data() {
            let place = if row.part == 0 { row.at.to_string() } else { format!("{}/{}", row.at, row.part) };
            return rule.id.is_none().then(|| format!("{}/{place}", self.name));
        }
        let kind = self.model.kind(&rule.kind)?;
        let name = self.own_name(rule, row)?;
        let id = match self.known.names.get(&kind.name) {
            Some(names) => names.identity(&name, &row.country),
            None => Names::default().identity(&name, &row.country),
        };
        Some(id).filter(|id| !id.is_empty())
    }

    /// The identifier that the row gives for a record.
    fn given(&self, rule: &RecordRule, row: &RowBeingRead<'_>) -> Option<String> {
        rule.id.as_ref().map(|template| self.filled(template, row)).filter(|id| !id.is_empty())
    }

    /// What a row calls a record that is known by its name.
    fn own_name(&self, rule: &RecordRule, row: &RowBeingRead<'_>) -> Option<String> {
        let kind = self.model.kind(&rule.kind).filter(|k| k.key.is_empty())?;
        Some(self.text(rule.fields.get(kind.title.as_ref()?)?, row)).filter(|name| !name.is_empty())
    }

    fn said_with(&mut self, rule: &RecordRule, row: &RowBeingRead<'_>) {
        if let Some(name) = self.own_name(rule, row) {
            self.known.names.entry(rule.kind.clone()).or_default().said_with(&name, &row.country);
        }
    }

    /// Whether a row has a record of a rule: a cell of it is filled, or it connects what other records of the row are.
    fn has_record(&self, rule: &RecordRule, row: &RowBeingRead<'_>) -> bool {
        let says = |c: &String| !self.cell(c, row).is_empty();
        let filled = |r: &Rule| r.column.iter().chain(&r.columns).any(says);
        let connects = |kind: &Kind| {
            let mut ends = kind.fields.iter().filter(|f| f.required && f.record_kind().is_some()).peekable();
            ends.peek().is_some()
                && ends.all(|f| {
                    rule.fields
                        .get(&f.name)
                        .and_then(|r| r.record.as_ref())
                        .is_some_and(|name| row.records.contains_key(name.as_str()))
                })
        };
        if let Some(column) = self.mark_of(rule) {
            return self.words.answers.mark(self.cell(column, row)) == Some(true);
        }
        match &rule.when {
            Some(column) => says(column) && !self.says_nothing(&Rule::default(), self.cell(column, row)),
            None => rule.fields.values().any(filled) || self.model.kind(&rule.kind).is_some_and(connects),
        }
    }

    /// The column of marks by which a row has a record of a rule, where there is one.
    fn mark_of<'a>(&'a self, rule: &'a RecordRule) -> Option<&'a str> {
        let made = self.mapping.each.as_ref().map(|e| e.cell.as_str());
        rule.when.as_deref().or(made).filter(|column| self.marks.contains(*column))
    }

    /// Tells of a mark that means no, or neither yes nor no: it makes no record.
    fn tell_of_mark(&mut self, rule: &RecordRule, row: &RowBeingRead<'_>) {
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

    fn note_nothing(&mut self, column: usize, text: &str, row: u64) {
        self.noted += 1;
        self.nothing.entry((column, text.to_owned())).or_insert((row, 0)).1 += 1;
    }

    /// Tells of the cells that say that there is nothing, a line for each column and word.
    fn tell_of_nothing(&mut self) {
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

    /// Learns the names of a record, so that other rows can refer to it.
    fn learn_names(&mut self, rule: &RecordRule, row: &RowBeingRead<'_>, id: &str, learn: fn(&mut Names, &str, &str)) {
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
                    let items = text.split(split.unwrap_or(";")).map(|n| n.split('|').next().unwrap_or_default().trim());
                    items.for_each(|name| names.learn_other(id, name));
                }
            }
        }
        if !row.country.is_empty() {
            names.set_country(id, &row.country);
        }
    }

    /// Says what a row says of one record: a statement a source.
    fn record<'r>(&mut self, rule: &'r RecordRule, row: &mut RowBeingRead<'r>) {
        let Some(kind) = self.model.kind(&rule.kind) else { return };
        if !self.has_record(rule, row) {
            self.tell_of_mark(rule, row);
            return;
        }
        // Who is named in a row that is left out is not added.
        if kind.key.is_empty() && kind.title.is_some() && self.titled(rule, row).is_none() {
            self.tell_of_no_record(row);
            return;
        }
        let mut groups = self.groups(rule, kind, row);
        if let Some((field, column)) = self.unread_part(rule, kind, row, &groups) {
            let reason = format!(
                "without “{}” these figures would be those of the whole; the {} was left out",
                field.label.english(),
                kind.label.english().to_lowercase()
            );
            self.finding(row.at, column, "", "required", reason);
            return;
        }
        if !self.has_cells(rule, &groups) {
            return;
        }
        let mut base = self.base(rule, kind, row);
        self.tell_codes(kind, &base, &mut groups);
        self.said.marking = self.said.marking.max(base.highest_marking());
        if self.is_told_by_its_identifier(rule, kind, row, &base) {
            let reason = "the name is withheld, and an identifier made of it would tell it; give the row an identifier of its \
                          own. The row was left out";
            self.finding(row.at, None, &text_of(row.cells), "identifier", reason.to_owned());
            return;
        }
        let titled = self.titled(rule, row).map(|id| self.told_apart(rule, kind, row, id));
        let is_named = titled.is_some();
        let Some(id) = titled.or_else(|| of_references(kind, &groups)) else {
            self.tell_of_no_record(row);
            return;
        };
        row.records.insert(rule.name(), id.clone());
        base.record = id;
        if let Some(missing) = self.missing(kind, &groups) {
            self.tell_of_missing(rule, kind, row, missing);
            return;
        }
        if self.is_of_nobody(rule, kind, row, &groups) {
            row.records.remove(rule.name());
            self.tell_of_no_record(row);
            return;
        }
        self.compare_parts(kind, row, &groups);
        self.tell_of_marked(rule, kind, row, &base, &groups);
        let drafts = self.drafts(rule, kind, row, &base, groups);
        if let Some(record) = self.say_all(rule, row, is_named, drafts) {
            row.records.insert(rule.name(), record);
        }
    }

    /// Tells of a row that names a record which is marked higher than itself: whoever sees the row sees the identifier of the record, and that
    /// there is one.
    fn tell_of_marked(
        &mut self,
        rule: &RecordRule,
        kind: &Kind,
        row: &RowBeingRead<'_>,
        base: &Draft,
        groups: &BTreeMap<(String, String), Group>,
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
                    // That it is marked so is told to who may know of it.
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

    /// Keeps what a row says of a record. Gives its identifier where that is none of the row's own.
    fn say_all(
        &mut self,
        rule: &RecordRule,
        row: &RowBeingRead<'_>,
        is_named: bool,
        mut drafts: Vec<(String, Draft)>,
    ) -> Option<String> {
        // What other records of the row are connected with has its identifier here; of all else it is found when all rows are known, and
        // so does not depend on their order.
        let is_found_later = !is_named && self.written_by_us().is_none() && !self.referred.contains(rule.name());
        let record = if is_found_later { None } else { self.set_apart(rule, row, is_named, &mut drafts) };
        let place = drafts.first().map(|(_, draft)| self.origin(rule, &draft.record, ""));
        let earlier = drafts.iter().find_map(|(_, draft)| self.said.drafts.number_at(&draft.origin));
        let from = self.said.drafts.len();
        for (_, draft) in drafts {
            self.say(row.at, draft);
        }
        self.said.drafts.note_lost(from, &self.lost);
        if let Some((place, earlier)) = place.zip(earlier).filter(|_| is_found_later) {
            self.said.drafts.note_alike(place, rule.name(), earlier, from);
        }
        record
    }

    /// Tells of a row of which nothing says which record it is about.
    fn tell_of_no_record(&mut self, row: &RowBeingRead<'_>) {
        let reason = "nothing in this row tells which record it is about; the row was left out".to_owned();
        self.finding(row.at, None, &text_of(row.cells), "identifier", reason);
    }

    /// Tells of a record that says nothing, since it lacks a field.
    fn tell_of_missing(&mut self, rule: &RecordRule, kind: &Kind, row: &RowBeingRead<'_>, missing: &Field) {
        let reason = format!(
            "without “{}” this says nothing; the {} was left out",
            missing.label.english(),
            kind.label.english().to_lowercase()
        );
        let column = rule.fields.get(&missing.name).and_then(|r| r.column.as_ref()).and_then(|c| self.columns.get(c).copied());
        self.finding(row.at, column, "", "required", reason);
    }

    /// What all statements of a record have in common: marking, source, dates.
    fn base(&mut self, rule: &RecordRule, kind: &Kind, row: &RowBeingRead<'_>) -> Draft {
        let mut base = Draft::new(self.model, &kind.name);
        base.marking = self.mapping.marking(kind, self.marking);
        // Of a data set it is told once.
        if !self.is_data() {
            base.set_envelope("source", self.mapping.source.clone().unwrap_or_default());
            base.set_envelope("url", self.mapping.url.clone().unwrap_or_default());
        }
        self.envelope(rule, row, &mut base);
        base
    }

    /// False where columns were made rows and nothing can be used of what stood in them: “n/a” below a year makes no record of it.
    fn has_cells(&self, rule: &RecordRule, groups: &BTreeMap<(String, String), Group>) -> bool {
        let Some(each) = self.mapping.each.as_ref().filter(|_| !self.is_data()) else { return true };
        let made = each.made();
        let is_made = |r: &Rule| r.column.as_ref().is_some_and(|c| made.contains(c));
        let mut fields = rule.fields.iter().filter(|(_, r)| is_made(r)).map(|(name, _)| name).peekable();
        fields.peek().is_none()
            || self.mark_of(rule).is_some()
            || fields.any(|f| groups.values().any(|g| g.fields.contains_key(f)))
    }

    /// True for figures of which neither the table nor the row says whose they are.
    fn is_of_nobody(
        &self,
        rule: &RecordRule,
        kind: &Kind,
        row: &RowBeingRead<'_>,
        groups: &BTreeMap<(String, String), Group>,
    ) -> bool {
        let is_asked = kind.parts && !self.is_data() && self.name != NATIVE && self.given(rule, row).is_none();
        let tells = kind.tells();
        is_asked && !tells.is_empty() && !tells.iter().any(|f| groups.values().any(|g| g.fields.contains_key(&f.name)))
    }

    /// The statements of a record: one a source, each with the field that is its first. Those of a data set are put away at once.
    fn drafts(
        &mut self,
        rule: &RecordRule,
        kind: &Kind,
        row: &RowBeingRead<'_>,
        base: &Draft,
        groups: BTreeMap<(String, String), Group>,
    ) -> Vec<(String, Draft)> {
        let mut drafts = Vec::new();
        for ((source, credibility), group) in groups {
            let mut draft = base.clone();
            if !source.is_empty() {
                draft.set_envelope("source", source);
            }
            if !credibility.is_empty() {
                draft.set_envelope("credibility", credibility);
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

    /// Takes an amount out of a draft that an earlier one has: of a cell that is merged over several rows, or that stands beside columns
    /// that were made rows or beside several answers. What was said as a whole already is no other draft.
    fn count_once(&mut self, rule: &RecordRule, kind: &Kind, row: &RowBeingRead<'_>, draft: &mut Draft) {
        let column = |f: &Field| {
            let of = rule.fields.get(&f.name)?;
            of.column.as_ref().or_else(|| self.column_of_amount(of, row)).and_then(|c| self.columns.get(c).copied())
        };
        let is_there = |f: &&Field| draft.fields.contains_key(&f.name) && f.is_amount();
        let amounts = kind.fields.iter().filter(is_there).map(|f| (f, column(f)));
        let counted: Vec<(&Field, Option<usize>)> = amounts.filter(|(_, column)| self.was_counted(*column, row)).collect();
        if counted.is_empty() || self.known.seen.contains(&content(draft)) {
            return;
        }
        for (field, column) in counted {
            let amount = draft.fields.shift_remove(&field.name).unwrap_or_default();
            let reason = "an amount that stands over several rows, or beside several answers, is counted once, for the first of them; \
                          the cell was left out";
            self.finding(row.at, self.place(column, row), &write_value(&amount), "likely", reason.to_owned());
        }
    }

    fn origin(&self, rule: &RecordRule, record: &str, first_field: &str) -> String {
        format!("{}/{}/{record}/{first_field}", self.name, rule.name())
    }

    /// Looks whether an earlier row says otherwise of the same record, of the same source and time. A record that is known by what it
    /// connects is then another one, and so its identifier is given; of one that has a name or identifier both rows stand. Either is
    /// told.
    fn set_apart(
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
    fn is_answer(&self, rule: &RecordRule, field: &str, row: &RowBeingRead<'_>) -> bool {
        let column = rule.fields.get(field).and_then(|r| r.column.as_ref());
        let is_split = column.is_some_and(|c| self.mapping.split.contains_key(c));
        row.part > 0 && is_split && self.model.kind(&rule.kind).is_some_and(|kind| kind.title.is_none())
    }

    /// Tells that an earlier row says otherwise.
    fn tell_of_other(
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

    /// Gives the drafts of a row the identifier of the second, third record that rows have in common.
    fn number(&self, rule: &RecordRule, record: &str, times: u32, drafts: &mut [(String, Draft)]) {
        for (first_field, draft) in drafts.iter_mut().filter(|_| times > 1) {
            draft.record = format!("{record}/{times}");
            draft.origin = self.origin(rule, &draft.record, first_field);
        }
    }

    /// Tells where the parts of a row, women and men, are more than all.
    fn compare_parts(&mut self, kind: &Kind, row: &RowBeingRead<'_>, groups: &BTreeMap<(String, String), Group>) {
        let number = |f: &Field| groups.values().find_map(|g| g.fields.get(&f.name)).and_then(Value::as_f64);
        for of_all in &kind.fields {
            let parts = kind.fields.iter().filter(|f| f.whole.as_deref() == Some(of_all.name.as_str()));
            let parts: Vec<f64> = parts.filter_map(number).collect();
            let (Some(whole), parts) = (number(of_all).filter(|_| !parts.is_empty()), parts.iter().sum::<f64>()) else {
                continue;
            };
            if parts <= whole {
                continue;
            }
            let reason = format!("women and men are {parts}, and all are {whole}: a part is more than the whole; both were kept");
            self.finding(row.at, None, &parts.to_string(), "likely", reason);
        }
    }

    /// Tells where a record that others publish ends before it starts. It is kept as they say it.
    fn compare_dates(&mut self, rule: &RecordRule, kind: &Kind, row: &RowBeingRead<'_>, draft: &Draft) {
        if kind.fields.iter().all(|f| f.not_before.is_empty()) {
            return;
        }
        for fault in draft.faults(self.model).into_iter().filter(|f| matches!(f.reason, Reason::Before(..))) {
            let column = rule.fields.get(&fault.field).and_then(|r| r.column.as_ref()).and_then(|c| self.columns.get(c).copied());
            self.finding(row.at, column, &fault.value, "likely", format!("{}; both were kept", fault.reason));
        }
    }

    /// True where a record would be called by a name that is withheld.
    fn is_told_by_its_identifier(&self, rule: &RecordRule, kind: &Kind, row: &RowBeingRead<'_>, draft: &Draft) -> bool {
        let is_withheld = |name: &String| draft.withheld.iter().any(|(field, _)| field == name);
        let named = kind.title.iter().chain(&kind.key).any(is_withheld);
        named && self.given(rule, row).is_none() && self.titled(rule, row).is_none_or(|id| !self.is_known(kind, &id))
    }

    /// True for a record that there was before the sheet was read.
    fn is_known(&self, kind: &Kind, record: &str) -> bool {
        self.known.names.get(&kind.name).is_some_and(|names| names.is_known(record))
    }

    /// Takes out of a draft what the register would not record, each with a word; false where it is the identifier.
    fn leave_out(&mut self, rule: &RecordRule, row: &RowBeingRead<'_>, draft: &mut Draft) -> bool {
        if draft.without_unseen() {
            let reason = "signs that nobody sees were taken out of this row";
            self.finding(row.at, None, "", "likely", reason.to_owned());
        }
        let faults = draft.faults(self.model);
        let lost = !faults.is_empty();
        for fault in faults {
            let column = rule.fields.get(&fault.field).and_then(|r| r.column.as_ref()).and_then(|c| self.columns.get(c).copied());
            let is_row = fault.reason == Reason::Identifier;
            let left = if is_row { "the row was left out" } else { "the cell was left out" };
            let value = if is_row { text_of(row.cells) } else { fault.value };
            self.finding(row.at, column, &value, "value", format!("{}; {left}", fault.reason));
            draft.set_envelope(&fault.field, "");
            draft.fields.remove(&fault.field);
            self.lost.push(fault.field.clone());
            draft.withheld.retain(|(field, _)| *field != fault.field);
            if is_row {
                return false;
            }
        }
        // What is left connects nothing any more.
        match draft.lacks(self.model).filter(|_| lost).map(|field| field.label.english().to_owned()) {
            Some(missing) => {
                let reason = format!("without “{missing}” this says nothing; the row was left out");
                self.finding(row.at, None, &text_of(row.cells), "required", reason);
                false
            }
            None => true,
        }
    }

    /// Keeps a draft, unless the sheet has said the same already.
    fn say(&mut self, at: u64, draft: Draft) {
        if self.known.seen.insert(content(&draft)) {
            self.said.drafts.push(at, &draft);
        } else {
            self.said.repeated += 1;
        }
    }

    /// Fields that share source and confidence.
    fn groups(&mut self, rule: &RecordRule, kind: &Kind, row: &RowBeingRead<'_>) -> BTreeMap<(String, String), Group> {
        let mut groups: BTreeMap<(String, String), Group> = BTreeMap::new();
        self.lost.clear();
        for field in &kind.fields {
            let Some(r) = rule.fields.get(&field.name) else { continue };
            let values = self.values(kind, field, r, row);
            if values.is_empty() {
                self.note_lost(kind, field, r, row);
                continue;
            }
            let source = r.source.as_deref().map_or("", |c| self.cell(c, row)).to_owned();
            let credibility = self.credibility(r, row);
            let group = groups.entry((source, credibility)).or_default();
            let of_group = group.fields.get("currency").filter(|_| field.name != "currency");
            if let Some((own, other)) = values.get("currency").zip(of_group).filter(|(own, other)| own != other) {
                self.tell_of_two_currencies(r, row, &write_value(own), &write_value(other));
                self.note_lost(kind, field, r, row);
                continue;
            }
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

    /// Notes a field of which a cell says something that could not be used: what the sheet said of it before stays. What an amount is in goes
    /// with it where no cell says it.
    fn note_lost(&mut self, kind: &Kind, field: &Field, rule: &Rule, row: &RowBeingRead<'_>) {
        let cell = rule.column.iter().chain(&rule.columns).map(|c| self.cell(c, row)).find(|cell| !cell.is_empty());
        if cell.is_none_or(|cell| self.says_nothing(rule, cell) || self.goes_on(field, rule, cell)) {
            return;
        }
        self.lost.push(field.name.clone());
        if field.is_money() && kind.field("currency").is_some() {
            self.lost.push("currency".to_owned());
        }
    }

    /// Tells of an amount that is left out, since another one of its row is in another currency: a record has one.
    fn tell_of_two_currencies(&mut self, rule: &Rule, row: &RowBeingRead<'_>, own: &str, other: &str) {
        let column = rule.column.as_ref().and_then(|c| self.columns.get(c).copied());
        let reason = format!(
            "the amount is in {own}, and one before it in this row is in {other}; it was left out: write it in {other}, or in a row of \
             its own"
        );
        self.finding(row.at, self.place(column, row), &self.written(rule, row), "ask", reason);
    }

    /// Tells the codes that no column gives from the words that one does. An export comes back as it was, and what is told from words
    /// that are withheld would tell them.
    fn tell_codes(&self, kind: &Kind, base: &Draft, groups: &mut BTreeMap<(String, String), Group>) {
        if self.written_by_us().is_none() && !base.withholds_words(kind) {
            groups.values_mut().for_each(|group| kind.tell(&self.model.lists, &mut group.fields));
        }
    }

    /// What tells of which part a figure is, where its cell holds something that could not be used: that is told already. Without it the
    /// figure would be taken for that of the whole, or of nobody.
    fn unread_part<'k>(
        &self,
        rule: &RecordRule,
        kind: &'k Kind,
        row: &RowBeingRead<'_>,
        groups: &BTreeMap<(String, String), Group>,
    ) -> Option<(&'k Field, Option<usize>)> {
        let is_lost = |name: &String| {
            let text = rule.fields.get(name).map_or_else(String::new, |r| self.text(r, row));
            !text.is_empty() && !groups.values().any(|g| g.fields.contains_key(name))
        };
        let lost = kind.key.iter().filter(|_| kind.parts && !self.is_data()).find(|name| is_lost(name))?;
        let column = rule.fields.get(lost).and_then(|r| r.column.as_ref()).and_then(|c| self.columns.get(c).copied());
        Some((kind.field(lost)?, self.place(column, row)))
    }

    /// The first field without which the kind says nothing, where the row lacks it.
    fn missing<'k>(&self, kind: &'k Kind, groups: &BTreeMap<(String, String), Group>) -> Option<&'k Field> {
        let has = |f: &Field| groups.values().any(|g| g.fields.contains_key(&f.name));
        match (groups.is_empty(), kind.references().next()) {
            (true, _) => kind.fields.first(),
            // Several rows may each say a part of a record that has a name; a record that only connects needs both ends.
            (false, None) => None,
            // What others publish is kept as far as it can be read.
            (false, Some(_)) if self.is_data() => None,
            (false, Some(_)) if kind.title.is_some() => None,
            (false, Some(_)) => kind.fields.iter().find(|f| f.required && !has(f)),
        }
    }

    /// What a cell says of a record, by field: of a code that is told from words, the words too.
    fn values(&mut self, kind: &Kind, field: &Field, rule: &Rule, row: &RowBeingRead<'_>) -> Map<String, Value> {
        let mut values = Map::new();
        let of_amount = self.of_amount(field, rule, row);
        let rule = of_amount.as_ref().unwrap_or(rule);
        if let [of] = field.targets() {
            let mut records = self.references(field, of, rule, row);
            if let FieldType::Records(_) = field.kind {
                values.extend(Some(records).filter(|r| !r.is_empty()).map(|r| (field.name.clone(), r.into())));
                return values;
            }
            let others = records.split_off(records.len().min(1));
            values.extend(records.pop().map(|first| (field.name.clone(), first.into())));
            values.extend(field.more.clone().filter(|_| !others.is_empty()).map(|more| (more, others.into())));
            return values;
        }
        let column = rule.column.as_ref().and_then(|c| self.columns.get(c).copied());
        let mut text = self.written(rule, row);
        if self.says_nothing(rule, &text) && !self.is_code(field, &text) || self.goes_on(field, rule, &text) {
            column.into_iter().for_each(|column| self.note_nothing(column, &text, row.at));
            return values;
        }
        // An export comes back as it was.
        if !field.long
            && self.written_by_us().is_none()
            && matches!(field.kind, FieldType::Text | FieldType::Texts | FieldType::Code(_))
        {
            text = in_one_line(text);
        }
        if let (Some(split), FieldType::List(_) | FieldType::Records(_)) = (&rule.split, &field.kind) {
            text = text.split(split.as_str()).collect::<Vec<_>>().join(";");
        }
        if let Some((end, range)) = self.end_of(kind, field).and_then(|end| Some((end, self.range(field, rule, column, &text)?)))
        {
            let dates = [(&field.name, range.0), (&end.name, range.1)].into_iter().filter(|(_, date)| !date.is_empty());
            values.extend(dates.map(|(name, date)| (name.clone(), date.into())));
            return values;
        }
        let Ok((plain, own)) = self.in_its_currency(kind, field, rule, row, column, &text) else { return values };
        values.extend(own.map(|own| ("currency".to_owned(), own.into())));
        text = self.code_of_cell(kind, field, plain, column, row);
        if let Some(list) = rule.list.as_ref().filter(|_| !text.is_empty()) {
            match self.model.lists.get(list).and_then(|l| l.find(&text)) {
                Some(found) => drop(values.insert(field.name.clone(), found.code.clone().into())),
                None => {
                    let reason = format!("this is no code and no name of the list {list}; the cell was left out");
                    self.finding(row.at, self.place(column, row), &text, "value", reason);
                }
            }
            return values;
        }
        if let Err(reason) = kind.take(field, &self.model.lists, &text, &mut values) {
            let kept = match &field.kind {
                FieldType::Code(list) if list == "currency" => WITHOUT_CURRENCY,
                _ if values.is_empty() => "the cell was left out",
                _ => "it was kept as written",
            };
            self.finding(row.at, self.place(column, row), &text, "value", format!("{reason}; {kept}"));
        }
        values
    }

    /// The rule of an amount that stands in several columns, a currency each. A record has one currency, so what stands in the others is told.
    fn of_amount(&mut self, field: &Field, rule: &Rule, row: &RowBeingRead<'_>) -> Option<Rule> {
        if !field.is_money() || rule.columns.is_empty() {
            return None;
        }
        let column = self.column_of_amount(rule, row);
        let others = rule.columns.iter().filter(|c| Some(*c) != column && self.says_amount(rule, self.cell(c, row)));
        let others: Vec<&String> = others.collect();
        for other in others {
            let value: String = self.cell(other, row).chars().take(200).collect();
            if let Some(at) = self.place(self.columns.get(other.as_str()).copied(), row) {
                self.beside.entry(at).or_insert((row.at, 0, value)).1 += 1;
            }
        }
        Some(Rule { column: column.cloned(), columns: Vec::new(), ..rule.clone() })
    }

    /// Of the columns of an amount the first in which one stands. Offices fill with noughts the columns of currencies that a row is not in:
    /// beside an amount, a nought is none.
    fn column_of_amount<'c>(&self, rule: &'c Rule, row: &RowBeingRead<'_>) -> Option<&'c String> {
        let find = |is: &dyn Fn(&str) -> bool| rule.columns.iter().find(|c| is(self.cell(c, row)));
        let amount = find(&|text| self.says_amount(rule, text));
        let said = || find(&|text| !text.is_empty() && !self.says_nothing(rule, text));
        amount.or_else(said).or_else(|| find(&|text| !text.is_empty())).or(rule.columns.first())
    }

    /// True for an amount other than nought.
    fn says_amount(&self, rule: &Rule, text: &str) -> bool {
        !text.is_empty() && !self.says_nothing(rule, text) && !is_nought(text)
    }

    /// The field of the day on which ends what begins on another one, where the sheet has no column for it.
    fn end_of<'k>(&self, kind: &'k Kind, field: &Field) -> Option<&'k Field> {
        let at = kind.fields.iter().position(|f| f.name == field.name && f.kind == FieldType::Date && !f.end)?;
        let end = kind.fields.get(at + 1).filter(|f| f.kind == FieldType::Date && f.end)?;
        let is_said = self.mapping.record.iter().any(|r| r.kind == kind.name && r.fields.contains_key(&end.name));
        Some(end).filter(|_| !is_said && !self.is_data() && self.written_by_us().is_none())
    }

    /// From when to when, where one cell says both.
    fn range(&self, field: &Field, rule: &Rule, column: Option<usize>, text: &str) -> Option<(String, String)> {
        self.words.dates.range(text, &self.dates(field, rule, column))
    }

    /// True for a date of which a sheet says that it is yet to come: “present”.
    fn goes_on(&self, field: &Field, rule: &Rule, text: &str) -> bool {
        let is_of_people = rule.value.is_none() && !self.is_data() && self.written_by_us().is_none();
        field.kind == FieldType::Date && is_of_people && self.words.answers.goes_on(text)
    }

    fn is_code(&self, field: &Field, text: &str) -> bool {
        let FieldType::Code(list) = &field.kind else { return false };
        self.model.lists.get(list).is_some_and(|l| l.find(text).is_some())
    }

    /// True for a cell of which an earlier row of the table had what stands in it.
    fn was_counted(&self, column: Option<usize>, row: &RowBeingRead<'_>) -> bool {
        let Some(column) = column else { return false };
        let is_made = || self.mapping.each.iter().flat_map(|e| e.made()).any(|c| self.columns.get(&c) == Some(&column));
        let is_copied = self.place(Some(column), row).is_some_and(|place| self.copied.contains(&(row.at, place)));
        is_copied || row.part > 0 && !self.is_data() && !is_made()
    }

    /// The text of a date or number as the register reads it, with the currency beside it; told where it is none.
    fn plainly(
        &mut self,
        field: &Field,
        rule: &Rule,
        row: &RowBeingRead<'_>,
        column: Option<usize>,
        text: &str,
    ) -> Result<(String, Option<String>), ()> {
        let place = self.place(column, row);
        let read = match field.kind {
            _ if text.is_empty() => return Ok((String::new(), None)),
            FieldType::Date => self.words.dates.read(text, &self.dates(field, rule, column)).map(|date| {
                // What stands in many rows of a column is told once.
                if let Some(note) = date.note.filter(|_| self.once.insert((place, text.to_owned()))) {
                    self.finding(row.at, place, text, "likely", note);
                }
                (date.date, None)
            }),
            FieldType::Integer | FieldType::Number => {
                let said = rule.decimal.as_ref().or(self.mapping.decimal.as_ref()).and_then(|d| d.chars().next());
                // What others publish was written by a program.
                let proved = || self.proved.decimal(column).map(|d| Decimal { threes: d.threes || self.is_data(), ..d });
                let decimal = said.map(Decimal::said).or_else(|| self.written_by_us()).or_else(proved);
                // People are whole, also where their number may be a mean.
                let is_count = field.kind == FieldType::Integer || field.counts_people();
                let beside = place.map(|c| self.unit(row.at, c)).unwrap_or_default();
                let unit = self.words.numbers.of_cell(beside.clone(), text);
                let number = match place.is_some_and(|c| self.numbers.contains(&(row.at, c))) {
                    // A number of a workbook is one already.
                    true => Ok(Number { digits: text.to_owned(), ..Number::default() }),
                    // Of thousands there are parts.
                    false => self.words.numbers.read(text, decimal, is_count && unit.noughts == 0),
                };
                number.and_then(|n| self.in_unit(n, &beside, &unit)).and_then(|n| {
                    match is_count && n.digits.starts_with('-') && self.written_by_us().is_none() {
                        true => Err(UnreadCell::Wrong(format!("“{text}” is less than nothing, which no count is"))),
                        false => {
                            Ok((as_number(&n, &field.unit)?, n.currency.map(|named| self.currency_meant(named, &unit, row))))
                        }
                    }
                })
            }
            _ => Ok((text.to_owned(), None)),
        };
        read.map_err(|why| {
            let (rule, reason) = match why {
                UnreadCell::Asks(reason) => ("ask", reason),
                UnreadCell::Wrong(reason) => ("value", reason),
            };
            self.finding(row.at, place, text, rule, format!("{reason}; the cell was left out"));
        })
    }

    /// A number as what stands beside it says what it is of: `beside` is that of its column, and `unit` what of it is of this cell. Where a heading
    /// or title says thousands of one currency, and the cell names another one, nobody but a person knows whether it is in thousands too.
    fn in_unit(&self, number: Number, beside: &Unit, unit: &Unit) -> Result<Number, UnreadCell> {
        let own = number.currency.as_deref().unwrap_or_default();
        let is_other = beside.currency != unit.currency || self.is_of_another(own, unit);
        if unit.noughts == 0 || number.has_magnitude || !is_other {
            return Ok(number.in_unit(unit));
        }
        let of = beside.currency.as_deref().unwrap_or_default();
        Err(UnreadCell::Asks(format!(
            "the heading or title says thousands or more of {of}, and this amount is in another currency: write it with its own word, \
             as in “3 thousand USD” or “3 million USD”"
        )))
    }

    /// True where a currency is not that of a heading or title; a name of several is that of each of them.
    fn is_of_another(&self, own: &str, unit: &Unit) -> bool {
        let of = unit.currency.as_deref().unwrap_or_default();
        let shared = &self.model.languages.signs().shared;
        let means = |name: &str, code: &str| shared.get(name).is_some_and(|codes| codes.contains_key(code));
        !own.is_empty() && !of.is_empty() && own != of && !means(own, of) && !means(of, own)
    }

    /// The same, with the currency that the record gets by it; told where the amount is that of another one.
    fn in_its_currency(
        &mut self,
        kind: &Kind,
        field: &Field,
        rule: &Rule,
        row: &RowBeingRead<'_>,
        column: Option<usize>,
        text: &str,
    ) -> Result<(String, Option<String>), ()> {
        let (plain, beside) = self.plainly(field, rule, row, column, text)?;
        match self.currency(kind, field, beside.as_deref(), row) {
            Ok(own) => Ok((plain, own)),
            Err(reason) => {
                self.finding(row.at, self.place(column, row), text, "ask", reason);
                Err(())
            }
        }
    }

    /// How dates are written in a column.
    fn dates<'c>(&'c self, field: &Field, rule: &'c Rule, column: Option<usize>) -> DateColumn<'c> {
        let said = rule.order.as_ref().or(self.mapping.order.as_ref());
        let said = said.map(|order| if order == "month" { DateOrder::Month } else { DateOrder::Day });
        DateColumn {
            order: said.or_else(|| self.proved.order(column)),
            formats: &rule.formats,
            year_begins: self.mapping.year_begins,
            end: field.end,
        }
    }

    /// An export names its statements, and writes numbers as programs do.
    fn written_by_us(&self) -> Option<Decimal> {
        self.columns.contains_key(STATEMENT).then_some(Decimal::said('.'))
    }

    /// The currency that stands beside an amount, where the row names none. A number is never that of another currency: where the row or
    /// the field names another one, it is told why the amount is left out.
    fn currency(
        &mut self,
        kind: &Kind,
        field: &Field,
        beside: Option<&str>,
        row: &RowBeingRead<'_>,
    ) -> Result<Option<String>, String> {
        let Some(beside) = beside else { return Ok(None) };
        let own = self.model.lists.has("currency", &field.unit).then(|| field.unit.clone());
        let rule = self.mapping.record.iter().filter(|r| r.kind == kind.name).find_map(|r| r.fields.get("currency"));
        let code = |text: String| match self.model.lists.get("currency")?.find(&text) {
            Some(found) => Some(found.code.clone()),
            None => self.currency_of_cell(kind, kind.field("currency")?, &text, row),
        };
        match own.or_else(|| rule.and_then(|r| code(self.text(r, row)))) {
            Some(said) if !beside.is_empty() && said != beside => Err(format!(
                "the amount is in {beside}, and the row or the field says {said}; it was left out: write it in {said}, or in a row of \
                 its own with {beside}"
            )),
            None if beside.is_empty() => {
                // The same sign stands in a whole column.
                if self.once.insert((None, format!("{} {}", kind.name, field.name))) {
                    let reason = "the sign beside the amount is that of several currencies; this amount, and others of its column, \
                                  were kept without one: say which it is";
                    self.finding(row.at, None, "", "ask", reason.to_owned());
                }
                Ok(None)
            }
            None if kind.field("currency").is_some() => Ok(Some(beside.to_owned())),
            _ => Ok(None),
        }
    }

    /// What a currency beside an amount is: a name of several is that of them which the heading names, or with which the countries of the
    /// row pay; an empty one where neither tells.
    fn currency_meant(&self, named: String, unit: &Unit, row: &RowBeingRead<'_>) -> String {
        let Some(shared) = self.model.languages.signs().shared.get(&named) else { return named };
        let by_heading = unit.currency.clone().filter(|code| shared.contains_key(code));
        by_heading.or_else(|| self.currency_of_countries(&named, row)).unwrap_or_default()
    }

    /// The currency with which all countries of a row pay, of those that have a name in common.
    fn currency_of_countries(&self, shared: &str, row: &RowBeingRead<'_>) -> Option<String> {
        let rule = self.mapping.record.iter().find_map(|r| r.fields.get("country"))?;
        let (text, countries) = (self.written(rule, row), self.model.lists.get("country")?);
        let signs = self.model.languages.signs();
        let of = |name: &str| signs.currency_in(shared, &countries.find(name)?.code);
        if let Some(code) = of(&text) {
            return Some(code.to_owned());
        }
        let mut all = text.split([';', '|', '/', '\n']).map(|name| of(name.trim()));
        let first = all.next()??;
        all.all(|code| code == Some(first)).then(|| first.to_owned())
    }

    /// What words in columns of codes mean that are no code, and that the mapping does not have: those that are known to mean one, as they are
    /// where a sheet is looked at in the browser. Countries and currencies are read with their rows.
    fn words_of_codes(&self, grid: &Grid, header: usize) -> HashMap<(usize, String), BTreeMap<String, String>> {
        let mut meant: HashMap<(usize, String), BTreeMap<String, String>> = HashMap::new();
        if self.is_data() || self.written_by_us().is_some() {
            return meant;
        }
        for rule in &self.mapping.record {
            let Some(kind) = self.model.kind(&rule.kind) else { continue };
            for (name, r) in &rule.fields {
                let Some(Field { kind: FieldType::Code(list), words: None, .. }) = kind.field(name) else { continue };
                let Some(at) = r.column.as_ref().and_then(|c| self.columns.get(c).copied()) else { continue };
                if ["country", "currency"].contains(&list.as_str()) {
                    continue;
                }
                let cells = grid.rows.iter().skip(header + 1).filter_map(|(_, cells)| cells.get(at)).map(CellText::as_str);
                let mut of_column = meant_in_column(self.model, list, cells);
                of_column.retain(|text, _| !r.aliases.contains_key(text));
                meant.entry((at, list.clone())).or_default().extend(of_column);
            }
        }
        meant
    }

    /// The code that a cell of codes means, where it is none: told, once for each word.
    fn code_of_cell(
        &mut self,
        kind: &Kind,
        field: &Field,
        text: String,
        column: Option<usize>,
        row: &RowBeingRead<'_>,
    ) -> String {
        if let Some(code) = self.currency_of_cell(kind, field, &text, row) {
            return code;
        }
        let (FieldType::Code(list), Some(at)) = (&field.kind, column) else { return text };
        let Some(code) = self.meant.get(&(at, list.clone())).and_then(|meant| meant.get(&text)).cloned() else { return text };
        let place = self.place(column, row);
        if self.once.insert((place, text.clone())) {
            let called = self.model.lists.get(list).and_then(|l| l.find(&code)).map_or("", |code| code.label.english());
            let reason = format!(
                "the mapping does not say what this means; it was read as {code} ({called}); where it means another, write so in the mapping"
            );
            self.finding(row.at, place, &text, "likely", reason);
        }
        code
    }

    /// The currency that a cell of currencies names by a sign or name of several, where the row or the heading of an amount says which.
    fn currency_of_cell(&self, kind: &Kind, field: &Field, text: &str, row: &RowBeingRead<'_>) -> Option<String> {
        let is_open = |list: &str| list == "currency" && self.model.lists.get(list).is_some_and(|l| l.find(text).is_none());
        let FieldType::Code(list) = &field.kind else { return None };
        let named = Some(text).filter(|_| is_open(list)).and_then(|text| self.words.numbers.unit(text))?;
        let named = named.currency.filter(|_| named.noughts == 0)?;
        let rules = self.mapping.record.iter().filter(|r| r.kind == kind.name).flat_map(|r| &r.fields);
        let amounts = rules.filter(|(name, _)| kind.field(name).is_some_and(Field::is_money));
        let columns = amounts.flat_map(|(_, r)| r.column.iter().chain(&r.columns)).filter_map(|c| self.columns.get(c));
        // A sign that says another currency than the heading leaves nothing of it.
        let mut units = columns.map(|at| self.words.numbers.of_cell(self.unit(row.at, *at), text));
        let unit = units.find(|unit| unit.currency.is_some()).unwrap_or_default();
        if named.is_empty() {
            let is_told = self.model.languages.signs().several.keys().any(|sign| text.contains(sign.as_str()));
            let unit = Some(unit).filter(|_| is_told)?;
            return unit.currency.filter(|code| self.model.lists.has("currency", code));
        }
        Some(self.currency_meant(named, &unit, row)).filter(|code| !code.is_empty())
    }

    /// Where in the sheet a cell of the table stood: one that was made a row, below its own heading.
    fn place(&self, column: Option<usize>, row: &RowBeingRead<'_>) -> Option<usize> {
        match &self.each {
            Some(Unfolded { heading, places }) => {
                let name = row.cells.get(*heading).map(CellText::to_string).unwrap_or_default();
                column.and_then(|c| places.get(&(name, c)).copied()).or(column)
            }
            None => column,
        }
    }

    /// The records that a cell refers to, each once.
    fn references(&mut self, field: &Field, of: &str, rule: &Rule, row: &RowBeingRead<'_>) -> Vec<String> {
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
    fn tell_of_several(&mut self, of: &str, name: &str, column: Option<usize>, row: &RowBeingRead<'_>) {
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
    fn reference(
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
    fn added(&mut self, kind: &str, name: &str, country: String, row: &RowBeingRead<'_>) -> String {
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
    fn country_of_added(&self, kind: &str, field: &Field, row: &RowBeingRead<'_>) -> String {
        let said = self.mapping.record.iter().find(|r| r.fields.contains_key("country"));
        let is_of_it = said.is_some_and(|r| r.kind == kind) || field.home && self.is_of_one_country();
        if is_of_it { row.country.clone() } else { String::new() }
    }

    fn origin_of_name(&self, record: &str) -> String {
        format!("{}/named/{record}", self.name)
    }

    fn filled(&self, template: &str, row: &RowBeingRead<'_>) -> String {
        let mut id = String::new();
        let mut any = false;
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let (column, after) = after.split_once('}').unwrap_or((after, ""));
            let cell = row.records.get(column).map_or_else(|| self.cell(column, row), String::as_str);
            any |= !cell.is_empty();
            id.push_str(before);
            id.push_str(cell);
            rest = after;
        }
        id.push_str(rest);
        if any || !template.contains('{') { id } else { String::new() }
    }

    /// Fills the envelope from the rules that are for all fields of the record.
    fn envelope(&mut self, rule: &RecordRule, row: &RowBeingRead<'_>, draft: &mut Draft) {
        let model = self.model;
        let parts = [EnvelopePart::Dates, EnvelopePart::Source].into_iter();
        for (part, field) in parts.flat_map(|part| model.envelope.of(part).map(move |field| (part, field))) {
            let Some(r) = rule.fields.get(&field.name) else { continue };
            let column = r.column.as_ref().or(r.columns.first()).and_then(|c| self.columns.get(c).copied());
            let text = self.text_or_noted(r, column, row);
            if self.goes_on(field, r, &text) {
                column.into_iter().for_each(|column| self.note_nothing(column, &text, row.at));
                continue;
            }
            let value = match field.name.as_str() {
                "credibility" => Rule::credibility(&text).unwrap_or(text),
                _ => match self.plainly(field, r, row, column, &text) {
                    Ok((plain, _)) => plain,
                    Err(()) => continue,
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
                Err(reason) => self.finding(row.at, column, &value, "value", format!("{reason}; the cell was left out")),
            }
        }
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

    /// Source and credibility that a date has of its own: of several dates each source, and the least credible of them.
    fn dates_of_their_own(&mut self, rule: &Rule, row: &RowBeingRead<'_>, draft: &mut Draft) {
        let source = rule.source.as_deref().map_or("", |c| self.cell(c, row));
        let sources = draft.envelope("dates_source");
        if !source.is_empty() && !sources.split("; ").any(|s| s == source) {
            let sources = if sources.is_empty() { source.to_owned() } else { format!("{sources}; {source}") };
            draft.set_envelope("dates_source", sources);
        }
        let credibility = self.credibility(rule, row);
        if credibility.as_str() > draft.envelope("dates_credibility") {
            draft.set_envelope("dates_credibility", credibility);
        }
    }

    /// How credible the cell beside a field says that it is; empty where nothing is said.
    fn credibility(&mut self, rule: &Rule, row: &RowBeingRead<'_>) -> String {
        let confidence = rule.confidence.as_deref().map_or("", |c| self.cell(c, row)).to_owned();
        let credibility = Rule::credibility(&confidence);
        if credibility.is_none() && !confidence.is_empty() {
            let column = rule.confidence.as_ref().and_then(|c| self.columns.get(c).copied());
            let reason =
                "this is no confidence (high, medium, low) and no credibility (1 to 6); the cell was left out".to_owned();
            self.finding(row.at, column, &confidence, "value", reason);
        }
        credibility.unwrap_or_default()
    }

    /// Fills what of the envelope is no plain text. What cannot be read there was meant to keep something from somebody, or from
    /// being counted: until it can be read, the most careful is taken for it.
    fn marks(&mut self, rule: &RecordRule, row: &RowBeingRead<'_>, draft: &mut Draft) {
        let model = self.model;
        let marks = model.envelope.of(EnvelopePart::Status).map(|field| field.name.as_str());
        for name in marks.chain([STATEMENT]) {
            let Some(r) = rule.fields.get(name) else { continue };
            let text = self.text(r, row);
            let read = match name {
                _ if text.is_empty() => Ok(()),
                "marking" => text.parse().map(|m: Marking| draft.marking = draft.marking.max(m)),
                "status_of_statement" => status(&text).map(|s| draft.status = s),
                "withheld" => withheld(&text, draft, model).map(|w| draft.withheld = w),
                STATEMENT => {
                    draft.supersedes = vec![text.clone()];
                    Ok(())
                }
                _ => {
                    draft.set_envelope(name, text.as_str());
                    Ok(())
                }
            };
            if let Err(reason) = read {
                let column = r.column.as_ref().and_then(|c| self.columns.get(c).copied());
                let careful = most_careful(name, draft);
                self.finding(row.at, column, &text, "value", format!("{reason}; {careful}"));
            }
        }
    }

    fn finding(&mut self, row: u64, column: Option<usize>, value: &str, rule: &'static str, reason: String) {
        let column = column.map(|at| self.called(at));
        self.said.findings.push(Finding {
            sheet: self.sheet.clone(),
            row,
            column: column.unwrap_or_default(),
            value: value.chars().take(200).collect(),
            rule,
            reason,
        });
    }

    /// What the columns of fields are called, by the rule and the field.
    fn called_by_field(&self) -> HashMap<(String, String), String> {
        let fields =
            self.mapping.record.iter().flat_map(|rule| rule.fields.iter().map(move |(field, r)| (rule.name(), field, r)));
        let named = fields.filter_map(|(rule, field, r)| {
            let at = self.columns.get(r.column.as_ref()?)?;
            Some(((rule.to_owned(), field.clone()), self.called(*at)))
        });
        named.collect()
    }

    /// The fields that the sheet takes, by kind. A code and the words by which it is told are one.
    fn spoken(&self) -> HashMap<String, HashSet<String>> {
        let mut spoken: HashMap<String, HashSet<String>> = HashMap::new();
        let is_there = |r: &Rule| r.column.as_ref().is_none_or(|column| self.columns.contains_key(column));
        for rule in &self.mapping.record {
            let fields = spoken.entry(rule.kind.clone()).or_default();
            fields.extend(rule.fields.iter().filter(|(_, r)| is_there(r)).map(|(name, _)| name.clone()));
            for field in self.model.kind(&rule.kind).into_iter().flat_map(|kind| &kind.fields) {
                let Some(words) = &field.words else { continue };
                if fields.contains(words) || fields.contains(&field.name) {
                    fields.extend([words.clone(), field.name.clone()]);
                }
            }
        }
        spoken
    }

    /// A column by its letter and heading.
    fn called(&self, at: usize) -> String {
        let heading = self.columns.iter().find(|(_, c)| **c == at).map_or("", |(h, _)| h.as_str());
        let letter = letter(if self.kept.is_empty() { at } else { self.kept.get(at).copied().unwrap_or(at) });
        if heading.is_empty() { letter } else { format!("{letter} ({heading})") }
    }
}

/// The fields of a rule that refer to records of one kind: that kind, the field, and where its value comes from.
fn referring<'r>(kind: &'r Kind, rule: &'r RecordRule) -> impl Iterator<Item = (&'r str, &'r Field, &'r Rule)> {
    kind.fields.iter().filter_map(|f| match f.targets() {
        [of] => Some((of.as_str(), f, rule.fields.get(&f.name)?)),
        _ => None,
    })
}

/// True for a number without a digit but nought: “0”, “0.00”, “0 €”, “٠”.
fn is_nought(text: &str) -> bool {
    let digits: Vec<char> = plain(text).chars().filter(|c| c.is_numeric()).collect();
    !digits.is_empty() && digits.iter().all(|digit| *digit == '0')
}

/// What stands between signs: one, or several with a space between, each of which separates.
fn items<'t>(text: &'t str, sign: &str) -> Vec<&'t str> {
    let signs: Vec<&str> = sign.split(' ').filter(|s| !s.is_empty()).collect();
    if signs.len() < 2 || signs.iter().any(|s| s.contains(char::is_alphanumeric)) {
        return text.split(sign).collect();
    }
    signs.iter().fold(vec![text], |parts, sign| parts.into_iter().flat_map(|part| part.split(*sign)).collect())
}

/// True for what may be the name of one thing: several may stand in a cell of several lines.
fn is_a_name(text: &str) -> bool {
    !text.is_empty() && !text.contains('\n')
}

fn in_one_line(text: String) -> String {
    if text.contains(['\n', '\r']) { text.split_whitespace().collect::<Vec<_>>().join(" ") } else { text }
}

/// The field in which two drafts of one record say different things of the same time, of the same source.
pub(super) fn said_otherwise(before: &Draft, draft: &Draft) -> Option<String> {
    let is_of_one_source = ["source", "credibility"].iter().all(|of| before.envelope(of) == draft.envelope(of));
    // Large and small letters, and marks on them, tell nothing.
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), folded);
    let differs = |(name, value): (&String, &Value)| {
        let other = before.fields.get(name)?;
        (plain(value) != plain(other)).then(|| name.clone())
    };
    if is_of_one_source && before.says_when(draft) { draft.fields.iter().find_map(differs) } else { None }
}

/// What tells whether a draft says the same as another.
fn content(draft: &Draft) -> u128 {
    fingerprint(&json!([draft.kind, draft.record, draft.fields, draft.envelope, draft.marking.level()]).to_string())
}

/// Half a connection says nothing: each source says both ends, and the first one also what names no source of its own.
fn connected(kind: &Kind, mut groups: BTreeMap<(String, String), Group>) -> BTreeMap<(String, String), Group> {
    let ends: Vec<(String, Value)> = groups
        .values()
        .flat_map(|g| g.fields.clone())
        .filter(|(name, _)| kind.key.contains(name) || kind.field(name).is_some_and(|f| f.required))
        .collect();
    if groups.len() > 1
        && let Some(unsourced) = groups.remove(&(String::new(), String::new()))
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
fn of_references(kind: &Kind, groups: &BTreeMap<(String, String), Group>) -> Option<String> {
    let value = |name: &String| groups.values().find_map(|g| g.fields.get(name));
    let parts: Vec<String> =
        kind.key.iter().filter_map(value).map(|v| write_value(v).replace(char::is_whitespace, "-")).collect();
    if parts.is_empty() { None } else { Some(format!("{}/{}", kind.name, parts.join("/"))) }
}

/// Whether a mapping makes records about persons, or names them in one of its fields.
fn of_persons(model: &Model, mapping: &Mapping) -> bool {
    let is_personal = |kind: &str| model.kind(kind).is_some_and(|k| k.personal);
    let names_one = |rule: &RecordRule| {
        let kind = model.kind(&rule.kind);
        let mut targets = rule.fields.keys().filter_map(|name| kind?.field(name)).flat_map(Field::targets);
        targets.any(|of| is_personal(of))
    };
    mapping.record.iter().any(|rule| is_personal(&rule.kind) || names_one(rule))
}

/// What a draft is taken for where its marking, its withheld fields or its status cannot be read.
fn most_careful(name: &str, draft: &mut Draft) -> &'static str {
    if name == "status_of_statement" {
        draft.status = Status::Proposed;
        return "the row waits as a proposal";
    }
    draft.marking = Marking::StrictlyConfidential;
    "the row was marked strictly confidential"
}

fn status(text: &str) -> Result<Status, String> {
    let known = || format!("“{text}” is no status; write proposed, accepted or rejected");
    Status::from_code(&text.to_lowercase()).ok_or_else(known)
}

/// Reads `note=confidential; name=strictly_confidential`.
fn withheld(text: &str, draft: &Draft, model: &Model) -> Result<Vec<(String, Marking)>, String> {
    let items = text.split(';').map(str::trim).filter(|i| !i.is_empty());
    items
        .map(|item| {
            let (field, marking) = item.split_once('=').ok_or_else(|| format!("“{item}” is not as in note=confidential"))?;
            let field = field.trim();
            match model.kind(&draft.kind).and_then(|k| k.field(field)) {
                Some(_) => Ok((field.to_owned(), marking.trim().parse()?)),
                None => Err(format!("the {} has no field `{field}` to withhold", draft.kind)),
            }
        })
        .collect()
}

/// Year, month and day as one date, as precise as they say: an empty day is a month, an empty month a year.
fn date_of_parts(parts: &[&str]) -> String {
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
