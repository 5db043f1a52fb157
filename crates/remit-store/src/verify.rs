//! Whether a workspace is as it was recorded: every statement and its content, every entry and the ends of both chains as they
//! were signed, every imported row, the kept files, and what finds statements again. What does not hold is named.

use crate::beside;
use crate::chain::is_forged;
use crate::digest;
use crate::gone_import;
use crate::index::{self, index_words, is_found};
use crate::key::WorkspaceKey;
use crate::redact::unordered;
use crate::schema::{altered, has_column};
use crate::seal::SealedParts;
use crate::signed::{self, SignedEntry, SignedHead};
use crate::statement::{ENVELOPE, references};
use crate::tally::Tally;
use crate::{Chain, Statement, Status, StoreError, Workspace, hexadecimal};
use remit_model::{ImpreciseDate, Model};
use rusqlite::Connection;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Read as _;
use std::path::Path;

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    /// A statement.
    Statement,
    /// What was recorded at once.
    Entry,
    /// The signed ends of the chains.
    Head,
    /// An import.
    Snapshot,
    /// A kept file.
    File,
    /// What finds statements by the records that they refer to, and by their words.
    Index,
    /// Who has looked at what.
    Look,
    /// A table beside the chains.
    Table,
}

impl Checked {
    /// Its name, as programs read it.
    pub fn code(self) -> &'static str {
        match self {
            Checked::Statement => "statement",
            Checked::Entry => "entry",
            Checked::Head => "head",
            Checked::Snapshot => "snapshot",
            Checked::File => "file",
            Checked::Index => "index",
            Checked::Look => "look",
            Checked::Table => "table",
        }
    }
}

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// What it is.
    pub what: Checked,
    /// Which: a statement with its number and record, an entry, a data set, a file.
    pub name: String,
    /// What is wrong.
    pub reason: String,
    /// True for what finds statements again where it was made with another model, or by another version: whoever writes next makes it anew,
    /// and what was recorded is as it was.
    pub made_anew: bool,
}

/// The result of checking a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Statements looked at.
    pub statements: u64,
    /// Of these, recorded before statements were signed.
    pub unsigned: u64,
    /// Hash of the last of them; empty where there is none.
    pub head: String,
    /// Imports looked at.
    pub snapshots: u64,
    /// Files looked at.
    pub files: u64,
    /// True where the index of words was compared.
    pub words: bool,
    /// Statements that nobody has replaced with a date that is none, as an older version may have recorded it, here or elsewhere: they hold, and that date
    /// is read as none.
    pub misdated: u64,
    /// The first of these: kind and record, and what stands where.
    pub misdated_first: Vec<String>,
    /// What does not hold, in the order in which it was found.
    pub broken: Vec<Broken>,
}

/// Broken links of one sort that are listed: the first tells where to look.
const MOST_BROKEN: usize = 20;

impl Verified {
    /// The first thing that does not hold, but for what only has to be made anew: all that was recorded is there without it.
    pub fn fault(&self) -> Option<&Broken> {
        self.broken.iter().find(|b| !b.made_anew)
    }

    fn found(&mut self, what: Checked, name: impl Into<String>, reason: impl Into<String>) {
        if self.broken.iter().filter(|b| b.what == what).count() < MOST_BROKEN {
            self.broken.push(Broken { what, name: name.into(), reason: reason.into(), made_anew: false });
        }
    }

    /// What is wrong with something that finds statements again: one that was made with another model is made anew by whoever writes next.
    fn found_in_index(&mut self, chain: &Chain, name: &str, reason: &str) -> Result<(), StoreError> {
        let made_anew = !index::is_current(&chain.db, &chain.model)?;
        let why = match made_anew {
            true => ": it was made with another model, or by another version; whoever writes next makes it anew",
            false => "",
        };
        self.broken.push(Broken { what: Checked::Index, name: name.into(), reason: format!("{reason}{why}"), made_anew });
        Ok(())
    }
}

impl Workspace {
    /// Checks all that can be checked. `words` also looks for each word that the index has, as a search does: it takes long in a
    /// large workspace.
    ///
    /// # Errors
    /// When the database or a file cannot be read.
    pub fn verify(&self, words: bool) -> Result<Verified, StoreError> {
        let (chain, other) = self.at_one_moment()?;
        // What finds statements follows from the model that it was made with. Of another workspace, or of a copy, nobody relies on it: where that
        // had kinds that are not here, it says more than this model can tell; and so it is where a file of the model is left out.
        let is_of_all = !self.is_foreign() && self.left_out().is_empty();
        let compares = is_of_all || index::is_current(&chain.db, &chain.model)?;
        let words_compared = compares && !index::is_of_older_version(&chain.db, &chain.model)?;
        let mut verified = Verified { words: words_compared, ..Verified::default() };
        let mut must = Tally::new();
        let none = must.clone();
        let beside = move || Ok::<_, StoreError>((integrity(&other)?, none.kept(&other).ok()));
        std::thread::scope(|scope| {
            // What is kept beside the chain is read while the chain is followed.
            let beside = scope.spawn(beside);
            let entries = statements(&chain, compares, &mut must, &mut verified)?;
            if crate::schema::has_signatures(&chain.db)? {
                signatures(&chain, &entries, self.folder(), &mut verified)?;
            }
            snapshots(&chain.db, &mut verified)?;
            let (said, kept) = beside.join().map_err(|_| StoreError::Database("a check of the database ended".into()))??;
            for reason in said {
                verified.found(Checked::Index, "remit.db", reason);
            }
            // What does not hold may not be readable either.
            let agrees = kept == Some(must) && (!words || finds_each(&chain.db).unwrap_or_default());
            if verified.words && !agrees {
                verified.found_in_index(&chain, "words", "the index of words is out of step with the statements")?;
            }
            Ok::<_, StoreError>(())
        })?;
        files(&chain.db, self.folder(), &mut verified)?;
        for (table, why) in altered(&chain.db, is_of_all.then_some(&*chain.model))? {
            verified.found(Checked::Table, table, why);
        }
        for (n, why) in crate::looks::broken(&chain.db)? {
            verified.found(Checked::Look, format!("look {n}"), why);
        }
        Ok(verified)
    }

    /// The chain, and a connection beside it that sees the same: of what is written meanwhile, neither sees anything.
    fn at_one_moment(&self) -> Result<(Chain, Connection), StoreError> {
        let last = |db: &Connection| -> Result<i64, StoreError> {
            db.execute_batch("begin")?;
            Ok(db.query_row("select coalesce(max(seq), 0) from statement", [], |row| row.get(0))?)
        };
        loop {
            let (chain, other) = (Chain::open(self)?, self.read()?);
            if last(&chain.db)? == last(&other)? {
                return Ok((chain, other));
            }
        }
    }
}

/// What an entry is made of, as the chain has it.
struct EntryContents {
    statements: u64,
    root: SealedParts,
    signed: bool,
}

/// A row of the chain as it was read: the statement, and what is wrong with it by itself, whatever stands before it; of one that cannot be
/// read the number, where it has one.
type ChainLink = Result<(Statement, Option<&'static str>), Option<i64>>;

/// Links that are handed on at once, and how many such batches are read ahead.
const BATCH: usize = 256;
const AHEAD: usize = 8;

/// Follows the chain, what finds its statements by reference, and what must find them by their words. One thread reads it, another looks at each
/// statement by itself, a third follows from one to the next: each has about a third of the work. `compares` says whether what finds statements by reference is looked at too.
fn statements(
    chain: &Chain,
    compares: bool,
    must: &mut Tally,
    verified: &mut Verified,
) -> Result<HashMap<String, EntryContents>, StoreError> {
    let (model, entries) = (&*chain.model, HashMap::new());
    let (referring, redactions, misdated) = (Vec::new(), Redactions::default(), BTreeMap::new());
    let mut follower = Follower { model, must, verified, entries, expected: 1, referring, redactions, misdated };
    let follower = std::thread::scope(|scope| {
        let (send, read_ahead) = std::sync::mpsc::sync_channel::<Vec<ChainLink>>(AHEAD);
        let (hand_on, looked_at) = std::sync::mpsc::sync_channel::<Vec<ChainLink>>(AHEAD);
        scope.spawn(move || {
            for mut links in read_ahead {
                links.iter_mut().flatten().for_each(|(s, wrong)| *wrong = wrong.or_else(|| wrong_by_itself(s)));
                if hand_on.send(links).is_err() {
                    return;
                }
            }
        });
        let following = scope.spawn(move || {
            for link in looked_at.into_iter().flatten() {
                follower.follow(link);
            }
            follower
        });
        let mut links: Vec<ChainLink> = Vec::with_capacity(BATCH);
        let read = chain.each_row(|row, s| {
            links.push(match s {
                Ok(s) => {
                    let is_forged = is_forged(row, &s)?;
                    Ok((s, is_forged.then_some(FORGED)))
                }
                Err(_) => Err(row.get(0).ok()),
            });
            if links.len() == BATCH {
                // That nobody follows any more is told below.
                let _ = send.send(std::mem::replace(&mut links, Vec::with_capacity(BATCH)));
            }
            Ok(())
        });
        let _ = send.send(links);
        drop(send);
        let follower = following.join().map_err(|_| StoreError::Database("a check of the chain ended".into()))?;
        read.map(|()| follower)
    })?;
    let Follower { entries, referring, redactions, misdated, verified, .. } = follower;
    verified.misdated = misdated.len() as u64;
    verified.misdated_first = misdated.into_values().take(MOST_BROKEN).collect();
    if compares && (crate::schema::has_signatures(&chain.db)? || index::is_current(&chain.db, &chain.model)?) {
        compare_references(chain, referring, verified)?;
    }
    // In a workspace of an older version, nobody has noted yet what was erased by it.
    if !index::is_of_older_version(&chain.db, &chain.model)? {
        redactions.compare(chain, verified);
    }
    Ok(entries)
}

/// Who follows the chain, link by link.
struct Follower<'v> {
    model: &'v Model,
    must: &'v mut Tally,
    verified: &'v mut Verified,
    entries: HashMap<String, EntryContents>,
    /// The number of the next statement.
    expected: i64,
    /// What refers to which record: target, statement, field.
    referring: Vec<(String, i64, String)>,
    redactions: Redactions,
    /// Statements with a date that is none, by identifier, which is in the order in which they were said.
    misdated: BTreeMap<String, String>,
}

impl Follower<'_> {
    fn follow(&mut self, link: ChainLink) {
        self.verified.statements += 1;
        let (s, wrong) = match link {
            Ok(read) => read,
            Err(seq) => {
                let seq = seq.unwrap_or(self.expected);
                let reason = "a cell of it holds what Remit does not write, and cannot be read";
                self.verified.found(Checked::Statement, seq.to_string(), reason);
                self.expected = seq.saturating_add(1);
                return;
            }
        };
        if let Some(reason) = out_of_place(&s, self.expected, &self.verified.head).or(wrong) {
            self.verified.found(Checked::Statement, named(&s), reason);
        }
        self.expected = s.seq.saturating_add(1);
        self.redactions.follow(&s);
        self.verified.unsigned += u64::from(s.seal.is_first_form());
        // What somebody has corrected since is nobody's concern any more.
        if let Some(before) = s.draft.supersedes.first().filter(|_| s.draft.status != Status::Proposed) {
            self.misdated.remove(before);
        }
        if let Some((name, said)) = misdated(&s).filter(|_| !s.draft.withdrawn) {
            let said: String = said.chars().take(60).collect();
            self.misdated.insert(s.id.clone(), format!("{} {} ({name}: “{said}”)", s.draft.kind, s.draft.record));
        }
        if self.verified.words && is_found(&s) {
            self.must.must_have(s.seq, &index_words(self.model, &s));
        }
        self.referring.extend(references(self.model, &s).into_iter().map(|(target, field)| (target, s.seq, field)));
        let told = self.entries.entry(s.entry.clone()).or_insert_with(|| EntryContents {
            statements: 0,
            root: SealedParts::new("remit entry 2"),
            signed: !s.seal.is_first_form() || !s.taken_from.is_empty(),
        });
        told.statements += 1;
        told.root.add(s.bound().as_bytes());
        self.verified.head = s.hash;
    }
}

/// The fields of the envelope by which it is told on which days something holds are the first of it, and the day of the source.
const DATES: usize = 4;

/// The first of these that holds no date, with what stands there.
fn misdated(s: &Statement) -> Option<(&'static str, &str)> {
    let dates = ENVELOPE.into_iter().zip(&s.draft.envelope).take(DATES).map(|(name, text)| (name, text.as_str()));
    let of_source = s.draft.more.get("source_date").map(|text| ("source_date", text.as_str()));
    // Of a moment its day is read.
    let checked = s.draft.verified_at.as_str();
    let checked = ("verified_at", checked.get(..10).unwrap_or(checked));
    dates.chain(of_source).chain([checked]).find(|(_, text)| is_no_date(text))
}

/// True for a text that stands in the place of a date and is none, as views read it: a space at an end makes another text of it.
fn is_no_date(text: &str) -> bool {
    let may_be = text.len() <= 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    !text.is_empty() && (!may_be || text.parse::<ImpreciseDate>().is_err())
}

/// What of values is gone, and which redactions were ordered.
#[derive(Default)]
struct Redactions {
    gone: Vec<Statement>,
    ordered: HashMap<String, Vec<String>>,
}

impl Redactions {
    fn follow(&mut self, s: &Statement) {
        if let Some(names) = s.redacts() {
            self.ordered.entry(s.draft.record.clone()).or_default().extend(names);
        } else if !unordered(s, &[]).is_empty() {
            self.gone.push(s.clone());
        }
    }

    /// Nothing is gone without an order, and nothing stands that was ordered to go.
    fn compare(&self, chain: &Chain, verified: &mut Verified) {
        let none = Vec::new();
        for s in &self.gone {
            if let Some(name) = unordered(s, self.ordered.get(&s.id).unwrap_or(&none)).first() {
                let reason =
                    format!("the value of `{}` was taken away, and nobody ordered it", name.get(2..).unwrap_or_default());
                verified.found(Checked::Statement, named(s), reason);
            }
        }
        for (id, names) in &self.ordered {
            // One that cannot be read is named already.
            let Some(s) = chain.statement(id).ok().flatten().filter(|s| !s.seal.is_first_form()) else { continue };
            if let Some(name) = s.value_names().iter().find(|name| names.contains(name)) {
                let reason = format!("the value of `{}` was redacted, and stands there again", name.get(2..).unwrap_or_default());
                verified.found(Checked::Statement, named(&s), reason);
            }
        }
    }
}

fn named(s: &Statement) -> String {
    format!("{} ({}, record {})", s.seq, s.id, s.draft.record)
}

/// What is wrong with where a statement stands.
fn out_of_place(s: &Statement, expected: i64, before: &str) -> Option<&'static str> {
    if s.seq != expected {
        Some("the statement before it is missing")
    } else if s.prev_hash != before {
        Some("it does not follow the statement before it")
    } else {
        None
    }
}

const FORGED: &str =
    "it says something that Remit does not write: a value twice, an empty text, or a status or marking that there is not";

/// What is wrong with a statement by itself.
fn wrong_by_itself(s: &Statement) -> Option<&'static str> {
    if !s.seal.is_first_form() && s.content().as_deref() != Some(s.seal.content.as_str()) {
        Some("its content is not what was recorded")
    } else if s.computed_hash() != s.hash {
        Some("its hash is not that of its content")
    } else {
        None
    }
}

fn signatures(
    chain: &Chain,
    entries: &HashMap<String, EntryContents>,
    folder: &Path,
    verified: &mut Verified,
) -> Result<(), StoreError> {
    // Who may only read the workspace may not read its key.
    let own = match WorkspaceKey::find(folder) {
        Err(StoreError::File(_, e)) if e.kind() == std::io::ErrorKind::PermissionDenied => None,
        other => other?.map(|k| k.public()),
    };
    let signed: HashMap<String, SignedEntry> = SignedEntry::all(&chain.db)?.into_iter().map(|e| (e.id.clone(), e)).collect();
    for (id, told) in entries.iter().filter(|(_, told)| told.signed) {
        match signed.get(id) {
            None => verified.found(Checked::Entry, id, "nobody signed it"),
            Some(e) if e.statements != told.statements || e.root != told.root.clone().hexadecimal() => {
                verified.found(Checked::Entry, id, "its statements are not those that were signed");
            }
            Some(_) => {}
        }
    }
    for e in signed.values() {
        if !e.holds() {
            verified.found(Checked::Entry, &e.id, "its signature does not hold");
        } else if !e.taken
            && own.as_ref().is_some_and(|own| *own != e.workspace)
            && !begins(e)
            && !is_known(&chain.db, &e.workspace)?
        {
            verified.found(Checked::Entry, &e.id, "it was signed by another workspace");
        } else if !e.taken && !entries.contains_key(&e.id) {
            verified.found(Checked::Entry, &e.id, "its statements are missing");
        }
    }
    let mut query = chain.db.prepare(TAKEN_WRONGLY)?;
    for id in query.query_map([], |row| row.get::<_, String>(0))? {
        verified.found(Checked::Entry, id?, "it is marked as taken over from another workspace, and was recorded here");
    }
    heads(chain, own.as_deref(), folder, verified)
}

/// What was taken over has its statements in the entry that took them.
const TAKEN_WRONGLY: &str = "select e.id from entry e where e.taken not in (0, 1) \
                             or e.taken = 1 and exists (select 1 from statement s where s.entry = e.id)";

/// A workspace that was made of a part of another begins with one entry, which the other signed.
fn begins(e: &SignedEntry) -> bool {
    e.seq == e.statements as i64
}

/// A workspace that got a new key (a copy that lost its own) still knows who signed before.
fn is_known(db: &Connection, workspace: &str) -> Result<bool, StoreError> {
    let sql = "select exists (select 1 from statement where workspace = ? and coalesce(taken_from, '') = '')";
    Ok(db.query_row(sql, [workspace], |row| row.get(0))?)
}

/// Both signed ends, that of the database and that beside it, must be on the chain, and nothing may come after the one in the
/// database.
fn heads(chain: &Chain, own: Option<&str>, folder: &Path, verified: &mut Verified) -> Result<(), StoreError> {
    let inside = SignedHead::of_database(&chain.db)?;
    let beside = SignedHead::of_folder(folder);
    let any_signed = verified.unsigned < verified.statements;
    if inside.is_none() && (any_signed || beside.is_some()) {
        verified.found(Checked::Head, "the end of the chain", "the database has no signed end");
    }
    // Who may only read the workspace may not read the file.
    let is_closed =
        std::fs::File::open(folder.join(signed::FILE)).is_err_and(|e| e.kind() == std::io::ErrorKind::PermissionDenied);
    if inside.is_some() && beside.is_none() && !is_closed {
        verified.found(Checked::Head, signed::FILE, "the file is not there, or is no signed end of the chain");
    }
    for (head, place) in [(&inside, "in the database"), (&beside, "in remit.head")] {
        let Some(head) = head else { continue };
        let name = format!("the end of the chain as signed {place} ({})", head.moment);
        if !head.holds() {
            verified.found(Checked::Head, name, "its signature does not hold");
        } else if own.is_some_and(|own| own != head.workspace) {
            verified.found(Checked::Head, name, "another key than that of this workspace signed it");
        } else if hash_at(&chain.db, "hash", "statement", "seq", head.seq)? != head.hash {
            verified.found(
                Checked::Head,
                name,
                format!("statement {} is not there, or is another one: the chain was cut off or replaced", head.seq),
            );
        } else if hash_at(&chain.db, "link", "snapshot", "id", head.snapshot)? != head.link {
            verified.found(Checked::Head, name, "the last import is not there, or is another one");
        }
    }
    let Some(head) = inside else { return Ok(()) };
    if any_signed && head.hash != verified.head {
        verified.found(Checked::Head, "the end of the chain", format!("statements after number {} were not signed", head.seq));
    }
    if hash_at_end(&chain.db)? != head.link {
        verified.found(Checked::Head, "the end of the chain", format!("imports after number {} were not signed", head.snapshot));
    }
    tables(&chain.db, &head, verified)
}

/// The link of the last import that is part of the chain.
fn hash_at_end(db: &Connection) -> Result<String, StoreError> {
    let sql = "select coalesce((select link from snapshot where link <> '' order by id desc limit 1), '')";
    Ok(db.query_row(sql, [], |row| row.get(0))?)
}

/// The tables beside the chains are as they were signed.
fn tables(db: &Connection, head: &SignedHead, verified: &mut Verified) -> Result<(), StoreError> {
    for (table, signed) in &head.tables {
        if beside::hash(db, table)?.as_ref() != Some(signed) {
            let (name, reason) = beside::named(table);
            verified.found(Checked::Table, name, reason);
        }
    }
    Ok(())
}

fn hash_at(db: &Connection, column: &str, table: &str, key: &str, at: i64) -> Result<String, StoreError> {
    let sql = format!("select coalesce((select {column} from {table} where {key} = ?), '')");
    Ok(db.query_row(&sql, [at], |row| row.get(0))?)
}

fn snapshots(db: &Connection, verified: &mut Verified) -> Result<(), StoreError> {
    if !crate::schema::has_signatures(db)? {
        return Ok(());
    }
    let (tables, ordered) = (crate::schema::row_tables(db)?, gone_import::ordered(db)?);
    // An import that has a place in the chain was completed.
    let sql = "select id, dataset, coalesce(digest, ''), coalesce(link, ''), complete from snapshot \
               where complete = 1 or coalesce(link, '') <> '' order by id";
    let all: Vec<(i64, String, String, String, i64)> = db
        .prepare(sql)?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?
        .collect::<Result<_, _>>()?;
    let mut before = String::new();
    for (id, dataset, digest, link, complete) in all {
        if link.is_empty() && before.is_empty() {
            // Imported before imports were chained.
            continue;
        }
        verified.snapshots += 1;
        if complete != 1 {
            verified.found(Checked::Snapshot, &dataset, "it was imported whole, and is marked as if it was not");
        }
        if digest::link(db, id, &before)? != link {
            verified.found(
                Checked::Snapshot,
                &dataset,
                "what is known of it is not what was recorded, or an import before it is gone",
            );
        }
        let rows = digest::of_snapshot(db, &tables, id)?;
        let erased = gone_import::name_of(&link);
        let was_ordered = ordered.contains(&erased);
        let wrong = match dataset == erased {
            true if !was_ordered => Some("it was taken away, and nobody ordered it"),
            true if rows != digest::of_nothing() || !gone_import::is_bare(db, id)? => {
                Some("it was erased, and something stands there again")
            }
            true => None,
            false if was_ordered => Some("it was erased, and stands there again"),
            false => (rows != digest).then_some("its rows are not those that were imported"),
        };
        if let Some(wrong) = wrong {
            verified.found(Checked::Snapshot, &dataset, wrong);
        }
        before = link;
    }
    Ok(())
}

/// What SQLite itself says of the database: an index that lacks rows hides them from answers.
fn integrity(db: &Connection) -> Result<Vec<String>, StoreError> {
    let mut query = db.prepare(&format!("pragma integrity_check({MOST_BROKEN})"))?;
    let said: Vec<String> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(said.into_iter().filter(|said| said != "ok").collect())
}

/// Of the hash of a sheet that was sent so many digits stand in its name, before what tells as what it was sent.
pub const DIGITS_OF_SHEET: usize = 40;

/// Kept files are called by the hash of what is in them, sheets by the beginning of it, and each document that was read is among them.
fn files(db: &Connection, folder: &Path, verified: &mut Verified) -> Result<(), StoreError> {
    let mut kept = HashSet::new();
    let mut folders = vec![folder.join("files")];
    while let Some(folder) = folders.pop() {
        let wrong = |e| StoreError::File(folder.clone(), e);
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries {
            let entry = entry.map_err(wrong)?;
            let (path, kind) = (entry.path(), entry.file_type().map_err(wrong)?);
            let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
            let is_sheet = folder.ends_with("files/sheets");
            // Before it stands who may see a sheet, where not everybody may.
            let stem = if is_sheet { stem.rsplit('-').next().unwrap_or_default().to_owned() } else { stem };
            let is_hash = stem.len() == 64 && stem.bytes().all(|b| b.is_ascii_hexdigit());
            if kind.is_dir() {
                folders.push(path);
            } else if is_hash {
                verified.files += 1;
                let hash = if kind.is_file() { hash_of(&path).map_err(wrong)? } else { String::new() };
                let is_sent = is_sheet && hash.get(..DIGITS_OF_SHEET) == stem.get(..DIGITS_OF_SHEET);
                let holds = hash == stem || is_sent;
                kept.insert(stem);
                if !holds {
                    verified.found(Checked::File, path.display().to_string(), "its content is not what it is called by");
                }
            }
        }
    }
    for (hash, title) in documents(db)?.into_iter().filter(|(hash, _)| !kept.contains(hash)) {
        verified.found(
            Checked::File,
            format!("files/{hash} ({title})"),
            "the document was read, and its file is not there any more",
        );
    }
    Ok(())
}

/// The documents that were read and kept: hash and title.
fn documents(db: &Connection) -> Result<Vec<(String, String)>, StoreError> {
    if !has_column(db, "row_document", "read_by")? || !has_column(db, "row_document", "sha256")? {
        return Ok(Vec::new());
    }
    let sql = "select distinct d.sha256, coalesce(d.title, d.record) from row_document d join snapshot s on s.id = d.snapshot \
               where s.complete = 1 and d.read_by is not null and d.sha256 is not null order by d.id";
    Ok(db.prepare(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
}

fn hash_of(path: &Path) -> std::io::Result<String> {
    let (mut file, mut hash, mut buffer) = (std::fs::File::open(path)?, Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hexadecimal(&hash.finalize())),
            n => hash.update(&buffer[..n]),
        }
    }
}

/// What finds statements by the records that they refer to says what the statements say.
fn compare_references(chain: &Chain, mut told: Vec<(String, i64, String)>, verified: &mut Verified) -> Result<(), StoreError> {
    told.sort_unstable();
    told.dedup();
    let mut query = chain.db.prepare("select target, seq, field from statement_reference order by target, seq, field")?;
    let kept: Vec<(String, i64, String)> =
        query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect::<Result<_, _>>()?;
    if kept != told {
        let reason = "what finds statements by the records that they name is out of step with them";
        verified.found_in_index(chain, "references", reason)?;
    }
    Ok(())
}

/// True where a search for each word of the index finds all that stands in it under that word.
fn finds_each(db: &Connection) -> Result<bool, StoreError> {
    db.execute_batch("create virtual table if not exists temp.each_term using fts5vocab('main', 'statement_text', 'row')")?;
    let mut find = db.prepare("select count(*) from statement_text where statement_text match ?")?;
    let mut terms = db.prepare("select term, doc from temp.each_term")?;
    let mut rows = terms.query([])?;
    while let Some(row) = rows.next()? {
        let found: i64 = find.query_row([format!("\"{}\"", row.get::<_, String>(0)?)], |row| row.get(0))?;
        if found != row.get::<_, i64>(1)? {
            return Ok(false);
        }
    }
    Ok(true)
}
