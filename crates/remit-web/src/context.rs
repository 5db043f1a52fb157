//! What a page is made from: the request, and a reader of what it may show.

use crate::app::App;
use crate::error::PageError;
use crate::format::Format;
use crate::language::{language, locale};
use crate::noted;
use crate::request::PageRequest;
use crate::response::{PageResult, file};
use axum::response::Response;
use remit_ask::{Answer, AskError, CellWords, ColumnLooks, Evidence, Voice, WorkbookChart};
use remit_model::{Kind, Language, Marking, Model};
use remit_report::Scene;
use remit_sheet::Output;
use remit_store::{Cell, Reader, Table};
use serde::de::DeserializeOwned;

/// A request, with a connection that reads the workspace as of its day, moment and clearance.
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

impl PageRequest {
    /// Does something that reads the workspace, on a thread that may wait for the disk.
    pub(crate) async fn read<T: Send + 'static>(
        self,
        work: impl FnOnce(&Context) -> Result<T, PageError> + Send + 'static,
    ) -> Result<T, PageError> {
        let app = self.app().clone();
        app.read(self.as_of.clone(), move |reader| work(&Context { request: &self, reader })).await
    }
}

impl<'a> Context<'a> {
    pub(crate) fn app(&self) -> &'a App {
        self.request.app()
    }

    pub(crate) fn model(&self) -> &'a Model {
        self.app().model()
    }

    pub(crate) fn columns(&self) -> &'a ColumnLooks {
        self.app().columns()
    }

    /// See [`PageRequest::link`].
    pub(crate) fn link(&self, path: &str, parameters: &[(&str, &str)]) -> String {
        self.request.link(path, parameters)
    }

    /// The page of a question: the matrix of support has one of its own.
    pub(crate) fn question_link(&self, name: &str, parameters: &[(&str, &str)]) -> String {
        if name == "support" { self.link("/support", parameters) } else { self.link(&format!("/ask/{name}"), parameters) }
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
        let answer = Answer::ask(self.app().workspace(), self.app().questions(), self.reader, name, given)?;
        // A page may be of something else, and have such an answer on it.
        let is_noted = answer.question.noted || self.request.path.starts_with("/ask/") && answer.is_noted(self.model());
        if is_noted && !answer.table.rows.is_empty() && self.app().site().is_none() {
            noted::answer(self.app(), &self.request.path, name, given)?;
        }
        Ok(self.in_own_names(self.without_persons(answer)))
    }

    /// Asks for the first rows of an answer; returns how many it has in all.
    pub(crate) fn begin(&self, name: &str, given: &[(&str, &str)], most: usize) -> Result<(Answer, usize), PageError> {
        // What is left out of a site is left out of its count.
        if self.app().site().is_some() {
            let answer = self.ask(name, given)?;
            let count = answer.table.rows.len();
            return Ok((answer, count));
        }
        let given: Vec<(String, String)> = given.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        let (answer, count) = Answer::begin(self.app().workspace(), self.app().questions(), self.reader, name, &given, most)?;
        if answer.question.noted && count > 0 {
            noted::answer(self.app(), &self.request.path, name, &given)?;
        }
        Ok((self.in_own_names(answer), count))
    }

    /// True where nothing is hidden from the reader.
    pub(crate) fn sees_all(&self) -> bool {
        self.request.as_of.clearance == Marking::StrictlyConfidential
    }

    /// On a page institutions are called by their names in its language; data keep the names that they have.
    fn in_own_names(&self, answer: Answer) -> Answer {
        if self.request.format != Format::Html || language() == Language::ENGLISH {
            return answer;
        }
        let table = CellWords::new(self.voice(), &answer.table).in_own_names();
        Answer { table, ..answer }
    }

    /// On a site that is published, no row is about a person or what a person did: what is said of them stays in the register.
    fn without_persons(&self, mut answer: Answer) -> Answer {
        if let (Some(_), Some(at)) = (self.app().site(), answer.table.column("kind")) {
            let personal = |kind: &str| self.model().kind(kind).is_some_and(|k| k.personal);
            answer.table.rows.retain(|row| !row[at].text().is_some_and(personal));
        }
        answer
    }

    /// The answers that stand below one.
    pub(crate) fn below(&self, answer: &Answer) -> Result<Vec<Answer>, PageError> {
        let below = answer.below(self.app().workspace(), self.app().questions(), self.reader)?;
        Ok(below.into_iter().map(|answer| self.in_own_names(self.without_persons(answer))).collect())
    }

    /// The answers of other questions that are offered in the place of an empty one.
    pub(crate) fn instead(&self, answer: &Answer) -> Result<Vec<Answer>, PageError> {
        let others = answer.instead(self.app().workspace(), self.app().questions(), self.reader)?;
        Ok(others.into_iter().map(|other| self.in_own_names(self.without_persons(other))).collect())
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
        if answer.question.event.is_none() && Format::DAYS.contains(&self.request.format) {
            return Err(self.request.no_such_format());
        }
        let below = if self.request.format.holds_several() { self.below(&answer)? } else { Vec::new() };
        let voice = self.voice();
        let (sources, charts) = match self.request.format {
            Format::Xlsx => {
                let sources = Evidence::of(self.reader, &answer, &CellWords::new(voice.clone(), &answer.table))?.sources;
                (sources, self.charts(&answer, &below)?)
            }
            _ => (Vec::new(), Vec::new()),
        };
        self.written(&Output { sources, charts, ..answer.output(&below, &voice) }).map(Some)
    }

    /// The charts of a workbook: those of an answer, and of what stands below it. Where one cannot be drawn, the rows are there all the
    /// same, and the page says why.
    fn charts(&self, answer: &Answer, below: &[Answer]) -> Result<Vec<WorkbookChart>, PageError> {
        let workspace = &self.app().workspace().settings().title;
        let scene = Scene { voice: self.voice(), workspace, link: &|_, _| None };
        match remit_report::charts(&scene, std::iter::once(answer).chain(below)) {
            Err(AskError::File { .. }) => Ok(Vec::new()),
            drawn => drawn.map_err(PageError::from),
        }
    }

    /// The rows of a page for a program or a spreadsheet, where the address asks for them.
    pub(crate) fn table_as_data(&self, name: &str, table: &Table) -> Result<Option<Response>, PageError> {
        if self.request.format == Format::Html {
            return Ok(None);
        }
        self.written(&self.output(name, &self.request.sorted(table))).map(Some)
    }

    /// The records of a kind for a program or a spreadsheet, where the address asks for them.
    pub(crate) fn records_as_data(&self, kind: &Kind, table: &Table) -> Result<Option<Response>, PageError> {
        if self.request.format == Format::Html {
            return Ok(None);
        }
        let (table, columns, voice) = (self.request.sorted(table), self.columns().of_records(kind), self.voice());
        let voice = Voice { model: voice.model, columns: &columns, locale: voice.locale, reader: voice.reader };
        let columns = CellWords::new(voice, &table).columns();
        self.written(&Output { columns, ..self.output(&kind.name, &table) }).map(Some)
    }

    /// What is to be written of the rows of a page.
    pub(crate) fn output<'t>(&self, name: &str, table: &'t Table) -> Output<'t>
    where
        'a: 't,
    {
        Output {
            parameters: self.request.parameters.clone(),
            columns: CellWords::new(self.voice(), table).columns(),
            ..Output::of_table(name, &self.request.as_of, table, self.model(), &locale())
        }
    }

    /// The words of the page.
    pub(crate) fn voice(&self) -> Voice<'a> {
        Voice { model: self.model(), columns: self.columns(), locale: locale(), reader: Some(self.reader) }
    }

    fn written(&self, output: &Output<'_>) -> PageResult {
        let output = Output { byte_order_mark: self.request.byte_order_mark, ..output.clone() };
        let bytes = output.write(self.request.format).map_err(|e| PageError::internal(&e))?;
        Ok(file(self.request.format, &output.name, bytes))
    }
}
