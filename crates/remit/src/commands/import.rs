//! `remit import`

use crate::commands::usage;
use anyhow::Result;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use remit_import::{Job, Progress, Report};
use remit_model::Marking;
use remit_store::Workspace;
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::Duration;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
A data set is named after its file or folder. A newer import of the same name supersedes the older one, which stays: \
`--known-on` answers as before. Importing the same content again changes nothing.

Read are IATI activity files (2.01 to 2.03; plain, .gz, .zip), folders of them, standard input as `-`, and tables \
(.csv) with a mapping (.toml) of the same name beside them.")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Name of the data set; all files become one
    #[arg(long, value_name = "NAME")]
    dataset: Option<String>,
    /// How confidential it is: public, internal, confidential, strictly_confidential
    #[arg(long, value_name = "MARKING", default_value = "public")]
    marking: String,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let marking: Marking = arguments.marking.parse().map_err(|e: String| usage(format!("--marking: {e}")))?;
    let workspace = Workspace::open(&arguments.workspace)?;
    let job = Job { files: arguments.files.clone(), dataset: arguments.dataset.clone(), marking };
    let report = with_progress(&workspace, &job)?;
    tell(&report, &arguments.workspace.display().to_string());
    Ok(())
}

/// Imports, with a progress bar where somebody is watching.
pub(crate) fn with_progress(workspace: &Workspace, job: &Job) -> Result<Report> {
    let progress = Progress::default();
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    if std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::stderr());
        bar.set_style(ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes}  {bytes_per_sec}  {msg}  {eta} left")?);
    }
    std::thread::scope(|scope| {
        let importing = scope.spawn(|| remit_import::import(workspace, job, &progress));
        while !importing.is_finished() {
            bar.set_length(progress.total.load(Ordering::Relaxed).max(1));
            bar.set_position(progress.done.load(Ordering::Relaxed));
            bar.set_message(format!("{} records", progress.records.load(Ordering::Relaxed)));
            std::thread::sleep(Duration::from_millis(20));
        }
        bar.finish_and_clear();
        match importing.join() {
            Ok(report) => Ok(report?),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// Says what was done, a line a data set.
pub(crate) fn tell(report: &Report, workspace: &str) {
    for import in &report.imports {
        if import.unchanged {
            eprintln!("{}: nothing changed, the workspace has this content already", import.dataset);
            continue;
        }
        let parts = if import.parts > 0 { format!(", {} transactions", import.parts) } else { String::new() };
        let problems = match import.problems {
            0 => String::new(),
            n => format!("; {n} problems (remit problems {workspace})"),
        };
        eprintln!("{}: {} records{parts}{problems}", import.dataset, import.records);
    }
    if !report.passed_over.is_empty() {
        eprintln!("passed over, nothing for Remit: {}", report.passed_over.join(", "));
    }
}
