//! Tables that are data sets, through a mapping: a small TOML file beside the table that says which column is which field.

use crate::error::ImportError;
use crate::iati::activity::{Activity, Transaction, Weighted};
use crate::iati::{ActivityWriter, from_activity};
use crate::plan::Plan;
use remit_model::{ImpreciseDate, Kind, Marking, Model, ModelError, write_value};
use remit_sheet::{DataRow, Mapping, Passed, read_data_set};
use remit_store::{
    AboutDataSet, Cell, Draft, FileEntry, Import, Imported, Problem, RowWriter, Workspace, hexadecimal, row_envelope,
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

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
    let mapping = Mapping::parse(&text, &shown, workspace.model())?;
    let bytes = remit_files::read(file, remit_sheet::MOST_BYTES).map_err(|e| ImportError::Open(file.to_path_buf(), e))?;
    done.fetch_add(bytes.len() as u64, Ordering::Relaxed);
    let mut hash = Sha256::new();
    hash.update(&bytes);
    hash.update(text.as_bytes());
    let (hash, size) = (hexadecimal(&hash.finalize()), bytes.len() as u64);
    drop(bytes);

    let about = about(&mapping, dataset.unwrap_or(&plan.dataset), dataset.is_some(), marking);
    let name = about.dataset.clone();
    let mut import = Import::begin(workspace, about)?;
    if let Some(dataset) = import.same_content(&hash)? {
        import.abandon()?;
        return Ok(Imported { dataset, unchanged: true, records: 0, parts: 0, problems: 0 });
    }
    let mut sink = RowSink::new(workspace, &mapping).map_err(|message| ModelError::new(&shown, 0, message))?;
    let entry = import.begin_file(&input.name)?;
    let passed = read_data_set(workspace, file, &mapping, &name, |row| sink.row(&mut import, entry, row))?;
    let records = sink.finish(&mut import, entry, workspace.model())?;
    for problem in told(&passed) {
        import.problem(entry, &problem)?;
    }
    import.finish_file(entry, &FileEntry { hash: hash.clone(), bytes: size, version: String::new(), records })?;
    Ok(import.finish(&hash, 1, size)?)
}

/// What is known of the data set; the name that somebody said goes ahead of that of the mapping, and this of the file's.
fn about(mapping: &Mapping, name: &str, is_said: bool, marking: Marking) -> AboutDataSet {
    let own = mapping.dataset.clone().unwrap_or_default();
    AboutDataSet {
        dataset: own.name.filter(|_| !is_said).unwrap_or_else(|| name.to_owned()),
        title: own.title,
        source: mapping.source.clone(),
        url: mapping.url.clone(),
        licence: own.licence,
        attribution: own.attribution,
        published: own.published,
        marking: mapping.marking.as_deref().and_then(|m| m.parse::<Marking>().ok()).unwrap_or_default().max(marking),
    }
}

/// The rows that were left out, one problem for each reason.
fn told(passed: &[Passed]) -> Vec<Problem> {
    let mut counts: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for row in passed {
        counts.entry(row.why).or_insert((0, row.row)).0 += 1;
    }
    let problem = |(why, (count, line)): (&str, (u64, u64))| {
        let reason = match why {
            "skipped" => "as [skip] in the mapping says (totals, for example)",
            "total" => "since they are sums; keep_totals = true in the mapping keeps them",
            "above" => "since they stand above the headings",
            _ => "since they are notes below the table",
        };
        let reason = format!("{count} rows were left out, {reason}");
        Problem { line, rule: "skipped", reason, ..Problem::default() }
    };
    counts.into_iter().map(problem).collect()
}

/// Where rows go: a record each, or, as activities, a transaction each of the activity that their record names.
enum RowSink {
    Records { writers: BTreeMap<String, (RowWriter, Vec<String>)>, records: u64 },
    Activities { writer: ActivityWriter, found: BTreeMap<String, (u64, Activity)> },
}

impl RowSink {
    fn new(workspace: &Workspace, mapping: &Mapping) -> Result<RowSink, String> {
        let model = workspace.model();
        let kinds: Vec<&Kind> = mapping.record.iter().filter_map(|r| model.kind(&r.kind)).collect();
        let is_activity = kinds.first().is_some_and(|k| k.name == "activity");
        let parts = kinds.iter().filter(|k| k.part_of.is_some());
        if let Some(lost) = parts.clone().find(|k| !is_activity || k.name != "transaction") {
            return Err(format!(
                "`{}` is a part of `{}`: a row cannot be one",
                lost.name,
                lost.part_of.clone().unwrap_or_default()
            ));
        }
        if is_activity {
            if let Some(other) = kinds.iter().find(|k| !["activity", "transaction"].contains(&k.name.as_str())) {
                return Err(format!("a row of activities gives an activity and a transaction, and no `{}`", other.name));
            }
            let writer = ActivityWriter::new(workspace).map_err(|e| e.to_string())?;
            return Ok(RowSink::Activities { writer, found: BTreeMap::new() });
        }
        if kinds.is_empty() {
            return Err("it makes no record; add a [[record]]".into());
        }
        let mut writers = BTreeMap::new();
        for kind in kinds {
            let fields: Vec<String> = kind.fields.iter().map(|f| f.name.clone()).collect();
            let names: Vec<&str> = fields.iter().map(String::as_str).collect();
            let writer = Import::row_writer(workspace, &kind.name, &names).map_err(|e| e.to_string())?;
            writers.insert(kind.name.clone(), (writer, fields));
        }
        Ok(RowSink::Records { writers, records: 0 })
    }

    fn row(&mut self, import: &mut Import, file: i64, row: DataRow) -> Result<(), ImportError> {
        let record = row.records.first().map(|r| r.record.clone()).unwrap_or_default();
        for f in row.findings {
            import.problem(file, &f.problem(record.clone()))?;
        }
        match self {
            RowSink::Records { writers, records } => {
                for draft in &row.records {
                    let Some((writer, fields)) = writers.get(&draft.kind) else { continue };
                    let cells: Vec<Cell> = fields.iter().map(|name| cell(draft.fields.get(name))).collect();
                    import.record(writer, &draft.record, (file, row.row), &row_envelope(|name| draft.envelope(name)), &cells)?;
                    *records += 1;
                }
            }
            RowSink::Activities { found, .. } => add_activity(found, row.row, &row.records),
        }
        Ok(())
    }

    /// Writes what waited for the last row; returns the number of records.
    fn finish(self, import: &mut Import, file: i64, model: &Model) -> Result<u64, ImportError> {
        let (writer, found) = match self {
            RowSink::Records { records, .. } => return Ok(records),
            RowSink::Activities { writer, found } => (writer, found),
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

/// A value as the database keeps it: lists as JSON.
fn cell(value: Option<&Value>) -> Cell {
    match value {
        None | Some(Value::Null) => Cell::Null,
        Some(Value::String(text)) => Cell::Text(text.clone()),
        Some(Value::Bool(yes)) => Cell::Integer(i64::from(*yes)),
        Some(Value::Number(n)) => n.as_i64().map(Cell::Integer).or(n.as_f64().map(Cell::Real)).unwrap_or(Cell::Null),
        Some(list) => Cell::Text(list.to_string()),
    }
}

/// Adds what a row says to its activity, and the payment that the row is.
fn add_activity(found: &mut BTreeMap<String, (u64, Activity)>, line: u64, records: &[Draft]) {
    let Some(first) = records.iter().find(|r| r.kind == "activity") else { return };
    let (_, activity) = found.entry(first.record.clone()).or_insert_with(|| (line, Activity::default()));
    activity.identifier.clone_from(&first.record);
    for (name, value) in &first.fields {
        set(activity, name, &write_value(value));
    }
    let payments = records.iter().filter(|r| r.kind == "transaction");
    activity.transactions.extend(payments.map(|payment| transaction(line, payment)));
}

fn transaction(line: u64, payment: &Draft) -> Transaction {
    let text = |name: &str| payment.fields.get(name).map(write_value);
    let mut t = Transaction { line, ..Default::default() };
    t.amount.value = payment.fields.get("value").and_then(Value::as_f64);
    t.amount.currency = text("currency");
    t.date = text("date").and_then(|d| d.parse::<ImpreciseDate>().ok()).map(ImpreciseDate::earliest);
    t.kind = text("type");
    t.description = text("description");
    t
}

/// Sets what a row says of its activity; dates widen to hold those of all rows.
fn set(activity: &mut Activity, field: &str, text: &str) {
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
