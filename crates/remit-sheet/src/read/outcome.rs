//! What is asked where a sheet is brought in, and what comes of it: what was recorded, and what could not be used as it stands.

use super::Underway;
use super::fingerprint::fingerprint;
use super::names::NameAsked;
use super::shape::{Passed, Shaped};
use crate::grid::{CellText, Grid, letter};
use crate::marked::as_it_stands;
use remit_model::Marking;
use remit_store::Problem;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

/// What sheets that Remit wrote have in the place of a mapping's name.
pub(super) const NATIVE: &str = "sheet";

/// Something in a sheet that could not be used as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// Sheet of a workbook; empty for CSV.
    pub sheet: String,
    /// Row, from 1.
    pub row: u64,
    /// Column by letter and heading.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// Short name of the rule, for counting.
    pub rule: &'static str,
    /// What is wrong and what was done.
    pub reason: String,
}

impl Finding {
    /// True for what is told of a cell or row itself: a name that nobody has is counted, and decided, among the names.
    #[must_use]
    pub fn is_of_a_cell(&self) -> bool {
        !["unmatched", "ambiguous"].contains(&self.rule)
    }

    /// What a table tells beside the values of its cells, where a mapping says in which row its headings are.
    pub(super) fn of_table(table: &Shaped, said: Option<u64>) -> Vec<Finding> {
        let moved = table.moved.as_ref().map(|row| Finding::of_headings(row, said));
        moved.into_iter().chain(Finding::of_marks(&table.grid, table.header)).collect()
    }

    /// Tells that the headings were not in the row that a mapping says.
    pub(super) fn of_headings(found: &Passed, said: Option<u64>) -> Finding {
        let reason = format!(
            "the headings were read from this row: row {}, where the mapping says that they are (`header`), does not have its columns",
            said.unwrap_or(1)
        );
        let (sheet, value) = (found.sheet.clone(), found.text.clone());
        Finding { sheet, row: found.row, value, rule: "likely", reason, ..Finding::default() }
    }

    /// What a workbook shows of the cells below the headings beside what they say.
    pub(super) fn of_marks(grid: &Grid, header: usize) -> Vec<Finding> {
        let first = grid.rows.get(header).map_or(0, |(row, _)| *row);
        let below = grid.marks.iter().filter(|(row, ..)| *row > first);
        let finding = |(row, column, shown): &(u64, Option<usize>, String)| {
            let at = grid.rows.binary_search_by_key(row, |(at, _)| *at);
            let cells = at.map(|at| grid.rows[at].1.as_slice()).unwrap_or_default();
            let value = column.map_or_else(|| cells.join(" · "), |c| cells.get(c).map(CellText::to_string).unwrap_or_default());
            Finding {
                sheet: grid.sheet.clone(),
                row: *row,
                column: column.map(letter).unwrap_or_default(),
                value: value.chars().take(200).collect(),
                rule: "marked",
                reason: shown.clone(),
            }
        };
        let is_hidden = grid.hidden.then(|| Finding {
            sheet: grid.sheet.clone(),
            row: first,
            rule: "marked",
            reason: as_it_stands("the sheet is hidden"),
            ..Finding::default()
        });
        is_hidden.into_iter().chain(below.map(finding)).collect()
    }

    /// The same as a problem of a file, of a record where it is known.
    pub fn problem(self, record: String) -> Problem {
        let element =
            if self.sheet.is_empty() { self.column } else { format!("{} {}", self.sheet, self.column).trim().to_owned() };
        Problem { line: self.row, element, record, value: self.value, rule: self.rule, reason: self.reason }
    }
}

/// Findings that say the same of a column and its value: a row may be repeated a million times by one number in a small workbook.
#[derive(Debug, Default)]
pub(super) struct SameFindings {
    listed: HashMap<u128, u64>,
    /// Those that are only counted: the first of each, how many there are, and the last row.
    counted: BTreeMap<u128, (Finding, u64, u64)>,
}

impl SameFindings {
    /// Findings that are listed one by one.
    const MOST: u64 = 1_000;

    /// The finding, where it is listed; none where it is only counted. Names are counted elsewhere.
    pub(super) fn listed(&mut self, finding: Finding) -> Option<Finding> {
        if !finding.is_of_a_cell() {
            return Some(finding);
        }
        let Finding { sheet, column, value, rule, reason, .. } = &finding;
        let same = fingerprint(&format!("{sheet}\0{column}\0{value}\0{rule}\0{reason}"));
        let listed = self.listed.entry(same).or_default();
        if *listed < Self::MOST {
            *listed += 1;
            return Some(finding);
        }
        let row = finding.row;
        let (_, count, last) = self.counted.entry(same).or_insert((finding, 0, row));
        (*count, *last) = (*count + 1, row);
        None
    }

    /// One finding for all that are only counted of each.
    pub(super) fn rest(&mut self) -> impl Iterator<Item = Finding> + use<> {
        std::mem::take(&mut self.counted).into_values().map(|(mut finding, count, last)| {
            // One alone stands in its own row.
            if count > 1 {
                finding.reason.push_str(&format!("; so it is in {count} more rows up to row {last}"));
            }
            finding
        })
    }
}

/// What to bring in.
#[derive(Debug, Clone)]
pub struct SheetJob {
    /// The table.
    pub file: PathBuf,
    /// What it is called, where that is not the file's name.
    pub name: String,
    /// Its mapping; none for a sheet that Remit wrote.
    pub mapping: Option<PathBuf>,
    /// The lowest marking of the statements that the sheet makes.
    pub marking: Marking,
    /// Who brings it in.
    pub author: String,
    /// What whoever brings it in may see: names of other records are not matched, nor their values shown.
    pub clearance: Marking,
    /// Withdraw what the sheet said before and says no longer.
    pub replace: bool,
    /// Add a record for each name that none has, where a mapping does not say otherwise.
    pub add_names: bool,
    /// How far it is, for who waits for it.
    pub underway: Arc<Underway>,
}

/// What was done, or would be.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Outcome {
    /// The table's name.
    pub file: String,
    /// The entry, which can be undone; empty where nothing was recorded.
    pub entry: String,
    /// The highest marking of anything in it, and so that of what could not be used of it.
    pub marking: String,
    /// Rows read.
    pub rows: u64,
    /// Statements that are new.
    pub added: u64,
    /// The records that they are about.
    #[serde(skip)]
    pub records: u64,
    /// Statements that say something else than the sheet did before.
    pub changed: u64,
    /// Statements that the register has already.
    pub unchanged: u64,
    /// Said once more in the same sheet.
    pub repeated: u64,
    /// Rows that the mapping leaves out.
    pub skipped: u64,
    /// Rows of the sheet that are none of its table: above the headings, sums, notes below it, and what the mapping leaves out.
    pub passed: Vec<Passed>,
    /// Cells that took the value above them: merged ones, and ditto marks.
    pub filled: u64,
    /// Statements that the sheet made before and does not make any more.
    pub gone: u64,
    /// What differs from a correction, or from what another source says that is as good: each is a conflict to look at.
    pub conflicts: u64,
    /// What would be added or changed, for people to read: at most 50 of each, sheet by sheet.
    pub examples: Vec<DraftExample>,
    /// Names that no record has: kind, name, how often, and the one that is most like it.
    pub unmatched: Vec<Unmatched>,
    /// Names of records that the sheet would add, each with the one on file that it may be another name of.
    pub perhaps: Vec<Unmatched>,
    /// Columns in which cells hold several names, each with one of these cells; where each may have a row, or the field takes several.
    #[serde(skip)]
    pub several: BTreeMap<SeveralNames, String>,
    /// Columns and sheets that the mapping does not use.
    pub unused: Vec<String>,
    /// The same with what stands there; it is kept with the problems of the file.
    pub left: Vec<Finding>,
    /// Cells and rows that could not be used.
    pub findings: Vec<Finding>,
    /// How many of them, names that nobody has apart, are kept above the clearance of whoever brought it in, who does not find them among the problems.
    #[serde(skip)]
    pub above: u64,
}

/// A column in which cells hold several names, and of which nothing says what stands between them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SeveralNames {
    /// The kind of the record.
    pub kind: String,
    /// The field that the names are of.
    pub field: String,
    /// The heading of the column.
    pub column: String,
    /// What stands between them.
    pub sign: String,
    /// True where the field takes several; else a row is made for each.
    pub takes_several: bool,
}

/// One statement of a dry run.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct DraftExample {
    /// The sheet; empty for CSV.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sheet: String,
    /// The row of the sheet that names it; 0 where no row does any longer.
    pub row: u64,
    /// `added`, `changed` or `gone`.
    pub what: &'static str,
    /// Kind.
    pub kind: String,
    /// Record.
    pub record: String,
    /// What it says.
    pub says: String,
    /// What was said before.
    pub before: String,
    /// The same two by their fields.
    #[serde(skip)]
    pub fields: [Map<String, Value>; 2],
}

/// A name that no record has.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Unmatched {
    /// Kind that was looked for.
    pub kind: String,
    /// The name.
    pub name: String,
    /// How often it stands in the sheet.
    pub times: u64,
    /// The name in the register that is most like it.
    pub like: Option<String>,
    /// Identifiers of the records that are all called so.
    pub several: Vec<String>,
    /// The country of who is meant; empty where it may be any.
    #[serde(skip)]
    pub(crate) country: String,
}

impl Unmatched {
    pub(super) fn of(((kind, name), asked): ((String, String), NameAsked)) -> Unmatched {
        Unmatched { kind, name, times: asked.times, like: None, several: Vec::new(), country: asked.country }
    }
}
