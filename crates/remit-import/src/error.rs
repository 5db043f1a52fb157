//! Why an import cannot begin or go on.

use remit_model::ModelError;
use remit_sheet::SheetError;
use remit_store::StoreError;
use std::io;
use std::path::PathBuf;

/// Why an import cannot begin or go on. What is wrong inside a file is not an error but a problem.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The workspace said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file cannot be opened.
    #[error("{0} cannot be read: {1}")]
    Open(PathBuf, io::Error),
    /// A folder holds nothing to import.
    #[error(
        "{0} holds nothing that Remit reads: IATI activity files (.xml, .gz, .zip), or a table (.csv) beside a mapping (.toml) of the same name"
    )]
    Nothing(PathBuf),
    /// A table has no mapping.
    #[error("{0} is a table, and there is no mapping beside it; write {1} to say which column is which field")]
    NoMapping(PathBuf, PathBuf),
    /// A dry run of something that is not a sheet of the register.
    #[error("--dry-run is for sheets of the register; {0} is a data set, which is superseded and never lost: import it")]
    NoDryRun(String),
    /// A mapping is wrong.
    #[error(transparent)]
    Mapping(#[from] ModelError),
    /// A table cannot be read.
    #[error(transparent)]
    Sheet(#[from] SheetError),
}
