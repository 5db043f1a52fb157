//! Which code a text of a sheet most likely means. One is chosen beforehand only where nothing else is as likely: a text of which a
//! word is left over, or that several codes are like, is left open for a person.

use crate::values::folded;
use remit_model::{Code, FieldType, Model, comparable, likeness};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Values of a column for which a code is looked for.
pub const MOST_VALUES: usize = 300;

/// Likeness of two words that are the same one, written otherwise.
const ALIKE: f64 = 0.84;

/// The codes of a list, with their names taken apart once for many texts.
#[derive(Debug)]
pub struct Suggestions<'m> {
    model: &'m Model,
    list: &'m str,
    /// True where a field is told from words, and needs no more than one of its own.
    is_told: bool,
    /// Words before a name that are no part of it, in all languages.
    articles: HashSet<&'m str>,
    codes: Vec<(&'m Code, Vec<CodeName<'m>>)>,
    /// The language of the texts among which one stands, where they tell it.
    language: Option<&'m str>,
}

impl<'m> Suggestions<'m> {
    /// The suggestions for a list; empty where there is no such list.
    pub fn of(model: &'m Model, list: &'m str) -> Suggestions<'m> {
        let codes = model.lists.get(list).map_or(&[][..], |l| l.codes()).iter().filter(|c| c.status != "withdrawn");
        let named = |code: &'m Code| (code, code.label.all().map(|(_, name)| CodeName::of(name)).collect());
        let articles = model.languages.written().iter().flat_map(|w| &w.articles).map(String::as_str).collect();
        Suggestions { model, list, is_told: is_told(model, list), articles, codes: codes.map(named).collect(), language: None }
    }

    /// The same for texts that stand among these: a word of two languages means what it does in theirs.
    #[must_use]
    pub fn among<'t>(self, texts: impl Iterator<Item = &'t str>) -> Suggestions<'m> {
        Suggestions { language: self.model.lists.language_of(self.list, texts), ..self }
    }

    /// The code that a name is of by itself, also where it is the name as the list has it.
    fn code_of_name(&self, name: &str) -> Option<String> {
        let own = self.model.lists.get(self.list).and_then(|list| list.find(name)).map(|code| code.code.clone());
        own.or_else(|| self.code(name))
    }

    /// The code that a text most likely means, where it is not one already: words that mean it, or a name of which it has the words.
    pub fn code(&self, text: &str) -> Option<String> {
        let (model, list) = (self.model, self.list);
        if let Some((code, name)) = numbered(text).filter(|(code, _)| model.lists.has(list, code)) {
            // “4 – Very high”. A number before the name of another code counts the rows.
            return self.code_of_name(name).is_none_or(|other| other == code).then(|| code.to_owned());
        }
        if let Some(code) = meant(model, list, text, self.language).or_else(|| sign(model, list, text)) {
            return Some(code.to_owned());
        }
        if self.is_told
            && let Some(code) = model.lists.told_by(list, text)
        {
            return Some(code.to_owned());
        }
        // Several answers in one cell are no code.
        let asked: Vec<String> = words(text).into_iter().filter(|word| !self.articles.contains(word.as_str())).collect();
        let asked = Some(asked).filter(|words| !words.is_empty() && !text.contains([';', '|', '/']))?;
        let found = self.codes.iter().filter_map(|(code, names)| Some((Fit::of(names, text, &asked)?, *code)));
        let found: Vec<(Fit, &Code)> = found.collect();
        let alike = |f: &(Fit, &Code)| f.0.alike;
        let most = found.iter().map(alike).fold(0.0, f64::max);
        let whole: Vec<&(Fit, &Code)> = found.iter().filter(|f| f.0.is_whole).collect();
        match (&whole[..], &found[..]) {
            ([one], _) if alike(one) >= most => Some(one.1.code.clone()),
            ([], [one]) => Some(one.1.code.clone()),
            _ => None,
        }
    }
}

/// A name of a code.
#[derive(Debug)]
struct CodeName<'m> {
    text: &'m str,
    words: Vec<String>,
    /// Words that tell something: small ones (of, the, de) do not, but for those that tell one from another in brackets: “(U.S.)”.
    telling: usize,
}

impl CodeName<'_> {
    fn of(text: &str) -> CodeName<'_> {
        let own = words(text);
        let aside = words(text.split_once('(').map_or("", |(_, aside)| aside));
        let short = aside.iter().filter(|w| w.chars().count() <= 3 && *w != "the").count();
        CodeName { text, telling: telling(&own) + short, words: own }
    }
}

fn telling(words: &[String]) -> usize {
    words.iter().filter(|w| w.chars().count() > 3).count()
}

/// How a text fits the names of a code.
struct Fit {
    /// How much its words are those of a name: as the least alike of them.
    alike: f64,
    /// True where it has all words of the name.
    is_whole: bool,
}

impl Fit {
    /// None where a word of the text is in no name of the code.
    fn of(names: &[CodeName<'_>], text: &str, asked: &[String]) -> Option<Fit> {
        let fits = names.iter().filter_map(|name| Fit::of_name(name, text, asked));
        fits.max_by(|a, b| a.is_whole.cmp(&b.is_whole).then(a.alike.total_cmp(&b.alike)))
    }

    fn of_name(name: &CodeName<'_>, text: &str, asked: &[String]) -> Option<Fit> {
        // The first letters of a name, or the name in other letters.
        if likeness(name.text, text) == 1.0 {
            return Some(Fit { alike: 1.0, is_whole: true });
        }
        let mut least = 1.0_f64;
        for word in asked {
            let best = name.words.iter().map(|own| word_likeness(own, word)).fold(0.0, f64::max);
            if best < ALIKE {
                return None;
            }
            least = least.min(best);
        }
        Some(Fit { alike: least, is_whole: name.telling == telling(asked) })
    }
}

fn word_likeness(a: &str, b: &str) -> f64 {
    match a == b {
        true => 1.0,
        // Words of which one is much longer are no two spellings of one.
        false if a.chars().count().abs_diff(b.chars().count()) > 3 => 0.0,
        false => likeness(a, b),
    }
}

/// A number that stands before a name, and the name.
fn numbered(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit()).filter(|end| *end > 0)?;
    let (code, rest) = text.split_at(end);
    let rest = rest.trim_start();
    let name = rest.trim_start_matches(|c: char| "-–—:.=()".contains(c) || c.is_whitespace());
    (name.len() < rest.len() && name.starts_with(char::is_alphabetic)).then_some((code, name))
}

fn words(text: &str) -> Vec<String> {
    folded(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// The currency of a sign that only one has.
fn sign<'m>(model: &'m Model, list: &str, text: &str) -> Option<&'m str> {
    let signs = &model.languages.signs().currency;
    let code = Some(list).filter(|l| *l == "currency").and_then(|_| signs.get(text.trim()));
    code.map(String::as_str).filter(|code| model.lists.has(list, code))
}

/// The currency that a name of several means in a country: “FCFA” in Mali.
pub(crate) fn shared_in(model: &Model, list: &str, text: &str, country: &str) -> Option<String> {
    let signs = model.languages.signs();
    let called = comparable(text);
    let mut all = signs.currency.iter().filter(|_| list == "currency");
    let (_, shared) = all.find(|(sign, _)| comparable(sign) == called)?;
    let country = model.lists.get("country")?.find(country)?;
    signs.currency_in(shared, &country.code).map(str::to_owned)
}

/// The code that a text means as a whole: in its language, where that is told.
fn meant<'m>(model: &'m Model, list: &str, text: &str, language: Option<&str>) -> Option<&'m str> {
    language.map_or_else(|| model.lists.means(list, text), |own| model.lists.means_in(list, text, own))
}

/// The codes that the texts of a column mean as a whole, where they are none: “En cours”, “Partially implemented”. A word of two languages
/// means what it does in that of the column.
pub(crate) fn meant_in_column<'t>(model: &Model, list: &str, texts: impl Iterator<Item = &'t str>) -> BTreeMap<String, String> {
    let texts: BTreeSet<&str> = texts.filter(|text| !text.is_empty()).collect();
    let language = model.lists.language_of(list, texts.iter().copied().take(MOST_VALUES));
    let is_open = |text: &&str| model.lists.get(list).is_some_and(|codes| codes.find(text).is_none());
    let with_code = |text: &str| Some((text.to_owned(), meant(model, list, text, language)?.to_owned()));
    texts.into_iter().filter(is_open).filter_map(with_code).collect()
}

/// True for a list of which a field keeps the words beside the code.
fn is_told(model: &Model, list: &str) -> bool {
    let fields = model.register_kinds().flat_map(|kind| &kind.fields);
    fields.filter(|f| f.words.is_some()).any(|f| matches!(&f.kind, FieldType::Code(of) if of == list))
}

#[cfg(test)]
mod tests {
    use super::Suggestions;
    use remit_model::Model;

    #[test]
    fn the_name_of_several_currencies_is_that_of_the_country() {
        let model = Model::load(None).unwrap();
        for (text, country, code) in [
            ("FCFA", "ML", Some("XOF")),
            ("F.CFA", "Mali", Some("XOF")),
            ("francs CFA", "CF", Some("XAF")),
            ("CFA", "KE", None),
            ("$", "ML", None),
        ] {
            assert_eq!(super::shared_in(&model, "currency", text, country).as_deref(), code, "{text} in {country}");
        }
    }

    #[test]
    fn a_code_is_chosen_where_no_word_is_left_over_and_no_other_is_as_like() {
        let model = Model::load(None).unwrap();
        for (list, text, code) in [
            ("country", "Bosnia", Some("BA")),
            ("country", "Tanzania", Some("TZ")),
            ("country", "Somalila", Some("SO")),
            ("country", "Somaliland", None),
            ("country", "S. Sudan", Some("SS")),
            ("country", "Korea", None),
            ("country", "Congo-Kinshasa", Some("CD")),
            ("country", "Dominicana", Some("DO")),
            ("country", "Нігерія", Some("NG")),
            ("country", "Нігер", Some("NE")),
            ("country", "DRC", Some("CD")),
            ("country", "Guinea; Mali", None),
            ("currency", "грн", Some("UAH")),
            ("currency", "€", Some("EUR")),
            ("currency", "£", None),
            ("currency", "FCFA", None),
            ("currency", "shilling", None),
            ("currency", "livre", None),
            ("rank_band", "Lt. Colonel", Some("OF-4")),
            ("rank_band", "Brigadier-chef", None),
            ("rank_band", "Colonel-major", None),
            ("actor_class", "gendarmerie", Some("police")),
            ("actor_class", "شرطة", Some("police")),
        ] {
            assert_eq!(Suggestions::of(&model, list).code(text).as_deref(), code, "{list}: {text}");
        }
    }

    #[test]
    fn states_and_ratings_are_chosen_as_offices_write_them() {
        let model = Model::load(None).unwrap();
        for (list, text, code) in [
            ("reform_status", "Implemented", Some("3")),
            ("reform_status", "Partially implemented", Some("2")),
            ("reform_status", "Partiellement mise en œuvre", Some("2")),
            ("reform_status", "En cours", Some("2")),
            ("reform_status", "En attente", Some("0")),
            ("reform_status", "Non réalisé", Some("0")),
            ("reform_status", "Terminé", Some("3")),
            ("reform_status", "قيد التنفيذ", Some("2")),
            ("reform_status", "لم تبدأ بعد", Some("0")),
            ("reform_status", "En retard", None),
            ("reform_status", "в процесі", Some("2")),
            ("reform_status", "завершено", Some("3")),
            ("reform_status", "أنجز", Some("3")),
            ("reform_status", "بصدد الإنجاز", Some("2")),
            ("reform_status", "لم ينجز", Some("0")),
            ("reform_status", "En voie de réalisation", Some("2")),
            ("reform_status", "скасовано", Some("stopped")),
            ("reform_status", "на паузі", Some("stopped")),
            ("reform_status", "Annulée", Some("stopped")),
            ("law_type", "Projet de loi", Some("law")),
            ("law_type", "Loi organique", Some("law")),
            ("recommendation_reply", "частково прийнято", Some("partly")),
            ("activity_status", "Non démarré", Some("1")),
            ("activity_status", "Abandonné", Some("5")),
            ("activity_status", "معلقة", Some("6")),
            ("law_stage", "En cours d’élaboration", Some("draft")),
            ("strategy_stage", "En cours de mise en œuvre", Some("implementation")),
            ("need_rating", "Moyenne", Some("2")),
            ("need_rating", "Urgent", Some("4")),
            ("need_rating", "عالية", Some("3")),
            ("risk_level", "Moyenne", Some("medium")),
            ("recommendation_reply", "Partiellement acceptée", Some("partly")),
            ("need_rating", "4 – Very high", Some("4")),
            ("need_rating", "2 - moderate", Some("2")),
            ("need_rating", "3 (grave)", Some("3")),
            ("need_rating", "1. High", None),
            ("need_rating", "9 - moderate", None),
            ("need_rating", "2 to 3", None),
        ] {
            assert_eq!(Suggestions::of(&model, list).code(text).as_deref(), code, "{list}: {text}");
        }
    }
}
