//! The files of a site. Only those that differ are written; what is no longer part of it goes. `SHA256SUMS` lists all of them with
//! their hashes, as `sha256sum --check` reads it, and `site.toml` has the workspace's signature of that list.

use super::{Published, Publishing};
use anyhow::{Context as _, Result, bail};
use remit_store::{Workspace, hexadecimal};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::UNIX_EPOCH;

const SUMS: &str = "SHA256SUMS";
const SITE: &str = "site.toml";
const FORM: &str = "remit site 1";

/// What was published last.
#[derive(Default, Serialize, Deserialize)]
struct Stamp {
    form: String,
    /// Of the workspace, the program and what was asked for: where nothing of it has changed, the site has not either. Nothing
    /// while it is being written.
    state: String,
    pages: usize,
    /// Public key of the workspace.
    workspace: String,
    /// Its signature of the list of files.
    signature: String,
}

/// Pages of the site that a folder holds; nothing where there is none, or only half of one.
pub(crate) fn pages_in(folder: &Path) -> Option<usize> {
    let stamp: Stamp = toml::from_str(&std::fs::read_to_string(folder.join(SITE)).ok()?).ok()?;
    (stamp.form == FORM && !stamp.state.is_empty()).then_some(stamp.pages)
}

pub(super) struct Site {
    folder: PathBuf,
    before: HashMap<String, String>,
    now: Mutex<BTreeMap<String, String>>,
    written: AtomicUsize,
    /// Files that are not what the list says; all where the list itself is in doubt.
    altered: HashSet<String>,
    doubtful: bool,
    /// A hash of the list of files as it was.
    listed: String,
}

impl Site {
    /// Opens the folder. Where the site in it is of this state and whole, there is nothing to do.
    pub(super) fn open(folder: &Path, state: &str) -> Result<(Site, Option<Published>)> {
        let occupied = folder.exists() && folder.read_dir().with_context(|| folder.display().to_string())?.next().is_some();
        let stamp = std::fs::read_to_string(folder.join(SITE)).ok().and_then(|text| toml::from_str::<Stamp>(&text).ok());
        let stamp = stamp.filter(|s| s.form == FORM);
        if occupied && stamp.is_none() {
            bail!("{} has something else in it than a site of Remit; choose another folder, or an empty one", folder.display());
        }
        std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        let sums = std::fs::read_to_string(folder.join(SUMS)).unwrap_or_default();
        let before: HashMap<String, String> = sums.lines().filter_map(read_sum).collect();
        let stamp = stamp.unwrap_or_default();
        let doubtful = stamp.state.is_empty();
        let holds = |file: &str, sum: &str| std::fs::read(folder.join(file)).is_ok_and(|bytes| sum_of(&bytes) == sum);
        let altered: HashSet<String> =
            before.iter().filter(|(file, sum)| !holds(file, sum)).map(|(file, _)| file.clone()).collect();
        let is_same = !doubtful && stamp.state == state && altered.is_empty();
        let published = is_same.then_some(Published { pages: stamp.pages, files: before.len(), ..Published::default() });
        let (now, written) = (Mutex::default(), AtomicUsize::new(0));
        let listed = sum_of(sums.as_bytes());
        let site = Site { folder: folder.to_path_buf(), before, now, written, altered, doubtful, listed };
        if published.is_none() {
            // Should this be interrupted, the folder is still known as ours, and the next time nothing in it is taken on trust.
            site.stamp(&Stamp { form: FORM.into(), ..Stamp::default() })?;
        }
        Ok((site, published))
    }

    /// Puts a file, where it differs from what is there.
    pub(super) fn put(&self, file: &str, bytes: &[u8]) -> Result<()> {
        let sum = sum_of(bytes);
        let path = self.folder.join(file);
        let same = self.holds(file) && self.before.get(file) == Some(&sum);
        if !same {
            self.written.fetch_add(1, Ordering::Relaxed);
            write(&path, bytes).with_context(|| format!("{} cannot be written", path.display()))?;
        }
        self.now.lock().expect("no page panicked").insert(file.to_owned(), sum);
        Ok(())
    }

    /// A hash of the list of files that the folder had; nothing where it is in doubt.
    pub(super) fn listed(&self) -> Option<&str> {
        Some(self.listed.as_str()).filter(|_| !self.doubtful)
    }

    /// True where a file is there as it was written.
    pub(super) fn holds(&self, file: &str) -> bool {
        !self.doubtful && !self.altered.contains(file) && self.before.contains_key(file)
    }

    /// Keeps a file that is there as it was written.
    pub(super) fn keep(&self, file: &str) {
        if let Some(sum) = self.before.get(file) {
            self.now.lock().expect("no page panicked").insert(file.to_owned(), sum.clone());
        }
    }

    /// Says what the folder is, and how far it has come.
    fn stamp(&self, stamp: &Stamp) -> Result<()> {
        let text = format!("# The signature is over the file {SUMS}.\n{}", toml::to_string(stamp)?);
        write(&self.folder.join(SITE), text.as_bytes()).with_context(|| format!("{} cannot be written", self.folder.display()))
    }

    /// Takes away what is no longer part of it, and signs what is; also returns a hash of the list of files.
    pub(super) fn finish(self, workspace: &Workspace, state: &str) -> Result<(Published, String)> {
        let now = std::mem::take(&mut *self.now.lock().expect("no page panicked"));
        let mut removed = 0;
        for file in self.before.keys().filter(|file| !now.contains_key(*file)) {
            removed += usize::from(std::fs::remove_file(self.folder.join(file)).is_ok());
            let mut folder = self.folder.join(file);
            // A folder in which nothing is left goes too.
            while folder.pop() && folder != self.folder && std::fs::remove_dir(&folder).is_ok() {}
        }
        let sums: String = now.iter().map(|(file, sum)| format!("{sum}  {file}\n")).collect();
        write(&self.folder.join(SUMS), sums.as_bytes())
            .with_context(|| format!("{} cannot be written", self.folder.display()))?;
        let (key, signature) = workspace.sign(sums.as_bytes())?;
        let pages = now.keys().filter(|f| f.starts_with("en/") && f.ends_with(".html") && !f.starts_with("en/embed/")).count();
        self.stamp(&Stamp { form: FORM.into(), state: state.into(), pages, workspace: key, signature })?;
        let published =
            Published { pages, files: now.len(), written: self.written.into_inner(), removed, ..Published::default() };
        Ok((published, sum_of(sums.as_bytes())))
    }
}

/// What all pages of a site depend on besides what is on record: the workspace's own model, questions and settings, this program, and
/// what is asked for.
pub(super) fn frame(workspace: &Workspace, publishing: &Publishing) -> Result<String> {
    let mut hash = Sha256::new();
    let day = publishing.valid_on.unwrap_or_else(|| workspace.default_day());
    hash.update(format!(
        "{FORM} {} {day} {:?} {} {:?} {}\n",
        env!("CARGO_PKG_VERSION"),
        publishing.known_on,
        publishing.clearance,
        publishing.countries,
        publishing.small_counts
    ));
    let program = std::env::current_exe()?;
    let own = |name: &str| workspace.folder().join(name);
    let mut files = vec![program, own("remit.toml"), own("views.toml")];
    for folder in ["model", "questions"] {
        files.extend(remit_files::below(&own(folder)).map(|below| below.files).unwrap_or_default());
    }
    files.iter().for_each(|file| hash.update(as_it_is(file)));
    Ok(hexadecimal(&hash.finalize()))
}

/// All that a site depends on: its frame, and the database.
pub(super) fn state(workspace: &Workspace, frame: &str) -> String {
    let database = ["remit.db", "remit.db-wal"].map(|name| as_it_is(&workspace.folder().join(name)));
    sum_of(format!("{frame}\n{}", database.concat()).as_bytes())
}

/// A file with its length and when it changed. A log in which nothing stands is as good as none.
fn as_it_is(file: &Path) -> String {
    let Some(about) = file.metadata().ok().filter(|about| about.len() > 0) else { return String::new() };
    let changed = about.modified().ok().and_then(|m| m.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    format!("{} {} {}\n", file.display(), about.len(), changed.as_nanos())
}

fn read_sum(line: &str) -> Option<(String, String)> {
    let (sum, file) = line.split_once("  ")?;
    // What leads out of the folder is none of ours.
    let inside = Path::new(file).components().all(|c| matches!(c, std::path::Component::Normal(_)));
    inside.then(|| (file.to_owned(), sum.to_owned()))
}

fn sum_of(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Writes a file that everybody may read, whole or not at all.
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let part = path.with_extension(format!("{}.part", std::process::id()));
    let written = std::fs::write(&part, bytes).or_else(|_| {
        std::fs::create_dir_all(path.parent().unwrap_or(path))?;
        std::fs::write(&part, bytes)
    });
    written.and_then(|()| std::fs::rename(&part, path))
}
