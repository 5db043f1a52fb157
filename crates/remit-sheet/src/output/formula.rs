//! What a spreadsheet would take for a formula begins with an apostrophe in what we write, so that nothing in somebody's data
//! is ever run. Reading takes it away again.

/// A text for a cell of a file that a spreadsheet may open. [`unshield`] undoes it.
pub fn shield(text: &str) -> String {
    if needs_shield(text) { format!("'{text}") } else { text.to_owned() }
}

/// What a cell said before it was shielded.
pub fn unshield(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| was_shielded(rest)).unwrap_or(text)
}

/// True for what a spreadsheet would take for a formula, in wide letters too. A negative number is none.
pub(super) fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '@', '\0', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
        || (text.starts_with('-') && text.parse::<f64>().is_err())
}

fn needs_shield(text: &str) -> bool {
    is_formula(text) || text.strip_prefix('\'').is_some_and(was_shielded)
}

/// An apostrophe of somebody's own is told apart by one more.
fn was_shielded(rest: &str) -> bool {
    rest.starts_with('\'') || needs_shield(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_and_nothing_else_are_shielded() {
        for formula in ["=1", "+1", "@x", "-x", "--5", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x"] {
            assert_eq!(shield(formula), format!("'{formula}"));
        }
        for plain in ["", "'Amran", "-5", "-1.5e3", "1=1", " =1"] {
            assert_eq!(shield(plain), plain);
        }
        assert_eq!(unshield("''Amran"), "'Amran", "as earlier versions wrote it");
    }

    proptest! {
        #[test]
        fn what_is_shielded_comes_back(text in "['=+@＝＠\t\r\n-]{0,4}[a-z0-9']{0,4}") {
            let shielded = shield(&text);
            prop_assert_eq!(unshield(&shielded), text.as_str());
            prop_assert!(!is_formula(&shielded));
        }
    }
}
