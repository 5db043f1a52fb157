//! Tables through a column mapping: a small TOML file beside the table that says which column is which field.

use crate::error::ImportError;
use crate::iati::activity::{Activity, Transaction, Weighted};
use crate::iati::{ActivityWriter, from_activity};
use crate::plan::Plan;
use remit_model::{CodeLists, FieldType, ImpreciseDate, Kind, Marking, Model, ModelError};
use remit_sheet::{heading_row, is_skipped, letter};
use remit_store::{About, Cell, FileEntry, Import, Imported, Problem, RowWriter, Workspace, hexadecimal};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// The envelope's fields that a mapping may fill, in the order in which they are written.
const ENVELOPE: [&str; 6] = ["valid_from", "valid_to", "source", "url", "locator", "quote"];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mapping {
    dataset: String,
    kind: String,
    title: Option<String>,
    published: Option<String>,
    source: Option<String>,
    url: Option<String>,
    licence: Option<String>,
    attribution: Option<String>,
    record: Option<RecordRule>,
    fields: BTreeMap<String, Rule>,
    /// For activities: which columns make the transaction that each row is.
    #[serde(default)]
    transaction: BTreeMap<String, Rule>,
    /// The table, where it does not have the mapping's name; read before the mapping is.
    #[serde(rename = "file")]
    _file: Option<String>,
    #[serde(default)]
    skip: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordRule {
    columns: Vec<String>,
}

/// Where a field's value comes from.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    column: Option<String>,
    value: Option<String>,
    list: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    /// Characters that are no part of a number: `$,`.
    strip: Option<String>,
    /// Formats of a date, as strftime writes them; ISO dates need none.
    #[serde(default)]
    formats: Vec<String>,
    /// What the table writes for a code or name.
    #[serde(default)]
    aliases: BTreeMap<String, String>,
}

impl Mapping {
    /// Every column that it names.
    fn columns(&self) -> Vec<&str> {
        let rules = self.fields.values().chain(self.transaction.values()).filter_map(|r| r.column.as_deref());
        rules.chain(self.record.iter().flat_map(|r| r.columns.iter().map(String::as_str))).collect()
    }
}

struct Column<'a> {
    rule: &'a Rule,
    name: &'a str,
    at: Option<usize>,
    value: FieldType,
}

/// The mapping of the sheet that `remit template` writes for activities: the columns have the names of the fields, and
/// those of the payment that each row is begin with `transaction_`.
const ACTIVITIES: &str = include_str!("activities.toml");

/// Imports a table by the mapping beside it, or one of activities that Remit wrote.
pub(crate) fn import(
    workspace: &Workspace,
    plan: &Plan,
    beside: Option<&Path>,
    dataset: Option<&str>,
    marking: Marking,
    done: &AtomicU64,
) -> Result<Imported, ImportError> {
    let input = &plan.files[0];
    let file = input.path.as_deref().or(beside).unwrap_or(Path::new(""));
    let shown = beside.unwrap_or(file).display().to_string();
    let text = match beside {
        Some(path) => remit_sheet::text_of(path)?,
        None => ACTIVITIES.to_owned(),
    };
    let mapping: Mapping = toml::from_str(&text).map_err(|e| ModelError::toml(&shown, &text, &e))?;
    let wrong = |message: String| ImportError::Mapping(ModelError::new(&shown, 0, message));
    let kind = workspace
        .model()
        .kind(&mapping.kind)
        .ok_or_else(|| wrong(format!("there is no kind `{}` in the model", mapping.kind)))?;
    let bytes = remit_files::read(file, remit_sheet::MOST_BYTES).map_err(|e| ImportError::Open(file.to_path_buf(), e))?;
    done.fetch_add(bytes.len() as u64, Ordering::Relaxed);
    let mut hash = Sha256::new();
    hash.update(&bytes);
    hash.update(text.as_bytes());
    let (hash, size) = (hexadecimal(&hash.finalize()), bytes.len() as u64);

    let mut import = Import::begin(
        workspace,
        About {
            dataset: dataset.unwrap_or(if mapping.dataset.is_empty() { &plan.dataset } else { &mapping.dataset }).to_owned(),
            title: mapping.title.clone(),
            source: mapping.source.clone(),
            url: mapping.url.clone(),
            licence: mapping.licence.clone(),
            attribution: mapping.attribution.clone(),
            published: mapping.published.clone(),
            marking,
        },
    )?;
    if let Some(dataset) = import.same_content(&hash)? {
        import.abandon()?;
        return Ok(Imported { dataset, unchanged: true, records: 0, parts: 0, problems: 0 });
    }
    let grids = remit_sheet::grids(file, "", &workspace.model().languages)?;
    let found = heading_row(&grids, &mapping.columns()).map(|(grid, at, _)| (grid, at));
    let (grid, heading) =
        found.or(grids.first().map(|g| (g, 0))).ok_or_else(|| wrong(format!("{} has no table", file.display())))?;
    let headers: Vec<&str> = grid.rows.get(heading).map_or(&[][..], |(_, cells)| cells).iter().map(String::as_str).collect();
    let column = |name: &str| {
        headers
            .iter()
            .position(|h| *h == name)
            .ok_or_else(|| wrong(format!("the table {} has no column `{name}`; it has {}", file.display(), headers.join(", "))))
    };
    let (envelope, fields) = columns(&mapping, kind, &column, &wrong)?;
    let record: Vec<usize> = mapping.record.iter().flat_map(|r| &r.columns).map(|c| column(c)).collect::<Result<_, _>>()?;
    let skip: Vec<(usize, &Vec<String>)> =
        mapping.skip.iter().map(|(c, values)| Ok((column(c)?, values))).collect::<Result<_, ImportError>>()?;

    let mut sink = Sink::new(workspace, kind, &mapping, fields, &column, &wrong)?;
    let entry = import.begin_file(&input.name)?;
    for (line, at, reason) in &grid.unread {
        import.problem(entry, &problem(*line, &letter(*at), "", "cell", reason.clone()))?;
    }
    let mut skipped = 0;
    for (line, row) in grid.rows.iter().skip(heading + 1) {
        let line = *line;
        let cell = |at: usize| row.get(at).map_or("", String::as_str);
        if skip.iter().any(|(at, values)| values.iter().any(|v| is_skipped(v, cell(*at)))) {
            skipped += 1;
            continue;
        }
        // In a workbook, cells at the end of a row that are empty are not there.
        if grid.sheet.is_empty() && row.len() != headers.len() {
            let reason = format!(
                "this row has {} cells and the table {} columns; cells that are missing count as empty",
                row.len(),
                headers.len()
            );
            import.problem(entry, &problem(line, "", "", "row", reason))?;
        }
        let id = match &record[..] {
            [] => format!("{}/{line}", mapping.dataset),
            at => at.iter().map(|at| cell(*at)).collect::<Vec<&str>>().join("/"),
        };
        if id.is_empty() {
            import.problem(
                entry,
                &problem(line, "", "", "identifier", "the columns of the record are empty; the row was left out".into()),
            )?;
            continue;
        }
        let mut reading = Reading { lists: &workspace.model().lists, id: &id, line, cell: &cell, problems: Vec::new() };
        let mut shell: [Cell; 6] = Default::default();
        for (slot, column) in shell.iter_mut().zip(&envelope) {
            if let Some(column) = column {
                *slot = reading.value(column);
            }
        }
        sink.row(&mut import, entry, &mut reading, &shell)?;
        for p in &reading.problems {
            import.problem(entry, p)?;
        }
    }
    let records = sink.finish(&mut import, entry, workspace.model())?;
    if skipped > 0 {
        let reason = format!("{skipped} rows were left out, as [skip] in the mapping says (totals, for example)");
        import.problem(entry, &problem(1, "", "", "skipped", reason))?;
    }
    import.finish_file(entry, &FileEntry { hash: hash.clone(), bytes: size, version: String::new(), records })?;
    Ok(import.finish(&hash, 1, size)?)
}

/// One row under the eyes: its cells, and what is wrong with them.
struct Reading<'r> {
    lists: &'r CodeLists,
    id: &'r str,
    line: u64,
    cell: &'r dyn Fn(usize) -> &'r str,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn value(&mut self, column: &Column<'_>) -> Cell {
        let text = match column.at {
            Some(at) => (self.cell)(at).to_owned(),
            None => column.rule.value.clone().unwrap_or_default(),
        };
        value(self.lists, column, &text).unwrap_or_else(|reason| {
            let element = column.rule.column.as_deref().unwrap_or(column.name);
            self.problems.push(Problem { record: self.id.to_owned(), ..problem(self.line, element, &text, "value", reason) });
            Cell::Null
        })
    }
}

/// Where rows go: a record each, or, as activities, a transaction each of the activity that their record names.
enum Sink<'a> {
    Records {
        writer: RowWriter,
        fields: Vec<Column<'a>>,
        records: u64,
    },
    Activities {
        writer: ActivityWriter,
        fields: Vec<Column<'a>>,
        transaction: Vec<Column<'a>>,
        found: BTreeMap<String, (u64, Activity)>,
    },
}

impl<'a> Sink<'a> {
    fn new(
        workspace: &Workspace,
        kind: &Kind,
        mapping: &'a Mapping,
        fields: Vec<Column<'a>>,
        column: &dyn Fn(&str) -> Result<usize, ImportError>,
        wrong: &dyn Fn(String) -> ImportError,
    ) -> Result<Sink<'a>, ImportError> {
        if kind.name != "activity" {
            let names: Vec<&str> = fields.iter().map(|f| f.name).collect();
            return Ok(Sink::Records { writer: Import::row_writer(workspace, &kind.name, &names)?, fields, records: 0 });
        }
        let transaction = mapping
            .transaction
            .iter()
            .map(|(name, rule)| {
                let value = match name.as_str() {
                    "value" => FieldType::Number,
                    "date" => FieldType::Date,
                    "type" | "currency" | "description" => rule.list.clone().map_or(FieldType::Text, FieldType::Code),
                    _ => {
                        return Err(wrong(format!(
                            "a transaction has no `{name}`; it has type, date, value, currency, description"
                        )));
                    }
                };
                Ok(Column { rule, name, at: rule.column.as_deref().map(column).transpose()?, value })
            })
            .collect::<Result<_, ImportError>>()?;
        Ok(Sink::Activities { writer: ActivityWriter::new(workspace)?, fields, transaction, found: BTreeMap::new() })
    }

    fn row(&mut self, import: &mut Import, file: i64, reading: &mut Reading<'_>, shell: &[Cell; 6]) -> Result<(), ImportError> {
        match self {
            Sink::Records { writer, fields, records } => {
                let cells: Vec<Cell> = fields.iter().map(|f| reading.value(f)).collect();
                import.record(writer, reading.id, (file, reading.line), shell, &cells)?;
                *records += 1;
            }
            Sink::Activities { fields, transaction, found, .. } => {
                let (_, activity) = found.entry(reading.id.to_owned()).or_insert_with(|| (reading.line, Activity::default()));
                activity.identifier = reading.id.to_owned();
                for field in fields.iter() {
                    let cell = reading.value(field);
                    set(activity, field.name, cell.text().unwrap_or_default());
                }
                let mut t = Transaction { line: reading.line, ..Default::default() };
                for field in transaction.iter() {
                    match (field.name, reading.value(field)) {
                        ("value", cell) => t.amount.value = cell.number(),
                        ("date", cell) => {
                            t.date = cell.text().and_then(|d| d.parse::<ImpreciseDate>().ok()).map(ImpreciseDate::earliest)
                        }
                        ("type", cell) => t.kind = cell.text().map(str::to_owned),
                        ("currency", cell) => t.amount.currency = cell.text().map(str::to_owned),
                        (_, cell) => t.description = cell.text().map(str::to_owned),
                    }
                }
                if !transaction.is_empty() {
                    activity.transactions.push(t);
                }
            }
        }
        Ok(())
    }

    /// Writes what waited for the last row; returns the number of records.
    fn finish(self, import: &mut Import, file: i64, model: &Model) -> Result<u64, ImportError> {
        let (writer, found) = match self {
            Sink::Records { records, .. } => return Ok(records),
            Sink::Activities { writer, found, .. } => (writer, found),
        };
        let records = found.len() as u64;
        for (_, (line, activity)) in found {
            let parsed = from_activity(model, activity, line, Vec::new());
            for p in &parsed.problems {
                import.problem(file, p)?;
            }
            if let Some(row) = &parsed.row {
                writer.write(import, file, row)?;
            }
        }
        Ok(records)
    }
}

/// Sets what a row says of its activity; dates widen to hold those of all rows.
fn set(activity: &mut Activity, field: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    let day = |latest: bool| text.parse::<ImpreciseDate>().ok().map(|d| if latest { d.latest() } else { d.earliest() });
    let own = Some(text.to_owned());
    match field {
        "title" => activity.titles = vec![(String::new(), text.to_owned())],
        "descriptions" => activity.descriptions = vec![(None, String::new(), text.to_owned())],
        "reporter" => activity.reporter = own,
        "reporter_name" => activity.reporter_name = own,
        "reporter_type" => activity.reporter_type = own,
        "status" => activity.status = own,
        "aid_type" => activity.aid = own,
        "currency" => activity.currency = own,
        "starts" => activity.dates[1] = [activity.dates[1], day(false)].into_iter().flatten().min(),
        "ends" => activity.dates[3] = [activity.dates[3], day(true)].into_iter().flatten().max(),
        "countries" if !activity.countries.iter().any(|c| c.code == text) => {
            activity.countries.push(Weighted { code: text.to_owned(), ..Default::default() });
        }
        "sectors" if !activity.sectors.iter().any(|s| s.code == text) => {
            activity.sectors.push(Weighted { vocabulary: Some("1".into()), code: text.to_owned(), ..Default::default() });
        }
        _ => {}
    }
}

type Columns<'a> = (Vec<Option<Column<'a>>>, Vec<Column<'a>>);

/// The mapping's rules as columns of the envelope and of the kind's fields, checked against table and model.
fn columns<'a>(
    mapping: &'a Mapping,
    kind: &'a Kind,
    column: &dyn Fn(&str) -> Result<usize, ImportError>,
    wrong: &dyn Fn(String) -> ImportError,
) -> Result<Columns<'a>, ImportError> {
    let mut envelope: Vec<Option<Column<'a>>> = (0..ENVELOPE.len()).map(|_| None).collect();
    let mut fields = Vec::new();
    for (name, rule) in &mapping.fields {
        let at = rule.column.as_deref().map(column).transpose()?;
        if at.is_none() && rule.value.is_none() {
            return Err(wrong(format!("field `{name}` names neither a `column` nor a `value`")));
        }
        if let Some(place) = ENVELOPE.iter().position(|e| e == name) {
            let value = if name.starts_with("valid_") { FieldType::Date } else { FieldType::Text };
            envelope[place] = Some(Column { rule, name, at, value });
            continue;
        }
        let field = kind.field(name).ok_or_else(|| {
            let known: Vec<&str> = kind.fields.iter().map(|f| f.name.as_str()).collect();
            wrong(format!("kind `{}` has no field `{name}`; it has {}", kind.name, known.join(", ")))
        })?;
        let value = match (&rule.list, rule.kind.as_deref()) {
            (Some(list), _) => FieldType::Code(list.clone()),
            (None, Some("integer")) => FieldType::Integer,
            (None, Some("number")) => FieldType::Number,
            (None, Some("date")) => FieldType::Date,
            (None, Some("text")) => FieldType::Text,
            (None, Some(other)) => {
                return Err(wrong(format!("field `{name}` has the unknown type `{other}`; use text, integer, number or date")));
            }
            (None, None) => field.kind.clone(),
        };
        fields.push(Column { rule, name, at, value });
    }
    Ok((envelope, fields))
}

/// A cell's text as a value of the field's type, or why it is none.
fn value(lists: &CodeLists, column: &Column<'_>, text: &str) -> Result<Cell, String> {
    if text.is_empty() {
        return Ok(Cell::Null);
    }
    let number = || {
        let strip = column.rule.strip.as_deref().unwrap_or_default();
        let plain: String = text.chars().filter(|c| !strip.contains(*c)).collect();
        plain.trim().parse::<f64>().ok().filter(|n| n.is_finite())
    };
    match &column.value {
        FieldType::Integer => match number() {
            Some(n) if n.fract() == 0.0 && n.abs() < 9e15 => Ok(Cell::Integer(n as i64)),
            _ => Err("this is no whole number; the cell was left out".into()),
        },
        FieldType::Number => number().map(Cell::Real).ok_or_else(|| "this is no number; the cell was left out".into()),
        FieldType::Date => date(&column.rule.formats, text)
            .map(Cell::Text)
            .ok_or_else(|| "this is no date in the formats of the mapping; the cell was left out".into()),
        FieldType::Code(list) => {
            let wanted = column.rule.aliases.get(text).map_or(text, String::as_str);
            let found = lists.get(list).and_then(|l| l.find(wanted));
            found.map(|c| Cell::Text(c.code.clone())).ok_or_else(|| {
                format!("this is no code and no name of the list {list}; add it to the mapping's aliases. The cell was left out")
            })
        }
        _ => Ok(Cell::Text(text.to_owned())),
    }
}

fn date(formats: &[String], text: &str) -> Option<String> {
    let by_format = formats.iter().find_map(|format| jiff::civil::Date::strptime(format, text).ok());
    by_format.map(|d| d.to_string()).or_else(|| text.parse::<ImpreciseDate>().ok().map(|d| d.to_string()))
}

fn problem(line: u64, element: &str, value: &str, rule: &'static str, reason: String) -> Problem {
    Problem { line, element: element.into(), record: String::new(), value: value.chars().take(200).collect(), rule, reason }
}
