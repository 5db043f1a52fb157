//! Where words lead that are no names of records: to countries, questions, pages, kinds of records and terms. Words that many of them
//! have tell little; a word that none of them has, and no record, is taken for the one that is written most like it. A question is filled
//! in with what the words ask about: “who else trains the Somali police?” leads to the answer.

use super::about::{AskedAbout, GivenAbout};
use crate::cells::{CellView, country_name};
use crate::context::Context;
use crate::error::PageError;
use crate::figures::listed;
use crate::language::language;
use crate::m;
use crate::messages::{Plain, label};
use remit_ask::Question;
use remit_model::{Label, Language, Wanted, WordsOf, word_likeness};
use remit_report::Templates;
use std::collections::HashSet;

/// Ways that are shown.
const MOST: usize = 8;

/// The part of what was typed, by how much its words tell, that a way must have.
const LEAST: f64 = 0.4;

/// What a word counts, beside one in the title, that stands in the sentence below it, that only the rule has, or that only says what a
/// question can be asked about: a rule names much that its question is not about, and a country or a class can be asked of many.
const BELOW: f64 = 0.5;
const IN_RULE: f64 = 0.2;
const TAKEN: f64 = 0.1;

/// Words of fewer letters than these, “in”, “de”, “في”, stand between others, and count so much beside them, however rare they are.
const LETTERS: usize = 3;
const SHORT: f64 = 0.3;

/// Likeness from which one word is taken for another, and what it counts then: it may have been another word altogether.
const ALIKE: f64 = 0.75;
const TAKEN_FOR: f64 = 0.5;

/// Pages that are found by their title and by what stands below it.
const PAGES: [(&str, Plain, Plain); 10] = [
    ("/documents", m::nav_documents, m::documents_lead),
    ("/reports", m::nav_reports, m::reports_lead),
    ("/sheets", m::bring_sheet, m::sheets_lead),
    ("/exchange", m::exchange, m::exchange_lead),
    ("/publish", m::publish_title, m::publish_lead),
    ("/data", m::nav_data, m::data_lead),
    ("/history", m::nav_history, m::history_lead),
    ("/review", m::to_decide, m::nav_documents),
    ("/problems", m::nav_problems, m::t_problems),
    ("/world", m::nav_world, m::world_title),
];

/// Where one may go.
struct WayOn<'w> {
    link: CellView,
    /// What it is.
    note: String,
    /// How much of what the words ask about it can be asked about.
    takes: f64,
    /// The words that say so: it need not say them itself.
    taken: Vec<String>,
    /// In the languages that words are looked for in, what it is called, and what else is said of it.
    title: Vec<(WordsOf<'w>, usize)>,
    more: Vec<WordsOf<'w>>,
    rule: Vec<WordsOf<'w>>,
    /// The same as texts.
    texts: Vec<String>,
}

/// What a question that takes whom the words ask about counts beside what it says, and what one that takes codes of them does, however many.
const TAKES_ALL: f64 = 1.5;
const TAKES_CODE: f64 = 0.3;

/// How much more of the words must be said in other languages, so that whoever typed them speaks one of those.
const TELLS_MORE: f64 = 1.2;

/// The countries that are called so, then the ways that have what was typed, the best first: in the language of the page and in English, or in any where that has more of it.
pub(super) fn ways(cx: &Context, typed: &str, countries: &[String]) -> Result<Vec<(CellView, String)>, PageError> {
    let about = AskedAbout::of(cx, typed)?;
    let is_own = |l: Language| l == language() || l == Language::ENGLISH;
    let (share, mut found) = fitting(cx, typed, &about, &is_own)?;
    if share < 1.0 {
        let (of_any, others) = fitting(cx, typed, &about, &|_| true)?;
        if found.is_empty() || is_of_another(cx, typed, &is_own) || of_any > share * TELLS_MORE {
            found = others;
        }
    }
    let country = |code: &String| {
        (CellView::text(country_name(cx.model(), code)).link(cx.link(&format!("/country/{code}"), &[])), m::a_country())
    };
    Ok(countries.iter().map(country).chain(found).collect())
}

/// True where more of the words are small ones of another language than of one of these: whoever typed them speaks that.
fn is_of_another(cx: &Context, typed: &str, is_own: &dyn Fn(Language) -> bool) -> bool {
    let wanted = Wanted::new(typed);
    let languages = &cx.model().languages;
    let most = |own: bool| {
        let of = languages.written().iter().filter(|w| is_own(w.language) == own);
        of.map(|w| wanted.words().iter().filter(|word| w.words.contains(*word)).count()).max().unwrap_or(0)
    };
    most(false) > most(true)
}

/// The ways that have what was typed in one of these languages, and how much of it one of them has.
fn fitting(
    cx: &Context,
    typed: &str,
    about: &AskedAbout,
    languages: &dyn Fn(Language) -> bool,
) -> Result<(f64, Vec<(CellView, String)>), PageError> {
    let all = all(cx, about, languages)?;
    let words = told(cx, &all, &meant(cx, &all, typed)?)?;
    let whole: f64 = words.iter().map(|(_, weight)| weight).sum();
    let scored = all.into_iter().map(|way| (score(&way, &words), way));
    let mut scored: Vec<_> = scored.filter(|((share, _), _)| whole > 0.0 && *share >= LEAST * whole).collect();
    scored.sort_by(|((_, a), _), ((_, b), _)| b.total_cmp(a));
    let most = scored.iter().map(|((share, _), _)| share / whole).fold(0.0, f64::max);
    Ok((most, scored.into_iter().take(MOST).map(|(_, way)| (way.link, way.note)).collect()))
}

fn all<'a>(cx: &Context<'a>, about: &AskedAbout, languages: &dyn Fn(Language) -> bool) -> Result<Vec<WayOn<'a>>, PageError> {
    let way = |title: &Label, more: &Label, path: &str, note: String| {
        WayOn::new(cx, [title, more, &Label::default()], cx.link(path, &[]), note, languages)
    };
    let questions = cx.app().questions();
    let question = questions.all().iter().map(|q| {
        let (address, note, takes, taken) = filled(cx, q, about);
        WayOn { takes, taken, ..WayOn::new(cx, [&q.title, &q.why, &q.rule], address, note, languages) }
    });
    let story = questions.stories().iter().map(|s| way(&s.title, &s.lead, &format!("/story/{}", s.name), m::a_page()));
    let own = |text: Plain| Label::from_iter([(language(), text())]);
    let page = PAGES.iter().map(|(path, title, lead)| way(&own(*title), &own(*lead), path, m::a_page()));
    let reports = Templates::load(cx.app().workspace())?;
    let report = reports.all().iter().map(|t| way(&t.title, &t.why, "/reports", m::a_page()));
    let kinds = cx.model().kinds.iter().filter(|k| k.part_of.is_none() && k.record.is_none());
    let kind = kinds.map(|k| way(&k.label, &Label::default(), &format!("/records/{}", k.name), m::a_page()));
    let terms = cx.model().glossary.terms().iter();
    let term = terms.map(|t| {
        let address = format!("{}#{}", cx.link("/glossary", &[]), t.code);
        WayOn::new(cx, [&t.name, &t.meaning, &Label::default()], address, m::a_term(), languages)
    });
    Ok(question.chain(story).chain(page).chain(report).chain(kind).chain(term).collect())
}

/// The address of a question with what it is asked about, what it is with that, how much of it that is, and the words that say so.
fn filled(cx: &Context, question: &Question, about: &AskedAbout) -> (String, String, f64, Vec<String>) {
    let given = about.given(cx, question);
    let parameters: Vec<(&str, &str)> = given.iter().map(|g| (g.parameter.as_str(), g.value.as_str())).collect();
    let named: Vec<String> = given.iter().map(|g| g.called.clone()).collect();
    let note = if named.is_empty() { m::a_question() } else { m::pair(m::a_question(), listed(&named)) };
    // The country of the body that is asked about is said with it.
    let of_body = given.iter().find(|g| g.is_body).map(|g| g.words.as_slice()).unwrap_or_default();
    let is_new = |g: &&GivenAbout| g.is_body || !g.is_again && !g.words.iter().all(|word| of_body.contains(word));
    let takes = given.iter().filter(is_new).map(|g| if g.is_body { TAKES_ALL } else { TAKES_CODE }).fold(0.0, f64::max);
    let taken = given.iter().flat_map(|g| g.words.clone()).collect();
    (cx.question_link(&question.name, &parameters), note, takes, taken)
}

impl<'a> WayOn<'a> {
    fn new(
        cx: &Context<'a>,
        texts: [&Label; 3],
        address: String,
        note: String,
        languages: &dyn Fn(Language) -> bool,
    ) -> WayOn<'a> {
        let known = |text: &Label| -> Vec<(Language, String)> {
            text.all().filter(|(l, _)| languages(*l)).map(|(l, text)| (l, text.to_owned())).collect()
        };
        let words = |(l, text): &(Language, String)| WordsOf::new(text, cx.model().languages.written_in(l.code()));
        let [own, more, rule] = texts.map(known);
        WayOn {
            link: CellView::text(label(texts[0])).link(address),
            note,
            takes: 0.0,
            taken: Vec::new(),
            title: own.iter().map(|text| (words(text), text.1.chars().count())).collect(),
            more: more.iter().map(words).collect(),
            rule: rule.iter().map(words).collect(),
            texts: [own, more, rule].into_iter().flatten().map(|(_, text)| text).collect(),
        }
    }

    fn is_called(&self, word: &Wanted) -> bool {
        self.title.iter().any(|(text, _)| text.have(word))
    }

    /// Letters of the title, of several that of the shortest which has one of the words.
    fn letters(&self, words: &[(Wanted, f64)]) -> usize {
        let called = self.title.iter().filter(|(text, _)| words.iter().any(|(word, _)| text.have(word)));
        called.map(|(_, letters)| *letters).min().unwrap_or_else(|| self.link.text.chars().count())
    }

    /// What a word counts by where it stands; nothing where it does not.
    fn tells(&self, word: &Wanted) -> f64 {
        let has = |texts: &[WordsOf]| texts.iter().any(|text| text.have(word));
        match (self.is_called(word), has(&self.more)) {
            (true, _) => 1.0,
            (_, true) => BELOW,
            _ if has(&self.rule) => IN_RULE,
            _ => 0.0,
        }
    }

    fn has(&self, word: &Wanted) -> bool {
        self.tells(word) > 0.0
    }
}

/// Each word by itself, and what it counts: as it was typed, or where neither a way nor a record has it, the one that is written most like it.
fn meant(cx: &Context, all: &[WayOn], typed: &str) -> Result<Vec<(Wanted, f64)>, PageError> {
    let mut words = Vec::new();
    for word in Wanted::new(typed).words() {
        let own = Wanted::new(word);
        let is_known = all.iter().any(|w| w.has(&own)) || !cx.reader.search(word)?.rows.is_empty();
        let like = if is_known { None } else { nearest(all, word) };
        words.push(like.map_or((own, 1.0), |like| (like, TAKEN_FOR)));
    }
    Ok(words)
}

fn nearest(all: &[WayOn], word: &str) -> Option<Wanted> {
    if word.chars().count() < 4 {
        return None;
    }
    let texts = all.iter().flat_map(|w| &w.texts);
    let others: HashSet<&str> = texts.flat_map(|t| t.split(|c: char| !c.is_alphanumeric())).collect();
    let like = others.into_iter().map(|other| (word_likeness(word, other), other)).filter(|(like, _)| *like >= ALIKE);
    like.max_by(|(a, one), (b, other)| a.total_cmp(b).then_with(|| other.cmp(one))).map(|(_, other)| Wanted::new(other))
}

/// The words, each with what it tells: the more the fewer ways have it. What next to none has, and records have, is a name: it says what
/// is looked for, and not which way leads there. What a way is called is no name, whatever records say.
fn told(cx: &Context, all: &[WayOn], words: &[(Wanted, f64)]) -> Result<Vec<(Wanted, f64)>, PageError> {
    let mut told = Vec::new();
    for (word, sure) in words {
        let of = all.iter().filter(|w| w.has(word)).count();
        let is_titled = all.iter().any(|w| w.is_called(word));
        let is_name = of < 2 && !is_titled && !cx.reader.search(&word.words().join(" "))?.rows.is_empty();
        let letters = word.words().iter().map(|w| w.chars().count()).max().unwrap_or(0);
        let by_letters = if letters < LETTERS { SHORT } else { 1.0 };
        let weight = if is_name { 0.0 } else { sure * by_letters * ((all.len() + 1) as f64 / of.max(1) as f64).ln() };
        told.push((word.clone(), weight));
    }
    Ok(told)
}

/// What a way has of the words, and how well it fits: a word of the title counts more, all of a short title more than part of a long
/// one, and most of all that it can be asked about what the words name.
fn score(way: &WayOn, words: &[(Wanted, f64)]) -> (f64, f64) {
    let (mut share, mut rank) = (0.0, 0.0);
    for (word, weight) in words {
        let is_taken = word.words().iter().all(|w| way.taken.contains(w));
        let tells = way.tells(word).max(if is_taken { TAKEN } else { 0.0 });
        if tells > 0.0 {
            share += weight;
            rank += weight * tells;
        }
    }
    let letters = way.letters(words) as f64;
    (share, rank * (1.0 + 1.0 / (1.0 + letters)) * (1.0 + way.takes))
}
