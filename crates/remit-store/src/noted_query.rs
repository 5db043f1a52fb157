//! What a reader is asked, as it is noted: the query with what it shares with others, and a digest of its answer.

use crate::views::SHARED;
use crate::{Cell, Table, hexadecimal};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A query that reads from others which it shares with more queries.
#[derive(Debug, Clone, Copy)]
pub struct SharingQuery<'q> {
    /// The query with all that it reads from.
    pub sql: &'q str,
    /// What it shares.
    pub shared: &'q [SharedQuery],
    /// The query without that: it reads the tables of their names, see [`SharedQuery::table`].
    pub short: &'q str,
}

/// A query of Remit's own that several others read from, and that is the same whatever they ask for: of parameters it has the reader's own
/// alone. A reader keeps its rows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SharedQuery {
    /// What it is called.
    pub name: String,
    /// The query with all that it reads from.
    pub whole: String,
    /// The same, which reads the tables of those that are shared before it.
    pub short: String,
}

impl SharedQuery {
    /// The table that has the rows of what is called so.
    pub fn table(name: &str) -> String {
        format!("\"{SHARED}{name}\"")
    }
}

/// Something that was asked, with a digest of the answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NotedQuery {
    pub(crate) asked: AskedWhat,
    /// The views that it reads, and what it shares with other queries.
    pub(crate) reads: Vec<String>,
    pub(crate) digest: String,
}

/// What was asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum AskedWhat {
    /// A query for its parameters, each of which is its name and its value as [`written`].
    Query { sql: String, short: String, shared: Vec<SharedQuery>, parameters: Vec<(String, String)> },
    /// The statements that name a record.
    References(String),
    /// What nobody asks again in the same way.
    Else,
}

/// A value as it stands in a notebook: what it is, and its text; of a number every bit.
pub(crate) fn written(cell: &Cell) -> String {
    match cell {
        Cell::Null => "n".to_owned(),
        Cell::Integer(n) => format!("i{n}"),
        Cell::Real(n) => format!("r{}", n.to_bits()),
        Cell::Text(text) => format!("t{text}"),
    }
}

/// The value that was [`written`].
pub(crate) fn read(text: &str) -> Cell {
    let is = |what: char| text.strip_prefix(what);
    if let Some(text) = is('t') {
        return Cell::Text(text.to_owned());
    }
    let integer = is('i').and_then(|n| n.parse().ok()).map(Cell::Integer);
    let real = || is('r').and_then(|n| n.parse().ok()).map(|bits| Cell::Real(f64::from_bits(bits)));
    integer.or_else(real).unwrap_or_default()
}

/// A digest of rows as they come.
pub(crate) struct RowDigest(Sha256);

impl RowDigest {
    pub(crate) fn new() -> RowDigest {
        RowDigest(Sha256::new())
    }

    pub(crate) fn row<'c>(&mut self, cells: impl Iterator<Item = &'c Cell>) {
        for cell in cells {
            let (sign, number) = match cell {
                Cell::Null => (b'n', 0),
                Cell::Integer(n) => (b'i', *n as u64),
                Cell::Real(n) => (b'r', n.to_bits()),
                Cell::Text(text) => (b't', text.len() as u64),
            };
            self.0.update([sign]);
            self.0.update(number.to_le_bytes());
            self.0.update(cell.text().unwrap_or_default());
        }
        self.0.update([b'\n']);
    }

    pub(crate) fn end(self) -> String {
        hexadecimal(&self.0.finalize()[..16])
    }
}

/// A digest of an answer.
pub(crate) fn digest_of_table(table: &Table) -> String {
    let mut digest = RowDigest::new();
    let columns: Vec<Cell> = table.columns.iter().map(|c| Cell::Text(c.clone())).collect();
    digest.row(columns.iter());
    for row in &table.rows {
        digest.row(row.iter());
    }
    digest.end()
}
