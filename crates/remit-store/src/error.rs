//! What can go wrong with a workspace, in words that say what to do.

use std::path::PathBuf;

/// An error of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder is no workspace.
    #[error("{0} is not a workspace (it has no remit.toml); make one with `remit init {0}`")]
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
    /// A statement has values that are none of their fields.
    #[error("{kind} {record}: {}", faults.iter().map(|f| f.to_string()).collect::<Vec<_>>().join("; "))]
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
    /// A question asked for more than the views give.
    #[error("{0}")]
    Refused(String),
    /// The database said no.
    #[error("{0}")]
    Database(String),
    /// The disk said no.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy,
            Some(ErrorCode::AuthorizationForStatementDenied) => StoreError::Refused(
                "this reaches behind the views: only the views can be read (`remit sql WORKSPACE --views` lists them)".into(),
            ),
            _ => StoreError::Database(error.to_string()),
        }
    }
}
