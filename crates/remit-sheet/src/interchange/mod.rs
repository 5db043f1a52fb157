//! What other programs write, as sheets that Remit writes: one folder a format. From there on it is read, compared and recorded as
//! every sheet is; and what stands in the register is written in two of them.
//!
//! A format tells itself by content. What it says and Remit has no place for is listed with its place, never dropped in silence.

mod followthemoney;
mod geojson;
mod popolo;
mod register;
mod sfm;

use crate::SheetError;
use crate::grid::{Grid, Unread};
use register::InterchangeRegister;
use remit_store::Reader;
use serde_json::Value;
use std::collections::BTreeMap;

pub(crate) use sfm::rewritten;

/// A format that is read: what it is called, how an object of it is told from others, and what it says: with its line where each
/// stands on one, else as the n-th of its file.
struct ObjectFormat {
    called: &'static str,
    is: fn(&Value) -> bool,
    read: fn(&Value, u64, &mut Sheets),
}

/// The formats that are read, each a module.
const FORMS: [ObjectFormat; 3] = [geojson::FORM, popolo::FORM, followthemoney::FORM];

/// Endings of the files that are tables of other programs in JSON.
pub(crate) const ENDINGS: [&str; 5] = ["json", "geojson", "jsonl", "ndjson", "ftm"];

/// How what is told begins of a file that is no JSON, whatever it is called.
pub(crate) const NO_JSON: &str = "it is no JSON";

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

/// The sheets that a JSON file of another program says; `name` is that of the file.
///
/// # Errors
/// When it is no JSON, or of no form that is read.
pub fn grids(bytes: &[u8], name: &str) -> Result<Vec<Grid>, Unread> {
    let broken = |why: String| Unread::Broken(why);
    let unknown = || broken(format!("it is JSON of no form that Remit reads: {}", FORMS.map(|form| form.called).join(", ")));
    let text = std::str::from_utf8(bytes).map_err(|e| broken(format!("it is no UTF-8: {e}")))?.trim_start_matches('\u{feff}');
    let mut bad: Vec<u64> = Vec::new();
    let items: Vec<(u64, Value)> = match serde_json::from_str::<Value>(text) {
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
                return Err(broken(format!("{NO_JSON}: {error}")));
            }
            read
        }
    };
    let mut sheets = Sheets { name: name.to_owned(), ..Sheets::default() };
    bad.into_iter().for_each(|line| sheets.leave(line, "this line is no JSON; it was left out"));
    for (n, item) in &items {
        let form = FORMS.iter().find(|form| (form.is)(item)).ok_or_else(unknown)?;
        (form.read)(item, *n, &mut sheets);
    }
    if items.is_empty() {
        return Err(unknown());
    }
    Ok(sheets.grids())
}

/// A cell: the field and what it says.
type NamedCell = (&'static str, String);

/// The sheets that a file becomes, by kind.
#[derive(Debug, Default)]
struct Sheets {
    /// Of the file: the source of what names none.
    name: String,
    rows: BTreeMap<&'static str, Vec<(u64, Vec<NamedCell>)>>,
    unread: Vec<(u64, usize, String)>,
    /// What objects say that is not read, with how many of them.
    unused: BTreeMap<String, u64>,
}

/// A source of what is said: cells of the envelope.
#[derive(Debug, Clone, Default, PartialEq)]
struct Cited {
    cells: Vec<NamedCell>,
}

impl Sheets {
    /// One row for each source of what is said; the file itself is the source of what names none.
    fn say(&mut self, kind: &'static str, n: u64, cells: Vec<NamedCell>, sources: Vec<Cited>) {
        let own = || Cited { cells: vec![("source", self.name.clone())] };
        let sources = if sources.is_empty() { vec![own()] } else { sources };
        let rows = self.rows.entry(kind).or_default();
        rows.extend(sources.into_iter().map(|source| (n, [cells.clone(), source.cells].concat())));
    }

    /// Notes something of the file that the register has no place for.
    fn leave(&mut self, n: u64, what: impl Into<String>) {
        self.unread.push((n, 0, what.into()));
    }

    /// Counts the keys of an object that nothing reads; `of` is what the object is called.
    fn unused(&mut self, of: &str, object: &Value, read: &[&[&str]]) {
        let is_read = |name: &String| read.iter().any(|names| names.contains(&name.as_str()));
        let is_empty = |value: &Value| match value {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(fields) => fields.is_empty(),
            _ => false,
        };
        for (name, _) in object.as_object().into_iter().flatten().filter(|(name, value)| !is_read(name) && !is_empty(value)) {
            *self.unused.entry(format!("{of} {name}")).or_default() += 1;
        }
    }

    fn grids(self) -> Vec<Grid> {
        let mut unread = self.unread;
        let mut unused: Vec<String> = self.unused.into_iter().map(|(name, n)| format!("{name} ({n})")).collect();
        let grids = self.rows.into_iter().map(|(kind, rows)| {
            let mut columns: Vec<&str> = vec!["record"];
            for (column, _) in rows.iter().flat_map(|(_, cells)| cells) {
                if !columns.contains(column) {
                    columns.push(column);
                }
            }
            let cell = |cells: &[NamedCell], column: &str| cells.iter().find(|(c, _)| *c == column).map(|(_, v)| v.clone());
            let line = |(n, cells): (u64, Vec<NamedCell>)| {
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
        grids.collect()
    }
}

/// Says that a body is part of another, where both are known and are not the same.
fn say_part_of(sheets: &mut Sheets, n: u64, id: Option<&str>, parent: &str, sources: &[Cited]) {
    match id {
        Some(id) if id == parent => sheets.leave(n, "it is said to be a part of itself; that was left out"),
        Some(id) => sheets.say("relation", n, followthemoney::part_of(id, parent), sources.to_vec()),
        None => sheets.leave(n, format!("it has no identifier, so that it cannot be said to be a part of {parent}")),
    }
}

/// Cells of those fields that say something.
fn cells(all: impl IntoIterator<Item = (&'static str, Option<String>)>) -> Vec<NamedCell> {
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
