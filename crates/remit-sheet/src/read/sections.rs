//! Rows that are headings of the rows below them: “MINISTRIES”, “2. Police”, “الوزارات” alone, above those that belong to it. They are no
//! records; what they say may be a column.

use crate::grid::{CellText, Grid, Merged};
use std::collections::{BTreeSet, HashMap, HashSet};

/// What the column is called in which the headings of rows then stand, where none of the table is for them.
pub(crate) const SECTION: &str = "Section";
/// Bytes of the longest text that is taken for a heading.
const LONGEST: usize = 160;

/// The rows of a sheet of which one cell is shown across most of its columns.
pub(super) fn across(grid: &Grid, columns: usize) -> HashSet<u64> {
    let is_wide = |m: &&Merged| m.rows.0 == m.rows.1 && (m.columns.1 - m.columns.0 + 1) * 2 > columns;
    grid.merged.iter().filter(is_wide).map(|m| m.rows.0).collect()
}

/// The rows that are headings of those below: “1. Police” alone, where a row with more in it follows, and no such row has a number in
/// that column.
pub(super) fn numbered(grid: &Grid, header: usize) -> HashSet<u64> {
    let rows = grid.rows.get(header + 1..).unwrap_or_default();
    let is_full = |cells: &[CellText]| alone(cells).is_none();
    let found = rows.windows(2).filter_map(|pair| {
        let at = alone(&pair[0].1)?;
        (is_numbered(&pair[0].1[at]) && is_full(&pair[1].1)).then_some((pair[0].0, at))
    });
    let has_numbers =
        |at: usize| rows.iter().any(|(_, cells)| is_full(cells) && cells.get(at).is_some_and(|cell| is_numbered(cell)));
    let mut numbered: HashMap<usize, bool> = HashMap::new();
    found.filter(|(_, at)| !*numbered.entry(*at).or_insert_with(|| has_numbers(*at))).map(|(row, _)| row).collect()
}

/// Where the one filled cell of a row stands.
fn alone(cells: &[CellText]) -> Option<usize> {
    let mut filled = cells.iter().enumerate().filter(|(_, c)| !c.is_empty());
    let (at, _) = filled.next()?;
    filled.next().is_none().then_some(at)
}

/// True for what begins with a number as headings have it: “1. Police”, “2.1 Justice”, “IV. Prisons”, “B) Borders”.
fn is_numbered(text: &str) -> bool {
    let Some((mark, rest)) = text.split_once(char::is_whitespace) else { return false };
    let number = mark.trim_matches(|c: char| "().:-–—".contains(c));
    let is_marked = number != mark || number.contains('.');
    let is_roman = number.len() < 5 && number.chars().all(|c| "IVXLC".contains(c));
    let is_letter = number.chars().count() == 1 && number.chars().all(char::is_uppercase);
    let is_number = number.chars().all(|c| c.is_numeric() || c == '.');
    !number.is_empty() && is_marked && (is_number || is_roman || is_letter) && rest.trim_start().starts_with(char::is_alphabetic)
}

/// Headings of rows, below the headings of columns.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Sections {
    /// Their rows, each with the column that its text stands in.
    rows: Vec<(u64, usize)>,
    /// The column of the table that is for them: nothing else stands there.
    column: Option<usize>,
}

impl Sections {
    /// Finds them: a row of one cell with a row of more below it, that is shown across the columns, or numbered, or in capitals as no other is,
    /// or the name of a code, or where the table begins with one and has several. A body of which only the name is known stands
    /// among others.
    pub(crate) fn of(grid: &Grid, header: usize, names_a_code: &dyn Fn(&str) -> bool) -> Sections {
        let columns = grid.rows.get(header).map_or(0, |(_, cells)| cells.iter().filter(|c| !c.is_empty()).count());
        let rows = grid.rows.get(header + 1..).unwrap_or_default();
        let told = &across(grid, columns) | &numbered(grid, header);
        let full: Vec<&[CellText]> = rows.iter().map(|(_, cells)| cells.as_slice()).filter(|c| alone(c).is_none()).collect();
        let candidates = above_others(rows);
        // Full rows of a table of two columns tell nothing of what stands alone.
        if columns < 2 || candidates.is_empty() {
            return Sections::default();
        }
        let begins = rows.first().is_some_and(|(row, _)| candidates.first().is_some_and(|(first, ..)| first == row));
        let all = rows.iter().filter(|(_, cells)| alone(cells).is_some()).count();
        // Names that stand further in belong to a name above them, which is a body too.
        let indented: HashSet<usize> =
            grid.indents.iter().filter(|(.., depth)| *depth > 0).map(|(_, column, _)| *column).collect();
        let is_outline = candidates.iter().any(|(_, at, _)| indented.contains(at));
        let is_usual = begins && !is_outline && candidates.len() > 1 && candidates.len() == all && candidates.len() <= full.len();
        let has_few_in_capitals = |at: usize| {
            let in_column = || full.iter().filter_map(|cells| cells.get(at)).filter(|cell| !cell.is_empty());
            in_column().filter(|cell| is_in_capitals(cell)).count() * 2 < in_column().count().max(1)
        };
        // Looked at once a column.
        let mut few: HashMap<usize, bool> = HashMap::new();
        let mut is_apart = |at: usize, text: &str| {
            let has_words = is_in_capitals(text) && text.split_whitespace().nth(1).is_some();
            has_words && *few.entry(at).or_insert_with(|| has_few_in_capitals(at))
        };
        let is_one =
            |(row, at, text): &&(u64, usize, &str)| told.contains(row) || is_usual || is_apart(*at, text) || names_a_code(text);
        let rows: Vec<(u64, usize)> = candidates.iter().filter(is_one).map(|(row, at, _)| (*row, *at)).collect();
        let places: BTreeSet<usize> = rows.iter().map(|(_, at)| *at).collect();
        let is_free = |at: &usize| full.iter().all(|cells| cells.get(*at).is_none_or(|cell| cell.is_empty()));
        let column = places.first().copied().filter(|at| places.len() == 1 && is_free(at));
        Sections { rows, column }
    }

    /// What the column is called in which they then stand; none where there is no such row.
    pub(crate) fn heading(&self, headings: &[CellText]) -> Option<String> {
        if self.rows.is_empty() {
            return None;
        }
        let own = self.column.and_then(|at| headings.get(at)).filter(|heading| !heading.is_empty());
        let is_taken = headings.iter().any(|heading| *heading == SECTION);
        Some(own.map_or_else(|| if is_taken { format!("↑ {SECTION}") } else { SECTION.to_owned() }, CellText::to_string))
    }

    /// Takes them out of the table, and says of each row below them which one it belongs to, in the column of this heading.
    pub(super) fn take(&self, grid: &mut Grid, header: usize, heading: &str) -> Vec<(u64, Vec<CellText>)> {
        let mut apart = Vec::new();
        let Some((_, headings)) = grid.rows.get_mut(header) else { return apart };
        let own = headings.iter().position(|h| *h == heading);
        let at = own.unwrap_or(headings.len());
        if own.is_none() {
            headings.push(heading.into());
        }
        let rows: HashMap<u64, usize> = self.rows.iter().copied().collect();
        let mut above = CellText::default();
        let mut kept = grid.rows.split_off(header + 1);
        kept.retain_mut(|(row, cells)| match rows.get(row) {
            Some(place) => {
                above.clone_from(&cells[*place]);
                apart.push((*row, std::mem::take(cells)));
                false
            }
            None => {
                cells.resize(cells.len().max(at + 1), CellText::default());
                if cells[at].is_empty() {
                    cells[at].clone_from(&above);
                }
                true
            }
        });
        grid.rows.append(&mut kept);
        apart
    }
}

/// The rows of one cell that stand above a row of more, each with where its cell stands and what it says.
fn above_others(rows: &[(u64, Vec<CellText>)]) -> Vec<(u64, usize, &str)> {
    let mut is_above = false;
    let mut found = Vec::new();
    for (row, cells) in rows.iter().rev() {
        match alone(cells) {
            None => is_above = true,
            Some(at) if is_above && is_words(&cells[at]) => found.push((*row, at, cells[at].as_str())),
            Some(_) => {}
        }
    }
    found.reverse();
    found
}

fn is_words(text: &str) -> bool {
    text.len() <= LONGEST && text.contains(char::is_alphabetic) && !text.contains(['@', '\n'])
}

fn is_in_capitals(text: &str) -> bool {
    text.contains(char::is_uppercase) && !text.contains(char::is_lowercase)
}
