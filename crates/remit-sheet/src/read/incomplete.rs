//! What would make records that lack what a new one needs: it is left out, and told with its row.

use super::outcome::Finding;
use super::spool::Spool;
use crate::SheetError;
use remit_store::{Chain, Draft};
use std::collections::HashSet;

/// A statement of a plan that does not say what the record needs that it is about: by its number, with its sheet.
pub(super) struct Incomplete {
    pub(super) number: usize,
    pub(super) sheet: String,
    /// What the field is called that it lacks.
    pub(super) missing: String,
}

/// A plan without those of them that make records, each of which is given with what it said: neither another row nor the register says of their
/// records what they lack.
pub(super) fn left_out(
    chain: &Chain,
    mut plan: Spool,
    incomplete: Vec<Incomplete>,
) -> Result<(Spool, Vec<(Draft, Finding)>), SheetError> {
    if incomplete.is_empty() {
        return Ok((plan, Vec::new()));
    }
    let doubtful: HashSet<usize> = incomplete.iter().map(|one| one.number).collect();
    let mut complete: HashSet<(String, String)> = HashSet::new();
    for n in (0..plan.len()).filter(|n| !doubtful.contains(n)) {
        let draft = plan.get(n)?.1;
        if chain.makes_whole(&draft) {
            complete.insert((draft.kind, draft.record));
        }
    }
    let (mut left, mut told) = (HashSet::new(), Vec::new());
    for Incomplete { number, sheet, missing } in incomplete {
        let (row, draft) = plan.get(number)?;
        if complete.contains(&(draft.kind.clone(), draft.record.clone())) {
            continue;
        }
        let reason = format!("nothing is on record of this yet, and without “{missing}” it says nothing; the row was left out");
        let finding = Finding { sheet, row, value: draft.record.clone(), rule: "required", reason, ..Finding::default() };
        left.insert(number);
        told.push((draft, finding));
    }
    let mut rest = Spool::default();
    for n in (0..plan.len()).filter(|n| !left.contains(n)) {
        let (row, draft) = plan.get(n)?;
        rest.push(row, &draft);
    }
    Ok((rest, told))
}
