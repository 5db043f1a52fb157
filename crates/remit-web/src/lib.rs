//! Remit in a browser: pages rendered on the server, readable without JavaScript, each also as JSON and CSV by its
//! extension. It listens on this machine only, and asks nothing of any other.

#![deny(missing_docs)]

mod app;
mod error;
mod page;
mod pages;
mod request;
mod show;

use anyhow::{Context, Result};
use app::App;
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use remit_model::Marking;
use remit_store::Workspace;
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;

/// Serves a workspace on 127.0.0.1 until Ctrl-C. Readers see what is marked at most `clearance`. `ready` is told the
/// address as soon as pages can be asked for.
///
/// # Errors
/// When the port is taken, or a question of the workspace is wrong.
pub async fn serve(workspace: Workspace, port: u16, clearance: Marking, ready: impl FnOnce(&str)) -> Result<()> {
    let app = App::new(workspace, clearance)?;
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
        .route("/country/{code}", get(pages::country::show))
        .route("/support", get(pages::support::show))
        .route("/support.json", get(pages::support::show))
        .route("/support.csv", get(pages::support::show))
        .route("/activity", get(pages::activity::show))
        .route("/activity.json", get(pages::activity::show))
        .route("/activity.csv", get(pages::activity::show))
        .route("/questions", get(pages::questions::show))
        .route("/questions.json", get(pages::questions::show))
        .route("/questions.csv", get(pages::questions::show))
        .route("/ask/{question}", get(pages::ask::show))
        .route("/problems", get(pages::problems::show))
        .route("/problems.json", get(pages::problems::show))
        .route("/problems.csv", get(pages::problems::show))
        .route("/data", get(pages::data::show))
        .route("/data.json", get(pages::data::show))
        .route("/data.csv", get(pages::data::show))
        .route("/records/{kind}", get(pages::records::list))
        .route("/record/{kind}", get(pages::records::one))
        .route("/remit.css", get(stylesheet))
        .route("/favicon.svg", get(favicon))
        .fallback(pages::not_found)
        .layer(middleware::from_fn(guard))
        .layer(CompressionLayer::new().gzip(true))
        .with_state(app)
}

/// Nothing but the page itself, its stylesheet and its forms: no script, no frame, no other machine.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Answers only who asks for this machine by its own name (a page elsewhere could point its name at us), and only
/// questions (nothing here can be changed).
async fn guard(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |(name, _)| name);
    if !matches!(name, "127.0.0.1" | "localhost" | "[::1]") {
        return (StatusCode::MISDIRECTED_REQUEST, "This is Remit on this machine; ask for it as 127.0.0.1 or localhost.\n")
            .into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

async fn stylesheet() -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=3600")];
    (headers, include_str!("../assets/remit.css"))
}

async fn favicon() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "max-age=3600")], include_str!("../assets/favicon.svg"))
}
