//! What the cells of an answer say, in words: as `questions/columns.toml` tells how columns look. Pages, documents and workbooks
//! all say it with these words.

use crate::{ColumnLink, ColumnLook, ColumnLooks, ColumnStyle};
use remit_model::{Field, FieldType, Kind, Label, Language, ListPart, Locale, Model, said, write_value};
use remit_sheet::{Column, ColumnValues};
use remit_store::{Cell, Reader, Table};
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// In whose words an answer is said: names of the model, columns as they are shown, a language.
#[derive(Clone)]
pub struct Voice<'a> {
    /// Names of kinds and codes.
    pub model: &'a Model,
    /// How columns look.
    pub columns: &'a ColumnLooks,
    /// How the language writes.
    pub locale: Arc<Locale>,
    /// Who knows what records are called; where nobody does, their identifiers stand for them.
    pub reader: Option<&'a Reader>,
}

impl Voice<'_> {
    /// A label in the language.
    pub fn label(&self, label: &Label) -> String {
        self.locale.typeset(label.get(self.locale.language))
    }

    /// What records are called, each given by kind and identifier.
    pub fn called(&self, records: &[(&str, &str)]) -> HashMap<String, String> {
        // Without names an answer still says what it says: a fault here must not take it away.
        self.reader.filter(|_| !records.is_empty()).and_then(|r| r.called(records).ok()).unwrap_or_default()
    }

    /// What records are called in the language, by their identifiers and what they are called otherwise.
    fn called_here(&self, records: &[(&str, &str)]) -> HashMap<(String, String), String> {
        let language = self.locale.language;
        // Most names stand in English: another English one is an alias, and no translation.
        let reader = self.reader.filter(|_| !records.is_empty() && language != Language::ENGLISH);
        reader.and_then(|r| r.called_in(records, language.code()).ok()).unwrap_or_default()
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
pub struct CellWords<'a> {
    voice: Voice<'a>,
    table: &'a Table,
    looks: Vec<ColumnLook>,
    /// The column with the kind of the record that a row's statement is about.
    kind: Option<usize>,
    /// What the records are called to which statements refer.
    names: HashMap<String, String>,
    /// What the records to which texts lead are called in the language.
    own: HashMap<(String, String), String>,
}

impl<'a> CellWords<'a> {
    /// The cells of a table, each column with its look.
    pub fn new(voice: Voice<'a>, table: &'a Table) -> CellWords<'a> {
        let looks = table.columns.iter().map(|c| voice.columns.get(c, &table.columns)).collect();
        let mut said = CellWords { voice, table, looks, kind: table.column("kind"), names: HashMap::new(), own: HashMap::new() };
        said.names = said.names();
        said.own = said.own_names();
        said
    }

    /// What the records are called to which the statements in cells refer.
    fn names(&self) -> HashMap<String, String> {
        let shown = |(column, look): (usize, &ColumnLook)| (look.show == ColumnStyle::Fields).then_some(column);
        let columns: Vec<usize> = self.looks.iter().enumerate().filter_map(shown).collect();
        let statement = |row: usize, column: usize| self.statement(row, self.table.rows[row][column].text()?);
        let cells = (0..self.table.rows.len()).flat_map(|row| columns.iter().map(move |c| (row, *c)));
        let statements: Vec<_> = cells.filter_map(|(row, column)| statement(row, column)).collect();
        let records: BTreeSet<(&str, &str)> = statements.iter().flat_map(|(kind, fields)| kind.refers_to(fields)).collect();
        self.voice.called(&records.into_iter().collect::<Vec<_>>())
    }

    /// What the records to which texts lead are called in the language, where a name in it is on record.
    fn own_names(&self) -> HashMap<(String, String), String> {
        let mut records: BTreeSet<(&str, &str)> = BTreeSet::new();
        for row in 0..self.table.rows.len() {
            for look in self.looks.iter().filter(|look| look.show == ColumnStyle::Text) {
                records.extend(self.led_to(row, look));
            }
        }
        self.voice.called_here(&records.into_iter().collect::<Vec<_>>())
    }

    /// A text of a row: where it is the name of the record that it leads to, that in the language, if one is on record.
    fn text(&self, row: usize, look: &ColumnLook, text: &str) -> String {
        let led_to = if self.own.is_empty() { None } else { self.led_to(row, look) };
        let own = led_to.and_then(|(_, record)| self.own.get(&(record.to_owned(), text.to_owned())));
        own.map_or(text, String::as_str).to_owned()
    }

    /// The table with the records to which texts lead called by their names in the language, as the cells say them.
    pub fn in_own_names(&self) -> Table {
        let mut table = self.table.clone();
        if !self.own.is_empty() {
            for (row, cells) in table.rows.iter_mut().enumerate() {
                for (cell, look) in cells.iter_mut().zip(&self.looks) {
                    match cell {
                        Cell::Text(text) if look.show == ColumnStyle::Text => *text = self.text(row, look, text),
                        _ => {}
                    }
                }
            }
        }
        table
    }

    /// A statement that stands in a row as JSON: its kind and its fields.
    fn statement(&self, row: usize, json: &str) -> Option<(&'a Kind, Map<String, Value>)> {
        let kind = self.voice.model.kind(self.table.rows[row][self.kind?].text()?)?;
        Some((kind, serde_json::from_str(json).ok()?))
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
            (Style::Money | Style::Amount | Style::Rate, _) if self.is_left_out(row, column) => {
                (self.word("left_out"), Manner::Text)
            }
            (Style::Money, Cell::Null) if self.is_unconverted(row) => (self.word("not_converted"), Manner::Text),
            (_, Cell::Null) if self.is_withheld(row, column) => (self.word("withheld"), Manner::Text),
            (show, Cell::Null) if show.is_number() && show != Style::Number => (self.word("not_reported"), Manner::Unknown),
            (_, Cell::Null) if look.unsaid.is_some() => {
                (look.unsaid.as_ref().map_or_else(String::new, |l| self.voice.label(l)), Manner::Text)
            }
            (_, Cell::Null) => (self.word("none_on_record"), Manner::NoRecord),
            // Words are no number, and not zero.
            (show, Cell::Text(text)) if show.is_number() => (text.clone(), Manner::Text),
            (Style::Number, _) => (locale.whole(number()), Manner::Number),
            (Style::Money, _) => (locale.money(number()), Manner::Number),
            (Style::Amount, _) => (locale.amount(number()), Manner::Number),
            (Style::Share, _) => (locale.percent(number() * 100.0, 1), Manner::Number),
            (Style::Rate, _) => (locale.plain(number(), 4), Manner::Number),
            (Style::Date, _) => (locale.date(text()), Manner::Line),
            (Style::Moment, _) => (moment(locale, text()), Manner::Line),
            (Style::Badge, _) => (self.name(look.list.as_deref().unwrap_or_default(), text()), Manner::Badge),
            (Style::Confirmed, _) if value.number() == Some(0.0) => (self.word("not_confirmed"), Manner::Doubted),
            (Style::Confirmed, _) => (self.word("yes"), Manner::Text),
            (Style::Kind, _) => (self.kind_name(text()), Manner::Text),
            (Style::Said, _) => (said(locale, text()).unwrap_or_else(|| text().to_owned()), Manner::Text),
            (Style::Fields, _) => (self.fields(row, text()), Manner::Text),
            (Style::Yes, _) if number() > 0.0 => (self.head(column), Manner::Flag),
            (Style::Yes, _) => (self.word("no"), Manner::NoRecord),
            (Style::Code, _) => self.code(look, text()),
            (Style::Recipient, _) => (self.recipient(row, text()), Manner::Text),
            (Style::Text, Cell::Text(text)) => (self.text(row, look, text), Manner::Text),
            (Style::Hidden, Cell::Text(text)) => (text.clone(), Manner::Text),
            (Style::Text | Style::Hidden, _) => (locale.plain(number(), 2), Manner::Number),
        };
        Saying { text, manner }
    }

    /// True where the row has amounts in a currency without a rate: money that is missing in it may be among them.
    fn is_unconverted(&self, row: usize) -> bool {
        let at = self.table.column("with_unconverted");
        at.and_then(|at| self.table.rows[row][at].number()).is_some_and(|n| n > 0.0)
    }

    /// True where the row names the column among those of which something is kept from the reader: there may well be a record.
    fn is_withheld(&self, row: usize, column: usize) -> bool {
        let named = self.table.column("withheld").and_then(|at| self.table.rows[row][at].text());
        named.is_some_and(|names| names.split(' ').any(|name| name == self.table.columns[column]))
    }

    /// True where a sum is nothing and another column says how much was left out of it: that is not nothing.
    fn is_left_out(&self, row: usize, column: usize) -> bool {
        const LEAST: f64 = 0.005;
        let nothing = match &self.table.rows[row][column] {
            Cell::Text(_) => false,
            value => value.number().unwrap_or_default().abs() < LEAST,
        };
        let beside = |of: &str| {
            let at = self.table.column(&format!("{}_{of}", self.table.columns[column]));
            at.and_then(|at| self.table.rows[row][at].number()).is_some_and(|n| n.abs() >= LEAST)
        };
        nothing && ["left_out", "set_apart"].into_iter().any(beside)
    }

    fn code(&self, look: &ColumnLook, code: &str) -> (String, Manner) {
        match (code, look.list.as_deref()) {
            ("", Some("country")) => (self.word("region_or_not_stated"), Manner::Text),
            ("", _) => (self.word("not_stated"), Manner::NoRecord),
            (_, Some(list)) => match code.split_once(" · ") {
                // What is a part of what a code stands for.
                Some((whole, part)) if self.voice.model.lists.has(list, whole) => {
                    let (name, with) = (self.name(list, whole), &self.voice.locale);
                    (self.voice.model.sentence(with, "pair", &[("name", &name), ("value", part)]), Manner::Text)
                }
                _ => (self.names_of(list, code), Manner::Text),
            },
            (_, None) => (code.to_owned(), Manner::Text),
        }
    }

    /// A recipient, by the list that its row names: a class and a function may have the same code, and are called differently.
    fn recipient(&self, row: usize, code: &str) -> String {
        let list = self.table.column("dimension").and_then(|at| self.table.rows[row][at].text());
        match list.filter(|list| self.voice.model.lists.has(list, code)) {
            Some(list) => self.name(list, code),
            None => recipient(self.voice.model, &self.voice.locale, code),
        }
    }

    fn kind_name(&self, name: &str) -> String {
        self.voice.model.kind(name).map_or_else(|| name.to_owned(), |k| self.voice.label(&k.label))
    }

    fn fields(&self, row: usize, json: &str) -> String {
        match self.statement(row, json) {
            Some((kind, fields)) => says(self.voice.model, &self.voice.locale, kind, &fields, &self.names),
            None => json.to_owned(),
        }
    }

    /// What a code is called, or each of several that stand in one cell.
    fn names_of(&self, list: &str, code: &str) -> String {
        let each: Vec<&str> = code.split(',').map(str::trim).collect();
        match each.len() > 1 && each.iter().all(|one| self.voice.model.lists.has(list, one)) {
            true => self.voice.locale.list(&each.iter().map(|one| self.name(list, one)).collect::<Vec<_>>()),
            false => self.name(list, code),
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
        let words = || ColumnValues::Words((0..self.table.rows.len()).map(|row| self.cell(row, column).text).collect());
        let look = &self.looks[column];
        let values = match look.show {
            Style::Text | Style::Hidden => ColumnValues::Text,
            Style::Number => ColumnValues::Number("#,##0"),
            Style::Money => ColumnValues::Number("#,##0"),
            Style::Amount => ColumnValues::Number("#,##0.00"),
            Style::Share => ColumnValues::Number("0.0%"),
            Style::Rate => ColumnValues::Number("0.####"),
            Style::Date => ColumnValues::Date,
            Style::Moment
            | Style::Code
            | Style::Badge
            | Style::Kind
            | Style::Recipient
            | Style::Said
            | Style::Fields
            | Style::Yes
            | Style::Confirmed => words(),
        };
        Column { label: self.head(column), values, hidden: look.show == Style::Hidden }
    }

    /// The table.
    pub fn table(&self) -> &'a Table {
        self.table
    }

    /// The records that a row rests on, each with its kind: the one that it is about, where the row says of which kind it is. Else those
    /// that it leads to. Whom a project is for is called by its name in a row, which says nothing of that institution.
    pub fn rests_on(&self, row: usize) -> Vec<(String, String)> {
        let of = |name: &str| self.table.column(name).and_then(|at| self.table.rows[row][at].text()).filter(|t| !t.is_empty());
        let is_about_one = self.table.column("kind").is_some() && self.table.column("record").is_some();
        match (is_about_one, of("kind"), of("record")) {
            (true, Some(kind), Some(record)) => vec![(kind.to_owned(), record.to_owned())],
            (true, ..) => Vec::new(),
            _ => self.records(row),
        }
    }

    /// The records that a row leads to: of each column's link to a record's page, the kind and the record.
    pub fn records(&self, row: usize) -> Vec<(String, String)> {
        let led_to = self.looks.iter().filter_map(|look| self.led_to(row, look));
        led_to.map(|(kind, record)| (kind.to_owned(), record.to_owned())).collect()
    }

    /// The record to whose page a column leads in a row, with its kind.
    fn led_to<'s>(&'s self, row: usize, look: &'s ColumnLook) -> Option<(&'s str, &'s str)> {
        let of = |name: &str| self.table.column(name).and_then(|at| self.table.rows[row][at].text()).filter(|t| !t.is_empty());
        match look.link.as_ref()? {
            ColumnLink::Page { page, with, .. } => {
                let kind = page.strip_prefix("/record/")?;
                let kind = match kind.strip_prefix('{').and_then(|k| k.strip_suffix('}')) {
                    Some(column) => of(column)?,
                    None => kind,
                };
                Some((kind, of(with.get("record")?)?))
            }
            ColumnLink::Address { .. } => None,
        }
    }
}

/// A moment to the minute, in the language; the text where it has no time.
fn moment(locale: &Locale, text: &str) -> String {
    match text.get(11..16) {
        Some(time) => format!("{} {time}", locale.date(text)),
        None => locale.date(text),
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
        let field = kind.field(name).or_else(|| model.envelope.get(name).map(|known| &known.field));
        let text = field.map_or_else(|| write_value(value), |f| field_says(model, locale, f, value, names));
        let label = field.map_or(name.as_str(), |f| f.label.get(locale.language));
        model.sentence(locale, "pair", &[("name", label), ("value", &text)])
    });
    locale.clauses(&words.collect::<Vec<_>>())
}

/// A field's value in words, the records that it refers to by their names.
pub fn field_says(model: &Model, locale: &Locale, field: &Field, value: &Value, names: &HashMap<String, String>) -> String {
    match (&field.kind, value) {
        _ if !field.targets().is_empty() => {
            let called = field.references(value).into_iter().map(|(_, id)| names.get(id).map_or(id, String::as_str));
            locale.list(&called.collect::<Vec<_>>())
        }
        (FieldType::Code(list), Value::String(code)) => model.name_of_code(locale, list, code),
        (FieldType::Date, Value::String(day)) => locale.date(day),
        (FieldType::List(parts), Value::Array(items)) => match parts.as_slice() {
            [one, other] => coded_items(model, locale, (one, other), items),
            [only] => match only.list.as_deref() {
                Some(list) => codes_called(model, locale, (only, list), items),
                None => write_value(value),
            },
            _ => write_value(value),
        },
        _ => write_value(value),
    }
}

/// Codes of a list, one after another, by what they are called.
fn codes_called(model: &Model, locale: &Locale, (part, list): (&ListPart, &str), items: &[Value]) -> String {
    let called = |item: &Value| match item.get(&part.name).and_then(Value::as_str) {
        Some(code) => model.name_of_code(locale, list, code),
        None => write_value(item),
    };
    locale.clauses(&items.iter().map(called).collect::<Vec<_>>())
}

/// The list of what languages are called.
const LANGUAGES: &str = "language";

/// Items of a text and a code, one after another: what each is called, and behind it what its code is called.
fn coded_items(model: &Model, locale: &Locale, (one, other): (&ListPart, &ListPart), items: &[Value]) -> String {
    let list_of = |part: &ListPart| part.list.clone().or_else(|| Some(part.name.clone()).filter(|name| name == LANGUAGES));
    let of = |item: &Value, part: &ListPart| item.get(&part.name).map(write_value).unwrap_or_default();
    let said = |item: &Value| {
        let (text, code, list) = match (list_of(one), list_of(other)) {
            (None, Some(list)) => (of(item, one), of(item, other), list),
            (Some(list), None) => (of(item, other), of(item, one), list),
            _ => return write_value(item),
        };
        if code.is_empty() { text } else { format!("{text} {}", locale.parenthesis(&model.name_of_code(locale, &list, &code))) }
    };
    locale.clauses(&items.iter().map(said).collect::<Vec<_>>())
}
