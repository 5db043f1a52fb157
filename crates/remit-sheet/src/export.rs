//! The register as sheets: one a kind, one row a statement that stands, with the columns that an import reads.

use crate::output::{Cuts, csv_table, write_table};
use crate::template::{TemplateLists, offer};
use crate::{SheetError, kind_of};
use remit_model::{Envelope, Field, FieldType, Kind, Language, Marking, Model, STATEMENT, write_value};
use remit_store::{Cell, Reader, Table};
use rust_xlsxwriter::Workbook;
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashMap};

/// All that stands and the reader may see, as the bytes of an .xlsx file: of one kind, or of all that have something. What codes mean, and
/// what there is to choose from, stands in a language; an import reads it in any.
///
/// # Errors
/// When there is no such kind, or the workspace cannot be read.
pub fn export_workbook(model: &Model, reader: &Reader, kind: Option<&str>, language: Language) -> Result<Vec<u8>, SheetError> {
    let mut book = Workbook::new();
    let kinds: Vec<&Kind> = match kind {
        Some(name) => vec![kind_of(model, name)?],
        None => model.register_kinds().collect(),
    };
    let (mut written, mut cuts, mut lists) = (0, Cuts::default(), TemplateLists::new()?);
    for kind in &kinds {
        let table = with_words(&table(&model.envelope, kind, reader)?, model, kind, reader, language)?;
        if table.rows.is_empty() && kinds.len() > 1 {
            continue;
        }
        let sheet = book.add_worksheet();
        sheet.set_name(&kind.name)?;
        sheet.set_freeze_panes(1, 1)?;
        write_table(sheet, &table, 20, &mut cuts)?;
        sheet.autofilter(0, 0, table.rows.len() as u32, table.columns.len().saturating_sub(1) as u16)?;
        for (at, field) in table.columns.iter().enumerate().filter_map(|(at, name)| Some((at, kind.field(name)?))) {
            if let Some(range) = lists.for_field(model, field, language, reader)? {
                offer(sheet, at as u16, &range, table.rows.len())?;
            }
        }
        written += 1;
    }
    if written == 0 {
        book.add_worksheet().write_string(0, 0, "The register has no statements that you may see.")?;
    }
    cuts.write(&mut book)?;
    if written > 0 {
        book.push_worksheet(lists.sheet);
    }
    Ok(book.save_to_buffer()?)
}

/// The table with what codes and identifiers mean in a column beside each: it is there to be read, and an import passes over it.
fn with_words(table: &Table, model: &Model, kind: &Kind, reader: &Reader, language: Language) -> Result<Table, SheetError> {
    let text_at = |row: &[Cell], at: usize| row[at].text().filter(|t| !t.is_empty()).map(str::to_owned);
    let fields: Vec<Option<&Field>> = table.columns.iter().map(|name| kind.field(name).filter(|f| has_words(kind, f))).collect();
    let mut records = BTreeSet::new();
    for (at, of) in fields.iter().enumerate().filter_map(|(at, f)| Some((at, f.as_ref()?.record_kind()?))) {
        records.extend(table.rows.iter().filter_map(|row| Some((of, text_at(row, at)?))));
    }
    let asked: Vec<(&str, &str)> = records.iter().map(|(of, id)| (*of, id.as_str())).collect();
    let names: HashMap<String, String> = reader.called(&asked)?;
    let words = |field: &Field, code: &str| match &field.kind {
        FieldType::Code(list) => model.lists.name(list, code, language).to_owned(),
        _ => names.get(code).cloned().unwrap_or_default(),
    };
    let mut columns = Vec::new();
    for (name, field) in table.columns.iter().zip(&fields) {
        columns.push(name.clone());
        columns.extend(field.map(|_| format!("{name}{WORDS}")));
    }
    let beside = |row: &Vec<Cell>| {
        let mut cells = Vec::with_capacity(columns.len());
        for (at, field) in fields.iter().enumerate() {
            cells.push(row[at].clone());
            cells.extend(field.map(|f| text_at(row, at).map_or(Cell::Null, |code| Cell::from(words(f, &code)))));
        }
        cells
    };
    let rows = table.rows.iter().map(beside).collect();
    Ok(Table { columns, rows })
}

/// What stands behind the name of a field in the heading of the column that says it in words.
pub(crate) const WORDS: &str = "_name";

/// True for a field of codes or of records, where no other field has the name of the column with its words.
pub(crate) fn has_words(kind: &Kind, field: &Field) -> bool {
    let is_told = matches!(field.kind, FieldType::Code(_) | FieldType::Record(_));
    is_told && kind.field(&format!("{}{WORDS}", field.name)).is_none()
}

/// The same for one kind as CSV. A text that a spreadsheet would take for a formula gets an apostrophe, which the import
/// takes away.
///
/// # Errors
/// When there is no such kind, or the workspace cannot be read.
pub fn export_csv(model: &Model, reader: &Reader, kind: &str) -> Result<String, SheetError> {
    Ok(csv_table(&table(&model.envelope, kind_of(model, kind)?, reader)?))
}

/// The columns of every sheet beside the fields of its kind: what a person fills in, and the statement that a row was written from.
fn envelope_columns(envelope: &Envelope) -> impl Iterator<Item = &str> {
    envelope.entered().map(|known| known.field.name.as_str()).chain([STATEMENT])
}

fn table(envelope: &Envelope, kind: &Kind, reader: &Reader) -> Result<Table, SheetError> {
    // What is withheld is shown by name in an answer; a sheet says from whom, as an import reads it.
    let selected: Vec<&str> =
        envelope_columns(envelope).map(|name| if name == WITHHELD { "withholding" } else { name }).collect();
    let sql = format!(
        "select record, fields, {} from statement where kind = :kind and current = 1 order by record, said_at, statement",
        selected.join(", ")
    );
    let found = reader.query(&sql, &[("kind", kind.name.as_str().into())])?;
    let own = ["record"].into_iter().chain(kind.fields.iter().map(|f| f.name.as_str()));
    let columns: Vec<String> = own.chain(envelope_columns(envelope)).map(str::to_owned).collect();
    let withheld = columns.iter().rposition(|name| name == WITHHELD);
    // A row without a value that is held back would say, when it comes back, that there is none.
    let is_handed_on = |row: &Vec<Cell>| row.last().and_then(Cell::text).is_none_or(|id| !reader.held_back().has(id));
    let mut rows = Vec::with_capacity(found.rows.len());
    for row in found.rows.into_iter().filter(is_handed_on) {
        let mut cells = row.into_iter();
        let (record, fields) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        let fields: Map<String, Value> = fields.text().and_then(|t| serde_json::from_str(t).ok()).unwrap_or_default();
        let mut out = vec![record];
        out.extend(kind.fields.iter().map(|f| value(f, fields.get(&f.name))));
        out.extend(cells);
        if let Some(at) = withheld {
            out[at] = withheld_text(out[at].text()).into();
        }
        rows.push(out);
    }
    Ok(Table { columns, rows })
}

/// The column that says which fields of a statement only some readers see.
const WITHHELD: &str = "withheld";

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
