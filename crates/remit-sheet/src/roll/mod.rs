//! Nominal rolls, payrolls and censuses. Of each line stays what lists are compared by: a keyed hash of the service number, institution,
//! rank, sex and pay. Names, numbers and all other columns are never written anywhere, and problems say where, never what stands there.
//!
//! The lines are a data set, so that a newer edition of the list replaces it as a whole; how many they are is said of the institution
//! (kind `strength`) as other lists are, with the file as source.

mod counts;
mod lines;
mod number;

use crate::read::{Outcome, known_names, record_again};
use crate::{SheetError, opening};
use lines::{Lines, RollColumns};
use remit_model::{Day, Kind, Marking};
use remit_store::{AboutDataSet, Chain, FileEntry, Import, Workspace, hexadecimal};
use sha2::{Digest as _, Sha256};
use std::path::PathBuf;

/// A list to take in.
#[derive(Debug, Clone)]
pub struct RollJob {
    /// The sheet.
    pub file: PathBuf,
    /// Which list it is: a code or name of `strength_list`.
    pub list: String,
    /// Whose list: identifier or name.
    pub service: String,
    /// The day as of which the list counts its people.
    pub day: Day,
    /// What its numbers are numbers of; by default the service's own.
    pub scheme: Option<String>,
    /// Heading of the column of numbers, where it is not told.
    pub number: Option<String>,
    /// How often in a year what stands in the column of pay is paid.
    pub pay_times: Option<f64>,
    /// The currency of pay, where the sheet names none.
    pub currency: Option<String>,
    /// What the source of the counts is called; by default the file's name.
    pub source: Option<String>,
    /// The marking of the counts; the lines are strictly confidential.
    pub marking: Marking,
    /// Who brings it in.
    pub author: String,
    /// Only say what would be taken in.
    pub dry_run: bool,
}

/// What was taken in.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Roll {
    /// The data set of the lines.
    pub dataset: String,
    /// True where the workspace had the same list already.
    pub unchanged: bool,
    /// Files whose list of the same day this one takes the place of.
    pub replaces: Vec<String>,
    /// Lines of the list.
    pub lines: u64,
    /// Of them, those without a service number: they match nobody.
    pub without_number: u64,
    /// Numbers that stand in the list more than once.
    pub doubled: u64,
    /// Columns that were read, each with its field.
    pub read: Vec<(String, String)>,
    /// Columns of which nothing is kept.
    pub left_out: Vec<String>,
    /// Cells that could not be used.
    pub problems: u64,
    /// What was recorded of the strength of the institution and its units.
    pub counts: Outcome,
}

/// Takes in a list.
///
/// # Errors
/// Where the file cannot be read, has no column of service numbers, or the institution or list is not known.
pub fn take_roll(workspace: &Workspace, job: &RollJob) -> Result<Roll, SheetError> {
    let model = workspace.model();
    let chain = Chain::open(workspace)?;
    let written: Vec<&Kind> = model.kind("actor").into_iter().collect();
    let actors = known_names(model, &chain, &written, Marking::StrictlyConfidential)?.remove("actor").unwrap_or_default();
    let service = actors.one("institution", &job.service).map_err(SheetError::Roll)?;
    let list = model.lists.get("strength_list").and_then(|l| l.find(&job.list)).map(|c| c.code.clone());
    let list = list.ok_or_else(|| {
        let codes = model.lists.get("strength_list").map_or(&[][..], |l| l.codes());
        let known: Vec<&str> = codes.iter().map(|c| c.code.as_str()).collect();
        SheetError::Roll(format!("`{}` is no list of people; use {}", job.list, known.join(", ")))
    })?;
    let grids = opening::grids(&job.file, "", "", model)?;
    let columns = RollColumns::find(model, &grids, job)?;
    let scheme = job.scheme.clone().unwrap_or_else(|| service.clone());
    let about = lines::AboutRoll { service: service.clone(), list: list.clone(), day: job.day.to_string(), scheme };
    let read = Lines::read(workspace, &columns, &actors, &about, job)?;
    let dataset = format!("roll/{service}/{list}/{}", job.day);
    let name = job.file.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let mut roll = Roll {
        lines: read.lines.len() as u64,
        without_number: read.lines.iter().filter(|l| l.number.is_none()).count() as u64,
        doubled: read.doubled(),
        read: columns.told(),
        left_out: columns.left_out(),
        problems: read.problems.len() as u64,
        replaces: chain.files_of(&dataset)?,
        dataset,
        ..Roll::default()
    };
    // Sent again under its own name it is a correction.
    if roll.replaces.contains(&name) {
        roll.replaces.clear();
    }
    let source = job.source.clone().unwrap_or_else(|| name.clone());
    let drafts = counts::drafts(model, &read.lines, &about, &roll.dataset, &source, job.marking);
    if !job.dry_run {
        roll.unchanged = keep(workspace, job, &read, &about, &roll.dataset, (&name, &source))?;
    }
    roll.counts = record_again(workspace, &job.author, &format!("took in {name}"), &roll.dataset, drafts, job.dry_run)?;
    Ok(roll)
}

/// Writes the lines; true where the workspace had them already.
fn keep(
    workspace: &Workspace,
    job: &RollJob,
    read: &Lines,
    about: &lines::AboutRoll,
    dataset: &str,
    (name, source): (&str, &str),
) -> Result<bool, SheetError> {
    let content = remit_files::read(&job.file, opening::MOST_BYTES).map_err(|e| SheetError::Open(job.file.clone(), e))?;
    let mut hash = Sha256::new();
    hash.update(&content);
    // The same file as another list, or with pay by another period, is another list.
    hash.update(format!("{dataset} {} {:?} {:?} {:?}", about.scheme, job.pay_times, job.currency, job.number));
    let (hash, bytes) = (hexadecimal(&hash.finalize()), content.len() as u64);
    drop(content);
    let of = AboutDataSet {
        dataset: dataset.to_owned(),
        title: Some(format!("{} of {} on {}", about.list, about.service, about.day)),
        source: Some(source.to_owned()),
        published: Some(about.day.clone()),
        marking: Marking::StrictlyConfidential,
        ..AboutDataSet::default()
    };
    let mut import = Import::begin(workspace, of)?;
    if import.same_content(&hash)?.is_some() {
        import.abandon()?;
        return Ok(true);
    }
    let file = import.begin_file(name)?;
    let records = read.write(workspace, &mut import, file, about, dataset)?;
    import.finish_file(file, &FileEntry { hash: hash.clone(), bytes, version: String::new(), records })?;
    Ok(import.finish(&hash, 1, bytes)?.unchanged)
}
