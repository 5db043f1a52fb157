//! The files that are no pages: built in, and sent or published as they are.

/// What pages are drawn and helped with: name, type, content.
pub(crate) const ASSETS: [(&str, &str, &str); 4] = [
    ("remit.js", "text/javascript; charset=utf-8", include_str!("../assets/remit.js")),
    ("site.js", "text/javascript; charset=utf-8", include_str!("../assets/site.js")),
    ("remit.css", "text/css; charset=utf-8", include_str!("../assets/remit.css")),
    ("favicon.svg", "image/svg+xml", include_str!("../assets/favicon.svg")),
];
