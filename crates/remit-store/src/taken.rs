//! What was taken over from another workspace, or put into one that was cut out.

use crate::{Fault, Recorded, Statement};
use std::collections::{BTreeMap, BTreeSet};

/// What was taken over from another workspace.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Taken {
    /// What was recorded.
    pub recorded: Recorded,
    /// What was not, because this workspace could not record it: with the first thing that is wrong with it.
    pub refused: Vec<(Statement, Fault)>,
    /// How many were recorded of each kind.
    pub kinds: BTreeMap<String, u64>,
    /// The first of them, to be looked at before they are recorded.
    pub first: Vec<Statement>,
    /// Statements that are in conflict with something else, as the view `conflict` lists them.
    pub conflicts: u64,
    /// The first of these.
    pub conflicting: Vec<Statement>,
    /// Statements that take the place of what was said in this workspace itself, and stood until then.
    pub replaced: u64,
    /// The first of these: what was said here, and what takes its place.
    pub replacing: Vec<(Statement, Statement)>,
    /// Statements that are above the clearance, or were replaced by such, and were left where they are.
    pub left: u64,
    /// Statements that were left where they are, as a count of few people in them is held back.
    pub held_back: u64,
    /// Statements that were left where they are, as they say something in a field that was marked above the clearance only since: how many,
    /// by kind and field.
    pub marked_since: BTreeMap<String, u64>,
    /// Statements here of which values are redacted, as was ordered there.
    pub carried_out: u64,
    /// Statements that came without what they say of a record that was erased here.
    pub erased: u64,
    /// Records, as kind and identifier, that were made one with a record that was erased here or there: they stand without what was said of that.
    pub made_one: BTreeSet<(String, String)>,
    /// Records that were made one with another, here or there, and of which something is said again of that one: kind, record, and the other.
    pub became_one: BTreeSet<(String, String, String)>,
    /// Imports here that are taken away, as was ordered there: documents that were read, by their records, with all that was read of them.
    pub imports_erased: BTreeSet<String>,
    /// Kept files of such documents that could not be removed.
    pub files_left: Vec<String>,
    /// Statements of which single values are above the clearance, and were left where they are.
    pub redacted: u64,
    /// Data sets of which the files are imported there and not here.
    pub behind: Vec<String>,
}

impl Taken {
    /// True where something here is lost for good by it.
    pub fn loses(&self) -> bool {
        self.carried_out > 0 || !self.imports_erased.is_empty()
    }
}

/// A statement that both workspaces have under one identifier, with another content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("statement {id} (record {record}) has another content there than here; nothing was taken")]
pub struct Conflicting {
    /// Its identifier.
    pub id: String,
    /// Its record there.
    pub record: String,
}
