//! What stays with the office where something is handed on from a page: counts of few people, unless whoever hands it on says otherwise.

/// The field of a form by which counts of few people go out too.
pub(crate) const SMALL_COUNTS: &str = "small_counts";
