//! What a workbook shows of its cells and a table does not say: rows and columns that are hidden, cells that are struck out or
//! filled with a colour, comments, and links. Whoever keeps the sheet means something by it, and only they can say what.

mod links;
mod ods;
mod places;
mod xls;

pub(crate) use links::{address, constant, of_cell, of_formula};
pub(crate) use ods::{SeenCells, ods};
pub(crate) use places::{SheetPlaces, places, sound, taken};
pub(crate) use xls::xls;

use crate::grid::{CellText, Shown};
use crate::values::shown_beside;
use calamine::{FillPattern, StyleRange, Xlsx};
use places::place;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// Row, column, and what is shown there.
pub(crate) type CellMark = (u64, Option<usize>, String);

/// Bytes of a part that is looked at; a sheet that is larger is a table that a program wrote.
const PART: u64 = 16 << 20;

/// Comments of a sheet that are told.
const COMMENTS: usize = 1_000;

/// What a mark is said with where its cell was read as it stands.
pub(crate) fn as_it_stands(shown: &str) -> String {
    format!("{shown}; it was read as it stands: say what is meant, or leave it out")
}

/// The sentence about a workbook whose marks cannot be read.
pub(crate) fn unseen(rows: &BTreeMap<u64, Vec<CellText>>) -> CellMark {
    let first = rows.keys().next_back().copied().unwrap_or(1);
    let told = "of a workbook of this age no comments, links, hidden rows and struck-out cells are seen; save it as .xlsx to have them told";
    (first, None, told.to_owned())
}

/// Cells of which a part is struck out, as when “450” is corrected to “500” beside it: what is struck is taken away and told.
pub(crate) fn half_struck(bytes: &[u8], sheet: &str, rows: &mut BTreeMap<u64, Vec<CellText>>) -> Vec<CellMark> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    let shared = part(&mut archive, "xl/sharedStrings.xml").filter(|text| text.contains("strike"));
    let shared = shared.map_or_else(BTreeMap::new, |text| struck_texts(&text));
    let Some((_, text)) = sheet_part(&mut archive, sheet) else { return Vec::new() };
    if shared.is_empty() && !text.contains("strike") {
        return Vec::new();
    }
    let mut marks = Vec::new();
    for ((row, column), struck) in struck_cells(&text, &shared) {
        let Some(cell) = rows.get_mut(&row).and_then(|cells| cells.get_mut(column)) else { continue };
        marks.push(struck_in_part(cell, &struck, row, column));
    }
    marks
}

/// Leaves in a cell what is not struck out of it, and tells so.
fn struck_in_part(cell: &mut CellText, struck: &Struck, row: u64, column: usize) -> CellMark {
    *cell = struck.kept.trim().into();
    let told = format!("“{}” is struck out in this cell; what is not struck out was read", struck.out.trim());
    (row, Some(column), told)
}

/// Bytes of the text of a cell of which it is looked at what is struck out.
const CELL: usize = 32 << 10;

/// A text of which a part is struck out.
#[derive(Debug, Clone, Default)]
struct Struck {
    kept: String,
    out: String,
}

impl Struck {
    fn part(&mut self, is_struck: bool) -> &mut String {
        if is_struck { &mut self.out } else { &mut self.kept }
    }

    /// True where something is struck out, and not all.
    fn is_part(&self) -> bool {
        !self.out.trim().is_empty() && !self.kept.trim().is_empty()
    }
}

/// What a reference in XML stands for.
fn entity(name: &BytesRef<'_>) -> String {
    let predefined = || quick_xml::escape::resolve_predefined_entity(name).map(str::to_owned);
    name.resolve_char_ref().ok().flatten().map(String::from).or_else(predefined).unwrap_or_default()
}

/// The texts of a part that are struck out in part, by their number.
fn struck_texts(text: &str) -> BTreeMap<usize, Struck> {
    let (mut number, mut all) = (0, BTreeMap::new());
    runs(text, |tag, struck| {
        if let (Tag::End("si"), Some(struck)) = (&tag, struck) {
            all.insert(number, struck);
        }
        number += usize::from(matches!(tag, Tag::End("si")));
    });
    all
}

/// The cells of a sheet that have one of these texts, or one such of their own.
fn struck_cells(text: &str, shared: &BTreeMap<usize, Struck>) -> Vec<((u64, usize), Struck)> {
    let (mut cells, mut at, mut is_shared) = (Vec::new(), None, false);
    runs(text, |tag, struck| match (tag, struck) {
        (Tag::Start("c", tag), _) => {
            (at, is_shared) = (value(tag, "r").and_then(|r| place(&r)), value(tag, "t").is_some_and(|t| t == "s"));
        }
        (Tag::Value(number), _) if is_shared => {
            let struck = number.parse().ok().and_then(|n: usize| shared.get(&n));
            cells.extend(at.zip(struck.cloned()));
        }
        (Tag::End("is"), Some(struck)) => cells.extend(at.map(|at| (at, struck))),
        _ => {}
    });
    cells
}

/// What is met in a part: an element that begins or ends, and what stands in a `v`.
enum Tag<'t> {
    Start(&'t str, &'t BytesStart<'t>),
    Value(&'t str),
    End(&'t str),
}

/// Goes through a part with texts of several runs; at the end of each text comes what of it is struck out, where that is not all.
fn runs(text: &str, mut each: impl FnMut(Tag<'_>, Option<Struck>)) {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let (mut said, mut is_struck, mut within) = (Struck::default(), false, String::new());
    let is_off = |tag: &BytesStart<'_>| value(tag, "val").is_some_and(|v| v == "0" || v == "false");
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = local(tag.name().as_ref()).to_owned();
                match name.as_str() {
                    "si" | "is" => said = Struck::default(),
                    "r" => is_struck = false,
                    "strike" => is_struck = !is_off(&tag),
                    _ => {}
                }
                each(Tag::Start(&name, &tag), None);
                within = name;
            }
            Event::Text(text) if within == "t" => said.part(is_struck).push_str(&text),
            Event::GeneralRef(name) if within == "t" => said.part(is_struck).push_str(&entity(&name)),
            Event::Text(text) if within == "v" => each(Tag::Value(&text), None),
            Event::End(tag) => {
                let name = local(tag.name().as_ref()).to_owned();
                let struck = (matches!(name.as_str(), "si" | "is") && said.is_part()).then(|| std::mem::take(&mut said));
                each(Tag::End(&name), struck);
                within.clear();
                is_struck &= name != "r";
            }
            Event::Eof => return,
            _ => {}
        }
    }
}

/// What is marked in a sheet, of the cells that have something in them.
/// And what the formats of its cells show beside numbers.
pub(crate) fn marks(
    book: &mut Xlsx<Cursor<&[u8]>>,
    bytes: &[u8],
    sheet: &str,
    rows: &BTreeMap<u64, Vec<CellText>>,
) -> (Vec<CellMark>, Vec<Shown>) {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Default::default() };
    let Some((path, text)) = sheet_part(&mut archive, sheet) else { return Default::default() };
    let mut marks = hidden(&text, rows);
    drop(text);
    marks.extend(comments(&mut archive, &path));
    let Ok(styles) = book.worksheet_style(sheet) else { return (marks, Vec::new()) };
    marks.extend(styled(&styles, rows));
    (marks, shown(&styles, rows))
}

/// How far in the texts of a sheet stand by their format, where any does: row, column, and how far, as spaces would say it.
pub(crate) fn indents(bytes: &[u8], sheet: &str, rows: &BTreeMap<u64, Vec<CellText>>) -> Vec<(u64, usize, u32)> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    let Some(styles) = part(&mut archive, "xl/styles.xml").filter(|text| text.contains("indent=")) else { return Vec::new() };
    let (mut is_format, mut formats) = (false, Vec::new());
    tags(&styles, |tag, name| match name {
        "cellXfs" => is_format = true,
        "cellStyles" | "dxfs" | "tableStyles" => is_format = false,
        "xf" if is_format => formats.push(0),
        "alignment" if is_format => {
            let depth = value(tag, "indent").and_then(|n| n.parse::<u32>().ok()).unwrap_or(0);
            formats.last_mut().into_iter().for_each(|last| *last = depth.saturating_mul(2));
        }
        _ => {}
    });
    let Some((_, text)) = sheet_part(&mut archive, sheet).filter(|_| formats.iter().any(|depth| *depth > 0)) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    tags(&text, |tag, name| {
        let format = || value(tag, "s").and_then(|n| n.parse::<usize>().ok());
        if let Some(depth) = (name == "c").then(format).flatten().and_then(|n| formats.get(n)).filter(|depth| **depth > 0)
            && let Some((row, column)) = value(tag, "r").and_then(|r| place(&r))
            && rows.get(&row).and_then(|cells| cells.get(column)).is_some_and(|c| !c.is_empty())
        {
            all.push((row, column, *depth));
        }
    });
    all
}

/// Where the cells of a sheet stand in the archive.
fn sheet_path(archive: &mut ZipArchive<Cursor<&[u8]>>, sheet: &str) -> Option<String> {
    let book = part(archive, "xl/workbook.xml")?;
    let mut id = None;
    tags(&book, |tag, name| {
        if name == "sheet" && value(tag, "name").is_some_and(|n| n == sheet) {
            id = value(tag, "id");
        }
    });
    let id = id?;
    let path = related(archive, "xl/_rels/workbook.xml.rels", |tag| value(tag, "Id").is_some_and(|i| i == id))?;
    Some(format!("xl/{}", path.trim_start_matches("/xl/").trim_start_matches('/')))
}

/// The same, and their XML.
fn sheet_part(archive: &mut ZipArchive<Cursor<&[u8]>>, sheet: &str) -> Option<(String, String)> {
    let path = sheet_path(archive, sheet)?;
    let text = part(archive, &path)?;
    Some((path, text))
}

/// What the first relation of a part that is wanted leads to.
fn related(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str, wanted: impl Fn(&BytesStart<'_>) -> bool) -> Option<String> {
    let relations = part(archive, name)?;
    let mut target = None;
    tags(&relations, |tag, name| {
        if name == "Relationship" && target.is_none() && wanted(tag) {
            target = value(tag, "Target");
        }
    });
    target
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let file = archive.by_name(name).ok()?;
    let mut bytes = Vec::new();
    file.take(PART + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= PART).then(|| String::from_utf8_lossy(&bytes).into_owned())
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let raw = tag.attributes().flatten().find(|a| local(a.key.as_ref()) == name).map(|a| a.value.to_string())?;
    quick_xml::escape::unescape(&raw).ok().map(|text| text.into_owned())
}

/// Goes through the elements of a part, as far as its XML holds.
fn tags(text: &str, mut each: impl FnMut(&BytesStart<'_>, &str)) {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) | Event::Empty(tag) => each(&tag, local(tag.name().as_ref())),
            Event::Eof => return,
            _ => {}
        }
    }
}

/// The columns in which something stands: looked for once, since a sheet may say of thousands that they are hidden.
fn used(rows: &BTreeMap<u64, Vec<CellText>>) -> BTreeSet<usize> {
    let mut used = Vec::new();
    for cells in rows.values() {
        if used.len() < cells.len() {
            used.resize(cells.len(), false);
        }
        cells.iter().zip(&mut used).for_each(|(cell, used)| *used |= !cell.is_empty());
    }
    used.into_iter().enumerate().filter(|(_, used)| *used).map(|(column, _)| column).collect()
}

/// Rows and columns that whoever opens the workbook does not see.
fn hidden(text: &str, rows: &BTreeMap<u64, Vec<CellText>>) -> Vec<CellMark> {
    let (mut marks, mut used) = (Vec::new(), used(rows));
    let first = rows.keys().next_back().copied().unwrap_or(1);
    tags(text, |tag, name| {
        if !value(tag, "hidden").is_some_and(|h| h == "1" || h == "true") {
            return;
        }
        let number = |name: &str| value(tag, name).and_then(|n| n.parse::<u64>().ok());
        match name {
            "row" => {
                marks.extend(number("r").filter(|r| rows.contains_key(r)).map(|r| (r, None, as_it_stands("the row is hidden"))))
            }
            "col" => {
                let from = usize::try_from(number("min").unwrap_or(1).max(1) - 1).unwrap_or(usize::MAX);
                let to = usize::try_from(number("max").unwrap_or(0)).unwrap_or(usize::MAX);
                marks.extend(used.range(from..to.max(from)).map(|c| (first, Some(*c), as_it_stands("the column is hidden"))));
                // Once is enough, however often it is said.
                used.retain(|c| *c < from || *c >= to);
            }
            _ => {}
        }
    });
    marks
}

fn comments(archive: &mut ZipArchive<Cursor<&[u8]>>, sheet: &str) -> Vec<CellMark> {
    let (folder, file) = sheet.rsplit_once('/').unwrap_or(("", sheet));
    let is_comments = |tag: &BytesStart<'_>| value(tag, "Type").is_some_and(|t| t.ends_with("/comments"));
    let Some(target) = related(archive, &format!("{folder}/_rels/{file}.rels"), is_comments) else { return Vec::new() };
    let Some(text) = part(archive, &format!("xl/{}", target.trim_start_matches("../").trim_start_matches("/xl/"))) else {
        return Vec::new();
    };
    let (mut marks, mut at, mut said) = (Vec::new(), None, String::new());
    let (mut reader, mut is_text) = (Reader::from_str(&text), false);
    reader.config_mut().check_end_names = false;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) => match local(tag.name().as_ref()) {
                "comment" => (at, said) = (value(&tag, "ref").and_then(|r| place(&r)), String::new()),
                "t" => is_text = true,
                _ => {}
            },
            Event::Text(text) if is_text => said.push_str(&text),
            Event::End(tag) => match local(tag.name().as_ref()) {
                "t" => is_text = false,
                "comment" if marks.len() < COMMENTS => {
                    let words: String = said.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(300).collect();
                    marks.extend(
                        at.take().map(|(row, column)| (row, Some(column), as_it_stands(&format!("a comment says: {words}")))),
                    );
                }
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    marks
}

/// The same by the styles of a workbook of Excel.
fn styled(styles: &StyleRange, rows: &BTreeMap<u64, Vec<CellText>>) -> Vec<CellMark> {
    let style = |row: u64, column: usize| style_of(styles, row, column);
    let is_struck =
        |row: u64, column: usize| style(row, column).and_then(|s| s.font.as_ref()).is_some_and(|f| f.has_strikethrough());
    struck_and_coloured(rows, is_struck, |row, column| colour(style(row, column)?))
}

/// Cells that are struck out, a mark a row; and colours that few rows have, a mark each.
fn struck_and_coloured(
    rows: &BTreeMap<u64, Vec<CellText>>,
    is_struck: impl Fn(u64, usize) -> bool,
    colour: impl Fn(u64, usize) -> Option<String>,
) -> Vec<CellMark> {
    let (mut marks, mut colours): (Vec<CellMark>, HashMap<String, Vec<u64>>) = (Vec::new(), HashMap::new());
    for (row, cells) in rows {
        let filled: Vec<usize> = (0..cells.len()).filter(|c| !cells[*c].is_empty()).collect();
        let struck: Vec<usize> = filled.iter().copied().filter(|c| is_struck(*row, *c)).collect();
        match struck.len() {
            0 => {}
            n if n == filled.len() => marks.push((*row, None, as_it_stands("the row is struck out"))),
            _ => marks.extend(struck.iter().map(|c| (*row, Some(*c), as_it_stands("the cell is struck out")))),
        }
        let of_row: HashSet<String> = filled.iter().filter_map(|c| colour(*row, *c)).collect();
        of_row.into_iter().for_each(|colour| colours.entry(colour).or_default().push(*row));
    }
    // A colour that most rows have is the look of the table.
    for (colour, with) in colours.into_iter().filter(|(_, with)| with.len() * 4 <= rows.len()) {
        let all: Vec<String> = with.iter().take(20).map(u64::to_string).collect();
        let first = with.first().copied().unwrap_or(1);
        let told = format!("cells of {} rows are filled with the colour {colour} ({})", with.len(), all.join(", "));
        marks.push((first, None, as_it_stands(&told)));
    }
    marks.extend(only_coloured(rows, colour));
    marks
}

/// Cells without a text whose colour no other cell of their row has: somebody says something by it. A mark for each colour of a
/// column.
fn only_coloured(rows: &BTreeMap<u64, Vec<CellText>>, colour: impl Fn(u64, usize) -> Option<String>) -> Vec<CellMark> {
    let width = rows.values().map(Vec::len).max().unwrap_or(0);
    let mut found: BTreeMap<(usize, String), Vec<u64>> = BTreeMap::new();
    for (row, cells) in rows {
        let of = |column: usize| colour(*row, column);
        let is_empty = |column: &usize| cells.get(*column).is_none_or(|c| c.is_empty());
        let usual: HashSet<String> = (0..width).filter(|c| !is_empty(c)).filter_map(of).collect();
        for (column, colour) in (0..width).filter(is_empty).filter_map(|c| Some((c, of(c)?))).filter(|(_, c)| !usual.contains(c))
        {
            found.entry((column, colour)).or_default().push(*row);
        }
    }
    let mark = |((column, colour), with): ((usize, String), Vec<u64>)| {
        let all: Vec<String> = with.iter().take(20).map(u64::to_string).collect();
        let shown = format!("cells of {} rows have the colour {colour} and no text ({})", with.len(), all.join(", "));
        Some((*with.first()?, Some(column), shown))
    };
    found.into_iter().filter_map(mark).collect()
}

fn style_of(styles: &StyleRange, row: u64, column: usize) -> Option<&calamine::Style> {
    styles.get((u32::try_from(row - 1).ok()?, u32::try_from(column).ok()?))
}

/// What the formats of numbers show beside them, cells below one another that show the same as one.
fn shown(styles: &StyleRange, rows: &BTreeMap<u64, Vec<CellText>>) -> Vec<Shown> {
    let mut known: HashMap<&str, Option<String>> = HashMap::new();
    // By column: what is shown, and since which row.
    let mut open: BTreeMap<usize, Shown> = BTreeMap::new();
    let mut all = Vec::new();
    for (row, cells) in rows {
        let numbers = cells.iter().enumerate().filter(|(_, cell)| cell.parse::<f64>().is_ok());
        for (column, _) in numbers {
            let format = style_of(styles, *row, column).and_then(|s| s.number_format.as_ref());
            let text = format.and_then(|f| known.entry(&f.format_code).or_insert_with_key(|code| shown_beside(code)).clone());
            match (open.get_mut(&column), text) {
                (Some(before), Some(text)) if before.text == text => before.rows.1 = *row,
                (before, text) => {
                    all.extend(before.cloned());
                    open.remove(&column);
                    open.extend(text.map(|text| (column, Shown { column, rows: (*row, *row), text })));
                }
            }
        }
    }
    all.extend(open.into_values());
    all
}

fn colour(style: &calamine::Style) -> Option<String> {
    let fill = style.fill.as_ref().filter(|f| f.pattern == FillPattern::Solid)?;
    let c = fill.foreground_color?;
    let is_white = c.red > 250 && c.green > 250 && c.blue > 250;
    (!is_white).then(|| format!("#{:02X}{:02X}{:02X}", c.red, c.green, c.blue))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hidden_column_with_something_in_it_is_told_once() {
        let row = |cells: &[&str]| cells.iter().map(|c| CellText::from(*c)).collect::<Vec<_>>();
        let rows =
            BTreeMap::from([(1, row(&["Unit", "", "Note"])), (2, row(&["Made-up", "", "x", "y"])), (3, row(&["Made-up"]))]);
        let text = "<cols><col min='2' max='3' hidden='1'/><col min='3' max='16384' hidden='true'/><col min='1' max='1'/></cols>\
                    <sheetData><row r='2' hidden='1'/><row r='9' hidden='1'/></sheetData>";
        let found: Vec<(u64, Option<usize>)> = hidden(text, &rows).into_iter().map(|(row, column, _)| (row, column)).collect();
        assert_eq!(found, [(3, Some(2)), (3, Some(3)), (2, None)]);
    }
}
