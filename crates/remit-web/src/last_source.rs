//! The source that somebody named last. It is offered and never filled in: what is recorded next may be from another, and nobody
//! looks again at what stands there already.

use crate::context::{Context, query};
use crate::error::PageError;
use crate::figures::clauses;
use serde::Deserialize;

/// A source as a form has it.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct LastSource {
    /// The statement that named it.
    pub(crate) statement: String,
    pub(crate) source: String,
    pub(crate) url: String,
    pub(crate) reliability: String,
    pub(crate) credibility: String,
}

impl LastSource {
    /// What it is called, and how it was graded.
    pub(crate) fn told(&self) -> String {
        let grade = format!("{}{}", self.reliability, self.credibility);
        clauses(&[self.source.clone(), grade].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>())
    }
}

/// The source that an author named last, as far as the reader may see it.
pub(crate) fn last_source(cx: &Context, author: &str) -> Result<Option<LastSource>, PageError> {
    let last: Vec<LastSource> = cx.rows(query!("last_source.sql"), &[("author", author.into()), ("statement", "".into())])?;
    Ok(last.into_iter().next())
}

/// The source that an author named in a statement: what a form offered stays what it meant, though another was named meanwhile.
pub(crate) fn source_of(cx: &Context, author: &str, statement: &str) -> Result<Option<LastSource>, PageError> {
    let of: Vec<LastSource> =
        cx.rows(query!("last_source.sql"), &[("author", author.into()), ("statement", statement.into())])?;
    Ok(of.into_iter().next())
}
