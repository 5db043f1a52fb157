//! What an address asks for: the as-of, the parameters, the form.

use crate::app::App;
use crate::error::PageError;
use crate::language;
use crate::say::with_one;
use axum::http::{Uri, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use remit_model::{Day, Language, Marking};
use remit_store::{AsOf, Cell, Table};
use std::cmp::Ordering;

/// The form of an answer, by the extension of its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Html,
    Json,
    Csv,
    Xlsx,
}

/// An address, taken apart.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// The path without the form's extension.
    pub(crate) path: String,
    pub(crate) form: Form,
    pub(crate) as_of: AsOf,
    /// Parameters besides those of the as-of, without empty ones.
    pub(crate) parameters: Vec<(String, String)>,
    /// The column that the rows are sorted by, with a minus before it where the largest comes first.
    pub(crate) sort: String,
}

impl Asked {
    /// Reads an address.
    pub(crate) fn new(app: &App, uri: &Uri) -> Result<Asked, PageError> {
        let (path, form) = match uri.path() {
            p if p.ends_with(".json") => (p.trim_end_matches(".json"), Form::Json),
            p if p.ends_with(".csv") => (p.trim_end_matches(".csv"), Form::Csv),
            p if p.ends_with(".xlsx") => (p.trim_end_matches(".xlsx"), Form::Xlsx),
            p => (p, Form::Html),
        };
        let mut as_of = AsOf { valid_on: app.workspace().default_day(), known_on: None, clearance: app.clearance() };
        let (mut parameters, mut sort) = (Vec::new(), String::new());
        for (name, value) in form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()) {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            match name.as_ref() {
                "valid_on" => {
                    as_of.valid_on = Day::parse(value).ok_or_else(|| {
                        PageError::bad_request(format!("valid_on: {}", with_one("error-not-a-date", "value", value)))
                    })?;
                }
                "known_on" => {
                    as_of.known_on =
                        Some(AsOf::parse_known_on(value).map_err(|e| PageError::bad_request(format!("known_on: {e}")))?);
                }
                "clearance" => {
                    // A reader may ask to see less than it may, never more.
                    let wanted: Marking = value.parse().map_err(PageError::bad_request)?;
                    as_of.clearance = wanted.min(app.clearance());
                }
                "sort" => sort = value.to_owned(),
                // Which language it is in has been decided already.
                language::NAME => {}
                _ => parameters.push((name.into_owned(), value.to_owned())),
            }
        }
        Ok(Asked { path: if path == "/index" { "/".into() } else { path.to_owned() }, form, as_of, parameters, sort })
    }

    /// The value of a parameter, or nothing.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.parameters.iter().rev().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }

    /// An address on this server that keeps the day, so that a link shows tomorrow what it shows today.
    pub(crate) fn link(&self, path: &str, parameters: &[(&str, &str)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in parameters.iter().filter(|(_, v)| !v.is_empty()) {
            query.append_pair(name, value);
        }
        query.append_pair("valid_on", &self.as_of.valid_on.to_string());
        if let Some(known_on) = &self.as_of.known_on {
            query.append_pair("known_on", known_on);
        }
        format!("{path}?{}", query.finish())
    }

    /// This page in a language, which is kept from then on.
    pub(crate) fn in_language(&self, language: Language) -> String {
        let parameters = self.parameters.iter().map(|(n, v)| (n.as_str(), v.as_str()));
        let chosen = [("sort", self.sort.as_str()), (language::NAME, language.code())];
        self.link(&self.path, &parameters.chain(chosen).collect::<Vec<_>>())
    }

    /// This address in another form.
    pub(crate) fn as_form(&self, extension: &str) -> String {
        let path = if self.path == "/" { "/index" } else { &self.path };
        let parameters: Vec<(&str, &str)> = self.parameters.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let sort = [("sort", self.sort.as_str())];
        self.link(&format!("{path}.{extension}"), &[&parameters[..], &sort].concat())
    }

    /// The rows of a table in the order that was asked for; what is not known comes last either way.
    pub(crate) fn sorted(&self, table: &Table) -> Table {
        let (name, down) = self.sort.strip_prefix('-').map_or((self.sort.as_str(), false), |name| (name, true));
        let mut table = table.clone();
        if let Some(at) = table.column(name) {
            table.rows.sort_by(|a, b| match (&a[at], &b[at]) {
                (a, b) if a.is_null() || b.is_null() => a.is_null().cmp(&b.is_null()),
                (a, b) if down => order(b, a),
                (a, b) => order(a, b),
            });
        }
        table
    }
}

fn order(a: &Cell, b: &Cell) -> Ordering {
    match (a.number(), b.number()) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        (None, None) => a.text().map(str::to_lowercase).cmp(&b.text().map(str::to_lowercase)),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

/// A name in an address without the extension of the form.
pub(crate) fn bare(name: &str) -> &str {
    [".json", ".csv", ".xlsx"].iter().find_map(|e| name.strip_suffix(e)).unwrap_or(name)
}

/// What a form sent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Posted(pub(crate) Vec<(String, String)>);

impl Posted {
    pub(crate) fn new(body: &[u8]) -> Posted {
        Posted(form_urlencoded::parse(body).map(|(n, v)| (n.into_owned(), v.trim().to_owned())).collect())
    }

    /// The value of a field, or nothing.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }

    /// All values of a field.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(n, v)| n == name && !v.is_empty()).map(|(_, v)| v.clone()).collect()
    }
}

/// Sends the browser on after something was done, so that going back does not do it again.
pub(crate) fn see_other(address: &str) -> Response {
    Redirect::to(address).into_response()
}

/// A page.
pub(crate) fn html(page: String) -> Response {
    Html(page).into_response()
}

/// JSON for a program.
pub(crate) fn json(value: &serde_json::Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], value.to_string()).into_response()
}

/// A workbook.
pub(crate) fn xlsx(name: &str, bytes: Vec<u8>) -> Response {
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let headers = [
        (header::CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{plain}.xlsx\"")),
    ];
    (headers, bytes).into_response()
}

/// CSV for a spreadsheet.
pub(crate) fn csv(text: String) -> Response {
    ([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], text).into_response()
}
