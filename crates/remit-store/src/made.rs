//! What a reader's connection has of the views: each is made when a query first reads it, and its rows are kept in a table where
//! they are few enough. What a page asks is then asked of tables that have just what the reader may see, one key look-up a record,
//! instead of every statement again for each question. When statements are added, only the rows of their records, and of those that
//! are named after them, are made again.

use crate::guard::Making;
use crate::reader::{load_codes, load_compared};
use crate::views::{CODES, COMPARED, CONFLICTS, Rows, View};
use crate::{StoreError, Workspace};
use rusqlite::Connection;
use std::collections::{HashMap, HashSet};

/// Rows of a kind that are kept; of what has more, each question reads what it needs.
const MOST_ROWS: i64 = 10_000;

/// Bytes of all tables of a reader; what would go beyond stays a view.
const MOST_BYTES: i64 = 48 << 20;

/// Statements that are added to what is kept; after more, all is made anew.
const MOST_ADDED: i64 = 2_000;

/// The views of a reader, and which of them are there.
pub(crate) struct Made {
    workspace: Workspace,
    views: HashMap<String, View>,
    there: HashSet<String>,
    /// Kinds whose statements are kept in a table, with the names of their tables.
    kept: Vec<(String, Vec<String>)>,
    /// SQL that fills the table of conflicts.
    conflicts: String,
    /// True where a view must not let a query look at what it hides: see [`crate::AskedBy::Anybody`].
    barrier: bool,
    /// The end of the chain up to which what is kept is known to be true.
    until: i64,
    making: Making,
}

impl Made {
    pub(crate) fn new<'v>(
        workspace: &Workspace,
        views: impl Iterator<Item = &'v View>,
        conflicts: String,
        barrier: bool,
        until: i64,
        making: Making,
    ) -> Made {
        let views = views.map(|v| (v.name.clone(), v.clone())).collect();
        let (there, kept) = (HashSet::new(), Vec::new());
        Made { workspace: workspace.clone(), views, there, kept, conflicts, barrier, until, making }
    }

    /// Makes the views that a query reads, and what they need.
    pub(crate) fn make(&mut self, db: &Connection, names: &[String]) -> Result<(), StoreError> {
        for name in names.iter().filter(|n| !self.there.contains(*n)).cloned().collect::<Vec<_>>() {
            match self.views.get(&name).cloned() {
                None => self.making.clone().during(|| self.fill(db, &name))?,
                Some(view) => {
                    self.make(db, &view.needs)?;
                    self.making.clone().during(|| self.make_one(db, &view))?;
                }
            }
            self.there.insert(name);
        }
        Ok(())
    }

    /// A table that no view is made of.
    fn fill(&self, db: &Connection, name: &str) -> Result<(), StoreError> {
        match name {
            CODES => load_codes(db, &self.workspace),
            COMPARED => load_compared(db, &self.workspace),
            CONFLICTS => Ok(db.execute_batch(&self.conflicts)?),
            _ => Ok(()),
        }
    }

    fn make_one(&mut self, db: &Connection, view: &View) -> Result<(), StoreError> {
        if let Some(rows) = &view.rows
            && self.can_keep(db, rows)?
        {
            db.execute_batch("savepoint keep")?;
            let kept = keep(db, view, rows).and_then(|()| bytes_kept(db));
            if matches!(kept, Ok(bytes) if bytes <= MOST_BYTES) {
                db.execute_batch("release keep")?;
                match self.kept.iter_mut().find(|(kind, _)| kind == kind_of(rows)) {
                    Some((_, tables)) => tables.push(view.name.clone()),
                    None => self.kept.push((kind_of(rows).to_owned(), vec![view.name.clone()])),
                }
                return Ok(());
            }
            db.execute_batch("rollback to keep; release keep")?;
            kept?;
        }
        let sql = if self.barrier { format!("select * from ({}) limit -1", view.sql) } else { view.sql.clone() };
        Ok(db.execute_batch(&format!("create temp view \"{}\" as {sql}", view.name))?)
    }

    fn can_keep(&self, db: &Connection, rows: &Rows) -> Result<bool, StoreError> {
        match rows {
            // What is made of a table is no larger than it.
            Rows::Records { kind } => Ok(self.kept.iter().any(|(k, _)| k == kind)),
            Rows::Statements { kind, .. } => {
                let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0));
                let mut rows = count(&format!(
                    "select count(*) from (select 1 from main.statement where kind = '{kind}' limit {})",
                    MOST_ROWS + 1
                ))?;
                let table = format!("row_{kind}");
                if db.table_exists(Some("main"), table.as_str())? {
                    rows += count(&format!("select count(*) from (select 1 from main.\"{table}\" limit {})", MOST_ROWS + 1))?;
                }
                Ok(rows <= MOST_ROWS && bytes_kept(db)? <= MOST_BYTES)
            }
        }
    }

    /// Brings what is kept up to what was recorded until `end`; false where that is so much that all is better made anew.
    pub(crate) fn renew(&mut self, db: &Connection, end: i64) -> Result<bool, StoreError> {
        if end < self.until || end - self.until > MOST_ADDED {
            return Ok(false);
        }
        let making = self.making.clone();
        making.during(|| {
            db.execute_batch("savepoint renew")?;
            let renewed = self.renewed(db);
            db.execute_batch(if renewed.is_ok() { "release renew" } else { "rollback to renew; release renew" })?;
            renewed
        })?;
        self.until = end;
        Ok(true)
    }

    fn renewed(&self, db: &Connection) -> Result<(), StoreError> {
        if self.there.contains(CONFLICTS) {
            let fill = self.conflicts.split_once(';').map_or("", |(_, fill)| fill);
            db.execute_batch(&format!("delete from temp.{CONFLICTS}; {fill}"))?;
        }
        db.execute_batch(&format!(
            "create temp table if not exists as_of_changed (kind, record, primary key (kind, record)) without rowid;
             create temp table if not exists as_of_touched (record primary key) without rowid;
             delete from temp.as_of_changed;
             insert or ignore into temp.as_of_changed select kind, record from main.statement where seq > {0};
             insert or ignore into temp.as_of_changed select o.kind, o.record from main.statement n
               join main.statement o on o.id = n.supersedes where n.seq > {0}",
            self.until
        ))?;
        for (kind, tables) in &self.kept {
            let Some(View { name, rows: Some(Rows::Statements { refers, .. }), .. }) = tables.first().and_then(|t| self.views.get(t))
            else {
                continue;
            };
            let changed = |kind: &str| format!("select record from temp.as_of_changed where kind = '{kind}'");
            let named: String = refers
                .iter()
                .map(|(column, of)| format!(" union select record from temp.\"{name}\" where \"{column}\" in ({})", changed(of)))
                .collect();
            db.execute_batch(&format!(
                "delete from temp.as_of_touched; insert or ignore into temp.as_of_touched {}{named}",
                changed(kind)
            ))?;
            if !db.query_row("select exists (select 1 from temp.as_of_touched)", [], |row| row.get::<_, bool>(0))? {
                continue;
            }
            for view in tables.iter().filter_map(|t| self.views.get(t)) {
                let touched = "where record in (select record from temp.as_of_touched)";
                db.execute_batch(&format!(
                    "delete from temp.\"{0}\" {touched}; insert into temp.\"{0}\" select * from ({1}) {touched}",
                    view.name, view.sql
                ))?;
            }
        }
        Ok(())
    }
}

fn kind_of(rows: &Rows) -> &str {
    match rows {
        Rows::Statements { kind, .. } | Rows::Records { kind } => kind,
    }
}

/// Makes a table of a view. Its key is the order in which it is read, so that answers do not tell how it came about.
fn keep(db: &Connection, view: &View, rows: &Rows) -> Result<(), StoreError> {
    // Columns compare as those of the view do.
    db.execute_batch(&format!("create temp table as_of_shape as select * from ({}) limit 0", view.sql))?;
    let columns: Vec<String> = db
        .prepare("select name, type from pragma_table_info('as_of_shape', 'temp')")?
        .query_map([], |row| Ok(format!("\"{}\" {}", row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?
        .collect::<Result<_, _>>()?;
    let key = if matches!(rows, Rows::Statements { .. }) { "record, id" } else { "record" };
    db.execute_batch(&format!(
        "drop table temp.as_of_shape;
         create temp table \"{0}\" ({1}, primary key ({key})) without rowid;
         insert into temp.\"{0}\" {2}",
        view.name,
        columns.join(", "),
        view.sql
    ))?;
    Ok(())
}

/// Bytes of the tables of a connection.
fn bytes_kept(db: &Connection) -> Result<i64, StoreError> {
    let of = |name: &str| db.pragma_query_value(Some("temp"), name, |row| row.get::<_, i64>(0));
    Ok(of("page_count")? * of("page_size")?)
}
