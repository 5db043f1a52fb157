//! A page of letters, put together to lines in the order in which they are read.
//!
//! Letters next to each other are a *piece*. Pieces on one level, drawn one after the other, are a *row*. Rows whose pieces stand
//! below each other are columns of text, which are read one by one, or a table, of which each row is a line of its own.

use crate::direction::{as_read, from_the_right, is_mark, is_rightward, tells_mirrored};
use crate::layout::{DocumentWords, join};
use crate::line::{Line, LineSort, TableCell};
use crate::numbers::{Numbered, numbered};
use crate::tidy;
use hayro_interpret::kurbo::Point;

/// A letter on the page.
#[derive(Debug, Clone)]
pub(crate) struct Letter {
    pub(crate) text: String,
    pub(crate) at: Point,
    pub(crate) end: f64,
    pub(crate) size: f64,
    pub(crate) bold: bool,
}

/// A page, from 1, and its size in points.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SizedPage {
    pub(crate) n: u32,
    pub(crate) width: f32,
    pub(crate) height: f32,
}

/// Letters that stand next to each other, from left to right.
#[derive(Debug, Clone, Default)]
struct LetterPiece {
    letters: Vec<Letter>,
    /// Left end, right end, baseline, size of the first letter.
    left: f64,
    right: f64,
    level: f64,
    size: f64,
}

/// Space between pieces of a line, in sizes of their letters: where a space is drawn, it may be wider in a line that fills a column.
const APART: [f64; 2] = [0.6, 1.1];
/// From which space on, in sizes of its letters, what is drawn right of a line that is read from the right is another column.
const COLUMN: f64 = 3.0;
/// From which space on two pieces of a row have nothing to do with each other.
const FAR: f64 = 12.0;

impl SizedPage {
    /// The lines of the page, from its letters in the order in which they are drawn.
    pub(crate) fn lines(self, letters: Vec<Letter>) -> Vec<Line> {
        self.lines_beside(letters, [])
    }

    /// The same with the rows of tables whose letters are not among them, each table where it stands.
    pub(crate) fn lines_beside(self, letters: Vec<Letter>, tables: impl IntoIterator<Item = Vec<Line>>) -> Vec<Line> {
        let rightward = from_the_right(letters.iter().map(|l| l.text.as_str()));
        let letters = if rightward { from_right_to_left(letters) } else { letters };
        let mut pieces = pieces(letters);
        pieces.iter_mut().for_each(LetterPiece::put_in_place);
        let votes: i32 = pieces.iter().map(|p| tells_mirrored(&p.seen(), rightward)).sum();
        let mut lines: Vec<LineCell> =
            pieces.iter().map(|p| self.cell(p, rightward, votes >= 0)).filter(|c| !c.line.text.is_empty()).collect();
        with_numbers(&mut lines);
        let mut lines = in_order(groups(lines, rightward));
        for rows in tables {
            let at = rows.first().map_or(lines.len(), |first| place_of(first, &lines));
            lines.splice(at..at, rows);
        }
        spaces_above(&mut lines, self.height);
        lines
    }

    fn cell(self, piece: &LetterPiece, rightward: bool, mirrored: bool) -> LineCell {
        let text = as_read(&piece.seen(), rightward, mirrored);
        let count = piece.letters.iter().filter(|l| !l.text.trim().is_empty());
        let (n, bold) = count.fold((0, 0), |(n, bold), l| (n + 1, bold + usize::from(l.bold)));
        let middle = &piece.letters[piece.letters.len() / 2];
        let share = |x: f64, of: f32| (x as f32 / of).clamp(0.0, 1.0);
        let width = f64::from(self.width);
        let (left, right) = if rightward { (width - piece.right, width - piece.left) } else { (piece.left, piece.right) };
        let line = Line {
            text: tidy(&text),
            page: self.n,
            top: share(piece.level, self.height),
            left: share(left, self.width),
            right: share(right, self.width),
            size: middle.size as f32,
            bold: bold * 10 > n * 8,
            ..Line::default()
        };
        LineCell { line, size: piece.size, level: piece.level, left, right }
    }
}

impl LetterPiece {
    fn of(letter: Letter) -> LetterPiece {
        let (left, right, level, size) = (letter.at.x, letter.end, letter.at.y, letter.size);
        LetterPiece { letters: vec![letter], left, right, level, size }
    }

    /// True where a letter stands on the line of this piece, next to it.
    fn is_beside(&self, letter: &Letter) -> bool {
        let size = self.size.max(letter.size);
        let spaced = [self.letters.last(), Some(letter)].into_iter().flatten().any(|l| l.text.trim().is_empty());
        let apart = APART[usize::from(spaced)] * size;
        let near = letter.at.x < self.right + apart && letter.end > self.left - apart;
        near && ((self.level - letter.at.y).abs() < 0.35 * size || self.is_note(letter))
    }

    /// True for the small figure, above the line, of a note.
    fn is_note(&self, letter: &Letter) -> bool {
        let above = self.level - letter.at.y;
        letter.size < 0.85 * self.size
            && (0.1 * self.size..0.7 * self.size).contains(&above)
            && letter.text.chars().all(|c| c.is_ascii_digit())
    }

    fn push(&mut self, mut letter: Letter) {
        if self.is_note(&letter) {
            letter.text = letter.text.chars().map(raised).collect();
        }
        if letter.at.x < self.left && letter.end < self.left + 0.5 * letter.size {
            self.left = letter.at.x;
            self.letters.insert(0, letter);
            return;
        }
        self.right = self.right.max(letter.end);
        self.letters.push(letter);
    }

    /// Puts letters that are read from the right where they stand, whatever was drawn first: a program draws numbers and signs in
    /// its own order. A mark stands behind the letter that it is on.
    fn put_in_place(&mut self) {
        let first = |l: &Letter| l.text.chars().next().unwrap_or(' ');
        if !self.letters.iter().any(|l| is_rightward(first(l))) {
            return;
        }
        let middle = |l: &Letter| (l.at.x + l.end) / 2.0;
        let place = |l: &Letter| {
            let base = self.letters.iter().filter(|b| !is_mark(first(b)) && !b.text.trim().is_empty());
            let on = base.filter(|b| b.at.x - 0.05 * b.size <= middle(l) && middle(l) <= b.end + 0.05 * b.size);
            let on = on.min_by(|a, b| (middle(a) - middle(l)).abs().total_cmp(&(middle(b) - middle(l)).abs()));
            match on.filter(|_| is_mark(first(l))) {
                Some(base) => (middle(base), 0),
                None => (middle(l), 1),
            }
        };
        let mut placed: Vec<((f64, u8), Letter)> = self.letters.iter().map(|l| (place(l), l.clone())).collect();
        placed.sort_by(|a, b| a.0.0.total_cmp(&b.0.0).then(a.0.1.cmp(&b.0.1)));
        self.letters = placed.into_iter().map(|(_, l)| l).collect();
    }

    /// What stands in it, with the spaces that are only left free.
    fn seen(&self) -> Vec<&str> {
        let mut all: Vec<&str> = Vec::with_capacity(self.letters.len() + 8);
        let mut end = f64::MAX;
        for letter in &self.letters {
            let is_space = |t: &str| t.trim().is_empty();
            if letter.at.x - end > 0.17 * letter.size && !is_space(&letter.text) && all.last().is_some_and(|t| !is_space(t)) {
                all.push(" ");
            }
            all.push(&letter.text);
            end = letter.end;
        }
        all
    }
}

/// Letters of a line one after the other from the right, where programs draw numbers, brackets and spaces by themselves. Lines stay
/// in the order in which they are drawn.
fn from_right_to_left(mut letters: Vec<Letter>) -> Vec<Letter> {
    let on_line = |a: &Letter, b: &Letter| (a.at.y - b.at.y).abs() < 0.35 * a.size.max(b.size);
    for line in letters.chunk_by_mut(on_line) {
        for cell in cells_of(line) {
            if line[cell.clone()].iter().any(|l| l.text.chars().any(is_rightward)) {
                line[cell].sort_by(|a, b| (b.at.x + b.end).total_cmp(&(a.at.x + a.end)));
            }
        }
    }
    letters
}

/// The letters of a line, cell by cell: what is read from the right goes on to the left, so that what is drawn far right of all that
/// was drawn before is of the next column of a table.
fn cells_of(line: &[Letter]) -> Vec<std::ops::Range<usize>> {
    let (mut cells, mut begin, mut right) = (Vec::new(), 0, f64::MAX);
    for (at, letter) in line.iter().enumerate() {
        if letter.at.x > right + COLUMN * letter.size {
            cells.push(begin..at);
            begin = at;
        }
        right = if at == begin { letter.end } else { right.max(letter.end) };
    }
    cells.push(begin..line.len());
    cells
}

/// A figure as it is written above the line.
fn raised(figure: char) -> char {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    figure.to_digit(10).map_or(figure, |n| RAISED[n as usize])
}

/// Pieces that are still looked at for what is drawn next.
const RECENT: usize = 6;

fn pieces(letters: Vec<Letter>) -> Vec<LetterPiece> {
    let mut all: Vec<LetterPiece> = Vec::new();
    for letter in letters {
        let from = all.len().saturating_sub(RECENT);
        // A space beyond the end of a line belongs to no other.
        let space = letter.text.trim().is_empty();
        let last = if space { all.len().saturating_sub(1) } else { from };
        match all[last..].iter_mut().rev().find(|p| p.is_beside(&letter)) {
            Some(piece) => piece.push(letter),
            None if !space => all.push(LetterPiece::of(letter)),
            None => {}
        }
    }
    all
}

/// A piece as a line of its own.
#[derive(Debug, Clone, Default)]
struct LineCell {
    line: Line,
    size: f64,
    level: f64,
    /// Where it begins and ends, in points from where reading begins.
    left: f64,
    right: f64,
}

impl LineCell {
    fn is_level_with(&self, other: &LineCell) -> bool {
        (self.level - other.level).abs() < 0.35 * self.size.max(other.size)
    }

    /// True where it begins below another one; where text is read from the right, also where it ends there, as in a cell that nobody
    /// turned round.
    fn is_aligned_with(&self, other: &LineCell, rightward: bool) -> bool {
        let near = |a: f64, b: f64| (a - b).abs() < 0.5 * self.size;
        near(self.left, other.left) || rightward && near(self.right, other.right)
    }

    /// Goes on with what stands beside it.
    fn go_on(&mut self, next: &LineCell) {
        self.line.text.push(' ');
        self.line.text.push_str(&next.line.text);
        (self.right, self.line.right) = (next.right, next.line.right);
        self.line.bold &= next.line.bold;
    }
}

/// Joins the number of a paragraph to what stands beside it.
fn with_numbers(cells: &mut Vec<LineCell>) {
    let mut at = 1;
    while at < cells.len() {
        let (before, next) = (&cells[at - 1], &cells[at]);
        let label = |text: &str| text.len() < 12 && !matches!(numbered(&format!("{text} A")).0, Numbered::None);
        let begins = at < 2 || !cells[at - 2].is_level_with(before);
        if begins && before.is_level_with(next) && label(&before.line.text) && before.left < next.left {
            let next = cells.remove(at);
            cells[at - 1].go_on(&next);
        } else {
            at += 1;
        }
    }
}

/// What stands side by side: cells of one or several lines.
type CellGroup = Vec<Vec<LineCell>>;

/// Cells side by side that begin on one level, drawn one after the other; what stands alone is a group of one. A table whose text is
/// read from the right may have its columns from the left, as a spreadsheet that nobody turned round.
fn groups(cells: Vec<LineCell>, rightward: bool) -> Vec<CellGroup> {
    let mut all: Vec<CellGroup> = Vec::new();
    for cell in cells {
        if let Some(group) = all.last_mut() {
            let (first, last) = (&group[0][0], &group[group.len() - 1]);
            let end = last.iter().map(|c| c.right).fold(0.0, f64::max);
            let begin = group.iter().flatten().map(|c| c.left).fold(f64::MAX, f64::min);
            if cell.is_level_with(first) && (cell.left > end || rightward && cell.right < begin) {
                group.push(vec![cell]);
                continue;
            }
            let above = &last[last.len() - 1];
            let step = (cell.level - above.level) / above.size.max(cell.size);
            let below = (0.5..2.2).contains(&step) && cell.is_aligned_with(&last[0], rightward);
            // Only beside others is it known that the lines of a cell belong together.
            if below && group.len() > 1 {
                let at = group.len() - 1;
                group[at].push(cell);
                continue;
            }
        }
        // The lines of the first cell become one when the second begins on its level.
        let first = first_of_cell(&all, &cell, rightward);
        match first {
            Some(first) => {
                let lines = all.drain(first..).flatten().flatten().collect();
                all.push(vec![lines, vec![cell]]);
            }
            None => all.push(vec![vec![cell]]),
        }
    }
    if rightward {
        all.iter_mut().for_each(|group| group.sort_by(|a, b| a[0].left.total_cmp(&b[0].left)));
    }
    all
}

/// Where the lines begin that are the first cell of the row which `cell` goes on: lines below each other, the first on its level.
fn first_of_cell(all: &[CellGroup], cell: &LineCell, rightward: bool) -> Option<usize> {
    let alone = |group: &CellGroup| (group.len() == 1).then(|| group[0][0].clone());
    let last = alone(all.last()?)?;
    let lines = all.iter().enumerate().rev().map_while(|(n, group)| Some((n, alone(group)?)));
    let beside = |l: &LineCell| l.right < cell.left || rightward && cell.right < l.left;
    let mut lines = lines.take_while(|(_, l)| beside(l) && last.is_aligned_with(l, rightward));
    lines.find(|(_, l)| l.is_level_with(cell) || l.level < cell.level).filter(|(_, l)| l.is_level_with(cell)).map(|(n, _)| n)
}

/// Lines from which on a cell is a column of text.
const LONG: usize = 8;

fn in_order(groups: Vec<CellGroup>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut at = 0;
    while at < groups.len() {
        let end = at + 1 + groups[at..].windows(2).take_while(|w| w.iter().all(|g| g.len() > 1) && alike(&w[0], &w[1])).count();
        let rows = &groups[at..end];
        at = end;
        if rows.len() > 1 && !rows.iter().any(|g| g.iter().any(|c| c.len() >= LONG)) {
            if are_columns(rows) {
                for column in 0..2 {
                    lines.extend(rows.iter().filter_map(|g| g.get(column)).flatten().map(|c| c.line.clone()));
                }
            } else {
                lines.extend(rows.iter().map(row));
            }
            continue;
        }
        for group in rows {
            lines.extend(side_by_side(group));
        }
    }
    lines
}

/// True where the cells of two rows stand below each other: each has one above it at most, and two have one.
fn alike(a: &CellGroup, b: &CellGroup) -> bool {
    let extent = |cells: &Vec<LineCell>| (cells[0].left, cells.iter().map(|c| c.right).fold(0.0, f64::max));
    let [a, b]: [Vec<(f64, f64)>; 2] = [a, b].map(|g| g.iter().map(extent).collect());
    let over = |(left, right): &(f64, f64), others: &[(f64, f64)]| others.iter().filter(|o| o.0 < *right && *left < o.1).count();
    let most_one = |some: &[(f64, f64)], others: &[(f64, f64)]| some.iter().all(|x| over(x, others) <= 1);
    most_one(&a, &b) && most_one(&b, &a) && b.iter().filter(|x| over(x, &a) == 1).count() >= 2
}

/// True for the lines of two columns of text, drawn side by side: long lines, many of them.
fn are_columns(rows: &[CellGroup]) -> bool {
    let long = |c: &Vec<LineCell>| c.len() == 1 && c[0].line.text.len() >= 25 && c[0].line.right - c[0].line.left > 0.2;
    rows.len() >= 6
        && rows.iter().all(|g| g.len() == 2)
        && rows.iter().filter(|g| g.iter().all(long)).count() * 4 > rows.len() * 3
}

/// A row of a table as one line.
fn row(group: &CellGroup) -> Line {
    let cell = |cells: &Vec<LineCell>| {
        let mut text = String::new();
        cells.iter().for_each(|c| join(&mut text, &c.line.text, &DocumentWords::default()));
        text
    };
    let first = &group[0][0].line;
    let right = group.iter().flatten().map(|c| c.line.right).fold(0.0, f32::max);
    let text = group.iter().map(cell).collect::<Vec<_>>().join(CELLS);
    let placed = |lines: &Vec<LineCell>| TableCell {
        left: lines.iter().map(|c| c.line.left).fold(f32::MAX, f32::min),
        right: lines.iter().map(|c| c.line.right).fold(0.0, f32::max),
        text: cell(lines),
    };
    let cells = group.iter().map(placed).collect();
    Line { text, right, cells, sort: LineSort::Row, bold: group.iter().flatten().all(|c| c.line.bold), ..first.clone() }
}

/// Where a table stands among lines in the order of reading: behind the last one above it, where that is in its column, else before the
/// first one below it.
fn place_of(first: &Line, lines: &[Line]) -> usize {
    let beside = |l: &Line| l.left < first.right && first.left < l.right;
    let above = lines.iter().rposition(|l| beside(l) && l.top < first.top).map(|at| at + 1);
    above.or_else(|| lines.iter().position(|l| l.top >= first.top)).unwrap_or(lines.len())
}

/// What stands between the cells of a row.
pub(crate) const CELLS: &str = " | ";

/// What stands side by side and is no table: one line where the pieces are near, else one after the other.
fn side_by_side(group: &CellGroup) -> Vec<Line> {
    let mut cells: Vec<LineCell> = Vec::new();
    for cell in group.iter().flatten() {
        let near = |before: &&mut LineCell| {
            group.iter().all(|c| c.len() == 1) && cell.left - before.right < FAR * cell.size.max(before.size)
        };
        match cells.last_mut().filter(near) {
            Some(before) => before.go_on(cell),
            None => cells.push(cell.clone()),
        }
    }
    cells.into_iter().map(|c| c.line).collect()
}

/// Notes how much more than usual each line is away from the one above it.
fn spaces_above(lines: &mut [Line], height: f32) {
    let steps: Vec<f32> = lines.windows(2).map(|w| (w[1].top - w[0].top) * height).collect();
    let mut usual: Vec<f32> =
        lines.windows(2).zip(&steps).filter(|(w, s)| **s > 0.5 * w[1].size && **s < 2.2 * w[1].size).map(|(_, s)| *s).collect();
    usual.sort_by(f32::total_cmp);
    let mut sizes: Vec<f32> = lines.iter().map(|l| l.size).collect();
    sizes.sort_by(f32::total_cmp);
    // On a page of short paragraphs most lines are the first of one.
    let most = sizes.get(sizes.len() / 2).map_or(f32::MAX, |size| 1.6 * size);
    let usual = usual.get(usual.len() / 4).copied().unwrap_or(12.0).min(most);
    for (line, step) in lines.iter_mut().skip(1).zip(steps) {
        // A step upwards begins a new column or box.
        line.gap = if step < -0.5 * line.size { 2.0 } else { ((step - usual) / usual).max(0.0) };
    }
    if let Some(first) = lines.first_mut() {
        first.gap = 1.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters that stand as in `drawn`, from left to right, each a point wide, but are drawn in another order.
    fn letters(drawn: &str, order: impl Fn(usize) -> usize) -> Vec<Letter> {
        let mut all: Vec<(usize, Letter)> = drawn
            .chars()
            .enumerate()
            .map(|(n, c)| {
                let x = 100.0 + 6.0 * n as f64;
                let letter = Letter { text: c.to_string(), at: Point::new(x, 50.0), end: x + 6.0, size: 12.0, bold: false };
                (order(n), letter)
            })
            .collect();
        all.sort_by_key(|(n, _)| *n);
        all.into_iter().map(|(_, l)| l).collect()
    }

    /// Letters of texts, each drawn from the right, whose right end and level are given.
    fn cells(drawn: &[(&str, f64, f64)]) -> Vec<Letter> {
        let letters = |(text, right, level): &(&str, f64, f64)| -> Vec<Letter> {
            let at = |n: usize| right - 6.0 * (n + 1) as f64;
            let letter = |(n, c): (usize, char)| Letter {
                text: c.to_string(),
                at: Point::new(at(n), *level),
                end: at(n) + 6.0,
                size: 12.0,
                bold: false,
            };
            text.chars().enumerate().map(letter).collect()
        };
        drawn.iter().flat_map(letters).collect()
    }

    #[test]
    fn a_table_that_nobody_turned_round_is_one() {
        let page = SizedPage { n: 1, width: 600.0, height: 800.0 };
        // Columns from the left, text from the right; the first and the second cell of the last row have two lines.
        let drawn = [
            ("المشروع", 150.0, 100.0),
            ("الداعم", 300.0, 100.0),
            ("المبلغ", 450.0, 100.0),
            ("تدريب", 150.0, 130.0),
            ("وهمي", 150.0, 145.0),
            ("ألمانيا", 300.0, 130.0),
            ("وهمية", 288.0, 145.0),
            ("٥", 450.0, 130.0),
        ];
        let lines = page.lines(cells(&drawn));
        let rows: Vec<Vec<&str>> = lines.iter().map(|l| l.cells.iter().map(|c| c.text.as_str()).collect()).collect();
        assert_eq!(rows, [["المبلغ", "الداعم", "المشروع"], ["٥", "ألمانيا وهمية", "تدريب وهمي"]]);
    }

    #[test]
    fn a_line_is_read_as_it_stands_whatever_was_drawn_first() {
        let page = SizedPage { n: 1, width: 600.0, height: 800.0 };
        for (read, drawn) in [
            ("1. يقرر (أ) دعم 60 يوما", "اموي 60 معد (أ) ررقي .1"),
            ("(ب) منذ 31/12/2025، بعثة (UNSMIL)", "(UNSMIL) ةثعب ،31/12/2025 ذنم (ب)"),
            ("1. שוטרים (א) 60 ימים", "םימי 60 (א) םירטוש .1"),
        ] {
            let width = drawn.chars().count();
            // From the left, from the right, the signs and digits before the letters, and after them.
            let is_letter: Vec<bool> = drawn.chars().map(char::is_alphabetic).collect();
            let before = is_letter.clone();
            let orders: [Box<dyn Fn(usize) -> usize>; 4] = [
                Box::new(|n| n),
                Box::new(move |n| width - n),
                Box::new(move |n| if is_letter[n] { width - n } else { width + n }),
                Box::new(move |n| if before[n] { width + n } else { n }),
            ];
            for order in orders {
                let lines = page.lines(letters(drawn, order));
                assert_eq!(lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join(" "), read, "{drawn}");
            }
        }
    }
}
