//! How wide text is, roughly, and how it is broken into lines. Without the font it can only be estimated: a little too wide.

/// The width of a text at a font size, in px.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

/// The width of a character, in ems, as sans-serif fonts have it.
fn advance(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '’' | ' ' | '\u{a0}' | '\u{202f}' => 0.30,
        'f' | 't' | 'r' | 'I' | '(' | ')' | '-' | '/' => 0.42,
        'm' | 'w' | 'M' | 'W' | '—' | '…' | '%' | '@' => 0.95,
        'A'..='Z' => 0.70,
        // Marks stand on the letter before them.
        '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{200b}'..='\u{200f}' => 0.0,
        '\u{2066}'..='\u{2069}' => 0.0,
        '\u{600}'..='\u{6ff}' => 0.58,
        c if (c as u32) >= 0x1100 => 1.05,
        _ => 0.60,
    }
}

/// Spaces at which no line ends: “Source : …”, “3 Jan”.
const KEPT_TOGETHER: [char; 3] = ['\u{a0}', '\u{202f}', '\u{2007}'];

/// Breaks a text at its spaces into lines of at most `room` px; what is more than `most` lines ends in `…`.
pub(crate) fn wrap(text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let ends_word = |c: char| c.is_whitespace() && !KEPT_TOGETHER.contains(&c);
    for word in text.split(ends_word).filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if width(line, size) + width(" ", size) + width(word, size) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    let cut = lines.len() > most.max(1);
    lines.truncate(most.max(1));
    let last = lines.len();
    for (i, line) in lines.iter_mut().enumerate() {
        if (cut && i + 1 == last) || width(line, size) > room {
            *line = shorten(line, size, room);
        }
    }
    lines
}

/// The start of a text with `…` behind it, in at most `room` px.
fn shorten(text: &str, size: f64, room: f64) -> String {
    let mut kept = text.to_owned();
    while !kept.is_empty() && width(&kept, size) + width("…", size) > room {
        kept.pop();
    }
    format!("{}…", kept.trim_end_matches([' ', ',', ';', '-', '–']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_ends_where_a_space_keeps_words_together() {
        let room = width("Source : made up on 3 Jan", 12.0);
        assert_eq!(wrap("Source\u{a0}: made up on 3\u{a0}Jan", 12.0, room, 9), ["Source\u{a0}: made up on 3\u{a0}Jan"]);
        assert_eq!(wrap("up on 3\u{a0}Jan", 12.0, width("up on 3", 12.0), 9), ["up on", "3\u{a0}Jan"]);
    }

    #[test]
    fn lines_break_at_spaces_and_end_in_an_ellipsis() {
        assert_eq!(wrap("Ministry of Internal Security", 10.0, 80.0, 3), ["Ministry of", "Internal", "Security"]);
        assert_eq!(wrap("Ministry of Internal Security", 10.0, 80.0, 2), ["Ministry of", "Internal…"]);
        assert_eq!(wrap("Gendarmerie", 10.0, 40.0, 2).len(), 1);
        assert!(width(&wrap("Gendarmerie", 10.0, 40.0, 2)[0], 10.0) <= 40.0);
        assert!(wrap("", 10.0, 40.0, 2).is_empty());
    }
}
