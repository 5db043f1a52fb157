//! What refers to a record on the day, and what was and will be.

use super::stated::{Sourced, value};
use super::subject::Record;
use crate::cells::{CellView, MOST, TableView, names_in, says_with};
use crate::context::{Context, quoted};
use crate::error::PageError;
use crate::m;
use crate::messages::label;
use remit_model::{Field, Kind};
use remit_store::Table;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// A statement of a table, and the record that it is of.
#[derive(Deserialize)]
struct Referring {
    statement: String,
    record: String,
}

#[derive(Deserialize)]
struct KindFound {
    kind: String,
}

/// What refers to the record on the day, one table a kind and field: who oversees it, what it commands, who is posted to it;
/// but for what is `told` elsewhere, as KIND.FIELD. Also the statements that are shown so, and those of the record itself.
pub(super) fn tables(cx: &Context, record: &Record, told: &[&str]) -> Result<(Vec<TableView>, HashSet<String>), PageError> {
    let own: Vec<Referring> = record.table.rows_as()?;
    let mut shown: HashSet<String> = own.into_iter().map(|o| o.statement).collect();
    let mut drawn = Vec::new();
    if record.referring.is_empty() {
        return Ok((drawn, shown));
    }
    let ids = quoted(record.referring);
    let sql = format!("select distinct kind from statement where statement in ({ids}) and current = 1");
    let kinds: Vec<KindFound> = cx.reader.query(&sql, &[])?.rows_as()?;
    for other in cx.model().kinds.iter().filter(|k| kinds.iter().any(|of| of.kind == k.name)) {
        for (field, _) in other.references().filter(|(_, of)| *of == record.kind.name) {
            let sql = format!(
                "select * from \"{}_statement\" where statement in ({ids}) and \"{}\" = :record \
                 order by coalesce(valid_from, first_cited, ''), said_at desc, statement desc, id",
                other.view, field.name
            );
            let table = cx.reader.query(&sql, &[("record", record.id.into())])?;
            shown.extend(table.rows_as::<Referring>()?.into_iter().map(|r| r.statement));
            if !table.rows.is_empty() && !told.contains(&format!("{}.{}", other.name, field.name).as_str()) {
                drawn.push(connection(cx, other, field, &table, drawn.len())?);
            }
        }
    }
    Ok((drawn, shown))
}

fn connection(cx: &Context, other: &Kind, role: &Field, table: &Table, n: usize) -> Result<TableView, PageError> {
    let sourced: Vec<Sourced> = table.rows_as()?;
    let referring: Vec<Referring> = table.rows_as()?;
    let mut used: Vec<&Field> = Vec::new();
    for field in other.fields.iter().filter(|f| f.name != role.name) {
        let at = table.at(&field.name)?;
        if table.rows.iter().any(|r| !r[at].is_null()) {
            used.push(field);
        }
    }
    let mut heads: Vec<CellView> = used.iter().map(|f| CellView::text(label(&f.label))).collect();
    heads.extend([m::when(), m::source()].map(CellView::text));
    let row = |r: usize| {
        let mut cells: Vec<CellView> =
            used.iter().map(|f| value(cx, other, &f.name, table, r)).collect::<Result<_, PageError>>()?;
        cells.push(CellView::text(sourced[r].when()).link(cx.record_link(&other.name, &referring[r].record)));
        cells.push(sourced[r].source(cx));
        Ok(cells)
    };
    Ok(TableView {
        id: format!("c{n}"),
        caption: m::where_this_is(label(&other.label), label(&role.label)),
        heads,
        rows: (0..table.rows.len().min(MOST)).map(row).collect::<Result<_, PageError>>()?,
        more: table.rows.len().saturating_sub(MOST),
        ..TableView::default()
    })
}

/// A statement of another day.
#[derive(Deserialize)]
struct AtOtherTime {
    statement: String,
    kind: String,
    fields: Map<String, Value>,
}

/// What stands and does not hold on the day: what was said of the record itself, and of what refers to it, before and after,
/// in the order of time.
pub(super) fn other_times(cx: &Context, record: &Record, now: &HashSet<String>) -> Result<TableView, PageError> {
    let sql = format!(
        "select statement, kind, fields, source, url, locator, valid_from, valid_to, first_cited, last_cited, source_date, \
         verified_at, dates_source, dates_credibility from statement \
         where current = 1 and ((kind = :kind and record = :record) or statement in ({})) \
         order by coalesce(valid_from, first_cited, ''), said_at, statement",
        quoted(record.referring)
    );
    let table = cx.reader.query(&sql, &[("kind", record.kind.name.as_str().into()), ("record", record.id.into())])?;
    let statements: Vec<AtOtherTime> = table.rows_as()?;
    let all = statements.into_iter().zip(table.rows_as::<Sourced>()?);
    let other: Vec<(AtOtherTime, Sourced)> = all.filter(|(s, _)| !now.contains(&s.statement)).collect();
    let stated = other.iter().filter_map(|(s, _)| Some((cx.model().kind(&s.kind)?, &s.fields)));
    let names = names_in(cx, stated)?;
    let row = |(statement, sourced): &(AtOtherTime, Sourced)| {
        let kind = cx.model().kind(&statement.kind);
        let said = kind.map_or_else(String::new, |k| says_with(cx.model(), k, &statement.fields, &names));
        vec![
            CellView::text(sourced.when()),
            CellView::text(kind.map_or_else(String::new, |k| label(&k.label))),
            CellView::text(said),
            sourced.source(cx),
        ]
    };
    Ok(TableView {
        id: "times".into(),
        caption: m::at_other_times(),
        heads: [m::when(), m::kind(), m::what_is_said(), m::source()].map(CellView::text).to_vec(),
        rows: other.iter().take(MOST).map(row).collect(),
        more: other.len().saturating_sub(MOST),
        ..TableView::default()
    })
}
