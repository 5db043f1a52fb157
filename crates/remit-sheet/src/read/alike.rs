//! Rows that seem of one record: one that has no name, and is known by what it connects. Where they say different things of it for one
//! time, each is of a record of its own, which has a number behind what they have in common. Which is which follows from what they say, and
//! from what was said before, never from the order of the rows.

use super::outcome::Finding;
use super::spool::{Alike, Spool};
use crate::SheetError;
use crate::values::folded;
use remit_model::write_value;
use remit_store::Draft;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Records that are tried for a row before it gets one of its own: where there are more, nothing tells the rows of a sheet apart.
const MOST_TRIED: u32 = 32;

/// One of the rows that seem of one record.
pub(crate) struct AlikeRow {
    /// Its number in the sheet.
    at: u64,
    /// The number of its first draft.
    first: u32,
    drafts: Vec<Draft>,
    /// The time and the source of what it says: rows of others do not contradict it.
    of: String,
    says: Vec<String>,
    /// The number of its record; 0 while that is not known.
    number: u32,
}

/// A row that is of another record than one before: its number, that of the other, the field in which they differ, and its value.
pub(crate) struct Apart {
    row: u64,
    other: u64,
    field: String,
    value: String,
}

/// The field in which two drafts of one record say different things of the same time, of the same source.
pub(super) fn said_otherwise(before: &Draft, draft: &Draft) -> Option<String> {
    let is_of_one_source = ["source", "credibility"].iter().all(|of| before.envelope(of) == draft.envelope(of));
    // Large and small letters, and marks on them, tell nothing.
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), folded);
    let differs = |(name, value): (&String, &Value)| {
        let other = before.fields.get(name)?;
        (plain(value) != plain(other)).then(|| name.clone())
    };
    if is_of_one_source && before.says_when(draft) { draft.fields.iter().find_map(differs) } else { None }
}

impl Alike {
    /// Reads the drafts of these rows, to compare what the rows say.
    ///
    /// # Errors
    /// When what was put away cannot be read.
    pub(crate) fn read(&self, drafts: &mut Spool) -> Result<Vec<AlikeRow>, SheetError> {
        let mut rows = Vec::new();
        for (first, many) in &self.rows {
            let (mut at, mut said) = (0, Vec::new());
            for n in *first..first + many {
                let (row, draft) = drafts.get(n as usize)?;
                at = row;
                said.push(draft);
            }
            let of = said.first().map(time_and_source).unwrap_or_default();
            let says = said.iter().map(as_said).collect();
            rows.push(AlikeRow { at, first: *first, drafts: said, of, says, number: 0 });
        }
        Ok(rows)
    }

    /// What is told of a row that is taken for another record.
    pub(crate) fn finding(&self, drafts: &Spool, apart: Apart) -> Finding {
        let Apart { row, other, field, value } = apart;
        let reason = format!(
            "nothing tells this row from row {other} but other values; it was taken for another record; where both are one, leave one of \
             them out"
        );
        let of = (self.rule.clone(), field);
        let column = drafts.called.get(&of).cloned().unwrap_or(of.1);
        Finding { sheet: drafts.sheet.clone(), row, column, value: value.chars().take(200).collect(), rule: "likely", reason }
    }
}

impl AlikeRow {
    /// The record of which it seems.
    pub(crate) fn record(&self) -> &str {
        self.drafts.first().map_or("", |draft| draft.record.as_str())
    }

    /// Gives each row the number of its record. Tells of those that are taken for another one.
    pub(crate) fn number(rows: &mut [AlikeRow], said: &HashMap<String, BTreeSet<u32>>) -> Vec<Apart> {
        rows.sort_by(|a, b| (&a.of, &a.says).cmp(&(&b.of, &b.says)));
        let mut apart = Vec::new();
        for rows in rows.chunk_by_mut(|a, b| a.of == b.of) {
            // The rows of each record, by its number.
            let mut records: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
            for is_new in [false, true] {
                for n in 0..rows.len() {
                    let number = match is_new {
                        false => rows[n].said_as(said).into_iter().find(|number| is_free(rows, &records, *number, n)),
                        true if rows[n].number > 0 => None,
                        true => Some(free_number(rows, &records, n)),
                    };
                    if let Some(number) = number {
                        rows[n].number = number;
                        records.entry(number).or_default().push(n);
                    }
                }
            }
            let first = records.first_key_value().map_or(0, |(number, _)| *number);
            for row in rows.iter().filter(|row| row.number > first) {
                let otherwise = |n: &usize| rows[*n].otherwise(row).map(|field| (rows[*n].at, field));
                let Some((other, field)) = records.get(&first).and_then(|of_first| of_first.iter().find_map(otherwise)) else {
                    continue;
                };
                let value = row.drafts.iter().find_map(|draft| draft.fields.get(&field)).map(write_value).unwrap_or_default();
                apart.push(Apart { row: row.at, other, field, value });
            }
        }
        apart
    }

    /// The numbers of the records of which all that it says was said already.
    fn said_as(&self, said: &HashMap<String, BTreeSet<u32>>) -> BTreeSet<u32> {
        let mut numbers = self.says.iter().map(|says| said.get(says).cloned().unwrap_or_default());
        let first = numbers.next().unwrap_or_default();
        numbers.fold(first, |all, these| &all & &these)
    }

    /// The field in which another row says otherwise.
    fn otherwise(&self, other: &AlikeRow) -> Option<String> {
        let pairs = other.drafts.iter().flat_map(|draft| self.drafts.iter().map(move |before| (before, draft)));
        pairs.filter(|(before, draft)| before.origin == draft.origin).find_map(|(before, draft)| said_otherwise(before, draft))
    }

    /// Its drafts that are of another record: their numbers, their places, and that record.
    pub(crate) fn renamed(&self, record: &str, place: &str) -> Vec<(u32, String, String)> {
        let named = format!("{record}/{}", self.number);
        let drafts = (self.first..).zip(&self.drafts).filter(|_| self.number > 1);
        let renamed = drafts.map(|(n, draft)| {
            let field = draft.origin.strip_prefix(place).unwrap_or_default();
            (n, format!("{place}{}/{field}", self.number), named.clone())
        });
        renamed.collect()
    }
}

/// True where a row contradicts no other row of the record with this number.
fn is_free(rows: &[AlikeRow], records: &BTreeMap<u32, Vec<usize>>, number: u32, row: usize) -> bool {
    records.get(&number).is_none_or(|of_it| of_it.iter().all(|other| rows[*other].otherwise(&rows[row]).is_none()))
}

/// The first record whose rows a row does not contradict, by its number.
fn free_number(rows: &[AlikeRow], records: &BTreeMap<u32, Vec<usize>>, row: usize) -> u32 {
    let after = records.last_key_value().map_or(1, |(last, _)| last + 1);
    (1..=MOST_TRIED).find(|number| is_free(rows, records, *number, row)).unwrap_or(after)
}

/// The number behind what records have in common; 1 for the one that has none.
pub(crate) fn number_of(record: &str, in_common: &str) -> Option<u32> {
    match record.strip_prefix(in_common)? {
        "" => Some(1),
        rest => rest.strip_prefix('/')?.parse().ok(),
    }
}

/// What a draft says, as text: the same for the same.
pub(crate) fn as_said(draft: &Draft) -> String {
    let fields: BTreeMap<&String, &Value> = draft.fields.iter().collect();
    let withheld: BTreeMap<&String, u8> = draft.withheld.iter().map(|(field, marking)| (field, marking.level())).collect();
    json!([fields, draft.envelope, draft.more, draft.marking.level(), draft.status.code(), withheld]).to_string()
}

fn time_and_source(draft: &Draft) -> String {
    let said = ["valid_from", "valid_to", "first_cited", "last_cited", "source", "credibility"].map(|name| draft.envelope(name));
    json!(said).to_string()
}
