//! Answers and tables as JSON, CSV and plain text.

use crate::Answer;
use remit_store::{AsOf, Cell, Table};
use serde_json::{Map, Value};
use std::fmt::Write as _;

/// An answer as JSON: `question`, `parameters`, `rows`, the as-of, the rule, and the answers below it.
pub fn json(answer: &Answer, below: &[Answer]) -> Value {
    let mut object = Map::new();
    object.insert("question".into(), answer.question.name.clone().into());
    object.insert("title".into(), answer.question.title.english().into());
    let parameters: Map<String, Value> = answer.parameters.iter().map(|(n, v)| (n.clone(), v.clone().into())).collect();
    object.insert("parameters".into(), parameters.into());
    object.insert("valid_on".into(), answer.as_of.valid_on.to_string().into());
    object.insert("known_on".into(), answer.as_of.known_on.clone().into());
    object.insert("clearance".into(), answer.as_of.clearance.code().into());
    object.insert("rule".into(), answer.question.rule.english().into());
    object.insert("rows".into(), rows(&answer.table));
    if !below.is_empty() {
        object.insert("below".into(), below.iter().map(|a| json(a, &[])).collect());
    }
    object.into()
}

/// A table's rows as JSON objects.
pub(crate) fn rows(table: &Table) -> Value {
    let object = |row: &Vec<Cell>| -> Value {
        let fields: Map<String, Value> = table.columns.iter().cloned().zip(row.iter().map(value)).collect();
        fields.into()
    };
    table.rows.iter().map(object).collect()
}

/// The rows of a query as JSON, with the as-of that they were read through.
pub fn query_json(sql: &str, as_of: &AsOf, table: &Table) -> Value {
    let mut object = Map::new();
    object.insert("question".into(), "sql".into());
    let mut parameters = Map::new();
    parameters.insert("sql".into(), sql.into());
    object.insert("parameters".into(), parameters.into());
    object.insert("valid_on".into(), as_of.valid_on.to_string().into());
    object.insert("known_on".into(), as_of.known_on.clone().into());
    object.insert("clearance".into(), as_of.clearance.code().into());
    object.insert("rows".into(), rows(table));
    object.into()
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Integer(n) => (*n).into(),
        Cell::Real(n) => serde_json::Number::from_f64(*n).map_or(Value::Null, Value::Number),
        Cell::Text(text) => text.clone().into(),
    }
}

/// A cell's text for a file that a spreadsheet may open: what a spreadsheet would take for a formula begins with an
/// apostrophe, so that nothing in somebody's data is ever run.
pub fn spreadsheet_safe(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '@', '\t', '\r']) || (text.starts_with('-') && text.parse::<f64>().is_err());
    if formula { format!("'{text}") } else { text.to_owned() }
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Integer(n) => n.to_string(),
        Cell::Real(n) => n.to_string(),
        Cell::Text(text) => spreadsheet_safe(text),
    }
}

/// A table as CSV (RFC 4180), with a heading row.
pub fn csv(table: &Table) -> String {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record(&table.columns);
    for row in &table.rows {
        let _ = writer.write_record(row.iter().map(text));
    }
    writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// A table for a terminal: columns in line, numbers to the right, long texts shortened, unknown as `–`.
pub fn plain(table: &Table) -> String {
    const WIDEST: usize = 48;
    if table.rows.is_empty() {
        return "None.\n".into();
    }
    let shown = |cell: &Cell| -> String {
        let text = match cell {
            Cell::Null => "–".to_owned(),
            Cell::Real(n) if n.fract() == 0.0 || n.abs() >= 1000.0 => grouped(n.round()),
            Cell::Real(n) => format!("{n:.3}"),
            other => self::text(other).replace(['\n', '\r', '\t'], " "),
        };
        if text.chars().count() > WIDEST { text.chars().take(WIDEST - 1).chain(['…']).collect() } else { text }
    };
    let cells: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(shown).collect()).collect();
    let width =
        |c: usize| cells.iter().map(|r| r[c].chars().count()).chain([table.columns[c].chars().count()]).max().unwrap_or(0);
    let widths: Vec<usize> = (0..table.columns.len()).map(width).collect();
    let right: Vec<bool> = (0..table.columns.len()).map(|c| table.rows.iter().all(|r| !matches!(r[c], Cell::Text(_)))).collect();
    let mut out = String::new();
    let mut line = |items: &[String]| {
        for (c, item) in items.iter().enumerate() {
            let pad = widths[c] - item.chars().count().min(widths[c]);
            let gap = if c + 1 == items.len() { "" } else { "  " };
            let _ = if right[c] {
                write!(out, "{}{item}{gap}", " ".repeat(pad))
            } else if gap.is_empty() {
                write!(out, "{item}")
            } else {
                write!(out, "{item}{}{gap}", " ".repeat(pad))
            };
        }
        out.push('\n');
    };
    line(&table.columns);
    line(&widths.iter().map(|w| "─".repeat(*w)).collect::<Vec<_>>());
    cells.iter().for_each(|row| line(row));
    out
}

/// A whole number in groups of three: 1,234,567.
pub fn grouped(n: f64) -> String {
    let digits = format!("{:.0}", n.abs());
    let mut out = String::new();
    for (at, c) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    if n < 0.0 { format!("-{out}") } else { out }
}
