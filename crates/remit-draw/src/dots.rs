//! Dots: several values for each of several things, on one line each, so that differences show.

use crate::about::{AboutPicture, Setting, Value};
use crate::bars::{BarColumns, value_axis};
use crate::canvas::{Canvas, Key, Sign, Type};
use crate::number::Decimals;
use crate::paint::Paint;
use crate::rows::{DrawnCell, DrawnTable};
use crate::scale::Scale;
use crate::{Picture, PictureWords, text};

/// A dot plot.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dots {
    /// What stands around it.
    pub about: AboutPicture,
    /// What the rows are: the head of their column in the table.
    pub head: String,
    /// What the dots are; six at most can be told apart.
    pub marks: Vec<String>,
    /// The rows.
    pub items: Vec<DotRow>,
    /// True where the axis starts at zero.
    pub from_zero: bool,
}

/// A row of dots.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DotRow {
    /// What it is.
    pub label: String,
    /// A value a mark.
    pub values: Vec<DotEstimate>,
    /// Where it leads.
    pub link: Option<String>,
}

/// A value with the interval in which it lies.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct DotEstimate {
    /// The value.
    pub value: Value,
    /// Lower and upper end of the interval.
    pub interval: Option<(f64, f64)>,
}

impl DotEstimate {
    /// The interval in order, where both ends are numbers.
    pub(crate) fn range(&self) -> Option<(f64, f64)> {
        let (a, b) = self.interval.filter(|(a, b)| a.is_finite() && b.is_finite())?;
        Some((a.min(b), a.max(b)))
    }

    /// The value and its interval in words.
    pub(crate) fn says(&self, form: Decimals, words: &PictureWords) -> String {
        let Some(n) = self.value.known() else { return self.value.reason(words).to_owned() };
        match self.range() {
            Some((a, b)) => format!("{} ({}–{})", form.full(n, words), form.full(a, words), form.full(b, words)),
            None => form.full(n, words),
        }
    }

    /// Every number of it.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = f64> {
        let known = self.value.known();
        known.into_iter().chain(known.and(self.range()).into_iter().flat_map(|(a, b)| [a, b]))
    }
}

impl<V: Into<Value>> From<V> for DotEstimate {
    fn from(value: V) -> DotEstimate {
        DotEstimate { value: value.into(), interval: None }
    }
}

impl Dots {
    fn numbers(&self) -> impl Iterator<Item = f64> {
        self.items.iter().flat_map(|r| r.values.iter().take(self.marks.len())).flat_map(DotEstimate::numbers)
    }

    fn estimate(row: &DotRow, n: usize) -> DotEstimate {
        row.values.get(n).copied().unwrap_or_default()
    }

    /// The marks of a row that have no number.
    fn missing(&self, row: &DotRow) -> Vec<usize> {
        (0..self.marks.len()).filter(|n| Dots::estimate(row, *n).value.known().is_none()).collect()
    }
}

impl Picture for Dots {
    fn about(&self) -> &AboutPicture {
        &self.about
    }

    fn svg(&self, setting: &Setting) -> String {
        let mut canvas = Canvas::new(&self.about, setting, "dots", 0.0);
        let key = |(n, words): (usize, &String)| Key { sign: Sign::Mark(n), words: words.clone() };
        canvas.key(&self.marks.iter().enumerate().map(key).collect::<Vec<_>>());
        let columns = BarColumns::new(&canvas, self.items.iter().map(|r| r.label.as_str()), canvas.size * 1.9);
        let form = Decimals::of(self.numbers());
        // What is not reported has a column of its own behind the plot: its mark on hatched ground.
        let most = self.items.iter().map(|r| self.missing(r).len()).max().unwrap_or_default();
        let cell = canvas.size * 1.3;
        let heading = if most > 0 { text::wrap(&setting.words.not_reported, canvas.small, 80.0, 2) } else { Vec::new() };
        let headed = heading.iter().map(|l| text::width(l, canvas.small)).fold(0.0, f64::max);
        let beside = if most > 0 { (most as f64 * cell).max(headed) + 14.0 } else { canvas.size };
        let end = (canvas.width - beside).max(columns.plot + 40.0);
        let from = (columns.plot + canvas.size * 0.6).min(end - 20.0);
        let scale = if self.from_zero { Scale::from_zero(self.numbers(), 4) } else { Scale::over(self.numbers(), 4) };
        let scale = scale.between(canvas.x(from), canvas.x(end));
        if !heading.is_empty() {
            let (x, side, style) = (canvas.x(end + 14.0), canvas.ahead(), canvas.soft());
            canvas.lines(x, canvas.y, side, Type { class: "unknown", ..style }, &heading);
            canvas.y += heading.len() as f64 * canvas.line_height(canvas.small) + 4.0;
        }
        let (top, mut y) = (canvas.y, canvas.y);
        value_axis(&mut canvas, &scale, form, top, top + columns.height());
        for (n, row) in self.items.iter().enumerate() {
            let middle = y + columns.heights[n] / 2.0;
            canvas.linked(&row.link, &self.says(row, form, &setting.words), |canvas| {
                columns.write(canvas, n, y);
                self.dots(canvas, row, &scale, middle);
                let missing = self.missing(row);
                if !missing.is_empty() {
                    let x = (canvas.x(end + 14.0), canvas.x(end + 14.0 + missing.len() as f64 * cell));
                    canvas.framed(x, (middle - cell / 2.0, middle + cell / 2.0), Paint::Unknown, Paint::Edge, "unknown");
                }
                for (i, mark) in missing.iter().enumerate() {
                    let x = canvas.x(end + 14.0 + (i as f64 + 0.5) * cell);
                    canvas.mark((x, middle), *mark);
                }
            });
            y += columns.heights[n];
        }
        canvas.y = y + canvas.size * 1.6;
        canvas.finish(&Picture::rows(self, &setting.words).read_out(&setting.words))
    }

    fn rows(&self, words: &PictureWords) -> DrawnTable {
        let form = Decimals::of(self.numbers());
        let mut head = vec![self.head.clone()];
        head.extend(self.marks.iter().cloned());
        let row = |r: &DotRow| {
            let mut row = vec![DrawnCell::linked(&r.label, &r.link)];
            row.extend((0..self.marks.len()).map(|n| {
                let estimate = Dots::estimate(r, n);
                DrawnCell { text: estimate.says(form, words), number: estimate.value.known(), link: None }
            }));
            row
        };
        DrawnTable { head, rows: self.items.iter().map(row).collect() }
    }
}

impl Dots {
    fn says(&self, row: &DotRow, form: Decimals, words: &PictureWords) -> String {
        let one = |(n, mark): (usize, &String)| format!("{mark} {}", Dots::estimate(row, n).says(form, words));
        words.locale.labelled(&row.label, &words.locale.list(&self.marks.iter().enumerate().map(one).collect::<Vec<_>>()))
    }

    /// A line between the least and the most, the intervals, and the marks over them.
    fn dots(&self, canvas: &mut Canvas, row: &DotRow, scale: &Scale, y: f64) {
        let estimates: Vec<(usize, DotEstimate)> =
            (0..self.marks.len()).map(|n| (n, Dots::estimate(row, n))).filter(|(_, e)| e.value.known().is_some()).collect();
        let known: Vec<f64> = estimates.iter().filter_map(|(_, e)| e.value.known()).map(|v| scale.at(v)).collect();
        if known.len() > 1 {
            let (least, most) = known.iter().fold((f64::MAX, f64::MIN), |(a, b), v| (a.min(*v), b.max(*v)));
            canvas.line((least, y), (most, y), Paint::Edge, " stroke-width=\"2\" stroke-opacity=\".5\"");
        }
        for (n, estimate) in &estimates {
            if let Some((a, b)) = estimate.range() {
                whisker(canvas, (scale.at(a), y), (scale.at(b), y), *n);
            }
        }
        // Where two are nearly the same, both must be seen: one stands above the line and one below.
        for (i, ((n, _), x)) in estimates.iter().zip(&known).enumerate() {
            let near = |o: usize| (known[o] - x).abs() < canvas.size * 0.6;
            let off = match (0..known.len()).filter(|o| near(*o)).count() {
                1 => 0.0,
                _ => canvas.size * 0.3 * if (0..i).filter(|o| near(*o)).count() % 2 == 0 { -1.0 } else { 1.0 },
            };
            canvas.mark((*x, y + off), *n);
        }
    }
}

/// An interval: a line with ends across it.
pub(crate) fn whisker(canvas: &mut Canvas, from: (f64, f64), to: (f64, f64), n: usize) {
    let more = " stroke-width=\"1.5\"";
    canvas.line(from, to, Paint::Plain(n), more);
    let across = if (from.0 - to.0).abs() > (from.1 - to.1).abs() { (0.0, 3.5) } else { (3.5, 0.0) };
    for (x, y) in [from, to] {
        canvas.line((x - across.0, y - across.1), (x + across.0, y + across.1), Paint::Plain(n), more);
    }
}
