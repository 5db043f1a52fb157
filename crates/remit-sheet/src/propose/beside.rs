//! Records beside the row’s own: what columns say of the persons and places that it names, and what they are part of.

use super::headed::{EXACT, Headed};
use super::rules::rule_for;
use crate::read::{RecordRule, Rule};
use remit_model::{EnvelopePart, Field, FieldType, Kind, Model, Time};
use std::collections::{BTreeMap, HashSet};

/// What the columns left say of the persons and places that the rows name, as records of their own, with how much that speaks for the kind.
pub(super) fn said_of_named(
    model: &Model,
    kind: &Kind,
    rule: &mut RecordRule,
    columns: &[Headed<'_>],
    taken: &mut HashSet<usize>,
) -> (Vec<RecordRule>, f64) {
    let (mut named, told) = said_of_persons(model, kind, rule, columns, taken);
    let Some((place, placed)) = said_of_places(model, kind, rule, columns, taken) else { return (named, told) };
    named.push(place);
    (named, told + placed)
}

/// What the columns left say of the persons whom the rows name, as records of their own: how they are reached, their sex; with how much that speaks
/// for the kind. Of which country a row speaks is left open: it may be that of the unit.
fn said_of_persons(
    model: &Model,
    kind: &Kind,
    rule: &RecordRule,
    columns: &[Headed<'_>],
    taken: &mut HashSet<usize>,
) -> (Vec<RecordRule>, f64) {
    let named = |field: &Field| {
        let of = model.kind(field.record_kind()?).filter(|of| of.personal && of.name != kind.name)?;
        let column = rule.fields.get(&field.name).filter(|r| r.split.is_none())?.column.clone()?;
        Some((of, of.title.clone()?, column))
    };
    let (mut all, mut told) = (Vec::new(), 0.0);
    for (of, title, name) in kind.fields.iter().filter_map(named) {
        let mut fields = BTreeMap::new();
        for (at, column) in columns.iter().enumerate().filter(|(at, _)| !taken.contains(at)).collect::<Vec<_>>() {
            let is_meant = |field: &&Field| {
                let is_plain = match &field.kind {
                    FieldType::Text => true,
                    // An “Alias” is one of whoever stands left of it.
                    FieldType::List(_) => at.checked_sub(1).is_some_and(|left| columns[left].column.heading == name),
                    FieldType::Code(list) => list != COUNTRIES,
                    _ => false,
                };
                is_plain && field.name != title && !fields.contains_key(&field.name) && column.says(of, field) >= EXACT
            };
            if let Some(field) = of.fields.iter().find(is_meant) {
                taken.insert(at);
                told += column.says(of, field);
                fields.insert(field.name.clone(), rule_for(model, field, &column.column));
            }
        }
        if !fields.is_empty() {
            fields.insert(title, Rule { column: Some(name), ..Rule::default() });
            all.push(RecordRule { kind: of.name.clone(), fields, ..RecordRule::default() });
        }
    }
    (all, told)
}

/// What latitude and longitude beside a place speak for a kind of which it is said at which place it is, and for another.
const PLACED: [f64; 2] = [18.0, 9.0];

/// Where the place is that each row names, as a record of its own, with what that speaks for the kind: latitude and longitude stand in columns of
/// their own beside it. In a list of places they are those of the rows.
fn said_of_places(
    model: &Model,
    kind: &Kind,
    rule: &mut RecordRule,
    columns: &[Headed<'_>],
    taken: &mut HashSet<usize>,
) -> Option<(RecordRule, f64)> {
    let place = model.kind(PLACES).filter(|place| place.name != kind.name)?;
    let title = place.field(place.title.as_ref()?)?;
    let is_called = |c: &Headed<'_>| c.says(place, title) >= EXACT && !c.is_any_name();
    if columns.iter().any(|c| is_called(c) && !c.is_any_place()) {
        return None;
    }
    let says = |c: &Headed<'_>, name: &str| place.field(name).is_some_and(|field| c.says(place, field) >= EXACT);
    let only = |name: &str, other: &str| {
        let is_it = |at: &usize| !taken.contains(at) && says(&columns[*at], name) && !says(&columns[*at], other);
        (0..columns.len()).find(is_it)
    };
    let (latitude, longitude) = (only("latitude", "longitude")?, only("longitude", "latitude")?);
    let own = kind.fields.iter().filter(|f| f.record_kind() == Some(PLACES));
    let named = own.clone().find_map(|f| rule.fields.get(&f.name).filter(|r| r.split.is_none())?.column.clone());
    let called = || columns.iter().find(|c| c.is_any_place()).map(|c| c.column.heading.clone());
    let of = |heading: &str| Rule { column: Some(heading.to_owned()), ..Rule::default() };
    let [own_weight, other_weight] = PLACED;
    let (name, weight) = match named {
        Some(name) => (name, own_weight),
        None => {
            let name = called()?;
            own.take(1).for_each(|f| drop(rule.fields.insert(f.name.clone(), of(&name))));
            taken.extend(columns.iter().position(|c| c.column.heading == name));
            (name, other_weight)
        }
    };
    taken.extend([latitude, longitude]);
    let at = |at: usize| of(&columns[at].column.heading);
    let fields = [(title.name.as_str(), of(&name)), ("latitude", at(latitude)), ("longitude", at(longitude))];
    let fields = fields.into_iter().map(|(name, rule)| (name.to_owned(), rule)).collect();
    Some((RecordRule { kind: place.name.clone(), fields, ..RecordRule::default() }, weight))
}

/// The kind of places.
const PLACES: &str = "place";

/// The list of countries.
const COUNTRIES: &str = "country";

/// The field that says whose row it is: the title, or what the key begins with.
pub(super) fn own_name(kind: &Kind) -> Option<&str> {
    kind.title.as_deref().or_else(|| kind.key.first().map(String::as_str))
}

/// The field that says whose row it is, in kinds whose rows may say what that is a part of.
pub(super) struct Whose<'m> {
    kind: &'m Kind,
    pub(super) field: &'m Field,
    /// The kind and field of its own name, where it refers to a record.
    named: Option<(&'m Kind, &'m Field)>,
}

impl<'m> Whose<'m> {
    /// Of a person, who is no part of anything, the unit where that person is: what the key has next.
    pub(super) fn of(model: &'m Model, kind: &'m Kind) -> Option<Whose<'m>> {
        let is_person = |field: &Field| field.record_kind().and_then(|of| model.kind(of)).is_some_and(|of| of.personal);
        let own = kind.field(own_name(kind)?)?;
        let next = || kind.key.iter().filter_map(|name| kind.field(name)).find(|field| !is_person(field));
        let field = if is_person(own) { next()? } else { own };
        let of = field.record_kind().unwrap_or(&kind.name);
        let is_connected = |other: &Kind| {
            let row = other.beside.as_ref().and_then(|beside| other.field(&beside.row));
            row.and_then(Field::record_kind) == Some(of)
        };
        let named = model.kind(of).and_then(|of| Some((of, of.field(of.title.as_ref()?)?)));
        model.kinds.iter().any(is_connected).then_some(Whose { kind, field, named })
    }

    fn says(&self, column: &Headed<'_>) -> bool {
        let named = self.named.is_some_and(|(kind, field)| column.says(kind, field) >= EXACT);
        !column.is_above && (named || column.says(self.kind, self.field) >= EXACT)
    }

    /// The column that says whose row it is.
    fn column(&self, rule: &RecordRule, columns: &[Headed<'_>]) -> Option<usize> {
        let heading = rule.fields.get(&self.field.name)?.column.as_ref()?;
        columns.iter().position(|c| c.column.heading == *heading)
    }

    /// The last column right of it that says so too, and tells more rows apart.
    fn further(&self, at: usize, columns: &[Headed<'_>], taken: &HashSet<usize>) -> Option<usize> {
        let more = |c: &usize| columns[*c].column.values.len() > columns[at].column.values.len();
        (at + 1..columns.len()).rev().find(|c| !taken.contains(c) && more(c) && self.says(&columns[*c]))
    }

    /// Units stand right of their ministry: of several columns that may be whose row it is, the last one that tells more rows apart is it.
    pub(super) fn take_further(
        &self,
        model: &Model,
        columns: &[Headed<'_>],
        taken: &mut HashSet<usize>,
        rule: &mut RecordRule,
        reasons: &mut Vec<(String, String)>,
    ) {
        let Some(at) = self.column(rule, columns) else { return };
        let Some(last) = self.further(at, columns, taken) else { return };
        taken.remove(&at);
        taken.insert(last);
        let (before, column) = (&columns[at].column.heading, &columns[last].column);
        reasons.retain(|(heading, _)| heading != before);
        reasons.push((column.heading.clone(), self.field.name.clone()));
        rule.fields.insert(self.field.name.clone(), rule_for(model, self.field, column));
    }

    /// The columns left of it that say what it is part of, level by level, the nearest first.
    pub(super) fn levels(&self, rule: &RecordRule, columns: &[Headed<'_>], taken: &HashSet<usize>) -> Vec<usize> {
        let Some(own) = self.column(rule, columns) else { return Vec::new() };
        let (mut below, mut all) = (own, Vec::new());
        for at in (0..own).rev().filter(|at| !taken.contains(at)) {
            // Fewer of them than of what is part of them.
            if self.says(&columns[at]) && columns[at].column.values.len() < columns[below].column.values.len() {
                all.push(at);
                below = at;
            }
        }
        all
    }
}

/// What a column beside the names of a row says that they have to do with other records, as “Parent unit” does: a record more, or
/// one for each level; or one for each column, as “Commander” and “Base” do in a list of units.
pub(super) fn connected(
    model: &Model,
    kind: &Kind,
    first: Option<&Field>,
    rule: &RecordRule,
    columns: &[Headed<'_>],
    levels: &[usize],
    taken: &mut HashSet<usize>,
) -> Vec<RecordRule> {
    model.kinds.iter().flat_map(|other| connected_by(model, other, (kind, first), rule, columns, levels, taken)).collect()
}

/// The same by one kind of what connects them.
fn connected_by(
    model: &Model,
    other: &Kind,
    (kind, first): (&Kind, Option<&Field>),
    rule: &RecordRule,
    columns: &[Headed<'_>],
    levels: &[usize],
    taken: &mut HashSet<usize>,
) -> Vec<RecordRule> {
    let Some(beside) = other.beside.as_ref().filter(|_| other.name != kind.name) else { return Vec::new() };
    let (Some(of), Some(field)) = (other.field(&beside.row).and_then(Field::record_kind), other.field(&beside.column)) else {
        return Vec::new();
    };
    let of_column = |at: usize| Rule { column: Some(columns[at].column.heading.clone()), ..Rule::default() };
    let own = match first.and_then(|f| Some((f.record_kind(), rule.fields.get(&f.name)?.column.clone()?))) {
        _ if kind.name == of => Rule { record: Some(kind.name.clone()), ..Rule::default() },
        Some((Some(to), column)) if to == of && !beside.listed => Rule { column: Some(column), ..Rule::default() },
        _ => return Vec::new(),
    };
    let told = beside.told.as_ref().and_then(|name| other.field(name));
    let says = |c: &Headed<'_>| match told {
        Some(told) => tells(model, told, c),
        None => c.is_above && !beside.listed || c.says(other, field) >= EXACT,
    };
    let said: Vec<usize> = (0..columns.len()).filter(|at| !taken.contains(at) && says(&columns[*at])).collect();
    let above = match &said[..] {
        _ if beside.listed => said,
        [] => levels.to_vec(),
        [first, ..] => vec![*first],
    };
    taken.extend(&above);
    let mut from = own;
    let mut all = Vec::new();
    for at in above {
        let value = |text: &str| Rule { value: Some(text.to_owned()), ..Rule::default() };
        let same = beside.fields.iter().map(|(name, text)| (name.clone(), value(text)));
        let by_heading = beside.told.iter().map(|name| (name.clone(), value(&columns[at].column.heading)));
        let ends = [(beside.row.clone(), from.clone()), (beside.column.clone(), of_column(at))];
        // Where nothing stands above a name, there is nothing to say.
        let when = Some(columns[at].column.heading.clone());
        let fields = ends.into_iter().chain(same).chain(by_heading).collect();
        all.push(RecordRule { kind: other.name.clone(), when, fields, ..RecordRule::default() });
        if !beside.listed {
            from = of_column(at);
        }
    }
    all
}

/// True where the heading of a column tells the code of a field, and below it stand no figures.
fn tells(model: &Model, told: &Field, column: &Headed<'_>) -> bool {
    let FieldType::Code(list) = &told.kind else { return false };
    model.lists.told_by(list, &column.column.heading).is_some() && !column.has_only_figures()
}

/// What the first record of a row says of its source, and when that was, is said of all that the row gives: how long something lasts is said of
/// each alone, and of a record that is no state no day is.
pub(super) fn share_source(model: &Model, rule: &RecordRule, others: &mut [RecordRule]) {
    for other in others {
        let is_state = model.kind(&other.kind).is_some_and(|kind| kind.time == Time::State);
        let shared = model.envelope.plain().filter(|known| match known.part {
            EnvelopePart::Source => true,
            EnvelopePart::Dates => is_state && CITED.contains(&known.field.name.as_str()),
            _ => false,
        });
        for known in shared {
            if let Some(said) = rule.fields.get(&known.field.name) {
                other.fields.entry(known.field.name.clone()).or_insert_with(|| said.clone());
            }
        }
    }
}

/// When a source said it.
const CITED: [&str; 2] = ["first_cited", "last_cited"];
