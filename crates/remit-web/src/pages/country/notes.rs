//! What needs attention in a country, in sentences.

use crate::cells::code_label;
use crate::context::{Context, query};
use crate::error::PageError;
use crate::figures::{date, listed};
use crate::m;
use crate::pages::support::{missing_classes, unknown_classes};
use remit_store::Cell;
use serde::Deserialize;

/// Something that needs attention.
pub(super) struct AttentionNote {
    pub(super) kind: String,
    pub(super) text: String,
    pub(super) href: String,
    /// What stands on the way to it.
    pub(super) way: String,
}

impl AttentionNote {
    fn new(kind: String, text: String, href: String) -> AttentionNote {
        AttentionNote { kind, text, href, way: m::why_shown() }
    }
}

/// The gaps, cliffs and overlaps of a country, and what stands out in its institutions.
pub(super) fn all(cx: &Context, country: &str) -> Result<Vec<AttentionNote>, PageError> {
    let given = [("country", country)];
    let link = |place: &str| format!("{}#{place}", cx.link("/support", &given));
    let gaps = cx.ask("gaps", &given)?;
    let (missing, unknown) = (missing_classes(cx, &gaps)?, unknown_classes(cx, &gaps)?);
    let mut notes: Vec<AttentionNote> = reach(cx, &given)?.into_iter().collect();
    if !missing.is_empty() {
        notes.push(AttentionNote::new(m::note_gap(), m::note_gap_text(listed(&missing)), link("gaps")));
    }
    if !unknown.is_empty() {
        notes.push(AttentionNote::new(m::note_unknown(), m::note_unknown_text(listed(&unknown)), link("gaps")));
    }
    // What may go on without an end is on the list, and no cliff for certain.
    let cliffs: Vec<Ending> = cx.ask("cliffs", &given)?.rows_as()?;
    let cliffs = cliffs.iter().filter(|ending| ending.signs_without_end.is_empty()).count();
    if cliffs > 0 {
        notes.push(AttentionNote::new(m::note_cliff(), m::note_cliff_text(cliffs), link("cliffs")));
    }
    let overlaps = cx.ask("overlaps", &given)?.table.rows.len();
    if overlaps > 0 {
        notes.push(AttentionNote::new(m::note_overlap(), m::note_overlap_text(overlaps), link("overlaps")));
    }
    notes.extend(institutions(cx, &given)?);
    notes.extend(classless(cx, country)?);
    Ok(notes)
}

/// Support that ends soon, as the question `cliffs` answers.
#[derive(Deserialize)]
struct Ending {
    signs_without_end: String,
}

/// How far the sources of a country reach, as the question `reach` answers.
#[derive(Deserialize)]
struct Reached {
    last_known: String,
    silent: bool,
}

/// Until when the sources reach, where the newest is of some time before the day: all else on the page is no newer.
fn reach(cx: &Context, given: &[(&str, &str)]) -> Result<Option<AttentionNote>, PageError> {
    let reached: Vec<Reached> = cx.ask("reach", given)?.rows_as()?;
    let silent = reached.into_iter().find(|reached| reached.silent);
    Ok(silent.map(|reached| {
        AttentionNote::new(m::note_reach(), m::note_reach_text(date(&reached.last_known)), cx.link("/ask/reach", given))
    }))
}

/// How many institutions the query counts.
#[derive(Deserialize)]
struct CountedInstitutions {
    n: usize,
}

/// Institutions without a class, which no table or matrix by class has, and for who may write where they are given one.
fn classless(cx: &Context, country: &str) -> Result<Option<AttentionNote>, PageError> {
    let counted: Vec<CountedInstitutions> = cx.rows(query!("classless.sql"), &[("country", Cell::Text(country.to_owned()))])?;
    let n = counted.first().map_or(0, |counted| counted.n);
    if n == 0 {
        return Ok(None);
    }
    let unknown =
        AttentionNote::new(m::note_classless(), m::note_classless_text(n), cx.link("/ask/unknowns", &[("country", country)]));
    Ok(Some(match cx.app().author() {
        Some(_) => AttentionNote { href: cx.link("/sheets/classes", &[]), way: m::classes_say(), ..unknown },
        None => unknown,
    }))
}

/// A function and who does it, as the question `functions` answers.
#[derive(Deserialize)]
struct HeldFunction {
    security_function: String,
    double_lead: bool,
}

/// A service over which nobody is on record as exercising oversight, as the question `unwatched` answers.
#[derive(Deserialize)]
struct Unwatched {
    service_name: String,
}

/// What stands out in who does and oversees what, and what nobody has looked at for long.
fn institutions(cx: &Context, given: &[(&str, &str)]) -> Result<Vec<AttentionNote>, PageError> {
    let href = |question: &str| cx.link(&format!("/ask/{question}"), given);
    let mut notes = Vec::new();
    let functions: Vec<HeldFunction> = cx.ask("functions", given)?.rows_as()?;
    let double = functions.iter().filter(|f| f.double_lead);
    let double = once(double.map(|f| code_label(cx.model(), "security_function", &f.security_function)));
    if !double.is_empty() {
        notes.push(AttentionNote::new(m::note_two_lead(), m::note_two_lead_text(listed(&double)), href("functions")));
    }
    let services: Vec<Unwatched> = cx.ask("unwatched", given)?.rows_as()?;
    let unwatched = once(services.into_iter().map(|s| s.service_name));
    if !unwatched.is_empty() {
        let text = m::note_oversight_text(listed(&unwatched));
        notes.push(AttentionNote::new(m::note_oversight(), text, href("oversight")));
    }
    let stale = cx.ask("stale", given)?.table.rows.len();
    if stale > 0 {
        notes.push(AttentionNote::new(m::note_stale(), m::note_stale_text(stale), href("stale")));
    }
    Ok(notes)
}

/// Each name once, in the order in which it first stands there.
fn once(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for name in names {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}
