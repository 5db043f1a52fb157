//! What goes to standard output and standard error, and in which form.

use anyhow::{Result, anyhow};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use remit_store::{AsOf, Table};
use std::io::{ErrorKind, IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

/// The form of an answer.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub(crate) struct Format {
    /// Answer as JSON
    #[arg(long, conflicts_with = "csv")]
    pub(crate) json: bool,
    /// Answer as CSV
    #[arg(long)]
    pub(crate) csv: bool,
}

/// What was done is said in words, or as JSON to a program.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub(crate) struct Told {
    /// Say what was done as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

impl Told {
    /// Says what was done: words on standard error, JSON on standard output.
    pub(crate) fn tell(self, words: &str, json: &serde_json::Value) -> Result<()> {
        if self.json {
            return print_json(json);
        }
        eprintln!("{words}");
        Ok(())
    }
}

/// Prints text as it is.
pub(crate) fn print(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Prints JSON, indented.
pub(crate) fn print_json(value: &serde_json::Value) -> Result<()> {
    print(&format!("{}\n", serde_json::to_string_pretty(value)?))
}

/// Prints the rows of a query in the form that was asked for.
pub(crate) fn print_table(format: Format, sql: &str, as_of: &AsOf, table: &Table) -> Result<()> {
    if format.json {
        return print_json(&remit_ask::query_json(sql, as_of, table));
    }
    print(&if format.csv { remit_ask::csv(table) } else { remit_ask::plain(table) })
}

/// Writes a file that somebody named, or says what to do about it.
pub(crate) fn write_file(file: &Path, bytes: &[u8]) -> Result<()> {
    std::fs::write(file, bytes).map_err(|error| {
        let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let shown = file.display();
        match error.kind() {
            ErrorKind::NotFound if !folder.is_dir() => {
                anyhow!("{shown} cannot be written: there is no folder {}; make it first", folder.display())
            }
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                anyhow!("{shown} cannot be written: it is protected; write to another place")
            }
            ErrorKind::IsADirectory => anyhow!("{shown} cannot be written: it is a folder; name a file in it"),
            _ => anyhow!("{shown} cannot be written: {error}"),
        }
    })
}

/// Does what may take long. After a second, somebody at a terminal is told what is going on.
pub(crate) fn patiently<T>(what: &'static str, work: impl FnOnce() -> T) -> T {
    if !std::io::stderr().is_terminal() {
        return work();
    }
    let (done, waiting) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let second = Duration::from_secs(1);
            if waiting.recv_timeout(second) != Err(mpsc::RecvTimeoutError::Timeout) {
                return;
            }
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_message(what);
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} … {elapsed}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(100));
            let _ = waiting.recv();
            bar.finish_and_clear();
        });
        let result = work();
        drop(done);
        result
    })
}

/// True where the reader of our output has gone away, which is no error.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == ErrorKind::BrokenPipe)
}
