//! Feeds (Atom, RFC 4287): an entry a row.

use super::event::events;
use super::{About, Output};
use crate::SheetError;
use std::fmt::Write as _;

pub(super) const ABOUT: About = About {
    name: "Atom",
    ending: "atom",
    media_type: "application/atom+xml; charset=utf-8",
    help: "Answer as a feed (questions with days: changes, ending, overdue …)",
    is_text: true,
    holds_several: false,
    write: |output| Ok(feed(output)?.into_bytes()),
};

fn feed(output: &Output<'_>) -> Result<String, SheetError> {
    let given = output.parameters.iter().filter(|(_, value)| !value.is_empty());
    let id: String = given.map(|(name, value)| format!(":{name}={value}")).collect();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<id>urn:remit:{}{}</id>\n\
         <title>{}</title>\n<updated>{}</updated>\n<author><name>Remit</name></author>\n",
        output.locale.language,
        output.name,
        escape(&id.replace(' ', "_")),
        escape(output.named()),
        moment(&output.as_of.valid_on.to_string())
    );
    for event in events(output)? {
        // Writing to memory cannot fail.
        let _ = writeln!(
            out,
            "<entry><id>urn:remit:{}</id><title>{}</title><updated>{}</updated><content type=\"text\">{}</content></entry>",
            event.id,
            escape(&event.title),
            moment(&event.day),
            escape(&event.about.join("\n"))
        );
    }
    Ok(out + "</feed>\n")
}

/// A day, a month, a year or a moment to the minute, as the moment that a feed wants.
fn moment(text: &str) -> String {
    match text.len() {
        4 => format!("{text}-01-01T00:00:00Z"),
        7 => format!("{text}-01T00:00:00Z"),
        16 => format!("{text}:00Z"),
        10 => format!("{text}T00:00:00Z"),
        _ => text.to_owned(),
    }
}

/// Characters that XML may hold, with those escaped that mean something to it.
fn escape(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_control() || *c == '\n').filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'));
    kept.collect::<String>().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_moments_and_signs_are_escaped() {
        assert_eq!(moment("2021-06"), "2021-06-01T00:00:00Z");
        assert_eq!(moment("2021-06-30T10:00"), "2021-06-30T10:00:00Z");
        assert_eq!(escape("a<b> & \u{0}c\nd"), "a&lt;b&gt; &amp; c\nd");
    }
}
