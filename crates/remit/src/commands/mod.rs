//! One module a command, each with its arguments and `run`.

pub(crate) mod add;
pub(crate) mod ask;
pub(crate) mod backup;
pub(crate) mod bundle;
pub(crate) mod completions;
pub(crate) mod demo;
pub(crate) mod erase;
pub(crate) mod estimate;
pub(crate) mod evaluate;
pub(crate) mod export;
pub(crate) mod history;
pub(crate) mod import;
pub(crate) mod init;
pub(crate) mod key;
pub(crate) mod locks;
pub(crate) mod man;
pub(crate) mod merge;
pub(crate) mod pack;
pub(crate) mod problems;
pub(crate) mod publish;
pub(crate) mod read;
pub(crate) mod read_one;
pub(crate) mod redact;
pub(crate) mod reference;
pub(crate) mod report;
pub(crate) mod roll;
pub(crate) mod serve;
pub(crate) mod sql;
pub(crate) mod start;
pub(crate) mod template;
pub(crate) mod train;
pub(crate) mod undo;
pub(crate) mod unpack;
pub(crate) mod update;
pub(crate) mod verify;

use crate::output::say;
pub(crate) use crate::usage::usage;
use anyhow::Result;
use remit_ask::Questions;
use remit_model::{Day, Kind, Locale, Marking};
use remit_store::{AsOf, AskedBy, HeldBack, Reader, Workspace, marking_said};
use std::fmt::Display;
use std::path::Path;
use std::sync::Arc;

/// Opens a workspace for a command that uses its own model or questions, and says which of their files lie where nothing reads them.
pub(crate) fn open(folder: &Path) -> Result<Workspace> {
    let workspace = Workspace::open(folder)?;
    workspace.misplaced().iter().for_each(|told| say!("{told}"));
    Ok(workspace)
}

/// Opens a workspace for a command that means the same without a kind or code list of its own: a fault in the file of one keeps nobody from
/// a copy, or from what was recorded. It is said, and the file left out.
pub(crate) fn open_usable(folder: &Path) -> Result<Workspace> {
    let workspace = Workspace::open_usable(folder)?;
    tell_faults(workspace.left_out());
    Ok(workspace)
}

/// Says what is wrong with files of a workspace, which are left out.
pub(crate) fn tell_faults(faults: impl IntoIterator<Item = impl Display>) {
    faults.into_iter().for_each(|fault| say!("{fault}; the file is left out"));
}

/// Notes that somebody looks at records of kinds of which that is noted, as their pages and questions do.
pub(crate) fn note_look(workspace: &Workspace, as_of: &AsOf, what: &str, reads: impl Fn(&Kind) -> bool) -> Result<()> {
    Ok(workspace.note_look_at(&AuthorArguments::default().name(), as_of.clearance, what, reads)?)
}

/// The questions of a workspace. A fault in one of its files keeps the others from nobody: it is said, and the file left out.
pub(crate) fn questions(workspace: &Workspace) -> Result<Questions> {
    Questions::load(workspace).or_else(|_| {
        let reader = Reader::open(workspace, AsOf::public(workspace.default_day()))?;
        let (questions, faults) = Questions::usable(workspace, &reader)?;
        tell_faults(&faults);
        Ok(questions)
    })
}

/// What is handed on of a workspace.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct HandingOn {
    /// Hand on counts of few people too: they are held back otherwise, with those that would tell them. What trainings count goes in any case
    #[arg(long)]
    small_counts: bool,
}

impl HandingOn {
    /// Whether counts of few people go too.
    pub(crate) fn small_counts(&self) -> bool {
        self.small_counts
    }

    /// What is held back of what is marked up to a marking.
    pub(crate) fn held_back(&self, workspace: &Workspace, clearance: Marking) -> Result<Arc<HeldBack>> {
        Ok(HeldBack::unless(self.small_counts, workspace, clearance)?)
    }

    /// A reader who does not see what is held back; it is said how much that is.
    pub(crate) fn reader(&self, workspace: &Workspace, as_of: AsOf) -> Result<Reader> {
        let held = self.held_back(workspace, as_of.clearance)?;
        tell_held_back(held.counts());
        Ok(Reader::without(workspace, as_of, AskedBy::Questions, held)?)
    }
}

/// Says how many counts of few people stay where they are, and how they are handed on.
pub(crate) fn tell_held_back(counts: usize) {
    if counts > 0 {
        say!(
            "held back: {}, as {} of few people or would tell such a count; to hand {} on, say --small-counts",
            counted(counts, "count"),
            of_number(counts, ["it tells", "they tell"]),
            of_number(counts, ["it", "them"])
        );
    }
}

/// Which part of a workspace to read.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct AsOfArguments {
    /// The day that the facts are about [default: that of the workspace, else today]
    #[arg(long, value_name = "DAY")]
    pub(crate) valid_on: Option<String>,
    /// As known on a day (its end) or at a moment (2026-11-24T09:30:00Z) [default: now]
    #[arg(long, value_name = "DAY")]
    pub(crate) known_on: Option<String>,
    /// Read what is marked at most so: public, internal, confidential, strictly_confidential
    #[arg(long, value_name = "MARKING", default_value = "public")]
    pub(crate) clearance: String,
}

/// A number of things, in words of English.
pub(crate) fn counted(n: impl Display + Copy, what: &str) -> String {
    format!("{n} {what}{}", of_number(n, ["", "s"]))
}

/// What goes with a number of things: the first with one of them, the second with any other number.
pub(crate) fn of_number(n: impl Display + Copy, [one, more]: [&'static str; 2]) -> &'static str {
    if n.to_string() == "1" { one } else { more }
}

/// The marking that an argument says: by its code, or by its name in any language.
pub(crate) fn marking_of(workspace: &Workspace, argument: &str, text: &str) -> Result<Marking> {
    marking_said(workspace.model(), text).map_err(|e| usage(format!("{argument}: {e}")))
}

/// The command that lists what could not be used of something, for who may see it.
pub(crate) fn problems_of(workspace: &str, marking: Marking) -> String {
    match marking {
        Marking::Public => format!("remit problems {workspace}"),
        marking => format!("remit problems {workspace} --clearance {}", marking.code()),
    }
}

/// In which language people read what is written.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct LanguageArgument {
    /// Language of headings, labels and help, by its code: en, fr, ar …
    #[arg(long, default_value = "en")]
    pub(crate) language: String,
}

impl LanguageArgument {
    pub(crate) fn locale(&self, workspace: &Workspace) -> Result<Arc<Locale>> {
        let languages = &workspace.model().languages;
        let known = || languages.all().map(|l| l.language.to_string()).collect::<Vec<_>>().join(", ");
        languages
            .find(&self.language)
            .ok_or_else(|| usage(format!("--language: `{}` is not a language of Remit; use {}", self.language, known())))
    }
}

/// Who ordered that something is taken away for good, and why.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct OrderArguments {
    /// Why: it stands in the history
    #[arg(long, value_name = "TEXT", value_parser = something)]
    reason: String,
    /// Who ordered it: stands there too
    #[arg(long, value_name = "NAME", value_parser = something)]
    ordered_by: String,
}

/// A text that says something.
pub(crate) fn something(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("say it in words: it stands in the history".to_owned()),
        text => Ok(text.to_owned()),
    }
}

/// What was taken away, with where the same may stand still: `what` in these records, and in the log.
pub(crate) fn taken_away(done: String, what: &str, named_in: &[String], is_out_of_log: bool) -> String {
    let named = if named_in.is_empty() { String::new() } else { format!("\n  {what} still in: {}", named_in.join(", ")) };
    let log = "\n  somebody has the workspace open: the old values stand in its log until every server has ended";
    format!("{done}{named}{}", if is_out_of_log { "" } else { log })
}

/// Who writes.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct AuthorArguments {
    /// Who records this [default: the user of this machine]
    #[arg(long, value_name = "NAME", env = "REMIT_AUTHOR")]
    author: Option<String>,
}

impl AuthorArguments {
    pub(crate) fn name(&self) -> String {
        let user = || {
            let names = ["REMIT_AUTHOR", "USER", "USERNAME", "LOGNAME"];
            names.iter().filter_map(|v| std::env::var(v).ok()).find(|u| !u.is_empty())
        };
        self.author.clone().or_else(user).or_else(logged_in).unwrap_or_else(|| "unknown".into())
    }
}

/// The user that this program runs as, as the machine lists its users: not every way in sets a variable with the name.
#[cfg(unix)]
fn logged_in() -> Option<String> {
    use std::os::unix::fs::MetadataExt as _;
    let own = std::fs::metadata("/proc/self").ok()?.uid().to_string();
    let users = std::fs::read_to_string("/etc/passwd").ok()?;
    // name:password:number:…
    let named = users.lines().find(|user| user.split(':').nth(2) == Some(own.as_str()))?;
    named.split(':').next().filter(|name| !name.is_empty()).map(str::to_owned)
}

#[cfg(not(unix))]
fn logged_in() -> Option<String> {
    None
}

impl AsOfArguments {
    /// The day, moment and clearance that these arguments mean in a workspace.
    pub(crate) fn as_of(&self, workspace: &Workspace) -> Result<AsOf> {
        let valid_on = match self.valid_on.as_deref() {
            Some(text) => Day::typed(text).ok_or_else(|| usage(format!("--valid-on: {}", Day::refused(text))))?,
            None => workspace.default_day(),
        };
        let known_on =
            self.known_on.as_deref().map(AsOf::parse_known_on).transpose().map_err(|e| usage(format!("--known-on: {e}")))?;
        let clearance: Marking = match self.clearance.as_str() {
            "" => Marking::Public,
            text => marking_of(workspace, "--clearance", text)?,
        };
        Ok(AsOf { valid_on, known_on, clearance })
    }
}
