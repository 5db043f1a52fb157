//! Tables as text: workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods) and CSV, cell by cell. A formula is what it last
//! evaluated to.

use crate::SheetError;
use calamine::{Data, Reader as _, open_workbook_auto};
use std::path::Path;

/// Bytes that a workbook may expand to: hundreds of thousands of rows, and no bomb.
const MOST_UNPACKED: u64 = 1 << 30;

/// Rows among which the headings are looked for: titles and help may stand above them.
pub(crate) const HEAD: usize = 8;

/// One table of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Grid {
    /// Name of the sheet; empty for CSV.
    pub sheet: String,
    /// Rows with their line or row number, from 1. Empty rows are left out.
    pub rows: Vec<(u64, Vec<String>)>,
    /// What could not be read: row, column, reason.
    pub unread: Vec<(u64, usize, String)>,
}

/// Endings of the files that are tables: CSV and workbooks.
pub const TABLES: [&str; 7] = ["csv", "tsv", "xlsx", "xlsm", "xlsb", "xls", "ods"];

/// The ending of a file's name, in small letters.
pub fn extension(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// True where a file's name says that it is a table.
pub fn is_table(path: &Path) -> bool {
    TABLES.contains(&extension(path).as_str())
}

/// True where a file's name says that it is a workbook.
pub fn is_workbook(path: &Path) -> bool {
    is_table(path) && !matches!(extension(path).as_str(), "csv" | "tsv")
}

/// Reads all tables of a file.
///
/// # Errors
/// When it cannot be opened, or is no table.
pub fn grids(path: &Path) -> Result<Vec<Grid>, SheetError> {
    rows(path, usize::MAX)
}

/// Reads what tells what the tables of a file are: the first rows of CSV, which may be long.
pub(crate) fn heads(path: &Path) -> Result<Vec<Grid>, SheetError> {
    rows(path, HEAD)
}

fn rows(path: &Path, most: usize) -> Result<Vec<Grid>, SheetError> {
    if is_workbook(path) {
        return workbook(path);
    }
    let bytes = std::fs::read(path).map_err(|e| SheetError::Open(path.to_path_buf(), e))?;
    Ok(vec![csv_grid(&bytes, most)])
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

fn workbook(path: &Path) -> Result<Vec<Grid>, SheetError> {
    let wrong = |message: String| SheetError::Open(path.to_path_buf(), std::io::Error::other(message));
    refuse_bomb(path).map_err(|e| SheetError::Open(path.to_path_buf(), e))?;
    let mut book = open_workbook_auto(path).map_err(|e| wrong(format!("it is no workbook that Remit reads: {e}")))?;
    let mut grids = Vec::new();
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet).map_err(|e| wrong(format!("sheet “{sheet}”: {e}")))?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut grid = Grid { sheet, ..Grid::default() };
        for (n, row) in range.rows().enumerate() {
            let at = u64::from(first_row) + n as u64 + 1;
            let mut texts = vec![String::new(); first_column as usize];
            for (column, cell) in row.iter().enumerate() {
                if let Data::Error(error) = cell {
                    grid.unread.push((at, first_column as usize + column, format!("the cell shows the error {error}")));
                }
                texts.push(text(cell));
            }
            if texts.iter().any(|t| !t.is_empty()) {
                grid.rows.push((at, texts));
            }
        }
        grids.push(grid);
    }
    Ok(grids)
}

/// A workbook is a zip archive whose parts say how large they are; what they say is held against them by the reader.
fn refuse_bomb(path: &Path) -> std::io::Result<()> {
    let Ok(mut archive) = zip::ZipArchive::new(std::io::BufReader::new(std::fs::File::open(path)?)) else {
        return Ok(());
    };
    let mut unpacked = 0;
    for index in 0..archive.len() {
        unpacked += archive.by_index_raw(index)?.size();
    }
    if unpacked > MOST_UNPACKED {
        return Err(std::io::Error::other("it expands to more than a gigabyte, which no sheet of an office does"));
    }
    Ok(())
}

fn text(cell: &Data) -> String {
    match cell {
        Data::String(text) => text.trim().to_owned(),
        Data::Float(n) if n.fract() == 0.0 && n.abs() < 1e15 => format!("{n:.0}"),
        Data::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
        Data::Error(_) | Data::Empty => String::new(),
        other => other.to_string(),
    }
}

/// Reads at most so many rows of CSV in UTF-8 or UTF-16, else in the code page of Western Windows; separated by comma,
/// semicolon or tab.
fn csv_grid(bytes: &[u8], most: usize) -> Grid {
    let (text, _, _) = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes),
        None if std::str::from_utf8(bytes).is_ok() => encoding_rs::UTF_8.decode(bytes),
        None => encoding_rs::WINDOWS_1252.decode(bytes),
    };
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).has_headers(false).delimiter(separator(&text)).from_reader(text.as_bytes());
    let mut grid = Grid::default();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, |p| p.line() + blank_lines(&text, p.byte()));
                let cells: Vec<String> = record.iter().map(|c| c.trim().to_owned()).collect();
                if cells.iter().any(|c| !c.is_empty()) {
                    grid.rows.push((line, cells));
                    if grid.rows.len() == most {
                        break;
                    }
                }
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                grid.unread.push((line, 0, format!("this row cannot be read: {error}")));
            }
        }
    }
    grid
}

/// Empty lines count to the row after them.
fn blank_lines(text: &str, at: u64) -> u64 {
    let rest = text.as_bytes().get(at as usize..).unwrap_or_default();
    rest.iter().take_while(|b| matches!(b, b'\n' | b'\r')).filter(|b| **b == b'\n').count() as u64
}

/// The separator that is most frequent in the first line.
fn separator(text: &str) -> u8 {
    let line = text.lines().next().unwrap_or_default();
    let count = |c: char| line.matches(c).count();
    *[b',', b';', b'\t'].iter().max_by_key(|c| (count(**c as char), **c == b',')).unwrap_or(&b',')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn columns_are_named_as_spreadsheets_do() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letter), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn a_table_of_any_office_is_read() {
        let cells = |bytes: &[u8]| csv_grid(bytes, usize::MAX).rows;
        let expected = vec![(1, vec!["Nom".to_owned(), "Année".to_owned()]), (3, vec!["a;b".to_owned(), "2019".to_owned()])];
        assert_eq!(cells("Nom;Année\n;\n\"a;b\";2019\n".as_bytes()), expected);
        assert_eq!(cells(b"Nom;Ann\xE9e\n\n\"a;b\";2019\n"), expected);
        assert_eq!(cells("\u{FEFF}Nom\tAnnée\n\n\"a;b\"\t2019\n".as_bytes()), expected);
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_table(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            csv_grid(&bytes, usize::MAX);
        }
    }
}
