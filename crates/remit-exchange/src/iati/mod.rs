//! An office's own activities, projects and trainings as files of IATI 2.03, which anybody reads.
//!
//! Activities that were imported go out as they came in; projects and trainings of the register become activities of their own. What the standard
//! asks for and nobody has said keeps an activity out; what the standard cannot hold stays out of it. Both are listed.

mod activity;
mod element;
mod project;
mod stated;
mod training;

use activity::ActivityInMaking;
use element::IatiElement;
use remit_model::ImpreciseDate;
use remit_store::{Cell, Reader, StoreError, Table};
use serde_json::Value;

/// Who publishes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Publisher {
    /// Its identifier, as `XM-DAC-41114`.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// Its type, a code of `organisation_type`.
    pub kind: String,
}

impl Publisher {
    /// The name that the register has of whom it knows by this identifier; none where it has none, or several.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn name_on_record(reader: &Reader, reference: &str) -> Result<Option<String>, StoreError> {
        let sql = "select distinct a.name from actor a join actor_identifier i on i.record = a.record \
                   where folded(i.identifier) = folded(:reference) and a.name is not null";
        let table = reader.query(sql, &[("reference", Cell::Text(reference.to_owned()))])?;
        Ok(match &table.rows[..] {
            [only] => only[0].text().map(str::to_owned),
            _ => None,
        })
    }
}

/// What stayed out, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The activity or record.
    pub record: String,
    /// The element or field.
    pub element: String,
    /// What it says, cut to a readable length.
    pub value: String,
    /// Why, in a sentence.
    pub reason: String,
}

/// What goes out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exported {
    /// The file.
    pub xml: String,
    /// Activities in it.
    pub activities: usize,
    /// Of these, projects of the register.
    pub projects: usize,
    /// Of these, trainings of the register.
    pub trainings: usize,
    /// What stayed out.
    pub left_out: Vec<LeftOut>,
}

impl Exported {
    /// What stayed out, as a table.
    pub fn left_out_table(&self) -> Table {
        let row = |l: &LeftOut| [&l.record, &l.element, &l.value, &l.reason].map(|t| Cell::from(t.as_str())).to_vec();
        let columns = ["record", "element", "value", "reason"].map(str::to_owned).to_vec();
        Table { columns, rows: self.left_out.iter().map(row).collect() }
    }
}

/// Elements of the standard that are not kept when a file is imported.
const NOT_KEPT: [&str; 9] = [
    "contact-info",
    "country-budget-items",
    "humanitarian-scope",
    "capital-spend",
    "conditions",
    "crs-add",
    "fss",
    "legacy-data",
    "result: comments, references, dimensions, locations, documents",
];

/// Writes what an office publishes: the activities that it reports, and the projects and trainings that it supports.
///
/// # Errors
/// When the workspace cannot be read.
pub fn export(reader: &Reader, publisher: &Publisher) -> Result<Exported, StoreError> {
    let mut exported = Exported::default();
    let mut all = Vec::new();
    let own = [("publisher", Cell::Text(publisher.reference.clone()))];
    let activities = reader.query("select * from activity where reporter = :publisher order by identifier", &own)?;
    let transactions = "select t.* from activity_transaction t where t.activity = :id order by t.n";
    for row in NamedRow::all(&activities) {
        let id = activities.at("id").map(|at| row.cells[at].clone())?;
        let transactions = reader.query(transactions, &[("id", id)])?;
        let activity = ActivityInMaking::of_row(&row, &NamedRow::all(&transactions).collect::<Vec<_>>(), &mut exported.left_out);
        all.extend(activity.finished(&mut exported.left_out));
    }
    // Whoever publishes this in the place of the file that was imported would take these away from everybody.
    if !all.is_empty() {
        let reason = "Remit does not keep it when it imports activities: where the imported file has it, take it from there";
        exported.left_out.extend(NOT_KEPT.iter().map(|element| activity::left_out("", element, "", reason)));
    }
    of_the_register(reader, publisher, &mut exported, &mut all)?;
    exported.activities = all.len();
    let root = IatiElement::new("iati-activities")
        .with("version", "2.03")
        .with("generated-datetime", format!("{:.0}", jiff::Timestamp::now()))
        .holding(all);
    exported.xml = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}", root.text());
    Ok(exported)
}

/// What the register has of the office's own, beside what was imported.
fn of_the_register(
    reader: &Reader,
    publisher: &Publisher,
    exported: &mut Exported,
    all: &mut Vec<IatiElement>,
) -> Result<(), StoreError> {
    let (day, records) = (reader.as_of().valid_on, stated::records_of(reader, publisher)?);
    let (projects, partners) =
        (reader.query("select * from project order by record", &[])?, project::ProjectPartners::all(reader)?);
    for row in NamedRow::all(&projects).filter(|row| project::is_of(row, &records, publisher)) {
        let activity = project::activity(&row, publisher, &partners, day, &mut exported.left_out);
        // What was imported as an activity is said there.
        if all.iter().any(|other| other.has_identifier(&activity.identifier)) {
            continue;
        }
        let finished = activity.finished(&mut exported.left_out);
        exported.projects += usize::from(finished.is_some());
        all.extend(finished);
    }
    let trainings = reader.query("select * from training order by record", &[])?;
    for row in NamedRow::all(&trainings).filter(|row| training::is_of(row, &records, publisher)) {
        let activity = training::activity(&row, publisher, day, &mut exported.left_out);
        let finished = activity.finished(&mut exported.left_out);
        exported.trainings += usize::from(finished.is_some());
        all.extend(finished);
    }
    Ok(())
}

/// A row by the names of its columns.
struct NamedRow<'t> {
    table: &'t Table,
    cells: &'t [Cell],
}

impl<'t> NamedRow<'t> {
    fn all(table: &'t Table) -> impl Iterator<Item = NamedRow<'t>> {
        table.rows.iter().map(move |cells| NamedRow { table, cells })
    }

    /// What a column says; nothing where it says nothing.
    fn text(&self, column: &str) -> String {
        let cell = self.table.column(column).map(|at| &self.cells[at]);
        match cell {
            Some(Cell::Text(text)) => text.clone(),
            Some(Cell::Integer(n)) => n.to_string(),
            Some(Cell::Real(n)) => n.to_string(),
            Some(Cell::Null) | None => String::new(),
        }
    }

    /// The items of a list.
    fn list(&self, column: &str) -> Vec<Item> {
        let value: Value = serde_json::from_str(&self.text(column)).unwrap_or_default();
        value.as_array().map(|items| items.iter().cloned().map(Item).collect()).unwrap_or_default()
    }

    /// Texts by language.
    fn texts(&self, column: &str) -> Vec<(String, String)> {
        let value: Value = serde_json::from_str(&self.text(column)).unwrap_or_default();
        let pair = |(l, t): (&String, &Value)| (l.clone(), t.as_str().unwrap_or_default().to_owned());
        value.as_object().map(|all| all.iter().map(pair).collect()).unwrap_or_default()
    }
}

/// An item of a list, by the names of its parts.
struct Item(Value);

impl Item {
    fn text(&self, part: &str) -> String {
        match self.0.get(part) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(n)) => n.to_string(),
            _ => String::new(),
        }
    }
}

/// A day as the standard wants it: whole. Where only a month or a year is known, its first day begins what it dates, its last ends it.
fn whole_day(text: &str, ends: bool) -> Option<(String, bool)> {
    let date: ImpreciseDate = text.trim().parse().ok()?;
    let day = if ends { date.latest() } else { date.earliest() };
    Some((day.to_string(), date.earliest() == date.latest()))
}
