//! Feeds (Atom, RFC 4287): an entry a row.

use super::event::events;
use super::{AboutFormat, Output};
use crate::SheetError;
use std::fmt::Write as _;

pub(super) const ABOUT: AboutFormat = AboutFormat {
    name: "Atom",
    ending: "atom",
    media_type: "application/atom+xml; charset=utf-8",
    help: "Answer as a feed (questions with days: changes, ending, overdue …)",
    is_text: true,
    holds_several: false,
    write: |output| Ok(feed(output)?.into_bytes()),
};

fn feed(output: &Output<'_>) -> Result<String, SheetError> {
    let given: Vec<(String, String)> =
        output.parameters.iter().filter(|(_, value)| !value.is_empty()).map(|(n, v)| (encoded(n), encoded(v))).collect();
    let id: String = given.iter().map(|(name, value)| format!(":{name}={value}")).collect();
    // Where it stands: beside the page of the question, or beside itself where it is a file. Without a day, it is always of today.
    let asked: Vec<String> = given.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let asked = if asked.is_empty() { String::new() } else { format!("?{}", asked.join("&amp;")) };
    let events = events(output)?;
    let latest = output.as_of.clone().fixed().known_on.unwrap_or_default();
    let told = |text: &str| told(moment(text), &latest);
    // When it became known, else its day.
    let since: Vec<String> = events.iter().map(|event| told(event.known.as_deref().unwrap_or(&event.day))).collect();
    let newest = since.iter().max().cloned().unwrap_or_else(|| told(&output.as_of.valid_on.to_string()));
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<id>urn:remit:{}{}</id>\n\
         <title>{}</title>\n<updated>{}</updated>\n<author><name>Remit</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{1}.atom{asked}\"/>\n",
        output.locale.language,
        output.name,
        id,
        escape(output.named()),
        newest
    );
    for (event, since) in events.iter().zip(since) {
        // Writing to memory cannot fail.
        let _ = writeln!(
            out,
            "<entry><id>urn:remit:{}</id><title>{}</title><updated>{}</updated><content type=\"text\">{}</content></entry>",
            event.id,
            escape(&event.title),
            since,
            escape(&event.about.join("\n"))
        );
    }
    Ok(out + "</feed>\n")
}

/// A moment, or the midnight before the latest that there can be. What lies ahead is known already: a feed that says otherwise is put at the
/// end by who reads it, or thrown away.
fn told(moment: String, latest: &str) -> String {
    if moment.as_str() > latest { latest.get(..10).map_or(moment, |day| format!("{day}T00:00:00Z")) } else { moment }
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

/// A text as an address or an identifier may hold it (RFC 3986, unreserved signs and the rest in hexadecimal).
fn encoded(text: &str) -> String {
    let one = |b: u8| match b {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(b).to_string(),
        b => format!("%{b:02X}"),
    };
    text.bytes().map(one).collect()
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
    fn nothing_is_told_from_the_future() {
        let latest = "2021-06-30T10:00:00.000Z";
        assert_eq!(told(moment("2021-12-31"), latest), "2021-06-30T00:00:00Z");
        assert_eq!(told(moment("2021-06-30"), latest), "2021-06-30T00:00:00Z");
        assert_eq!(told(moment("2021-06-29T09:00"), latest), "2021-06-29T09:00:00Z");
    }

    #[test]
    fn days_become_moments_and_signs_are_escaped() {
        assert_eq!(moment("2021-06"), "2021-06-01T00:00:00Z");
        assert_eq!(moment("2021-06-30T10:00"), "2021-06-30T10:00:00Z");
        assert_eq!(escape("a<b> & \u{0}c\nd"), "a&lt;b&gt; &amp; c\nd");
        assert_eq!(encoded("so/police \"é\" & 1"), "so%2Fpolice%20%22%C3%A9%22%20%26%201");
    }
}
