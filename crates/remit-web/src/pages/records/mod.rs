//! The records of any kind of the model, as a table.

use crate::app::App;
use crate::cells::{CellView, MOST, TableView, field_value};
use crate::context::Context;
use crate::error::PageError;
use crate::format::Format;
use crate::frame::{Choice, Page, from_overview};
use crate::m;
use crate::messages::label;
use crate::request::{KindName, PageRequest};
use crate::response::{PageResult, html};
use crate::routes::page;
use askama::Template;
use axum::Router;
use remit_model::{Field, FieldType, Kind};
use remit_store::{Cell, Table};

pub(super) fn routes() -> Router<App> {
    page("/records/{kind}", show)
}

#[derive(Template)]
#[template(path = "records/page.html")]
struct RecordsPage {
    page: Page,
    help: String,
    kinds: Vec<Choice>,
    table: TableView,
    /// Where to enter a new one, for who may.
    add: String,
    /// True where its records can be filled in as a sheet.
    has_sheets: bool,
    kind: String,
    label: String,
}

async fn show(request: PageRequest, KindName(kind): KindName) -> PageResult {
    request.read(move |cx| respond(cx, &kind)).await
}

fn respond(cx: &Context, kind: &Kind) -> PageResult {
    let table = records(cx, kind)?;
    if let Some(data) = cx.table_as_data(&kind.name, &table)? {
        return Ok(data);
    }
    let name = label(&kind.label);
    let country = [("country", cx.request.get("country"))];
    html(&RecordsPage {
        page: Page::new(cx, m::register_of(name.to_lowercase()), vec![from_overview(cx)]),
        help: label(&kind.help),
        kinds: kinds(cx, kind),
        add: cx.app().author().map_or(String::new(), |_| cx.link(&format!("/edit/{}", kind.name), &country)),
        has_sheets: cx.model().register_kinds().any(|k| k.name == kind.name),
        kind: kind.name.clone(),
        table: draw(cx, &kind.name, &table, "t1", &m::table_n(1, &name))?,
        label: name.to_lowercase(),
    })
}

/// The records of a kind, of one country where the address names it: all for a download, for a page one more than it shows.
fn records(cx: &Context, kind: &Kind) -> Result<Table, PageError> {
    let column = |f: &Field| match f.record_kind() {
        Some(_) => format!("\"{0}_name\" as \"{0}\"", f.name),
        None => format!("\"{}\"", f.name),
    };
    let fields: Vec<String> = kind.fields.iter().map(column).collect();
    let limit = if cx.request.format == Format::Html { format!(" limit {}", MOST + 1) } else { String::new() };
    let by_country = if kind.field("country").is_some() { "where :country = '' or country = :country" } else { "" };
    let sql = format!("select record, {} from \"{}\" {by_country} order by record{limit}", fields.join(", "), kind.view);
    Ok(cx.reader.query(&sql, &[("country", Cell::Text(cx.request.get("country").to_owned()))])?)
}

/// All kinds, by their groups.
fn kinds(cx: &Context, kind: &Kind) -> Vec<Choice> {
    let mut kinds: Vec<&Kind> = cx.app().kinds().collect();
    let groups = cx.model().lists.get("kind_group").map_or(&[][..], |l| l.codes());
    kinds.sort_by_key(|k| groups.iter().position(|g| g.code == k.group));
    let choice = |k: &&Kind| Choice::new(cx.link(&format!("/records/{}", k.name), &[]), label(&k.label), k.name == kind.name);
    kinds.iter().map(choice).collect()
}

/// Records of a kind as a table, without the columns that say nothing; the first column leads to the record.
pub(super) fn draw(cx: &Context, kind: &str, table: &Table, id: &str, caption: &str) -> Result<TableView, PageError> {
    let kind = cx.app().kind(kind)?;
    let record = table.at("record")?;
    let used = |c: &usize| *c != record && table.rows.iter().any(|r| !r[*c].is_null());
    let visible: Vec<(usize, Option<&Field>)> =
        (0..table.columns.len()).filter(used).map(|c| (c, kind.field(&table.columns[c]))).collect();
    let head = |(c, field): &(usize, Option<&Field>)| CellView {
        text: field.map_or(table.columns[*c].clone(), |f| label(&f.label)),
        class: if field.is_some_and(|f| matches!(f.kind, FieldType::Integer | FieldType::Number)) { "num" } else { "" },
        ..Default::default()
    };
    let row = |row: &Vec<Cell>| {
        let mut cells: Vec<CellView> = visible.iter().map(|(c, field)| field_value(cx.model(), *field, &row[*c])).collect();
        if let Some(first) = cells.first_mut() {
            first.href = cx.record_link(&kind.name, row[record].text().unwrap_or_default());
            first.sign = "";
        }
        cells
    };
    Ok(TableView {
        id: id.into(),
        caption: caption.into(),
        heads: visible.iter().map(head).collect(),
        rows: table.rows.iter().take(MOST).map(row).collect(),
        empty: m::none_on_record_stop(),
        more: table.rows.len().saturating_sub(MOST),
        ..Default::default()
    })
}
