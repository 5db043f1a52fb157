//! From passages to proposals: the phrases of the lexicon, what was learnt, and the statements a person decides on.
#![deny(missing_docs)]

pub mod classify;
pub mod feedback;
pub mod ingest;
pub mod lexicon;
pub mod propose;
mod word_spans;

/// What reads: the program's version and that of its weights. Documents that were read by another are read anew when they
/// are given again.
pub fn read_by() -> String {
    format!("Remit {}, weights {}", env!("CARGO_PKG_VERSION"), classify::Classifier::shipped().version())
}
