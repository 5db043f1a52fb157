//! `remit init`

use crate::output::Receipt;
use anyhow::Result;
use remit_store::{Settings, Workspace};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
A workspace is one folder: copy it and you have handed over. Its name becomes its title, which remit.toml in it can change.

Examples:
  remit init somalia                             a folder in this one
  remit init ~/register/somalia                  at another place
  remit init somalia --country SO                its home page shows Somalia
  remit init horn --country SO --country ET      several countries, the first one first
  remit init somalia --json                      the same, for a script")]
pub(crate) struct Arguments {
    /// Folder of the new workspace
    workspace: PathBuf,
    /// Country that it is about, as a code or name; may be given several times
    #[arg(long = "country", value_name = "COUNTRY")]
    countries: Vec<String>,
    #[command(flatten)]
    told: Receipt,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let folder = &arguments.workspace;
    let title = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    Workspace::init(folder, Settings { title, countries: arguments.countries.clone(), ..Default::default() })?;
    let (made, shown) = (folder.display(), remit_files::for_shell(folder));
    arguments.told.tell(
        &format!("Made the workspace {made}. Next: remit import {shown} FILE…, then remit serve {shown}"),
        &serde_json::json!({ "workspace": folder }),
    )
}
