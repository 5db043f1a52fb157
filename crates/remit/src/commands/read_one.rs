//! The process in which one file is read, apart from all others: see [`remit_document::sandbox`].

use anyhow::Result;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Name of the file on standard input
    name: String,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    Ok(remit_document::sandbox::answer(&arguments.name)?)
}
