//! In which language a page is made: what the reader chose, else what the browser asks for.

use crate::making;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use remit_model::{Language, Languages, Locale};
use std::sync::{Arc, LazyLock};

tokio::task_local! {
    /// How the language of the page that is being made writes.
    static LOCALE: Arc<Locale>;
}

/// How the language of the page that is being made writes.
pub(crate) fn locale() -> Arc<Locale> {
    static ENGLISH: LazyLock<Arc<Locale>> = LazyLock::new(Arc::default);
    LOCALE.try_with(Arc::clone).unwrap_or_else(|_| ENGLISH.clone())
}

/// The language of the page that is being made.
pub(crate) fn language() -> Language {
    locale().language
}

/// Takes the language along to another thread, and what is noted of the page.
pub(crate) fn carried<T>(work: impl FnOnce() -> T) -> impl FnOnce() -> T {
    let (locale, making) = (locale(), making::now());
    move || LOCALE.sync_scope(locale, || making::within(making, work))
}

/// Does something in a language.
pub(crate) fn within<T>(locale: Arc<Locale>, work: impl FnOnce() -> T) -> T {
    LOCALE.sync_scope(locale, work)
}

/// The direction in which the language is written.
pub(crate) fn direction() -> &'static str {
    locale().direction.code()
}

/// What the parameter is called that chooses a language, and the cookie that keeps it.
pub(crate) const NAME: &str = "lang";

/// Makes every page in the language of its reader, and keeps a choice.
pub(crate) async fn speak(State(all): State<Arc<Languages>>, request: Request, next: Next) -> Response {
    let chosen = form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes())
        .find_map(|(name, value)| if name == NAME { all.find(&value) } else { None });
    let headers = request.headers();
    let wished = chosen.clone().or_else(|| kept(headers, &all)).or_else(|| preferred(headers, &all));
    let locale = wished.unwrap_or_else(|| all.get(Language::ENGLISH));
    let language = locale.language;
    let mut response = LOCALE.scope(locale, next.run(request)).await;
    let headers = response.headers_mut();
    if let Ok(code) = HeaderValue::from_str(language.code()) {
        headers.insert(header::CONTENT_LANGUAGE, code);
    }
    headers.append(header::VARY, HeaderValue::from_static("cookie, accept-language"));
    if chosen.is_some()
        && let Ok(cookie) = HeaderValue::from_str(&format!("{NAME}={}; Path=/; Max-Age=31536000; SameSite=Lax", language.code()))
    {
        headers.append(header::SET_COOKIE, cookie);
    }
    response
}

/// What the browser keeps: names and values.
pub(crate) fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|h| h.to_str().ok()).flat_map(|h| h.split(';'));
    all.filter_map(|c| c.trim().split_once('='))
}

/// The choice that the browser keeps.
fn kept(headers: &HeaderMap, all: &Languages) -> Option<Arc<Locale>> {
    cookies(headers).find(|(name, _)| *name == NAME).and_then(|(_, value)| all.find(value))
}

/// The language of ours that the browser would like best (RFC 9110, 12.5.4).
fn preferred(headers: &HeaderMap, all: &Languages) -> Option<Arc<Locale>> {
    let asked = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let ranges = asked.split(',').filter_map(|range| {
        let (name, quality) = range.split_once(";q=").unwrap_or((range, "1"));
        let name = name.trim();
        let locale = all.find(name).or_else(|| all.find(name.split('-').next()?))?;
        Some((quality.trim().parse().ok().filter(|q| *q > 0.0)?, locale))
    });
    // Of equal wishes, the first.
    let best = ranges.fold(None, |best: Option<(f32, Arc<Locale>)>, range| match best {
        Some(b) if b.0 >= range.0 => Some(b),
        _ => Some(range),
    });
    best.map(|(_, locale)| locale)
}

/// Does something in a language.
#[cfg(test)]
pub(crate) fn tests_within<T>(language: &str, work: impl FnOnce() -> T) -> T {
    within(Languages::built_in().find(language).unwrap_or_default(), work)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn browsers_say_which_language_they_would_like() {
        let all = Languages::built_in();
        let best = |asked| preferred(&headers(header::ACCEPT_LANGUAGE, asked), &all).map(|l| l.language.to_string());
        assert_eq!(best("fr-CA,fr;q=0.9,en;q=0.8").as_deref(), Some("fr"));
        assert_eq!(best("de, ar;q=0.5, en;q=0.4").as_deref(), Some("ar"));
        assert_eq!(best("de, ar;q=0"), None);
        assert_eq!(best("*"), None);
    }

    #[test]
    fn a_choice_is_kept_in_a_cookie() {
        let all = Languages::built_in();
        let kept = |cookie| kept(&headers(header::COOKIE, cookie), &all).map(|l| l.language.to_string());
        assert_eq!(kept("a=b; lang=ar").as_deref(), Some("ar"));
        assert_eq!(kept("lang=xx"), None);
    }
}
