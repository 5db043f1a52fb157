//! The tables of Security Force Monitor's research handbook: a row a claim, with the citations that evidence it in one cell, and
//! tables of the sources beside. Each citation becomes a statement of its own, with the page, the day on which it was seen and the
//! address of its archived copy. <https://help.securityforcemonitor.org>

use super::{Cited, NamedCell, ReadWith, Sheets, cells, names};
use crate::grid::{CellText, Grid, Unread};
use serde_json::Value;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

/// The column that says what a row is about: only these tables have it.
const ABOUT: &str = "about_entity:ref:claim";
const CITATIONS: [&str; 2] = ["citation:refs:claim", "citation:refs:location"];

/// A row by the names of its columns, with those of which somebody has asked. Of two columns of one name the first counts.
struct ClaimRow<'g> {
    cells: HashMap<&'g str, &'g str>,
    read: RefCell<HashSet<&'g str>>,
    /// What stands in a second column of a name, where it is not the same.
    doubled: Vec<(&'g str, &'g str)>,
}

impl<'g> ClaimRow<'g> {
    fn of(said: impl Iterator<Item = (&'g str, &'g str)>) -> ClaimRow<'g> {
        let mut row = ClaimRow { cells: HashMap::new(), read: RefCell::default(), doubled: Vec::new() };
        for (column, text) in said.filter(|(_, text)| !text.is_empty()) {
            let first = *row.cells.entry(column).or_insert(text);
            if first != text {
                row.doubled.push((column, text));
            }
        }
        row
    }

    fn get(&self, column: &str) -> Option<&&'g str> {
        let (column, text) = self.cells.get_key_value(column)?;
        self.read.borrow_mut().insert(*column);
        Some(text)
    }

    /// As an object of JSON: all of it, or only what nobody has asked for.
    fn object(&self, is_unread: bool) -> Value {
        let read = self.read.borrow();
        let all = self.cells.iter().filter(|(column, _)| !is_unread || !read.contains(*column));
        Value::Object(all.map(|(column, text)| ((*column).to_owned(), (*text).into())).collect())
    }

    /// Tells what of the row is not read, once all that is read of it was asked for.
    fn leave_rest(&self, n: u64, sheets: &mut Sheets<'_>) {
        for (column, text) in &self.doubled {
            let taken = self.cells.get(column).copied().unwrap_or_default();
            sheets.leave_second(n, column, taken, text);
        }
        sheets.unused("claim", &self.object(true), &[]);
    }
}

/// A kind and its fields, those too that a row leaves open.
type KindFields = (&'static str, Vec<(&'static str, Option<String>)>);

/// The rows of the tables that have a column.
fn rows<'g>(grids: &'g [Grid], column: &str) -> Vec<(u64, ClaimRow<'g>)> {
    let mut all = Vec::new();
    for grid in grids {
        let heads = grid.rows.first().map(|(_, cells)| cells.iter().map(|c| c.trim_matches('`').trim()).collect::<Vec<&str>>());
        let Some(heads) = heads.filter(|h| h.contains(&column)) else { continue };
        let row = |cells: &'g [CellText]| ClaimRow::of(heads.iter().copied().zip(cells.iter().map(CellText::as_str)));
        all.extend(grid.rows[1..].iter().map(|(n, cells)| (*n, row(cells))));
    }
    all
}

/// Claims of the handbook rewritten as sheets of the register; none where the tables are something else.
///
/// # Errors
/// When nothing of them has a place in the register.
pub(crate) fn rewritten(grids: &[Grid], with: &ReadWith) -> Result<Option<Vec<Grid>>, Unread> {
    let claims = rows(grids, ABOUT);
    if claims.is_empty() {
        return Ok(None);
    }
    let sources = Sources::of(grids);
    let mut sheets = Sheets::of(with);
    for (n, row) in rows(grids, "origin_id:location") {
        let own = |column: &str| row.get(column).map(|v| (*v).to_owned());
        let said = [
            ("record", own("id:entity")),
            ("name", own("name:annotation")),
            ("country", country(&row)),
            ("code", own("origin_id:location")),
        ];
        sheets.about([envelope_of_row(with, &row)]);
        sheets.say("place", n, cells(said), sources.cited(&row));
        row.leave_rest(n, &mut sheets);
    }
    for (n, row) in claims {
        claim(n, &row, &sources, &mut sheets);
    }
    sheets.grids().map(Some)
}

/// What columns that an office put beside those of the handbook say of the envelope.
fn envelope_of_row<'w>(with: &'w ReadWith, row: &ClaimRow<'_>) -> Vec<NamedCell<'w>> {
    with.said_by(&row.object(false))
}

fn country(row: &ClaimRow<'_>) -> Option<String> {
    row.get("country:annotation").map(|c| c.to_uppercase())
}

/// The items of a cell.
fn items(cell: Option<&&str>) -> Vec<String> {
    cell.into_iter().flat_map(|c| c.split([';', '\n'])).map(|i| i.trim().to_owned()).filter(|i| !i.is_empty()).collect()
}

/// What a claim of a type says, as rows of kinds; none where it has no place in the register.
fn said_by(kind: &str, row: &ClaimRow<'_>) -> Option<Vec<KindFields>> {
    let own = |column: &str| row.get(column).map(|v| (*v).to_owned());
    let all = |column: &str| items(row.get(column));
    let (name, others) = (own("name:annotation"), |column: &str| names(all(column).into_iter().map(|n| (n, None))));
    let first = |column: &str| all(column).into_iter().next();
    Some(match kind {
        "unit" => {
            let classes = Some(all("unit:classifications:assertion").join(", "));
            let name = name.or_else(|| first("unit:names:assertion"));
            vec![(
                "actor",
                vec![
                    ("name", name),
                    ("names", others("unit:names:assertion")),
                    ("classification", classes),
                    ("country", country(row)),
                ],
            )]
        }
        "person" => {
            let sex = own("person:gender:assertion").and_then(|g| super::sex(&g));
            let name = name.or_else(|| first("person:names:assertion"));
            vec![(
                "person",
                vec![("name", name), ("names", others("person:names:assertion")), ("sex", sex), ("country", country(row))],
            )]
        }
        "posting" => vec![(
            "posting",
            vec![
                ("person", own("posting:person:refs:assertion")),
                ("actor", own("posting:unit:refs:assertion")),
                ("role", own("posting:roles:assertion")),
                ("post", own("posting:titles:assertion")),
                ("rank", own("posting:ranks:assertion")),
            ],
        )],
        "relation" => vec![(
            "relation",
            vec![
                ("subject", own("relation:unit:refs:assertion")),
                ("relation", own("relation:types:assertion").map(|t| relation(&t))),
                ("object", own("relation:related_unit:refs:assertion")),
                ("classification", own("relation:related_unit_classes:assertion")),
            ],
        )],
        "positioning" => vec![(
            "positioning",
            vec![
                ("actor", own("positioning:unit:refs:assertion")),
                ("place", own("positioning:location:refs:assertion")),
                ("positioning", own("positioning:types:assertion").map(|t| positioning(&t))),
                ("base", own("positioning:base_names:assertion")),
            ],
        )],
        "incident" => incidents(row),
        _ => return None,
    })
}

fn claim(n: u64, row: &ClaimRow<'_>, sources: &Sources<'_>, sheets: &mut Sheets<'_>) {
    let own = |column: &str| row.get(column).map(|v| (*v).to_owned());
    let (kind, about) = (own("type:claim").or_else(|| own("type:entity")).unwrap_or_default().to_lowercase(), own(ABOUT));
    let Some(said) = said_by(&kind, row) else {
        sheets.leave(n, format!("a claim of the type “{kind}” has no place in the register; it was left out"));
        return;
    };
    sheets.about([envelope_of_row(sheets.with, row)]);
    let many = said.len() > 1;
    for (at, (kind, fields)) in said.into_iter().enumerate() {
        let record = about.clone().map(|id| if many { format!("{id}/{}", at + 1) } else { id });
        let mut said = cells([("record", record)].into_iter().chain(fields));
        said.extend(dates(n, row, kind == "incident", sheets));
        said.extend(cells([("note", note(row)), ("credibility", own("confidence:claim"))]));
        sheets.say(kind, n, said, sources.cited(row));
    }
    row.leave_rest(n, sheets);
}

/// An incident, once for each unit that is named as its perpetrator.
fn incidents(row: &ClaimRow<'_>) -> Vec<KindFields> {
    let own = |column: &str| row.get(column).map(|v| (*v).to_owned());
    let mut units: Vec<Option<String>> = items(row.get("incident:perpetrator:refs:assertion")).into_iter().map(Some).collect();
    if units.is_empty() {
        units.push(None);
    }
    let types = own("incident:violation:types:assertion");
    let allegation = own("incident:violation:descriptions:assertion").or_else(|| types.clone());
    let one =
        |actor| vec![("allegation", allegation.clone()), ("actor", actor), ("place", own("incident:location:refs:assertion"))];
    units.into_iter().map(|actor| ("incident", one(actor))).collect()
}

fn relation(text: &str) -> String {
    let small = text.to_lowercase();
    let is_part = ["parent", "part", "subordinate", "command", "member"].iter().any(|w| small.contains(w));
    if is_part { "part_of".into() } else { text.to_owned() }
}

fn positioning(text: &str) -> String {
    match text.to_lowercase().as_str() {
        "aoo" | "area of operation" | "area of operations" => "area_of_operation".into(),
        "hq" | "headquarters" => "headquarters".into(),
        "base" | "site" | "facility" | "emplacement" => "base".into(),
        _ => text.to_owned(),
    }
}

/// A precise range begins or ends what is claimed only where it says so; else it is when that was seen.
fn dates(n: u64, row: &ClaimRow<'_>, is_event: bool, sheets: &mut Sheets<'_>) -> Vec<NamedCell<'static>> {
    let own = |column: &str| row.get(column).map(|v| (*v).to_owned());
    let mut yes = |column: &str| {
        let text = row.get(column).copied().unwrap_or_default();
        let is_yes = matches!(text.to_uppercase().as_str(), "Y" | "YES" | "TRUE");
        if !is_yes && !matches!(text.to_uppercase().as_str(), "" | "N" | "NO" | "FALSE") {
            sheets.leave(n, format!("“{text}” means neither yes nor no here; it was left out"));
        }
        is_yes
    };
    let (first, last) = (own("first_precise:range"), own("last_precise:range"));
    if is_event {
        return cells([("starts", first), ("ends", last)]);
    }
    let (starts, ends) = (yes("starting:range"), yes("ending:range"));
    let bound = |is: bool, date: &Option<String>| date.clone().filter(|_| is);
    cells([
        ("valid_from", bound(starts, &first)),
        ("first_cited", bound(!starts, &first)),
        ("valid_to", bound(ends, &last)),
        ("last_cited", bound(!ends, &last)),
    ])
}

/// What has no field of its own: notes, and a range on some day of which the claim was true.
fn note(row: &ClaimRow<'_>) -> Option<String> {
    let own = |column: &str| row.get(column).map(|v| (*v).to_owned());
    let bound = |column: &str| own(column).filter(|d| d != "since_beginning_of_time").unwrap_or_else(|| "…".into());
    let imprecise = (row.get("first_imprecise:range").is_some() || row.get("last_imprecise:range").is_some())
        .then(|| format!("some day between {} and {}", bound("first_imprecise:range"), bound("last_imprecise:range")));
    let types = own("incident:violation:types:assertion");
    let all = [own("public_notes:meta"), types, own("starting_context:range"), own("ending_context:range"), imprecise];
    let all: Vec<String> = all.into_iter().flatten().collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// The sources, by what claims call them.
struct Sources<'g> {
    points: HashMap<&'g str, ClaimRow<'g>>,
    sources: HashMap<&'g str, ClaimRow<'g>>,
    publications: HashMap<&'g str, ClaimRow<'g>>,
}

impl<'g> Sources<'g> {
    fn of(grids: &'g [Grid]) -> Sources<'g> {
        let by = |id: &str| rows(grids, id).into_iter().filter_map(|(_, row)| Some((*row.get(id)?, row))).collect();
        Sources {
            points: by("source:access_point_id:admin"),
            sources: by("source:source_id:admin"),
            publications: by("source:publication_id:admin"),
        }
    }

    /// The sources of a row, each by itself.
    fn cited(&self, row: &ClaimRow<'_>) -> Vec<Cited<'static>> {
        CITATIONS.iter().flat_map(|c| items(row.get(c))).map(|id| self.one(&id)).collect()
    }

    fn one(&self, id: &str) -> Cited<'static> {
        let point = self.points.get(id);
        let own = |column: &str| point.and_then(|p| p.get(column)).map(|v| (*v).to_owned());
        let source = point.and_then(|p| self.sources.get(p.get("source:source_id:admin")?)).or_else(|| self.sources.get(id));
        let of_source = |column: &str| own(column).or_else(|| Some((*source?.get(column)?).to_owned()));
        let publication = of_source("source:publication_name").or_else(|| {
            let id = of_source("source:publication_id:admin")?;
            Some((*self.publications.get(id.as_str())?.get("source:publication_name")?).to_owned())
        });
        let title = [of_source("source:title"), publication].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let title = if title.is_empty() { format!("Security Force Monitor, citation {id}") } else { title };
        let day = |column: &str| of_source(column).map(|d| d.get(..10).unwrap_or(&d).to_owned());
        let page =
            own("source:access_point_trigger").map(|p| if p.bytes().all(|b| b.is_ascii_digit()) { format!("p. {p}") } else { p });
        let seen = day("source:accessed_timestamp").map(|d| format!("seen on {d}"));
        let archived = own("source:archive_url").map(|a| format!("archived at {a}"));
        let locator: Vec<String> = [page, seen, archived].into_iter().flatten().collect();
        Cited {
            cells: cells([
                ("source", Some(title)),
                ("url", of_source("source:url")),
                ("locator", Some(locator.join("; "))),
                ("source_date", day("source:published_timestamp")),
            ]),
        }
    }
}
