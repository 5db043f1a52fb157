//! `remit serve`

use crate::commands::{Author, CutArguments};
use anyhow::Result;
use remit_store::Workspace;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// Port on this machine; 0 for any that is free
    #[arg(long, default_value_t = 8017)]
    port: u16,
    /// Open the page in a browser
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    cut: CutArguments,
    /// Let nobody change anything
    #[arg(long)]
    read_only: bool,
    #[command(flatten)]
    author: Author,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    let cut = arguments.cut.cut(&workspace)?;
    let author = (!arguments.read_only).then(|| arguments.author.name());
    serve(workspace, arguments.port, arguments.open, cut.clearance, author)
}

/// Serves a workspace until Ctrl-C.
pub(crate) fn serve(
    workspace: Workspace,
    port: u16,
    open: bool,
    clearance: remit_model::Marking,
    author: Option<String>,
) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(remit_web::serve(workspace, port, clearance, author, |address| {
        eprintln!("Remit is at {address} (Ctrl-C ends it)");
        if open {
            open_in_browser(address);
        }
    }))
}

/// Asks the desktop to show an address. Where there is none, nothing happens: the address is on the screen.
fn open_in_browser(address: &str) {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(target_os = "windows") {
        "explorer"
    } else {
        "xdg-open"
    };
    let quiet = std::process::Stdio::null;
    let _ = std::process::Command::new(program).arg(address).stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn();
}
