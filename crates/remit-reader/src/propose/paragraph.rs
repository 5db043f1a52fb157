//! One paragraph: its sentences one by one, then what was learnt of it as a whole.

use super::DocumentSort;
use super::context::{Lead, Paragraph, Who, either};
use super::proposal::{ReadProposal, Says};
use super::what::Task;
use crate::lexicon::Hit;

/// Below this nothing is proposed.
pub(super) const ENOUGH: f32 = 0.45;
/// Nor of a page below this: one word of the field is too little in a sentence that names nobody, under a heading that does not either.
pub(super) const ENOUGH_OF_A_PAGE: f32 = 0.5;
/// A title is shorter.
const TITLE: usize = 120;

/// What a sentence says, of whichever mission.
struct SentenceReading<'s> {
    task: &'s str,
    activity: &'s str,
    strength: &'s str,
    says: Says,
    probability: f32,
    /// The words that speak for it; empty where none does.
    why: &'s str,
    /// To whom it is recommended: a mission, or a record.
    to: String,
}

impl<'p> Paragraph<'p> {
    /// Reads sentence by sentence; returns what the last one says, for the items that follow.
    pub(super) fn read(&mut self) -> Lead<'p> {
        let mut carried: Option<Who<'p>> = None;
        let mut last = Lead::untold();
        let count = self.scanned.sentences.len();
        // What is told of others goes on after a semicolon.
        let mut told = false;
        for n in 0..count {
            let hits = self.scanned.of_sentence(n);
            let who = self.who(n, hits, carried.as_ref());
            if !self.goes_on(n) {
                self.before = (Says::Untold, "");
            }
            let is_asked = n + 1 == count || self.goes_on(n + 1);
            let (says, strength) = if is_asked { self.mode(hits, usize::MAX) } else { (Says::Untold, "") };
            if n + 1 == count {
                last = Lead { who: who.clone(), says, strength, asked: self.asked(hits, &who) };
            }
            // What a mission is told that it should do is recommended to it, and nothing that it does.
            if self.is_only_recommended(n, hits, &who) {
                if !who.missions.is_empty() {
                    carried = Some(Who { sure: who.sure * 0.92, ..who });
                }
                continue;
            }
            let recommended = self.recommended_from(hits);
            if let Some(from) = recommended {
                self.recommend(n, hits, &who, (from, None));
            }
            if who.missions.is_empty() {
                continue;
            }
            told &= self.goes_on(n);
            if !told {
                for task in self.tasks(hits).iter().filter(|t| recommended.is_none_or(|from| t.span.0 < from)) {
                    self.propose(n, hits, &who, task);
                }
                told = self.is_said_of_others(hits, self.scanned.sentences[n].1);
            }
            carried = Some(Who { sure: who.sure * 0.92, ..who });
            if matches!(says, Says::Mandate | Says::Plan | Says::Done) {
                self.before = (says, strength);
            }
        }
        self.before = (Says::Untold, "");
        self.learnt(carried.unwrap_or_default());
        self.without_repetition();
        if last.who.missions.is_empty()
            && last.asked.is_none()
            && let Some(lead) = &self.lead
        {
            return lead.clone();
        }
        last
    }

    /// Proposes what a sentence tells somebody that they should do, or what the paragraph above it does for its items; true where it
    /// says no more than that.
    fn is_only_recommended(&mut self, sentence: usize, hits: &[Hit], who: &Who<'p>) -> bool {
        if let Some((mission, from)) = self.urged(hits) {
            if let Some(mission) = mission.or(who.missions.first().copied()) {
                self.recommend(sentence, hits, &Who::default(), (from, Some(mission)));
            }
            return true;
        }
        let asked = self.lead.as_ref().and_then(|lead| lead.asked.clone());
        let Some((by, to)) = asked.filter(|_| sentence == 0 || self.goes_on(sentence)) else { return false };
        let from = self.scanned.sentences[sentence].0;
        self.recommend(sentence, hits, &by, (from, Some(to.as_str()).filter(|to| !to.is_empty())));
        true
    }

    /// What a sentence recommends for the items below it: who does, and to whom where it says so itself. "UNTMIS should:", "the mission
    /// recommends that the ministry:".
    fn asked(&self, hits: &[Hit], who: &Who<'p>) -> Option<(Who<'p>, String)> {
        if let Some((told, _)) = self.urged(hits) {
            let told = told.or(who.missions.first().copied())?;
            return Some((Who::default(), told.to_owned()));
        }
        let from = self.recommended_from(hits)?;
        let by = if self.recommended_by_nobody(hits).is_some() { Who::default() } else { who.clone() };
        let to = self.addressee(hits, from, by.missions.first().copied().unwrap_or_default());
        Some((by, to))
    }

    /// True for what goes on after a semicolon, and says neither anew of whom nor how: "; to help the prisons".
    pub(super) fn goes_on(&self, sentence: usize) -> bool {
        let (before, text) = self.passage.text.split_at(self.scanned.sentences[sentence].0);
        // Letters of Arabic are neither small nor capital.
        let is_of_neither = |c: char| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase();
        text.starts_with(char::is_lowercase) || text.starts_with(is_of_neither) && before.trim_end().ends_with([';', '؛'])
    }

    /// A task says more than the activity that it is coded as: where both are found, the task stands.
    fn without_repetition(&mut self) {
        if self.found.len() < 2 {
            return;
        }
        let tells = |p: &&ReadProposal| !p.task.is_empty() && p.says != Says::Wish;
        let told: Vec<(String, String)> =
            self.found.values().filter(tells).map(|p| (p.mission.clone(), p.activity.clone())).collect();
        self.found.retain(|_, p| !p.task.is_empty() || !told.contains(&(p.mission.clone(), p.activity.clone())));
    }

    fn propose(&mut self, sentence: usize, hits: &[Hit], who: &Who<'_>, task: &Task<'_>) {
        let c = self.context;
        if !self.is_reform(&task.subject.task, &task.subject.activity) || self.is_said_of_others(hits, task.span.0) {
            return;
        }
        let (says, strength) = self.mode(hits, task.span.0);
        let certain = match says {
            // A report tells what it was asked; the mandate itself says so better.
            Says::Mandate if c.sort == DocumentSort::Report => return,
            Says::Mandate | Says::Done | Says::Ongoing | Says::Plan => 0.97,
            Says::Untold if c.sort == DocumentSort::Report && !self.is_wished() => 0.8,
            _ => return,
        };
        let said = SentenceReading {
            task: &task.subject.task,
            activity: &task.subject.activity,
            strength,
            says: if says == Says::Untold { Says::Done } else { says },
            probability: task.score * who.sure * certain,
            why: &self.passage.text[task.span.0..task.span.1],
            to: String::new(),
        };
        self.offer(sentence, &self.doers_of(hits, who, task.span.0), &said);
    }

    /// True for an item of what is wished: "The mission should: (a) help".
    fn is_wished(&self) -> bool {
        self.lead.as_ref().is_some_and(|lead| lead.says == Says::Wish || lead.asked.is_some())
    }

    /// Proposes what a mission recommends, or what is recommended to one (`to`): one recommendation a sentence, where it speaks of
    /// reform. The report of a visit need not say whose mission it was.
    fn recommend(&mut self, sentence: usize, hits: &[Hit], who: &Who<'_>, (from, to): (usize, Option<&str>)) {
        // What is named before it is done already: "it trained prison officers and recommended that the law on prisons be revised".
        let tasks = self.tasks(&hits[hits.partition_point(|h| h.span.0 < from)..]);
        let is_meant = |t: &&Task<'_>| self.is_reform(&t.subject.task, &t.subject.activity);
        let Some(task) = tasks.iter().filter(is_meant).max_by(|a, b| a.score.total_cmp(&b.score)) else { return };
        let (missions, sure) = match who.missions.is_empty() || self.recommended_by_nobody(hits).is_some() {
            true => (vec![""], if to.is_some() { 0.97 } else { 0.9 }),
            false => (self.doers_of(hits, who, from), who.sure),
        };
        let to = match to {
            Some(mission) => mission.to_owned(),
            None => self.addressee(hits, from, missions[0]),
        };
        let said = SentenceReading {
            task: &task.subject.task,
            activity: &task.subject.activity,
            strength: "",
            says: Says::Wish,
            probability: task.score * sure * 0.97,
            why: &self.passage.text[task.span.0..task.span.1],
            to,
        };
        self.offer(sentence, &missions, &said);
    }

    /// What was learnt and no word of the lexicon names: it stands for the paragraph, at its most telling sentence.
    fn learnt(&mut self, carried: Who<'p>) {
        let c = self.context;
        if self.row.is_empty() || c.sort == DocumentSort::Mandate || is_title(&self.passage.text) {
            return;
        }
        let urged = |n: usize| self.urged(self.scanned.of_sentence(n)).is_some();
        if self.is_wished() || (0..self.scanned.sentences.len()).any(urged) {
            return;
        }
        // Where a page tells only who serves in a mission, or what it says of others, nothing is done.
        let idle = |n: usize| {
            let hits = self.scanned.of_sentence(n);
            self.end_of_staff(hits) == usize::MAX || self.is_said_of_others(hits, self.scanned.sentences[n].1)
        };
        if c.sort == DocumentSort::Page && (0..self.scanned.sentences.len()).all(idle) {
            return;
        }
        // What a paragraph of a report denies is not done either.
        if c.sort == DocumentSort::Report && self.only_denies() {
            return;
        }
        // What a page says of the host's own work is not the mission's; of paragraphs of reports it was learnt which are.
        let on_host = || (0..self.scanned.sentences.len()).any(|n| self.is_on_host(n, self.scanned.of_sentence(n)));
        let own = || c.mission.as_deref().filter(|_| c.sort != DocumentSort::Page || !on_host());
        let who = match carried.missions[..] {
            [] => own().map_or_else(Who::default, |m| Who { missions: vec![m], sure: 0.9 }),
            _ => carried,
        };
        if who.missions.is_empty() {
            return;
        }
        for (n, label) in c.learnt.labels.codes.iter().enumerate().take(c.learnt.labels.engagements_from) {
            let label = label.code.as_str();
            let p = self.row[n];
            let known = |f: &ReadProposal| f.activity == label && f.says != Says::Wish;
            if p < c.learnt.labels.thresholds[n].max(0.3) || self.found.values().any(known) {
                continue;
            }
            let task = c.model.crosswalk.task_of(label).unwrap_or_default();
            if !self.is_reform(task, label) || (0..self.scanned.sentences.len()).any(|n| self.is_left_out(n, task, label)) {
                continue;
            }
            // Half of the way from the threshold to certainty is where what was learnt is worth a look.
            let score = either(p, 0.35);
            let sentence = self.telling_sentence();
            let (says, strength) = self.mode(self.scanned.of_sentence(sentence), usize::MAX);
            let says = match says {
                Says::Plan | Says::Done | Says::Ongoing => says,
                Says::Mandate if c.sort == DocumentSort::Page => says,
                _ if c.sort == DocumentSort::Report => Says::Done,
                _ => continue,
            };
            let (probability, to) = (score * who.sure, String::new());
            let said = SentenceReading { task, activity: label, strength, says, probability, why: "", to };
            self.offer(sentence, &who.missions, &said);
        }
    }

    /// True where a sentence of a page names what was learnt, and says that others do it, or that it is needed or not done: that stays
    /// left out.
    fn is_left_out(&self, sentence: usize, task: &str, label: &str) -> bool {
        let c = self.context;
        let hits = self.scanned.of_sentence(sentence);
        let is_meant = |t: &Task<'_>| t.subject.activity == label || !task.is_empty() && t.subject.task == task;
        let is_named = || self.tasks(hits).iter().any(is_meant);
        let is_denied = || matches!(self.mode(hits, usize::MAX).0, Says::Wish | Says::Negated | Says::Ceased);
        c.sort == DocumentSort::Page && is_named() && (self.is_on_host(sentence, hits) || is_denied())
    }

    /// Proposes what a sentence says, for each of the missions that it says it of. Of two proposals that say the same of the
    /// same mission in this paragraph the surer is kept.
    fn offer(&mut self, sentence: usize, missions: &[&str], said: &SentenceReading<'_>) {
        let c = self.context;
        let hits = self.scanned.of_sentence(sentence);
        let probability = said.probability.min(0.99);
        for mission in missions {
            let subject = match said.says {
                Says::Wish => format!("recommendation {sentence}"),
                _ if said.task.is_empty() => said.activity.to_owned(),
                _ => said.task.to_owned(),
            };
            let key = ((*mission).to_owned(), subject);
            if self.found.get(&key).is_some_and(|kept| kept.probability >= probability) {
                continue;
            }
            let record = c.doers.record(mission);
            let partner = match said.says {
                Says::Wish => c.doers.record(&said.to).to_owned(),
                _ => self.partner(hits, missions, mission),
            };
            // What is recommended to a mission is recommended where that is.
            let whose = if mission.is_empty() { said.to.as_str() } else { *mission };
            let proposal = ReadProposal {
                passage: self.passage.n,
                span: self.scanned.sentences.get(sentence).copied().unwrap_or((0, self.passage.text.len())),
                mission: (*mission).to_owned(),
                record: record.to_owned(),
                country: self.country(hits, whose),
                task: said.task.to_owned(),
                activity: said.activity.to_owned(),
                engagement: self.engagement(hits),
                strength: said.strength.to_owned(),
                says: said.says,
                partner,
                probability,
                why: if said.why.is_empty() { Vec::new() } else { vec![outline(said.why)] },
            };
            self.found.insert(key, proposal);
        }
    }

    /// The sentence with the most words of engagement, mode and mission.
    fn telling_sentence(&self) -> usize {
        let c = self.context;
        let telling =
            |h: &&Hit| [c.lists.engagement, c.lists.mission, c.lists.subject, c.lists.activity].iter().any(|l| c.is(h, *l));
        let count = |n: usize| self.scanned.of_sentence(n).iter().filter(telling).count();
        (0..self.scanned.sentences.len()).max_by_key(|n| (count(*n), usize::MAX - n)).unwrap_or(0)
    }

    /// Security sector reform, or beside it: only the first is proposed.
    fn is_reform(&self, task: &str, activity: &str) -> bool {
        !task.is_empty() || self.context.model.crosswalk.task(activity).is_some_and(|t| t.ssr)
    }

    /// The country of the mission, or else one that the sentence names, or that the document is about.
    fn country(&self, hits: &[Hit], whose: &str) -> String {
        let c = self.context;
        let own = c.place_of(whose);
        let named = || hits.iter().find(|h| c.is(h, c.lists.country)).map(|h| c.entry(h).code.clone());
        if own.is_empty() { named().or_else(|| c.home.clone()).unwrap_or_default() } else { own }
    }

    /// The kind of engagement: by the strongest word of the sentence, else by what was learnt of the paragraph.
    fn engagement(&self, hits: &[Hit]) -> String {
        let c = self.context;
        // A hint ("security") says nothing by itself.
        let telling = hits.iter().filter(|h| c.is(h, c.lists.engagement) && c.matcher.weight(h.entry) > 1);
        if let Some(hit) = telling.max_by_key(|h| (c.matcher.weight(h.entry), std::cmp::Reverse(h.span.0))) {
            return c.entry(hit).code.clone();
        }
        let from = c.learnt.labels.engagements_from;
        let best = (from..self.row.len()).max_by(|a, b| self.row[*a].total_cmp(&self.row[*b]));
        best.filter(|n| self.row[*n] > 0.4).map(|n| c.learnt.labels.codes[n].code.clone()).unwrap_or_default()
    }
}

/// What is short and ends as no sentence does names its subject, and does not say what was done.
fn is_title(text: &str) -> bool {
    text.len() < TITLE && !text.ends_with(['.', ';', ':', '!', '?', '"', '”', '»', ')', ','])
}

/// The first and last words of what stands far apart.
fn outline(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.len() {
        0..=8 => text.to_owned(),
        n => format!("{} … {}", words[..3].join(" "), words[n - 3..].join(" ")),
    }
}
