//! How an answer is drawn: a question names its pictures, and the columns that they are made of.

use remit_model::Label;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A `[[draw]]` of a question's heading.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Drawing {
    /// Which picture.
    pub form: DrawingForm,
    /// What is shown; the question's title where it is empty.
    pub title: Label,
    /// Measure and unit: `Disbursed, US dollars at value date`.
    pub unit: Label,
    /// The column that names bars, rows, lanes or areas.
    pub label: String,
    /// The column that tells parts, lines, marks, columns or kinds apart.
    pub group: String,
    /// The column of the values.
    pub value: String,
    /// Columns of the interval in which a value lies.
    pub low: String,
    /// Its upper end.
    pub high: String,
    /// For bars: the column of how many things a value is of. It stands in brackets behind what the bar is called.
    pub count: String,
    /// The column of moments of a series.
    pub at: String,
    /// The column of starts; a span without one is taken to have been so ever since.
    pub start: String,
    /// The column of ends; a span without one goes on.
    pub end: String,
    /// When it was first cited, where the start is not known.
    pub first: String,
    /// When it was last cited, where the end is not known.
    pub last: String,
    /// The column of who commands, manages or oversees.
    pub from: String,
    /// The column of who is commanded, managed or overseen.
    pub to: String,
    /// The column with a note on each link.
    pub note: String,
    /// The column that is 0 where nobody confirmed a link for the day.
    pub confirmed: String,
    /// The column of codes in whose order groups of marks stand; by name where it is empty.
    pub by: String,
    /// For marks: the column of what groups are called for short.
    pub short: String,
    /// For marks: a code of the value, and the sign that stands for it; the empty code is what is not known.
    pub signs: Vec<(String, String)>,
    /// For marks: the columns whose words stand beside the sign.
    pub words: Vec<String>,
    /// For marks: what those columns say as a rule, which need not be seen.
    pub usual: BTreeMap<String, String>,
    /// For marks: the columns that say what stands out in a row.
    pub flags: Vec<String>,
}

/// A kind of picture.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DrawingForm {
    /// A value for each row.
    #[default]
    Bars,
    /// Values by group, stacked.
    Stacked,
    /// Values over time, a line a group.
    Series,
    /// Values with their intervals, a mark a group.
    Dots,
    /// Labels by groups, shaded by value.
    Matrix,
    /// Spans of time, a lane a label.
    Timeline,
    /// The world, shaded by value; labels are codes of countries.
    Map,
    /// Who commands, manages or oversees whom.
    Graph,
    /// A tree that folds, of rows with their `level`.
    Tree,
    /// Labels by groups, with a sign and words for each row.
    Marks,
}

/// The columns of a tree: a question that draws one answers with all of them.
pub const TREE_COLUMNS: [&str; 8] =
    ["level", "actor", "actor_name", "actor_class", "classification", "relation", "relation_classification", "confirmed"];

impl Drawing {
    /// Every role with its column, as far as it has one.
    fn roles(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            ("label", &self.label),
            ("group", &self.group),
            ("value", &self.value),
            ("low", &self.low),
            ("high", &self.high),
            ("count", &self.count),
            ("at", &self.at),
            ("start", &self.start),
            ("end", &self.end),
            ("first", &self.first),
            ("last", &self.last),
            ("from", &self.from),
            ("to", &self.to),
            ("note", &self.note),
            ("confirmed", &self.confirmed),
            ("by", &self.by),
            ("short", &self.short),
        ]
        .into_iter()
        .map(|(role, column)| (role, column.as_str()))
        .filter(|(_, column)| !column.is_empty())
    }

    /// The columns that it is made of.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        let tree: &[&str] = if self.form == DrawingForm::Tree { &TREE_COLUMNS } else { &[] };
        let more = self.words.iter().chain(self.usual.keys()).chain(&self.flags).map(String::as_str);
        self.roles().map(|(_, column)| column).chain(more).chain(tree.iter().copied())
    }

    /// The columns that hold numbers, and those that hold moments: a year, a month or a day. Marks stand for codes.
    pub(crate) fn measured(&self) -> (impl Iterator<Item = &str>, impl Iterator<Item = &str>) {
        let (numbers, moments) = match self.form {
            DrawingForm::Marks | DrawingForm::Tree | DrawingForm::Graph => (Vec::new(), Vec::new()),
            DrawingForm::Timeline => (Vec::new(), vec![&self.start, &self.end, &self.first, &self.last]),
            _ => (vec![&self.value, &self.low, &self.high, &self.count], vec![&self.at]),
        };
        (numbers.into_iter().map(String::as_str), moments.into_iter().map(String::as_str))
    }

    /// What the picture cannot be drawn without, and the question does not name.
    pub(crate) fn missing(&self) -> Vec<&'static str> {
        let needed: &[&str] = match self.form {
            DrawingForm::Bars | DrawingForm::Dots | DrawingForm::Map => &["label", "value"],
            DrawingForm::Stacked | DrawingForm::Matrix | DrawingForm::Marks => &["label", "group", "value"],
            DrawingForm::Series => &["at", "value"],
            DrawingForm::Timeline => &["label", "start", "end"],
            DrawingForm::Graph => &["from", "to"],
            DrawingForm::Tree => &[],
        };
        needed.iter().copied().filter(|role| !self.roles().any(|(named, _)| named == *role)).collect()
    }
}
