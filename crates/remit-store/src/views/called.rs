//! What records are called.

use super::days::holds;
use super::envelope::{above, grade, is_open, may_be_seen, said_at, stands, starts, undated, weight};
use super::view::ViewSource;
use crate::schema::row_table;
use remit_model::{Kind, Marking, Time};

/// What a record is called: by the best statement that names it, the imported row, or else its identifier.
pub(super) fn title(kind: &Kind, record: &str, source: &ViewSource<'_>) -> String {
    let (Some(field), scope) = (&kind.title, source.scope) else {
        return record.to_owned();
    };
    let mut parts = Vec::new();
    if scope.stated.contains(&kind.name) {
        let marking = title_marking(kind, source).map(|m| m.level().to_string());
        parts.push(named(&format!("'{}'", kind.name), record, &format!("'$.{field}'"), marking.as_deref(), source));
    }
    parts.extend(imported_name(kind, record, source));
    parts.push(record.to_owned());
    first_of(&parts)
}

/// How the model marks what a record of a kind is called, where it keeps that from the reader.
fn title_marking(kind: &Kind, source: &ViewSource<'_>) -> Option<Marking> {
    above(kind.field(kind.title.as_ref()?)?.marking, source.as_of.clearance)
}

/// The same of a record of any kind that has a title: one look for all of them, since a query may refer to a view many times, and
/// all of its parts count each time. Null where nothing names it.
pub(super) fn title_of_any(kind: &str, record: &str, source: &ViewSource<'_>) -> String {
    let ViewSource { model, scope, .. } = source;
    let is_there = |k: &Kind| scope.stated.contains(&k.name) || scope.imported.contains(&k.name);
    let kinds = || model.kinds.iter().filter(|k| k.title.is_some() && k.part_of.is_none() && is_there(k));
    let field = |k: &Kind| k.title.as_ref().map(|field| format!("when '{}' then '$.{field}'", k.name));
    let fields: Vec<String> = kinds().filter_map(field).collect();
    if fields.is_empty() {
        return "null".to_owned();
    }
    let markings = kinds().filter_map(|k| Some(format!("when '{}' then {}", k.name, title_marking(k, source)?.level())));
    let markings: Vec<String> = markings.collect();
    let marking = (!markings.is_empty()).then(|| format!("case named.kind {} else 0 end", markings.join(" ")));
    let mut parts = vec![named(kind, record, &format!("case named.kind {} end", fields.join(" ")), marking.as_deref(), source)];
    let rows = kinds().filter_map(|k| Some(format!("when '{}' then {}", k.name, imported_name(k, record, source)?)));
    let rows: Vec<String> = rows.collect();
    if !rows.is_empty() {
        parts.push(format!("case {kind} {} end", rows.join(" ")));
    }
    first_of(&parts)
}

/// What a statement calls its record, where the kind has no title: what its key says, records by their names.
pub(super) fn called_by_key(source: &ViewSource<'_>) -> String {
    let may_be_seen = is_open("t", "f.key", source);
    format!(
        "(select group_concat(called, ' – ') from (select case when k.of = '' then f.value else {} end as called \
         from temp.as_of_called k join json_each(t.fields) f on f.key = k.field \
         where k.kind = t.kind and f.value <> '' and {may_be_seen} order by k.place))",
        first_of(&[title_of_any("k.of", "f.value", source), "f.value".to_owned()])
    )
}

pub(super) fn first_of(parts: &[String]) -> String {
    if parts.len() == 1 { parts[0].clone() } else { format!("coalesce({})", parts.join(", ")) }
}

/// The name in the best statement that has one; `path` is where its field stands in the values of `named`, and `marking` how the model marks
/// it, where it keeps it from the reader.
fn named(kind: &str, record: &str, path: &str, marking: Option<&str>, source: &ViewSource<'_>) -> String {
    let ViewSource { as_of, scope, .. } = source;
    let may_be_seen = may_be_seen("named.withheld", path, marking, as_of);
    let name = format!("case when {may_be_seen} then json_extract(named.fields, {path}) end");
    // What happened is told by its best source, dated or not, as its own view has it.
    let states = source.model.kinds.iter().filter(|k| k.time == Time::State).map(|k| format!("'{}'", k.name));
    let states = states.collect::<Vec<_>>().join(", ");
    let undated = format!("(named.kind in ({states}) and {})", undated("named", source));
    format!(
        "(select {name} from main.statement named where named.kind = {kind} and named.record = {record} and {} \
         and {name} is not null order by ({}) desc, {} desc, {} desc, {name} desc limit 1)",
        stands("named", as_of),
        holds("named", &starts("named", source), as_of.valid_on),
        weight(&grade("named"), &undated),
        said_at("named", scope),
    )
}

/// The name in the imported row; none where nothing of the kind was imported.
fn imported_name(kind: &Kind, record: &str, source: &ViewSource<'_>) -> Option<String> {
    let field = kind.title.as_ref().filter(|_| source.scope.imported.contains(&kind.name))?;
    Some(format!(
        "(select named.\"{field}\" from main.\"{}\" named where named.record = {record} and named.snapshot in ({}) limit 1)",
        row_table(kind),
        source.scope.live_list()
    ))
}
