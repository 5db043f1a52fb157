//! Queries that several questions read from, so that a rule is said once: each a file of `questions/parts`, `name as (select …)`;
//! a workspace's own file replaces the one of its name. One that every engine can read says so in its first line, `-- engine = "any"`.

use crate::files::{BuiltInQuestions, Own};
use crate::{AskError, Engine};
use std::collections::BTreeMap;

/// A part that a question reads from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QuestionPart {
    pub(crate) name: String,
    /// `name as (select …)`, on one line.
    pub(crate) sql: String,
    pub(crate) engine: Engine,
}

/// The parts by name.
#[derive(Debug, Default)]
pub(crate) struct QuestionParts(BTreeMap<String, QuestionPart>);

impl QuestionParts {
    /// The parts of a workspace.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub(crate) fn load(own: &Own) -> Result<QuestionParts, AskError> {
        let mut parts = QuestionParts::default();
        for path in BuiltInQuestions::iter() {
            if let (Some(file), Some(name)) = (path.strip_prefix("parts/"), BuiltInQuestions::get(&path)) {
                parts.add(file.trim_end_matches(".sql"), &String::from_utf8_lossy(&name.data));
            }
        }
        for (_, name, text) in own.files("parts", "sql")? {
            parts.add(&name, &text);
        }
        Ok(parts)
    }

    fn add(&mut self, name: &str, text: &str) {
        let lines = text.lines().filter(|l| !l.trim_start().starts_with("--"));
        let sql = lines.collect::<Vec<_>>().join(" ");
        let is_any = text.lines().next().is_some_and(|l| l.trim() == ANY);
        let engine = if is_any { Engine::Any } else { Engine::Register };
        self.0.insert(name.to_owned(), QuestionPart { name: name.to_owned(), sql, engine });
    }

    /// The parts that a question names, in its order.
    pub(crate) fn named(&self, names: &[String]) -> Result<Vec<QuestionPart>, String> {
        let part =
            |name: &String| self.0.get(name).cloned().ok_or_else(|| format!("there is no part `{name}` in questions/parts"));
        names.iter().map(part).collect()
    }
}

/// The first line of a part that every engine can read.
const ANY: &str = "-- engine = \"any\"";

/// The SQL of a question with parts that it reads from before it, in its first line, so that its lines stay what they are.
pub(crate) fn before<'p>(sql: &str, parts: impl Iterator<Item = &'p QuestionPart>) -> String {
    let parts: Vec<&str> = parts.map(|p| p.sql.as_str()).collect();
    if parts.is_empty() {
        return sql.to_owned();
    }
    let (parts, sql) = (parts.join(", "), sql.trim_start());
    let begins = ["with recursive ", "with "].into_iter().find_map(|word| Some((word, sql.strip_prefix(word)?)));
    match begins {
        Some((word, rest)) => format!("{word}{parts}, {rest}"),
        None => format!("with {parts} {sql}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{QuestionParts, before};
    use crate::Engine;

    fn parts() -> QuestionParts {
        let mut parts = QuestionParts::default();
        parts.add("given", "-- what is given\ngiven as (\n  select 1 as n\n)");
        parts.add("shared", "-- engine = \"any\"\n-- what all can read\nshared as (select 2 as n)");
        parts
    }

    #[test]
    fn a_part_stands_before_the_question_and_moves_no_line() {
        let given = parts().named(&["given".to_owned()]).unwrap();
        let with = |sql: &str| before(sql, given.iter());
        assert_eq!(with("with a as (\nselect 2)\nselect * from a").lines().count(), 3);
        assert!(with("with recursive a as (select 1) select * from a").starts_with("with recursive given as ("));
        assert_eq!(with("select n\nfrom given"), "with given as (   select 1 as n ) select n\nfrom given");
        assert!(parts().named(&["gone".to_owned()]).unwrap_err().contains("no part `gone`"));
    }

    #[test]
    fn a_part_says_whether_every_engine_can_read_it() {
        let engines: Vec<Engine> =
            parts().named(&["given".to_owned(), "shared".to_owned()]).unwrap().iter().map(|p| p.engine).collect();
        assert_eq!(engines, [Engine::Register, Engine::Any]);
    }
}
