//! `remit erase`

use crate::commands::{AuthorArguments, counted, questions, something, taken_away};
use crate::interrupt;
use crate::output::{Receipt, patiently};
use anyhow::{Result, bail};
use remit_ask::Answer;
use remit_files::for_shell;
use remit_model::{Marking, nearest};
use remit_store::{AsOf, Cell, Erased, Erasure, Reader, Register, StoreError, Workspace, WouldErase};
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
  remit erase somalia person ng/m-y-made-up --dry-run    what would be erased
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
    /// Say what would be erased, and erase nothing
    #[arg(long)]
    dry_run: bool,
    /// Why: it stands in the history
    #[arg(long, value_name = "TEXT", value_parser = something, required_unless_present = "dry_run")]
    reason: Option<String>,
    /// Who ordered it: stands there too
    #[arg(long, value_name = "NAME", value_parser = something, required_unless_present = "dry_run")]
    ordered_by: Option<String>,
    #[command(flatten)]
    author: AuthorArguments,
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
        reason: arguments.reason.clone().unwrap_or_default(),
        ordered_by: arguments.ordered_by.clone().unwrap_or_default(),
    };
    if arguments.dry_run {
        let going = there(register.would_erase(&erasure), &workspace, arguments)?;
        return preview(&workspace, arguments, &going);
    }
    let before = files(&workspace);
    let erased = patiently("erasing", || register.erase(&erasure, &arguments.author.name()));
    let erased = there(erased, &workspace, arguments)?;
    let named: Vec<String> = erased.named_in.iter().map(|(kind, record)| format!("{kind} {record}")).collect();
    let told = taken_away(
        done(&erased, arguments) + &of_records(&workspace, &erased.gone)?,
        still(&arguments.kind),
        &named,
        erased.is_out_of_log,
    );
    let in_part: Vec<String> = erased.named_in_part.iter().map(|(kind, record)| format!("{kind} {record}")).collect();
    let told = format!("{told}{}", told_in_part(&in_part, &erased.common_words));
    let told = format!("{told}{}", how_to_go_on(&erased, arguments));
    let told = format!("{told}{}", of_made_one(&erased.made_one));
    let changed = changed(&before, &files(&workspace));
    let also =
        if changed.is_empty() { String::new() } else { format!("\n  support files that this changes: {}", changed.join("; ")) };
    arguments.told.tell(
        &format!("{told}{also}{}", next(arguments)),
        &serde_json::json!({
            "entry": erased.recorded.entry, "statements": erased.gone.statements(), "imports": erased.gone.imports, "named_in": named,
            "made_one": erased.made_one, "named_in_part": in_part, "common_words": erased.common_words, "out_of_log": erased.is_out_of_log,
            "files_changed": changed, "records": records(&erased.gone)
        }),
    )
}

/// What was found of what is to be erased; where nothing is there, with what may have been meant.
fn there<T>(found: Result<T, StoreError>, workspace: &Workspace, arguments: &Arguments) -> Result<T> {
    match found {
        Err(StoreError::NotThere(why)) => bail!("{why}{}", meant(workspace, arguments)?),
        found => Ok(found?),
    }
}

/// Says what would be erased, and how to do it.
fn preview(workspace: &Workspace, arguments: &Arguments, going: &WouldErase) -> Result<()> {
    let statements = going.statements();
    let file = if going.imports > 0 { ", the file and what was read of it" } else { "" };
    let field = arguments.field.as_ref().map_or_else(String::new, |field| format!(" --field {}", for_shell(Path::new(field))));
    let told = format!(
        "would be erased: values of {}{file}{}\nnothing was erased; it cannot be undone, so make sure, then:\n  remit erase {} {} {}{field} \
         --ordered-by NAME --reason TEXT",
        counted(statements, "statement"),
        of_records(workspace, going)?,
        for_shell(&arguments.workspace),
        for_shell(Path::new(&arguments.kind)),
        for_shell(Path::new(&arguments.record)),
    );
    let about = serde_json::json!({ "statements": statements, "imports": going.imports, "records": records(going) });
    arguments.told.tell(&told, &about)
}

/// Records that are told one by one.
const MOST_TOLD: usize = 20;

/// Of which records values go, a line each, with what they are still called.
fn of_records(workspace: &Workspace, going: &WouldErase) -> Result<String> {
    let first: Vec<(&str, &str)> = going.records.keys().take(MOST_TOLD).map(|(kind, id)| (kind.as_str(), id.as_str())).collect();
    let names = everything(workspace)?.called(&first)?;
    let line = |(kind, record): &(&str, &str)| {
        let name = names.get(*record).map_or_else(String::new, |name| format!(" “{name}”"));
        format!("\n  {kind} {record}{name}: {}", counted(going.records[&((*kind).to_owned(), (*record).to_owned())], "statement"))
    };
    let more = match going.records.len().saturating_sub(MOST_TOLD) {
        0 => String::new(),
        n => format!("\n  and of {}", counted(n, "more record")),
    };
    Ok(first.iter().map(line).collect::<String>() + &more)
}

fn records(going: &WouldErase) -> Vec<String> {
    going.records.keys().map(|(kind, record)| format!("{kind} {record}")).collect()
}

/// What is left to do: no command reaches what lies elsewhere.
fn next(arguments: &Arguments) -> String {
    format!(
        "\n  next: erase in copies, backups and exports that were made before too; `remit verify {}` shows that the register still holds",
        for_shell(&arguments.workspace)
    )
}

/// What may have been meant where there is nothing of the name: a record of the kind that is called so, or another kind.
fn meant(workspace: &Workspace, arguments: &Arguments) -> Result<String> {
    let model = workspace.model();
    if model.kind(&arguments.kind).is_none() && arguments.kind != "problem" {
        let like = nearest(&arguments.kind, model.kinds.iter().map(|k| k.name.as_str()));
        return Ok(like.map_or_else(String::new, |kind| format!("; there is a kind `{kind}`")));
    }
    if let (Some(field), Some(kind)) = (&arguments.field, model.kind(&arguments.kind)) {
        let like = nearest(field, kind.fields.iter().map(|f| f.name.as_str())).filter(|like| like != field);
        return Ok(like.map_or_else(String::new, |like| format!("; there is a field `{like}`")));
    }
    let found = everything(workspace)?.search(&arguments.record)?;
    let text = |row: &[Cell], at: usize| row[at].text().unwrap_or_default().to_owned();
    let of_kind = found.rows.iter().filter(|row| row[0].text() == Some(arguments.kind.as_str()));
    let some: Vec<String> =
        of_kind.take(MOST_MEANT).map(|row| format!("{} “{}”", for_shell(Path::new(&text(row, 1))), text(row, 2))).collect();
    Ok(match &some[..] {
        [] => format!(
            "; a record is named by its identifier, and these are listed by: remit sql {} \"select distinct record, title from statement \
             where kind = '{}'\" --clearance strictly_confidential",
            for_shell(&arguments.workspace),
            arguments.kind
        ),
        some => format!("; a record is named by its identifier: {}", some.join(", ")),
    })
}

/// Records that are offered where another name was written.
const MOST_MEANT: usize = 5;

/// A reader who sees everything: whoever erases has the folder.
fn everything(workspace: &Workspace) -> Result<Reader> {
    let as_of = AsOf { clearance: Marking::StrictlyConfidential, ..AsOf::public(workspace.default_day()) };
    Ok(Reader::open(workspace, as_of)?)
}

fn done(erased: &Erased, arguments: &Arguments) -> String {
    let values = format!("values of {} erased", counted(erased.gone.statements(), "statement"));
    let what = match (erased.gone.imports, arguments.kind.as_str()) {
        (0, _) => return values,
        (_, "document") => "document erased, with its file and all that was read of it".to_owned(),
        _ => format!("what could not be used of {} erased", arguments.record),
    };
    if erased.gone.statements() == 0 { what } else { format!("{what}; {values}") }
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

/// The records that it was made one with, and that stand: only a person can tell whether they go too.
fn of_made_one(made_one: &[(String, String)]) -> String {
    let line = |(kind, record): &(String, String)| {
        format!(
            "\n  it was made one with {kind} {record}, which stands without what was said of it; where both are the same, erase that too"
        )
    };
    made_one.iter().map(line).collect()
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
    let reader = everything(workspace)?;
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
