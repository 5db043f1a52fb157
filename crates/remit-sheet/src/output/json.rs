//! JSON, for programs.

use super::{AboutFormat, Output};
use remit_store::{Cell, Table};
use serde_json::{Map, Number, Value};

pub(super) const ABOUT: AboutFormat = AboutFormat {
    name: "JSON",
    ending: "json",
    media_type: "application/json; charset=utf-8",
    help: "Answer as JSON",
    is_text: true,
    holds_several: true,
    write: |output| Ok(output.json().to_string().into_bytes()),
};

/// `question`, `title` and `rule` where it has a title, `parameters`, the as-of, `rows`, and the answers below.
pub(super) fn answer(output: &Output<'_>) -> Value {
    let has_title = !output.title.is_empty();
    let mut object = Map::new();
    object.insert("question".into(), output.name.clone().into());
    if has_title {
        object.insert("title".into(), output.title.english().into());
    }
    let parameters: Map<String, Value> = output.parameters.iter().map(|(n, v)| (n.clone(), v.clone().into())).collect();
    object.insert("parameters".into(), parameters.into());
    object.insert("valid_on".into(), output.as_of.valid_on.to_string().into());
    object.insert("known_on".into(), output.as_of.known_on.clone().into());
    object.insert("clearance".into(), output.as_of.clearance.code().into());
    if has_title {
        object.insert("rule".into(), output.rule.english().into());
    }
    object.insert("rows".into(), rows(output.table));
    if !output.below.is_empty() {
        object.insert("below".into(), output.below.iter().map(answer).collect());
    }
    object.into()
}

/// A table's rows as JSON objects.
fn rows(table: &Table) -> Value {
    let object = |row: &Vec<Cell>| -> Value {
        let fields: Map<String, Value> = table.columns.iter().cloned().zip(row.iter().map(value)).collect();
        fields.into()
    };
    table.rows.iter().map(object).collect()
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Integer(n) => (*n).into(),
        Cell::Real(n) => Number::from_f64(*n).map_or(Value::Null, Value::Number),
        Cell::Text(text) => text.clone().into(),
    }
}
