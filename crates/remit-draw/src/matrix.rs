//! Matrices: rows by columns, shaded by value.

use crate::about::{AboutPicture, Setting, Value};
use crate::bars::BarColumns;
use crate::canvas::{Canvas, Key, Side, Sign, Type};
use crate::map::Classes;
use crate::number::Decimals;
use crate::paint::Paint;
use crate::rows::{DrawnCell, DrawnTable};
use crate::{Picture, PictureWords, text};

/// A heat matrix. Numbers stand in the cells; the shade makes the large ones seen first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Matrix {
    /// What stands around it.
    pub about: AboutPicture,
    /// What the rows are.
    pub head: String,
    /// The columns.
    pub columns: Vec<String>,
    /// The rows.
    pub items: Vec<MatrixRow>,
    /// Where classes of shades start, five at most; made of the values where it is empty.
    pub steps: Vec<f64>,
}

/// A row of a matrix.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MatrixRow {
    /// What it is.
    pub label: String,
    /// A value a column, with where it leads.
    pub cells: Vec<(Value, Option<String>)>,
    /// Where the row leads.
    pub link: Option<String>,
}

/// The least width of a cell, in sizes of text: five digits.
const LEAST: f64 = 3.9;

impl Matrix {
    fn cell(row: &MatrixRow, n: usize) -> (Value, &Option<String>) {
        row.cells.get(n).map_or((Value::NoRecord, &None), |(v, l)| (*v, l))
    }

    fn known(&self) -> Vec<f64> {
        let values = self.items.iter().flat_map(|r| (0..self.columns.len()).map(|n| Matrix::cell(r, n).0));
        values.filter_map(Value::known).collect()
    }

    fn keys(&self, classes: &Classes, form: Decimals, words: &PictureWords) -> Vec<Key> {
        let mut keys = classes.keys(form, words);
        let has = |v: Value| self.items.iter().any(|r| (0..self.columns.len()).any(|n| Matrix::cell(r, n).0 == v));
        let signs = [
            (Value::NotReported, Sign::Box(Paint::Unknown)),
            (Value::NotConverted, Sign::Box(Paint::Unknown)),
            (Value::LeftOut, Sign::Box(Paint::Unknown)),
            (Value::Withheld, Sign::Box(Paint::Withheld)),
            (Value::NoRecord, Sign::Text("–")),
        ];
        for (value, sign) in signs.into_iter().filter(|(v, _)| has(*v)) {
            keys.push(Key { sign, words: value.reason(words).to_owned() });
        }
        keys
    }
}

impl Picture for Matrix {
    fn about(&self) -> &AboutPicture {
        &self.about
    }

    fn svg(&self, setting: &Setting) -> String {
        let size = Canvas::type_size(setting);
        let least = size * LEAST;
        let needed = self.columns.len() as f64 * least + size * 11.0;
        let mut canvas = Canvas::new(&self.about, setting, "matrix", needed);
        let known = self.known();
        let form = Decimals::of(known.iter().copied());
        let classes = Classes::new(&self.steps, &known);
        canvas.key(&self.keys(&classes, form, &setting.words));
        let room = (canvas.width - self.columns.len() as f64 * least - 8.0).clamp(size * 4.0, canvas.width * 0.4);
        let columns = BarColumns::within(&canvas, self.items.iter().map(|r| r.label.as_str()), canvas.size * 2.0, room);
        let from = columns.plot;
        let wide = (canvas.width - from) / self.columns.len().max(1) as f64;
        self.heads(&mut canvas, from, wide);
        let mut y = canvas.y;
        for (n, row) in self.items.iter().enumerate() {
            canvas.linked(&row.link, "", |canvas| columns.write(canvas, n, y));
            for c in 0..self.columns.len() {
                let x = (canvas.x(from + c as f64 * wide + 1.0), canvas.x(from + (c + 1) as f64 * wide - 1.0));
                let (value, link) = Matrix::cell(row, c);
                let words = value.known().map_or(value.reason(&setting.words).to_owned(), |v| form.full(v, &setting.words));
                let locale = &setting.words.locale;
                let says = locale.labelled(&locale.list(&[&row.label, &self.columns[c]]), &words);
                canvas.linked(link, &says, |canvas| {
                    cell(canvas, value, x, (y + 1.0, y + columns.heights[n] - 1.0), &classes, form);
                });
            }
            y += columns.heights[n];
        }
        canvas.y = y;
        canvas.finish(&Picture::rows(self, &setting.words).read_out(&setting.words))
    }

    fn rows(&self, words: &PictureWords) -> DrawnTable {
        let form = Decimals::of(self.known());
        let mut head = vec![self.head.clone()];
        head.extend(self.columns.iter().cloned());
        let row = |r: &MatrixRow| {
            let mut row = vec![DrawnCell::linked(&r.label, &r.link)];
            row.extend((0..self.columns.len()).map(|n| {
                let (value, link) = Matrix::cell(r, n);
                DrawnCell { link: link.clone(), ..DrawnCell::value(value, form, words) }
            }));
            row
        };
        DrawnTable { head, rows: self.items.iter().map(row).collect() }
    }
}

impl Matrix {
    /// Names of the columns: in lines where every word fits, else upright.
    fn heads(&self, canvas: &mut Canvas, from: f64, wide: f64) {
        let style = Type { class: "head", ..canvas.soft() };
        let line = canvas.line_height(style.size);
        let broken = |room: f64, most: usize| -> Vec<Vec<String>> {
            self.columns.iter().map(|h| text::wrap(h, style.size, room, most)).collect()
        };
        let is_cut = |heads: &[Vec<String>]| heads.iter().flatten().any(|l| l.ends_with('…'));
        let lying = broken(wide - 4.0, 4);
        let upright = is_cut(&lying);
        let heads = if upright { broken(style.size * 9.0, ((wide / line) as usize).clamp(1, 3)) } else { lying };
        let height = match upright {
            true => heads.iter().flatten().map(|l| text::width(l, style.size)).fold(0.0, f64::max),
            false => heads.iter().map(Vec::len).max().unwrap_or_default() as f64 * line,
        };
        let foot = canvas.y + height;
        for (n, lines) in heads.iter().enumerate() {
            let middle = canvas.x(from + (n as f64 + 0.5) * wide);
            let used = lines.len() as f64 * line;
            canvas.linked(&None, &self.columns[n], |canvas| match upright {
                true => canvas.upright(middle, foot, |canvas| canvas.lines(0.0, -used / 2.0 - 1.0, Side::Right, style, lines)),
                false => canvas.lines(middle, foot - used, Side::Both, style, lines),
            });
        }
        canvas.y = foot + 5.0;
    }
}

fn cell(canvas: &mut Canvas, value: Value, x: (f64, f64), y: (f64, f64), classes: &Classes, form: Decimals) {
    let middle = ((x.0 + x.1) / 2.0, (y.0 + y.1) / 2.0 + canvas.small * 0.36);
    let style = canvas.value();
    match value.known() {
        Some(v) => {
            let step = classes.of(v);
            let edge = if step == 0 { Paint::Hair } else { Paint::None };
            canvas.framed(x, y, Paint::Shade(step), edge, "mark");
            let words = form.short(v, &canvas.setting.words);
            canvas.number(middle.0, middle.1, Side::Both, Type { paint: Paint::OnShade(step), ..style }, &words);
        }
        None => match value {
            Value::NoRecord => canvas.number(middle.0, middle.1, Side::Both, Type { paint: Paint::Soft, ..style }, "–"),
            Value::Withheld => canvas.framed(x, y, Paint::Withheld, Paint::Edge, "withheld"),
            _ => canvas.framed(x, y, Paint::Unknown, Paint::Edge, "unknown"),
        },
    }
}
