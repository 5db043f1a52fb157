//! All that is answered, put together: every page, before it what all requests go through, and what becomes of those that lead nowhere.

use crate::app::App;
use crate::assets::ASSETS;
use crate::error::PageError;
use crate::format::take_ending;
use crate::messages::m;
use crate::publish::SitePages;
use crate::{language, noted, pages, request_guard};
use axum::body::Body;
use axum::extract::Request;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use axum::{Extension, Router, middleware};
use remit_model::Languages;
use std::sync::Arc;
use tower::util::{MapRequest, MapRequestLayer};
use tower::{Layer, ServiceExt as _};
use tower_http::compression::CompressionLayer;

/// The pages for who makes files of them: nobody else can ask.
pub(crate) fn published(app: App) -> Router {
    answered(pages::all()).layer(middleware::from_fn_with_state(languages(&app), language::speak)).with_state(app)
}

/// All that the server answers.
pub(crate) fn service(app: App) -> MapRequest<Router, fn(Request) -> Request> {
    let assets = ASSETS.iter().fold(pages::all(), |all, (name, media, text)| all.route(&format!("/{name}"), asset(media, text)));
    let router = answered(assets)
        .layer(middleware::from_fn_with_state(app.clone(), noted::note))
        .layer(middleware::from_fn_with_state(app.clone(), request_guard::guard))
        .layer(middleware::from_fn_with_state(languages(&app), language::speak))
        .layer(Extension(app.clone()))
        .layer(Extension(SitePages(published)))
        .layer(CompressionLayer::new().gzip(true))
        .with_state(app);
    MapRequestLayer::new(take_ending as fn(Request) -> Request).layer(router)
}

/// Makes the home page while a browser starts.
pub(crate) async fn make_home(app: App) {
    let _ = published(app).oneshot(Request::new(Body::empty())).await;
}

/// In which a page may be made.
fn languages(app: &App) -> Arc<Languages> {
    Arc::new(app.model().languages.clone())
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
