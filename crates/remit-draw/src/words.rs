//! The few words that pictures write themselves.

use remit_language::Locale;
use std::sync::Arc;

/// Words of a language.
#[derive(Debug, Clone, PartialEq)]
pub struct PictureWords {
    /// A value that nobody reported.
    pub not_reported: String,
    /// A value in a currency that could not be converted.
    pub not_converted: String,
    /// Of what is known and not added to a sum.
    pub left_out: String,
    /// Nothing is on record.
    pub no_record: String,
    /// A value that the reader may not see.
    pub withheld: String,
    /// Before the source.
    pub source: String,
    /// An end that has not come yet.
    pub open: String,
    /// A start or an end that is not known.
    pub unknown_end: String,
    /// What stands for all parts together.
    pub total: String,
    /// After the start of the last class of a scale: `500 and more`.
    pub and_more: String,
    /// Head of the column of starts.
    pub start: String,
    /// Head of the column of ends.
    pub end: String,
    /// Head of the column where a link starts.
    pub from: String,
    /// Head of the column where a link ends.
    pub to: String,
    /// Head of the column of kinds.
    pub kind: String,
    /// A link that nobody confirmed for the day.
    pub not_confirmed: String,
    /// A link that leads back to where it came from.
    pub circular: String,
    /// How the language writes numbers, and in which direction.
    pub locale: Arc<Locale>,
}

impl PictureWords {
    /// Words by their codes: those of the list `picture_word` of the model, which has them in every language.
    pub fn new(locale: Arc<Locale>, word: impl Fn(&'static str) -> String) -> PictureWords {
        PictureWords {
            locale,
            not_reported: word("not_reported"),
            not_converted: word("not_converted"),
            left_out: word("left_out"),
            no_record: word("no_record"),
            withheld: word("withheld"),
            source: word("source"),
            open: word("open"),
            unknown_end: word("unknown_end"),
            total: word("total"),
            and_more: word("and_more"),
            start: word("start"),
            end: word("end"),
            from: word("from"),
            to: word("to"),
            kind: word("kind"),
            not_confirmed: word("not_confirmed"),
            circular: word("circular"),
        }
    }
}
