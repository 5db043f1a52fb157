//! One record: what is said of it and by which source, what it is connected with, what was and will be, what to do with it.

use super::records::{kind_of, value};
use super::{quoted, table_as_data, text};
use crate::app::App;
use crate::chart::Chart;
use crate::error::PageError;
use crate::language::language;
use crate::page::{Page, crumb};
use crate::request::{Asked, bare, html};
use crate::say::{called, date, say, whole, with, with_one};
use crate::show::{Drawn, Shown, marking, says, says_with};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::Response;
use remit_model::{FieldType, Kind, Model};
use remit_store::{Cell, Reader, Table};
use std::collections::{HashMap, HashSet};

#[derive(Template)]
#[template(path = "record.html")]
struct RecordPage {
    page: Page,
    help: String,
    fields: Vec<FieldRow>,
    unknown: Vec<String>,
    charts: Vec<Chart>,
    connections: Vec<Drawn>,
    other_times: Drawn,
    conflicts: Vec<Choice>,
    proposals: Vec<Choice>,
    links: Vec<(String, String)>,
    writes: Option<Writes>,
    said: String,
}

/// A field with one thing that is said of it.
struct FieldRow {
    name: String,
    value: Shown,
    source: Shown,
    place: String,
    grade: String,
    marking: String,
    dates: String,
    confirmed: bool,
    edit: String,
}

/// One of several statements to choose from.
struct Choice {
    statement: String,
    says: String,
    by: String,
    others: String,
}

/// Where to write, for who may.
struct Writes {
    add: String,
    merge: String,
    history: String,
}

pub(crate) async fn show(State(app): State<App>, Path(kind): Path<String>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    let kind = kind_of(&app, bare(&kind))?.clone();
    app.read(asked.as_of.clone(), move |app, reader| respond(app, &asked, reader, &kind)).await
}

fn respond(app: &App, asked: &Asked, reader: &Reader, kind: &Kind) -> Result<Response, PageError> {
    let record = asked.get("record").to_owned();
    let by_record = [("record", Cell::Text(record.clone())), ("kind", Cell::Text(kind.name.clone()))];
    let sql = format!("select * from \"{}_statement\" where record = :record order by recorded_at, id", kind.view);
    let table = reader.query(&sql, &by_record[..1])?;
    let all = reader.query(EVERY_TIME, &by_record)?;
    if table.rows.is_empty() && all.rows.is_empty() {
        let label = called(&kind.label).to_lowercase();
        return Err(PageError::not_found(with("error-no-record", &[("kind", label.into()), ("record", record.into())])));
    }
    if let Some(data) = table_as_data(asked, &kind.name, &table) {
        return Ok(data);
    }
    let title = title(kind, &table, &all, &record);
    let fields = fields(app, asked, kind, &table);
    let unknown = kind
        .fields
        .iter()
        .filter(|f| f.record_kind().is_none() && !fields.iter().any(|r| r.name == called(&f.label)))
        .map(|f| called(&f.label));
    let proposals = reader.query(PROPOSALS, &by_record)?;
    let conflicts = reader.query(CONFLICTS, &by_record)?;
    let writes = app.author().map(|_| Writes {
        add: asked.link(&format!("/edit/{}", kind.name), &[("record", &record)]),
        merge: asked.link(&format!("/merge/{}", kind.name), &[("record", &record)]),
        history: asked.link(&format!("/history/{}", kind.name), &[("record", &record)]),
    });
    let mut now: HashSet<String> = (0..table.rows.len()).map(|r| text(&table, r, "statement").to_owned()).collect();
    let referring = reader.references(&record)?;
    let first = |name: &str| (0..table.rows.len()).map(|r| text(&table, r, name)).find(|t| !t.is_empty()).unwrap_or_default();
    let is_mission = kind.name == "actor" && first("class") == "mission";
    // What a mission's own tables tell is not told twice.
    let told: &[&str] = if is_mission { &super::mission::TOLD } else { &[] };
    let others = connections(app, asked, reader, (kind, &record, &referring), told, &mut now)?;
    let (mut connections, mut charts) = (Vec::new(), Vec::new());
    if is_mission {
        charts = super::mission::pictures(app, asked, reader, &record, first("acronym"))?;
        connections = super::mission::tables(app, asked, reader, &record, first("acronym"))?;
    }
    connections.extend(others);
    let template = RecordPage {
        page: Page::new(app, asked, title, crumbs(app, asked, kind, &table)),
        help: called(&kind.label),
        unknown: unknown.collect(),
        charts,
        connections,
        other_times: other_times(app, asked, reader, (kind, &record, &referring), &now)?,
        conflicts: choices(app, kind, &conflicts),
        proposals: choices(app, kind, &proposals),
        links: links(app, asked, kind, &record, &table),
        fields,
        writes,
        said: asked.get("said").to_owned(),
    };
    Ok(html(template.render()?))
}

const EVERY_TIME: &str = "select title from statement where kind = :kind and record = :record and current = 1 order by coalesce(valid_from, first_cited, ''), seq";
const PROPOSALS: &str = "select s.statement, s.fields, s.author, s.recorded_at, s.source, s.supersedes from statement s \
     where s.kind = :kind and s.record = :record and s.status_of_statement = 'proposed' and s.withdrawn = 0 \
     and not exists (select 1 from statement n where n.supersedes = s.statement) order by s.seq";
const CONFLICTS: &str = "select s.statement, s.fields, s.author, s.recorded_at, s.source, s.supersedes from conflict c \
     join statement s on s.statement = c.statement where c.kind = :kind and c.record = :record order by s.seq";

fn title(kind: &Kind, table: &Table, all: &Table, record: &str) -> String {
    let by_field =
        kind.title.as_ref().and_then(|t| (0..table.rows.len()).rev().map(|r| text(table, r, t)).find(|n| !n.is_empty()));
    let from_all = (0..all.rows.len()).map(|r| text(all, r, "title")).find(|t| !t.is_empty() && *t != record);
    let ends: Vec<&str> =
        kind.references().filter_map(|(f, _)| table.rows.first().map(|_| text(table, 0, &format!("{}_name", f.name)))).collect();
    match (by_field, &ends[..]) {
        (Some(name), _) => name.to_owned(),
        (None, [_, ..]) if kind.title.is_none() => format!("{}: {}", kind.label.english(), ends.join(" – ")),
        _ => from_all.unwrap_or(record).to_owned(),
    }
}

fn crumbs(app: &App, asked: &Asked, kind: &Kind, table: &Table) -> Vec<crate::page::Crumb> {
    let mut crumbs = vec![crumb(say("overview"), asked.link("/", &[]))];
    let country = (0..table.rows.len()).map(|r| text(table, r, "country")).find(|c| c.len() == 2);
    match country {
        Some(code) => {
            crumbs.push(crumb(crate::show::country_name(app.model(), code), asked.link(&format!("/country/{code}"), &[])));
            crumbs.push(crumb(called(&kind.label), asked.link(&format!("/records/{}", kind.name), &[("country", code)])));
        }
        None => crumbs.push(crumb(called(&kind.label), asked.link(&format!("/records/{}", kind.name), &[]))),
    }
    crumbs
}

/// One row a field and statement; where two sources say the same, both stand.
fn fields(app: &App, asked: &Asked, kind: &Kind, table: &Table) -> Vec<FieldRow> {
    let mut rows = Vec::new();
    for field in &kind.fields {
        for row in 0..table.rows.len() {
            let withheld = text(table, row, "withheld").split(' ').any(|w| w == field.name);
            if table.get(row, &field.name).is_null() && !withheld {
                continue;
            }
            let statement = text(table, row, "statement");
            let edit = match app.author() {
                Some(_) if !statement.is_empty() => asked.link(&format!("/edit/{}", kind.name), &[("statement", statement)]),
                _ => String::new(),
            };
            rows.push(FieldRow {
                name: called(&field.label),
                value: if withheld { Shown::withheld() } else { shown(app.model(), asked, kind, &field.name, table, row) },
                source: source(asked, table, row),
                place: place(table, row),
                grade: format!("{}{}", text(table, row, "reliability"), text(table, row, "credibility")),
                marking: Some(text(table, row, "marking"))
                    .filter(|m| *m != "public")
                    .map_or_else(String::new, |m| marking(app.model(), m)),
                dates: dates(table, row),
                confirmed: table.get(row, "confirmed").number() != Some(0.0),
                edit,
            });
        }
    }
    rows
}

/// A field's value, with a link where it is another record.
fn shown(model: &Model, asked: &Asked, kind: &Kind, name: &str, table: &Table, row: usize) -> Shown {
    let field = kind.field(name);
    let cell = table.get(row, name);
    match (field.map(|f| &f.kind), cell) {
        (Some(FieldType::Record(of)), Cell::Text(id)) => {
            let named = text(table, row, &format!("{name}_name"));
            let link = asked.link(&format!("/record/{of}"), &[("record", id)]);
            Shown::text(if named.is_empty() { id } else { named }).link(link)
        }
        _ => value(model, field, cell),
    }
}

/// From when to when a statement says that it holds.
pub(super) fn dates(table: &Table, row: usize) -> String {
    let of = |name: &str| Some(text(table, row, name)).filter(|t| !t.is_empty()).map(date);
    let (since, until) = (of("valid_from"), of("valid_to"));
    let starts = since.clone().or_else(|| of("first_cited").map(|d| with_one("since-cited", "day", d)));
    let ends = until.clone().or_else(|| of("last_cited").map(|d| with_one("until-cited", "day", d)));
    match (starts, ends) {
        (None, None) => String::new(),
        (Some(s), None) => since.map_or(s, |day| with_one("since", "day", day)),
        (None, Some(e)) => until.map_or(e, |day| with_one("until", "day", day)),
        (Some(s), Some(e)) => format!("{s} – {e}"),
    }
}

/// The same in a column of its own, where empty would say that it holds at all times.
fn when(table: &Table, row: usize) -> String {
    Some(dates(table, row)).filter(|d| !d.is_empty()).unwrap_or_else(|| say("dates-not-known"))
}

/// The source of a statement, with its address where it is a safe one; an identifier of a document leads to it.
pub(super) fn source(asked: &Asked, table: &Table, row: usize) -> Shown {
    let (source, url) = (text(table, row, "source"), text(table, row, "url"));
    let shown = Shown::text(if source.is_empty() { url } else { source });
    if url.starts_with("https://") || url.starts_with("http://") {
        shown.link(url.to_owned())
    } else if source.is_empty() {
        Shown { text: "no source".into(), class: "weak", ..Shown::default() }
    } else if !source.contains([' ', ';']) {
        shown.link(asked.link("/record/document", &[("record", source)]))
    } else {
        shown
    }
}

/// Where in its source a statement stands, and where we read it.
fn place(table: &Table, row: usize) -> String {
    let locator = text(table, row, "locator");
    let line = table.get(row, "line").number().map(|l| format!("{}, line {}", text(table, row, "file"), whole(l)));
    [Some(locator.to_owned()).filter(|l| !l.is_empty()), line].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// What refers to the record on the day, one table a kind and field: who oversees it, what it commands, who is posted to
/// it. The statements that are shown so are added to `shown`.
fn connections(
    app: &App,
    asked: &Asked,
    reader: &Reader,
    (kind, record, ids): (&Kind, &str, &[String]),
    told: &[&str],
    shown: &mut HashSet<String>,
) -> Result<Vec<Drawn>, PageError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let kinds = reader
        .query(&format!("select distinct kind from statement where statement in ({}) and current = 1", quoted(ids)), &[])?;
    let refers = |name: &str| kinds.rows.iter().any(|r| r[0].text() == Some(name));
    let mut drawn = Vec::new();
    for other in app.model().kinds.iter().filter(|k| refers(&k.name)) {
        for (field, of) in other.references() {
            if of != kind.name {
                continue;
            }
            let sql = format!(
                "select * from \"{}_statement\" where statement in ({}) and \"{}\" = :record order by coalesce(valid_from, first_cited, ''), id",
                other.view,
                quoted(ids),
                field.name
            );
            let table = reader.query(&sql, &[("record", record.into())])?;
            shown.extend((0..table.rows.len()).map(|r| text(&table, r, "statement").to_owned()));
            if !table.rows.is_empty() && !told.contains(&other.name.as_str()) {
                drawn.push(connection(app, asked, other, &field.name, &table, drawn.len()));
            }
        }
    }
    Ok(drawn)
}

fn connection(app: &App, asked: &Asked, other: &Kind, role: &str, table: &Table, n: usize) -> Drawn {
    let used: Vec<&remit_model::Field> = other
        .fields
        .iter()
        .filter(|f| f.name != role && (0..table.rows.len()).any(|r| !table.get(r, &f.name).is_null()))
        .collect();
    let mut heads: Vec<Shown> = used.iter().map(|f| Shown::text(called(&f.label))).collect();
    heads.extend(["when", "source"].map(say).map(Shown::text));
    let rows = (0..table.rows.len().min(crate::show::MOST)).map(|r| {
        let mut cells: Vec<Shown> = used.iter().map(|f| shown(app.model(), asked, other, &f.name, table, r)).collect();
        let link = asked.link(&format!("/record/{}", other.name), &[("record", text(table, r, "record"))]);
        cells.push(Shown::text(when(table, r)).link(link));
        cells.push(source(asked, table, r));
        cells
    });
    let label = other.field(role).map_or_else(|| role.to_owned(), |f| called(&f.label));
    Drawn {
        id: format!("c{n}"),
        caption: with("where-this-is", &[("kind", called(&other.label).into()), ("role", label.into())]),
        heads,
        rows: rows.collect(),
        more: table.rows.len().saturating_sub(crate::show::MOST),
        ..Drawn::default()
    }
}

/// What stands and does not hold on the day: what was said of the record itself, and of what refers to it, before and
/// after, in the order of time.
fn other_times(
    app: &App,
    asked: &Asked,
    reader: &Reader,
    (kind, record, ids): (&Kind, &str, &[String]),
    now: &HashSet<String>,
) -> Result<Drawn, PageError> {
    let sql = format!(
        "select statement, kind, fields, source, url, locator, valid_from, valid_to, first_cited, last_cited from statement \
         where current = 1 and ((kind = :kind and record = :record) or statement in ({})) \
         order by coalesce(valid_from, first_cited, ''), seq",
        quoted(ids)
    );
    let all = reader.query(&sql, &[("kind", kind.name.as_str().into()), ("record", record.into())])?;
    let other: Vec<usize> = (0..all.rows.len()).filter(|r| !now.contains(text(&all, *r, "statement"))).collect();
    let names = titles_of(app, reader, &all, &other)?;
    let rows = other.iter().take(crate::show::MOST).map(|r| {
        let kind = app.model().kind(text(&all, *r, "kind"));
        let said = kind.map_or_else(String::new, |k| says_with(app.model(), k, text(&all, *r, "fields"), &names));
        vec![
            Shown::text(when(&all, *r)),
            Shown::text(kind.map_or_else(String::new, |k| called(&k.label))),
            Shown::text(said),
            source(asked, &all, *r),
        ]
    });
    Ok(Drawn {
        id: "times".into(),
        caption: say("at-other-times"),
        heads: ["when", "kind", "what-is-said", "source"].map(say).map(Shown::text).to_vec(),
        rows: rows.collect(),
        more: other.len().saturating_sub(crate::show::MOST),
        ..Drawn::default()
    })
}

/// What the records are called that some statements refer to.
fn titles_of(app: &App, reader: &Reader, table: &Table, rows: &[usize]) -> Result<HashMap<String, String>, PageError> {
    let mut wanted: Vec<String> = Vec::new();
    for r in rows {
        let fields: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(text(table, *r, "fields")).unwrap_or_default();
        let Some(kind) = app.model().kind(text(table, *r, "kind")) else { continue };
        wanted.extend(kind.references().filter_map(|(f, _)| fields.get(&f.name)?.as_str().map(str::to_owned)));
    }
    wanted.sort();
    wanted.dedup();
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "select record, max(title) as title from statement where record in ({}) and current = 1 group by record",
        quoted(&wanted)
    );
    let found = reader.query(&sql, &[])?;
    Ok((0..found.rows.len()).map(|r| (text(&found, r, "record").to_owned(), text(&found, r, "title").to_owned())).collect())
}

fn choices(app: &App, kind: &Kind, table: &Table) -> Vec<Choice> {
    let ids: Vec<&str> = (0..table.rows.len()).map(|r| text(table, r, "statement")).collect();
    (0..table.rows.len())
        .map(|r| Choice {
            statement: ids[r].to_owned(),
            says: says(app.model(), kind, text(table, r, "fields")),
            by: with(
                "said-by",
                &[
                    ("who", text(table, r, "author").into()),
                    ("day", date(text(table, r, "recorded_at")).into()),
                    ("source", text(table, r, "source").into()),
                ],
            ),
            others: ids
                .iter()
                .enumerate()
                .filter(|(n, _)| *n != r && text(table, *n, "supersedes") == text(table, r, "supersedes"))
                .map(|(_, id)| *id)
                .collect::<Vec<_>>()
                .join(" "),
        })
        .collect()
}

/// Where to go on from here.
fn links(app: &App, asked: &Asked, kind: &Kind, record: &str, table: &Table) -> Vec<(String, String)> {
    let mut links = Vec::new();
    let first =
        |name: &str| (0..table.rows.len()).map(|r| text(table, r, name)).find(|t| !t.is_empty()).unwrap_or_default().to_owned();
    if kind.name == "actor" && first("class") == "mission" {
        let name = Some(first("acronym")).filter(|a| !a.is_empty()).unwrap_or_else(|| first("name"));
        links.push((with_one("all-that-names", "name", name.as_str()), asked.link("/search", &[("q", &name)])));
    } else if kind.name == "actor" {
        links.push((say("structure-below"), asked.link("/ask/structure", &[("actor", record)])));
        links.push((say("chain-above"), asked.link("/ask/chain", &[("actor", record)])));
        let (class, country) = (first("class"), first("country"));
        let partner = matches!(class.as_str(), "mission" | "organisation" | "donor");
        if !class.is_empty() && !country.is_empty() && !partner {
            let label =
                with_one("support-to-class", "class", app.model().lists.name("actor_class", &class, language()).to_lowercase());
            links.push((label, asked.link("/ask/activities", &[("country", &country), ("actor_class", &class)])));
        }
    }
    if app.author().is_none() {
        links.push((say("nav-history"), asked.link(&format!("/history/{}", kind.name), &[("record", record)])));
    }
    links
}
