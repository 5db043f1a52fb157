//! An answer: rows, and all that is needed to say what they are.

use crate::{AskError, Question, Questions};
use remit_model::Locale;
use remit_sheet::Output;
use remit_store::{AsOf, Reader, Table, Workspace};
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// The rows of a question for its parameters and an as-of.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The question.
    pub question: Question,
    /// Every parameter with its value.
    pub parameters: Vec<(String, String)>,
    /// What was visible.
    pub as_of: AsOf,
    /// The rows.
    pub table: Table,
}

impl Answer {
    /// Asks a question by its name.
    ///
    /// # Errors
    /// When there is no such question or parameter, or a value is none.
    pub fn ask(
        workspace: &Workspace,
        questions: &Questions,
        reader: &Reader,
        name: &str,
        given: &[(String, String)],
    ) -> Result<Answer, AskError> {
        let question = questions.get(name)?.clone();
        let parameters = question.parameters_from(workspace.model(), given)?;
        let table = question.rows(reader, &parameters)?;
        Ok(Answer { question, parameters, as_of: reader.as_of().clone(), table })
    }

    /// The answers that stand below this one: those of its `below`, for the parameters that they share.
    ///
    /// # Errors
    /// As [`Answer::ask`].
    pub fn below(&self, workspace: &Workspace, questions: &Questions, reader: &Reader) -> Result<Vec<Answer>, AskError> {
        let shared = |q: &Question| -> Vec<(String, String)> {
            self.parameters.iter().filter(|(n, _)| q.parameters.iter().any(|p| p.name == *n)).cloned().collect()
        };
        self.question
            .below
            .iter()
            .map(|name| Answer::ask(workspace, questions, reader, name, &shared(questions.get(name)?)))
            .collect()
    }

    /// The rows, as a type whose fields are the columns that it reads.
    ///
    /// # Errors
    /// When the question has no such column, or a value of another type: see [`Table::rows_as`].
    pub fn rows_as<T: DeserializeOwned>(&self) -> Result<Vec<T>, AskError> {
        self.table.rows_as().map_err(|e| self.question.fault(0, e))
    }

    /// What is to be written of it, with the answers that stand below it.
    pub fn output<'a>(&'a self, below: &'a [Answer], locale: &Arc<Locale>) -> Output<'a> {
        Output {
            name: self.question.name.clone(),
            title: self.question.title.clone(),
            rule: self.question.rule.clone(),
            as_of: self.as_of.clone(),
            parameters: self.parameters.clone(),
            table: &self.table,
            below: below.iter().map(|answer| answer.output(&[], locale)).collect(),
            locale: locale.clone(),
        }
    }

    /// The value of a parameter; empty where it is not set.
    pub fn parameter(&self, name: &str) -> &str {
        self.parameters.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }
}
