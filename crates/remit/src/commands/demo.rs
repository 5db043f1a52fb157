//! `remit demo`: the demo's files are part of the program; they are laid out, imported and served.

use crate::commands::Author;
use crate::commands::import::with_progress;
use crate::commands::serve::{PORT, serve};
use crate::interrupt;
use crate::output::{print_json, say};
use anyhow::{Context, Result};
use remit_import::{Job, Report};
use remit_model::{Language, Marking};
use remit_store::{Settings, Workspace};
use remit_web::Serving;
use std::path::{Path, PathBuf};

#[derive(rust_embed::RustEmbed)]
#[folder = "../../demo"]
#[include = "*.xml"]
#[include = "*.csv"]
#[include = "*.toml"]
struct DemoFiles;

/// The day of the demo's answers: its IATI files were published in June 2021.
const VALID_ON: &str = "2021-06-30";

#[derive(Debug, Default, clap::Args)]
#[command(after_long_help = "\
Ten host countries from published data. The workspace is made anew each time, in a temporary folder that goes away at the end.

Examples:
  remit demo                                     build it and open it in a browser
  remit demo --no-open --port 0                  only say where it is
  remit demo --folder demo --build-only          keep it, to ask on the command line: remit ask demo support --country SO")]
pub(crate) struct Arguments {
    /// Port on this machine; 0 for any that is free
    #[arg(long, default_value_t = PORT)]
    pub(crate) port: u16,
    /// Do not open a browser
    #[arg(long)]
    pub(crate) no_open: bool,
    /// Folder for the demo workspace; made anew each time [default: a temporary folder]
    #[arg(long, value_name = "FOLDER")]
    pub(crate) folder: Option<PathBuf>,
    /// Build the workspace and end, without serving it
    #[arg(long)]
    pub(crate) build_only: bool,
    /// Say the address, or the folder with --build-only, as JSON on standard output
    #[arg(long)]
    pub(crate) json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let folder =
        arguments.folder.clone().unwrap_or_else(|| std::env::temp_dir().join(format!("remit-demo-{}", std::process::id())));
    interrupt::watch(None, "; the same command begins again");
    let workspace = build(&folder, !arguments.json)?;
    if arguments.build_only && arguments.json {
        return print_json(&serde_json::json!({ "workspace": folder }));
    }
    if arguments.build_only {
        say!("Built the demo workspace {}", folder.display());
        return Ok(());
    }
    let author = Some(Author::default().name());
    let serving = Serving { port: arguments.port, valid_on: None, known_on: None, clearance: Marking::Public, author };
    let served = serve(workspace, serving, !arguments.no_open, arguments.json);
    if arguments.folder.is_none() {
        let _ = std::fs::remove_dir_all(&folder);
    }
    served
}

fn build(folder: &Path, telling: bool) -> Result<Workspace> {
    let settings = Settings { title: "Demo: ten host countries".into(), valid_on: Some(VALID_ON.into()), ..Default::default() };
    let workspace = Workspace::init(folder, settings)?;
    let sources = folder.join("files").join("demo");
    for path in DemoFiles::iter() {
        let (Some(file), to) = (DemoFiles::get(&path), sources.join(path.as_ref())) else {
            continue;
        };
        if let Some(parent) = to.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(&to, &file.data).with_context(|| format!("{} cannot be written", to.display()))?;
    }
    // One data set a publisher, as the publishers publish.
    let mut files: Vec<PathBuf> = std::fs::read_dir(sources.join("iati"))?.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
    files.retain(|f| f.extension().is_some_and(|e| e == "xml"));
    files.sort();
    let mut tables: Vec<PathBuf> = std::fs::read_dir(&sources)?.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
    tables.retain(|f| f.extension().is_some_and(|e| e == "toml"));
    tables.sort();
    files.extend(tables);
    files.push(sources.join("register"));
    let report = with_progress(&workspace, &Job { files, author: "Remit demo".into(), ..Default::default() })?;
    if telling {
        say!("{}", summary(&workspace, &report));
    }
    Ok(workspace)
}

/// What the demo is made of, in one sentence.
fn summary(workspace: &Workspace, report: &Report) -> String {
    let locale = workspace.model().languages.get(Language::ENGLISH).for_terminal();
    let of = |n: u64| locale.whole(n as f64);
    let records: u64 = report.imports.iter().map(|i| i.records).sum();
    let problems: u64 = report.imports.iter().map(|i| i.problems).sum();
    let statements: u64 = report.sheets.iter().map(|s| s.added).sum();
    format!(
        "{} records of {} data sets, {} statements of {} sheets of the register; {} places could not be used as they stand",
        of(records),
        report.imports.len(),
        of(statements),
        report.sheets.len(),
        of(problems)
    )
}
