//! Which column of a sheet is which field.

use super::{from_sheets, kept, sheet_mapping};
use crate::cells::code_label;
use crate::context::Context;
use crate::error::PageError;
use crate::frame::{Choice, Page};
use crate::language::language;
use crate::m;
use crate::messages::label;
use crate::post::{Fields, PostedForm};
use crate::request::{Author, PageRequest};
use crate::response::{PageResult, html, see_other};
use askama::Template;
use remit_model::{FieldType, Kind, Marking};
use remit_sheet::{Mapping, Preview, preview};
use remit_store::ENVELOPE;

#[derive(Template)]
#[template(path = "sheets/map.html")]
struct MapPage {
    page: Page,
    file: String,
    name: String,
    mapping: String,
    kinds: Vec<Choice>,
    headings: Vec<String>,
    examples: Vec<Vec<String>>,
    sheets: Vec<Choice>,
    rows: Vec<MapRow>,
    id: String,
    when: String,
    markings: Vec<Choice>,
    /// Records that the mapping takes out of each row already.
    before: Vec<String>,
    error: String,
}

/// A field with the column that it comes from.
#[derive(Debug, Clone, Default)]
struct MapRow {
    name: String,
    label: String,
    help: String,
    column: String,
    value: String,
    source: String,
    confidence: String,
    /// Records of the same row that it may refer to, and whether it refers to records at all.
    rows: Vec<Choice>,
    refers: bool,
    add: bool,
    own_source: bool,
    is_date: bool,
    format: String,
}

pub(super) async fn show(request: PageRequest, Author(_): Author) -> PageResult {
    request.read(|cx| draw(cx, &Fields::new(cx.request.parameters.clone()), "")).await
}

fn draw(cx: &Context, given: &Fields, error: &str) -> PageResult {
    let previews = preview(cx.model(), &kept::path(cx.app(), given.get("file"))?)?;
    let Some(table) = previews.iter().find(|l| l.sheet == given.get("sheet")).or(previews.first()) else {
        return Err(PageError::bad_request(m::error_no_table()));
    };
    let kind = cx.app().kind(Some(given.get("kind")).filter(|k| !k.is_empty()).unwrap_or("actor"))?;
    let mapping = mapping_name(given);
    let before = names_of_records(cx, &mapping);
    let markings = Marking::ALL.iter().filter(|m| **m != Marking::Public);
    html(&MapPage {
        page: Page::new(cx, m::which_column(), vec![from_sheets(cx)]).with_errors(!error.is_empty()),
        file: given.get("file").to_owned(),
        name: given.get("name").to_owned(),
        kinds: cx.model().register_kinds().map(|k| Choice::new(&k.name, label(&k.label), k.name == kind.name)).collect(),
        rows: rows(kind, table, given, &before),
        id: given.get("id").to_owned(),
        when: given.get("when").to_owned(),
        sheets: previews
            .iter()
            .filter(|l| !l.sheet.is_empty())
            .map(|l| Choice::new(&l.sheet, &l.sheet, l.sheet == table.sheet))
            .collect(),
        markings: markings.map(|m| Choice::new(m.code(), code_label(cx.model(), "marking", m.code()), false)).collect(),
        headings: table.headings.clone(),
        examples: table.rows.clone(),
        error: error.to_owned(),
        mapping,
        before,
    })
}

/// What the mapping is called: as was said, or after the file.
fn mapping_name(given: &Fields) -> String {
    match given.get("mapping") {
        "" => {
            let name = given.get("name");
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            stem.chars().map(|c| if kept::is_plain(c) { c } else { '-' }).collect()
        }
        mapping => mapping.to_owned(),
    }
}

/// The records that a mapping takes out of each row; none where it is not kept yet.
fn names_of_records(cx: &Context, mapping: &str) -> Vec<String> {
    let path = kept::mapping(cx.app(), mapping).ok().filter(|p| p.is_file());
    let before = path.and_then(|p| Mapping::read(&p, cx.model()).ok()).unwrap_or_default();
    before.record.iter().map(|r| r.name.clone().unwrap_or_else(|| r.kind.clone())).collect()
}

fn rows(kind: &Kind, table: &Preview, given: &Fields, before: &[String]) -> Vec<MapRow> {
    let fields = kind.fields.iter().map(|f| (f.name.as_str(), f.label.get(language()), f.help.get(language()), Some(f)));
    let envelope = ENVELOPE.iter().map(|n| (*n, *n, "", None));
    let first_time = !given.names().any(|n| n.starts_with("column-"));
    let row = |(name, shown, help, field): (&str, &str, &str, Option<&remit_model::Field>)| {
        let typed = |what: &str| given.get(&format!("{what}-{name}")).to_owned();
        let labels: Vec<&str> = field.map_or(vec![name], |f| f.label.all().map(|(_, label)| label).chain([name]).collect());
        let guessed = table.headings.iter().find(|h| labels.iter().any(|l| same(h, l))).cloned().unwrap_or_default();
        MapRow {
            name: name.to_owned(),
            label: shown.replace('_', " "),
            help: help.to_owned(),
            column: if first_time { guessed } else { typed("column") },
            value: typed("value"),
            source: typed("source"),
            confidence: typed("confidence"),
            rows: before.iter().map(|b| Choice::new(b, m::of_this_row(b), typed("row") == *b)).collect(),
            refers: field.is_some_and(|f| f.record_kind().is_some()),
            add: typed("missing") == "add",
            own_source: field.is_some(),
            is_date: field.map_or(DATES.contains(&name), |f| f.kind == FieldType::Date),
            format: typed("format"),
        }
    };
    fields.chain(envelope).map(row).collect()
}

/// The parts of the envelope that are dates.
const DATES: [&str; 4] = ["valid_from", "valid_to", "first_cited", "last_cited"];

/// True where a heading is written like a label.
fn same(heading: &str, label: &str) -> bool {
    let plain = |text: &str| {
        let mut out = String::new();
        remit_model::fold(text, &mut out);
        out.replace(['_', ':', '.'], " ")
    };
    plain(heading) == plain(label)
}

/// Keeps the mapping and goes on to the dry run, or to the next kind of the same row.
pub(super) async fn save(request: PageRequest, Author(_): Author, PostedForm(posted): PostedForm<Fields>) -> PageResult {
    request.read(move |cx| respond(cx, &posted)).await
}

fn respond(cx: &Context, posted: &Fields) -> PageResult {
    if posted.get("go") == "again" {
        return draw(cx, posted, "");
    }
    let path = kept::mapping(cx.app(), posted.get("mapping"))?;
    let more = path.is_file() && posted.get("more") == "yes";
    let before = if more { Mapping::read(&path, cx.model())? } else { Mapping::default() };
    let Some(mapping) = sheet_mapping::with_record(before, cx.app().kind(posted.get("kind"))?, posted) else {
        return draw(cx, posted, &m::choose_column());
    };
    std::fs::create_dir_all(cx.app().workspace().folder().join("mappings")).map_err(|e| PageError::internal(&e))?;
    if let Err(error) = mapping.save(&path, cx.model()) {
        return draw(cx, posted, &error.to_string());
    }
    let mut parameters: Vec<(&str, &str)> = ["file", "name", "mapping", "sheet"].map(|n| (n, posted.get(n))).to_vec();
    let another = posted.get("go") == "more";
    if another {
        parameters.extend([("kind", "relation"), ("more", "yes")]);
    }
    Ok(see_other(&cx.link(if another { "/sheets/map" } else { "/sheets/try" }, &parameters)))
}
