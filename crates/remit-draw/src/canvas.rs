//! What pictures are drawn on: a sheet with title, key and source, that knows its reading direction.
//!
//! Places are in px from the left, as in SVG. [`Canvas::x`] turns a distance from the side where reading starts into such
//! a place; what is never mirrored (time, maps) goes without it.

use crate::about::{AboutPicture, Setting, ShownOn};
use crate::paint::Paint;
use crate::text;
use remit_language::Direction;
use std::fmt::Write as _;

/// To which side of its place a text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Right,
    Left,
    Both,
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Type {
    pub(crate) size: f64,
    pub(crate) paint: Paint,
    pub(crate) bold: bool,
    /// With paper around it, for text over shapes.
    pub(crate) halo: bool,
    pub(crate) class: &'static str,
}

/// A key: what is painted so means that.
pub(crate) struct Key {
    pub(crate) sign: Sign,
    pub(crate) words: String,
}

/// A sign of a key.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Sign {
    Box(Paint),
    /// A line with the mark of the n-th of several things.
    Line(usize),
    /// The mark alone.
    Mark(usize),
    /// A line in the style of the n-th kind of link.
    Link(usize),
    /// A character.
    Text(&'static str),
}

/// A sheet to draw on.
pub(crate) struct Canvas<'a> {
    about: &'a AboutPicture,
    pub(crate) setting: &'a Setting,
    id: String,
    class: &'static str,
    pub(crate) width: f64,
    /// The width that was asked for.
    asked: f64,
    /// How far down the sheet is used.
    pub(crate) y: f64,
    /// The size of text, and of small text.
    pub(crate) size: f64,
    pub(crate) small: f64,
    out: String,
    definitions: Vec<Paint>,
    /// What shapes are scaled by at the moment, as on a map.
    scale: f64,
}

/// Characters that XML may hold, with those escaped that mean something to it.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {}
            // What turns the direction of text could make one text look like another.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c => out.push(c),
        }
    }
    out
}

/// True for what may stand in a link: a page of the same place, or of the web. Nothing that could be a script.
fn is_address(link: &str) -> bool {
    ["/", "#", "?", "./", "../", "https://", "http://"].iter().any(|start| link.starts_with(start))
}

/// A coordinate, with one decimal at most; what is not a number is drawn at 0.
pub(crate) fn px(n: f64) -> String {
    if !n.is_finite() {
        return "0".into();
    }
    let text = format!("{:.1}", n.clamp(-1e6, 1e6));
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".into() } else { text.to_owned() }
}

impl<'a> Canvas<'a> {
    /// A sheet with its title and unit. `needed` is the least width that the picture can do with.
    pub(crate) fn new(about: &'a AboutPicture, setting: &'a Setting, class: &'static str, needed: f64) -> Canvas<'a> {
        let asked = if setting.width.is_finite() { setting.width.clamp(240.0, 4000.0) } else { Setting::WIDTH };
        let size = 13.0 * (asked / Setting::WIDTH).max(1.0);
        let id: String = about.id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).collect();
        let mut canvas = Canvas {
            about,
            setting,
            id: if id.starts_with(|c: char| c.is_ascii_alphabetic()) { id } else { format!("p{id}") },
            class,
            width: asked.max(needed.min(20_000.0)),
            asked,
            y: 0.0,
            size,
            small: size - 1.0,
            out: String::new(),
            definitions: Vec::new(),
            scale: 1.0,
        };
        let title = Type { size: size + 3.0, paint: Paint::Ink, bold: true, halo: false, class: "title" };
        canvas.paragraph(&about.title, title);
        canvas.paragraph(&about.unit, Type { class: "unit", ..canvas.soft() });
        canvas.y += 8.0;
        canvas
    }

    /// The size of text at a width that was asked for.
    pub(crate) fn type_size(setting: &Setting) -> f64 {
        13.0 * (setting.width.clamp(240.0, 4000.0) / Setting::WIDTH).max(1.0)
    }

    pub(crate) fn is_rtl(&self) -> bool {
        self.setting.direction() == Direction::Rtl
    }

    /// The place at a distance from where reading starts.
    pub(crate) fn x(&self, from_start: f64) -> f64 {
        if self.is_rtl() { self.width - from_start } else { from_start }
    }

    /// The side to which reading goes.
    pub(crate) fn ahead(&self) -> Side {
        if self.is_rtl() { Side::Left } else { Side::Right }
    }

    /// The side from which reading comes.
    pub(crate) fn back(&self) -> Side {
        if self.is_rtl() { Side::Right } else { Side::Left }
    }

    /// The left and right end of what lies between two distances from where reading starts.
    pub(crate) fn span(&self, from: f64, to: f64) -> (f64, f64) {
        let (a, b) = (self.x(from), self.x(to));
        (a.min(b), a.max(b))
    }

    pub(crate) fn label(&self) -> Type {
        Type { size: self.size, paint: Paint::Ink, bold: false, halo: false, class: "label" }
    }

    pub(crate) fn soft(&self) -> Type {
        Type { size: self.small, paint: Paint::Soft, bold: false, halo: false, class: "note" }
    }

    pub(crate) fn tick(&self) -> Type {
        Type { class: "tick", ..self.soft() }
    }

    pub(crate) fn value(&self) -> Type {
        Type { size: self.small, class: "value", ..self.label() }
    }

    fn paint(&mut self, paint: Paint) -> String {
        // The seventh thing looks like the first: they share a pattern.
        let paint = if let Paint::Filled(n) = paint { Paint::Filled(n % crate::paint::KINDS) } else { paint };
        if !self.definitions.contains(&paint) {
            self.definitions.push(paint);
        }
        paint.value(&self.id, self.setting.look)
    }

    /// Text as it stands in a document: its own direction is kept whatever surrounds it. A Latin title in an Arabic picture reads
    /// from left to right, with its brackets and dots where they belong.
    fn words(&self, text: &str) -> String {
        let is_right_to_left = |c: char| matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
        let text = escape(text);
        match self.is_rtl() {
            true if text.contains(is_right_to_left) => format!("\u{2067}{text}\u{2069}"),
            true => format!("\u{2066}{text}\u{2069}"),
            false => text,
        }
    }

    /// A line of words. `y` is the base line.
    pub(crate) fn write(&mut self, x: f64, y: f64, side: Side, style: Type, text: &str) {
        let text = self.words(text);
        self.put_text(x, y, side, style, &text);
    }

    /// A number: it reads from left to right in every language.
    pub(crate) fn number(&mut self, x: f64, y: f64, side: Side, style: Type, text: &str) {
        self.put_text(x, y, side, style, &escape(text));
    }

    fn put_text(&mut self, x: f64, y: f64, side: Side, style: Type, escaped: &str) {
        let anchor = match side {
            Side::Right => "",
            Side::Left => " text-anchor=\"end\"",
            Side::Both => " text-anchor=\"middle\"",
        };
        let bold = if style.bold { " font-weight=\"600\"" } else { "" };
        let halo = if style.halo {
            let paper = self.paint(Paint::Paper);
            format!(" stroke=\"{paper}\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\"")
        } else {
            String::new()
        };
        let fill = self.paint(style.paint);
        let _ = write!(
            self.out,
            "<text class=\"{}\" x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{fill}\"{anchor}{bold}{halo}>{escaped}</text>",
            style.class,
            px(x),
            px(y),
            px(style.size)
        );
        self.out.push('\n');
    }

    /// Lines below each other; `y` is where the first begins.
    pub(crate) fn lines(&mut self, x: f64, y: f64, side: Side, style: Type, lines: &[String]) {
        for (i, line) in lines.iter().enumerate() {
            self.write(x, y + style.size + i as f64 * self.line_height(style.size), side, style, line);
        }
    }

    pub(crate) fn line_height(&self, size: f64) -> f64 {
        // Arabic letters reach further down.
        size * if self.is_rtl() { 1.4 } else { 1.2 }
    }

    /// A text over the whole width, which moves the sheet down.
    fn paragraph(&mut self, text: &str, style: Type) {
        let room = self.width.min(Setting::WIDTH * style.size / 13.0 * 1.6);
        // Some fonts are wider than the estimate, and a line that runs out of the picture is cut.
        let widened = style.size * if style.bold { 1.12 } else { 1.06 };
        let lines = text::wrap(text, widened, room, 6);
        let (x, side) = (self.x(0.0), self.ahead());
        self.lines(x, self.y, side, style, &lines);
        self.y += lines.len() as f64 * self.line_height(style.size) + if lines.is_empty() { 0.0 } else { 2.0 };
    }

    /// A rectangle between two places, in whatever order.
    pub(crate) fn rect(&mut self, x: (f64, f64), y: (f64, f64), paint: Paint, class: &str) {
        self.framed(x, y, paint, Paint::None, class);
    }

    /// A rectangle with a line around it.
    pub(crate) fn framed(&mut self, x: (f64, f64), y: (f64, f64), paint: Paint, edge: Paint, class: &str) {
        let fill = self.paint(paint);
        let stroke = match edge {
            Paint::None => String::new(),
            edge => format!(" stroke=\"{}\"", self.paint(edge)),
        };
        let _ = writeln!(
            self.out,
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{fill}\"{stroke}/>",
            px(x.0.min(x.1)),
            px(y.0.min(y.1)),
            px((x.1 - x.0).abs()),
            px((y.1 - y.0).abs()),
        );
    }

    /// A line from one place to another.
    pub(crate) fn line(&mut self, from: (f64, f64), to: (f64, f64), paint: Paint, more: &str) {
        let stroke = self.paint(paint);
        let _ = writeln!(
            self.out,
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{stroke}\"{more}/>",
            px(from.0),
            px(from.1),
            px(to.0),
            px(to.1)
        );
    }

    /// A path with further attributes, which begin with a space.
    pub(crate) fn path(&mut self, d: &str, fill: Paint, stroke: Paint, more: &str) {
        let (fill, stroke) = (self.paint(fill), self.paint(stroke));
        let _ = writeln!(self.out, "<path d=\"{}\" fill=\"{fill}\" stroke=\"{stroke}\"{more}/>", escape(d));
    }

    /// A circle.
    pub(crate) fn circle(&mut self, at: (f64, f64), r: f64, fill: Paint, stroke: Paint, more: &str) {
        let (fill, stroke) = (self.paint(fill), self.paint(stroke));
        let _ = writeln!(
            self.out,
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{fill}\" stroke=\"{stroke}\"{more}/>",
            px(at.0),
            px(at.1),
            px(r.max(0.0))
        );
    }

    /// The mark of the n-th of several things: each has its own shape.
    pub(crate) fn mark(&mut self, (x, y): (f64, f64), n: usize) {
        let r = self.size * 0.34;
        let (p, m) = (px, |v: f64| px(-v));
        let d = match n % crate::paint::KINDS {
            1 => format!("M{} {}h{}v{}h{}z", p(x - r), p(y - r), p(2.0 * r), p(2.0 * r), m(2.0 * r)),
            2 => format!("M{} {}l{} {}h{}z", p(x), p(y - 1.2 * r), p(1.15 * r), p(2.1 * r), m(2.3 * r)),
            3 => format!(
                "M{} {}l{} {} {} {} {} {}z",
                p(x),
                p(y - 1.3 * r),
                p(1.3 * r),
                p(1.3 * r),
                m(1.3 * r),
                p(1.3 * r),
                m(1.3 * r),
                m(1.3 * r)
            ),
            4 => format!("M{} {}l{} {}h{}z", p(x), p(y + 1.2 * r), p(1.15 * r), m(2.1 * r), m(2.3 * r)),
            _ => String::new(),
        };
        let more = " class=\"mark\" stroke-width=\"1.2\"";
        match n % crate::paint::KINDS {
            0 => self.circle((x, y), r, Paint::Plain(n), Paint::Paper, more),
            5 => self.circle((x, y), r * 0.9, Paint::Paper, Paint::Plain(n), " class=\"mark\" stroke-width=\"2\""),
            _ => self.path(&d, Paint::Plain(n), Paint::Paper, more),
        }
    }

    /// Draws things that lead somewhere and say what they are. The table has the same links for the keyboard.
    pub(crate) fn linked(&mut self, link: &Option<String>, says: &str, draw: impl FnOnce(&mut Self)) {
        let says = escape(says);
        let to = link.as_deref().filter(|l| is_address(l));
        match to {
            Some(to) => {
                let _ = write!(self.out, "<a href=\"{}\" tabindex=\"-1\">", escape(to));
            }
            None => self.out.push_str("<g>"),
        }
        if !says.is_empty() {
            let _ = write!(self.out, "<title>{says}</title>");
        }
        draw(self);
        self.out.push_str(if to.is_some() { "</a>\n" } else { "</g>\n" });
    }

    /// Draws things in the units of a map, scaled and moved.
    pub(crate) fn scaled(&mut self, scale: f64, left: f64, top: f64, draw: impl FnOnce(&mut Self)) {
        self.scale = scale;
        let _ = writeln!(self.out, "<g transform=\"translate({} {}) scale({scale:.4})\">", px(left), px(top));
        draw(self);
        self.out.push_str("</g>\n");
    }

    /// Draws text that reads upwards, from a place.
    pub(crate) fn upright(&mut self, x: f64, y: f64, draw: impl FnOnce(&mut Self)) {
        let _ = writeln!(self.out, "<g transform=\"translate({} {}) rotate(-90)\">", px(x), px(y));
        draw(self);
        self.out.push_str("</g>\n");
    }

    /// A key: signs with their words, in lines, which moves the sheet down.
    pub(crate) fn key(&mut self, keys: &[Key]) {
        let style = Type { class: "key", paint: Paint::Ink, ..self.soft() };
        let (gap, height) = (6.0, self.line_height(style.size) + 4.0);
        let mut at = 0.0;
        for key in keys {
            let sign = self.size * if matches!(key.sign, Sign::Mark(_) | Sign::Text(_)) { 1.0 } else { 1.7 };
            let room = self.width - sign - gap;
            // A key that is cut off says nothing: some fonts are wider than the estimate.
            let estimated = style.size * 1.06;
            let words = text::wrap(&key.words, estimated, room, 1).concat();
            let needed = sign + gap + text::width(&words, estimated);
            if at > 0.0 && at + needed > self.width {
                at = 0.0;
                self.y += height;
            }
            self.sign(key.sign, (self.x(at), self.x(at + sign)), self.y + height / 2.0);
            let (x, side) = (self.x(at + sign + gap), self.ahead());
            let base = self.y + height / 2.0 + style.size * 0.35;
            // Ranges of numbers are not mirrored.
            match words.contains(char::is_alphabetic) {
                true => self.write(x, base, side, style, &words),
                false => self.number(x, base, side, style, &words),
            }
            at += needed + 16.0;
        }
        if !keys.is_empty() {
            self.y += height + 6.0;
        }
    }

    fn sign(&mut self, sign: Sign, x: (f64, f64), y: f64) {
        let half = self.size * 0.42;
        let middle = (x.0 + x.1) / 2.0;
        match sign {
            Sign::Box(paint) => {
                let edge = if matches!(paint, Paint::Plain(_) | Paint::Filled(_)) { Paint::None } else { Paint::Edge };
                self.framed(x, (y - half, y + half), paint, edge, "sign");
            }
            Sign::Line(n) => {
                let dash = dashes(n);
                self.line((x.0, y), (x.1, y), Paint::Plain(n), &format!(" stroke-width=\"2\"{dash}"));
                self.mark((middle, y), n);
            }
            Sign::Mark(n) => self.mark((middle, y), n),
            Sign::Text(c) => self.number(middle, y + self.small * 0.36, Side::Both, self.value(), c),
            Sign::Link(n) => {
                let dash = dashes(n);
                self.line((x.0, y), (x.1, y), Paint::of_link(n), &format!(" stroke-width=\"1.6\"{dash}"));
            }
        }
    }

    /// The picture, with its notes, its source and what it says to who does not see it.
    pub(crate) fn finish(mut self, read_out: &str) -> String {
        self.y += 6.0;
        self.paragraph(&self.about.note.clone(), self.soft());
        if !self.about.source.is_empty() {
            let source = self.setting.words.locale.labelled(&self.setting.words.source, &self.about.source);
            self.paragraph(&source, Type { class: "source", ..self.soft() });
        }
        let (id, look) = (&self.id, self.setting.look);
        let mut definitions: String = self.definitions.iter().map(|p| p.definition(id, look, 1.0 / self.scale)).collect();
        if !definitions.is_empty() {
            definitions = format!("<defs>{definitions}</defs>\n");
        }
        let title = [self.about.title.as_str(), &self.about.unit].iter().filter(|t| !t.is_empty()).copied().collect::<Vec<_>>();
        let summary = if self.about.summary.is_empty() { read_out } else { &self.about.summary };
        let font = match look {
            ShownOn::Page => "var(--sans, sans-serif)",
            ShownOn::Document => "Calibri, Carlito, Remit Sans, Noto Sans Arabic, Arial, sans-serif",
        };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"picture {}{wide}\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" \
             role=\"{role}\" aria-labelledby=\"{id}-title {id}-desc\" direction=\"ltr\" font-family=\"{font}\">\n\
             <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n{definitions}{}</svg>\n",
            self.class,
            escape(&title.join(". ")),
            escape(summary),
            self.out,
            // What leads somewhere is no single picture: its links can be found.
            role = if self.out.contains("<a href") { "group" } else { "img" },
            wide = if self.width > self.asked { " wide" } else { "" },
            w = px(self.width),
            h = px(self.y + 4.0),
        )
    }
}

/// How the line of the n-th of several things is dashed.
pub(crate) fn dashes(n: usize) -> &'static str {
    match n {
        0 => "",
        1 => " stroke-dasharray=\"7 3\"",
        2 => " stroke-dasharray=\"2 2.5\"",
        3 => " stroke-dasharray=\"9 3 2 3\"",
        4 => " stroke-dasharray=\"4 2\"",
        5 => " stroke-dasharray=\"9 3 2 3 2 3\"",
        _ => " stroke-dasharray=\"1 4\"",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_stripped_of_what_xml_forbids() {
        assert_eq!(escape("a<b & \"c\"\u{0}\u{202e}\n'"), "a&lt;b &amp; &quot;c&quot; &#39;");
        assert_eq!([px(f64::NAN), px(-0.01), px(2.0), px(1.26)], ["0", "0", "2", "1.3"]);
    }
}
