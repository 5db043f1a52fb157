//! Writing the rows of an activity.

use super::cells::CellOrder;
use super::rows::ActivityRow;
use remit_store::{Cell, Import, ROW_ENVELOPE, RowWriter, StoreError, Workspace};

/// Writes an activity with all that belongs to it.
pub(crate) struct ActivityWriter {
    activity: RowWriter,
    transaction: RowWriter,
}

impl ActivityWriter {
    pub(crate) fn new(workspace: &Workspace) -> Result<ActivityWriter, StoreError> {
        Ok(ActivityWriter {
            activity: Import::row_writer(workspace, "activity", &CellOrder::ACTIVITY)?,
            transaction: Import::row_writer(workspace, "transaction", &CellOrder::TRANSACTION)?,
        })
    }

    pub(crate) fn write(&self, import: &mut Import, file: i64, row: &ActivityRow) -> Result<(), StoreError> {
        const NOTHING: [Cell; ROW_ENVELOPE.len()] = [const { Cell::Null }; ROW_ENVELOPE.len()];
        let id = import.record(&self.activity, &row.record, (file, row.line), &NOTHING, &row.cells)?;
        for (n, (line, cells)) in row.transactions.iter().enumerate() {
            import.part(&self.transaction, id, n as i64 + 1, *line, cells)?;
        }
        if !row.facts.is_empty() {
            import.support(id, &row.owner, &row.facts, &row.flows, &row.links)?;
        }
        Ok(())
    }
}
