//! From lines to blocks: what is a heading, where a paragraph ends, what is only the head or foot of a page.

use crate::Block;
use crate::annex::annex;
use crate::passages::{Numbered, numbered};
use std::collections::HashMap;

/// A line as it stands on a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) page: u32,
    /// Distance of its baseline from the top of the page, as a share of the page's height.
    pub(crate) top: f32,
    /// Where it starts and ends, as shares of the page's width.
    pub(crate) left: f32,
    pub(crate) right: f32,
    /// Size of its letters, in points.
    pub(crate) size: f32,
    pub(crate) bold: bool,
    /// Free space above it, in heights of its own line; 0 where the next line follows as usual.
    pub(crate) gap: f32,
}

/// Makes blocks of lines, whose text is tidy.
pub(crate) fn blocks(mut lines: Vec<Line>) -> Vec<Block> {
    remove_furniture(&mut lines);
    let style = Style::of(&lines);
    let mut all: Vec<Block> = Vec::new();
    let mut last: Option<Line> = None;
    let mut count = Count::default();
    for mut line in lines {
        let level = style.heading(&line);
        let begins = match (&last, all.last()) {
            (Some(before), Some(block)) => style.begins(before, &line, block, level, &count),
            _ => true,
        };
        let text = std::mem::take(&mut line.text);
        if begins {
            if level == 0 {
                count.note(&text);
            }
            all.push(Block { level, text, page: line.page, top: line.top });
        } else if let Some(block) = all.last_mut() {
            join(&mut block.text, &text);
        }
        last = Some(line);
    }
    for block in &mut all {
        // A heading that turns out to be a sentence is none.
        if block.level > 0 && (block.text.len() > 200 || block.text.ends_with([',', ';', ':'])) {
            block.level = 0;
        }
    }
    all.retain(|b| !b.text.is_empty());
    all
}

/// Joins a line to the text before it; a word cut at the end of a line becomes whole.
fn join(text: &mut String, line: &str) {
    let cut =
        text.ends_with('-') && text.chars().rev().nth(1).is_some_and(char::is_lowercase) && line.starts_with(char::is_lowercase);
    if cut {
        text.pop();
    } else {
        text.push(' ');
    }
    text.push_str(line);
}

/// The number of the last numbered paragraph: the next line that begins with a number begins a paragraph only if it counts on.
#[derive(Debug, Default)]
struct Count(u32);

impl Count {
    fn note(&mut self, text: &str) {
        if let (Numbered::Paragraph(label), _) = numbered(text) {
            self.0 = label.parse().unwrap_or(self.0);
        }
    }

    fn goes_on(&self, label: &str) -> bool {
        label.parse().is_ok_and(|n: u32| n == 1 || (n > self.0 && n <= self.0 + 3))
    }
}

/// What is usual in a document.
#[derive(Debug)]
struct Style {
    size: f32,
    right: f32,
    /// False for plain text, where only blank lines and words tell.
    drawn: bool,
}

impl Style {
    fn of(lines: &[Line]) -> Style {
        if lines.iter().all(|l| l.size <= 0.0) {
            return Style { size: 0.0, right: 1.0, drawn: false };
        }
        let weigh = |value: &dyn Fn(&Line) -> i64| {
            let mut weights: HashMap<i64, usize> = HashMap::new();
            for line in lines {
                *weights.entry(value(line)).or_default() += line.text.len();
            }
            weights.into_iter().max_by_key(|(v, w)| (*w, *v)).map_or(0, |(v, _)| v)
        };
        Style {
            size: weigh(&|l| (l.size * 2.0).round() as i64) as f32 / 2.0,
            right: weigh(&|l| (l.right * 50.0).round() as i64) as f32 / 50.0,
            drawn: true,
        }
    }

    /// The level of a heading, or 0.
    fn heading(&self, line: &Line) -> u8 {
        let text = line.text.trim();
        if text.len() > 160 * 4 || text.ends_with(['.', ',', ';', ':']) {
            return 0;
        }
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let length = text.chars().count();
        if letters < 4 || length > 160 || letters * 3 < length {
            return 0;
        }
        if annex(text).is_some() && (line.gap > 0.3 || line.top < 0.2 || !self.drawn && line.right < 0.0) {
            return 1;
        }
        let large = self.drawn && line.size > self.size * 1.12;
        let shouted = text.chars().all(|c| !c.is_lowercase()) && letters > 5 && !text.chars().any(|c| matches!(c, 'ا'..='ي'));
        // In plain text only a line of its own can be one.
        let alone = self.drawn || line.right < 0.0;
        let styled = alone && (large || line.bold || shouted || line.gap > 0.8);
        match numbered(text) {
            (Numbered::Section(label), rest) if styled && rest.starts_with(|c: char| c.is_uppercase()) => {
                if label.len() > 1 || matches!(label, "I" | "V" | "X") { 1 } else { 2 }
            }
            (Numbered::Paragraph(_), rest) if (line.bold || large) && length < 90 && rest.starts_with(char::is_uppercase) => 3,
            (Numbered::None, _) if large || (shouted && alone && line.gap > 0.4) => 1,
            (Numbered::None, _) if line.bold && length < 110 && line.right < self.right - 0.04 => 3,
            (Numbered::None, _)
                if !self.drawn
                    && line.gap > 0.8
                    && line.right < 0.0
                    && length < 80
                    && text.starts_with(|c: char| c.is_uppercase()) =>
            {
                3
            }
            _ => 0,
        }
    }

    /// Whether a line begins a block of its own; `block` ends with the line before it.
    fn begins(&self, before: &Line, line: &Line, block: &Block, level: u8, count: &Count) -> bool {
        if (level > 0) != (block.level > 0) {
            return true;
        }
        if level > 0 {
            let new_label = !matches!(numbered(&line.text).0, Numbered::None);
            return new_label || level != block.level || line.gap > 0.9 || block.text.len() > 160;
        }
        let (found, rest) = numbered(&line.text);
        let ended = block.text.ends_with(['.', ':', ';', '?', '!', '»', '”', '"', ',', '؛', '؟']);
        match found {
            Numbered::Paragraph(label)
                if count.goes_on(label) && (line.gap > 0.3 || ended) && rest.starts_with(|c: char| !c.is_lowercase()) =>
            {
                return true;
            }
            Numbered::Item(_) | Numbered::Bullet if ended || line.gap > 0.3 => return true,
            _ => {}
        }
        if line.page != before.page {
            // A paragraph goes on over the page unless it has ended.
            return ended && !line.text.starts_with(char::is_lowercase) && block.text.ends_with(['.', ':', ';']);
        }
        if line.gap > 0.6 {
            return true;
        }
        let short = self.drawn && before.right < self.right - 0.12;
        short && ended && line.left > before.left + 0.02
    }
}

/// Takes away what stands at the head or foot of many pages: titles, symbols, page numbers.
fn remove_furniture(lines: &mut Vec<Line>) {
    let pages = lines.iter().map(|l| l.page).max().unwrap_or_default() as usize;
    let edge = |l: &Line| l.page > 0 && (l.top < 0.11 || l.top > 0.89);
    let plain = |l: &Line| -> String { l.text.chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).collect() };
    let mut seen: HashMap<String, usize> = HashMap::new();
    for line in lines.iter().filter(|l| edge(l)) {
        *seen.entry(plain(line)).or_default() += 1;
    }
    let often = 3.max(pages / 5);
    // The first page's head names the document.
    lines.retain(|l| {
        if !edge(l) || l.page < 2 {
            return true;
        }
        let text = plain(l);
        !(text.is_empty() || seen.get(&text).is_some_and(|n| *n >= often))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_cut_at_the_end_of_a_line_becomes_whole() {
        let mut text = "the demobili-".to_owned();
        join(&mut text, "zation of forces");
        assert_eq!(text, "the demobilization of forces");
        let mut text = "north-".to_owned();
        join(&mut text, "East");
        assert_eq!(text, "north- East");
    }
}
