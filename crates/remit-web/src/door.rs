//! Who is let in: who has the key of this start. Several people may use one machine, and any program on it can ask for a page; only
//! who reads the address that a start prints has the key, and their browser keeps it in a cookie.

use crate::format::{Format, with_ending};
use crate::language::cookies;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use remit_store::hexadecimal;
use std::io;
use std::sync::Mutex;

/// What the parameter is called that has the key, and with the port the cookie that keeps it.
pub(crate) const NAME: &str = "key";

/// The keys of a start.
pub(crate) struct Door {
    key: String,
    /// One that opens once. It is for the browser that we start ourselves: others of this machine see how a program was started.
    once: Mutex<Option<String>>,
    cookie: String,
    base: String,
}

impl Door {
    /// Makes new keys for a server at an address.
    pub(crate) fn new(base: &str, port: u16) -> io::Result<Door> {
        let once = Mutex::new(Some(random()?));
        Ok(Door { key: random()?, once, cookie: format!("remit-{port}"), base: base.to_owned() })
    }

    /// The address that lets in whoever has it.
    pub(crate) fn address(&self) -> String {
        format!("{}/?{NAME}={}", self.base, self.key)
    }

    /// The address that lets in the first who uses it.
    pub(crate) fn opening(&self) -> String {
        let once = self.once.lock().ok().and_then(|once| once.clone()).unwrap_or_default();
        format!("{}/?{NAME}={once}", self.base)
    }

    /// True where a request carries the key: a browser in its cookie, a program in a header.
    pub(crate) fn is_open_for(&self, headers: &HeaderMap) -> bool {
        let bearer = headers.get(header::AUTHORIZATION).and_then(|h| h.to_str().ok()).and_then(|h| h.strip_prefix("Bearer "));
        let kept = cookies(headers).filter(|(name, _)| *name == self.cookie).map(|(_, value)| value);
        kept.chain(bearer).any(|key| same(key, &self.key))
    }

    /// Lets in whoever asks with the key in the address: on to the same address without it, with the cookie.
    pub(crate) fn let_in(&self, request: &Request) -> Option<Response> {
        let query = request.uri().query().unwrap_or_default();
        let (key, rest): (Vec<_>, Vec<_>) = form_urlencoded::parse(query.as_bytes()).partition(|(name, _)| name == NAME);
        let (_, key) = key.first().filter(|_| *request.method() == Method::GET)?;
        if !same(key, &self.key) && !self.opens_once(key) {
            return None;
        }
        let format = request.extensions().get::<Format>().copied().unwrap_or_default();
        let path = with_ending(request.uri().path(), format);
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(rest).finish();
        let onward = if query.is_empty() { path } else { format!("{path}?{query}") };
        let cookie = format!("{}={}; Path=/; HttpOnly; SameSite=Lax", self.cookie, self.key);
        let headers = [(header::LOCATION, onward), (header::SET_COOKIE, cookie)].map(|(name, text)| {
            let value = HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("/"));
            (name, value)
        });
        Some((StatusCode::SEE_OTHER, headers).into_response())
    }

    fn opens_once(&self, key: &str) -> bool {
        let Ok(mut once) = self.once.lock() else { return false };
        let opens = once.as_ref().is_some_and(|once| same(key, once));
        if opens {
            *once = None;
        }
        opens
    }
}

/// Compares in the same time whatever differs.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

fn random() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|e| io::Error::other(e.to_string()))?;
    Ok(hexadecimal(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn ask(door: &Door, address: &str) -> Option<(String, String)> {
        let request = Request::builder().uri(address.trim_start_matches("http://127.0.0.1:1")).body(Body::empty()).unwrap();
        let response = door.let_in(&request)?;
        let header = |name| response.headers()[name].to_str().unwrap().to_owned();
        Some((header(header::LOCATION), header(header::SET_COOKIE)))
    }

    #[test]
    fn a_key_opens_and_is_not_kept_in_the_address() {
        let door = Door::new("http://127.0.0.1:1", 1).unwrap();
        let (onward, cookie) = ask(&door, &format!("{}&q=a+b", door.address())).unwrap();
        assert_eq!(onward, "/?q=a+b");
        let kept = cookie.split(';').next().unwrap();
        let headers = HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(&format!("lang=fr; {kept}")).unwrap())]);
        assert!(door.is_open_for(&headers));
        assert!(!door.is_open_for(&HeaderMap::new()));
        assert!(ask(&door, "http://127.0.0.1:1/?key=0123").is_none());
    }

    #[test]
    fn the_key_of_our_own_browser_opens_once() {
        let door = Door::new("http://127.0.0.1:1", 1).unwrap();
        let opening = door.opening();
        assert!(ask(&door, &opening).is_some());
        assert!(ask(&door, &opening).is_none());
        assert!(ask(&door, &door.opening()).is_none(), "none is left");
        assert!(ask(&door, &door.address()).is_some());
    }
}
