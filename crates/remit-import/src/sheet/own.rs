//! Sheets that Remit wrote: templates that somebody filled, and exports that come back. Their columns have the names of
//! the fields, so they need no mapping.

use super::grid::{Grid, letter};
use super::mapping::{MARKS, Mapping, RecordRule, Rule};
use super::rows::{Reading, Said};
use super::{Finding, SheetJob, known_names};
use crate::error::ImportError;
use remit_model::{Kind, Model};
use remit_store::{ENVELOPE, Register, Workspace};
use std::collections::BTreeMap;

/// What stands in the column `record` of a template's example row.
pub(crate) const EXAMPLE: &str = "(example)";

/// Rows among which the names of the fields are looked for: titles and help may stand above them.
const HEAD: usize = 8;

/// The kind that a table is of, and the row with the names of its fields.
pub(crate) fn kind_of<'m>(model: &'m Model, grid: &Grid) -> Option<(&'m Kind, usize)> {
    let header = grid.rows.iter().take(HEAD).position(|(_, cells)| cells.iter().any(|c| c == "record"))?;
    let headings = &grid.rows[header].1;
    let known = |kind: &Kind| headings.iter().filter(|h| kind.field(h).is_some()).count();
    let named = model.kinds.iter().find(|k| k.name == grid.sheet && known(k) > 0);
    let best = model.kinds.iter().filter(|k| k.part_of.is_none() && k.record.is_none()).max_by_key(|k| known(k));
    // A few fields (name, country, note) are in many kinds: a kind must explain all columns but those of the envelope.
    let explained = |kind: &&Kind| headings.iter().all(|h| h.is_empty() || is_known(kind, h));
    named.or(best.filter(|k| known(k) > 0).filter(explained)).map(|kind| (kind, header))
}

fn is_known(kind: &Kind, heading: &str) -> bool {
    let name_of_reference =
        heading.strip_suffix("_name").is_some_and(|f| kind.field(f).is_some_and(|f| f.record_kind().is_some()));
    heading == "record"
        || name_of_reference
        || kind.field(heading).is_some()
        || ENVELOPE.contains(&heading)
        || MARKS.contains(&heading)
}

/// Reads every table that is of a kind.
pub(crate) fn read(
    workspace: &Workspace,
    register: &Register,
    grids: &[Grid],
    job: &SheetJob,
    file: &str,
) -> Result<Vec<Said>, ImportError> {
    let model = workspace.model();
    let mut all = Vec::new();
    let mut names = known_names(workspace, register, job.clearance)?;
    let (own, passed): (Vec<&Grid>, Vec<&Grid>) = grids.iter().partition(|g| kind_of(model, g).is_some());
    let own: Vec<Grid> = own.into_iter().map(without_apostrophes).collect();
    let mapped: Vec<(&Grid, &Kind, usize, Mapping)> = own
        .iter()
        .filter_map(|grid| kind_of(model, grid).map(|(kind, header)| (grid, kind, header, implicit(kind, &grid.rows[header].1))))
        .collect();
    // A sheet may refer to what is in another one of the same workbook.
    for (grid, _, header, mapping) in &mapped {
        let mut reading = Reading::new(model, mapping, "sheet", job.marking, grid, *header)?;
        reading.names = names;
        reading.learn(grid, *header);
        names = reading.names;
    }
    for (grid, kind, header, mapping) in &mapped {
        let (grid, kind, header) = (*grid, *kind, *header);
        let mut reading = Reading::new(model, mapping, "sheet", job.marking, grid, header)?;
        reading.names = names;
        let (mut said, learned) = reading.read(grid, header);
        names = learned;
        for (at, heading) in grid.rows[header].1.iter().enumerate().filter(|(_, h)| !h.is_empty() && !is_known(kind, h)) {
            let reason = format!("the kind {} has no such field; the column was left out", kind.name);
            let (row, column) = (grid.rows[header].0, format!("{} ({heading})", letter(at)));
            said.findings.push(Finding {
                sheet: grid.sheet.clone(),
                row,
                column,
                value: heading.clone(),
                rule: "column",
                reason,
            });
        }
        all.push(said);
    }
    if all.is_empty() {
        return Err(ImportError::NoKind(file.to_owned()));
    }
    for grid in passed.into_iter().filter(|g| g.rows.len() > 1 && !g.sheet.starts_with('_')) {
        let mut said = Said::default();
        let reason = "the sheet is of no kind: it has no row with the names of fields; it was left out".to_owned();
        said.findings.push(Finding {
            sheet: grid.sheet.clone(),
            row: 1,
            column: String::new(),
            value: String::new(),
            rule: "sheet",
            reason,
        });
        all.push(said);
    }
    Ok(all)
}

/// An export puts an apostrophe before what a spreadsheet would take for a formula.
fn without_apostrophes(grid: &Grid) -> Grid {
    let mut grid = grid.clone();
    for cell in grid.rows.iter_mut().flat_map(|(_, cells)| cells) {
        if let Some(rest) = cell.strip_prefix('\'').filter(|r| r.starts_with(['=', '+', '-', '@', '\''])) {
            *cell = rest.to_owned();
        }
    }
    grid
}

/// The mapping in which every column is the field of its name.
fn implicit(kind: &Kind, headings: &[String]) -> Mapping {
    let column = |name: &String| Rule { column: Some(name.clone()), ..Rule::default() };
    let is_field = |h: &&String| kind.field(h).is_some() || ENVELOPE.contains(&h.as_str()) || MARKS.contains(&h.as_str());
    let fields = headings.iter().filter(is_field).map(|h| (h.clone(), column(h))).collect();
    let record = RecordRule { kind: kind.name.clone(), id: Some("{record}".into()), fields, ..RecordRule::default() };
    let skip = BTreeMap::from([("record".to_owned(), vec![EXAMPLE.to_owned()])]);
    Mapping { record: vec![record], skip, ..Mapping::default() }
}
