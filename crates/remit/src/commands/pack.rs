//! `remit pack`

use crate::commands::locks::Locks;
use crate::commands::{AuthorArguments, HandingOn, counted, marking_of, note_look, of_number, usage};
use crate::interrupt;
use crate::output::{Receipt, patiently};
use anyhow::Result;
use remit_exchange::{MadeParcel, SentParts, pack};
use remit_model::{Kind, Marking};
use remit_store::{AsOf, Cut, Workspace};
use std::collections::BTreeMap;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
The file has a note in front that anybody can read: who made it, when, what is in it, how it is opened. The content is encrypted \
(age), and both are signed by the workspace. The key with which the workspace signs is never part of it. A part has what stands today; \
the whole has its history too.

Examples:
  remit pack somalia somalia.remit               all of it, for who knows the passphrase, which is asked for
  remit pack somalia so.remit --to age1qk…       for whose key this is (`remit key` says it)
  remit pack regional so.remit --country SO --clearance internal --to colleagues.txt    a part, for the keys in a file
  remit pack somalia actors.remit --kind actor --kind relation")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// File to make
    file: PathBuf,
    #[command(flatten)]
    part: PartArguments,
    #[command(flatten)]
    locks: Locks,
    #[command(flatten)]
    author: AuthorArguments,
    #[command(flatten)]
    told: Receipt,
}

/// Which part of a workspace.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct PartArguments {
    /// Only what is marked at most so [default: public, where only a part is taken]
    #[arg(long, value_name = "MARKING")]
    clearance: Option<String>,
    /// Only what is about this country, and what it refers to; may be repeated
    #[arg(long, value_name = "COUNTRY")]
    country: Vec<String>,
    /// Only records of this kind; may be repeated
    #[arg(long, value_name = "KIND")]
    kind: Vec<String>,
    #[command(flatten)]
    handing_on: HandingOn,
}

impl PartArguments {
    fn is_whole(&self) -> bool {
        self.clearance.is_none() && self.country.is_empty() && self.kind.is_empty()
    }

    /// Notes that somebody takes this part along, up to a marking, where it has what looks are noted of.
    pub(crate) fn note(&self, workspace: &Workspace, clearance: Marking, what: &str) -> Result<()> {
        let as_of = AsOf { clearance, ..AsOf::public(workspace.default_day()) };
        note_look(workspace, &as_of, what, |kind: &Kind| self.kind.is_empty() || self.kind.contains(&kind.name))
    }

    /// The part that they mean in a workspace.
    pub(crate) fn cut(&self, workspace: &Workspace, imports: bool) -> Result<Cut> {
        let model = workspace.model();
        let clearance = match self.clearance.as_deref() {
            None => Marking::Public,
            Some(text) => marking_of(workspace, "--clearance", text)?,
        };
        let code = |given: &String| {
            let found = model.lists.get("country").and_then(|l| l.find(given)).map(|c| c.code.clone());
            found.ok_or_else(|| {
                usage(format!("--country: `{given}` is no country; write the code or the name of ISO 3166, as SO"))
            })
        };
        if let Some(kind) = self.kind.iter().find(|k| model.kind(k).is_none()) {
            let all: Vec<&str> = model.kinds.iter().filter(|k| k.part_of.is_none()).map(|k| k.name.as_str()).collect();
            return Err(usage(format!("--kind: there is no kind `{kind}`; there are {}", all.join(", "))));
        }
        let countries = self.country.iter().map(code).collect::<Result<_>>()?;
        let held_back = self.handing_on.held_back(workspace, clearance)?;
        Ok(Cut { clearance, countries, kinds: self.kind.clone(), after: 0, imports, held_back, ..Cut::default() })
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    interrupt::watch(Some(&workspace), "; the file was not finished");
    let parts = if arguments.part.is_whole() { SentParts::Whole } else { SentParts::Cut(arguments.part.cut(&workspace, true)?) };
    let lock = match arguments.locks.lock()? {
        Some(lock) => lock,
        None => arguments.locks.with_passphrase()?,
    };
    let (file, author) = (&arguments.file, arguments.author.name());
    // The whole has what is marked highest too.
    let clearance = match &parts {
        SentParts::Whole => Marking::StrictlyConfidential,
        SentParts::Cut(cut) => cut.clearance,
    };
    arguments.part.note(&workspace, clearance, &format!("pack {}", file.display()))?;
    let made = patiently("packing", || pack(&workspace, file, &parts, Some(&lock), &author))?;
    let imports = made.parcel.as_ref().map_or(0, |p| p.about.imports);
    let words = match &made.parcel {
        None => format!("nothing belongs to this part; no file was made{}", marked_since(&made.marked_since)),
        Some(parcel) => format!(
            "Packed {} and {} into {}; signed by {}{}",
            counted(made.statements, "statement"),
            counted(imports, "import"),
            file.display(),
            parcel.workspace,
            left_out(&made)
        ),
    };
    let made_file = made.parcel.as_ref().map(|p| p.file());
    arguments.told.tell(
        &words,
        &serde_json::json!({ "file": made_file, "statements": made.statements, "imports": imports,
            "left": made.left, "redacted": made.redacted, "held_back": made.held_back, "marked_since": made.marked_since,
            "signed_by": made.parcel.as_ref().map(|p| &p.workspace) }),
    )
}

/// What was left out, for who made it: the file does not say so.
pub(crate) fn left_out(made: &MadeParcel) -> String {
    let MadeParcel { left, redacted, .. } = made;
    let above = match left + redacted {
        0 => String::new(),
        _ => {
            let (statements, were) = (counted(*left, "statement"), of_number(*left, ["was", "were"]));
            format!("\n{statements} above the clearance {were} left out, and single values of {}", counted(*redacted, "other"))
        }
    };
    let few = match made.held_back {
        0 => String::new(),
        n => format!("\nheld back: {} with counts of few people; to hand them on, say --small-counts", counted(n, "statement")),
    };
    above + &few + &marked_since(&made.marked_since)
}

/// What was left out for a field that got its marking later, and what to do about it: a line for each field.
pub(crate) fn marked_since(fields: &BTreeMap<String, u64>) -> String {
    let line = |(field, n): (&String, &u64)| {
        format!(
            "\nleft out: {n} with `{field}`, recorded before the model marked it; say it anew there, or take it away (remit redact)"
        )
    };
    fields.iter().map(line).collect::<Vec<_>>().concat()
}
