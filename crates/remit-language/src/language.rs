//! Which language: its code, and the direction in which it is written.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Bytes of the longest code: `sr-Latn` has seven.
const LONGEST: usize = 8;

/// A language by its code (BCP 47, such as `en`, `uk`, `sr-Latn`). Small and cheap to copy; that there is such a language
/// is known by [`crate::Languages`] alone.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language([u8; LONGEST]);

impl Language {
    /// English: what a label or message falls back to.
    pub const ENGLISH: Language = Language(*b"en\0\0\0\0\0\0");

    /// None: what an entry without a code has.
    pub(crate) const NONE: Language = Language([0; LONGEST]);

    /// Its code.
    pub fn code(&self) -> &str {
        let end = self.0.iter().position(|b| *b == 0).unwrap_or(LONGEST);
        // Only ASCII is ever put in.
        std::str::from_utf8(&self.0[..end]).unwrap_or_default()
    }
}

impl Default for Language {
    fn default() -> Self {
        Language::ENGLISH
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A text that is no code of a language.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no code of a language; write a code of BCP 47, such as en or sr-Latn")]
pub struct NoLanguage(pub String);

impl FromStr for Language {
    type Err = NoLanguage;
    fn from_str(text: &str) -> Result<Self, NoLanguage> {
        let fits = (2..=LONGEST).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && text.as_bytes()[..2].iter().all(u8::is_ascii_lowercase);
        if !fits {
            return Err(NoLanguage(text.to_owned()));
        }
        let mut code = [0; LONGEST];
        code[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Language(code))
    }
}

impl Serialize for Language {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The direction in which a language is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From left to right.
    #[default]
    Ltr,
    /// From right to left.
    Rtl,
}

impl Direction {
    /// What HTML calls it.
    pub fn code(self) -> &'static str {
        match self {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_and_written() {
        for code in ["en", "ar", "sr-Latn", "zgh"] {
            assert_eq!(code.parse::<Language>().unwrap().code(), code);
        }
        for wrong in ["", "e", "En", "english-uk", "فر", "e/"] {
            assert_eq!(wrong.parse::<Language>(), Err(NoLanguage(wrong.into())));
        }
        assert_eq!("en".parse(), Ok(Language::ENGLISH));
    }
}
