//! Tables of a PDF: rows whose cells stand below each other, each cell in the column below whose head it stands.

use crate::layout::remove_furniture;
use crate::line::{Line, LineSort, TableCell};

/// A table of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentTable {
    /// The page on which it begins, from 1.
    pub page: u32,
    /// Its rows, with as many cells each as it has columns.
    pub rows: Vec<Vec<String>>,
}

impl TableCell {
    fn of(line: &Line) -> TableCell {
        TableCell { left: line.left, right: line.right, text: line.text.clone() }
    }

    /// How much of it stands below another.
    fn below(&self, other: &TableCell) -> f32 {
        self.right.min(other.right) - self.left.max(other.left)
    }
}

/// The tables in lines, in reading order.
pub(crate) fn tables(mut lines: Vec<Line>) -> Vec<DocumentTable> {
    remove_furniture(&mut lines);
    let mut open: Vec<(u32, Vec<Vec<TableCell>>)> = Vec::new();
    let mut goes_on = false;
    for (n, line) in lines.iter().enumerate() {
        match (line.sort, open.last_mut().filter(|_| goes_on)) {
            (LineSort::Row, Some((_, rows))) => rows.push(line.cells.clone()),
            (LineSort::Row, None) => open.push((line.page, vec![line.cells.clone()])),
            // The heading of a section stands alone between two rows, where the first column begins.
            (_, Some((_, rows))) if lines.get(n + 1).is_some_and(|next| next.sort == LineSort::Row) && begins_as(line, rows) => {
                rows.push(vec![TableCell::of(line)]);
            }
            _ => {
                goes_on = false;
                continue;
            }
        }
        goes_on = true;
    }
    open.into_iter().map(|(page, rows)| DocumentTable { page, rows: in_columns(&rows) }).collect()
}

/// True for a short line that begins where the rows do.
fn begins_as(line: &Line, rows: &[Vec<TableCell>]) -> bool {
    let left = rows.iter().filter_map(|cells| cells.first()).map(|c| c.left).fold(f32::MAX, f32::min);
    line.text.len() < 120 && (line.left - left).abs() < 0.02
}

/// Puts each cell below the column of which most of it stands; of none, below the nearest.
fn in_columns(rows: &[Vec<TableCell>]) -> Vec<Vec<String>> {
    let mut columns: Vec<TableCell> = rows.iter().max_by_key(|cells| cells.len()).cloned().unwrap_or_default();
    for cell in rows.iter().flatten() {
        let mut over = columns.iter_mut().filter(|c| cell.below(c) > 0.0);
        if let (Some(column), None) = (over.next(), over.next()) {
            (column.left, column.right) = (column.left.min(cell.left), column.right.max(cell.right));
        }
    }
    let row = |cells: &Vec<TableCell>| {
        let mut texts = vec![String::new(); columns.len()];
        for cell in cells {
            // Below none, what is lacking tells which is the nearest.
            let at = (0..columns.len()).max_by(|a, b| cell.below(&columns[*a]).total_cmp(&cell.below(&columns[*b])));
            let Some(text) = at.map(|at| &mut texts[at]) else { continue };
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&cell.text);
        }
        texts
    };
    rows.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[(f32, f32, &str)]) -> Line {
        let cells = cells.iter().map(|(left, right, text)| TableCell { left: *left, right: *right, text: (*text).to_owned() });
        Line { sort: LineSort::Row, page: 1, cells: cells.collect(), ..Line::default() }
    }

    #[test]
    fn each_cell_stands_below_its_heading_also_where_others_are_empty() {
        let lines = vec![
            Line { text: "Made-up text".into(), page: 1, ..Line::default() },
            row(&[(0.1, 0.2, "Project"), (0.4, 0.5, "Donor"), (0.7, 0.8, "Budget")]),
            row(&[(0.1, 0.3, "Made-up courts"), (0.72, 0.79, "75")]),
            Line { text: "Justice".into(), left: 0.1, right: 0.2, page: 1, ..Line::default() },
            row(&[(0.1, 0.3, "Made-up police"), (0.4, 0.55, "Made-up Agency")]),
            Line { text: "More made-up text".into(), page: 1, ..Line::default() },
        ];
        let found = tables(lines);
        let expected = [
            ["Project", "Donor", "Budget"],
            ["Made-up courts", "", "75"],
            ["Justice", "", ""],
            ["Made-up police", "Made-up Agency", ""],
        ];
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].rows, expected);
    }
}
