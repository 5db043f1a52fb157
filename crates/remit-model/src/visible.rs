//! Text that only shows: without what a terminal obeys, and without signs that nobody sees.

use std::borrow::Cow;

/// A text without signs that move the cursor, change colours, or turn what comes after them round.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_obeyed) { Cow::Owned(text.replace(is_obeyed, " ")) } else { Cow::Borrowed(text) }
}

/// True for control characters but the ends of lines and tabs: nobody sees or types them, and no text that is recorded has one.
pub fn is_unseen(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

/// True for control characters but the ends of lines and tabs, and for what makes text run in the other direction than its letters
/// do.
fn is_obeyed(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{202d}' | '\u{202e}')
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn a_terminal_is_told_nothing() {
        assert_eq!(visible("a\u{1b}[31mb\u{9b}2Jc\u{7}\r\nd\te\u{202e}"), "a [31mb 2Jc  \nd\te ");
        assert_eq!(visible("Приклад عربي"), "Приклад عربي");
    }
}
