//! The file of a mapping: read, checked against the model before any row is, and written. What is wrong is told with the line that says it.

use super::mapping::{BOUNDS, EachColumn, Mapping, RecordRule, Rule, takes_several};
use crate::SheetError;
use remit_model::{FieldType, Kind, Model, ModelError};
use remit_store::{marking_said, status_said, withheld_said};
use std::path::Path;
use toml::de::{DeTable, DeValue};

/// Bytes that a mapping may have.
const MOST_BYTES: u64 = 1 << 20;

/// The text of a mapping.
///
/// # Errors
/// When it cannot be read.
pub fn text_of(path: &Path) -> Result<String, SheetError> {
    let wrong = |e| SheetError::Open(path.to_path_buf(), e);
    String::from_utf8(remit_files::read(path, MOST_BYTES).map_err(wrong)?).map_err(|e| wrong(std::io::Error::other(e)))
}

/// Something wrong in a mapping.
struct WrongMapping {
    /// What is wrong.
    message: String,
    /// The keys, and numbers in lists, that lead there from the beginning of the file.
    place: Vec<String>,
}

impl WrongMapping {
    fn new<const KEYS: usize>(place: [&str; KEYS], message: impl Into<String>) -> WrongMapping {
        WrongMapping { message: message.into(), place: place.map(str::to_owned).to_vec() }
    }

    /// The same in a part of the mapping.
    fn below(mut self, list: &str, n: usize) -> WrongMapping {
        self.place.splice(0..0, [list.to_owned(), n.to_string()]);
        self
    }

    /// The line of the file that says it, from 1; 0 where the mapping has none.
    fn line(&self, text: &str) -> usize {
        let at = DeTable::parse(text).ok().and_then(|table| place_in(table.get_ref(), &self.place));
        at.map_or(0, |at| text[..at].matches('\n').count() + 1)
    }
}

/// Where in the text of a table stands what keys lead to, or as far as they lead.
fn place_in(table: &DeTable<'_>, place: &[String]) -> Option<usize> {
    let (first, rest) = place.split_first()?;
    let (key, value) = table.iter().find(|(key, _)| key.get_ref().as_ref() == first.as_str())?;
    let below = match (value.get_ref(), rest) {
        (DeValue::Table(table), rest) => place_in(table, rest),
        (DeValue::Array(all), [n, rest @ ..]) => n.parse::<usize>().ok().and_then(|n| all.get(n)).map(|one| {
            let below = one.get_ref().as_table().and_then(|table| place_in(table, rest));
            below.unwrap_or_else(|| one.span().start)
        }),
        _ => None,
    };
    below.or(Some(key.span().start))
}

/// What may come first in a date of numbers.
const ORDERS: [&str; 2] = ["day", "month"];
/// Decimal signs.
const DECIMALS: [&str; 2] = [".", ","];

fn one_of(name: &str, value: Option<&str>, known: &[&str]) -> Result<(), String> {
    match value.filter(|v| !known.contains(v)) {
        Some(other) => Err(format!("{name} = \"{other}\" is unknown; write {}", known.join(" or "))),
        None => Ok(()),
    }
}

impl Mapping {
    /// Reads a mapping and checks it against the model.
    ///
    /// # Errors
    /// With file and line of what is wrong.
    pub fn read(path: &Path, model: &Model) -> Result<Mapping, SheetError> {
        Ok(Mapping::parse(&text_of(path)?, &path.display().to_string(), model)?)
    }

    /// The same for a text; `shown` is what errors call its file.
    ///
    /// # Errors
    /// With file and line of what is wrong.
    pub fn parse(text: &str, shown: &str, model: &Model) -> Result<Mapping, ModelError> {
        let is_named = |t: toml::Table| t.get("dataset").is_some_and(toml::Value::is_str);
        if text.parse::<toml::Table>().is_ok_and(is_named) {
            let message =
                "a data set is said as [dataset] with `name`, and its columns as [[record]] with `kind` and [record.fields]";
            return Err(ModelError::new(shown, 1, message));
        }
        let mapping: Mapping = toml::from_str(text).map_err(|e| ModelError::toml(shown, text, &e))?;
        let mapping = mapping.with_answers_as_rows(model).with_markings_as_codes(model);
        mapping.check(model).map_err(|wrong| ModelError::new(shown, wrong.line(text), wrong.message))?;
        Ok(mapping)
    }

    /// Writes a mapping as a file that is read again, and by people too.
    ///
    /// # Errors
    /// With what is wrong with it, or when the file cannot be written.
    pub fn save(&self, path: &Path, model: &Model) -> Result<(), SheetError> {
        let shown = path.display().to_string();
        self.check(model).map_err(|wrong| ModelError::new(&shown, 0, wrong.message))?;
        let text = self.text().map_err(|e| ModelError::new(&shown, 0, e))?;
        let text = format!("# Which column of a sheet is which field. Made by Remit; may be changed by hand.\n{text}");
        remit_files::write_whole(path, text.as_bytes()).map_err(|e| SheetError::Open(path.to_path_buf(), e))
    }

    /// A mapping as its file has it.
    ///
    /// # Errors
    /// When it cannot be written as TOML.
    pub fn text(&self) -> Result<String, String> {
        toml::to_string(self).map_err(|e| e.to_string())
    }

    /// Says what is wrong with a mapping before any row is read.
    fn check(&self, model: &Model) -> Result<(), WrongMapping> {
        self.check_shape(model)?;
        for (n, record) in self.record.iter().enumerate() {
            record.check(model, &self.record[..n]).map_err(|wrong| wrong.below("record", n))?;
        }
        self.also.iter().enumerate().try_for_each(|(n, other)| other.check(model).map_err(|wrong| wrong.below("also", n)))
    }

    fn check_shape(&self, model: &Model) -> Result<(), WrongMapping> {
        for (name, marking) in [("marking", &self.marking), ("clearance", &self.clearance)] {
            let said = marking.as_ref().map_or(Ok(()), |text| marking_said(model, text).map(|_| ()));
            said.map_err(|e| WrongMapping::new([name], format!("{name}: {e}")))?;
        }
        one_of("order", self.order.as_deref(), &ORDERS).map_err(|e| WrongMapping::new(["order"], e))?;
        one_of("decimal", self.decimal.as_deref(), &DECIMALS).map_err(|e| WrongMapping::new(["decimal"], e))?;
        if self.year_begins.is_some_and(|m| !(1..=12).contains(&m)) {
            return Err(WrongMapping::new(["year_begins"], "year_begins is a month, 1 to 12"));
        }
        if let Some((column, _)) = self.split.iter().find(|(_, sign)| sign.is_empty()) {
            let message = format!("split: what separates the answers in `{column}` is empty");
            return Err(WrongMapping::new(["split", column], message));
        }
        if self.each.as_ref().is_some_and(|e| e.heading.is_empty() || e.made().iter().any(String::is_empty)) {
            let message = "each: say what the column of the headings is called (`heading`), and that of the cells (`cell`)";
            return Err(WrongMapping::new(["each"], message));
        }
        self.each.as_ref().map_or(Ok(Vec::new()), EachColumn::places).map_err(|e| WrongMapping::new(["each"], e))?;
        if self.outline.as_ref().is_some_and(|o| o.column.is_empty() || o.heading.is_empty() || o.column == o.heading) {
            let message = "outline: say which `column` it is, and what the new one is called (`heading`)";
            return Err(WrongMapping::new(["outline"], message));
        }
        Ok(())
    }
}

impl RecordRule {
    fn check(&self, model: &Model, earlier: &[RecordRule]) -> Result<(), WrongMapping> {
        let Some(kind) = model.kind(&self.kind) else {
            return Err(WrongMapping::new(["kind"], format!("there is no kind `{}` in the model", self.kind)));
        };
        for (name, rule) in &self.fields {
            let checked = rule.check(model, kind, name, earlier).and_then(|()| rule.check_codes(model, kind, name));
            checked.map_err(|e| WrongMapping::new(["fields", name], format!("{}, field `{name}`: {e}", self.kind)))?;
        }
        Ok(())
    }
}

impl Rule {
    fn check(&self, model: &Model, kind: &Kind, name: &str, earlier: &[RecordRule]) -> Result<(), String> {
        let in_envelope = BOUNDS.contains(&name) || model.envelope.in_sheets(name);
        if !in_envelope && kind.field(name).is_none() {
            let known: Vec<&str> = kind.fields.iter().map(|f| f.name.as_str()).collect();
            return Err(format!(
                "the kind has no such field; it has {}, and every kind has {}",
                known.join(", "),
                model.envelope.entered().map(|f| f.field.name.as_str()).collect::<Vec<_>>().join(", ")
            ));
        }
        if self.column.is_none() && self.columns.is_empty() && self.value.is_none() && self.record.is_none() {
            return Err(
                "it names neither a `column` (or `columns` of a date or an amount), a `value`, nor a `record` of the row".into(),
            );
        }
        if let Some(other) = self.record.as_deref().filter(|r| !earlier.iter().any(|e| e.name() == *r)) {
            return Err(format!("there is no record `{other}` above it in the mapping"));
        }
        if self.split.is_some() && !kind.field(name).is_some_and(takes_several) {
            return Err("it holds one value, so `split` has no meaning; write [split] with the column for a row each".into());
        }
        if let Some(list) = self.list.as_deref().filter(|list| model.lists.get(list).is_none()) {
            return Err(format!("there is no code list `{list}` in the model"));
        }
        let is_reference = kind.field(name).is_some_and(|f| matches!(f.kind, FieldType::Record(_)));
        if (self.record.is_some() || self.missing.is_some()) && !is_reference {
            return Err("it refers to no record, so `record` and `missing` have no meaning".into());
        }
        one_of("order", self.order.as_deref(), &ORDERS)?;
        one_of("decimal", self.decimal.as_deref(), &DECIMALS)?;
        match self.missing.as_deref() {
            None | Some("add" | "report") => Ok(()),
            Some(other) => Err(format!("missing = \"{other}\" is unknown; write add or report")),
        }
    }

    /// What the mapping itself says is a code where one is asked for: what holds of every row, and what words of the sheet mean. Words that tell
    /// no code are kept where the field has another one for them.
    fn check_codes(&self, model: &Model, kind: &Kind, name: &str) -> Result<(), String> {
        let field = kind.field(name).or_else(|| model.envelope.get(name).map(|known| &known.field));
        let list = self.list.as_ref().or_else(|| match field.map(|f| (&f.kind, &f.words)) {
            Some((FieldType::Code(list), None)) => Some(list),
            _ => None,
        });
        // Who leaves a word as it stands has not decided on it; other words may say what a whole one means, as cells do.
        let decided = self.aliases.iter().filter(|(word, meant)| word != meant).map(|(_, meant)| meant);
        let unknown = decided.filter(|meant| list.is_none_or(|list| model.lists.means(list, meant).is_none()));
        let said = self.value.iter().chain(unknown).map(|text| text.trim()).filter(|text| !text.is_empty());
        for text in said {
            match name {
                "marking" => marking_said(model, text).map(|_| ()),
                "status_of_statement" => status_said(model, text).map(|_| ()),
                "withheld" => withheld_said(model, &kind.name, text).map(|_| ()),
                _ => list.map_or(Ok(()), |list| model.lists.read(list, text).map(|_| ()).map_err(|e| e.to_string())),
            }?;
        }
        Ok(())
    }
}
