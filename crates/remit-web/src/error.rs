//! What a reader sees when something is wrong: a page that says what, and what to do.

use crate::language::{direction, language};
use crate::say::{say, with_one};
use askama::Template;
use axum::extract::multipart::MultipartError;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use remit_ask::AskError;
use remit_store::StoreError;
use std::fmt::Display;

/// A page that cannot be shown.
#[derive(Debug)]
pub(crate) struct PageError {
    status: StatusCode,
    message: String,
}

impl PageError {
    /// There is no such thing.
    pub(crate) fn not_found(message: impl Into<String>) -> PageError {
        PageError { status: StatusCode::NOT_FOUND, message: message.into() }
    }

    /// The address asks for something that makes no sense.
    pub(crate) fn bad_request(message: impl Into<String>) -> PageError {
        PageError { status: StatusCode::BAD_REQUEST, message: message.into() }
    }

    /// It may not be done.
    pub(crate) fn forbidden(message: impl Into<String>) -> PageError {
        PageError { status: StatusCode::FORBIDDEN, message: message.into() }
    }

    /// Our fault.
    pub(crate) fn internal(cause: &dyn Display) -> PageError {
        eprintln!("remit: a page failed: {cause}");
        PageError { status: StatusCode::INTERNAL_SERVER_ERROR, message: say("error-internal") }
    }
}

impl From<StoreError> for PageError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Refused(message) => PageError::bad_request(message),
            StoreError::Busy => PageError { status: StatusCode::SERVICE_UNAVAILABLE, message: error.to_string() },
            other => PageError::internal(&other),
        }
    }
}

impl From<AskError> for PageError {
    fn from(error: AskError) -> Self {
        match error {
            AskError::Unknown(..) => PageError::not_found(error.to_string()),
            AskError::Parameter { .. } | AskError::Value { .. } => PageError::bad_request(error.to_string()),
            _ => PageError::internal(&error),
        }
    }
}

impl From<MultipartError> for PageError {
    fn from(error: MultipartError) -> Self {
        PageError::bad_request(with_one("error-not-whole", "reason", error.to_string()))
    }
}

impl From<askama::Error> for PageError {
    fn from(error: askama::Error) -> Self {
        PageError::internal(&error)
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    language: &'a str,
    direction: &'a str,
    title: &'a str,
    message: &'a str,
    back: String,
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let title = match self.status {
            StatusCode::NOT_FOUND => say("error-not-found"),
            StatusCode::BAD_REQUEST => say("error-bad"),
            StatusCode::FORBIDDEN => say("error-forbidden"),
            _ => say("error-wrong"),
        };
        let page = ErrorPage {
            language: language().code(),
            direction: direction(),
            title: &title,
            message: &self.message,
            back: say("to-overview"),
        }
        .render()
        .unwrap_or_else(|_| self.message.clone());
        (self.status, Html(page)).into_response()
    }
}
