//! Remit in a browser: pages rendered on the server, readable without JavaScript, each also as JSON, CSV and a workbook by its
//! ending. It listens on this machine only, and asks nothing of any other.

#![deny(missing_docs)]

mod app;
mod assets;
mod cells;
mod chart;
mod choice;
mod context;
mod door;
mod error;
mod figures;
mod format;
mod frame;
mod held_back;
mod held_by_name;
mod html_matrix;
mod html_tree;
mod language;
mod last_source;
mod listen;
mod making;
mod messages;
mod names;
mod noted;
mod page_cache;
mod pages;
mod palette;
mod post;
mod publish;
mod reason;
mod request;
mod request_guard;
mod response;
mod routes;
mod row_forms;
mod saved;
mod service;
mod story;
mod told;
mod typed;

use anyhow::{Context as _, Result};
use app::App;
pub use app::Serving;
use door::Door;
pub(crate) use messages::m;
use publish::SitePages;
pub use publish::{Published, Publishing};
use remit_store::Workspace;
use std::path::Path;
use tokio::net::TcpListener;

/// The addresses at which a server lets people in. Each has a key, which the browser then keeps.
#[derive(Debug, Clone)]
pub struct Entrance {
    /// Where whoever has it may come in as often as they like.
    pub address: String,
    /// Where the first may come in who uses it: for a browser that is started with it, since who else uses the machine may see
    /// how a program is started.
    pub once: String,
    /// What is wrong with files of the workspace that are left out, each with file and line.
    pub left_out: Vec<String>,
}

/// Serves a workspace on 127.0.0.1 until Ctrl-C. `ready` is told the addresses as soon as pages can be asked for.
///
/// # Errors
/// When the port is taken, or the workspace cannot be read.
pub async fn serve(workspace: Workspace, serving: Serving, ready: impl FnOnce(&Entrance)) -> Result<()> {
    let (writes, is_early) = (serving.author.is_some(), serving.is_early);
    let listener = listener(serving.port).await?;
    let local = listener.local_addr()?;
    let door = Door::new(&format!("http://{local}"), local.port()).context("no key can be made")?;
    let mut entrance = Entrance { address: door.address(), once: door.opening(), left_out: Vec::new() };
    let app = App::new(workspace.clone(), serving, door)?;
    entrance.left_out = app.to_mend();
    ready(&entrance);
    if is_early {
        tokio::spawn(service::make_home(app.clone()));
    }
    listen::answer(listener, service::service(app)).await;
    if writes {
        workspace.put_away()?;
    }
    Ok(())
}

/// Publishes a workspace into a folder: one that does not exist or is empty, or one that was published into before, in which only
/// what differs is written, and only pages are made that would differ.
///
/// # Errors
/// When a page cannot be made, or the folder has something else in it.
pub async fn publish(workspace: Workspace, publishing: Publishing, folder: &Path) -> Result<Published> {
    publish::publish(workspace, publishing, folder, SitePages(service::published)).await
}

/// The port where nobody names one, if it is free.
const PORT: u16 = 8017;

/// Takes the port that was named, or the usual one; where another program has that, any.
async fn listener(named: Option<u16>) -> Result<TcpListener> {
    let port = named.unwrap_or(PORT);
    let taken = match TcpListener::bind(("127.0.0.1", port)).await {
        Err(_) if named.is_none() => TcpListener::bind(("127.0.0.1", 0)).await,
        other => other,
    };
    taken.with_context(|| format!("port {port} cannot be used; another program has it: choose another with --port, or 0 for any"))
}
