//! A workspace as Parquet: the views as of a cut, and every statement that the reader may see.
//!
//! Everything is read through a reader: what is above its clearance is never in a file. Threads share the work; what has a number by
//! which it can be read in pieces is read so, so that no query takes long and memory stays flat.

mod cells;
mod plan;
mod writer;

use crate::manifest::{Cut, FORMAT, File, MANIFEST, Manifest, Table, VERSION, hexadecimal};
use anyhow::{Context as _, Result, anyhow, bail};
use plan::{Job, Planned};
use remit_store::{AsOf, AskedBy, HeldBack, Reader, StoreError, Workspace, of_the_as_of};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use writer::{Shape, Writer, Written};

/// How an export is made.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Only tables of these names; all where there is none.
    pub only: Vec<String>,
    /// How many threads read and write; 0: as many as there are processors.
    pub threads: usize,
    /// Whether an export that stands in the folder is taken away first.
    pub overwrite: bool,
    /// Whether counts of few people are written too, which are held back otherwise.
    pub small_counts: bool,
}

/// Folders of an export.
const FOLDERS: [&str; 4] = ["views", "parts", "history", "workspace"];

/// Writes a workspace to a folder, as far as a reader sees it.
///
/// # Errors
/// When something else stands in the folder, the workspace changes meanwhile, or a file cannot be written.
pub fn export(workspace: &Workspace, as_of: &AsOf, folder: &Path, options: &Options) -> Result<Manifest> {
    clear(folder, options.overwrite)?;
    let held = HeldBack::unless(options.small_counts, workspace, as_of.clearance)?;
    let reader = Reader::without(workspace, as_of.clone(), AskedBy::Questions, held.clone())?;
    let before = state(&reader)?;
    let planned = plan::tables(workspace, &reader, &options.only)?;
    let jobs = plan::jobs(&planned);
    let threads = match options.threads {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        n => n,
    };
    let opened = || -> Result<Reader> { Ok(Reader::without(workspace, as_of.clone(), AskedBy::Questions, held.clone())?) };
    let written = run(&opened, folder, &planned, &jobs, threads)?;
    if state(&reader.renewed()?)? != before {
        bail!("something was recorded or imported while the export ran: export again, with --overwrite");
    }
    let tables = planned.iter().zip(written).map(|(planned, written)| table(planned, written)).collect();
    let manifest = Manifest {
        format: FORMAT.into(),
        version: VERSION,
        remit: env!("CARGO_PKG_VERSION").into(),
        written_at: jiff::Timestamp::now().to_string(),
        title: workspace.settings().title.clone(),
        cut: Cut {
            valid_on: as_of.valid_on.to_string(),
            known_on: as_of.known_on.clone(),
            clearance: as_of.clearance.code().to_owned(),
        },
        tables,
        workspace: own_files(workspace, folder)?,
    };
    let file = folder.join(MANIFEST);
    std::fs::write(&file, serde_json::to_vec_pretty(&manifest)?)
        .with_context(|| format!("{} cannot be written", file.display()))?;
    Ok(manifest)
}

/// Makes the folder ready. Only what an export has written is taken away, and only where that was asked for.
fn clear(folder: &Path, overwrite: bool) -> Result<()> {
    let is_there = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if is_there {
        let shown = folder.display();
        let manifest = folder.join(MANIFEST);
        let is_ours = manifest.is_file() || FOLDERS.iter().any(|name| folder.join(name).is_dir());
        match (is_ours, overwrite) {
            (true, true) => {}
            (true, false) => bail!("{shown} has an export in it already; name another folder, or say --overwrite"),
            (false, _) => bail!("{shown} has something else in it than an export; name a folder that is empty or not there yet"),
        }
        // Without the manifest it is no export any more, whatever happens next.
        if manifest.is_file() {
            std::fs::remove_file(&manifest)?;
        }
        for name in FOLDERS.iter().map(|name| folder.join(name)).filter(|path| path.is_dir()) {
            std::fs::remove_dir_all(&name).with_context(|| format!("{} cannot be taken away", name.display()))?;
        }
    }
    std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))
}

/// By what it is known that nothing has changed meanwhile.
fn state(reader: &Reader) -> Result<String> {
    let sql = "select (select count(*) from statement) as statements, (select count(*) from snapshot) as snapshots, \
               (select max(recorded_at) from snapshot) as newest";
    Ok(format!("{:?}", reader.query(sql, &[])?.rows))
}

/// What one table became.
#[derive(Debug, Default)]
struct Done {
    written: Written,
    year_of: Option<usize>,
}

/// Threads take one job after another; each has a reader of its own, and writes files of its own.
fn run(
    opened: &(dyn Fn() -> Result<Reader> + Sync),
    folder: &Path,
    planned: &[Planned],
    jobs: &[Job],
    threads: usize,
) -> Result<Vec<Done>> {
    let done: Mutex<Vec<Done>> = Mutex::new(planned.iter().map(|_| Done::default()).collect());
    let next = AtomicUsize::new(0);
    let work = |number: usize| -> Result<()> {
        let reader = opened()?;
        let mut open: Option<(usize, Writer)> = None;
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let job = jobs.get(at);
            if let Some((table, writer)) = open.take_if(|(table, _)| job.is_none_or(|j| j.table != *table)) {
                keep(&done, table, writer.end(false)?)?;
            }
            let Some(job) = job else { return Ok(()) };
            let planned = &planned[job.table];
            let year_of = planned.divided(&reader)?;
            let (_, writer) = open.get_or_insert_with(|| {
                let shape = Shape {
                    folder: folder.to_owned(),
                    place: format!("{}/{}", planned.part, planned.name),
                    columns: planned.columns.clone(),
                    year_of,
                    number,
                };
                (job.table, Writer::new(shape))
            });
            read(&reader, &job.sql, writer).with_context(|| format!("{} cannot be exported", planned.name))?;
            if let Ok(mut done) = done.lock() {
                done[job.table].year_of = year_of;
            }
        }
    };
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|number| scope.spawn(move || work(number))).collect();
        let ended: Vec<Result<()>> =
            running.into_iter().map(|t| t.join().unwrap_or_else(|_| Err(anyhow!("a thread of the export broke off")))).collect();
        ended.into_iter().collect::<Result<()>>()
    })?;
    let mut done = done.into_inner().map_err(|_| anyhow!("a thread of the export broke off"))?;
    for (planned, done) in planned.iter().zip(&mut done).filter(|(_, d)| d.written.files.is_empty()) {
        done.written = Writer::new(Shape {
            folder: folder.to_owned(),
            place: format!("{}/{}", planned.part, planned.name),
            columns: planned.columns.clone(),
            year_of: None,
            number: 0,
        })
        .end(true)?;
    }
    Ok(done)
}

fn keep(done: &Mutex<Vec<Done>>, table: usize, written: Written) -> Result<()> {
    let mut done = done.lock().map_err(|_| anyhow!("a thread of the export broke off"))?;
    let all = &mut done[table].written;
    all.files.extend(written.files);
    for (column, number) in written.not_typed {
        *all.not_typed.entry(column).or_default() += number;
    }
    Ok(())
}

fn read(reader: &Reader, sql: &str, writer: &mut Writer) -> Result<()> {
    // An error of the writer goes through the store's, and is told as itself.
    let mut wrong = None;
    let read = reader.each_lent(sql, &of_the_as_of(reader.as_of()), |row| {
        writer.add(row).map_err(|error| {
            wrong = Some(error);
            StoreError::Refused("the export stopped".into())
        })
    });
    match (wrong, read) {
        (Some(error), _) => Err(error),
        (None, read) => Ok(read.map(drop)?),
    }
}

fn table(planned: &Planned, done: Done) -> Table {
    let mut files = done.written.files;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Table {
        part: planned.part.into(),
        name: planned.name.clone(),
        about: planned.about.clone(),
        rows: files.iter().filter_map(|f| f.rows).sum(),
        columns: planned.columns.iter().map(|c| (c.name.clone(), c.holds.name().to_owned())).collect::<BTreeMap<_, _>>(),
        year_of: done.year_of.map(|at| planned.columns[at].name.clone()),
        not_typed: done.written.not_typed,
        files,
    }
}

/// Copies the workspace's own model and questions: by them its questions are asked elsewhere too.
fn own_files(workspace: &Workspace, folder: &Path) -> Result<Vec<File>> {
    let mut found: Vec<PathBuf> = Vec::new();
    let mut folders = vec![workspace.folder().join("model"), workspace.folder().join("questions")];
    while let Some(some) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&some) else { continue };
        for entry in entries {
            let (path, kind) = entry.and_then(|e| Ok((e.path(), e.file_type()?)))?;
            match (kind.is_dir(), kind.is_file()) {
                (true, _) => folders.push(path),
                (_, true) if path.extension().is_some_and(|e| e == "toml" || e == "csv" || e == "sql") => found.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    let mut files = Vec::new();
    for path in found {
        let below = path.strip_prefix(workspace.folder()).unwrap_or(&path);
        let parts: Vec<String> = below.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
        let place = format!("workspace/{}", parts.join("/"));
        let bytes = std::fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        let target = folder.join(&place);
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(&target, &bytes).with_context(|| format!("{} cannot be written", target.display()))?;
        let sha256 = hexadecimal(Sha256::new_with_prefix(&bytes));
        files.push(File { path: place, rows: None, bytes: bytes.len() as u64, sha256 });
    }
    Ok(files)
}
