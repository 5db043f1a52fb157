//! Plain text: blank lines part paragraphs; a short line of its own is a heading.

use crate::code_page::code_page;
use crate::layout::blocks;
use crate::line::Line;
use crate::{Raw, tidy};
use remit_model::Languages;
use std::borrow::Cow;

pub(crate) fn read(bytes: &[u8]) -> Raw {
    let (text, notes) = decode(bytes);
    let mut lines: Vec<Line> = Vec::new();
    let mut blank = true;
    let all: Vec<&str> = text.split('\n').flat_map(|line| line.split('\u{c}')).collect();
    for (n, raw) in all.iter().enumerate() {
        let text = tidy(raw);
        if text.is_empty() {
            blank = true;
            continue;
        }
        let alone = blank && all.get(n + 1).is_none_or(|next| next.trim().is_empty());
        // Where a line ends says nothing in plain text; a line of its own is marked by an end before the margin.
        lines.push(Line { text, right: if alone { -1.0 } else { 1.0 }, gap: if blank { 1.0 } else { 0.0 }, ..Line::default() });
        blank = false;
    }
    Raw { blocks: blocks(lines), notes, ..Raw::default() }
}

/// Text of bytes: UTF-8, UTF-16 with its mark, else the code page in which they make words, and what had to be replaced.
pub(crate) fn decode(bytes: &[u8]) -> (Cow<'_, str>, Vec<String>) {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, bad) = encoding.decode_without_bom_handling(&bytes[mark..]);
        let notes = bad.then(|| format!("some bytes are no {}; they show as �", encoding.name()));
        return (text, notes.into_iter().collect());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.into(), Vec::new()),
        Err(_) => {
            let page = code_page(bytes, &Languages::built_in());
            (page.decode_without_bom_handling(bytes).0, vec![format!("it is not UTF-8; read as {}", page.name())])
        }
    }
}
