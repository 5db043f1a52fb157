//! Pages that are kept: each does its work once for a state of the workspace and all that decides what it shows, however many ask
//! for it at once. What decides is the address (with its day, moment and clearance), the format, the language, and what the
//! server shows where the address says nothing, what the browser has seen. As the clearance is part of that, nobody gets what was made for another one.

use crate::app::App;
use crate::format::Format;
use crate::language::{cookies, language};
use axum::body::{Body, Bytes, HttpBody as _, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use remit_model::Marking;
use remit_store::{AsOf, State};
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex};

/// Bytes of all pages that are kept, and of the largest one.
const MOST: u64 = 64 << 20;
const LARGEST: usize = 4 << 20;

/// Pages that one expects to be kept, by which their table is made.
const EXPECTED: usize = 1_000;

/// How the cookies begin that say what a browser has seen.
pub(crate) const SEEN: &str = "seen-";

/// The pages that are made already.
pub(crate) struct Pages {
    cache: Cache<PageKey, Arc<KeptPage>, Weight>,
    /// The state of the workspace that the pages show; pages of an older state are dropped.
    state: Mutex<Option<State>>,
}

impl Default for Pages {
    fn default() -> Pages {
        Pages { cache: Cache::with_weighter(EXPECTED, MOST, Weight), state: Mutex::default() }
    }
}

/// All that decides what a page shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct PageKey {
    state: State,
    as_of: AsOf,
    address: String,
    format: &'static str,
    language: String,
    is_packed: bool,
    /// What the browser says it has seen, which need not be shown again.
    seen: Vec<String>,
}

/// A page as it is sent.
struct KeptPage {
    headers: HeaderMap,
    body: Bytes,
    /// What the browser names to ask whether it is still the same.
    tag: HeaderValue,
}

#[derive(Clone)]
struct Weight;

impl Weighter<PageKey, Arc<KeptPage>> for Weight {
    fn weight(&self, key: &PageKey, kept: &Arc<KeptPage>) -> u64 {
        (key.address.len() + kept.body.len()) as u64 + 1_000
    }
}

/// Answers with the page that is made already, or makes and keeps it.
pub(crate) async fn keep(request: Request, next: Next) -> Response {
    let Some((app, pages)) = with_pages(&request).filter(|_| *request.method() == Method::GET) else {
        return next.run(request).await;
    };
    let key = key(&app, &request);
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    pages.forget_before(&key.state);
    let kept = match pages.cache.get_value_or_guard_async(&key).await {
        Ok(kept) => kept,
        Err(place) => match taken(next.run(request).await).await {
            Ok(kept) => {
                // Where it was forgotten meanwhile, it is not kept; it is answered all the same.
                let _ = place.insert(kept.clone());
                kept
            }
            Err(response) => return response,
        },
    };
    kept.answer(known.as_ref(), app.clearance())
}

/// Who serves, with the pages that are kept: nobody where a page is made to become a file.
fn with_pages(request: &Request) -> Option<(App, Arc<Pages>)> {
    let app = request.extensions().get::<App>()?.clone();
    let pages = app.between_requests();
    Some((app, pages))
}

fn key(app: &App, request: &Request) -> PageKey {
    let accepts = request.headers().get(header::ACCEPT_ENCODING).and_then(|h| h.to_str().ok()).unwrap_or_default();
    PageKey {
        state: app.state(),
        as_of: app.as_of(),
        address: request.uri().to_string(),
        format: request.extensions().get::<Format>().copied().unwrap_or_default().ending(),
        language: language().to_string(),
        is_packed: accepts.contains("gzip"),
        seen: cookies(request.headers()).map(|(name, _)| name).filter(|name| name.starts_with(SEEN)).map(str::to_owned).collect(),
    }
}

impl Pages {
    /// Forgets all pages of another state.
    fn forget_before(&self, state: &State) {
        if let Ok(mut of) = self.state.lock()
            && of.as_ref() != Some(state)
        {
            self.cache.clear();
            *of = Some(state.clone());
        }
    }
}

/// A response as it can be kept; itself where it cannot.
async fn taken(response: Response) -> Result<Arc<KeptPage>, Response> {
    let size = response.body().size_hint().upper();
    let is_small = size.is_none_or(|size| size <= LARGEST as u64);
    if response.status() != StatusCode::OK || !is_small {
        return Err(response);
    }
    let (parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return Err(StatusCode::INTERNAL_SERVER_ERROR.into_response());
    };
    if body.len() > LARGEST {
        return Err(Response::from_parts(parts, Body::from(body)));
    }
    let digest = remit_store::hexadecimal(&Sha256::digest(&body)[..12]);
    match HeaderValue::from_str(&format!("\"{digest}\"")) {
        Ok(tag) => Ok(Arc::new(KeptPage { headers: parts.headers, body, tag })),
        Err(_) => Err(Response::from_parts(parts, Body::from(body))),
    }
}

impl KeptPage {
    /// The page; or that the browser has it already.
    fn answer(&self, known: Option<&HeaderValue>, clearance: Marking) -> Response {
        let is_known =
            known.and_then(|k| k.to_str().ok()).zip(self.tag.to_str().ok()).is_some_and(|(known, tag)| known.contains(tag));
        let mut response = match is_known {
            true => StatusCode::NOT_MODIFIED.into_response(),
            false => {
                let mut response = Response::new(Body::from(self.body.clone()));
                response.headers_mut().clone_from(&self.headers);
                response
            }
        };
        let headers = response.headers_mut();
        headers.insert(header::ETAG, self.tag.clone());
        // What is not for everybody, the browser does not write to its disk.
        if clearance == Marking::Public {
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        }
        response
    }
}
