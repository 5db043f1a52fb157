//! A document, put together: what kind it is, which missions it is about, then paragraph by paragraph what each says.

use super::context::{Lead, Paragraph, ReadingContext, sure};
use super::countries::Countries;
use super::mission::later;
use super::paragraph::{ENOUGH, ENOUGH_OF_A_PAGE};
use super::phrases::ReadingPhrases;
use super::proposal::{ReadTerm, Says};
use super::{DocumentSort, Doers, Learnt, ReadMark, Reading, Scans};
use crate::lexicon::{Hit, LexiconCode, Scanned};
use remit_document::{Document, Passage};
use remit_model::Model;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Below this a learnt subject is not even marked.
const TRACE: f32 = 0.08;

pub(super) fn put_together(
    model: &Model,
    register: (&Doers, &Countries),
    document: &Document,
    whose: Option<&str>,
    phrases: &ReadingPhrases,
    scans: &Scans<'_>,
    learnt: &Learnt<'_>,
) -> Reading {
    let context = context_of(model, register, document, whose, phrases, scans, learnt);
    let scanned = &scans.passages;
    let labels = learnt.labels.codes.len();
    let enough = if context.sort == DocumentSort::Page { ENOUGH_OF_A_PAGE } else { ENOUGH };
    let (mut marks, mut proposals, mut terms) = (Vec::with_capacity(scanned.len()), Vec::new(), Vec::new());
    let mut leads: Vec<Lead<'_>> = Vec::with_capacity(scanned.len());
    let mut above = None;
    for (n, (passage, s)) in document.passages.iter().zip(scanned).enumerate() {
        if passage.is_heading {
            marks.push(Vec::new());
            leads.push(Lead::untold());
            continue;
        }
        let heading = scans.heading_of[n];
        let row = learnt.rows.get(n * labels..(n + 1) * labels).unwrap_or_default();
        let lead = (passage.lead > 0).then(|| leads[passage.lead as usize - 1].clone());
        let mut paragraph = Paragraph {
            context: &context,
            passage,
            heading,
            scanned: s,
            row,
            lead,
            above,
            before: (Says::Untold, ""),
            found: BTreeMap::new(),
        };
        let last = paragraph.read();
        proposals.extend(std::mem::take(&mut paragraph.found).into_values().filter(|p| p.probability >= enough));
        terms.extend(paragraph.terms());
        marks.push(context.marks(passage, s, row));
        if context.sort == DocumentSort::Page && !context.of_visit {
            above = paragraph.only_doer().or(above);
        }
        leads.push(last);
    }
    let mission = context.mission.as_deref().map(|m| context.doers.record(m).to_owned());
    Reading { sort: context.sort, mission, marks, proposals, terms: last_terms(terms, &document.about.date) }
}

/// The last end of each mission’s mandate: what is recalled of earlier decisions has passed, or comes first.
fn last_terms(mut terms: Vec<ReadTerm>, document: &str) -> Vec<ReadTerm> {
    terms.retain(|t| document.is_empty() || later(&t.ends, document));
    let all = terms.clone();
    let is_last = |t: &ReadTerm| !all.iter().any(|other| other.record == t.record && later(&other.ends, &t.ends));
    terms.retain(is_last);
    let mut known = HashSet::new();
    terms.retain(|t| known.insert(t.record.clone()));
    terms
}

/// What is known of a document as a whole: which missions it is about, and how it writes their names short.
fn context_of<'c>(
    model: &'c Model,
    (doers, countries): (&'c Doers, &'c Countries),
    document: &Document,
    whose: Option<&str>,
    phrases: &'c ReadingPhrases,
    scans: &Scans<'_>,
    learnt: &'c Learnt<'_>,
) -> ReadingContext<'c> {
    let mut context = ReadingContext {
        model,
        doers,
        countries,
        learnt,
        matcher: &phrases.matcher,
        lists: &phrases.lists,
        subjects: &phrases.subjects,
        says: &phrases.says,
        naming: &phrases.naming,
        grammar: &phrases.grammar,
        missions: &phrases.missions,
        sort: sort_of(model, document),
        of_visit: whose.is_none() && is_of_visit(model, document, phrases, scans),
        mission: None,
        home: scans.home.clone(),
        only: None,
        short: HashMap::new(),
        senders: senders(phrases, scans),
        heading_missions: Vec::new(),
    };
    context.short = context.written_short(scans);
    (context.mission, context.only) = match whose {
        Some(told) => (Some(told.to_owned()), Some(told.to_owned())),
        None if context.of_visit => (None, None),
        None => match context.main(scans, |hit| context.mission_of(hit).filter(|_| context.names_mission(hit))) {
            (None, None) => {
                let (main, only) = context.main(scans, |hit| context.organisation(hit));
                // “The mission” on a page that names two is one of these, and not the only organisation that it names.
                (main, only.filter(|_| context.senders.is_empty()))
            }
            missions => missions,
        },
    };
    let of_headings = scans.headings.iter().map(|(heading, s)| context.heading_mission(heading, &s.hits).map(str::to_owned));
    context.heading_missions = of_headings.collect();
    context
}

/// The organisations whose missions a document names.
fn senders<'p>(phrases: &'p ReadingPhrases, scans: &Scans<'_>) -> HashSet<&'p str> {
    let named: HashSet<u32> =
        scans.all().flat_map(|s| &s.hits).filter(|h| phrases.lists.mission == Some(h.list)).map(|h| h.entry).collect();
    let code = |entry: u32| &phrases.matcher.entries()[entry as usize].code;
    phrases.missions.iter().filter(|m| named.iter().any(|e| code(*e) == code(m.entry))).map(|m| m.sender.as_str()).collect()
}

/// True for the report of a visit or the minutes of a meeting, by their title, where that names no mission.
fn is_of_visit(model: &Model, document: &Document, phrases: &ReadingPhrases, scans: &Scans<'_>) -> bool {
    let title = document.about.title.to_lowercase();
    // "Commission report" is no mission's.
    let has = |words: &String| title.match_indices(words.as_str()).any(|(at, _)| !title[..at].ends_with(char::is_alphabetic));
    let is_said = model.grammars.all().any(|(_, g)| g.visits.iter().any(has));
    is_said && !scans.title.hits.iter().any(|h| phrases.lists.mission == Some(h.list))
}

/// What kind of document it is, by its symbol and title.
fn sort_of(model: &Model, document: &Document) -> DocumentSort {
    let about = &document.about;
    let title = about.title.to_lowercase();
    // A title may be in another language than the text.
    let has = |of: fn(&remit_model::Grammar) -> &Vec<String>| {
        model.grammars.all().flat_map(|(_, g)| of(g)).any(|w| title.contains(w.as_str()))
    };
    let operative = document.passages.iter().take(30).filter(|p| !p.number.is_empty()).count();
    if about.symbol.contains("/RES/") || about.symbol.contains("CFSP") || about.symbol.contains(".DEC/") {
        return DocumentSort::Mandate;
    }
    if has(|g| &g.reports) || (about.symbol.starts_with("S/") && operative > 5) {
        return DocumentSort::Report;
    }
    if has(|g| &g.decides) { DocumentSort::Mandate } else { DocumentSort::Page }
}

impl ReadingContext<'_> {
    /// Everything that a paragraph says, for who wants to look at it.
    fn marks(&self, passage: &Passage, scanned: &Scanned, row: &[f32]) -> Vec<ReadMark> {
        // Words that are only a hint count together; each for itself says nothing.
        let elsewhere = |hit: &&Hit| self.is(hit, self.lists.actor) && self.is_elsewhere(&self.entry(hit).code);
        let telling = scanned.hits.iter().filter(|hit| self.matcher.weight(hit.entry) > 1 && !elsewhere(hit));
        let worded = telling.filter_map(|hit| {
            let probability = sure(self.matcher.weight(hit.entry));
            let code = match self.is(hit, self.lists.short_mission) {
                true => LexiconCode { list: "mission".to_owned(), code: self.mission_of(hit)?.to_owned() }.into(),
                false => self.matcher.code(hit.entry).clone(),
            };
            Some(ReadMark { code, span: hit.span, probability, worded: true })
        });
        let mut marks: Vec<ReadMark> = Vec::with_capacity(scanned.hits.len() + 8);
        marks.extend(worded);
        for (code, p) in self.learnt.labels.codes.iter().zip(row).filter(|(_, p)| **p >= TRACE) {
            marks.push(ReadMark { code: code.clone(), span: (0, passage.text.len()), probability: *p, worded: false });
        }
        marks
    }
}
