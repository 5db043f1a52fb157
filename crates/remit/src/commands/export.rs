//! `remit export`

use crate::commands::{AsOfArguments, usage};
use crate::output::{Told, patiently, print_json, write_file};
use anyhow::Result;
use remit_store::{Reader, Workspace};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
The rows are statements that stand, each with its source and its identifier: a row that is changed in the sheet and comes \
back with `remit import` corrects its statement, a row that is not is left alone.

Examples:
  remit export somalia register.xlsx             all kinds, a sheet each
  remit export somalia actors.csv --kind actor   one kind
  remit export somalia register.xlsx --valid-on 2019-06-30 --clearance internal")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// File to write: .xlsx for all kinds or one, .csv for one
    output: PathBuf,
    /// Only this kind
    #[arg(long)]
    kind: Option<String>,
    #[command(flatten)]
    as_of: AsOfArguments,
    #[command(flatten)]
    told: Told,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    let reader = Reader::open(&workspace, arguments.as_of.as_of(&workspace)?)?;
    let extension = arguments.output.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let (model, kind) = (workspace.model(), arguments.kind.as_deref());
    let bytes = patiently("writing the register", || match (extension.as_str(), kind) {
        ("xlsx", kind) => Ok(remit_sheet::export_workbook(model, &reader, kind)?),
        ("csv", Some(kind)) => Ok(remit_sheet::export_csv(model, &reader, kind)?.into_bytes()),
        ("csv", None) => Err(usage("a CSV file holds one kind; name it with --kind, or write an .xlsx file")),
        _ => Err(usage(format!("`{}` says no form; write to a file that ends in .xlsx or .csv", arguments.output.display()))),
    })?;
    write_file(&arguments.output, &bytes)?;
    // Quiet where all is well, as commands that write a file are.
    if arguments.told.json {
        return print_json(&serde_json::json!({ "file": arguments.output, "kind": kind, "bytes": bytes.len() }));
    }
    Ok(())
}
