//! Taking away what came from a file: a document with all that was read of it, or what could not be used of a sheet. What is left of an
//! import is its place in the chain with the hash over what was known of it, so that the chain still holds. Who ordered it, and why, is a
//! statement, as the order of a redaction is.

use crate::gone_import::{is_left, name_of, orders_import};
use crate::redact::ErasureOrder;
use crate::register::Entry;
use crate::schema::{has_column, row_tables};
use crate::statement::{REDACTION, Statement};
use crate::{Chain, StoreError, digest};
use remit_model::Marking;
use rusqlite::{Connection, Row, params};
use serde_json::json;
use std::collections::HashSet;
use std::path::Path;

/// The kind of what was read from a file: a data set of its own, called as its record.
const DOCUMENT: &str = "document";

/// What is read of imports that go; of a document with its symbol, by which it is cited.
const GOING: &str = "select s.id, s.dataset, coalesce(s.title, ''), coalesce(s.url, ''), coalesce(s.link, ''), s.marking, \
    coalesce((select max(d.symbol) from row_document d where d.snapshot = s.id), '') from snapshot s";

/// An import that goes.
#[derive(Debug, Clone)]
pub(crate) struct GoingImport {
    pub(crate) id: i64,
    pub(crate) dataset: String,
    title: String,
    url: String,
    link: String,
    marking: Marking,
    symbol: String,
}

impl GoingImport {
    fn read(row: &Row<'_>) -> rusqlite::Result<GoingImport> {
        let level = usize::from(row.get::<_, u8>(5)?);
        Ok(GoingImport {
            id: row.get(0)?,
            dataset: row.get(1)?,
            title: row.get(2)?,
            url: row.get(3)?,
            link: row.get(4)?,
            marking: Marking::ALL.get(level).copied().unwrap_or(Marking::StrictlyConfidential),
            symbol: row.get(6)?,
        })
    }

    /// What is proposed from a document begins so, where it is one.
    pub(crate) fn origin(&self) -> Option<String> {
        Some(format!("read/{}/", self.dataset.strip_prefix("document/")?))
    }

    /// True where a statement names it as its source: by its title, its address, its symbol, or as the record that it is; or is about it.
    pub(crate) fn is_source_of(&self, s: &Statement) -> bool {
        let names = |name: &str, own: &str| !own.is_empty() && s.draft.envelope(name).contains(own);
        let cited = ["source", "url", "locator"].map(|name| s.draft.envelope(name));
        names("source", &self.title)
            || names("url", &self.url)
            || cited.iter().any(|text| text.contains(&self.dataset) || is_cited(&self.symbol, text))
            || s.draft.fields.values().any(|value| value.to_string().contains(&self.dataset))
    }
}

/// True where a text has a symbol in it, with or without the spaces and the year in brackets at its end, and not only as the beginning of a longer
/// number.
fn is_cited(symbol: &str, text: &str) -> bool {
    let close = |text: &str| text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect::<String>();
    let symbol = symbol.split('(').next().map(close).unwrap_or_default();
    let text = close(text);
    // A number alone is the symbol of nothing.
    let is_telling = symbol.chars().count() > 4 && symbol.contains(|c: char| !c.is_numeric());
    let mut found = text.match_indices(&symbol).filter(|_| is_telling);
    found.any(|(at, _)| text[at + symbol.len()..].chars().next().is_none_or(|next| !next.is_alphanumeric()))
}

/// The words of documents that go, by which is told what quotes them.
pub(crate) struct Quoted {
    /// All of them, one after another.
    whole: String,
    passages: Vec<String>,
}

/// Passages of so many words are told where they stand in a longer quotation; so many of a quotation that names another source tell whence it is.
const TELLING: usize = 5;

impl Quoted {
    pub(crate) fn of(passages: &str) -> Quoted {
        let lines: Vec<String> = passages.lines().map(words_alone).filter(|line| line.len() > 2).collect();
        Quoted { whole: lines.concat().replace("  ", " "), passages: lines.into_iter().filter(|line| is_telling(line)).collect() }
    }

    /// True for a quotation that stands in them; or that has a passage of one in it, where they are cited.
    pub(crate) fn has(&self, quote: &str, is_cited: bool) -> bool {
        let quote = words_alone(quote);
        let is_longer = || is_cited && self.passages.iter().any(|passage| quote.contains(passage));
        quote.len() > 2 && (self.whole.contains(&quote) || is_longer())
    }
}

/// The words of a text with a space before and after each, whatever stands between them.
fn words_alone(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase);
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}

/// True for a text that hardly stands in two documents by chance.
pub(crate) fn is_telling(text: &str) -> bool {
    text.split_whitespace().count() >= TELLING
}

/// The imports that all there is of a document came with, the older ones too; of `problem` those that have nothing but what could not be used
/// of a file, which is named with a row of it or without. None of another kind.
pub(crate) fn of_record(chain: &Chain, kind: &str, record: &str) -> Result<Vec<GoingImport>, StoreError> {
    let (condition, name) = match kind {
        DOCUMENT => ("s.dataset = ?", record),
        "problem" => ("exists (select 1 from snapshot_file f where f.snapshot = s.id and f.name = ?)", without_row(record)),
        _ => return Ok(Vec::new()),
    };
    let sql = format!("{GOING} where s.complete = 1 and {condition} order by s.id");
    let mut query = chain.db.prepare(&sql)?;
    let all: Vec<GoingImport> = query.query_map([name], GoingImport::read)?.collect::<Result<_, _>>()?;
    let mut kept = None;
    let mut going = Vec::new();
    for import in all {
        if holds_more(&chain.db, kind, import.id)? { kept = Some(import.dataset) } else { going.push(import) }
    }
    let refused = |why: String| Err(StoreError::Refused(why));
    match (going.is_empty(), kept) {
        (true, Some(dataset)) if dataset.starts_with("document/") => {
            refused(format!("what could not be read of {name} goes with the document: erase document {dataset}"))
        }
        (true, Some(dataset)) => refused(format!(
            "{dataset} was imported with its rows, which cannot be taken away: import the file again without what is to go, and begin a \
             new workspace with it where what it said before may not stay"
        )),
        _ if going.iter().any(|import| import.link.is_empty()) => {
            refused(format!("{name} was imported by a version of Remit that cannot take it away; begin a workspace without it"))
        }
        _ => Ok(going),
    }
}

/// An import here that was erased elsewhere: it came with the copy that one of the two is.
pub(crate) struct ErasedElsewhere {
    pub(crate) import: GoingImport,
    pub(crate) kind: String,
    pub(crate) order: ErasureOrder,
}

/// The imports here that another workspace has an order about, as far as that belongs to what is asked for.
pub(crate) fn erased_elsewhere(
    theirs: &Chain,
    ours: &Chain,
    is_asked_for: impl Fn(&Statement) -> bool,
) -> Result<Vec<ErasedElsewhere>, StoreError> {
    // What an older version imported has no link by which an order could name it.
    if !has_column(&ours.db, "snapshot", "link")? {
        return Ok(Vec::new());
    }
    let sql = format!("{GOING} where s.complete = 1 and coalesce(s.link, '') <> '' and {}", is_left("s.dataset"));
    let here: Vec<GoingImport> = ours.db.prepare(&sql)?.query_map([], GoingImport::read)?.collect::<Result<_, _>>()?;
    let mut going: Vec<ErasedElsewhere> = Vec::new();
    for order in theirs.all("t.kind = ?", REDACTION)?.iter().filter(|s| orders_import(s) && is_asked_for(s)) {
        let Some(import) = here.iter().find(|import| name_of(&import.link) == order.draft.record) else { continue };
        let kind = order.kind_of_record().to_owned();
        if !holds_more(&ours.db, &kind, import.id)? && going.iter().all(|other| other.import.id != import.id) {
            going.push(ErasedElsewhere { import: import.clone(), kind, order: ErasureOrder::of(order) });
        }
    }
    Ok(going)
}

/// A file without the row of it that is named.
fn without_row(record: &str) -> &str {
    match record.rsplit_once(':') {
        Some((file, row)) if !row.is_empty() && row.bytes().all(|b| b.is_ascii_digit()) => file,
        _ => record,
    }
}

/// True where an import has rows of other kinds than a document has; beside what could not be used, any.
fn holds_more(db: &Connection, kind: &str, import: i64) -> Result<bool, StoreError> {
    let own: &[&str] = if kind == DOCUMENT { &["row_document", "row_passage"] } else { &[] };
    for (table, _) in row_tables(db)?.iter().filter(|(table, _)| !own.contains(&table.as_str())) {
        let sql = format!("select exists (select 1 from \"{table}\" where snapshot = ?)");
        if db.query_row(&sql, [import], |row| row.get(0))? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The passages of documents that go, as one text.
pub(crate) fn passages(chain: &Chain, imports: &[GoingImport]) -> Result<String, StoreError> {
    let mut all = String::new();
    let mut query = chain.db.prepare("select text from row_passage where snapshot = ? and text is not null")?;
    for import in imports.iter().filter(|import| import.origin().is_some()) {
        for text in query.query_map([import.id], |row| row.get::<_, String>(0))? {
            all.push_str(&text?);
            all.push('\n');
        }
    }
    Ok(all)
}

/// The kept files that only these imports were read from, by their hashes; and the documents that were read from the same files and stay,
/// under another marking.
pub(crate) fn files_of(chain: &Chain, imports: &[GoingImport]) -> Result<(HashSet<String>, Vec<String>), StoreError> {
    let (mut hashes, mut others) = (HashSet::new(), Vec::new());
    let mut of = chain.db.prepare("select hash from snapshot_file where snapshot = ? and hash is not null")?;
    for import in imports.iter().filter(|import| import.origin().is_some()) {
        for hash in of.query_map([import.id], |row| row.get::<_, String>(0))? {
            hashes.insert(hash?);
        }
    }
    let mut staying = chain.db.prepare("select record, snapshot from row_document where sha256 = ?")?;
    for hash in hashes.clone() {
        let found: Vec<(String, i64)> =
            staying.query_map([&hash], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        let stays = |(_, snapshot): &(String, i64)| !imports.iter().any(|import| import.id == *snapshot);
        let staying: Vec<String> = found.into_iter().filter(stays).map(|(record, _)| record).collect();
        if !staying.is_empty() {
            hashes.remove(&hash);
            others.extend(staying);
        }
    }
    Ok((hashes, others))
}

/// Removes the kept files that are called by one of these hashes; returns those that could not be removed.
pub(crate) fn remove_files(folder: &Path, hashes: &HashSet<String>) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder.join("files")) else { return Vec::new() };
    let is_going = |path: &Path| path.file_stem().is_some_and(|stem| hashes.contains(&*stem.to_string_lossy()));
    let going = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file() && is_going(path));
    going.filter(|path| std::fs::remove_file(path).is_err()).map(|path| path.display().to_string()).collect()
}

impl Entry<'_> {
    /// Takes an import away, and says who ordered it.
    pub(crate) fn take_import_away(&mut self, import: &GoingImport, kind: &str, order: &ErasureOrder) -> Result<(), StoreError> {
        let (about, name) = (digest::about(&self.db, import.id)?, name_of(&import.link));
        for (table, _) in row_tables(&self.db)? {
            self.db.execute(&format!("delete from \"{table}\" where snapshot = ?"), [import.id])?;
        }
        for table in ["problem", "snapshot_file"] {
            self.db.execute(&format!("delete from {table} where snapshot = ?"), [import.id])?;
        }
        self.db.execute(
            "update snapshot set dataset = ?, digest = ?, title = null, source = null, url = null, licence = null, attribution = null, \
             published = null, hash = null, files = null, bytes = null, records = null, parts = null, problems = null where id = ?",
            params![name, about, import.id],
        )?;
        self.forget_origin(&import.dataset)?;
        let by = json!({ "ordered_by": order.ordered_by, "reason": order.reason });
        self.order_about((kind, &name), import.marking, &["s:import".to_owned()], by).map(drop)
    }
}
