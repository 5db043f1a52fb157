//! `remit unpack`

use crate::commands::locks::Opens;
use crate::commands::{counted, of_number};
use crate::interrupt;
use crate::output::{Receipt, patiently, print, say};
use anyhow::Result;
use remit_exchange::{Parcel, unpack};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
The signature, the content and the workspace in it are checked before anything gets its name. The workspace gets a key of its own. Whether \
the key that signed is that of who you think it is, only they can tell you: ask by another way, or give it with --signed-by.

Examples:
  remit unpack somalia.remit somalia             the passphrase is asked for
  remit unpack so.remit somalia --key my.key     with a key of age
  remit unpack so.remit somalia --key ../office --signed-by 3f1a…    for the key of a workspace, and only from this one
  remit unpack somalia.remit --note              only read the note in front")]
pub(crate) struct Arguments {
    /// File of `remit pack` or `remit bundle`
    file: PathBuf,
    /// Folder to make the workspace in
    #[arg(required_unless_present = "note")]
    folder: Option<PathBuf>,
    /// Only check the signature and say the note
    #[arg(long, conflicts_with = "folder")]
    note: bool,
    #[command(flatten)]
    opens: Opens,
    #[command(flatten)]
    told: Receipt,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let parcel = Parcel::read(&arguments.file)?;
    let Some(folder) = arguments.folder.as_ref().filter(|_| !arguments.note) else {
        return if arguments.told.json {
            arguments.told.tell("", &serde_json::json!({ "note": parcel.note, "signed_by": parcel.workspace }))
        } else {
            print(&parcel.note)
        };
    };
    interrupt::watch(None, "; nothing was unpacked");
    let how = arguments.opens.how(&parcel, None)?;
    let opened = patiently("checking and unpacking", || unpack(parcel, &how, folder))?;
    let (parcel, verified) = (&opened.parcel, &opened.verified);
    let (misfits, first) = opened.workspace.misfits()?;
    if misfits > 0 && !arguments.told.json {
        say!("{} in it what could not be recorded here; it is kept as it stands, and no merge would take it:", holding(misfits));
        for (s, fault) in first.iter().take(LISTED) {
            say!("  {} {} ({}): {fault}", s.draft.kind, s.draft.record, s.author);
        }
    }
    arguments.told.tell(
        &format!(
            "Unpacked {} and {} into {}; made by {}, signed by {}",
            counted(verified.statements, "statement"),
            counted(verified.snapshots, "import"),
            folder.display(),
            parcel.about.author,
            parcel.workspace
        ),
        &serde_json::json!({ "workspace": folder, "statements": verified.statements, "imports": verified.snapshots,
            "author": parcel.about.author, "made": parcel.about.made, "signed_by": parcel.workspace, "misfits": misfits }),
    )
}

/// Statements that are listed.
const LISTED: usize = 20;

fn holding(statements: u64) -> String {
    format!("{} {}", counted(statements, "statement"), of_number(statements, ["has", "have"]))
}
