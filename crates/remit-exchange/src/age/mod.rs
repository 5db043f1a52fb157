//! Files in the format of age (<https://age-encryption.org/v1>), which other programs open too: for a passphrase or for the keys of
//! who is to read it. The primitives are RustCrypto's; here stands only how the format puts them together.
//!
//! A file has a header, in which the key of the file is wrapped for each who may open it, and after it the content in pieces that
//! are encrypted and numbered one by one (`stream`).

mod keys;
mod stream;

pub use keys::{Identity, Recipient};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use std::io::{self, BufRead, BufReader, Read, Write};

/// Who may open what is written.
#[derive(Clone)]
pub enum Lock {
    /// Who knows this passphrase.
    Passphrase(String),
    /// Whose keys these are.
    Recipients(Vec<Recipient>),
}

/// What opens it.
#[derive(Clone)]
pub enum Opening {
    /// A passphrase.
    Passphrase(String),
    /// Keys, of which one may fit.
    Identities(Vec<Identity>),
}

/// Why a file in the format of age cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum AgeError {
    /// The bytes are no file of age, or end too early.
    #[error("it is no file of age, or not whole: {0}")]
    Malformed(&'static str),
    /// It was made for somebody else, or the passphrase is another.
    #[error("{0}")]
    Closed(&'static str),
    /// A part of the file was altered or is missing.
    #[error("it was altered or cut off")]
    Altered,
    /// The disk or the medium said no.
    #[error(transparent)]
    File(#[from] io::Error),
}

const VERSION: &str = "age-encryption.org/v1";
const LINE: usize = 64;
const LONGEST_HEADER: u64 = 64 << 10;
/// The work of a passphrase, as the power of two that scrypt goes through: about a second, and 256 MB of memory. More is refused, so that
/// no file keeps a machine busy for hours or takes all of its memory.
const WORK: u8 = 18;

type FileKey = [u8; 16];

/// How the key of the file is wrapped for one who may open it.
struct Stanza {
    arguments: Vec<String>,
    body: Vec<u8>,
}

/// Encrypts what is read.
///
/// # Errors
/// When reading or writing fails.
pub fn encrypt(content: impl Read, mut to: impl Write, lock: &Lock) -> Result<(), AgeError> {
    encrypt_with(content, &mut to, lock, WORK)
}

fn encrypt_with(content: impl Read, to: &mut impl Write, lock: &Lock, work: u8) -> Result<(), AgeError> {
    let key: FileKey = random()?;
    let stanzas = match lock {
        Lock::Passphrase(passphrase) => vec![wrap_for_passphrase(&key, passphrase, work)?],
        Lock::Recipients(all) => all.iter().map(|r| r.wrap(&key)).collect::<Result<_, _>>()?,
    };
    let mut header = format!("{VERSION}\n");
    for stanza in &stanzas {
        header.push_str(&format!("-> {}\n", stanza.arguments.join(" ")));
        let body = BASE64.encode(&stanza.body);
        for line in body.as_bytes().chunks(LINE) {
            header.push_str(&String::from_utf8_lossy(line));
            header.push('\n');
        }
        if body.len().is_multiple_of(LINE) {
            header.push('\n');
        }
    }
    header.push_str("---");
    let code = header_code(&key, header.as_bytes()).finalize().into_bytes();
    to.write_all(format!("{header} {}\n", BASE64.encode(code)).as_bytes())?;
    stream::encrypt(&key, content, to)
}

/// Decrypts what is read. What was written before something is found to be altered is not to be used.
///
/// # Errors
/// When it is no such file, was made for others, or is not as it was written.
pub fn decrypt(file: impl Read, mut to: impl Write, opening: &Opening) -> Result<(), AgeError> {
    let mut file = BufReader::new(file);
    let (stanzas, header, code) = read_header(&mut file)?;
    let key = match opening {
        Opening::Passphrase(passphrase) => open_with_passphrase(&stanzas, passphrase)?,
        Opening::Identities(all) => {
            let found = all.iter().find_map(|identity| stanzas.iter().find_map(|s| identity.open(s)));
            found.ok_or(AgeError::Closed(if is_for_passphrase(&stanzas) {
                "it opens with a passphrase, not with a key"
            } else {
                "it was made for other keys than this one"
            }))?
        }
    };
    header_code(&key, &header).verify_slice(&code).map_err(|_| AgeError::Altered)?;
    stream::decrypt(&key, file, &mut to)
}

/// Whether a file opens with a passphrase rather than a key.
///
/// # Errors
/// When it is no such file.
pub fn opens_with_passphrase(file: impl Read) -> Result<bool, AgeError> {
    Ok(is_for_passphrase(&read_header(&mut BufReader::new(file))?.0))
}

fn is_for_passphrase(stanzas: &[Stanza]) -> bool {
    stanzas.iter().any(|s| s.arguments[0] == "scrypt")
}

/// The stanzas, the bytes that the code is over, and the code.
type AgeHeader = (Vec<Stanza>, Vec<u8>, Vec<u8>);

fn read_header(file: &mut impl BufRead) -> Result<AgeHeader, AgeError> {
    let mut file = file.take(LONGEST_HEADER);
    let mut header = Vec::new();
    let mut next = |header: &mut Vec<u8>| -> Result<String, AgeError> {
        let begun = header.len();
        file.read_until(b'\n', header)?;
        let line = header[begun..].strip_suffix(b"\n").ok_or(AgeError::Malformed("its header does not end"))?;
        String::from_utf8(line.to_vec()).map_err(|_| AgeError::Malformed("its header is no text"))
    };
    if next(&mut header)? != VERSION {
        return Err(AgeError::Malformed("it does not begin as one"));
    }
    let mut stanzas = Vec::new();
    loop {
        let begun = header.len();
        let line = next(&mut header)?;
        if let Some(code) = line.strip_prefix("--- ") {
            header.truncate(begun + 3);
            return Ok((stanzas, header, from_base64(code)?));
        }
        let arguments = line.strip_prefix("-> ").ok_or(AgeError::Malformed("a line of its header is none"))?;
        let mut body = String::new();
        loop {
            let line = next(&mut header)?;
            body.push_str(&line);
            match line.len() {
                LINE => {}
                n if n < LINE => break,
                _ => return Err(AgeError::Malformed("a line of its header is too long")),
            }
        }
        stanzas.push(Stanza { arguments: arguments.split(' ').map(str::to_owned).collect(), body: from_base64(&body)? });
    }
}

fn header_code(key: &FileKey, header: &[u8]) -> Hmac<Sha256> {
    let mut code = Hmac::<Sha256>::new_from_slice(&derived(key, &[], "header")).expect("any length is a key");
    code.update(header);
    code
}

fn wrap_for_passphrase(key: &FileKey, passphrase: &str, work: u8) -> Result<Stanza, AgeError> {
    let salt: [u8; 16] = random()?;
    let body = wrap(&of_passphrase(passphrase, &salt, work)?, key);
    Ok(Stanza { arguments: vec!["scrypt".into(), BASE64.encode(salt), work.to_string()], body })
}

fn open_with_passphrase(stanzas: &[Stanza], passphrase: &str) -> Result<FileKey, AgeError> {
    let [stanza] = stanzas else { return Err(AgeError::Closed("it opens with a key, not with a passphrase")) };
    let [kind, salt, work] = stanza.arguments.as_slice() else {
        return Err(AgeError::Closed("it opens with a key, not with a passphrase"));
    };
    if kind != "scrypt" {
        return Err(AgeError::Closed("it opens with a key, not with a passphrase"));
    }
    let salt = from_base64(salt)?.try_into().map_err(|_| AgeError::Malformed("its salt is none"))?;
    let work: u8 = work.parse().map_err(|_| AgeError::Malformed("its work is no number"))?;
    if !(1..=WORK).contains(&work) {
        return Err(AgeError::Closed(
            "its passphrase would take too much time and memory to try; ask for it with the usual work (18)",
        ));
    }
    unwrap(&of_passphrase(passphrase, &salt, work)?, &stanza.body).ok_or(AgeError::Closed("the passphrase is another one"))
}

fn of_passphrase(passphrase: &str, salt: &[u8; 16], work: u8) -> Result<[u8; 32], AgeError> {
    let salted = [format!("{VERSION}/scrypt").as_bytes(), salt].concat();
    let parameters = scrypt::Params::new(work, 8, 1).map_err(|_| AgeError::Malformed("its work is no number"))?;
    let mut key = [0; 32];
    scrypt::scrypt(passphrase.as_bytes(), &salted, &parameters, &mut key).expect("32 bytes are a length");
    Ok(key)
}

/// Encrypts the key of the file under another, which is used once.
fn wrap(under: &[u8; 32], key: &FileKey) -> Vec<u8> {
    ChaCha20Poly1305::new(under.into()).encrypt(&Nonce::default(), key.as_slice()).expect("a key is short enough")
}

fn unwrap(under: &[u8; 32], body: &[u8]) -> Option<FileKey> {
    ChaCha20Poly1305::new(under.into()).decrypt(&Nonce::default(), body).ok()?.try_into().ok()
}

fn derived(from: &[u8], salt: &[u8], purpose: &str) -> [u8; 32] {
    let mut key = [0; 32];
    Hkdf::<Sha256>::new(Some(salt), from).expand(purpose.as_bytes(), &mut key).expect("32 bytes are a length");
    key
}

fn from_base64(text: &str) -> Result<Vec<u8>, AgeError> {
    BASE64.decode(text).map_err(|_| AgeError::Malformed("a part of its header is not written in base64"))
}

fn random<const N: usize>() -> Result<[u8; N], AgeError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
