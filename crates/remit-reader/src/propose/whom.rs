//! For whom something is done, or to whom it is recommended: an institution of the register. Ministries of many countries are called the
//! same; the one is meant that is of the country of which the sentence, or else the document, speaks. Where that is not clear, none is.

use super::context::{Paragraph, ReadingContext};
use crate::lexicon::Hit;
use std::collections::HashSet;

impl ReadingContext<'_> {
    /// The country of a mission: of the list, or of the register. A donor is of a country of its own.
    pub(super) fn place_of(&self, mission: &str) -> String {
        match self.country_of(mission) {
            own if own.is_empty() && self.is_mission(mission) => self.countries.of(self.doers.record(mission)).to_owned(),
            own => own,
        }
    }

    /// True for a record of another country than the one that the document is about.
    pub(super) fn is_elsewhere(&self, record: &str) -> bool {
        let country = self.countries.of(record);
        let place = || self.mission.as_deref().map(|m| self.place_of(m)).filter(|place| !place.is_empty());
        !country.is_empty() && place().or_else(|| self.home.clone()).is_some_and(|place| place != country)
    }
}

impl Paragraph<'_> {
    /// An institution of the register that the sentence names, other than who does it, by whatever name.
    pub(super) fn partner(&self, hits: &[Hit], doers: &[&str], mission: &str) -> String {
        self.institution(hits, hits, doers, mission).map(|h| self.context.entry(h).code.clone()).unwrap_or_default()
    }

    /// To whom the words behind `from` recommend something: the first institution there. Where that is on no record, another that
    /// is named further on is not meant: “recommends that the ministry pay the prison service”.
    pub(super) fn addressee(&self, hits: &[Hit], from: usize, mission: &str) -> String {
        let c = self.context;
        let behind = &hits[hits.partition_point(|h| h.span.0 < from)..];
        let Some(found) = self.institution(hits, behind, &[mission], mission) else { return String::new() };
        let is_second = behind.iter().any(|h| h.span.1 <= found.span.0 && c.is_other_institution(h));
        if is_second { String::new() } else { c.entry(found).code.clone() }
    }

    /// The first institution among some phrases of a sentence, of the country that is spoken of.
    fn institution<'h>(&self, hits: &[Hit], among: &'h [Hit], doers: &[&str], mission: &str) -> Option<&'h Hit> {
        let c = self.context;
        let own = self.own_people(hits);
        let is_own = |h: &Hit| own.iter().any(|(from, to)| *from <= h.span.0 && h.span.1 <= *to);
        let does = |record: &str| doers.iter().any(|doer| c.doers.record(doer) == record);
        let is_other = |h: &&Hit| c.mission_of(h).is_none() && !does(&c.entry(h).code) && !is_own(h);
        let place = self.place(hits, mission);
        among.iter().filter(|h| c.is(h, c.lists.actor)).filter(is_other).find(|h| self.is_there(hits, h, &place))
    }

    /// True for an institution on record, of the country that the document is about.
    pub(super) fn is_institution(&self, hits: &[Hit], hit: &Hit) -> bool {
        let c = self.context;
        let mission = c.mission.as_deref().unwrap_or_default();
        c.is(hit, c.lists.actor) && c.mission_of(hit).is_none() && self.is_there(hits, hit, &self.place(hits, mission))
    }

    /// True for an institution of the country that its own words say, else of the one that is spoken of. One that is of no country may
    /// be meant anywhere.
    fn is_there(&self, hits: &[Hit], institution: &Hit, place: &str) -> bool {
        let c = self.context;
        let country = c.countries.of(&c.entry(institution).code);
        if country.is_empty() {
            return true;
        }
        match self.country_beside(hits, institution).unwrap_or(place) {
            "" => c.countries.are_one(),
            place => place == country,
        }
    }

    /// The country that stands with the name of an institution: “the Libyan Ministry of Interior”, “the Ministry of Interior of Libya”.
    fn country_beside(&self, hits: &[Hit], institution: &Hit) -> Option<&str> {
        let c = self.context;
        let text = &self.passage.text;
        let (start, end) = institution.span;
        let is_with = |h: &&Hit| {
            let before = text.get(h.span.1..start).is_some_and(|t| matches!(t, " " | "’s " | "'s "));
            let links = |t: &str| t.trim().is_empty() || c.grammar.is_of(t) || c.grammar.is_place(t.trim());
            let behind = text.get(end..h.span.0).is_some_and(links);
            before || behind || h.is_in(institution)
        };
        hits.iter().filter(|h| c.is(h, c.lists.country)).find(is_with).map(|h| c.entry(h).code.as_str())
    }

    /// The country that a sentence speaks of: that of its mission; else that of the document where the sentence names it or none,
    /// else the only one that it names.
    fn place(&self, hits: &[Hit], mission: &str) -> String {
        let c = self.context;
        let own = c.place_of(mission);
        if !own.is_empty() {
            return own;
        }
        let named: HashSet<&str> = hits.iter().filter(|h| c.is(h, c.lists.country)).map(|h| c.entry(h).code.as_str()).collect();
        let home = c.home.as_deref().filter(|home| named.is_empty() || named.contains(home));
        let only = || named.iter().next().copied().filter(|_| named.len() == 1);
        home.or_else(only).unwrap_or_default().to_owned()
    }
}
