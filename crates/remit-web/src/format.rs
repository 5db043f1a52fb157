//! The formats of an answer. The ending of an address chooses one, and is taken off before the address is looked up: a page has
//! one route, whatever it is answered as.

use axum::extract::Request;
use axum::http::Uri;
pub(crate) use remit_sheet::Format;

/// The formats in which the data of a page lies beside it where it is published as a file of a site: what a browser opens, and a program reads.
pub(crate) const ON_SITE: &[Format] = &[Format::Csv, Format::Json];

/// The formats in which a page can be had, as its route says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Offered(pub(crate) &'static [Format]);

/// Takes the ending off an address, and keeps the format that it chooses.
pub(crate) fn take_ending(mut request: Request) -> Request {
    let (path, format) = apart(request.uri().path());
    let bare = match request.uri().query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    if format != Format::Html
        && let Ok(uri) = bare.parse::<Uri>()
    {
        *request.uri_mut() = uri;
        request.extensions_mut().insert(format);
    }
    request
}

/// A path without the ending of its format, and the format.
pub(crate) fn apart(path: &str) -> (&str, Format) {
    let found = Format::ALL.iter().find_map(|format| {
        let bare = path.strip_suffix(format.ending())?.strip_suffix('.')?;
        Some((bare, *format))
    });
    match found {
        // The overview has no name of its own.
        Some(("/index", format)) => ("/", format),
        Some(found) => found,
        None => (path, Format::Html),
    }
}

/// An address in a format.
pub(crate) fn with_ending(path: &str, format: Format) -> String {
    match (path, format) {
        (_, Format::Html) => path.to_owned(),
        ("/", _) => format!("/index.{}", format.ending()),
        _ => format!("{path}.{}", format.ending()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_chooses_the_format_and_is_no_part_of_the_address() {
        assert_eq!(apart("/country/SO.json"), ("/country/SO", Format::Json));
        assert_eq!(apart("/index.csv"), ("/", Format::Csv));
        assert_eq!(apart("/support"), ("/support", Format::Html));
        assert_eq!(apart("/remit.js"), ("/remit.js", Format::Html));
        for format in Format::ALL {
            assert_eq!(apart(&with_ending("/", *format)), ("/", *format));
            assert_eq!(apart(&with_ending("/ask/gaps", *format)), ("/ask/gaps", *format));
        }
    }
}
