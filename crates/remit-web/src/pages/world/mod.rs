//! The world: where support goes.

use crate::app::App;
use crate::cells::{AnswerCells, BarRow, BarTable, CellView, KeyFigure, TableView, country_name, recipient};
use crate::chart::{Chart, charts};
use crate::context::Context;
use crate::figures::{money, total, whole};
use crate::frame::{Page, from_overview};
use crate::m;
use crate::messages::label;
use crate::request::PageRequest;
use crate::response::{PageResult, html};
use crate::routes::page;
use askama::Template;
use axum::Router;
use serde::Deserialize;

/// What the page speaks of.
const TERMS: [&str; 6] = ["activity", "supporter", "actor_class", "coded", "read", "not_reported"];

pub(super) fn routes() -> Router<App> {
    page("/world", show)
}

#[derive(Template)]
#[template(path = "world/page.html")]
struct WorldPage {
    page: Page,
    lead: String,
    figures: Vec<KeyFigure>,
    charts: Vec<Chart>,
    years: Vec<Chart>,
    years_rule: String,
    rule: String,
    countries: BarTable,
    recipients: BarTable,
    recipients_rule: String,
    signs: TableView,
    signs_rule: String,
}

/// Support to a country, as the question `world` answers.
#[derive(Deserialize)]
struct SupportedCountry {
    country: String,
    activities: f64,
    active: f64,
    committed_usd: Option<f64>,
    disbursed_usd: Option<f64>,
}

/// Activities by sign, as the question `signs` answers.
#[derive(Deserialize)]
pub(super) struct SignCount {
    pub(super) activities: f64,
    pub(super) active: f64,
}

/// Support to a recipient, as the question `recipients` answers.
#[derive(Deserialize)]
pub(super) struct SupportedRecipient {
    recipient: String,
    activities: f64,
    active: f64,
    disbursed_usd: Option<f64>,
}

async fn show(request: PageRequest) -> PageResult {
    request.read(respond).await
}

fn respond(cx: &Context) -> PageResult {
    let world = cx.ask("world", &[])?;
    if let Some(data) = cx.answer_as_data(&world)? {
        return Ok(data);
    }
    let recipients = cx.ask("recipients", &[])?;
    let signs = cx.ask("signs", &[])?;
    let years = cx.ask("years", &[])?;
    let signed: Vec<SignCount> = signs.rows_as()?;
    let all: Vec<SupportedCountry> = world.rows_as()?;
    let named: Vec<&SupportedCountry> = all.iter().filter(|c| !c.country.is_empty()).collect();
    let activities = signed.iter().map(|s| s.activities).sum();
    html(&WorldPage {
        page: Page::new(cx, m::world_title(), vec![from_overview(cx)]).with_terms(cx, TERMS),
        lead: lead(cx, &named, activities),
        figures: figures(cx, &all, &signed)?,
        charts: charts(cx, &world)?,
        years: charts(cx, &years)?,
        years_rule: label(&years.question.rule),
        rule: label(&world.question.rule),
        countries: bars(cx, named),
        recipients: recipient_bars(cx, &recipients.rows_as()?, "", m::table_n(2, m::t_recipient_class())),
        recipients_rule: label(&recipients.question.rule),
        signs: AnswerCells::new(cx, &signs.table).draw("t3", &m::table_n(3, m::t_signs())),
        signs_rule: label(&signs.question.rule),
    })
}

fn figures(cx: &Context, all: &[SupportedCountry], signed: &[SignCount]) -> Result<Vec<KeyFigure>, crate::error::PageError> {
    let activities = signed.iter().map(|s| s.activities).sum();
    let active: f64 = signed.iter().map(|s| s.active).sum();
    let supporters = cx.ask("supporters", &[])?.table.rows.len();
    let countries = all.iter().filter(|c| !c.country.is_empty()).count();
    let (activities_link, supporters_link) = (cx.link("/ask/activities", &[]), cx.link("/ask/supporters", &[]));
    let support = cx.link("/support", &[]);
    let committed = total(all.iter().map(|c| c.committed_usd));
    let disbursed = total(all.iter().map(|c| c.disbursed_usd));
    Ok(vec![
        KeyFigure::new(m::activities(), Some(activities), whole, activities_link, m::active_on_day(active)),
        KeyFigure::new(m::supporters(), Some(supporters as f64), whole, supporters_link, m::reporting_organisations()),
        KeyFigure::new(m::countries(), Some(countries as f64), whole, String::new(), m::with_an_activity()),
        KeyFigure::new(m::committed(), committed, dollars, support.clone(), m::usd_at_value_date()),
        KeyFigure::new(m::disbursed(), disbursed, dollars, support, m::and_spent()),
    ])
}

pub(super) fn dollars(n: f64) -> String {
    m::usd(money(n)).replace(' ', "\u{a0}")
}

fn lead(cx: &Context, named: &[&SupportedCountry], activities: f64) -> String {
    let Some(most) = named.iter().map(|c| c.activities).max_by(f64::total_cmp) else {
        return m::no_support_yet();
    };
    let first: Vec<&SupportedCountry> = named.iter().filter(|c| c.activities == most).copied().collect();
    match first[..] {
        [one] => m::world_lead_most(named.len(), country_name(cx.model(), &one.country), most, activities),
        _ => m::world_lead(named.len(), activities),
    }
}

fn bars(cx: &Context, mut named: Vec<&SupportedCountry>) -> BarTable {
    named.sort_by(|a, b| b.activities.total_cmp(&a.activities));
    let most = named.first().map_or(1.0, |c| c.activities).max(1.0);
    let row = |c: &SupportedCountry| BarRow {
        label: CellView::text(country_name(cx.model(), &c.country)).link(cx.link(&format!("/country/{}", c.country), &[])),
        numbers: vec![
            CellView::number(whole(c.activities)).link(cx.link("/ask/activities", &[("country", &c.country)])),
            known(c.disbursed_usd),
        ],
        whole: 100.0 * c.activities / most,
        part: 100.0 * c.active / most,
    };
    BarTable {
        caption: m::table_n(1, m::t_countries()),
        head: m::country(),
        heads: vec![m::activities(), m::disbursed()],
        bar: m::active_and_other(),
        rows: named.into_iter().take(12).map(row).collect(),
    }
}

/// An amount, or that it is unknown.
fn known(amount: Option<f64>) -> CellView {
    amount.map_or_else(CellView::unknown, |n| CellView::number(money(n)))
}

/// Bars of the recipients of a country, or of the world.
pub(super) fn recipient_bars(cx: &Context, recipients: &[SupportedRecipient], country: &str, caption: String) -> BarTable {
    let most = recipients.iter().map(|r| r.activities).fold(1.0, f64::max);
    let row = |r: &SupportedRecipient| {
        let href = cx.link("/ask/activities", &[("country", country), ("class", &r.recipient)]);
        BarRow {
            label: CellView::text(recipient(cx.model(), &r.recipient)),
            numbers: vec![CellView::number(whole(r.activities)).link(href), known(r.disbursed_usd)],
            whole: 100.0 * r.activities / most,
            part: 100.0 * r.active / most,
        }
    };
    BarTable {
        caption,
        head: m::class(),
        heads: vec![m::activities(), m::disbursed()],
        bar: m::active_and_other(),
        rows: recipients.iter().map(row).collect(),
    }
}
