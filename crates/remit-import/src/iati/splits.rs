//! Splits: where the money of some of an activity's transactions goes, and how much it is.

use super::activity::{Transaction, Weighted};
use super::money::Converted;
use super::shares::parts;
use remit_model::Model;
use remit_store::Flow;
use std::collections::BTreeMap;

/// Where the money of some transactions goes.
pub(super) struct Split {
    /// Country and region (one of them empty) with share.
    pub(super) places: Vec<(String, String, f64)>,
    /// Vocabulary, code, share.
    pub(super) sectors: Vec<(String, String, f64)>,
    pub(super) money: Money,
}

/// Sums of a split: committed, disbursed; unknown until something is reported.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Money {
    pub(super) committed_usd: Option<f64>,
    pub(super) committed_eur: Option<f64>,
    pub(super) disbursed_usd: Option<f64>,
    pub(super) disbursed_eur: Option<f64>,
    pub(super) unconverted: i64,
}

impl Money {
    pub(super) fn add(&mut self, kind: &str, converted: &Converted) {
        let (usd, eur) = match kind {
            "2" => (&mut self.committed_usd, &mut self.committed_eur),
            "3" | "4" => (&mut self.disbursed_usd, &mut self.disbursed_eur),
            _ => return,
        };
        for (sum, amount) in [(usd, converted.usd), (eur, converted.eur)] {
            if let Some(amount) = amount {
                *sum = Some(sum.unwrap_or(0.0) + amount);
            }
        }
        self.unconverted += i64::from(converted.usd.is_none());
    }

    pub(super) fn plus(&mut self, other: &Money) {
        let sum = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => Some(a + b),
            (a, b) => a.or(b),
        };
        self.committed_usd = sum(self.committed_usd, other.committed_usd);
        self.committed_eur = sum(self.committed_eur, other.committed_eur);
        self.disbursed_usd = sum(self.disbursed_usd, other.disbursed_usd);
        self.disbursed_eur = sum(self.disbursed_eur, other.disbursed_eur);
        self.unconverted += other.unconverted;
    }

    pub(super) fn parts(&self, share: f64) -> [Option<f64>; 4] {
        [self.committed_usd, self.committed_eur, self.disbursed_usd, self.disbursed_eur].map(|m| m.map(|m| m * share))
    }
}

/// Dollars and euro by day, split and type.
type FlowSums<'t> = BTreeMap<(String, usize, &'t str), (Option<f64>, Option<f64>)>;

/// The country, or the region, that money is shared to (one of them empty); none where no list has its code. What vocabularies other
/// than the DAC's call a region, no list has.
pub(super) fn place_of(model: &Model, place: &Weighted) -> Option<(String, String)> {
    let is_of_others = place.vocabulary.as_deref().is_some_and(|v| v != "1");
    if !is_of_others && model.lists.has("country", &place.code) {
        return Some((place.code.clone(), String::new()));
    }
    (is_of_others || model.lists.has("region", &place.code)).then(|| (String::new(), place.code.clone()))
}

/// The places of a transaction that names its own: its countries in equal parts, else its regions. What no list has is none.
pub(super) fn own_places(model: &Model, t: &Transaction) -> Vec<(String, String, f64)> {
    let equal = |n: usize| 1.0 / n as f64;
    if t.countries.is_empty() {
        let vocabulary = t
            .regions
            .iter()
            .find(|r| r.vocabulary.as_deref() == Some("1"))
            .or(t.regions.first())
            .and_then(|r| r.vocabulary.clone());
        let regions: Vec<&Weighted> = t.regions.iter().filter(|r| r.vocabulary == vocabulary).collect();
        let places = regions.iter().filter_map(|r| place_of(model, r));
        return with_rest(places.map(|(country, region)| (country, region, equal(regions.len()))).collect());
    }
    let places = t.countries.iter().filter_map(|c| place_of(model, c));
    with_rest(places.map(|(country, region)| (country, region, equal(t.countries.len()))).collect())
}

/// A transaction's own sectors, each vocabulary by itself.
pub(super) fn weighed(sectors: &[Weighted]) -> Vec<Weighted> {
    let mut all = sectors.to_vec();
    for at in 0..all.len() {
        let group: Vec<usize> = (0..all.len()).filter(|i| all[*i].vocabulary == all[at].vocabulary).collect();
        let (shares, _) = parts(&group.iter().map(|i| all[*i].percentage).collect::<Vec<_>>());
        let place = group.iter().position(|i| *i == at).unwrap_or(0);
        (all[at].share, all[at].rule) = (Some(shares[place].0), Some(shares[place].1));
    }
    all
}

/// The sectors of the vocabulary that says most precisely what the money is for: DAC 5 digits, else DAC 3 digits.
pub(super) fn analysed(sectors: &[Weighted]) -> Vec<(String, String, f64)> {
    let of = |wanted: &str| -> Vec<(String, String, f64)> {
        sectors
            .iter()
            .filter(|s| s.vocabulary.as_deref() == Some(wanted))
            .map(|s| (wanted.to_owned(), s.code.clone(), s.share.unwrap_or(0.0)))
            .collect()
    };
    let five = of("1");
    if five.is_empty() { of("2") } else { five }
}

/// The sectors of a transaction, more precisely where the activity is: what a transaction tells by three digits is divided among the
/// activity's purpose codes that begin with them. What none begins with stays as it is.
pub(super) fn within(own: Vec<(String, String, f64)>, whole: &[(String, String, f64)]) -> Vec<(String, String, f64)> {
    let finer = |(vocabulary, code, share): (String, String, f64)| {
        let is_in = |w: &&(String, String, f64)| vocabulary == "2" && w.0 == "1" && w.1.starts_with(code.as_str());
        let sum: f64 = whole.iter().filter(is_in).map(|w| w.2).sum();
        match sum > 0.0 {
            true => whole.iter().filter(is_in).map(|w| (w.0.clone(), w.1.clone(), share * w.2 / sum)).collect(),
            false => vec![(vocabulary, code, share)],
        }
    };
    own.into_iter().flat_map(finer).collect()
}

/// What is not stated of the whole goes to no country.
pub(super) fn with_rest(mut places: Vec<(String, String, f64)>) -> Vec<(String, String, f64)> {
    let rest = 1.0 - places.iter().map(|p| p.2).sum::<f64>();
    if rest > 0.0005 || places.is_empty() {
        places.push((String::new(), String::new(), rest));
    }
    places
}

pub(super) fn flows(transactions: &[Transaction], converted: &[Converted], split_of: &[usize]) -> Vec<Flow> {
    let mut sums: FlowSums<'_> = BTreeMap::new();
    for ((t, money), split) in transactions.iter().zip(converted).zip(split_of) {
        let Some(kind @ ("2" | "3" | "4")) = t.kind.as_deref() else {
            continue;
        };
        let Some(date) = t.date.or(t.amount.date) else {
            continue;
        };
        let sum = sums.entry((date.to_string(), *split, kind)).or_default();
        for (sum, amount) in [(&mut sum.0, money.usd), (&mut sum.1, money.eur)] {
            if let Some(amount) = amount {
                *sum = Some(sum.unwrap_or(0.0) + amount);
            }
        }
    }
    sums.into_iter()
        .map(|((date, split, kind), (usd, eur))| Flow { date, split: split as i64, kind: kind.into(), usd, eur })
        .collect()
}
