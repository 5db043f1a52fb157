//! What people write of who may see a statement and whether it counts: one reader for `remit add`, forms, sheets and what other programs write.

use crate::statement::Status;
use remit_model::{FieldType, Marking, Model};

/// The field of every statement that says whether it counts, and what people call it for short where the kind has no field of that name.
pub const STATUS_OF_STATEMENT: &str = "status_of_statement";
/// See [`STATUS_OF_STATEMENT`].
pub const STATUS_FOR_SHORT: &str = "status";

/// The marking that a text says: by its code, or by its name in any language.
///
/// # Errors
/// With what is wrong and what to write.
pub fn marking_said(model: &Model, text: &str) -> Result<Marking, String> {
    code_said(model, "marking", text).parse()
}

/// The status that a text says: by its code, or by its name in any language.
///
/// # Errors
/// With what is wrong and what to write.
pub fn status_said(model: &Model, text: &str) -> Result<Status, String> {
    let code = code_said(model, STATUS_OF_STATEMENT, text).to_lowercase();
    Status::from_code(&code).ok_or_else(|| format!("“{text}” is no status; write proposed, accepted or rejected"))
}

/// The fields that a text withholds, each with its marking: `note=confidential; name=strictly_confidential`. Of a field that is named twice
/// the more careful marking counts.
///
/// # Errors
/// With what is wrong and what to write.
pub fn withheld_said(model: &Model, kind: &str, text: &str) -> Result<Vec<(String, Marking)>, String> {
    let mut all: Vec<(String, Marking)> = Vec::new();
    for item in text.split(';').map(str::trim).filter(|i| !i.is_empty()) {
        let (field, marking) = item.split_once('=').ok_or_else(|| format!("“{item}” is not as in note=confidential"))?;
        let field = field.trim();
        if model.kind(kind).and_then(|k| k.field(field)).is_none() {
            return Err(format!("the {kind} has no field `{field}` to withhold"));
        }
        let marking = marking_said(model, marking.trim())?;
        match all.iter_mut().find(|(known, _)| known == field) {
            Some((_, known)) => *known = marking.max(*known),
            None => all.push((field.to_owned(), marking)),
        }
    }
    Ok(all)
}

/// The code of the list of a field of the envelope that a text is, or is the name of in any language; else the text.
fn code_said<'t>(model: &'t Model, field: &str, text: &'t str) -> &'t str {
    let list = model.envelope.get(field).and_then(|known| match &known.field.kind {
        FieldType::Code(list) => model.lists.get(list),
        _ => None,
    });
    list.and_then(|list| list.find(text)).map_or(text, |code| code.code.as_str())
}
