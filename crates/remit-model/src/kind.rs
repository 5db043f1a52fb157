//! Kinds: what can be said of what, one TOML file each in `model/kinds/`.

use crate::error::line_of;
use crate::{CodeLists, Label, Marking, ModelError};
use serde::Deserialize;
use std::collections::HashSet;
use toml::Spanned;

/// Whether statements of a kind hold from one date to another, or tell of something that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Time {
    /// True from one date to another: the view is cut to `valid_on`.
    State,
    /// It happened, and has dates among its fields: `valid_on` moves only what counts as planned, active, ended.
    Event,
}

/// The type of a field's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldType {
    /// Plain text.
    Text,
    /// A code of the list of this name.
    Code(String),
    /// A date as precise as known: `2019`, `2019-07`, `2019-07-03`.
    Date,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// 1 or 0; empty where not said.
    Boolean,
    /// Text by language, kept as a JSON object `{"en": "…", "fr": "…"}`.
    Texts,
    /// A list of parts, kept as a JSON array of objects.
    List(Vec<Part>),
    /// Another record, of the kind of this name; its identifier is kept.
    Record(String),
}

/// A field of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Name in data, SQL and addresses.
    pub name: String,
    /// What it holds.
    pub kind: FieldType,
    /// Name to show.
    pub label: Label,
    /// What to write, for who fills it in; empty where the name says it.
    pub help: Label,
    /// A value as an example, or empty.
    pub example: String,
    /// Unit of a number, or empty.
    pub unit: String,
    /// True where a record without it says nothing.
    pub required: bool,
    /// Name of the view with one row a part, for a list.
    pub view: Option<String>,
}

impl Field {
    /// The kind of record that it refers to, if it refers to one.
    pub fn record_kind(&self) -> Option<&str> {
        match &self.kind {
            FieldType::Record(of) => Some(of),
            _ => None,
        }
    }
}

/// One named part of the objects in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Name in data and SQL.
    pub name: String,
    /// Code list of its values, if any.
    pub list: Option<String>,
}

/// A kind of record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// Name of the kind: the file's name.
    pub name: String,
    /// Name of its view in SQL (`transaction` is a word of SQL, so its view is `activity_transaction`).
    pub view: String,
    /// Name to show.
    pub label: Label,
    /// What it is for.
    pub help: Label,
    /// State or event.
    pub time: Time,
    /// The group of kinds it is shown in.
    pub group: String,
    /// The marking that a new statement has when nobody says otherwise.
    pub marking: Marking,
    /// The field that a record is shown by; without one, its references to other records name it.
    pub title: Option<String>,
    /// The fields that tell two records apart where the name does not: those of them that a record has make its
    /// identifier. Empty where the name does.
    pub key: Vec<String>,
    /// The kind whose record this one is a part of (a transaction of its activity), or none.
    pub part_of: Option<String>,
    /// The field that is the record's own identifier, where the kind has one.
    pub record: Option<String>,
    /// Fields in display order.
    pub fields: Vec<Field>,
}

impl Kind {
    /// A field by its name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.name == name)
    }

    /// The kinds of record that its fields refer to, with the field.
    pub fn references(&self) -> impl Iterator<Item = (&Field, &str)> {
        self.fields.iter().filter_map(|f| f.record_kind().map(|of| (f, of)))
    }

    pub(crate) fn read(name: &str, shown: &str, text: &str, lists: &CodeLists) -> Result<Kind, ModelError> {
        let raw: RawKind = toml::from_str(text).map_err(|e| ModelError::toml(shown, text, &e))?;
        let labelled = |label: &Label, what: &str, line: usize| {
            let missing = [("en", &label.en), ("fr", &label.fr), ("ar", &label.ar)].into_iter().find(|(_, l)| l.is_empty());
            match missing {
                Some((language, _)) => Err(ModelError::new(
                    shown,
                    line,
                    format!("{what} has no label in `{language}`; add label = {{ en = …, fr = …, ar = … }}"),
                )),
                None => Ok(()),
            }
        };
        labelled(&raw.label, &format!("kind `{name}`"), 1)?;
        let mut fields: Vec<Field> = Vec::new();
        let mut seen = HashSet::new();
        for field in raw.field {
            let line = line_of(text, field.span().start);
            let field = field.into_inner();
            if !is_identifier(&field.name) {
                return Err(ModelError::new(shown, line, format!("field name `{}` may only have a–z, 0–9 and _", field.name)));
            }
            if !seen.insert(field.name.clone()) {
                return Err(ModelError::new(shown, line, format!("field `{}` is there twice; remove or rename one", field.name)));
            }
            labelled(&field.label, &format!("field `{}`", field.name), line)?;
            let kind = field.value_type(shown, line, lists)?;
            fields.push(Field {
                name: field.name,
                kind,
                label: field.label,
                help: field.help,
                example: field.example,
                unit: field.unit,
                required: field.required,
                view: field.view,
            });
        }
        if let Some(title) = raw.title.as_ref().filter(|t| !seen.contains(*t)) {
            return Err(ModelError::new(shown, 1, format!("title names the field `{title}`, which the kind does not have")));
        }
        if let Some(unknown) = raw.key.iter().find(|k| !seen.contains(*k)) {
            return Err(ModelError::new(shown, 1, format!("key names the field `{unknown}`, which the kind does not have")));
        }
        let own = |f: &Field| f.required || f.record_kind().is_some();
        let key = match (raw.key.is_empty(), &raw.title) {
            (true, None) => fields.iter().filter(|f| own(f)).map(|f| f.name.clone()).collect(),
            _ => raw.key,
        };
        let marking = match raw.marking.as_deref() {
            Some(text) => text.parse().map_err(|e| ModelError::new(shown, 1, e))?,
            None => Marking::Public,
        };
        Ok(Kind {
            view: raw.view.unwrap_or_else(|| name.to_owned()),
            group: raw.group,
            marking,
            title: raw.title,
            key,
            name: name.to_owned(),
            label: raw.label,
            help: raw.help,
            time: raw.time,
            part_of: raw.part_of,
            record: raw.record,
            fields,
        })
    }
}

fn is_identifier(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawKind {
    view: Option<String>,
    label: Label,
    #[serde(default)]
    help: Label,
    time: Time,
    #[serde(default)]
    group: String,
    marking: Option<String>,
    title: Option<String>,
    #[serde(default)]
    key: Vec<String>,
    part_of: Option<String>,
    record: Option<String>,
    #[serde(default)]
    field: Vec<Spanned<RawField>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawField {
    name: String,
    #[serde(rename = "type")]
    value: String,
    list: Option<String>,
    of: Option<String>,
    #[serde(default)]
    label: Label,
    #[serde(default)]
    help: Label,
    #[serde(default)]
    example: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    required: bool,
    view: Option<String>,
    #[serde(default)]
    parts: Vec<String>,
}

impl RawField {
    fn value_type(&self, shown: &str, line: usize, lists: &CodeLists) -> Result<FieldType, ModelError> {
        let known_list = |list: &str| match lists.get(list) {
            Some(_) => Ok(()),
            None => Err(ModelError::new(
                shown,
                line,
                format!("field `{}`: there is no code list `{list}`; add codes/{list}.csv or name another", self.name),
            )),
        };
        Ok(match self.value.as_str() {
            "text" => FieldType::Text,
            "date" => FieldType::Date,
            "integer" => FieldType::Integer,
            "number" => FieldType::Number,
            "boolean" => FieldType::Boolean,
            "texts" => FieldType::Texts,
            "code" => {
                let list = self.list.as_deref().ok_or_else(|| {
                    ModelError::new(shown, line, format!("field `{}` is a code, but names no list; add list = \"…\"", self.name))
                })?;
                known_list(list)?;
                FieldType::Code(list.to_owned())
            }
            "record" => {
                let message = format!("field `{}` is a record, but does not say of which kind; add of = \"…\"", self.name);
                FieldType::Record(self.of.clone().ok_or_else(|| ModelError::new(shown, line, message))?)
            }
            "list" => {
                let mut parts = Vec::new();
                for part in &self.parts {
                    let (name, list) = match part.split_once(':') {
                        Some((name, list)) => {
                            known_list(list)?;
                            (name, Some(list.to_owned()))
                        }
                        None => (part.as_str(), None),
                    };
                    if !is_identifier(name) {
                        return Err(ModelError::new(
                            shown,
                            line,
                            format!("part `{name}` of `{}` may only have a–z, 0–9 and _", self.name),
                        ));
                    }
                    parts.push(Part { name: name.to_owned(), list });
                }
                FieldType::List(parts)
            }
            other => {
                let message = format!(
                    "field `{}` has the unknown type `{other}`; use text, texts, code, date, integer, number, boolean, record or list",
                    self.name
                );
                return Err(ModelError::new(shown, line, message));
            }
        })
    }
}
