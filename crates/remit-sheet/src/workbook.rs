//! Workbooks, cell by cell, and the tables of pages and PDFs that are called one. A formula is what it last evaluated to.

use crate::content::{TableContent, beginning_of_markup};
use crate::grid::{ALL, COLUMNS, CellLink, CellText, Grid, MOST_INDENTS, Merged, ROWS, Room, SAMPLE, Unread, indent};
use crate::marked::SheetPlaces;
use crate::{encoding, marked, markup};
use calamine::{Data, Reader as _, SheetVisible, Sheets, XlsxError, XlsxFormulaMetadata, open_workbook_auto_from_rs};
use remit_model::Languages;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Cursor;

/// Sheets that a workbook may have: each is looked at by itself.
const MOST_SHEETS: usize = 1_000;

/// Bytes that a workbook may expand to: hundreds of thousands of rows, and no bomb.
const MOST_UNPACKED: u64 = 1 << 30;

/// The tables of what is no workbook, whatever its name says: HTML and XML, and PDF. None for anything else.
fn no_workbook(bytes: &[u8], most: usize) -> Option<Result<Vec<Grid>, Unread>> {
    match TableContent::of(bytes)? {
        TableContent::Markup => {
            let said = beginning_of_markup(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
            let said = ["charset=", "encoding="].iter().find_map(|sign| said.split(sign).nth(1)).unwrap_or_default();
            let label =
                said.trim_start_matches(['"', '\'']).split(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c))).next();
            let (text, _) = encoding::decode(bytes, label.unwrap_or_default(), &Languages::built_in());
            Some(markup::tables(&text, &mut { ALL }, most))
        }
        TableContent::Pdf => Some(of_pdf(bytes, most)),
        TableContent::Workbook | TableContent::Text => None,
    }
}

/// Puts the cells of a sheet where they stand.
fn fill(book: &mut Sheets<Cursor<&[u8]>>, sheet: &str, filling: &mut SheetFilling<'_>) -> Result<(), Unread> {
    let wrong = |e: &dyn std::fmt::Display| Unread::Broken(format!("sheet “{sheet}”: {e}"));
    match book {
        // Cell by cell: a sheet of two cells may name the last row and column that there are.
        Sheets::Xlsx(book) => match book.worksheet_cells_reader(sheet) {
            Ok(mut cells) => {
                while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|e| wrong(&e))? {
                    let mut value = Data::from(cell.value);
                    // A program that works nothing out leaves no result, or nought.
                    let is_worked_out = !matches!(text(&value).as_str(), "" | "0");
                    if let (Some(XlsxFormulaMetadata::Normal { formula }), false) = (&cell.formula, is_worked_out) {
                        value = marked::constant(formula).map_or(value, Data::String);
                    }
                    if let Some(formula) = &cell.formula {
                        filling.link(cell.pos, formula, &value);
                    }
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

/// Reads the tables of a workbook, or the first rows of each: what [`crate::grids`] has done apart.
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
    let mut places = marked::places(bytes);
    let sound = marked::sound(bytes, &places).ok_or_else(|| broken(&"its cells have no places, and its parts do not hold"))?;
    let bytes = sound.as_ref();
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|e| broken(&e))?;
    let mut room = ALL;
    if book.sheet_names().len() > MOST_SHEETS {
        return Err(Unread::TooLarge(format!("it has more than {MOST_SHEETS} sheets")));
    }
    book.sheet_names().into_iter().map(|sheet| table(&mut book, bytes, sheet, heads, &mut room, &mut places)).collect()
}

/// The table of one sheet of a workbook, with what is seen of its cells: what is merged, struck out, hidden, commented.
fn table(
    book: &mut Sheets<Cursor<&[u8]>>,
    bytes: &[u8],
    sheet: String,
    heads: bool,
    room: &mut Room,
    places: &mut BTreeMap<String, SheetPlaces>,
) -> Result<Grid, Unread> {
    let mut filling = SheetFilling::new(room, heads);
    fill(book, &sheet, &mut filling)?;
    let SheetFilling { mut rows, unread, numbers, mut indents, mut links, .. } = filling;
    // What an old workbook shows is none where its form is older still.
    let struck = match book {
        Sheets::Xlsx(_) => Some(marked::half_struck(bytes, &sheet, &mut rows)),
        Sheets::Xls(_) => marked::xls(bytes, &sheet, &mut rows),
        _ => None,
    };
    let mut seen = match book {
        Sheets::Ods(_) => marked::ods(bytes, &sheet, &mut rows),
        _ => marked::SeenCells::default(),
    };
    match book {
        Sheets::Xlsx(_) => indents.extend(marked::indents(bytes, &sheet, &rows)),
        _ => indents.append(&mut seen.indents),
    }
    match book {
        Sheets::Xlsx(_) => seen = marked::taken(places, bytes, &sheet, &rows),
        Sheets::Xls(book) => {
            seen.merged = book.merge_cells_by_sheet_name(&sheet).unwrap_or_default().into_iter().map(Merged::from).collect();
        }
        _ => {}
    }
    let (mut marks, shown) = match book {
        Sheets::Xlsx(book) if !heads => marked::marks(book, bytes, &sheet, &rows),
        Sheets::Xls(_) | Sheets::Xlsb(_) if !rows.is_empty() && struck.is_none() => (vec![marked::unseen(&rows)], Vec::new()),
        _ => (Vec::new(), Vec::new()),
    };
    marks.extend(struck.unwrap_or_default());
    marks.append(&mut seen.marks);
    marks.sort_by_key(|(row, column, _)| (*row, *column));
    seen.merged.truncate(MOST_MERGED);
    links.append(&mut seen.links);
    room.take(0, links.iter().map(|link| link.address.len()).sum())?;
    let unread = [unread, std::mem::take(&mut seen.unread)].concat();
    let about = book.sheets_metadata().iter().find(|s| s.name == sheet);
    let hidden = about.is_some_and(|s| s.visible != SheetVisible::Visible);
    Ok(Grid {
        sheet,
        rows: rows.into_iter().collect(),
        unread,
        numbers,
        indents,
        merged: seen.merged,
        hidden,
        marks,
        shown,
        links,
        ..Grid::default()
    })
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
struct SheetFilling<'r> {
    rows: BTreeMap<u64, Vec<CellText>>,
    unread: Vec<(u64, usize, String)>,
    numbers: HashSet<(u64, usize)>,
    indents: Vec<(u64, usize, u32)>,
    links: Vec<CellLink>,
    /// Where formulas lead that cells below one another share.
    shared: HashMap<usize, CellText>,
    room: &'r mut Room,
    most: usize,
}

impl<'r> SheetFilling<'r> {
    fn new(room: &'r mut Room, heads: bool) -> SheetFilling<'r> {
        let most = if heads { SAMPLE } else { usize::MAX };
        let (rows, unread, numbers, indents, links, shared) = Default::default();
        SheetFilling { rows, unread, numbers, indents, links, shared, room, most }
    }

    /// Notes where a formula leads that makes a link of its cell.
    fn link(&mut self, (row, column): (u32, u32), formula: &XlsxFormulaMetadata, value: &Data) {
        let address = match formula {
            XlsxFormulaMetadata::Normal { formula } => marked::of_formula(formula),
            XlsxFormulaMetadata::Shared { shared_index, formula, .. } => {
                let address = marked::of_formula(formula);
                self.shared.extend(address.clone().map(|address| (*shared_index, address)));
                address
            }
            XlsxFormulaMetadata::SharedDerived { shared_index } => self.shared.get(shared_index).cloned(),
            _ => None,
        };
        let (row, column) = (u64::from(row) + 1, column as usize);
        self.links.extend(address.and_then(|address| marked::of_cell(row, column, &address, &text(value))));
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BOOK: [(&str, &str); 6] = [
        (
            "_rels/.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/\
          officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>\
          <sheet name=\"Units\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/\
          2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
        (
            "xl/worksheets/sheet1.xml",
            "<worksheet><dimension ref=\"A1:B3\"/><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>\
          <c r=\"B1\" t=\"inlineStr\"><is><t>since</t></is></c></row><row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"B2\" s=\"1\">\
          <v>41000.5</v></c></row></sheetData><mergeCells count=\"1\"><mergeCell ref=\"A2:A3\"/></mergeCells></worksheet>",
        ),
        ("xl/sharedStrings.xml", "<sst count=\"2\"><si><t>name</t></si><si><r><t>Made up</t></r></si></sst>"),
        (
            "xl/styles.xml",
            "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy-mm-dd\"/></numFmts><cellXfs><xf numFmtId=\"0\"/>\
          <xf numFmtId=\"170\"/></cellXfs></styleSheet>",
        ),
    ];

    fn book_of(parts: &[String]) -> Vec<u8> {
        let named = BOOK.iter().zip(parts).map(|((name, _), part)| (*name, part.as_str()));
        zip_of(&named.collect::<Vec<_>>())
    }

    fn zip_of(parts: &[(&str, &str)]) -> Vec<u8> {
        use std::io::Write as _;
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, part) in parts {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(part.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn a_workbook_that_is_whole_is_read() {
        let sheets = workbook(&book_of(&BOOK.map(|(_, part)| part.to_owned())), false).unwrap();
        assert_eq!(sheets[0].rows[0].1, ["name", "since"]);
        assert_eq!(sheets[0].rows[1].1[0], "Made up");
    }

    #[test]
    fn links_over_all_cells_of_a_sheet_cost_no_more_than_those_that_are_there() {
        let links = "<hyperlink ref=\"A1:XFD1048576\" r:id=\"h1\"/>".repeat(1000);
        let sheet = BOOK[3].1.replace("</worksheet>", &format!("<hyperlinks>{links}</hyperlinks></worksheet>"));
        let relations = "<Relationships><Relationship Id=\"h1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/\
                         relationships/hyperlink\" Target=\"https://example.org/?a&amp;b\" TargetMode=\"External\"/></Relationships>";
        let mut parts: Vec<(&str, &str)> = BOOK.to_vec();
        parts[3].1 = &sheet;
        parts.push(("xl/worksheets/_rels/sheet1.xml.rels", relations));
        let sheets = workbook(&zip_of(&parts), false).unwrap();
        let links = &sheets[0].links;
        assert_eq!((links[0].row, links[0].column, links[0].address.as_str()), (1, 0, "https://example.org/?a&b"));
        assert!(links.len() < 1010, "{}", links.len());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        /// A workbook whose parts or whose bytes were cut, doubled or altered is read or refused.
        #[test]
        fn any_workbook_is_read_or_refused(
            cuts in prop::collection::vec((0..BOOK.len(), 0..400_usize, 0..60_usize, any::<bool>()), 0..3),
            bytes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
            place in "[A-Z]{0,9}[0-9]{0,12}(:[A-Z]{1,9}[0-9]{1,12})?", of in 0..5_usize) {
            let mut parts = BOOK.map(|(_, part)| part.to_owned());
            let of = ["r=\"A1\"", "r=\"1\"", "r=\"A2\"", "ref=\"A1:B3\"", "ref=\"A2:A3\""][of];
            let named = of.split('"').next().unwrap_or_default();
            parts[3] = parts[3].replace(of, &format!("{named}\"{place}\""));
            for (part, at, length, doubled) in cuts {
                let part = &mut parts[part];
                let (at, end) = (at.min(part.len()), (at + length).min(part.len()));
                let cut = part[at..end].to_owned();
                part.replace_range(at..end, &if doubled { cut.repeat(3) } else { String::new() });
            }
            let mut file = book_of(&parts);
            for (at, byte) in bytes {
                let at = at.index(file.len());
                file[at] = byte;
            }
            let _ = workbook(&file, false);
        }
    }
}
