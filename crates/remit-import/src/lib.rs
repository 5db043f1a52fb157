//! Files into snapshots: IATI activity files of any size, and tables through a column mapping.
//!
//! [`import`] takes what a user names on the command line. Reading never fails as a whole because of what a file
//! holds: what can be used is imported, the rest becomes a problem with its place and reason.

#![deny(missing_docs)]

mod error;
mod iati;
mod job;
mod judged;
mod plan;
mod seen;
mod source;
mod table;

pub use error::ImportError;
pub use job::{ImportReport, Job, Progress, import};
pub use judged::{Agreement, Difference, Judged, agreement};

/// Entry points for property tests and fuzzing: each takes any bytes and must not panic.
pub mod probe {
    pub use crate::iati::shares::{Allocation, Shares, allocate, parts};

    /// Reads bytes as a stream of IATI activities in blocks of `block` bytes; gives the identifiers in order and the
    /// number of problems.
    pub fn iati(model: &remit_model::Model, bytes: &[u8], block: usize) -> (Vec<String>, usize) {
        crate::iati::read_all(model, bytes, block)
    }
}
