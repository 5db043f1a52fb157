//! Pictures as charts of a workbook: the same numbers, names and order, drawn by the spreadsheet.

use super::{AnswerView, Scene};
use remit_ask::{Answer, AskError, Chart, ChartForm, ChartRow, DrawingForm};
use remit_draw::{AboutPicture, Bars, Dots, Edge, Series, Stacked, Timeline};
use remit_model::Day;

/// The charts of answers, each in the order of its question. A spreadsheet has none for maps, graphs, trees, signs and shades: there the
/// table says what the picture does.
///
/// # Errors
/// When an answer lacks a column of which a chart is made.
pub fn charts<'a>(scene: &Scene<'_>, answers: impl IntoIterator<Item = &'a Answer>) -> Result<Vec<Chart>, AskError> {
    let mut all = Vec::new();
    for answer in answers.into_iter().filter(|answer| !answer.table.rows.is_empty()) {
        for (n, drawing) in answer.question.draw.iter().enumerate() {
            let view = AnswerView::new(scene, answer, drawing)?;
            all.extend(view.chart(n).and_then(Chart::with_values));
        }
    }
    Ok(all)
}

impl AnswerView<'_> {
    fn chart(&self, n: usize) -> Option<Chart> {
        let about = self.about(n);
        match self.drawing.form {
            DrawingForm::Bars => Some(self.of_bars(self.bars(about))),
            DrawingForm::Stacked => Some(self.of_stacked(self.stacked(about))),
            DrawingForm::Series => Some(self.of_series(self.series(about))),
            DrawingForm::Dots => Some(self.of_dots(self.dots(about))),
            DrawingForm::Timeline => self.timeline(about).map(|timeline| self.of_timeline(&timeline)),
            DrawingForm::Matrix | DrawingForm::Map | DrawingForm::Graph | DrawingForm::Tree | DrawingForm::Marks => None,
        }
    }

    /// A chart without rows. Of how many things it shows only a part stands behind its title.
    fn empty(&self, form: ChartForm, about: AboutPicture, head: String, parts: Vec<String>) -> Chart {
        let title = [about.title, about.note].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" – ");
        Chart { form, title, unit: about.unit, head, from: self.head(&self.drawing.start), parts, rows: Vec::new() }
    }

    fn of_bars(&self, bars: Bars) -> Chart {
        let row = |bar: &remit_draw::Bar| ChartRow { label: bar.label.clone(), start: None, values: vec![bar.value.known()] };
        let rows = bars.bars.iter().map(row).collect();
        Chart { rows, ..self.empty(ChartForm::Bars, bars.about, bars.head, vec![self.head(&self.drawing.value)]) }
    }

    fn of_stacked(&self, stacked: Stacked) -> Chart {
        let row = |bar: &remit_draw::Stack| {
            let values = bar.values.iter().map(|value| value.known()).collect();
            ChartRow { label: bar.label.clone(), start: None, values }
        };
        let rows = stacked.bars.iter().map(row).collect();
        Chart { rows, ..self.empty(ChartForm::Stacked, stacked.about, stacked.head, stacked.parts) }
    }

    fn of_dots(&self, dots: Dots) -> Chart {
        let row = |item: &remit_draw::DotRow| {
            let values = item.values.iter().map(|estimate| estimate.value.known()).collect();
            ChartRow { label: item.label.clone(), start: None, values }
        };
        let rows = dots.items.iter().map(row).collect();
        Chart { rows, ..self.empty(ChartForm::Bars, dots.about, dots.head, dots.marks) }
    }

    /// A row each moment at which any line has a point.
    fn of_series(&self, series: Series) -> Chart {
        let points = series.lines.iter().flat_map(|line| &line.points);
        let mut moments: Vec<(f64, String)> = points.map(|point| (point.at, point.when.clone())).collect();
        moments.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        moments.dedup_by(|(_, a), (_, b)| a == b);
        let row = |(_, when): &(f64, String)| {
            let at = |line: &remit_draw::SeriesLine| line.points.iter().find(|p| p.when == *when)?.estimate.value.known();
            ChartRow { label: when.clone(), start: None, values: series.lines.iter().map(at).collect() }
        };
        let rows = moments.iter().map(row).collect();
        let parts = series.lines.iter().map(|line| line.name.clone()).collect();
        Chart { rows, ..self.empty(ChartForm::Lines, series.about, series.head, parts) }
    }

    /// A row each span: from its start, or the first day of all, as many days as it lasts, or to the last day of all.
    fn of_timeline(&self, timeline: &Timeline) -> Chart {
        let spans = || timeline.lanes.iter().flat_map(|lane| lane.spans.iter().map(move |span| (lane, span)));
        let known = || {
            spans().flat_map(|(_, span)| [at(&span.start), at(&span.end)]).flatten().chain(timeline.mark.as_ref().map(|m| m.0))
        };
        let (first, last) = (known().fold(f64::MAX, f64::min), known().fold(f64::MIN, f64::max));
        let row = |(lane, span): (&remit_draw::Lane, &remit_draw::Span)| {
            let start = day(at(&span.start).unwrap_or(first))?;
            let end = day(at(&span.end).unwrap_or(last))?;
            let mut values = vec![None; timeline.kinds.len()];
            *values.get_mut(span.kind)? = Some(f64::from(end.days_since(start).max(0)));
            Some(ChartRow { label: lane.label.clone(), start: Some(start), values })
        };
        let rows = spans().filter_map(row).collect();
        let named = |kind: &String| if kind.is_empty() { timeline.head.clone() } else { kind.clone() };
        let parts = timeline.kinds.iter().map(|kind| self.sentence("span_days", &[("name", &named(kind))])).collect();
        Chart { rows, ..self.empty(ChartForm::Spans, timeline.about.clone(), timeline.head.clone(), parts) }
    }
}

fn at(edge: &Edge) -> Option<f64> {
    match edge {
        Edge::At(at, _) | Edge::Unknown(at, _) => Some(*at).filter(|at| at.is_finite()),
        Edge::Open => None,
    }
}

/// The day of a moment in years, as [`remit_draw::year`] counts them: months of 31 days. A spreadsheet knows none before 1900.
fn day(at: f64) -> Option<Day> {
    let days = (at * 372.0).round() as i32;
    let (year, rest) = (days.div_euclid(372), days.rem_euclid(372));
    let first = Day::new(year, rest.unsigned_abs() / 31 + 1, 1).filter(|_| year >= 1900)?;
    Some(first.plus_days(rest % 31))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_the_day_that_it_was_made_of() {
        for text in ["1900-01-01", "2019-07-31", "2020-02-29", "2026-12-31"] {
            let made = Day::parse(text).unwrap();
            let mut parts = text.split('-').map(|p| p.parse::<u32>().unwrap());
            let (year, month, of) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
            assert_eq!(day(remit_draw::year(i32::try_from(year).unwrap(), month, of)), Some(made));
        }
        assert_eq!(day(1899.9), None);
    }
}
