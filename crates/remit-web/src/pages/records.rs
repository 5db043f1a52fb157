//! The records of any kind of the model, as a table.

use super::{table_as_data, text};
use crate::app::App;
use crate::error::PageError;
use crate::language::language;
use crate::page::{Page, crumb};
use crate::request::{Asked, Form, bare, html};
use crate::say::{called, date, plain, say, titled, whole, with_one};
use crate::show::{Drawn, MOST, Shown};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::Response;
use remit_model::{Field, FieldType, Kind, Model};
use remit_store::{Cell, Reader, Table};

#[derive(Template)]
#[template(path = "records.html")]
struct RecordsPage {
    page: Page,
    help: String,
    kinds: Vec<(String, String, bool)>,
    table: Drawn,
    /// Where to enter a new one, for who may.
    add: String,
    kind: String,
    label: String,
}

pub(super) fn kind_of<'m>(app: &'m App, name: &str) -> Result<&'m Kind, PageError> {
    let found = app.model().kind(name).filter(|k| k.part_of.is_none() && k.name != "activity");
    found.ok_or_else(|| PageError::not_found(with_one("error-no-kind", "kind", name)))
}

pub(crate) async fn list(State(app): State<App>, Path(kind): Path<String>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    let kind = kind_of(&app, bare(&kind))?.clone();
    app.read(asked.as_of.clone(), move |app, reader| respond_list(app, &asked, reader, &kind)).await
}

fn respond_list(app: &App, asked: &Asked, reader: &Reader, kind: &Kind) -> Result<Response, PageError> {
    let column = |f: &Field| match f.record_kind() {
        Some(_) => format!("\"{0}_name\" as \"{0}\"", f.name),
        None => format!("\"{}\"", f.name),
    };
    let fields: Vec<String> = kind.fields.iter().map(column).collect();
    let limit = if asked.form == Form::Html { format!(" limit {}", MOST + 1) } else { String::new() };
    let by_country = if kind.field("country").is_some() { "where :country = '' or country = :country" } else { "" };
    let sql = format!("select record, {} from \"{}\" {by_country} order by record{limit}", fields.join(", "), kind.view);
    let table = reader.query(&sql, &[("country", Cell::Text(asked.get("country").to_owned()))])?;
    if let Some(data) = table_as_data(asked, &kind.name, &table) {
        return Ok(data);
    }
    let mut kinds: Vec<&Kind> = app.model().kinds.iter().filter(|k| k.part_of.is_none() && k.name != "activity").collect();
    let groups = app.model().lists.get("kind_group").map_or(&[][..], |l| l.codes());
    kinds.sort_by_key(|k| groups.iter().position(|g| g.code == k.group));
    let template = RecordsPage {
        page: Page::new(
            app,
            asked,
            with_one("register-of", "kind", called(&kind.label).to_lowercase()),
            vec![crumb(say("overview"), asked.link("/", &[]))],
        ),
        help: called(&kind.help),
        kinds: kinds
            .iter()
            .map(|k| (asked.link(&format!("/records/{}", k.name), &[]), called(&k.label), k.name == kind.name))
            .collect(),
        add: app
            .author()
            .map_or(String::new(), |_| asked.link(&format!("/edit/{}", kind.name), &[("country", asked.get("country"))])),
        kind: kind.name.clone(),
        label: called(&kind.label).to_lowercase(),
        table: draw_records(asked, app, &kind.name, &table, "t1", &titled(1, &called(&kind.label))),
    };
    Ok(html(template.render()?))
}

/// Records of a kind as a table; the first column leads to the record.
pub(super) fn draw_records(asked: &Asked, app: &App, kind: &str, table: &Table, id: &str, caption: &str) -> Drawn {
    let Some(kind) = app.model().kind(kind) else { return Drawn::default() };
    let used = |c: &usize| table.columns[*c] != "record" && table.rows.iter().any(|r| !r[*c].is_null());
    let visible: Vec<usize> = (0..table.columns.len()).filter(used).collect();
    let heads = visible.iter().map(|c| {
        let field = kind.field(&table.columns[*c]);
        let numeric = field.is_some_and(|f| matches!(f.kind, FieldType::Integer | FieldType::Number));
        Shown {
            text: field.map_or(table.columns[*c].clone(), |f| called(&f.label)),
            class: if numeric { "num" } else { "" },
            ..Default::default()
        }
    });
    let rows = (0..table.rows.len().min(MOST)).map(|r| {
        let mut cells: Vec<Shown> =
            visible.iter().map(|c| value(app.model(), kind.field(&table.columns[*c]), &table.rows[r][*c])).collect();
        if let Some(first) = cells.first_mut() {
            first.href = asked.link(&format!("/record/{}", kind.name), &[("record", text(table, r, "record"))]);
            first.sign = "";
        }
        cells
    });
    Drawn {
        id: id.into(),
        caption: caption.into(),
        heads: heads.collect(),
        rows: rows.collect(),
        empty: say("none-on-record-stop"),
        more: table.rows.len().saturating_sub(MOST),
        ..Default::default()
    }
}

/// A field's value as it is shown.
pub(super) fn value(model: &Model, field: Option<&Field>, cell: &Cell) -> Shown {
    let Some(kind) = field.map(|f| &f.kind) else { return Shown::text(cell.text().unwrap_or_default()) };
    match (kind, cell) {
        (FieldType::Integer | FieldType::Number, Cell::Null) => Shown::unknown(),
        (_, Cell::Null) => Shown { text: say("not-reported"), class: "unknown", sign: "…", ..Default::default() },
        (FieldType::Code(list), Cell::Text(code)) => Shown::text(model.lists.name(list, code, language())),
        (FieldType::Date, Cell::Text(day)) => Shown { text: date(day), class: "nowrap", ..Default::default() },
        (FieldType::List(_), Cell::Text(json)) => {
            Shown::text(serde_json::from_str(json).map_or_else(|_| json.clone(), |v| remit_model::write_value(&v)))
        }
        (FieldType::Boolean, cell) => Shown::text(say(if cell.number() == Some(1.0) { "yes" } else { "no" })),
        // A year is no quantity: it has no groups of three.
        (FieldType::Integer, cell) if field.is_some_and(|f| f.name == "year") => {
            Shown::number(plain(cell.number().unwrap_or_default(), 0))
        }
        (FieldType::Integer, cell) => Shown::number(whole(cell.number().unwrap_or_default())),
        (FieldType::Number, cell) => {
            let n = cell.number().unwrap_or_default();
            Shown::number(if n.fract() == 0.0 { whole(n) } else { plain(n, 2) })
        }
        (_, Cell::Text(text)) => Shown::text(text.clone()),
        (_, cell) => Shown::number(plain(cell.number().unwrap_or_default(), 2)),
    }
}
