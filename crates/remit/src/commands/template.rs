//! `remit template`

use crate::commands::{AsOfArguments, LanguageArgument, open};
use crate::output::{Overwrite, Receipt, patiently};
use anyhow::Result;
use remit_store::Reader;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
The workbook has a column a field, its help, and lists to choose from: codes, and the names that the workspace has. Fill it, \
and bring it back with `remit import`.

Examples:
  remit template somalia actor                   actor.xlsx in this folder
  remit template somalia relation -o links.xlsx  under another name
  remit template somalia activity --language fr  in French")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// Kind of record: actor, relation, assignment …
    kind: String,
    /// File to write [default: KIND.xlsx]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    language: LanguageArgument,
    #[command(flatten)]
    as_of: AsOfArguments,
    #[command(flatten)]
    overwrite: Overwrite,
    #[command(flatten)]
    told: Receipt,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = open(&arguments.workspace)?;
    let language = arguments.language.locale(&workspace)?.language;
    let reader = Reader::open(&workspace, arguments.as_of.as_of(&workspace)?)?;
    let bytes =
        patiently("writing the template", || remit_sheet::template(workspace.model(), &arguments.kind, language, &reader))?;
    let output = arguments.output.clone().unwrap_or_else(|| PathBuf::from(format!("{}.xlsx", arguments.kind)));
    arguments.overwrite.write(&output, &bytes)?;
    let (wrote, file, workspace) =
        (output.display(), remit_files::for_shell(&output), remit_files::for_shell(&arguments.workspace));
    arguments.told.tell(
        &format!("Wrote {wrote}; fill it and bring it back with `remit import {workspace} {file}`"),
        &serde_json::json!({ "file": output, "kind": arguments.kind, "language": arguments.language.language }),
    )
}
