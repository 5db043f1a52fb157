//! Calendars (RFC 5545): an event a row, for the whole day.

use super::event::{Event, events};
use super::{AboutFormat, Output};
use crate::SheetError;
use remit_model::{Day, ImpreciseDate, Marking};

pub(super) const ABOUT: AboutFormat = AboutFormat {
    name: "ICS",
    ending: "ics",
    media_type: "text/calendar; charset=utf-8",
    help: "Answer as a calendar (questions with days: ending, overdue …)",
    is_text: true,
    holds_several: false,
    write: |output| Ok(calendar(output)?.into_bytes()),
};

/// Bytes of a line, by the standard's limit.
const LONGEST: usize = 73;

fn calendar(output: &Output<'_>) -> Result<String, SheetError> {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Remit//Remit//EN".to_owned(),
        format!("X-WR-CALNAME:{}", escape(output.named())),
    ];
    for event in events(output)? {
        lines.extend(event_lines(output, &event));
    }
    lines.push("END:VCALENDAR".to_owned());
    Ok(lines.iter().map(|l| folded(l)).collect())
}

fn event_lines(output: &Output<'_>, event: &Event) -> Vec<String> {
    let Some(day) = last_day(&event.day) else { return Vec::new() };
    let compact = |day: String| day.replace('-', "");
    let class = match output.as_of.clearance {
        Marking::Public => "PUBLIC",
        Marking::Internal => "PRIVATE",
        Marking::Confidential | Marking::StrictlyConfidential => "CONFIDENTIAL",
    };
    vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@remit", event.id),
        format!("DTSTAMP:{}T000000Z", compact(output.as_of.valid_on.to_string())),
        format!("DTSTART;VALUE=DATE:{}", compact(day.to_string())),
        format!("DTEND;VALUE=DATE:{}", compact(day.plus_days(1).to_string())),
        format!("SUMMARY:{}", escape(&event.title)),
        format!("DESCRIPTION:{}", escape(&event.about.join("\n"))),
        format!("CLASS:{class}"),
        // Whoever has something that ends is no busier for it.
        "TRANSP:TRANSPARENT".to_owned(),
        "END:VEVENT".to_owned(),
    ]
}

/// The last day of a day, a month or a year: what ends in June may still hold on the 29th.
fn last_day(text: &str) -> Option<Day> {
    text.get(..10).unwrap_or(text).parse::<ImpreciseDate>().ok().map(ImpreciseDate::latest)
}

fn escape(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace("\r\n", "\n").replace('\n', "\\n");
    escaped.replace(char::is_control, " ")
}

/// A line in pieces that are not too long, none of which cuts a character in two.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 16);
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > LONGEST {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_to_the_month_is_put_on_its_last_day() {
        let last = |text| last_day(text).map(|d| d.to_string());
        assert_eq!(last("2021-02").as_deref(), Some("2021-02-28"));
        assert_eq!(last("2021-12").as_deref(), Some("2021-12-31"));
        assert_eq!(last("2021").as_deref(), Some("2021-12-31"));
        assert_eq!(last("2021-06-30").as_deref(), Some("2021-06-30"));
        assert_eq!(last("soon"), None);
    }

    #[test]
    fn long_lines_are_folded_between_characters_and_signs_are_escaped() {
        let line = format!("SUMMARY:{}", "ولاية ".repeat(30));
        let folded = folded(&line);
        assert!(folded.split("\r\n").all(|part| part.len() <= 75), "{folded}");
        assert_eq!(folded.replace("\r\n ", "").trim_end_matches("\r\n"), line);
        assert_eq!(escape("a;b,c\\\nd\u{1b}"), "a\\;b\\,c\\\\\\nd ");
    }
}
