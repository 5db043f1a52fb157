//! Markup that is made of attributes.

use std::borrow::Cow;

/// Attributes of an element that are kept.
const MOST: usize = 200;

/// True for what may stand between two attributes.
fn is_between(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'/' | b'"' | b'\'')
}

/// Markup without the attributes of an element that come after a few hundred: whoever reads it compares each with all before it,
/// which takes a page that is made of them a minute.
pub fn with_few_attributes(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut kept = String::new();
    let (mut from, mut at) = (0, 0);
    while let Some(open) = bytes[at..].iter().position(|b| *b == b'<').map(|n| at + n) {
        at = open + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let (mut attributes, mut quote, mut cut) = (0, None, None);
        while let Some(byte) = bytes.get(at) {
            match (quote, byte) {
                (Some(q), b) if *b == q => quote = None,
                (Some(_), _) => {}
                (None, b'>' | b'<') => break,
                (None, b'"' | b'\'') if bytes[at - 1] == b'=' => quote = Some(*byte),
                (None, b) if !is_between(*b) && is_between(bytes[at - 1]) => attributes += 1,
                _ => {}
            }
            // Twice: white space may stand on both sides of an equals sign.
            if attributes > 2 * MOST && cut.is_none() {
                cut = Some(at);
            }
            at += 1;
        }
        if let Some(cut) = cut {
            kept.push_str(&text[from..cut]);
            from = at;
        }
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    kept.push_str(&text[from..]);
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_beyond_a_few_hundred_are_left_out_and_nothing_else_is() {
        let plain = "<p title=\"a > b  c\">x</p>";
        assert!(matches!(with_few_attributes(plain), Cow::Borrowed(text) if text == plain));
        let many: String = (0..5_000).map(|n| format!(" a{n}=1")).collect();
        let kept = with_few_attributes(&format!("<p{many}>x</p><b{many}>y</b>")).into_owned();
        assert!(kept.len() < 8_000 && kept.contains(">x</p><b a0=1") && kept.ends_with(">y</b>"), "{kept}");
    }
}
