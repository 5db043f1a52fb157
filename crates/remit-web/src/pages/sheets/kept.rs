//! Sheets that were sent, each kept under hashes of its content and name, and the mappings that were made for them.

use crate::app::App;
use crate::context::Context;
use crate::error::PageError;
use crate::m;
use crate::post::SentFile;
use remit_model::{Marking, Model};
use remit_sheet::{Look, Mapping, fitting, look, mapping_name};
use remit_store::{DIGITS_OF_SHEET, hexadecimal};
use sha2::{Digest, Sha256};
use std::path::PathBuf;

/// The ending of a file's name, in small letters.
pub(super) fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, e)| e.to_lowercase()).unwrap_or_default()
}

fn folder(app: &App) -> PathBuf {
    app.workspace().folder().join("files").join("sheets")
}

/// Where a sheet lies. What somebody sent who may see more is found by nobody else, who could try by its hash whether it was sent.
fn place(app: &App, name: &str) -> PathBuf {
    match app.clearance() {
        Marking::Public => folder(app).join(name),
        clearance => folder(app).join(format!("{}-{name}", clearance.code())),
    }
}

/// Keeps a sheet; gives the name under which it is found again.
pub(super) fn keep(app: &App, file: &SentFile) -> Result<String, PageError> {
    let kept = kept_as(app, &hexadecimal(&Sha256::digest(&file.bytes))[..DIGITS_OF_SHEET], &file.name)?;
    let written = std::fs::create_dir_all(folder(app)).and_then(|()| remit_files::write_whole(&place(app, &kept), &file.bytes));
    written.map_err(|e| PageError::internal(&e))?;
    Ok(kept)
}

/// The name under which a file is kept: a hash of what it holds, one of what it is called, and its ending. The second tells, in an
/// address, that the file was sent under that name: nobody else can make it.
fn kept_as(app: &App, content: &str, name: &str) -> Result<String, PageError> {
    let secret = app.workspace().secret_for("names of files that were sent")?;
    let called = Sha256::digest([&secret[..], content.as_bytes(), name.trim().as_bytes()].concat());
    Ok(format!("{content}{}.{}", &hexadecimal(&called)[DIGITS_OF_SHEET..], ending(name.trim())))
}

/// The kept file that an address names, with what it is called.
pub(super) fn path(app: &App, kept: &str, name: &str) -> Result<PathBuf, PageError> {
    let gone = || PageError::not_found(m::error_no_sheet());
    let content = kept.get(..DIGITS_OF_SHEET).filter(|hash| hash.bytes().all(|b| b.is_ascii_hexdigit())).ok_or_else(gone)?;
    let path = place(app, kept);
    if kept_as(app, content, name)? == kept && path.is_file() { Ok(path) } else { Err(gone()) }
}

/// Names of the mappings that are kept.
fn mappings(app: &App) -> Vec<String> {
    let folder = std::fs::read_dir(app.workspace().mappings());
    let files = folder.into_iter().flatten().filter_map(|e| e.ok().map(|e| e.path()));
    let mut names: Vec<String> = files
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .filter_map(|p| p.file_stem().map(|n| n.to_string_lossy().into_owned()))
        .collect();
    names.sort();
    names
}

/// Mappings that were made for a file like this one: it has all the columns that they name. Those of whoever may see more are none.
pub(super) fn alike(cx: &Context, looks: &[Look]) -> Vec<String> {
    let mut names = fitting(cx.model(), &cx.app().workspace().mappings(), looks);
    names.retain(|name| mapping(cx.app(), name).is_ok());
    names
}

/// What the tables of a kept file are; errors speak of it by the name that it had when it was sent.
pub(super) fn looks(cx: &Context, kept: &str, name: &str, encoding: &str) -> Result<Vec<Look>, PageError> {
    let looks = look(cx.model(), &path(cx.app(), kept, name)?, encoding).map_err(|e| e.of_file(name))?;
    let countries = cx.app().workspace().countries()?;
    Ok(looks.into_iter().map(|look| look.in_countries(&countries)).collect())
}

/// What a new mapping is called: after the file, and not as one that is there.
pub(super) fn name_for(app: &App, file: &str) -> String {
    let plain = match app.clearance() {
        Marking::Public => mapping_name(file),
        // A name of its own, so that what is made by those who see more is nothing that others come upon.
        clearance => format!("{}-{clearance}", mapping_name(file)),
    };
    let taken = mappings(app);
    let others = (2..).map(|n| format!("{plain}-{n}"));
    std::iter::once(plain.clone()).chain(others).find(|name| !taken.contains(name)).unwrap_or(plain)
}

/// A name that came with a file, without what could lead elsewhere.
pub(super) fn plain_name(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let plain: String = stem.chars().map(|c| if is_plain(c) || c == '.' { c } else { '-' }).collect();
    let plain = plain.trim_start_matches('.').trim();
    format!("{}.{}", if plain.is_empty() { "sent" } else { plain }, ending(name))
}

/// True for a sign that the name of a mapping may have.
fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | ' ')
}

/// The file of a mapping: a plain name in `mappings/`, and none that somebody made who may see more.
pub(super) fn mapping(app: &App, name: &str) -> Result<PathBuf, PageError> {
    let wrong = || PageError::bad_request(m::error_mapping_name());
    if name.is_empty() || !name.chars().all(is_plain) {
        return Err(wrong());
    }
    let path = app.workspace().mappings().join(format!("{name}.toml"));
    // One that cannot be read is told of by whoever reads it.
    let made_at = Mapping::read(&path, app.model()).map_or(Marking::Public, |m| m.made_at());
    if made_at <= app.clearance() { Ok(path) } else { Err(wrong()) }
}

/// Keeps a mapping under its name.
pub(super) fn save(app: &App, name: &str, whole: &Mapping, model: &Model) -> Result<(), String> {
    let path = mapping(app, name).map_err(|_| m::error_mapping_name())?;
    std::fs::create_dir_all(app.workspace().mappings()).map_err(|e| e.to_string())?;
    let before = Mapping::read(&path, model).ok();
    let says = |m: &Mapping| Mapping { clearance: None, ..m.clone() };
    let made_at = match before {
        // Who only uses it takes it from nobody.
        Some(before) if says(&before) == says(whole) => before.made_at(),
        // What is said now may name what only those see who see as much.
        before => before.map_or(Marking::Public, |m| m.made_at()).max(whole.made_at()).max(app.clearance()),
    };
    let clearance = (made_at > Marking::Public).then(|| made_at.code().to_owned());
    Mapping { clearance, ..whole.clone() }.save(&path, model).map_err(|e| e.to_string())
}
