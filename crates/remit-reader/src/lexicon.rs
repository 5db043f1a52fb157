//! Finds the phrases of the lexicon in a text: one pass over the words of the folded text, then a look at endings and
//! capitals. The rules stand in `model/lexicon/README.md`.

use crate::memory::{BEHIND, Memory, Word};
use crate::runs::runs;
use crate::trie::{Trie, shared};
use remit_model::{Folded, Language, LexiconEntry, Model, Says, fold};
use std::collections::HashMap;
use std::sync::Arc;

/// A code of a list. What says the same shares it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Code {
    /// Code list: `mission`, `country`, `ssr_task`, `pact_activity` …
    pub list: String,
    /// Code of it; the record of a name of the register.
    pub code: String,
}

/// A part of phrases, found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Which part: [`Matcher::whole`] and [`Matcher::joined`] say of which phrases.
    pub part: u32,
    /// Where it stands in the text, in bytes.
    pub span: (usize, usize),
}

/// A part that begins with a pattern: literal pieces with any ending of a word between them.
#[derive(Debug, Clone, Copy)]
struct Beginning {
    part: u32,
    /// True where the pattern is all of it.
    alone: bool,
    /// True where the last word may have any ending.
    open: bool,
}

/// An entry of several parts.
#[derive(Debug, Clone)]
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
    /// Names of the lists, which one each entry is of, its code and weight: what is asked for most, close together.
    lists: Vec<String>,
    list_of: Vec<u8>,
    codes: Vec<Arc<Code>>,
    weights: Vec<u8>,
    /// True for entries of several parts.
    apart: Vec<bool>,
    trie: Trie,
    parts: Parts,
}

/// The parts of all phrases, taken together.
#[derive(Debug)]
struct Parts {
    /// Those that begin with each pattern of the trie.
    beginning: Groups<Beginning>,
    /// What follows the first piece of each, every one after the rest of a word.
    rest: Vec<Vec<String>>,
    /// True where only capitals count.
    capitals: Vec<bool>,
    /// Entries that are a part alone.
    whole: Groups<u32>,
    /// Entries that have a part and others, kept with the part that fewest entries have.
    joined: Groups<Joined>,
}

/// Lists of which there are many, kept one after the other.
#[derive(Debug)]
struct Groups<T> {
    ends: Vec<u32>,
    all: Vec<T>,
}

impl<T> Groups<T> {
    fn new(lists: Vec<Vec<T>>) -> Groups<T> {
        let mut groups = Groups { ends: Vec::with_capacity(lists.len()), all: Vec::new() };
        for list in lists {
            groups.all.extend(list);
            groups.ends.push(groups.all.len() as u32);
        }
        groups
    }

    fn of(&self, n: usize) -> &[T] {
        let start = n.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start as usize..self.ends[n] as usize]
    }
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
        let (trie, parts) = parts(&entries);
        let mut lists: Vec<String> = Vec::new();
        let mut list_of = Vec::with_capacity(entries.len());
        for entry in &entries {
            let at = lists.iter().position(|l| *l == entry.list).unwrap_or_else(|| {
                lists.push(entry.list.clone());
                lists.len() - 1
            });
            list_of.push(at as u8);
        }
        let mut known: HashMap<(&str, &str), Arc<Code>> = HashMap::new();
        let code = |e: &LexiconEntry| Arc::new(Code { list: e.list.clone(), code: e.code.clone() });
        let codes = entries.iter().map(|e| known.entry((&e.list, &e.code)).or_insert_with(|| code(e)).clone()).collect();
        let weights = entries.iter().map(|e| e.weight).collect();
        let apart = entries.iter().map(|e| e.phrase.contains(" & ")).collect();
        Matcher { entries, lists, list_of, codes, weights, apart, trie, parts }
    }

    /// The list of an entry, as a number of this matcher.
    pub fn list(&self, entry: u32) -> u8 {
        self.list_of[entry as usize]
    }

    /// How much an entry says: 1 a hint, 2 it speaks for its code, 3 it decides it.
    pub fn weight(&self, entry: u32) -> u8 {
        self.weights[entry as usize]
    }

    /// True for an entry whose parts may stand anywhere in a sentence.
    pub fn is_apart(&self, entry: u32) -> bool {
        self.apart[entry as usize]
    }

    /// True where two entries say the same: of one list, and the same code.
    pub fn same(&self, a: u32, b: u32) -> bool {
        Arc::ptr_eq(self.code(a), self.code(b))
    }

    /// List and code of an entry.
    pub fn code(&self, entry: u32) -> &Arc<Code> {
        &self.codes[entry as usize]
    }

    /// The number of a list; none where no phrase is of it.
    pub fn list_named(&self, name: &str) -> Option<u8> {
        self.lists.iter().position(|l| l == name).map(|n| n as u8)
    }

    /// The phrases.
    pub fn entries(&self) -> &[LexiconEntry] {
        &self.entries
    }

    /// Entries that are one part alone.
    pub fn whole(&self, part: u32) -> &[u32] {
        self.parts.whole.of(part as usize)
    }

    /// Entries of which this is one part of several. Each entry is kept with one of its parts only.
    pub fn joined(&self, part: u32) -> &[Joined] {
        self.parts.joined.of(part as usize)
    }

    /// How many parts there are.
    pub fn parts(&self) -> usize {
        self.parts.rest.len()
    }

    /// Every part of a phrase that stands in a text, in the order of the words with which it begins. Each step is taken for
    /// all words before the next, so that the processor waits for all of them at once.
    pub fn find(&self, text: &str, folded: &Folded, memory: &mut Memory, out: &mut Vec<Found>) {
        out.clear();
        let bytes = folded.text().as_bytes();
        let mut words = memory.clear();
        each_word(folded.text(), |start, end| words.push(Word::new(bytes, start, end)));
        memory.look_up(&mut words);
        for word in &words {
            // Letters of Arabic begin with these bytes.
            if (0xD8..=0xDB).contains(&bytes[word.start]) {
                for prefix in ARABIC_PREFIXES.iter().filter(|p| folded.text()[word.start..].starts_with(**p)) {
                    self.at(folded, word.start + prefix.len(), out);
                }
            }
            match memory.parts(word) {
                Some([]) => {}
                Some(parts) => {
                    let span = (folded.place(word.start), folded.place(word.end));
                    out.extend(parts.iter().map(|part| Found { part: *part, span }));
                }
                None => self.look_into(word, folded, memory, out),
            }
        }
        memory.keep(words);
        out.retain(|f| !self.parts.capitals[f.part as usize] || in_capitals(&text[f.span.0..f.span.1]));
    }

    /// Finds what begins with a word, and remembers it where that does not depend on what follows.
    fn look_into(&self, word: &Word, folded: &Folded, memory: &mut Memory, out: &mut Vec<Found>) {
        let before = out.len();
        let reach = self.at(folded, word.start, out);
        let (found, last) = (&out[before..], folded.place(word.end));
        let behind = BEHIND.iter().position(|more| reach < folded.text().len().min(word.end + more));
        if let Some(behind) = behind.filter(|_| found.iter().all(|f| f.span.1 == last)) {
            memory.note(word, behind, found.iter().map(|f| f.part));
        }
    }

    /// Finds what begins at a place, in capitals or not. Returns the last byte that had to be looked at.
    fn at(&self, folded: &Folded, start: usize, out: &mut Vec<Found>) -> usize {
        let mut last = 0;
        let reach = self.trie.find(folded.text().as_bytes(), start, &mut |pattern, end| {
            for part in self.parts.beginning.of(pattern as usize) {
                let rest = if part.alone { &[][..] } else { &self.parts.rest[part.part as usize] };
                let end = match ends(folded.text(), end, rest, part.open) {
                    Ok(end) => end,
                    Err(reach) => {
                        last = last.max(reach);
                        continue;
                    }
                };
                out.push(Found { part: part.part, span: (folded.place(start), folded.place(end)) });
            }
        });
        last.max(reach)
    }
}

/// Takes entries apart: what the trie finds, and the parts that begin with each of its patterns.
fn parts(entries: &[LexiconEntry]) -> (Trie, Parts) {
    let mut numbers: HashMap<(String, Vec<String>, bool, bool), u32> = HashMap::new();
    let mut firsts: HashMap<String, usize> = HashMap::new();
    let (mut patterns, mut beginning) = (Vec::new(), Vec::<Vec<Beginning>>::new());
    let (mut rests, mut in_capitals) = (Vec::new(), Vec::new());
    let mut number = |phrase: &str, capitals: bool| {
        let (first, rest, open) = pieces(phrase);
        *numbers.entry((first.clone(), rest.clone(), open, capitals)).or_insert_with(|| {
            let at = *firsts.entry(first.clone()).or_insert_with(|| {
                patterns.push(first);
                beginning.push(Vec::new());
                patterns.len() - 1
            });
            let part = rests.len() as u32;
            beginning[at].push(Beginning { part, alone: rest.is_empty(), open });
            rests.push(rest);
            in_capitals.push(capitals);
            part
        })
    };
    let made_of: Vec<Vec<u32>> = entries.iter().map(|e| e.phrase.split(" & ").map(|p| number(p, e.capitals)).collect()).collect();
    let mut shared = vec![0u32; rests.len()];
    made_of.iter().flatten().for_each(|p| shared[*p as usize] += 1);
    let (mut whole, mut joined) = (vec![Vec::new(); rests.len()], vec![Vec::new(); rests.len()]);
    for (entry, own) in (0u32..).zip(made_of) {
        let rarest = own.iter().copied().min_by_key(|p| shared[*p as usize]).unwrap_or_default();
        let others: Vec<u32> = own.iter().copied().filter(|p| *p != rarest).collect();
        match others[..] {
            [] => whole[rarest as usize].push(entry),
            _ => joined[rarest as usize].push(Joined { entry, others }),
        }
    }
    let (beginning, whole, joined) = (Groups::new(beginning), Groups::new(whole), Groups::new(joined));
    let parts = Parts { beginning, rest: rests, capitals: in_capitals, whole, joined };
    (Trie::new(&patterns), parts)
}

fn in_capitals(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
}

/// Calls `each` with where each word begins and ends.
fn each_word(text: &str, mut each: impl FnMut(usize, usize)) {
    runs(
        text.as_bytes(),
        |b| !b.is_ascii(),
        |run| {
            if !run.odd {
                return each(run.start, run.end);
            }
            // Not all that is beyond ASCII is a letter.
            let mut at = run.start;
            while at < run.end {
                let end = word_end(text, at);
                if end > at {
                    each(at, end);
                }
                at = end + text[end..].chars().next().map_or(0, char::len_utf8);
            }
        },
    );
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
    let own = model
        .phrases
        .all()
        .iter()
        .filter(|p| p.language == language && matches!(p.says, Says::Support | Says::Name | Says::Title | Says::More));
    own.flat_map(|p| [("actor_class", &p.actor_class, &p.text), ("security_function", &p.security_function, &p.text)])
        .filter(|(_, code, text)| !code.is_empty() && *code != "unspecified" && text.chars().count() > 2)
        .map(|(list, code, text)| entry(list, text, code, 2, false))
        .collect()
}

/// The first-level areas of countries.
fn areas(model: &Model, language: &str) -> Vec<LexiconEntry> {
    let language: Language = language.parse().unwrap_or_default();
    let name = |r: &remit_model::Region| r.label.get(language).to_owned();
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

/// Where a part ends whose first piece ends at `at`; as an error the byte at which the text goes on otherwise.
fn ends(text: &str, at: usize, rest: &[String], open: bool) -> Result<usize, usize> {
    let mut end = at;
    for piece in rest {
        end = word_end(text, end);
        let same = shared(piece.as_bytes(), &text.as_bytes()[end..]).len();
        end += same;
        if same < piece.len() {
            return Err(end);
        }
    }
    let whole = word_end(text, end);
    if open || whole == end { Ok(whole) } else { Err(end) }
}

/// Where the word ends in which a place is; the place itself where it is in none.
#[inline]
fn word_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    loop {
        while bytes.get(at).is_some_and(|b| LETTER[usize::from(*b)]) {
            at += 1;
        }
        if bytes.get(at).is_none_or(u8::is_ascii) {
            return at;
        }
        match text[at..].chars().next().filter(|c| c.is_alphanumeric()) {
            Some(letter) => at += letter.len_utf8(),
            None => return at,
        }
    }
}

/// Letters and digits of ASCII.
static LETTER: [bool; 256] = {
    let mut all = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        all[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    all
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static MATCHER: LazyLock<Matcher> = LazyLock::new(|| Matcher::new(&Model::load(None).expect("the model"), "en", &[]));

    proptest! {
        #[test]
        fn what_is_remembered_of_words_changes_nothing(picks in prop::collection::vec((any::<prop::sample::Index>(), 0usize..5), 1..30)) {
            let entries = MATCHER.entries();
            let phrase = |(n, end): &(prop::sample::Index, usize)| {
                let phrase = entries[n.index(entries.len())].phrase.replace('*', "ing").replace('&', "and");
                format!("{phrase}{}", [" ", ", ", "s ", " of ", "; "][*end])
            };
            let text: String = picks.iter().map(phrase).collect();
            let folded = Folded::new(&text);
            let (mut fresh, mut known, mut memory) = (Vec::new(), Vec::new(), Memory::default());
            MATCHER.find(&text, &folded, &mut memory, &mut fresh);
            for _ in 0..2 {
                MATCHER.find(&text, &folded, &mut memory, &mut known);
                prop_assert_eq!(&known, &fresh);
            }
        }
    }
}
