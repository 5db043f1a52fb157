//! What other programs write, as sheets that Remit writes: one folder a format. From there on it is read, compared and recorded as
//! every sheet is; and what stands in the register is written in two of them.
//!
//! A format tells itself by content. What it says and Remit has no place for is listed with its place, never dropped in silence. What every
//! statement carries (dates, source, marking, status) is read in each by the names that it has in a sheet, and by the same rule; what decides who
//! sees it, and whether it counts, by its label in any language too.

mod followthemoney;
mod geojson;
mod popolo;
mod register;
mod sfm;

use crate::SheetError;
use crate::grid::{Grid, Unread};
use register::InterchangeRegister;
use remit_model::{Code, CodeList, EnvelopeField, EnvelopePart, FieldType, Marking, Model, comparable};
use remit_store::{Reader, says_twice};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

pub(crate) use sfm::rewritten;

/// A format that is read: what it is called, as what its files end beside `.json`, how an object of it is told from others, and what it says:
/// with its line where each stands on one, else as the n-th of its file.
struct ObjectFormat {
    called: &'static str,
    endings: &'static [&'static str],
    is: fn(&Value) -> bool,
    read: fn(&Value, u64, &mut Sheets<'_>),
}

/// The formats that are read, each a module.
const FORMS: &[ObjectFormat] = &[geojson::FORM, popolo::FORM, followthemoney::FORM];

/// Endings of the files that are tables of other programs in JSON.
pub(crate) fn endings() -> impl Iterator<Item = &'static str> {
    std::iter::once("json").chain(FORMS.iter().flat_map(|form| form.endings.iter().copied()))
}

/// How long the names of columns are in the tables of old programs of maps, which cut what is longer.
const CUT: usize = 10;

/// A field of the envelope as an object may say it: all that a person fills in, by the name that its column has in a sheet.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct EnvelopeColumn {
    name: String,
    /// True where it tells of a source: those that do are one together.
    is_of_source: bool,
    /// True where it decides who sees what is said, and whether it counts.
    decides: bool,
    /// What it is called in every language, as keys are compared, where it decides: what is marked confidential would be public else.
    labels: Vec<String>,
    /// The codes of its list by what they are called, where it has one.
    codes: BTreeMap<String, String>,
}

impl EnvelopeColumn {
    fn new(model: &Model, known: &EnvelopeField) -> EnvelopeColumn {
        let list = match &known.field.kind {
            FieldType::Code(list) if known.decides => model.lists.get(list),
            _ => None,
        };
        let labels = known.field.label.all().filter(|_| known.decides).map(|(_, label)| as_key(label));
        EnvelopeColumn {
            name: known.field.name.clone(),
            is_of_source: known.part == EnvelopePart::Source,
            decides: known.decides,
            labels: labels.collect(),
            codes: list.map(CodeList::codes).into_iter().flatten().flat_map(called).collect(),
        }
    }

    /// True where a cell may be of it: where it has a list, all that stands there is of that.
    fn may_say(&self, cell: &str) -> bool {
        self.codes.is_empty() || cell.split(';').all(|said| self.codes.contains_key(&comparable(said)))
    }
}

/// What a code is called, comparable: as itself, and in every language. Each with the code.
fn called(code: &Code) -> Vec<(String, String)> {
    let names = code.label.all().map(|(_, name)| name).chain([code.code.as_str()]);
    names.map(|name| (comparable(name), code.code.clone())).collect()
}

/// A key as it is compared with names of columns: in small letters, with one sign between words.
fn as_key(text: &str) -> String {
    text.trim().to_lowercase().replace([' ', '-'], "_")
}

/// What a file of another program is read with, where it is read in a process that knows no model.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ReadWith {
    /// The name of the file: the source of what names none.
    file: String,
    columns: Vec<EnvelopeColumn>,
}

impl ReadWith {
    pub(crate) fn new(model: &Model, file: &str) -> ReadWith {
        let columns = model.envelope.entered().map(|known| EnvelopeColumn::new(model, known)).collect();
        ReadWith { file: file.to_owned(), columns }
    }

    /// As it is handed to the process that reads the file.
    pub(crate) fn handed_on(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    fn column(&self, name: &str) -> Option<&EnvelopeColumn> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The column of the envelope that a key is, in small letters or large, whole or cut; true where it is so by its label only.
    fn column_of(&self, key: &str) -> Option<(&EnvelopeColumn, bool)> {
        let plain = as_key(key);
        let is = |name: &String| *name == plain || (plain.len() == CUT && name.starts_with(&plain));
        let named = self.columns.iter().find(|column| is(&column.name)).map(|column| (column, false));
        let labelled = || self.columns.iter().find(|column| column.labels.iter().any(is));
        named.or_else(|| labelled().map(|column| (column, true)))
    }

    /// The more careful of two markings, in whatever language they are said. Where one cannot be read, both stand there, which is no marking: the
    /// most careful is taken for it.
    fn more_careful(&self, one: &str, other: &str) -> String {
        let codes = self.column("marking").map(|column| &column.codes);
        let code = |text: &str| codes.and_then(|codes| codes.get(&comparable(text))).cloned();
        let read = |text: &str| code(text).unwrap_or_else(|| text.to_owned()).parse::<Marking>().ok();
        match (read(one), read(other)) {
            (Some(one), Some(other)) => one.max(other).to_string(),
            _ => format!("{one} / {other}"),
        }
    }

    /// What an object says of the envelope, by the keys that say it. An address alone may be of anything; beside a source it is where that
    /// can be read. “Status” and “Classification” are said of much else too: such a label counts where what stands there is of its list.
    fn by_key<'o>(&self, object: &'o Value) -> Vec<(&'o String, NamedCell<'_>)> {
        let said = object.as_object().into_iter().flatten();
        let said = said.filter_map(|(key, value)| {
            let (column, is_label) = self.column_of(key)?;
            let cell = as_cell(value).filter(|cell| !is_label || column.may_say(cell))?;
            Some((key, (column.name.as_str(), cell)))
        });
        let all: Vec<(&'o String, NamedCell<'_>)> = said.collect();
        let has_source = all.iter().any(|(_, (name, _))| *name == "source");
        all.into_iter().filter(|(_, (name, _))| has_source || *name != "url").collect()
    }

    /// What an object says of the envelope.
    fn said_by(&self, object: &Value) -> Vec<NamedCell<'_>> {
        self.by_key(object).into_iter().map(|(_, cell)| cell).collect()
    }

    /// What an object decides of who sees it, which holds of what is told within it too.
    fn decided_by(&self, object: &Value) -> Vec<NamedCell<'_>> {
        self.said_by(object).into_iter().filter(|(name, _)| self.column(name).is_some_and(|column| column.decides)).collect()
    }

    fn is_of_source(&self, name: &str) -> bool {
        self.column(name).is_some_and(|column| column.is_of_source)
    }
}

/// A format of others that the register is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interchange {
    /// Popolo: persons, organisations, memberships.
    Popolo,
    /// FollowTheMoney: entities, one a line.
    FollowTheMoney,
}

impl Interchange {
    /// The name of its file.
    pub fn file_name(self) -> &'static str {
        match self {
            Interchange::Popolo => "popolo.json",
            Interchange::FollowTheMoney => "followthemoney.jsonl",
        }
    }

    /// Actors, persons and postings of the register, as far as the reader sees them.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn write(self, reader: &Reader) -> Result<Vec<u8>, SheetError> {
        let register = InterchangeRegister::read(reader)?;
        Ok(match self {
            Interchange::Popolo => popolo::write(&register),
            Interchange::FollowTheMoney => followthemoney::write(&register),
        })
    }
}

/// The sheets that a JSON file of another program says, as the process reads it that was handed what it is read with.
///
/// # Errors
/// When it is no JSON, or of no form that is read.
pub fn grids_apart(bytes: &[u8], handed_on: &str) -> Result<Vec<Grid>, Unread> {
    let with = serde_json::from_str(handed_on).map_err(|e| Unread::Broken(e.to_string()))?;
    grids(bytes, &with)
}

/// The sheets that a JSON file of another program says.
///
/// # Errors
/// When it is no JSON, or of no form that is read.
pub(crate) fn grids(bytes: &[u8], with: &ReadWith) -> Result<Vec<Grid>, Unread> {
    let broken = |why: String| Unread::Broken(why);
    let called = || FORMS.iter().map(|form| form.called).collect::<Vec<&str>>().join(", ");
    let unknown = || broken(format!("it is JSON of no form that Remit reads: {}", called()));
    let text = std::str::from_utf8(bytes).map_err(|e| broken(format!("it is no UTF-8: {e}")))?.trim_start_matches('\u{feff}');
    let mut bad: Vec<u64> = Vec::new();
    let whole = serde_json::from_str::<Value>(text);
    let is_whole = whole.is_ok();
    let items: Vec<(u64, Value)> = match whole {
        Ok(Value::Array(items)) => (1..).zip(items).collect(),
        Ok(whole) => {
            let before = &text[..text.len() - text.trim_start().len()];
            vec![(1 + before.matches('\n').count() as u64, whole)]
        }
        // One object a line. One that cannot be read keeps no other from it.
        Err(error) => {
            let mut read: Vec<(u64, Value)> = Vec::new();
            for (n, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
                match serde_json::from_str(line) {
                    Ok(item) => read.push((n, item)),
                    Err(_) => bad.push(n),
                }
            }
            if !read.iter().any(|(_, item)| item.is_object()) {
                return Err(Unread::NoJson(error.to_string()));
            }
            read
        }
    };
    let mut sheets = Sheets::of(with);
    bad.into_iter().for_each(|line| sheets.leave(line, "this line is no JSON; it was left out"));
    let parts: Vec<(u64, &str)> = if is_whole { vec![(1, text)] } else { (1..).zip(text.lines()).collect() };
    for (line, _) in parts.into_iter().filter(|(_, part)| says_twice(part)) {
        sheets.leave(line, "this says a key twice in one object; what stands last was taken, and the other left out");
    }
    let form = |item: &Value| FORMS.iter().find(|form| (form.is)(item));
    if !items.iter().any(|(_, item)| form(item).is_some()) {
        return Err(unknown());
    }
    for (n, item) in &items {
        match form(item) {
            Some(form) => (form.read)(item, *n, &mut sheets),
            None => sheets.leave(*n, "this is of no form that Remit reads; it was left out"),
        }
    }
    sheets.grids()
}

/// So many reasons are told why nothing of a file can be used.
const MOST_TOLD: usize = 5;

/// A cell: the field and what it says.
type NamedCell<'w> = (&'w str, String);

/// The sheets that a file becomes, by kind.
#[derive(Debug)]
struct Sheets<'w> {
    with: &'w ReadWith,
    rows: BTreeMap<&'static str, Vec<(u64, Vec<NamedCell<'w>>)>>,
    unread: Vec<(u64, usize, String)>,
    /// What objects say that is not read, with how many of them.
    unused: BTreeMap<String, u64>,
    /// What the object that is being read says of all that is said of it.
    envelope: Vec<NamedCell<'w>>,
}

/// A source of what is said: cells of the envelope.
#[derive(Debug, Clone, Default, PartialEq)]
struct Cited<'w> {
    cells: Vec<NamedCell<'w>>,
}

impl<'w> Sheets<'w> {
    fn of(with: &'w ReadWith) -> Sheets<'w> {
        Sheets { with, rows: BTreeMap::new(), unread: Vec::new(), unused: BTreeMap::new(), envelope: Vec::new() }
    }

    /// What follows is said by an object: what it and all around it say of the envelope, the outermost first. The nearest counts; of two
    /// markings the more careful, and what either withholds.
    fn about<const LEVELS: usize>(&mut self, levels: [Vec<NamedCell<'w>>; LEVELS]) {
        let mut said: Vec<NamedCell<'w>> = Vec::new();
        for level in levels.into_iter().rev() {
            // A source that stands nearer is not the one that the address further out is of.
            let has_source = said.iter().any(|(name, _)| *name == "source");
            for (name, value) in level.into_iter().filter(|(name, _)| !(has_source && self.with.is_of_source(name))) {
                match said.iter_mut().find(|(known, _)| *known == name) {
                    None => said.push((name, value)),
                    Some((_, known)) if *known == value => {}
                    Some((_, known)) if name == "marking" => *known = self.with.more_careful(known, &value),
                    Some((_, known)) if name == "withheld" => *known = format!("{known}; {value}"),
                    Some(_) => {}
                }
            }
        }
        self.envelope = said;
    }

    /// One row for each source of what is said; the file itself is the source of what names none.
    fn say(&mut self, kind: &'static str, n: u64, cells: Vec<NamedCell<'w>>, mut sources: Vec<Cited<'w>>) {
        let with = self.with;
        let (cited, more): (Vec<NamedCell<'w>>, Vec<NamedCell<'w>>) =
            self.envelope.iter().cloned().partition(|(name, _)| with.is_of_source(name));
        let mut said = [cells, more].concat();
        // Grades and days without a source are of whichever there is.
        match cited.iter().any(|(name, _)| *name == "source") {
            true => sources.push(Cited { cells: cited }),
            false => said.extend(cited),
        }
        self.leave_said_twice(n, &said);
        if sources.is_empty() {
            sources.push(Cited { cells: vec![("source", with.file.clone())] });
        }
        let rows = self.rows.entry(kind).or_default();
        rows.extend(sources.into_iter().map(|source| (n, [said.clone(), source.cells].concat())));
    }

    /// Tells what an object says in two ways that differ: as its format has it, and by the name of the envelope.
    fn leave_said_twice(&mut self, n: u64, said: &[NamedCell<'_>]) {
        for (at, (name, value)) in said.iter().enumerate() {
            if let Some((_, taken)) = said[..at].iter().find(|(known, other)| known == name && other != value) {
                self.leave_second(n, name, taken, value);
            }
        }
    }

    /// Tells what is said a second time of what was read.
    fn leave_second(&mut self, n: u64, name: &str, taken: &str, left: &str) {
        self.leave(n, format!("`{name}` is said twice and {taken} was read; left out: {left}"));
    }

    /// Notes something of the file that the register has no place for.
    fn leave(&mut self, n: u64, what: impl Into<String>) {
        self.unread.push((n, 0, what.into()));
    }

    /// Counts the keys of an object that nothing reads; `of` is what the object is called.
    fn unused(&mut self, of: &str, object: &Value, read: &[&[&str]]) {
        let envelope = self.with.by_key(object);
        let is_read = |name: &String| {
            envelope.iter().any(|(key, _)| *key == name) || read.iter().any(|names| names.contains(&name.as_str()))
        };
        let is_empty = |value: &Value| match value {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(fields) => fields.is_empty(),
            _ => false,
        };
        for (name, _) in object.as_object().into_iter().flatten().filter(|(name, value)| !is_read(name) && !is_empty(value)) {
            self.count_unused(format!("{of} {name}"));
        }
    }

    fn count_unused(&mut self, what: String) {
        *self.unused.entry(what).or_default() += 1;
    }

    /// The sheets; where there are none, why nothing of the file has a place in the register.
    fn grids(self) -> Result<Vec<Grid>, Unread> {
        let mut unread = self.unread;
        if self.rows.is_empty() {
            let told = unread.iter().take(MOST_TOLD).map(|(line, _, what)| format!("entry {line}: {what}"));
            let told = std::iter::once("nothing of it has a place in the register".to_owned()).chain(told);
            return Err(Unread::Broken(told.collect::<Vec<String>>().join("; ")));
        }
        let mut unused: Vec<String> = self.unused.into_iter().map(|(name, n)| format!("{name} ({n})")).collect();
        let grids = self.rows.into_iter().map(|(kind, rows)| {
            let mut columns: Vec<&str> = vec!["record"];
            for (column, _) in rows.iter().flat_map(|(_, cells)| cells) {
                if !columns.contains(column) {
                    columns.push(column);
                }
            }
            let cell = |cells: &[NamedCell<'_>], column: &str| cells.iter().find(|(c, _)| *c == column).map(|(_, v)| v.clone());
            let line = |(n, cells): (u64, Vec<NamedCell<'_>>)| {
                (n, columns.iter().map(|c| cell(&cells, c).unwrap_or_default().into()).collect())
            };
            let heads = (0, columns.iter().map(|c| (*c).into()).collect());
            let rows = std::iter::once(heads).chain(rows.into_iter().map(line)).collect();
            Grid {
                sheet: kind.to_owned(),
                rows,
                unread: std::mem::take(&mut unread),
                unused: std::mem::take(&mut unused),
                ..Grid::default()
            }
        });
        Ok(grids.collect())
    }
}

/// A value as a cell of a sheet has it: several one after the other, fields with what is said of each.
fn as_cell(value: &Value) -> Option<String> {
    let cell = match value {
        Value::Null => return None,
        Value::String(text) => text.trim().to_owned(),
        Value::Array(items) => items.iter().filter_map(as_cell).collect::<Vec<String>>().join("; "),
        Value::Object(fields) => {
            let said = |(name, value): (&String, &Value)| format!("{name}={}", as_cell(value).unwrap_or_default());
            fields.iter().map(said).collect::<Vec<String>>().join("; ")
        }
        other => other.to_string(),
    };
    Some(cell).filter(|cell| !cell.is_empty())
}

/// Says that a body is part of another, where both are known and are not the same.
fn say_part_of<'w>(sheets: &mut Sheets<'w>, n: u64, id: Option<&str>, parent: &str, sources: &[Cited<'w>]) {
    match id {
        Some(id) if id == parent => sheets.leave(n, "it is said to be a part of itself; that was left out"),
        Some(id) => sheets.say("relation", n, followthemoney::part_of(id, parent), sources.to_vec()),
        None => sheets.leave(n, format!("it has no identifier, so that it cannot be said to be a part of {parent}")),
    }
}

/// Cells of those fields that say something.
fn cells(all: impl IntoIterator<Item = (&'static str, Option<String>)>) -> Vec<NamedCell<'static>> {
    let said = |(field, value): (&'static str, Option<String>)| Some((field, value?.trim().to_owned()));
    all.into_iter().filter_map(said).filter(|(_, v)| !v.is_empty()).collect()
}

/// A text or a number of an object.
fn text(object: &Value, name: &str) -> Option<String> {
    match object.get(name)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Names as a cell of a list has them: `name | language`, without what parts them.
fn names(all: impl IntoIterator<Item = (String, Option<String>)>) -> Option<String> {
    let plain = |text: String| text.replace([';', '|', '\n'], ",");
    let named = |(name, language): (String, Option<String>)| match language {
        Some(language) => format!("{} | {language}", plain(name)),
        None => plain(name),
    };
    let all: Vec<String> = all.into_iter().filter(|(name, _)| !name.trim().is_empty()).map(named).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// `women` or `men`, as the code list has them, for what others write.
fn sex(text: &str) -> Option<String> {
    match text.to_lowercase().as_str() {
        "female" | "f" | "woman" | "w" => Some("women".into()),
        "male" | "m" | "man" => Some("men".into()),
        _ => None,
    }
}
