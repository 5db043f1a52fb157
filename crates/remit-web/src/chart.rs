//! Pictures of answers, as their questions name them: columns of the answer become bars, lines, lanes, areas and boxes.
//! Each comes with its own data as a table.

use crate::app::App;
use crate::language::{language, locale};
use crate::request::Asked;
use crate::say::{called, date, listed, say, with, with_one};
use crate::show::{Drawn, Shown, cell};
use remit_ask::{Answer, Drawing, Form};
use remit_draw::{
    About, Area, Bar, Bars, DotRow, Dots, Edge, Estimate, Graph, Lane, Line, Link, Map, Matrix, MatrixRow, Node, Picture, Point,
    Series, Setting, Span, Stack, Stacked, Timeline, Value, Words,
};
use remit_model::{Geography, Model};
use remit_store::Cell;

/// A picture on a page.
#[derive(Debug, Clone)]
pub(crate) struct Chart {
    pub(crate) svg: String,
    pub(crate) table: Drawn,
}

/// The most bars, rows or lanes that can be read at once, and the most groups that can be told apart.
const MOST: usize = 20;
const KINDS: usize = 6;
/// The most columns of a matrix, and the most links of a graph.
const COLUMNS: usize = 12;
const LINKS: usize = 60;

/// Narrower than a column of text, so that words can still be read where a telephone shows them.
const WIDTH: f64 = 400.0;

/// How pictures are set on a page.
pub(crate) fn setting(model: &Model) -> Setting {
    let word = |code: &'static str| model.lists.name("picture_word", code, language()).to_owned();
    Setting { width: WIDTH, ..Setting::new(Words::new(locale(), word)) }
}

/// The pictures of an answer; none where there is nothing to draw.
pub(crate) fn charts(app: &App, asked: &Asked, answer: &Answer) -> Vec<Chart> {
    let drawings = answer.question.draw.iter().enumerate();
    drawings.filter_map(|(n, drawing)| chart(app, asked, answer, drawing, n)).collect()
}

fn chart(app: &App, asked: &Asked, answer: &Answer, drawing: &Drawing, n: usize) -> Option<Chart> {
    if answer.table.rows.is_empty() {
        return None;
    }
    let view = View { app, asked, answer, drawing };
    let about = view.about(n);
    Some(match drawing.form {
        Form::Bars => place(app.model(), &view.bars(about)),
        Form::Stacked => place(app.model(), &view.stacked(about)),
        Form::Series => place(app.model(), &view.series(about)),
        Form::Dots => place(app.model(), &view.dots(about)),
        Form::Matrix => place(app.model(), &view.matrix(about)),
        Form::Timeline => place(app.model(), &view.timeline(about)),
        Form::Map => place(app.model(), &view.map(about)),
        Form::Graph => place(app.model(), &view.graph(about)?),
        Form::Tree | Form::Marks => return None,
    })
}

/// A picture with its data as a table.
pub(crate) fn place(model: &Model, picture: &dyn Picture) -> Chart {
    let setting = setting(model);
    let (about, rows) = (picture.about(), picture.rows(&setting.words));
    let numeric = |c: usize| c > 0 && rows.rows.iter().any(|r| r.get(c).is_some_and(|cell| cell.number.is_some()));
    let shown = |(c, cell): (usize, &remit_draw::Cell)| Shown {
        text: cell.text.clone(),
        href: cell.link.clone().unwrap_or_default(),
        class: if numeric(c) { "num" } else { "" },
        sort: cell.number.map(|n| n.to_string()).unwrap_or_default(),
        ..Shown::default()
    };
    let head = |(c, text): (usize, &String)| Shown { class: if numeric(c) { "num" } else { "" }, ..Shown::text(text) };
    let table = Drawn {
        id: format!("{}-data", about.id),
        caption: about.title.clone(),
        unit: about.unit.clone(),
        heads: rows.head.iter().enumerate().map(head).collect(),
        rows: rows.rows.iter().map(|r| r.iter().enumerate().map(shown).collect()).collect(),
        ..Drawn::default()
    };
    Chart { svg: picture.svg(&setting), table }
}

/// What a thing is called in an answer, and where it leads.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) link: Option<String>,
}

/// Names with the rows that have them, in the order in which they first stand there.
pub(crate) type Groups = Vec<(Name, Vec<usize>)>;

/// An answer, seen with the columns of a drawing.
pub(crate) struct View<'a> {
    pub(crate) app: &'a App,
    pub(crate) asked: &'a Asked,
    pub(crate) answer: &'a Answer,
    pub(crate) drawing: &'a Drawing,
}

impl View<'_> {
    fn about(&self, n: usize) -> About {
        let question = &self.answer.question;
        let title = if self.drawing.title.is_empty() { &question.title } else { &self.drawing.title };
        let chosen = question.parameters.iter().filter_map(|p| {
            let value = self.answer.parameter(&p.name);
            let list = p.list.as_deref();
            (!value.is_empty() && value != p.default)
                .then(|| list.map_or(value, |list| self.app.model().lists.name(list, value, language())).to_owned())
        });
        let title: Vec<String> = std::iter::once(called(title)).chain(chosen).collect();
        About {
            id: format!("{}-{n}", question.name),
            title: listed(&title),
            unit: called(&self.drawing.unit),
            source: with(
                "chart-source",
                &[("sources", self.sources().into()), ("day", date(&self.asked.as_of.valid_on.to_string()).into())],
            ),
            ..About::default()
        }
    }

    /// The sources that the rows name, or the workspace.
    fn sources(&self) -> String {
        let mut named: Vec<&str> = Vec::new();
        for r in 0..self.answer.table.rows.len() {
            let source = crate::show::text(&self.answer.table, r, "source");
            if !source.is_empty() && !named.contains(&source) {
                named.push(source);
            }
        }
        match named[..] {
            [] => self.app.workspace().settings().title.clone(),
            [one] => one.to_owned(),
            [one, other] => format!("{one}; {other}"),
            _ => with_one("sources-in-table", "n", named.len()),
        }
    }

    pub(crate) fn head(&self, column: &str) -> String {
        called(&self.app.columns().get(column).label)
    }

    /// What a code of a column is called; that nobody reported it where there is none.
    pub(crate) fn code(&self, column: &str, code: &str) -> String {
        match self.app.columns().get(column).list {
            _ if code.is_empty() => format!("{}: {}", self.head(column), setting(self.app.model()).words.not_reported),
            Some(list) => self.app.model().lists.name(&list, code, language()).to_owned(),
            None => code.to_owned(),
        }
    }

    /// Where the code of a row stands in the list of its column.
    pub(crate) fn position(&self, row: usize, column: &str) -> usize {
        let code = crate::show::text(&self.answer.table, row, column);
        let look = self.app.columns().get(column);
        let list = look.list.and_then(|list| self.app.model().lists.get(&list));
        list.and_then(|l| l.codes().iter().position(|c| c.code == code)).unwrap_or(usize::MAX)
    }

    fn name(&self, row: usize, column: &str) -> Name {
        let table = &self.answer.table;
        match table.column(column) {
            Some(at) => {
                // What a group is told apart by says what is not known.
                if column == self.drawing.group && table.rows[row][at].is_null() {
                    return Name { text: self.code(column, ""), link: None };
                }
                let shown = cell(self.asked, self.app.model(), table, row, at, &self.app.columns().get(column));
                Name { text: shown.text, link: Some(shown.href).filter(|h| !h.is_empty()) }
            }
            None => Name { text: self.head(column), link: None },
        }
    }

    fn value(&self, row: usize, column: &str) -> Option<f64> {
        let hundred = if self.app.columns().get(column).show == "share" { 100.0 } else { 1.0 };
        self.answer.table.get(row, column).number().map(|n| n * hundred)
    }

    /// What the rows add up to: not reported where nobody reported any of it.
    fn sum(&self, rows: &[usize]) -> Value {
        let known: Vec<f64> = rows.iter().filter_map(|r| self.value(*r, &self.drawing.value)).collect();
        if known.is_empty() { Value::NotReported } else { Value::Known(known.iter().sum()) }
    }

    fn estimate(&self, row: usize) -> Estimate {
        let (low, high) = (self.value(row, &self.drawing.low), self.value(row, &self.drawing.high));
        Estimate { value: self.value(row, &self.drawing.value).into(), interval: low.zip(high) }
    }

    pub(crate) fn grouped(&self, rows: &[usize], column: &str) -> Groups {
        let mut groups = Groups::new();
        for row in rows {
            let name = self.name(*row, column);
            match groups.iter_mut().find(|(n, _)| *n == name) {
                Some((_, rows)) => rows.push(*row),
                None => groups.push((name, vec![*row])),
            }
        }
        groups
    }

    pub(crate) fn all(&self, column: &str) -> Groups {
        self.grouped(&(0..self.answer.table.rows.len()).collect::<Vec<_>>(), column)
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
    fn labels(&self, about: &mut About) -> Groups {
        let mut all = self.all(&self.drawing.label);
        let count = all.len();
        let when = |name: &Name| moment(&Cell::Text(name.text.clone()));
        let kept = if all.iter().all(|(name, _)| when(name).is_some()) {
            all.sort_by(|(a, _), (b, _)| when(a).unwrap_or_default().total_cmp(&when(b).unwrap_or_default()));
            all.split_off(count.saturating_sub(MOST))
        } else {
            self.largest(all, MOST).0
        };
        self.as_of(about, kept.len(), count);
        kept
    }

    fn as_of(&self, about: &mut About, drawn: usize, of: usize) {
        if drawn < of {
            about.note = with("drawn-of", &[("n", drawn.into()), ("all", of.into())]);
        }
    }

    fn bars(&self, mut about: About) -> Bars {
        let mut groups = self.labels(&mut about);
        let sum = |rows: &[usize]| self.sum(rows).known().unwrap_or(f64::MIN);
        groups.sort_by(|a, b| sum(&b.1).total_cmp(&sum(&a.1)));
        let bar = |(name, rows): (Name, Vec<usize>)| Bar { label: name.text, value: self.sum(&rows), link: name.link };
        Bars { about, head: self.head(&self.drawing.label), bars: groups.into_iter().map(bar).collect() }
    }

    fn stacked(&self, mut about: About) -> Stacked {
        let labels = self.labels(&mut about);
        let all = self.all(&self.drawing.group);
        let most = if all.len() > KINDS { KINDS - 1 } else { KINDS };
        let (mut parts, rest) = self.largest(all, most);
        if !rest.is_empty() {
            parts.push((Name { text: say("others"), link: None }, rest));
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
            about,
        }
    }

    fn matrix(&self, mut about: About) -> Matrix {
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
    fn kinds(&self, about: &mut About) -> Groups {
        let mut groups = self.all(&self.drawing.group);
        let count = groups.len();
        groups.truncate(KINDS);
        self.as_of(about, groups.len(), count);
        groups
    }

    /// What spans and links are told apart by; what is more than can be told apart is the last of them.
    fn told_apart(&self, rows: &[usize]) -> (Vec<String>, impl Fn(usize) -> usize) {
        let groups = self.grouped(rows, &self.drawing.group);
        let mut words: Vec<String> = groups.iter().take(KINDS).map(|(n, _)| n.text.clone()).collect();
        if groups.len() > KINDS {
            words[KINDS - 1] = say("others");
        }
        (words, move |row| groups.iter().position(|(_, rows)| rows.contains(&row)).unwrap_or_default().min(KINDS - 1))
    }

    fn series(&self, mut about: About) -> Series {
        let line = |(name, rows): (Name, Vec<usize>)| {
            let mut points: Vec<Point> = rows
                .iter()
                .filter_map(|r| {
                    let at = moment(self.answer.table.get(*r, &self.drawing.at))?;
                    Some(Point { at, when: self.name(*r, &self.drawing.at).text, estimate: self.estimate(*r), link: None })
                })
                .collect();
            points.sort_by(|a, b| a.at.total_cmp(&b.at));
            Line { name: name.text, points }
        };
        let lines = self.kinds(&mut about).into_iter().map(line).collect();
        Series { about, head: self.head(&self.drawing.at), lines, target: None, from_zero: true }
    }

    fn dots(&self, mut about: About) -> Dots {
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

    fn timeline(&self, mut about: About) -> Timeline {
        let all = self.all(&self.drawing.label);
        let drawn: Vec<usize> = all.iter().take(MOST).flat_map(|(_, rows)| rows).copied().collect();
        let (kinds, kind) = self.told_apart(&drawn);
        self.as_of(&mut about, all.len().min(MOST), all.len());
        let edge = |row: usize, known: &str, cited: &str| {
            let at = |column: &str| moment(self.answer.table.get(row, column)).map(|at| (at, self.name(row, column).text));
            match (at(known), at(cited)) {
                (Some((at, text)), _) => Edge::At(at, text),
                (None, Some((at, text))) => Edge::Unknown(at, text),
                (None, None) => Edge::Open,
            }
        };
        let span = |row: usize| Span {
            kind: kind(row),
            start: edge(row, &self.drawing.start, &self.drawing.first),
            end: edge(row, &self.drawing.end, &self.drawing.last),
            ..Span::default()
        };
        let lane = |(name, rows): &(Name, Vec<usize>)| Lane {
            label: name.text.clone(),
            spans: rows.iter().map(|r| span(*r)).collect(),
            link: name.link.clone(),
        };
        let day = self.asked.as_of.valid_on.to_string();
        Timeline {
            about,
            head: self.head(&self.drawing.label),
            kinds,
            lanes: all.iter().take(MOST).map(lane).collect(),
            mark: moment(&Cell::Text(day.clone())).map(|at| (at, date(&day))),
        }
    }

    /// The world: a country without a row is plain land.
    fn map(&self, about: About) -> Map {
        let (table, geography) = (&self.answer.table, &self.app.model().geography);
        let row = |code: &str| (0..table.rows.len()).find(|r| crate::show::text(table, *r, &self.drawing.label) == code);
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
        let values: Vec<f64> = (0..table.rows.len()).filter_map(|r| self.value(r, &self.drawing.value)).collect();
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
    fn graph(&self, about: About) -> Option<Graph> {
        let table = &self.answer.table;
        let known = |column: &str, r: usize| !crate::show::text(table, r, column).is_empty();
        let (from, to) = (self.drawing.from.as_str(), self.drawing.to.as_str());
        let linked: Vec<usize> = (0..table.rows.len()).filter(|r| known(from, *r) && known(to, *r)).collect();
        if linked.is_empty() || linked.len() > LINKS {
            return None;
        }
        let (kinds, kind) = self.told_apart(&linked);
        let id = |name: &Name| format!("{} {}", name.link.as_deref().unwrap_or_default(), name.text);
        let mut nodes: Vec<Node> = Vec::new();
        let links = linked.iter().map(|r| {
            let ends = [self.name(*r, from), self.name(*r, to)];
            for end in &ends {
                if !nodes.iter().any(|n| n.id == id(end)) {
                    nodes.push(Node { id: id(end), label: end.text.clone(), link: end.link.clone(), ..Node::default() });
                }
            }
            Link {
                from: id(&ends[0]),
                to: id(&ends[1]),
                kind: kind(*r),
                note: if known(&self.drawing.note, *r) { self.name(*r, &self.drawing.note).text } else { String::new() },
                doubtful: table.get(*r, &self.drawing.confirmed).number() == Some(0.0),
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

/// Five classes for shades of counts, each about as large as the next by order of magnitude.
pub(crate) fn steps(values: &[f64]) -> Vec<f64> {
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
    }
}
