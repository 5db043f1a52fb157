//! Values as text, in forms, sheets and files: [`Field::read`] and [`write_value`] undo each other.

use crate::{CodeLists, Field, FieldType, ImpreciseDate, Part};
use serde_json::{Map, Number, Value};

/// Why a text is no value of a field, and what to write.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misread {
    /// A whole number was asked for.
    #[error("“{0}” is no whole number")]
    Whole(String),
    /// A number was asked for.
    #[error("“{0}” is no number")]
    Number(String),
    /// Yes or no was asked for.
    #[error("“{0}” is neither yes nor no")]
    Boolean(String),
    /// A date was asked for.
    #[error("“{0}” is no date; write 2019, 2019-07 or 2019-07-03")]
    Date(String),
    /// A code of a list was asked for.
    #[error("“{text}” is no code and no name of the list {list} ({some}…)")]
    Code {
        /// What was written.
        text: String,
        /// The list.
        list: String,
        /// Some of its codes.
        some: String,
    },
    /// An item has more parts than there are.
    #[error("“{text}” has more parts than there are: {parts}")]
    Parts {
        /// What was written.
        text: String,
        /// The names of the parts that there are.
        parts: String,
    },
    /// The first part of an item says what it is.
    #[error("“{0}” begins with an empty part")]
    Empty(String),
}

/// Between the items of a list.
pub const ITEM: char = ';';
/// Between the parts of an item.
pub const PART: char = '|';

impl Field {
    /// Reads a value as people write it: codes by code or name in any language, lists as `one; two | fr`. A reference to
    /// another record is taken as its identifier.
    ///
    /// # Errors
    /// With what is wrong and what to write.
    pub fn read(&self, lists: &CodeLists, text: &str) -> Result<Value, Misread> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Value::Null);
        }
        match &self.kind {
            FieldType::Text | FieldType::Texts | FieldType::Record(_) => Ok(text.into()),
            FieldType::Code(list) => code(lists, list, text).map(Value::from),
            FieldType::Date => text.parse::<ImpreciseDate>().map(|d| d.to_string().into()),
            FieldType::Integer => whole(text).map(Value::from).ok_or_else(|| Misread::Whole(text.into())),
            FieldType::Number => number(text).map(Value::Number).ok_or_else(|| Misread::Number(text.into())),
            FieldType::Boolean => boolean(text).map(|yes| i32::from(yes).into()).ok_or_else(|| Misread::Boolean(text.into())),
            FieldType::List(parts) => {
                let items = text.split([ITEM, '\n']).map(str::trim).filter(|i| !i.is_empty());
                let items: Vec<Value> = items.map(|i| item(lists, parts, i)).collect::<Result<_, _>>()?;
                Ok(if items.is_empty() { Value::Null } else { items.into() })
            }
        }
    }
}

/// A value as [`Field::read`] reads it.
pub fn write_value(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(write_value).collect::<Vec<_>>().join("; "),
        Value::Object(parts) => parts.values().map(write_value).collect::<Vec<_>>().join(" | "),
        other => other.to_string(),
    }
}

fn item(lists: &CodeLists, parts: &[Part], text: &str) -> Result<Value, Misread> {
    let mut object = Map::new();
    let texts: Vec<&str> = text.split(PART).map(str::trim).collect();
    if texts.len() > parts.len() {
        let names: Vec<&str> = parts.iter().map(|p| p.name.as_str()).collect();
        return Err(Misread::Parts { text: text.into(), parts: names.join(" | ") });
    }
    if texts[0].is_empty() {
        return Err(Misread::Empty(text.into()));
    }
    for (part, text) in parts.iter().zip(texts).filter(|(_, t)| !t.is_empty()) {
        let value = match &part.list {
            Some(list) => code(lists, list, text)?,
            None => text.to_owned(),
        };
        object.insert(part.name.clone(), value.into());
    }
    Ok(Value::Object(object))
}

fn code(lists: &CodeLists, list: &str, text: &str) -> Result<String, Misread> {
    let found = lists.get(list).and_then(|l| l.find(text));
    found.map(|c| c.code.clone()).ok_or_else(|| {
        let some: Vec<&str> = lists.get(list).map_or(&[][..], |l| l.codes()).iter().take(6).map(|c| c.code.as_str()).collect();
        Misread::Code { text: text.into(), list: list.into(), some: some.join(", ") }
    })
}

fn whole(text: &str) -> Option<i64> {
    plain(text).parse().ok()
}

fn number(text: &str) -> Option<Number> {
    let text = plain(text);
    text.parse::<i64>().ok().map(Number::from).or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64))
}

/// Without spaces that group digits.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{2019}').map(|c| if c == '−' { '-' } else { c }).collect()
}

/// Yes and no in the languages of the interface, as ones and zeros too.
pub fn boolean(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "oui" | "vrai" | "نعم" => Some(true),
        "no" | "n" | "false" | "0" | "non" | "faux" | "لا" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Model;
    use proptest::prelude::*;

    #[test]
    fn values_are_read_as_people_write_them() {
        let model = Model::load(None).unwrap();
        let actor = model.kind("actor").unwrap();
        let read = |field: &str, text: &str| actor.field(field).unwrap().read(&model.lists, text);
        assert_eq!(
            read("class", "Polizei").unwrap_err().to_string(),
            "“Polizei” is no code and no name of the list actor_class (military, police, intelligence, justice, corrections, ministry…)"
        );
        assert_eq!(read("class", "forces armées").unwrap(), "military");
        assert_eq!(read("starts", "2019-07").unwrap(), "2019-07");
        assert!(read("starts", "July 2019").is_err());
        let names = read("names", "Force | en; شرطة | ar").unwrap();
        assert_eq!(write_value(&names), "Force | en; شرطة | ar");
    }

    proptest! {
        #[test]
        fn what_is_read_is_written_back(text in "[\\PC&&[^;|]]{0,12}(; ?[\\PC&&[^;|]]{1,8}( \\| [\\PC&&[^;|]]{1,4})?){0,3}") {
            let model = Model::load(None).unwrap();
            let names = model.kind("actor").unwrap().field("names").unwrap();
            if let Ok(value) = names.read(&model.lists, &text) {
                prop_assert_eq!(names.read(&model.lists, &write_value(&value)).unwrap(), value);
            }
        }
    }
}
