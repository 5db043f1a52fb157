//! The overview: where support goes.

use super::{BarRow, Bars, as_data, ask, number, sum, text};
use crate::app::App;
use crate::chart::{Chart, charts};
use crate::error::PageError;
use crate::page::Page;
use crate::request::{Asked, html};
use crate::show::{Drawn, Shown, count, country_name, draw, money, recipient, whole};
use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use remit_ask::Answer;
use remit_store::{Reader, Table};

#[derive(Template)]
#[template(path = "world.html")]
struct World {
    page: Page,
    lead: String,
    figures: Vec<Figure>,
    charts: Vec<Chart>,
    years: Vec<Chart>,
    years_rule: String,
    rule: String,
    countries: Bars,
    recipients: Bars,
    recipients_rule: String,
    signs: Drawn,
    signs_rule: String,
    empty: bool,
}

/// A key figure at the head of a page.
pub(super) struct Figure {
    pub(super) name: &'static str,
    pub(super) value: String,
    pub(super) href: String,
    pub(super) note: String,
}

pub(crate) async fn show(State(app): State<App>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    app.read(asked.cut.clone(), move |app, reader| respond(app, &asked, reader)).await
}

fn respond(app: &App, asked: &Asked, reader: &Reader) -> Result<Response, PageError> {
    let world = ask(app, reader, "world", &[])?;
    if let Some(data) = as_data(app, asked, reader, &world)? {
        return Ok(data);
    }
    let recipients = ask(app, reader, "recipients", &[])?;
    let signs = ask(app, reader, "signs", &[])?;
    let supporters = ask(app, reader, "supporters", &[])?;
    let (activities, active) =
        (sum(&signs.table, "activities").unwrap_or_default(), sum(&signs.table, "active").unwrap_or_default());
    let named: Vec<usize> = (0..world.table.rows.len()).filter(|r| !text(&world.table, *r, "country").is_empty()).collect();
    let years = ask(app, reader, "years", &[])?;
    let page = Page::new(app, asked, "Support to security sector reform, by country", Vec::new());
    let figures = vec![
        figure(
            "Activities",
            Some(activities),
            whole,
            asked.link("/ask/activities", &[]),
            format!("{} active on this day", whole(active)),
        ),
        figure(
            "Supporters",
            Some(supporters.table.rows.len() as f64),
            whole,
            asked.link("/ask/supporters", &[]),
            "reporting organisations".into(),
        ),
        figure("Countries", Some(named.len() as f64), whole, String::new(), "with at least one activity".into()),
        figure(
            "Committed",
            sum(&world.table, "committed_usd"),
            dollars,
            asked.link("/support", &[]),
            "US dollars at value date".into(),
        ),
        figure("Disbursed", sum(&world.table, "disbursed_usd"), dollars, asked.link("/support", &[]), "and spent".into()),
    ];
    let columns = app.columns();
    let template = World {
        lead: lead(app, &world, &named, activities),
        figures,
        charts: charts(app, asked, &world),
        years: charts(app, asked, &years),
        years_rule: years.question.rule.en.clone(),
        rule: world.question.rule.en.clone(),
        countries: bars(asked, app, &world.table, &named),
        recipients: recipient_bars(asked, app, &recipients.table, "", "Table 2. Activities by class of recipient"),
        recipients_rule: recipients.question.rule.en.clone(),
        signs: draw(
            asked,
            app.model(),
            columns,
            &signs.table,
            "t3",
            "Table 3. How sure: what purpose codes say, and what the text adds",
        ),
        signs_rule: signs.question.rule.en.clone(),
        empty: activities == 0.0,
        page,
    };
    Ok(html(template.render()?))
}

pub(super) fn dollars(n: f64) -> String {
    format!("USD\u{a0}{}", money(n))
}

pub(super) fn figure(name: &'static str, value: Option<f64>, form: fn(f64) -> String, href: String, note: String) -> Figure {
    Figure { name, value: value.map_or_else(|| "… not reported".into(), form), href, note }
}

fn lead(app: &App, world: &Answer, named: &[usize], activities: f64) -> String {
    let of = |row: &usize| number(&world.table, *row, "activities");
    let Some(most) = named.iter().map(of).max_by(f64::total_cmp) else {
        return "No support to a security sector is on record yet.".into();
    };
    let first: Vec<&str> =
        named.iter().filter(|r| of(r) == most).map(|r| country_name(app.model(), text(&world.table, *r, "country"))).collect();
    let leader = match first[..] {
        [one] => format!("; {one} has most of them ({})", whole(most)),
        _ => String::new(),
    };
    format!(
        "{} on record in {}{leader}.",
        count(activities, "activity of the security sector is", "activities of the security sector are"),
        count(named.len() as f64, "country", "countries"),
    )
}

fn bars(asked: &Asked, app: &App, table: &Table, named: &[usize]) -> Bars {
    let mut rows: Vec<usize> = named.to_vec();
    rows.sort_by(|a, b| number(table, *b, "activities").total_cmp(&number(table, *a, "activities")));
    let most = rows.first().map_or(1.0, |r| number(table, *r, "activities")).max(1.0);
    Bars {
        caption: "Table 1. Countries with most activities".into(),
        head: "Country".into(),
        heads: vec!["Activities".into(), "Disbursed".into()],
        bar: "Active, and other".into(),
        rows: rows
            .into_iter()
            .take(12)
            .map(|r| {
                let code = text(table, r, "country");
                BarRow {
                    label: Shown::text(country_name(app.model(), code)).link(asked.link(&format!("/country/{code}"), &[])),
                    numbers: vec![
                        Shown::number(whole(number(table, r, "activities")))
                            .link(asked.link("/ask/activities", &[("country", code)])),
                        known(table, r, "disbursed_usd"),
                    ],
                    whole: 100.0 * number(table, r, "activities") / most,
                    part: 100.0 * number(table, r, "active") / most,
                }
            })
            .collect(),
    }
}

/// An amount, or that it is unknown.
pub(super) fn known(table: &Table, row: usize, column: &str) -> Shown {
    table.get(row, column).number().map_or_else(|| Shown::unknown("not reported"), |n| Shown::number(money(n)))
}

/// Bars of the recipients of a country, or of the world.
pub(super) fn recipient_bars(asked: &Asked, app: &App, table: &Table, country: &str, caption: &str) -> Bars {
    let most = (0..table.rows.len()).map(|r| number(table, r, "activities")).fold(1.0, f64::max);
    let rows = (0..table.rows.len())
        .map(|r| {
            let code = text(table, r, "recipient");
            let href = asked.link("/ask/activities", &[("country", country), ("class", code)]);
            BarRow {
                label: Shown::text(recipient(app.model(), code)),
                numbers: vec![Shown::number(whole(number(table, r, "activities"))).link(href), known(table, r, "disbursed_usd")],
                whole: 100.0 * number(table, r, "activities") / most,
                part: 100.0 * number(table, r, "active") / most,
            }
        })
        .collect();
    Bars {
        caption: caption.into(),
        head: "Class".into(),
        heads: vec!["Activities".into(), "Disbursed".into()],
        bar: "Active, and other".into(),
        rows,
    }
}
