//! The world: where support goes.

use super::support::{Supporter, left_out, said_sums};
use crate::app::App;
use crate::cells::{AnswerCells, BarRow, BarTable, CellView, KeyFigure, TableView, country_name, recipient};
use crate::chart::{Chart, charts};
use crate::context::Context;
use crate::error::PageError;
use crate::figures::whole;
use crate::frame::{Page, from_overview};
use crate::m;
use crate::messages::label;
use crate::request::PageRequest;
use crate::response::{PageResult, html};
use crate::routes::page;
use askama::Template;
use axum::Router;
use remit_ask::Answer;
use serde::Deserialize;

/// What the page speaks of.
const TERMS: [&str; 6] = ["activity", "supporter", "actor_class", "coded", "read", "not_reported"];

pub(super) fn routes() -> Router<App> {
    page("/world", &[], show)
}

#[derive(Template)]
#[template(path = "world/page.html")]
struct WorldPage {
    page: Page,
    lead: String,
    figures: Vec<KeyFigure>,
    left_out: Option<String>,
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
}

/// Activities by sign, as the question `signs` answers.
#[derive(Deserialize)]
pub(super) struct SignCount {
    pub(super) activities: f64,
    pub(super) active: f64,
}

/// Support to a recipient, as the question `recipients` answers.
#[derive(Deserialize)]
struct SupportedRecipient {
    recipient: String,
    activities: f64,
    active: f64,
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
    let supporters: Vec<Supporter> = cx.ask("supporters", &[])?.rows_as()?;
    let all: Vec<SupportedCountry> = world.rows_as()?;
    let named: Vec<&SupportedCountry> = all.iter().filter(|c| !c.country.is_empty()).collect();
    let activities = signed.iter().map(|s| s.activities).sum();
    html(&WorldPage {
        page: Page::new(cx, m::world_title(), vec![from_overview(cx)]).with_terms(cx, TERMS),
        lead: lead(cx, &named, activities),
        figures: figures(cx, named.len(), &signed, &supporters),
        left_out: left_out(&supporters),
        charts: charts(cx, &world)?,
        years: charts(cx, &years)?,
        years_rule: label(&years.question.rule),
        rule: label(&world.question.rule),
        countries: bars(cx, &world, &all),
        recipients: recipient_bars(cx, &recipients, "", m::table_n(2, m::t_recipient_class()))?,
        recipients_rule: label(&recipients.question.rule),
        signs: signs_table(cx, &signs, "t3"),
        signs_rule: label(&signs.question.rule),
    })
}

fn figures(cx: &Context, countries: usize, signed: &[SignCount], supporters: &[Supporter]) -> Vec<KeyFigure> {
    let activities = signed.iter().map(|s| s.activities).sum();
    let active: f64 = signed.iter().map(|s| s.active).sum();
    let (activities_link, supporters_link) = (cx.link("/ask/activities", &[]), cx.link("/ask/supporters", &[]));
    let [committed, disbursed] = said_sums(cx, supporters);
    let money = |name, value, note| KeyFigure { name, value, href: cx.link("/support", &[]), note };
    let number = |n: usize| Some(n as f64);
    vec![
        KeyFigure::new(m::activities(), Some(activities), whole, activities_link, m::active_on_day(active)),
        KeyFigure::new(m::supporters(), number(supporters.len()), whole, supporters_link, m::reporting_organisations()),
        KeyFigure::new(m::countries(), number(countries), whole, String::new(), m::with_an_activity()),
        money(m::committed(), committed, m::usd_at_value_date()),
        money(m::disbursed(), disbursed, m::and_spent()),
    ]
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

/// Activities by sign; what is left out of their sums stands in the answer.
pub(super) fn signs_table(cx: &Context, answer: &Answer, id: &str) -> TableView {
    const SHOWN: [&str; 6] = ["sign", "activities", "active", "supporters", "committed_usd", "disbursed_usd"];
    let (cells, caption) = (AnswerCells::new(cx, &answer.table), m::table_n(3, m::t_signs()));
    let table = cells.first_rows(id, &caption, &SHOWN.map(str::to_owned), answer.table.rows.len());
    TableView { unit: m::dollars_at_value_date(), ..table }
}

/// What the rows of an answer disburse, each as its cell says it: what is left out of a sum never looks like nothing.
fn disbursed(cx: &Context, answer: &Answer) -> Vec<CellView> {
    let cells = AnswerCells::new(cx, &answer.table);
    let column = answer.table.column("disbursed_usd");
    let cell = |row: usize| column.map_or_else(CellView::unknown, |column| cells.cell(row, column));
    (0..answer.table.rows.len()).map(cell).collect()
}

fn bars(cx: &Context, answer: &Answer, all: &[SupportedCountry]) -> BarTable {
    let mut named: Vec<(&SupportedCountry, CellView)> =
        all.iter().zip(disbursed(cx, answer)).filter(|(c, _)| !c.country.is_empty()).collect();
    named.sort_by(|(a, _), (b, _)| b.activities.total_cmp(&a.activities));
    let most = named.first().map_or(1.0, |(c, _)| c.activities).max(1.0);
    let row = |(c, disbursed): (&SupportedCountry, CellView)| BarRow {
        label: CellView::text(country_name(cx.model(), &c.country)).link(cx.link(&format!("/country/{}", c.country), &[])),
        numbers: vec![
            CellView::number(whole(c.activities)).link(cx.link("/ask/activities", &[("country", &c.country)])),
            disbursed,
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

/// Bars of the recipients of a country, or of the world.
pub(super) fn recipient_bars(cx: &Context, answer: &Answer, country: &str, caption: String) -> Result<BarTable, PageError> {
    let recipients: Vec<SupportedRecipient> = answer.rows_as()?;
    let most = recipients.iter().map(|r| r.activities).fold(1.0, f64::max);
    let row = |(r, disbursed): (&SupportedRecipient, CellView)| {
        let href = cx.link("/ask/activities", &[("country", country), ("class", &r.recipient)]);
        BarRow {
            label: CellView::text(recipient(cx.model(), &r.recipient)),
            numbers: vec![CellView::number(whole(r.activities)).link(href), disbursed],
            whole: 100.0 * r.activities / most,
            part: 100.0 * r.active / most,
        }
    };
    Ok(BarTable {
        caption,
        head: m::class(),
        heads: vec![m::activities(), m::disbursed()],
        bar: m::active_and_other(),
        rows: recipients.iter().zip(disbursed(cx, answer)).map(row).collect(),
    })
}
