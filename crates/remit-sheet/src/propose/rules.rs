//! How a column is read into a field: what separates several names in its cells, and which column beside it is its source.

use super::ProposedColumn;
use super::around::country_of;
use super::headed::names;
use crate::codes::{MOST_VALUES, Suggestions};
use crate::read::Rule;
use crate::values::{BETWEEN, WITHIN, ands, items};
use remit_model::{Field, FieldType, Kind, Model, comparable, is_among};
use std::collections::{BTreeMap, HashSet};

/// What a column may have beside it for itself: its source, and how credible it is.
pub(super) const BESIDE: [&str; 2] = ["source", "credibility"];

/// True where a heading is that of another column and, after it, the name of a field of the envelope: “name”, “name:source”.
pub(super) fn is_beside(model: &Model, kind: &Kind, of: &str, field: &str, heading: &str) -> bool {
    let Some(rest) = heading.strip_prefix(of).filter(|rest| !rest.starts_with(char::is_alphanumeric)) else { return false };
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
    let rest = comparable(rest);
    let named = model.envelope.get(field).map(|f| names(&f.field));
    let is_named = |own: Vec<String>| own.contains(&rest) || is_among(model.headings.fields(&rest), kind, field);
    !rest.is_empty() && !of.is_empty() && named.is_some_and(is_named)
}

pub(super) fn rule_for(model: &Model, field: &Field, column: &ProposedColumn) -> Rule {
    let separator = [";", "/", "،", ","].into_iter().find(|s| column.values.iter().any(|(v, _)| v.contains(s)));
    let is_list = matches!(field.kind, FieldType::List(_) | FieldType::Records(_));
    let mut between = match (&field.kind, &field.more) {
        (FieldType::Code(list), Some(_)) => between_codes(model, list, column),
        (_, Some(_)) => between_names(model, column),
        _ => separator.filter(|s| is_list && *s != ";").map(str::to_owned),
    };
    let names_several = field.more.is_some() && field.record_kind().is_some();
    let aliases = if names_several { enumerations(model, column, &mut between) } else { BTreeMap::new() };
    Rule { column: Some(column.heading.clone()), split: between, aliases, ..Rule::default() }
}

/// What separates the codes in the cells of a column, where some hold several: a sign that stands between what means one each.
fn between_codes(model: &Model, list: &str, column: &ProposedColumn) -> Option<String> {
    let suggestions = Suggestions::of(model, list);
    let is_own = |text: &str| model.lists.read(list, text).is_ok();
    let is_code = |text: &str| is_own(text) || suggestions.code(text).is_some();
    let holds = |value: &str, sign: &str| !is_own(value) && value.contains(sign) && value.split(sign).map(str::trim).all(is_code);
    let separates = |sign: &&str| column.values.iter().take(MOST_VALUES).any(|(value, _)| holds(value, sign));
    BETWEEN.into_iter().chain(WITHIN).chain(["\n"]).find(separates).map(str::to_owned)
}

/// Cells of several names with other signs or words between them than the column has: “A, B et C”, each with these names as the column
/// would have them. All must be names that stand elsewhere in the column, or those of countries: “Ministry of Interior and Security” is one.
fn enumerations(model: &Model, column: &ProposedColumn, between: &mut Option<String>) -> BTreeMap<String, String> {
    let ands = ands(&model.languages);
    let own = between.clone().unwrap_or_else(|| ";".to_owned());
    let is_sign = !own.contains(char::is_alphanumeric);
    let usual = own.split(' ').find(|sign| is_sign && !sign.is_empty()).unwrap_or(&own).to_owned();
    let items = |text: &str| -> Vec<String> {
        items(text, &own).into_iter().map(str::trim).filter(|i| !i.is_empty()).map(str::to_owned).collect()
    };
    let known: HashSet<String> = column.values.iter().flat_map(|(v, _)| items(v)).collect();
    let is_name = |name: &str| known.contains(name) || country_of(model, name).is_some();
    let named = |part: String| {
        let rest = || ands.iter().filter_map(|and| part.strip_prefix(and.trim_start())).find(|rest| is_name(rest));
        if is_name(&part) { Some(part) } else { rest().map(str::to_owned) }
    };
    let mut words: Vec<&str> = BETWEEN.to_vec();
    words.extend(WITHIN);
    words.extend(ands.iter().map(String::as_str));
    let several = |value: &str| -> Option<String> {
        let parts: Vec<String> = divided(value, words.iter().copied()).into_iter().map(named).collect::<Option<_>>()?;
        (parts.len() > items(value).len()).then(|| parts.join(&usual))
    };
    let values = column.values.iter().take(MOST_VALUES);
    let found: BTreeMap<String, String> = values.filter_map(|(v, _)| Some((v.clone(), several(v)?))).collect();
    if !found.is_empty() {
        between.get_or_insert(own);
    }
    found
}

/// What stands between any of these.
pub(super) fn divided<'s>(text: &str, signs: impl Iterator<Item = &'s str>) -> Vec<String> {
    let whole = vec![text.to_owned()];
    let parts = signs.fold(whole, |parts, sign| parts.iter().flat_map(|p| p.split(sign)).map(str::to_owned).collect());
    parts.iter().map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect()
}

/// What separates the names in the cells of a column, where some hold several: a sign, or several with a space between. A sign that
/// may stand within a name separates only what stands alone elsewhere in the column, or is the name of a country.
fn between_names(model: &Model, column: &ProposedColumn) -> Option<String> {
    let alone: HashSet<&str> = column.values.iter().map(|(v, _)| v.as_str()).collect();
    let is_name = |name: &&str| alone.contains(name) || country_of(model, name).is_some();
    let parts = |sign: &str| {
        let parts = column.values.iter().map(|(v, _)| v.split(sign).map(str::trim).filter(|p| !p.is_empty()).collect());
        parts.filter(|p: &Vec<&str>| p.len() > 1).collect::<Vec<_>>()
    };
    let sure = BETWEEN.into_iter().filter(|sign| !parts(sign).is_empty());
    // Between spaces it parts names also where one of them stands nowhere alone: “Fund A / Fund B” beside “Fund A”.
    let is_apart = |sign: &str| {
        let spaced = format!(" {sign} ");
        sign == "/" && column.values.iter().all(|(v, _)| v.matches(sign).count() == v.matches(spaced.as_str()).count())
    };
    let separates = |sign: &str| {
        let (several, is_apart) = (parts(sign), is_apart(sign));
        let are_names = |parts: &Vec<&str>| if is_apart { parts.iter().any(&is_name) } else { parts.iter().all(&is_name) };
        !several.is_empty() && several.iter().all(are_names)
    };
    let likely = WITHIN.into_iter().filter(|sign| separates(sign));
    let signs: Vec<&str> = sure.chain(likely).collect();
    let word = || ands(&model.languages).into_iter().find(|word| separates(word));
    let by_lines = || Some("\n".to_owned()).filter(|line| !parts(line).is_empty());
    if signs.is_empty() { word().or_else(by_lines) } else { Some(signs.join(" ")) }
}
