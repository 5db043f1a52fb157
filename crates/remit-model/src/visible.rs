//! Text that only shows: without what a terminal obeys, and without signs that nobody sees.

use std::borrow::Cow;

/// A text without signs that move the cursor, change colours, or turn what comes after them round.
pub fn visible(text: &str) -> Cow<'_, str> {
    let is_obeyed = |c: char| is_unseen(c) || c == '\r';
    if !text.contains(is_obeyed) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(shown).map(|c| if is_obeyed(c) { ' ' } else { c }).collect())
}

/// A text without signs that have no width, or turn it round: a spreadsheet would show another name than the one that stands there.
pub fn without_hidden(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.contains(is_hidden) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter_map(shown).collect())
    }
}

/// What is left of a sign where nothing hidden is shown.
fn shown(c: char) -> Option<char> {
    match c {
        '\u{2028}' | '\u{2029}' => Some(' '),
        c => (!is_hidden(c)).then_some(c),
    }
}

/// True for signs that nobody sees or types wherever they stand: control characters but the ends of lines and tabs, and what is hidden.
pub fn is_unseen(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || is_hidden(c)
}

/// True for signs without width, and for those that make text run in another direction than its letters do: soft hyphens, breaks between
/// letters, embeddings and isolates, marks of byte order, letters of tags.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}' | '\u{200B}')
        || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}')
        || matches!(c, '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
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
        let is_unseen = if is_mark(c) { !from_the_right } else { is_unseen(c) };
        if is_between(c) {
            before = ' ';
        } else if !is_unseen {
            before = c;
        }
        (c, is_unseen)
    })
}

/// True for what stands between words: control characters, and the ends of lines and paragraphs that Unicode has beside them.
fn is_between(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Marks of direction.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}')
}

/// True for letters that run from right to left.
fn is_from_the_right(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{61B}' | '\u{61D}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
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
        assert_eq!(without_unseen("Made\u{2028}up\u{7}Army"), "Made up Army");
        assert_eq!(without_hidden("Made\u{202e}up\u{2028}Army\u{7}"), "Madeup Army\u{7}");
    }

    #[test]
    fn what_a_script_needs_stays() {
        // A plural of Persian, a conjunct of Hindi, an Arabic text with a Latin name in it, a family.
        for text in
            ["نیروهای\u{200C}مسلح", "क्\u{200D}ष", "شرطة \u{200E}(EU)\u{200F} عربي", "👨\u{200D}👩", "Several\r\nlines\tand a tab"]
        {
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
