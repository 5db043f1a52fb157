//! The file that is sent: a ZIP archive, which any program opens, with three small texts and the content in it.
//!
//! | entry | |
//! | --- | --- |
//! | `READ ME.txt` | what it is and how to open it, for people |
//! | `about.toml` | the same for a program, with the hashes of the note and of the content |
//! | `signature.toml` | the public key of the workspace, and its signature of `about.toml` |
//! | `workspace.zip` or `workspace.zip.age` | the content: the files of a workspace |

use crate::ExchangeError;
use crate::age::{self, Lock, Opening};
use remit_store::{Workspace, hexadecimal};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{self, Read, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const NOTE: &str = "READ ME.txt";
const ABOUT: &str = "about.toml";
const SIGNATURE: &str = "signature.toml";
const CONTENT: &str = "workspace.zip";
const ENCRYPTED: &str = "workspace.zip.age";
const FORM: &str = "remit parcel 1";

/// Entries of a parcel: the three texts and the content.
const ENTRIES: usize = 4;

/// Bytes of a small text; longer ones are none of ours.
const LONGEST: u64 = 64 << 10;

/// What a parcel says of itself, as it was signed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AboutParcel {
    pub(crate) form: String,
    /// Name of the workspace that it is from.
    pub name: String,
    /// Who made it.
    pub author: String,
    /// When (UTC).
    pub made: String,
    /// The office that it is for; empty where it is for anybody who can open it.
    #[serde(default)]
    pub office: String,
    /// The highest marking of what may be in it, as a code.
    pub clearance: String,
    /// Statements in it.
    pub statements: u64,
    /// Imports in it.
    pub imports: u64,
    /// Published activities that stay where it is from, and what is said of the coverage of their sources with them.
    #[serde(default)]
    pub behind: u64,
    pub(crate) note_sha256: String,
    pub(crate) content: String,
    pub(crate) content_sha256: String,
}

#[derive(Serialize, Deserialize)]
struct Signature {
    workspace: String,
    signature: String,
}

/// A parcel whose signature holds.
#[derive(Debug)]
pub struct Parcel {
    file: PathBuf,
    /// The note for people.
    pub note: String,
    /// The note of the parcel: what it holds, from whom, for whom.
    pub about: AboutParcel,
    /// Public key of the workspace that signed it.
    pub workspace: String,
}

impl Parcel {
    /// Writes a parcel, whole or not at all, for its owner only.
    pub(crate) fn write(
        to: &Path,
        from: &Workspace,
        content: &mut File,
        lock: Option<&Lock>,
        note: &str,
        about: AboutParcel,
    ) -> Result<Parcel, ExchangeError> {
        let part = to.with_file_name(format!(
            "{}.{}.part",
            to.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default(),
            std::process::id()
        ));
        let _ = std::fs::remove_file(&part);
        let written = Parcel::write_part(&part, from, content, lock, note, about);
        let parcel = written.and_then(|parcel| {
            std::fs::rename(&part, to).map_err(|e| ExchangeError::File(to.to_path_buf(), e))?;
            Ok(Parcel { file: to.to_path_buf(), ..parcel })
        });
        if parcel.is_err() {
            let _ = std::fs::remove_file(&part);
        }
        parcel
    }

    fn write_part(
        part: &Path,
        from: &Workspace,
        content: &mut File,
        lock: Option<&Lock>,
        note: &str,
        about: AboutParcel,
    ) -> Result<Parcel, ExchangeError> {
        let wrong = |e: io::Error| ExchangeError::File(part.to_path_buf(), e);
        let zipped = |e: zip::result::ZipError| wrong(e.into());
        content.rewind().map_err(wrong)?;
        let mut sealed = match lock {
            None => content.try_clone().map_err(wrong)?,
            Some(lock) => {
                let mut sealed = tempfile::tempfile_in(from.folder()).map_err(wrong)?;
                age::encrypt(content, &sealed, lock).map_err(|e| ExchangeError::of_age(part.to_path_buf(), e))?;
                sealed.rewind().map_err(wrong)?;
                sealed.try_clone().map_err(wrong)?
            }
        };
        let content_sha256 = hash_of(&mut sealed).map_err(wrong)?;
        sealed.rewind().map_err(wrong)?;
        let content = if lock.is_some() { ENCRYPTED } else { CONTENT }.to_owned();
        let note_sha256 = hexadecimal(&Sha256::digest(note));
        let about = AboutParcel { form: FORM.into(), note_sha256, content, content_sha256, ..about };
        let text = to_toml(&about);
        let (workspace, signature) = from.sign(&message(&text))?;
        let mut zip = ZipWriter::new(remit_files::open_own(part).map_err(wrong)?);
        let signed = to_toml(&Signature { workspace: workspace.clone(), signature });
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for (name, text) in [(NOTE, note), (ABOUT, &text), (SIGNATURE, &signed)] {
            zip.start_file(name, stored).map_err(zipped)?;
            zip.write_all(text.as_bytes()).map_err(wrong)?;
        }
        zip.start_file(&about.content, stored.large_file(true)).map_err(zipped)?;
        io::copy(&mut sealed, &mut zip).map_err(wrong)?;
        zip.finish().map_err(zipped)?.sync_all().map_err(wrong)?;
        Ok(Parcel { file: part.to_path_buf(), note: note.to_owned(), about, workspace })
    }

    /// Reads a parcel, and checks that its note and content are those that were signed.
    ///
    /// # Errors
    /// When it is none, or does not hold.
    pub fn read(file: &Path) -> Result<Parcel, ExchangeError> {
        let untrusted = |reason: &str| ExchangeError::Untrusted { file: file.to_path_buf(), reason: reason.into() };
        let mut zip = archive(file)?;
        if zip.len() != ENTRIES || !ends_with_archive(file).map_err(|e| ExchangeError::File(file.to_path_buf(), e))? {
            return Err(untrusted("there is more in it, or behind its end, than was signed"));
        }
        let [note, text, signed] = [NOTE, ABOUT, SIGNATURE].map(|name| small(file, &mut zip, name));
        let (note, text) = (note?, text?);
        let about: AboutParcel = from_toml(file, &text)?;
        let signed: Signature = from_toml(file, &signed?)?;
        if about.form != FORM {
            let reason = "a newer version of Remit made it".into();
            return Err(ExchangeError::Malformed { file: file.to_path_buf(), reason });
        }
        if !remit_store::signed(&signed.workspace, &message(&text), &signed.signature) {
            return Err(untrusted("its signature does not hold"));
        }
        if hexadecimal(&Sha256::digest(&note)) != about.note_sha256 {
            return Err(untrusted("its note is not the one that was signed"));
        }
        let mut content = entry(file, &mut zip, &about.content)?;
        if hash_of(&mut content).map_err(|_| untrusted("its content is not whole"))? != about.content_sha256 {
            return Err(untrusted("its content is not what was signed"));
        }
        drop(content);
        Ok(Parcel { file: file.to_path_buf(), note, about, workspace: signed.workspace })
    }

    /// Whether it is encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.about.content == ENCRYPTED
    }

    /// Whether it opens with a passphrase rather than a key.
    ///
    /// # Errors
    /// When it is not whole.
    pub fn opens_with_passphrase(&self) -> Result<bool, ExchangeError> {
        let mut zip = archive(&self.file)?;
        let content = entry(&self.file, &mut zip, &self.about.content)?;
        age::opens_with_passphrase(content).map_err(|e| ExchangeError::of_age(self.file.clone(), e))
    }

    /// The file.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Writes its content, decrypted, into a file.
    pub(crate) fn content(&self, opening: Option<&Opening>, to: &mut File) -> Result<(), ExchangeError> {
        let mut zip = archive(&self.file)?;
        let mut content = entry(&self.file, &mut zip, &self.about.content)?;
        match (self.is_encrypted(), opening) {
            (false, _) => io::copy(&mut content, to).map(drop).map_err(|e| ExchangeError::File(self.file.clone(), e)),
            (true, Some(opening)) => age::decrypt(content, to, opening).map_err(|e| ExchangeError::of_age(self.file.clone(), e)),
            (true, None) => {
                let reason = "it is encrypted; give the passphrase or the key for it".into();
                Err(ExchangeError::Closed { file: self.file.clone(), reason })
            }
        }
    }
}

/// What the signature is over.
fn message(about: &str) -> Vec<u8> {
    [FORM.as_bytes(), b"\n", about.as_bytes()].concat()
}

fn to_toml(value: &impl Serialize) -> String {
    toml::to_string(value).expect("texts and numbers are TOML")
}

fn from_toml<T: serde::de::DeserializeOwned>(file: &Path, text: &str) -> Result<T, ExchangeError> {
    toml::from_str(text).map_err(|e| ExchangeError::Malformed { file: file.to_path_buf(), reason: e.message().to_owned() })
}

fn archive(file: &Path) -> Result<ZipArchive<File>, ExchangeError> {
    let opened = remit_files::open(file).map_err(|e| ExchangeError::File(file.to_path_buf(), e))?;
    ZipArchive::new(opened).map_err(|e| ExchangeError::Malformed { file: file.to_path_buf(), reason: e.to_string() })
}

/// Bytes of the record with which a ZIP archive without a comment ends.
const END: usize = 22;

/// Whether a file ends where its archive does, and the archive begins where its file does: whoever reads an archive looks for its end from
/// behind, and does not see what follows it.
fn ends_with_archive(file: &Path) -> io::Result<bool> {
    let mut opened = remit_files::open(file)?;
    let length = opened.seek(io::SeekFrom::End(0))?;
    let Some(begins) = length.checked_sub(END as u64) else { return Ok(false) };
    opened.seek(io::SeekFrom::Start(begins))?;
    let mut end = [0; END];
    opened.read_exact(&mut end)?;
    let number = |at: usize| u64::from(u32::from_le_bytes([end[at], end[at + 1], end[at + 2], end[at + 3]]));
    let (size, offset) = (number(12), number(16));
    // A directory that stands beyond four gigabytes is told elsewhere.
    let is_far = size == u64::from(u32::MAX) || offset == u64::from(u32::MAX);
    Ok(end.starts_with(b"PK\x05\x06") && end.ends_with(&[0, 0]) && (is_far || offset + size == begins))
}

fn entry<'z>(file: &Path, zip: &'z mut ZipArchive<File>, name: &str) -> Result<impl Read + 'z, ExchangeError> {
    let missing =
        |e: zip::result::ZipError| ExchangeError::Malformed { file: file.to_path_buf(), reason: format!("`{name}`: {e}") };
    zip.by_name(name).map_err(missing)
}

fn small(file: &Path, zip: &mut ZipArchive<File>, name: &str) -> Result<String, ExchangeError> {
    let mut text = String::new();
    let read = entry(file, zip, name)?.take(LONGEST + 1).read_to_string(&mut text);
    let malformed = |reason: String| ExchangeError::Malformed { file: file.to_path_buf(), reason };
    match read {
        Ok(n) if n as u64 <= LONGEST => Ok(text),
        Ok(_) => Err(malformed(format!("`{name}` is too long"))),
        Err(e) => Err(malformed(format!("`{name}`: {e}"))),
    }
}

fn hash_of(file: &mut impl Read) -> io::Result<String> {
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hexadecimal(&hash.finalize())),
            n => hash.update(&buffer[..n]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use remit_store::Settings;
    use std::sync::LazyLock;

    static WHOLE: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::init(&folder.path().join("w"), Settings::default()).unwrap();
        let mut content = tempfile::tempfile().unwrap();
        content.write_all(b"made up").unwrap();
        let file = folder.path().join("made-up.remit");
        Parcel::write(&file, &workspace, &mut content, None, "a note", AboutParcel::default()).unwrap();
        std::fs::read(file).unwrap()
    });

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        /// A parcel of which anything was altered is refused with a reason, or says what was signed.
        #[test]
        fn any_bytes_are_a_parcel_that_holds_or_none(cut in any::<prop::sample::Index>(), is_cut in any::<bool>(),
            bytes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4)) {
            let mut whole = WHOLE.clone();
            for (at, byte) in bytes {
                let at = at.index(whole.len());
                whole[at] = byte;
            }
            if is_cut {
                whole.truncate(cut.index(whole.len()));
            }
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("made-up.remit");
            std::fs::write(&file, &whole).unwrap();
            if let Ok(parcel) = Parcel::read(&file) {
                prop_assert_eq!(parcel.note.as_str(), "a note");
            }
        }
    }
}
