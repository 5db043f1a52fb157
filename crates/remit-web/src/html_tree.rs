//! A tree that folds: a part of the page, and no picture.

use crate::cells::{CellView, code_label};
use crate::context::Context;
use crate::error::PageError;
use crate::figures::listed;
use crate::messages::m;
use remit_ask::{Answer, DrawingForm};
use serde::Deserialize;

/// A line of a tree; lists are opened before it and closed after it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TreeLine {
    pub(crate) name: CellView,
    pub(crate) note: String,
    pub(crate) class: String,
    pub(crate) confirmed: bool,
    pub(crate) below: usize,
    pub(crate) open: bool,
    /// Lists that end after this line.
    pub(crate) closes: usize,
}

/// A row of an answer that is drawn as a tree; its fields are `remit_ask::TREE_COLUMNS`.
#[derive(Deserialize)]
struct TreeRow {
    level: usize,
    actor: String,
    actor_name: String,
    actor_class: String,
    classification: String,
    relation: String,
    relation_classification: String,
    confirmed: Option<bool>,
}

/// Levels that are open at first: two, and all of a small tree.
const OPEN_LEVELS: usize = 2;
const SMALL: usize = 60;

/// The tree of an answer, where its question wants one and there are rows.
pub(crate) fn tree(cx: &Context, answer: &Answer) -> Result<Option<Vec<TreeLine>>, PageError> {
    if answer.table.rows.is_empty() || !answer.question.draw.iter().any(|d| d.form == DrawingForm::Tree) {
        return Ok(None);
    }
    let rows: Vec<TreeRow> = answer.rows_as()?;
    Ok(Some((0..rows.len()).map(|at| line(cx, &rows, at)).collect()))
}

fn line(cx: &Context, rows: &[TreeRow], at: usize) -> TreeLine {
    let row = &rows[at];
    let below = rows[at + 1..].iter().take_while(|other| other.level > row.level).count();
    let next = rows.get(at + 1).map_or(0, |r| r.level);
    let how = match row.relation.as_str() {
        "" | "part_of" => String::new(),
        "commands" => m::commanded_by(),
        _ => m::managed_by(),
    };
    let note = [row.classification.as_str(), &row.relation_classification, &how];
    let name = if row.actor_name.is_empty() { &row.actor } else { &row.actor_name };
    TreeLine {
        name: CellView::text(name).link(cx.record_link("actor", &row.actor)),
        note: listed(&note.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>()),
        class: if row.actor_class.is_empty() { String::new() } else { code_label(cx.model(), "actor_class", &row.actor_class) },
        confirmed: row.confirmed != Some(false),
        below,
        open: row.level + 1 < OPEN_LEVELS || rows.len() <= SMALL,
        closes: row.level.saturating_sub(next),
    }
}
