//! Writing one snapshot of one data set.
//!
//! Rows are written in batches and nobody sees them until [`Import::finish`] marks the snapshot complete. What a
//! crash or Ctrl-C leaves behind is invisible, and removed by the next import.

use crate::as_of::now;
use crate::digest::{self, ColumnOrder, RowHashes};
use crate::schema::{ROW_ENVELOPE, fixed_names, row_table};
use crate::signed::Signer;
use crate::{Cell, StoreError, Workspace};
use remit_model::Marking;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension as _, params};
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

/// What is known of a data set as a whole.
#[derive(Debug, Clone, Default)]
pub struct AboutDataSet {
    /// Its name: a newer snapshot of the same name supersedes the older one.
    pub dataset: String,
    /// What it is, for people.
    pub title: Option<String>,
    /// Title of the source that stands behind each row which names none.
    pub source: Option<String>,
    /// Address of the source.
    pub url: Option<String>,
    /// Licence.
    pub licence: Option<String>,
    /// Whom to name.
    pub attribution: Option<String>,
    /// Date of the source, as precise as known.
    pub published: Option<String>,
    /// How confidential it is.
    pub marking: Marking,
}

/// One file of a snapshot.
#[derive(Debug, Clone, Default)]
pub struct FileEntry {
    /// SHA-256 in hexadecimal.
    pub hash: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Version of the standard that it names.
    pub version: String,
    /// Records taken from it.
    pub records: u64,
}

/// Something that could not be read or used as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problem {
    /// Line in the file, from 1.
    pub line: u64,
    /// Element, column or cell.
    pub element: String,
    /// The record it belongs to, where it is known.
    pub record: String,
    /// The value as it stands, cut to a readable length.
    pub value: String,
    /// Short name of the rule, for counting.
    pub rule: &'static str,
    /// What is wrong and what was done, in a sentence.
    pub reason: String,
}

/// One share of an activity's money: what [`crate::Reader`] shows as the view `support`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fact {
    /// ISO country code; empty where the support names no country.
    pub country: String,
    /// Region code where no country is named.
    pub region: String,
    /// Code of `actor_class`.
    pub actor_class: String,
    /// Code of `security_function`.
    pub security_function: String,
    /// Code of `modality`.
    pub modality: String,
    /// `coded`, `read` or `both`.
    pub sign: &'static str,
    /// What named class and function: `code` or `text`; empty where nothing did.
    pub class_by: &'static str,
    /// Which of the activity's splits.
    pub split: i64,
    /// Part of the split's money, 0 to 1.
    pub share: f64,
    /// Of this, the country's part.
    pub country_share: f64,
    /// Of this, the sector's part.
    pub sector_share: f64,
    /// Committed in US dollars and euro, disbursed and spent in US dollars and euro.
    pub money: [Option<f64>; 4],
    /// Commitments and payments in the split that could not be converted.
    pub unconverted: i64,
}

/// What the facts of one activity have in common.
#[derive(Debug, Clone, Default)]
pub struct FactOwner {
    /// Reference of the supporter.
    pub supporter: String,
    /// Name of the supporter.
    pub supporter_name: String,
    /// Start.
    pub starts: Option<String>,
    /// End.
    pub ends: Option<String>,
    /// Status as published.
    pub status: Option<String>,
}

/// Converted money of a split on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// Day.
    pub date: String,
    /// Split.
    pub split: i64,
    /// Transaction type.
    pub kind: String,
    /// US dollars.
    pub usd: Option<f64>,
    /// Euro.
    pub eur: Option<f64>,
}

/// A link from an activity to another activity or organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct ActivityLink {
    /// `parent`, `child`, `inflow`, `outflow` or `funder`.
    pub kind: &'static str,
    /// Identifier of the other.
    pub target: String,
    /// Money that goes along it.
    pub usd: Option<f64>,
}

/// What an import has done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The data set.
    pub dataset: String,
    /// True where the workspace had the same content already and nothing was changed.
    pub unchanged: bool,
    /// Records (activities, rows).
    pub records: u64,
    /// Parts of them (transactions).
    pub parts: u64,
    /// Problems found.
    pub problems: u64,
}

/// What a data set holds now, file by file: what an import compares with before it reads.
#[derive(Debug, Default)]
pub struct KnownFiles {
    /// The newest import.
    snapshot: i64,
    /// Hash of each file by its name.
    pub files: HashMap<String, String>,
    /// Files of which another one had an activity too: with any of them these have to be read again.
    pub entangled: HashSet<String>,
    /// Bytes of all files that it and what it renews were read from, those that were replaced too.
    pub bytes: u64,
}

/// How the rows of one kind are written.
#[derive(Debug, Clone)]
pub struct RowWriter {
    table: String,
    order: Arc<ColumnOrder>,
    sql: String,
}

/// A table that is worked out from what was imported, by its columns.
struct Derived {
    name: &'static str,
    order: ColumnOrder,
    insert: String,
}

impl Derived {
    fn new(name: &'static str, columns: &[&str]) -> Derived {
        let marks = vec!["?"; columns.len()].join(",");
        let insert = format!("insert into {name} ({}) values ({marks})", columns.join(", "));
        Derived { name, order: ColumnOrder::of(columns.iter().copied()), insert }
    }
}

static FACT: LazyLock<Derived> = LazyLock::new(|| {
    Derived::new(
        "support_fact",
        &[
            "snapshot",
            "country",
            "region",
            "actor_class",
            "security_function",
            "modality",
            "sign",
            "class_by",
            "supporter",
            "supporter_name",
            "starts",
            "ends",
            "status",
            "activity",
            "split",
            "share",
            "country_share",
            "sector_share",
            "committed_usd",
            "committed_eur",
            "disbursed_usd",
            "disbursed_eur",
            "unconverted",
        ],
    )
});
static FLOW: LazyLock<Derived> =
    LazyLock::new(|| Derived::new("support_flow", &["date", "activity", "split", "n", "snapshot", "type", "usd", "eur"]));
static LINK: LazyLock<Derived> =
    LazyLock::new(|| Derived::new("support_link", &["activity", "snapshot", "kind", "target", "usd"]));

/// An import under way.
pub struct Import {
    db: Connection,
    about: AboutDataSet,
    snapshot: i64,
    next_row: i64,
    records: u64,
    parts: u64,
    problems: u64,
    /// Problems of the file that is being written.
    told: u64,
    pending: usize,
    digest: RowHashes,
    signer: Signer,
    renews: Option<i64>,
    _lock: File,
}

/// Rows of an import after which what the planner knows is brought up to date and the log is put away.
const LARGE: u64 = 1_000;

/// Problems of one file that are listed one by one: nobody looks through more, and a small packed file may have any number.
const MOST_TOLD: u64 = 200_000;

/// Rows between two commits: enough to be fast, little enough to keep the log short.
const BATCH: usize = 100_000;

/// The number of the first row of a snapshot. Each has numbers of its own, so that they tell nobody how many rows there are of
/// which they see nothing.
fn first_row(snapshot: i64) -> i64 {
    snapshot << 32
}

/// How long a short import of somebody else is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

fn lock_soon(lock: &File) -> Result<(), StoreError> {
    let begun = Instant::now();
    while lock.try_lock().is_err() {
        if begun.elapsed() > PATIENCE {
            return Err(StoreError::Busy);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

/// What an imported row says of the envelope: `said` is what each of its fields says, by its name, empty where it says nothing.
pub fn row_envelope<'t>(said: impl Fn(&str) -> &'t str) -> [Cell; ROW_ENVELOPE.len()] {
    ROW_ENVELOPE
        .map(|name| Some(said(name)).filter(|text| !text.is_empty()).map_or(Cell::Null, |text| Cell::Text(text.to_owned())))
}

impl Import {
    /// Begins a snapshot.
    ///
    /// # Errors
    /// [`StoreError::Busy`] while another import runs.
    pub fn begin(workspace: &Workspace, about: AboutDataSet) -> Result<Import, StoreError> {
        let path = workspace.folder().join("import.lock");
        let lock = remit_files::open_own(&path).map_err(|e| StoreError::File(path, e))?;
        lock_soon(&lock)?;
        let db = workspace.write()?;
        let signer = Signer::of(workspace)?;
        db.set_prepared_statement_cache_capacity(64);
        db.pragma_update(None, "temp_store", "memory")?;
        db.pragma_update(None, "cache_size", -64_000)?;
        db.pragma_update(None, "wal_autocheckpoint", 8_192)?;
        remove_unfinished(&db, workspace)?;
        let snapshot: i64 = db.query_row("select coalesce(max(id), 0) + 1 from snapshot", [], |row| row.get(0))?;
        let next_row = first_row(snapshot);
        db.execute(
            "insert into snapshot (id, dataset, title, source, url, licence, attribution, published, recorded_at, marking, first_row)
             values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                snapshot,
                about.dataset,
                about.title,
                about.source,
                about.url,
                about.licence,
                about.attribution,
                about.published,
                now(),
                about.marking.level(),
                next_row
            ],
        )?;
        db.execute_batch("begin")?;
        Ok(Import {
            db,
            about,
            snapshot,
            next_row,
            records: 0,
            parts: 0,
            problems: 0,
            told: 0,
            pending: 0,
            digest: RowHashes::default(),
            signer,
            renews: None,
            _lock: lock,
        })
    }

    /// True where a snapshot of so many bytes is shown: then it is worth comparing hashes before reading.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn has_size(&self, bytes: u64) -> Result<bool, StoreError> {
        let sql = "select exists (select 1 from snapshot where complete = 1 and bytes = ?)";
        Ok(self.db.query_row(sql, [bytes as i64], |row| row.get(0))?)
    }

    /// What the data set holds, where its newest import has the same marking and names every file once; else a new import has
    /// to be a whole one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn held(&self) -> Result<Option<KnownFiles>, StoreError> {
        let newest = "select id, marking, coalesce(title, source, url, licence, attribution, published) from snapshot \
                      where dataset = ? and complete = 1 order by id desc limit 1";
        let newest: Option<(i64, u8, Option<String>)> =
            self.db.query_row(newest, [&self.about.dataset], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
        let Some((snapshot, ..)) = newest.filter(|(_, marking, about)| *marking == self.about.marking.level() && about.is_none())
        else {
            return Ok(None);
        };
        let mut held = KnownFiles { snapshot, ..KnownFiles::default() };
        let (mut named, mut gone) = (HashSet::new(), HashSet::new());
        let mut query = self.db.prepare(&format!(
            "{RENEWED_BY} select f.snapshot, f.name, f.hash, coalesce(f.bytes, 0) from snapshot_file f where f.snapshot in (select id from chain) order by f.snapshot desc"
        ))?;
        let mut rows = query.query([snapshot])?;
        while let Some(row) = rows.next()? {
            let (of, name, hash): (i64, String, Option<String>) = (row.get(0)?, row.get(1)?, row.get(2)?);
            held.bytes += row.get::<_, i64>(3)? as u64;
            if !named.insert((of, name.clone())) {
                return Ok(None);
            }
            match hash {
                None => drop(gone.insert(name)),
                Some(hash) if !gone.contains(&name) => drop(held.files.entry(name).or_insert(hash)),
                Some(_) => {}
            }
        }
        let mut entangled = self.db.prepare(&format!(
            "{RENEWED_BY} select f.name from problem p join snapshot_file f on f.id = p.file
               where p.rule = 'duplicate' and p.snapshot in (select id from chain)
             union select f.name from problem p join row_activity r on r.record = p.record and r.snapshot = p.snapshot
               join snapshot_file f on f.id = r.file
               where p.rule = 'duplicate' and p.snapshot in (select id from chain)"
        ))?;
        held.entangled = entangled.query_map([snapshot], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(Some(held))
    }

    /// From now on this import renews only a part of what the data set holds: the files that it reads, and these, which are no
    /// longer there. All else stays as it was read before.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn renew<'f>(&mut self, held: &KnownFiles, gone: impl Iterator<Item = &'f String>) -> Result<(), StoreError> {
        self.renews = Some(held.snapshot);
        for name in gone {
            self.begin_file(name)?;
        }
        Ok(())
    }

    /// The data set that holds the same content at the same marking, if any.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn same_content(&self, hash: &str) -> Result<Option<String>, StoreError> {
        // Of the few with this hash, those that nothing newer has replaced.
        let sql = "select dataset from snapshot s where hash = ? and marking = ? and complete = 1 and not exists \
                   (select 1 from snapshot n where n.dataset = s.dataset and n.complete = 1 and n.id > s.id) order by id";
        let mut statement = self.db.prepare(sql)?;
        let mut rows = statement.query(params![hash, self.about.marking.level()])?;
        Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
    }

    /// How to write rows of a kind with these fields, in this order.
    ///
    /// # Errors
    /// When the model has no such kind, or the kind lacks a field.
    pub fn row_writer(workspace: &Workspace, kind: &str, fields: &[&str]) -> Result<RowWriter, StoreError> {
        let lacks = |what: String| {
            StoreError::Refused(format!("the model has no {what}, which this import writes; add it to model/kinds/{kind}.toml"))
        };
        let kind = workspace.model().kind(kind).ok_or_else(|| lacks(format!("kind `{kind}`")))?;
        for field in fields {
            kind.field(field).ok_or_else(|| lacks(format!("field `{field}`")))?;
        }
        let envelope: Vec<&str> = fixed_names(kind.part_of.is_some());
        let columns: Vec<String> = envelope.iter().chain(fields).map(|f| format!("\"{f}\"")).collect();
        let order = Arc::new(ColumnOrder::of(envelope.iter().chain(fields).copied()));
        let marks = vec!["?"; columns.len()].join(",");
        let sql = format!("insert into \"{}\" ({}) values ({marks})", row_table(kind), columns.join(","));
        Ok(RowWriter { table: row_table(kind), order, sql })
    }

    /// Notes a file; its hash and counts follow with [`Import::finish_file`].
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn begin_file(&mut self, name: &str) -> Result<i64, StoreError> {
        self.db
            .prepare_cached("insert into snapshot_file (snapshot, name) values (?, ?)")?
            .execute(params![self.snapshot, name])?;
        self.told = 0;
        Ok(self.db.last_insert_rowid())
    }

    /// Completes what is known of a file, when all that is wrong with it was told.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn finish_file(&mut self, file: i64, entry: &FileEntry) -> Result<(), StoreError> {
        let more = self.told.saturating_sub(MOST_TOLD);
        if more > 0 {
            let reason = format!("{more} more problems of this file are not listed");
            self.told = 0;
            self.problem(file, &Problem { line: 1, rule: "too_many", reason, ..Problem::default() })?;
        }
        self.db
            .prepare_cached("update snapshot_file set hash = ?, bytes = ?, version = ?, records = ? where id = ?")?
            .execute(params![entry.hash, entry.bytes as i64, entry.version, entry.records as i64, file])?;
        Ok(())
    }

    /// Writes a record; returns its row.
    ///
    /// `envelope` is made by [`row_envelope`].
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn record(
        &mut self,
        writer: &RowWriter,
        record: &str,
        (file, line): (i64, u64),
        envelope: &[Cell; ROW_ENVELOPE.len()],
        cells: &[Cell],
    ) -> Result<i64, StoreError> {
        let row = self.next_row;
        self.next_row += 1;
        let mut insert = self.db.prepare_cached(&writer.sql)?;
        insert.raw_bind_parameter(1, row)?;
        insert.raw_bind_parameter(2, self.snapshot)?;
        insert.raw_bind_parameter(3, record)?;
        insert.raw_bind_parameter(4, file)?;
        insert.raw_bind_parameter(5, line as i64)?;
        for (at, cell) in envelope.iter().chain(cells).enumerate() {
            insert.raw_bind_parameter(at + 6, cell)?;
        }
        insert.raw_execute()?;
        drop(insert);
        self.digest.add(&writer.table, &writer.order, |at| match at {
            0 => ValueRef::Integer(row),
            1 => ValueRef::Null,
            2 => ValueRef::Text(record.as_bytes()),
            3 => ValueRef::Integer(file),
            4 => ValueRef::Integer(line as i64),
            at if at < 11 => digest::value(&envelope[at - 5]),
            at => digest::value(&cells[at - 11]),
        });
        self.records += 1;
        self.written()?;
        Ok(row)
    }

    /// Writes the `n`th part of a record.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn part(&mut self, writer: &RowWriter, parent: i64, n: i64, line: u64, cells: &[Cell]) -> Result<(), StoreError> {
        let mut insert = self.db.prepare_cached(&writer.sql)?;
        for (at, value) in [parent, n, self.snapshot, line as i64].into_iter().enumerate() {
            insert.raw_bind_parameter(at + 1, value)?;
        }
        for (at, cell) in cells.iter().enumerate() {
            insert.raw_bind_parameter(at + 5, cell)?;
        }
        insert.raw_execute()?;
        drop(insert);
        self.digest.add(&writer.table, &writer.order, |at| match at {
            0 => ValueRef::Integer(parent),
            1 => ValueRef::Integer(n),
            2 => ValueRef::Null,
            3 => ValueRef::Integer(line as i64),
            at => digest::value(&cells[at - 4]),
        });
        self.parts += 1;
        self.written()
    }

    /// Writes what an activity gives to the security sector.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn support(
        &mut self,
        activity: i64,
        owner: &FactOwner,
        facts: &[Fact],
        flows: &[Flow],
        links: &[ActivityLink],
    ) -> Result<(), StoreError> {
        for f in facts {
            let [committed_usd, committed_eur, disbursed_usd, disbursed_eur] = f.money;
            let cells = [
                Cell::Integer(self.snapshot),
                Cell::Text(f.country.clone()),
                Cell::Text(f.region.clone()),
                Cell::Text(f.actor_class.clone()),
                Cell::Text(f.security_function.clone()),
                Cell::Text(f.modality.clone()),
                Cell::Text(f.sign.into()),
                Cell::Text(f.class_by.into()),
                Cell::Text(owner.supporter.clone()),
                Cell::Text(owner.supporter_name.clone()),
                owner.starts.clone().into(),
                owner.ends.clone().into(),
                owner.status.clone().into(),
                Cell::Integer(activity),
                Cell::Integer(f.split),
                Cell::Real(f.share),
                Cell::Real(f.country_share),
                Cell::Real(f.sector_share),
                committed_usd.into(),
                committed_eur.into(),
                disbursed_usd.into(),
                disbursed_eur.into(),
                Cell::Integer(f.unconverted),
            ];
            self.derived(&FACT, &cells)?;
        }
        for (n, f) in flows.iter().enumerate() {
            let (date, kind) = (Cell::Text(f.date.clone()), Cell::Text(f.kind.clone()));
            let [activity, split, n, snapshot] = [activity, f.split, n as i64, self.snapshot].map(Cell::Integer);
            self.derived(&FLOW, &[date, activity, split, n, snapshot, kind, f.usd.into(), f.eur.into()])?;
        }
        for l in links {
            let [activity, snapshot] = [activity, self.snapshot].map(Cell::Integer);
            self.derived(&LINK, &[activity, snapshot, l.kind.into(), Cell::Text(l.target.clone()), l.usd.into()])?;
        }
        self.pending += facts.len() + flows.len() + links.len();
        Ok(())
    }

    /// Writes a row of a table that is worked out from what was imported.
    fn derived(&mut self, table: &Derived, cells: &[Cell]) -> Result<(), StoreError> {
        self.db.prepare_cached(&table.insert)?.execute(rusqlite::params_from_iter(cells))?;
        self.digest.add(table.name, &table.order, |at| digest::value(&cells[at]));
        Ok(())
    }

    /// File and line of a record that this import has written already.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn place_of(&self, kind: &str, record: &str) -> Result<Option<(String, u64)>, StoreError> {
        let sql = format!(
            "select f.name, r.line from \"row_{kind}\" r join snapshot_file f on f.id = r.file where r.record = ? and r.snapshot = ?"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = statement.query(params![record, self.snapshot])?;
        Ok(rows.next()?.map(|row| Ok::<_, rusqlite::Error>((row.get(0)?, row.get::<_, i64>(1)? as u64))).transpose()?)
    }

    /// Keeps a problem.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn problem(&mut self, file: i64, p: &Problem) -> Result<(), StoreError> {
        self.told += 1;
        if self.told > MOST_TOLD {
            return Ok(());
        }
        self.db.prepare_cached("insert into problem values (?,?,?,?,?,?,?,?)")?.execute(params![
            self.snapshot,
            file,
            p.line as i64,
            p.element,
            p.record,
            p.value,
            p.rule,
            p.reason
        ])?;
        self.problems += 1;
        self.written()
    }

    fn written(&mut self) -> Result<(), StoreError> {
        self.pending += 1;
        if self.pending >= BATCH {
            self.db.execute_batch("commit; begin")?;
            self.pending = 0;
        }
        Ok(())
    }

    /// Ends the import: from now on its rows are seen, and those of the older snapshot only by who asks as known before.
    /// Where the workspace has the same content already, nothing is changed. What is counted twice is worked out by
    /// [`Workspace::count_once`], once for all imports of a command.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn finish(mut self, hash: &str, files: u64, bytes: u64) -> Result<Imported, StoreError> {
        let mut result = Imported {
            dataset: self.about.dataset.clone(),
            unchanged: false,
            records: self.records,
            parts: self.parts,
            problems: self.problems,
        };
        if let Some(dataset) = self.same_content(hash)? {
            self.db.execute_batch("rollback")?;
            remove_snapshot(&self.db, self.snapshot)?;
            result.unchanged = true;
            result.dataset = dataset;
            return Ok(result);
        }
        let moment = now();
        let mut digest = std::mem::take(&mut self.digest);
        digest::small_tables(&self.db, self.snapshot, &mut digest)?;
        self.db.execute(
            "update snapshot set complete = 1, recorded_at = ?, hash = ?, files = ?, bytes = ?, records = ?, parts = ?, problems = ?, \
             digest = ?, renews = ? where id = ?",
            params![
                moment,
                hash,
                files as i64,
                bytes as i64,
                self.records as i64,
                self.parts as i64,
                self.problems as i64,
                digest.end(),
                self.renews,
                self.snapshot
            ],
        )?;
        let before = digest::link_before(&self.db, self.snapshot)?;
        let link = digest::link(&self.db, self.snapshot, &before)?;
        self.db.execute("update snapshot set link = ? where id = ?", params![link, self.snapshot])?;
        self.signer.sign_head(&self.db, &moment)?;
        self.signer.commit(&self.db)?;
        if self.records + self.parts > LARGE {
            self.db.execute_batch("pragma optimize; pragma wal_checkpoint(truncate)")?;
        }
        Ok(result)
    }

    /// Ends the import without a trace.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn abandon(self) -> Result<(), StoreError> {
        // A disk that is full may have ended it already.
        if !self.db.is_autocommit() {
            self.db.execute_batch("rollback")?;
        }
        remove_snapshot(&self.db, self.snapshot)
    }
}

/// An import, and those that it renews, in a query that begins with it.
const RENEWED_BY: &str = "with recursive chain (id, renews) as (select id, renews from snapshot where id = ?
    union select s.id, s.renews from snapshot s join chain c on s.id = c.renews)";

fn remove_unfinished(db: &Connection, workspace: &Workspace) -> Result<(), StoreError> {
    let unfinished: Vec<i64> =
        db.prepare("select id from snapshot where complete = 0")?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for snapshot in unfinished {
        // Rows of other kinds than activities have no order by snapshot: look through them too.
        for kind in workspace.model().kinds.iter().filter(|k| k.name != "activity" && k.name != "transaction") {
            db.execute(&format!("delete from \"{}\" where snapshot = ?", row_table(kind)), [snapshot])?;
        }
        remove_snapshot(db, snapshot)?;
    }
    Ok(())
}

fn remove_snapshot(db: &Connection, snapshot: i64) -> Result<(), StoreError> {
    let first: i64 = db.query_row("select coalesce(first_row, 0) from snapshot where id = ?", [snapshot], |row| row.get(0))?;
    db.execute_batch("begin")?;
    for sql in [
        "delete from row_activity where id >= :first and snapshot = :snapshot",
        "delete from row_transaction where parent >= :first and snapshot = :snapshot",
        "delete from support_fact where snapshot = :snapshot",
        "delete from support_flow where activity >= :first and snapshot = :snapshot",
        "delete from support_link where snapshot = :snapshot",
        "delete from problem where snapshot = :snapshot",
        "delete from snapshot_file where snapshot = :snapshot",
        "delete from snapshot where id = :snapshot",
    ] {
        let mut statement = db.prepare(sql)?;
        for (name, value) in [(":first", first), (":snapshot", snapshot)] {
            if let Some(index) = statement.parameter_index(name)? {
                statement.raw_bind_parameter(index, value)?;
            }
        }
        statement.raw_execute()?;
    }
    db.execute_batch("commit")?;
    Ok(())
}
