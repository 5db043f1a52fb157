//! SPSS system files. The form is described by PSPP's developers ("System File Format"): a head, a dictionary of records, then the
//! cases, plain, in bytes that stand for values, or these in blocks of zlib.

mod cases;
mod dictionary;

pub(crate) use dictionary::Dictionary;

use crate::SurveyError;

/// Bytes of one element: a number, or eight letters.
const ELEMENT: usize = 8;

/// Variables, or respondents, that are more than any survey has.
const MOST: usize = 20_000_000;

/// A place in a file, in the order of bytes that the file has.
#[derive(Clone, Copy)]
struct Cursor<'b> {
    bytes: &'b [u8],
    at: usize,
    little: bool,
}

impl<'b> Cursor<'b> {
    fn take(&mut self, count: usize) -> Result<&'b [u8], SurveyError> {
        let end = self.at.checked_add(count).filter(|end| *end <= self.bytes.len());
        let end = end.ok_or(SurveyError::Broken { what: "the file ends too early", at: self.at })?;
        let taken = &self.bytes[self.at..end];
        self.at = end;
        Ok(taken)
    }

    fn int(&mut self) -> Result<i32, SurveyError> {
        let bytes = self.take(4)?.try_into().unwrap_or_default();
        Ok(if self.little { i32::from_le_bytes(bytes) } else { i32::from_be_bytes(bytes) })
    }

    fn long(&mut self) -> Result<i64, SurveyError> {
        let bytes = self.take(8)?.try_into().unwrap_or_default();
        Ok(if self.little { i64::from_le_bytes(bytes) } else { i64::from_be_bytes(bytes) })
    }

    /// A number of things that follow.
    fn count(&mut self, what: &'static str) -> Result<usize, SurveyError> {
        let at = self.at;
        let count = self.int()?;
        usize::try_from(count).ok().filter(|n| *n <= MOST).ok_or(SurveyError::Broken { what, at })
    }

    fn number(&mut self) -> Result<f64, SurveyError> {
        Ok(number(self.take(ELEMENT)?, self.little))
    }
}

fn number(element: &[u8], little: bool) -> f64 {
    let bytes = element.try_into().unwrap_or_default();
    if little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) }
}
