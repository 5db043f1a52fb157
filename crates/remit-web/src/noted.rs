//! Looks at what is on file about people are noted: at the pages of its kinds when they are asked for, since they may be made already, and at
//! answers wherever they stand. A look changes the workspace, so that no page with such an answer is shown a second time without another.

use crate::app::App;
use crate::error::PageError;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use remit_model::{Kind, Marking};

/// Notes a look at a page of a kind before it is shown; what cannot be noted is not shown.
pub(crate) async fn note(State(app): State<App>, request: Request, next: Next) -> Response {
    if *request.method() == Method::GET && is_of_noted_kind(&app, request.uri().path()) {
        let what = as_read(request.uri().path(), request.uri().query().unwrap_or_default());
        match tokio::task::spawn_blocking(move || keep(&app, &what)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return error.into_response(),
            Err(_) => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
    next.run(request).await
}

/// Notes that an answer is shown on the page of a path, where that is not noted by itself.
pub(crate) fn answer(app: &App, path: &str, question: &str, given: &[(String, String)]) -> Result<(), PageError> {
    if !sees_noted(app) || is_of_noted_kind(app, path) {
        return Ok(());
    }
    let given: Vec<String> = given.iter().filter(|(_, v)| !v.is_empty()).map(|(n, v)| format!("{n}={v}")).collect();
    keep(app, format!("/ask/{question} {}", given.join(" ")).trim())
}

/// Notes that a search has found records of kinds of which looks are noted: these, and not what was typed, which may be half of a name
/// that is erased one day.
pub(crate) fn found<'r>(app: &App, records: impl Iterator<Item = (&'r str, &'r str)>) -> Result<(), PageError> {
    let found: Vec<String> =
        records.filter(|(kind, _)| is_noted(app, kind)).map(|(kind, record)| format!("{kind}={record}")).collect();
    if found.is_empty() || app.site().is_some() {
        return Ok(());
    }
    keep(app, &format!("/search {}", found.join(" ")))
}

/// Notes that somebody takes a part of the workspace along, up to a marking, where it has what looks are noted of; of no kinds, all.
pub(crate) fn taken_along(app: &App, what: &str, clearance: Marking, kinds: &[String]) -> Result<(), PageError> {
    let takes = |kind: &Kind| kinds.is_empty() || kinds.contains(&kind.name);
    Ok(app.workspace().note_look_at(app.author().unwrap_or("reader"), clearance, what, takes)?)
}

fn keep(app: &App, what: &str) -> Result<(), PageError> {
    Ok(app.workspace().note_look(app.author().unwrap_or("reader"), app.clearance(), what)?)
}

/// True where something may be shown of which looks are noted.
fn sees_noted(app: &App) -> bool {
    app.kinds().any(|k| k.noted && app.clearance() >= k.marking)
}

/// True for the pages of a kind that says so.
fn is_of_noted_kind(app: &App, path: &str) -> bool {
    is_noted(app, path.trim_matches('/').split('/').nth(1).unwrap_or_default())
}

/// True for a kind of which looks are noted, and something may be shown.
fn is_noted(app: &App, kind: &str) -> bool {
    app.kinds().any(|k| k.name == kind && k.noted && app.clearance() >= k.marking)
}

/// An address as people read it, without its day.
fn as_read(path: &str, query: &str) -> String {
    let asked = form_urlencoded::parse(query.as_bytes()).filter(|(name, value)| name != "valid_on" && !value.is_empty());
    let asked: Vec<String> = asked.map(|(name, value)| format!("{name}={value}")).collect();
    format!("{path} {}", asked.join(" ")).trim().to_owned()
}
