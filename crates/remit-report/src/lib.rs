//! Answers as pictures and as documents.

#![deny(missing_docs)]

mod picture;

pub use picture::{AnswerView, Groups, Name, Scene, pictures, setting};
