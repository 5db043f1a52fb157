//! Whether the index of words has what the statements say, no more and no less. What it must have and what it has are added up entry
//! by entry, in whatever order each comes, under a key that is drawn for every comparison: nobody can alter an index so that its sum
//! stays. That takes a fraction of what making the index anew takes, and no memory.

use crate::StoreError;
use rusqlite::Connection;
use std::hash::{BuildHasher, RandomState};

/// Letters of the beginnings of words that the index has too: `prefix` in the statement that makes it.
const BEGINNING: usize = 3;

/// What is added up, so that a word is never taken for a beginning.
#[derive(Hash)]
enum TallyEntry<'a> {
    Word(&'a [u8], i64),
    Beginning(&'a [u8], i64),
    Length(&'a [u8], i64),
}

/// The sum over the entries of an index of words.
#[derive(Debug, Clone)]
pub(crate) struct Tally {
    key: RandomState,
    sum: u64,
    /// Statements, and words in all of them: what the order of what is found rests on.
    totals: Vec<u8>,
    statements: u64,
    words: u64,
}

impl PartialEq for Tally {
    fn eq(&self, other: &Tally) -> bool {
        (self.sum, &self.totals) == (other.sum, &other.totals)
    }
}

impl Tally {
    /// Of an index without anything in it.
    pub(crate) fn new() -> Tally {
        Tally { key: RandomState::new(), sum: 0, totals: Vec::new(), statements: 0, words: 0 }
    }

    fn add(&mut self, entry: &TallyEntry<'_>) {
        self.sum = self.sum.wrapping_add(self.key.hash_one(entry));
    }

    /// Adds what the index must have of a statement, by its words as they go into it.
    pub(crate) fn must_have(&mut self, seq: i64, words: &str) {
        let mut words: Vec<&str> = words.split(' ').filter(|w| !w.is_empty()).collect();
        self.statements += 1;
        self.words += words.len() as u64;
        let length = number(words.len() as u64);
        self.add(&TallyEntry::Length(&length, seq));
        // Those that begin alike stand beside each other.
        words.sort_unstable();
        words.dedup();
        let mut before = "";
        for word in words {
            self.add(&TallyEntry::Word(word.as_bytes(), seq));
            if let Some(beginning) = beginning(word).filter(|b| *b != before) {
                self.add(&TallyEntry::Beginning(beginning.as_bytes(), seq));
                before = beginning;
            }
        }
        self.totals = [number(self.statements), number(self.words)].concat();
    }

    /// What an index has, under the same key.
    pub(crate) fn kept(&self, db: &Connection) -> Result<Tally, StoreError> {
        let mut kept = Tally { key: self.key.clone(), ..Tally::new() };
        db.execute_batch("create virtual table if not exists temp.terms using fts5vocab('main', 'statement_text', 'instance')")?;
        let mut beginnings: Vec<String> = Vec::new();
        each(db, "select term, doc from temp.terms", &mut |term, seq| {
            kept.add(&TallyEntry::Word(term, seq));
            let beginning = std::str::from_utf8(term).ok().and_then(beginning);
            if let Some(beginning) = beginning.filter(|b| beginnings.last().is_none_or(|last| last != b)) {
                beginnings.push(beginning.to_owned());
            }
        })?;
        let mut begins = db.prepare("select rowid from statement_text where statement_text match ?")?;
        for beginning in &beginnings {
            for seq in begins.query_map([format!("\"{beginning}\"*")], |row| row.get(0))? {
                kept.add(&TallyEntry::Beginning(beginning.as_bytes(), seq?));
            }
        }
        each(db, "select sz, id from statement_text_docsize", &mut |length, seq| kept.add(&TallyEntry::Length(length, seq)))?;
        // SQLite keeps both numbers in the first row of what it makes of the index.
        kept.totals = db.query_row("select block from statement_text_data where id = 1", [], |row| row.get(0))?;
        Ok(kept)
    }
}

/// Each row of bytes and a number.
fn each(db: &Connection, sql: &str, row_by_row: &mut dyn FnMut(&[u8], i64)) -> Result<(), StoreError> {
    let mut query = db.prepare(sql)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let bytes = row.get_ref(0)?.as_bytes().map_err(rusqlite::Error::from)?;
        row_by_row(bytes, row.get(1)?);
    }
    Ok(())
}

/// The first letters of a word that has as many.
fn beginning(word: &str) -> Option<&str> {
    let (last, letter) = word.char_indices().nth(BEGINNING - 1)?;
    Some(&word[..last + letter.len_utf8()])
}

/// A number as SQLite writes it: seven bits a byte, those that count most first.
fn number(n: u64) -> Vec<u8> {
    let mut bytes = vec![(n & 0x7f) as u8];
    let mut rest = n >> 7;
    while rest > 0 {
        bytes.push((rest & 0x7f) as u8 | 0x80);
        rest >>= 7;
    }
    bytes.reverse();
    bytes
}
