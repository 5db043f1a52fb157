//! Finds the phrases of the lexicon in a text: one pass over the words of the folded text, then a look at endings and
//! capitals. The rules stand in `model/lexicon/README.md`.

use crate::trie::Trie;
use remit_model::{LexiconEntry, Model, fold};
use std::collections::HashMap;
use std::sync::Arc;

/// A phrase, or one part of it, found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Which entry of [`Matcher::entries`].
    pub entry: u32,
    /// Which of its parts.
    pub part: u8,
    /// How many parts it has.
    pub parts: u8,
    /// Where it stands in the text, in bytes.
    pub span: (usize, usize),
}

/// One part of a phrase: literal pieces with any ending of a word between them.
#[derive(Debug)]
struct Part {
    entry: u32,
    part: u8,
    parts: u8,
    /// What follows the first piece, each after the rest of a word.
    rest: Vec<String>,
    /// True where the last word may have any ending.
    open: bool,
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
    parts: Vec<Vec<Part>>,
}

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
        let mut firsts: HashMap<String, usize> = HashMap::new();
        let (mut patterns, mut parts): (Vec<String>, Vec<Vec<Part>>) = (Vec::new(), Vec::new());
        for (n, entry) in entries.iter().enumerate() {
            let count = entry.phrase.split(" & ").count() as u8;
            for (p, phrase) in entry.phrase.split(" & ").enumerate() {
                let (first, rest, open) = pieces(phrase);
                if first.is_empty() {
                    continue;
                }
                let at = *firsts.entry(first.clone()).or_insert_with(|| {
                    patterns.push(first);
                    parts.push(Vec::new());
                    patterns.len() - 1
                });
                parts[at].push(Part { entry: n as u32, part: p as u8, parts: count, rest, open });
            }
        }
        let trie = Trie::new(&patterns);
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
        Matcher { entries, lists, list_of, codes, trie, parts }
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

    /// Everything that stands in a text, in the order in which it begins.
    pub fn find(&self, text: &str, folded: &Folded, out: &mut Vec<Found>) {
        out.clear();
        each_word(&folded.text, &mut |start| self.at(text, folded, start, out));
    }

    fn at(&self, text: &str, folded: &Folded, start: usize, out: &mut Vec<Found>) {
        self.trie.find(folded.text.as_bytes(), start, &mut |pattern, end| {
            for part in &self.parts[pattern as usize] {
                let Some(end) = ends(&folded.text, end, part) else {
                    continue;
                };
                let span = (folded.place(start), folded.place(end));
                let in_capitals = || text[span.0..span.1].chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
                if self.entries[part.entry as usize].capitals && !in_capitals() {
                    continue;
                }
                out.push(Found { entry: part.entry, part: part.part, parts: part.parts, span });
            }
        });
    }
}

/// A text made comparable, with the way back.
#[derive(Debug, Default)]
pub struct Folded {
    text: String,
    /// Where each byte comes from; empty where every byte stands where it stood.
    offsets: Vec<usize>,
    end: usize,
}

impl Folded {
    /// Folds a text. Plain ASCII keeps its places, which most of English does.
    pub fn new(text: &str) -> Folded {
        let single = |w: &[u8]| !(w[0] == b' ' || w[0] == b'-') || !(w[1] == b' ' || w[1] == b'-');
        let keeps = |b: &u8| b.is_ascii() && (*b == b' ' || !b.is_ascii_whitespace());
        if text.bytes().all(|b| keeps(&b)) && text.as_bytes().windows(2).all(single) {
            let folded = text.bytes().map(|b| if b == b'-' { ' ' } else { char::from(b.to_ascii_lowercase()) });
            return Folded { text: folded.collect(), offsets: Vec::new(), end: text.len() };
        }
        let (folded, offsets) = remit_model::fold_with_offsets(text);
        Folded { text: folded, offsets, end: text.len() }
    }

    /// Where in the text a byte of the folded text comes from.
    fn place(&self, at: usize) -> usize {
        if self.offsets.is_empty() { at.min(self.end) } else { self.offsets.get(at).copied().unwrap_or(self.end) }
    }
}

/// Calls `each` where a word begins, and in Arabic again behind each prefix that may be one with it.
fn each_word(text: &str, each: &mut impl FnMut(usize)) {
    let bytes = text.as_bytes();
    let mut inside = false;
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        let (letter, length) = if byte.is_ascii() {
            (byte.is_ascii_alphanumeric(), 1)
        } else {
            text[at..].chars().next().map_or((false, 1), |c| (c.is_alphanumeric(), c.len_utf8()))
        };
        if letter && !inside {
            each(at);
            // Letters of Arabic begin with these bytes.
            if (0xD8..=0xDB).contains(&byte) {
                for prefix in ARABIC_PREFIXES.iter().filter(|p| text[at..].starts_with(**p)) {
                    each(at + prefix.len());
                }
            }
        }
        inside = letter;
        at += length;
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

fn word_end(text: &str, at: usize) -> usize {
    text[at..].char_indices().find(|(_, c)| !c.is_alphanumeric()).map_or(text.len(), |(n, _)| at + n)
}
