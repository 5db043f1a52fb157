//! A country: who supports what, where, and what needs attention.

use super::world::{Figure, dollars, figure, recipient_bars};
use super::{Bars, as_data, ask, missing_classes, number, sum, text};
use crate::app::App;
use crate::chart::{Chart, charts, place};
use crate::error::PageError;
use crate::page::{Page, crumb};
use crate::request::{Asked, bare, html};
use crate::show::{Drawn, count, country_name, draw, whole};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::Response;
use remit_ask::Answer;
use remit_draw::{About, Area, Map, Place, Value};
use remit_model::Language;
use remit_store::{Cell, Reader, Table};
use std::collections::BTreeSet;

#[derive(Template)]
#[template(path = "country.html")]
struct Country {
    page: Page,
    lead: String,
    figures: Vec<Figure>,
    map: Option<Chart>,
    years: Vec<Chart>,
    years_rule: String,
    recipients: Bars,
    recipients_rule: String,
    notes: Vec<Note>,
    signs: Drawn,
    signs_rule: String,
    activities: Drawn,
    activities_rule: String,
    actors: Drawn,
    classes: Drawn,
    /// Questions about the institutions, as links.
    register: Vec<(String, String)>,
    support: String,
    all: String,
}

/// Something that needs attention.
struct Note {
    kind: &'static str,
    text: String,
    href: String,
}

pub(crate) async fn show(State(app): State<App>, Path(code): Path<String>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    let code = bare(&code).to_owned();
    let list = app.model().lists.get("country");
    let Some(country) = list.and_then(|l| l.find(&code)).map(|c| c.code.clone()) else {
        return Err(PageError::not_found(format!("“{code}” is no code of a country (ISO 3166).")));
    };
    app.read(asked.cut.clone(), move |app, reader| respond(app, &asked, reader, &country)).await
}

/// Questions about who provides, manages and oversees security.
const REGISTER: [&str; 6] = ["functions", "oversight", "structure", "changes", "stale", "unsourced"];

const ACTORS: &str = "select record, name, acronym, class, mandate_giver, legal_basis, starts, ends from actor where country = :country order by name";

fn respond(app: &App, asked: &Asked, reader: &Reader, country: &str) -> Result<Response, PageError> {
    let given = [("country", country)];
    let activities = ask(app, reader, "activities", &given)?;
    if let Some(data) = as_data(app, asked, reader, &activities)? {
        return Ok(data);
    }
    let name = country_name(app.model(), country).to_owned();
    let recipients = ask(app, reader, "recipients", &given)?;
    let signs = ask(app, reader, "signs", &given)?;
    let years = ask(app, reader, "years", &given)?;
    let supporters = ask(app, reader, "supporters", &given)?;
    let actors = reader.query(ACTORS, &[("country", Cell::Text(country.to_owned()))])?;
    let active = sum(&signs.table, "active").unwrap_or_default();
    let active_supporters = (0..supporters.table.rows.len()).filter(|r| number(&supporters.table, *r, "active") > 0.0).count();
    let classes = ask(app, reader, "classes", &given)?;
    let all = asked.link("/ask/activities", &given);
    let support = asked.link("/support", &given);
    let figures = vec![
        figure(
            "Activities",
            sum(&signs.table, "activities"),
            whole,
            all.clone(),
            format!("{} active on this day", whole(active)),
        ),
        figure(
            "Supporters",
            Some(supporters.table.rows.len() as f64),
            whole,
            support.clone(),
            format!("{active_supporters} with an active activity"),
        ),
        figure(
            "Committed",
            sum(&supporters.table, "committed_usd"),
            dollars,
            asked.link("/ask/explain", &given),
            "how it is made".into(),
        ),
        figure(
            "Disbursed",
            sum(&supporters.table, "disbursed_usd"),
            dollars,
            asked.link("/ask/explain", &given),
            "how it is made".into(),
        ),
    ];
    let columns = app.columns();
    let mut shown = asked.sorted(&activities.table);
    let more = shown.rows.len().saturating_sub(25);
    shown.rows.truncate(25);
    let mut drawn =
        draw(asked, app.model(), columns, &shown, "t3", "Table 3. Activities, those that end last first").downloaded();
    drawn.more = more;
    let template = Country {
        page: Page::new(app, asked, &name, vec![crumb("Overview", asked.link("/", &[]))]),
        lead: lead(&activities, active, active_supporters),
        figures,
        map: map(app, asked, reader, country, &name, activities.table.rows.len())?,
        years: charts(app, asked, &years),
        years_rule: years.question.rule.en.clone(),
        recipients: recipient_bars(asked, app, &recipients.table, country, "Table 1. Activities by class of recipient"),
        recipients_rule: recipients.question.rule.en.clone(),
        notes: notes(app, asked, reader, country)?,
        signs: draw(
            asked,
            app.model(),
            columns,
            &signs.table,
            "t2",
            "Table 2. How sure: what purpose codes say, and what the text adds",
        ),
        signs_rule: signs.question.rule.en.clone(),
        activities: drawn,
        activities_rule: activities.question.rule.en.clone(),
        actors: super::records::draw_records(asked, app, "actor", &actors, "t4", "Table 4. Missions and institutions on record"),
        classes: draw(asked, app.model(), columns, &classes.table, "t5", "Table 5. What is known, by class of actor"),
        register: REGISTER
            .iter()
            .filter_map(|q| app.questions().get(q).ok())
            .map(|q| (q.title.en.clone(), asked.link(&format!("/ask/{}", q.name), &given)))
            .collect(),
        support,
        all,
    };
    Ok(html(template.render()?))
}

fn lead(activities: &Answer, active: f64, supporters: usize) -> String {
    if activities.table.rows.is_empty() {
        return "No support to the security sector of this country is on record. That is not the same as no support.".into();
    }
    format!(
        "{} on record, {} active on this day, by {}.",
        count(activities.table.rows.len() as f64, "activity", "activities"),
        whole(active),
        count(supporters as f64, "supporter", "supporters")
    )
}

/// The gaps and cliffs of a country, in sentences.
fn notes(app: &App, asked: &Asked, reader: &Reader, country: &str) -> Result<Vec<Note>, PageError> {
    let given = [("country", country)];
    let missing = missing_classes(app, &ask(app, reader, "gaps", &given)?.table);
    let mut notes = Vec::new();
    let link = |place: &str| format!("{}#{place}", asked.link("/support", &given));
    if !missing.is_empty() {
        notes.push(Note {
            kind: "Gap.",
            text: format!("No active support is known for: {}.", missing.join(", ")),
            href: link("gaps"),
        });
    }
    let mut counted = |question: &str, kind: &'static str, sentence: fn(f64) -> String| -> Result<(), PageError> {
        let rows = ask(app, reader, question, &given)?.table.rows.len();
        if rows > 0 {
            notes.push(Note { kind, text: sentence(rows as f64), href: link(question) });
        }
        Ok(())
    };
    counted("cliffs", "Cliff.", |n| {
        format!("{} within six months and nothing on record follows.", count(n, "line of support ends", "lines of support end"))
    })?;
    counted("overlaps", "Overlap.", |n| {
        format!("Two or more supporters work on the same in {}.", count(n, "class and function", "classes and functions"))
    })?;
    notes.extend(institutions(app, asked, reader, country)?);
    Ok(notes)
}

/// What stands out in who does and oversees what, and what nobody has looked at for long.
fn institutions(app: &App, asked: &Asked, reader: &Reader, country: &str) -> Result<Vec<Note>, PageError> {
    let given = [("country", country)];
    let href = |question: &str| asked.link(&format!("/ask/{question}"), &given);
    let flagged = |question: &str, flag: &str, name: &str| -> Result<Vec<String>, PageError> {
        let table = ask(app, reader, question, &given)?.table;
        let mut names: Vec<String> = Vec::new();
        for r in (0..table.rows.len()).filter(|r| number(&table, *r, flag) > 0.0) {
            let code = text(&table, r, name);
            let shown = app.model().lists.name("security_function", code, Language::En).to_owned();
            if !names.contains(&shown) {
                names.push(shown);
            }
        }
        Ok(names)
    };
    let mut notes = Vec::new();
    let double = flagged("functions", "double_lead", "security_function")?;
    if !double.is_empty() {
        notes.push(Note {
            kind: "Two lead.",
            text: format!("More than one institution leads: {}.", double.join(", ")),
            href: href("functions"),
        });
    }
    let unwatched = flagged("oversight", "no_exercised", "service_name")?;
    if !unwatched.is_empty() {
        let text = format!("No power of oversight is known to be exercised over: {}.", unwatched.join(", "));
        notes.push(Note { kind: "Oversight.", text, href: href("oversight") });
    }
    let stale = ask(app, reader, "stale", &given)?.table.rows.len();
    if stale > 0 {
        let text = format!("Nobody has looked for a year at {}.", count(stale as f64, "statement", "statements"));
        notes.push(Note { kind: "Stale.", text, href: href("stale") });
    }
    Ok(notes)
}

const SITES: &str = "select record, name, latitude, longitude from place where country = :country and latitude is not null and longitude is not null limit 1000";
/// The most places that a map can show apart.
const MOST_PLACES: usize = 400;

const PLACES: &str = "select distinct l.activity, l.name, l.latitude, l.longitude, l.identifier from activity_location l \
                      where l.activity in (select activity from support where country = :country)";

/// A country's areas with the places that its activities name, as large as the number of activities there, and those of
/// the register.
fn map(
    app: &App,
    asked: &Asked,
    reader: &Reader,
    country: &str,
    name: &str,
    activities: usize,
) -> Result<Option<Chart>, PageError> {
    let geography = &app.model().geography;
    let Some(frame) = geography.frame(country) else { return Ok(None) };
    let given = [("country", Cell::Text(country.to_owned()))];
    let (named, known) = (reader.query(PLACES, &given)?, reader.query(SITES, &given)?);
    // A point outside of the country's frame belongs to another of the activity's countries.
    let point = |table: &Table, r: usize| -> Option<(f64, f64)> {
        let point = frame.point(table.get(r, "latitude").number()?, table.get(r, "longitude").number()?)?;
        Some((point.0.round(), point.1.round()))
    };
    let mut places: Vec<Place> = Vec::new();
    let mut with_place: BTreeSet<&str> = BTreeSet::new();
    for r in 0..named.rows.len() {
        let Some(point) = point(&named, r) else { continue };
        with_place.insert(text(&named, r, "identifier"));
        match places.iter().position(|p| p.point == point) {
            Some(at) => places[at].value = Value::Known(places[at].value.known().unwrap_or_default() + 1.0),
            None if places.len() < MOST_PLACES => {
                places.push(Place {
                    name: text(&named, r, "name").to_owned(),
                    point,
                    value: Value::Known(1.0),
                    ..Place::default()
                });
            }
            None => {}
        }
    }
    let site = |r: usize| {
        let link = asked.link("/record/place", &[("record", text(&known, r, "record"))]);
        let name = text(&known, r, "name").to_owned();
        Some(Place { name, point: point(&known, r)?, value: Value::NoRecord, link: Some(link), ..Place::default() })
    };
    places.extend((0..known.rows.len()).filter_map(site));
    let areas = geography.regions.iter().filter(|r| r.country == country).map(|r| Area {
        name: r.label.get(Language::En).to_owned(),
        path: r.path.clone(),
        point: (f64::from(r.point.0), f64::from(r.point.1)),
        value: Value::NoRecord,
        link: None,
    });
    let about = About {
        id: "places".into(),
        title: format!("Places in {name}"),
        unit: "Activities of the security sector that name the place".into(),
        source: "locations as published; areas: Natural Earth, de-facto lines, no endorsement implied".into(),
        note: format!("{} of {activities} activities name a place with a point here.", with_place.len()),
        ..About::default()
    };
    let (head, place_measure) = ("Place".into(), "Activities".into());
    let (width, height) = (frame.width, frame.height);
    Ok(Some(place(&Map { about, head, place_measure, width, height, areas: areas.collect(), places, ..Map::default() })))
}
