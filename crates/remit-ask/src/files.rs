//! The files of questions: what is built in, and a workspace's own over it.

use crate::AskError;
use remit_store::Workspace;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

#[derive(rust_embed::RustEmbed)]
#[folder = "../../questions"]
#[include = "*.sql"]
#[include = "columns.toml"]
#[include = "home.toml"]
#[include = "parts/*.sql"]
#[include = "dossier.toml"]
pub(crate) struct BuiltInQuestions;

/// Bytes that a question may have.
const MOST_BYTES: u64 = 1 << 20;

/// The files in a workspace's `questions/` folder, without those that are left out because something is wrong in them.
pub(crate) struct Own {
    folder: PathBuf,
    left_out: HashSet<String>,
    none: bool,
}

impl Own {
    pub(crate) fn all(workspace: &Workspace) -> Own {
        Own::in_folder(workspace.folder())
    }

    /// Those that stand in a folder as in a workspace, below `questions/`.
    pub(crate) fn in_folder(folder: &Path) -> Own {
        Own { folder: folder.join("questions"), left_out: HashSet::new(), none: false }
    }

    /// Leaves out the files in which these faults are; false where there was none more to leave out.
    pub(crate) fn leave_out(&mut self, faults: &[AskError]) -> bool {
        let before = self.left_out.len();
        for fault in faults {
            if let AskError::File { file, .. } = fault
                && Path::new(file).starts_with(&self.folder)
            {
                self.left_out.insert(file.clone());
            }
        }
        self.left_out.len() > before
    }

    /// Leaves out all of them; false where they were left out already.
    pub(crate) fn leave_out_all(&mut self) -> bool {
        !std::mem::replace(&mut self.none, true)
    }

    fn wrong(path: &Path, e: &std::io::Error) -> AskError {
        AskError::File { file: path.display().to_string(), line: 0, message: e.to_string() }
    }

    /// One file: its path and text; none where there is no such file.
    pub(crate) fn file(&self, name: &str) -> Result<Option<(String, String)>, AskError> {
        let path = self.folder.join(name);
        let shown = path.display().to_string();
        if self.none || self.left_out.contains(&shown) || !path.is_file() {
            return Ok(None);
        }
        let text = text_of(&path).map_err(|e| Own::wrong(&path, &e))?;
        Ok(Some((shown, text)))
    }

    /// The files in a folder below it with an ending: path, name, and text of each, in no order.
    pub(crate) fn files(&self, below: &str, ending: &str) -> Result<Vec<(String, String, String)>, AskError> {
        let folder = self.folder.join(below);
        if self.none || !folder.is_dir() {
            return Ok(Vec::new());
        }
        let mut files = Vec::new();
        for entry in std::fs::read_dir(&folder).map_err(|e| Own::wrong(&folder, &e))? {
            let path = entry.map_err(|e| Own::wrong(&folder, &e))?.path();
            let shown = path.display().to_string();
            if path.extension().is_some_and(|e| e == ending) && !self.left_out.contains(&shown) {
                let name = path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
                let text = text_of(&path).map_err(|e| Own::wrong(&path, &e))?;
                files.push((shown, name, text));
            }
        }
        Ok(files)
    }
}

fn text_of(path: &Path) -> std::io::Result<String> {
    String::from_utf8(remit_files::read(path, MOST_BYTES)?).map_err(std::io::Error::other)
}
