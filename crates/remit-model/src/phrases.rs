//! What a text says, by a list of phrases in `model/phrases/`: one pass of Aho-Corasick over folded text.

use crate::codes::rows;
use crate::{CodeLists, Folded, ModelError, ModelFiles, fold};
use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// One phrase and what it says. Codes are empty where it says nothing about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The phrase as written in the list.
    pub text: String,
    /// Its language: `en`, `fr`, `es`, `ar`.
    pub language: String,
    /// True where the phrase alone shows that an activity supports the security sector.
    pub ssr: bool,
    /// True where the words mean something else ("food security"): other phrases that overlap them do not count.
    pub never: bool,
    /// Code of `actor_class`, or empty.
    pub actor_class: String,
    /// Code of `security_function`, or empty.
    pub security_function: String,
    /// Code of `modality`, or empty.
    pub modality: String,
}

/// A phrase found in a text.
#[derive(Debug, Clone, Copy)]
pub struct Hit<'a> {
    /// Which phrase.
    pub phrase: &'a Phrase,
    /// Where it starts and ends in the folded text, in bytes.
    pub span: (usize, usize),
}

/// All phrases, ready to be found.
#[derive(Debug)]
pub struct Phrases {
    phrases: Vec<Phrase>,
    all: AhoCorasick,
    /// Only the phrases that show security sector support or rule it out: most texts have none of them, and words such
    /// as "training" in every other line need not stop the search.
    telling: AhoCorasick,
    /// Which phrase each pattern of `telling` is.
    telling_phrases: Vec<usize>,
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
                for (list, code) in [("actor_class", class), ("security_function", function), ("modality", modality)] {
                    if !code.is_empty() && !lists.has(list, code) {
                        return Err(ModelError::new(shown, line, format!("`{code}` is not a code of the list `{list}`")));
                    }
                }
                if text.is_empty() || !matches!(ssr.as_str(), "yes" | "no" | "never") {
                    return Err(ModelError::new(shown, line, "a phrase needs a text, and `ssr` is yes, no or never"));
                }
                phrases.push(Phrase {
                    text: text.clone(),
                    language: language.clone(),
                    ssr: ssr == "yes",
                    never: ssr == "never",
                    actor_class: class.clone(),
                    security_function: function.clone(),
                    modality: modality.clone(),
                });
            }
        }
        let automaton = |chosen: &mut dyn Iterator<Item = &Phrase>| {
            AhoCorasick::builder()
                .kind(Some(AhoCorasickKind::DFA))
                .build(chosen.map(|p| comparable(&p.text)))
                .map_err(|e| ModelError::new("model/phrases", 0, e.to_string()))
        };
        let is_telling = |p: &&Phrase| p.ssr || p.never;
        let all = automaton(&mut phrases.iter())?;
        let telling = automaton(&mut phrases.iter().filter(is_telling))?;
        let telling_phrases = (0..phrases.len()).filter(|i| is_telling(&&phrases[*i])).collect();
        Ok(Phrases { phrases, all, telling, telling_phrases })
    }

    /// All phrases of the list.
    pub fn all(&self) -> &[Phrase] {
        &self.phrases
    }

    /// The phrases that stand as whole words in a text that was folded by [`fold`], in the order of their ends, without
    /// those that overlap words which mean something else.
    pub fn find<'a>(&'a self, folded: &str) -> Vec<Hit<'a>> {
        self.search(&self.all, folded, |pattern| pattern)
    }

    /// Like [`Phrases::find`], but only the phrases that alone show security sector support.
    pub fn find_telling<'a>(&'a self, folded: &str) -> Vec<Hit<'a>> {
        let mut hits = self.search(&self.telling, folded, |pattern| self.telling_phrases[pattern]);
        hits.retain(|h| h.phrase.ssr);
        hits
    }

    fn search<'a>(&'a self, automaton: &AhoCorasick, folded: &str, phrase: impl Fn(usize) -> usize) -> Vec<Hit<'a>> {
        let whole = |found: &aho_corasick::Match| starts_word(folded, found.start()) && ends_word(folded, found.end());
        let mut hits: Vec<Hit<'a>> = automaton
            .find_overlapping_iter(folded)
            .filter(whole)
            .map(|found| Hit { phrase: &self.phrases[phrase(found.pattern().as_usize())], span: (found.start(), found.end()) })
            .collect();
        if hits.iter().any(|h| h.phrase.never) {
            let never: Vec<(usize, usize)> = hits.iter().filter(|h| h.phrase.never).map(|h| h.span).collect();
            hits.retain(|h| !never.iter().any(|n| h.span.0 < n.1 && n.0 < h.span.1));
        }
        hits
    }

    /// The first phrase that shows support to the security sector, as the text itself writes it.
    pub fn quote(&self, text: &str) -> Option<String> {
        let folded = Folded::new(text);
        let hit = self.find_telling(folded.text()).into_iter().next()?;
        Some(text[folded.place(hit.span.0)..folded.place(hit.span.1)].trim().to_owned())
    }
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

fn ends_word(text: &str, end: usize) -> bool {
    !text[end..].chars().next().is_some_and(char::is_alphanumeric)
}

/// Arabic writes "and", "with", "for", "like", "so" and the article as one word with what follows.
const ARABIC_PREFIXES: [&str; 13] = ["و", "ف", "ب", "ل", "ك", "ال", "وال", "فال", "بال", "كال", "لل", "ولل", "وب"];

fn starts_word(text: &str, start: usize) -> bool {
    let before = &text[..start];
    let word_start = before.char_indices().rev().take_while(|(_, c)| c.is_alphanumeric()).last().map_or(start, |(at, _)| at);
    word_start == start || ARABIC_PREFIXES.contains(&&text[word_start..start])
}
