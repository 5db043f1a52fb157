//! Files that were made and not fetched yet, or opened and not taken in yet.

use crate::context::Context;
use crate::held_by_name::HeldByName;
use remit_exchange::{MadeParcel, Opened};
use std::sync::Arc;
use tempfile::TempDir;

/// Files that are held at once.
const MOST: usize = 4;

/// What is held.
pub(super) enum Held {
    /// What was made, with the folder that it lies in.
    Made(Box<MadeParcel>, TempDir),
    /// What was sent, opened and checked.
    Opened(Box<Opened>),
}

/// Holds one; gives its name.
pub(super) fn hold(cx: &Context, one: Held) -> String {
    parcels(cx).hold(one, |all| all.len() > MOST)
}

/// All that are held.
pub(super) fn parcels(cx: &Context) -> Arc<HeldByName<Held>> {
    cx.app().between_requests()
}
