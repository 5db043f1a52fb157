//! Texts of a picture that have Arabic and other letters.
//!
//! What draws them (usvg) shapes a text as a whole with one font after another, and gives up where one of them joins letters that another
//! does not (`tt` in Remit Sans, `لا` in Noto Sans Arabic): the Arabic ones then are empty boxes. Where each part names its font, it is taken.

use std::fmt::Write as _;

/// The font that has the Arabic letters.
const FONT: &str = "Noto Sans Arabic";

/// A picture in which Arabic parts of texts that have other letters too name their font.
pub(crate) fn in_their_fonts(svg: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(svg.len()), svg);
    while let Some((head, text, tail)) = next_text(rest) {
        out.push_str(head);
        let mixed = text.contains(is_arabic) && text.chars().any(|c| c.is_alphanumeric() && !is_arabic(c));
        if mixed {
            parted(text, &mut out)
        } else {
            out.push_str(text)
        }
        rest = tail;
    }
    out + rest
}

/// The next text of a picture that has no other element in it: what stands before its words, they, and what follows.
fn next_text(svg: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let opens = from + svg[from..].find("<text")?;
        let begins = opens + svg[opens..].find('>')? + 1;
        let ends = begins + svg[begins..].find('<')?;
        if svg[ends..].starts_with("</text>") {
            return Some((&svg[..begins], &svg[begins..ends], &svg[ends..]));
        }
        from = ends;
    }
}

fn parted(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(begins) = rest.find(is_arabic) {
        // What steers the direction goes with the letters that it stands at: they are one cluster.
        let begins = rest[..begins].trim_end_matches(steers).len();
        let (before, from) = rest.split_at(begins);
        let ends = from.find(|c| !is_arabic(c) && !steers(c) && c != ' ').unwrap_or(from.len());
        // Writing to a text cannot fail.
        let _ = write!(out, "{before}<tspan font-family=\"{FONT}\">{}</tspan>", &from[..ends]);
        rest = &from[ends..];
    }
    out.push_str(rest);
}

fn steers(c: char) -> bool {
    matches!(c, '\u{2066}'..='\u{2069}')
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_beside_other_letters_names_its_font() {
        let svg = "<svg><text x=\"1\">\u{2067}المصدر: Made-up gazette، سارٍ 2021\u{2069}</text><text>الصومال</text><text>police</text></svg>";
        let span = |text: &str| format!("<tspan font-family=\"{FONT}\">{text}</tspan>");
        let drawn = format!(
            "<svg><text x=\"1\">{}: Made-up gazette{}2021\u{2069}</text><text>الصومال</text><text>police</text></svg>",
            span("\u{2067}المصدر"),
            span("، سارٍ ")
        );
        assert_eq!(in_their_fonts(svg), drawn);
        assert_eq!(in_their_fonts("<text>الف a"), "<text>الف a");
    }
}
