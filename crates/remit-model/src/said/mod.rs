//! What Remit itself writes into a register or says of a file: what was done, what could not be used and why. It is kept as a
//! sentence in English with its values in it, which is the code by which it is said in the language of whoever reads it.

use crate::csv_table::NamedColumns;
use crate::{CodeLists, Direction, Label, Language, Languages, Locale};
use std::sync::LazyLock;

/// The sentences, with `{name}` for each value: a column a language.
static SENTENCES: LazyLock<Vec<Sentence>> = LazyLock::new(|| {
    let table = NamedColumns::read("said.csv", include_str!("said.csv"), &Languages::built_in(), "", &[]);
    let sentences = table.and_then(|t| Ok(t.rows()?.iter().filter_map(|(_, row)| Sentence::new(t.label(row))).collect()));
    // That the file is right, a test says.
    sentences.unwrap_or_default()
});

/// Between two sentences that stand as one.
const BETWEEN: &str = "; ";

/// Sentences that one text is looked through for.
const MOST: usize = 8;

/// A text that Remit wrote, in the words of a language; none where it is no sentence of Remit's, or has no words in it.
pub fn said(locale: &Locale, text: &str) -> Option<String> {
    Saying { locale, lists: None }.said(text)
}

/// The same; code lists and their codes are called as the language calls them, and not by their codes.
pub fn said_of_codes(lists: &CodeLists, locale: &Locale, text: &str) -> Option<String> {
    Saying { locale, lists: Some(lists) }.said(text)
}

/// In what words sentences are said.
#[derive(Clone, Copy)]
struct Saying<'s> {
    locale: &'s Locale,
    lists: Option<&'s CodeLists>,
}

impl Saying<'_> {
    fn said(self, text: &str) -> Option<String> {
        if self.locale.language == Language::ENGLISH {
            return None;
        }
        let parts: Vec<&str> = text.splitn(MOST, BETWEEN).collect();
        let (_, all) = sentences(self, &parts)?;
        Some(self.locale.clauses(&all))
    }
}

/// The sentences that parts of a text make, and how many of its letters are theirs rather than those of a value: of several ways to
/// read it, the one in which most are.
fn sentences(saying: Saying<'_>, parts: &[&str]) -> Option<(usize, Vec<String>)> {
    let first = |end: usize| {
        let (letters, words) = whole(saying, &parts[..end].join(BETWEEN))?;
        if end == parts.len() {
            return Some((letters, vec![words]));
        }
        let (more, others) = sentences(saying, &parts[end..])?;
        Some((letters + more, [vec![words], others].concat()))
    };
    (1..=parts.len()).filter_map(first).max_by_key(|(letters, _)| *letters)
}

/// A text that is one sentence, with the letters that are the sentence's. Of several that fit, the one that says most of it.
fn whole(saying: Saying<'_>, text: &str) -> Option<(usize, String)> {
    let fitting = SENTENCES.iter().filter_map(|s| Some((s, s.values(text)?)));
    let (sentence, values) = fitting.max_by_key(|(s, _)| s.letters)?;
    Some((sentence.letters, sentence.fill(saying, sentence.label.own(saying.locale.language)?, &values)))
}

/// A sentence in every language.
struct Sentence {
    label: Label,
    /// What stands before, between and behind the values.
    fixed: Vec<String>,
    /// What the values are called.
    names: Vec<String>,
    letters: usize,
}

impl Sentence {
    fn new(label: Label) -> Option<Sentence> {
        let mut pieces = label.english().split('{');
        let mut fixed = vec![pieces.next()?.to_owned()];
        let mut names = Vec::new();
        for piece in pieces {
            let (name, after) = piece.split_once('}')?;
            names.push(name.to_owned());
            fixed.push(after.to_owned());
        }
        let letters = fixed.iter().map(String::len).sum();
        Some(Sentence { fixed, names, letters, label })
    }

    /// The values in a text that is this sentence.
    fn values<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        let (first, others) = self.fixed.split_first()?;
        let mut rest = text.strip_prefix(first.as_str())?;
        let Some((last, between)) = others.split_last() else { return rest.is_empty().then(Vec::new) };
        let mut values = Vec::new();
        for fixed in between {
            let (value, after) = rest.split_once(fixed.as_str())?;
            values.push(value);
            rest = after;
        }
        values.push(rest.strip_suffix(last.as_str())?);
        values.iter().all(|v| !v.is_empty()).then_some(values)
    }

    fn value<'v>(&self, name: &str, values: &[&'v str]) -> Option<&'v str> {
        values.get(self.names.iter().position(|n| n == name)?).copied()
    }

    /// What a value is called that is the code of a list, or some of its codes.
    fn of_list(&self, saying: Saying<'_>, name: &str, values: &[&str]) -> Option<String> {
        let list = saying.lists?.get(self.value("list", values)?)?;
        match name {
            "list" => Some(list.title.get(saying.locale.language).to_owned()),
            "some" => Some(list.some(saying.locale.language)),
            _ => None,
        }
    }

    /// The words with their values, which are said too where they are sentences of Remit's, and else keep their own direction.
    fn fill(&self, saying: Saying<'_>, words: &str, values: &[&str]) -> String {
        let locale = saying.locale;
        let value = |name: &str| {
            let text = self.value(name, values)?;
            let called = self.of_list(saying, name, values).or_else(|| saying.said(text));
            Some(called.unwrap_or_else(|| match locale.direction {
                Direction::Rtl => format!("\u{2068}{text}\u{2069}"),
                Direction::Ltr => text.to_owned(),
            }))
        };
        let words = locale.typeset(words);
        let mut pieces = words.split('{');
        let mut out = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (name, after) = piece.split_once('}').unwrap_or(("", piece));
            out.push_str(&value(name).unwrap_or_default());
            out.push_str(after);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn french(text: &str) -> Option<String> {
        said(&Languages::built_in().find("fr").expect("French"), text)
    }

    #[test]
    fn a_sentence_is_said_with_its_values() {
        assert_eq!(french("imported relation-af.csv").as_deref(), Some("importé de relation-af.csv"));
        assert_eq!(french("withdrawn").as_deref(), Some("retiré"));
        assert_eq!(french("undid: imported a.csv").as_deref(), Some("annulé\u{a0}: importé de a.csv"));
        let arabic = said(&Languages::built_in().find("ar").expect("Arabic"), "imported a.csv").expect("it is said");
        assert!(arabic.contains("\u{2068}a.csv\u{2069}"), "{arabic}");
    }

    #[test]
    fn several_sentences_are_each_said_also_around_a_value_with_a_semicolon() {
        let text = "“3/16; 3/27” is no date; write 2019, 2019-07 or 2019-07-03; the cell was left out";
        let words = french(text).expect("it is said");
        assert!(words.contains("3/16; 3/27") && words.contains("n’est pas une date"), "{words}");
        assert!(words.ends_with("la cellule a été écartée"), "{words}");
        let words = french("this is no code of the list tied_status; it is kept as it stands").expect("it is said");
        assert!(
            words.ends_with("tied_status\u{a0}; gardé tel quel") || words.ends_with("tied_status\u{202f}; gardé tel quel"),
            "{words}"
        );
    }

    #[test]
    fn lists_and_their_codes_are_called_as_the_language_calls_them() {
        let lists = crate::Model::load(None).expect("the model").lists;
        let text = "“Peut-être” is no code and no name of the list on_paper (yes, partly, no…); the cell was left out";
        let french = Languages::built_in().find("fr").expect("French");
        let words = said_of_codes(&lists, &french, text).expect("it is said");
        assert!(words.contains("(Oui, En partie, Non…)") && !words.contains("on_paper"), "{words}");
        assert_eq!(said_of_codes(&lists, &french, "imported a.csv").as_deref(), Some("importé de a.csv"));
    }

    #[test]
    fn what_people_wrote_stays_as_it_is() {
        assert_eq!(french("a reason of somebody; the cell was left out"), None);
        assert_eq!(french("imported "), None);
        assert_eq!(said(&Locale::default(), "withdrawn"), None, "English is there already");
    }

    #[test]
    fn every_sentence_has_every_language_and_the_same_values() {
        assert!(SENTENCES.len() > 200);
        let languages = Languages::built_in();
        for s in SENTENCES.iter() {
            for language in languages.all().filter(|l| l.complete).map(|l| l.language) {
                let words = s.label.own(language).unwrap_or_default();
                let has = |name: &String| words.contains(&format!("{{{name}}}"));
                assert!(!words.is_empty() && s.names.iter().all(has), "{}", s.label.english());
            }
        }
    }
}
