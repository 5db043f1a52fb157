//! What a mission's page has besides its record: its tasks by mandate, what was done of them and the money beside, what its
//! documents speak of, its people by year, and the activities that name it.

use crate::cells::{AnswerCells, CellView, TableView};
use crate::chart::{Chart, charts};
use crate::context::{Context, query};
use crate::error::PageError;
use crate::figures::{percent, plain, whole};
use crate::m;
use crate::messages::Plain;
use remit_store::{Cell, Table};
use serde::Deserialize;

/// Kinds that these tables tell of: what the page tells once, it does not tell twice.
pub(super) const TOLD: [&str; 3] = ["mandated_task", "engagement", "document"];

/// Tables for a mission: its record, and what it is called; none where nothing is on record.
pub(super) fn tables(cx: &Context, record: &str, acronym: &str) -> Result<Vec<TableView>, PageError> {
    let mut all = Vec::new();
    let questions: [(&str, &str, Plain); 3] =
        [("m3", "mandate", m::m_tasks), ("m4", "tasks", m::m_done), ("m5", "priorities", m::m_speak_of)];
    for (id, question, caption) in questions {
        // Whose they are, the page says.
        let table = without(&cx.ask(question, &[("mission", record)])?.table, &["actor", "actor_name"]);
        all.push(AnswerCells::new(cx, &table).draw(id, &caption()));
    }
    let documents = cx.table(query!("mission_documents.sql"), &[("mission", Cell::Text(record.to_owned()))])?;
    all.push(AnswerCells::new(cx, &documents).draw("m6", &m::m_documents()));
    all.extend(by_name(cx, acronym)?);
    all.retain(|t| !t.rows.is_empty());
    Ok(all)
}

/// Pictures for a mission: its record, and what it is called.
pub(super) fn pictures(cx: &Context, record: &str, acronym: &str) -> Result<Vec<Chart>, PageError> {
    let mut all = Vec::new();
    let named = if acronym.is_empty() { record } else { acronym };
    for (question, mission) in [("mandated", named), ("priorities", named), ("women", acronym)] {
        if !mission.is_empty() {
            all.extend(charts(cx, &cx.ask(question, &[("mission", mission)])?)?);
        }
    }
    Ok(all)
}

/// A table without some columns, as far as it has them.
fn without(table: &Table, names: &[&str]) -> Table {
    let kept: Vec<usize> = (0..table.columns.len()).filter(|c| !names.contains(&table.columns[*c].as_str())).collect();
    Table {
        columns: kept.iter().map(|c| table.columns[*c].clone()).collect(),
        rows: table.rows.iter().map(|r| kept.iter().map(|c| r[*c].clone()).collect()).collect(),
    }
}

/// People and activities, which name a mission by its acronym.
fn by_name(cx: &Context, acronym: &str) -> Result<Vec<TableView>, PageError> {
    if acronym.is_empty() {
        return Ok(Vec::new());
    }
    let mission = [("mission", Cell::Text(acronym.to_owned()))];
    let people = strength(cx.rows(query!("mission_people.sql"), &mission)?);
    let activities = cx.table(query!("mission_activities.sql"), &mission)?;
    Ok(vec![people, AnswerCells::new(cx, &activities).draw("m2", &m::m_activities(acronym))])
}

/// The people of a service in a year.
#[derive(Deserialize)]
struct People {
    year: Option<i64>,
    service: String,
    women: Option<f64>,
    men: Option<f64>,
    total: Option<f64>,
}

/// People by year and service, with the share of women.
fn strength(people: Vec<People>) -> TableView {
    let shown = |n: Option<f64>| n.map_or_else(CellView::unknown, |n| CellView::number(whole(n)));
    let row = |p: People| {
        let share = match (p.women, p.total) {
            (Some(women), Some(total)) if total > 0.0 => CellView::number(percent(100.0 * women / total, 1)),
            _ => CellView::unknown(),
        };
        vec![
            CellView::text(p.year.map(|y| plain(y as f64, 0)).unwrap_or_default()),
            CellView::text(p.service),
            shown(p.women),
            shown(p.men),
            shown(p.total),
            share,
        ]
    };
    TableView {
        id: "m1".into(),
        caption: m::m_people(),
        unit: m::m_averages(),
        heads: vec![
            CellView::text(m::m_year()),
            CellView::text(m::m_service()),
            CellView::number(m::m_women()),
            CellView::number(m::m_men()),
            CellView::number(m::m_all()),
            CellView::number(m::m_share_women()),
        ],
        rows: people.into_iter().map(row).collect(),
        ..TableView::default()
    }
}
