//! Questions and answers: each question is one SQL file in `questions/`, with a heading that says what it asks, how it
//! counts, which parameters it takes and how to draw it. A workspace adds its own by adding files.

#![deny(missing_docs)]

mod answer;
mod check;
mod columns;
mod dossier;
mod drawing;
mod engine;
mod error;
mod evidence;
mod files;
mod lacking;
mod named_record;
mod page_file;
mod parts;
mod problems;
mod question;
mod questions;
mod said;
mod story;
mod why_empty;

pub use answer::Answer;
pub use columns::{ColumnLink, ColumnLook, ColumnLooks, ColumnStyle};
pub use dossier::{Dossier, DossierSection};
pub use drawing::{Drawing, DrawingForm, TREE_COLUMNS};
pub use engine::Engine;
pub use error::{AskError, WrongValue};
pub use evidence::Evidence;
pub use lacking::{PROJECTS_BY_COUNTRY, UNCLASSED};
pub use problems::{PROBLEMS, PROBLEMS_BY_RULE, ProblemRow};
pub use question::{AnswerTally, Change, Parameter, Prepared, Question};
pub use questions::Questions;
pub use remit_sheet::{ChartForm, ChartRow, WorkbookChart};
pub use said::{CellWords, Manner, Saying, Voice, field_says, recipient, says};
pub use story::{Story, StoryLink, StorySection};
