//! Where the model's files come from: compiled in, and replaced or added to by a workspace's `model/` folder.

use crate::ModelError;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

#[derive(rust_embed::RustEmbed)]
#[folder = "../../model"]
#[exclude = "*.md"]
struct BuiltIn;

/// The files of a model by their path below the model folder (`kinds/actor.toml`).
#[derive(Debug, Default, Clone)]
pub struct ModelFiles {
    files: BTreeMap<String, (String, Cow<'static, [u8]>)>,
    /// Files of an overlay that are left out.
    left_out: BTreeSet<String>,
    /// Those that are not.
    own: BTreeSet<String>,
}

/// Bytes that a file of the model may have.
const MOST_BYTES: u64 = 64 << 20;

impl ModelFiles {
    /// The files compiled into this program.
    pub fn built_in() -> Self {
        let files = BuiltIn::iter()
            .filter_map(|path| {
                let file = BuiltIn::get(&path)?;
                Some((path.to_string(), (format!("model/{path}"), file.data)))
            })
            .collect();
        ModelFiles { files, ..ModelFiles::default() }
    }

    /// One file compiled into this program, by its path below the model folder.
    pub fn built_in_file(path: &str) -> Option<Cow<'static, [u8]>> {
        BuiltIn::get(path).map(|file| file.data)
    }

    /// What a file of the model says that xz packed: what is large and seldom needed is packed, so that downloads are small.
    ///
    /// # Errors
    /// When the bytes are not what xz packs.
    pub fn unpacked(packed: &[u8]) -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        lzma_rust2::XzReader::new(packed, false).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// True where a file at this path below the model folder is read: it has folder and ending of one that Remit brings, or, where it
    /// lies in no folder, its name.
    pub fn is_read(path: &str) -> bool {
        fn sort(path: &str) -> Option<(&str, &str)> {
            let (folder, name) = path.rsplit_once('/')?;
            Some((folder, name.rsplit_once('.')?.1))
        }
        let own = sort(path);
        BuiltIn::iter().any(|known| *known == *path || own.is_some() && sort(&known) == own)
    }

    /// True where the file at this path below the model folder is not the one that Remit brings.
    pub(crate) fn is_own(&self, path: &str) -> bool {
        self.own.contains(path)
    }

    /// Adds the files of a folder; a file that is there already is replaced. A folder that does not exist adds nothing.
    ///
    /// # Errors
    /// When a folder or file in it cannot be read.
    pub fn overlay(&mut self, folder: &Path) -> Result<(), ModelError> {
        if folder.is_dir() { self.overlay_folder(folder, "") } else { Ok(()) }
    }

    fn overlay_folder(&mut self, folder: &Path, prefix: &str) -> Result<(), ModelError> {
        let unreadable =
            |path: &Path, e: std::io::Error| ModelError::new(path.display().to_string(), 0, format!("cannot be read: {e}"));
        for entry in std::fs::read_dir(folder).map_err(|e| unreadable(folder, e))? {
            let path = entry.map_err(|e| unreadable(folder, e))?.path();
            let Some(name) = path.file_name().and_then(|n| n.to_str()) else {
                continue;
            };
            let key = format!("{prefix}{name}");
            if path.is_dir() {
                self.overlay_folder(&path, &format!("{key}/"))?;
            } else if !name.starts_with('.') && !name.ends_with(".md") {
                if self.left_out.contains(&key) {
                    continue;
                }
                let data = remit_files::read(&path, MOST_BYTES).map_err(|e| unreadable(&path, e))?;
                self.own.insert(key.clone());
                self.files.insert(key, (path.display().to_string(), Cow::Owned(data)));
            }
        }
        Ok(())
    }

    /// The built-in files again, where the file of an overlay with a fault in it is left out from now on; none where the fault is in
    /// no file of an overlay.
    pub(crate) fn without(mut self, fault: &ModelError) -> Option<ModelFiles> {
        let of = |key: &&String| {
            self.files.get(*key).is_some_and(|(shown, _)| *shown == fault.file) || fault.file == format!("model/{key}")
        };
        let key = self.own.iter().find(of)?.clone();
        self.left_out.insert(key);
        Some(ModelFiles { left_out: self.left_out, ..ModelFiles::built_in() })
    }

    /// Names of the kinds whose own files are left out.
    pub(crate) fn kinds_left_out(&self) -> impl Iterator<Item = &str> {
        self.left_out.iter().filter_map(|key| key.strip_prefix("kinds/")?.strip_suffix(".toml"))
    }

    /// Adds or replaces one file: what a test or a tool uses to try a change.
    pub fn insert(&mut self, path: &str, text: &str) {
        self.files.insert(path.into(), (format!("model/{path}"), Cow::Owned(text.as_bytes().to_vec())));
    }

    /// The files below `folder` (with its slash) whose names end in `ending`: key, name to show, text.
    pub(crate) fn texts<'a>(
        &'a self,
        folder: &'a str,
        ending: &'a str,
    ) -> impl Iterator<Item = Result<(&'a str, &'a str, &'a str), ModelError>> {
        self.files.iter().filter(move |(key, _)| key.starts_with(folder) && key.ends_with(ending)).map(|(key, (shown, data))| {
            match std::str::from_utf8(data) {
                Ok(text) => Ok((key.as_str(), shown.as_str(), text)),
                Err(e) => Err(not_utf8(shown, e)),
            }
        })
    }

    /// The built-in file and an overlay's of the same name, each with the name to show: of a table in which many things are told, an
    /// overlay has only the lines that it adds or changes, so that it still holds when the built-in one has grown.
    pub(crate) fn layers(&self, key: &str) -> Result<Vec<(String, String)>, ModelError> {
        let (shown, bytes) = self.bytes(key)?;
        let built_in = self.is_own(key).then(|| ModelFiles::built_in_file(key)).flatten();
        let text = |shown: &str, bytes: &[u8]| match std::str::from_utf8(bytes) {
            Ok(text) => Ok((shown.to_owned(), text.to_owned())),
            Err(e) => Err(not_utf8(shown, e)),
        };
        let below = built_in.iter().map(|bytes| text(&format!("model/{key}"), bytes));
        below.chain([text(shown, bytes)]).collect()
    }

    /// One file's bytes and the name to show for it.
    pub(crate) fn bytes(&self, key: &str) -> Result<(&str, &[u8]), ModelError> {
        self.files
            .get(key)
            .map(|(shown, data)| (shown.as_str(), data.as_ref()))
            .ok_or_else(|| ModelError::new(format!("model/{key}"), 0, "is missing; the model needs this file"))
    }
}

fn not_utf8(shown: &str, error: std::str::Utf8Error) -> ModelError {
    ModelError::new(shown, 0, format!("is not UTF-8 text ({error}); save it as UTF-8"))
}
