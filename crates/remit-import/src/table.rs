//! Tables (CSV) through a column mapping: a small TOML file beside the table that says which column is which field.

use crate::job::{Job, Progress};
use crate::source::{ImportError, Plan, hexadecimal};
use remit_model::{CodeLists, FieldType, ImpreciseDate, Kind, ModelError};
use remit_store::{About, Cell, FileEntry, Import, Imported, Problem, Workspace};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::Ordering;

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

struct Column<'a> {
    rule: &'a Rule,
    name: &'a str,
    at: Option<usize>,
    value: FieldType,
}

/// Imports a table.
pub(crate) fn import(
    workspace: &Workspace,
    plan: &Plan,
    path: &Path,
    job: &Job,
    progress: &Progress,
) -> Result<Imported, ImportError> {
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|e| ImportError::Open(path.to_path_buf(), e))?;
    let mapping: Mapping = toml::from_str(&text).map_err(|e| {
        let line = e.span().map_or(0, |s| text[..s.start.min(text.len())].matches('\n').count() + 1);
        ModelError::new(&shown, line, e.message())
    })?;
    let wrong = |message: String| ImportError::Mapping(ModelError::new(&shown, 0, message));
    let kind = workspace
        .model()
        .kind(&mapping.kind)
        .ok_or_else(|| wrong(format!("there is no kind `{}` in the model", mapping.kind)))?;
    let input = &plan.files[0];
    let file = input.path.as_deref().unwrap_or(path);
    let data = std::fs::read(file).map_err(|e| ImportError::Open(file.to_path_buf(), e))?;
    progress.done.fetch_add(data.len() as u64, Ordering::Relaxed);
    let mut hash = Sha256::new();
    hash.update(&data);
    hash.update(text.as_bytes());
    let hash = hexadecimal(&hash.finalize());

    let mut import = Import::begin(
        workspace,
        About {
            dataset: job.dataset.clone().unwrap_or_else(|| mapping.dataset.clone()),
            title: mapping.title.clone(),
            source: mapping.source.clone(),
            url: mapping.url.clone(),
            licence: mapping.licence.clone(),
            attribution: mapping.attribution.clone(),
            published: mapping.published.clone(),
            marking: job.marking,
        },
    )?;
    if let Some(dataset) = import.same_content(&hash)? {
        import.abandon()?;
        return Ok(Imported { dataset, unchanged: true, records: 0, parts: 0, problems: 0 });
    }
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(&data[..]);
    let headers: Vec<String> = reader
        .byte_headers()
        .map_err(|e| wrong(format!("{} is no CSV table: {e}", file.display())))?
        .iter()
        .map(|h| String::from_utf8_lossy(h).trim_start_matches('\u{FEFF}').trim().to_owned())
        .collect();
    let column = |name: &str| {
        headers
            .iter()
            .position(|h| h == name)
            .ok_or_else(|| wrong(format!("the table {} has no column `{name}`; it has {}", file.display(), headers.join(", "))))
    };
    let (envelope, fields) = columns(&mapping, kind, &column, &wrong)?;
    let record: Vec<usize> = mapping.record.iter().flat_map(|r| &r.columns).map(|c| column(c)).collect::<Result<_, _>>()?;
    let skip: Vec<(usize, &Vec<String>)> =
        mapping.skip.iter().map(|(c, values)| Ok((column(c)?, values))).collect::<Result<_, ImportError>>()?;

    let names: Vec<&str> = fields.iter().map(|f| f.name).collect();
    let writer = Import::row_writer(workspace, &kind.name, &names)?;
    let entry = import.begin_file(&input.name)?;
    let mut records = 0;
    let mut row = csv::ByteRecord::new();
    loop {
        let line = reader.position().line();
        match reader.read_byte_record(&mut row) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => {
                import.problem(entry, &problem(line, "", "", "row", format!("this row cannot be read: {error}")))?;
                continue;
            }
        }
        let line = row.position().map_or(line, csv::Position::line);
        let cell = |at: usize| String::from_utf8_lossy(row.get(at).unwrap_or_default()).trim().to_owned();
        if row.iter().all(<[u8]>::is_empty) || skip.iter().any(|(at, values)| values.contains(&cell(*at))) {
            continue;
        }
        if row.len() != headers.len() {
            let reason = format!(
                "this row has {} cells and the table {} columns; cells that are missing count as empty",
                row.len(),
                headers.len()
            );
            import.problem(entry, &problem(line, "", "", "row", reason))?;
        }
        let id = match &record[..] {
            [] => format!("{}/{line}", mapping.dataset),
            at => at.iter().map(|at| cell(*at)).collect::<Vec<_>>().join("/"),
        };
        if id.is_empty() {
            import.problem(
                entry,
                &problem(line, "", "", "identifier", "the columns of the record are empty; the row was left out".into()),
            )?;
            continue;
        }
        let mut problems = Vec::new();
        let mut read = |column: &Column<'_>| {
            let text = column.at.map_or_else(|| column.rule.value.clone().unwrap_or_default(), cell);
            value(&workspace.model().lists, column, &text).unwrap_or_else(|reason| {
                let element = column.rule.column.as_deref().unwrap_or(column.name);
                problems.push(Problem { record: id.clone(), ..problem(line, element, &text, "value", reason) });
                Cell::Null
            })
        };
        let mut shell: [Cell; 6] = Default::default();
        for (slot, column) in shell.iter_mut().zip(&envelope) {
            if let Some(column) = column {
                *slot = read(column);
            }
        }
        let cells: Vec<Cell> = fields.iter().map(&mut read).collect();
        for p in &problems {
            import.problem(entry, p)?;
        }
        import.record(&writer, &id, (entry, line), &shell, &cells)?;
        records += 1;
    }
    import.finish_file(entry, &FileEntry { hash: hash.clone(), bytes: data.len() as u64, version: String::new(), records })?;
    Ok(import.finish(&hash, 1, data.len() as u64)?)
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
