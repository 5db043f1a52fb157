//! Microdata of surveys, and estimates from them.
//!
//! - [`Microdata`] reads SPSS files (.sav, .zsav) and CSV: which variables there are, and the columns that are asked for. No other
//!   column is kept in memory.
//! - [`Design`] says how the sample was drawn: weights, strata, clusters. [`Design::shares`] and [`Design::means`] estimate, with
//!   standard errors by Taylor linearisation, as the package `survey` of R does.
//!
//! Nothing here knows a workspace, and nothing is written.

#![deny(missing_docs)]

mod column;
mod design;
mod error;
mod interval;
mod sav;
mod table;

pub use column::{Answers, NONE, SurveyColumn, SurveyValues, Variable};
pub use design::{Design, Estimate, Lonely};
pub use error::SurveyError;
pub use table::Microdata;
