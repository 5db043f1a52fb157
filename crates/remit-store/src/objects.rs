//! What may be in a workspace's database: the tables and indexes that Remit makes, and nothing that runs by itself. A database
//! comes from anywhere; a trigger, a view or a table of a telling name in it could change what is recorded or get behind the
//! views of a reader.

use crate::{StoreError, schema};
use remit_model::is_identifier;
use rusqlite::{Connection, Row};
use std::sync::Mutex;

/// Tables that SQLite makes for itself.
const OF_SQLITE: [&str; 4] = ["sqlite_stat1", "sqlite_stat4", "sqlite_sequence", "sqlite_schema"];

/// What was found to be our own last: a command opens the same database many times.
static OWN: Mutex<Vec<[String; 4]>> = Mutex::new(Vec::new());

/// Refuses a database with anything in it that Remit did not make.
pub(crate) fn check(db: &Connection) -> Result<(), StoreError> {
    let mut query = db.prepare("select type, name, tbl_name, coalesce(sql, '') from main.sqlite_schema")?;
    let read = |row: &Row<'_>| Ok([0, 1, 2, 3].map(|at| row.get::<_, String>(at).unwrap_or_default()));
    let all: Vec<[String; 4]> = query.query_map([], read)?.collect::<Result<_, _>>()?;
    if OWN.lock().is_ok_and(|own| *own == all) {
        return Ok(());
    }
    for [kind, name, table, sql] in &all {
        let own = match kind.as_str() {
            "table" => is_own_table(name, sql),
            "index" => is_own_index(name, table, sql),
            _ => false,
        };
        if !own {
            return Err(StoreError::Foreign { kind: kind.clone(), name: name.chars().take(80).collect() });
        }
    }
    if let Ok(mut own) = OWN.lock() {
        *own = all;
    }
    Ok(())
}

fn is_own_table(name: &str, sql: &str) -> bool {
    let folded = sql.to_ascii_lowercase();
    match schema::statement_of("table", name) {
        // A table that an older version made has got columns since; it was made with no condition and nothing computed.
        Some(own) if own.starts_with("create virtual") => same(sql, own) || same(sql, schema::WORDS_OF_FORMAT_5),
        Some(_) => is_plain(&folded),
        None => {
            OF_SQLITE.contains(&name)
                || name.strip_prefix("row_").is_some_and(is_identifier) && is_plain(&folded)
                || name
                    .strip_prefix("statement_text_")
                    .is_some_and(|part| matches!(part, "data" | "idx" | "docsize" | "config" | "content"))
        }
    }
}

/// True for a table of plain columns: nothing is worked out when a row is written, and no row that contradicts another takes its place.
fn is_plain(sql: &str) -> bool {
    let words = || sql.split(|c: char| !c.is_alphanumeric() && c != '_');
    sql.starts_with("create table ")
        && !words().any(|w| matches!(w, "as" | "check" | "generated" | "collate" | "references" | "conflict"))
        && has_plain_defaults(sql)
}

/// True where what stands in a column of which nothing is said is a number or a text.
fn has_plain_defaults(sql: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    sql.match_indices("default").all(|(at, word)| {
        let after = &sql[at + word.len()..];
        let is_of_a_name = sql[..at].ends_with(is_letter) || after.starts_with(is_letter);
        is_of_a_name || after.trim_start().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '\'' | '"'))
    })
}

fn is_own_index(name: &str, table: &str, sql: &str) -> bool {
    let automatic = sql.is_empty() && name.starts_with("sqlite_autoindex_");
    let of_rows = || {
        let own = format!("create index \"{table}_record\" on \"{table}\" (record)");
        table.starts_with("row_") && name == format!("{table}_record") && same(sql, &own)
    };
    automatic || schema::statement_of("index", name).is_some_and(|own| same(sql, own)) || of_rows()
}

/// True where two statements that make something are the same but for white space and `if not exists`.
pub(crate) fn same(a: &str, b: &str) -> bool {
    let plain = |sql: &str| {
        let sql = sql.to_ascii_lowercase().replace("if not exists", "");
        sql.split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "(").replace(" )", ")")
    };
    plain(a) == plain(b)
}
