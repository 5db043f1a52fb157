//! A draft as a JSON object, as `remit add` and the tests of questions take it.

use crate::Draft;
use crate::marks::{STATUS_FOR_SHORT, STATUS_OF_STATEMENT, marking_said, status_said, withheld_said};
use remit_model::{EnvelopePart, Field, FieldType, Kind, Marking, Model};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// Why an object is no draft.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// Its kind is not in the model.
    #[error("there is no kind `{0}`; there are: {1}")]
    Kind(String, String),
    /// Its kind has no such field.
    #[error("{kind} has no field `{field}`; it has: {known}")]
    Field {
        /// The kind.
        kind: String,
        /// What was written.
        field: String,
        /// What there is.
        known: String,
    },
    /// A statement has no such part.
    #[error("a statement has no `{0}`; it has: kind, record, fields, supersedes, withdrawn, {1}")]
    Part(String, String),
    /// A part of the envelope that is not a text.
    #[error("`{0}` is not a text; write it in quotation marks")]
    Text(String),
    /// Its status is said by both of its names, and not the same.
    #[error("`status` is {0} and `status_of_statement` is {1}, and both are the status of the statement; write one of them")]
    TwoStatuses(String, String),
    /// It says nothing.
    #[error("this says nothing of the {0} that it is about: give `fields` with at least one value")]
    Nothing(String),
    /// It takes back nothing.
    #[error("`withdrawn` takes back the statement that `supersedes` names; name one (`remit history` lists them)")]
    Withdraws,
    /// A value that cannot be read.
    #[error("{0}")]
    Value(String),
}

impl Draft {
    /// Reads an object of `kind`, `record`, `fields`, `supersedes`, `withdrawn`, and the envelope by the names of its fields: `withheld` may be
    /// an object of markings by field, and `status_of_statement` is `status` for short. What is `null` is not said.
    ///
    /// # Errors
    /// Where it names what the model does not know. Whether every value can be recorded is asked when it is appended.
    pub fn from_json(model: &Model, object: &Map<String, Value>) -> Result<Draft, DraftError> {
        let text = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default();
        let kind = model.kind(text("kind")).filter(|k| k.part_of.is_none()).ok_or_else(|| {
            let known: Vec<&str> = model.register_kinds().map(|k| k.name.as_str()).collect();
            DraftError::Kind(object.get("kind").map_or_else(String::new, as_given), known.join(", "))
        })?;
        one_status(object)?;
        let mut draft = Draft::new(model, &kind.name);
        for (name, value) in object.iter().filter(|(_, value)| !value.is_null()) {
            match name.as_str() {
                "kind" => {}
                "record" => draft.record = value.as_str().ok_or_else(|| DraftError::Text(name.clone()))?.to_owned(),
                "withdrawn" => draft.withdrawn = value.as_bool().ok_or_else(|| of_form(name, "true or false"))?,
                "marking" => draft.marking = marking(model, value)?,
                STATUS_OF_STATEMENT | STATUS_FOR_SHORT => {
                    draft.status = status_said(model, &as_given(value)).map_err(DraftError::Value)?;
                }
                "supersedes" => draft.supersedes = identifiers(name, value)?,
                "withheld" => draft.withheld = withheld(model, kind, name, value)?,
                "fields" => object_of(name, value)?.iter().try_for_each(|(field, v)| set(&mut draft, model, kind, field, v))?,
                _ => set_envelope(&mut draft, model, name, value)?,
            }
        }
        // What is told from words that are withheld would tell them.
        if !draft.withholds_words(kind) {
            kind.tell(&model.lists, &mut draft.fields);
        }
        match (draft.withdrawn, draft.supersedes.is_empty()) {
            (true, true) => Err(DraftError::Withdraws),
            (false, true) if draft.fields.values().all(Value::is_null) => Err(DraftError::Nothing(draft.kind)),
            _ => Ok(draft),
        }
    }
}

/// Refuses a status that is said twice, and not the same: which of the two was meant decides whether the statement counts.
fn one_status(object: &Map<String, Value>) -> Result<(), DraftError> {
    match [STATUS_FOR_SHORT, STATUS_OF_STATEMENT].map(|name| object.get(name).filter(|value| !value.is_null())) {
        [Some(one), Some(other)] if one != other => Err(DraftError::TwoStatuses(as_given(one), as_given(other))),
        _ => Ok(()),
    }
}

/// What was given, to be shown: a text as it is.
fn as_given(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// That a part of a statement has not the form that it must have.
fn of_form(name: &str, form: &str) -> DraftError {
    DraftError::Value(format!("`{name}` is not {form}"))
}

fn object_of<'v>(name: &str, value: &'v Value) -> Result<&'v Map<String, Value>, DraftError> {
    value.as_object().ok_or_else(|| of_form(name, "an object with the names of fields, as in {\"note\": …}"))
}

/// The identifier of a statement, or a list of them.
fn identifiers(name: &str, value: &Value) -> Result<Vec<String>, DraftError> {
    let many = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let all: Option<Vec<String>> = many.iter().map(|v| v.as_str().map(str::to_owned)).collect();
    all.ok_or_else(|| of_form(name, "the identifier of a statement, or a list of them"))
}

fn marking(model: &Model, value: &Value) -> Result<Marking, DraftError> {
    marking_said(model, &as_given(value)).map_err(DraftError::Value)
}

/// The fields that are withheld, each with its marking: as an object, or as a sheet says it.
fn withheld(model: &Model, kind: &Kind, name: &str, value: &Value) -> Result<Vec<(String, Marking)>, DraftError> {
    if let Value::String(text) = value {
        return withheld_said(model, &kind.name, text).map_err(DraftError::Value);
    }
    object_of(name, value)?.iter().map(|(field, value)| Ok((field.clone(), marking(model, value)?))).collect()
}

/// A field of the kind. Words that no code is known for are kept as written where the kind has a field for them.
fn set(draft: &mut Draft, model: &Model, kind: &Kind, name: &str, value: &Value) -> Result<(), DraftError> {
    let Some(field) = kind.field(name) else {
        let known: Vec<&str> = kind.fields.iter().map(|f| f.name.as_str()).collect();
        return Err(DraftError::Field { kind: kind.name.clone(), field: name.into(), known: known.join(", ") });
    };
    let Some(text) = as_text(field, value) else {
        draft.fields.insert(name.to_owned(), value.clone());
        return Ok(());
    };
    match kind.take(field, &model.lists, &text, &mut draft.fields) {
        Err(reason) if field.words.is_none() => {
            let about = format!("{} {}", kind.name, draft.record);
            Err(DraftError::Value(format!("{}: {name}: {reason}", about.trim_end())))
        }
        _ => Ok(()),
    }
}

/// A value as the text that says it: also a code that is written as a number, and a list whose items are texts, as people write countries.
fn as_text<'v>(field: &Field, value: &'v Value) -> Option<Cow<'v, str>> {
    match (&field.kind, value) {
        (_, Value::String(text)) => Some(Cow::Borrowed(text.as_str())),
        (FieldType::Code(_), Value::Number(number)) => Some(Cow::Owned(number.to_string())),
        (FieldType::List(_), Value::Array(items)) => {
            let texts: Vec<&str> = items.iter().map(Value::as_str).collect::<Option<_>>()?;
            let are_items = !texts.is_empty() && texts.iter().all(|text| !text.contains([';', '\n']));
            are_items.then(|| Cow::Owned(texts.join(";")))
        }
        _ => None,
    }
}

/// A field of the envelope, read as those of a kind and of a sheet are: a code may be called by its name. What cannot be read is told where it is
/// appended; words stay as they were said.
fn set_envelope(draft: &mut Draft, model: &Model, name: &str, value: &Value) -> Result<(), DraftError> {
    let Some(known) = model.envelope.get(name).filter(|f| f.part != EnvelopePart::Register) else {
        let called = |name: &str| match name {
            STATUS_OF_STATEMENT => format!("{STATUS_OF_STATEMENT} (for short {STATUS_FOR_SHORT})"),
            _ => name.to_owned(),
        };
        let all: Vec<String> = model.envelope.entered().map(|f| called(&f.field.name)).collect();
        return Err(DraftError::Part(name.into(), all.join(", ")));
    };
    let text = value.as_str().ok_or_else(|| DraftError::Text(name.into()))?;
    let read = match known.field.kind {
        FieldType::Text | FieldType::Texts => None,
        _ => known.field.read(&model.lists, text).ok(),
    };
    draft.set_envelope(name, read.as_ref().and_then(Value::as_str).unwrap_or(text));
    Ok(())
}
