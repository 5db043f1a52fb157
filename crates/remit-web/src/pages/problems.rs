//! What could not be read or used as it stands.

use super::{file_line, number, table_as_data, text};
use crate::app::App;
use crate::error::PageError;
use crate::language::language;
use crate::page::Page;
use crate::reason::Reason;
use crate::request::{Asked, Form, html};
use crate::say::{say, whole};
use crate::show::MOST;
use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use remit_ask::{PROBLEMS, PROBLEMS_BY_RULE};
use remit_store::{Cell, Reader, Table};

#[derive(Template)]
#[template(path = "problems.html")]
struct ProblemsPage {
    page: Page,
    total: String,
    rules: Vec<Rule>,
    problems: Vec<Problem>,
    more: String,
    chosen: String,
    all: String,
}

struct Rule {
    name: String,
    problems: String,
    records: String,
    href: String,
}

/// What stands at one place of a file and could not be used as it stands.
pub(crate) struct Problem {
    pub(crate) place: String,
    pub(crate) element: String,
    pub(crate) value: String,
    pub(crate) reason: Reason,
    /// The record that it is of, where the page is not that record's own, and its page.
    pub(crate) record: String,
    pub(crate) href: String,
}

impl Problem {
    /// Of a row with file, line, element, value, rule and reason.
    pub(crate) fn new(app: &App, table: &Table, row: usize) -> Problem {
        let own = |column: &str| text(table, row, column);
        Problem {
            place: file_line(table, row),
            element: own("element").to_owned(),
            value: own("value").to_owned(),
            reason: Reason::new(app.model(), own("rule"), own("reason")),
            record: String::new(),
            href: String::new(),
        }
    }
}

pub(crate) async fn show(State(app): State<App>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    app.read(asked.as_of.clone(), move |app, reader| respond(app, &asked, reader)).await
}

fn respond(app: &App, asked: &Asked, reader: &Reader) -> Result<Response, PageError> {
    let chosen = asked.get("rule").to_owned();
    let parameters = [("rule", Cell::Text(chosen.clone()))];
    let limited = format!("{PROBLEMS} limit {MOST}");
    let list = reader.query(if asked.form == Form::Html { &limited } else { PROBLEMS }, &parameters)?;
    if let Some(data) = table_as_data(asked, "problems", &list) {
        return Ok(data);
    }
    let counts = reader.query(PROBLEMS_BY_RULE, &[("rule", Cell::Text(String::new()))])?;
    let of = |row: usize| number(&counts, row, "problems");
    let total: f64 = (0..counts.rows.len()).map(of).sum();
    let here: f64 = (0..counts.rows.len()).filter(|r| chosen.is_empty() || text(&counts, *r, "rule") == chosen).map(of).sum();
    let items = (0..list.rows.len())
        .map(|r| {
            let record = text(&list, r, "record");
            let href = if record.is_empty() { String::new() } else { asked.link("/activity", &[("identifier", record)]) };
            Problem { record: record.to_owned(), href, ..Problem::new(app, &list, r) }
        })
        .collect();
    let name = |rule: &str| app.model().lists.name("import_rule", rule, language()).to_owned();
    let rules = (0..counts.rows.len())
        .map(|r| Rule {
            name: name(text(&counts, r, "rule")),
            problems: whole(of(r)),
            records: whole(number(&counts, r, "records")),
            href: asked.link("/problems", &[("rule", text(&counts, r, "rule"))]),
        })
        .collect();
    let template = ProblemsPage {
        page: Page::new(app, asked, say("nav-problems"), Vec::new()),
        total: whole(total),
        rules,
        problems: items,
        more: if here > MOST as f64 { whole(here - MOST as f64) } else { String::new() },
        chosen: if chosen.is_empty() { chosen } else { name(&chosen) },
        all: asked.link("/problems", &[]),
    };
    Ok(html(template.render()?))
}
