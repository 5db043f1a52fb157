//! `remit demo`: the demo's files are part of the program; they are laid out, imported and served.

use crate::commands::AuthorArguments;
use crate::commands::import::with_progress;
use crate::commands::serve::serve;
use crate::interrupt;
use crate::output::{print_json, say};
use anyhow::{Context, Result};
use lzma_rust2::XzReader;
use remit_ask::Questions;
use remit_import::{ImportReport, Job};
use remit_model::{Language, Marking};
use remit_store::{Settings, Workspace};
use remit_web::Serving;
use std::fs::File;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The demo's files, packed by build.rs.
static FILES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/demo.tar.xz"));

/// Where the files of the training workspace stand among those of the demo.
const TRAINING: &str = "training/";

/// How the names of the demo's temporary folders begin.
const TEMPORARY: &str = "remit-demo-";

/// A file in such a folder, locked for as long as its demo runs: however that ends, the lock ends with it.
const RUNNING: &str = "running";

#[derive(Debug, Default, clap::Args)]
#[command(after_long_help = "\
Ten host countries from published data, as of today. The workspace is made anew each time, in a temporary folder that goes away at the end.
With --training it is another one, all made up, for what no public data may show: support files, screening, a file that is reopened.

Examples:
  remit demo                                     build it and open it in a browser
  remit demo --training                          learn due diligence on units and persons that do not exist
  remit demo --no-open --port 0                  only say where it is
  remit demo --folder demo --build-only          keep it, to ask on the command line: remit ask demo support --country SO")]
pub(crate) struct Arguments {
    /// Build the made-up workspace for training in due diligence instead
    #[arg(long)]
    pub(crate) training: bool,
    /// Port on this machine; 0 for any that is free [default: 8017, where it is free]
    #[arg(long)]
    pub(crate) port: Option<u16>,
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

/// One of the workspaces that are part of the program.
struct Demo {
    settings: Settings,
    /// Where its files stand among those of the demo.
    files: &'static str,
    /// What its readers may see.
    clearance: Marking,
}

impl Demo {
    /// Published facts on ten countries; the first one has something to show of everything.
    fn of_countries() -> Demo {
        let countries = ["SO", "AF", "BA", "CF", "CD", "IQ", "LY", "RS", "SS", "UA"].map(str::to_owned).to_vec();
        let settings = Settings { title: "Demo: ten host countries".into(), countries, ..Default::default() };
        Demo { settings, files: "", clearance: Marking::Public }
    }

    /// Made-up files of support, as of the day on which their story is told.
    fn for_training() -> Demo {
        let title = "Training: all of it made up".into();
        let settings = Settings { title, valid_on: Some("2026-09-30".into()), ..Default::default() };
        Demo { settings, files: TRAINING, clearance: Marking::StrictlyConfidential }
    }
}

/// A temporary folder that goes away with its demo. What was tried in one may be meant for nobody's eyes: where a demo was killed, the
/// next one takes its folder away.
struct Passing {
    // The first to be dropped: Windows takes away no folder with an open file in it.
    _running: File,
    folder: TempDir,
}

impl Passing {
    fn new() -> std::io::Result<Passing> {
        clear(&std::env::temp_dir());
        loop {
            let folder = new_folder()?;
            let path = folder.path().join(RUNNING);
            let running = File::create(&path)?;
            running.lock()?;
            // Another demo that starts at this moment may have taken it for one that had ended.
            if path.exists() {
                return Ok(Passing { _running: running, folder });
            }
        }
    }
}

/// A folder of a name that nothing else has.
fn new_folder() -> std::io::Result<TempDir> {
    tempfile::Builder::new().prefix(TEMPORARY).tempdir()
}

/// Takes away the folders of demos that run no more. What cannot be taken away stays: that is no reason to show no demo.
fn clear(temporary: &Path) {
    let Ok(entries) = std::fs::read_dir(temporary) else { return };
    for entry in entries.flatten() {
        // A link is not followed: others may write in this folder too.
        let is_folder = entry.file_type().is_ok_and(|t| t.is_dir());
        if !is_folder || !entry.file_name().to_string_lossy().starts_with(TEMPORARY) {
            continue;
        }
        let running = entry.path().join(RUNNING);
        if !std::fs::symlink_metadata(&running).is_ok_and(|m| m.is_file()) {
            continue;
        }
        let Ok(lock) = File::open(&running) else { continue };
        if lock.try_lock().is_ok() {
            let _ = std::fs::remove_dir_all(entry.path());
            drop(lock);
            // A system that keeps a file for as long as it is open has left this one.
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// Where the demo is made, and what goes away with it; only what is to stay has no such folder.
fn place(arguments: &Arguments) -> std::io::Result<(PathBuf, Option<Passing>)> {
    match &arguments.folder {
        Some(folder) => Ok((folder.clone(), None)),
        None if arguments.build_only => Ok((new_folder()?.keep().join("demo"), None)),
        None => {
            let passing = Passing::new()?;
            Ok((passing.folder.path().join("demo"), Some(passing)))
        }
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let (folder, passing) = place(arguments).with_context(|| {
        format!("the demo cannot be made in {}; choose a folder with --folder", std::env::temp_dir().display())
    })?;
    interrupt::watch(None, "; the same command begins again");
    let demo = if arguments.training { Demo::for_training() } else { Demo::of_countries() };
    let clearance = demo.clearance;
    let workspace = build(demo, &folder, !arguments.json)?;
    if arguments.build_only && arguments.json {
        return print_json(&serde_json::json!({ "workspace": folder }));
    }
    if arguments.build_only {
        say!("Built the demo workspace {}", folder.display());
        return Ok(());
    }
    let author = Some(AuthorArguments::default().name());
    let serving =
        Serving { port: arguments.port, valid_on: None, known_on: None, clearance, author, is_early: !arguments.no_open };
    let served = serve(workspace, serving, !arguments.no_open, arguments.json);
    drop(passing);
    served
}

fn build(demo: Demo, folder: &Path, telling: bool) -> Result<Workspace> {
    let workspace = Workspace::init(folder, demo.settings)?;
    let sources = folder.join("files").join("demo");
    let mut made = PathBuf::new();
    for entry in tar::Archive::new(XzReader::new(FILES, false)).entries()? {
        let mut entry = entry?;
        let path = entry.path()?.to_string_lossy().into_owned();
        if path.starts_with(TRAINING) != (demo.files == TRAINING) {
            continue;
        }
        let own = path.trim_start_matches(demo.files);
        // Its pages made of questions stand where a workspace has them.
        let to = if own.starts_with("questions/") { folder.join(own) } else { sources.join(own) };
        if let Some(parent) = to.parent().filter(|parent| *parent != made) {
            std::fs::create_dir_all(parent)?;
            made = parent.to_owned();
        }
        let written = std::fs::File::create(&to).and_then(|mut file| std::io::copy(&mut entry, &mut file));
        written.with_context(|| format!("{} cannot be written", to.display()))?;
    }
    // One data set a publisher, as the publishers publish.
    let mut files = with_ending(&sources.join("iati"), "xml")?;
    files.extend(with_ending(&sources, "toml")?);
    files.push(sources.join("register"));
    let report = with_progress(&workspace, &Job { files, author: "Remit demo".into(), ..Default::default() })?;
    if telling {
        say!("{}", summary(&workspace, &report)?);
    }
    Ok(workspace)
}

/// The files of a folder with an ending, in the order of their names; none where there is no such folder.
fn with_ending(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
    files.retain(|f| f.extension().is_some_and(|e| e == ending));
    files.sort();
    Ok(files)
}

/// What was made: of what, and where one begins.
fn summary(workspace: &Workspace, report: &ImportReport) -> Result<String> {
    let locale = workspace.model().languages.get(Language::ENGLISH).for_terminal();
    let of = |n: u64| locale.whole(n as f64);
    let records: u64 = report.imports.iter().map(|i| i.records).sum();
    let problems: u64 = report.imports.iter().map(|i| i.problems).sum();
    let statements: u64 = report.sheets.iter().map(|s| s.added).sum();
    let mut parts = vec![workspace.settings().title.clone()];
    if !report.imports.is_empty() {
        let (records, sets, problems) = (of(records), report.imports.len(), of(problems));
        parts.push(format!(
            "{records} records of {sets} published data sets; {problems} places of them could not be used as they stand"
        ));
    }
    parts.push(format!("{} statements of {} sheets of the register", of(statements), report.sheets.len()));
    let questions = Questions::load(workspace)?;
    parts.push(format!("answers to {} questions, as of {}", questions.all().len(), workspace.default_day()));
    parts.extend(questions.stories().iter().map(|s| format!("page: {}", s.title.english())));
    Ok(parts.join("\n  "))
}
