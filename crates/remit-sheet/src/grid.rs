//! Tables as text, cell by cell, whatever file they come from, with what is known of where they stood. `opening` reads them from files.

use crate::SheetError;
use calamine::Dimensions;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::path::Path;

/// Rows among which the headings are looked for: titles, notes and help may stand above them.
pub(crate) const HEAD: usize = 40;

/// Rows by which it is told what a table is.
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
    /// What it is, where the file's name says something else; empty where it does not.
    pub told: String,
    /// What the workbook shows of its cells beside what they say: row, column where it is of one, and what.
    pub marks: Vec<(u64, Option<usize>, String)>,
    /// What the formats of cells show beside their numbers.
    pub shown: Vec<Shown>,
    /// What of a file of another program has no place in the register.
    pub unused: Vec<String>,
    /// Of a table that is too large to be kept whole: the columns that were kept, as they stand in the file. Empty where all were.
    pub kept: Vec<usize>,
    /// And what stood in the others.
    pub dropped: Vec<Dropped>,
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
    /// It is larger than what is read.
    TooLarge(String),
}

impl Unread {
    pub(crate) fn of(self, path: &Path) -> SheetError {
        match self {
            Unread::Broken(why) => SheetError::Open(path.to_path_buf(), std::io::Error::other(why)),
            Unread::TooLarge(why) => SheetError::TooLarge(path.to_path_buf(), why),
        }
    }
}

/// What is left of what one file may hold, which is taken before any memory is.
pub(crate) struct Room {
    pub(crate) cells: usize,
    text: usize,
}

/// Cells and bytes of text that the tables of one file may hold.
pub(crate) const ALL: Room = Room { cells: 5_000_000, text: 128 << 20 };

/// Columns that a sheet of any office can have, and rows.
pub(crate) const COLUMNS: u32 = 16_384;
pub(crate) const ROWS: u32 = 1 << 20;

impl Room {
    pub(crate) fn take(&mut self, cells: usize, text: usize) -> Result<(), Unread> {
        match (self.cells.checked_sub(cells), self.text.checked_sub(text)) {
            (Some(cells), Some(text)) => {
                *self = Room { cells, text };
                Ok(())
            }
            (None, _) => Err(Unread::TooLarge(format!("it has more than {} cells", ALL.cells))),
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

<<<<<<< HEAD
/// The tables of what is no workbook, whatever its name says: HTML and XML, and PDF. None for anything else.
fn no_workbook(bytes: &[u8], most: usize) -> Option<Result<Vec<Grid>, Unread>> {
    match Content::of(bytes)? {
        Content::Markup => {
            let said = beginning_of_markup(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
            let said = ["charset=", "encoding="].iter().find_map(|sign| said.split(sign).nth(1)).unwrap_or_default();
            let label =
                said.trim_start_matches(['"', '\'']).split(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c))).next();
            let (text, _) = encoding::decode(bytes, label.unwrap_or_default(), &Languages::built_in());
            Some(markup::tables(&text, &mut { ALL }, most))
        }
        Content::Pdf => Some(of_pdf(bytes, most)),
        Content::Workbook | Content::Text => None,
    }
}

/// Puts the cells of a sheet where they stand.
fn fill(book: &mut Sheets<Cursor<&[u8]>>, sheet: &str, filling: &mut Filling<'_>) -> Result<(), Unread> {
    let wrong = |e: &dyn std::fmt::Display| Unread::Broken(format!("sheet “{sheet}”: {e}"));
    match book {
        // Cell by cell: a sheet of two cells may name the last row and column that there are.
        Sheets::Xlsx(book) => match book.worksheet_cells_reader(sheet) {
            Ok(mut cells) => {
                while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|e| wrong(&e))? {
                    let value = Data::from(cell.value);
                    if cell.formula.is_some() && text(&value).is_empty() && !matches!(value, Data::Error(_)) {
                        filling.without_result(cell.pos)?;
                    } else if !filling.put(cell.pos, &value)? {
                        break;
                    }
                }
            }
            // A chart, or another thing that has no cells.
            Err(XlsxError::NotAWorksheet(_)) => {}
            Err(e) => return Err(wrong(&e)),
        },
        book => {
            let range = book.worksheet_range(sheet).map_err(|e| wrong(&e))?;
            let (row, column) = range.start().unwrap_or_default();
            for (at_row, at_column, cell) in range.used_cells() {
                if !filling.put((row + at_row as u32, column + at_column as u32), cell)? {
                    break;
                }
            }
        }
    }
    Ok(())
}

/// Reads the tables of a workbook, or the first rows of each: what [`grids`] has done apart.
///
/// # Errors
/// When it is no workbook, or larger than what is read.
pub fn workbook(bytes: &[u8], heads: bool) -> Result<Vec<Grid>, Unread> {
    let most = if heads { SAMPLE } else { usize::MAX };
    if let Some(grids) = no_workbook(bytes, most) {
        return grids;
    }
    refuse_bomb(bytes)?;
    crate::locked::refuse(bytes)?;
    if let Some(text) = markup::of_document(bytes) {
        return markup::tables(&text, &mut { ALL }, most);
    }
    let broken = |e: &dyn std::fmt::Display| Unread::Broken(format!("it is no workbook that Remit reads: {e}"));
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|e| broken(&e))?;
    let (mut grids, mut room) = (Vec::new(), ALL);
    for sheet in book.sheet_names() {
        let mut filling = Filling {
            rows: BTreeMap::new(),
            unread: Vec::new(),
            numbers: HashSet::new(),
            indents: Vec::new(),
            room: &mut room,
            most,
        };
        fill(&mut book, &sheet, &mut filling)?;
        let Filling { mut rows, unread, numbers, mut indents, .. } = filling;
        let struck = match &book {
            Sheets::Xlsx(_) => marked::half_struck(bytes, &sheet, &mut rows),
            _ => Vec::new(),
        };
        let of_old = match &book {
            Sheets::Xls(_) => marked::xls(bytes, &sheet, &mut rows),
            _ => None,
        };
        let mut seen = match &book {
            Sheets::Ods(_) => marked::ods(bytes, &sheet, &mut rows),
            _ => marked::Seen::default(),
        };
        match &book {
            Sheets::Xlsx(_) => indents.extend(marked::indents(bytes, &sheet, &rows)),
            _ => indents.append(&mut seen.indents),
        }
        let merged = match &mut book {
            Sheets::Xlsx(book) => book.merge_cells_by_sheet_name(&sheet).unwrap_or_default(),
            Sheets::Xls(book) => book.merge_cells_by_sheet_name(&sheet).unwrap_or_default(),
            _ => Vec::new(),
        };
        let (mut marks, shown) = match &mut book {
            Sheets::Xlsx(book) if !heads => marked::marks(book, bytes, &sheet, &rows),
            Sheets::Xls(_) | Sheets::Xlsb(_) if !rows.is_empty() && of_old.is_none() => (vec![marked::unseen(&rows)], Vec::new()),
            _ => (Vec::new(), Vec::new()),
        };
        marks.extend(struck);
        marks.extend(of_old.unwrap_or_default());
        marks.append(&mut seen.marks);
        marks.sort_by_key(|(row, column, _)| (*row, *column));
        let merged = merged.into_iter().map(Merged::from).chain(seen.merged).take(MOST_MERGED).collect();
        let unread = [unread, seen.unread].concat();
        let about = book.sheets_metadata().iter().find(|s| s.name == sheet);
        let hidden = about.is_some_and(|s| s.visible != SheetVisible::Visible);
        grids.push(Grid {
            sheet,
            rows: rows.into_iter().collect(),
            unread,
            numbers,
            indents,
            merged,
            hidden,
            marks,
            shown,
            ..Grid::default()
        });
    }
    Ok(grids)
}

/// The tables of a PDF, each called by its place and page; their rows are numbered as they come.
fn of_pdf(bytes: &[u8], most: usize) -> Result<Vec<Grid>, Unread> {
    let tables = remit_document::tables(bytes).map_err(|e| Unread::Broken(e.to_string()))?;
    let (mut grids, mut room) = (Vec::new(), ALL);
    for (n, table) in tables.into_iter().enumerate() {
        let mut grid = Grid { sheet: format!("Table {} (p. {})", n + 1, table.page), ..Grid::default() };
        for (at, cells) in table.rows.into_iter().take(most).enumerate() {
            room.take(cells.len(), cells.iter().map(String::len).sum())?;
            grid.rows.push((at as u64 + 1, cells.into_iter().map(CellText::from).collect()));
        }
        grids.push(grid);
    }
    Ok(grids)
}

/// Merged cells of a sheet that are looked at.
const MOST_MERGED: usize = 100_000;

/// A table that is being read.
struct Filling<'r> {
    rows: BTreeMap<u64, Vec<CellText>>,
    unread: Vec<(u64, usize, String)>,
    numbers: HashSet<(u64, usize)>,
    indents: Vec<(u64, usize, u32)>,
    room: &'r mut Room,
    most: usize,
}

impl Filling<'_> {
    /// Puts a cell in its place; false where the row is one more than is wanted.
    fn put(&mut self, (row, column): (u32, u32), cell: &Data) -> Result<bool, Unread> {
        let at = u64::from(row) + 1;
        if row >= ROWS || column >= COLUMNS {
            return Err(Unread::Broken("a cell stands in a row or column that no sheet has".into()));
        }
        if let Data::Error(error) = cell {
            self.room.take(1, 0)?;
            self.unread.push((at, column as usize, format!("the cell shows the error {error}")));
        }
        let text = text(cell);
        if text.is_empty() {
            return Ok(true);
        }
        if self.rows.len() == self.most && !self.rows.contains_key(&at) {
            return Ok(false);
        }
        let cells = self.rows.entry(at).or_default();
        let column = column as usize;
        if cells.len() <= column {
            self.room.take(column + 1 - cells.len(), 0)?;
            cells.resize_with(column + 1, CellText::default);
        }
        self.room.take(0, text.len())?;
        cells[column] = text.into();
        if let Data::String(written) = cell
            && self.indents.len() < MOST_INDENTS
        {
            self.indents.extend(Some(indent(written)).filter(|depth| *depth > 0).map(|depth| (at, column, depth)));
        }
        if matches!(cell, Data::Float(n) if n.fract() != 0.0) {
            self.numbers.insert((at, column));
        }
        Ok(true)
    }

    /// Tells of a formula that no program has worked out yet.
    fn without_result(&mut self, (row, column): (u32, u32)) -> Result<(), Unread> {
        self.room.take(1, 0)?;
        if self.unread.len() < self.most.saturating_mul(100) {
            let reason = "a formula without a stored result; open the file in Excel or LibreOffice, save it, and send it again";
            self.unread.push((u64::from(row) + 1, column as usize, reason.to_owned()));
        }
        Ok(())
    }
}

/// A workbook is a zip archive whose parts say how large they are; what they say is held against them by the reader.
fn refuse_bomb(bytes: &[u8]) -> Result<(), Unread> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return Ok(());
    };
    let mut unpacked = 0_u64;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(|e| Unread::Broken(e.to_string()))?;
        unpacked = unpacked.saturating_add(part.size());
    }
    if unpacked > MOST_UNPACKED {
        return Err(Unread::TooLarge("it expands to more than a gigabyte, which no sheet of an office does".into()));
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

/// Reads at most so many rows of CSV; separated by comma, semicolon or tab.
fn csv_grid(
    bytes: &[u8],
    most: usize,
    encoding: &str,
    languages: &Languages,
    narrow: Option<Narrow<'_>>,
) -> Result<Grid, Unread> {
    let is_guessed = encoding::is_guessed(bytes, encoding);
    let (text, encoding) = encoding::decode(bytes, encoding, languages);
    let separator = separator(&text);
    let (text, stray) = without_stray_quotes(text, separator as char);
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).has_headers(false).delimiter(separator).from_reader(text.as_bytes());
    let (mut grid, mut room) = (Grid { encoding: encoding.to_owned(), is_guessed, ..Grid::default() }, ALL);
    let reason = "a quotation mark opens here and none closes it in this row; it was left out, and the row was read";
    grid.unread = stray.into_iter().map(|(line, column)| (line, column, reason.to_owned())).collect();
    // Nobody needs all of a large one in memory: what is not asked for is counted. Asked once, and again where there is no room.
    let mut large = Some(LARGE).filter(|_| narrow.is_some());
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, |p| p.line() + blank_lines(&text, p.byte()));
                if record.iter().any(|c| !c.trim().is_empty()) {
                    if !grid.kept.is_empty() {
                        narrow_row(&mut grid, &mut room, line, &record)?;
                        continue;
                    }
                    let taken = room.take(record.len(), record.as_slice().len());
                    if taken.is_err() || large.is_some_and(|cells| room.cells + cells < ALL.cells) {
                        large = None;
                        if let Some(narrowed) = narrow.and_then(|narrow| narrow(&grid)) {
                            room = narrow_rows(&mut grid, narrowed)?;
                            narrow_row(&mut grid, &mut room, line, &record)?;
                            continue;
                        }
                        taken?;
                    }
                    if grid.indents.len() < MOST_INDENTS {
                        let depths = record.iter().enumerate().map(|(column, text)| (line, column, indent(text)));
                        grid.indents.extend(depths.filter(|(.., depth)| *depth > 0));
                    }
                    let cells = record.iter().map(|c| c.trim().into()).collect();
                    grid.rows.push((line, cells));
                    if grid.rows.len() == most {
                        break;
                    }
                }
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                room.take(1, 0)?;
                grid.unread.push((line, 0, format!("this row cannot be read: {error}")));
            }
        }
    }
    Ok(grid)
}

/// Leaves of the rows that were read the columns that are kept; gives what room is left.
fn narrow_rows(grid: &mut Grid, narrowed: Narrowed) -> Result<Room, Unread> {
    let Narrowed { kept, mut dropped, heading_row } = narrowed;
    let mut room = ALL;
    for (row, cells) in &mut grid.rows {
        for column in dropped.iter_mut().filter(|_| *row > heading_row) {
            column.note(*row, cells.get(column.column).map_or("", CellText::as_str));
        }
        let mut narrow = Vec::with_capacity(kept.len());
        narrow.extend(kept.iter().map_while(|at| cells.get(*at).cloned()));
        room.take(narrow.len(), narrow.iter().map(|c: &CellText| c.len()).sum())?;
        *cells = narrow;
    }
    let place = |column: usize| kept.iter().position(|at| *at == column);
    grid.indents = grid.indents.iter().filter_map(|(row, column, depth)| Some((*row, place(*column)?, *depth))).collect();
    grid.unread =
        std::mem::take(&mut grid.unread).into_iter().filter_map(|(row, at, why)| Some((row, place(at)?, why))).collect();
    (grid.kept, grid.dropped) = (kept, dropped);
    Ok(room)
}

/// Takes of a row the columns that are kept, and counts what stands in the others.
fn narrow_row(grid: &mut Grid, room: &mut Room, line: u64, record: &csv::StringRecord) -> Result<(), Unread> {
    for column in &mut grid.dropped {
        column.note(line, record.get(column.column).unwrap_or_default().trim());
    }
    let mut cells: Vec<CellText> = Vec::with_capacity(grid.kept.len());
    cells.extend(grid.kept.iter().map_while(|at| record.get(*at)).map(|cell| CellText::from(cell.trim())));
    room.take(cells.len(), cells.iter().map(|c| c.len()).sum())?;
    grid.rows.push((line, cells));
    Ok(())
}

/// A text without the quotation marks that nothing closes, each with its line and column. One opens where a cell begins and closes
/// before the end of one; where whole rows stand between the two, it closes another one’s.
fn without_stray_quotes(text: Cow<'_, str>, separator: char) -> (Cow<'_, str>, Vec<(u64, usize)>) {
    let (bytes, usual) = (text.as_bytes(), separators(&text, separator).into_iter().max().unwrap_or(0));
    let (mut stray, mut places) = (Vec::new(), Vec::new());
    let (mut line, mut column, mut at, mut closes) = (1, 0, 0, 0);
    while at < bytes.len() {
        // Up to where this cell ends, where it is quoted.
        let mut cell = 0;
        if bytes[at] == b'"' {
            // The next mark that closes a cell is that of all that open before it.
            closes = if at < closes { closes } else { closing(bytes, at + 1, separator).unwrap_or(bytes.len()) };
            let fits = column + in_line(&bytes[closes..], separator) == usual;
            if closes < bytes.len() && (fits || !holds_rows(&bytes[at + 1..closes], separator, usual)) {
                cell = closes + 1 - at;
                line += bytes[at..closes].iter().filter(|b| **b == b'\n').count() as u64;
            } else {
                stray.push(at);
                places.push((line, column));
            }
        }
        let rest = &bytes[at + cell..];
        let Some(end) = rest.iter().position(|b| *b == separator as u8 || *b == b'\n') else { break };
        (line, column) = if rest[end] == b'\n' { (line + 1, 0) } else { (line, column + 1) };
        at += cell + end + 1;
    }
    if stray.is_empty() {
        return (text, places);
    }
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for at in stray {
        kept.push_str(&text[from..at]);
        from = at + 1;
    }
    kept.push_str(&text[from..]);
    (Cow::Owned(kept), places)
}

/// Where the quotation mark stands that closes a cell which begins here.
fn closing(bytes: &[u8], mut at: usize, separator: char) -> Option<usize> {
    while let Some(next) = bytes[at..].iter().position(|b| *b == b'"').map(|n| at + n) {
        match bytes.get(next + 1) {
            Some(b'"') => at = next + 2,
            Some(b) if *b != separator as u8 && !matches!(b, b'\r' | b'\n') => at = next + 1,
            _ => return Some(next),
        }
    }
    None
}

/// How many separators stand in what is left of a line.
fn in_line(bytes: &[u8], separator: char) -> usize {
    bytes.iter().take(1 << 16).take_while(|b| **b != b'\n').filter(|b| **b == separator as u8).count()
}

/// True where as many separators stand in a line of what is quoted as in a row of the table. Of its first line, what stands before the
/// quotation mark is not in it.
fn holds_rows(quoted: &[u8], separator: char, usual: usize) -> bool {
    let mut lines = quoted.split(|b| *b == b'\n').take(64).map(|line| in_line(line, separator));
    usual > 0 && lines.next().is_some_and(|first| first > 0) && lines.any(|n| n >= usual)
}

/// Empty lines count to the row after them.
fn blank_lines(text: &str, at: u64) -> u64 {
    let rest = text.as_bytes().get(at as usize..).unwrap_or_default();
    rest.iter().take_while(|b| matches!(b, b'\n' | b'\r')).filter(|b| **b == b'\n').count() as u64
}

/// The separator by which most of the first lines have the same number of cells, more than one: a title above them has commas
/// of its own, and so have numbers and what stands in quotes.
fn separator(text: &str) -> u8 {
    let agree = |c: char| {
        let counts: Vec<usize> = separators(text, c);
        let usual = counts.iter().filter(|n| **n > 0).max_by_key(|n| (counts.iter().filter(|o| o == n).count(), **n)).copied();
        usual.map_or((0, 0), |usual| (counts.iter().filter(|n| **n >= usual).count(), usual))
    };
    *[b',', b';', b'\t'].iter().max_by_key(|c| (agree(**c as char), **c == b',')).unwrap_or(&b',')
}

/// How often a separator stands in each of the first rows, outside of quotes. A quote opens where a cell begins, and closes before
/// the end of one: an inch sign is none.
fn separators(text: &str, separator: char) -> Vec<usize> {
    let mut counts = Vec::new();
    let (mut count, mut is_quoted, mut is_blank, mut before) = (0, false, true, separator);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let ends = |next: Option<&char>| next.is_none_or(|n| *n == separator || matches!(n, '\r' | '\n'));
        match c {
            '"' if is_quoted && rest.peek() == Some(&'"') => drop(rest.next()),
            '"' if is_quoted && ends(rest.peek()) => is_quoted = false,
            '"' if !is_quoted && (before == separator || before == '\n') => is_quoted = true,
            '\n' if !is_quoted => {
                if !is_blank {
                    counts.push(count);
                }
                (count, is_blank) = (0, true);
                if counts.len() == HEAD {
                    return counts;
                }
            }
            c if c == separator && !is_quoted => count += 1,
            _ => {}
        }
        is_blank &= c.is_whitespace();
        before = c;
    }
    if !is_blank {
        counts.push(count);
    }
    counts
}

=======
>>>>>>> land
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_do() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letter), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
