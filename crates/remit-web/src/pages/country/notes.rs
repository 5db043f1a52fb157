//! What needs attention in a country, in sentences.

use crate::cells::code_label;
use crate::context::Context;
use crate::error::PageError;
use crate::figures::listed;
use crate::m;
use crate::pages::support::{missing_classes, unknown_classes};
use serde::Deserialize;

/// Something that needs attention.
pub(super) struct Note {
    pub(super) kind: String,
    pub(super) text: String,
    pub(super) href: String,
}

/// The gaps, cliffs and overlaps of a country, and what stands out in its institutions.
pub(super) fn all(cx: &Context, country: &str) -> Result<Vec<Note>, PageError> {
    let given = [("country", country)];
    let link = |place: &str| format!("{}#{place}", cx.link("/support", &given));
    let gaps = cx.ask("gaps", &given)?;
    let (missing, unknown) = (missing_classes(cx, &gaps)?, unknown_classes(cx, &gaps)?);
    let mut notes = Vec::new();
    if !missing.is_empty() {
        notes.push(Note { kind: m::note_gap(), text: m::note_gap_text(listed(&missing)), href: link("gaps") });
    }
    if !unknown.is_empty() {
        notes.push(Note { kind: m::note_unknown(), text: m::note_unknown_text(listed(&unknown)), href: link("gaps") });
    }
    let cliffs = cx.ask("cliffs", &given)?.table.rows.len();
    if cliffs > 0 {
        notes.push(Note { kind: m::note_cliff(), text: m::note_cliff_text(cliffs), href: link("cliffs") });
    }
    let overlaps = cx.ask("overlaps", &given)?.table.rows.len();
    if overlaps > 0 {
        notes.push(Note { kind: m::note_overlap(), text: m::note_overlap_text(overlaps), href: link("overlaps") });
    }
    notes.extend(institutions(cx, &given)?);
    Ok(notes)
}

/// A function and who does it, as the question `functions` answers.
#[derive(Deserialize)]
struct Held {
    security_function: String,
    double_lead: bool,
}

/// A service and who oversees it, as the question `oversight` answers.
#[derive(Deserialize)]
struct Overseen {
    service_name: String,
    no_exercised: bool,
}

/// What stands out in who does and oversees what, and what nobody has looked at for long.
fn institutions(cx: &Context, given: &[(&str, &str)]) -> Result<Vec<Note>, PageError> {
    let href = |question: &str| cx.link(&format!("/ask/{question}"), given);
    let mut notes = Vec::new();
    let functions: Vec<Held> = cx.ask("functions", given)?.rows_as()?;
    let double = functions.iter().filter(|f| f.double_lead);
    let double = once(double.map(|f| code_label(cx.model(), "security_function", &f.security_function)));
    if !double.is_empty() {
        notes.push(Note { kind: m::note_two_lead(), text: m::note_two_lead_text(listed(&double)), href: href("functions") });
    }
    let services: Vec<Overseen> = cx.ask("oversight", given)?.rows_as()?;
    let unwatched = once(services.into_iter().filter(|s| s.no_exercised).map(|s| s.service_name));
    if !unwatched.is_empty() {
        let text = m::note_oversight_text(listed(&unwatched));
        notes.push(Note { kind: m::note_oversight(), text, href: href("oversight") });
    }
    let stale = cx.ask("stale", given)?.table.rows.len();
    if stale > 0 {
        notes.push(Note { kind: m::note_stale(), text: m::note_stale_text(stale), href: href("stale") });
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
