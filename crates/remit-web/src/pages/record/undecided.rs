//! Statements among which somebody has to choose: proposals, and those that contradict each other.

use crate::cells::says;
use crate::context::Context;
use crate::error::PageError;
use crate::figures::date;
use crate::m;
use remit_model::Kind;
use serde::Deserialize;
use serde_json::{Map, Value};

/// One of several statements to choose from.
pub(super) struct Undecided {
    pub(super) statement: String,
    pub(super) says: String,
    pub(super) by: String,
    /// What it is one of several for: the statement that they replace, or the field of which they say different things.
    pub(super) apart: String,
    /// The statements that it contradicts.
    pub(super) others: String,
}

/// A statement as the queries find it.
#[derive(Deserialize)]
pub(super) struct UndecidedStatement {
    statement: String,
    fields: Map<String, Value>,
    author: String,
    recorded_at: String,
    source: String,
    apart: String,
}

pub(super) fn draw(cx: &Context, kind: &Kind, all: Vec<UndecidedStatement>) -> Result<Vec<Undecided>, PageError> {
    let others = |one: &UndecidedStatement| {
        let same = all.iter().filter(|o| o.statement != one.statement && o.apart == one.apart);
        same.map(|o| o.statement.as_str()).collect::<Vec<_>>().join(" ")
    };
    let draw = |one: &UndecidedStatement| {
        Ok(Undecided {
            statement: one.statement.clone(),
            says: says(cx, kind, &one.fields)?,
            by: m::said_by(date(&one.recorded_at), &one.source, &one.author),
            apart: one.apart.clone(),
            others: others(one),
        })
    };
    all.iter().map(draw).collect()
}
