//! `remit read`

use crate::commands::{AuthorArguments, counted, marking_of, problems_of, usage};
use crate::interrupt;
use crate::output::{print_json, say};
use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use remit_model::{Marking, web_address};
use remit_reader::ingest::{File, Ingest, Ingested, ingest, mission};
use remit_store::Workspace;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Reads PDF, Word (.docx), HTML and plain text: the paragraphs with their own numbers, and what they say of missions, tasks, \
places and dates. Each file is kept in the workspace by its hash. What it seems to say is proposed, with the sentence that \
says so; somebody accepts or rejects it in the browser (`remit serve`). Reading the same file again changes nothing that was \
decided.

Pages that are pictures of text (a scan) are recognised where Tesseract is installed, and marked as such.

Examples:
  remit read somalia S_RES_2102_2013.pdf              a resolution
  remit read somalia reports/ --url https://undocs.org    a folder of them
  remit read somalia page.html --mission UNSOM        a page that says only “the Mission”
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
    /// The mission that the documents are of, where they do not name it (acronym, or name in the register)
    #[arg(long, value_name = "MISSION", default_value = "")]
    mission: String,
    #[command(flatten)]
    author: AuthorArguments,
    /// Say what was done as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let url = match arguments.url.trim() {
        "" => String::new(),
        text => web_address(text).map_err(|_| usage(format!("--url: `{text}` is no address; write https://…")))?,
    };
    let workspace = Workspace::open(&arguments.workspace)?;
    let marking = marking_of(&workspace, "--marking", &arguments.marking)?;
    let whose = whose(&workspace, &arguments.mission)?;
    interrupt::watch(Some(&workspace), "; documents that were told are kept, the same command goes on");
    let mut files = Vec::new();
    arguments.files.iter().try_for_each(|f| collect(f, &mut files))?;
    if files.is_empty() {
        let named: Vec<String> = arguments.files.iter().map(|f| f.display().to_string()).collect();
        bail!("there is no file to read in {}; name the folder that holds the documents, or a document", named.join(", "));
    }
    let bar = progress(files.len());
    let mut all: Vec<Ingested> = Vec::new();
    let mut failed = 0;
    let (author, clearance) = (arguments.author.name(), Marking::StrictlyConfidential);
    let into = Ingest { workspace: &workspace, clearance, url: &url, marking, author: &author, whose: &whose };
    ingest(&into, &files, |done| {
        failed += usize::from(done.passages == 0);
        // Of many that did not change, each by itself tells nothing.
        let silent = arguments.json || done.unchanged && done.notes.is_empty() && files.len() > 1;
        if !silent {
            bar.suspend(|| tell(&done));
        }
        all.push(done);
        bar.inc(1);
    })?;
    bar.finish_and_clear();
    let (place, read) = (remit_files::for_shell(&arguments.workspace), all.len() - failed);
    let unread = format!("{} could not be read ({})", counted(failed, "file"), problems_of(&place, marking));
    if arguments.json {
        print_json(&serde_json::json!({ "documents": all }))?;
    } else if read > 0 {
        tell_together(&all, read, &place);
    }
    // Where nothing of what was named was read, nothing was done, and a script has to know it.
    if read == 0 {
        bail!(unread);
    }
    if failed > 0 && !arguments.json {
        say!("{unread}");
    }
    Ok(())
}

/// Tells what was read, all together.
fn tell_together(all: &[Ingested], read: usize, workspace: &str) {
    let (passages, proposals) = all.iter().fold((0, 0), |(a, b), d| (a + d.passages, b + d.proposals));
    let before = match all.iter().filter(|d| d.unchanged).count() {
        0 => String::new(),
        n => format!(" ({n} read before, nothing changed)"),
    };
    say!(
        "{}{before}, {}, {} to decide on (remit serve {workspace})",
        counted(read, "document"),
        counted(passages, "passage"),
        counted(proposals, "new proposal")
    );
}

/// The mission that `--mission` means.
fn whose(workspace: &Workspace, called: &str) -> Result<String> {
    if called.is_empty() {
        return Ok(String::new());
    }
    let found = mission(workspace, Marking::StrictlyConfidential, called)?;
    found.ok_or_else(|| {
        usage(format!(
            "--mission: nobody is called `{called}`; write an acronym (EUAM Ukraine, UNMISS) or a name of the register"
        ))
    })
}

/// The files of a folder but those with a hidden name, in the order of their paths, or the file itself. What is passed over is
/// told.
fn collect(path: &Path, files: &mut Vec<File>) -> Result<()> {
    let opened = || format!("{} cannot be opened", path.display());
    if !path.is_dir() {
        std::fs::metadata(path).with_context(opened)?;
        files.push(File::At(path.to_path_buf()));
        return Ok(());
    }
    let below = remit_files::below(path).with_context(opened)?;
    let hidden = |file: &Path| {
        let inner = file.strip_prefix(path).unwrap_or(file);
        inner.components().any(|c| c.as_os_str().to_string_lossy().starts_with('.'))
    };
    files.extend(below.files.into_iter().filter(|f| !hidden(f)).map(File::At));
    below.passed_over.iter().for_each(|(file, why)| say!("{}: passed over, {why}", file.display()));
    Ok(())
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

fn tell(done: &Ingested) {
    let notes: String = done.notes.iter().map(|n| format!("\n  {n}")).collect();
    if done.passages == 0 {
        say!("{}: not read{notes}", done.file);
        return;
    }
    let what = if done.unchanged {
        "read before, nothing changed".into()
    } else {
        format!("{}, {}", counted(done.passages, "passage"), counted(done.proposals, "proposal"))
    };
    say!("{}: {what}{notes}", done.file);
    if done.proposals == 0 && !done.unchanged && done.mission.is_empty() {
        say!("  it names no mission that is known: if it is one’s own, say whose, as in --mission \"EUCAP Somalia\"");
    }
}
