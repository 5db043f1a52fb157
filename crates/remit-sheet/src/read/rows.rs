//! Rows into drafts: each row gives a record for each `[[record]]` of the mapping, and each record a statement for each
//! source that its fields name.

mod amounts;
mod drafts;
mod envelope;
mod learnt;
mod references;
mod told;
mod values;

use super::columns::{Unfolded, UnusedColumns, added, by_heading, of_money, refuse_unknown, typed_columns};
use super::mapping::{Mapping, RecordRule, Rule, is_skipped};
use super::names::{AskedNames, Names};
use super::namesakes::Namesakes;
use super::outcome::{Finding, NATIVE, SameFindings, SeveralNames};
use super::sections::{across, numbered};
use super::shape::{Passed, passed, text_of};
use super::spool::Spool;
use super::underway::Underway;
use crate::SheetError;
use crate::grid::{CellText, Grid, letter};
use crate::values::{Proved, SourceGrade, Unit, ValueWords, items};
use drafts::of_references;
use envelope::date_of_parts;
use remit_model::{Field, FieldType, Kind, Marking, Model};
use remit_store::{Chain, Draft, EXAMPLE, Workspace, marking_said};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Names of new records that are compared with those on file.
const MOST_OWN: usize = 200;

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
    pub(crate) unmatched: AskedNames,
    /// Own names of records that are not on file.
    pub(crate) own: AskedNames,
    /// Columns in which cells hold several names, each with one of these.
    pub(crate) several: BTreeMap<SeveralNames, String>,
}

/// A mapping put over the headings of a table.
pub(crate) struct SheetReading<'m> {
    pub(crate) model: &'m Model,
    pub(crate) mapping: &'m Mapping,
    /// What origins begin with.
    pub(crate) name: &'m str,
    pub(crate) marking: Marking,
    pub(crate) known: KnownToRows,
    /// Who is told how far it is.
    pub(crate) underway: Option<&'m Underway>,
    pub(crate) columns: HashMap<String, usize>,
    pub(crate) sheet: String,
    pub(crate) said: SheetContent,
    words: &'m ValueWords,
    proved: Proved,
    /// Numbers of a workbook: their decimal sign is a point.
    numbers: HashSet<(u64, usize)>,
    each: Option<Unfolded>,
    /// The columns made of several whose amounts are added up, each with those that it is made of.
    added: HashMap<usize, Vec<usize>>,
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
    /// Cells that are links, by row and column: where each leads, and whether that is known without it.
    links: BTreeMap<(u64, usize), (CellText, bool)>,
    /// Words and signs for “not known” that were taken for empty cells, by column, with their first row and how often.
    nothing: BTreeMap<(usize, String), (u64, u64)>,
    /// How many such cells there were.
    noted: u64,
    /// What is told of cells and rows, as far as it is the same.
    same: SameFindings,
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
    /// The country that the workspace is about; empty where it is about several, or none.
    home: String,
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

    /// The same of a workspace, with what makes identifiers of names that not everybody may read. Who may only read a workspace has no key of it, and can
    /// but try what a sheet would do.
    pub(crate) fn of(mut self, workspace: &Workspace) -> KnownToRows {
        if let [only] = &workspace.countries().unwrap_or_default()[..] {
            self.home.clone_from(only);
        }
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

/// The source that values name as their own, and its grade.
#[derive(Default, PartialEq, Eq, PartialOrd, Ord)]
struct OwnSource {
    source: String,
    grade: SourceGrade,
}

/// The values that come from one source.
#[derive(Default)]
struct SourceGroup {
    first_field: String,
    /// Where the cell that names it is a link to.
    url: Option<String>,
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
        let (heading_row, headings) = grid.rows.get(header).map_or((1, &[][..]), |(row, cells)| (*row, cells.as_slice()));
        let columns = by_heading(headings);
        refuse_unknown(mapping, name, heading_row, headings, &columns)?;
        let UnusedColumns { columns: unused, left } = UnusedColumns::of(grid, header, mapping);
        let added = added(model, mapping, &columns);
        let each = mapping.each.as_ref().filter(|_| added.is_empty()).and_then(|e| Unfolded::of(e, &columns));
        let (dates, numbers) = typed_columns(model, mapping, &columns);
        let money = of_money(model, mapping, &columns);
        let of_heading = |at: usize, is_money| words.numbers.unit_of(&headings[at], is_money).unwrap_or_default();
        let scales = numbers.iter().filter(|at| !money.contains(at));
        let scales = scales.map(|at| (*at, Unit { noughts: of_heading(*at, false).noughts, ..Unit::default() })).collect();
        let units = money.into_iter().map(|at| (at, of_heading(at, true))).collect();
        let proved = Proved::by(grid, header + 1, &dates, &numbers, words);
        let of_persons = of_persons(model, mapping);
        Ok(SheetReading {
            model,
            mapping,
            name,
            marking,
            known: KnownToRows::default(),
            underway: None,
            columns,
            sheet: grid.sheet.clone(),
            said: SheetContent { sheet: grid.sheet.clone(), unused, left, of_persons, ..SheetContent::default() },
            words,
            proved,
            numbers: grid.numbers.clone(),
            copied: grid.copied.clone(),
            kept: grid.kept.clone(),
            across: &across(grid, headings.iter().filter(|h| !h.is_empty()).count()) | &numbered(grid, header),
            marks: mapping.marks(),
            referred: mapping.referred(),
            units,
            scales,
            shown: units_shown(grid, words),
            links: links(grid),
            nothing: BTreeMap::new(),
            noted: 0,
            same: SameFindings::default(),
            beside: BTreeMap::new(),
            once: HashSet::new(),
            lost: Vec::new(),
            meant: HashMap::new(),
            above: HashMap::new(),
            each,
            added,
            before: 0,
            part: 0,
        })
    }

    /// True where what is read is a data set, and no part of the register.
    fn is_data(&self) -> bool {
        self.mapping.dataset.is_some()
    }

    /// Whether anything of the sheet, or that it names, may be for some readers only. Of many sheets nothing is.
    fn may_hide(&self) -> bool {
        let is_said = |rule: &RecordRule| ["marking", "withheld"].iter().any(|name| rule.fields.contains_key(*name));
        let is_for_some = |kind: &Kind| kind.marking > Marking::Public;
        let names_some = |rule: &RecordRule| {
            let kind = self.model.kind(&rule.kind);
            let mut named = kind.into_iter().flat_map(|kind| referring(kind, rule)).filter_map(|(of, ..)| self.model.kind(of));
            kind.is_some_and(is_for_some) || named.any(is_for_some)
        };
        let is_asked = self.marking > Marking::Public || self.mapping.marking.is_some();
        is_asked || self.mapping.record.iter().any(|rule| is_said(rule) || names_some(rule))
    }

    /// Learns which names rows say to everybody, and which only to some, before any identifier is made of them.
    fn learn_markings(&mut self, grid: &Grid, header: usize) {
        if self.is_data() {
            return;
        }
        self.each_record(grid, header, |reading, rule, row| {
            let Some(kind) = reading.model.kind(&rule.kind) else { return };
            if reading.given(rule, row).is_none()
                && let Some(name) = reading.own_name(rule, row)
            {
                let is_open = reading.marking_of_row(rule, kind, row) == Marking::Public;
                reading.known.names.entry(kind.name.clone()).or_default().said_openly(&name, true, is_open);
            }
            for (of, field, r) in referring(kind, rule) {
                let Some(named) = reading.model.kind(of) else { continue };
                let is_open = reading.marking_of_added(named, row) == Marking::Public;
                for text in reading.named(field, r, row).into_iter().filter(|text| r.adds(text) && is_a_name(text)) {
                    reading.known.names.entry(of.to_owned()).or_default().said_openly(&text, false, is_open);
                }
            }
        });
    }

    /// How what a row says of a record is marked. What cannot be read there was meant to keep something from somebody.
    fn marking_of_row(&self, rule: &RecordRule, kind: &Kind, row: &RowBeingRead<'_>) -> Marking {
        let text = rule.fields.get("marking").map(|r| self.text(r, row)).filter(|text| !text.is_empty());
        let own = text.map_or(Marking::Public, |text| self.marking_of_cell(&text));
        self.mapping.marking(kind, self.marking).max(own)
    }

    /// How a record is marked of which a row says no more than the name: a name is as confidential as the row that says it; where something
    /// of the row is withheld, that may be the name.
    fn marking_of_added(&self, kind: &Kind, row: &RowBeingRead<'_>) -> Marking {
        let marking = self.of_row("marking", row).map_or(Marking::Public, |text| self.marking_of_cell(&text));
        let withheld = self.of_row("withheld", row).map_or(Marking::Public, |_| Marking::StrictlyConfidential);
        self.mapping.marking(kind, self.marking).max(marking).max(withheld)
    }

    /// What a cell marks: the most careful where it cannot be read.
    fn marking_of_cell(&self, text: &str) -> Marking {
        marking_said(self.model, text).unwrap_or(Marking::StrictlyConfidential)
    }

    /// The text of a row in a field, in whichever of its records the field is.
    fn of_row(&self, name: &str, row: &RowBeingRead<'_>) -> Option<String> {
        let rule = self.mapping.record.iter().find_map(|r| r.fields.get(name));
        rule.map(|r| self.text(r, row)).filter(|text| !text.is_empty())
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

    /// Notes a cell that could not be read.
    pub(super) fn unread(&mut self, row: u64, column: usize, reason: String) {
        self.finding(row, Some(column), "", "cell", reason);
    }

    /// What is only counted of what was told.
    pub(super) fn counted(&mut self) -> Vec<Finding> {
        self.same.rest().collect()
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
            // What nobody wants any more is not read to its end.
            if self.underway.is_some_and(|underway| !underway.is_wanted()) {
                break;
            }
            self.read_row(*at, cells);
            self.underway.into_iter().for_each(Underway::row);
        }
        self.tell_of_nothing();
        self.tell_of_links(grid, header);
        self.said.findings.extend(self.same.rest());
        (self.said.drafts.sheet, self.said.drafts.called) = (self.sheet.clone(), self.called_by_field());
        self.said.drafts.spoken = self.spoken();
        (self.said, self.known)
    }

    /// Reads what one row says.
    pub(super) fn read_row(&mut self, at: u64, cells: &[CellText]) {
        if self.is_skipped(cells) {
            self.tell_example(at, cells);
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

    /// Tells of the row that a blank template has as an example, where somebody has written a record into it.
    fn tell_example(&mut self, at: u64, cells: &[CellText]) {
        let cell = |name: &str| self.columns.get(name).and_then(|at| cells.get(*at)).map_or("", CellText::as_str);
        let kind = self.mapping.record.first().and_then(|r| self.model.kind(&r.kind));
        let title = kind.and_then(|kind| kind.field(kind.title.as_deref()?));
        let is_own = title.is_some_and(|title| !["", title.example.as_str()].contains(&cell(&title.name)));
        if self.name == NATIVE && is_own && cell("record") == EXAMPLE {
            let reason = "this row is marked as the example; empty this cell to record what stands in the others";
            self.finding(at, self.columns.get("record").copied(), EXAMPLE, "ask", reason.into());
        }
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

    /// The same; where the cell says that there is nothing, that is noted.
    fn text_or_noted(&mut self, rule: &Rule, column: Option<usize>, row: &RowBeingRead<'_>) -> String {
        let text = self.seen(rule, column, row);
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

    /// Notes the name of a record that is not on file: it may be one that is, by another name.
    fn note_own(&mut self, rule: &RecordRule, row: &RowBeingRead<'_>, record: &str) {
        let is_full = self.said.own.len() >= MOST_OWN || self.is_data() || self.written_by_us().is_some();
        if is_full || self.given(rule, row).is_some() {
            return;
        }
        let Some(name) = self.own_name(rule, row) else { return };
        let names = self.known.names.get(&rule.kind);
        if names.is_some_and(|names| !names.is_on_file(record, &name)) {
            let country = if row.country.is_empty() { &self.known.home } else { &row.country };
            self.said.own.entry((rule.kind.clone(), name)).or_default().note(row.at, country);
        }
    }

    /// Takes a row that has the acronym of a record where its name is asked for as one about it, and not as one that gives it another name.
    fn leave_acronym(
        &mut self,
        rule: &RecordRule,
        kind: &Kind,
        row: &RowBeingRead<'_>,
        record: &str,
        groups: &mut BTreeMap<OwnSource, SourceGroup>,
    ) {
        let is_ours = self.written_by_us().is_some() || self.given(rule, row).is_some();
        let (Some(title), Some(name), false) = (&kind.title, self.own_name(rule, row), is_ours) else { return };
        let Some(names) = self.known.names.get(&kind.name).filter(|names| names.is_beside(record, &name)) else { return };
        let called = names.on_file_as(record).unwrap_or(record).to_owned();
        groups.values_mut().for_each(|group| drop(group.fields.remove(title)));
        let column = rule.fields.get(title).and_then(|r| self.columns.get(r.column.as_ref()?).copied());
        let reason = format!("“{called}” is on file with this as its acronym; the row was taken for one about it");
        self.finding(row.at, column, &name, "likely", reason);
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
        titled.iter().for_each(|id| self.note_own(rule, row, id));
        titled.iter().for_each(|id| self.leave_acronym(rule, kind, row, id, &mut groups));
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
        self.compare_parts(rule, kind, row, &groups);
        self.tell_of_marked(rule, kind, row, &base, &groups);
        let drafts = self.drafts(rule, kind, row, &base, groups);
        if let Some(record) = self.say_all(rule, row, is_named, drafts) {
            row.records.insert(rule.name(), record);
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

    fn finding(&mut self, row: u64, column: Option<usize>, value: &str, rule: &'static str, reason: String) {
        let column = column.map(|at| self.called(at)).unwrap_or_default();
        let value = value.chars().take(200).collect();
        match self.same.listed(Finding { sheet: self.sheet.clone(), row, column, value, rule, reason }) {
            Some(finding) => self.said.findings.push(finding),
            None => self.noted += 1,
        }
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

    /// The fields that the sheet takes, by kind. A code and the words by which it is told are one; a cell that may name several says of the
    /// others too that there are none. That of a code may, whether or not a mapping says what separates them.
    fn spoken(&self) -> HashMap<String, HashSet<String>> {
        let mut spoken: HashMap<String, HashSet<String>> = HashMap::new();
        let is_there = |r: &Rule| r.column.as_ref().is_none_or(|column| self.columns.contains_key(column));
        for rule in &self.mapping.record {
            let fields = spoken.entry(rule.kind.clone()).or_default();
            fields.extend(rule.fields.iter().filter(|(_, r)| is_there(r)).map(|(name, _)| name.clone()));
            for field in self.model.kind(&rule.kind).into_iter().flat_map(|kind| &kind.fields) {
                let own = rule.fields.get(&field.name).filter(|r| is_there(r));
                let may_be_several = own.is_some_and(|r| r.split.is_some() || matches!(field.kind, FieldType::Code(_)));
                fields.extend(field.more.clone().filter(|_| may_be_several));
                let Some(words) = field.words.as_ref().filter(|_| matches!(field.kind, FieldType::Code(_))) else { continue };
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

/// True for what may be the name of one thing: several may stand in a cell of several lines.
fn is_a_name(text: &str) -> bool {
    !text.is_empty() && !text.contains('\n')
}

fn in_one_line(text: String) -> String {
    if text.contains(['\n', '\r']) { text.split_whitespace().collect::<Vec<_>>().join(" ") } else { text }
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

/// The unit in which cells are shown, by column and from which row on, with the row up to which.
fn units_shown(grid: &Grid, words: &ValueWords) -> BTreeMap<(usize, u64), (u64, Unit)> {
    grid.shown.iter().filter_map(|s| Some(((s.column, s.rows.0), (s.rows.1, words.numbers.unit_shown(&s.text)?)))).collect()
}

/// The links of a sheet by their cells, each with whether its text shows it.
fn links(grid: &Grid) -> BTreeMap<(u64, usize), (CellText, bool)> {
    grid.links.iter().map(|link| ((link.row, link.column), (link.address.clone(), link.is_shown))).collect()
}
