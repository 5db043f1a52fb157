//! What was asked of a reader, each with a digest of its answer: where all of it is answered the same later, what was made of the answers is
//! the same too, and need not be made again. Where nothing that a query reads has changed, it need not even be asked.

use crate::noted_query::{AskedWhat, NotedQuery, SharedQuery};
use crate::{Reader, StoreError, Workspace};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// What was asked while several things were made, each once.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Notebook {
    /// SQL, and names of what it reads.
    texts: Vec<String>,
    shared: Vec<SharedQuery>,
    lines: Vec<NotedLine>,
    /// A digest of the rows of all that is read.
    digests: BTreeMap<String, String>,
    #[serde(skip)]
    known_texts: HashMap<String, usize>,
    #[serde(skip)]
    known_lines: HashMap<NotedLine, usize>,
}

/// A query as it stands in the notebook: by the places of its texts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct NotedLine {
    asked: LineAsked,
    reads: Vec<usize>,
    digest: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
enum LineAsked {
    Query { sql: usize, short: usize, shared: Vec<usize>, parameters: Vec<(String, String)> },
    References(String),
    Else,
}

impl Notebook {
    /// Notes what was asked; returns its number.
    pub fn note(&mut self, query: &NotedQuery) -> usize {
        let asked = match &query.asked {
            AskedWhat::Query { sql, short, shared, parameters } => LineAsked::Query {
                sql: self.text(sql),
                short: self.text(short),
                shared: shared.iter().map(|s| self.share(s)).collect(),
                parameters: parameters.clone(),
            },
            AskedWhat::References(record) => LineAsked::References(record.clone()),
            AskedWhat::Else => LineAsked::Else,
        };
        let reads = query.reads.iter().map(|name| self.text(name)).collect();
        let line = NotedLine { asked, reads, digest: query.digest.clone() };
        if let Some(number) = self.known_lines.get(&line) {
            return *number;
        }
        self.lines.push(line.clone());
        self.known_lines.insert(line, self.lines.len() - 1);
        self.lines.len() - 1
    }

    fn text(&mut self, text: &str) -> usize {
        if let Some(place) = self.known_texts.get(text) {
            return *place;
        }
        self.texts.push(text.to_owned());
        self.known_texts.insert(text.to_owned(), self.texts.len() - 1);
        self.texts.len() - 1
    }

    fn share(&mut self, shared: &SharedQuery) -> usize {
        self.shared.iter().position(|s| s == shared).unwrap_or_else(|| {
            self.shared.push(shared.clone());
            self.shared.len() - 1
        })
    }

    /// What stands under a number; none where the notebook has no such line, or one that is not whole.
    fn query(&self, number: usize) -> Option<NotedQuery> {
        let line = self.lines.get(number)?;
        let text = |place: &usize| self.texts.get(*place).cloned();
        let asked = match &line.asked {
            LineAsked::Query { sql, short, shared, parameters } => AskedWhat::Query {
                sql: text(sql)?,
                short: text(short)?,
                shared: shared.iter().map(|place| self.shared.get(*place).cloned()).collect::<Option<_>>()?,
                parameters: parameters.clone(),
            },
            LineAsked::References(record) => AskedWhat::References(record.clone()),
            LineAsked::Else => AskedWhat::Else,
        };
        let reads = line.reads.iter().map(text).collect::<Option<_>>()?;
        Some(NotedQuery { asked, reads, digest: line.digest.clone() })
    }
}

/// Asks again what stands in a notebook, each thing once.
#[derive(Debug, Default)]
pub struct AskedAgain {
    before: Notebook,
    /// Numbers that were asked again, and whether their answer is the same.
    same: Mutex<HashMap<usize, bool>>,
    /// A digest of the rows of what is read, as it is now.
    now: Mutex<BTreeMap<String, String>>,
}

impl AskedAgain {
    /// Begins with what was noted before.
    pub fn of(before: Notebook) -> AskedAgain {
        AskedAgain { before, ..AskedAgain::default() }
    }

    /// Notes in another notebook what stands here under a number.
    pub fn hand_on(&self, number: usize, to: &mut Notebook) -> Option<usize> {
        self.before.query(number).map(|query| to.note(&query))
    }

    /// True where what stands under a number is answered as it was.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_the_same(&self, reader: &Reader, number: usize) -> Result<bool, StoreError> {
        if let Some(same) = self.same.lock().unwrap_or_else(PoisonError::into_inner).get(&number) {
            return Ok(*same);
        }
        let Some(query) = self.before.query(number) else { return Ok(false) };
        let same = match &query.asked {
            AskedWhat::Else => false,
            AskedWhat::References(_) => reader.digest_again(&query.asked)? == query.digest,
            AskedWhat::Query { shared, .. } => {
                self.reads_the_same(reader, &query.reads, shared)? || reader.digest_again(&query.asked)? == query.digest
            }
        };
        self.same.lock().unwrap_or_else(PoisonError::into_inner).insert(number, same);
        Ok(same)
    }

    /// True where nothing that a query reads has changed.
    fn reads_the_same(&self, reader: &Reader, reads: &[String], shared: &[SharedQuery]) -> Result<bool, StoreError> {
        for name in reads {
            if self.before.digests.get(name) != Some(&self.digest_now(reader, name, shared)?) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn digest_now(&self, reader: &Reader, name: &str, shared: &[SharedQuery]) -> Result<String, StoreError> {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(digest) = now.get(name) {
            return Ok(digest.clone());
        }
        let shared = shared.iter().find(|s| SharedQuery::table(&s.name) == name);
        let all = shared.map_or_else(|| format!("select * from \"{name}\""), |shared| shared.whole.clone());
        let digest = reader.digest_of(&all)?;
        now.insert(name.to_owned(), digest.clone());
        Ok(digest)
    }

    /// Ends a notebook: with a digest of all that its queries read. To be asked of a workspace that has not changed since the first of them
    /// was noted.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn end(&self, reader: &Reader, notebook: &mut Notebook) -> Result<(), StoreError> {
        for line in &notebook.lines {
            let LineAsked::Query { shared, .. } = &line.asked else { continue };
            let shared: Vec<SharedQuery> = shared.iter().filter_map(|place| notebook.shared.get(*place).cloned()).collect();
            for name in line.reads.iter().filter_map(|place| notebook.texts.get(*place)) {
                if !notebook.digests.contains_key(name) {
                    notebook.digests.insert(name.clone(), self.digest_now(reader, name, &shared)?);
                }
            }
        }
        Ok(())
    }
}

/// How files of a workspace begin and end in which it is noted what a site was made of.
const NOTES: (&str, &str) = ("site-", ".notes");

impl Workspace {
    /// Where it is noted what a site was made of, by a name of the site.
    pub fn notes_of_site(&self, name: &str) -> PathBuf {
        self.folder().join(format!("{}{name}{}", NOTES.0, NOTES.1))
    }
}

/// Forgets what the sites of a workspace were made of: what is taken away for good stands nowhere any more, and all pages are made again.
pub(crate) fn forget_sites(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        if name.to_str().is_some_and(|name| name.starts_with(NOTES.0) && name.ends_with(NOTES.1)) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AskedWhat, Notebook, NotedQuery};
    use crate::noted_query::{digest_of_table, read, written};
    use crate::{Cell, Table};

    #[test]
    fn a_value_is_read_as_it_was_written() {
        for cell in [Cell::Null, Cell::Integer(-7), Cell::Real(0.1 + 0.2), Cell::Text(String::new()), Cell::Text("i7 é".into())]
        {
            assert_eq!(read(&written(&cell)), cell);
        }
    }

    #[test]
    fn no_two_answers_have_the_same_digest() {
        let table = |rows: &[&[Cell]]| Table { columns: vec!["a".into()], rows: rows.iter().map(|r| r.to_vec()).collect() };
        let text = |text: &str| Cell::Text(text.to_owned());
        let all = [
            table(&[]),
            table(&[&[]]),
            table(&[&[Cell::Null]]),
            table(&[&[Cell::Integer(0)]]),
            table(&[&[Cell::Real(0.0)]]),
            table(&[&[text("")]]),
            table(&[&[text("ab"), text("")]]),
            table(&[&[text("a"), text("b")]]),
            table(&[&[text("a")], &[text("b")]]),
        ];
        let digests: std::collections::BTreeSet<String> = all.iter().map(digest_of_table).collect();
        assert_eq!(digests.len(), all.len());
    }

    #[test]
    fn a_notebook_has_each_thing_once_and_is_read_as_it_was_written() {
        let query = |digest: &str| NotedQuery {
            asked: AskedWhat::Query {
                sql: "select 1".into(),
                short: "select 1".into(),
                shared: Vec::new(),
                parameters: vec![("actor".into(), "tso/police".into())],
            },
            reads: vec!["actor".into()],
            digest: digest.into(),
        };
        let mut notebook = Notebook::default();
        assert_eq!([notebook.note(&query("a")), notebook.note(&query("b")), notebook.note(&query("a"))], [0, 1, 0]);
        let kept: Notebook = serde_json::from_str(&serde_json::to_string(&notebook).unwrap()).unwrap();
        assert_eq!((kept.query(1), kept.query(2)), (Some(query("b")), None));
    }
}
