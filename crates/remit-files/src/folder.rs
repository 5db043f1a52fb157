//! The files of a folder. Links do not lead out of it, and what is not a file is passed over with a word.

use std::io;
use std::path::{Path, PathBuf};

/// The files of a folder and of those below it.
#[derive(Debug, Default)]
pub struct Below {
    /// Its files, in the order of their paths.
    pub files: Vec<PathBuf>,
    /// What is passed over, with the reason in a few words.
    pub passed_over: Vec<(PathBuf, &'static str)>,
}

/// Finds the files of a folder and of those below it.
///
/// # Errors
/// When the folder itself cannot be read.
pub fn below(folder: &Path) -> io::Result<Below> {
    let whole = folder.canonicalize()?;
    let mut found = Below::default();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        let entries = match std::fs::read_dir(&next) {
            Ok(entries) => entries,
            Err(error) if next == folder => return Err(error),
            Err(_) => {
                found.passed_over.push((next, "a folder that cannot be opened"));
                continue;
            }
        };
        for entry in entries.flatten() {
            let (path, Ok(kind)) = (entry.path(), entry.file_type()) else { continue };
            let why = match () {
                () if kind.is_dir() => {
                    folders.push(path);
                    continue;
                }
                () if kind.is_symlink() => link(&path, &whole),
                () if kind.is_file() => None,
                () => Some("a pipe or a device"),
            };
            match why {
                Some(why) => found.passed_over.push((path, why)),
                None => found.files.push(path),
            }
        }
    }
    found.files.sort();
    found.passed_over.sort();
    Ok(found)
}

/// Why a link is not followed; none for one to a file of the same folder.
fn link(path: &Path, folder: &Path) -> Option<&'static str> {
    let Ok(target) = path.canonicalize() else { return Some("a link that leads nowhere") };
    match target.metadata() {
        _ if !target.starts_with(folder) => Some("a link that leads out of the folder"),
        Ok(m) if m.is_file() => None,
        // It may lead round in a circle, and what is in it is found anyway.
        Ok(m) if m.is_dir() => Some("a link to a folder"),
        _ => Some("a link to a pipe or a device"),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn links_do_not_lead_out_of_a_folder() {
        let all = tempfile::tempdir().unwrap();
        let folder = all.path().join("in");
        std::fs::create_dir_all(folder.join("deep")).unwrap();
        for name in ["out.txt", "in/a.txt", "in/deep/b.txt"] {
            std::fs::write(all.path().join(name), "x").unwrap();
        }
        for (target, name) in
            [("../out.txt", "out"), ("a.txt", "same"), (".", "loop"), ("deep", "folder"), ("none", "none"), ("/dev/zero", "zero")]
        {
            symlink(target, folder.join(name)).unwrap();
        }
        let found = below(&folder).unwrap();
        let names = |paths: Vec<&PathBuf>| -> Vec<String> {
            paths.iter().map(|p| p.strip_prefix(&folder).unwrap().display().to_string()).collect()
        };
        assert_eq!(names(found.files.iter().collect()), ["a.txt", "deep/b.txt", "same"]);
        let passed = names(found.passed_over.iter().map(|(p, _)| p).collect());
        assert_eq!(passed, ["folder", "loop", "none", "out", "zero"]);
    }
}
