//! How long a mandate lasts: the end that a decision gives it, “extends the mandate of UNMISS until 3 July 2032”.

use super::DocumentSort;
use super::context::{Paragraph, ReadingContext};
use super::proposal::ReadTerm;
use super::who::TOGETHER;
use crate::lexicon::Hit;

/// From where to where something stands, in bytes of a passage.
type DateSpan = (usize, usize);

impl Paragraph<'_> {
    /// The ends of mandates that a paragraph of a decision names.
    pub(super) fn terms(&self) -> Vec<ReadTerm> {
        if self.context.sort != DocumentSort::Mandate {
            return Vec::new();
        }
        (0..self.scanned.sentences.len()).flat_map(|n| self.terms_of(n)).collect()
    }

    fn terms_of(&self, sentence: usize) -> Vec<ReadTerm> {
        let c = self.context;
        let span = self.scanned.sentences[sentence];
        let Some(text) = self.passage.text.get(span.0..span.1).filter(|text| text.contains(char::is_numeric)) else {
            return Vec::new();
        };
        // By when somebody is to report is no end of a mandate.
        let is_end = |(_, (start, _)): &(String, DateSpan)| remit_document::is_end(text.get(..*start).unwrap_or_default());
        let ends: Vec<(String, DateSpan)> = remit_document::dates(text).into_iter().filter(is_end).collect();
        let Some((first, _)) = ends.first() else { return Vec::new() };
        let (of_mandate, of_decision) = c.grammar.lasting(text);
        let mut told = Vec::new();
        if of_mandate {
            told = self.told(sentence, text, &ends);
        }
        if told.is_empty() && of_decision {
            told.extend(c.of_document().map(|mission| (mission, first.as_str())));
        }
        let term = |(mission, ends): (&str, &str)| ReadTerm {
            passage: self.passage.n,
            span,
            record: c.doers.record(mission).to_owned(),
            ends: ends.to_owned(),
        };
        told.into_iter().map(term).collect()
    }

    /// Whose mandates end when, in a sentence with several ends: each is that of who stands before it and behind the one before, or between
    /// it and the next where an end stands before the first mandate (“proroger jusqu’au 3 juillet le mandat de”).
    fn told<'t>(&'t self, sentence: usize, text: &str, ends: &'t [(String, DateSpan)]) -> Vec<(&'t str, &'t str)> {
        let end_first = self.context.grammar.behind_mandate(&text[..ends[0].1.0]).is_none();
        let bounds = |n: usize| match end_first {
            true => (ends[n].1.1, ends.get(n + 1).map_or(text.len(), |(_, at)| at.0)),
            false => (n.checked_sub(1).map_or(0, |before| ends[before].1.1), ends[n].1.0),
        };
        let of = |n: usize| {
            self.mandated(sentence, text, bounds(n), n > 0).into_iter().map(move |mission| (mission, ends[n].0.as_str()))
        };
        (0..ends.len()).flat_map(of).collect()
    }

    /// Whose mandate a part of a sentence is about: theirs who are named together next behind the word for it, else his who is named last
    /// before that. Without the word, behind another end, theirs who are named at once: “and of UNMISS”. That of a panel of experts is none.
    fn mandated(&self, sentence: usize, text: &str, part: DateSpan, goes_on: bool) -> Vec<&str> {
        let (c, hits, begin) = (self.context, self.scanned.of_sentence(sentence), self.scanned.sentences[sentence].0);
        let mandate = c.grammar.behind_mandate(&text[part.0..part.1]).map(|at| begin + part.0 + at);
        if mandate.is_none() && !goes_on {
            return Vec::new();
        }
        let is_inside = |h: &&Hit| begin + part.0 <= h.span.0 && h.span.1 <= begin + part.1;
        let named = || hits.iter().filter(is_inside).filter_map(|h| Some((c.mandated_mission(hits, h)?, h.span)));
        let mut together = Vec::new();
        let mut end = if mandate.is_none() { Some(begin + part.0) } else { None };
        for (mission, span) in named().filter(|(_, span)| mandate.is_none_or(|at| at <= span.0)) {
            if end.is_some_and(|end| c.between(&self.passage.text, hits, end, span.0) > TOGETHER) {
                break;
            }
            together.push(mission);
            end = Some(span.1);
        }
        if together.is_empty() && mandate.is_some() {
            together.extend(named().next_back().map(|(mission, _)| mission));
        }
        together
    }
}

impl ReadingContext<'_> {
    /// Whose mandate a phrase may be about: a mission that it names, or the document’s own where it says “the mission”.
    fn mandated_mission(&self, hits: &[Hit], hit: &Hit) -> Option<&str> {
        let is_own = || self.is_subject(hit, "mission") && !self.is_in_name(hits, hit);
        self.mission_of(hit).or_else(|| if is_own() { self.of_document() } else { None })
    }

    /// The mission that the document is of.
    fn of_document(&self) -> Option<&str> {
        self.mission.as_deref().filter(|m| !self.is_organisation(m))
    }

    /// True for a code of the list of organisations that are no missions.
    fn is_organisation(&self, code: &str) -> bool {
        self.model.lists.get("organisation").is_some_and(|list| list.get(code).is_some())
    }
}
