//! A table that is a data set: the same mapping, the same reading, but what comes out goes into a snapshot and not into the
//! register. Nothing is compared and nothing matched twice: the next edition supersedes the whole.

use super::mapping::Mapping;
use super::rows::{KnownToRows, SheetReading};
use super::shape::{Marks, Passed, narrowed, shaped};
use super::{Finding, guessed, known_names, place_of};
use crate::SheetError;
use crate::grid::Grid;
use crate::opening;
use crate::values::ValueWords;
use remit_model::{Kind, Marking, ModelError};
use remit_store::{Chain, Draft, Workspace};
use std::path::Path;

/// What one row of a data set gives.
#[derive(Debug, Default)]
pub struct DataRow {
    /// Row of the table, from 1; 0 for what is not of one row.
    pub row: u64,
    /// Its records, one for each `[[record]]` of the mapping.
    pub records: Vec<Draft>,
    /// What of it could not be used.
    pub findings: Vec<Finding>,
}

/// Reads a data set row by row. Gives the rows that are none of its table or are left out.
///
/// # Errors
/// When the table cannot be read, lacks a column that the mapping names, or `each` fails.
pub fn read_data_set<E: From<SheetError>>(
    workspace: &Workspace,
    file: &Path,
    mapping: &Mapping,
    name: &str,
    mut each: impl FnMut(DataRow) -> Result<(), E>,
) -> Result<Vec<Passed>, E> {
    let model = workspace.model();
    let wrong = |message: String| SheetError::from(ModelError::new(file.display().to_string(), 0, message));
    let (encoding, narrow) = (mapping.encoding.as_deref().unwrap_or_default(), |grid: &Grid| narrowed(grid, mapping));
    let mut grids = opening::wanted(file, "", encoding, model, &narrow)?;
    let grid = grids.swap_remove(place_of(&grids, mapping).map_err(wrong)?);
    let guess = guessed(&grid);
    let table = shaped(grid, mapping, &Marks::new(model)).map_err(wrong)?;
    let words = ValueWords::of(model);
    let mut reading = SheetReading::new(model, mapping, name, Marking::Public, &words, &table.grid, table.header)?;
    reading.known = known(workspace, mapping)?;
    let moved = table.moved.as_ref().map(|row| Finding::of_headings(row, mapping.header));
    for finding in guess.into_iter().chain(moved) {
        each(DataRow { findings: vec![finding], ..DataRow::default() })?;
    }
    for (row, column, reason) in &table.grid.unread {
        reading.unread(*row, *column, reason.clone());
    }
    let width = table.grid.rows.get(table.header).map_or(0, |(_, cells)| cells.len());
    // In a workbook, cells at the end of a row that are empty are not there.
    let is_text = table.grid.sheet.is_empty() && mapping.each.is_none();
    for (at, cells) in table.grid.rows.iter().skip(table.header + 1) {
        if is_text && cells.len() != width {
            let counted = match (cells.len(), width) {
                (1, _) => format!("this row has one cell and the table {width} columns"),
                (cells, 1) => format!("this row has {cells} cells and the table one column"),
                (cells, _) => format!("this row has {cells} cells and the table {width} columns"),
            };
            reading.unread(*at, 0, format!("{counted}; cells that are missing count as empty"));
        }
        reading.read_row(*at, cells);
        let (records, findings) = reading.taken();
        if !records.is_empty() || !findings.is_empty() {
            each(DataRow { row: *at, records, findings })?;
        }
    }
    let findings = reading.counted();
    if !findings.is_empty() {
        each(DataRow { findings, ..DataRow::default() })?;
    }
    let mut passed = table.passed;
    passed.append(&mut reading.said.passed);
    Ok(passed)
}

/// The names of the register, where the data set refers to any.
fn known(workspace: &Workspace, mapping: &Mapping) -> Result<KnownToRows, SheetError> {
    let model = workspace.model();
    let written: Vec<&Kind> = mapping.record.iter().filter_map(|rule| model.kind(&rule.kind)).collect();
    let refers = mapping.record.iter().any(|rule| {
        let kind = model.kind(&rule.kind);
        rule.fields.keys().any(|name| kind.and_then(|k| k.field(name)).is_some_and(|f| f.record_kind().is_some()))
    });
    if !refers {
        return Ok(KnownToRows::default());
    }
    // Whoever has the folder has all of it.
    let names = known_names(model, &Chain::open(workspace)?, &written, Marking::StrictlyConfidential)?;
    Ok(KnownToRows::new(names, Default::default()))
}
