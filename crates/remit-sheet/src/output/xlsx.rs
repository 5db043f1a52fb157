//! Workbooks: a row of headings that stays in sight, and rows of texts and numbers. Nothing is ever a live formula.

use super::formula::is_formula;
use super::{About, Output, shield};
use crate::SheetError;
use remit_store::{Cell, Table};
use rust_xlsxwriter::{Color, Format as CellFormat, FormatBorder, Workbook, Worksheet};

pub(super) const ABOUT: About = About {
    name: "XLSX",
    ending: "xlsx",
    media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    help: "Write the answer as a workbook",
    is_text: false,
};

/// Letters in a cell of a workbook, by the format's own limit: units of UTF-16.
const MOST_LETTERS: usize = 32_767;

/// What stands at the end of a text that is longer. Such a text that comes back is known to be a part.
pub(crate) const CUT: &str = " […cut: a cell holds no more; the whole text is in the register]";

/// The texts that were cut in a workbook: sheet, row, column, and the record.
#[derive(Debug, Default)]
pub(crate) struct Cuts(Vec<[String; 4]>);

impl Cuts {
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

/// A text that fits into a cell; none where it does as it is.
fn cut(text: &str) -> Option<String> {
    // An apostrophe before it has to fit too.
    let most = MOST_LETTERS - 1;
    // A control character is written as seven.
    let width = |c: char| if c.is_control() && !matches!(c, '\n' | '\t') { 7 } else { c.len_utf16() };
    if text.len() <= most / 7 || text.chars().map(width).sum::<usize>() <= most {
        return None;
    }
    let mut left = most - CUT.chars().count();
    let fits = |c: &char| {
        left.checked_sub(width(*c)).is_some_and(|l| {
            left = l;
            true
        })
    };
    Some(text.chars().take_while(fits).collect::<String>() + CUT)
}

/// An answer: its table, and a sheet that says what it is, as of when, for which parameters, and by which rule it was counted.
pub(super) fn answer(output: &Output<'_>) -> Result<Vec<u8>, SheetError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("answer")?;
    sheet.set_freeze_panes(1, 0)?;
    let mut cuts = Cuts::default();
    write_table(sheet, output.table, 18, &mut cuts)?;
    about(book.add_worksheet(), output)?;
    cuts.write(&mut book)?;
    Ok(book.save_to_buffer()?)
}

fn about(sheet: &mut Worksheet, output: &Output<'_>) -> Result<(), SheetError> {
    let (as_of, language) = (&output.as_of, output.locale.language);
    let mut lines = vec![
        ("valid on".to_owned(), as_of.valid_on.to_string()),
        ("known on".to_owned(), as_of.known_on.clone().unwrap_or_else(|| "now".into())),
        ("up to the marking".to_owned(), as_of.clearance.to_string()),
    ];
    lines.extend(output.parameters.iter().filter(|(_, value)| !value.is_empty()).cloned());
    lines.extend(Some(output.rule.get(language)).filter(|r| !r.is_empty()).map(|r| ("how this is counted".into(), r.into())));
    let title = Some(output.title.get(language)).filter(|t| !t.is_empty()).unwrap_or(&output.name);
    sheet.set_name("_about")?;
    sheet.write_string_with_format(0, 0, title, &heading())?;
    sheet.set_column_width(0, 24)?;
    sheet.set_column_width(1, 90)?;
    for (n, (name, text)) in lines.iter().enumerate() {
        write_text(sheet, n as u32 + 1, 0, name)?;
        write_text(sheet, n as u32 + 1, 1, text)?;
    }
    Ok(())
}

/// How headings look.
pub(crate) fn heading() -> CellFormat {
    CellFormat::new().set_bold().set_background_color(Color::RGB(0xE8_EE_F4)).set_border_bottom(FormatBorder::Thin)
}

/// Writes headings and rows, each column so many letters wide.
pub(crate) fn write_table(sheet: &mut Worksheet, table: &Table, width: u32, cuts: &mut Cuts) -> Result<(), SheetError> {
    let name = sheet.name();
    for (at, name) in table.columns.iter().enumerate() {
        sheet.write_string_with_format(0, at as u16, name, &heading())?;
        sheet.set_column_width(at as u16, width)?;
    }
    for (n, row) in table.rows.iter().enumerate() {
        let of = row.first().and_then(Cell::text).unwrap_or_default();
        for (at, cell) in row.iter().enumerate() {
            let (n, at) = (n as u32 + 1, at as u16);
            match cell {
                Cell::Null => {}
                Cell::Integer(value) => drop(sheet.write_number(n, at, *value as f64)?),
                Cell::Real(value) => drop(sheet.write_number(n, at, *value)?),
                Cell::Text(text) if write_text(sheet, n, at, text)? => {
                    let column = table.columns[usize::from(at)].clone();
                    cuts.0.push([name.clone(), (n + 1).to_string(), column, of.chars().take(200).collect()]);
                }
                Cell::Text(_) => {}
            }
        }
    }
    Ok(())
}

/// Writes a text as a text, whatever it begins with. What would become a formula once somebody edits the cell is marked as
/// a text, as Excel does it where somebody types an apostrophe. True where it had to be cut.
pub(crate) fn write_text(sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<bool, SheetError> {
    if text.is_empty() {
        return Ok(false);
    }
    let cut = cut(text);
    let short = cut.as_deref().unwrap_or(text);
    if is_formula(short) {
        sheet.write_string_with_format(row, column, short, &CellFormat::new().set_quote_prefix())?;
    } else {
        sheet.write_string(row, column, shield(short))?;
    }
    Ok(cut.is_some())
}
