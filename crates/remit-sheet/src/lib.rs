//! Tables that people keep: how they are written.
//!
//! - [`Format`] is what an answer can be written as; [`Output`] writes it.

#![deny(missing_docs)]

mod error;
mod output;

pub use error::SheetError;
pub use output::{Format, Output, shield, unshield};
