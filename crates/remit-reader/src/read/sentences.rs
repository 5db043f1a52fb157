//! Where sentences begin and end.

use remit_model::run;

/// Words after which a full stop ends no sentence, in the languages that are read.
const SHORT: [&str; 34] = [
    "no", "nos", "art", "arts", "para", "paras", "mr", "mrs", "ms", "dr", "st", "gen", "col", "lt", "sgt", "maj", "brig", "capt",
    "prof", "inc", "cf", "vs", "approx", "e.g", "i.e", "n°", "nr", "bzw", "z.b", "u.a", "mme", "vol", "p", "sr",
];

/// The sentences of a text, as spans in bytes. Every byte that is not white space between them is in one. A semicolon
/// parts too: mandates put their tasks so.
pub fn sentences(text: &str, out: &mut Vec<(usize, usize)>) {
    out.clear();
    let mut start = 0;
    let mut from = 0;
    while let Some(at) = next_end(text, from) {
        let end = at + text[at..].chars().next().map_or(1, char::len_utf8);
        from = end;
        let closed = end + text[end..].bytes().take_while(|b| matches!(b, b'"' | b')' | b']' | b'\'')).count();
        let rest = &text[closed..];
        let next = rest.trim_start();
        let parted = rest.len() != next.len() && (ends_always(&text[at..end]) || begins(next));
        if !parted || (&text[at..end] == "." && is_short(&text[start..at])) {
            continue;
        }
        push(text, start, closed, out);
        start = text.len() - next.len();
        from = start;
    }
    push(text, start, text.len(), out);
}

fn next_end(text: &str, mut from: usize) -> Option<usize> {
    loop {
        let at = from + run(&text.as_bytes()[from..], |b| !matches!(b, b'.' | b'?' | b'!' | b';' | 0xD8));
        if at == text.len() {
            return None;
        }
        // Arabic's own question mark and semicolon begin with the byte 0xD8, and so do other letters.
        if text.as_bytes()[at] != 0xD8 || text[at..].starts_with(['؟', '؛']) {
            return Some(at);
        }
        from = at + text[at..].chars().next()?.len_utf8();
    }
}

fn ends_always(mark: &str) -> bool {
    matches!(mark, ";" | "؛" | "؟")
}

fn begins(next: &str) -> bool {
    next.starts_with(|c: char| !c.is_lowercase() && !c.is_ascii_digit() || matches!(c, '(' | '"' | '«' | '“'))
}

fn is_short(before: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | ',')).next().unwrap_or_default();
    let initial = word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase));
    initial || word.len() < 7 && SHORT.iter().any(|s| word.eq_ignore_ascii_case(s))
}

fn push(text: &str, start: usize, end: usize, out: &mut Vec<(usize, usize)>) {
    let piece = &text[start..end];
    let trimmed = piece.trim();
    if !trimmed.is_empty() {
        let at = start + (piece.len() - piece.trim_start().len());
        out.push((at, at + trimmed.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        sentences(text, &mut out);
        out.iter().map(|(s, e)| &text[*s..*e]).collect()
    }

    #[test]
    fn sentences_end_where_people_end_them() {
        assert_eq!(of("It met Mr. Smith. It (see para. 4) left."), ["It met Mr. Smith.", "It (see para. 4) left."]);
        assert_eq!(of("To advise; to train the U.N. Police"), ["To advise;", "to train the U.N. Police"]);
        assert_eq!(of("دعمت البعثة الشرطة. ودربت القضاة؛ ثم غادرت"), ["دعمت البعثة الشرطة.", "ودربت القضاة؛", "ثم غادرت"]);
    }

    proptest! {
        #[test]
        fn every_letter_is_in_a_sentence(text in "\\PC{0,80}") {
            let kept: String = of(&text).concat();
            let plain = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(plain(&kept), plain(&text));
        }
    }
}
