//! Who a sentence speaks of: the missions that it names and that do something, or those of what stands around it.

use super::context::{Paragraph, ReadingContext, Who};
use super::{DocumentSort, Scans};
use crate::lexicon::Hit;
use remit_document::BETWEEN_HEADINGS;
use std::collections::HashMap;

/// In so many bytes of a sentence its subject stands.
const SUBJECT: usize = 40;
/// Missions with no more letters between them, but for names of countries and organisations, are named together: "UNMIL and UNOCI",
/// "in Mali (MINUSMA) or in Somalia (UNSOM)".
pub(super) const TOGETHER: usize = 12;
/// Before the organisation that a sentence begins with stands no more than an article.
const ARTICLE: usize = 8;
/// Before a country that a sentence begins with stands no more.
const NAME: usize = 4;
/// Or, where verbs stand first, no more than one.
const VERB: usize = 20;
/// Articles have no more letters.
const ARTICLE_LETTERS: usize = 3;
/// No more bytes lie between "in cooperation with" and the mission it is about.
const BESIDE: usize = 32;

impl ReadingContext<'_> {
    /// The mission that a phrase names: of the list, or a mission of the register.
    pub(super) fn mission_of(&self, hit: &Hit) -> Option<&str> {
        let entry = self.entry(hit);
        if self.is(hit, self.lists.short_mission) {
            return self.short.get(&entry.code).map(String::as_str);
        }
        let named = self.is(hit, self.lists.mission) || (self.is(hit, self.lists.actor) && entry.code.starts_with("mission/"));
        named.then_some(entry.code.as_str())
    }

    /// True for a name of a mission of the list, whole or short.
    pub(super) fn names_mission(&self, hit: &Hit) -> bool {
        self.is(hit, self.lists.mission) || self.is(hit, self.lists.short_mission)
    }

    /// True for who may do something: a mission, another organisation, "the mission".
    pub(super) fn may_do(&self, hit: &Hit) -> bool {
        self.mission_of(hit).is_some() || self.is(hit, self.lists.organisation) || self.is_subject(hit, "mission")
    }

    /// True for a word of a name that a mission has in the language of the document.
    fn is_called(&self, mission: &str, word: &str) -> bool {
        let names = self.matcher.entries().iter().filter(|e| e.code == mission);
        names.flat_map(|e| e.phrase.split(|c: char| !c.is_alphanumeric())).any(|part| remit_model::folded(part) == word)
    }

    /// True for a phrase that tells whom a sentence speaks of, by its code of the list `subject`.
    pub(super) fn is_subject(&self, hit: &Hit, code: &str) -> bool {
        self.is(hit, self.lists.subject) && self.entry(hit).code == code
    }

    /// True for words for an institution that is no mission: "the ministry".
    pub(super) fn is_other_institution(&self, hit: &Hit) -> bool {
        self.is_subject(hit, "host") || self.is(hit, self.lists.institution) && self.entry(hit).code != "mission"
    }

    /// The missions that are meant where their names are written short: those whose names are whole somewhere in the document,
    /// else those in the country that is named beside the short name or above it.
    pub(super) fn written_short(&self, scans: &Scans<'_>) -> HashMap<String, String> {
        let passages = scans.passages.iter().flat_map(|s| &s.hits);
        let all = self.titles(scans).into_iter().flatten().chain(passages).filter(|h| self.is(h, self.lists.mission));
        let mut short = each_its_own(all.map(|h| self.entry(h).code.as_str()));
        let in_passages = scans.passages.iter().zip(&scans.heading_of).flat_map(|(s, heading)| {
            let around = move || s.hits.iter().chain(&scans.headings[*heading].1.hits);
            s.hits.iter().filter(|h| self.is(h, self.lists.short_mission)).filter_map(move |h| self.mission_there(h, around()))
        });
        for (head, code) in each_its_own(in_passages) {
            short.entry(head).or_insert(code);
        }
        short.retain(|_, code| !code.is_empty());
        short
    }

    /// The only mission with a short name that is in one of the countries named around it.
    fn mission_there<'h>(&self, short: &Hit, around: impl Iterator<Item = &'h Hit>) -> Option<&str> {
        let countries: Vec<&str> =
            around.filter(|h| self.is(h, self.lists.country)).map(|h| self.entry(h).code.as_str()).collect();
        let is_there =
            |mission: &&str| self.model.crosswalk.countries_of(mission).any(|m| countries.contains(&m.country.as_str()));
        let head = &self.entry(short).code;
        let codes = self.model.lists.get("mission")?.codes().iter().map(|c| c.code.as_str());
        let mut there = codes.filter(|c| c.split_once('_').is_some_and(|(h, _)| h == head)).filter(is_there);
        there.next().filter(|_| there.next().is_none())
    }

    /// What a document is about, of those that `named` tells: named in its title, or by far the most often. And the one that it
    /// names where it names no other.
    pub(super) fn main<'n>(
        &self,
        scans: &Scans<'_>,
        named: impl Fn(&Hit) -> Option<&'n str>,
    ) -> (Option<String>, Option<String>) {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for one in self.titles(scans).into_iter().filter_map(|hits| only(hits.iter().filter_map(&named))) {
            *counts.entry(one).or_default() += 20;
        }
        for one in scans.passages.iter().flat_map(|s| &s.hits).filter_map(named) {
            *counts.entry(one).or_default() += 1;
        }
        let all: usize = counts.values().sum();
        let alone = counts.len() == 1;
        let Some((mission, count)) = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0))) else {
            return (None, None);
        };
        // One that is named in passing is not what the document is about.
        let main = (count >= 3 && count * 10 >= all * 6).then(|| mission.to_owned());
        (main, alone.then(|| mission.to_owned()))
    }

    /// The phrases of the title, and of the first heading.
    fn titles<'s>(&self, scans: &'s Scans<'_>) -> [&'s [Hit]; 2] {
        [&scans.title.hits, scans.headings.first().map_or(&[], |(_, scanned)| &scanned.hits)]
    }

    /// Letters between two places that are of no name of a country, an organisation or a kind of mission.
    pub(super) fn between(&self, text: &str, hits: &[Hit], from: usize, to: usize) -> usize {
        let name = |h: &&Hit| [self.lists.country, self.lists.organisation, self.lists.kind].iter().any(|l| self.is(h, *l));
        let names: Vec<&Hit> = hits.iter().filter(|h| name(h) || self.is_subject(h, "together")).collect();
        let letters = text.get(from..to).unwrap_or_default().char_indices().filter(|(_, c)| c.is_alphabetic());
        letters.filter(|(at, _)| !names.iter().any(|h| (h.span.0..h.span.1).contains(&(from + at)))).count()
    }

    /// The only mission that a heading names.
    fn missions_in(&self, hits: &[Hit]) -> Option<&str> {
        // The “EUAM” in “EUAM RCA” is no other mission that the document calls so.
        let is_part = |h: &&Hit| hits.iter().any(|n| self.is(n, self.lists.mission) && n.span != h.span && h.is_in(n));
        only(hits.iter().filter(|h| self.names_mission(h) && !is_part(h)).filter_map(|h| self.mission_of(h)))
    }

    /// The only mission that the innermost of the headings above a paragraph names, of those that name one.
    pub(super) fn heading_mission(&self, headings: &str, hits: &[Hit]) -> Option<&str> {
        let mut end = headings.len();
        for heading in headings.rsplit(BETWEEN_HEADINGS) {
            let start = end - heading.len();
            let own: Vec<Hit> = hits.iter().filter(|h| (start..end).contains(&h.span.0)).copied().collect();
            if own.iter().any(|h| self.names_mission(h)) {
                return self.missions_in(&own);
            }
            end = start.saturating_sub(BETWEEN_HEADINGS.len());
        }
        None
    }

    /// The missions of a sentence that do something, each with its place: not those beside whom or for whom it is done. A page
    /// speaks of other organisations too, where a sentence begins with one.
    fn doers(&self, text: &str, hits: &[Hit]) -> Vec<(&str, (usize, usize))> {
        // "In cooperation with international partners, in particular UNMISS".
        let mut beside: Vec<usize> = Vec::new();
        for hit in hits {
            if self.is_subject(hit, "beside") || (self.is_subject(hit, "among") && !beside.is_empty()) {
                beside.push(hit.span.1);
            }
        }
        let mut doers = Vec::new();
        // The "presence" in "in the presence of" is none of the OSCE's.
        let is_in_beside = |h: &Hit| hits.iter().any(|b| self.is_subject(b, "beside") && h.is_in(b));
        for (mission, span) in hits.iter().filter_map(|h| Some((self.mission_of(h).filter(|_| !is_in_beside(h))?, h.span))) {
            if beside.iter().any(|end| follows(text, *end, span.0)) && !self.is_joined(text, hits, &doers, span) {
                // What is named with it is beside the mission too.
                beside.push(span.1);
            } else {
                doers.push((mission, span));
            }
        }
        if doers.is_empty() {
            let first = |h: &&Hit| !beside.iter().any(|end| *end <= h.span.0);
            doers.extend(hits.iter().filter(first).filter_map(|h| Some((self.beginning(text, hits, h)?, h.span))));
        }
        // An organisation does what the mission does that it is named with: "EUAM Iraq and UNDP support".
        for (organisation, span) in hits.iter().filter_map(|h| Some((self.organisation(h)?, h.span))) {
            if self.is_joined(text, hits, &doers, span) || self.is_listed(text, hits, &doers, span) {
                doers.push((organisation, span));
            }
        }
        doers.sort_by_key(|(_, span)| *span);
        doers
    }

    /// The organisation that a sentence begins with, of those that do more than decide. Where the document names its missions, one
    /// that sends them means the only one.
    fn beginning(&self, text: &str, hits: &[Hit], hit: &Hit) -> Option<&str> {
        if self.sort != DocumentSort::Page {
            return None;
        }
        let code = self.acting(hit)?;
        let meant = if self.senders.contains(code) && !self.of_visit { self.only_of(code)? } else { code };
        let clause = text[..hit.span.0].rsplit(['.', ';', '!', '?', '؟', '؛']).next().unwrap_or_default();
        let start = hit.span.0 - clause.len();
        // "The security mission of the EU" is not the EU, whichever mission it may be.
        if hits.iter().any(|h| self.is(h, self.lists.kind) && start <= h.span.0 && h.span.1 <= hit.span.0) {
            return None;
        }
        // When, where and what for may stand before it, but nobody: "In 2023, UNDP trained", "to set up the unit, UNDP trains".
        let for_what = self.grammar.begins_with_purpose(clause.trim_start());
        let somebody = |h: &Hit| {
            let named = [self.lists.organisation, self.lists.subject].iter().any(|l| self.is(h, *l));
            named || self.names_mission(h) || !for_what && self.is(h, self.lists.mode)
        };
        let free = |from: usize| !hits.iter().any(|h| (start..from).contains(&h.span.0) && somebody(h));
        let behind = clause.split_once([',', '،']).filter(|(_, rest)| free(hit.span.0 - rest.len()));
        let before = behind.map_or(clause, |(_, rest)| rest);
        // Where verbs stand first, one may stand before it.
        let most = if self.grammar.verb_first() { VERB } else { ARTICLE };
        (before.chars().filter(|c| c.is_alphabetic()).count() <= most).then_some(meant)
    }

    /// The only mission that a document names, where this organisation sends it and no other's mission is named.
    fn only_of(&self, sender: &str) -> Option<&str> {
        let only = self.only.as_deref().filter(|_| self.senders.len() == 1)?;
        self.missions.iter().any(|m| m.sender == sender && self.matcher.entries()[m.entry as usize].code == only).then_some(only)
    }

    /// True for who is named with one of some doers, and does the same: "EUAM Iraq and UNDP", "EUAM Iraq, together with UNDP,".
    fn is_joined(&self, text: &str, hits: &[Hit], doers: &[(&str, (usize, usize))], name: (usize, usize)) -> bool {
        let between = |from: usize, to: usize| text.get(from..to).unwrap_or("?");
        let is_beside = |from: usize, to: usize| between(from, to).trim_matches([' ', ',', '،']).is_empty();
        let with = |doer: usize| {
            let is_with = |h: &&Hit| self.is_subject(h, "together") && is_beside(doer, h.span.0);
            hits.iter().filter(is_with).any(|h| h.span.1 <= name.0 && self.grammar.is_only_article(between(h.span.1, name.0)))
        };
        doers.iter().any(|(_, doer)| {
            self.grammar.is_and(between(doer.1, name.0)) || self.grammar.is_and(between(name.1, doer.0)) || with(doer.1)
        })
    }

    /// True for who is named in a list with a doer, which goes on to an "and": "UNMISS, UNDP and UNICEF".
    fn is_listed(&self, text: &str, hits: &[Hit], doers: &[(&str, (usize, usize))], name: (usize, usize)) -> bool {
        doers.iter().any(|(_, doer)| {
            let behind = behind_comma(text, doer.1, name.0);
            let is_last = behind.is_some_and(|rest| doers.len() > 1 && self.grammar.is_and(rest));
            is_last || behind.is_some_and(|rest| self.grammar.is_only_article(rest)) && self.goes_on_to_and(text, hits, name.1)
        })
    }

    /// True where a list of names goes on behind one of them to an "and".
    fn goes_on_to_and(&self, text: &str, hits: &[Hit], end: usize) -> bool {
        let named = |h: &&Hit| h.span.0 >= end && (self.mission_of(h).is_some() || self.organisation(h).is_some());
        let Some(next) = hits.iter().find(named) else { return false };
        let is_and = |between: &str| self.grammar.is_and(between);
        if text.get(end..next.span.0).is_some_and(is_and) {
            return true;
        }
        let behind = behind_comma(text, end, next.span.0);
        let goes_on = behind.is_some_and(|rest| self.grammar.is_only_article(rest));
        behind.is_some_and(is_and) || goes_on && self.goes_on_to_and(text, hits, next.span.1)
    }

    /// An organisation that does more than decide.
    fn acting(&self, hit: &Hit) -> Option<&str> {
        let named = self.is(hit, self.lists.organisation).then(|| self.model.lists.get("organisation"))??;
        named.get(&self.entry(hit).code).filter(|code| code.category != "deciding").map(|code| code.code.as_str())
    }

    /// True for a mission of the list, or of the register.
    pub(super) fn is_mission(&self, code: &str) -> bool {
        code.starts_with("mission/") || self.model.lists.get("mission").is_some_and(|list| list.get(code).is_some())
    }

    /// An organisation that does more than decide, and sends no missions.
    pub(super) fn organisation(&self, hit: &Hit) -> Option<&str> {
        self.acting(hit).filter(|code| !self.missions.iter().any(|m| m.sender == *code))
    }

    /// True for what stands in the name of a mission: "Misija OEBS-a" is no "mission" besides.
    pub(super) fn is_in_name(&self, hits: &[Hit], hit: &Hit) -> bool {
        hits.iter().any(|n| self.names_mission(n) && hit.is_in(n))
    }

    /// The missions that do something, each once: one of the list and its record in the register are the same.
    fn distinct_doers(&self, text: &str, hits: &[Hit]) -> Vec<&str> {
        let mut missions: Vec<&str> = Vec::new();
        for (mission, _) in self.doers(text, hits) {
            if !missions.iter().any(|m| *m == mission || mission == self.doers.record(m)) {
                missions.push(mission);
            }
        }
        missions
    }
}

impl<'p> Paragraph<'p> {
    /// The missions that a sentence speaks of, with whoever is named with "the mission": "our mission, together with UNDP, trained".
    pub(super) fn who(&self, sentence: usize, hits: &[Hit], carried: Option<&Who<'p>>) -> Who<'p> {
        let c = self.context;
        let mut who = self.spoken_of(sentence, hits, carried);
        let itself: Vec<(&str, (usize, usize))> =
            hits.iter().filter(|h| c.is_subject(h, "mission") && !c.is_in_name(hits, h)).map(|h| ("", h.span)).collect();
        if itself.is_empty() || who.missions.is_empty() {
            return who;
        }
        for (name, span) in hits.iter().filter_map(|h| Some((c.mission_of(h).or_else(|| c.organisation(h))?, h.span))) {
            if !who.missions.contains(&name) && c.is_joined(&self.passage.text, hits, &itself, span) {
                who.missions.push(name);
            }
        }
        who
    }

    /// The missions that a sentence speaks of: its own, those of the sentence before or of the lead, or the document's.
    fn spoken_of(&self, sentence: usize, hits: &[Hit], carried: Option<&Who<'p>>) -> Who<'p> {
        let c = self.context;
        let (start, _) = self.scanned.sentences[sentence];
        let missions = c.distinct_doers(&self.passage.text, hits);
        if !missions.is_empty() {
            let sure = if hits.iter().any(|h| c.mission_of(h).is_some()) { 0.97 } else { 0.85 };
            return Who { missions, sure };
        }
        // "Norway donated vehicles in the presence of the mission" is Norway's.
        let of_country = self.is_of_country(sentence, hits);
        let is_beside =
            |h: &Hit| hits.iter().any(|b| c.is_subject(b, "beside") && follows(&self.passage.text, b.span.1, h.span.0));
        let its_own = |h: &Hit| c.is_subject(h, "mission") && !c.is_in_name(hits, h) && !(of_country && is_beside(h));
        let subject = hits.iter().any(its_own);
        let one = |mission: Option<&'p str>, sure| mission.map_or_else(Who::default, |m| Who { missions: vec![m], sure });
        let of_heading = || c.heading_missions[self.heading].as_deref();
        let of_document = c.mission.as_deref();
        if subject {
            // A page has its missions one below the other; a report has one, and headings that name others besides.
            let own = if c.sort == DocumentSort::Page { of_heading().or(of_document) } else { of_document.or_else(of_heading) };
            let certain = if own.is_some() { 0.93 } else { 0.85 };
            return match carried {
                // One of several: what the document is about, else what the sentence before began with.
                Some(Who { missions, sure }) => {
                    let main = missions.iter().find(|m| Some(**m) == of_document);
                    one(main.or(missions.first()).copied(), *sure)
                }
                None => one(self.called_so(hits, own).or(own).or(c.only.as_deref()).or(self.above), certain),
            };
        }
        // After a semicolon the sentence goes on, and with it who it speaks of.
        if let Some(who) = carried.filter(|_| self.goes_on(sentence)) {
            return who.clone();
        }
        // An item does what its lead says, whomever it names besides: "to assist the authorities in …".
        let lead = self.lead.as_ref().map(|lead| &lead.who).filter(|w| !w.missions.is_empty());
        if let Some(who) = lead {
            return who.clone();
        }
        if self.is_on_host(sentence, hits) {
            return Who::default();
        }
        if let Some(who) = carried {
            return who.clone();
        }
        // Its course, or what it is called in a word, speaks of who was spoken of before.
        let again = hits.iter().any(|h| c.is_subject(h, "again") && h.span.0 < start + SUBJECT);
        if again && c.sort == DocumentSort::Page {
            return one(of_heading().or(of_document).or(c.only.as_deref()).or(self.above), 0.88);
        }
        // One whose name is written short, and nobody knows of which country, is not the other that the page names.
        if hits.iter().any(|h| c.is(h, c.lists.short_mission) && c.mission_of(h).is_none()) {
            return Who::default();
        }
        match (c.sort, of_heading()) {
            (DocumentSort::Page, Some(mission)) => one(Some(mission), 0.88),
            (DocumentSort::Page, None) => one(of_document.or(c.only.as_deref().filter(|only| c.is_mission(only))), 0.8),
            _ => Who::default(),
        }
    }

    /// The mission that the page was about last, where a word for it stands in its name and not in that of whom the page is about: "the
    /// mission" on a page of a force.
    fn called_so(&self, hits: &[Hit], own: Option<&str>) -> Option<&'p str> {
        let c = self.context;
        let (above, own) = (self.above?, own?);
        if above == own {
            return None;
        }
        let said = hits.iter().filter(|h| c.is_subject(h, "mission") && !c.is_in_name(hits, h));
        let words = said.flat_map(|h| c.entry(h).phrase.split(' ')).filter(|word| word.chars().count() > ARTICLE_LETTERS);
        let mut words = words.map(|word| remit_model::folded(c.grammar.without_article(word)));
        words.any(|word| c.is_called(above, &word) && !c.is_called(own, &word)).then_some(above)
    }

    /// True where a sentence of a page begins with a country that does something: "Germany donated vehicles", but not "Iraq's police".
    fn is_of_country(&self, sentence: usize, hits: &[Hit]) -> bool {
        let c = self.context;
        let text = &self.passage.text;
        let (start, _) = self.scanned.sentences[sentence];
        let letters = |h: &Hit| text[start..h.span.0].chars().filter(|l| l.is_alphabetic()).count();
        // Where verbs stand first, one may stand before it.
        let verb_before = |h: &Hit| {
            let is_next = |m: &Hit| text.get(m.span.1..h.span.0).is_some_and(|t| c.grammar.is_article(t.trim()));
            c.grammar.verb_first() && hits.iter().any(|m| c.is(m, c.lists.mode) && letters(m) <= NAME && is_next(m))
        };
        let begins_with = |h: &Hit| letters(h) <= NAME && !c.grammar.is_place(text[start..h.span.0].trim()) || verb_before(h);
        let named = |h: &Hit| c.is(h, c.lists.country) && c.matcher.weight(h.entry) >= 3;
        let acts = |h: &Hit| named(h) && begins_with(h) && text[h.span.1..].starts_with(' ');
        c.sort == DocumentSort::Page && hits.iter().any(acts)
    }

    /// True where a sentence of a page begins with somebody else who does something: a country, or an institution that nothing is done
    /// for ("a court sentenced two officers", but not "two officers were trained").
    fn is_of_another(&self, sentence: usize, hits: &[Hit]) -> bool {
        let c = self.context;
        if c.sort != DocumentSort::Page {
            return false;
        }
        if self.is_of_country(sentence, hits) {
            return true;
        }
        let (start, _) = self.scanned.sentences[sentence];
        let letters = |h: &Hit| self.passage.text[start..h.span.0].chars().filter(|l| l.is_alphabetic()).count();
        let telling = |h: &Hit, weight: u8| c.matcher.weight(h.entry) >= weight;
        let told = |h: &Hit| hits.iter().any(|t| c.is_subject(t, "told") && t.span.0 < h.span.1 && h.span.0 < t.span.1);
        let is_help = |h: &Hit| [c.lists.engagement, c.lists.modality].iter().any(|l| c.is(h, *l));
        let helped = |h: &Hit| is_help(h) && telling(h, 2) && !told(h);
        // "Police reform is slow" speaks of reform, not of the police.
        let in_task =
            |i: &Hit| hits.iter().any(|h| c.is(h, c.lists.task) && telling(h, 3) && !c.matcher.is_apart(h.entry) && i.is_in(h));
        let begins =
            |h: &Hit| c.is(h, c.lists.institution) && c.entry(h).code != "mission" && letters(h) <= ARTICLE && !in_task(h);
        // Where the words for help are not known in a language, that nobody is helped cannot be told.
        c.lists.modality.is_some() && hits.iter().any(begins) && !hits.iter().any(helped)
    }

    /// True where a sentence speaks of the host's authorities. Who is named further on is not its subject: "it helps the
    /// authorities", "Support to the Government in …".
    pub(super) fn is_on_host(&self, sentence: usize, hits: &[Hit]) -> bool {
        let c = self.context;
        if self.is_of_another(sentence, hits) {
            return true;
        }
        // "The law was adopted by the parliament"; what the Security Council adopted may be the mission's mandate.
        let is_by = |h: &Hit, o: &Hit| c.is(o, c.lists.organisation) && follows(&self.passage.text, h.span.1, o.span.0);
        let enacted = |h: &Hit| c.is_subject(h, "enacted") && !hits.iter().any(|o| is_by(h, o));
        if c.sort == DocumentSort::Page && hits.iter().any(enacted) {
            return true;
        }
        let subject = self.scanned.sentences[sentence].0 + SUBJECT;
        let engaged = |h: &&Hit| c.is(h, c.lists.engagement) && c.matcher.weight(h.entry) > 1;
        let before = hits.iter().find(engaged).map_or(subject, |h| h.span.0.min(subject));
        hits.iter().any(|h| c.is_subject(h, "host") && h.span.0 < before)
    }

    /// Where a sentence ends to tell who serves in the mission itself: "it has 20 police officers", "made up of judges, it trained". They
    /// are nobody whom it helps, unless something is done before they are named.
    pub(super) fn end_of_staff(&self, hits: &[Hit]) -> usize {
        let c = self.context;
        let telling = |h: &&Hit| c.matcher.weight(h.entry) > 1;
        let Some(staff) = hits.iter().find(|h| c.is_subject(h, "staff")) else { return 0 };
        // The name of a mission says nothing of what it does here: "the Support Mission has experts".
        let engaged = hits.iter().filter(telling).filter(|h| c.is(h, c.lists.engagement) && !c.is_in_name(hits, h));
        if engaged.clone().any(|h| h.span.0 < staff.span.0) {
            return 0;
        }
        let verb = hits.iter().filter(telling).filter(|h| c.is(h, c.lists.mode) && !c.matcher.is_apart(h.entry));
        let next = verb.chain(engaged).map(|h| h.span.0).filter(|at| *at >= staff.span.1);
        next.min().unwrap_or(usize::MAX)
    }

    /// True for what somebody only tells of others: "the mission explained that the borders run through deserts", "condemned the attack
    /// on the police". Of itself it says "it", or its name.
    pub(super) fn is_said_of_others(&self, hits: &[Hit], at: usize) -> bool {
        let c = self.context;
        // In a report, what the mission asks of others is told as something that the mission does.
        if c.sort != DocumentSort::Page {
            return false;
        }
        let text = &self.passage.text;
        let Some((start, _)) = hits.first().map(|h| self.scanned.sentences[h.sentence as usize]) else { return false };
        let said = text.get(start..at).and_then(|told| c.grammar.behind_said(told)).map(|end| start + end);
        let said = said.filter(|from| c.grammar.tells_of_another(&text[*from..]));
        let told = hits.iter().filter(|h| c.is_subject(h, "told") && h.span.1 <= at).map(|h| h.span.1).max();
        let Some(from) = said.max(told) else { return false };
        // Where verbs stand first, who tells it stands right behind.
        let tells = |h: &&Hit| text.get(from..h.span.0).is_some_and(|t| t.trim().is_empty()) && c.may_do(h);
        let teller = hits.iter().filter(tells).map(|h| h.span.1).max().filter(|_| c.grammar.verb_first());
        let from = teller.unwrap_or(from);
        let more = |h: &Hit| c.may_do(h) || c.is(h, c.lists.engagement) && c.matcher.weight(h.entry) > 1;
        !hits.iter().any(|h| (from..at).contains(&h.span.0) && more(h))
    }

    /// Where a sentence begins to tell what a mission recommends: "the mission recommends that the law be revised". What others
    /// recommend is theirs: "the commission recommended".
    pub(super) fn recommended_from(&self, hits: &[Hit]) -> Option<usize> {
        let c = self.context;
        if let Some(said) = self.recommended_by_nobody(hits) {
            return Some(said);
        }
        let verb = hits.iter().find(|h| c.is_subject(h, "recommends"))?;
        let text = &self.passage.text;
        let other = |i: &Hit| c.is_other_institution(i);
        // Behind an "and" the verb is of who stands first: "it trained prison officers and recommended".
        let of_first = |i: &Hit| text.get(i.span.1..verb.span.0).is_some_and(|between| c.grammar.goes_on(between));
        let alone = |h: &Hit| !hits.iter().any(|i| h.span.1 <= i.span.0 && i.span.1 <= verb.span.0 && other(i) && !of_first(i));
        let before = |h: &Hit| (c.may_do(h) || c.is_subject(h, "again")) && h.span.1 <= verb.span.0 && alone(h);
        // Where verbs stand first, who recommends it stands right behind.
        let behind = |h: &Hit| {
            c.grammar.verb_first() && c.may_do(h) && text.get(verb.span.1..h.span.0).is_some_and(|t| t.trim().is_empty())
        };
        hits.iter().any(|h| before(h) || behind(h)).then_some(verb.span.0)
    }

    /// The place where a sentence recommends something without naming who does: "it is recommended that".
    pub(super) fn recommended_by_nobody(&self, hits: &[Hit]) -> Option<usize> {
        let c = self.context;
        hits.iter().find(|h| c.sort != DocumentSort::Mandate && c.is_subject(h, "recommended")).map(|h| h.span.0)
    }

    /// What a sentence tells a mission that it should do, or in a numbered list an institution on record: whom, where it is named, and
    /// where that begins. "The vehicles of the mission should help" tells it nothing, and what the Council writes in a mandate is that.
    pub(super) fn urged(&self, hits: &[Hit]) -> Option<(Option<&'p str>, usize)> {
        let c = self.context;
        let text = &self.passage.text;
        // "Devrait" may also tell what is expected: of a page only words that tell no more than what should be.
        let listed = c.sort == DocumentSort::Report || !self.passage.number.is_empty();
        let is_urged = |h: &&Hit| c.is_subject(h, "urged") && (listed || c.matcher.weight(h.entry) > 1);
        let verb = hits.iter().find(is_urged).filter(|_| c.sort != DocumentSort::Mandate)?;
        let (start, _) = self.scanned.sentences[verb.sentence as usize];
        let before = |h: &Hit| text.get(h.span.1..verb.span.0).is_some_and(|t| t.trim_matches([' ', ')']).is_empty());
        let begins = |h: &Hit| {
            let clause = text[start..h.span.0].rsplit([',', ';', ':']).next().unwrap_or_default();
            clause.chars().filter(|letter| letter.is_alphabetic()).count() <= ARTICLE
        };
        // Where verbs stand first, who is told so stands behind: "ينبغي أن تدعم البعثة".
        let behind = |h: &Hit| {
            let between = || text.get(verb.span.1..h.span.0).unwrap_or("?");
            c.grammar.verb_first()
                && verb.span.0 < start + ARTICLE
                && between().len() <= BESIDE
                && !between().contains(['،', ',', '?'])
        };
        let is_told = |h: &&Hit| c.may_do(h) || !self.passage.number.is_empty() && self.is_institution(hits, h);
        let told = hits.iter().filter(is_told).find(|h| before(h) && begins(h) || behind(h))?;
        let institution = || self.is_institution(hits, told).then(|| c.entry(told).code.as_str());
        Some((c.mission_of(told).or_else(|| c.organisation(told)).or_else(institution), verb.span.0))
    }

    /// The mission that the paragraph is about, where it names but one: who "the mission" is in the next.
    pub(super) fn only_doer(&self) -> Option<&'p str> {
        let doers = self.context.distinct_doers(&self.passage.text, &self.scanned.hits);
        doers.first().copied().filter(|_| doers.len() == 1)
    }

    /// Who of several missions does what stands at `at`: those named last before it, together; all where none is.
    pub(super) fn doers_of<'w>(&self, hits: &[Hit], who: &Who<'w>, at: usize) -> Vec<&'w str> {
        let text = &self.passage.text;
        let doers = if who.missions.len() > 1 { self.context.doers(text, hits) } else { Vec::new() };
        // "It works with the MINUSCA and the EUTM, which trains soldiers": the last does.
        let nearest = doers.iter().rfind(|(_, span)| span.1 <= at);
        let does = |(_, span): &&(&str, (usize, usize))| self.context.grammar.begins_with_relative(&text[span.1..at]);
        if let Some(mission) = nearest.filter(does).and_then(|(last, _)| who.missions.iter().find(|m| *m == last)) {
            return vec![*mission];
        }
        let mut together = doers.iter().rev().skip_while(|(_, span)| span.0 > at).peekable();
        let mut last: Vec<&str> = Vec::new();
        while let Some((mission, span)) = together.next() {
            last.push(mission);
            if together.peek().is_none_or(|(_, before)| self.context.between(text, hits, before.1, span.0) > TOGETHER) {
                break;
            }
        }
        let named: Vec<&str> = who.missions.iter().copied().filter(|m| last.contains(m)).collect();
        if named.is_empty() { who.missions.clone() } else { named }
    }
}

/// The name that all of these share; none where two differ.
fn only<'n>(mut named: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let first = named.next()?;
    named.all(|other| other == first).then_some(first)
}

/// The missions by what they are called when written short; nothing where two would be called the same.
fn each_its_own<'c>(missions: impl Iterator<Item = &'c str>) -> HashMap<String, String> {
    let mut short: HashMap<String, String> = HashMap::new();
    for code in missions {
        let Some((head, _)) = code.split_once('_') else { continue };
        let meant = short.entry(head.to_owned()).or_insert_with(|| code.to_owned());
        if meant != code {
            meant.clear();
        }
    }
    short
}

/// What stands between two names behind the comma that it begins with.
fn behind_comma(text: &str, end: usize, name: usize) -> Option<&str> {
    text.get(end..name)?.trim_start().strip_prefix([',', '،'])
}

/// True where a name follows closely, in the same part of the sentence.
fn follows(text: &str, end: usize, name: usize) -> bool {
    text.get(end..name).is_some_and(|between| between.len() <= BESIDE && !between.contains([',', ';', ':', ')', '.']))
}
