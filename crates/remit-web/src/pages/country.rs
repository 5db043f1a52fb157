//! A country: who supports what, where, and what needs attention.

use super::world::{Figure, dollars, figure, recipient_bars};
use super::{Bars, as_data, ask, missing_classes, number, sum, text};
use crate::app::App;
use crate::chart::{Chart, charts, place};
use crate::error::PageError;
use crate::language::language;
use crate::page::{Page, crumb};
use crate::request::{Asked, bare, html};
use crate::say::{called, listed, numbered, say, whole, with, with_one};
use crate::show::{Drawn, country_name, draw};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::Response;
use remit_ask::Answer;
use remit_draw::{About, Area, Map, Place, Value};
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
    kind: String,
    text: String,
    href: String,
}

pub(crate) async fn show(State(app): State<App>, Path(code): Path<String>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    let code = bare(&code).to_owned();
    let list = app.model().lists.get("country");
    let Some(country) = list.and_then(|l| l.find(&code)).map(|c| c.code.clone()) else {
        return Err(PageError::not_found(with_one("error-no-country", "code", code)));
    };
    app.read(asked.as_of.clone(), move |app, reader| respond(app, &asked, reader, &country)).await
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
        figure("activities", sum(&signs.table, "activities"), whole, all.clone(), with_one("active-on-day", "n", active)),
        figure(
            "supporters",
            Some(supporters.table.rows.len() as f64),
            whole,
            support.clone(),
            with_one("with-active-activity", "n", active_supporters),
        ),
        figure(
            "committed",
            sum(&supporters.table, "committed_usd"),
            dollars,
            asked.link("/ask/explain", &given),
            say("how-it-is-made"),
        ),
        figure(
            "disbursed",
            sum(&supporters.table, "disbursed_usd"),
            dollars,
            asked.link("/ask/explain", &given),
            say("how-it-is-made"),
        ),
    ];
    let columns = app.columns();
    let mut shown = asked.sorted(&activities.table);
    let more = shown.rows.len().saturating_sub(25);
    shown.rows.truncate(25);
    let mut drawn = draw(asked, app.model(), columns, &shown, "t3", &numbered(3, "t-activities-last")).downloaded();
    drawn.more = more;
    let template = Country {
        page: Page::new(app, asked, &name, vec![crumb(say("overview"), asked.link("/", &[]))]),
        lead: lead(&activities, active, active_supporters),
        figures,
        map: map(app, asked, reader, country, &name, activities.table.rows.len())?,
        years: charts(app, asked, &years),
        years_rule: called(&years.question.rule),
        recipients: recipient_bars(asked, app, &recipients.table, country, &numbered(1, "t-recipient-class")),
        recipients_rule: called(&recipients.question.rule),
        notes: notes(app, asked, reader, country)?,
        signs: draw(asked, app.model(), columns, &signs.table, "t2", &numbered(2, "t-signs")),
        signs_rule: called(&signs.question.rule),
        activities: drawn,
        activities_rule: called(&activities.question.rule),
        actors: super::records::draw_records(asked, app, "actor", &actors, "t4", &numbered(4, "t-missions-institutions")),
        classes: draw(asked, app.model(), columns, &classes.table, "t5", &numbered(5, "t-known-by-class")),
        register: REGISTER
            .iter()
            .filter_map(|q| app.questions().get(q).ok())
            .map(|q| (called(&q.title), asked.link(&format!("/ask/{}", q.name), &given)))
            .collect(),
        support,
        all,
    };
    Ok(html(template.render()?))
}

fn lead(activities: &Answer, active: f64, supporters: usize) -> String {
    if activities.table.rows.is_empty() {
        return say("country-none");
    }
    let all = activities.table.rows.len();
    with("country-lead", &[("n", all.into()), ("active", active.into()), ("s", supporters.into())])
}

/// The gaps and cliffs of a country, in sentences.
fn notes(app: &App, asked: &Asked, reader: &Reader, country: &str) -> Result<Vec<Note>, PageError> {
    let given = [("country", country)];
    let missing = missing_classes(app, &ask(app, reader, "gaps", &given)?.table);
    let mut notes = Vec::new();
    let link = |place: &str| format!("{}#{place}", asked.link("/support", &given));
    if !missing.is_empty() {
        notes.push(Note {
            kind: say("note-gap"),
            text: with_one("note-gap-text", "names", listed(&missing)),
            href: link("gaps"),
        });
    }
    for (question, kind, sentence) in
        [("cliffs", "note-cliff", "note-cliff-text"), ("overlaps", "note-overlap", "note-overlap-text")]
    {
        let rows = ask(app, reader, question, &given)?.table.rows.len();
        if rows > 0 {
            notes.push(Note { kind: say(kind), text: with_one(sentence, "n", rows), href: link(question) });
        }
    }
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
            let shown = app.model().lists.name("security_function", code, language()).to_owned();
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
            kind: say("note-two-lead"),
            text: with_one("note-two-lead-text", "names", listed(&double)),
            href: href("functions"),
        });
    }
    let unwatched = flagged("oversight", "no_exercised", "service_name")?;
    if !unwatched.is_empty() {
        let text = with_one("note-oversight-text", "names", listed(&unwatched));
        notes.push(Note { kind: say("note-oversight"), text, href: href("oversight") });
    }
    let stale = ask(app, reader, "stale", &given)?.table.rows.len();
    if stale > 0 {
        let text = with_one("note-stale-text", "n", stale);
        notes.push(Note { kind: say("note-stale"), text, href: href("stale") });
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
        name: r.label.get(language()).to_owned(),
        path: r.path.clone(),
        point: (f64::from(r.point.0), f64::from(r.point.1)),
        value: Value::NoRecord,
        link: None,
    });
    let about = About {
        id: "places".into(),
        title: with_one("places-in", "country", name),
        unit: say("places-unit"),
        source: say("places-source"),
        note: with("places-note", &[("n", with_place.len().into()), ("all", activities.into())]),
        ..About::default()
    };
    let (head, place_measure) = (say("place"), say("activities"));
    let (width, height) = (frame.width, frame.height);
    Ok(Some(place(
        app.model(),
        &Map { about, head, place_measure, width, height, areas: areas.collect(), places, ..Map::default() },
    )))
}
