//! What went out beside what the same questions answer now, for the same day: what differs, and why.

use crate::ReportError;
use crate::publish::table;
use remit_ask::{Answer, CellWords, ColumnStyle, Questions, Voice};
use remit_model::{Day, Marking};
use remit_store::{AsOf, AskedBy, Cell, HeldBack, Reader, StoreError, Table, Workspace};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

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

/// The figures that are meant: by their code, by the record of one, by the publication or its number alone. One that went out more than once
/// with the same rows has the same code: it is compared from the last time on, and stands once.
const FROZEN: &str = "select code, question, parameters, date, max(known_on) as known_on, clearance, content from figure \
    where lower(code) = lower(:which) or record = :which or publication in (:which, 'publication/' || lower(:which)) \
    group by code order by code";

/// What a statement `t` did to what was known before it: it took back, corrected, or was only graded anew.
const KNOWN: &str = "case when t.withdrawn then 'withdrawn' when t.supersedes is not null then coalesce((select case when o.fields = t.fields \
    and o.valid_from is t.valid_from and o.valid_to is t.valid_to and not o.withdrawn \
    and (o.reliability is not t.reliability or o.credibility is not t.credibility) then 'graded' else 'correction' end \
    from statement o where o.statement = t.supersedes), 'correction') end as known, coalesce(t.first_cited, t.valid_from, '') as cited, t.source";

/// Statements of a record that were recorded after a figure was frozen, the newest first.
fn since() -> String {
    format!(
        "select {KNOWN} from statement t where t.kind = :kind and t.record = :record and t.recorded_at > :known_on \
         and t.status_of_statement = 'accepted' order by t.seq desc limit 1"
    )
}

/// Whether a record was marked higher since than what went out may tell.
fn marked_since(clearance: Marking) -> String {
    let told: Vec<&str> = Marking::ALL.iter().filter(|m| **m <= clearance).map(|m| m.code()).collect();
    format!(
        "select 1 from statement t where t.kind = :kind and t.record = :record and t.recorded_at > :known_on and t.supersedes is not null \
         and t.status_of_statement = 'accepted' and t.marking not in ({}) limit 1",
        listed(told.into_iter())
    )
}

/// The newest statements that were recorded since of the kinds of which a figure is counted, of any kind where it names none: first those
/// that name most of what the row is about.
fn since_among(kinds: &[&str], own: &str, about: &[String]) -> String {
    let of_kinds = if kinds.is_empty() { String::new() } else { format!("t.kind in ({}) and ", listed(kinds.iter().copied())) };
    format!(
        "select {KNOWN}, (select count(*) from json_each(t.fields) f where f.value in ({})) as named from statement t \
         where {of_kinds}t.kind <> '{own}' and t.recorded_at > :known_on and t.status_of_statement = 'accepted' and t.kind not in ('publication', 'figure') \
         order by named desc, t.seq desc limit {MOST_SINCE}",
        listed(about.iter().map(String::as_str))
    )
}

/// Statements that are looked at where none names what a row is about.
const MOST_SINCE: usize = 200;

/// Texts as a list of SQL.
fn listed<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    texts.map(|t| format!("'{}'", t.replace('\'', "''"))).collect::<Vec<_>>().join(",")
}

/// Whether a data set was imported since.
const IMPORTED: &str = "select 1 from snapshot where recorded_at > :known_on limit 1";

/// The columns of a comparison.
const COLUMNS: [&str; 8] =
    ["code", "question", "row_title", "changed_column", "value_before", "value_now", "figure_change", "source"];

/// What differs from what went out, of the figures of a publication or of one figure, by its code. What is `held` back stays so where the
/// comparison is handed on; where nothing is, each figure is asked as it went out.
///
/// # Errors
/// When there is no such publication or figure, or its question is there no more.
pub fn compare(
    workspace: &Workspace,
    questions: &Questions,
    voice: &Voice<'_>,
    as_of: &AsOf,
    held: Option<&Arc<HeldBack>>,
    which: &str,
) -> Result<Table, ReportError> {
    let reader = Reader::open(workspace, as_of.clone())?;
    let frozen = reader.query(FROZEN, &[("which", which.into())])?;
    let frozen: Vec<Frozen> = frozen.rows_as()?;
    if frozen.is_empty() {
        return Err(ReportError::NotPublished(which.to_owned()));
    }
    let held = held.filter(|held| ***held != HeldBack::default());
    let (mut rows, mut by_clearance) = (Vec::new(), BTreeMap::new());
    for figure in &frozen {
        let comparison = FigureComparison { workspace, questions, voice, as_of, figure };
        let of_clearance = match held {
            Some(held) => held.clone(),
            None => held_back(workspace, comparison.clearance(), &mut by_clearance)?,
        };
        rows.extend(comparison.rows(&of_clearance, held.is_some())?);
    }
    Ok(Table { columns: COLUMNS.map(str::to_owned).to_vec(), rows })
}

/// What is held back of what may be seen up to a marking, worked out once.
fn held_back(
    workspace: &Workspace,
    clearance: Marking,
    known: &mut BTreeMap<Marking, Arc<HeldBack>>,
) -> Result<Arc<HeldBack>, StoreError> {
    if let Some(held) = known.get(&clearance) {
        return Ok(held.clone());
    }
    let held = Arc::new(HeldBack::of(workspace, clearance)?);
    known.insert(clearance, held.clone());
    Ok(held)
}

struct FigureComparison<'a> {
    workspace: &'a Workspace,
    questions: &'a Questions,
    voice: &'a Voice<'a>,
    as_of: &'a AsOf,
    figure: &'a Frozen,
}

impl FigureComparison<'_> {
    /// Its rows, without what is held back where that stays so (`is_kept`), else as the figure went out.
    fn rows(&self, held: &Arc<HeldBack>, is_kept: bool) -> Result<Vec<Vec<Cell>>, ReportError> {
        let was = self.figure.content.as_deref().and_then(table).unwrap_or_default();
        // The same moment, asked by the rules of today: what differs there, no statement has brought about.
        let all = Arc::default();
        let mut then = match self.ask(self.figure.known_on.clone(), &all) {
            Ok((_, then)) => then,
            // Of a question that is asked no more, the other figures of the report still are.
            Err(ReportError::Ask(why)) => {
                let gone = RowChange { now: why.to_string(), ..RowChange::default() };
                return Ok(vec![self.row(&gone, "question", "")]);
            }
            Err(other) => return Err(other),
        };
        // Since when a row stands there is no fact that anybody relies on.
        let left_out = then.question.event.as_ref().map_or("", |event| event.known.as_str());
        let left_out = left_out.to_owned();
        let (mut by_rule, mut asked) = (changes(self.voice, &was, &then.table, &left_out), &all);
        if **held != HeldBack::default() {
            let (_, without) = self.ask(self.figure.known_on.clone(), held)?;
            let mut differs = changes(self.voice, &was, &without.table, &left_out);
            if is_kept || differs.len() <= by_rule.len() {
                (then, asked) = (without, held);
                std::mem::swap(&mut by_rule, &mut differs);
            }
            // That something was, or is, held back is no change.
            by_rule.retain(|one| differs.iter().any(|other| (&one.title, &one.column) == (&other.title, &other.column)));
        }
        let (reader, now) = self.ask(self.as_of.known_on.clone(), asked)?;
        let mut rows: Vec<Vec<Cell>> = by_rule.iter().map(|change| self.row(change, "rule", "")).collect();
        let changed = changes(self.voice, &then.table, &now.table, &left_out);
        let above = if changed.is_empty() { None } else { self.above(&reader)? };
        for change in changed {
            let (why, source) = self.why(&reader, above.as_ref(), &change)?;
            rows.push(self.row(&change, why, &source));
        }
        Ok(rows)
    }

    /// As it went out: who may see more now would else take that for a difference. What went out is marked as high as it was asked.
    fn clearance(&self) -> Marking {
        let clearance = self.figure.clearance.as_deref().and_then(|c| c.parse::<Marking>().ok()).unwrap_or(self.as_of.clearance);
        clearance.min(self.as_of.clearance)
    }

    fn ask(&self, known_on: Option<String>, held: &Arc<HeldBack>) -> Result<(Reader, Answer), ReportError> {
        let valid_on = self.figure.date.as_deref().and_then(Day::parse).unwrap_or(self.as_of.valid_on);
        let as_of = AsOf { valid_on, known_on, clearance: self.clearance() };
        let reader = Reader::without(self.workspace, as_of, AskedBy::Questions, held.clone())?;
        let given: BTreeMap<String, String> =
            serde_json::from_str(self.figure.parameters.as_deref().unwrap_or("{}")).unwrap_or_default();
        let given: Vec<(String, String)> = given.into_iter().collect();
        let answer = Answer::ask(self.workspace, self.questions, &reader, &self.figure.question, &given)?;
        Ok((reader, answer))
    }

    /// Why a row differs: what was recorded of its records since; of a row that counts many, what was recorded of what it counts. Where
    /// that may be several things, nobody is told one of them.
    fn why(&self, reader: &Reader, above: Option<&Reader>, change: &RowChange) -> Result<(&'static str, String), ReportError> {
        let known_on = Cell::Text(self.figure.known_on.clone().unwrap_or_default());
        for (kind, record) in &change.records {
            let given = [("kind", kind.clone().into()), ("record", record.clone().into()), ("known_on", known_on.clone())];
            if let Some(row) = reader.query(&since(), &given)?.rows.first() {
                return Ok(self.told(row));
            }
        }
        if let Some(above) = above
            && self.was_marked(above, reader.as_of().clearance, change)?
        {
            return Ok(("marking", String::new()));
        }
        let known_on = [("known_on", known_on)];
        if !reader.query(IMPORTED, &known_on)?.rows.is_empty() {
            return Ok(("data_set", String::new()));
        }
        let question = self.questions.get(&self.figure.question)?;
        let kinds = self.workspace.model().kinds.iter().filter(|k| question.reads(&k.view) || k.name == change.kind);
        let kinds = kinds.map(|k| k.name.as_str());
        // A row that is a record of its own is not changed by another record of the kind.
        let counted = reader.query(&since_among(&kinds.collect::<Vec<_>>(), &change.own, &change.about), &known_on)?;
        let Some(first) = counted.rows.first() else { return Ok(("not_known", String::new())) };
        let told = self.told(first);
        let is_named = first[3].number().is_some_and(|named| named > 0.0);
        let is_only = counted.rows.iter().all(|row| self.told(row) == told);
        Ok(if is_named || is_only { told } else { ("not_known", String::new()) })
    }

    /// All that whoever compares may see, where that is more than went out.
    fn above(&self, reader: &Reader) -> Result<Option<Reader>, ReportError> {
        let as_of = reader.as_of();
        if self.as_of.clearance <= as_of.clearance {
            return Ok(None);
        }
        Ok(Some(Reader::open(self.workspace, AsOf { valid_on: as_of.valid_on, ..self.as_of.clone() })?))
    }

    /// True where a record of a row was marked higher since, as far as whoever compares may know.
    fn was_marked(&self, above: &Reader, clearance: Marking, change: &RowChange) -> Result<bool, ReportError> {
        let (sql, known_on) = (marked_since(clearance), Cell::Text(self.figure.known_on.clone().unwrap_or_default()));
        for (kind, record) in &change.records {
            let given = [("kind", kind.clone().into()), ("record", record.clone().into()), ("known_on", known_on.clone())];
            if !above.query(&sql, &given)?.rows.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Why a statement made the difference (a correction, a late source, a new one), and its source.
    fn told(&self, row: &[Cell]) -> (&'static str, String) {
        let day = self.figure.date.clone().unwrap_or_default();
        let text = |at: usize| row[at].text().unwrap_or_default().to_owned();
        let (known, cited, source) = (text(0), text(1), text(2));
        match (known.as_str(), !cited.is_empty() && cited <= day) {
            ("withdrawn", _) => ("withdrawn", source),
            ("correction", _) => ("correction", source),
            ("graded", _) => ("graded", source),
            // Somebody could have known it then.
            (_, true) => ("late_source", source),
            (_, false) => ("new_statement", source),
        }
    }

    fn row(&self, change: &RowChange, why: &str, source: &str) -> Vec<Cell> {
        let text = |text: &str| if text.is_empty() { Cell::Null } else { Cell::Text(text.to_owned()) };
        let Frozen { code, question, .. } = self.figure;
        [code, question, &change.title, &change.column, &change.before, &change.now, why, source].map(text).to_vec()
    }
}

/// A difference in a row: in one of its columns, or that the whole row is new or gone.
#[derive(Default)]
struct RowChange {
    title: String,
    column: String,
    before: String,
    now: String,
    records: Vec<(String, String)>,
    /// The kind of the record that the row stands for, where it stands for one.
    own: String,
    /// The kind that the row tells of, whether or not it is a record.
    kind: String,
    /// What the row is about: its records, and the codes that tell it from others.
    about: Vec<String>,
}

/// What differs between two tables of the same question, but for a column that is left out.
fn changes(voice: &Voice<'_>, before: &Table, now: &Table, left_out: &str) -> Vec<RowChange> {
    let (old, new) = (keyed(before), keyed(now));
    let mut changes = Vec::new();
    for (key, row) in &old {
        match new.get(key) {
            None => changes.push(change(voice, before, *row, String::new(), title(voice, before, *row), String::new())),
            Some(other) => {
                for (at, name) in before.columns.iter().enumerate().filter(|(_, name)| *name != left_out) {
                    let Some(there) = now.column(name) else { continue };
                    if before.rows[*row][at] != now.rows[*other][there] {
                        let said = |table: &Table, row: usize, at: usize| CellWords::new(voice.clone(), table).cell(row, at).text;
                        let column = CellWords::new(voice.clone(), before).head(at);
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

fn change(voice: &Voice<'_>, table: &Table, row: usize, column: String, before: String, now: String) -> RowChange {
    let mut records = CellWords::new(voice.clone(), table).records(row);
    let record = table.column("record").and_then(|at| table.rows[row][at].text());
    // What was said of the record that the row is tells more than what was said of one that it names.
    records.sort_by_key(|(_, other)| Some(other.as_str()) != record);
    let own = records.iter().find(|(_, other)| Some(other.as_str()) == record).map(|(kind, _)| kind.clone()).unwrap_or_default();
    let codes =
        table.columns.iter().zip(&table.rows[row]).filter(|(name, _)| IDENTIFIERS.contains(&name.as_str()) && *name != "kind");
    let codes = codes.filter_map(|(_, cell)| cell.text());
    let about = records.iter().map(|(_, record)| record.as_str()).chain(codes).map(str::to_owned).collect();
    let kind = table.column("kind").and_then(|at| table.rows[row][at].text()).unwrap_or_default().to_owned();
    RowChange { title: title(voice, table, row), column, before, now, records, own, kind, about }
}

/// The rows by what they are about: their texts that are no days, what else makes another row, and which of several alike they are.
fn keyed(table: &Table) -> BTreeMap<(String, usize), usize> {
    let mut keyed = BTreeMap::new();
    for (at, row) in table.rows.iter().enumerate() {
        let of_the_row = table.columns.iter().zip(row).filter(|(name, _)| IDENTIFIERS.contains(&name.as_str()));
        let mut key: String = of_the_row.filter_map(|(_, cell)| cell.text()).collect::<Vec<_>>().join("\u{1f}");
        if key.is_empty() {
            key = row.iter().filter_map(Cell::text).collect::<Vec<_>>().join("\u{1f}");
        }
        for (_, cell) in table.columns.iter().zip(row).filter(|(name, _)| APART.contains(&name.as_str())) {
            key.push('\u{1e}');
            match cell {
                Cell::Null => {}
                Cell::Integer(n) => key.push_str(&n.to_string()),
                Cell::Real(n) => key.push_str(&n.to_string()),
                Cell::Text(text) => key.push_str(text),
            }
        }
        let nth = (0..).find(|n| !keyed.contains_key(&(key.clone(), *n))).unwrap_or(0);
        keyed.insert((key, nth), at);
    }
    keyed
}

/// Columns whose rows are never the same one where they differ, numbers too: with a year more on record, no other year has changed.
const APART: [&str; 2] = ["year", "unknown_sort"];

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
    let said = CellWords::new(voice.clone(), table);
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
    // The year of a row, where a record has a row for each.
    let year = table.column("year").filter(|at| !table.rows[row][*at].is_null()).map(|at| said.cell(row, at).text);
    parts.extend(year.filter(|year| !parts.contains(year)));
    voice.locale.list(&parts)
}
