//! What stays with the office where something is handed on from a page: counts of few people, unless whoever hands it on says otherwise.

use anyhow::Result;
use remit_model::Marking;
use remit_store::{HeldBack, Workspace};
use std::sync::Arc;

/// The field of a form by which counts of few people go out too.
pub(crate) const SMALL_COUNTS: &str = "small_counts";

/// What is held back of what is marked up to a marking.
pub(crate) fn held_back(workspace: &Workspace, clearance: Marking, small_counts: bool) -> Result<Arc<HeldBack>> {
    Ok(if small_counts { Arc::default() } else { Arc::new(HeldBack::of(workspace, clearance)?) })
}
