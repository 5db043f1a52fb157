//! Text made comparable: lower case, without diacritics and signs that nobody sees, hyphens and white space as one space.

use crate::is_unseen;
use unicode_normalization::UnicodeNormalization;

/// Appends the comparable form of `text` to `out`. Latin diacritics, Arabic vowel signs, tatweel, soft hyphens and the figures of
/// notes fall away; the forms of alef, ya and ta marbuta become one letter each, ligatures and the forms that letters take in a word
/// their letters.
pub fn fold(text: &str, out: &mut String) {
    each(text, |piece| piece.append(out));
}

/// A text in its comparable form, without what surrounds it.
pub fn folded(text: &str) -> String {
    let mut out = String::new();
    fold(text.trim(), &mut out);
    out
}

/// A text made comparable, with the way back to where each part of it stood.
#[derive(Debug, Default, Clone)]
pub struct Folded {
    text: String,
    /// Where the two run apart: a place in the folded text, and the place in the text from which both go on together.
    steps: Vec<(usize, usize)>,
    /// Where the text ends.
    end: usize,
}

impl Folded {
    /// Folds a text.
    pub fn new(text: &str) -> Folded {
        let mut folded = Folded::default();
        folded.again(text);
        folded
    }

    /// Folds another text in the same memory.
    pub fn again(&mut self, text: &str) {
        self.text.clear();
        self.steps.clear();
        self.end = text.len();
        let mut ahead = 0;
        each(text, |piece| {
            let at = match piece {
                FoldedPiece::Run(at, _) | FoldedPiece::One(at, _) => at,
            };
            if at.wrapping_sub(self.text.len()) != ahead {
                ahead = at.wrapping_sub(self.text.len());
                self.steps.push((self.text.len(), at));
            }
            piece.append(&mut self.text);
        });
    }

    /// The folded text.
    #[inline]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte of the text from which a byte of the folded text comes; the end of the text for its end.
    #[inline]
    pub fn place(&self, at: usize) -> usize {
        let step = self.steps.partition_point(|(folded, _)| *folded <= at).checked_sub(1);
        let (folded, text) = step.map_or((0, 0), |n| self.steps[n]);
        if at < self.text.len() { text + (at - folded) } else { self.end }
    }
}

/// What a text is folded into, piece by piece, each with its place in the text.
enum FoldedPiece<'t> {
    /// Letters and signs of ASCII, still to be made small; a hyphen is still to become a space.
    Run(usize, &'t str),
    /// A character as it shall be.
    One(usize, char),
}

impl FoldedPiece<'_> {
    fn append(&self, out: &mut String) {
        match self {
            FoldedPiece::Run(_, run) => {
                let before = out.len();
                for (n, part) in run.split('-').enumerate() {
                    if n > 0 {
                        out.push(' ');
                    }
                    out.push_str(part);
                }
                out[before..].make_ascii_lowercase();
            }
            FoldedPiece::One(_, c) => out.push(*c),
        }
    }
}

/// How many bytes at the start of a text are ASCII that is seen: letters, digits, signs, spaces.
pub fn plain_run(text: &str) -> usize {
    let plain = |b: &u8| (0x20..0x7F).contains(b);
    let bytes = text.as_bytes();
    // Piece by piece each is looked at as a whole rather than to the first that does not fit: so it is done many bytes at a time.
    let pieces = bytes.chunks_exact(32).take_while(|c| c.iter().fold(true, |all, b| all & plain(b)));
    let at = pieces.count() * 32;
    at + bytes[at..].iter().take_while(|b| plain(b)).count()
}

fn each<'t>(text: &'t str, mut push: impl FnMut(FoldedPiece<'t>)) {
    let mut gap = false;
    let mut at = 0;
    while at < text.len() {
        let end = at + plain_run(&text[at..]);
        while at < end {
            let run = &text[at..end];
            let run = if gap { run.trim_start_matches([' ', '-']) } else { run };
            let start = end - run.len();
            let run = &run[..gaps(run.as_bytes()).map_or(run.len(), |n| n + 1)];
            if !run.is_empty() {
                push(FoldedPiece::Run(start, run));
                gap = run.ends_with([' ', '-']);
            }
            at = start + run.len();
        }
        for c in text[at..].chars().take_while(|c| !matches!(c, ' '..='~')) {
            if c.is_whitespace() || matches!(c, '\u{2010}'..='\u{2015}') {
                if !gap {
                    push(FoldedPiece::One(at, ' '));
                }
                gap = true;
            } else {
                gap = false;
                letter(c, |c| push(FoldedPiece::One(at, c)));
            }
            at += c.len_utf8();
        }
    }
}

/// Bytes that are looked at as a whole, many at a time.
const PIECE: usize = 256;

/// Where the first space or hyphen stands that another follows. No further than that is looked: a text that is made of gaps would be
/// looked at to its end for each of them.
fn gaps(run: &[u8]) -> Option<usize> {
    let gap = |b: u8| b == b' ' || b == b'-';
    let two = |w: &[u8]| gap(w[0]) & gap(w[1]);
    let mut from = 0;
    while from + 1 < run.len() {
        let end = (from + PIECE + 1).min(run.len());
        let pairs = || run[from..end].windows(2);
        if pairs().fold(false, |any, w| any | two(w)) {
            return pairs().position(two).map(|n| from + n);
        }
        from = end - 1;
    }
    None
}

/// What a character beyond ASCII becomes.
fn letter(c: char, mut push: impl FnMut(char)) {
    match c {
        '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{200C}'..='\u{200F}' => {}
        _ if is_unseen(c) => {}
        '\u{B2}' | '\u{B3}' | '\u{B9}' | '\u{2070}'..='\u{2079}' => {}
        '\u{FB00}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => {
            let parts = std::iter::once(c).nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c) && *c != ' ');
            parts.for_each(|part| if part == c { push(c) } else { letter(part, &mut push as &mut dyn FnMut(char)) });
        }
        'أ' | 'إ' | 'آ' | 'ٱ' => push('ا'),
        'ى' | 'ی' => push('ي'),
        'ک' => push('ك'),
        'ة' => push('ه'),
        'ß' => ['s', 's'].into_iter().for_each(push),
        'œ' | 'Œ' => ['o', 'e'].into_iter().for_each(push),
        'æ' | 'Æ' => ['a', 'e'].into_iter().for_each(push),
        '’' | '‘' | 'ʼ' => push('\''),
        _ => std::iter::once(c)
            .nfd()
            .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
            .flat_map(char::to_lowercase)
            .for_each(push),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn forms_of_one_word_are_one() {
        let folded = |text| {
            let mut out = String::new();
            fold(text, &mut out);
            out
        };
        assert_eq!(folded("Réforme du  secteur\nde la SÉCURITÉ"), "reforme du secteur de la securite");
        assert_eq!(folded("Civil-Military"), folded("civil – military").replace("  ", " "));
        assert_eq!(folded("إصلاح الشُّرطة"), "اصلاح الشرطه");
        assert_eq!(folded("l’armée"), "l'armee");
        assert_eq!(folded("Po\u{202e}li\u{2066}ce\u{e0041}"), "police");
        assert_eq!(folded("ﬁnancial oﬃces, staﬀ\u{ad}ing³"), "financial offices, staffing");
        assert_eq!(folded("\u{FE87}\u{FEBB}\u{FEFC}\u{FEA1}"), folded("إصلاح"));
    }

    #[test]
    fn a_text_that_is_made_of_gaps_is_folded_at_once() {
        for piece in ["a  ", "<!--", "- - -", "a \u{a0}"] {
            let begun = std::time::Instant::now();
            let mut out = String::new();
            fold(&piece.repeat(500_000), &mut out);
            assert!(!out.is_empty() && begun.elapsed().as_secs() < 5, "{piece:?}: {:?}", begun.elapsed());
        }
        let far = format!("{}  b", "a".repeat(3 * PIECE - 1));
        assert_eq!(gaps(far.as_bytes()), Some(3 * PIECE - 1));
        assert_eq!(gaps(&far.as_bytes()[..3 * PIECE]), None);
    }

    proptest! {
        #[test]
        fn every_place_is_that_of_the_character(text in "[aZ9 -]{0,40}|[aÉß’\u{300} –\n-]{0,12}|\\PC*") {
            let folded = Folded::new(&text);
            let mut plain = String::new();
            fold(&text, &mut plain);
            prop_assert_eq!(&plain, folded.text());
            prop_assert_eq!(folded.place(plain.len()), text.len());
            let mut before = 0;
            for (at, c) in plain.char_indices() {
                let place = folded.place(at);
                prop_assert!(place >= before && text.is_char_boundary(place));
                let mut one = String::new();
                fold(&text[place..place + text[place..].chars().next().map_or(0, char::len_utf8)], &mut one);
                prop_assert!(one.contains(c), "{c:?} of {one:?}");
                before = place;
            }
        }

        #[test]
        fn no_gap_follows_a_gap(text in "[aZ \t–-]{0,40}") {
            let mut out = String::new();
            fold(&text, &mut out);
            prop_assert!(!out.contains("  ") && !out.contains('-'));
            let words = |t: &str| t.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect::<Vec<_>>();
            prop_assert_eq!(words(&text), words(&out));
        }
    }
}
