//! `remit-cluster export`

use anyhow::{Result, anyhow};
use remit_cluster::{MANIFEST, Options, export};
use remit_model::{Day, Marking};
use remit_store::{AsOf, Workspace};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
The folder then has views/ (what questions read, as of the day, the moment and the clearance), history/ (every statement that may be \
seen, with its dates and when another took its place) and manifest.json (columns, rows, the cut, and the hash of each file).

Examples:
  remit-cluster export somalia out
  remit-cluster export somalia out --clearance internal --valid-on 2021-06-30
  remit-cluster export somalia out --only activity_transaction --only support")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// Folder to write
    folder: PathBuf,
    /// The day that the views are about [default: that of the workspace, else today]
    #[arg(long, value_name = "DAY")]
    valid_on: Option<String>,
    /// As known on a day (its end) or at a moment (2026-11-24T09:30:00Z) [default: now]
    #[arg(long, value_name = "DAY")]
    known_on: Option<String>,
    /// Write what is marked at most so: public, internal, confidential, strictly_confidential
    #[arg(long, value_name = "MARKING", default_value = "public")]
    clearance: String,
    /// Only tables of this name (may be said several times)
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// Threads that read and write [default: as many as there are processors]
    #[arg(long, value_name = "NUMBER", default_value = "0", hide_default_value = true)]
    threads: usize,
    /// Write counts of few people too: they are held back otherwise, with those that would tell them
    #[arg(long)]
    small_counts: bool,
    /// Write over an export that stands in the folder
    #[arg(long)]
    overwrite: bool,
    /// Say what was written as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    let as_of = as_of(arguments, &workspace)?;
    let options = Options {
        only: arguments.only.clone(),
        threads: arguments.threads,
        overwrite: arguments.overwrite,
        small_counts: arguments.small_counts,
    };
    let manifest = export(&workspace, &as_of, &arguments.folder, &options)?;
    for table in &manifest.tables {
        for (column, number) in &table.not_typed {
            eprintln!(
                "warning: {number} values of {}.{column} are none of what the column holds, and stand as unknown ({} says so)",
                table.name, MANIFEST
            );
        }
    }
    let (rows, bytes): (u64, u64) = (manifest.tables.iter().map(|t| t.rows).sum(), manifest.files().map(|f| f.bytes).sum());
    if arguments.json {
        let told =
            serde_json::json!({ "folder": arguments.folder, "tables": manifest.tables.len(), "rows": rows, "bytes": bytes });
        println!("{told}");
    } else {
        println!("{} tables, {rows} rows, {bytes} bytes in {}", manifest.tables.len(), arguments.folder.display());
    }
    Ok(())
}

fn as_of(arguments: &Arguments, workspace: &Workspace) -> Result<AsOf> {
    let valid_on = match arguments.valid_on.as_deref() {
        Some(text) => Day::typed(text).ok_or_else(|| anyhow!("--valid-on: `{text}` is not a date; write 2021-06-30"))?,
        None => workspace.default_day(),
    };
    let known_on = arguments.known_on.as_deref().map(AsOf::parse_known_on).transpose();
    let known_on = known_on.map_err(|e| anyhow!("--known-on: {e}"))?;
    let clearance: Marking = arguments.clearance.parse().map_err(|e: String| anyhow!("--clearance: {e}"))?;
    Ok(AsOf { valid_on, known_on, clearance })
}
