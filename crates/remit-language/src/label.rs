//! What a thing is called, language by language.

use crate::Language;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A name in every language that has one. In a file: `{ en = "Actor", fr = "Acteur", ar = "جهة فاعلة" }`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Label(BTreeMap<Language, String>);

impl Label {
    /// A label that is only there in English.
    pub fn of_english(text: impl Into<String>) -> Label {
        Label::from_iter([(Language::ENGLISH, text.into())])
    }

    /// The name in a language, or in English where it has none; empty where it has neither.
    pub fn get(&self, language: Language) -> &str {
        self.own(language).unwrap_or_else(|| self.english())
    }

    /// The name in English; empty where there is none.
    pub fn english(&self) -> &str {
        self.own(Language::ENGLISH).unwrap_or_default()
    }

    /// The name in a language, if it has one.
    pub fn own(&self, language: Language) -> Option<&str> {
        self.0.get(&language).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// Every name with its language.
    pub fn all(&self) -> impl Iterator<Item = (Language, &str)> {
        self.0.iter().map(|(language, text)| (*language, text.as_str())).filter(|(_, text)| !text.is_empty())
    }

    /// True where it is called nothing in any language.
    pub fn is_empty(&self) -> bool {
        self.all().next().is_none()
    }
}

impl<T: Into<String>> FromIterator<(Language, T)> for Label {
    fn from_iter<I: IntoIterator<Item = (Language, T)>>(names: I) -> Self {
        Label(names.into_iter().map(|(language, text)| (language, text.into())).collect())
    }
}
