//! Pages that are pictures of text: read by Tesseract, where that is installed. Each page is drawn and recognised in a process of its
//! own, within the bounds of every other reader; what Tesseract may take is bounded with it.

use crate::about::language_of;
use crate::direction::from_the_right;
use crate::line::Line;
use crate::picture;
use crate::{Document, Raw, ReadError, finish, tidy};
use serde::{Deserialize, Serialize};
use std::env;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What [`remit_files::apart`] calls recognising the text of one page, whose number and languages are its name: `3 ara+eng`.
pub const SCAN: &str = "scan";

/// Pages of one document that are recognised: each takes some seconds.
const MOST_PAGES: usize = 300;

/// The languages that are read, and what Tesseract calls them.
const LANGUAGES: [(&str, &str); 9] = [
    ("en", "eng"),
    ("fr", "fra"),
    ("es", "spa"),
    ("ar", "ara"),
    ("de", "deu"),
    ("uk", "ukr"),
    ("sr", "srp"),
    ("sr", "srp_latn"),
    ("sr", "bos"),
];

/// What is left of a document to recognise.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Scan {
    /// The pages that are pictures, from 1.
    pages: Vec<u32>,
    /// The lines of the pages that have text.
    lines: Vec<Line>,
    title: String,
    all_pages: u32,
    /// What else could not be read.
    notes: Vec<String>,
}

impl Scan {
    pub(crate) fn new(pages: Vec<u32>, lines: &[Line], raw: &Raw) -> Option<Scan> {
        let (title, notes) = (raw.title.clone(), raw.notes.clone());
        (!pages.is_empty()).then(|| Scan { pages, lines: lines.to_vec(), title, all_pages: raw.pages, notes })
    }

    /// The sentence that says how many pages are scans, and how their text can be read.
    pub(crate) fn note(&self) -> String {
        let which = match self.pages.len() as u32 == self.all_pages {
            true => "it is a scan".to_owned(),
            false => format!("{} are pictures of text (a scan)", told(&self.pages)),
        };
        format!(
            "{which}: install Tesseract (tesseract-ocr) on this computer and read it again, or recognise its text with another program first"
        )
    }
}

/// `page 3`, `pages 1 to 4, 7`.
fn told(pages: &[u32]) -> String {
    let runs = pages.chunk_by(|a, b| a + 1 == *b).map(|run| match run {
        [one] => one.to_string(),
        _ => format!("{} to {}", run[0], run[run.len() - 1]),
    });
    let runs: Vec<String> = runs.collect();
    format!("page{} {}", if pages.len() == 1 { "" } else { "s" }, runs.join(", "))
}

/// Tesseract, as it is installed, and the languages by which it reads.
struct Recogniser {
    program: PathBuf,
    /// What it calls those that are installed of the languages that are read.
    installed: Vec<(&'static str, &'static str)>,
    languages: String,
    is_settled: bool,
}

impl Recogniser {
    fn find() -> Option<Recogniser> {
        let program = tesseract()?;
        let told = said_by(&program, "--list-langs");
        let installed: Vec<_> = LANGUAGES.into_iter().filter(|(_, code)| told.lines().any(|l| l.trim() == *code)).collect();
        let languages = installed.iter().map(|(_, code)| *code).collect::<Vec<_>>().join("+");
        (!languages.is_empty()).then_some(Recogniser { program, installed, languages, is_settled: false })
    }

    /// The lines of a page. The first page that has text tells the language, and is recognised once more by it.
    fn page(&mut self, bytes: &[u8], page: u32) -> Result<Vec<Line>, String> {
        let what = format!("{page} {}", self.languages);
        let lines = remit_files::apart(SCAN, &what, bytes, || recognise(bytes, &what)).map_err(|e| e.to_string()).flatten()?;
        let text: String = lines.iter().flat_map(|l| [l.text.as_str(), " "]).collect();
        match !self.is_settled && self.settle(&text) {
            true => self.page(bytes, page),
            false => Ok(lines),
        }
    }

    /// That the words of a scan are of no language, and which ones it could be read by.
    fn lacking(&self) -> String {
        let codes: Vec<&str> = self.installed.iter().map(|(_, code)| *code).collect();
        format!(
            "what was recognised makes words of no language that is read; Tesseract has {} here: for a scan in another language install that \
             (tesseract-ocr-ara for Arabic, -ukr for Ukrainian, -fra for French) and read it again",
            codes.join(", ")
        )
    }

    /// One language is read better and faster than all. Names and acronyms are often in English.
    fn settle(&mut self, text: &str) -> bool {
        let own = language_of(text);
        let of = |language: &str| self.installed.iter().filter(move |(l, _)| *l == language).map(|(_, c)| *c).collect::<Vec<_>>();
        let (own, english) = (of(own), of("en"));
        if text.len() > 200 && !own.is_empty() {
            self.is_settled = true;
            self.languages = if own == english { english } else { [own, english].concat() }.join("+");
        }
        self.is_settled
    }
}

/// Recognises the pages of a document that are pictures; where Tesseract is not installed, the document says so and stays as it is.
pub(crate) fn with_scans(bytes: &[u8], name: &str, document: Document) -> Document {
    let Some(scan) = document.scan.clone() else { return document };
    let Some(mut recogniser) = Recogniser::find() else { return document };
    let advice = scan.note();
    let (mut lines, mut pages, mut notes) = (scan.lines, Vec::new(), scan.notes);
    let known = notes.len();
    for page in scan.pages.iter().take(MOST_PAGES) {
        match recogniser.page(bytes, *page) {
            Ok(found) => {
                pages.extend((!found.is_empty()).then_some(*page));
                lines.extend(found);
            }
            Err(why) => notes.push(format!("page {page} is a picture of text that was not recognised: {why}")),
        }
    }
    if scan.pages.len() > MOST_PAGES {
        notes.push(format!("only the first {MOST_PAGES} pages that are pictures of text are recognised"));
    }
    if pages.is_empty() {
        // Tesseract is there: what it finds no text in need not be read again.
        let mut notes = notes.split_off(known);
        if notes.is_empty() {
            notes.push(format!("{}: a picture in which Tesseract finds no text", told(&scan.pages)));
        }
        let own = document.notes.into_iter().filter(|note| *note != advice);
        return Document { notes: own.chain(notes).collect(), ..document };
    }
    lines.sort_by_key(|l| l.page);
    notes.push(format!("{}: text recognised from a picture (OCR), which may have letters wrong", told(&pages)));
    let blocks = crate::layout::blocks(lines);
    let raw = Raw { blocks, title: scan.title, pages: scan.all_pages, notes, ..Raw::default() };
    let mut document = finish(raw, name, crate::limit::TEXT);
    document.passages.iter_mut().for_each(|p| p.recognised = pages.contains(&p.page));
    if document.about.language == "und" {
        document.notes.push(recogniser.lacking());
    }
    document.recognised_by = said_by(&recogniser.program, "--version").lines().next().unwrap_or("tesseract").to_owned();
    document
}

/// Draws a page and recognises its text: what [`remit_files::apart`] calls [`SCAN`]. `what` is the page and the languages.
///
/// # Errors
/// When the page is not there, or nothing recognises it; in a sentence.
pub fn recognise(bytes: &[u8], what: &str) -> Result<Vec<Line>, String> {
    let (page, languages) = what.split_once(' ').ok_or("no page is named")?;
    let page: u32 = page.parse().map_err(|_| "no page is named".to_owned())?;
    let program = tesseract().ok_or("Tesseract is not installed")?;
    let picture = picture::of_page(bytes, page).map_err(|e: ReadError| e.to_string())?;
    let failed = |e: std::io::Error| format!("{} cannot be run ({e})", program.display());
    let mut child = Command::new(&program)
        .args(["stdin", "stdout", "--dpi", &format!("{:.0}", picture.dpi), "-l", languages, "tsv"])
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    let input = child.stdin.take();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            // A program that ended early says why by its end.
            let _ = input.map(|mut input| input.write_all(&picture.as_pgm()));
        });
        let output = child.wait_with_output().map_err(failed)?;
        match output.status.success() {
            true => Ok(lines(&String::from_utf8_lossy(&output.stdout), page, [picture.width, picture.height], picture.dpi)),
            false => Err(format!("Tesseract ended with {}", output.status)),
        }
    })
}

/// A word as Tesseract tells it.
struct ScannedWord<'t> {
    /// Block, paragraph and line.
    place: [&'t str; 3],
    left: f32,
    top: f32,
    width: f32,
    height: f32,
    text: &'t str,
}

/// The lines of a page from the table that Tesseract writes, a word a row.
fn lines(table: &str, page: u32, dots: [usize; 2], dpi: f64) -> Vec<Line> {
    let [width, height] = dots.map(|n| n as f32);
    let words = table.lines().filter_map(|row| {
        let cells: Vec<&str> = row.split('\t').collect();
        let [level, _, block, paragraph, line, _, left, top, width, height, _, text] = cells[..] else { return None };
        let number = |t: &str| t.parse::<f32>().ok();
        let is_word = level == "5" && !text.trim().is_empty();
        is_word.then_some(())?;
        let place = [block, paragraph, line];
        Some(ScannedWord { place, left: number(left)?, top: number(top)?, width: number(width)?, height: number(height)?, text })
    });
    let words: Vec<ScannedWord<'_>> = words.collect();
    let rightward = from_the_right(words.iter().map(|w| w.text));
    let mut heights: Vec<f32> = words.iter().map(|w| w.height).collect();
    heights.sort_by(f32::total_cmp);
    // How high single words are says which letters are in them; all are taken for the usual size.
    let size = heights.get(heights.len() / 2).copied().unwrap_or(1.0);
    let mut all: Vec<Line> = Vec::new();
    let mut last: Option<[&str; 3]> = None;
    for line in words.chunk_by(|a, b| a.place == b.place) {
        let text: Vec<&str> = line.iter().map(|w| w.text).collect();
        let left = line.iter().map(|w| w.left).fold(f32::MAX, f32::min) / width;
        let right = line.iter().map(|w| w.left + w.width).fold(0.0, f32::max) / width;
        let (left, right) = if rightward { (1.0 - right, 1.0 - left) } else { (left, right) };
        let bottom = line.iter().map(|w| w.top + w.height).fold(0.0, f32::max);
        let begins = last.is_none_or(|l| l[..2] != line[0].place[..2]);
        all.push(Line {
            text: tidy(&text.join(" ")),
            page,
            top: (bottom / height).clamp(0.0, 1.0),
            left,
            right,
            size: size * 72.0 / dpi as f32,
            gap: if begins { 1.0 } else { 0.0 },
            ..Line::default()
        });
        last = Some(line[0].place);
    }
    all.retain(|l| !l.text.is_empty());
    all
}

/// Where Tesseract is installed.
fn tesseract() -> Option<PathBuf> {
    let name = format!("tesseract{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&name)).find(|path| path.is_file())
}

fn said_by(program: &PathBuf, argument: &str) -> String {
    let output = Command::new(program).arg(argument).stdin(Stdio::null()).output();
    output.map(|o| [o.stdout, o.stderr].concat()).map(|o| String::from_utf8_lossy(&o).into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_lines_and_paragraphs() {
        let row = |place: &str, left: u32, top: u32, text: &str| format!("5\t1\t{place}\t1\t{left}\t{top}\t80\t20\t95\t{text}\n");
        let table = [
            "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n".to_owned(),
            row("1\t1\t1", 100, 100, "It"),
            row("1\t1\t1", 200, 100, "advises"),
            row("1\t1\t2", 100, 130, "police."),
            row("1\t2\t1", 100, 200, "Next"),
        ];
        let lines = lines(&table.concat(), 3, [1000, 1000], 300.0);
        let found: Vec<(&str, f32, u32)> = lines.iter().map(|l| (l.text.as_str(), l.gap, l.page)).collect();
        assert_eq!(found, [("It advises", 1.0, 3), ("police.", 0.0, 3), ("Next", 1.0, 3)]);
    }

    #[test]
    fn pages_are_told_in_runs() {
        assert_eq!(told(&[1, 2, 3, 7]), "pages 1 to 3, 7");
        assert_eq!(told(&[4]), "page 4");
    }
}
