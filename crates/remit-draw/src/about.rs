//! What every picture has: what is written around it, how it is set, and values that may be unknown.

use crate::PictureWords;
use remit_language::Direction;

/// What stands around a picture.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AboutPicture {
    /// Identifier, unique on the page: title, text alternative and patterns are named after it.
    pub id: String,
    /// What is shown.
    pub title: String,
    /// Measure and unit: `Officers on the payroll, thousand`.
    pub unit: String,
    /// What the picture says, for who does not see it; where it is empty, the data is read out.
    pub summary: String,
    /// Where the data is from.
    pub source: String,
    /// What one must know to read it right.
    pub note: String,
}

/// How a picture is set.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// Words of the reader's language, and how it writes.
    pub words: PictureWords,
    /// Where it is shown.
    pub look: ShownOn,
    /// Width in px. Text grows with it, so that it stays readable at 360 px. Graphs and matrices may need more.
    pub width: f64,
}

impl Setting {
    /// The usual width: a column of text.
    pub const WIDTH: f64 = 440.0;

    /// The usual setting in a language.
    pub fn new(words: PictureWords) -> Setting {
        Setting { words, look: ShownOn::default(), width: Setting::WIDTH }
    }

    /// The direction in which the language is written.
    pub fn direction(&self) -> Direction {
        self.words.locale.direction
    }
}

/// Where a picture is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ShownOn {
    /// On a page: colours and fonts follow its stylesheet.
    #[default]
    Page,
    /// In a document, where no stylesheet reaches: colours and fonts are written out.
    Document,
}

/// A number, or why there is none.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum Value {
    /// The number.
    Known(f64),
    /// It exists, and nobody reported it.
    #[default]
    NotReported,
    /// It is reported in a currency without a rate; what else belongs to it may not be reported.
    NotConverted,
    /// It is known, and not added to this sum: it is counted elsewhere, or of another sort.
    LeftOut,
    /// Nothing is on record.
    NoRecord,
    /// It is known, and this reader may not see it.
    Withheld,
}

impl Value {
    /// The number. What is not finite is no number.
    pub fn known(self) -> Option<f64> {
        match self {
            Value::Known(n) if n.is_finite() => Some(n),
            _ => None,
        }
    }

    /// The words for why there is none; empty where there is one.
    pub fn reason(self, words: &PictureWords) -> &str {
        match self {
            Value::Known(n) if n.is_finite() => "",
            Value::Known(_) | Value::NotReported => &words.not_reported,
            Value::NotConverted => &words.not_converted,
            Value::LeftOut => &words.left_out,
            Value::NoRecord => &words.no_record,
            Value::Withheld => &words.withheld,
        }
    }
}

impl From<f64> for Value {
    fn from(n: f64) -> Value {
        Value::Known(n)
    }
}

impl From<Option<f64>> for Value {
    fn from(n: Option<f64>) -> Value {
        n.map_or(Value::NotReported, Value::Known)
    }
}
