//! Where what is answered. A page says its own address and formats, in the folder where it stands: see [`page`].

use crate::app::App;
use crate::format::{Format, Offered};
use crate::page_cache;
use crate::request::Takes;
use axum::handler::Handler;
use axum::routing::{MethodRouter, get};
use axum::{Extension, Router, middleware};
use tower_http::compression::CompressionLayer;

/// A page that shows something, with the parameters that its address may have: it can be had in every format.
pub(crate) fn page<T: 'static>(path: &str, takes: &'static [&'static str], show: impl Handler<T, App>) -> Router<App> {
    offered(path, Format::TABLES, kept(get(show)).layer(Extension(Takes(takes))))
}

/// The same for a page whose parameters follow from a kind or a question: it asks for them itself (`PageRequest::takes_only`).
pub(crate) fn open_page<T: 'static>(path: &str, show: impl Handler<T, App>) -> Router<App> {
    offered(path, Format::TABLES, kept(get(show)))
}

/// The same for an answer, which may have days too.
pub(crate) fn answer_page<T: 'static>(path: &str, show: impl Handler<T, App>) -> Router<App> {
    offered(path, Format::ALL, kept(get(show)))
}

/// The same where something can be sent to it: it may tell of what is being done with that, so it is not kept.
pub(crate) fn page_and_form(path: &str, takes: &'static [&'static str], methods: MethodRouter<App>) -> Router<App> {
    offered(path, Format::TABLES, methods.layer(Extension(Takes(takes))))
}

/// A page to do something on, which is nothing to download.
pub(crate) fn form(path: &str, methods: MethodRouter<App>) -> Router<App> {
    offered(path, &[Format::Html], methods)
}

/// A file, which is no page.
pub(crate) fn file<T: 'static>(path: &str, format: &'static [Format], make: impl Handler<T, App>) -> Router<App> {
    offered(path, format, get(make))
}

/// What is made once for all who ask, small as it is sent.
fn kept(methods: MethodRouter<App>) -> MethodRouter<App> {
    methods.layer(CompressionLayer::new().gzip(true)).layer(middleware::from_fn(page_cache::keep))
}

fn offered(path: &str, formats: &'static [Format], methods: MethodRouter<App>) -> Router<App> {
    Router::new().route(path, methods.layer(Extension(Offered(formats))))
}
