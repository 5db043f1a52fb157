//! `remit verify`

use crate::commands::{counted, of_number, open_usable};
use crate::output::{patiently, print, print_json, say};
use anyhow::{Result, bail};
use remit_store::Chain;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Looked at are every statement and the one before it, what was signed of each entry, the signed ends of both chains (in the database \
and in the file remit.head beside it), every imported row, the kept files, and what finds statements again. Who holds the whole \
folder, with its key, can make another that holds as well: note the last hash elsewhere, and give it with --head next time.

Examples:
  remit verify somalia                           what was looked at, and the last hash
  remit verify somalia --head 3f1a…              the one that was noted last time must still be there
  remit verify somalia --words                   also look for each word of the index, as a search does
  remit verify somalia --json                    the same, for a script")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// The last hash as noted before: it must still be in the chain
    #[arg(long, value_name = "HASH")]
    head: Option<String>,
    /// Also look for each word of the index, as a search does: takes long in a large workspace
    #[arg(long)]
    words: bool,
    /// Say what was found as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = open_usable(&arguments.workspace)?;
    let verified = patiently("checking the workspace", || workspace.verify(arguments.words))?;
    let missing = match &arguments.head {
        Some(head) if !Chain::open(&workspace)?.has_hash(head)? => Some(head),
        _ => None,
    };
    let holds = verified.broken.is_empty() && missing.is_none();
    if arguments.json {
        let broken =
            verified.broken.iter().map(|b| serde_json::json!({ "what": b.what.code(), "name": b.name, "reason": b.reason }));
        print_json(&serde_json::json!({
            "statements": verified.statements, "unsigned": verified.unsigned, "imports": verified.snapshots, "files": verified.files,
            "words_compared": verified.words, "misdated": verified.misdated, "holds": holds, "head": verified.head, "broken": broken.collect::<Vec<_>>()
        }))?;
    }
    if let Some(first) = verified.broken.first() {
        for b in verified.broken.iter().skip(1).filter(|_| !arguments.json) {
            say!("{} {}: {}", b.what.code(), b.name, b.reason);
        }
        // What only finds statements again follows from them: nobody has to lose what was recorded since for it.
        let advice = match verified.broken.iter().all(|b| b.made_anew) {
            true => "every statement is as it was recorded: record something, and verify again",
            false => "go back to a copy of it from before",
        };
        bail!("the workspace does not hold: {} {}: {}; {advice}", first.what.code(), first.name, first.reason);
    }
    if let Some(head) = missing {
        bail!(
            "no statement has the hash {head}: statements were removed from the end; go back to a copy of the workspace that has it"
        );
    }
    if arguments.json {
        return Ok(());
    }
    let words = if verified.words {
        ""
    } else {
        "\nThe index of words was not compared: an older version or another model made it, and it is made anew when somebody writes"
    };
    let misdated = match verified.misdated {
        0 => String::new(),
        n => format!(
            "\n{} {} a date that is none, or one with a space at its end, as an older version recorded it; correct it, until then this date counts \
             as not given: {}{}",
            counted(n, "statement"),
            of_number(n, ["has", "have"]),
            verified.misdated_first.join(", "),
            if n > verified.misdated_first.len() as u64 { ", …" } else { "" }
        ),
    };
    print(&format!(
        "{}, {}, {}: all hold; last hash {}{words}{misdated}\n",
        counted(verified.statements, "statement"),
        counted(verified.snapshots, "import"),
        counted(verified.files, "file"),
        verified.head
    ))
}
