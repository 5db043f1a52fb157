//! A country: who is there on the day, what needs attention, who supports what, where.

mod map;
mod notes;

use super::support::{Supporter, left_out, said_sums};
use super::world::{SignCount, recipient_bars, signs_table};
use crate::app::App;
use crate::cells::{AnswerCells, BarTable, KeyFigure, TableView, country_name};
use crate::chart::{Chart, charts};
use crate::context::{Context, query};
use crate::error::PageError;
use crate::figures::{listed, total, whole};
use crate::frame::{Link, Page, from_overview};
use crate::m;
use crate::messages::label;
use crate::request::PageRequest;
use crate::response::{PageResult, html};
use crate::routes::page;
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use notes::AttentionNote;
use remit_ask::Answer;
use remit_store::Cell;
use serde::Deserialize;
use std::collections::BTreeSet;

/// What the page speaks of.
const TERMS: [&str; 11] =
    ["activity", "supporter", "actor_class", "gap", "cliff", "overlap", "lead", "oversight", "stale", "coded", "read"];

pub(super) fn routes() -> Router<App> {
    page("/country/{code}", &["country"], show)
}

#[derive(Template)]
#[template(path = "country/page.html")]
struct CountryPage {
    page: Page,
    lead: String,
    /// Missions, projects, trainings and activities of the day.
    running: TableView,
    running_rule: String,
    all_running: String,
    /// How many aid activities there are; where there is none, that is said once.
    support_lead: String,
    has_support: bool,
    figures: Vec<KeyFigure>,
    left_out: Option<String>,
    map: Option<Chart>,
    years: Vec<Chart>,
    years_rule: String,
    recipients: BarTable,
    recipients_rule: String,
    notes: Vec<AttentionNote>,
    signs: TableView,
    signs_rule: String,
    activities: TableView,
    activities_rule: String,
    classes: TableView,
    actors: TableView,
    /// Questions about the institutions.
    register: Vec<Link>,
    /// Where a brief of the country is made; not on a site.
    brief: Option<String>,
    support: String,
    all: String,
}

/// Something that runs, as the question `running` answers.
#[derive(Deserialize)]
struct RunningSupport {
    what_runs: String,
    phase: String,
}

/// A record that tells of support, however many rows the question `all_support` has of it.
#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct ToldRecord {
    kind: String,
    record: String,
}

/// What stands in the page's heads.
struct Totals {
    activities: usize,
    active: f64,
    active_supporters: usize,
    signed: Vec<SignCount>,
    supporters: Vec<Supporter>,
}

/// Questions about who provides, manages and oversees security.
const REGISTER: [&str; 7] = ["functions", "oversight", "structure", "changes", "reach", "stale", "unsourced"];

/// The most activities that the page shows: it leads to all of them.
const MOST_ACTIVITIES: usize = 25;

/// The most that the page shows of what runs, and which columns of it.
const MOST_RUNNING: usize = 12;
const RUNNING: [&str; 5] = ["what_runs", "record_title", "supporter_name", "ends", "phase"];

async fn show(request: PageRequest, Path(code): Path<String>) -> PageResult {
    let model = request.app().model();
    let country = model.lists.get("country").and_then(|l| l.find(&code)).map(|c| c.code.clone());
    let country = country.ok_or_else(|| PageError::no_country(StatusCode::NOT_FOUND, model, &code))?;
    request.read(move |cx| respond(cx, &country)).await
}

fn respond(cx: &Context, country: &str) -> PageResult {
    let given = [("country", country)];
    let activities = cx.ask("activities", &given)?;
    if let Some(data) = cx.answer_as_data(&activities)? {
        return Ok(data);
    }
    let name = country_name(cx.model(), country).to_owned();
    let [recipients, signs, years, supporters, classes, running] =
        ["recipients", "signs", "years", "supporters", "classes", "running"].map(|question| cx.ask(question, &given));
    let (recipients, signs, years, running) = (recipients?, signs?, years?, running?);
    let totals = totals(&activities, &signs, &supporters?)?;
    let actors = cx.table(query!("actors.sql"), &[("country", Cell::Text(country.to_owned()))])?;
    // A country without aid activities has no tables of them.
    let before = if totals.activities > 0 { 4 } else { 1 };
    let shown = RUNNING.map(str::to_owned);
    html(&CountryPage {
        page: Page::new(cx, &name, vec![from_overview(cx)]).with_terms(cx, TERMS),
        lead: lead(&running)?,
        running: AnswerCells::new(cx, &running.table).first_rows("t0", &m::table_n(1, m::t_running()), &shown, MOST_RUNNING),
        running_rule: label(&running.question.rule),
        all_running: cx.link("/ask/running", &given),
        support_lead: support_lead(cx, &given, &totals)?,
        has_support: totals.activities > 0,
        figures: figures(cx, &given, &totals),
        left_out: left_out(&totals.supporters),
        map: map::draw(cx, country, &name, totals.activities)?.filter(|_| totals.activities > 0),
        years: charts(cx, &years)?,
        years_rule: label(&years.question.rule),
        recipients: recipient_bars(cx, &recipients, country, m::table_n(2, m::t_recipient_class()))?,
        recipients_rule: label(&recipients.question.rule),
        notes: notes::all(cx, country)?,
        signs: signs_table(cx, &signs, "t2"),
        signs_rule: label(&signs.question.rule),
        activities: last_activities(cx, &activities),
        activities_rule: label(&activities.question.rule),
        classes: AnswerCells::new(cx, &classes?.table).draw("t4", &m::table_n(before + 1, m::t_known_by_class())),
        actors: super::records::draw(cx, "actor", &actors, "t5", &m::table_n(before + 2, m::t_missions_institutions()), false)?,
        register: REGISTER
            .iter()
            .filter_map(|q| cx.app().questions().get(q).ok())
            .map(|q| Link::new(label(&q.title), cx.link(&format!("/ask/{}", q.name), &given)))
            .collect(),
        brief: cx.app().site().is_none().then(|| cx.link("/reports", &[("country", country), ("template", "brief")])),
        support: cx.link("/support", &given),
        all: cx.link("/ask/activities", &given),
    })
}

fn totals(activities: &Answer, signs: &Answer, supporters: &Answer) -> Result<Totals, PageError> {
    let signed: Vec<SignCount> = signs.rows_as()?;
    let supporters: Vec<Supporter> = supporters.rows_as()?;
    Ok(Totals {
        activities: activities.table.rows.len(),
        active: signed.iter().map(|s| s.active).sum(),
        active_supporters: supporters.iter().filter(|s| s.active > 0.0).count(),
        signed,
        supporters,
    })
}

fn figures(cx: &Context, given: &[(&str, &str)], totals: &Totals) -> Vec<KeyFigure> {
    let Totals { signed, supporters, active, active_supporters, .. } = totals;
    let activities = total(signed.iter().map(|s| Some(s.activities)));
    let [committed, disbursed] = said_sums(cx, supporters);
    let (all, support) = (cx.link("/ask/activities", given), cx.link("/support", given));
    let money = |name, value| KeyFigure { name, value, href: cx.link("/ask/explain", given), note: m::how_it_is_made() };
    vec![
        KeyFigure::new(m::activities(), activities, whole, all, m::active_on_day(active)),
        KeyFigure::new(
            m::supporters(),
            Some(supporters.len() as f64),
            whole,
            support,
            m::with_active_activity(*active_supporters),
        ),
        money(m::committed(), committed),
        money(m::disbursed(), disbursed),
    ]
}

/// How much runs on the day, by what it is, and how much of it should be over.
fn lead(running: &Answer) -> Result<String, PageError> {
    let rows: Vec<RunningSupport> = running.rows_as()?;
    let active = |what: &str| rows.iter().filter(|r| r.phase == "active" && r.what_runs == what).count();
    let counted = [
        (active("mission"), m::runs_missions as fn(usize) -> String),
        (active("project"), m::runs_projects),
        (active("training"), m::runs_trainings),
        (active("activity"), m::runs_activities),
    ];
    let parts: Vec<String> = counted.into_iter().filter(|(n, _)| *n > 0).map(|(n, say)| say(n)).collect();
    let runs = if parts.is_empty() { m::country_runs_nothing() } else { m::country_runs(listed(&parts)) };
    let past_end = rows.iter().filter(|r| r.phase == "overdue").count();
    Ok(if past_end == 0 { runs } else { format!("{runs} {}", m::country_past_end(past_end)) })
}

fn support_lead(cx: &Context, given: &[(&str, &str)], totals: &Totals) -> Result<String, PageError> {
    if totals.activities > 0 {
        return Ok(m::country_lead(totals.active, totals.activities, totals.supporters.len()));
    }
    // What no activity tells of, an office's own projects or a mandate may.
    let rows: Vec<ToldRecord> = cx.ask("all_support", given)?.rows_as()?;
    let told: BTreeSet<ToldRecord> = rows.into_iter().collect();
    Ok(if told.is_empty() { m::country_none() } else { m::country_told_otherwise(told.len()) })
}

/// Those that end last; the downloads have all.
fn last_activities(cx: &Context, activities: &Answer) -> TableView {
    let mut shown = cx.request.sorted(&activities.table);
    let more = shown.rows.len().saturating_sub(MOST_ACTIVITIES);
    shown.rows.truncate(MOST_ACTIVITIES);
    let drawn = AnswerCells::new(cx, &shown).draw("t3", &m::table_n(4, m::t_activities_last())).downloaded();
    TableView { more, ..drawn }
}
