//! The words of an activity that tell of security sector support, each weighed by where and how it stands.
//!
//! A title says what an activity is. A description tells of much besides: of threats, of victims, of what others do. So a
//! phrase counts most in a title, less where a description begins, least further down; the bare name of an institution
//! ("police") counts in a description only beside a word of work ("training"), and not after words that make it a threat
//! ("attacks by"). All phrases and what each is good for are in `model/phrases/`.

use remit_model::{Folded, Hit, Model, Phrase, Says};
use std::collections::{BTreeMap, BTreeSet};

/// Points of a phrase in a title.
const TITLE: f64 = 3.0;
/// Points of a phrase where a description begins, and further down.
const LEAD: f64 = 2.0;
const DEEP: f64 = 1.0;
/// Points of a name that stands without work, and of all of them together.
const BARE: f64 = 0.5;
const ALL_BARE: f64 = 1.0;
/// A description begins with its first sentence, and this many words at least.
const LEAD_WORDS: usize = 40;
/// What stands in a description of up to this many words is a good part of it.
pub(super) const SHORT: usize = 150;
/// Words between a name and the work on it: as many before it, after it, and after a threat.
const WORK_BEFORE: usize = 8;
const WORK_AFTER: usize = 3;
const THREAT: usize = 2;
/// Words around what tells in which more is said of it.
const NEAR: usize = 12;

/// A phrase that tells, and how it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Evidence<'m> {
    pub(super) phrase: &'m Phrase,
    pub(super) in_title: bool,
    lead: bool,
    aimed: bool,
}

impl Evidence<'_> {
    /// True where the phrase speaks of support, not only of an institution.
    pub(super) fn of_support(&self) -> bool {
        self.in_title || self.aimed || self.phrase.says == Says::Support
    }

    fn points(&self) -> f64 {
        match (self.in_title, self.of_support(), self.lead) {
            (true, ..) => TITLE,
            (_, true, true) => LEAD,
            (_, true, false) => DEEP,
            _ => BARE,
        }
    }
}

/// What the words of an activity tell.
#[derive(Debug, Default)]
pub(super) struct Words<'m> {
    pub(super) evidence: Vec<Evidence<'m>>,
    /// Functions that stand near what tells, though of no institution by themselves, with the class that stands nearest.
    pub(super) beside: BTreeSet<(String, String)>,
    /// All phrases found, in titles and elsewhere.
    pub(super) in_titles: Vec<&'m Phrase>,
    pub(super) anywhere: Vec<&'m Phrase>,
    /// The words that weigh most, as the publisher wrote them.
    pub(super) quote: Option<String>,
    /// Other fields of aid that are named, and whether the title names one.
    other_fields: BTreeSet<&'m str>,
    other_in_title: bool,
    /// How long the descriptions are.
    length: usize,
}

impl<'m> Words<'m> {
    /// Reads texts (true: a title).
    pub(super) fn read(model: &'m Model, texts: &[(&str, bool)]) -> Words<'m> {
        let mut words = Words::default();
        let (mut folded, mut best) = (Folded::default(), 0.0);
        for (text, in_title) in texts {
            folded.again(text);
            words.add(model, text, &folded, *in_title, &mut best);
        }
        words
    }

    fn add(&mut self, model: &'m Model, text: &str, folded: &Folded, in_title: bool, best: &mut f64) {
        let sheet = Sheet { text: folded.text(), hits: model.phrases.find(folded.text()) };
        if !in_title {
            self.length += sheet.text.split(' ').filter(|w| w.contains(char::is_alphanumeric)).count();
        }
        let lead_end = sheet.lead_end();
        let telling = sheet.telling();
        for hit in &telling {
            let lead = hit.span.0 < lead_end;
            let found = Evidence { phrase: hit.phrase, in_title, lead, aimed: sheet.is_aimed(hit) };
            if found.points() > *best {
                *best = found.points();
                self.quote = Some(text[folded.place(hit.span.0)..folded.place(hit.span.1)].trim().to_owned());
            }
            self.evidence.push(found);
        }
        for hit in &sheet.hits {
            match hit.phrase.says {
                Says::OtherField => {
                    self.other_fields.insert(&hit.phrase.text);
                    self.other_in_title |= in_title;
                }
                Says::More if !hit.phrase.security_function.is_empty() && hit.phrase.actor_class.is_empty() => {
                    let near = telling.iter().filter_map(|t| Some((sheet.words_between(t, hit)?, t)));
                    if let Some((_, of)) = near.filter(|(words, _)| *words <= NEAR).min_by_key(|(words, _)| *words) {
                        self.beside.insert((of.phrase.actor_class.clone(), hit.phrase.security_function.clone()));
                    }
                }
                _ => {}
            }
        }
        let told = sheet.hits.iter().filter(|h| h.phrase.says == Says::More).chain(&telling).map(|h| h.phrase);
        self.anywhere.extend(told.clone());
        if in_title {
            self.in_titles.extend(told);
        }
    }

    /// True where the words tell enough to say that the activity supports the security sector; where all purpose codes are
    /// of another field (`elsewhere`), a description must tell more.
    pub(super) fn tell(&self, elsewhere: bool) -> bool {
        let enough = if self.is_short() { 2.0 } else { 3.0 };
        self.in_title() || self.points() >= if elsewhere { enough + 1.0 } else { enough }
    }

    pub(super) fn in_title(&self) -> bool {
        self.evidence.iter().any(|e| e.in_title)
    }

    pub(super) fn is_short(&self) -> bool {
        self.length <= SHORT
    }

    fn points(&self) -> f64 {
        let mut of_support: BTreeMap<&str, f64> = BTreeMap::new();
        let mut bare: BTreeSet<&str> = BTreeSet::new();
        for e in self.evidence.iter().filter(|e| !e.in_title) {
            if e.of_support() {
                let points = of_support.entry(&e.phrase.text).or_default();
                *points = points.max(e.points());
            } else {
                bare.insert(&e.phrase.text);
            }
        }
        of_support.values().sum::<f64>() + (bare.len() as f64 * BARE).min(ALL_BARE)
    }

    /// True where the words speak of other fields of aid, and of security or justice not at all.
    pub(super) fn speak_of_else(&self) -> bool {
        self.evidence.is_empty() && (self.other_in_title || self.other_fields.len() >= 2)
    }

    /// The part of the money that such words usually stand for, with its range: (least, likely, most). The figures are
    /// averages of activities that people judged by reading.
    pub(super) fn estimate(&self) -> (f64, f64, f64) {
        match (self.in_title(), self.is_short(), self.other_fields.len()) {
            (true, _, 0..4) => (0.5, 0.8, 1.0),
            (true, ..) => (0.2, 0.6, 1.0),
            (_, true, 0..2) => (0.4, 0.8, 1.0),
            (_, true, 2..4) => (0.1, 0.4, 0.7),
            (_, true, _) => (0.1, 0.3, 0.5),
            (_, false, _) => (0.1, 0.4, 0.8),
        }
    }
}

/// One text with its phrases.
struct Sheet<'m, 't> {
    text: &'t str,
    hits: Vec<Hit<'m>>,
}

impl<'m> Sheet<'m, '_> {
    /// The phrases that tell: where two overlap the longer one, and no name that is threat or victim.
    fn telling(&self) -> Vec<Hit<'m>> {
        let mut all: Vec<Hit<'m>> = self.hits.iter().filter(|h| h.phrase.says.tells() && !self.is_threat(h)).copied().collect();
        let length = |h: &Hit<'_>| h.span.1 - h.span.0;
        all.sort_by_key(|h| (std::cmp::Reverse(length(h)), h.phrase.says != Says::Support, h.span.0));
        let mut kept: Vec<Hit<'m>> = Vec::new();
        for hit in all {
            let overlaps = |k: &&Hit<'m>| k.span.0 < hit.span.1 && hit.span.0 < k.span.1;
            // A phrase may stand in the list twice, for two institutions: both count.
            let twin =
                |k: &Hit<'m>| k.span == hit.span && k.phrase.says == hit.phrase.says && k.phrase.language == hit.phrase.language;
            if kept.iter().filter(overlaps).all(twin) {
                kept.push(hit);
            }
        }
        kept.sort_by_key(|h| h.span);
        kept
    }

    fn is_threat(&self, hit: &Hit<'_>) -> bool {
        let threat = |t: &&Hit<'_>| t.phrase.says == Says::Threat && t.span.1 <= hit.span.0;
        matches!(hit.phrase.says, Says::Name | Says::Title)
            && self.hits.iter().filter(threat).any(|t| self.words_between(t, hit).is_some_and(|words| words <= THREAT))
    }

    fn is_aimed(&self, hit: &Hit<'_>) -> bool {
        let work = |h: &&Hit<'_>| h.phrase.says == Says::Work || (h.phrase.says == Says::More && !h.phrase.modality.is_empty());
        hit.phrase.says != Says::Title
            && self.hits.iter().filter(work).any(|w| {
                let most = if w.span.0 < hit.span.0 { WORK_BEFORE } else { WORK_AFTER };
                self.words_between(w, hit).is_some_and(|words| words <= most)
            })
    }

    /// Words between two phrases of a sentence; none where they stand in two.
    fn words_between(&self, a: &Hit<'_>, b: &Hit<'_>) -> Option<usize> {
        let (first, second) = if a.span.0 <= b.span.0 { (a, b) } else { (b, a) };
        let Some(between) = self.text.get(first.span.1..second.span.0) else { return Some(0) };
        if between.contains(ENDS) {
            return None;
        }
        Some(between.split(' ').filter(|w| w.contains(char::is_alphanumeric)).count())
    }

    /// Where the beginning of a description ends.
    fn lead_end(&self) -> usize {
        let sentence = self.text.find(ENDS).unwrap_or(self.text.len());
        let words = self.text.match_indices(' ').nth(LEAD_WORDS).map_or(self.text.len(), |(at, _)| at);
        sentence.max(words)
    }
}

/// What ends a sentence, or an item of a list.
const ENDS: [char; 8] = ['.', ';', '!', '?', ':', '•', '؟', '؛'];
