//! What could not be read or used as it stands.

mod problem;

pub(super) use problem::ProblemView;

use crate::app::App;
use crate::cells::{MOST, code_label};
use crate::context::{Context, Query};
use crate::figures::whole;
use crate::format::Format;
use crate::frame::Page;
use crate::m;
use crate::request::PageRequest;
use crate::response::{PageResult, html};
use crate::routes::page;
use askama::Template;
use axum::Router;
use remit_ask::{PROBLEMS, PROBLEMS_BY_RULE, ProblemRow};
use remit_store::Cell;
use serde::Deserialize;

pub(super) fn routes() -> Router<App> {
    page("/problems", &["rule"], show)
}

#[derive(Template)]
#[template(path = "problems/page.html")]
struct ProblemsPage {
    page: Page,
    total: f64,
    left_out: Vec<String>,
    rules: Vec<RuleView>,
    problems: Vec<ProblemView>,
    /// How many are in the downloads only.
    more: Option<f64>,
    chosen: String,
    all: String,
}

/// What was wrong, and how often.
struct RuleView {
    name: String,
    problems: String,
    records: String,
    href: String,
}

/// How often a rule was broken.
#[derive(Deserialize)]
struct CountedRule {
    rule: String,
    problems: f64,
    records: f64,
}

async fn show(request: PageRequest) -> PageResult {
    request.read(respond).await
}

fn respond(cx: &Context) -> PageResult {
    let chosen = cx.request.get("rule").to_owned();
    let parameters = [("rule", Cell::Text(chosen.clone()))];
    let limited = format!("{PROBLEMS} limit {MOST}");
    let sql = if cx.request.format == Format::Html { &limited } else { PROBLEMS };
    let list = cx.reader.query(sql, &parameters)?;
    if let Some(data) = cx.table_as_data("problems", &list)? {
        return Ok(data);
    }
    let by_rule = Query { file: "problems by rule", sql: PROBLEMS_BY_RULE };
    let counts: Vec<CountedRule> = cx.rows(by_rule, &[("rule", Cell::Text(String::new()))])?;
    let here: f64 = counts.iter().filter(|c| chosen.is_empty() || c.rule == chosen).map(|c| c.problems).sum();
    let name = |rule: &str| code_label(cx.model(), "import_rule", rule);
    let rule = |c: &CountedRule| RuleView {
        name: name(&c.rule),
        problems: whole(c.problems),
        records: whole(c.records),
        href: cx.link("/problems", &[("rule", &c.rule)]),
    };
    let problem = |p: ProblemRow| {
        let href = if p.record.is_empty() { String::new() } else { cx.link("/activity", &[("identifier", &p.record)]) };
        ProblemView { href, ..ProblemView::new(cx, p) }
    };
    html(&ProblemsPage {
        page: Page::new(cx, m::nav_problems(), Vec::new()),
        total: counts.iter().map(|c| c.problems).sum(),
        left_out: cx.app().to_mend(),
        rules: counts.iter().map(rule).collect(),
        problems: list.rows_as::<ProblemRow>()?.into_iter().map(problem).collect(),
        more: Some(here - MOST as f64).filter(|more| *more > 0.0),
        chosen: if chosen.is_empty() { chosen } else { name(&chosen) },
        all: cx.link("/problems", &[]),
    })
}
