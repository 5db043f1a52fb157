//! `remit redact`

use crate::commands::{AuthorArguments, OrderArguments, taken_away};
use crate::interrupt;
use crate::output::{Receipt, patiently};
use anyhow::Result;
use remit_store::{Redaction, Register, Workspace};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
What a statement says in one field is taken away, and the rest of it stays, whether it stands or was replaced long ago: after a marking \
was raised, say. It cannot be undone. That it was ordered, by whom and why, is recorded like any other statement and goes along to \
whoever takes over from this workspace: there the value goes too, and no merge brings it back here. Name nobody in the reason. Copies, \
backups, exports and files that were imported have it still; records in which the same words stand are listed, to be read by somebody.

Examples:
  remit sql somalia \"select statement, recorded_at, fields from statement where record = 'so/police'\"     which statement it is
  remit redact somalia 0198c2f0-… note --ordered-by \"Head of unit\" --reason \"named a source\"
  remit redact somalia 0198c2f0-… quote --ordered-by \"Head of unit\" --reason \"named a source\"     what its source says")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// The statement, by its identifier
    statement: String,
    /// The field, of its kind or of the envelope
    field: String,
    #[command(flatten)]
    order: OrderArguments,
    #[command(flatten)]
    author: AuthorArguments,
    #[command(flatten)]
    told: Receipt,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    interrupt::watch(Some(&workspace), "");
    let mut register = Register::open(&workspace)?;
    let redaction = Redaction {
        values: vec![(arguments.statement.clone(), arguments.field.clone())],
        reason: arguments.order.reason.clone(),
        ordered_by: arguments.order.ordered_by.clone(),
    };
    let redacted = patiently("redacting", || register.redact(&redaction, &arguments.author.name()))?;
    let named: Vec<String> = redacted.named_in.iter().map(|(kind, record)| format!("{kind} {record}")).collect();
    let told = taken_away(format!("{} value redacted", redacted.values), "the same words stand", &named, redacted.is_out_of_log);
    arguments.told.tell(
        &told,
        &serde_json::json!({
            "entry": redacted.recorded.entry, "values": redacted.values, "named_in": named, "out_of_log": redacted.is_out_of_log
        }),
    )
}
