//! Who is answered, and what of: this machine, by its own name, and what was sent from a page of its own.

use crate::error::PageError;
use crate::messages::m;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Nothing but the page itself, its stylesheet, its script and its forms: no frame, no other machine.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Answers what may be answered, under a policy that lets a page do nothing else.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    let mut response = match refused(&request) {
        Some(error) => error.into_response(),
        None => next.run(request).await,
    };
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

/// Why a request is not answered: only who asks for this machine by its own name is (a page elsewhere could point its name at
/// us), and only what was sent from a page of our own is taken.
fn refused(request: &Request) -> Option<PageError> {
    let host = request.headers().get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |(name, _)| name);
    if !matches!(name, "127.0.0.1" | "localhost" | "[::1]") {
        return Some(PageError::new(StatusCode::MISDIRECTED_REQUEST, m::error_other_name()));
    }
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    (!reads && !is_own(request, host)).then(|| PageError::forbidden(m::error_other_page()))
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
