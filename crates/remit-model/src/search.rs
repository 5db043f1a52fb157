//! Words that somebody looks for, found in texts of several languages.

use crate::fold;
use crate::sound::{is_article, sounds};
use crate::words::latin;
use remit_language::Written;
use std::sync::OnceLock;

/// What is looked for: words, all of which a text must have.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    words: Vec<String>,
    /// How each may sound, once a text has words in other letters.
    sounds: OnceLock<Vec<Vec<String>>>,
}

/// Words that are looked for at once.
const MOST: usize = 12;

impl Wanted {
    /// Takes what somebody has typed apart.
    pub fn new(typed: &str) -> Wanted {
        Wanted { words: words(typed).take(MOST).collect(), ..Wanted::default() }
    }

    /// The words, made comparable.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// True where a text has all words, whatever endings they have in its language, where that is known, and whatever letters they are
    /// written in.
    pub fn is_in(&self, text: &str, language: Option<&Written>) -> bool {
        WordsOf::new(text, language).has_all(self, true)
    }

    /// True where a word in other letters than the n-th word sounds like it.
    fn sounds_as(&self, n: usize, word: &TextWord) -> bool {
        let wanted = &self.words[n];
        if wanted.is_ascii() == word.written.is_ascii() {
            return false;
        }
        // Arabic writes it together with the word behind it.
        if is_article(wanted) && self.words.len() > 1 {
            return true;
        }
        let own = &self.sounds.get_or_init(|| self.words.iter().map(|word| sounds(word)).collect())[n];
        !own.is_empty() && word.sounds.get_or_init(|| sounds(&word.written)).iter().any(|sound| own.contains(sound))
    }
}

/// The words of a text, taken apart once for whoever looks for several things in it.
#[derive(Debug, Clone)]
pub struct WordsOf<'l> {
    words: Vec<TextWord>,
    language: Option<&'l Written>,
}

#[derive(Debug, Clone)]
struct TextWord {
    written: String,
    /// Where it begins without what is written together with it.
    begins: usize,
    /// How it sounds, once somebody asks in other letters.
    sounds: OnceLock<Vec<String>>,
}

impl<'l> WordsOf<'l> {
    /// The words of a text in a language, where that is known.
    pub fn new(text: &str, language: Option<&'l Written>) -> WordsOf<'l> {
        let apart = |written: String| {
            let begins = written.len() - bare(&written, language).len();
            TextWord { written, begins, sounds: OnceLock::new() }
        };
        WordsOf { words: words(text).map(apart).collect(), language }
    }

    /// True where all that is wanted is among them, whatever endings it has. Names sound alike in all letters; other words are none of another
    /// language for that (القوانين are laws, and nothing that is known).
    pub fn have(&self, wanted: &Wanted) -> bool {
        self.has_all(wanted, false)
    }

    fn has_all(&self, wanted: &Wanted, by_sound: bool) -> bool {
        let is_it = |n: usize, stem: &str, word: &TextWord| {
            let is_written = word.written.starts_with(stem) || word.written[word.begins..].starts_with(stem);
            is_written || by_sound && wanted.sounds_as(n, word)
        };
        let has = |n: usize, stem: &str| self.words.iter().any(|word| is_it(n, stem, word));
        !wanted.words.is_empty() && wanted.words.iter().enumerate().all(|(n, w)| has(n, stem(w, self.language)))
    }
}

/// The words of a text, made comparable.
fn words(text: &str) -> impl Iterator<Item = String> {
    let mut folded = String::new();
    fold(text, &mut folded);
    let all: Vec<String> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    all.into_iter()
}

/// Letters that a word must keep.
const LEAST: usize = 4;

/// Letters that it must keep without what is written together with it.
const LEAST_BARE: usize = 3;

/// What of a word is the same in all its forms.
fn stem<'w>(word: &'w str, language: Option<&Written>) -> &'w str {
    let word = bare(word, language);
    let endings = language.map_or(&[][..], |l| l.endings.as_slice());
    let left = endings.iter().filter_map(|e| word.strip_suffix(e.as_str())).find(|left| left.chars().count() >= LEAST);
    left.unwrap_or(word)
}

/// A word without what is written together with it: Arabic writes its article, and small words, so.
fn bare<'w>(word: &'w str, language: Option<&Written>) -> &'w str {
    let attached = language.map_or(&[][..], |l| l.attached.as_slice());
    let left = attached.iter().filter_map(|a| word.strip_prefix(a.as_str())).find(|left| left.chars().count() >= LEAST_BARE);
    left.unwrap_or(word)
}

/// How alike two words are that may be the same, written wrong or in other letters: 0 to 1, by their groups of three letters, and by
/// their consonants, since Arabic leaves vowels out. In Latin letters a word without vowels is an acronym, and like no other.
pub fn word_likeness(a: &str, b: &str) -> f64 {
    let is_latin = a.is_ascii() && b.is_ascii();
    let (a, b) = (latin(a), latin(b));
    if a == b {
        return 1.0;
    }
    let has_vowels = |word: &str| word.contains(|c| VOWELS.contains(c));
    let is_acronym = is_latin && has_vowels(&a) != has_vowels(&b);
    let threes = |word: &str| -> Vec<[char; 3]> {
        let padded: Vec<char> = format!("  {word} ").chars().collect();
        padded.windows(3).map(|w| [w[0], w[1], w[2]]).collect()
    };
    let (x, y) = (threes(&a), threes(&b));
    let same = x.iter().filter(|t| y.contains(t)).count() as f64;
    let by_threes = 2.0 * same / (x.len() + y.len()) as f64;
    // A doubled one counts once.
    let consonants = |word: &str| {
        let mut all: Vec<char> = word.chars().filter(|c| !VOWELS.contains(*c)).collect();
        all.dedup();
        all
    };
    let (c, d) = (consonants(&a), consonants(&b));
    let by_consonants = if c.len() >= 3 && c == d && !is_acronym { 0.8 } else { 0.0 };
    let edits = strsim::osa_distance(&a, &b);
    let by_edits = if edits == 1 && a.chars().count().min(b.chars().count()) >= 4 { 0.75 } else { 0.0 };
    by_threes.max(by_consonants).max(by_edits)
}

/// How many letters, as they are in Latin, must be changed, added, left out or swapped to make one word of the other.
pub fn letters_apart(a: &str, b: &str) -> usize {
    strsim::osa_distance(&latin(a), &latin(b))
}

/// Letters that Arabic leaves out, or writes as it likes.
const VOWELS: &str = "aeiouwy'";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_not_taken_for_an_acronym_with_its_consonants() {
        assert!(word_likeness("polise", "police") > word_likeness("polise", "pls"));
        assert!(word_likeness("محمد", "muhammad") > 0.7, "Arabic leaves vowels out");
        assert!(word_likeness("mohamed", "muhammad") > 0.7);
    }

    #[test]
    fn of_two_words_with_the_same_consonants_one_has_fewer_letters_that_differ() {
        assert!(letters_apart("monsco", "monusco") < letters_apart("monsco", "minusca"));
        assert_eq!(letters_apart("police", "police"), 0);
    }

    #[test]
    fn words_are_found_in_the_language_of_the_text() {
        let languages = remit_language::Languages::built_in();
        let found = |typed: &str, text: &str, code: &str| Wanted::new(typed).is_in(text, languages.written_in(code));
        assert!(found("prisons", "The prison was rebuilt.", "en"));
        assert!(found("réformes judiciaires", "La reforme judiciaire avance", "fr"));
        assert!(found("شرطة", "تدريب الشرطة", "ar"));
        assert!(found("والشرطة", "إصلاح شرطة البلد", "ar"));
        assert!(found("поліція", "реформа поліції", "uk"));
        assert!(found("policija", "reforma policije", "sr"));
        assert!(found("oﬃces", "The office", "en"));
        assert!(!found("prisons", "La prison", "und"));
        assert!(!found("police border", "The police", "en"));
        assert!(!found("", "The police", "en"));
        let words = WordsOf::new("The police was trained", languages.written_in("en"));
        assert!(
            words.have(&Wanted::new("trained police")) && !words.have(&Wanted::new("army")) && !words.have(&Wanted::new(" "))
        );
    }

    #[test]
    fn words_are_found_in_other_letters() {
        let languages = remit_language::Languages::built_in();
        let found = |typed: &str, text: &str, code: &str| Wanted::new(typed).is_in(text, languages.written_in(code));
        assert!(found("wizarat al-dakhiliya", "أعلنت وزارة الداخلية", "ar"));
        assert!(found("الشرطة", "The shurta was trained.", "en"));
        assert!(found("ministerstvo oborony", "Міністерство оборони", "uk"));
        assert!(!found("wizarat al-adl", "أعلنت وزارة الداخلية", "ar"));
        assert!(!found("an", "وزارة", "ar"), "an article alone is no word");
    }

    #[test]
    fn a_language_that_a_workspace_adds_brings_its_endings() {
        let own =
            "[[written]]\ncode = \"so\"\npages = []\nletters = \"\"\nwords = []\nendings = [\"yada\"]\nattached = [\"si\"]\n";
        let languages = remit_language::Languages::built_in().with(own).expect("a language");
        let found = |typed: &str, code: &str| Wanted::new(typed).is_in("waa askari", languages.written_in(code));
        assert!(found("askariyada", "so") && found("siaskari", "so"));
        assert!(!found("askariyada", "en") && !found("askariyada", "und"));
    }

    #[test]
    fn words_written_wrong_are_alike() {
        assert!(word_likeness("polise", "police") > 0.7);
        assert!(word_likeness("gendamerie", "gendarmerie") > 0.7);
        assert!(word_likeness("محمد", "Muhammad") >= 0.5, "{}", word_likeness("محمد", "Muhammad"));
        assert!(word_likeness("police", "prison") < 0.5);
    }
}
