//! How many a list has: what is said of the strength of an institution and its units.

use super::lines::{AboutRoll, RollLine};
use remit_model::{Marking, Model};
use remit_store::Draft;
use remit_store::small_cells::{Sum, hidden};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Fewer people than this are a small cell: it is recorded, and marked so that it never leaves.
const SMALL: u64 = 10;

#[derive(Default)]
struct RollCount {
    row: u64,
    lines: u64,
    women: u64,
    men: u64,
    paid: u64,
    pay: f64,
    currencies: BTreeSet<String>,
}

/// A unit and a rank; an empty rank is all of them.
type RollKey<'l> = (&'l str, &'l str);

/// In the place of a unit and of a rank: whoever has none. No statement says how many these are, and whoever takes the others from their
/// sum has them all the same.
const NO_UNIT: &str = "";
const NO_RANK: &str = "-";

/// A statement for the service, each of its units and each of their ranks. The service's own has the lines of all its units.
pub(super) fn drafts(
    model: &Model,
    lines: &[RollLine],
    about: &AboutRoll,
    dataset: &str,
    source: &str,
    marking: Marking,
) -> Vec<(u64, Draft)> {
    let counts = counted(lines, about);
    let (few, few_of_a_sex) = small(&counts, &without(lines, about), about);
    let draft = |(key, count): (&RollKey<'_>, &RollCount)| {
        let (unit, rank) = *key;
        let mut draft = Draft::new(model, "strength");
        draft.marking = if few.contains(key) { Marking::StrictlyConfidential } else { marking };
        draft.fields = count.said();
        draft.fields.extend([
            ("institution".to_owned(), json!(unit)),
            ("list".to_owned(), json!(about.list)),
            ("day".to_owned(), json!(about.day)),
        ]);
        if !rank.is_empty() {
            draft.fields.insert("rank_band".into(), json!(rank));
        }
        if few_of_a_sex.contains(key) {
            draft.withheld = ["women", "men"].map(|sex| (sex.to_owned(), Marking::StrictlyConfidential)).into();
        }
        if draft.fields.contains_key("mean_pay") && count.tells_pay_of_few(*key, &few, about) {
            draft.withheld.push(("mean_pay".to_owned(), Marking::StrictlyConfidential));
        }
        let id = [dataset, unit, rank].join("/");
        draft.record = id.trim_end_matches('/').to_owned();
        draft.origin = draft.record.clone();
        draft.set_envelope("source", source);
        draft.set_envelope("locator", format!("from row {}", count.row));
        (count.row, draft)
    };
    counts.iter().map(draft).collect()
}

fn counted<'l>(lines: &'l [RollLine], about: &'l AboutRoll) -> BTreeMap<RollKey<'l>, RollCount> {
    let mut counts: BTreeMap<RollKey<'l>, RollCount> = BTreeMap::new();
    for line in lines {
        let units: BTreeSet<&str> = [about.service.as_str(), &line.institution].into();
        for unit in units {
            for rank in std::iter::once("").chain(line.rank_band.as_deref()) {
                counts.entry((unit, rank)).or_default().add(line);
            }
        }
    }
    counts
}

/// The lines without a unit, all and by rank, and those without a rank of each unit.
fn without<'l>(lines: &'l [RollLine], about: &'l AboutRoll) -> BTreeMap<RollKey<'l>, RollCount> {
    let mut counts: BTreeMap<RollKey<'l>, RollCount> = BTreeMap::new();
    for line in lines {
        let rank = line.rank_band.as_deref().unwrap_or(NO_RANK);
        let has_unit = *line.institution != *about.service;
        let mut keys: BTreeSet<RollKey<'l>> = BTreeSet::new();
        if rank == NO_RANK {
            keys.extend([(about.service.as_str(), rank), (&*line.institution, rank)]);
        }
        if !has_unit {
            keys.extend([(NO_UNIT, ""), (NO_UNIT, rank)]);
        }
        for key in keys {
            counts.entry(key).or_default().add(line);
        }
    }
    counts
}

/// The counts that do not leave, and those whose sexes do not. The ranks of a unit add up to it, and so do the units of a service, in
/// all and in each rank.
fn small<'l>(
    counts: &BTreeMap<RollKey<'l>, RollCount>,
    without: &BTreeMap<RollKey<'l>, RollCount>,
    about: &AboutRoll,
) -> (BTreeSet<RollKey<'l>>, BTreeSet<RollKey<'l>>) {
    let all: Vec<(RollKey<'l>, &RollCount)> = counts.iter().chain(without).map(|(key, count)| (*key, count)).collect();
    let mut parts: BTreeMap<(bool, &str), Vec<usize>> = BTreeMap::new();
    for (at, ((unit, rank), _)) in all.iter().enumerate() {
        if !rank.is_empty() {
            parts.entry((true, unit)).or_default().push(at);
        }
        if *unit != about.service {
            parts.entry((false, rank)).or_default().push(at);
        }
    }
    let place = |wanted: RollKey<'_>| all.iter().position(|(key, _)| *key == wanted);
    let whole = |of: (bool, &str)| if of.0 { place((of.1, "")) } else { place((about.service.as_str(), of.1)) };
    let sums: Vec<Sum> = parts.into_iter().map(|(of, parts)| Sum { parts, whole: whole(of), ..Sum::default() }).collect();
    let cells = |size: &dyn Fn(&RollCount) -> u64| all.iter().map(|(key, count)| (*key, size(count))).collect::<Vec<_>>();
    let mut few = hidden(&cells(&|c| c.lines), &sums, SMALL);
    // Of a unit that is hidden its ranks are too.
    let of_hidden: Vec<RollKey<'l>> = all.iter().map(|(key, _)| *key).filter(|(unit, _)| few.contains(&(*unit, ""))).collect();
    few.extend(of_hidden);
    // Women are told by all less men.
    let rarer = |c: &RollCount| if c.women == 0 || c.men == 0 { c.women.max(c.men).max(SMALL) } else { c.women.min(c.men) };
    (few, hidden(&cells(&rarer), &sums, SMALL))
}

impl RollCount {
    fn add(&mut self, line: &RollLine) {
        self.row = if self.lines == 0 { line.row } else { self.row };
        self.lines += 1;
        match line.sex.as_deref() {
            Some("women") => self.women += 1,
            Some("men") => self.men += 1,
            _ => {}
        }
        if let Some(pay) = line.pay {
            self.paid += 1;
            self.pay += pay;
            self.currencies.extend(line.currency.as_deref().map(str::to_owned));
        }
    }

    /// True where the mean pay would tell that of few: where the pay of few is known, and where a part of the count is hidden, whose pay is
    /// left when that of the others, or of the list before, is taken from the sum.
    fn tells_pay_of_few(&self, (unit, rank): RollKey<'_>, few: &BTreeSet<RollKey<'_>>, about: &AboutRoll) -> bool {
        let is_part = |&(of, band): &RollKey<'_>| {
            let in_unit = of == unit || unit == about.service;
            in_unit && (rank.is_empty() || band == rank)
        };
        self.paid < SMALL || few.iter().any(is_part)
    }

    /// Sexes are said where they are known of every line; mean pay where it is in one currency.
    fn said(&self) -> Map<String, Value> {
        let mut fields = Map::from_iter([("total".to_owned(), json!(self.lines))]);
        if self.women + self.men == self.lines {
            fields.insert("women".into(), json!(self.women));
            fields.insert("men".into(), json!(self.men));
        }
        if self.paid > 0 && self.currencies.len() < 2 {
            fields.insert("mean_pay".into(), json!((self.pay / self.paid as f64 * 100.0).round() / 100.0));
            if let Some(currency) = self.currencies.first() {
                fields.insert("currency".into(), json!(currency));
            }
        }
        fields
    }
}
