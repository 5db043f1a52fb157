//! What can be said in Remit, as data: kinds, code lists, crosswalks, phrases, rates, and the values and
//! dates they are made of.
//!
//! The files in `model/` are compiled in. A workspace may bring a `model/` folder of its own: a file with the
//! same path replaces the built-in one, any other file is added. See [`Model::load`].

#![deny(missing_docs)]

mod code_words;
mod codes;
mod crosswalk;
mod csv_table;
mod date;
mod envelope;
mod error;
mod field;
mod files;
mod fold;
mod geo;
mod glossary;
mod grammar;
mod headings;
mod identifier;
mod kind;
mod lexicon;
mod marking;
mod misread;
mod model;
mod parts;
mod phrases;
mod rates;
mod said;
mod search;
mod small_counts;
mod sound;
mod value;
mod visible;
mod words;
mod worked_out;

pub use codes::{Code, CodeList, CodeLists};
pub use crosswalk::{Crosswalk, MissionCountry, SectorLine, TaskLine};
pub use date::{Day, ImpreciseDate};
pub use envelope::{Envelope, EnvelopeField, EnvelopePart, STATEMENT};
pub use error::{ModelError, told_of_toml};
pub use field::{Field, FieldType, ListPart};
pub use files::ModelFiles;
pub use fold::{Folded, fold, folded, plain_run};
pub use geo::{Frame, Geography, Region, Shape};
pub use glossary::{Glossary, Term};
pub use grammar::{Ahead, Future, Grammar, Grammars, Participles};
pub use headings::{Headings, comparable, is_among};
pub use identifier::is_identifier;
pub use kind::{Called, Computed, Kind, Stages, Time};
pub use lexicon::{Lexicon, LexiconEntry, SHORT_MISSION, written_acronym};
pub use marking::Marking;
pub use misread::Misread;
pub use model::{Model, VIEWS};
pub use parts::UnevenParts;
pub use phrases::{Phrase, PhraseHit, PhraseUse, Phrases};
pub use rates::{NoRate, Rate, Rates};
pub use remit_language::{Direction, Label, Language, Languages, Locale, Signs, Written};
pub use said::{said, said_of_model};
pub use search::{Wanted, WordsOf, letters_apart, word_likeness};
pub use small_counts::SmallCounts;
pub use sound::{is_article, sounds};
pub use value::{ITEM, PART, means_the_same, web_address, write_value};
pub use visible::{has_unseen, is_unseen, trimmed, visible, without_hidden, without_unseen};
pub use words::{did_you_mean, initials, latin, likeness, nearest, ordered, search_words, skeleton};
