//! What can go wrong with a file that is sent, in words that say what to do.

use crate::age::AgeError;
use remit_store::StoreError;
use std::path::PathBuf;

/// An error of the exchange.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The file is none of ours, or not whole.
    #[error("{file} is no file of `remit pack` or `remit bundle`, or not whole: {reason}; ask for it again")]
    Malformed {
        /// The file.
        file: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// It is not as its workspace signed it.
    #[error("{file} does not hold: {reason}; nothing was taken from it. Ask who sent it for it again, by another way")]
    Untrusted {
        /// The file.
        file: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// It does not open.
    #[error("{file} does not open: {reason}")]
    Closed {
        /// The file.
        file: PathBuf,
        /// Why.
        reason: String,
    },
    /// The workspace said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The disk said no.
    #[error("{}: {}", .0.display(), remit_store::disk_said(.1))]
    File(PathBuf, std::io::Error),
}

impl ExchangeError {
    /// The error of a file in the format of age.
    pub(crate) fn of_age(file: PathBuf, error: AgeError) -> ExchangeError {
        match error {
            AgeError::Malformed(reason) => ExchangeError::Malformed { file, reason: reason.into() },
            AgeError::Altered => ExchangeError::Untrusted { file, reason: "its encrypted content was altered or cut off".into() },
            AgeError::Closed(reason) => ExchangeError::Closed { file, reason: reason.into() },
            AgeError::File(e) => ExchangeError::File(file, e),
        }
    }
}
