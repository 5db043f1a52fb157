//! The values of fields, as the model says what they hold.

use super::{CellView, code_label};
use crate::context::Context;
use crate::error::PageError;
use crate::figures::{date, plain, whole};
use crate::language::locale;
use crate::messages::{label, m};
use remit_model::{Field, FieldType, Kind, Model};
use remit_store::Cell;
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashMap};

/// What a field of a kind, or of the envelope, is called; its name where there is none.
pub(crate) fn field_called(model: &Model, kind: Option<&Kind>, name: &str) -> String {
    let field = kind.and_then(|kind| kind.field(name)).or_else(|| model.envelope.get(name).map(|known| &known.field));
    field.map_or_else(|| name.to_owned(), |field| label(&field.label))
}

/// A field's value as it is shown.
pub(crate) fn field_value(model: &Model, field: Option<&Field>, cell: &Cell) -> CellView {
    let Some(field) = field else { return CellView::text(cell.text().unwrap_or_default()) };
    let number = || cell.number().unwrap_or_default();
    match (&field.kind, cell) {
        (FieldType::Integer | FieldType::Number, Cell::Null) => CellView::unknown(),
        (_, Cell::Null) => CellView::unreported(),
        (FieldType::Code(list), Cell::Text(code)) => CellView::text(code_label(model, list, code)),
        (FieldType::Date, Cell::Text(day)) => CellView::line(date(day)),
        (FieldType::List(_), Cell::Text(json)) => CellView::text(
            serde_json::from_str(json).map_or_else(|_| json.clone(), |v| field_says(model, field, Some(&v), &HashMap::new())),
        ),
        (FieldType::Boolean, cell) => CellView::text(if cell.number() == Some(1.0) { m::yes() } else { m::no() }),
        // A year is no quantity: it has no groups of three.
        (FieldType::Integer, _) if field.name == "year" => CellView::number(plain(number(), 0)),
        (FieldType::Integer, _) => CellView::number(whole(number())),
        (FieldType::Number, _) if number().fract() == 0.0 => CellView::number(whole(number())),
        (FieldType::Number, _) => CellView::number(plain(number(), 2)),
        (_, Cell::Text(text)) => CellView::text(text.clone()),
        _ => CellView::number(plain(number(), 2)),
    }
}

/// The same, where it may be several records: these by their names, as [`called_in`] has them, and one alone with where it leads.
pub(crate) fn shown_value(cx: &Context, field: Option<&Field>, cell: &Cell, names: &HashMap<String, String>) -> CellView {
    let Some((field, value)) = several(field, cell) else { return field_value(cx.model(), field, cell) };
    let shown = CellView::text(field_says(cx.model(), field, Some(&value), names));
    match field.references(&value).as_slice() {
        [(kind, record)] => shown.link(cx.record_link(kind, record)),
        _ => shown,
    }
}

/// What the records are called that cells with several name, asked for once.
pub(crate) fn called_in<'c>(
    cx: &Context,
    cells: impl Iterator<Item = (Option<&'c Field>, &'c Cell)>,
) -> Result<HashMap<String, String>, PageError> {
    let values: Vec<(&Field, Value)> = cells.filter_map(|(field, cell)| several(field, cell)).collect();
    let wanted: BTreeSet<(&str, &str)> = values.iter().flat_map(|(field, value)| field.references(value)).collect();
    Ok(cx.reader.called(&wanted.into_iter().collect::<Vec<_>>())?)
}

/// A cell that may name several records.
fn several<'f>(field: Option<&'f Field>, cell: &Cell) -> Option<(&'f Field, Value)> {
    match (field?, cell) {
        (field, Cell::Text(json)) if matches!(field.kind, FieldType::Records(_)) => {
            Some((field, serde_json::from_str(json).unwrap_or_default()))
        }
        _ => None,
    }
}

/// A statement's fields in words.
pub(crate) fn says(cx: &Context, kind: &Kind, fields: &Map<String, Value>) -> Result<String, PageError> {
    Ok(says_with(cx.model(), kind, fields, &names_in(cx, std::iter::once((kind, fields)))?))
}

/// The same, with the names of the records that it refers to.
pub(crate) fn says_with(model: &Model, kind: &Kind, fields: &Map<String, Value>, names: &HashMap<String, String>) -> String {
    remit_ask::says(model, &locale(), kind, fields, names)
}

/// The same of one field; nothing where it says nothing.
pub(crate) fn field_says(model: &Model, field: &Field, value: Option<&Value>, names: &HashMap<String, String>) -> String {
    value.map_or_else(m::nothing, |value| remit_ask::field_says(model, &locale(), field, value, names))
}

/// What the records are called that some statements refer to.
pub(crate) fn names_in<'s>(
    cx: &Context,
    statements: impl Iterator<Item = (&'s Kind, &'s Map<String, Value>)>,
) -> Result<HashMap<String, String>, PageError> {
    let wanted: BTreeSet<(&str, &str)> = statements.flat_map(|(kind, fields)| kind.refers_to(fields)).collect();
    Ok(cx.reader.called(&wanted.into_iter().collect::<Vec<_>>())?)
}
