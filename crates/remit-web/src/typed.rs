//! What somebody typed, as a value of a field, or why it is none, in the reader's language.

use crate::context::Context;
use crate::error::{PageError, two_days};
use crate::figures::listed;
use crate::language::locale;
use crate::m;
use crate::messages::label;
use crate::names;
use remit_model::{Day, Field, FieldType, Misread, Model, folded};
use remit_sheet::{Meant, typed_date};
use remit_store::Reason;
use serde::Deserialize;
use serde_json::Value;

/// What was typed as a value, or why it is none. Of several records that are called so, the one of the country is meant that the record is in
/// for which it was typed; nothing where it is in none.
pub(crate) fn value(cx: &Context, field: &Field, typed: &str, country: &str) -> Result<Result<Value, String>, PageError> {
    // Several are named as one is.
    if let FieldType::Records(kinds) = &field.kind {
        let mut records: Vec<Value> = Vec::new();
        for name in typed.split([';', '\n']).map(str::trim).filter(|name| !name.is_empty()) {
            match meant_of(cx, kinds, name, country)? {
                Ok(record) if records.iter().any(|r| *r == record) => {}
                Ok(record) => records.push(record.into()),
                Err(reason) => return Ok(Err(reason)),
            }
        }
        return Ok(Ok(if records.is_empty() { Value::Null } else { records.into() }));
    }
    match field.record_kind() {
        Some(of) if !typed.is_empty() => Ok(meant(cx, of, typed, country)?.map(Value::from)),
        None if field.kind == FieldType::Date => {
            Ok(field.read(&cx.model().lists, &date(cx.model(), typed)).map_err(|reason| misread(cx.model(), &reason)))
        }
        _ => {
            let lists = &cx.model().lists;
            let is_number = matches!(field.kind, FieldType::Integer | FieldType::Number);
            let number = locale().typed_number(typed).filter(|_| is_number);
            let read = field
                .read(lists, number.as_deref().unwrap_or(typed))
                .and_then(|value| field.check(lists, &value).map(|()| value));
            Ok(read.map_err(|reason| misread(cx.model(), &reason)))
        }
    }
}

/// A date as it is kept, where it was typed in another way: 31/12/2025, 12/05/2025 in a language that writes the day first, mars 2026.
pub(crate) fn date(model: &Model, typed: &str) -> String {
    let day = Day::typed(typed).map(|day| day.to_string());
    day.or_else(|| typed_date(&model.languages, typed, locale().day_first)).unwrap_or_else(|| typed.to_owned())
}

/// Why the register would not record something, in the reader's language.
pub(crate) fn refused(model: &Model, reason: &Reason) -> String {
    match reason {
        Reason::Misread(reason) => misread(model, reason),
        Reason::Before(..) => m::ends_before(),
        Reason::Unknown { name, known, .. } => m::no_field(known, name),
        Reason::Identifier => m::no_identifier(),
        Reason::ToCome => m::day_to_come(),
        Reason::Missing => m::is_needed(),
    }
}

/// Why what was typed is no value, in the reader's language.
pub(crate) fn misread(model: &Model, reason: &Misread) -> String {
    match reason {
        Misread::Whole(text) => m::no_whole_number(text),
        Misread::Number(text) => m::no_number(text),
        Misread::Less { value, least } => m::too_small(least.to_string(), value),
        Misread::More { value, most } => m::too_large(most.to_string(), value),
        Misread::Boolean(text) => m::no_yes_or_no(text),
        Misread::Date(text) => two_days(text).unwrap_or_else(|| m::no_date(text)),
        Misread::Code { text, list, some } => {
            // As the choices beside it are called.
            let of = model.lists.get(list);
            let some = of.map_or(some.clone(), |l| l.some(&locale()));
            m::no_code(of.map_or(list.clone(), |l| label(&l.title)), some, text)
        }
        Misread::Parts { text, parts } => m::more_parts(parts, text),
        Misread::Scheme { text, parts, list, some } => {
            let of = model.lists.get(list);
            let some = of.map_or(some.clone(), |l| l.some(&locale()));
            m::no_scheme(of.map_or(list.clone(), |l| label(&l.title)), parts, some, text)
        }
        Misread::Long { letters, most } => m::too_long(letters, most),
        Misread::Empty(text) => m::empty_part(text),
        Misread::Unseen(_) => m::unseen_signs(),
        Misread::Url(_) => m::address_begins(),
        Misread::Form { value, .. } => m::no_value(value),
    }
}

/// The record that is meant, of any of these kinds, as a field that takes them keeps it; `kind:` before what was typed tells which kind it is of.
fn meant_of(cx: &Context, kinds: &[String], typed: &str, country: &str) -> Result<Result<String, String>, PageError> {
    if let [of] = kinds {
        return meant(cx, of, typed, country);
    }
    if let Some((of, id)) = typed.split_once(':').filter(|(of, _)| kinds.iter().any(|kind| kind == of)) {
        return Ok(meant(cx, of, id.trim(), country)?.map(|record| format!("{of}:{record}")));
    }
    let (mut found, mut reasons) = (Vec::new(), Vec::new());
    for of in kinds {
        match meant(cx, of, typed, country)? {
            Ok(record) => found.push(format!("{of}:{record}")),
            Err(reason) => reasons.push(reason),
        }
    }
    Ok(match found.len() {
        0 => Err(reasons.into_iter().next().unwrap_or_default()),
        1 => Ok(found.remove(0)),
        n => Err(m::several_called(listed(&found), n, typed)),
    })
}

/// The record that is meant by what somebody typed, or why none is.
fn meant(cx: &Context, of: &str, typed: &str, country: &str) -> Result<Result<String, String>, PageError> {
    let names = names::lookup(cx, of)?;
    Ok(match names.find(typed, country) {
        Meant::One(record) | Meant::Likely(record, _) => Ok(record),
        Meant::Several(records) => match names::only_in(cx, of, &records, country)? {
            Some(record) => Ok(record),
            None => Err(m::several_called(listed(&records), records.len(), typed)),
        },
        Meant::None => Err(match names.suggestion(typed) {
            Some(like) => m::none_called_like(like, typed),
            None => none_called(cx, of, typed)?,
        }),
    })
}

/// A record that has the words that were typed.
#[derive(Deserialize)]
struct RecordWithWords {
    kind: String,
    title: String,
}

/// Names that are offered in the place of one that nobody has.
const MOST_OFFERED: usize = 3;

/// That no record of a kind is called so, with the names that have all of its words: people write less than the whole of a name.
fn none_called(cx: &Context, kind: &str, typed: &str) -> Result<String, PageError> {
    let words = folded(typed);
    let has_all = |title: &str| words.split_whitespace().all(|word| folded(title).contains(word));
    let found: Vec<RecordWithWords> = cx.reader.search(typed)?.rows_as()?;
    let mut names: Vec<String> = Vec::new();
    for hit in found.into_iter().filter(|hit| hit.kind == kind && has_all(&hit.title)) {
        if !names.contains(&hit.title) && names.len() < MOST_OFFERED {
            names.push(hit.title);
        }
    }
    Ok(match names.as_slice() {
        [] => m::none_called(typed),
        [one] => m::none_called_like(one.as_str(), typed),
        some => m::none_called_likes(listed(some), typed),
    })
}
