//! A country's areas with the places that its activities name, as large as the number of activities there, and those of the
//! register.

use crate::chart::{Chart, place};
use crate::context::{Context, query};
use crate::error::PageError;
use crate::language::language;
use crate::m;
use remit_draw::{AboutPicture, Area, Map, MapPlace, Value};
use remit_model::Frame;
use remit_store::Cell;
use serde::Deserialize;
use std::collections::BTreeSet;

/// The most places that a map can show apart.
const MOST_PLACES: usize = 400;

/// A place that an activity names.
#[derive(Deserialize)]
struct NamedPlace {
    name: String,
    identifier: String,
    latitude: Option<f64>,
    longitude: Option<f64>,
}

/// A place of the register.
#[derive(Deserialize)]
struct RegisterPlace {
    record: String,
    name: String,
    latitude: Option<f64>,
    longitude: Option<f64>,
}

/// The map of a country with so many activities; none where its borders are not known.
pub(super) fn draw(cx: &Context, country: &str, name: &str, activities: usize) -> Result<Option<Chart>, PageError> {
    let geography = &cx.model().geography;
    let Some(frame) = geography.frame(country) else { return Ok(None) };
    let given = [("country", Cell::Text(country.to_owned()))];
    let named: Vec<NamedPlace> = cx.rows(query!("places.sql"), &given)?;
    let sites: Vec<RegisterPlace> = cx.rows(query!("sites.sql"), &given)?;
    let (mut places, with_place) = of_activities(frame, &named);
    places.extend(sites.into_iter().filter_map(|s| site(cx, frame, s)));
    let areas = geography.regions.iter().filter(|r| r.country == country).map(|r| Area {
        name: r.label.get(language()).to_owned(),
        path: r.path.clone(),
        point: (f64::from(r.point.0), f64::from(r.point.1)),
        value: Value::NoRecord,
        link: None,
    });
    let about = AboutPicture {
        id: "places".into(),
        title: m::places_in(name),
        unit: m::places_unit(),
        source: m::places_source(),
        note: m::places_note(activities, with_place),
        ..AboutPicture::default()
    };
    let (head, place_measure) = (m::place(), m::activities());
    let (width, height) = (frame.width, frame.height);
    let map = Map { about, head, place_measure, width, height, areas: areas.collect(), places, ..Map::default() };
    Ok(Some(place(&cx.voice(), &map)))
}

/// A point outside of the country's frame belongs to another of the activity's countries.
fn point(frame: &Frame, latitude: Option<f64>, longitude: Option<f64>) -> Option<(f64, f64)> {
    let (x, y) = frame.point(latitude?, longitude?)?;
    Some((x.round(), y.round()))
}

/// The places of activities, each as large as their number, and how many activities have one.
fn of_activities(frame: &Frame, named: &[NamedPlace]) -> (Vec<MapPlace>, usize) {
    let mut places: Vec<MapPlace> = Vec::new();
    let mut with_place: BTreeSet<&str> = BTreeSet::new();
    for n in named {
        let Some(point) = point(frame, n.latitude, n.longitude) else { continue };
        with_place.insert(&n.identifier);
        match places.iter().position(|p| p.point == point) {
            Some(at) => places[at].value = Value::Known(places[at].value.known().unwrap_or_default() + 1.0),
            None if places.len() < MOST_PLACES => {
                places.push(MapPlace { name: n.name.clone(), point, value: Value::Known(1.0), ..MapPlace::default() });
            }
            None => {}
        }
    }
    (places, with_place.len())
}

fn site(cx: &Context, frame: &Frame, site: RegisterPlace) -> Option<MapPlace> {
    let point = point(frame, site.latitude, site.longitude)?;
    let link = Some(cx.record_link("place", &site.record));
    Some(MapPlace { name: site.name, point, value: Value::NoRecord, link, ..MapPlace::default() })
}
