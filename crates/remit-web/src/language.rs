//! In which language a page is made: what the reader chose, else what the browser asks for.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use remit_model::Language;

tokio::task_local! {
    /// The language of the page that is being made.
    static LANGUAGE: Language;
}

/// The language of the page that is being made.
pub(crate) fn language() -> Language {
    LANGUAGE.try_with(|l| *l).unwrap_or_default()
}

/// Takes the language along to another thread.
pub(crate) fn carried<T>(work: impl FnOnce() -> T) -> impl FnOnce() -> T {
    let language = language();
    move || LANGUAGE.sync_scope(language, work)
}

/// The direction in which the language is written.
pub(crate) fn direction() -> &'static str {
    if language() == Language::Ar { "rtl" } else { "ltr" }
}

/// What the parameter is called that chooses a language, and the cookie that keeps it.
pub(crate) const NAME: &str = "lang";

/// Makes every page in the language of its reader, and keeps a choice.
pub(crate) async fn speak(request: Request, next: Next) -> Response {
    let chosen = form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes())
        .find_map(|(name, value)| if name == NAME { value.parse().ok() } else { None });
    let language = chosen.or_else(|| kept(request.headers())).or_else(|| preferred(request.headers())).unwrap_or_default();
    let mut response = LANGUAGE.scope(language, next.run(request)).await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.code()));
    headers.append(header::VARY, HeaderValue::from_static("cookie, accept-language"));
    if chosen.is_some()
        && let Ok(cookie) = HeaderValue::from_str(&format!("{NAME}={}; Path=/; Max-Age=31536000; SameSite=Lax", language.code()))
    {
        headers.append(header::SET_COOKIE, cookie);
    }
    response
}

/// The choice that the browser keeps.
fn kept(headers: &HeaderMap) -> Option<Language> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|h| h.to_str().ok()).flat_map(|h| h.split(';'));
    cookies.filter_map(|c| c.trim().split_once('=')).find(|(name, _)| *name == NAME).and_then(|(_, value)| value.parse().ok())
}

/// The language of ours that the browser would like best (RFC 9110, 12.5.4).
fn preferred(headers: &HeaderMap) -> Option<Language> {
    let asked = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let ranges = asked.split(',').filter_map(|range| {
        let (name, quality) = range.split_once(";q=").unwrap_or((range, "1"));
        let language = name.trim().get(..2)?.to_ascii_lowercase().parse().ok()?;
        Some((quality.trim().parse().ok().filter(|q| *q > 0.0)?, language))
    });
    // Of equal wishes, the first.
    let best = ranges.fold(None, |best: Option<(f32, Language)>, range| match best {
        Some(b) if b.0 >= range.0 => Some(b),
        _ => Some(range),
    });
    best.map(|(_, language)| language)
}

/// Does something in a language.
#[cfg(test)]
pub(crate) fn tests_within<T>(language: Language, work: impl FnOnce() -> T) -> T {
    LANGUAGE.sync_scope(language, work)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn browsers_say_which_language_they_would_like() {
        let best = |asked| preferred(&headers(header::ACCEPT_LANGUAGE, asked));
        assert_eq!(best("fr-CA,fr;q=0.9,en;q=0.8"), Some(Language::Fr));
        assert_eq!(best("de, ar;q=0.5, en;q=0.4"), Some(Language::Ar));
        assert_eq!(best("de, ar;q=0"), None);
        assert_eq!(best("*"), None);
    }

    #[test]
    fn a_choice_is_kept_in_a_cookie() {
        assert_eq!(kept(&headers(header::COOKIE, "a=b; lang=ar")), Some(Language::Ar));
        assert_eq!(kept(&headers(header::COOKIE, "lang=xx")), None);
    }
}
