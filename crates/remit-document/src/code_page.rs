//! The code page of bytes that are no Unicode: the one in which they make words of a language. What each language is written with is in
//! `model/languages.toml`.

use encoding_rs::{Encoding, WINDOWS_1252};
use remit_model::{Languages, Written, fold};
use std::collections::HashSet;

/// Bytes at the beginning of a text by which its code page is told.
const BEGINNING: usize = 256 << 10;

/// The code page in which bytes that are no Unicode make most sense in one language; windows-1252 where they make none.
pub fn code_page(bytes: &[u8], languages: &Languages) -> &'static Encoding {
    let begin = &bytes[..bytes.len().min(BEGINNING)];
    let mut best = (0, WINDOWS_1252);
    for written in languages.written() {
        let told = LanguageMarks::new(written);
        for page in written.pages.iter().filter_map(|page| Encoding::for_label(page.as_bytes())) {
            let sense = told.sense(&page.decode_without_bom_handling(begin).0);
            if sense > best.0 {
                best = (sense, page);
            }
        }
    }
    best.1
}

/// What tells a language.
struct LanguageMarks {
    letters: HashSet<char>,
    words: HashSet<String>,
    is_latin: bool,
}

impl LanguageMarks {
    fn new(written: &Written) -> LanguageMarks {
        let folded = |word: &String| {
            let mut out = String::new();
            fold(word, &mut out);
            out
        };
        let letters: HashSet<char> = written.letters.chars().collect();
        let is_latin = letters.iter().any(|c| ('\u{C0}'..='\u{24F}').contains(c));
        LanguageMarks { letters, words: written.words.iter().map(folded).collect(), is_latin }
    }

    /// How much of a text is letters and words of the language. Letters of another one weigh against it twice.
    fn sense(&self, text: &str) -> i64 {
        let (mut sense, mut folded) = (0, String::new());
        for word in text.split(|c: char| c.is_ascii() && !c.is_ascii_alphabetic()).filter(|w| !w.is_empty()) {
            folded.clear();
            fold(word, &mut folded);
            if self.words.contains(&folded) {
                sense += 2;
            }
            let beyond = word.chars().filter(|c| !c.is_ascii()).count() as i64;
            if beyond > 0 {
                sense += if self.may_be(word) { beyond } else { -2 * beyond };
            }
        }
        sense
    }

    /// True for a word that the language could have.
    fn may_be(&self, word: &str) -> bool {
        let is_own = |c: char| c.to_lowercase().all(|c| self.letters.contains(&c));
        let is_sign = |c: char| {
            matches!(
                c,
                '’' | '‘' | '“' | '”' | '«' | '»' | '–' | '—' | '…' | '°' | '№' | '€' | '،' | '؛' | '؟' | '\u{A0}' | '\u{200C}'
                    ..='\u{200F}'
            )
        };
        let fits = |c: char| if c.is_ascii() { self.is_latin } else { is_own(c) || is_sign(c) };
        // A capital behind a small letter is what a wrong code page makes.
        let letters: Vec<char> = word.chars().collect();
        letters.iter().all(|c| fits(*c)) && !letters.windows(2).any(|w| w[0].is_lowercase() && w[1].is_uppercase())
    }
}
