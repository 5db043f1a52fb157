//! Why a question cannot be asked.

use remit_model::{Code, CodeList, Day, Label, nearest};
use remit_store::StoreError;

/// The names that exist, as the end of a sentence.
fn all_of(known: &str) -> String {
    if known.is_empty() { " none".to_owned() } else { format!(": {known}") }
}

/// A value that is none of those that a parameter has.
#[derive(Debug, Clone, thiserror::Error)]
#[error("`{value}` is no value for `{name}`{}; use {}", meant(&like.as_ref().map(typed)), self.known())]
pub struct WrongValue {
    /// The parameter.
    pub name: String,
    /// What people call it.
    pub label: Label,
    /// What was given.
    pub value: String,
    /// The code that may have been meant, with what it is called.
    pub like: Option<(String, Label)>,
    /// Codes that there are, each with what it is called: all of them, or some of a list.
    pub some: Vec<(String, Label)>,
    /// The list of which these are some, by its name and what people call it; none where they are all.
    pub list: Option<(String, Label)>,
}

impl WrongValue {
    /// That a value is none of these codes, which are all that there are.
    pub(crate) fn of(name: &str, label: &Label, value: String, some: Vec<(String, Label)>) -> WrongValue {
        let called =
            |one: &(String, Label)| one.1.all().map(|(_, name)| name.to_owned()).chain([one.0.clone()]).collect::<Vec<_>>();
        let names: Vec<Vec<String>> = some.iter().map(called).collect();
        let like = nearest(&value, names.iter().flatten().map(String::as_str));
        let like = like.and_then(|like| names.iter().position(|names| names.iter().any(|name| name == like)));
        let like = like.map(|at| some[at].clone());
        WrongValue { name: name.to_owned(), label: label.clone(), value, like, some, list: None }
    }

    /// That a value is no code of a list: with all codes where they are few, else with those that may have been meant, or the first.
    pub fn of_list(name: &str, label: &Label, list: &CodeList, value: String) -> WrongValue {
        let owned = |code: &Code| (code.code.clone(), code.label.clone());
        let (some, is_all) = list.offered(&value);
        WrongValue {
            name: name.to_owned(),
            label: label.clone(),
            like: list.nearest(&value).map(owned),
            some: some.into_iter().map(owned).collect(),
            list: (!is_all).then(|| (list.name.clone(), list.title.clone())),
            value,
        }
    }

    /// What there is, for a command line: a code that is no word stands beside what it is called.
    fn known(&self) -> String {
        let shown = |(code, label): &(String, Label)| match is_word(code) {
            true => code.clone(),
            false => format!("{code} ({})", label.english()),
        };
        let some = self.some.iter().map(shown).collect::<Vec<_>>().join(", ");
        match &self.list {
            Some((list, _)) => format!("a code or name of the list {list}, such as {some}"),
            None => format!("one of {some}"),
        }
    }
}

fn is_word(code: &str) -> bool {
    code.len() > 2 && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

/// A code as one would type it.
fn typed((code, label): &(String, Label)) -> String {
    if is_word(code) { code.clone() } else { label.english().to_owned() }
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
    /// The value is none of those that the parameter has.
    #[error(transparent)]
    Value(Box<WrongValue>),
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
