//! Fields: what a kind can say of a record, and what the envelope of a statement holds.

use crate::error::line_of;
use crate::identifier::is_word_of_sql;
use crate::{CodeLists, Label, Marking, ModelError, did_you_mean, is_identifier, nearest, told_of_toml};
use serde::Deserialize;
use toml::Spanned;

/// The type of a field's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldType {
    /// Plain text.
    Text,
    /// An address that begins with `https://` or `http://`.
    Url,
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
    List(Vec<ListPart>),
    /// Another record, of the kind of this name; its identifier is kept.
    Record(String),
    /// Several records, of one of these kinds; kept as a JSON array. Of one kind, each is an identifier; of several,
    /// each has its kind before it: `reform:so/reform/1`.
    Records(Vec<String>),
}

impl FieldType {
    /// What a file of the model calls it (`type = "date"`).
    pub fn code(&self) -> &'static str {
        match self {
            FieldType::Text => "text",
            FieldType::Url => "url",
            FieldType::Code(_) => "code",
            FieldType::Date => "date",
            FieldType::Integer => "integer",
            FieldType::Number => "number",
            FieldType::Boolean => "boolean",
            FieldType::Texts => "texts",
            FieldType::List(_) => "list",
            FieldType::Record(_) => "record",
            FieldType::Records(_) => "records",
        }
    }
}

/// What types of fields are called in files of the model.
const TYPES: [&str; 11] = ["text", "texts", "url", "code", "date", "integer", "number", "boolean", "record", "records", "list"];

/// Letters that a text may have where its field says nothing else (`longest = …`): any, and what a record is called.
const LONGEST: usize = 200_000;
const LONGEST_NAME: usize = 4_000;

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
    /// True for a text that has more than one line.
    pub long: bool,
    /// Letters that a text of it, or each text in it, may have.
    pub longest: usize,
    /// True for a date on which something ends: of a quarter or a fiscal year it means the last month.
    pub end: bool,
    /// For a number: the least that it may be; of people and things nought where nothing is said.
    pub least: Option<i64>,
    /// The most that it may be.
    pub most: Option<i64>,
    /// For a date: others, of which the first that is given is not after it.
    pub not_before: Vec<String>,
    /// Name of the view with one row a part, for a list.
    pub view: Option<String>,
    /// For a code that is told from what people write: the field that keeps their words.
    pub words: Option<String>,
    /// For one record of which a cell may name several: the field that takes the others.
    pub more: Option<String>,
    /// For a number: the field of all, of which it counts a part.
    pub whole: Option<String>,
    /// The marking of a value of it where nobody says otherwise, and the statement has a lower one.
    pub marking: Option<Marking>,
    /// For the code of a country: true where a sheet that does not say it is mostly of the one that the workspace is about. For a record:
    /// true where it mostly is of the country that its row is about.
    pub home: bool,
}

/// The unit of what counts people.
const PEOPLE: &str = "people";
/// The unit of what counts other things.
const ITEMS: &str = "items";
/// The unit of money in the currency that the record says beside it.
const MONEY: &str = "currency";
/// The list of countries.
const COUNTRIES: &str = "country";

impl Field {
    /// True for a number of people.
    pub fn counts_people(&self) -> bool {
        self.unit == PEOPLE
    }

    /// True for an amount of money in the currency that its record says.
    pub fn is_money(&self) -> bool {
        self.unit == MONEY
    }

    /// True for a number of which a part and another part are the whole: people, things, money. A year and a mean are none.
    pub fn is_amount(&self) -> bool {
        let is_number = matches!(self.kind, FieldType::Integer | FieldType::Number);
        is_number && [PEOPLE, ITEMS, MONEY].contains(&self.unit.as_str())
    }

    /// The kind of record that it refers to, where it refers to one.
    pub fn record_kind(&self) -> Option<&str> {
        match &self.kind {
            FieldType::Record(of) => Some(of),
            _ => None,
        }
    }

    /// Every kind of record that it may refer to.
    pub fn targets(&self) -> &[String] {
        match &self.kind {
            FieldType::Record(of) => std::slice::from_ref(of),
            FieldType::Records(of) => of,
            _ => &[],
        }
    }

    /// The records that a value of it refers to: kind and identifier.
    pub fn references<'v>(&'v self, value: &'v serde_json::Value) -> Vec<(&'v str, &'v str)> {
        let one = |value: &'v serde_json::Value| match (self.targets(), value.as_str()?) {
            ([of], id) => Some((of.as_str(), id)),
            (_, text) => text.split_once(':'),
        };
        match value {
            serde_json::Value::Array(items) => items.iter().filter_map(one).collect(),
            value => one(value).into_iter().collect(),
        }
    }

    /// Whether a value of it may have a code of this list in it.
    pub fn has_codes_of(&self, list: &str) -> bool {
        match &self.kind {
            FieldType::Code(of) => of == list,
            FieldType::List(parts) => parts.iter().any(|p| p.list.as_deref() == Some(list)),
            _ => false,
        }
    }

    /// The codes of this list in a value of it.
    pub fn codes_of<'v>(&self, list: &str, value: &'v serde_json::Value) -> Vec<&'v str> {
        match &self.kind {
            FieldType::Code(of) if of == list => value.as_str().into_iter().collect(),
            FieldType::List(parts) => {
                let parts = parts.iter().filter(|p| p.list.as_deref() == Some(list));
                let rows = || value.as_array().into_iter().flatten();
                parts.flat_map(|p| rows().filter_map(|row| row.get(&p.name)?.as_str())).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The value with `to` in place of every reference to `from`, where there is one.
    pub fn referring_to(&self, value: &serde_json::Value, kind: &str, from: &str, to: &str) -> Option<serde_json::Value> {
        let written = |id: &str| if self.targets().len() == 1 { id.to_owned() } else { format!("{kind}:{id}") };
        if !self.references(value).contains(&(kind, from)) {
            return None;
        }
        let replaced = |v: &serde_json::Value| if v.as_str() == Some(&written(from)) { written(to).into() } else { v.clone() };
        Some(match value {
            serde_json::Value::Array(items) => {
                let mut items: Vec<serde_json::Value> = items.iter().map(replaced).collect();
                let mut seen = Vec::new();
                items.retain(|v| {
                    !seen.contains(v) && {
                        seen.push(v.clone());
                        true
                    }
                });
                items.into()
            }
            value => replaced(value),
        })
    }
}

/// One named part of the objects in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPart {
    /// Name in data and SQL.
    pub name: String,
    /// Code list of its values, if any.
    pub list: Option<String>,
}

/// One or several.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    fn all(&self) -> Vec<String> {
        match self {
            OneOrMany::One(one) => vec![one.clone()],
            OneOrMany::Many(many) => many.clone(),
        }
    }
}

/// A `[[field]]` as its file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawField {
    name: String,
    #[serde(rename = "type")]
    value: String,
    list: Option<String>,
    of: Option<OneOrMany>,
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
    #[serde(default)]
    long: bool,
    longest: Option<usize>,
    #[serde(default)]
    end: bool,
    not_before: Option<OneOrMany>,
    least: Option<i64>,
    most: Option<i64>,
    view: Option<String>,
    words: Option<String>,
    more: Option<String>,
    whole: Option<String>,
    marking: Option<String>,
    #[serde(default)]
    home: bool,
    #[serde(default)]
    parts: Vec<String>,
}

/// Where a definition stands, for what is said of it.
pub(crate) struct DefinedAt<'a> {
    pub(crate) shown: &'a str,
    pub(crate) text: &'a str,
    pub(crate) lists: &'a CodeLists,
}

impl DefinedAt<'_> {
    pub(crate) fn wrong(&self, line: usize, message: String) -> ModelError {
        ModelError::new(self.shown, line, message)
    }

    /// Refuses what is called nothing. That what Remit brings is called something in every language, a test says; a workspace writes
    /// the languages that its office reads.
    pub(crate) fn labelled(&self, label: &Label, what: &str, line: usize) -> Result<(), ModelError> {
        match label.is_empty() {
            true => {
                Err(self.wrong(line, format!("{what} has no label; add label = {{ en = \"…\" }}, and other languages beside it")))
            }
            false => Ok(()),
        }
    }

    /// Refuses a name in a language that nobody is shown, as it is in none of those that `model/languages.toml` has.
    pub(crate) fn spoken(&self, label: &Label, what: &str, line: usize) -> Result<(), ModelError> {
        let languages = self.lists.languages();
        let Some(strange) = label.strange(languages) else { return Ok(()) };
        let known: Vec<String> = languages.all().map(|l| l.language.to_string()).collect();
        let like = did_you_mean(nearest(strange.code(), known.iter().map(String::as_str)));
        let message =
            format!("{what} is in `{strange}`, which is no language of model/languages.toml; it has {}{like}", known.join(", "));
        Err(self.wrong(line, message))
    }

    /// Refuses a unit that is all but one of those by which numbers are counted: of `peple` nothing would be added up.
    fn counted(&self, field: &RawField, line: usize) -> Result<(), ModelError> {
        let known = [PEOPLE, ITEMS, MONEY];
        match nearest(&field.unit, known).filter(|like| !field.unit.is_empty() && *like != field.unit) {
            Some(like) => {
                let message = format!("field `{}` has the unit `{}`{}", field.name, field.unit, did_you_mean(Some(like)));
                Err(self.wrong(line, message))
            }
            None => Ok(()),
        }
    }

    /// Refuses `home` where a field can be of no country.
    fn homely(&self, field: &RawField, kind: &FieldType, line: usize) -> Result<(), ModelError> {
        let may_be = match kind {
            FieldType::Record(_) | FieldType::Records(_) => true,
            FieldType::Code(list) => list == COUNTRIES,
            _ => false,
        };
        if !field.home || may_be {
            return Ok(());
        }
        let message = format!(
            "field `{}` is said to be of the workspace’s country (home), and is neither a country nor a record; give it type = \"code\", list = \"{COUNTRIES}\"",
            field.name
        );
        Err(self.wrong(line, message))
    }

    /// Refuses the name of the view of a list by which SQL could not ask for it.
    fn view_of_list(&self, view: &str, line: usize) -> Result<(), ModelError> {
        let why = match view {
            _ if !is_identifier(view) => "may only have a–z, 0–9 and _, and begins with a letter",
            _ if is_word_of_sql(view) => "is a word of SQL; give it another",
            _ => return Ok(()),
        };
        Err(self.wrong(line, format!("view name `{view}` {why}")))
    }

    /// Reads fields, each with a name of its own. Some are what a record is called.
    pub(crate) fn fields(&self, raw: Vec<Spanned<RawField>>, names: &[String]) -> Result<Vec<Field>, ModelError> {
        let mut fields: Vec<Field> = Vec::new();
        for field in raw {
            let line = line_of(self.text, field.span().start);
            let field = field.into_inner();
            if !is_identifier(&field.name) {
                let message = format!("field name `{}` may only have a–z, 0–9 and _, and begins with a letter", field.name);
                return Err(self.wrong(line, message));
            }
            if fields.iter().any(|f| f.name == field.name) {
                return Err(self.wrong(line, format!("field `{}` is there twice; remove or rename one", field.name)));
            }
            field.view.iter().try_for_each(|view| self.view_of_list(view, line))?;
            self.labelled(&field.label, &format!("field `{}`", field.name), line)?;
            self.spoken(&field.label, &format!("the label of the field `{}`", field.name), line)?;
            self.spoken(&field.help, &format!("the help of the field `{}`", field.name), line)?;
            self.counted(&field, line)?;
            let kind = self.value_type(&field, line)?;
            let marking = field.marking.as_deref().map(str::parse::<Marking>).transpose();
            let marking = marking.map_err(|e| self.wrong(line, format!("field `{}`: {e}", field.name)))?;
            self.homely(&field, &kind, line)?;
            let longest = if names.contains(&field.name) { LONGEST_NAME } else { LONGEST };
            fields.push(Field {
                name: field.name,
                kind,
                label: field.label,
                help: field.help,
                example: field.example,
                required: field.required,
                long: field.long,
                longest: field.longest.unwrap_or(longest),
                end: field.end,
                least: field.least.or([PEOPLE, ITEMS].contains(&field.unit.as_str()).then_some(0)),
                most: field.most,
                unit: field.unit,
                not_before: field.not_before.as_ref().map(OneOrMany::all).unwrap_or_default(),
                view: field.view,
                words: field.words,
                more: field.more,
                whole: field.whole,
                marking,
                home: field.home,
            });
        }
        Ok(fields)
    }

    /// Reads fields that say more than others do: each with what stands under the names in `more`, and its line.
    pub(crate) fn extended(
        &self,
        raw: Vec<Spanned<toml::Table>>,
        more: &[&str],
    ) -> Result<Vec<(Field, toml::Table, usize)>, ModelError> {
        let mut fields: Vec<(Field, toml::Table, usize)> = Vec::new();
        for entry in raw {
            let span = entry.span();
            let line = line_of(self.text, span.start);
            let (extra, own): (toml::Table, toml::Table) =
                entry.into_inner().into_iter().partition(|(name, _)| more.contains(&name.as_str()));
            let own: RawField = own.try_into().map_err(|e: toml::de::Error| {
                let also: &[&str] = if e.message().starts_with("unknown ") { more } else { &[] };
                let message: String = also.iter().fold(e.message().to_owned(), |told, key| format!("{told}, `{key}`"));
                self.wrong(line, told_of_toml(&message))
            })?;
            let field = self.fields(vec![Spanned::new(span, own)], &[])?.remove(0);
            if fields.iter().any(|(f, ..)| f.name == field.name) {
                return Err(self.wrong(line, format!("field `{}` is there twice; remove or rename one", field.name)));
            }
            fields.push((field, extra, line));
        }
        Ok(fields)
    }

    fn value_type(&self, field: &RawField, line: usize) -> Result<FieldType, ModelError> {
        let wrong = |message: String| self.wrong(line, format!("field `{}` {message}", field.name));
        let kinds = || field.of.as_ref().map(OneOrMany::all).filter(|of| !of.is_empty());
        Ok(match field.value.as_str() {
            "text" => FieldType::Text,
            "url" => FieldType::Url,
            "date" => FieldType::Date,
            "integer" => FieldType::Integer,
            "number" => FieldType::Number,
            "boolean" => FieldType::Boolean,
            "texts" => FieldType::Texts,
            "code" => {
                let list = field.list.as_deref().ok_or_else(|| wrong("is a code, but names no list; add list = \"…\"".into()))?;
                self.known_list(list).map_err(wrong)?;
                FieldType::Code(list.to_owned())
            }
            "record" => match kinds().as_deref() {
                Some([of]) => FieldType::Record(of.clone()),
                Some(_) => return Err(wrong("is one record of one kind; write type = \"records\" for several".into())),
                None => return Err(wrong("is a record, but does not say of which kind; add of = \"…\"".into())),
            },
            "records" => FieldType::Records(
                kinds().ok_or_else(|| wrong("holds records, but does not say of which kinds; add of = [\"…\"]".into()))?,
            ),
            "list" if field.parts.is_empty() => {
                return Err(wrong("is a list, but does not say of which parts; add parts = [\"…\"]".into()));
            }
            "list" => FieldType::List(field.parts.iter().map(|p| self.part(p).map_err(wrong)).collect::<Result<_, _>>()?),
            other => {
                let [known @ .., last] = &TYPES;
                let like = did_you_mean(nearest(other, TYPES));
                return Err(wrong(format!("has the unknown type `{other}`; use {} or {last}{like}", known.join(", "))));
            }
        })
    }

    fn part(&self, text: &str) -> Result<ListPart, String> {
        let (name, list) = match text.split_once(':') {
            Some((name, list)) => {
                self.known_list(list)?;
                (name, Some(list.to_owned()))
            }
            None => (text, None),
        };
        if !is_identifier(name) {
            return Err(format!("has the part `{name}`, which may only have a–z, 0–9 and _, and begins with a letter"));
        }
        Ok(ListPart { name: name.to_owned(), list })
    }

    fn known_list(&self, list: &str) -> Result<(), String> {
        match self.lists.get(list) {
            Some(_) => Ok(()),
            None => {
                let like = did_you_mean(nearest(list, self.lists.names()));
                Err(format!("names the code list `{list}`, which is not there; add codes/{list}.csv or name another{like}"))
            }
        }
    }
}
