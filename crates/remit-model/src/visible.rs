//! Text that only shows: without what a terminal obeys, and without signs that nobody sees.

use std::borrow::Cow;

/// A text without signs that move the cursor, change colours, or turn what comes after them round.
pub fn visible(text: &str) -> Cow<'_, str> {
    let is_obeyed = |c: char| is_unseen(c) || c == '\r';
    if !text.contains(|c| is_obeyed(c) || may_be_hidden(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(shown(text).map(|c| if is_obeyed(c) { ' ' } else { c }).collect())
}

/// A text without signs that have no width, or turn it round: a spreadsheet would show another name than the one that stands there.
pub fn without_hidden(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.contains(may_be_hidden) { Cow::Borrowed(text) } else { Cow::Owned(shown(text).collect()) }
}

/// What is left of a text where nothing hidden is shown.
fn shown(text: &str) -> impl Iterator<Item = char> + '_ {
    let mut before = ' ';
    text.chars().filter_map(move |c| {
        let shown = match c {
            '\u{2028}' | '\u{2029}' => Some(' '),
            BLANK => Some(if is_braille(before) { c } else { ' ' }),
            c if is_selector(c) => takes(before, c).then_some(c),
            c => (!is_hidden(c)).then_some(c),
        };
        before = shown.unwrap_or(before);
        shown
    })
}

/// True for signs that nobody sees or types wherever they stand: control characters but the ends of lines and tabs, and what is hidden.
pub fn is_unseen(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || is_hidden(c)
}

/// True for signs without width, and for those that make text run in another direction than its letters do: what Unicode says is ignored
/// where it is not known (soft hyphens, breaks between letters, embeddings and isolates, marks of byte order, letters of tags), but for what
/// a script needs after some letters; what only sets hieroglyphs, music and notes; and what is no sign at all.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}' | '\u{200B}')
        || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}')
        || matches!(c, '\u{FFF0}'..='\u{FFFB}' | '\u{13430}'..='\u{1343F}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D159}')
        || matches!(c, '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E00FF}' | '\u{E01F0}'..='\u{E0FFF}' | '\u{FDD0}'..='\u{FDEF}')
        || u32::from(c) & 0xFFFE == 0xFFFE
}

/// The blank of Braille, which has the width of a space.
const BLANK: char = '\u{2800}';

/// True for what is hidden, and for what is so after most signs.
fn may_be_hidden(c: char) -> bool {
    c == BLANK || is_selector(c) || is_hidden(c)
}

fn is_braille(c: char) -> bool {
    matches!(c, '\u{2800}'..='\u{28FF}')
}

/// True for signs that choose how the one before them is drawn.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{180B}'..='\u{180D}' | '\u{180F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Whether a sign is one that a selector changes: letters of Mongolian, characters of Chinese, and pictures and symbols.
fn takes(before: char, selector: char) -> bool {
    let is_character =
        matches!(before, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}');
    let is_picture = matches!(before, '©' | '®' | '‼' | '⁉' | '™' | 'ℹ' | '〰' | '〽' | '㊗' | '㊙')
        || matches!(before, '\u{2190}'..='\u{27FF}' | '\u{2900}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}');
    match selector {
        '\u{180B}'..='\u{180F}' => matches!(before, '\u{1800}'..='\u{180A}' | '\u{1820}'..='\u{18AF}'),
        '\u{FE00}'..='\u{FE0F}' => is_character || is_picture,
        _ => is_character,
    }
}

/// True for a text with signs that nobody sees: two names that differ in them alone look the same. Joiners stay where a script needs them,
/// and marks of direction in what runs from right to left.
pub fn has_unseen(text: &str) -> bool {
    !text.bytes().all(|b| (0x20..0x7F).contains(&b)) && each(text).any(|(_, is_unseen)| is_unseen)
}

/// A text without signs that nobody sees; what stands between words leaves a space.
pub fn without_unseen(text: &str) -> String {
    let seen = each(text).filter_map(|(c, is_unseen)| if is_unseen { is_between(c).then_some(' ') } else { Some(c) });
    seen.collect()
}

/// A text without white space and marks of direction at its ends: these come from programs and change nothing there, so that whoever has
/// them need not be told.
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_mark(c))
}

/// The signs of a text, each with whether nobody sees it where it stands.
fn each(text: &str) -> impl Iterator<Item = (char, bool)> + '_ {
    let from_the_right = text.contains(is_mark) && text.chars().any(is_from_the_right);
    let mut before = ' ';
    text.chars().map(move |c| {
        if matches!(c, '\u{200C}' | '\u{200D}') {
            return (c, !joins(before));
        }
        let is_unseen = match c {
            c if is_mark(c) => !from_the_right,
            c if is_selector(c) => !takes(before, c),
            BLANK => !is_braille(before),
            c => is_unseen(c),
        };
        if is_between(c) && (is_unseen || c != BLANK) {
            before = ' ';
        } else if !is_unseen {
            before = c;
        }
        (c, is_unseen)
    })
}

/// True for what stands between words: tabs, the ends of lines and paragraphs, and what looks like a space. Other control characters stand
/// within words and figures, where a space would make two of one: “4␖00” is 400.
fn is_between(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\u{B}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' | BLANK)
}

/// Marks of direction.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}')
}

/// True for letters that run from right to left.
fn is_from_the_right(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{61B}' | '\u{61D}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// True for letters (of Arabic, Persian, and the scripts of India and its neighbours) after which a joiner changes how the next is written, and
/// for pictures, which it puts together.
fn joins(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{109F}' | '\u{1700}'..='\u{18AF}' | '\u{1B00}'..='\u{1BFF}' | '\u{A800}'..='\u{ABFF}')
        || matches!(c, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10A00}'..='\u{11FFF}')
        || matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
}

#[cfg(test)]
mod tests {
    use super::{has_unseen, trimmed, visible, without_hidden, without_unseen};
    use proptest::prelude::*;

    #[test]
    fn a_terminal_is_told_nothing() {
        assert_eq!(visible("a\u{1b}[31mb\u{9b}2Jc\u{7}\r\nd\te\u{202e}"), "a [31mb 2Jc  \nd\te");
        assert_eq!(visible("Приклад عربي"), "Приклад عربي");
    }

    #[test]
    fn what_nobody_sees_is_known_and_taken_out() {
        for sign in
            ["\u{202E}", "\u{2066}", "\u{200B}", "\u{AD}", "\u{61C}", "\u{FEFF}", "\u{E0041}", "\u{200D}", "\u{200C}", "\u{200E}"]
        {
            let name = format!("Made{sign}-up");
            assert!(has_unseen(&name), "{sign:?}");
            assert_eq!(without_unseen(&name), "Made-up", "{sign:?}");
        }
        for sign in [
            "\u{FE0F}",
            "\u{FE00}",
            "\u{E0100}",
            "\u{E01EF}",
            "\u{180B}",
            "\u{1D173}",
            "\u{13430}",
            "\u{1BCA0}",
            "\u{FFF0}",
            "\u{FFFE}",
            "\u{1FFFF}",
            "\u{FDD0}",
            "\u{E0080}",
        ] {
            let name = format!("Made{sign}-up");
            assert!(has_unseen(&name), "{sign:?}");
            assert_eq!((without_unseen(&name).as_str(), &*without_hidden(&name)), ("Made-up", "Made-up"), "{sign:?}");
        }
        assert_eq!(without_unseen("Made\u{2028}up\u{B}Army\u{85}of 4\u{16}0\u{7}\u{C}0"), "Made up Army of 400");
        assert_eq!((without_unseen("Made\u{2800}up").as_str(), &*without_hidden("Made\u{2800}up")), ("Made up", "Made up"));
        assert_eq!(without_unseen("❤\u{FE0F}\u{FE0F}"), "❤\u{FE0F}", "one of them is enough");
        assert_eq!(without_hidden("Made\u{202e}up\u{2028}Army\u{7}"), "Madeup Army\u{7}");
    }

    #[test]
    fn what_a_script_needs_stays() {
        // A plural of Persian, a conjunct of Hindi, an Arabic text with a Latin name in it, a family, a heart in flames, a character in one of
        // its forms, a suffix of Mongolian, two words of Braille.
        for text in [
            "نیروهای\u{200C}مسلح",
            "क्\u{200D}ष",
            "شرطة \u{200E}(EU)\u{200F} عربي",
            "👨\u{200D}👩",
            "❤\u{FE0F}\u{200D}🔥",
            "葛\u{E0100}",
            "ᠠ\u{180B}",
            "⠍⠁⠙⠑\u{2800}⠥⠏",
            "Several\r\nlines\tand a tab",
        ] {
            assert!(!has_unseen(text), "{text:?}");
            assert_eq!(without_unseen(text), text);
        }
        assert_eq!(trimmed("\u{200F} شرطة\u{200E}"), "شرطة");
        assert_eq!(trimmed("\u{200E}Made-up "), "Made-up");
    }

    proptest! {
        #[test]
        fn what_is_taken_out_is_gone(text in "[aب\u{200B}-\u{200F}\u{202E}\u{AD}\u{7} ]{0,12}|\\PC*") {
            let seen = without_unseen(&text);
            prop_assert!(!has_unseen(&seen), "{seen:?}");
            prop_assert_eq!(without_unseen(&seen), seen);
        }
    }
}
