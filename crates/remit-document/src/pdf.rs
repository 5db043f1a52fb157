//! PDF: the letters of each page with their places, which `page` puts together to lines. The file itself is read by `hayro`.

use crate::direction::{is_mark, letters};
use crate::layout::{DocumentWords, blocks, join};
use crate::line::Line;
use crate::opened::opened;
use crate::page::{Letter, SizedPage};
use crate::ruled::{PAGE_OF_TEXT, Rules};
use crate::scan::Scan;
use crate::table::DocumentTable;
use crate::{Raw, ReadError, limit};
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache};
use hayro_interpret::{InterpreterSettings, SoftMask, interpret_page};

/// What is seen on the pages of a file.
#[derive(Default)]
struct SeenPages {
    lines: Vec<Line>,
    /// Pages that are pictures of text.
    scanned: Vec<u32>,
    unnamed: usize,
    /// Tables that are drawn with lines, where they are wanted apart from the text: then none of their letters is in a line.
    ruled: Vec<DocumentTable>,
}

/// Goes through the pages of a file. Tables that are drawn with lines are taken apart from the text where that is wanted; else each of
/// their rows is a line of the text.
fn seen(pdf: &Pdf, apart: bool) -> SeenPages {
    let mut all = SeenPages::default();
    let cache = InterpreterCache::new();
    let pages = pdf.pages();
    for (n, page) in pages.iter().take(limit::PAGES).enumerate() {
        let (width, height) = page.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let start = Affine::new(page.initial_transform(true).as_coeffs());
        let mut context = Context::new(start, bounds, &cache, pdf.xref(), InterpreterSettings::default());
        let mut seen = PdfLetters::default();
        interpret_page(page, &mut context, &mut seen);
        if seen.is_scan(width * height) {
            all.scanned.push(n as u32 + 1);
        }
        all.unnamed += seen.unnamed;
        let page = SizedPage { n: n as u32 + 1, width, height };
        let most = if apart { usize::MAX } else { PAGE_OF_TEXT };
        let (tables, text) = seen.rules.tables(page, seen.all, most);
        if apart {
            all.ruled.extend(tables.into_iter().map(|found| found.table));
            all.lines.extend(page.lines(text));
        } else {
            all.lines.extend(page.lines_beside(text, tables.into_iter().map(|found| found.rows)));
        }
    }
    all
}

/// The tables of a file, in reading order.
///
/// # Errors
/// When it is no PDF that can be followed.
pub fn tables(bytes: &[u8]) -> Result<Vec<DocumentTable>, ReadError> {
    let SeenPages { lines, ruled, .. } = seen(&opened(bytes)?, true);
    let mut all = going_on(ruled);
    all.extend(crate::table::tables(lines));
    all.sort_by_key(|table| table.page);
    Ok(all)
}

/// Tables of which what stands on the next page, in as many columns, goes on: the same heading there is said once.
fn going_on(ruled: Vec<DocumentTable>) -> Vec<DocumentTable> {
    let mut all: Vec<(u32, DocumentTable)> = Vec::new();
    for mut table in ruled {
        let columns = |table: &DocumentTable| table.rows.first().map_or(0, Vec::len);
        match all.last_mut() {
            Some((last, before)) if *last + 1 == table.page && columns(before) == columns(&table) => {
                *last = table.page;
                if table.rows.first() == before.rows.first() {
                    table.rows.remove(0);
                }
                if table.rows.first().is_some_and(|row| is_rest(&before.rows, row)) {
                    let rest = table.rows.remove(0);
                    let divided = before.rows.last_mut().into_iter().flatten();
                    for (cell, more) in divided.zip(&rest).filter(|(_, more)| !more.is_empty()) {
                        join(cell, more, &DocumentWords::default());
                    }
                }
                before.rows.append(&mut table.rows);
            }
            _ => all.push((table.page, table)),
        }
    }
    all.into_iter().map(|(_, table)| table).collect()
}

/// True for the rest of a row that the end of a page divides: it lacks what every row has, and goes on in the middle of a sentence, or
/// without what stands in the first column.
fn is_rest(before: &[Vec<String>], row: &[String]) -> bool {
    let has_always = |column: usize| before.iter().all(|row| row.get(column).is_some_and(|cell| !cell.is_empty()));
    let lacks = row.iter().enumerate().any(|(column, cell)| cell.is_empty() && has_always(column));
    let goes_on =
        row.first().is_some_and(|cell| if cell.is_empty() { has_always(0) } else { cell.starts_with(char::is_lowercase) });
    let last = before.last().into_iter().flatten();
    before.len() > 1 && lacks && goes_on && row.iter().zip(last).all(|(more, cell)| more.is_empty() || !cell.is_empty())
}

pub(crate) fn read(bytes: &[u8]) -> Result<Raw, ReadError> {
    let pdf = opened(bytes)?;
    let SeenPages { lines, scanned, unnamed, .. } = seen(&pdf, false);
    let pages = pdf.pages();
    let mut notes = Vec::new();
    if !has_end(bytes) {
        let found = match (pages.len(), said_pages(bytes)) {
            (1, None) => "one page was found in it".to_owned(),
            (n, None) => format!("{n} pages were found in it"),
            (n, Some(all)) => format!("{n} of {all} pages were found in it"),
        };
        notes.push(format!("the file breaks off before its end: {found}; send the whole file"));
    }
    if lines.is_empty() && scanned.is_empty() {
        notes.push(match pages.len() {
            1 => "it has one page and no text".to_owned(),
            n => format!("it has {n} pages and no text"),
        });
    }
    if unnamed > 0 {
        notes.push(format!("{unnamed} letters have no character in the file's own tables; they show as �"));
    }
    if pages.len() > limit::PAGES {
        notes.push(format!("only the first {} of {} pages are read", limit::PAGES, pages.len()));
    }
    let told = pdf.metadata();
    let title = told.title.as_deref().map(text_of).unwrap_or_default();
    let mut raw = Raw { title, pages: pages.len() as u32, notes, ..Raw::default() };
    raw.scan = Scan::new(scanned, &lines, &raw);
    raw.blocks = blocks(lines);
    Ok(raw)
}

/// True where the file has its end, which a download that broke off lacks; some programs write a little behind it.
fn has_end(bytes: &[u8]) -> bool {
    let end = &bytes[bytes.len().saturating_sub(4096)..];
    end.windows(5).any(|w| w == b"%%EOF")
}

/// How many pages the beginning of a file says that there are, where it was written to be read from the beginning.
fn said_pages(bytes: &[u8]) -> Option<u32> {
    let begin = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]);
    let said = begin.split_once("/Linearized")?.1.split_once("/N")?.1.trim_start();
    said.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// A text string of the file's own data: UTF-16 with its mark, else bytes.
fn text_of(bytes: &[u8]) -> String {
    crate::plain::decode(bytes).0.into_owned()
}

#[derive(Debug, Default)]
struct PdfLetters {
    all: Vec<Letter>,
    /// How much of the page pictures cover, in square points.
    pictures: f64,
    unnamed: usize,
    /// The lines that are drawn.
    rules: Rules,
}

/// Letters beside which a page of pictures is still a scan: a stamp, a number.
const FEW: usize = 40;

impl PdfLetters {
    /// True where a page of this size is a picture of text.
    fn is_scan(&self, page: f32) -> bool {
        self.all.len() < FEW && self.pictures > 0.3 * f64::from(page)
    }
}

/// True for a space in whose place the next letter is drawn: so browsers draw what is not seen, a soft hyphen within a line or a joiner.
/// It parts no words.
fn is_drawn_over(before: &Letter, next: &Letter) -> bool {
    let is_letter = next.text.chars().next().is_some_and(|c| !c.is_whitespace() && !is_mark(c));
    let is_there = (next.at.x - before.at.x).abs() < 0.3 * (before.end - before.at.x);
    let is_level = (next.at.y - before.at.y).abs() < 0.1 * before.size;
    is_letter && before.text.trim().is_empty() && is_there && is_level
}

/// Letters that a page may have; more are a picture made of letters.
const MOST_LETTERS: usize = 100_000;

impl Device<'_> for PdfLetters {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            if self.all.len() >= MOST_LETTERS {
                return;
            }
            let text = match glyph.as_unicode() {
                // What is drawn is seen: such a hyphen stands at the end of a line, or for a common one.
                Some(BfString::Char('\u{ad}')) => "-".to_owned(),
                Some(BfString::Char(c)) => letters(c.encode_utf8(&mut [0; 4])).into_owned(),
                Some(BfString::String(text)) => letters(&text).into_owned(),
                None => {
                    self.unnamed += 1;
                    "\u{fffd}".to_owned()
                }
            };
            let place = props.transform * glyph.transform();
            let [a, b, ..] = place.as_coeffs();
            // Upright text only: what is written along the side is furniture.
            if a <= 0.0 || b.abs() > a * 0.2 {
                continue;
            }
            let (advance, bold) = match &**glyph {
                Glyph::Outline(o) => {
                    let name = o.font_data().and_then(|d| d.postscript_name).unwrap_or_default().to_ascii_lowercase();
                    (o.advance_width().unwrap_or(500.0), name.contains("bold") || name.contains("black"))
                }
                Glyph::Type3(t) => (t.advance_width().unwrap_or(500.0), false),
            };
            let at = place * Point::ZERO;
            let size = 1000.0 * place.as_coeffs()[3].abs();
            let end = at.x + (Affine::new([a, b, 0.0, 0.0, 0.0, 0.0]) * Point::new(f64::from(advance), 0.0)).x;
            if at.to_vec2().hypot2().is_finite() && size.is_finite() && end.is_finite() {
                let letter = Letter { text, at, end, size, bold };
                while self.all.last().is_some_and(|before| is_drawn_over(before, &letter)) {
                    self.all.pop();
                }
                self.all.push(letter);
            }
        }
    }

    fn draw_image(&mut self, image: Image<'_, '_>, props: ImageDrawProps<'_>) {
        let size = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        self.pictures += props.transform.transform_rect_bbox(size).area();
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'_>, _: &DrawMode) {
        self.rules.add(&(props.transform * path));
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::{DocumentTable, going_on};
    use proptest::prelude::*;

    #[test]
    fn a_row_that_the_end_of_a_page_divides_is_one() {
        let table = |page: u32, rows: &[[&str; 3]]| DocumentTable {
            page,
            rows: rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect(),
        };
        let head = ["No", "Measure", "State"];
        let first = table(1, &[head, ["1", "Made-up law", "done"], ["2", "Made-up vetting of all", "begun"]]);
        let second = table(2, &[head, ["", "who serve", ""], ["3", "Made-up code", ""]]);
        let whole = going_on(vec![first.clone(), second]);
        assert_eq!(whole.len(), 1);
        assert_eq!(whole[0].rows[2..], [["2", "Made-up vetting of all who serve", "begun"], ["3", "Made-up code", ""]]);
        let other = going_on(vec![first, table(2, &[["3", "Made-up code", ""]])]);
        assert_eq!(other[0].rows.len(), 4, "a row that lacks something is one of its own");
    }

    const PARTS: [&str; 5] = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        "<< /Length 71 >>\nstream\nBT /F1 12 Tf 20 100 Td (Made up) Tj 0 -14 Td [(as it) -300 (were)] TJ ET   \nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ];

    /// A file of these parts, with the table that says where each begins.
    fn file_of(parts: &[String]) -> Vec<u8> {
        let (mut file, mut table) = (String::from("%PDF-1.4\n"), String::from("0000000000 65535 f \n"));
        for (n, part) in (1..).zip(parts) {
            table.push_str(&format!("{:010} 00000 n \n", file.len()));
            file.push_str(&format!("{n} 0 obj\n{part}\nendobj\n"));
        }
        let (at, all) = (file.len(), parts.len() + 1);
        file.push_str(&format!("xref\n0 {all}\n{table}trailer\n<< /Size {all} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n"));
        file.into_bytes()
    }

    #[test]
    fn a_file_that_is_whole_is_read() {
        let read = crate::read(&file_of(&PARTS.map(str::to_owned)), "made-up.pdf").unwrap();
        assert!(read.passages.iter().any(|p| p.text.contains("Made up")), "{read:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        /// A PDF whose parts or whose bytes were cut, doubled or altered is read or refused.
        #[test]
        fn any_pdf_is_read_or_refused(cuts in prop::collection::vec((0..PARTS.len(), 0..120_usize, 0..40_usize, any::<bool>()), 0..3),
            bytes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4)) {
            let mut parts = PARTS.map(str::to_owned);
            for (part, at, length, doubled) in cuts {
                let part = &mut parts[part];
                let (at, end) = (at.min(part.len()), (at + length).min(part.len()));
                let cut = part[at..end].to_owned();
                part.replace_range(at..end, &if doubled { cut.repeat(3) } else { String::new() });
            }
            let mut file = file_of(&parts);
            for (at, byte) in bytes {
                let at = at.index(file.len());
                file[at] = byte;
            }
            let _ = crate::read(&file, "made-up.pdf");
        }
    }
}
