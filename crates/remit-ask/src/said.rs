//! What the cells of an answer say, in words: as `questions/columns.toml` tells how columns look. Pages, documents and workbooks
//! all say it with these words.

use crate::{ColumnLink, ColumnLook, ColumnStyle, Columns};
use remit_model::{FieldType, Kind, Label, Locale, Model, write_value};
use remit_sheet::{Column, Values};
use remit_store::{Cell, Table};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::sync::Arc;

/// In whose words an answer is said: names of the model, columns as they are shown, a language.
#[derive(Clone)]
pub struct Voice<'a> {
    /// Names of kinds and codes.
    pub model: &'a Model,
    /// How columns look.
    pub columns: &'a Columns,
    /// How the language writes.
    pub locale: Arc<Locale>,
}

impl Voice<'_> {
    /// A label in the language.
    pub fn label(&self, label: &Label) -> String {
        self.locale.typeset(label.get(self.locale.language))
    }
}

/// How a cell is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// A text.
    Text,
    /// A number, which stands under others by its end.
    Number,
    /// A text that keeps in one line: a date.
    Line,
    /// The name of a code that stands out.
    Badge,
    /// What is so, which stands out.
    Flag,
    /// Nobody confirmed it for the day.
    Doubted,
    /// A number that nobody reported.
    Unknown,
    /// There is none.
    NoRecord,
}

/// What one cell says.
#[derive(Debug, Clone, PartialEq)]
pub struct Saying {
    /// The words.
    pub text: String,
    /// How they are set.
    pub manner: Manner,
}

/// The cells of a table in words of a language.
pub struct Said<'a> {
    voice: Voice<'a>,
    table: &'a Table,
    looks: Vec<ColumnLook>,
    /// What statements of a row are of, where a column says it.
    kind: Option<usize>,
}

impl<'a> Said<'a> {
    /// The cells of a table, each column with its look.
    pub fn new(voice: Voice<'a>, table: &'a Table) -> Said<'a> {
        let looks = table.columns.iter().map(|c| voice.columns.get(c)).collect();
        Said { voice, table, looks, kind: table.column("kind") }
    }

    /// How a column looks.
    pub fn look(&self, column: usize) -> &ColumnLook {
        &self.looks[column]
    }

    /// What a column is called.
    pub fn head(&self, column: usize) -> String {
        self.voice.label(&self.looks[column].label)
    }

    /// What a cell says.
    pub fn cell(&self, row: usize, column: usize) -> Saying {
        use ColumnStyle as Style;
        let locale = &self.voice.locale;
        let (value, look) = (&self.table.rows[row][column], &self.looks[column]);
        let text = || value.text().unwrap_or_default();
        let number = || value.number().unwrap_or_default();
        let (text, manner) = match (look.show, value) {
            (show, Cell::Null) if show.is_number() && show != Style::Number => (self.word("not_reported"), Manner::Unknown),
            (_, Cell::Null) => (self.word("none_on_record"), Manner::NoRecord),
            (Style::Number, _) => (locale.whole(number()), Manner::Number),
            (Style::Money, _) => (locale.money(number()), Manner::Number),
            (Style::Amount, _) => (locale.amount(number()), Manner::Number),
            (Style::Share, _) => (locale.percent(number() * 100.0, 1), Manner::Number),
            (Style::Rate, _) => (locale.plain(number(), 4), Manner::Number),
            (Style::Date, _) => (locale.date(text()), Manner::Line),
            (Style::Badge, _) => (self.name(look.list.as_deref().unwrap_or_default(), text()), Manner::Badge),
            (Style::Confirmed, _) if value.number() == Some(0.0) => (self.word("not_confirmed"), Manner::Doubted),
            (Style::Confirmed, _) => (self.word("yes"), Manner::Text),
            (Style::Kind, _) => (self.kind_name(text()), Manner::Text),
            (Style::Fields, _) => (self.fields(row, text()), Manner::Text),
            (Style::Yes, _) if number() > 0.0 => (self.head(column), Manner::Flag),
            (Style::Yes, _) => (self.word("no"), Manner::NoRecord),
            (Style::Code, _) => self.code(look, text()),
            (Style::Recipient, _) => (recipient(self.voice.model, locale, text()), Manner::Text),
            (Style::Text | Style::Hidden, Cell::Text(text)) => (text.clone(), Manner::Text),
            (Style::Text | Style::Hidden, _) => (locale.plain(number(), 2), Manner::Number),
        };
        Saying { text, manner }
    }

    fn code(&self, look: &ColumnLook, code: &str) -> (String, Manner) {
        match (code, look.list.as_deref()) {
            ("", Some("country")) => (self.word("region_or_not_stated"), Manner::Text),
            ("", _) => (self.word("not_stated"), Manner::NoRecord),
            (_, Some(list)) => (self.name(list, code), Manner::Text),
            (_, None) => (code.to_owned(), Manner::Text),
        }
    }

    fn kind_name(&self, name: &str) -> String {
        self.voice.model.kind(name).map_or_else(|| name.to_owned(), |k| self.voice.label(&k.label))
    }

    fn fields(&self, row: usize, json: &str) -> String {
        let kind = self.kind.and_then(|at| self.table.rows[row][at].text()).and_then(|name| self.voice.model.kind(name));
        match (kind, serde_json::from_str(json)) {
            (Some(kind), Ok(fields)) => says(self.voice.model, &self.voice.locale, kind, &fields, &HashMap::new()),
            _ => json.to_owned(),
        }
    }

    fn name(&self, list: &str, code: &str) -> String {
        self.voice.model.name_of_code(&self.voice.locale, list, code)
    }

    fn word(&self, code: &str) -> String {
        self.voice.model.word(&self.voice.locale, code)
    }

    /// The columns as a workbook or a calendar writes them.
    pub fn columns(&self) -> Vec<Column> {
        (0..self.looks.len()).map(|c| self.described(c)).collect()
    }

    fn described(&self, column: usize) -> Column {
        use ColumnStyle as Style;
        let words = || Values::Words((0..self.table.rows.len()).map(|row| self.cell(row, column).text).collect());
        let look = &self.looks[column];
        let values = match look.show {
            Style::Text | Style::Hidden => Values::Text,
            Style::Number => Values::Number("#,##0"),
            Style::Money => Values::Number("#,##0"),
            Style::Amount => Values::Number("#,##0.00"),
            Style::Share => Values::Number("0.0%"),
            Style::Rate => Values::Number("0.####"),
            Style::Date => Values::Date,
            Style::Code | Style::Badge | Style::Kind | Style::Recipient | Style::Fields | Style::Yes | Style::Confirmed => {
                words()
            }
        };
        Column { label: self.head(column), values, hidden: look.show == Style::Hidden }
    }

    /// The table.
    pub fn table(&self) -> &'a Table {
        self.table
    }

    /// The records that a row leads to: of each column's link to a record's page, the kind and the record.
    pub fn records(&self, row: usize) -> Vec<(String, String)> {
        let of = |name: &str| self.table.column(name).and_then(|at| self.table.rows[row][at].text()).filter(|t| !t.is_empty());
        let record = |look: &ColumnLook| match look.link.as_ref()? {
            ColumnLink::Page { page, with, .. } => {
                let kind = page.strip_prefix("/record/")?;
                let kind = match kind.strip_prefix('{').and_then(|k| k.strip_suffix('}')) {
                    Some(column) => of(column)?,
                    None => kind,
                };
                Some((kind.to_owned(), of(with.get("record")?)?.to_owned()))
            }
            ColumnLink::Address { .. } => None,
        };
        self.looks.iter().filter_map(record).collect()
    }
}

/// The name of a recipient, whichever list its code is of.
pub fn recipient(model: &Model, locale: &Locale, code: &str) -> String {
    const LISTS: [&str; 3] = ["actor_class", "security_function", "modality"];
    let list = LISTS.iter().find(|l| model.lists.has(l, code));
    match code {
        "" => model.word(locale, "place_not_stated"),
        "unspecified" => model.word(locale, "not_named"),
        _ => list.map_or_else(|| code.to_owned(), |l| model.name_of_code(locale, l, code)),
    }
}

/// A statement's fields in words, with the names of the records that it refers to.
pub fn says(model: &Model, locale: &Locale, kind: &Kind, fields: &Map<String, Value>, names: &HashMap<String, String>) -> String {
    let words = fields.iter().map(|(name, value)| {
        let field = kind.field(name);
        let text = write_value(value);
        let text = match field.map(|f| &f.kind) {
            Some(FieldType::Code(list)) => model.name_of_code(locale, list, &text),
            Some(FieldType::Record(_)) => names.get(&text).cloned().unwrap_or(text),
            _ => text,
        };
        let label = field.map_or(name.as_str(), |f| f.label.get(locale.language));
        model.sentence(locale, "pair", &[("name", label), ("value", &text)])
    });
    locale.clauses(&words.collect::<Vec<_>>())
}
