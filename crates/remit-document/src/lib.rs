//! From the bytes of a file to numbered paragraphs: PDF, Word (`.docx`), HTML and plain text.
//!
//! Each form gives *blocks* in reading order (a heading, a paragraph, where it stands); `passages` makes of them what
//! is kept: paragraphs with the document's own numbers, under their headings. Reading never panics on purpose and never
//! fails for what a part holds: what cannot be read is a note, and the rest goes on.

#![deny(missing_docs)]

mod about;
mod annex;
mod code_page;
mod deadline;
mod direction;
mod docx;
mod html;
mod layout;
mod line;
mod numbers;
mod opened;
mod page;
mod passages;
mod pdf;
mod picture;
mod plain;
mod rows;
mod ruled;
mod scan;
mod table;

use remit_model::plain_run;
use serde::{Deserialize, Serialize};

pub use about::{AboutDocument, dates, language_of};
pub use annex::{annex, annex_behind};
pub use code_page::code_page;
pub use deadline::{is_deadline, is_end};
pub use passages::{BETWEEN_HEADINGS, Passage};
pub use pdf::tables;
pub use scan::{SCAN, Scan, recognise};
pub use table::DocumentTable;

/// Bytes that a file may have.
pub const MOST_BYTES: usize = 256 << 20;

/// What is read at the most, so that no file can take the machine.
pub(crate) mod limit {
    /// Bytes of text in a document: the longest reports have a few millions.
    pub(crate) const TEXT: usize = 16 << 20;
    /// Bytes of text for each byte of its file: language that is packed takes a third or a fifth of its room, and only what says the
    /// same over and over takes less than a twentieth.
    const UNPACKED: usize = 20;
    /// Bytes of one unpacked part of a document, of which most is no text.
    pub(crate) const PART: usize = 64 << 20;
    /// Paragraphs and headings.
    pub(crate) const BLOCKS: usize = 50_000;
    /// Bytes of a heading, which stands beside every paragraph below it; what is longer is none.
    pub(crate) const HEADING: usize = 500;
    /// Characters in a paragraph; what is longer is cut at a sentence.
    pub(crate) const PASSAGE: usize = 8_000;
    /// Pages.
    pub(crate) const PAGES: usize = 20_000;

    /// Bytes of text in the document of a file of so many bytes: whole megabytes, and one of the smallest.
    pub(crate) fn text_of(file: usize) -> usize {
        let whole = file.saturating_mul(UNPACKED) >> 20;
        whole.clamp(1, TEXT >> 20) << 20
    }
}

/// A document, read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Title, symbol, date, language and publisher of the document.
    pub about: AboutDocument,
    /// Its paragraphs in reading order.
    pub passages: Vec<Passage>,
    /// What could not be read, in sentences.
    pub notes: Vec<String>,
    /// The program that recognised the text of pages which are pictures; empty where none did.
    pub recognised_by: String,
    /// What is left to be recognised.
    pub scan: Option<Scan>,
}

/// Why nothing of a file could be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ReadError {
    /// Not a form that is read.
    #[error("{0}")]
    Form(String),
    /// A password is needed.
    #[error("it is encrypted; save it without a password and read that")]
    Encrypted,
    /// The file is damaged.
    #[error("it is damaged: {0}")]
    Broken(String),
    /// Larger than what is read.
    #[error("it is larger than what is read ({0})")]
    TooLarge(String),
    /// It took too long or too much memory.
    #[error("it took more than {0}; such a file is not read")]
    Stopped(String),
}

/// The form of a file, by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentForm {
    /// Portable Document Format.
    Pdf,
    /// Office Open XML text.
    Docx,
    /// A web page.
    Html,
    /// Plain text.
    Plain,
}

impl DocumentForm {
    /// Tells the form by content; the name is not asked.
    ///
    /// # Errors
    /// [`ReadError::Form`] for what is none of them, saying what to do where that is known.
    pub fn of(bytes: &[u8]) -> Result<DocumentForm, ReadError> {
        let head = &bytes[..bytes.len().min(2048)];
        let form = |what: &str| Err(ReadError::Form(what.to_owned()));
        if head.windows(5).take(1024).any(|w| w == b"%PDF-") {
            return Ok(DocumentForm::Pdf);
        }
        if head.starts_with(b"PK\x03\x04") {
            return Ok(DocumentForm::Docx);
        }
        if head.starts_with(b"\xD0\xCF\x11\xE0") {
            return form("it is an old Word or Office file; save it as .docx or PDF and read that");
        }
        if head.starts_with(b"{\\rtf") {
            return form("it is Rich Text; save it as .docx and read that");
        }
        let utf16 = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
        if head.contains(&0) && !utf16 {
            return form("it is no document that Remit reads (PDF, .docx, HTML, plain text)");
        }
        let start = String::from_utf8_lossy(head).trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
        let html = start.starts_with("<!doctype html")
            || start.starts_with("<html")
            || start.contains("<html")
            || start.contains("<body")
            || (start.starts_with('<') && ["<main", "<article", "<div", "<p>", "<h1"].iter().any(|tag| start.contains(tag)));
        Ok(if html { DocumentForm::Html } else { DocumentForm::Plain })
    }
}

/// What [`remit_files::apart`] calls reading a document.
pub const DOCUMENT: &str = "document";

/// Reads a document as [`read`] does, in a process of its own: plain text too, of which millions of lines take a gigabyte. Pages that are pictures of text are recognised
/// where Tesseract is installed.
///
/// # Errors
/// When nothing of it can be read, or reading it took too much.
pub fn read_apart(bytes: &[u8], name: &str) -> Result<Document, ReadError> {
    // What is no document is told at once.
    DocumentForm::of(bytes)?;
    match remit_files::apart(DOCUMENT, name, bytes, || read(bytes, name)) {
        Ok(result) => result.map(|document| scan::with_scans(bytes, name, document)),
        Err(remit_files::Stopped::Limit(what)) => Err(ReadError::Stopped(what)),
        Err(error) => Err(ReadError::Broken(error.to_string())),
    }
}

/// Reads a document. `name` is the name of its file, which stands in for a title where it has none.
///
/// # Errors
/// When nothing of it can be read.
pub fn read(bytes: &[u8], name: &str) -> Result<Document, ReadError> {
    if bytes.len() > MOST_BYTES {
        return Err(ReadError::TooLarge(format!("{} MB", MOST_BYTES >> 20)));
    }
    let raw = match DocumentForm::of(bytes)? {
        DocumentForm::Pdf => pdf::read(bytes)?,
        DocumentForm::Docx => docx::read(bytes)?,
        DocumentForm::Html => html::read(bytes),
        DocumentForm::Plain => plain::read(bytes),
    };
    Ok(finish(raw, name, limit::text_of(bytes.len())))
}

/// A document of what its form gives, with at most so many bytes of text.
pub(crate) fn finish(mut raw: Raw, name: &str, most: usize) -> Document {
    let mut kept = 0;
    let length: usize = raw.blocks.iter().map(|b| b.text.len()).sum();
    raw.blocks.iter_mut().filter(|b| b.text.len() > limit::HEADING).for_each(|b| b.level = 0);
    raw.blocks.retain_mut(|b| {
        b.text.truncate(b.text.floor_char_boundary(most - kept));
        kept += b.text.len();
        !b.text.is_empty()
    });
    if length > most {
        let most = most >> 20;
        raw.notes.push(format!(
            "only the first {most} MB of its text are read, since it is longer than any report or says the same over and over; to read the rest, divide the file"
        ));
    }
    let (all, read) = (raw.blocks.len(), limit::BLOCKS);
    if all > read {
        raw.blocks.truncate(read);
        raw.notes.push(format!("only the first {read} of {all} paragraphs are read; to read the rest, divide the file"));
    }
    let about = about::about(&raw, name);
    raw.notes.extend(raw.scan.as_ref().map(Scan::note));
    let passages = passages::passages(&raw.blocks, &about.title);
    Document { about, passages, notes: raw.notes, recognised_by: String::new(), scan: raw.scan }
}

/// What a form gives: blocks in reading order, and what it says of itself.
#[derive(Debug, Default)]
pub(crate) struct Raw {
    pub(crate) blocks: Vec<Block>,
    pub(crate) title: String,
    pub(crate) date: String,
    pub(crate) language: String,
    pub(crate) publisher: String,
    pub(crate) pages: u32,
    pub(crate) notes: Vec<String>,
    pub(crate) scan: Option<Scan>,
}

/// A heading or a paragraph.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Block {
    /// 0 for text, 1 to 6 for a heading.
    pub(crate) level: u8,
    pub(crate) text: String,
    /// Page from 1; 0 where there are none.
    pub(crate) page: u32,
    /// Where it begins on the page, from 0 (top) to 1.
    pub(crate) top: f32,
    /// Whether it is a row of a table, or a note.
    pub(crate) sort: line::LineSort,
}

impl Block {
    #[cfg(test)]
    pub(crate) fn text(text: impl Into<String>) -> Block {
        Block { text: text.into(), ..Block::default() }
    }
}

/// White space as single spaces, without soft hyphens and marks of direction.
pub(crate) fn tidy(text: &str) -> String {
    let text = text.trim();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let plain = plain_run(&text[at..]);
        words(&text[at..at + plain], &mut out);
        at += plain;
        for c in text[at..].chars().take_while(|c| !matches!(c, ' '..='~')) {
            if c.is_whitespace() && !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            } else if !c.is_whitespace() && !c.is_control() && !is_silent(c) {
                out.push(c);
            }
            at += c.len_utf8();
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Characters that are not seen.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
}

/// Appends a text whose only white space is spaces, each run of them as one.
fn words(text: &str, out: &mut String) {
    if !text.contains("  ") && !(text.starts_with(' ') && (out.is_empty() || out.ends_with(' '))) {
        out.push_str(text);
        return;
    }
    for piece in text.split_inclusive(' ') {
        if piece != " " || !(out.is_empty() || out.ends_with(' ')) {
            out.push_str(piece);
        }
    }
}
