//! What is security sector support, and to whom: by purpose code and by text, never mixed.

use super::activity::Activity;
use remit_model::{Hit, Model, fold};
use serde::Serialize;
use std::collections::BTreeSet;

/// What the text of an activity says.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// True where a phrase alone shows that the activity supports the security sector.
    pub(crate) ssr: bool,
    /// The words that say so, as the publisher wrote them.
    pub(crate) quote: Option<String>,
    /// The phrases found, each once.
    pub(crate) phrases: Vec<Found>,
    /// Classes and functions that the text names: the money is taken in equal parts among them.
    pub(crate) recipients: Vec<(String, String)>,
    /// Modalities that the text names.
    pub(crate) modalities: Vec<String>,
}

/// A phrase as it is kept with the activity.
#[derive(Debug, Clone, Serialize, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    phrase: String,
    language: String,
    ssr: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    actor_class: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    security_function: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    modality: String,
}

const UNSPECIFIED: &str = "unspecified";

/// Reads the titles and descriptions of an activity, in all their languages. What the text says besides is read only
/// where text or code (`coded`) say that the activity supports the security sector.
pub(crate) fn read(model: &Model, activity: &Activity, coded: bool) -> Reading {
    let titles = activity.titles.iter().map(|(_, text)| text.as_str());
    let descriptions = activity.descriptions.iter().map(|(_, _, text)| text.as_str());
    let mut texts: Vec<(&str, bool)> = Vec::new();
    for (text, is_title) in titles.map(|t| (t, true)).chain(descriptions.map(|t| (t, false))) {
        // Publishers often give one text in the name of several languages.
        if !texts.iter().any(|(seen, _)| *seen == text) {
            texts.push((text, is_title));
        }
    }
    let mut reading = Reading::default();
    let mut folded = String::new();
    for (text, _) in &texts {
        folded.clear();
        fold(text, &mut folded);
        if !model.phrases.find_telling(&folded).is_empty() {
            reading.ssr = true;
            reading.quote = model.phrases.quote(text);
            break;
        }
    }
    if reading.ssr || coded {
        read_closely(model, &texts, &mut reading);
    }
    reading
}

/// Recipients, modalities and all phrases of the texts.
fn read_closely(model: &Model, texts: &[(&str, bool)], reading: &mut Reading) {
    let (mut folded, mut title_hits, mut all) = (String::new(), Vec::new(), Vec::new());
    for (text, is_title) in texts {
        folded.clear();
        fold(text, &mut folded);
        let hits = model.phrases.find(&folded);
        if *is_title {
            title_hits.extend(hits.iter().copied());
        }
        all.extend(hits);
    }
    reading.recipients = recipients(&title_hits, &all);
    reading.modalities = modalities(&title_hits, &all);
    let phrases: BTreeSet<Found> = all
        .iter()
        .map(|h| Found {
            phrase: h.phrase.text.clone(),
            language: h.phrase.language.clone(),
            ssr: h.phrase.ssr,
            actor_class: h.phrase.actor_class.clone(),
            security_function: h.phrase.security_function.clone(),
            modality: h.phrase.modality.clone(),
        })
        .collect();
    reading.phrases = phrases.into_iter().collect();
}

/// Whom the text names: by the phrases that show security sector support, else by any in the title, else by any.
fn recipients(title: &[Hit<'_>], all: &[Hit<'_>]) -> Vec<(String, String)> {
    let pairs = |hits: &mut dyn Iterator<Item = &Hit<'_>>| -> BTreeSet<(String, String)> {
        let named = |code: &str| !code.is_empty() && code != UNSPECIFIED;
        hits.filter(|h| named(&h.phrase.actor_class))
            .map(|h| {
                let function = if h.phrase.security_function.is_empty() { UNSPECIFIED } else { &h.phrase.security_function };
                (h.phrase.actor_class.clone(), function.to_owned())
            })
            .collect()
    };
    let mut found = pairs(&mut all.iter().filter(|h| h.phrase.ssr));
    if found.is_empty() {
        found = pairs(&mut title.iter());
    }
    if found.is_empty() {
        found = pairs(&mut all.iter());
    }
    // A class whose function is named once need not stand without function beside it.
    let with_function: BTreeSet<String> = found.iter().filter(|p| p.1 != UNSPECIFIED).map(|p| p.0.clone()).collect();
    found.into_iter().filter(|p| p.1 != UNSPECIFIED || !with_function.contains(&p.0)).collect()
}

/// How support is given: what the title names, else what the description names.
fn modalities(title: &[Hit<'_>], all: &[Hit<'_>]) -> Vec<String> {
    let named = |hits: &[Hit<'_>]| -> BTreeSet<String> {
        hits.iter().map(|h| h.phrase.modality.clone()).filter(|m| !m.is_empty() && m != UNSPECIFIED).collect()
    };
    let in_title = named(title);
    if in_title.is_empty() { named(all) } else { in_title }.into_iter().collect()
}

/// Class and function of one part of the money, with its share and what named them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Recipient {
    pub(crate) actor_class: String,
    pub(crate) security_function: String,
    pub(crate) share: f64,
    pub(crate) sector_share: f64,
    pub(crate) class_by: &'static str,
}

/// Divides money among recipients.
///
/// `sectors` are the purpose codes of the money with their shares. Where `by_code`, only what the codes give to the
/// security sector counts, and a code that names no institution takes those that the text names. Else the text alone
/// says that it is security sector support, and all of the money counts.
pub(crate) fn recipients_of(model: &Model, sectors: &[(&str, &str, f64)], by_code: bool, reading: &Reading) -> Vec<Recipient> {
    if !by_code {
        return by_text(&reading.recipients, UNSPECIFIED, 1.0);
    }
    let mut all = Vec::new();
    for (vocabulary, code, share) in sectors {
        let Some(line) = model.crosswalk.sector(vocabulary, code).filter(|l| l.ssr) else {
            continue;
        };
        if *share <= 0.0 {
            continue;
        }
        if line.actor_class != UNSPECIFIED || reading.recipients.is_empty() {
            let named = line.actor_class != UNSPECIFIED || line.security_function != UNSPECIFIED;
            all.push(Recipient {
                actor_class: line.actor_class.clone(),
                security_function: line.security_function.clone(),
                share: *share,
                sector_share: *share,
                class_by: if named { "code" } else { "" },
            });
        } else {
            all.extend(by_text(&reading.recipients, &line.security_function, *share));
        }
    }
    all
}

fn by_text(named: &[(String, String)], function: &str, share: f64) -> Vec<Recipient> {
    if named.is_empty() {
        return vec![Recipient {
            actor_class: UNSPECIFIED.into(),
            security_function: function.into(),
            share,
            sector_share: share,
            class_by: "",
        }];
    }
    named
        .iter()
        .map(|(class, named_function)| Recipient {
            actor_class: class.clone(),
            security_function: if named_function == UNSPECIFIED { function.to_owned() } else { named_function.clone() },
            share: share / named.len() as f64,
            sector_share: share,
            class_by: "text",
        })
        .collect()
}
