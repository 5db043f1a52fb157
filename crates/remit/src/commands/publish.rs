//! `remit publish`

use crate::commands::{AsOfArguments, HandingOn, note_look, tell_held_back, usage};
use crate::interrupt;
use crate::output::{Receipt, patiently};
use anyhow::Result;
use remit_store::Workspace;
use remit_web::Publishing;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
The site has the pages of countries, missions, institutions and questions in every language, each answer as CSV and JSON too, charts and \
tables to embed, a search and feeds of what changed. It works from a folder, a memory stick or any web server. Published again into the \
same folder, only what changed is written. SHA256SUMS lists all files (`sha256sum --check SHA256SUMS`), site.toml has the workspace's \
signature of it. Activities are listed with their identifiers, and documents with their address; the full record of both is with who \
published them. Persons have no pages or lists of their own, but who is named by a statement of this marking (who commands a unit) is \
named where it is shown: mark what names persons accordingly. Fields with a marking of their own, as whom to ask about a project, are \
internal where nobody says otherwise.

Examples:
  remit publish somalia site                     what is public, for everybody
  remit publish regional site-so --country SO    one country
  remit publish somalia partners --clearance internal --valid-on 2026-06-30")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// Folder of the site: a new one, or one that was published into before
    folder: PathBuf,
    /// Only this country; may be repeated
    #[arg(long, value_name = "COUNTRY")]
    country: Vec<String>,
    #[command(flatten)]
    as_of: AsOfArguments,
    #[command(flatten)]
    handing_on: HandingOn,
    #[command(flatten)]
    told: Receipt,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    interrupt::watch(None, "; the site is not whole, publish it again");
    let as_of = arguments.as_of.as_of(&workspace)?;
    let list = workspace.model().lists.get("country");
    let code = |given: &String| {
        let found = list.and_then(|l| l.find(given)).map(|c| c.code.clone());
        found.ok_or_else(|| usage(format!("--country: `{given}` is no country; write the code or the name of ISO 3166, as SO")))
    };
    note_look(&workspace, &as_of, &format!("publish {}", arguments.folder.display()), |_| true)?;
    let publishing = Publishing {
        valid_on: arguments.as_of.valid_on.as_ref().map(|_| as_of.valid_on),
        known_on: as_of.known_on,
        clearance: as_of.clearance,
        countries: arguments.country.iter().map(code).collect::<Result<_>>()?,
        small_counts: arguments.handing_on.small_counts(),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let published = patiently("publishing", || runtime.block_on(remit_web::publish(workspace, publishing, &arguments.folder)))?;
    tell_held_back(published.held_back);
    let folder = arguments.folder.display();
    arguments.told.tell(
        &format!(
            "{} pages in {folder} ({} files): {} written, {} taken away\n  open {folder}/index.html",
            published.pages, published.files, published.written, published.removed
        ),
        &serde_json::json!({ "site": arguments.folder, "pages": published.pages, "made": published.made,
            "files": published.files, "written": published.written, "removed": published.removed, "held_back": published.held_back }),
    )
}
