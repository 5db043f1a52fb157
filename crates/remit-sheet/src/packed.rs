//! What an office sends packed together: the tables and documents of a zip archive, each as if it had been sent by itself.

use crate::opening::{extension, table_endings};
use remit_files::{ARCHIVES, DOCUMENTS};
use remit_model::without_unseen;
use std::collections::HashMap;
use std::io::{Cursor, Read as _};
use std::path::Path;
use zip::ZipArchive;

/// Files that are taken out of one archive, so that all can be listed on a page, and bytes that all of them may have: they are held in
/// memory until they are kept.
const MOST_FILES: usize = 100;
const MOST: u64 = 64 << 20;

/// The files of an archive.
#[derive(Debug, Clone, Default)]
pub struct Unpacked {
    /// Each by its name.
    pub files: Vec<(String, Vec<u8>)>,
    /// The names of those that could not be taken out: with a password, damaged, or more than is taken.
    pub left: Vec<String>,
    /// The names of those that are archives themselves: nobody knows how much would come out of them.
    pub archives: Vec<String>,
    /// True where several files have one name in one folder: only the last of each can be read.
    pub has_twice: bool,
}

/// Takes the files out of a zip archive of tables and documents, or other archives; none where it is no archive, or one of activities (XML).
pub fn unpacked(bytes: &[u8]) -> Option<Unpacked> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut names: Vec<Option<String>> = (0..archive.len()).map(|n| name_of(&mut archive, n)).collect();
    tell_apart(&mut archive, &mut names);
    let has = |endings: &[&str]| names.iter().flatten().any(|name| endings.contains(&extension(Path::new(name)).as_str()));
    let tables: Vec<&str> = table_endings().collect();
    if !has(&tables) && (has(&["xml"]) || !has(&DOCUMENTS) && !has(&ARCHIVES)) {
        return None;
    }
    let has_twice = said_files(bytes).is_some_and(|said| said > archive.len());
    let (mut all, mut room) = (Unpacked { has_twice, ..Unpacked::default() }, MOST);
    for (n, name) in names.into_iter().enumerate() {
        let Some(name) = name else { continue };
        if ARCHIVES.contains(&extension(Path::new(&name)).as_str()) {
            all.archives.push(name);
            continue;
        }
        let content = if all.files.len() < MOST_FILES { taken(&mut archive, n, room) } else { None };
        match content {
            Some(content) => {
                room -= content.len() as u64;
                all.files.push((name, content));
            }
            None => all.left.push(name),
        }
    }
    Some(all)
}

/// How many files an archive says that it has: the number stands at its end; none where it says that it stands elsewhere (Zip64).
fn said_files(bytes: &[u8]) -> Option<usize> {
    const END: &[u8] = b"PK\x05\x06";
    const NUMBER: usize = 10;
    let at = bytes.windows(END.len()).rposition(|window| window == END)? + NUMBER;
    let said = u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]);
    Some(usize::from(said)).filter(|_| said != u16::MAX)
}

/// What a file of an archive is called, without its folder; none for a folder, and for what a system keeps there for itself.
fn name_of(archive: &mut ZipArchive<Cursor<&[u8]>>, n: usize) -> Option<String> {
    let entry = archive.by_index_raw(n).ok()?;
    let path = entry.name().ok()?.replace('\\', "/");
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_own = !entry.is_dir() && !name.is_empty() && !name.starts_with('.') && !path.starts_with("__MACOSX/");
    is_own.then(|| without_unseen(name))
}

/// Calls files of one name in several folders by their folders too.
fn tell_apart(archive: &mut ZipArchive<Cursor<&[u8]>>, names: &mut [Option<String>]) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    names.iter().flatten().for_each(|name| *counts.entry(name.clone()).or_default() += 1);
    for (n, name) in names.iter_mut().enumerate() {
        let Some(own) = name.as_ref().filter(|own| counts[*own] > 1) else { continue };
        let path = archive.by_index_raw(n).ok().and_then(|entry| entry.name().ok().map(|path| path.into_owned()));
        *name = Some(path.map_or_else(|| own.clone(), |path| without_unseen(&path).replace(['/', '\\'], " ")));
    }
}

/// The content of a file of an archive, where it has no more than so many bytes.
fn taken(archive: &mut ZipArchive<Cursor<&[u8]>>, n: usize, room: u64) -> Option<Vec<u8>> {
    let entry = archive.by_index(n).ok().filter(|entry| entry.size() <= room)?;
    // What it says of its size is believed only where it is small: a file that is larger than it says ends there.
    let said = entry.size();
    let mut content = Vec::with_capacity(said as usize);
    entry.take(said + 1).read_to_end(&mut content).ok()?;
    (content.len() as u64 <= said).then_some(content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn archive(names: &[&str]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(name.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn tables_and_documents_are_taken_out_and_activities_stay_packed() {
        let found = unpacked(&archive(&["2025/units.csv", "__MACOSX/._units.csv", ".hidden", "a report.PDF"])).unwrap();
        let names: Vec<&str> = found.files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!((names, found.left.len()), (vec!["units.csv", "a report.PDF"], 0));
        assert_eq!(found.files[0].1, b"2025/units.csv");
        assert!(unpacked(&archive(&["a.xml", "readme.txt"])).is_none(), "activities");
        assert!(unpacked(&archive(&["a.bin"])).is_none() && unpacked(b"PK").is_none());
    }

    #[test]
    fn an_archive_in_an_archive_is_named() {
        let names = |found: Unpacked| found.files.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        let found = unpacked(&archive(&["a.csv", "more/B.ZIP", "c.7z"])).unwrap();
        assert_eq!(
            (&found.archives[..], names(found.clone())),
            (&["B.ZIP".to_owned(), "c.7z".to_owned()][..], vec!["a.csv".into()])
        );
        assert_eq!(unpacked(&archive(&["b.zip"])).unwrap().archives, ["b.zip"]);
    }

    #[test]
    fn that_several_files_have_one_name_in_one_folder_is_told() {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["a.csv", "b.csv"] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(b"made up").unwrap();
        }
        let mut bytes = zip.finish().unwrap().into_inner();
        assert!(!unpacked(&bytes).unwrap().has_twice);
        // As no program that packs would let it be made.
        while let Some(at) = bytes.windows(5).position(|window| window == b"b.csv") {
            bytes[at] = b'a';
        }
        let found = unpacked(&bytes).unwrap();
        assert_eq!((found.has_twice, found.files.len()), (true, 1));
    }

    #[test]
    fn files_of_one_name_are_told_apart_and_what_is_too_large_is_left() {
        let found = unpacked(&archive(&["north/actor.csv", "south/actor.csv", "b.csv"])).unwrap();
        let names: Vec<&str> = found.files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["north actor.csv", "south actor.csv", "b.csv"]);
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let part = vec![0_u8; 1 << 20];
        for name in ["large.csv", "small.csv"] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            for _ in 0..if name == "large.csv" { 65 } else { 1 } {
                zip.write_all(&part).unwrap();
            }
        }
        let found = unpacked(&zip.finish().unwrap().into_inner()).unwrap();
        assert_eq!((found.left, found.files.len()), (vec!["large.csv".to_owned()], 1));
    }
}
