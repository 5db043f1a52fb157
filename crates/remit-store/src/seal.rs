//! Hashes that bind without telling: each value of a statement is committed to with a salt of its own, so that a value can be
//! taken away later (withheld from a copy, redacted, erased) while the hash of the statement still holds, and so that nobody
//! can guess a value from a hash.

use sha2::{Digest as _, Sha256};

/// SHA-256.
pub(crate) type Digest = [u8; 32];

/// A hash over parts, each with its length before it, so that no two lists of parts are the same bytes.
#[derive(Clone, Default)]
pub(crate) struct SealedParts(Sha256);

impl SealedParts {
    /// `of` says what is hashed and in which version, so that a hash of one thing is never one of another.
    pub(crate) fn new(of: &str) -> SealedParts {
        SealedParts::default().text(of)
    }

    pub(crate) fn text(mut self, text: &str) -> SealedParts {
        self.add(text.as_bytes());
        self
    }

    pub(crate) fn number(mut self, n: u64) -> SealedParts {
        self.0.update(n.to_be_bytes());
        self
    }

    pub(crate) fn digest(mut self, digest: &Digest) -> SealedParts {
        self.0.update(digest);
        self
    }

    /// Bytes as they are written in hexadecimal, without a text that is made for it: a chain has millions of them.
    fn written(mut self, bytes: &[u8; SALT]) -> SealedParts {
        let mut text = [0; 2 * SALT];
        for (digits, byte) in text.chunks_exact_mut(2).zip(bytes) {
            digits.copy_from_slice(&digits_of(*byte));
        }
        self.add(&text);
        self
    }

    pub(crate) fn add(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
    }

    pub(crate) fn end(self) -> Digest {
        self.0.finalize().into()
    }

    pub(crate) fn hexadecimal(self) -> String {
        hexadecimal(&self.end())
    }
}

/// Bytes of a salt.
const SALT: usize = 16;

/// What the values of a statement are salted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Salt([u8; SALT]);

impl Salt {
    /// The salt of the `n`th thing under a secret that nobody keeps.
    pub(crate) fn derived(secret: &Digest, n: u64) -> Salt {
        Salt::first(&SealedParts::new("remit salt").digest(secret).number(n).end())
    }

    /// The salt of one value of a statement.
    pub(crate) fn of(&self, name: &str) -> Salt {
        Salt::first(&SealedParts::new("remit value").written(&self.0).text(name).end())
    }

    /// The commitment to a value under this, the value's own salt.
    pub(crate) fn commit(&self, value: &str) -> Digest {
        SealedParts::new("remit commitment").written(&self.0).text(value).end()
    }

    pub(crate) fn hexadecimal(&self) -> String {
        hexadecimal(&self.0)
    }

    pub(crate) fn read(text: &str) -> Option<Salt> {
        bytes::<SALT>(text).map(Salt)
    }

    fn first(digest: &Digest) -> Salt {
        let mut salt = [0; SALT];
        salt.copy_from_slice(&digest[..SALT]);
        Salt(salt)
    }
}

/// So many bytes, written in hexadecimal as Remit writes it: what is written otherwise, somebody has altered.
pub(crate) fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    let digit = |b: u8| if b.is_ascii_digit() { b - b'0' } else { b - b'a' + 10 };
    let mut bytes = [0; N];
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = digit(digits[0]) << 4 | digit(digits[1]);
    }
    Some(bytes)
}

/// Bytes that nobody knows.
pub(crate) fn secret() -> std::io::Result<Digest> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(std::io::Error::other)?;
    Ok(secret)
}

/// Bytes as hashes are written.
pub fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = Vec::with_capacity(2 * bytes.len());
    bytes.iter().for_each(|byte| text.extend_from_slice(&digits_of(*byte)));
    // Digits are letters of ASCII.
    String::from_utf8(text).unwrap_or_default()
}

fn digits_of(byte: u8) -> [u8; 2] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_into_each_other() {
        let of = |parts: &[&str]| parts.iter().fold(SealedParts::new("t"), |p, t| p.text(t)).end();
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&["a"]), of(&["a", ""]));
        let salt = Salt::derived(&[7; 32], 1);
        assert_ne!(salt.of("note").commit("4417"), salt.of("name").commit("4417"));
        assert_ne!(salt.of("note").commit("4417"), Salt::derived(&[7; 32], 2).of("note").commit("4417"));
        assert_eq!(Salt::read(&salt.hexadecimal()), Some(salt));
        assert_eq!(Salt::read("xyz"), None);
        for otherwise in ["aB".repeat(SALT), "+a".repeat(SALT)] {
            assert_eq!(Salt::read(&otherwise), None, "{otherwise}");
        }
    }
}
