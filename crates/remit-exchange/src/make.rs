//! Making what is sent: a whole workspace, a part of it, or what is new for an office.

use crate::age::Lock;
use crate::note::{How, ParcelNote};
use crate::parcel::{AboutParcel, Parcel};
use crate::partners::{Partners, Sent};
use crate::{ExchangeError, folder};
use remit_model::{Day, Marking};
use remit_store::{AsOf, Cut, Reader, Workspace};
use std::collections::BTreeMap;
use std::path::Path;
use tempfile::TempDir;

/// What is sent of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SentParts {
    /// All of it, as it was recorded, but its key.
    Whole,
    /// A part.
    Cut(Cut),
}

/// What was made.
#[derive(Debug)]
pub struct MadeParcel {
    /// The file; none where there was nothing new.
    pub parcel: Option<Parcel>,
    /// Statements in it.
    pub statements: u64,
    /// Statements that are above the clearance, and were left out.
    pub left: u64,
    /// Statements of which single values were left out.
    pub redacted: u64,
    /// Statements that were left out, as a count of few people in them is held back.
    pub held_back: u64,
    /// Statements that were left out, as they say something in a field that was marked above the clearance only since: how many, by kind and
    /// field.
    pub marked_since: BTreeMap<String, u64>,
}

/// Makes a file of a workspace or a part of it.
///
/// # Errors
/// When the workspace does not hold, or the file cannot be written.
pub fn pack(
    workspace: &Workspace,
    to: &Path,
    parts: &SentParts,
    lock: Option<&Lock>,
    author: &str,
) -> Result<MadeParcel, ExchangeError> {
    let cut = match parts {
        SentParts::Whole => return whole(workspace, to, lock, author),
        SentParts::Cut(cut) => cut,
    };
    send(workspace, to, cut, lock, author, "a part of the workspace", "")
}

/// Makes a file of what is new for an office since the last one that was made for it, and remembers that. `since` says from which
/// moment on, whatever was sent.
///
/// # Errors
/// When the workspace does not hold, or the file cannot be written.
pub fn bundle(
    workspace: &Workspace,
    to: &Path,
    office: &str,
    since: Option<&str>,
    cut: &Cut,
    lock: Option<&Lock>,
    author: &str,
) -> Result<MadeParcel, ExchangeError> {
    let mut partners = Partners::of(workspace)?;
    let (end, hash) = workspace.end_at("9999")?;
    let after = match since {
        Some(moment) => workspace.end_at(moment)?.0,
        None => partners.sent_to(office, cut, workspace)?,
    };
    let cut = Cut { after, ..cut.clone() };
    let made = send(workspace, to, &cut, lock, author, "what is new in the workspace", office)?;
    if !office.is_empty() && made.parcel.is_some() {
        partners.sent(Sent::new(office, end, hash, &cut));
        partners.keep(workspace)?;
    }
    Ok(made)
}

fn whole(workspace: &Workspace, to: &Path, lock: Option<&Lock>, author: &str) -> Result<MadeParcel, ExchangeError> {
    let place = place(workspace)?;
    let copy = place.path().join(name_of(workspace));
    let verified = workspace.backup(&copy)?;
    let about = AboutParcel {
        clearance: Marking::StrictlyConfidential.code().into(),
        statements: verified.statements,
        imports: verified.snapshots,
        ..about(workspace, author, "")
    };
    let parcel = write(workspace, to, &copy, lock, about, ("the workspace", &BTreeMap::new(), &[]))?;
    Ok(MadeParcel {
        parcel: Some(parcel),
        statements: verified.statements,
        left: 0,
        redacted: 0,
        held_back: 0,
        marked_since: BTreeMap::new(),
    })
}

fn send(
    workspace: &Workspace,
    to: &Path,
    cut: &Cut,
    lock: Option<&Lock>,
    author: &str,
    what: &str,
    office: &str,
) -> Result<MadeParcel, ExchangeError> {
    let place = place(workspace)?;
    let folder = place.path().join(name_of(workspace));
    let behind = if cut.imports { 0 } else { published(workspace, cut.clearance)? };
    let taken = workspace.cut(&folder, cut, author)?;
    let statements = taken.recorded.statements;
    let (left, redacted, held_back, marked_since) = (taken.left, taken.redacted, taken.held_back, taken.marked_since);
    let imports = Workspace::foreign(&folder, workspace.model().clone())?.verify(false)?.snapshots;
    if statements == 0 && imports == 0 {
        return Ok(MadeParcel { parcel: None, statements, left, redacted, held_back, marked_since });
    }
    let clearance = cut.clearance.code().into();
    let about = AboutParcel { clearance, statements, imports, behind, ..about(workspace, author, office) };
    let parcel = write(workspace, to, &folder, lock, about, (what, &taken.kinds, &chosen(cut, workspace)))?;
    Ok(MadeParcel { parcel: Some(parcel), statements, left, redacted, held_back, marked_since })
}

/// How many published activities a workspace has.
fn published(workspace: &Workspace, clearance: Marking) -> Result<u64, ExchangeError> {
    let as_of = AsOf { clearance, ..AsOf::public(Day::today()) };
    let found = Reader::open(workspace, as_of)?.query("select count(*) from activity", &[])?;
    Ok(found.rows.first().and_then(|row| row[0].number()).unwrap_or_default() as u64)
}

/// A folder for what is not encrypted yet: beside the workspace's own files, not where the file goes.
fn place(workspace: &Workspace) -> Result<TempDir, ExchangeError> {
    let place = tempfile::Builder::new().prefix(".sending").tempdir_in(workspace.folder());
    place.map_err(|e| ExchangeError::File(workspace.folder().to_path_buf(), e))
}

/// How a part was chosen, a line each.
fn chosen(cut: &Cut, workspace: &Workspace) -> Vec<String> {
    let model = workspace.model();
    let country = |c: &String| model.lists.name("country", c, remit_model::Language::ENGLISH).to_owned();
    let mut lines = Vec::new();
    if !cut.countries.is_empty() {
        lines.push(format!("only {}", cut.countries.iter().map(country).collect::<Vec<_>>().join(", ")));
    }
    if !cut.kinds.is_empty() {
        lines.push(format!("only records of the kinds {}", cut.kinds.join(", ")));
    }
    lines
}

fn about(workspace: &Workspace, author: &str, office: &str) -> AboutParcel {
    AboutParcel {
        name: name_of(workspace),
        author: author.into(),
        made: format!("{:.0}", jiff::Timestamp::now()),
        office: office.into(),
        ..AboutParcel::default()
    }
}

fn name_of(workspace: &Workspace) -> String {
    let folder = workspace.folder().canonicalize().unwrap_or_else(|_| workspace.folder().to_path_buf());
    folder.file_name().map_or_else(|| "workspace".into(), |n| n.to_string_lossy().into_owned())
}

fn write(
    workspace: &Workspace,
    to: &Path,
    folder: &Path,
    lock: Option<&Lock>,
    about: AboutParcel,
    (what, kinds, chosen): (&str, &BTreeMap<String, u64>, &[String]),
) -> Result<Parcel, ExchangeError> {
    let wrong = |e| ExchangeError::File(workspace.folder().to_path_buf(), e);
    let mut content = tempfile::tempfile_in(workspace.folder()).map_err(wrong)?;
    folder::put_together(folder, &mut content)?;
    let how = match lock {
        None => How::Open,
        Some(Lock::Passphrase(_)) => How::Passphrase,
        Some(Lock::Recipients(_)) => How::Keys,
    };
    let (key, _) = workspace.sign(&[])?;
    let note = ParcelNote { about: &about, title: &workspace.settings().title, what, kinds, chosen, key: &key, how };
    let note = note.text(workspace.model());
    Parcel::write(to, workspace, &mut content, lock, &note, about)
}
