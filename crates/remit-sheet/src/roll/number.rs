//! Service numbers: written the same way whoever typed them, then known by a keyed hash only (HMAC-SHA-256, its first 128 bits: enough
//! that no two numbers of a country meet).

use crate::values::plain;
use hmac::{Hmac, KeyInit as _, Mac as _};
use remit_store::{StoreError, Workspace, hexadecimal};
use sha2::Sha256;

/// A number as it is compared: letters in capitals, digits of any script as 0 to 9, and nothing else. Spaces, dashes, strokes and
/// points are left out; noughts at the beginning are a part of the number and stay. The “.0” that programs put behind whole numbers is
/// no part of it.
pub(super) fn normal(text: &str) -> String {
    let text = plain(text);
    let whole = text.trim().strip_suffix(".0").filter(|w| !w.is_empty() && w.chars().all(|c| c.is_ascii_digit()));
    whole.unwrap_or(&text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// Whether a spreadsheet has rounded a number and written it in powers of ten (1.23457E+11): many numbers look the same then.
pub(super) fn is_rounded(text: &str) -> bool {
    let text = plain(text);
    let is_digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    text.trim().to_uppercase().split_once("E+").is_some_and(|(number, power)| {
        let (whole, rest) = number.split_once(['.', ',']).unwrap_or((number, "0"));
        whole.len() == 1 && is_digits(whole) && is_digits(rest) && is_digits(power)
    })
}

/// Makes of numbers what is kept of them. The key follows from the workspace's own, beside the database and never in it: without it
/// nobody can tell by trying whose number a hash is of.
pub(super) struct Hasher(Hmac<Sha256>);

impl Hasher {
    /// For numbers of one scheme: the same number of another is another.
    pub(super) fn new(workspace: &Workspace, scheme: &str) -> Result<Hasher, StoreError> {
        let key = workspace.secret_for("remit service numbers 1")?;
        let mut code = Hmac::new_from_slice(&key).expect("any length is a key");
        code.update(scheme.as_bytes());
        code.update(&[0]);
        Ok(Hasher(code))
    }

    /// The hash that is kept of a number; none where the cell has no number.
    pub(super) fn hash(&self, text: &str) -> Option<String> {
        let number = normal(text);
        let mut code = self.0.clone();
        code.update(number.as_bytes());
        (!number.is_empty()).then(|| hexadecimal(&code.finalize().into_bytes()[..16]))
    }
}

#[cfg(test)]
mod tests {
    use super::{is_rounded, normal};

    #[test]
    fn a_number_is_the_same_however_it_is_typed() {
        for typed in ["AB-00123/7", " ab 00123 7 ", "Ab.00123-7", "AB\u{2013}٠٠١٢٣/٧", "\u{200F}ab001237"] {
            assert_eq!(normal(typed), "AB001237", "{typed}");
        }
        assert_ne!(normal("0123"), normal("123"));
        assert_eq!(normal(" - "), "");
        assert_eq!((normal("123.0"), normal("AB12.0")), ("123".to_owned(), "AB120".to_owned()));
    }

    #[test]
    fn a_number_in_powers_of_ten_is_none() {
        assert!(["1.23457E+11", "1,2e+5", "1E+05"].iter().all(|n| is_rounded(n)));
        assert!(!["E+5", "12E+5", "1E5", "AB1E+5", "1.E+5", "1234567"].iter().any(|n| is_rounded(n)));
    }
}
