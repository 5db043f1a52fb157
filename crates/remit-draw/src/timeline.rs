//! Timelines: what lasted from when to when, where both ends may be open or unknown.

use crate::about::{AboutPicture, Setting};
use crate::bars::BarColumns;
use crate::canvas::{Canvas, Key, Side, Sign, Type};
use crate::paint::Paint;
use crate::rows::{DrawnCell, DrawnTable};
use crate::scale::{TimeScale, moment};
use crate::series::time_axis;
use crate::{Picture, PictureWords, text};

/// Spans of time, a lane each thing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Timeline {
    /// What stands around it.
    pub about: AboutPicture,
    /// What the lanes are: the head of their column in the table.
    pub head: String,
    /// Kinds of spans, for the key; six at most can be told apart.
    pub kinds: Vec<String>,
    /// The lanes.
    pub lanes: Vec<Lane>,
    /// A day to be marked, with its words: the day that the answer is about.
    pub mark: Option<(f64, String)>,
}

/// A lane: one thing, with its spans.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lane {
    /// What it is.
    pub label: String,
    /// Its spans; those that overlap are drawn below each other.
    pub spans: Vec<Span>,
    /// Where the lane leads.
    pub link: Option<String>,
}

/// A span of time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Span {
    /// What is written on it, where there is room.
    pub label: String,
    /// Which of [`Timeline::kinds`] it is.
    pub kind: usize,
    /// Its start.
    pub start: Edge,
    /// Its end.
    pub end: Edge,
    /// Where it leads.
    pub link: Option<String>,
}

/// A start or an end.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Edge {
    /// A moment in years, and how it is written; year and month where that is empty.
    At(f64, String),
    /// Not known; what is known is that it held at this moment (first or last cited), in years, and how that is written.
    Unknown(f64, String),
    /// It goes on, or was so ever since.
    #[default]
    Open,
}

impl Edge {
    fn moment(&self) -> Option<f64> {
        match self {
            Edge::At(at, _) | Edge::Unknown(at, _) => Some(*at).filter(|a| a.is_finite()),
            Edge::Open => None,
        }
    }

    fn says(&self, words: &PictureWords) -> String {
        let written = |at: &f64, said: &String| match said.as_str() {
            "" if at.is_finite() => moment(*at),
            said => said.to_owned(),
        };
        match self {
            Edge::At(at, said) => written(at, said),
            Edge::Unknown(at, said) => format!("{} ({})", words.unknown_end, written(at, said)),
            Edge::Open => words.open.clone(),
        }
    }
}

impl Span {
    /// The moments between which it is drawn in full: `None` where it has none at all.
    fn known(&self, time: &TimeScale) -> (f64, f64) {
        let start = self.start.moment().unwrap_or(time.low);
        let end = self.end.moment().unwrap_or(time.high);
        (start.min(end), end.max(start))
    }

    fn named(&self, lane: &str, words: &PictureWords) -> String {
        if self.label.is_empty() { lane.to_owned() } else { words.locale.list(&[lane, &self.label]) }
    }

    fn says(&self, lane: &str, words: &PictureWords) -> String {
        words.locale.labelled(&self.named(lane, words), &format!("{} – {}", self.start.says(words), self.end.says(words)))
    }
}

/// How far the place where an unknown end fades reaches, in sizes of text.
const FADE: f64 = 2.6;

impl Picture for Timeline {
    fn about(&self) -> &AboutPicture {
        &self.about
    }

    fn svg(&self, setting: &Setting) -> String {
        let mut canvas = Canvas::new(&self.about, setting, "timeline", 0.0);
        canvas.key(&self.keys(&setting.words));
        let columns = BarColumns::new(&canvas, self.lanes.iter().map(|l| l.label.as_str()), canvas.size * 1.9);
        let (left, right) = canvas.span(columns.plot, canvas.width);
        let edge = canvas.size * (FADE + 0.2);
        let marked = self.mark.as_ref().map(|m| m.0);
        let moments = self.lanes.iter().flat_map(|l| &l.spans).flat_map(|s| [s.start.moment(), s.end.moment()]).flatten();
        let time = TimeScale::over(moments.chain(marked), left + edge, right - edge);
        let tracks: Vec<Vec<usize>> = self.lanes.iter().map(|l| tracks(l, &time, canvas.size * FADE)).collect();
        let track = canvas.size * 1.5;
        let heights: Vec<f64> = columns
            .heights
            .iter()
            .zip(&tracks)
            .map(|(h, t)| h.max((t.iter().max().copied().unwrap_or_default() + 1) as f64 * track + canvas.size * 0.4))
            .collect();
        self.marked_day(&mut canvas, &time);
        let (top, bottom) = (canvas.y, canvas.y + heights.iter().sum::<f64>());
        for (at, _) in time.ticks(text::width("2019", canvas.small) + 10.0) {
            canvas.line((time.at(at), top), (time.at(at), bottom), Paint::Hair, "");
        }
        let mut y = top;
        let columns = BarColumns { heights, ..columns };
        for (n, lane) in self.lanes.iter().enumerate() {
            canvas.line((0.0, y), (canvas.width, y), Paint::Hair, "");
            canvas.linked(&lane.link, "", |canvas| columns.write(canvas, n, y));
            let used = (tracks[n].iter().max().copied().unwrap_or_default() + 1) as f64 * track;
            let first = y + (columns.heights[n] - used) / 2.0;
            for (span, t) in lane.spans.iter().zip(&tracks[n]) {
                let middle = first + (*t as f64 + 0.5) * track;
                canvas.linked(&span.link, &span.says(&lane.label, &setting.words), |canvas| {
                    draw_span(canvas, span, &time, middle);
                });
            }
            y += columns.heights[n];
        }
        canvas.line((0.0, y), (canvas.width, y), Paint::Hair, "");
        if let Some((at, _)) = self.mark.as_ref().filter(|m| m.0.is_finite()) {
            let x = time.at(*at);
            canvas.line((x, top), (x, bottom), Paint::Warn, " stroke-width=\"1.2\" stroke-dasharray=\"4 3\"");
        }
        canvas.y = bottom;
        time_axis(&mut canvas, &time, bottom);
        canvas.finish(&self.rows(&setting.words).read_out(&setting.words))
    }

    fn rows(&self, words: &PictureWords) -> DrawnTable {
        let head = vec![self.head.clone(), words.kind.clone(), words.start.clone(), words.end.clone()];
        let row = |lane: &Lane, span: &Span| {
            let name = span.named(&lane.label, words);
            let link = span.link.clone().or(lane.link.clone());
            vec![
                DrawnCell::linked(&name, &link),
                DrawnCell::text(self.kinds.get(span.kind).map_or("", String::as_str)),
                DrawnCell::text(span.start.says(words)),
                DrawnCell::text(span.end.says(words)),
            ]
        };
        let empty = |lane: &Lane| {
            let mut row = vec![DrawnCell::linked(&lane.label, &lane.link), DrawnCell::text(&words.no_record)];
            row.resize(4, DrawnCell::default());
            row
        };
        let rows = self.lanes.iter().flat_map(|l| match l.spans.as_slice() {
            [] => vec![empty(l)],
            spans => spans.iter().map(|s| row(l, s)).collect(),
        });
        DrawnTable { head, rows: rows.collect() }
    }
}

impl Timeline {
    fn keys(&self, words: &PictureWords) -> Vec<Key> {
        let used = |(n, k): &(usize, &String)| !k.is_empty() && self.lanes.iter().flat_map(|l| &l.spans).any(|s| s.kind == *n);
        let key = |(n, k): (usize, &String)| Key { sign: Sign::Box(Paint::Filled(n)), words: k.clone() };
        let edges = || self.lanes.iter().flat_map(|l| &l.spans).flat_map(|s| [&s.start, &s.end]);
        let open = edges().any(|e| *e == Edge::Open).then(|| Key { sign: Sign::Text("▸"), words: words.open.clone() });
        let unknown = edges().any(|e| matches!(e, Edge::Unknown(..)));
        let unknown = unknown.then(|| Key { sign: Sign::Text("?"), words: words.unknown_end.clone() });
        self.kinds.iter().enumerate().filter(used).map(key).chain(open).chain(unknown).collect()
    }

    fn marked_day(&self, canvas: &mut Canvas, time: &TimeScale) {
        let Some((at, words)) = self.mark.as_ref().filter(|m| m.0.is_finite()) else { return };
        let style = Type { paint: Paint::Warn, class: "mark-day", ..canvas.soft() };
        // Fonts of readers are up to a tenth wider than ours.
        let half = text::width(words, style.size) * 0.55;
        let x = time.at(*at).clamp(half.min(canvas.width / 2.0), (canvas.width - half).max(canvas.width / 2.0));
        canvas.write(x, canvas.y + style.size, Side::Both, style, words);
        canvas.y += style.size + 5.0;
    }
}

/// The track of each span of a lane, so that no two that overlap are on the same one.
fn tracks(lane: &Lane, time: &TimeScale, fade: f64) -> Vec<usize> {
    let mut ends: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut chosen = Vec::new();
    for span in &lane.spans {
        let (from, to) = span.known(time);
        let reach = |edge: &Edge| if matches!(edge, Edge::At(..)) { 0.0 } else { fade };
        let here = (time.at(from) - reach(&span.start), time.at(to) + reach(&span.end));
        let free = |t: &Vec<(f64, f64)>| t.iter().all(|o| here.1 <= o.0 + 0.5 || here.0 >= o.1 - 0.5);
        let track = ends.iter().position(free).unwrap_or_else(|| {
            ends.push(Vec::new());
            ends.len() - 1
        });
        ends[track].push(here);
        chosen.push(track);
    }
    chosen
}

fn draw_span(canvas: &mut Canvas, span: &Span, time: &TimeScale, middle: f64) {
    let half = canvas.size * 0.6;
    let (from, to) = span.known(time);
    let (left, right) = (time.at(from), time.at(to).max(time.at(from) + 3.0));
    let reach = canvas.size * FADE;
    let y = (middle - half, middle + half);
    canvas.rect((left, right), y, Paint::Filled(span.kind), "mark");
    for (edge, at, to_right) in [(&span.start, left, false), (&span.end, right, true)] {
        let end = if to_right { at + reach } else { at - reach };
        match edge {
            Edge::At(..) => canvas.line((at, y.0), (at, y.1), Paint::Paper, " stroke-width=\"1.5\""),
            Edge::Unknown(..) => {
                canvas.rect((at, end), y, Paint::Filled(span.kind), "fading");
                canvas.rect((at, end), y, Paint::Fade(to_right), "fade");
                let style = Type { bold: true, class: "unknown", ..canvas.value() };
                let x = if to_right { end - reach * 0.2 } else { end + reach * 0.2 };
                canvas.number(x, middle + style.size * 0.36, Side::Both, style, "?");
            }
            Edge::Open => {
                let neck = if to_right { end - half * 1.6 } else { end + half * 1.6 };
                canvas.rect((at, neck), y, Paint::Filled(span.kind), "mark");
                let (p, over) = (crate::canvas::px, half * 0.35);
                let d = format!("M{} {}L{} {}L{} {}z", p(neck), p(y.0 - over), p(end), p(middle), p(neck), p(y.1 + over));
                canvas.path(&d, Paint::Plain(span.kind), Paint::None, " class=\"mark open\"");
            }
        }
    }
    let style = Type { class: "on-span", ..canvas.value() };
    let half_text = text::width(&span.label, style.size) / 2.0 + 3.0;
    if !span.label.is_empty() && half_text * 2.0 + 4.0 <= right - left {
        let centre = (left + right) / 2.0;
        canvas.rect((centre - half_text, centre + half_text), (y.0 + 1.0, y.1 - 1.0), Paint::Paper, "ground");
        canvas.write(centre, middle + style.size * 0.36, Side::Both, style, &span.label);
    }
}
