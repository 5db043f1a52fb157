//! Opening what is a file, and nothing else.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::Path;

/// Why a pipe or a device is not opened.
pub fn not_a_file() -> io::Error {
    io::Error::new(ErrorKind::InvalidInput, "it is not a file but a folder, a pipe or a device; copy it into a file first")
}

/// Opens a file for reading. What is not a file is refused without waiting for it.
///
/// # Errors
/// When it cannot be opened, or is not a file.
pub fn open(path: &Path) -> io::Result<File> {
    // Elsewhere nothing is waited for, and to ask twice is dear.
    #[cfg(unix)]
    if !path.metadata()?.is_file() {
        return Err(not_a_file());
    }
    let mut options = OpenOptions::new();
    options.read(true);
    // It may have become a pipe since.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, rustix::fs::OFlags::NONBLOCK.bits() as i32);
    // A folder is not opened there, and not called one.
    let file = options.open(path).map_err(|error| if path.is_dir() { not_a_file() } else { error })?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(not_a_file()) }
}

/// Reads a file of at most so many bytes.
///
/// # Errors
/// When it cannot be opened, is not a file, or is larger.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::new(ErrorKind::FileTooLarge, format!("it is larger than {} MB, which is not read", most >> 20)));
    }
    Ok(bytes)
}

/// Opens a file of our own for writing, and makes it where there is none, for its owner only. What stands there in its place
/// (a link to somewhere else) is refused, and nothing is emptied.
///
/// # Errors
/// When it cannot be opened, or is a link.
pub fn open_own(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600).custom_flags((rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK).bits() as i32);
    }
    // FILE_FLAG_OPEN_REPARSE_POINT: a link that was put there since is opened itself, and is no file.
    #[cfg(windows)]
    std::os::windows::fs::OpenOptionsExt::custom_flags(&mut options, 0x0020_0000);
    let link = || io::Error::new(ErrorKind::InvalidInput, "it is a link or a device and not a file of ours; take it away");
    if path.symlink_metadata().is_ok_and(|m| !m.is_file()) {
        return Err(link());
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(link()) }
}

/// Writes a file for its owner only: beside its place first, so that it is whole or not there, and a link in its place is
/// replaced and not followed.
///
/// # Errors
/// When it cannot be written.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    // What a crash has left.
    let _ = std::fs::remove_file(&part);
    options.open(&part)?.write_all(bytes)?;
    std::fs::rename(&part, path)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn what_is_not_a_file_is_not_opened() {
        assert!(open(Path::new("/dev/zero")).is_err());
        assert!(open(Path::new("/")).is_err());
    }

    #[test]
    fn nothing_is_written_through_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let [theirs, link] = ["theirs", "link"].map(|n| folder.path().join(n));
        std::fs::write(&theirs, "kept").unwrap();
        symlink(&theirs, &link).unwrap();
        assert!(open_own(&link).is_err());
        write_whole(&link, b"new").unwrap();
        assert_eq!(std::fs::read_to_string(&theirs).unwrap(), "kept");
        assert_eq!(std::fs::read_to_string(&link).unwrap(), "new");
    }

    #[test]
    fn a_file_is_read_up_to_its_limit() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        std::fs::write(&file, "1234").unwrap();
        assert_eq!(read(&file, 4).unwrap(), b"1234");
        assert!(read(&file, 3).is_err());
    }
}
