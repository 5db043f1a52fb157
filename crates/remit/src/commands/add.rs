//! `remit add`

use crate::commands::{Author, usage};
use anyhow::{Context, Result};
use remit_model::Marking;
use remit_store::{Draft, ENVELOPE, Register, Status, Workspace};
use serde_json::{Map, Value};
use std::io::{BufRead, Write};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Each line of standard input is one statement, and is on the disk when its identifier appears on standard output:

  {\"kind\": \"actor\", \"record\": \"so/police\", \"fields\": {\"name\": \"Somali Police Force\", \"class\": \"police\"},
   \"valid_from\": \"1960\", \"source\": \"Provisional Constitution\", \"locator\": \"article 126\", \"marking\": \"public\"}

`supersedes` (an identifier or a list of them) corrects, `\"withdrawn\": true` with it withdraws, `\"status\": \"proposed\"` \
proposes. Without `record` the statement is about a new one.")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    #[command(flatten)]
    author: Author,
    /// Record all lines as one entry, or none of them
    #[arg(long)]
    together: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    let mut register = Register::open(&workspace)?;
    let author = arguments.author.name();
    let mut lines = std::io::stdin().lock().lines().enumerate();
    let mut next = || -> Result<Option<Draft>> {
        for (n, line) in lines.by_ref() {
            let line = line?;
            if !line.trim().is_empty() {
                return draft(&workspace, &line).with_context(|| format!("line {}", n + 1)).map(Some);
            }
        }
        Ok(None)
    };
    let mut out = std::io::stdout().lock();
    if arguments.together {
        let mut entry = register.entry(&author, "added")?;
        let mut ids = Vec::new();
        while let Some(draft) = next()? {
            ids.push(entry.append(&draft)?);
        }
        entry.commit()?;
        writeln!(out, "{}", ids.join("\n"))?;
        return Ok(());
    }
    while let Some(draft) = next()? {
        let mut entry = register.entry(&author, "added")?;
        let id = entry.append(&draft)?;
        entry.commit()?;
        // The line is the receipt: nobody may wait in a buffer for it.
        writeln!(out, "{id}")?;
        out.flush()?;
    }
    Ok(())
}

/// Reads one line, and refuses what the model does not know.
fn draft(workspace: &Workspace, line: &str) -> Result<Draft> {
    let object: Map<String, Value> = serde_json::from_str(line).context("this is no JSON object")?;
    let text = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let kind = workspace.model().kind(&text("kind")).ok_or_else(|| usage(format!("there is no kind `{}`", text("kind"))))?;
    let mut draft = Draft::new(workspace.model(), &kind.name);
    for (name, value) in &object {
        match name.as_str() {
            "kind" => {}
            "record" => draft.record = text(name),
            "verified_at" => draft.verified_at = text(name),
            "withdrawn" => draft.withdrawn = value.as_bool().unwrap_or_default(),
            "marking" => draft.marking = text(name).parse::<Marking>().map_err(usage)?,
            "status" => draft.status = Status::from_code(&text(name)).ok_or_else(|| usage(format!("`{value}` is no status")))?,
            "supersedes" => {
                let many = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
                draft.supersedes = many.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect();
            }
            "withheld" => {
                for (field, marking) in value.as_object().into_iter().flatten() {
                    draft.withheld.push((field.clone(), marking.as_str().unwrap_or_default().parse().map_err(usage)?));
                }
            }
            "fields" => {
                for (field, value) in value.as_object().into_iter().flatten() {
                    let known = kind.field(field).ok_or_else(|| usage(format!("{} has no field `{field}`", kind.name)))?;
                    let read = match value {
                        Value::String(text) => known.read(&workspace.model().lists, text).map_err(usage)?,
                        other => other.clone(),
                    };
                    draft.fields.insert(field.clone(), read);
                }
            }
            name if ENVELOPE.contains(&name) => {
                draft.set_envelope(name, text(name));
            }
            other => return Err(usage(format!("a statement has no `{other}`"))),
        }
    }
    Ok(draft)
}
