//! Reads a picture back, and checks what must hold for every one.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use remit_draw::{Picture, Setting};
use std::collections::HashSet;

/// An element with its attributes, and the text directly in it.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
    pub(crate) text: String,
}

impl Element {
    pub(crate) fn get(&self, name: &str) -> &str {
        self.attributes.iter().find(|a| a.0 == name).map_or("", |a| &a.1)
    }

    pub(crate) fn number(&self, name: &str) -> f64 {
        self.get(name).parse().unwrap_or_else(|_| panic!("{name} of {self:?}"))
    }
}

fn read(e: &BytesStart) -> Element {
    let attributes = e.attributes().map(|a| a.unwrap());
    Element {
        name: e.name().as_ref().to_owned(),
        attributes: attributes
            .map(|a| (a.key.as_ref().to_owned(), a.normalized_value(XmlVersion::Implicit1_0).unwrap().into_owned()))
            .collect(),
        text: String::new(),
    }
}

/// The elements of a picture; fails where it is no well-formed XML.
pub(crate) fn elements(svg: &str) -> Vec<Element> {
    let mut reader = quick_xml::Reader::from_str(svg);
    let (mut all, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
    let say = |all: &mut Vec<Element>, open: &[usize], text: &str| {
        if let Some(at) = open.last() {
            all[*at].text.push_str(text);
        }
    };
    loop {
        match reader.read_event().unwrap_or_else(|e| panic!("{e}: {svg}")) {
            Event::Start(e) => {
                open.push(all.len());
                all.push(read(&e));
            }
            Event::Empty(e) => all.push(read(&e)),
            Event::End(_) => assert!(open.pop().is_some(), "an end without a start"),
            Event::Text(t) => say(&mut all, &open, &t),
            Event::GeneralRef(r) => {
                assert!(["amp", "lt", "gt", "quot", "#39"].contains(&&*r), "&{};", &*r);
                say(&mut all, &open, "&");
            }
            Event::Eof => break,
            other => panic!("{other:?}"),
        }
    }
    assert!(open.is_empty(), "a start without an end");
    all
}

/// What holds for every picture, whatever its data.
pub(crate) fn check(picture: &dyn Picture, setting: &Setting) -> Vec<Element> {
    let svg = picture.svg(setting);
    let all = elements(&svg);
    let root = &all[0];
    let role = if all.iter().any(|e| e.name == "a") { "group" } else { "img" };
    assert_eq!((root.name.as_str(), root.get("role")), ("svg", role), "links are found in a group only");
    let ids: Vec<&str> = all.iter().map(|e| e.get("id")).filter(|i| !i.is_empty()).collect();
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "the same id twice: {ids:?}");
    for label in root.get("aria-labelledby").split(' ') {
        assert!(ids.contains(&label), "{label} is named and not there");
    }
    for element in &all {
        sound(element, &ids);
        if element.name == "text" && root.get("class").ends_with("wide") {
            assert!(element.number("font-size") >= 12.0, "{element:?}");
        } else if element.name == "text" {
            let shown = element.number("font-size") * 360.0 / root.number("width");
            assert!(shown >= 9.5, "text of {shown:.1} px where the picture is 360 px wide");
        }
    }
    let rows = picture.rows(&setting.words);
    assert!(rows.rows.iter().all(|r| r.len() == rows.head.len()), "{rows:?}");
    all
}

/// An element has sane numbers, patterns that exist, and neither style nor script.
fn sound(element: &Element, ids: &[&str]) {
    for (name, value) in element.attributes.iter().filter(|a| !["href", "id", "aria-labelledby"].contains(&a.0.as_str())) {
        // A pattern may be called anything.
        assert!(value.starts_with("url(#") || (!value.contains("NaN") && !value.contains("inf")), "{name} of {element:?}");
    }
    for paint in ["fill", "stroke"].map(|p| element.get(p)) {
        let pattern = paint.strip_prefix("url(#").and_then(|p| p.strip_suffix(')'));
        assert!(pattern.is_none_or(|p| ids.contains(&p)), "{paint} is used and not defined");
    }
    for size in ["width", "height", "r"] {
        assert!(element.get(size).is_empty() || element.number(size) >= 0.0, "{element:?}");
    }
    assert!(element.get("style").is_empty() && element.name != "script" && !element.get("href").starts_with("javascript"));
}

/// True where two texts of a class certainly overlap: they are taken to be narrower than any font has them.
pub(crate) fn overlap(all: &[Element], class: &str) -> bool {
    let boxes: Vec<[f64; 4]> = all
        .iter()
        .filter(|e| e.name == "text" && e.get("class") == class && !e.text.trim().is_empty())
        .map(|e| {
            let (x, y, size) = (e.number("x"), e.number("y"), e.number("font-size"));
            let letters = e.text.chars().filter(|c| !('\u{2066}'..='\u{2069}').contains(c)).count();
            let wide = letters as f64 * size * 0.28;
            let left = match e.get("text-anchor") {
                "end" => x - wide,
                "middle" => x - wide / 2.0,
                _ => x,
            };
            [left, y - size * 0.8, left + wide, y]
        })
        .collect();
    let meet = |a: &[f64; 4], b: &[f64; 4]| a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
    boxes.iter().enumerate().any(|(i, a)| boxes[i + 1..].iter().any(|b| meet(a, b)))
}
