//! `remit history`

use crate::commands::{AsOfArguments, open_usable};
use crate::output::{Answered, of_query, patiently};
use anyhow::Result;
use remit_store::Reader;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  remit history somalia                          the newest fifty entries: who recorded how much, and when
  remit history somalia so/police                every statement about a record
  remit history somalia so/police --json         the same, for a script")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// A record: every statement about it, in the order in which they were recorded [default: the newest entries]
    record: Option<String>,
    #[command(flatten)]
    as_of: AsOfArguments,
    #[command(flatten)]
    answered: Answered,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = open_usable(&arguments.workspace)?;
    let as_of = arguments.as_of.as_of(&workspace)?;
    let reader = Reader::open(&workspace, as_of.clone())?;
    let sql = match &arguments.record {
        Some(_) => {
            "select recorded_at, author, act, current, withdrawn, kind, fields, source, locator, statement, entry from statement \
             where record = :record order by seq"
        }
        None => "select recorded_at, author, act, statements, standing, entry from entry order by recorded_at desc limit 50",
    };
    let parameters = arguments.record.as_ref().map(|r| ("record", r.as_str().into()));
    let parameters: Vec<_> = parameters.into_iter().collect();
    let table = patiently("looking through the history", || reader.query(sql, &parameters))?;
    arguments.answered.give(&of_query(&workspace, "sql", &[("sql", sql)], &as_of, &table))
}
