//! What goes to standard output and standard error, and in which form.

use crate::usage::usage;
use anyhow::{Result, anyhow};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use remit_model::{Language, visible};
use remit_sheet::{Format, Output};
use remit_store::{AsOf, Table, Workspace};
use std::io::{ErrorKind, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

/// The option for a byte-order mark.
const BOM: &str = "bom";

/// How an answer is given: on the terminal, or in one of the formats that there are.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answered {
    chosen: Option<(Format, Option<PathBuf>)>,
    byte_order_mark: bool,
}

impl Answered {
    /// Chooses what an option says, where there is such an option; `value` gives what stands behind it.
    pub(crate) fn choose(&mut self, option: &str, value: impl FnOnce() -> Result<String>) -> Result<bool> {
        if option == BOM {
            self.byte_order_mark = true;
            return Ok(true);
        }
        let Some(format) = Format::of_ending(option) else { return Ok(false) };
        let file = if format.is_text() { None } else { Some(value()?.into()) };
        if let Some((other, _)) = self.chosen.as_ref().filter(|(other, _)| *other != format) {
            return Err(usage(format!("--{} and --{option} are two forms; choose one", other.ending())));
        }
        self.chosen = Some((format, file));
        Ok(true)
    }

    /// The format that was chosen; none for the terminal.
    pub(crate) fn format(&self) -> Option<Format> {
        self.chosen.as_ref().map(|(format, _)| *format)
    }

    /// Gives an answer.
    pub(crate) fn give(&self, output: &Output<'_>) -> Result<()> {
        match &self.chosen {
            None => print(&shown(output)),
            Some((_, Some(file))) => write_file(file, &self.bytes(output)?),
            // People look at it too.
            Some((Format::Json, None)) => print_json(&output.json()),
            Some(_) => print(&String::from_utf8_lossy(&self.bytes(output)?)),
        }
    }

    fn bytes(&self, output: &Output<'_>) -> Result<Vec<u8>> {
        let output = Output { byte_order_mark: self.byte_order_mark, ..output.clone() };
        Ok(output.write(self.format().unwrap_or_default())?)
    }
}

/// An answer as lines: who reads it at a terminal, or asks for another language than English, gets words for codes; a pipe gets the codes,
/// as programs know them.
pub(crate) fn shown(output: &Output<'_>) -> String {
    let is_read = std::io::stdout().is_terminal() || output.locale.language != Language::ENGLISH;
    if is_read { output.words() } else { output.text() }
}

impl clap::FromArgMatches for Answered {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Answered, clap::Error> {
        let mut answered = Answered::default();
        answered.update_from_arg_matches(matches)?;
        Ok(answered)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        let given = |format: &Format| matches.value_source(format.ending()) == Some(ValueSource::CommandLine);
        if let Some(format) = Format::files().find(given) {
            let file = if format.is_text() { None } else { matches.get_one::<PathBuf>(format.ending()).cloned() };
            self.chosen = Some((format, file));
        }
        self.byte_order_mark = matches.get_flag(BOM);
        Ok(())
    }
}

impl clap::Args for Answered {
    fn augment_args(command: Command) -> Command {
        let options = Format::files().map(|format| {
            let option = Arg::new(format.ending()).long(format.ending()).help(format.help());
            let option = match format.is_text() {
                true => option.action(ArgAction::SetTrue),
                false => option.value_name("FILE").value_parser(clap::value_parser!(PathBuf)),
            };
            option.conflicts_with_all(Format::files().filter(|other| *other != format).map(Format::ending))
        });
        let mark = Arg::new(BOM).long(BOM).action(ArgAction::SetTrue).requires(Format::Csv.ending());
        command.args(options).arg(mark.help("With --csv: begin with a byte-order mark, for Excel"))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Answered::augment_args(command)
    }
}

/// What was done is said in words, or as JSON to a program.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub(crate) struct Receipt {
    /// Say what was done as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

impl Receipt {
    /// Says what was done: words on standard error, JSON on standard output.
    pub(crate) fn tell(self, words: &str, json: &serde_json::Value) -> Result<()> {
        if self.json {
            return print_json(json);
        }
        say!("{words}");
        Ok(())
    }
}

/// Says something to people, on standard error. What stands in files and addresses may be made to move the cursor or to change
/// what is shown: nothing but text reaches a terminal.
macro_rules! say {
    ($($words:tt)*) => { $crate::output::say_to_people(&format!($($words)*)) };
}
pub(crate) use say;

pub(crate) fn say_to_people(words: &str) {
    // Where nobody listens, what was done is done all the same.
    let _ = writeln!(std::io::stderr(), "{}", visible(words));
}

/// Prints text: as it is for a program, without what a terminal would obey for people.
pub(crate) fn print(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    let shown = if out.is_terminal() { visible(text) } else { text.into() };
    out.write_all(shown.as_bytes())?;
    Ok(out.flush()?)
}

/// Prints JSON, indented.
pub(crate) fn print_json(value: &serde_json::Value) -> Result<()> {
    print(&format!("{}\n", serde_json::to_string_pretty(value)?))
}

/// What is to be written of the rows of a query.
pub(crate) fn of_query<'a>(
    workspace: &'a Workspace,
    name: &str,
    parameters: &[(&str, &str)],
    as_of: &AsOf,
    table: &'a Table,
) -> Output<'a> {
    let model = workspace.model();
    Output {
        parameters: parameters.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect(),
        ..Output::of_table(name, as_of, table, model, &model.languages.get(Language::ENGLISH))
    }
}

/// Whether a file that is there already is written over: somebody may have worked in it since.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub(crate) struct Overwrite {
    /// Write over a file that is there already
    #[arg(long)]
    overwrite: bool,
}

impl Overwrite {
    /// True where it was said.
    pub(crate) fn is_said(self) -> bool {
        self.overwrite
    }

    /// Writes a file that somebody named, where there is none yet or it may be written over.
    pub(crate) fn write(self, file: &Path, bytes: &[u8]) -> Result<()> {
        self.may_write(file)?;
        write_file(file, bytes)
    }

    /// Refuses where the file is there already: who writes several asks of each before the first is written.
    pub(crate) fn may_write(self, file: &Path) -> Result<()> {
        if !self.overwrite && file.is_file() {
            return Err(usage(format!(
                "{} is there already, and nothing was written; name another file, or say --overwrite",
                file.display()
            )));
        }
        Ok(())
    }
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
