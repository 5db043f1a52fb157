//! Workbooks: headings that stay in sight and filter, words with their codes beside them, real days and numbers, and a sheet that
//! says where it is from. Nothing is ever a live formula.

use super::xlsx_cell::{heading, write_text};
use super::{AboutFormat, Column, ColumnValues, Output, chart};
use crate::SheetError;
use remit_model::{Day, Direction};
use remit_store::{Cell, Table};
use rust_xlsxwriter::{ExcelDateTime, Format as CellFormat, FormatAlign, Workbook, Worksheet};
use std::collections::HashSet;

pub(super) const ABOUT: AboutFormat = AboutFormat {
    name: "XLSX",
    ending: "xlsx",
    media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    help: "Write the answer as a workbook",
    is_text: false,
    holds_several: true,
    write: answer,
};

/// The texts that were cut in a workbook: sheet, row, column, and the record.
#[derive(Debug, Default)]
pub(crate) struct Cuts(Vec<[String; 4]>);

impl Cuts {
    /// Adds a text that was cut, in a row that is known by its first cell.
    fn add(&mut self, sheet: &str, row: u32, column: &str, cells: &[Cell]) {
        let of = cells.first().and_then(Cell::text).unwrap_or_default();
        self.0.push([sheet.to_owned(), (row + 1).to_string(), column.to_owned(), of.chars().take(200).collect()]);
    }

    /// Adds a sheet that names them, where there are any.
    pub(crate) fn write(&self, book: &mut Workbook) -> Result<(), SheetError> {
        if self.0.is_empty() {
            return Ok(());
        }
        let sheet = book.add_worksheet();
        sheet.set_name("_cut")?;
        for (at, name) in ["sheet", "row", "column", "of"].into_iter().enumerate() {
            sheet.write_string_with_format(0, at as u16, name, &heading())?;
        }
        for (n, cut) in self.0.iter().enumerate() {
            for (at, text) in cut.iter().enumerate() {
                write_text(sheet, n as u32 + 1, at as u16, text)?;
            }
        }
        Ok(())
    }
}

/// Letters of the widest and the narrowest column.
const WIDTHS: (usize, usize) = (9, 60);

/// Rows that are looked at to tell how wide a column is.
const LOOKED_AT: usize = 500;

/// An answer: a sheet for its table, one for each answer that stands below it, one for its charts where it has any, and one for sources
/// and method.
fn answer(output: &Output<'_>) -> Result<Vec<u8>, SheetError> {
    let mut book = Workbook::new();
    let mut cuts = Cuts::default();
    // Excel keeps the last of these names for itself.
    let mut names = vec![output.word("answer"), output.word("method"), "_cut".to_owned(), "History".to_owned()];
    table(book.add_worksheet(), output, &names[0], &mut cuts)?;
    for below in &output.below {
        names.push(sheet_name(below.named(), &names));
        table(book.add_worksheet(), below, &names[names.len() - 1], &mut cuts)?;
    }
    if !output.charts.is_empty() {
        let name = sheet_name(&output.word("charts"), &names);
        chart::write(book.add_worksheet(), &output.charts, &output.locale, &name)?;
    }
    method(book.add_worksheet(), output)?;
    cuts.write(&mut book)?;
    Ok(book.save_to_buffer()?)
}

/// Letters of the name of a sheet, by the format's own limit.
const LONGEST_NAME: usize = 31;

/// What a sheet is called: as its answer is, in the letters that such a name may have, and as no other sheet of the workbook.
fn sheet_name(title: &str, others: &[String]) -> String {
    let plain: String = title.chars().map(|c| if c.is_control() || "[]:*?/\\".contains(c) { ' ' } else { c }).collect();
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let named = |n: usize| {
        let number = if n == 1 { String::new() } else { format!(" {n}") };
        let mut left = LONGEST_NAME - number.len();
        let mut name = String::new();
        for c in words.chars() {
            let Some(less) = left.checked_sub(c.len_utf16()) else { break };
            left = less;
            name.push(c);
        }
        format!("{}{number}", name.trim_matches(['\'', ' ']))
    };
    let is_free = |name: &String| !name.is_empty() && others.iter().all(|other| other.to_lowercase() != name.to_lowercase());
    (1..).map(named).find(is_free).unwrap_or_default()
}

/// A column of the sheet: one of the answer, as words or as they are.
struct WrittenColumn<'a> {
    column: usize,
    head: String,
    words: Option<&'a [String]>,
    number: &'static str,
    /// How its days or moments are written, where it has such.
    date: &'static str,
    hidden: bool,
}

/// The columns of the sheet: words stand before their codes.
fn written<'a>(output: &'a Output<'_>) -> Vec<WrittenColumn<'a>> {
    let mut all = Vec::new();
    for (column, Column { label, values, hidden }) in output.columns.iter().enumerate() {
        let plain = |head: String| WrittenColumn { column, head, words: None, number: "", date: "", hidden: *hidden };
        match values {
            // What is not for people may be a day too: since when a row is on a list.
            ColumnValues::Text if *hidden => all.push(WrittenColumn { date: moments(output, column), ..plain(label.clone()) }),
            ColumnValues::Text => all.push(plain(label.clone())),
            ColumnValues::Number(number) => all.push(WrittenColumn { number, ..plain(label.clone()) }),
            ColumnValues::Date => all.push(WrittenColumn { date: DAY, ..plain(label.clone()) }),
            ColumnValues::Words(words) => {
                let date = moments(output, column);
                // A moment is one for programs and people alike: it needs no words, where none has to say that it is not known.
                if !date.is_empty() && output.table.rows.iter().all(|row| !row[column].is_null()) {
                    all.push(WrittenColumn { date, ..plain(label.clone()) });
                    continue;
                }
                let code = output.model.sentence(&output.locale, "code_of", &[("name", label)]);
                all.push(WrittenColumn { words: Some(words), ..plain(label.clone()) });
                all.push(WrittenColumn { hidden: true, date, ..plain(code) });
            }
        }
    }
    make_distinct(&mut all);
    all
}

/// Filters, pivots and formulas know a column by its heading: of two that are called the same, the second gets a number.
fn make_distinct(columns: &mut [WrittenColumn<'_>]) {
    let mut taken = HashSet::new();
    for column in columns {
        let (plain, mut n) = (column.head.clone(), 1);
        while !taken.insert(column.head.to_lowercase()) {
            n += 1;
            column.head = format!("{plain} ({n})");
        }
    }
}

fn table(sheet: &mut Worksheet, output: &Output<'_>, name: &str, cuts: &mut Cuts) -> Result<(), SheetError> {
    let (columns, rows) = (written(output), &output.table.rows);
    sheet.set_name(name)?;
    sheet.set_right_to_left(output.locale.direction == Direction::Rtl);
    sheet.set_freeze_panes(1, 0)?;
    for (at, column) in columns.iter().enumerate() {
        let at = at as u16;
        sheet.write_string_with_format(0, at, &column.head, &heading().set_text_wrap())?;
        sheet.set_column_width(at, width(output, column) as f64)?;
        // Codes and identifiers are there for who needs them, and in nobody's way.
        if column.hidden {
            sheet.set_column_hidden(at)?;
        }
        let style = CellStyle::of(column);
        for (n, row) in rows.iter().enumerate() {
            let n = n as u32 + 1;
            let was_cut = match column.words {
                Some(words) => write_text(sheet, n, at, &words[n as usize - 1])?,
                None => style.write(sheet, n, at, &row[column.column])?,
            };
            if was_cut {
                cuts.add(name, n, &column.head, row);
            }
        }
    }
    match rows.is_empty() {
        true => drop(write_text(sheet, 1, 0, &output.word("nothing"))?),
        false if columns.is_empty() => {}
        false => drop(sheet.autofilter(0, 0, rows.len() as u32, columns.len() as u16 - 1)?),
    }
    Ok(())
}

/// How the cells of a column are written.
struct CellStyle {
    number: Option<CellFormat>,
    date: Option<CellFormat>,
}

impl CellStyle {
    fn of(column: &WrittenColumn<'_>) -> CellStyle {
        let format = |code: &str| CellFormat::new().set_num_format(code);
        CellStyle {
            number: Some(column.number).filter(|n| !n.is_empty()).map(format),
            date: Some(column.date).filter(|d| !d.is_empty()).map(format),
        }
    }

    /// True where the text had to be cut.
    fn write(&self, sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell) -> Result<bool, SheetError> {
        let number = || cell.number().unwrap_or_default();
        match (cell, &self.number, &self.date) {
            (Cell::Null, ..) => {}
            (Cell::Text(text), _, Some(format)) => match day(text) {
                Some(day) => drop(sheet.write_datetime_with_format(row, column, &day, format)?),
                None => return write_text(sheet, row, column, text),
            },
            (Cell::Text(text), ..) => return write_text(sheet, row, column, text),
            (_, Some(format), _) => drop(sheet.write_number_with_format(row, column, number(), format)?),
            (_, None, _) => drop(sheet.write_number(row, column, number())?),
        }
        Ok(false)
    }
}

/// How a workbook writes a day, and a moment.
const DAY: &str = "yyyy-mm-dd";
const MOMENT: &str = "yyyy-mm-dd hh:mm";

/// How the values of a column are written that are days or moments, all of them; nothing where one is something else.
fn moments(output: &Output<'_>, column: usize) -> &'static str {
    let mut format = "";
    for cell in output.table.rows.iter().map(|row| &row[column]).filter(|cell| !cell.is_null()) {
        match cell.text().filter(|text| day(text).is_some()) {
            None => return "",
            Some(text) if text.len() > DAY.len() => format = MOMENT,
            Some(_) if format.is_empty() => format = DAY,
            Some(_) => {}
        }
    }
    format
}

/// A day or a moment as a workbook has it. A month or a year is no day, and stays as it is written.
fn day(text: &str) -> Option<ExcelDateTime> {
    let of_day = Day::parse(text.get(..10)?)?;
    let time = match &text[10..] {
        "" => String::new(),
        time => format!("T{}", time_of_day(time.strip_prefix('T')?)?),
    };
    ExcelDateTime::parse_from_str(&format!("{of_day}{time}")).ok()
}

/// A time as `09:37`, `09:37:10` or `09:37:10.292Z`, to the minute.
fn time_of_day(text: &str) -> Option<&str> {
    let plain = text.strip_suffix('Z').unwrap_or(text);
    let is_time = plain.len() >= 5 && plain.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.'));
    let (hours, minutes) = plain.get(..5)?.split_once(':')?;
    let fits = |number: &str, most: u8| number.parse::<u8>().is_ok_and(|n| n < most);
    (is_time && fits(hours, 24) && fits(minutes, 60)).then(|| &plain[..5])
}

fn width(output: &Output<'_>, column: &WrittenColumn<'_>) -> usize {
    let letters = |row: usize| match (column.words, &output.table.rows[row][column.column]) {
        (Some(words), _) => words[row].chars().count(),
        (None, Cell::Text(text)) => text.chars().count(),
        _ => 12,
    };
    let longest = (0..output.table.rows.len().min(LOOKED_AT)).map(letters).max().unwrap_or(0);
    longest.max(column.head.chars().count().min(24)).clamp(WIDTHS.0, WIDTHS.1) + 1
}

fn method(sheet: &mut Worksheet, output: &Output<'_>) -> Result<(), SheetError> {
    let as_of = &output.as_of;
    let marking = output.model.name_of_code(&output.locale, "marking", as_of.clearance.code());
    let mut lines = vec![
        (output.word("question"), output.name.clone()),
        (output.word("valid_on"), as_of.valid_on.to_string()),
        (output.word("known_on"), as_of.known_on.clone().unwrap_or_else(|| output.word("now"))),
        (output.word("up_to"), marking),
    ];
    lines.extend(output.asked.iter().filter(|(_, value)| !value.is_empty()).cloned());
    let rule = |of: &Output<'_>| Some(of.rule.get(output.locale.language).to_owned()).filter(|r| !r.is_empty());
    lines.extend(rule(output).map(|r| (output.word("rule"), r)));
    lines.extend(output.below.iter().filter_map(|b| Some((b.named().to_owned(), rule(b)?))));
    let sources = if output.sources.is_empty() { vec![output.word("no_source")] } else { output.sources.clone() };
    lines.extend(sources.into_iter().map(|s| (output.word("sources"), s)));
    sheet.set_name(output.word("method"))?;
    sheet.set_right_to_left(output.locale.direction == Direction::Rtl);
    sheet.write_string_with_format(0, 0, output.named(), &heading())?;
    sheet.set_column_width(0, 28)?;
    sheet.set_column_width(1, 100)?;
    for (n, (name, text)) in lines.iter().enumerate() {
        write_text(sheet, n as u32 + 1, 0, name)?;
        // The day that it is about, and the moment as known at which: a question may be called like one.
        match day(text).filter(|_| (1..=2).contains(&n)) {
            Some(day) => {
                let format = CellFormat::new().set_num_format(if text.len() > DAY.len() { MOMENT } else { DAY });
                sheet.write_datetime_with_format(n as u32 + 1, 1, &day, &format.set_align(FormatAlign::Left))?;
            }
            None => drop(write_text(sheet, n as u32 + 1, 1, text)?),
        }
    }
    Ok(())
}

/// Writes headings and rows, each column so many letters wide.
pub(crate) fn write_table(sheet: &mut Worksheet, table: &Table, width: u32, cuts: &mut Cuts) -> Result<(), SheetError> {
    let name = sheet.name();
    for (at, name) in table.columns.iter().enumerate() {
        sheet.write_string_with_format(0, at as u16, name, &heading())?;
        sheet.set_column_width(at as u16, width)?;
    }
    for (n, row) in table.rows.iter().enumerate() {
        for (at, cell) in row.iter().enumerate() {
            let (n, at) = (n as u32 + 1, at as u16);
            match cell {
                Cell::Null => {}
                Cell::Integer(value) => drop(sheet.write_number(n, at, *value as f64)?),
                Cell::Real(value) => drop(sheet.write_number(n, at, *value)?),
                Cell::Text(text) if write_text(sheet, n, at, text)? => {
                    cuts.add(&name, n, &table.columns[usize::from(at)], row);
                }
                Cell::Text(_) => {}
            }
        }
    }
    Ok(())
}
