//! Numbers, dates and lists as they are written in the language of the page, and what numbers add up to.

use crate::language::locale;
use crate::messages::m;

/// Names one after another.
pub(crate) fn listed(names: &[impl AsRef<str>]) -> String {
    locale().list(names)
}

/// Parts of a sentence one after another.
pub(crate) fn clauses(parts: &[impl AsRef<str>]) -> String {
    locale().clauses(parts)
}

/// A whole number in groups of three.
pub(crate) fn whole(n: f64) -> String {
    locale().whole(n)
}

/// A number with at most so many decimals.
pub(crate) fn plain(n: f64, decimals: usize) -> String {
    locale().plain(n, decimals)
}

/// A share of 100, with at most so many decimals.
pub(crate) fn percent(share: f64, decimals: usize) -> String {
    locale().percent(share, decimals)
}

/// An amount rounded for reading: 24.6 m, 312 k, 950.
pub(crate) fn money(n: f64) -> String {
    locale().money(n)
}

/// An amount in US dollars, rounded for reading, that keeps in one line.
pub(crate) fn dollars(n: f64) -> String {
    m::usd(money(n)).replace(' ', "\u{a0}")
}

/// A date as precise as it is known: 30 Jun 2021, Jun 2021, 2021.
pub(crate) fn date(text: &str) -> String {
    locale().date(text)
}

/// A moment to the minute.
pub(crate) fn moment(text: &str) -> String {
    m::utc(format!("{} {}", date(text), text.get(11..16).unwrap_or_default()))
}

/// What numbers add up to; unknown where none of them is known.
pub(crate) fn total(numbers: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    numbers.flatten().fold(None, |sum, n| Some(sum.unwrap_or_default() + n))
}
