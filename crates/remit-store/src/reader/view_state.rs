//! What decides how the views of a reader are written.

use crate::live_snapshots::{live_snapshots, renewed_files};
use crate::schema::{has_column, row_table};
use crate::views::Scope;
use crate::{AsOf, StoreError, Workspace};
use rusqlite::Connection;
use std::collections::{HashMap, HashSet};

/// What decides how views are written, and how far the chain goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ViewState {
    /// Which file it is, and how often tables were made in it: also what erases does that.
    file: (Option<(u64, u64)>, i64),
    /// How many snapshots and exceptions, and the last of them.
    imports: String,
    /// Kinds of which the reader may see a statement.
    stated: Vec<String>,
    /// The countries of the workspace: what names none is of the only one.
    home: Vec<String>,
    /// The last statement.
    pub(super) end: i64,
}

impl ViewState {
    pub(super) fn of(db: &Connection, workspace: &Workspace, above: &[i64]) -> Result<ViewState, StoreError> {
        let made: i64 = db.pragma_query_value(Some("main"), "schema_version", |row| row.get(0))?;
        let imports = db.query_row(
            "select concat_ws(' ', s.n, s.last, s.complete, x.n, x.ended, x.last)
             from (select count(*) as n, max(id) as last, sum(complete) as complete from main.snapshot) s,
                  (select count(*) as n, count(until) as ended, max(rowid) as last from main.exception) x",
            [],
            |row| row.get(0),
        )?;
        let mut stated = Vec::new();
        for kind in &workspace.model().kinds {
            if is_stated(db, &kind.name, above)? {
                stated.push(kind.name.clone());
            }
        }
        let end = db.query_row("select coalesce(max(seq), 0) from main.statement", [], |row| row.get(0))?;
        let home = workspace.countries().unwrap_or_default();
        Ok(ViewState { file: (workspace.database_file(), made), imports, stated, home, end })
    }

    /// True where nothing but statements of the same kinds has come.
    pub(super) fn is_more_of(&self, before: &ViewState) -> bool {
        self.file == before.file && self.imports == before.imports && self.stated == before.stated && self.home == before.home
    }
}

/// True where there is a statement of a kind that is none of those `above` the reader: what they do not see gives no view another form.
fn is_stated(db: &Connection, kind: &str, above: &[i64]) -> Result<bool, StoreError> {
    let mut query = db.prepare_cached("select seq from main.statement where kind = ?")?;
    let mut rows = query.query([kind])?;
    while let Some(row) = rows.next()? {
        if above.binary_search(&row.get(0)?).is_err() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The tables of imported rows that there are, with their columns.
fn row_tables(db: &Connection) -> Result<HashMap<String, HashSet<String>>, StoreError> {
    let sql = "select m.name, c.name from main.sqlite_schema m join pragma_table_info(m.name) c \
               where m.type = 'table' and m.name like 'row\\_%' escape '\\'";
    let mut query = db.prepare(sql)?;
    let mut rows = query.query([])?;
    let mut tables: HashMap<String, HashSet<String>> = HashMap::new();
    while let Some(row) = rows.next()? {
        tables.entry(row.get(0)?).or_default().insert(row.get(1)?);
    }
    Ok(tables)
}

/// Works out what the as-of shows, and keeps its exceptions in tables of the connection's own.
pub(super) fn scope(db: &Connection, workspace: &Workspace, as_of: &AsOf, of: &ViewState) -> Result<Scope, StoreError> {
    // A moment after every other stands for "as known now".
    let known = as_of.known_on.clone().unwrap_or_else(|| "9999".into());
    let live = live_snapshots(db, &known, Some(as_of.clearance.level()))?;
    let list = live.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
    db.execute_batch(&format!(
        "create temp table as_of_exception (activity integer primary key, reason, committed, disbursed, other, doubtful, hidden);
         insert into as_of_exception
           select x.activity, group_concat(distinct x.reason), min(x.committed), min(x.disbursed), max(x.other), max(x.doubtful), max(x.hidden)
           from main.exception x join main.row_activity a on a.id = x.activity
           where x.since <= '{known}' and (x.until is null or x.until > '{known}') and a.snapshot in ({list})
           group by x.activity;
         create temp table as_of_renewed (file integer primary key);
         insert into as_of_renewed select file from ({renewed});
         create temp table as_of_later (activity integer, split integer, committed_usd real, committed_eur real, disbursed_usd real, disbursed_eur real, primary key (activity, split)) without rowid;
         insert into as_of_later
           select activity, split, sum(case type when '2' then usd end), sum(case type when '2' then eur end),
                  sum(case when type in ('3', '4') then usd end), sum(case when type in ('3', '4') then eur end)
           from main.support_flow where date > '{day}' and snapshot in ({list}) group by activity, split",
        day = as_of.valid_on,
        renewed = renewed_files(db, &list)?
    ))?;
    let any = |sql: &str| db.query_row(sql, [], |row| row.get::<_, bool>(0));
    let renewed = any("select exists (select 1 from temp.as_of_renewed)")?;
    if renewed {
        db.execute_batch(&format!(
            "insert or replace into as_of_exception select r.id, null, 0, 0, null, 0, 1 from main.row_activity r
             where r.snapshot in ({list}) and r.file in (select file from temp.as_of_renewed)"
        ))?;
    }
    let tables = row_tables(db)?;
    let mut imported = HashSet::new();
    for kind in workspace.model().kinds.iter().filter(|k| !live.is_empty() && tables.contains_key(&row_table(k))) {
        if any(&format!("select exists (select 1 from main.\"{}\" where snapshot in ({list}))", row_table(kind)))? {
            imported.insert(kind.name.clone());
        }
    }
    Ok(Scope {
        exceptions: any("select exists (select 1 from temp.as_of_exception)")?,
        renewed,
        later: any("select exists (select 1 from temp.as_of_later)")?,
        live,
        stated: of.stated.clone(),
        imported,
        tables,
        is_new: has_column(db, "statement", "more")?,
        looks: crate::beside::looks_are_there(db)?,
        hidden: false,
        holds_back: false,
        in_the_name_of: None,
    })
}

/// Numbers of the statements that are above the reader's clearance, in their order.
pub(super) fn above(db: &Connection, as_of: &AsOf) -> Result<Vec<i64>, StoreError> {
    // The first condition is that of the index.
    let sql = format!("select seq from main.statement where marking > 0 and marking > {} order by seq", as_of.clearance.level());
    Ok(db.prepare(&sql)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
