//! What a document holds, in order, for who makes another form of it: headings, paragraphs, lists, tables, pictures with what they
//! say, footnotes. It is read from the document itself, so that an office’s own template gives the same as ours.

use crate::ReportError;
use crate::docx::package::{DOCUMENT, Package, part_at};
use crate::docx::xml::{Element, Xml};
use crate::letters::in_their_fonts;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use remit_model::{Direction, Locale};
use serde::Serialize;
use std::collections::BTreeMap;

/// Points of a twip, of an English metric unit.
const TWIP: f64 = 1.0 / 20.0;
const UNIT: f64 = 1.0 / 12_700.0;

/// Styles upon styles that are followed.
const DEEPEST: usize = 20;

/// A document as plain content, which is JSON for other programs.
#[derive(Debug, Default, Serialize)]
pub struct Content {
    title: String,
    author: String,
    keywords: String,
    /// The moment of which it tells, in universal time.
    made: String,
    language: String,
    direction: &'static str,
    page: PageSize,
    head: Vec<ContentBlock>,
    blocks: Vec<ContentBlock>,
    foot: Vec<ContentBlock>,
    pictures: Vec<PictureFile>,
}

/// Width, height and margins, in points.
#[derive(Debug, Serialize)]
struct PageSize {
    width: f64,
    height: f64,
    top: f64,
    right: f64,
    bottom: f64,
    left: f64,
}

impl Default for PageSize {
    fn default() -> PageSize {
        PageSize { width: 595.3, height: 841.9, top: 51.0, right: 56.7, bottom: 51.0, left: 56.7 }
    }
}

#[derive(Debug, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
enum ContentBlock {
    Heading { level: usize, runs: Vec<Run> },
    Paragraph { style: String, side: String, runs: Vec<Run> },
    List { is_numbered: bool, items: Vec<Vec<Run>> },
    Table { caption: String, widths: Vec<f64>, heads: usize, rows: Vec<Vec<ContentCell>> },
}

#[derive(Debug, Serialize)]
struct ContentCell {
    column: usize,
    across: usize,
    down: usize,
    blocks: Vec<ContentBlock>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
enum Run {
    Text { text: String, is_bold: bool, is_italic: bool },
    Note { runs: Vec<Run> },
    Picture { number: usize, says: String, width: f64 },
    PageNumber,
    PageCount,
    PageBreak,
}

/// A picture as a file: what form it has, and its bytes in base64.
#[derive(Debug, Serialize)]
struct PictureFile {
    form: String,
    bytes: String,
}

impl Content {
    /// Reads a .docx that Remit wrote.
    ///
    /// # Errors
    /// When a part of it cannot be read.
    pub(crate) fn read(bytes: &[u8], locale: &Locale) -> Result<Content, ReportError> {
        let package = Package::read(bytes)?;
        let about = package.xml("docProps/core.xml")?;
        let of = |name: &str| about.root.child(name).map(Element::said).unwrap_or_default();
        let document = package.xml(DOCUMENT)?;
        let body = document.root.child("w:body").cloned().unwrap_or_default();
        let mut reading = ContentReading::new(&package)?;
        let blocks = reading.blocks(&body, DOCUMENT);
        let section = body.child("w:sectPr");
        let mut beside = |sort: &str| -> Result<Vec<ContentBlock>, ReportError> {
            let Some(part) = section.and_then(|s| reading.part_of_section(s, sort)) else { return Ok(Vec::new()) };
            Ok(reading.blocks(&package.xml(&part)?.root, &part))
        };
        let (head, foot) = (beside("w:headerReference")?, beside("w:footerReference")?);
        Ok(Content {
            title: of("dc:title"),
            author: of("dc:creator"),
            keywords: of("cp:keywords"),
            made: of("dcterms:created"),
            language: locale.language.to_string(),
            direction: if locale.direction == Direction::Rtl { "rtl" } else { "ltr" },
            page: section.map(page).unwrap_or_default(),
            head,
            blocks,
            foot,
            pictures: reading.pictures,
        })
    }
}

struct ContentReading<'p> {
    package: &'p Package,
    styles: Xml,
    numbering: Xml,
    /// What parts call each other, by the part that does.
    relations: BTreeMap<String, Xml>,
    notes: BTreeMap<String, Element>,
    pictures: Vec<PictureFile>,
}

impl<'p> ContentReading<'p> {
    fn new(package: &'p Package) -> Result<ContentReading<'p>, ReportError> {
        let part = |name: &str| if package.has(name) { package.xml(name) } else { Ok(Xml { root: Element::default() }) };
        let mut notes = BTreeMap::new();
        for (part_name, sign) in [("word/footnotes.xml", "w:footnoteReference"), ("word/endnotes.xml", "w:endnoteReference")] {
            for note in part(part_name)?.root.elements() {
                notes.insert(format!("{sign} {}", note.attribute("w:id").unwrap_or_default()), note.clone());
            }
        }
        let mut relations = BTreeMap::new();
        for name in package.texts() {
            let of = name.replace("word/", "word/_rels/") + ".rels";
            relations.insert(name, part(&of)?);
        }
        let (styles, numbering) = (part("word/styles.xml")?, part("word/numbering.xml")?);
        Ok(ContentReading { package, styles, numbering, relations, notes, pictures: Vec::new() })
    }

    /// The part that another calls so.
    fn target(&self, part: &str, id: &str) -> Option<String> {
        let relation = self.relations.get(part)?.root.elements().find(|r| r.attribute("Id") == Some(id))?;
        let target = relation.attribute("Target")?;
        Some(part_at("word", target))
    }

    /// The header or footer of most pages of a section.
    fn part_of_section(&self, section: &Element, sort: &str) -> Option<String> {
        let is_usual = |e: &&Element| e.name == sort && e.attribute("w:type").is_none_or(|t| t == "default");
        self.target(DOCUMENT, section.elements().find(is_usual)?.attribute("r:id")?)
    }

    /// What stands below an element, list items that follow each other as one list.
    fn blocks(&mut self, parent: &Element, part: &str) -> Vec<ContentBlock> {
        let mut out: Vec<ContentBlock> = Vec::new();
        for element in parent.elements() {
            match element.name.as_str() {
                "w:p" => self.paragraph(element, part, &mut out),
                "w:tbl" => {
                    let table = self.table(element, part);
                    out.push(table);
                }
                // Of two forms of the same, one is read.
                "mc:Fallback" | "w:sectPr" | "w:del" => {}
                _ => out.extend(self.blocks(element, part)),
            }
        }
        out
    }

    fn paragraph(&mut self, element: &Element, part: &str, out: &mut Vec<ContentBlock>) {
        let how = element.child("w:pPr").cloned().unwrap_or_default();
        let chain = self.chain(how.child("w:pStyle"));
        let mut inline = Inline { part, runs: Vec::new(), boxes: Vec::new(), field: ContentField::None };
        self.inline(element, &mut inline);
        let (runs, boxes) = (inline.runs, inline.boxes);
        let set =
            |name: &str| [&how].into_iter().chain(chain.iter().filter_map(|s| s.child("w:pPr"))).find_map(|p| p.child(name));
        let level = set("w:outlineLvl").and_then(|l| l.attribute("w:val")?.parse::<usize>().ok()).filter(|l| *l < 9);
        let number = set("w:numPr").and_then(|n| n.child("w:numId")?.attribute("w:val")).filter(|n| *n != "0");
        match (level, number) {
            (Some(level), _) if !runs.is_empty() => out.push(ContentBlock::Heading { level: level + 1, runs }),
            (_, Some(number)) if !runs.is_empty() => {
                let is_numbered = self.is_numbered(number);
                match out.last_mut() {
                    Some(ContentBlock::List { is_numbered: n, items }) if *n == is_numbered => items.push(runs),
                    _ => out.push(ContentBlock::List { is_numbered, items: vec![runs] }),
                }
            }
            _ => {
                let style = chain.first().and_then(|s| s.child("w:name")?.attribute("w:val")).unwrap_or_default().to_lowercase();
                let side = set("w:jc").and_then(|j| j.attribute("w:val")).unwrap_or_default().to_owned();
                out.push(ContentBlock::Paragraph { style, side, runs });
            }
        }
        // What stands in boxes stands behind the paragraph that holds them.
        for inside in boxes {
            out.extend(self.blocks(&inside, part));
        }
    }

    /// A style, and those that it is based on.
    fn chain(&self, named: Option<&Element>) -> Vec<Element> {
        let find = |id: &str| self.styles.root.elements().find(|s| s.name == "w:style" && s.attribute("w:styleId") == Some(id));
        let (mut out, mut next) = (Vec::new(), named.and_then(|n| find(n.attribute("w:val")?)));
        while let Some(style) = next.filter(|_| out.len() < DEEPEST) {
            out.push(style.clone());
            next = style.child("w:basedOn").and_then(|b| find(b.attribute("w:val")?));
        }
        out
    }

    fn is_numbered(&self, number: &str) -> bool {
        let named = |name: &'static str, id: &'static str, value: &str| {
            self.numbering.root.elements().find(|e| e.name == name && e.attribute(id) == Some(value))
        };
        let outline = named("w:num", "w:numId", number)
            .and_then(|n| named("w:abstractNum", "w:abstractNumId", n.child("w:abstractNumId")?.attribute("w:val")?));
        let form = outline.and_then(|o| o.child("w:lvl")?.child("w:numFmt")?.attribute("w:val"));
        form.is_some_and(|f| f != "bullet" && f != "none")
    }

    /// Reads the runs of a paragraph: text, pictures, notes.
    fn inline(&mut self, element: &Element, into: &mut Inline<'_>) {
        for child in element.elements() {
            match child.name.as_str() {
                "w:r" => self.run(child, into),
                "w:pPr" | "mc:Fallback" | "w:del" => {}
                "w:fldSimple" => match field(child.attribute("w:instr").unwrap_or_default()) {
                    Some(run) => into.runs.push(run),
                    None => self.inline(child, into),
                },
                _ => self.inline(child, into),
            }
        }
    }

    fn run(&mut self, run: &Element, into: &mut Inline<'_>) {
        let look = run.child("w:rPr").cloned().unwrap_or_default();
        let is_set = |name: &str| {
            look.child(name).is_some_and(|e| e.attribute("w:val").is_none_or(|v| !matches!(v, "0" | "false" | "none" | "off")))
        };
        if is_set("w:vanish") {
            return;
        }
        let say = |into: &mut Inline<'_>, text: &str| {
            into.say(Run::Text { text: text.to_owned(), is_bold: is_set("w:b"), is_italic: is_set("w:i") });
        };
        for child in run.elements() {
            match child.name.as_str() {
                "w:fldChar" => into.turn(child.attribute("w:fldCharType").unwrap_or_default()),
                "w:instrText" => into.instruct(&child.said()),
                _ if into.is_silent() => {}
                "w:t" => say(into, &child.said()),
                "w:tab" | "w:noBreakHyphen" => say(into, if child.name == "w:tab" { "\t" } else { "\u{2011}" }),
                "w:br" if child.attribute("w:type") == Some("page") => into.runs.push(Run::PageBreak),
                "w:br" | "w:cr" => say(into, "\n"),
                "w:footnoteReference" | "w:endnoteReference" => {
                    let key = format!("{} {}", child.name, child.attribute("w:id").unwrap_or_default());
                    let Some(note) = self.notes.get(&key).cloned() else { continue };
                    let mut inside = Inline { part: into.part, runs: Vec::new(), boxes: Vec::new(), field: ContentField::None };
                    self.inline(&note, &mut inside);
                    into.runs.push(Run::Note { runs: trimmed(inside.runs) });
                }
                "w:drawing" | "mc:AlternateContent" | "w:pict" => self.drawing(child, into),
                _ => {}
            }
        }
    }

    /// A picture with what it says, or the text in a box.
    fn drawing(&mut self, drawing: &Element, into: &mut Inline<'_>) {
        if let Some(inside) = found(drawing, "w:txbxContent") {
            into.boxes.push(inside.clone());
            return;
        }
        let about = found(drawing, "wp:docPr");
        let says = about.and_then(|a| a.attribute("descr")).map(crate::docx::xml::unescape).unwrap_or_default();
        let width = found(drawing, "wp:extent").and_then(|e| e.attribute("cx")?.parse::<f64>().ok()).unwrap_or_default() * UNIT;
        // Of a picture that is there twice, the vector.
        let file = [("asvg:svgBlip", "r:embed"), ("a:blip", "r:embed")]
            .into_iter()
            .filter_map(|(name, id)| self.target(into.part, found(drawing, name)?.attribute(id)?))
            .find_map(|part| Some((form(&part)?, self.package.bytes(&part)?)));
        match file {
            Some((form, bytes)) => {
                let bytes = match std::str::from_utf8(bytes) {
                    Ok(svg) if form == "svg" => STANDARD.encode(in_their_fonts(svg)),
                    _ => STANDARD.encode(bytes),
                };
                self.pictures.push(PictureFile { form: form.to_owned(), bytes });
                into.runs.push(Run::Picture { number: self.pictures.len() - 1, says, width });
            }
            // What has no form that others show still says what it is.
            None if !says.is_empty() => into.say(Run::Text { text: format!("[{says}]"), is_bold: false, is_italic: false }),
            None => {}
        }
    }

    fn table(&mut self, table: &Element, part: &str) -> ContentBlock {
        let widths =
            table.child("w:tblGrid").map(|g| g.elements().filter_map(|c| number(c, "w:w")).collect()).unwrap_or_default();
        let caption = table.child("w:tblPr").and_then(|p| p.child("w:tblCaption")?.attribute("w:val"));
        let (mut rows, mut heads): (Vec<Vec<ContentCell>>, usize) = (Vec::new(), 0);
        // The cell, by row and place, that goes on below in a column.
        let mut above: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for row in lines(table) {
            let is_head = row.child("w:trPr").is_some_and(|p| p.child("w:tblHeader").is_some());
            if is_head && heads == rows.len() {
                heads += 1;
            }
            let (mut cells, mut column) = (Vec::new(), 0);
            for cell in row.elements().filter(|c| c.name == "w:tc") {
                let how = cell.child("w:tcPr");
                let across =
                    how.and_then(|h| h.child("w:gridSpan")).and_then(|s| number(s, "w:val")).map_or(1, |n| n as usize).max(1);
                let merge = how.and_then(|h| h.child("w:vMerge"));
                let goes_on = merge.is_some_and(|m| m.attribute("w:val") != Some("restart"));
                match above.get(&column).copied().filter(|_| goes_on) {
                    Some((row, at)) => rows[row][at].down += 1,
                    None => {
                        above.remove(&column);
                        if merge.is_some() {
                            above.insert(column, (rows.len(), cells.len()));
                        }
                        cells.push(ContentCell { column, across, down: 1, blocks: self.blocks(cell, part) });
                    }
                }
                column += across;
            }
            rows.push(cells);
        }
        ContentBlock::Table { caption: caption.map(crate::docx::xml::unescape).unwrap_or_default(), widths, heads, rows }
    }
}

/// The rows of a table, also those that stand in a frame of their own.
fn lines(table: &Element) -> Vec<&Element> {
    let row = |e: &'_ Element| e.name == "w:tr";
    let within = |e| if row(e) { vec![e] } else { lines(e) };
    table.elements().filter(|e| row(e) || e.name.starts_with("w:sdt")).flat_map(within).collect()
}

/// A field of a document: between its beginning and its end stand an instruction, and what it said last.
#[derive(Debug, PartialEq)]
enum ContentField {
    None,
    Instruction(String),
    /// What it said last is of no use: it is another on each page.
    Replaced,
    Kept,
}

struct Inline<'a> {
    part: &'a str,
    runs: Vec<Run>,
    boxes: Vec<Element>,
    field: ContentField,
}

impl Inline<'_> {
    fn say(&mut self, run: Run) {
        match (&run, self.runs.last_mut()) {
            (Run::Text { text, is_bold, is_italic }, Some(Run::Text { text: before, is_bold: bold, is_italic: italic }))
                if (*is_bold, *is_italic) == (*bold, *italic) =>
            {
                before.push_str(text)
            }
            (Run::Text { text, .. }, _) if text.is_empty() => {}
            _ => self.runs.push(run),
        }
    }

    fn turn(&mut self, sign: &str) {
        let before = std::mem::replace(&mut self.field, ContentField::None);
        self.field = match (sign, before) {
            ("begin", _) => ContentField::Instruction(String::new()),
            ("separate", ContentField::Instruction(said)) => match field(&said) {
                Some(run) => {
                    self.runs.push(run);
                    ContentField::Replaced
                }
                None => ContentField::Kept,
            },
            _ => ContentField::None,
        };
    }

    fn instruct(&mut self, more: &str) {
        if let ContentField::Instruction(said) = &mut self.field {
            said.push_str(more);
        }
    }

    fn is_silent(&self) -> bool {
        matches!(self.field, ContentField::Instruction(_) | ContentField::Replaced)
    }
}

/// What a field is that says something else on each page.
fn field(instruction: &str) -> Option<Run> {
    match instruction.split_whitespace().next()? {
        "PAGE" => Some(Run::PageNumber),
        "NUMPAGES" => Some(Run::PageCount),
        _ => None,
    }
}

/// Runs without the space that stands between the sign of a note and its text.
fn trimmed(mut runs: Vec<Run>) -> Vec<Run> {
    if let Some(Run::Text { text, .. }) = runs.first_mut() {
        *text = text.trim_start().to_owned();
    }
    runs
}

fn number(element: &Element, name: &str) -> Option<f64> {
    element.attribute(name)?.parse().ok()
}

/// The first element of a name, however deep, but in the other form of the same.
fn found<'e>(element: &'e Element, name: &str) -> Option<&'e Element> {
    element.elements().filter(|e| e.name != "mc:Fallback").find_map(|e| if e.name == name { Some(e) } else { found(e, name) })
}

/// The form of a picture that other programs show.
fn form(part: &str) -> Option<&'static str> {
    match part.rsplit('.').next()?.to_lowercase().as_str() {
        "svg" => Some("svg"),
        "png" => Some("png"),
        "jpg" | "jpeg" => Some("jpg"),
        "gif" => Some("gif"),
        _ => None,
    }
}

fn page(section: &Element) -> PageSize {
    let usual = PageSize::default();
    let of = |part: &str, name: &str, or: f64| section.child(part).and_then(|e| number(e, name)).map_or(or, |n| n.abs() * TWIP);
    PageSize {
        width: of("w:pgSz", "w:w", usual.width),
        height: of("w:pgSz", "w:h", usual.height),
        top: of("w:pgMar", "w:top", usual.top),
        right: of("w:pgMar", "w:right", usual.right),
        bottom: of("w:pgMar", "w:bottom", usual.bottom),
        left: of("w:pgMar", "w:left", usual.left),
    }
}
