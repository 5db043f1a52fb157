//! The file of a PDF, for who reads its letters and who draws its pages.

use crate::ReadError;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};

/// The file, ready to be followed.
pub(crate) fn opened(bytes: &[u8]) -> Result<Pdf, ReadError> {
    Pdf::new(bytes.to_vec()).map_err(|e| match e {
        LoadPdfError::Decryption(_) => ReadError::Encrypted,
        LoadPdfError::Invalid => ReadError::Broken("it is no PDF that can be followed".into()),
    })
}
