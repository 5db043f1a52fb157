//! Which part of a workspace a reader sees.

use remit_model::{Day, Marking};

/// The day a fact is about, the moment at which we knew it, and the reader's clearance.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AsOf {
    /// The day that facts are about.
    pub valid_on: Day,
    /// What was recorded up to this moment (UTC, `2026-11-24T12:00:00.000Z`); `None`: all.
    pub known_on: Option<String>,
    /// Rows marked at most so.
    pub clearance: Marking,
}

impl AsOf {
    /// The same as known at this moment, where it is not as known at another: what is asked again shows the same.
    pub fn fixed(self) -> AsOf {
        AsOf { known_on: self.known_on.or_else(|| Some(now())), ..self }
    }

    /// Public facts of a day, as known now.
    pub fn public(valid_on: Day) -> AsOf {
        AsOf { valid_on, known_on: None, clearance: Marking::Public }
    }

    /// Reads a "known on": a day means its end (UTC), a moment itself.
    ///
    /// # Errors
    /// With what to write when it is neither.
    pub fn parse_known_on(text: &str) -> Result<String, String> {
        let text = text.trim();
        if let Some(day) = Day::typed(text).filter(|_| text.len() <= 10) {
            return Ok(format!("{day}T23:59:59.999Z"));
        }
        let moment = if text.ends_with('Z') || text.len() > 19 { text.to_owned() } else { format!("{text}Z") };
        moment.parse::<jiff::Timestamp>().map(timestamp).map_err(|_| match Day::either(text) {
            Some(_) => Day::refused(text),
            None => format!("`{text}` is neither a day nor a moment; write 2026-11-24 or 2026-11-24T09:30:00Z"),
        })
    }
}

/// A moment as it is kept: always with milliseconds, so that text compares as time does.
pub(crate) fn timestamp(moment: jiff::Timestamp) -> String {
    format!("{moment:.3}")
}

/// This moment as it is kept.
pub(crate) fn now() -> String {
    timestamp(jiff::Timestamp::now())
}
