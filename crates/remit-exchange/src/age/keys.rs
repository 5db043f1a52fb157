//! The keys of who may open a file: X25519, written in letters as `age1…` (to whom) and `AGE-SECRET-KEY-1…` (who).

use super::{AgeError, BASE64, FileKey, Stanza, VERSION, derived, from_base64, random, unwrap, wrap};
use base64::Engine as _;
use bech32::{Bech32, Hrp};
use curve25519_dalek::MontgomeryPoint;
use std::str::FromStr;

const RECIPIENT: &str = "age";
const IDENTITY: &str = "age-secret-key-";

/// Whom a file is for: the public half of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient(MontgomeryPoint);

/// Who opens it: the secret half.
#[derive(Clone)]
pub struct Identity([u8; 32]);

impl Recipient {
    pub(super) fn wrap(&self, key: &FileKey) -> Result<Stanza, AgeError> {
        let once: [u8; 32] = random()?;
        let share = MontgomeryPoint::mul_base_clamped(once);
        let under = under(&self.0.mul_clamped(once), &share, self);
        let under = under.ok_or(AgeError::Closed("a key to encrypt for is none"))?;
        Ok(Stanza { arguments: vec!["X25519".into(), BASE64.encode(share.0)], body: wrap(&under, key) })
    }
}

impl Identity {
    /// The key that these bytes are.
    pub fn of(secret: [u8; 32]) -> Identity {
        Identity(secret)
    }

    /// The public half.
    pub fn recipient(&self) -> Recipient {
        Recipient(MontgomeryPoint::mul_base_clamped(self.0))
    }

    pub(super) fn open(&self, stanza: &Stanza) -> Option<FileKey> {
        let [kind, share] = stanza.arguments.as_slice() else { return None };
        if kind != "X25519" {
            return None;
        }
        let share = MontgomeryPoint(from_base64(share).ok()?.try_into().ok()?);
        unwrap(&under(&share.mul_clamped(self.0), &share, &self.recipient())?, &stanza.body)
    }
}

/// The key that wraps the file's, from what both sides work out; none where a side chose a point from which nothing follows.
fn under(shared: &MontgomeryPoint, share: &MontgomeryPoint, recipient: &Recipient) -> Option<[u8; 32]> {
    let salt = [share.0, recipient.0.0].concat();
    (shared.0 != [0; 32]).then(|| derived(&shared.0, &salt, &format!("{VERSION}/X25519")))
}

impl std::fmt::Display for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&bech32::encode::<Bech32>(Hrp::parse_unchecked(RECIPIENT), &self.0.0).unwrap_or_default())
    }
}

impl FromStr for Recipient {
    type Err = String;

    fn from_str(text: &str) -> Result<Recipient, String> {
        let bytes = decoded(text, RECIPIENT);
        bytes.map(|b| Recipient(MontgomeryPoint(b))).ok_or_else(|| format!("`{text}` is no key of age; one begins with age1"))
    }
}

impl FromStr for Identity {
    type Err = String;

    fn from_str(text: &str) -> Result<Identity, String> {
        // What is wrong with a secret is not repeated.
        decoded(text, IDENTITY)
            .map(Identity)
            .ok_or_else(|| "this is no secret key of age; one begins with AGE-SECRET-KEY-1".into())
    }
}

fn decoded(text: &str, kind: &str) -> Option<[u8; 32]> {
    let (found, bytes) = bech32::decode(text.trim()).ok()?;
    (found.to_lowercase() == kind).then_some(())?;
    bytes.try_into().ok()
}
