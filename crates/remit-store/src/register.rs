//! The register's writer: appends statements, each chained by hash to the one before, and nothing else.
//!
//! What looks like a change is a statement too: a correction supersedes, a withdrawal supersedes and says nothing, an
//! undo restates what was there before, a merge of two records restates the statements of the one as those of the
//! other. All that is done at once is one *entry*, and is on the disk before [`Entry::commit`] returns.

use crate::as_of::now;
use crate::statement::{Draft, ENVELOPE, Statement, Status, read_withheld, withheld_json};
use crate::{StoreError, Workspace};
use remit_model::{FieldType, Marking, Model, search_words};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};
use serde_json::{Map, Value};
use std::sync::Arc;
use uuid::Uuid;

/// Columns of a statement, in the order in which [`statement`] reads them.
const COLUMNS: &str = "t.seq, t.id, t.entry, t.act, t.origin, t.kind, t.record, t.supersedes, t.withdrawn, t.fields, \
     t.withheld, t.valid_from, t.valid_to, t.first_cited, t.last_cited, t.source, t.url, t.locator, t.quote, \
     t.reliability, t.credibility, t.marking, t.status, t.author, t.recorded_at, t.verified_at, t.prev_hash, t.hash";

/// The condition that nothing that counts has replaced the statement `t`.
pub(crate) const NOT_SUPERSEDED: &str =
    "not exists (select 1 from main.statement n where n.supersedes = t.id and n.status <> 'proposed')";

/// Statements of one entry from which what the planner knows of the table is brought up to date.
const MANY: u64 = 5_000;

/// A connection that appends.
pub struct Register {
    db: Connection,
    model: Arc<Model>,
}

/// What has been recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Identifier of the entry: what `undo` takes.
    pub entry: String,
    /// Statements appended.
    pub statements: u64,
}

/// The result of checking the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Statements whose hashes hold.
    pub statements: u64,
    /// Hash of the last of them; empty where there is none.
    pub head: String,
    /// The first link that is broken.
    pub broken: Option<Broken>,
}

/// A link of the chain that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Place in the chain.
    pub seq: i64,
    /// Identifier of the statement.
    pub id: String,
    /// Its record.
    pub record: String,
    /// What is wrong.
    pub reason: String,
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
        let db = workspace.connect(true)?;
        // What is acknowledged is on the disk, whatever happens next.
        db.pragma_update(None, "synchronous", "full")?;
        db.pragma_update(None, "cache_size", -64_000)?;
        db.set_prepared_statement_cache_capacity(32);
        Ok(Register { db, model: workspace.model().clone() })
    }

    /// Begins an entry. `act` says what is done, for the history: `entered`, `imported units.xlsx`.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where somebody else is writing for long.
    pub fn entry(&mut self, author: &str, act: &str) -> Result<Entry<'_>, StoreError> {
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let last = transaction
            .prepare_cached("select seq, hash, recorded_at from statement order by seq desc limit 1")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?)))
            .optional()?;
        let (seq, hash, latest) = last.unwrap_or((0, String::new(), String::new()));
        Ok(Entry {
            transaction,
            model: &self.model,
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

    /// A statement by its identifier.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn statement(&self, id: &str) -> Result<Option<Statement>, StoreError> {
        Ok(self.all("t.id = ?", id)?.pop())
    }

    /// The statements of an entry, in their order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn entry_statements(&self, entry: &str) -> Result<Vec<Statement>, StoreError> {
        self.all("t.entry = ?", entry)
    }

    /// What imports last said at a place of a sheet, whatever people have done since.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn from_origin(&self, origin: &str) -> Result<Vec<Statement>, StoreError> {
        self.all(
            "t.origin = ? and not exists (select 1 from statement n where n.supersedes = t.id and n.origin = t.origin)",
            origin,
        )
    }

    /// The places below one (a mapping's name and `/`) of which imports last said something, with the statement.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn origins_below(&self, prefix: &str) -> Result<Vec<Statement>, StoreError> {
        let sql = format!(
            "select {COLUMNS} from statement t where t.origin >= ?1 and t.origin < ?1 || char(1114111) and t.withdrawn = 0 \
             and not exists (select 1 from statement n where n.supersedes = t.id and n.origin = t.origin) \
             and {NOT_SUPERSEDED} order by t.seq"
        );
        let mut query = self.db.prepare_cached(&sql)?;
        Ok(query.query_map([prefix], statement)?.collect::<Result<_, _>>()?)
    }

    /// Every statement that was ever made with a place below one as its origin, replaced ones too.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn at_origins_below(&self, prefix: &str) -> Result<Vec<Statement>, StoreError> {
        self.all("t.origin >= ?1 and t.origin < ?1 || char(1114111)", prefix)
    }

    /// What has taken the place of a statement: itself while nothing has.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn successor(&self, s: Statement) -> Result<Statement, StoreError> {
        let sql = format!(
            "select {COLUMNS} from statement t where t.supersedes = ? and t.status <> 'proposed' order by t.seq desc limit 1"
        );
        let mut last = s;
        while let Some(next) = self.db.prepare_cached(&sql)?.query_row([&last.id], statement).optional()? {
            last = next;
        }
        Ok(last)
    }

    /// What holds of a record: statements that nothing has replaced, proposals too, withdrawals not.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn current(&self, kind: &str, record: &str) -> Result<Vec<Statement>, StoreError> {
        let sql = format!(
            "select {COLUMNS} from statement t where t.kind = ? and t.record = ? and t.withdrawn = 0 \
             and t.status <> 'rejected' and {NOT_SUPERSEDED} order by t.seq"
        );
        let mut query = self.db.prepare_cached(&sql)?;
        Ok(query.query_map([kind, record], statement)?.collect::<Result<_, _>>()?)
    }

    /// Whether something holds of a record.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn has(&self, kind: &str, record: &str) -> Result<bool, StoreError> {
        Ok(!self.current(kind, record)?.is_empty())
    }

    /// Every record of a kind with what it is called, by what is marked at most so: its title field, its acronym and its
    /// other names.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn names(&self, kind: &str, clearance: Marking) -> Result<Vec<(String, String)>, StoreError> {
        let title = self.model.kind(kind).and_then(|k| k.title.clone()).unwrap_or_default();
        let sql = format!(
            "select t.record, json_extract(t.fields, '$.' || ?2), json_extract(t.fields, '$.acronym'), \
             json_extract(t.fields, '$.former_name'), json_extract(t.fields, '$.names') from statement t \
             where t.kind = ?1 and t.marking <= {} and t.withdrawn = 0 and t.status = 'accepted' and {NOT_SUPERSEDED} order by t.seq",
            clearance.level()
        );
        let mut query = self.db.prepare(&sql)?;
        let mut rows = query.query([kind, &title])?;
        let mut names = Vec::new();
        while let Some(row) = rows.next()? {
            let record: String = row.get(0)?;
            for column in 1..4 {
                if let Some(name) = row.get::<_, Option<String>>(column)? {
                    names.push((record.clone(), name));
                }
            }
            let others: Option<String> = row.get(4)?;
            let others = others.and_then(|t| serde_json::from_str::<Vec<Map<String, Value>>>(&t).ok()).unwrap_or_default();
            let others = others.iter().filter_map(|o| o.get("name")?.as_str());
            names.extend(others.map(|name| (record.clone(), name.to_owned())));
        }
        Ok(names)
    }

    /// What a field says of every record of a kind.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn values(&self, kind: &str, field: &str, clearance: Marking) -> Result<Vec<(String, String)>, StoreError> {
        let sql = format!(
            "select t.record, json_extract(t.fields, '$.' || ?2) as value from statement t where t.kind = ?1 and value is not null \
             and t.marking <= {} and t.withdrawn = 0 and t.status = 'accepted' and {NOT_SUPERSEDED} order by t.seq",
            clearance.level()
        );
        let mut query = self.db.prepare(&sql)?;
        Ok(query.query_map([kind, field], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
    }

    fn all(&self, condition: &str, parameter: &str) -> Result<Vec<Statement>, StoreError> {
        let sql = format!("select {COLUMNS} from statement t where {condition} order by t.seq");
        let mut query = self.db.prepare_cached(&sql)?;
        Ok(query.query_map([parameter], statement)?.collect::<Result<_, _>>()?)
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
            undo.append(draft)?;
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
            let mut fields = s.draft.fields.clone();
            for name in self.reference_fields(&s.draft.kind, kind) {
                if fields.get(&name).and_then(Value::as_str) == Some(gone) {
                    fields.insert(name, kept.into());
                }
            }
            match drafts.iter_mut().find(|d| d.supersedes == supersedes) {
                Some(draft) => draft.fields = fields,
                None => drafts.push(Draft { supersedes, fields, origin: String::new(), ..s.draft }),
            }
        }
        let mut entry = self.entry(author, &format!("merged {gone} into {kept}"))?;
        for draft in &drafts {
            entry.append(draft)?;
        }
        entry.commit()
    }

    /// What holds and refers to a record.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn referring(&self, kind: &str, record: &str) -> Result<Vec<Statement>, StoreError> {
        let sql = format!(
            "select {COLUMNS} from statement t where t.seq in (select r.seq from statement_reference r where r.target = ?) \
             and t.withdrawn = 0 and t.status <> 'rejected' and {NOT_SUPERSEDED} order by t.seq"
        );
        let mut query = self.db.prepare_cached(&sql)?;
        let found: Vec<Statement> = query.query_map([record], statement)?.collect::<Result<_, _>>()?;
        let refers = |s: &Statement| {
            let fields = self.reference_fields(&s.draft.kind, kind);
            fields.iter().any(|f| s.draft.fields.get(f).and_then(Value::as_str) == Some(record))
        };
        Ok(found.into_iter().filter(refers).collect())
    }

    fn reference_fields(&self, kind: &str, of: &str) -> Vec<String> {
        let kind = self.model.kind(kind);
        kind.iter().flat_map(|k| k.references()).filter(|(_, k)| *k == of).map(|(f, _)| f.name.clone()).collect()
    }

    /// Appends what another workspace has and this one lacks. Statements keep identifier and content; that they
    /// supersede the same one as ours is a conflict, which stays until somebody solves it.
    ///
    /// # Errors
    /// When either database fails.
    pub fn take_from(&mut self, other: &Workspace, author: &str) -> Result<Recorded, StoreError> {
        let name = other.folder().file_name().map_or_else(|| "another workspace".into(), |n| n.to_string_lossy().into_owned());
        let db = other.connect(false)?;
        let mut query = db.prepare(&format!("select {COLUMNS} from statement t order by t.seq"))?;
        let mut entry = self.entry(author, &format!("taken from {name}"))?;
        for theirs in query.query_map([], statement)? {
            let theirs = theirs?;
            let known: bool = entry
                .transaction
                .prepare_cached("select exists (select 1 from statement where id = ?)")?
                .query_row([&theirs.id], |row| row.get(0))?;
            if !known {
                let act = format!("{} (taken from {name}, recorded there {})", theirs.act, theirs.recorded_at);
                entry.write(theirs.id, theirs.entry, act, theirs.author, &theirs.draft, theirs.draft.supersedes.first())?;
            }
        }
        entry.commit()
    }

    /// Whether a statement has this hash.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn has_hash(&self, hash: &str) -> Result<bool, StoreError> {
        Ok(self.db.query_row("select exists (select 1 from statement where hash = ?)", [hash], |row| row.get(0))?)
    }

    /// Follows the chain from its first statement to the last, or to the first link that is broken.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn verify(&self) -> Result<Verified, StoreError> {
        let mut query = self.db.prepare(&format!("select {COLUMNS} from statement t order by t.seq"))?;
        let mut rows = query.query([])?;
        let mut verified = Verified { statements: 0, head: String::new(), broken: None };
        while let Some(row) = rows.next()? {
            let s = statement(row)?;
            let expected = verified.statements as i64 + 1;
            let reason = if s.seq != expected {
                format!("statement {expected} is missing")
            } else if s.prev_hash != verified.head {
                "it does not follow the statement before it".into()
            } else if s.computed_hash() != s.hash {
                "its content is not what was recorded".into()
            } else {
                verified.statements += 1;
                verified.head = s.hash;
                continue;
            };
            verified.broken = Some(Broken { seq: s.seq, id: s.id, record: s.draft.record, reason });
            break;
        }
        Ok(verified)
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
    /// When the database cannot be written.
    pub fn append(&mut self, draft: &Draft) -> Result<String, StoreError> {
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
        db.prepare_cached("insert into statement values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")?;
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
        match (kind.and_then(|k| k.field(name)).map(|f| &f.kind), value) {
            (Some(FieldType::Record(_)), Value::String(target)) => {
                db.prepare_cached("insert or ignore into statement_reference values (?, ?, ?)")?
                    .execute(params![target, s.seq, name])?;
            }
            (Some(FieldType::Code(_)), _) => {}
            (_, value) => texts(value, &mut |text| search_words(text, &mut words)),
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

/// Reads the row of [`COLUMNS`].
fn statement(row: &Row<'_>) -> rusqlite::Result<Statement> {
    let text = |at: usize| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
    let mut envelope: [String; ENVELOPE.len()] = Default::default();
    for (n, slot) in envelope.iter_mut().enumerate() {
        *slot = text(11 + n)?;
    }
    let level = usize::from(row.get::<_, u8>(21)?);
    Ok(Statement {
        seq: row.get(0)?,
        id: row.get(1)?,
        entry: row.get(2)?,
        act: row.get(3)?,
        author: row.get(23)?,
        recorded_at: row.get(24)?,
        prev_hash: row.get(26)?,
        hash: row.get(27)?,
        draft: Draft {
            kind: row.get(5)?,
            record: row.get(6)?,
            supersedes: row.get::<_, Option<String>>(7)?.into_iter().collect(),
            withdrawn: row.get(8)?,
            fields: serde_json::from_str(&row.get::<_, String>(9)?).unwrap_or_default(),
            withheld: read_withheld(row.get::<_, Option<String>>(10)?.as_deref()),
            envelope,
            marking: Marking::ALL.get(level).copied().unwrap_or(Marking::StrictlyConfidential),
            status: Status::from_code(&row.get::<_, String>(22)?).unwrap_or_default(),
            origin: text(4)?,
            verified_at: text(25)?,
        },
    })
}
