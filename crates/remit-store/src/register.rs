//! The register's writer: appends statements, each chained by hash to the one before, and nothing else.
//!
//! What looks like a change is a statement too: a correction supersedes, a withdrawal supersedes and says nothing, an
//! undo restates what was there before, a merge of two records restates the statements of the one as those of the
//! other. All that is done at once is one *entry*, and is on the disk before [`Entry::commit`] returns.

use crate::as_of::now;
use crate::became_one::StayingOne;
use crate::beside::ORIGINS;
use crate::chain::Chain;
use crate::check::Fault;
use crate::index;
use crate::needed::Unnamed;
use crate::seal::{self, Digest, Salt, SealedParts};
use crate::signed::{SignedEntry, Signer};
use crate::statement::{Draft, REDACTION, Seal, Statement, withheld_json};
use crate::{StoreError, Workspace};
use remit_model::Marking;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};
use uuid::{ContextV7, NoContext, Timestamp, Uuid};

/// How long entries of one command go to the disk together: nobody else waits for longer, and no more is lost with the power.
const TOGETHER: Duration = Duration::from_millis(500);

/// Statements of one entry from which what the planner knows of the table is brought up to date.
const MANY: u64 = 5_000;

/// A connection that appends; what it reads is the [`Chain`].
pub struct Register {
    chain: Chain,
    signer: Signer,
    group: Option<EntryGroup>,
}

/// Entries that go to the disk together.
#[derive(Debug, Default)]
struct EntryGroup {
    /// When the first of those began that are not on the disk yet.
    since: Option<Instant>,
}

impl std::ops::Deref for Register {
    type Target = Chain;
    fn deref(&self) -> &Chain {
        &self.chain
    }
}

/// What has been recorded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recorded {
    /// Identifier of the entry: what `undo` takes.
    pub entry: String,
    /// Statements appended.
    pub statements: u64,
}

/// An entry under way: statements that are recorded together or not at all. What it reads (as the [`Chain`]) nobody changes
/// until it ends.
pub struct Entry<'r> {
    chain: &'r mut Chain,
    id: String,
    /// What is done, as the statements of it tell.
    pub(crate) act: String,
    author: String,
    pub(crate) recorded_at: String,
    /// The same moment.
    began: jiff::Timestamp,
    /// The end of the chain, as far as it has come.
    seq: i64,
    hash: String,
    statements: u64,
    /// Hash over the contents of its statements.
    root: SealedParts,
    /// From which the salts of its statements are made; known to nobody once it has ended.
    secret: Digest,
    workspace: String,
    signer: Signer,
    /// The entries that it goes to the disk with; none where it goes alone.
    group: Option<&'r mut EntryGroup>,
    /// Records of which something was said before they were called anything.
    unnamed: Vec<Unnamed>,
    /// Which records are one, once somebody has asked; none after that has changed.
    pub(crate) one: Option<StayingOne>,
    open: bool,
}

impl std::ops::Deref for Entry<'_> {
    type Target = Chain;
    fn deref(&self) -> &Chain {
        self.chain
    }
}

impl Drop for Entry<'_> {
    fn drop(&mut self) {
        if self.open {
            let back = if self.group.is_some() { "rollback to entry; release entry" } else { "rollback" };
            // Where even this fails, closing the connection does the same.
            let _ = self.chain.db.execute_batch(back);
        }
    }
}

impl Drop for Register {
    fn drop(&mut self) {
        // Whoever must know whether it is on the disk has asked already, by `settle`.
        let _ = self.settle();
    }
}

impl Register {
    /// Opens the register of a workspace for writing.
    ///
    /// # Errors
    /// When the database cannot be opened.
    pub fn open(workspace: &Workspace) -> Result<Register, StoreError> {
        let db = workspace.write()?;
        // What is acknowledged is on the disk, whatever happens next.
        db.pragma_update(None, "synchronous", "full")?;
        db.pragma_update(None, "cache_size", -64_000)?;
        db.set_prepared_statement_cache_capacity(32);
        let signer = Signer::of(workspace)?;
        let chain = Chain::over(db, workspace)?;
        let is_older = index::is_of_older_version(&chain.db, &chain.model)?;
        let mut register = Register { chain, signer, group: None };
        if is_older {
            register.note_older()?;
        }
        index::bring_up_to_date(&register.chain)?;
        Ok(register)
    }

    /// The folder of the workspace.
    pub(crate) fn folder(&self) -> &Path {
        self.signer.folder()
    }

    /// The same for a command that records many entries: they go to the disk together, twice a second, and are there once
    /// [`Register::settle`] has returned. Each is still recorded as a whole or not at all.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn grouped(mut self) -> Result<Register, StoreError> {
        // What is kept to take a single one back, a few pages of each, needs no file.
        self.chain.db.pragma_update(None, "temp_store", "memory")?;
        self.group = Some(EntryGroup::default());
        Ok(self)
    }

    /// Puts on the disk what has been recorded so far; needed only of a register that is [`grouped`](Register::grouped).
    ///
    /// # Errors
    /// When the disk says no; then none of the entries since the last time has been recorded.
    pub fn settle(&mut self) -> Result<(), StoreError> {
        match self.group.as_mut().and_then(|group| group.since.take()) {
            Some(_) => settle(&self.chain.db, &self.signer),
            None => Ok(()),
        }
    }

    /// Begins an entry. `act` says what is done, for the history: `entered`, `imported units.xlsx`.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where somebody else is writing for long.
    pub fn entry(&mut self, author: &str, act: &str) -> Result<Entry<'_>, StoreError> {
        let workspace = self.signer.key.public();
        let secret = seal::secret().map_err(|e| StoreError::File(self.signer.folder().to_path_buf(), e))?;
        // Also where those since the last time had nothing to say: nobody waits for what does not come.
        if self.group.as_ref().and_then(|group| group.since).is_some_and(|since| since.elapsed() >= TOGETHER) {
            self.settle()?;
        }
        begin(&self.chain.db, self.group.as_mut())?;
        let mut entry = Entry {
            id: Uuid::new_v7(Timestamp::now(NoContext)).to_string(),
            act: act.to_owned(),
            // Nobody records under a name that looks like that of another.
            author: remit_model::trimmed(&remit_model::without_unseen(author)).to_owned(),
            recorded_at: String::new(),
            began: jiff::Timestamp::UNIX_EPOCH,
            seq: 0,
            hash: String::new(),
            statements: 0,
            root: SealedParts::new("remit entry 2"),
            secret,
            workspace,
            signer: self.signer.clone(),
            group: self.group.as_mut(),
            chain: &mut self.chain,
            unnamed: Vec::new(),
            one: None,
            open: true,
        };
        let last = entry
            .db
            .prepare_cached("select seq, hash, recorded_at from statement order by seq desc limit 1")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?)))
            .optional()?;
        let latest: String;
        (entry.seq, entry.hash, latest) = last.unwrap_or_default();
        // A clock that was set back must not make a later statement look like an earlier one.
        entry.recorded_at = now().max(latest);
        entry.began = entry.recorded_at.parse().unwrap_or_else(|_| jiff::Timestamp::now());
        Ok(entry)
    }
}

/// As what something was first said that is said again: it counts no more than it did, also beside what was said at the same moment.
#[derive(Debug, Clone)]
pub(crate) struct FirstSaid {
    at: String,
    id: String,
    /// Of what follows from that statement in each workspace: what the end of its identifier is made of, so that all say one thing.
    follows: Option<Digest>,
}

impl FirstSaid {
    pub(crate) fn of(s: &Statement) -> FirstSaid {
        FirstSaid { at: s.said_at.clone(), id: s.id.clone(), follows: None }
    }

    /// As what something is said, at this moment, that follows from a statement.
    pub(crate) fn following(at: &str, s: &Statement, follows: Option<Digest>) -> FirstSaid {
        FirstSaid { at: at.to_owned(), id: s.id.clone(), follows }
    }

    /// A new identifier that stands where the first one does in the order of identifiers: all of it but its last digits, which tell nothing.
    fn identifier(&self) -> Option<String> {
        let mut last = [0; LAST_DIGITS];
        getrandom::fill(&mut last).ok()?;
        self.ending_with(last)
    }

    /// The identifier that every workspace gives to what follows.
    fn identifier_of_following(&self) -> Option<String> {
        let mut last = [0; LAST_DIGITS];
        last.copy_from_slice(&self.follows?[..LAST_DIGITS]);
        self.ending_with(last)
    }

    fn ending_with(&self, last: [u8; LAST_DIGITS]) -> Option<String> {
        let mut id = Uuid::parse_str(&self.id).ok()?.into_bytes();
        id[16 - LAST_DIGITS..].copy_from_slice(&last);
        Some(Uuid::from_bytes(id).to_string())
    }
}

/// Bytes at the end of an identifier in which it differs from that of what was said first.
const LAST_DIGITS: usize = 4;

impl Entry<'_> {
    /// Appends a statement and returns its identifier. A draft that supersedes several statements ends a conflict: it
    /// takes the place of the first, and the others are withdrawn.
    ///
    /// # Errors
    /// [`StoreError::Statement`] where a value is none of its field, or a new record lacks what it needs; [`StoreError::Refused`] where it takes the
    /// place of what is said of another record; when the database cannot be written.
    pub fn append(&mut self, draft: &Draft) -> Result<String, StoreError> {
        // What is checked is what is stored.
        let mut kept = draft.as_kept(&self.model);
        if kept.record.is_empty()
            && let Some(of) = self.record_of(&kept)?
        {
            kept.to_mut().record = of;
        }
        if let Some(said) = self.of_those_that_stand(&kept)? {
            kept = Cow::Owned(said);
        }
        self.must_be_about(&kept)?;
        let mut faults = self.new_faults(&kept)?;
        if faults.is_empty()
            && let Some(field) = self.lacks(&kept)?.map(|field| field.name.clone())
        {
            match kept.record.is_empty() || self.model.kind(&kept.kind).is_some_and(|kind| kind.title.is_none()) {
                true => faults.push(Fault::missing(field)),
                false => self.unnamed.push(Unnamed { kind: kept.kind.clone(), record: kept.record.clone(), field }),
            }
        }
        if !faults.is_empty() && !self.takes_back(&kept)? {
            return Err(StoreError::Statement { kind: kept.kind.clone(), record: kept.record.clone(), faults });
        }
        let first = self.first_said(&kept)?;
        self.repeat(&kept, first.as_ref())
    }

    /// What a draft says of the records that those were made one with which it names; none where it names none such. What would connect a record
    /// with itself stays as it is.
    fn of_those_that_stand(&mut self, draft: &Draft) -> Result<Option<Draft>, StoreError> {
        if draft.withdrawn {
            return Ok(None);
        }
        let one = match self.one.take() {
            Some(one) => one,
            None => self.staying_one()?,
        };
        let said = self.said_of_one(draft, &one)?.filter(|said| !said.withdrawn);
        self.one = Some(one);
        Ok(said)
    }

    /// The record of what a draft takes the place of: what it is about where it does not say so.
    fn record_of(&self, draft: &Draft) -> Result<Option<String>, StoreError> {
        let Some(id) = draft.supersedes.first() else { return Ok(None) };
        let Some(before) = self.statement(id)? else { return Ok(None) };
        Ok(Some(self.successor(before)?.draft.record))
    }

    /// Refuses a draft in the place of what is said of another record: that one would vanish with the last of its statements.
    fn must_be_about(&self, draft: &Draft) -> Result<(), StoreError> {
        for id in &draft.supersedes {
            let Some(before) = self.statement(id)? else { continue };
            let (of, is) = (&before.draft, draft);
            if of.kind != is.kind {
                let why = format!("`supersedes` names a statement of the kind {}, not {}", of.kind, is.kind);
                return Err(StoreError::Refused(why));
            }
            if of.record != is.record && !self.is_about(&before, draft)? {
                let why = format!(
                    "`supersedes` names a statement of {} `{}`, and this is about `{}`; name one of the same record, or leave `supersedes` out",
                    of.kind, of.record, is.record
                );
                return Err(StoreError::Refused(why));
            }
        }
        Ok(())
    }

    /// As what a draft was first said, where it only marks otherwise what it takes the place of: a value that somebody keeps from sight does not
    /// become the newest by it. None for what is said now.
    fn first_said(&self, draft: &Draft) -> Result<Option<FirstSaid>, StoreError> {
        let [id] = &draft.supersedes[..] else { return Ok(None) };
        let before = self.statement(id)?.filter(|before| before.draft.record == draft.record);
        let same = before.filter(|before| before.draft.as_kept(&self.model).says_the_same_but_for_markings(draft));
        Ok(same.as_ref().map(FirstSaid::of))
    }

    /// What in a draft cannot be recorded. What the statement before it says in the same words, an older version may have let through:
    /// that it is graded or marked now is no fault of today.
    fn new_faults(&self, draft: &Draft) -> Result<Vec<Fault>, StoreError> {
        let mut faults = draft.faults(&self.model);
        let before = match draft.supersedes.first().filter(|_| !faults.is_empty() && !draft.withdrawn) {
            Some(id) => self.statement(id)?,
            None => None,
        };
        if let Some(before) = before {
            let before = before.draft.as_kept(&self.model);
            faults.retain(|fault| !says_as_before(draft, &before, &fault.field));
        }
        Ok(faults)
    }

    /// True for a withdrawal that repeats what it takes back: an older version may have recorded what this one would not.
    fn takes_back(&self, draft: &Draft) -> Result<bool, StoreError> {
        let Some(id) = draft.supersedes.first().filter(|_| draft.withdrawn) else { return Ok(false) };
        let says = |d: &Draft| (d.fields.clone(), d.envelope.clone(), d.more.clone(), d.verified_at.clone());
        Ok(self.statement(id)?.is_some_and(|before| says(&before.draft.as_kept(&self.model)) == says(draft)))
    }

    /// Appends what was recorded before and is only said again, in another place or after an undo: `first` is as what it was said first. None for
    /// what is said now.
    pub(crate) fn repeat(&mut self, draft: &Draft, first: Option<&FirstSaid>) -> Result<String, StoreError> {
        let id = self.say(draft, draft.supersedes.first(), "", first)?;
        for other in draft.supersedes.iter().skip(1) {
            let withdrawal = Draft { withdrawn: true, ..draft.clone() };
            self.say(&withdrawal, Some(other), &id, None)?;
        }
        Ok(id)
    }

    /// Records a draft in the place of one statement, in the name of who records here, as said now or as it was first said.
    pub(crate) fn say(
        &mut self,
        draft: &Draft,
        supersedes: Option<&String>,
        settled_by: &str,
        first: Option<&FirstSaid>,
    ) -> Result<String, StoreError> {
        let following = first.and_then(FirstSaid::identifier_of_following);
        let there = following.as_ref().map(|id| self.statement(id)).transpose()?.flatten();
        let id = match (following, there) {
            // What follows stands here already: there is nothing to say.
            (Some(id), Some(there)) if there.draft.kind == draft.kind && there.draft.supersedes.first() == supersedes => {
                return Ok(id);
            }
            (Some(id), None) => id,
            _ => first.and_then(FirstSaid::identifier).unwrap_or_else(|| identifier(self.began, draft.marking)),
        };
        let mut draft = Draft { supersedes: supersedes.cloned().into_iter().collect(), ..draft.clone() };
        if draft.record.is_empty() {
            draft.record.clone_from(&id);
        }
        if let Some(kind) = self.model.kind(&draft.kind) {
            // In the model's order, so that the same statement is the same text.
            let mut fields = std::mem::take(&mut draft.fields);
            draft.fields =
                kind.fields.iter().filter_map(|f| fields.remove_entry(&f.name)).filter(|(_, v)| !v.is_null()).collect();
            draft.fields.extend(fields);
        }
        draft.guard(&self.model);
        // What is left of a statement is committed to alike wherever it is said, so that what is erased of it later is alike too. An order hides nothing:
        // what its identifier is made of is no secret.
        let own = first.and_then(|first| first.follows).filter(|_| draft.kind != REDACTION);
        let salt = own.map_or_else(|| Salt::derived(&self.secret, self.statements), |follows| Salt::derived(&follows, 0));
        let mut s = Statement {
            seq: 0,
            id: id.clone(),
            entry: self.id.clone(),
            said_entry: self.id.clone(),
            act: self.act.clone(),
            author: self.author.clone(),
            recorded_at: String::new(),
            said_at: first.map_or_else(|| self.recorded_at.clone(), |first| first.at.clone()),
            workspace: self.workspace.clone(),
            taken_from: String::new(),
            settled_by: settled_by.to_owned(),
            draft,
            seal: Seal { salt: Some(salt), ..Seal::default() },
            prev_hash: String::new(),
            hash: String::new(),
        };
        s.seal.content = s.content().unwrap_or_default();
        self.link(s)?;
        Ok(id)
    }

    /// Puts a statement at the end of the chain, whoever said it.
    pub(crate) fn link(&mut self, mut s: Statement) -> Result<(), StoreError> {
        s.seq = self.seq.saturating_add(1);
        s.entry.clone_from(&self.id);
        s.recorded_at.clone_from(&self.recorded_at);
        s.prev_hash = std::mem::take(&mut self.hash);
        s.hash = s.computed_hash();
        insert(&self.db, &s)?;
        index::keep(&self.db, &self.model, &s)?;
        self.root.add(s.bound().as_bytes());
        self.seq = s.seq;
        self.hash = s.hash;
        self.statements += 1;
        Ok(())
    }

    /// Forgets where a data set came from of which nothing is left.
    pub(crate) fn forget_origin(&self, dataset: &str) -> Result<(), StoreError> {
        let changing = self.signer.changing(&self.db, ORIGINS)?;
        let sql = "delete from dataset_origin where dataset = ?1 and not exists (select 1 from snapshot where dataset = ?1)";
        match self.db.execute(sql, [dataset])? {
            0 => Ok(()),
            _ => self.signer.sign_changed(&self.db, &self.recorded_at, changing),
        }
    }

    /// What has been appended, as yet in memory.
    pub fn so_far(&self) -> Recorded {
        Recorded { entry: String::new(), statements: self.statements }
    }

    /// Identifier of the entry.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Puts the entry on the disk, signed. Dropped without it, nothing has happened.
    ///
    /// # Errors
    /// When a new record lacks what it needs, or the disk says no; then nothing has happened either.
    pub fn commit(mut self) -> Result<Recorded, StoreError> {
        if let Some(Unnamed { kind, record, field }) = self.still_unnamed(&self.unnamed)? {
            let faults = vec![Fault::missing(field.clone())];
            return Err(StoreError::Statement { kind: kind.clone(), record: record.clone(), faults });
        }
        if self.statements > 0 {
            self.sign()?;
        }
        if self.statements > MANY {
            // The planner must know that a kind has many statements and an identifier one.
            self.db.execute_batch("pragma analysis_limit = 1000; analyze main.statement")?;
        }
        match (&self.group, self.statements) {
            (Some(_), _) => self.db.execute_batch("release entry")?,
            (None, 0) => self.db.execute_batch("commit")?,
            (None, _) => self.signer.commit(&self.db)?,
        }
        self.open = false;
        Ok(Recorded { entry: self.id.clone(), statements: self.statements })
    }

    fn sign(&self) -> Result<(), StoreError> {
        let mut signed = SignedEntry {
            id: self.id.clone(),
            act: self.act.clone(),
            author: self.author.clone(),
            said_at: self.recorded_at.clone(),
            taken: false,
            statements: self.statements,
            root: self.root.clone().hexadecimal(),
            seq: self.seq,
            head: self.hash.clone(),
            workspace: self.workspace.clone(),
            signature: String::new(),
        };
        signed.signature = self.signer.key.sign(&signed.message());
        signed.insert(&self.db)?;
        self.signer.sign_head(&self.db, &self.recorded_at)
    }
}

/// True where a draft says of a field what was said before.
fn says_as_before(draft: &Draft, before: &Draft, field: &str) -> bool {
    match draft.fields.get(field) {
        Some(value) => before.fields.get(field) == Some(value),
        None => !draft.envelope(field).is_empty() && draft.envelope(field) == before.envelope(field),
    }
}

/// What numbers the statements of one moment, for each marking: gaps between those that somebody sees would tell how many there are
/// that they do not see.
static NUMBERS: [Mutex<ContextV7>; 4] = [const { Mutex::new(ContextV7::new()) }; 4];

/// A new identifier for a statement of an entry that began at a moment. How long the entry takes is not in it either.
fn identifier(began: jiff::Timestamp, marking: Marking) -> String {
    let numbers = &NUMBERS[usize::from(marking.level()) % NUMBERS.len()];
    let (seconds, nanoseconds) = (began.as_second().max(0).unsigned_abs(), began.subsec_nanosecond().max(0).unsigned_abs());
    Uuid::new_v7(Timestamp::from_unix(numbers, seconds, nanoseconds)).to_string()
}

/// Begins what an entry writes: a transaction, or a part of the one that its group has.
fn begin(db: &Connection, group: Option<&mut EntryGroup>) -> Result<(), StoreError> {
    let Some(group) = group else { return Ok(db.execute_batch("begin immediate")?) };
    if group.since.is_none() {
        db.execute_batch("begin immediate")?;
        group.since = Some(Instant::now());
    }
    Ok(db.execute_batch("savepoint entry")?)
}

/// Ends the transaction of a group.
fn settle(db: &Connection, signer: &Signer) -> Result<(), StoreError> {
    signer.commit(db).inspect_err(|_| {
        // What could not be put on the disk does not stay open for others to wait for.
        let _ = db.execute_batch("rollback");
    })
}

pub(crate) fn insert(db: &Connection, s: &Statement) -> Result<(), StoreError> {
    const SQL: &str =
        "insert into statement values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
    let d = &s.draft;
    let said = |text: &String| if text.is_empty() { None } else { Some(text.clone()) };
    let object = |empty: bool, value: Value| (!empty).then(|| value.to_string());
    let mut insert = db.prepare_cached(SQL)?;
    let fields = Value::Object(d.fields.clone()).to_string();
    let head = params![s.seq, s.id, s.entry, s.act, said(&d.origin), d.kind, d.record, d.supersedes.first(), d.withdrawn, fields];
    let mut at = 0;
    let mut bind = |value: &dyn rusqlite::ToSql| {
        at += 1;
        insert.raw_bind_parameter(at, value)
    };
    head.iter().try_for_each(|v| bind(*v))?;
    bind(&object(d.withheld.is_empty(), withheld_json(&d.withheld)))?;
    d.envelope.iter().try_for_each(|v| bind(&said(v)))?;
    let tail = params![d.marking.level(), d.status.code(), s.author, s.recorded_at, said(&d.verified_at), s.prev_hash, s.hash];
    tail.iter().try_for_each(|v| bind(*v))?;
    let salts: BTreeMap<&String, String> = s.seal.salts.iter().map(|(name, salt)| (name, salt.hexadecimal())).collect();
    let added = params![
        object(d.more.is_empty(), serde_json::json!(d.more)),
        s.said_entry,
        s.said_at,
        s.workspace,
        said(&s.taken_from),
        said(&s.settled_by),
        s.seal.salt.map(|salt| salt.hexadecimal()),
        object(salts.is_empty(), serde_json::json!(salts)),
        object(s.seal.sealed.is_empty(), serde_json::json!(s.seal.sealed)),
        said(&s.seal.content)
    ];
    added.iter().try_for_each(|v| bind(*v))?;
    insert.raw_execute()?;
    Ok(())
}
