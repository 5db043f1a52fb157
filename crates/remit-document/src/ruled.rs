//! Tables that are drawn with lines: what stands between the lines is a cell, however many lines of text it has.

use crate::direction::from_the_right;
use crate::layout::{DocumentWords, join};
use crate::line::{Line, LineSort, TableCell};
use crate::page::{CELLS, Letter, SizedPage};
use crate::table::DocumentTable;
use hayro_interpret::kurbo::{BezPath, PathSeg};
use std::collections::{BTreeMap, HashMap};

/// Points by which lines of one table may miss each other.
const NEAR: f64 = 3.0;
/// Points from which on something drawn is a line, and no end of one.
const SHORT: f64 = 5.0;
/// Lines of a page that are looked at; of more, a picture is made.
const MOST: usize = 3_000;
/// Characters from which on what stands in a box is text with paragraphs of its own, and no cell.
pub(crate) const PAGE_OF_TEXT: usize = 2_000;

/// A table that is drawn with lines, and its rows as lines of the page that it stands on.
pub(crate) struct RuledTable {
    pub(crate) table: DocumentTable,
    pub(crate) rows: Vec<Line>,
}

/// A line that goes across or down the page.
#[derive(Debug, Clone, Copy)]
struct DrawnRule {
    at: f64,
    from: f64,
    to: f64,
}

impl DrawnRule {
    /// True where it passes a place.
    fn covers(&self, place: f64) -> bool {
        self.from - NEAR <= place && place <= self.to + NEAR
    }
}

/// The lines that are drawn on a page.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    across: Vec<DrawnRule>,
    down: Vec<DrawnRule>,
}

impl Rules {
    /// Adds the straight lines of something drawn, and the sides of boxes.
    pub(crate) fn add(&mut self, drawn: &BezPath) {
        for side in drawn.segments() {
            let PathSeg::Line(line) = side else { continue };
            let (wide, high) = ((line.p1.x - line.p0.x).abs(), (line.p1.y - line.p0.y).abs());
            if self.across.len() + self.down.len() >= MOST {
                return;
            }
            if wide >= SHORT && high < 1.0 {
                self.across.push(DrawnRule { at: line.p0.y, from: line.p0.x.min(line.p1.x), to: line.p0.x.max(line.p1.x) });
            } else if high >= SHORT && wide < 1.0 {
                self.down.push(DrawnRule { at: line.p0.x, from: line.p0.y.min(line.p1.y), to: line.p0.y.max(line.p1.y) });
            }
        }
    }

    /// The tables that they make of the letters of a page, of which no cell has more characters than `most`, and the letters that
    /// stand in none.
    pub(crate) fn tables(self, page: SizedPage, letters: Vec<Letter>, most: usize) -> (Vec<RuledTable>, Vec<Letter>) {
        let rightward = from_the_right(letters.iter().map(|l| l.text.as_str()));
        let (mut tables, mut rest) = (Vec::new(), letters);
        for lattice in self.lattices() {
            let (inside, outside): (Vec<Letter>, Vec<Letter>) = rest.iter().cloned().partition(|l| lattice.cell_of(l).is_some());
            let found = lattice.table(page, inside, rightward);
            let rows = &found.table.rows;
            // A frame around text, or one line of boxes, is no table.
            let is_table = rows.iter().filter(|row| row.iter().filter(|cell| !cell.is_empty()).count() > 1).count() > 1;
            if is_table && !rows.iter().flatten().any(|cell| cell.chars().count() > most) {
                rest = outside;
                tables.push(found);
            }
        }
        (tables, rest)
    }

    /// Lines that meet, put together.
    fn lattices(self) -> Vec<Lattice> {
        let (mut across, mut down) = (self.across, self.down);
        let mut all = Vec::new();
        while let Some(first) = across.pop() {
            let mut found = Lattice { across: vec![first], ..Lattice::default() };
            let mut last = vec![first];
            // Each line is held only against those that were found last, since a page may have thousands.
            while !last.is_empty() {
                let met = |one: &DrawnRule, others: &[DrawnRule]| others.iter().any(|o| o.covers(one.at) && one.covers(o.at));
                let (new, rest): (Vec<DrawnRule>, Vec<DrawnRule>) = down.into_iter().partition(|rule| met(rule, &last));
                down = rest;
                found.down.extend(&new);
                (last, across) = across.into_iter().partition(|rule| met(rule, &new));
                found.across.extend(&last);
            }
            (found.rows, found.columns) = (places(&found.across), places(&found.down));
            if found.rows.len() > 2 && found.columns.len() > 2 {
                all.push(found);
            }
        }
        all.sort_by(|a, b| a.rows[0].total_cmp(&b.rows[0]));
        all
    }
}

/// Where lines are, each place once, in order.
fn places(rules: &[DrawnRule]) -> Vec<f64> {
    let mut all: Vec<f64> = rules.iter().map(|rule| rule.at).collect();
    all.sort_by(f64::total_cmp);
    all.dedup_by(|next, kept| *next - *kept <= NEAR);
    all
}

/// Lines that meet, and so make cells.
#[derive(Debug, Default)]
struct Lattice {
    across: Vec<DrawnRule>,
    down: Vec<DrawnRule>,
    /// Where rows begin, and the last one ends; the same of columns.
    rows: Vec<f64>,
    columns: Vec<f64>,
}

impl Lattice {
    /// The row and the column of a letter, by the middle of it.
    fn cell_of(&self, letter: &Letter) -> Option<(usize, usize)> {
        let (x, y) = ((letter.at.x + letter.end) / 2.0, letter.at.y - 0.3 * letter.size);
        let between = |places: &[f64], place: f64| places.windows(2).position(|pair| pair[0] <= place && place < pair[1]);
        Some((between(&self.rows, y)?, between(&self.columns, x)?))
    }

    /// The cell that a place belongs to: where no line parts it from the one above, or before, it is one with that.
    fn home(&self, (mut row, mut column): (usize, usize)) -> (usize, usize) {
        let is_drawn =
            |rules: &[DrawnRule], at: f64, place: f64| rules.iter().any(|r| (r.at - at).abs() <= NEAR && r.covers(place));
        let middle = |places: &[f64], at: usize| (places[at] + places[at + 1]) / 2.0;
        while row > 0 && !is_drawn(&self.across, self.rows[row], middle(&self.columns, column)) {
            row -= 1;
        }
        while column > 0 && !is_drawn(&self.down, self.columns[column], middle(&self.rows, row)) {
            column -= 1;
        }
        (row, column)
    }

    /// The table with what stands in its cells.
    fn table(&self, page: SizedPage, letters: Vec<Letter>, rightward: bool) -> RuledTable {
        let mut homes: HashMap<(usize, usize), (usize, usize)> = HashMap::new();
        let mut cells: BTreeMap<(usize, usize), Vec<Letter>> = BTreeMap::new();
        for letter in letters {
            if let Some(at) = self.cell_of(&letter) {
                let home = *homes.entry(at).or_insert_with(|| self.home(at));
                cells.entry(home).or_default().push(letter);
            }
        }
        let mut rows = vec![vec![String::new(); self.columns.len() - 1]; self.rows.len() - 1];
        // The letter of each row that stands highest.
        let mut firsts: Vec<Option<Letter>> = vec![None; rows.len()];
        for ((row, column), letters) in cells {
            for letter in letters.iter().filter(|l| !l.text.trim().is_empty()) {
                if firsts[row].as_ref().is_none_or(|first| letter.at.y < first.at.y) {
                    firsts[row] = Some(letter.clone());
                }
            }
            for line in page.lines(letters) {
                // Words that stand far apart are still in one cell.
                let parts: Vec<&str> = line.cells.iter().map(|cell| cell.text.as_str()).collect();
                let text = if line.sort == LineSort::Row { parts.join(" ") } else { line.text.clone() };
                join(&mut rows[row][column], &text, &DocumentWords::default());
            }
        }
        if rightward {
            rows.iter_mut().for_each(|row| row.reverse());
        }
        let lines = rows.iter().zip(firsts).filter_map(|(row, first)| Some(self.line(page, row, &first?, rightward))).collect();
        rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        RuledTable { table: DocumentTable { page: page.n, rows }, rows: lines }
    }

    /// A row as a line of its page, whose first letter is the one that stands highest.
    fn line(&self, page: SizedPage, row: &[String], first: &Letter, rightward: bool) -> Line {
        let width = f64::from(page.width);
        let place = |x: &f64| (if rightward { width - x } else { *x }) as f32 / page.width;
        let mut places: Vec<f32> = self.columns.iter().map(place).collect();
        places.sort_by(f32::total_cmp);
        let cell = |(text, place): (&String, &[f32])| TableCell { left: place[0], right: place[1], text: text.clone() };
        let cells: Vec<TableCell> = row.iter().zip(places.windows(2)).filter(|(t, _)| !t.is_empty()).map(cell).collect();
        Line {
            text: cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(CELLS),
            page: page.n,
            top: first.at.y as f32 / page.height,
            left: places[0],
            right: places[places.len() - 1],
            size: first.size as f32,
            bold: first.bold,
            sort: LineSort::Row,
            cells,
            ..Line::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hayro_interpret::kurbo::Point;

    const PAGE: SizedPage = SizedPage { n: 1, width: 600.0, height: 800.0 };

    /// A text whose letters are ten points high and five wide.
    fn letters(text: &str, x: f64, y: f64) -> Vec<Letter> {
        let letter = |(n, c): (usize, char)| {
            let at = Point::new(x + 5.0 * n as f64, y);
            Letter { text: c.to_string(), at, end: at.x + 5.0, size: 10.0, bold: false }
        };
        text.chars().enumerate().map(letter).collect()
    }

    /// Lines as boxes one point wide, as browsers print them.
    fn boxed(boxes: &[(f64, f64, f64, f64)]) -> Rules {
        let mut rules = Rules::default();
        for (left, top, right, bottom) in boxes {
            let mut path = BezPath::new();
            path.move_to((*left, *top));
            path.line_to((*right, *top));
            path.line_to((*right, *bottom));
            path.line_to((*left, *bottom));
            path.close_path();
            rules.add(&path);
        }
        rules
    }

    #[test]
    fn what_stands_between_lines_is_one_cell_however_many_lines_it_has() {
        let across = [100.0, 130.0, 180.0, 210.0].map(|y| (50.0, y, 350.0, y + 1.0));
        let down = [50.0, 200.0, 350.0].map(|x| (x, 100.0, x + 1.0, 210.0));
        let drawn = [
            letters("Measure", 60.0, 120.0),
            letters("State", 210.0, 120.0),
            letters("Made-up measure", 60.0, 150.0),
            letters("not", 210.0, 150.0),
            letters("of two lines", 60.0, 165.0),
            letters("begun", 210.0, 165.0),
            letters("Other", 60.0, 200.0),
            letters("done", 210.0, 200.0),
            letters("A note below", 60.0, 300.0),
        ];
        let (tables, rest) = boxed(&[&across[..], &down].concat()).tables(PAGE, drawn.concat(), usize::MAX);
        let expected = [["Measure", "State"], ["Made-up measure of two lines", "not begun"], ["Other", "done"]];
        assert_eq!(tables.len(), 1);
        assert_eq!(tables[0].table.rows, expected);
        assert_eq!(rest.len(), "A note below".len(), "what is beside it is text");
    }

    #[test]
    fn a_cell_over_two_columns_is_one_and_a_frame_around_text_is_no_table() {
        let across = [100.0, 130.0, 160.0, 190.0].map(|y| (50.0, y, 350.0, y + 1.0));
        let down = [(50.0, 100.0, 51.0, 190.0), (200.0, 130.0, 201.0, 190.0), (350.0, 100.0, 351.0, 190.0)];
        let frame = (40.0, 500.0, 400.0, 600.0);
        let drawn = [
            letters("A heading that goes over two of them", 60.0, 120.0),
            letters("a", 60.0, 150.0),
            letters("b", 210.0, 150.0),
            letters("c", 60.0, 180.0),
            letters("d", 210.0, 180.0),
            letters("Framed text", 60.0, 550.0),
        ];
        let (tables, rest) = boxed(&[&across[..], &down, &[frame]].concat()).tables(PAGE, drawn.concat(), usize::MAX);
        assert_eq!(tables.len(), 1);
        assert_eq!(tables[0].table.rows, [["A heading that goes over two of them", ""], ["a", "b"], ["c", "d"]]);
        assert_eq!(rest.len(), "Framed text".len());
    }

    #[test]
    fn rows_stand_in_the_text_where_they_are_drawn() {
        let across = [100.0, 130.0, 180.0].map(|y| (50.0, y, 350.0, y + 1.0));
        let down = [50.0, 200.0, 350.0].map(|x| (x, 100.0, x + 1.0, 180.0));
        let drawn = [
            letters("1. Above the table", 50.0, 60.0),
            letters("2. Below the table", 50.0, 220.0),
            letters("Measure", 60.0, 120.0),
            letters("State", 210.0, 120.0),
            letters("Made-up measure", 60.0, 150.0),
            letters("begun", 210.0, 150.0),
            letters("of two lines", 60.0, 165.0),
        ];
        let rules = || boxed(&[&across[..], &down].concat());
        let (tables, text) = rules().tables(PAGE, drawn.concat(), PAGE_OF_TEXT);
        let lines = PAGE.lines_beside(text, tables.into_iter().map(|table| table.rows));
        let texts: Vec<(&str, LineSort)> = lines.iter().map(|l| (l.text.as_str(), l.sort)).collect();
        let expected = [
            ("1. Above the table", LineSort::Text),
            ("Measure | State", LineSort::Row),
            ("Made-up measure of two lines | begun", LineSort::Row),
            ("2. Below the table", LineSort::Text),
        ];
        assert_eq!(texts, expected);
        let (tables, text) = rules().tables(PAGE, drawn.concat(), 10);
        assert!(tables.is_empty() && text.len() == drawn.concat().len(), "what is longer than a cell is text in a box");
    }
}
