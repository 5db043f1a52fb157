//! Which files of a folder were hashed, and how they stood then. A file that stands as it stood has the same content, so that a folder
//! of which hardly any file has changed is not read as a whole to find that out.
//!
//! What tells is the time at which the system changed the file last (ctime), with its number and size: no program sets that time, and
//! writing over a file changes it, also where its size and the time of its content stay. Where the system has no such time, every file
//! is read. `--read-all` reads every file everywhere.

use crate::source::{Input, streams};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

/// The streams in a file, each with its hash.
pub(crate) type Streams = Vec<(String, String)>;

/// Files that are remembered, and bytes of the list.
const MOST: usize = 200_000;
const MOST_BYTES: u64 = 256 << 20;

/// Seconds for which a file must have stood: within the same moment it may be written once more.
const SETTLED: i64 = 2;

/// How a file stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stand {
    bytes: u64,
    device: u64,
    number: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

impl Stand {
    /// None where the system does not tell when it changed a file.
    #[cfg(unix)]
    pub(crate) fn of(path: &Path) -> Option<Stand> {
        use std::os::unix::fs::MetadataExt as _;
        let about = path.metadata().ok()?;
        Some(Stand {
            bytes: about.len(),
            device: about.dev(),
            number: about.ino(),
            modified: (about.mtime(), about.mtime_nsec()),
            changed: (about.ctime(), about.ctime_nsec()),
        })
    }

    #[cfg(not(unix))]
    pub(crate) fn of(_: &Path) -> Option<Stand> {
        None
    }

    fn is_settled(&self, now: i64) -> bool {
        now.saturating_sub(self.changed.0) >= SETTLED
    }
}

/// What is remembered of files.
#[derive(Debug, Default)]
pub(crate) struct SeenFiles {
    file: PathBuf,
    known: HashMap<String, (Stand, Streams)>,
    has_more: bool,
}

impl SeenFiles {
    /// What a workspace remembers; nothing where all is to be read.
    pub(crate) fn open(workspace: &Path, read_all: bool) -> SeenFiles {
        let file = workspace.join("files").join("seen.json");
        let kept = if read_all { None } else { remit_files::read(&file, MOST_BYTES).ok() };
        let known = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        SeenFiles { file, known, has_more: false }
    }

    fn streams_of(&self, path: &Path) -> Option<&Streams> {
        let (stand, streams) = self.known.get(&key(path)?)?;
        (Stand::of(path)? == *stand).then_some(streams)
    }

    /// Remembers a file that was read: how it stood before, and what its streams are.
    pub(crate) fn note(&mut self, path: &Path, before: Option<Stand>, streams: Streams) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64);
        self.note_at(now, path, before, streams);
    }

    fn note_at(&mut self, now: i64, path: &Path, before: Option<Stand>, streams: Streams) {
        let stood = before.filter(|stand| stand.is_settled(now) && Stand::of(path).as_ref() == Some(stand));
        if let (Some(stand), Some(key)) = (stood, key(path)) {
            self.known.insert(key, (stand, streams));
            self.has_more = true;
        }
    }

    /// Puts it on the disk. Where that fails, the files are read again the next time.
    pub(crate) fn keep(&self) {
        if !self.has_more || self.known.len() > MOST {
            return;
        }
        let folder = self.file.parent().unwrap_or(&self.file);
        if let (Ok(()), Ok(bytes)) = (std::fs::create_dir_all(folder), serde_json::to_vec(&self.known)) {
            let _ = remit_files::write_whole(&self.file, &bytes);
        }
    }
}

fn key(path: &Path) -> Option<String> {
    std::path::absolute(path).ok()?.to_str().map(str::to_owned)
}

/// What is remembered, for one of several threads.
pub(crate) fn locked(seen: &Mutex<SeenFiles>) -> MutexGuard<'_, SeenFiles> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The streams in each file with their hashes, several files at a time; none of a file that cannot be opened.
pub(crate) fn hashes_of(files: &[Input], seen: &Mutex<SeenFiles>) -> Vec<Streams> {
    let workers = std::thread::available_parallelism().map_or(2, |n| n.get()).min(8);
    let part = files.len().div_ceil(workers).max(1);
    std::thread::scope(|scope| {
        let all = |part: &[Input]| part.iter().map(|input| hash(input, seen)).collect::<Vec<_>>();
        let parts: Vec<_> = files.chunks(part).map(|part| scope.spawn(move || all(part))).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect()
    })
}

fn hash(input: &Input, seen: &Mutex<SeenFiles>) -> Streams {
    let known = input.path.as_ref().and_then(|path| locked(seen).streams_of(path).cloned());
    if let Some(known) = known {
        return known;
    }
    let before = input.path.as_deref().and_then(Stand::of);
    let (mut found, mut is_whole) = (Streams::new(), true);
    streams(input, &AtomicU64::new(0), &mut |name, stream| {
        match stream {
            Ok(stream) => {
                let (hash, _, whole) = stream.finish();
                found.push((name.to_owned(), hash));
                is_whole &= whole;
            }
            Err(_) => is_whole = false,
        }
        true
    });
    if let Some(path) = input.path.as_ref().filter(|_| is_whole) {
        locked(seen).note(path, before, found.clone());
    }
    found
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::time::Duration;

    /// A file, with what is remembered of it as if an hour had gone by.
    fn remembered(name: &str) -> (PathBuf, SeenFiles) {
        let path = std::env::temp_dir().join(format!("remit-{name}-{}", std::process::id()));
        std::fs::write(&path, "made up").unwrap();
        let (stand, mut seen) = (Stand::of(&path), SeenFiles::default());
        let now = stand.as_ref().unwrap().changed.0 + 3600;
        seen.note_at(now, &path, stand, vec![("made-up.xml".into(), "made-up hash".into())]);
        (path, seen)
    }

    #[test]
    fn a_file_that_stands_as_it_stood_is_not_read_again() {
        let (path, seen) = remembered("stands");
        let input = Input { name: "made-up.xml".into(), path: Some(path.clone()) };
        // The hash that was remembered is taken; the file was not read again.
        let hashes = hashes_of(std::slice::from_ref(&input), &Mutex::new(seen));
        assert_eq!(hashes, [vec![("made-up.xml".to_owned(), "made-up hash".to_owned())]]);
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn another_content_of_the_same_size_and_time_is_read() {
        let (path, seen) = remembered("altered");
        let modified = path.metadata().unwrap().modified().unwrap();
        std::thread::sleep(Duration::from_millis(30));
        std::fs::write(&path, "made on").unwrap();
        std::fs::File::options().write(true).open(&path).unwrap().set_modified(modified).unwrap();
        assert_eq!(path.metadata().unwrap().modified().unwrap(), modified);
        assert_eq!(seen.streams_of(&path), None);
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn a_file_that_was_written_just_now_is_not_remembered() {
        let (path, _) = remembered("new");
        let (stand, mut seen) = (Stand::of(&path), SeenFiles::default());
        let now = stand.as_ref().unwrap().changed.0;
        seen.note_at(now, &path, stand, Streams::new());
        assert!(seen.known.is_empty() && !seen.has_more);
        std::fs::remove_file(path).unwrap();
    }
}
