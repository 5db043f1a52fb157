//! The records of a kind of which several statements tell: a row a record.

use super::envelope::{seen, weight};
use super::phase::stated_phase;
use super::view::{KeptRows, View, ViewColumn, ViewSource, column, field_column, select};
use remit_model::{Day, FieldType, Kind, Time};

/// A column of a record: from all statements that tell of it, and from the only one where there is but one.
pub(super) struct MergedColumn {
    pub(super) column: ViewColumn,
    of_all: String,
    of_one: String,
}

/// The columns of a record: each field from the best statement that says something of it (by grade, what is dated before what is not, then by
/// when it was first said, wherever; of names that were said at once, by the name itself), lists put together in the order in which they were
/// said.
pub(super) fn merged(kind: &Kind, day: Day) -> Vec<MergedColumn> {
    let weight = if kind.time == Time::State { weight("s.grade", "s.undated") } else { "s.grade".to_owned() };
    let best = |name: &str| match &kind.stages {
        Some(stages) if stages.field == name => newest(name),
        // Of what was said at once, as by the rows of a sheet, the name decides, and not the order of the rows.
        _ if kind.title.as_deref() == Some(name) => format!("best(s.\"{name}\", {weight}, s.said_at, s.\"{name}\")"),
        _ => format!("best(s.\"{name}\", {weight}, s.said_at, coalesce(s.statement, s.id))"),
    };
    // The sign takes away how a column of a table compares, as a function does.
    let plain = |name: &str| format!("+s.\"{name}\"");
    let chosen = |column: ViewColumn| MergedColumn { of_all: best(&column.name), of_one: plain(&column.name), column };
    let mut items = vec![MergedColumn { column: column("record"), of_all: "s.record".to_owned(), of_one: "s.record".to_owned() }];
    for field in &kind.fields {
        if field.record_kind().is_some() {
            items.push(chosen(column(&format!("{}_name", field.name))));
        }
        items.push(if matches!(field.kind, FieldType::List(_) | FieldType::Records(_)) {
            let list = format!("s.\"{}\"", field.name);
            let of_one = format!("(select gathered(one.list, 0, 0) from (select {list} as list) one)");
            MergedColumn {
                column: field_column(field),
                of_all: format!("gathered({list}, s.said_at, coalesce(s.statement, s.id))"),
                of_one,
            }
        } else {
            chosen(field_column(field))
        });
    }
    if kind.time == Time::Event && ["starts", "ends", "status"].iter().all(|f| kind.field(f).is_some()) {
        items.push(merged_phase(kind, day, &best, &plain));
    }
    let address = format!("best(s.url, {weight}, s.said_at, coalesce(s.statement, s.id), s.source)");
    let by = |name: &str, function: &str| format!("{function}(s.{name})");
    for (name, of_all, of_one) in [
        ("valid_from", best("valid_from"), plain("valid_from")),
        ("valid_to", best("valid_to"), plain("valid_to")),
        ("first_cited", by("first_cited", "min"), plain("first_cited")),
        ("last_cited", by("last_cited", "max"), plain("last_cited")),
        // Where what has no date goes before all that is dated, nothing is confirmed by the latter.
        ("confirmed", format!("({} * (not coalesce({}, 0)))", by("confirmed", "max"), best("undated")), plain("confirmed")),
        ("undated", by("undated", "min"), plain("undated")),
        ("source", best("source"), plain("source")),
        ("url", address, "case when s.source is not null then s.url end".to_owned()),
        ("reliability", by("reliability", "min"), plain("reliability")),
        ("verified_at", by("verified_at", "max"), plain("verified_at")),
        ("recorded_at", by("recorded_at", "max"), plain("recorded_at")),
        ("said_at", by("said_at", "max"), plain("said_at")),
        ("statements", "count(*)".to_owned(), "1".to_owned()),
    ] {
        items.push(MergedColumn { column: column(name), of_all, of_one });
    }
    if kind.time == Time::Event {
        // Where what was imported stands.
        items.extend(["dataset", "file", "line"].map(|name| chosen(column(name))));
    }
    items
}

/// The stage of a record, as the function `progress` puts its statements in order: the questions say it by the same function
/// (`questions/parts/stage_now.sql`).
fn newest(name: &str) -> String {
    let told = "progress(coalesce(s.valid_from, s.first_cited, s.last_cited, s.source_date), s.grade, s.said_at)";
    format!("best(s.\"{name}\", 0, {told}, coalesce(s.statement, s.id))")
}

/// In which phase a record is, by all that is said of it: its status may stand in one statement, and its dates in another.
fn merged_phase(kind: &Kind, day: Day, best: &dyn Fn(&str) -> String, plain: &dyn Fn(&str) -> String) -> MergedColumn {
    let column = column("phase");
    if kind.field("end_actual").is_some() {
        return MergedColumn { column, of_all: best("phase"), of_one: plain("phase") };
    }
    let of = |said: &dyn Fn(&str) -> String, said_at: &str| {
        stated_phase(day, &said("starts"), &said("ends"), &said("status"), said_at)
    };
    MergedColumn { column, of_all: of(best, "max(s.said_at)"), of_one: of(plain, "s.said_at") }
}

/// One row a record, as its statements say.
pub(super) fn merged_view(kind: &Kind, stated: &str, source: &ViewSource<'_>) -> View {
    let items = merged(kind, source.as_of.valid_on);
    let statements = format!("{}_statement", kind.view);
    let of_all: Vec<(ViewColumn, String)> = items.iter().map(|m| (m.column.clone(), m.of_all.clone())).collect();
    let of_all = format!("select {} from temp.\"{statements}\" s", select(&of_all));
    View {
        name: kind.view.clone(),
        about: kind.help.english().to_owned(),
        sql: format!("{of_all} group by s.record"),
        passing: told_again(kind, source).map(|again| passing(&items, &of_all, stated, &again)),
        columns: items.into_iter().map(|m| m.column).collect(),
        needs: vec![statements],
        rows: Some(KeptRows::Records { kind: kind.name.clone() }),
        ..View::default()
    }
}

/// The same for a kind with so many records that they are not kept. Most are told of once: these are their statements, of which only the
/// columns are worked out that somebody asks for, and nothing is put in order.
fn passing(items: &[MergedColumn], of_all: &str, stated: &str, again: &str) -> String {
    let of_one: Vec<(ViewColumn, String)> = items.iter().map(|m| (m.column.clone(), m.of_one.clone())).collect();
    // The last part reads no table: by it SQLite does not write out a query of several views once for each part of each of them.
    format!(
        "select * from ({of_all} where s.record in ({again}) group by s.record) \
         union all select {} from ({stated}) s where s.record not in ({again}) union all select {} where 0",
        select(&of_one),
        vec!["null"; items.len()].join(", ")
    )
}

/// The records of a kind that several statements tell of, as far as the reader may know; none where imported rows tell of them too, or
/// the view is one that only other views read, through which no table may be looked at.
fn told_again(kind: &Kind, source: &ViewSource<'_>) -> Option<String> {
    let ViewSource { as_of, scope, .. } = source;
    if scope.imported.contains(&kind.name) || kind.stages.is_some() || !kind.computed.is_empty() {
        return None;
    }
    // What nobody is kept from is counted by the index alone.
    let is_seen = if scope.hidden || as_of.known_on.is_some() { format!(" and {}", seen("o", as_of)) } else { String::new() };
    Some(format!(
        "select o.record from main.statement o where o.kind = '{}'{is_seen} group by o.record having count(*) > 1",
        kind.name
    ))
}
