//! The tables of a workspace. One table a kind holds imported rows, made from the model; the rest is fixed.
//!
//! Nothing here is ever updated but two marks: `snapshot.complete`, set once when an import has ended, and
//! `exception.until`, set when a later import ends an exception. Both hold derived facts about the past that stay.

use crate::StoreError;
use remit_model::{Field, FieldType, Kind, Model, is_identifier};
use rusqlite::Connection;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The format of the database that this program writes.
pub(crate) const FORMAT: i64 = 6;

const TABLES: &str = "
create table if not exists snapshot (
    id integer primary key, dataset text not null, title text, source text, url text, licence text, attribution text,
    published text, recorded_at text not null, hash text, marking integer not null, complete integer not null default 0,
    files integer, bytes integer, records integer, parts integer, problems integer, first_row integer, digest text, link text,
    renews integer
);
create index if not exists snapshot_dataset on snapshot (dataset);
-- Where the file or folder of a data set lies, as a hash: another one of the same name is another data set.
create table if not exists dataset_origin (dataset text primary key, origin text not null) without rowid;
create table if not exists snapshot_file (
    id integer primary key, snapshot integer not null, name text not null, hash text, bytes integer, version text,
    records integer
);
create index if not exists snapshot_file_snapshot on snapshot_file (snapshot);
create table if not exists problem (
    snapshot integer not null, file integer, line integer, element text, record text, value text, rule text not null,
    reason text not null
);
create index if not exists problem_snapshot on problem (snapshot);
-- Fields are a JSON object; withheld is one too, from field to the level of marking that its value has; so is what else
-- of the envelope the model names (more), from field to text.
create table if not exists statement (
    seq integer primary key, id text not null unique, entry text not null, act text not null, origin text,
    kind text not null, record text not null, supersedes text, withdrawn integer not null default 0,
    fields text not null, withheld text, valid_from text, valid_to text, first_cited text, last_cited text,
    source text, url text, locator text, quote text, reliability text, credibility text, marking integer not null,
    status text not null, author text not null, recorded_at text not null, verified_at text,
    prev_hash text not null, hash text not null, more text, said_entry text, said_at text, workspace text, taken_from text,
    settled_by text, salt text, salts text, sealed text, content text
);
create index if not exists statement_record on statement (kind, record);
create index if not exists statement_supersedes on statement (supersedes) where supersedes is not null;
create index if not exists statement_entry on statement (entry);
create index if not exists statement_origin on statement (origin) where origin is not null;
create index if not exists statement_marking on statement (marking) where marking > 0;
-- What was recorded at once, signed by the workspace that did it; entries of other workspaces (taken = 1) come with what is
-- taken over from them.
create table if not exists entry (
    id text primary key, act text not null, author text not null, said_at text not null, taken integer not null,
    statements integer not null, root text not null, seq integer not null, head text not null, workspace text not null,
    signature text not null
) without rowid;
-- The ends of both chains, signed; one row. With them the hashes of the tables beside the chains, as JSON by name.
create table if not exists head (
    id integer primary key, seq integer not null, hash text not null, snapshot integer not null, link text not null,
    moment text not null, workspace text not null, signature text not null, tables text
);
-- Who has looked at what is on file about people: see `looks`.
create table if not exists look (
    n integer primary key, moment text not null, who text not null, clearance integer not null, what text not null,
    salt text not null, content text not null, hash text not null
);
-- Which records a statement refers to.
create table if not exists statement_reference (
    target text not null, seq integer not null, field text not null, primary key (target, seq, field)
) without rowid;
-- The words of a statement, for search; rowid is seq. Values that are withheld are not in it. They are taken apart before they
-- come here, so that the same program always tells what must stand here.
create virtual table if not exists statement_text using fts5 (
    words, content = '', detail = none, tokenize = 'ascii', prefix = '3'
);

-- What the support pages sum: one row an activity of the security sector, split, country, class, function, modality.
create table if not exists support_fact (
    snapshot integer not null, country text not null, region text not null, actor_class text not null,
    security_function text not null, modality text not null, sign text not null, class_by text not null,
    supporter text not null, supporter_name text not null, starts text, ends text, status text, activity integer not null,
    split integer not null, share real not null, country_share real not null, sector_share real not null,
    committed_usd real, committed_eur real, disbursed_usd real, disbursed_eur real, unconverted integer not null
);
-- The same money by day, for answers as at a day in the past.
create table if not exists support_flow (
    date text not null, activity integer not null, split integer not null, n integer not null, snapshot integer not null,
    type text not null, usd real, eur real, primary key (date, activity, split, n)
) without rowid;
-- Who points at whom, for the rules against counting twice.
create table if not exists support_link (
    activity integer not null, snapshot integer not null, kind text not null, target text not null, usd real
);
create index if not exists support_link_activity on support_link (activity);
create index if not exists support_link_target on support_link (target);
-- What is not counted, or only in part, and since when and until when that was so.
create table if not exists exception (
    activity integer not null, reason text not null, committed real not null, disbursed real not null, other integer,
    doubtful integer not null, hidden integer not null, since text not null, until text
);
create index if not exists exception_activity on exception (activity);
";

/// What format 3 added to tables of format 2, in the order in which a new table has them.
pub(crate) const ADDED_TO_FORMAT_2: &[(&str, &[&str])] = &[
    (
        "statement",
        &["more", "said_entry", "said_at", "workspace", "taken_from", "settled_by", "salt", "salts", "sealed", "content"],
    ),
    ("snapshot", &["digest", "link"]),
];

/// How the index of words was made up to format 5, when SQLite took words apart. Whoever writes next makes it anew.
pub(crate) const WORDS_OF_FORMAT_5: &str = "create virtual table statement_text using fts5 (words, content = '', detail = none, \
     tokenize = 'unicode61 remove_diacritics 2', prefix = '3')";

/// What formats 4 and 5 added: table, column and its type.
const ADDED_TO_FORMAT_3: [(&str, &str, &str); 2] = [("head", "tables", "text"), ("snapshot", "renews", "integer")];

/// An index of all that the rules against counting twice ask of every activity, so that they need not walk through its texts.
const COUNTED: &str = "create index if not exists row_activity_counted on row_activity (snapshot, file, record, updated_at, \
                       last_updated, reporter, secondary_reporter, committed_usd, disbursed_usd, coded, read)";

/// The oldest format that can be read without being brought up to date.
pub(crate) const OLDEST_READ: i64 = 2;

/// The statement that makes a table or an index of ours; none where we make none of this name.
pub(crate) fn statement_of(kind: &str, name: &str) -> Option<&'static str> {
    // By what it makes and its name: asked for each table and index, each time that a workspace is opened.
    static STATEMENTS: LazyLock<HashMap<(String, String), String>> = LazyLock::new(|| {
        let lines = TABLES.lines().filter(|l| !l.trim_start().starts_with("--"));
        let statement = |sql: &str| {
            let words: Vec<&str> = sql.split_whitespace().collect();
            let kind = if words.get(1) == Some(&"virtual") { words.get(2) } else { words.get(1) };
            let name = words.iter().position(|w| *w == "exists").and_then(|at| words.get(at + 1));
            Some((((*kind?).to_owned(), (*name?).to_owned()), sql.trim().to_owned()))
        };
        lines.collect::<Vec<_>>().join("\n").split(';').filter_map(statement).collect()
    });
    match (kind, name) {
        ("index", "row_activity_counted") => Some(COUNTED),
        _ => STATEMENTS.get(&(kind.to_owned(), name.to_owned())).map(String::as_str),
    }
}

/// Whether a database is of a format in which what is recorded is signed.
pub(crate) fn has_signatures(db: &Connection) -> Result<bool, StoreError> {
    Ok(db.query_row("select exists (select 1 from sqlite_schema where type = 'table' and name = 'head')", [], |row| row.get(0))?)
}

/// True for a table that is there and has no row.
fn is_empty(db: &Connection, table: &str) -> Result<bool, StoreError> {
    let sql = "select exists (select 1 from sqlite_schema where type = 'table' and name = ?)";
    let is_there: bool = db.query_row(sql, [table], |row| row.get(0))?;
    Ok(is_there && db.query_row(&format!("select not exists (select 1 from {table})"), [], |row| row.get(0))?)
}

/// The tables of imported rows that there are, each with whether it holds parts of others.
pub(crate) fn row_tables(db: &Connection) -> Result<Vec<(String, bool)>, StoreError> {
    let sql = "select m.name, not exists (select 1 from pragma_table_info(m.name) where name = 'id') from sqlite_schema m \
               where m.type = 'table' and m.name like 'row\\_%' escape '\\' order by m.name";
    Ok(db.prepare(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
}

/// Name of the table that holds the imported rows of a kind.
pub(crate) fn row_table(kind: &Kind) -> String {
    format!("row_{}", kind.name)
}

/// The fields that have a column of their own: all but the one that is the record's identifier.
pub(crate) fn stored_fields(kind: &Kind) -> impl Iterator<Item = &remit_model::Field> {
    kind.fields.iter().filter(|f| kind.record.as_deref() != Some(f.name.as_str()))
}

/// Makes what is missing of the tables, for a new workspace or one whose model has grown.
pub(crate) fn create(db: &Connection, model: &Model) -> Result<(), StoreError> {
    // As one step: a disk is waited for once and not for every table, and who is interrupted finds it as it was.
    db.execute_batch("begin immediate")?;
    let made = make(db, model);
    end(db, made)
}

/// Ends a step that `begin immediate` began: what was wrong with it is told, and not that a disk that is full has ended it already.
pub(crate) fn end(db: &Connection, done: Result<(), StoreError>) -> Result<(), StoreError> {
    let ended = done.and_then(|()| Ok(db.execute_batch("commit")?));
    if ended.is_err() && !db.is_autocommit() {
        // Where even this fails, closing the connection does the same.
        let _ = db.execute_batch("rollback");
    }
    ended
}

fn make(db: &Connection, model: &Model) -> Result<(), StoreError> {
    let found: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found == 1 && is_empty(db, "statement")? {
        // Format 1 had a table of statements that nothing wrote to. One with statements in it is no such table, whatever its number
        // says.
        db.execute_batch("drop table statement")?;
    }
    if found == 2 {
        for (table, columns) in ADDED_TO_FORMAT_2 {
            for column in *columns {
                db.execute_batch(&format!("alter table {table} add column {column} text"))?;
            }
        }
    }
    db.execute_batch(TABLES)?;
    for (table, column, affinity) in ADDED_TO_FORMAT_3 {
        if !has_column(db, table, column)? {
            db.execute_batch(&format!("alter table {table} add column {column} {affinity}"))?;
        }
    }
    for kind in &model.kinds {
        rows_of(db, kind)?;
    }
    let asked = COUNTED.split_once(" (").map_or("", |(_, columns)| columns).trim_end_matches(')').split(", ");
    let columns = asked.map(|column| has_column(db, "row_activity", column));
    // A workspace whose own model lacks one of them imports no activities.
    if columns.collect::<Result<Vec<_>, _>>()?.into_iter().all(|is_there| is_there) {
        db.execute_batch(COUNTED)?;
    }
    if found != FORMAT {
        db.pragma_update(None, "user_version", FORMAT)?;
    }
    Ok(())
}

/// What every imported row of a record has first, whatever its kind.
const ROW_COLUMNS: [&str; 5] =
    ["id integer primary key", "snapshot integer not null", "record text not null", "file integer", "line integer"];

/// The fields of the envelope that it has after them, in the order in which they are written.
pub const ROW_ENVELOPE: [&str; 6] = ["valid_from", "valid_to", "source", "url", "locator", "quote"];

/// What every row of a part of a record has.
const PART_COLUMNS: [&str; 4] = ["parent integer not null", "n integer not null", "snapshot integer not null", "line integer"];

/// The columns that every imported row has, whatever its kind, as they are made.
fn fixed_columns(is_part: bool) -> Vec<String> {
    match is_part {
        true => PART_COLUMNS.map(str::to_owned).to_vec(),
        false => ROW_COLUMNS.map(str::to_owned).into_iter().chain(ROW_ENVELOPE.map(|name| format!("{name} text"))).collect(),
    }
}

/// What they are called.
pub(crate) fn fixed_names(is_part: bool) -> Vec<&'static str> {
    let first: &[&'static str] = if is_part { &PART_COLUMNS } else { &ROW_COLUMNS };
    let envelope: &[&'static str] = if is_part { &[] } else { &ROW_ENVELOPE };
    first.iter().filter_map(|column| column.split(' ').next()).chain(envelope.iter().copied()).collect()
}

/// The table of the imported rows of a kind, with the columns that its model asks for by now.
fn rows_of(db: &Connection, kind: &Kind) -> Result<(), StoreError> {
    let table = row_table(kind);
    let existing: HashSet<String> = db
        .prepare_cached("select name from pragma_table_info(?)")?
        .query_map([&table], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let column = |field: &Field| {
        let affinity = match field.kind {
            FieldType::Integer | FieldType::Boolean => "integer",
            FieldType::Number => "real",
            _ => "text",
        };
        format!("\"{}\" {affinity}", field.name)
    };
    if !existing.is_empty() {
        for field in stored_fields(kind).filter(|f| !existing.contains(&f.name)) {
            db.execute_batch(&format!("alter table \"{table}\" add column {}", column(field)))?;
        }
        return Ok(());
    }
    let own = fixed_names(kind.part_of.is_some());
    let is_own = |field: &Field| own.contains(&field.name.as_str());
    let mut columns = fixed_columns(kind.part_of.is_some());
    columns.extend(stored_fields(kind).filter(|f| !is_own(f)).map(column));
    let columns = columns.join(", ");
    Ok(db.execute_batch(&match kind.part_of {
        Some(_) => format!("create table \"{table}\" ({columns}, primary key (parent, n)) without rowid"),
        None => format!("create table \"{table}\" ({columns}); create index \"{table}_record\" on \"{table}\" (record)"),
    })?)
}

/// Whether a table has a column: workspaces of older formats lack some.
pub(crate) fn has_column(db: &Connection, table: &str, column: &str) -> Result<bool, StoreError> {
    let sql = "select exists (select 1 from pragma_table_info(?) where name = ?)";
    Ok(db.query_row(sql, [table, column], |row| row.get(0))?)
}

/// What of the tables that Remit makes is not as it makes them: the table, and what is wrong with it. Whoever writes next would put an empty
/// column beside one that is called otherwise now. Where the tables follow from a model that is not known here, its fields are not looked
/// for. Of an older format nothing is told: whoever writes next changes it.
pub(crate) fn altered(db: &Connection, model: Option<&Model>) -> Result<Vec<(String, String)>, StoreError> {
    let found: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found != FORMAT {
        return Ok(Vec::new());
    }
    let own = Connection::open_in_memory()?;
    own.execute_batch(TABLES)?;
    let sql = "select name from sqlite_schema where type = 'table' and sql not like 'create virtual%' \
               and name not like 'sqlite~_%' escape '~' and name not like 'statement~_text~_%' escape '~' order by name";
    let tables: Vec<String> = own.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut wrong = Vec::new();
    for table in tables {
        let (is, must) = (columns_of(db, &table)?, columns_of(&own, &table)?);
        let differs = is.iter().find(|column| !must.contains(column)).or(must.iter().find(|column| !is.contains(column)));
        // A table that is not there yet is made by whoever writes next.
        if let Some((column, _)) = differs.filter(|_| !is.is_empty()) {
            wrong.push((table, format!("its column `{column}` is not as Remit makes it")));
        }
    }
    for (table, is_part) in row_tables(db)? {
        let kind = model.and_then(|model| model.kind(table.strip_prefix("row_").unwrap_or_default()));
        let column = wrong_column(&columns_of(db, &table)?, is_part, kind);
        wrong.extend(column.map(|column| (table, format!("its column `{column}` is not as Remit makes it"))));
    }
    Ok(wrong)
}

/// A column of a table of imported rows that is none of ours, or is lacking. One that a model had once stays; where it differs in a single
/// sign from one of the model that is lacking, it was that one.
fn wrong_column(is: &[(String, String)], is_part: bool, kind: Option<&Kind>) -> Option<String> {
    let fixed = fixed_names(is_part);
    let has = |name: &str| is.iter().any(|(own, _)| own == name);
    if let Some(lacking) = fixed.iter().find(|name| !has(name)) {
        return Some((*lacking).to_owned());
    }
    let is_odd = |(name, form): &&(String, String)| !is_identifier(name) || !["text", "integer", "real"].contains(&form.as_str());
    if let Some((name, _)) = is.iter().find(is_odd) {
        return Some(name.clone());
    }
    let kind = kind?;
    let lacking: Vec<&str> = stored_fields(kind).map(|f| f.name.as_str()).filter(|name| !has(name)).collect();
    let is_almost = |name: &str| {
        let differing = |other: &&str| name.bytes().zip(other.bytes()).filter(|(a, b)| a != b).count();
        lacking.iter().any(|other| other.len() == name.len() && differing(other) == 1)
    };
    let mut others = is.iter().map(|(name, _)| name).filter(|name| !fixed.contains(&name.as_str()) && kind.field(name).is_none());
    others.find(|name| is_almost(name)).cloned()
}

/// The columns of a table, each with its type.
fn columns_of(db: &Connection, table: &str) -> Result<Vec<(String, String)>, StoreError> {
    let mut query = db.prepare("select name, lower(type) from pragma_table_info(?)")?;
    Ok(query.query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
}
