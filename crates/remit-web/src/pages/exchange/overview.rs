//! The page from which something is sent to another office, or taken in: both forms, and what went before.

use crate::cells::code_label;
use crate::context::Context;
use crate::error::PageError;
use crate::figures::moment;
use crate::frame::{Choice, Link, Page, country_choices, marking};
use crate::m;
use crate::messages::label;
use crate::post::Fields;
use crate::request::{Author, PageRequest};
use crate::response::{PageResult, html};
use askama::Template;
use remit_exchange::{ExchangeError, Partners, identity};
use remit_model::{Marking, Model};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "exchange/page.html")]
struct ExchangePage {
    page: Page,
    /// Where pages are made for who has no Remit.
    publish: String,
    /// What is wrong with the form for making, or with the file that was sent.
    wrong_to_make: String,
    wrong_to_take: String,
    /// What was typed.
    sorts: Vec<Choice>,
    office: String,
    offices: Vec<String>,
    countries: Vec<Choice>,
    markings: Vec<Choice>,
    kinds: Vec<Choice>,
    keys: String,
    /// The keys that others need of this workspace.
    signs: String,
    opens: String,
    sent: Vec<String>,
    received: Vec<String>,
}

pub(super) async fn show(request: PageRequest, Author(_): Author) -> PageResult {
    request.read(|cx| draw(cx, &Fields::default(), "", "")).await
}

/// The page, with what was typed and what is wrong with it.
pub(super) fn draw(cx: &Context, typed: &Fields, wrong_to_make: &str, wrong_to_take: &str) -> PageResult {
    let (app, model) = (cx.app(), cx.model());
    let partners = Partners::of(app.workspace()).map_err(|e| wrong(&e))?;
    let (signs, _) = app.workspace().sign(&[])?;
    let may_see = Marking::ALL.into_iter().filter(|m| *m <= app.clearance());
    let chosen: Vec<&str> = typed.all("kind").collect();
    let all_sent: Vec<_> = partners.sent.iter().filter(|s| is_seen(cx, &s.clearance)).collect();
    let sent = all_sent.iter().map(|s| m::exchange_sent(marking(model, &s.clearance), moment(&s.moment), &s.office));
    let received = partners
        .received
        .iter()
        .filter(|r| is_seen(cx, &r.clearance))
        .map(|r| m::exchange_received(&r.from, &r.key, moment(&r.moment)));
    html(&ExchangePage {
        page: Page::new(cx, m::exchange(), from_history(cx)).with_errors(!(wrong_to_make.is_empty() && wrong_to_take.is_empty())),
        publish: cx.link("/publish", &[]),
        wrong_to_make: wrong_to_make.to_owned(),
        wrong_to_take: wrong_to_take.to_owned(),
        sorts: sorts(cx, typed.get("sort")),
        office: typed.get("office").to_owned(),
        offices: all_sent.iter().map(|s| s.office.clone()).collect(),
        countries: country_choices(cx, typed.get("country")),
        markings: may_see.map(|m| Choice::new(m.code(), marking(model, m.code()), m.code() == typed.get("clearance"))).collect(),
        kinds: kinds(model, &chosen),
        keys: typed.get("keys").to_owned(),
        signs,
        opens: identity(app.workspace())?.recipient().to_string(),
        sent: sent.collect(),
        received: received.collect(),
    })
}

/// What can be made. Who may not see everything cannot send everything.
fn sorts(cx: &Context, chosen: &str) -> Vec<Choice> {
    let all = [("bundle", m::exchange_bundle()), ("part", m::exchange_part()), ("whole", m::exchange_whole())];
    let may = all.into_iter().filter(|(sort, _)| *sort != "whole" || cx.app().clearance() == Marking::StrictlyConfidential);
    may.map(|(sort, name)| Choice::new(sort, name, sort == chosen || (chosen.is_empty() && sort == "bundle"))).collect()
}

fn kinds(model: &Model, chosen: &[&str]) -> Vec<Choice> {
    model.register_kinds().map(|k| Choice::new(&k.name, label(&k.label), chosen.contains(&k.name.as_str()))).collect()
}

/// Whether a reader may know that something was sent or taken in, by the marking of what may be in it.
fn is_seen(cx: &Context, clearance: &str) -> bool {
    clearance.is_empty() || clearance.parse::<Marking>().is_ok_and(|m| m <= cx.app().clearance())
}

/// What is told of how much was left out, above the clearance or for a field that got its marking later, to who may see all of it: to others
/// the numbers would count what they do not see.
pub(super) fn left_out(
    cx: &Context,
    above: u64,
    marked_since: &BTreeMap<String, u64>,
    redacted: u64,
    said: impl FnOnce(u64, u64) -> String,
) -> String {
    let sees_all = cx.app().clearance() == Marking::StrictlyConfidential;
    let left = above + marked_since.values().sum::<u64>();
    if sees_all && left + redacted > 0 { said(left, redacted) } else { String::new() }
}

fn from_history(cx: &Context) -> Vec<Link> {
    vec![Link::new(m::nav_history(), cx.link("/history", &[]))]
}

pub(super) fn from_exchange(cx: &Context) -> Vec<Link> {
    let mut steps = from_history(cx);
    steps.push(Link::new(m::exchange(), cx.link("/exchange", &[])));
    steps
}

/// What was opened or made is kept for a while only.
pub(super) fn gone() -> PageError {
    PageError::not_found(m::exchange_gone())
}

pub(super) fn wrong(error: &ExchangeError) -> PageError {
    PageError::bad_request(m::exchange_wrong()).because(error)
}

/// Kinds with how many statements there are of each.
pub(super) fn counted(cx: &Context, kinds: impl IntoIterator<Item = (String, u64)>) -> Vec<(String, u64)> {
    let name = |kind: &str| cx.model().kind(kind).map_or_else(|| code_label(cx.model(), "kind", kind), |k| label(&k.label));
    kinds.into_iter().map(|(kind, n)| (name(&kind), n)).collect()
}
