//! The same of a workbook as Excel wrote it until 2003 (BIFF8): struck-out cells and parts of them, colours, hidden rows and columns, comments. A
//! file is a small file system, a workbook one file in it, which is a row of records, each with its kind and length.

use super::{COMMENTS, CellMark, Struck, as_it_stands, struck_and_coloured, struck_in_part, used};
use crate::grid::CellText;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Kinds of records.
const FORMULA: u16 = 0x0006;
const END: u16 = 0x000A;
const NOTE: u16 = 0x001C;
const FONT: u16 = 0x0031;
const CONTINUE: u16 = 0x003C;
const OBJECT: u16 = 0x005D;
const COLUMNS: u16 = 0x007D;
const SHEET: u16 = 0x0085;
const NUMBERS: u16 = 0x00BD;
const FORMAT: u16 = 0x00E0;
const TEXTS: u16 = 0x00FC;
const TEXT: u16 = 0x00FD;
const CELLS: [u16; 6] = [TEXT, FORMULA, 0x0203, 0x0204, 0x0205, 0x027E];
const ROW: u16 = 0x0208;
const DRAWN_TEXT: u16 = 0x01B6;
const LINK: u16 = 0x01B8;
const BEGIN: u16 = 0x0809;
/// A comment, among the things that are drawn.
const OF_COMMENT: u16 = 0x0019;

/// What is told of a sheet with links.
const LINKS: &str =
    "cells of this sheet are links, which are not seen in a workbook of this age; save it as .xlsx to have them told";

/// Looks at a sheet by its name; what is struck out within a cell is taken away. None where the workbook is of another form.
pub(crate) fn xls(bytes: &[u8], sheet: &str, rows: &mut BTreeMap<u64, Vec<CellText>>) -> Option<Vec<CellMark>> {
    let stream = stream(bytes)?;
    let book = Book::read(&stream)?;
    let (_, at) = book.sheets.iter().find(|(name, _)| name == sheet)?;
    let seen = book.sheet(&stream, *at);
    let columns = used(rows);
    let first = rows.keys().next_back().copied().unwrap_or(1);
    let mut marks: Vec<CellMark> = Vec::new();
    for ((row, column), struck) in &seen.in_part {
        let Some(cell) = rows.get_mut(row).and_then(|cells| cells.get_mut(*column)) else { continue };
        marks.push(struck_in_part(cell, struck, *row, *column));
    }
    let hidden = seen.rows.iter().filter(|row| rows.contains_key(row));
    marks.extend(hidden.map(|row| (*row, None, as_it_stands("the row is hidden"))));
    let hidden = columns.iter().filter(|c| seen.columns.iter().any(|(from, to)| (*from..=*to).contains(*c)));
    marks.extend(hidden.map(|column| (first, Some(*column), as_it_stands("the column is hidden"))));
    let comments = seen.comments.iter().take(COMMENTS);
    marks.extend(comments.map(|(row, column, said)| (*row, Some(*column), as_it_stands(&format!("a comment says: {said}")))));
    marks.extend(seen.has_links.then(|| (first, None, LINKS.to_owned())));
    let colour = |row: u64, column: usize| seen.colours.get(&(row, column)).map(|number| format!("number {number}"));
    marks.extend(struck_and_coloured(rows, |row, column| seen.struck.contains(&(row, column)), colour));
    Some(marks)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// The workbook in a file: the sectors of which it is made, one after the other.
fn stream(file: &[u8]) -> Option<Vec<u8>> {
    let size = 1_usize.checked_shl(u32::from(u16_at(file, 0x1E)?)).filter(|size| (512..=4096).contains(size))?;
    let sector = |n: u32| file.get((n as usize).checked_add(1)?.checked_mul(size)?..)?.get(..size);
    let most = file.len() / size + 1;
    // Where the tables of what follows what stand is said at the beginning, and in sectors of their own where that is not enough.
    let mut tables: Vec<u32> = (0..109).filter_map(|n| u32_at(file, 0x4C + 4 * n)).collect();
    let mut next = u32_at(file, 0x44)?;
    for _ in 0..most {
        let Some(more) = sector(next) else { break };
        tables.extend((0..size / 4 - 1).filter_map(|n| u32_at(more, 4 * n)));
        next = u32_at(more, size - 4)?;
    }
    let follows: Vec<u32> =
        tables.iter().filter_map(|n| sector(*n)).flat_map(|s| (0..size / 4).filter_map(|n| u32_at(s, 4 * n))).collect();
    let chain = |from: u32| {
        let mut all = Vec::new();
        let mut at = from;
        for _ in 0..most {
            let Some(part) = sector(at) else { break };
            all.extend_from_slice(part);
            at = follows.get(at as usize).copied().unwrap_or(u32::MAX);
        }
        all
    };
    let directory = chain(u32_at(file, 0x30)?);
    let named = |name: &str| {
        let wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        directory.chunks_exact(128).find(|entry| entry.starts_with(&wanted) && u16_at(entry, 64) == Some(wanted.len() as u16 + 2))
    };
    let (entry, root) = (named("Workbook")?, named("Root Entry")?);
    let (from, length) = (u32_at(entry, 116)?, u32_at(entry, 120)? as usize);
    let mut whole = if length < u32_at(file, 0x38)? as usize {
        small(&chain(u32_at(root, 116)?), &chain(u32_at(file, 0x3C)?), from, length)
    } else {
        chain(from)
    };
    whole.truncate(length);
    Some(whole)
}

/// What is smaller than a few sectors stands in pieces of 64 bytes of a file of its own.
fn small(pieces: &[u8], follows: &[u8], from: u32, length: usize) -> Vec<u8> {
    let (mut all, mut at) = (Vec::new(), from);
    for _ in 0..length.min(pieces.len()).div_ceil(64) {
        let Some(piece) = (at as usize).checked_mul(64).and_then(|at| pieces.get(at..)?.get(..64)) else { break };
        all.extend_from_slice(piece);
        at = u32_at(follows, at as usize * 4).unwrap_or(u32::MAX);
    }
    all
}

/// A text, and where in it which font begins.
#[derive(Debug, Clone, Default)]
struct Text {
    letters: Vec<u16>,
    fonts: Vec<(usize, u16)>,
}

/// What a sheet shows.
#[derive(Debug, Default)]
struct SeenSheet {
    rows: Vec<u64>,
    columns: Vec<(usize, usize)>,
    struck: HashSet<(u64, usize)>,
    colours: HashMap<(u64, usize), u32>,
    in_part: Vec<((u64, usize), Struck)>,
    comments: Vec<(u64, usize, String)>,
    /// True where a cell is a link that leads out of the workbook.
    has_links: bool,
}

#[derive(Debug, Default)]
struct Book {
    /// For each font, whether it strikes out.
    fonts: Vec<bool>,
    /// For each format of cells its font, and the number of the colour that fills them.
    formats: Vec<(u16, Option<u32>)>,
    texts: Vec<Text>,
    /// Where each sheet begins, by its name.
    sheets: Vec<(String, usize)>,
}

impl Book {
    fn read(stream: &[u8]) -> Option<Book> {
        // Of an older form, texts and fonts stand otherwise.
        let is_known = u16_at(stream, 0)? == BEGIN && u16_at(stream, 4)? == 0x0600;
        let mut book = Book::default();
        for (kind, parts) in records(stream, 0).take_while(|(kind, _)| is_known && *kind != END) {
            let data = parts[0];
            match kind {
                FONT => book.fonts.push(u16_at(data, 2).unwrap_or(0) & 8 != 0),
                FORMAT => book.formats.push((u16_at(data, 0).unwrap_or(0), filled_with(data))),
                TEXTS => book.texts = texts(&parts),
                SHEET => book.sheets.extend(u32_at(data, 0).zip(name(data)).map(|(at, name)| (name, at as usize))),
                _ => {}
            }
        }
        is_known.then_some(book)
    }

    /// True for a font that strikes out. There is none of the number four.
    fn strikes(&self, font: u16) -> bool {
        let at = usize::from(font) - usize::from(font > 4);
        self.fonts.get(at).copied().unwrap_or(false)
    }

    fn sheet(&self, stream: &[u8], at: usize) -> SeenSheet {
        let mut seen = SeenSheet::default();
        let (mut object, mut said): (Option<u16>, HashMap<u16, String>) = (None, HashMap::new());
        let mut notes: Vec<(u64, usize, u16)> = Vec::new();
        for (kind, parts) in records(stream, at).take_while(|(kind, _)| *kind != END) {
            let data = parts[0];
            let number = |at: usize| u16_at(data, at).unwrap_or(0);
            let (row, column) = (u64::from(number(0)) + 1, usize::from(number(2)));
            match kind {
                ROW if u32_at(data, 12).unwrap_or(0) & 0x20 != 0 => seen.rows.push(row),
                COLUMNS if number(8) & 1 != 0 => seen.columns.push((usize::from(number(0)), column)),
                NOTE => notes.push((row, column, number(6))),
                OBJECT => object = (number(4) == OF_COMMENT).then(|| number(6)),
                DRAWN_TEXT => said.extend(object.take().zip(parts.get(1).map(|part| drawn(part, usize::from(number(10)))))),
                LINK => seen.has_links |= u32_at(data, 28).unwrap_or(0) & 1 != 0,
                NUMBERS => {
                    // Six bytes a cell: its format, and its number.
                    let formats = (0..).map_while(|n| u16_at(data, 4 + 6 * n).filter(|_| 4 + 6 * n + 6 <= data.len()));
                    for (n, format) in formats.enumerate() {
                        seen.colours.extend(self.colour(format).map(|colour| ((row, column + n), colour)));
                        seen.struck.extend(self.is_struck(format).then_some((row, column + n)));
                    }
                }
                kind if CELLS.contains(&kind) => self.cell(kind, data, (row, column), &mut seen),
                _ => {}
            }
        }
        let comment = |(row, column, id): (u64, usize, u16)| Some((row, column, said.get(&id)?.clone()));
        seen.comments = notes.into_iter().filter_map(comment).filter(|(.., said)| !said.is_empty()).collect();
        seen
    }

    fn is_struck(&self, format: u16) -> bool {
        self.formats.get(usize::from(format)).is_some_and(|(font, _)| self.strikes(*font))
    }

    fn colour(&self, format: u16) -> Option<u32> {
        self.formats.get(usize::from(format))?.1
    }

    fn cell(&self, kind: u16, data: &[u8], at: (u64, usize), seen: &mut SeenSheet) {
        let format = u16_at(data, 4).unwrap_or(0);
        let is_struck = self.is_struck(format);
        seen.colours.extend(self.colour(format).map(|colour| (at, colour)));
        let text = (kind == TEXT).then(|| u32_at(data, 6).and_then(|n| self.texts.get(n as usize))).flatten();
        match text.map(|text| self.parts_of(text, is_struck)).filter(Struck::is_part) {
            Some(struck) => seen.in_part.push((at, struck)),
            // Where all of its words are written anew, the format of the cell says nothing.
            None if text.is_some_and(|text| text.fonts.first().is_some_and(|(from, _)| *from == 0)) => {
                let all = text.is_some_and(|text| text.fonts.iter().all(|(_, font)| self.strikes(*font)));
                seen.struck.extend(all.then_some(at));
            }
            None => seen.struck.extend(is_struck.then_some(at)),
        }
    }

    /// What of a text is struck out, and what is not.
    fn parts_of(&self, text: &Text, is_struck: bool) -> Struck {
        let mut struck = Struck::default();
        let (mut from, mut is_out) = (0, is_struck);
        for (at, font) in text.fonts.iter().copied().chain([(text.letters.len(), 0)]) {
            let at = at.clamp(from, text.letters.len());
            struck.part(is_out).push_str(&String::from_utf16_lossy(&text.letters[from..at]));
            (from, is_out) = (at, self.strikes(font));
        }
        struck
    }
}

/// The records from a place on, each with those that continue it.
fn records(stream: &[u8], mut at: usize) -> impl Iterator<Item = (u16, Vec<&[u8]>)> {
    let one = |at: usize| {
        let (kind, length) = (u16_at(stream, at)?, usize::from(u16_at(stream, at + 2)?));
        Some((kind, stream.get(at + 4..)?.get(..length)?))
    };
    std::iter::from_fn(move || {
        let (kind, data) = one(at)?;
        at += 4 + data.len();
        let mut parts = vec![data];
        while let Some((CONTINUE, more)) = one(at) {
            parts.push(more);
            at += 4 + more.len();
        }
        Some((kind, parts))
    })
}

/// The number of the colour with which a format fills cells; none for white, and for that of the window.
fn filled_with(format: &[u8]) -> Option<u32> {
    let is_solid = u32_at(format, 14)? >> 26 == 1;
    let number = u32::from(u16_at(format, 18)?) & 0x7F;
    (is_solid && !matches!(number, 1 | 9 | 64 | 65)).then_some(number)
}

/// The name of a sheet.
fn name(data: &[u8]) -> Option<String> {
    let (length, is_wide) = (usize::from(*data.get(6)?), data.get(7)? & 1 != 0);
    Some(letters(data.get(8..)?, length, is_wide))
}

fn letters(bytes: &[u8], length: usize, is_wide: bool) -> String {
    let units: Vec<u16> = match is_wide {
        true => bytes.chunks_exact(2).take(length).map(|b| u16::from_le_bytes([b[0], b[1]])).collect(),
        false => bytes.iter().take(length).map(|b| u16::from(*b)).collect(),
    };
    String::from_utf16_lossy(&units)
}

/// What a comment says, in one line.
fn drawn(part: &[u8], length: usize) -> String {
    let is_wide = part.first().is_some_and(|flags| flags & 1 != 0);
    let text = letters(part.get(1..).unwrap_or_default(), length, is_wide);
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(300).collect()
}

/// Reads through records that continue one another.
struct Bytes<'p> {
    parts: &'p [&'p [u8]],
    part: usize,
    at: usize,
}

impl Bytes<'_> {
    fn next(&mut self) -> Option<u8> {
        while self.at >= self.parts.get(self.part)?.len() {
            (self.part, self.at) = (self.part + 1, 0);
        }
        self.at += 1;
        self.parts[self.part].get(self.at - 1).copied()
    }

    fn pair(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.next()?, self.next()?]))
    }

    /// Letters, of which the flags are said again where they go on in another record.
    fn letters(&mut self, length: usize, mut is_wide: bool) -> Option<Vec<u16>> {
        let mut all = Vec::new();
        for _ in 0..length {
            if self.at >= self.parts.get(self.part)?.len() {
                is_wide = self.next()? & 1 != 0;
            }
            all.push(if is_wide { self.pair()? } else { u16::from(self.next()?) });
        }
        Some(all)
    }
}

/// The texts that cells refer to by their number.
fn texts(parts: &[&[u8]]) -> Vec<Text> {
    let mut bytes = Bytes { parts, part: 0, at: 8 };
    let one = || {
        let (length, flags) = (usize::from(bytes.pair()?), bytes.next()?);
        let runs = if flags & 8 != 0 { bytes.pair()? } else { 0 };
        let more = if flags & 4 != 0 { u32::from(bytes.pair()?) | u32::from(bytes.pair()?) << 16 } else { 0 };
        let letters = bytes.letters(length, flags & 1 != 0)?;
        let mut fonts = Vec::new();
        for _ in 0..runs {
            fonts.push((usize::from(bytes.pair()?), bytes.pair()?));
        }
        for _ in 0..more {
            bytes.next()?;
        }
        Some(Text { letters, fonts })
    };
    std::iter::from_fn(one).collect()
}
