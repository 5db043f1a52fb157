//! What stays with the office where something is handed on: which values of which statements, and of which rows of imports. Which these
//! are is worked out by `small_counts`.

use remit_model::Marking;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What is held back of what a reader may see.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeldBack {
    /// Fields by statement, and by row of an import.
    pub(crate) rows: BTreeMap<String, BTreeSet<String>>,
    /// Data sets of which a row is among these.
    pub(crate) datasets: BTreeSet<String>,
    /// How many counts that stand.
    pub(crate) counts: usize,
}

impl HeldBack {
    /// How many counts that stand are held back.
    pub fn counts(&self) -> usize {
        self.counts
    }

    /// True where a value of a statement is held back.
    pub fn has(&self, statement: &str) -> bool {
        self.rows.contains_key(statement)
    }

    /// By row, its fields that are held back, each with the highest marking.
    pub(crate) fn markings(&self) -> HashMap<String, Map<String, Value>> {
        let level = Value::from(Marking::StrictlyConfidential.level());
        let of = |fields: &BTreeSet<String>| fields.iter().map(|field| (field.clone(), level.clone())).collect();
        self.rows.iter().map(|(row, fields)| (row.clone(), of(fields))).collect()
    }
}

/// How a row of an import is called among statements, in SQL.
pub(crate) fn row_of_import(kind: &str, id: &str) -> String {
    format!("'{kind} ' || {id}")
}
