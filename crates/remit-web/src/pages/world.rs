//! The overview: where support goes.

use super::{BarRow, Bars, as_data, ask, number, sum, text};
use crate::app::App;
use crate::chart::{Chart, charts};
use crate::error::PageError;
use crate::page::Page;
use crate::request::{Asked, html};
use crate::say::{called, money, numbered, say, whole, with, with_one};
use crate::show::{Drawn, Shown, country_name, draw, recipient};
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
    /// Ways to begin where nothing is there: what, address.
    begin: Vec<(String, String)>,
}

/// A key figure at the head of a page.
pub(super) struct Figure {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) href: String,
    pub(super) note: String,
}

pub(crate) async fn show(State(app): State<App>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    app.read(asked.as_of.clone(), move |app, reader| respond(app, &asked, reader)).await
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
    let page = Page::new(app, asked, say("world-title"), Vec::new());
    let figures = vec![
        figure("activities", Some(activities), whole, asked.link("/ask/activities", &[]), with_one("active-on-day", "n", active)),
        figure(
            "supporters",
            Some(supporters.table.rows.len() as f64),
            whole,
            asked.link("/ask/supporters", &[]),
            say("reporting-organisations"),
        ),
        figure("countries", Some(named.len() as f64), whole, String::new(), say("with-an-activity")),
        figure("committed", sum(&world.table, "committed_usd"), dollars, asked.link("/support", &[]), say("usd-at-value-date")),
        figure("disbursed", sum(&world.table, "disbursed_usd"), dollars, asked.link("/support", &[]), say("and-spent")),
    ];
    let columns = app.columns();
    let template = World {
        lead: lead(app, &world, &named, activities),
        figures,
        charts: charts(app, asked, &world),
        years: charts(app, asked, &years),
        years_rule: called(&years.question.rule),
        rule: called(&world.question.rule),
        countries: bars(asked, app, &world.table, &named),
        recipients: recipient_bars(asked, app, &recipients.table, "", &numbered(2, "t-recipient-class")),
        recipients_rule: called(&recipients.question.rule),
        signs: draw(asked, app.model(), columns, &signs.table, "t3", &numbered(3, "t-signs")),
        signs_rule: called(&signs.question.rule),
        empty: activities == 0.0,
        begin: begin(app, asked),
        page,
    };
    Ok(html(template.render()?))
}

/// How to begin in an empty workspace, for who may write.
fn begin(app: &App, asked: &Asked) -> Vec<(String, String)> {
    let ways = [("first-country", "/edit/actor"), ("first-sheet", "/sheets"), ("first-document", "/documents")];
    ways.iter().filter(|_| app.author().is_some()).map(|(text, path)| (say(text), asked.link(path, &[]))).collect()
}

pub(super) fn dollars(n: f64) -> String {
    with_one("usd", "n", money(n)).replace(' ', "\u{a0}")
}

pub(super) fn figure(name: &str, value: Option<f64>, form: fn(f64) -> String, href: String, note: String) -> Figure {
    Figure { name: say(name), value: value.map_or_else(|| say("unreported-figure"), form), href, note }
}

fn lead(app: &App, world: &Answer, named: &[usize], activities: f64) -> String {
    let of = |row: &usize| number(&world.table, *row, "activities");
    let Some(most) = named.iter().map(of).max_by(f64::total_cmp) else {
        return say("no-support-yet");
    };
    let first: Vec<&str> =
        named.iter().filter(|r| of(r) == most).map(|r| country_name(app.model(), text(&world.table, *r, "country"))).collect();
    let counts = [("n", activities.into()), ("c", named.len().into())];
    match first[..] {
        [one] => with("world-lead-most", &[&counts[..], &[("leader", one.into()), ("most", most.into())]].concat()),
        _ => with("world-lead", &counts),
    }
}

fn bars(asked: &Asked, app: &App, table: &Table, named: &[usize]) -> Bars {
    let mut rows: Vec<usize> = named.to_vec();
    rows.sort_by(|a, b| number(table, *b, "activities").total_cmp(&number(table, *a, "activities")));
    let most = rows.first().map_or(1.0, |r| number(table, *r, "activities")).max(1.0);
    Bars {
        caption: crate::say::numbered(1, "t-countries"),
        head: say("country"),
        heads: vec![say("activities"), say("disbursed")],
        bar: say("active-and-other"),
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
    table.get(row, column).number().map_or_else(Shown::unknown, |n| Shown::number(money(n)))
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
        head: say("class"),
        heads: vec![say("activities"), say("disbursed")],
        bar: say("active-and-other"),
        rows,
    }
}
