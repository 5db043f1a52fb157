//! What the headings of a table tell before its rows are read: where each column stands, which are dates, numbers and money, which nobody
//! uses, and which rows are headings themselves.

use super::mapping::{EachColumn, Mapping};
use super::outcome::Finding;
use super::shape::no_column;
use crate::SheetError;
use crate::grid::{CellText, Dropped, Grid, letter};
use remit_model::{Field, FieldType, Model, ModelError, comparable};
use std::collections::{HashMap, HashSet};

/// Where each heading stands, the first where several are the same.
pub(super) fn by_heading(headings: &[CellText]) -> HashMap<String, usize> {
    let mut columns = HashMap::new();
    for (at, heading) in headings.iter().enumerate().filter(|(_, h)| !h.is_empty()) {
        columns.entry(heading.trim_start_matches('\u{FEFF}').to_owned()).or_insert(at);
    }
    columns
}

/// Refuses a mapping that names a column which the table does not have.
pub(super) fn refuse_unknown(
    mapping: &Mapping,
    name: &str,
    row: u64,
    headings: &[CellText],
    columns: &HashMap<String, usize>,
) -> Result<(), SheetError> {
    let Some(wanted) = mapping.columns().into_iter().find(|wanted| !columns.contains_key(wanted)) else { return Ok(()) };
    Err(ModelError::new(name, 0, no_column(row, &wanted, headings)).into())
}

/// The columns of a table that its mapping does not use.
pub(super) struct UnusedColumns {
    /// As spreadsheets call them, with their headings.
    pub(super) columns: Vec<String>,
    /// What stands there and is left out.
    pub(super) left: Vec<Finding>,
}

impl UnusedColumns {
    pub(super) fn of(grid: &Grid, header: usize, mapping: &Mapping) -> UnusedColumns {
        let headings = grid.rows.get(header).map_or(&[][..], |(_, cells)| cells.as_slice());
        let used: HashSet<String> = mapping.columns().into_iter().collect();
        let joined = mapping.joined();
        let made = |h: &str| {
            let of_each = mapping.each.as_ref().is_some_and(|e| e.heading == h || e.made().iter().any(|m| m == h));
            of_each || joined.as_deref() == Some(h) || mapping.sections.as_deref() == Some(h)
        };
        // Of two of one name the first is read.
        let first = by_heading(headings);
        let is_read = |(at, h): (usize, &CellText)| made(h) || used.contains(h.as_str()) && first.get(h.as_str()) == Some(&at);
        let unused = headings.iter().enumerate().filter(|column| !column.1.is_empty() && !is_read(*column));
        let unused: Vec<(usize, &CellText)> = unused.collect();
        let left = unused.iter().filter_map(|(at, heading)| left_column(grid, header, *at, heading));
        let left = left.chain(grid.dropped.iter().filter(|d| d.cells > 0).map(|d| dropped_column(grid, d))).collect();
        let unused = unused.into_iter().map(|(at, heading)| format!("{} ({heading})", letter(grid.place(at))));
        let named = grid.dropped.iter().filter(|d| !d.heading.is_empty());
        let columns = unused.chain(named.map(|d| format!("{} ({})", letter(d.column), d.heading))).collect();
        UnusedColumns { columns, left }
    }
}

/// Columns that were made rows.
pub(super) struct Unfolded {
    /// Where their headings stand now.
    pub(super) heading: usize,
    /// Where each stood before: by what its row is called, and where its cell stands now.
    pub(super) places: HashMap<(String, usize), usize>,
}

impl Unfolded {
    pub(super) fn of(each: &EachColumn, columns: &HashMap<String, usize>) -> Option<Unfolded> {
        let (made, places) = (each.made(), each.places().ok()?);
        let place = |(column, (name, cell)): (&String, (String, usize))| {
            Some(((name, *columns.get(made.get(cell)?)?), *columns.get(column)?))
        };
        let places = each.columns.iter().zip(places).filter_map(place).collect();
        Some(Unfolded { heading: *columns.get(&each.heading)?, places })
    }
}

/// The columns made of several whose amounts are added up, each with those that it is made of.
pub(super) fn added(model: &Model, mapping: &Mapping, columns: &HashMap<String, usize>) -> HashMap<usize, Vec<usize>> {
    let mut added: HashMap<usize, Vec<usize>> = HashMap::new();
    let Some(each) = mapping.each.as_ref().filter(|_| mapping.adds_up(model)) else { return added };
    let (made, places) = (each.made(), each.places().unwrap_or_default());
    for (column, (_, cell)) in each.columns.iter().zip(places) {
        if let (Some(made), Some(at)) = (made.get(cell).and_then(|made| columns.get(made)), columns.get(column)) {
            added.entry(*made).or_default().push(*at);
        }
    }
    added
}

/// The columns that dates and numbers are read from.
pub(super) fn typed_columns(model: &Model, mapping: &Mapping, columns: &HashMap<String, usize>) -> (Vec<usize>, Vec<usize>) {
    let (mut dates, mut numbers) = (Vec::new(), Vec::new());
    for record in &mapping.record {
        let Some(kind) = model.kind(&record.kind) else { continue };
        for (name, rule) in &record.fields {
            let field = kind.field(name).or_else(|| model.envelope.get(name).map(|f| &f.field));
            let column = rule.column.as_ref().and_then(|c| columns.get(c)).copied();
            match (field.map(|f| &f.kind), column) {
                (Some(FieldType::Date), Some(column)) => dates.push(column),
                (Some(FieldType::Integer | FieldType::Number), Some(column)) => numbers.push(column),
                (Some(FieldType::Integer | FieldType::Number), None) => {
                    numbers.extend(rule.columns.iter().filter_map(|c| columns.get(c)));
                }
                _ => {}
            }
        }
    }
    numbers.extend(added(model, mapping, columns).into_values().flatten());
    dates.sort_unstable();
    dates.dedup();
    numbers.sort_unstable();
    numbers.dedup();
    (dates, numbers)
}

/// The columns of the sheet that amounts of money are read from.
pub(super) fn of_money(model: &Model, mapping: &Mapping, columns: &HashMap<String, usize>) -> HashSet<usize> {
    let mut all = HashSet::new();
    for record in &mapping.record {
        let Some(kind) = model.kind(&record.kind) else { continue };
        for (name, rule) in &record.fields {
            let is_money = kind.field(name).is_some_and(Field::is_money);
            for column in rule.column.iter().chain(&rule.columns).filter(|_| is_money) {
                // Columns that were made rows are still there.
                let made = mapping.each.iter().filter(|e| e.made().contains(column)).flat_map(|e| &e.columns);
                all.extend(made.chain([column]).filter_map(|c| columns.get(c)).copied());
            }
        }
    }
    all
}

/// A column that the mapping does not use, with how much stands in it.
fn left_column(grid: &Grid, header: usize, at: usize, heading: &str) -> Option<Finding> {
    let filled =
        grid.rows.iter().skip(header + 1).filter_map(|(row, cells)| Some((*row, cells.get(at).filter(|c| !c.is_empty())?)));
    let mut rows: Vec<u64> = filled.clone().map(|(row, _)| row).collect();
    rows.dedup();
    let ((first, value), last) = (filled.clone().next()?, rows.last()?);
    let reason = format!("{}{}", unused_column(rows.len() as u64, first, *last), meant_as(heading, value));
    let (sheet, column) = (grid.sheet.clone(), format!("{} ({heading})", letter(grid.place(at))));
    let value = some_of(filled.map(|(_, text)| text.as_str()));
    Some(Finding { sheet, row: first, column, value, rule: "unused", reason })
}

/// The first of different texts, as a list.
fn some_of<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    const MOST: usize = 5;
    let mut seen = Vec::new();
    for text in texts {
        if !seen.contains(&text) {
            if seen.len() == MOST {
                seen.push("…");
                break;
            }
            seen.push(text);
        }
    }
    seen.join("; ").chars().take(200).collect()
}

/// The sentence about a column that the mapping does not use.
fn unused_column(cells: u64, first: u64, last: u64) -> String {
    match cells {
        1 => format!("the mapping does not use this column: the cell in row {first} was left out"),
        _ => format!("the mapping does not use this column: {cells} cells in rows {first} to {last} were left out"),
    }
}

/// True for a heading that columns of identifiers have.
pub(crate) fn is_called_identifier(heading: &str) -> bool {
    const CALLED: [&str; 7] = ["record", "id", "identifier", "record id", "identifiant", "identificador", "المعرف"];
    let heading = comparable(heading);
    CALLED.iter().any(|called| comparable(called) == heading)
}

/// What is said besides of a column that is not used and may hold identifiers, or where a place is; one of its values tells.
fn meant_as(heading: &str, value: &str) -> String {
    match () {
        () if is_called_identifier(heading) => {
            format!("; where it holds identifiers of records, write id = \"{{{heading}}}\" below [[record]] in the mapping")
        }
        () if is_position(value) => "; where these are coordinates, give latitude and longitude a column each, in degrees \
                                     (2.05 and 45.32), beside the name of the place"
            .to_owned(),
        () => String::new(),
    }
}

/// True for what says where a place is in one cell: “2.05, 45.32”, “2°02'N 45°20'E”, “38N NJ 12345 67890”.
fn is_position(value: &str) -> bool {
    let numbers: Vec<&str> = value.split([',', ';', ' ']).filter(|part| !part.is_empty()).collect();
    let is_number = |part: &&str| part.contains('.') && part.trim_start_matches('-').parse::<f64>().is_ok_and(|n| n <= 180.0);
    let square: String = value.split_whitespace().collect();
    let letters = square.trim_start_matches(|c: char| c.is_ascii_digit());
    let figures = letters.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let is_square = (1..3).contains(&(square.len() - letters.len()))
        && letters.len() - figures.len() == 3
        && figures.len() > 3
        && figures.chars().all(|c| c.is_ascii_digit());
    value.contains('°') || is_square || numbers.len() == 2 && numbers.iter().all(is_number)
}

/// The same of a column that was not kept.
fn dropped_column(grid: &Grid, dropped: &Dropped) -> Finding {
    let Dropped { column, heading, rows: (first, last), cells, value } = dropped;
    let reason = format!("{}{}", unused_column(*cells, *first, *last), meant_as(heading, value));
    let column = format!("{} ({heading})", letter(*column));
    Finding { sheet: grid.sheet.clone(), row: *first, column, value: value.clone(), rule: "unused", reason }
}
