//! How long a mandate lasts: the end that a decision gives it, “extends the mandate of UNMISS until 3 July 2032”.

use super::DocumentSort;
use super::context::{Paragraph, ReadingContext};
use super::proposal::ReadTerm;
use crate::lexicon::Hit;

impl Paragraph<'_> {
    /// The ends of mandates that a paragraph of a decision names.
    pub(super) fn terms(&self) -> Vec<ReadTerm> {
        if self.context.sort != DocumentSort::Mandate {
            return Vec::new();
        }
        (0..self.scanned.sentences.len()).filter_map(|n| self.term(n)).collect()
    }

    fn term(&self, sentence: usize) -> Option<ReadTerm> {
        let c = self.context;
        let span = self.scanned.sentences[sentence];
        let text = self.passage.text.get(span.0..span.1).filter(|text| text.contains(char::is_numeric))?;
        // By when somebody is to report is no end of a mandate.
        let is_end = |(_, (start, _)): &(String, (usize, usize))| remit_document::is_end(text.get(..*start).unwrap_or_default());
        let (ends, _) = remit_document::dates(text).into_iter().find(is_end)?;
        let mission = c.whose_term(text, self.scanned.of_sentence(sentence))?;
        Some(ReadTerm { passage: self.passage.n, span, record: c.doers.record(mission).to_owned(), ends })
    }
}

impl ReadingContext<'_> {
    /// Whose mandate a sentence says something of how long it lasts: of the mission that it names, or of the document’s own where it
    /// says “the mission” or “this decision”. That of a panel of experts is none.
    fn whose_term(&self, sentence: &str, hits: &[Hit]) -> Option<&str> {
        let of_document = || self.mission.as_deref().filter(|m| !self.is_organisation(m));
        let (of_mandate, of_decision) = self.grammar.lasting(sentence);
        if of_mandate && let Some(mission) = hits.iter().find_map(|h| self.mission_of(h)) {
            return Some(mission);
        }
        let is_meant = of_decision || of_mandate && hits.iter().any(|h| self.is_subject(h, "mission"));
        if is_meant { of_document() } else { None }
    }

    /// True for a code of the list of organisations that are no missions.
    fn is_organisation(&self, code: &str) -> bool {
        self.model.lists.get("organisation").is_some_and(|list| list.get(code).is_some())
    }
}
