//! What free words ask about: the country, the codes and the body that they name, with which the questions that they lead to are filled
//! in. Nothing here knows a question or a name: codes are known by their labels and by the phrases of the lexicon, in all of its
//! languages; bodies by every name that is on record; and what a question can be asked about, its parameters say.

use crate::cells::code_label;
use crate::context::{Context, quoted};
use crate::error::PageError;
use crate::language::language;
use remit_ask::{Parameter, Question};
use remit_model::{LexiconEntry, Wanted, folded, is_article};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

/// The kind of those who are asked about, and the list of what they are.
const BODIES: (&str, &str) = ("actor", "actor_class");

/// The list of countries.
const COUNTRIES: &str = "country";

/// The part of the words of a name that must have been typed.
const LEAST: f64 = 0.6;

/// Words of a name that tell who is meant even where they are a smaller part of it.
const ENOUGH: usize = 2;

/// Letters that a word of this many has at least tells something.
const TELLING: usize = 4;

/// Bodies whose names are looked at.
const MOST: usize = 2_000;

/// A code that the words name, and where it stands among them.
#[derive(Debug, Clone)]
struct NamedCode {
    list: String,
    code: String,
    span: (usize, usize),
    words: Vec<String>,
}

/// A body that the words name.
#[derive(Debug, Clone, Default)]
struct NamedBody {
    record: String,
    name: String,
    class: String,
    /// Those of the words that its names have.
    words: Vec<String>,
}

/// What a parameter of a question is given.
#[derive(Debug)]
pub(super) struct GivenAbout {
    pub(super) parameter: String,
    pub(super) value: String,
    /// What that is called.
    pub(super) called: String,
    pub(super) is_body: bool,
    /// True where the same words gave another parameter its value already.
    pub(super) is_again: bool,
    /// The words that say so.
    pub(super) words: Vec<String>,
}

/// What words ask about.
#[derive(Debug, Default)]
pub(super) struct AskedAbout {
    codes: Vec<NamedCode>,
    body: Option<NamedBody>,
}

impl AskedAbout {
    /// What was typed asks about this.
    pub(super) fn of(cx: &Context, typed: &str) -> Result<AskedAbout, PageError> {
        let wanted = Wanted::new(typed);
        let words = wanted.words();
        // Who types one word looks for what is called so.
        if words.len() < 2 {
            return Ok(AskedAbout::default());
        }
        let questions = cx.app().questions();
        let lists: HashSet<&str> = questions.all().iter().flat_map(|q| &q.parameters).filter_map(|p| p.list.as_deref()).collect();
        let capitals = in_capitals(typed);
        let mut codes = Vec::new();
        for list in lists {
            codes.extend(named_code(cx, list, words, &capitals)?);
        }
        let body = body(cx, words, codes.iter().find(|c| c.list == COUNTRIES))?;
        Ok(AskedAbout { codes, body })
    }

    /// What a question is given of it, as its parameters take it.
    pub(super) fn given(&self, cx: &Context, question: &Question) -> Vec<GivenAbout> {
        let mut body = self.body.as_ref();
        let mut given = Vec::new();
        let mut used = HashSet::new();
        for p in &question.parameters {
            let parameter = p.name.clone();
            if body.is_some_and(|b| takes(cx, p, b))
                && let Some(b) = body.take()
            {
                given.push(GivenAbout {
                    parameter,
                    value: b.record.clone(),
                    called: b.name.clone(),
                    is_body: true,
                    is_again: false,
                    words: b.words.clone(),
                });
            } else if let Some(c) = self.codes.iter().find(|c| p.list.as_deref() == Some(c.list.as_str())) {
                let called = code_label(cx.model(), &c.list, &c.code);
                given.push(GivenAbout {
                    parameter,
                    value: c.code.clone(),
                    called,
                    is_body: false,
                    is_again: !used.insert(c.span),
                    words: c.words.clone(),
                });
            }
        }
        given
    }
}

/// True where a parameter takes a body: it names one, and is not called as a class of which the body is not.
fn takes(cx: &Context, parameter: &Parameter, body: &NamedBody) -> bool {
    let named = parameter.record.as_deref() == Some(BODIES.0) || parameter.records.iter().any(|kind| kind == BODIES.0);
    let is_class = cx.model().lists.get(BODIES.1).is_some_and(|l| l.get(&parameter.name).is_some());
    named && (!is_class || parameter.name == body.class)
}

/// The words that were typed as acronyms are, made comparable: “DRC” and “BiH” are countries, and “drc” may be anything.
fn in_capitals(typed: &str) -> HashSet<String> {
    let is_acronym = |word: &&str| word.chars().filter(|c| c.is_uppercase()).count() > 1;
    typed.split(|c: char| !c.is_alphanumeric()).filter(is_acronym).map(folded).collect()
}

/// The countries that all words together may mean, in small letters too: who types nothing else means one.
pub(super) fn countries(cx: &Context, typed: &str) -> Result<Vec<String>, PageError> {
    let typed = Wanted::new(typed);
    let words = typed.words();
    let whole = cx.model().lists.get(COUNTRIES).and_then(|codes| codes.find(&words.join(" "))).map(|code| code.code.clone());
    let spans = spans(cx, COUNTRIES, words, &words.iter().cloned().collect());
    let spans = spans.into_iter().filter(|(from, to, _)| to - from == words.len());
    likeliest(cx, whole.into_iter().chain(spans.map(|(.., code)| code)))
}

/// The country that some of the words name, and the others.
pub(super) fn country_beside(cx: &Context, typed: &str) -> Result<Option<(String, String)>, PageError> {
    let wanted = Wanted::new(typed);
    let named = named_code(cx, COUNTRIES, wanted.words(), &in_capitals(typed))?;
    let rest = |(from, to): (usize, usize)| [&wanted.words()[..from], &wanted.words()[to..]].concat().join(" ");
    Ok(named.map(|c| (c.code, rest(c.span))).filter(|(_, rest)| !rest.is_empty()))
}

/// Each country once, those first in which somebody on record is: “Congo” is the one that a register speaks of.
fn likeliest(cx: &Context, codes: impl Iterator<Item = String>) -> Result<Vec<String>, PageError> {
    let mut all: Vec<String> = Vec::new();
    for code in codes {
        if !all.contains(&code) {
            all.push(code);
        }
    }
    if all.len() > 1 {
        let sql = format!("select distinct country from {} where country in ({})", BODIES.0, quoted(&all));
        let table = cx.reader.query(&sql, &[])?;
        all.sort_by_key(|code| !table.rows.iter().any(|row| row[0].text() == Some(code)));
    }
    Ok(all)
}

/// The code of a list that most words name.
fn named_code(cx: &Context, list: &str, words: &[String], capitals: &HashSet<String>) -> Result<Option<NamedCode>, PageError> {
    let found = spans(cx, list, words, capitals);
    let longest = found.iter().max_by_key(|(from, to, _)| (to - from, std::cmp::Reverse(*from)));
    let Some((from, to, mut code)) = longest.cloned() else { return Ok(None) };
    if list == COUNTRIES {
        let alike = found.into_iter().filter(|(f, t, _)| (*f, *t) == (from, to)).map(|(.., code)| code);
        code = likeliest(cx, alike)?.swap_remove(0);
    }
    Ok(Some(NamedCode { list: list.to_owned(), code, span: (from, to), words: words[from..to].to_vec() }))
}

/// The codes of a list that some of the words are called, each with where it stands: by their labels, by what else people write for
/// them, by the phrases of the lexicon.
fn spans(cx: &Context, list: &str, words: &[String], capitals: &HashSet<String>) -> Vec<(usize, usize, String)> {
    let Some(codes) = cx.model().lists.get(list) else { return Vec::new() };
    let mut found = Vec::new();
    for (from, to) in (0..words.len()).flat_map(|from| (from + 1..=words.len()).map(move |to| (from, to))) {
        let text = words[from..to].join(" ");
        if text.chars().count() >= TELLING || capitals.contains(&text) {
            let label = codes.find(&text).map(|code| code.code.as_str()).filter(|_| text.chars().count() >= TELLING);
            let others = cx.model().lists.may_mean(list, &text);
            found.extend(label.into_iter().chain(others).map(|code| (from, to, code.to_owned())));
        }
    }
    found.extend(phrased(cx, list, words, capitals));
    found
}

/// The codes that words are a phrase of, whatever its language, each with where it stands.
fn phrased(cx: &Context, list: &str, words: &[String], capitals: &HashSet<String>) -> Vec<(usize, usize, String)> {
    let is_short = |e: &LexiconEntry| e.capitals || e.phrase.chars().count() < TELLING;
    let is_written_so = |e: &LexiconEntry| !is_short(e) || capitals.contains(&folded(&e.phrase));
    let is_plain = |e: &&LexiconEntry| e.list == list && e.weight > 1 && is_written_so(e) && !e.phrase.contains(" & ");
    let bare: Vec<&str> = words.iter().map(|word| bare(cx, word)).collect();
    let is_there = |at: usize, piece: &str, open: bool| is_piece(piece, open, &words[at]) || is_piece(piece, open, bare[at]);
    let mut found = Vec::new();
    for entry in cx.model().lexicon.entries.iter().filter(is_plain) {
        let pieces: Vec<(String, bool)> = entry.phrase.split_whitespace().map(piece).collect();
        if pieces.len() > words.len() {
            continue;
        }
        let stands = |from: &usize| pieces.iter().enumerate().all(|(n, (piece, open))| is_there(from + n, piece, *open));
        found.extend((0..=words.len() - pieces.len()).filter(stands).map(|from| (from, from + pieces.len(), entry.code.clone())));
    }
    found
}

/// A word of a phrase, made comparable, and whether it may have any ending.
fn piece(word: &str) -> (String, bool) {
    (folded(word.trim_end_matches('*')), word.ends_with('*'))
}

/// A word without the article and the small words that some languages write together with it.
fn bare<'w>(cx: &Context, word: &'w str) -> &'w str {
    let attached = cx.model().languages.written().iter().flat_map(|l| &l.attached);
    let left = attached.filter_map(|a| word.strip_prefix(a.as_str())).find(|left| left.chars().count() >= TELLING - 1);
    left.unwrap_or(word)
}

/// The words of all phrases of a code.
fn pieces_of(cx: &Context, named: &NamedCode) -> Vec<(String, bool)> {
    let own = cx.model().lexicon.entries.iter().filter(|e| e.list == named.list && e.code == named.code && e.weight > 1);
    own.flat_map(|e| e.phrase.split_whitespace().map(piece)).filter(|(piece, _)| piece.chars().count() >= TELLING).collect()
}

fn is_piece(piece: &str, open: bool, word: &str) -> bool {
    word == piece || (open && word.starts_with(piece))
}

/// The body whose name the words have most of; nobody where two are named alike well.
fn body(cx: &Context, words: &[String], country: Option<&NamedCode>) -> Result<Option<NamedBody>, PageError> {
    let Some(kind) = cx.model().kind(BODIES.0) else { return Ok(None) };
    let own = |at: &usize| country.is_none_or(|c| !(c.span.0..c.span.1).contains(at));
    let typed: Vec<&String> = (0..words.len()).filter(own).map(|at| &words[at]).collect();
    let records = candidates(cx, &typed)?;
    let columns: Vec<String> = kind.names.iter().map(|n| format!("\"{n}\"")).collect();
    let sql = format!(
        "select record, coalesce(class, ''), {} from \"{}\" where record in ({}) and (:country is null or country = :country)",
        columns.join(", "),
        kind.view,
        quoted(&records)
    );
    let table = cx.reader.query(&sql, &[("country", country.map_or("", |c| c.code.as_str()).into())])?;
    let sought: Vec<Wanted> = typed.iter().map(|word| Wanted::new(word)).collect();
    let country_words = country.map(|c| pieces_of(cx, c)).unwrap_or_default();
    let mut best: Vec<((usize, usize), NamedBody)> = Vec::new();
    for row in &table.rows {
        let text = |at: usize| row[at].text().unwrap_or_default();
        let fields = kind.names.iter().enumerate().map(|(n, name)| (name.clone(), list_or_text(text(n + 2))));
        let called = kind.names_in(&fields.collect::<Map<String, Value>>());
        let names: Vec<Wanted> = called.iter().map(|c| Wanted::new(&c.name)).collect();
        if let Some(fits) = names.iter().filter_map(|name| share(cx, name.words(), &sought, &country_words)).max() {
            let name = called.first().map(|c| c.name.clone()).unwrap_or_default();
            let is_of_it = |t: &&Wanted| names.iter().flat_map(|name| name.words()).any(|word| is_word_of(cx, t, word));
            // Who is asked about is of the country that was named.
            let of_country = country.into_iter().flat_map(|c| c.words.clone());
            let words = sought.iter().filter(is_of_it).flat_map(|t| t.words().to_vec()).chain(of_country).collect();
            best.push((fits, NamedBody { record: text(0).to_owned(), name, class: text(1).to_owned(), words }));
        }
    }
    best.sort_by_key(|(fits, _)| std::cmp::Reverse(*fits));
    let is_alone = best.len() < 2 || best[0].0 > best[1].0;
    Ok(best.into_iter().next().filter(|_| is_alone).map(|(_, body)| body))
}

/// The values of a field of names, which are one text or a list of them.
fn list_or_text(text: &str) -> Value {
    serde_json::from_str(text).ok().filter(Value::is_array).unwrap_or_else(|| text.into())
}

/// How well a name fits what was typed: how many hundredths of its words were typed or are those of the country, and how many were
/// typed; none where that is too little to mean it.
fn share(cx: &Context, name: &[String], typed: &[Wanted], country: &[(String, bool)]) -> Option<(usize, usize)> {
    let is_of_country = |word: &str| country.iter().any(|(piece, open)| is_piece(piece, *open, word));
    let is_typed = |word: &String| typed.iter().any(|t| is_word_of(cx, t, word));
    // An article tells nobody apart.
    let name: Vec<&String> = name.iter().filter(|word| !is_article(word)).collect();
    let own: Vec<&String> = name.iter().copied().filter(|word| is_typed(word)).collect();
    // A word that stands in a name twice was typed once.
    let telling: HashSet<&String> = own.iter().copied().filter(|word| word.chars().count() >= TELLING).collect();
    let telling = telling.len();
    let others = name.iter().filter(|word| !own.contains(*word) && is_of_country(word)).count();
    let part = (own.len() + others) as f64 / name.len().max(1) as f64;
    let is_meant = !own.is_empty() && (part >= LEAST || telling >= ENOUGH) && (telling > 0 || own.len() == name.len());
    is_meant.then_some(((part * 100.0) as usize, own.len()))
}

/// True where what was typed is a word of a name, or the beginning of one that is long enough to tell.
fn is_word_of(cx: &Context, typed: &Wanted, word: &str) -> bool {
    let is_long = typed.words().iter().all(|w| w.chars().count() >= TELLING);
    let written = cx.model().languages.written_in(language().code());
    typed.words().iter().any(|w| w == word) || (is_long && typed.is_in(word, written))
}

/// Bodies that have one of the words in what is said of them, those that have most first.
fn candidates(cx: &Context, typed: &[&String]) -> Result<Vec<String>, PageError> {
    let mut found: HashMap<String, usize> = HashMap::new();
    let all = typed.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(" ");
    let each = typed.iter().filter(|word| word.chars().count() > 2).map(|word| word.as_str());
    let whole = Some(all.as_str()).filter(|all| typed.len() != 1 || all.chars().count() <= 2);
    for words in each.chain(whole) {
        let hits = cx.reader.search(words)?;
        for row in hits.rows.iter().filter(|row| row[0].text() == Some(BODIES.0)) {
            *found.entry(row[1].text().unwrap_or_default().to_owned()).or_default() += 1;
        }
    }
    let mut records: Vec<(String, usize)> = found.into_iter().collect();
    records.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
    Ok(records.into_iter().take(MOST).map(|(record, _)| record).collect())
}
