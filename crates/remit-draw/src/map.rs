//! Maps: areas shaded by value, and places.

use crate::about::{AboutPicture, Setting, Value};
use crate::canvas::{Canvas, Key, Side, Sign, Type};
use crate::number::Decimals;
use crate::paint::Paint;
use crate::rows::{DrawnCell, DrawnTable};
use crate::scale::Scale;
use crate::{Picture, PictureWords, text};

/// A map of areas, of places, or of both. Never mirrored.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Map {
    /// What stands around it.
    pub about: AboutPicture,
    /// What the areas and places are: the head of their column in the table.
    pub head: String,
    /// What the areas' values are, for key and table.
    pub measure: String,
    /// What the places' values are, for the table.
    pub place_measure: String,
    /// Width of the map in its own units.
    pub width: f64,
    /// Height of the map in its own units.
    pub height: f64,
    /// The areas.
    pub areas: Vec<Area>,
    /// The places.
    pub places: Vec<MapPlace>,
    /// Where classes of shades start, five at most; made of the values where it is empty.
    pub steps: Vec<f64>,
    /// True where the names of areas are written on the map, as far as there is room.
    pub named: bool,
}

/// An area.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Area {
    /// Its name.
    pub name: String,
    /// Its outline as an SVG path in the map's units; empty where it is too small to draw.
    pub path: String,
    /// A point inside.
    pub point: (f64, f64),
    /// Its value. What has no record is drawn as plain land, and left out of the table.
    pub value: Value,
    /// Where it leads.
    pub link: Option<String>,
}

/// A place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MapPlace {
    /// Its name.
    pub name: String,
    /// Where it is, in the map's units.
    pub point: (f64, f64),
    /// Its value, shown by the size of its circle.
    pub value: Value,
    /// How far around the point it may really be, in the map's units; 0 where the point is exact.
    pub uncertain: f64,
    /// Where it leads.
    pub link: Option<String>,
}

/// Classes of shades.
pub(crate) struct Classes {
    steps: Vec<f64>,
    whole: bool,
    /// The value furthest from zero below the first step, where there is one.
    below: Option<f64>,
}

impl Classes {
    /// The steps that were given, or round ones; zero has no shade.
    pub(crate) fn new(given: &[f64], known: &[f64]) -> Classes {
        let whole = known.iter().chain(given).all(|v| v.fract() == 0.0);
        let mut steps: Vec<f64> = given.iter().copied().filter(|s| s.is_finite()).collect();
        if steps.is_empty() {
            let scale = Scale::over(known.iter().copied(), 4);
            steps = scale.ticks[..scale.ticks.len().saturating_sub(1)].to_vec();
            // Zero is a class of its own.
            if let Some(first) = steps.first_mut().filter(|f| **f == 0.0) {
                let least = known.iter().copied().filter(|v| *v > 0.0).fold(f64::INFINITY, f64::min);
                *first = if whole && least >= 1.0 { 1.0 } else { f64::MIN_POSITIVE };
            }
        }
        steps.sort_by(f64::total_cmp);
        steps.dedup();
        steps.truncate(5);
        let first = steps.first().copied().unwrap_or(f64::NEG_INFINITY);
        let below = known.iter().copied().filter(|v| *v < first).min_by(|a, b| b.abs().total_cmp(&a.abs()));
        Classes { steps, whole, below }
    }

    /// The shade of a value, 0 to 5: fewer classes use the darker shades further apart.
    pub(crate) fn of(&self, value: f64) -> usize {
        self.shade(self.steps.iter().filter(|s| value >= **s).count())
    }

    fn shade(&self, class: usize) -> usize {
        const SPREAD: [&[usize]; 6] = [&[0], &[0, 4], &[0, 2, 5], &[0, 1, 3, 5], &[0, 1, 2, 4, 5], &[0, 1, 2, 3, 4, 5]];
        let spread = SPREAD[self.steps.len().min(5)];
        spread[class.min(spread.len() - 1)]
    }

    /// The key: each shade with its range.
    pub(crate) fn keys(&self, form: Decimals, words: &PictureWords) -> Vec<Key> {
        let write = |v: f64| if v == f64::MIN_POSITIVE { "> 0".to_owned() } else { form.full(v, words) };
        let range = |i: usize| match self.steps.get(i + 1) {
            Some(next) if self.whole && *next - self.steps[i] <= 1.0 => write(self.steps[i]),
            Some(next) if self.whole => format!("{}–{}", write(self.steps[i]), write(next - 1.0)),
            Some(next) => format!("{} – < {}", write(self.steps[i]), write(*next)),
            None => format!("{} {}", write(self.steps[i]), words.and_more),
        };
        let shade = |i: usize| Key { sign: Sign::Box(Paint::Shade(self.shade(i + 1))), words: range(i) };
        // What lies below the first class has no shade: zero, as a rule.
        let below = self.below.map(|below| {
            let words = if below == 0.0 { "0".to_owned() } else { format!("< {}", write(self.steps[0])) };
            Key { sign: Sign::Box(Paint::Paper), words }
        });
        below.into_iter().chain((0..self.steps.len()).map(shade)).collect()
    }
}

impl Map {
    fn known(&self) -> Vec<f64> {
        self.areas.iter().filter_map(|a| a.value.known()).collect()
    }

    fn keys(&self, classes: &Classes, form: Decimals, words: &PictureWords) -> Vec<Key> {
        let has = |v: Value| self.areas.iter().any(|a| a.value == v);
        let mut keys = if self.known().is_empty() { Vec::new() } else { classes.keys(form, words) };
        let others = [
            (Value::NotReported, Paint::Unknown),
            (Value::NotConverted, Paint::Unknown),
            (Value::LeftOut, Paint::Unknown),
            (Value::Withheld, Paint::Withheld),
            (Value::NoRecord, Paint::Land),
        ];
        for (value, paint) in others {
            if has(value) && (value != Value::NoRecord || !self.known().is_empty()) {
                keys.push(Key { sign: Sign::Box(paint), words: value.reason(words).to_owned() });
            }
        }
        keys
    }

    fn size(&self) -> (f64, f64) {
        let sane = |v: f64| if v.is_finite() && v >= 1.0 { v.min(1e5) } else { 100.0 };
        (sane(self.width), sane(self.height))
    }
}

impl Picture for Map {
    fn about(&self) -> &AboutPicture {
        &self.about
    }

    fn svg(&self, setting: &Setting) -> String {
        let mut canvas = Canvas::new(&self.about, setting, "map", 0.0);
        let known = self.known();
        let form = Decimals::of(known.iter().copied());
        let classes = Classes::new(&self.steps, &known);
        let (width, height) = self.size();
        // A tall country is not drawn higher than wide.
        let scale = (canvas.width / width).min(canvas.width / height);
        let (left, top) = ((canvas.width - width * scale) / 2.0, canvas.y);
        canvas.scaled(scale, left, top, |canvas| {
            for area in &self.areas {
                draw_area(canvas, area, &classes, scale, form);
            }
        });
        let at = |p: (f64, f64)| {
            let inside = |v: f64, most: f64| if v.is_finite() { v.clamp(0.0, most) } else { 0.0 };
            (left + inside(p.0, width) * scale, top + inside(p.1, height) * scale)
        };
        let mut taken = Vec::new();
        self.draw_places(&mut canvas, &at, scale, &mut taken);
        if self.named {
            self.names(&mut canvas, &at, &mut taken);
        }
        canvas.y = top + height * scale + 8.0;
        if !self.measure.is_empty() && !known.is_empty() {
            let (x, side, style) = (canvas.x(0.0), canvas.ahead(), Type { class: "measure", ..canvas.soft() });
            canvas.write(x, canvas.y + style.size, side, style, &self.measure);
            canvas.y += canvas.line_height(style.size) + 3.0;
        }
        canvas.key(&self.keys(&classes, form, &setting.words));
        canvas.finish(&self.rows(&setting.words).read_out(&setting.words))
    }

    fn rows(&self, words: &PictureWords) -> DrawnTable {
        let form = Decimals::of(self.known());
        let place_form = Decimals::of(self.places.iter().filter_map(|p| p.value.known()));
        let both = !self.areas.is_empty() && !self.places.is_empty();
        let mut head = vec![self.head.clone()];
        head.extend((!self.areas.is_empty()).then(|| self.measure.clone()));
        head.extend((!self.places.is_empty()).then(|| self.place_measure.clone()));
        let mut rows: Vec<Vec<DrawnCell>> = Vec::new();
        for area in self.areas.iter().filter(|a| a.value != Value::NoRecord) {
            rows.push(vec![DrawnCell::linked(&area.name, &area.link), DrawnCell::value(area.value, form, words)]);
            rows.last_mut().into_iter().for_each(|r| r.extend(both.then(DrawnCell::default)));
        }
        for place in &self.places {
            let mut row = vec![DrawnCell::linked(&place.name, &place.link)];
            row.extend(both.then(DrawnCell::default));
            row.push(DrawnCell::value(place.value, place_form, words));
            rows.push(row);
        }
        DrawnTable { head, rows }
    }
}

fn draw_area(canvas: &mut Canvas, area: &Area, classes: &Classes, scale: f64, form: Decimals) {
    let fill = match area.value {
        Value::Known(v) if v.is_finite() => Paint::Shade(classes.of(v)),
        Value::NoRecord => Paint::Land,
        Value::Withheld => Paint::WithheldLand,
        _ => Paint::UnknownLand,
    };
    // An area too small for an outline is a dot, and only where there is something to say.
    if area.path.is_empty() && area.value == Value::NoRecord {
        return;
    }
    let words = &canvas.setting.words;
    let says = match (area.value.known(), area.value) {
        (Some(v), _) => words.locale.labelled(&area.name, &form.full(v, words)),
        (None, Value::NoRecord) => String::new(),
        (None, value) => words.locale.labelled(&area.name, value.reason(words)),
    };
    let edge = if matches!(fill, Paint::Land | Paint::Shade(1..)) { Paint::Paper } else { Paint::Edge };
    let more = format!(" class=\"mark\" stroke-width=\"{:.2}\" stroke-linejoin=\"round\"", 0.7 / scale);
    canvas.linked(&area.link, &says, |canvas| match area.path.is_empty() {
        true => canvas.circle(area.point, 2.0 / scale, fill, edge, &more),
        false => canvas.path(&area.path, fill, edge, &more),
    });
}

impl Map {
    /// Circles as large as their values, the largest first so that none is hidden; then their names where there is room.
    fn draw_places(&self, canvas: &mut Canvas, at: &dyn Fn((f64, f64)) -> (f64, f64), scale: f64, taken: &mut Vec<[f64; 4]>) {
        let form = Decimals::of(self.places.iter().filter_map(|p| p.value.known()));
        let most = self.places.iter().filter_map(|p| p.value.known()).fold(0.0, f64::max);
        let radius = |p: &MapPlace| match p.value.known() {
            Some(v) if most > 0.0 => (v.max(0.0) / most).sqrt() * canvas_radius(canvas) + 3.0,
            _ => 4.0,
        };
        let mut order: Vec<(&MapPlace, f64)> = self.places.iter().map(|p| (p, radius(p))).collect();
        order.sort_by(|a, b| b.1.total_cmp(&a.1));
        for (place, r) in &order {
            let (x, y) = at(place.point);
            let words = &canvas.setting.words;
            let value = place.value.known().map_or(place.value.reason(words).to_owned(), |v| form.full(v, words));
            canvas.linked(&place.link, &words.locale.labelled(&place.name, &value), |canvas| {
                if place.uncertain.is_finite() && place.uncertain * scale > *r {
                    let more = " stroke-dasharray=\"3 2\" fill-opacity=\".1\"";
                    canvas.circle((x, y), (place.uncertain * scale).min(canvas.width), Paint::Plain(1), Paint::Plain(1), more);
                }
                match place.value.known() {
                    Some(_) => {
                        let more = " class=\"mark\" fill-opacity=\".85\"";
                        canvas.circle((x, y), *r, Paint::Plain(1), Paint::Paper, more);
                    }
                    None => {
                        let paint = if place.value == Value::Withheld { Paint::Withheld } else { Paint::Unknown };
                        canvas.circle((x, y), *r + 1.0, paint, Paint::Ink, " class=\"unknown\"");
                    }
                }
            });
            taken.push([x - r, y - r, x + r, y + r]);
        }
        let style = Type { halo: true, class: "name", ..canvas.value() };
        for (place, r) in &order {
            let (x, y) = at(place.point);
            let half = text::width(&place.name, style.size) / 2.0;
            let beside =
                [(x + r + 3.0 + half, y), (x - r - 3.0 - half, y), (x, y - r - style.size * 0.7), (x, y + r + style.size * 0.7)];
            write_free(canvas, &place.name, &beside, style, taken);
        }
    }

    /// Names of areas, those with values first.
    fn names(&self, canvas: &mut Canvas, at: &dyn Fn((f64, f64)) -> (f64, f64), taken: &mut Vec<[f64; 4]>) {
        let style = Type { halo: true, class: "name", paint: Paint::Ink, ..canvas.soft() };
        let mut order: Vec<&Area> = self.areas.iter().collect();
        order.sort_by_key(|a| a.value == Value::NoRecord);
        for area in order {
            let (x, y) = at(area.point);
            write_free(canvas, &area.name, &[(x, y), (x, y - style.size), (x, y + style.size)], style, taken);
        }
    }
}

fn canvas_radius(canvas: &Canvas) -> f64 {
    canvas.size * 1.1
}

/// Writes a text at the first of several places (its middle) where nothing else stands, or nowhere.
fn write_free(canvas: &mut Canvas, words: &str, places: &[(f64, f64)], style: Type, taken: &mut Vec<[f64; 4]>) {
    let (half, high) = (text::width(words, style.size) / 2.0, style.size * 0.6);
    for (x, y) in places {
        let here = [x - half, y - high, x + half, y + high];
        let inside = here[0] >= 0.0 && here[2] <= canvas.width;
        let free = taken.iter().all(|t| here[2] <= t[0] || here[0] >= t[2] || here[3] <= t[1] || here[1] >= t[3]);
        if inside && free {
            canvas.write(*x, y + style.size * 0.36, Side::Both, style, words);
            taken.push(here);
            return;
        }
    }
}
