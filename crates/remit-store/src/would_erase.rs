//! What an erasure would take away, before it does.

use crate::reach::{Erasure, affected, drawn_from, imports, one_with};
use crate::{Register, StoreError};
use std::collections::BTreeMap;

/// Of how many statements values go, by kind and identifier of the record; and how many imports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WouldErase {
    /// Statements by record.
    pub records: BTreeMap<(String, String), u64>,
    /// Imports: of a document each reading of it.
    pub imports: usize,
}

impl Register {
    /// What an erasure would take away. Nothing is changed.
    ///
    /// # Errors
    /// [`StoreError::Refused`] where there is nothing to take away.
    pub fn would_erase(&self, erasure: &Erasure) -> Result<WouldErase, StoreError> {
        let records = one_with(self, erasure)?;
        let imports = imports(self, erasure, &records)?;
        let (mut gone, _) = affected(self, erasure, &records, &imports)?;
        drawn_from(self, &imports, &mut gone)?;
        let mut going = WouldErase { records: BTreeMap::new(), imports: imports.len() };
        for (s, _) in gone.into_values() {
            *going.records.entry((s.draft.kind, s.draft.record)).or_default() += 1;
        }
        Ok(going)
    }
}
