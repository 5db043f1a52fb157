//! Pictures of answers, as their questions name them: columns of the answer become bars, lines, lanes, areas and boxes.

mod chart;
mod view;

pub use chart::charts;
pub use view::{AnswerView, Groups, LinkedName, Scene};

use remit_ask::{Answer, AskError, Drawing, DrawingForm, Voice};
use remit_draw::{
    AboutPicture, Area, Bar, Bars, DotEstimate, DotRow, Dots, Edge, Graph, GraphLink, GraphNode, Lane, Map, Matrix, MatrixRow,
    Picture, PictureWords, Point, Series, SeriesLine, Setting, Span, Stack, Stacked, Timeline, Value,
};
use remit_model::Geography;
use remit_store::Cell;

/// The most bars, rows or lanes that can be read at once, and the most groups that can be told apart.
const MOST: usize = 20;
const KINDS: usize = 6;
/// The most columns of a matrix, and the most links of a graph.
const COLUMNS: usize = 12;
const LINKS: usize = 60;

/// How pictures are set, in the words of a language.
pub fn setting(voice: &Voice<'_>) -> Setting {
    let word = |code: &'static str| voice.model.lists.name("picture_word", code, voice.locale.language).to_owned();
    Setting::new(PictureWords::new(voice.locale.clone(), word))
}

/// The pictures of an answer, in the order of its question; none where there is nothing to draw.
///
/// # Errors
/// When the answer lacks a column of which a picture is made.
pub fn pictures(scene: &Scene<'_>, answer: &Answer) -> Result<Vec<Box<dyn Picture>>, AskError> {
    if answer.table.rows.is_empty() {
        return Ok(Vec::new());
    }
    let drawn = answer.question.draw.iter().enumerate().map(|(n, drawing)| picture(scene, answer, drawing, n));
    drawn.filter_map(Result::transpose).collect()
}

fn picture(scene: &Scene<'_>, answer: &Answer, drawing: &Drawing, n: usize) -> Result<Option<Box<dyn Picture>>, AskError> {
    let view = AnswerView::new(scene, answer, drawing)?;
    let about = view.about(n);
    // Axes with nothing on them tell nothing: the table says that nobody reported it.
    let is_measured = view.rows().any(|r| view.value(r, &drawing.value).is_some());
    Ok(match drawing.form {
        DrawingForm::Series | DrawingForm::Dots if !is_measured => None,
        DrawingForm::Bars => Some(Box::new(view.bars(about))),
        DrawingForm::Stacked => Some(Box::new(view.stacked(about))),
        DrawingForm::Series => Some(Box::new(view.series(about))),
        DrawingForm::Dots => Some(Box::new(view.dots(about))),
        DrawingForm::Matrix => Some(Box::new(view.matrix(about))),
        DrawingForm::Timeline => view.timeline(about).map(|timeline| Box::new(timeline) as Box<dyn Picture>),
        DrawingForm::Map => Some(Box::new(view.map(about))),
        DrawingForm::Graph => view.graph(about).map(|graph| Box::new(graph) as Box<dyn Picture>),
        // Both are drawn as parts of the page.
        DrawingForm::Tree | DrawingForm::Marks => None,
    })
}

impl AnswerView<'_> {
    fn about(&self, n: usize) -> AboutPicture {
        let (question, voice) = (&self.answer.question, &self.scene.voice);
        let title = [&self.drawing.title, &question.title].into_iter().find(|l| !l.is_empty()).map(|l| voice.label(l));
        let is_default =
            |name: &str| question.parameters.iter().any(|p| p.name == name && p.default == self.answer.parameter(name));
        let chosen = question.parameters.iter().filter(|p| !is_default(&p.name)).filter_map(|p| self.answer.said(p, voice));
        let title: Vec<String> = title.into_iter().chain(chosen).collect();
        let day = voice.locale.date(&self.answer.as_of.valid_on.to_string());
        AboutPicture {
            id: format!("{}-{n}", question.name),
            title: voice.locale.list(&title),
            unit: voice.label(&self.drawing.unit),
            source: self.sentence("picture_source", &[("sources", &self.sources()), ("day", &day)]),
            ..AboutPicture::default()
        }
    }

    /// What the rows add up to: not reported where nobody reported any of it, or reported in a currency without a rate, or left out of sums.
    fn sum(&self, rows: &[usize]) -> Value {
        let is_unconverted = |row: &usize| self.value(*row, "with_unconverted").is_some_and(|n| n > 0.0);
        let beside = ["set_apart", "left_out"].map(|of| format!("{}_{of}", self.drawing.value));
        let is_left_out = |row: &usize| beside.iter().any(|name| self.value(*row, name).is_some_and(|n| n != 0.0));
        let known: Vec<f64> = rows.iter().filter_map(|r| self.value(*r, &self.drawing.value)).collect();
        match &known[..] {
            [] if rows.iter().any(is_left_out) => Value::LeftOut,
            [] if rows.iter().any(is_unconverted) => Value::NotConverted,
            [] => Value::NotReported,
            known => Value::Known(known.iter().sum()),
        }
    }

    fn estimate(&self, row: usize) -> DotEstimate {
        let (low, high) = (self.value(row, &self.drawing.low), self.value(row, &self.drawing.high));
        DotEstimate { value: self.value(row, &self.drawing.value).into(), interval: low.zip(high) }
    }

    /// The groups that add up to most, in their order, and the rows of all others.
    fn largest(&self, groups: Groups, most: usize) -> (Groups, Vec<usize>) {
        let sum = |rows: &[usize]| self.sum(rows).known().unwrap_or(f64::MIN);
        let mut order: Vec<usize> = (0..groups.len()).collect();
        order.sort_by(|a, b| sum(&groups[*b].1).total_cmp(&sum(&groups[*a].1)));
        order.truncate(most);
        let (kept, rest): (Vec<_>, Vec<_>) = groups.into_iter().enumerate().partition(|(n, _)| order.contains(n));
        (kept.into_iter().map(|(_, g)| g).collect(), rest.into_iter().flat_map(|(_, (_, rows))| rows).collect())
    }

    /// The labels that are drawn, the largest or the latest; `about` says how many are not.
    fn labels(&self, about: &mut AboutPicture) -> Groups {
        let mut all = self.all(&self.drawing.label);
        let count = all.len();
        let when = |name: &LinkedName| moment(&Cell::Text(name.text.clone()));
        let kept = if all.iter().all(|(name, _)| when(name).is_some()) {
            all.sort_by(|(a, _), (b, _)| when(a).unwrap_or_default().total_cmp(&when(b).unwrap_or_default()));
            all.split_off(count.saturating_sub(MOST))
        } else {
            self.largest(all, MOST).0
        };
        self.tell(about, kept.len(), count);
        kept
    }

    /// Says of how many the picture shows only a part.
    fn tell(&self, about: &mut AboutPicture, drawn: usize, of: usize) {
        if drawn < of {
            let number = |n: usize| self.scene.voice.locale.whole(n as f64);
            about.note = self.sentence("drawn_of", &[("n", &number(drawn)), ("all", &number(of))]);
        }
    }

    fn bars(&self, mut about: AboutPicture) -> Bars {
        let mut groups = self.labels(&mut about);
        let sum = |rows: &[usize]| self.sum(rows).known().unwrap_or(f64::MIN);
        groups.sort_by(|a, b| sum(&b.1).total_cmp(&sum(&a.1)));
        let bar = |(name, rows): (LinkedName, Vec<usize>)| Bar {
            label: self.counted(&name.text, &rows),
            value: self.sum(&rows),
            link: name.link,
        };
        Bars { about, head: self.head(&self.drawing.label), bars: groups.into_iter().map(bar).collect() }
    }

    /// What a bar is called, with how many things its value is of.
    fn counted(&self, name: &str, rows: &[usize]) -> String {
        if self.drawing.count.is_empty() {
            return name.to_owned();
        }
        let count: f64 = rows.iter().filter_map(|r| self.cell(*r, &self.drawing.count).number()).sum();
        format!("{name} ({})", self.scene.voice.locale.whole(count))
    }

    fn stacked(&self, mut about: AboutPicture) -> Stacked {
        let labels = self.labels(&mut about);
        let mut all = self.all(&self.drawing.group);
        // The codes of a short list look the same in every picture, in their order, and what nobody reported comes last.
        let codes = self.codes(&self.drawing.group).len();
        let place = |rows: &[usize]| self.position(rows[0], &self.drawing.group).min(codes);
        let is_short = (1..KINDS).contains(&codes);
        if is_short {
            all.sort_by_key(|(_, rows)| place(rows));
        }
        let places = if is_short { all.iter().map(|(_, rows)| place(rows)).collect() } else { Vec::new() };
        let most = if all.len() > KINDS { KINDS - 1 } else { KINDS };
        let (mut parts, rest) = self.largest(all, most);
        if !rest.is_empty() {
            parts.push((LinkedName { text: self.sentence("others", &[]), link: None }, rest));
        }
        // Who gave nothing in a year is no part of its bar.
        let part = |rows: &[usize], of: &[usize]| match rows.iter().filter(|r| of.contains(r)).copied().collect::<Vec<_>>() {
            both if both.is_empty() => Value::NoRecord,
            both => self.sum(&both),
        };
        let bars = labels.iter().map(|(name, rows)| Stack {
            label: name.text.clone(),
            values: parts.iter().map(|(_, of)| part(rows, of)).collect(),
            link: name.link.clone(),
        });
        Stacked {
            head: self.head(&self.drawing.label),
            bars: bars.collect(),
            parts: parts.iter().map(|(n, _)| n.text.clone()).collect(),
            places,
            about,
        }
    }

    fn matrix(&self, mut about: AboutPicture) -> Matrix {
        let labels = self.labels(&mut about);
        let (columns, _) = self.largest(self.all(&self.drawing.group), COLUMNS);
        let value = |rows: &[usize], of: &[usize]| match rows.iter().filter(|r| of.contains(r)).copied().collect::<Vec<_>>() {
            both if both.is_empty() => Value::NoRecord,
            both => self.sum(&both),
        };
        let items = labels.iter().map(|(name, rows)| MatrixRow {
            label: name.text.clone(),
            cells: columns.iter().map(|(_, of)| (value(rows, of), None)).collect(),
            link: name.link.clone(),
        });
        Matrix {
            head: self.head(&self.drawing.label),
            items: items.collect(),
            columns: columns.iter().map(|(n, _)| n.text.clone()).collect(),
            steps: steps(
                &labels.iter().flat_map(|(_, rows)| rows).filter_map(|r| self.value(*r, &self.drawing.value)).collect::<Vec<_>>(),
            ),
            about,
        }
    }

    /// The groups that can be told apart; `about` says how many are not drawn.
    fn kinds(&self, about: &mut AboutPicture) -> Groups {
        let mut groups = self.all(&self.drawing.group);
        let count = groups.len();
        groups.truncate(KINDS);
        self.tell(about, groups.len(), count);
        groups
    }

    /// What spans and links are told apart by. The codes of a list that is no longer than `most` look the same wherever they are drawn, and what
    /// has none comes after them; of other groups, what is more than can be told apart is the last of them.
    fn told_apart(&self, rows: &[usize], most: usize) -> (Vec<String>, Box<dyn Fn(usize) -> usize + '_>) {
        let group = &self.drawing.group;
        let codes = self.codes(group);
        if (1..=most).contains(&codes.len()) {
            let words = codes.iter().copied().chain([""]).map(|code| self.code(group, code)).collect();
            return (words, Box::new(move |row| self.position(row, group).min(codes.len())));
        }
        let groups = self.grouped(rows, group);
        let mut words: Vec<String> = groups.iter().take(KINDS).map(|(n, _)| n.text.clone()).collect();
        if groups.len() > KINDS {
            words[KINDS - 1] = self.sentence("others", &[]);
        }
        let kind = move |row| groups.iter().position(|(_, rows)| rows.contains(&row)).unwrap_or_default().min(KINDS - 1);
        (words, Box::new(kind))
    }

    fn series(&self, mut about: AboutPicture) -> Series {
        let line = |(name, rows): (LinkedName, Vec<usize>)| {
            let mut points: Vec<Point> = rows
                .iter()
                .filter_map(|r| {
                    let at = moment(self.cell(*r, &self.drawing.at))?;
                    Some(Point { at, when: self.name(*r, &self.drawing.at).text, estimate: self.estimate(*r), link: None })
                })
                .collect();
            points.sort_by(|a, b| a.at.total_cmp(&b.at));
            SeriesLine { name: name.text, points }
        };
        let lines = self.kinds(&mut about).into_iter().map(line).collect();
        Series { about, head: self.head(&self.drawing.at), lines, target: None, from_zero: true }
    }

    fn dots(&self, mut about: AboutPicture) -> Dots {
        let labels = self.labels(&mut about);
        let marks = self.kinds(&mut about);
        let value = |rows: &[usize], of: &[usize]| {
            rows.iter().find(|r| of.contains(r)).map_or(Value::NoRecord.into(), |r| self.estimate(*r))
        };
        let items = labels.iter().map(|(name, rows)| DotRow {
            label: name.text.clone(),
            values: marks.iter().map(|(_, of)| value(rows, of)).collect(),
            link: name.link.clone(),
        });
        Dots {
            head: self.head(&self.drawing.label),
            items: items.collect(),
            marks: marks.iter().map(|(n, _)| n.text.clone()).collect(),
            from_zero: true,
            about,
        }
    }

    /// What lasted from when to when; nothing where no row has a day. A bar without a start, an end or a mention would say that it has
    /// been so for ever: the table has what is not dated.
    fn timeline(&self, mut about: AboutPicture) -> Option<Timeline> {
        let known = [&self.drawing.start, &self.drawing.first, &self.drawing.end, &self.drawing.last];
        let dated: Vec<usize> =
            self.rows().filter(|r| known.iter().any(|column| moment(self.cell(*r, column)).is_some())).collect();
        let all = self.grouped(&dated, &self.drawing.label);
        if all.is_empty() {
            return None;
        }
        let drawn: Vec<usize> = all.iter().take(MOST).flat_map(|(_, rows)| rows).copied().collect();
        let (kinds, kind) = self.told_apart(&drawn, KINDS - 1);
        self.tell(&mut about, all.len().min(MOST), all.len());
        let edge = |row: usize, known: &str, cited: &str, read: fn(&Cell) -> Option<f64>| {
            // Also a day that no column of the table shows is written as the language writes it.
            let written = |column: &str| match self.cell(row, column).text() {
                Some(day) => self.scene.voice.locale.date(day),
                None => self.name(row, column).text,
            };
            let at = |column: &str| read(self.cell(row, column)).map(|at| (at, written(column)));
            match (at(known), at(cited)) {
                (Some((at, text)), _) => Edge::At(at, text),
                (None, Some((at, text))) => Edge::Unknown(at, text),
                (None, None) => Edge::Open,
            }
        };
        let span = |row: usize| {
            let end = edge(row, &self.drawing.end, &self.drawing.last, end_of);
            // What goes on may have no end; what nobody has dated the start of was not so ever since: it is known at its end alone.
            let start = match (edge(row, &self.drawing.start, &self.drawing.first, moment), &end) {
                (Edge::Open, Edge::At(at, text) | Edge::Unknown(at, text)) => Edge::Unknown(*at, text.clone()),
                (start, _) => start,
            };
            Span { kind: kind(row), start, end, ..Span::default() }
        };
        let lane = |(name, rows): &(LinkedName, Vec<usize>)| Lane {
            label: name.text.clone(),
            spans: rows.iter().map(|r| span(*r)).collect(),
            link: name.link.clone(),
        };
        let day = self.answer.as_of.valid_on.to_string();
        Some(Timeline {
            about,
            head: self.head(&self.drawing.label),
            kinds,
            lanes: all.iter().take(MOST).map(lane).collect(),
            mark: moment(&Cell::Text(day.clone())).map(|at| (at, self.scene.voice.locale.date(&day))),
        })
    }

    /// The world: a country without a row is plain land.
    fn map(&self, about: AboutPicture) -> Map {
        let geography = &self.scene.voice.model.geography;
        let row = |code: &str| self.rows().find(|r| self.text(*r, &self.drawing.label) == code);
        let areas = geography.world.iter().filter_map(|shape| {
            let found = row(&shape.code);
            // A country too small for a shape is drawn as a dot, and only where there is something to say.
            (found.is_some() || !shape.path.is_empty()).then(|| Area {
                name: found.map_or_else(String::new, |r| self.name(r, &self.drawing.label).text),
                path: shape.path.clone(),
                point: (f64::from(shape.point.0), f64::from(shape.point.1)),
                value: found.map_or(Value::NoRecord, |r| self.value(r, &self.drawing.value).into()),
                link: found.and_then(|r| self.name(r, &self.drawing.label).link),
            })
        });
        let values: Vec<f64> = self.rows().filter_map(|r| self.value(r, &self.drawing.value)).collect();
        Map {
            head: self.head(&self.drawing.label),
            measure: self.head(&self.drawing.value),
            areas: areas.collect(),
            width: Geography::WORLD.0,
            height: Geography::WORLD.1,
            steps: steps(&values),
            about,
            ..Map::default()
        }
    }

    /// Who commands, manages or oversees whom; nothing where there are no links, or more than can be followed by eye.
    fn graph(&self, about: AboutPicture) -> Option<Graph> {
        let known = |column: &str, r: usize| !self.text(r, column).is_empty();
        let (from, to) = (self.drawing.from.as_str(), self.drawing.to.as_str());
        let linked: Vec<usize> = self.rows().filter(|r| known(from, *r) && known(to, *r)).collect();
        if linked.is_empty() || linked.len() > LINKS {
            return None;
        }
        // Of a link nothing may be known: it is pale then, beside any that has a colour.
        let (kinds, kind) = self.told_apart(&linked, KINDS);
        let id = |name: &LinkedName| format!("{} {}", name.link.as_deref().unwrap_or_default(), name.text);
        let mut nodes: Vec<GraphNode> = Vec::new();
        let links = linked.iter().map(|r| {
            let ends = [self.name(*r, from), self.name(*r, to)];
            for end in &ends {
                if !nodes.iter().any(|n| n.id == id(end)) {
                    nodes.push(GraphNode {
                        id: id(end),
                        label: end.text.clone(),
                        link: end.link.clone(),
                        ..GraphNode::default()
                    });
                }
            }
            GraphLink {
                from: id(&ends[0]),
                to: id(&ends[1]),
                kind: kind(*r),
                note: if known(&self.drawing.note, *r) { self.name(*r, &self.drawing.note).text } else { String::new() },
                doubtful: self.is_doubtful(*r, &self.drawing.confirmed),
                link: None,
            }
        });
        let links = links.collect();
        Some(Graph { about, kinds, nodes, links })
    }
}

/// The moment of a year, a month or a day as it is written.
fn moment(cell: &Cell) -> Option<f64> {
    let Some(text) = cell.text() else { return cell.number() };
    let mut parts = text.get(..10).unwrap_or(text).split('-');
    let year = parts.next()?.parse().ok()?;
    let mut part = || parts.next().and_then(|p| p.parse().ok()).unwrap_or(1);
    Some(remit_draw::year(year, part(), part()))
}

/// The moment at which a year or a month as it is written is over: what ends in 2026 does not end as that begins. A day is a moment.
fn end_of(cell: &Cell) -> Option<f64> {
    let begun = moment(cell)?;
    Some(match cell.text().map(str::len) {
        Some(4) => begun + 1.0,
        Some(7) => begun + 1.0 / 12.0,
        _ => begun,
    })
}

/// Five classes for shades of counts, each about as large as the next by order of magnitude.
fn steps(values: &[f64]) -> Vec<f64> {
    let most = values.iter().copied().fold(1.0, f64::max);
    let scale = [
        [1.0, 2.0, 4.0, 7.0, 12.0],
        [1.0, 5.0, 10.0, 20.0, 50.0],
        [1.0, 20.0, 50.0, 100.0, 200.0],
        [1.0, 100.0, 250.0, 500.0, 1000.0],
    ];
    scale.into_iter().find(|s| most < s[4] * 4.0).unwrap_or([1.0, 1000.0, 5000.0, 10_000.0, 50_000.0]).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_precisely_as_they_are_written() {
        let at = |text: &str| moment(&Cell::Text(text.into()));
        assert_eq!(at("2019"), Some(2019.0));
        assert_eq!(at("2019-07"), Some(2019.5));
        assert!(at("2019-07-02T10:00:00Z").unwrap() > 2019.5);
        assert_eq!(at("soon"), None);
        assert_eq!(moment(&Cell::Null), None);
        let end = |text: &str| end_of(&Cell::Text(text.into()));
        assert_eq!([end("2019"), end("2019-12"), end("2019-07-01")], [Some(2020.0), Some(2020.0), Some(2019.5)]);
    }
}
