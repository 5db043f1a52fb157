//! `remit export`

use crate::commands::{CutArguments, usage};
use anyhow::{Context, Result};
use remit_store::{Reader, Workspace};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
The rows are statements that stand, each with its source and its identifier: a row that is changed in the sheet and comes \
back with `remit import` corrects its statement, a row that is not is left alone.")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// File to write: .xlsx for all kinds or one, .csv for one
    output: PathBuf,
    /// Only this kind
    #[arg(long)]
    kind: Option<String>,
    #[command(flatten)]
    cut: CutArguments,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    let reader = Reader::open(&workspace, arguments.cut.cut(&workspace)?)?;
    let extension = arguments.output.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let bytes = match (extension.as_str(), &arguments.kind) {
        ("xlsx", kind) => remit_publish::export_workbook(workspace.model(), &reader, kind.as_deref())?,
        ("csv", Some(kind)) => remit_publish::export_csv(workspace.model(), &reader, kind)?.into_bytes(),
        ("csv", None) => return Err(usage("a CSV file holds one kind; name it with --kind, or write an .xlsx file")),
        _ => return Err(usage("write to a file that ends in .xlsx or .csv")),
    };
    std::fs::write(&arguments.output, bytes).with_context(|| format!("{} cannot be written", arguments.output.display()))
}
