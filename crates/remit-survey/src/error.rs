//! Why microdata cannot be read.

/// Why microdata cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SurveyError {
    /// It is no SPSS file.
    #[error("it is no SPSS file (.sav, .zsav)")]
    NotSav,
    /// It is broken.
    #[error("{what}, at byte {at}; save it again with the program that made it")]
    Broken {
        /// What is wrong.
        what: &'static str,
        /// Where.
        at: usize,
    },
    /// It is larger than what is read.
    #[error("it has more than {0} rows or variables, which no survey has")]
    TooLarge(usize),
    /// A line of CSV cannot be read.
    #[error("line {0} cannot be read: {1}")]
    Line(u64, String),
    /// There is no such variable.
    #[error("there is no variable `{0}`; there are: {1}")]
    NoVariable(String, String),
    /// What should be a number is none.
    #[error("`{0}` holds “{1}”, which is no number")]
    NoNumber(String, String),
    /// A weight is below zero.
    #[error("a weight is below zero: {0}")]
    Weight(String),
}
