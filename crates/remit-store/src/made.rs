//! What a reader's connection has of the views: each is made when a query first reads it, and its rows are kept in a table where
//! they are few enough. What a page asks is then asked of tables that have just what the reader may see, one key look-up a record,
//! instead of every statement again for each question. When statements are added, only the rows of their records, and of those that
//! are named after them, are made again.

use crate::sql_guard::Making;
use crate::views::{CALLED, CODES, COMPARED, KeptRows, SHARED, View};
use crate::{Cell, StoreError, Workspace};
use remit_model::{Field, FieldType, Language, Time};
use rusqlite::Connection;
use std::collections::{HashMap, HashSet};

/// Rows of a kind that are kept when it is first read; of what has more, each question reads what it needs.
const MOST_ROWS: i64 = 10_000;

/// Rows of a kind that are kept once a question has read through them.
const MOST_ROWS_READ: i64 = 150_000;

/// Steps of SQLite's machine from which a question has read through what it asks, some hundredths of a second.
pub(crate) const READ_THROUGH: i32 = 2_000_000;

/// How many questions read through a kind whose records cost little to pass by before they are kept: keeping them takes as long as some
/// such questions together.
const PASSED_BY: usize = 3;

/// Bytes of all tables of a reader; what would go beyond stays a view.
const MOST_BYTES: i64 = 64 << 20;

/// Bytes of all tables of a reader where a question can be asked of tables only.
const MOST_BYTES_AT_NEED: i64 = 512 << 20;

/// Records that are made again at once.
const MOST_NAMED: usize = 200;

/// Statements that are added to what is kept; after more, all is made anew.
const MOST_ADDED: i64 = 2_000;

/// The views of a reader, and which of them its connection has made so far.
pub(crate) struct MadeViews {
    workspace: Workspace,
    views: HashMap<String, View>,
    there: HashSet<String>,
    /// Views with many rows, through which a question has read: whether it was tried to keep them since.
    read_through: HashMap<String, bool>,
    /// How often a question has.
    times_read: HashMap<String, usize>,
    /// The views whose rows are kept, in the order in which they were.
    kept: Vec<View>,
    /// What several questions read from, by name: whether its rows are kept.
    shared: HashMap<String, bool>,
    /// Tables that follow from the statements, each with the SQL that makes it and, behind the first semicolon, fills it.
    filled: Vec<(&'static str, String)>,
    /// True where a view must not let a query look at what it hides: see [`crate::AskedBy::Anybody`].
    barrier: bool,
    /// Rows of a kind that are kept when it is first read: [`MOST_ROWS`].
    pub(crate) most_rows: i64,
    /// The end of the chain up to which what is kept is known to be true.
    until: i64,
    making: Making,
}

impl MadeViews {
    pub(crate) fn new<'v>(
        workspace: &Workspace,
        views: impl Iterator<Item = &'v View>,
        filled: Vec<(&'static str, String)>,
        barrier: bool,
        until: i64,
        making: Making,
    ) -> MadeViews {
        let views = views.map(|v| (v.name.clone(), v.clone())).collect();
        let (there, read_through, times_read, kept) = (HashSet::new(), HashMap::new(), HashMap::new(), Vec::new());
        let (workspace, most_rows, shared) = (workspace.clone(), MOST_ROWS, HashMap::new());
        MadeViews { workspace, views, there, read_through, times_read, kept, shared, filled, barrier, most_rows, until, making }
    }

    /// Makes the views that a query reads, and what they need.
    pub(crate) fn make(&mut self, db: &Connection, names: &[String]) -> Result<(), StoreError> {
        for name in names {
            let is_there = self.there.contains(name);
            if is_there && self.read_through.get(name) != Some(&false) {
                continue;
            }
            match self.views.get(name).cloned() {
                None => self.making.clone().during(|| self.fill(db, name))?,
                Some(view) => {
                    self.make(db, &view.needs)?;
                    self.making
                        .clone()
                        .during(|| if is_there { self.keep_large(db, &view) } else { self.make_one(db, &view) })?;
                }
            }
            self.there.insert(name.clone());
        }
        Ok(())
    }

    /// Notes that a question has read through views that are not kept: once that was often enough, the next one that reads them has them
    /// kept, where they are not larger than that is worth.
    pub(crate) fn were_read_through(&mut self, names: &[String]) {
        for name in names {
            let Some(view) = self.views.get(name).filter(|v| v.rows.is_some() && !self.kept.contains(v)) else { continue };
            let (name, needs) = (view.name.clone(), view.needs.clone());
            let enough = if view.passing.is_some() { PASSED_BY } else { 1 };
            let times = self.times_read.entry(name.clone()).or_default();
            *times += 1;
            if *times >= enough && self.read_through.get(&name) != Some(&true) {
                self.read_through.insert(name, false);
                self.were_read_through(&needs);
            }
        }
    }

    /// A table that no view is made of.
    fn fill(&self, db: &Connection, name: &str) -> Result<(), StoreError> {
        match name {
            CODES => load_codes(db, &self.workspace),
            CALLED => load_called(db, &self.workspace),
            COMPARED => load_compared(db, &self.workspace),
            _ => match self.filled.iter().find(|(table, _)| *table == name) {
                Some((_, sql)) => Ok(db.execute_batch(sql)?),
                None => Ok(()),
            },
        }
    }

    fn make_one(&mut self, db: &Connection, view: &View) -> Result<(), StoreError> {
        if let Some(rows) = &view.rows
            && self.can_keep(db, rows, self.most_rows)?
            && self.keep_one(db, view, rows, MOST_BYTES)?
        {
            return Ok(());
        }
        let sql = view.passing.as_ref().unwrap_or(&view.sql);
        let sql = if self.barrier { format!("select * from ({sql}) limit -1") } else { sql.clone() };
        Ok(db.execute_batch(&format!("create temp view \"{}\" as {sql}", view.name))?)
    }

    /// Keeps the rows of a view that is there already.
    fn keep_large(&mut self, db: &Connection, view: &View) -> Result<(), StoreError> {
        self.read_through.insert(view.name.clone(), true);
        if let Some(rows) = view.rows.as_ref().filter(|_| !self.kept.contains(view))
            && self.can_keep(db, rows, MOST_ROWS_READ)?
        {
            self.keep_one(db, view, rows, MOST_BYTES)?;
        }
        Ok(())
    }

    /// Keeps the rows of all views that a question reads, however many they are: SQLite bounds how many tables one question may name, those
    /// behind each view as often as it is named, and what is kept is one table.
    pub(crate) fn keep_at_need(&mut self, db: &Connection, names: &[String]) -> Result<(), StoreError> {
        for name in names {
            let Some(view) = self.views.get(name).cloned() else { continue };
            self.keep_at_need(db, &view.needs)?;
            if let Some(rows) = view.rows.as_ref().filter(|_| !self.kept.contains(&view)) {
                self.read_through.insert(name.clone(), true);
                self.making.clone().during(|| self.keep_one(db, &view, rows, MOST_BYTES_AT_NEED))?;
            }
        }
        Ok(())
    }

    /// Keeps the rows of a view in a table, if that is small enough.
    fn keep_one(&mut self, db: &Connection, view: &View, rows: &KeptRows, most_bytes: i64) -> Result<bool, StoreError> {
        db.execute_batch(&format!("savepoint keep; drop view if exists temp.\"{}\"", view.name))?;
        let kept = keep(db, view, rows).and_then(|()| bytes_kept(db));
        if matches!(kept, Ok(bytes) if bytes <= most_bytes) {
            db.execute_batch("release keep")?;
            self.kept.push(view.clone());
            return Ok(true);
        }
        db.execute_batch("rollback to keep; release keep")?;
        kept?;
        Ok(false)
    }

    /// Keeps the rows of a query that several questions read from, so that none of them works them out again; false where they are too
    /// many, or cannot be had so. The query is Remit's own: see [`Making::during`]; it asks for nothing but what is `given` to all of the
    /// reader's.
    pub(crate) fn share(
        &mut self,
        db: &Connection,
        name: &str,
        sql: &str,
        given: &[(&str, Cell)],
        views: &[String],
    ) -> Result<bool, StoreError> {
        if let Some(is_kept) = self.shared.get(name) {
            return Ok(*is_kept);
        }
        self.make(db, views)?;
        let is_kept = self.making.clone().during(|| -> Result<bool, StoreError> {
            db.execute_batch("savepoint share")?;
            let made = keep_shared(db, name, sql, given);
            let is_small = made.is_ok() && bytes_kept(db)? <= MOST_BYTES;
            db.execute_batch(if is_small { "release share" } else { "rollback to share; release share" })?;
            Ok(is_small)
        })?;
        self.shared.insert(name.to_owned(), is_kept);
        Ok(is_kept)
    }

    /// Forgets what questions share: it is made of all that was on record.
    fn share_no_more(&mut self, db: &Connection) -> Result<(), StoreError> {
        let kept = self.shared.drain().filter(|(_, is_kept)| *is_kept);
        let dropped: String = kept.map(|(name, _)| format!("drop table temp.\"{SHARED}{name}\";")).collect();
        Ok(self.making.clone().during(|| db.execute_batch(&dropped))?)
    }

    fn can_keep(&self, db: &Connection, rows: &KeptRows, most_rows: i64) -> Result<bool, StoreError> {
        match rows {
            // What is made of a table is no larger than it.
            KeptRows::Records { kind } => Ok(self.kept.iter().filter_map(|v| v.rows.as_ref()).any(|r| r.kind() == kind)),
            KeptRows::Statements { kind, .. } => {
                let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0));
                let mut rows = count(&format!(
                    "select count(*) from (select 1 from main.statement where kind = '{kind}' limit {})",
                    most_rows + 1
                ))?;
                let table = format!("row_{kind}");
                if db.table_exists(Some("main"), table.as_str())? {
                    rows += count(&format!("select count(*) from (select 1 from main.\"{table}\" limit {})", most_rows + 1))?;
                }
                Ok(rows <= most_rows && bytes_kept(db)? <= MOST_BYTES)
            }
        }
    }

    /// Does what a query may not, of SQL that is Remit's own.
    pub(crate) fn during<T>(&self, work: impl FnOnce() -> T) -> T {
        self.making.during(work)
    }

    /// Brings what is kept up to what was recorded until `end`; false where that is so much that all is better made anew.
    pub(crate) fn renew(&mut self, db: &Connection, end: i64) -> Result<bool, StoreError> {
        if end < self.until || end - self.until > MOST_ADDED {
            return Ok(false);
        }
        if end == self.until {
            return Ok(true);
        }
        self.share_no_more(db)?;
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
        for (table, sql) in self.filled.iter().filter(|(table, _)| self.there.contains(*table)) {
            let fill = sql.split_once(';').map_or("", |(_, fill)| fill);
            db.execute_batch(&format!("delete from temp.{table}; {fill}"))?;
        }
        db.execute_batch(&format!(
            "create temp table if not exists as_of_changed (kind, record, primary key (kind, record)) without rowid;
             create temp table if not exists as_of_touched (kind, record, primary key (kind, record)) without rowid;
             delete from temp.as_of_changed;
             delete from temp.as_of_touched;
             insert or ignore into temp.as_of_changed select kind, record from main.statement where seq > {0};
             insert or ignore into temp.as_of_changed select o.kind, o.record from main.statement n
               join main.statement o on o.id = n.supersedes where n.seq > {0}",
            self.until
        ))?;
        for view in &self.kept {
            let Some(rows) = &view.rows else { continue };
            if let KeptRows::Statements { kind, refers } = rows {
                touch(db, kind, &table(view), refers)?;
            }
            // The records of a kind follow its statements, and are touched as these were.
            let records: Vec<String> = db
                .prepare_cached("select record from temp.as_of_touched where kind = ?")?
                .query_map([rows.kind()], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            // Named one by one, they are looked for in each table of the view, and not in all that it would give.
            for some in records.chunks(MOST_NAMED) {
                let named: Vec<String> = some.iter().map(|r| format!("'{}'", r.replace('\'', "''"))).collect();
                let touched = format!("where record in ({})", named.join(", "));
                db.execute_batch(&format!("delete from temp.\"{0}\" {touched}; {1} {touched}", table(view), insert(view, rows)))?;
            }
        }
        Ok(())
    }
}

/// Notes which records of a kind are made again: those that changed, and those that are shown with the name of one that did.
fn touch(db: &Connection, kind: &str, table: &str, refers: &[(String, String)]) -> Result<(), StoreError> {
    let changed = |kind: &str| format!("select record from temp.as_of_changed where kind = '{kind}'");
    let named = |(column, of): &(String, String)| {
        format!(" union select '{kind}', record from temp.\"{table}\" where \"{column}\" in ({})", changed(of))
    };
    let named: String = refers.iter().map(named).collect();
    Ok(db.execute_batch(&format!(
        "insert or ignore into temp.as_of_touched select '{kind}', record from ({}){named}",
        changed(kind)
    ))?)
}

/// The table that keeps the rows of a view. That of statements has a column more than its view shows.
fn table(view: &View) -> String {
    match view.rows {
        Some(KeptRows::Statements { .. }) => format!("{} kept", view.name),
        _ => view.name.clone(),
    }
}

/// What fills the table of a view, as far as a condition on `record`, which may follow, lets it.
fn insert(view: &View, rows: &KeptRows) -> String {
    // Of one record, what was imported comes before what was stated, each in the order in which it came.
    let place =
        if matches!(rows, KeptRows::Statements { .. }) { ", case when id < 0 then (1 << 48) - id else id end" } else { "" };
    format!("insert into temp.\"{}\" select *{place} from ({})", table(view), view.sql)
}

/// Makes a table of a view. Its key is the order in which it is read, so that answers do not tell how it came about.
fn keep(db: &Connection, view: &View, rows: &KeptRows) -> Result<(), StoreError> {
    // Columns compare as those of the view do.
    db.execute_batch(&format!("create temp table as_of_shape as select * from ({}) limit 0", view.sql))?;
    let columns: Vec<String> = db
        .prepare("select name, type from pragma_table_info('as_of_shape', 'temp')")?
        .query_map([], |row| Ok(format!("\"{}\" {}", row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?
        .collect::<Result<_, _>>()?;
    db.execute_batch("drop table temp.as_of_shape")?;
    let (name, columns) = (table(view), columns.join(", "));
    db.execute_batch(&match rows {
        KeptRows::Statements { .. } => {
            format!("create temp table \"{name}\" ({columns}, \"in order\", primary key (record, \"in order\")) without rowid")
        }
        KeptRows::Records { .. } => format!("create temp table \"{name}\" ({columns}, primary key (record)) without rowid"),
    })?;
    db.execute_batch(&insert(view, rows))?;
    if matches!(rows, KeptRows::Statements { .. }) {
        let shown: Vec<String> = view.columns.iter().map(|c| format!("\"{}\"", c.name)).collect();
        // The condition always holds: by it, a column is read through the view, whatever of it is asked for.
        db.execute_batch(&format!(
            "create temp view \"{}\" as select {} from temp.\"{name}\" where \"in order\" > 0",
            view.name,
            shown.join(", ")
        ))?;
    }
    Ok(())
}

/// Makes a table of the rows of a query that several questions read from.
fn keep_shared(db: &Connection, name: &str, sql: &str, given: &[(&str, Cell)]) -> Result<(), StoreError> {
    let mut query = db.prepare(&format!("create temp table \"{SHARED}{name}\" as {sql}"))?;
    give(&mut query, given)?;
    query.raw_execute()?;
    Ok(())
}

/// Gives a query those of the parameters that it names.
pub(crate) fn give(query: &mut rusqlite::Statement<'_>, parameters: &[(&str, Cell)]) -> Result<(), StoreError> {
    for (name, value) in parameters {
        if let Some(index) = query.parameter_index(&format!(":{name}"))? {
            query.raw_bind_parameter(index, value)?;
        }
    }
    Ok(())
}

/// Bytes of the tables of a connection.
fn bytes_kept(db: &Connection) -> Result<i64, StoreError> {
    let of = |name: &str| db.pragma_query_value(Some("temp"), name, |row| row.get::<_, i64>(0));
    Ok(of("page_count")? * of("page_size")?)
}

/// The code lists as a table, so that questions can name codes and list those without support. What a language lacks is said
/// in English.
fn load_codes(db: &Connection, workspace: &Workspace) -> Result<(), StoreError> {
    let model = workspace.model();
    let languages: Vec<Language> = model.languages.all().map(|l| l.language).collect();
    let columns: Vec<String> = languages.iter().map(|l| format!("\"{l}\"")).collect();
    let columns = columns.join(", ");
    db.execute_batch(&format!(
        "create temp table as_of_code (list, code, {columns}, category, parent, position, primary key (list, code)) without rowid"
    ))?;
    db.execute_batch("begin")?;
    let places = vec!["?"; languages.len() + 5].join(", ");
    let mut insert = db.prepare(&format!("insert into temp.as_of_code values ({places})"))?;
    for list in model.lists.names().into_iter().filter_map(|name| model.lists.get(name)) {
        for (position, code) in list.codes().iter().enumerate() {
            let names = languages.iter().map(|l| code.label.get(*l));
            let texts = [list.name.as_str(), &code.code].into_iter().chain(names).chain([code.category.as_str(), &code.parent]);
            let cells = texts.map(|t| Cell::Text(t.to_owned())).chain([Cell::Integer(position as i64)]);
            insert.execute(rusqlite::params_from_iter(cells))?;
        }
    }
    db.execute_batch("commit")?;
    Ok(())
}

/// The fields whose values can disagree: all but texts, of which the record's name alone is one thing.
fn load_compared(db: &Connection, workspace: &Workspace) -> Result<(), StoreError> {
    db.execute_batch(
        "create temp table as_of_compared (kind text, field text, event integer, is_date integer, primary key (kind, field)) without rowid",
    )?;
    let mut insert = db.prepare("insert into as_of_compared values (?, ?, ?, ?)")?;
    for kind in workspace.model().register_kinds() {
        let is_text = |f: &Field| {
            matches!(f.kind, FieldType::Text | FieldType::Texts | FieldType::Url | FieldType::List(_) | FieldType::Records(_))
        };
        for field in kind.fields.iter().filter(|f| !is_text(f) || kind.title.as_ref() == Some(&f.name)) {
            insert.execute((&kind.name, &field.name, kind.time == Time::Event, field.kind == FieldType::Date))?;
        }
    }
    Ok(())
}

/// By which fields of its key a record is called whose kind has no title. Codes of lists say little of it, so they tell only what
/// has nothing else than a date: a country and a year.
fn load_called(db: &Connection, workspace: &Workspace) -> Result<(), StoreError> {
    db.execute_batch(
        "create temp table as_of_called (kind text, place integer, field text, of text, primary key (kind, place)) without rowid",
    )?;
    let mut insert = db.prepare("insert into as_of_called values (?, ?, ?, ?)")?;
    for kind in workspace.model().register_kinds().filter(|k| k.title.is_none()) {
        let key: Vec<&Field> = kind.key.iter().filter_map(|name| kind.field(name)).collect();
        let names = |f: &&Field| matches!(f.kind, FieldType::Text | FieldType::Record(_));
        let has_names = key.iter().any(names);
        let tells = |f: &&&Field| match f.kind {
            FieldType::Code(_) => !has_names,
            FieldType::Records(_) | FieldType::List(_) | FieldType::Texts => false,
            _ => true,
        };
        for (place, field) in key.iter().filter(tells).enumerate() {
            insert.execute((&kind.name, place as i64, &field.name, field.record_kind().unwrap_or_default()))?;
        }
    }
    Ok(())
}
