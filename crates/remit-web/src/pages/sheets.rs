//! Sheets in the browser: send one, say which column is which field, see what it would do, bring it in. What was said
//! of the columns is kept in `mappings/` and used again.

use super::records::kind_of;
use crate::app::App;
use crate::error::PageError;
use crate::language::language;
use crate::page::{Page, crumb};
use crate::reason::Reason;
use crate::request::{Asked, Posted, bare, html, see_other, xlsx};
use crate::say::{called, say};
use askama::Template;
use axum::body::Bytes;
use axum::extract::{Multipart, Path, State};
use axum::http::Uri;
use axum::response::Response;
use remit_import::{ImportError, Look, Mapping, Outcome, RecordRule, Rule, SheetJob, TABLES, import_sheet, look};
use remit_model::{FieldType, Kind};
use remit_store::{ENVELOPE, hexadecimal};
use sha2::{Digest, Sha256};
use std::path::PathBuf;

impl From<ImportError> for PageError {
    fn from(error: ImportError) -> Self {
        PageError::bad_request(error.to_string())
    }
}

#[derive(Template)]
#[template(path = "sheets.html")]
struct BeginPage {
    page: Page,
    mappings: Vec<String>,
    error: String,
}

pub(crate) async fn begin(State(app): State<App>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    app.may_write()?;
    let template = BeginPage {
        page: Page::new(&app, &asked, say("bring-sheet"), vec![crumb(say("nav-register"), asked.link("/records/actor", &[]))]),
        mappings: mappings(&app),
        error: asked.get("error").to_owned(),
    };
    Ok(html(template.render()?))
}

/// Names of the mappings that are kept.
fn mappings(app: &App) -> Vec<String> {
    let folder = std::fs::read_dir(app.workspace().folder().join("mappings"));
    let files = folder.into_iter().flatten().filter_map(|e| e.ok().map(|e| e.path()));
    let mut names: Vec<String> = files
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .filter_map(|p| p.file_stem().map(|n| n.to_string_lossy().into_owned()))
        .collect();
    names.sort();
    names
}

/// Keeps what was sent under its hash: the name that it comes with is only ever shown.
pub(crate) async fn take(State(app): State<App>, uri: Uri, mut parts: Multipart) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    app.may_write()?;
    let (mut file, mut name, mut mapping) = (Vec::new(), String::new(), String::new());
    while let Some(part) = parts.next_field().await? {
        match part.name() {
            Some("file") => {
                name = part.file_name().unwrap_or_default().to_owned();
                file = part.bytes().await?.to_vec();
            }
            Some("mapping") => mapping = part.text().await?,
            _ => {}
        }
    }
    let ending = name.rsplit_once('.').map(|(_, e)| e.to_lowercase()).unwrap_or_default();
    if !TABLES.contains(&ending.as_str()) || file.is_empty() {
        return Ok(see_other(&asked.link("/sheets", &[("error", &say("choose-sheet"))])));
    }
    let kept = format!("{}.{ending}", hexadecimal(&Sha256::digest(&file)));
    let folder = app.workspace().folder().join("files").join("sheets");
    let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(folder.join(&kept), &file));
    written.map_err(|e| PageError::internal(&e))?;
    let own = look(app.model(), &folder.join(&kept))?.iter().any(|l| l.own.is_some());
    let shown = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let parameters = [("file", kept.as_str()), ("name", shown.as_str()), ("mapping", mapping.as_str())];
    Ok(see_other(&asked.link(if own || !mapping.is_empty() { "/sheets/try" } else { "/sheets/map" }, &parameters)))
}

/// The kept file that an address names; a hash and an ending, and nothing else.
fn kept_file(app: &App, name: &str) -> Result<PathBuf, PageError> {
    let plain = name.split_once('.').is_some_and(|(hash, ending)| {
        hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()) && ending.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    let path = app.workspace().folder().join("files").join("sheets").join(name);
    if plain && path.is_file() { Ok(path) } else { Err(PageError::not_found(say("error-no-sheet"))) }
}

/// The file of a mapping: a plain name in `mappings/`.
fn mapping_file(app: &App, name: &str) -> Result<PathBuf, PageError> {
    let plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
    if !plain {
        return Err(PageError::bad_request(say("error-mapping-name")));
    }
    Ok(app.workspace().folder().join("mappings").join(format!("{name}.toml")))
}

#[derive(Template)]
#[template(path = "map.html")]
struct MapPage {
    page: Page,
    file: String,
    name: String,
    mapping: String,
    kinds: Vec<(String, String, bool)>,
    headings: Vec<String>,
    examples: Vec<Vec<String>>,
    sheets: Vec<(String, bool)>,
    rows: Vec<MapRow>,
    id: String,
    when: String,
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
    rows: Vec<(String, bool)>,
    refers: bool,
    add: bool,
    own_source: bool,
    is_date: bool,
    format: String,
}

pub(crate) async fn map(State(app): State<App>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    app.may_write()?;
    draw_map(&app, &asked, &Posted(asked.parameters.clone()), "")
}

fn draw_map(app: &App, asked: &Asked, given: &Posted, error: &str) -> Result<Response, PageError> {
    let path = kept_file(app, given.get("file"))?;
    let looks = look(app.model(), &path)?;
    let Some(table) = looks.iter().find(|l| l.sheet == given.get("sheet")).or(looks.first()) else {
        return Err(PageError::bad_request(say("error-no-table")));
    };
    let kind_name = if given.get("kind").is_empty() { "actor" } else { given.get("kind") };
    let kind = kind_of(app, kind_name)?;
    let stem = given.get("name").rsplit_once('.').map_or(given.get("name"), |(s, _)| s);
    let name: String = stem.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | ' ') { c } else { '-' }).collect();
    let mapping = if given.get("mapping").is_empty() { name } else { given.get("mapping").to_owned() };
    let before = mapping_file(app, &mapping)
        .ok()
        .filter(|p| p.is_file())
        .and_then(|p| Mapping::read(&p, app.model()).ok())
        .unwrap_or_default();
    let before: Vec<String> = before.record.iter().map(|r| r.name.clone().unwrap_or_else(|| r.kind.clone())).collect();
    let template = MapPage {
        page: Page::new(app, asked, say("which-column"), vec![crumb(say("bring-sheet"), asked.link("/sheets", &[]))]),
        file: given.get("file").to_owned(),
        name: given.get("name").to_owned(),
        kinds: app.model().register_kinds().map(|k| (k.name.clone(), called(&k.label), k.name == kind.name)).collect(),
        rows: map_rows(kind, table, given, &before),
        id: given.get("id").to_owned(),
        when: given.get("when").to_owned(),
        sheets: looks.iter().filter(|l| !l.sheet.is_empty()).map(|l| (l.sheet.clone(), l.sheet == table.sheet)).collect(),
        headings: table.headings.clone(),
        examples: table.rows.clone(),
        error: error.to_owned(),
        mapping,
        before,
    };
    Ok(html(template.render()?))
}

fn map_rows(kind: &Kind, table: &Look, given: &Posted, before: &[String]) -> Vec<MapRow> {
    let mut rows = Vec::new();
    let fields = kind.fields.iter().map(|f| (f.name.as_str(), f.label.get(language()), f.help.get(language()), Some(f)));
    let envelope = ENVELOPE.iter().map(|n| (*n, *n, "", None));
    for (name, label, help, field) in fields.chain(envelope) {
        let typed = |what: &str| given.get(&format!("{what}-{name}")).to_owned();
        let labels: Vec<&str> = field.map_or(vec![name], |f| f.label.all().map(|(_, label)| label).chain([name]).collect());
        let guessed = table.headings.iter().find(|h| labels.iter().any(|l| same(h, l))).cloned().unwrap_or_default();
        let first_time = !given.0.iter().any(|(n, _)| n.starts_with("column-"));
        let refers = field.is_some_and(|f| f.record_kind().is_some());
        rows.push(MapRow {
            name: name.to_owned(),
            label: label.replace('_', " "),
            help: help.to_owned(),
            column: if first_time { guessed } else { typed("column") },
            value: typed("value"),
            source: typed("source"),
            confidence: typed("confidence"),
            rows: before.iter().map(|b| (b.clone(), typed("row") == *b)).collect(),
            refers,
            add: typed("missing") == "add",
            own_source: field.is_some(),
            is_date: field.map_or(DATES.contains(&name), |f| f.kind == FieldType::Date),
            format: typed("format"),
        });
    }
    rows
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

/// Between the columns of a date.
const AND: &str = " + ";

/// Keeps the mapping and goes on to the dry run, or to the next kind of the same row.
pub(crate) async fn save(State(app): State<App>, uri: Uri, body: Bytes) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    app.may_write()?;
    let posted = Posted::new(&body);
    if posted.get("go") == "again" {
        return draw_map(&app, &asked, &posted, "");
    }
    let path = mapping_file(&app, posted.get("mapping"))?;
    let mut mapping =
        if path.is_file() && posted.get("more") == "yes" { Mapping::read(&path, app.model())? } else { Mapping::default() };
    let kind = kind_of(&app, posted.get("kind"))?;
    let rule = record_rule(kind, &posted);
    if rule.fields.is_empty() {
        return draw_map(&app, &asked, &posted, &say("choose-column"));
    }
    let said = |name: &str| Some(posted.get(name).to_owned()).filter(|v| !v.is_empty());
    mapping.sheet = said("sheet").or(mapping.sheet);
    mapping.source = said("all-source").or(mapping.source);
    mapping.marking = said("marking").or(mapping.marking);
    mapping.record.retain(|r| r.kind != rule.kind || r.name != rule.name);
    mapping.record.push(rule);
    std::fs::create_dir_all(app.workspace().folder().join("mappings")).map_err(|e| PageError::internal(&e))?;
    if let Err(error) = mapping.save(&path, app.model()) {
        return draw_map(&app, &asked, &posted, &error.to_string());
    }
    let parameters = [
        ("file", posted.get("file")),
        ("name", posted.get("name")),
        ("mapping", posted.get("mapping")),
        ("sheet", posted.get("sheet")),
    ];
    let next = if posted.get("go") == "more" { "/sheets/map" } else { "/sheets/try" };
    let mut parameters = parameters.to_vec();
    if posted.get("go") == "more" {
        parameters.extend([("kind", "relation"), ("more", "yes")]);
    }
    Ok(see_other(&asked.link(next, &parameters)))
}

fn record_rule(kind: &Kind, posted: &Posted) -> RecordRule {
    let said = |name: String| Some(posted.get(&name).to_owned()).filter(|v| !v.is_empty());
    let mut rule =
        RecordRule { kind: kind.name.clone(), id: said("id".into()), when: said("when".into()), ..RecordRule::default() };
    for name in kind.fields.iter().map(|f| f.name.as_str()).chain(ENVELOPE) {
        let column = said(format!("column-{name}"));
        let columns: Vec<String> =
            column.iter().filter(|c| c.contains(AND)).flat_map(|c| c.split(AND)).map(|c| c.trim().to_owned()).collect();
        let field = Rule {
            column: column.filter(|_| columns.is_empty()),
            columns,
            value: said(format!("value-{name}")),
            record: said(format!("row-{name}")),
            missing: said(format!("missing-{name}")),
            formats: said(format!("format-{name}")).into_iter().collect(),
            source: said(format!("source-{name}")),
            confidence: said(format!("confidence-{name}")),
            ..Rule::default()
        };
        if field.column.is_some() || !field.columns.is_empty() || field.value.is_some() || field.record.is_some() {
            rule.fields.insert(name.to_owned(), field);
        }
    }
    rule
}

#[derive(Template)]
#[template(path = "try.html")]
struct TryPage {
    page: Page,
    file: String,
    name: String,
    mapping: String,
    outcome: Outcome,
    /// By the findings of the outcome: why.
    reasons: Vec<Reason>,
    change: String,
    again: String,
    nothing: bool,
}

/// The sheet of an address with its mapping, where it has one.
fn job(app: &App, given: &Posted, dry_run: bool) -> Result<SheetJob, PageError> {
    let mapping = given.get("mapping");
    Ok(SheetJob {
        file: kept_file(app, given.get("file"))?,
        name: given.get("name").to_owned(),
        mapping: if mapping.is_empty() { None } else { Some(mapping_file(app, mapping)?) },
        marking: remit_model::Marking::Public,
        author: app.may_write()?,
        clearance: app.clearance(),
        dry_run,
        replace: given.get("replace") == "yes",
    })
}

pub(crate) async fn dry_run(State(app): State<App>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    let given = Posted(asked.parameters.clone());
    let job = job(&app, &given, true)?;
    app.read(asked.as_of.clone(), move |app, _| {
        let outcome = import_sheet(app.workspace(), &job)?;
        let all = [("file", given.get("file")), ("name", given.get("name")), ("mapping", given.get("mapping"))];
        let template = TryPage {
            page: Page::new(app, &asked, say("what-would-do"), vec![crumb(say("bring-sheet"), asked.link("/sheets", &[]))]),
            file: given.get("file").to_owned(),
            name: given.get("name").to_owned(),
            mapping: given.get("mapping").to_owned(),
            change: asked.link("/sheets/map", &all),
            again: asked.link("/sheets/map", &[&all[..], &[("kind", "relation"), ("more", "yes")]].concat()),
            nothing: outcome.added + outcome.changed == 0,
            reasons: outcome.findings.iter().map(|f| Reason::new(app.model(), f.rule, &f.reason)).collect(),
            outcome,
        };
        Ok(html(template.render()?))
    })
    .await
}

pub(crate) async fn bring(State(app): State<App>, uri: Uri, body: Bytes) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    let posted = Posted::new(&body);
    let job = job(&app, &posted, false)?;
    app.read(asked.as_of.clone(), move |app, _| {
        import_sheet(app.workspace(), &job)?;
        Ok(see_other(&asked.link("/history", &[])))
    })
    .await
}

/// A workbook to fill in.
pub(crate) async fn template(State(app): State<App>, Path(kind): Path<String>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    let kind = kind_of(&app, bare(&kind))?.clone();
    app.read(asked.as_of.clone(), move |app, reader| {
        let bytes = remit_publish::template(app.model(), &kind.name, language(), reader).map_err(|e| PageError::internal(&e))?;
        Ok(xlsx(&kind.name, bytes))
    })
    .await
}

/// The records of a kind as a workbook that comes back.
pub(crate) async fn export(State(app): State<App>, Path(kind): Path<String>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    let kind = kind_of(&app, bare(&kind))?.clone();
    app.read(asked.as_of.clone(), move |app, reader| {
        let bytes = remit_publish::export_workbook(app.model(), reader, Some(&kind.name)).map_err(|e| PageError::internal(&e))?;
        Ok(xlsx(&kind.name, bytes))
    })
    .await
}
