//! Who a workspace is: a key pair (Ed25519) beside the database, made with the workspace, with which it signs what it records.
//! The database alone never holds the secret half, so that a database that was altered cannot be signed anew.

use crate::seal::bytes;
use crate::{StoreError, hexadecimal};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use std::io::Write as _;
use std::path::Path;

/// The file with the secret.
pub(crate) const FILE: &str = "remit.key";

/// Bytes of it: a larger one is no key.
const LONGEST: u64 = 4 << 10;

/// A workspace's key pair.
pub(crate) struct WorkspaceKey(SigningKey);

impl WorkspaceKey {
    /// The key of a workspace; none where it has none yet.
    pub(crate) fn find(folder: &Path) -> Result<Option<WorkspaceKey>, StoreError> {
        let path = folder.join(FILE);
        match remit_files::read(&path, LONGEST) {
            Ok(text) => match bytes(String::from_utf8_lossy(&text).trim()) {
                Some(secret) => Ok(Some(WorkspaceKey(SigningKey::from_bytes(&secret)))),
                None => {
                    Err(StoreError::Settings { file: path, message: "this is no key; bring back the file from a copy".into() })
                }
            },
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(StoreError::File(path, e)),
        }
    }

    /// The key of a workspace, made where there is none.
    pub(crate) fn get(folder: &Path) -> Result<WorkspaceKey, StoreError> {
        if let Some(key) = WorkspaceKey::find(folder)? {
            return Ok(key);
        }
        let path = folder.join(FILE);
        let wrong = |e| StoreError::File(path.clone(), e);
        let secret = hexadecimal(&crate::seal::secret().map_err(wrong)?);
        // Whole under another name first: nobody reads half a key, and nobody's key is written over by who made one at the same moment.
        let fresh = folder.join(format!("{FILE}.{}", &hexadecimal(&crate::seal::secret().map_err(wrong)?)[..16]));
        let written = private(&fresh).and_then(|mut file| {
            file.write_all(format!("{secret}\n").as_bytes())?;
            file.sync_all()
        });
        let named = written.and_then(|()| match std::fs::hard_link(&fresh, &path) {
            // Some media have no second names.
            Err(_) if !path.exists() => std::fs::rename(&fresh, &path),
            _ => Ok(()),
        });
        let _ = std::fs::remove_file(&fresh);
        named.map_err(wrong)?;
        WorkspaceKey::find(folder)?.ok_or_else(|| wrong(std::io::ErrorKind::NotFound.into()))
    }

    /// The public half: by it a workspace is known.
    pub(crate) fn public(&self) -> String {
        hexadecimal(self.0.verifying_key().as_bytes())
    }

    /// A secret of this key for one purpose, from which nothing follows for another.
    pub(crate) fn secret_for(&self, purpose: &str) -> [u8; 32] {
        crate::seal::SealedParts::new(purpose).digest(self.0.as_bytes()).end()
    }

    /// Signs a message.
    pub(crate) fn sign(&self, message: &[u8]) -> String {
        hexadecimal(&self.0.sign(message).to_bytes())
    }
}

/// Lets a folder sign with the key of another for a while.
pub(crate) fn lend(from: &Path, to: &Path) -> Result<(), StoreError> {
    WorkspaceKey::get(from)?;
    let target = to.join(FILE);
    let _ = std::fs::remove_file(&target);
    std::fs::copy(from.join(FILE), &target).map(|_| ()).map_err(|e| StoreError::File(target, e))
}

/// Ends what [`lend`] began.
pub(crate) fn take_back(from: &Path) -> Result<(), StoreError> {
    let path = from.join(FILE);
    std::fs::remove_file(&path).map_err(|e| StoreError::File(path, e))
}

/// Whether the workspace that has this public key signed a message.
pub fn signed(public: &str, message: &[u8], signature: &str) -> bool {
    let key = bytes(public).and_then(|b| VerifyingKey::from_bytes(&b).ok());
    let signature = bytes(signature).map(|b| Signature::from_bytes(&b));
    key.zip(signature).is_some_and(|(key, signature)| key.verify_strict(message, &signature).is_ok())
}

/// Makes a new file that only its owner reads.
pub(crate) fn private(path: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
