//! Sheets that Remit wrote: templates that somebody filled, and exports that come back. Their columns have the names of
//! the fields, so they need no mapping.

use super::mapping::{Mapping, RecordRule, Rule};
use super::names::{add_published, known_names};
use super::outcome::{Finding, NATIVE, SheetJob};
use super::rows::{KnownToRows, SheetContent, SheetReading};
use super::shape::{Marks, Passed, filled, passed};
use crate::codes::meant_in_column;
use crate::export::{WORDS, has_words};
use crate::grid::{CellText, Grid, HEAD, letter};
use crate::values::ValueWords;
use crate::{SheetError, unshield};
use remit_model::{FieldType, Kind, Model, STATEMENT};
use remit_store::{Chain, EXAMPLE, STATUS_FOR_SHORT, STATUS_OF_STATEMENT, Workspace, status_said};
use std::collections::{BTreeMap, HashSet};

/// The kinds that a table can be of, and the row with the names of its fields: one, where its name or columns tell.
/// `file` is the name of the file without its ending, for a table that has no name of its own.
pub(crate) fn kinds_of<'m>(model: &'m Model, grid: &Grid, file: &str) -> Option<(Vec<&'m Kind>, usize)> {
    let header = header_of(grid)?;
    let headings = &grid.rows[header].1;
    if let Some(kind) = called(model, grid, headings, file) {
        return Some((vec![kind], header));
    }
    let mut fit = explaining(model, headings);
    // Of several, those are meant of which it has every column that a record must fill in.
    let is_there = |field: &str| headings.iter().any(|h| h.strip_suffix("_name").unwrap_or(h) == field || h == field);
    let filled = |k: &&Kind| k.fields.iter().filter(|f| f.required).all(|f| is_there(&f.name));
    if fit.iter().any(filled) {
        fit.retain(filled);
    }
    if fit.is_empty() { None } else { Some((fit, header)) }
}

/// The row with the names of the fields.
fn header_of(grid: &Grid) -> Option<usize> {
    grid.rows.iter().take(HEAD).position(|(_, cells)| cells.iter().any(|c| c == "record"))
}

/// The kind that the table is named after, where a column of it is a field of that kind, or no column is a field of any.
fn called<'m>(model: &'m Model, grid: &Grid, headings: &[CellText], file: &str) -> Option<&'m Kind> {
    let name = if grid.sheet.is_empty() { file } else { grid.sheet.as_str() };
    let says_nothing = |k: &Kind| grid.sheet == k.name && headings.iter().all(|h| h.is_empty() || is_known(model, k, h));
    let kinds = model.register_kinds().filter(|k| headings.iter().any(|h| k.field(h).is_some()) || says_nothing(k));
    kinds.filter(|k| is_called(name, &k.name)).max_by_key(|k| k.name.len())
}

/// The kinds that explain all columns but those of the envelope: a few fields (name, country, note) are in many kinds.
fn explaining<'m>(model: &'m Model, headings: &[CellText]) -> Vec<&'m Kind> {
    let kinds = model.register_kinds().filter(|k| headings.iter().any(|h| k.field(h).is_some()));
    kinds.filter(|k| headings.iter().all(|h| h.is_empty() || is_known(model, k, h) || says_in_words(k, headings, h))).collect()
}

/// Rows of a table that are looked up, to tell of which kind their records are.
const LOOKED_UP: usize = 500;

/// Of several kinds that a table could be of by its columns, those of which its records are on file: who says more of a record names it, and
/// need not fill in again what one must have.
fn on_file<'m>(model: &'m Model, chain: &Chain, grid: &Grid, header: usize, file: &str) -> Result<Vec<&'m Kind>, SheetError> {
    let headings = &grid.rows[header].1;
    let fit = explaining(model, headings);
    let Some(at) = headings.iter().position(|h| h == "record") else { return Ok(Vec::new()) };
    if fit.len() < 2 || called(model, grid, headings, file).is_some() {
        return Ok(Vec::new());
    }
    let rows = grid.rows.iter().skip(header + 1).take(LOOKED_UP);
    let records: Vec<&CellText> = rows.filter_map(|(_, cells)| cells.get(at)).filter(|cell| !cell.is_empty()).collect();
    let mut found = Vec::new();
    for kind in fit {
        for record in &records {
            if chain.has(&kind.name, record)? {
                found.push(kind);
                break;
            }
        }
    }
    Ok(found)
}

/// True where a name is that of a kind, or begins with it: `actor`, `actors`, `actor-so`.
fn is_called(name: &str, kind: &str) -> bool {
    let rest = name.to_lowercase().strip_prefix(kind).map(|r| r.strip_prefix('s').unwrap_or(r).to_owned());
    rest.is_some_and(|r| !r.starts_with(char::is_alphanumeric))
}

fn is_known(model: &Model, kind: &Kind, heading: &str) -> bool {
    let name_of_reference =
        heading.strip_suffix("_name").is_some_and(|f| kind.field(f).is_some_and(|f| f.record_kind().is_some()));
    heading == "record" || name_of_reference || kind.field(heading).is_some() || model.envelope.in_sheets(heading)
}

/// True for the column of an export that says in words what the column of a field beside it says in codes.
fn says_in_words(kind: &Kind, headings: &[CellText], heading: &str) -> bool {
    let field = heading.strip_suffix(WORDS).and_then(|name| kind.field(name)).filter(|f| has_words(kind, f));
    field.is_some_and(|f| headings.iter().any(|h| h.as_str() == f.name))
}

/// A table of a kind, with the row of its headings.
struct KindTable<'m> {
    grid: Grid,
    kind: &'m Kind,
    header: usize,
    mapping: Mapping,
    /// Rows of the sheet that are none of the table.
    passed: Vec<Passed>,
}

/// Reads every table that is of a kind.
pub(crate) fn read(
    workspace: &Workspace,
    chain: &Chain,
    grids: &[Grid],
    job: &SheetJob,
    file: &str,
) -> Result<Vec<SheetContent>, SheetError> {
    let model = workspace.model();
    let (words, marks) = (ValueWords::of(model), Marks::new(model));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let (told, passed): (Vec<&Grid>, Vec<&Grid>) = grids.iter().partition(|grid| kinds_of(model, grid, stem).is_some());
    let mut tables: Vec<KindTable<'_>> =
        told.into_iter().map(|grid| table(model, chain, grid, (stem, file), &marks)).collect::<Result<_, _>>()?;
    if job.add_names {
        tables.iter_mut().for_each(|t| t.mapping = std::mem::take(&mut t.mapping).adding(model));
    }
    let cells_filled: u64 = tables.iter_mut().map(|t| filled(&mut t.grid, t.header + 1, &marks)).sum();
    let written: Vec<&Kind> = tables.iter().map(|t| t.kind).collect();
    let mut known = KnownToRows::new(known_names(model, chain, &written, job.clearance)?, HashSet::new()).of(workspace);
    add_published(&mut known.names, chain, &written, job.clearance)?;
    let mut readings = Vec::new();
    for t in &tables {
        let reading = SheetReading::new(model, &t.mapping, NATIVE, job.marking, &words, &t.grid, t.header)?;
        readings.push((reading, &t.grid, t.header));
    }
    known = known.learn(readings);
    known.tell_apart(model, chain, job.clearance, file)?;
    let mut all = Vec::new();
    job.underway.begin_rows(tables.iter().map(|t| t.grid.rows.len().saturating_sub(t.header + 1)).sum());
    for t in &tables {
        let mut reading = SheetReading::new(model, &t.mapping, NATIVE, job.marking, &words, &t.grid, t.header)?;
        reading.known = known;
        reading.underway = Some(&job.underway);
        let (mut said, learned) = reading.read(&t.grid, t.header);
        job.underway.go_on()?;
        known = learned;
        said.findings.extend(unknown_columns(model, t));
        // A template that came back is where people strike out rows and write comments.
        said.findings.extend(Finding::of_marks(&t.grid, t.header));
        said.passed.splice(..0, t.passed.iter().cloned());
        all.push(said);
    }
    let Some(first) = all.first_mut() else { return Err(SheetError::NotNative(file.to_owned())) };
    first.filled += cells_filled;
    for what in grids.iter().flat_map(|g| &g.unused) {
        let reason = format!("{what}: the register has no place for it; it was left out");
        first.unused.push(what.clone());
        first.left.push(Finding { rule: "unused", reason, ..Finding::default() });
    }
    let passed = passed.into_iter().filter(|g| g.rows.len() > 1 && !g.sheet.starts_with('_'));
    all.extend(passed.map(|grid| SheetContent { findings: vec![of_no_kind(grid)], ..SheetContent::default() }));
    Ok(all)
}

/// A table whose kind can be told.
fn table<'m>(
    model: &'m Model,
    chain: &Chain,
    grid: &Grid,
    (stem, file): (&str, &str),
    marks: &Marks<'_>,
) -> Result<KindTable<'m>, SheetError> {
    let (mut kinds, header) = kinds_of(model, grid, stem).ok_or_else(|| SheetError::NotNative(file.to_owned()))?;
    let known = on_file(model, chain, grid, header, stem)?;
    if !known.is_empty() {
        kinds = known;
    }
    let [kind] = kinds[..] else {
        let names: Vec<&str> = kinds.iter().map(|k| k.name.as_str()).collect();
        let name = if grid.sheet.is_empty() { file } else { &grid.sheet };
        return Err(SheetError::SeveralKinds(name.to_owned(), names.join(", ")));
    };
    let mut grid = without_apostrophes(grid);
    let mut mapping = implicit(model, kind, &grid.rows[header].1);
    say_codes(model, kind, &grid, header, &mut mapping);
    take_status_for_short(model, kind, &grid, header, &mut mapping);
    let passed = without_sums(&mut grid, header, &mapping, marks);
    Ok(KindTable { grid, kind, header, mapping, passed })
}

/// Takes out rows of sums, and notes below the table. A row that names its record is one of the table, whatever it is called.
fn without_sums(grid: &mut Grid, header: usize, mapping: &Mapping, marks: &Marks<'_>) -> Vec<Passed> {
    let Some((head, headings)) = grid.rows.get(header).cloned() else { return Vec::new() };
    let record = headings.iter().position(|h| h == "record");
    let sums = marks.sums(&grid.rows[header + 1..], &headings, mapping);
    let (sheet, mut apart) = (grid.sheet.clone(), Vec::new());
    grid.rows.retain(|(row, cells)| {
        let is_new = *row > head && record.and_then(|at| cells.get(at)).is_none_or(|c| c.is_empty());
        let is_sum = || sums.contains(row).then_some("total");
        let why = if is_new { marks.is_none_of_the_table(cells, headings.len()).or_else(is_sum) } else { None };
        apart.extend(why.map(|why| passed(&sheet, *row, cells, why)));
        why.is_none()
    });
    apart
}

/// Columns that the kind does not have.
fn unknown_columns(model: &Model, t: &KindTable<'_>) -> Vec<Finding> {
    let (row, headings) = &t.grid.rows[t.header];
    let taken = t.mapping.columns();
    let has_place = |h: &CellText| {
        h.is_empty()
            || is_known(model, t.kind, h)
            || says_in_words(t.kind, headings, h)
            || taken.iter().any(|column| column.as_str() == h.as_str())
    };
    let unknown = headings.iter().enumerate().filter(|(_, h)| !has_place(h));
    let finding = |(at, heading): (usize, &CellText)| Finding {
        sheet: t.grid.sheet.clone(),
        row: *row,
        column: format!("{} ({heading})", letter(at)),
        value: heading.to_string(),
        rule: "column",
        reason: format!("the kind {} has no such field; the column was left out", t.kind.name),
    };
    unknown.map(finding).collect()
}

fn of_no_kind(grid: &Grid) -> Finding {
    Finding {
        sheet: grid.sheet.clone(),
        row: 1,
        column: String::new(),
        value: String::new(),
        rule: "sheet",
        reason: "the sheet is of no kind: it has no row with the names of fields; it was left out".to_owned(),
    }
}

/// An export puts an apostrophe before what a spreadsheet would take for a formula.
fn without_apostrophes(grid: &Grid) -> Grid {
    let mut grid = grid.clone();
    for cell in grid.rows.iter_mut().flat_map(|(_, cells)| cells) {
        *cell = unshield(cell).into();
    }
    grid
}

/// Says of the texts in columns of codes that are none which code their words mean as a whole: “En cours”, “Partially implemented”. An export
/// comes back as it was.
fn say_codes(model: &Model, kind: &Kind, grid: &Grid, header: usize, mapping: &mut Mapping) {
    let headings = &grid.rows[header].1;
    if headings.iter().any(|h| h == STATEMENT) {
        return;
    }
    for (name, rule) in mapping.record.iter_mut().flat_map(|record| &mut record.fields) {
        let Some(FieldType::Code(list)) = kind.field(name).map(|f| &f.kind) else { continue };
        let Some(at) = headings.iter().position(|h| h.as_str() == name.as_str()) else { continue };
        let cells = grid.rows.iter().skip(header + 1).filter_map(|(_, cells)| cells.get(at)).map(CellText::as_str);
        rule.aliases.extend(meant_in_column(model, list, cells));
    }
}

/// Takes a column `status` for that of the statement, as `remit add` does, where the kind has no field of that name and most of what stands in
/// it is of that: left out, what somebody only proposes would count.
fn take_status_for_short(model: &Model, kind: &Kind, grid: &Grid, header: usize, mapping: &mut Mapping) {
    let headings = &grid.rows[header].1;
    let is_other = kind.field(STATUS_FOR_SHORT).is_some() || headings.iter().any(|h| h.as_str() == STATUS_OF_STATEMENT);
    let Some(at) = headings.iter().position(|h| h.as_str() == STATUS_FOR_SHORT).filter(|_| !is_other) else { return };
    let cells = grid.rows.iter().skip(header + 1).filter_map(|(_, cells)| cells.get(at)).map(CellText::as_str);
    let cells: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
    if cells.iter().filter(|cell| status_said(model, cell).is_ok()).count() * 2 <= cells.len() {
        return;
    }
    for record in &mut mapping.record {
        let rule = Rule { column: Some(STATUS_FOR_SHORT.to_owned()), ..Rule::default() };
        record.fields.insert(STATUS_OF_STATEMENT.to_owned(), rule);
    }
}

/// The mapping in which every column is the field of its name.
fn implicit(model: &Model, kind: &Kind, headings: &[CellText]) -> Mapping {
    let column = |name: &CellText| Rule { column: Some(name.to_string()), ..Rule::default() };
    let is_field = |h: &&CellText| kind.field(h).is_some() || model.envelope.in_sheets(h);
    let fields = headings.iter().filter(is_field).map(|h| (h.to_string(), column(h))).collect();
    let record = RecordRule { kind: kind.name.clone(), id: Some("{record}".into()), fields, ..RecordRule::default() };
    let skip = BTreeMap::from([("record".to_owned(), vec![EXAMPLE.to_owned()])]);
    Mapping { record: vec![record], skip, ..Mapping::default() }
}
