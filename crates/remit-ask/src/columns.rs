//! How the columns of answers are named and shown: `questions/columns.toml`, and over it a workspace's own.

use crate::AskError;
use crate::question::BuiltIn;
use remit_model::Label;
use remit_store::Workspace;
use serde::Deserialize;
use std::collections::HashMap;

/// How one column looks.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnLook {
    /// Name to show.
    pub label: Label,
    /// `text`, `number`, `money`, `amount`, `share`, `rate`, `date`, `code`, `kind`, `phase`, `sign`, `yes` or `hidden`.
    #[serde(default)]
    pub show: String,
    /// The code list of its values, for `code`.
    pub list: Option<String>,
}

/// The looks of all columns by name.
#[derive(Debug, Clone, Default)]
pub struct Columns(HashMap<String, ColumnLook>);

impl Columns {
    /// The looks of a workspace's columns.
    ///
    /// # Errors
    /// When a file is wrong.
    pub fn load(workspace: &Workspace) -> Result<Columns, AskError> {
        let read = |file: &str, text: &str| -> Result<HashMap<String, ColumnLook>, AskError> {
            toml::from_str(text).map_err(|e| AskError::File { file: file.to_owned(), message: e.message().to_owned() })
        };
        let built_in = BuiltIn::get("columns.toml").map(|f| String::from_utf8_lossy(&f.data).into_owned()).unwrap_or_default();
        let mut all = read("questions/columns.toml", &built_in)?;
        let own = workspace.folder().join("questions").join("columns.toml");
        if let Ok(text) = std::fs::read_to_string(&own) {
            all.extend(read(&own.display().to_string(), &text)?);
        }
        Ok(Columns(all))
    }

    /// The look of a column; one that nobody has described shows its name and its value as they are.
    pub fn get(&self, name: &str) -> ColumnLook {
        self.0
            .get(name)
            .cloned()
            .unwrap_or_else(|| ColumnLook { label: Label::of_english(name.replace('_', " ")), ..Default::default() })
    }
}
