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

/// What a reader of TOML says of a file, with what may have been meant: it names a key or a word that it does not know, and then those
/// that may stand there.
pub fn told_of_toml(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let unknown = quoted.next().filter(|_| message.starts_with("unknown "));
    let like = unknown.and_then(|typed| nearest(typed, quoted));
    format!("{message}{}", did_you_mean(like))
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
