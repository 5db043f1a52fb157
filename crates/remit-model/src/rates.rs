//! Euro foreign exchange reference rates of the European Central Bank, as shipped in `model/rates/ecb.csv.xz`.
//!
//! A rate says how many units of a currency one euro bought. The ECB sets it on working days; a day without a rate
//! takes that of the last working day before it, at most [`Rates::REACH`] days back.

use crate::{Day, ModelError, ModelFiles};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Where they lie in the model.
const PATH: &str = "rates/ecb.csv.xz";

/// The rate that was used for an amount.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Units of the currency for one euro.
    pub per_euro: f64,
    /// US dollars for one euro on the same day.
    pub usd_per_euro: f64,
    /// The day on which the rate was set.
    pub day: Day,
}

/// Why an amount stays unconverted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoRate {
    /// The ECB has never quoted the currency.
    CurrencyNotQuoted,
    /// The ECB quotes the currency, but not around that day.
    DayNotQuoted,
}

impl NoRate {
    /// The code kept with the amount.
    pub fn code(self) -> &'static str {
        match self {
            NoRate::CurrencyNotQuoted => "currency_not_quoted",
            NoRate::DayNotQuoted => "day_not_quoted",
        }
    }
}

/// Reference rates by currency and day.
#[derive(Debug)]
pub struct Rates {
    days: Vec<Day>,
    by_currency: HashMap<String, Vec<f64>>,
}

impl Rates {
    /// How many days back a rate may lie: the longest run of days without one is Easter or Christmas with a weekend.
    pub const REACH: i32 = 7;

    /// Those that Remit brings: read when the first amount asks for them, which most commands never do.
    pub(crate) fn built_in() -> &'static Rates {
        static BUILT_IN: LazyLock<Rates> =
            LazyLock::new(|| Rates::load(&ModelFiles::built_in()).unwrap_or_else(|e| panic!("model/{PATH}: {e}")));
        &BUILT_IN
    }

    /// The rates of a workspace that brings its own file.
    pub(crate) fn own(files: &ModelFiles) -> Result<Option<Rates>, ModelError> {
        files.is_own(PATH).then(|| Rates::load(files)).transpose()
    }

    fn load(files: &ModelFiles) -> Result<Rates, ModelError> {
        let (shown, packed) = files.bytes(PATH)?;
        let text = ModelFiles::unpacked(packed).map_err(|e| ModelError::new(shown, 0, format!("cannot be unpacked: {e}")))?;
        let text = String::from_utf8(text).map_err(|e| ModelError::new(shown, 0, format!("is no text: {e}")))?;
        Rates::parse(shown, &text)
    }

    /// Reads a line of days, the earliest first, and then a line a currency: what is alike stands together, and is packed better.
    fn parse(shown: &str, text: &str) -> Result<Rates, ModelError> {
        let mut lines = text.lines();
        let mut days: Vec<Day> = Vec::new();
        for cell in lines.next().unwrap_or_default().split(',').skip(1) {
            let day = Day::parse(cell).filter(|d| days.last().is_none_or(|last| last < d)).ok_or_else(|| {
                ModelError::new(shown, 1, format!("“{cell}” is no date, or one that is not later than the one before it"))
            })?;
            days.push(day);
        }
        let mut by_currency: HashMap<String, Vec<f64>> = HashMap::new();
        for (at, line) in lines.enumerate() {
            let mut cells = line.split(',');
            let currency = cells.next().unwrap_or_default().to_owned();
            let rates: Vec<f64> =
                cells.map(|c| c.parse().ok().filter(|r: &f64| r.is_finite() && *r > 0.0).unwrap_or(f64::NAN)).collect();
            if rates.len() != days.len() {
                let reason = format!("{currency} has {} rates for {} days", rates.len(), days.len());
                return Err(ModelError::new(shown, at + 2, reason));
            }
            by_currency.insert(currency, rates);
        }
        Ok(Rates { days, by_currency })
    }

    /// The rate for an amount in `currency` with value date `day`.
    ///
    /// # Errors
    /// [`NoRate`] says why there is none; such an amount stays in its own currency.
    pub fn get(&self, currency: &str, day: Day) -> Result<Rate, NoRate> {
        const EURO: f64 = 1.0;
        let own = if currency == "EUR" { None } else { Some(self.by_currency.get(currency).ok_or(NoRate::CurrencyNotQuoted)?) };
        let usd = self.by_currency.get("USD").ok_or(NoRate::CurrencyNotQuoted)?;
        let after = self.days.partition_point(|d| *d <= day);
        (0..after)
            .rev()
            .take_while(|at| day.days_since(self.days[*at]) <= Self::REACH)
            .map(|at| Rate { per_euro: own.map_or(EURO, |o| o[at]), usd_per_euro: usd[at], day: self.days[at] })
            .find(|rate| rate.per_euro.is_finite() && rate.usd_per_euro.is_finite())
            .ok_or(NoRate::DayNotQuoted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weekend_takes_fridays_rate_and_a_gap_takes_none() {
        // Made-up rates.
        let rates = Rates::parse("test", "currency,2021-06-03,2021-06-04,2021-06-21\nUSD,1.2,1.25,1.1\nSEK,10,,9\n").unwrap();
        let day = |text| Day::parse(text).unwrap();
        assert_eq!(rates.get("USD", day("2021-06-06")).unwrap().per_euro, 1.25);
        assert_eq!(
            rates.get("SEK", day("2021-06-06")).unwrap(),
            Rate { per_euro: 10.0, usd_per_euro: 1.2, day: day("2021-06-03") }
        );
        assert_eq!(rates.get("EUR", day("2021-06-06")).unwrap().usd_per_euro, 1.25);
        assert_eq!(rates.get("USD", day("2021-06-15")), Err(NoRate::DayNotQuoted));
        assert_eq!(rates.get("USD", day("1998-06-15")), Err(NoRate::DayNotQuoted));
        assert_eq!(rates.get("SOS", day("2021-06-06")), Err(NoRate::CurrencyNotQuoted));
        assert_eq!(Rates::parse("r", "currency,2021-06-03,2021-06-03\nUSD,1,1\n").unwrap_err().line, 1);
        assert_eq!(Rates::parse("r", "currency,2021-06-03,2021-06-04\nUSD,1,1\nSEK,1\n").unwrap_err().line, 3);
    }
}
