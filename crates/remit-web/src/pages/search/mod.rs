//! Search over everything: countries, questions, pages and terms, records by any of their words, activities by words of the title,
//! passages of documents in the document's language. Where nothing has a word, what is written nearly so is looked for.

mod about;
mod ways;

use crate::app::App;
use crate::cells::{CellView, country_name, field_says};
use crate::context::{Context, query, quoted};
use crate::error::PageError;
use crate::frame::{Link, Page, from_overview};
use crate::m;
use crate::messages::label;
use crate::noted;
use crate::request::PageRequest;
use crate::response::{PageResult, html};
use crate::routes::page;
use askama::Template;
use axum::Router;
use remit_model::{
    Field, FieldType, Kind, Wanted, Written, folded, is_article, latin, likeness, search_words, sounds, write_value,
};
use remit_store::Cell;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

pub(super) fn routes() -> Router<App> {
    page("/search", &["q"], show)
}

/// Results of one sort that a page shows.
const MOST: usize = 40;

/// Ways to write what was typed that are tried, and those of them that are offered.
const MOST_TRIED: usize = 24;
const MOST_OFFERED: usize = 3;

/// Words of a search among which a country is looked for.
const MOST_WORDS: usize = 8;

#[derive(Template)]
#[template(path = "search/page.html")]
struct SearchPage {
    page: Page,
    wanted: String,
    groups: Vec<HitGroup>,
    all_activities: String,
    /// Words that are looked for instead of those that no record has.
    instead: String,
    /// The first of the groups that have these: what stands before it has what was typed.
    instead_at: usize,
    /// Links to what else may have been meant.
    meant: Vec<Link>,
}

/// What was found of one sort.
#[derive(Default)]
struct HitGroup {
    name: String,
    /// That there are more than are shown; empty where there are not.
    more: String,
    /// Each with a note.
    found: Vec<(CellView, String)>,
}

/// A record that has the words.
#[derive(Deserialize)]
struct RecordHit {
    kind: String,
    record: String,
    title: String,
}

async fn show(request: PageRequest) -> PageResult {
    request.read(respond).await
}

fn respond(cx: &Context) -> PageResult {
    let typed = cx.request.get("q").to_owned();
    let table = cx.reader.search_in_any_letters(&typed)?;
    if let Some(data) = cx.table_as_data("search", &table)? {
        note(cx, &table.rows_as::<RecordHit>()?)?;
        return Ok(data);
    }
    let hits = with_country(cx, &typed, table.rows_as()?)?;
    // A word that is only written wrongly may sound as one in other letters: it finds both.
    let is_word = Wanted::new(&typed).words().len() == 1;
    let only_sounds_so = is_word && !hits.is_empty() && cx.reader.search(&typed)?.rows.is_empty();
    let mut groups = found(cx, &typed, hits)?;
    let (mut instead, mut meant) = (String::new(), Vec::new());
    if (groups.is_empty() || only_sounds_so) && !typed.is_empty() {
        let own = Wanted::new(&typed).words().join(" ");
        let is_other = |words: &String| *words != own;
        let mut others = nearly(cx, &typed)?.into_iter().filter(is_other);
        if let Some(first) = others.next() {
            let nearest = found(cx, &first, with_country(cx, &first, cx.reader.search_in_any_letters(&first)?.rows_as()?)?)?;
            let links = |groups: &[HitGroup]| -> HashSet<String> {
                groups.iter().flat_map(|g| &g.found).map(|(title, _)| title.href.clone()).collect()
            };
            // The same word in other letters finds nothing more.
            if !links(&nearest).is_subset(&links(&groups)) {
                instead = first;
                groups = together(nearest, groups);
            }
        }
        meant = others.map(|words| Link::new(&words, cx.link("/search", &[("q", &words)]))).collect();
    }
    if groups.is_empty()
        && let Some((fewer, hits)) = fewer(cx, &typed)?
    {
        groups = found(cx, &fewer, hits)?;
        instead = fewer;
    }
    let countries = about::countries(cx, &typed)?;
    let ways = HitGroup { name: m::search_ways(), found: ways::ways(cx, &typed, &countries)?, ..HitGroup::default() };
    let instead_at = usize::from(!ways.found.is_empty());
    // Who types a name looks for what is called so; questions that have its words stand behind that. A country has it before all.
    let is_named = |g: &HitGroup| g.found.iter().any(|(title, _)| folded(&title.text) == folded(typed.trim()));
    let named = groups.iter().position(is_named).filter(|_| countries.is_empty() && !is_named(&ways));
    if let Some(at) = named {
        groups[..=at].rotate_right(1);
    }
    if !ways.found.is_empty() {
        groups.insert(usize::from(named.is_some()), ways);
    }
    let wanted = if instead.is_empty() { &typed } else { &instead };
    html(&SearchPage {
        page: Page::new(cx, if typed.is_empty() { m::search() } else { m::search_of(&typed) }, vec![from_overview(cx)]),
        all_activities: cx.link("/ask/activities", &[("text", wanted)]),
        instead,
        instead_at,
        meant,
        wanted: typed,
        groups,
    })
}

/// The records that have the words, and those that have all but the words that name a country, and are there: “intelligence Somalia”.
fn with_country(cx: &Context, typed: &str, mut hits: Vec<RecordHit>) -> Result<Vec<RecordHit>, PageError> {
    let Some((country, rest)) = about::country_beside(cx, typed)? else { return Ok(hits) };
    let more: Vec<RecordHit> = cx.reader.search_in_any_letters(&rest)?.rows_as()?;
    let records: Vec<&str> = more.iter().map(|h| h.record.as_str()).collect();
    let sql = format!(
        "select distinct record from statement where record in ({}) and current = 1 and json_extract(fields, '$.country') = :country",
        quoted(&records)
    );
    let there = cx.reader.query(&sql, &[("country", country.as_str().into())])?;
    let there: HashSet<&str> = there.rows.iter().filter_map(|row| row[0].text()).collect();
    let found: HashSet<(String, String)> = hits.iter().map(|h| (h.kind.clone(), h.record.clone())).collect();
    let is_new = |h: &RecordHit| there.contains(h.record.as_str()) && !found.contains(&(h.kind.clone(), h.record.clone()));
    hits.extend(more.into_iter().filter(is_new));
    Ok(hits)
}

/// The records that have all words but those that say what sort of body has a name (“brigade”): others write no such word, or that of
/// another language. The words that are left, as they were typed or nearly so.
fn without_sort(cx: &Context, typed: &str) -> Result<Option<(String, Vec<RecordHit>)>, PageError> {
    let sorts = cx.model().languages.written().iter().flat_map(|l| &l.sorts);
    let sorts: HashSet<String> = sorts.map(|sort| folded(sort)).collect();
    let typed = Wanted::new(typed);
    let left: Vec<&str> = typed.words().iter().filter(|w| !sorts.contains(*w)).map(String::as_str).collect();
    // A number alone is no name.
    if left.len() == typed.words().len() || left.iter().all(|w| w.chars().count() < 4) {
        return Ok(None);
    }
    let left = left.join(" ");
    let hits: Vec<RecordHit> = cx.reader.search_in_any_letters(&left)?.rows_as()?;
    if !hits.is_empty() {
        return Ok(Some((left, hits)));
    }
    for words in nearly(cx, &left)? {
        let hits: Vec<RecordHit> = cx.reader.search_in_any_letters(&words)?.rows_as()?;
        if !hits.is_empty() {
            return Ok(Some((words, hits)));
        }
    }
    Ok(None)
}

/// The records that have all words but what says of which sort somebody is, or else but one, or but two, where none has all of them: of a
/// question such as “who trains the Danab brigade” what it is about. Words that are in nearly every text are left out first. The words that
/// are left, most letters first.
fn fewer(cx: &Context, typed: &str) -> Result<Option<(String, Vec<RecordHit>)>, PageError> {
    if let Some(found) = without_sort(cx, typed)? {
        return Ok(Some(found));
    }
    let languages = &cx.model().languages;
    let is_frequent = |word: &String| languages.written().iter().any(|l| word.len() < 4 && l.words.contains(word));
    let all: Vec<String> = Wanted::new(typed).words().iter().filter(|w| !is_frequent(w)).take(MOST_WORDS).cloned().collect();
    let mut left: Vec<Vec<&String>> = Vec::new();
    for one in 0..all.len() {
        for other in one..all.len() {
            left.push(all.iter().enumerate().filter(|(n, _)| *n != one && *n != other).map(|(_, word)| word).collect());
        }
    }
    left.push(all.iter().collect());
    left.retain(|words| words.iter().any(|w| w.chars().count() > 3));
    left.sort_by_key(|words| std::cmp::Reverse((words.len(), words.iter().map(|w| w.chars().count()).sum::<usize>())));
    for words in left {
        let words = words.into_iter().map(String::as_str).collect::<Vec<_>>().join(" ");
        let hits: Vec<RecordHit> = cx.reader.search(&words)?.rows_as()?;
        if !hits.is_empty() {
            return Ok(Some((words, hits)));
        }
    }
    Ok(None)
}

/// What was found in two ways, each thing once.
fn together(mut first: Vec<HitGroup>, more: Vec<HitGroup>) -> Vec<HitGroup> {
    for group in more {
        match first.iter_mut().find(|known| known.name == group.name) {
            Some(known) => {
                let is_new = |(title, _): &(CellView, String)| !known.found.iter().any(|(other, _)| other.href == title.href);
                let new: Vec<_> = group.found.into_iter().filter(is_new).collect();
                known.found.extend(new);
                if known.more.is_empty() {
                    known.more = group.more;
                }
            }
            None => first.push(group),
        }
    }
    first
}

/// What may have been meant: the words, each by one that is written nearly so, or sounds so. Of several words such as some record has
/// together.
fn nearly(cx: &Context, typed: &str) -> Result<Vec<String>, PageError> {
    let typed = Wanted::new(typed);
    let is_one = typed.words().len() == 1;
    let mut words: Vec<(&String, bool)> = Vec::new();
    for word in typed.words().iter().filter(|word| is_one || !is_article(word)) {
        words.push((word, !cx.reader.search(word)?.rows.is_empty()));
    }
    let mut meant: HashMap<&String, Vec<String>> = HashMap::new();
    // First those that no record has: where nothing is like one of them, the others need not be looked for.
    for known in [false, true] {
        for (word, _) in words.iter().filter(|(_, is_known)| *is_known == known) {
            let like = meant_by(cx, word, known)?;
            if like.is_empty() {
                return Ok(Vec::new());
            }
            meant.insert(*word, like);
        }
    }
    let mut all: Vec<Vec<String>> = vec![Vec::new()];
    for (word, _) in &words {
        let ways = &meant[word];
        let longer =
            |start: &Vec<String>| ways.iter().map(|m| [&start[..], std::slice::from_ref(m)].concat()).collect::<Vec<_>>();
        all = all.iter().flat_map(longer).take(MOST_TRIED).collect();
    }
    let all: Vec<String> = all.into_iter().filter(|words| !words.is_empty()).map(|words| words.join(" ")).collect();
    if is_one {
        return Ok(all);
    }
    let mut had = Vec::new();
    for words in &all {
        if had.len() < MOST_OFFERED && !cx.reader.search(words)?.rows.is_empty() {
            had.push(words.clone());
        }
    }
    // What passages have, and what is in other letters, no record has as it stands: the likeliest is looked for there.
    Ok(if had.is_empty() { all.into_iter().take(1).collect() } else { had })
}

/// What may have been meant by a word, the likeliest first: itself where some record has it (`known`), since others may write it as it
/// sounds (“Omar”, “Umar”); else what is written nearly so.
fn meant_by(cx: &Context, word: &str, known: bool) -> Result<Vec<String>, PageError> {
    let like = cx.reader.words_like(word)?;
    if known {
        let own = sounds(word);
        let is_heard = |other: &String| other != word && sounds(other).iter().any(|sound| own.contains(sound));
        return Ok(std::iter::once(word.to_owned()).chain(like.into_iter().filter(is_heard)).collect());
    }
    let is_in_other_letters = like.is_empty() && !cx.reader.search_in_any_letters(word)?.rows.is_empty();
    Ok(if is_in_other_letters { vec![word.to_owned()] } else { like })
}

/// Notes which files of due diligence, and persons, were found.
fn note(cx: &Context, hits: &[RecordHit]) -> Result<(), PageError> {
    noted::found(cx.app(), hits.iter().map(|hit| (hit.kind.as_str(), hit.record.as_str())))
}

/// What is recorded, published and written that has the words, by what it is.
fn found(cx: &Context, wanted: &str, hits: Vec<RecordHit>) -> Result<Vec<HitGroup>, PageError> {
    note(cx, &hits)?;
    let mut groups = Vec::new();
    // What people look for by a name first: institutions, persons, laws.
    let (named, others): (Vec<&Kind>, Vec<&Kind>) = cx.model().kinds.iter().partition(|k| k.names.len() > 1);
    for kind in named.into_iter().chain(others) {
        groups.push(records(cx, kind, &hits, wanted)?);
    }
    groups.push(HitGroup { name: m::activity(), found: activities(cx, wanted)?, ..HitGroup::default() });
    groups.push(passages(cx, wanted)?);
    groups.retain(|g| !g.found.is_empty());
    Ok(groups)
}

/// A passage that has the words.
#[derive(Deserialize)]
struct PassageHit {
    passage: String,
    n: i64,
    number: String,
    text: String,
    title: String,
    language: String,
}

/// Passages with all words, as the language of their document bends them.
fn passages(cx: &Context, wanted: &str) -> Result<HitGroup, PageError> {
    let words = Wanted::new(wanted);
    if words.words().iter().all(|w| w.len() < 3) {
        return Ok(HitGroup::default());
    }
    let mut hits: Vec<PassageHit> = cx.rows(query!("passages.sql"), &[("words", wanted.into())])?;
    let more = if hits.len() > MOST { m::more_than(MOST) } else { String::new() };
    hits.truncate(MOST);
    let shown = |h: PassageHit| {
        let named = if h.number.is_empty() { m::passage_n(h.n) } else { m::paragraph_n(&h.number) };
        let link = cx.link("/passage", &[("record", &h.passage)]);
        (
            CellView::text(m::part_of(named, &h.title)).link(link),
            around(&h.text, &words, cx.model().languages.written_in(&h.language)),
        )
    };
    Ok(HitGroup { name: m::d_passages(), more, found: hits.into_iter().map(shown).collect() })
}

/// Letters of a text that are shown around what was found in it.
const AROUND: usize = 160;

/// The part of a text in which the first of the words stands.
fn around(text: &str, words: &Wanted, language: Option<&Written>) -> String {
    let starts: Vec<usize> =
        text.split_inclusive(char::is_whitespace).scan(0, |at, word| Some(std::mem::replace(at, *at + word.len()))).collect();
    let has = |at: &&usize| {
        let word = text[**at..].split(char::is_whitespace).next().unwrap_or_default();
        words.words().iter().any(|w| Wanted::new(w).is_in(word, language))
    };
    let first = starts.iter().find(has).copied().unwrap_or(0);
    let begin = starts.iter().copied().rfind(|at| *at + AROUND / 3 <= first).unwrap_or(0);
    let end = text.floor_char_boundary((begin + AROUND).min(text.len()));
    let cut = |is: bool| if is { "…" } else { "" };
    format!("{}{}{}", cut(begin > 0), text[begin..end].trim(), cut(end < text.len()))
}

/// What a record says, as JSON.
#[derive(Deserialize)]
struct RecordFields {
    record: String,
    fields: serde_json::Map<String, serde_json::Value>,
}

/// In which field each record has the words, and what stands there, where that is not what it is called.
fn fields(cx: &Context, kind: &Kind, hits: &[&RecordHit], wanted: &str) -> Result<HashMap<String, String>, PageError> {
    let records: Vec<&str> = hits.iter().map(|h| h.record.as_str()).collect();
    let sql = format!(
        "select record, fields from statement where kind = :kind and record in ({}) and current = 1 and fields is not null",
        quoted(&records)
    );
    let words = Wanted::new(wanted);
    let said: Vec<RecordFields> = cx.reader.query(&sql, &[("kind", kind.name.as_str().into())])?.rows_as()?;
    let mut found = HashMap::new();
    for RecordFields { record, fields } in said {
        let title = kind.title.as_deref().and_then(|t| fields.get(t)).map(write_value).unwrap_or_default();
        if has_any(&words, &title) {
            continue;
        }
        // What another record is known by is no word of anybody.
        let is_text = |field: &&Field| !matches!(field.kind, FieldType::Record(_) | FieldType::Records(_));
        // A code is shown as it is called, by whichever of both it was found.
        let field = |(name, value): (&String, &serde_json::Value)| {
            let (field, written) = (kind.field(name).filter(is_text)?, write_value(value));
            let shown = match &field.kind {
                FieldType::Code(_) | FieldType::List(_) => field_says(cx.model(), field, Some(value), &HashMap::new()),
                _ => written.clone(),
            };
            (has_any(&words, &shown) || has_any(&words, &written)).then_some((field, shown))
        };
        if let Some((field, text)) = fields.iter().find_map(field) {
            found.entry(record).or_insert_with(|| m::found_in(label(&field.label), around(&text, &words, None)));
        }
    }
    Ok(found)
}

/// True where a text has one of the words, in its own letters or in Latin ones, or as an acronym.
fn has_any(words: &Wanted, text: &str) -> bool {
    let mut all = String::new();
    search_words(text, &mut all);
    words.words().iter().any(|w| Wanted::new(w).is_in(&all, None) || Wanted::new(&latin(w)).is_in(&all, None))
}

/// The records of a kind, those that are called most alike first.
fn records(cx: &Context, kind: &Kind, hits: &[RecordHit], wanted: &str) -> Result<HitGroup, PageError> {
    let mut own: Vec<&RecordHit> = hits.iter().filter(|h| h.kind == kind.name).collect();
    own.sort_by(|a, b| likeness(&b.title, wanted).total_cmp(&likeness(&a.title, wanted)));
    let countries = countries(cx, kind, &own)?;
    let mut alike: Vec<(&RecordHit, usize)> = Vec::new();
    // Where each stands that is called so in a country: records that read the same stand in one line, which leads to all of them.
    let mut places: HashMap<(&str, Option<&String>), usize> = HashMap::new();
    for hit in own {
        let place = *places.entry((hit.title.as_str(), countries.get(&hit.record))).or_insert(alike.len());
        match alike.get_mut(place) {
            Some((_, n)) => *n += 1,
            None => alike.push((hit, 1)),
        }
    }
    let more = alike.len().saturating_sub(MOST);
    alike.truncate(MOST);
    let first: Vec<&RecordHit> = alike.iter().map(|(hit, _)| *hit).collect();
    let fields = fields(cx, kind, &first, wanted)?;
    let shown = |(h, n): &(&RecordHit, usize)| {
        let all = || cx.link(&format!("/records/{}", kind.name), &[("q", &h.title)]);
        let link = if *n > 1 { all() } else { cx.record_link(&kind.name, &h.record) };
        let called_so = (*n > 1).then(|| m::called_so(*n));
        let notes = [countries.get(&h.record).cloned(), fields.get(&h.record).cloned(), called_so].into_iter().flatten();
        (CellView::text(&h.title).link(link), notes.collect::<Vec<_>>().join(" · "))
    };
    let more = if more > 0 { m::and_more(more) } else { String::new() };
    Ok(HitGroup { name: label(&kind.label), more, found: alike.iter().map(shown).collect() })
}

#[derive(Deserialize)]
struct InCountry {
    record: String,
    country: String,
}

/// In which country the records are that have one: many are called so.
fn countries(cx: &Context, kind: &Kind, hits: &[&RecordHit]) -> Result<HashMap<String, String>, PageError> {
    if kind.field("country").is_none() || hits.is_empty() {
        return Ok(HashMap::new());
    }
    let records: Vec<&str> = hits.iter().map(|h| h.record.as_str()).collect();
    let sql = format!(
        "select record, json_extract(fields, '$.country') as country from statement where kind = :kind and record in ({}) \
         and current = 1 and country is not null",
        quoted(&records)
    );
    let found: Vec<InCountry> = cx.reader.query(&sql, &[("kind", kind.name.as_str().into())])?.rows_as()?;
    Ok(found.into_iter().map(|f| (f.record, country_name(cx.model(), &f.country).to_owned())).collect())
}

#[derive(Deserialize)]
struct FoundActivity {
    identifier: String,
    title: String,
    supporter_name: String,
}

/// Activities of the security sector with all words in the title, or with the identifier.
fn activities(cx: &Context, wanted: &str) -> Result<Vec<(CellView, String)>, PageError> {
    if wanted.len() < 3 {
        return Ok(Vec::new());
    }
    let words: Vec<String> =
        wanted.split_whitespace().take(6).map(|w| format!("%{}%", w.to_lowercase().replace(['%', '_'], ""))).collect();
    let names: Vec<String> = (0..words.len()).map(|n| format!("w{n}")).collect();
    let conditions: Vec<String> = names.iter().map(|n| format!("lower(title) like :{n}")).collect();
    let sql = format!(
        "select identifier, title, supporter_name from support where ({}) or identifier = :wanted group by activity \
         order by title limit {MOST}",
        conditions.join(" and ")
    );
    let mut parameters: Vec<(&str, Cell)> = names.iter().map(String::as_str).zip(words.into_iter().map(Cell::Text)).collect();
    parameters.push(("wanted", wanted.into()));
    let found: Vec<FoundActivity> = cx.reader.query(&sql, &parameters)?.rows_as()?;
    let shown = |a: FoundActivity| {
        let link = cx.link("/activity", &[("identifier", &a.identifier)]);
        (CellView::text(a.title).link(link), a.supporter_name)
    };
    Ok(found.into_iter().map(shown).collect())
}
