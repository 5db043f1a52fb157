//! Records that may be one: each pair is merged, told apart for good, or left for later; many at once.

use crate::app::App;
use crate::cells::code_label;
use crate::context::Context;
use crate::error::PageError;
use crate::frame::{Choice, Page, country_choices, from_overview};
use crate::m;
use crate::messages::label;
use crate::names;
use crate::post::{Fields, PostedForm};
use crate::request::{Author, PageRequest};
use crate::response::{PageResult, html, see_other};
use crate::routes::page_and_form;
use askama::Template;
use axum::Router;
use axum::routing::get;
use remit_model::Marking;
use remit_store::{DECIDED, Draft, Entry, Register, Statement};
use serde::Deserialize;
use serde_json::json;

pub(super) fn routes() -> Router<App> {
    page_and_form("/duplicates", &["country", "kind"], get(show).post(post))
}

/// Pairs on one page.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "duplicates/page.html")]
struct DuplicatesPage {
    page: Page,
    why: String,
    rule: String,
    pairs: Vec<PairToDecide>,
    /// How many there are, shown or not.
    all: usize,
    countries: Vec<Choice>,
    action: String,
    writes: bool,
    said: String,
}

/// Two records that may be one, as the question `duplicates` answers.
#[derive(Deserialize)]
struct DuplicatePair {
    duplicate_reason: String,
    kind: String,
    record: String,
    record_title: String,
    country: Option<String>,
    other_record: String,
    other_title: String,
    other_country: Option<String>,
    found_in: String,
}

/// The same, to be decided on.
struct PairToDecide {
    /// Kind and both identifiers, as the form sends them.
    which: String,
    kind: String,
    reason: String,
    found_in: String,
    first: PairSide,
    second: PairSide,
}

struct PairSide {
    record: String,
    title: String,
    country: String,
    href: String,
}

async fn show(request: PageRequest) -> PageResult {
    request.read(respond).await
}

fn respond(cx: &Context) -> PageResult {
    let country = cx.request.get("country");
    let answer = cx.ask("duplicates", &[("country", country), ("kind", cx.request.get("kind"))])?;
    if let Some(data) = cx.answer_as_data(&answer)? {
        return Ok(data);
    }
    let found: Vec<DuplicatePair> = answer.rows_as()?;
    html(&DuplicatesPage {
        page: Page::new(cx, label(&answer.question.title), vec![from_overview(cx)]),
        why: label(&answer.question.why),
        rule: label(&answer.question.rule),
        all: found.len(),
        pairs: found.into_iter().take(SHOWN).map(|f| pair(cx, f)).collect(),
        countries: country_choices(cx, country),
        action: cx.link("/duplicates", &[("country", country)]),
        writes: cx.app().author().is_some(),
        said: cx.request.get("said").to_owned(),
    })
}

fn pair(cx: &Context, f: DuplicatePair) -> PairToDecide {
    let side = |record: String, title: String, country: Option<String>| PairSide {
        href: cx.record_link(&f.kind, &record),
        country: country.map(|c| code_label(cx.model(), "country", &c)).unwrap_or_default(),
        record,
        title,
    };
    PairToDecide {
        which: json!([&f.kind, &f.record, &f.other_record]).to_string(),
        kind: cx.model().kind(&f.kind).map(|k| label(&k.label)).unwrap_or_default(),
        reason: code_label(cx.model(), "duplicate_reason", &f.duplicate_reason),
        found_in: f.found_in,
        first: side(f.record, f.record_title, f.country),
        second: side(f.other_record, f.other_title, f.other_country),
    }
}

/// What is decided of a pair.
enum PairDecision {
    /// The first stays, the second is the same.
    Same {
        kept: String,
        gone: String,
    },
    Distinct([String; 2]),
}

async fn post(request: PageRequest, Author(author): Author, PostedForm(form): PostedForm<Fields>) -> PageResult {
    request.read(move |cx| decide(cx, &form, &author)).await
}

/// Records all that is decided as one entry.
fn decide(cx: &Context, form: &Fields, author: &str) -> PageResult {
    let decided = decisions(cx, form)?;
    let back = [("country", cx.request.get("country"))];
    if decided.is_empty() {
        return Ok(see_other(&cx.link("/duplicates", &back)));
    }
    let mut register = Register::open(cx.app().workspace())?;
    let mut entry = register.entry(author, DECIDED)?;
    for (kind, decision) in decided {
        record(&mut entry, &kind, decision, cx.app().clearance())?;
    }
    let recorded = entry.commit()?;
    Ok(see_other(&cx.link("/duplicates", &[back[0], ("said", &recorded.entry)])))
}

/// What the form decides: of each pair its kind and the decision. Pairs left for later are not in it.
fn decisions(cx: &Context, form: &Fields) -> Result<Vec<(String, PairDecision)>, PageError> {
    let mut all = Vec::new();
    for n in 0..SHOWN {
        let which = form.get(&format!("pair-{n}"));
        let choice = form.get(&format!("decision-{n}"));
        if which.is_empty() || choice.is_empty() {
            continue;
        }
        let wrong = || PageError::bad_request(m::error_no_form());
        let (kind, first, second): (String, String, String) = serde_json::from_str(which).map_err(|_| wrong())?;
        let of = cx.model().kind(&kind).ok_or_else(wrong)?;
        names::must_be_known(cx, of, &first)?;
        names::must_be_known(cx, of, &second)?;
        let decision = match choice {
            "first" => PairDecision::Same { kept: first, gone: second },
            "second" => PairDecision::Same { kept: second, gone: first },
            "distinct" => PairDecision::Distinct([first, second]),
            _ => return Err(wrong()),
        };
        all.push((kind, decision));
    }
    Ok(all)
}

fn record(entry: &mut Entry<'_>, kind: &str, decision: PairDecision, clearance: Marking) -> Result<(), PageError> {
    match decision {
        // An earlier decision of the same form may have made it one with a third record.
        PairDecision::Same { kept, gone } if entry.has(kind, &kept)? && entry.has(kind, &gone)? => {
            entry.merge(kind, &kept, &gone)?
        }
        PairDecision::Same { .. } => {}
        PairDecision::Distinct(records) => {
            // That two records are not one tells of both of them: who may not see one must not learn of it. What whoever decides
            // does not see is no part of that: what they decide would be hidden from themselves, and tell them of it.
            let said = records.iter().map(|r| entry.current(kind, r)).collect::<Result<Vec<_>, _>>()?;
            let seen = said.iter().flatten().filter(|s| s.draft.marking <= clearance);
            let marking = seen.map(|s| highest_seen(s, clearance)).fold(Marking::Public, Marking::max);
            let named: Vec<String> = records.iter().map(|r| format!("{kind}:{r}")).collect();
            let mut draft = Draft { marking, ..Draft::default() };
            draft.kind = "distinct".into();
            draft.fields.insert("records".into(), json!(named));
            entry.append(&draft)?;
        }
    }
    Ok(())
}

/// The highest marking of what a reader sees of a statement.
fn highest_seen(s: &Statement, clearance: Marking) -> Marking {
    s.draft.withheld.iter().map(|(_, marking)| *marking).filter(|m| *m <= clearance).fold(s.draft.marking, Marking::max)
}
