//! Columns of Arrow, filled from the rows that a reader lends.

use crate::columns::{Holds, MONEY};
use arrow::array::{
    ArrayBuilder, ArrayRef, BooleanBuilder, Date32Builder, Decimal128Builder, Float64Builder, Int64Builder, ListBuilder,
    StringBuilder, StructBuilder, TimestampMillisecondBuilder,
};
use arrow::datatypes::{DataType, Field};
use remit_store::Lent;
use std::sync::Arc;

/// A column that is being filled.
pub(super) enum Cells {
    Text(StringBuilder),
    /// The day, how it was told where that is no day, and whether something ends on it.
    Date(Date32Builder, StringBuilder, bool),
    Moment(TimestampMillisecondBuilder),
    Integer(Int64Builder),
    Number(Float64Builder),
    Money(Decimal128Builder),
    Boolean(BooleanBuilder),
    Texts(ListBuilder<StringBuilder>),
    Parts(ListBuilder<StructBuilder>, Vec<String>),
}

impl Cells {
    pub(super) fn new(holds: &Holds) -> Cells {
        match holds {
            Holds::Text => Cells::Text(StringBuilder::new()),
            Holds::Date { end } => Cells::Date(Date32Builder::new(), StringBuilder::new(), *end),
            Holds::Moment => Cells::Moment(TimestampMillisecondBuilder::new().with_timezone("UTC")),
            Holds::Integer => Cells::Integer(Int64Builder::new()),
            Holds::Number => Cells::Number(Float64Builder::new()),
            Holds::Money => Cells::Money(Decimal128Builder::new().with_data_type(DataType::Decimal128(MONEY.0, MONEY.1))),
            Holds::Boolean => Cells::Boolean(BooleanBuilder::new()),
            Holds::Texts => Cells::Texts(ListBuilder::new(StringBuilder::new())),
            Holds::Languages | Holds::Parts(_) => {
                let parts: Vec<String> = holds.parts().into_iter().map(str::to_owned).collect();
                let fields: Vec<Field> = parts.iter().map(|p| Field::new(p, DataType::Utf8, true)).collect();
                Cells::Parts(ListBuilder::new(StructBuilder::from_fields(fields, 0)), parts)
            }
        }
    }

    /// Adds a value; false where it is none of what the column holds, and stands as unknown.
    pub(super) fn add(&mut self, cell: Lent<'_>) -> bool {
        let is_null = cell == Lent::Null;
        let was_kept = match self {
            Cells::Text(cells) => {
                cells.append_option(text(cell));
                return true;
            }
            Cells::Date(days, told, end) => return add_date(days, told, *end, cell),
            Cells::Moment(cells) => kept(cell.text().and_then(|t| moment(&t)), |v| cells.append_option(v)),
            Cells::Integer(cells) => kept(integer(cell), |v| cells.append_option(v)),
            Cells::Number(cells) => kept(number(cell), |v| cells.append_option(v)),
            Cells::Money(cells) => kept(number(cell).and_then(money), |v| cells.append_option(v)),
            Cells::Boolean(cells) => {
                kept(integer(cell).filter(|n| matches!(n, 0 | 1)).map(|n| n == 1), |v| cells.append_option(v))
            }
            Cells::Texts(cells) => add_texts(cells, cell),
            Cells::Parts(cells, parts) => add_parts(cells, parts, cell),
        };
        is_null || was_kept
    }

    /// The arrays of what was added since the last time.
    pub(super) fn finish(&mut self) -> Vec<ArrayRef> {
        match self {
            Cells::Text(cells) => vec![Arc::new(cells.finish())],
            Cells::Date(days, told, _) => vec![Arc::new(days.finish()), Arc::new(told.finish())],
            Cells::Moment(cells) => vec![Arc::new(cells.finish())],
            Cells::Integer(cells) => vec![Arc::new(cells.finish())],
            Cells::Number(cells) => vec![Arc::new(cells.finish())],
            Cells::Money(cells) => vec![Arc::new(cells.finish())],
            Cells::Boolean(cells) => vec![Arc::new(cells.finish())],
            Cells::Texts(cells) => vec![ArrayBuilder::finish(cells)],
            Cells::Parts(cells, _) => vec![ArrayBuilder::finish(cells)],
        }
    }
}

fn kept<T>(value: Option<T>, add: impl FnOnce(Option<T>)) -> bool {
    let is_there = value.is_some();
    add(value);
    is_there
}

/// A value as text: a number in a column of text is written out.
fn text(cell: Lent<'_>) -> Option<std::borrow::Cow<'_, str>> {
    match cell {
        Lent::Integer(n) => Some(n.to_string().into()),
        Lent::Real(n) => Some(n.to_string().into()),
        cell => cell.text(),
    }
}

fn integer(cell: Lent<'_>) -> Option<i64> {
    match cell {
        Lent::Integer(n) => Some(n),
        Lent::Real(n) if n.fract() == 0.0 && n.abs() < 9e15 => Some(n as i64),
        Lent::Text(text) => std::str::from_utf8(text).ok()?.trim().parse().ok(),
        _ => None,
    }
}

fn number(cell: Lent<'_>) -> Option<f64> {
    match cell {
        Lent::Integer(n) => Some(n as f64),
        Lent::Real(n) => Some(n),
        Lent::Text(text) => std::str::from_utf8(text).ok()?.trim().parse().ok(),
        Lent::Null => None,
    }
}

/// Money as a whole number of its last decimals: those that were written, so that 0.1 is a tenth.
fn money(n: f64) -> Option<i128> {
    let cents = n * 100.0;
    if cents.fract() == 0.0 && cents.abs() < 9e15 && cents / 100.0 == n {
        return Some(cents as i128 * 100_000_000);
    }
    if !n.is_finite() || n.abs() > 1e28 {
        return None;
    }
    let told = format!("{:.*}", MONEY.1 as usize, n.abs());
    let whole: i128 = told.replace('.', "").parse().ok()?;
    Some(if n < 0.0 { -whole } else { whole })
}

fn add_date(days: &mut Date32Builder, told: &mut StringBuilder, end: bool, cell: Lent<'_>) -> bool {
    let text = text(cell);
    let day = text.as_deref().and_then(|t| day(t.as_bytes(), end));
    days.append_option(day);
    // What is a day in full needs no words beside it.
    let is_whole = text.as_deref().is_none_or(|t| t.len() == 10 && day.is_some());
    told.append_option(text.as_deref().filter(|_| !is_whole));
    true
}

/// Days since 1970 of a date, of the first day of a month or year, or of the last where something ends in it; none of what is no date.
fn day(text: &[u8], end: bool) -> Option<i32> {
    let number = |from: usize, to: usize| {
        text.get(from..to)?.iter().try_fold(0_i32, |n, b| b.is_ascii_digit().then(|| n * 10 + i32::from(b - b'0')))
    };
    let (year, month, day) = match text.len() {
        4 => (number(0, 4)?, if end { 12 } else { 1 }, None),
        7 if text[4] == b'-' => (number(0, 4)?, number(5, 7)?, None),
        n if n >= 10 && text[4] == b'-' && text[7] == b'-' && (n == 10 || text[10] == b'T') => {
            (number(0, 4)?, number(5, 7)?, Some(number(8, 10)?))
        }
        _ => return None,
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        2 => 28 + i32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let day = day.unwrap_or(if end { longest } else { 1 });
    if !(1..=longest).contains(&day) {
        return None;
    }
    // Years begin in March here, so that the day that is put in comes last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let era = year.div_euclid(400);
    let in_era = year.rem_euclid(400);
    let in_year = (153 * month + 2) / 5 + day - 1;
    Some(era * 146_097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 719_468)
}

/// Milliseconds since 1970 of `2026-11-24T12:00:00.000Z`.
fn moment(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    if bytes.len() != 24 || bytes[10] != b'T' || bytes[13] != b':' || bytes[16] != b':' || bytes[19] != b'.' || bytes[23] != b'Z'
    {
        return None;
    }
    let part = |from: usize, to: usize| text[from..to].parse::<i64>().ok();
    let seconds = part(11, 13)? * 3600 + part(14, 16)? * 60 + part(17, 19)?;
    Some((i64::from(day(&bytes[..10], false)?) * 86_400 + seconds) * 1000 + part(20, 23)?)
}

/// The year of a date, or of a number that is one.
pub(super) fn year(cell: Lent<'_>) -> Option<i32> {
    match cell {
        Lent::Integer(n) => i32::try_from(n).ok().filter(|n| (1..=9999).contains(n)),
        Lent::Text(text) => std::str::from_utf8(text.get(..4)?).ok()?.parse().ok(),
        _ => None,
    }
}

/// What stands in a list; of a text in several languages, what is said in each.
fn list(cell: Lent<'_>) -> Option<Vec<serde_json::Value>> {
    let Lent::Text(text) = cell else { return None };
    match serde_json::from_slice(text).ok()? {
        serde_json::Value::Array(items) => Some(items),
        serde_json::Value::Object(texts) => {
            Some(texts.into_iter().map(|(language, text)| serde_json::json!({ "language": language, "text": text })).collect())
        }
        _ => None,
    }
}

/// A value of JSON as text, nothing where it is null.
fn said(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::Null => None,
        serde_json::Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

fn add_texts(cells: &mut ListBuilder<StringBuilder>, cell: Lent<'_>) -> bool {
    let items = list(cell);
    for item in items.iter().flatten() {
        cells.values().append_option(said(item));
    }
    cells.append(items.is_some());
    items.is_some()
}

fn add_parts(cells: &mut ListBuilder<StructBuilder>, parts: &[String], cell: Lent<'_>) -> bool {
    let items = list(cell);
    for item in items.iter().flatten() {
        let values = cells.values();
        for (n, part) in parts.iter().enumerate() {
            if let Some(column) = values.field_builder::<StringBuilder>(n) {
                column.append_option(item.get(part).and_then(said));
            }
        }
        values.append(true);
    }
    cells.append(items.is_some());
    items.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_a_day_and_says_how_precisely_it_is_known() {
        let first = |text: &[u8]| day(text, false);
        assert_eq!(first(b"1970-01-01"), Some(0));
        assert_eq!(first(b"2026-11-29"), Some(20_786));
        assert_eq!(first(b"2024-02-29"), Some(19_782));
        assert_eq!(first(b"2023-02-29"), None);
        assert_eq!(first(b"2019"), first(b"2019-01-01"));
        assert_eq!(first(b"2019-07"), first(b"2019-07-01"));
        assert_eq!(first(b"soon"), None);
        // What ends in a year or month holds until its last day.
        for (told, last) in [("2024", "2024-12-31"), ("2024-02", "2024-02-29"), ("2026-11-29", "2026-11-29")] {
            assert_eq!(day(told.as_bytes(), true), first(last.as_bytes()), "{told}");
        }
        assert_eq!(day(b"2024-13", true), None);
        let mut cells = Cells::new(&Holds::Date { end: false });
        for told in ["2019", "2019-07-03"] {
            assert!(cells.add(Lent::Text(told.as_bytes())));
        }
        let told = cells.finish().remove(1);
        let told = arrow::array::AsArray::as_string::<i32>(&told);
        assert_eq!(told.iter().collect::<Vec<_>>(), [Some("2019"), None]);
    }

    #[test]
    fn a_moment_is_kept_to_the_millisecond() {
        assert_eq!(moment("1970-01-01T00:00:01.250Z"), Some(1250));
        assert_eq!(moment("2026-11-24"), None);
    }

    #[test]
    fn money_is_the_decimal_that_was_written() {
        assert_eq!(money(0.1), Some(1_000_000_000));
        assert_eq!(money(-1_234.56), Some(-12_345_600_000_000));
        assert_eq!(money(-360.855_127_486_5), Some(-3_608_551_274_865));
        assert_eq!(money(2.5e11), Some(2_500_000_000_000_000_000_000));
        assert_eq!(money(f64::NAN), None);
    }

    #[test]
    fn what_is_none_of_what_a_column_holds_is_said_and_unknown() {
        assert!(!Cells::new(&Holds::Number).add(Lent::Text(b"many")));
        assert!(!Cells::new(&Holds::Boolean).add(Lent::Integer(7)));
        assert!(Cells::new(&Holds::Number).add(Lent::Null));
    }
}
