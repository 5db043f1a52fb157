//! The support matrix, and what follows from it: overlaps, gaps, cliffs, concentration.

use super::{BarRow, Bars, as_data, ask, missing_classes, number, sum, text};
use crate::app::App;
use crate::chart::{Chart, charts};
use crate::error::PageError;
use crate::page::{Crumb, Page, crumb};
use crate::request::{Asked, html};
use crate::say::{called, date, listed, money, numbered, plain, say, whole, with, with_one};
use crate::show::{Drawn, Shown, country_name, draw, recipient};
use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use remit_ask::Answer;
use remit_store::{Reader, Table};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Template)]
#[template(path = "support.html")]
struct Support {
    page: Page,
    lead: String,
    charts: Vec<Chart>,
    country: String,
    countries: Vec<(String, String, bool)>,
    measures: Vec<(&'static str, String, bool)>,
    heads: Vec<String>,
    rows: Vec<MatrixRow>,
    totals: Vec<Entry>,
    grand: Entry,
    rule: String,
    overlaps: Drawn,
    overlaps_rule: String,
    gaps: Vec<Drawn>,
    gaps_rule: String,
    cliffs: Drawn,
    cliffs_rule: String,
    concentration: Bars,
    concentration_rule: String,
    left_out: Option<String>,
    explain: String,
}

struct MatrixRow {
    supporter: String,
    href: String,
    all: Entry,
    cells: Vec<Entry>,
}

/// A cell of the matrix.
#[derive(Default)]
struct Entry {
    activities: String,
    class: String,
    committed: Option<String>,
    disbursed: Option<String>,
    ends: String,
    href: String,
    mark: &'static str,
}

/// How recipients can be told apart: also the parameter of the question about activities that each becomes.
const MEASURES: [(&str, &str); 4] =
    [("class", "by-class"), ("function", "by-function"), ("modality", "by-modality"), ("place", "by-place")];

pub(crate) async fn show(State(app): State<App>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    app.read(asked.as_of.clone(), move |app, reader| respond(app, &asked, reader)).await
}

fn respond(app: &App, asked: &Asked, reader: &Reader) -> Result<Response, PageError> {
    let given: Vec<(&str, &str)> = asked.parameters.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let answer = ask(app, reader, "support", &given)?;
    if let Some(data) = as_data(app, asked, reader, &answer)? {
        return Ok(data);
    }
    let (country, by) = (answer.parameter("country").to_owned(), answer.parameter("by").to_owned());
    let here = [("country", country.as_str())];
    let supporters = ask(app, reader, "supporters", &here)?;
    let recipients =
        if by == "place" { None } else { Some(ask(app, reader, "recipients", &[("country", &country), ("by", &by)])?) };
    let below = answer.below(app.workspace(), app.questions(), reader)?;
    let name = country_name(app.model(), &country).to_owned();
    let title = if country.is_empty() { say("support-all") } else { with_one("support-in", "country", name.as_str()) };
    let codes = columns(app, &by, &answer.table);
    let template = Support {
        charts: charts(app, asked, &answer),
        lead: lead(app, &answer, &supporters, &below),
        countries: countries(app, reader, &country)?,
        measures: MEASURES.iter().map(|(code, text)| (*code, say(text), *code == by)).collect(),
        heads: codes.iter().map(|c| recipient(app.model(), c)).collect(),
        rows: rows(asked, &answer, &supporters.table, &codes, &country, &by),
        totals: totals(asked, recipients.as_ref().map(|r| &r.table), &answer.table, &codes, &country, &by),
        grand: grand(asked, &supporters.table, &country),
        rule: called(&answer.question.rule),
        overlaps: drawn(app, asked, &below[0], "t2", &numbered(2, "t-overlaps")),
        overlaps_rule: called(&below[0].question.rule),
        gaps: gaps(app, asked, &below[1]),
        gaps_rule: called(&below[1].question.rule),
        cliffs: drawn(app, asked, &below[2], "t3", &numbered(3, "t-cliffs")),
        cliffs_rule: called(&below[2].question.rule),
        concentration: concentration(app, &below[3].table),
        concentration_rule: called(&below[3].question.rule),
        left_out: left_out(&supporters.table),
        explain: asked.link("/ask/explain", &here),
        page: Page::new(app, asked, title, crumbs(asked, &country, &name)),
        country,
    };
    Ok(html(template.render()?))
}

fn crumbs(asked: &Asked, country: &str, name: &str) -> Vec<Crumb> {
    let mut crumbs = vec![crumb(say("overview"), asked.link("/", &[]))];
    if !country.is_empty() {
        crumbs.push(crumb(name, asked.link(&format!("/country/{country}"), &[])));
    }
    crumbs
}

fn lead(app: &App, answer: &Answer, supporters: &Answer, below: &[Answer]) -> String {
    if answer.table.rows.is_empty() {
        return say("no-support");
    }
    let active = (0..supporters.table.rows.len()).map(|r| number(&supporters.table, r, "active")).sum::<f64>();
    let mut text = with("support-lead", &[("s", supporters.table.rows.len().into()), ("n", active.into())]);
    let missing = listed(&missing_classes(app, &below[1].table)).to_lowercase();
    if !missing.is_empty() {
        text.push_str(&format!(" {}", with_one("support-missing", "names", missing)));
    }
    text
}

/// The recipients that make the columns: every actor class, and of the rest those that have support.
fn columns(app: &App, by: &str, table: &Table) -> Vec<String> {
    let found: BTreeSet<&str> = (0..table.rows.len()).map(|r| text(table, r, "recipient")).collect();
    let list = match by {
        "class" => "actor_class",
        "function" => "security_function",
        "modality" => "modality",
        _ => return found.into_iter().map(str::to_owned).collect(),
    };
    let Some(list) = app.model().lists.get(list) else { return Vec::new() };
    // Missions and donors give support: they have a column only where somebody supports them.
    let always = |c: &remit_model::Code| by == "class" && c.category != "partner" && c.code != "unspecified";
    list.codes().iter().filter(|c| always(c) || found.contains(c.code.as_str())).map(|c| c.code.clone()).collect()
}

fn entry(asked: &Asked, table: &Table, row: usize, href: String) -> Entry {
    let activities = number(table, row, "activities");
    let ends = text(table, row, "ends");
    let six_months = asked.as_of.valid_on.plus_months(6).to_string();
    let soon = number(table, row, "active") > 0.0
        && !ends.is_empty()
        && ends <= six_months.as_str()
        && *ends >= *asked.as_of.valid_on.to_string();
    let shade = [2.0, 4.0, 7.0, 12.0].iter().filter(|s| activities >= **s).count() + 1;
    Entry {
        activities: whole(activities),
        class: format!("h{shade}{}", if soon { " soon" } else { "" }),
        committed: table.get(row, "committed_usd").number().map(money),
        disbursed: table.get(row, "disbursed_usd").number().map(money),
        ends: if ends.is_empty() { String::new() } else { date(ends.get(..7).unwrap_or(ends)) },
        href,
        mark: if number(table, row, "with_unconverted") > 0.0 { "*" } else { "" },
    }
}

fn rows(asked: &Asked, answer: &Answer, supporters: &Table, codes: &[String], country: &str, by: &str) -> Vec<MatrixRow> {
    let table = &answer.table;
    let places: BTreeMap<(&str, &str), usize> =
        (0..table.rows.len()).map(|r| ((text(table, r, "supporter"), text(table, r, "recipient")), r)).collect();
    (0..supporters.rows.len())
        .map(|s| {
            let supporter = text(supporters, s, "supporter");
            let all = asked.link("/ask/activities", &[("country", country), ("supporter", supporter)]);
            MatrixRow {
                supporter: text(supporters, s, "supporter_name").to_owned(),
                href: all.clone(),
                all: entry(asked, supporters, s, all),
                cells: codes
                    .iter()
                    .map(|code| {
                        let Some(row) = places.get(&(supporter, code.as_str())) else { return Entry::default() };
                        let given = [("country", country), ("supporter", supporter), (by, code.as_str())];
                        entry(asked, table, *row, asked.link("/ask/activities", &given))
                    })
                    .collect(),
            }
        })
        .collect()
}

/// The foot of the matrix: an activity of two supporters' rows is counted once.
fn totals(asked: &Asked, recipients: Option<&Table>, table: &Table, codes: &[String], country: &str, by: &str) -> Vec<Entry> {
    codes
        .iter()
        .map(|code| {
            let href = asked.link("/ask/activities", &[("country", country), (by, code)]);
            match recipients {
                Some(r) => (0..r.rows.len())
                    .find(|i| text(r, *i, "recipient") == code)
                    .map_or_else(Entry::default, |i| entry(asked, r, i, href)),
                // Every activity has one supporter, so that rows add up.
                None => Entry {
                    activities: whole(
                        (0..table.rows.len())
                            .filter(|i| text(table, *i, "recipient") == code)
                            .map(|i| number(table, i, "activities"))
                            .sum(),
                    ),
                    href,
                    ..Default::default()
                },
            }
        })
        .collect()
}

fn grand(asked: &Asked, supporters: &Table, country: &str) -> Entry {
    Entry {
        activities: whole(sum(supporters, "activities").unwrap_or_default()),
        committed: sum(supporters, "committed_usd").map(money),
        disbursed: sum(supporters, "disbursed_usd").map(money),
        href: asked.link("/ask/activities", &[("country", country)]),
        ..Default::default()
    }
}

/// What is not counted so that nothing is counted twice, in a sentence.
fn left_out(supporters: &Table) -> Option<String> {
    let (committed, disbursed) = (sum(supporters, "committed_usd_left_out")?, sum(supporters, "disbursed_usd_left_out")?);
    let doubtful = sum(supporters, "doubtful").unwrap_or_default();
    let unconverted = sum(supporters, "with_unconverted").unwrap_or_default();
    let mut parts = Vec::new();
    if committed.abs() + disbursed.abs() >= 0.5 {
        let amounts = [("committed", money(committed).into()), ("disbursed", money(disbursed).into())];
        parts.push(with("left-out-money", &amounts));
    }
    if doubtful > 0.0 {
        parts.push(with_one("left-out-doubtful", "n", doubtful));
    }
    if unconverted > 0.0 {
        parts.push(with_one("left-out-unconverted", "n", unconverted));
    }
    (!parts.is_empty()).then(|| format!("{}.", parts.join("; ")))
}

fn drawn(app: &App, asked: &Asked, answer: &Answer, id: &str, caption: &str) -> Drawn {
    draw(asked, app.model(), app.columns(), &answer.table, id, caption)
}

/// Gaps by class and by function: the classes always all, with what is known of each.
fn gaps(app: &App, asked: &Asked, answer: &Answer) -> Vec<Drawn> {
    [("actor_class", "t4", "t-every-class"), ("security_function", "t5", "t-functions-without")]
        .into_iter()
        .map(|(dimension, id, caption)| {
            let mut table = answer.table.clone();
            let (at, gap) = (table.column("dimension").unwrap_or(0), table.column("gap").unwrap_or(0));
            table
                .rows
                .retain(|r| r[at].text() == Some(dimension) && (dimension == "actor_class" || r[gap].number() == Some(1.0)));
            let n = if dimension == "actor_class" { 4 } else { 5 };
            draw(asked, app.model(), app.columns(), &table, id, &crate::say::numbered(n, caption))
        })
        .collect()
}

fn concentration(app: &App, table: &Table) -> Bars {
    let index =
        |row: usize, column: &str| table.get(row, column).number().map_or_else(Shown::unknown, |n| Shown::number(plain(n, 2)));
    let rows = (0..table.rows.len())
        .map(|r| {
            let share = table.get(r, "largest_share").number().unwrap_or_default() * 100.0;
            BarRow {
                label: Shown::text(recipient(app.model(), text(table, r, "actor_class"))),
                numbers: vec![
                    Shown::number(whole(number(table, r, "supporters"))),
                    index(r, "disbursed_index"),
                    index(r, "committed_index"),
                    Shown { text: text(table, r, "largest").to_owned(), class: "text", ..Default::default() },
                ],
                whole: if share > 0.0 { 100.0 } else { 0.0 },
                part: share,
            }
        })
        .collect();
    Bars {
        caption: crate::say::numbered(6, "t-concentration"),
        head: say("class"),
        heads: ["supporters", "index-disbursed", "index-committed", "largest"].map(say).to_vec(),
        bar: say("its-share"),
        rows,
    }
}

/// The countries with support, for the form.
fn countries(app: &App, reader: &Reader, chosen: &str) -> Result<Vec<(String, String, bool)>, PageError> {
    let table = reader.query("select distinct country from support where country <> ''", &[])?;
    let mut codes: BTreeSet<&str> = (0..table.rows.len()).map(|r| text(&table, r, "country")).collect();
    if !chosen.is_empty() {
        codes.insert(chosen);
    }
    let mut countries: Vec<(String, String, bool)> =
        codes.into_iter().map(|code| (code.to_owned(), country_name(app.model(), code).to_owned(), code == chosen)).collect();
    countries.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(countries)
}
