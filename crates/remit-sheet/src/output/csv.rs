//! CSV (RFC 4180), for spreadsheets.

use super::{AboutFormat, shield};
use remit_model::without_hidden;
use remit_store::{Cell, Table};

pub(super) const ABOUT: AboutFormat = AboutFormat {
    name: "CSV",
    ending: "csv",
    media_type: "text/csv; charset=utf-8",
    help: "Answer as CSV",
    is_text: true,
    holds_several: false,
    write: |output| {
        let mark: &[u8] = if output.byte_order_mark { b"\xEF\xBB\xBF" } else { b"" };
        Ok([mark, table(output.table).as_bytes()].concat())
    },
};

/// A table with a row of headings.
pub(crate) fn table(table: &Table) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record(&table.columns);
    for row in &table.rows {
        let _ = writer.write_record(row.iter().map(text));
    }
    writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Integer(n) => n.to_string(),
        Cell::Real(n) => n.to_string(),
        Cell::Text(text) => shield(&without_hidden(text)),
    }
}
