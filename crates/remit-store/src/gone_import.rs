//! Imports of which nothing is left but their place in the chain: how they are told.

use crate::StoreError;
use crate::statement::{REDACTION, Statement};
use rusqlite::Connection;
use std::collections::HashSet;

/// What stands before the link of an import of which nothing is left, in the place of the name of its data set.
const ERASED: &str = "erased:";

/// Digits of a link.
const LINK: usize = 64;

/// What an import is called of which nothing is left.
pub(crate) fn name_of(link: &str) -> String {
    format!("{ERASED}{link}")
}

/// True for the name of an import of which nothing is left.
pub(crate) fn is_erased(dataset: &str) -> bool {
    dataset.strip_prefix(ERASED).is_some_and(|link| link.len() == LINK)
}

/// The SQL condition by which something of an import is left; `dataset` is the column with its name.
pub(crate) fn is_left(dataset: &str) -> String {
    format!("not ({dataset} glob '{ERASED}*' and length({dataset}) = {})", ERASED.len() + LINK)
}

/// The imports whose going was ordered here, by what is left of their names. What was ordered elsewhere is about others.
pub(crate) fn ordered(db: &Connection) -> Result<HashSet<String>, StoreError> {
    let sql = format!(
        "select record from statement where kind = '{REDACTION}' and coalesce(taken_from, '') = '' and not ({})",
        is_left("record")
    );
    Ok(db.prepare(&sql)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The hash over what was known of an import of which nothing is left; none of any other.
pub(crate) fn kept_about(db: &Connection, import: i64) -> Result<Option<String>, StoreError> {
    let sql = "select dataset, coalesce(digest, '') from snapshot where id = ?";
    let (dataset, about): (String, String) = db.query_row(sql, [import], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(is_erased(&dataset).then_some(about))
}

/// True where nothing is known of an import but its place in the chain.
pub(crate) fn is_bare(db: &Connection, import: i64) -> Result<bool, StoreError> {
    let sql = "select coalesce(title, source, url, licence, attribution, published, hash, files, bytes, records, parts, problems) \
               is null from snapshot where id = ?";
    Ok(db.query_row(sql, [import], |row| row.get(0))?)
}

/// True for a statement that orders an import to go. It goes wherever statements go: a copy that has the import may get them from somebody who never had it.
pub(crate) fn orders_import(s: &Statement) -> bool {
    s.draft.kind == REDACTION && is_erased(&s.draft.record)
}
