//! One value of a row.

use rusqlite::types::{ToSqlOutput, ValueRef};
use std::borrow::Cow;

/// A value on its way into or out of the database.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Not said.
    #[default]
    Null,
    /// A whole number, or 1 and 0 for yes and no.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Text; dates and JSON too.
    Text(String),
}

impl Cell {
    /// The text, where it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, where it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Cell::Integer(n) => Some(*n as f64),
            Cell::Real(n) => Some(*n),
            _ => None,
        }
    }

    /// True where nothing is said.
    pub fn is_null(&self) -> bool {
        matches!(self, Cell::Null)
    }

    pub(crate) fn from_sql(value: ValueRef<'_>) -> Cell {
        match value {
            ValueRef::Null => Cell::Null,
            ValueRef::Integer(n) => Cell::Integer(n),
            ValueRef::Real(n) => Cell::Real(n),
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Cell::Text(String::from_utf8_lossy(bytes).into_owned()),
        }
    }
}

/// A value of a row that is being read, which is not kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Lent<'a> {
    /// Not said.
    Null,
    /// A whole number, or 1 and 0 for yes and no.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Text; dates and JSON too.
    Text(&'a [u8]),
}

impl<'a> Lent<'a> {
    pub(crate) fn from_sql(value: ValueRef<'a>) -> Lent<'a> {
        match value {
            ValueRef::Null => Lent::Null,
            ValueRef::Integer(n) => Lent::Integer(n),
            ValueRef::Real(n) => Lent::Real(n),
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Lent::Text(bytes),
        }
    }

    /// The text, where it is one; what is no UTF-8 in it is replaced, as everywhere.
    pub fn text(self) -> Option<Cow<'a, str>> {
        match self {
            Lent::Text(bytes) => Some(String::from_utf8_lossy(bytes)),
            _ => None,
        }
    }
}

impl rusqlite::ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Cell::Null => ValueRef::Null,
            Cell::Integer(n) => ValueRef::Integer(*n),
            Cell::Real(n) => ValueRef::Real(*n),
            Cell::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Cell::Null } else { Cell::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Cell::Null } else { Cell::Text(text) }
    }
}

impl From<f64> for Cell {
    fn from(n: f64) -> Self {
        if n.is_finite() { Cell::Real(n) } else { Cell::Null }
    }
}

impl From<i64> for Cell {
    fn from(n: i64) -> Self {
        Cell::Integer(n)
    }
}

impl From<bool> for Cell {
    fn from(yes: bool) -> Self {
        Cell::Integer(i64::from(yes))
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Null, Into::into)
    }
}
