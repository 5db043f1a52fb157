//! `remit sql`

use crate::commands::{AsOfArguments, note_look, open, usage};
use crate::output::{Answered, of_query, patiently, print, print_json};
use anyhow::{Context as _, Result};
use remit_model::Kind;
use remit_sheet::Format;
use remit_store::{AskedBy, Reader};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
SQLite's SQL, over views that hold what the day, the moment and the clearance let you see; nothing can be changed.

Examples:
  remit sql somalia --views                      what there is: views and their columns
  remit sql somalia 'select name, class from actor order by 1'
  remit sql somalia 'select supporter_name, sum(disbursed_usd) from support group by 1' --csv")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// A query over the views
    #[arg(required_unless_present = "views")]
    sql: Option<String>,
    /// List the views and their columns
    #[arg(long)]
    views: bool,
    #[command(flatten)]
    as_of: AsOfArguments,
    #[command(flatten)]
    answered: Answered,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = open(&arguments.workspace)?;
    let as_of = arguments.as_of.as_of(&workspace)?;
    let reader = Reader::open_for(&workspace, as_of.clone(), AskedBy::Anybody)?;
    if arguments.views && arguments.answered.format() == Some(Format::Json) {
        let views = reader.views().iter().map(|v| {
            let columns: Vec<&str> = v.columns.iter().map(|c| c.name.as_str()).collect();
            serde_json::json!({ "view": v.name, "about": v.about, "columns": columns })
        });
        return print_json(&views.collect());
    }
    if arguments.views {
        let lines: Vec<String> = reader
            .views()
            .iter()
            .map(|v| {
                let columns: Vec<&str> = v.columns.iter().map(|c| c.name.as_str()).collect();
                format!("{}: {}\n    {}\n", v.name, v.about, columns.join(", "))
            })
            .collect();
        return print(&lines.concat());
    }
    let sql = arguments.sql.as_deref().ok_or_else(|| usage("write a query, or --views to see what can be asked"))?;
    note_look(&workspace, &as_of, &format!("sql {sql}"), |kind| reads(sql, kind))?;
    let table = patiently("answering", || reader.query(sql, &[])).context("the query cannot be answered")?;
    arguments.answered.give(&of_query(&workspace, "sql", &[("sql", sql)], &as_of, &table))
}

/// Views of statements of all kinds.
const OF_ALL_KINDS: [&str; 2] = ["statement", "disagreement"];

/// True where a query names a view with what is on record of a kind: its own, those of its lists, or one of all kinds.
fn reads(sql: &str, kind: &Kind) -> bool {
    let is_of_kind =
        |word: &str| word.strip_prefix(kind.view.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
    let sql = sql.to_lowercase();
    sql.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| OF_ALL_KINDS.contains(&word) || is_of_kind(word))
}
