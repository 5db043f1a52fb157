//! Numbers of items within items: `(a)`, `(iv)`, `(أ)`, `(в)`, and which of those above one follows.

use std::fmt;

/// Alphabets by which items are counted, in their order.
const ALPHABETS: [&str; 4] = [
    "abcdefghijklmnopqrstuvwxyz",
    "ابجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "абвгґдеєжзиіїйклмнопрстуфхцчшщюя",
    "абвгдђежзијклљмнњопрстћуфхцчџш",
];

/// A way of counting; of alphabets the place in [`ALPHABETS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Digits,
    Roman,
    Letters(usize),
}

/// The numbers that a label may be: `i` is the first by Roman numbers and the ninth by letters.
fn readings(label: &str) -> Vec<(Way, u32)> {
    let mut all = Vec::new();
    if let Ok(n) = label.parse() {
        all.push((Way::Digits, n));
    }
    all.extend(roman(label).map(|n| (Way::Roman, n)));
    let mut letters = label.chars().filter(|c| *c != '\u{640}').map(|c| if matches!(c, 'أ' | 'إ' | 'آ') { 'ا' } else { c });
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        let place =
            |(n, alphabet): (usize, &&str)| Some((Way::Letters(n), alphabet.chars().position(|c| c == letter)? as u32 + 1));
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
pub(crate) fn is_item(label: &str) -> bool {
    !readings(label).is_empty() && label.len() <= 7 && !(label.len() > 2 && label.bytes().all(|b| b.is_ascii_digit()))
}

/// The items that one stands in, outermost first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Path(Vec<(String, Vec<(Way, u32)>)>);

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

    fn counts_by(&self, way: Way) -> bool {
        self.0.iter().any(|(_, readings)| readings.iter().any(|(w, _)| *w == way))
    }

    /// The innermost level of which this is a next one, and how it counts.
    fn following(&self, readings: &[(Way, u32)], is_next: impl Fn(u32, u32) -> bool) -> Option<(usize, Way)> {
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
