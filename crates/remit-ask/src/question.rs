//! A question as it stands in its file.
//!
//! The heading is TOML in the comment lines with which the file begins; the rest is one `select` over the views, in the
//! part of SQL that SQLite and Apache DataFusion share. Besides its own parameters a question may use `:valid_on`,
//! `:known_on`, `:in_six_months`.

use crate::drawing::Drawing;
use remit_model::{Label, Model};
use remit_store::{AsOf, Cell, Reader, StoreError, Table, Workspace};
use serde::Deserialize;
use std::path::Path;

#[derive(rust_embed::RustEmbed)]
#[folder = "../../questions"]
#[include = "*.sql"]
#[include = "columns.toml"]
pub(crate) struct BuiltIn;

/// Why a question cannot be asked.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// There is no such question.
    #[error("there is no question `{0}`; there are: {1}")]
    Unknown(String, String),
    /// There is no such parameter.
    #[error("the question `{question}` has no parameter `{name}`; it has: {known}")]
    Parameter {
        /// The question.
        question: String,
        /// What was given.
        name: String,
        /// What there is.
        known: String,
    },
    /// The value is none that the parameter takes.
    #[error("`{value}` is no value for `{name}`; {hint}")]
    Value {
        /// The parameter.
        name: String,
        /// What was given.
        value: String,
        /// What to give.
        hint: String,
    },
    /// A question's file is wrong.
    #[error("{file}: {message}")]
    File {
        /// The file.
        file: String,
        /// What is wrong.
        message: String,
    },
    /// The workspace said no.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A parameter of a question.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its name: `--name` on the command line, `name=` in an address, `:name` in SQL.
    pub name: String,
    /// The code list of its values, if any.
    pub list: Option<String>,
    /// Its values, where there are only these.
    #[serde(default)]
    pub choices: Vec<String>,
    /// What it is when nobody says.
    #[serde(default)]
    pub default: String,
    /// Name to show.
    pub label: Label,
}

impl Parameter {
    /// The value for a text: a code, or the name of one.
    ///
    /// # Errors
    /// When it is neither.
    pub fn value(&self, model: &Model, text: &str) -> Result<String, AskError> {
        let text = text.trim();
        let refuse = |hint: String| Err(AskError::Value { name: self.name.clone(), value: text.to_owned(), hint });
        if text.is_empty() {
            return Ok(self.default.clone());
        }
        if !self.choices.is_empty() && !self.choices.iter().any(|c| c == text) {
            return refuse(format!("use one of {}", self.choices.join(", ")));
        }
        match self.list.as_deref().and_then(|l| model.lists.get(l)) {
            Some(list) => match list.find(text) {
                Some(code) => Ok(code.code.clone()),
                None => refuse(format!("use a code or name of the list {}", list.name)),
            },
            None => Ok(text.to_owned()),
        }
    }
}

/// A question.
#[derive(Debug, Clone)]
pub struct Question {
    /// Name: the file's name without `.sql`.
    pub name: String,
    /// What it asks.
    pub title: Label,
    /// Why it matters.
    pub why: Label,
    /// How it counts.
    pub rule: Label,
    /// The pictures of its answer; a table alone where there are none.
    pub draw: Vec<Drawing>,
    /// Questions whose answers stand below this one's.
    pub below: Vec<String>,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    order: i64,
    sql: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Heading {
    title: Label,
    #[serde(default)]
    why: Label,
    #[serde(default)]
    rule: Label,
    #[serde(default)]
    draw: Vec<Drawing>,
    #[serde(default)]
    below: Vec<String>,
    #[serde(default)]
    parameter: Vec<Parameter>,
    #[serde(default = "last")]
    order: i64,
}

fn last() -> i64 {
    i64::MAX
}

impl Question {
    fn read(file: &str, name: &str, text: &str) -> Result<Question, AskError> {
        let heading: Vec<&str> = text.lines().take_while(|l| l.starts_with("--")).map(|l| l[2..].trim()).collect();
        let sql: Vec<&str> = text.lines().skip(heading.len()).collect();
        let heading: Heading = toml::from_str(&heading.join("\n"))
            .map_err(|e| AskError::File { file: file.to_owned(), message: format!("its heading is wrong: {}", e.message()) })?;
        if let Some(drawing) = heading.draw.iter().find(|d| !d.missing().is_empty()) {
            let message = format!("its heading is wrong: this picture names no column for {}", drawing.missing().join(", "));
            return Err(AskError::File { file: file.to_owned(), message });
        }
        Ok(Question {
            name: name.to_owned(),
            title: heading.title,
            why: heading.why,
            rule: heading.rule,
            draw: heading.draw,
            below: heading.below,
            parameters: heading.parameter,
            order: heading.order,
            sql: sql.join("\n"),
        })
    }

    /// Values for all parameters, out of what was given.
    ///
    /// # Errors
    /// When something was given that the question has no parameter for, or a value is none.
    pub fn parameters_from(&self, model: &Model, given: &[(String, String)]) -> Result<Vec<(String, String)>, AskError> {
        if let Some((name, _)) = given.iter().find(|(n, _)| !self.parameters.iter().any(|p| p.name == *n)) {
            let known: Vec<String> = self.parameters.iter().map(|p| format!("--{}", p.name)).collect();
            return Err(AskError::Parameter { question: self.name.clone(), name: name.clone(), known: known.join(", ") });
        }
        self.parameters
            .iter()
            .map(|p| {
                let text = given.iter().rev().find(|(n, _)| *n == p.name).map_or("", |(_, v)| v.as_str());
                Ok((p.name.clone(), p.value(model, text)?))
            })
            .collect()
    }

    /// The rows of the answer for checked parameters.
    ///
    /// # Errors
    /// When the SQL is wrong.
    pub fn rows(&self, reader: &Reader, parameters: &[(String, String)]) -> Result<Table, AskError> {
        let as_of: &AsOf = reader.as_of();
        let mut all: Vec<(&str, Cell)> = parameters.iter().map(|(n, v)| (n.as_str(), Cell::Text(v.clone()))).collect();
        all.push(("valid_on", Cell::Text(as_of.valid_on.to_string())));
        all.push(("known_on", as_of.known_on.clone().into()));
        all.push(("in_six_months", Cell::Text(as_of.valid_on.plus_months(6).to_string())));
        reader.query(&self.sql, &all).map_err(|e| match e {
            StoreError::Database(message) => AskError::File { file: format!("questions/{}.sql", self.name), message },
            other => other.into(),
        })
    }
}

/// All questions: the built-in ones, and those of a workspace.
#[derive(Debug, Clone)]
pub struct Questions(Vec<Question>);

impl Questions {
    /// The questions of a workspace: a file in its `questions/` folder replaces a built-in one of the same name.
    ///
    /// # Errors
    /// When a file's heading is wrong.
    pub fn load(workspace: &Workspace) -> Result<Questions, AskError> {
        let mut all: Vec<Question> = Vec::new();
        for path in BuiltIn::iter().filter(|p| p.ends_with(".sql")) {
            let Some(file) = BuiltIn::get(&path) else {
                continue;
            };
            let text = String::from_utf8_lossy(&file.data).into_owned();
            all.push(Question::read(&format!("questions/{path}"), path.trim_end_matches(".sql"), &text)?);
        }
        for (path, name, text) in own_files(&workspace.folder().join("questions"))? {
            let question = Question::read(&path, &name, &text)?;
            all.retain(|q| q.name != question.name);
            all.push(question);
        }
        all.sort_by(|a, b| (a.order, &a.name).cmp(&(b.order, &b.name)));
        Ok(Questions(all))
    }

    /// All of them, in their order.
    pub fn all(&self) -> &[Question] {
        &self.0
    }

    /// One by its name.
    ///
    /// # Errors
    /// When there is none.
    pub fn get(&self, name: &str) -> Result<&Question, AskError> {
        self.0.iter().find(|q| q.name == name).ok_or_else(|| {
            let names: Vec<&str> = self.0.iter().map(|q| q.name.as_str()).collect();
            AskError::Unknown(name.to_owned(), names.join(", "))
        })
    }
}

fn own_files(folder: &Path) -> Result<Vec<(String, String, String)>, AskError> {
    let wrong = |path: &Path, e: std::io::Error| AskError::File { file: path.display().to_string(), message: e.to_string() };
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|e| wrong(folder, e))? {
        let path = entry.map_err(|e| wrong(folder, e))?.path();
        if path.extension().is_some_and(|e| e == "sql") {
            let name = path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            let text = std::fs::read_to_string(&path).map_err(|e| wrong(&path, e))?;
            files.push((path.display().to_string(), name, text));
        }
    }
    Ok(files)
}
