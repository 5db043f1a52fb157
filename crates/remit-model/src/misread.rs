//! Why a text is no value of a field.

/// Why a text is no value of a field, and what to write.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misread {
    /// A whole number was asked for.
    #[error("“{0}” is no whole number")]
    Whole(String),
    /// A number was asked for.
    #[error("“{0}” is no number")]
    Number(String),
    /// A number is less than its field may hold.
    #[error("{value} is less than {least}")]
    Less {
        /// What was given.
        value: String,
        /// What it may be at least.
        least: i64,
    },
    /// A number is more than its field may hold.
    #[error("{value} is more than {most}")]
    More {
        /// What was given.
        value: String,
        /// What it may be at most.
        most: i64,
    },
    /// Yes or no was asked for.
    #[error("“{0}” is neither yes nor no")]
    Boolean(String),
    /// A date was asked for.
    #[error("“{0}” is no date; write 2019, 2019-07 or 2019-07-03")]
    Date(String),
    /// An address was asked for.
    #[error("“{0}” is no address; an address begins with https:// or http://")]
    Url(String),
    /// Something else was asked for than a value of this form.
    #[error("{value} is not {wanted}")]
    Form {
        /// What was given, as JSON.
        value: String,
        /// What is asked for.
        wanted: &'static str,
    },
    /// A code of a list was asked for.
    #[error("“{text}” is no code and no name of the list {list} ({some})")]
    Code {
        /// What was written.
        text: String,
        /// The list.
        list: String,
        /// Some of its codes.
        some: String,
    },
    /// An item has more parts than there are.
    #[error("“{text}” has more parts than there are: {parts}")]
    Parts {
        /// What was written.
        text: String,
        /// The names of the parts that the list has.
        parts: String,
    },
    /// An identifier does not say whose it is.
    #[error("“{text}” does not say of which scheme it is; write “{parts}”, with a scheme of the list {list} ({some})")]
    Scheme {
        /// What was written.
        text: String,
        /// The names of both parts.
        parts: String,
        /// The list of schemes.
        list: String,
        /// Some of its codes.
        some: String,
    },
    /// A text is longer than any that its field is for.
    #[error(
        "this text has {letters} letters, and may have {most}; write a shorter one, and put the rest into a document or a note"
    )]
    Long {
        /// Letters that it has.
        letters: usize,
        /// Letters that it may have.
        most: usize,
    },
    /// The first part of an item says what it is.
    #[error("“{0}” begins with an empty part")]
    Empty(String),
    /// A text has signs that nobody sees.
    #[error("“{0}” has signs that nobody sees; type it anew")]
    Unseen(String),
}
