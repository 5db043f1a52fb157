//! Where words lead that are no names of records: to countries, questions, pages, kinds of records and terms. Words that many of them
//! have tell little; a word that none of them has, and no record, is taken for the one that is written most like it.

use crate::cells::{CellView, country_name};
use crate::context::Context;
use crate::error::PageError;
use crate::language::language;
use crate::m;
use crate::messages::{Plain, label};
use remit_model::{Label, Language, Wanted, word_likeness};
use remit_report::Templates;
use std::collections::HashSet;

/// Ways that are shown.
const MOST: usize = 8;

/// The part of what was typed, by how much its words tell, that a way must have.
const LEAST: f64 = 0.4;

/// What a word in the explanation counts beside one in the title.
const BELOW: f64 = 0.5;

/// Likeness from which one word is taken for another.
const ALIKE: f64 = 0.75;

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
struct WayOn {
    link: CellView,
    /// What it is.
    note: String,
    title: Label,
    /// Its text, besides its title.
    more: Label,
}

/// The ways that have what was typed, the best first.
pub(super) fn ways(cx: &Context, typed: &str) -> Result<Vec<(CellView, String)>, PageError> {
    let mut found = country(cx, typed);
    let all = all(cx)?;
    let words = told(cx, &all, &meant(cx, &all, typed)?)?;
    let whole: f64 = words.iter().map(|(_, weight)| weight).sum();
    let scored = all.into_iter().map(|way| (score(cx, &way, &words), way));
    let mut scored: Vec<_> = scored.filter(|((share, _), _)| whole > 0.0 && *share >= LEAST * whole).collect();
    scored.sort_by(|((_, a), _), ((_, b), _)| b.total_cmp(a));
    found.extend(scored.into_iter().take(MOST).map(|(_, way)| (way.link, way.note)));
    Ok(found)
}

/// The country that is called so.
fn country(cx: &Context, typed: &str) -> Vec<(CellView, String)> {
    let code = cx.model().lists.get("country").filter(|_| typed.len() > 1).and_then(|l| l.find(typed));
    let shown = |code: &str| CellView::text(country_name(cx.model(), code)).link(cx.link(&format!("/country/{code}"), &[]));
    code.map(|c| (shown(&c.code), m::a_country())).into_iter().collect()
}

fn all(cx: &Context) -> Result<Vec<WayOn>, PageError> {
    let way = |title: &Label, more: &Label, path: &str, note: String| WayOn {
        link: CellView::text(label(title)).link(cx.link(path, &[])),
        note,
        title: title.clone(),
        more: more.clone(),
    };
    let questions = cx.app().questions();
    let address = |name: &str| if name == "support" { "/support".to_owned() } else { format!("/ask/{name}") };
    let question = questions.all().iter().map(|q| way(&q.title, &both(&q.why, &q.rule), &address(&q.name), m::a_question()));
    let story = questions.stories().iter().map(|s| way(&s.title, &s.lead, &format!("/story/{}", s.name), m::a_page()));
    let own = |text: Plain| Label::from_iter([(language(), text())]);
    let page = PAGES.iter().map(|(path, title, lead)| way(&own(*title), &own(*lead), path, m::a_page()));
    let reports = Templates::load(cx.app().workspace())?;
    let report = reports.all().iter().map(|t| way(&t.title, &t.why, "/reports", m::a_page()));
    let kinds = cx.model().kinds.iter().filter(|k| k.part_of.is_none() && k.record.is_none());
    let kind = kinds.map(|k| way(&k.label, &Label::default(), &format!("/records/{}", k.name), m::a_page()));
    let terms = cx.model().glossary.terms().iter();
    let term = terms.map(|t| {
        let link = CellView::text(label(&t.name)).link(format!("{}#{}", cx.link("/glossary", &[]), t.code));
        WayOn { link, note: m::a_term(), title: t.name.clone(), more: t.meaning.clone() }
    });
    Ok(question.chain(story).chain(page).chain(report).chain(kind).chain(term).collect())
}

/// Two texts as one, language by language.
fn both(one: &Label, other: &Label) -> Label {
    one.all().map(|(language, text)| (language, format!("{text} {}", other.own(language).unwrap_or_default()))).collect()
}

/// The texts that a reader may know it by: those in the language of the page, and in English.
fn known(text: &Label) -> impl Iterator<Item = (Language, &str)> {
    text.all().filter(|(l, _)| *l == language() || *l == Language::ENGLISH)
}

fn has(cx: &Context, text: &Label, word: &Wanted) -> bool {
    known(text).any(|(language, text)| word.is_in(text, cx.model().languages.written_in(language.code())))
}

/// Each word by itself: as it was typed, or where neither a way nor a record has it, the one that is written most like it.
fn meant(cx: &Context, all: &[WayOn], typed: &str) -> Result<Vec<Wanted>, PageError> {
    let mut words = Vec::new();
    for word in Wanted::new(typed).words() {
        let own = Wanted::new(word);
        let is_known =
            all.iter().any(|w| has(cx, &w.title, &own) || has(cx, &w.more, &own)) || !cx.reader.search(word)?.rows.is_empty();
        words.push(if is_known { own } else { nearest(all, word).unwrap_or(own) });
    }
    Ok(words)
}

fn nearest(all: &[WayOn], word: &str) -> Option<Wanted> {
    if word.chars().count() < 4 {
        return None;
    }
    let texts = all.iter().flat_map(|w| known(&w.title).chain(known(&w.more))).map(|(_, text)| text);
    let others: HashSet<&str> = texts.flat_map(|t| t.split(|c: char| !c.is_alphanumeric())).collect();
    let like = others.into_iter().map(|other| (word_likeness(word, other), other)).filter(|(like, _)| *like >= ALIKE);
    like.max_by(|(a, one), (b, other)| a.total_cmp(b).then_with(|| other.cmp(one))).map(|(_, other)| Wanted::new(other))
}

/// The words, each with what it tells: the more the fewer ways have it. What next to none has, and records have, is a name: it says what
/// is looked for, and not which way leads there. What a way is called is no name, whatever records say.
fn told(cx: &Context, all: &[WayOn], words: &[Wanted]) -> Result<Vec<(Wanted, f64)>, PageError> {
    let mut told = Vec::new();
    for word in words {
        let of = all.iter().filter(|w| has(cx, &w.title, word) || has(cx, &w.more, word)).count();
        let is_titled = all.iter().any(|w| has(cx, &w.title, word));
        let is_name = of < 2 && !is_titled && !cx.reader.search(&word.words().join(" "))?.rows.is_empty();
        let weight = if is_name { 0.0 } else { ((all.len() + 1) as f64 / of.max(1) as f64).ln() };
        told.push((word.clone(), weight));
    }
    Ok(told)
}

/// What a way has of the words, and how well it fits: a word of the title counts more, and all of a short title more than part of a
/// long one.
fn score(cx: &Context, way: &WayOn, words: &[(Wanted, f64)]) -> (f64, f64) {
    let (mut share, mut rank) = (0.0, 0.0);
    for (word, weight) in words {
        let in_title = has(cx, &way.title, word);
        if in_title || has(cx, &way.more, word) {
            share += weight;
            rank += weight * if in_title { 1.0 } else { BELOW };
        }
    }
    let letters = way.title.get(language()).chars().count() as f64;
    (share, rank * (1.0 + 1.0 / (1.0 + letters)))
}
