//! What a document says: who does what where, as a mandate, a plan or something done, and how sure that is.
//!
//! Words come from `model/lexicon/` and the register; the subjects of paragraphs from them and from what was learnt
//! ([`crate::classify`]). Each sentence has its missions (named in it, or carried over), its mode and its tasks; put
//! together they are proposals. `who` tells whose a sentence is, `whom` for whom it is done (with what `countries` knows), `what` its tasks, `how` what it says of
//! them, with what `grammar` knows, `term` until when a mandate lasts; `paragraph` goes through the sentences, `document` through the paragraphs; `context` is what these share. `described` finds missions that a text describes by what
//! `mission` knows of them.

mod context;
mod countries;
mod described;
mod document;
mod grammar;
mod how;
mod mission;
mod paragraph;
mod phrases;
mod proposal;
mod term;
mod what;
mod who;
mod whom;

use crate::classify::{Classifier, Naming, ParagraphText, Scratch};
use crate::lexicon::{Hit, LexiconCode, Scanned, Scanner};
use remit_document::Document;
use remit_model::Model;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use countries::Countries;
pub(crate) use mission::later;
use phrases::ReadingPhrases;
pub use proposal::{ReadProposal, ReadTerm, Says};

/// Something that a paragraph says, at its place where it has one.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadMark {
    /// What it says.
    pub code: Arc<LexiconCode>,
    /// Where it stands in the paragraph, in bytes; the whole paragraph where it was learnt.
    pub span: (usize, usize),
    /// How sure it is, 0 to 1.
    pub probability: f32,
    /// True where words of the lexicon say so, false where it was learnt.
    pub worded: bool,
}

/// What kind of document it is, which decides how its sentences are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentSort {
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
    pub sort: DocumentSort,
    /// The record of the mission that it is about, where it is about one.
    pub mission: Option<String>,
    /// What each passage says.
    pub marks: Vec<Vec<ReadMark>>,
    /// What somebody may accept.
    pub proposals: Vec<ReadProposal>,
    /// Until when mandates last, one end for each mission.
    pub terms: Vec<ReadTerm>,
}

/// A document, looked through once: what phrases stand in its title, in each heading, and in each passage.
struct Scans<'d> {
    title: Scanned,
    /// The country that the document is about, where it is about one.
    home: Option<String>,
    /// Headings, each once, with what stands in them.
    headings: Vec<(&'d str, Scanned)>,
    /// By passage: which heading it is under.
    heading_of: Vec<usize>,
    passages: Vec<Scanned>,
}

impl<'d> Scans<'d> {
    fn of(document: &'d Document, phrases: &ReadingPhrases, scanner: &mut Scanner) -> Scans<'d> {
        let mut scan = |text: &str| scanner.paragraph(&phrases.matcher, text);
        let title = scan(&document.about.title);
        let (mut headings, mut heading_of) =
            (Vec::<(&str, Scanned)>::new(), Vec::<usize>::with_capacity(document.passages.len()));
        let mut known: HashMap<&str, usize> = HashMap::new();
        for passage in &document.passages {
            let heading = passage.heading.as_str();
            // Most stand under the heading of the one before.
            let number = match heading_of.last() {
                Some(last) if headings[*last].0 == heading => *last,
                _ => *known.entry(heading).or_insert_with(|| {
                    headings.push((heading, scan(heading)));
                    headings.len() - 1
                }),
            };
            heading_of.push(number);
        }
        // What only names a part that is not there says nothing of anybody.
        let passages = document.passages.iter().map(|p| if p.is_heading { Scanned::default() } else { scan(&p.text) }).collect();
        Scans { title, home: None, headings, heading_of, passages }
    }

    /// Title, headings and passages.
    fn all(&self) -> impl Iterator<Item = &Scanned> {
        std::iter::once(&self.title).chain(self.headings.iter().map(|(_, s)| s)).chain(&self.passages)
    }
}

/// What was learnt of the paragraphs of a document: a probability by paragraph and label.
#[derive(Debug, Clone)]
struct Learnt<'r> {
    labels: &'r LearntLabels,
    /// Paragraph by paragraph, label by label; empty where nothing was learnt of this language.
    rows: Vec<f32>,
}

/// The labels that were learnt.
#[derive(Debug)]
struct LearntLabels {
    /// Activities of PACT, then kinds of engagement.
    codes: Vec<Arc<LexiconCode>>,
    /// Where the engagements begin.
    engagements_from: usize,
    /// From which probability on each is held to be there.
    thresholds: Vec<f32>,
}

impl LearntLabels {
    fn of(c: &Classifier) -> LearntLabels {
        let list = |n: usize| if n < c.engagements_from() { "pact_activity" } else { "pact_engagement" };
        let code = |(n, label): (usize, &String)| Arc::new(LexiconCode { list: list(n).to_owned(), code: label.clone() });
        let thresholds = (0..c.labels().len()).map(|n| c.threshold(n)).collect();
        LearntLabels {
            codes: c.labels().iter().enumerate().map(code).collect(),
            engagements_from: c.engagements_from(),
            thresholds,
        }
    }
}

/// The records that missions and other organisations of the code lists have in the register.
#[derive(Debug, Clone, Default)]
pub struct Doers(HashMap<String, String>);

impl Doers {
    /// `names` are records of the kind `actor` with each name that they have: what bears the acronym or name of a code is meant
    /// by it. What the register lacks has the record that it would get (`mission/euam-ukraine`, `organisation/undp`).
    pub fn new(model: &Model, names: &[(String, String)]) -> Doers {
        let folded = |text: &str| {
            let mut out = String::new();
            remit_model::fold(&text.replace('_', " "), &mut out);
            out
        };
        let by_name: HashMap<String, &String> = names.iter().map(|(record, name)| (folded(name), record)).collect();
        // In whichever language, and by whichever acronym: “PNUD” is UNDP.
        let mut called: HashMap<(&str, &str), Vec<&str>> = HashMap::new();
        for e in model.lexicon.entries.iter().filter(|e| e.weight == 3 && ["mission", "organisation"].contains(&e.list.as_str()))
        {
            called.entry((e.list.as_str(), e.code.as_str())).or_default().push(&e.phrase);
        }
        let codes =
            |list: &'static str| model.lists.get(list).map(|l| l.codes()).unwrap_or_default().iter().map(move |c| (list, c));
        let record = |(list, code): (&str, &remit_model::Code)| {
            let known = [&code.code, code.label.english()].into_iter().find_map(|n| by_name.get(&folded(n)));
            let known =
                known.or_else(|| called.get(&(list, code.code.as_str()))?.iter().copied().find_map(|n| by_name.get(&folded(n))));
            (code.code.clone(), known.map_or_else(|| code.record_in(list), |record| (*record).clone()))
        };
        Doers(codes("organisation").chain(codes("mission")).map(record).collect())
    }

    /// The record of a mission or organisation; a record of the register is its own.
    pub fn record<'d>(&'d self, doer: &'d str) -> &'d str {
        self.0.get(doer).map_or(doer, String::as_str)
    }
}

/// Reads documents by a model, the names of a register, and what was learnt.
pub struct DocumentReader<'m> {
    model: &'m Model,
    classifier: &'m Classifier,
    names: Vec<(String, String)>,
    countries: Countries,
    doers: Doers,
    labels: LearntLabels,
    phrases: Mutex<HashMap<String, Arc<ReadingPhrases>>>,
}

impl<'m> DocumentReader<'m> {
    /// `names` are records of the kind `actor` with each name that they have.
    pub fn new(model: &'m Model, classifier: &'m Classifier, names: Vec<(String, String)>) -> DocumentReader<'m> {
        let doers = Doers::new(model, &names);
        let labels = LearntLabels::of(classifier);
        DocumentReader { model, classifier, names, countries: Countries::default(), doers, labels, phrases: Mutex::default() }
    }

    /// Tells the countries of the records that have one: of institutions that are called the same, that of the country which a text
    /// speaks of is meant, and there it need not be called by its country.
    #[must_use]
    pub fn of_countries(mut self, countries: HashMap<String, String>) -> DocumentReader<'m> {
        self.countries = Countries::new(countries);
        let within = self.countries.names_within(self.model, &self.names);
        self.names.extend(within);
        self
    }

    /// Reads a document. `whose` is the mission (code or record) that somebody said it is of, where they did.
    pub fn read(&self, document: &Document, whose: Option<&str>) -> Reading {
        let phrases = self.phrases(&document.about.language);
        phrases.at_desk(|desk| {
            let mut scans = Scans::of(document, &phrases, &mut desk.scanner);
            described::describe(&mut scans, document, &phrases);
            let learnt = self.learnt(document, &phrases.naming, &mut desk.scratch, &scans);
            document::put_together(self.model, (&self.doers, &self.countries), document, whose, &phrases, &scans, &learnt)
        })
    }

    /// What was learnt of a document; nothing where it is in a language that nothing was learnt from.
    fn learnt(&self, document: &Document, naming: &Naming, scratch: &mut Scratch, scans: &Scans<'_>) -> Learnt<'_> {
        if document.about.language != "en" {
            return Learnt { labels: &self.labels, rows: Vec::new() };
        }
        let mut named = Vec::new();
        let mut said = |hits: &[Hit]| {
            let start = named.len();
            named.extend(naming.of(hits));
            start..named.len()
        };
        let above: Vec<Range<usize>> = scans.headings.iter().map(|(_, scanned)| said(&scanned.hits)).collect();
        let own: Vec<Range<usize>> = scans.passages.iter().map(|scanned| said(&scanned.hits)).collect();
        let texts = document.passages.iter().zip(own).zip(&scans.heading_of).map(|((passage, own), heading)| ParagraphText {
            heading: scans.headings[*heading].0,
            text: &passage.text,
            named: &named[own],
            above: &named[above[*heading].clone()],
        });
        let texts: Vec<ParagraphText<'_>> = texts.collect();
        let labels = self.labels.codes.len();
        let mut rows = vec![0.0; texts.len() * labels];
        let paragraphs: Vec<usize> = (0..texts.len()).filter(|n| !document.passages[*n].is_heading).collect();
        // An annex is looked at by itself: what stands around its paragraphs is not the document that it is behind.
        for part in paragraphs.chunk_by(|a, b| document.passages[*a].annex == document.passages[*b].annex) {
            let own: Vec<ParagraphText<'_>> = part.iter().map(|n| texts[*n]).collect();
            let found = self.classifier.document(&own, scratch);
            for (n, row) in part.iter().zip(found.chunks_exact(labels.max(1))) {
                rows[n * labels..][..labels].copy_from_slice(row);
            }
        }
        Learnt { labels: &self.labels, rows }
    }

    fn phrases(&self, language: &str) -> Arc<ReadingPhrases> {
        // In a language without a grammar only names are found.
        let language = if self.model.grammars.of(language).is_some() { language } else { "en" };
        let make = || Arc::new(ReadingPhrases::new(self.model, language, (self.names.as_slice(), &self.countries), &self.labels));
        whole(&self.phrases).entry(language.to_owned()).or_insert_with(make).clone()
    }
}

/// What a lock guards; every change to it is whole, whatever became of the thread that made it.
fn whole<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
