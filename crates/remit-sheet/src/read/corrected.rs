//! Files in whose place another one of the same mapping has come: what could not be used of them is no longer listed.

use super::compare::place_and_file;
use super::outcome::NATIVE;
use super::rows::SheetContent;
use crate::SheetError;
use remit_model::Marking;
use remit_store::{AboutDataSet, Chain, FileEntry, Import, Workspace, hexadecimal};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;

/// What the findings of a file that is read by a mapping are kept as.
pub(super) fn data_set(file: &str, mapping: &str) -> String {
    format!("{file} ({mapping})")
}

/// What the findings of those sheets of a file are kept as that are marked otherwise than its highest.
pub(super) fn part(file: &str, marking: Marking) -> String {
    format!("{file}, {}", marking.code())
}

/// The file under whose name problems are kept: without the marking behind it.
fn whole(name: &str) -> &str {
    let parted = name.rsplit_once(", ").filter(|(_, code)| Marking::ALL.iter().any(|marking| marking.code() == *code));
    parted.map_or(name, |(file, _)| file)
}

/// A file of which something could not be used when it was brought in.
#[derive(Debug)]
pub(super) struct Replaced {
    file: String,
    dataset: String,
    marking: Marking,
}

/// The files of a mapping that this one takes the place of: it has as many rows, and says something at every place where they do. What an
/// office has mended is often called otherwise.
pub(super) fn replaced(
    chain: &Chain,
    mapping: &str,
    file: &str,
    said: &[SheetContent],
    clearance: Marking,
) -> Result<Vec<Replaced>, SheetError> {
    let rows: u64 = said.iter().map(|s| s.rows).sum();
    let end = data_set("", mapping);
    let mut files: HashMap<String, Vec<Replaced>> = HashMap::new();
    for (dataset, marking, records) in chain.faulty_data_sets(&end)? {
        let Some(other) = dataset.strip_suffix(&end).map(|name| whole(name).to_owned()) else { continue };
        if other != file && marking <= clearance && records <= rows {
            files.entry(other.replace('/', ":")).or_default().push(Replaced { file: other, dataset, marking });
        }
    }
    if files.is_empty() {
        return Ok(Vec::new());
    }
    covered(chain, mapping, files, said, clearance)
}

/// The same of a sheet of Remit's own form, of which others have the name: one that lies elsewhere and was mended there. Which of them said what
/// nothing tells, so that it must say all that any of them did; and one of which no row could be used has said nothing that could be compared.
pub(super) fn replaced_elsewhere(
    chain: &Chain,
    file: &str,
    own: &str,
    said: &[SheetContent],
    clearance: Marking,
) -> Result<Vec<Replaced>, SheetError> {
    let rows: u64 = said.iter().map(|s| s.rows).sum();
    let others = chain.faulty_data_sets_called(file)?.into_iter().filter(|(dataset, marking, records, lines)| {
        let other = whole(dataset);
        other != own && is_of_name(other, file) && *marking <= clearance && *records <= rows && lines < records
    });
    let others: Vec<Replaced> =
        others.map(|(dataset, marking, ..)| Replaced { file: file.to_owned(), dataset, marking }).collect();
    if others.is_empty() {
        return Ok(others);
    }
    let files = HashMap::from([(file.replace('/', ":"), others)]);
    covered(chain, NATIVE, files, said, clearance)
}

/// True for what a file of a name is called, be it the first of that name or one that lies elsewhere.
fn is_of_name(called: &str, name: &str) -> bool {
    let behind = called.strip_prefix(name);
    behind.is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') && rest[1..].bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Of files those of which all that they say is said by a sheet too; none that says nothing.
fn covered(
    chain: &Chain,
    mapping: &str,
    files: HashMap<String, Vec<Replaced>>,
    said: &[SheetContent],
    clearance: Marking,
) -> Result<Vec<Replaced>, SheetError> {
    let mut covered: HashMap<String, bool> = HashMap::new();
    chain.each_origin_below(&format!("{mapping}/"), |s| {
        if let (place, Some(of)) = place_and_file(&s.draft.origin)
            && files.contains_key(of)
        {
            let is_said = s.draft.marking <= clearance && said.iter().any(|table| table.drafts.has(place));
            *covered.entry(of.to_owned()).or_insert(true) &= is_said;
        }
        Ok::<_, SheetError>(())
    })?;
    Ok(files.into_iter().filter(|(of, _)| covered.get(of) == Some(&true)).flat_map(|(_, replaced)| replaced).collect())
}

/// Keeps of such a file that nothing is left to mend in it.
pub(super) fn settle(workspace: &Workspace, replaced: Replaced, by: &str) -> Result<(), SheetError> {
    let Replaced { file, dataset, marking } = replaced;
    let hash = hexadecimal(&Sha256::digest(format!("{dataset}\0{by}")));
    let title = Some(format!("Sheet of the register: {file}"));
    let mut import = Import::begin(workspace, AboutDataSet { dataset, title, marking, ..AboutDataSet::default() })?;
    let entry = import.begin_file(&file)?;
    import.finish_file(entry, &FileEntry { hash: hash.clone(), bytes: 0, version: String::new(), records: 0 })?;
    import.finish(&hash, 1, 0)?;
    Ok(())
}
