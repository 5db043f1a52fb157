//! What a thing is called, language by language.

use crate::{Language, Languages};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// A name in every language that has one. In a file: `{ en = "Actor", fr = "Acteur", ar = "جهة فاعلة" }`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Label(BTreeMap<Language, String>);

impl Label {
    /// A label that is only there in English.
    pub fn of_english(text: impl Into<String>) -> Label {
        Label::from_iter([(Language::ENGLISH, text.into())])
    }

    /// The name in a language, or else as [`Label::english`] says it.
    pub fn get(&self, language: Language) -> &str {
        self.own(language).unwrap_or_else(|| self.english())
    }

    /// The name in English, or where it has none the first that it has: an office that works in French writes its own in French. Empty
    /// where it is called nothing.
    pub fn english(&self) -> &str {
        self.own(Language::ENGLISH).or_else(|| self.all().next().map(|(_, name)| name)).unwrap_or_default()
    }

    /// The name in a language, if it has one.
    pub fn own(&self, language: Language) -> Option<&str> {
        self.0.get(&language).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// Every name with its language.
    pub fn all(&self) -> impl Iterator<Item = (Language, &str)> {
        self.0.iter().map(|(language, text)| (*language, text.as_str())).filter(|(_, text)| !text.is_empty())
    }

    /// A language in which it has a name and which is none of these: `frr` for `fr` would be shown to nobody.
    pub fn strange(&self, languages: &Languages) -> Option<Language> {
        self.0.keys().copied().find(|language| languages.find(language.code()).is_none())
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

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Label, D::Error> {
        from.deserialize_map(LabelVisitor)
    }
}

/// Reads a label. Where something else stands in its place, it says how a label is written.
struct LabelVisitor;

impl<'de> Visitor<'de> for LabelVisitor {
    type Value = Label;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name by language: { en = \"…\", fr = \"…\" }")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Label, A::Error> {
        let mut names = BTreeMap::new();
        while let Some((language, text)) = map.next_entry::<Language, String>()? {
            names.insert(language, text);
        }
        Ok(Label(names))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_language_lacks_is_said_in_english_or_else_in_the_language_that_there_is() {
        let [en, fr, ar] = ["en", "fr", "ar"].map(|code| code.parse::<Language>().unwrap());
        let both = Label::from_iter([(en, "Pledge"), (fr, "Promesse"), (ar, "")]);
        assert_eq!((both.get(fr), both.get(ar), both.english()), ("Promesse", "Pledge", "Pledge"));
        let french = Label::from_iter([(fr, "Promesse")]);
        assert_eq!((french.get(ar), french.english(), french.own(en)), ("Promesse", "Promesse", None));
        assert_eq!(Label::default().get(fr), "");
    }
}
