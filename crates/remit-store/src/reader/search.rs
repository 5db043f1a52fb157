//! Records by words, by how they sound, by what refers to them, and by their names.

use super::Reader;
use crate::noted_query::{AskedWhat, RowDigest};
use crate::{Cell, StoreError, Table, index, views};
use remit_model::{Wanted, folded, is_article, letters_apart, sounds, word_likeness};
use rusqlite::Connection;
use std::collections::HashMap;

/// Letters of a search that are looked for.
const SEARCHED: usize = 200;

/// From which likeness on a word may be the one that was meant, and how many are named.
const ALIKE: f64 = 0.55;
const MOST_ALIKE: usize = 3;
/// How alike two words are that only sound the same, as “Kassem” and “Qasem”.
const AS_HEARD: f64 = 0.6;
/// Words in other letters that a word is looked for by.
const MOST_SOUNDING: usize = 40;

/// References of one record that are followed.
const MOST_REFERENCES: usize = 5_000;

/// Statements that a search looks at, the newest of those that say what something is called, and the newest of all others: more than
/// anybody reads, few enough to be quick.
const MOST_HITS: usize = 400;

/// Statements with the words among which these are looked for.
const MOST_LOOKED: usize = 20_000;

impl Reader {
    /// Records of which some statement that stands has all of these words, or words that begin so: kind, record, title
    /// and the number of such statements. Names are found in Latin letters whatever their script, and by acronym.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn search(&self, text: &str) -> Result<Table, StoreError> {
        let text: String = text.chars().take(SEARCHED).collect();
        let words: Vec<String> = Wanted::new(&text).words().iter().map(|word| spelled(word)).collect();
        self.having(&words)
    }

    /// The same, and records that have the words in other letters, as they sound: “wizarat” finds “وزارة”, and “поліція” “policija”.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn search_in_any_letters(&self, text: &str) -> Result<Table, StoreError> {
        let text: String = text.chars().take(SEARCHED).collect();
        let typed = Wanted::new(&text);
        // An article is no word where others are; Arabic writes it together with its word.
        let is_word = |word: &&String| !is_article(word) || typed.words().len() == 1;
        let (mut words, mut telling, mut has_others) = (Vec::new(), Vec::new(), false);
        for word in typed.words().iter().filter(is_word) {
            let others = self.words_that_sound_as(word)?;
            has_others |= !others.is_empty();
            let others = others.into_iter().chain(self.other_spellings(word)).map(|other| format!("\"{other}\""));
            let any = format!("({})", std::iter::once(spelled(word)).chain(others).collect::<Vec<_>>().join(" OR "));
            telling.extend((!sounds(word).is_empty()).then(|| any.clone()));
            words.push(any);
        }
        let found = self.having(&words)?;
        // What is too short to sound like anything keeps nothing from being found by the other words.
        let is_open = found.rows.is_empty() && has_others && !telling.is_empty() && telling.len() < words.len();
        if is_open { self.having(&telling) } else { Ok(found) }
    }

    /// The other ways in which people write a small word of names: “ibn” is “bin” too.
    fn other_spellings(&self, word: &str) -> Vec<String> {
        let languages = self.workspace.model().languages.written();
        let ways = |all: &Vec<String>| all.iter().map(|way| folded(way)).collect::<Vec<String>>();
        let same = languages.iter().flat_map(|l| &l.spellings).map(ways).filter(|ways| ways.iter().any(|way| way == word));
        same.flatten().filter(|way| way != word && way.chars().all(char::is_alphanumeric)).collect()
    }

    /// Words of the register in other letters that sound as this one, as far as the reader may see them.
    fn words_that_sound_as(&self, word: &str) -> Result<Vec<String>, StoreError> {
        let own = sounds(word);
        if own.is_empty() {
            return Ok(Vec::new());
        }
        // What has a letter that is not Latin stands behind what begins with one.
        let sql = match word.is_ascii() {
            true => "select term from temp.word where term >= char(128)",
            false => "select term from temp.word where term < char(128)",
        };
        let mut query = self.vocabulary()?.prepare_cached(sql)?;
        let terms = query.query_map([], |row| row.get::<_, String>(0))?;
        let mut all = Vec::new();
        for term in terms {
            let term = term?;
            if sounds(&term).iter().any(|sound| own.contains(sound)) && self.is_seen(&term)? {
                all.push(term);
            }
            if all.len() == MOST_SOUNDING {
                break;
            }
        }
        Ok(all)
    }

    /// The finder, with the words of the register as a table.
    fn vocabulary(&self) -> Result<&Connection, StoreError> {
        let (finder, _) = self.finder()?;
        finder.execute_batch("create virtual table if not exists temp.word using fts5vocab (main, statement_text, row)")?;
        Ok(finder)
    }

    /// Records of which some statement that stands has all of these words, each as the index of words is asked for it.
    fn having(&self, words: &[String]) -> Result<Table, StoreError> {
        self.note(AskedWhat::Else, Vec::new(), String::new);
        // What has several names is what people look for by one: it is not lost among the many reports that have the word too.
        let named = self.workspace.model().kinds.iter().filter(|k| k.names.len() > 1).map(|k| format!("'{}'", k.name));
        let named = named.collect::<Vec<_>>().join(",");
        let (finder, seen) = self.finder()?;
        // The newest first: in a rank by words, what is hidden would count too.
        let sql = |is: &str| {
            format!(
                "select t.id from (select rowid as seq from statement_text where statement_text match ? order by rowid desc limit {MOST_LOOKED}) w \
                 join statement t on t.seq = w.seq where t.kind {is} ({named}) and {seen} and {} order by w.seq desc limit {MOST_HITS}",
                views::stands("t", &self.as_of),
            )
        };
        // Nothing has no words at all.
        let mut hits: Vec<String> = Vec::new();
        for is in ["in", "not in"].into_iter().filter(|_| !words.is_empty()) {
            let mut query = finder.prepare_cached(&sql(is))?;
            hits.extend(query.query_map([words.join(" AND ")], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?);
        }
        let hits: Vec<String> = hits.iter().map(|id| format!("'{}'", id.replace('\'', "''"))).collect();
        self.query(
            &format!(
                "select kind, record, title, count(*) as hits from statement where statement in ({}) and current = 1 \
                 group by kind, record order by hits desc, title",
                hits.join(",")
            ),
            &[],
        )
    }

    /// Words of the register that are written nearly as this one, or sound so in the same letters, the most alike first: what somebody
    /// may have meant. Only such as the reader may see are named.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn words_like(&self, word: &str) -> Result<Vec<String>, StoreError> {
        self.note(AskedWhat::Else, Vec::new(), String::new);
        let length = word.chars().count() as i64;
        let own = if is_acronym(word) { Vec::new() } else { sounds(word) };
        let is_heard = |term: &str| {
            let is_same_letters = word.is_ascii() == term.is_ascii();
            is_same_letters && !is_acronym(term) && sounds(term).iter().any(|sound| own.contains(sound))
        };
        let sql = "select term from temp.word where length(term) between ? and ?";
        let mut query = self.vocabulary()?.prepare_cached(sql)?;
        // Arabic leaves vowels out: what is meant may be twice as long in Latin letters.
        let terms = query.query_map([length / 2, length * 2 + 1], |row| row.get::<_, String>(0))?;
        let mut alike: Vec<(f64, usize, String)> = Vec::new();
        for term in terms {
            let term = term?;
            let mut close = word_likeness(word, &term);
            if close < AS_HEARD && !own.is_empty() && is_heard(&term) {
                close = AS_HEARD;
            }
            if close > ALIKE && term.len() > 2 {
                alike.push((close, letters_apart(word, &term), term));
            }
        }
        // Of those that are as like by their sound or their consonants, the one of which fewest letters differ.
        alike.sort_by(|(a, few, one), (b, more, other)| b.total_cmp(a).then(few.cmp(more)).then(one.cmp(other)));
        let mut named = Vec::new();
        for (.., term) in alike {
            if named.len() == MOST_ALIKE {
                break;
            }
            if self.is_seen(&term)? {
                named.push(term);
            }
        }
        Ok(named)
    }

    /// True where this very word stands in a statement that stands and that the reader may see.
    fn is_seen(&self, word: &str) -> Result<bool, StoreError> {
        let (finder, seen) = self.finder()?;
        let sql = format!(
            "select exists (select 1 from statement_text w join statement t on t.seq = w.rowid where statement_text match ? and {seen} and {})",
            views::stands("t", &self.as_of),
        );
        Ok(finder.prepare_cached(&sql)?.query_row([format!("\"{}\"", word.replace('"', "\"\""))], |row| row.get(0))?)
    }

    /// What records are called, each asked for by kind and identifier; what has no name is left out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn called(&self, records: &[(&str, &str)]) -> Result<HashMap<String, String>, StoreError> {
        let named = "r.value ->> 0 as kind, r.value ->> 1 as record from json_each(:records) r";
        let wanted = |records: &[(&str, &str)]| Cell::Text(serde_json::json!(records).to_string());
        let stated = format!(
            "select r.record, max(s.title) from (select {named}) r join statement s on s.kind = r.kind and s.record = r.record \
             where s.current = 1 group by r.kind, r.record"
        );
        let mut names = HashMap::new();
        let mut learn = |table: Table| {
            let text = |cell: &Cell| cell.text().map(str::to_owned);
            names.extend(table.rows.iter().filter_map(|r| Some((text(&r[0])?, text(&r[1])?))).filter(|(id, name)| id != name));
        };
        if !records.is_empty() {
            learn(self.query(&stated, &[("records", wanted(records))])?);
        }
        // What was imported is stated nowhere.
        for kind in self.workspace.model().kinds.iter().filter(|k| records.iter().any(|(of, _)| *of == k.name)) {
            let Some(title) = &kind.title else { continue };
            let imported = format!(
                "select record, \"{title}\" from \"{}\" where record in (select r.record from (select {named}) r where r.kind = '{}')",
                kind.view, kind.name
            );
            learn(self.query(&imported, &[("records", wanted(records))])?);
        }
        Ok(names)
    }

    /// What records are called in a language, each asked for by kind and identifier: by the identifier and the name that stands on record
    /// beside it. What has no name in the language is left out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn called_in(&self, records: &[(&str, &str)], language: &str) -> Result<HashMap<(String, String), String>, StoreError> {
        let sql = "with wanted as (select r.value ->> 0 as kind, r.value ->> 1 as record from json_each(:records) r), \
             own as ( \
               select s.kind, s.record, best(json_extract(s.fields, n.fullkey || '.name'), s.grade, s.said_at, s.statement) as name \
               from wanted r join statement s on s.kind = r.kind and s.record = r.record, json_each(s.fields, '$.names') n \
               where s.current = 1 and json_extract(s.fields, n.fullkey || '.language') = :language group by s.kind, s.record \
             ) \
             select distinct s.record, s.title, o.name from own o join statement s on s.kind = o.kind and s.record = o.record \
             where s.current = 1 and s.title is not null";
        let wanted = Cell::Text(serde_json::json!(records).to_string());
        let table = self.query(sql, &[("records", wanted), ("language", language.into())])?;
        let text = |cell: &Cell| cell.text().map(str::to_owned);
        Ok(table.rows.iter().filter_map(|r| Some(((text(&r[0])?, text(&r[1])?), text(&r[2])?))).collect())
    }

    /// Identifiers of the statements that name a record in one of their fields, as far as the reader may see them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn references(&self, record: &str) -> Result<Vec<String>, StoreError> {
        let naming = self.naming(record)?;
        self.note(AskedWhat::References(record.to_owned()), Vec::new(), || of_texts(&naming));
        Ok(naming)
    }

    pub(super) fn naming(&self, record: &str) -> Result<Vec<String>, StoreError> {
        let (finder, seen) = self.finder()?;
        let sql = format!(
            "select t.id from statement_reference r join statement t on t.seq = r.seq where r.target = ? and {seen} limit {MOST_REFERENCES}"
        );
        let mut query = finder.prepare_cached(&sql)?;
        Ok(query.query_map([record], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    fn finder(&self) -> Result<(&Connection, &str), StoreError> {
        if let Some((finder, seen)) = self.finder.get() {
            return Ok((finder, seen.as_str()));
        }
        let finder = self.workspace.read()?;
        index::made_for(&self.workspace, &finder)?;
        let model = self.workspace.model();
        let seen = match index::is_current(&finder, model)? {
            true => self.seen.clone(),
            // Nobody could make it anew yet, as on a medium that cannot be written.
            false => format!("{} and {}", self.seen, index::not_marked_since("t", model)),
        };
        let (finder, seen) = self.finder.get_or_init(|| (finder, seen));
        Ok((finder, seen.as_str()))
    }
}

/// A digest of identifiers in their order.
pub(super) fn of_texts(texts: &[String]) -> String {
    let mut digest = RowDigest::new();
    let cells: Vec<Cell> = texts.iter().map(|text| Cell::Text(text.clone())).collect();
    digest.row(cells.iter());
    digest.end()
}

/// A word as the index of words is asked for it, with what begins so. In other letters than Latin, a name may have been recorded in these.
fn spelled(word: &str) -> String {
    match remit_model::latin(word) {
        latin if latin.is_empty() || latin == *word || latin.contains(|c: char| !c.is_alphanumeric()) => format!("\"{word}\"*"),
        latin => format!("(\"{word}\"* OR \"{latin}\"*)"),
    }
}

/// True for letters without a vowel, which nobody speaks as a word.
fn is_acronym(word: &str) -> bool {
    word.is_ascii() && !word.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}
