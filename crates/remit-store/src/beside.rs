//! The tables beside the chains: what counts twice, where data sets come from, who has looked at what, and imports from before
//! imports were chained. They change in place, so no chain binds them; the signed end of the chains has a hash of each.

use crate::digest::Rows;
use crate::{StoreError, looks};
use rusqlite::Connection;
use std::collections::BTreeMap;

/// What counts twice. Its hash is worked out when the table is, since the table may be large.
pub(crate) const COUNTED: &str = "exception";

/// The other tables, each with the rows of it that are bound.
const SMALL: [(&str, &str); 3] = [
    ("dataset_origin", "select dataset, origin from dataset_origin order by dataset"),
    ("look", "select n, hash from look order by n desc limit 1"),
    ("snapshot", "select * from snapshot where complete = 1 and coalesce(link, '') = '' order by id"),
];

/// The hash of each table; that of what counts twice is given, where it is known.
pub(crate) fn hashes(db: &Connection, counted: Option<String>) -> Result<BTreeMap<String, String>, StoreError> {
    let mut hashes: BTreeMap<String, String> = counted.map(|hash| (COUNTED.to_owned(), hash)).into_iter().collect();
    for (table, sql) in SMALL {
        if table != "look" || looks::are_there(db)? {
            hashes.insert(table.to_owned(), hash(db, table, sql)?);
        }
    }
    Ok(hashes)
}

/// The hash of what counts twice, as it stands now.
pub(crate) fn hash_of_counted(db: &Connection) -> Result<String, StoreError> {
    let columns = "activity, reason, committed, disbursed, other, doubtful, hidden, since, until";
    hash(db, COUNTED, &format!("select {columns} from exception order by {columns}"))
}

/// What a table is called, and what is to be said where it does not hold.
pub(crate) fn named(table: &str) -> (&str, &'static str) {
    match table {
        COUNTED => ("what counts twice", "it is not what was worked out when the last data set was brought in"),
        "dataset_origin" => ("where data sets come from", "it is not what was recorded"),
        "look" => ("who has looked at what", "lines were taken away or added"),
        "snapshot" => ("imports", "one was put in, altered or taken away that is no part of the chain"),
        other => (other, "it is not what was signed"),
    }
}

fn hash(db: &Connection, table: &str, sql: &str) -> Result<String, StoreError> {
    let mut rows = Rows::default();
    rows.add_query(db, table, sql, [])?;
    Ok(rows.end())
}
