//! `remit serve`

use crate::commands::{AsOfArguments, AuthorArguments};
use crate::interrupt;
use crate::output::{print, say};
use anyhow::Result;
use remit_store::{StoreError, Workspace};
use remit_web::Serving;
use std::path::PathBuf;

#[derive(Debug, Default, clap::Args)]
#[command(after_long_help = "\
The pages answer on this machine only, and only to who opens the address that is printed: it has a key, new with each start,
which the browser then keeps. A program sends it as `Authorization: Bearer KEY`. Ctrl-C ends them; that is the way to do it, with exit code 0.

Examples:
  remit serve somalia                            http://127.0.0.1:8017/?key=…
  remit serve somalia --open --read-only         show a browser, let nobody change anything
  remit serve somalia --port 0 --json            any free port; the address as JSON")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    pub(crate) workspace: PathBuf,
    /// Port on this machine; 0 for any that is free [default: 8017, where it is free]
    #[arg(long)]
    pub(crate) port: Option<u16>,
    /// Open the page in a browser
    #[arg(long)]
    pub(crate) open: bool,
    #[command(flatten)]
    pub(crate) as_of: AsOfArguments,
    /// Let nobody change anything
    #[arg(long)]
    pub(crate) read_only: bool,
    #[command(flatten)]
    pub(crate) author: AuthorArguments,
    /// Say the address as JSON, on standard output
    #[arg(long)]
    pub(crate) json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open_usable(&arguments.workspace)?;
    let as_of = arguments.as_of.as_of(&workspace)?;
    let writable = !arguments.read_only
        && match workspace.migrate() {
            Err(reason @ StoreError::ReadOnly(_)) => {
                say!("{reason}; it is served for reading");
                false
            }
            other => other.map(|()| true)?,
        };
    let author = writable.then(|| arguments.author.name());
    let serving = Serving {
        port: arguments.port,
        valid_on: arguments.as_of.valid_on.as_ref().map(|_| as_of.valid_on),
        known_on: as_of.known_on,
        clearance: as_of.clearance,
        author,
        is_early: arguments.open,
    };
    serve(workspace, serving, arguments.open, arguments.json)
}

/// Serves a workspace until Ctrl-C; shows it in a browser, or says the address as JSON.
pub(crate) fn serve(workspace: Workspace, serving: Serving, open: bool, json: bool) -> Result<()> {
    // The server ends by Ctrl-C itself, once it has answered what was asked before.
    interrupt::leave();
    let read_only = serving.author.is_none();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(remit_web::serve(workspace, serving, |entrance| {
        let address = &entrance.address;
        for fault in &entrance.left_out {
            say!("{fault}; the file is left out until it is mended and the server started again");
        }
        if json {
            // Where nobody reads it, the pages are there all the same.
            let _ = print(&format!("{}\n", serde_json::json!({ "address": address, "read_only": read_only })));
        } else {
            say!("Remit is at {address} (Ctrl-C ends it)");
        }
        if open {
            open_in_browser(&entrance.once);
        }
    }))
}

/// Asks the desktop to show an address. Where there is none, nothing happens: the address is on the screen.
fn open_in_browser(address: &str) {
    let program: &[&str] = if cfg!(target_os = "macos") {
        &["open"]
    } else if cfg!(target_os = "windows") {
        // Explorer takes an address with `=` in it for a folder.
        &["rundll32", "url.dll,FileProtocolHandler"]
    } else {
        &["xdg-open"]
    };
    let quiet = std::process::Stdio::null;
    let _ = std::process::Command::new(program[0])
        .args(&program[1..])
        .arg(address)
        .stdin(quiet())
        .stdout(quiet())
        .stderr(quiet())
        .spawn();
}
