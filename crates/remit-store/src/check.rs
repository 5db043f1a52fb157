//! Whether a draft can be recorded: every value is one of its field, in what is said and in the envelope alike. It is asked
//! when a statement is appended, whatever way it came, and never when one is read: what older workspaces hold stays readable.

use crate::statement::{ENVELOPE, REDACTION, VERIFIED};
use crate::{Draft, Status};
use remit_model::{Day, Field, FieldType, ImpreciseDate, Kind, Misread, Model, has_unseen, trimmed, without_unseen};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;

/// The most bytes of an identifier of a record.
const LONGEST_IDENTIFIER: usize = 512;

/// Something in a draft that cannot be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The field of the kind or of the envelope.
    pub field: String,
    /// What stands there.
    pub value: String,
    /// What is wrong with it.
    pub reason: Reason,
}

/// Why something cannot be recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// It is no value of its field.
    #[error(transparent)]
    Misread(#[from] Misread),
    /// There is no such field or kind.
    #[error("there is no {what} `{name}`; there are: {known}")]
    Unknown {
        /// `kind` or `field`.
        what: &'static str,
        /// Its name.
        name: String,
        /// What there is.
        known: String,
    },
    /// It ends before it begins.
    #[error("this is before {0} ({1})")]
    Before(String, String),
    /// An identifier that cannot be one.
    #[error("an identifier has no signs that nobody sees, no space at its ends, and at most {LONGEST_IDENTIFIER} bytes")]
    Identifier,
    /// What was done or written has a day that has come.
    #[error("this day has not come yet; write one that has")]
    ToCome,
    /// A new record says nothing without it.
    #[error("a new record of this kind needs it; give it, or name by `record` one that there is")]
    Missing,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.reason)
    }
}

impl Fault {
    /// That of a field which a new record needs and does not have.
    pub(crate) fn missing(field: String) -> Fault {
        Fault { field, value: String::new(), reason: Reason::Missing }
    }
}

impl Draft {
    /// What in it cannot be recorded today; nothing where it can be.
    pub fn faults(&self, model: &Model) -> Vec<Fault> {
        self.faults_on(model, Day::today())
    }

    /// What in it could not be recorded on a day.
    pub(crate) fn faults_on(&self, model: &Model, day: Day) -> Vec<Fault> {
        let Some(kind) = model.kind(&self.kind).filter(|k| k.part_of.is_none() && k.name != REDACTION) else {
            let known: Vec<&str> = model.register_kinds().map(|k| k.name.as_str()).collect();
            return vec![unknown("kind", &self.kind, known.join(", "))];
        };
        let mut faults = Vec::new();
        let is_plain = !self.record.contains(char::is_control) && !has_unseen(&self.record) && self.record.trim() == self.record;
        if self.record.len() > LONGEST_IDENTIFIER || !is_plain {
            faults.push(Fault { field: "record".into(), value: shortened(&self.record), reason: Reason::Identifier });
        }
        for (name, value) in &self.fields {
            match kind.field(name) {
                Some(field) => {
                    let other = |name: &str| self.fields.get(name).and_then(Value::as_str).unwrap_or_default();
                    faults.extend(misread(model, field, value).or_else(|| before(field, value.as_str()?, other)));
                }
                None => faults.push(unknown("field", name, known_fields(kind))),
            }
        }
        for (name, _) in self.withheld.iter().filter(|(name, _)| kind.field(name).is_none()) {
            faults.push(unknown("field", name, known_fields(kind)));
        }
        self.envelope_faults(model, day, &mut faults);
        faults
    }

    /// The draft as it is checked and kept: what of its envelope is a date, a code or an address has no spaces at its ends, which no form and no
    /// sheet leaves there. Views compare dates as texts, so that one with a space would come before all others. Words stay as they were said.
    pub(crate) fn as_kept(&self, model: &Model) -> Cow<'_, Draft> {
        let mut kept = Cow::Borrowed(self);
        for field in model.envelope.all().map(|known| &known.field) {
            let said = self.envelope(&field.name);
            let text = text_as_kept(field, said);
            if text.len() < said.len() {
                kept.to_mut().set_envelope(&field.name, text);
            }
        }
        kept
    }

    /// The fields that a new record needs and that it does not say: all of them where the record has no identifier yet, by which others could say
    /// more of it. What waits for somebody may lack them, and so may what corrects or takes back. Words that tell no code are there too.
    pub fn lacks<'m>(&self, model: &'m Model) -> impl Iterator<Item = &'m Field> {
        let is_new = self.status == Status::Accepted && !self.withdrawn && self.supersedes.is_empty();
        let kind = model.kind(&self.kind).filter(|_| is_new);
        let says = |name: &String| self.fields.get(name).is_some_and(|value| !value.is_null() && value.as_str() != Some(""));
        let needed = kind.into_iter().flat_map(|kind| kind.needs(!self.record.is_empty()));
        needed.filter(move |f| !says(&f.name) && !f.words.as_ref().is_some_and(says))
    }

    /// Takes out signs that nobody sees; the fields in which there were some that may be told, `record` for the identifier. Whoever typed
    /// them is told instead: a file has them by how it was made. Marks of direction at the ends of a text go without a word: they change
    /// nothing there.
    pub fn without_unseen(&mut self) -> Vec<String> {
        let mut found = Vec::new();
        let mut note = |field: &str, has_some: bool| {
            if has_some {
                found.push(field.to_owned());
            }
        };
        note("record", made_visible(&mut self.record));
        for (field, text) in ENVELOPE.iter().zip(&mut self.envelope) {
            note(field, made_visible(text));
        }
        for (field, text) in &mut self.more {
            note(field, made_visible(text));
        }
        note(VERIFIED, made_visible(&mut self.verified_at));
        for (field, value) in &mut self.fields {
            note(field, value_made_visible(value));
        }
        if !found.is_empty() {
            self.fields.retain(|_, value| value.as_str() != Some(""));
        }
        found
    }

    fn envelope_faults(&self, model: &Model, day: Day, faults: &mut Vec<Fault>) {
        // Where it is tomorrow already, somebody may be who writes to a machine that is behind.
        let tomorrow = day.plus_days(1);
        for known in model.envelope.all() {
            let name = known.field.name.as_str();
            let text = text_as_kept(&known.field, self.envelope(name));
            if text.is_empty() {
                continue;
            }
            let wrong = misread(model, &known.field, &Value::from(text));
            if wrong.is_none() && known.past && text.parse::<ImpreciseDate>().is_ok_and(|date| date.earliest() > tomorrow) {
                faults.push(Fault { field: name.into(), value: text.into(), reason: Reason::ToCome });
            }
            faults.extend(wrong.or_else(|| before(&known.field, text, |name| trimmed(self.envelope(name)))));
        }
        let names = || model.envelope.all().map(|f| f.field.name.as_str()).collect::<Vec<_>>().join(", ");
        faults.extend(self.more.keys().filter(|n| model.envelope.get(n).is_none()).map(|n| unknown("field", n, names())));
    }
}

/// What a field of the envelope says as it is kept: see [`Draft::as_kept`].
fn text_as_kept<'t>(field: &Field, said: &'t str) -> &'t str {
    match field.kind {
        FieldType::Text | FieldType::Texts => said,
        _ => trimmed(said),
    }
}

fn made_visible(text: &mut String) -> bool {
    if trimmed(text).len() < text.trim().len() {
        *text = trimmed(text).to_owned();
    }
    let found = has_unseen(text);
    if found {
        *text = trimmed(&without_unseen(text)).to_owned();
    }
    found
}

fn value_made_visible(value: &mut Value) -> bool {
    match value {
        Value::String(text) => made_visible(text),
        Value::Array(items) => items.iter_mut().fold(false, |found, item| value_made_visible(item) | found),
        Value::Object(parts) => parts.values_mut().fold(false, |found, part| value_made_visible(part) | found),
        _ => false,
    }
}

fn misread(model: &Model, field: &Field, value: &Value) -> Option<Fault> {
    let reason = field.check(&model.lists, value).err()?;
    let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    Some(Fault { field: field.name.clone(), value: shortened(&value), reason: reason.into() })
}

fn unknown(what: &'static str, name: &str, known: String) -> Fault {
    let reason = Reason::Unknown { what, name: shortened(name), known };
    Fault { field: shortened(name), value: String::new(), reason }
}

fn known_fields(kind: &Kind) -> String {
    kind.fields.iter().map(|f| f.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// That a date is before the first one that is given of those that it may not be before.
fn before<'d>(field: &Field, text: &str, other: impl Fn(&str) -> &'d str) -> Option<Fault> {
    let (start, day) = field.not_before.iter().map(|name| (name, other(name))).find(|(_, day)| !day.is_empty())?;
    let reason = Reason::Before(start.clone(), shortened(day));
    ends_before(text, day).then(|| Fault { field: field.name.clone(), value: text.into(), reason })
}

/// True where the latest day of an end is before the earliest of its start.
fn ends_before(end: &str, start: &str) -> bool {
    let date = |text: &str| text.parse::<ImpreciseDate>().ok();
    date(end).zip(date(start)).is_some_and(|(end, start)| end.latest() < start.earliest())
}

fn shortened(text: &str) -> String {
    text.chars().take(120).collect()
}
