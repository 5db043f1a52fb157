//! Text made comparable: lower case, without diacritics, hyphens and white space as one space.

use unicode_normalization::UnicodeNormalization;

/// Appends the comparable form of `text` to `out`. Latin diacritics, Arabic vowel signs and tatweel fall away; the
/// forms of alef, ya and ta marbuta become one letter each.
pub fn fold(text: &str, out: &mut String) {
    each(text, |piece| piece.append(out));
}

/// Like [`fold`], with the byte offset in `text` from which each byte of the result comes.
pub fn fold_with_offsets(text: &str) -> (String, Vec<u32>) {
    let (mut out, mut offsets) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
    each(text, |piece| {
        piece.append(&mut out);
        match piece {
            Piece::Run(at, run) => offsets.extend((at..at + run.len()).map(|at| at as u32)),
            Piece::One(at, _) => offsets.resize(out.len(), at as u32),
        }
    });
    (out, offsets)
}

/// What a text is folded into, piece by piece, each with its place in the text.
enum Piece<'t> {
    /// Plain letters, still to be made small.
    Run(usize, &'t str),
    /// A character as it shall be.
    One(usize, char),
}

impl Piece<'_> {
    fn append(&self, out: &mut String) {
        match self {
            Piece::Run(_, run) => {
                let before = out.len();
                out.push_str(run);
                out[before..].make_ascii_lowercase();
            }
            Piece::One(_, c) => out.push(*c),
        }
    }
}

fn each<'t>(text: &'t str, mut push: impl FnMut(Piece<'t>)) {
    let plain = |b: &u8| b.is_ascii() && !b.is_ascii_whitespace() && *b != b'-';
    let mut gap = false;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let run = text.as_bytes()[at..].iter().take_while(|b| plain(b)).count();
        if run > 0 {
            push(Piece::Run(at, &text[at..at + run]));
            (gap, at) = (false, at + run);
            continue;
        }
        if c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}') {
            if !gap {
                push(Piece::One(at, ' '));
            }
            gap = true;
        } else {
            gap = false;
            letter(c, |c| push(Piece::One(at, c)));
        }
        at += c.len_utf8();
    }
}

/// What a character beyond ASCII becomes.
fn letter(c: char, mut push: impl FnMut(char)) {
    match c {
        '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{200B}'..='\u{200F}' => {}
        'أ' | 'إ' | 'آ' | 'ٱ' => push('ا'),
        'ى' => push('ي'),
        'ة' => push('ه'),
        'ß' => ['s', 's'].into_iter().for_each(push),
        'œ' | 'Œ' => ['o', 'e'].into_iter().for_each(push),
        'æ' | 'Æ' => ['a', 'e'].into_iter().for_each(push),
        '’' | '‘' | 'ʼ' => push('\''),
        _ => std::iter::once(c)
            .nfd()
            .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
            .flat_map(char::to_lowercase)
            .for_each(push),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn forms_of_one_word_are_one() {
        let folded = |text| {
            let mut out = String::new();
            fold(text, &mut out);
            out
        };
        assert_eq!(folded("Réforme du  secteur\nde la SÉCURITÉ"), "reforme du secteur de la securite");
        assert_eq!(folded("Civil-Military"), folded("civil – military").replace("  ", " "));
        assert_eq!(folded("إصلاح الشُّرطة"), "اصلاح الشرطه");
        assert_eq!(folded("l’armée"), "l'armee");
    }

    proptest! {
        #[test]
        fn offsets_point_at_characters(text in "\\PC*") {
            let (out, offsets) = fold_with_offsets(&text);
            prop_assert_eq!(out.len(), offsets.len());
            prop_assert!(offsets.iter().all(|at| text.is_char_boundary(*at as usize)));
            let mut plain = String::new();
            fold(&text, &mut plain);
            prop_assert_eq!(plain, out);
        }
    }
}
