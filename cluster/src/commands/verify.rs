//! `remit-cluster verify`

use anyhow::{Context as _, Result};
use remit_cluster::{MANIFEST, Manifest};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder of an export
    folder: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let manifest = arguments.folder.join(MANIFEST);
    let shown = manifest.display().to_string();
    let read = std::fs::read(&manifest).with_context(|| format!("{shown} cannot be read: that folder is no whole export"))?;
    let manifest = Manifest::read(&read, &shown)?;
    manifest.verify(&arguments.folder)?;
    println!("{} files: all are as they were exported", manifest.files().count());
    Ok(())
}
