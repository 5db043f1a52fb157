//! `remit man`

use crate::output::Receipt;
use anyhow::{Context, Result};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  remit man ~/.local/share/man/man1              for you; then: man remit-import
  remit man man && man -l man/remit-ask.1        only to read one")]
pub(crate) struct Arguments {
    /// Folder to write them to; it is made where it is missing
    folder: PathBuf,
    #[command(flatten)]
    told: Receipt,
}

pub(crate) fn run(arguments: &Arguments, command: clap::Command) -> Result<()> {
    let folder = &arguments.folder;
    std::fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(command, folder))
        .with_context(|| format!("{}: the manual pages cannot be written there", folder.display()))?;
    let folder = folder.display();
    arguments.told.tell(
        &format!("Wrote the manual pages to {folder}; read one with: man -l {folder}/remit.1"),
        &serde_json::json!({ "folder": arguments.folder }),
    )
}
