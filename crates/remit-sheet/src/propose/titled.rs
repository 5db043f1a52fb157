//! Whose a table is by the lines above it: “Inventory of the Somali Police Force, June 2025”.

use super::MappingProposal;
use super::around::{BODIES, CLASSES};
use crate::grid::CellText;
use crate::read::Rule;
use crate::values::{DateColumn, ValueWords};
use remit_model::{Field, Kind, Language, Model};
use std::collections::HashSet;

/// Bytes of a line that is taken for a title.
const LONGEST: usize = 200;

/// Words of the longest name for a sort of bodies: “armed forces”.
const SORT: usize = 3;

/// Fields that say in words whose a figure is.
const IN_WORDS: [&str; 2] = ["service", "mission"];

/// A proposal with the body that stands above the table, where no column says whose its rows are.
pub(super) fn with_body(mut proposal: MappingProposal, kind: &Kind, body: Option<&str>) -> MappingProposal {
    let is_whose = |f: &&Field| f.home && f.record_kind() == Some(BODIES) && (f.required || kind.key.contains(&f.name));
    let field = kind.fields.iter().find(is_whose);
    let Some((rule, (field, body))) = proposal.mapping.record.first_mut().zip(field.zip(body)) else { return proposal };
    let is_said = rule.fields.contains_key(&field.name) || IN_WORDS.iter().any(|name| rule.fields.contains_key(*name));
    if !is_said {
        rule.fields.insert(field.name.clone(), Rule { value: Some(body.to_owned()), ..Rule::default() });
    }
    proposal
}

/// The one body that the lines above a table name.
pub(super) fn body<'t>(model: &Model, words: &ValueWords, titles: impl Iterator<Item = &'t CellText>) -> Option<String> {
    let parts = titles.filter(|title| title.len() < LONGEST).flat_map(|title| {
        let parts = title.split(|c: char| ",;:()[]|–—\n".contains(c));
        parts.flat_map(|part| part.split(" - ")).collect::<Vec<&str>>()
    });
    let mut found = parts.filter_map(|part| body_in(model, words, part)).collect::<HashSet<String>>().into_iter();
    found.next().filter(|_| found.next().is_none())
}

/// The body that a part of a title names behind a small word (of the, de la), in letters of which the first is a capital one. An English name
/// ends with the word for its sort (Police Force), others begin with it (Police nationale).
fn body_in(model: &Model, words: &ValueWords, part: &str) -> Option<String> {
    let all: Vec<&str> = part.split_whitespace().collect();
    let all = without_date(words, &all);
    let written = || model.languages.written().iter();
    let is_small = |word: &str| word.starts_with(char::is_lowercase) && written().any(|w| w.words.iter().any(|own| own == word));
    let is_english = |word: &str| written().any(|w| w.language == Language::ENGLISH && w.words.iter().any(|own| own == word));
    let is_and = |word: &str| written().any(|w| w.and.iter().any(|own| own == word));
    let is_sort = |words: &[&str]| model.lists.means(CLASSES, &words.join(" ")).is_some();
    let first = (0..all.len()).find_map(|at| {
        // “de l’Armée nationale”.
        let elided =
            all[at].split_once(['\'', '’']).filter(|(short, _)| short.len() < 4 && short.starts_with(char::is_lowercase));
        let before = at.checked_sub(1).map(|before| all[before]).filter(|word| is_small(word));
        let (small, first) = elided.or_else(|| Some((before?, all[at])))?;
        let name: Vec<&str> = std::iter::once(first).chain(all[at + 1..].iter().copied()).collect();
        let end = |from: usize| name[from..].iter().position(|word| is_small(word)).map_or(name.len(), |n| n + from);
        let head = &name[..end(0)];
        let lengths = || 1..=SORT.min(head.len());
        let ends = lengths().any(|n| is_sort(&head[head.len() - n..]));
        let begins = || !is_english(small) && lengths().any(|n| is_sort(&head[..n]));
        // A ministry is called after what it is for.
        let behind = || name[1..].iter().position(|word| !is_small(word)).map_or(name.len(), |n| end(n + 1));
        let length = if head.len() == 1 { behind() } else { head.len() };
        let is_name = first.starts_with(char::is_uppercase) && length > 1 && (ends || begins());
        let is_alone = name.get(length).is_none_or(|word| !is_and(word));
        is_name.then(|| (name[..length].join(" "), is_alone))
    });
    first.filter(|(_, is_alone)| *is_alone).map(|(name, _)| name)
}

/// The words of a title before its date, and before the small words that stand with that.
fn without_date<'w, 't>(words: &ValueWords, all: &'w [&'t str]) -> &'w [&'t str] {
    let is_figure = |word: &&str| word.contains(char::is_numeric);
    let dated = all.iter().position(is_figure).unwrap_or(all.len());
    let month = dated.checked_sub(1).and_then(|month| all.get(month..=dated));
    let is_date = month.is_some_and(|date| words.dates.read(&date.join(" "), &DateColumn::default()).is_ok());
    let mut end = dated - usize::from(is_date);
    // “as of”, “au”.
    while dated < all.len() && end > 0 && all[end - 1].starts_with(char::is_lowercase) && all[end - 1].chars().count() < 3 {
        end -= 1;
    }
    &all[..end]
}
