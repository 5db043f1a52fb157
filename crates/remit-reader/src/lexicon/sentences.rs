//! Where sentences begin and end.

use memchr::{memchr2, memchr3};
use remit_model::Model;

/// Which points end no sentence, in all languages that are read: texts quote each other's names.
#[derive(Debug, Clone, Default)]
pub struct Points {
    /// Words with a point of their own.
    short: Vec<String>,
    /// Months before which the number of a day has one.
    months: Vec<String>,
}

impl Points {
    /// Those of the grammars of a model.
    pub fn new(model: &Model) -> Points {
        let mut points = Points::default();
        for (_, grammar) in model.grammars.all() {
            points.short.extend(grammar.abbreviations.iter().cloned());
            points.months.extend(grammar.day_point.iter().cloned());
        }
        points
    }

    fn is_short(&self, before: &str) -> bool {
        let word = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | ',')).next().unwrap_or_default();
        let initial = word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase));
        initial || word.len() < 7 && self.short.iter().any(|s| word.eq_ignore_ascii_case(s))
    }

    /// True for a day and its month: "am 3. April".
    fn is_date(&self, before: &str, next: &str) -> bool {
        let day = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let month = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        (1..=2).contains(&day.len()) && day.bytes().all(|b| b.is_ascii_digit()) && self.months.iter().any(|m| m == month)
    }
}

/// The sentences of a text, as spans in bytes. Every byte that is not white space between them is in one. A semicolon
/// parts too: mandates put their tasks so.
pub fn sentences(text: &str, points: &Points, out: &mut Vec<(usize, usize)>) {
    out.clear();
    let mut start = 0;
    let mut from = 0;
    let mut marks = EndMarks::default();
    while let Some(at) = marks.from(text, from) {
        let end = at + text[at..].chars().next().map_or(1, char::len_utf8);
        from = end;
        let closed = end + text[end..].bytes().take_while(|b| matches!(b, b'"' | b')' | b']' | b'\'')).count();
        let rest = &text[closed..];
        let next = rest.trim_start();
        let parted = rest.len() != next.len() && (ends_always(&text[at..end]) || begins(next));
        if !parted || (&text[at..end] == "." && (points.is_short(&text[start..at]) || points.is_date(&text[start..at], next))) {
            continue;
        }
        push(text, start, closed, out);
        start = text.len() - next.len();
        from = start;
    }
    push(text, start, text.len(), out);
}

/// Where the next mark stands that may end a sentence.
#[derive(Default)]
struct EndMarks {
    /// The next full stop, semicolon or first byte of an Arabic mark, and the next of the rarer marks.
    next: [Option<usize>; 2],
}

impl EndMarks {
    fn from(&mut self, text: &str, mut from: usize) -> Option<usize> {
        let bytes = text.as_bytes();
        let find = [|rest: &[u8]| memchr3(b'.', b';', ARABIC, rest), |rest: &[u8]| memchr2(b'?', b'!', rest)];
        loop {
            for (next, find) in self.next.iter_mut().zip(find) {
                if next.is_none_or(|n| n < from) {
                    *next = Some(find(&bytes[from..]).map_or(text.len(), |n| from + n));
                }
            }
            let at = self.next.into_iter().flatten().min().filter(|at| *at < text.len())?;
            // Other letters begin with the same byte.
            if bytes[at] != ARABIC || text[at..].starts_with(['؟', '؛']) {
                return Some(at);
            }
            from = at + 2;
        }
    }
}

/// The byte with which Arabic's own question mark and semicolon begin; letters of two bytes, as they are.
const ARABIC: u8 = 0xD8;

fn ends_always(mark: &str) -> bool {
    matches!(mark, ";" | "؛" | "؟")
}

fn begins(next: &str) -> bool {
    next.starts_with(|c: char| !c.is_lowercase() && !c.is_ascii_digit() || matches!(c, '(' | '"' | '«' | '“'))
}

fn push(text: &str, start: usize, end: usize, out: &mut Vec<(usize, usize)>) {
    let piece = &text[start..end];
    let trimmed = piece.trim();
    if !trimmed.is_empty() {
        let at = start + (piece.len() - piece.trim_start().len());
        out.push((at, at + trimmed.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static POINTS: LazyLock<Points> = LazyLock::new(|| Points::new(&Model::load(None).expect("the model")));

    fn of(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        sentences(text, &POINTS, &mut out);
        out.iter().map(|(s, e)| &text[*s..*e]).collect()
    }

    #[test]
    fn sentences_end_where_people_end_them() {
        assert_eq!(of("It met Mr. Smith. It (see para. 4) left."), ["It met Mr. Smith.", "It (see para. 4) left."]);
        assert_eq!(of("To advise; to train the U.N. Police"), ["To advise;", "to train the U.N. Police"]);
        assert_eq!(of("Seit dem 3. April 2014 berät sie 30. Dann"), ["Seit dem 3. April 2014 berät sie 30.", "Dann"]);
        assert_eq!(of("دعمت البعثة الشرطة. ودربت القضاة؛ ثم غادرت"), ["دعمت البعثة الشرطة.", "ودربت القضاة؛", "ثم غادرت"]);
    }

    proptest! {
        #[test]
        fn every_letter_is_in_a_sentence(text in "\\PC{0,80}") {
            let kept: String = of(&text).concat();
            let plain = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(plain(&kept), plain(&text));
        }
    }
}
