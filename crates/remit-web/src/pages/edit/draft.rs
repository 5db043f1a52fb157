//! A form read into a draft: what is wrong stands beside its field, and nothing that was typed is lost.

use super::edit_form::{EditForm, of_envelope, sealed, seen, withheld_name};
use crate::cells::code_label;
use crate::context::Context;
use crate::error::PageError;
use crate::m;
use crate::messages::label;
use crate::names::{self, LIKELY, NamedRecord};
use crate::reason;
use crate::typed;
use remit_model::{Field, FieldType, Kind, Marking, Model, likeness, web_address};
use remit_reader::ingest::listed;
use remit_store::{Draft, Register, Statement, Status, marking_said, status_said};
use serde_json::Value;

pub(super) fn read(cx: &Context, kind: &Kind, form: &mut EditForm) -> Result<Draft, PageError> {
    let register = Register::open(cx.app().workspace())?;
    let before = before(cx, kind, &register, form)?;
    let mut draft = Draft::new(cx.model(), &kind.name);
    draft.record = form.get("record").to_owned();
    draft.origin = form.origin();
    for field in kind.fields.iter() {
        if form.sealed.contains(&field.name) {
            continue;
        }
        let read = match newly_named(cx, &field.name, form.get(&field.name)) {
            Some(record) => Ok(record.into()),
            None => typed::value(cx, field, form.get(&field.name), form.get("country"))?,
        };
        match read {
            Ok(Value::Null) => {}
            Ok(value) => {
                draft.fields.insert(field.name.clone(), value);
            }
            Err(reason) => form.wrong(&field.name, reason),
        }
    }
    needed(kind, &register, form, &draft)?;
    if form.get("as-typed") != "yes" {
        form.uneven = uneven(kind, &draft);
    }
    if draft.fields.is_empty() && form.sealed.is_empty() && form.errors.is_empty() {
        form.wrong(kind.fields.first().map_or("", |f| f.name.as_str()), m::all_empty());
    }
    envelope(cx.model(), form, &mut draft);
    draft.withheld = form.withheld(cx.model(), kind);
    // Who corrects has seen what was told from the words of the source, and may leave it out.
    if before.is_none() && !draft.withholds_words(kind) {
        kind.tell(&cx.model().lists, &mut draft.fields);
    }
    if let Some(before) = before {
        not_lowered(cx.model(), form, &draft, &before.draft);
        supersede(cx, kind, &register, form, &mut draft, before)?;
    } else if draft.record.is_empty() && form.get("is-another") != "yes" && form.errors.is_empty() {
        form.alike = alike(cx, kind, &draft)?;
    }
    Ok(draft)
}

/// Where parts (women, men) do not add up to their whole, by what was typed: what is sealed is not told.
fn uneven(kind: &Kind, draft: &Draft) -> Vec<String> {
    let all = kind.uneven_parts(|field| draft.fields.get(&field.name)?.as_f64());
    let told = all.iter().map(|parts| parts.told(|field| label(&field.label)));
    told.map(|text| reason::told(&text)).collect()
}

/// A mission of the code lists by its record, which it may not have yet: it gets it when what names it is accepted.
fn newly_named(cx: &Context, field: &str, typed: &str) -> Option<String> {
    let (list, code) = if field == "mission" { listed(cx.model(), typed)? } else { return None };
    Some(code.record_in(list)).filter(|record| record == typed.trim())
}

/// The statement that the form corrects; for a record that is to be said more about, that there is such a one. What the writer
/// may not see is not there, in the same words.
fn before(cx: &Context, kind: &Kind, register: &Register, form: &mut EditForm) -> Result<Option<Statement>, PageError> {
    let (statement, record) = (form.get("statement"), form.get("record"));
    if statement.is_empty() {
        if !record.is_empty() {
            names::must_be_known(cx, kind, record)?;
        }
        return Ok(None);
    }
    let before = seen(cx, kind, register, statement)?.ok_or_else(|| PageError::not_found(m::error_gone()))?;
    form.sealed = sealed(cx, &before.draft);
    Ok(Some(before))
}

/// Lowering a marking is a step of its own: the form asks for the reason, which the history keeps.
fn not_lowered(model: &Model, form: &mut EditForm, draft: &Draft, before: &Draft) {
    if !form.get("lowering").is_empty() {
        return;
    }
    let name = |marking: &Marking| code_label(model, "marking", marking.code());
    if draft.marking < before.marking {
        form.wrong("marking", m::error_lowered(name(&before.marking)));
    }
    for (field, was) in before.withheld.iter().filter(|(f, _)| !form.sealed.contains(f)).cloned().collect::<Vec<_>>() {
        let now = draft.withheld.iter().find(|(f, _)| *f == field).map_or(draft.marking, |(_, m)| *m);
        if now < was {
            form.wrong(&withheld_name(&field), m::error_lowered(name(&was)));
        }
    }
}

/// Says beside each field that is needed and empty that it is.
fn needed(kind: &Kind, register: &Register, form: &mut EditForm, draft: &Draft) -> Result<(), PageError> {
    let missing: Vec<&Field> = match is_needed(kind, form) {
        true => kind.needs(false).filter(|f| !draft.fields.contains_key(&f.name) && !form.sealed.contains(&f.name)).collect(),
        false => register.lacks(draft)?.into_iter().collect(),
    };
    missing.into_iter().for_each(|field| form.wrong(&field.name, m::says_nothing(label(&field.label))));
    Ok(())
}

/// A field that a record has already need not be said again with something else about it.
pub(super) fn is_needed(kind: &Kind, form: &EditForm) -> bool {
    form.get("record").is_empty() || form.corrects() || kind.title.is_none()
}

fn envelope(model: &Model, form: &mut EditForm, draft: &mut Draft) {
    for field in of_envelope(model) {
        let typed = form.get(&field.name);
        let value = match field.kind {
            FieldType::Date => typed::date(model, typed),
            // However its beginning was typed; what is none is told below.
            FieldType::Url => web_address(typed).unwrap_or_else(|_| typed.to_owned()),
            _ => typed.to_owned(),
        };
        draft.set_envelope(&field.name, value);
    }
    for fault in draft.faults(model) {
        form.wrong(&fault.field, typed::refused(model, &fault.reason));
    }
    if draft.envelope("source").is_empty() && draft.envelope("url").is_empty() && form.get("no-source") != "yes" {
        form.wrong("source", m::say_source());
    }
    marks(model, form, draft);
}

/// What the form says of who may see what, and whether it counts.
fn marks(model: &Model, form: &mut EditForm, draft: &mut Draft) {
    let kind = model.kind(&draft.kind);
    let fields = kind.iter().flat_map(|k| &k.fields).map(|f| withheld_name(&f.name));
    for name in fields.chain(["marking".to_owned()]) {
        let code = form.get(&name).to_owned();
        match marking_said(model, &code) {
            Ok(marking) if name == "marking" => draft.marking = marking,
            Err(_) if !code.is_empty() => form.wrong(&name, m::error_no_marking(&code)),
            // The form reads what is withheld together.
            _ => {}
        }
    }
    let code = form.get("status_of_statement").to_owned();
    match (status_said(model, &code), model.envelope.get("status_of_statement")) {
        (Ok(status), _) => draft.status = status,
        (Err(_), Some(known)) if !code.is_empty() => {
            let read = known.field.check(&model.lists, &Value::from(code.as_str()));
            form.wrong(
                "status_of_statement",
                read.err().map_or_else(|| m::no_value(&code), |reason| typed::misread(model, &reason)),
            );
        }
        _ => draft.status = Status::default(),
    }
}

/// Takes the place of a statement, if nobody has changed it meanwhile.
fn supersede(
    cx: &Context,
    kind: &Kind,
    register: &Register,
    form: &mut EditForm,
    draft: &mut Draft,
    before: Statement,
) -> Result<(), PageError> {
    let now = register.successor(before.clone())?;
    if now.id != before.id {
        let now = seen(cx, kind, register, &now.id)?.ok_or_else(|| PageError::not_found(m::error_gone()))?;
        let first = draft.fields.keys().next().cloned().unwrap_or_default();
        form.wrong(&first, m::changed_meanwhile(now.author));
    }
    draft.record.clone_from(&before.draft.record);
    draft.supersedes = vec![before.id];
    // What the reader may not see stays as it is.
    draft.withheld.retain(|(field, _)| !form.sealed.contains(field));
    for (field, marking) in before.draft.withheld.iter().filter(|(f, _)| form.sealed.contains(f)) {
        draft.withheld.push((field.clone(), *marking));
        if let Some(value) = before.draft.fields.get(field) {
            draft.fields.insert(field.clone(), value.clone());
        }
    }
    Ok(())
}

/// Records whose name is like that of a new one.
fn alike(cx: &Context, kind: &Kind, draft: &Draft) -> Result<Vec<NamedRecord>, PageError> {
    let Some(name) = kind.title.as_ref().and_then(|t| draft.fields.get(t)).and_then(Value::as_str) else {
        return Ok(Vec::new());
    };
    let country = draft.fields.get("country").and_then(Value::as_str);
    let likely = |n: NamedRecord| {
        let alike = likeness(name, &n.name);
        (alike >= LIKELY && country.is_none_or(|c| !is_elsewhere(&n.record, c))).then_some((alike, n))
    };
    let mut found: Vec<(f64, NamedRecord)> = names::all(cx, kind)?.into_iter().filter_map(likely).collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.dedup_by(|a, b| a.1.record == b.1.record);
    Ok(found.into_iter().take(5).map(|(_, n)| n).collect())
}

/// True where an identifier begins with the code of another country.
fn is_elsewhere(record: &str, country: &str) -> bool {
    record.split_once('/').is_some_and(|(c, _)| c.len() == 2 && !c.eq_ignore_ascii_case(country))
}
