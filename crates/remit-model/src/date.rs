//! Days as numbers, and dates as precise as they are known.

use crate::Misread;
use std::fmt;
use std::str::FromStr;

/// A day, counted from 1970-01-01 (which is 0).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

impl Day {
    /// The day of a date in the proleptic Gregorian calendar, or `None` when there is no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Day> {
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || day == 0 || day > days_in(year, month) {
            return None;
        }
        // Days from civil: years begin in March, so that the leap day is the last of its year.
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let year_of_era = y - era * 400;
        let shifted = (month as i32 + 9) % 12;
        let day_of_year = (153 * shifted + 2) / 5 + day as i32 - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Some(Day(era * 146_097 + day_of_era - 719_468))
    }

    /// Year, month, day.
    pub fn civil(self) -> (i32, u32, u32) {
        let z = self.0 + 719_468;
        let era = z.div_euclid(146_097);
        let day_of_era = z - era * 146_097;
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = (day_of_year - (153 * shifted + 2) / 5 + 1) as u32;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 } as u32;
        (year_of_era + era * 400 + i32::from(month <= 2), month, day)
    }

    /// Reads an `xsd:date` (`2019-07-03`, with or without a time zone) or the date part of an `xsd:dateTime`.
    pub fn parse(text: &str) -> Option<Day> {
        let text = text.trim();
        let (date, rest) = (text.get(..10)?, &text[10..]);
        let bytes = date.as_bytes();
        if bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let tail_is_time_or_zone = rest.is_empty()
            || rest.starts_with('T')
            || rest.starts_with(' ')
            || rest == "Z"
            || (rest.len() == 6 && rest.starts_with(['+', '-']) && rest.as_bytes()[3] == b':');
        if !tail_is_time_or_zone {
            return None;
        }
        Day::new(digits(&date[..4])? as i32, digits(&date[5..7])?, digits(&date[8..10])?)
    }

    /// Today in the machine's time zone.
    pub fn today() -> Day {
        let date = jiff::ZonedDateTime::now().date();
        Day::new(i32::from(date.year()), date.month() as u32, date.day() as u32).unwrap_or(Day(0))
    }

    /// The same day of the month so many months later, or the month's last day where it is shorter.
    pub fn plus_months(self, months: i32) -> Day {
        let (year, month, day) = self.civil();
        let total = year * 12 + month as i32 - 1 + months;
        let (year, month) = (total.div_euclid(12), total.rem_euclid(12) as u32 + 1);
        Day::new(year, month, day.min(days_in(year, month))).unwrap_or(self)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

fn digits(text: &str) -> Option<u32> {
    if text.bytes().all(|b| b.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn days_in(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// A date as precise as it is known: a year, a month or a day. Shown and kept as `2019`, `2019-07` or `2019-07-03`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ImpreciseDate {
    year: i32,
    month: Option<u32>,
    day: Option<u32>,
}

impl ImpreciseDate {
    /// The first day that it can mean.
    pub fn earliest(self) -> Day {
        Day::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).unwrap_or(Day(0))
    }

    /// The last day that it can mean.
    pub fn latest(self) -> Day {
        let month = self.month.unwrap_or(12);
        let day = self.day.unwrap_or_else(|| days_in(self.year, month));
        Day::new(self.year, month, day).unwrap_or(Day(0))
    }
}

impl fmt::Display for ImpreciseDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl FromStr for ImpreciseDate {
    type Err = Misread;
    fn from_str(text: &str) -> Result<Self, Misread> {
        let wrong = || Misread::Date(text.to_owned());
        let parts: Vec<&str> = text.trim().split('-').collect();
        let number = |part: &str, width: usize| if part.len() == width { digits(part) } else { None }.ok_or_else(wrong);
        let (year, month, day) = match parts[..] {
            [y] => (number(y, 4)?, None, None),
            [y, m] => (number(y, 4)?, Some(number(m, 2)?), None),
            [y, m, d] => (number(y, 4)?, Some(number(m, 2)?), Some(number(d, 2)?)),
            _ => return Err(wrong()),
        };
        let date = ImpreciseDate { year: year as i32, month, day };
        Day::new(date.year, month.unwrap_or(1), day.unwrap_or(1)).map(|_| date).ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_day_survives_being_written_and_read(day in -700_000i32..2_900_000) {
            prop_assert_eq!(Day::parse(&Day(day).to_string()), Some(Day(day)));
        }

        #[test]
        fn any_text_is_a_date_or_is_refused(text in "\\PC*") {
            let _ = (Day::parse(&text), text.parse::<ImpreciseDate>());
        }

        #[test]
        fn an_imprecise_date_holds_its_days(year in 1i32..9999, month in 1u32..13) {
            let date: ImpreciseDate = format!("{year:04}-{month:02}").parse().unwrap();
            prop_assert_eq!(date.latest().0 - date.earliest().0 + 1, days_in(year, month) as i32);
            prop_assert_eq!(date.to_string(), format!("{year:04}-{month:02}"));
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in ["2021-02-29", "2021-13-01", "0000-01-01", "2021-1-1", "21-01-01", "2021-01-01x", "20210101"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
        assert_eq!(Day::parse("2020-02-29Z").unwrap().to_string(), "2020-02-29");
        assert_eq!(Day::parse("2021-06-30+02:00").unwrap().to_string(), "2021-06-30");
        assert_eq!(Day::parse("2021-08-31").unwrap().plus_months(6).to_string(), "2022-02-28");
    }
}
