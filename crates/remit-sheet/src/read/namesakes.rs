//! Rows that have one title. Where they say different things of what tells such records apart, as their kind names it (to whom a
//! recommendation is, who pays for a project), each is of a record of its own, which has a number behind what they have in common. Which is
//! which follows from what they say and from what was said before, never from the order of the rows: the next edition of a sheet finds its
//! own again, also where one of them is there no longer.

use super::alike::number_of;
use super::compare::{last_said, place_and_file};
use super::fingerprint::fingerprint;
use super::names::Names;
use crate::SheetError;
use crate::values::folded;
use remit_model::{Kind, Marking, Model, write_value};
use remit_store::{Chain, Statement};
use serde_json::Value;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Numbers without a record after which no more of them are looked for: one that was taken back leaves a gap.
const GAP: u32 = 8;

/// What is said of each field that tells records of one title apart: several where a cell names several, none where nothing is said.
pub(super) type SaidApart = Vec<BTreeSet<String>>;

/// What is known of rows that have one title.
#[derive(Debug, Default)]
pub(crate) struct Namesakes {
    /// By kind and identifier: what the first row said, and whether another one said otherwise.
    first: HashMap<u128, (u128, bool)>,
    /// Those that are told apart, by kind and identifier.
    rows: BTreeMap<(String, String), RowsOfTitle>,
}

/// Rows of one title.
#[derive(Debug, Default)]
struct RowsOfTitle {
    title: String,
    /// What the places of their drafts have in common.
    place: String,
    /// The record of each set of values that tells one from its namesakes.
    records: BTreeMap<SaidApart, String>,
}

/// A record that has the title already.
struct KnownOfTitle {
    number: u32,
    said: SaidApart,
    /// True where the same file said something of it.
    is_own: bool,
}

impl Namesakes {
    /// Notes what a row says.
    pub(super) fn note(&mut self, kind: &str, id: &str, said: &SaidApart) {
        let own = fingerprint(&format!("{said:?}"));
        let (first, differs) = self.first.entry(place(kind, id)).or_insert((own, false));
        *differs |= *first != own;
    }

    /// True where two rows of a title say different things.
    pub(super) fn differ(&self, kind: &str, id: &str) -> bool {
        self.first.get(&place(kind, id)).is_some_and(|(_, differs)| *differs)
    }

    /// Notes the values of a row that tell its record from others with the same title.
    pub(super) fn keep(&mut self, kind: &str, id: &str, title: String, place: String, said: SaidApart) {
        let of_title = self.rows.entry((kind.to_owned(), id.to_owned())).or_default();
        (of_title.title, of_title.place) = (title, place);
        of_title.records.insert(said, String::new());
    }

    /// True where rows of a title are told apart.
    pub(super) fn are_told_apart(&self, kind: &str, id: &str) -> bool {
        self.rows.contains_key(&(kind.to_owned(), id.to_owned()))
    }

    /// The record for a row with these values.
    pub(super) fn record(&self, kind: &str, id: &str, said: &SaidApart) -> Option<&str> {
        let of_title = self.rows.get(&(kind.to_owned(), id.to_owned()))?;
        of_title.records.get(said).map(String::as_str).filter(|record| !record.is_empty())
    }

    /// Finds the record of each: one of which the same was said before, else a new one. `file` is the one that is read.
    pub(super) fn tell_apart(
        &mut self,
        model: &Model,
        chain: &Chain,
        clearance: Marking,
        file: &str,
        names: &mut HashMap<String, Names>,
    ) -> Result<(), SheetError> {
        for ((kind, id), of_title) in &mut self.rows {
            let Some(of) = model.kind(kind) else { continue };
            let (before, last) = said_before(chain, of, id, &of_title.place, clearance, file)?;
            let groups = grouped(of_title.records.keys());
            for (group, number) in groups.iter().zip(numbers(&groups, &before, last)) {
                let record = numbered(id, number);
                if number > 1 {
                    names.entry(kind.clone()).or_default().learn(&record, &of_title.title);
                }
                for said in group {
                    of_title.records.insert(said.clone(), record.clone());
                }
            }
        }
        Ok(())
    }
}

fn place(kind: &str, id: &str) -> u128 {
    fingerprint(&format!("{kind}\0{id}"))
}

/// The identifier of the first, second, third record of a title.
pub(super) fn numbered(id: &str, number: u32) -> String {
    if number > 1 { format!("{id}/{number}") } else { id.to_owned() }
}

/// A value as it is compared: large and small letters, and marks on them, tell nothing.
pub(super) fn as_compared(value: &str) -> String {
    value.parse::<f64>().map_or_else(|_| folded(value), |number| number.to_string())
}

/// In how many fields two say the same, and in how many otherwise.
fn compared(one: &SaidApart, other: &SaidApart) -> (usize, usize) {
    let both: Vec<_> = one.iter().zip(other).filter(|(a, b)| !a.is_empty() && !b.is_empty()).collect();
    let same = both.iter().filter(|(a, b)| !a.is_disjoint(b)).count();
    (same, both.len() - same)
}

/// What rows say, that of one record together: a row that says less belongs to the first one that it does not contradict.
fn grouped<'s>(all: impl Iterator<Item = &'s SaidApart>) -> Vec<Vec<SaidApart>> {
    let mut all: Vec<&SaidApart> = all.collect();
    all.sort_by_key(|said| (Reverse(said.iter().filter(|values| !values.is_empty()).count()), *said));
    let mut groups: Vec<Vec<SaidApart>> = Vec::new();
    for said in all {
        let own = groups.iter().position(|group| group.iter().all(|other| compared(other, said).1 == 0));
        match own {
            Some(at) => groups[at].push(said.clone()),
            None => groups.push(vec![said.clone()]),
        }
    }
    groups
}

/// The number of the record of each group. What was corrected in a sheet says otherwise than before in some fields, and the same in others: it
/// is of the record that nobody else is of. The only one of a title is that which there was.
fn numbers(groups: &[Vec<SaidApart>], before: &[KnownOfTitle], last: u32) -> Vec<u32> {
    let is_only = groups.len() == 1 && before.len() == 1;
    let mut pairs = Vec::new();
    for (at, said) in groups.iter().enumerate().filter_map(|(at, group)| Some((at, group.first()?))) {
        for b in before {
            let (same, other) = compared(said, &b.said);
            if other == 0 || is_only || b.is_own && same > 0 {
                pairs.push((other > 0, Reverse(same), b.number, at));
            }
        }
    }
    pairs.sort_unstable();
    let (mut numbers, mut taken) = (vec![0; groups.len()], BTreeSet::new());
    for (_, _, number, at) in pairs {
        if numbers[at] == 0 && taken.insert(number) {
            numbers[at] = number;
        }
    }
    let mut next = last;
    for number in numbers.iter_mut().filter(|number| **number == 0) {
        next += 1;
        *number = next;
    }
    numbers
}

/// What is said of the records of a title now, and what sheets said of them last, whatever people have corrected since; and the last number
/// that one has, also where it is not seen.
fn said_before(
    chain: &Chain,
    kind: &Kind,
    id: &str,
    place: &str,
    clearance: Marking,
    file: &str,
) -> Result<(Vec<KnownOfTitle>, u32), SheetError> {
    let mut all: BTreeMap<u32, Vec<Statement>> = BTreeMap::new();
    for s in last_said(chain, place)? {
        if let Some(number) = number_of(&s.draft.record, id) {
            all.entry(number).or_default().push(s);
        }
    }
    let (mut number, mut last) = (1, all.keys().next_back().copied().unwrap_or(0));
    while number <= last + GAP {
        let current = chain.current(&kind.name, &numbered(id, number))?;
        if !current.is_empty() {
            last = last.max(number);
            all.entry(number).or_default().extend(current);
        }
        number += 1;
    }
    let seen = |statements: Vec<Statement>| -> Vec<Statement> {
        statements.into_iter().map(|s| chain.guarded(s)).filter(|s| s.draft.marking <= clearance).collect()
    };
    let seen = all.into_iter().map(|(number, statements)| (number, seen(statements))).filter(|(_, seen)| !seen.is_empty());
    let before = seen.map(|(number, seen)| KnownOfTitle {
        number,
        is_own: seen.iter().any(|s| place_and_file(&s.draft.origin).1 == Some(file)),
        said: kind.apart.iter().map(|name| values_of(kind, name, &seen, clearance)).collect(),
    });
    Ok((before.collect(), last))
}

/// What statements say of a field, and of the one that takes what is more than one.
fn values_of(kind: &Kind, name: &str, statements: &[Statement], clearance: Marking) -> BTreeSet<String> {
    let more = kind.field(name).and_then(|field| field.more.as_deref());
    let fields: Vec<&str> = more.into_iter().chain([name]).collect();
    let mut values = BTreeSet::new();
    for s in statements {
        let is_seen = |field: &str| !s.draft.withheld_from(clearance).any(|(withheld, _)| withheld == field);
        for value in fields.iter().filter(|field| is_seen(field)).filter_map(|field| s.draft.fields.get(*field)) {
            match value {
                Value::Array(items) => values.extend(items.iter().map(|item| as_compared(&write_value(item)))),
                value => values.extend([as_compared(&write_value(value))]),
            }
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(values: [&str; 2]) -> SaidApart {
        let one = |value: &str| -> BTreeSet<String> { Some(value.to_owned()).filter(|v| !v.is_empty()).into_iter().collect() };
        values.into_iter().map(one).collect()
    }

    fn before(number: u32, values: [&str; 2], is_own: bool) -> KnownOfTitle {
        KnownOfTitle { number, said: said(values), is_own }
    }

    #[test]
    fn what_was_said_before_tells_which_of_one_title_is_which() {
        let [justice, health, none] = [["court", "justice"], ["court", "health"], ["", ""]].map(said);
        let groups = grouped([&none, &justice, &health].into_iter());
        assert_eq!(groups.len(), 2, "who says nothing is no third");
        assert_eq!(groups[0][0], health);
        assert_eq!(numbers(&groups, &[], 0), [1, 2]);
        // One stands already, and the other is new.
        assert_eq!(numbers(&groups, &[before(1, ["court", "justice"], true)], 1), [2, 1]);
        // One is there no longer.
        let both = [before(1, ["court", "justice"], true), before(2, ["court", "health"], true)];
        assert_eq!(numbers(&grouped([&health].into_iter()), &both, 2), [2]);
        // The addressee of one was corrected in the sheet.
        let corrected = grouped([&said(["court", "interior"]), &health].into_iter());
        assert_eq!(numbers(&corrected, &both, 2), [2, 1]);
        // Another file is of another record.
        let of_others = [before(1, ["court", "justice"], false), before(2, ["court", "health"], false)];
        assert_eq!(numbers(&corrected, &of_others, 2), [2, 3]);
        // The only one of a title is that which there was.
        assert_eq!(numbers(&grouped([&health].into_iter()), &[before(1, ["court", "justice"], false)], 1), [1]);
    }
}
