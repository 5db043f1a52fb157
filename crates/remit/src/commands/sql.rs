//! `remit sql`

use crate::commands::{CutArguments, usage};
use crate::output::{Format, print, print_table};
use anyhow::Result;
use remit_store::{Reader, Workspace};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
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
    cut: CutArguments,
    #[command(flatten)]
    format: Format,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    let cut = arguments.cut.cut(&workspace)?;
    let reader = Reader::open(&workspace, cut.clone())?;
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
    let sql = arguments.sql.as_deref().ok_or_else(|| usage("write a query"))?;
    let table = reader.query(sql, &[])?;
    print_table(arguments.format, sql, &cut, &table)
}
