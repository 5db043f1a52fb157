//! Which tables are written, and by which queries.

use crate::columns::{self, Column, Holds};
use anyhow::{Context as _, Result, bail};
use remit_ask::{Engine, Prepared, Questions};
use remit_model::{FieldType, Kind, Model};
use remit_store::{Cell, Reader, View, Workspace, of_the_as_of};
use std::sync::Arc;

/// Views that are not written as they stand: what they tell of statements stands in the history of each kind, and who looked at what is
/// nobody else's.
const LEFT_OUT: [&str; 7] = ["statement", "conflict", "disagreement", "entry", "look", "redaction", "waiting"];

/// Rows from which a table is divided by year; of fewer, many small files would only be slower to read.
const DIVIDED: i64 = 10_000;

/// Rows that one query reads.
const PIECE: i64 = 250_000;

/// A table that is to be written.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) part: &'static str,
    pub(super) name: String,
    pub(super) about: String,
    pub(super) columns: Arc<Vec<Column>>,
    sql: String,
    /// The numbers by which it is read in pieces: their column, the first and the last, and how many rows there are.
    key: Option<(&'static str, i64, i64, i64)>,
}

/// A query, and the table whose rows it reads.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) table: usize,
    pub(super) sql: String,
}

impl Planned {
    /// The place of the column by whose year it is divided, where it has so many rows that it is.
    pub(super) fn divided(&self, reader: &Reader) -> Result<Option<usize>> {
        let Some(at) = columns::year_of(&self.columns) else { return Ok(None) };
        let rows = match self.key {
            Some((.., rows)) => rows,
            None => count(reader, &format!("select count(*) from ({} limit {DIVIDED})", self.sql))?,
        };
        Ok((rows >= DIVIDED).then_some(at))
    }
}

fn count(reader: &Reader, sql: &str) -> Result<i64> {
    match reader.query(sql, &of_the_as_of(reader.as_of()))?.rows.first().and_then(|row| row.first()) {
        Some(Cell::Integer(n)) => Ok(*n),
        _ => Ok(0),
    }
}

/// All tables, or those of these names.
pub(super) fn tables(workspace: &Workspace, reader: &Reader, only: &[String]) -> Result<Vec<Planned>> {
    let model = workspace.model();
    let is_asked = |name: &str| only.is_empty() || only.iter().any(|o| o == name);
    let mut tables = Vec::new();
    for view in reader.views().iter().filter(|v| is_written(model, v)) {
        if is_asked(&view.name) {
            tables.push(of_view(model, reader, view)?);
        }
    }
    for part in prepared(workspace)?.into_iter().filter(|p| is_asked(&p.name)) {
        tables.push(of_part(model, reader, part)?);
    }
    for kind in model.register_kinds().filter(|k| is_asked(&k.name)) {
        tables.push(history(model, kind));
    }
    if let Some(name) = only.iter().find(|o| !tables.iter().any(|t: &Planned| t.name == **o)) {
        let mut names: Vec<&str> = reader.views().iter().filter(|v| is_written(model, v)).map(|v| v.name.as_str()).collect();
        names.sort_unstable();
        bail!("there is no table `{name}` to export; there are: {}", names.join(", "));
    }
    Ok(tables)
}

/// Whether a view is written: also that of the statements of a kind, where it tells more than that of its records.
fn is_written(model: &Model, view: &View) -> bool {
    let same = |kind: &Kind| format!("{}_statement", kind.view) == view.name && kind.record.is_some();
    !LEFT_OUT.contains(&view.name.as_str()) && !model.kinds.iter().any(same)
}

fn of_view(model: &Model, reader: &Reader, view: &View) -> Result<Planned> {
    let kind = model.kinds.iter().find(|k| k.view == view.name || format!("{}_statement", k.view) == view.name);
    let columns: Vec<Column> = view.columns.iter().map(|c| columns::column(model, &view.name, kind, &c.name)).collect();
    let names: Vec<String> = columns.iter().map(|c| format!("\"{}\"", c.name)).collect();
    let sql = format!("select {} from \"{}\"", names.join(", "), view.name);
    Ok(Planned {
        part: "views",
        name: view.name.clone(),
        about: view.about.clone(),
        columns: Arc::new(columns),
        sql,
        key: key(model, reader, view, kind)?,
    })
}

/// What the register works out for the questions that any engine answers.
fn prepared(workspace: &Workspace) -> Result<Vec<Prepared>> {
    let mut parts: Vec<Prepared> = Vec::new();
    for question in Questions::load(workspace)?.all().iter().filter(|q| q.engine == Engine::Any) {
        for part in question.prepared() {
            if !parts.iter().any(|p| p.name == part.name) {
                parts.push(part);
            }
        }
    }
    Ok(parts)
}

fn of_part(model: &Model, reader: &Reader, part: Prepared) -> Result<Planned> {
    let described = reader.describe(&part.sql).with_context(|| format!("the part {} of questions cannot be used", part.name))?;
    Ok(Planned {
        part: "parts",
        about: format!("The rows of questions/parts/{}.sql, from which questions read.", part.name),
        columns: Arc::new(described.columns.iter().map(|name| columns::column(model, &part.name, None, name)).collect()),
        name: part.name,
        sql: part.sql,
        key: None,
    })
}

/// The column of numbers by which a view of imported rows is read in pieces: tables have an index of it.
fn key(model: &Model, reader: &Reader, view: &View, kind: Option<&Kind>) -> Result<Option<(&'static str, i64, i64, i64)>> {
    let of_list = || {
        let has = |k: &&Kind| k.name == "activity" && k.fields.iter().any(|f| f.view.as_deref() == Some(view.name.as_str()));
        model.kinds.iter().any(|k| has(&k))
    };
    let name = match kind {
        Some(kind) if kind.part_of.as_deref() == Some("activity") => "activity",
        Some(kind) if kind.record.is_some() => "id",
        None if view.name == "support" || of_list() => "activity",
        _ => return Ok(None),
    };
    let found = reader.query(&format!("select min({name}), max({name}), count(*) from \"{}\"", view.name), &[])?;
    Ok(match found.rows.first().map(Vec::as_slice) {
        Some([Cell::Integer(first), Cell::Integer(last), Cell::Integer(rows)]) => Some((name, *first, *last, *rows)),
        _ => None,
    })
}

/// Every statement of a kind that the reader may see, those that were replaced or withdrawn too: with what it says, its dates, when it was
/// recorded and when another took its place. By these, valid on and known on are conditions of whoever reads the files.
fn history(model: &Model, kind: &Kind) -> Planned {
    let mut items: Vec<(String, String)> = ["statement", "record", "seq", "act", "supersedes", "withdrawn"]
        .iter()
        .map(|name| ((*name).to_owned(), format!("s.{name}")))
        .collect();
    for field in kind.fields.iter().filter(|f| !items.iter().any(|(name, _)| *name == f.name)).collect::<Vec<_>>() {
        let said = format!("json_extract(s.fields, '$.{}')", field.name);
        let sql = match &field.kind {
            FieldType::Code(list) if field.words.is_some() => format!("told('{list}', {said})"),
            _ => said,
        };
        items.push((field.name.clone(), sql));
    }
    let enveloped = model.envelope.all().map(|e| e.field.name.as_str());
    let beside = ["grade", "said_at", "taken_from", "current"];
    let more: Vec<&str> = enveloped.chain(beside).filter(|name| !items.iter().any(|(known, _)| known == name)).collect();
    items.extend(more.into_iter().map(|name| (name.to_owned(), format!("s.{name}"))));
    // What was replaced by something that the reader may not see stands for them at no time.
    let replaced =
        "(select min(n.recorded_at) from statement n where n.supersedes = s.statement and n.status_of_statement <> 'proposed')";
    items.push((
        "replaced_at".into(),
        format!(
            "case when s.current = 0 and s.withdrawn = 0 and s.status_of_statement = 'accepted' then coalesce({replaced}, s.recorded_at) \
             else {replaced} end"
        ),
    ));
    let select: Vec<String> = items.iter().map(|(name, sql)| format!("{sql} as \"{name}\"")).collect();
    let columns =
        items.iter().map(|(name, _)| columns::column(model, &kind.name, Some(kind), name)).map(|c| match c.name.as_str() {
            // A statement has a number of its own here, whatever the kind calls so.
            "seq" => Column { holds: Holds::Integer, ..c },
            _ => c,
        });
    Planned {
        part: "history",
        name: kind.name.clone(),
        about: format!("Every statement of the kind {} that was ever recorded, with its envelope.", kind.label.english()),
        columns: Arc::new(columns.collect()),
        sql: format!("select {} from statement s where s.kind = '{}'", select.join(", "), kind.name),
        key: None,
    }
}

/// The queries that read all tables; the longest tables first, so that no thread is left with one at the end.
pub(super) fn jobs(tables: &[Planned]) -> Vec<Job> {
    let rows = |t: &Planned| t.key.map_or(0, |(.., rows)| rows);
    let mut order: Vec<usize> = (0..tables.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(rows(&tables[*at])));
    let mut jobs = Vec::new();
    for table in order {
        let planned = &tables[table];
        match planned.key {
            Some((name, first, last, rows)) if rows > PIECE => {
                let step = ((last - first + 1) / (rows / PIECE + 1)).max(1);
                let mut from = first;
                while from <= last {
                    let sql = format!("{} where {name} >= {from} and {name} < {}", planned.sql, from + step);
                    jobs.push(Job { table, sql });
                    from += step;
                }
            }
            _ => jobs.push(Job { table, sql: planned.sql.clone() }),
        }
    }
    jobs
}
