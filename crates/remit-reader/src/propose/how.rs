//! How a sentence means what it says: as a mandate, a plan, something done.

use super::DocumentSort;
use super::context::Paragraph;
use super::proposal::Says;
use crate::lexicon::Hit;

/// A plan and what it is to go on with stand together: "pledged to continue". No more bytes are between them.
const TOGETHER: usize = 16;
/// So many bytes behind a verb, its doer may stand: "que mène la mission".
const DOER: usize = 30;

/// A word of mode, with how it means what it is said of.
type Mode<'h> = (&'h Hit, Says);

impl<'p> Paragraph<'p> {
    /// How a sentence means what stands at `at`: by the word of mode that comes last before it, else by the first.
    pub(super) fn mode(&self, hits: &[Hit], at: usize) -> (Says, &'p str) {
        let c = self.context;
        let as_written = |h: &Hit| match c.matcher.is_apart(h.entry) {
            true => c.says[h.entry as usize],
            false => c.grammar.as_written(&c.entry(h).phrase, &self.passage.text[h.span.0..h.span.1], c.says[h.entry as usize]),
        };
        let is_mode = |h: &&Hit| c.is(h, c.lists.mode) && !self.is_turned_round(h);
        let modes = hits.iter().filter(is_mode).map(|h| (h, as_written(h)));
        let mut all: Vec<Mode<'_>> = modes.filter(|(_, says)| *says != Says::Untold).collect();
        // What stands behind an "and" is told of more: "it protects civilians and is mandated to train the police", "it trained the
        // police and came to an end".
        let more = |h: &Hit| c.sort == DocumentSort::Page && self.is_of_more(hits, at, h);
        if let Some((_, says)) = all.iter().find(|verb| !more(verb.0) && self.is_denied(&all, **verb, at)) {
            return (*says, "");
        }
        all.retain(|(_, says)| !denies(*says));
        // What is welcomed is asked of nobody.
        let mut strengths = hits.iter().filter(|h| c.is(h, c.lists.strength)).map(|h| c.entry(h).code.as_str());
        let strength = strengths.find(|s| *s != "welcomes" && *s != "reaffirms");
        // That there is a mandate is a hint only: "in line with its mandate, it trained".
        let mandates = |(h, says): &Mode<'_>| *says == Says::Mandate && c.matcher.weight(h.entry) > 1 && !more(h);
        let mandated = all.iter().any(mandates);
        let lead = self.lead.as_ref().filter(|lead| lead.says == Says::Mandate);
        if let Some(strength) = strength.filter(|_| c.sort == DocumentSort::Mandate || mandated) {
            return (Says::Mandate, strength);
        }
        if mandated || lead.is_some() {
            return (Says::Mandate, lead.map_or("", |lead| lead.strength));
        }
        let (verb, said) = self.said(hits, &all, at);
        // A decision tells in the present what is to be done: "the mission advises the ministry". What the Council itself says in the
        // present is welcomed only; a verb of the mission may be the same ("supports").
        let welcomed = |verb: &Hit| hits.iter().any(|h| c.is(h, c.lists.strength) && h.span != verb.span);
        if c.sort == DocumentSort::Mandate && said == Says::Ongoing && verb.is_some_and(|verb| !welcomed(verb)) {
            return (Says::Mandate, "");
        }
        if said == Says::Untold && self.before.0 == Says::Mandate {
            return self.before;
        }
        let inherited = self.lead.as_ref().map_or(self.before.0, |lead| lead.says);
        let untold = match c.sort {
            DocumentSort::Page => Says::Ongoing,
            DocumentSort::Report => Says::Untold,
            DocumentSort::Mandate => Says::Untold,
        };
        ([said, inherited, untold].into_iter().find(|s| *s != Says::Untold).unwrap_or(Says::Untold), "")
    }

    /// True for a word that denies what stands at `at`, and does not only stand before what is done: "it has no powers of its own, but
    /// supports the police".
    fn is_denied(&self, all: &[Mode<'_>], (verb, says): Mode<'_>, at: usize) -> bool {
        let c = self.context;
        let goes_on = |(h, said): &Mode<'_>| {
            let between = self.passage.text.get(verb.span.1..h.span.0).unwrap_or_default();
            let acts = c.matcher.weight(h.entry) > 1 || *said == Says::Ongoing;
            acts && !denies(*said) && h.span.0 <= at && c.grammar.parts(between)
        };
        denies(says) && !all.iter().any(goes_on)
    }

    /// True for a paragraph that names nothing but what it denies: "the mission did not train the police".
    pub(super) fn only_denies(&self) -> bool {
        let sentences = || (0..self.scanned.sentences.len()).map(|n| self.scanned.of_sentence(n));
        let names = |hits: &&[Hit]| hits.iter().any(|h| self.is_named(h));
        sentences().any(|hits| self.denies_what_follows(hits))
            && sentences().filter(names).all(|hits| self.denies_what_follows(hits))
    }

    /// True for a sentence that denies what it goes on to name. What is denied only behind that may be another thing: "it trained officers
    /// who had not been vetted".
    fn denies_what_follows(&self, hits: &[Hit]) -> bool {
        let c = self.context;
        let denial = hits.iter().find(|h| c.is(h, c.lists.mode) && denies(c.says[h.entry as usize]));
        let first = hits.iter().find(|h| self.is_named(h));
        denial.is_some_and(|denial| first.is_none_or(|first| denial.span.0 <= first.span.0))
            && denies(self.mode(hits, usize::MAX).0)
    }

    /// True for a word of what is done, and of whom it is done with.
    fn is_named(&self, hit: &Hit) -> bool {
        let c = self.context;
        [c.lists.engagement, c.lists.subject, c.lists.activity].iter().any(|list| c.is(hit, *list))
    }

    /// What the sentence's own word of mode says of what stands at `at`; where it has none, what the form of its verb says, else
    /// any word of mode.
    fn said<'h>(&self, hits: &[Hit], all: &[Mode<'h>], at: usize) -> (Option<&'h Hit>, Says) {
        let own = self.own(hits, all);
        let last = |modes: &[Mode<'h>]| {
            let before = modes.iter().rposition(|(h, _)| h.span.0 <= at);
            let first = || modes.first().filter(|(h, _)| !self.is_of_more(hits, at, h)).map(|_| 0);
            let last = before.or_else(first)?;
            let before = self.governing(modes, last);
            let (verb, says) = modes[before];
            // What goes on as planned is planned: "pledged to continue its support"; and so with what is wished.
            let ahead = before.checked_sub(1).map(|n| modes[n]);
            let ahead = ahead.filter(|(h, s)| matches!(s, Says::Plan | Says::Wish) && says == Says::Ongoing && near(h, verb));
            Some((Some(verb), ahead.map_or(says, |(_, says)| says)))
        };
        let by_form = || Some((None, self.tense(hits))).filter(|(_, says)| *says != Says::Untold);
        last(&own).or_else(by_form).or_else(|| last(all)).unwrap_or((None, Says::Untold))
    }

    /// True for a verb behind an "and" that says more of a doer who stands before what is spoken of: "experts advise the police and
    /// will train judges". Where something is put in behind the doer, its verb comes only then: "the mission, beside x and y, will".
    fn is_of_more(&self, hits: &[Hit], at: usize, verb: &Hit) -> bool {
        let c = self.context;
        let between = self.passage.text.get(at..verb.span.0).unwrap_or_default();
        let is_parted = |h: &Hit| self.passage.text[h.span.1..].trim_start().starts_with([',', '،']);
        c.grammar.goes_on(between) && hits.iter().any(|h| h.span.1 <= at && c.may_do(h) && !is_parted(h))
    }

    /// The verb to which a hint belongs that follows it in the same breath: "will advise the trained officers".
    fn governing(&self, modes: &[Mode<'_>], last: usize) -> usize {
        let c = self.context;
        let is_hint = |n: usize| c.matcher.weight(modes[n].0.entry) < 2;
        let verb = (0..last).rev().find(|n| !is_hint(*n) && modes[*n].0.span.0 < modes[last].0.span.0);
        let between = |verb: usize| self.passage.text.get(modes[verb].0.span.1..modes[last].0.span.0).unwrap_or_default();
        verb.filter(|verb| is_hint(last) && !c.grammar.parts(between(*verb))).unwrap_or(last)
    }

    /// The words of mode that the sentence itself has: none of a purpose that stands first ("to support the police, it trained"),
    /// between the parts of another, or of somebody else ("the ministry, which adopted").
    fn own<'h>(&self, hits: &[Hit], all: &[Mode<'h>]) -> Vec<Mode<'h>> {
        let c = self.context;
        let main = self.behind_purpose(hits).unwrap_or(0);
        let between = |h: &Hit| {
            let around = |o: &Hit| o.span.0 < h.span.0 && h.span.1 < o.span.1;
            !c.matcher.is_apart(h.entry) && all.iter().any(|(o, _)| c.matcher.is_apart(o.entry) && around(o))
        };
        let is_own = |(h, says): &Mode<'h>| h.span.0 >= main && !between(h) && !self.is_said_in_passing(hits, all, (*h, *says));
        all.iter().copied().filter(is_own).collect()
    }

    /// True for parts that stand apart the other way round: "they advise the ministry and will" is no "will advise".
    fn is_turned_round(&self, verb: &Hit) -> bool {
        let c = self.context;
        let ahead = c.says[verb.entry as usize] == Says::Plan;
        let Some((first, _)) = c.entry(verb).phrase.split_once(" & ").filter(|_| ahead) else { return false };
        let first = first.split('*').next().unwrap_or_default();
        let text = &self.passage.text[verb.span.0..verb.span.1];
        let begins =
            text.chars().flat_map(char::to_lowercase).zip(first.chars().flat_map(char::to_lowercase)).all(|(a, b)| a == b);
        !begins && text.len() > c.entry(verb).phrase.len() + TOGETHER
    }

    /// Where what is done begins, behind what it is done for: "To strengthen the police, the mission …".
    fn behind_purpose(&self, hits: &[Hit]) -> Option<usize> {
        let (start, end) = self.scanned.sentences[hits.first()?.sentence as usize];
        let text = &self.passage.text;
        if self.lead.is_some() || !self.context.grammar.begins_with_purpose(&text[start..end]) {
            return None;
        }
        let comma = start + text[start..end].find([',', '،'])?;
        let doer = hits.iter().find(|h| h.span.0 > comma && self.context.may_do(h))?;
        text[start..doer.span.0].rfind([',', '،']).map(|at| start + at)
    }

    /// True for what was named just before and is no mission: "the ministry, which adopted a plan". What it will do is planned all
    /// the same, but where a verb before says what is done: "it advises on reforms, which will help".
    fn is_said_in_passing(&self, hits: &[Hit], all: &[Mode<'_>], (verb, says): Mode<'_>) -> bool {
        let text = &self.passage.text;
        let told = |(h, _): &Mode<'_>| h.span.1 <= verb.span.0 && self.context.matcher.weight(h.entry) > 1;
        // "It helped so that the police be made stronger."
        if says == Says::Ongoing && all.iter().any(told) && self.context.grammar.ends_in_that(&text[..verb.span.0]) {
            return true;
        }
        // What is done may be told by the form of its verb alone: "donated a vehicle that will help".
        let is_deed = || all.iter().any(told) || self.tense(hits) == Says::Done;
        let passes = matches!(says, Says::Done | Says::Ongoing) || matches!(says, Says::Plan | Says::Wish) && is_deed();
        if !passes || !self.context.grammar.ends_in_relative(&text[..verb.span.0]) {
            return false;
        }
        let before = text[..verb.span.0].trim_end().trim_end_matches(char::is_alphabetic).trim_end_matches([' ', ',', ')']).len();
        let doer = |h: &Hit| h.span.1 == before || (verb.span.1..verb.span.1 + DOER).contains(&h.span.0);
        !hits.iter().any(|h| self.context.may_do(h) && doer(h))
    }

    /// What the form of the verb beside the first doer tells.
    fn tense(&self, hits: &[Hit]) -> Says {
        let c = self.context;
        let doer = hits.iter().find(|h| c.sort != DocumentSort::Mandate && c.may_do(h));
        doer.map_or(Says::Untold, |doer| {
            let (start, end) = self.scanned.sentences[doer.sentence as usize];
            let behind = self.passage.text.get(doer.span.1..end).unwrap_or_default();
            c.grammar.tense(&self.passage.text[start..doer.span.0], behind)
        })
    }
}

fn denies(says: Says) -> bool {
    matches!(says, Says::Negated | Says::Ceased)
}

fn near(a: &Hit, b: &Hit) -> bool {
    a.span.1 <= b.span.0 && b.span.0 - a.span.1 <= TOGETHER
}
