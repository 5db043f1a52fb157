//! What a document says: who does what where, as a mandate, a plan or something done, and how sure that is.
//!
//! Words come from `model/lexicon/` and the register; the subjects of paragraphs from them and from what was learnt
//! ([`crate::learn`]). Each sentence has its missions (named in it, or carried over), its mode and its tasks; put
//! together they are proposals.

mod phrases;
mod propose;
pub(crate) mod scan;
mod sentences;

use crate::document::Document;
use crate::learn::{Classifier, Naming, Scratch, Text};
use remit_model::Model;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use phrases::Phrases;
pub use propose::{Proposal, Says};
use scan::{Hit, Scanned, Scanner};
pub use sentences::sentences;

/// Languages with phrases of their own; in the others only names are found.
pub const LANGUAGES: [&str; 5] = ["en", "fr", "es", "ar", "de"];

/// Something that a paragraph says, at its place where it has one.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Code list: `mission`, `country`, `ssr_task`, `pact_activity` …
    pub list: Arc<str>,
    /// Code of it; the record of a name of the register.
    pub code: Arc<str>,
    /// Where it stands in the paragraph, in bytes; the whole paragraph where it was learnt.
    pub span: (usize, usize),
    /// How sure it is, 0 to 1.
    pub probability: f32,
    /// True where words of the lexicon say so, false where it was learnt.
    pub worded: bool,
}

/// What kind of document it is, which decides how its sentences are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A resolution or decision that gives a mandate.
    Mandate,
    /// A report on what was done.
    Report,
    /// Any other text: a page on a mission.
    Page,
}

/// A document, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What kind of document it is.
    pub sort: Sort,
    /// The record of the mission that it is about, where it is about one.
    pub mission: Option<String>,
    /// What each passage says.
    pub marks: Vec<Vec<Mark>>,
    /// What somebody may accept.
    pub proposals: Vec<Proposal>,
}

/// A document, looked through once: what phrases stand in its title, in each heading, and in each passage.
struct Scans<'d> {
    title: Scanned,
    headings: HashMap<&'d str, Scanned>,
    passages: Vec<Scanned>,
}

impl<'d> Scans<'d> {
    fn of(document: &'d Document, phrases: &Phrases, scanner: &mut Scanner) -> Scans<'d> {
        let mut scan = |text: &str| scanner.paragraph(&phrases.matcher, text);
        let title = scan(&document.about.title);
        let mut headings: HashMap<&str, Scanned> = HashMap::new();
        for passage in &document.passages {
            headings.entry(&passage.heading).or_insert_with_key(|heading| scan(heading));
        }
        Scans { title, headings, passages: document.passages.iter().map(|p| scan(&p.text)).collect() }
    }

    /// The phrases of a heading.
    fn heading(&self, heading: &str) -> &[Hit] {
        self.headings.get(heading).map_or(&[], |scanned| &scanned.hits)
    }
}

/// What was learnt of the paragraphs of a document: a probability by paragraph and label.
#[derive(Debug, Clone)]
struct Learnt<'r> {
    labels: &'r Labels,
    /// Paragraph by paragraph, label by label; empty where nothing was learnt of this language.
    rows: Vec<f32>,
}

/// The labels that were learnt.
#[derive(Debug)]
struct Labels {
    /// The code lists of activities and of engagements.
    lists: [Arc<str>; 2],
    /// Activities of PACT, then kinds of engagement.
    names: Vec<Arc<str>>,
    /// Where the engagements begin.
    engagements_from: usize,
    /// From which probability on each is held to be there.
    thresholds: Vec<f32>,
}

impl Labels {
    fn of(c: &Classifier) -> Labels {
        let names: Vec<Arc<str>> = c.labels().iter().map(|l| l.as_str().into()).collect();
        let thresholds = (0..names.len()).map(|n| c.threshold(n)).collect();
        let lists = ["pact_activity".into(), "pact_engagement".into()];
        Labels { lists, names, engagements_from: c.engagements_from(), thresholds }
    }
}

/// The records that missions of the code list have in the register.
#[derive(Debug, Clone, Default)]
pub struct Missions(HashMap<String, String>);

impl Missions {
    /// `names` are records of the kind `actor` with each name that they have: a mission is what bears its acronym or name.
    pub fn new(model: &Model, names: &[(String, String)]) -> Missions {
        let folded = |text: &str| {
            let mut out = String::new();
            remit_model::fold(&text.replace('_', " "), &mut out);
            out
        };
        let by_name: HashMap<String, &String> = names.iter().map(|(record, name)| (folded(name), record)).collect();
        let codes = model.lists.get("mission").map(|l| l.codes()).unwrap_or_default();
        let known = codes.iter().filter_map(|c| {
            let record = [&c.code, &c.label.en].into_iter().find_map(|n| by_name.get(&folded(n)))?;
            Some((c.code.clone(), (*record).clone()))
        });
        Missions(known.collect())
    }

    /// The record of a mission: the one in the register, else the one that it would get (`mission/euam-ukraine`).
    pub fn record(&self, mission: &str) -> String {
        match self.0.get(mission) {
            Some(record) => record.clone(),
            None if mission.starts_with("mission/") => mission.to_owned(),
            None => format!("mission/{}", mission.to_lowercase().replace(['_', ' '], "-")),
        }
    }

    /// True where the register has it.
    pub fn knows(&self, mission: &str) -> bool {
        self.0.contains_key(mission)
    }
}

/// Reads documents by a model, the names of a register, and what was learnt.
pub struct Reader<'m> {
    model: &'m Model,
    classifier: &'m Classifier,
    names: Vec<(String, String)>,
    missions: Missions,
    labels: Labels,
    phrases: Mutex<HashMap<String, Arc<Phrases>>>,
}

impl<'m> Reader<'m> {
    /// `names` are records of the kind `actor` with each name that they have.
    pub fn new(model: &'m Model, classifier: &'m Classifier, names: Vec<(String, String)>) -> Reader<'m> {
        let missions = Missions::new(model, &names);
        let labels = Labels::of(classifier);
        Reader { model, classifier, names, missions, labels, phrases: Mutex::default() }
    }

    /// Reads a document.
    pub fn read(&self, document: &Document) -> Reading {
        let phrases = self.phrases(&document.about.language);
        phrases.at_desk(|desk| {
            let scans = Scans::of(document, &phrases, &mut desk.scanner);
            let learnt = self.learnt(document, &phrases.naming, &mut desk.scratch, &scans);
            propose::put_together(self.model, &self.missions, document, &phrases, &scans, &learnt)
        })
    }

    /// What was learnt of a document; nothing where it is in a language that nothing was learnt from.
    fn learnt(&self, document: &Document, naming: &Naming, scratch: &mut Scratch, scans: &Scans<'_>) -> Learnt<'_> {
        if document.about.language != "en" {
            return Learnt { labels: &self.labels, rows: Vec::new() };
        }
        let (mut named, mut ranges) = (Vec::new(), Vec::<(Range<usize>, Range<usize>)>::new());
        for (n, (passage, scanned)) in document.passages.iter().zip(&scans.passages).enumerate() {
            let start = named.len();
            named.extend(naming.of(&scanned.hits));
            let own = start..named.len();
            let above = match ranges.last() {
                Some((_, above)) if document.passages[n - 1].heading == passage.heading => above.clone(),
                _ => {
                    named.extend(naming.of(scans.heading(&passage.heading)));
                    own.end..named.len()
                }
            };
            ranges.push((own, above));
        }
        let texts = document.passages.iter().zip(ranges).map(|(p, (own, above))| Text {
            heading: &p.heading,
            text: &p.text,
            named: &named[own],
            above: &named[above],
        });
        let rows = self.classifier.document(&texts.collect::<Vec<_>>(), scratch);
        Learnt { labels: &self.labels, rows }
    }

    fn phrases(&self, language: &str) -> Arc<Phrases> {
        let language = if LANGUAGES.contains(&language) { language } else { "en" };
        let make = || Arc::new(Phrases::new(self.model, language, &self.names, &self.labels));
        whole(&self.phrases).entry(language.to_owned()).or_insert_with(make).clone()
    }
}

/// What a lock guards; every change to it is whole, whatever became of the thread that made it.
fn whole<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
