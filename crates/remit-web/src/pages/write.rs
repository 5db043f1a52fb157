//! What is done with one button: undo, withdraw, accept, reject, end a conflict, make two records one.

use super::edit::names;
use super::records::kind_of;
use super::text;
use crate::app::App;
use crate::error::PageError;
use crate::page::{Page, crumb};
use crate::request::{Asked, Posted, bare, html, see_other};
use crate::say::{called, coded, moment, say, with, with_one};

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::Response;
use remit_import::Meant;
use remit_model::{Kind, write_value};
use remit_store::{Draft, Reader, Register, Statement, Status};

/// A statement that the reader may see, whole.
fn statement(reader: &Reader, register: &Register, id: &str) -> Result<Statement, PageError> {
    let seen = reader.query("select record, withheld from statement where statement = :id", &[("id", id.into())])?;
    let found = if seen.rows.is_empty() { None } else { register.statement(id)? };
    found.ok_or_else(|| PageError::not_found(say("error-no-statement")))
}

/// Back to the record, with the entry that can be undone.
fn done(asked: &Asked, s: &Statement, entry: &str) -> Response {
    see_other(&asked.link(&format!("/record/{}", s.draft.kind), &[("record", &s.draft.record), ("said", entry)]))
}

pub(crate) async fn undo(State(app): State<App>, uri: Uri, body: Bytes) -> Result<Response, PageError> {
    let (asked, author, posted) = (Asked::new(&app, &uri)?, app.may_write()?, Posted::new(&body));
    app.read(asked.as_of.clone(), move |app, reader| {
        let entry = posted.get("entry");
        let seen = reader.query("select count(*) from statement where entry = :entry", &[("entry", entry.into())])?;
        let mut register = Register::open(app.workspace())?;
        let all = register.entry_statements(entry)?;
        if all.is_empty() || seen.rows[0][0].number() != Some(all.len() as f64) {
            return Err(PageError::not_found(say("error-no-entry")));
        }
        register.undo(entry, &author)?;
        Ok(see_other(&asked.link("/history", &[])))
    })
    .await
}

pub(crate) async fn withdraw(State(app): State<App>, uri: Uri, body: Bytes) -> Result<Response, PageError> {
    let (asked, author, posted) = (Asked::new(&app, &uri)?, app.may_write()?, Posted::new(&body));
    app.read(asked.as_of.clone(), move |app, reader| {
        let mut register = Register::open(app.workspace())?;
        let s = statement(reader, &register, posted.get("statement"))?;
        let mut entry = register.entry(&author, "withdrawn")?;
        entry.append(&Draft { withdrawn: true, supersedes: vec![s.id.clone()], origin: String::new(), ..s.draft.clone() })?;
        let recorded = entry.commit()?;
        let left = register.has(&s.draft.kind, &s.draft.record)?;
        Ok(if left { done(&asked, &s, &recorded.entry) } else { see_other(&asked.link("/history", &[])) })
    })
    .await
}

pub(crate) async fn decide(State(app): State<App>, uri: Uri, body: Bytes) -> Result<Response, PageError> {
    let (asked, author, posted) = (Asked::new(&app, &uri)?, app.may_write()?, Posted::new(&body));
    app.read(asked.as_of.clone(), move |app, reader| {
        let mut register = Register::open(app.workspace())?;
        let s = statement(reader, &register, posted.get("statement"))?;
        let accepted = posted.get("decision") == "accepted";
        let mut entry = register.entry(&author, if accepted { "accepted" } else { "rejected" })?;
        if accepted {
            // It takes the place of what it was to replace, and of the proposal itself.
            let supersedes = s.draft.supersedes.iter().chain([&s.id]).cloned().collect();
            entry.append(&Draft { status: Status::Accepted, supersedes, ..s.draft.clone() })?;
        } else {
            entry.append(&Draft { status: Status::Rejected, supersedes: vec![s.id.clone()], ..s.draft.clone() })?;
        }
        let recorded = entry.commit()?;
        Ok(back(posted.get("back"), &recorded.entry).unwrap_or_else(|| done(&asked, &s, &recorded.entry)))
    })
    .await
}

/// To the page of this server that a form came from, with the entry that can be undone.
pub(super) fn back(page: &str, entry: &str) -> Option<Response> {
    let own = page.starts_with('/') && !page.starts_with("//") && !page.contains(['\\', '\r', '\n', '#']);
    own.then(|| see_other(&format!("{page}{}said={entry}", if page.contains('?') { '&' } else { '?' })))
}

pub(crate) async fn solve(State(app): State<App>, uri: Uri, body: Bytes) -> Result<Response, PageError> {
    let (asked, author, posted) = (Asked::new(&app, &uri)?, app.may_write()?, Posted::new(&body));
    app.read(asked.as_of.clone(), move |app, reader| {
        let mut register = Register::open(app.workspace())?;
        let s = statement(reader, &register, posted.get("statement"))?;
        let mut supersedes = vec![s.id.clone()];
        for other in posted.get("others").split(' ').filter(|o| !o.is_empty()) {
            supersedes.push(statement(reader, &register, other)?.id);
        }
        let mut entry = register.entry(&author, "solved a conflict")?;
        entry.append(&Draft { supersedes, origin: String::new(), ..s.draft.clone() })?;
        let recorded = entry.commit()?;
        Ok(done(&asked, &s, &recorded.entry))
    })
    .await
}

#[derive(Template)]
#[template(path = "merge.html")]
struct MergePage {
    page: Page,
    action: String,
    record: String,
    name: String,
    other: String,
    error: String,
    kind: String,
    alike: Vec<(String, String)>,
}

pub(crate) async fn merge_form(State(app): State<App>, Path(kind): Path<String>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    app.may_write()?;
    let kind = kind_of(&app, &kind)?.clone();
    app.read(asked.as_of.clone(), move |app, reader| draw_merge(app, &asked, reader, &kind, asked.get("record"), "", "")).await
}

fn draw_merge(
    app: &App,
    asked: &Asked,
    reader: &Reader,
    kind: &Kind,
    record: &str,
    other: &str,
    error: &str,
) -> Result<Response, PageError> {
    let titled = super::edit::titled(kind, reader)?;
    let name = titled.iter().find(|(r, _)| r == record).map_or(record, |(_, n)| n.as_str()).to_owned();
    let mut alike: Vec<(f64, String, String)> = titled
        .iter()
        .filter(|(r, _)| r != record)
        .map(|(r, n)| (remit_model::likeness(&name, n), r.clone(), n.clone()))
        .filter(|(alike, ..)| *alike > 0.75)
        .collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0));
    alike.truncate(8);
    let template = MergePage {
        page: Page::new(
            app,
            asked,
            with_one("same-as", "name", name.as_str()),
            vec![
                crumb(say("overview"), asked.link("/", &[])),
                crumb(name.clone(), asked.link(&format!("/record/{}", kind.name), &[("record", record)])),
            ],
        ),
        action: asked.link(&format!("/merge/{}", kind.name), &[]),
        record: record.to_owned(),
        other: other.to_owned(),
        error: error.to_owned(),
        kind: kind.name.clone(),
        alike: alike.into_iter().map(|(_, record, name)| (record, name)).collect(),
        name,
    };
    Ok(html(template.render()?))
}

pub(crate) async fn merge(
    State(app): State<App>,
    Path(kind): Path<String>,
    uri: Uri,
    body: Bytes,
) -> Result<Response, PageError> {
    let (asked, author, posted) = (Asked::new(&app, &uri)?, app.may_write()?, Posted::new(&body));
    let kind = kind_of(&app, &kind)?.clone();
    app.read(asked.as_of.clone(), move |app, reader| {
        let (record, typed) = (posted.get("record"), posted.get("other"));
        let other = match names(app, reader, &kind.name)?.find(typed, "") {
            Meant::One(other) if other != record => other,
            Meant::One(_) => {
                return draw_merge(app, &asked, reader, &kind, record, typed, &say("itself"));
            }
            Meant::Several(all) => {
                let error = with("several-called-so", &[("n", all.len().into()), ("ids", all.join(", ").into())]);
                return draw_merge(app, &asked, reader, &kind, record, typed, &error);
            }
            Meant::None => return draw_merge(app, &asked, reader, &kind, record, typed, &say("none-called-so")),
        };
        let recorded = Register::open(app.workspace())?.merge(&kind.name, record, &other, &author)?;
        Ok(see_other(&asked.link(&format!("/record/{}", kind.name), &[("record", record), ("said", &recorded.entry)])))
    })
    .await
}

#[derive(Template)]
#[template(path = "history.html")]
struct HistoryPage {
    page: Page,
    lead: String,
    rows: Vec<HistoryRow>,
    writes: bool,
}

struct HistoryRow {
    /// When, who, what.
    head: String,
    says: String,
    before: Vec<(String, String, String)>,
    source: String,
    entry: String,
    undone: bool,
}

/// What was recorded at once, the newest first.
pub(crate) async fn entries(State(app): State<App>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    app.read(asked.as_of.clone(), move |app, reader| {
        let table = reader.query(
            "select recorded_at, author, act, statements, standing, entry from entry order by recorded_at desc limit 200",
            &[],
        )?;
        if let Some(data) = super::table_as_data(&asked, "history", &table) {
            return Ok(data);
        }
        let rows = (0..table.rows.len()).map(|r| HistoryRow {
            head: head(&table, r, coded("act", text(&table, r, "act"))),
            says: with(
                "statements-stand",
                &[
                    ("n", super::number(&table, r, "statements").into()),
                    ("standing", super::number(&table, r, "standing").into()),
                ],
            ),
            before: Vec::new(),
            source: String::new(),
            entry: text(&table, r, "entry").to_owned(),
            undone: super::number(&table, r, "standing") == 0.0,
        });
        let template = HistoryPage {
            page: Page::new(app, &asked, say("nav-history"), vec![crumb(say("overview"), asked.link("/", &[]))]),
            lead: say("history-lead"),
            rows: rows.collect(),
            writes: app.author().is_some(),
        };
        Ok(html(template.render()?))
    })
    .await
}

/// Every statement about a record, with what each changed.
pub(crate) async fn history(State(app): State<App>, Path(kind): Path<String>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    let kind = kind_of(&app, bare(&kind))?.clone();
    app.read(asked.as_of.clone(), move |app, reader| {
        let record = asked.get("record").to_owned();
        let sql = "select s.*, (select b.fields from statement b where b.statement = s.supersedes) as fields_before from statement s \
                   where s.kind = :kind and s.record = :record order by s.seq desc";
        let table = reader.query(sql, &[("kind", kind.name.as_str().into()), ("record", record.as_str().into())])?;
        if table.rows.is_empty() {
            return Err(PageError::not_found(say("error-no-history")));
        }
        if let Some(data) = super::table_as_data(&asked, "history", &table) {
            return Ok(data);
        }
        let name = text(&table, 0, "title").to_owned();
        let rows = (0..table.rows.len()).map(|r| history_row(app, &kind, &table, r));
        let template = HistoryPage {
            page: Page::new(app, &asked, with_one("history-of", "name", name.as_str()), vec![crumb(say("overview"), asked.link("/", &[])), crumb(name, asked.link(&format!("/record/{}", kind.name), &[("record", &record)]))]),
            lead: say("history-of-lead"),
            rows: rows.collect(),
            writes: app.author().is_some(),
        };
        Ok(html(template.render()?))
    })
    .await
}

fn history_row(app: &App, kind: &Kind, table: &remit_store::Table, r: usize) -> HistoryRow {
    let fields = |column: &str| -> serde_json::Map<String, serde_json::Value> {
        serde_json::from_str(text(table, r, column)).unwrap_or_default()
    };
    let (now, before) = (fields("fields"), fields("fields_before"));
    let withdrawn = table.get(r, "withdrawn").number() == Some(1.0);
    let mut changes = Vec::new();
    if !before.is_empty() && !withdrawn {
        for field in &kind.fields {
            let (b, n) = (before.get(&field.name), now.get(&field.name));
            if b != n {
                let text = |v: Option<&serde_json::Value>| v.map_or_else(|| say("nothing"), write_value);
                changes.push((called(&field.label), text(b), text(n)));
            }
        }
    }
    let what = match (withdrawn, text(table, r, "status_of_statement")) {
        (true, _) => with_one("says-no-more", "act", coded("act", text(table, r, "act"))),
        (false, "accepted") => coded("act", text(table, r, "act")),
        (false, status) => format!("{}, {}", coded("act", text(table, r, "act")), coded("act", status)),
    };
    HistoryRow {
        head: head(table, r, what),
        says: if changes.is_empty() { crate::show::says(app.model(), kind, text(table, r, "fields")) } else { String::new() },
        before: changes,
        source: [text(table, r, "source"), text(table, r, "locator")]
            .iter()
            .filter(|t| !t.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(", "),
        entry: text(table, r, "entry").to_owned(),
        undone: table.get(r, "current").number() != Some(1.0),
    }
}

/// When, who, what.
fn head(table: &remit_store::Table, r: usize, what: String) -> String {
    let when = moment(text(table, r, "recorded_at"));
    with("history-row", &[("when", when.into()), ("who", text(table, r, "author").into()), ("what", what.into())])
}
