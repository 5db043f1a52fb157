//! Tables as text, cell by cell, whatever file they come from, with what is known of where they stood. `opening` reads them from files.

use crate::SheetError;
use calamine::Dimensions;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::path::Path;

/// Rows among which the headings are looked for: titles, notes and help may stand above them.
pub(crate) const HEAD: usize = 40;

/// Rows that are looked at to tell what a table is.
pub(crate) const SAMPLE: usize = 2_000;

/// What stands in a cell: most texts are short, and need no memory of their own.
pub(crate) type CellText = smol_str::SmolStr;

/// One table of a file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Grid {
    /// Name of the sheet; empty for CSV.
    pub sheet: String,
    /// Rows with their line or row number, from 1. Empty rows are left out, and in a workbook empty cells at the end of a row.
    pub rows: Vec<(u64, Vec<CellText>)>,
    /// What could not be read: row, column, reason.
    pub unread: Vec<(u64, usize, String)>,
    /// Cells (row, column) of a workbook that hold a number with a fraction: their decimal sign is a point, whatever texts have.
    pub numbers: HashSet<(u64, usize)>,
    /// Cells (row, column) that have what stands above them, since they are shown as one with it.
    pub copied: HashSet<(u64, usize)>,
    /// How far in texts stand, where they do: row, column, and how far, by the spaces before them or by their format.
    pub indents: Vec<(u64, usize, u32)>,
    /// Cells that are shown as one.
    pub merged: Vec<Merged>,
    /// The encoding of CSV; empty for a workbook, which says it itself.
    pub encoding: String,
    /// True where nothing but the words that it makes tells this encoding.
    pub is_guessed: bool,
    /// True for a sheet that whoever opens the workbook does not see.
    pub hidden: bool,
    /// What the file is, where its name has another ending; else empty.
    pub told: String,
    /// What the workbook shows of its cells beside what they say: row, column where it is of one, and what.
    pub marks: Vec<(u64, Option<usize>, String)>,
    /// What the formats of cells show beside their numbers.
    pub shown: Vec<Shown>,
    /// Cells of a workbook that are links, and do not say the address letter by letter.
    pub links: Vec<CellLink>,
    /// What of a file of another program has no place in the register.
    pub unused: Vec<String>,
    /// Of a table that is too large to be kept whole: the columns that were kept, as they stand in the file. Empty where all were.
    pub kept: Vec<usize>,
    /// The columns that were not kept, each with where something stood in it.
    pub dropped: Vec<Dropped>,
    /// Whether the day comes first in dates of the other tables of the file, or the month, where these prove it and agree.
    #[serde(skip)]
    pub(crate) is_day_first_elsewhere: Option<bool>,
}

impl Grid {
    /// Where a column stands in the file.
    pub(crate) fn place(&self, column: usize) -> usize {
        if self.kept.is_empty() { column } else { self.kept.get(column).copied().unwrap_or(column) }
    }
}

/// A column of a table that is too large to be kept whole, of which nothing was asked for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Dropped {
    /// The column, from 0.
    pub column: usize,
    /// Its heading.
    pub heading: String,
    /// The first and last row below its heading in which something stands, and in how many something does.
    pub rows: (u64, u64),
    /// How many.
    pub cells: u64,
    /// What stands in the first of them.
    pub value: String,
}

impl Dropped {
    pub(crate) fn note(&mut self, row: u64, cell: &str) {
        if cell.is_empty() {
            return;
        }
        if self.cells == 0 {
            self.rows.0 = row;
            self.value = cell.chars().take(200).collect();
        }
        (self.rows.1, self.cells) = (row, self.cells + 1);
    }
}

/// Which columns of a table are wanted, and which are not, from its first rows.
#[derive(Debug, Default)]
pub(crate) struct Narrowed {
    pub(crate) kept: Vec<usize>,
    pub(crate) dropped: Vec<Dropped>,
    /// The last row of the headings.
    pub(crate) heading_row: u64,
}

/// What tells which columns of a table are wanted, where it is too large to be kept whole; none where all are.
pub(crate) type Narrow<'n> = &'n dyn Fn(&Grid) -> Option<Narrowed>;

/// Cells of a sheet that are shown as one: the first and last row (as rows are numbered) and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// Rows, from 1.
    pub rows: (u64, u64),
    /// Columns, from 0.
    pub columns: (usize, usize),
}

/// Cells of a column, one below the other, whose format shows the same beside their numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The column, from 0.
    pub column: usize,
    /// The first and last row.
    pub rows: (u64, u64),
    /// What is shown: a currency, a word for thousands, a sign for shares of a hundred.
    pub text: String,
}

/// A cell that is a link to somewhere else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellLink {
    /// The row, from 1.
    pub row: u64,
    /// The column, from 0.
    pub column: usize,
    /// Where it leads.
    pub address: CellText,
    /// True where the cell says that in another form.
    pub is_shown: bool,
}

impl From<Dimensions> for Merged {
    fn from(d: Dimensions) -> Merged {
        Merged { rows: (u64::from(d.start.0) + 1, u64::from(d.end.0) + 1), columns: (d.start.1 as usize, d.end.1 as usize) }
    }
}

/// Texts of a sheet that stand further in and are noted as that.
pub(crate) const MOST_INDENTS: usize = 100_000;

/// How far in a text stands by the spaces before it; one alone is a slip, and a number is set to the right.
pub(crate) fn indent(text: &str) -> u32 {
    let name = text.trim_start();
    let spaces = text[..text.len() - name.len()].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
    if spaces > 1 && name.chars().next().is_some_and(|c| c.is_alphabetic() || c.is_alphanumeric() && name.contains(' ')) {
        spaces
    } else {
        0
    }
}

/// Why nothing of a table is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unread {
    /// It is damaged, or no table.
    Broken(String),
    /// It is called as JSON is, and is none.
    NoJson(String),
    /// It is larger than what is read.
    TooLarge(String),
}

impl Unread {
    pub(crate) fn of(self, path: &Path) -> SheetError {
        match self {
            Unread::Broken(why) => SheetError::Open(path.to_path_buf(), std::io::Error::other(why)),
            Unread::NoJson(why) => SheetError::NoJson(path.to_path_buf(), why),
            Unread::TooLarge(why) => SheetError::TooLarge(path.to_path_buf(), why),
        }
    }
}

/// What is left of what one file may hold, which is taken before any memory is.
pub(crate) struct Room {
    pub(crate) cells: usize,
    /// How many cells there may be at all.
    pub(crate) most: usize,
    text: usize,
}

/// Cells and bytes of text that the tables of one file may hold.
pub(crate) const ALL: Room = Room { cells: 5_000_000, most: 5_000_000, text: 128 << 20 };

/// The same of a text with signs between the cells, which is read without anything beside it: half a million rows of fourteen columns.
pub(crate) const OF_TEXT: Room = Room { cells: 7_000_000, most: 7_000_000, ..ALL };

/// Columns that a sheet of any office can have, and rows.
pub(crate) const COLUMNS: u32 = 16_384;
pub(crate) const ROWS: u32 = 1 << 20;

impl Room {
    pub(crate) fn take(&mut self, cells: usize, text: usize) -> Result<(), Unread> {
        match (self.cells.checked_sub(cells), self.text.checked_sub(text)) {
            (Some(cells), Some(text)) => {
                *self = Room { cells, text, ..*self };
                Ok(())
            }
            (None, _) => Err(Unread::TooLarge(format!("it has more than {} cells", self.most))),
            (_, None) => Err(Unread::TooLarge(format!("it has more than {} MB of text", ALL.text >> 20))),
        }
    }
}

/// Name of a column as spreadsheets show it: A, B, … Z, AA.
pub fn letter(mut column: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, (b'A' + (column % 26) as u8) as char);
        if column < 26 {
            return name;
        }
        column = column / 26 - 1;
    }
}

/// The table and row that have most of these headings, and how many.
pub fn heading_row<'g>(grids: &'g [Grid], wanted: &[&str]) -> Option<(&'g Grid, usize, usize)> {
    let rows = grids.iter().flat_map(|g| g.rows.iter().take(HEAD).enumerate().map(move |(n, row)| (g, n, row)));
    let found = rows.map(|(g, n, (_, cells))| (g, n, wanted.iter().filter(|w| cells.iter().any(|c| c == *w)).count()));
    found.filter(|(_, _, n)| *n > 0).reduce(|best, next| if next.2 > best.2 { next } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_do() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letter), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
