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
        "{0} holds nothing that Remit reads: IATI activity files (.xml, .gz, .zip), a table (.csv) beside a mapping (.toml) of the same \
         name, or what other programs write as JSON (.json, .geojson, .jsonl)"
    )]
    Nothing(PathBuf),
    /// A table has no mapping.
    #[error(
        "{0} is a table, and nothing says which of its columns is which field: `remit import` with --propose writes what they seem to be \
         to {1}, to look at and change; or send the file in the browser (remit serve, “Import a spreadsheet”), which keeps what you say. \
         Where all headings are names of fields, a column called record, empty for what is new, is enough"
    )]
    NoMapping(PathBuf, PathBuf),
    /// A table has no mapping of its own, and one of another file fits it.
    #[error(
        "{0} has the columns of a mapping that was made for another file; look whether it holds here too, and name it: --mapping {1}"
    )]
    OtherMapping(PathBuf, PathBuf),
    /// A document, of which no table is imported.
    #[error(
        "{0} is a document: remit read WORKSPACE {0} reads its text; of a table in a page (.html) or in Word (.docx), `remit import` with \
         --propose writes what its columns seem to be"
    )]
    Document(PathBuf),
    /// Nothing that can be imported.
    #[error(
        "{0} cannot be imported; save a table as .xlsx, .ods or .csv, and a document as .docx or .pdf, which `remit read` reads"
    )]
    Unread(PathBuf),
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
