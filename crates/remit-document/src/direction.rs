//! From how letters stand on a line, left to right, to the order in which they are read.
//!
//! A page only says where letters stand. Arabic is read from the right; Latin words and numbers in it from the left. So the line is
//! turned round, and what is read from the left is turned back: the Unicode bidirectional algorithm, the other way.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// Which way a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ReadingWay {
    Left,
    Right,
    Number,
    Neutral,
}

fn way(c: char) -> ReadingWay {
    match c {
        '0'..='9' | '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => ReadingWay::Number,
        _ if is_rightward(c) => ReadingWay::Right,
        _ if c.is_alphabetic() => ReadingWay::Left,
        _ => ReadingWay::Neutral,
    }
}

/// True for letters and marks of Hebrew and Arabic, also in the forms that they take in a word.
pub(crate) fn is_rightward(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
        && !matches!(c, '\u{600}'..='\u{607}' | '\u{609}' | '\u{60a}' | '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{66a}'..='\u{66d}')
}

/// True where a text has more letters that are read from the right.
pub(crate) fn from_the_right<'t>(texts: impl Iterator<Item = &'t str>) -> bool {
    let (right, left) = texts.flat_map(str::chars).fold((0_usize, 0_usize), |(right, left), c| match way(c) {
        ReadingWay::Right => (right + 1, left),
        ReadingWay::Left => (right, left + 1),
        _ => (right, left),
    });
    right > left
}

/// True for a mark above or below a letter.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{5bd}' | '\u{5bf}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}')
}

/// The letters of Arabic and Hebrew for the forms that they take in a word, which files write instead of them.
pub(crate) fn letters(text: &str) -> Cow<'_, str> {
    let is_form = |c: char| matches!(c, '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    if !text.contains(is_form) {
        return text.into();
    }
    let mut out = String::new();
    text.chars().for_each(|c| if is_form(c) { out.extend(std::iter::once(c).nfkc()) } else { out.push(c) });
    out.into()
}

/// What stands on a line, from left to right, in the order in which it is read. `mirrored` says that signs that come in pairs are
/// drawn as they look, which for what is read from the right is the other one.
pub(crate) fn as_read(seen: &[&str], rightward: bool, mirrored: bool) -> String {
    let ways: Vec<ReadingWay> = seen.iter().map(|t| t.chars().next().map_or(ReadingWay::Neutral, way)).collect();
    // The number of a paragraph may stand alone: its full stop is left of it.
    let is_turned = |w: &ReadingWay| *w == ReadingWay::Right || rightward && *w == ReadingWay::Number;
    if !ways.iter().any(is_turned) || !ways.contains(&ReadingWay::Right) && ways.contains(&ReadingWay::Left) {
        return seen.concat();
    }
    if rightward && !is_from_the_left(seen, &ways) {
        return turned(seen, &ways, mirrored);
    }
    // In a text that is read from the left, only what stands between letters that are read from the right is turned.
    let mut out = String::new();
    let mut at = 0;
    while at < seen.len() {
        if ways[at] != ReadingWay::Right {
            out.push_str(seen[at]);
            at += 1;
            continue;
        }
        let end = ways[at..].iter().position(|w| *w == ReadingWay::Left).map_or(seen.len(), |n| at + n);
        let last = ways[at..end].iter().rposition(|w| *w == ReadingWay::Right).map_or(at, |n| at + n) + 1;
        out.push_str(&turned(&seen[at..last], &ways[at..last], mirrored));
        at = last;
    }
    out
}

/// True for a line that its program set from the left, as where nobody told it that the text is read from the right: its number stands
/// at the left end, or its full stop at the right one, where no sentence that is read from the right begins.
fn is_from_the_left(seen: &[&str], ways: &[ReadingWay]) -> bool {
    let label = ways.iter().take_while(|w| **w == ReadingWay::Number).count();
    let is_numbered =
        label > 0 && matches!(seen.get(label), Some(&("." | ")"))) && seen.get(label + 1).is_some_and(|t| t.trim().is_empty());
    let mut signs = seen.iter().filter(|t| !t.trim().is_empty());
    is_numbered || signs.next() != Some(&".") && signs.next_back() == Some(&".")
}

fn turned(seen: &[&str], ways: &[ReadingWay], mirrored: bool) -> String {
    let mut out = String::new();
    let mut end = seen.len();
    while end > 0 {
        let start = run(seen, ways, end);
        if start < end {
            out.extend(seen[start..end].iter().copied());
            end = start;
            continue;
        }
        end -= 1;
        match seen[end].chars().next().filter(|_| mirrored).and_then(other) {
            Some(other) => out.push(other),
            None => out.push_str(seen[end]),
        }
    }
    out
}

/// Where a run that is read from the left begins that ends before `end`; `end` where there is none.
fn run(seen: &[&str], ways: &[ReadingWay], end: usize) -> usize {
    let closed = |n: usize| matches!(seen[n], ")" | "]" | "}");
    let last = if closed(end - 1) && end > 1 { end - 2 } else { end - 1 };
    if !matches!(ways[last], ReadingWay::Left | ReadingWay::Number) {
        return end;
    }
    let mut start = last;
    let mut has_word = ways[last] == ReadingWay::Left;
    // What stands between words of the run belongs to it; between numbers only a sign that parts their digits.
    let mut at = last;
    while at > 0 {
        at -= 1;
        match ways[at] {
            ReadingWay::Right => break,
            ReadingWay::Neutral => {}
            ReadingWay::Left => (has_word, start) = (true, at),
            ReadingWay::Number => {
                let between = &seen[at + 1..start];
                let apart =
                    !between.is_empty() && !matches!(between, ["," | "." | ":" | "/" | "٫" | "٬" | "\u{a0}" | "\u{202f}"]);
                if !apart
                    || has_word
                    || ways[..at].iter().rev().take_while(|w| **w != ReadingWay::Right).any(|w| *w == ReadingWay::Left)
                {
                    start = at;
                } else {
                    break;
                }
            }
        }
    }
    if last == end - 1 {
        return start;
    }
    // A bracket belongs to the run where it was opened in it, or right before it.
    let opened = seen[start..last].iter().filter(|t| matches!(**t, "(" | "[" | "{")).count();
    let closed_within = seen[start..last].iter().filter(|t| matches!(**t, ")" | "]" | "}")).count();
    match opened > closed_within {
        true => start,
        false if start > 0 && matches!(seen[start - 1], "(" | "[" | "{") => start - 1,
        false => end,
    }
}

/// The bracket that closes or opens a pair with this one.
fn other(c: char) -> Option<char> {
    const PAIRS: [char; 10] = ['(', ')', '[', ']', '{', '}', '<', '>', '«', '»'];
    PAIRS.iter().position(|p| *p == c).map(|at| PAIRS[at ^ 1])
}

/// How a line speaks on whether signs in pairs are drawn as they look: 1 if so, −1 if not, 0 where it does not tell.
pub(crate) fn tells_mirrored(seen: &[&str], rightward: bool) -> i32 {
    let read = as_read(seen, rightward, false);
    if !read.chars().any(is_rightward) {
        return 0;
    }
    let [open, close] = ['(', ')'].map(|c| read.find(c));
    match (open, close) {
        (Some(open), Some(close)) if close < open => 1,
        (Some(_), Some(_)) => -1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Letters one by one.
    fn seen(text: &str) -> Vec<&str> {
        text.split_inclusive(|_: char| true).collect()
    }

    #[test]
    fn what_stands_from_the_left_is_read_from_the_right() {
        // The second is the first as it is drawn, from left to right.
        for (read, drawn) in [
            ("إصلاح الشرطة", "ةطرشلا حالصإ"),
            ("منذ 17 أكتوبر 2017، بعثة", "ةثعب ،2017 ربوتكأ 17 ذنم"),
            ("في العراق (EUAM Iraq) إصلاح", "حالصإ (EUAM Iraq) قارعلا يف"),
            ("قطاع (الشرطة) وتدريب", "بيردتو (ةطرشلا) عاطق"),
            ("للقرار S/RES/2631 (2022) وإدارة", "ةرادإو S/RES/2631 (2022) رارقلل"),
            ("قدرها 64,800,000 يورو", "وروي 64,800,000 اهردق"),
            ("قدرها ١٬٢٥٠٬٠٠٠٫٥ يورو", "وروي ١٬٢٥٠٬٠٠٠٫٥ اهردق"),
            ("قدرها 64\u{a0}800 يورو", "وروي 64\u{a0}800 اهردق"),
            ("في 2019-2020 بنسبة", "ةبسنب 2020-2019 يف"),
            ("1 - يقرر", "ررقي - 1"),
            ("12.", ".12"),
            ("(3)", "(3)"),
            ("UN-2024.", "UN-2024."),
            ("(أ) دعم", "معد (أ)"),
        ] {
            assert_eq!(as_read(&seen(drawn), true, true), read, "{drawn}");
        }
    }

    #[test]
    fn a_line_that_was_set_from_the_left_is_read_in_its_order() {
        for (read, drawn) in
            [("1. دعم الشرطة", "1. ةطرشلا معد"), ("12) في 2025 دعم", "12) معد 2025 يف"), ("دعم الشرطة.", "ةطرشلا معد.")]
        {
            assert_eq!(as_read(&seen(drawn), true, true), read, "{drawn}");
        }
        assert_eq!(as_read(&seen(".2025 ةطرشلا معد"), true, true), "دعم الشرطة 2025.", "as it should be set");
    }

    #[test]
    fn arabic_in_an_english_line_is_turned_by_itself() {
        assert_eq!(as_read(&seen("the ةطرشلا (police) of"), false, true), "the الشرطة (police) of");
        assert_eq!(as_read(&seen("plain (text), 12"), false, true), "plain (text), 12");
    }

    #[test]
    fn forms_of_letters_become_letters() {
        assert_eq!(letters("\u{fee3}\u{fee8}²"), "\u{645}\u{646}²");
        assert_eq!(letters("\u{fefb}"), "لا");
        assert_eq!(letters("ﬁ"), "ﬁ");
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "[a-z0-9اب(). ,/-]{0,30}", rightward: bool) {
            let mut before: Vec<char> = text.chars().collect();
            let mut after: Vec<char> = as_read(&seen(&text), rightward, false).chars().collect();
            before.sort_unstable();
            after.sort_unstable();
            prop_assert_eq!(before, after);
        }
    }
}
