//! Stacked bars: parts of a whole, for each of several things.

use crate::about::{AboutPicture, Setting, Value};
use crate::bars::{BarColumns, no_value, value_axis};
use crate::canvas::{Canvas, Key, Side, Sign, Type};
use crate::number::Decimals;
use crate::paint::Paint;
use crate::rows::{DrawnCell, DrawnTable};
use crate::scale::Scale;
use crate::{Picture, PictureWords, text};

/// Bars made of parts. Values below zero are no parts, and are drawn as not reported.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stacked {
    /// What stands around it.
    pub about: AboutPicture,
    /// What the bars are: the head of their column in the table.
    pub head: String,
    /// The parts, in the order in which they are stacked; six at most can be told apart.
    pub parts: Vec<String>,
    /// The bars.
    pub bars: Vec<Stack>,
    /// The place of each part among all that there may be, by which it looks the same in every picture; its own place where this is empty.
    pub places: Vec<usize>,
}

/// A bar with its parts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stack {
    /// What it is.
    pub label: String,
    /// A value a part.
    pub values: Vec<Value>,
    /// Where it leads.
    pub link: Option<String>,
}

/// True for a part that there is, and whose number is missing.
fn is_missing(value: Value) -> bool {
    matches!(value, Value::NotReported | Value::NotConverted | Value::LeftOut | Value::Withheld)
}

impl Stack {
    /// The value of a part: a part is never below zero.
    fn part(&self, n: usize) -> Value {
        match self.values.get(n).copied().unwrap_or_default() {
            Value::Known(v) if !(v.is_finite() && v >= 0.0) => Value::NotReported,
            value => value,
        }
    }

    fn parts(&self, count: usize) -> Vec<Value> {
        (0..count).map(|n| self.part(n)).collect()
    }

    /// The sum of what is known, and whether something is missing in it.
    fn sum(&self, count: usize) -> (f64, bool) {
        let parts = self.parts(count);
        let sum: f64 = parts.iter().filter_map(|v| v.known()).sum();
        (sum.min(f64::MAX), parts.iter().copied().any(is_missing))
    }
}

impl Stacked {
    fn paint(&self, part: usize) -> Paint {
        Paint::Filled(self.places.get(part).copied().unwrap_or(part))
    }

    fn form(&self) -> Decimals {
        Decimals::of(self.bars.iter().flat_map(|b| b.parts(self.parts.len())).filter_map(Value::known))
    }

    /// What is written at the end of a bar: its sum, and that it is more where a part is missing.
    fn total(&self, bar: &Stack, form: Decimals, words: &PictureWords, short: bool) -> String {
        let (sum, missing) = bar.sum(self.parts.len());
        // Where no part has a number there is no sum, and 0 would be one.
        if missing && bar.parts(self.parts.len()).iter().all(|v| v.known().is_none()) {
            return "?".to_owned();
        }
        let sum = if short { form.short(sum, words) } else { form.full(sum, words) };
        if missing { format!("{sum} + ?") } else { sum }
    }

    fn keys(&self, words: &PictureWords) -> Vec<Key> {
        let mut keys: Vec<Key> =
            self.parts.iter().enumerate().map(|(n, p)| Key { sign: Sign::Box(self.paint(n)), words: p.clone() }).collect();
        let has = |v: Value| self.bars.iter().any(|b| b.parts(self.parts.len()).contains(&v));
        let missing = [
            (Value::NotReported, Paint::Unknown),
            (Value::NotConverted, Paint::Unknown),
            (Value::LeftOut, Paint::Unknown),
            (Value::Withheld, Paint::Withheld),
        ];
        for (value, paint) in missing {
            if has(value) {
                keys.push(Key { sign: Sign::Box(paint), words: value.reason(words).to_owned() });
            }
        }
        keys
    }
}

impl Picture for Stacked {
    fn about(&self) -> &AboutPicture {
        &self.about
    }

    fn svg(&self, setting: &Setting) -> String {
        let mut canvas = Canvas::new(&self.about, setting, "stacked", 0.0);
        canvas.key(&self.keys(&setting.words));
        let columns = BarColumns::new(&canvas, self.bars.iter().map(|b| b.label.as_str()), canvas.size * 1.9);
        let (form, style, count) = (self.form(), canvas.value(), self.parts.len());
        let totals: Vec<String> = self.bars.iter().map(|b| self.total(b, form, &setting.words, true)).collect();
        let widest = totals.iter().map(|t| text::width(t, style.size)).fold(0.0, f64::max) + 6.0;
        // A missing part is drawn as a piece of fixed length behind what is known.
        let piece = canvas.size * 1.2;
        let missing = |b: &Stack| b.parts(count).into_iter().filter(|v| is_missing(*v)).count();
        let pieces = self.bars.iter().map(missing).max().unwrap_or_default() as f64 * piece;
        let end = (canvas.width - widest - pieces).max(columns.plot + 20.0);
        let scale = Scale::from_zero(self.bars.iter().map(|b| b.sum(count).0), 4).between(canvas.x(columns.plot), canvas.x(end));
        let (top, mut y) = (canvas.y, canvas.y);
        value_axis(&mut canvas, &scale, form, top, top + columns.height());
        for (n, bar) in self.bars.iter().enumerate() {
            let middle = y + columns.heights[n] / 2.0;
            let thick = (middle - canvas.size * 0.55, middle + canvas.size * 0.55);
            canvas.linked(&bar.link, &self.says(bar, form, &setting.words), |canvas| {
                columns.write(canvas, n, y);
                if bar.parts(count).iter().all(|v| v.known().is_none()) {
                    // What is there and has no number says more than that nothing else is.
                    let parts = bar.parts(count);
                    let reason = parts.iter().copied().find(|v| is_missing(*v)).or(parts.first().copied()).unwrap_or_default();
                    return no_value(canvas, reason, columns.plot, thick);
                }
                let end = self.stack(canvas, bar, &scale, thick, piece);
                let side = canvas.ahead();
                let gap = if side == Side::Right { 4.0 } else { -4.0 };
                canvas.number(end + gap, middle + style.size * 0.36, side, Type { halo: true, ..style }, &totals[n]);
            });
            y += columns.heights[n];
        }
        canvas.y = y + canvas.size * 1.6;
        canvas.finish(&self.rows(&setting.words).read_out(&setting.words))
    }

    fn rows(&self, words: &PictureWords) -> DrawnTable {
        let form = self.form();
        let mut head = vec![self.head.clone()];
        head.extend(self.parts.iter().cloned());
        head.push(words.total.clone());
        let row = |b: &Stack| {
            let mut row = vec![DrawnCell::linked(&b.label, &b.link)];
            row.extend(b.parts(self.parts.len()).into_iter().map(|v| DrawnCell::value(v, form, words)));
            row.push(DrawnCell::text(self.total(b, form, words, false)));
            row
        };
        DrawnTable { head, rows: self.bars.iter().map(row).collect() }
    }
}

impl Stacked {
    fn says(&self, bar: &Stack, form: Decimals, words: &PictureWords) -> String {
        let part = |(n, name): (usize, &String)| {
            let value = bar.part(n);
            let text = value.known().map_or(value.reason(words).to_owned(), |v| form.full(v, words));
            format!("{name} {text}")
        };
        words.locale.labelled(&bar.label, &words.locale.list(&self.parts.iter().enumerate().map(part).collect::<Vec<_>>()))
    }

    /// Draws the known parts and then the missing ones; gives the place where the bar ends.
    fn stack(&self, canvas: &mut Canvas, bar: &Stack, scale: &Scale, thick: (f64, f64), piece: f64) -> f64 {
        let mut sum = 0.0;
        for n in 0..self.parts.len() {
            if let Some(v) = bar.part(n).known().filter(|v| *v > 0.0) {
                let (from, to) = (scale.at(sum), scale.at(sum + v));
                canvas.rect((from, to), thick, self.paint(n), "mark");
                canvas.line((to, thick.0), (to, thick.1), Paint::Paper, " stroke-width=\"1.5\"");
                sum += v;
            }
        }
        let mut end = scale.at(sum);
        let ahead = if canvas.ahead() == Side::Right { piece } else { -piece };
        for n in 0..self.parts.len() {
            let paint = match bar.part(n) {
                Value::NotReported | Value::NotConverted | Value::LeftOut => Paint::Unknown,
                Value::Withheld => Paint::Withheld,
                _ => continue,
            };
            canvas.framed((end, end + ahead), thick, paint, Paint::Edge, "unknown");
            end += ahead;
        }
        end
    }
}
