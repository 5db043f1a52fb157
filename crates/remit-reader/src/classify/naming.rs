//! Phrases that name a label: those of activities and of kinds of engagement, and those of the tasks that activities are coded
//! as.

use crate::lexicon::Matcher;
use crate::lexicon::{Hit, Scanner};
use remit_model::{LexiconEntry, Model};
use std::collections::HashMap;

/// A label that a phrase names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedLabel {
    /// Its place among the labels.
    pub label: u16,
    /// How much the phrase says: 1 a hint, 2 it speaks for it, 3 it decides it.
    pub weight: u8,
}

/// Which label each phrase of a matcher names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Naming(Vec<Option<NamedLabel>>);

impl Naming {
    pub(crate) fn new<'l>(model: &Model, matcher: &Matcher, labels: impl Iterator<Item = &'l str>) -> Naming {
        let places: HashMap<&str, u16> = labels.zip(0..).collect();
        let place = |label: &str| places.get(label).copied();
        let named = |e: &LexiconEntry| {
            let label = match e.list.as_str() {
                "ssr_task" => place(model.crosswalk.activity_of(&e.code)?)?,
                "pact_activity" | "pact_engagement" => place(&e.code)?,
                _ => return None,
            };
            Some(NamedLabel { label, weight: e.weight })
        };
        Naming(matcher.entries().iter().map(named).collect())
    }

    /// The label that a phrase names.
    pub(crate) fn label(&self, entry: u32) -> Option<usize> {
        self.0[entry as usize].map(|named| usize::from(named.label))
    }

    /// The labels that phrases name.
    pub(crate) fn of<'a>(&'a self, hits: &'a [Hit]) -> impl Iterator<Item = NamedLabel> + 'a {
        hits.iter().filter_map(|h| self.0[h.entry as usize])
    }
}

/// Finds in a text which labels its phrases name.
#[derive(Debug)]
pub struct Namer {
    matcher: Matcher,
    naming: Naming,
}

impl Namer {
    /// English phrases of the model, for these labels.
    pub fn new(model: &Model, labels: &[String]) -> Namer {
        let matcher = Matcher::new(model, "en", &[]);
        let naming = Naming::new(model, &matcher, labels.iter().map(String::as_str));
        Namer { matcher, naming }
    }

    /// The labels that phrases of a text name.
    pub(super) fn labels(&self, scanner: &mut Scanner, text: &str) -> Vec<NamedLabel> {
        self.naming.of(&scanner.paragraph(&self.matcher, text).hits).collect()
    }
}
