//! From documents to proposals: paragraphs, what is read in them, and the statements a person decides on.
#![deny(missing_docs)]

pub mod document;
pub mod learn;
pub mod lexicon;
