//! From lines to blocks: what is a heading, where a paragraph ends, what is only the head or foot of a page.

use crate::Block;
use crate::annex::annex;
use crate::line::{Line, LineSort};
use crate::numbers::{Numbered, numbered, western};
use std::collections::{HashMap, HashSet};

/// Makes blocks of lines, whose text is tidy. Notes stand behind the text that begins on their page.
pub(crate) fn blocks(mut lines: Vec<Line>) -> Vec<Block> {
    remove_furniture(&mut lines);
    let style = UsualStyle::of(&lines);
    style.tell_notes(&mut lines);
    let words = DocumentWords::of(&lines);
    let (notes, text): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|l| l.sort == LineSort::Note);
    let (mut all, notes) = (style.blocks(text, &words), style.blocks(notes, &words));
    for note in notes.into_iter().rev() {
        let at = all.iter().rposition(|b| b.page <= note.page && b.sort != LineSort::Note).map_or(all.len(), |at| at + 1);
        all.insert(at, note);
    }
    all
}

impl UsualStyle {
    /// The blocks of lines in reading order.
    fn blocks(&self, lines: Vec<Line>, words: &DocumentWords) -> Vec<Block> {
        let mut all: Vec<Block> = Vec::new();
        let mut last: Option<Line> = None;
        let mut count = LastNumber::default();
        for mut line in lines {
            let level = self.heading(&line);
            if let (0, Some(before), Some(block)) = (level, &last, all.last_mut())
                && goes_on(before, &line)
            {
                // A sentence in larger letters that ends in the next line is no heading.
                block.level = 0;
            }
            let begins = match (&last, all.last()) {
                (Some(before), Some(block)) => self.begins(before, &line, block, level, &count),
                _ => true,
            };
            let text = std::mem::take(&mut line.text);
            if begins {
                if level == 0 {
                    count.note(&text);
                }
                all.push(Block { level, text, page: line.page, top: line.top, sort: line.sort });
            } else if let Some(block) = all.last_mut() {
                join(&mut block.text, &text, words);
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
}

/// True where a line goes on in the letters of the one before it, and in the middle of its sentence.
fn goes_on(before: &Line, line: &Line) -> bool {
    let alike = before.page == line.page && before.bold == line.bold && (before.size - line.size).abs() < 0.03 * line.size;
    alike && line.gap < 0.5 && line.text.starts_with(char::is_lowercase) && !before.text.ends_with(['.', '!', '?'])
}

/// The words of a document, which tell whether a hyphen at the end of a line is one of the word.
#[derive(Debug, Default)]
pub(crate) struct DocumentWords {
    all: HashSet<String>,
}

impl DocumentWords {
    fn of(lines: &[Line]) -> DocumentWords {
        // Only asked for where a line ends in the middle of a word.
        if !lines.iter().any(|l| l.text.ends_with(HYPHENS)) {
            return DocumentWords::default();
        }
        // What a line ends with may be half a word.
        let words = lines.iter().flat_map(|l| l.text.split(' ').rev().skip(1));
        DocumentWords { all: words.map(bare).filter(|w| !w.is_empty()).collect() }
    }

    /// True where the hyphen between two parts belongs to the word.
    fn has_hyphen(&self, before: &str, after: &str) -> bool {
        let (before, after) = (bare(before), bare(after));
        self.all.contains(&format!("{before}-{after}")) && !self.all.contains(&format!("{before}{after}"))
    }
}

/// A word in small letters, without the signs around it; hyphens of other forms as the common one.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('‐', "-")
}

const HYPHENS: [char; 2] = ['-', '‐'];

/// Joins a line to the text before it; a word cut at the end of a line becomes whole.
pub(crate) fn join(text: &mut String, line: &str, words: &DocumentWords) {
    let cased = |c: char| c.is_lowercase() || c.is_uppercase();
    let cut =
        text.strip_suffix(HYPHENS).filter(|t| t.ends_with(cased) && line.starts_with(|c: char| cased(c) || c.is_ascii_digit()));
    let Some(before) = cut else {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(line);
        return;
    };
    let half = before.rsplit(' ').next().unwrap_or_default();
    let next = line.split(' ').next().unwrap_or_default();
    if matches!(next, "und" | "oder" | "and" | "or" | "et" | "ou" | "y" | "i" | "та" | "і" | "и") {
        // “Polizei- und Justizreform”.
        text.push(' ');
    } else if next.starts_with(char::is_lowercase) && !words.has_hyphen(half, next) {
        text.pop();
    }
    text.push_str(line);
}

/// The number of the last numbered paragraph: the next line that begins with a number begins a paragraph only if it counts on.
#[derive(Debug, Default)]
struct LastNumber(u32);

impl LastNumber {
    fn note(&mut self, text: &str) {
        if let (Numbered::Paragraph(label), _) = numbered(text) {
            self.0 = western(label).parse().unwrap_or(self.0);
        }
    }

    fn goes_on(&self, label: &str) -> bool {
        western(label).parse().is_ok_and(|n: u32| n == 1 || (n > self.0 && n <= self.0 + 3))
    }
}

/// What is usual in a document.
#[derive(Debug)]
struct UsualStyle {
    size: f32,
    right: f32,
    /// False for plain text, where only blank lines and words tell.
    drawn: bool,
}

impl UsualStyle {
    fn of(lines: &[Line]) -> UsualStyle {
        if lines.iter().all(|l| l.size <= 0.0) {
            return UsualStyle { size: 0.0, right: 1.0, drawn: false };
        }
        let weights = |value: &dyn Fn(&Line) -> i64| {
            let mut weights: HashMap<i64, usize> = HashMap::new();
            for line in lines {
                *weights.entry(value(line)).or_default() += line.text.len();
            }
            weights
        };
        let usual = |weights: HashMap<i64, usize>| weights.into_iter().max_by_key(|(v, w)| (*w, *v)).map_or(0, |(v, _)| v);
        // In what a fifth of all letters are written, that is text, even where more of them stand in small tables and notes.
        let sizes = weights(&|l| (l.size * 2.0).round() as i64);
        let fifth = sizes.values().sum::<usize>() / 5;
        let large = sizes.iter().filter(|(_, weight)| **weight > fifth).map(|(size, _)| *size).max();
        UsualStyle {
            size: large.unwrap_or_else(|| usual(sizes)) as f32 / 2.0,
            right: usual(weights(&|l| (l.right * 50.0).round() as i64)) as f32 / 50.0,
            drawn: true,
        }
    }

    /// The level of a heading, or 0.
    fn heading(&self, line: &Line) -> u8 {
        if line.sort != LineSort::Text {
            return 0;
        }
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

    /// Tells what stands below the text of each page: lines in smaller letters from the figure of a note on, and at the foot of the
    /// first page what a large space parts from the text.
    fn tell_notes(&self, lines: &mut [Line]) {
        if !self.drawn {
            return;
        }
        for page in lines.chunk_by_mut(|a, b| a.page == b.page) {
            let is_text = |l: &Line| l.top < 0.89 || l.gap < 1.2 || l.sort == LineSort::Row;
            let foot = page.iter().rposition(is_text).map_or(0, |at| at + 1);
            page[foot..].iter_mut().for_each(|l| l.sort = LineSort::Note);
            let small = page[..foot].iter().rposition(|l| l.size >= 0.93 * self.size).map_or(0, |at| at + 1);
            if let Some(first) = page[small..foot].iter().position(|l| begins_note(&l.text) && l.top > 0.4) {
                page[small + first..foot].iter_mut().filter(|l| l.sort == LineSort::Text).for_each(|l| l.sort = LineSort::Note);
            }
        }
    }

    /// From which gap on a line of a heading is another heading. Lines of one in large letters stand further apart than those of the text.
    fn apart(&self, before: &Line, line: &Line) -> f32 {
        let is_alike = before.bold == line.bold && (before.size - line.size).abs() < 0.03 * line.size;
        0.9 * if self.drawn && is_alike { (line.size / self.size).max(1.0) } else { 1.0 }
    }

    /// Whether a line begins a block of its own; `block` ends with the line before it.
    fn begins(&self, before: &Line, line: &Line, block: &Block, level: u8, count: &LastNumber) -> bool {
        if line.sort == LineSort::Row || before.sort == LineSort::Row {
            return true;
        }
        if line.sort == LineSort::Note {
            return line.page != before.page || begins_note(&line.text) || line.gap > 0.6;
        }
        if (level > 0) != (block.level > 0) {
            return true;
        }
        if level > 0 {
            let new_label = !matches!(numbered(&line.text).0, Numbered::None);
            return new_label || level != block.level || line.gap > self.apart(before, line) || block.text.len() > 160;
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
        if line.top < before.top - 0.02 {
            // Nor does a new column end one.
            return ended || line.text.starts_with(char::is_uppercase);
        }
        if line.gap > 0.6 {
            return true;
        }
        let short = self.drawn && before.right < self.right - 0.12;
        short && ended && line.left > before.left + 0.02
    }
}

/// True where a line begins with the figure or sign of a note: `3 See S/2003/1098.`, `* Reissued.`
fn begins_note(text: &str) -> bool {
    let label = text.trim_start_matches(|c: char| c.is_numeric() || matches!(c, '*' | '†' | '/' | '(' | ')' | '.'));
    let length = text.len() - label.len();
    (1..12).contains(&length)
        && !text.starts_with(['.', '/'])
        && label.trim_start().starts_with(|c: char| c.is_alphabetic() || "“\"«‘".contains(c))
}

/// Takes away what stands at the head or foot of many pages: titles, symbols, page numbers.
pub(crate) fn remove_furniture(lines: &mut Vec<Line>) {
    let pages = lines.iter().map(|l| l.page).max().unwrap_or_default() as usize;
    let edge = |l: &Line| l.page > 0 && (l.top < 0.11 || l.top > 0.89);
    let plain = |l: &Line| -> String { l.text.chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).collect() };
    let mut seen: HashMap<String, usize> = HashMap::new();
    for line in lines.iter().filter(|l| edge(l)) {
        *seen.entry(plain(line)).or_default() += 1;
    }
    let often = 3.max(pages / 5).min(pages.max(2));
    // The first page's head names the document.
    lines.retain(|l| {
        if !edge(l) || l.page == 1 && l.top < 0.5 {
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
        let lines =
            ["the north-eastern states", "a well-known north-", "east of it"].map(|t| Line { text: t.into(), ..Line::default() });
        let words = DocumentWords::of(&lines);
        for (before, after, whole) in [
            ("the demobili-", "zation of forces", "the demobilization of forces"),
            ("the north-", "eastern states", "the north-eastern states"),
            ("die Polizei-", "und Justizreform", "die Polizei- und Justizreform"),
            ("an EU-", "Mission", "an EU-Mission"),
            ("the police -", "and others", "the police - and others"),
            ("the years 2019-", "2020", "the years 2019- 2020"),
        ] {
            let mut text = before.to_owned();
            join(&mut text, after, &words);
            assert_eq!(text, whole);
        }
    }

    #[test]
    fn a_heading_in_large_letters_goes_on_in_its_next_line() {
        let line =
            |text: &str, top, size, gap| Line { text: text.into(), page: 1, top, size, gap, right: 0.9, ..Line::default() };
        let body = "The Mission advises on the reform of the police and of the prisons.";
        let mut lines = vec![
            line("Made-up report of the Mission on the", 0.1, 24.0, 1.0),
            line("reform of the Police, January 2031", 0.13, 24.0, 1.0),
            line("What was Done", 0.2, 18.0, 1.6),
        ];
        lines.extend((0..20).map(|n| line(body, 0.24 + 0.02 * n as f32, 12.0, 0.0)));
        let headings: Vec<String> = blocks(lines).into_iter().filter(|b| b.level > 0).map(|b| b.text).collect();
        assert_eq!(headings, ["Made-up report of the Mission on the reform of the Police, January 2031", "What was Done"]);
    }

    #[test]
    fn paragraphs_are_numbered_in_the_digits_of_arabic_too() {
        for numbers in [["1", "2", "3"], ["١", "٢", "٣"]] {
            let line = |(n, number): (usize, &str)| Line {
                text: format!("{number}. تدعم البعثة إصلاح الشرطة."),
                page: 1,
                top: 0.2 + 0.02 * n as f32,
                size: 11.0,
                left: 0.1,
                right: 0.9,
                ..Line::default()
            };
            let lines = numbers.into_iter().enumerate().map(line).collect();
            assert_eq!(blocks(lines).len(), 3, "{numbers:?}");
        }
    }

    #[test]
    fn notes_stand_behind_the_text_of_their_page() {
        let line =
            |text: &str, page, top, size| Line { text: text.into(), page, top, size, left: 0.1, right: 0.9, ..Line::default() };
        let lines = vec![
            line("1. The Mission advises on the reform of", 1, 0.7, 11.0),
            line("³ See the report.", 1, 0.8, 9.0),
            line("It is long.", 1, 0.82, 9.0),
            line("prisons and corrections.", 2, 0.1, 11.0),
            line("It ended.", 2, 0.12, 11.0),
        ];
        let texts: Vec<(LineSort, String)> = blocks(lines).into_iter().map(|b| (b.sort, b.text)).collect();
        let text = "1. The Mission advises on the reform of prisons and corrections. It ended.".to_owned();
        assert_eq!(texts, [(LineSort::Text, text), (LineSort::Note, "³ See the report. It is long.".into())]);
    }
}
