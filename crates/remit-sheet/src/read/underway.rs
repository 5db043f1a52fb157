//! Bringing in a large sheet, or working out what it would do, for who waits for it.

use crate::SheetError;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// How far it is, and whether it is still wanted.
#[derive(Debug, Default)]
pub struct Underway {
    rows: DoneOfAll,
    statements: DoneOfAll,
    is_stopped: AtomicBool,
}

/// So many of so many.
#[derive(Debug, Default)]
struct DoneOfAll {
    done: AtomicU64,
    all: AtomicU64,
}

impl DoneOfAll {
    fn told(&self) -> Option<(u64, u64)> {
        let all = self.all.load(Ordering::Relaxed);
        (all > 0).then(|| (self.done.load(Ordering::Relaxed).min(all), all))
    }

    fn begin(&self, all: usize) {
        self.all.store(all as u64, Ordering::Relaxed);
    }

    fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }
}

impl Underway {
    /// How many rows are read of how many; none before.
    pub fn rows(&self) -> Option<(u64, u64)> {
        self.rows.told()
    }

    /// How many statements are written of how many; none while the sheet is read. They count from the end on, all at once.
    pub fn done(&self) -> Option<(u64, u64)> {
        self.statements.told()
    }

    /// Stops it before its end, so that nothing is recorded.
    pub fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }

    /// Whether it is still wanted.
    pub fn is_wanted(&self) -> bool {
        !self.is_stopped.load(Ordering::Relaxed)
    }

    /// Goes on where it is still wanted.
    pub(super) fn go_on(&self) -> Result<(), SheetError> {
        if self.is_wanted() { Ok(()) } else { Err(SheetError::Stopped) }
    }

    /// Begins reading so many rows.
    pub(super) fn begin_rows(&self, all: usize) {
        self.rows.begin(all);
    }

    /// Goes on to the next row.
    pub(super) fn row(&self) {
        self.rows.step();
    }

    /// Begins writing so many statements.
    pub(super) fn begin(&self, all: usize) {
        self.statements.begin(all);
    }

    /// Goes on to the next one, where it is still wanted.
    pub(super) fn step(&self) -> Result<(), SheetError> {
        self.go_on()?;
        self.statements.step();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_counted_before_statements_and_what_is_stopped_goes_no_further() {
        let underway = Underway::default();
        assert_eq!((underway.rows(), underway.done()), (None, None));
        underway.begin_rows(2);
        underway.row();
        assert_eq!((underway.rows(), underway.done()), (Some((1, 2)), None));
        underway.begin(5);
        assert!(underway.step().is_ok());
        underway.stop();
        assert!(underway.step().is_err() && !underway.is_wanted());
        assert_eq!(underway.done(), Some((1, 5)));
    }
}
