//! Bringing in a large sheet, for who waits for it.

use crate::SheetError;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// How far it is, and whether it is still wanted.
#[derive(Debug, Default)]
pub struct Underway {
    done: AtomicU64,
    all: AtomicU64,
    is_stopped: AtomicBool,
}

impl Underway {
    /// How many statements are written of how many; none while the sheet is read. They count from the end on, all at once.
    pub fn done(&self) -> Option<(u64, u64)> {
        let all = self.all.load(Ordering::Relaxed);
        (all > 0).then(|| (self.done.load(Ordering::Relaxed), all))
    }

    /// Stops it before its end, so that nothing is recorded.
    pub fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }

    /// Begins writing so many statements.
    pub(super) fn begin(&self, all: usize) {
        self.all.store(all as u64, Ordering::Relaxed);
    }

    /// Goes on to the next one, where it is still wanted.
    pub(super) fn step(&self) -> Result<(), SheetError> {
        if self.is_stopped.load(Ordering::Relaxed) {
            return Err(SheetError::Stopped);
        }
        self.done.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}
