//! Numbers: any way of grouping, either decimal sign, shares of a hundred, thousands and millions in words, currencies.

use super::{UnreadCell, folded, plain};
use remit_model::{CodeLists, Languages, comparable};
use std::collections::{HashMap, HashSet};

/// A number as a cell has it, written so that any program reads it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Number {
    /// Digits with a point, without groups.
    pub(crate) digits: String,
    /// True where it is a share of a hundred.
    pub(crate) percent: bool,
    /// The currency beside it; an empty one where several have its sign.
    pub(crate) currency: Option<String>,
    /// True where a word for thousands or more stands beside it.
    pub(crate) has_magnitude: bool,
}

impl Number {
    /// The number as something else beside it says what it is of; what stands in its own cell goes before that.
    pub(crate) fn in_unit(self, unit: &Unit) -> Number {
        let noughts = if self.has_magnitude { 0 } else { unit.noughts } + if unit.percent { 2 } else { 0 };
        let (sign, digits) = self.digits.strip_prefix('-').map_or(("", self.digits.as_str()), |digits| ("-", digits));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        Number {
            digits: format!("{sign}{}", shifted(whole, fraction, noughts as usize)),
            percent: self.percent || unit.percent,
            // Which of several currencies a sign is, what stands beside the cell may say.
            currency: self.currency.filter(|own| !own.is_empty() || unit.currency.is_none()).or_else(|| unit.currency.clone()),
            has_magnitude: self.has_magnitude,
        }
    }
}

/// The words and signs that stand beside numbers.
#[derive(Debug, Default)]
pub(crate) struct NumberWords {
    /// Noughts by word, folded.
    magnitudes: HashMap<String, u32>,
    /// Such words that mean other noughts in another language.
    unclear: HashSet<String>,
    /// Signs of currencies, the longest first.
    signs: Vec<(String, String)>,
    /// Names of currencies, folded, words with a space between; an empty code where several are called so.
    named: HashMap<String, String>,
    currencies: HashSet<String>,
    /// Signs of several currencies, each with these.
    several: Vec<(String, Vec<String>)>,
    /// Words that stand between others, as in “thousands of USD”.
    glue: HashSet<String>,
}

/// What numbers are of, as a heading, a title or the format of a cell says it beside them: “USD thousand”.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Unit {
    pub(crate) noughts: u32,
    /// An empty one where several have its sign.
    pub(crate) currency: Option<String>,
    pub(crate) percent: bool,
}

impl Unit {
    /// This unit, with what it lacks taken from another.
    pub(crate) fn or(&self, other: &Unit) -> Unit {
        let noughts = if self.noughts == 0 { other.noughts } else { self.noughts };
        Unit { noughts, currency: self.currency.clone().or_else(|| other.currency.clone()), percent: self.percent }
    }
}

/// The decimal sign of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decimal {
    pub(crate) sign: char,
    /// True where it may stand before just three digits: somebody said the sign, or a cell shows as many digits behind it. In a column
    /// of `1,234.50`, nobody knows what `3.000` is.
    pub(crate) threes: bool,
}

impl Decimal {
    /// As somebody said it.
    pub(crate) fn said(sign: char) -> Decimal {
        Decimal { sign, threes: true }
    }
}

/// What the unit that a format shows begins with, where the format shows the number in thousands.
pub(crate) const SCALED: char = ',';

/// What a format of a spreadsheet shows beside a number: a currency, a word, a sign for shares of a hundred; nothing for most.
pub(crate) fn shown_beside(format: &str) -> Option<String> {
    let (mut shown, mut is_scaled, mut after_digit) = (String::new(), false, false);
    let mut rest = format.chars();
    while let Some(c) = rest.next() {
        match c {
            ';' => break,
            '"' => shown.extend(rest.by_ref().take_while(|c| *c != '"')),
            '[' => {
                let inside: String = rest.by_ref().take_while(|c| *c != ']').collect();
                let sign = inside.strip_prefix('$').map(|sign| sign.split('-').next().unwrap_or_default());
                shown.push_str(sign.unwrap_or_default());
            }
            '_' | '*' => drop(rest.next()),
            '\\' => shown.extend(rest.next()),
            ',' if after_digit => is_scaled = !rest.as_str().starts_with(['#', '0', '?']),
            '$' | '€' | '£' | '¥' | '%' => shown.push(c),
            _ => {}
        }
        after_digit = matches!(c, '0' | '#' | '?') || c == ',' && after_digit;
    }
    let shown = shown.trim();
    (!shown.is_empty()).then(|| if is_scaled { format!("{SCALED}{shown}") } else { shown.to_owned() })
}

/// How the separators of a number can be meant.
enum Separators {
    /// In one way: digits before and after the decimal sign, and what that proves to be the decimal sign of the column.
    Sure { whole: String, fraction: String, proves: Option<char> },
    /// In two: `2.500`, `1,250`. The sign, and the digits before and after it.
    Unsure(char, String, String),
}

/// A cell without what stands beside its digits.
struct NumberParts {
    negative: bool,
    form: Separators,
    percent: bool,
    noughts: u32,
    currency: Option<String>,
}

impl NumberWords {
    pub(crate) fn new(languages: &Languages, lists: &CodeLists) -> NumberWords {
        let mut words = NumberWords::default();
        for (word, noughts) in languages.written().iter().flat_map(|w| &w.magnitudes) {
            let word = folded(word);
            if words.magnitudes.insert(word.clone(), *noughts).is_some_and(|other| other != *noughts) {
                words.unclear.insert(word);
            }
        }
        // “mil” is a thousand in Spanish, and short for millions in Bosnian.
        words.magnitudes.retain(|word, _| !words.unclear.contains(word));
        words.several = languages.signs().several.iter().map(|(sign, codes)| (sign.clone(), codes.clone())).collect();
        words.signs = languages.signs().currency.iter().map(|(sign, code)| (sign.clone(), code.clone())).collect();
        // A sign of letters is a name too, however it is written; two letters are written in one way.
        let letters = words.signs.iter().filter(|(sign, _)| sign.chars().filter(|c| c.is_alphabetic()).count() > 2);
        words.named = letters.map(|(sign, code)| (comparable(sign), code.clone())).collect();
        words.named.extend(lists.texts("currency").map(|(name, code)| (name, code.to_owned())));
        words.signs.sort_by_key(|(sign, _)| std::cmp::Reverse(sign.len()));
        words.glue = languages.written().iter().flat_map(|w| &w.words).map(|w| folded(w)).collect();
        words.currencies = lists.get("currency").map_or(&[][..], |l| l.codes()).iter().map(|c| c.code.clone()).collect();
        words
    }

    /// Reads a number. `decimal` is the sign of the column, where that is known; `whole` where only a whole number is wanted, in
    /// which a sign before three digits can only group them.
    pub(crate) fn read(&self, text: &str, decimal: Option<Decimal>, whole: bool) -> Result<Number, UnreadCell> {
        let shown = plain(text);
        let Some(parts) = self.parts(&shown) else {
            return Err(match self.is_unclear(&shown) {
                true => UnreadCell::Asks(format!(
                    "“{shown}” is thousands in one language and millions in another: write its figure in full"
                )),
                false => UnreadCell::Wrong(format!("“{shown}” is no number")),
            });
        };
        let (before, after) = match parts.form {
            Separators::Sure { whole, fraction, .. } => (whole, fraction),
            Separators::Unsure(sign, a, b) => match decimal {
                _ if whole => (a + &b, String::new()),
                Some(decimal) if decimal.sign != sign => (a + &b, String::new()),
                Some(Decimal { threes: true, .. }) => (a, b),
                _ => {
                    return Err(UnreadCell::Asks(format!(
                        "“{shown}” is {a}{b} or {a} and a fraction: nothing in the table proves which; say it (decimal = \",\" or \".\")"
                    )));
                }
            },
        };
        let digits = shifted(&before, &after, parts.noughts as usize);
        let digits = if parts.negative { format!("-{digits}") } else { digits };
        Ok(Number { digits, percent: parts.percent, currency: parts.currency, has_magnitude: parts.noughts > 0 })
    }

    /// True for figures beside a word that means thousands in one language and millions in another.
    fn is_unclear(&self, text: &str) -> bool {
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        text.starts_with(|c: char| c.is_numeric()) && words.any(|word| self.unclear.contains(&folded(word)))
    }

    /// True where a currency stands beside the figures of a cell.
    pub(super) fn names_currency(&self, cell: &str) -> bool {
        let is_plain = cell.bytes().all(|b| b.is_ascii_digit() || b" .,-".contains(&b));
        !is_plain && self.parts(&plain(cell)).is_some_and(|parts| parts.currency.is_some())
    }

    /// The unit of a column for one of its cells: “£” in a column of dollars are none.
    pub(crate) fn of_cell(&self, unit: Unit, text: &str) -> Unit {
        let is_other =
            |code: &String| self.several.iter().any(|(sign, codes)| text.contains(sign.as_str()) && !codes.contains(code));
        let currency = unit.currency.filter(|code| !is_other(code));
        Unit { currency, ..unit }
    }

    /// What a heading or title says that numbers are of: in brackets, behind a comma, or, of a heading, as its last words or its first.
    /// What of it one part does not say, another may: “Amount in USD (thousands)”.
    pub(crate) fn unit_of(&self, text: &str, is_heading: bool) -> Option<Unit> {
        let (said, unit) = self.unit_in(text, is_heading)?;
        if !is_heading || unit.currency.is_some() {
            return Some(unit);
        }
        let rest = text.replacen(said, " ", 1).replace(['(', ')', '[', ']'], " ");
        let rest = rest.trim().trim_end_matches(|c: char| c.is_whitespace() || BEFORE_UNITS.contains(&c));
        let other = self.unit_in(rest, true).map(|(_, other)| other);
        Some(other.map_or_else(|| unit.clone(), |other| unit.or(&other)))
    }

    /// True for a heading or title with a word for thousands or more, of which [`NumberWords::unit_of`] makes nothing: whether the amounts below
    /// are in thousands, only a person knows. Behind a number the word is a part of that.
    pub(crate) fn may_be_scaled(&self, text: &str) -> bool {
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let is_known = |word: &String| self.magnitudes.contains_key(word) || self.unclear.contains(word);
        let is_scale = |word: &str| word == "000" || word.chars().count() > 2 && is_known(&folded(word));
        (0..words.len()).any(|at| is_scale(words[at]) && !(at > 0 && words[at - 1].contains(char::is_numeric)))
    }

    /// A heading without the currency that it names, comparable, and that currency; none where it names none, or a sign that several have.
    pub(crate) fn in_currency(&self, heading: &str) -> Option<(String, String)> {
        let (said, unit) = self.unit_in(heading, true)?;
        let currency = unit.currency.filter(|code| !code.is_empty())?;
        Some((comparable(&heading.replacen(said, " ", 1)), currency))
    }

    /// The unit that a heading or title names for its numbers, and the words that name it.
    fn unit_in<'t>(&self, text: &'t str, is_heading: bool) -> Option<(&'t str, Unit)> {
        let in_brackets = text.split(['(', '[']).skip(1).filter_map(|t| t.split([')', ']']).next());
        let behind = text.rsplit_once(BEFORE_UNITS).map(|(_, behind)| behind);
        let gaps = gaps(text);
        let ends = gaps.iter().rev().take(MOST_WORDS).rev().filter(|_| is_heading).map(|at| &text[*at..]);
        let at_end = in_brackets.chain(behind).chain(ends).find_map(|said| Some((said, self.unit(said)?)));
        if !is_heading {
            return at_end.or_else(|| self.unit_within(text));
        }
        // “ALL COSTS” begins with no currency.
        let is_told = text.contains(char::is_lowercase);
        let mut begins = gaps.iter().take(MOST_WORDS).rev().filter(|_| is_told).map(|at| &text[..*at]);
        at_end.or_else(|| begins.find_map(|said| Some((said, self.unit(said).filter(|unit| unit.currency.is_some())?))))
    }

    /// What a title says among its other words that amounts are of: “all amounts in thousands of euros unless stated otherwise”. It names a
    /// currency, and begins with a small word (in, en) or with what it is a part of; behind a number it would be an amount.
    fn unit_within<'t>(&self, text: &'t str) -> Option<(&'t str, Unit)> {
        let parts = text.split(|c: char| BEFORE_UNITS.contains(&c) || ";()[]".contains(c)).map(str::trim);
        parts.filter(|part| !part.is_empty()).find_map(|part| {
            let spaces = part.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, c)| at + c.len_utf8());
            let starts: Vec<usize> = std::iter::once(0).chain(spaces).collect();
            let ends: Vec<usize> = gaps(part).into_iter().chain([part.len()]).collect();
            (0..starts.len()).find_map(|from| {
                let begins_small = self.glue.contains(&folded(&part[starts[from]..ends[from]]));
                let mut longest = (from..ends.len().min(from + MOST_WORDS)).rev();
                longest.find_map(|to| {
                    let said = &part[starts[from]..ends[to]];
                    let unit = self.unit(said).filter(|unit| unit.currency.is_some())?;
                    (begins_small || from == 0 && unit.noughts > 0).then_some((said, unit))
                })
            })
        })
    }

    /// The unit that a text is, where it is nothing else. One letter may be the sex of those who are counted.
    pub(crate) fn unit(&self, text: &str) -> Option<Unit> {
        let text = text.replace("F CFA", "FCFA").replace("000 000", "000000");
        let text = text.replace("1 000", "1000").replace("1,000", "1000").replace("1.000", "1000");
        let mut rest = text.trim();
        let named = self.named(&mut rest);
        let mut is_said = named.is_some();
        let mut unit = Unit { currency: named, ..Unit::default() };
        for word in rest.split(|c: char| c.is_whitespace() || matches!(c, '/' | ',')).filter(|w| !matches!(*w, "" | "x" | "×")) {
            let plain = folded(word.trim_end_matches('.'));
            if let Some((noughts, is_marked)) = in_noughts(word) {
                unit.noughts = noughts;
                is_said |= is_marked;
            } else if let Some(noughts) = self.magnitudes.get(&plain) {
                unit.noughts = *noughts;
                is_said |= plain.chars().count() > 2;
            } else if !self.glue.contains(&plain) {
                let mut rest = word;
                let currency =
                    self.currency(&mut rest).filter(|_| word.chars().nth(1).is_some() || !word.contains(char::is_alphabetic))?;
                unit.noughts = match rest {
                    "" => unit.noughts,
                    // TEUR, T€: no word elsewhere, where it is a ton.
                    "T" => 3,
                    rest => *self.magnitudes.get(&folded(rest))?,
                };
                (unit.currency, is_said) = (Some(currency), true);
            }
        }
        is_said.then_some(unit)
    }

    /// The unit that the format of a cell shows beside its number, as in `[$€-407]#,##0.00` or `0.0"m"`. What is shown in thousands is
    /// a whole number behind it.
    pub(crate) fn unit_shown(&self, shown: &str) -> Option<Unit> {
        let (text, is_scaled) = shown.strip_prefix(SCALED).map_or((shown, false), |text| (text, true));
        if text == "%" {
            return Some(Unit { percent: true, ..Unit::default() });
        }
        let magnitude = || Some(Unit { noughts: *self.magnitudes.get(&folded(text))?, ..Unit::default() });
        let sign = || self.signs.iter().find(|(sign, _)| sign == text).map(|(_, code)| code.clone());
        let of_sign = || Some(Unit { currency: Some(sign()?), ..Unit::default() });
        let unit = self.unit(text).or_else(of_sign).or_else(magnitude)?;
        Some(if is_scaled { Unit { noughts: 0, ..unit } } else { unit })
    }

    /// What a cell proves to be the decimal sign of its column.
    pub(super) fn proves(&self, cell: &str) -> Option<Decimal> {
        match self.parts(&plain(cell))?.form {
            Separators::Sure { proves, fraction, .. } => proves.map(|sign| Decimal { sign, threes: fraction.len() > 2 }),
            Separators::Unsure(..) => None,
        }
    }

    fn parts(&self, text: &str) -> Option<NumberParts> {
        let mut rest = text;
        let bracketed = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')'));
        rest = bracketed.unwrap_or(rest).trim();
        let mut negative = bracketed.is_some();
        let take_sign = |rest: &mut &str, negative: &mut bool| {
            if let Some(r) = rest.strip_prefix('-').or_else(|| rest.strip_prefix('+')) {
                *negative |= rest.starts_with('-');
                *rest = r.trim();
            }
        };
        take_sign(&mut rest, &mut negative);
        let currency = self.currency(&mut rest);
        take_sign(&mut rest, &mut negative);
        let percent = rest.strip_suffix(['%', '٪']).or_else(|| rest.strip_prefix(['%', '٪']));
        rest = percent.unwrap_or(rest).trim();
        let digits = rest.trim_end_matches(|c: char| c.is_alphabetic() || c == '.' && !rest.ends_with(char::is_numeric));
        let word = folded(rest[digits.len()..].trim_end_matches('.'));
        let noughts = match word.as_str() {
            "" => 0,
            word => *self.magnitudes.get(word)?,
        };
        // A currency may stand between the digits and the word, or behind both.
        let mut digits = digits.trim();
        let currency = currency.or_else(|| self.currency(&mut digits));
        // “1 300,–” has no fraction.
        let whole = digits.trim_end_matches(['-', '–', '—']).strip_suffix([',', '.']).filter(|_| !digits.ends_with([',', '.']));
        let digits = whole.unwrap_or(digits);
        Some(NumberParts { negative, form: form(digits)?, percent: percent.is_some(), noughts, currency })
    }

    /// Takes the name of a currency away from the end or the beginning of a text, with what stands before it: “de dollars US”, “d’euros”.
    fn named(&self, text: &mut &str) -> Option<String> {
        let whole = *text;
        if !whole.contains(char::is_alphabetic) {
            return None;
        }
        let gaps = gaps(whole);
        let behind = gaps.iter().rev().take(MOST_WORDS).rev().map(|at| (&whole[..*at], &whole[*at..]));
        let before = gaps.iter().take(MOST_WORDS).rev().map(|at| (&whole[*at..], &whole[..*at]));
        let is_word = |word: &&str| word.chars().count() > 1 && !self.glue.contains(*word);
        let code = |name: &str| {
            let name = comparable(name);
            let words: Vec<&str> = name.split(' ').skip_while(|word| !is_word(word)).collect();
            self.named.get(&name).or_else(|| self.named.get(&words.join(" ")))
        };
        let mut all = std::iter::once(("", whole)).chain(behind).chain(before);
        let (rest, found) = all.find_map(|(rest, name)| Some((rest, code(name)?)))?;
        *text = rest.trim();
        Some(found.clone())
    }

    /// Takes the name, sign or code of a currency away from a text; an empty one where several currencies have it.
    fn currency(&self, text: &mut &str) -> Option<String> {
        // Most cells are figures alone.
        if text.bytes().all(|b| b.is_ascii_digit() || b".,".contains(&b)) {
            return None;
        }
        if let Some(named) = self.named(text) {
            return Some(named);
        }
        // A sign of letters is one by itself: the F of XOF is none. “US$m” ends with none.
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        let ends = |edge: Option<char>, beside: Option<char>| !is_letter(edge) || !is_letter(beside);
        for (sign, code) in &self.signs {
            let (first, last) = (sign.chars().next(), sign.chars().next_back());
            // “MFCFA” ends with one all the same.
            let is_long = sign.len() > 3 && sign.bytes().all(|b| b.is_ascii_uppercase());
            let before = || text.strip_prefix(sign.as_str()).filter(|rest| ends(last, rest.chars().next()));
            let behind = || text.strip_suffix(sign.as_str()).filter(|rest| is_long || ends(first, rest.chars().next_back()));
            if let Some(rest) = before().or_else(behind) {
                *text = rest.trim();
                return Some(code.clone());
            }
        }
        let code = |part: Option<&str>| part.filter(|p| self.currencies.contains(*p)).map(str::to_owned);
        if let Some(found) = code(text.get(..3)) {
            *text = text[3..].trim();
            return Some(found);
        }
        let at = text.len().checked_sub(3)?;
        let found = code(text.get(at..))?;
        *text = text[..at].trim();
        Some(found)
    }
}

/// Words among which the name of a currency is looked for.
const MOST_WORDS: usize = 6;

/// What stands before the unit of a heading or title.
const BEFORE_UNITS: [char; 4] = [',', ':', '–', '—'];

/// The noughts that figures in the place of a word say, and whether they can be nothing else: “'000”, “000s”, “x1000”. “000” alone, or
/// “1000”, are noughts only beside a currency.
fn in_noughts(word: &str) -> Option<(u32, bool)> {
    let apostrophes = ['\'', '’', '‘', '`', '´'];
    let figures = word.trim_start_matches(['x', '×']).trim_start_matches(apostrophes);
    let figures = figures.trim_end_matches(apostrophes).trim_end_matches('s').trim_end_matches(apostrophes);
    let noughts = figures.strip_prefix('1').unwrap_or(figures);
    let is_scale = matches!(noughts.len(), 3 | 6 | 9) && noughts.bytes().all(|b| b == b'0');
    is_scale.then_some((noughts.len() as u32, figures.len() < word.len()))
}

/// Where the spaces of a text stand.
fn gaps(text: &str) -> Vec<usize> {
    text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at).collect()
}

/// The separators of a number; none where it is no number.
fn form(text: &str) -> Option<Separators> {
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let only_digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    let sure = |whole: &str, fraction: &str, proves| {
        Some(Separators::Sure { whole: whole.to_owned(), fraction: fraction.to_owned(), proves })
    };
    if let Some((mantissa, exponent)) = text.split_once(['e', 'E']) {
        // As programs write large numbers.
        let (value, power) = (mantissa.parse::<f64>().ok()?, exponent.parse::<i32>().ok().filter(|p| p.abs() < 16)?);
        return sure(&format!("{}", value * 10_f64.powi(power)), "", None)
            .filter(|_| power >= 0 && mantissa.starts_with(|c: char| c.is_ascii_digit()));
    }
    let text = text.replace(['٬', '’', '\'', '\u{00A0}', '\u{202F}'], " ");
    if let Some((whole, fraction)) = text.split_once('٫') {
        let whole = ungrouped(whole, &[' ', ',', '.'])?;
        return only_digits(fraction).then(|| sure(&whole, fraction, None))?;
    }
    let grouped = text.contains(' ');
    let signs: Vec<char> = text.chars().filter(|c| matches!(c, '.' | ',')).collect();
    let last = signs.last().copied().unwrap_or('.');
    let other = if last == '.' { ',' } else { '.' };
    let times = |sign: char| signs.iter().filter(|s| **s == sign).count();
    match (times(last), times(other)) {
        (0, _) => sure(&ungrouped(&text, &[' '])?, "", None),
        (1, _) => {
            let (before, after) = text.rsplit_once(last)?;
            let is_group = after.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0');
            if !only_digits(after) || before.is_empty() && after.is_empty() {
                return None;
            }
            if is_group && !grouped && times(other) == 0 {
                return only_digits(before).then(|| Separators::Unsure(last, before.to_owned(), after.to_owned()));
            }
            sure(&ungrouped(before, &[' ', other])?, after, Some(last).filter(|_| !after.is_empty()))
        }
        // A sign that comes twice groups, and then the other one is the decimal sign.
        (_, 0) => sure(&ungrouped(&text, &[last])?, "", Some(other)),
        _ => None,
    }
}

/// Digits without what groups them: threes, or twos before the last three as in India; none where that is no grouping.
fn ungrouped(text: &str, signs: &[char]) -> Option<String> {
    let parts: Vec<&str> = text.split(signs).collect();
    let all_digits = parts.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()));
    let fits = match &parts[..] {
        [_] => true,
        [first, middle @ .., last] => {
            let threes = middle.iter().all(|m| m.len() == 3) && (1..=3).contains(&first.len());
            let twos = !middle.is_empty() && middle.iter().all(|m| m.len() == 2) && (1..=2).contains(&first.len());
            last.len() == 3 && (threes || twos)
        }
        [] => false,
    };
    (all_digits && fits).then(|| parts.concat())
}

/// A number with its decimal point moved to the right.
fn shifted(whole: &str, fraction: &str, noughts: usize) -> String {
    let moved = fraction.len().min(noughts);
    let whole = format!("{whole}{}{}", &fraction[..moved], "0".repeat(noughts - moved));
    let whole = whole.trim_start_matches('0');
    let (whole, fraction) = (if whole.is_empty() { "0" } else { whole }, fraction[moved..].trim_end_matches('0'));
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

/// A number for a field of this unit, as text; the share of a hundred as the field counts it.
pub(crate) fn as_number(number: &Number, unit: &str) -> Result<String, UnreadCell> {
    match (number.percent, unit) {
        (false, _) | (true, "percent") => Ok(number.digits.clone()),
        (true, "0 to 1") => number
            .digits
            .parse::<f64>()
            .map(|n| format!("{}", (n * 1e10).round() / 1e12))
            .map_err(|_| UnreadCell::Wrong(format!("“{} %” is no number", number.digits))),
        _ => Err(UnreadCell::Wrong(format!("“{} %” is a share of a hundred, which this field is not", number.digits))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use remit_model::Model;
    use std::sync::LazyLock;

    fn words() -> &'static NumberWords {
        static WORDS: LazyLock<NumberWords> = LazyLock::new(|| {
            let model = Model::load(None).unwrap();
            NumberWords::new(&model.languages, &model.lists)
        });
        &WORDS
    }

    fn read(text: &str) -> String {
        words()
            .read(text, None, false)
            .map_or_else(|e| format!("{e:?}").split('(').next().unwrap_or_default().to_owned(), |n| n.digits)
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (written, meant) in [
            ("1 234 567,50", "1234567.5"),
            ("1\u{202F}234\u{202F}567,50", "1234567.5"),
            ("1.234.567", "1234567"),
            ("1,234,567.89", "1234567.89"),
            ("1'500", "1500"),
            ("1’500", "1500"),
            ("12,34,567", "1234567"),
            ("١٬٢٣٤٬٥٦٧٫٥", "1234567.5"),
            ("١٢٣٤", "1234"),
            ("2,0371", "2.0371"),
            ("0.500", "0.5"),
            ("-12", "-12"),
            ("(1 200)", "-1200"),
            ("−3,5", "-3.5"),
            ("1,2 m", "1200000"),
            ("350k", "350000"),
            ("2,5 Md", "2500000000"),
            ("12,5 млн", "12500000"),
            ("3.5 million", "3500000"),
            ("€ 1 250,50", "1250.5"),
            ("US$ 1.2m", "1200000"),
            ("1 500 000 FCFA", "1500000"),
            ("1 500 000 XOF", "1500000"),
            ("CDF 7 000", "7000"),
            ("12 500 F", "12500"),
            ("1 300,-", "1300"),
            ("CHF 1'300.–", "1300"),
            ("1 300,-- EUR", "1300"),
            ("USD 3,5", "3.5"),
            ("12,5 %", "12.5"),
            ("5e3", "5000"),
            ("0", "0"),
        ] {
            assert_eq!(read(written), meant, "{written}");
        }
        assert_eq!(words().read("€ 1 250,50", None, false).unwrap().currency.as_deref(), Some("EUR"));
        assert_eq!(words().read("$ 5", None, false).unwrap().currency.as_deref(), Some(""), "many currencies have this sign");
    }

    #[test]
    fn what_may_be_a_group_or_a_fraction_is_asked_unless_the_column_says_it() {
        assert_eq!([read("2.500"), read("1,250"), read("250 mil"), read("250 mil USD")], ["Asks"; 4]);
        let by = |text, decimal: Option<char>, whole| words().read(text, decimal.map(Decimal::said), whole).unwrap().digits;
        assert_eq!(by("2.500", Some(','), false), "2500");
        assert_eq!(by("2.500", Some('.'), false), "2.5");
        assert_eq!(by("1,250", None, true), "1250", "a whole number has no fraction");
    }

    #[test]
    fn a_unit_is_read_from_headings_and_formats() {
        let said = |text: &str| words().unit_of(text, true).map(|u| (u.noughts, u.currency.unwrap_or_default()));
        for (heading, unit) in [
            ("Budget (EUR)", Some((0, "EUR"))),
            ("Budget (USD thousand)", Some((3, "USD"))),
            ("Montant, en milliers de USD", Some((3, "USD"))),
            ("Montant (en millions de XAF)", Some((6, "XAF"))),
            ("Cost k€", Some((3, "EUR"))),
            ("EUR amount", Some((0, "EUR"))),
            ("ALL COSTS", None),
            ("Montant en euros", Some((0, "EUR"))),
            ("Montant en millions de dollars US", Some((6, "USD"))),
            ("Amount in US dollars", Some((0, "USD"))),
            ("Сума, тис. грн", Some((3, "UAH"))),
            ("المبلغ (دولار أمريكي)", Some((0, "USD"))),
            ("Police (in thousands of USD)", Some((3, "USD"))),
            ("Budget (USD '000)", Some((3, "USD"))),
            ("Budget, ’000 EUR", Some((3, "EUR"))),
            ("Budget (US$ 000s)", Some((3, "USD"))),
            ("Budget (x 1 000 EUR)", Some((3, "EUR"))),
            ("Budget (US$m)", Some((6, "USD"))),
            ("Budget (EUR, thousands)", Some((3, "EUR"))),
            ("المبلغ بآلاف الدولارات", Some((3, ""))),
            ("Amount USD (thousands)", Some((3, "USD"))),
            ("Amount, USD, thousands", Some((3, "USD"))),
            ("Бюджет, тыс. руб.", Some((3, ""))),
            ("Budget (TEUR)", Some((3, "EUR"))),
            ("Budget in T€", Some((3, "EUR"))),
            ("Montant (MFCFA)", Some((6, "CFA"))),
            ("Iznos u hiljadama EUR", Some((3, "EUR"))),
            ("Valor em milhares de EUR", Some((3, "EUR"))),
            ("Kwota (tys. PLN)", Some((3, "PLN"))),
            ("Iznos (tis. EUR)", Some((3, "EUR"))),
            ("Line 1000", None),
            ("Strength (M)", None),
            ("Strength (F)", None),
            ("Budget (approved)", None),
            ("Total", None),
        ] {
            assert_eq!(said(heading), unit.map(|(n, c)| (n, c.to_owned())), "{heading}");
        }
        let title = |text: &str| words().unit_of(text, false).map(|u| (u.noughts, u.currency.unwrap_or_default()));
        for (text, unit) in [
            ("Mise à jour : 15/10 – montants en milliers d’euros sauf mention", Some((3, "EUR"))),
            ("All figures in thousands of US dollars unless otherwise stated", Some((3, "USD"))),
            ("Amounts in USD '000", Some((3, "USD"))),
            ("Montos en miles de euros", Some((3, "EUR"))),
            ("Усі суми в тис. грн", Some((3, "UAH"))),
            ("All amounts in EUR", Some((0, "EUR"))),
            ("A made-up fund of 3 million euros", None),
            ("Training for thousands of police", None),
            ("ALL COSTS OF 2024", None),
        ] {
            assert_eq!(title(text), unit.map(|(n, c)| (n, c.to_owned())), "{text}");
        }
        assert!(["Montants en milliers", "Monto (mil)", "Amount (000)"].iter().all(|text| words().may_be_scaled(text)));
        assert!(!["A fund of 3 million euros", "A fund of 3 000 euros"].iter().any(|text| words().may_be_scaled(text)));
    }

    #[test]
    fn a_unit_is_read_from_what_a_cell_shows() {
        for (format, shown, noughts, currency) in [
            ("[$€-407]#,##0.00", "€", 0, Some("EUR")),
            ("\"$\"#,##0,\"k\"", ",$k", 0, Some("")),
            ("#,##0\" FCFA\"", "FCFA", 0, Some("CFA")),
            ("0.0\"m\"", "m", 6, None),
            ("_-* #,##0.00\\ \"€\"_-", "€", 0, Some("EUR")),
        ] {
            assert_eq!(shown_beside(format).as_deref(), Some(shown), "{format}");
            let unit = words().unit_shown(shown).unwrap();
            assert_eq!((unit.noughts, unit.currency.as_deref()), (noughts, currency), "{format}");
        }
        assert!(words().unit_shown(&shown_beside("0.0%").unwrap()).unwrap().percent);
        assert_eq!(["#,##0.00", "0", "General"].map(shown_beside), [None, None, None]);
    }

    #[test]
    fn the_name_of_a_currency_beside_a_number_is_its_currency() {
        let read = |text: &str| words().read(text, None, false).map(|n| (n.digits, n.currency.unwrap_or_default()));
        for (text, digits, currency) in [
            ("12 500 euros", "12500", "EUR"),
            ("1,2 million d’euros", "1200000", "EUR"),
            ("50 000 US dollars", "50000", "USD"),
            ("US dollars 50 000", "50000", "USD"),
            ("12 500 Dollars", "12500", ""),
            ("12 тис. грн", "12000", "UAH"),
            ("3 мільйони гривень", "3000000", "UAH"),
            ("١٢٠٠٠ دولار", "12000", ""),
            ("10 000 KM", "10000", "BAM"),
            ("450 000 000 FCFA", "450000000", "CFA"),
            ("450 000 000 F CFA", "450000000", "CFA"),
            ("5 millions de francs CFA", "5000000", "CFA"),
        ] {
            assert_eq!(read(text), Ok((digits.to_owned(), currency.to_owned())), "{text}");
        }
        assert!(read("12 500 officers").is_err());
        let stem = |heading: &str| words().in_currency(heading).unwrap();
        assert_eq!(stem("Budget (EUR)"), ("budget".to_owned(), "EUR".to_owned()));
        assert_eq!(stem("Budget – USD"), ("budget".to_owned(), "USD".to_owned()));
        assert_eq!(stem("Montant en dollars US"), ("montant".to_owned(), "USD".to_owned()));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["~1250", "1250 agents", "-", "12-15", "n/a", "12.03.2019", "1 25", "", ".", "2°02'13\"N", "1.2,3.4", "€"]
        {
            assert_eq!(read(text), "Wrong", "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_number_or_is_refused(text in "\\PC{0,24}") {
            if let Ok(number) = words().read(&text, Some(Decimal::said(',')), false) {
                prop_assert!(number.digits.parse::<f64>().is_ok(), "{text} {}", number.digits);
            }
        }
    }
}
