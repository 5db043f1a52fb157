//! What the grammar of a language tells where no phrase does: the tense of a verb that the lexicon does not know, by its ending
//! and where it stands; what a sentence is for; what is said of somebody else in passing. What is known of a language is data:
//! `model/grammar/`.

use super::countries::Countries;
use super::proposal::Says;
use remit_model::{Grammar as Known, Model};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is known of the grammar of a language, and what follows from it.
#[derive(Debug)]
pub(super) struct ReadingGrammar(Arc<Known>);

/// Between a doer and its verb stand no more words.
const NEAR: usize = 3;
/// Shorter words are no verbs whose ending tells.
const VERB: usize = 4;
/// What parts of a sentence end with.
const PARTS: [char; 7] = [',', ';', ':', '.', '(', '،', '؛'];
/// Who says something stands no further behind the words that tell so, when it is said of who says it.
const ONESELF: usize = 2;

impl ReadingGrammar {
    /// That of a language.
    pub(super) fn of(model: &Model, language: &str) -> ReadingGrammar {
        ReadingGrammar(model.grammars.of(language).cloned().unwrap_or_default())
    }

    /// What a language calls the institutions of a register, besides by their names, country by country: see [`ReadingGrammar::called`].
    pub(super) fn called_in(&self, register: &[(String, String)], countries: &Countries) -> Vec<(String, String)> {
        // Whom missions and organisations are called after is none of their people: INTERPOL has “police” in its name.
        let is_listed = |record: &str| ["mission/", "organisation/"].iter().any(|list| record.starts_with(list));
        let mut by_country: BTreeMap<&str, Vec<(&String, String)>> = BTreeMap::new();
        for (record, name) in register.iter().filter(|(record, _)| !is_listed(record)) {
            by_country.entry(countries.of(record)).or_default().push((record, remit_model::folded(name)));
        }
        by_country.values().flat_map(|named| self.called(named)).collect()
    }

    /// Words for the people of a service (“gendarmes”) as names of the only record that is called after it: whose name begins with the
    /// word for it, else has it. And words for an institution (“Innenministerium”) as names of the only one that is called so elsewhere.
    fn called(&self, named: &[(&String, String)]) -> Vec<(String, String)> {
        let of = |(people, service): (&String, &String)| {
            let service = remit_model::folded(service);
            let begins = named.iter().filter(|(_, name)| words(name).next() == Some(service.as_str()));
            let has = named.iter().filter(|(_, name)| words(name).any(|word| word == service));
            let record = only(begins.map(|(record, _)| *record)).or_else(|| only(has.map(|(record, _)| *record)))?;
            Some((record.clone(), people.clone()))
        };
        // “Parliament of Iraq” is the parliament, “Parliament Committee on Defence” only where there is no other.
        let institution = |(words, names): (&String, &Vec<String>)| {
            let rest = |name: &String| names.iter().find_map(|begins| name.strip_prefix(begins.as_str()).map(str::to_owned));
            let begins: Vec<(&String, String)> = named.iter().filter_map(|(record, name)| Some((*record, rest(name)?))).collect();
            let alone = begins.iter().filter(|(_, rest)| rest.is_empty() || rest.starts_with(" of "));
            let all = begins.iter().filter(|(_, rest)| !rest.starts_with(char::is_alphanumeric));
            let record = only(alone.map(|(record, _)| *record)).or_else(|| only(all.map(|(record, _)| *record)))?;
            Some((record.clone(), words.clone()))
        };
        self.0.people.iter().filter_map(of).chain(self.0.institutions.iter().filter_map(institution)).collect()
    }

    /// True where sentences begin with their verb.
    pub(super) fn verb_first(&self) -> bool {
        self.0.verb_first
    }

    /// True for a word behind which a country is a place: "in".
    pub(super) fn is_place(&self, word: &str) -> bool {
        is_one(&word.to_lowercase(), &self.0.places)
    }

    /// True for what is no word between two others but an article.
    pub(super) fn is_article(&self, text: &str) -> bool {
        text.is_empty() || text == self.0.article
    }

    /// True for what stands between two that are named together: "and".
    pub(super) fn is_and(&self, between: &str) -> bool {
        let mut words = words(between);
        let joins = |word: &str| is_one(word, &self.0.and) || self.0.and_before.iter().any(|and| word == and);
        words.next().is_some_and(joins) && words.all(|word| self.is_link(word)) && !between.contains(PARTS)
    }

    /// True for what stands between "together with" and who is: an article at most.
    pub(super) fn is_only_article(&self, between: &str) -> bool {
        words(between).all(|word| self.is_link(word)) && !between.contains(PARTS)
    }

    /// Whether a sentence says that a mandate lasts (“extends the mandate”), and whether that the decision itself does (“this decision
    /// shall apply”).
    pub(super) fn lasting(&self, sentence: &str) -> (bool, bool) {
        let folded = remit_model::folded(sentence);
        let text: Vec<&str> = words(&folded).collect();
        let has = |phrases: &[String]| phrases.iter().any(|phrase| has_phrase(&text, phrase));
        let lasts = has(&self.0.lasts);
        (lasts && has(&self.0.mandate), lasts && has(&self.0.this_decision))
    }

    /// Where a text goes on behind the last word for a mandate.
    pub(super) fn behind_mandate(&self, text: &str) -> Option<usize> {
        let is_end = |c: char| !c.is_alphanumeric();
        let is_mandate = |word: &str| self.0.mandate.iter().any(|known| has_phrase(&[&remit_model::folded(word)], known));
        let mut behind = 0;
        let mut last = None;
        for word in text.split_inclusive(is_end) {
            behind += word.len();
            if is_mandate(word.trim_end_matches(is_end)) {
                last = Some(behind);
            }
        }
        last
    }

    /// True for an article, in the languages that write it alone.
    fn is_link(&self, word: &str) -> bool {
        is_one(word, &self.0.articles)
    }

    /// True for a sentence that begins with what is done for.
    pub(super) fn begins_with_purpose(&self, sentence: &str) -> bool {
        let begins = |word: &String| {
            let mut letters = sentence.chars().flat_map(char::to_lowercase);
            word.chars().all(|c| letters.next() == Some(c))
        };
        self.0.purpose.iter().any(begins)
    }

    /// True where a text ends in words behind which a verb only says what another is for.
    pub(super) fn ends_in_that(&self, before: &str) -> bool {
        let before = before.trim_end();
        let ends = |that: &String| before.strip_suffix(that.as_str()).is_some_and(|rest| rest.ends_with(' '));
        self.0.that.iter().any(ends)
    }

    /// True where a text ends in a word for who was named just before.
    pub(super) fn ends_in_relative(&self, before: &str) -> bool {
        let mut words = before.trim_end().rsplit(|c: char| !c.is_alphabetic()).skip_while(|w| is_one(w, &self.0.helpers));
        words.next().is_some_and(|last| is_one(last, &self.0.relative))
    }

    /// True for what goes on behind a name with a word for who that was: ", which trains". Without a comma an article is none.
    pub(super) fn begins_with_relative(&self, behind: &str) -> bool {
        let has_comma = behind.trim_start().starts_with([',', '،']);
        let first = words(behind).next().map(str::to_lowercase);
        first.is_some_and(|word| is_one(&word, &self.0.relative) && (has_comma || !self.is_link(&word)))
    }

    /// A word without the article that is written as one with it.
    pub(super) fn without_article<'w>(&self, word: &'w str) -> &'w str {
        word.strip_prefix(self.0.article.as_str()).unwrap_or(word)
    }

    /// How a phrase of mode is meant as it is written: an accent makes its verb past ("contribué à"), and what is past by its accent
    /// is not without ("programme").
    pub(super) fn as_written(&self, phrase: &str, text: &str, says: Says) -> Says {
        let first = |t: &str| t.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
        let (phrase, written) = (first(phrase), first(text));
        let is_past = |word: &str| ends(word, &self.0.accented);
        match says {
            Says::Ongoing if is_past(&written) && !is_past(&phrase) => Says::Done,
            _ if is_past(&phrase) && !written.starts_with(&phrase) && !text.starts_with(char::is_uppercase) => Says::Untold,
            _ => says,
        }
    }

    /// True where what stands behind the last words that tell what somebody says is said of another.
    pub(super) fn tells_of_another(&self, said: &str) -> bool {
        let first: Vec<String> = words(said).take(ONESELF).map(str::to_lowercase).collect();
        !first.iter().any(|word| is_one(word, &self.0.oneself))
    }

    /// Where the last words end that tell what somebody says: "added that".
    pub(super) fn behind_said(&self, text: &str) -> Option<usize> {
        self.0.said_that.iter().filter_map(|words| Some(text.rfind(words.as_str())? + words.len())).max()
    }

    /// True where what stands between people and somebody behind them says that they are his: "policiers de la mission".
    pub(super) fn is_of(&self, between: &str) -> bool {
        let between = between.trim_matches([' ', '’', '\'']).to_lowercase();
        is_one(&between, &self.0.of)
    }

    /// True where what stands between somebody and people behind him says that they are his: "AMISOM police officers".
    pub(super) fn is_of_before(&self, between: &str) -> bool {
        self.0.of_before && between.trim_matches([' ', '-']).is_empty()
    }

    /// True where what stands between two words parts what they say.
    pub(super) fn parts(&self, between: &str) -> bool {
        between.contains([',', ';', ':', '،', '؛', '–', '—', '(']) || self.goes_on(between)
    }

    /// True where something else is said behind an "and".
    pub(super) fn goes_on(&self, between: &str) -> bool {
        let joins = |word: &str| is_one(word, &self.0.and) || self.0.and_before.iter().any(|and| word.starts_with(and.as_str()));
        words(between).any(joins)
    }

    /// What the form of a verb tells, by the words before its doer and behind it; nothing where it tells nothing.
    pub(super) fn tense(&self, before: &str, behind: &str) -> Says {
        let clause = behind_insertion(behind_brackets(behind)).split(PARTS).next().unwrap_or_default();
        let words: Vec<&str> = words(clause).collect();
        for (n, word) in words.iter().take(NEAR).enumerate() {
            let small = word.to_lowercase();
            if is_one(&small, &self.0.helpers) {
                let others = &self.0.participles;
                let is_done = |w: &&str| w.starts_with(char::is_lowercase) && ends(w, &others.endings);
                return if words[n + 1..].iter().take(others.reach).any(is_done) { Says::Done } else { Says::Untold };
            }
            if is_one(&small, &self.0.ahead.verbs) {
                let other = if self.0.ahead.near { self.next_verb(&words[n + 1..]) } else { words.last().copied() };
                let is_ahead = self.0.ahead.endings.is_empty() || other.is_some_and(|w| self.is_infinitive(w));
                return if is_ahead { Says::Plan } else { Says::Untold };
            }
            if is_one(&small, &self.0.stops) {
                break;
            }
            let told = self.form(word);
            if told != Says::Untold {
                return told;
            }
        }
        let before = if self.0.verb_before { self.word_before(before) } else { None };
        before.map_or(Says::Untold, |word| self.form(word))
    }

    /// The word behind a verb that another may follow: "compte étendre", "va a ampliar".
    fn next_verb<'w>(&self, words: &[&'w str]) -> Option<&'w str> {
        words.iter().copied().find(|w| !is_one(w, &self.0.stops))
    }

    /// "vorlegen", but neither "vorgelegt" nor "geholfen".
    fn is_infinitive(&self, word: &str) -> bool {
        let separable = &self.0.separable;
        let of_past = |w: &str| w.starts_with("ge");
        let past = !separable.is_empty() && of_past(word)
            || separable.iter().any(|s| word.strip_prefix(s.as_str()).is_some_and(of_past));
        word.starts_with(char::is_lowercase) && ends(word, &self.0.ahead.endings) && !past
    }

    fn form(&self, word: &str) -> Says {
        let future = &self.0.future;
        let is_noun = word.starts_with(char::is_uppercase) || ends(word, &self.0.nouns);
        if word.chars().count() < VERB || is_noun {
            return Says::Untold;
        }
        if ends(word, &future.endings) || future.beginnings.iter().any(|b| word.starts_with(b.as_str())) {
            return Says::Plan;
        }
        if ends(word, &self.0.past) { Says::Done } else { Says::Untold }
    }

    /// The last word before a doer that is no article of it.
    fn word_before<'t>(&self, text: &'t str) -> Option<&'t str> {
        let clause = text.rsplit([',', ';', ':', '.', '،', '؛']).next()?;
        words(clause).filter(|w| !is_one(w, &self.0.articles)).last()
    }
}

/// The only record, by however many names.
fn only<'r>(mut records: impl Iterator<Item = &'r String>) -> Option<&'r String> {
    let first = records.next()?;
    records.all(|other| other == first).then_some(first)
}

fn is_one(word: &str, of: &[String]) -> bool {
    of.iter().any(|one| one == word)
}

fn ends(word: &str, endings: &[String]) -> bool {
    endings.iter().any(|ending| word.len() > ending.len() && word.ends_with(ending.as_str()))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

/// True where folded words have those of a phrase side by side; one that ends in a star has any ending.
fn has_phrase(text: &[&str], phrase: &str) -> bool {
    let wanted = remit_model::folded(phrase.trim_end_matches('*'));
    let wanted: Vec<&str> = words(&wanted).collect();
    let Some((last, before)) = wanted.split_last() else { return false };
    let ends = |word: &str| word == *last || phrase.ends_with('*') && word.starts_with(*last);
    text.windows(wanted.len()).any(|words| words.starts_with(before) && ends(words[before.len()]))
}

/// A text without what is put in between two commas before its verb: ", beside its other work, verified".
fn behind_insertion(text: &str) -> &str {
    let inner = text.trim_start().strip_prefix([',', '،']);
    inner.and_then(|t| t.split_once([',', '،'])).map_or(text, |(_, rest)| rest)
}

/// A text without the brackets that it begins with: "(EUAM) advised".
fn behind_brackets(text: &str) -> &str {
    let inner = text.trim_start().strip_prefix('(');
    inner.and_then(|t| t.split_once(')')).map_or(text, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::LazyLock;

    static MODEL: LazyLock<Model> = LazyLock::new(|| Model::load(None).expect("the model"));

    fn of(language: &str) -> ReadingGrammar {
        ReadingGrammar::of(&MODEL, language)
    }

    #[test]
    fn the_form_of_a_verb_tells_when() {
        for (language, before, behind, told) in [
            ("en", "", " spearheaded the reform", Says::Done),
            ("en", "", " (EUAM) also spearheaded the reform", Says::Done),
            ("en", "", " is located in the capital", Says::Untold),
            ("en", "", " and trained officers", Says::Untold),
            ("en", "", ", beside its other work, spearheaded the reform", Says::Done),
            ("es", "", ", además de la formación, acompañará la reforma", Says::Plan),
            ("en", "", " will spearhead the reform", Says::Plan),
            ("sr", "", " će predvoditi reformu", Says::Plan),
            ("fr", "", " a ensuite piloté la réforme", Says::Done),
            ("fr", "", " compte étendre la réforme à la capitale", Says::Plan),
            ("fr", "", " va relancer la réforme", Says::Plan),
            ("fr", "", " compte vingt policiers", Says::Untold),
            ("es", "", " va a gestionar la reforma", Says::Plan),
            ("es", "", " piensa ampliar la formación", Says::Plan),
            ("fr", "", " accompagnera la réforme", Says::Plan),
            ("es", "", " lideró la reforma", Says::Done),
            ("es", "", " acompañará la reforma", Says::Plan),
            ("de", "Im Mai begutachtete die ", " die Pläne", Says::Done),
            ("de", "Die ", " hat die Reform vorangetrieben", Says::Done),
            ("de", "Die ", " hat 30 Berater", Says::Untold),
            ("de", "Die ", " wird in Kürze einen Bericht vorlegen", Says::Plan),
            ("de", "Die ", " wird von allen geschätzt", Says::Untold),
            ("ar", "قادت ", " إصلاح الشرطة", Says::Done),
            ("ar", "سترافق ", " إصلاح الشرطة", Says::Plan),
            ("ar", "نظم ", " دورات", Says::Untold),
            ("ar", "خبراء ", " وقسم سيادة القانون", Says::Untold),
            ("uk", "", " очолила реформу", Says::Done),
            ("uk", "", " супроводжуватиме реформу", Says::Plan),
            ("sr", "", " je u maju predvodila reformu", Says::Done),
            ("sr", "", " је предводила реформу", Says::Done),
            ("sr", "", " je spremna za reformu", Says::Untold),
        ] {
            assert_eq!(of(language).tense(before, behind), told, "{language}: {before}… {behind}");
        }
    }

    #[test]
    fn purposes_and_relatives_are_told_by_a_word() {
        assert!(of("en").begins_with_purpose("To support the police, it trained."));
        assert!(!of("en").begins_with_purpose("Today it trained."));
        assert!(of("de").begins_with_purpose("Um die Polizei zu stärken, berät sie."));
        assert!(of("fr").ends_in_relative("le ministère, qui "));
        assert!(!of("fr").ends_in_relative("le ministère "));
        assert!(of("fr").begins_with_relative(", qui forme"));
        assert!(!of("fr").begins_with_relative(" et la mission, qui forme"));
    }

    #[test]
    fn what_lasts_is_a_mandate_or_the_decision_itself() {
        for (language, sentence, told) in [
            ("en", "Decides to extend the present mandate of UNIFIL until 31 July 1993", (true, false)),
            ("en", "This Decision shall apply until 31 May 2027.", (false, true)),
            ("en", "Requests a report on the mandate by 31 May 2027", (false, false)),
            ("fr", "Décide de proroger jusqu’au 31 octobre 2026 le mandat de la MANUSOM", (true, false)),
            ("fr", "La présente décision est applicable jusqu’au 31 mai 2027.", (false, true)),
            ("ar", "يقرر تمديد ولاية البعثة حتى 31 تشرين الأول/أكتوبر 2026", (true, false)),
            ("es", "Decide prorrogar el mandato de la Misión hasta el 31 de octubre de 2026", (true, false)),
            ("de", "Das Mandat der Mission wird bis zum 31. Oktober 2026 verlängert.", (true, false)),
            ("uk", "Мандат Місії продовжується до 31 жовтня 2026 року", (true, false)),
            ("sr", "Mandat Misije se produžava do 31. oktobra 2026.", (true, false)),
            ("sr", "Мандат Мисије се продужава до 31. октобра 2026.", (true, false)),
        ] {
            assert_eq!(of(language).lasting(sentence), told, "{sentence}");
        }
    }

    #[test]
    fn an_accent_tells_the_past() {
        for (phrase, text, says, told) in [
            ("contribue à", "contribué à", Says::Ongoing, Says::Done),
            ("contribue à", "contribue à", Says::Ongoing, Says::Ongoing),
            ("programmé*", "programme", Says::Plan, Says::Untold),
            ("programmé*", "programmées", Says::Plan, Says::Plan),
            ("programmé*", "PROGRAMME", Says::Plan, Says::Plan),
        ] {
            assert_eq!(of("fr").as_written(phrase, text, says), told, "{text}");
        }
    }

    #[test]
    fn what_is_said_is_of_who_says_it_or_of_another() {
        let english = of("en");
        let text = "explained that it trains the police";
        let said = &text[english.behind_said(text).expect("it says so")..];
        assert!(!english.tells_of_another(said), "{said}");
        assert!(english.tells_of_another(" the borders run through deserts"));
        assert_eq!(english.behind_said("trains the police"), None);
    }
}
