//! `remit init`

use crate::commands::usage;
use crate::output::Told;
use anyhow::Result;
use remit_model::Model;
use remit_store::{Settings, Workspace};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
A workspace is one folder: copy it and you have handed over. Its name becomes its title, which remit.toml in it can change.

Examples:
  remit init somalia                             a folder in this one
  remit init ~/register/somalia                  at another place
  remit init somalia --country SO                its first page is about Somalia, today
  remit init somalia --json                      the same, for a script")]
pub(crate) struct Arguments {
    /// Folder of the new workspace
    workspace: PathBuf,
    /// The country that the first page is about: a code or a name
    #[arg(long, value_name = "COUNTRY")]
    country: Option<String>,
    #[command(flatten)]
    told: Told,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let folder = &arguments.workspace;
    let title = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let country = arguments.country.as_deref().map_or(Ok(String::new()), |text| country(&folder.join("model"), text))?;
    Workspace::init(folder, Settings { title, country, ..Default::default() })?;
    let shown = folder.display();
    arguments.told.tell(
        &format!("Made the workspace {shown}. Next: remit import {shown} FILE…, then remit serve {shown}"),
        &serde_json::json!({ "workspace": folder }),
    )
}

/// The code of a country.
fn country(model: &Path, text: &str) -> Result<String> {
    let model = Model::shared(model)?;
    let found = model.lists.get("country").and_then(|list| list.find(text));
    found.map(|code| code.code.clone()).ok_or_else(|| usage(format!("--country: “{text}” is no code and no name of a country")))
}
