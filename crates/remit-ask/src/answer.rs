//! An answer: rows, and all that is needed to say what they are.

use crate::{AskError, CellWords, Parameter, Question, Questions, Voice};
use remit_model::Model;
use remit_sheet::Output;
use remit_store::{AsOf, Cell, Reader, Table, Workspace};
use serde::de::DeserializeOwned;

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
        let (question, parameters) = meant(workspace, questions, reader, name, given)?;
        let table = question.rows(reader, &parameters)?;
        Ok(Answer { question, parameters, as_of: reader.as_of().clone(), table })
    }

    /// Asks for the first rows of an answer; returns how many it has in all.
    ///
    /// # Errors
    /// As [`Answer::ask`].
    pub fn begin(
        workspace: &Workspace,
        questions: &Questions,
        reader: &Reader,
        name: &str,
        given: &[(String, String)],
        most: usize,
    ) -> Result<(Answer, usize), AskError> {
        let (question, parameters) = meant(workspace, questions, reader, name, given)?;
        let (table, count) = question.first_rows(reader, &parameters, most)?;
        Ok((Answer { question, parameters, as_of: reader.as_of().clone(), table }, count))
    }

    /// True where the money of rows may be added up: none of them stands for what another has.
    pub fn adds_up(&self, rows: impl IntoIterator<Item = usize>) -> bool {
        let Some(at) = self.question.overlapping.as_ref().and_then(|column| self.table.column(column)) else { return true };
        let mut values = rows.into_iter().map(|row| &self.table.rows[row][at]);
        let first = values.next();
        values.all(|value| Some(value) == first)
    }

    /// True where it shows what looks are noted of: the question says so, or a row is about a record of such a kind.
    pub fn is_noted(&self, model: &Model) -> bool {
        let is_of_noted = |cell: &Cell| cell.text().and_then(|name| model.kind(name)).is_some_and(|kind| kind.noted);
        self.question.noted || self.table.column("kind").is_some_and(|at| self.table.rows.iter().any(|row| is_of_noted(&row[at])))
    }

    /// The answers that stand below this one: those of its `below`, for the parameters that they share.
    ///
    /// # Errors
    /// As [`Answer::ask`].
    pub fn below(&self, workspace: &Workspace, questions: &Questions, reader: &Reader) -> Result<Vec<Answer>, AskError> {
        self.others(&self.question.below, workspace, questions, reader)
    }

    /// Where this answer has no rows: those that do of its `instead`, for the parameters that they share.
    ///
    /// # Errors
    /// As [`Answer::ask`].
    pub fn instead(&self, workspace: &Workspace, questions: &Questions, reader: &Reader) -> Result<Vec<Answer>, AskError> {
        if !self.table.rows.is_empty() {
            return Ok(Vec::new());
        }
        let mut others = self.others(&self.question.instead, workspace, questions, reader)?;
        others.retain(|other| !other.table.rows.is_empty());
        Ok(others)
    }

    fn others(
        &self,
        names: &[String],
        workspace: &Workspace,
        questions: &Questions,
        reader: &Reader,
    ) -> Result<Vec<Answer>, AskError> {
        let shared = |q: &Question| -> Vec<(String, String)> {
            self.parameters.iter().filter(|(n, _)| q.parameters.iter().any(|p| p.name == *n)).cloned().collect()
        };
        names.iter().map(|name| Answer::ask(workspace, questions, reader, name, &shared(questions.get(name)?))).collect()
    }

    /// The rows, as a type whose fields are the columns that it reads.
    ///
    /// # Errors
    /// When the question has no such column, or a value of another type: see [`Table::rows_as`].
    pub fn rows_as<T: DeserializeOwned>(&self) -> Result<Vec<T>, AskError> {
        self.table.rows_as().map_err(|e| self.question.fault(0, e))
    }

    /// What is to be written of it in somebody's words, with the answers that stand below it.
    pub fn output<'a>(&'a self, below: &'a [Answer], voice: &Voice<'a>) -> Output<'a> {
        Output {
            title: self.question.title.clone(),
            rule: self.question.rule.clone(),
            parameters: self.parameters.clone(),
            asked: self.asked(voice),
            columns: CellWords::new(voice.clone(), &self.table).columns(),
            event: self.question.event.clone(),
            below: below.iter().map(|answer| answer.output(&[], voice)).collect(),
            ..Output::of_table(&self.question.name, &self.as_of, &self.table, voice.model, &voice.locale)
        }
    }

    /// The parameters that are set, each with its value in words.
    pub fn asked(&self, voice: &Voice<'_>) -> Vec<(String, String)> {
        self.question.parameters.iter().filter_map(|p| Some((voice.label(&p.label), self.said(p, voice)?))).collect()
    }

    /// The value of a parameter in words; nothing where it is not set.
    pub fn said(&self, parameter: &Parameter, voice: &Voice<'_>) -> Option<String> {
        let value = self.parameter(&parameter.name);
        let words = || match (&parameter.list, &parameter.record) {
            (Some(list), _) => voice.model.name_of_code(&voice.locale, list, value),
            (None, Some(kind)) => voice.called(&[(kind, value)]).remove(value).unwrap_or_else(|| value.to_owned()),
            _ if parameter.choices.iter().any(|c| c == value) => voice.model.name_of_code(&voice.locale, "choice", value),
            _ if parameter.kind => voice.model.kind(value).map_or_else(|| value.to_owned(), |kind| voice.label(&kind.label)),
            _ if parameter.day => voice.locale.date(value),
            // What may be a record of several kinds is called as the one that it is.
            (None, None) => {
                let any: Vec<(&str, &str)> = parameter.records.iter().map(|kind| (kind.as_str(), value)).collect();
                voice.called(&any).remove(value).unwrap_or_else(|| value.to_owned())
            }
        };
        (!value.is_empty()).then(words)
    }

    /// The value of a parameter; empty where it is not set.
    pub fn parameter(&self, name: &str) -> &str {
        self.parameters.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }
}

/// A question by its name, with its parameters as what was given means them.
fn meant(
    workspace: &Workspace,
    questions: &Questions,
    reader: &Reader,
    name: &str,
    given: &[(String, String)],
) -> Result<(Question, Vec<(String, String)>), AskError> {
    let question = questions.get(name)?.clone();
    let mut parameters = question.parameters_from(workspace.model(), given)?;
    for (parameter, (_, value)) in question.parameters.iter().zip(&mut parameters) {
        *value = parameter.meant(workspace.model(), reader, std::mem::take(value))?;
    }
    Ok((question, parameters))
}
