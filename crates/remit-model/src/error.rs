//! The one error of this crate: a model file that is wrong, named with its line.

use crate::{did_you_mean, nearest};
use std::fmt;

/// A model file that cannot be used. Displays as `model/kinds/actor.toml:12: what is wrong; what to do`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ModelError {
    /// Path of the file below the model folder, with the folder.
    pub file: String,
    /// Line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl ModelError {
    /// An error in `file` at `line` (0: the whole file).
    pub fn new(file: impl Into<String>, line: usize, message: impl Into<String>) -> Self {
        ModelError { file: file.into(), line, message: message.into() }
    }

    /// An error in what `text` defines under a name (`name = "…"`), at its line.
    pub fn named(file: impl Into<String>, text: &str, name: &str, message: impl Into<String>) -> Self {
        ModelError::new(file, line_named(text, name), message)
    }

    /// What is wrong in `text` as TOML, with the line where it is.
    pub fn toml(file: impl Into<String>, text: &str, error: &toml::de::Error) -> Self {
        ModelError::new(file, error.span().map_or(0, |s| line_of(text, s.start)), told_of_toml(error.message()))
    }
}

/// What a reader of TOML says of a file, in words for who writes it and not for who reads its code, with what may have been meant: it names a
/// key or a word that it does not know, and then those that may stand there.
pub fn told_of_toml(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let unknown = quoted.next().filter(|_| message.starts_with("unknown "));
    let like = unknown.and_then(|typed| nearest(typed, quoted));
    format!("{}{}", in_plain_words(message), did_you_mean(like))
}

/// What stands at a place and what was expected there, without the names that a program has for both.
fn in_plain_words(message: &str) -> String {
    let is_of_type = message.starts_with("invalid type: ") || message.starts_with("invalid length ");
    let Some((found, expected)) = message.rsplit_once(", expected ").filter(|_| is_of_type) else { return message.to_owned() };
    // A list in the place of a table is counted, and its items are too few or too many.
    let is_count = |(_, items): &(&str, &str)| items.ends_with(" element") || items.ends_with(" elements");
    let (found, expected) = match message.starts_with("invalid length ") {
        true => ("invalid type: a list", expected.rsplit_once(" with ").filter(is_count).map_or(expected, |(of, _)| of)),
        false => (found, expected),
    };
    let expected = match expected {
        "a map" => "keys and values, as in { key = \"…\" }",
        "a sequence" => "a list, as in [\"…\"]",
        "a string" => "a text in quotation marks",
        "a boolean" => "true or false, without quotation marks",
        "u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64" | "isize" => {
            "a whole number, without quotation marks"
        }
        "f64" => "a number, without quotation marks",
        of_code if of_code.starts_with("struct ") => "keys and values, as in { key = \"…\" }",
        said => said,
    };
    let found = match found {
        "invalid type: map" => "invalid type: keys and values",
        "invalid type: sequence" => "invalid type: a list",
        said => said,
    };
    format!("{found}, expected {expected}")
}

/// The line, from 1, of a place in a text.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())].iter().filter(|b| **b == b'\n').count() + 1
}

/// The line, from 1, in which a definition says its name (`name = "…"`); 0 where none does.
pub(crate) fn line_named(text: &str, name: &str) -> usize {
    let says = |line: &str| {
        let (key, value) = line.split_once('=').unwrap_or_default();
        key.trim() == "name" && value.trim().trim_matches('"') == name
    };
    text.lines().position(says).map_or(0, |at| at + 1)
}

/// The line, from 1, that begins with a key or is the head of its table; 1 where there is none.
pub(crate) fn line_of_key(text: &str, key: &str) -> usize {
    let begins = |line: &str| line.split(['=', '.', ']']).next().is_some_and(|k| k.trim().trim_start_matches('[') == key);
    text.lines().position(|line| !key.is_empty() && begins(line)).map_or(1, |at| at + 1)
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.message),
            line => write!(f, "{}:{}: {}", self.file, line, self.message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::told_of_toml;

    #[test]
    fn a_wrong_type_is_told_without_the_names_of_a_program() {
        for (message, told) in [
            (
                "invalid type: string \"Nom\", expected a map",
                "invalid type: string \"Nom\", expected keys and values, as in { key = \"…\" }",
            ),
            ("invalid type: map, expected a sequence", "invalid type: keys and values, expected a list, as in [\"…\"]"),
            ("invalid type: sequence, expected a string", "invalid type: a list, expected a text in quotation marks"),
            (
                "invalid type: string \"2\", expected usize",
                "invalid type: string \"2\", expected a whole number, without quotation marks",
            ),
            (
                "invalid length 2, expected struct Rule with 15 elements",
                "invalid type: a list, expected keys and values, as in { key = \"…\" }",
            ),
            (
                "invalid type: integer `7`, expected a name by language: { en = \"…\" }",
                "invalid type: integer `7`, expected a name by language: { en = \"…\" }",
            ),
            (
                "unknown field `colum`, expected one of `column`, `value`",
                "unknown field `colum`, expected one of `column`, `value`; did you mean `column`?",
            ),
            ("key with no value, expected `=`", "key with no value, expected `=`"),
        ] {
            assert_eq!(told_of_toml(message), told);
        }
    }
}
