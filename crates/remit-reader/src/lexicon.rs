//! Finds the phrases of the lexicon in a text: one pass over the words of the folded text, then a look at endings and
//! capitals. The rules stand in `model/lexicon/README.md`.

use crate::trie::Trie;
use remit_model::{LexiconEntry, Model, fold};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// A part of phrases, found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Which part: [`Matcher::whole`] and [`Matcher::joined`] say of which phrases.
    pub part: u32,
    /// Where it stands in the text, in bytes.
    pub span: (usize, usize),
}

/// What phrases are made of: literal pieces with any ending of a word between them.
#[derive(Debug, Default)]
struct Part {
    /// What follows the first piece, each after the rest of a word.
    rest: Vec<String>,
    /// True where the last word may have any ending.
    open: bool,
    /// True where only capitals count.
    capitals: bool,
    /// Entries that are this part alone.
    whole: Vec<u32>,
    /// Entries that have this part and others, kept with the part that fewest entries have.
    joined: Vec<Joined>,
}

/// An entry of several parts.
#[derive(Debug)]
pub struct Joined {
    /// Which entry of [`Matcher::entries`].
    pub entry: u32,
    /// Its other parts.
    pub others: Vec<u32>,
}

/// The phrases of one language, and those of all, ready to be found.
#[derive(Debug)]
pub struct Matcher {
    entries: Vec<LexiconEntry>,
    /// Names of the lists, which one each entry is of, and its code.
    lists: Vec<Arc<str>>,
    list_of: Vec<u8>,
    codes: Vec<Arc<str>>,
    trie: Trie,
    /// The parts that begin with each pattern of the trie.
    beginning: Vec<Vec<u32>>,
    parts: Vec<Part>,
    /// Words, each with the two bytes behind it, with which no phrase begins: most words of a text, seen once and passed
    /// from then on. What another thread writes in between is as true.
    idle: Vec<AtomicU64>,
}

/// How many idle words are remembered.
const IDLE: usize = 1 << 14;

/// Arabic writes "and", "with", "for", "like", "so" and the article as one word with what follows.
const ARABIC_PREFIXES: [&str; 13] = ["و", "ف", "ب", "ل", "ك", "ال", "وال", "فال", "بال", "كال", "لل", "ولل", "وب"];

impl Matcher {
    /// The phrases of a language (`en`, `fr`, `es`, `ar`, `de`), with names of the register: record, name.
    pub fn new(model: &Model, language: &str, register: &[(String, String)]) -> Matcher {
        let mut entries: Vec<LexiconEntry> =
            model.lexicon.entries.iter().filter(|e| e.language.is_empty() || e.language == language).cloned().collect();
        entries.extend(phrases(model, language));
        entries.extend(areas(model, language));
        // A short name of the register is a word of its own everywhere: only acronyms in capitals count.
        let named = register.iter().filter(|(_, name)| name.chars().count() > 5 || is_acronym(name));
        entries.extend(named.map(|(record, name)| entry("actor", name, record, 3, is_acronym(name))));
        let (trie, beginning, parts) = parts(&entries);
        let mut lists: Vec<Arc<str>> = Vec::new();
        let mut list_of = Vec::with_capacity(entries.len());
        for entry in &entries {
            let at = lists.iter().position(|l| **l == *entry.list).unwrap_or_else(|| {
                lists.push(entry.list.as_str().into());
                lists.len() - 1
            });
            list_of.push(at as u8);
        }
        let codes = entries.iter().map(|e| e.code.as_str().into()).collect();
        let idle = (0..IDLE).map(|_| AtomicU64::new(0)).collect();
        Matcher { entries, lists, list_of, codes, trie, beginning, parts, idle }
    }

    /// The list of an entry, as a number of this matcher.
    pub fn list(&self, entry: u32) -> u8 {
        self.list_of[entry as usize]
    }

    /// List and code of an entry, to keep.
    pub fn list_and_code(&self, entry: u32) -> (Arc<str>, Arc<str>) {
        (self.lists[usize::from(self.list(entry))].clone(), self.codes[entry as usize].clone())
    }

    /// The number of a list; none where no phrase is of it.
    pub fn list_named(&self, name: &str) -> Option<u8> {
        self.lists.iter().position(|l| **l == *name).map(|n| n as u8)
    }

    /// The phrases.
    pub fn entries(&self) -> &[LexiconEntry] {
        &self.entries
    }

    /// Entries that are one part alone.
    pub fn whole(&self, part: u32) -> &[u32] {
        &self.parts[part as usize].whole
    }

    /// Entries of which this is one part of several. Each entry is kept with one of its parts only.
    pub fn joined(&self, part: u32) -> &[Joined] {
        &self.parts[part as usize].joined
    }

    /// How many parts there are.
    pub fn parts(&self) -> usize {
        self.parts.len()
    }

    /// Every part of a phrase that stands in a text, in the order of the words with which it begins.
    pub fn find(&self, text: &str, folded: &Folded, out: &mut Vec<Found>) {
        out.clear();
        each_word(&folded.text, &mut |start, end, hash| {
            // Letters of Arabic begin with these bytes.
            if (0xD8..=0xDB).contains(&folded.text.as_bytes()[start]) {
                for prefix in ARABIC_PREFIXES.iter().filter(|p| folded.text[start..].starts_with(**p)) {
                    self.at(text, folded, start + prefix.len(), out);
                }
            }
            let idle = &self.idle[hash as usize % IDLE];
            if idle.load(Relaxed) == hash {
                return;
            }
            if self.at(text, folded, start, out) <= end + 1 {
                idle.store(hash, Relaxed);
            }
        });
    }

    /// Finds what begins at a place. Returns up to where the text was looked at; without end where something was found or
    /// what follows decides.
    fn at(&self, text: &str, folded: &Folded, start: usize, out: &mut Vec<Found>) -> usize {
        let mut decided = true;
        let reach = self.trie.find(folded.text.as_bytes(), start, &mut |pattern, end| {
            for n in &self.beginning[pattern as usize] {
                let part = &self.parts[*n as usize];
                decided &= part.rest.is_empty();
                let Some(end) = ends(&folded.text, end, part) else {
                    continue;
                };
                decided = false;
                let span = (folded.place(start), folded.place(end));
                if !part.capitals || in_capitals(&text[span.0..span.1]) {
                    out.push(Found { part: *n, span });
                }
            }
        });
        if decided { reach } else { usize::MAX }
    }
}

/// Takes entries apart: what the trie finds, the parts that begin with each of its patterns, and all parts.
fn parts(entries: &[LexiconEntry]) -> (Trie, Vec<Vec<u32>>, Vec<Part>) {
    let mut numbers: HashMap<(String, Vec<String>, bool, bool), u32> = HashMap::new();
    let mut firsts: HashMap<String, usize> = HashMap::new();
    let (mut patterns, mut beginning, mut parts) = (Vec::new(), Vec::<Vec<u32>>::new(), Vec::<Part>::new());
    let mut number = |phrase: &str, capitals: bool| {
        let (first, rest, open) = pieces(phrase);
        *numbers.entry((first.clone(), rest.clone(), open, capitals)).or_insert_with(|| {
            let at = *firsts.entry(first.clone()).or_insert_with(|| {
                patterns.push(first);
                beginning.push(Vec::new());
                patterns.len() - 1
            });
            beginning[at].push(parts.len() as u32);
            parts.push(Part { rest, open, capitals, ..Part::default() });
            parts.len() as u32 - 1
        })
    };
    let made_of: Vec<Vec<u32>> = entries.iter().map(|e| e.phrase.split(" & ").map(|p| number(p, e.capitals)).collect()).collect();
    let mut shared = vec![0u32; parts.len()];
    made_of.iter().flatten().for_each(|p| shared[*p as usize] += 1);
    for (entry, own) in (0u32..).zip(made_of) {
        let rarest = own.iter().copied().min_by_key(|p| shared[*p as usize]).unwrap_or_default();
        let others: Vec<u32> = own.iter().copied().filter(|p| *p != rarest).collect();
        let part = &mut parts[rarest as usize];
        if others.is_empty() { part.whole.push(entry) } else { part.joined.push(Joined { entry, others }) }
    }
    (Trie::new(&patterns), beginning, parts)
}

fn in_capitals(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
}

/// A text made comparable, with the way back.
#[derive(Debug, Default)]
pub struct Folded {
    text: String,
    /// Where each byte comes from; empty where every byte stands where it stood.
    offsets: Vec<u32>,
    end: usize,
}

impl Folded {
    /// Folds a text. Plain ASCII keeps its places, which most of English does.
    pub fn new(text: &str) -> Folded {
        let gap = |b: u8| b == b' ' || b == b'-';
        // Looked at as a whole rather than to the first that does not fit: so it is done many bytes at a time.
        let plain = text.bytes().fold(true, |all, b| all & (0x20..0x7F).contains(&b));
        if plain && text.as_bytes().windows(2).fold(true, |all, w| all & !(gap(w[0]) & gap(w[1]))) {
            let folded: Vec<u8> = text.bytes().map(|b| if b == b'-' { b' ' } else { b.to_ascii_lowercase() }).collect();
            return Folded { text: String::from_utf8(folded).unwrap_or_default(), offsets: Vec::new(), end: text.len() };
        }
        let (folded, offsets) = remit_model::fold_with_offsets(text);
        Folded { text: folded, offsets, end: text.len() }
    }

    /// Where in the text a byte of the folded text comes from.
    fn place(&self, at: usize) -> usize {
        if self.offsets.is_empty() { at.min(self.end) } else { self.offsets.get(at).map_or(self.end, |at| *at as usize) }
    }
}

/// Calls `each` for every word: where it begins and ends, and a number for it and the two bytes behind it.
fn each_word(text: &str, each: &mut impl FnMut(usize, usize, u64)) {
    const SEED: u64 = 0xcbf2_9ce4_8422_2325;
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    let bytes = text.as_bytes();
    let (mut at, mut start, mut hash) = (0, 0, SEED);
    loop {
        let letter = match bytes.get(at) {
            None => 0,
            Some(byte) if byte.is_ascii() => usize::from(byte.is_ascii_alphanumeric()),
            Some(_) => text[at..].chars().next().filter(|c| c.is_alphanumeric()).map_or(0, char::len_utf8),
        };
        if letter > 0 {
            hash = bytes[at..at + letter].iter().fold(hash, |h, b| mix(h, *b));
            at += letter;
            continue;
        }
        if at > start {
            let hash = bytes[at..bytes.len().min(at + 2)].iter().fold(hash, |h, b| mix(h, *b));
            each(start, at, hash ^ hash >> 32);
        }
        if at >= bytes.len() {
            return;
        }
        at += text[at..].chars().next().map_or(1, char::len_utf8);
        (start, hash) = (at, SEED);
    }
}

fn entry(list: &str, phrase: &str, code: &str, weight: u8, capitals: bool) -> LexiconEntry {
    LexiconEntry {
        list: list.to_owned(),
        phrase: phrase.to_owned(),
        language: String::new(),
        code: code.to_owned(),
        weight,
        capitals,
    }
}

fn is_acronym(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    (3..=10).contains(&letters) && name.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '/'))
}

/// The phrases by which activities are read speak for classes and functions here too.
fn phrases(model: &Model, language: &str) -> Vec<LexiconEntry> {
    let own = model.phrases.all().iter().filter(|p| p.language == language && !p.never);
    own.flat_map(|p| [("actor_class", &p.actor_class, &p.text), ("security_function", &p.security_function, &p.text)])
        .filter(|(_, code, text)| !code.is_empty() && *code != "unspecified" && text.chars().count() > 2)
        .map(|(list, code, text)| entry(list, text, code, 2, false))
        .collect()
}

/// The first-level areas of countries.
fn areas(model: &Model, language: &str) -> Vec<LexiconEntry> {
    let name = |r: &remit_model::Region| match language {
        "fr" => r.label.get(remit_model::Language::Fr).to_owned(),
        "ar" => r.label.get(remit_model::Language::Ar).to_owned(),
        _ => r.label.en.clone(),
    };
    let named = model.geography.regions.iter().map(|r| (name(r), r));
    named.filter(|(name, _)| name.chars().count() > 3).map(|(name, r)| entry("area", &name, &r.code, 2, false)).collect()
}

/// The first literal piece of a part, what follows after each `*`, and whether it ends in one.
fn pieces(phrase: &str) -> (String, Vec<String>, bool) {
    let comparable = |text: &str| {
        let mut out = String::new();
        fold(text, &mut out);
        out
    };
    let open = phrase.trim_end().ends_with('*');
    let mut all: Vec<String> = phrase.trim().trim_end_matches('*').split('*').map(comparable).collect();
    let mut first = all.remove(0);
    if let Some(bare) = first.strip_prefix("ال").filter(|b| b.chars().count() > 2) {
        first = bare.to_owned();
    }
    (first, all, open)
}

/// Where a part ends whose first piece ends at `at`; none where the rest does not follow.
fn ends(text: &str, at: usize, part: &Part) -> Option<usize> {
    let mut end = at;
    for piece in &part.rest {
        end = word_end(text, end);
        end = text[end..].starts_with(piece.as_str()).then_some(end + piece.len())?;
    }
    let whole = word_end(text, end);
    (part.open || whole == end).then_some(whole)
}

/// Where the word ends in which a place is; the place itself where it is in none.
fn word_end(text: &str, at: usize) -> usize {
    let plain = text.as_bytes()[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    let at = at + plain;
    match text.as_bytes().get(at) {
        Some(byte) if !byte.is_ascii() => {
            text[at..].char_indices().find(|(_, c)| !c.is_alphanumeric()).map_or(text.len(), |(n, _)| at + n)
        }
        _ => at,
    }
}
