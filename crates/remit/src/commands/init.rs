//! `remit init`

use anyhow::Result;
use remit_store::{Settings, Workspace};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder of the new workspace
    workspace: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let folder = &arguments.workspace;
    let title = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    Workspace::init(folder, Settings { title, ..Default::default() })?;
    let shown = folder.display();
    eprintln!("Made the workspace {shown}. Next: remit import {shown} FILE…, then remit serve {shown}");
    Ok(())
}
