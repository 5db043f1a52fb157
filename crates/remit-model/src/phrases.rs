//! What a text says, by a list of phrases in `model/phrases/`: one pass of Aho-Corasick over folded text.

use crate::csv_table::{expect_language, rows};
use crate::{CodeLists, ModelError, ModelFiles, fold};
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use std::sync::OnceLock;

/// What a phrase is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhraseUse {
    /// `yes`: the words alone tell of support to the security sector ("police reform").
    Support,
    /// `name`: names an institution of the sector or its task ("police"); tells in a title, or beside a word of work.
    Name,
    /// `title`: so wide a word ("justice", "borders") that it tells in a title only.
    Title,
    /// `hint`: a word that other fields of aid use too ("lawyers", "customs"): tells beside others, not alone.
    Hint,
    /// `no`: only says more of what is told otherwise (a function, a modality, a class).
    More,
    /// `never`: means something else ("food security"): other phrases that it covers do not count.
    Never,
    /// `work`: what support does ("training", "strengthen").
    Work,
    /// `threat`: a name right after it is threat, victim or place, not recipient ("attacks by").
    Threat,
    /// `thing`: what has a title or theme of its own ("festival", "film about"): a name in it is no recipient.
    Thing,
    /// `other`: names another field of aid ("health").
    OtherField,
}

impl PhraseUse {
    fn of(word: &str) -> Option<PhraseUse> {
        Some(match word {
            "yes" => PhraseUse::Support,
            "name" => PhraseUse::Name,
            "title" => PhraseUse::Title,
            "hint" => PhraseUse::Hint,
            "no" => PhraseUse::More,
            "never" => PhraseUse::Never,
            "work" => PhraseUse::Work,
            "threat" => PhraseUse::Threat,
            "thing" => PhraseUse::Thing,
            "other" => PhraseUse::OtherField,
            _ => return None,
        })
    }

    /// True where the phrase may tell that an activity supports the security sector.
    pub fn tells(self) -> bool {
        matches!(self, PhraseUse::Support | PhraseUse::Name | PhraseUse::Title | PhraseUse::Hint)
    }
}

/// One phrase and what it says. Codes are empty where it says nothing about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The phrase as written in the list, without the star of one that may go on.
    pub text: String,
    /// Its language, such as `en` or `ar`.
    pub language: String,
    /// What it is good for.
    pub says: PhraseUse,
    /// True where the last word may go on ("polis*").
    pub open: bool,
    /// Code of `actor_class`, or empty.
    pub actor_class: String,
    /// Code of `security_function`, or empty.
    pub security_function: String,
    /// Code of `modality`, or empty.
    pub modality: String,
}

/// A phrase found in a text.
#[derive(Debug, Clone, Copy)]
pub struct PhraseHit<'a> {
    /// Which phrase.
    pub phrase: &'a Phrase,
    /// Where it starts and ends in the folded text, in bytes.
    pub span: (usize, usize),
}

/// All phrases, ready to be found.
#[derive(Debug)]
pub struct Phrases {
    phrases: Vec<Phrase>,
    /// Built when a text is first searched: most commands search none.
    all: OnceLock<AhoCorasick>,
    /// Only the phrases that may tell of security sector support or rule it out: most texts have none of them, and words
    /// such as "training" in every other line need not stop the search.
    telling: OnceLock<AhoCorasick>,
    /// How each phrase may stand in a text, and which phrase it is; those of `telling` come first.
    written: Vec<(String, usize)>,
    /// How many of them are in `telling`.
    tell: usize,
}

/// Letters of all phrases together, far below what an automaton can hold.
const MOST_LETTERS: usize = 1 << 22;

/// An automaton of phrases as they may stand in a text.
fn automaton(written: &[(String, usize)], kind: AhoCorasickKind) -> AhoCorasick {
    let built = AhoCorasick::builder().kind(Some(kind)).build(written.iter().map(|(text, _)| text));
    built.expect("phrases are bounded when they are loaded")
}

impl Phrases {
    pub(crate) fn load(files: &ModelFiles, lists: &CodeLists) -> Result<Phrases, ModelError> {
        let columns = ["phrase", "language", "ssr", "actor_class", "security_function", "modality", "note"];
        let mut phrases = Vec::new();
        for file in files.texts("phrases/", ".csv") {
            let (_, shown, text) = file?;
            for row in rows(shown, text, &columns)? {
                let (line, row) = row?;
                let [text, language, ssr, class, function, modality, _note] = &row[..] else {
                    continue;
                };
                expect_language(lists.languages(), language, shown, line)?;
                for (list, code) in [("actor_class", class), ("security_function", function), ("modality", modality)] {
                    if !code.is_empty() {
                        lists.expect(list, code, shown, line)?;
                    }
                }
                let known = PhraseUse::of(ssr).filter(|_| !text.trim_end_matches('*').is_empty());
                let Some(says) = known else {
                    let expected =
                        "a phrase needs a text, and `ssr` is yes, name, title, hint, no, never, work, threat, thing or other";
                    return Err(ModelError::new(shown, line, expected));
                };
                phrases.push(Phrase {
                    text: text.trim_end_matches('*').to_owned(),
                    language: language.clone(),
                    says,
                    open: text.ends_with('*'),
                    actor_class: class.clone(),
                    security_function: function.clone(),
                    modality: modality.clone(),
                });
            }
        }
        if phrases.iter().map(|p| p.text.len()).sum::<usize>() > MOST_LETTERS {
            return Err(ModelError::new("model/phrases", 0, "there are too many phrases; four million letters are the most"));
        }
        let is_telling = |p: &Phrase| p.says.tells() || p.says == PhraseUse::Never;
        let of = |wanted: bool| {
            let chosen = phrases.iter().enumerate().filter(move |(_, p)| is_telling(p) == wanted);
            chosen.flat_map(|(at, p)| ways_of_writing(&p.text).map(move |text| (text, at)))
        };
        let mut written: Vec<(String, usize)> = of(true).collect();
        let tell = written.len();
        written.extend(of(false));
        Ok(Phrases { phrases, all: OnceLock::new(), telling: OnceLock::new(), written, tell })
    }

    /// All phrases of the list.
    pub fn all(&self) -> &[Phrase] {
        &self.phrases
    }

    /// The phrases that stand as whole words in a text that was folded by [`fold`], in the order of their ends, without
    /// those that overlap words which mean something else.
    pub fn find<'a>(&'a self, folded: &str) -> Vec<PhraseHit<'a>> {
        // Few texts are read so closely that an automaton which is slower, but soon made, is the faster one.
        self.search(self.all.get_or_init(|| automaton(&self.written, AhoCorasickKind::ContiguousNFA)), folded)
    }

    /// Like [`Phrases::find`], but only the phrases that may tell of security sector support.
    pub fn find_telling<'a>(&'a self, folded: &str) -> Vec<PhraseHit<'a>> {
        let mut hits =
            self.search(self.telling.get_or_init(|| automaton(&self.written[..self.tell], AhoCorasickKind::DFA)), folded);
        hits.retain(|h| h.phrase.says.tells());
        hits
    }

    fn search<'a>(&'a self, automaton: &AhoCorasick, folded: &str) -> Vec<PhraseHit<'a>> {
        let phrase = |pattern: usize| &self.phrases[self.written[pattern].1];
        let mut hits: Vec<PhraseHit<'a>> = automaton
            .find_overlapping_iter(folded)
            .map(|found| PhraseHit { phrase: phrase(found.pattern().as_usize()), span: (found.start(), found.end()) })
            .filter(|h| starts_word(folded, h.span.0) && (h.phrase.open || ends_word(folded, h.span.1)))
            .map(|h| PhraseHit { span: (h.span.0, end_of_word(folded, h.span.1)), ..h })
            .collect();
        if hits.iter().any(|h| h.phrase.says == PhraseUse::Never) {
            let mut never: Vec<(usize, usize)> =
                hits.iter().filter(|h| h.phrase.says == PhraseUse::Never).map(|h| h.span).collect();
            never.sort_unstable();
            // How far those reach that begin no later than each: a text may have millions.
            let mut reach = 0;
            let reaches: Vec<usize> = never
                .iter()
                .map(|n| {
                    reach = reach.max(n.1);
                    reach
                })
                .collect();
            // The words go with what begins first ("food security | sector reform"), else with what is longer.
            let covered = |s: (usize, usize)| {
                let [within, behind] = [s.0, s.1].map(|place| never.partition_point(|n| n.0 < place));
                let begins_first = within.checked_sub(1).is_some_and(|last| reaches[last] > s.0);
                begins_first || never[within..behind].iter().any(|n| n.1 - n.0 >= s.1 - s.0)
            };
            hits.retain(|h| !covered(h.span));
        }
        hits
    }
}

/// Letters that must be left of a phrase for it to be known where some were lost.
const KNOWN_BY: usize = 6;

/// The forms in which a phrase is searched: as it is, and as it stands where a publisher's system lost the letters with
/// accents and the apostrophes ("maisons d'arrêt" as "maisons darrt").
fn ways_of_writing(phrase: &str) -> impl Iterator<Item = String> {
    let whole = comparable(phrase);
    let lost: String = phrase.chars().filter(|c| c.is_ascii() && *c != '\'').collect();
    let lost = comparable(&lost);
    let known = lost.chars().filter(|c| c.is_ascii_alphabetic()).count() >= KNOWN_BY && lost != whole;
    [Some(whole), known.then_some(lost)].into_iter().flatten()
}

/// The form in which a phrase is searched: folded, and in Arabic without the article of its first word.
fn comparable(phrase: &str) -> String {
    let mut out = String::new();
    fold(phrase.trim(), &mut out);
    match out.strip_prefix("ال") {
        Some(rest) if rest.chars().count() > 2 => rest.to_owned(),
        _ => out,
    }
}

/// Where the word ends that goes on at `end`.
fn end_of_word(text: &str, end: usize) -> usize {
    end + text[end..].find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len() - end)
}

fn ends_word(text: &str, end: usize) -> bool {
    !text[end..].chars().next().is_some_and(char::is_alphanumeric)
}

/// Arabic writes "and", "with", "for", "like", "so" and the article as one word with what follows.
const ARABIC_PREFIXES: [&str; 13] = ["و", "ف", "ب", "ل", "ك", "ال", "وال", "فال", "بال", "كال", "لل", "ولل", "وب"];

/// Letters of the longest of these.
const LONGEST_PREFIX: usize = 3;

fn starts_word(text: &str, start: usize) -> bool {
    let before = &text[..start];
    // No more of a word is looked at than can matter, however long it is.
    let back = before.char_indices().rev().take_while(|(_, c)| c.is_alphanumeric()).take(LONGEST_PREFIX + 1);
    let word_start = back.last().map_or(start, |(at, _)| at);
    word_start == start || ARABIC_PREFIXES.contains(&&text[word_start..start])
}
