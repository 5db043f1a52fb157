//! The register as sheets: one a kind, one row a statement that stands, with the columns that an import reads.

use crate::sheet::{heading, write_cell};
use crate::{PublishError, kind_of};
use remit_model::{Field, FieldType, Kind, Marking, Model, write_value};
use remit_store::{Cell, ENVELOPE, MARKS, Reader};
use rust_xlsxwriter::Workbook;
use serde_json::{Map, Value};

/// All that stands and the reader may see, as the bytes of an .xlsx file: of one kind, or of all that have something.
///
/// # Errors
/// When there is no such kind, or the workspace cannot be read.
pub fn export_workbook(model: &Model, reader: &Reader, kind: Option<&str>) -> Result<Vec<u8>, PublishError> {
    let mut book = Workbook::new();
    let kinds: Vec<&Kind> = match kind {
        Some(name) => vec![kind_of(model, name)?],
        None => model.register_kinds().collect(),
    };
    let mut written = 0;
    for kind in &kinds {
        let rows = rows(kind, reader)?;
        if rows.is_empty() && kinds.len() > 1 {
            continue;
        }
        let sheet = book.add_worksheet();
        sheet.set_name(&kind.name)?;
        sheet.set_freeze_panes(1, 1)?;
        for (at, name) in columns(kind).iter().enumerate() {
            sheet.set_column_width(at as u16, 20)?;
            sheet.write_string_with_format(0, at as u16, *name, &heading())?;
        }
        for (n, row) in rows.iter().enumerate() {
            for (at, cell) in row.iter().enumerate() {
                write_cell(sheet, n as u32 + 1, at as u16, cell)?;
            }
        }
        written += 1;
    }
    if written == 0 {
        book.add_worksheet().write_string(0, 0, "The register has no statements that you may see.")?;
    }
    Ok(book.save_to_buffer()?)
}

/// The same for one kind as CSV. A text that a spreadsheet would take for a formula gets an apostrophe, which the import
/// takes away.
///
/// # Errors
/// When there is no such kind, or the workspace cannot be read.
pub fn export_csv(model: &Model, reader: &Reader, kind: &str) -> Result<String, PublishError> {
    let kind = kind_of(model, kind)?;
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(columns(kind))?;
    for row in rows(kind, reader)? {
        out.write_record(row.iter().map(|cell| match cell {
            Cell::Null => String::new(),
            Cell::Integer(n) => n.to_string(),
            Cell::Real(n) => n.to_string(),
            Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\'']) => format!("'{text}"),
            Cell::Text(text) => text.clone(),
        }))?;
    }
    let bytes = out.into_inner().map_err(|e| csv::Error::from(e.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn columns(kind: &Kind) -> Vec<&str> {
    let fields = kind.fields.iter().map(|f| f.name.as_str());
    ["record"].into_iter().chain(fields).chain(ENVELOPE).chain(MARKS).collect()
}

fn rows(kind: &Kind, reader: &Reader) -> Result<Vec<Vec<Cell>>, PublishError> {
    let sql = format!(
        "select record, fields, {}, marking, status_of_statement, verified_at, withholding, statement from statement \
         where kind = :kind and current = 1 order by record, seq",
        ENVELOPE.join(", ")
    );
    let table = reader.query(&sql, &[("kind", kind.name.as_str().into())])?;
    let mut rows = Vec::with_capacity(table.rows.len());
    for row in table.rows {
        let mut cells = row.into_iter();
        let (record, fields) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        let fields: Map<String, Value> = fields.text().and_then(|t| serde_json::from_str(t).ok()).unwrap_or_default();
        let mut out = vec![record];
        out.extend(kind.fields.iter().map(|f| value(f, fields.get(&f.name))));
        out.extend(cells);
        let withheld = out.len() - 2;
        out[withheld] = withheld_text(out[withheld].text()).into();
        rows.push(out);
    }
    Ok(rows)
}

fn value(field: &Field, value: Option<&Value>) -> Cell {
    match (&field.kind, value) {
        (_, None | Some(Value::Null)) => Cell::Null,
        (FieldType::Integer | FieldType::Number, Some(Value::Number(n))) => match (n.as_i64(), n.as_f64()) {
            (Some(n), _) => Cell::Integer(n),
            (None, Some(n)) => Cell::Real(n),
            _ => Cell::Null,
        },
        (FieldType::Boolean, Some(v)) => Cell::from(if v.as_i64() == Some(0) { "no" } else { "yes" }),
        (_, Some(v)) => Cell::from(write_value(v)),
    }
}

/// `{"note": 2}` as `note=confidential`.
fn withheld_text(json: Option<&str>) -> String {
    let object: Map<String, Value> = json.and_then(|t| serde_json::from_str(t).ok()).unwrap_or_default();
    let marking =
        |v: &Value| v.as_u64().and_then(|n| Marking::ALL.get(n as usize)).copied().unwrap_or(Marking::StrictlyConfidential);
    object.iter().map(|(field, level)| format!("{field}={}", marking(level))).collect::<Vec<_>>().join("; ")
}
