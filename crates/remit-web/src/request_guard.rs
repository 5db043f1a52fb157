//! Who is answered, and what of: this machine, by its own name, whoever has the key, and what was sent from a page of its own.

use crate::app::App;
use crate::error::PageError;
use crate::messages::m;
use crate::post::MOST_BYTES;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Nothing but the page itself, its stylesheet, its script and its forms: no frame, no other machine.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Bytes of an address; longer ones are none of ours.
const LONGEST: usize = 16 << 10;

/// Bytes of a form that many may send at once.
const SMALL: usize = 64 << 10;

/// Bytes of a form around the file in it.
const AROUND: usize = 1 << 20;

/// Answers what may be answered, under a policy that lets a page do nothing else.
pub(crate) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = match refused(&app, &request) {
        Err(error) => error.into_response(),
        Ok(Some(response)) => response,
        Ok(None) => {
            let _place = if reads(&request) || is_small(&request) { None } else { Some(app.place_to_write().await) };
            next.run(request).await
        }
    };
    let headers = response.headers_mut();
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Why a request is not answered, or what it is answered before any page is made.
fn refused(app: &App, request: &Request) -> Result<Option<Response>, PageError> {
    let (uri, headers) = (request.uri(), request.headers());
    let host = text(headers, "host").unwrap_or_default();
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |(name, _)| name);
    // A page elsewhere could point its name at us.
    if !matches!(name, "127.0.0.1" | "localhost" | "[::1]") {
        return Err(PageError::new(StatusCode::MISDIRECTED_REQUEST, m::error_other_name()));
    }
    if uri.path().len() + uri.query().map_or(0, str::len) > LONGEST {
        return Err(PageError::new(StatusCode::URI_TOO_LONG, m::error_long_address()));
    }
    if has_control(uri.path()) {
        return Err(PageError::bad_request(m::error_no_page(uri.path())));
    }
    if is_part_of_another_page(headers) {
        return Err(PageError::forbidden(m::error_other_page()));
    }
    if let Some(response) = app.door().let_in(request) {
        return Ok(Some(response));
    }
    if !app.door().is_open_for(headers) {
        return Err(PageError::forbidden(m::error_no_key()));
    }
    if !reads(request) && !is_own(headers, host) {
        return Err(PageError::forbidden(m::error_other_page()));
    }
    // Before a byte of it is read.
    if text(headers, "content-length").is_some_and(|n| n.parse().map_or(true, |n: usize| n > MOST_BYTES + AROUND)) {
        return Err(PageError::new(StatusCode::PAYLOAD_TOO_LARGE, m::error_large(MOST_BYTES >> 20)));
    }
    Ok(None)
}

/// True for a form without a file: it takes no memory to speak of, so that nobody waits for one that comes slowly.
fn is_small(request: &Request) -> bool {
    text(request.headers(), "content-length").and_then(|n| n.parse::<usize>().ok()).is_some_and(|n| n <= SMALL)
}

fn reads(request: &Request) -> bool {
    matches!(*request.method(), Method::GET | Method::HEAD)
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|h| h.to_str().ok())
}

/// True for a path with a control character, as an address writes it.
fn has_control(path: &str) -> bool {
    let bytes = path.as_bytes();
    bytes.windows(3).any(|w| {
        let low = w[1] == b'0' || w[1] == b'1' || (w[1] == b'7' && w[2].eq_ignore_ascii_case(&b'f'));
        w[0] == b'%' && low && w[2].is_ascii_hexdigit()
    })
}

/// True for what a page from elsewhere asks for to show or use it: a frame, a picture, a script. A link from elsewhere may lead
/// here.
fn is_part_of_another_page(headers: &HeaderMap) -> bool {
    let elsewhere = text(headers, "sec-fetch-site").is_some_and(|site| matches!(site, "cross-site" | "same-site"));
    let link = text(headers, "sec-fetch-mode") == Some("navigate") && text(headers, "sec-fetch-dest") == Some("document");
    elsewhere && !link
}

/// True where the browser says that a form was sent from one of our own pages.
fn is_own(headers: &HeaderMap, host: &str) -> bool {
    match (text(headers, "sec-fetch-site"), text(headers, "origin")) {
        (Some(site), _) if site != "same-origin" => false,
        (_, Some(origin)) => origin.strip_prefix("http://") == Some(host),
        (Some(_), None) => true,
        (None, None) => false,
    }
}
