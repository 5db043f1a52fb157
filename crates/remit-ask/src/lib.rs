//! Questions and answers: each question is one SQL file in `questions/`, with a heading that says what it asks, how it
//! counts, which parameters it takes and how to draw it. A workspace adds its own by adding files.

#![deny(missing_docs)]

mod answer;
mod columns;
mod drawing;
mod problems;
mod question;
mod write;

pub use answer::Answer;
pub use columns::{ColumnLook, Columns};
pub use drawing::{Drawing, Form};
pub use problems::{PROBLEMS, PROBLEMS_BY_RULE};
pub use question::{AskError, Parameter, Question, Questions};
pub use write::{csv, grouped, json, plain, query_json, spreadsheet_safe};
