//! What records are called, for who looks one up or enters a new one.

use crate::context::{Context, quoted};
use crate::error::PageError;
use crate::m;
use crate::messages::label;
use remit_model::{Called, FieldType, Kind, comparable};
use remit_sheet::Names;
use remit_store::{Cell, Chain, StayingOne};
use serde_json::{Map, Value};

/// Likeness of two names from which they may be one.
pub(crate) const LIKELY: f64 = 0.88;

/// A record with one of its names.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NamedRecord {
    pub(crate) record: String,
    pub(crate) name: String,
    pub(crate) is_other: bool,
}

/// The records of a kind by all of their names, as far as the reader sees them; in the order of their titles.
pub(crate) fn all(cx: &Context, kind: &Kind) -> Result<Vec<NamedRecord>, PageError> {
    if kind.names.is_empty() {
        return Ok(Vec::new());
    }
    let columns: Vec<String> = kind.names.iter().map(|n| format!("\"{n}\"")).collect();
    let sql = format!("select record, {} from \"{}\" order by 2, 1", columns.join(", "), kind.view);
    let table = cx.reader.query(&sql, &[])?;
    let mut found = Vec::new();
    for row in &table.rows {
        let record = row[0].text().unwrap_or_default();
        let fields: Map<String, Value> =
            kind.names.iter().zip(&row[1..]).filter_map(|(name, cell)| Some((name.clone(), value(kind, name, cell)?))).collect();
        let named = |c: remit_model::Called| NamedRecord { record: record.to_owned(), name: c.name, is_other: c.is_other };
        found.extend(kind.names_in(&fields).into_iter().map(named));
    }
    Ok(found)
}

/// Refuses a record of which the reader may see nothing, on whatever day, in the words for one that is not there.
pub(crate) fn must_be_known(cx: &Context, kind: &Kind, record: &str) -> Result<(), PageError> {
    let said = "select 1 from statement where kind = :kind and record = :record";
    let sql = format!("{said} union all select 1 from \"{}\" where record = :record limit 1", kind.view);
    let found = cx.reader.query(&sql, &[("kind", kind.name.as_str().into()), ("record", record.into())])?;
    match found.rows.is_empty() {
        true => Err(not_there(kind, record)),
        false => Ok(()),
    }
}

/// That there is no such record, or none that the reader may see; of an address that names none, that it does not.
pub(crate) fn not_there(kind: &Kind, record: &str) -> PageError {
    let kind = label(&kind.label).to_lowercase();
    PageError::not_found(if record.is_empty() { m::error_which_record(kind) } else { m::error_no_record(kind, record) })
}

fn value(kind: &Kind, field: &str, cell: &Cell) -> Option<Value> {
    let text = cell.text()?;
    match kind.field(field).map(|f| &f.kind) {
        Some(FieldType::List(_) | FieldType::Texts) => serde_json::from_str(text).ok(),
        _ => Some(text.into()),
    }
}

/// The only one of several records that is in a country: five countries have a Ministry of Defence.
pub(crate) fn only_in(cx: &Context, kind: &str, records: &[String], country: &str) -> Result<Option<String>, PageError> {
    let Some(kind) = cx.model().kind(kind).filter(|k| !country.is_empty() && k.field("country").is_some()) else {
        return Ok(None);
    };
    let sql = format!("select record from \"{}\" where country = :country and record in ({})", kind.view, quoted(records));
    let found = cx.reader.query(&sql, &[("country", country.into())])?;
    Ok(match &found.rows[..] {
        [one] => one[0].text().map(str::to_owned),
        _ => None,
    })
}

/// The country of records of a kind, where all of them are in one; empty where they are not.
pub(crate) fn country_of(cx: &Context, kind: &Kind, records: &[&str]) -> Result<String, PageError> {
    if kind.field("country").is_none() {
        return Ok(String::new());
    }
    let sql = format!("select distinct coalesce(country, '') from \"{}\" where record in ({})", kind.view, quoted(records));
    let found = cx.reader.query(&sql, &[])?;
    Ok(match &found.rows[..] {
        [one] => one[0].text().unwrap_or_default().to_owned(),
        _ => String::new(),
    })
}

/// The records of a kind by all of their names, to look names up in. As in a sheet, what was made one with another means that.
pub(crate) fn lookup(cx: &Context, kind: &str) -> Result<Names, PageError> {
    let mut names = Names::default();
    names.written_as(cx.model());
    let Some(kind) = cx.model().kind(kind) else { return Ok(names) };
    for n in all(cx, kind)? {
        names.add(n.record, Called { name: n.name, is_other: n.is_other });
    }
    let one = staying_one(cx)?;
    if !one.is_empty() {
        set_countries(cx, kind, &mut names)?;
        names.add_gone(kind, &one, cx.reader.as_of().clearance);
    }
    Ok(names)
}

/// True where a record had this name as its own that was made one with another than this one: the name alone may mean that.
pub(crate) fn was_of_another(cx: &Context, kind: &Kind, name: &str, record: &str) -> Result<bool, PageError> {
    let (one, clearance, key) = (staying_one(cx)?, cx.reader.as_of().clearance, comparable(name));
    let is_so_called = |called: &Called| comparable(&called.name) == key;
    let mut gone = one.known(kind, clearance).into_iter().filter(|gone| gone.called.iter().any(is_so_called));
    Ok(gone.any(|gone| one.kept(&kind.name, &gone.record, clearance) != record))
}

/// The record that stands for one that was made one with it, as far as the reader may know; none where it was made one with none.
pub(crate) fn stands_for(cx: &Context, kind: &Kind, record: &str) -> Result<Option<String>, PageError> {
    let one = staying_one(cx)?;
    let stands = one.kept(&kind.name, record, cx.reader.as_of().clearance);
    Ok((stands != record).then(|| stands.to_owned()))
}

fn staying_one(cx: &Context) -> Result<StayingOne, PageError> {
    Ok(Chain::open(cx.app().workspace())?.staying_one()?)
}

/// Notes the countries of records: of those that are called the same, one may be here, and another elsewhere.
fn set_countries(cx: &Context, kind: &Kind, names: &mut Names) -> Result<(), PageError> {
    if kind.field("country").is_none() {
        return Ok(());
    }
    let sql = format!("select record, country from \"{}\" where country is not null", kind.view);
    for row in &cx.reader.query(&sql, &[])?.rows {
        if let (Some(record), Some(country)) = (row[0].text(), row[1].text()) {
            names.set_country(record, country);
        }
    }
    Ok(())
}
