//! What is sent back: a page, or a file in the format that was asked for.

use crate::error::PageError;
use crate::format::Format;
use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

/// What a page answers.
pub(crate) type PageResult = Result<Response, PageError>;

/// Sends the browser on after something was done, so that going back does not do it again.
pub(crate) fn see_other(address: &str) -> Response {
    Redirect::to(address).into_response()
}

/// To the page of this server that a form came from, with the entry that can be undone.
pub(crate) fn back(page: &str, entry: &str) -> Option<Response> {
    is_own(page).then(|| see_other(&format!("{page}{}said={entry}", if page.contains('?') { '&' } else { '?' })))
}

/// True for a page of this server. A browser leaves tabs and the like out, and `/\t/host` is another host's.
pub(crate) fn is_own(page: &str) -> bool {
    page.starts_with('/') && !page.starts_with("//") && !page.contains(|c: char| matches!(c, '\\' | '#') || c.is_control())
}

/// A page.
pub(crate) fn html(page: &impl Template) -> PageResult {
    Ok(in_format(Format::Html, page.render()?))
}

/// A form that could not be used as it was sent, shown again with what was typed and what is wrong with it.
pub(crate) fn refused(page: PageResult) -> PageResult {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page?).into_response())
}

/// JSON for a program.
pub(crate) fn json(value: &serde_json::Value) -> Response {
    in_format(Format::Json, value.to_string())
}

/// A workbook, to be kept as a file of this name.
pub(crate) fn xlsx(name: &str, bytes: Vec<u8>) -> Response {
    file(Format::Xlsx, name, bytes)
}

/// A Word document, to be kept as a file of this name.
pub(crate) fn docx(name: &str, bytes: Vec<u8>) -> Response {
    kept_as(name, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", bytes)
}

/// A PDF, to be kept as a file of this name.
pub(crate) fn pdf(name: &str, bytes: Vec<u8>) -> Response {
    kept_as(name, "pdf", "application/pdf", bytes)
}

/// A file for another office, to be kept as a file of this name.
pub(crate) fn parcel(name: &str, bytes: Vec<u8>) -> Response {
    kept_as(name, "remit", "application/octet-stream", bytes)
}

fn kept_as(name: &str, ending: &str, media: &'static str, bytes: Vec<u8>) -> Response {
    let about = [(header::CONTENT_DISPOSITION, attachment(name, ending)), (header::CONTENT_TYPE, media.to_owned())];
    (about, bytes).into_response()
}

/// What was written in a format; what cannot be shown is kept as a file of this name.
pub(crate) fn file(format: Format, name: &str, bytes: Vec<u8>) -> Response {
    if format.is_text() {
        return in_format(format, bytes);
    }
    ([(header::CONTENT_DISPOSITION, attachment(name, format.ending()))], in_format(format, bytes)).into_response()
}

fn attachment(name: &str, ending: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("attachment; filename=\"{plain}.{ending}\"")
}

fn in_format(format: Format, body: impl IntoResponse) -> Response {
    ([(header::CONTENT_TYPE, format.media_type())], body).into_response()
}
