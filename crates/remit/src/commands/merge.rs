//! `remit merge`

use crate::commands::{Author, usage};
use crate::interrupt;
use crate::output::{Told, patiently, say};
use anyhow::Result;
use remit_model::Marking;
use remit_store::{Recorded, Register, Workspace};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  remit merge somalia --from ../colleague        take what another copy of the workspace has
  remit merge somalia --from ../colleague --dry-run    say what would come
  remit merge somalia --from ../colleague --clearance public    only what is public there
  remit merge somalia actor so/police so/spf     make two records one: all that is said of the second is said of the first

The other workspace is checked first, and refused as a whole where something in it does not hold. What both copies corrected is a \
conflict, which the pages show until somebody solves it. Either can be undone.")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// Take the statements of this other workspace
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["kind", "kept", "gone"])]
    from: Option<PathBuf>,
    /// Take what is marked at most so; single values above it are left there
    #[arg(long, value_name = "MARKING", default_value = "strictly_confidential")]
    clearance: String,
    /// Only say what would be taken
    #[arg(long, requires = "from")]
    dry_run: bool,
    /// Kind of the two records
    kind: Option<String>,
    /// The record that stays
    kept: Option<String>,
    /// The record that is the same
    gone: Option<String>,
    #[command(flatten)]
    author: Author,
    #[command(flatten)]
    told: Told,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    interrupt::watch(Some(&workspace), "");
    let mut register = Register::open(&workspace)?;
    let author = arguments.author.name();
    let clearance: Marking = arguments.clearance.parse().map_err(|e: String| usage(format!("--clearance: {e}")))?;
    let (mut refused, mut left, mut redacted, mut conflicts) = (Vec::new(), 0, 0, 0);
    let merged = match (&arguments.from, &arguments.kind, &arguments.kept, &arguments.gone) {
        (Some(other), ..) => {
            let other = Workspace::foreign(other, workspace.model().clone())?;
            let taken =
                patiently("taking what the other has", || register.take_from(&other, &author, clearance, arguments.dry_run))?;
            (refused, left, redacted) = (taken.refused, taken.left, taken.redacted);
            conflicts = taken.conflicts;
            taken.recorded
        }
        (None, Some(kind), Some(kept), Some(gone)) => patiently("making them one", || register.merge(kind, kept, gone, &author))?,
        _ => return Err(usage("name another workspace with --from FOLDER, or a kind and two records: actor so/police so/spf")),
    };
    let Recorded { entry, statements } = merged;
    let undo = if arguments.dry_run {
        String::from(" (dry run: nothing was)")
    } else if statements > 0 {
        format!("\n  remit undo {} {entry} takes them back", arguments.workspace.display())
    } else {
        String::new()
    };
    if conflicts > 0 && !arguments.told.json {
        say!(
            "{conflicts} of them replace what was replaced here too: `remit ask {} conflicts` lists what differs",
            arguments.workspace.display()
        );
    }
    for (s, fault) in refused.iter().filter(|_| !arguments.told.json) {
        say!("not taken: {} {} (statement {}): {fault}", s.draft.kind, s.draft.record, s.id);
    }
    if left + redacted > 0 && !arguments.told.json {
        say!("{left} statements above {clearance} were left there, and single values of {redacted} others (--clearance)");
    }
    let of_each = refused.iter().map(|(s, fault)| serde_json::json!({ "statement": s.id, "reason": fault.to_string() }));
    arguments.told.tell(
        &format!("{statements} statements recorded{undo}"),
        &serde_json::json!({ "entry": entry, "statements": statements, "refused": of_each.collect::<Vec<_>>(), "left": left, "redacted": redacted,
            "conflicts": conflicts, "dry_run": arguments.dry_run
        }),
    )
}
