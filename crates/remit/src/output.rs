//! What goes to standard output, and in which form.

use anyhow::Result;
use remit_store::{Cut, Table};
use std::io::Write as _;

/// The form of an answer.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub(crate) struct Format {
    /// Answer as JSON
    #[arg(long, conflicts_with = "csv")]
    pub(crate) json: bool,
    /// Answer as CSV
    #[arg(long)]
    pub(crate) csv: bool,
}

/// Prints text as it is.
pub(crate) fn print(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Prints JSON, indented.
pub(crate) fn print_json(value: &serde_json::Value) -> Result<()> {
    print(&format!("{}\n", serde_json::to_string_pretty(value)?))
}

/// Prints the rows of a query in the form that was asked for.
pub(crate) fn print_table(format: Format, sql: &str, cut: &Cut, table: &Table) -> Result<()> {
    if format.json {
        return print_json(&remit_ask::query_json(sql, cut, table));
    }
    print(&if format.csv { remit_ask::csv(table) } else { remit_ask::plain(table) })
}

/// True where the reader of our output has gone away, which is no error.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
}
