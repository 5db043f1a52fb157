//! What stands beside the files: which tables there are, what was cut, and the hash of each file. It is written last: a folder without it
//! is no export.

use anyhow::{Context as _, Result, bail};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::io::{Read as _, Write};
use std::path::Path;

/// The name of its file.
pub const MANIFEST: &str = "manifest.json";

/// What it calls itself.
pub(crate) const FORMAT: &str = "remit-parquet";

/// The version that this program writes and reads.
pub(crate) const VERSION: u32 = 1;

/// All of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: String,
    /// [`VERSION`].
    pub version: u32,
    /// The version of Remit that wrote it.
    pub remit: String,
    /// When it was written.
    pub written_at: String,
    /// What the workspace is called.
    pub title: String,
    /// What was visible.
    pub cut: Cut,
    /// The tables.
    pub tables: Vec<Table>,
    /// The workspace's own model and questions, which answers need too.
    pub workspace: Vec<File>,
}

/// What was visible: nothing above the clearance, recorded later, or shown on another day, is in the views.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// The day that the views are about.
    pub valid_on: String,
    /// The moment of knowledge; none where all was known.
    pub known_on: Option<String>,
    /// The highest marking.
    pub clearance: String,
}

/// A table: a view as of the cut, or the history of a kind.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Table {
    /// `views`, `parts` or `history`.
    pub part: String,
    /// The view, the part of questions, or the kind.
    pub name: String,
    /// What its rows are.
    pub about: String,
    /// How many there are.
    pub rows: u64,
    /// Its columns and what each holds.
    pub columns: BTreeMap<String, String>,
    /// The column by whose year the files are divided, where they are.
    pub year_of: Option<String>,
    /// Values that are none of what their column holds, and stand as unknown: how many, by column.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub not_typed: BTreeMap<String, u64>,
    /// Its files.
    pub files: Vec<File>,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Where it stands, from the folder on, with `/`.
    pub path: String,
    /// Rows in it; none in one that is no table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
    /// Its length.
    pub bytes: u64,
    /// Its hash.
    pub sha256: String,
}

impl Manifest {
    /// Reads one.
    ///
    /// # Errors
    /// When it is none, or of a version that this program does not know.
    pub fn read(bytes: &[u8], shown: &str) -> Result<Manifest> {
        let manifest: Manifest =
            serde_json::from_slice(bytes).with_context(|| format!("{shown} is no manifest of `remit export --parquet`"))?;
        if manifest.format != FORMAT {
            bail!("{shown} is no manifest of `remit export --parquet`");
        }
        if manifest.version != VERSION {
            bail!("{shown} is of version {}, and this program reads version {VERSION}: export it again", manifest.version);
        }
        Ok(manifest)
    }

    /// A table by its part and name.
    pub fn table(&self, part: &str, name: &str) -> Option<&Table> {
        self.tables.iter().find(|t| t.part == part && t.name == name)
    }

    /// All files.
    pub fn files(&self) -> impl Iterator<Item = &File> {
        self.tables.iter().flat_map(|t| &t.files).chain(&self.workspace)
    }

    /// Compares every file of a folder with its hash.
    ///
    /// # Errors
    /// With the first one that is missing or differs.
    pub fn verify(&self, folder: &Path) -> Result<()> {
        for file in self.files() {
            let path = folder.join(&file.path);
            let mut opened = std::fs::File::open(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            let (mut hash, mut some) = (Sha256::new(), vec![0; 1 << 20]);
            loop {
                match opened.read(&mut some)? {
                    0 => break,
                    n => hash.update(&some[..n]),
                }
            }
            if hexadecimal(hash) != file.sha256 {
                bail!("{} is not the file that was exported: its hash differs; export again", path.display());
            }
        }
        Ok(())
    }
}

/// A hash as it is written.
pub(crate) fn hexadecimal(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A file that is hashed while it is written.
pub(crate) struct Hashed<W> {
    inner: W,
    hash: Sha256,
    bytes: u64,
}

impl<W: Write> Hashed<W> {
    pub(crate) fn new(inner: W) -> Hashed<W> {
        Hashed { inner, hash: Sha256::new(), bytes: 0 }
    }

    /// Its length and hash, once all of it is written.
    pub(crate) fn done(mut self) -> std::io::Result<(u64, String)> {
        self.inner.flush()?;
        Ok((self.bytes, hexadecimal(self.hash)))
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, some: &[u8]) -> std::io::Result<usize> {
        let n = self.inner.write(some)?;
        self.hash.update(&some[..n]);
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
}
