//! `remit undo`

use crate::commands::{AuthorArguments, counted, of_number};
use crate::interrupt;
use crate::output::{Receipt, patiently};
use anyhow::Result;
use remit_store::{Register, Statement, Workspace};
use serde_json::{Value, json};
use std::path::PathBuf;

/// As many statements are listed one by one.
const MOST_LISTED: usize = 20;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Nothing is deleted: what was said before is said again. What somebody has corrected since stays as it is. An undo is an entry \
too, and can be undone. Where it makes two records of one again, what was said of that one meanwhile stays with it, and is listed.

Examples:
  remit history somalia                          find the entry
  remit undo somalia 01890a5d-ac96-774b-bcce-b302099a8057")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// The entry, as `remit history` lists it
    entry: String,
    #[command(flatten)]
    author: AuthorArguments,
    #[command(flatten)]
    told: Receipt,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    interrupt::watch(Some(&workspace), "");
    let mut register = Register::open(&workspace)?;
    let (recorded, kept) = patiently("taking it back", || register.undo(&arguments.entry, &arguments.author.name()))?;
    let meanwhile = register.said_since_made_one(&arguments.entry)?;
    let since = match kept {
        0 => String::new(),
        _ => format!(
            "; {kept} {}",
            of_number(
                kept,
                ["was replaced or erased since and stays as it is", "were replaced or erased since and stay as they are"]
            )
        ),
    };
    let workspace = remit_files::for_shell(&arguments.workspace);
    // Where nothing could be taken back, there is no entry either.
    let entry = Some(&recorded.entry).filter(|_| recorded.statements > 0);
    let them = of_number(recorded.statements, ["it", "them"]);
    let restores = entry.map_or_else(String::new, |entry| format!("\n  remit undo {workspace} {entry} restores {them}"));
    let stands: Vec<Value> = meanwhile.iter().map(stands_at).collect();
    arguments.told.tell(
        &format!("{} taken back{since}{restores}{}", counted(recorded.statements, "statement"), told_meanwhile(&meanwhile)),
        &json!({ "entry": entry, "statements": recorded.statements, "kept": kept, "meanwhile": stands }),
    )
}

/// Where a statement stands.
fn stands_at(s: &Statement) -> Value {
    json!({ "statement": s.id, "kind": s.draft.kind, "record": s.draft.record, "origin": s.draft.origin })
}

/// What was said while records were one, and what to do where it is about the other; nothing where nothing was.
fn told_meanwhile(meanwhile: &[Statement]) -> String {
    if meanwhile.is_empty() {
        return String::new();
    }
    let line =
        |s: &Statement| format!("\n  {} {}: {} {}", s.draft.kind, s.draft.record, s.id, s.draft.origin).trim_end().to_owned();
    let more = meanwhile.len().saturating_sub(MOST_LISTED);
    let more = if more == 0 { String::new() } else { format!("\n  and {more} more (--json lists all)") };
    format!(
        "\n{} {} while these were one:{}{more}\nWhere it is about the other: bring the sheet in again with \
         --replace, or withdraw it there and say it of the other",
        counted(meanwhile.len(), "statement"),
        of_number(meanwhile.len(), ["stays where it was said", "stay where they were said"]),
        meanwhile.iter().take(MOST_LISTED).map(line).collect::<String>()
    )
}
