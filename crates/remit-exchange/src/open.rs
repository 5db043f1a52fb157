//! Opening what was sent. All of it is checked before anything of it counts: the signature, the hashes, the workspace in it, and that
//! this was signed with the same key.

use crate::age::Opening;
use crate::parcel::Parcel;
use crate::{ExchangeError, folder};
use remit_model::Model;
use remit_store::{StoreError, Verified, Workspace};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// A parcel that was opened and checked; what was in it is gone when this is dropped.
#[derive(Debug)]
pub struct Opened {
    /// The parcel, with its note.
    pub parcel: Parcel,
    /// The workspace that was in it, to read from.
    pub workspace: Workspace,
    /// What was looked at in it.
    pub verified: Verified,
    place: TempDir,
}

/// A parcel to be opened: what is to be checked in addition, and where.
#[derive(Clone, Default)]
pub struct Unopened {
    /// What decrypts it, where it is encrypted.
    pub opening: Option<Opening>,
    /// The public key that must have signed it, where somebody knows it.
    pub key: Option<String>,
}

/// Opens a parcel in a folder of its own, inside `place`. The model of the workspace in it is not read: it is understood with
/// `model`, or with its own where there is none given.
///
/// # Errors
/// When it is no parcel, does not open, or does not hold.
pub fn open(parcel: Parcel, how: &Unopened, place: &Path, model: Option<Arc<Model>>) -> Result<Opened, ExchangeError> {
    let untrusted = |reason: String| ExchangeError::Untrusted { file: parcel.file().to_path_buf(), reason };
    if let Some(key) = how.key.as_ref().filter(|key| **key != parcel.workspace) {
        return Err(untrusted(format!("the key {} signed it, not {key}", parcel.workspace)));
    }
    let wrong = |e| ExchangeError::File(place.to_path_buf(), e);
    let place = tempfile::Builder::new().prefix(".received").tempdir_in(place).map_err(wrong)?;
    let mut content = tempfile::tempfile_in(place.path()).map_err(wrong)?;
    parcel.content(how.opening.as_ref(), &mut content)?;
    let target = place.path().join(plain(&parcel.about.name));
    std::fs::create_dir(&target).map_err(wrong)?;
    folder::take_apart(content, parcel.file(), &target)?;
    let workspace = match model {
        Some(model) => Workspace::foreign(&target, model)?,
        None => Workspace::open(&target)?,
    };
    let signed_by = workspace.signed_by();
    if !signed_by.is_empty() && signed_by != parcel.workspace {
        return Err(untrusted("the workspace in it was signed with another key than the file".into()));
    }
    let verified = workspace.verify(false)?;
    if let Some(b) = verified.fault() {
        return Err(untrusted(format!("{} {}: {}", b.what.code(), b.name, b.reason)));
    }
    Ok(Opened { parcel, workspace, verified, place })
}

/// Makes a workspace of a parcel, in a folder that does not exist or is empty. It gets a key of its own.
///
/// # Errors
/// When the parcel does not hold, or the folder has something in it.
pub fn unpack(parcel: Parcel, how: &Unopened, to: &Path) -> Result<Opened, ExchangeError> {
    let wrong = |e| ExchangeError::File(to.to_path_buf(), e);
    if to.exists() && std::fs::read_dir(to).map_err(wrong)?.next().is_some() {
        return Err(StoreError::Occupied(to.to_path_buf()).into());
    }
    let beside = to.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let opened = open(parcel, how, beside, None)?;
    let folder: PathBuf = opened.workspace.folder().to_path_buf();
    opened.workspace.adopt()?;
    opened.workspace.put_away()?;
    if to.exists() {
        std::fs::remove_dir(to).map_err(wrong)?;
    }
    std::fs::rename(&folder, to).map_err(wrong)?;
    Ok(Opened { workspace: Workspace::open(to)?, ..opened })
}

impl Opened {
    /// Where it was opened.
    pub fn place(&self) -> &Path {
        self.place.path()
    }
}

/// A name as a folder may have it.
fn plain(name: &str) -> String {
    let kept: String = name.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ' | '.')).take(80).collect();
    let kept = kept.trim_matches(['.', ' ']);
    if kept.is_empty() { "workspace".into() } else { kept.into() }
}
