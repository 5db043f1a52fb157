//! How confidential a statement is.

use std::fmt;
use std::str::FromStr;

/// Confidentiality, from open to closed. After ST/SGB/2007/6 (unclassified, confidential, strictly confidential),
/// with `internal` for what may circulate in an office but not leave it. A reader with a clearance sees all that is
/// marked at most so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Marking {
    /// May be published.
    #[default]
    Public,
    /// For the office.
    Internal,
    /// Need to know.
    Confidential,
    /// Named persons and due-diligence files.
    StrictlyConfidential,
}

impl Marking {
    /// All markings, from open to closed; the position is the level kept in a workspace.
    pub const ALL: [Marking; 4] = [Marking::Public, Marking::Internal, Marking::Confidential, Marking::StrictlyConfidential];

    /// 0 for public to 3 for strictly confidential.
    pub fn level(self) -> u8 {
        self as u8
    }

    /// The code in `model/codes/marking.csv`.
    pub fn code(self) -> &'static str {
        ["public", "internal", "confidential", "strictly_confidential"][self as usize]
    }
}

impl fmt::Display for Marking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Marking {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = text.to_lowercase().replace([' ', '-'], "_");
        Marking::ALL
            .into_iter()
            .find(|m| m.code() == wanted)
            .ok_or_else(|| format!("`{text}` is not a marking; use public, internal, confidential or strictly_confidential"))
    }
}
