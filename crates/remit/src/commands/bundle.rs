//! `remit bundle`

use crate::commands::locks::Locks;
use crate::commands::pack::{PartArguments, left_out};
use crate::commands::{AuthorArguments, counted, of_number, usage};
use crate::interrupt;
use crate::output::{Receipt, patiently};
use anyhow::Result;
use remit_exchange::bundle;
use remit_model::Day;
use remit_store::{AsOf, Workspace};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("from").required(true).multiple(true)), after_long_help = "\
What is new since the last bundle for the same office, as one small file that the workspace signs. Taking it in is a merge: `remit merge \
WORKSPACE --from FILE --dry-run` shows what would come, and `remit undo` takes it back. It is encrypted only with --to.

Examples:
  remit bundle somalia unsom.remit --for UNSOM   what is new and public since the last one for this office
  remit bundle somalia unsom.remit --for UNSOM --clearance internal --to age1qk…    up to internal, for their key
  remit bundle somalia week.remit --since 2026-11-21    what was recorded from this day on")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// File to make
    file: PathBuf,
    /// The office that it is for: the next one goes on from here
    #[arg(long = "for", value_name = "OFFICE", group = "from")]
    office: Option<String>,
    /// What was recorded from this day or moment on, whatever was sent
    #[arg(long, value_name = "DAY", group = "from")]
    since: Option<String>,
    #[command(flatten)]
    part: PartArguments,
    #[command(flatten)]
    locks: Locks,
    #[command(flatten)]
    author: AuthorArguments,
    #[command(flatten)]
    told: Receipt,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    interrupt::watch(Some(&workspace), "; the file was not finished");
    let cut = arguments.part.cut(&workspace, false)?;
    let since = arguments.since.as_deref().map(moment).transpose()?;
    let lock = arguments.locks.lock()?;
    arguments.part.note(&workspace, cut.clearance, &format!("bundle {}", arguments.file.display()))?;
    let (office, author) = (arguments.office.as_deref().unwrap_or_default(), arguments.author.name());
    let made = patiently("putting together what is new", || {
        bundle(&workspace, &arguments.file, office, since.as_deref(), &cut, lock.as_ref(), &author)
    })?;
    let words = match &made.parcel {
        None => format!("nothing is new; no file was made{}", left_out(&made)),
        Some(parcel) => format!(
            "{} {} in {}; signed by {}{}",
            counted(made.statements, "statement"),
            of_number(made.statements, ["is", "are"]),
            arguments.file.display(),
            parcel.workspace,
            left_out(&made) + &behind(parcel.about.behind)
        ),
    };
    let file = made.parcel.as_ref().map(|p| p.file());
    arguments.told.tell(
        &words,
        &serde_json::json!({ "file": file, "office": office, "statements": made.statements, "left": made.left,
            "behind": made.parcel.as_ref().map_or(0, |p| p.about.behind),
            "redacted": made.redacted, "held_back": made.held_back, "marked_since": made.marked_since, "signed_by": made.parcel.as_ref().map(|p| &p.workspace) }),
    )
}

/// What stays where a bundle is from, and what follows from that.
pub(crate) fn behind(activities: u64) -> String {
    match activities {
        0 => String::new(),
        n => format!(
            "\nnot in it: {n} published {} of imported files (IATI), and what is said of the coverage of sources that name neither data set nor document; without these files nobody can \
             tell from it what is not supported (send the files too, or a `remit pack`)",
            of_number(n, ["activity", "activities"])
        ),
    }
}

/// The moment before which all is left out: a day means its beginning (UTC).
fn moment(text: &str) -> Result<String> {
    if let Some(day) = Day::typed(text).filter(|_| text.len() <= 10) {
        return Ok(format!("{day}T00:00:00.000Z"));
    }
    AsOf::parse_known_on(text).map_err(|e| usage(format!("--since: {e}")))
}
