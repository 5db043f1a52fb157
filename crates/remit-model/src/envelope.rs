//! The envelope: what every statement carries beside what it says, one file: `model/statement.toml`.

use crate::error::line_named;
use crate::field::DefinedAt;
use crate::{CodeLists, Field, FieldType, ModelError, ModelFiles};
use serde::Deserialize;
use toml::Spanned;

/// The group in which forms and sheets show a field of the envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EnvelopePart {
    /// When it holds.
    Dates,
    /// Which source says so, and how good it is.
    Source,
    /// Who may see it, and whether it counts.
    Status,
    /// What the register sets.
    Register,
}

/// A field of the envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvelopeField {
    /// Name, type, label and help, as those of any field.
    pub field: Field,
    /// Its group.
    pub part: EnvelopePart,
    /// True for a date of what was done or written, which has come when it is recorded.
    pub past: bool,
    /// True where it decides who sees a statement, or whether it counts.
    pub decides: bool,
    /// False where forms and templates do not ask for it, since it is said by a button.
    pub asked: bool,
}

impl EnvelopeField {
    /// The key by which it is read or kept otherwise than another of its name; none where only words differ.
    fn differs_from(&self, other: &EnvelopeField) -> Option<&'static str> {
        let (own, other_field) = (&self.field, &other.field);
        let differing = [
            ("type", own.kind != other_field.kind),
            ("end", own.end != other_field.end),
            ("not_before", own.not_before != other_field.not_before),
            ("past", self.past != other.past),
            ("part", self.part != other.part),
        ];
        differing.into_iter().find_map(|(key, differs)| differs.then_some(key))
    }
}

/// The file of the envelope.
pub(crate) const FILE: &str = "statement.toml";

/// What the views of every kind call by these names, beside the envelope.
pub(crate) const OF_VIEWS: [&str; 12] =
    ["id", "record", "statement", "statements", "confirmed", "undated", "grade", "said_at", "entry", "dataset", "file", "line"];

/// What the history calls by these names beside them, and views of some kinds.
const OF_HISTORY: [&str; 13] = [
    "phase",
    "seq",
    "act",
    "origin",
    "kind",
    "supersedes",
    "withdrawn",
    "title",
    "fields",
    "withholding",
    "hash",
    "taken_from",
    "current",
];

/// A field that a workspace adds to every statement, under a name that something else has: one of the two could not be asked for.
pub(crate) fn taken(files: &ModelFiles, name: &str, by: &str) -> Result<ModelError, ModelError> {
    let (shown, bytes) = files.bytes(FILE)?;
    let message = format!("field `{name}` has the name of {by}; give it another");
    Ok(ModelError::new(shown, line_named(&String::from_utf8_lossy(bytes), name), message))
}

/// The fields of the envelope, in the order in which forms and sheets show them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Envelope {
    fields: Vec<EnvelopeField>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEnvelope {
    field: Vec<Spanned<toml::Table>>,
}

impl Envelope {
    /// The fields that Remit brings, as a workspace calls them where it has a file of its own, and those that it adds.
    pub(crate) fn load(files: &ModelFiles, lists: &CodeLists) -> Result<Envelope, ModelError> {
        let (shown, bytes) = files.bytes(FILE)?;
        let mut own = Envelope::read(shown, bytes, lists)?;
        let Some(built_in) = ModelFiles::built_in_file(FILE).filter(|_| files.is_own(FILE)) else { return Ok(own) };
        let mut fields = Envelope::read(&format!("model/{FILE}"), &built_in, lists)?.fields;
        for known in &mut fields {
            let Some(at) = own.fields.iter().position(|f| f.field.name == known.field.name) else { continue };
            let mut said = own.fields.remove(at);
            // An office may have written its file before Remit asked for these.
            said.past |= known.past;
            (said.decides, said.asked) = (known.decides, known.asked);
            if let Some(key) = said.differs_from(known) {
                let (name, text) = (&known.field.name, String::from_utf8_lossy(bytes));
                let message = format!(
                    "`{name}` is a part of every statement, and its `{key}` stays as Remit has it; change its label or help, or add a \
                     field of another name"
                );
                return Err(ModelError::new(shown, line_named(&text, name), message));
            }
            *known = said;
        }
        let is_taken = |name: &str| OF_VIEWS.contains(&name) || OF_HISTORY.contains(&name);
        if let Some(added) = own.fields.iter().find(|f| is_taken(&f.field.name)) {
            return Err(taken(files, &added.field.name, "a column that every view or the history has")?);
        }
        if let Some(added) = own.fields.iter().find(|f| f.decides) {
            let (name, text) = (&added.field.name, String::from_utf8_lossy(bytes));
            let message =
                format!("`{name}` cannot decide who sees a statement: that is for `marking` and `withheld`; leave `decides` out");
            return Err(ModelError::new(shown, line_named(&text, name), message));
        }
        fields.append(&mut own.fields);
        Ok(Envelope { fields })
    }

    fn read(shown: &str, bytes: &[u8], lists: &CodeLists) -> Result<Envelope, ModelError> {
        let text = std::str::from_utf8(bytes).map_err(|e| ModelError::new(shown, 0, format!("is not UTF-8 text ({e})")))?;
        let raw: RawEnvelope = toml::from_str(text).map_err(|e| ModelError::toml(shown, text, &e))?;
        let place = DefinedAt { shown, text, lists };
        let mut envelope = Envelope::default();
        for (field, extra, line) in place.extended(raw.field, &["part", "past", "decides", "asked"])? {
            let part = extra.get("part").cloned().unwrap_or_else(|| "none".into());
            let part = part.try_into().map_err(|_| place.wrong(line, "part is one of dates, source, status, register".into()))?;
            if field.marking.is_some() {
                let message = format!(
                    "`{}` is a part of every statement, and as confidential as that: it has no `marking` of its own; add it to the kinds \
                     that need it (model/kinds), where a field has one",
                    field.name
                );
                return Err(place.wrong(line, message));
            }
            if let FieldType::Integer | FieldType::Number | FieldType::Boolean | FieldType::Records(_) | FieldType::List(_) =
                field.kind
            {
                let (name, code) = (&field.name, field.kind.code());
                let message = format!(
                    "`{name}` has the type `{code}`, and what every statement carries is kept as it is written: write type = \"text\", \
                     \"date\", \"code\" or \"url\""
                );
                return Err(place.wrong(line, message));
            }
            if let Some(earlier) = field.not_before.iter().find(|n| envelope.get(n).is_none()) {
                return Err(place.wrong(line, format!("not_before names `{earlier}`, which does not stand above it")));
            }
            let yes_or_no = |key: &str, unsaid: bool| match extra.get(key) {
                None => Ok(unsaid),
                Some(toml::Value::Boolean(said)) => Ok(*said),
                Some(_) => Err(place.wrong(line, format!("{key} of `{}` is true or false, without quotes", field.name))),
            };
            let (past, decides, asked) = (yes_or_no("past", false)?, yes_or_no("decides", false)?, yes_or_no("asked", true)?);
            envelope.fields.push(EnvelopeField { field, part, past, decides, asked });
        }
        Ok(envelope)
    }

    /// All fields.
    pub fn all(&self) -> impl Iterator<Item = &EnvelopeField> {
        self.fields.iter()
    }

    /// A field by its name.
    pub fn get(&self, name: &str) -> Option<&EnvelopeField> {
        self.fields.iter().find(|f| f.field.name == name)
    }

    /// The fields of a group.
    pub fn of(&self, part: EnvelopePart) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(move |f| f.part == part).map(|f| &f.field)
    }

    /// The fields that a person fills in.
    pub fn entered(&self) -> impl Iterator<Item = &EnvelopeField> {
        self.fields.iter().filter(|f| f.part != EnvelopePart::Register)
    }

    /// The fields that are filled in as they are, in the order in which sheets have them: all that a person fills in but those that decide
    /// who sees a statement, and whether it counts.
    pub fn plain(&self) -> impl Iterator<Item = &EnvelopeField> {
        let of = |part: EnvelopePart| self.fields.iter().filter(move |f| f.part == part && !f.decides);
        of(EnvelopePart::Dates).chain(of(EnvelopePart::Source)).chain(of(EnvelopePart::Status))
    }

    /// Those of them that forms and templates ask for.
    pub fn asked(&self) -> impl Iterator<Item = &EnvelopeField> {
        self.plain().filter(|f| f.asked)
    }

    /// The fields that decide who sees a statement, and whether it counts: each is filled in in a way of its own.
    pub fn deciding(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|f| f.decides).map(|f| &f.field)
    }

    /// True where a column of a sheet of the register may have this name: what a person fills in, and the statement that
    /// a row was written from.
    pub fn in_sheets(&self, name: &str) -> bool {
        name == STATEMENT || self.get(name).is_some_and(|f| f.part != EnvelopePart::Register)
    }
}

/// The column of a sheet that names the statement which a row was written from.
pub const STATEMENT: &str = "statement";
