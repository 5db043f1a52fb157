//! What the parts of the reading share: the document while it is read, one paragraph of it, and who a sentence of that speaks of.

use super::countries::Countries;
use super::grammar::ReadingGrammar;
use super::mission::Mission;
use super::phrases::{PhraseLists, Subject};
use super::proposal::{ReadProposal, Says};
use super::{DocumentSort, Doers, Learnt};
use crate::classify::Naming;
use crate::lexicon::{Hit, Matcher, Scanned};
use remit_document::Passage;
use remit_model::{LexiconEntry, Model};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// All that the parts of the reading share.
pub(super) struct ReadingContext<'c> {
    pub(super) model: &'c Model,
    pub(super) doers: &'c Doers,
    /// The countries of the records of the register.
    pub(super) countries: &'c Countries,
    pub(super) learnt: &'c Learnt<'c>,
    pub(super) matcher: &'c Matcher,
    pub(super) lists: &'c PhraseLists,
    pub(super) subjects: &'c [Option<Arc<Subject>>],
    pub(super) says: &'c [Says],
    pub(super) naming: &'c Naming,
    pub(super) grammar: &'c ReadingGrammar,
    pub(super) missions: &'c [Mission],
    pub(super) sort: DocumentSort,
    /// True for the report of a visit or the minutes of a meeting: “the mission” is who wrote it, and whom it names is not its author.
    pub(super) of_visit: bool,
    pub(super) mission: Option<String>,
    /// The country that the document is about, where it is about one.
    pub(super) home: Option<String>,
    /// The only mission that the document names at all, or the only organisation where it names none.
    pub(super) only: Option<String>,
    /// The mission that is meant where this text writes its name short.
    pub(super) short: HashMap<String, String>,
    /// The organisations whose missions the document names.
    pub(super) senders: HashSet<&'c str>,
    /// The mission that each heading names.
    pub(super) heading_missions: Vec<Option<String>>,
}

impl ReadingContext<'_> {
    pub(super) fn entry(&self, hit: &Hit) -> &LexiconEntry {
        &self.matcher.entries()[hit.entry as usize]
    }

    pub(super) fn is(&self, hit: &Hit, list: Option<u8>) -> bool {
        list == Some(hit.list)
    }

    /// The country of a mission on the document's day, where it has one.
    pub(super) fn country_of(&self, mission: &str) -> String {
        let mut all = self.model.crosswalk.countries_of(mission).map(|m| m.country.as_str());
        match (all.next(), all.next()) {
            (Some(one), None) => one.to_owned(),
            _ => String::new(),
        }
    }
}

/// Who a sentence speaks of, and how sure that is.
#[derive(Debug, Clone, Default)]
pub(super) struct Who<'c> {
    pub(super) missions: Vec<&'c str>,
    pub(super) sure: f32,
}

/// What a sentence says for the items that it introduces.
#[derive(Debug, Clone)]
pub(super) struct Lead<'c> {
    pub(super) who: Who<'c>,
    pub(super) says: Says,
    /// How strongly it is asked for, in a mandate.
    pub(super) strength: &'c str,
    /// Who recommends the items, where somebody does, and to whom: a mission or a record; empty where each item says so itself.
    pub(super) asked: Option<(Who<'c>, String)>,
}

impl Lead<'_> {
    /// What says nothing for what follows.
    pub(super) fn untold() -> Self {
        Lead { who: Who::default(), says: Says::Untold, strength: "", asked: None }
    }
}

/// One paragraph while it is read.
pub(super) struct Paragraph<'p> {
    pub(super) context: &'p ReadingContext<'p>,
    pub(super) passage: &'p Passage,
    /// Which heading it is under.
    pub(super) heading: usize,
    pub(super) scanned: &'p Scanned,
    /// What was learnt of it, by label; empty where nothing was.
    pub(super) row: &'p [f32],
    pub(super) lead: Option<Lead<'p>>,
    /// The mission that the page was about last.
    pub(super) above: Option<&'p str>,
    /// How the part of the sentence before a semicolon is meant, while what stands behind it is read.
    pub(super) before: (Says, &'p str),
    pub(super) found: BTreeMap<(String, String), ReadProposal>,
}

/// How sure a phrase of weight 1, 2 and 3 is.
pub(super) fn sure(weight: u8) -> f32 {
    [0.0, 0.25, 0.6, 0.85][usize::from(weight.min(3))]
}

/// That at least one of two independent signs is right.
pub(super) fn either(a: f32, b: f32) -> f32 {
    1.0 - (1.0 - a) * (1.0 - b)
}
