//! Why a table cannot be read or written.

/// Why a table cannot be read or written. What is wrong inside a table is not an error but a finding.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// A workbook could not be written.
    #[error("the workbook cannot be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}
