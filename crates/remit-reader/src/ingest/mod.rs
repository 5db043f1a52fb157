//! From files to a workspace: each is read apart from this process, kept by its hash with its passages as a data set of its own,
//! and what somebody may accept becomes proposals in the register.

mod drafts;
mod keep;

use crate::classify::Classifier;
use crate::propose::{DocumentReader, Reading};
use remit_document::{Document, Passage, ReadError, read_apart};
use remit_model::Marking;
use remit_store::{AsOf, Chain, KnownRecord, Register, StoreError, Workspace, hexadecimal};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

pub use drafts::{doer_of, listed};

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
    /// The mission (code or record, see [`mission`]) that they are of, or empty: then it is what they say, or what was told before.
    pub whose: &'i str,
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
    /// The mission that it is of, or empty.
    pub mission: String,
    /// Passages.
    pub passages: usize,
    /// Proposals that are new.
    pub proposals: usize,
    /// True where it had been read like this before.
    pub unchanged: bool,
    /// What could not be read.
    pub notes: Vec<String>,
}

/// A file with its title, address and hash.
#[derive(Debug)]
struct SourceFile<'s> {
    name: String,
    bytes: Vec<u8>,
    /// SHA-256 of it.
    hash: String,
    /// What its record, its passages and what is proposed from it are called by: see [`SourceFile::known_by`].
    short: String,
    url: &'s str,
    marking: Marking,
    /// The mission that somebody said it is of, or empty.
    whose: String,
}

impl SourceFile<'_> {
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
    source: SourceFile<'s>,
    outcome: Result<(Document, Reading), ReadError>,
}

/// Reads files on all cores and keeps them one by one, in their order; `each` is told of every one that is kept. Where the same
/// file was read before by the same reader, nothing changes.
///
/// # Errors
/// When a file cannot be opened, or the workspace cannot be written; those before it are kept.
pub fn ingest(ingest: &Ingest<'_>, files: &[File], mut each: impl FnMut(Ingested)) -> Result<(), StoreError> {
    let _together = ingest.workspace.together()?;
    let register = Register::open(ingest.workspace)?;
    let known = register.known("actor", ingest.clearance)?;
    let names = |of: &KnownRecord| of.called.iter().map(|called| (of.record.clone(), called.name.clone())).collect::<Vec<_>>();
    let actors = known.iter().flat_map(names).collect();
    let countries = known.iter().filter_map(|of| Some((of.record.clone(), of.country.clone()?))).collect();
    let told = told(ingest)?;
    let reader = DocumentReader::new(ingest.workspace.model(), Classifier::shipped(), actors).of_countries(countries);
    in_order(
        files,
        |file| read(ingest, &reader, &told, file),
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

fn read<'i>(
    ingest: &Ingest<'i>,
    reader: &DocumentReader<'_>,
    told: &HashMap<String, String>,
    file: &File,
) -> Result<Read<'i>, StoreError> {
    let (name, bytes) = (file.name(), file.bytes()?);
    let hash = hexadecimal(&Sha256::digest(&bytes));
    let before = || told.get(&hash).cloned().unwrap_or_default();
    let whose = if ingest.whose.is_empty() { before() } else { ingest.whose.to_owned() };
    let outcome = read_apart(&bytes, &name).map(|document| {
        let reading = reader.read(&document, Some(whose.as_str()).filter(|w| !w.is_empty()));
        (document, reading)
    });
    let (url, marking) = (ingest.url, ingest.marking);
    Ok(Read { source: SourceFile { name, bytes, hash, short: String::new(), url, marking, whose }, outcome })
}

/// Whose documents are of which somebody has said it: the mission by the hash of the file.
fn told(ingest: &Ingest<'_>) -> Result<HashMap<String, String>, StoreError> {
    let as_of = AsOf { clearance: ingest.clearance, ..AsOf::public(ingest.workspace.default_day()) };
    let view = remit_store::Reader::open(ingest.workspace, as_of)?;
    #[derive(serde::Deserialize)]
    struct ToldMission {
        sha256: String,
        mission: String,
    }
    let all = view.query("select sha256, mission from document where mission_told = 1 and mission is not null", &[])?;
    Ok(all.rows_as::<ToldMission>()?.into_iter().map(|t| (t.sha256, t.mission)).collect())
}

/// The mission that somebody means: its code where it is one of the list, by acronym or name in any language, else the record of an
/// actor of the register with this name.
///
/// # Errors
/// When the register cannot be read.
pub fn mission(workspace: &Workspace, clearance: Marking, called: &str) -> Result<Option<String>, StoreError> {
    let list = workspace.model().lists.get("mission");
    let spelled = [called.trim().to_owned(), called.trim().to_uppercase().replace([' ', '-'], "_")];
    if let Some(code) = list.and_then(|l| spelled.iter().find_map(|s| l.find(s))) {
        return Ok(Some(code.code.clone()));
    }
    let known = Register::open(workspace)?.known("actor", clearance)?;
    let wanted = remit_model::folded(called);
    let is_meant =
        |of: &&KnownRecord| of.record == called.trim() || of.called.iter().any(|name| remit_model::folded(&name.name) == wanted);
    Ok(known.iter().find(is_meant).map(|of| of.record.clone()))
}

/// Reads a document of the workspace again from its file: the one that is kept by this hash. `name` is what it is called.
///
/// # Errors
/// When its file is not there, or the workspace cannot be written.
pub fn again(ingest: &Ingest<'_>, hash: &str, name: &str, each: impl FnMut(Ingested)) -> Result<(), StoreError> {
    let kept = ingest.workspace.folder().join("files");
    let io = |e| StoreError::File(kept.clone(), e);
    let mut files = std::fs::read_dir(&kept).map_err(io)?.filter_map(Result::ok).map(|f| f.path());
    let own = files.find(|f| f.file_stem().is_some_and(|s| s.to_string_lossy() == hash));
    let path = own.ok_or_else(|| io(std::io::ErrorKind::NotFound.into()))?;
    let bytes = File::At(path).bytes()?;
    self::ingest(ingest, &[File::Sent { name: name.to_owned(), bytes }], each)
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
fn locator(p: &Passage) -> String {
    let place = if p.number.is_empty() { format!("passage {}", p.n) } else { format!("para. {}", p.number) };
    let page = if p.page > 0 { format!(", p. {}", p.page) } else { String::new() };
    // Who looks it up knows that letters may be wrong.
    format!("{place}{page}{}", if p.recognised { ", OCR" } else { "" })
}
