//! How the columns of answers are named and shown, and where they lead: `questions/columns.toml`, and over it a workspace's own.

use crate::AskError;
use crate::files::{BuiltInQuestions, Own};
use remit_model::{Field, FieldType, Kind, Label, Language, Model, told_of_toml};
use serde::Deserialize;
use std::collections::BTreeMap;

/// How one column looks.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnLook {
    /// Name to show.
    pub label: Label,
    /// How its values are written.
    #[serde(default)]
    pub show: ColumnStyle,
    /// The code list of its values, for codes and badges.
    pub list: Option<String>,
    /// Where its values lead.
    pub link: Option<ColumnLink>,
    /// What a cell without a value says, where that is an answer (“not assessed”). Columns of a table that have it stand together: none of
    /// them is left out while another says something.
    pub unsaid: Option<Label>,
    /// How it looks instead in answers that have another column too: `title` beside `identifier` is that of an activity.
    #[serde(default)]
    pub beside: BTreeMap<String, ColumnLook>,
}

/// How the values of a column are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnStyle {
    /// As they are.
    #[default]
    Text,
    /// Whole numbers.
    Number,
    /// US dollars, rounded for reading.
    Money,
    /// Amounts to the cent.
    Amount,
    /// Shares of one, as per cent.
    Share,
    /// Numbers with up to four decimals.
    Rate,
    /// Dates as precise as they are known.
    Date,
    /// Moments, to the minute.
    Moment,
    /// Names of codes of the list.
    Code,
    /// The same in a badge whose colour is the code's.
    Badge,
    /// Names of kinds.
    Kind,
    /// Names of classes, functions or modalities.
    Recipient,
    /// What Remit itself wrote: what was done, why something was not used.
    Said,
    /// What a statement says, in words.
    Fields,
    /// The column's name where it is 1.
    Yes,
    /// Whether somebody confirmed it for the day: 0 or 1.
    Confirmed,
    /// Not at all on pages: identifiers.
    Hidden,
}

impl ColumnStyle {
    /// True where values stand under each other by their ends.
    pub fn is_number(self) -> bool {
        use ColumnStyle::{Amount, Money, Number, Rate, Share};
        matches!(self, Number | Money | Amount | Share | Rate)
    }
}

/// Where the values of a column lead. A row whose columns say nothing leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(
    untagged,
    deny_unknown_fields,
    expecting = "a link is { page = \"/…\", with = { PARAMETER = \"COLUMN\" } } or { address = \"COLUMN\" }"
)]
pub enum ColumnLink {
    /// To the address in a column.
    Address {
        /// The column.
        address: String,
    },
    /// To a page of Remit.
    Page {
        /// Its path; `{name}` stands for the value of the column `name`.
        page: String,
        /// Its parameters, each with the column that has the value.
        #[serde(default)]
        with: BTreeMap<String, String>,
        /// Parameters that it has in rows that say something in their column, and does without in others.
        #[serde(default)]
        perhaps: BTreeMap<String, String>,
        /// Parameters that the page has from the one where the answer stands.
        #[serde(default)]
        keep: Vec<String>,
    },
}

impl ColumnLink {
    /// The columns that it needs.
    pub fn columns(&self) -> Vec<&str> {
        match self {
            ColumnLink::Address { address } => vec![address],
            ColumnLink::Page { page, with, perhaps, .. } => {
                let in_path = page.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name);
                in_path.chain(with.values().chain(perhaps.values()).map(String::as_str)).collect()
            }
        }
    }

    /// True where it leads to a form: who may not write has no use for it.
    pub fn is_to_form(&self) -> bool {
        matches!(self, ColumnLink::Page { page, .. } if page.starts_with("/edit/"))
    }
}

/// The looks of all columns by name.
#[derive(Debug, Clone, Default)]
pub struct ColumnLooks {
    described: BTreeMap<String, DescribedColumn>,
    /// Of columns that nobody has described, as the kinds have them.
    of_kinds: BTreeMap<String, ColumnLook>,
}

/// A column with the place where it is described.
#[derive(Debug, Clone)]
struct DescribedColumn {
    look: ColumnLook,
    file: String,
    line: usize,
}

impl ColumnLooks {
    /// The looks of a workspace's columns.
    ///
    /// # Errors
    /// When a file is wrong.
    pub(crate) fn load(own: &Own, model: &Model) -> Result<ColumnLooks, AskError> {
        let mut columns = ColumnLooks { of_kinds: of_kinds(model), ..ColumnLooks::default() };
        let built_in =
            BuiltInQuestions::get("columns.toml").map(|f| String::from_utf8_lossy(&f.data).into_owned()).unwrap_or_default();
        columns.read("questions/columns.toml", &built_in)?;
        if let Some((file, text)) = own.file("columns.toml")? {
            columns.read(&file, &text)?;
        }
        Ok(columns)
    }

    fn read(&mut self, file: &str, text: &str) -> Result<(), AskError> {
        let line = |at: usize| text[..at.min(text.len())].lines().count().max(1);
        let found: BTreeMap<toml::Spanned<String>, ColumnLook> = toml::from_str(text).map_err(|e| {
            let at = e.span().map_or(0, |s| line(s.start + 1));
            AskError::File { file: file.to_owned(), line: at, message: told_of_toml(e.message()) }
        })?;
        for (name, look) in found {
            let line = line(name.span().start + 1);
            self.described.insert(name.into_inner(), DescribedColumn { look, file: file.to_owned(), line });
        }
        Ok(())
    }

    /// What is wrong with them: a list that is not there, a link to a column that nobody has described.
    pub(crate) fn faults(&self, model: &Model) -> Vec<AskError> {
        let mut faults = Vec::new();
        for (name, DescribedColumn { look, file, line }) in &self.described {
            let mut fault = |message: String| faults.push(AskError::File { file: file.clone(), line: *line, message });
            for look in std::iter::once(look).chain(look.beside.values()) {
                match &look.list {
                    Some(list) if model.lists.get(list).is_none() => {
                        fault(format!("`{name}` names the code list `{list}`, which is not there"))
                    }
                    None if matches!(look.show, ColumnStyle::Code | ColumnStyle::Badge) => {
                        fault(format!("`{name}` has codes of no list; add `list`"))
                    }
                    _ => {}
                }
                for column in look.link.iter().flat_map(ColumnLink::columns).filter(|c| !self.described.contains_key(*c)) {
                    fault(format!("`{name}` leads by the column `{column}`, which this file does not describe"));
                }
            }
        }
        faults
    }

    /// The same for a table of the records of a kind: there a column is called as the kind calls its field, whatever else has that name.
    #[must_use]
    pub fn of_records(&self, kind: &Kind) -> ColumnLooks {
        let mut columns = self.clone();
        let fields = kind.fields.iter().chain(kind.computed.iter().map(|c| &c.field));
        for (name, look) in fields.flat_map(|field| of_field(field, &field.name)) {
            columns.described.insert(name, DescribedColumn { look, file: String::new(), line: 0 });
        }
        columns
    }

    /// The look of a column among those of its answer. One that nobody has described looks as the field or kind of its name; where there
    /// is none, it shows its name and its value as they are.
    pub fn get(&self, name: &str, among: &[String]) -> ColumnLook {
        let described = self.described.get(name).map(|c| {
            let beside = c.look.beside.iter().find(|(other, _)| among.contains(other));
            beside.map_or(&c.look, |(_, look)| look)
        });
        let of_kinds = || self.of_kinds.get(name).map(|look| self.beside_its_name(name, look, among));
        described
            .cloned()
            .or_else(of_kinds)
            .or_else(|| self.named_beside(name, among).map(|look| self.identifying(look)))
            .unwrap_or_else(|| ColumnLook { label: Label::of_english(name.replace('_', " ")), ..Default::default() })
    }

    /// A column that names a record. Beside the one with its name it only tells records apart.
    fn beside_its_name(&self, name: &str, look: &ColumnLook, among: &[String]) -> ColumnLook {
        let is_of_record = look.show == ColumnStyle::Text && look.link.is_some();
        let is_named = ["name", "title"].iter().any(|of| among.contains(&format!("{name}_{of}")));
        if is_of_record && is_named { self.identifying(look) } else { look.clone() }
    }

    /// The look of the column with the name of what another names, where that stands beside it.
    fn named_beside(&self, name: &str, among: &[String]) -> Option<&ColumnLook> {
        let named = ["name", "title"].iter().map(|of| format!("{name}_{of}")).find(|named| among.contains(named))?;
        self.described.get(&named).map(|column| &column.look).or_else(|| self.of_kinds.get(&named))
    }

    /// What only tells records apart: pages do not show it, and files call it the identifier, or two columns would be called the same.
    fn identifying(&self, look: &ColumnLook) -> ColumnLook {
        let identifier = self.described.get("identifier").map(|column| column.look.label.clone()).unwrap_or_default();
        let called =
            |(language, label): (Language, &str)| (language, format!("{label} ({})", identifier.get(language).to_lowercase()));
        ColumnLook { label: look.label.all().map(called).collect(), show: ColumnStyle::Hidden, ..look.clone() }
    }
}

/// How columns look that are called as a kind, as its title (`pledge_name`, `pledge_title`), as a field, or as the name of what a field
/// refers to. What two kinds call the same and mean otherwise is told by neither, but with the kind before it (`pledge_stage`).
fn of_kinds(model: &Model) -> BTreeMap<String, ColumnLook> {
    let mut fields: BTreeMap<String, Option<ColumnLook>> = BTreeMap::new();
    for (name, look) in model.kinds.iter().flat_map(|kind| &kind.fields).flat_map(|field| of_field(field, &field.name)) {
        let known = fields.entry(name).or_insert_with(|| Some(look.clone()));
        if known.as_ref() != Some(&look) {
            *known = None;
        }
    }
    let mut all: BTreeMap<String, ColumnLook> = fields.into_iter().filter_map(|(name, look)| Some((name, look?))).collect();
    all.extend(model.kinds.iter().flat_map(of_kind));
    for (kind, field) in model.kinds.iter().flat_map(|kind| kind.fields.iter().map(move |field| (kind, field))) {
        for (name, look) in of_field(field, &format!("{}_{}", kind.name, field.name)) {
            all.entry(name).or_insert(look);
        }
    }
    all
}

fn of_kind(kind: &Kind) -> Vec<(String, ColumnLook)> {
    let link = Some(to_record(&kind.name, &kind.name));
    let look = |show| ColumnLook { label: kind.label.clone(), show, link: link.clone(), ..ColumnLook::default() };
    let titles = ["name", "title"].map(|title| (format!("{}_{title}", kind.name), look(ColumnStyle::Text)));
    titles.into_iter().chain([(kind.name.clone(), look(ColumnStyle::Text))]).collect()
}

/// How a field looks in a column of a name, and in that with the name of what it refers to.
fn of_field(field: &Field, name: &str) -> Vec<(String, ColumnLook)> {
    let (show, list) = match &field.kind {
        FieldType::Code(list) => (ColumnStyle::Code, Some(list.clone())),
        FieldType::Date => (ColumnStyle::Date, None),
        FieldType::Integer => (ColumnStyle::Number, None),
        FieldType::Number => (ColumnStyle::Rate, None),
        FieldType::Boolean => (ColumnStyle::Yes, None),
        _ => (ColumnStyle::Text, None),
    };
    let link = field.record_kind().map(|of| to_record(of, name));
    let look = ColumnLook { label: field.label.clone(), show, list, link, ..ColumnLook::default() };
    match field.record_kind() {
        Some(_) => vec![(name.to_owned(), look.clone()), (format!("{name}_name"), look)],
        None => vec![(name.to_owned(), look)],
    }
}

/// To the page of the record that a column names.
fn to_record(kind: &str, column: &str) -> ColumnLink {
    let with = BTreeMap::from([("record".to_owned(), column.to_owned())]);
    ColumnLink::Page { page: format!("/record/{kind}"), with, perhaps: BTreeMap::new(), keep: Vec::new() }
}
