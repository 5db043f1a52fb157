//! Missions as the model knows them: who sends them, of which kinds they are, where they were and when.

use crate::lexicon::Matcher;
use remit_model::{Model, fold};
use std::collections::HashMap;

/// What is known of a mission, so that a description of it is understood.
#[derive(Debug)]
pub(super) struct Mission {
    /// An entry of the matcher that names it.
    pub(super) entry: u32,
    /// What sends it, as an organisation of the lexicon: `UN`, `EU`.
    pub(super) sender: String,
    /// Its kinds, codes of the list `mission_kind`: what its name says of it.
    pub(super) kinds: Vec<String>,
    /// Where it is or was, from when, to when.
    places: Vec<(String, String, String)>,
    /// The countries of these that its name says.
    pub(super) named_after: Vec<String>,
}

impl Mission {
    /// The missions of a model that the phrases of a language name.
    pub(super) fn all(model: &Model, matcher: &Matcher) -> Vec<Mission> {
        let listed = model.lists.get("mission").map(|l| l.codes()).unwrap_or_default();
        let entries = (0u32..).zip(matcher.entries()).filter(|(_, e)| e.list == "mission");
        let mut entry_of: HashMap<&str, u32> = HashMap::new();
        entries.for_each(|(n, e)| _ = entry_of.entry(&e.code).or_insert(n));
        let folded = |text: &str| {
            let mut out = " ".to_owned();
            fold(text, &mut out);
            out
        };
        let english: Vec<(String, &str)> = (model.lexicon.entries.iter())
            .filter(|e| e.list == "mission_kind" && e.language == "en")
            .map(|e| (folded(e.phrase.trim_end_matches('*')), e.code.as_str()))
            .collect();
        let known = listed.iter().filter_map(|code| {
            let name = folded(code.label.english());
            let mut kinds: Vec<String> =
                english.iter().filter(|(phrase, _)| name.contains(phrase)).map(|(_, kind)| (*kind).to_owned()).collect();
            kinds.dedup();
            let places = model.crosswalk.countries_of(&code.code);
            let places: Vec<_> = places.map(|p| (p.country.clone(), p.from.clone(), p.to.clone())).collect();
            let called = |place: &str| model.lists.get("country")?.get(place).map(|c| folded(c.label.english()));
            let is_named = |place: &String| called(place).is_some_and(|country| name.contains(&country));
            let named_after = places.iter().map(|(place, _, _)| place).filter(|place| is_named(place)).cloned().collect();
            Some(Mission {
                entry: *entry_of.get(code.code.as_str())?,
                sender: code.category.to_uppercase(),
                kinds,
                places,
                named_after,
            })
        });
        known.collect()
    }

    pub(super) fn is_in(&self, country: &str) -> bool {
        self.places.iter().any(|(c, _, _)| c == country)
    }

    /// True where it was in a country on a day, or still is where no day is known.
    pub(super) fn is_there(&self, country: &str, day: &str) -> bool {
        self.places.iter().filter(|(c, _, _)| c == country).any(|(_, from, to)| match day {
            "" => to.is_empty(),
            day => !later(from, day) && (to.is_empty() || !later(day, to)),
        })
    }
}

/// True where a date comes after another, as precise as the less precise of both.
pub(crate) fn later(a: &str, b: &str) -> bool {
    let both = a.len().min(b.len());
    a.get(..both) > b.get(..both)
}
