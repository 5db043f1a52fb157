//! GeoJSON: places. A point is where it stands; of an area the middle of its extent is kept.

use super::{NamedCell, ObjectFormat, Sheets, cells, names, text};
use serde_json::Value;
use std::collections::HashMap;

/// What the name of a place is called in the files of mapping agencies, the best first; behind these, in other languages.
const NAME: [&str; 43] = [
    "name",
    "NAME",
    "Name",
    "name_en",
    "NAME_EN",
    "shapeName",
    "ADM3_EN",
    "ADM2_EN",
    "ADM1_EN",
    "ADM0_EN",
    "NAME_3",
    "NAME_2",
    "NAME_1",
    "NAME_0",
    "title",
    "Title",
    "label",
    "nom",
    "Nom",
    "NOM",
    "toponyme",
    "nombre",
    "Nombre",
    "NOMBRE",
    "nome",
    "naziv",
    "назва",
    "назив",
    "اسم",
    "الاسم",
    "name_fr",
    "name_es",
    "name_ar",
    "ADM3_FR",
    "ADM2_FR",
    "ADM1_FR",
    "ADM0_FR",
    "ADM3_ES",
    "ADM2_ES",
    "ADM1_ES",
    "ADM3_AR",
    "ADM2_AR",
    "ADM1_AR",
];
/// And its code.
const CODE: [&str; 10] =
    ["pcode", "code", "iso_3166_2", "ADM3_PCODE", "ADM2_PCODE", "ADM1_PCODE", "ADM0_PCODE", "shapeID", "GID_1", "osm_id"];
/// And its country.
const COUNTRY: [&str; 7] = ["iso_a2", "ISO_A2", "country", "admin", "ADM0_EN", "COUNTRY", "NAME_0"];

/// As it is known to the list of formats.
pub(super) const FORM: ObjectFormat =
    ObjectFormat { called: "GeoJSON (places)", endings: &["geojson"], is, read: |item, _, sheets| read(item, sheets) };

fn is(item: &Value) -> bool {
    matches!(item.get("type").and_then(Value::as_str), Some("FeatureCollection" | "Feature"))
}

fn read(item: &Value, sheets: &mut Sheets<'_>) {
    let alone = std::slice::from_ref(item);
    let features = item.get("features").and_then(Value::as_array).map_or(alone, Vec::as_slice);
    let (mut named, around) = (HashMap::new(), sheets.with.said_by(item));
    for (n, feature) in features.iter().enumerate() {
        place(feature, n as u64 + 1, &around, &mut named, sheets);
    }
}

/// The identifier of a feature. A number is one within its file only, and so is a name: two places of one name are two.
fn identifier(feature: &Value, code: Option<&String>, name: &str, named: &mut HashMap<String, u32>, file: &str) -> String {
    let file = file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_lowercase().replace(' ', "-");
    let plain = |text: &str| text.to_lowercase().replace(' ', "-");
    let given = text(feature, "id");
    if let Some(own) = given.as_ref().filter(|id| id.parse::<f64>().is_err()).or(code) {
        return own.clone();
    }
    let own = given.unwrap_or_else(|| plain(name));
    let times = named.entry(own.clone()).or_insert(0);
    *times += 1;
    if *times > 1 { format!("{file}/{own}-{times}") } else { format!("{file}/{own}") }
}

/// A feature; what stands around all of them says what it does not say itself.
fn place<'w>(feature: &Value, n: u64, around: &[NamedCell<'w>], named: &mut HashMap<String, u32>, sheets: &mut Sheets<'w>) {
    let none = Value::Null;
    let said = feature.get("properties").unwrap_or(&none);
    let first = |keys: &[&str]| keys.iter().find_map(|key| text(said, key));
    let Some(name) = first(&NAME) else {
        sheets.leave(
            n,
            format!("feature {n} of the file has no name; one of its properties must be called {}", NAME[..6].join(", ")),
        );
        return;
    };
    // Names in other languages are read below.
    let of_language: Vec<&str> = said
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, _)| key.as_str())
        .filter(|key| key.to_lowercase().strip_prefix("name_").is_some_and(|l| l.len() == 2))
        .collect();
    sheets.unused("feature", said, &[&NAME, &CODE, &COUNTRY, &of_language]);
    let with = sheets.with;
    sheets.about([around.to_vec(), with.said_by(feature), with.said_by(said)]);
    let code = first(&CODE);
    let id = identifier(feature, code.as_ref(), &name, named, &with.file);
    let country = first(&COUNTRY).filter(|c| c != &name || c.len() == 2);
    let others = said.as_object().into_iter().flatten().filter_map(|(key, value)| {
        let language = key.strip_prefix("name_").or_else(|| key.strip_prefix("NAME_")).map(str::to_lowercase)?;
        let other =
            value.as_str().filter(|v| *v != name && language.len() == 2 && language.bytes().all(|b| b.is_ascii_lowercase()))?;
        Some((other.to_owned(), Some(language)))
    });
    let geometry = feature.get("geometry").filter(|g| !g.is_null());
    let (middle, others) = (geometry.and_then(middle), names(others));
    if geometry.is_some() && middle.is_none() {
        sheets.leave(n, "it stands nowhere on Earth: coordinates are degrees of longitude and latitude (EPSG:4326)");
    }
    let degrees = |at: fn((f64, f64)) -> f64| middle.map(|m| format!("{:.5}", at(m)));
    let (longitude, latitude) = (degrees(|m| m.0), degrees(|m| m.1));
    let said = [("name", Some(name)), ("names", others), ("country", country), ("code", code), ("latitude", latitude)];
    let record = [("record", Some(format!("place/{}", id.trim_start_matches("place/")))), ("longitude", longitude)];
    sheets.say("place", n, cells(record.into_iter().chain(said)), Vec::new());
}

/// Where a shape stands: longitude and latitude of the middle of its extent.
fn middle(geometry: &Value) -> Option<(f64, f64)> {
    let mut points = Vec::new();
    collect(geometry.get("coordinates")?, &mut points);
    let of = |at: fn(&(f64, f64)) -> f64| {
        let (low, high) = points.iter().map(at).fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
        (low + high) / 2.0
    };
    let middle = (of(|p| p.0), of(|p| p.1));
    (!points.is_empty() && middle.0.abs() <= 180.0 && middle.1.abs() <= 90.0).then_some(middle)
}

fn collect(coordinates: &Value, points: &mut Vec<(f64, f64)>) {
    let Some(all) = coordinates.as_array() else { return };
    match &all[..] {
        [Value::Number(x), Value::Number(y), ..] => points.extend(x.as_f64().zip(y.as_f64())),
        inner => inner.iter().for_each(|c| collect(c, points)),
    }
}
