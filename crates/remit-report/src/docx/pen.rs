//! What is written into a document: paragraphs, tables, footnotes and pictures, in Word's own styles, from either side.

use super::package::Package;
use super::xml::{Element, Node, Xml};
use crate::ReportError;
use remit_model::{Direction, Locale};

/// Twips of a line of text, between which the columns of a table are divided.
const LINE: usize = 9_638;

/// English metric units of a pixel, and of the widest picture.
const UNITS: (f64, f64) = (9_525.0, 6_120_000.0);

/// The tallest that a picture may be in Word's units: 20 cm. What is taller than its page is cut off there, and its caption stands alone
/// on the page before.
const TALLEST: f64 = 7_200_000.0;

/// Letters of a line of a table, of the longest word that is kept whole, of the words that always are where columns are few, and of the
/// widest cell.
const LETTERS: usize = 104;
const LONGEST_WORD: usize = 18;
const SHORTEST_WORD: usize = 6;
const MOST_LETTERS: usize = 60;

/// How much higher a line is that runs from right to left.
const RTL_LINE: f64 = 1.2;

/// What writes: it knows the language and what the document calls its styles.
pub(crate) struct Pen {
    rtl: bool,
    caption: String,
    grid: String,
    /// What stands in a cell: a style of its own, as LibreOffice writes the size of all text into that of paragraphs.
    cell: String,
    note: String,
    reference: String,
    /// The styles of headings: a caption that a place asks for in one of them stands in it.
    headings: Vec<String>,
}

/// What stands in a cell.
pub(crate) struct WrittenCell {
    pub(crate) text: String,
    pub(crate) is_number: bool,
}

impl Pen {
    /// Makes sure that the document has the styles that are written in.
    pub(crate) fn new(package: &mut Package, locale: &Locale) -> Result<Pen, ReportError> {
        let ours = super::blank::blank(locale).xml("word/styles.xml")?;
        let mut styles = package.styles()?;
        let headings = styles.root.elements().filter(|s| is_heading(s)).filter_map(|s| s.attribute("w:styleId"));
        let headings = headings.map(str::to_owned).collect();
        let mut style = |name: &str| package.style(&mut styles, name, || named(&ours, name));
        let pen = Pen {
            rtl: locale.direction == Direction::Rtl,
            caption: style("caption"),
            grid: style("Table Grid"),
            cell: style("Table Text"),
            note: style("footnote text"),
            reference: style("footnote reference"),
            headings,
        };
        package.put_styles(&styles);
        Ok(pen)
    }

    /// A paragraph in a style of the document; of the usual style where that is empty.
    pub(crate) fn paragraph(&self, style: &str, runs: impl IntoIterator<Item = Element>) -> Element {
        self.set_paragraph(style, "", runs)
    }

    fn set_paragraph(&self, style: &str, side: &str, runs: impl IntoIterator<Item = Element>) -> Element {
        let mut how = Vec::new();
        if !style.is_empty() {
            how.push(Element::new("w:pStyle", &[("w:val", style)]));
        }
        if self.rtl {
            how.push(Element::new("w:bidi", &[]));
        }
        if !side.is_empty() {
            how.push(Element::new("w:jc", &[("w:val", side)]));
        }
        Element::new("w:p", &[]).with([Element::new("w:pPr", &[]).with(how)]).with(runs)
    }

    /// A caption, with what stands behind it, for a place that stands in a paragraph of some style: as a heading where that is one.
    pub(crate) fn caption(&self, place: &Node, text: &str, behind: impl IntoIterator<Item = Element>) -> Element {
        let style = match place {
            Node::Element(paragraph) => paragraph.child("w:pPr").and_then(|how| how.child("w:pStyle")?.attribute("w:val")),
            _ => None,
        };
        let style = style.filter(|style| self.headings.iter().any(|heading| heading == style)).unwrap_or(&self.caption);
        // An office's own style need not say it: that of LibreOffice does not, and a caption stood alone at the foot of a page.
        kept_together(self.paragraph(style, std::iter::once(self.run(text)).chain(behind)))
    }

    /// A paragraph as small as a footnote.
    pub(crate) fn small(&self, text: &str) -> Element {
        self.paragraph(&self.note, [self.run(text)])
    }

    /// Text as it is.
    pub(crate) fn run(&self, text: &str) -> Element {
        self.run_like(None, text)
    }

    /// Text that looks as some other does.
    pub(crate) fn run_like(&self, look: Option<&Element>, text: &str) -> Element {
        let mut run = Element::new("w:r", &[]);
        let mut look = look.cloned().unwrap_or_else(|| Element::new("w:rPr", &[]));
        // A text of another script in between keeps its own direction.
        if self.rtl && is_rtl(text) && look.child("w:rtl").is_none() {
            look = look.with([Element::new("w:rtl", &[])]);
        }
        if !look.children.is_empty() {
            run = run.with([look]);
        }
        for (n, line) in text.split('\n').enumerate() {
            let end = (n > 0).then(|| Element::new("w:br", &[]));
            run = run.with(end).with([Element::new("w:t", &[("xml:space", "preserve")]).saying(line)]);
        }
        run
    }

    fn strong(&self, text: &str) -> Element {
        let look = Element::new("w:rPr", &[]).with([Element::new("w:b", &[]), Element::new("w:bCs", &[])]);
        self.run_like(Some(&look), text)
    }

    /// A footnote, and the sign in the text that leads to it.
    pub(crate) fn footnote(&self, package: &mut Package, text: &str) -> Result<Element, ReportError> {
        let look = || Element::new("w:rPr", &[]).with([Element::new("w:rStyle", &[("w:val", &self.reference)])]);
        let sign = Element::new("w:r", &[]).with([look(), Element::new("w:footnoteRef", &[])]);
        let number = package.footnote(self.paragraph(&self.note, [sign, self.run(&format!(" {text}"))]))?;
        Ok(Element::new("w:r", &[]).with([look(), Element::new("w:footnoteReference", &[("w:id", &number)])]))
    }

    /// A table with a row of headings, which stand again on each page.
    pub(crate) fn table(&self, caption: &str, heads: &[WrittenCell], rows: &[Vec<WrittenCell>]) -> Element {
        let widths = widths(heads, rows);
        let mut how = vec![Element::new("w:tblStyle", &[("w:val", &self.grid)])];
        if self.rtl {
            how.push(Element::new("w:bidiVisual", &[]));
        }
        how.push(Element::new("w:tblW", &[("w:w", "5000"), ("w:type", "pct")]));
        how.push(Element::new("w:tblLayout", &[("w:type", "fixed")]));
        how.push(Element::new("w:tblLook", &[("w:val", "0020"), ("w:firstRow", "1")]));
        how.push(Element::new("w:tblCaption", &[("w:val", caption)]));
        let grid = widths.iter().map(|w| Element::new("w:gridCol", &[("w:w", &w.to_string())]));
        let head = Element::new("w:trPr", &[]).with([Element::new("w:cantSplit", &[]), Element::new("w:tblHeader", &[])]);
        let head =
            Element::new("w:tr", &[]).with([head]).with(heads.iter().zip(&widths).map(|(cell, w)| self.cell(cell, *w, true)));
        let row = |cells: &Vec<WrittenCell>| {
            let how = Element::new("w:trPr", &[]).with([Element::new("w:cantSplit", &[])]);
            Element::new("w:tr", &[]).with([how]).with(cells.iter().zip(&widths).map(|(cell, w)| self.cell(cell, *w, false)))
        };
        Element::new("w:tbl", &[])
            .with([Element::new("w:tblPr", &[]).with(how), Element::new("w:tblGrid", &[]).with(grid), head])
            .with(rows.iter().map(row))
    }

    /// How many lines each row of a table takes, as far as its letters tell.
    pub(crate) fn lines(&self, heads: &[WrittenCell], rows: &[Vec<WrittenCell>]) -> Vec<f64> {
        let widths = widths(heads, rows);
        let of_cell = |(cell, width): (&WrittenCell, &usize)| {
            let letters = (width * LETTERS / LINE).saturating_sub(2).max(1);
            cell.text.split('\n').map(|line| line.chars().count().div_ceil(letters).max(1)).sum::<usize>()
        };
        let of_row = |row: &Vec<WrittenCell>| row.iter().zip(&widths).map(of_cell).max().unwrap_or(1) as f64;
        let line = if self.rtl { RTL_LINE } else { 1.0 };
        rows.iter().map(|row| of_row(row) * line).collect()
    }

    fn cell(&self, cell: &WrittenCell, width: usize, is_head: bool) -> Element {
        let mut how = vec![Element::new("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")])];
        if is_head {
            how.push(Element::new("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", "E8EEF4")]));
        }
        // Word takes `right` for the end of the line, on whichever side that is.
        let side = if cell.is_number { "right" } else { "" };
        let text = self.in_its_direction(&cell.text);
        let run = if is_head { self.strong(&text) } else { self.run(&text) };
        Element::new("w:tc", &[]).with([Element::new("w:tcPr", &[]).with(how), self.set_paragraph(&self.cell, side, [run])])
    }

    /// A text that runs from left to right in a document that does not, between marks that say so: without them a number at its beginning,
    /// or a bracket at its end, would stand on the other side.
    fn in_its_direction(&self, text: &str) -> String {
        match self.rtl && !is_rtl(text) {
            true => text.split('\n').map(|line| format!("\u{200e}{line}\u{200e}")).collect::<Vec<_>>().join("\n"),
            false => text.to_owned(),
        }
    }

    /// A picture: vector for who can show it, and points for others.
    pub(crate) fn picture(&self, package: &mut Package, number: usize, svg: &str, said: &str) -> Result<Element, ReportError> {
        let (vector, raster) = package.picture(svg, &crate::raster::png(svg)?)?;
        let size = |name: &str| {
            let value = svg.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split('"').next()?.parse::<f64>().ok());
            value.unwrap_or(400.0)
        };
        let scale = (UNITS.1 / size("width")).min(UNITS.0 * 1.45).min(TALLEST / size("height"));
        let [width, height] = ["width", "height"].map(|name| ((size(name) * scale).round() as i64).to_string());
        let (number, name) = (number.to_string(), format!("Remit {number}"));
        let drawn = format!(
            "<w:drawing xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
             xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
             xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
             xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
             <wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" cy=\"{height}\"/>\
             <wp:docPr id=\"{number}\" name=\"{name}\" descr=\"{said}\"/>\
             <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
             <pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
             <pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"{name}\" descr=\"{said}\"/><pic:cNvPicPr/></pic:nvPicPr>\
             <pic:blipFill><a:blip r:embed=\"{raster}\"><a:extLst><a:ext uri=\"{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}\">\
             <asvg:svgBlip xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" r:embed=\"{vector}\"/>\
             </a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
             <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>",
            said = super::xml::escape(said).replace('\n', " "),
        );
        let drawing = Xml::read(&drawn).map_err(ReportError::Template)?.root;
        Ok(self.paragraph("", [Element::new("w:r", &[]).with([drawing])]))
    }
}

/// True for a style that Word calls a heading: by its English name, whatever the office's language.
fn is_heading(style: &Element) -> bool {
    style.child("w:name").and_then(|n| n.attribute("w:val")).is_some_and(|n| n.to_ascii_lowercase().starts_with("heading "))
}

fn named(styles: &Xml, name: &str) -> Element {
    let is_named = |e: &&Element| e.child("w:name").and_then(|n| n.attribute("w:val")) == Some(name);
    styles.root.elements().find(is_named).cloned().unwrap_or_default()
}

/// True for a text that runs from right to left, and for one of signs and numbers alone.
fn is_rtl(text: &str) -> bool {
    let is_of_rtl = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    text.chars().any(is_of_rtl) || !text.chars().any(char::is_alphabetic)
}

/// How the line is divided: no word breaks as long as there is room, and what is left goes to where much is said.
fn widths(heads: &[WrittenCell], rows: &[Vec<WrittenCell>]) -> Vec<usize> {
    let letters = |text: &str| text.chars().count();
    // Only an ordinary space is a place to break a line.
    let word = |text: &str| text.split([' ', '\n']).map(letters).max().unwrap_or(0);
    let cells = |c: usize| rows.iter().filter_map(move |r| r.get(c)).map(|cell| cell.text.as_str());
    // Headings are bold, and so wider by a quarter where a machine has none of the usual fonts.
    let longest = |c: usize| cells(c).map(word).max().unwrap_or(0).max((word(&heads[c].text) * 5).div_ceil(4));
    let longest: Vec<usize> = (0..heads.len()).map(longest).collect();
    let least_of = |most: usize| longest.iter().map(|word| (*word).min(most) + 3).collect::<Vec<usize>>();
    // Where not all words have room, the longest ones break, and not one in each column.
    let fits = |most: &usize| least_of(*most).iter().sum::<usize>() <= LETTERS;
    let least = least_of((SHORTEST_WORD..=LONGEST_WORD).rev().find(fits).unwrap_or(SHORTEST_WORD));
    let wanted = |c: usize| cells(c).map(letters).sum::<usize>().div_ceil(rows.len().max(1)).min(MOST_LETTERS);
    let more: Vec<usize> = least.iter().enumerate().map(|(c, least)| wanted(c).saturating_sub(*least) + 1).collect();
    let (sum, room) = (least.iter().sum::<usize>().max(1), more.iter().sum::<usize>().max(1));
    let left = LETTERS.saturating_sub(sum);
    let all = sum.max(LETTERS);
    least.iter().zip(&more).map(|(least, more)| (least * room + more * left) * LINE / (all * room)).collect()
}

/// What stays on one page with what follows: each of its paragraphs asks to stay with the next.
pub(crate) fn kept_together(mut element: Element) -> Element {
    if element.name == "w:pPr" {
        // A style stands first, Word says.
        let at = element.children.iter().take_while(|node| matches!(node, Node::Element(e) if e.name == "w:pStyle")).count();
        element.children.insert(at, Node::Element(Element::new("w:keepNext", &[])));
        return element;
    }
    for child in element.elements_mut() {
        *child = kept_together(std::mem::take(child));
    }
    element
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_not_all_words_have_room_the_short_ones_stay_whole() {
        let cell = |text: &str| WrittenCell { text: text.to_owned(), is_number: false };
        let heads: Vec<WrittenCell> = ["Record", "Kind", "Change", "Before", "Now", "Source"].into_iter().map(cell).collect();
        // No place to break a line.
        let long = "Made-up-".repeat(4);
        let long = long.as_str();
        let row: Vec<WrittenCell> = [long, "Law", "corrected", long, long, long].into_iter().map(cell).collect();
        let widths = widths(&heads, &[row]);
        let letters = |c: usize| widths[c] * LETTERS / LINE;
        assert!(letters(2) >= "corrected".len() + 2, "{widths:?}");
        assert!(widths.iter().sum::<usize>() <= LINE, "{widths:?}");
        let longer = long.repeat(9);
        let row: Vec<WrittenCell> = ["weak", longer.as_str()].into_iter().map(cell).collect();
        let narrow = super::widths(&["Weakness", "Text"].map(cell), &[row]);
        assert!(narrow[0] * LETTERS / LINE >= 10 + 2, "{narrow:?}");
    }
}
