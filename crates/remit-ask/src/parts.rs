//! Queries that several questions read from, so that a rule is said once: each a file of `questions/parts`, `name as (select …)`;
//! a workspace's own file replaces the one of its name.

use crate::AskError;
use crate::files::{BuiltIn, Own};
use std::collections::BTreeMap;

/// The parts by name, each on one line.
#[derive(Debug, Default)]
pub(crate) struct Parts(BTreeMap<String, String>);

impl Parts {
    /// The parts of a workspace.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub(crate) fn load(own: &Own) -> Result<Parts, AskError> {
        let mut parts = Parts::default();
        for path in BuiltIn::iter() {
            if let (Some(file), Some(name)) = (path.strip_prefix("parts/"), BuiltIn::get(&path)) {
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
        self.0.insert(name.to_owned(), lines.collect::<Vec<_>>().join(" "));
    }

    /// The SQL of a question with the parts that it reads from before it, in its first line, so that its lines stay what they are.
    pub(crate) fn before(&self, sql: &str, names: &[String]) -> Result<String, String> {
        if names.is_empty() {
            return Ok(sql.to_owned());
        }
        let part =
            |name: &String| self.0.get(name).cloned().ok_or_else(|| format!("there is no part `{name}` in questions/parts"));
        let parts = names.iter().map(part).collect::<Result<Vec<_>, _>>()?.join(", ");
        let sql = sql.trim_start();
        let begins = ["with recursive ", "with "].into_iter().find_map(|word| Some((word, sql.strip_prefix(word)?)));
        Ok(match begins {
            Some((word, rest)) => format!("{word}{parts}, {rest}"),
            None => format!("with {parts} {sql}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Parts;

    #[test]
    fn a_part_stands_before_the_question_and_moves_no_line() {
        let mut parts = Parts::default();
        parts.add("given", "-- what is given\ngiven as (\n  select 1 as n\n)");
        let names = ["given".to_owned()];
        assert_eq!(parts.before("with a as (\nselect 2)\nselect * from a", &names).unwrap().lines().count(), 3);
        assert!(
            parts
                .before("with recursive a as (select 1) select * from a", &names)
                .unwrap()
                .starts_with("with recursive given as (")
        );
        assert_eq!(
            parts.before("select n\nfrom given", &names).unwrap(),
            "with given as (   select 1 as n ) select n\nfrom given"
        );
        assert!(parts.before("select 1", &["gone".to_owned()]).unwrap_err().contains("no part `gone`"));
    }
}
