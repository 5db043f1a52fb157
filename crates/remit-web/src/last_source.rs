//! The source that somebody named last, which the next form begins with.

use crate::context::{Context, query};
use crate::error::PageError;
use serde::Deserialize;

/// A source as a form has it.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct LastSource {
    pub(crate) source: String,
    pub(crate) url: String,
    pub(crate) reliability: String,
    pub(crate) credibility: String,
}

/// The source that an author named last; nothing in it where there is none.
pub(crate) fn last_source(cx: &Context, author: &str) -> Result<LastSource, PageError> {
    let last: Vec<LastSource> = cx.rows(query!("last_source.sql"), &[("author", author.into())])?;
    Ok(last.into_iter().next().unwrap_or_default())
}
