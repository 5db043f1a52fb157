//! Which columns a table has and what they hold: by the model, so that a kind or a field that is added needs no code here.

use arrow::datatypes::{DataType, Field, TimeUnit};
use remit_model::{FieldType, Kind, Model};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holds {
    /// Text, also codes, addresses and the identifiers of records.
    Text,
    /// A day, with how it was told beside it where that is no day (`2019`, `2019-07`): its first one, and of what is an end its last.
    Date {
        /// True where something ends on it.
        end: bool,
    },
    /// A moment in UTC, to the millisecond.
    Moment,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Money in the currency that its row says, to the tenth decimal.
    Money,
    /// Yes or no.
    Boolean,
    /// References to several records, or several codes.
    Texts,
    /// A text in several languages: the code of each language and what is said in it.
    Languages,
    /// Several things with these parts, each a text.
    Parts(Vec<String>),
}

/// Digits and decimals of money: publishers convert, and write what comes out.
pub const MONEY: (u8, i8) = (38, 10);

/// What stands behind the name of a date in the name of the column that has it as it was told.
pub const AS_TOLD: &str = "_as_told";

impl Holds {
    /// The name by which a manifest says it.
    pub fn name(&self) -> &'static str {
        match self {
            Holds::Text => "text",
            Holds::Date { end: false } => "date",
            Holds::Date { end: true } => "last date",
            Holds::Moment => "moment",
            Holds::Integer => "integer",
            Holds::Number => "number",
            Holds::Money => "money",
            Holds::Boolean => "boolean",
            Holds::Texts => "texts",
            Holds::Languages => "languages",
            Holds::Parts(_) => "parts",
        }
    }

    /// The type in Arrow.
    pub fn data_type(&self) -> DataType {
        match self {
            Holds::Text => DataType::Utf8,
            Holds::Date { .. } => DataType::Date32,
            Holds::Moment => DataType::Timestamp(TimeUnit::Millisecond, Some("UTC".into())),
            Holds::Integer => DataType::Int64,
            Holds::Number => DataType::Float64,
            Holds::Money => DataType::Decimal128(MONEY.0, MONEY.1),
            Holds::Boolean => DataType::Boolean,
            Holds::Texts => DataType::new_list(DataType::Utf8, true),
            Holds::Languages | Holds::Parts(_) => {
                let fields: Vec<Field> = self.parts().into_iter().map(|p| Field::new(p, DataType::Utf8, true)).collect();
                DataType::new_list(DataType::Struct(fields.into()), true)
            }
        }
    }

    /// The parts of each thing in a list.
    pub fn parts(&self) -> Vec<&str> {
        match self {
            Holds::Languages => vec!["language", "text"],
            Holds::Parts(parts) => parts.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    fn of(field: &remit_model::Field) -> Holds {
        match &field.kind {
            FieldType::Text | FieldType::Url | FieldType::Code(_) | FieldType::Record(_) => Holds::Text,
            FieldType::Date => Holds::Date { end: field.end },
            FieldType::Integer => Holds::Integer,
            FieldType::Number if field.is_money() => Holds::Money,
            FieldType::Number => Holds::Number,
            FieldType::Boolean => Holds::Boolean,
            FieldType::Texts => Holds::Languages,
            FieldType::Records(_) => Holds::Texts,
            FieldType::List(parts) => Holds::Parts(parts.iter().map(|p| p.name.clone()).collect()),
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name, in the view and in the files.
    pub name: String,
    /// What it holds.
    pub holds: Holds,
}

impl Column {
    /// Its fields in a file: two where a date may be told less precisely than to the day.
    pub fn fields(&self) -> Vec<Field> {
        let own = Field::new(&self.name, self.holds.data_type(), true);
        match self.holds {
            Holds::Date { .. } => vec![own, Field::new(format!("{}{AS_TOLD}", self.name), DataType::Utf8, true)],
            _ => vec![own],
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    text: Vec<String>,
    date: Vec<String>,
    last_date: Vec<String>,
    moment: Vec<String>,
    integer: Vec<String>,
    number: Vec<String>,
    boolean: Vec<String>,
}

/// What columns hold that no kind speaks of, by their names.
static KNOWN: LazyLock<HashMap<String, Holds>> = LazyLock::new(|| {
    // The file is part of this program, and the tests read it.
    let known: Known = toml::from_str(include_str!("columns.toml")).expect("columns.toml is well formed");
    let groups = [
        (known.text, Holds::Text),
        (known.date, Holds::Date { end: false }),
        (known.last_date, Holds::Date { end: true }),
        (known.moment, Holds::Moment),
        (known.integer, Holds::Integer),
        (known.number, Holds::Number),
        (known.boolean, Holds::Boolean),
    ];
    groups.into_iter().flat_map(|(names, holds)| names.into_iter().map(move |name| (name, holds.clone()))).collect()
});

/// What a column of a view holds: as the kind says of which the view is, else as the envelope says, else by its name.
pub fn column(model: &Model, view: &str, kind: Option<&Kind>, name: &str) -> Column {
    let own = kind.and_then(|k| {
        let computed = || k.computed.iter().map(|c| &c.field).find(|f| f.name == name);
        k.field(name).or_else(computed).map(Holds::of)
    });
    let known = || KNOWN.get(&format!("{view}.{name}")).or_else(|| KNOWN.get(name)).cloned();
    let enveloped = || kind.and_then(|_| model.envelope.get(name)).map(|e| Holds::of(&e.field));
    // A moment of the register is a date in the envelope.
    let holds =
        own.or_else(|| known().filter(|h| *h == Holds::Moment)).or_else(enveloped).or_else(known).or_else(|| is_question(name));
    Column { name: name.to_owned(), holds: holds.unwrap_or(Holds::Text) }
}

/// What a name asks (`is_state`) is answered by yes or no.
fn is_question(name: &str) -> Option<Holds> {
    name.starts_with("is_").then_some(Holds::Boolean)
}

/// The column by whose year a table is divided: the day on which something happened or began, else that from which it holds.
pub fn year_of(columns: &[Column]) -> Option<usize> {
    const NAMES: [&str; 8] = ["year", "date", "starts", "day", "handed_over", "valid_from", "first_cited", "source_date"];
    NAMES
        .iter()
        .find_map(|name| columns.iter().position(|c| c.name == *name && matches!(c.holds, Holds::Date { .. } | Holds::Integer)))
}
