//! Where a page leads, and what it offers to choose from.

/// An address with its words.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) text: String,
    pub(crate) href: String,
}

impl Link {
    pub(crate) fn new(text: impl Into<String>, href: String) -> Link {
        Link { text: text.into(), href }
    }
}

/// One of several things to choose from; also an address, where choosing is going there.
#[derive(Debug, Clone, Default)]
pub(crate) struct Choice {
    /// A code, or an address.
    pub(crate) value: String,
    pub(crate) name: String,
    /// It is what was chosen, or where we are.
    pub(crate) here: bool,
}

impl Choice {
    pub(crate) fn new(value: impl Into<String>, name: impl Into<String>, here: bool) -> Choice {
        Choice { value: value.into(), name: name.into(), here }
    }
}

/// A name in a list to choose from, as deep as it stands below others: a menu of a browser draws nothing but text.
pub(crate) fn indented(depth: usize, name: &str) -> String {
    "\u{2003}".repeat(depth) + name
}
