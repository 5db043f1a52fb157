//! What is recorded to change a record. A value that changes on a day was true before it: what said so ends the day before, and
//! all else that the same statement says stays with its source. Who may not see a statement leaves it as it is.

use crate::cells::field_called;
use crate::context::{Context, quoted};
use crate::error::PageError;
use crate::m;
use crate::typed;
use remit_model::{Day, Field, ImpreciseDate, Kind, Marking, Time};
use remit_store::{Draft, Fault, Reason, Register, Statement};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The values that records are to have, from a day on.
pub(super) struct WantedValues {
    pub(super) since: Day,
    pub(super) fields: Map<String, Value>,
    pub(super) envelope: Vec<(&'static str, String)>,
}

impl WantedValues {
    pub(super) fn new(since: Day) -> WantedValues {
        WantedValues { since, fields: Map::new(), envelope: Vec::new() }
    }
}

#[derive(Deserialize)]
struct ShownValue {
    statement: String,
}

/// The statements that stand of some records on the day, as far as the reader may see them; what was imported as a whole is none.
fn standing(cx: &Context, kind: &Kind, register: &Register, records: &[&str]) -> Result<Vec<Statement>, PageError> {
    let sql = format!(
        "select distinct statement from \"{}_statement\" where record in ({}) and statement is not null and status_of_statement = 'accepted'",
        kind.view,
        quoted(records)
    );
    let shown: Vec<ShownValue> = cx.reader.query(&sql, &[])?.rows_as()?;
    let mut all = Vec::new();
    for ShownValue { statement } in shown.iter().filter(|s| !s.statement.is_empty()) {
        all.extend(register.guarded_statement(statement)?);
    }
    Ok(all)
}

/// The statements said again with something else about them.
pub(super) fn said_again(
    cx: &Context,
    kind: &Kind,
    register: &Register,
    records: &[&str],
    mut with: impl FnMut(&mut Draft),
) -> Result<Vec<Draft>, PageError> {
    let mut drafts = Vec::new();
    for s in standing(cx, kind, register, records)? {
        let mut draft = Draft { supersedes: vec![s.id.clone()], origin: String::new(), ..s.draft.clone() };
        with(&mut draft);
        let differs = draft.withdrawn != s.draft.withdrawn
            || draft.verified_at != s.draft.verified_at
            || draft.marking != s.draft.marking
            || draft.envelope != s.draft.envelope;
        if differs {
            drafts.push(draft);
        }
    }
    Ok(drafts)
}

/// The statements that give some records other values of fields.
pub(super) fn changed(
    cx: &Context,
    kind: &Kind,
    register: &Register,
    records: &[&str],
    wanted: &WantedValues,
) -> Result<Vec<Draft>, PageError> {
    let all = standing(cx, kind, register, records)?;
    let mut drafts = Vec::new();
    for record in records {
        let wanted = &WantedValues { fields: differing(cx, kind, record, wanted)?, envelope: wanted.envelope.clone(), ..*wanted };
        if wanted.fields.is_empty() {
            continue;
        }
        in_order(cx, kind, record, wanted)?;
        let own: Vec<&Statement> = all.iter().filter(|s| s.draft.record == *record).collect();
        if own.is_empty() {
            return Err(PageError::bad_request(m::error_imported(*record)));
        }
        let mut new = Draft { record: (*record).to_owned(), fields: wanted.fields.clone(), ..Draft::new(cx.model(), &kind.name) };
        for (name, value) in &wanted.envelope {
            new.set_envelope(name, value.clone());
        }
        if kind.time == Time::State {
            new.set_envelope("valid_from", wanted.since.to_string());
        }
        new.marking = own.iter().map(|s| s.draft.marking).max().unwrap_or(new.marking);
        // What will hold from a day to come was looked at today.
        new.verified_at = wanted.since.min(Day::today()).to_string();
        for s in own.iter().filter(|s| wanted.fields.keys().any(|f| s.draft.fields.contains_key(f))) {
            keep_withheld(cx, s, wanted, &mut new)?;
            match ended(kind, s, wanted) {
                parts if parts.is_empty() => new.supersedes.push(s.id.clone()),
                parts => drafts.extend(parts),
            }
        }
        drafts.push(new);
    }
    Ok(drafts)
}

/// The values that are not those that the record has already.
pub(super) fn differing(cx: &Context, kind: &Kind, record: &str, wanted: &WantedValues) -> Result<Map<String, Value>, PageError> {
    let columns: Vec<String> = wanted.fields.keys().map(|f| format!("\"{f}\"")).collect();
    let sql = format!("select {} from \"{}\" where record = :record", columns.join(", "), kind.view);
    let shown = cx.reader.query(&sql, &[("record", record.into())])?;
    let has = |n: usize, value: &Value| {
        let Some(cell) = shown.rows.first().map(|r| &r[n]) else { return false };
        cell.text().is_some_and(|t| value.as_str() == Some(t)) || cell.number().is_some_and(|x| value.as_f64() == Some(x))
    };
    let differing = wanted.fields.iter().enumerate().filter(|(n, (_, value))| !has(*n, value));
    Ok(differing.map(|(_, (name, value))| (name.clone(), value.clone())).collect())
}

/// That no date comes before one that it may not be before, where the other stands in the record already.
fn in_order(cx: &Context, kind: &Kind, record: &str, wanted: &WantedValues) -> Result<(), PageError> {
    let is_wanted = |name: &String| wanted.fields.contains_key(name);
    let is_bounded = |f: &&Field| !f.not_before.is_empty() && (is_wanted(&f.name) || f.not_before.iter().any(is_wanted));
    let bounded: Vec<&Field> = kind.fields.iter().filter(is_bounded).collect();
    if bounded.is_empty() {
        return Ok(());
    }
    let names: BTreeSet<&String> = bounded.iter().flat_map(|f| std::iter::once(&f.name).chain(&f.not_before)).collect();
    let columns: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    let sql = format!("select {} from \"{}\" where record = :record", columns.join(", "), kind.view);
    let shown = cx.reader.query(&sql, &[("record", record.into())])?;
    let mut whole = Draft { record: record.to_owned(), ..Draft::new(cx.model(), &kind.name) };
    for (n, name) in names.into_iter().enumerate() {
        let on_record = || shown.rows.first().and_then(|row| row[n].text()).map(Value::from);
        whole.fields.extend(wanted.fields.get(name).cloned().or_else(on_record).map(|value| (name.clone(), value)));
    }
    let is_wrong = |fault: &Fault| matches!(fault.reason, Reason::Before(..)) && bounded.iter().any(|f| f.name == fault.field);
    match whole.faults(cx.model()).into_iter().find(is_wrong) {
        Some(fault) => {
            let field = field_called(cx.model(), Some(kind), &fault.field);
            Err(PageError::bad_request(m::pair(field, typed::refused(cx.model(), &fault.reason))))
        }
        None => Ok(()),
    }
}

/// A field that was for few stays for few; who may not see it does not change it.
fn keep_withheld(cx: &Context, s: &Statement, wanted: &WantedValues, new: &mut Draft) -> Result<(), PageError> {
    for (field, marking) in s.draft.withheld.iter().filter(|(f, _)| wanted.fields.contains_key(f)) {
        if *marking > cx.request.as_of.clearance {
            return Err(PageError::forbidden(m::error_withheld()));
        }
        let known: Option<&mut (String, Marking)> = new.withheld.iter_mut().find(|(f, _)| f == field);
        match known {
            Some((_, m)) => *m = (*marking).max(*m),
            None => new.withheld.push((field.clone(), *marking)),
        }
    }
    Ok(())
}

/// What takes the place of a statement of which some values end: the rest of it, and of a state the old values until the day
/// before. Nothing where all of it ends.
fn ended(kind: &Kind, s: &Statement, wanted: &WantedValues) -> Vec<Draft> {
    let (old, rest): (Map<String, Value>, Map<String, Value>) =
        s.draft.fields.clone().into_iter().partition(|(name, _)| wanted.fields.contains_key(name));
    let part = |fields: Map<String, Value>| {
        let withheld = s.draft.withheld.iter().filter(|(f, _)| fields.contains_key(f)).cloned().collect();
        Draft { fields, withheld, origin: String::new(), supersedes: Vec::new(), ..s.draft.clone() }
    };
    let mut parts = Vec::new();
    if !rest.is_empty() {
        parts.push(part(rest));
    }
    // A state that is known to begin in a year later than that began after it, on whatever day of the year.
    let began = s.draft.envelope("valid_from").parse::<ImpreciseDate>().ok().map(|date| date.earliest());
    let before = wanted.since.plus_days(-1);
    if kind.time == Time::State && began.is_none_or(|day| day <= before) {
        let mut past = part(old);
        past.set_envelope("valid_to", before.to_string());
        parts.push(past);
    }
    if let Some(first) = parts.first_mut() {
        first.supersedes = vec![s.id.clone()];
    }
    parts
}
