//! `remit undo`

use crate::commands::Author;
use anyhow::Result;
use remit_store::{Register, Workspace};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// The entry, as `remit history` lists it
    entry: String,
    #[command(flatten)]
    author: Author,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    let (recorded, kept) = Register::open(&workspace)?.undo(&arguments.entry, &arguments.author.name())?;
    let kept = if kept > 0 { format!("; {kept} were replaced since and stay as they are") } else { String::new() };
    eprintln!(
        "{} statements taken back{kept}\n  remit undo {} {} restores them",
        recorded.statements,
        arguments.workspace.display(),
        recorded.entry
    );
    Ok(())
}
