//! What a workspace signs: each entry, and after it the ends of both chains (statements and snapshots). The newest signed end is
//! also kept beside the database (`remit.head`), so that a database whose end was cut off, or which was put in the place of
//! another, is noticed.

use crate::beside::{self, Changing};
use crate::interrupted::recorded;
use crate::key::{self, WorkspaceKey};
use crate::seal::SealedParts;
pub(crate) use crate::workspace::HEAD as FILE;
use crate::{StoreError, Workspace, chain, schema};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes of it: a larger one is none of ours.
const LONGEST: u64 = 64 << 10;

/// An entry as it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SignedEntry {
    pub(crate) id: String,
    pub(crate) act: String,
    pub(crate) author: String,
    pub(crate) said_at: String,
    /// True where it came with what was taken over from another workspace.
    pub(crate) taken: bool,
    pub(crate) statements: u64,
    /// Hash over the contents of its statements.
    pub(crate) root: String,
    /// The end of the chain with it.
    pub(crate) seq: i64,
    pub(crate) head: String,
    pub(crate) workspace: String,
    pub(crate) signature: String,
}

impl SignedEntry {
    /// What the signature is over.
    pub(crate) fn message(&self) -> Vec<u8> {
        let mut parts = SealedParts::new("remit signed entry 2");
        for text in [&self.id, &self.act, &self.author, &self.said_at, &self.root, &self.head, &self.workspace] {
            parts = parts.text(text);
        }
        parts.number(self.statements).number(self.seq as u64).end().to_vec()
    }

    pub(crate) fn holds(&self) -> bool {
        key::signed(&self.workspace, &self.message(), &self.signature)
    }

    pub(crate) fn insert(&self, db: &Connection) -> Result<(), StoreError> {
        db.prepare_cached("insert or ignore into entry values (?,?,?,?,?,?,?,?,?,?,?)")?.execute(params![
            self.id,
            self.act,
            self.author,
            self.said_at,
            self.taken,
            self.statements as i64,
            self.root,
            self.seq,
            self.head,
            self.workspace,
            self.signature
        ])?;
        Ok(())
    }

    /// Every entry that was signed; none in a workspace of an older format.
    pub(crate) fn all(db: &Connection) -> Result<Vec<SignedEntry>, StoreError> {
        if !crate::schema::has_signatures(db)? {
            return Ok(Vec::new());
        }
        let mut query = db.prepare(
            "select id, act, author, said_at, taken, statements, root, seq, head, workspace, signature from entry order by seq, id",
        )?;
        Ok(query.query_map([], SignedEntry::read)?.collect::<Result<_, _>>()?)
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<SignedEntry> {
        Ok(SignedEntry {
            id: row.get(0)?,
            act: row.get(1)?,
            author: row.get(2)?,
            said_at: row.get(3)?,
            taken: row.get(4)?,
            statements: row.get::<_, i64>(5)? as u64,
            root: row.get(6)?,
            seq: row.get(7)?,
            head: row.get(8)?,
            workspace: row.get(9)?,
            signature: row.get(10)?,
        })
    }
}

/// The ends of both chains, signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SignedHead {
    /// The last statement: its number and hash; 0 and nothing where there is none.
    pub(crate) seq: i64,
    pub(crate) hash: String,
    /// The last snapshot that is part of the chain, and its link.
    pub(crate) snapshot: i64,
    pub(crate) link: String,
    pub(crate) moment: String,
    pub(crate) workspace: String,
    pub(crate) signature: String,
    /// Hashes of the tables beside the chains; none in a head that an older version signed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) tables: BTreeMap<String, String>,
}

impl SignedHead {
    fn message(&self) -> Vec<u8> {
        let of = if self.tables.is_empty() { "remit signed head 2" } else { "remit signed head 3" };
        let parts = SealedParts::new(of).number(self.seq as u64).text(&self.hash);
        let parts = parts.number(self.snapshot as u64).text(&self.link).text(&self.moment).text(&self.workspace);
        self.tables.iter().fold(parts, |parts, (name, hash)| parts.text(name).text(hash)).end().to_vec()
    }

    pub(crate) fn holds(&self) -> bool {
        key::signed(&self.workspace, &self.message(), &self.signature)
    }

    /// Reads the signed end from the database.
    pub(crate) fn of_database(db: &Connection) -> Result<Option<SignedHead>, StoreError> {
        let tables = if schema::has_column(db, "head", "tables")? { "tables" } else { "null" };
        let sql = format!("select seq, hash, snapshot, link, moment, workspace, signature, {tables} from head where id = 1");
        let read = |row: &Row<'_>| {
            Ok(SignedHead {
                seq: row.get(0)?,
                hash: row.get(1)?,
                snapshot: row.get(2)?,
                link: row.get(3)?,
                moment: row.get(4)?,
                workspace: row.get(5)?,
                signature: row.get(6)?,
                tables: chain::json(&row.get::<_, Option<String>>(7)?.unwrap_or_default()),
            })
        };
        Ok(db.query_row(&sql, [], read).optional()?)
    }

    /// Reads the signed end from the file beside the database; none where the file is missing or has something else.
    pub(crate) fn of_folder(folder: &Path) -> Option<SignedHead> {
        let text = remit_files::read(&folder.join(FILE), LONGEST).ok()?;
        toml::from_str(&String::from_utf8_lossy(&text)).ok()
    }
}

/// What signs for a workspace.
#[derive(Clone)]
pub(crate) struct Signer {
    pub(crate) key: Arc<WorkspaceKey>,
    folder: PathBuf,
    /// How many have put off what is kept beside the database: see [`Together`].
    together: Arc<AtomicUsize>,
}

impl Signer {
    /// A signer with the key of a workspace; the key is made where there is none yet.
    pub(crate) fn of(workspace: &Workspace) -> Result<Signer, StoreError> {
        let folder = workspace.folder().to_path_buf();
        Ok(Signer { key: Arc::new(WorkspaceKey::get(&folder)?), folder, together: workspace.together.clone() })
    }

    /// The workspace for which it signs.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Signs the ends of both chains as they stand in the transaction.
    pub(crate) fn sign_head(&self, db: &Connection, moment: &str) -> Result<(), StoreError> {
        self.sign(db, moment, None)
    }

    /// Begins to change a table beside the chains, in a transaction that ends with [`Signer::sign_changed`].
    pub(crate) fn changing(&self, db: &Connection, table: &'static str) -> Result<Changing, StoreError> {
        Changing::of(db, table, &self.signed_last(db)?)
    }

    /// Signs the ends of both chains, and a table beside them that has changed.
    pub(crate) fn sign_changed(&self, db: &Connection, moment: &str, changed: Changing) -> Result<(), StoreError> {
        self.sign(db, moment, Some(changed))
    }

    /// The hashes of the tables beside the chains that this workspace signed last, where that holds.
    fn signed_last(&self, db: &Connection) -> Result<BTreeMap<String, String>, StoreError> {
        let own = self.key.public();
        let last = SignedHead::of_database(db)?.filter(|head| head.workspace == own && head.holds());
        Ok(last.map(|head| head.tables).unwrap_or_default())
    }

    fn sign(&self, db: &Connection, moment: &str, changed: Option<Changing>) -> Result<(), StoreError> {
        let end = |sql: &str| db.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional();
        let (seq, hash) = end("select seq, hash from statement order by seq desc limit 1")?.unwrap_or_default();
        let (snapshot, link) =
            end("select id, link from snapshot where complete = 1 and link is not null order by id desc limit 1")?
                .unwrap_or_default();
        let workspace = self.key.public();
        let tables = beside::hashes_after(db, self.signed_last(db)?, changed)?;
        let (moment, signature) = (moment.to_owned(), String::new());
        let mut head = SignedHead { seq, hash, snapshot, link, moment, workspace, signature, tables };
        head.signature = self.key.sign(&head.message());
        db.prepare_cached("insert or replace into head values (1, ?, ?, ?, ?, ?, ?, ?, ?)")?.execute(params![
            head.seq,
            head.hash,
            head.snapshot,
            head.link,
            head.moment,
            head.workspace,
            head.signature,
            serde_json::json!(head.tables).to_string()
        ])?;
        Ok(())
    }

    /// Ends a transaction that is signed: puts it on the disk, and keeps the signed end beside the database.
    pub(crate) fn commit(&self, db: &Connection) -> Result<(), StoreError> {
        recorded(|| {
            db.execute_batch("commit")?;
            Ok(self.keep_head(db))
        })?
    }

    /// Keeps what was signed beside the database too, once it is on the disk. Where that cannot be done (a crash, a full disk), the
    /// file is behind, and the next one brings it up: what was recorded is recorded.
    pub(crate) fn keep_head(&self, db: &Connection) -> Result<(), StoreError> {
        let path = self.folder.join(FILE);
        // One that is behind tells where the chain was at least; none would tell of a database without its signed end.
        if self.together.load(Ordering::Acquire) > 0 && path.exists() {
            return Ok(());
        }
        let Some(head) = SignedHead::of_database(db)? else { return Ok(()) };
        let text = toml::to_string(&head).map_err(|e| StoreError::Database(e.to_string()))?;
        let text = format!("# The end of the chain of statements and of snapshots, signed. `remit verify` compares it.\n{text}");
        // What begins with a dot is under way: no copy of the folder takes it along.
        let next = self.folder.join(format!(".{FILE}.{}.new", std::process::id()));
        let written = std::fs::remove_file(&next).or(Ok(())).and_then(|()| {
            use std::io::Write as _;
            key::private(&next)?.write_all(text.as_bytes())?;
            std::fs::rename(&next, &path)
        });
        if written.is_err() {
            // Half a file is of no use to anybody.
            let _ = std::fs::remove_file(&next);
        }
        Ok(())
    }
}

/// A command that brings in many things: while it lives, one connection stays open, so that what is written is not put away after
/// each of them, and the signed end of the chains is kept beside the database once, when it ends. In the database each thing is
/// signed with itself; where the program dies before the end, what it wrote is whole, and the file beside it is behind.
pub struct Together {
    db: Connection,
    signer: Signer,
}

impl Workspace {
    /// The public key that signed the end of its chain; empty where nothing was recorded or imported yet.
    pub fn signed_by(&self) -> String {
        SignedHead::of_folder(self.folder()).map_or_else(String::new, |head| head.workspace)
    }

    /// Begins a command that brings in many things.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn together(&self) -> Result<Together, StoreError> {
        let (db, signer) = (self.write()?, Signer::of(self)?);
        signer.together.fetch_add(1, Ordering::AcqRel);
        Ok(Together { db, signer })
    }
}

impl Drop for Together {
    fn drop(&mut self) {
        self.signer.together.fetch_sub(1, Ordering::AcqRel);
        // Where it cannot be read any more, the next command brings the file up.
        let _ = self.signer.keep_head(&self.db);
    }
}
