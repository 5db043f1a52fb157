//! A part of a workspace: which statements and imports belong to it, and a workspace of its own made of them. What is merged, what
//! is sent to another office and what is handed over is chosen here, in one way.

use crate::gone_import::orders_import;
use crate::key;
use crate::live_snapshots::live_snapshots;
use crate::schema::{row_table, row_tables};
use crate::signed::Signer;
use crate::statement::references;
use crate::taken::Taken;
use crate::workspace::private_folder;
use crate::{Chain, HeldBack, Register, Settings, Statement, Status, StoreError, Workspace, digest};
use remit_model::{Kind, Marking, Model};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

/// Which part of a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cut {
    /// What is marked at most so; of other statements nothing, of single values above it only the commitment. A statement that was sealed
    /// with a value open which the model marks above it since is left out: that somebody took it away would be found where it comes to.
    pub clearance: Marking,
    /// Codes of countries; all where there is none.
    pub countries: Vec<String>,
    /// Kinds of records; all where there is none.
    pub kinds: Vec<String>,
    /// True where files that are imported there are not here: what is said of the coverage of a source then belongs to it only if it names
    /// the document or data set that it is about. Who has what a source would show without what it shows would take all for gaps.
    pub names_sources: bool,
    /// Statements after this place in the chain; 0 for all.
    pub after: i64,
    /// True where imports belong to it too.
    pub imports: bool,
    /// True where what was redacted there is not redacted here unasked: then nothing is taken.
    pub keeps_values: bool,
    /// What is held back of it. A statement stays as a whole where a value of it is, and so does an import: what it was bound with would
    /// not be there.
    pub held_back: Arc<HeldBack>,
}

impl Cut {
    /// All statements that are marked at most so.
    pub fn cleared(clearance: Marking) -> Cut {
        Cut { clearance, ..Cut::default() }
    }

    /// The records of a workspace that are about other countries than these.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn elsewhere_in(&self, workspace: &Workspace) -> Result<HashSet<String>, StoreError> {
        if self.countries.is_empty() { Ok(HashSet::new()) } else { self.elsewhere(&Chain::open(workspace)?) }
    }

    /// What of a chain belongs to it.
    pub(crate) fn of(&self, chain: &Chain, own: Option<Model>) -> Result<Belonging, StoreError> {
        let models: Vec<Arc<Model>> = [Some(chain.model.clone()), own.map(Arc::new)].into_iter().flatten().collect();
        let (hidden, replaced) = self.hidden(chain, &models)?;
        let mut belonging = Belonging { hidden, replaced, elsewhere: HashSet::new(), models };
        if !self.countries.is_empty() {
            belonging.elsewhere = self.elsewhere(chain)?;
        }
        Ok(belonging)
    }

    /// What a statement is to this cut.
    pub(crate) fn place_of(&self, s: &Statement, belonging: &Belonging) -> CutPlace {
        if s.seq <= self.after
            // Of which country a document was that is erased nobody can tell.
            || (!self.countries.is_empty() && orders_import(s))
            || (self.names_sources && is_of_unnamed_source(s))
            || (!self.kinds.is_empty() && !self.kinds.iter().any(|kind| kind == s.kind_of_record()))
            || belonging.elsewhere.contains(&s.draft.record)
        {
            CutPlace::Outside
        } else if s.draft.marking > self.clearance || belonging.hidden.contains(&s.id) {
            CutPlace::Above
        } else if self.held_back.has(&s.id) {
            CutPlace::HeldBack
        } else if let Some(field) = self.marked_since(s, &belonging.models) {
            // Where it has been said anew, nothing is left to do.
            let is_replaced = belonging.replaced.contains(&s.id);
            if is_replaced { CutPlace::Above } else { CutPlace::MarkedSince(format!("{}.{field}", s.draft.kind)) }
        } else {
            CutPlace::Inside
        }
    }

    /// True where the order of an erasure that another workspace tells of belongs to this cut.
    pub(crate) fn asks_for(&self, order: &Statement) -> bool {
        let is_of_kind = self.kinds.is_empty() || self.kinds.iter().any(|kind| kind == order.kind_of_record());
        order.seq > self.after && order.draft.marking <= self.clearance && is_of_kind
    }

    /// A field of a statement that is above the clearance by a marking that a model has got since it was said.
    fn marked_since<'m>(&self, s: &'m Statement, models: &'m [Arc<Model>]) -> Option<&'m str> {
        let mut marked = models.iter().flat_map(|model| s.draft.marked_by(model));
        marked.find(|(_, marking)| *marking > self.clearance).map(|(field, _)| field)
    }

    /// The statements that something above the clearance has replaced, at whatever distance: they no longer hold, and without
    /// what replaced them they would seem to. Beside them, all that were replaced.
    fn hidden(&self, chain: &Chain, models: &[Arc<Model>]) -> Result<(HashSet<String>, HashSet<String>), StoreError> {
        let (mut before, mut above) = (HashMap::new(), Vec::new());
        chain.each(|s| {
            let replaced = s.draft.supersedes.first().filter(|_| s.draft.status != Status::Proposed);
            if let Some(replaced) = replaced {
                let stays = s.draft.marking > self.clearance || self.held_back.has(&s.id);
                if stays || self.marked_since(&s, models).is_some() {
                    above.push(replaced.clone());
                }
                before.insert(s.id, replaced.clone());
            }
            Ok(())
        })?;
        let mut hidden = HashSet::new();
        while let Some(id) = above.pop() {
            if let Some(before) = before.get(&id) {
                above.push(before.clone());
            }
            hidden.insert(id);
        }
        Ok((hidden, before.into_values().collect()))
    }

    /// The records of other countries: that say a country and none of these, or that say none and refer only to such. What a
    /// record of these countries refers to belongs to it, wherever it is.
    fn elsewhere(&self, chain: &Chain) -> Result<HashSet<String>, StoreError> {
        let mut records: HashMap<String, CutRecord> = HashMap::new();
        chain.each(|s| {
            // Who orders a redaction says nothing else of the record that it is about.
            if s.is_redaction() {
                if let Some(of) = chain.statement(&s.draft.record)? {
                    records.entry(s.draft.record).or_default().refers.push(of.draft.record);
                }
                return Ok(());
            }
            let refers = references(&chain.model, &s);
            let known = records.entry(s.draft.record.clone()).or_default();
            let said = chain.model.kind(&s.draft.kind).map(|k| countries_said(k, &s)).unwrap_or_default();
            known.says |= !said.is_empty();
            known.is_here |= said.iter().any(|c| self.countries.iter().any(|wanted| wanted == c));
            known.refers.extend(refers.into_iter().map(|(target, _)| target));
            Ok(())
        })?;
        let mut here: HashSet<&str> = records.iter().filter(|(_, k)| k.is_here).map(|(r, _)| r.as_str()).collect();
        let mut elsewhere: HashSet<&str> =
            records.iter().filter(|(_, k)| k.says && !k.is_here).map(|(r, _)| r.as_str()).collect();
        loop {
            let before = here.len() + elsewhere.len();
            for (record, known) in records.iter().filter(|(_, k)| !k.says) {
                if known.refers.iter().any(|r| here.contains(r.as_str())) {
                    here.insert(record);
                    elsewhere.remove(record.as_str());
                } else if !here.contains(record.as_str()) && known.refers.iter().any(|r| elsewhere.contains(r.as_str())) {
                    elsewhere.insert(record);
                }
            }
            if here.len() + elsewhere.len() == before {
                break;
            }
        }
        let mut needed: Vec<&str> = here.iter().copied().collect();
        let mut kept: HashSet<&str> = here;
        while let Some(record) = needed.pop() {
            for target in records.get(record).iter().flat_map(|k| &k.refers) {
                if kept.insert(target) {
                    needed.push(target);
                }
            }
        }
        Ok(elsewhere.into_iter().filter(|r| !kept.contains(r)).map(str::to_owned).collect())
    }

    /// The imports that belong to it. Those that renew one another in part are one: none of them is right without the others.
    fn snapshots(&self, db: &Connection, model: &Model, live: Vec<i64>) -> Result<Vec<i64>, StoreError> {
        let mut dataset = db.prepare("select dataset from snapshot where id = ?")?;
        let mut named: Vec<(i64, String)> = Vec::new();
        for snapshot in live {
            named.push((snapshot, dataset.query_row([snapshot], |row| row.get(0))?));
        }
        let mut wanted = HashSet::new();
        for (snapshot, name) in &named {
            if !wanted.contains(name) && !self.held_back.datasets.contains(name) && self.has_snapshot(db, model, *snapshot)? {
                wanted.insert(name.clone());
            }
        }
        named.retain(|(_, name)| wanted.contains(name));
        Ok(named.into_iter().map(|(snapshot, _)| snapshot).collect())
    }

    /// Whether an import belongs to it: it comes as a whole, unless it has nothing of these kinds, or all that it says of
    /// countries is of others.
    fn has_snapshot(&self, db: &Connection, model: &Model, snapshot: i64) -> Result<bool, StoreError> {
        let any = |sql: String| -> Result<bool, StoreError> { Ok(db.query_row(&sql, [snapshot], |row| row.get(0))?) };
        let (mut of_kinds, mut says, mut here) = (self.kinds.is_empty(), false, false);
        for kind in &model.kinds {
            let table = row_table(kind);
            if !crate::schema::has_column(db, &table, "snapshot")? {
                continue;
            }
            of_kinds = of_kinds
                || (self.kinds.contains(&kind.name)
                    && any(format!("select exists (select 1 from \"{table}\" where snapshot = ?)"))?);
            for field in kind.fields.iter().filter(|f| f.has_codes_of("country")) {
                if self.countries.is_empty() || !crate::schema::has_column(db, &table, &field.name)? {
                    continue;
                }
                let named = |code: &String| format!("instr(\"{0}\", '\"{code}\"') or \"{0}\" = '{code}'", field.name);
                let one = self.countries.iter().map(named).collect::<Vec<_>>().join(" or ");
                let rows = format!("select exists (select 1 from \"{table}\" where snapshot = ? and");
                here = here || any(format!("{rows} ({one}))"))?;
                says = says || here || any(format!("{rows} \"{}\" is not null)", field.name))?;
            }
        }
        Ok(of_kinds && (here || !says))
    }
}

/// What is known of a record: whether it says any country, whether one of these, and which records it refers to.
#[derive(Default)]
struct CutRecord {
    says: bool,
    is_here: bool,
    refers: Vec<String>,
}

/// The countries that a statement says, in whichever field.
fn countries_said<'s>(kind: &Kind, s: &'s Statement) -> Vec<&'s str> {
    kind.fields.iter().filter_map(|f| Some(f.codes_of("country", s.draft.fields.get(&f.name)?))).flatten().collect()
}

/// What of a chain belongs to a cut, as far as one statement alone does not tell.
pub(crate) struct Belonging {
    hidden: HashSet<String>,
    replaced: HashSet<String>,
    elsewhere: HashSet<String>,
    /// Models that say which fields are withheld: the reader's, and that of the workspace itself.
    models: Vec<Arc<Model>>,
}

/// The kind of which records say what sources on file would show.
pub(crate) const COVERAGE: &str = "coverage";

/// True for what is said of the coverage of a source that names neither a document nor a data set.
fn is_of_unnamed_source(s: &Statement) -> bool {
    let names_none = || ["document", "dataset_name"].iter().all(|field| !s.draft.fields.contains_key(*field));
    s.kind_of_record() == COVERAGE && !s.draft.withdrawn && names_none()
}

/// What a statement is to a cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CutPlace {
    /// It belongs to it.
    Inside,
    /// It would, but is above the clearance, or has been replaced by what is.
    Above,
    /// It would, but a count in it is held back.
    HeldBack,
    /// It would, but says something in this field that has been marked above the clearance since.
    MarkedSince(String),
    /// The record is of another country or kind than those that are wanted.
    Outside,
}

impl Workspace {
    /// Makes a workspace of a part of this one, signed by this one, in a folder that does not exist or is empty. It has no key:
    /// whoever goes on with it gets a key of their own.
    ///
    /// # Errors
    /// When this workspace does not hold, or the folder cannot be written.
    pub fn cut(&self, to: &Path, cut: &Cut, author: &str) -> Result<Taken, StoreError> {
        private_folder(to).map_err(|e| StoreError::File(to.to_path_buf(), e))?;
        let countries = if cut.countries.is_empty() { self.countries()? } else { cut.countries.clone() };
        let model = self.folder().join("model");
        let made = Workspace::init_with(to, Settings { countries, ..self.settings().clone() }, |to| {
            // What it is read with, before it is first opened.
            for name in ["model", "questions"].iter().filter(|name| model.with_file_name(name).is_dir()) {
                let target = to.join(name);
                private_folder(&target).map_err(|e| StoreError::File(target.clone(), e))?;
                crate::backup::copy_folder(&model.with_file_name(name), &target)?;
            }
            Ok(())
        })?;
        key::lend(self.folder(), to)?;
        let taken = Register::open(&made)?.take_from(self, author, cut, false);
        let taken = taken.and_then(|taken| if cut.imports { copy_imports(self, &made, cut).map(|()| taken) } else { Ok(taken) });
        let back = key::take_back(to);
        // What went wrong first is told.
        let taken = taken?;
        back?;
        made.put_away()?;
        Ok(taken)
    }

    /// Goes on with a workspace that came without its key: it gets one of its own, and the ends of its chains are signed with it.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn adopt(&self) -> Result<(), StoreError> {
        let db = self.write()?;
        let signer = Signer::of(self)?;
        signer.sign_head(&db, &crate::as_of::now())?;
        signer.keep_head(&db)
    }

    /// The last place in the chain that was recorded up to a moment, and its hash; 0 where there is none.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn end_at(&self, moment: &str) -> Result<(i64, String), StoreError> {
        let sql = "select seq, hash from statement where recorded_at <= ? order by seq desc limit 1";
        let chain = Chain::open(self)?;
        let found = chain.db.prepare(sql)?.query_map([moment], |row| Ok((row.get(0)?, row.get(1)?)))?.next().transpose()?;
        Ok(found.unwrap_or_default())
    }
}

/// Copies the imports of a cut with their rows as they are, so that the hash over the rows of each stays the same.
fn copy_imports(from: &Workspace, to: &Workspace, cut: &Cut) -> Result<(), StoreError> {
    let (source, target) = (from.read()?, to.write()?);
    let signer = Signer::of(to)?;
    let mut tables: Vec<String> = row_tables(&source)?.into_iter().map(|(table, _)| table).collect();
    tables.extend(["support_fact", "support_flow", "support_link", "snapshot_file", "problem"].map(str::to_owned));
    target.execute_batch("begin immediate")?;
    let mut files = HashSet::new();
    let live = live_snapshots(&source, "9999", Some(cut.clearance.level()))?;
    for snapshot in cut.snapshots(&source, from.model(), live)? {
        copy_rows(&source, &target, "snapshot", "id", snapshot)?;
        for table in &tables {
            copy_rows(&source, &target, table, "snapshot", snapshot)?;
        }
        let before = digest::link_before(&target, snapshot)?;
        let link = digest::link(&target, snapshot, &before)?;
        target.execute("update snapshot set link = ? where id = ?", (link, snapshot))?;
        let mut hashes = source.prepare("select hash from snapshot_file where snapshot = ? and hash is not null")?;
        for hash in hashes.query_map([snapshot], |row| row.get::<_, String>(0))? {
            files.insert(hash?);
        }
    }
    signer.sign_head(&target, &crate::as_of::now())?;
    target.execute_batch("commit")?;
    signer.keep_head(&target)?;
    copy_files(from, to, &files)?;
    to.count_once()?;
    Ok(())
}

/// Copies the rows of a snapshot, by the names of their columns. A table or column that the other has not is one that an older
/// model left behind.
fn copy_rows(source: &Connection, target: &Connection, table: &str, key: &str, snapshot: i64) -> Result<(), StoreError> {
    let names = |db: &Connection| -> Result<Vec<String>, StoreError> {
        let mut query = db.prepare("select name from pragma_table_info(?)")?;
        Ok(query.query_map([table], |row| row.get(0))?.collect::<Result<_, _>>()?)
    };
    let there = names(target)?;
    let columns: Vec<String> =
        names(source)?.into_iter().filter(|name| there.contains(name)).map(|n| format!("\"{n}\"")).collect();
    if columns.is_empty() {
        return Ok(());
    }
    let (list, marks) = (columns.join(", "), vec!["?"; columns.len()].join(", "));
    let mut insert = target.prepare_cached(&format!("insert into \"{table}\" ({list}) values ({marks})"))?;
    // In the order in which they were written: those without a number of their own are hashed in it.
    let mut query = source.prepare(&format!("select {list} from \"{table}\" where {key} = ?"))?;
    let mut rows = query.query([snapshot])?;
    while let Some(row) = rows.next()? {
        let cells = (0..columns.len()).map(|at| row.get::<_, Sql>(at)).collect::<Result<Vec<_>, _>>()?;
        insert.execute(params_from_iter(cells))?;
    }
    Ok(())
}

/// Copies the kept files that are called by one of these hashes.
fn copy_files(from: &Workspace, to: &Workspace, hashes: &HashSet<String>) -> Result<(), StoreError> {
    let folder = from.folder().join("files");
    let Ok(entries) = std::fs::read_dir(&folder) else { return Ok(()) };
    for path in entries.flatten().map(|e| e.path()).filter(|p| p.is_file() && !p.is_symlink()) {
        let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        if let (true, Some(name)) = (hashes.contains(&stem), path.file_name()) {
            let target = to.folder().join("files").join(name);
            std::fs::copy(&path, &target).map_err(|e| StoreError::File(target, e))?;
        }
    }
    Ok(())
}
