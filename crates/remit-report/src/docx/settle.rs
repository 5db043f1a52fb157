//! What a template has that nobody sees who reads what is made of it: words that were deleted, who changed what, comments, properties,
//! data behind charts and forms. A template is often the last report with its words taken out, and whoever gets the next one would
//! have these still. Changes are taken as they stand on the page, and all else of that sort is left out.

use super::package::Package;
use super::xml::{Element, Node};
use crate::ReportError;

/// How the sort of a part ends that tells of a template what its pages do not: also the rows behind a chart, and the workbook behind a
/// picture of one sheet. What these show stays.
const UNSEEN: [&str; 13] = [
    "/custom-properties",
    "/comments",
    "/commentsExtended",
    "/commentsIds",
    "/commentsExtensible",
    "/people",
    "/customXml",
    "/glossaryDocument",
    "/attachedTemplate",
    "/mailMergeSource",
    "/recipientData",
    "/package",
    "/oleObject",
];

/// Where parts lie that tell no more than these.
const UNSEEN_PLACES: [&str; 5] = ["docProps/", "customXml/", "word/glossary/", "word/comments", "word/people.xml"];

/// Elements that hold what was taken out of the page, or what it was like before.
const TAKEN_OUT: [&str; 2] = ["w:del", "w:moveFrom"];

/// Elements that hold what was added to it.
const ADDED: [&str; 2] = ["w:ins", "w:moveTo"];

/// Elements that only say where changes and comments begin and end, or what they are bound to.
const SIGNS: [&str; 20] = [
    "w:commentRangeStart",
    "w:commentRangeEnd",
    "w:commentReference",
    "w:annotationRef",
    "w:moveFromRangeStart",
    "w:moveFromRangeEnd",
    "w:moveToRangeStart",
    "w:moveToRangeEnd",
    "w:customXmlInsRangeStart",
    "w:customXmlInsRangeEnd",
    "w:customXmlDelRangeStart",
    "w:customXmlDelRangeEnd",
    "w:cellIns",
    "w:cellMerge",
    "w:numberingChange",
    "w:dataBinding",
    "w15:dataBinding",
    "c:externalData",
    "cx:externalData",
    "o:OLEObject",
];

/// What stands in the settings of a document and tells where it comes from, or what it was filled with.
const SETTINGS: [&str; 3] = ["w:docVars", "w:attachedTemplate", "w:mailMerge"];

const OF_SETTINGS: &str = "word/settings.xml";

impl Package {
    /// Takes what is to be seen of a template, and nothing else.
    pub(crate) fn settle(&mut self) -> Result<(), ReportError> {
        for relations in self.names(|name| name.ends_with(".rels")) {
            self.unrelate(&relations, |sort| UNSEEN.iter().any(|end| sort.ends_with(end)))?;
        }
        // What nothing leads to is in the file all the same, and so is where a part led that is gone.
        self.leave_out(|name| UNSEEN_PLACES.iter().any(|place| name.starts_with(place)));
        let owner = |relations: &str| relations.replace("_rels/", "").trim_end_matches(".rels").to_owned();
        let leading_from_nowhere = self.names(|name| name.ends_with(".rels") && name != "_rels/.rels" && !self.has(&owner(name)));
        self.leave_out(|name| leading_from_nowhere.iter().any(|gone| gone == name));
        for part in self.names(|name| name.starts_with("word/") && name.ends_with(".xml")) {
            // What cannot be read is told where it is filled.
            let Ok(mut xml) = self.xml(&part) else { continue };
            let before = xml.root.clone();
            settled(&mut xml.root);
            if part == OF_SETTINGS {
                xml.root.children.retain(|n| !matches!(n, Node::Element(e) if SETTINGS.contains(&e.name.as_str())));
            }
            // What has nothing of that sort stays as it was written.
            if xml.root != before {
                self.put(&part, &xml);
            }
        }
        Ok(())
    }
}

/// Takes the changes in an element as they stand on the page.
fn settled(element: &mut Element) {
    let mut children = Vec::with_capacity(element.children.len());
    for node in std::mem::take(&mut element.children) {
        let Node::Element(mut child) = node else {
            children.push(node);
            continue;
        };
        if is_gone(&child) {
            continue;
        }
        settled(&mut child);
        match ADDED.contains(&child.name.as_str()) {
            true => children.extend(child.children),
            false => children.push(Node::Element(child)),
        }
    }
    element.children = children;
}

/// True for what is not on the page: words, rows, cells and paragraphs that were taken out, and all that says so.
fn is_gone(element: &Element) -> bool {
    let name = element.name.as_str();
    // What something was like before is said by an element of the same name with a word behind it.
    let is_of_before = name.starts_with("w:") && name.ends_with("PrChange") || name == "w:tblGridChange";
    let is_marked = |properties: &str, sign: &str| element.child(properties).is_some_and(|p| p.child(sign).is_some());
    match name {
        "w:tr" => is_marked("w:trPr", "w:del"),
        "w:tc" => is_marked("w:tcPr", "w:cellDel"),
        "w:p" => is_gone_paragraph(element),
        "w:r" => is_hidden(element),
        _ => TAKEN_OUT.contains(&name) || SIGNS.contains(&name) || is_of_before,
    }
}

/// True for words that are hidden on the page. A field may be hidden, as what an index is made of, and so may be a place.
fn is_hidden(run: &Element) -> bool {
    let sign = run.child("w:rPr").and_then(|p| p.child("w:vanish"));
    let is_off = |sign: &Element| matches!(sign.attribute("w:val"), Some("0" | "false" | "off"));
    let is_of_field = |e: &Element| matches!(e.name.as_str(), "w:fldChar" | "w:instrText");
    let is_place = |e: &Element| e.name == "w:t" && e.said().contains(['{', '}']);
    sign.is_some_and(|sign| !is_off(sign)) && !run.elements().any(|e| is_of_field(e) || is_place(e))
}

/// True for a paragraph of which the mark was taken out, and all words too.
fn is_gone_paragraph(paragraph: &Element) -> bool {
    let properties = paragraph.child("w:pPr");
    let mark = properties.and_then(|p| p.child("w:rPr"));
    let is_marked = mark.is_some_and(|mark| TAKEN_OUT.iter().any(|sign| mark.child(sign).is_some()));
    is_marked && paragraph.elements().all(|e| e.name == "w:pPr" || is_gone(e))
}

#[cfg(test)]
mod tests {
    use super::settled;
    use crate::docx::xml::Xml;

    fn settled_text(text: &str) -> String {
        let mut xml = Xml::read(&format!("<w:body xmlns:w=\"w\">{text}</w:body>")).unwrap();
        settled(&mut xml.root);
        let written = xml.write();
        written.split_once("<w:body xmlns:w=\"w\">").map_or("", |(_, rest)| rest).replace("</w:body>", "")
    }

    #[test]
    fn changes_are_taken_as_they_stand_on_the_page() {
        for (before, after) in [
            ("<w:p><w:ins w:author=\"x\"><w:r><w:t>a</w:t></w:r></w:ins></w:p>", "<w:p><w:r><w:t>a</w:t></w:r></w:p>"),
            ("<w:p><w:del w:author=\"x\"><w:r><w:delText>a</w:delText></w:r></w:del><w:r/></w:p>", "<w:p><w:r/></w:p>"),
            ("<w:p><w:pPr><w:rPr><w:del w:author=\"x\"/></w:rPr></w:pPr><w:del><w:r/></w:del></w:p><w:p/>", "<w:p/>"),
            ("<w:tbl><w:tr><w:trPr><w:del w:author=\"x\"/></w:trPr></w:tr><w:tr/></w:tbl>", "<w:tbl><w:tr/></w:tbl>"),
            (
                "<w:r><w:rPr><w:b/><w:rPrChange w:author=\"x\"><w:rPr/></w:rPrChange></w:rPr></w:r>",
                "<w:r><w:rPr><w:b/></w:rPr></w:r>",
            ),
            ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t></w:r><w:r/></w:p>", "<w:p><w:r/></w:p>"),
            ("<w:p><w:commentRangeStart w:id=\"1\"/><w:r><w:commentReference w:id=\"1\"/></w:r></w:p>", "<w:p><w:r/></w:p>"),
        ] {
            assert_eq!(settled_text(before), after, "{before}");
        }
    }
}
