//! Bars: one value for each of several things.

use crate::about::{AboutPicture, Setting, Value};
use crate::canvas::{Canvas, Type};
use crate::number::Decimals;
use crate::paint::Paint;
use crate::rows::{DrawnCell, DrawnTable};
use crate::scale::Scale;
use crate::{Picture, PictureWords, text};

/// Bars, one below the other.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bars {
    /// What stands around it.
    pub about: AboutPicture,
    /// What the bars are: the head of their column in the table.
    pub head: String,
    /// The bars, in their order.
    pub bars: Vec<Bar>,
}

/// A bar.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bar {
    /// What it is.
    pub label: String,
    /// How long it is.
    pub value: Value,
    /// Where it leads.
    pub link: Option<String>,
}

/// The columns of labels and the plot beside them, as all pictures with a row a thing have them.
pub(crate) struct BarColumns {
    /// Lines of each label.
    pub(crate) labels: Vec<Vec<String>>,
    /// Height of each row.
    pub(crate) heights: Vec<f64>,
    /// Where the plot starts, from the side where reading starts.
    pub(crate) plot: f64,
}

impl BarColumns {
    /// Labels broken so that they take at most two fifths of the sheet; rows are high enough for them.
    pub(crate) fn new<'l>(canvas: &Canvas, labels: impl IntoIterator<Item = &'l str>, least: f64) -> BarColumns {
        BarColumns::within(canvas, labels, least, canvas.width * 0.4)
    }

    /// Labels broken so that they take at most so much room.
    pub(crate) fn within<'l>(canvas: &Canvas, labels: impl IntoIterator<Item = &'l str>, least: f64, room: f64) -> BarColumns {
        let labels: Vec<Vec<String>> = labels.into_iter().map(|l| text::wrap(l, canvas.size, room, 3)).collect();
        let widest = labels.iter().flatten().map(|l| text::width(l, canvas.size)).fold(0.0, f64::max);
        let height = |l: &Vec<String>| (l.len() as f64 * canvas.line_height(canvas.size) + canvas.size * 0.55).max(least);
        BarColumns { heights: labels.iter().map(height).collect(), labels, plot: widest.min(room) + 8.0 }
    }

    pub(crate) fn height(&self) -> f64 {
        self.heights.iter().sum()
    }

    /// Writes a label in the middle of its row, which starts at `top`.
    pub(crate) fn write(&self, canvas: &mut Canvas, n: usize, top: f64) {
        let lines = &self.labels[n];
        let used = lines.len() as f64 * canvas.line_height(canvas.size);
        let (x, side, style) = (canvas.x(0.0), canvas.ahead(), canvas.label());
        canvas.lines(x, top + (self.heights[n] - used) / 2.0 - canvas.size * 0.05, side, style, lines);
    }
}

/// A line at each step of a value axis, with the number below the plot where there is room for it.
pub(crate) fn value_axis(canvas: &mut Canvas, scale: &Scale, form: Decimals, top: f64, bottom: f64) {
    let style = canvas.tick();
    let mut taken: Option<(f64, f64)> = None;
    // Half a thing is no step where things are counted: it would read as another nought.
    for tick in scale.ticks.iter().filter(|t| form.tells(**t)) {
        let x = scale.at(*tick);
        let paint = if *tick == 0.0 { Paint::Edge } else { Paint::Hair };
        canvas.line((x, top), (x, bottom), paint, "");
        let words = form.short(*tick, &canvas.setting.words);
        let half = text::width(&words, style.size) / 2.0;
        let middle = x.clamp(half, (canvas.width - half).max(half));
        let free = taken.is_none_or(|(l, r)| middle - half > r + 4.0 || middle + half < l - 4.0);
        if free {
            canvas.number(middle, bottom + style.size + 3.0, crate::canvas::Side::Both, style, &words);
            taken = Some((middle - half, middle + half));
        }
    }
}

/// A hatched piece with the reason why there is no number.
pub(crate) fn no_value(canvas: &mut Canvas, value: Value, from_start: f64, y: (f64, f64)) {
    let style = Type { class: "unknown", ..canvas.soft() };
    let wide = canvas.size * 2.0;
    let paint = match value {
        Value::Withheld => Paint::Withheld,
        Value::NoRecord => Paint::None,
        _ => Paint::Unknown,
    };
    let x = (canvas.x(from_start), canvas.x(from_start + wide));
    if paint != Paint::None {
        canvas.framed(x, y, paint, Paint::Edge, "unknown");
    }
    let gap = if paint == Paint::None { 4.0 } else { wide + 5.0 };
    let words = value.reason(&canvas.setting.words).to_owned();
    let (at, side) = (canvas.x(from_start + gap), canvas.ahead());
    canvas.write(at, (y.0 + y.1) / 2.0 + style.size * 0.36, side, style, &words);
}

impl Bars {
    fn known(&self) -> Vec<f64> {
        self.bars.iter().filter_map(|b| b.value.known()).collect()
    }
}

impl Picture for Bars {
    fn about(&self) -> &AboutPicture {
        &self.about
    }

    fn svg(&self, setting: &Setting) -> String {
        let mut canvas = Canvas::new(&self.about, setting, "bars", 0.0);
        let columns = BarColumns::new(&canvas, self.bars.iter().map(|b| b.label.as_str()), canvas.size * 1.9);
        let known = self.known();
        let form = Decimals::of(known.iter().copied());
        let style = canvas.value();
        let widest = known.iter().map(|n| text::width(&form.short(*n, &setting.words), style.size)).fold(0.0, f64::max) + 6.0;
        // A value stands at the end of its bar: on both sides where some are below zero.
        let before = if known.iter().any(|n| *n < 0.0) { widest } else { 0.0 };
        let (from, to) = (canvas.x(columns.plot + before), canvas.x(canvas.width - widest));
        let scale = Scale::from_zero(known, 4).between(from, to);
        let (top, mut y) = (canvas.y, canvas.y);
        value_axis(&mut canvas, &scale, form, top, top + columns.height());
        for (n, bar) in self.bars.iter().enumerate() {
            let (height, middle) = (columns.heights[n], y + columns.heights[n] / 2.0);
            let thick = (middle - canvas.size * 0.55, middle + canvas.size * 0.55);
            let value = bar.value.known().map(|v| form.full(v, &setting.words));
            let says = setting.words.locale.labelled(&bar.label, value.as_deref().unwrap_or(bar.value.reason(&setting.words)));
            canvas.linked(&bar.link, &says, |canvas| {
                columns.write(canvas, n, y);
                let Some(v) = bar.value.known() else {
                    return no_value(canvas, bar.value, columns.plot + before, thick);
                };
                let (zero, end) = (scale.at(0.0), scale.at(v));
                canvas.rect((zero, end), thick, Paint::Filled(0), "mark");
                let side = if v < 0.0 { canvas.back() } else { canvas.ahead() };
                let gap = if side == crate::canvas::Side::Right { 4.0 } else { -4.0 };
                let style = Type { halo: true, ..style };
                canvas.number(end + gap, middle + style.size * 0.36, side, style, &form.short(v, &setting.words));
            });
            y += height;
        }
        canvas.y = y + canvas.size * 1.6;
        canvas.finish(&self.rows(&setting.words).read_out(&setting.words))
    }

    fn rows(&self, words: &PictureWords) -> DrawnTable {
        let form = Decimals::of(self.known());
        let row = |b: &Bar| vec![DrawnCell::linked(&b.label, &b.link), DrawnCell::value(b.value, form, words)];
        DrawnTable { head: vec![self.head.clone(), self.about.unit.clone()], rows: self.bars.iter().map(row).collect() }
    }
}
