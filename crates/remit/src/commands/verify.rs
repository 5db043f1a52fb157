//! `remit verify`

use anyhow::{Result, bail};
use remit_store::{Register, Workspace};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Each statement carries the hash of the one before it. Whoever changes or removes one breaks the chain there. Statements that \
were cut off at the end leave no trace in the chain: note the last hash, and give it with --head next time.")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// The last hash as noted before: it must still be in the chain
    #[arg(long, value_name = "HASH")]
    head: Option<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    let register = Register::open(&workspace)?;
    let verified = register.verify()?;
    if let Some(broken) = verified.broken {
        bail!("the chain is broken at statement {} ({}, record {}): {}", broken.seq, broken.id, broken.record, broken.reason);
    }
    if let Some(head) = &arguments.head
        && !register.has_hash(head)?
    {
        bail!("no statement has the hash {head}: statements were removed from the end");
    }
    println!("{} statements, the chain holds; last hash {}", verified.statements, verified.head);
    Ok(())
}
