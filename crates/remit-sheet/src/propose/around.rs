//! What stands around a table and is of all its rows: the day and the body of whom it is, the country; and the column of identifiers.

use super::MappingProposal;
use super::headed::Headed;
use crate::read::{RecordRule, Rule, is_called_identifier};
use crate::values::{DateColumn, ValueWords};
use remit_model::{Field, FieldType, Kind, Model};
use std::collections::HashSet;

/// The dates of our time that stand in a text.
pub(super) fn dates_in(text: &str, words: &ValueWords) -> Vec<String> {
    let parts: Vec<&str> =
        text.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).filter(|w| !w.is_empty()).collect();
    let is_of_our_time =
        |date: &String| date.get(..4).and_then(|y| y.parse().ok()).is_some_and(|y: u32| (1950..2100).contains(&y));
    // A quarter is no day; its year stands there too.
    let read = |part: &[&str]| {
        words.dates.read(&part.join(" "), &DateColumn::default()).ok().filter(|d| d.note.is_none()).map(|d| d.date)
    };
    (1..=5).flat_map(|n| parts.windows(n).filter_map(read)).filter(is_of_our_time).collect()
}

/// A proposal with the column that holds the identifiers of its records, where one is called so: each as records have them, `so/police`, and
/// in one row.
pub(super) fn with_identifiers(mut proposal: MappingProposal, columns: &[Headed<'_>]) -> MappingProposal {
    let rows = columns.iter().map(Headed::filled).max().unwrap_or(0);
    let is_one = |(value, times): &(String, u64)| {
        *times == 1 && value.contains('/') && !value.contains("://") && !value.contains(char::is_whitespace)
    };
    let used = proposal.mapping.columns();
    let is_meant = |c: &&Headed<'_>| {
        let heading = &c.column.heading;
        is_called_identifier(heading) && !used.contains(heading) && c.filled() == rows && c.column.values.iter().all(is_one)
    };
    let found = columns.iter().find(is_meant).map(|c| format!("{{{}}}", c.column.heading));
    if let Some((rule, id)) = proposal.mapping.record.first_mut().filter(|rule| rule.id.is_none()).zip(found) {
        rule.id = Some(id);
    }
    proposal
}

/// A proposal with the day that stands above the table, where its kind tells records apart by time and no column says it.
pub(super) fn with_day(mut proposal: MappingProposal, kind: &Kind, above: Option<&str>) -> MappingProposal {
    let is_key = |name: &str| kind.key.iter().any(|k| k == name);
    let Some((rule, date)) = proposal.mapping.record.first_mut().zip(above) else { return proposal };
    let is_said = ["day", "year"].iter().any(|name| rule.fields.contains_key(*name));
    // “Approved 2024” in a “Budget 2025” is of 2024. Columns of several years have none in common.
    let years = years_of_columns(rule);
    let date = match &years[..] {
        [] => date,
        [year] => year.as_str(),
        _ => return proposal,
    };
    let field = match date.len() {
        5.. if is_key("day") => Some(("day", date)),
        _ => date.get(..4).filter(|_| is_key("year")).map(|year| ("year", year)),
    };
    if let Some((name, value)) = field.filter(|_| !is_said) {
        rule.fields.insert(name.to_owned(), Rule { value: Some(value.to_owned()), ..Rule::default() });
    }
    proposal
}

/// A proposal of counts with the body that stands above the table as one of a class, “Complaints against the police”, where no column says of whom
/// they are: without one they would be of nobody.
pub(super) fn with_service(mut proposal: MappingProposal, model: &Model, kind: &Kind, titles: &[&str]) -> MappingProposal {
    let is_whose = |f: &&Field| f.required && f.home && f.record_kind() == Some(BODIES);
    let Some(field) = kind.fields.iter().find(is_whose).filter(|_| kind.parts) else { return proposal };
    let Some(rule) = proposal.mapping.record.first_mut().filter(|rule| !rule.fields.contains_key(&field.name)) else {
        return proposal;
    };
    let mut words = titles.iter().flat_map(|title| title.split(|c: char| !c.is_alphanumeric()));
    let class = |word: &str| model.lists.get(CLASSES)?.get(model.lists.means(CLASSES, word)?);
    // One word may be the whole name of a service, and is none of a ministry or a mission.
    let is_service = |word: &&str| class(word).is_some_and(|code| SERVICES.contains(&code.category.as_str()));
    if let Some(body) = words.find(is_service) {
        rule.fields.insert(field.name.clone(), Rule { value: Some(body.to_owned()), ..Rule::default() });
    }
    proposal
}

/// The years that stand in the headings of the columns that a record is read from, each once.
fn years_of_columns(rule: &RecordRule) -> Vec<String> {
    let headings = rule.fields.values().filter_map(|r| r.column.as_deref());
    let parts = headings.flat_map(|heading| heading.split(|c: char| !c.is_alphanumeric()));
    let is_year = |part: &&str| {
        part.len() == 4 && part.chars().all(|c| c.is_ascii_digit()) && (part.starts_with("19") || part.starts_with("20"))
    };
    let years: HashSet<&str> = parts.filter(is_year).collect();
    years.into_iter().map(str::to_owned).collect()
}

/// What a table says of countries, in a workspace that is about one.
pub(super) struct TableCountries<'l> {
    /// That of the workspace; where it is not about one, that which stands above the table, or in the name of the sheet or file.
    pub(super) home: &'l str,
    /// True where it is told by what stands around the table alone, which may as well be that of who pays.
    pub(super) is_by_title: bool,
    /// True where the lines above the table, or the name of the sheet or file, say another one.
    pub(super) is_elsewhere: bool,
    /// The headings of columns that name another one.
    pub(super) other: Vec<String>,
    /// The headings of columns of which each cell is the name of a country.
    pub(super) whole: Vec<String>,
    /// The headings of columns that name who supports from elsewhere: missions, international organisations, donors.
    pub(super) partners: Vec<String>,
}

/// Fields of who gives something: whoever does it is seldom of the country where it is given.
const GIVERS: [&str; 7] =
    ["supporter", "other_supporters", "implementer", "other_implementers", "given_by", "trainer_unit", "trained_by"];

/// The kind of bodies, and the list of their classes, with the category of those that are seldom of the country where they work.
pub(super) const BODIES: &str = "actor";
pub(super) const CLASSES: &str = "actor_class";
const PARTNERS: &str = "partner";
/// The categories of those of which one word may be a name: “the police”.
const SERVICES: [&str; 2] = ["provider", "justice"];

/// True for a class of such bodies, or a name that tells one.
pub(super) fn is_partner(model: &Model, text: &str) -> bool {
    let listed = || model.lists.get(CLASSES).and_then(|list| list.find(text)).map(|code| code.code.as_str());
    let code = listed().or_else(|| model.lists.told_by(CLASSES, text));
    code.is_some_and(|code| {
        model.lists.get(CLASSES).and_then(|list| list.get(code)).is_some_and(|code| code.category == PARTNERS)
    })
}

/// A proposal with the country of each row, for records that mostly are of that of the workspace, where no column is called so: the column
/// of which each cell is a country, or that of the workspace in every row. Where the table names others, it is left open: whoever looks at the
/// mapping sees what is said, and what is brought in says it.
pub(super) fn with_country(mut proposal: MappingProposal, model: &Model, said: Option<&TableCountries<'_>>) -> MappingProposal {
    let Some(said) = said else { return proposal };
    let used = proposal.mapping.columns();
    let mut unused = said.whole.iter().filter(|heading| !used.contains(*heading));
    let column = unused.next().filter(|_| unused.next().is_none()).cloned();
    let is_giver =
        |heading: &String| proposal.reasons.iter().any(|(of, field)| of == heading && GIVERS.contains(&field.as_str()));
    let is_elsewhere = said.is_elsewhere || said.other.iter().any(|heading| !is_giver(heading));
    let rule_of = match column {
        Some(column) => Rule { column: Some(column), ..Rule::default() },
        None if is_elsewhere => return proposal,
        None => Rule { value: Some(said.home.to_owned()), ..Rule::default() },
    };
    for rule in &mut proposal.mapping.record {
        let Some(kind) = model.kind(&rule.kind) else { continue };
        let may_be_theirs = said.is_by_title && GIVERS.iter().any(|giver| kind.field(giver).is_some());
        // Of bodies some are in the country, and of others nobody wrote which they are of.
        let is_of_partner = |(name, r): (&String, &Rule)| {
            (name == "class" || kind.title.as_ref() == Some(name)) && r.column.as_ref().is_some_and(|c| said.partners.contains(c))
        };
        if rule_of.column.is_none() && (may_be_theirs || kind.name == BODIES && rule.fields.iter().any(is_of_partner)) {
            continue;
        }
        let country = kind.fields.iter().find(|f| f.home && matches!(f.kind, FieldType::Code(_)));
        if let Some(field) = country.filter(|f| !rule.fields.contains_key(&f.name)) {
            rule.fields.insert(field.name.clone(), rule_of.clone());
            proposal.reasons.extend(rule_of.column.clone().map(|column| (column, field.name.clone())));
        }
    }
    proposal
}

/// The country that a text is the name or code of.
pub(super) fn country_of<'m>(model: &'m Model, text: &str) -> Option<&'m str> {
    let listed = model.lists.get("country").and_then(|list| list.find(text)).map(|code| code.code.as_str());
    listed.or_else(|| model.lists.means("country", text))
}

/// The same in a text that may be any. Of two letters it may be a word: “No” is no Norway.
pub(super) fn country_named<'m>(model: &'m Model, text: &str) -> Option<&'m str> {
    if text.chars().count() < 3 { None } else { country_of(model, text) }
}

/// The countries that a text names among its other words, of each the longest name: “South Sudan” is no Sudan.
pub(super) fn countries_within<'m>(model: &'m Model, text: &str) -> Vec<&'m str> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < words.len() {
        let is_name = !words[at].starts_with(char::is_lowercase);
        let longest = (1..=MOST_WORDS.min(words.len() - at)).rev();
        let named = longest.filter(|_| is_name).find_map(|n| Some((n, country_named(model, &words[at..at + n].join(" "))?)));
        found.extend(named.map(|(_, code)| code));
        at += named.map_or(1, |(n, _)| n);
    }
    found
}

/// Words of the longest name of a country that is looked for among others.
const MOST_WORDS: usize = 6;
