//! Why a question cannot be asked.

use remit_model::{Day, Label};
use remit_store::StoreError;

/// The names that exist, as the end of a sentence.
fn all_of(known: &str) -> String {
    if known.is_empty() { " none".to_owned() } else { format!(": {known}") }
}

/// Why a question cannot be asked.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// There is no such question.
    #[error("there is no question `{name}`{}", if like.is_some() { meant(like) } else { "; `remit ask WORKSPACE` lists them".into() })]
    Unknown {
        /// What was asked for.
        name: String,
        /// The question that may have been meant.
        like: Option<String>,
    },
    /// There is no such parameter.
    #[error("the question `{question}` has no parameter `{name}`{}; it has{}", meant(like), all_of(known))]
    Parameter {
        /// The question.
        question: String,
        /// What was given.
        name: String,
        /// The parameter that may have been meant.
        like: Option<String>,
        /// What there is.
        known: String,
    },
    /// The parameter has only certain values, and this is none of them.
    #[error("`{value}` is no value for `{name}`{}; use one of {}", nearest_of(value, choices), .choices.join(", "))]
    Value {
        /// The parameter.
        name: String,
        /// What people call it.
        label: Label,
        /// What was given.
        value: String,
        /// What there is.
        choices: Vec<String>,
    },
    /// The value is no code of the parameter's list.
    #[error("`{value}` is no value for `{name}`{}; use a code or name of the list {list}", called(like))]
    Code {
        /// The parameter.
        name: String,
        /// What people call it.
        label: Box<Label>,
        /// What was given.
        value: String,
        /// What the code is called that may have been meant.
        like: Option<Box<Label>>,
        /// The list.
        list: String,
        /// What people call the list.
        title: Box<Label>,
    },
    /// The value is no day.
    #[error("{}", no_day(name, value))]
    Day {
        /// The parameter.
        name: String,
        /// What was given.
        value: String,
    },
    /// The value is no number.
    #[error("`{value}` is no number for `{name}`; write it in digits, such as 6 or 2.5")]
    Number {
        /// The parameter.
        name: String,
        /// What was given.
        value: String,
    },
    /// No record that the reader may see is called so.
    #[error("no {} is called `{value}`{}; write its name or its identifier, as `--{name}`", kind.english().to_lowercase(), meant(like))]
    Record {
        /// The parameter.
        name: String,
        /// What was given.
        value: String,
        /// The name that may have been meant.
        like: Option<String>,
        /// The kind that was looked for.
        kind: Label,
    },
    /// Documents speak of the mission, and nobody has accepted yet what they say of it: it has no record.
    #[error(
        "nothing about `{value}` is accepted yet, though documents speak of it; decide on what they say first (Documents, in `remit serve`)"
    )]
    Waits {
        /// The parameter.
        name: String,
        /// What was given.
        value: String,
    },
    /// A question's file, or that of the columns, is wrong.
    #[error("{file}{}: {message}", if *line > 0 { format!(":{line}") } else { String::new() })]
    File {
        /// The file.
        file: String,
        /// The line; 0 where the whole file is meant.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// Several things are wrong.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Several(Vec<AskError>),
    /// The workspace said no.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What the code is called in English that may have been meant.
fn called(like: &Option<Box<Label>>) -> String {
    remit_model::did_you_mean(like.as_deref().map(Label::english))
}

/// What of the choices may have been meant.
fn nearest_of(value: &str, choices: &[String]) -> String {
    remit_model::did_you_mean(remit_model::nearest(value, choices.iter().map(String::as_str)))
}

/// A day that can be read two ways is none; another text is no day at all, and may be less precise than one.
fn no_day(name: &str, value: &str) -> String {
    match Day::either(value) {
        Some(_) => format!("{name}: {}", Day::refused(value)),
        None => format!("`{value}` is no day for `{name}`; write 2026-06-30, 2026-06 or 2026"),
    }
}

/// What may have been meant, as an error says it.
fn meant(like: &Option<String>) -> String {
    remit_model::did_you_mean(like.as_deref())
}
