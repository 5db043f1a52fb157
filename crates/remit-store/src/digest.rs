//! What was imported, bound to its snapshot: one hash over every row that a snapshot has, in the order in which they were
//! written, worked out while they are written and again by `remit verify`.

use crate::seal::SealedParts;
use crate::{Cell, StoreError, gone_import};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use std::collections::BTreeMap;

/// Hashes of the rows of each table, so far.
#[derive(Default)]
pub(crate) struct RowHashes {
    tables: BTreeMap<String, SealedParts>,
    buffer: Vec<u8>,
}

/// The columns of a table in the order in which they are hashed: by name.
#[derive(Debug)]
pub(crate) struct ColumnOrder(Vec<(usize, String)>);

impl ColumnOrder {
    /// `columns` are the names in the order of the cells; what tells only where a row is kept is left out.
    pub(crate) fn of<'c>(columns: impl Iterator<Item = &'c str>) -> ColumnOrder {
        let mut order: Vec<(usize, String)> =
            columns.enumerate().filter(|(_, name)| *name != "snapshot").map(|(at, name)| (at, name.to_owned())).collect();
        order.sort_by(|a, b| a.1.cmp(&b.1));
        ColumnOrder(order)
    }
}

impl RowHashes {
    /// Adds a row. Cells that say nothing are left out, so that a column which a later version adds changes nothing.
    pub(crate) fn add<'v>(&mut self, table: &str, order: &ColumnOrder, cell: impl Fn(usize) -> ValueRef<'v>) {
        self.buffer.clear();
        for (at, name) in &order.0 {
            let (kind, number) = match cell(*at) {
                ValueRef::Null => continue,
                ValueRef::Text(text) => {
                    put_bytes(&mut self.buffer, name, 2, text);
                    continue;
                }
                // Remit writes none, and SQLite takes it for another value than the text with the same letters.
                ValueRef::Blob(bytes) => {
                    put_bytes(&mut self.buffer, name, 4, bytes);
                    continue;
                }
                // A column of numbers may give a whole number back as either.
                ValueRef::Integer(n) if (n as f64) as i64 == n => (1, (n as f64).to_bits()),
                ValueRef::Integer(n) => (3, n as u64),
                ValueRef::Real(n) => (1, n.to_bits()),
            };
            put(&mut self.buffer, name, kind, &number.to_be_bytes());
        }
        match self.tables.get_mut(table) {
            Some(parts) => parts.add(&self.buffer),
            None => {
                let mut parts = SealedParts::new("remit rows 2");
                parts.add(&self.buffer);
                self.tables.insert(table.to_owned(), parts);
            }
        }
    }

    /// Adds what a query gives, in its order.
    pub(crate) fn add_all(&mut self, db: &Connection, table: &str, sql: &str, snapshot: i64) -> Result<(), StoreError> {
        self.add_query(db, table, sql, [snapshot])
    }

    /// The same with any parameters.
    pub(crate) fn add_query(
        &mut self,
        db: &Connection,
        table: &str,
        sql: &str,
        parameters: impl rusqlite::Params,
    ) -> Result<(), StoreError> {
        let mut query = db.prepare(sql)?;
        let names: Vec<String> = query.column_names().map(str::to_owned).collect();
        let order = ColumnOrder::of(names.iter().map(String::as_str));
        let mut rows = query.query(parameters)?;
        while let Some(row) = rows.next()? {
            self.add(table, &order, |at| row.get_ref(at).unwrap_or(ValueRef::Null));
        }
        Ok(())
    }

    /// The hash over all of it.
    pub(crate) fn end(self) -> String {
        let mut all = SealedParts::new("remit snapshot rows 2");
        for (table, rows) in self.tables {
            all = all.text(&table).digest(&rows.end());
        }
        all.hexadecimal()
    }
}

fn put_bytes(buffer: &mut Vec<u8>, name: &str, kind: u8, bytes: &[u8]) {
    put(buffer, name, kind, &(bytes.len() as u64).to_be_bytes());
    buffer.extend_from_slice(bytes);
}

/// A cell with its column before it.
fn put(buffer: &mut Vec<u8>, name: &str, kind: u8, head: &[u8; 8]) {
    buffer.push(name.len() as u8);
    buffer.extend_from_slice(name.as_bytes());
    buffer.push(kind);
    buffer.extend_from_slice(head);
}

/// A cell as the database has it.
pub(crate) fn value(cell: &Cell) -> ValueRef<'_> {
    match cell {
        Cell::Null => ValueRef::Null,
        Cell::Integer(n) => ValueRef::Integer(*n),
        Cell::Real(n) => ValueRef::Real(*n),
        Cell::Text(text) => ValueRef::Text(text.as_bytes()),
    }
}

/// What of a snapshot is small, and known only at its end: its files and its problems.
pub(crate) fn small_tables(db: &Connection, snapshot: i64, rows: &mut RowHashes) -> Result<(), StoreError> {
    for table in ["snapshot_file", "problem"] {
        rows.add_all(db, table, &format!("select * from {table} where snapshot = ? order by rowid"), snapshot)?;
    }
    Ok(())
}

/// The tables with an order of their own, each with the order in which an import writes them.
const ORDERS: [(&str, &str); 3] = [("support_fact", "rowid"), ("support_flow", "activity, n"), ("support_link", "rowid")];

/// The hash over every row that a snapshot has now. `tables` are the tables of imported rows, each with whether it holds parts.
pub(crate) fn of_snapshot(db: &Connection, tables: &[(String, bool)], snapshot: i64) -> Result<String, StoreError> {
    let mut rows = RowHashes::default();
    for (table, parts) in tables {
        let order = if *parts { "parent, n" } else { "id" };
        let sql = format!("select * from \"{table}\" where snapshot = ? order by {order}");
        rows.add_all(db, table, &sql, snapshot)?;
    }
    for (table, order) in ORDERS {
        rows.add_all(db, table, &format!("select * from {table} where snapshot = ? order by {order}"), snapshot)?;
    }
    small_tables(db, snapshot, &mut rows)?;
    Ok(rows.end())
}

/// The hash over no rows at all.
pub(crate) fn of_nothing() -> String {
    RowHashes::default().end()
}

/// The link of a snapshot: a hash over the link before it and all that is known of it as a whole. Of one that was erased the hash of that is
/// kept.
pub(crate) fn link(db: &Connection, snapshot: i64, before: &str) -> Result<String, StoreError> {
    let about = match gone_import::kept_about(db, snapshot)? {
        Some(kept) => kept,
        None => about(db, snapshot)?,
    };
    Ok(SealedParts::new("remit snapshot 2").text(before).number(snapshot as u64).text(&about).hexadecimal())
}

/// The hash over all that is known of a snapshot as a whole.
pub(crate) fn about(db: &Connection, snapshot: i64) -> Result<String, StoreError> {
    // Which import one renews is part of it; a database of an older format has no such column, and no such import.
    let renews = if crate::schema::has_column(db, "snapshot", "renews")? { ", renews" } else { "" };
    let about = format!(
        "select dataset, title, source, url, licence, attribution, published, recorded_at, hash, marking, files, bytes, records, parts, \
         problems, first_row, digest{renews} from snapshot where id = ?"
    );
    let mut rows = RowHashes::default();
    rows.add_all(db, "snapshot", &about, snapshot)?;
    Ok(rows.end())
}

/// The link of the snapshot before one; empty where there is none.
pub(crate) fn link_before(db: &Connection, snapshot: i64) -> Result<String, StoreError> {
    let sql = "select coalesce((select link from snapshot where id < ? and complete = 1 and link is not null order by id desc limit 1), '')";
    Ok(db.prepare_cached(sql)?.query_row([snapshot], |row| row.get(0))?)
}
