//! The matrix itself: a row a supporter, a column a recipient.

use super::matrix_cell::{MatrixCell, class, month};
use super::signs::{self, SignRows, Signed};
use crate::cells::{code_label, recipient};
use crate::context::Context;
use crate::error::PageError;
use crate::figures::{money, total, whole};
use remit_ask::Answer;
use remit_model::Code;
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};

/// The matrix, ready to be drawn.
pub(super) struct Matrix {
    pub(super) heads: Vec<String>,
    /// Recipients that nobody supports, of whom one would want to know: a line of names instead of empty columns.
    pub(super) without: Vec<String>,
    pub(super) rows: Vec<MatrixRow>,
    pub(super) signs: Vec<SignRows>,
    pub(super) totals: Vec<MatrixCell>,
    pub(super) grand: MatrixCell,
}

pub(super) struct MatrixRow {
    pub(super) supporter: String,
    pub(super) href: String,
    pub(super) all: MatrixCell,
    pub(super) cells: Vec<MatrixCell>,
}

/// A supporter, as the question `supporters` answers.
#[derive(Deserialize)]
pub(super) struct Supporter {
    supporter: String,
    supporter_name: String,
    activities: f64,
    pub(super) active: f64,
    committed_usd: Option<f64>,
    disbursed_usd: Option<f64>,
    pub(super) committed_usd_left_out: Option<f64>,
    pub(super) disbursed_usd_left_out: Option<f64>,
    pub(super) with_unconverted: f64,
    pub(super) doubtful: f64,
    ends: String,
}

/// What a supporter gives to a recipient, as the question `support` answers.
#[derive(Deserialize)]
struct Given {
    supporter: String,
    recipient: String,
    activities: f64,
    active: f64,
    committed_usd: Option<f64>,
    disbursed_usd: Option<f64>,
    with_unconverted: f64,
    ends: String,
}

/// What a recipient gets of all, as the question `recipients` answers.
#[derive(Deserialize)]
struct Got {
    recipient: String,
    activities: f64,
}

/// What a recipient is called: a class and a function may have the same code.
fn name(cx: &Context, by: &str, code: &str) -> String {
    if by == "function" && code != "unspecified" && cx.model().lists.has("security_function", code) {
        return code_label(cx.model(), "security_function", code);
    }
    recipient(cx.model(), code)
}

pub(super) fn draw(cx: &Context, answer: &Answer, supporters: &[Supporter], signed: &[Signed]) -> Result<Matrix, PageError> {
    let (country, by, who) = (answer.parameter("country"), answer.parameter("by"), answer.parameter("who"));
    let given: Vec<Given> = answer.rows_as()?;
    let found = given.iter().map(|g| g.recipient.as_str()).chain(signs::recipients(signed, by)).collect();
    let (codes, without) = columns(cx, by, found);
    let names = |codes: &[String]| codes.iter().map(|c| name(cx, by, c)).collect();
    let by_pair: HashMap<(&str, &str), &Given> =
        given.iter().map(|g| ((g.supporter.as_str(), g.recipient.as_str()), g)).collect();
    let row = |s: &Supporter| {
        let cell = |code: &String| match by_pair.get(&(s.supporter.as_str(), code.as_str())) {
            Some(given) => {
                let parameters = [("country", country), ("supporter", s.supporter.as_str()), ("who", who), (by, code)];
                of_given(cx, given, cx.link("/ask/activities", &parameters))
            }
            None => MatrixCell::default(),
        };
        let href = cx.link("/ask/activities", &[("country", country), ("supporter", &s.supporter), ("who", who)]);
        MatrixRow {
            supporter: s.supporter_name.clone(),
            all: of_supporter(cx, s, href.clone()),
            href,
            cells: codes.iter().map(cell).collect(),
        }
    };
    Ok(Matrix {
        heads: names(&codes),
        without: names(&without),
        rows: supporters.iter().map(row).collect(),
        signs: signs::draw(cx, signed, country, by, &codes),
        totals: totals(cx, country, by, &codes, &given)?,
        grand: MatrixCell {
            activities: whole(match who {
                "reporter" => supporters.iter().map(|s| s.activities).sum(),
                // An activity may have several funders, or several who implement it.
                _ => cx.ask("activities", &[("country", country)])?.table.rows.len() as f64,
            }),
            committed: total(supporters.iter().map(|s| s.committed_usd)).map(money),
            disbursed: total(supporters.iter().map(|s| s.disbursed_usd)).map(money),
            href: cx.link("/ask/activities", &[("country", country)]),
            ..Default::default()
        },
    })
}

/// The recipients that make the columns: those that have support. Beside them the actor classes that have none.
fn columns(cx: &Context, by: &str, found: BTreeSet<&str>) -> (Vec<String>, Vec<String>) {
    let list = match by {
        "class" => "actor_class",
        "function" => "security_function",
        "modality" => "modality",
        _ => return (found.into_iter().map(str::to_owned).collect(), Vec::new()),
    };
    let Some(list) = cx.model().lists.get(list) else { return Default::default() };
    // Missions and donors give support: that nobody supports them is nothing to tell.
    let always = |c: &Code| by == "class" && c.category != "partner" && c.code != "unspecified";
    let all = list.as_tree().into_iter().map(|(_, code)| code);
    let told = all.filter(|c| always(c) || found.contains(c.code.as_str())).map(|c| c.code.clone());
    told.partition(|code| found.contains(code.as_str()))
}

fn of_given(cx: &Context, g: &Given, href: String) -> MatrixCell {
    MatrixCell {
        activities: whole(g.activities),
        class: class(cx.request.as_of.valid_on, g.activities, g.active, &g.ends),
        committed: g.committed_usd.map(money),
        disbursed: g.disbursed_usd.map(money),
        ends: month(&g.ends),
        href,
        mark: mark(g.with_unconverted),
    }
}

fn of_supporter(cx: &Context, s: &Supporter, href: String) -> MatrixCell {
    MatrixCell {
        activities: whole(s.activities),
        class: class(cx.request.as_of.valid_on, s.activities, s.active, &s.ends),
        committed: s.committed_usd.map(money),
        disbursed: s.disbursed_usd.map(money),
        ends: month(&s.ends),
        href,
        mark: mark(s.with_unconverted),
    }
}

/// Some of it could not be converted, and is in no sum.
fn mark(unconverted: f64) -> &'static str {
    if unconverted > 0.0 { "*" } else { "" }
}

/// The foot of the matrix: an activity of two supporters' rows is counted once.
fn totals(cx: &Context, country: &str, by: &str, codes: &[String], given: &[Given]) -> Result<Vec<MatrixCell>, PageError> {
    // Places are only added up: an activity that has several supporters counts for each of them.
    let added = |code: &String| Some(given.iter().filter(|g| g.recipient == *code).map(|g| g.activities).sum());
    let got: Vec<Got> = match by {
        "place" => Vec::new(),
        _ => cx.ask("recipients", &[("country", country), ("by", by)])?.rows_as()?,
    };
    let counted = |code: &String| match by {
        "place" => added(code),
        _ => got.iter().find(|g| g.recipient == *code).map(|g| g.activities),
    };
    let cell = |code: &String| match counted(code) {
        Some(activities) => MatrixCell {
            activities: whole(activities),
            href: cx.link("/ask/activities", &[("country", country), (by, code)]),
            ..Default::default()
        },
        None => MatrixCell::default(),
    };
    Ok(codes.iter().map(cell).collect())
}
