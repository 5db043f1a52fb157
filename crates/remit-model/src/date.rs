//! Days, and dates as precise as they are known.

use crate::Misread;
use jiff::ToSpan;
use jiff::civil::Date;
use std::fmt;
use std::str::FromStr;

/// A day of the Gregorian calendar, years 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// The day of a date, or `None` when there is no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Day> {
        let number = |n: u32| i8::try_from(n).ok();
        let year = i16::try_from(year).ok().filter(|y| *y > 0)?;
        Date::new(year, number(month)?, number(day)?).ok().map(Day)
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

    /// A day as somebody types it: also 31/12/2025 and 12/31/2025, with strokes, dots or hyphens, where only one reading is a day.
    /// What may be the third of April or the fourth of March is none.
    pub fn typed(text: &str) -> Option<Day> {
        Day::parse(text).or_else(|| match Day::readings(text)? {
            (Some(one), Some(other)) if one == other => Some(one),
            (Some(_), Some(_)) => None,
            (one, other) => one.or(other),
        })
    }

    /// The two days that a text may mean: with the day first, and with the month first. None where it means one, or no day.
    pub fn either(text: &str) -> Option<(Day, Day)> {
        let (one, other) = Day::readings(text)?;
        one.zip(other).filter(|(one, other)| one != other)
    }

    /// Why a text is no day, and what to write instead.
    pub fn refused(text: &str) -> String {
        let words = |day: Day| day.0.strftime("%-d %B %Y");
        match Day::either(text) {
            Some((one, other)) => {
                format!("`{text}` can be read two ways, {} or {}; write {one} or {other}", words(one), words(other))
            }
            None => format!("`{text}` is not a date; write 2021-06-30"),
        }
    }

    /// What three numbers mean with the day first, and with the month first.
    fn readings(text: &str) -> Option<(Option<Day>, Option<Day>)> {
        let parts: Vec<&str> = text.trim().split(['/', '.', '-']).collect();
        let [first, second, year] = parts[..] else { return None };
        if year.len() != 4 || first.len() > 2 || second.len() > 2 {
            return None;
        }
        let (first, second, year) = (digits(first)?, digits(second)?, digits(year)? as i32);
        Some((Day::new(year, second, first), Day::new(year, first, second)))
    }

    /// Today in the machine's time zone.
    pub fn today() -> Day {
        Day(jiff::ZonedDateTime::now().date())
    }

    /// The same day of the month so many months later, or the month's last day where it is shorter. From the last day of a month it is the
    /// last day of that month: half a year from 30 June on ends with the year. So many months earlier is the first day from which so many
    /// months reach to this one.
    pub fn plus_months(self, months: i32) -> Day {
        let day = self.0.checked_add(months.months()).unwrap_or(self.0);
        let is_last = months > 0 && self.0 == self.0.last_of_month();
        Day(if is_last { day.last_of_month() } else { day })
    }

    /// So many days later; earlier where the number is negative.
    pub fn plus_days(self, days: i32) -> Day {
        self.0.checked_add(days.days()).map_or(self, Day)
    }

    /// Days from an earlier day to this one; negative where that one is later.
    pub fn days_since(self, earlier: Day) -> i32 {
        // Days alone never overflow between dates of this calendar.
        self.0.since(earlier.0).map_or(0, |span| span.get_days())
    }

    /// Its year.
    pub fn year(self) -> i32 {
        i32::from(self.0.year())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

fn digits(text: &str) -> Option<u32> {
    if text.bytes().all(|b| b.is_ascii_digit()) { text.parse().ok() } else { None }
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
        // What is kept was read as a date, so that there is such a day.
        Day::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).unwrap_or(Day(Date::MIN))
    }

    /// The last day that it can mean.
    pub fn latest(self) -> Day {
        let first = Day::new(self.year, self.month.unwrap_or(12), self.day.unwrap_or(1)).unwrap_or(Day(Date::MIN));
        if self.day.is_some() { first } else { Day(first.0.last_of_month()) }
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
        // A year of two digits that was filled up with zeros is not the year of a source.
        if year < 1000 {
            return Err(wrong());
        }
        let date = ImpreciseDate { year: year as i32, month, day };
        Day::new(date.year, month.unwrap_or(1), day.unwrap_or(1)).map(|_| date).ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_day_is_read_as_it_is_typed_where_that_is_clear() {
        let typed = |text| Day::typed(text).map(|d| d.to_string());
        for text in ["2025-12-31", "31/12/2025", "12/31/2025", "31.12.2025", "31-12-2025"] {
            assert_eq!(typed(text).as_deref(), Some("2025-12-31"), "{text}");
        }
        assert_eq!(typed("5/5/2025").as_deref(), Some("2025-05-05"));
        for text in ["03/04/2025", "31/12/25", "32/12/2025", "12/2025", "spring"] {
            assert_eq!(typed(text), None, "{text} may be another day, or is none");
        }
        assert_eq!(
            Day::refused("05/06/2025"),
            "`05/06/2025` can be read two ways, 5 June 2025 or 6 May 2025; write 2025-06-05 or 2025-05-06"
        );
        for text in ["32/12/2025", "5/5/2025", "31/12/2025", "spring"] {
            assert_eq!(Day::either(text), None, "{text} can be read one way, or none");
        }
    }

    proptest! {
        #[test]
        fn a_day_survives_being_written_and_read(days in -700_000i32..2_900_000) {
            let day = Day::new(1970, 1, 1).unwrap().plus_days(days);
            prop_assert_eq!(Day::parse(&day.to_string()), Some(day));
            prop_assert_eq!(day.days_since(Day::new(1970, 1, 1).unwrap()), days);
        }

        #[test]
        fn so_many_months_earlier_is_the_first_day_that_reaches(days in 0i32..40_000, months in 1i32..60) {
            let day = Day::new(1970, 1, 1).unwrap().plus_days(days);
            let earlier = day.plus_months(-months);
            prop_assert!(earlier.plus_months(months) >= day, "{earlier} and {months} months do not reach to {day}");
            prop_assert!(earlier.plus_days(-1).plus_months(months) < day, "a day before {earlier} reaches to {day}");
        }

        #[test]
        fn any_text_is_a_date_or_is_refused(text in "\\PC*") {
            let _ = (Day::parse(&text), text.parse::<ImpreciseDate>());
        }

        #[test]
        fn an_imprecise_date_holds_its_days(year in 1000i32..9999, month in 1u32..13) {
            let date: ImpreciseDate = format!("{year:04}-{month:02}").parse().unwrap();
            let days = date.latest().days_since(date.earliest()) + 1;
            prop_assert!((28..=31).contains(&days));
            prop_assert_eq!(date.latest().plus_days(1), date.earliest().plus_months(1));
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
        let later = |text: &str, months: i32| Day::parse(text).unwrap().plus_months(months).to_string();
        assert_eq!(later("2021-08-31", 6), "2022-02-28");
        assert_eq!(later("2021-06-30", 6), "2021-12-31", "the last day of a month reaches to the last day of a month");
        assert_eq!(later("2021-06-29", 6), "2021-12-29");
        assert_eq!(later("2023-02-28", 12), "2024-02-29");
        assert_eq!(later("2021-12-31", -6), "2021-06-30");
        assert_eq!(later("2021-06-30", -3), "2021-03-30", "a period that ends on a day begins on the same day of a month");
    }
}
