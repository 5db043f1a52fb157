//! What an office's own records have in common as activities: who publishes them, when they are, what they cost.

use super::activity::{ActivityInMaking, dated, left_out, value};
use super::element::IatiElement;
use super::{LeftOut, NamedRow, Publisher};
use remit_model::Day;
use remit_store::{Cell, Reader, StoreError};
use std::collections::HashSet;

/// The records of the register that are the office: by their name, acronym or identifier.
pub(super) fn records_of(reader: &Reader, publisher: &Publisher) -> Result<HashSet<String>, StoreError> {
    let sql = "select record from actor where folded(name) in (folded(:name), folded(:reference)) \
               or folded(acronym) in (folded(:name), folded(:reference)) or folded(record) = folded(:reference) \
               union select record from actor_identifier where folded(identifier) = folded(:reference)";
    let [name, reference] = [&publisher.name, &publisher.reference].map(|own| Cell::Text(own.clone()));
    let table = reader.query(sql, &[("name", name), ("reference", reference)])?;
    Ok(table.rows.iter().filter_map(|row| row[0].text().map(str::to_owned)).collect())
}

/// Whether an office supports what a row tells of: by the record of who does, or by the name as it was written.
pub(super) fn is_of(row: &NamedRow<'_>, records: &HashSet<String>, publisher: &Publisher, record: &str, names: &[&str]) -> bool {
    let own = [&publisher.name, &publisher.reference].map(|own| own.to_lowercase());
    let is_named = |name: String| !name.is_empty() && own.contains(&name.to_lowercase());
    records.contains(&row.text(record)) || names.iter().any(|column| is_named(row.text(column)))
}

/// The identifier of a record as an activity.
pub(super) fn identifier(publisher: &Publisher, kind: &str, record: &str) -> String {
    // What an identifier may not have in it.
    let record: String = record.chars().map(|c| if matches!(c, '/' | '&' | '|' | '?') { '-' } else { c }).collect();
    format!("{}-{kind}-{record}", publisher.reference)
}

/// The office in an element.
pub(super) fn office(name: &'static str, publisher: &Publisher) -> IatiElement {
    IatiElement::new(name).with("ref", publisher.reference.clone())
}

/// The office as who reports.
pub(super) fn reporter(publisher: &Publisher) -> IatiElement {
    office("reporting-org", publisher).with("type", publisher.kind.clone()).narrated(&publisher.name, "")
}

/// The office as who pays.
pub(super) fn funder(publisher: &Publisher) -> IatiElement {
    office("participating-org", publisher).with("role", "1").with("type", publisher.kind.clone()).narrated(&publisher.name, "")
}

/// What no element of the standard holds by itself, in words.
pub(super) fn told(row: &NamedRow<'_>, columns: &[(&str, &str)]) -> String {
    let told = columns.iter().map(|(column, words)| (row.text(column), words)).filter(|(text, _)| !text.is_empty());
    told.map(|(text, words)| format!("{words}: {text}.")).collect::<Vec<_>>().join(" ")
}

/// The value of the first of these columns that is not empty.
pub(super) fn first(row: &NamedRow<'_>, columns: &[&str]) -> Option<String> {
    columns.iter().map(|column| row.text(column)).find(|text| !text.is_empty())
}

/// The first and the last day, whole.
pub(super) fn days(id: &str, row: &NamedRow<'_>, out: &mut Vec<LeftOut>) -> [Option<String>; 2] {
    [("starts", false), ("ends", true)].map(|(column, ends)| dated(id, "activity-date", &row.text(column), ends, out))
}

/// Adds how it stands, and its days. Where nobody has said how it stands, the days do; an end that lies before the day is no actual one
/// while somebody says that it goes on.
pub(super) fn when(a: &mut ActivityInMaking, status: &str, [first, last]: &[Option<String>; 2], on: Day) {
    let on = on.to_string();
    let past = |day: &Option<String>| day.as_ref().is_some_and(|d| *d <= on);
    let (begun, ended) = (past(first) && status != "1", past(last) && matches!(status, "" | "3" | "4"));
    let by_days = match (begun, ended) {
        _ if first.is_none() && last.is_none() => "",
        (_, true) => "4",
        (true, false) => "2",
        (false, false) => "1",
    };
    a.must("activity-status", IatiElement::coded("activity-status", if status.is_empty() { by_days } else { status }));
    let date = |day: &Option<String>, kind: &'static str| {
        day.clone().map(|d| IatiElement::new("activity-date").with("iso-date", d).with("type", kind))
    };
    let dates = [date(first, if begun { "2" } else { "1" }), date(last, if ended { "4" } else { "3" })];
    a.must("activity-date", dates.into_iter().flatten());
}

/// A place that is named.
pub(super) fn place(row: &NamedRow<'_>, columns: &[&str]) -> Option<IatiElement> {
    let name = first(row, columns)?;
    Some(IatiElement::new("location").holding([IatiElement::new("name").narrated(&name, "")]))
}

/// An amount as a transaction of a type on a day.
pub(super) fn amount(
    id: &str,
    row: &NamedRow<'_>,
    (column, kind): (&str, &str),
    day: Option<&String>,
    out: &mut Vec<LeftOut>,
) -> Option<IatiElement> {
    let (amount, currency) = (row.text(column), row.text("currency"));
    match day {
        _ if amount.is_empty() => None,
        Some(day) if !currency.is_empty() => {
            let parts = [
                IatiElement::new("transaction-type").with("code", kind),
                IatiElement::new("transaction-date").with("iso-date", day.clone()),
                value(&amount, &currency, day),
            ];
            Some(IatiElement::new("transaction").holding(parts))
        }
        _ => {
            out.push(left_out(id, "transaction", &amount, "the standard asks for currency and day of an amount"));
            None
        }
    }
}

/// Purpose codes of the DAC that say what a function, or a class of who receives, is supported for.
const PURPOSES: [(&str, &str); 5] =
    [("public_order", "15132"), ("police", "15132"), ("adjudication", "15134"), ("custody", "15137"), ("corrections", "15137")];

/// The purpose code: where none says it more closely, that of the management and reform of the security system.
pub(super) fn purpose(code: &str) -> IatiElement {
    let closer = PURPOSES.iter().find(|(said, _)| *said == code).map(|(_, purpose)| *purpose);
    IatiElement::new("sector").with("vocabulary", "1").with("code", closer.unwrap_or("15210")).with("percentage", "100")
}

/// Lists fields that stay out altogether.
pub(super) fn kept(id: &str, row: &NamedRow<'_>, fields: &[(&str, &str)], out: &mut Vec<LeftOut>) {
    for (column, reason) in fields.iter().filter(|(column, _)| !matches!(row.text(column).as_str(), "" | "[]")) {
        out.push(left_out(id, column, &row.text(column), reason));
    }
}
