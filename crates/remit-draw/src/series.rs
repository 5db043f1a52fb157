//! Series: how values change over time, with the interval in which each lies.

use crate::about::{AboutPicture, Setting, Value};
use crate::canvas::{Canvas, Key, Side, Sign, dashes, px};
use crate::dots::{DotEstimate, whisker};
use crate::number::Decimals;
use crate::paint::Paint;
use crate::rows::{DrawnCell, DrawnTable};
use crate::scale::{Scale, TimeScale, moment};
use crate::{Picture, PictureWords, text};
use std::fmt::Write as _;

/// Lines over time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Series {
    /// What stands around it.
    pub about: AboutPicture,
    /// The head of the column of moments in the table.
    pub head: String,
    /// The lines; six at most can be told apart.
    pub lines: Vec<SeriesLine>,
    /// What is to be reached.
    pub target: Option<Target>,
    /// True where the axis starts at zero.
    pub from_zero: bool,
}

/// A line.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SeriesLine {
    /// What it is.
    pub name: String,
    /// Its points, in the order of time.
    pub points: Vec<Point>,
}

/// A value at a moment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Point {
    /// The moment, in years ([`crate::year`]).
    pub at: f64,
    /// How the moment is written; year and month where it is empty.
    pub when: String,
    /// The value; a line is broken where there is none.
    pub estimate: DotEstimate,
    /// Where it leads.
    pub link: Option<String>,
}

/// A value to be reached.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Target {
    /// What it is: `Target for 2025`.
    pub words: String,
    /// The value.
    pub value: f64,
}

impl Point {
    fn when(&self) -> String {
        if self.when.is_empty() { moment(self.at) } else { self.when.clone() }
    }
}

impl SeriesLine {
    /// Neighbouring points that have values, as runs; a run is what can be joined by a line.
    fn runs(&self) -> Vec<Vec<(&Point, f64)>> {
        let mut runs = vec![Vec::new()];
        for point in self.points.iter().filter(|p| p.at.is_finite()) {
            match (point.estimate.value.known(), runs.last_mut()) {
                (Some(v), Some(run)) => run.push((point, v)),
                _ => runs.push(Vec::new()),
            }
        }
        runs.retain(|r| !r.is_empty());
        runs
    }

    /// The text of a point for screen readers.
    fn says(&self, point: &Point, value: &str, words: &PictureWords) -> String {
        let locale = &words.locale;
        locale.labelled(&locale.list(&[&self.name, &point.when()]), value)
    }

    fn missing(&self) -> Vec<&Point> {
        self.points.iter().filter(|p| p.at.is_finite() && p.estimate.value.known().is_none()).collect()
    }
}

impl Series {
    fn numbers(&self) -> Vec<f64> {
        let target = self.target.as_ref().map(|t| t.value).filter(|v| v.is_finite());
        self.lines.iter().flat_map(|l| &l.points).flat_map(|p| p.estimate.numbers()).chain(target).collect()
    }

    fn keys(&self, words: &PictureWords) -> Vec<Key> {
        let line = |(n, l): (usize, &SeriesLine)| Key { sign: Sign::Line(n), words: l.name.clone() };
        let mut keys: Vec<Key> = self.lines.iter().enumerate().map(line).collect();
        if self.lines.iter().any(|l| !l.missing().is_empty()) {
            keys.push(Key { sign: Sign::Box(Paint::Unknown), words: words.not_reported.clone() });
        }
        keys
    }
}

impl Picture for Series {
    fn about(&self) -> &AboutPicture {
        &self.about
    }

    fn svg(&self, setting: &Setting) -> String {
        let mut canvas = Canvas::new(&self.about, setting, "series", 0.0);
        canvas.key(&self.keys(&setting.words));
        let (numbers, style) = (self.numbers(), canvas.tick());
        let form = Decimals::of(numbers.iter().copied());
        let scale = if self.from_zero { Scale::from_zero(numbers, 5) } else { Scale::over(numbers, 5) };
        let labels: Vec<String> =
            scale.ticks.iter().map(|t| Decimals::of(scale.ticks.iter().copied()).short(*t, &setting.words)).collect();
        let beside = labels.iter().map(|l| text::width(l, style.size)).fold(0.0, f64::max) + 8.0;
        // The value axis stands where reading starts; time runs from left to right all the same.
        let (left, right) = canvas.span(beside, canvas.width - canvas.size);
        let (top, bottom) = (canvas.y + canvas.size * 0.5, canvas.y + canvas.width * 0.42);
        let scale = scale.between(bottom, top);
        let moments = self.lines.iter().flat_map(|l| &l.points).map(|p| p.at);
        let time = TimeScale::over(moments, left + canvas.size, right - canvas.size);
        for (tick, label) in scale.ticks.iter().zip(&labels) {
            let y = scale.at(*tick);
            canvas.line((left, y), (right, y), if *tick == 0.0 { Paint::Edge } else { Paint::Hair }, "");
            let (x, side) = (canvas.x(beside - 6.0), canvas.back());
            canvas.number(x, y + style.size * 0.36, side, style, label);
        }
        self.target(&mut canvas, &scale, left, right);
        for (n, line) in self.lines.iter().enumerate() {
            self.band(&mut canvas, line, n, &time, &scale);
        }
        for (n, line) in self.lines.iter().enumerate() {
            draw_line(&mut canvas, line, n, &time, &scale, form, self.lines.len() > 1);
        }
        canvas.y = bottom + 4.0;
        self.gaps(&mut canvas, &time);
        time_axis(&mut canvas, &time, bottom);
        canvas.finish(&self.rows(&setting.words).read_out(&setting.words))
    }

    fn rows(&self, words: &PictureWords) -> DrawnTable {
        let form = Decimals::of(self.numbers());
        let mut moments: Vec<(f64, String)> = Vec::new();
        for point in self.lines.iter().flat_map(|l| &l.points) {
            if !moments.iter().any(|(at, _)| at.total_cmp(&point.at).is_eq()) {
                moments.push((point.at, point.when()));
            }
        }
        moments.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut head = vec![self.head.clone()];
        head.extend(self.lines.iter().map(|l| l.name.clone()));
        let row = |(at, when): (f64, String)| {
            let mut row = vec![DrawnCell::text(when)];
            row.extend(self.lines.iter().map(|l| match l.points.iter().find(|p| p.at.total_cmp(&at).is_eq()) {
                Some(p) => {
                    DrawnCell { text: p.estimate.says(form, words), number: p.estimate.value.known(), link: p.link.clone() }
                }
                None => DrawnCell::text(&words.no_record),
            }));
            row
        };
        DrawnTable { head, rows: moments.into_iter().map(row).collect() }
    }
}

impl Series {
    fn target(&self, canvas: &mut Canvas, scale: &Scale, left: f64, right: f64) {
        let Some(target) = self.target.as_ref().filter(|t| t.value.is_finite()) else { return };
        let y = scale.at(target.value);
        canvas.line((left, y), (right, y), Paint::Warn, " stroke-width=\"1.5\" stroke-dasharray=\"5 3\"");
        let style = crate::canvas::Type { paint: Paint::Warn, halo: true, class: "target", ..canvas.soft() };
        let (x, side) = if canvas.is_rtl() { (right - 4.0, Side::Left) } else { (left + 4.0, Side::Right) };
        let at_top = y < canvas.y + style.size * 1.5;
        canvas.write(x, if at_top { y + style.size + 2.0 } else { y - 4.0 }, side, style, &target.words);
    }

    /// The interval around a line: a band where points can be joined, whiskers at every point.
    fn band(&self, canvas: &mut Canvas, line: &SeriesLine, n: usize, time: &TimeScale, scale: &Scale) {
        for run in line.runs() {
            let ends: Vec<(f64, f64, f64)> = run
                .iter()
                .filter_map(|(p, _)| p.estimate.range().map(|(a, b)| (time.at(p.at), scale.at(a), scale.at(b))))
                .collect();
            if ends.len() == run.len() && ends.len() > 1 {
                let mut d = String::new();
                for (i, (x, low, _)) in ends.iter().enumerate() {
                    let _ = write!(d, "{}{} {}", if i == 0 { "M" } else { "L" }, px(*x), px(*low));
                }
                for (x, _, high) in ends.iter().rev() {
                    let _ = write!(d, "L{} {}", px(*x), px(*high));
                }
                d.push('z');
                canvas.path(&d, Paint::Plain(n), Paint::None, " class=\"band\" fill-opacity=\".18\"");
            }
            for (x, low, high) in ends {
                whisker(canvas, (x, low), (x, high), n);
            }
        }
    }

    /// Below the plot, a lane a line that has gaps: its mark, and hatched pieces where nothing was reported.
    fn gaps(&self, canvas: &mut Canvas, time: &TimeScale) {
        let (height, half) = (canvas.size, canvas.size * 0.5);
        for (n, line) in self.lines.iter().enumerate() {
            let missing = line.missing();
            if missing.is_empty() {
                continue;
            }
            let middle = canvas.y + height / 2.0;
            if self.lines.len() > 1 {
                let beside = if canvas.is_rtl() { time.right + canvas.size * 1.6 } else { time.left - canvas.size * 1.6 };
                canvas.mark((beside, middle), n);
            }
            for point in missing {
                let x = time.at(point.at);
                let paint = if point.estimate.value == Value::Withheld { Paint::Withheld } else { Paint::Unknown };
                let says = line.says(point, point.estimate.value.reason(&canvas.setting.words), &canvas.setting.words);
                canvas.linked(&point.link, &says, |canvas| {
                    canvas.framed(
                        (x - half, x + half),
                        (middle - half * 0.8, middle + half * 0.8),
                        paint,
                        Paint::Edge,
                        "unknown",
                    );
                });
            }
            canvas.y += height + 2.0;
        }
    }
}

fn draw_line(canvas: &mut Canvas, line: &SeriesLine, n: usize, time: &TimeScale, scale: &Scale, form: Decimals, marked: bool) {
    for run in line.runs() {
        let mut d = String::new();
        for (i, (p, v)) in run.iter().enumerate() {
            let _ = write!(d, "{}{} {}", if i == 0 { "M" } else { "L" }, px(time.at(p.at)), px(scale.at(*v)));
        }
        canvas.path(&d, Paint::None, Paint::Plain(n), &format!(" class=\"line\" stroke-width=\"2\"{}", dashes(n)));
        for (p, v) in run {
            let says = line.says(p, &p.estimate.says(form, &canvas.setting.words), &canvas.setting.words);
            let at = (time.at(p.at), scale.at(v));
            canvas.linked(&p.link, &says, |canvas| match marked {
                true => canvas.mark(at, n),
                false => canvas.mark(at, 0),
            });
        }
    }
}

/// Moments below a plot, which moves the sheet down. `from` is where the plot ends.
pub(crate) fn time_axis(canvas: &mut Canvas, time: &TimeScale, from: f64) {
    let style = canvas.tick();
    canvas.y += style.size + 2.0;
    let room = text::width("2019-07", style.size) + 6.0;
    let short = text::width("2019", style.size) + 10.0;
    let months = time.ticks(room);
    // Years alone need less room.
    let years = time.ticks(short);
    let ticks = if years.iter().all(|(_, t)| t.len() <= 4) { years } else { months };
    for (at, label) in ticks {
        let x = time.at(at);
        canvas.line((x, from), (x, from + 3.0), Paint::Edge, "");
        canvas.number(x, canvas.y, Side::Both, style, &label);
    }
    canvas.y += style.size * 0.5;
}
