//! A cell of the matrices of this page.

use crate::figures::{date, whole};
use crate::m;
use remit_model::{Day, ImpreciseDate};

/// Of each of the signs what begins only after the day: it is marked, and never counted with what holds.
pub(super) const PLANNED: &str = "planned";

/// What is shown of each sign: what has begun on the day, and what begins only after it.
#[derive(Clone, Copy)]
pub(super) struct SignStages {
    pub(super) begun: bool,
    pub(super) planned: bool,
}

impl SignStages {
    /// How many have begun and how many are planned, of so many and of these planned; nothing of what is not shown.
    pub(super) fn of(self, all: f64, planned: f64) -> (f64, f64) {
        (if self.begun { all - planned } else { 0.0 }, if self.planned { planned } else { 0.0 })
    }

    /// True where something of it is shown.
    pub(super) fn show(self, all: f64, planned: f64) -> bool {
        let (begun, coming) = self.of(all, planned);
        begun + coming > 0.0
    }
}

/// So many as a number; nothing instead of none.
pub(super) fn many(n: f64) -> String {
    if n > 0.0 { whole(n) } else { String::new() }
}

/// How many are planned, in words; nothing where none is.
pub(super) fn planned(n: f64) -> String {
    if n > 0.0 { m::n_planned(n) } else { String::new() }
}

/// A cell of the matrix; without an address there is nothing in it.
#[derive(Default)]
pub(super) struct MatrixCell {
    pub(super) activities: String,
    /// How many are planned beside them.
    pub(super) planned: String,
    pub(super) class: String,
    pub(super) committed: Option<String>,
    pub(super) disbursed: Option<String>,
    pub(super) ends: String,
    pub(super) href: String,
    pub(super) mark: &'static str,
}

/// The shade of so many, as the legend below the matrix has it.
fn shade(activities: f64) -> String {
    let shade = [2.0, 4.0, 7.0, 12.0].iter().filter(|s| activities >= **s).count() + 1;
    format!("h{shade}")
}

/// The shade of a cell by so many, and whether the last of what holds on the day ends within six months.
pub(super) fn class(day: Day, shaded: f64, active: f64, ends: &str) -> String {
    let soon = active > 0.0 && last_day(ends).is_some_and(|last| (day..=day.plus_months(6)).contains(&last));
    format!("{}{}", shade(shaded), if soon { " soon" } else { "" })
}

/// The last day that an end may mean: that of a year or a month is its last day.
pub(super) fn last_day(ends: &str) -> Option<Day> {
    ends.get(..10).unwrap_or(ends).parse::<ImpreciseDate>().ok().map(ImpreciseDate::latest)
}

/// The month of an end, as it is written.
pub(super) fn month(ends: &str) -> String {
    if ends.is_empty() { String::new() } else { date(ends.get(..7).unwrap_or(ends)) }
}
