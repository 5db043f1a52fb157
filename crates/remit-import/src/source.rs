//! From files to streams of text: gzip, zip, standard input, any encoding.

use flate2::read::MultiGzDecoder;
use remit_files::ARCHIVES;
use remit_store::hexadecimal;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

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
    /// True where something could not be read.
    failed: bool,
}

impl<R: Read> Hashing<R> {
    fn new(inner: R, limit: u64) -> Self {
        Hashing { inner, hash: Sha256::new(), bytes: 0, limit, failed: false }
    }

    /// SHA-256 of all that was read, in hexadecimal, its bytes, and whether all could be read; reads the rest first, so that it is the
    /// whole file's.
    pub(crate) fn finish(mut self) -> (String, u64, bool) {
        let _ = io::copy(&mut self, &mut io::sink());
        (hexadecimal(&self.hash.finalize()), self.bytes, !self.failed)
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer).inspect_err(|e| self.failed |= e.kind() != io::ErrorKind::Interrupted)?;
        self.hash.update(&buffer[..n]);
        self.bytes += n as u64;
        if self.bytes > self.limit {
            self.failed = true;
            return Err(io::Error::other("it expands to more than 200 times its size, which no real file does"));
        }
        Ok(n)
    }
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
pub(crate) type EachStream<'e> = dyn FnMut(&str, io::Result<Hashing<Box<dyn Read + '_>>>) -> bool + 'e;

/// Calls `each` with every stream in a file: one, or one for each file in a zip archive.
pub(crate) fn streams(input: &Input, done: &AtomicU64, each: &mut EachStream<'_>) {
    let Some(path) = &input.path else {
        each(&input.name, unpack(Box::new(Counting { inner: io::stdin(), done }), u64::MAX));
        return;
    };
    let opened = remit_files::open(path).and_then(|mut file| {
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

/// Nobody knows how much would come out of it.
const ARCHIVE_INSIDE: &str = "it is an archive inside an archive; unpack it and import the files in it";

fn archive(name: &str, file: File, done: &AtomicU64, each: &mut EachStream<'_>) {
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
                let is_archive = ARCHIVES.contains(&remit_sheet::extension(Path::new(&entry_name)).as_str());
                let limit = limit(size);
                match is_archive {
                    true => each(&shown, Err(io::Error::other(ARCHIVE_INSIDE))),
                    false => each(&shown, Ok(Hashing::new(Box::new(entry), limit))),
                }
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
