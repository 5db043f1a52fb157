//! What people call a column, and how its values are written.

/// A column of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// What people call it.
    pub label: String,
    /// How its values are written.
    pub values: ColumnValues,
    /// True for identifiers, which only programs need.
    pub hidden: bool,
}

/// How the values of a column are written.
#[derive(Debug, Clone, PartialEq)]
pub enum ColumnValues {
    /// As they are.
    Text,
    /// Numbers, in this format of a workbook.
    Number(&'static str),
    /// Days, months or years.
    Date,
    /// Codes; these are the words for them, row by row.
    Words(Vec<String>),
}

impl Column {
    /// A column of which only the name is known.
    pub fn plain(name: &str) -> Column {
        Column { label: name.to_owned(), values: ColumnValues::Text, hidden: false }
    }
}
