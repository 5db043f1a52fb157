//! `remit read`

use crate::commands::{Author, usage};
use crate::interrupt;
use crate::output::print_json;
use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use remit_model::Marking;
use remit_reader::document::{Document, ReadError};
use remit_reader::keep::{self, Kept, Source};
use remit_reader::learn::Classifier;
use remit_reader::read::{Reader, Reading};
use remit_reader::{isolate, read_by};
use remit_store::{Register, Workspace};
use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Reads PDF, Word (.docx), HTML and plain text: the paragraphs with their own numbers, and what they say of missions, tasks, \
places and dates. Each file is kept in the workspace by its hash. What it seems to say is proposed, with the sentence that \
says so; somebody accepts or rejects it in the browser (`remit serve`). Reading the same file again changes nothing that was \
decided.

Examples:
  remit read somalia S_RES_2102_2013.pdf              a resolution
  remit read somalia reports/ --url https://undocs.org    a folder of them
  remit ask somalia mandate --mission UNSOM           what was accepted, over time
  remit ask somalia priorities                        what each mission's documents speak of")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// Files, or folders of them
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Where it was published
    #[arg(long, value_name = "ADDRESS", default_value = "")]
    url: String,
    /// How confidential it is: public, internal, confidential, strictly_confidential
    #[arg(long, value_name = "MARKING", default_value = "public")]
    marking: String,
    #[command(flatten)]
    author: Author,
    /// Say what was done as JSON
    #[arg(long)]
    json: bool,
}

/// A file that was read, or why it was not.
type Done = Result<(Vec<u8>, String, Result<(Document, Reading), ReadError>)>;

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let marking: Marking = arguments.marking.parse().map_err(|e: String| usage(format!("--marking: {e}")))?;
    if !(arguments.url.is_empty() || arguments.url.starts_with("http://") || arguments.url.starts_with("https://")) {
        return Err(usage(format!("--url: `{}` is no address; write https://…", arguments.url)));
    }
    let workspace = Workspace::open(&arguments.workspace)?;
    interrupt::watch("; documents that were told are kept, the same command goes on");
    let mut files = Vec::new();
    arguments.files.iter().try_for_each(|f| collect(f, &mut files))?;
    // Held open to the end: whoever closes a database last puts its log away, which takes longer than a document.
    let register = Register::open(&workspace)?;
    let names = register.names("actor", Marking::StrictlyConfidential)?;
    let reader = Reader::new(workspace.model(), Classifier::shipped(), names);
    let program = std::env::current_exe().context("this program does not find itself")?;
    let bar = progress(files.len());
    let mut all: Vec<Kept> = Vec::new();
    let mut failed = 0;
    in_order(
        &files,
        |file| read_one(&program, &reader, file),
        |file, done| {
            let kept = keep_one(&workspace, arguments, marking, file, done)?;
            failed += usize::from(kept.passages == 0);
            // Of many that did not change, each by itself tells nothing.
            let silent = arguments.json || kept.unchanged && kept.notes.is_empty() && files.len() > 1;
            if !silent {
                bar.suspend(|| tell(&kept));
            }
            all.push(kept);
            bar.inc(1);
            Ok(())
        },
    )?;
    drop(register);
    bar.finish_and_clear();
    if arguments.json {
        return print_json(&serde_json::json!({ "documents": all }));
    }
    let (passages, proposals) = all.iter().fold((0, 0), |(a, b), k| (a + k.passages, b + k.proposals));
    let before = match all.iter().filter(|k| k.unchanged).count() {
        0 => String::new(),
        n => format!(" ({n} read before, nothing changed)"),
    };
    eprintln!(
        "{}{before}, {}, {} to decide on (remit serve {})",
        counted(all.len() - failed, "document"),
        counted(passages, "passage"),
        counted(proposals, "new proposal"),
        arguments.workspace.display()
    );
    if failed > 0 {
        eprintln!("{} could not be read (remit problems {})", counted(failed, "file"), arguments.workspace.display());
    }
    Ok(())
}

/// The files of a folder, sorted by name, or the file itself.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if !path.is_dir() {
        std::fs::metadata(path).with_context(|| format!("{} cannot be opened", path.display()))?;
        files.push(path.to_path_buf());
        return Ok(());
    }
    let entries = std::fs::read_dir(path).with_context(|| format!("{} cannot be opened", path.display()))?;
    let mut entries: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    entries.sort();
    for entry in entries.iter().filter(|e| !e.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'))) {
        collect(entry, files)?;
    }
    Ok(())
}

fn read_one(program: &Path, reader: &Reader<'_>, file: &Path) -> Done {
    let bytes = std::fs::read(file).with_context(|| format!("{} cannot be opened", file.display()))?;
    let name = name_of(file);
    let hash = keep::hash(&bytes);
    let read = match isolate::read(program, &name, &bytes) {
        Ok(document) => {
            let reading = reader.read(&document);
            Ok((document, reading))
        }
        Err(error) => Err(error),
    };
    Ok((bytes, hash, read))
}

fn name_of(file: &Path) -> String {
    file.file_name().map_or_else(|| file.display().to_string(), |n| n.to_string_lossy().into_owned())
}

fn keep_one(workspace: &Workspace, arguments: &Arguments, marking: Marking, file: &Path, done: Done) -> Result<Kept> {
    let (bytes, hash, read) = done?;
    let name = name_of(file);
    let source = Source { name: &name, bytes: &bytes, hash: &hash, url: &arguments.url, marking };
    Ok(match read {
        Ok((document, reading)) => keep::keep(workspace, &source, &document, &reading, &read_by(), &arguments.author.name())?,
        Err(error) => keep::keep_unread(workspace, &source, &error)?,
    })
}

/// Does `work` on all cores and hands the results to `then` one by one, in the order of the files.
fn in_order<T: Send>(
    files: &[PathBuf],
    work: impl Fn(&Path) -> T + Sync,
    mut then: impl FnMut(&Path, T) -> Result<()>,
) -> Result<()> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(files.len()).max(1);
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::sync_channel(2 * threads);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, next, work) = (sender.clone(), &next, &work);
            scope.spawn(move || {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    let Some(file) = files.get(n) else { return };
                    if sender.send((n, work(file))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let (mut waiting, mut due) = (BTreeMap::new(), 0);
        // Dropping the receiver on an error lets the workers end.
        for (n, result) in receiver {
            waiting.insert(n, result);
            while let Some(result) = waiting.remove(&due) {
                then(&files[due], result)?;
                due += 1;
            }
        }
        Ok(())
    })
}

fn progress(files: usize) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::hidden());
    if std::io::stderr().is_terminal() && files > 1 {
        bar.set_draw_target(ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} documents  {eta} left") {
            bar.set_style(style);
        }
    }
    bar
}

fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

fn tell(kept: &Kept) {
    let notes: String = kept.notes.iter().map(|n| format!("\n  {n}")).collect();
    if kept.passages == 0 {
        eprintln!("{}: not read{notes}", kept.file);
        return;
    }
    let what = if kept.unchanged {
        "read before, nothing changed".into()
    } else {
        format!("{}, {}", counted(kept.passages, "passage"), counted(kept.proposals, "proposal"))
    };
    eprintln!("{}: {what}{notes}", kept.file);
}
