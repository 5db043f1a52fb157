//! Walking through one activity's XML: elements, attributes, text, lines. Nothing is ever expanded but the five
//! predefined entities and character references.

use memchr::memchr_iter;
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use remit_store::Problem;
use std::borrow::Cow;

/// The activity is not well-formed from here on.
#[derive(Debug)]
pub(crate) struct BrokenXml(pub(crate) String);

type Result<T> = std::result::Result<T, BrokenXml>;

pub(crate) struct Walker<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    line: u64,
    counted: usize,
    pub(crate) problems: Vec<Problem>,
}

/// An element that has been opened.
pub(crate) type OpenElement<'a> = BytesStart<'a>;

impl<'a> Walker<'a> {
    pub(crate) fn new(text: &'a str, line: u64) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Walker { reader, text, line, counted: 0, problems: Vec::new() }
    }

    /// The line on which the walk stands.
    pub(crate) fn line(&mut self) -> u64 {
        let at = (self.reader.buffer_position() as usize).min(self.text.len());
        if at > self.counted {
            self.line += memchr_iter(b'\n', &self.text.as_bytes()[self.counted..at]).count() as u64;
            self.counted = at;
        }
        self.line
    }

    pub(crate) fn problem(&mut self, element: &str, value: &str, rule: &'static str, reason: impl Into<String>) {
        let line = self.line();
        let value = value.chars().take(200).collect();
        self.problems.push(Problem { line, element: element.into(), record: String::new(), value, rule, reason: reason.into() });
    }

    /// The next child of the element that is open, or `None` at its end. Text between children is passed over.
    pub(crate) fn child(&mut self) -> Result<Option<OpenElement<'a>>> {
        loop {
            match self.event()? {
                Event::Start(e) => return Ok(Some(e)),
                Event::End(_) => return Ok(None),
                Event::Eof => {
                    return Err(BrokenXml("it ends before all its elements are closed".into()));
                }
                _ => {}
            }
        }
    }

    fn event(&mut self) -> Result<Event<'a>> {
        self.reader.read_event().map_err(|e| BrokenXml(e.to_string()))
    }

    /// Passes over the rest of an element.
    pub(crate) fn skip(&mut self, element: &OpenElement<'a>) -> Result<()> {
        self.reader.read_to_end(element.name()).map(|_| ()).map_err(|e| BrokenXml(e.to_string()))
    }

    /// The text of the element that is open, without that of its children, to its end.
    pub(crate) fn text(&mut self) -> Result<Cow<'a, str>> {
        let mut text: Cow<'a, str> = Cow::Borrowed("");
        loop {
            match self.event()? {
                Event::Text(t) => append(&mut text, t.into_inner()),
                Event::CData(t) => append(&mut text, t.into_inner()),
                Event::GeneralRef(r) => {
                    let name = r.into_inner();
                    match resolve(&name) {
                        Some(c) => text.to_mut().push(c),
                        None => {
                            self.problem(
                                "",
                                &format!("&{name};"),
                                "entity",
                                "this entity is not one of XML's own; it was kept as it stands",
                            );
                            let text = text.to_mut();
                            text.push('&');
                            text.push_str(&name);
                            text.push(';');
                        }
                    }
                }
                Event::Start(e) => self.skip(&e)?,
                Event::End(_) => return Ok(trimmed(text)),
                Event::Eof => return Err(BrokenXml("it ends within a text".into())),
                _ => {}
            }
        }
    }

    /// The narratives of an element by language (`""`: the activity's own), to its end. Text that stands outside of a
    /// narrative counts as one.
    pub(crate) fn narratives(&mut self) -> Result<Vec<(String, String)>> {
        let mut all: Vec<(String, String)> = Vec::new();
        loop {
            match self.event()? {
                Event::Start(e) if e.name().0 == "narrative" => {
                    let language = attr(&e, "xml:lang").map(|l| l.to_lowercase()).unwrap_or_default();
                    let text = self.text()?;
                    if !text.is_empty() {
                        all.push((language, text.into_owned()));
                    }
                }
                Event::Start(e) => self.skip(&e)?,
                Event::Text(t) => {
                    let text = t.into_inner();
                    if !text.trim().is_empty() {
                        all.push((String::new(), text.trim().to_owned()));
                    }
                }
                Event::End(_) => return Ok(all),
                Event::Eof => return Err(BrokenXml("it ends within an element".into())),
                _ => {}
            }
        }
    }

    /// The narrative to show: English, else the first.
    pub(crate) fn narrative(&mut self) -> Result<String> {
        Ok(preferred(&self.narratives()?).unwrap_or_default().to_owned())
    }
}

/// English, else what is in the activity's own language, else the first.
pub(crate) fn preferred(narratives: &[(String, String)]) -> Option<&str> {
    let in_language = |wanted: &str| narratives.iter().find(|(l, _)| l == wanted);
    in_language("en").or_else(|| in_language("")).or_else(|| narratives.first()).map(|(_, text)| text.as_str())
}

/// The value of an attribute, trimmed; `None` where it is absent or empty.
pub(crate) fn attr<'e>(element: &'e OpenElement<'_>, name: &str) -> Option<Cow<'e, str>> {
    let attribute = element.attributes().with_checks(false).flatten().find(|a| a.key.0 == name)?;
    // Entities that are not XML's own keep the value as it was written.
    let value = attribute.normalized_value(XmlVersion::Implicit1_0).unwrap_or(attribute.value);
    let value = trimmed(value);
    (!value.is_empty()).then_some(value)
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) if text.trim().len() == text.len() => Cow::Owned(text),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

fn append<'a>(text: &mut Cow<'a, str>, more: Cow<'a, str>) {
    if text.is_empty() {
        *text = more;
    } else {
        text.to_mut().push_str(&more);
    }
}

fn resolve(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| *c != '\0')?
        }
    })
}
