//! `remit key`

use crate::commands::open_usable;
use crate::output::{print, print_json};
use anyhow::Result;
use remit_exchange::identity;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Neither is a secret. By the first others know that a file is from this workspace; with the second they encrypt what only this workspace opens.

Examples:
  remit key somalia                              both, to be told to another office
  remit key somalia --json                       the same, for a script")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// Say them as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = open_usable(&arguments.workspace)?;
    let (signs, _) = workspace.sign(&[])?;
    let opens = identity(&workspace)?.recipient();
    if arguments.json {
        return print_json(&serde_json::json!({ "signs": signs, "opens": opens.to_string() }));
    }
    print(&format!("signs with    {signs}\nopens with    {opens}\n"))
}
