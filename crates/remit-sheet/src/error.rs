//! Why a table cannot be read or written.

use remit_model::ModelError;
use remit_store::StoreError;
use std::io;
use std::path::PathBuf;

/// Why a table cannot be read or written. What is wrong inside a table is not an error but a finding.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// The workspace said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file cannot be opened.
    #[error("{0} cannot be read: {1}")]
    Open(PathBuf, io::Error),
    /// A file that is called as JSON is, and is none.
    #[error("{0} cannot be read: it is no JSON: {1}")]
    NoJson(PathBuf, String),
    /// A table is larger than what is read.
    #[error("{0} cannot be read: {1}; divide it into several files")]
    TooLarge(PathBuf, String),
    /// What a large sheet says could not be put away while it was read.
    #[error("what the sheet says cannot be kept in the folder for temporary files: {0}; make room there, or divide the sheet")]
    Spool(io::Error),
    /// Whoever waited for it wants it no more.
    #[error("the import was stopped; nothing was recorded")]
    Stopped,
    /// A mapping is wrong.
    #[error(transparent)]
    Mapping(#[from] ModelError),
    /// A sheet is neither mapped nor one that Remit wrote.
    #[error(
        "{0} has no sheet that Remit wrote (a row with `record` and the names of a kind’s fields) and no mapping beside it; write a \
         mapping (.toml), or begin with `remit template`"
    )]
    NotNative(String),
    /// A table fits several kinds.
    #[error("the columns of {0} fit several kinds ({1}); name the file or the sheet after one of them")]
    SeveralKinds(String, String),
    /// There is no such kind, or it is no kind of the register.
    #[error("there is no kind `{0}` in the register{meant}; it has {1}", meant = remit_model::did_you_mean(.2.as_deref()))]
    NoKind(String, String, Option<String>),
    /// A list of people cannot be taken in.
    #[error("{0}")]
    Roll(String),
    /// Microdata cannot be estimated from.
    #[error("{0}: {1}")]
    Microdata(PathBuf, String),
    /// There is no day in the rows, of which a calendar or a feed could be made.
    #[error("`{0}` has no day to put into a calendar or a feed; ask one that has, such as ending, overdue or changes")]
    NoDay(String),
    /// A workbook could not be written.
    #[error("the workbook cannot be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}

impl SheetError {
    /// Why nothing of a file is read, for where the file is named already.
    pub fn reason(&self) -> String {
        match self {
            SheetError::Open(_, why) => why.to_string(),
            SheetError::NoJson(_, why) => format!("it is no JSON: {why}"),
            SheetError::TooLarge(_, why) => format!("{why}; divide it into several files"),
            other => other.to_string(),
        }
    }

    /// The same of a file that is kept under another name than people know it by.
    pub fn of_file(self, name: &str) -> SheetError {
        match self {
            SheetError::Open(_, why) => SheetError::Open(name.into(), why),
            SheetError::NoJson(_, why) => SheetError::NoJson(name.into(), why),
            SheetError::TooLarge(_, why) => SheetError::TooLarge(name.into(), why),
            other => other,
        }
    }
}
