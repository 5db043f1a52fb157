//! The register's writer: appends statements, each chained by hash to the one before, and nothing else.
//!
//! What looks like a change is a statement too: a correction supersedes, a withdrawal supersedes and says nothing, an
//! undo restates what was there before, a merge of two records restates the statements of the one as those of the
//! other. All that is done at once is one *entry*, and is on the disk before [`Entry::commit`] returns.

use crate::as_of::now;
use crate::chain::Chain;
use crate::statement::{Draft, Statement, withheld_json};
use crate::{Fault, StoreError, Workspace};
use remit_model::{FieldType, Model, search_words};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde_json::{Map, Value};
use uuid::Uuid;

/// Statements of one entry from which what the planner knows of the table is brought up to date.
const MANY: u64 = 5_000;

/// A connection that appends; what it reads is the [`Chain`].
pub struct Register(Chain);

impl std::ops::Deref for Register {
    type Target = Chain;
    fn deref(&self) -> &Chain {
        &self.0
    }
}

/// What has been recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Identifier of the entry: what `undo` takes.
    pub entry: String,
    /// Statements appended.
    pub statements: u64,
}

/// What was taken over from another workspace.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// What was recorded.
    pub recorded: Recorded,
    /// What was not, with the first thing that is wrong with it.
    pub refused: Vec<(Statement, Fault)>,
}

/// An entry under way: statements that are recorded together or not at all.
pub struct Entry<'r> {
    transaction: Transaction<'r>,
    model: &'r Model,
    id: String,
    act: String,
    author: String,
    recorded_at: String,
    seq: i64,
    hash: String,
    statements: u64,
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
        Ok(Register(Chain::over(db, workspace)?))
    }

    /// Begins an entry. `act` says what is done, for the history: `entered`, `imported units.xlsx`.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where somebody else is writing for long.
    pub fn entry(&mut self, author: &str, act: &str) -> Result<Entry<'_>, StoreError> {
        let Chain { db, model, .. } = &mut self.0;
        let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let last = transaction
            .prepare_cached("select seq, hash, recorded_at from statement order by seq desc limit 1")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?)))
            .optional()?;
        let (seq, hash, latest) = last.unwrap_or((0, String::new(), String::new()));
        Ok(Entry {
            transaction,
            model,
            id: Uuid::now_v7().to_string(),
            act: act.to_owned(),
            author: author.to_owned(),
            // A clock that was set back must not make a later statement look like an earlier one.
            recorded_at: now().max(latest),
            seq,
            hash,
            statements: 0,
        })
    }

    /// Takes an entry back: what it added is withdrawn, what it replaced is said again. What somebody has replaced
    /// since is left as it is, and counted in the second number.
    ///
    /// # Errors
    /// [`StoreError::Refused`] where there is no such entry.
    pub fn undo(&mut self, entry: &str, author: &str) -> Result<(Recorded, u64), StoreError> {
        let done = self.entry_statements(entry)?;
        let Some(first) = done.first() else {
            return Err(StoreError::Refused(format!("there is no entry `{entry}`; `remit history` lists them")));
        };
        let act = format!("undid: {}", first.act);
        let (mut drafts, mut kept) = (Vec::new(), 0);
        for s in done.iter().rev() {
            // What stands may be a later undo that said the same again.
            let stands = self.successor(s.clone())?;
            if !stands.draft.says_the_same(&s.draft) || stands.draft.record != s.draft.record {
                kept += 1;
                continue;
            }
            let before = match s.draft.supersedes.first() {
                Some(id) => self.statement(id)?.map(|b| b.draft),
                None => None,
            };
            let said = before.unwrap_or_else(|| Draft { withdrawn: true, ..s.draft.clone() });
            drafts.push(Draft { supersedes: vec![stands.id], origin: s.draft.origin.clone(), ..said });
        }
        let mut undo = self.entry(author, &act)?;
        for draft in &drafts {
            undo.repeat(draft)?;
        }
        Ok((undo.commit()?, kept))
    }

    /// Makes two records one: all that is said of `gone` is said of `kept`, and what refers to `gone` refers to it.
    /// Undoing the entry makes them two again.
    ///
    /// # Errors
    /// [`StoreError::Refused`] where one of them does not exist or both are the same.
    pub fn merge(&mut self, kind: &str, kept: &str, gone: &str, author: &str) -> Result<Recorded, StoreError> {
        if kept == gone {
            return Err(StoreError::Refused(format!("`{kept}` is one record already; name two")));
        }
        let moving = self.current(kind, gone)?;
        if moving.is_empty() || !self.has(kind, kept)? {
            let missing = if moving.is_empty() { gone } else { kept };
            return Err(StoreError::Refused(format!("there is no {kind} `{missing}` in the register")));
        }
        let mut drafts = Vec::new();
        for s in moving {
            let supersedes = vec![s.id.clone()];
            drafts.push(Draft { record: kept.to_owned(), supersedes, origin: String::new(), ..s.draft });
        }
        for s in self.referring(kind, gone)? {
            let supersedes = vec![s.id.clone()];
            let fields = self.referring_to(&s.draft, kind, gone, kept);
            match drafts.iter_mut().find(|d| d.supersedes == supersedes) {
                Some(draft) => draft.fields = fields,
                None => drafts.push(Draft { supersedes, fields, origin: String::new(), ..s.draft }),
            }
        }
        let mut entry = self.entry(author, &format!("merged {gone} into {kept}"))?;
        for draft in &drafts {
            entry.repeat(draft)?;
        }
        entry.commit()
    }

    /// The fields of a statement with `kept` in place of `gone`.
    fn referring_to(&self, draft: &Draft, kind: &str, gone: &str, kept: &str) -> Map<String, Value> {
        let mut fields = draft.fields.clone();
        for field in self.model.kind(&draft.kind).iter().flat_map(|k| &k.fields) {
            if let Some(value) = fields.get(&field.name).and_then(|v| field.referring_to(v, kind, gone, kept)) {
                fields.insert(field.name.clone(), value);
            }
        }
        fields
    }

    /// Appends what another workspace has and this one lacks. Statements keep identifier and content; that they
    /// supersede the same one as ours is a conflict, which stays until somebody solves it. What this workspace could not
    /// have recorded itself is not taken, and named.
    ///
    /// # Errors
    /// When either database fails.
    pub fn take_from(&mut self, other: &Workspace, author: &str) -> Result<Taken, StoreError> {
        let name = other.folder().file_name().map_or_else(|| "another workspace".into(), |n| n.to_string_lossy().into_owned());
        let theirs = Chain::open(other)?;
        let mut entry = self.entry(author, &format!("taken from {name}"))?;
        let mut refused = Vec::new();
        theirs.each(|s| {
            let known: bool = entry
                .transaction
                .prepare_cached("select exists (select 1 from statement where id = ?)")?
                .query_row([&s.id], |row| row.get(0))?;
            if known {
                return Ok(());
            }
            if let Some(fault) = s.draft.faults(entry.model).into_iter().next() {
                refused.push((s, fault));
                return Ok(());
            }
            let act = format!("{} (taken from {name}, recorded there {})", s.act, s.recorded_at);
            entry.write(s.id, s.entry, act, s.author, &s.draft, s.draft.supersedes.first())
        })?;
        Ok(Taken { recorded: entry.commit()?, refused })
    }
}

impl Entry<'_> {
    /// Identifier of the entry.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Appends a statement and returns its identifier. A draft that supersedes several statements ends a conflict: it
    /// takes the place of the first, and the others are withdrawn.
    ///
    /// # Errors
    /// [`StoreError::Statement`] where a value is none of its field; when the database cannot be written.
    pub fn append(&mut self, draft: &Draft) -> Result<String, StoreError> {
        let faults = draft.faults(self.model);
        if !faults.is_empty() && !draft.withdrawn {
            return Err(StoreError::Statement { kind: draft.kind.clone(), record: draft.record.clone(), faults });
        }
        self.repeat(draft)
    }

    /// Appends what was recorded before and is only said again, in another place or after an undo.
    fn repeat(&mut self, draft: &Draft) -> Result<String, StoreError> {
        let id = Uuid::now_v7().to_string();
        let (entry, act, author) = (self.id.clone(), self.act.clone(), self.author.clone());
        self.write(id.clone(), entry.clone(), act.clone(), author.clone(), draft, draft.supersedes.first())?;
        for other in draft.supersedes.iter().skip(1) {
            let withdrawal = Draft { withdrawn: true, ..draft.clone() };
            let id = Uuid::now_v7().to_string();
            self.write(id, entry.clone(), act.clone(), author.clone(), &withdrawal, Some(other))?;
        }
        Ok(id)
    }

    fn write(
        &mut self,
        id: String,
        entry: String,
        act: String,
        author: String,
        draft: &Draft,
        supersedes: Option<&String>,
    ) -> Result<(), StoreError> {
        let mut draft = draft.clone();
        draft.supersedes = supersedes.cloned().into_iter().collect();
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
        let mut s = Statement {
            seq: self.seq + 1,
            id,
            entry,
            act,
            author,
            recorded_at: self.recorded_at.clone(),
            draft,
            prev_hash: std::mem::take(&mut self.hash),
            hash: String::new(),
        };
        s.hash = s.computed_hash();
        insert(&self.transaction, &s)?;
        index(&self.transaction, self.model, &s)?;
        self.seq = s.seq;
        self.hash = s.hash;
        self.statements += 1;
        Ok(())
    }

    /// Puts the entry on the disk. Dropped without it, nothing has happened.
    ///
    /// # Errors
    /// When the disk says no; then nothing has happened either.
    pub fn commit(self) -> Result<Recorded, StoreError> {
        if self.statements > MANY {
            // The planner must know that a kind has many statements and an identifier one.
            self.transaction.execute_batch("pragma analysis_limit = 1000; analyze main.statement")?;
        }
        self.transaction.commit()?;
        Ok(Recorded { entry: self.id, statements: self.statements })
    }
}

fn insert(db: &Connection, s: &Statement) -> Result<(), StoreError> {
    let d = &s.draft;
    let said = |text: &String| if text.is_empty() { None } else { Some(text.clone()) };
    let withheld = if d.withheld.is_empty() { None } else { Some(withheld_json(&d.withheld).to_string()) };
    let mut insert =
        db.prepare_cached("insert into statement values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")?;
    let fields = Value::Object(d.fields.clone()).to_string();
    let head = params![s.seq, s.id, s.entry, s.act, said(&d.origin), d.kind, d.record, d.supersedes.first(), d.withdrawn, fields];
    let mut at = 0;
    let mut bind = |value: &dyn rusqlite::ToSql| {
        at += 1;
        insert.raw_bind_parameter(at, value)
    };
    head.iter().try_for_each(|v| bind(*v))?;
    bind(&withheld)?;
    d.envelope.iter().try_for_each(|v| bind(&said(v)))?;
    let tail = params![d.marking.level(), d.status.code(), s.author, s.recorded_at, said(&d.verified_at), s.prev_hash, s.hash];
    tail.iter().try_for_each(|v| bind(*v))?;
    bind(&if d.more.is_empty() { None } else { Some(serde_json::json!(d.more).to_string()) })?;
    insert.raw_execute()?;
    Ok(())
}

/// Keeps what finds a statement again: its words, and the records that it refers to.
fn index(db: &Connection, model: &Model, s: &Statement) -> Result<(), StoreError> {
    if s.draft.withdrawn {
        return Ok(());
    }
    let kind = model.kind(&s.draft.kind);
    let mut words = String::new();
    for (name, value) in &s.draft.fields {
        if s.draft.withheld.iter().any(|(f, _)| f == name) {
            continue;
        }
        let field = kind.and_then(|k| k.field(name));
        match field.map(|f| (f, &f.kind)) {
            Some((field, FieldType::Record(_) | FieldType::Records(_))) => {
                for (_, target) in field.references(value) {
                    db.prepare_cached("insert or ignore into statement_reference values (?, ?, ?)")?
                        .execute(params![target, s.seq, name])?;
                }
            }
            Some((_, FieldType::Code(_))) => {}
            _ => texts(value, &mut |text| search_words(text, &mut words)),
        }
    }
    texts(&Value::String(s.draft.record.replace(['/', '_', '-'], " ")), &mut |text| search_words(text, &mut words));
    db.prepare_cached("insert into statement_text (rowid, words) values (?, ?)")?.execute(params![s.seq, words])?;
    Ok(())
}

fn texts(value: &Value, each: &mut dyn FnMut(&str)) {
    match value {
        Value::String(text) => each(text),
        Value::Array(items) => items.iter().for_each(|v| texts(v, each)),
        Value::Object(parts) => parts.values().for_each(|v| texts(v, each)),
        _ => {}
    }
}
