//! Plain sheets: a row of headings that stays in sight, and rows of texts and numbers.

use crate::PublishError;
use remit_store::{AsOf, Cell, Table};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

/// Letters in a cell of a workbook, by the format's own limit.
const MOST_LETTERS: usize = 32_767;

pub(crate) fn heading() -> Format {
    Format::new().set_bold().set_background_color(Color::RGB(0xE8_EE_F4)).set_border_bottom(FormatBorder::Thin)
}

pub(crate) fn quiet() -> Format {
    Format::new().set_font_color(Color::RGB(0x5A_64_6E)).set_italic().set_text_wrap().set_align(FormatAlign::Top)
}

/// Writes a text as a text, whatever it begins with.
pub(crate) fn write_text(sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), PublishError> {
    if !text.is_empty() {
        let short: String = text.chars().take(MOST_LETTERS).collect();
        sheet.write_string(row, column, short)?;
    }
    Ok(())
}

pub(crate) fn write_cell(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell) -> Result<(), PublishError> {
    match cell {
        Cell::Null => {}
        Cell::Integer(n) => {
            sheet.write_number(row, column, *n as f64)?;
        }
        Cell::Real(n) => {
            sheet.write_number(row, column, *n)?;
        }
        Cell::Text(text) => write_text(sheet, row, column, text)?,
    }
    Ok(())
}

/// An answer as a workbook: its table, and a sheet that says what it is, as of when, for which parameters, and by which
/// rule it was counted (where there is one).
///
/// # Errors
/// When the workbook cannot be made.
pub fn table_workbook<'p>(
    title: &str,
    rule: &str,
    as_of: &AsOf,
    parameters: impl IntoIterator<Item = &'p (String, String)>,
    table: &Table,
) -> Result<Vec<u8>, PublishError> {
    let mut about = vec![
        ("valid on".to_owned(), as_of.valid_on.to_string()),
        ("known on".to_owned(), as_of.known_on.clone().unwrap_or_else(|| "now".into())),
        ("up to the marking".to_owned(), as_of.clearance.to_string()),
    ];
    about.extend(parameters.into_iter().cloned());
    if !rule.is_empty() {
        about.push(("how this is counted".into(), rule.to_owned()));
    }
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("answer")?;
    for (at, name) in table.columns.iter().enumerate() {
        sheet.write_string_with_format(0, at as u16, name, &heading())?;
        sheet.set_column_width(at as u16, 18)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (n, row) in table.rows.iter().enumerate() {
        for (at, cell) in row.iter().enumerate() {
            write_cell(sheet, n as u32 + 1, at as u16, cell)?;
        }
    }
    let sheet = book.add_worksheet();
    sheet.set_name("_about")?;
    sheet.write_string_with_format(0, 0, title, &heading())?;
    sheet.set_column_width(0, 24)?;
    sheet.set_column_width(1, 90)?;
    for (n, (name, text)) in about.iter().enumerate() {
        write_text(sheet, n as u32 + 1, 0, name)?;
        write_text(sheet, n as u32 + 1, 1, text)?;
    }
    Ok(book.save_to_buffer()?)
}
