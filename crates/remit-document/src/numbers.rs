//! Numbers of paragraphs at their beginning, and of items within items: `12.`, `(a)`, `(iv)`, `(أ)`, `(в)`, and which of those above one
//! follows.

use std::fmt;

/// The number at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Numbered<'t> {
    /// `12.`, `12)`, `Article 3`: a paragraph.
    Paragraph(&'t str),
    /// `(a)`, `(iv)`, `a)`: an item of one.
    Item(&'t str),
    /// `•`, `–`: an item without a number.
    Bullet,
    /// `IV.`, `B.`: a section.
    Section(&'t str),
    /// No number.
    None,
}

/// What items without a number begin with.
const BULLETS: [char; 10] = ['•', '–', '—', '-', '▪', '■', '●', '◦', '·', '*'];

/// Splits a text into its number and the rest.
pub(crate) fn numbered(text: &str) -> (Numbered<'_>, &str) {
    let rest = |at: usize| text[at..].trim_start();
    if let Some(item) = text.strip_prefix(BULLETS).filter(|t| t.starts_with([' ', '\t', '\u{a0}'])) {
        return (Numbered::Bullet, item.trim_start());
    }
    if let Some(inner) = text.strip_prefix('(') {
        if let Some((label, after)) = inner.split_once(')')
            && is_item(label)
            && after.starts_with([' ', '\t', '\u{a0}'])
        {
            return (Numbered::Item(label), after.trim_start());
        }
        return (Numbered::None, text);
    }
    if let Some((label, rest)) = in_arabic(text) {
        return (Numbered::Paragraph(label), rest);
    }
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let (label, after) = text.split_at(end);
    let spaced = |after: &str| after.len() > 1 && after[1..].starts_with([' ', '\t', '\u{a0}']);
    if (after.starts_with('.') || after.starts_with(')')) && spaced(after) && !label.is_empty() {
        if label.chars().count() <= 3 && label.chars().all(|c| western(c.encode_utf8(&mut [0; 4])).as_bytes()[0].is_ascii_digit())
        {
            return (Numbered::Paragraph(label), rest(end + 1));
        }
        if after.starts_with(')') && is_item(label) {
            return (Numbered::Item(label), rest(end + 1));
        }
        if after.starts_with('.') && (is_roman(label) || (label.len() == 1 && label.chars().all(|c| c.is_ascii_uppercase()))) {
            return (Numbered::Section(label), rest(end + 1));
        }
    }
    (Numbered::None, text)
}

fn is_roman(label: &str) -> bool {
    (1..=5).contains(&label.len()) && label.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C'))
}

/// The number of a paragraph as Arabic resolutions have it: `1 - يقرر`, `١ - يقرر`.
fn in_arabic(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_numeric())?;
    let rest = text[end..].trim_start().strip_prefix(['-', '–', '\u{640}'])?.trim_start();
    let label = &text[..end];
    let arabic = rest.starts_with(|c: char| matches!(c, '\u{620}'..='\u{64a}'));
    (arabic && (1..=3).contains(&label.chars().count())).then_some((label, rest))
}

/// A number in the digits that the languages of the interface share.
pub(crate) fn western(label: &str) -> String {
    let digit = |c: char| match c {
        '\u{660}'..='\u{669}' => char::from_digit(c as u32 - 0x660, 10).unwrap_or(c),
        '\u{6f0}'..='\u{6f9}' => char::from_digit(c as u32 - 0x6f0, 10).unwrap_or(c),
        _ => c,
    };
    label.chars().map(digit).collect()
}

/// Alphabets by which items are counted, in their order.
const ALPHABETS: [&str; 4] = [
    "abcdefghijklmnopqrstuvwxyz",
    "ابجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "абвгґдеєжзиіїйклмнопрстуфхцчшщюя",
    "абвгдђежзијклљмнњопрстћуфхцчџш",
];

/// A way of counting; of alphabets the place in [`ALPHABETS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CountingWay {
    Digits,
    Roman,
    Letters(usize),
}

/// The numbers that a label may be: `i` is the first by Roman numbers and the ninth by letters.
fn readings(label: &str) -> Vec<(CountingWay, u32)> {
    let mut all = Vec::new();
    if let Ok(n) = label.parse() {
        all.push((CountingWay::Digits, n));
    }
    all.extend(roman(label).map(|n| (CountingWay::Roman, n)));
    let mut letters = label.chars().filter(|c| *c != '\u{640}').map(|c| if matches!(c, 'أ' | 'إ' | 'آ') { 'ا' } else { c });
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        let place = |(n, alphabet): (usize, &&str)| {
            Some((CountingWay::Letters(n), alphabet.chars().position(|c| c == letter)? as u32 + 1))
        };
        all.extend(ALPHABETS.iter().enumerate().filter_map(place));
    }
    all
}

/// A Roman number up to 89, in small letters.
fn roman(label: &str) -> Option<u32> {
    const SIGNS: [(&str, u32); 7] = [("xl", 40), ("l", 50), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1)];
    if label.is_empty() || label.len() > 7 || !label.bytes().all(|b| matches!(b, b'i' | b'v' | b'x' | b'l')) {
        return None;
    }
    let (mut rest, mut n) = (label, 0);
    for (sign, value) in [SIGNS[0], SIGNS[1], SIGNS[3], SIGNS[2], SIGNS[5], SIGNS[4], SIGNS[3], SIGNS[5], SIGNS[6]] {
        while let Some(after) = rest.strip_prefix(sign) {
            (rest, n) = (after, n + value);
        }
    }
    rest.is_empty().then_some(n)
}

/// True for what stands in the brackets of an item.
fn is_item(label: &str) -> bool {
    !readings(label).is_empty() && label.len() <= 7 && !(label.len() > 2 && label.bytes().all(|b| b.is_ascii_digit()))
}

/// The items that one stands in, outermost first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Path(Vec<(String, Vec<(CountingWay, u32)>)>);

impl Path {
    /// Goes on with the next item. `introduced` says that the paragraph before it ends with a colon.
    pub(crate) fn next(&mut self, label: &str, introduced: bool) {
        let readings = readings(label);
        let first = readings.iter().any(|(way, n)| *n == 1 && !self.counts_by(*way));
        let at = match first && introduced && !self.0.is_empty() {
            true => None,
            false => self.following(&readings, |n, next| next == n + 1),
        };
        // Without an exact place: one was left out, or counting began anew.
        let at = match at {
            None if !first => self.following(&readings, |n, next| next > n).or_else(|| self.following(&readings, |_, _| true)),
            at => at,
        };
        let level = at.map_or(self.0.len(), |(level, _)| level);
        let kept = match at {
            Some((_, way)) => readings.into_iter().filter(|(w, _)| *w == way).collect(),
            None if first => {
                let new: Vec<_> = readings.iter().copied().filter(|(way, n)| *n == 1 && !self.counts_by(*way)).collect();
                new
            }
            None => readings,
        };
        self.0.truncate(level);
        self.0.push((label.to_owned(), kept));
    }

    fn counts_by(&self, way: CountingWay) -> bool {
        self.0.iter().any(|(_, readings)| readings.iter().any(|(w, _)| *w == way))
    }

    /// The innermost level of which this is a next one, and how it counts.
    fn following(&self, readings: &[(CountingWay, u32)], is_next: impl Fn(u32, u32) -> bool) -> Option<(usize, CountingWay)> {
        self.0.iter().enumerate().rev().find_map(|(level, (_, own))| {
            let pairs = readings.iter().flat_map(|r| own.iter().map(move |o| (r, o)));
            let mut same = pairs.filter(|((way, _), (before, _))| way == before);
            same.find(|((_, next), (_, n))| is_next(*n, *next)).map(|((way, _), _)| (level, *way))
        })
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: Vec<String> = self.0.iter().map(|(label, _)| format!("({label})")).collect();
        f.write_str(&all.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_text() {
        assert_eq!(numbered("12. Decides that"), (Numbered::Paragraph("12"), "Decides that"));
        assert_eq!(numbered("(a) To support"), (Numbered::Item("a"), "To support"));
        assert_eq!(numbered("(iv) To advise"), (Numbered::Item("iv"), "To advise"));
        assert_eq!(numbered("IV. Police reform"), (Numbered::Section("IV"), "Police reform"));
        assert_eq!(numbered("1.5 million dollars"), (Numbered::None, "1.5 million dollars"));
        assert_eq!(numbered("(see annex) and more"), (Numbered::None, "(see annex) and more"));
        assert_eq!(numbered("U.S. forces").0, Numbered::None);
    }
}
