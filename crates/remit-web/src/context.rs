//! What a page is made from: the request, and a reader of what it may show.

use crate::app::App;
use crate::error::PageError;
use crate::format::Format;
use crate::messages::label;
use crate::request::PageRequest;
use crate::response::{csv, json, xlsx};
use axum::response::Response;
use remit_ask::{Answer, Columns};
use remit_model::Model;
use remit_store::{Cell, Reader, Table};
use serde::de::DeserializeOwned;

/// A request with a reader of its as-of.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) request: &'a PageRequest,
    pub(crate) reader: &'a Reader,
}

/// A query in a file beside the page that asks it.
#[derive(Clone, Copy)]
pub(crate) struct Query {
    /// The file, for errors.
    pub(crate) file: &'static str,
    pub(crate) sql: &'static str,
}

/// The query in a file beside the source that names it.
macro_rules! query {
    ($file:literal) => {
        $crate::context::Query { file: concat!(module_path!(), ", ", $file), sql: include_str!($file) }
    };
}
pub(crate) use query;

/// Identifiers as a list of SQL.
pub(crate) fn quoted<T: AsRef<str>>(ids: &[T]) -> String {
    ids.iter().map(|id| format!("'{}'", id.as_ref().replace('\'', "''"))).collect::<Vec<_>>().join(",")
}

impl<'a> Context<'a> {
    pub(crate) fn app(&self) -> &'a App {
        self.request.app()
    }

    pub(crate) fn model(&self) -> &'a Model {
        self.app().model()
    }

    pub(crate) fn columns(&self) -> &'a Columns {
        self.app().columns()
    }

    /// See [`PageRequest::link`].
    pub(crate) fn link(&self, path: &str, parameters: &[(&str, &str)]) -> String {
        self.request.link(path, parameters)
    }

    /// The page of a record.
    pub(crate) fn record_link(&self, kind: &str, record: &str) -> String {
        self.link(&format!("/record/{kind}"), &[("record", record)])
    }

    /// Asks a question for some parameters.
    pub(crate) fn ask(&self, name: &str, given: &[(&str, &str)]) -> Result<Answer, PageError> {
        let given: Vec<(String, String)> = given.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        self.ask_all(name, &given)
    }

    /// The same for parameters as the address has them.
    pub(crate) fn ask_all(&self, name: &str, given: &[(String, String)]) -> Result<Answer, PageError> {
        Ok(Answer::ask(self.app().workspace(), self.app().questions(), self.reader, name, given)?)
    }

    /// The answers that stand below one.
    pub(crate) fn below(&self, answer: &Answer) -> Result<Vec<Answer>, PageError> {
        Ok(answer.below(self.app().workspace(), self.app().questions(), self.reader)?)
    }

    /// The rows of a query as they are.
    pub(crate) fn table(&self, query: Query, parameters: &[(&str, Cell)]) -> Result<Table, PageError> {
        self.reader.query(query.sql, parameters).map_err(|e| PageError::of_query(query.file, e))
    }

    /// The rows of a query as a type with a field a column.
    pub(crate) fn rows<T: DeserializeOwned>(&self, query: Query, parameters: &[(&str, Cell)]) -> Result<Vec<T>, PageError> {
        self.table(query, parameters)?.rows_as().map_err(|e| PageError::of_query(query.file, e))
    }

    /// An answer for a program or a spreadsheet, where the address asks for one.
    pub(crate) fn answer_as_data(&self, answer: &Answer) -> Result<Option<Response>, PageError> {
        if self.request.format == Format::Html {
            return Ok(None);
        }
        let answer = Answer { table: self.request.sorted(&answer.table), ..answer.clone() };
        Ok(match self.request.format {
            Format::Html => None,
            Format::Json => Some(json(&remit_ask::json(&answer, &self.below(&answer)?))),
            Format::Csv => Some(csv(remit_ask::csv(&answer.table))),
            Format::Xlsx => {
                let question = &answer.question;
                Some(self.workbook(&question.name, &label(&question.title), &label(&question.rule), &answer.table)?)
            }
        })
    }

    /// The rows of a page for a program or a spreadsheet, where the address asks for them.
    pub(crate) fn table_as_data(&self, name: &str, table: &Table) -> Result<Option<Response>, PageError> {
        if self.request.format == Format::Html {
            return Ok(None);
        }
        let table = &self.request.sorted(table);
        Ok(match self.request.format {
            Format::Html => None,
            Format::Json => {
                let mut value = remit_ask::query_json(name, &self.request.as_of, table);
                let given = self.request.parameters.iter().map(|(n, v)| (n.clone(), v.clone().into()));
                value["question"] = name.into();
                value["parameters"] = given.collect::<serde_json::Map<_, _>>().into();
                Some(json(&value))
            }
            Format::Csv => Some(csv(remit_ask::csv(table))),
            Format::Xlsx => Some(self.workbook(name, name, "", table)?),
        })
    }

    /// A table as a workbook that says what it is and as of when.
    fn workbook(&self, name: &str, title: &str, rule: &str, table: &Table) -> Result<Response, PageError> {
        let bytes = remit_publish::table_workbook(title, rule, &self.request.as_of, &self.request.parameters, table);
        Ok(xlsx(name, bytes.map_err(|e| PageError::internal(&e))?))
    }
}
