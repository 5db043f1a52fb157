//! One import from beginning to end: a thread reads and cuts, others parse, one writes.
//!
//! ```text
//! file ─► unpack, hash, decode ─► splitter ─► chunks ─► parsers (one a core) ─► writer
//! ```
//!
//! The writer puts what comes back into the order of the file, so that the same file always gives the same rows.

use crate::error::ImportError;
use crate::iati::{ActivityRow, ActivityWriter, Chunk, Parsed, SplitPart, Splitter, parse_chunk};
use crate::plan::{FileForm, Plan, plan};
use crate::seen::{SeenFiles, Stand, Streams, hashes_of, locked};
use crate::source::{Input, decode, hash_of_hashes, streams};
use crate::table;
use crossbeam_channel::{Receiver, Sender, bounded};
use remit_model::{Marking, Model};
use remit_sheet::{Outcome, SheetJob, import_sheet, keep_places, preview_sheet};
use remit_store::{
    AboutDataSet, Cell, FileEntry, Import, Imported, KnownFiles, Problem, Register, StoreError, Workspace, hexadecimal,
};
use sha2::{Digest as _, Sha256};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// Bytes that are read and cut at once.
const BLOCK: usize = 1 << 20;

/// Bytes of a sheet that is read in no time; while a larger one is read, nobody waits for those before it.
const SMALL: u64 = 1 << 18;

/// What to import.
#[derive(Debug, Clone, Default)]
pub struct Job {
    /// Files, folders, or `-` for standard input.
    pub files: Vec<PathBuf>,
    /// Name of the data set; by default that of the file or folder. With a name, all files become one data set.
    pub dataset: Option<String>,
    /// How confidential it is.
    pub marking: Marking,
    /// The mapping of a table, where it is not beside it.
    pub mapping: Option<PathBuf>,
    /// Who brings in what goes into the register.
    pub author: String,
    /// For sheets of the register: only say what would be done.
    pub dry_run: bool,
    /// For sheets of the register: withdraw what a sheet said before and says no longer.
    pub replace: bool,
    /// For folders: read every file, also those that stand as they stood when they were read last.
    pub read_all: bool,
    /// For sheets of the register: add a record for each name that none has.
    pub add_names: bool,
}

/// How far an import has come, for whoever wants to show it.
#[derive(Debug, Default)]
pub struct Progress {
    /// Bytes to read, 0 where that is not known.
    pub total: AtomicU64,
    /// Bytes read.
    pub done: AtomicU64,
    /// Records written.
    pub records: AtomicU64,
}

/// What an import has done.
#[derive(Debug, Default)]
pub struct ImportReport {
    /// One a data set.
    pub imports: Vec<Imported>,
    /// One a sheet of the register.
    pub sheets: Vec<Outcome>,
    /// Versions of activities that are left out from now on because another data set has them too.
    pub elsewhere: u64,
    /// Files in folders that are nothing for Remit.
    pub passed_over: Vec<String>,
    /// Tables that were read by a mapping that the workspace has for a file of this name.
    pub mapped: Vec<(String, PathBuf)>,
    /// True where a sheet of the register has names that no record has.
    pub has_open_names: bool,
}

/// Imports files into a workspace.
///
/// # Errors
/// When a file cannot be opened, a mapping is wrong, or the workspace cannot be written.
pub fn import(workspace: &Workspace, job: &Job, progress: &Progress) -> Result<ImportReport, ImportError> {
    let mut report = ImportReport::default();
    let mut plans: Vec<Plan> = Vec::new();
    for argument in &job.files {
        let (more, passed_over) = plan(workspace, argument, job.dataset.as_deref(), job.mapping.as_deref())?;
        report.passed_over.extend(passed_over);
        for plan in more {
            // With one name for all, the files of several arguments are one data set.
            match plans.iter_mut().find(|p| {
                job.dataset.is_some()
                    && p.form == FileForm::Activities
                    && plan.form == FileForm::Activities
                    && p.dataset == plan.dataset
            }) {
                Some(same) => same.files.extend(plan.files),
                None => plans.push(plan),
            }
        }
    }
    let total = plans.iter().flat_map(|p| &p.files).map(Input::size).sum();
    progress.total.store(total, Ordering::Relaxed);
    let together = if job.dry_run { None } else { Some(workspace.together()?) };
    let outcome = run(workspace, job, plans, progress, &mut report);
    // Once for all files of a command, also where one of them failed: what was imported before it is shown.
    if report.imports.iter().any(|i| !i.unchanged) {
        report.elsewhere = workspace.count_once()?;
    }
    drop(together);
    outcome.map(|()| report)
}

/// Names the data sets that neither their mapping nor whoever brings them in has named.
fn name(workspace: &Workspace, plans: &mut [Plan]) -> Result<(), ImportError> {
    let own = plans.iter().filter(|plan| plan.form == FileForm::Sheet(None));
    let own: Vec<PathBuf> = own.filter_map(|plan| plan.files.first()?.path.clone()).collect();
    keep_places(workspace, &own)?;
    let unnamed = plans.iter_mut().filter(|plan| matches!(plan.form, FileForm::Activities | FileForm::Table(None)));
    let (plans, places): (Vec<_>, Vec<_>) = unnamed.filter_map(|plan| plan.names().map(|place| (plan, place))).unzip();
    for (plan, dataset) in plans.into_iter().zip(workspace.datasets_from(&places)?) {
        plan.dataset = dataset;
    }
    Ok(())
}

fn run(
    workspace: &Workspace,
    job: &Job,
    mut plans: Vec<Plan>,
    progress: &Progress,
    report: &mut ImportReport,
) -> Result<(), ImportError> {
    if !job.dry_run {
        name(workspace, &mut plans)?;
    }
    // Opened for the first sheet: a folder of hundreds of small ones is no hundreds of openings.
    let mut register: Option<Register> = None;
    for plan in plans {
        let is_small = |plan: &Plan| plan.files.iter().map(Input::size).sum::<u64>() <= SMALL;
        if let Some(open) = register.as_mut().filter(|_| !(matches!(plan.form, FileForm::Sheet(_)) && is_small(&plan))) {
            open.settle()?;
        }
        let imported = match &plan.form {
            FileForm::Activities if job.dry_run => return Err(ImportError::NoDryRun(plan.dataset)),
            FileForm::Activities => activities(workspace, &plan, job, progress)?,
            FileForm::Table(_) if job.dry_run => return Err(ImportError::NoDryRun(plan.dataset)),
            FileForm::Table(mapping) => {
                table::import(workspace, &plan, mapping.as_deref(), job.dataset.as_deref(), job.marking, &progress.done)?
            }
            FileForm::Broken(why) if job.dry_run => {
                report.passed_over.push(format!("{} ({why})", plan.files[0].name));
                continue;
            }
            FileForm::Broken(why) => broken(workspace, &plan, why, job.marking)?,
            FileForm::Sheet(mapping) => {
                let kept = mapping.iter().filter(|m| m.starts_with(workspace.mappings()));
                report.mapped.extend(kept.map(|m| (plan.files[0].name.clone(), m.clone())));
                let outcome = sheet_of(workspace, &mut register, &plan, mapping.clone(), job)?;
                report.has_open_names |= outcome.unmatched.iter().any(|u| u.several.is_empty());
                report.sheets.push(outcome);
                progress.done.fetch_add(plan.files.iter().map(Input::size).sum(), Ordering::Relaxed);
                continue;
            }
        };
        report.imports.push(imported);
    }
    register.as_mut().map_or(Ok(()), Register::settle)?;
    Ok(())
}

/// Keeps as a problem that a file cannot be read, under the name that what is kept of it has once it can be.
fn broken(workspace: &Workspace, plan: &Plan, why: &str, marking: Marking) -> Result<Imported, ImportError> {
    let input = &plan.files[0];
    // Of what is too large to be read nothing is known but that.
    let bytes = input.path.as_ref().and_then(|path| remit_files::read(path, remit_sheet::MOST_BYTES).ok()).unwrap_or_default();
    let (hash, size) = (hexadecimal(&Sha256::digest(&bytes)), bytes.len() as u64);
    let mut import = Import::begin(workspace, AboutDataSet { dataset: input.name.clone(), marking, ..AboutDataSet::default() })?;
    if let Some(dataset) = import.same_content(&hash)? {
        import.abandon()?;
        return Ok(Imported { dataset, unchanged: true, records: 0, parts: 0, problems: 0 });
    }
    let entry = import.begin_file(&input.name)?;
    let line = why.rsplit_once(" at line ").and_then(|(_, place)| place.split(' ').next()?.parse().ok()).unwrap_or(1);
    import.problem(
        entry,
        &Problem { line, element: "file".into(), rule: "unread", reason: why.to_owned(), ..Problem::default() },
    )?;
    import.finish_file(entry, &FileEntry { hash: hash.clone(), bytes: size, ..FileEntry::default() })?;
    Ok(import.finish(&hash, 1, size)?)
}

fn sheet_of(
    workspace: &Workspace,
    register: &mut Option<Register>,
    plan: &Plan,
    mapping: Option<PathBuf>,
    job: &Job,
) -> Result<Outcome, ImportError> {
    let file = plan.files.first().and_then(|f| f.path.clone()).unwrap_or_default();
    let sheet = SheetJob {
        file,
        name: String::new(),
        mapping,
        marking: job.marking,
        author: job.author.clone(),
        // Whoever has the folder has all of it.
        clearance: Marking::StrictlyConfidential,
        replace: job.replace,
        add_names: job.add_names,
        underway: Arc::default(),
    };
    if job.dry_run {
        return Ok(preview_sheet(workspace, &sheet)?);
    }
    let register = match register {
        Some(open) => open,
        None => register.insert(Register::open(workspace)?.grouped()?),
    };
    Ok(import_sheet(workspace, register, &sheet)?)
}

/// What reaches the writer, each with its place in the order.
enum WriterEvent {
    File(String),
    Parsed(Vec<Parsed>),
    Problem(Problem),
    End(FileEntry),
}

fn activities(workspace: &Workspace, plan: &Plan, job: &Job, progress: &Progress) -> Result<Imported, ImportError> {
    let about = AboutDataSet { dataset: plan.dataset.clone(), marking: job.marking, ..Default::default() };
    // One file is read in any case.
    let is_folder = plan.files.len() > 1;
    let seen = Mutex::new(if is_folder { SeenFiles::open(workspace.folder(), job.read_all) } else { SeenFiles::default() });
    let imported = read_activities(workspace, plan, about, progress, &seen)?;
    if is_folder {
        locked(&seen).keep();
    }
    Ok(imported)
}

fn read_activities(
    workspace: &Workspace,
    plan: &Plan,
    about: AboutDataSet,
    progress: &Progress,
    seen: &Mutex<SeenFiles>,
) -> Result<Imported, ImportError> {
    let mut import = Import::begin(workspace, about)?;
    let whole: u64 = plan.files.iter().map(Input::size).sum();
    if let Some(dataset) = known_already(&import, plan, seen)? {
        import.abandon()?;
        progress.done.fetch_add(whole, Ordering::Relaxed);
        return Ok(Imported { dataset, unchanged: true, records: 0, parts: 0, problems: 0 });
    }
    let renewal = Renewal::of(&import, plan, seen)?;
    if let Some(renewal) = &renewal {
        import.renew(&renewal.held, renewal.gone.iter())?;
        progress.done.fetch_add(whole - renewal.files.iter().map(Input::size).sum::<u64>(), Ordering::Relaxed);
    }
    let (files, unread) = renewal.map_or((plan.files.clone(), Vec::new()), |r| (r.files, r.unread));
    let workers = std::thread::available_parallelism().map_or(2, |n| n.get()).min(8);
    let (to_parse, chunks) = bounded::<(u64, Chunk)>(workers + 1);
    let (to_writer, events) = bounded::<(u64, WriterEvent)>(4 * workers);
    let model = workspace.model();
    std::thread::scope(|scope| {
        for _ in 0..workers {
            let (chunks, to_writer) = (chunks.clone(), to_writer.clone());
            scope.spawn(move || parse_chunks(model, &chunks, &to_writer));
        }
        drop(chunks);
        scope.spawn(|| read_files(&files, &progress.done, seen, to_parse, to_writer));
        ImportWriter::new(workspace, import)?.run(&events, progress, unread)
    })
}

/// The data set that holds the same files already. Hashes are compared before reading only where the sizes agree.
fn known_already(import: &Import, plan: &Plan, seen: &Mutex<SeenFiles>) -> Result<Option<String>, ImportError> {
    if plan.files.iter().any(|f| f.path.is_none()) || !import.has_size(plan.files.iter().map(Input::size).sum())? {
        return Ok(None);
    }
    let found = hashes_of(&plan.files, seen);
    if found.iter().any(Streams::is_empty) {
        return Ok(None);
    }
    let hashes: Vec<String> = found.into_iter().flatten().map(|(_, hash)| hash).collect();
    Ok(import.same_content(&hash_of_hashes(&hashes))?)
}

/// An import of a data set of which most is known: only files that are new or have changed are read.
struct Renewal {
    held: KnownFiles,
    /// What is read.
    files: Vec<Input>,
    /// Hashes of what is not read again.
    unread: Vec<String>,
    /// Names of files that are no longer there.
    gone: Vec<String>,
}

/// How many times its size a data set may have been read from, renewals included, before it is read as a whole again.
const STALE: u64 = 2;

impl Renewal {
    /// What of a plan has to be read; none where it is better read as a whole.
    fn of(import: &Import, plan: &Plan, seen: &Mutex<SeenFiles>) -> Result<Option<Renewal>, ImportError> {
        let Some(held) = import.held()?.filter(|held| held.files.len() > 1) else { return Ok(None) };
        let found = hashes_of(&plan.files, seen);
        let names: HashSet<&str> = found.iter().flatten().map(|(name, _)| name.as_str()).collect();
        let is_held = |(name, hash): &(String, String)| held.files.get(name) == Some(hash);
        let gone: Vec<String> = held.files.keys().filter(|name| !names.contains(name.as_str())).cloned().collect();
        let changed = |streams: &Vec<(String, String)>| streams.is_empty() || !streams.iter().all(is_held);
        let is_entangled = |name: &String| held.entangled.contains(name);
        let again =
            gone.iter().any(is_entangled) || found.iter().filter(|s| changed(s)).flatten().any(|(name, _)| is_entangled(name));
        let (mut files, mut unread) = (Vec::new(), Vec::new());
        for (input, streams) in plan.files.iter().zip(&found) {
            if changed(streams) || (again && streams.iter().any(|(name, _)| is_entangled(name))) {
                files.push(input.clone());
            } else {
                unread.extend(streams.iter().map(|(_, hash)| hash.clone()));
            }
        }
        let size = |files: &[Input]| files.iter().map(Input::size).sum::<u64>();
        let is_worth_it = !unread.is_empty() && held.bytes + size(&files) <= STALE * size(&plan.files);
        Ok(is_worth_it.then_some(Renewal { held, files, unread, gone }))
    }
}

fn parse_chunks(model: &Model, chunks: &Receiver<(u64, Chunk)>, to_writer: &Sender<(u64, WriterEvent)>) {
    for (order, chunk) in chunks {
        if to_writer.send((order, WriterEvent::Parsed(parse_chunk(model, &chunk)))).is_err() {
            return; // The writer has given up, and says why itself.
        }
    }
}

fn read_files(
    files: &[Input],
    done: &AtomicU64,
    seen: &Mutex<SeenFiles>,
    to_parse: Sender<(u64, Chunk)>,
    to_writer: Sender<(u64, WriterEvent)>,
) {
    let mut order = 0;
    let mut next = || {
        order += 1;
        order - 1
    };
    for input in files {
        let before = input.path.as_deref().and_then(Stand::of);
        let (mut begun, mut found) = (0, Streams::new());
        streams(input, done, &mut |name, stream| {
            begun += 1;
            if to_writer.send((next(), WriterEvent::File(name.to_owned()))).is_err() {
                return false;
            }
            let mut stream = match stream {
                Ok(stream) => stream,
                Err(error) => {
                    let problem = to_writer.send((next(), WriterEvent::Problem(unreadable(&error)))).is_ok();
                    return problem && to_writer.send((next(), WriterEvent::End(FileEntry::default()))).is_ok();
                }
            };
            let Some(version) = cut(&mut stream, &mut next, &to_parse, &to_writer) else { return false };
            let (hash, bytes, is_whole) = stream.finish();
            found.extend(is_whole.then(|| (name.to_owned(), hash.clone())));
            to_writer.send((next(), WriterEvent::End(FileEntry { hash, bytes, version, records: 0 }))).is_ok()
        });
        // What could be read only in part is looked at again.
        if let Some(path) = input.path.as_ref().filter(|_| begun > 0 && found.len() == begun) {
            locked(seen).note(path, before, found);
        }
    }
}

/// Cuts a stream into what the parsers take; gives the version that it says, or nothing where nobody takes what comes.
fn cut(
    stream: &mut impl Read,
    next: &mut impl FnMut() -> u64,
    to_parse: &Sender<(u64, Chunk)>,
    to_writer: &Sender<(u64, WriterEvent)>,
) -> Option<String> {
    let (text, unknown) = match decode(stream) {
        Ok(decoded) => decoded,
        Err(error) => {
            to_writer.send((next(), WriterEvent::Problem(unreadable(&error)))).ok()?;
            return Some(String::new());
        }
    };
    if let Some(label) = unknown {
        let problem = Problem {
            line: 1,
            value: label,
            rule: "encoding",
            reason: "nobody knows this encoding; the file was read as UTF-8".into(),
            ..Default::default()
        };
        to_writer.send((next(), WriterEvent::Problem(problem))).ok()?;
    }
    let mut splitter = Splitter::new(text, BLOCK);
    while let Some(found) = splitter.next() {
        match found {
            SplitPart::Chunk(chunk) => to_parse.send((next(), chunk)).ok()?,
            SplitPart::Problem(problem) => to_writer.send((next(), WriterEvent::Problem(problem))).ok()?,
        }
    }
    Some(splitter.version().unwrap_or_default().to_owned())
}

fn unreadable(error: &std::io::Error) -> Problem {
    Problem { line: 1, rule: "unreadable", reason: format!("the file cannot be read: {error}"), ..Default::default() }
}

struct ImportWriter {
    import: Import,
    rows: ActivityWriter,
    /// Hashes of the identifiers seen, to find those that come twice, with when the newest version was updated.
    seen: HashMap<u64, Option<String>>,
    file: i64,
    records: u64,
    hashes: Vec<String>,
    bytes: u64,
}

impl ImportWriter {
    fn new(workspace: &Workspace, import: Import) -> Result<ImportWriter, StoreError> {
        Ok(ImportWriter {
            rows: ActivityWriter::new(workspace)?,
            import,
            seen: HashMap::new(),
            file: 0,
            records: 0,
            hashes: Vec::new(),
            bytes: 0,
        })
    }

    /// Writes what comes; `unread` are the hashes of files that belong to the data set and are not read again.
    fn run(
        mut self,
        events: &Receiver<(u64, WriterEvent)>,
        progress: &Progress,
        unread: Vec<String>,
    ) -> Result<Imported, ImportError> {
        let (mut waiting, mut next) = (BTreeMap::new(), 0);
        for (order, event) in events {
            waiting.insert(order, event);
            while let Some(event) = waiting.remove(&next) {
                self.write(event)?;
                next += 1;
            }
            progress.records.store(self.records, Ordering::Relaxed);
        }
        let files = self.hashes.len() as u64;
        self.hashes.extend(unread);
        Ok(self.import.finish(&hash_of_hashes(&self.hashes), files, self.bytes)?)
    }

    fn write(&mut self, event: WriterEvent) -> Result<(), StoreError> {
        match event {
            WriterEvent::File(name) => {
                self.file = self.import.begin_file(&name)?;
                self.records = 0;
            }
            WriterEvent::Problem(problem) => self.import.problem(self.file, &problem)?,
            WriterEvent::End(entry) => {
                self.hashes.push(entry.hash.clone());
                self.bytes += entry.bytes;
                self.import.finish_file(self.file, &FileEntry { records: self.records, ..entry })?;
            }
            WriterEvent::Parsed(parsed) => {
                for one in parsed {
                    self.activity(one)?;
                }
            }
        }
        Ok(())
    }

    fn activity(&mut self, parsed: Parsed) -> Result<(), StoreError> {
        for problem in &parsed.problems {
            self.import.problem(self.file, problem)?;
        }
        let Some(row) = parsed.row else { return Ok(()) };
        if let Some((file, line)) = self.seen_before(&row)? {
            let counts = format!("this identifier was read already, at {file}:{line}");
            let newer = self.newest(&row);
            let reason = match newer {
                true => format!("{counts}; this version was updated later and goes before all above it"),
                false => {
                    format!("{counts}; the version that was updated last counts, of equals the first: this one was left out")
                }
            };
            let value = row.cells.first().and_then(Cell::text).unwrap_or_default().to_owned();
            let (element, record) = ("iati-identifier".into(), row.record.clone());
            let problem = Problem { line: row.line, element, record, value, rule: "duplicate", reason };
            self.import.problem(self.file, &problem)?;
            if !newer {
                return Ok(());
            }
        }
        self.rows.write(&mut self.import, self.file, &row)?;
        self.records += 1;
        Ok(())
    }

    /// File and line of an earlier version of the same activity in this import.
    fn seen_before(&mut self, row: &ActivityRow) -> Result<Option<(String, u64)>, StoreError> {
        match self.seen.entry(hash_of(&row.record)) {
            Entry::Vacant(entry) => {
                entry.insert(row.updated_at.clone());
                Ok(None)
            }
            // Two identifiers may share a hash: the database knows.
            Entry::Occupied(_) => self.import.place_of("activity", &row.record),
        }
    }

    /// True where this version was updated later than those before it; then it is the one that the next is compared with.
    fn newest(&mut self, row: &ActivityRow) -> bool {
        let known = self.seen.entry(hash_of(&row.record)).or_default();
        let newer = row.updated_at > *known;
        if newer {
            known.clone_from(&row.updated_at);
        }
        newer
    }
}

fn hash_of(record: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    record.hash(&mut hasher);
    hasher.finish()
}
