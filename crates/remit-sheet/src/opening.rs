//! The tables of a file: workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods), CSV, what other programs write as JSON, pages and PDF, told by their
//! bytes, whatever they are called.

use crate::SheetError;
use crate::content::TableContent;
use crate::delimited::csv_grid;
use crate::encoding::Letters;
use crate::grid::{CellText, Grid, Narrow, SAMPLE, Unread};
use crate::interchange::{self, ReadWith};
use crate::values::{DateOrder, proves};
use crate::workbook::workbook;
use remit_model::{Languages, Model};
use std::collections::HashSet;
use std::io::Read as _;
use std::path::Path;

/// Endings of tables that are texts with signs between the cells, and of workbooks.
const TEXTS: [&str; 2] = ["csv", "tsv"];
const WORKBOOKS: [&str; 5] = ["xlsx", "xlsm", "xlsb", "xls", "ods"];

/// Endings of the files that are tables: texts and workbooks, and what other programs write as JSON.
pub fn table_endings() -> impl Iterator<Item = &'static str> {
    TEXTS.into_iter().chain(WORKBOOKS).chain(interchange::endings())
}

/// The ending of a file's name, in small letters.
pub fn extension(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// True where a file's name says that it is a table.
pub fn is_table(path: &Path) -> bool {
    table_endings().any(|ending| ending == extension(path))
}

/// True where a file's name says that it is a workbook.
pub fn is_workbook(path: &Path) -> bool {
    WORKBOOKS.contains(&extension(path).as_str())
}

/// True where a file's name says that another program wrote it as JSON.
pub fn is_interchange(path: &Path) -> bool {
    let own = extension(path);
    interchange::endings().any(|ending| ending == own)
}

/// Why a file that another program wrote as JSON, by its name, is none; nothing where it is some, be it of no form that is read.
pub fn why_no_json(path: &Path, model: &Model) -> Option<String> {
    if !is_interchange(path) {
        return None;
    }
    match sample(path, "", model) {
        Err(SheetError::NoJson(_, why)) => Some(format!("it is no JSON: {why}")),
        _ => None,
    }
}

/// Bytes that the file of a table may have, and a text with signs between the cells, of which no more than a part is in memory.
pub const MOST_BYTES: u64 = 256 << 20;
const MOST_OF_TEXT: u64 = 1 << 30;

/// What [`remit_files::apart`] calls reading the sheets of a workbook.
pub const SHEETS: &str = "sheets";

/// And reading the first rows of each.
pub const HEADS: &str = "heads";

/// And what another program wrote as JSON.
pub const INTERCHANGE: &str = "interchange";

/// Reads all tables of a file. `name` is what it is called, or empty for the name that it has on the disk; `encoding` is what
/// somebody said of CSV, or empty: then it is told by the words that it makes.
///
/// # Errors
/// When it cannot be opened, is no table, or is larger than what is read.
pub fn grids(path: &Path, name: &str, encoding: &str, model: &Model) -> Result<Vec<Grid>, SheetError> {
    rows(path, name, usize::MAX, encoding, model, None)
}

/// The same; of a text that is too large only the columns that are wanted.
pub(crate) fn wanted(
    path: &Path,
    name: &str,
    encoding: &str,
    model: &Model,
    narrow: Narrow<'_>,
) -> Result<Vec<Grid>, SheetError> {
    rows(path, name, usize::MAX, encoding, model, Some(narrow))
}

/// Reads what tells what the tables of a file are: their first rows.
pub(crate) fn sample(path: &Path, encoding: &str, model: &Model) -> Result<Vec<Grid>, SheetError> {
    rows(path, "", SAMPLE, encoding, model, None)
}

fn rows(
    path: &Path,
    name: &str,
    most: usize,
    encoding: &str,
    model: &Model,
    narrow: Option<Narrow<'_>>,
) -> Result<Vec<Grid>, SheetError> {
    let on_disk = || path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let name = if name.is_empty() { on_disk() } else { name.to_owned() };
    let with = ReadWith::new(model, &name);
    let grids = if is_interchange(path) {
        let bytes = remit_files::read(path, MOST_BYTES).map_err(|e| SheetError::Open(path.to_path_buf(), e))?;
        let mut grids = apart(INTERCHANGE, &with.handed_on(), &bytes, || interchange::grids(&bytes, &with), path)?;
        grids.iter_mut().for_each(|g| g.rows.truncate(most));
        grids
    } else {
        own_rows(path, most, encoding, &model.languages, narrow)?
    };
    let mut grids = interchange::rewritten(&grids, &with).map_err(|unread| unread.of(path))?.unwrap_or(grids);
    tell_orders(&mut grids);
    Ok(grids)
}

/// Tells each table whether day or month comes first in the dates of the others: who writes a file writes its dates in one way.
fn tell_orders(grids: &mut [Grid]) {
    if grids.len() < 2 {
        return;
    }
    let proved: Vec<HashSet<DateOrder>> = grids.iter().map(orders).collect();
    for (at, grid) in grids.iter_mut().enumerate() {
        let others: HashSet<DateOrder> =
            proved.iter().enumerate().filter(|(of, _)| *of != at).flat_map(|(_, orders)| orders).copied().collect();
        grid.is_day_first_elsewhere = others.iter().map(|order| *order == DateOrder::Day).next().filter(|_| others.len() == 1);
    }
}

/// What the cells of a table prove of the order of day and month.
fn orders(grid: &Grid) -> HashSet<DateOrder> {
    // Most cells are seen at once to be none: a date begins with a figure and is short.
    let may_be = |cell: &&CellText| cell.len() <= MOST_OF_A_DATE && cell.chars().next().is_some_and(char::is_numeric);
    grid.rows.iter().flat_map(|(_, cells)| cells).filter(may_be).filter_map(|cell| proves(cell)).collect()
}

/// Bytes of a date in figures, with a time of day, in whichever figures.
const MOST_OF_A_DATE: usize = 40;

/// Reads the tables of a file in a process of its own; `here` does the same.
fn apart(
    what: &str,
    name: &str,
    bytes: &[u8],
    here: impl FnOnce() -> Result<Vec<Grid>, Unread>,
    path: &Path,
) -> Result<Vec<Grid>, SheetError> {
    let read = remit_files::apart(what, name, bytes, here).map_err(|e| match e {
        remit_files::Stopped::Limit(_) => Unread::TooLarge(e.to_string()).of(path),
        other => Unread::Broken(other.to_string()).of(path),
    })?;
    read.map_err(|unread| unread.of(path))
}

fn own_rows(
    path: &Path,
    most: usize,
    encoding: &str,
    languages: &Languages,
    narrow: Option<Narrow<'_>>,
) -> Result<Vec<Grid>, SheetError> {
    let wrong = |e| SheetError::Open(path.to_path_buf(), e);
    let mut bytes = Vec::new();
    remit_files::open(path).and_then(|f| f.take(BEGINNING).read_to_end(&mut bytes)).map_err(wrong)?;
    let is_cut = bytes.len() as u64 == BEGINNING;
    let named = if is_workbook(path) { TableContent::Workbook } else { TableContent::Text };
    let content = TableContent::of(&bytes).unwrap_or(named);
    if is_cut && content != TableContent::Text {
        bytes = remit_files::read(path, MOST_BYTES).map_err(wrong)?;
    } else if is_cut && most < usize::MAX {
        // A row or letter that was cut in its middle is dropped.
        bytes.truncate(bytes.iter().rposition(|b| *b == b'\n').map_or(bytes.len(), |at| at + 1));
    }
    let heads = most == SAMPLE;
    let mut grids = match content {
        TableContent::Text => {
            let grid = if is_cut && most == usize::MAX {
                large_text(path, encoding, languages, narrow)?
            } else {
                let letters = Letters::of(&bytes[..], encoding, languages).map_err(wrong)?;
                csv_grid(&bytes[..], letters, most, narrow).map_err(|unread| unread.of(path))?
            };
            // Words without a sign between cells are no table, whatever the file is called.
            if named == TableContent::Workbook && grid.rows.iter().all(|(_, cells)| cells.len() < 2) {
                return Err(Unread::Broken("it is no workbook that Remit reads, and no table".into()).of(path));
            }
            vec![grid]
        }
        _ => apart(if heads { HEADS } else { SHEETS }, "", &bytes, || workbook(&bytes, heads), path)?,
    };
    // A document has tables in it; a table that is called otherwise is told.
    if content != named && is_table(path) {
        let told = format!("the file is called .{}, and is {}; it was read as that", extension(path), content.called());
        grids.iter_mut().for_each(|g| g.told.clone_from(&told));
    }
    Ok(grids)
}

/// The table of a text that is read part by part: it is gone through once to tell its letters, and once more.
fn large_text(path: &Path, encoding: &str, languages: &Languages, narrow: Option<Narrow<'_>>) -> Result<Grid, SheetError> {
    let wrong = |e| SheetError::Open(path.to_path_buf(), e);
    let file = || remit_files::open(path).map_err(wrong);
    if file()?.metadata().map_err(wrong)?.len() > MOST_OF_TEXT {
        let why = format!("it is larger than {} MB, which is not read", MOST_OF_TEXT >> 20);
        return Err(SheetError::TooLarge(path.to_path_buf(), why));
    }
    let letters = Letters::of(file()?, encoding, languages).map_err(wrong)?;
    csv_grid(file()?, letters, usize::MAX, narrow).map_err(|unread| unread.of(path))
}

/// Bytes of CSV in which its first rows are looked for.
const BEGINNING: u64 = 1 << 20;
