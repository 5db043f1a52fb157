//! What a workbook shows of its cells and a table does not say: rows and columns that are hidden, cells that are struck out or
//! filled with a colour, and comments. Whoever keeps the sheet means something by it, and only they can say what.

use crate::grid::{CellText, Grid, letter};
use crate::read::Finding;
use calamine::{FillPattern, Xlsx};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// Row, column, and what is shown there.
pub(crate) type Mark = (u64, Option<usize>, String);

/// Bytes of a part that is looked at; a sheet that is larger is a table that a program wrote.
const PART: u64 = 16 << 20;

/// Comments of a sheet that are told.
const COMMENTS: usize = 1_000;

/// What is marked in a sheet, of the cells that have something in them.
pub(crate) fn marks(book: &mut Xlsx<Cursor<&[u8]>>, bytes: &[u8], sheet: &str, rows: &BTreeMap<u64, Vec<CellText>>) -> Vec<Mark> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    let Some((path, text)) = sheet_part(&mut archive, sheet) else { return Vec::new() };
    let mut marks = hidden(&text, rows);
    drop(text);
    marks.extend(comments(&mut archive, &path));
    marks.extend(styled(book, sheet, rows));
    marks.sort_by_key(|(row, column, _)| (*row, *column));
    marks
}

/// Where the cells of a sheet stand in the archive, and their XML.
fn sheet_part(archive: &mut ZipArchive<Cursor<&[u8]>>, sheet: &str) -> Option<(String, String)> {
    let book = part(archive, "xl/workbook.xml")?;
    let mut id = None;
    tags(&book, |tag, name| {
        if name == "sheet" && value(tag, "name").is_some_and(|n| n == sheet) {
            id = value(tag, "id");
        }
    });
    let id = id?;
    let path = related(archive, "xl/_rels/workbook.xml.rels", |tag| value(tag, "Id").is_some_and(|i| i == id))?;
    let path = format!("xl/{}", path.trim_start_matches("/xl/").trim_start_matches('/'));
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

/// Rows and columns that whoever opens the workbook does not see.
fn hidden(text: &str, rows: &BTreeMap<u64, Vec<CellText>>) -> Vec<Mark> {
    let mut marks = Vec::new();
    tags(text, |tag, name| {
        if !value(tag, "hidden").is_some_and(|h| h == "1" || h == "true") {
            return;
        }
        let number = |name: &str| value(tag, name).and_then(|n| n.parse::<u64>().ok());
        match name {
            "row" => {
                marks.extend(number("r").filter(|r| rows.contains_key(r)).map(|r| (r, None, "the row is hidden".to_owned())))
            }
            "col" => {
                let (from, to) = (number("min").unwrap_or(1).max(1) - 1, number("max").unwrap_or(0));
                let is_used = |c: &usize| rows.values().any(|cells| cells.get(*c).is_some_and(|t| !t.is_empty()));
                let first = rows.keys().next_back().copied().unwrap_or(1);
                let used = (from as usize..to.min(16_384) as usize).filter(is_used);
                marks.extend(used.map(|c| (first, Some(c), "the column is hidden".to_owned())));
            }
            _ => {}
        }
    });
    marks
}

fn comments(archive: &mut ZipArchive<Cursor<&[u8]>>, sheet: &str) -> Vec<Mark> {
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
                    marks.extend(at.take().map(|(row, column)| (row, Some(column), format!("a comment says: {words}"))));
                }
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    marks
}

/// Row and column of a cell such as B7.
fn place(cell: &str) -> Option<(u64, usize)> {
    let letters = cell.chars().take_while(char::is_ascii_alphabetic).count();
    let column = cell[..letters]
        .bytes()
        .try_fold(0_usize, |n, b| Some(n.checked_mul(26)? + usize::from(b.to_ascii_uppercase() - b'A') + 1));
    Some((cell[letters..].parse().ok()?, column?.checked_sub(1)?))
}

/// Cells that are struck out, a mark a row; and colours that few rows have, a mark each.
fn styled(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, rows: &BTreeMap<u64, Vec<CellText>>) -> Vec<Mark> {
    let Ok(styles) = book.worksheet_style(sheet) else { return Vec::new() };
    let (mut marks, mut colours): (Vec<Mark>, HashMap<String, Vec<u64>>) = (Vec::new(), HashMap::new());
    for (row, cells) in rows {
        let filled: Vec<usize> = (0..cells.len()).filter(|c| !cells[*c].is_empty()).collect();
        let style = |column: usize| styles.get((u32::try_from(*row - 1).ok()?, u32::try_from(column).ok()?));
        let is_struck = |c: &usize| style(*c).and_then(|s| s.font.as_ref()).is_some_and(|f| f.has_strikethrough());
        let struck: Vec<usize> = filled.iter().copied().filter(is_struck).collect();
        match struck.len() {
            0 => {}
            n if n == filled.len() => marks.push((*row, None, "the row is struck out".to_owned())),
            _ => marks.extend(struck.iter().map(|c| (*row, Some(*c), "the cell is struck out".to_owned()))),
        }
        let of_row: HashSet<String> = filled.iter().filter_map(|c| colour(style(*c)?)).collect();
        of_row.into_iter().for_each(|colour| colours.entry(colour).or_default().push(*row));
    }
    // A colour that most rows have is the look of the table.
    for (colour, with) in colours.into_iter().filter(|(_, with)| with.len() * 4 <= rows.len()) {
        let all: Vec<String> = with.iter().take(20).map(u64::to_string).collect();
        let first = with.first().copied().unwrap_or(1);
        marks.push((
            first,
            None,
            format!("cells of {} rows are filled with the colour {colour} ({})", with.len(), all.join(", ")),
        ));
    }
    marks.extend(only_coloured(&styles, rows));
    marks
}

/// Cells without a text whose colour no other cell of their row has: somebody says something by it. A mark for each colour of a
/// column.
fn only_coloured(styles: &calamine::StyleRange, rows: &BTreeMap<u64, Vec<CellText>>) -> Vec<Mark> {
    let width = rows.values().map(Vec::len).max().unwrap_or(0);
    let mut found: BTreeMap<(usize, String), Vec<u64>> = BTreeMap::new();
    for (row, cells) in rows {
        let of = |column: usize| colour(styles.get((u32::try_from(*row - 1).ok()?, u32::try_from(column).ok()?))?);
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

fn colour(style: &calamine::Style) -> Option<String> {
    let fill = style.fill.as_ref().filter(|f| f.pattern == FillPattern::Solid)?;
    let c = fill.foreground_color?;
    let is_white = c.red > 250 && c.green > 250 && c.blue > 250;
    (!is_white).then(|| format!("#{:02X}{:02X}{:02X}", c.red, c.green, c.blue))
}

/// Marks as findings of the cells below the headings, which stand in the first of these rows.
pub(crate) fn findings(grid: &Grid, header: usize) -> Vec<Finding> {
    let first = grid.rows.get(header).map_or(0, |(row, _)| *row);
    let below = grid.marks.iter().filter(|(row, ..)| *row > first);
    let finding = |(row, column, shown): &Mark| {
        let at = grid.rows.binary_search_by_key(row, |(at, _)| *at);
        let cells = at.map(|at| grid.rows[at].1.as_slice()).unwrap_or_default();
        let value = column.map_or_else(|| cells.join(" · "), |c| cells.get(c).map(CellText::to_string).unwrap_or_default());
        Finding {
            sheet: grid.sheet.clone(),
            row: *row,
            column: column.map(letter).unwrap_or_default(),
            value: value.chars().take(200).collect(),
            rule: "marked",
            reason: format!("{shown}; it was read as it stands: say what is meant, or leave it out"),
        }
    };
    below.map(finding).collect()
}
