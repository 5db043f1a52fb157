//! Taking single values away for good, from statements that stand and that stand no more.

use crate::app::App;
use crate::cells::{code_label, field_called, field_says, names_in};
use crate::context::{Context, query};
use crate::error::PageError;
use crate::figures::{date, listed};
use crate::frame::{Link, Page, from_overview};
use crate::m;
use crate::post::{Fields, PostedForm};
use crate::request::{Author, KindName, PageRequest};
use crate::response::{PageResult, html, refused};
use crate::routes::form;
use askama::Template;
use axum::Router;
use axum::routing::get;
use remit_model::Kind;
use remit_store::{Redaction, Register};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::path::Path;

pub(super) fn routes() -> Router<App> {
    form("/redact/{kind}", get(show).post(post))
}

/// The parts of the envelope that may tell what a value told.
const TELLING: [&str; 4] = ["source", "url", "locator", "quote"];

/// What takes away what could be seen before: all of it, or single values.
pub(super) struct TakesAway {
    /// What can still be seen, and the command that takes it away.
    pub(super) note: String,
    /// Where single values are taken away; empty where several records are meant.
    pub(super) redact: String,
}

impl TakesAway {
    pub(super) fn of(cx: &Context, kind: &Kind, id: &str) -> TakesAway {
        TakesAway {
            note: m::raised_note(erase(cx, kind, id)),
            redact: cx.link(&format!("/redact/{}", kind.name), &[("record", id)]),
        }
    }

    /// The same of several records at once.
    pub(super) fn of_each(cx: &Context, kind: &Kind) -> TakesAway {
        TakesAway { note: m::raised_many_note(erase(cx, kind, EACH)), redact: String::new() }
    }
}

/// What stands in a command for each of several records.
pub(super) const EACH: &str = "RECORD";

/// The command that takes a record away for good.
fn erase(cx: &Context, kind: &Kind, record: &str) -> String {
    let [folder, record] = [cx.app().workspace().folder(), Path::new(record)].map(remit_files::for_shell);
    format!("remit erase {folder} {} {record}", kind.name)
}

/// Whether what was just recorded is for fewer readers than what it replaces.
#[derive(Deserialize)]
struct Raised {
    raised: bool,
}

/// Whether the entry that a page tells of has made something less visible than it was.
pub(super) fn is_raised(cx: &Context) -> Result<bool, PageError> {
    let entry = &cx.request.said;
    if entry.is_empty() {
        return Ok(false);
    }
    let raised: Vec<Raised> = cx.rows(query!("raised.sql"), &[("entry", entry.as_str().into())])?;
    Ok(raised.iter().any(|r| r.raised))
}

/// A value that was taken away.
#[derive(Deserialize)]
pub(super) struct RedactedValue {
    pub(super) statement: String,
    pub(super) field: String,
    ordered_by: String,
    reason: String,
    recorded_at: String,
    pub(super) current: bool,
}

impl RedactedValue {
    /// That it was, by whose order and why.
    pub(super) fn line(&self, cx: &Context, kind: &Kind) -> String {
        let (field, when) =
            (field_called(cx.model(), Some(kind), &self.field), date(self.recorded_at.get(..10).unwrap_or_default()));
        match self.ordered_by.is_empty() {
            true => m::redacted_before(field, when),
            false => m::redacted_line(field, when, &self.ordered_by, &self.reason),
        }
    }
}

/// The values of a record that were taken away.
pub(super) fn of_record(cx: &Context, kind: &Kind, record: &str) -> Result<Vec<RedactedValue>, PageError> {
    cx.rows(query!("redacted.sql"), &[("kind", kind.name.as_str().into()), ("record", record.into())])
}

#[derive(Template)]
#[template(path = "redact/page.html")]
struct RedactPage {
    page: Page,
    action: String,
    record: String,
    error: String,
    reason: String,
    ordered_by: String,
    statements: Vec<OfferedStatement>,
    /// What was done, in sentences; empty while nothing was.
    done: Vec<String>,
}

/// A statement of which values can be chosen.
struct OfferedStatement {
    head: String,
    values: Vec<OfferedValue>,
}

struct OfferedValue {
    /// The statement and the field, as the form sends them back.
    name: String,
    label: String,
    says: String,
    chosen: bool,
}

#[derive(Deserialize)]
struct RedactableStatement {
    statement: String,
    recorded_at: String,
    author: String,
    marking: String,
    current: bool,
    fields: Map<String, Value>,
    source: String,
    url: String,
    locator: String,
    quote: String,
}

async fn show(request: PageRequest, Author(_): Author, KindName(kind): KindName) -> PageResult {
    request
        .read(move |cx| {
            let record = cx.request.get("record").to_owned();
            draw(cx, &kind, &vec![("record".into(), record)].into(), String::new(), Vec::new())
        })
        .await
}

async fn post(
    request: PageRequest,
    Author(author): Author,
    KindName(kind): KindName,
    PostedForm(form): PostedForm<Fields>,
) -> PageResult {
    request.read(move |cx| redact(cx, &kind, &form, &author)).await
}

fn redact(cx: &Context, kind: &Kind, form: &Fields, author: &str) -> PageResult {
    // Nobody takes away what they may not see.
    let offered = offered(cx, kind, form)?;
    let chosen = offered.iter().flat_map(|s| &s.values).filter(|v| v.chosen).filter_map(|v| v.name.split_once(' '));
    let values: Vec<(String, String)> = chosen.map(|(id, field)| (id.to_owned(), field.to_owned())).collect();
    let (reason, ordered_by) = (form.get("reason").to_owned(), form.get("ordered_by").to_owned());
    if values.is_empty() {
        return refused(draw(cx, kind, form, m::redact_none_chosen(), Vec::new()));
    }
    if reason.is_empty() || ordered_by.is_empty() {
        return refused(draw(cx, kind, form, m::redact_needs_order(), Vec::new()));
    }
    let redacted = Register::open(cx.app().workspace())?.redact(&Redaction { values, reason, ordered_by }, author)?;
    let mut done = vec![m::redacted_done(redacted.values)];
    let known = redacted.named_in.iter().map(|(kind, record)| (kind.as_str(), record.as_str())).collect::<Vec<_>>();
    let names = cx.reader.called(&known)?;
    if !names.is_empty() {
        let mut names: Vec<String> = names.into_values().collect();
        names.sort();
        done.push(m::redacted_named_in(listed(&names)));
    }
    if !redacted.is_out_of_log {
        done.push(m::redacted_in_log());
    }
    draw(cx, kind, &vec![("record".into(), form.get("record").to_owned())].into(), String::new(), done)
}

fn draw(cx: &Context, kind: &Kind, form: &Fields, error: String, done: Vec<String>) -> PageResult {
    let record = form.get("record");
    // What is gone now is not offered once more.
    let statements = if done.is_empty() { offered(cx, kind, form)? } else { Vec::new() };
    let name = cx.reader.called(&[(&kind.name, record)])?.remove(record).unwrap_or_else(|| record.to_owned());
    let crumbs = vec![
        from_overview(cx),
        Link::new(&name, cx.record_link(&kind.name, record)),
        Link::new(m::nav_history(), cx.link(&format!("/history/{}", kind.name), &[("record", record)])),
    ];
    html(&RedactPage {
        page: Page::new(cx, m::redact_of(&name), crumbs).with_errors(!error.is_empty()),
        action: cx.link(&format!("/redact/{}", kind.name), &[]),
        record: record.to_owned(),
        error,
        reason: form.get("reason").to_owned(),
        ordered_by: form.get("ordered_by").to_owned(),
        statements,
        done,
    })
}

/// What was ever said of the record, as far as the reader sees it.
fn offered(cx: &Context, kind: &Kind, form: &Fields) -> Result<Vec<OfferedStatement>, PageError> {
    let own = [("kind", kind.name.as_str().into()), ("record", form.get("record").into())];
    let all: Vec<RedactableStatement> = cx.rows(query!("statements.sql"), &own)?;
    if all.is_empty() {
        return Err(PageError::not_found(m::error_no_history()));
    }
    let names = names_in(cx, all.iter().map(|s| (kind, &s.fields)))?;
    let one = |s: &RedactableStatement| {
        let told = kind
            .fields
            .iter()
            .filter_map(|f| Some((f.name.as_str(), field_says(cx.model(), f, Some(s.fields.get(&f.name)?), &names))));
        let around = TELLING.into_iter().zip([&s.source, &s.url, &s.locator, &s.quote].map(String::clone));
        let values = told.chain(around).filter(|(_, says)| !says.is_empty()).map(|(field, says)| {
            let name = format!("{} {field}", s.statement);
            OfferedValue {
                label: field_called(cx.model(), Some(kind), field),
                says,
                chosen: form.all("value").any(|v| v == name),
                name,
            }
        });
        let marking = code_label(cx.model(), "marking", &s.marking).to_lowercase();
        let stands = if s.current { m::redact_stands() } else { m::stands_no_more() };
        let head = m::redact_statement(marking, stands, date(s.recorded_at.get(..10).unwrap_or_default()), &s.author);
        OfferedStatement { head, values: values.collect() }
    };
    Ok(all.iter().map(one).filter(|s| !s.values.is_empty()).collect())
}
