//! From files to a workspace: each is read apart from this process, kept by its hash with its passages as a data set of its own,
//! and what somebody may accept becomes proposals in the register.

mod drafts;
mod keep;

use crate::classify::Classifier;
use crate::propose::{Reader, Reading};
use remit_document::{Document, ReadError, read_apart};
use remit_model::Marking;
use remit_store::{Chain, Register, StoreError, Workspace, hexadecimal};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::PathBuf;
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
            File::At(path) => {
                remit_files::read(path, remit_document::MOST_BYTES as u64).map_err(|e| StoreError::File(path.clone(), e))
            }
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
    /// What its record, its passages and what is proposed from it are called by: see [`Source::known_by`].
    short: String,
    url: &'s str,
    marking: Marking,
}

impl Source<'_> {
    /// Decides by what a document is known, and how it is marked. Read again it is the same, and never marked lower than it was.
    /// Where it is kept under a marking that whoever reads it may not see, it is another one, as if that were not there.
    fn known_by(&mut self, chain: &Chain, clearance: Marking) -> Result<(), StoreError> {
        for n in 0.. {
            let name = |marking: Marking| match (marking, n) {
                (Marking::Public, 0) => short(&self.hash).to_owned(),
                _ => short(&hexadecimal(&Sha256::digest(format!("{} {} {n}", self.hash, marking.code())))).to_owned(),
            };
            let mut is_free = true;
            for marking in Marking::ALL {
                let held = chain.marking_of_data_set(&record(&name(marking)))?;
                if let Some(held) = held.filter(|held| *held <= clearance) {
                    self.short = name(marking);
                    self.marking = self.marking.max(held);
                    return Ok(());
                }
                is_free &= held.is_none() || marking != self.marking;
            }
            if is_free {
                self.short = name(self.marking);
                return Ok(());
            }
        }
        Ok(())
    }
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
    in_order(
        files,
        |file| read(ingest, &reader, file),
        |read| {
            let Read { mut source, outcome } = read?;
            source.known_by(&register, ingest.clearance)?;
            each(match outcome {
                Ok((document, reading)) => keep::keep(ingest, &source, &document, &reading)?,
                Err(error) => keep::keep_unread(ingest, &source, &error)?,
            });
            Ok(())
        },
    )
}

fn read<'i>(ingest: &Ingest<'i>, reader: &Reader<'_>, file: &File) -> Result<Read<'i>, StoreError> {
    let (name, bytes) = (file.name(), file.bytes()?);
    let outcome = read_apart(&bytes, &name).map(|document| {
        let reading = reader.read(&document);
        (document, reading)
    });
    let hash = hexadecimal(&Sha256::digest(&bytes));
    Ok(Read { source: Source { name, bytes, hash, short: String::new(), url: ingest.url, marking: ingest.marking }, outcome })
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

/// The record of a document.
fn record(short: &str) -> String {
    format!("document/{short}")
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

/// What proposals of a document have as origin, before the passage.
fn origin(short: &str) -> String {
    format!("read/{short}/")
}

/// Where a passage stands, as one cites it.
fn locator(number: &str, n: u32, page: u32) -> String {
    let place = if number.is_empty() { format!("passage {n}") } else { format!("para. {number}") };
    if page > 0 { format!("{place}, p. {page}") } else { place }
}
