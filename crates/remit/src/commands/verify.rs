//! `remit verify`

use crate::output::{patiently, print, print_json};
use anyhow::{Result, bail};
use remit_store::{Chain, Workspace};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Each statement carries the hash of the one before it. Whoever changes or removes one breaks the chain there. Statements that \
were cut off at the end leave no trace in the chain: note the last hash, and give it with --head next time.

Examples:
  remit verify somalia                           how many statements, and the last hash
  remit verify somalia --head 3f1a…              the one that was noted last time must still be there
  remit verify somalia --json                    the same, for a script")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// The last hash as noted before: it must still be in the chain
    #[arg(long, value_name = "HASH")]
    head: Option<String>,
    /// Say what was found as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    let chain = Chain::open(&workspace)?;
    let verified = patiently("checking the chain", || chain.verify())?;
    let cut_off = match &arguments.head {
        Some(head) => !chain.has_hash(head)?,
        None => false,
    };
    if arguments.json {
        let broken = verified
            .broken
            .as_ref()
            .map(|b| serde_json::json!({ "number": b.seq, "statement": b.id, "record": b.record, "reason": b.reason }));
        print_json(&serde_json::json!({
            "statements": verified.statements, "holds": broken.is_none() && !cut_off, "head": verified.head, "broken": broken
        }))?;
    }
    if let Some(b) = verified.broken {
        bail!(
            "the chain is broken at statement {} ({}, record {}): {}; go back to a copy of the workspace from before",
            b.seq,
            b.id,
            b.record,
            b.reason
        );
    }
    if let Some(head) = arguments.head.as_ref().filter(|_| cut_off) {
        bail!(
            "no statement has the hash {head}: statements were removed from the end; go back to a copy of the workspace that \
             has it"
        );
    }
    if arguments.json {
        return Ok(());
    }
    print(&format!("{} statements, the chain holds; last hash {}\n", verified.statements, verified.head))
}
