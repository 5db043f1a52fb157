//! Finds the phrases of the lexicon in a text: one pass of Aho-Corasick over the folded text, then a look at word
//! boundaries, endings and capitals. The rules stand in `model/lexicon/README.md`.

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use remit_model::{LexiconEntry, Model, fold};
use std::collections::HashMap;

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
    /// Names of the lists, and which one each entry is of.
    lists: Vec<String>,
    list_of: Vec<u8>,
    automaton: AhoCorasick,
    /// The parts that begin with each pattern of the automaton.
    parts: Vec<Vec<Part>>,
}

/// Arabic writes "and", "with", "for", "like", "so" and the article as one word with what follows.
const ARABIC_PREFIXES: [&str; 13] = ["و", "ف", "ب", "ل", "ك", "ال", "وال", "فال", "بال", "كال", "لل", "ولل", "وب"];

impl Matcher {
    /// The phrases of a language (`en`, `fr`, `es`, `ar`, `de`), with names of the register: record, name.
    ///
    /// # Errors
    /// When the phrases are too many for the automaton.
    pub fn new(model: &Model, language: &str, register: &[(String, String)]) -> Result<Matcher, aho_corasick::BuildError> {
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
        let automaton = AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(&patterns)?;
        let mut lists: Vec<String> = Vec::new();
        let mut list_of = Vec::with_capacity(entries.len());
        for entry in &entries {
            let at = lists.iter().position(|l| *l == entry.list).unwrap_or_else(|| {
                lists.push(entry.list.clone());
                lists.len() - 1
            });
            list_of.push(at as u8);
        }
        Ok(Matcher { entries, lists, list_of, automaton, parts })
    }

    /// The list of an entry, as a number of this matcher.
    pub fn list(&self, entry: u32) -> u8 {
        self.list_of[entry as usize]
    }

    /// The number of a list; none where no phrase is of it.
    pub fn list_named(&self, name: &str) -> Option<u8> {
        self.lists.iter().position(|l| l == name).map(|n| n as u8)
    }

    /// The phrases.
    pub fn entries(&self) -> &[LexiconEntry] {
        &self.entries
    }

    /// Everything that stands in a text, in the order of its ends. `folded` and `offsets` are what
    /// [`remit_model::fold_with_offsets`] makes of `text`.
    pub fn find(&self, text: &str, folded: &str, offsets: &[usize], out: &mut Vec<Found>) {
        out.clear();
        let place = |at: usize| offsets.get(at).copied().unwrap_or(text.len());
        for hit in self.automaton.find_overlapping_iter(folded) {
            if !starts_word(folded, hit.start()) {
                continue;
            }
            for part in &self.parts[hit.pattern().as_usize()] {
                let Some(end) = ends(folded, hit.end(), part) else {
                    continue;
                };
                let span = (place(hit.start()), place(end));
                let in_capitals = || text[span.0..span.1].chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
                if self.entries[part.entry as usize].capitals && !in_capitals() {
                    continue;
                }
                out.push(Found { entry: part.entry, part: part.part, parts: part.parts, span });
            }
        }
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

fn starts_word(text: &str, start: usize) -> bool {
    let bytes = text.as_bytes();
    if start == 0 || (bytes[start - 1].is_ascii() && !bytes[start - 1].is_ascii_alphanumeric()) {
        return true;
    }
    let before = &text[..start];
    let word = before.char_indices().rev().take_while(|(_, c)| c.is_alphanumeric()).last().map_or(start, |(at, _)| at);
    word == start || ARABIC_PREFIXES.contains(&&text[word..start])
}
