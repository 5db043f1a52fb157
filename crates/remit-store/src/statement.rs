//! A statement: what somebody says of a record, in its envelope, and the hash that chains it to the one before.

use remit_model::{Marking, Model};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Whether a statement holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// Somebody has to look at it; no answer counts it.
    Proposed,
    /// It counts.
    #[default]
    Accepted,
    /// Somebody has looked at it and said no.
    Rejected,
}

impl Status {
    /// The code in `model/codes/status_of_statement.csv`.
    pub fn code(self) -> &'static str {
        match self {
            Status::Proposed => "proposed",
            Status::Accepted => "accepted",
            Status::Rejected => "rejected",
        }
    }

    /// The status of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Status> {
        [Status::Proposed, Status::Accepted, Status::Rejected].into_iter().find(|s| s.code() == code)
    }
}

/// The fields of the envelope that have a column of their own, in the order in which they are hashed. It is the format of the
/// chain, which no model changes: what `model/statement.toml` adds is kept beside them, and hashed where it is said.
pub const ENVELOPE: [&str; 10] =
    ["valid_from", "valid_to", "first_cited", "last_cited", "source", "url", "locator", "quote", "reliability", "credibility"];

/// Columns of a sheet of the register that are no plain text: how confidential a row is, whether it counts, when somebody
/// checked it, what of it is withheld (`note=confidential; …`), and the statement that it was written from.
pub const MARKS: [&str; 5] = ["marking", "status_of_statement", "verified_at", "withheld", "statement"];

/// The field of the envelope that says when somebody last checked a statement; its column stands apart from the others.
const VERIFIED: &str = "verified_at";

/// What stands in place of an identifier in the example row of a sheet to fill in: such a row says nothing.
pub const EXAMPLE: &str = "(example)";

/// A statement before it is recorded: the register adds identifier, author, moment and hash.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    /// Kind of the record.
    pub kind: String,
    /// The record; empty for one that is new.
    pub record: String,
    /// Statements that this one replaces. More than one where it ends a conflict.
    pub supersedes: Vec<String>,
    /// True where it takes back what it supersedes and says nothing in its place.
    pub withdrawn: bool,
    /// Values by field.
    pub fields: Map<String, Value>,
    /// Fields whose value only some readers see, with the marking that it has.
    pub withheld: Vec<(String, Marking)>,
    /// [`ENVELOPE`], empty where nothing is said.
    pub envelope: [String; ENVELOPE.len()],
    /// What else of the envelope a model names, by field; without empty ones.
    pub more: BTreeMap<String, String>,
    /// How confidential it is.
    pub marking: Marking,
    /// Whether it counts.
    pub status: Status,
    /// Where an import found it: the same place in a later edition of the same sheet corrects it.
    pub origin: String,
    /// When somebody last checked it against its source.
    pub verified_at: String,
}

impl Draft {
    /// A draft that says nothing yet, marked as its kind is by default.
    pub fn new(model: &Model, kind: &str) -> Draft {
        let marking = model.kind(kind).map_or(Marking::Public, |k| k.marking);
        Draft { kind: kind.to_owned(), marking, ..Draft::default() }
    }

    /// What a field of the envelope says, of those with texts; empty where it says nothing.
    pub fn envelope(&self, name: &str) -> &str {
        match ENVELOPE.iter().position(|n| *n == name) {
            Some(at) => &self.envelope[at],
            None if name == VERIFIED => &self.verified_at,
            None => self.more.get(name).map_or("", String::as_str),
        }
    }

    /// Sets a field of the envelope that holds text. Whether there is such a field, and whether this is a value of it, is
    /// checked when the statement is appended.
    pub fn set_envelope(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        match ENVELOPE.iter().position(|n| *n == name) {
            Some(at) => self.envelope[at] = value,
            None if name == VERIFIED => self.verified_at = value,
            None if value.is_empty() => drop(self.more.remove(name)),
            None => drop(self.more.insert(name.to_owned(), value)),
        }
    }

    /// True where both say the same of the same record: whatever else differs is how they came to be.
    pub fn says_the_same(&self, other: &Draft) -> bool {
        self.content() == other.content()
    }

    fn content(&self) -> impl PartialEq + '_ {
        let mut fields: Vec<(&String, &Value)> = self.fields.iter().collect();
        fields.sort_by_key(|(name, _)| *name);
        (&self.kind, fields, &self.envelope, &self.more, self.marking, self.status, self.withdrawn, &self.withheld)
    }
}

/// A statement as it is recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Its place in the chain, from 1.
    pub seq: i64,
    /// UUID, version 7.
    pub id: String,
    /// The entry it was recorded with: all that was recorded at once.
    pub entry: String,
    /// What was done: entered, imported from a file, merged, undone.
    pub act: String,
    /// Who.
    pub author: String,
    /// When (UTC).
    pub recorded_at: String,
    /// What it says. Its `supersedes` has one identifier at most.
    pub draft: Draft,
    /// Hash of the statement before it; empty for the first.
    pub prev_hash: String,
    /// SHA-256 of all of the above.
    pub hash: String,
}

impl Statement {
    /// The hash that it must have: SHA-256 over a JSON array of the previous hash and every column in table order.
    pub fn computed_hash(&self) -> String {
        let d = &self.draft;
        let mut content = serde_json::json!([
            self.prev_hash,
            self.seq,
            self.id,
            self.entry,
            self.act,
            d.origin,
            d.kind,
            d.record,
            d.supersedes,
            d.withdrawn,
            d.fields,
            withheld_json(&d.withheld),
            d.envelope,
            d.marking.level(),
            d.status.code(),
            self.author,
            self.recorded_at,
            d.verified_at,
        ]);
        if let (false, Some(content)) = (d.more.is_empty(), content.as_array_mut()) {
            content.push(serde_json::json!(d.more));
        }
        hexadecimal(&Sha256::digest(content.to_string()))
    }
}

/// Bytes as hashes are written.
pub fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|b| [DIGITS[usize::from(b >> 4)] as char, DIGITS[usize::from(b & 15)] as char]).collect()
}

/// What the column `withheld` holds: an object from field to level.
pub(crate) fn withheld_json(withheld: &[(String, Marking)]) -> Value {
    Value::Object(withheld.iter().map(|(field, marking)| (field.clone(), marking.level().into())).collect())
}

/// Reads the column `withheld`; a level that does not exist counts as the highest.
pub(crate) fn read_withheld(text: Option<&str>) -> Vec<(String, Marking)> {
    let object = text.and_then(|t| serde_json::from_str::<Map<String, Value>>(t).ok()).unwrap_or_default();
    let level = |v: &Value| v.as_u64().and_then(|n| Marking::ALL.get(n as usize)).copied();
    object.iter().map(|(field, v)| (field.clone(), level(v).unwrap_or(Marking::StrictlyConfidential))).collect()
}
