//! Which engines can answer a question: the register alone, or any that reads the views from files too.
//!
//! What is for any engine is written in the SQL that SQLite and Apache DataFusion share. What only SQLite has is told here, with
//! what to write in its place, before anybody asks: elsewhere it would be an error, or, worse, another answer.

use serde::Deserialize;

/// Who can answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// The register: SQLite, with all that it has.
    #[default]
    Register,
    /// Also an engine that reads what `remit export --parquet` has written.
    Any,
}

/// What only SQLite has, and what to write in its place.
const OF_SQLITE: [(&str, &str); 16] = [
    ("json_", "a view with one row an item, or a part that the register works out"),
    ("group_concat(", "a row each"),
    ("instr(", "`strpos` in a part of its own, or `like` with `lower`"),
    (" like ", "`lower(a) like lower(b)`: only SQLite takes no account of capitals"),
    (" glob ", "`lower(a) like lower(b)`"),
    ("date(", "`:in_six_months`, or a comparison of texts"),
    ("plus_months(", "`:in_six_months`, or a comparison of texts"),
    ("julianday(", "a comparison of texts"),
    ("strftime(", "`substr`"),
    ("iif(", "`case when … then … else … end`"),
    ("ifnull(", "`coalesce`"),
    ("total(", "`sum`"),
    ("best(", "a view of records, which has the best value already"),
    ("gathered(", "a view with one row an item"),
    ("url_of(", "a part that the register works out"),
    ("is not '", "`is distinct from`, in brackets"),
];

/// The first thing in a question for any engine that only SQLite has: where it stands, what it is, what to write.
pub(crate) fn of_sqlite_only(sql: &str) -> Option<(usize, &'static str, &'static str)> {
    let plain = without_words(sql);
    let found = |(text, instead): &(&'static str, &'static str)| {
        let at = plain
            .match_indices(text)
            .map(|(at, _)| at)
            .find(|at| begins_word(&plain, *at, text) && !is_shared(&plain, *at, text));
        at.map(|at| (at, *text, *instead))
    };
    OF_SQLITE.iter().filter_map(found).min_by_key(|(at, ..)| *at)
}

fn begins_word(sql: &str, at: usize, text: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    !text.starts_with(is_letter) || !sql[..at].ends_with(is_letter)
}

/// True of a `like` that compares small letters on both sides.
fn is_shared(sql: &str, at: usize, text: &str) -> bool {
    text == " like " && sql[..at].ends_with(')') && sql[at + text.len()..].trim_start().starts_with("lower(")
}

/// The SQL in small letters with blanks in place of comments and of what stands in quotes but for these; all places stay what they are.
fn without_words(sql: &str) -> String {
    let mut plain = String::with_capacity(sql.len());
    let (mut quoted, mut comment, mut before) = (false, false, ' ');
    for c in sql.chars() {
        match c {
            '\n' => comment = false,
            '-' if before == '-' && !quoted => comment = true,
            '\'' if !comment => quoted = !quoted,
            _ => {}
        }
        let is_hidden = comment || quoted && c != '\'';
        match is_hidden && c != '\n' {
            true => plain.extend(std::iter::repeat_n(' ', c.len_utf8())),
            false => plain.push(c.to_ascii_lowercase()),
        }
        before = c;
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::of_sqlite_only;

    #[test]
    fn what_only_sqlite_has_is_found_where_it_stands() {
        let at = |sql: &str| of_sqlite_only(sql).map(|(at, text, _)| (at, text));
        assert_eq!(at("select group_concat(name) from support"), Some((7, "group_concat(")));
        assert_eq!(at("select 1\nwhere a like 'b%'"), Some((16, " like ")));
        assert_eq!(at("where a is not 'x'"), Some((8, "is not '")));
        assert_eq!(at("where lower(a) like lower('B%')"), None);
        assert_eq!(at("-- json_each is not for here\nselect 'instr(' as a"), None);
        assert_eq!(at("select subtotal(a), max(date), is_best from a where a is not null"), None);
    }
}
