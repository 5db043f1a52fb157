//! Which letters the bytes of a text are: Unicode where they are that, else the code page in which they make words of a
//! language. What each language is written with is in `model/languages.toml`.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
pub use remit_document::code_page;
use remit_model::Languages;
use std::io::{self, Read};

/// Bytes at the beginning of a file by which its code page is told.
const BEGINNING: usize = 256 << 10;

/// A text out of bytes, and what it was read as. `asked` is what somebody said that it is, or empty.
pub(crate) fn decode<'b>(bytes: &'b [u8], asked: &str, languages: &Languages) -> (std::borrow::Cow<'b, str>, &'static str) {
    let encoding = certain(bytes, asked).unwrap_or_else(|| code_page(bytes, languages));
    (encoding.decode_with_bom_removal(bytes).0, encoding.name())
}

/// What the letters of a file are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Letters {
    pub(crate) encoding: &'static Encoding,
    /// True where only the words that they make tell it: a few words may make sense in several code pages.
    pub(crate) is_guessed: bool,
}

impl Letters {
    /// As [`decode`] tells them, without having all of the file in memory. `asked` is what somebody said that they are, or empty.
    pub(crate) fn of(mut file: impl Read, asked: &str, languages: &Languages) -> io::Result<Letters> {
        let mut begin = Vec::new();
        file.by_ref().take(BEGINNING as u64).read_to_end(&mut begin)?;
        if let Some(encoding) = marked(&begin, asked) {
            return Ok(Letters { encoding, is_guessed: false });
        }
        let is_utf_8 = is_utf_8(&begin, file)?;
        let encoding = if is_utf_8 { UTF_8 } else { code_page(&begin, languages) };
        Ok(Letters { encoding, is_guessed: !is_utf_8 })
    }
}

/// True where a file, of which this is the beginning, is UTF-8 to its end.
fn is_utf_8(begin: &[u8], mut rest: impl Read) -> io::Result<bool> {
    let mut part = begin.to_vec();
    loop {
        let valid = match std::str::from_utf8(&part) {
            Ok(text) => text.len(),
            // A letter that the next part goes on with.
            Err(e) if e.error_len().is_none() => e.valid_up_to(),
            Err(_) => return Ok(false),
        };
        drop(part.drain(..valid));
        let before = part.len();
        rest.by_ref().take(BEGINNING as u64).read_to_end(&mut part)?;
        if part.len() == before {
            return Ok(before == 0);
        }
    }
}

/// What somebody said, or what the bytes themselves say.
fn certain(bytes: &[u8], asked: &str) -> Option<&'static Encoding> {
    marked(bytes, asked).or_else(|| std::str::from_utf8(bytes).is_ok().then_some(UTF_8))
}

/// What somebody said, or what the first bytes say.
fn marked(begin: &[u8], asked: &str) -> Option<&'static Encoding> {
    let by_mark = || Encoding::for_bom(begin).map(|(encoding, _)| encoding);
    Encoding::for_label(asked.as_bytes()).or_else(by_mark).or_else(|| utf_16(begin))
}

/// The code pages that a file can be read in, Unicode first.
pub fn encodings(languages: &Languages) -> Vec<&'static str> {
    let mut all = vec![UTF_8.name(), UTF_16LE.name(), UTF_16BE.name()];
    for page in pages(languages) {
        if !all.contains(&page.name()) {
            all.push(page.name());
        }
    }
    all
}

/// UTF-16 without a mark: every second byte is the same for nearly all letters of a script.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let begin = &bytes[..bytes.len().min(4096) & !1];
    if begin.len() < 8 {
        return None;
    }
    let high = |at: usize| begin.iter().skip(at).step_by(2).filter(|b| matches!(b, 0x00 | 0x01 | 0x04 | 0x06)).count() * 2;
    let nearly = begin.len() * 9 / 10;
    match (high(0) >= nearly, high(1) >= nearly) {
        (false, true) => Some(UTF_16LE),
        (true, false) => Some(UTF_16BE),
        _ => None,
    }
}

fn pages(languages: &Languages) -> impl Iterator<Item = &'static Encoding> {
    languages.written().iter().flat_map(|w| &w.pages).filter_map(|page| Encoding::for_label(page.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made-up sheets as offices of five languages write them.
    const SHEETS: [(&str, &str); 7] = [
        ("windows-1252", "Unité;Région;Année\nPolice fictive;Dépôt de l’Équateur;2019\nArmée inventée;Côte;2020\n"),
        ("windows-1252", "Nombre;Año\nPolicía inventada;2019\nEjército de la nación;2020\n"),
        ("windows-1252", "Behörde;Straße\nErfundene Polizei;Große Allee\n"),
        ("windows-1250", "Naziv;Načelnik\nIzmišljena policija;Željko Đurić\nSlužba za šume;Čedo\n"),
        ("windows-1251", "Назва;Область\nВигадана поліція;Київська\nЇхня служба;Львівська\n"),
        ("windows-1251", "Название;Область\nВымышленная полиция;Центр\n"),
        ("windows-1256", "الاسم;السنة\nالشرطة الوهمية;2019\nالجيش الوهمي;2020\n"),
    ];

    #[test]
    fn a_code_page_is_told_by_the_words_that_it_makes() {
        let languages = Languages::built_in();
        for (page, text) in SHEETS {
            let (bytes, _, lost) = Encoding::for_label(page.as_bytes()).unwrap().encode(text);
            assert!(!lost, "{text}");
            assert_eq!(decode(&bytes, "", &languages), (text.into(), page), "{text}");
        }
    }

    #[test]
    fn unicode_is_told_with_a_mark_and_without() {
        let languages = Languages::built_in();
        for (_, text) in SHEETS {
            let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(decode(text.as_bytes(), "", &languages), (text.into(), "UTF-8"));
            assert_eq!(decode(&utf_16, "", &languages), (text.into(), "UTF-16LE"), "{text}");
            assert_eq!(decode(&[&[0xFF, 0xFE][..], &utf_16].concat(), "", &languages).0, text);
        }
    }

    #[test]
    fn a_file_is_told_part_by_part_as_it_is_as_a_whole() {
        let languages = Languages::built_in();
        let filler = "a;b\n".repeat(BEGINNING);
        let late = [filler.as_bytes(), "Unité\n".as_bytes()].concat();
        let latin = [filler.as_bytes(), b"Unit\xE9\n"].concat();
        // A letter that a part ends within.
        let within = [b"a".repeat(BEGINNING - 1).as_slice(), "é".as_bytes()].concat();
        for bytes in [&late[..], &latin, &within, &within[..BEGINNING], b"", SHEETS[6].1.as_bytes()] {
            let letters = Letters::of(bytes, "", &languages).unwrap();
            assert_eq!(letters.encoding.name(), decode(bytes, "", &languages).1, "{}", bytes.len());
            assert_eq!(letters.is_guessed, certain(bytes, "").is_none());
        }
    }

    #[test]
    fn what_somebody_says_goes_before_what_is_told() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(SHEETS[6].1);
        let languages = Languages::built_in();
        assert_eq!(decode(&bytes, "windows-1251", &languages).1, "windows-1251");
        assert!(encodings(&languages).contains(&"windows-1256"));
    }
}
