//! Headings that were left stuck to the end of the paragraph before them, as a paragraph's text cut from a report has them.

use remit_document::{BETWEEN_HEADINGS, annex_behind};

/// A heading: how deep it stands (Roman numeral 1, letter 2, figure 3, none 4), and its words.
type OutlineHeading = (u8, String);

/// No heading is longer than this, in words.
const LONGEST: usize = 22;
const LONGEST_PLAIN: usize = 16;

/// Keeps the headings above the paragraphs of one document.
#[derive(Debug, Default)]
pub(super) struct HeadingOutline {
    path: Vec<OutlineHeading>,
}

impl HeadingOutline {
    /// A paragraph's own words, and the headings above it, outermost first, joined by " / ".
    pub(super) fn next<'a>(&mut self, text: &'a str) -> (&'a str, String) {
        let (own, headings) = split(text);
        let above = self.path.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>().join(BETWEEN_HEADINGS);
        for heading in headings {
            self.path.retain(|(level, _)| *level < heading.0);
            self.path.push(heading);
        }
        (own, above)
    }
}

/// Splits headings off the end of a text, and an annex: that is another document.
fn split(text: &str) -> (&str, Vec<OutlineHeading>) {
    let text = text.trim();
    let whole = without_furniture(&text[..annex_behind(text, without_furniture).unwrap_or(text.len())]);
    if whole.ends_with(ends_sentence) || whole.is_empty() {
        return (whole, Vec::new());
    }
    let mut headings = Vec::new();
    let mut cut = whole.len();
    while let Some((start, level, title)) = last_numbered(&whole[..cut]) {
        let words = whole[title..cut].trim();
        let long = words.split_whitespace().count() > LONGEST;
        if words.is_empty() || long || words.contains(". ") || words.contains("; ") {
            break;
        }
        let before = whole[..start].trim_end();
        let closed = before.is_empty() || without_furniture(before).ends_with(ends_sentence);
        let tail = if closed { None } else { last_sentence(before) };
        if !closed && tail.is_none_or(|t| before[t..].split_whitespace().count() > LONGEST_PLAIN) {
            break;
        }
        headings.insert(0, (level, words.to_owned()));
        cut = start;
        if let Some(tail) = tail.filter(|t| last_numbered(&before[t.saturating_sub(1)..]).is_none()) {
            headings.insert(0, (4, before[tail..].to_owned()));
            cut = tail;
            break;
        }
    }
    if headings.is_empty()
        && let Some(tail) = last_sentence(whole)
        && (1..=LONGEST_PLAIN).contains(&whole[tail..].split_whitespace().count())
        && whole[tail..].starts_with(char::is_uppercase)
    {
        headings.push((4, whole[tail..].to_owned()));
        cut = tail;
    }
    match without_furniture(whole[..cut].trim_end()) {
        "" => (whole, Vec::new()),
        own => (own, headings),
    }
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | ';' | ':' | ',' | ')' | '”' | '"' | '’')
}

/// A text without the page numbers, rules, symbols and days of printing that a page leaves at its end.
fn without_furniture(mut text: &str) -> &str {
    while let Some((rest, last)) = text.rsplit_once(char::is_whitespace) {
        let figures = last.bytes().all(|b| b.is_ascii_digit());
        let furniture = (figures && (last.len() <= 3 || last.len() == 6))
            || (last.len() >= 3 && last.bytes().all(|b| b == b'-' || b == b'_'))
            || last.starts_with("/..")
            || is_symbol(last)
            || is_job_number(last)
            || last.contains('•');
        if !furniture {
            break;
        }
        text = rest.trim_end();
    }
    text
}

/// `S/1997/432`, `S/25913`.
fn is_symbol(word: &str) -> bool {
    let rest = word.strip_prefix("S/").or_else(|| word.strip_prefix("s/"));
    rest.is_some_and(|r| r.len() >= 4 && r.bytes().all(|b| b.is_ascii_digit() || b == b'/'))
}

/// `97-13212`.
fn is_job_number(word: &str) -> bool {
    word.len() == 8 && word.bytes().enumerate().all(|(n, b)| if n == 2 { b == b'-' } else { b.is_ascii_digit() })
}

/// The last number of a heading (`II.`, `B.`, `3.`) that a capital follows: where it starts, its level, where the words start.
fn last_numbered(text: &str) -> Option<(usize, u8, usize)> {
    let starts = text.rmatch_indices(". ");
    starts
        .filter_map(|(dot, _)| {
            let start = text[..dot].rfind(char::is_whitespace)? + 1;
            let number = &text[start..dot];
            let title = dot + 2 + text[dot + 2..].find(|c: char| !c.is_whitespace())?;
            let capital = text[title..].starts_with(|c: char| c.is_uppercase() || c == '“' || c == '"');
            Some((start, level(number)?, title)).filter(|_| capital)
        })
        .next()
}

fn level(number: &str) -> Option<u8> {
    let all = |ok: fn(&u8) -> bool| !number.is_empty() && number.bytes().all(|b| ok(&b));
    match number.len() {
        1..=2 if all(u8::is_ascii_digit) => Some(3),
        1..=5 if all(|b| matches!(b, b'I' | b'V' | b'X')) => Some(1),
        1 if all(u8::is_ascii_uppercase) => Some(2),
        _ => None,
    }
}

/// Where the words after the last full sentence of a text start.
fn last_sentence(text: &str) -> Option<usize> {
    let spaces = text.char_indices().rev().filter(|(_, c)| c.is_whitespace());
    for (at, space) in spaces {
        let before = text[..at].trim_end_matches(['"', '”', '’', ')', ']']);
        let stopped = before.ends_with(['.', '!', '?', ':', ';']);
        let closed = text[..at].ends_with([')', '”']);
        let start = at + space.len_utf8();
        let after = &text[start..];
        let opens = after.starts_with(|c: char| c.is_uppercase() || (stopped && (c.is_ascii_digit() || "\"“(".contains(c))));
        if opens && (stopped || closed) {
            let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
            return (!is_abbreviation(word)).then(|| skip_page_number(text, start));
        }
    }
    None
}

fn skip_page_number(text: &str, start: usize) -> usize {
    let after = text[start..].trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - start - after.len();
    match after.strip_prefix(' ') {
        Some(rest) if (1..=3).contains(&digits) && rest.starts_with(char::is_uppercase) => text.len() - rest.len(),
        _ => start,
    }
}

/// A word whose full stop ends no sentence.
pub(super) fn is_abbreviation(word: &str) -> bool {
    const ABBREVIATIONS: [&str; 16] = [
        "Mr.", "Mrs.", "Ms.", "Dr.", "St.", "No.", "Nos.", "Gen.", "Col.", "Lt.", "Maj.", "U.S.", "para.", "paras.", "vs.",
        "art.",
    ];
    ABBREVIATIONS.contains(&word.trim_start_matches(['(', '“', '"']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(texts: &[&str]) -> Vec<(String, String)> {
        let mut outline = HeadingOutline::default();
        texts.iter().map(|t| outline.next(t)).map(|(own, path)| (own.to_owned(), path)).collect()
    }

    #[test]
    fn a_heading_goes_to_the_paragraphs_below_it() {
        let found = paths(&[
            "They served in the Mission (see annex I). 060697 II. VERIFICATION REQUIREMENTS",
            "Activities are described below. A. Ceasefire",
            "The ceasefire held. B. Separation of forces",
            "Forces were separated. III. OBSERVATIONS",
            "It went well.",
        ]);
        let of = |n: usize| (found[n].0.as_str(), found[n].1.as_str());
        assert_eq!(of(0), ("They served in the Mission (see annex I).", ""));
        assert_eq!(of(1), ("Activities are described below.", "VERIFICATION REQUIREMENTS"));
        assert_eq!(of(2), ("The ceasefire held.", "VERIFICATION REQUIREMENTS / Ceasefire"));
        assert_eq!(of(3), ("Forces were separated.", "VERIFICATION REQUIREMENTS / Separation of forces"));
        assert_eq!(of(4), ("It went well.", "OBSERVATIONS"));
    }

    #[test]
    fn an_annex_is_no_part_of_the_last_paragraph() {
        assert_eq!(
            split("I thank them for their work in Haiti. 15 Annex I Countries providing troops Brazil 1,200").0,
            "I thank them for their work in Haiti."
        );
        assert_eq!(split("Their number is in annex I.").0, "Their number is in annex I.");
    }

    #[test]
    fn a_heading_without_a_number_stands_below_one_with() {
        let found = paths(&[
            "It was calm. 12 III. Human rights",
            "Cases rose. Child protection",
            "Schools opened. Gender",
            "Women voted.",
        ]);
        assert_eq!(found[2].1, "Human rights / Child protection");
        assert_eq!(found[3].1, "Human rights / Gender");
        assert_eq!(found[1].0, "Cases rose.");
    }

    #[test]
    fn a_sentence_that_breaks_off_or_ends_in_a_name_is_no_heading() {
        assert_eq!(split("It was led by Mr. Joinet").1, []);
        assert_eq!(split("The town of Goradze was quiet on that day").1, []);
        assert_eq!(split("").0, "");
        assert_eq!(split("Child protection"), ("Child protection", Vec::new()));
    }
}
