//! Which questions stand on the page of a record: `questions/dossier.toml`, or a workspace's own.

use crate::files::{BuiltInQuestions, Own};
use crate::page_file::PageFile;
use crate::{AskError, Question};
use remit_model::{Label, Model, told_of_toml};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The file.
const NAME: &str = "dossier.toml";

/// The sections of the page of a record.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dossier {
    #[serde(default)]
    section: Vec<DossierSection>,
    #[serde(skip)]
    file: PageFile,
}

/// A question with the first rows of its answer.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DossierSection {
    /// The question.
    pub question: String,
    /// What it is called here; the title of the question where nothing is said.
    #[serde(default)]
    pub title: Label,
    #[serde(default)]
    given: BTreeMap<String, String>,
    /// The columns that are shown; no table where none is named.
    #[serde(default)]
    pub columns: Vec<String>,
    /// So many rows at most, where the page shows more of it than of others.
    #[serde(default)]
    pub most: Option<usize>,
    /// The column that adds up to the number of the section; the number of rows where it is empty.
    #[serde(default)]
    pub total: String,
    /// True where its pictures stand here too.
    #[serde(default)]
    pub pictures: bool,
    /// The kinds on whose records it stands.
    #[serde(default)]
    kind: Vec<String>,
    /// The classes of actors on which it stands; all where none is named.
    #[serde(default)]
    class: Vec<String>,
    /// The classes of actors on which it does not.
    #[serde(default)]
    not_class: Vec<String>,
    /// True where it is for who may write: it lists what somebody may record.
    #[serde(default)]
    pub for_writers: bool,
    /// What it tells of, as KIND.FIELD: the page of a record needs no other table of what refers to the record so.
    #[serde(default)]
    pub tells: Vec<String>,
}

impl DossierSection {
    /// What the question is asked for: the values of the file, in which a name in braces stands for what the page knows of it.
    /// None where it knows nothing of one: without it the question would be another.
    pub fn parameters<'a>(&'a self, known: impl Fn(&str) -> &'a str) -> Option<Vec<(&'a str, &'a str)>> {
        let value = |said: &'a str| match said.strip_prefix('{').and_then(|s| s.strip_suffix('}')) {
            Some(name) => Some(known(name)).filter(|value| !value.is_empty()),
            None => Some(said),
        };
        self.given.iter().map(|(name, said)| Some((name.as_str(), value(said)?))).collect()
    }

    /// True where it stands on the page of a record of this kind and, of an actor, this class.
    pub fn is_on(&self, kind: &str, class: &str) -> bool {
        let class_fits = self.class.is_empty() || self.class.iter().any(|c| c == class);
        self.kind.iter().any(|k| k == kind) && class_fits && !self.not_class.iter().any(|c| c == class)
    }
}

impl Dossier {
    /// The sections of a workspace.
    ///
    /// # Errors
    /// When the file is wrong.
    pub(crate) fn load(own: &Own) -> Result<Dossier, AskError> {
        let (file, text) = match own.file(NAME)? {
            Some(own) => own,
            None => {
                let built_in = BuiltInQuestions::get(NAME).map(|f| String::from_utf8_lossy(&f.data).into_owned());
                (format!("questions/{NAME}"), built_in.unwrap_or_default())
            }
        };
        let dossier: Dossier = toml::from_str(&text).map_err(|e| {
            let line = e.span().map_or(0, |s| text[..s.start].matches('\n').count() + 1);
            AskError::File { file: file.clone(), line, message: told_of_toml(e.message()) }
        })?;
        Ok(Dossier { file: PageFile { file, text }, ..dossier })
    }

    /// All of them, in their order.
    pub fn all(&self) -> &[DossierSection] {
        &self.section
    }

    /// The sections whose question is not there.
    pub(crate) fn faults_of_questions(&self, known: impl Fn(&str) -> bool) -> Vec<AskError> {
        self.file.unknown(self.section.iter().map(|s| &s.question), known)
    }

    /// What is wrong with the sections of a question, told the columns of its answer.
    pub(crate) fn faults(&self, question: &Question, columns: &[String]) -> Vec<AskError> {
        let sections = self.section.iter().filter(|s| s.question == question.name);
        let missing = sections.flat_map(|section| {
            let total = Some(&section.total).filter(|t| !t.is_empty());
            self.file.missing(question, columns, section.columns.iter().chain(total), section.given.keys())
        });
        missing.collect()
    }

    /// What is wrong with the kinds and classes that they name.
    pub(crate) fn faults_of_kinds(&self, model: &Model) -> Vec<AskError> {
        let mut faults = Vec::new();
        for section in &self.section {
            let question = &section.question;
            let mut fault = |word: &str, wrong: &str| {
                faults.push(self.file.fault(&[question, word], format!("`{question}` {wrong}")));
            };
            for kind in section.kind.iter().filter(|k| model.kind(k).is_none()) {
                fault(kind, &format!("names the kind `{kind}`, which is not there"));
            }
            for told in section.tells.iter().filter(|t| !is_field(model, t)) {
                fault(told, &format!("tells of `{told}`, which is no KIND.FIELD"));
            }
            for class in section.class.iter().chain(&section.not_class).filter(|c| !model.lists.has("actor_class", c)) {
                fault(class, &format!("names `{class}`, which is no class of actor"));
            }
        }
        faults
    }
}

/// True for a kind and one of its fields: `posting.actor`.
fn is_field(model: &Model, name: &str) -> bool {
    name.split_once('.').is_some_and(|(kind, field)| model.kind(kind).is_some_and(|k| k.field(field).is_some()))
}
