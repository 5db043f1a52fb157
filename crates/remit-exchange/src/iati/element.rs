//! An element of XML: what says nothing is not written.

use quick_xml::escape::escape;

#[derive(Debug, Clone, Default)]
pub(super) struct IatiElement {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    text: String,
    children: Vec<IatiElement>,
}

impl IatiElement {
    pub(super) fn new(name: &'static str) -> IatiElement {
        IatiElement { name, ..IatiElement::default() }
    }

    /// The same under another name.
    pub(super) fn named(self, name: &'static str) -> IatiElement {
        IatiElement { name, ..self }
    }

    /// Adds an attribute, unless its value is empty.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> IatiElement {
        let value = value.into();
        if !value.is_empty() {
            self.attributes.push((name, value));
        }
        self
    }

    pub(super) fn saying(mut self, text: impl Into<String>) -> IatiElement {
        self.text = text.into();
        self
    }

    pub(super) fn holding(mut self, children: impl IntoIterator<Item = IatiElement>) -> IatiElement {
        self.children.extend(children);
        self
    }

    /// With a text in a language.
    pub(super) fn narrated(self, text: &str, language: &str) -> IatiElement {
        if text.is_empty() {
            return self;
        }
        self.holding([IatiElement::new("narrative").with("xml:lang", language).saying(text)])
    }

    /// An element that is a code alone; none where it is none.
    pub(super) fn coded(name: &'static str, code: &str) -> Option<IatiElement> {
        (!code.is_empty()).then(|| IatiElement::new(name).with("code", code))
    }

    /// True for an activity of this identifier.
    pub(super) fn has_identifier(&self, identifier: &str) -> bool {
        self.children.iter().any(|e| e.name == "iati-identifier" && e.text == identifier)
    }

    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        self.write(0, &mut out);
        out
    }

    fn write(&self, depth: usize, out: &mut String) {
        let indent = "  ".repeat(depth);
        out.push_str(&format!("{indent}<{}", self.name));
        for (name, value) in &self.attributes {
            out.push_str(&format!(" {name}=\"{}\"", escape(allowed(value))));
        }
        if self.text.is_empty() && self.children.is_empty() {
            return out.push_str("/>\n");
        }
        out.push('>');
        out.push_str(&escape(allowed(&self.text)));
        if !self.children.is_empty() {
            out.push('\n');
            self.children.iter().for_each(|child| child.write(depth + 1, out));
            out.push_str(&indent);
        }
        out.push_str(&format!("</{}>\n", self.name));
    }
}

/// A text without what XML has no way to write.
fn allowed(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect()
}
