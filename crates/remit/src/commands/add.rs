//! `remit add`

use crate::commands::{AuthorArguments, counted, of_number, open};
use crate::interrupt;
use crate::output::{is_broken_pipe, print, say};
use anyhow::{Context, Result, anyhow, bail};
use remit_model::{Marking, Model};
use remit_store::{Chain, Draft, Entry, Register, StoreError, Workspace, says_twice};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashSet};
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
    author: AuthorArguments,
    /// Record all lines as one entry, or none of them
    #[arg(long)]
    together: bool,
    /// Say of each statement which it is, as a JSON object a line
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = open(&arguments.workspace)?;
    interrupt::watch(Some(&workspace), "; what was said on standard output is on the disk");
    let mut register = Register::open(&workspace)?;
    let author = arguments.author.name();
    let mut lines = std::io::stdin().lock().lines().enumerate();
    let mut next = || -> Result<Option<(Draft, String)>> {
        for (n, line) in lines.by_ref() {
            let place = format!("standard input, line {}", n + 1);
            let line = line.map_err(unreadable).with_context(|| place.clone())?;
            // Editors and shells of Windows put a mark before the first line.
            let line = line.trim_start_matches('\u{feff}');
            if !line.trim().is_empty() {
                return Ok(Some((draft(&workspace, line).with_context(|| place.clone())?, place)));
            }
        }
        Ok(None)
    };
    let model = workspace.model();
    let mut named = Named::default();
    if arguments.together {
        let mut entry = register.entry(&author, "added")?;
        let mut ids = Vec::new();
        while let Some((draft, place)) = next()? {
            tell_uneven(model, &draft, &place);
            ids.push(append(&mut entry, &draft).context(place.clone())?);
            named.note(model, &draft, &place);
        }
        named.tell_missing(&entry)?;
        let recorded = entry.commit().map_err(|error| named.with_line(error))?;
        return ids.iter().try_for_each(|id| receipt(arguments, id, &recorded.entry));
    }
    let mut recorded = 0;
    let mut each = || -> Result<()> {
        while let Some((draft, place)) = next()? {
            tell_uneven(model, &draft, &place);
            let mut entry = register.entry(&author, "added")?;
            let id = append(&mut entry, &draft).context(place.clone())?;
            let entry = entry.commit().context(place.clone())?.entry;
            recorded += 1;
            named.note(model, &draft, &place);
            receipt(arguments, &id, &entry)?;
        }
        Ok(())
    };
    let done = each().inspect_err(|error| tell_how_far(error, recorded));
    if recorded > 0 {
        named.tell_missing(&register)?;
    }
    done
}

/// How many records that there are not are told one by one: who adds a whole register in the wrong order has thousands.
const MOST_TOLD: usize = 20;

/// Kind and identifier of records, each with the line that spoke of it first.
type LineThatSays = BTreeMap<(String, String), String>;

/// The records that statements name, and those that they are about.
#[derive(Default)]
struct Named {
    named: LineThatSays,
    about: LineThatSays,
}

impl Named {
    /// Notes what a statement names. What others publish (an activity) need not have been imported.
    fn note(&mut self, model: &Model, draft: &Draft, place: &str) {
        let kind = model.kind(&draft.kind).filter(|_| !draft.withdrawn);
        let named = kind.map(|kind| kind.refers_to(&draft.fields)).unwrap_or_default();
        for (kind, record) in named.into_iter().filter(|(kind, _)| model.kind(kind).is_some_and(|k| k.record.is_none())) {
            self.named.entry((kind.to_owned(), record.to_owned())).or_insert_with(|| place.to_owned());
        }
        self.about.entry((draft.kind.clone(), draft.record.clone())).or_insert_with(|| place.to_owned());
    }

    /// Why lines cannot be recorded together, with that which spoke first of the record that something is wrong with.
    fn with_line(&self, error: StoreError) -> anyhow::Error {
        let line = match &error {
            StoreError::Statement { kind, record, .. } => self.about.get(&(kind.clone(), record.clone())),
            _ => None,
        };
        match line.cloned() {
            Some(line) => anyhow::Error::new(error).context(line),
            None => error.into(),
        }
    }

    /// Says which of them nothing has been said of, once all lines are read: one may name what a later one is about.
    fn tell_missing(&self, chain: &Chain) -> Result<()> {
        let mut missing = Vec::new();
        // What data sets say of a record is on record too. The kinds come one after the other: each is read once.
        let mut published: (&str, HashSet<String>) = ("", HashSet::new());
        for ((kind, record), place) in &self.named {
            if chain.has(kind, record)? {
                continue;
            }
            if published.0 != kind.as_str() {
                published = (kind.as_str(), chain.imported(kind, Marking::StrictlyConfidential)?.into_iter().collect());
            }
            if !published.1.contains(record) {
                missing.push((kind, record, place));
            }
        }
        for (kind, record, place) in missing.iter().take(MOST_TOLD) {
            say!("{place} names the {kind} `{record}`, and nothing is on record of it: add it, or correct the statement");
        }
        if missing.len() > MOST_TOLD {
            say!("and {} more: `remit ask WORKSPACE unrecorded` lists them", missing.len() - MOST_TOLD);
        }
        Ok(())
    }
}

/// Says what was recorded before a line that is wrong: who mends it and sends all lines again would record those before it twice.
fn tell_how_far(error: &anyhow::Error, recorded: u64) {
    if recorded > 0 && !is_broken_pipe(error) {
        let were = of_number(recorded, ["was", "were"]);
        say!(
            "{} {were} recorded; the next line is wrong, and nothing after it was tried: mend it, and add only what was not recorded",
            counted(recorded, "statement")
        );
    }
}

/// Says where parts of a statement (women, men) do not add up to their whole. It is recorded as it is said, as a sheet is.
fn tell_uneven(model: &Model, draft: &Draft, place: &str) {
    let uneven = model.kind(&draft.kind).filter(|_| !draft.withdrawn);
    for parts in uneven.into_iter().flat_map(|kind| kind.uneven_parts(|field| draft.fields.get(&field.name)?.as_f64())) {
        say!("{place}: {}; all were kept", parts.told(|field| field.name.clone()));
    }
}

/// Appends a statement. What takes the place of another names one that is there; that it is about the same is looked at when it is appended.
fn append(entry: &mut Entry<'_>, draft: &Draft) -> Result<String> {
    for id in &draft.supersedes {
        if entry.statement(id)?.is_none() {
            bail!("`supersedes` names the statement `{id}`, which is not there; `remit history` lists them");
        }
    }
    Ok(entry.append(draft)?)
}

/// Why a line cannot be read.
fn unreadable(error: std::io::Error) -> anyhow::Error {
    match error.kind() {
        std::io::ErrorKind::InvalidData => anyhow!("this is no text in UTF-8; save it as UTF-8, and add it again"),
        _ => error.into(),
    }
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
    if says_twice(line) {
        bail!("this says a key twice, and only one of the two could be recorded; say each once");
    }
    Ok(Draft::from_json(workspace.model(), &object)?)
}
