//! Missions that a text describes instead of naming them: by organisation, kind and country ("the EU advisory mission in Iraq",
//! "UNPOL in Haiti"). What is described becomes a name in the sentence, as if it had been written out.

use super::Scans;
use super::mission::Mission;
use super::phrases::{PhraseLists, ReadingPhrases};
use crate::lexicon::{Hit, Scanned};
use remit_document::Document;
use std::collections::{HashMap, HashSet};

/// The kind that says no more than that it is one.
const ANY: &str = "mission";
/// Classes of institutions that have offices and centres of their own.
const HOSTS: [&str; 6] = ["ministry", "oversight", "justice", "parliament", "intelligence", "civil_society"];
/// Between the words of one description stand no more letters that are not words of it ("of the", "and in the").
const BETWEEN: usize = 16;
/// A country is named no further on than this, in bytes: "the mission in support of security sector reform in Iraq".
const REACH: usize = 90;

/// Tells the country of the document, and puts the missions that are described into the sentences that describe them.
pub(super) fn describe(scans: &mut Scans<'_>, document: &Document, phrases: &ReadingPhrases) {
    scans.home = home(scans, phrases);
    let lists = &phrases.lists;
    if lists.kind.is_none() {
        return;
    }
    let named = named(scans, phrases);
    let find = Find { phrases, lists, home: scans.home.as_deref(), day: &document.about.date, named };
    find.put_into(&mut scans.title, &document.about.title);
    scans.headings.iter_mut().for_each(|(text, scanned)| find.put_into(scanned, text));
    scans.passages.iter_mut().zip(&document.passages).for_each(|(scanned, p)| find.put_into(scanned, &p.text));
}

/// The country that a document is about: most of those that it names, in its headings above all, are this one.
fn home(scans: &Scans<'_>, phrases: &ReadingPhrases) -> Option<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let headings = scans.headings.iter().map(|(_, s)| (s, 2));
    let all = std::iter::once((&scans.title, 3)).chain(headings).chain(scans.passages.iter().map(|s| (s, 1)));
    for (scanned, weight) in all {
        for hit in scanned.hits.iter().filter(|h| phrases.lists.country == Some(h.list)) {
            *counts.entry(&phrases.matcher.entries()[hit.entry as usize].code).or_default() += weight;
        }
    }
    let sum: usize = counts.values().sum();
    let (country, count) = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)))?;
    (count * 10 >= sum * 6).then(|| country.to_owned())
}

/// The missions that a document names, and the organisations.
fn named(scans: &Scans<'_>, phrases: &ReadingPhrases) -> HashSet<String> {
    let names = |h: &&Hit| [phrases.lists.mission, phrases.lists.organisation].contains(&Some(h.list));
    let hits = scans.all().flat_map(|s| &s.hits).filter(names);
    hits.map(|h| phrases.matcher.entries()[h.entry as usize].code.clone()).collect()
}

/// What descriptions are understood by.
struct Find<'f> {
    phrases: &'f ReadingPhrases,
    lists: &'f PhraseLists,
    home: Option<&'f str>,
    day: &'f str,
    /// The missions and organisations that the document names, by their codes.
    named: HashSet<String>,
}

impl Find<'_> {
    fn code(&self, hit: &Hit) -> &str {
        &self.phrases.matcher.entries()[hit.entry as usize].code
    }

    fn put_into(&self, scanned: &mut Scanned, text: &str) {
        let is_namesake = |h: &&Hit| self.is_namesake(text, h, &scanned.hits);
        let namesakes: Vec<(usize, usize)> = scanned.hits.iter().filter(is_namesake).map(|h| h.span).collect();
        if !namesakes.is_empty() {
            scanned.hits.retain(|h| self.lists.mission != Some(h.list) || !namesakes.contains(&h.span));
        }
        if !scanned.hits.iter().any(|h| self.lists.kind == Some(h.list)) {
            return;
        }
        let mut found: Vec<Hit> = Vec::new();
        for sentence in 0..scanned.sentences.len() {
            found.extend(self.in_sentence(text, scanned.of_sentence(sentence)));
        }
        scanned.hits.extend(found);
        scanned.hits.sort_by_key(|h| (h.sentence, h.span.0, std::cmp::Reverse(h.span.1), h.entry));
    }

    /// True for the name of another mission of the same sender than the one that follows in brackets: "the UN mission in Haiti
    /// (MINUJUSTH)" is MINUJUSTH, whichever was called so before.
    fn is_namesake(&self, text: &str, hit: &Hit, hits: &[Hit]) -> bool {
        let is_mission = |h: &Hit| self.lists.mission == Some(h.list);
        if !is_mission(hit) || self.phrases.matcher.entries()[hit.entry as usize].language == "mul" {
            return false;
        }
        let rest = text.get(hit.span.1..).unwrap_or_default().trim_start();
        let Some((within, _)) = rest.strip_prefix('(').and_then(|t| t.split_once(')')) else { return false };
        let from = text.len() - rest.len() + 1 + within.len() - within.trim_start().len();
        let named = hits.iter().find(|h| is_mission(h) && h.span == (from, from + within.trim().len()));
        let meant = named.and_then(|h| self.mission_named(h));
        let (Some(meant), Some(own)) = (meant, self.mission_named(hit)) else { return false };
        meant.entry != own.entry && meant.sender == own.sender
    }

    /// The code of a mission.
    fn called(&self, mission: &Mission) -> &str {
        &self.phrases.matcher.entries()[mission.entry as usize].code
    }

    /// The mission that a name names.
    fn mission_named(&self, hit: &Hit) -> Option<&Mission> {
        self.phrases.missions.iter().find(|m| self.called(m) == self.code(hit))
    }

    /// The missions that a sentence describes, each at the words that say its kind.
    fn in_sentence(&self, text: &str, hits: &[Hit]) -> Vec<Hit> {
        let of = |list: Option<u8>| hits.iter().filter(move |h| list == Some(h.list));
        let sends = |o: &Hit| self.phrases.missions.iter().any(|m| m.sender == self.code(o));
        let (mut found, mut told): (Vec<Hit>, Vec<&Hit>) = (Vec::new(), Vec::new());
        for kind in of(self.lists.kind).filter(|kind| !self.is_in_name(kind, hits) && !self.is_of_country(text, kind, hits)) {
            // The “mission” in “military training mission” is no other, where that is understood.
            if told.iter().any(|longer| kind.span != longer.span && kind.is_in(longer)) {
                continue;
            }
            let countries: Vec<&Hit> = self.countries(text, kind, hits);
            let end = countries.last().map_or(kind.span, |last| last.span);
            let parts = std::iter::once(kind).chain(countries.iter().copied());
            if parts.into_iter().any(|part| self.is_named_behind(text, part.span.1, hits)) {
                continue;
            }
            let sender = self.sender(text, [kind.span, end], of(self.lists.organisation).filter(|o| sends(o)));
            // Any mission and any office may be there; whose it is, somebody must say, and of an office beside it.
            let is_form = self.phrases.forms.iter().any(|form| form == self.code(kind));
            if sender.is_none() && self.code(kind) == ANY || is_form && sender.is_none_or(|(_, beside)| !beside) {
                continue;
            }
            let places: Vec<(&str, Option<&Hit>)> = match countries[..] {
                [] => self.only_country(hits).or(self.home).map(|c| (c, None)).into_iter().collect(),
                _ => countries.iter().map(|h| (self.code(h), Some(*h))).collect(),
            };
            for (country, at) in places {
                let is_named = at.is_none() && self.is_named_before(kind, sender, hits);
                if is_named || self.is_called_behind(text, end.1, hits, country) {
                    continue;
                }
                let Some(mission) = self.mission(sender, self.code(kind), country, hits) else { continue };
                // “Support mission in Mali” may be anybody's, and no mission at all: whose it is, these words or the document say.
                let is_told = self.named.contains(self.called(mission)) || self.named.contains(&mission.sender);
                if sender.is_none() && !is_told {
                    continue;
                }
                let span = at.filter(|_| countries.len() > 1).map_or(kind.span, |h| h.span);
                let list = self.phrases.matcher.list(mission.entry);
                found.push(Hit { entry: mission.entry, list, sentence: kind.sentence, span });
                told.push(kind);
            }
        }
        found.dedup_by_key(|h| (h.entry, h.span));
        found
    }

    /// True where a mission of the sender is named before a word for its kind, which means it where no country stands beside: "EUAM RCA –
    /// a civilian mission".
    fn is_named_before(&self, kind: &Hit, sender: Option<(&str, bool)>, hits: &[Hit]) -> bool {
        let sent = |m: &Mission| sender.is_none_or(|(s, _)| s == m.sender);
        let is_one = |h: &Hit| self.mission_named(h).is_some_and(sent);
        hits.iter().any(|h| self.lists.mission == Some(h.list) && h.span.1 <= kind.span.0 && is_one(h))
    }

    /// True where the name itself follows in brackets: "the EU mission in Mozambique (EUTM Mozambique)".
    fn is_named_behind(&self, text: &str, end: usize, hits: &[Hit]) -> bool {
        let rest = text.get(end..).unwrap_or_default();
        let within = rest.trim_start().strip_prefix('(').and_then(|t| t.split_once(')')).map(|(name, _)| name);
        let from = text.len() - rest.trim_start().len();
        let is_in = |name: &str, h: &Hit| (from..from + name.len() + 2).contains(&h.span.0);
        within.is_some_and(|name| hits.iter().any(|h| self.lists.mission == Some(h.list) && is_in(name, h)))
    }

    /// True where the name of a mission in that country follows between commas, or behind words that say so: "the EU's capacity building
    /// mission there, EUCAP Nestor,", "known as EUCAP Nestor".
    fn is_called_behind(&self, text: &str, end: usize, hits: &[Hit], country: &str) -> bool {
        let says_so = |c: &Hit| self.lists.subject == Some(c.list) && self.code(c) == "called" && c.span.0 >= end;
        let is_said = |h: &Hit| {
            let is_beside = |c: &Hit| text.get(c.span.1..h.span.0).is_some_and(|t| t.trim().is_empty());
            hits.iter().any(|c| says_so(c) && is_beside(c) && letters(text, (end, c.span.0)) == 0)
        };
        let is_next = |h: &&Hit| {
            if is_said(h) {
                return true;
            }
            let between = text.get(end..h.span.0).unwrap_or_default().trim_end();
            let alone =
                between.strip_suffix([',', '،']).is_some_and(|t| t.len() <= REACH && !t.contains([',', '،', ';', ':', '.']));
            alone && text[h.span.1..].trim_start().starts_with([',', '،', '.', ')'])
        };
        let is_there = |h: &Hit| self.mission_named(h).is_some_and(|m| m.is_in(country));
        hits.iter().filter(|h| self.lists.mission == Some(h.list)).find(is_next).is_some_and(is_there)
    }

    /// True for words in the name of somebody else: "Office on Drugs and Crime", "the Prosecutor General's Office".
    fn is_in_name(&self, kind: &Hit, hits: &[Hit]) -> bool {
        let sends = |o: &Hit| self.phrases.missions.iter().any(|m| m.sender == self.code(o));
        let is_name = |h: &&Hit| match Some(h.list) {
            list if list == self.lists.mission => true,
            list if list == self.lists.organisation => !sends(h) || h.span != kind.span,
            list if list == self.lists.actor => true,
            list => list == self.lists.institution && HOSTS.contains(&self.code(h)) && h.span != kind.span,
        };
        hits.iter().filter(is_name).any(|n| kind.is_in(n))
    }

    /// True where the country just before these words sends what they name, as its mission is elsewhere: "the Canadian police mission
    /// in Ukraine".
    fn is_of_country(&self, text: &str, kind: &Hit, hits: &[Hit]) -> bool {
        let before = |h: &&Hit| {
            self.lists.country == Some(h.list) && h.span.1 <= kind.span.0 && letters(text, (h.span.1, kind.span.0)) == 0
        };
        let Some(country) = hits.iter().find(before).map(|h| self.code(h)) else { return false };
        let elsewhere = self.countries(text, kind, hits);
        !elsewhere.is_empty() && elsewhere.iter().all(|h| self.code(h) != country)
    }

    /// The organisation beside the words for a kind or its last country, else the one named last before them; and whether it is
    /// beside.
    fn sender<'h>(
        &self,
        text: &str,
        description: [(usize, usize); 2],
        senders: impl Iterator<Item = &'h Hit> + Clone,
    ) -> Option<(&str, bool)> {
        let kind = description[0];
        let near = |o: &&Hit| description.iter().any(|part| close(text, o.span, *part));
        let beside = senders.clone().filter(near).min_by_key(|o| apart(o.span, kind)).map(|o| (o, true));
        let before = || senders.filter(|o| o.span.1 <= kind.0).last().map(|o| (o, false));
        let (sender, beside) = beside.or_else(before)?;
        Some((self.phrases.matcher.entries()[sender.entry as usize].code.as_str(), beside))
    }

    /// The countries named behind the words for a kind, in one breath.
    fn countries<'h>(&self, text: &str, kind: &Hit, hits: &'h [Hit]) -> Vec<&'h Hit> {
        let mut all: Vec<&Hit> = Vec::new();
        let mut end = kind.span.1;
        for country in hits.iter().filter(|h| self.lists.country == Some(h.list)) {
            let between = (end, country.span.0);
            if country.span.0 < end {
                continue;
            }
            let goes_on = match all.is_empty() {
                true => between.1 - between.0 <= REACH && !parted(text, between),
                false => letters(text, between) <= BETWEEN,
            };
            if !goes_on {
                break;
            }
            end = country.span.1;
            all.push(country);
        }
        all
    }

    /// The country that a sentence names, where it names no other.
    fn only_country(&self, hits: &[Hit]) -> Option<&str> {
        let mut named = hits.iter().filter(|h| self.lists.country == Some(h.list));
        let first = self.phrases.matcher.entries()[named.next()?.entry as usize].code.as_str();
        named.all(|h| self.code(h) == first).then_some(first)
    }

    /// The only mission of a sender, of a kind, in a country. Words for its form ("presence", "office") are said of whatever the
    /// organisation beside them has there.
    fn mission(&self, sender: Option<(&str, bool)>, kind: &str, country: &str, hits: &[Hit]) -> Option<&Mission> {
        let sent = |m: &&Mission| sender.is_none_or(|(s, _)| s == m.sender) && m.is_in(country);
        let all: Vec<&Mission> = self.phrases.missions.iter().filter(sent).collect();
        let is_of_kind = |m: &&Mission| kind == ANY || m.kinds.iter().any(|k| k == kind);
        let of_kind: Vec<&Mission> = all.iter().copied().filter(is_of_kind).collect();
        let loosely = sender.is_some_and(|(_, beside)| beside) && self.phrases.forms.iter().any(|form| form == kind);
        self.only(&of_kind, country, hits).or_else(|| self.only(&all, country, hits).filter(|_| loosely && of_kind.is_empty()))
    }

    /// The only one of several missions in a country, else the only one that the document names, in another sentence, else the only one
    /// that is there on the day of the document, else the only one of these that is called after it: "UNPOL in South Sudan" is of the
    /// mission in South Sudan, not of the force for Abyei.
    fn only<'m>(&self, all: &[&'m Mission], country: &str, hits: &[Hit]) -> Option<&'m Mission> {
        let named: Vec<&Mission> = all.iter().copied().filter(|m| self.is_named_elsewhere(m, hits)).collect();
        let there: Vec<&Mission> = all.iter().copied().filter(|m| m.is_there(country, self.day)).collect();
        if let ([one], _, _) | (_, [one], _) | (_, _, [one]) = (all, &named[..], &there[..]) {
            return Some(*one);
        }
        let mut called = there.into_iter().filter(|m| m.named_after.iter().any(|c| c == country));
        called.next().filter(|_| called.next().is_none())
    }

    /// True for a mission that the document names, but not in this sentence: "EUTM Mali and the EU mission in Mali" are two.
    fn is_named_elsewhere(&self, mission: &Mission, hits: &[Hit]) -> bool {
        let code = self.called(mission);
        self.named.contains(code) && !hits.iter().any(|h| self.lists.mission == Some(h.list) && self.code(h) == code)
    }
}

/// Letters of a text between two places.
fn letters(text: &str, (from, to): (usize, usize)) -> usize {
    text.get(from..to).map_or(0, |between| between.chars().filter(|c| c.is_alphabetic()).count())
}

/// True where a part of a sentence ends between two places.
fn parted(text: &str, (from, to): (usize, usize)) -> bool {
    text.get(from..to).is_some_and(|between| between.contains([',', ';', ':', '.', ')']))
}

/// How far two phrases stand apart, in bytes.
fn apart(a: (usize, usize), b: (usize, usize)) -> usize {
    b.0.saturating_sub(a.1).max(a.0.saturating_sub(b.1))
}

/// True where two phrases belong together: they overlap, or little stands between them.
fn close(text: &str, a: (usize, usize), b: (usize, usize)) -> bool {
    let (first, second) = if a.0 <= b.0 { (a, b) } else { (b, a) };
    let between = (first.1.min(second.0), second.0);
    letters(text, between) <= BETWEEN && !parted(text, between)
}
