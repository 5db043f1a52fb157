//! From documents to proposals: paragraphs, what is read in them, and the statements a person decides on.
#![deny(missing_docs)]

pub mod decided;
pub mod document;
mod fingerprint;
pub mod isolate;
pub mod keep;
pub mod learn;
pub mod lexicon;
pub mod memory;
pub mod read;
mod runs;
mod trie;

/// What reads: the program's version and that of its weights. Documents that were read by another are read anew when they
/// are given again.
pub fn read_by() -> String {
    format!("Remit {}, weights {}", env!("CARGO_PKG_VERSION"), learn::Classifier::shipped().version())
}
