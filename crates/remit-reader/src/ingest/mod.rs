//! From files to a workspace: each is read apart from this process, kept by its hash with its passages as a data set of its own,
//! and what somebody may accept becomes proposals in the register.

mod drafts;
mod keep;

use crate::classify::Classifier;
use crate::propose::{Reader, Reading};
use remit_document::{Document, ReadError, sandbox};
use remit_model::Marking;
use remit_store::{Register, StoreError, Workspace, hexadecimal};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// A file to read.
#[derive(Debug, Clone)]
pub enum File {
    /// On this machine.
    At(PathBuf),
    /// Sent by somebody.
    Sent {
        /// Its name, for people.
        name: String,
        /// Its content.
        bytes: Vec<u8>,
    },
}

impl File {
    /// Its name, for people.
    fn name(&self) -> String {
        match self {
            File::At(path) => path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned()),
            File::Sent { name, .. } => name.clone(),
        }
    }

    fn bytes(&self) -> Result<Vec<u8>, StoreError> {
        match self {
            File::At(path) => std::fs::read(path).map_err(|e| StoreError::File(path.clone(), e)),
            File::Sent { bytes, .. } => Ok(bytes.clone()),
        }
    }
}

/// Where files are read to, and what holds for all of them.
#[derive(Debug, Clone, Copy)]
pub struct Ingest<'i> {
    /// Where they are kept.
    pub workspace: &'i Workspace,
    /// Up to which marking names of the register are looked for.
    pub clearance: Marking,
    /// Where they were published, or empty.
    pub url: &'i str,
    /// How confidential they and all that is read in them are.
    pub marking: Marking,
    /// Who reads them.
    pub author: &'i str,
}

/// What was done with a file.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
pub struct Ingested {
    /// Name of the file.
    pub file: String,
    /// Record of the document.
    pub document: String,
    /// Its title.
    pub title: String,
    /// Its symbol.
    pub symbol: String,
    /// Passages.
    pub passages: usize,
    /// Proposals that are new.
    pub proposals: usize,
    /// True where it had been read like this before.
    pub unchanged: bool,
    /// What could not be read.
    pub notes: Vec<String>,
}

/// A file with what is told of it.
#[derive(Debug)]
struct Source<'s> {
    name: String,
    bytes: Vec<u8>,
    /// SHA-256 of it.
    hash: String,
    url: &'s str,
    marking: Marking,
}

/// A file that was read, or why it was not.
struct Read<'s> {
    source: Source<'s>,
    outcome: Result<(Document, Reading), ReadError>,
}

/// Reads files on all cores and keeps them one by one, in their order; `each` is told of every one that is kept. Where the same
/// file was read before by the same reader, nothing changes.
///
/// # Errors
/// When a file cannot be opened, or the workspace cannot be written; those before it are kept.
pub fn ingest(ingest: &Ingest<'_>, files: &[File], mut each: impl FnMut(Ingested)) -> Result<(), StoreError> {
    // Held open to the end: whoever closes a database last puts its log away, which takes longer than a document.
    let register = Register::open(ingest.workspace)?;
    let actors = register.names("actor", ingest.clearance)?.into_iter().map(|(record, called)| (record, called.name)).collect();
    let reader = Reader::new(ingest.workspace.model(), Classifier::shipped(), actors);
    let program = std::env::current_exe().map_err(|e| StoreError::File("this program".into(), e))?;
    in_order(
        files,
        |file| read(ingest, &program, &reader, file),
        |read| {
            let Read { source, outcome } = read?;
            each(match outcome {
                Ok((document, reading)) => keep::keep(ingest, &source, &document, &reading)?,
                Err(error) => keep::keep_unread(ingest, &source, &error)?,
            });
            Ok(())
        },
    )
}

fn read<'i>(ingest: &Ingest<'i>, program: &Path, reader: &Reader<'_>, file: &File) -> Result<Read<'i>, StoreError> {
    let (name, bytes) = (file.name(), file.bytes()?);
    let outcome = sandbox::read(program, &name, &bytes).map(|document| {
        let reading = reader.read(&document);
        (document, reading)
    });
    let hash = hexadecimal(&Sha256::digest(&bytes));
    Ok(Read { source: Source { name, bytes, hash, url: ingest.url, marking: ingest.marking }, outcome })
}

/// Does `work` on all cores and hands the results to `then` one by one, in the order of the files.
fn in_order<F: Sync, T: Send, E>(
    files: &[F],
    work: impl Fn(&F) -> T + Sync,
    mut then: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(files.len()).max(1);
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::sync_channel(2 * threads);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, next, work) = (sender.clone(), &next, &work);
            scope.spawn(move || {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    let Some(file) = files.get(n) else { return };
                    if sender.send((n, work(file))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let (mut waiting, mut due) = (BTreeMap::new(), 0);
        // Dropping the receiver on an error lets the workers end.
        for (n, result) in receiver {
            waiting.insert(n, result);
            while let Some(result) = waiting.remove(&due) {
                then(result)?;
                due += 1;
            }
        }
        Ok(())
    })
}

/// The record of a document, by the hash of its file.
fn record(hash: &str) -> String {
    format!("document/{}", short(hash))
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

/// What proposals of a document have as origin, before the passage.
fn origin(hash: &str) -> String {
    format!("read/{}/", short(hash))
}

/// Where a passage stands, as one cites it.
fn locator(number: &str, n: u32, page: u32) -> String {
    let place = if number.is_empty() { format!("passage {n}") } else { format!("para. {number}") };
    if page > 0 { format!("{place}, p. {page}") } else { place }
}
