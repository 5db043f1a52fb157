//! Amounts in dollars and euro at their value date.

use super::activity::Amount;
use remit_model::{Day, Rates};

/// An amount converted, or why it is not.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Converted {
    pub(crate) currency: Option<String>,
    pub(crate) usd: Option<f64>,
    pub(crate) eur: Option<f64>,
    pub(crate) rate_day: Option<Day>,
    /// Why it stays in its own currency.
    pub(crate) unconverted: Option<&'static str>,
}

/// Converts an amount at its value date, else at `fallback` (the transaction's own date).
///
/// An amount in dollars stays exactly that in dollars whatever the rates know, and likewise for euro.
pub(crate) fn convert(rates: &Rates, amount: &Amount, default_currency: Option<&str>, fallback: Option<Day>) -> Converted {
    let currency = amount.currency.as_deref().or(default_currency);
    let mut converted = Converted { currency: currency.map(str::to_owned), ..Default::default() };
    let Some(value) = amount.value else {
        converted.unconverted = Some("no_value");
        return converted;
    };
    let Some(currency) = currency else {
        converted.unconverted = Some("no_currency");
        return converted;
    };
    match currency {
        "USD" => converted.usd = Some(value),
        "EUR" => converted.eur = Some(value),
        _ => {}
    }
    let Some(day) = amount.date.or(fallback) else {
        converted.unconverted = Some("no_date");
        return converted;
    };
    match rates.get(currency, day) {
        Ok(rate) => {
            let eur = value / rate.per_euro;
            converted.eur.get_or_insert(eur);
            converted.usd.get_or_insert(eur * rate.usd_per_euro);
            converted.rate_day = Some(rate.day);
        }
        Err(why) => converted.unconverted = Some(why.code()),
    }
    converted
}
