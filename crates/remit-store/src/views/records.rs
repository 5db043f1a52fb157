//! The records of a kind: a row a statement, imported or stated, with what is computed of it.

use super::called::title;
use super::days::{holds, shown_on};
use super::envelope::{envelope, place, said_at, stands, stated_field};
use super::merged::merged;
use super::money::so_far;
use super::phase::{phase_sql, stated_phase};
use super::view::{KeptRows, View, ViewColumn, ViewSource, column, field_column, of_snapshot, select};
use crate::as_of::AsOf;
use crate::held_back::row_of_import;
use crate::schema::row_table;
use remit_model::{Day, Field, FieldType, Kind, Time};
use std::collections::HashSet;

/// A field, as an imported row has it and as a statement has it.
fn of_field(kind: &Kind, field: &Field, table: Option<&HashSet<String>>, source: &ViewSource<'_>) -> [String; 2] {
    let ViewSource { as_of, scope, .. } = source;
    let own = kind.record.as_deref() == Some(field.name.as_str());
    let summed = so_far(&field.name, as_of.valid_on).filter(|_| kind.name == "activity" && table.is_some());
    let import = match own {
        true => "r.record".to_owned(),
        false if summed.is_some() => summed.unwrap_or_default(),
        false if table.is_some_and(|columns| columns.contains(&field.name)) => format!("r.\"{}\"", field.name),
        false => "null".to_owned(),
    };
    let statement = match &field.kind {
        _ if own => "t.record".to_owned(),
        // What was recorded as words, before there were codes, is read as the code that they tell.
        FieldType::Code(list) if field.words.is_some() => {
            format!("told('{list}', {})", stated_field("t", &field.name, field.marking, as_of))
        }
        _ => stated_field("t", &field.name, field.marking, as_of),
    };
    let is_counted = kind.small_counts.as_ref().is_some_and(|rule| rule.fields().any(|name| name == field.name));
    let unless_held = |row: &str, value: String| match scope.held_back(kind, row, "null").filter(|_| is_counted) {
        Some(held) => format!("case when json_extract({held}, '$.{}') is null then {value} end", field.name),
        None => value,
    };
    [unless_held(&row_of_import(&kind.name, "r.id"), import), unless_held("t.id", statement)]
}

/// In which phase a record is on the day, as an imported row says it and as a statement does; none where the kind has no days and status.
fn phase(kind: &Kind, source: &ViewSource<'_>) -> Option<[String; 2]> {
    let ViewSource { as_of, scope, .. } = source;
    if ["starts", "ends", "status"].iter().any(|name| kind.field(name).is_none()) {
        return None;
    }
    let stated = |name: &str| stated_field("t", name, kind.field(name).and_then(|f| f.marking), as_of);
    let [starts, ends, status] = ["starts", "ends", "status"].map(stated);
    let day = as_of.valid_on;
    let or = |name: &str, else_said: &str| format!("coalesce({}, {else_said})", stated(name));
    // Where a kind does not tell planned ends from actual ones, what it says is when it ends.
    Some(match kind.field("end_actual") {
        Some(_) => [
            phase_sql(day, ["r.starts", "r.start_actual"], ["r.ends", "r.end_actual"], "r.status"),
            phase_sql(day, [&starts, &or("start_actual", &starts)], [&ends, &or("end_actual", &ends)], &status),
        ],
        None => [
            stated_phase(day, "r.starts", "r.ends", "r.status", &of_snapshot("r", "recorded_at")),
            stated_phase(day, &starts, &ends, &status, &said_at("t", scope)),
        ],
    })
}

/// One row a statement, from both places: imported rows, and statements that people entered. Beside it, what gives the latter alone.
pub(super) fn kind_view(kind: &Kind, name: &str, source: &ViewSource<'_>) -> (View, String) {
    let ViewSource { model, as_of, scope } = source;
    let table = scope.table(kind);
    let mut columns = Vec::new();
    let (mut imported, mut stated, mut refers) = (Vec::new(), Vec::new(), Vec::new());
    let mut add = |column: ViewColumn, import: String, statement: String| {
        columns.push(column);
        imported.push(import);
        stated.push(statement);
    };
    add(column("id"), "r.id".into(), format!("-{}", place("t", scope)));
    add(column("record"), "r.record".into(), "t.record".into());
    for field in &kind.fields {
        let [import, statement] = of_field(kind, field, table, source);
        if let Some(target) = field.record_kind().and_then(|k| model.kind(k)) {
            let name = ViewColumn { name: format!("{}_name", field.name), list: None };
            refers.push((field.name.clone(), target.name.clone()));
            add(name, title(target, &import, source), title(target, &format!("({statement})"), source));
        }
        add(field_column(field), import, statement);
    }
    if let Some([import, statement]) = phase(kind, source) {
        add(column("phase"), import, statement);
    }
    for (name, import, statement) in envelope(source) {
        add(column(&name), import, statement);
    }
    let hidden = if kind.name == "activity" { scope.not_hidden("r.id") } else { String::new() };
    let valid = |sql: String| if kind.time == Time::State { format!(" and {sql}") } else { String::new() };
    let zip = |sql: Vec<String>| -> Vec<(ViewColumn, String)> { columns.iter().cloned().zip(sql).collect() };
    let mut parts = Vec::new();
    if table.is_some() {
        parts.push(format!(
            "select {} from main.\"{}\" r where r.snapshot in ({}){}{hidden}",
            select(&zip(imported)),
            row_table(kind),
            scope.live_list(),
            valid(holds("r", "r.valid_from", as_of.valid_on)),
        ));
    }
    let stated = format!(
        "select {} from main.statement t where t.kind = '{}' and {}{}",
        select(&zip(stated)),
        kind.name,
        stands("t", as_of),
        valid(shown_on("t", kind, source)),
    );
    if scope.stated.contains(&kind.name) || table.is_none() {
        parts.push(stated.clone());
    }
    // What has an identifier of its own (an activity) is too much to be kept twice.
    let rows = kind.record.is_none().then(|| KeptRows::Statements { kind: kind.name.clone(), refers });
    let (name, about) = (name.to_owned(), kind.help.english().to_owned());
    (View { name, about, columns, sql: parts.join(" union all "), rows, ..View::default() }, stated)
}

/// A condition that holds of every record, and that SQLite does not know to: by it a column is read through the view, whatever of it is
/// asked for, so that nobody is taken to look behind it who only counts.
const ALWAYS: &str = "where record >= ''";

/// Records that are told once each: as their statements. What was imported so far may be stated tomorrow, so that the columns are those of
/// records of which several statements tell: no question that was good breaks with the first of them.
pub(super) fn same_view(kind: &Kind, statements: &View, day: Day) -> View {
    let name = kind.view.clone();
    if statements.rows.is_none() {
        return View { name, ..statements.clone() };
    }
    let columns: Vec<ViewColumn> = merged(kind, day).into_iter().map(|m| m.column).collect();
    let item = |c: &ViewColumn| (c.clone(), if c.name == "statements" { "1".to_owned() } else { format!("\"{}\"", c.name) });
    let items: Vec<(ViewColumn, String)> = columns.iter().map(item).collect();
    let sql = format!("select {} from temp.\"{}\" {ALWAYS}", select(&items), statements.name);
    View { name, sql, columns, needs: vec![statements.name.clone()], rows: None, ..statements.clone() }
}

/// A view of records with what is worked out of them: what the model computes, and where each stands in its stages. Records
/// without it are a view for themselves, since what the model computes may come from any view; its name is none that can be asked.
pub(super) fn with_computed(kind: &Kind, view: View, as_of: &AsOf) -> Vec<View> {
    let day = as_of.valid_on;
    let mut items: Vec<(ViewColumn, String)> = Vec::new();
    if let Some(stages) = &kind.stages {
        let open: Vec<String> = stages.open.iter().map(|code| format!("'{code}'")).collect();
        let field = &stages.field;
        let is_open = format!("(v.\"{field}\" in ({}))", open.join(", "));
        if let Some(due) = &stages.due {
            // Where it is not known by when, or whether it is done, it is not known to be late.
            let late =
                format!("case when {is_open} then v.\"{due}\" < substr('{day}', 1, length(v.\"{due}\")) else {is_open} end");
            items.push((column("overdue"), late));
        }
        items.push((column("open"), is_open));
    }
    for computed in &kind.computed {
        let sql = computed.sql.replace(":valid_on", &format!("'{day}'"));
        items.push((field_column(&computed.field), format!("({sql})")));
    }
    if items.is_empty() {
        return vec![view];
    }
    let plain = View { name: format!("{} without", view.name), hidden: true, ..view.clone() };
    let sql = format!("select v.*, {} from temp.\"{}\" v {ALWAYS}", select(&items), plain.name);
    let columns = view.columns.iter().cloned().chain(items.into_iter().map(|(c, _)| c)).collect();
    let whole = View { columns, sql, needs: vec![plain.name.clone()], rows: None, ..view };
    vec![plain, whole]
}
