//! Queries that several questions read from, so that a rule is said once: each a file of `questions/parts`, `name as (select …)`;
//! a workspace's own file replaces the one of its name. One that every engine can read says so in its first line, `-- engine = "any"`.

use crate::files::{BuiltInQuestions, Own};
use crate::{AskError, Engine};
use remit_store::{OF_THE_AS_OF, SharedQuery};
use std::collections::BTreeMap;

/// A part that a question reads from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QuestionPart {
    pub(crate) name: String,
    /// `name as (select …)`, on one line; perhaps after others that it is made of.
    pub(crate) sql: String,
    pub(crate) engine: Engine,
    /// True where a workspace says it itself.
    own: bool,
}

impl QuestionPart {
    /// True where it is Remit's own and asks for nothing but what its reader is of, as the day: its rows are the same then whoever asks.
    fn is_the_same_for_all(&self) -> bool {
        let is_kept = self.sql.contains(&format!("{} as materialized (", self.name));
        let ends_with_it = self.queries().last().is_some_and(|last| *last == self.name);
        let is_of_the_reader = |rest: &str| words(rest).next().is_some_and(|parameter| OF_THE_AS_OF.contains(&parameter));
        is_kept && ends_with_it && !self.own && self.sql.split(':').skip(1).all(is_of_the_reader)
    }

    /// The names of the queries of which it is made, in their order.
    fn queries(&self) -> Vec<&str> {
        let (mut depth, mut is_text, mut begins, mut all) = (0_usize, false, 0, Vec::new());
        let mut named = |from: usize| all.extend(words(self.sql[from..].trim_start()).next());
        for (at, sign) in self.sql.char_indices() {
            match sign {
                '\'' => is_text = !is_text,
                _ if is_text => {}
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                ',' if depth == 0 => {
                    named(begins);
                    begins = at + 1;
                }
                _ => {}
            }
        }
        named(begins);
        all
    }

    /// The queries that only itself may name where its rows are kept.
    fn inner(&self) -> Vec<&str> {
        self.queries().into_iter().filter(|query| *query != self.name).collect()
    }

    fn names(&self, other: &QuestionPart) -> bool {
        names_any(&self.sql, &other.queries())
    }

    /// The same as it is read where its rows are kept in a table.
    fn kept(&self) -> QuestionPart {
        let sql = format!("{} as materialized (select * from {})", self.name, SharedQuery::table(&self.name));
        QuestionPart { sql, ..self.clone() }
    }
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
                parts.add(file.trim_end_matches(".sql"), &String::from_utf8_lossy(&name.data), false);
            }
        }
        for (_, name, text) in own.files("parts", "sql")? {
            parts.add(&name, &text, true);
        }
        Ok(parts)
    }

    fn add(&mut self, name: &str, text: &str, own: bool) {
        let lines = text.lines().filter(|l| !l.trim_start().starts_with("--"));
        let sql = lines.collect::<Vec<_>>().join(" ");
        let is_any = text.lines().next().is_some_and(|l| l.trim() == ANY);
        let engine = if is_any { Engine::Any } else { Engine::Register };
        self.0.insert(name.to_owned(), QuestionPart { name: name.to_owned(), sql, engine, own });
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

/// The words of SQL.
fn words(sql: &str) -> impl Iterator<Item = &str> {
    sql.split(|c: char| !c.is_alphanumeric() && c != '_')
}

/// True where SQL has one of these words.
fn names_any(sql: &str, names: &[&str]) -> bool {
    words(sql).any(|word| names.contains(&word))
}

/// The parts of a question that are the same whatever is asked, which a reader works out once for all questions; and all its parts as they
/// are read then. What reads from another part is shared where that one is; what is made of several queries, where nobody else names
/// those before the last.
pub(crate) fn shared(parts: &[QuestionPart], question: &str) -> (Vec<SharedQuery>, Vec<QuestionPart>) {
    let (mut shared, mut as_read): (Vec<SharedQuery>, Vec<QuestionPart>) = (Vec::new(), Vec::new());
    for (n, part) in parts.iter().enumerate() {
        let is_kept = |other: &QuestionPart| shared.iter().any(|s| s.name == other.name);
        let others = || parts.iter().filter(move |other| other.name != part.name);
        let stands_alone = others().filter(|other| part.names(other)).all(is_kept);
        let inner = part.inner();
        let is_named_whole = !names_any(question, &inner) && !others().any(|other| names_any(&other.sql, &inner));
        if !part.is_the_same_for_all() || !stands_alone || !is_named_whole {
            as_read.push(part.clone());
            continue;
        }
        let all = format!("select * from {}", part.name);
        let kept: Vec<QuestionPart> = parts[..n].iter().filter(|other| is_kept(other)).map(QuestionPart::kept).collect();
        let whole = before(&all, parts[..n].iter().filter(|other| is_kept(other)).chain([part]));
        let short = before(&all, kept.iter().chain([part]));
        shared.push(SharedQuery { name: part.name.clone(), whole, short });
        as_read.push(part.kept());
    }
    (shared, as_read)
}

#[cfg(test)]
mod tests {
    use super::{QuestionParts, before, shared};
    use crate::Engine;

    fn parts() -> QuestionParts {
        let mut parts = QuestionParts::default();
        parts.add("given", "-- what is given\ngiven as (\n  select 1 as n\n)", false);
        parts.add("shared", "-- engine = \"any\"\n-- what all can read\nshared as (select 2 as n)", false);
        parts
    }

    #[test]
    fn what_asks_for_nothing_is_worked_out_once_and_what_is_read_from_it_too() {
        let mut parts = QuestionParts::default();
        parts.add("called", "called as materialized (select name from actor)", false);
        parts.add("asked", "asked as materialized (select name from called where name = :actor)", false);
        parts.add("longest", "longest as materialized (select max(name) as name from called)", false);
        parts.add("of_asked", "of_asked as materialized (select name from asked)", false);
        parts.add("own", "own as materialized (select 1 as n)", true);
        parts.add("two", "one as materialized (select 1 as n), two as materialized (select n from one)", false);
        parts.add("day", "told(a, b) as (values ('(', ',')), day as materialized (select :valid_on as n from told)", false);
        let named = |names: &[&str]| parts.named(&names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>()).unwrap();
        let all_parts = named(&["called", "asked", "longest", "of_asked", "own", "two", "day"]);
        let names = |question: &str| shared(&all_parts, question).0.into_iter().map(|s| s.name).collect::<Vec<_>>();
        let (all, as_read) = shared(&all_parts, "select n from two");
        assert_eq!(names("select n from two"), ["called", "longest", "two", "day"]);
        // Who names what stands within one, needs all of it.
        assert_eq!(names("select n from one"), ["called", "longest", "day"]);
        assert_eq!(names("select a from told join two"), ["called", "longest", "two"]);
        assert_eq!(all[0].short, "with called as materialized (select name from actor) select * from called");
        assert!(all[1].whole.starts_with("with called as materialized (select name from actor), longest as"), "{}", all[1].whole);
        assert!(all[1].short.starts_with("with called as materialized (select * from \"as_of_shared_called\"), longest as"));
        assert_eq!(as_read.len(), 7);
        assert_eq!(as_read[5].sql, "two as materialized (select * from \"as_of_shared_two\")");
        assert!(as_read[0].sql.contains("as_of_shared_called") && as_read[1].sql.contains(":actor"));
        // A part that a workspace says in its own words is not taken for Remit's, nor what reads from it.
        let mut own = parts;
        own.add("called", "called as materialized (select 'Made-up' as name)", true);
        let names = ["called".to_owned(), "longest".to_owned()];
        assert!(shared(&own.named(&names).unwrap(), "select name from longest").0.is_empty());
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
