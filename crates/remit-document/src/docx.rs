//! Word (`.docx`): paragraphs with their styles and the numbers that Word counts itself. A zip of XML; what it unpacks to
//! is bounded, entities are not expanded, nothing outside of it is followed.

use crate::rows::row;
use crate::{Block, Raw, ReadError, limit, tidy};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

pub(crate) fn read(bytes: &[u8]) -> Result<Raw, ReadError> {
    let mut zip = ZipArchive::new(Cursor::new(bytes))
        .map_err(|e| ReadError::Broken(format!("it is no .docx that can be unpacked ({e})")))?;
    let document = part(&mut zip, "word/document.xml")?.ok_or_else(|| {
        ReadError::Form("it is a zip file and no Word document; sheets go to `remit import`, others must be unpacked".into())
    })?;
    let styles = part(&mut zip, "word/styles.xml")?.map(|t| levels(&t)).unwrap_or_default();
    let numbering = part(&mut zip, "word/numbering.xml")?.map(|t| Numbering::read(&t)).unwrap_or_default();
    let core = part(&mut zip, "docProps/core.xml")?.map(|t| core(&t)).unwrap_or_default();
    let mut body = DocxBody { styles, numbering, raw: Raw::default(), open: None, tables: 0, row: Vec::new() };
    let problem = events(&document, &mut |event| body.take(event));
    body.end_row();
    body.raw.notes.extend(problem);
    let [title, date, language] = core;
    Ok(Raw { title, date, language, ..body.raw })
}

/// A part of the zip as text; none where it is not there.
fn part(zip: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<String>, ReadError> {
    let Ok(file) = zip.by_name(name) else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    file.take(limit::PART as u64 + 1).read_to_end(&mut bytes).map_err(|e| ReadError::Broken(format!("{name}: {e}")))?;
    if bytes.len() > limit::PART {
        return Err(ReadError::TooLarge(format!("{name} unpacks to more than {} MB", limit::PART >> 20)));
    }
    Ok(Some(String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned())))
}

/// Hands on every event of a part; what is wrong with its XML ends it, in a sentence.
fn events(text: &str, each: &mut dyn FnMut(&Event<'_>)) -> Option<String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return None,
            Ok(event) => each(&event),
            Err(e) => {
                return Some(format!(
                    "the text breaks off at byte {} ({e}); what stands before it is read",
                    reader.buffer_position()
                ));
            }
        }
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The value of `w:val`, or of another attribute, by its local name.
fn value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes().flatten().find(|a| local(a.key.as_ref()) == name).map(|a| a.value.to_string())
}

/// The level of heading that each style means, by its outline level or its name.
fn levels(text: &str) -> HashMap<String, u8> {
    let (mut all, mut style) = (HashMap::new(), String::new());
    events(text, &mut |event| {
        let (Event::Start(tag) | Event::Empty(tag)) = event else { return };
        match local(tag.name().as_ref()) {
            "style" => style = value(tag, "styleId").unwrap_or_default(),
            "outlineLvl" => {
                if let Some(level) = value(tag, "val").and_then(|v| v.parse::<u8>().ok()).filter(|l| *l < 6) {
                    all.insert(style.clone(), level + 1);
                }
            }
            "name" if !style.is_empty() => {
                let name = value(tag, "val").unwrap_or_default().to_lowercase();
                let level = name.strip_prefix("heading ").and_then(|l| l.parse::<u8>().ok()).or((name == "title").then_some(1));
                if let Some(level) = level.filter(|l| (1..=6).contains(l)) {
                    all.entry(style.clone()).or_insert(level);
                }
            }
            _ => {}
        }
    });
    all
}

/// Title, date and language as the file's own data say them.
fn core(text: &str) -> [String; 3] {
    let (mut all, mut at): ([String; 3], Option<usize>) = Default::default();
    events(text, &mut |event| match event {
        Event::Start(tag) => {
            at = match local(tag.name().as_ref()) {
                "title" => Some(0),
                "created" => Some(1),
                "language" => Some(2),
                _ => None,
            }
        }
        Event::Text(text) => {
            if let Some(at) = at {
                all[at].push_str(text);
            }
        }
        Event::End(_) => at = None,
        _ => {}
    });
    all
}

/// How Word numbers paragraphs: format and text by list and level.
#[derive(Debug, Default)]
struct Numbering {
    /// Abstract list of each list.
    lists: HashMap<String, String>,
    /// Format, text and first number, by abstract list and level.
    levels: HashMap<(String, usize), (String, String, u32)>,
    counts: HashMap<String, [u32; 9]>,
}

impl Numbering {
    fn read(text: &str) -> Numbering {
        let mut all = Numbering::default();
        let (mut abstracted, mut list, mut level) = (String::new(), String::new(), 0);
        events(text, &mut |event| {
            let (Event::Start(tag) | Event::Empty(tag)) = event else { return };
            let val = value(tag, "val").unwrap_or_default();
            let name = tag.name();
            match local(name.as_ref()) {
                "abstractNum" => abstracted = value(tag, "abstractNumId").unwrap_or_default(),
                "lvl" => level = value(tag, "ilvl").and_then(|l| l.parse().ok()).unwrap_or(0),
                "num" => list = value(tag, "numId").unwrap_or_default(),
                "abstractNumId" => {
                    all.lists.insert(list.clone(), val);
                }
                part @ ("numFmt" | "lvlText" | "start") => {
                    let own = all.levels.entry((abstracted.clone(), level)).or_insert(("decimal".into(), String::new(), 1));
                    match part {
                        "numFmt" => own.0 = val,
                        "lvlText" => own.1 = val,
                        _ => own.2 = val.parse().unwrap_or(1),
                    }
                }
                _ => {}
            }
        });
        all
    }

    /// The number of the next paragraph of a list, as Word shows it; empty for bullets.
    fn next(&mut self, list: &str, level: usize) -> String {
        let Some(of) = self.lists.get(list).cloned().filter(|_| level < 9) else {
            return String::new();
        };
        let start = |level: usize| self.levels.get(&(of.clone(), level)).map_or(1, |l| l.2);
        let starts: Vec<u32> = (0..9).map(start).collect();
        let counts = self.counts.entry(of.clone()).or_insert([0; 9]);
        counts[level] = if counts[level] == 0 { starts[level] } else { counts[level].saturating_add(1) };
        counts[level + 1..].fill(0);
        let counts = *counts;
        let Some((format, text, _)) = self.levels.get(&(of.clone(), level)) else {
            return String::new();
        };
        if format == "bullet" || format == "none" {
            return String::new();
        }
        let mut shown = text.clone();
        for (n, count) in counts.iter().enumerate() {
            let format = self.levels.get(&(of.clone(), n)).map_or("decimal", |l| l.0.as_str());
            shown = shown.replace(&format!("%{}", n + 1), &written((*count).max(1), format));
        }
        shown
    }
}

fn written(n: u32, format: &str) -> String {
    let letter = |first: u8| char::from(first + ((n - 1) % 26) as u8).to_string();
    match format {
        "lowerLetter" => letter(b'a'),
        "upperLetter" => letter(b'A'),
        "lowerRoman" => roman(n).to_lowercase(),
        "upperRoman" => roman(n),
        _ => n.to_string(),
    }
}

/// A number in Roman signs.
pub(crate) fn roman(mut n: u32) -> String {
    const SIGNS: [(u32, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut out = String::new();
    n = n.min(399);
    for (value, sign) in SIGNS {
        while n >= value {
            out.push_str(sign);
            n -= value;
        }
    }
    out
}

/// A paragraph that is being read.
#[derive(Debug, Default)]
struct Open {
    text: String,
    style: String,
    outline: Option<u8>,
    list: Option<String>,
    list_level: usize,
    /// Inside of `w:t`.
    within_text: bool,
}

struct DocxBody {
    styles: HashMap<String, u8>,
    numbering: Numbering,
    raw: Raw,
    open: Option<Open>,
    /// Tables that are open, one in another.
    tables: usize,
    /// The cells of the open row of the outermost of them.
    row: Vec<Vec<Block>>,
}

impl DocxBody {
    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.name();
                let name = local(name.as_ref());
                if name == "p" {
                    self.end();
                    self.open = matches!(event, Event::Start(_)).then(Open::default);
                    return;
                }
                match name {
                    "tbl" if matches!(event, Event::Start(_)) => self.tables += 1,
                    "tc" if self.tables == 1 => self.row.push(Vec::new()),
                    _ => {}
                }
                let Some(open) = &mut self.open else { return };
                match name {
                    "pStyle" => open.style = value(tag, "val").unwrap_or_default(),
                    "outlineLvl" => {
                        open.outline = value(tag, "val").and_then(|v| v.parse::<u8>().ok()).filter(|l| *l < 6).map(|l| l + 1)
                    }
                    "numId" => open.list = value(tag, "val").filter(|v| v != "0"),
                    "ilvl" => open.list_level = value(tag, "val").and_then(|v| v.parse().ok()).unwrap_or(0),
                    "t" => open.within_text = true,
                    "tab" | "br" | "cr" => open.text.push(' '),
                    "noBreakHyphen" => open.text.push('-'),
                    _ => {}
                }
            }
            Event::Text(text) => self.push(text),
            Event::CData(text) => self.push(text),
            Event::GeneralRef(entity) => {
                if let Ok(Some(c)) = entity.resolve_char_ref() {
                    self.push(c.encode_utf8(&mut [0; 4]));
                } else if let Some(text) = quick_xml::escape::resolve_predefined_entity(entity) {
                    self.push(text);
                }
            }
            Event::End(tag) => match local(tag.name().as_ref()) {
                "t" => {
                    if let Some(open) = &mut self.open {
                        open.within_text = false;
                    }
                }
                "p" => self.end(),
                "tr" if self.tables == 1 => self.end_row(),
                "tbl" => {
                    self.tables = self.tables.saturating_sub(1);
                    if self.tables == 0 {
                        self.end_row();
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }

    /// Ends the row of a table.
    fn end_row(&mut self) {
        self.raw.blocks.extend(row(std::mem::take(&mut self.row)));
    }

    fn push(&mut self, text: &str) {
        if let Some(open) = self.open.as_mut().filter(|o| o.within_text && o.text.len() <= limit::TEXT) {
            // A little more than is read, so that it shows that there was more.
            let room = limit::TEXT + 4 - open.text.len();
            open.text.push_str(&text[..text.floor_char_boundary(room)]);
        }
    }

    fn end(&mut self) {
        let Some(open) = self.open.take() else { return };
        let text = tidy(&open.text);
        if text.is_empty() {
            return;
        }
        let level = open.outline.or_else(|| self.styles.get(&open.style).copied()).unwrap_or(0);
        let number = open.list.as_ref().map(|l| self.numbering.next(l, open.list_level)).unwrap_or_default();
        let text = match (number.as_str(), open.list) {
            ("", Some(_)) if level == 0 => format!("• {text}"),
            ("", _) => text,
            _ => format!("{number} {text}"),
        };
        self.row.last_mut().unwrap_or(&mut self.raw.blocks).push(Block { level, text, ..Block::default() });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use std::io::Write as _;

    const TEXT: &str = "<w:document xmlns:w=\"w\"><w:body><w:p><w:pPr><w:pStyle w:val=\"Heading1\"/><w:numPr><w:ilvl w:val=\"1\"/>\
        <w:numId w:val=\"2\"/></w:numPr></w:pPr><w:r><w:t>Made up</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t>\
        <w:footnoteReference w:id=\"1\"/></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>\
        <w:hyperlink><w:r><w:t>there</w:t></w:r></w:hyperlink></w:p></w:body></w:document>";

    fn packed(text: &str) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, part) in [("word/document.xml", text), ("word/footnotes.xml", text), ("word/numbering.xml", text)] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(part.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        /// A Word file whose text or whose bytes were cut, doubled or altered is read or refused.
        #[test]
        fn any_word_file_is_read_or_refused(cuts in prop::collection::vec((0..TEXT.len(), 0..60_usize, any::<bool>()), 0..3),
            bytes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4)) {
            let mut text = TEXT.to_owned();
            for (at, length, doubled) in cuts {
                let (at, end) = (at.min(text.len()), (at + length).min(text.len()));
                let part = text[at..end].to_owned();
                text.replace_range(at..end, &if doubled { part.repeat(3) } else { String::new() });
            }
            let mut file = packed(&text);
            for (at, byte) in bytes {
                let at = at.index(file.len());
                file[at] = byte;
            }
            let _ = crate::read(&file, "made-up.docx");
        }
    }
}
