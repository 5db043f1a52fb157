//! What leaves a workspace as a file: workbooks to fill in, the register as sheets that come back, answers as workbooks.
//!
//! Nothing here is ever a live formula: texts are written as texts.

#![deny(missing_docs)]

mod export;
mod sheet;
mod template;

pub use export::{export_csv, export_workbook};
pub use sheet::table_workbook;
pub use template::template;

/// Why a file could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The workspace said no.
    #[error(transparent)]
    Store(#[from] remit_store::StoreError),
    /// The workbook could not be written.
    #[error("the workbook cannot be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The table could not be written.
    #[error("the table cannot be written: {0}")]
    Csv(#[from] csv::Error),
    /// There is no such kind, or it is no kind of the register.
    #[error("there is no kind `{0}` in the register; it has {1}")]
    NoKind(String, String),
}

fn kind_of<'m>(model: &'m remit_model::Model, name: &str) -> Result<&'m remit_model::Kind, PublishError> {
    model.register_kinds().find(|k| k.name == name).ok_or_else(|| {
        let known: Vec<&str> = model.register_kinds().map(|k| k.name.as_str()).collect();
        PublishError::NoKind(name.to_owned(), known.join(", "))
    })
}
