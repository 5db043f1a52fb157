//! The languages of Remit, as data: their codes, the names that things have in them, and how each writes numbers, dates
//! and lists. Page, picture, document and terminal all write through [`Locale`], so that one figure reads the same everywhere.
//!
//! A language is an entry of `model/languages.toml`. Nothing here knows which languages there are.

#![deny(missing_docs)]

mod label;
mod language;
mod locale;
mod written;

pub use label::Label;
pub use language::{Direction, Language, NoLanguage};
pub use locale::{Languages, LanguagesError, Locale};
pub use written::{Signs, Written};
