//! What the grammar of a language tells where no phrase does: `model/grammar/`, one file a language. The lines are told in its
//! `README.md`.

use crate::{ModelError, ModelFiles};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The little that is known of the grammar of a language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Grammar {
    /// What a purpose begins with that stands at the head of a sentence.
    pub purpose: Vec<String>,
    /// Words for who or what was named just before: "which", "who".
    pub relative: Vec<String>,
    /// Words behind which a verb only says what another is for: "pomogla da se ojača".
    pub that: Vec<String>,
    /// Verbs with which others are in the past: "a formé", "hat ausgebildet".
    pub helpers: Vec<String>,
    /// How these others end, and no further on than how many words.
    pub participles: Participles,
    /// Verbs with which others are to come; and how these end, at the end of the clause, where that is to be asked.
    pub ahead: Ahead,
    /// What stands before the "ge" of a participle.
    pub separable: Vec<String>,
    /// How verbs in the past end.
    pub past: Vec<String>,
    /// How verbs to come end, or begin.
    pub future: Future,
    /// How nouns end that begin or end as verbs do.
    pub nouns: Vec<String>,
    /// Endings that make past what is written like the present but for the accent: "organisé", "apoyó".
    pub accented: Vec<String>,
    /// Words that join what is said: "and".
    pub and: Vec<String>,
    /// The same, where they are written as one with the word behind them.
    pub and_before: Vec<String>,
    /// Behind these stands no verb of the doer.
    pub stops: Vec<String>,
    /// What stands between people and whose they are: "policiers de la mission".
    pub of: Vec<String>,
    /// True where people also stand right behind whose they are: "AMISOM police officers".
    pub of_before: bool,
    /// Words behind which a country is where something is done, and not who does it: "in".
    pub places: Vec<String>,
    /// Articles between a verb and the doer behind it.
    pub articles: Vec<String>,
    /// True where a verb may stand before its doer.
    pub verb_before: bool,
    /// True where sentences begin with their verb.
    pub verb_first: bool,
    /// Words that tell what somebody says: "added that".
    pub said_that: Vec<String>,
    /// Pronouns by which a text goes on about the same body: "it", "they".
    pub oneself: Vec<String>,
    /// What stands in titles of reports.
    pub reports: Vec<String>,
    /// What stands in titles of reports of a visit, and of minutes.
    pub visits: Vec<String>,
    /// Words for the people of a service, each with the word for it that its name has: "gendarmes", "gendarmerie".
    pub people: BTreeMap<String, String>,
    /// Words for institutions, each with how their English names begin: "Innenministerium", "ministry of interior".
    pub institutions: BTreeMap<String, Vec<String>>,
    /// What stands in titles of decisions that give a mandate.
    pub decides: Vec<String>,
    /// Words for a mandate; here and in the next two a star stands for any ending.
    pub mandate: Vec<String>,
    /// Verbs that say how long something lasts: "extend", "expire".
    pub lasts: Vec<String>,
    /// What a decision calls itself where it says until when it applies.
    pub this_decision: Vec<String>,
    /// Words whose point ends no sentence.
    pub abbreviations: Vec<String>,
    /// Months before which the number of a day has a point.
    pub day_point: Vec<String>,
    /// The article that is written as one word with what follows.
    pub article: String,
    /// All that is written as one word with what follows.
    pub prefixes: Vec<String>,
    /// Letters of a second script for those of the phrases.
    pub script: BTreeMap<String, String>,
}

/// How verbs end that stand with a helper.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Participles {
    /// Endings.
    pub endings: Vec<String>,
    /// No further behind the helper than so many words.
    #[serde(default = "anywhere")]
    pub reach: usize,
}

/// Verbs with which others are to come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Ahead {
    /// "will".
    pub verbs: Vec<String>,
    /// How the others end; empty where that is not asked.
    pub endings: Vec<String>,
    /// True where the other stands right behind the verb, not at the end of the clause: French "compte étendre".
    pub near: bool,
}

/// How verbs to come are written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Future {
    /// How they end.
    pub endings: Vec<String>,
    /// How they begin.
    pub beginnings: Vec<String>,
}

fn anywhere() -> usize {
    usize::MAX
}

impl Default for Participles {
    fn default() -> Self {
        Participles { endings: Vec::new(), reach: anywhere() }
    }
}

/// The languages in which documents are read.
#[derive(Debug, Clone, Default)]
pub struct Grammars(BTreeMap<String, Arc<Grammar>>);

impl Grammars {
    pub(crate) fn load(files: &ModelFiles) -> Result<Grammars, ModelError> {
        let mut all = BTreeMap::new();
        for file in files.texts("grammar/", ".toml") {
            let (key, shown, text) = file?;
            let language = key.trim_start_matches("grammar/").trim_end_matches(".toml");
            let grammar: Grammar = toml::from_str(text).map_err(|e| ModelError::toml(shown, text, &e))?;
            all.insert(language.to_owned(), Arc::new(grammar));
        }
        Ok(Grammars(all))
    }

    /// That of a language; none where nothing is read in it.
    pub fn of(&self, language: &str) -> Option<&Arc<Grammar>> {
        self.0.get(language)
    }

    /// All of them, by language.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Arc<Grammar>)> {
        self.0.iter().map(|(language, grammar)| (language.as_str(), grammar))
    }
}

#[cfg(test)]
mod tests {
    use crate::{Model, ModelFiles};

    #[test]
    fn a_line_that_no_grammar_has_is_told_with_its_place() {
        let mut files = ModelFiles::built_in();
        files.insert("grammar/pt.toml", "purpose = [\"para \"]\npurposes = []\n");
        let wrong = Model::from_files(&files).expect_err("no such line").to_string();
        assert!(wrong.starts_with("model/grammar/pt.toml:2: unknown field `purposes`"), "{wrong}");
    }

    #[test]
    fn every_language_of_the_lexicon_has_a_grammar() {
        let model = Model::load(None).expect("the model");
        for entry in model.lexicon.entries.iter().filter(|e| !e.language.is_empty()) {
            assert!(model.grammars.of(&entry.language).is_some(), "{} of {}: {}", entry.phrase, entry.list, entry.language);
        }
    }
}
