//! The content: pieces of 64 KiB, each encrypted under its number, the last one marked as the last. So none can be left out, put
//! elsewhere or cut off unnoticed.

use super::{AgeError, FileKey, derived, random};
use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use std::io::{self, Read, Write};

const PIECE: usize = 64 << 10;
const TAG: usize = 16;

pub(super) fn encrypt(key: &FileKey, mut content: impl Read, to: &mut impl Write) -> Result<(), AgeError> {
    let salt: [u8; 16] = random()?;
    to.write_all(&salt)?;
    let cipher = cipher(key, &salt);
    let mut piece = next(&mut content, PIECE)?;
    for n in 0.. {
        let after = next(&mut content, PIECE)?;
        let sealed = cipher.encrypt(&nonce(n, after.is_empty()), piece.as_slice()).map_err(|_| AgeError::Altered)?;
        to.write_all(&sealed)?;
        if after.is_empty() {
            break;
        }
        piece = after;
    }
    Ok(to.flush()?)
}

pub(super) fn decrypt(key: &FileKey, mut file: impl Read, to: &mut impl Write) -> Result<(), AgeError> {
    let mut salt = [0; 16];
    file.read_exact(&mut salt).map_err(|_| AgeError::Malformed("it has no content"))?;
    let cipher = cipher(key, &salt);
    let mut piece = next(&mut file, PIECE + TAG)?;
    for n in 0.. {
        let after = next(&mut file, PIECE + TAG)?;
        let open = cipher.decrypt(&nonce(n, after.is_empty()), piece.as_slice()).map_err(|_| AgeError::Altered)?;
        if open.is_empty() && n > 0 {
            return Err(AgeError::Altered);
        }
        to.write_all(&open)?;
        if after.is_empty() {
            break;
        }
        piece = after;
    }
    Ok(to.flush()?)
}

fn cipher(key: &FileKey, salt: &[u8]) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(&derived(key, salt, "payload").into())
}

fn nonce(n: u64, is_last: bool) -> Nonce {
    let mut nonce = [0; 12];
    nonce[3..11].copy_from_slice(&n.to_be_bytes());
    nonce[11] = u8::from(is_last);
    nonce.into()
}

/// As much as there is, up to so many bytes.
fn next(from: &mut impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut piece = Vec::with_capacity(most);
    from.take(most as u64).read_to_end(&mut piece)?;
    Ok(piece)
}
