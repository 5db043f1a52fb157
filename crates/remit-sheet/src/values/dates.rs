//! Dates: any order of day, month and year that means one day, month names in many languages, quarters and halves of a year, fiscal
//! years, and the Hijri calendar where it is named.

use super::{UnreadCell, folded, plain};
use remit_model::{Day, ImpreciseDate, Languages};
use std::collections::{HashMap, HashSet};

/// What comes first where a date is written in numbers with its year last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum DateOrder {
    /// 31/12/2025.
    Day,
    /// 12/31/2025.
    Month,
}

/// How a column writes its dates.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct DateColumn<'c> {
    /// What comes first; none where nothing proves it.
    pub(crate) order: Option<DateOrder>,
    /// Formats that somebody said, as strftime writes them.
    pub(crate) formats: &'c [String],
    /// The month in which a fiscal year begins, where somebody said so.
    pub(crate) year_begins: Option<u32>,
    /// True where it says when something ends: of a quarter the last month is meant.
    pub(crate) end: bool,
}

/// A date in ISO form, with a note where it was read by a guess or a rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct DateRead {
    pub(crate) date: String,
    pub(crate) note: Option<String>,
    /// True where it is the first or the last month of what the text names: nothing of it is lost where both are kept.
    pub(crate) is_bound: bool,
}

impl DateRead {
    fn sure(date: String) -> DateRead {
        DateRead { date, ..DateRead::default() }
    }
}

/// The words that dates are made of, folded.
#[derive(Debug, Default)]
pub(crate) struct DateWords {
    months: HashMap<String, u32>,
    hijri_months: HashMap<String, u32>,
    quarters: HashSet<String>,
    halves: HashSet<String>,
    /// The first to the fourth of them.
    ordinals: HashMap<String, u32>,
    /// Early, spring: of a year, but of no months of it.
    parts: HashSet<String>,
    fiscal: HashSet<String>,
    hijri: HashSet<String>,
    /// Words without a meaning of their own: of, de, року.
    glue: HashSet<String>,
    /// Words before the first and the last of two dates, and in the place of an end.
    from: HashSet<String>,
    until: HashSet<String>,
    still: HashSet<String>,
}

/// Years before this one are of another calendar: nothing in a register of our time is so old.
const OLDEST: i32 = 1700;

impl DateWords {
    pub(crate) fn new(languages: &Languages) -> DateWords {
        let mut words = DateWords::default();
        let numbered = |months: &[Vec<String>]| -> Vec<(String, u32)> {
            let all = months.iter().zip(1..).flat_map(|(names, n)| names.iter().map(move |name| (folded(name), n)));
            all.collect()
        };
        for written in languages.written() {
            words.months.extend(numbered(&written.months));
            words.quarters.extend(written.quarters.iter().map(|w| folded(w)));
            words.halves.extend(written.halves.iter().map(|w| folded(w)));
            words.ordinals.extend(numbered(&written.ordinals));
            words.parts.extend(written.parts.iter().map(|w| folded(w)));
            words.fiscal.extend(written.fiscal.iter().map(|w| folded(w)));
            words.hijri.extend(written.hijri.iter().map(|w| folded(w)));
            words.glue.extend(written.words.iter().map(|w| folded(w)));
            words.from.extend(written.from.iter().map(|w| folded(w)));
            words.until.extend(written.until.iter().map(|w| folded(w)));
            words.still.extend(written.still.iter().map(|w| folded(w)));
        }
        words.ordinals.extend(numbered(&languages.signs().ordinals));
        words.hijri_months.extend(numbered(&languages.signs().hijri_months));
        words
    }

    /// Reads a date; an empty text where there is none.
    pub(crate) fn read(&self, text: &str, how: &DateColumn<'_>) -> Result<DateRead, UnreadCell> {
        let text = plain(text);
        let sure = |date: String| Ok(DateRead::sure(date));
        let by_format = |f: &String| of_format(f, &text);
        if text.is_empty() {
            return Ok(DateRead::default());
        }
        if let Some(date) = how.formats.iter().find_map(by_format) {
            return sure(date);
        }
        if let Ok(date) = text.parse::<ImpreciseDate>() {
            return in_our_calendar(date.earliest().year(), &text).and_then(|()| sure(date.to_string()));
        }
        // What stands behind it may say that it is of another calendar.
        if let Some(day) = Day::parse(&text).filter(|day| day.year() >= OLDEST) {
            return sure(day.to_string());
        }
        let text = without_time(&text);
        match in_numbers(&text) {
            Some(numbers) => of_numbers(&numbers, how, &text).and_then(sure),
            None => self.in_words(&text, how),
        }
    }

    /// Reads two dates, from one to another, as “2024-2026”, “janv. 2024 – déc. 2025”, “since May 2024”, and those of a quarter, a half
    /// or a fiscal year; an empty text where it has no end. None for what is one date, or may be one.
    pub(crate) fn range(&self, text: &str, how: &DateColumn<'_>) -> Option<(String, String)> {
        let text = plain(text);
        match self.read(&text, &DateColumn { end: false, ..*how }) {
            Err(UnreadCell::Wrong(_)) => {}
            Err(UnreadCell::Asks(_)) => return None,
            // A day ends where it begins.
            Ok(first) if first.date.len() == 10 => return None,
            Ok(first) => {
                let last = self.read(&text, &DateColumn { end: true, ..*how }).ok()?;
                return (first.date != last.date).then_some((first.date, last.date));
            }
        }
        let (has_from, text) = match text.split_once(' ') {
            Some((first, rest)) if self.from.contains(&folded(first)) => (true, rest),
            _ => (false, text.as_str()),
        };
        let words: Vec<&str> = text.split(' ').collect();
        let at_word = words.iter().position(|word| self.until.contains(&folded(word)));
        let by_word = at_word.map(|at| (words[..at].join(" "), words[at + 1..].join(" ")));
        let by_dash = text.split_once(" - ").or_else(|| text.split_once('-').filter(|(_, last)| !last.contains('-')));
        let parts = by_dash.map(|(first, last)| (first.to_owned(), last.to_owned())).or(by_word);
        // One of the two may prove what comes first in both.
        let whole = || parts.iter().flat_map(|(first, last)| [Some(first.clone()), with_rest(first, last), Some(last.clone())]);
        let proved = || whole().flatten().find_map(|part| proves(&part));
        let order = how.order.or_else(proved);
        let read = |part: &str, end: bool| {
            let read = self.read(part.trim(), &DateColumn { order, end, ..*how }).ok();
            read.filter(|read| !read.date.is_empty() && (read.note.is_none() || read.is_bound)).map(|read| read.date)
        };
        if let Some(start) = read(text, false).filter(|_| has_from) {
            return Some((start, String::new()));
        }
        let (first, last) = parts.as_ref()?;
        let start = read(first, false).or_else(|| read(&with_rest(first, last)?, false))?;
        let end = match self.still.contains(&folded(last)) || is_no_end(last) {
            true => String::new(),
            false => with_month(first, last).and_then(|last| read(&last, true)).or_else(|| read(last, true))?,
        };
        let shorter = end.len().min(start.len());
        let is_later = end.is_empty() || end[..shorter] >= start[..shorter];
        is_later.then_some((start, end))
    }

    /// True for what may stand over a column as the time that its cells are of: a year, a month, a quarter, a fiscal year.
    pub(crate) fn is_period(&self, text: &str) -> bool {
        let begins = |month| DateColumn { year_begins: Some(month), ..DateColumn::default() };
        let is_told = |d: &DateRead| d.date.len() <= 7 && (d.note.is_none() || d.is_bound);
        let of = |how| self.read(text, &how).ok().filter(is_told).map(|d| d.date);
        let year = of(begins(1)).or_else(|| of(begins(7))).and_then(|d| d.get(..4)?.parse().ok());
        year.is_some_and(|y: i32| (1950..2100).contains(&y)) || self.months.contains_key(&folded(text))
    }

    fn in_words(&self, text: &str, how: &DateColumn<'_>) -> Result<DateRead, UnreadCell> {
        let sure = |date: String| Ok(DateRead::sure(date));
        let Some(found) = self.found(text) else { return Err(no_date(text)) };
        let numbers: Vec<&str> = found.numbers.iter().map(String::as_str).collect();
        if found.hijri || found.hijri_month.is_some() {
            return hijri(found.hijri_month, &numbers, text);
        }
        let is_year = |n: &str| n.len() == 4;
        let span = if found.quarter { 3 } else { 6 };
        match (found.quarter || found.half, found.fiscal, found.month, &numbers[..]) {
            (true, false, None, [a, b]) => of_months(span, a, b, how, text),
            (false, false, month, [year]) if found.part && is_year(year) => {
                let date = month.map_or_else(|| (*year).to_owned(), |month| format!("{year}-{month:02}"));
                in_our_calendar(number(year).unwrap_or(0) as i32, text)?;
                let note = format!("“{text}” says no month or no day; of it {date} was taken");
                Ok(DateRead { date, note: Some(note), is_bound: false })
            }
            _ if found.part => Err(no_date(text)),
            (false, true, None, [a]) if is_year(a) => match how.year_begins {
                Some(1) => sure((*a).to_owned()),
                _ => Err(UnreadCell::Asks(format!(
                    "“{text}” is a fiscal year, which may be named after the year in which it begins or ends; write both, such as 2023/24"
                ))),
            },
            (false, true, None, [a, b]) => fiscal(a, b, how, text).and_then(sure),
            (false, false, Some(month), [year]) if is_year(year) => sure(format!("{year}-{month:02}")),
            (false, false, Some(month), [a, b]) if is_year(a) != is_year(b) => {
                let (year, day) = if is_year(a) { (a, b) } else { (b, a) };
                day_of(year, month, day, text).and_then(sure)
            }
            (false, false, Some(_), [_] | [_, _]) => Err(two_digits(text)),
            _ => Err(no_date(text)),
        }
    }

    /// The parts of a date in a text; none where it has a word that belongs to no date.
    fn found(&self, text: &str) -> Option<DateParts> {
        let all = folded(&text.replace('.', " "));
        let words: Vec<&str> = all.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty()).collect();
        // “Second”, “II” and “i” mean a number beside a quarter or a half, and something else elsewhere.
        let mut found = DateParts { has_months: words.iter().any(|word| self.is_of_months(word)), ..DateParts::default() };
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let two = words.get(at + 1).map(|next| format!("{word} {next}"));
            let is_one = |t: &String| {
                let is_month = [&self.months, &self.hijri_months].iter().any(|m| m.contains_key(t));
                is_month || self.fiscal.contains(t) || self.halves.contains(t)
            };
            let two = two.filter(is_one);
            at += 1 + usize::from(two.is_some());
            if !self.take(two.as_deref().unwrap_or(word), &mut found) {
                return None;
            }
        }
        Some(found)
    }

    /// True for “quarter”, “Q3”, “2H”.
    fn is_of_months(&self, word: &str) -> bool {
        let letters = word.trim_matches(|c: char| c.is_ascii_digit());
        self.quarters.contains(letters) || self.halves.contains(letters)
    }

    /// Takes one word; false where it is of no date.
    fn take(&self, word: &str, found: &mut DateParts) -> bool {
        let digits = word.chars().take_while(char::is_ascii_digit).count();
        let (number, rest) = word.split_at(digits);
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        // A month may be given by both of its names: “تموز/يوليو”.
        let set = |slot: &mut Option<u32>, value: u32| slot.replace(value).is_none_or(|before| before == value);
        if !number.is_empty() && (rest.is_empty() || ORDINALS.contains(&rest)) {
            found.numbers.push(number.to_owned());
            return true;
        }
        if found.has_months {
            if let Some(ordinal) = self.ordinals.get(word) {
                found.numbers.push(ordinal.to_string());
                return true;
            }
            // “2012Q1”, “1H”, and what stands behind the sign of “1-й квартал”.
            if !number.is_empty() && self.is_of_months(rest) {
                found.numbers.push(number.to_owned());
                return self.take(rest, found);
            }
            if ORDINALS.contains(&word) && !self.is_of_months(word) {
                return true;
            }
        }
        if let Some(month) = self.months.get(word) {
            return set(&mut found.month, *month);
        }
        if let Some(month) = self.hijri_months.get(word) {
            return set(&mut found.hijri_month, *month);
        }
        if self.hijri.contains(word) {
            found.hijri = true;
        } else if self.parts.contains(word) {
            found.part = true;
        } else if self.quarters.contains(letters) || self.halves.contains(letters) || self.fiscal.contains(letters) {
            found.quarter |= self.quarters.contains(letters);
            found.half |= self.halves.contains(letters);
            found.fiscal |= self.fiscal.contains(letters);
            found.numbers.extend(Some(word[letters.len()..].to_owned()).filter(|n| !n.is_empty()));
        } else if number.is_empty() || !self.hijri.contains(rest) {
            return self.glue.contains(word);
        } else {
            found.hijri = true;
            found.numbers.push(number.to_owned());
        }
        true
    }
}

/// The first of two dates with what it has in common with the last one: of “12 – 14 May 2024” the twelfth is of May 2024 too.
fn with_rest(first: &str, last: &str) -> Option<String> {
    const SIGNS: [char; 3] = [' ', '.', '/'];
    let parts = |text: &str| text.split(SIGNS).filter(|part| !part.is_empty()).count();
    let last = last.trim();
    let ends = last.char_indices().filter(|(at, c)| SIGNS.contains(c) && !last[..*at].ends_with(SIGNS)).map(|(at, _)| at);
    let end = ends.take(parts(first)).last()?;
    Some(format!("{}{}", first.trim().trim_end_matches(SIGNS), &last[end..]))
}

/// The last of two dates with the month that stands before both: of “May 12-14 2024” the fourteenth is of May too.
fn with_month(first: &str, last: &str) -> Option<String> {
    let first = first.trim();
    let (month, day) = first.split_at(first.find(|c: char| c.is_ascii_digit())?);
    let is_before_both = month.contains(char::is_alphabetic) && day.len() <= 2 && !last.contains(char::is_alphabetic);
    is_before_both.then(|| format!("{month}{}", last.trim()))
}

/// What stands behind the number of a day.
const ORDINALS: [&str; 18] =
    ["st", "nd", "rd", "th", "er", "e", "o", "º", "ª", "eme", "re", "nde", "и", "го", "е", "му", "ше", "ге"];

#[derive(Debug, Default)]
struct DateParts {
    numbers: Vec<String>,
    month: Option<u32>,
    hijri_month: Option<u32>,
    /// True where a word of it is one for a quarter or a half of a year.
    has_months: bool,
    quarter: bool,
    half: bool,
    part: bool,
    fiscal: bool,
    hijri: bool,
}

/// What a cell proves of the order of its column.
pub(crate) fn proves(cell: &str) -> Option<DateOrder> {
    let numbers = in_numbers(&without_time(&plain(cell)))?;
    let [a, b, year] = &numbers.parts[..] else { return None };
    // A year that comes first proves nothing of what stands behind it.
    let short = |part: &&String| part.len() <= 2;
    let (a, b) = (number(Some(a).filter(short)?)?, number(Some(b).filter(short)?)?);
    match (year.len(), (1..=12).contains(&a), (1..=12).contains(&b)) {
        (2 | 4, false, true) => Some(DateOrder::Day),
        (2 | 4, true, false) => Some(DateOrder::Month),
        _ => None,
    }
}

struct Numbers {
    parts: Vec<String>,
    sign: char,
}

/// A text of two or three numbers with the same sign between them, or of one.
fn in_numbers(text: &str) -> Option<Numbers> {
    const SIGNS: [char; 4] = ['/', '.', '-', ' '];
    let mut text = text.trim_end_matches('.').to_owned();
    for sign in ['/', '.', '-'] {
        text = text.replace(&format!("{sign} "), &sign.to_string()).replace(&format!(" {sign}"), &sign.to_string());
    }
    let sign = text.chars().find(|c| SIGNS.contains(c)).unwrap_or('/');
    let parts: Vec<String> = text.split(sign).map(str::to_owned).collect();
    let all = parts.len() <= 3 && parts.iter().all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()));
    all.then_some(Numbers { parts, sign })
}

fn of_numbers(numbers: &Numbers, how: &DateColumn<'_>, text: &str) -> Result<String, UnreadCell> {
    let lengths: Vec<usize> = numbers.parts.iter().map(String::len).collect();
    let parts: Vec<&str> = numbers.parts.iter().map(String::as_str).collect();
    match (&parts[..], &lengths[..]) {
        ([all], [8]) => day_of(&all[..4], number(&all[4..6]).unwrap_or(0), &all[6..], text),
        ([all], [5]) => {
            Err(UnreadCell::Wrong(format!("“{all}” is a number, as Excel counts days; format the cells as dates and save again")))
        }
        ([a, b], [4, 2 | 4]) if follows(a, b) => match (number(b), numbers.sign, how.year_begins) {
            (Some(1..=12), _, None) if b.len() == 2 => Err(UnreadCell::Asks(format!(
                "“{text}” is a month or a fiscal year; write 2011-12 for December 2011, or say in which month fiscal years begin"
            ))),
            _ => fiscal(a, b, how, text),
        },
        ([year, month], [4, 1 | 2]) | ([month, year], [1 | 2, 4]) => match number(month) {
            Some(m @ 1..=12) => in_our_calendar(number(year).unwrap_or(0) as i32, text).map(|()| format!("{year}-{m:02}")),
            _ => Err(no_date(text)),
        },
        ([year, month, day], [4, 1 | 2, 1 | 2]) => day_of(year, number(month).unwrap_or(0), day, text),
        ([a, b, year], [1 | 2, 1 | 2, 4]) => match (number(a), number(b)) {
            (Some(x @ 1..=12), Some(y @ 1..=12)) if x != y => match how.order.or((numbers.sign == '.').then_some(DateOrder::Day))
            {
                Some(DateOrder::Day) => day_of(year, y, a, text),
                Some(DateOrder::Month) => day_of(year, x, b, text),
                None => Err(UnreadCell::Asks(format!(
                    "“{text}”: nothing in the table proves whether day or month comes first; say which (order = \"day\" or \"month\")"
                ))),
            },
            (Some(month @ 1..=12), Some(13..)) => day_of(year, month, b, text),
            (_, Some(month)) => day_of(year, month, a, text),
            _ => Err(no_date(text)),
        },
        ([_, _, _], [1 | 2, 1 | 2, 2]) => Err(two_digits(text)),
        _ => Err(no_date(text)),
    }
}

fn number(text: &str) -> Option<u32> {
    text.parse().ok()
}

/// True for a year and the one after it, in four digits or two.
fn follows(a: &str, b: &str) -> bool {
    let (Some(a), Some(n)) = (number(a), number(b)) else { return false };
    if b.len() == 2 { (a + 1) % 100 == n } else { a + 1 == n }
}

/// A quarter or a half of a year, by how many months it has: its first month, or its last one where something ends.
fn of_months(months: u32, a: &str, b: &str, how: &DateColumn<'_>, text: &str) -> Result<DateRead, UnreadCell> {
    let (part, year) = if a.len() == 4 { (b, a) } else { (a, b) };
    let part = number(part).filter(|n| year.len() == 4 && (1..=12 / months).contains(n)).ok_or_else(|| no_date(text))?;
    in_our_calendar(number(year).unwrap_or(0) as i32, text)?;
    let date = format!("{year}-{:02}", if how.end { part * months } else { (part - 1) * months + 1 });
    let note = format!("“{text}” is a time of {months} months; of it {date} was taken");
    Ok(DateRead { date, note: Some(note), is_bound: true })
}

fn fiscal(a: &str, b: &str, how: &DateColumn<'_>, text: &str) -> Result<String, UnreadCell> {
    let year = match a.len() {
        4 => number(a),
        2 => number(a).map(|y| 2000 + y),
        _ => None,
    };
    let full = year.filter(|y| follows(&y.to_string(), b)).ok_or_else(|| no_date(text))?;
    match how.year_begins {
        Some(begins @ 2..=12) if how.end => Ok(format!("{}-{:02}", full + 1, begins - 1)),
        Some(begins @ 2..=12) => Ok(format!("{full}-{begins:02}")),
        _ => Err(UnreadCell::Asks(format!("“{text}” is a fiscal year; say in which month it begins (year_begins = 7)"))),
    }
}

fn day_of(year: &str, month: u32, day: &str, text: &str) -> Result<String, UnreadCell> {
    let year = number(year).unwrap_or(0) as i32;
    in_our_calendar(year, text)?;
    Day::new(year, month, number(day).unwrap_or(0)).map(|d| d.to_string()).ok_or_else(|| no_date(text))
}

fn in_our_calendar(year: i32, text: &str) -> Result<(), UnreadCell> {
    if year >= OLDEST {
        return Ok(());
    }
    Err(UnreadCell::Wrong(format!(
        "“{text}” is a date of another calendar, or a wrong one; write it in the Gregorian calendar, or “AH” behind a Hijri date"
    )))
}

/// True for the last year of all, by which programs say that something has no end: whoever takes it for one has a state that is confirmed for ever.
pub(super) fn is_no_end(text: &str) -> bool {
    let is_date = text.chars().all(|c| !c.is_alphabetic() || matches!(c, 'T' | 'Z'));
    is_date && text.split(|c: char| !c.is_ascii_digit()).any(|number| number == "9999")
}

fn no_date(text: &str) -> UnreadCell {
    UnreadCell::Wrong(format!("“{text}” is no date; write 2019, 2019-07 or 2019-07-03"))
}

fn two_digits(text: &str) -> UnreadCell {
    UnreadCell::Asks(format!(
        "“{text}” has a year of two digits; write four, or say how the column writes dates (formats = [\"%d.%m.%y\"])"
    ))
}

/// A text as a format reads it: a day, or a month where the format names none.
fn of_format(format: &str, text: &str) -> Option<String> {
    let read = jiff::fmt::strtime::parse(format, text).ok()?;
    let is_told = |year: &i16| *year >= 1000;
    match (read.to_date(), read.year().filter(is_told), read.month()) {
        (Ok(date), Some(_), _) => Some(date.to_string()),
        (Err(_), Some(year), Some(month)) if read.day().is_none() => Some(format!("{year}-{month:02}")),
        _ => None,
    }
}

/// A text without the time of day behind it.
fn without_time(text: &str) -> String {
    let is_time = |w: &str| w.contains(':') || matches!(w.to_lowercase().as_str(), "am" | "pm" | "a.m." | "p.m.");
    let kept: Vec<&str> = text.split([' ', ',']).filter(|w| !w.is_empty() && !is_time(w)).collect();
    if kept.is_empty() { text.to_owned() } else { kept.join(" ") }
}

/// A date of the Hijri calendar, as precisely as it can be told: its months begin when the moon is seen, a day earlier or
/// later than is computed.
fn hijri(month: Option<u32>, numbers: &[&str], text: &str) -> Result<DateRead, UnreadCell> {
    let wrong = || {
        UnreadCell::Wrong(format!(
            "“{text}” is a date of the Hijri calendar that Remit cannot convert; write it in the Gregorian one"
        ))
    };
    let values: Vec<u32> = numbers.iter().filter_map(|n| number(n)).collect();
    let is_year = |n: &u32| (1200..=1600).contains(n);
    let (year, month, day) = match (month, &values[..]) {
        (None, [y]) if is_year(y) => (*y, None, None),
        (Some(m), [y]) if is_year(y) => (*y, Some(m), None),
        (Some(m), [d, y] | [y, d]) if is_year(y) => (*y, Some(m), Some(*d)),
        (None, [y, m, d] | [d, m, y]) if is_year(y) => (*y, Some(*m), Some(*d)),
        _ => return Err(wrong()),
    };
    if month.is_some_and(|m| !(1..=12).contains(&m)) || day.is_some_and(|d| !(1..=30).contains(&d)) {
        return Err(wrong());
    }
    let first = hijri_day(year, month.unwrap_or(1), day.unwrap_or(1)).plus_days(-1).to_string();
    let last = match (month, day) {
        (Some(m), Some(d)) => hijri_day(year, m, d),
        (Some(m), None) => hijri_day(year, m, 30),
        (None, _) => hijri_day(year, 12, 30),
    };
    let last = last.plus_days(1).to_string();
    let shared = [7, 4].into_iter().find(|n| first[..*n] == last[..*n]).ok_or_else(|| {
        UnreadCell::Wrong(format!(
            "“{text}” of the Hijri calendar lies between {first} and {last}, in two years; write it in the Gregorian one"
        ))
    })?;
    let date = first[..shared].to_owned();
    let note = Some(format!("“{text}” of the Hijri calendar lies between {first} and {last}; read as {date}"));
    Ok(DateRead { date, note, is_bound: false })
}

/// The day on which a day of the tabular Hijri calendar falls.
fn hijri_day(year: u32, month: u32, day: u32) -> Day {
    let (year, month, day) = (year as i32, month as i32, day as i32);
    let julian = (11 * year + 3) / 30 + 354 * year + 30 * month - (month - 1) / 2 + day + 1_948_440 - 385;
    Day::new(1970, 1, 1).map_or_else(Day::today, |epoch| epoch.plus_days(julian - 2_440_588))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words() -> DateWords {
        DateWords::new(&Languages::built_in())
    }

    fn read(text: &str, how: DateColumn<'_>) -> String {
        words().read(text, &how).map_or_else(|e| format!("{e:?}").split('(').next().unwrap_or_default().to_owned(), |d| d.date)
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        let plain = |text| read(text, DateColumn::default());
        for (written, meant) in [
            ("31/12/2025", "2025-12-31"),
            ("12/31/2025", "2025-12-31"),
            ("12.03.2019", "2019-03-12"),
            ("12. 3. 2019.", "2019-03-12"),
            ("5/5/2020", "2020-05-05"),
            ("2019/3/12", "2019-03-12"),
            ("20190312", "2019-03-12"),
            ("2012-10-07 07:30", "2012-10-07"),
            ("2024-05-01T10:00:00.000+02:00", "2024-05-01"),
            ("31/12/2025 07:30", "2025-12-31"),
            ("21 mars 2022", "2022-03-21"),
            ("1er mars 2022", "2022-03-01"),
            ("March 3rd, 2021", "2021-03-03"),
            ("3 July 2019", "2019-07-03"),
            ("7 de octubre de 2012", "2012-10-07"),
            ("12 березня 2019 року", "2019-03-12"),
            ("15 كانون الثاني 2020", "2020-01-15"),
            ("4 تموز/يوليو 2026", "2026-07-04"),
            ("٣١ تشرين الأول/أكتوبر ٢٠٢٥", "2025-10-31"),
            ("كانون الثاني (يناير) 2024", "2024-01"),
            ("٢١ مارس ٢٠٢٢", "2022-03-21"),
            ("٢٠١٩-٠٣-١٢", "2019-03-12"),
            ("١٥/٠٦/٢٠١٥", "2015-06-15"),
            ("sept. 2019", "2019-09"),
            ("03/2019", "2019-03"),
            ("Q3 2022", "2022-07"),
            ("T1 2024", "2024-01"),
            ("3e trimestre 2022", "2022-07"),
            ("12. maja 2012.", "2012-05-12"),
            ("12. svibnja 2012.", "2012-05-12"),
            ("3. listopada 2012. godine", "2012-10-03"),
            ("u januaru 2012.", "2012-01"),
            ("12. јула 2012.", "2012-07-12"),
            ("у травні 2019 року", "2019-05"),
            ("2012Q1", "2012-01"),
            ("H2 2022", "2022-07"),
            ("2e semestre 2022", "2022-07"),
            ("second half of 2022", "2022-07"),
            ("الربع الثاني من عام 2022", "2022-04"),
            ("النصف الثاني ٢٠٢٢", "2022-07"),
            ("ІІ квартал 2019 р.", "2019-04"),
            ("1-е полугодие 2019", "2019-01"),
            ("I kvartal 2012.", "2012-01"),
            ("prvo polugodište 2012.", "2012-01"),
            ("spring 2019", "2019"),
            ("début mars 2019", "2019-03"),
            ("mid-2019", "2019"),
            ("2012", "2012"),
            ("", ""),
        ] {
            assert_eq!(plain(written), meant, "{written}");
        }
        let end = DateColumn { end: true, ..DateColumn::default() };
        assert_eq!(["Q3 2022", "S1 2022"].map(|text| read(text, end)), ["2022-09", "2022-06"]);
    }

    #[test]
    fn of_a_quarter_both_ends_are_kept_or_it_is_told() {
        let range = |text| words().range(text, &DateColumn { year_begins: Some(7), ..DateColumn::default() });
        let kept = |first: &str, last: &str| Some((first.to_owned(), last.to_owned()));
        assert_eq!(range("Q1 2012"), kept("2012-01", "2012-03"));
        assert_eq!(range("2e semestre 2022"), kept("2022-07", "2022-12"));
        assert_eq!(range("FY2023/24"), kept("2023-07", "2024-06"));
        assert_eq!(range("Q1 2012 – Q3 2013"), kept("2012-01", "2013-09"));
        for text in ["12-14 May 2024", "du 12 au 14 mai 2024", "12.–14.05.2024", "12 to 14 May 2024"] {
            assert_eq!(range(text), kept("2024-05-12", "2024-05-14"), "{text}");
        }
        for text in ["March 3-5 2024", "March 3 to 5, 2024", "March 3 – 5, 2024"] {
            assert_eq!(range(text), kept("2024-03-03", "2024-03-05"), "{text}");
        }
        assert_eq!(range("28 avril – 2 mai 2024"), kept("2024-04-28", "2024-05-02"));
        assert_eq!(range("30/04 - 02/05/2024"), kept("2024-04-30", "2024-05-02"));
        assert_eq!(range("14-12 May 2024"), None);
        assert_eq!([range("spring 2019"), range("2012"), range("12. maja 2012.")], [None, None, None]);
        let note = |text| words().read(text, &DateColumn::default()).unwrap().note.unwrap_or_default();
        assert_eq!(note("Q1 2012"), "“Q1 2012” is a time of 3 months; of it 2012-01 was taken");
        assert!(note("spring 2019").contains("says no month"));
        assert_eq!(note("maj 2012"), "");
    }

    #[test]
    fn only_a_day_beyond_twelve_proves_the_order() {
        assert_eq!(
            ["31/12/2025", "12/31/2025", "31.12.25"].map(proves),
            [Some(DateOrder::Day), Some(DateOrder::Month), Some(DateOrder::Day)]
        );
        assert_eq!(["2019-03-12", "03/04/2012", "2019/13/01", "2012"].map(proves), [None; 4]);
    }

    #[test]
    fn what_means_two_days_is_asked() {
        for text in ["03/04/2012", "12.03.19", "2023/24", "FY2024", "2011/12", "Mar-19"] {
            assert_eq!(read(text, DateColumn::default()), "Asks", "{text}");
        }
        let order = |order| DateColumn { order: Some(order), ..DateColumn::default() };
        assert_eq!(read("03/04/2012", order(DateOrder::Day)), "2012-04-03");
        assert_eq!(read("03/04/2012", order(DateOrder::Month)), "2012-03-04");
        let fiscal = |end| DateColumn { year_begins: Some(7), end, ..DateColumn::default() };
        assert_eq!(["2023/24", "FY2023/24", "2011/12"].map(|t| read(t, fiscal(false))), ["2023-07", "2023-07", "2011-07"]);
        assert_eq!(read("2023-24", fiscal(true)), "2024-06");
        let formats = ["%d.%m.%y".to_owned()];
        assert_eq!(read("12.03.19", DateColumn { formats: &formats, ..DateColumn::default() }), "2019-03-12");
    }

    #[test]
    fn what_is_no_date_is_refused_with_a_reason() {
        for text in [
            "2019-13-01",
            "31/02/2020",
            "43536",
            "~2013",
            "à vérifier",
            "n.d.",
            "12-15",
            "1440-07-05",
            "winter 2019",
            "Q5 2022",
            "H3 2022",
            "second 2019",
        ] {
            assert_eq!(read(text, DateColumn::default()), "Wrong", "{text}");
        }
    }

    #[test]
    fn a_hijri_date_is_read_as_precisely_as_it_can_be_told() {
        let said = |text| words().read(text, &DateColumn::default());
        assert_eq!(said("10 رمضان 1445").unwrap().date, "2024-03");
        assert_eq!(said("12/9/1445 هـ").unwrap().date, "2024-03");
        assert_eq!(said("1445-09-12 هـ").unwrap().date, "2024-03");
        assert!(said("Ramadan 1445").unwrap().note.unwrap().contains("between 2024-03-10 and 2024-04-1"));
        assert!(matches!(said("1445 AH"), Err(UnreadCell::Wrong(why)) if why.contains("in two years")));
    }

    #[test]
    fn the_tabular_calendar_begins_its_years_where_it_does() {
        assert_eq!(hijri_day(1445, 1, 1).to_string(), "2023-07-19");
        assert_eq!(hijri_day(1400, 1, 1).to_string(), "1979-11-21");
    }

    proptest! {
        #[test]
        fn any_text_is_a_date_or_is_refused(text in "\\PC{0,24}") {
            let _ = (words().read(&text, &DateColumn::default()), proves(&text));
        }
    }
}
