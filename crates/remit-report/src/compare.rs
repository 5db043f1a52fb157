//! What went out beside what the same questions answer now, for the same day: what differs, and why.

use crate::ReportError;
use crate::publish::table;
use remit_ask::{Answer, ColumnStyle, Questions, Said, Voice};
use remit_model::{Day, Marking};
use remit_store::{AsOf, Cell, Reader, Table, Workspace};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A figure as it was frozen.
#[derive(Deserialize)]
struct Frozen {
    code: String,
    question: String,
    parameters: Option<String>,
    date: Option<String>,
    known_on: Option<String>,
    clearance: Option<String>,
    content: Option<String>,
}

/// The figures that are meant. One that went out more than once with the same rows has the same code: it is compared from the last
/// time on, and stands once.
const FROZEN: &str = "select code, question, parameters, date, max(known_on) as known_on, clearance, content from figure \
    where lower(code) = lower(:which) or publication in (:which, 'publication/' || :which) or record = :which group by code order by code";

/// Statements of a record that were recorded after a figure was frozen, the newest first.
const SINCE: &str = "select case when withdrawn then 'withdrawn' when supersedes is not null then 'correction' end as known, \
    coalesce(first_cited, valid_from, '') as cited, source from statement \
    where kind = :kind and record = :record and recorded_at > :known_on and status_of_statement = 'accepted' order by seq desc limit 1";

/// The newest statement that was recorded since of the kinds of which a figure is counted, of any kind where it names none: one that names
/// a record of the row, else any.
fn since_among(kinds: &[&str], records: &[(String, String)]) -> String {
    let of_kinds = if kinds.is_empty() { String::new() } else { format!("kind in ({}) and ", listed(kinds.iter().copied())) };
    format!(
        "select case when withdrawn then 'withdrawn' when supersedes is not null then 'correction' end as known, \
         coalesce(first_cited, valid_from, '') as cited, source from statement \
         where {of_kinds}recorded_at > :known_on and status_of_statement = 'accepted' and kind not in ('publication', 'figure') \
         order by exists (select 1 from json_each(fields) f where f.value in ({})) desc, seq desc limit 1",
        listed(records.iter().map(|(_, record)| record.as_str()))
    )
}

/// Texts as a list of SQL.
fn listed<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    texts.map(|t| format!("'{}'", t.replace('\'', "''"))).collect::<Vec<_>>().join(",")
}

/// Whether a data set was imported since.
const IMPORTED: &str = "select 1 from snapshot where recorded_at > :known_on limit 1";

/// The columns of a comparison.
const COLUMNS: [&str; 8] =
    ["code", "question", "row_title", "changed_column", "value_before", "value_now", "figure_change", "source"];

/// What differs from what went out, of the figures of a publication or of one figure, by its code.
///
/// # Errors
/// When there is no such publication or figure, or its question is there no more.
pub fn compare(
    workspace: &Workspace,
    questions: &Questions,
    voice: &Voice<'_>,
    as_of: &AsOf,
    which: &str,
) -> Result<Table, ReportError> {
    let reader = Reader::open(workspace, as_of.clone())?;
    let frozen = reader.query(FROZEN, &[("which", which.into())])?;
    let frozen: Vec<Frozen> = frozen.rows_as()?;
    if frozen.is_empty() {
        return Err(ReportError::NotPublished(which.to_owned()));
    }
    let mut rows = Vec::new();
    for figure in &frozen {
        let comparison = Comparison { workspace, questions, voice, as_of, figure };
        rows.extend(comparison.rows()?);
    }
    Ok(Table { columns: COLUMNS.map(str::to_owned).to_vec(), rows })
}

struct Comparison<'a> {
    workspace: &'a Workspace,
    questions: &'a Questions,
    voice: &'a Voice<'a>,
    as_of: &'a AsOf,
    figure: &'a Frozen,
}

impl Comparison<'_> {
    fn rows(&self) -> Result<Vec<Vec<Cell>>, ReportError> {
        let was = self.figure.content.as_deref().and_then(table).unwrap_or_default();
        // The same moment, asked by the rules of today: what differs there, no statement has brought about.
        let then = match self.ask(self.figure.known_on.clone()) {
            Ok((_, then)) => then,
            // Of a question that is asked no more, the other figures of the report still are.
            Err(ReportError::Ask(why)) => {
                let gone = Change { now: why.to_string(), ..Change::default() };
                return Ok(vec![self.row(&gone, "question", "")]);
            }
            Err(other) => return Err(other),
        };
        let (reader, now) = self.ask(self.as_of.known_on.clone())?;
        // Since when a row stands there is no fact that anybody relies on.
        let left_out = then.question.event.as_ref().map_or("", |event| event.known.as_str());
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for change in changes(self.voice, &was, &then.table, left_out) {
            rows.push(self.row(&change, "rule", ""));
        }
        for change in changes(self.voice, &then.table, &now.table, left_out) {
            let (why, source) = self.why(&reader, &change)?;
            rows.push(self.row(&change, why, &source));
        }
        Ok(rows)
    }

    fn ask(&self, known_on: Option<String>) -> Result<(Reader, Answer), ReportError> {
        let valid_on = self.figure.date.as_deref().and_then(Day::parse).unwrap_or(self.as_of.valid_on);
        // As it went out: who may see more now would else take that for a difference. What went out is marked as high as it was asked.
        let clearance = self.figure.clearance.as_deref().and_then(|c| c.parse::<Marking>().ok()).unwrap_or(self.as_of.clearance);
        let reader = Reader::open(self.workspace, AsOf { valid_on, known_on, clearance: clearance.min(self.as_of.clearance) })?;
        let given: BTreeMap<String, String> =
            serde_json::from_str(self.figure.parameters.as_deref().unwrap_or("{}")).unwrap_or_default();
        let given: Vec<(String, String)> = given.into_iter().collect();
        let answer = Answer::ask(self.workspace, self.questions, &reader, &self.figure.question, &given)?;
        Ok((reader, answer))
    }

    /// Why a row differs: what was recorded of its records since; of a row that counts many, what was recorded of what it counts.
    fn why(&self, reader: &Reader, change: &Change) -> Result<(&'static str, String), ReportError> {
        let known_on = Cell::Text(self.figure.known_on.clone().unwrap_or_default());
        for (kind, record) in &change.records {
            let given = [("kind", kind.clone().into()), ("record", record.clone().into()), ("known_on", known_on.clone())];
            if let Some(row) = reader.query(SINCE, &given)?.rows.first() {
                return Ok(self.told(row));
            }
        }
        let known_on = [("known_on", known_on)];
        if !reader.query(IMPORTED, &known_on)?.rows.is_empty() {
            return Ok(("data_set", String::new()));
        }
        let question = self.questions.get(&self.figure.question)?;
        let kinds = self.workspace.model().kinds.iter().filter(|k| question.reads(&k.view)).map(|k| k.name.as_str());
        let counted = reader.query(&since_among(&kinds.collect::<Vec<_>>(), &change.records), &known_on)?;
        Ok(counted.rows.first().map_or(("not_known", String::new()), |row| self.told(row)))
    }

    /// What a statement has to do with the difference, and its source.
    fn told(&self, row: &[Cell]) -> (&'static str, String) {
        let day = self.figure.date.clone().unwrap_or_default();
        let text = |at: usize| row[at].text().unwrap_or_default().to_owned();
        let (known, cited, source) = (text(0), text(1), text(2));
        match (known.as_str(), !cited.is_empty() && cited <= day) {
            ("withdrawn", _) => ("withdrawn", source),
            ("correction", _) => ("correction", source),
            // Somebody could have known it then.
            (_, true) => ("late_source", source),
            (_, false) => ("new_statement", source),
        }
    }

    fn row(&self, change: &Change, why: &str, source: &str) -> Vec<Cell> {
        let text = |text: &str| if text.is_empty() { Cell::Null } else { Cell::Text(text.to_owned()) };
        let Frozen { code, question, .. } = self.figure;
        [code, question, &change.title, &change.column, &change.before, &change.now, why, source].map(text).to_vec()
    }
}

/// What differs in a row: one column of it, or that it is there.
#[derive(Default)]
struct Change {
    title: String,
    column: String,
    before: String,
    now: String,
    records: Vec<(String, String)>,
}

/// What differs between two tables of the same question, but for a column that is left out.
fn changes(voice: &Voice<'_>, before: &Table, now: &Table, left_out: &str) -> Vec<Change> {
    let (old, new) = (keyed(before), keyed(now));
    let mut changes = Vec::new();
    for (key, row) in &old {
        match new.get(key) {
            None => changes.push(change(voice, before, *row, String::new(), title(voice, before, *row), String::new())),
            Some(other) => {
                for (at, name) in before.columns.iter().enumerate().filter(|(_, name)| *name != left_out) {
                    let Some(there) = now.column(name) else { continue };
                    if before.rows[*row][at] != now.rows[*other][there] {
                        let said = |table: &Table, row: usize, at: usize| Said::new(voice.clone(), table).cell(row, at).text;
                        let column = Said::new(voice.clone(), before).head(at);
                        changes.push(change(voice, now, *other, column, said(before, *row, at), said(now, *other, there)));
                    }
                }
            }
        }
    }
    for (key, row) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
        let _ = key;
        changes.push(change(voice, now, *row, String::new(), String::new(), title(voice, now, *row)));
    }
    changes
}

fn change(voice: &Voice<'_>, table: &Table, row: usize, column: String, before: String, now: String) -> Change {
    let records = Said::new(voice.clone(), table).records(row);
    Change { title: title(voice, table, row), column, before, now, records }
}

/// The rows by what they are about: their texts that are no days, and which of several alike they are.
fn keyed(table: &Table) -> BTreeMap<(String, usize), usize> {
    let mut keyed = BTreeMap::new();
    for (at, row) in table.rows.iter().enumerate() {
        let of_the_row = table.columns.iter().zip(row).filter(|(name, _)| IDENTIFIERS.contains(&name.as_str()));
        let mut key: String = of_the_row.filter_map(|(_, cell)| cell.text()).collect::<Vec<_>>().join("\u{1f}");
        if key.is_empty() {
            key = row.iter().filter_map(Cell::text).collect::<Vec<_>>().join("\u{1f}");
        }
        let nth = (0..).find(|n| !keyed.contains_key(&(key.clone(), *n))).unwrap_or(0);
        keyed.insert((key, nth), at);
    }
    keyed
}

/// Columns that say what a row is about, whatever else it says of it.
const IDENTIFIERS: [&str; 14] = [
    "record",
    "identifier",
    "kind",
    "service",
    "reform",
    "strategy",
    "plan_part",
    "supporter",
    "recipient",
    "security_function",
    "dimension",
    "addressee",
    "sign",
    "actor_class",
];

/// What a row is called: what it is about, and the name of its record where it has one; else its first texts that are seen. When it
/// was recorded is no name.
fn title(voice: &Voice<'_>, table: &Table, row: usize) -> String {
    let said = Said::new(voice.clone(), table);
    let is_name = |c: &usize| {
        let show = said.look(*c).show;
        !matches!(show, ColumnStyle::Hidden | ColumnStyle::Date | ColumnStyle::Moment) && table.rows[row][*c].text().is_some()
    };
    let seen: Vec<usize> = (0..table.columns.len()).filter(is_name).collect();
    let named = |names: &[&str]| seen.iter().copied().find(|c| names.contains(&table.columns[*c].as_str()));
    let columns = match named(&["record_title", "title"]) {
        Some(name) => named(&IDENTIFIERS).into_iter().chain([name]).collect(),
        None => seen,
    };
    let mut parts: Vec<String> = columns.iter().map(|c| said.cell(row, *c).text).collect();
    parts.dedup();
    parts.truncate(2);
    voice.locale.list(&parts)
}
