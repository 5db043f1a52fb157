//! What a file of tables is by its first bytes.

use crate::markup;

/// What a file of tables is by its bytes, whatever it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TableContent {
    Workbook,
    Pdf,
    Markup,
    Text,
}

impl TableContent {
    /// What a file is by its first bytes; none where they do not tell.
    pub(crate) fn of(beginning: &[u8]) -> Option<TableContent> {
        let begin = &beginning[..beginning.len().min(4096)];
        let is_unicode = encoding_rs::Encoding::for_bom(begin).is_some();
        let is_control = |b: &u8| *b < 9 || (14..32).contains(b) && *b != 0x1A;
        // UTF-16 without a mark has a zero beside every second letter of ours; a workbook has other controls beside it.
        let is_text = is_unicode || !begin.iter().any(|b| is_control(b) && !matches!(b, 0 | 1 | 4 | 6));
        match begin {
            [b'P', b'K', 3 | 5, 4 | 6, ..] | [0xD0, 0xCF, 0x11, 0xE0, ..] => Some(TableContent::Workbook),
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(TableContent::Pdf),
            _ if markup::is_markup(&beginning_of_markup(begin)) => Some(TableContent::Markup),
            _ if is_text => Some(TableContent::Text),
            _ => None,
        }
    }

    pub(crate) fn called(self) -> &'static str {
        match self {
            TableContent::Workbook => "a workbook",
            TableContent::Pdf => "a document in PDF",
            TableContent::Markup => "a page of tables in HTML or XML",
            TableContent::Text => "a text with signs between the cells",
        }
    }
}

/// The beginning of a page of tables as text: its signs are those of ASCII in every encoding.
pub(crate) fn beginning_of_markup(bytes: &[u8]) -> String {
    bytes.iter().filter(|b| b.is_ascii() && **b != 0).map(|b| char::from(*b)).collect()
}
