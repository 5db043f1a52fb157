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
    /// How often a & was none of XML's own entities.
    ampersands: usize,
}

/// So many of them are told of one activity: a text may hold nothing else.
const MOST_TOLD: usize = 100;

/// An element that has been opened.
pub(crate) type OpenElement<'a> = BytesStart<'a>;

impl<'a> Walker<'a> {
    pub(crate) fn new(text: &'a str, line: u64) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Walker { reader, text, line, counted: 0, problems: Vec::new(), ampersands: 0 }
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
        let event = self.reader.read_event().map_err(|e| BrokenXml(e.to_string()))?;
        match &event {
            // A text begins with one only where it begins nothing.
            Event::Text(text) if text.starts_with('&') => self.tell_ampersand("", text),
            Event::Start(element) if element.contains('&') => self.tell_attributes(element),
            _ => {}
        }
        Ok(event)
    }

    /// Tells of attributes with a & that begins none of XML's own entities, of each once.
    fn tell_attributes(&mut self, element: &OpenElement<'a>) {
        for attribute in element.attributes().with_checks(false).flatten() {
            let value: &str = &attribute.value;
            let mut all = value.match_indices('&').map(|(at, _)| &value[at..]);
            if let Some(from) = all.find(|from| not_of_xml(from).is_some()) {
                self.tell_ampersand(&format!("{}/@{}", element.name().0, attribute.key.0), from);
            }
        }
    }

    /// Tells of the & with which a text begins, where that begins none of XML's own entities.
    fn tell_ampersand(&mut self, element: &str, from: &str) {
        let Some(reason) = not_of_xml(from) else { return };
        self.ampersands += 1;
        if self.ampersands > MOST_TOLD {
            return;
        }
        let others = if self.ampersands == MOST_TOLD { "; others of this activity are not listed" } else { "" };
        let shown = from.lines().next().unwrap_or_default().trim_end();
        self.problem(element, shown, "entity", format!("{reason}{others}"));
        // The text may end lines below.
        let below = memchr_iter(b'\n', from.as_bytes()).count() as u64;
        if let Some(problem) = self.problems.last_mut() {
            problem.line = problem.line.saturating_sub(below);
        }
    }

    /// Adds to a text what a reference in it stands for; one that is not of XML is told, and stays as it is written.
    fn refer(&mut self, name: &str, text: &mut Cow<'a, str>) {
        if let Some(c) = resolve(name) {
            text.to_mut().push(c);
        } else {
            let written = format!("&{name};");
            self.tell_ampersand("", &written);
            text.to_mut().push_str(&written);
        }
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
                Event::GeneralRef(r) => self.refer(&r.into_inner(), &mut text),
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
        let mut own: Cow<'a, str> = Cow::Borrowed("");
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
                Event::Text(t) if own.is_empty() && t.trim().is_empty() => {}
                Event::Text(t) => append(&mut own, t.into_inner()),
                Event::CData(t) => append(&mut own, t.into_inner()),
                Event::GeneralRef(r) => self.refer(&r.into_inner(), &mut own),
                Event::End(_) => {
                    let own = trimmed(own);
                    if !own.is_empty() {
                        all.push((String::new(), own.into_owned()));
                    }
                    return Ok(all);
                }
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
    // What is no entity of XML's own stays as it was written.
    let value = attribute.normalized_value(XmlVersion::Implicit1_0).unwrap_or_else(|_| Cow::Owned(resolved(&attribute.value)));
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

/// Why what begins with a & is none of XML's own entities; none where it is one.
fn not_of_xml(from: &str) -> Option<&'static str> {
    let name = from.strip_prefix('&').and_then(|rest| rest.split_once(';')).map_or("", |(name, _)| name);
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '#' | '.' | '_' | ':' | '-'));
    match resolve(name) {
        Some(_) => None,
        None if is_name => Some("this entity is not one of XML's own; it was kept as it stands"),
        None => Some("a bare & is not XML, which writes it “&amp;”; it was kept as it stands"),
    }
}

/// A text with XML's own entities resolved; any other & stays as it is.
fn resolved(text: &str) -> String {
    let mut pieces = text.split('&');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        if let Some((c, rest)) = piece.split_once(';').and_then(|(name, rest)| Some((resolve(name)?, rest))) {
            out.push(c);
            out.push_str(rest);
        } else {
            out.push('&');
            out.push_str(piece);
        }
    }
    out
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
