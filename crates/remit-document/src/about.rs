//! What a document says of itself: title, symbol, date, language, publisher.

use crate::deadline::is_deadline;
use crate::line::LineSort;
use crate::numbers::western;
use crate::{Block, Raw, tidy};
use remit_model::{Day, ImpreciseDate, Languages, fold};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What is known of a document as a whole; empty where it is not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AboutDocument {
    /// Title.
    pub title: String,
    /// Its symbol or number: `S/RES/1454 (2002)`, `2014/486/CFSP`.
    pub symbol: String,
    /// Its date, as precise as known.
    pub date: String,
    /// Language (ISO 639-1), `und` where it is none of those that are read.
    pub language: String,
    /// Who issued it.
    pub publisher: String,
    /// Pages; 0 where the form has none.
    pub pages: u32,
}

/// Blocks at the beginning of a document in which it says what it is.
const HEAD: usize = 14;

pub(crate) fn about(raw: &Raw, name: &str) -> AboutDocument {
    let head: Vec<&Block> = raw.blocks.iter().take(HEAD).collect();
    let resolution = head.iter().find_map(|b| resolution(&b.text));
    let own = head.iter().take(6).filter(|b| !is_told(&b.text)).find_map(|b| symbol(&b.text));
    let symbol = own.or_else(|| symbol(&raw.title)).unwrap_or_default();
    let symbol = match resolution {
        // A resolution that does not bear its symbol names those of others.
        Some(own) if !symbol.contains("/RES/") && head.iter().any(|b| b.text.contains("Security Council")) => own,
        _ => symbol,
    };
    let from_head = || {
        let updated = head.iter().filter(|b| says_of_itself(&b.text));
        updated.chain(&head).find_map(|b| date_of_its_own(&b.text)).unwrap_or_default()
    };
    let own_date = raw.date.get(..10).unwrap_or(&raw.date).parse::<ImpreciseDate>().ok().map(|d| d.to_string());
    // Web pages name their date in their data; the data of other files tell when the file was made.
    let date = if raw.publisher.is_empty() && raw.pages == 0 && !raw.date.is_empty() {
        own_date.clone().unwrap_or_default()
    } else {
        String::new()
    };
    let date = [from_head(), date, own_date.unwrap_or_default()].into_iter().find(|d| !d.is_empty()).unwrap_or_default();
    let publisher =
        [raw.publisher.clone(), publisher(&symbol).to_owned()].into_iter().find(|p| !p.is_empty()).unwrap_or_default();
    AboutDocument { title: title(raw, &head, name), symbol, date, language: language(raw), publisher, pages: raw.pages }
}

/// True for a sentence: the decision that it names is one that it speaks of, and no symbol of the document.
fn is_told(text: &str) -> bool {
    text.ends_with(['.', ';']) && text.split_whitespace().count() > 8
}

/// True for a line that tells when the page was written, before any event that the page tells of.
fn says_of_itself(text: &str) -> bool {
    const WORDS: [&str; 12] = [
        "updated",
        "published",
        "posted on",
        "mis a jour",
        "mise a jour",
        "publie le",
        "stand:",
        "aktualisiert",
        "veroffentlicht",
        "actualizado",
        "اخر تحديث",
        "نشر في",
    ];
    if text.len() >= 100 {
        return false;
    }
    let mut folded = String::new();
    fold(text, &mut folded);
    WORDS.iter().any(|w| folded.contains(w))
}

fn title(raw: &Raw, head: &[&Block], name: &str) -> String {
    let made_by_program =
        raw.title.starts_with("Microsoft Word") || raw.title.len() < 6 || raw.title.to_lowercase().ends_with(".doc");
    let own = (!made_by_program).then(|| tidy(&raw.title));
    let telling = |b: &&&Block| {
        // A sentence that names a resolution is no title, nor is a row of a table.
        if b.sort != LineSort::Text || b.text.len() >= 250 || b.text.ends_with(['.', ';', ':']) {
            return false;
        }
        let text = b.text.to_lowercase();
        ["resolution", "report of", "décision", "decision", "rapport", "résolution", "reporte", "informe", "قرار", "تقرير"]
            .iter()
            .any(|w| text.contains(w))
    };
    let heading = head.iter().find(telling).or_else(|| head.iter().find(|b| b.level > 0 && symbol(&b.text).is_none()));
    let first = head.iter().find(|b| b.text.len() > 12).map(|b| b.text.chars().take(120).collect::<String>());
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
    // A page's own title is for people; other files keep in it what somebody once typed.
    let (told, seen) = (own, heading.map(|b| b.text.clone()));
    let order = if raw.pages == 0 { [told, seen, first] } else { [seen, told, first] };
    order.into_iter().flatten().find(|t| !t.is_empty()).unwrap_or(stem)
}

/// The symbol of a resolution of the Security Council by its title: `Resolution 803 (1993)`, `13 (1946). Resolution of …`.
fn resolution(text: &str) -> Option<String> {
    let mut words = text.split_whitespace();
    let first = words.next()?;
    let number = if first.eq_ignore_ascii_case("resolution") { words.next()? } else { first };
    let year = words.next()?.trim_end_matches('.');
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    let titled = first.eq_ignore_ascii_case("resolution") || words.next()?.eq_ignore_ascii_case("resolution");
    let bare = year.strip_prefix('(')?.strip_suffix(')')?;
    (titled && digits(number) && digits(bare) && bare.len() == 4).then(|| format!("S/RES/{number} ({bare})"))
}

/// A symbol of the United Nations, the European Union or the OSCE in a text.
pub(crate) fn symbol(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    for (n, word) in words.iter().enumerate() {
        let word = word.trim_matches(['(', ')', ',', ';', '.', '*']);
        let mut parts = word.split('/');
        let body = parts.next().unwrap_or_default();
        let rest: Vec<&str> = parts.collect();
        let digits = |p: &&str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit());
        if matches!(body, "S" | "A" | "E" | "ST") && !rest.is_empty() && rest.last().is_some_and(digits) {
            let year = words.get(n + 1).filter(|y| y.len() == 6 && y.starts_with('(') && y.ends_with(')'));
            return Some(year.map_or(word.to_owned(), |y| format!("{word} {y}")));
        }
        if matches!(rest.last(), Some(&("CFSP" | "PESC" | "GASP"))) && body.len() == 4 {
            return Some(word.to_owned());
        }
        if matches!(word, "CFSP" | "PESC" | "GASP")
            && let Some(next) = words.get(n + 1).map(|w| w.trim_matches([',', ';', '.']))
            && next.contains('/')
        {
            return Some(format!("({word}) {next}"));
        }
        if word.contains(".DEC/") {
            return Some(word.to_owned());
        }
    }
    None
}

fn publisher(symbol: &str) -> &'static str {
    match symbol {
        s if s.starts_with("S/") => "United Nations Security Council",
        s if s.starts_with("A/") => "United Nations General Assembly",
        s if s.contains("CFSP") || s.contains("PESC") || s.contains("GASP") => "Council of the European Union",
        s if s.contains(".DEC/") => "OSCE",
        _ => "",
    }
}

/// Short names of months that are words of another meaning in running text.
const OTHER_WORDS: [&str; 9] = ["ago", "out", "pro", "set", "stu", "tra", "вер", "нов", "сер"];

/// Names of months, folded, each with its number: those by which cells of sheets are read too.
static MONTHS: LazyLock<HashMap<String, u32>> = LazyLock::new(|| {
    let languages = Languages::built_in();
    let named = languages.written().iter().flat_map(|written| written.months.iter().zip(1..));
    let names = named.flat_map(|(names, month)| names.iter().map(move |name| (name, month)));
    let mut months = HashMap::new();
    for (name, month) in names {
        let mut folded = String::new();
        fold(name, &mut folded);
        if !OTHER_WORDS.contains(&folded.as_str()) {
            months.insert(folded, month);
        }
    }
    months
});

/// The month that a folded word names, from 1.
fn month(word: &str) -> Option<u32> {
    MONTHS.get(word).copied()
}

/// The first date written out in a text that may be that of the document: `30 December 2002`, `12 de mayo de 2010`, `1er juin 2005`,
/// `May 3, 2019`, `2019-07-03`. One by which something is to be done is none.
fn date_of_its_own(text: &str) -> Option<String> {
    dates(text).into_iter().find(|(_, (start, _))| !is_deadline(&text[..*start])).map(|(date, _)| date)
}

/// The dates written out in a text, with the words that they stand in.
pub fn dates(text: &str) -> Vec<(String, (usize, usize))> {
    let words = words(text);
    let mut all = Vec::new();
    let mut n = 0;
    while let Some((start, end)) = words.get(n).copied() {
        let word = &text[start..end];
        let mut named = 1;
        if word.len() == 10 && word.as_bytes()[4] == b'-' && Day::parse(word).is_some() {
            all.push((word.to_owned(), (start, end)));
        } else if !word.starts_with(char::is_alphabetic) {
            all.extend(in_numbers(text, &words[n..]));
        } else if let Some((month, count)) = month_named(text, &words[n..]) {
            named = count;
            all.extend(around(text, &words, n, n + count - 1, month));
        }
        n += named;
    }
    all
}

/// The month that words begin with, and how many of them name it: Arabic texts give a month by both of its names, “تشرين الأول/أكتوبر”.
fn month_named(text: &str, words: &[(usize, usize)]) -> Option<(u32, usize)> {
    let (month, count) = month_of(text, words)?;
    let is_beside = |next: &(usize, usize)| {
        text[words[count - 1].1..next.0].chars().all(|c| c.is_whitespace() || matches!(c, '/' | '(' | '-' | '–'))
    };
    let again = words.get(count).filter(|next| is_beside(next)).and_then(|_| month_of(text, &words[count..]));
    let more = again.filter(|(same, _)| *same == month).map_or(0, |(_, more)| more);
    Some((month, count + more))
}

/// The month that one word or two name, and how many do: Arabic and Levantine months have two.
fn month_of(text: &str, words: &[(usize, usize)]) -> Option<(u32, usize)> {
    let (start, end) = *words.first()?;
    let mut folded = String::new();
    fold(&text[start..end], &mut folded);
    if let Some(month) = month(&folded) {
        return Some((month, 1));
    }
    let (start, end) = *words.get(1)?;
    folded.push(' ');
    fold(&text[start..end], &mut folded);
    month(&folded).map(|month| (month, 2))
}

/// A date in numbers, day first: `30.11.2020`; with strokes only where no month can be meant by the day, `30/11/2020`.
fn in_numbers(text: &str, words: &[(usize, usize)]) -> Option<(String, (usize, usize))> {
    let [day, month, year, ..] = words else { return None };
    let number = |(start, end): &(usize, usize)| western(&text[*start..*end]).parse::<u32>().ok();
    let between = &text[day.1..month.0];
    let (d, m, y) = (number(day)?, number(month)?, number(year)?);
    let parted = between == "." || between == "/" && d > 12;
    if !parted || between != &text[month.1..year.0] || text[year.0..year.1].chars().count() != 4 {
        return None;
    }
    let date = format!("{y:04}-{m:02}-{d:02}");
    let known = (1900..2200).contains(&y) && Day::parse(&date).is_some();
    known.then_some((date, (day.0, year.1)))
}

/// The date around the name of a month.
fn around(text: &str, words: &[(usize, usize)], first: usize, last: usize, month: u32) -> Option<(String, (usize, usize))> {
    let word = |n: usize| words.get(n).map(|(s, e)| &text[*s..*e]);
    let small = |w: &str| matches!(w, "de" | "del" | "of" | "the");
    let number = |w: &str| -> Option<u32> {
        let digits = w.trim_end_matches(|c: char| c.is_alphabetic());
        (w.len() - digits.len() <= 2 && !digits.is_empty()).then(|| western(digits).parse().ok()).flatten()
    };
    let before = |n: usize| n.checked_sub(1).filter(|n| word(*n).is_some_and(|w| !small(w))).or_else(|| n.checked_sub(2));
    let day_before = before(first).filter(|n| word(*n).and_then(number).is_some_and(|d| (1..=31).contains(&d)));
    let mut at = last + 1;
    let mut day = day_before.and_then(|n| word(n).and_then(number));
    if day.is_none()
        && let Some(d) = word(at).and_then(number).filter(|d| (1..=31).contains(d))
    {
        (day, at) = (Some(d), at + 1);
    }
    if word(at).is_some_and(small) {
        at += 1;
    }
    let year = word(at).and_then(number).filter(|y| (1900..2200).contains(y))?;
    let start = words[day_before.unwrap_or(first)].0;
    let date = match day {
        Some(day) => format!("{year:04}-{month:02}-{day:02}"),
        None => format!("{year:04}-{month:02}"),
    };
    date.parse::<ImpreciseDate>().ok().map(|_| (date, (start, words[at].1)))
}

/// Where the words of a text stand; a hyphen between digits is part of one.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        let inside = c.is_alphanumeric()
            || (c == '-' && start.is_some_and(|s: usize| text[s..at].bytes().all(|b| b.is_ascii_digit() || b == b'-')));
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(s)) => {
                all.push((s, at));
                start = None;
            }
            _ => {}
        }
    }
    all.extend(start.map(|s| (s, text.len())));
    all
}

fn language(raw: &Raw) -> String {
    let mut sample = String::new();
    for block in &raw.blocks {
        sample.push_str(&block.text);
        sample.push(' ');
        if sample.len() > 2_000 {
            break;
        }
    }
    let declared = raw.language.get(..2).map(str::to_lowercase).unwrap_or_default();
    // Bosnian, Croatian and Montenegrin are read as Serbian.
    const OTHERS: [&str; 7] = ["ar", "uk", "bs", "hr", "me", "sh", "cn"];
    let is_told = SMALL_WORDS.iter().any(|(l, _)| *l == declared) || OTHERS.contains(&declared.as_str());
    let is_known = declared.is_empty() || is_told;
    match language_among(&sample, &declared) {
        "und" if !declared.is_empty() => declared,
        // By its small words Portuguese would pass for Spanish or Serbian, and Dutch for German. A page says what it is in.
        "es" | "fr" | "de" | "sr" if !is_known => declared,
        told => told.to_owned(),
    }
}

/// Small words that tell languages apart, folded.
const SMALL_WORDS: [(&str, &[&str]); 5] = [
    ("en", &["the", "of", "and", "to", "in", "is", "by", "with", "for", "that", "on"]),
    ("fr", &["les", "des", "et", "du", "la", "le", "dans", "pour", "aux", "une", "est", "sur", "par", "en", "l", "d"]),
    ("es", &["los", "las", "el", "y", "del", "en", "que", "por", "una", "con", "para", "la"]),
    ("de", &["der", "die", "und", "des", "das", "den", "im", "mit", "fur", "von", "ist", "zur", "bei"]),
    ("sr", &["je", "i", "u", "na", "za", "da", "se", "su", "od", "sa", "o", "koji", "koja", "koje", "kao", "iz", "nad", "ce"]),
];

/// The language of a text among those that are read: `en`, `fr`, `es`, `ar`, `de`, `uk`, `sr` (Serbian, Bosnian and Croatian, in Latin
/// and in Cyrillic letters); `und` where it is none of them.
pub fn language_of(text: &str) -> &'static str {
    language_among(text, "")
}

/// The language of a text; where it may as well be another, the one that it is said to be in.
fn language_among(text: &str, declared: &str) -> &'static str {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count().max(1);
    let arabic =
        text.chars().filter(|c| matches!(c, '\u{600}'..='\u{6ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')).count();
    if arabic * 2 > letters {
        return "ar";
    }
    if text.chars().filter(|c| matches!(c, '\u{400}'..='\u{4ff}')).count() * 2 > letters {
        return in_cyrillic(text, declared);
    }
    let mut folded = String::new();
    fold(text, &mut folded);
    let mut counts = [0_usize; SMALL_WORDS.len()];
    let mut all = 0;
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        all += 1;
        for (n, (_, words)) in SMALL_WORDS.iter().enumerate().filter(|_| word.len() < 5) {
            counts[n] += usize::from(words.contains(&word));
        }
    }
    let rank = |n: usize, count: usize| (count, SMALL_WORDS[n].0 == declared, usize::MAX - n);
    let (best, count) = counts.iter().enumerate().max_by_key(|(n, c)| rank(*n, **c)).unwrap_or((0, &0));
    if count * 12 > all { SMALL_WORDS[best].0 } else { "und" }
}

/// Letters that tell languages in Cyrillic apart. Those of others are known so as not to take them for one that is read.
const OWN_LETTERS: [(&str, &str); 4] = [("uk", "іїєґ"), ("sr", "јђћљњџ"), ("und", "ыэъё"), ("und", "ѓќѕў")];

fn in_cyrillic(text: &str, declared: &str) -> &'static str {
    let count = |own: &str| text.chars().flat_map(char::to_lowercase).filter(|c| own.contains(*c)).count();
    let counts = OWN_LETTERS.map(|(language, own)| (count(own), language));
    let most = counts.into_iter().filter(|(n, _)| *n > 0).max_by_key(|(n, language)| (*n, *language == declared));
    most.map_or("und", |(_, language)| language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_in_the_languages_that_are_read() {
        for (text, date) in [
            ("Distr.: General 30 December 2002", "2002-12-30"),
            ("le 1er juin 2005", "2005-06-01"),
            ("el 12 de mayo de 2010", "2010-05-12"),
            ("am 3. Oktober 2019", "2019-10-03"),
            ("في 7 تشرين الثاني 2012", "2012-11-07"),
            ("اتخذ في 30 أيار/مايو 2025", "2025-05-30"),
            ("في 31 تشرين الأول / أكتوبر 2026", "2026-10-31"),
            ("اتخذ في ٣٠ أيار/مايو ٢٠٢٥", "2025-05-30"),
            ("اتخذ في 30 حزيران/يونيه 2026", "2026-06-30"),
            ("في ٧ يوليه ٢٠٢٥", "2025-07-07"),
            ("في ٢٢/١٢/٢٠١٥", "2015-12-22"),
            ("في 5 كانون الثاني (يناير) 2024", "2024-01-05"),
            ("في 5 يناير/كانون الثاني 2024", "2024-01-05"),
            ("on May 3, 2019", "2019-05-03"),
            ("1 грудня 2014 року", "2014-12-01"),
            ("27. februara 2018. godine", "2018-02-27"),
            ("12. јуна 2019.", "2019-06-12"),
            ("in March 2004", "2004-03"),
            ("from 2019-07-03 on", "2019-07-03"),
            ("Last updated: 20 Aug. 2020 17:10", "2020-08-20"),
            ("22.12.2015 - Artikel", "2015-12-22"),
            ("le 30/11/2020", "2020-11-30"),
            ("في 4 جويلية 2026", "2026-07-04"),
            ("15 сентября 2021 г.", "2021-09-15"),
        ] {
            assert_eq!(date_of_its_own(text).as_deref(), Some(date), "{text}");
        }
        for none in ["They may leave in 12 days", "on 3/4/2020", "31.02.2020", "version 1.2.3", "as carried out 2019"] {
            assert_eq!(date_of_its_own(none), None);
        }
    }

    #[test]
    fn a_day_by_which_something_is_to_be_done_is_no_date_of_a_document() {
        for deadline in [
            "The Ministry shall submit a draft law to parliament by 31 December 2027.",
            "to be done no later than the 1 March 2028",
            "Le ministère doit soumettre un projet de loi avant le 30 juin 2028.",
            "à réaliser d’ici au 31 décembre 2027",
            "بحلول 31 ديسمبر 2027",
            "يقرر تمديد ولاية البعثة حتى 31 تشرين الأول/أكتوبر 2026",
            "لغاية 30 حزيران/يونيو 2027",
            "підготувати до 31 березня 2027 року",
            "antes del 12 de mayo de 2027",
            "bis zum 3. Oktober 2027",
        ] {
            assert_eq!(date_of_its_own(deadline), None, "{deadline}");
        }
        let both = "Submit it by 31 December 2027. The report of 5 March 2025 is noted.";
        assert_eq!(date_of_its_own(both).as_deref(), Some("2025-03-05"));
    }

    #[test]
    fn symbols_of_three_bodies() {
        assert_eq!(symbol("United Nations S/RES/1454 (2002)").as_deref(), Some("S/RES/1454 (2002)"));
        assert_eq!(symbol("Council Decision 2014/486/CFSP of 22 July").as_deref(), Some("2014/486/CFSP"));
        assert_eq!(symbol("COUNCIL DECISION (CFSP) 2017/1869 of").as_deref(), Some("(CFSP) 2017/1869"));
        assert_eq!(symbol("MC(5).DEC/1").as_deref(), Some("MC(5).DEC/1"));
        assert_eq!(resolution("RESOLUTION 803 (1993)").as_deref(), Some("S/RES/803 (1993)"));
        assert_eq!(resolution("13 (1946). Resolution of 12 December 1946").as_deref(), Some("S/RES/13 (1946)"));
        assert_eq!(symbol("A good day and/or night"), None);
    }

    #[test]
    fn languages_are_told() {
        assert_eq!(language_of("The mission advises the ministry and trains the police in the capital."), "en");
        assert_eq!(language_of("La mission conseille le ministère et forme les agents de la police dans la capitale."), "fr");
        assert_eq!(language_of("Die Mission berät das Ministerium und bildet die Polizei des Landes aus."), "de");
        assert_eq!(language_of("تقدم البعثة المشورة إلى الوزارة"), "ar");
        assert_eq!(language_of("La mission de conseil de l’UE en Iraq soutient la réforme de la police."), "fr");
        assert_eq!(language_of("La misión de la UE en Iraq apoya la reforma de la policía y de las prisiones."), "es");
        assert_eq!(language_of("Місія надає стратегічні консультації та підтримує реформу поліції."), "uk");
        assert_eq!(language_of("Misija je nastavila da podržava policiju u reformi i obuci."), "sr");
        assert_eq!(language_of("Мисија ће наставити да подржава полицију."), "sr");
        assert_eq!(language_of("Миссия поддержала реформу полиции и обучила сотрудников, чтобы они были готовы."), "und");
        assert_eq!(language_of("12 34"), "und");
    }

    #[test]
    fn a_language_that_words_do_not_tell_is_the_one_that_the_page_says() {
        for (declared, text, language) in [
            ("pt", "A missão apoia a reforma da polícia e o treino dos agentes que trabalham em Maputo para o Estado.", "pt"),
            ("bs", "Misija je nastavila da podržava policiju u reformi i obuci.", "sr"),
            ("it", "The mission advises the ministry and trains the police in the capital.", "en"),
            ("fr", "La misión de la UE en Iraq apoya la reforma de la policía y de las prisiones.", "es"),
        ] {
            let html = format!("<html lang=\"{declared}\"><main><p>{text}</main>");
            assert_eq!(crate::read(html.as_bytes(), "page.html").expect("a page").about.language, language, "{declared}");
        }
    }

    #[test]
    fn where_two_languages_tie_the_declared_one_is_meant() {
        let read = |declared: &str, text: &str| {
            let html = format!("<!doctype html><html lang={declared}><title>Page</title><main><p>{text}</main>");
            crate::read(html.as_bytes(), "page.html").expect("a page").about.language
        };
        let both = "La BINUH lideró la reforma.";
        assert_eq!((read("es", both), read("fr", both)), ("es".into(), "fr".into()));
        assert_eq!(read("es-419", both), "es");
        assert_eq!(read("fr", "La misión apoya la reforma de los servicios y de las prisiones."), "es");
    }

    proptest! {
        #[test]
        fn any_text_has_dates_or_none(text in "\\PC{0,60}|([0-9]{1,4}|May|de|mars|[ ,.-]){0,20}") {
            for (date, (start, end)) in dates(&text) {
                prop_assert!(date.parse::<ImpreciseDate>().is_ok());
                prop_assert!(!text[start..end].is_empty());
            }
        }
    }
}
