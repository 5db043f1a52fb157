//! Where the cells of a sheet say that they stand. A place that no sheet has costs its own cell and nothing else.

use super::links::{LINKS, NamedLink, related};
use super::{CellMark, SeenCells, local, sheet_path, value};
use crate::grid::{COLUMNS, CellText, Merged, ROWS};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Places of a kind that are named; the others are counted.
const NAMED: usize = 20;

/// Bytes of a part by which it is known whether it is a sheet: what stands before its cells is short.
const BEGINNING: usize = 64 << 10;

/// What a sheet says of places.
#[derive(Debug, Default)]
pub(crate) struct SheetPlaces {
    /// The cells that are shown as one.
    merged: Vec<Merged>,
    /// Its links that lead out of the workbook.
    links: Vec<NamedLink>,
    areas: WrongPlaces,
    cells: WrongPlaces,
    rows: WrongPlaces,
    /// Areas of formulas and of the sheet itself: nothing is lost with them.
    others: WrongPlaces,
}

/// Places that no sheet has.
#[derive(Debug, Default)]
struct WrongPlaces {
    count: usize,
    first: Vec<String>,
}

impl WrongPlaces {
    fn add(&mut self, said: &str) {
        self.count += 1;
        if self.first.len() < NAMED {
            self.first.push(format!("“{}”", said.chars().take(80).collect::<String>()));
        }
    }

    /// The places, with what is said of one and of several, and what was done; nothing where there are none.
    fn told(&self, [one, several]: [&str; 2], [it, they]: [&str; 2]) -> Option<String> {
        let first = self.first.join(", ");
        match self.count {
            0 => None,
            1 => Some(format!("{one} ({first}); {it}")),
            count => Some(format!("{count} {several} ({first}); {they}")),
        }
    }
}

impl SheetPlaces {
    /// Goes through the XML of a sheet, as far as it holds.
    fn of(part: impl BufRead) -> SheetPlaces {
        let (mut all, mut buffer) = (SheetPlaces::default(), Vec::new());
        let mut reader = Reader::from_reader(part);
        reader.config_mut().check_end_names = false;
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(tag) | Event::Empty(tag)) => all.look_at(&tag),
                Ok(Event::Eof) | Err(_) => return all,
                Ok(_) => {}
            }
        }
    }

    fn look_at(&mut self, tag: &BytesStart<'_>) {
        let name = tag.name();
        let name = local(name.as_ref());
        if name == "hyperlink" {
            let named = value(tag, "ref").and_then(|said| area(&said)).zip(value(tag, "id"));
            let link = named.filter(|(_, relation)| relation.len() < 100 && self.links.len() < LINKS);
            let place = value(tag, "location").filter(|place| place.len() < 1000).unwrap_or_default();
            self.links.extend(link.map(|(cells, relation)| NamedLink { cells, relation, place }));
            return;
        }
        if name == "mergeCell" {
            let said = value(tag, "ref").unwrap_or_default();
            match area(&said) {
                Some(area) => self.merged.push(area),
                None => self.areas.add(&said),
            }
            return;
        }
        let Some(said) = wrong(tag, name) else { return };
        match name {
            "c" => self.cells.add(&said),
            "row" => self.rows.add(&said),
            _ => self.others.add(&said),
        }
    }

    /// False where a reader of workbooks would stop, or put a cell where it does not stand: see [`sound`].
    fn is_sound(&self) -> bool {
        [&self.cells, &self.rows, &self.others].iter().all(|wrong| wrong.count == 0)
    }

    /// What is told of the places that no sheet has, below all rows: where they stand nobody can say.
    fn marks(&self, rows: &BTreeMap<u64, Vec<CellText>>) -> Vec<CellMark> {
        let below = rows.keys().next_back().map_or(1, |last| last + 1);
        let areas = self.areas.told(
            ["an area of merged cells is no area of a sheet", "areas of merged cells are no areas of a sheet"],
            ["its cells were read one by one", "their cells were read one by one"],
        );
        let cells = self.cells.told(
            ["a cell says that it stands where no sheet has a cell", "cells say that they stand where no sheet has a cell"],
            [
                "it was left out; open the file in Excel or LibreOffice, save it, and send it again",
                "they were left out; open the file in Excel or LibreOffice, save it, and send it again",
            ],
        );
        let rows = self.rows.told(
            ["a row has a number that no row has", "rows have a number that no row has"],
            ["it was read as the row after the one before it", "each was read as the row after the one before it"],
        );
        [areas, cells, rows].into_iter().flatten().map(|told| (below, None, told)).collect()
    }
}

/// The place that an element names and no sheet has.
fn wrong(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = named_by(name)?;
    let said = tag.attributes().flatten().find(|a| local(a.key.as_ref()) == attribute)?.value;
    let is_place = match name {
        "c" => place(&said).is_some_and(is_of_a_sheet),
        "row" => said.parse().is_ok_and(|row: u64| is_of_a_sheet((row, 0))),
        _ => area(&said).is_some(),
    };
    (!is_place).then(|| said.into_owned())
}

/// The attribute by which an element of a sheet says where it stands.
fn named_by(element: &str) -> Option<&'static str> {
    match element {
        "c" | "row" => Some("r"),
        "dimension" | "f" => Some("ref"),
        _ => None,
    }
}

/// What the sheets of a workbook say of places, by the names of their parts. A sheet is known by what it begins with: which part
/// the workbook calls so is for its reader to find.
pub(crate) fn places(bytes: &[u8]) -> BTreeMap<String, SheetPlaces> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return BTreeMap::new() };
    let all = (0..archive.len()).filter_map(|index| {
        let part = archive.by_index(index).ok()?;
        let name = part.name().ok()?.into_owned();
        let mut part = BufReader::with_capacity(BEGINNING, part);
        let beginning = String::from_utf8_lossy(part.fill_buf().ok()?);
        let is_sheet = [":sheetData", "<sheetData", ":dimension", "<dimension"].iter().any(|tag| beginning.contains(tag));
        is_sheet.then(|| (name, SheetPlaces::of(part)))
    });
    all.collect()
}

/// What is told of the places of one sheet, its cells that are shown as one, and those that are links.
pub(crate) fn taken(
    places: &mut BTreeMap<String, SheetPlaces>,
    bytes: &[u8],
    sheet: &str,
    rows: &BTreeMap<u64, Vec<CellText>>,
) -> SeenCells {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return SeenCells::default() };
    let Some(path) = sheet_path(&mut archive, sheet) else { return SeenCells::default() };
    let places = places.remove(&path).unwrap_or_default();
    let links = related(&mut archive, &path, &places.links, rows);
    SeenCells { marks: places.marks(rows), merged: places.merged, links, ..SeenCells::default() }
}

/// The workbook again, whose sheets say nothing of places that no sheet has: such cells are left out, and of what is no cell the
/// place alone. The workbook itself where they say nothing such; none where it cannot be written again.
pub(crate) fn sound<'b>(bytes: &'b [u8], places: &BTreeMap<String, SheetPlaces>) -> Option<Cow<'b, [u8]>> {
    if places.values().all(SheetPlaces::is_sound) {
        return Some(bytes.into());
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut written = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).ok()?;
        let name = part.name().ok()?.into_owned();
        if places.get(&name).is_none_or(SheetPlaces::is_sound) {
            written.raw_copy_file(part).ok()?;
            continue;
        }
        drop(part);
        written.start_file(name, SimpleFileOptions::default()).ok()?;
        write_sound(BufReader::new(archive.by_index(index).ok()?), &mut written)?;
    }
    Some(written.finish().ok()?.into_inner().into())
}

fn write_sound(part: impl BufRead, into: impl Write) -> Option<()> {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().check_end_names = false;
    let mut writer = Writer::new(into);
    let (mut buffer, mut is_left_out) = (Vec::new(), false);
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).ok()?;
        match event {
            Event::Eof => return Some(()),
            Event::Start(tag) if is_wrong_cell(&tag) => is_left_out = true,
            Event::Empty(tag) if is_wrong_cell(&tag) => {}
            Event::End(tag) if is_left_out => is_left_out = local(tag.name().as_ref()) != "c",
            _ if is_left_out => {}
            Event::Start(tag) => writer.write_event(Event::Start(without_wrong(tag))).ok()?,
            Event::Empty(tag) => writer.write_event(Event::Empty(without_wrong(tag))).ok()?,
            other => writer.write_event(other).ok()?,
        }
    }
}

fn is_wrong_cell(tag: &BytesStart<'_>) -> bool {
    local(tag.name().as_ref()) == "c" && wrong(tag, "c").is_some()
}

/// An element without its place, where that is none.
fn without_wrong(tag: BytesStart<'_>) -> BytesStart<'_> {
    let name = tag.name().as_ref().to_owned();
    let Some(attribute) = named_by(local(&name)).filter(|_| wrong(&tag, local(&name)).is_some()) else { return tag };
    let kept: Vec<_> = tag.attributes().flatten().filter(|a| local(a.key.as_ref()) != attribute).collect();
    BytesStart::new(name).with_attributes(kept).into_owned()
}

/// Rows and columns of an area such as B7:C9, or of one cell.
fn area(said: &str) -> Option<Merged> {
    let (first, last) = said.split_once(':').unwrap_or((said, said));
    let ((top, left), (bottom, right)) = (place(first)?, place(last)?);
    let is_one = top <= bottom && left <= right && [(top, left), (bottom, right)].into_iter().all(is_of_a_sheet);
    is_one.then_some(Merged { rows: (top, bottom), columns: (left, right) })
}

fn is_of_a_sheet((row, column): (u64, usize)) -> bool {
    (1..=u64::from(ROWS)).contains(&row) && column < COLUMNS as usize
}

/// Row and column of a cell such as B7.
pub(super) fn place(cell: &str) -> Option<(u64, usize)> {
    let letters = cell.chars().take_while(char::is_ascii_alphabetic).count();
    let column = cell[..letters]
        .bytes()
        .try_fold(0_usize, |n, b| Some(n.checked_mul(26)? + usize::from(b.to_ascii_uppercase() - b'A') + 1));
    let row = Some(&cell[letters..]).filter(|row| row.bytes().all(|b| b.is_ascii_digit()));
    Some((row?.parse().ok()?, column?.checked_sub(1)?))
}
