//! The tables beside the chains: what counts twice, where data sets come from, who has looked at what, and imports from before
//! imports were chained. They change in place, so no chain binds them; the signed end of the chains has a hash of each.
//!
//! A hash is worked out where its table changes and carried over by every other signature: so signing costs the same however much
//! a workspace holds, and what somebody altered behind Remit's back is not signed by who writes next.

use crate::StoreError;
use crate::digest::RowHashes;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// What counts twice.
pub(crate) const COUNTED: &str = "exception";
/// Where data sets come from.
pub(crate) const ORIGINS: &str = "dataset_origin";
/// Who has looked at what.
pub(crate) const LOOKS: &str = "look";

/// Each table with its rows that are bound, in an order of their own.
const TABLES: [(&str, &str); 4] = [
    (
        COUNTED,
        "select activity, reason, committed, disbursed, other, doubtful, hidden, since, until from exception \
         order by 1, 2, 3, 4, 5, 6, 7, 8, 9",
    ),
    (ORIGINS, "select dataset, origin from dataset_origin order by dataset"),
    (LOOKS, "select n, hash from look order by n desc limit 1"),
    ("snapshot", "select * from snapshot where complete = 1 and coalesce(link, '') = '' order by id"),
];

/// A table that is about to change, as it was signed last.
pub(crate) struct Changing {
    table: &'static str,
    signed: Option<String>,
    holds: bool,
}

impl Changing {
    /// To be called before the table is changed; `last` are the hashes that were signed last.
    pub(crate) fn of(db: &Connection, table: &'static str, last: &BTreeMap<String, String>) -> Result<Changing, StoreError> {
        let signed = last.get(table).cloned();
        let holds = signed.is_none() || signed == hash(db, table)?;
        Ok(Changing { table, signed, holds })
    }

    /// The hash to sign once it has changed: what did not hold before does not hold after it.
    fn hash(self, db: &Connection) -> Result<Option<String>, StoreError> {
        if self.holds { hash(db, self.table) } else { Ok(self.signed) }
    }
}

/// The hashes to sign: that of the table that has changed as it is now, those of the others as they were signed last.
pub(crate) fn hashes_after(
    db: &Connection,
    last: BTreeMap<String, String>,
    changed: Option<Changing>,
) -> Result<BTreeMap<String, String>, StoreError> {
    let mut hashes = last;
    let changed = match changed {
        Some(changing) => Some((changing.table, changing.hash(db)?)),
        None => None,
    };
    hashes.extend(changed.and_then(|(table, hash)| Some((table.to_owned(), hash?))));
    for (table, _) in TABLES {
        if !hashes.contains_key(table) {
            hashes.extend(hash(db, table)?.map(|hash| (table.to_owned(), hash)));
        }
    }
    Ok(hashes)
}

/// What a table is called for people, and what is wrong where its hash does not fit.
pub(crate) fn named(table: &str) -> (&str, &'static str) {
    match table {
        COUNTED => ("what counts twice", "it is not what was worked out when the last data set was brought in"),
        ORIGINS => ("where data sets come from", "it is not what was recorded"),
        LOOKS => ("who has looked at what", "lines were taken away or added"),
        "snapshot" => ("imports", "one was put in, altered or taken away that is no part of the chain"),
        other => (other, "it is not what was signed"),
    }
}

/// The hash of a table as it is now; none where the database has no such table.
pub(crate) fn hash(db: &Connection, table: &str) -> Result<Option<String>, StoreError> {
    let Some((_, sql)) = TABLES.iter().find(|(name, _)| *name == table) else { return Ok(None) };
    if table == LOOKS && !looks_are_there(db)? {
        return Ok(None);
    }
    let mut rows = RowHashes::default();
    rows.add_query(db, table, sql, [])?;
    Ok(Some(rows.end()))
}

/// Whether there is a list of looks: an older workspace has none until somebody looks.
pub(crate) fn looks_are_there(db: &Connection) -> Result<bool, StoreError> {
    Ok(db.query_row("select exists (select 1 from main.sqlite_schema where type = 'table' and name = 'look')", [], |row| {
        row.get(0)
    })?)
}
