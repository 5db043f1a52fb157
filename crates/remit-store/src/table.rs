//! The rows of an answer, and how they are read: into typed rows, whose columns are checked before any of them is read, or a
//! column at a time by a name that must be there.
//!
//! A column that is absent is an error and never an empty cell: it would be shown as something that nobody reported.

use crate::{Cell, StoreError};
use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

/// The rows of an answer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Rows, each with a cell a column.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Position of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c == name)
    }

    /// Position of a column that must be there.
    ///
    /// # Errors
    /// When it is not.
    pub fn at(&self, name: &str) -> Result<usize, StoreError> {
        self.column(name).ok_or_else(|| no_column(name, &self.columns))
    }

    /// A cell by row and column name.
    ///
    /// # Errors
    /// When there is no such column.
    pub fn cell(&self, row: usize, column: &str) -> Result<&Cell, StoreError> {
        Ok(&self.rows[row][self.at(column)?])
    }

    /// All rows, as a type whose fields are the columns that it reads; the table may have more. Text that is null is empty,
    /// and so is a list (kept as JSON); a number, or a yes or no, that may be null is an `Option`.
    ///
    /// # Errors
    /// When a column is missing, also where there is no row and where the field is an `Option`; when a value is of another
    /// type.
    pub fn rows_as<T: DeserializeOwned>(&self) -> Result<Vec<T>, StoreError> {
        check_columns::<T>(&self.columns)?;
        self.rows.iter().map(|cells| Ok(T::deserialize(RowDeserializer { columns: &self.columns, cells })?)).collect()
    }
}

fn no_column(name: &str, columns: &[String]) -> StoreError {
    StoreError::Column(format!("there is no column `{name}`; there are: {}", columns.join(", ")))
}

/// Why a row cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct UnreadRow(String);

impl de::Error for UnreadRow {
    fn custom<M: std::fmt::Display>(message: M) -> UnreadRow {
        UnreadRow(message.to_string())
    }
}

impl From<UnreadRow> for StoreError {
    fn from(error: UnreadRow) -> StoreError {
        StoreError::Column(error.0)
    }
}

/// Asks a type which columns it reads, before there is any row. Serde itself would let a missing `Option` pass.
fn check_columns<T: DeserializeOwned>(columns: &[String]) -> Result<(), StoreError> {
    let mut missing = None;
    let fields = RowFields { columns, missing: &mut missing };
    // No row was given, so that this always ends in an error; what counts is what was asked for.
    let _ = T::deserialize(fields);
    missing.map_or(Ok(()), |name| Err(no_column(name, columns)))
}

struct RowFields<'a> {
    columns: &'a [String],
    missing: &'a mut Option<&'static str>,
}

impl<'de> Deserializer<'de> for RowFields<'_> {
    type Error = UnreadRow;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, UnreadRow> {
        Err(de::Error::custom("a row is read into a structure with a field a column"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, UnreadRow> {
        *self.missing = fields.iter().copied().find(|f| !self.columns.iter().any(|c| c == f));
        Err(de::Error::custom("there is no row"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct RowDeserializer<'a> {
    columns: &'a [String],
    cells: &'a [Cell],
}

impl<'de> Deserializer<'de> for RowDeserializer<'_> {
    type Error = UnreadRow;

    // A map would take any column, and so none would ever be missing.
    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, UnreadRow> {
        Err(de::Error::custom("a row is read into a structure with a field a column"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, UnreadRow> {
        visitor.visit_map(Cells { row: self, fields: fields.iter(), next: None })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// The cells of a row that a type has fields for.
struct Cells<'a> {
    row: RowDeserializer<'a>,
    fields: std::slice::Iter<'static, &'static str>,
    next: Option<(&'static str, &'a Cell)>,
}

impl<'de> MapAccess<'de> for Cells<'_> {
    type Error = UnreadRow;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, UnreadRow> {
        let Some(name) = self.fields.next().copied() else { return Ok(None) };
        let at = self.row.columns.iter().position(|c| c == name);
        let cell = at.and_then(|at| self.row.cells.get(at)).ok_or_else(|| UnreadRow(format!("there is no column `{name}`")))?;
        self.next = Some((name, cell));
        seed.deserialize(StrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, UnreadRow> {
        let (name, cell) = self.next.take().ok_or_else(|| UnreadRow("a value was asked for before its name".into()))?;
        seed.deserialize(RowValue(cell)).map_err(|e| UnreadRow(format!("the column `{name}` has another kind of value: {e}")))
    }
}

struct RowValue<'a>(&'a Cell);

impl RowValue<'_> {
    /// What is kept as JSON, read by what a JSON reader does.
    fn json<'de, V: Visitor<'de>>(
        self,
        nothing: &str,
        read: impl FnOnce(serde_json::Value) -> Result<V::Value, serde_json::Error>,
    ) -> Result<V::Value, UnreadRow> {
        let text = self.0.text().filter(|t| !t.is_empty()).unwrap_or(nothing);
        serde_json::from_str(text).and_then(read).map_err(de::Error::custom)
    }
}

impl<'de> Deserializer<'de> for RowValue<'_> {
    type Error = UnreadRow;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, UnreadRow> {
        match self.0 {
            Cell::Null => visitor.visit_unit(),
            Cell::Integer(n) => visitor.visit_i64(*n),
            Cell::Real(n) => visitor.visit_f64(*n),
            Cell::Text(text) => visitor.visit_str(text),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, UnreadRow> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, UnreadRow> {
        match self.0 {
            Cell::Integer(n) => visitor.visit_bool(*n != 0),
            _ => self.deserialize_any(visitor),
        }
    }

    // The workspace keeps an empty text as null: both say the same.
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, UnreadRow> {
        if self.0.is_null() { visitor.visit_str("") } else { self.deserialize_any(visitor) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, UnreadRow> {
        self.json::<V>("[]", |json| json.deserialize_seq(visitor))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, UnreadRow> {
        self.json::<V>("{}", |json| json.deserialize_map(visitor))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, UnreadRow> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str bytes byte_buf unit unit_struct tuple tuple_struct struct
        enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    fn table(columns: &[&str], rows: Vec<Vec<Cell>>) -> Table {
        Table { columns: columns.iter().map(|c| (*c).to_owned()).collect(), rows }
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Support {
        name: String,
        usd: Option<f64>,
        active: bool,
        names: Vec<String>,
    }

    #[test]
    fn rows_are_read_by_the_names_of_their_columns() {
        let row = vec![Cell::Real(2.5), Cell::Text("A".into()), Cell::Integer(1), Cell::Text("[\"B\"]".into()), Cell::Null];
        let empty = vec![Cell::Null, Cell::Null, Cell::Integer(0), Cell::Null, Cell::Null];
        let table = table(&["usd", "name", "active", "names", "more"], vec![row, empty]);
        let rows: Vec<Support> = table.rows_as().unwrap();
        assert_eq!(rows[0], Support { name: "A".into(), usd: Some(2.5), active: true, names: vec!["B".into()] });
        // What nobody reported is no zero.
        assert_eq!(rows[1], Support { name: String::new(), usd: None, active: false, names: Vec::new() });
    }

    #[test]
    fn a_missing_column_is_an_error_even_where_it_may_be_null_and_no_row_is_there() {
        let error = table(&["name", "active", "names"], Vec::new()).rows_as::<Support>().unwrap_err().to_string();
        assert_eq!(error, "there is no column `usd`; there are: name, active, names");
        assert_eq!(table(&["a"], Vec::new()).at("b").unwrap_err().to_string(), "there is no column `b`; there are: a");
    }

    #[test]
    fn a_value_of_another_type_is_an_error_that_names_the_column() {
        let row = |usd: Cell, active: Cell| vec![Cell::Text("A".into()), usd, active, Cell::Null];
        let read = |row| table(&["name", "usd", "active", "names"], vec![row]).rows_as::<Support>().unwrap_err().to_string();
        assert!(read(row(Cell::Text("much".into()), Cell::Integer(0))).starts_with("the column `usd`"));
        assert!(read(row(Cell::Null, Cell::Null)).starts_with("the column `active`"));
    }

    #[test]
    fn a_row_is_no_map() {
        let table = table(&["a"], vec![vec![Cell::Integer(1)]]);
        assert!(table.rows_as::<std::collections::HashMap<String, i64>>().is_err());
    }
}
