//! Fonts: ours, and for letters that they do not have those of the machine.

use lzma_rust2::XzReader;
use std::collections::BTreeSet;
use std::io::Read as _;
use typst::foundations::Bytes;
use typst::text::{Font, FontInfo};
use typst_kit::fonts::FontStore;

/// Latin, Greek and Cyrillic as wide as Word’s usual font, so that lines break as they do there; and Arabic. All packed.
const OURS: [&[u8]; 4] = [
    include_bytes!("../../fonts/RemitSans-Regular.ttf.xz"),
    include_bytes!("../../fonts/RemitSans-Bold.ttf.xz"),
    include_bytes!("../../fonts/NotoSansArabic-Regular.ttf.xz"),
    include_bytes!("../../fonts/NotoSansArabic-Bold.ttf.xz"),
];

/// What stands for a letter that no font has.
const UNKNOWN: char = '\u{fffd}';

pub(crate) fn ours() -> impl Iterator<Item = (Font, FontInfo)> {
    OURS.into_iter().flat_map(|packed| Font::iter(Bytes::new(unpacked(packed)))).map(|font| {
        let info = font.info().clone();
        (font, info)
    })
}

/// A font that is part of the program, as it was packed; empty, and so no font, where it cannot be unpacked.
fn unpacked(packed: &[u8]) -> Vec<u8> {
    let mut font = Vec::new();
    let is_whole = XzReader::new(packed, false).read_to_end(&mut font).is_ok();
    if is_whole { font } else { Vec::new() }
}

/// Sees to it that every letter has a font. Letters that none on this machine has are replaced, and named.
pub(crate) fn provide<'b>(
    fonts: &mut FontStore,
    text: &mut String,
    drawings: impl Iterator<Item = &'b mut Vec<u8>>,
    remarks: &mut Vec<String>,
) {
    let mut drawings: Vec<&mut Vec<u8>> = drawings.collect();
    let mut missing: BTreeSet<char> = text.chars().filter(|c| is_seen(*c)).collect();
    for drawing in &drawings {
        missing.extend(String::from_utf8_lossy(drawing).chars().filter(|c| is_seen(*c)));
    }
    let has = |info: &FontInfo, c: char| info.coverage.contains(c as u32);
    ours().for_each(|(_, info)| missing.retain(|c| !has(&info, *c)));
    if missing.is_empty() {
        return;
    }
    for (font, info) in typst_kit::fonts::system() {
        let before = missing.len();
        missing.retain(|c| !has(&info, *c));
        if missing.len() < before {
            fonts.push((font, info));
        }
    }
    if missing.is_empty() {
        return;
    }
    let replaced = |text: &str| text.chars().map(|c| if missing.contains(&c) { UNKNOWN } else { c }).collect::<String>();
    *text = replaced(text);
    for drawing in &mut drawings {
        **drawing = replaced(&String::from_utf8_lossy(drawing)).into_bytes();
    }
    let named: Vec<String> = missing.iter().map(|c| format!("{c} (U+{:04X})", *c as u32)).collect();
    remarks.push(format!("No font on this machine has these letters; {UNKNOWN} stands for them: {}", named.join(", ")));
}

/// False for what is no letter: spaces, and signs that steer how text runs.
fn is_seen(c: char) -> bool {
    let steers = matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let marks = matches!(c, '\u{fe00}'..='\u{fe0f}');
    !c.is_whitespace() && !c.is_control() && !steers && !marks
}
