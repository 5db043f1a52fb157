//! Rows of sums whose word stands in any column: “Police; Total; 15” below the items of the police, “15; Sous-total”.

use crate::grid::CellText;
use std::collections::HashSet;

/// Rows above one that are added up, and rows for which that is done: more is made to hurt.
const MOST_ABOVE: usize = 5_000;
const MOST_ADDED: usize = 500;

/// A row with its number.
type NumberedRow = (u64, Vec<CellText>);

/// What tells rows of sums.
pub(super) struct SumWords<'w> {
    /// Whether a text is a word for sums and nothing else, or begins with one.
    pub(super) says_sum: &'w dyn Fn(&str) -> Option<bool>,
    /// Whether a text is a value of its column.
    pub(super) is_value: &'w dyn Fn(usize, &str) -> bool,
    /// Whether a row is known for one of sums by its first cell.
    pub(super) is_known: &'w dyn Fn(&[CellText]) -> bool,
    /// The number that a cell says.
    pub(super) number: &'w dyn Fn(&str) -> Option<f64>,
}

impl SumWords<'_> {
    /// The rows with figures and such a word behind their first cell: alone in its cell before a figure, where all other words of the row stand
    /// in the row above too; alone in its row; or in any way where a figure is the sum of those above.
    pub(super) fn rows(&self, rows: &[NumberedRow]) -> HashSet<u64> {
        let (mut sums, mut left) = (HashSet::new(), MOST_ADDED);
        for (n, (row, cells)) in rows.iter().enumerate() {
            let Some((column, is_alone)) = self.word(cells) else { continue };
            let beside = || cells.iter().enumerate().filter(move |(at, cell)| *at != column && !cell.is_empty());
            let figures: Vec<usize> = beside().filter(|(_, cell)| is_figure(cell)).map(|(at, _)| at).collect();
            let above = n.checked_sub(1).map_or(&[][..], |n| rows[n].1.as_slice());
            let Some(last) = figures.last() else { continue };
            let is_known = |(at, cell): (usize, &CellText)| is_figure(cell) || *last > column && above.get(at) == Some(cell);
            // The first row may be one of headings still: “2023; 2024; Total”.
            let mut is_sum = n > 0 && is_alone && beside().all(is_known);
            if !is_sum && left > 0 {
                left -= 1;
                is_sum = figures.iter().any(|at| self.adds_up(rows, n, *at, &sums));
            }
            sums.extend(is_sum.then_some(*row));
        }
        sums
    }

    /// Where the word for sums stands in a row, and whether it stands alone there.
    fn word(&self, cells: &[CellText]) -> Option<(usize, bool)> {
        let filled = cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()).skip(1);
        let mut words = filled.filter_map(|(at, cell)| Some((at, (self.says_sum)(cell)?)));
        words.find(|(at, _)| !(self.is_value)(*at, &cells[*at]))
    }

    /// True where a figure is the sum of those above it, down from the first or from below a row of sums.
    fn adds_up(&self, rows: &[NumberedRow], n: usize, column: usize, sums: &HashSet<u64>) -> bool {
        let figure = |(_, cells): &NumberedRow| cells.get(column).and_then(|cell| (self.number)(cell));
        let Some(wanted) = figure(&rows[n]).filter(|figure| *figure != 0.0) else { return false };
        let (mut sum, mut count) = (0.0, 0);
        let is_it = |sum: f64, count: u32| count > 1 && (sum - wanted).abs() <= wanted.abs() * 1e-9;
        for row in rows[..n].iter().rev().take(MOST_ABOVE) {
            if !sums.contains(&row.0) && !(self.is_known)(&row.1) {
                sum += figure(row).unwrap_or(0.0);
                count += u32::from(figure(row).is_some());
            } else if is_it(sum, count) {
                return true;
            }
        }
        n <= MOST_ABOVE && is_it(sum, count)
    }
}

/// True for a figure, also with a currency or a short unit beside it.
fn is_figure(cell: &str) -> bool {
    let begins = cell.starts_with(|c: char| c.is_numeric() || "+-(€$£".contains(c));
    begins && cell.contains(char::is_numeric) && cell.chars().filter(|c| c.is_alphabetic()).count() < 5
}
