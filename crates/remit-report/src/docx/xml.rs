//! XML as a tree, of which what is not understood is written again as it was read.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// How deep elements may stand in each other: Word’s own go to a few dozen.
const DEEPEST: usize = 200;

/// An element, or the text between elements.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Element(Element),
    /// Escaped, as it stands in the file.
    Raw(String),
}

/// An element with its attributes as they stand in the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Node>,
}

impl Element {
    /// An element with attributes, whose values are escaped here.
    pub(crate) fn new(name: &str, attributes: &[(&str, &str)]) -> Element {
        let attributes = attributes.iter().map(|(n, v)| ((*n).to_owned(), escape(v))).collect();
        Element { name: name.to_owned(), attributes, children: Vec::new() }
    }

    /// The same with what stands in it.
    pub(crate) fn with(mut self, children: impl IntoIterator<Item = Element>) -> Element {
        self.children.extend(children.into_iter().map(Node::Element));
        self
    }

    /// The same with a text in it.
    pub(crate) fn saying(mut self, text: &str) -> Element {
        self.children.push(Node::Raw(escape(text)));
        self
    }

    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|n| if let Node::Element(e) = n { Some(e) } else { None })
    }

    pub(crate) fn elements_mut(&mut self) -> impl Iterator<Item = &mut Element> {
        self.children.iter_mut().filter_map(|n| if let Node::Element(e) = n { Some(e) } else { None })
    }

    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|e| e.name == name)
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The text that stands directly in it.
    pub(crate) fn said(&self) -> String {
        let raw: String = self.children.iter().map(|n| if let Node::Raw(text) = n { text.as_str() } else { "" }).collect();
        unescape(&raw)
    }

    /// Puts a text in the place of all that stands in it.
    pub(crate) fn say(&mut self, text: &str) {
        self.children = vec![Node::Raw(escape(text))];
    }
}

/// A part of a document, by its outermost element.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Xml {
    pub(crate) root: Element,
}

impl Xml {
    /// Reads a part.
    pub(crate) fn read(text: &str) -> Result<Xml, String> {
        let mut reader = Reader::from_str(text);
        let mut open: Vec<Element> = Vec::new();
        loop {
            let event =
                reader.read_event().map_err(|e| format!("its XML breaks off at byte {} ({e})", reader.buffer_position()))?;
            let closed = match event {
                Event::Start(tag) if open.len() < DEEPEST => {
                    open.push(element(&tag)?);
                    None
                }
                Event::Start(_) => return Err(format!("its elements stand more than {DEEPEST} deep in each other")),
                Event::Empty(tag) => Some(element(&tag)?),
                Event::End(_) => open.pop(),
                Event::Text(text) => {
                    raw(&mut open, &text);
                    None
                }
                Event::CData(text) => {
                    raw(&mut open, &escape(&text));
                    None
                }
                Event::GeneralRef(name) => {
                    raw(&mut open, &format!("&{};", &*name));
                    None
                }
                Event::Eof => return Err("its XML ends too early".into()),
                _ => None,
            };
            match (closed, open.last_mut()) {
                (Some(element), Some(parent)) => parent.children.push(Node::Element(element)),
                (Some(root), None) => return Ok(Xml { root }),
                (None, _) => {}
            }
        }
    }

    /// The part as it is written.
    pub(crate) fn write(&self) -> String {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        write(&self.root, &mut out);
        out
    }
}

fn element(tag: &BytesStart<'_>) -> Result<Element, String> {
    let attributes: Result<Vec<_>, _> =
        tag.attributes().map(|a| a.map(|a| (a.key.as_ref().to_string(), a.value.to_string()))).collect();
    let attributes = attributes.map_err(|e| format!("an attribute of its XML is wrong ({e})"))?;
    Ok(Element { name: tag.name().as_ref().to_string(), attributes, children: Vec::new() })
}

/// Keeps text in the element that is open; between the declaration and the first element there is nothing to keep.
fn raw(open: &mut [Element], text: &str) {
    let Some(children) = open.last_mut().map(|e| &mut e.children) else { return };
    match children.last_mut() {
        Some(Node::Raw(before)) => before.push_str(text),
        _ => children.push(Node::Raw(text.to_owned())),
    }
}

fn write(element: &Element, out: &mut String) {
    out.push('<');
    out.push_str(&element.name);
    for (name, value) in &element.attributes {
        out.push_str(&format!(" {name}=\"{}\"", value.replace('"', "&quot;")));
    }
    if element.children.is_empty() {
        out.push_str("/>");
        return;
    }
    out.push('>');
    for node in &element.children {
        match node {
            Node::Element(child) => write(child, out),
            Node::Raw(text) => out.push_str(text),
        }
    }
    out.push_str(&format!("</{}>", element.name));
}

/// Characters that XML may hold, with those escaped that mean something to it.
pub(crate) fn escape(text: &str) -> String {
    let kept = |c: &char| matches!(c, '\t' | '\n' | '\r') || !c.is_control();
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(kept).filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

pub(crate) fn unescape(raw: &str) -> String {
    quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_understood_is_written_as_it_was_read() {
        let text = "<w:p a=\"1 &amp; 2\"><w:r><w:t xml:space=\"preserve\"> a &lt; b &#233; </w:t></w:r><x:y/></w:p>";
        let part = Xml::read(&format!("<?xml version=\"1.0\"?><!-- c -->{text}")).unwrap();
        assert!(part.write().ends_with(text), "{}", part.write());
        assert_eq!(part.root.child("w:r").unwrap().child("w:t").unwrap().said(), " a < b é ");
    }

    #[test]
    fn what_breaks_off_or_stands_too_deep_is_an_error() {
        assert!(Xml::read("<a><b>").is_err());
        assert!(Xml::read("").is_err());
        assert!(Xml::read(&"<a>".repeat(100_000)).is_err());
        assert_eq!(escape("a\u{0}\u{1b}<\u{ffff}"), "a&lt;");
    }
}
