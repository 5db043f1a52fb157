//! A text in a cell of a workbook: never a formula, and never longer than a cell may be.

use super::formula::is_formula;
use super::shield;
use crate::SheetError;
use rust_xlsxwriter::{Color, Format as CellFormat, FormatBorder, Worksheet};

/// Letters in a cell of a workbook, by the format's own limit: units of UTF-16.
const MOST_LETTERS: usize = 32_767;

/// What stands at the end of a text that is longer. Such a text that comes back is known to be a part.
pub(crate) const CUT: &str = " […cut: a cell holds no more; the whole text is in the register]";

/// How headings look.
pub(crate) fn heading() -> CellFormat {
    CellFormat::new().set_bold().set_background_color(Color::RGB(0xE8_EE_F4)).set_border_bottom(FormatBorder::Thin)
}

/// Writes a heading that may be somebody's word: it is no formula either.
pub(super) fn head_cell(sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), SheetError> {
    let format = heading().set_text_wrap();
    let format = if is_formula(text) { format.set_quote_prefix() } else { format };
    sheet.write_string_with_format(row, column, text, &format)?;
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
