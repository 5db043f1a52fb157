//! The tables of a workspace. One table a kind holds imported rows, made from the model; the rest is fixed.
//!
//! Nothing here is ever updated but two marks: `snapshot.complete`, set once when an import has ended, and
//! `exception.until`, set when a later import ends an exception. Both hold derived facts about the past that stay.

use crate::StoreError;
use remit_model::{FieldType, Kind, Model};
use rusqlite::Connection;
use std::collections::HashSet;

/// The format of the database that this program writes.
pub(crate) const FORMAT: i64 = 3;

const TABLES: &str = "
create table if not exists snapshot (
    id integer primary key, dataset text not null, title text, source text, url text, licence text, attribution text,
    published text, recorded_at text not null, hash text, marking integer not null, complete integer not null default 0,
    files integer, bytes integer, records integer, parts integer, problems integer, first_row integer
);
create index if not exists snapshot_dataset on snapshot (dataset);
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
    prev_hash text not null, hash text not null, more text
);
create index if not exists statement_record on statement (kind, record);
create index if not exists statement_supersedes on statement (supersedes) where supersedes is not null;
create index if not exists statement_entry on statement (entry);
create index if not exists statement_origin on statement (origin) where origin is not null;
-- Which records a statement refers to.
create table if not exists statement_reference (
    target text not null, seq integer not null, field text not null, primary key (target, seq, field)
) without rowid;
-- The words of a statement, for search; rowid is seq. Values that are withheld are not in it.
create virtual table if not exists statement_text using fts5 (
    words, content = '', detail = none, tokenize = 'unicode61 remove_diacritics 2', prefix = '3'
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

/// The oldest format that can be read without being brought up to date.
pub(crate) const OLDEST_READ: i64 = 2;

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
    let found: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found == 1 {
        // Format 1 had a table of statements that nothing wrote to.
        db.execute_batch("drop table if exists statement")?;
    }
    if found == 2 {
        db.execute_batch("alter table statement add column more text")?;
    }
    db.execute_batch(TABLES)?;
    for kind in &model.kinds {
        let table = row_table(kind);
        db.execute_batch(&match kind.part_of {
            Some(_) => format!(
                "create table if not exists \"{table}\" (parent integer not null, n integer not null,
                 snapshot integer not null, line integer, primary key (parent, n)) without rowid"
            ),
            None => format!(
                "create table if not exists \"{table}\" (id integer primary key, snapshot integer not null,
                 record text not null, file integer, line integer, valid_from text, valid_to text, source text,
                 url text, locator text, quote text);
                 create index if not exists \"{table}_record\" on \"{table}\" (record)"
            ),
        })?;
        let existing: HashSet<String> = db
            .prepare(&format!("select name from pragma_table_info('{table}')"))?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for field in stored_fields(kind).filter(|f| !existing.contains(&f.name)) {
            let affinity = match field.kind {
                FieldType::Integer | FieldType::Boolean => "integer",
                FieldType::Number => "real",
                _ => "text",
            };
            db.execute_batch(&format!("alter table \"{table}\" add column \"{}\" {affinity}", field.name))?;
        }
    }
    db.pragma_update(None, "user_version", FORMAT)?;
    Ok(())
}
