//! What goes from one office to another, in the browser: `overview` is the page with both forms, `make` puts a file together, `take`
//! looks into one that was sent and takes it in, `held` keeps either until then.

mod held;
mod make;
mod overview;
mod take;

use crate::app::App;
use crate::post::MOST_BYTES;
use crate::routes::form;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .merge(form("/exchange", get(overview::show)))
        .merge(form("/exchange/make", post(make::make)))
        .merge(form("/exchange/made", get(make::made)))
        .merge(form("/exchange/file", get(make::file)))
        .merge(form("/exchange/open", post(take::open).layer(DefaultBodyLimit::max(MOST_BYTES))))
        .merge(form("/exchange/opened", get(take::opened)))
        .merge(form("/exchange/take", post(take::take)))
        .merge(form("/exchange/taken", get(take::taken)))
}
