//! `remit erase`

use crate::commands::{AuthorArguments, OrderArguments, counted, questions, taken_away};
use crate::interrupt;
use crate::output::{Receipt, patiently};
use anyhow::Result;
use remit_ask::Answer;
use remit_files::for_shell;
use remit_model::Marking;
use remit_store::{AsOf, Cell, Erased, Erasure, Reader, Register, Workspace};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
What a record says is taken away from every statement that there ever was, with its identifier, and with what refers to it. It \
cannot be undone. That it was done, by whose order and why, stays in the history, and the chain still holds. Of a document that was read \
its file goes too, with its passages, what was proposed from it, and what was quoted of it; of `problem` with the name of a file, what is kept of it \
because it could not be used. Copies, backups and files that were imported have it still: where its name stands is listed, to be read by \
somebody, with how to erase documents that have it.

Examples:
  remit erase somalia person ng/m-y-made-up --ordered-by \"Data protection officer\" --reason \"request of the person\"
  remit erase somalia actor so/police --field note --ordered-by \"Head of unit\" --reason \"named a source\"
  remit erase somalia document document/0f3c5a11d2b7 --ordered-by \"Head of unit\" --reason \"names the person\"")]
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
    order: OrderArguments,
    #[command(flatten)]
    author: AuthorArguments,
    #[command(flatten)]
    told: Receipt,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    interrupt::watch(Some(&workspace), "");
    let before = files(&workspace);
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
    let told = taken_away(done(&erased, arguments), still(&arguments.kind), &named, erased.is_out_of_log);
    let in_part: Vec<String> = erased.named_in_part.iter().map(|(kind, record)| format!("{kind} {record}")).collect();
    let told = format!("{told}{}", told_in_part(&in_part, &erased.common_words));
    let told = format!("{told}{}", how_to_go_on(&erased, arguments));
    let changed = changed(&before, &files(&workspace));
    let also =
        if changed.is_empty() { String::new() } else { format!("\n  support files that this changes: {}", changed.join("; ")) };
    arguments.told.tell(
        &format!("{told}{also}"),
        &serde_json::json!({
            "entry": erased.recorded.entry, "statements": erased.statements, "imports": erased.imports, "named_in": named,
            "named_in_part": in_part, "common_words": erased.common_words, "out_of_log": erased.is_out_of_log,
            "files_changed": changed
        }),
    )
}

fn done(erased: &Erased, arguments: &Arguments) -> String {
    let values = format!("values of {} erased", counted(erased.statements, "statement"));
    let what = match (erased.imports, arguments.kind.as_str()) {
        (0, _) => return values,
        (_, "document") => "document erased, with its file and all that was read of it".to_owned(),
        _ => format!("what could not be used of {} erased", arguments.record),
    };
    if erased.statements == 0 { what } else { format!("{what}; {values}") }
}

/// What stands where something is still listed.
fn still(kind: &str) -> &'static str {
    match kind {
        "document" => {
            "what was accepted from it, its words as of another source, or the same file read under another marking, stands"
        }
        _ => "its name, or a cell of its file that could not be used, stands",
    }
}

/// Where a word of the name stands, apart from where all of it does; what many have is counted.
fn told_in_part(in_part: &[String], common_words: &[(String, usize)]) -> String {
    let listed = if in_part.is_empty() {
        String::new()
    } else {
        format!("\n  a word of its name, which may be another’s, stands in: {}", in_part.join(", "))
    };
    let common: Vec<String> =
        common_words.iter().map(|(word, times)| format!("“{word}” ({})", counted(*times, "place"))).collect();
    let counted = if common.is_empty() {
        String::new()
    } else {
        format!("\n  words of it that many have, not listed: {}", common.join(", "))
    };
    format!("{listed}{counted}")
}

/// The commands that erase documents, and what could not be used of a file, that have the name: each in whole, once somebody has looked.
fn how_to_go_on(erased: &Erased, arguments: &Arguments) -> String {
    let files: BTreeSet<(&str, &str)> =
        erased.named_in.iter().chain(&erased.named_in_part).filter_map(|(kind, record)| erasable(kind, record)).collect();
    if files.is_empty() {
        return String::new();
    }
    let workspace = for_shell(&arguments.workspace);
    let command = |(kind, record): (&str, &str)| {
        format!("\n    remit erase {workspace} {kind} {} --ordered-by … --reason …", for_shell(Path::new(record)))
    };
    let commands: String = files.into_iter().map(command).collect();
    format!("\n  to erase a document or what is kept of a file, look at it first; then:{commands}")
}

/// What is erased as a whole file: without the row that is named of it.
fn erasable<'n>(kind: &'n str, record: &'n str) -> Option<(&'n str, &'n str)> {
    match kind {
        "document" if record.starts_with("document/") => Some((kind, record)),
        "problem" => {
            let row = record.rsplit_once(':').filter(|(_, row)| row.bytes().all(|b| b.is_ascii_digit()));
            Some((kind, row.map_or(record, |(file, _)| file)))
        }
        _ => None,
    }
}

/// A support file: how it is called, its state, and what reopens it.
type FileState = (String, String, Vec<String>);

/// The support files as they stand, by their requests. What cannot be told keeps nobody from erasing.
fn files(workspace: &Workspace) -> BTreeMap<String, FileState> {
    let mut files: BTreeMap<String, FileState> = BTreeMap::new();
    for [request, title, state, reopened_by] in rows(workspace).unwrap_or_default() {
        files.entry(request).or_insert_with(|| (title, state, Vec::new())).2.push(reopened_by);
    }
    files.values_mut().for_each(|file| file.2.sort());
    files
}

/// What the question on support files says to who may see everything; nothing where nothing was ever decided.
fn rows(workspace: &Workspace) -> Result<Vec<[String; 4]>> {
    let as_of = AsOf { clearance: Marking::StrictlyConfidential, ..AsOf::public(workspace.default_day()) };
    let reader = Reader::open(workspace, as_of)?;
    if reader.query("select 1 from statement where kind = 'decision' limit 1", &[])?.rows.is_empty() {
        return Ok(Vec::new());
    }
    let table = Answer::ask(workspace, &questions(workspace)?, &reader, "files", &[])?.table;
    let columns = ["support_request", "request_title", "file_state", "reopened_by"].map(|name| table.column(name));
    let text = |row: &[Cell], at: Option<usize>| at.and_then(|at| row[at].text()).unwrap_or_default().to_owned();
    Ok(table.rows.iter().map(|row| columns.map(|at| text(row, at))).collect())
}

/// The files that stand otherwise than before, each with how it stood and stands.
fn changed(before: &BTreeMap<String, FileState>, after: &BTreeMap<String, FileState>) -> Vec<String> {
    let differs = |(request, was): (&String, &FileState)| {
        let is = after.get(request).filter(|is| (&is.1, &is.2) != (&was.1, &was.2))?;
        let others = if is.1 == was.1 { " for other reasons" } else { "" };
        Some(format!("{request} “{}”: {} before, now {}{others}", is.0, was.1, is.1))
    };
    before.iter().filter_map(differs).collect()
}
