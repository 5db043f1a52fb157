//! What can go wrong with a workspace, in words that say what to do.

use std::path::PathBuf;

/// An error of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder is no workspace.
    #[error("{0} is not a workspace (it has no remit.toml); make one with `remit init {typed}`", typed = remit_files::for_shell(.0))]
    NotAWorkspace(PathBuf),
    /// The folder is one already, or has other files in it.
    #[error("{0} exists already and is not empty; choose another name")]
    Occupied(PathBuf),
    /// The workspace was written by another version of Remit.
    #[error(
        "a newer version of Remit wrote this workspace (format {found}, this program reads up to {expected}); use that version, or a newer one"
    )]
    OtherFormat {
        /// Format of the workspace.
        found: i64,
        /// Format of this program.
        expected: i64,
    },
    /// `remit.toml` is wrong.
    #[error("{file}: {message}")]
    Settings {
        /// Path of the file.
        file: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// The model is wrong.
    #[error(transparent)]
    Model(#[from] remit_model::ModelError),
    /// The medium cannot be written.
    #[error("{0} cannot be written (a read-only medium, or no permission); copy the folder elsewhere to change it")]
    ReadOnly(PathBuf),
    /// The same, where it is noticed while something is written.
    #[error("{READ_ONLY}")]
    Unwritable,
    /// Writing would reach out of the workspace.
    #[error(
        "{0} is a link to another place, where writing would change what is there, and from where reading would take it; put the file or folder itself in its place"
    )]
    Link(PathBuf),
    /// Reading would wait for whoever writes.
    #[error("{0} is a pipe or a device and no file; do not use the workspace, and ask whoever it is from")]
    Device(PathBuf),
    /// The database has something in it that Remit did not make.
    #[error(
        "the workspace’s database has the {kind} `{name}` in it, which Remit did not make; do not use it, and ask whoever it is from"
    )]
    Foreign {
        /// `trigger`, `view`, `table` or `index`.
        kind: String,
        /// Its name.
        name: String,
    },
    /// What another workspace says cannot be relied on.
    #[error("{0}")]
    Untrusted(String),
    /// A statement has values that are none of their fields.
    #[error("{kind}{}{record}: {}", if record.is_empty() { "" } else { " " }, faults.iter().map(|f| f.to_string()).collect::<Vec<_>>().join("; "))]
    Statement {
        /// Its kind.
        kind: String,
        /// Its record; empty for a new one.
        record: String,
        /// What is wrong.
        faults: Vec<crate::Fault>,
    },
    /// Somebody else is importing.
    #[error("another import into this workspace is under way; wait until it has ended")]
    Busy,
    /// A query was given up because it took too long.
    #[error("the query took too long")]
    Interrupted,
    /// A question asked for more than the views give.
    #[error("{0}")]
    Refused(String),
    /// What is named is not there.
    #[error("{0}")]
    NotThere(String),
    /// A row lacks a column, or has a value of another kind in it.
    #[error("{0}")]
    Column(String),
    /// SQL that is wrong, with the place in it.
    #[error("{message}")]
    Sql {
        /// What is wrong.
        message: String,
        /// How many bytes before it.
        at: usize,
    },
    /// The database said no.
    #[error("{0}")]
    Database(String),
    /// The database's file is broken.
    #[error("{DAMAGED}")]
    Damaged,
    /// There is no room for what was to be written.
    #[error("{FULL}")]
    Full,
    /// The disk said no.
    #[error("{}: {}", .0.display(), disk_said(.1))]
    File(PathBuf, std::io::Error),
}

/// The message for a full disk, with what to do.
const FULL: &str = "the disk is full, or as much of it is used as you may use; free space, then run the same again: nothing was recorded of \
                    what was not finished";

/// What to do where the file is broken, or a part of another one.
const DAMAGED: &str = "the workspace’s database is damaged or altered, or was copied while somebody wrote in it; make the copy with `remit backup`, or go back \
                       to the last one that `remit verify` holds good (`remit restore`)";

/// What to do where a value is longer than the database may hand out.
const TOO_LONG: &str = "a value is longer than any that Remit writes; where no question of yours makes it, the database was altered: go back to the last \
                        copy that `remit verify` holds good (`remit restore`)";

/// What to do where nothing can be written.
const READ_ONLY: &str =
    "the workspace cannot be written (a read-only medium, or no permission); copy its folder elsewhere to change it";

/// What the system says of a file, with what to do about it where that is known.
pub fn disk_said(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => FULL.to_owned(),
        // The system says so of what is written; of what is read, we do.
        ErrorKind::FileTooLarge if error.raw_os_error().is_some() => FULL.to_owned(),
        ErrorKind::ReadOnlyFilesystem => {
            format!("{error}; it is on a medium that cannot be written: choose a folder elsewhere, or copy it")
        }
        ErrorKind::PermissionDenied => {
            format!("{error}; it belongs to somebody else, or is protected: ask whoever keeps this machine")
        }
        _ => error.to_string(),
    }
}

/// What SQLite calls a write that the system refused for another reason than a full disk: a quota, above all.
const REFUSED_WRITES: [i32; 3] =
    [rusqlite::ffi::SQLITE_IOERR_WRITE, rusqlite::ffi::SQLITE_IOERR_SHMSIZE, rusqlite::ffi::SQLITE_IOERR_FSYNC];

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy,
            Some(ErrorCode::OperationInterrupted) => StoreError::Interrupted,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreError::Damaged,
            Some(ErrorCode::DiskFull) => StoreError::Full,
            Some(ErrorCode::TooBig) => StoreError::Database(TOO_LONG.into()),
            // Where a log was left beside it, a medium that cannot be written is noticed late.
            Some(ErrorCode::ReadOnly) => StoreError::Unwritable,
            Some(ErrorCode::SystemIoFailure)
                if error.sqlite_error().is_some_and(|e| REFUSED_WRITES.contains(&e.extended_code)) =>
            {
                StoreError::Full
            }
            Some(ErrorCode::AuthorizationForStatementDenied) => StoreError::Refused(
                "this reaches behind the views: only the views can be read (`remit sql WORKSPACE --views` lists them)".into(),
            ),
            _ => match error {
                rusqlite::Error::SqlInputError { msg, offset, .. } if offset >= 0 => {
                    StoreError::Sql { message: msg, at: offset as usize }
                }
                // A cell of a table of ours holds what we do not write.
                rusqlite::Error::InvalidColumnType(..) | rusqlite::Error::FromSqlConversionFailure(..) => StoreError::Damaged,
                error => StoreError::Database(error.to_string()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::ffi;

    #[test]
    fn a_file_that_is_too_large_to_be_read_fills_no_disk() {
        let read = std::io::Error::new(std::io::ErrorKind::FileTooLarge, "it is larger than 1 MB, which is not read");
        assert_eq!(disk_said(&read), "it is larger than 1 MB, which is not read");
    }

    #[test]
    fn a_broken_database_says_what_to_do() {
        for code in [ffi::SQLITE_CORRUPT, ffi::SQLITE_NOTADB] {
            let error = rusqlite::Error::SqliteFailure(ffi::Error::new(code), Some("database disk image is malformed".into()));
            let said = StoreError::from(error).to_string();
            assert!(said.contains("`remit backup`") && said.contains("`remit restore`"), "{said}");
        }
        let long = rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_TOOBIG), None);
        assert!(StoreError::from(long).to_string().contains("`remit restore`"));
        let altered = rusqlite::Error::InvalidColumnType(1, "seq".into(), rusqlite::types::Type::Text);
        assert!(matches!(StoreError::from(altered), StoreError::Damaged));
    }

    #[test]
    fn a_medium_that_cannot_be_written_says_what_to_do_whenever_it_is_noticed() {
        for code in [ffi::SQLITE_READONLY, ffi::SQLITE_READONLY_RECOVERY, ffi::SQLITE_READONLY_DIRECTORY] {
            let error =
                rusqlite::Error::SqliteFailure(ffi::Error::new(code), Some("attempt to write a readonly database".into()));
            let said = StoreError::from(error).to_string();
            assert!(said.contains("copy its folder elsewhere"), "{said}");
        }
    }
}
