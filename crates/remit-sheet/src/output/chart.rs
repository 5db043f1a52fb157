//! Charts of a workbook: what a page draws, as far as a spreadsheet can draw it. They stand on a sheet with the numbers that they are
//! made of, and are drawn from these cells: who changes a number sees it, and who takes a chart into a slide has its numbers.

use super::xlsx_cell::{head_cell, write_text};
use crate::SheetError;
use remit_model::{Day, Direction, Locale};
use rust_xlsxwriter::{Chart as Drawn, ChartFormat, ChartLine, ChartType, ExcelDateTime, Format as CellFormat, Worksheet};

/// A kind of chart that a spreadsheet has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartForm {
    /// A bar for each label and part.
    Bars,
    /// A bar for each label, made of its parts.
    Stacked,
    /// A line for each part; labels are moments.
    Lines,
    /// A bar for each label, from the day on which it begins; parts are the days that it lasts.
    Spans,
}

/// A chart, as the numbers that it is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkbookChart {
    /// How they are drawn.
    pub form: ChartForm,
    /// What it shows.
    pub title: String,
    /// Measure and unit.
    pub unit: String,
    /// What the labels are.
    pub head: String,
    /// What the starts of spans are called.
    pub from: String,
    /// What each value of a row is of.
    pub parts: Vec<String>,
    /// The rows, from top to bottom or from left to right.
    pub rows: Vec<ChartRow>,
}

/// A label with its values.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartRow {
    /// The label.
    pub label: String,
    /// The day on which a span begins.
    pub start: Option<Day>,
    /// A value a part; what is not known has none, and is not zero.
    pub values: Vec<Option<f64>>,
}

impl WorkbookChart {
    /// Without the parts of which no row has a value; nothing where none has one.
    pub fn with_values(mut self) -> Option<WorkbookChart> {
        let has_value = |part: usize| self.rows.iter().any(|row| row.values.get(part).is_some_and(Option::is_some));
        let kept: Vec<usize> = (0..self.parts.len()).filter(|part| has_value(*part)).collect();
        self.parts = kept.iter().map(|part| self.parts[*part].clone()).collect();
        for row in &mut self.rows {
            row.values = kept.iter().map(|part| row.values.get(*part).copied().flatten()).collect();
        }
        (!self.parts.is_empty()).then_some(self)
    }

    fn is_dated(&self) -> bool {
        self.form == ChartForm::Spans
    }

    /// How its numbers are written.
    fn number(&self) -> &'static str {
        let mut values = self.rows.iter().flat_map(|row| &row.values).flatten();
        if values.all(|v| v.fract() == 0.0 || v.abs() >= 1000.0) { "#,##0" } else { "#,##0.00" }
    }

    /// The first and the last day of spans, as a spreadsheet counts them.
    fn days(&self) -> Option<(f64, f64)> {
        let mut span: Option<(f64, f64)> = None;
        for row in &self.rows {
            let start = row.start.and_then(serial)?.to_excel();
            let end = start + row.values.iter().flatten().sum::<f64>();
            span = Some(span.map_or((start, end), |(first, last)| (first.min(start), last.max(end))));
        }
        span
    }
}

fn serial(day: Day) -> Option<ExcelDateTime> {
    ExcelDateTime::parse_from_str(&day.to_string()).ok()
}

/// Above the rows of a chart stand its title with its unit, and its headings.
const HEAD_ROWS: u32 = 2;

/// Pixels of a row of a sheet.
const ROW: u32 = 20;

/// Writes charts below each other, each beside its numbers.
pub(super) fn write(sheet: &mut Worksheet, charts: &[WorkbookChart], locale: &Locale, name: &str) -> Result<(), SheetError> {
    sheet.set_name(name)?;
    sheet.set_right_to_left(locale.direction == Direction::Rtl);
    sheet.set_column_width(0, 44)?;
    let mut top = 0;
    for chart in charts {
        numbers(sheet, chart, top)?;
        // As high as its bars need; of very many, as high as can be looked at.
        let height = if chart.form == ChartForm::Lines { 360 } else { 140 + 24 * bars(chart).clamp(4, 60) };
        let mut drawn = drawn(chart, locale, name, top);
        drawn.set_width(760).set_height(height);
        sheet.insert_chart(top, first_part(chart) + chart.parts.len() as u16 + 1, &drawn)?;
        top += (chart.rows.len() as u32 + HEAD_ROWS).max(height / ROW + 1) + 2;
    }
    Ok(())
}

/// Bars that stand below each other.
fn bars(chart: &WorkbookChart) -> u32 {
    let beside = if chart.form == ChartForm::Bars { chart.parts.len() } else { 1 };
    (chart.rows.len() * beside) as u32
}

/// The column of the first part: behind the labels, and the starts of spans.
fn first_part(chart: &WorkbookChart) -> u16 {
    1 + u16::from(chart.is_dated())
}

fn numbers(sheet: &mut Worksheet, chart: &WorkbookChart, top: u32) -> Result<(), SheetError> {
    write_text(sheet, top, 0, &chart.title)?;
    write_text(sheet, top, 1, &chart.unit)?;
    head_cell(sheet, top + 1, 0, &chart.head)?;
    if chart.is_dated() {
        head_cell(sheet, top + 1, 1, &chart.from)?;
    }
    for (n, part) in chart.parts.iter().enumerate() {
        head_cell(sheet, top + 1, first_part(chart) + n as u16, part)?;
    }
    let (number, date) = (CellFormat::new().set_num_format(chart.number()), CellFormat::new().set_num_format("yyyy-mm-dd"));
    for (n, row) in chart.rows.iter().enumerate() {
        let n = top + HEAD_ROWS + n as u32;
        write_text(sheet, n, 0, &row.label)?;
        if let Some(day) = row.start.and_then(serial) {
            sheet.write_datetime_with_format(n, 1, &day, &date)?;
        }
        for (part, value) in row.values.iter().enumerate() {
            if let Some(value) = value {
                sheet.write_number_with_format(n, first_part(chart) + part as u16, *value, &number)?;
            }
        }
    }
    Ok(())
}

fn drawn(chart: &WorkbookChart, locale: &Locale, name: &str, top: u32) -> Drawn {
    let mut drawn = Drawn::new(match chart.form {
        ChartForm::Bars => ChartType::Bar,
        ChartForm::Stacked | ChartForm::Spans => ChartType::BarStacked,
        ChartForm::Lines => ChartType::Line,
    });
    let (first, last) = (top + HEAD_ROWS, top + HEAD_ROWS + chart.rows.len() as u32 - 1);
    let cells = |column: u16| (name, first, column, last, column);
    let head = |column: u16| (name, top + 1, column);
    if chart.is_dated() {
        // What stands before a span is not seen: bars begin where it does.
        let before = drawn.add_series().set_categories(cells(0)).set_values(cells(1)).set_name(head(1));
        before.set_format(ChartFormat::new().set_no_fill()).set_gap(60).delete_from_legend(true);
    }
    for part in 0..chart.parts.len() as u16 {
        let column = first_part(chart) + part;
        let series = drawn.add_series().set_categories(cells(0)).set_values(cells(column)).set_name(head(column)).set_gap(60);
        if chart.is_dated() {
            // What begins and ends on one day has no length; its edge is seen all the same.
            series.set_format(ChartFormat::new().set_border(ChartLine::new().set_color("#1F3A5F").set_width(1.5)));
        }
    }
    // Names come from cells, so that none is taken for a formula.
    drawn.title().set_name((name, top, 0));
    drawn.set_alt_text(chart.title.chars().take(120).collect::<String>());
    if chart.parts.len() < 2 {
        drawn.legend().set_hidden();
    }
    axes(&mut drawn, chart, locale, (name, top, 1));
    drawn
}

/// Labels are read from above; values run as the language does, and time from left to right in all.
fn axes(drawn: &mut Drawn, chart: &WorkbookChart, locale: &Locale, unit: (&str, u32, u16)) {
    let is_line = chart.form == ChartForm::Lines;
    if !is_line {
        drawn.y_axis().set_reverse();
    }
    let values = if is_line { drawn.y_axis() } else { drawn.x_axis() };
    if !chart.unit.is_empty() {
        values.set_name(unit);
    }
    match chart.days() {
        Some((first, last)) if chart.is_dated() => {
            values.set_num_format("yyyy-mm").set_min(first.floor()).set_max(last.ceil().max(first.floor() + 1.0));
        }
        _ => {
            values.set_num_format(chart.number());
            if !is_line && locale.direction == Direction::Rtl {
                values.set_reverse();
            }
        }
    }
}
