//! `remit add`

use crate::commands::Author;
use crate::interrupt;
use crate::output::print;
use anyhow::{Context, Error, Result, anyhow, bail};
use remit_model::{EnvelopePart, Marking};
use remit_store::{Draft, Register, Status, Workspace};
use serde_json::{Map, Value};
use std::io::BufRead;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Each line of standard input is one statement, and is on the disk when its identifier appears on standard output:

  {\"kind\": \"actor\", \"record\": \"so/police\", \"fields\": {\"name\": \"Somali Police Force\", \"class\": \"police\"},
   \"valid_from\": \"1960\", \"source\": \"Provisional Constitution\", \"locator\": \"article 126\", \"marking\": \"public\"}

`supersedes` (an identifier or a list of them) corrects, `\"withdrawn\": true` with it withdraws, `\"status\": \"proposed\"` \
proposes. Without `record` the statement is about a new one.

Examples:
  remit add somalia < statements.jsonl           each line as an entry of its own
  remit add somalia --together < statements.jsonl    all of them as one, or none
  remit add somalia --json < statements.jsonl    statement and entry of each line")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    #[command(flatten)]
    author: Author,
    /// Record all lines as one entry, or none of them
    #[arg(long)]
    together: bool,
    /// Say of each statement which it is, as a JSON object a line
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    interrupt::watch("; what was said on standard output is on the disk");
    let mut register = Register::open(&workspace)?;
    let author = arguments.author.name();
    let mut lines = std::io::stdin().lock().lines().enumerate();
    let mut next = || -> Result<Option<Draft>> {
        for (n, line) in lines.by_ref() {
            let line = line?;
            if !line.trim().is_empty() {
                return draft(&workspace, &line).with_context(|| format!("standard input, line {}", n + 1)).map(Some);
            }
        }
        Ok(None)
    };
    if arguments.together {
        let mut entry = register.entry(&author, "added")?;
        let mut ids = Vec::new();
        while let Some(draft) = next()? {
            ids.push(entry.append(&draft)?);
        }
        let recorded = entry.commit()?;
        return ids.iter().try_for_each(|id| receipt(arguments, id, &recorded.entry));
    }
    while let Some(draft) = next()? {
        let mut entry = register.entry(&author, "added")?;
        let id = entry.append(&draft)?;
        let recorded = entry.commit()?;
        receipt(arguments, &id, &recorded.entry)?;
    }
    Ok(())
}

/// Says that a statement is on the disk: nobody may wait in a buffer for it.
fn receipt(arguments: &Arguments, statement: &str, entry: &str) -> Result<()> {
    match arguments.json {
        true => print(&format!("{}\n", serde_json::json!({ "statement": statement, "entry": entry }))),
        false => print(&format!("{statement}\n")),
    }
}

/// Reads one line, and refuses what the model does not know.
fn draft(workspace: &Workspace, line: &str) -> Result<Draft> {
    let object: Map<String, Value> =
        serde_json::from_str(line).map_err(|e| anyhow!("this is no JSON object ({e}); `remit add --help` shows one"))?;
    let text = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let model = workspace.model();
    let envelope = &model.envelope;
    let kind = model.kind(&text("kind")).ok_or_else(|| {
        let known: Vec<&str> = model.register_kinds().map(|k| k.name.as_str()).collect();
        anyhow!("there is no kind `{}`; there are: {}", text("kind"), known.join(", "))
    })?;
    let mut draft = Draft::new(model, &kind.name);
    for (name, value) in &object {
        match name.as_str() {
            "kind" => {}
            "record" => draft.record = text(name),
            "withdrawn" => draft.withdrawn = value.as_bool().unwrap_or_default(),
            "marking" => draft.marking = text(name).parse::<Marking>().map_err(Error::msg)?,
            "status" | "status_of_statement" => {
                draft.status = Status::from_code(&text(name))
                    .ok_or_else(|| anyhow!("`{}` is no status; write accepted, proposed or rejected", text(name)))?
            }
            "supersedes" => {
                let many = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
                draft.supersedes = many.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect();
            }
            "withheld" => {
                for (field, marking) in value.as_object().into_iter().flatten() {
                    draft.withheld.push((field.clone(), marking.as_str().unwrap_or_default().parse().map_err(Error::msg)?));
                }
            }
            "fields" => {
                for (field, value) in value.as_object().into_iter().flatten() {
                    let known = kind.field(field).ok_or_else(|| {
                        let fields: Vec<&str> = kind.fields.iter().map(|f| f.name.as_str()).collect();
                        anyhow!("{} has no field `{field}`; it has: {}", kind.name, fields.join(", "))
                    })?;
                    match value {
                        // Words that no code is known for are kept as written.
                        Value::String(text) if known.words.is_some() => {
                            let _ = kind.take(known, &model.lists, text, &mut draft.fields);
                        }
                        Value::String(text) => {
                            kind.take(known, &model.lists, text, &mut draft.fields).map_err(Error::msg)?;
                        }
                        other => drop(draft.fields.insert(field.clone(), other.clone())),
                    }
                }
            }
            name if envelope.get(name).is_some_and(|f| f.part != EnvelopePart::Register) => {
                let text = value.as_str().ok_or_else(|| anyhow!("`{name}` is not a text; write it in quotation marks"))?;
                draft.set_envelope(name, text);
            }
            other => {
                let known: Vec<&str> = envelope.entered().map(|f| f.field.name.as_str()).collect();
                bail!(
                    "a statement has no `{other}`; it has: kind, record, fields, supersedes, withdrawn, status, {}",
                    known.join(", ")
                );
            }
        }
    }
    Ok(draft)
}
