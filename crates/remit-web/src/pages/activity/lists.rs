//! The lists of an activity, each as a table; empty ones are named together by the template.

use crate::cells::{CellView, MOST, TableView, code_label};
use crate::context::Context;
use crate::error::PageError;
use crate::figures::plain;
use crate::m;
use crate::messages::label;
use remit_model::{Field, FieldType, Kind, ListPart};
use remit_store::Table;
use serde_json::Value;

/// One table a list; descriptions stand with the titles.
pub(super) fn tables(cx: &Context, kind: &Kind, table: &Table) -> Result<Vec<TableView>, PageError> {
    let lists = kind.fields.iter().filter(|f| f.name != "descriptions");
    let drawn = lists.filter_map(|field| match &field.kind {
        FieldType::List(parts) => Some(table.cell(0, &field.name).map(|cell| {
            let items: Vec<Value> = cell.text().and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
            list_table(cx, field, parts, &items)
        })),
        _ => None,
    });
    Ok(drawn.collect::<Result<_, _>>()?)
}

fn list_table(cx: &Context, field: &Field, parts: &[ListPart], items: &[Value]) -> TableView {
    let used: Vec<&ListPart> = parts.iter().filter(|p| items.iter().any(|i| !i[&p.name].is_null())).collect();
    TableView {
        id: format!("l-{}", field.name),
        caption: label(&field.label),
        heads: used.iter().map(|p| CellView::text(label(&cx.columns().get(&p.name, &[]).label))).collect(),
        rows: items.iter().take(MOST).map(|item| used.iter().map(|p| cell(cx, field, item, p)).collect()).collect(),
        empty: m::not_reported_stop(),
        more: items.len().saturating_sub(MOST),
        ..Default::default()
    }
}

fn cell(cx: &Context, field: &Field, item: &Value, part: &ListPart) -> CellView {
    match &item[&part.name] {
        Value::Null => CellView::unreported(),
        Value::Number(n) => CellView::number(plain(n.as_f64().unwrap_or_default(), 4)),
        Value::Bool(yes) => CellView::text(if *yes { m::yes() } else { m::no() }),
        Value::String(text) => {
            let by_vocabulary = sector_list(field, item).filter(|_| part.name == "code");
            CellView::text(named(cx, part.list.as_deref().or(by_vocabulary), text))
        }
        other => CellView::text(other.to_string()),
    }
}

/// A code with its name. The codes of a standard are known to who works with it; Remit's own are not.
fn named(cx: &Context, list: Option<&str>, text: &str) -> String {
    let Some(list) = list else { return text.to_owned() };
    let own = cx.model().lists.get(list).is_some_and(|l| l.own);
    match code_label(cx.model(), list, text) {
        name if own || name == text => name,
        name => format!("{name} ({text})"),
    }
}

/// A code's list may depend on the vocabulary beside it: sectors and regions of the DAC have names.
fn sector_list(field: &Field, item: &Value) -> Option<&'static str> {
    match (field.name.as_str(), item["vocabulary"].as_str()) {
        ("sectors", Some("1")) => Some("sector"),
        ("sectors", Some("2")) => Some("sector_category"),
        ("regions", Some("1")) => Some("region"),
        _ => None,
    }
}
