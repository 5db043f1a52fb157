//! `remit undo`

use crate::commands::{AuthorArguments, counted, of_number};
use crate::interrupt;
use crate::output::{Receipt, patiently};
use anyhow::Result;
use remit_store::{Register, Workspace};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Nothing is deleted: what was said before is said again. What somebody has corrected since stays as it is. An undo is an entry \
too, and can be undone.

Examples:
  remit history somalia                          find the entry
  remit undo somalia 01890a5d-ac96-774b-bcce-b302099a8057")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// The entry, as `remit history` lists it
    entry: String,
    #[command(flatten)]
    author: AuthorArguments,
    #[command(flatten)]
    told: Receipt,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    interrupt::watch(Some(&workspace), "");
    let mut register = Register::open(&workspace)?;
    let (recorded, kept) = patiently("taking it back", || register.undo(&arguments.entry, &arguments.author.name()))?;
    let since = match kept {
        0 => String::new(),
        _ => format!(
            "; {kept} {}",
            of_number(
                kept,
                ["was replaced or erased since and stays as it is", "were replaced or erased since and stay as they are"]
            )
        ),
    };
    let (workspace, entry) = (remit_files::for_shell(&arguments.workspace), &recorded.entry);
    arguments.told.tell(
        &format!(
            "{} taken back{since}\n  remit undo {workspace} {entry} restores {}",
            counted(recorded.statements, "statement"),
            of_number(recorded.statements, ["it", "them"])
        ),
        &serde_json::json!({ "entry": entry, "statements": recorded.statements, "kept": kept }),
    )
}
