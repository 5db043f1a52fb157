//! Questions and answers: each question is one SQL file in `questions/`, with a heading that says what it asks, how it
//! counts, which parameters it takes and how to draw it. A workspace adds its own by adding files.

#![deny(missing_docs)]

mod answer;
mod check;
mod columns;
mod drawing;
mod problems;
mod question;
mod story;

pub use answer::Answer;
pub use columns::{ColumnLink, ColumnLook, ColumnStyle, Columns};
pub use drawing::{Drawing, DrawingForm, TREE_COLUMNS};
pub use problems::{PROBLEMS, PROBLEMS_BY_RULE, Problem};
pub use question::{AskError, Parameter, Question, Questions};
pub use story::{Story, StoryLink, StorySection};
