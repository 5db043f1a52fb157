//! The parts of a row, and the items of a list.

use super::called::title;
use super::view::{Scope, View, ViewColumn, ViewSource, column, field_column, marking_name, of_parent, of_snapshot, select};
use crate::schema::row_table;
use remit_model::{Field, FieldType, Kind, ListPart};

/// One row a part, such as a transaction of an activity.
pub(super) fn part_view(kind: &Kind, parent: &str, scope: &Scope) -> View {
    let mut items = vec![
        (column(parent), "r.parent".to_owned()),
        (column("n"), "r.n".into()),
        (column("identifier"), of_parent(parent, "r.parent", "record")),
    ];
    items.extend(kind.fields.iter().map(|f| (field_column(f), format!("r.\"{}\"", f.name))));
    items.extend([
        (column("marking"), marking_name(&of_snapshot("r", "marking"))),
        (column("dataset"), of_snapshot("r", "dataset")),
        (column("recorded_at"), of_snapshot("r", "recorded_at")),
        (column("line"), "r.line".into()),
    ]);
    let sql = format!(
        "select {} from main.\"{}\" r where r.snapshot in ({}){}",
        select(&items),
        row_table(kind),
        scope.live_list(),
        scope.not_hidden("r.parent"),
    );
    View {
        name: kind.view.clone(),
        about: kind.help.english().to_owned(),
        columns: items.into_iter().map(|(c, _)| c).collect(),
        sql,
        ..View::default()
    }
}

/// One row an item of a list field: its parts, or the record that it refers to.
pub(super) fn list_view(kind: &Kind, field: &Field, source: &ViewSource<'_>) -> Option<View> {
    let scope = source.scope;
    let imported = kind.record.is_some();
    let own = if imported { format!("r.\"{}\"", field.name) } else { format!("v.\"{}\"", field.name) };
    let mut items = match imported {
        true => vec![(column(&kind.name), "r.id".to_owned()), (column("identifier"), "r.record".into())],
        false => vec![(column("record"), "v.record".to_owned())],
    };
    match &field.kind {
        FieldType::List(parts) => items.extend(parts.iter().map(part_column)),
        FieldType::Records(of) => items.extend(target_columns(of, source)),
        _ => return None,
    }
    let from = match imported {
        true if scope.table(kind).is_none_or(|columns| !columns.contains(&field.name)) => return None,
        true => {
            let hidden = if kind.name == "activity" { scope.not_hidden("r.id") } else { String::new() };
            format!("main.\"{}\" r, json_each({own}) j where r.snapshot in ({}){hidden}", row_table(kind), scope.live_list())
        }
        false => format!("temp.\"{}\" v, json_each({own}) j", kind.view),
    };
    Some(View {
        name: field.view.clone()?,
        about: format!("{} of each {}.", field.label.english(), kind.label.english().to_lowercase()),
        sql: format!("select {} from {from}", select(&items)),
        columns: items.into_iter().map(|(c, _)| c).collect(),
        needs: if imported { Vec::new() } else { vec![kind.view.clone()] },
        ..View::default()
    })
}

fn part_column(part: &ListPart) -> (ViewColumn, String) {
    let column = ViewColumn { name: part.name.clone(), list: part.list.clone() };
    (column, format!("json_extract(j.value, '$.{}')", part.name))
}

/// Which record an item of a list refers to: its kind, its identifier, what it is called.
fn target_columns(of: &[String], source: &ViewSource<'_>) -> Vec<(ViewColumn, String)> {
    let (kind, id) = match of {
        [one] => (format!("'{one}'"), "j.value".to_owned()),
        _ => ("substr(j.value, 1, instr(j.value, ':') - 1)".into(), "substr(j.value, instr(j.value, ':') + 1)".into()),
    };
    let kinds = of.iter().filter_map(|name| source.model.kind(name));
    let names: Vec<String> = kinds.map(|k| format!("when '{}' then {}", k.name, title(k, &format!("({id})"), source))).collect();
    let name = format!("case {kind} {} else {id} end", names.join(" "));
    vec![(column("target_kind"), kind), (column("target"), id), (column("target_name"), name)]
}
