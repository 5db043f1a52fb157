//! A cell of the matrices of this page.

use crate::figures::date;
use remit_model::Day;

/// A cell of the matrix; without an address there is nothing in it.
#[derive(Default)]
pub(super) struct MatrixCell {
    pub(super) activities: String,
    pub(super) class: String,
    pub(super) committed: Option<String>,
    pub(super) disbursed: Option<String>,
    pub(super) ends: String,
    pub(super) href: String,
    pub(super) mark: &'static str,
}

/// The shade of so many, as the legend below the matrix has it.
pub(super) fn shade(activities: f64) -> String {
    let shade = [2.0, 4.0, 7.0, 12.0].iter().filter(|s| activities >= **s).count() + 1;
    format!("h{shade}")
}

/// True where the last end on record is within six months of the day: that of a year or a month is its last day.
pub(super) fn ends_soon(day: Day, ends: &str) -> bool {
    let (today, six_months) = (day.to_string(), day.plus_months(6).to_string());
    !ends.is_empty() && (today.as_str()..=six_months.as_str()).contains(&last_day(ends).as_str())
}

/// The last day that an end may mean, in the form in which days are compared.
pub(super) fn last_day(ends: &str) -> String {
    format!("{ends}{}", "9999-12-31".get(ends.len()..).unwrap_or_default())
}

/// The month of an end, as it is written.
pub(super) fn month(ends: &str) -> String {
    if ends.is_empty() { String::new() } else { date(ends.get(..7).unwrap_or(ends)) }
}
