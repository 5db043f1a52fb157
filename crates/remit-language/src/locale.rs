//! How a language writes numbers, dates and lists.

use crate::{Direction, Language, Signs, Written};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How one language writes: an entry of `model/languages.toml`, which says what each part is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default = "unsaid")]
pub struct Locale {
    /// The language.
    #[serde(rename = "code")]
    pub language: Language,
    /// Its own name.
    pub name: String,
    /// The direction in which it is written.
    pub direction: Direction,
    /// True where every label and message must be there.
    pub complete: bool,
    digits: String,
    group: String,
    decimal: String,
    minus: String,
    percent: String,
    list: String,
    clause: String,
    date: String,
    month: String,
    months: Vec<String>,
    magnitudes: Vec<String>,
    parenthesis: String,
    /// True where 12/05/2025 is the twelfth of May for everybody who writes it.
    pub day_first: bool,
    /// Signs before which a space keeps the line together, each with that space; and signs after which one does.
    space_before: BTreeMap<String, String>,
    space_after: BTreeMap<String, String>,
}

/// What a language has that its entry does not say: what English has, but for what would be read wrongly. Groups of three stand apart by a
/// space, which is a decimal sign nowhere.
fn unsaid() -> Locale {
    Locale {
        language: Language::NONE,
        name: String::new(),
        direction: Direction::Ltr,
        complete: false,
        digits: "0123456789".into(),
        group: "\u{202f}".into(),
        decimal: String::new(),
        minus: "−".into(),
        percent: "{n}\u{a0}%".into(),
        list: ", ".into(),
        clause: "; ".into(),
        date: "{d}\u{a0}{m}\u{a0}{y}".into(),
        month: "{m}\u{a0}{y}".into(),
        months: Vec::new(),
        magnitudes: ["k", "m", "bn"].map(str::to_owned).to_vec(),
        parenthesis: "({text})".into(),
        day_first: false,
        space_before: BTreeMap::new(),
        space_after: BTreeMap::new(),
    }
}

/// True for a letter of a script that runs from right to left.
fn is_right_to_left(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// A decimal number that is written with so many places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Places {
    Exactly(usize),
    AtMost(usize),
}

impl Locale {
    /// The same for a terminal or a file of plain text: a minus is a hyphen there.
    pub fn for_terminal(&self) -> Locale {
        Locale { minus: "-".into(), ..self.clone() }
    }

    /// A text with the spaces of its signs: French `a : b` keeps together.
    pub fn typeset(&self, text: &str) -> String {
        let before = self.space_before.iter().map(|(sign, space)| (format!(" {sign}"), format!("{space}{sign}")));
        let after = self.space_after.iter().map(|(sign, space)| (format!("{sign} "), format!("{sign}{space}")));
        before.chain(after).fold(text.to_owned(), |text, (from, to)| text.replace(&from, &to))
    }

    /// A whole number in groups of three: 1,234,567.
    pub fn whole(&self, n: f64) -> String {
        self.number(n, Places::Exactly(0), true)
    }

    /// A number with at most so many decimals, not grouped: 12.5.
    pub fn plain(&self, n: f64, decimals: usize) -> String {
        self.number(n, Places::AtMost(decimals), false)
    }

    /// A number in groups of three with exactly so many decimals: 1,234.50.
    pub fn decimals(&self, n: f64, decimals: usize) -> String {
        self.number(n, Places::Exactly(decimals), true)
    }

    /// A share of a hundred with at most so many decimals: 12.5 %.
    pub fn percent(&self, share: f64, decimals: usize) -> String {
        self.percent.replace("{n}", &self.plain(share, decimals))
    }

    /// An amount of money rounded for reading: 24.6 m, 312 k, 950.
    pub fn money(&self, n: f64) -> String {
        let (value, unit) = match n.abs() {
            s if s >= 999_500_000.0 => (n / 1e9, Some(2)),
            s if s >= 999_500.0 => (n / 1e6, Some(1)),
            s if s >= 1_000.0 => (n / 1e3, Some(0)),
            _ => (n, None),
        };
        let digits = usize::from(unit.is_some() && value.abs() < 99.95);
        let unit = unit.map(|u| format!("\u{a0}{}", self.magnitude(u))).unwrap_or_default();
        format!("{}{unit}", self.plain(value, digits))
    }

    /// What stands behind thousands (0), millions (1) and thousand millions (2).
    pub fn magnitude(&self, of: usize) -> &str {
        self.magnitudes.get(of).map_or("", String::as_str)
    }

    /// An amount to the cent; without decimals where there are no cents.
    pub fn amount(&self, n: f64) -> String {
        let cents = (n * 100.0).round() / 100.0;
        self.number(cents, Places::Exactly(if cents.fract() == 0.0 { 0 } else { 2 }), true)
    }

    /// A number that somebody typed with this language's groups of three, decimal sign or digits, or with those of another where they
    /// can mean nothing else (5 100 000,00 or 5.100.000), as it is kept; none where it is not written so.
    pub fn typed_number(&self, text: &str) -> Option<String> {
        /// Spaces between groups, or one sign between groups and another before the decimals.
        const CLEAR: [(char, &str); 4] = [(' ', ","), (' ', "."), ('.', ","), (',', ".")];
        let text = text.trim();
        let is_group = |group: char, c: char| if group == ' ' { c.is_whitespace() } else { c == group };
        let is_clear = |group: char, decimal: &str| match text.chars().filter(|c| is_group(group, *c)).count() {
            0 => false,
            1 => group == ' ' || text.contains(decimal),
            _ => true,
        };
        let own = |c: char| if self.group.trim().is_empty() { c.is_whitespace() } else { self.group.contains(c) };
        let of_another = || {
            let mut clear = CLEAR.into_iter().filter(|signs| is_clear(signs.0, signs.1));
            clear.find_map(|(group, decimal)| self.typed_so(text, |c| is_group(group, c), decimal))
        };
        self.typed_so(text, own, &self.decimal).or_else(of_another)
    }

    /// A number with these signs between its groups of three and before its decimals.
    fn typed_so(&self, text: &str, group: impl Fn(char) -> bool, decimal: &str) -> Option<String> {
        let (minus, text) = text.strip_prefix(['-', '−']).map_or(("", text), |rest| ("-", rest));
        let (whole, places) = text.split_once(decimal).map_or((text, None), |(whole, places)| (whole, Some(places)));
        let groups: Vec<String> = whole.split(group).map(|part| self.digits_of(part)).collect::<Option<_>>()?;
        let is_whole = match &groups[..] {
            [all] => !all.is_empty(),
            [first, others @ ..] => (1..=3).contains(&first.len()) && others.iter().all(|g| g.len() == 3),
            [] => false,
        };
        let places = match places {
            Some(places) => format!(".{}", self.digits_of(places).filter(|p| !p.is_empty())?),
            None => String::new(),
        };
        is_whole.then(|| format!("{minus}{}{places}", groups.concat()))
    }

    /// Digits, its own or those of English, as those of English.
    fn digits_of(&self, text: &str) -> Option<String> {
        let digit = |c: char| self.digits.chars().position(|d| d == c).or(c.to_digit(10).map(|d| d as usize));
        text.chars().map(|c| digit(c).map(|d| d.to_string())).collect()
    }

    /// A date as precise as it is written (`2021-06-30`, `2021-06`, `2021`): 30 Jun 2021, Jun 2021, 2021. What is none stays
    /// as it is.
    pub fn date(&self, text: &str) -> String {
        let mut parts = text.get(..10).unwrap_or(text).split('-');
        let year = parts.next().unwrap_or_default();
        let month = parts.next().and_then(|m| m.parse::<usize>().ok());
        let month = month.filter(|m| *m > 0).and_then(|m| self.months.get(m - 1));
        let day = parts.next().and_then(|d| d.parse::<u32>().ok()).map(|d| self.in_own_digits(&d.to_string()));
        let Some(month) = month else { return text.to_owned() };
        let pattern = if day.is_some() { &self.date } else { &self.month };
        pattern.replace("{d}", &day.unwrap_or_default()).replace("{m}", month).replace("{y}", &self.in_own_digits(year))
    }

    /// Items one after another.
    pub fn list(&self, items: &[impl AsRef<str>]) -> String {
        items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(&self.list)
    }

    /// Parts of a sentence one after another.
    pub fn clauses(&self, parts: &[impl AsRef<str>]) -> String {
        parts.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(&self.clause)
    }

    /// What something is called, and what is said of it: `Source: three`, and in French `Source : three`. Both texts stay as they are.
    pub fn labelled(&self, label: &str, text: &str) -> String {
        format!("{label}{}: {text}", self.space_before.get(":").map_or("", String::as_str))
    }

    /// A remark behind a word.
    pub fn parenthesis(&self, text: &str) -> String {
        self.parenthesis.replace("{text}", text)
    }

    /// A number in scientific writing, for what is too large for any other.
    pub fn scientific(&self, n: f64) -> String {
        self.in_own_digits(&format!("{n:.1e}")).replace('-', &self.minus)
    }

    fn number(&self, n: f64, places: Places, in_groups: bool) -> String {
        let (Places::Exactly(decimals) | Places::AtMost(decimals)) = places;
        let text = format!("{:.decimals$}", n.abs());
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let fraction = if matches!(places, Places::AtMost(_)) { fraction.trim_end_matches('0') } else { fraction };
        let mut out = String::new();
        // A number that is rounded to nothing has no sign.
        if n < 0.0 && text.contains(|c: char| ('1'..='9').contains(&c)) {
            out.push_str(&self.minus);
        }
        for (at, digit) in whole.char_indices() {
            if in_groups && at > 0 && (whole.len() - at).is_multiple_of(3) {
                out.push_str(&self.group);
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push_str(&self.decimal);
            out.push_str(fraction);
        }
        self.in_own_digits(&out)
    }

    fn in_own_digits(&self, text: &str) -> String {
        let own = |c: char| c.to_digit(10).and_then(|d| self.digits.chars().nth(d as usize)).unwrap_or(c);
        text.chars().map(own).collect()
    }

    /// All that is wrong with it, or nothing.
    fn check(&self) -> Result<(), String> {
        let code = self.language.code();
        let first_month = self.months.first().map_or("", String::as_str);
        let said = [("code", code), ("name", self.name.as_str()), ("decimal", self.decimal.as_str()), ("months", first_month)];
        let lacks: Vec<String> = said.iter().filter(|(_, text)| text.is_empty()).map(|(key, _)| format!("`{key}`")).collect();
        let mut wrong = Vec::new();
        if !lacks.is_empty() {
            wrong.push(format!("lacks {}", lacks.join(", ")));
        }
        let counts = [
            ("digits", self.digits.chars().count(), 10),
            ("months", self.months.len(), 12),
            ("magnitudes", self.magnitudes.len(), 3),
        ];
        let odd = counts.into_iter().filter(|(_, found, wanted)| *found > 0 && found != wanted);
        wrong.extend(odd.map(|(what, found, wanted)| format!("has {found} {what}; it needs {wanted}")));
        if self.direction == Direction::Ltr && self.name.chars().any(is_right_to_left) {
            wrong.push("is written from right to left; write direction = \"rtl\"".into());
        }
        if wrong.is_empty() { Ok(()) } else { Err(format!("the language `{code}` {}", wrong.join("; it "))) }
    }
}

/// English, as it is built in.
impl Default for Locale {
    fn default() -> Self {
        (*Languages::built_in().get(Language::ENGLISH)).clone()
    }
}

/// A file of languages that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct LanguagesError {
    /// Where in the text it begins, in bytes, as far as that is known.
    pub at: Option<usize>,
    /// What is wrong, and what to do.
    pub message: String,
}

/// All languages, the one that others fall back to first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Languages {
    locales: Vec<Arc<Locale>>,
    written: Arc<(Vec<Written>, Signs)>,
    /// Languages of which lists have words, and nothing else is known.
    also: Vec<Language>,
}

/// A file of languages as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LanguagesFile {
    #[serde(default)]
    language: Vec<Locale>,
    also: Option<Vec<Language>>,
    written: Option<Vec<Written>>,
    signs: Option<Signs>,
}

impl LanguagesFile {
    fn read(text: &str) -> Result<LanguagesFile, LanguagesError> {
        let file: LanguagesFile = toml::from_str(text)
            .map_err(|e| LanguagesError { at: e.span().map(|s| s.start), message: e.message().to_owned() })?;
        for (n, locale) in file.language.iter().enumerate() {
            let wrong = |message| LanguagesError { at: nth(text, "[[language]]", n), message };
            locale.check().map_err(wrong)?;
            if file.language[..n].iter().any(|l| l.language == locale.language) {
                return Err(wrong(format!("the language `{}` is there twice; remove one", locale.language)));
            }
        }
        for (n, written) in file.written.iter().flatten().enumerate() {
            written.check().map_err(|message| LanguagesError { at: nth(text, "[[written]]", n), message })?;
        }
        Ok(file)
    }
}

/// Where the table of this head stands in a text, counted from nought.
fn nth(text: &str, head: &str, n: usize) -> Option<usize> {
    text.match_indices(head).nth(n).map(|(at, _)| at)
}

fn wrong(message: String) -> LanguagesError {
    LanguagesError { at: None, message }
}

impl Languages {
    /// Reads a file of languages.
    ///
    /// # Errors
    /// With what is wrong, and where.
    pub fn parse(text: &str) -> Result<Languages, LanguagesError> {
        let file = LanguagesFile::read(text)?;
        if file.language.first().is_none_or(|l| l.language != Language::ENGLISH) {
            return Err(wrong("the first language must be `en`: labels and messages fall back to it".into()));
        }
        let locales = file.language.into_iter().map(Arc::new).collect();
        match (file.written, file.signs) {
            (Some(written), Some(signs)) => {
                Ok(Languages { locales, written: Arc::new((written, signs)), also: file.also.unwrap_or_default() })
            }
            // A file that only says what the interface speaks leaves the rest as it is built in.
            _ => Ok(Languages { locales, ..Languages::built_in() }),
        }
    }

    /// These, with the languages of a file over them: one that is there is replaced, any other is added.
    ///
    /// # Errors
    /// With what is wrong, and where.
    pub fn with(mut self, text: &str) -> Result<Languages, LanguagesError> {
        let file = LanguagesFile::read(text)?;
        for locale in file.language.into_iter().map(Arc::new) {
            match self.locales.iter_mut().find(|l| l.language == locale.language) {
                Some(known) => *known = locale,
                None => self.locales.push(locale),
            }
        }
        let (all, signs) = Arc::make_mut(&mut self.written);
        for written in file.written.into_iter().flatten() {
            match all.iter_mut().find(|w| w.language == written.language) {
                Some(known) => *known = written,
                None => all.push(written),
            }
        }
        if let Some(own) = file.signs {
            *signs = own;
        }
        self.also.extend(file.also.into_iter().flatten());
        Ok(self)
    }

    /// The languages that are compiled in.
    pub fn built_in() -> Languages {
        // A test reads the same file; a program that is built with a wrong one does not start.
        Languages::parse(include_str!("../../../model/languages.toml")).unwrap_or_else(|e| panic!("model/languages.toml: {e}"))
    }

    /// How a language writes; the first one where there is no such language.
    pub fn get(&self, language: Language) -> Arc<Locale> {
        self.find(language.code()).unwrap_or_else(|| self.locales[0].clone())
    }

    /// The language with this code, in any case.
    pub fn find(&self, code: &str) -> Option<Arc<Locale>> {
        self.locales.iter().find(|l| l.language.code().eq_ignore_ascii_case(code)).cloned()
    }

    /// How languages are written in files from elsewhere.
    pub fn written(&self) -> &[Written] {
        &self.written.0
    }

    /// How one of them is written, by its code.
    pub fn written_in(&self, code: &str) -> Option<&Written> {
        self.written().iter().find(|written| written.language.code() == code)
    }

    /// Whether a code is that of a language of which anything is known: `sr-Latn` is Serbian.
    pub fn knows(&self, code: &str) -> bool {
        let plain = code.split('-').next().unwrap_or_default();
        self.codes().any(|known| known.eq_ignore_ascii_case(plain))
    }

    /// The codes of all languages of which anything is known: those of names, those of files from elsewhere, those of lists of words.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        let locales = self.locales.iter().map(|l| &l.language);
        let others = self.written().iter().map(|w| &w.language).filter(|l| self.find(l.code()).is_none());
        locales.chain(others).chain(&self.also).map(Language::code)
    }

    /// Signs that all languages share.
    pub fn signs(&self) -> &Signs {
        &self.written.1
    }

    /// What a word for yes or no means, in whichever language files are written; ones, noughts, `true` and `false` too.
    pub fn answer(&self, text: &str) -> Option<bool> {
        let text = text.trim().to_lowercase();
        let is = |signs: [&str; 2], words: fn(&Written) -> &Vec<String>| {
            signs.contains(&text.as_str()) || self.written().iter().flat_map(words).any(|word| *word == text)
        };
        if is(["1", "true"], |w| &w.yes) { Some(true) } else { is(["0", "false"], |w| &w.no).then_some(false) }
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Locale>> {
        self.locales.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn locale(code: &str) -> Arc<Locale> {
        Languages::built_in().find(code).unwrap()
    }

    #[test]
    fn a_number_is_typed_as_its_language_writes_it() {
        let (en, fr, ar) = (locale("en"), locale("fr"), locale("ar"));
        assert_eq!(en.typed_number("250,000").as_deref(), Some("250000"));
        assert_eq!(en.typed_number(" -1,234,567.50 ").as_deref(), Some("-1234567.50"));
        assert_eq!(fr.typed_number("250 000,5").as_deref(), Some("250000.5"));
        assert_eq!(ar.typed_number(&ar.whole(250_000.0)).as_deref(), Some("250000"));
        for clear in ["5 100 000,00", "5\u{a0}100\u{a0}000.00", "5.100.000,00", "5,100,000.00"] {
            assert!([&en, &fr, &ar].iter().all(|l| l.typed_number(clear).as_deref() == Some("5100000.00")), "{clear}");
        }
        assert_eq!(en.typed_number("250 000").as_deref(), Some("250000"));
        assert_eq!((en.typed_number("5.100.000").as_deref(), fr.typed_number("1.250")), (Some("5100000"), None));
        for wrong in ["250,00", "2,50", ",250", "1,,000", "12a", "", "1.", "1.5.2", "25 00", "1,000.5.5"] {
            assert_eq!(en.typed_number(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn numbers_are_written_as_each_language_does() {
        let (en, fr, ar) = (locale("en"), locale("fr"), locale("ar"));
        assert_eq!(en.whole(-1_234_567.4), "−1,234,567");
        assert_eq!(en.for_terminal().whole(-1_234.0), "-1,234");
        assert_eq!(fr.whole(1_234_567.0), "1\u{202f}234\u{202f}567");
        assert_eq!(fr.plain(12.50, 4), "12,5");
        assert_eq!(en.plain(-0.0001, 2), "0");
        assert_eq!(fr.percent(12.5, 1), "12,5\u{a0}%");
        assert_eq!(ar.percent(12.5, 1), "12.5%");
        assert_eq!(en.money(24_600_000.0), "24.6\u{a0}m");
        assert_eq!(fr.money(1_300.0), "1,3\u{a0}k");
        assert_eq!(en.money(950.0), "950");
        assert_eq!(en.amount(-1_234.5), "−1,234.50");
        assert_eq!(en.amount(-0.5), "−0.50");
        assert_eq!(en.decimals(1_234.0, 1), "1,234.0");
    }

    #[test]
    fn a_colon_stands_as_each_language_puts_it() {
        assert_eq!(locale("en").labelled("Source", "10 sources"), "Source: 10 sources");
        assert_eq!(locale("fr").labelled("Source", "Annex: made up"), "Source\u{a0}: Annex: made up");
        assert_eq!(locale("ar").labelled("المصدر", "3"), "المصدر: 3");
    }

    #[test]
    fn dates_are_as_precise_as_they_are_known() {
        let (en, ar) = (locale("en"), locale("ar"));
        assert_eq!(en.date("2021-06-30"), "30\u{a0}Jun\u{a0}2021");
        assert_eq!(en.date("2021-06-30T12:00:00Z"), "30\u{a0}Jun\u{a0}2021");
        assert_eq!(ar.date("2021-06"), "يونيو\u{a0}2021");
        assert_eq!(en.date("2021"), "2021");
        assert_eq!(en.date("2021-13"), "2021-13");
        assert_eq!(en.date("spring"), "spring");
    }

    #[test]
    fn yes_and_no_are_known_in_every_language_that_files_are_written_in() {
        let languages = Languages::built_in();
        for (text, means) in [
            ("Yes", true),
            ("oui", true),
            ("نعم", true),
            ("так", true),
            (" 1", true),
            ("N", false),
            ("faux", false),
            ("нет", false),
        ] {
            assert_eq!(languages.answer(text), Some(means), "{text}");
        }
        assert_eq!(languages.answer("perhaps"), None);
    }

    #[test]
    fn a_language_is_added_or_replaced_by_its_own_lines() {
        let built_in = include_str!("../../../model/languages.toml");
        let french = built_in.split("[[language]]").nth(2).expect("the second language");
        let other = format!("[[language]]{}", french.replace("\"fr\"", "\"uk\"").replace("\"Français\"", "\"Українська\""));
        let all = Languages::built_in().with(&other).expect("good lines");
        assert_eq!(all.all().map(|l| l.language.code().to_owned()).collect::<Vec<_>>(), ["en", "fr", "ar", "uk"]);
        assert_eq!(all.written(), Languages::built_in().written());
        let own = all.with(&other.replace("\"Українська\"", "\"українська\"")).expect("good lines");
        assert_eq!((own.all().count(), own.find("uk").expect("it is there").name.as_str()), (4, "українська"));
        let half = own.with("[[language]]\ncode = \"de\"\nmagnitudes = [\"Tsd.\"]\n").unwrap_err().message;
        assert_eq!(half, "the language `de` lacks `name`, `decimal`, `months`; it has 1 magnitudes; it needs 3", "all at once");
    }

    #[test]
    fn a_language_needs_few_keys() {
        let months = "months = [\"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\", \"8\", \"9\", \"10\", \"11\", \"12\"]";
        let entry = |name: &str| format!("[[language]]\ncode = \"xx\"\nname = \"{name}\"\ndecimal = \",\"\n{months}\n");
        let own = Languages::built_in().with(&entry("X")).expect("it has what it needs").find("xx").expect("it is there");
        assert_eq!(
            (own.decimals(-1_234.5, 1).as_str(), own.date("2021-06-30").as_str()),
            ("−1\u{202f}234,5", "30\u{a0}6\u{a0}2021")
        );
        let other_way = Languages::built_in().with(&entry("עברית")).unwrap_err().message;
        assert!(other_way.contains("direction = \"rtl\""), "{other_way}");
    }

    #[test]
    fn a_language_of_which_there_are_only_words_is_known_by_its_code() {
        let all = Languages::built_in();
        for (code, is_known) in [("fr", true), ("uk", true), ("sr-Latn", true), ("nl", true), ("sw", false), ("", false)] {
            assert_eq!(all.knows(code), is_known, "{code}");
        }
        let own = all.with("also = [\"sw\"]\n").expect("good lines");
        assert!(own.knows("sw") && own.knows("nl") && own.find("sw").is_none());
    }

    #[test]
    fn a_language_may_have_digits_of_its_own() {
        let own = Locale { digits: "٠١٢٣٤٥٦٧٨٩".into(), ..(*locale("ar")).clone() };
        assert_eq!(own.whole(1_203.0), "١,٢٠٣");
        assert!(own.date("2021-06-30").starts_with("٣٠"));
    }

    #[test]
    fn a_wrong_file_is_refused_with_a_reason() {
        let built_in = include_str!("../../../model/languages.toml");
        let wrong = |from: &str, to: &str| Languages::parse(&built_in.replacen(from, to, 1)).unwrap_err().message;
        assert!(wrong("0123456789", "012345678").contains("9 digits; it needs 10"));
        assert!(wrong("code = \"fr\"", "code = \"en\"").contains("`en` is there twice"));
        assert!(wrong("code = \"en\"", "code = \"de\"").contains("must be `en`"));
        assert!(wrong("direction = \"ltr\"", "direction = \"up\"").contains("up"));
    }

    proptest! {
        #[test]
        fn any_number_is_written(n in any::<f64>(), decimals in 0usize..6) {
            for locale in Languages::built_in().all() {
                for text in [locale.whole(n), locale.plain(n, decimals), locale.money(n), locale.amount(n), locale.decimals(n, decimals)] {
                    prop_assert!(!text.is_empty() && !text.contains('-'));
                }
            }
        }

        #[test]
        fn any_text_is_a_date_or_stays(text in "\\PC{0,14}") {
            for locale in Languages::built_in().all() {
                locale.date(&text);
            }
        }
    }
}
