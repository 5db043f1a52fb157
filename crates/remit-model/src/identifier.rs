//! Names that stand in SQL, addresses and names of files alike.

/// True for a name that may stand in SQL, in an address and in a file's name: a–z, 0–9 and _, and no digit first.
pub fn is_identifier(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        && name.bytes().next().is_some_and(|b| !b.is_ascii_digit())
}

/// The words of SQL by which no view can be asked for without quotation marks, as SQLite reads them.
#[rustfmt::skip]
const WORDS_OF_SQL: [&str; 63] = [
    "add", "all", "alter", "and", "as", "autoincrement", "between", "case", "cast", "check", "collate", "commit",
    "constraint", "create", "current_date", "current_time", "current_timestamp", "default", "deferrable", "delete",
    "distinct", "drop", "else", "escape", "except", "exists", "foreign", "from", "group", "having", "in", "index",
    "insert", "intersect", "into", "is", "isnull", "join", "limit", "not", "nothing", "notnull", "null", "on", "or",
    "order", "primary", "raise", "references", "returning", "select", "set", "table", "then", "to", "transaction",
    "union", "unique", "update", "using", "values", "when", "where",
];

/// True for a word of SQL: what is called so could not be asked for as the rest is, for `select * from select` means nothing.
pub(crate) fn is_word_of_sql(name: &str) -> bool {
    WORDS_OF_SQL.contains(&name)
}
