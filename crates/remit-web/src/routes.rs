//! Where what is answered. A page says its own address and formats, in the folder where it stands: see [`page`].

use crate::app::App;
use crate::error::PageError;
use crate::format::{Format, Offered, take_ending};
use crate::messages::m;
use crate::{guard, keep, language, noted, pages};
use axum::extract::Request;
use axum::handler::Handler;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use axum::{Extension, Router, middleware};
use tower::Layer;
use tower::util::{MapRequest, MapRequestLayer};
use tower_http::compression::CompressionLayer;

/// A page that shows something: it can be had in every format.
pub(crate) fn page<T: 'static>(path: &str, show: impl Handler<T, App>) -> Router<App> {
    offered(path, Format::TABLES, kept(get(show)))
}

/// The same for an answer, which may have days too.
pub(crate) fn answer_page<T: 'static>(path: &str, show: impl Handler<T, App>) -> Router<App> {
    offered(path, Format::ALL, kept(get(show)))
}

/// The same where something can be sent to it: it may tell of what is being done with that, so it is not kept.
pub(crate) fn page_and_form(path: &str, methods: MethodRouter<App>) -> Router<App> {
    offered(path, Format::TABLES, methods)
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
    methods.layer(CompressionLayer::new().gzip(true)).layer(middleware::from_fn(keep::keep))
}

fn offered(path: &str, formats: &'static [Format], methods: MethodRouter<App>) -> Router<App> {
    Router::new().route(path, methods.layer(Extension(Offered(formats))))
}

/// The largest sheet or document that a browser may send.
pub(crate) const MOST_BYTES: usize = 64 << 20;

/// What pages are drawn and helped with: name, type, content.
pub(crate) const ASSETS: [(&str, &str, &str); 4] = [
    ("remit.js", "text/javascript; charset=utf-8", include_str!("../assets/remit.js")),
    ("site.js", "text/javascript; charset=utf-8", include_str!("../assets/site.js")),
    ("remit.css", "text/css; charset=utf-8", include_str!("../assets/remit.css")),
    ("favicon.svg", "image/svg+xml", include_str!("../assets/favicon.svg")),
];

/// The pages for who makes files of them: nobody else can ask.
pub(crate) fn published(app: App) -> Router {
    answered(pages::all()).layer(middleware::from_fn_with_state(app.clone(), language::speak)).with_state(app)
}

/// All that the server answers.
pub(crate) fn service(app: App) -> MapRequest<Router, fn(Request) -> Request> {
    let assets = ASSETS.iter().fold(pages::all(), |all, (name, media, text)| all.route(&format!("/{name}"), asset(media, text)));
    let router = answered(assets)
        .layer(middleware::from_fn_with_state(app.clone(), noted::note))
        .layer(middleware::from_fn_with_state(app.clone(), guard::guard))
        .layer(middleware::from_fn_with_state(app.clone(), language::speak))
        .layer(Extension(app.clone()))
        .layer(CompressionLayer::new().gzip(true))
        .with_state(app);
    MapRequestLayer::new(take_ending as fn(Request) -> Request).layer(router)
}

fn asset(media: &'static str, text: &'static str) -> MethodRouter<App> {
    get(move || async move { ([(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, "max-age=3600")], text) })
}

/// The same, where what cannot be answered is told as a page too.
fn answered(router: Router<App>) -> Router<App> {
    router.fallback(not_found).method_not_allowed_fallback(only_forms)
}

/// An address to which only a form leads: somebody went back to it, or copied it.
async fn only_forms() -> Response {
    PageError::new(StatusCode::METHOD_NOT_ALLOWED, m::error_only_forms()).into_response()
}

/// An address that leads nowhere.
async fn not_found(uri: Uri) -> Response {
    PageError::not_found(m::error_no_page(uri.path())).into_response()
}
