//! Lists that are kept under a name: `views.toml` beside `remit.toml`, for all who use the workspace and may see as much as who kept
//! them: a name, and what a list was asked for, may tell what stands in it.

use crate::workspace::SAVED_VIEWS as FILE;
use crate::{StoreError, Workspace};
use remit_model::Marking;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The most that are kept, and the longest name and address: people make fewer and shorter ones.
const MOST: usize = 500;
const LONGEST: usize = 4_000;

/// How the address of a list begins. Nothing is led to but lists and answers.
pub const LISTS: &str = "/records/";
/// How the address of an answer begins.
const ANSWERS: &str = "/ask/";

/// A list under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedView {
    /// What it is called.
    pub name: String,
    /// The list, without its day.
    pub address: String,
    /// How much who kept it could see, as a code; empty in a file of before there was this.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub clearance: String,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedViews {
    #[serde(default)]
    view: Vec<SavedView>,
}

impl SavedView {
    /// True for who may see as much as who kept it.
    fn is_for(&self, clearance: Marking) -> bool {
        match self.clearance.as_str() {
            "" => true,
            // What is no marking is for who may see all.
            code => code.parse().unwrap_or(Marking::StrictlyConfidential) <= clearance,
        }
    }

    /// True for a name and the address of a list or answer of this server.
    pub fn is_valid(&self) -> bool {
        let is_short = self.name.len() <= LONGEST && self.address.len() <= LONGEST;
        let is_plain = !self.name.trim().is_empty() && !self.name.chars().chain(self.address.chars()).any(char::is_control);
        is_short
            && is_plain
            && [LISTS, ANSWERS].iter().any(|l| self.address.starts_with(l))
            && !self.address.contains(['\\', '#'])
    }
}

impl Workspace {
    /// The lists that are kept and that a reader of this clearance may know of, in the order of their names.
    ///
    /// # Errors
    /// When the file cannot be read, or is wrong.
    pub fn saved_views(&self, clearance: Marking) -> Result<Vec<SavedView>, StoreError> {
        Ok(self.all_views()?.into_iter().filter(|v| v.is_for(clearance)).collect())
    }

    fn all_views(&self) -> Result<Vec<SavedView>, StoreError> {
        read(self.folder())
    }

    /// Keeps a list, as who may see so much; one of the same name gives way, where they see it.
    ///
    /// # Errors
    /// [`StoreError::Refused`] where it is no list or has no name; when the file cannot be written.
    pub fn save_view(&self, view: SavedView, clearance: Marking) -> Result<(), StoreError> {
        if !view.is_valid() {
            return Err(StoreError::Refused(
                "a view is the address of a list under a name; name it, and save it from the list".into(),
            ));
        }
        let mut views = self.all_views()?;
        views.retain(|v| v.name != view.name || !v.is_for(clearance));
        views.push(SavedView { clearance: clearance.code().into(), ..view });
        self.keep_views(views)
    }

    /// Keeps the list of this name no longer, where a reader of this clearance may know of it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn remove_view(&self, name: &str, clearance: Marking) -> Result<(), StoreError> {
        let mut views = self.all_views()?;
        views.retain(|v| v.name != name || !v.is_for(clearance));
        self.keep_views(views)
    }

    fn keep_views(&self, views: Vec<SavedView>) -> Result<(), StoreError> {
        write(self.folder(), views)
    }
}

fn read(folder: &Path) -> Result<Vec<SavedView>, StoreError> {
    let file = folder.join(FILE);
    if !file.exists() {
        return Ok(Vec::new());
    }
    let text = remit_files::read(&file, 1 << 20).map_err(|e| StoreError::File(file.clone(), e))?;
    let saved: SavedViews = toml::from_str(&String::from_utf8_lossy(&text))
        .map_err(|e| StoreError::Settings { file: file.clone(), message: e.to_string() })?;
    let mut views: Vec<SavedView> = saved.view.into_iter().filter(SavedView::is_valid).take(MOST).collect();
    views.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(views)
}

fn write(folder: &Path, view: Vec<SavedView>) -> Result<(), StoreError> {
    let file = folder.join(FILE);
    let text =
        toml::to_string(&SavedViews { view }).map_err(|e| StoreError::Settings { file: file.clone(), message: e.to_string() })?;
    remit_files::write_whole(&file, format!("# Lists that are kept under a name.\n{text}").as_bytes())
        .map_err(|e| StoreError::File(file, e))
}

/// Keeps no list any longer of which the name and address are about what goes; returns the names of those that only have a part of it.
pub(crate) fn forget(
    folder: &Path,
    is_about: impl Fn(&str) -> bool,
    has_part: impl Fn(&str) -> bool,
) -> Result<Vec<String>, StoreError> {
    let told = |v: &SavedView| format!("{} {}", v.name, decoded(&v.address));
    let (gone, kept): (Vec<SavedView>, Vec<SavedView>) = read(folder)?.into_iter().partition(|v| is_about(&told(v)));
    let left = kept.iter().filter(|v| has_part(&told(v))).map(|v| v.name.clone()).collect();
    if !gone.is_empty() {
        write(folder, kept)?;
    }
    Ok(left)
}

/// The words of an address, with its signs as they are read.
fn decoded(address: &str) -> String {
    form_urlencoded::parse(address.as_bytes()).flat_map(|(name, value)| [name, value]).collect::<Vec<_>>().join(" ")
}
