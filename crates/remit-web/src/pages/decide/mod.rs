//! What is done with one button: undo, withdraw, accept, reject, end a conflict, choose among sources.

use crate::app::App;
use crate::context::{Context, query};
use crate::error::PageError;
use crate::m;
use crate::pages::history;
use crate::post::PostedForm;
use crate::request::{Author, PageRequest};
use crate::response::{PageResult, back, is_own, see_other};
use crate::routes::form;
use axum::Router;
use axum::response::Response;
use axum::routing::post;
use remit_reader::ingest::doer_of;
use remit_store::{Draft, Register, Statement, Status, makes_one};
use serde::Deserialize;
use std::collections::HashSet;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .merge(form("/undo", post(undo)))
        .merge(form("/withdraw", post(withdraw)))
        .merge(form("/decide", post(decide)))
        .merge(form("/solve", post(solve)))
        .merge(form("/choose", post(choose)))
}

/// The entry that is taken back.
#[derive(Deserialize)]
struct UndoForm {
    entry: String,
    /// The page that it was sent from.
    #[serde(default)]
    back: String,
}

/// The statement that is withdrawn.
#[derive(Deserialize)]
struct WithdrawForm {
    statement: String,
}

/// The proposal that is decided on.
#[derive(Deserialize)]
struct DecideForm {
    statement: String,
    decision: ProposalDecision,
    /// The page that it was sent from.
    #[serde(default)]
    back: String,
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ProposalDecision {
    Accepted,
    Rejected,
}

/// The statement that holds, of several that contradict each other.
#[derive(Deserialize)]
struct SolveForm {
    statement: String,
    others: String,
}

/// The statement whose value of a field holds, of several of which each says another.
#[derive(Deserialize)]
struct ChooseForm {
    statement: String,
    field: String,
    others: String,
}

/// A statement that the reader may see, whole.
fn statement(cx: &Context, register: &Register, id: &str) -> Result<Statement, PageError> {
    let seen = cx.table(query!("statement.sql"), &[("id", id.into())])?;
    let found = if seen.rows.is_empty() { None } else { register.guarded_statement(id)? };
    found.ok_or_else(|| PageError::not_found(m::error_no_statement()))
}

/// Refuses what would take away or settle values that are withheld from the writer: nobody writes over what they may not see.
fn theirs(cx: &Context, s: &Statement) -> Result<(), PageError> {
    let is_hidden = s.draft.withheld_from(cx.reader.as_of().clearance).next().is_some();
    if is_hidden { Err(PageError::bad_request(m::error_partly_withheld())) } else { Ok(()) }
}

/// Back to the record, with the entry that can be undone.
fn done(cx: &Context, s: &Statement, entry: &str) -> Response {
    let parameters = [("record", s.draft.record.as_str()), ("said", entry)];
    see_other(&cx.link(&format!("/record/{}", s.draft.kind), &parameters))
}

async fn undo(request: PageRequest, Author(author): Author, PostedForm(form): PostedForm<UndoForm>) -> PageResult {
    let work = move |cx: &Context| {
        let seen = cx.table(query!("entry.sql"), &[("entry", form.entry.as_str().into())])?;
        let mut register = Register::open(cx.app().workspace())?;
        let seen: HashSet<&str> = seen.rows.iter().filter_map(|row| row[0].text()).collect();
        let mut all = register.entry_statements(&form.entry)?;
        let is_seen = |s: &Statement| seen.contains(s.id.as_str());
        let Some(act) = all.iter().find(|s| is_seen(s)).map(|s| s.act.clone()) else {
            return Err(PageError::not_found(m::error_no_entry()));
        };
        // Records that were made one are made two again in all that is said of them: what the writer does not see would otherwise
        // stay with the wrong one. Of all else, what they do not see stays, and is told by nothing.
        if !makes_one(&act) {
            all.retain(is_seen);
            all.iter().try_for_each(|s| theirs(cx, s))?;
        }
        let act = format!("undid: {act}");
        let since = register.said_since_made_one(&form.entry)?;
        register.take_back(&all, &act, &author)?;
        let since = history::said_since(cx, &since.iter().map(|s| s.id.as_str()).collect::<Vec<_>>())?;
        if !since.is_empty() {
            let told = since.into_iter().map(|s| (history::SINCE, s.statement)).collect();
            return Ok(see_other(&cx.telling("/history/since", &[], told)));
        }
        // A record that is there no more has no page to go back to; any other page is there as it was.
        let mut is_back = is_own(&form.back);
        for s in all.iter().filter(|s| is_page_of(&form.back, &s.draft)) {
            is_back &= register.has(&s.draft.kind, &s.draft.record)?;
        }
        let history = cx.link("/history", &[]);
        Ok(see_other(if is_back { &form.back } else { &history }))
    };
    request.read(work).await
}

/// True for the address of a page that is about a record.
fn is_page_of(address: &str, of: &Draft) -> bool {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let names_it = || form_urlencoded::parse(query.as_bytes()).any(|(name, value)| name == "record" && value == of.record);
    path.ends_with(&format!("/{}", of.kind)) && names_it()
}

async fn withdraw(request: PageRequest, Author(author): Author, PostedForm(form): PostedForm<WithdrawForm>) -> PageResult {
    let work = move |cx: &Context| {
        let mut register = Register::open(cx.app().workspace())?;
        let s = statement(cx, &register, &form.statement)?;
        theirs(cx, &s)?;
        let mut entry = register.entry(&author, "withdrawn")?;
        entry.append(&Draft { withdrawn: true, supersedes: vec![s.id.clone()], origin: String::new(), ..s.draft.clone() })?;
        let recorded = entry.commit()?;
        let left = register.has(&s.draft.kind, &s.draft.record)?;
        Ok(if left { done(cx, &s, &recorded.entry) } else { see_other(&cx.link("/history", &[])) })
    };
    request.read(work).await
}

async fn decide(request: PageRequest, Author(author): Author, PostedForm(form): PostedForm<DecideForm>) -> PageResult {
    let work = move |cx: &Context| {
        let mut register = Register::open(cx.app().workspace())?;
        let s = statement(cx, &register, &form.statement)?;
        theirs(cx, &s)?;
        let (act, draft) = match form.decision {
            // It takes the place of what it was to replace, and of the proposal itself.
            ProposalDecision::Accepted => {
                let supersedes = s.draft.supersedes.iter().chain([&s.id]).cloned().collect();
                ("accepted", Draft { status: Status::Accepted, supersedes, ..s.draft.clone() })
            }
            ProposalDecision::Rejected => {
                ("rejected", Draft { status: Status::Rejected, supersedes: vec![s.id.clone()], ..s.draft.clone() })
            }
        };
        let doer = doer_of(cx.model(), &register, &draft)?;
        let mut entry = register.entry(&author, act)?;
        // Who does it is on record from then on, not before.
        for draft in doer.iter().chain([&draft]) {
            entry.append(draft)?;
        }
        let recorded = entry.commit()?;
        Ok(back(&form.back, &recorded.entry).unwrap_or_else(|| done(cx, &s, &recorded.entry)))
    };
    request.read(work).await
}

async fn solve(request: PageRequest, Author(author): Author, PostedForm(form): PostedForm<SolveForm>) -> PageResult {
    let work = move |cx: &Context| {
        let mut register = Register::open(cx.app().workspace())?;
        let s = statement(cx, &register, &form.statement)?;
        theirs(cx, &s)?;
        let mut supersedes = vec![s.id.clone()];
        for other in form.others.split_whitespace() {
            let other = statement(cx, &register, other)?;
            theirs(cx, &other)?;
            supersedes.push(other.id);
        }
        let mut entry = register.entry(&author, "solved a conflict")?;
        entry.append(&Draft { supersedes, origin: String::new(), ..s.draft.clone() })?;
        let recorded = entry.commit()?;
        Ok(done(cx, &s, &recorded.entry))
    };
    request.read(work).await
}

async fn choose(request: PageRequest, Author(author): Author, PostedForm(form): PostedForm<ChooseForm>) -> PageResult {
    let work = move |cx: &Context| {
        let mut register = Register::open(cx.app().workspace())?;
        let holds = statement(cx, &register, &form.statement)?;
        theirs(cx, &holds)?;
        let mut drafts = Vec::new();
        for other in form.others.split_whitespace() {
            let other = statement(cx, &register, other)?;
            theirs(cx, &other)?;
            drafts.extend(without(cx, &other, &holds, &form.field));
        }
        if drafts.is_empty() {
            return Err(PageError::bad_request(m::error_nothing_changes()));
        }
        let mut entry = register.entry(&author, "solved a conflict")?;
        for draft in &drafts {
            entry.append(draft)?;
        }
        let recorded = entry.commit()?;
        Ok(done(cx, &holds, &recorded.entry))
    };
    request.read(work).await
}

/// What a statement of the same record says without its value of a field, where another value holds; taken back as a whole where it says
/// nothing else.
fn without(cx: &Context, other: &Statement, holds: &Statement, field: &str) -> Option<Draft> {
    let is_of_record = other.draft.kind == holds.draft.kind && other.draft.record == holds.draft.record;
    let [said, right] = [other, holds].map(|s| s.draft.fields.get(field));
    if !is_of_record || right.is_none() || said.is_none() || said == right {
        return None;
    }
    let again = Draft { supersedes: vec![other.id.clone()], origin: String::new(), ..other.draft.clone() };
    let mut draft = again.clone();
    // The words that a code was told from say it too.
    let words = cx.model().kind(&draft.kind).and_then(|kind| kind.field(field)?.words.clone());
    for name in [Some(field.to_owned()), words].into_iter().flatten() {
        draft.fields.remove(&name);
        draft.withheld.retain(|(withheld, _)| *withheld != name);
    }
    Some(if draft.fields.is_empty() { Draft { withdrawn: true, ..again } } else { draft })
}
