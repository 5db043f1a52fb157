//! A question's SQL for another engine: with what was asked for in place of its parameters.

use remit_store::Cell;

/// Puts values where `:name` stands, leaves comments out, and does not tell of `materialized`, a hint for SQLite's planner that changes no
/// answer. What stands in quotes stays as it is.
pub(crate) fn with_values(sql: &str, values: &[(String, Cell)]) -> String {
    let mut out = String::with_capacity(sql.len() + 64);
    let mut rest = sql;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '\'' | '"' => quoted(rest, c),
            '-' if rest.starts_with("--") => {
                rest = rest.find('\n').map_or("", |at| &rest[at..]);
                continue;
            }
            ':' => match name(&rest[1..]) {
                "" => 1,
                name => {
                    let value = values.iter().find(|(n, _)| n == name).map_or(&Cell::Null, |(_, v)| v);
                    out.push_str(&literal(value));
                    rest = &rest[1 + name.len()..];
                    continue;
                }
            },
            _ if is_letter(c) => {
                let word = name(rest);
                if word.eq_ignore_ascii_case("materialized") && ends_with_as(&out) {
                    rest = rest[word.len()..].trim_start();
                    continue;
                }
                word.len().max(c.len_utf8())
            }
            _ => c.len_utf8(),
        };
        out.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    out
}

/// True where SQL names something as a word of its own.
pub(crate) fn names(sql: &str, wanted: &str) -> bool {
    let mut from = 0;
    while let Some(at) = sql[from..].find(wanted).map(|at| at + from) {
        let is_open = |c: Option<char>| c.is_none_or(|c| !is_letter(c) && !c.is_ascii_digit());
        if is_open(sql[..at].chars().next_back()) && is_open(sql[at + wanted.len()..].chars().next()) {
            return true;
        }
        from = at + wanted.len();
    }
    false
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

/// The name with which a text begins.
fn name(text: &str) -> &str {
    let end = text.find(|c: char| !is_letter(c) && !c.is_ascii_digit()).unwrap_or(text.len());
    if text.starts_with(is_letter) { &text[..end] } else { "" }
}

/// How far something goes that begins with a quotation mark; the mark twice is one that belongs to it.
fn quoted(text: &str, mark: char) -> usize {
    let mut at = 1;
    while let Some(end) = text[at..].find(mark) {
        at += end + 1;
        if !text[at..].starts_with(mark) {
            return at;
        }
        at += 1;
    }
    text.len()
}

fn ends_with_as(sql: &str) -> bool {
    let sql = sql.trim_end();
    sql.len() > 2 && sql[sql.len() - 2..].eq_ignore_ascii_case("as") && sql[..sql.len() - 2].ends_with(char::is_whitespace)
}

fn literal(value: &Cell) -> String {
    match value {
        Cell::Null => "null".into(),
        Cell::Integer(n) => n.to_string(),
        Cell::Real(n) => format!("{n:?}"),
        Cell::Text(text) => format!("'{}'", text.replace('\'', "''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_where_parameters_stood_and_nowhere_else() {
        let values = [("country".to_owned(), Cell::Text("Côte d'Ivoire".into())), ("day".to_owned(), Cell::Null)];
        assert_eq!(
            with_values("select ':country', a from b where c = :country", &values),
            "select ':country', a from b where c = 'Côte d''Ivoire'"
        );
        assert_eq!(with_values("a -- of :country\nand b = :day", &values), "a \nand b = null");
        assert_eq!(with_values("select 'it''s :day' as \"x:y\", é", &values), "select 'it''s :day' as \"x:y\", é");
    }

    #[test]
    fn the_hint_for_one_planner_is_not_told_to_another() {
        assert_eq!(with_values("with a as materialized (select 1)", &[]), "with a as (select 1)");
        assert_eq!(with_values("select materialized from a", &[]), "select materialized from a");
    }

    #[test]
    fn a_table_is_named_by_its_whole_name() {
        assert!(names("select * from support s", "support"));
        assert!(!names("select supporter from all_support", "support"));
    }
}
