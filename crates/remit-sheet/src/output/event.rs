//! Rows as events: what happens on a day. Calendars and feeds are made of them.

use super::{Column, Output};
use crate::SheetError;
use remit_store::Cell;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;

/// The columns that make an event of a row: an `[event]` of a question's heading.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventColumns {
    /// What happens.
    pub title: String,
    /// When: a day, a month or a year.
    pub day: String,
    /// Since when it stands among the rows, where a column says so: when it became known, or came near enough.
    #[serde(default)]
    pub known: String,
    /// Columns whose values stand in the text of the event.
    #[serde(default)]
    pub about: Vec<String>,
}

impl EventColumns {
    /// The columns of which events are made.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        [&self.title, &self.day, &self.known].into_iter().chain(&self.about).map(String::as_str).filter(|c| !c.is_empty())
    }
}

/// What happens on a day.
pub(super) struct Event {
    /// The same for the same row of the same question.
    pub(super) id: String,
    pub(super) title: String,
    /// As it is written: a day, a month, a year.
    pub(super) day: String,
    /// Since when it stands there, where that is told.
    pub(super) known: Option<String>,
    /// What more is said, a line each.
    pub(super) about: Vec<String>,
}

/// The events of an answer; a row without a day is none.
///
/// # Errors
/// When its rows have no day.
pub(super) fn events(output: &Output<'_>) -> Result<Vec<Event>, SheetError> {
    let Some(columns) = &output.event else { return Err(SheetError::NoDay(output.name.clone())) };
    let of = |name: &str| output.table.column(name).ok_or_else(|| SheetError::NoDay(output.name.clone()));
    let (title, day) = (of(&columns.title)?, of(&columns.day)?);
    let known_since = Some(&columns.known).filter(|c| !c.is_empty()).map(|c| of(c)).transpose()?;
    let about: Vec<usize> = columns.about.iter().map(|c| of(c)).collect::<Result<_, _>>()?;
    let mut known: HashMap<String, usize> = HashMap::new();
    let event = |(n, row): (usize, &Vec<Cell>)| {
        let pair = |c: &usize| {
            let (name, value) = (output.columns[*c].label.as_str(), said(output, n, *c)?);
            Some(output.model.sentence(&output.locale, "pair", &[("name", name), ("value", &value)]))
        };
        let when = row[day].text().filter(|d| !d.is_empty())?.to_owned();
        let precise = output.columns[day].label.as_str();
        let written = output.model.sentence(&output.locale, "pair", &[("name", precise), ("value", &output.locale.date(&when))]);
        let about = std::iter::once(written).chain(about.iter().filter_map(pair)).collect();
        let since = known_since.and_then(|c| row[c].text()).filter(|m| !m.is_empty()).map(str::to_owned);
        Some(Event { id: id(output, row, &mut known), title: said(output, n, title)?, day: when, known: since, about })
    };
    Ok(output.table.rows.iter().enumerate().filter_map(event).collect())
}

/// What a cell says; nothing where nothing is on record.
fn said(output: &Output<'_>, row: usize, column: usize) -> Option<String> {
    let cell = &output.table.rows[row][column];
    match (&output.columns[column].values, cell) {
        (_, Cell::Null) => None,
        (super::ColumnValues::Words(words), _) => Some(words[row].clone()),
        (super::ColumnValues::Date, Cell::Text(day)) => Some(output.locale.date(day)),
        (_, Cell::Text(text)) => Some(text.clone()),
        (_, cell) => cell.number().map(|n| output.locale.plain(n, 2)),
    }
}

/// What a row is about changes neither with the day on which it is asked, nor with the language, nor with what is said of it: the
/// records that it names, by the names that programs have for the columns. Where it names none, the words of it.
fn id(output: &Output<'_>, row: &[Cell], known: &mut HashMap<String, usize>) -> String {
    // What an event tells (where its source stands) may change while it stays the same.
    let is_told = |name: &str| output.event.iter().flat_map(EventColumns::columns).any(|told| told == name);
    let said = |is_meant: &dyn Fn(&str, &Column) -> bool| -> String {
        let columns = output.table.columns.iter().zip(&output.columns).zip(row).filter(|((name, c), _)| is_meant(name, c));
        let pairs = columns.filter_map(|((name, _), cell)| Some((name, cell.text().filter(|t| !t.is_empty())?)));
        pairs.map(|(name, text)| format!("\u{1f}{name}\u{1f}{text}")).collect()
    };
    let records = said(&|name, c| c.hidden && !is_told(name));
    let about = if records.is_empty() { said(&|_, c| c.values == super::ColumnValues::Text) } else { records };
    // Of several rows about the same, each is an event.
    let nth = known.entry(about.clone()).and_modify(|n| *n += 1).or_insert(0);
    let hash = Sha256::digest(format!("{}{about}\u{1f}{nth}", output.name));
    hash.iter().take(16).map(|b| format!("{b:02x}")).collect()
}
