//! `remit backup` and `remit restore`

use crate::commands::{counted, open_usable};
use crate::interrupt;
use crate::output::{Receipt, patiently};
use anyhow::Result;
use remit_store::{Verified, Workspace};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
The copy is whole even while somebody writes, and is checked before it gets its name. It is a workspace like any other.

Examples:
  remit backup somalia /media/stick/somalia-2026-11-28      onto a memory stick
  remit backup somalia backups/monday --json                the same, for a script")]
pub(crate) struct BackupArguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// Folder to make
    to: PathBuf,
    #[command(flatten)]
    told: Receipt,
}

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
The backup is checked first, and stays as it is.

Examples:
  remit restore /media/stick/somalia-2026-11-28 somalia     from a memory stick, into a new folder
  remit restore backups/monday somalia --json               the same, for a script")]
pub(crate) struct RestoreArguments {
    /// Folder of the backup
    backup: PathBuf,
    /// Folder to make the workspace in
    to: PathBuf,
    #[command(flatten)]
    told: Receipt,
}

pub(crate) fn backup(arguments: &BackupArguments) -> Result<()> {
    let workspace = open_usable(&arguments.workspace)?;
    interrupt::watch(None, "; the backup was not finished");
    let verified = patiently("copying", || workspace.backup(&arguments.to))?;
    arguments.told.tell(
        &format!("Backed up {} to {}", held(&verified), arguments.to.display()),
        &serde_json::json!({ "backup": arguments.to, "statements": verified.statements, "imports": verified.snapshots, "head": verified.head }),
    )
}

pub(crate) fn restore(arguments: &RestoreArguments) -> Result<()> {
    interrupt::watch(None, "; nothing was restored");
    let verified = patiently("restoring", || Workspace::restore(&arguments.backup, &arguments.to))?;
    arguments.told.tell(
        &format!("Restored {} to {}", held(&verified), arguments.to.display()),
        &serde_json::json!({ "workspace": arguments.to, "statements": verified.statements, "imports": verified.snapshots, "head": verified.head }),
    )
}

/// What a copy holds, in words.
fn held(verified: &Verified) -> String {
    format!("{} and {}", counted(verified.statements, "statement"), counted(verified.snapshots, "import"))
}
