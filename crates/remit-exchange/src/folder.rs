//! A folder as one file, and back.

use crate::ExchangeError;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// What is never part of what is sent: the secret with which a workspace signs, what is nobody's but the process's that writes, and
/// what it remembers of others.
const LEFT_OUT: [&str; 6] =
    ["remit.key", "remit.db-wal", "remit.db-shm", "remit.db-journal", "import.lock", crate::partners::FILE];

/// How much larger than the file its content may be, and how large in any case: databases do not shrink to less.
const MOST_TIMES: u64 = 200;
const IN_ANY_CASE: u64 = 16 << 20;

/// Writes all files of a folder into one.
pub(crate) fn put_together(folder: &Path, to: &mut File) -> Result<(), ExchangeError> {
    let wrong = |e: io::Error| ExchangeError::File(folder.to_path_buf(), e);
    let mut zip = ZipWriter::new(to);
    let mut folders = vec![PathBuf::new()];
    while let Some(below) = folders.pop() {
        for entry in std::fs::read_dir(folder.join(&below)).map_err(wrong)? {
            let entry = entry.map_err(wrong)?;
            let (kind, path) = (entry.file_type().map_err(wrong)?, below.join(entry.file_name()));
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() && !LEFT_OUT.iter().any(|left| entry.file_name() == *left) {
                let name = path.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
                let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true);
                zip.start_file(name, options).map_err(|e| wrong(e.into()))?;
                io::copy(&mut File::open(entry.path()).map_err(wrong)?, &mut zip).map_err(wrong)?;
            }
        }
    }
    zip.finish().map_err(|e| wrong(e.into()))?.flush().map_err(wrong)
}

/// Writes the files of one into a folder that is there and empty. Whatever leads out of it, is no file, or grows beyond measure is
/// refused.
pub(crate) fn take_apart(from: File, of: &Path, folder: &Path) -> Result<(), ExchangeError> {
    let malformed = |reason: String| ExchangeError::Malformed { file: of.to_path_buf(), reason };
    let bytes = from.metadata().map_or(0, |m| m.len());
    let mut left = bytes.saturating_mul(MOST_TIMES).max(IN_ANY_CASE);
    let mut zip = ZipArchive::new(from).map_err(|e| malformed(e.to_string()))?;
    for n in 0..zip.len() {
        let mut entry = zip.by_index(n).map_err(|e| malformed(e.to_string()))?;
        let name = entry.name().map_or_else(|_| format!("entry {n}"), |name| name.into_owned());
        if entry.is_dir() {
            continue;
        }
        let path = entry.enclosed_name().filter(|_| entry.is_file());
        let path = path.ok_or_else(|| malformed(format!("`{name}` in it leads elsewhere, or is no file")))?;
        let target = folder.join(&path);
        if target.file_name().is_none_or(|name| is_left_out(&name.to_string_lossy())) {
            return Err(malformed(format!("`{name}` does not belong into it")));
        }
        let wrong = |e| ExchangeError::File(target.clone(), e);
        private_folder(target.parent().unwrap_or(folder)).map_err(wrong)?;
        let mut file = remit_files::open_own(&target).map_err(wrong)?;
        let written = io::copy(&mut (&mut entry).take(left + 1), &mut file).map_err(|e| malformed(e.to_string()))?;
        left = left.checked_sub(written).ok_or_else(|| malformed("its content grows beyond measure".into()))?;
    }
    Ok(())
}

/// True for what does not belong into a parcel, also as a system reads it that does not tell capitals apart, drops dots and spaces
/// at the end, or takes a colon for the beginning of something else: a key in it would sign for whoever goes on with the workspace.
fn is_left_out(name: &str) -> bool {
    let read = name.trim_end_matches(['.', ' ']).to_lowercase();
    name.contains(':') || read.is_empty() || LEFT_OUT.contains(&read.as_str())
}

/// Makes a folder, and those above it, that only its owner reads.
fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_comes_along_however_its_name_is_written() {
        for name in
            ["remit.key", "Remit.Key", "REMIT.KEY", "remit.key.", "remit.key ", "remit.key::$DATA", "remit.db-WAL", ".", ""]
        {
            assert!(is_left_out(name), "{name}");
        }
        for name in ["remit.db", "remit.head", "remit.keys", "a.pdf"] {
            assert!(!is_left_out(name), "{name}");
        }
    }
}
