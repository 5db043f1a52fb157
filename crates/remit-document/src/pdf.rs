//! PDF: the letters of each page with their places, put together to lines. The file itself is read by `hayro`.

use crate::layout::{Line, blocks};
use crate::{Raw, ReadError, limit, tidy};
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Vec2};
use hayro_interpret::{BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache};
use hayro_interpret::{InterpreterSettings, SoftMask, interpret_page};

pub(crate) fn read(bytes: &[u8]) -> Result<Raw, ReadError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|e| match e {
        LoadPdfError::Decryption(_) => ReadError::Encrypted,
        LoadPdfError::Invalid => ReadError::Broken("it is no PDF that can be followed".into()),
    })?;
    let (mut lines, mut pictures, mut unnamed) = (Vec::new(), 0, 0);
    let cache = InterpreterCache::new();
    let pages = pdf.pages();
    for (n, page) in pages.iter().take(limit::PAGES).enumerate() {
        let (width, height) = page.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let start = Affine::new(page.initial_transform(true).as_coeffs());
        let mut context = Context::new(start, bounds, &cache, pdf.xref(), InterpreterSettings::default());
        let mut letters = Letters::default();
        interpret_page(page, &mut context, &mut letters);
        pictures += letters.pictures;
        unnamed += letters.unnamed;
        lines.extend(lines_of(letters.all, n as u32 + 1, width, height));
    }
    let mut notes = Vec::new();
    if lines.is_empty() {
        let scan = if pictures > 0 { ": it seems to be a scan" } else { "" };
        notes.push(format!("it has {} pages and no text{scan}; read it with a text recognition program first", pages.len()));
    }
    if unnamed > 0 {
        notes.push(format!("{unnamed} letters have no character in the file's own tables; they show as �"));
    }
    if pages.len() > limit::PAGES {
        notes.push(format!("only the first {} of {} pages are read", limit::PAGES, pages.len()));
    }
    let told = pdf.metadata();
    let title = told.title.as_deref().map(text_of).unwrap_or_default();
    Ok(Raw { blocks: blocks(lines), title, pages: pages.len() as u32, notes, ..Raw::default() })
}

/// A text string of the file's own data: UTF-16 with its mark, else bytes.
fn text_of(bytes: &[u8]) -> String {
    crate::plain::decode(bytes).0.into_owned()
}

/// A letter on the page.
#[derive(Debug, Clone)]
struct Letter {
    text: String,
    at: Point,
    end: f64,
    size: f64,
    bold: bool,
}

#[derive(Debug, Default)]
struct Letters {
    all: Vec<Letter>,
    pictures: usize,
    unnamed: usize,
}

/// Letters that a page may have; more are a picture made of letters.
const MOST_LETTERS: usize = 100_000;

impl Device<'_> for Letters {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            if self.all.len() >= MOST_LETTERS {
                return;
            }
            let text = match glyph.as_unicode() {
                Some(BfString::Char(c)) => c.to_string(),
                Some(BfString::String(text)) => text,
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
                self.all.push(Letter { text, at, end, size, bold });
            }
        }
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.pictures += 1;
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// Lines in the order in which the file writes them, which is how it is read; pieces of one line are put together.
fn lines_of(letters: Vec<Letter>, page: u32, width: f32, height: f32) -> Vec<Line> {
    let mut rows: Vec<Vec<Letter>> = Vec::new();
    for letter in letters {
        let on = |row: &Vec<Letter>| {
            let last = &row[row.len() - 1];
            let level = (last.at.y - letter.at.y).abs() < 0.35 * last.size.max(letter.size);
            level && letter.at.x > last.at.x - 0.5 * last.size && letter.at.x < last.end + 12.0 * last.size
        };
        match rows.iter_mut().rev().take(3).find(|row| on(row)) {
            Some(row) => row.push(letter),
            None => rows.push(vec![letter]),
        }
    }
    let mut lines: Vec<Line> = rows.iter().map(|row| line_of(row, page, width, height)).filter(|l| !l.text.is_empty()).collect();
    spaces_above(&mut lines, height);
    lines
}

fn line_of(row: &[Letter], page: u32, width: f32, height: f32) -> Line {
    let mut text = String::new();
    let mut end: Option<f64> = None;
    for letter in row {
        let apart = end.is_some_and(|end| letter.at.x - end > 0.17 * letter.size);
        if apart && !text.ends_with(' ') && letter.text != " " {
            text.push(' ');
        }
        text.push_str(&letter.text);
        end = Some(letter.end);
    }
    let count = row.iter().filter(|l| !l.text.trim().is_empty());
    let (n, bold) = count.fold((0, 0), |(n, bold), l| (n + 1, bold + usize::from(l.bold)));
    let middle = &row[row.len() / 2];
    let share = |v: Vec2| ((v.x as f32 / width).clamp(0.0, 1.0), (v.y as f32 / height).clamp(0.0, 1.0));
    let (left, top) = share(row[0].at.to_vec2());
    let right = (row[row.len() - 1].end as f32 / width).clamp(0.0, 1.0);
    Line { text: tidy(&text), page, top, left, right, size: middle.size as f32, bold: bold * 10 > n * 8, gap: 0.0 }
}

/// Notes how much more than usual each line is away from the one above it.
fn spaces_above(lines: &mut [Line], height: f32) {
    let steps: Vec<f32> = lines.windows(2).map(|w| (w[1].top - w[0].top) * height).collect();
    let mut usual: Vec<f32> =
        lines.windows(2).zip(&steps).filter(|(w, s)| **s > 0.5 * w[1].size && **s < 2.2 * w[1].size).map(|(_, s)| *s).collect();
    usual.sort_by(f32::total_cmp);
    let usual = usual.get(usual.len() / 4).copied().unwrap_or(12.0);
    for (line, step) in lines.iter_mut().skip(1).zip(steps) {
        // A step upwards begins a new column or box.
        line.gap = if step < -0.5 * line.size { 2.0 } else { ((step - usual) / usual).max(0.0) };
    }
    if let Some(first) = lines.first_mut() {
        first.gap = 1.0;
    }
}
