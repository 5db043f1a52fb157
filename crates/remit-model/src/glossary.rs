//! What the terms of the field mean, one file: `model/glossary.toml`.

use crate::{Label, ModelError, ModelFiles};
use serde::Deserialize;
use std::collections::HashSet;

/// A term with what it means.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Its name in addresses.
    pub code: String,
    /// Its name to show.
    pub name: Label,
    /// What it means.
    pub meaning: Label,
    /// Names of columns, fields and questions that use it.
    #[serde(default)]
    pub used: Vec<String>,
}

/// The terms, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Glossary {
    #[serde(default, rename = "term")]
    terms: Vec<Term>,
}

impl Glossary {
    pub(crate) fn load(files: &ModelFiles) -> Result<Glossary, ModelError> {
        let (shown, bytes) = files.bytes("glossary.toml")?;
        let text = std::str::from_utf8(bytes).map_err(|e| ModelError::new(shown, 0, format!("is not UTF-8 text ({e})")))?;
        let glossary: Glossary = toml::from_str(text).map_err(|e| ModelError::toml(shown, text, &e))?;
        let mut seen = HashSet::new();
        for term in &glossary.terms {
            if !seen.insert(&term.code) {
                let at = text.lines().enumerate().filter(|(_, l)| *l == format!("code = \"{}\"", term.code)).last();
                let line = at.map_or(0, |(n, _)| n + 1);
                return Err(ModelError::new(shown, line, format!("term `{}` is there twice", term.code)));
            }
        }
        Ok(glossary)
    }

    /// All terms.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The term that a column, field or question uses.
    pub fn used_by(&self, name: &str) -> Option<&Term> {
        self.terms.iter().find(|t| t.code == name || t.used.iter().any(|u| u == name))
    }
}

#[cfg(test)]
mod tests {
    use crate::Model;

    #[test]
    fn every_term_is_named_and_told_in_every_complete_language() {
        let model = Model::load(None).expect("the model is right");
        assert!(model.glossary.terms().len() > 20);
        for term in model.glossary.terms() {
            for locale in model.languages.all().filter(|l| l.complete) {
                for label in [&term.name, &term.meaning] {
                    assert!(label.own(locale.language).is_some(), "{} in {}", term.code, locale.language);
                }
            }
        }
        assert_eq!(model.glossary.used_by("cliffs").map(|t| t.code.as_str()), Some("cliff"));
    }
}
