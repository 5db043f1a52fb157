//! What Remit itself writes into a register or says of a file: what was done, what could not be used and why. It is kept as a
//! sentence in English with its values in it, which is the code by which it is said in the language of whoever reads it.

use crate::csv_table::NamedColumns;
use crate::{Direction, Label, Language, Languages, Locale, Model};
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
    SentenceWords { locale, model: None }.said(text)
}

/// The same; kinds, fields, code lists and their codes are called as the language calls them.
pub fn said_of_model(model: &Model, locale: &Locale, text: &str) -> Option<String> {
    SentenceWords { locale, model: Some(model) }.said(text)
}

/// In what words sentences are said.
#[derive(Clone, Copy)]
struct SentenceWords<'s> {
    locale: &'s Locale,
    model: Option<&'s Model>,
}

impl SentenceWords<'_> {
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
fn sentences(saying: SentenceWords<'_>, parts: &[&str]) -> Option<(usize, Vec<String>)> {
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
fn whole(saying: SentenceWords<'_>, text: &str) -> Option<(usize, String)> {
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

    /// What a value is called that the model has words for: a list, some of its codes, a field or a kind.
    fn of_model(&self, saying: SentenceWords<'_>, name: &str, values: &[&str]) -> Option<String> {
        let (model, language) = (saying.model?, saying.locale.language);
        let list = || model.lists.get(self.value("list", values)?);
        match name {
            "list" => Some(list()?.title.get(language).to_owned()),
            "some" => Some(list()?.some(saying.locale)),
            "marking" => {
                let marking = model.lists.get("marking")?.find(self.value("marking", values)?)?;
                Some(marking.label.get(language).to_lowercase())
            }
            "field" => {
                let labels = model.kinds.iter().flat_map(|kind| &kind.fields).map(|field| &field.label);
                called_alike(labels, self.value(name, values)?, language)
            }
            "kind" => {
                let labels = model.kinds.iter().map(|kind| &kind.label);
                Some(called_alike(labels, self.value(name, values)?, language)?.to_lowercase())
            }
            _ => None,
        }
    }

    /// The words with their values, which are said too where they are sentences of Remit's, and else keep their own direction.
    fn fill(&self, saying: SentenceWords<'_>, words: &str, values: &[&str]) -> String {
        let locale = saying.locale;
        let value = |name: &str| {
            let text = self.value(name, values)?;
            let called = self.of_model(saying, name, values).or_else(|| saying.said(text));
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

/// What a language calls that which English calls so; none where it calls several of that name differently.
fn called_alike<'l>(labels: impl Iterator<Item = &'l Label>, english: &str, language: Language) -> Option<String> {
    let mut all =
        labels.filter(|label| label.english().to_lowercase() == english.to_lowercase()).map(|label| label.get(language));
    let first = all.next()?;
    all.all(|other| other == first).then(|| first.to_owned())
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
    fn what_is_done_with_a_marking_or_status_that_cannot_be_read_is_said() {
        let marked = "the row was marked strictly confidential";
        let no_marking = "`secretish` is not a marking; use public, internal, confidential or strictly_confidential";
        for text in [
            format!("{no_marking}; {marked}"),
            format!("“note” is not as in note=confidential; {marked}"),
            format!("the actor has no field `nme` to withhold; {marked}"),
            "“sure” is no status; write proposed, accepted or rejected; the row waits as a proposal".to_owned(),
        ] {
            let words = french(&text).unwrap_or_else(|| panic!("{text}"));
            assert!(words.contains("la ligne") && !words.contains("the "), "{words}");
        }
    }

    #[test]
    fn kinds_fields_and_lists_are_called_as_the_language_calls_them() {
        let model = Model::load(None).expect("the model");
        let text = "“Peut-être” is no code and no name of the list on_paper (yes, partly, no…); the cell was left out";
        let french = Languages::built_in().find("fr").expect("French");
        let words = said_of_model(&model, &french, text).expect("it is said");
        assert!(words.contains("(Oui, En partie, Non)") && !words.contains("on_paper"), "{words}");
        assert_eq!(said_of_model(&model, &french, "imported a.csv").as_deref(), Some("importé de a.csv"));
        let text = "without “Rank code” these figures would be those of the whole; the strength was left out";
        let words = said_of_model(&model, &french, text).expect("it is said");
        assert!(words.contains("Code de grade") && words.ends_with("effectif"), "{words}");
        let words = said_of_model(&model, &french, "the sheet “Made up”").expect("it is said");
        assert!(words.starts_with("la feuille") && words.contains("Made up"), "{words}");
    }

    /// What a sheet, a file of another program or a document says that could not be used, as the rooms that read them tell it.
    #[test]
    fn what_could_not_be_used_of_a_file_is_said_whoever_read_it() {
        let model = Model::load(None).expect("the model");
        let languages = Languages::built_in();
        for text in [
            "the cell could not be used; what the sheet said here before stays",
            "made-up.csv says otherwise, and is as good a source: both stand until somebody chooses; `conflicts` lists them as of 2021-06-30",
            "no actor is called so; add it, name it as it is called, or import the sheet again with --add-names",
            "the mapping does not say what this means; it was read as police (Police); where it means another, write so in the mapping",
            "7 cells of this column stand beside an amount in another currency; a record has one: that was kept, and these were left out",
            "this names a record that is marked confidential: its identifier is seen by whoever sees this row; mark the row so too where \
             nobody else may know of the record",
            "the amount is in EUR, and one before it in this row is in USD; it was left out: write it in USD, or in a row of its own",
            "the heading or title says thousands or more of USD, and this amount is in another currency: write it with its own word, as in \
             “3 thousand USD” or “3 million USD”",
            "other rows have this title too, and differ in what tells such records apart (country); it was taken for a record of its own; \
             where both are one, write the same there",
            "signs that nobody sees were taken out of this row",
            "3 of the list `events` have no place in the register; they were left out",
            "a claim of the type “made up” has no place in the register; it was left out",
            "an entity of the schema Vessel has no place in the register; it was left out",
            "feature 3 of the file has no name; one of its properties must be called name, NAME",
            "it stands nowhere on Earth: coordinates are degrees of longitude and latitude (EPSG:4326)",
            "it is no JSON: expected value at line 1 column 1",
            "this is no ISO 4217 currency; it was taken as USD, of which it is a name",
            "it was read as strictly_confidential before, and stays so",
        ] {
            for language in ["fr", "ar"] {
                let words = said_of_model(&model, &languages.find(language).expect("a language"), text);
                let words = words.unwrap_or_else(|| panic!("{language}: {text}"));
                assert!(!["the ", "confidential", " was "].iter().any(|english| words.contains(english)), "{language}: {words}");
            }
        }
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
