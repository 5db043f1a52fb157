//! From where sheets of Remit's own form come. They are called by the kind, in all offices alike: what a file of the same name in another
//! folder says is not for this one to take back. Of a place only a hash is kept, as of those of data sets.

use super::compare::OF_FILE;
use super::outcome::{NATIVE, SheetJob};
use crate::SheetError;
use remit_store::{Chain, Workspace, hexadecimal};
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};

/// Keeps from where sheets of Remit's own form come that are about to be brought in.
///
/// # Errors
/// When the workspace cannot be read or written.
pub fn keep_places(workspace: &Workspace, files: &[PathBuf]) -> Result<(), SheetError> {
    if files.is_empty() {
        return Ok(());
    }
    keep(workspace, files.iter().map(|file| (name_of_file(file), place_of(file))).collect())
}

/// Keeps of a sheet that was sent that it comes from nowhere that could be told.
pub(super) fn keep_sent(workspace: &Workspace, name: &str) -> Result<(), SheetError> {
    keep(workspace, vec![(name.to_owned(), String::new())])
}

/// True where all that files of this name have ever said was said by this very file.
pub(super) fn is_sole(chain: &Chain, name: &str, job: &SheetJob) -> Result<bool, SheetError> {
    let (own, known) = (hashed(&place_of(&job.file)), chain.places_of(&kept_as(name))?);
    Ok(job.name.is_empty() && !known.is_empty() && known.iter().all(|place| *place == own))
}

/// True where files of this name have come from elsewhere than this one.
pub(super) fn has_others(chain: &Chain, name: &str, job: &SheetJob) -> Result<bool, SheetError> {
    let own = hashed(&place_of_job(job));
    Ok(chain.places_of(&kept_as(name))?.iter().any(|place| *place != own))
}

/// What this very file is called among those of its name: all offices call theirs by the kind, and what could not be used of each is kept by
/// itself.
pub(super) fn called(chain: &Chain, name: &str, job: &SheetJob) -> Result<String, SheetError> {
    let known = chain.name_at(&kept_as(name), &hashed(&place_of_job(job)))?;
    Ok(known.and_then(|known| known.strip_prefix(&kept_as("")).map(str::to_owned)).unwrap_or_else(|| name.to_owned()))
}

fn keep(workspace: &Workspace, files: Vec<(String, String)>) -> Result<(), SheetError> {
    workspace.migrate()?;
    let chain = Chain::open(workspace)?;
    let mut new: Vec<(String, Vec<String>)> = Vec::new();
    let mut said: Option<Vec<String>> = None;
    for (file, place) in files {
        let name = kept_as(&file);
        let known = chain.places_of(&name)?;
        if known.contains(&hashed(&place)) {
            continue;
        }
        if known.is_empty() && said.is_none() {
            said = Some(chain.ends_of_origins(&format!("{NATIVE}/"), OF_FILE)?);
        }
        // What was said before places were kept may be of any file of the name.
        if known.is_empty() && said.iter().flatten().any(|of| *of == file) {
            new.push((String::new(), vec![name.clone()]));
        }
        new.push((place, vec![name]));
    }
    drop(chain);
    workspace.datasets_from(&new)?;
    Ok(())
}

/// What the places of files of a name are kept as, beside the names of data sets.
fn kept_as(name: &str) -> String {
    format!("{NATIVE}: {name}")
}

fn name_of_file(file: &Path) -> String {
    file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn place_of(file: &Path) -> String {
    file.canonicalize().unwrap_or_else(|_| file.to_path_buf()).to_string_lossy().into_owned()
}

/// Where the file of a job lies; of what was sent nothing tells.
fn place_of_job(job: &SheetJob) -> String {
    if job.name.is_empty() { place_of(&job.file) } else { String::new() }
}

fn hashed(place: &str) -> String {
    hexadecimal(&Sha256::digest(place))
}
