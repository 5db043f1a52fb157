//! What stands on the home page: `questions/home.toml`, or a workspace's own.

use crate::question::BuiltIn;
use crate::{AskError, Question};
use remit_store::Workspace;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What a section writes where the page puts in the day since which changes are shown.
const SINCE: &str = "{since}";

/// The home page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Home {
    /// From how many months before the day on changes are shown where the reader names no day.
    pub since_months: i32,
    #[serde(default)]
    section: Vec<HomeSection>,
    #[serde(skip)]
    file: String,
}

/// A question with the first rows of its answer.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HomeSection {
    /// The question.
    pub question: String,
    #[serde(default)]
    given: BTreeMap<String, String>,
    /// The columns that are shown.
    pub columns: Vec<String>,
    /// The column that adds up to the number of the section; the number of rows where it is empty.
    #[serde(default)]
    pub total: String,
}

impl HomeSection {
    /// What the question is asked for besides the country.
    pub fn parameters<'a>(&'a self, since: &'a str) -> Vec<(&'a str, &'a str)> {
        self.given.iter().map(|(name, value)| (name.as_str(), if value == SINCE { since } else { value.as_str() })).collect()
    }
}

impl Home {
    /// The home page of a workspace.
    ///
    /// # Errors
    /// When the file is wrong.
    pub(crate) fn load(workspace: &Workspace) -> Result<Home, AskError> {
        let own: PathBuf = workspace.folder().join("questions").join("home.toml");
        let (file, text) = match std::fs::read_to_string(&own) {
            Ok(text) => (own.display().to_string(), text),
            Err(_) => {
                let built_in = BuiltIn::get("home.toml").map(|f| String::from_utf8_lossy(&f.data).into_owned());
                ("questions/home.toml".to_owned(), built_in.unwrap_or_default())
            }
        };
        let home: Home = toml::from_str(&text).map_err(|e| {
            let line = e.span().map_or(0, |s| text[..s.start].matches('\n').count() + 1);
            AskError::File { file: file.clone(), line, message: e.message().to_owned() }
        })?;
        Ok(Home { file, ..home })
    }

    /// Its sections, in their order.
    pub fn sections(&self) -> &[HomeSection] {
        &self.section
    }

    /// What is wrong with the sections of a question, told the columns of its answer.
    pub(crate) fn faults(&self, question: &Question, columns: &[String]) -> Vec<AskError> {
        let mut faults = Vec::new();
        let mut fault = |message: String| faults.push(AskError::File { file: self.file.clone(), line: 0, message });
        for section in self.section.iter().filter(|s| s.question == question.name) {
            let total = Some(&section.total).filter(|t| !t.is_empty());
            for column in section.columns.iter().chain(total).filter(|c| !columns.contains(c)) {
                fault(format!("`{}` has no column `{column}`; it has {}", question.name, columns.join(", ")));
            }
            for name in section.given.keys().filter(|n| !question.parameters.iter().any(|p| p.name == **n)) {
                fault(format!("`{}` has no parameter `{name}`", question.name));
            }
        }
        faults
    }
}
