//! The values of coded fields, each with how many records have it: so many would be shown if it were chosen as well.

use super::filter::{Filter, NOT_REPORTED, called, is_facet};
use crate::cells::{code_label, country_name};
use crate::context::Context;
use crate::error::PageError;
use crate::figures::whole;
use crate::m;
use crate::messages::label;
use remit_model::{Field, FieldType};
use remit_store::{SharedQuery, SharingQuery};
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};

/// A field with its values.
pub(super) struct Facet {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) values: Vec<FacetValue>,
    pub(super) is_open: bool,
}

pub(super) struct FacetValue {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) count: String,
    pub(super) chosen: bool,
    /// How many codes it stands below, as a part of them.
    pub(super) depth: usize,
}

#[derive(Deserialize)]
struct CountedValue {
    field: String,
    value: Option<String>,
    n: i64,
}

/// What is found of a kind: how many records in all, which of them the page shows, and the facets of those that the words find.
pub(super) struct FoundRecords {
    pub(super) total: usize,
    pub(super) records: Vec<String>,
    pub(super) facets: Vec<Facet>,
}

/// Finds and counts the records in one reading: a kind may have a hundred thousand of them.
pub(super) fn found(cx: &Context, filter: &Filter) -> Result<FoundRecords, PageError> {
    let fields: Vec<&Field> = filter.kind.fields.iter().filter(|f| is_facet(f)).collect();
    let counted = count(cx, filter, &fields)?;
    let total = counted.iter().find(|c| c.field.is_empty()).map_or(0, |c| usize::try_from(c.n).unwrap_or_default());
    let records = counted.iter().filter(|c| c.field == SHOWN).filter_map(|c| c.value.clone()).collect();
    let facets = fields.iter().map(|field| facet(cx, filter, field, &counted)).filter(|f| f.values.len() > 1 || f.is_open);
    Ok(FoundRecords { total, records, facets: facets.collect() })
}

/// What stands in the place of a field with the records that the page shows: no field is called so.
const SHOWN: &str = "*";

fn count(cx: &Context, filter: &Filter, fields: &[&Field]) -> Result<Vec<CountedValue>, PageError> {
    let listed = Listed::of(filter, fields);
    let (all, part) = (listed.counts(filter, "r"), listed.part(filter, "r", ""));
    let sql = format!("with r as materialized ({} where {}) {all} union all {part}", listed.sql, filter.by_words());
    let shared = listed.shared(filter);
    let short = match shared.as_slice() {
        [] => sql.clone(),
        [list, counts @ ..] => {
            let list = SharedQuery::table(&list.name);
            let counted = match counts.first() {
                Some(counts) => format!("select * from {}", SharedQuery::table(&counts.name)),
                None => listed.counts(filter, &list),
            };
            format!("{counted} union all {}", listed.part(filter, &list, ORDER))
        }
    };
    let query = SharingQuery { sql: &sql, shared: &shared, short: &short };
    Ok(cx.reader.query_with(&query, &filter.parameters())?.rows_as()?)
}

/// The column of a list that is kept, by which its records are in the order of their titles.
const ORDER: &str = "*order";

/// What is read of the records of a kind to find and count them.
struct Listed<'f> {
    fields: &'f [&'f Field],
    /// All of them, with the columns that are counted, chosen by and put in order by.
    sql: String,
    /// True where no others were asked for than for any page of the kind.
    is_plain: bool,
}

impl<'f> Listed<'f> {
    fn of(filter: &Filter, fields: &'f [&'f Field]) -> Listed<'f> {
        // What names no column of a `with` reads it by its own name, which the guard refuses: so records are counted, not rows.
        // Nothing is worked out that is not counted: a kind may have a hundred thousand records, and fifty columns.
        let plain = fields.iter().map(|f| f.name.clone()).chain(filter.kind.title.clone());
        let plain: BTreeSet<String> = plain.filter(|name| name != "record").collect();
        let asked = filter.chosen().map(str::to_owned).chain(filter.ordering()).filter(|name| name != "record");
        let named: BTreeSet<String> = plain.iter().cloned().chain(asked).collect();
        let columns: String = named.iter().map(|name| format!(", \"{name}\"")).collect();
        let sql = format!("select record{columns} from \"{}\"", filter.kind.view);
        Listed { fields, sql, is_plain: named == plain }
    }

    /// How many records there are in all, and how many have each value.
    fn counts(&self, filter: &Filter, from: &str) -> String {
        let all = filter.by_values("");
        let mut sql = format!("select '' as field, null as value, count(record) as n from {from} where {all}");
        for Field { name, .. } in self.fields {
            let others = filter.by_values(name);
            sql.push_str(&format!(
                " union all select '{name}', cast(\"{name}\" as text) as value, count(record) from {from} where {others} group by \"{name}\""
            ));
        }
        sql
    }

    /// The records that the page shows. `order` is a column in the order of the titles, where there is one.
    fn part(&self, filter: &Filter, from: &str, order: &str) -> String {
        let (values, mut by, part) = (filter.by_values(""), filter.order(), filter.part());
        if let Some(title) = filter.kind.title.as_ref().filter(|_| !order.is_empty()) {
            by = by.replace(&format!("ordered(\"{title}\")"), &format!("\"{order}\""));
        }
        format!("select '{SHOWN}' as field, record as value, 0 as n from (select record from {from} where {values} {by} {part})")
    }

    /// What is the same on every page of the kind that no words narrow, which a reader keeps: the list, and how many have each value where none is
    /// chosen. Of two hundred thousand records it takes a second or more to read, and the next page a tenth.
    fn shared(&self, filter: &Filter) -> Vec<SharedQuery> {
        if !self.is_plain || !filter.words.is_empty() {
            return Vec::new();
        }
        let order = filter.kind.title.as_ref().map_or("null".to_owned(), |title| format!("ordered(\"{title}\")"));
        let sql = format!("select *, {order} as \"{ORDER}\" from ({})", self.sql);
        let list = SharedQuery { name: format!("list_{}", filter.kind.name), whole: sql.clone(), short: sql };
        if filter.is_narrow() {
            return vec![list];
        }
        let whole = format!("with r as materialized ({}) {}", list.whole, self.counts(filter, "r"));
        let short = self.counts(filter, &SharedQuery::table(&list.name));
        vec![list, SharedQuery { name: format!("counts_{}", filter.kind.name), whole, short }]
    }
}

fn facet(cx: &Context, filter: &Filter, field: &Field, counted: &[CountedValue]) -> Facet {
    let mut own: Vec<(i64, String)> = Vec::new();
    for c in counted.iter().filter(|c| c.field == field.name) {
        for value in with_wholes(cx, field, value_of(c)) {
            match own.iter_mut().find(|(_, known)| *known == value) {
                Some((n, _)) => *n += c.n,
                None => own.push((c.n, value)),
            }
        }
    }
    own.sort_by_key(|(n, value)| (value == NOT_REPORTED, -n));
    let value = |(depth, n, value): (usize, i64, String)| FacetValue {
        label: name(cx, field, &value),
        count: whole(n as f64),
        chosen: filter.has(&field.name, &value),
        depth,
        value,
    };
    let values: Vec<FacetValue> = below_wholes(cx, field, own).into_iter().map(value).collect();
    let is_open = values.iter().any(|v| v.chosen);
    Facet { name: called(field), label: label(&field.label), values, is_open }
}

/// A value, and the codes that it is a part of: who chooses one of these finds it too.
fn with_wholes(cx: &Context, field: &Field, value: String) -> Vec<String> {
    let list = match &field.kind {
        FieldType::Code(list) => cx.model().lists.get(list),
        _ => None,
    };
    let wholes: Vec<String> = list.into_iter().flat_map(|list| list.with_parents(&value)).map(|code| code.code.clone()).collect();
    if wholes.is_empty() { vec![value] } else { wholes }
}

/// Values in their order, each below the code that it is a part of, with how deep it stands there.
fn below_wholes(cx: &Context, field: &Field, counted: Vec<(i64, String)>) -> Vec<(usize, i64, String)> {
    let position: HashMap<&str, usize> = counted.iter().enumerate().map(|(at, (_, value))| (value.as_str(), at)).collect();
    let path = |value: &String| {
        let wholes = with_wholes(cx, field, value.clone());
        wholes.iter().rev().filter_map(|whole| position.get(whole.as_str()).copied()).collect::<Vec<usize>>()
    };
    let paths: Vec<Vec<usize>> = counted.iter().map(|(_, value)| path(value)).collect();
    let mut placed: Vec<(Vec<usize>, (i64, String))> = paths.into_iter().zip(counted).collect();
    placed.sort();
    placed.into_iter().map(|(path, (n, value))| (path.len().saturating_sub(1), n, value)).collect()
}

/// What the address says for a value.
fn value_of(counted: &CountedValue) -> String {
    counted.value.clone().unwrap_or_else(|| NOT_REPORTED.to_owned())
}

fn name(cx: &Context, field: &Field, value: &str) -> String {
    match (&field.kind, value) {
        (_, NOT_REPORTED) => m::not_reported(),
        (FieldType::Boolean, "1") => m::yes(),
        (FieldType::Boolean, _) => m::no(),
        (FieldType::Code(list), code) if list == "country" => country_name(cx.model(), code).to_owned(),
        (FieldType::Code(list), code) => code_label(cx.model(), list, code),
        _ => value.to_owned(),
    }
}
