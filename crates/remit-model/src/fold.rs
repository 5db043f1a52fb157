//! Text made comparable: lower case, without diacritics, hyphens and white space as one space.

use unicode_normalization::UnicodeNormalization;

/// Appends the comparable form of `text` to `out`. Latin diacritics, Arabic vowel signs and tatweel fall away; the
/// forms of alef, ya and ta marbuta become one letter each.
pub fn fold(text: &str, out: &mut String) {
    each(text, |_, c| out.push(c));
}

/// Like [`fold`], with the byte offset in `text` from which each byte of the result comes.
pub fn fold_with_offsets(text: &str) -> (String, Vec<usize>) {
    let (mut out, mut offsets) = (String::new(), Vec::new());
    each(text, |at, c| {
        out.push(c);
        offsets.resize(out.len(), at);
    });
    (out, offsets)
}

fn each(text: &str, mut push: impl FnMut(usize, char)) {
    let mut space = false;
    for (at, c) in text.char_indices() {
        if c.is_ascii() {
            let c = c.to_ascii_lowercase();
            if c.is_ascii_whitespace() || c == '-' {
                if !space {
                    push(at, ' ');
                }
                space = true;
            } else {
                push(at, c);
                space = false;
            }
            continue;
        }
        if c.is_whitespace() || matches!(c, '\u{2010}'..='\u{2015}') {
            if !space {
                push(at, ' ');
            }
            space = true;
            continue;
        }
        space = false;
        match c {
            '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{200B}'..='\u{200F}' => {}
            'أ' | 'إ' | 'آ' | 'ٱ' => push(at, 'ا'),
            'ى' => push(at, 'ي'),
            'ة' => push(at, 'ه'),
            'ß' => ['s', 's'].into_iter().for_each(|c| push(at, c)),
            'œ' | 'Œ' => ['o', 'e'].into_iter().for_each(|c| push(at, c)),
            'æ' | 'Æ' => ['a', 'e'].into_iter().for_each(|c| push(at, c)),
            '’' | '‘' | 'ʼ' => push(at, '\''),
            _ => std::iter::once(c)
                .nfd()
                .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
                .flat_map(char::to_lowercase)
                .for_each(|c| push(at, c)),
        }
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
            prop_assert!(offsets.iter().all(|at| text.is_char_boundary(*at)));
            let mut plain = String::new();
            fold(&text, &mut plain);
            prop_assert_eq!(plain, out);
        }
    }
}
