//! What a workspace remembers of its exchanges: what was sent to which office last, and with which key an office signs. It stays in
//! this copy (`exchange.toml`): what was sent from here is nothing that others have said.

use crate::ExchangeError;
use crate::parcel::Parcel;
use remit_model::Marking;
use remit_store::{Chain, Cut, StoreError, Workspace};
use serde::{Deserialize, Serialize};

/// The file in the workspace.
pub(crate) const FILE: &str = "exchange.toml";

/// Bytes of it: a line for each office.
const LONGEST: u64 = 4 << 20;

/// All exchanges of a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partners {
    /// The last that was sent to each office.
    #[serde(default)]
    pub sent: Vec<Sent>,
    /// The last that was taken in from each workspace.
    #[serde(default)]
    pub received: Vec<Received>,
}

/// What was sent to an office last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// The office.
    pub office: String,
    /// When.
    pub moment: String,
    statement: i64,
    hash: String,
    /// The highest marking that was sent, as a code.
    pub clearance: String,
    #[serde(default)]
    countries: Vec<String>,
    #[serde(default)]
    kinds: Vec<String>,
}

/// What was taken in from a workspace last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// Name of the workspace.
    pub from: String,
    /// The public key with which it signs.
    pub key: String,
    /// When.
    pub moment: String,
    /// The highest marking of what may be in it, as a code; empty where an older version noted it.
    #[serde(default)]
    pub clearance: String,
}

impl Sent {
    pub(crate) fn new(office: &str, statement: i64, hash: String, cut: &Cut) -> Sent {
        Sent {
            office: office.into(),
            moment: format!("{:.0}", jiff::Timestamp::now()),
            statement,
            hash,
            clearance: cut.clearance.code().into(),
            countries: cut.countries.clone(),
            kinds: cut.kinds.clone(),
        }
    }

    /// True where nothing belongs to `cut` that did not belong to what was sent.
    fn covers(&self, cut: &Cut) -> bool {
        let within = |mine: &[String], theirs: &[String]| {
            mine.is_empty() || (!theirs.is_empty() && theirs.iter().all(|t| mine.contains(t)))
        };
        self.clearance.parse::<Marking>().is_ok_and(|sent| sent >= cut.clearance)
            && within(&self.countries, &cut.countries)
            && within(&self.kinds, &cut.kinds)
    }
}

impl Partners {
    /// What a workspace remembers.
    ///
    /// # Errors
    /// When the file cannot be read, or is wrong.
    pub fn of(workspace: &Workspace) -> Result<Partners, ExchangeError> {
        let file = workspace.folder().join(FILE);
        match remit_files::read(&file, LONGEST).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()) {
            Ok(text) => toml::from_str(&text).map_err(|e| StoreError::Settings { file, message: e.to_string() }.into()),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Partners::default()),
            Err(e) => Err(ExchangeError::File(file, e)),
        }
    }

    /// Keeps it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep(&self, workspace: &Workspace) -> Result<(), ExchangeError> {
        let file = workspace.folder().join(FILE);
        let text = toml::to_string(self).expect("texts and numbers are TOML");
        let text = format!("# What was sent to which office last, and with which key others sign.\n{text}");
        remit_files::write_whole(&file, text.as_bytes()).map_err(|e| ExchangeError::File(file, e))
    }

    /// The place in the chain up to which an office has what belongs to a cut; 0 where it has nothing, or what was sent then is no
    /// longer what stands there.
    pub(crate) fn sent_to(&self, office: &str, cut: &Cut, workspace: &Workspace) -> Result<i64, ExchangeError> {
        let Some(sent) = self.sent.iter().find(|s| s.office == office && s.covers(cut)) else { return Ok(0) };
        let stands = sent.statement > 0 && Chain::open(workspace)?.has_hash(&sent.hash)?;
        Ok(if stands { sent.statement } else { 0 })
    }

    pub(crate) fn sent(&mut self, sent: Sent) {
        self.sent.retain(|s| s.office != sent.office);
        self.sent.push(sent);
    }

    /// The key with which a workspace of this name signed what came from it last.
    pub fn key_of(&self, name: &str) -> Option<&str> {
        self.received.iter().find(|r| r.from == name).map(|r| r.key.as_str())
    }

    /// Remembers what was taken in.
    pub fn took(&mut self, parcel: &Parcel) {
        let received = Received {
            from: parcel.about.name.clone(),
            key: parcel.workspace.clone(),
            moment: format!("{:.0}", jiff::Timestamp::now()),
            clearance: parcel.about.clearance.clone(),
        };
        self.received.retain(|r| r.from != received.from);
        self.received.push(received);
    }
}
