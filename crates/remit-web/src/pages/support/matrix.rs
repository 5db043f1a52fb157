//! The matrix itself: a row a supporter, a column a recipient.

use super::matrix_cell::{MatrixCell, PLANNED, SignStages, class, many, month, planned};
use super::signs::{self, SignRows, Signed};
use crate::cells::{code_label, recipient};
use crate::context::Context;
use crate::error::PageError;
use crate::figures::{money, total};
use remit_ask::Answer;
use remit_model::Code;
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};

/// The matrix, ready to be drawn.
pub(super) struct SupportMatrix {
    pub(super) heads: Vec<String>,
    /// Recipients that nobody supports, of whom one would want to know: a line of names instead of empty columns.
    pub(super) without: Vec<String>,
    pub(super) rows: Vec<SupportMatrixRow>,
    pub(super) signs: Vec<SignRows>,
    pub(super) totals: Vec<MatrixCell>,
    pub(super) grand: MatrixCell,
}

pub(super) struct SupportMatrixRow {
    pub(super) supporter: String,
    pub(super) href: String,
    pub(super) all: MatrixCell,
    pub(super) cells: Vec<MatrixCell>,
}

/// A supporter, as the question `supporters` answers.
#[derive(Deserialize)]
pub(in crate::pages) struct Supporter {
    supporter: String,
    supporter_name: String,
    activities: f64,
    pub(in crate::pages) active: f64,
    planned_activities: f64,
    pub(super) committed_usd: Option<f64>,
    pub(super) disbursed_usd: Option<f64>,
    pub(super) committed_usd_set_apart: Option<f64>,
    pub(super) disbursed_usd_set_apart: Option<f64>,
    pub(super) committed_usd_left_out: Option<f64>,
    pub(super) disbursed_usd_left_out: Option<f64>,
    pub(super) with_unconverted: f64,
    pub(super) doubtful: f64,
    ends: String,
}

/// What a supporter gives to a recipient, as the question `support` answers.
#[derive(Deserialize)]
struct GivenSupport {
    supporter: String,
    recipient: String,
    activities: f64,
    active: f64,
    planned_activities: f64,
    committed_usd: Option<f64>,
    disbursed_usd: Option<f64>,
    committed_usd_set_apart: Option<f64>,
    disbursed_usd_set_apart: Option<f64>,
    committed_usd_left_out: Option<f64>,
    disbursed_usd_left_out: Option<f64>,
    with_unconverted: f64,
    ends: String,
}

/// What a recipient gets of all, as the question `recipients` answers.
#[derive(Deserialize)]
struct Got {
    recipient: String,
    activities: f64,
    planned_activities: f64,
}

/// An activity, as the question `activities` answers.
#[derive(Deserialize)]
pub(super) struct ListedActivity {
    pub(super) phase: String,
}

/// What a recipient is called: a class and a function may have the same code.
fn name(cx: &Context, by: &str, code: &str) -> String {
    if by == "function" && code != "unspecified" && cx.model().lists.has("security_function", code) {
        return code_label(cx.model(), "security_function", code);
    }
    recipient(cx.model(), code)
}

pub(super) fn draw(
    cx: &Context,
    answer: &Answer,
    supporters: &[Supporter],
    signed: &[Signed],
    stages: SignStages,
) -> Result<SupportMatrix, PageError> {
    let [country, by, who, sign] = ["country", "by", "who", "sign"].map(|name| answer.parameter(name));
    let mut given: Vec<GivenSupport> = answer.rows_as()?;
    given.retain(|g| stages.show(g.activities, g.planned_activities));
    let found = given.iter().map(|g| g.recipient.as_str()).chain(signs::recipients(signed, by)).collect();
    let (codes, without) = columns(cx, by, found);
    let names = |codes: &[String]| codes.iter().map(|c| name(cx, by, c)).collect();
    let by_pair: HashMap<(&str, &str), &GivenSupport> =
        given.iter().map(|g| ((g.supporter.as_str(), g.recipient.as_str()), g)).collect();
    let row = |s: &Supporter| {
        let cell = |code: &String| match by_pair.get(&(s.supporter.as_str(), code.as_str())) {
            Some(given) => {
                let parameters =
                    [("country", country), ("supporter", s.supporter.as_str()), ("who", who), ("sign", sign), (by, code)];
                of_given(cx, given, stages, cx.link("/ask/activities", &parameters))
            }
            None => MatrixCell::default(),
        };
        let href = cx.link("/ask/activities", &[("country", country), ("supporter", &s.supporter), ("who", who), ("sign", sign)]);
        SupportMatrixRow {
            supporter: s.supporter_name.clone(),
            all: of_supporter(cx, s, stages, href.clone()),
            href,
            cells: codes.iter().map(cell).collect(),
        }
    };
    Ok(SupportMatrix {
        heads: names(&codes),
        without: names(&without),
        rows: supporters.iter().filter(|s| stages.show(s.activities, s.planned_activities)).map(row).collect(),
        signs: signs::draw(cx, signed, [country, by, who], &codes),
        totals: totals(cx, [country, by, sign], &codes, &given, stages)?,
        grand: grand(cx, [country, who, sign], supporters, stages)?,
    })
}

/// All that all supporters give.
fn grand(
    cx: &Context,
    [country, who, sign]: [&str; 3],
    supporters: &[Supporter],
    stages: SignStages,
) -> Result<MatrixCell, PageError> {
    let (all, coming) = if who == "reporter" {
        (supporters.iter().map(|s| s.activities).sum(), supporters.iter().map(|s| s.planned_activities).sum())
    } else {
        // An activity may have several funders, or several who implement it.
        let each: Vec<ListedActivity> = cx.ask("activities", &[("country", country), ("sign", sign)])?.rows_as()?;
        (each.len() as f64, each.iter().filter(|a| a.phase == PLANNED).count() as f64)
    };
    let (begun, coming) = stages.of(all, coming);
    let sum = |of: fn(&Supporter) -> Option<f64>| total(supporters.iter().map(of));
    let unconverted = sum(|s| Some(s.with_unconverted)).unwrap_or_default();
    Ok(MatrixCell {
        activities: many(begun),
        planned: planned(coming),
        committed: shown(
            sum(|s| s.committed_usd),
            [sum(|s| s.committed_usd_set_apart), sum(|s| s.committed_usd_left_out)],
            unconverted,
        ),
        disbursed: shown(
            sum(|s| s.disbursed_usd),
            [sum(|s| s.disbursed_usd_set_apart), sum(|s| s.disbursed_usd_left_out)],
            unconverted,
        ),
        href: cx.link("/ask/activities", &[("country", country), ("sign", sign)]),
        mark: mark(unconverted),
        ..Default::default()
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

fn of_given(cx: &Context, g: &GivenSupport, stages: SignStages, href: String) -> MatrixCell {
    let (begun, coming) = stages.of(g.activities, g.planned_activities);
    MatrixCell {
        activities: many(begun),
        planned: planned(coming),
        class: shaded(cx, begun, g.active, &g.ends),
        committed: shown(g.committed_usd, [g.committed_usd_set_apart, g.committed_usd_left_out], g.with_unconverted),
        disbursed: shown(g.disbursed_usd, [g.disbursed_usd_set_apart, g.disbursed_usd_left_out], g.with_unconverted),
        ends: month(&g.ends),
        href,
        mark: mark(g.with_unconverted),
    }
}

fn of_supporter(cx: &Context, s: &Supporter, stages: SignStages, href: String) -> MatrixCell {
    let (begun, coming) = stages.of(s.activities, s.planned_activities);
    MatrixCell {
        activities: many(begun),
        planned: planned(coming),
        class: shaded(cx, begun, s.active, &s.ends),
        committed: shown(s.committed_usd, [s.committed_usd_set_apart, s.committed_usd_left_out], s.with_unconverted),
        disbursed: shown(s.disbursed_usd, [s.disbursed_usd_set_apart, s.disbursed_usd_left_out], s.with_unconverted),
        ends: month(&s.ends),
        href,
        mark: mark(s.with_unconverted),
    }
}

/// What has begun gives the shade; what is only planned has none.
fn shaded(cx: &Context, begun: f64, active: f64, ends: &str) -> String {
    if begun > 0.0 { class(cx.request.as_of.valid_on, begun, active, ends) } else { String::new() }
}

/// An amount below which nothing is left out.
pub(super) const LEAST: f64 = 0.5;

/// A sum, with a mark where some of the money is left out of it; the mark alone where all of it is, so that it never looks like nothing.
fn shown(sum: Option<f64>, left_out: [Option<f64>; 2], unconverted: f64) -> Option<String> {
    if left_out.into_iter().flatten().all(|n| n.abs() < LEAST) {
        return sum.map(money).or_else(|| (unconverted > 0.0).then(|| "…".to_owned()));
    }
    Some(match sum.filter(|n| n.abs() >= LEAST) {
        Some(n) => format!("{}†", money(n)),
        None => "†".to_owned(),
    })
}

/// Some of it could not be converted, and is in no sum.
fn mark(unconverted: f64) -> &'static str {
    if unconverted > 0.0 { "*" } else { "" }
}

/// The foot of the matrix: an activity of two supporters' rows is counted once.
fn totals(
    cx: &Context,
    [country, by, sign]: [&str; 3],
    codes: &[String],
    given: &[GivenSupport],
    stages: SignStages,
) -> Result<Vec<MatrixCell>, PageError> {
    // Places are only added up: an activity that has several supporters counts for each of them.
    let of = |code: &String| given.iter().filter(|g| g.recipient == *code).collect::<Vec<_>>();
    let added = |code: &String| {
        let these = of(code);
        Some((these.iter().map(|g| g.activities).sum(), these.iter().map(|g| g.planned_activities).sum()))
    };
    let got: Vec<Got> = match by {
        "place" => Vec::new(),
        _ => cx.ask("recipients", &[("country", country), ("by", by), ("sign", sign)])?.rows_as()?,
    };
    let counted = |code: &String| match by {
        "place" => added(code),
        _ => got.iter().find(|g| g.recipient == *code).map(|g| (g.activities, g.planned_activities)),
    };
    let cell = |code: &String| match counted(code).map(|(all, coming)| stages.of(all, coming)) {
        Some((begun, coming)) if begun + coming > 0.0 => MatrixCell {
            activities: many(begun),
            planned: planned(coming),
            href: cx.link("/ask/activities", &[("country", country), ("sign", sign), (by, code)]),
            ..Default::default()
        },
        _ => MatrixCell::default(),
    };
    Ok(codes.iter().map(cell).collect())
}
