//! Changing records where they are listed, one or many at once: a value of a field, a grade, a marking, that somebody has checked
//! them, that they are said no more. All that is changed at once is one entry, which one button takes back.

mod drafts;

use crate::app::App;
use crate::cells::{RowField, code_label, field_called};
use crate::context::Context;
use crate::error::PageError;
use crate::frame::{Page, from_overview};
use crate::last_source::{LastSource, last_source};
use crate::m;
use crate::messages::label;
use crate::names;
use crate::pages::edit::above;
use crate::post::{Fields, PostedForm};
use crate::request::{Author, KindName, PageRequest};
use crate::response::{PageResult, back, html, is_own, refused, see_other};
use crate::routes::form;
use crate::row_forms::typed_fields;
use crate::typed;
use askama::Template;
use axum::Router;
use axum::routing::post;
use drafts::WantedValues;
use remit_model::{Day, Field, Kind};
use remit_store::{Draft, Reason, Register, marking_said};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

pub(super) fn routes() -> Router<App> {
    form("/change/{kind}", post(change))
}

/// The most records that one form changes: as many as a list shows.
const MOST: usize = 1_000;

/// What is done, as the button of the form says.
#[derive(Clone, Copy, PartialEq)]
enum Act {
    Change,
    Verify,
    Grade,
    Mark,
    Withdraw,
}

impl Act {
    fn from_code(code: &str) -> Option<Act> {
        let all = [Act::Change, Act::Verify, Act::Grade, Act::Mark, Act::Withdraw];
        all.into_iter().find(|a| a.code() == code)
    }

    /// What the form says.
    fn code(self) -> &'static str {
        match self {
            Act::Change => "change",
            Act::Verify => "verify",
            Act::Grade => "grade",
            Act::Mark => "mark",
            Act::Withdraw => "withdraw",
        }
    }

    /// What the history says.
    fn done(self) -> &'static str {
        match self {
            Act::Change => "changed",
            Act::Verify => "verified",
            Act::Grade => "graded",
            Act::Mark => "marked",
            Act::Withdraw => "withdrawn",
        }
    }
}

async fn change(
    request: PageRequest,
    Author(author): Author,
    KindName(kind): KindName,
    PostedForm(form): PostedForm<Fields>,
) -> PageResult {
    request
        .read(move |cx| {
            let from = form.get("back");
            respond(cx, &kind, &form, &author).or_else(|e| match is_typed_again(&form, &e) {
                true => again(cx, &kind, &form, &e),
                false => Err(if is_own(from) { e.back_to(from) } else { e }),
            })
        })
        .await
}

/// A change that could not be recorded, with what was typed.
#[derive(Template)]
#[template(path = "change/again.html")]
struct AgainPage {
    page: Page,
    wrong: String,
    action: String,
    records: Vec<String>,
    fields: Vec<RowField>,
    since: String,
    source: String,
    /// What else was sent.
    kept: Vec<(String, String)>,
    /// The page that it was sent from; empty where that is none of this server.
    back: String,
}

/// The records that the form names, as many as it may change.
fn chosen(form: &Fields) -> impl Iterator<Item = &str> {
    form.all("record").take(MOST)
}

/// True where values were typed for a record, and something in them is to be mended.
fn is_typed_again(form: &Fields, error: &PageError) -> bool {
    error.is_of_request() && form.get("act") == Act::Change.code() && chosen(form).next().is_some()
}

/// The form once more, with what was typed and what is wrong with it.
fn again(cx: &Context, kind: &Kind, form: &Fields, error: &PageError) -> PageResult {
    let kept = ["reliability", "credibility", "url", "back"].map(|name| (name.to_owned(), form.get(name).to_owned()));
    refused(html(&AgainPage {
        page: Page::new(cx, m::change(), vec![from_overview(cx)]).with_errors(true),
        wrong: error.message().to_owned(),
        action: cx.link(&format!("/change/{}", kind.name), &[]),
        records: chosen(form).map(str::to_owned).collect(),
        fields: typed_fields(cx, kind, |name| form.get(name)),
        since: form.get("since").to_owned(),
        source: form.get("source").to_owned(),
        kept: kept.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
        back: Some(form.get("back")).filter(|page| is_own(page)).unwrap_or_default().to_owned(),
    }))
}

fn respond(cx: &Context, kind: &Kind, form: &Fields, author: &str) -> PageResult {
    let records: Vec<&str> = chosen(form).collect();
    if records.is_empty() {
        return Err(PageError::bad_request(m::error_none_chosen()));
    }
    if let Some((name, like)) = form.strange(&known(kind)).into_iter().next() {
        return Err(wrong(&name, &m::not_in_form()).meant(like));
    }
    if let Some(name) = form.of_two_values().into_iter().find(|name| *name != "record") {
        return Err(wrong(&field_called(cx.model(), Some(kind), name.trim_start_matches("set-")), &m::sent_twice()));
    }
    let act = Act::from_code(form.get("act")).ok_or_else(|| PageError::bad_request(m::error_no_form()))?;
    let mut register = Register::open(cx.app().workspace())?;
    let drafts = match act {
        Act::Change => drafts::changed(cx, kind, &register, &records, &wanted(cx, kind, form, author)?)?,
        Act::Verify => verified(cx, kind, &register, &records, form)?,
        Act::Grade => graded(cx, kind, &register, &records, form)?,
        Act::Mark => marked(cx, kind, &register, &records, form)?,
        Act::Withdraw => drafts::said_again(cx, kind, &register, &records, |draft| draft.withdrawn = true)?,
    };
    if drafts.is_empty() {
        return Err(PageError::bad_request(m::error_nothing_changes()));
    }
    recordable(cx, kind, &register, &drafts)?;
    let history = match form.get("lowering") {
        "" => act.done().to_owned(),
        reason => format!("{}: {reason}", act.done()),
    };
    let mut entry = register.entry(author, &history)?;
    for draft in &drafts {
        entry.append(draft)?;
    }
    let recorded = entry.commit()?;
    // What nobody sees here any more is not gone: where it is, is said.
    if let Some(above) = drafts.iter().find(|d| d.marking > cx.app().clearance()) {
        let several = drafts.iter().any(|d| d.record != above.record);
        return Ok(see_other(&above::address(cx, kind, above, several, &recorded.entry)));
    }
    Ok(back(form.get("back"), &recorded.entry).unwrap_or_else(|| see_other(&cx.link(&format!("/records/{}", kind.name), &[]))))
}

/// That all of this can be recorded, or all that is wrong with it, each once. What is taken back may be what an older version recorded wrongly.
fn recordable(cx: &Context, kind: &Kind, register: &Register, drafts: &[Draft]) -> Result<(), PageError> {
    let mut told: Vec<String> = Vec::new();
    for draft in drafts.iter().filter(|draft| !draft.withdrawn) {
        let faults = draft.faults(cx.model()).into_iter().map(|fault| (fault.field, fault.reason));
        let missing = register.lacks(draft)?.map(|field| (field.name.clone(), Reason::Missing));
        for (field, reason) in faults.chain(missing) {
            let said = m::pair(field_called(cx.model(), Some(kind), &field), typed::refused(cx.model(), &reason));
            if !told.contains(&said) {
                told.push(said);
            }
        }
    }
    if told.is_empty() { Ok(()) } else { Err(PageError::bad_request(told.join(" "))) }
}

/// Whom a field of a record names already, where its row shows what was typed: of several that are called so, that one.
fn as_shown(cx: &Context, kind: &Kind, field: &Field, records: &[&str], typed: &str) -> Result<Option<String>, PageError> {
    let (Some(_), [record]) = (field.record_kind(), records) else { return Ok(None) };
    let sql =
        format!("select \"{0}\" from \"{1}\" where record = :record and \"{0}_name\" = :typed limit 1", field.name, kind.view);
    let found = cx.reader.query(&sql, &[("record", (*record).into()), ("typed", typed.into())])?;
    Ok(found.rows.first().and_then(|row| row[0].text()).map(str::to_owned))
}

/// What the form may send: a value for each field of the kind, and what all changes have.
fn known(kind: &Kind) -> BTreeSet<String> {
    let all = ["record", "act", "back", "since", "source", "url", "reliability", "credibility", "marking", "lowering"];
    kind.fields.iter().map(|f| format!("set-{}", f.name)).chain(all.map(str::to_owned)).collect()
}

/// The values that the form gives.
fn values(cx: &Context, kind: &Kind, form: &Fields) -> Result<Map<String, Value>, PageError> {
    let mut values = Map::new();
    let records: Vec<&str> = chosen(form).collect();
    let country = names::country_of(cx, kind, &records)?;
    for field in &kind.fields {
        let typed = form.get(&format!("set-{}", field.name));
        if typed.is_empty() {
            continue;
        }
        let value = match as_shown(cx, kind, field, &records, typed)? {
            Some(record) => Ok(record.into()),
            None => typed::value(cx, field, typed, &country)?,
        };
        values.insert(field.name.clone(), value.map_err(|reason| wrong(&label(&field.label), &reason))?);
    }
    Ok(values)
}

/// The statements as somebody found them on a day. Who has typed another value did not find them so: that is not lost without a word.
fn verified(cx: &Context, kind: &Kind, register: &Register, records: &[&str], form: &Fields) -> Result<Vec<Draft>, PageError> {
    let day = day(form.get("since"), cx.request.as_of.valid_on)?;
    if day > Day::today() {
        return Err(PageError::bad_request(m::day_to_come()));
    }
    let found = WantedValues { fields: values(cx, kind, form)?, ..WantedValues::new(day) };
    for record in records.iter().filter(|_| !found.fields.is_empty()) {
        if !drafts::differing(cx, kind, record, &found)?.is_empty() {
            return Err(PageError::bad_request(m::error_verified_is_changed()));
        }
    }
    let day = day.to_string();
    drafts::said_again(cx, kind, register, records, |draft| draft.verified_at.clone_from(&day))
}

/// The values that the form gives, with their source and the day from which they hold.
fn wanted(cx: &Context, kind: &Kind, form: &Fields, author: &str) -> Result<WantedValues, PageError> {
    let since = day(form.get("since"), cx.request.as_of.valid_on)?;
    let mut wanted = WantedValues { fields: values(cx, kind, form)?, ..WantedValues::new(since) };
    if wanted.fields.is_empty() {
        return Err(PageError::bad_request(m::error_nothing_changes()));
    }
    if form.get("source").is_empty() && form.get("url").is_empty() {
        return Err(PageError::bad_request(m::error_needs_source()));
    }
    // Whoever names the source that they named last means the same one, with its address and grade.
    let same = last_source(cx, author)?.filter(|l| l.source == form.get("source") && form.get("url").is_empty());
    let LastSource { url, reliability, credibility, .. } = same.unwrap_or_default();
    for (name, last) in [("source", String::new()), ("url", url), ("reliability", reliability), ("credibility", credibility)] {
        let typed = form.get(name);
        wanted.envelope.push((name, if typed.is_empty() { last } else { typed.to_owned() }));
    }
    Ok(wanted)
}

fn wrong(field: &str, reason: &str) -> PageError {
    PageError::bad_request(m::pair(field, reason))
}

/// A day of the form; another where it says none.
fn day(typed: &str, other: Day) -> Result<Day, PageError> {
    if typed.is_empty() {
        return Ok(other);
    }
    Day::typed(typed).ok_or_else(|| PageError::no_day(typed))
}

/// The statements with another grade.
fn graded(cx: &Context, kind: &Kind, register: &Register, records: &[&str], form: &Fields) -> Result<Vec<Draft>, PageError> {
    let mut grades = Vec::new();
    for name in ["reliability", "credibility"] {
        let code = form.get(name);
        grades.extend((!code.is_empty()).then(|| (name, code.to_owned())));
    }
    let grade = |draft: &mut Draft| grades.iter().for_each(|(name, code)| draft.set_envelope(name, code.clone()));
    drafts::said_again(cx, kind, register, records, grade)
}

/// The statements with another marking. To lower one is a step of its own, which needs a reason.
fn marked(cx: &Context, kind: &Kind, register: &Register, records: &[&str], form: &Fields) -> Result<Vec<Draft>, PageError> {
    let code = form.get("marking");
    let marking = marking_said(cx.model(), code).map_err(|_| PageError::bad_request(m::error_no_marking(code)))?;
    let mut lowered = None;
    let drafts = drafts::said_again(cx, kind, register, records, |draft| {
        if draft.marking > marking {
            lowered = Some(draft.marking);
        }
        draft.marking = marking;
    })?;
    match lowered.filter(|_| form.get("lowering").is_empty()) {
        Some(was) => Err(PageError::bad_request(m::error_lowers(code_label(cx.model(), "marking", was.code())))),
        None => Ok(drafts),
    }
}
