//! What went out is frozen: a record for the publication, and one for each of its figures with the rows that came.

use crate::{Brief, Report, ReportError, Template};
use remit_ask::Answer;
use remit_model::{Marking, Model};
use remit_store::{AsOf, Cell, Draft, Register, Table, hexadecimal};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

/// Records that a report went out, and its figures, as one entry. Returns the record of the publication.
///
/// # Errors
/// When the workspace cannot be written.
pub fn publish(brief: &Brief<'_>, template: &Template, report: &Report, author: &str) -> Result<String, ReportError> {
    let model = brief.model();
    let AsOf { valid_on, clearance, .. } = brief.reader.as_of();
    let hash = hexadecimal(&Sha256::digest(&report.bytes));
    let publication = format!("publication/{}", &hash[..16]);
    let fields = json!({
        "title": format!("{} – {valid_on}", template.title.get(brief.locale.language)),
        "template": template.name,
        "country": brief.country,
        "mission": brief.mission,
        "date": valid_on.to_string(),
        "language": brief.locale.language.code(),
        "content_hash": hash,
    });
    let mut register = Register::open(brief.workspace)?;
    let mut entry = register.entry(author, "published")?;
    entry.append(&draft(model, "publication", &publication, fields, *clearance))?;
    for figure in &report.figures {
        let Answer { question, parameters, as_of, table } = &figure.answer;
        let parameters: Map<String, Value> = parameters.iter().map(|(n, v)| (n.clone(), v.clone().into())).collect();
        let fields = json!({
            "code": figure.code,
            "publication": publication,
            "question": question.name,
            "parameters": Value::from(parameters).to_string(),
            "date": as_of.valid_on.to_string(),
            "known_on": as_of.known_on.clone().unwrap_or_default(),
            "clearance": as_of.clearance.code(),
            "row_count": table.rows.len(),
            "content": content(table).to_string(),
        });
        entry.append(&draft(model, "figure", &format!("{publication}/{}", figure.code), fields, *clearance))?;
    }
    entry.commit()?;
    Ok(publication)
}

/// What went out is marked as what it was made up to.
fn draft(model: &Model, kind: &str, record: &str, fields: Value, marking: Marking) -> Draft {
    let fields = match fields {
        Value::Object(fields) => fields.into_iter().filter(|(_, v)| v.as_str() != Some("")).collect(),
        _ => Map::new(),
    };
    let mut draft = Draft { record: record.to_owned(), fields, marking, ..Draft::new(model, kind) };
    draft.set_envelope("source", "Remit");
    draft
}

/// The columns, and the rows below them.
fn content(table: &Table) -> Value {
    let value = |cell: &Cell| match cell {
        Cell::Null => Value::Null,
        Cell::Integer(n) => (*n).into(),
        Cell::Real(n) => Value::from(*n),
        Cell::Text(text) => text.clone().into(),
    };
    json!({ "columns": table.columns, "rows": table.rows.iter().map(|r| r.iter().map(value).collect()).collect::<Vec<Value>>() })
}

/// The table of a content.
pub(crate) fn table(content: &str) -> Option<Table> {
    let value: Value = serde_json::from_str(content).ok()?;
    let cell = |value: &Value| match value {
        Value::Null | Value::Array(_) | Value::Object(_) => Cell::Null,
        Value::Bool(yes) => Cell::Integer((*yes).into()),
        Value::Number(n) => n.as_i64().map_or_else(|| Cell::Real(n.as_f64().unwrap_or_default()), Cell::Integer),
        Value::String(text) => Cell::Text(text.clone()),
    };
    let columns = value["columns"].as_array()?.iter().map(|c| c.as_str().map(str::to_owned)).collect::<Option<_>>()?;
    let rows = value["rows"].as_array()?.iter().map(|r| Some(r.as_array()?.iter().map(cell).collect())).collect::<Option<_>>()?;
    Some(Table { columns, rows })
}
