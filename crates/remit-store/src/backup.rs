//! A copy of a workspace that is whole, taken while others write, and checked before it counts.

use crate::verify::Verified;
use crate::workspace::private_folder;
use crate::{StoreError, Workspace};
use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Pages that are copied at once, and how long others may write before the next ones.
const PAGES: i32 = 512;
const PAUSE: Duration = Duration::from_millis(1);

/// What is no part of a copy: the database is copied by SQLite, a lock is nobody's but the process's that holds it.
const LEFT_OUT: [&str; 5] = ["remit.db", "remit.db-wal", "remit.db-shm", "remit.db-journal", "import.lock"];

impl Workspace {
    /// Copies the workspace into a new folder while others may write, and checks the copy.
    ///
    /// # Errors
    /// When the folder has something in it or cannot be written, or the copy does not hold.
    pub fn backup(&self, to: &Path) -> Result<Verified, StoreError> {
        let begun = begin(to)?;
        let made = self.copy_to(&begun).and_then(|()| finish(self, &begun, to));
        if made.is_err() {
            // A part of a copy is no copy, and takes room where there may be none left.
            let _ = std::fs::remove_dir_all(&begun);
        }
        made
    }

    fn copy_to(&self, begun: &Path) -> Result<(), StoreError> {
        // Small files first: the signed end beside the database may be behind it, never before it.
        copy_folder(self.folder(), begun)?;
        let (source, copy) = (self.read()?, begun.join("remit.db"));
        // Before SQLite makes it for everybody to read.
        drop(remit_files::open_own(&copy).map_err(|e| StoreError::File(copy.clone(), e))?);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut target = Connection::open_with_flags(copy, flags)?;
        Backup::new(&source, &mut target)?.run_to_completion(PAGES, PAUSE, None)?;
        Ok(())
    }

    /// Makes a workspace of a backup, once it has been checked.
    ///
    /// # Errors
    /// When the backup does not hold, or the folder has something in it.
    pub fn restore(backup: &Path, to: &Path) -> Result<Verified, StoreError> {
        // A fault in its model was there when it was made, and is mended in what comes of it.
        let backup = Workspace::open_usable(backup)?;
        refuse_broken(&backup.verify(false)?, backup.folder())?;
        backup.backup(to)
    }
}

/// The folder in which a copy is made before it has its name, private to its owner.
fn begin(to: &Path) -> Result<PathBuf, StoreError> {
    let wrong = |e| StoreError::File(to.to_path_buf(), e);
    if to.exists() && std::fs::read_dir(to).map_err(wrong)?.next().is_some() {
        return Err(StoreError::Occupied(to.to_path_buf()));
    }
    let name = to.file_name().map_or_else(|| "backup".into(), |n| n.to_string_lossy().into_owned());
    let begun = to.with_file_name(format!("{name}.{}.unfinished", std::process::id()));
    private_folder(&begun).map_err(wrong)?;
    Ok(begun)
}

fn finish(of: &Workspace, begun: &Path, to: &Path) -> Result<Verified, StoreError> {
    let verified = Workspace::foreign(begun, of.model().clone())?.verify(false)?;
    refuse_broken(&verified, begun)?;
    if to.exists() {
        std::fs::remove_dir(to).map_err(|e| StoreError::File(to.to_path_buf(), e))?;
    }
    std::fs::rename(begun, to).map_err(|e| StoreError::File(to.to_path_buf(), e))?;
    Ok(verified)
}

/// What only has to be made anew keeps nobody from a copy: all that was recorded is in it.
fn refuse_broken(verified: &Verified, folder: &Path) -> Result<(), StoreError> {
    match verified.fault() {
        Some(b) => Err(StoreError::Untrusted(format!("{}: {} {}: {}", folder.display(), b.what.code(), b.name, b.reason))),
        None => Ok(()),
    }
}

/// Copies files and folders; links and devices are no part of a workspace, nor is what begins with a dot: it is under way.
pub(crate) fn copy_folder(from: &Path, to: &Path) -> Result<(), StoreError> {
    let wrong = |e| StoreError::File(from.to_path_buf(), e);
    for entry in std::fs::read_dir(from).map_err(wrong)? {
        let entry = entry.map_err(wrong)?;
        let (kind, name) = (entry.file_type().map_err(wrong)?, entry.file_name());
        let target = to.join(&name);
        if name.to_string_lossy().starts_with('.') {
            continue;
        }
        if kind.is_dir() {
            private_folder(&target).map_err(wrong)?;
            copy_folder(&entry.path(), &target)?;
        } else if kind.is_file() && !LEFT_OUT.iter().any(|left| name == *left) {
            match std::fs::copy(entry.path(), &target) {
                // Taken away since the folder was listed, by whoever works in it.
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
                copied => drop(copied.map_err(|e| StoreError::File(target, e))?),
            }
        }
    }
    Ok(())
}
