//! Taking over what another workspace recorded. Nothing is taken on trust: the other side is opened for reading only, with the
//! model of this one, verified first, and refused as a whole where something in it does not hold.

use crate::key;
use crate::signed::SignedEntry;
use crate::{Chain, Fault, Reason, Recorded, Register, Statement, StoreError, Workspace};
use remit_model::{Marking, Misread, Model};
use std::collections::HashMap;

/// What was taken over from another workspace.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// What was recorded.
    pub recorded: Recorded,
    /// What was not, because this workspace could not record it: with the first thing that is wrong with it.
    pub refused: Vec<(Statement, Fault)>,
    /// Statements that replace what something here has replaced already.
    pub conflicts: u64,
    /// Statements that are above the clearance, and were left where they are.
    pub left: u64,
    /// Statements of which single values are above the clearance, and were left where they are.
    pub redacted: u64,
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

impl Register {
    /// Appends what another workspace has and this one lacks, as far as who has this clearance may see it there. Statements keep
    /// their identifiers, their contents, who said them and when. That they replace the same one as ours is a conflict, which
    /// stays until somebody solves it. With `dry_run` nothing is recorded, only counted.
    ///
    /// # Errors
    /// [`StoreError::Untrusted`] where the other does not hold, or says something else under an identifier that is known here.
    pub fn take_from(&mut self, other: &Workspace, author: &str, clearance: Marking, dry_run: bool) -> Result<Taken, StoreError> {
        let name = other.folder().file_name().map_or_else(|| "another workspace".into(), |n| n.to_string_lossy().into_owned());
        let verified = other.verify(false)?;
        if let Some(broken) = verified.broken.first() {
            return Err(StoreError::Untrusted(format!(
                "{name} does not hold: {} {}: {}; nothing was taken",
                broken.what.code(),
                broken.name,
                broken.reason
            )));
        }
        let theirs = Chain::open(other)?;
        let mut entry = self.entry(author, &format!("taken from {name}"))?;
        let mut taken = Taken { recorded: Recorded::default(), refused: Vec::new(), left: 0, redacted: 0, conflicts: 0 };
        let mut entries: HashMap<String, ()> = HashMap::new();
        theirs.each(|mut s| {
            if let Some(ours) = entry.statement(&s.id)? {
                return if ours.says_what(&s) {
                    Ok(())
                } else {
                    let conflicting = Conflicting { id: s.id, record: s.draft.record };
                    Err(StoreError::Untrusted(conflicting.to_string()))
                };
            }
            if s.draft.marking > clearance {
                taken.left += 1;
                return Ok(());
            }
            let above: Vec<String> =
                s.draft.withheld.iter().filter(|(_, m)| *m > clearance).map(|(field, _)| format!("f:{field}")).collect();
            if !above.is_empty() {
                taken.redacted += 1;
                s.made_second_form();
                s.redact(&above);
            }
            if let Some(fault) = s.draft.faults(&entry.model).into_iter().find(|f| !held_words(&entry.model, &s.draft.kind, f)) {
                taken.refused.push((s, fault));
                return Ok(());
            }
            entries.insert(s.said_entry.clone(), ());
            if let Some(before) = s.draft.supersedes.first() {
                taken.conflicts += u64::from(entry.is_replaced(before)?);
            }
            s.taken_from.clone_from(&name);
            s.made_second_form();
            entry.link(s)
        })?;
        for signed in SignedEntry::all(&theirs.db)? {
            if entries.contains_key(&signed.id) && key::signed(&signed.workspace, &signed.message(), &signed.signature) {
                SignedEntry { taken: true, ..signed }.insert(&entry.db)?;
            }
        }
        taken.recorded = if dry_run { entry.so_far() } else { entry.commit()? };
        Ok(taken)
    }
}

/// Whether a fault is that of words where a code is told from words now: an older version kept them there, and they are read still.
fn held_words(model: &Model, kind: &str, fault: &Fault) -> bool {
    let field = model.kind(kind).and_then(|k| k.field(&fault.field));
    matches!(fault.reason, Reason::Misread(Misread::Code { .. })) && field.is_some_and(|f| f.words.is_some())
}
