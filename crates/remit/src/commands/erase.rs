//! `remit erase`

use crate::commands::{Author, Order, counted, taken_away};
use crate::interrupt;
use crate::output::{Receipt, patiently};
use anyhow::Result;
use remit_store::{Erasure, Register, Workspace};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
What a record says is taken away from every statement that there ever was, with its identifier, and with what refers to it. It \
cannot be undone. That it was done, by whose order and why, stays in the history, and the chain still holds. Copies, backups, \
documents and files that were imported have it still: records whose texts name it are listed, to be read by somebody.

Examples:
  remit erase somalia person ng/m-y-made-up --ordered-by \"Data protection officer\" --reason \"request of the person\"
  remit erase somalia actor so/police --field note --ordered-by \"Head of unit\" --reason \"named a source\"")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// Kind of the record
    kind: String,
    /// The record, by its identifier
    record: String,
    /// Only what this field says
    #[arg(long, value_name = "FIELD")]
    field: Option<String>,
    #[command(flatten)]
    order: Order,
    #[command(flatten)]
    author: Author,
    #[command(flatten)]
    told: Receipt,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    interrupt::watch(Some(&workspace), "");
    let mut register = Register::open(&workspace)?;
    let erasure = Erasure {
        kind: arguments.kind.clone(),
        record: arguments.record.clone(),
        field: arguments.field.clone(),
        reason: arguments.order.reason.clone(),
        ordered_by: arguments.order.ordered_by.clone(),
    };
    let erased = patiently("erasing", || register.erase(&erasure, &arguments.author.name()))?;
    let named: Vec<String> = erased.named_in.iter().map(|(kind, record)| format!("{kind} {record}")).collect();
    let told = taken_away(
        format!("values of {} erased", counted(erased.statements, "statement")),
        "its name, a part of it, or a cell of its file that could not be used stands",
        &named,
        erased.is_out_of_log,
    );
    arguments.told.tell(
        &told,
        &serde_json::json!({
            "entry": erased.recorded.entry, "statements": erased.statements, "named_in": named, "out_of_log": erased.is_out_of_log
        }),
    )
}
