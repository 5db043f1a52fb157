//! Numbers: any way of grouping, either decimal sign, shares of a hundred, thousands and millions in words, currencies.

use super::{Unread, folded, plain};
use remit_model::{CodeLists, Languages};
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
}

/// The words and signs that stand beside numbers.
#[derive(Debug, Default)]
pub(crate) struct NumberWords {
    /// Noughts by word, folded.
    magnitudes: HashMap<String, u32>,
    /// Signs of currencies, the longest first.
    signs: Vec<(String, String)>,
    currencies: HashSet<String>,
}

/// How the separators of a number can be meant.
enum Form {
    /// In one way: digits before and after the decimal sign, and what that proves to be the decimal sign of the column.
    Sure { whole: String, fraction: String, proves: Option<char> },
    /// In two: `2.500`, `1,250`. The sign, and the digits before and after it.
    Unsure(char, String, String),
}

/// A cell without what stands beside its digits.
struct Parts {
    negative: bool,
    form: Form,
    percent: bool,
    noughts: u32,
    currency: Option<String>,
}

impl NumberWords {
    pub(crate) fn new(languages: &Languages, lists: &CodeLists) -> NumberWords {
        let mut words = NumberWords::default();
        for (word, noughts) in languages.written().iter().flat_map(|w| &w.magnitudes) {
            words.magnitudes.insert(folded(word), *noughts);
        }
        words.signs = languages.signs().currency.iter().map(|(sign, code)| (sign.clone(), code.clone())).collect();
        words.signs.sort_by_key(|(sign, _)| std::cmp::Reverse(sign.len()));
        words.currencies = lists.get("currency").map_or(&[][..], |l| l.codes()).iter().map(|c| c.code.clone()).collect();
        words
    }

    /// Reads a number. `decimal` is the sign of the column, where that is known; `whole` where only a whole number is wanted, in
    /// which a sign before three digits can only group them.
    pub(crate) fn read(&self, text: &str, decimal: Option<char>, whole: bool) -> Result<Number, Unread> {
        let shown = plain(text);
        let Some(parts) = self.parts(&shown) else {
            return Err(Unread::Wrong(format!("“{shown}” is no number")));
        };
        let (before, after) = match parts.form {
            Form::Sure { whole, fraction, .. } => (whole, fraction),
            Form::Unsure(sign, a, b) => match decimal {
                Some(decimal) if decimal == sign => (a, b),
                Some(_) => (a + &b, String::new()),
                None if whole => (a + &b, String::new()),
                None => {
                    return Err(Unread::Asks(format!(
                        "“{shown}” is {a}{b} or {a} and a fraction: nothing in the table proves which; say it (decimal = \",\" or \".\")"
                    )));
                }
            },
        };
        let digits = shifted(&before, &after, parts.noughts as usize);
        let digits = if parts.negative { format!("-{digits}") } else { digits };
        Ok(Number { digits, percent: parts.percent, currency: parts.currency })
    }

    /// What a cell proves to be the decimal sign of its column.
    pub(super) fn proves(&self, cell: &str) -> Option<char> {
        match self.parts(&plain(cell))?.form {
            Form::Sure { proves, .. } => proves,
            Form::Unsure(..) => None,
        }
    }

    fn parts(&self, text: &str) -> Option<Parts> {
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
        Some(Parts { negative, form: form(digits)?, percent: percent.is_some(), noughts, currency })
    }

    /// Takes the sign or code of a currency away from a text; an empty one where several currencies have the sign.
    fn currency(&self, text: &mut &str) -> Option<String> {
        for (sign, code) in &self.signs {
            if let Some(rest) = text.strip_prefix(sign.as_str()).or_else(|| text.strip_suffix(sign.as_str())) {
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

/// The separators of a number; none where it is no number.
fn form(text: &str) -> Option<Form> {
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let only_digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    let sure =
        |whole: &str, fraction: &str, proves| Some(Form::Sure { whole: whole.to_owned(), fraction: fraction.to_owned(), proves });
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
                return only_digits(before).then(|| Form::Unsure(last, before.to_owned(), after.to_owned()));
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
pub(crate) fn as_number(number: &Number, unit: &str) -> Result<String, Unread> {
    match (number.percent, unit) {
        (false, _) | (true, "percent") => Ok(number.digits.clone()),
        (true, "0 to 1") => number
            .digits
            .parse::<f64>()
            .map(|n| format!("{}", (n * 1e10).round() / 1e12))
            .map_err(|_| Unread::Wrong(format!("“{} %” is no number", number.digits))),
        _ => Err(Unread::Wrong(format!("“{} %” is a share of a hundred, which this field is not", number.digits))),
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
        assert_eq!([read("2.500"), read("1,250")], ["Asks", "Asks"]);
        let by = |text, decimal, whole| words().read(text, decimal, whole).unwrap().digits;
        assert_eq!(by("2.500", Some(','), false), "2500");
        assert_eq!(by("2.500", Some('.'), false), "2.5");
        assert_eq!(by("1,250", None, true), "1250", "a whole number has no fraction");
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
            if let Ok(number) = words().read(&text, Some(','), false) {
                prop_assert!(number.digits.parse::<f64>().is_ok(), "{text} {}", number.digits);
            }
        }
    }
}
