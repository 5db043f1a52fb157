//! Words of a text as the classifier sees them: stems as numbers, sentence by sentence, and whether a sentence speaks of the
//! mission. Only what a mission did is coded, so this is worth more than any single word.

use super::headings::is_abbreviation;
use super::word_hash;
use crate::word_spans::word_spans;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// A word, or the mission in place of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    /// What stands for its stem.
    pub(super) stem: u64,
    /// Too common to make a pair.
    pub(super) small: bool,
    /// Where it stands, in bytes.
    pub(super) span: (u32, u32),
}

/// What stands for the mission.
pub(super) const MISSION: u64 = hash("mission ");
const NUMBER: u64 = hash("#");
const YEAR: u64 = hash("#y");

/// One word of a sentence.
#[derive(Debug, Clone, Copy)]
struct RawWord {
    word: u64,
    /// What is known of it: of another word as long as it was not looked up.
    known: KnownWord,
    capital: bool,
    span: (u32, u32),
}

/// What is known of a word in small letters.
#[derive(Debug, Clone, Copy, Default)]
struct KnownWord {
    word: u64,
    stem: u64,
    small: bool,
    /// It begins the name of a mission or of its people.
    names: bool,
}

const SLOTS: usize = 1 << 13;

/// Finds the words of texts, and remembers what it found out about each.
#[derive(Debug)]
pub(super) struct WordReader {
    cache: Vec<KnownWord>,
    folded: String,
    raw: Vec<RawWord>,
    words: Vec<Word>,
}

impl Default for WordReader {
    fn default() -> Self {
        WordReader { cache: vec![KnownWord::default(); SLOTS], folded: String::new(), raw: Vec::new(), words: Vec::new() }
    }
}

impl WordReader {
    /// Hands over the sentences of a text: its words, and whether the mission is among them.
    pub(super) fn sentences(&mut self, text: &str, mut each: impl FnMut(&[Word], bool)) {
        self.raw.clear();
        let mut at = 0;
        word_spans(
            text.as_bytes(),
            |b| !b.is_ascii_alphabetic(),
            |run| {
                at = self.between(text, at..run.start, &mut each);
                if !run.odd {
                    self.word(text, run.start..run.end);
                    at = run.end;
                }
                at = self.between(text, at..run.end, &mut each);
            },
        );
        self.between(text, at..text.len(), &mut each);
        self.sentence(text, &mut each);
    }

    /// Reads on byte by byte, where words, numbers and signs are mixed. Returns how far that went: a number may go on.
    fn between(&mut self, text: &str, range: Range<usize>, each: &mut impl FnMut(&[Word], bool)) -> usize {
        let bytes = text.as_bytes();
        let mut at = range.start;
        while at < range.end {
            match CLASS[bytes[at] as usize] {
                Class::Letter => {
                    let end = word_end(bytes, at);
                    if end == at {
                        // A sign beyond ASCII has three bytes.
                        at += 3;
                    } else {
                        self.word(text, at..end);
                        at = end;
                    }
                }
                Class::Digit => at = self.number(bytes, at),
                Class::Stop => {
                    at += 1;
                    if ends_here(text, at) {
                        self.sentence(text, each);
                    }
                }
                Class::Other => at += 1,
            }
        }
        at
    }

    fn word(&mut self, text: &str, place: Range<usize>) {
        let bytes = text.as_bytes();
        let Range { start, end } = place;
        let span = (start as u32, end as u32);
        let word = word_hash::of_small(bytes, start..end);
        if is_acronym(&bytes[start..end]) && is_mission(&text[start..end]) {
            let known = KnownWord { word, stem: MISSION, ..KnownWord::default() };
            self.raw.push(RawWord { word, known, capital: false, span });
            return;
        }
        // The `s` of a genitive is no word.
        if !(end - start == 1 && matches!(bytes[start], b's') && start > 0 && matches!(bytes[start - 1], b'\'' | 0x99)) {
            self.raw.push(RawWord { word, known: KnownWord::default(), capital: bytes[start].is_ascii_uppercase(), span });
        }
    }

    fn number(&mut self, bytes: &[u8], start: usize) -> usize {
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let mut at = start;
        while digit(at) || (bytes.get(at).is_some_and(|b| matches!(b, b'.' | b',')) && digit(at + 1)) {
            at += 1;
        }
        let year = at - start == 4 && (bytes[start..].starts_with(b"19") || bytes[start..].starts_with(b"20"));
        let stem = if year { YEAR } else { NUMBER };
        let known = KnownWord { word: stem, stem, ..KnownWord::default() };
        self.raw.push(RawWord { word: stem, known, capital: false, span: (start as u32, at as u32) });
        at
    }

    /// Looks up the words of a sentence: all of them at once, so that the processor waits for all at once, then those that were
    /// not seen before.
    fn look_up(&mut self, text: &str) {
        for raw in self.raw.iter_mut().filter(|r| r.known.word != r.word) {
            raw.known = self.cache[slot(raw.word)];
        }
        for raw in self.raw.iter_mut().filter(|r| r.known.word != r.word) {
            self.folded.clear();
            self.folded.push_str(&text[raw.span.0 as usize..raw.span.1 as usize]);
            self.folded.make_ascii_lowercase();
            let small = self.folded.len() <= LONGEST_SMALL && SMALL.contains(&self.folded.as_str());
            let (word, names) = (raw.word, NAMES.contains_key(&raw.word));
            raw.known = KnownWord { word, stem: hash(stem(&mut self.folded)), small, names };
            self.cache[slot(word)] = raw.known;
        }
    }

    /// Puts the mission in the place of its names, and hands the sentence over.
    fn sentence(&mut self, text: &str, each: &mut impl FnMut(&[Word], bool)) {
        if self.raw.is_empty() {
            return;
        }
        self.look_up(text);
        self.words.clear();
        let mut mission = false;
        let mut at = 0;
        while at < self.raw.len() {
            let raw = &self.raw[at];
            let name = if raw.known.names { self.name(text, at) } else { None };
            mission |= raw.known.stem == MISSION || name.is_some();
            if let Some(name) = name {
                let end = self.raw[at + name.words - 1].span.1;
                self.words.push(Word { stem: MISSION, small: false, span: (raw.span.0, end) });
                at += if name.replaced { name.words } else { 0 };
                if name.replaced {
                    continue;
                }
            }
            self.words.push(Word { stem: raw.known.stem, small: raw.known.small, span: raw.span });
            at += 1;
        }
        each(&self.words, mission);
        self.raw.clear();
    }

    fn name(&self, text: &str, at: usize) -> Option<MissionName> {
        let all = NAMES.get(&self.raw[at].known.word)?;
        let fits = |name: &&MissionName| {
            let rest = self.raw[at + 1..].iter().map(|r| r.known.word).take(name.words - 1);
            (!name.capital || (self.raw[at].capital && !is_shouted(text, self.raw[at].span)))
                && rest.eq(name.rest.iter().copied())
        };
        all.iter().find(fits).cloned()
    }
}

/// Where what is known of a word is kept.
fn slot(word: u64) -> usize {
    word as usize % SLOTS
}

fn is_shouted(text: &str, span: (u32, u32)) -> bool {
    text.as_bytes()[span.0 as usize..span.1 as usize].iter().all(u8::is_ascii_uppercase)
}

/// A name of the mission or of its people after its first word.
#[derive(Debug, Clone)]
struct MissionName {
    rest: Vec<u64>,
    words: usize,
    /// Only with a capital: `the Mission`.
    capital: bool,
    /// The mission stands in its place; else before it, and the words stay.
    replaced: bool,
}

static NAMES: LazyLock<HashMap<u64, Vec<MissionName>>> = LazyLock::new(|| {
    let mut names: HashMap<u64, Vec<MissionName>> = HashMap::new();
    for line in include_str!("mission.txt").lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let (words, replaced) = line.strip_suffix(" +").map_or((line, true), |w| (w, false));
        let capital = words.starts_with(|c: char| c.is_ascii_uppercase());
        let hashes: Vec<u64> = words.split(' ').map(|w| word_hash::of_small(w.as_bytes(), 0..w.len())).collect();
        let name = MissionName { rest: hashes[1..].to_vec(), words: hashes.len(), capital, replaced };
        names.entry(hashes[0]).or_default().push(name);
    }
    // The longest first.
    names.values_mut().for_each(|n| n.sort_by_key(|n| std::cmp::Reverse(n.words)));
    names
});

/// An acronym in capitals that is a mission's, by how the United Nations name missions.
fn is_mission(acronym: &str) -> bool {
    const AGENCIES: [&str; 28] = [
        "UNDP", "UNICEF", "UNHCR", "UNESCO", "UNFPA", "UNIFEM", "UNAIDS", "UNODC", "UNOPS", "UNEP", "UNCTAD", "UNITAR", "UNIDO",
        "UNRWA", "UNVS", "UNDAF", "UNICRI", "UNCDF", "UNITAF", "UNCT", "UNOSAT", "UNDSS", "UNDAC", "UNMAS", "UNDCP", "UNITA",
        "UNITED", "UNDER",
    ];
    let named = |start| acronym.starts_with(start);
    (named("UN") && !AGENCIES.contains(&acronym))
        || ["MINU", "ONU", "MIPONUH", "MICIVIH", "MICAH", "BINU", "MONU"].into_iter().any(named)
}

/// Words that say little in a pair.
const SMALL: [&str; 31] = [
    "the", "of", "and", "to", "in", "a", "for", "on", "by", "with", "that", "as", "at", "is", "was", "be", "were", "from",
    "which", "it", "an", "this", "has", "have", "had", "are", "or", "its", "their", "been", "s",
];
/// The length of the longest of them.
const LONGEST_SMALL: usize = 5;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Stop,
    Other,
}

static CLASS: [Class; 256] = classes();

const fn classes() -> [Class; 256] {
    let mut all = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        if b.is_ascii_alphabetic() || b >= 0x80 {
            all[byte] = Class::Letter;
        } else if b.is_ascii_digit() {
            all[byte] = Class::Digit;
        } else if matches!(b, b'.' | b'!' | b'?' | b';') {
            all[byte] = Class::Stop;
        }
        byte += 1;
    }
    all
}

/// Where the letters end that begin at a place.
fn word_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(byte) = bytes.get(at)
        && CLASS[*byte as usize] == Class::Letter
        && !(*byte == 0xE2 && is_punctuation(&bytes[at..]))
    {
        at += 1;
    }
    at
}

fn is_acronym(word: &[u8]) -> bool {
    word.len() >= 4 && word.iter().all(u8::is_ascii_uppercase)
}

/// Dashes, quotation marks, bullets and ellipses: U+2010 to U+203F.
fn is_punctuation(bytes: &[u8]) -> bool {
    bytes.len() >= 3 && bytes[1] == 0x80 && bytes[2] >= 0x90
}

/// A sentence ends where a capital or a quotation mark follows after white space, but not after `Mr.`
fn ends_here(text: &str, at: usize) -> bool {
    let rest = text[at..].trim_start_matches(['"', '”', '’', ')', ']']);
    let after = rest.trim_start();
    let opens = after.starts_with(|c: char| c.is_uppercase() || "\"“(".contains(c));
    let word = text[..at].rsplit(char::is_whitespace).next().unwrap_or_default();
    after.len() < rest.len() && opens && !is_abbreviation(word)
}

/// Endings by their last letter, longest first, and what stands in their place.
fn endings(last: u8) -> &'static [(&'static str, &'static str)] {
    match last {
        b's' => &[
            ("isations", "iz"),
            ("izations", "iz"),
            ("ations", "at"),
            ("ates", "at"),
            ("ments", "ment"),
            ("ities", "ity"),
            ("ies", "y"),
            ("ings", "ing"),
            ("ers", "er"),
            ("ors", "or"),
            ("es", "e"),
            ("s", ""),
        ],
        b'n' => &[("isation", "iz"), ("ization", "iz"), ("ation", "at")],
        b'g' => &[("ating", "at"), ("ising", "iz"), ("izing", "iz"), ("ing", "")],
        b'd' => &[("ated", "at"), ("ied", "y"), ("ised", "iz"), ("ized", "iz"), ("ed", "")],
        b'e' => &[("ate", "at")],
        _ => &[],
    }
}

/// A word without its ending, in its place.
fn stem(word: &mut String) -> &str {
    if word.len() <= 4 {
        if word.len() == 4 && word.ends_with('s') && !word.ends_with("ss") {
            word.pop();
        }
        return word;
    }
    let last = word.as_bytes()[word.len() - 1];
    let fits = |(ending, _): &&(&str, &str)| word.len() >= ending.len() + 3 && word.ends_with(ending);
    if !word.ends_with("ss")
        && let Some((ending, instead)) = endings(last).iter().find(fits)
    {
        word.truncate(word.len() - ending.len());
        word.push_str(instead);
    }
    if word.len() > 4 && word.ends_with('e') {
        word.pop();
    }
    word
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

const fn mix(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(0x0000_0100_0000_01b3)
}

/// The number of a word (FNV-1a): the same on every machine.
pub(super) const fn hash(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let (mut all, mut at) = (SEED, 0);
    while at < bytes.len() {
        all = mix(all, bytes[at]);
        at += 1;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sentences(text: &str) -> Vec<(Vec<String>, bool)> {
        let mut all = Vec::new();
        WordReader::default().sentences(text, |words, mission| {
            let word = |w: &Word| match w.stem {
                MISSION => "MISSION".to_owned(),
                _ => text[w.span.0 as usize..w.span.1 as usize].to_owned(),
            };
            all.push((words.iter().map(word).collect(), mission));
        });
        all
    }

    #[test]
    fn the_mission_is_known_by_its_names() {
        let found =
            sentences("My Special Representative met Mr. Smith. MINUSTAH’s staff and UNDP trained 5,000 police. Then it rained.");
        assert_eq!(found[0].0, ["MISSION", "met", "Mr", "Smith"]);
        assert_eq!(found[1].0, ["MISSION", "staff", "and", "UNDP", "trained", "5,000", "police"]);
        assert_eq!(found.iter().map(|f| f.1).collect::<Vec<_>>(), [true, true, false]);
        assert!(sentences("United Nations police patrolled.")[0].1);
        assert!(!sentences("The mission of the army is defence.")[0].1);
    }

    #[test]
    fn a_wide_space_ends_a_word_before_a_stop() {
        assert_eq!(sentences("Police\u{2000}. A court sat.").len(), 2);
        assert_eq!(sentences("They met\u{3000}Mr. Smith.").len(), 1);
    }

    #[test]
    fn forms_of_a_word_are_one() {
        let one = |word: &str| stem(&mut word.to_owned()).to_owned();
        for (a, b) in [("trains", "training"), ("demobilized", "demobilisation"), ("prisons", "prison"), ("policies", "policy")] {
            assert_eq!(one(a), one(b));
        }
    }

    proptest! {
        #[test]
        fn spans_lie_in_the_text(text in "\\PC*") {
            WordReader::default().sentences(&text, |words, _| for w in words {
                assert!(text.get(w.span.0 as usize..w.span.1 as usize).is_some());
            });
        }
    }
}
