//! The support matrix, and what follows from it: overlaps, gaps, cliffs, concentration; and regional support beside it.

mod matrix;
mod matrix_cell;
mod signs;
mod sums;

use crate::app::App;
use crate::cells::{AnswerCells, BarRow, BarTable, CellView, TableView, code_label, country_name, recipient};
use crate::chart::{Chart, charts};
use crate::context::{Context, query};
use crate::error::PageError;
use crate::figures::{listed, plain, whole};
use crate::frame::{Choice, Link, Page, from_overview};
use crate::language::locale;
use crate::m;
use crate::messages::{Plain, label};
use crate::request::PageRequest;
use crate::response::{PageResult, html};
use crate::routes::open_page;
use askama::Template;
use axum::Router;
pub(super) use matrix::Supporter;
use matrix::{ListedActivity, SupportMatrix};
use matrix_cell::{PLANNED, SignStages};
use remit_ask::Answer;
use remit_store::Table;
use serde::Deserialize;
pub(super) use sums::{left_out, said_sums};

/// What the page speaks of.
const TERMS: [&str; 9] =
    ["supporter", "actor_class", "function", "modality", "overlap", "cliff", "gap", "concentration", "not_reported"];

pub(super) fn routes() -> Router<App> {
    open_page("/support", show)
}

#[derive(Template)]
#[template(path = "support/page.html")]
struct SupportPage {
    page: Page,
    lead: String,
    charts: Vec<Chart>,
    country: String,
    countries: Vec<Choice>,
    measures: Vec<Choice>,
    /// By whom supporters are told apart.
    views: Vec<Choice>,
    signs: Vec<Choice>,
    /// True for who may bring something in.
    writes: bool,
    /// True where some signs are not shown.
    is_chosen: bool,
    matrix: SupportMatrix,
    rule: String,
    overlaps: TableView,
    overlaps_rule: String,
    gaps: Vec<TableView>,
    gaps_rule: String,
    cliffs: TableView,
    cliffs_rule: String,
    concentration: BarTable,
    concentration_rule: String,
    /// What is in no sum: regional support that nobody has split, and amounts in currencies that have no rate; and what is of no country.
    beside: Vec<SupportBeside>,
    left_out: Option<String>,
    explain: String,
}

/// How recipients can be told apart: also the parameter of the question about activities that each becomes.
const MEASURES: [(&str, Plain); 4] =
    [("class", m::by_class), ("function", m::by_function), ("modality", m::by_modality), ("place", m::by_place)];

/// Who may be meant by a supporter: the choices of the parameter `who`.
const VIEWS: [&str; 3] = ["reporter", "funder", "implementer"];

/// The two signs by which an activity is support; both stand in one row of the matrix, with what is only read in a sum of its own.
const CODED: &str = "coded";
const READ: &str = "read";

/// By which signs support is shown: all, where none is chosen.
const SIGNS: [(&str, Plain); 6] = [
    (CODED, m::sign_coded),
    (READ, m::sign_read),
    ("stated", m::sign_stated),
    ("mandated", m::sign_mandated),
    ("reported", m::sign_reported),
    (PLANNED, m::sign_planned),
];

async fn show(request: PageRequest) -> PageResult {
    request.read(respond).await
}

fn respond(cx: &Context) -> PageResult {
    let chosen = cx.request.parameters.iter().filter(|(name, value)| name == "signs" && !value.is_empty());
    let chosen: Vec<&str> = chosen.map(|(_, value)| value.as_str()).collect();
    let is_shown = |sign: &str| chosen.is_empty() || chosen.contains(&sign);
    let is_chosen = SIGNS.iter().any(|(sign, _)| !is_shown(sign));
    // Where nothing else is chosen, what is planned is shown of every sign.
    let stages = SignStages { begun: chosen != [PLANNED], planned: is_shown(PLANNED) };
    let kinds: Vec<&str> = chosen.iter().copied().filter(|sign| *sign != PLANNED).collect();
    let is_shown_kind = |sign: &str| kinds.is_empty() || kinds.contains(&sign);
    let aid = match (is_shown_kind(CODED), is_shown_kind(READ)) {
        (true, false) => CODED,
        (false, true) => READ,
        _ => "",
    };
    // Which other signs are shown is the page's own matter; the question counts activities.
    let of_question = cx.request.parameters.iter().filter(|(name, _)| name != "signs").cloned();
    let of_question: Vec<(String, String)> =
        of_question.chain((!aid.is_empty()).then(|| ("sign".to_owned(), aid.to_owned()))).collect();
    let answer = cx.ask_all("support", &of_question)?;
    if let Some(data) = cx.answer_as_data(&answer)? {
        return Ok(data);
    }
    let [country, by, who] = ["country", "by", "who"].map(|name| answer.parameter(name).to_owned());
    let here = [("country", country.as_str())];
    let signed = signs::ask(cx, [&country, &by, &who], &kinds, !answer.table.rows.is_empty(), stages)?;
    let supporters: Vec<Supporter> =
        cx.ask("supporters", &[("country", country.as_str()), ("who", who.as_str()), ("sign", aid)])?.rows_as()?;
    let in_rows: &[Supporter] = if is_shown_kind(CODED) || is_shown_kind(READ) { &supporters } else { &[] };
    let [overlaps, gap_rows, cliffs] = ["overlaps", "gaps", "cliffs"].map(|q| cx.ask(q, &here));
    let (overlaps, gap_rows, cliffs) = (overlaps?, gap_rows?, cliffs?);
    let concentrated = cx.ask("concentration", &[("country", country.as_str()), ("sign", aid)])?;
    let name = country_name(cx.model(), &country).to_owned();
    let title = if country.is_empty() { m::support_all() } else { m::support_in(&name) };
    html(&SupportPage {
        writes: cx.app().author().is_some(),
        is_chosen,
        page: Page::new(cx, title, crumbs(cx, &country, &name)).with_terms(cx, TERMS),
        lead: lead(cx, &answer, &supporters, &signed, &gap_rows, is_chosen)?,
        charts: charts(cx, &answer)?,
        countries: countries(cx, &country)?,
        measures: MEASURES.iter().map(|(code, text)| Choice::new(*code, text(), *code == by)).collect(),
        views: VIEWS.iter().map(|view| Choice::new(*view, code_label(cx.model(), "choice", view), *view == who)).collect(),
        signs: SIGNS.iter().map(|(code, text)| Choice::new(*code, text(), is_shown(code))).collect(),
        matrix: matrix::draw(cx, &answer, in_rows, &signed, stages)?,
        rule: label(&answer.question.rule),
        overlaps: AnswerCells::new(cx, &overlaps.table).draw("t2", &m::table_n(2, m::t_overlaps())),
        overlaps_rule: label(&overlaps.question.rule),
        gaps: gaps(cx, &gap_rows)?,
        gaps_rule: label(&gap_rows.question.rule),
        cliffs: AnswerCells::new(cx, &cliffs.table).draw("t3", &m::table_n(3, m::t_cliffs())),
        cliffs_rule: label(&cliffs.question.rule),
        concentration: concentration(cx, concentrated.rows_as()?),
        concentration_rule: label(&concentrated.question.rule),
        beside: beside(cx, &here)?,
        left_out: left_out(&supporters),
        explain: cx.link("/ask/explain", &here),
        country,
    })
}

fn crumbs(cx: &Context, country: &str, name: &str) -> Vec<Link> {
    let mut crumbs = vec![from_overview(cx)];
    if !country.is_empty() {
        crumbs.push(Link::new(name, cx.link(&format!("/country/{country}"), &[])));
    }
    crumbs
}

fn lead(
    cx: &Context,
    answer: &Answer,
    supporters: &[Supporter],
    signed: &[signs::Signed],
    gaps: &Answer,
    is_chosen: bool,
) -> Result<String, PageError> {
    if answer.table.rows.is_empty() {
        let told: usize = signed.iter().map(signs::Signed::records).sum();
        return Ok(match told {
            0 if is_chosen => m::none_by_signs(),
            0 => m::no_support(),
            _ => m::support_told_otherwise(told),
        });
    }
    let active: f64 = match answer.parameter("who") {
        "reporter" => supporters.iter().map(|s| s.active).sum(),
        // An activity may have several funders, or several who implement it.
        _ => active_activities(cx, answer)?,
    };
    let mut text = m::support_lead(active, supporters.len());
    let others = signs::supporters(signed);
    if !others.is_empty() {
        let holding = others.values().filter(|holds| **holds).count();
        text.push_str(&format!(" {}", m::support_by_signs(holding, others.len())));
    }
    let missing = listed(&missing_classes(cx, gaps)?).to_lowercase();
    if !missing.is_empty() {
        text.push_str(&format!(" {}", m::support_missing(missing)));
    }
    let unknown = listed(&unknown_classes(cx, gaps)?).to_lowercase();
    if !unknown.is_empty() {
        text.push_str(&format!(" {}", m::support_unknown(unknown)));
    }
    Ok(text)
}

/// How many activities are active on the day, each counted once.
fn active_activities(cx: &Context, answer: &Answer) -> Result<f64, PageError> {
    let given = ["country", "sign"].map(|name| (name, answer.parameter(name)));
    let each: Vec<ListedActivity> = cx.ask("activities", &given)?.rows_as()?;
    Ok(each.iter().filter(|a| a.phase == "active").count() as f64)
}

/// A class or function, as the question `gaps` answers.
#[derive(Deserialize)]
struct Gap {
    dimension: String,
    recipient: String,
    gap: bool,
    /// `supported`, `none` where a source would show it, or `not_known`.
    support_known: String,
}

/// Names of the actor classes that the answer about gaps finds without active support.
pub(super) fn missing_classes(cx: &Context, gaps: &Answer) -> Result<Vec<String>, PageError> {
    let all: Vec<Gap> = gaps.rows_as()?;
    let missing = all.iter().filter(|g| g.gap && g.dimension == "actor_class");
    Ok(missing.map(|g| recipient(cx.model(), &g.recipient)).collect())
}

/// Names of the actor classes of which no source on file would tell whether anybody supports them.
pub(super) fn unknown_classes(cx: &Context, gaps: &Answer) -> Result<Vec<String>, PageError> {
    let all: Vec<Gap> = gaps.rows_as()?;
    // Missions, organisations and donors give support; nobody looks for it among what they receive.
    let unknown = all.iter().filter(|g| g.support_known == "not_known" && g.dimension == "actor_class");
    let gives = |g: &&Gap| !["mission", "donor", "organisation"].contains(&g.recipient.as_str());
    Ok(unknown.filter(gives).map(|g| recipient(cx.model(), &g.recipient)).collect())
}

/// Gaps by class and by function: the classes always all, with what is known of each.
fn gaps(cx: &Context, answer: &Answer) -> Result<Vec<TableView>, PageError> {
    let all: Vec<Gap> = answer.rows_as()?;
    let draw = |id: &str, caption: String, shown: &dyn Fn(&Gap) -> bool| {
        let rows = answer.table.rows.iter().zip(&all).filter(|(_, gap)| shown(gap)).map(|(row, _)| row.clone());
        let table = Table { columns: answer.table.columns.clone(), rows: rows.collect() };
        AnswerCells::new(cx, &table).draw(id, &caption).fitted(&answer.question.fold, cx.sees_all())
    };
    Ok(vec![
        draw("t4", m::table_n(4, m::t_every_class()), &|g| g.dimension == "actor_class"),
        draw("t5", m::table_n(5, m::t_functions_without()), &|g| {
            g.dimension == "security_function" && g.support_known != "supported"
        }),
    ])
}

/// What is known of support and is in no sum or of no country, by the question that tells of it.
struct SupportBeside {
    question: &'static str,
    title: String,
    /// How many there are.
    n: String,
    table: TableView,
    rule: String,
}

/// The questions about what is in no sum, or in no answer about a country, that have an answer; their tables go on from the six before them.
fn beside(cx: &Context, here: &[(&str, &str)]) -> Result<Vec<SupportBeside>, PageError> {
    let mut all = Vec::new();
    // What is of no country is asked of none.
    for (question, given) in [("not_split", here), ("not_converted", here), ("without_country", &[][..])] {
        let answer = cx.ask(question, given)?;
        if answer.table.rows.is_empty() {
            continue;
        }
        let (title, n) = (label(&answer.question.title), 7 + all.len());
        let rows = whole(answer.table.rows.len() as f64);
        let table = AnswerCells::new(cx, &answer.table).draw(&format!("t{n}"), &m::table_n(n, &title));
        all.push(SupportBeside { question, title, n: rows, table, rule: label(&answer.question.rule) });
    }
    Ok(all)
}

/// How much of the support to a class comes from one supporter, as the question `concentration` answers.
#[derive(Deserialize)]
struct Concentrated {
    actor_class: String,
    supporters: f64,
    supporters_otherwise: f64,
    disbursed_index: Option<f64>,
    committed_index: Option<f64>,
    disbursed_index_left_out: f64,
    committed_index_left_out: f64,
    largest: String,
    largest_share: Option<f64>,
}

fn concentration(cx: &Context, classes: Vec<Concentrated>) -> BarTable {
    let index = |n: Option<f64>, left_out: f64| match n {
        Some(n) => CellView::number(plain(n, 2)),
        None if left_out > 0.0 => CellView::text(cx.model().word(&locale(), "left_out")),
        None => CellView::unknown(),
    };
    let row = |c: Concentrated| BarRow {
        label: CellView::text(recipient(cx.model(), &c.actor_class)),
        numbers: vec![
            CellView::number(whole(c.supporters)),
            CellView::number(whole(c.supporters_otherwise)),
            index(c.disbursed_index, c.disbursed_index_left_out),
            index(c.committed_index, c.committed_index_left_out),
            CellView { text: c.largest, class: "text", ..Default::default() },
        ],
        // Without a share there is no bar.
        whole: if c.largest_share.is_some_and(|s| s > 0.0) { 100.0 } else { 0.0 },
        part: 100.0 * c.largest_share.unwrap_or_default(),
    };
    BarTable {
        caption: m::table_n(6, m::t_concentration()),
        head: m::class(),
        heads: vec![m::supporters(), m::supporters_otherwise(), m::index_disbursed(), m::index_committed(), m::largest()],
        bar: m::its_share(),
        rows: classes.into_iter().map(row).collect(),
    }
}

/// A country with support.
#[derive(Deserialize)]
struct Supported {
    country: String,
}

/// The countries with support, for the form.
fn countries(cx: &Context, chosen: &str) -> Result<Vec<Choice>, PageError> {
    let mut codes: Vec<String> = cx.rows::<Supported>(query!("countries.sql"), &[])?.into_iter().map(|s| s.country).collect();
    if !chosen.is_empty() && !codes.iter().any(|c| c == chosen) {
        codes.push(chosen.to_owned());
    }
    let choice = |code: String| Choice::new(code.clone(), country_name(cx.model(), &code), code == chosen);
    let mut countries: Vec<Choice> = codes.into_iter().map(choice).collect();
    countries.sort_by(|a, b| (&a.name, &a.value).cmp(&(&b.name, &b.value)));
    Ok(countries)
}
