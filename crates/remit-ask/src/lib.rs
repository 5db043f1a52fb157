//! Questions and answers: each question is one SQL file in `questions/`, with a heading that says what it asks, how it
//! counts, which parameters it takes and how to draw it. A workspace adds its own by adding files.

#![deny(missing_docs)]

mod answer;
mod check;
mod columns;
mod dossier;
mod drawing;
mod evidence;
mod meant;
mod parts;
mod problems;
mod question;
mod said;
mod story;

pub use answer::Answer;
pub use columns::{ColumnLink, ColumnLook, ColumnStyle, Columns};
pub use dossier::{Dossier, DossierSection};
pub use drawing::{Drawing, DrawingForm, TREE_COLUMNS};
pub use evidence::Evidence;
pub use problems::{PROBLEMS, PROBLEMS_BY_RULE, Problem};
pub use question::{AskError, Change, Parameter, Question, Questions, Tally};
pub use said::{Manner, Said, Saying, Voice, field_says, recipient, says};
pub use story::{Story, StoryLink, StorySection};
