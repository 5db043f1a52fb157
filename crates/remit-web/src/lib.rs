//! Remit in a browser: pages rendered on the server, readable without JavaScript, each also as JSON and CSV by its
//! extension. It listens on this machine only, and asks nothing of any other.

#![deny(missing_docs)]

mod app;
mod chart;
mod draw;
mod error;
mod language;
mod page;
mod pages;
mod palette;
mod reason;
mod request;
mod say;
mod show;

use anyhow::{Context, Result};
use app::App;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use remit_model::Marking;
use remit_store::Workspace;
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;

/// The largest sheet or document that a browser may send.
const MOST_BYTES: usize = 64 << 20;

/// Serves a workspace on 127.0.0.1 until Ctrl-C. Readers see what is marked at most `clearance`, and write as `author`;
/// without one nothing can be changed. `ready` is told the
/// address as soon as pages can be asked for.
///
/// # Errors
/// When the port is taken, or a question of the workspace is wrong.
pub async fn serve(
    workspace: Workspace,
    port: u16,
    clearance: Marking,
    author: Option<String>,
    ready: impl FnOnce(&str),
) -> Result<()> {
    let app = App::new(workspace, clearance, author)?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await.with_context(|| {
        format!("port {port} cannot be used; another program has it: choose another with --port, or 0 for any")
    })?;
    let address = format!("http://{}", listener.local_addr()?);
    ready(&address);
    axum::serve(listener, router(app)).with_graceful_shutdown(ended()).await?;
    Ok(())
}

async fn ended() {
    // Without a signal handler the process just goes on until it is ended from outside.
    let _ = tokio::signal::ctrl_c().await;
}

fn router(app: App) -> Router {
    Router::new()
        .route("/", get(pages::world::show))
        .route("/index.json", get(pages::world::show))
        .route("/index.csv", get(pages::world::show))
        .route("/index.xlsx", get(pages::world::show))
        .route("/country/{code}", get(pages::country::show))
        .route("/support", get(pages::support::show))
        .route("/support.json", get(pages::support::show))
        .route("/support.csv", get(pages::support::show))
        .route("/support.xlsx", get(pages::support::show))
        .route("/activity", get(pages::activity::show))
        .route("/activity.json", get(pages::activity::show))
        .route("/activity.csv", get(pages::activity::show))
        .route("/activity.xlsx", get(pages::activity::show))
        .route("/style", get(pages::style::show))
        .route("/questions", get(pages::questions::show))
        .route("/questions.json", get(pages::questions::show))
        .route("/questions.csv", get(pages::questions::show))
        .route("/questions.xlsx", get(pages::questions::show))
        .route("/ask/{question}", get(pages::ask::show))
        .route("/problems", get(pages::problems::show))
        .route("/problems.json", get(pages::problems::show))
        .route("/problems.csv", get(pages::problems::show))
        .route("/problems.xlsx", get(pages::problems::show))
        .route("/data", get(pages::data::show))
        .route("/data.json", get(pages::data::show))
        .route("/data.csv", get(pages::data::show))
        .route("/data.xlsx", get(pages::data::show))
        .route("/records/{kind}", get(pages::records::list))
        .route("/record/{kind}", get(pages::record::show))
        .route("/search", get(pages::search::show))
        .route("/search.json", get(pages::search::show))
        .route("/search.csv", get(pages::search::show))
        .route("/search.xlsx", get(pages::search::show))
        .route("/history", get(pages::write::entries))
        .route("/history.json", get(pages::write::entries))
        .route("/history.csv", get(pages::write::entries))
        .route("/history.xlsx", get(pages::write::entries))
        .route("/history/{kind}", get(pages::write::history))
        .route("/edit/{kind}", get(pages::edit::form).post(pages::edit::post))
        .route("/suggest/{kind}", get(pages::edit::suggest))
        .route("/merge/{kind}", get(pages::write::merge_form).post(pages::write::merge))
        .route("/sheets", get(pages::sheets::begin).post(pages::sheets::take).layer(DefaultBodyLimit::max(MOST_BYTES)))
        .route("/sheets/map", get(pages::sheets::map).post(pages::sheets::save))
        .route("/sheets/try", get(pages::sheets::dry_run).post(pages::sheets::bring))
        .route(
            "/documents",
            get(pages::documents::documents).post(pages::documents::take).layer(DefaultBodyLimit::max(MOST_BYTES)),
        )
        .route("/documents.json", get(pages::documents::documents))
        .route("/documents.csv", get(pages::documents::documents))
        .route("/documents.xlsx", get(pages::documents::documents))
        .route("/document", get(pages::documents::document))
        .route("/document.json", get(pages::documents::document))
        .route("/document.csv", get(pages::documents::document))
        .route("/document.xlsx", get(pages::documents::document))
        .route("/passage", get(pages::documents::passage))
        .route("/passage.json", get(pages::documents::passage))
        .route("/passage.csv", get(pages::documents::passage))
        .route("/passage.xlsx", get(pages::documents::passage))
        .route("/review", get(pages::documents::review))
        .route("/review.json", get(pages::documents::review))
        .route("/review.csv", get(pages::documents::review))
        .route("/review.xlsx", get(pages::documents::review))
        .route("/template/{kind}", get(pages::sheets::template))
        .route("/export/{kind}", get(pages::sheets::export))
        .route("/undo", post(pages::write::undo))
        .route("/withdraw", post(pages::write::withdraw))
        .route("/decide", post(pages::write::decide))
        .route("/solve", post(pages::write::solve))
        .route("/remit.js", get(script))
        .route("/remit.css", get(stylesheet))
        .route("/favicon.svg", get(favicon))
        .fallback(pages::not_found)
        .layer(middleware::from_fn_with_state(app.clone(), language::speak))
        .layer(middleware::from_fn(guard))
        .layer(CompressionLayer::new().gzip(true))
        .with_state(app)
}

/// Nothing but the page itself, its stylesheet, its script and its forms: no frame, no other machine.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Answers only who asks for this machine by its own name (a page elsewhere could point its name at us), and takes only
/// what was sent from a page of its own.
async fn guard(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |(name, _)| name);
    if !matches!(name, "127.0.0.1" | "localhost" | "[::1]") {
        return (StatusCode::MISDIRECTED_REQUEST, "This is Remit on this machine; ask for it as 127.0.0.1 or localhost.\n")
            .into_response();
    }
    if request.method() != axum::http::Method::GET && request.method() != axum::http::Method::HEAD && !is_own(&request, host) {
        return (StatusCode::FORBIDDEN, "This was sent from a page that is not Remit's; open the form here and send it again.\n")
            .into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// True where the browser says that a form was sent from one of our own pages.
fn is_own(request: &Request, host: &str) -> bool {
    let header = |name: &str| request.headers().get(name).and_then(|h| h.to_str().ok());
    match (header("sec-fetch-site"), header("origin")) {
        (Some(site), _) if site != "same-origin" => false,
        (_, Some(origin)) => origin.strip_prefix("http://") == Some(host),
        (Some(_), None) => true,
        (None, None) => false,
    }
}

async fn script() -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "max-age=3600")];
    (headers, include_str!("../assets/remit.js"))
}

async fn stylesheet() -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=3600")];
    (headers, include_str!("../assets/remit.css"))
}

async fn favicon() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "max-age=3600")], include_str!("../assets/favicon.svg"))
}
