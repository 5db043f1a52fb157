//! `remit template`

use crate::commands::{CutArguments, usage};
use anyhow::{Context, Result};
use remit_store::{Reader, Workspace};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// Kind of record: actor, relation, assignment …
    kind: String,
    /// File to write [default: KIND.xlsx]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Language of headings, help and lists: en, fr, ar
    #[arg(long, default_value = "en")]
    language: String,
    #[command(flatten)]
    cut: CutArguments,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    let language = arguments.language.parse().map_err(usage)?;
    let reader = Reader::open(&workspace, arguments.cut.cut(&workspace)?)?;
    let bytes = remit_publish::template(workspace.model(), &arguments.kind, language, &reader)?;
    let output = arguments.output.clone().unwrap_or_else(|| PathBuf::from(format!("{}.xlsx", arguments.kind)));
    std::fs::write(&output, bytes).with_context(|| format!("{} cannot be written", output.display()))?;
    eprintln!(
        "Wrote {}; fill it and bring it back with `remit import {} {}`",
        output.display(),
        arguments.workspace.display(),
        output.display()
    );
    Ok(())
}
