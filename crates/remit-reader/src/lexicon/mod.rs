//! Finds the phrases of the lexicon in a text: an automaton of the beginnings of all phrases is entered at each word of the folded
//! text, then endings and capitals are looked at. The rules stand in `model/lexicon/README.md`.

mod scan;
mod sentences;

pub(crate) use scan::{Hit, Scanned, Scanner};
pub use sentences::{Points, sentences};

use crate::word_spans::word_spans;
use aho_corasick::Anchored;
use aho_corasick::automaton::Automaton;
use aho_corasick::nfa::contiguous::NFA;
use remit_model::{Folded, Language, LexiconEntry, Model, PhraseUse, SHORT_MISSION, fold};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// A code of a list. What says the same shares it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LexiconCode {
    /// Code list: `mission`, `country`, `ssr_task`, `pact_activity` …
    pub list: String,
    /// Code of it; the record of a name of the register.
    pub code: String,
}

/// A part of phrases, found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundPart {
    /// Which part: [`Matcher::whole`] and [`Matcher::joined`] say of which phrases.
    pub part: u32,
    /// Where it stands in the text, in bytes.
    pub span: (usize, usize),
}

/// A part that begins with a pattern: literal pieces with any ending of a word between them.
#[derive(Debug, Clone, Copy)]
struct Beginning {
    part: u32,
    /// True where the phrase is this one pattern and nothing else.
    alone: bool,
    /// True where the last word may have any ending.
    open: bool,
    /// How many capitals it must be written with; none where that makes no difference.
    capitals: u8,
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
    codes: Vec<Arc<LexiconCode>>,
    weights: Vec<u8>,
    /// True for entries of several parts.
    apart: Vec<bool>,
    /// True for names of missions and organisations.
    names: Vec<bool>,
    /// What is written as one word with what follows, and which bytes words begin with before which one may stand.
    prefixes: Vec<String>,
    prefixed: [bool; 256],
    points: Points,
    beginnings: NFA,
    parts: PhraseParts,
}

/// The parts of all phrases, taken together.
#[derive(Debug)]
struct PhraseParts {
    /// Those that begin with each pattern of the automaton.
    beginning: ListGroups<Beginning>,
    /// What follows the first piece of each, every one after the rest of a word.
    rest: Vec<Vec<String>>,
    /// Entries that are a part alone.
    whole: ListGroups<u32>,
    /// Entries that have a part and others, kept with the part that fewest entries have.
    joined: ListGroups<Joined>,
}

/// Lists of which there are many, kept one after the other.
#[derive(Debug)]
struct ListGroups<T> {
    ends: Vec<u32>,
    all: Vec<T>,
}

impl<T> ListGroups<T> {
    fn new(lists: Vec<Vec<T>>) -> ListGroups<T> {
        let mut groups = ListGroups { ends: Vec::with_capacity(lists.len()), all: Vec::new() };
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

impl Matcher {
    /// The phrases of a language of `model/grammar/`, with names of the register: record, name. What is written in two scripts is
    /// looked for in both.
    pub fn new(model: &Model, language: &str, register: &[(String, String)]) -> Matcher {
        let mut entries: Vec<LexiconEntry> =
            model.lexicon.entries.iter().filter(|e| e.language.is_empty() || e.language == language).cloned().collect();
        entries.extend(phrases(model, language));
        entries.extend(areas(model, language));
        let grammar = model.grammars.of(language).cloned().unwrap_or_default();
        if !grammar.script.is_empty() {
            let rewritten = |e: &LexiconEntry| LexiconEntry { phrase: in_script(&e.phrase, &grammar.script), ..e.clone() };
            let again: Vec<LexiconEntry> = entries.iter().filter(|e| e.language == language).map(rewritten).collect();
            entries.extend(again);
        }
        // A short name of the register is a word of its own everywhere: only acronyms in capitals count.
        let named = register.iter().filter(|(_, name)| name.chars().count() > 5 || is_acronym(name));
        entries.extend(named.map(|(record, name)| entry("actor", name, record, 3, is_acronym(name))));
        let (beginnings, parts) = parts(&entries, &grammar.article);
        let mut lists: Vec<String> = Vec::new();
        let mut list_of = Vec::with_capacity(entries.len());
        for entry in &entries {
            let at = lists.iter().position(|l| *l == entry.list).unwrap_or_else(|| {
                lists.push(entry.list.clone());
                lists.len() - 1
            });
            list_of.push(at as u8);
        }
        let mut known: HashMap<(&str, &str), Arc<LexiconCode>> = HashMap::new();
        let code = |e: &LexiconEntry| Arc::new(LexiconCode { list: e.list.clone(), code: e.code.clone() });
        let codes = entries.iter().map(|e| known.entry((&e.list, &e.code)).or_insert_with(|| code(e)).clone()).collect();
        let weights = entries.iter().map(|e| e.weight).collect();
        let apart = entries.iter().map(|e| e.phrase.contains(" & ")).collect();
        let names = entries.iter().map(|e| ["mission", SHORT_MISSION, "organisation"].contains(&e.list.as_str())).collect();
        let prefixes = grammar.prefixes.clone();
        let mut prefixed = [false; 256];
        prefixes.iter().filter_map(|p| p.bytes().next()).for_each(|byte| prefixed[usize::from(byte)] = true);
        let points = Points::new(model);
        Matcher { entries, lists, list_of, codes, weights, apart, names, prefixes, prefixed, points, beginnings, parts }
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

    /// True for the name of a mission or of another organisation.
    pub fn is_name(&self, entry: u32) -> bool {
        self.names[entry as usize]
    }

    /// True where two entries say the same: of one list, and the same code.
    pub fn same(&self, a: u32, b: u32) -> bool {
        Arc::ptr_eq(self.code(a), self.code(b))
    }

    /// Which points end no sentence.
    pub fn points(&self) -> &Points {
        &self.points
    }

    /// List and code of an entry.
    pub fn code(&self, entry: u32) -> &Arc<LexiconCode> {
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

    /// Every part of a phrase that stands in a text, in the order of the words with which it begins.
    pub fn find(&self, text: &str, folded: &Folded, out: &mut Vec<FoundPart>) {
        out.clear();
        each_word(folded.text(), |start| {
            let word = &folded.text()[start..];
            if self.prefixed[usize::from(word.as_bytes()[0])] {
                for prefix in self.prefixes.iter().filter(|p| word.starts_with(p.as_str())) {
                    self.at(text, folded, start + prefix.len(), out);
                }
            }
            self.at(text, folded, start, out);
        });
    }

    /// Finds what begins at a place. The automaton is entered where a word begins and left where no phrase goes on, which is
    /// after two or three bytes of most words.
    fn at(&self, text: &str, folded: &Folded, start: usize, out: &mut Vec<FoundPart>) {
        let first = &self.beginnings;
        let Ok(mut state) = first.start_state(Anchored::Yes) else { return };
        for (end, byte) in (start + 1..).zip(&folded.text().as_bytes()[start..]) {
            state = first.next_state(Anchored::Yes, state, *byte);
            if !first.is_special(state) {
                continue;
            }
            if first.is_dead(state) {
                return;
            }
            let here = (0..first.match_len(state)).map(|m| first.match_pattern(state, m));
            // A state knows the patterns that end there, also those that began later.
            if let Some(pattern) = here.into_iter().find(|p| first.pattern_len(*p) == end - start) {
                self.complete(text, folded, (start, end), pattern.as_usize(), out);
            }
        }
    }

    /// The parts that begin with a pattern and go on as the text does.
    fn complete(&self, text: &str, folded: &Folded, (start, end): (usize, usize), pattern: usize, out: &mut Vec<FoundPart>) {
        for Beginning { part, alone, open, capitals: needed } in self.parts.beginning.of(pattern).iter().copied() {
            let rest = if alone { &[][..] } else { &self.parts.rest[part as usize] };
            let Some(end) = ends(folded.text(), end, rest, open) else { continue };
            let span = (folded.place(start), folded.place(end));
            if needed == 0 || capitals(&text[span.0..span.1]) >= usize::from(needed) {
                out.push(FoundPart { part, span });
            }
        }
    }
}

/// Calls `each` with where each word begins.
fn each_word(text: &str, mut each: impl FnMut(usize)) {
    word_spans(
        text.as_bytes(),
        |b| !b.is_ascii(),
        |run| {
            if !run.odd {
                return each(run.start);
            }
            // Not all that is beyond ASCII is a letter.
            let mut at = run.start;
            while at < run.end {
                let end = word_end(text, at);
                if end > at {
                    each(at);
                }
                at = end + text[end..].chars().next().map_or(0, char::len_utf8);
            }
        },
    );
}

/// Takes entries apart: what the automaton finds, and the parts that begin with each of its patterns.
fn parts(entries: &[LexiconEntry], article: &str) -> (NFA, PhraseParts) {
    let mut numbers: HashMap<(String, Vec<String>, bool, u8), u32> = HashMap::new();
    let mut firsts: HashMap<String, usize> = HashMap::new();
    let (mut patterns, mut beginning) = (Vec::new(), Vec::<Vec<Beginning>>::new());
    let mut rests = Vec::new();
    let mut number = |phrase: &str, capitals: u8| {
        let (first, rest, open) = pieces(phrase, article);
        *numbers.entry((first.clone(), rest.clone(), open, capitals)).or_insert_with(|| {
            let at = *firsts.entry(first.clone()).or_insert_with(|| {
                patterns.push(first);
                beginning.push(Vec::new());
                patterns.len() - 1
            });
            let part = rests.len() as u32;
            beginning[at].push(Beginning { part, alone: rest.is_empty(), open, capitals });
            rests.push(rest);
            part
        })
    };
    let needed = |e: &LexiconEntry, part: &str| if e.capitals { capitals(part).min(255) as u8 } else { 0 };
    let made_of: Vec<Vec<u32>> =
        entries.iter().map(|e| e.phrase.split(" & ").map(|p| number(p, needed(e, p))).collect()).collect();
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
    let (beginning, whole, joined) = (ListGroups::new(beginning), ListGroups::new(whole), ListGroups::new(joined));
    let parts = PhraseParts { beginning, rest: rests, whole, joined };
    let beginnings = NFA::new(&patterns).expect("fewer phrases than an automaton can number");
    (beginnings, parts)
}

/// A phrase in the letters of another script. Letters that are one there are taken for that one.
fn in_script(phrase: &str, script: &BTreeMap<String, String>) -> String {
    let small = phrase.to_lowercase();
    let (mut out, mut rest) = (String::new(), small.as_str());
    while let Some(letter) = rest.chars().next() {
        let longest = script.iter().filter(|(from, _)| rest.starts_with(from.as_str())).max_by_key(|(from, _)| from.len());
        match longest {
            Some((from, to)) if !from.is_empty() => {
                out.push_str(to);
                rest = &rest[from.len()..];
            }
            _ => {
                out.push(letter);
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    out
}

/// How many capitals a text has.
fn capitals(text: &str) -> usize {
    text.chars().filter(|c| c.is_uppercase()).count()
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
    let tells = |says: &PhraseUse| {
        matches!(says, PhraseUse::Support | PhraseUse::Name | PhraseUse::Title | PhraseUse::Hint | PhraseUse::More)
    };
    let own = model.phrases.all().iter().filter(|p| p.language == language && tells(&p.says));
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
fn pieces(phrase: &str, article: &str) -> (String, Vec<String>, bool) {
    let comparable = |text: &str| {
        let mut out = String::new();
        fold(text, &mut out);
        out
    };
    let open = phrase.trim_end().ends_with('*');
    let mut all: Vec<String> = phrase.trim().trim_end_matches('*').split('*').map(comparable).collect();
    let mut first = all.remove(0);
    if let Some(bare) = first.strip_prefix(article).filter(|b| !article.is_empty() && b.chars().count() > 2) {
        first = bare.to_owned();
    }
    (first, all, open)
}

/// Where a part ends whose first piece ends at `at`; nothing where the text goes on otherwise.
fn ends(text: &str, at: usize, rest: &[String], open: bool) -> Option<usize> {
    let mut end = at;
    for piece in rest {
        end = word_end(text, end);
        end += text[end..].starts_with(piece.as_str()).then_some(piece.len())?;
    }
    // Behind an apostrophe another word begins: "vient d'ouvrir".
    let whole = if text[..end].ends_with('\'') { end } else { word_end(text, end) };
    (open || whole == end).then_some(whole)
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

    fn found(text: &str) -> Vec<FoundPart> {
        let mut out = Vec::new();
        MATCHER.find(text, &Folded::new(text), &mut out);
        out
    }

    #[test]
    fn an_acronym_counts_with_the_capitals_that_it_is_written_with() {
        let is_found = |text: &str, phrase: &str| {
            let whole = |f: &FoundPart| MATCHER.whole(f.part).iter().any(|e| MATCHER.entries()[*e as usize].phrase == phrase);
            found(text).iter().any(whole)
        };
        for (text, phrase, is_there) in [
            ("support to IDPs and returnees", "IDPs", true),
            ("support to IDPS", "IDPs", true),
            ("support to idps", "IDPs", false),
            ("an NGOs forum", "NGOs", true),
            ("said the AU", "the AU", true),
            ("said the au pair", "the AU", false),
        ] {
            assert_eq!(is_found(text, phrase), is_there, "{text}");
        }
    }

    #[test]
    fn serbian_is_found_in_both_scripts() {
        let model = Model::load(None).expect("the model");
        let script = &model.grammars.of("sr").expect("a grammar").script;
        assert_eq!(in_script("podrška policiji, pružanje u Njemačkoj", script), "подршка полицији, пружање у њемачкој");
        let matcher = Matcher::new(&model, "sr", &[]);
        let tasks = |text: &str| {
            let mut out = Vec::new();
            matcher.find(text, &Folded::new(text), &mut out);
            let entries = out.iter().flat_map(|f| matcher.whole(f.part)).map(|e| &matcher.entries()[*e as usize]);
            entries.filter(|e| e.list == "ssr_task").map(|e| e.code.clone()).collect::<Vec<_>>()
        };
        assert_eq!(tasks("Podržava reformu sektora bezbednosti."), ["security_sector_reform"]);
        assert_eq!(tasks("Подржава реформу сектора безбедности."), ["security_sector_reform"]);
    }

    proptest! {
        #[test]
        fn a_phrase_is_found_where_words_begin_and_nowhere_else(n in any::<prop::sample::Index>(), before in "[ (.a-z]{0,4}") {
            let entries = MATCHER.entries();
            let entry = n.index(entries.len());
            let phrase = entries[entry].phrase.replace('*', "ing").replace(" & ", " and ");
            let text = format!("{before}{phrase}.");
            let whole = found(&text).iter().any(|f| {
                f.span.0 == before.len()
                    && (MATCHER.whole(f.part).contains(&(entry as u32)) || MATCHER.joined(f.part).iter().any(|j| j.entry == entry as u32))
            });
            let apart = MATCHER.is_apart(entry as u32);
            prop_assert!(apart || whole != before.ends_with(char::is_alphanumeric), "{text}");
            prop_assert!(found(&text).windows(2).all(|w| w[0].span.0 <= w[1].span.0));
        }
    }
}
