//! Support that no aid activity tells of: what is stated, mandated and reported, by supporter and recipient. Each sign stands by
//! itself in the matrix, since they tell of the same support in different ways.

use super::matrix::MatrixCell;
use crate::cells::code_label;
use crate::context::Context;
use crate::error::PageError;
use crate::figures::whole;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The signs besides activities.
const SIGNS: [&str; 3] = ["stated", "mandated", "reported"];

/// How the question is asked for what names no supporter; also the word for it.
const NOT_NAMED: &str = "not_named";

/// What one sign tells of.
#[derive(Deserialize)]
struct Entry {
    sign: String,
    supporter: String,
    supporter_name: String,
    actor_class: String,
    security_function: String,
    kind: String,
    record: String,
    active: f64,
}

/// The entries of a sign.
pub(super) struct Signed {
    sign: &'static str,
    entries: Vec<Entry>,
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
    pub(super) all: MatrixCell,
    pub(super) cells: Vec<MatrixCell>,
}

impl Signed {
    /// How many projects, trainings, tasks and so on it tells of.
    pub(super) fn records(&self) -> usize {
        self.entries.iter().map(|e| (&e.kind, &e.record)).collect::<BTreeSet<_>>().len()
    }
}

/// What the chosen signs tell of a country, or of all where no activity does; nothing where recipients are told apart by what signs
/// do not say.
pub(super) fn ask(cx: &Context, country: &str, by: &str, chosen: &str, has_activities: bool) -> Result<Vec<Signed>, PageError> {
    if country.is_empty() && has_activities || !["class", "function"].contains(&by) {
        return Ok(Vec::new());
    }
    let signs: Vec<&'static str> = SIGNS.into_iter().filter(|sign| chosen.is_empty() || chosen == *sign).collect();
    if signs.is_empty() {
        return Ok(Vec::new());
    }
    // One question tells of all signs, and takes as long for one of them.
    let mut entries: Vec<Entry> = cx.ask("all_support", &[("country", country), ("sign", chosen)])?.rows_as()?;
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

fn recipient<'e>(entry: &'e Entry, by: &str) -> &'e str {
    if by == "function" { &entry.security_function } else { &entry.actor_class }
}

/// The rows of the signs, in the columns of the matrix.
pub(super) fn draw(cx: &Context, signed: &[Signed], country: &str, by: &str, codes: &[String]) -> Vec<SignRows> {
    let rows = |s: &Signed| {
        let list =
            |more: &[(&str, &str)]| cx.link("/ask/all_support", &[&[("country", country), ("sign", s.sign)], more].concat());
        let mut by_supporter: BTreeMap<(&str, &str), Vec<&Entry>> = BTreeMap::new();
        for entry in &s.entries {
            by_supporter.entry((&entry.supporter_name, &entry.supporter)).or_default().push(entry);
        }
        let row = |((name, id), entries): (&(&str, &str), &Vec<&Entry>)| {
            // Where nobody says who supports, that is a row like others: without a name it would lead to all of them.
            let (name, id) = match name.is_empty() && id.is_empty() {
                true => (code_label(cx.model(), "answer_word", NOT_NAMED), NOT_NAMED),
                false => ((*name).to_owned(), *id),
            };
            SignRow {
                supporter: name,
                all: cell(entries, list(&[("supporter", id)])),
                cells: codes.iter().map(|code| of_recipient(entries, by, code, list(&[("supporter", id), (by, code)]))).collect(),
            }
        };
        SignRows { name: code_label(cx.model(), "sign", s.sign), href: list(&[]), rows: by_supporter.iter().map(row).collect() }
    };
    signed.iter().map(rows).collect()
}

fn of_recipient(entries: &[&Entry], by: &str, code: &str, href: String) -> MatrixCell {
    let own: Vec<&Entry> = entries.iter().copied().filter(|e| recipient(e, by) == code).collect();
    if own.is_empty() { MatrixCell::default() } else { cell(&own, href) }
}

/// How many there are, each counted once; shaded where one of them holds on the day.
fn cell(entries: &[&Entry], href: String) -> MatrixCell {
    let each: BTreeSet<(&str, &str)> = entries.iter().map(|e| (e.kind.as_str(), e.record.as_str())).collect();
    let class = if entries.iter().any(|e| e.active > 0.0) { "h2" } else { "h1" };
    MatrixCell { activities: whole(each.len() as f64), class: class.to_owned(), href, ..MatrixCell::default() }
}
