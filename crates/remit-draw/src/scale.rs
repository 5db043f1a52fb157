//! From values to places.

/// Values along a line of the picture, with round steps.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scale {
    low: f64,
    high: f64,
    /// Where `low` and `high` are drawn; the second may lie left of the first.
    from: f64,
    to: f64,
    pub(crate) ticks: Vec<f64>,
}

/// Beyond this, differences of neighbouring values are lost anyway.
const MOST: f64 = 1e18;

impl Scale {
    /// A scale from zero over all values, or from below zero, with at most `most` steps.
    pub(crate) fn from_zero(values: impl IntoIterator<Item = f64>, most: usize) -> Scale {
        Scale::over(values.into_iter().chain([0.0]), most)
    }

    /// A scale over all values, with at most `most` steps.
    pub(crate) fn over(values: impl IntoIterator<Item = f64>, most: usize) -> Scale {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for v in values {
            low = low.min(v.clamp(-MOST, MOST));
            high = high.max(v.clamp(-MOST, MOST));
        }
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        if high - low <= f64::EPSILON * high.abs().max(low.abs()) || high == low {
            // One value alone, or none but zero.
            let room = if high == 0.0 { 1.0 } else { high.abs() };
            (low, high) = if high < 0.0 {
                (high, high + room)
            } else {
                (low.min(high - room).max(0.0), high + if high == 0.0 { room } else { 0.0 })
            };
        }
        let step = round_step((high - low) / most.max(1) as f64);
        let (first, last) = ((low / step).floor() as i64, (high / step).ceil() as i64);
        let ticks: Vec<f64> = (first..=last).map(|n| n as f64 * step).collect();
        Scale { low: first as f64 * step, high: last as f64 * step, from: 0.0, to: 1.0, ticks }
    }

    /// The same scale, drawn between two places.
    pub(crate) fn between(mut self, from: f64, to: f64) -> Scale {
        (self.from, self.to) = (from, to);
        self
    }

    /// Where a value is drawn; never outside of the scale.
    pub(crate) fn at(&self, value: f64) -> f64 {
        let share = ((value.clamp(-MOST, MOST) - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.from + share * (self.to - self.from)
    }
}

/// The next larger of 1, 2, 5 times a power of ten.
fn round_step(least: f64) -> f64 {
    let power = 10f64.powf(least.max(1e-300).log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|m| m * power).find(|s| *s >= least * 0.999_999).unwrap_or(10.0 * power)
}

/// A day as years, for time axes: 1 July 2019 is about 2019.5. Month and day count from 1.
pub fn year(year: i32, month: u32, day: u32) -> f64 {
    f64::from(year) + (f64::from(month.clamp(1, 12)) - 1.0) / 12.0 + (f64::from(day.clamp(1, 31)) - 1.0) / 372.0
}

/// A moment as it is written where only years and months matter: 2019, or 2019-07.
pub(crate) fn moment(at: f64) -> String {
    let (year, month) = year_and_month(at);
    if month == 1 && at.fract().abs() < 1e-6 { year.to_string() } else { format!("{year}-{month:02}") }
}

fn year_and_month(at: f64) -> (i64, i64) {
    let months = (at * 12.0 + 1e-6).floor() as i64;
    (months.div_euclid(12), months.rem_euclid(12) + 1)
}

/// Time between two moments, in years. It runs from left to right in every language.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TimeScale {
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) left: f64,
    pub(crate) right: f64,
}

impl TimeScale {
    /// A scale over all moments, drawn between two places. Years are kept within what a calendar has.
    pub(crate) fn over(moments: impl IntoIterator<Item = f64>, left: f64, right: f64) -> TimeScale {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for m in moments.into_iter().filter(|m| m.is_finite()) {
            low = low.min(m.clamp(0.0, 9999.0));
            high = high.max(m.clamp(0.0, 9999.0));
        }
        if low > high {
            (low, high) = (2000.0, 2001.0);
        }
        if high - low < 1.0 / 12.0 {
            (low, high) = (low - 0.5, high + 0.5);
        }
        TimeScale { low, high, left, right }
    }

    /// Where a moment is drawn.
    pub(crate) fn at(&self, moment: f64) -> f64 {
        let share = ((moment - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.left + share * (self.right - self.left)
    }

    /// Round moments at least `room` px apart, with what is written at them.
    pub(crate) fn ticks(&self, room: f64) -> Vec<(f64, String)> {
        let px_a_year = (self.right - self.left) / (self.high - self.low);
        let steps = [1.0 / 12.0, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 500.0, 1000.0, 5000.0];
        let step = steps.into_iter().find(|s| s * px_a_year >= room).unwrap_or(10_000.0);
        let (first, last) = ((self.low / step - 1e-6).ceil() as i64, (self.high / step + 1e-6).floor() as i64);
        (first..=last).map(|n| n as f64 * step).map(|m| (m, moment(m))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_hold_every_value() {
        let scale = Scale::from_zero([3.0, 97.0], 5).between(0.0, 100.0);
        assert_eq!(scale.ticks, [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(scale.at(50.0), 50.0);
        let scale = Scale::from_zero([-12.0, 30.0], 4).between(100.0, 0.0);
        assert_eq!((scale.ticks[0], scale.at(-40.0)), (-20.0, 100.0));
        for odd in [vec![], vec![0.0], vec![5.0], vec![-5.0], vec![1e308, -1e308], vec![1e-320]] {
            let scale = Scale::over(odd.clone(), 5).between(0.0, 100.0);
            assert!(scale.at(0.0).is_finite() && scale.ticks.len() < 20, "{odd:?} {scale:?}");
        }
    }

    #[test]
    fn time_has_years_or_months() {
        let texts = |low, high| TimeScale::over([low, high], 0.0, 400.0).ticks(50.0).into_iter().map(|t| t.1).collect::<Vec<_>>();
        assert_eq!(texts(2010.0, 2021.5), ["2010", "2012", "2014", "2016", "2018", "2020"]);
        assert_eq!(texts(year(2019, 1, 1), year(2019, 10, 1)), ["2019", "2019-04", "2019-07", "2019-10"]);
        assert_eq!(moment(year(2019, 7, 3)), "2019-07");
    }
}
