//! From what a user names on the command line to streams of text: files, folders, gzip, zip, standard input.

use crate::job::Job;
use crate::sheet;
use flate2::read::MultiGzDecoder;
use remit_model::{Model, ModelError};
use remit_store::StoreError;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Why an import cannot begin or go on. What is wrong inside a file is not an error but a problem.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The workspace said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file cannot be opened.
    #[error("{0} cannot be read: {1}")]
    Open(PathBuf, io::Error),
    /// A folder holds nothing to import.
    #[error(
        "{0} holds nothing that Remit reads: IATI activity files (.xml, .gz, .zip), or a table (.csv) beside a mapping (.toml) of the same name"
    )]
    Nothing(PathBuf),
    /// A table has no mapping.
    #[error("{0} is a table, and there is no mapping beside it; write {1} to say which column is which field")]
    NoMapping(PathBuf, PathBuf),
    /// A dry run of something that is not a sheet of the register.
    #[error("--dry-run is for sheets of the register; {0} is a data set, which is superseded and never lost: import it")]
    NoDryRun(String),
    /// A sheet is neither mapped nor one that Remit wrote.
    #[error(
        "{0} has no sheet that Remit wrote (a row with `record` and the names of a kind’s fields) and no mapping beside it; write a \
         mapping (.toml), or begin with `remit template`"
    )]
    NoKind(String),
    /// A mapping is wrong.
    #[error(transparent)]
    Mapping(#[from] ModelError),
}

/// One thing to import: a data set and its files.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) dataset: String,
    pub(crate) files: Vec<Input>,
    pub(crate) form: Form,
}

/// What a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Form {
    /// IATI activities.
    Activities,
    /// A table that is a data set of its own, with its mapping.
    Table(PathBuf),
    /// A sheet of the register: with its mapping, or one that Remit wrote.
    Sheet(Option<PathBuf>),
}

/// A file, or standard input.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    pub(crate) name: String,
    pub(crate) path: Option<PathBuf>,
}

impl Input {
    pub(crate) fn size(&self) -> u64 {
        self.path.as_ref().and_then(|p| p.metadata().ok()).map_or(0, |m| m.len())
    }
}

/// The plans for one argument, and the files in it that are nothing for Remit.
pub(crate) fn plan(model: &Model, argument: &Path, job: &Job) -> Result<(Vec<Plan>, Vec<String>), ImportError> {
    let dataset = job.dataset.as_deref();
    let named = |fallback: &str| dataset.unwrap_or(fallback).to_owned();
    if argument.as_os_str() == "-" {
        let input = Input { name: "standard input".into(), path: None };
        return Ok((vec![Plan { dataset: named("standard-input"), files: vec![input], form: Form::Activities }], Vec::new()));
    }
    let metadata = argument.metadata().map_err(|e| ImportError::Open(argument.to_path_buf(), e))?;
    if !metadata.is_dir() {
        return Ok((vec![plan_file(model, argument, dataset, job.mapping.as_deref())?], Vec::new()));
    }
    let (mut xml, mut plans, mut passed) = (Vec::new(), Vec::new(), Vec::new());
    for path in files_below(argument)? {
        let shown = path.strip_prefix(argument).unwrap_or(&path).display().to_string();
        let has_mapping = path.with_extension("toml").is_file();
        match extension(&path).as_str() {
            "xml" | "gz" | "zip" => xml.push(Input { name: shown, path: Some(path) }),
            _ if has_mapping && path.extension().is_some_and(|e| e != "toml") && sheet::is_table(&path) => {
                plans.push(plan_file(model, &path, None, None)?);
            }
            _ if sheet::is_table(&path) && sheet::is_own(model, &path) => plans.push(plan_file(model, &path, None, None)?),
            "toml" if TABLES.iter().any(|e| path.with_extension(e).is_file()) => {}
            "toml" if table_of(&path).is_file() => plans.push(plan_file(model, &path, None, None)?),
            _ => passed.push(shown),
        }
    }
    if !xml.is_empty() {
        let name = argument.canonicalize().unwrap_or_else(|_| argument.to_path_buf());
        plans.insert(0, Plan { dataset: named(&stem(&name)), files: xml, form: Form::Activities });
    }
    if plans.is_empty() {
        return Err(ImportError::Nothing(argument.to_path_buf()));
    }
    Ok((plans, passed))
}

fn plan_file(model: &Model, path: &Path, dataset: Option<&str>, mapping: Option<&Path>) -> Result<Plan, ImportError> {
    let is_mapping = extension(path) == "toml";
    let data = if is_mapping { table_of(path) } else { path.to_path_buf() };
    let beside = path.with_extension("toml");
    let mapping = match mapping {
        Some(mapping) => Some(mapping.to_path_buf()),
        None if is_mapping => Some(path.to_path_buf()),
        None if sheet::is_table(path) && beside.is_file() => Some(beside.clone()),
        None => None,
    };
    let form = match mapping {
        Some(mapping) if sheet::is_sheet_mapping(&mapping) => Form::Sheet(Some(mapping)),
        Some(mapping) => Form::Table(mapping),
        None if sheet::is_workbook(path) || (sheet::is_table(path) && sheet::is_own(model, path)) => Form::Sheet(None),
        None if sheet::is_table(path) => return Err(ImportError::NoMapping(path.to_path_buf(), beside)),
        None => Form::Activities,
    };
    let name = data.file_name().map_or_else(|| data.display().to_string(), |n| n.to_string_lossy().into_owned());
    Ok(Plan { dataset: dataset.map_or_else(|| stem(path), str::to_owned), files: vec![Input { name, path: Some(data) }], form })
}

/// Endings of the tables that a mapping may stand beside.
const TABLES: [&str; 7] = ["csv", "tsv", "xlsx", "xlsm", "xlsb", "xls", "ods"];

/// The table of a mapping: the file beside it that it names, else the one of its own name.
fn table_of(mapping: &Path) -> PathBuf {
    let named = std::fs::read_to_string(mapping).ok().and_then(|text| text.parse::<toml::Table>().ok());
    let name = named.as_ref().and_then(|t| t.get("file")).and_then(|f| f.as_str()).and_then(|f| Path::new(f).file_name());
    let beside = || TABLES.iter().map(|e| mapping.with_extension(e)).find(|p| p.is_file());
    match name {
        Some(name) => mapping.with_file_name(name),
        None => beside().unwrap_or_else(|| mapping.with_extension("csv")),
    }
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>, ImportError> {
    let open = |e| ImportError::Open(folder.to_path_buf(), e);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(open)? {
        let entry = entry.map_err(open)?;
        let kind = entry.file_type().map_err(open)?;
        // Links to folders are not followed: they may lead round in a circle.
        if kind.is_dir() {
            files.extend(files_below(&entry.path())?);
        } else {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}

fn extension(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// The file's name without its endings.
fn stem(path: &Path) -> String {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_else(|| "data".into());
    let name = [".gz", ".zip", ".xml", ".csv", ".toml", ".xlsx"]
        .iter()
        .fold(name.as_str(), |n, ending| n.strip_suffix(ending).unwrap_or(n))
        .to_owned();
    if name.is_empty() { "data".into() } else { name }
}

/// Counts the bytes that come from the disk.
struct Counting<'p, R> {
    inner: R,
    done: &'p AtomicU64,
}

impl<R: Read> Read for Counting<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.done.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

impl<R: Seek> Seek for Counting<'_, R> {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// Hashes what is read, and stops what expands beyond reason.
pub(crate) struct Hashing<R> {
    inner: R,
    hash: Sha256,
    pub(crate) bytes: u64,
    limit: u64,
}

impl<R: Read> Hashing<R> {
    fn new(inner: R, limit: u64) -> Self {
        Hashing { inner, hash: Sha256::new(), bytes: 0, limit }
    }

    /// SHA-256 of all that was read, in hexadecimal; reads the rest first, so that it is the whole file's.
    pub(crate) fn finish(mut self) -> (String, u64) {
        let _ = io::copy(&mut self, &mut io::sink());
        (hexadecimal(&self.hash.finalize()), self.bytes)
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.hash.update(&buffer[..n]);
        self.bytes += n as u64;
        if self.bytes > self.limit {
            return Err(io::Error::other("it expands to more than 200 times its size, which no real file does"));
        }
        Ok(n)
    }
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// SHA-256 of a file, for comparing before reading.
pub(crate) fn hash_file(path: &Path) -> io::Result<String> {
    Ok(Hashing::new(File::open(path)?, u64::MAX).finish().0)
}

/// What a snapshot of several files is known by.
pub(crate) fn hash_of_hashes(hashes: &[String]) -> String {
    match hashes {
        [one] => one.clone(),
        many => {
            let mut sorted = many.to_vec();
            sorted.sort();
            hexadecimal(&Sha256::digest(sorted.join("\n")))
        }
    }
}

/// What is done with each stream: its name, and the stream or why it cannot be opened. False ends the reading.
pub(crate) type Each<'e> = dyn FnMut(&str, io::Result<Hashing<Box<dyn Read + '_>>>) -> bool + 'e;

/// Calls `each` with every stream in a file: one, or one for each file in a zip archive.
pub(crate) fn streams(input: &Input, done: &AtomicU64, each: &mut Each<'_>) {
    let Some(path) = &input.path else {
        each(&input.name, unpack(Box::new(Counting { inner: io::stdin(), done }), u64::MAX));
        return;
    };
    let opened = File::open(path).and_then(|mut file| {
        let mut magic = [0; 4];
        let n = file.read(&mut magic)?;
        file.rewind()?;
        Ok((file, magic[..n].to_vec()))
    });
    match opened {
        Err(error) => {
            each(&input.name, Err(error));
        }
        Ok((file, magic)) if magic.starts_with(b"PK\x03\x04") => archive(&input.name, file, done, each),
        Ok((file, _)) => {
            each(&input.name, unpack(Box::new(Counting { inner: file, done }), input.size()));
        }
    }
}

fn archive(name: &str, file: File, done: &AtomicU64, each: &mut Each<'_>) {
    let mut archive = match zip::ZipArchive::new(BufReader::new(Counting { inner: file, done })) {
        Ok(archive) => archive,
        Err(error) => {
            each(name, Err(error.into()));
            return;
        }
    };
    for index in 0..archive.len() {
        let go_on = match archive.by_index(index) {
            Ok(entry) if entry.is_dir() => true,
            Ok(entry) => {
                // The entry's name is only ever shown, never used as a path.
                let entry_name = entry.name().map_or_else(|_| format!("[{index}]"), |n| n.into_owned());
                let (shown, size) = (format!("{name}/{entry_name}"), entry.compressed_size());
                let limit = limit(size);
                each(&shown, Ok(Hashing::new(Box::new(entry), limit)))
            }
            Err(error) => each(&format!("{name}[{index}]"), Err(error.into())),
        };
        if !go_on {
            return;
        }
    }
}

/// How far a packed file of so many bytes may expand: real XML shrinks ten- to twentyfold.
fn limit(packed: u64) -> u64 {
    packed.saturating_mul(200).max(1 << 30)
}

/// Unpacks gzip, by its first bytes and not by its name.
fn unpack<'r>(mut reader: Box<dyn Read + 'r>, size: u64) -> io::Result<Hashing<Box<dyn Read + 'r>>> {
    let mut head = Vec::new();
    (&mut reader).take(2).read_to_end(&mut head)?;
    let packed = head == [0x1F, 0x8B];
    let whole = Cursor::new(head).chain(reader);
    Ok(if packed {
        Hashing::new(Box::new(MultiGzDecoder::new(BufReader::with_capacity(1 << 16, whole))), limit(size))
    } else {
        Hashing::new(Box::new(whole), u64::MAX)
    })
}

/// The stream as UTF-8, by its byte order mark or the encoding that its XML declaration names; with the name of the
/// encoding where it is one that nobody knows.
pub(crate) fn decode<'r>(mut stream: impl Read + 'r) -> io::Result<(Box<dyn Read + 'r>, Option<String>)> {
    let mut head = Vec::new();
    (&mut stream).take(256).read_to_end(&mut head)?;
    let label = declared(&head);
    let whole = Cursor::new(head).chain(stream);
    let Some(label) = label else {
        return Ok((Box::new(whole), None));
    };
    Ok(match encoding_rs::Encoding::for_label(label.as_bytes()) {
        Some(encoding) => (Box::new(encoding_rs_io::DecodeReaderBytesBuilder::new().encoding(Some(encoding)).build(whole)), None),
        None => (Box::new(whole), Some(label)),
    })
}

/// The encoding that is not UTF-8 which the first bytes show or name.
fn declared(head: &[u8]) -> Option<String> {
    match head {
        [0xFE, 0xFF, ..] | [0, b'<', ..] => return Some("utf-16be".into()),
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => return Some("utf-16le".into()),
        _ => {}
    }
    let text = String::from_utf8_lossy(head);
    let declaration = text.split("?>").next().filter(|t| t.contains("<?xml"))?;
    let value = declaration.split("encoding").nth(1)?.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next()?;
    let label = value[1..].split(quote).next()?.to_lowercase();
    (label != "utf-8" && label != "utf8").then_some(label)
}
