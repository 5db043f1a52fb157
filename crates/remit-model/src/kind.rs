//! Kinds: what can be said of what, one TOML file each in `model/kinds/`.

use crate::error::{line_named, line_of_key};
use crate::field::{DefinedAt, RawField};
use crate::identifier::is_word_of_sql;
use crate::{
    CodeLists, Field, FieldType, Label, Marking, Misread, ModelError, SmallCounts, did_you_mean, is_identifier, nearest,
};
use serde::Deserialize;
use std::collections::BTreeMap;
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
    /// The fields that tell two records of one title apart: rows of a sheet that say different things there are of two.
    pub apart: Vec<String>,
    /// The fields that are names of the record, the title first: by them it is found. Empty where it has no name.
    pub names: Vec<String>,
    /// The kind whose record this one is a part of (a transaction of its activity), or none.
    pub part_of: Option<String>,
    /// The field that is the record's own identifier, where the kind has one.
    pub record: Option<String>,
    /// True where a workspace has added it: the questions that Remit brings have no rules of its own for it.
    pub added: bool,
    /// True where its records are about persons: they are listed and shown by themselves to who has the register, and nobody else.
    pub personal: bool,
    /// True where it is noted who looks at its records.
    pub noted: bool,
    /// True for figures of parts of a whole: one of which a field of the key is not said is of the whole.
    pub parts: bool,
    /// The lists that belong together as each statement says them, since all of one goes with all of the other: two records that differ in more
    /// than one of them are not made one.
    pub crossed: Vec<String>,
    /// The field that names the record of the kind whose place a record takes: what is said of the two follows one another.
    pub replaces: Option<String>,
    /// The stages that a record goes through, where the kind has any.
    pub stages: Option<Stages>,
    /// Which of its counts are too small to be handed on, where it counts people.
    pub small_counts: Option<SmallCounts>,
    /// How a column of a sheet about something else says a record of this kind, where one does.
    pub beside: Option<Beside>,
    /// What is worked out from the fields and the day.
    pub computed: Vec<Computed>,
    /// Fields in display order.
    pub fields: Vec<Field>,
}

/// How a column beside a name says what it has to do with another record: “Parent unit” beside “Unit”.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beside {
    /// The field of the record whose row it is.
    pub row: String,
    /// The field that the column says, known by the headings of that field.
    pub column: String,
    /// What is the same for all: values by field.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// True where only a list of what `row` refers to says so, and no row that names one of these beside much else. Each column then says one
    /// of its own, and what several say is no ladder.
    #[serde(default)]
    pub listed: bool,
    /// The field whose code the heading tells, by which the column is known: “Commander”, “Deputy commander”.
    pub told: Option<String>,
}

impl Beside {
    fn check(self, fields: &[Field], lists: &CodeLists) -> Result<Beside, String> {
        let field = |name: &str| fields.iter().find(|f| f.name == name);
        for name in [&self.row, &self.column] {
            if field(name).is_none_or(|f| f.record_kind().is_none()) {
                let like = like_field(fields, name);
                return Err(format!("beside names `{name}`, which is no field of the kind that refers to a record{like}"));
            }
        }
        if let Some(name) = self.told.as_ref().filter(|name| field(name).is_none_or(|f| f.words.is_none())) {
            return Err(format!("beside tells `{name}` from a heading, which is no field of the kind that is told from words"));
        }
        for (name, value) in &self.fields {
            match field(name).map(|f| &f.kind) {
                None => {
                    let like = like_field(fields, name);
                    return Err(format!("beside names `{name}`, which is no field of the kind{like}"));
                }
                Some(FieldType::Code(list)) if !lists.has(list, value) => {
                    let like = lists.like(list, value);
                    return Err(format!("beside names the code `{value}`, which the list {list} does not have{like}"));
                }
                Some(_) => {}
            }
        }
        Ok(self)
    }
}

/// A field that nobody enters: SQL over the columns of the kind's view, in which `:valid_on` is the day of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Computed {
    /// Name, type, label and help.
    pub field: Field,
    /// The expression.
    pub sql: String,
}

/// The stages of a record: which there are (a code list), which may follow which, which are open, and what makes one late.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stages {
    /// The field that holds the stage: a code.
    pub field: String,
    /// Codes of stages at which something is still to be done; a code stands for its parts too.
    pub open: Vec<String>,
    /// The field with the day by which an open record is to be done, if any.
    pub due: Option<String>,
    /// The field with who answers for it, if any.
    pub owner: Option<String>,
    /// Other fields that are changed where it is followed.
    #[serde(default)]
    pub also: Vec<String>,
    /// After each stage, those that may follow; any where a stage is not named.
    #[serde(default)]
    pub follows: BTreeMap<String, Vec<String>>,
    /// Days after which an open record that nobody has verified is stale; 0 where nothing is.
    #[serde(default)]
    pub verify_after_days: u32,
}

impl Stages {
    /// The fields that are changed where a record is followed: its stage first.
    pub fn followed(&self) -> impl Iterator<Item = &str> {
        let names = [Some(&self.field), self.due.as_ref(), self.owner.as_ref()];
        names.into_iter().flatten().chain(&self.also).map(String::as_str)
    }

    fn check(mut self, fields: &[Field], lists: &CodeLists) -> Result<Stages, String> {
        let field = |name: &str| fields.iter().find(|f| f.name == name);
        let Some(FieldType::Code(list)) = field(&self.field).map(|f| &f.kind) else {
            return Err(format!(
                "stages name the field `{}`, which is no code of the kind; name a field with type = \"code\"{}",
                self.field,
                like_field(fields, &self.field)
            ));
        };
        let codes = || self.open.iter().chain(self.follows.iter().flat_map(|(from, to)| to.iter().chain([from])));
        if let Some(code) = codes().find(|c| !lists.has(list, c)) {
            let known: Vec<&str> = lists.get(list).map_or(&[][..], |l| l.codes()).iter().map(|c| c.code.as_str()).collect();
            return Err(format!(
                "stages name the code `{code}`, which the list {list} does not have; it has {}{}",
                known.join(", "),
                lists.like(list, code)
            ));
        }
        // What is a part of an open stage is open too.
        if let Some(list) = lists.get(list) {
            let is_open = |code: &str| list.with_parents(code).any(|c| self.open.contains(&c.code));
            let open: Vec<String> = list.codes().iter().filter(|c| is_open(&c.code)).map(|c| c.code.clone()).collect();
            self.open = open;
        }
        if let Some(other) = self.also.iter().find(|name| field(name).is_none()) {
            let known: Vec<&str> = fields.iter().map(|f| f.name.as_str()).collect();
            let like = like_field(fields, other);
            return Err(format!("stages name `{other}`, which is no field of the kind; it has {}{like}", known.join(", ")));
        }
        if let Some(owner) = self.owner.as_deref().filter(|o| field(o).is_none_or(|f| f.record_kind() != Some("actor"))) {
            return Err(format!(
                "stages name the owner `{owner}`, which is no actor of the kind; name a field with type = \"record\" and of = \"actor\"{}",
                like_field(fields, owner)
            ));
        }
        match self.due.as_deref().map(|due| (due, field(due))) {
            Some((due, None)) => {
                Err(format!("stages name the field `{due}`, which the kind does not have{}", like_field(fields, due)))
            }
            Some((due, Some(f))) if f.kind != FieldType::Date => Err(format!("stages are due by `{due}`, which is no date")),
            _ => Ok(self),
        }
    }

    /// True where one stage may follow another.
    pub fn may_follow(&self, from: &str, to: &str) -> bool {
        from == to || self.follows.get(from).is_none_or(|next| next.iter().any(|n| n == to))
    }
}

/// What a record is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// The name.
    pub name: String,
    /// True where it is another name than its own: such a name suggests a record, and does not make one known.
    pub is_other: bool,
}

impl Kind {
    /// Makes all of it strictly confidential.
    pub(crate) fn close(&mut self) {
        self.marking = Marking::StrictlyConfidential;
        self.fields.iter_mut().for_each(|field| field.marking = Some(Marking::StrictlyConfidential));
    }

    /// A field by its name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.name == name)
    }

    /// The kinds of record that its fields refer to, each with the field; a field of several records for each kind.
    pub fn references(&self) -> impl Iterator<Item = (&Field, &str)> {
        self.fields.iter().flat_map(|f| f.targets().iter().map(move |of| (f, of.as_str())))
    }

    /// The fields without which a new record says nothing. Of one that has a name others may tell the rest: so `in_parts` it needs that alone.
    pub fn needs(&self, in_parts: bool) -> impl Iterator<Item = &Field> {
        let may_follow = move |f: &Field| in_parts && self.title.as_ref().is_some_and(|title| *title != f.name);
        self.fields.iter().filter(move |f| f.required && !may_follow(f))
    }

    /// The records to which the fields of a statement refer, each with its kind.
    pub fn refers_to<'v>(&'v self, fields: &'v serde_json::Map<String, serde_json::Value>) -> Vec<(&'v str, &'v str)> {
        self.fields.iter().flat_map(|f| fields.get(&f.name).map_or_else(Vec::new, |value| f.references(value))).collect()
    }

    /// What a record is called by the fields that a statement has: the values of [`Kind::names`], and of a list each item's
    /// first part. What stands in a list are other names.
    pub fn names_in(&self, fields: &serde_json::Map<String, serde_json::Value>) -> Vec<Called> {
        let item = |item: &serde_json::Value| match item {
            serde_json::Value::Object(parts) => parts.get("name").and_then(|n| n.as_str()).map(str::to_owned),
            item => item.as_str().map(str::to_owned),
        };
        let values = self.names.iter().filter_map(|name| fields.get(name));
        values
            .flat_map(|value| {
                let (items, is_other) = match value {
                    serde_json::Value::Array(items) => (items.as_slice(), true),
                    value => (std::slice::from_ref(value), false),
                };
                items.iter().filter_map(item).map(move |name| Called { name, is_other }).collect::<Vec<_>>()
            })
            .collect()
    }

    /// Reads what somebody wrote into a field, into fields by name. Where the field is a code that is told from words, the words
    /// are kept too; words that no code is known for are kept alone.
    ///
    /// # Errors
    /// With what is wrong and what to write; what is kept is kept all the same.
    pub fn take(
        &self,
        field: &Field,
        lists: &CodeLists,
        text: &str,
        fields: &mut serde_json::Map<String, serde_json::Value>,
    ) -> Result<(), Misread> {
        let exact = field.read(lists, text);
        let (Some(words), FieldType::Code(list)) = (&field.words, &field.kind) else {
            let value = exact?;
            if !value.is_null() {
                fields.insert(field.name.clone(), value);
            }
            return Ok(());
        };
        let text = text.trim();
        let is_code = lists.has(list, text);
        if !text.is_empty() && !is_code {
            fields.entry(words.clone()).or_insert_with(|| text.into());
        }
        let value = match exact {
            Ok(value) => value,
            Err(misread) => lists.told_by(list, text).map(serde_json::Value::from).ok_or(misread)?,
        };
        if !value.is_null() {
            fields.insert(field.name.clone(), value);
        }
        Ok(())
    }

    /// Tells the codes that nobody gave from the words that somebody did: who gives only the words of a source says the same by every way in.
    pub fn tell(&self, lists: &CodeLists, fields: &mut serde_json::Map<String, serde_json::Value>) {
        for field in &self.fields {
            let (Some(words), FieldType::Code(list)) = (&field.words, &field.kind) else { continue };
            if fields.get(&field.name).is_some_and(|value| !value.is_null()) {
                continue;
            }
            let code = fields.get(words).and_then(|text| text.as_str()).and_then(|text| lists.told_by(list, text));
            if let Some(code) = code {
                fields.insert(field.name.clone(), code.into());
            }
        }
    }

    /// The fields of which one must be said, that it is known which record something is about: its name, or whom and what it is of.
    pub fn tells(&self) -> Vec<&Field> {
        let is_name = |f: &&Field| self.key.is_empty() && self.title.as_ref() == Some(&f.name);
        let is_whose = |f: &&Field| {
            self.key.contains(&f.name)
                && matches!(f.kind, FieldType::Record(_) | FieldType::Records(_) | FieldType::Text | FieldType::Texts)
        };
        self.fields.iter().filter(|f| is_name(f) || is_whose(f)).collect()
    }

    /// The numbers that its records are there to tell; none of a kind that tells more in words.
    pub fn figures(&self) -> Vec<&Field> {
        let is_figure = |f: &&Field| matches!(f.kind, FieldType::Number | FieldType::Integer) && !self.key.contains(&f.name);
        let figures: Vec<&Field> = self.fields.iter().filter(is_figure).collect();
        let words = self.fields.iter().filter(|f| f.kind == FieldType::Text).count();
        if self.title.is_none() && figures.len() >= words { figures } else { Vec::new() }
    }

    /// The fields that hold one record each, with its kind: the ends of a record that connects others.
    pub fn ends(&self) -> impl Iterator<Item = (&Field, &str)> {
        self.fields.iter().filter_map(|f| f.record_kind().map(|of| (f, of)))
    }

    pub(crate) fn read(name: &str, shown: &str, text: &str, lists: &CodeLists) -> Result<Kind, ModelError> {
        let raw: RawKind = toml::from_str(text).map_err(|e| ModelError::toml(shown, text, &e))?;
        let place = DefinedAt { shown, text, lists };
        let wrong = |key: &str, message: String| place.wrong(line_of_key(text, key), message);
        raw.check_names(&place, name)?;
        let view = raw.view.unwrap_or_else(|| name.to_owned());
        let names = if raw.names.is_empty() { raw.title.iter().cloned().collect() } else { raw.names };
        let fields = place.fields(raw.field, &names)?;
        let computed = computed(&place, raw.computed, &fields)?;
        for (key, wanted) in [
            ("title", raw.title.as_slice()),
            ("record", raw.record.as_slice()),
            ("key", &raw.key[..]),
            ("apart", &raw.apart[..]),
            ("crossed", &raw.crossed[..]),
            ("names", &names[..]),
        ] {
            wanted.iter().try_for_each(|w| known(&place, &fields, w, line_of_key(text, key), key))?;
        }
        named_by_fields(&place, &fields, text)?;
        replaced(&fields, name, raw.replaces.as_deref()).map_err(|e| wrong("replaces", e))?;
        let own = |f: &Field| f.required || f.record_kind().is_some();
        let key = match (raw.key.is_empty(), &raw.title) {
            (true, None) => fields.iter().filter(|f| own(f)).map(|f| f.name.clone()).collect(),
            _ => raw.key,
        };
        let marking = raw.marking.as_deref().map_or(Ok(Marking::Public), str::parse).map_err(|e| wrong("marking", e))?;
        let beside = raw.beside.map(|b| b.check(&fields, lists)).transpose().map_err(|e| wrong("beside", e))?;
        let small_counts = raw.small_counts.map(|s| s.check(&fields, &key, lists)).transpose();
        let small_counts = small_counts.map_err(|e| wrong("small_counts", e))?;
        let stages = raw.stages.map(|s| s.check(&fields, lists)).transpose().map_err(|e| wrong("stages", e))?;
        Ok(Kind {
            view,
            group: raw.group,
            marking,
            names,
            title: raw.title,
            key,
            apart: raw.apart,
            name: name.to_owned(),
            label: raw.label,
            help: raw.help,
            time: raw.time,
            part_of: raw.part_of,
            record: raw.record,
            added: false,
            personal: raw.personal,
            noted: raw.noted,
            parts: raw.parts,
            crossed: raw.crossed,
            replaces: raw.replaces,
            stages,
            small_counts,
            beside,
            computed,
            fields,
        })
    }
}

/// That what a record of a kind replaces is told by a field that holds another record of it.
fn replaced(fields: &[Field], kind: &str, field: Option<&str>) -> Result<(), String> {
    match field.filter(|name| !fields.iter().any(|f| f.name == **name && f.record_kind() == Some(kind))) {
        Some(name) => {
            let like = like_field(fields, name);
            Err(format!("names `{name}`, which is no field of the kind that holds one of its own records{like}"))
        }
        None => Ok(()),
    }
}

impl Kind {
    /// True for a file that only adds to the kind of its name that Remit brings.
    pub(crate) fn only_adds(text: &str) -> bool {
        #[derive(Deserialize)]
        struct Only {
            #[serde(default)]
            adds: bool,
        }
        toml::from_str::<Only>(text).is_ok_and(|file| file.adds)
    }

    /// The kind with what such a file adds to it.
    pub(crate) fn with(mut self, shown: &str, text: &str, lists: &CodeLists) -> Result<Kind, ModelError> {
        let more: Additions = toml::from_str(text).map_err(|e| ModelError::toml(shown, text, &e))?;
        let place = DefinedAt { shown, text, lists };
        let fields = place.fields(more.field, &[])?;
        let worked_out = computed(&place, more.computed, &fields)?;
        let own = |name: &str| self.field(name).is_some() || self.computed.iter().any(|c| c.field.name == name);
        let names = fields.iter().chain(worked_out.iter().map(|c| &c.field)).map(|f| f.name.as_str());
        if let Some(name) = names.into_iter().find(|name| own(name)) {
            let message = format!("field `{name}` is there already; give what is added another name");
            return Err(place.wrong(line_named(text, name), message));
        }
        self.fields.extend(fields);
        self.computed.extend(worked_out);
        named_by_fields(&place, &self.fields, text)?;
        Ok(self)
    }
}

impl RawKind {
    /// Refuses names that could not stand in SQL, a group that there is not, and what is called nothing or in a language that nobody reads.
    fn check_names(&self, place: &DefinedAt<'_>, name: &str) -> Result<(), ModelError> {
        let at = |key: &str| line_of_key(place.text, key);
        let view = self.view.as_deref().unwrap_or(name);
        for (key, what, given) in [("", "the kind", name), ("view", "its view", view), ("group", "its group", &self.group)] {
            if !given.is_empty() && !is_identifier(given) {
                let message =
                    format!("{what} is called `{given}`; a name may only have a–z, 0–9 and _, and begins with a letter");
                return Err(place.wrong(at(key), message));
            }
        }
        if is_word_of_sql(view) {
            let (key, message) = match &self.view {
                Some(view) => ("view", format!("its view is called `{view}`, which is a word of SQL; give it another name")),
                None => {
                    let own = format!("view = \"{name}_record\"");
                    ("", format!("the kind is called `{name}`, which is a word of SQL; give it another name, or add {own}"))
                }
            };
            return Err(place.wrong(at(key), message));
        }
        place.labelled(&self.label, &format!("kind `{name}`"), 1)?;
        place.spoken(&self.label, &format!("the label of the kind `{name}`"), at("label"))?;
        place.spoken(&self.help, &format!("the help of the kind `{name}`"), at("help"))?;
        if self.group.is_empty() { Ok(()) } else { place.lists.expect(GROUPS, &self.group, place.shown, at("group")) }
    }
}

/// Refuses the name of a field that the kind does not have; `what` names it.
fn known(place: &DefinedAt<'_>, fields: &[Field], wanted: &str, line: usize, what: &str) -> Result<(), ModelError> {
    match fields.iter().any(|f| f.name == wanted) {
        true => Ok(()),
        false => {
            let like = like_field(fields, wanted);
            Err(place.wrong(line, format!("{what} names the field `{wanted}`, which the kind does not have{like}")))
        }
    }
}

/// The field that was meant by a name that none has, as an error goes on to say it; nothing where there is such a field, or none is like it.
fn like_field(fields: &[Field], name: &str) -> String {
    let names = || fields.iter().map(|f| f.name.as_str());
    did_you_mean(nearest(name, names()).filter(|like| *like != name))
}

/// The code list of the groups in which kinds are shown.
const GROUPS: &str = "kind_group";

/// Refuses a field that names another field that the kind does not have, or that cannot do what it is named for.
fn named_by_fields(place: &DefinedAt<'_>, fields: &[Field], text: &str) -> Result<(), ModelError> {
    for field in fields {
        let line = line_named(text, &field.name);
        for (what, name) in [("words", &field.words), ("more", &field.more), ("whole", &field.whole)] {
            if let Some(name) = name {
                known(place, fields, name, line, &format!("{what} of `{}`", field.name))?;
            }
        }
        for name in &field.not_before {
            known(place, fields, name, line, &format!("not_before of `{}`", field.name))?;
            let is_date = |f: &Field| f.kind == FieldType::Date;
            if !is_date(field) || !fields.iter().any(|f| f.name == *name && is_date(f)) {
                let message = format!("not_before of `{}` compares dates: give it and `{name}` type = \"date\"", field.name);
                return Err(place.wrong(line, message));
            }
        }
        let Some(more) = &field.more else { continue };
        let several = FieldType::Records(field.record_kind().map(str::to_owned).into_iter().collect());
        let takes = |other: &Field| match (&field.kind, &other.kind) {
            (FieldType::Code(list), FieldType::List(parts)) => {
                matches!(parts.as_slice(), [part] if part.list.as_ref() == Some(list))
            }
            (_, kind) => *kind == several,
        };
        if !fields.iter().any(|o| o.name == *more && takes(o)) {
            let message = format!(
                "more of `{}` names a field that does not hold records of the same kind, or codes of the same list",
                field.name
            );
            return Err(place.wrong(line, message));
        }
    }
    Ok(())
}

/// The fields that are worked out, none of which has the name of another field.
fn computed(place: &DefinedAt<'_>, raw: Vec<Spanned<toml::Table>>, fields: &[Field]) -> Result<Vec<Computed>, ModelError> {
    let mut all = Vec::new();
    for (field, extra, line) in place.extended(raw, &["sql"])? {
        let sql = extra.get("sql").and_then(|v| v.as_str()).map(str::to_owned);
        let sql = sql.ok_or_else(|| place.wrong(line, format!("`{}` is computed, but has no sql", field.name)))?;
        if fields.iter().any(|f| f.name == field.name) {
            return Err(place.wrong(line, format!("`{}` is a field and computed too; rename one", field.name)));
        }
        all.push(Computed { field, sql });
    }
    Ok(all)
}

/// A file that only adds to a kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Additions {
    #[serde(rename = "adds")]
    _adds: bool,
    #[serde(default)]
    field: Vec<Spanned<RawField>>,
    #[serde(default)]
    computed: Vec<Spanned<toml::Table>>,
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
    #[serde(default)]
    apart: Vec<String>,
    #[serde(default)]
    names: Vec<String>,
    part_of: Option<String>,
    record: Option<String>,
    #[serde(default)]
    personal: bool,
    #[serde(default)]
    noted: bool,
    #[serde(default)]
    parts: bool,
    #[serde(default)]
    crossed: Vec<String>,
    replaces: Option<String>,
    stages: Option<Stages>,
    small_counts: Option<SmallCounts>,
    beside: Option<Beside>,
    #[serde(default)]
    field: Vec<Spanned<RawField>>,
    #[serde(default)]
    computed: Vec<Spanned<toml::Table>>,
}
