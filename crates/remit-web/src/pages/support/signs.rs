//! Support that no aid activity tells of: what is stated, mandated and reported, by supporter and recipient. Each sign stands by
//! itself in the matrix, since they tell of the same support in different ways.

use super::matrix_cell::{MatrixCell, PLANNED, SignStages, class, last_day, many, month, planned};
use crate::cells::code_label;
use crate::context::Context;
use crate::error::PageError;
use crate::figures::money;
use crate::m;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The signs besides activities; the first may tell of money.
const SIGNS: [&str; 3] = [STATED, "mandated", "reported"];
const STATED: &str = "stated";

/// How the question is asked for what names no supporter; also the word for it.
const NOT_NAMED: &str = "not_named";

/// Support by one supporter that a sign tells of.
#[derive(Deserialize)]
struct SignEntry {
    sign: String,
    supporter: String,
    supporter_name: String,
    actor_class: String,
    security_function: String,
    kind: String,
    record: String,
    phase: String,
    active: f64,
    committed_usd: Option<f64>,
    disbursed_usd: Option<f64>,
    committed_other: Option<f64>,
    amount_other: Option<f64>,
    currency: String,
    not_split: Option<f64>,
    ends: String,
}

/// The entries of a sign.
pub(super) struct Signed {
    sign: &'static str,
    entries: Vec<SignEntry>,
}

/// A sign in the matrix.
pub(super) struct SignRows {
    pub(super) name: String,
    pub(super) href: String,
    pub(super) rows: Vec<SignRow>,
}

/// Who supports by this sign.
pub(super) struct SignRow {
    pub(super) supporter: String,
    pub(super) all: SignCell,
    pub(super) cells: Vec<SignCell>,
}

/// A cell with what a sign tells; without an address there is nothing in it.
#[derive(Default)]
pub(super) struct SignCell {
    pub(super) cell: MatrixCell,
    /// Committed and spent, a line a currency; none where the sign tells of no money at all.
    pub(super) money: Vec<String>,
}

impl Signed {
    /// How many projects, trainings, tasks and so on it tells of.
    pub(super) fn records(&self) -> usize {
        self.entries.iter().map(|e| (&e.kind, &e.record)).collect::<BTreeSet<_>>().len()
    }
}

/// Who supports by any of these signs, and whether anything of it holds on the day.
pub(super) fn supporters(signed: &[Signed]) -> BTreeMap<&str, bool> {
    let mut all: BTreeMap<&str, bool> = BTreeMap::new();
    for entry in signed.iter().flat_map(|s| &s.entries).filter(|e| !e.supporter_name.is_empty()) {
        *all.entry(&entry.supporter_name).or_default() |= entry.active > 0.0;
    }
    all
}

/// What the chosen signs tell of a country, or of all where no activity does; nothing where recipients are told apart by what signs
/// do not say.
pub(super) fn ask(
    cx: &Context,
    [country, by, who]: [&str; 3],
    chosen: &[&str],
    has_activities: bool,
    stages: SignStages,
) -> Result<Vec<Signed>, PageError> {
    if country.is_empty() && has_activities || !["class", "function"].contains(&by) {
        return Ok(Vec::new());
    }
    let signs: Vec<&'static str> = SIGNS.into_iter().filter(|sign| chosen.is_empty() || chosen.contains(sign)).collect();
    if signs.is_empty() {
        return Ok(Vec::new());
    }
    // One question tells of all signs, and takes as long for one of them.
    let asked = if let [only] = signs[..] { only } else { "" };
    let mut entries: Vec<SignEntry> = cx.ask("all_support", &[("country", country), ("sign", asked), ("who", who)])?.rows_as()?;
    entries.retain(|e| if e.phase == PLANNED { stages.planned } else { stages.begun });
    let of = |sign: &'static str| {
        let (these, others) = std::mem::take(&mut entries).into_iter().partition(|e| e.sign == sign);
        entries = others;
        Signed { sign, entries: these }
    };
    Ok(signs.into_iter().map(of).filter(|s| !s.entries.is_empty()).collect())
}

/// The recipients that the signs tell of.
pub(super) fn recipients<'s>(signed: &'s [Signed], by: &str) -> BTreeSet<&'s str> {
    signed.iter().flat_map(|s| &s.entries).map(|e| recipient(e, by)).collect()
}

fn recipient<'e>(entry: &'e SignEntry, by: &str) -> &'e str {
    if by == "function" { &entry.security_function } else { &entry.actor_class }
}

/// The rows of the signs, in the columns of the matrix.
pub(super) fn draw(cx: &Context, signed: &[Signed], [country, by, who]: [&str; 3], codes: &[String]) -> Vec<SignRows> {
    let rows = |s: &Signed| {
        let of_sign = [("country", country), ("sign", s.sign), ("who", who)];
        let list = |more: &[(&str, &str)]| cx.link("/ask/all_support", &[&of_sign[..], more].concat());
        let mut by_supporter: BTreeMap<(&str, &str), Vec<&SignEntry>> = BTreeMap::new();
        for entry in &s.entries {
            by_supporter.entry((&entry.supporter_name, &entry.supporter)).or_default().push(entry);
        }
        let row = |((name, id), entries): (&(&str, &str), &Vec<&SignEntry>)| {
            // Where nobody says who supports, that is a row like others: without a name it would lead to all of them.
            let (name, id) = match name.is_empty() && id.is_empty() {
                true => (code_label(cx.model(), "answer_word", NOT_NAMED), NOT_NAMED),
                false => ((*name).to_owned(), *id),
            };
            let of = |code: &String| of_recipient(cx, entries, by, code, list(&[("supporter", id), (by, code)]));
            SignRow {
                supporter: name,
                all: cell(cx, entries, list(&[("supporter", id)]), &|_| false),
                cells: codes.iter().map(of).collect(),
            }
        };
        SignRows { name: code_label(cx.model(), "sign", s.sign), href: list(&[]), rows: by_supporter.iter().map(row).collect() }
    };
    signed.iter().map(rows).collect()
}

fn of_recipient(cx: &Context, entries: &[&SignEntry], by: &str, code: &str, href: String) -> SignCell {
    let own: Vec<&SignEntry> = entries.iter().copied().filter(|e| recipient(e, by) == code).collect();
    // What is for several recipients and not split is the amount of none of them.
    let is_for_others = |e: &SignEntry| {
        e.not_split.is_some() && entries.iter().any(|o| o.kind == e.kind && o.record == e.record && recipient(o, by) != code)
    };
    if own.is_empty() { SignCell::default() } else { cell(cx, &own, href, &is_for_others) }
}

/// How many there are, each counted once; shaded by how many of them hold on the day, with the month of the latest end.
fn cell(cx: &Context, entries: &[&SignEntry], href: String, is_for_others: &dyn Fn(&SignEntry) -> bool) -> SignCell {
    let each = |shown: &dyn Fn(&SignEntry) -> bool| {
        let records = entries.iter().filter(|e| shown(e)).map(|e| (e.kind.as_str(), e.record.as_str()));
        records.collect::<BTreeSet<_>>().len()
    };
    let (begun, active) = (each(&|e| e.phase != PLANNED), each(&|e| e.active > 0.0));
    let coming = planned(each(&|e| e.phase == PLANNED) as f64);
    let ends = latest_end(entries);
    let day = cx.request.as_of.valid_on;
    let class = if active == 0 { String::new() } else { class(day, active as f64, active as f64, ends) };
    let cell =
        MatrixCell { activities: many(begun as f64), planned: coming, class, ends: month(ends), href, ..MatrixCell::default() };
    let tells_money = entries.iter().any(|e| e.sign == STATED);
    SignCell { cell, money: if tells_money { amounts(entries, is_for_others) } else { Vec::new() } }
}

/// When the last of those ends that hold on the day, or else of all; nothing where one of them has no end on record.
fn latest_end<'e>(entries: &[&'e SignEntry]) -> &'e str {
    let holds = entries.iter().any(|e| e.active > 0.0);
    let meant = || entries.iter().filter(move |e| e.active > 0.0 || !holds).map(|e| e.ends.as_str());
    if meant().any(str::is_empty) { "" } else { meant().max_by_key(|ends| last_day(ends)).unwrap_or_default() }
}

/// What was committed and spent, each currency by itself, but for what is for others too. An amount is told in one row of its record only.
fn amounts(entries: &[&SignEntry], is_for_others: &dyn Fn(&SignEntry) -> bool) -> Vec<String> {
    let mut sums: BTreeMap<&str, [Option<f64>; 2]> = BTreeMap::new();
    for entry in entries.iter().filter(|e| !is_for_others(e)) {
        let dollars = ("USD", [entry.committed_usd, entry.disbursed_usd]);
        for (currency, told) in [dollars, (entry.currency.as_str(), [entry.committed_other, entry.amount_other])] {
            if told.iter().all(Option::is_none) {
                continue;
            }
            for (sum, amount) in sums.entry(currency).or_default().iter_mut().zip(told) {
                *sum = amount.map_or(*sum, |amount| Some(sum.unwrap_or(0.0) + amount));
            }
        }
    }
    let shown = |sum: Option<f64>| sum.map_or_else(|| "…".to_owned(), money);
    let line = |(currency, [committed, spent]): (&str, [Option<f64>; 2])| {
        format!("{} / {} {currency}", shown(committed), shown(spent)).trim_end().to_owned()
    };
    let mut lines: Vec<String> = sums.into_iter().map(line).collect();
    if entries.iter().any(|e| e.not_split.is_some()) {
        lines.push(m::not_split());
    }
    if lines.is_empty() { vec![m::no_amount()] } else { lines }
}
