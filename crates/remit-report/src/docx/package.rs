//! A .docx: a zip of parts, and what they say of each other.

use super::xml::{Element, Node, Xml};
use crate::ReportError;
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Bytes that one part, and all parts, of a template may unpack to.
const MOST_BYTES: (u64, u64) = (32 << 20, 128 << 20);

/// Parts of a template.
const MOST_PARTS: usize = 4_000;

pub(crate) const DOCUMENT: &str = "word/document.xml";
const RELATIONS: &str = "word/_rels/document.xml.rels";
const TYPES: &str = "[Content_Types].xml";
const FOOTNOTES: &str = "word/footnotes.xml";
const STYLES: &str = "word/styles.xml";

/// How the sort of a part ends that says who made a template, when, where and of what: a document has its own. Programs call the files
/// of such parts as they like.
const ABOUT_THE_TEMPLATE: [&str; 3] = ["/metadata/core-properties", "/metadata/thumbnail", "/extended-properties"];

const CORE: &str = "docProps/core.xml";

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The parts of a document.
#[derive(Debug, Clone)]
pub(crate) struct Package {
    parts: BTreeMap<String, Vec<u8>>,
    pictures: usize,
}

/// The part that a list of relations in a folder names.
pub(crate) fn part_at(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    steps.retain(|step| !step.is_empty());
    for step in target.split('/').filter(|step| !matches!(*step, "" | ".")) {
        if step == ".." {
            steps.pop();
        } else {
            steps.push(step);
        }
    }
    steps.join("/")
}

impl Package {
    /// Unpacks a template.
    pub(crate) fn read(bytes: &[u8]) -> Result<Package, ReportError> {
        let no_word = |e: String| ReportError::Template(format!("{e}; save it as .docx in Word or LibreOffice"));
        let mut zip =
            ZipArchive::new(Cursor::new(bytes)).map_err(|e| no_word(format!("it is no .docx that can be unpacked ({e})")))?;
        if zip.len() > MOST_PARTS {
            return Err(ReportError::Template(format!("it has more than {MOST_PARTS} parts")));
        }
        let (mut parts, mut all) = (BTreeMap::new(), 0);
        for at in 0..zip.len() {
            let file = zip.by_index(at).map_err(|e| no_word(format!("it cannot be unpacked ({e})")))?;
            let broken = |e: &dyn std::fmt::Display| no_word(format!("part {at} cannot be unpacked ({e})"));
            let name = file.name().map_err(|e| broken(&e))?.into_owned();
            let mut content = Vec::new();
            file.take(MOST_BYTES.0 + 1)
                .read_to_end(&mut content)
                .map_err(|e| no_word(format!("{name} cannot be unpacked ({e})")))?;
            all += content.len() as u64;
            if content.len() as u64 > MOST_BYTES.0 || all > MOST_BYTES.1 {
                return Err(ReportError::Template(format!("{name} unpacks to more than a template may hold")));
            }
            parts.insert(name, content);
        }
        if !parts.contains_key(DOCUMENT) {
            return Err(no_word("it is a zip file and no Word document".into()));
        }
        Ok(Package { parts, pictures: 0 })
    }

    /// A document of parts that are ours.
    pub(crate) fn of_parts(parts: impl IntoIterator<Item = (&'static str, String)>) -> Package {
        let parts = parts.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect();
        Package { parts, pictures: 0 }
    }

    /// The parts that have text which is seen: the document with its notes, its headers and footers. The template's own notes come
    /// first: those that are added while the document is filled are words of answers, and no places.
    pub(crate) fn texts(&self) -> Vec<String> {
        let of = |name: &str| name.strip_prefix("word/").and_then(|n| n.strip_suffix(".xml")).unwrap_or_default().to_owned();
        let is_note = |name: &&String| matches!(of(name).as_str(), "footnotes" | "endnotes");
        let is_other = |name: &&String| {
            let part = of(name);
            part == "document" || part.starts_with("header") || part.starts_with("footer")
        };
        self.parts.keys().filter(is_note).chain(self.parts.keys().filter(is_other)).cloned().collect()
    }

    /// The names of some parts.
    pub(super) fn names(&self, are: impl Fn(&str) -> bool) -> Vec<String> {
        self.parts.keys().filter(|name| are(name)).cloned().collect()
    }

    /// Leaves out some parts.
    pub(super) fn leave_out(&mut self, are: impl Fn(&str) -> bool) {
        self.parts.retain(|name, _| !are(name));
    }

    /// Leaves out the parts of some sorts that a list of relations names, and what the list says of them.
    pub(super) fn unrelate(&mut self, relations: &str, is_left_out: impl Fn(&str) -> bool) -> Result<(), ReportError> {
        let mut xml = self.xml(relations)?;
        let goes = |e: &Element| e.attribute("Type").is_some_and(&is_left_out);
        // Names are from the folder beside which the list stands, or from the root.
        let folder = relations.split_once("_rels/").map_or("", |(folder, _)| folder);
        let mut gone: Vec<String> = Vec::new();
        for target in xml.root.elements().filter(|e| goes(e)).filter_map(|e| e.attribute("Target")) {
            gone.push(part_at(folder, target));
        }
        if xml.root.elements().any(goes) {
            xml.root.children.retain(|n| !matches!(n, Node::Element(e) if goes(e)));
            self.put(relations, &xml);
            self.parts.retain(|name, _| !gone.contains(name));
        }
        Ok(())
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(name)
    }

    pub(crate) fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.parts.get(name).map(Vec::as_slice)
    }

    /// A part as a tree.
    pub(crate) fn xml(&self, name: &str) -> Result<Xml, ReportError> {
        let text = self.parts.get(name).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
        Xml::read(&text).map_err(|e| ReportError::Template(format!("{name} cannot be read: {e}")))
    }

    pub(crate) fn put(&mut self, name: &str, xml: &Xml) {
        self.parts.insert(name.to_owned(), xml.write().into_bytes());
    }

    /// The identifier of the style that Word calls so, whatever the language of the office; made where there is none.
    pub(crate) fn style(&mut self, styles: &mut Xml, name: &str, made: impl FnOnce() -> Element) -> String {
        let is_named = |e: &&Element| {
            e.name == "w:style"
                && e.child("w:name").and_then(|n| n.attribute("w:val")).is_some_and(|n| n.eq_ignore_ascii_case(name))
        };
        if let Some(found) = styles.root.elements().find(is_named).and_then(|e| e.attribute("w:styleId")) {
            return found.to_owned();
        }
        let style = made();
        let id = style.attribute("w:styleId").unwrap_or_default().to_owned();
        styles.root.children.push(Node::Element(style));
        id
    }

    /// The styles, of which a document without any has none.
    pub(crate) fn styles(&mut self) -> Result<Xml, ReportError> {
        if !self.parts.contains_key(STYLES) {
            self.relate("styles", "styles.xml")?;
            self.declare_part(STYLES, "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml")?;
            return Ok(Xml { root: Element::new("w:styles", &[("xmlns:w", WORD)]) });
        }
        self.xml(STYLES)
    }

    pub(crate) fn put_styles(&mut self, styles: &Xml) {
        self.put(STYLES, styles);
    }

    /// Adds a footnote, and returns its number.
    pub(crate) fn footnote(&mut self, content: Element) -> Result<String, ReportError> {
        let mut notes = if self.parts.contains_key(FOOTNOTES) { self.xml(FOOTNOTES)? } else { self.no_footnotes()? };
        let numbers = notes.root.elements().filter_map(|e| e.attribute("w:id")?.parse::<i64>().ok());
        let number = (numbers.max().unwrap_or(0) + 1).max(1).to_string();
        let note = Element::new("w:footnote", &[("w:id", &number)]).with([content]);
        notes.root.children.push(Node::Element(note));
        self.put(FOOTNOTES, &notes);
        Ok(number)
    }

    /// The two footnotes that every document has: the lines between text and notes.
    fn no_footnotes(&mut self) -> Result<Xml, ReportError> {
        self.relate("footnotes", "footnotes.xml")?;
        self.declare_part(FOOTNOTES, "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml")?;
        let line = |id: &str, kind: &str, sign: &str| {
            let run = Element::new("w:r", &[]).with([Element::new(sign, &[])]);
            Element::new("w:footnote", &[("w:type", kind), ("w:id", id)]).with([Element::new("w:p", &[]).with([run])])
        };
        let root = Element::new("w:footnotes", &[("xmlns:w", WORD), ("xmlns:r", OFFICE)]);
        let lines = [line("-1", "separator", "w:separator"), line("0", "continuationSeparator", "w:continuationSeparator")];
        Ok(Xml { root: root.with(lines) })
    }

    /// Adds a picture as SVG and as PNG; returns what the document calls them.
    pub(crate) fn picture(&mut self, svg: &str, png: &[u8]) -> Result<(String, String), ReportError> {
        self.pictures += 1;
        let name = |ending: &str| format!("media/remit{}.{ending}", self.pictures);
        let (vector, raster) = (name("svg"), name("png"));
        self.parts.insert(format!("word/{vector}"), svg.as_bytes().to_vec());
        self.parts.insert(format!("word/{raster}"), png.to_vec());
        self.declare_ending("svg", "image/svg+xml")?;
        self.declare_ending("png", "image/png")?;
        Ok((self.relate("image", &vector)?, self.relate("image", &raster)?))
    }

    /// Says that the document has a part; returns what it calls it.
    fn relate(&mut self, sort: &str, target: &str) -> Result<String, ReportError> {
        let mut relations = match self.parts.contains_key(RELATIONS) {
            true => self.xml(RELATIONS)?,
            false => Xml {
                root: Element::new("Relationships", &[("xmlns", "http://schemas.openxmlformats.org/package/2006/relationships")]),
            },
        };
        let is_free = |id: &String| !relations.root.elements().any(|e| e.attribute("Id") == Some(id));
        let id = (1..).map(|n| format!("rIdRemit{n}")).find(is_free).unwrap_or_default();
        let kind = format!("{OFFICE}/{sort}");
        let relation = Element::new("Relationship", &[("Id", &id), ("Type", &kind), ("Target", target)]);
        relations.root.children.push(Node::Element(relation));
        self.put(RELATIONS, &relations);
        Ok(id)
    }

    fn declare_part(&mut self, part: &str, media: &str) -> Result<(), ReportError> {
        let part = format!("/{part}");
        self.declare("Override", ("PartName", &part), media)
    }

    fn declare_ending(&mut self, ending: &str, media: &str) -> Result<(), ReportError> {
        self.declare("Default", ("Extension", ending), media)
    }

    fn declare(&mut self, name: &str, (key, value): (&str, &str), media: &str) -> Result<(), ReportError> {
        let mut types = self.xml(TYPES)?;
        if !types.root.elements().any(|e| e.name == name && e.attribute(key) == Some(value)) {
            let at = if name == "Default" { 0 } else { types.root.children.len() };
            types.root.children.insert(at, Node::Element(Element::new(name, &[(key, value), ("ContentType", media)])));
            self.put(TYPES, &types);
        }
        Ok(())
    }

    /// Takes back what was said of parts that are no longer there.
    fn undeclare_what_is_gone(&mut self) -> Result<(), ReportError> {
        let mut types = self.xml(TYPES)?;
        let is_there =
            |e: &Element| e.attribute("PartName").is_none_or(|part| self.parts.contains_key(part.trim_start_matches('/')));
        types.root.children.retain(|n| !matches!(n, Node::Element(e) if !is_there(e)));
        self.put(TYPES, &types);
        Ok(())
    }

    /// Writes title, author and date of the document over those of its template.
    pub(crate) fn describe(&mut self, about: &[(&str, &str)]) -> Result<(), ReportError> {
        let mut relations = self.xml("_rels/.rels")?;
        let of_the_template =
            |e: &Element| e.attribute("Type").is_some_and(|t| ABOUT_THE_TEMPLATE.iter().any(|sort| t.ends_with(sort)));
        for about in relations.root.elements().filter(|e| of_the_template(e)) {
            self.parts.remove(about.attribute("Target").unwrap_or_default().trim_start_matches('/'));
        }
        relations.root.children.retain(|n| !matches!(n, Node::Element(e) if of_the_template(e)));
        let root = Element::new(
            "cp:coreProperties",
            &[
                ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
                ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
                ("xmlns:dcterms", "http://purl.org/dc/terms/"),
                ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            ],
        );
        let of = |(name, value): &(&str, &str)| {
            let kind: &[(&str, &str)] = if name.starts_with("dcterms:") { &[("xsi:type", "dcterms:W3CDTF")] } else { &[] };
            Element::new(name, kind).saying(value)
        };
        self.put(CORE, &Xml { root: root.with(about.iter().map(of)) });
        self.undeclare_what_is_gone()?;
        self.declare_part(CORE, "application/vnd.openxmlformats-package.core-properties+xml")?;
        let kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
        let core = Element::new("Relationship", &[("Id", "rIdRemitCore"), ("Type", kind), ("Target", CORE)]);
        relations.root.children.push(Node::Element(core));
        self.put("_rels/.rels", &relations);
        Ok(())
    }

    /// Packs it. The same content gives the same bytes.
    pub(crate) fn write(&self) -> Result<Vec<u8>, ReportError> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let packed = |e: zip::result::ZipError| ReportError::Template(format!("the document cannot be packed ({e})"));
        // Word wants the list of types first.
        let (types, rest): (Vec<_>, Vec<_>) = self.parts.iter().partition(|(name, _)| *name == TYPES);
        for (name, content) in types.into_iter().chain(rest) {
            zip.start_file(name.as_str(), SimpleFileOptions::default()).map_err(packed)?;
            zip.write_all(content).map_err(|e| packed(e.into()))?;
        }
        Ok(zip.finish().map_err(packed)?.into_inner())
    }
}
