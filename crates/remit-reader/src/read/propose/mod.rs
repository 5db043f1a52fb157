//! Puts together what a document says: mission, place, task, mode, strength, with the sentence that says so.

mod what;
mod who;

use super::phrases::{Lists, Phrases, Subject};
use super::scan::{Hit, Scanned};
use super::{Learnt, Mark, Missions, Reading, Scans, Sort};
use crate::document::{Document, Passage};
use crate::learn::Naming;
use crate::lexicon::{Code, Matcher};
use remit_model::{LexiconEntry, Model};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use what::Task;
use who::Who;

/// How a sentence means what it says; codes of the list `statement_mode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Says {
    /// Somebody is told to do it.
    Mandate,
    /// It is to be done.
    Plan,
    /// It was done.
    Done,
    /// It is being done.
    Ongoing,
    /// It was not done.
    Negated,
    /// It was done and is so no more.
    Ceased,
    /// Somebody wishes it done.
    Wish,
    /// The sentence does not tell.
    Untold,
}

impl Says {
    /// The code in `model/codes/statement_mode.csv`.
    pub fn code(self) -> &'static str {
        match self {
            Says::Mandate => "mandate",
            Says::Plan => "plan",
            Says::Done => "done",
            Says::Ongoing => "ongoing",
            Says::Negated => "negated",
            Says::Ceased => "ceased",
            Says::Wish => "wish",
            Says::Untold => "untold",
        }
    }

    /// What a phrase tells of it.
    pub(super) fn of(entry: &LexiconEntry) -> Says {
        let all = [Says::Mandate, Says::Plan, Says::Done, Says::Ongoing, Says::Negated, Says::Ceased, Says::Wish];
        let told = all.into_iter().find(|s| entry.list == "statement_mode" && s.code() == entry.code);
        told.unwrap_or(Says::Untold)
    }
}

/// One statement that a document seems to make.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// [`Passage::n`].
    pub passage: u32,
    /// The sentence that says so, in bytes of the passage.
    pub span: (usize, usize),
    /// Code of the list `mission`, or a record of the register.
    pub mission: String,
    /// The record of it.
    pub record: String,
    /// Country, where the mission has one or the sentence names one.
    pub country: String,
    /// Code of `ssr_task`, or empty.
    pub task: String,
    /// Code of `pact_activity`, or empty.
    pub activity: String,
    /// Code of `pact_engagement`, or empty.
    pub engagement: String,
    /// Code of `mandate_strength`, or empty.
    pub strength: String,
    /// How it is meant.
    pub says: Says,
    /// A record of the register that the sentence names besides the mission, or empty.
    pub partner: String,
    /// How sure it is, 0 to 1.
    pub probability: f32,
    /// The words that speak for it.
    pub why: Vec<String>,
}

/// Below this nothing is proposed.
const ENOUGH: f32 = 0.45;
/// Below this a learnt subject is not even marked.
const TRACE: f32 = 0.08;
/// A title is shorter.
const TITLE: usize = 120;
/// How sure a phrase of weight 1, 2 and 3 is.
fn sure(weight: u8) -> f32 {
    [0.0, 0.25, 0.6, 0.85][usize::from(weight.min(3))]
}

/// All that the parts of the reading share.
struct Context<'c> {
    model: &'c Model,
    missions: &'c Missions,
    learnt: &'c Learnt<'c>,
    matcher: &'c Matcher,
    lists: &'c Lists,
    subjects: &'c [Option<Arc<Subject>>],
    says: &'c [Says],
    naming: &'c Naming,
    sort: Sort,
    mission: Option<String>,
    /// The only mission that the document names at all.
    only: Option<String>,
    /// The mission that is meant where this text writes its name short.
    short: HashMap<String, String>,
    /// The mission that each heading names.
    heading_missions: Vec<Option<String>>,
}

/// What a sentence says for the items that it introduces: of whom, how, how strongly.
type Lead<'c> = (Who<'c>, Says, &'c str);

pub(super) fn put_together(
    model: &Model,
    missions: &Missions,
    document: &Document,
    phrases: &Phrases,
    scans: &Scans<'_>,
    learnt: &Learnt<'_>,
) -> Reading {
    let mut context = Context {
        model,
        missions,
        learnt,
        matcher: &phrases.matcher,
        lists: &phrases.lists,
        subjects: &phrases.subjects,
        says: &phrases.says,
        naming: &phrases.naming,
        sort: sort_of(document),
        mission: None,
        only: None,
        short: HashMap::new(),
        heading_missions: Vec::new(),
    };
    context.short = context.written_short(scans);
    (context.mission, context.only) = context.main_mission(scans);
    let of_headings = scans.headings.iter().map(|(heading, s)| context.heading_mission(heading, &s.hits).map(str::to_owned));
    context.heading_missions = of_headings.collect();
    let scanned = &scans.passages;
    let labels = learnt.labels.codes.len();
    let (mut marks, mut proposals) = (Vec::with_capacity(scanned.len()), Vec::new());
    let mut leads: Vec<Lead<'_>> = Vec::with_capacity(scanned.len());
    let mut above = None;
    for (n, (passage, s)) in document.passages.iter().zip(scanned).enumerate() {
        let heading = scans.heading_of[n];
        let row = learnt.rows.get(n * labels..(n + 1) * labels).unwrap_or_default();
        let lead = (passage.lead > 0).then(|| leads[passage.lead as usize - 1].clone());
        let mut paragraph =
            Paragraph { context: &context, passage, heading, scanned: s, row, lead, above, found: BTreeMap::new() };
        let last = paragraph.read();
        proposals.extend(std::mem::take(&mut paragraph.found).into_values().filter(|p| p.probability >= ENOUGH));
        marks.push(context.marks(passage, s, row));
        if context.sort == Sort::Page {
            above = paragraph.only_doer().or(above);
        }
        leads.push(last);
    }
    let mission = context.mission.as_deref().map(|m| missions.record(m));
    Reading { sort: context.sort, mission, marks, proposals }
}

/// What kind of document it is, by its symbol and title.
fn sort_of(document: &Document) -> Sort {
    let about = &document.about;
    let title = about.title.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| title.contains(w));
    let operative = document.passages.iter().take(30).filter(|p| !p.number.is_empty()).count();
    if about.symbol.contains("/RES/") || about.symbol.contains("CFSP") || about.symbol.contains(".DEC/") {
        return Sort::Mandate;
    }
    if has(&["report of", "report on", "rapport du", "informe del", "تقرير", "bericht"])
        || (about.symbol.starts_with("S/") && operative > 5)
    {
        return Sort::Report;
    }
    let decides =
        has(&["resolution", "résolution", "resolución", "قرار", "council decision", "décision du conseil", "beschluss"]);
    if decides { Sort::Mandate } else { Sort::Page }
}

impl Context<'_> {
    fn entry(&self, hit: &Hit) -> &LexiconEntry {
        &self.matcher.entries()[hit.entry as usize]
    }

    fn is(&self, hit: &Hit, list: Option<u8>) -> bool {
        list == Some(hit.list)
    }

    /// Everything that a paragraph says, for who wants to look at it.
    fn marks(&self, passage: &Passage, scanned: &Scanned, row: &[f32]) -> Vec<Mark> {
        // Words that are only a hint count together; each for itself says nothing.
        let telling = scanned.hits.iter().filter(|hit| self.matcher.weight(hit.entry) > 1);
        let worded = telling.filter_map(|hit| {
            let probability = sure(self.matcher.weight(hit.entry));
            let code = match self.is(hit, self.lists.short_mission) {
                true => Code { list: "mission".to_owned(), code: self.mission_of(hit)?.to_owned() }.into(),
                false => self.matcher.code(hit.entry).clone(),
            };
            Some(Mark { code, span: hit.span, probability, worded: true })
        });
        let mut marks: Vec<Mark> = Vec::with_capacity(scanned.hits.len() + 8);
        marks.extend(worded);
        for (code, p) in self.learnt.labels.codes.iter().zip(row).filter(|(_, p)| **p >= TRACE) {
            marks.push(Mark { code: code.clone(), span: (0, passage.text.len()), probability: *p, worded: false });
        }
        marks
    }

    /// The country of a mission on the document's day, where it has one.
    fn country_of(&self, mission: &str) -> String {
        let mut all = self.model.crosswalk.countries_of(mission).map(|m| m.country.as_str());
        match (all.next(), all.next()) {
            (Some(one), None) => one.to_owned(),
            _ => String::new(),
        }
    }
}

/// One paragraph while it is read.
struct Paragraph<'p> {
    context: &'p Context<'p>,
    passage: &'p Passage,
    /// Which heading it is under.
    heading: usize,
    scanned: &'p Scanned,
    /// What was learnt of it, by label; empty where nothing was.
    row: &'p [f32],
    lead: Option<Lead<'p>>,
    /// The mission that the page was about last.
    above: Option<&'p str>,
    found: BTreeMap<(String, String), Proposal>,
}

/// What a sentence says, of whichever mission.
struct Said<'s> {
    task: &'s str,
    activity: &'s str,
    strength: &'s str,
    says: Says,
    probability: f32,
    /// The words that speak for it; empty where none does.
    why: &'s str,
}

impl<'p> Paragraph<'p> {
    /// Reads sentence by sentence; returns what the last one says, for the items that follow.
    fn read(&mut self) -> Lead<'p> {
        let mut carried: Option<Who<'p>> = None;
        let mut last = (Who::default(), Says::Untold, "");
        let count = self.scanned.sentences.len();
        for n in 0..count {
            let hits = self.scanned.of_sentence(n);
            let who = self.who(n, hits, carried.as_ref());
            if n + 1 == count {
                let (says, strength) = self.mode(hits, usize::MAX);
                last = (who.clone(), says, strength);
            }
            if who.missions.is_empty() {
                continue;
            }
            for task in self.tasks(hits) {
                self.propose(n, hits, &who, &task);
            }
            carried = Some(Who { sure: who.sure * 0.92, ..who });
        }
        self.learnt(carried.unwrap_or_default());
        self.without_repetition();
        if last.0.missions.is_empty()
            && let Some(lead) = &self.lead
        {
            return lead.clone();
        }
        last
    }

    /// A task says more than the activity that it is coded as: where both are found, the task stands.
    fn without_repetition(&mut self) {
        if self.found.len() < 2 {
            return;
        }
        let told: Vec<(String, String)> =
            self.found.values().filter(|p| !p.task.is_empty()).map(|p| (p.mission.clone(), p.activity.clone())).collect();
        self.found.retain(|_, p| !p.task.is_empty() || !told.contains(&(p.mission.clone(), p.activity.clone())));
    }

    /// How a sentence means what stands at `at`: by the word of mode that comes last before it, else by the first.
    fn mode(&self, hits: &[Hit], at: usize) -> (Says, &'p str) {
        let c = self.context;
        let modes = || hits.iter().filter(|h| c.is(h, c.lists.mode)).map(|h| (h, c.says[h.entry as usize]));
        if let Some((_, says)) = modes().find(|(_, says)| matches!(says, Says::Negated | Says::Ceased)) {
            return (says, "");
        }
        // What is welcomed is asked of nobody.
        let mut strengths = hits.iter().filter(|h| c.is(h, c.lists.strength)).map(|h| c.entry(h).code.as_str());
        let strength = strengths.find(|s| *s != "welcomes" && *s != "reaffirms");
        let mandated = modes().any(|(_, says)| says == Says::Mandate);
        let lead = self.lead.as_ref().filter(|(_, says, _)| *says == Says::Mandate);
        if let Some(strength) = strength.filter(|_| c.sort == Sort::Mandate || mandated) {
            return (Says::Mandate, strength);
        }
        if mandated || lead.is_some() {
            return (Says::Mandate, lead.map_or("", |l| l.2));
        }
        let before = modes().rfind(|(h, _)| h.span.0 <= at).or_else(|| modes().next());
        let said = before.map_or(Says::Untold, |(_, says)| says);
        let inherited = self.lead.as_ref().map_or(Says::Untold, |l| l.1);
        let untold = match c.sort {
            Sort::Page => Says::Ongoing,
            Sort::Report => Says::Untold,
            Sort::Mandate => Says::Untold,
        };
        ([said, inherited, untold].into_iter().find(|s| *s != Says::Untold).unwrap_or(Says::Untold), "")
    }

    fn propose(&mut self, sentence: usize, hits: &[Hit], who: &Who<'_>, task: &Task<'_>) {
        let c = self.context;
        if !self.is_reform(&task.subject.task, &task.subject.activity) {
            return;
        }
        let (says, strength) = self.mode(hits, task.span.0);
        let certain = match says {
            // A report tells what it was asked; the mandate itself says so better.
            Says::Mandate if c.sort == Sort::Report => return,
            Says::Mandate | Says::Done | Says::Ongoing | Says::Plan => 0.97,
            Says::Untold if c.sort == Sort::Report => 0.8,
            _ => return,
        };
        let said = Said {
            task: &task.subject.task,
            activity: &task.subject.activity,
            strength,
            says: if says == Says::Untold { Says::Done } else { says },
            probability: task.score * who.sure * certain,
            why: &self.passage.text[task.span.0..task.span.1],
        };
        self.offer(sentence, &self.doers_of(hits, who, task.span.0), &said);
    }

    /// What was learnt and no word of the lexicon names: it stands for the paragraph, at its most telling sentence.
    fn learnt(&mut self, carried: Who<'p>) {
        let c = self.context;
        if self.row.is_empty() || c.sort == Sort::Mandate || is_title(&self.passage.text) {
            return;
        }
        // What a page says of the host's own work is not the mission's; of paragraphs of reports it was learnt which are.
        let on_host = || (0..self.scanned.sentences.len()).any(|n| self.is_on_host(n, self.scanned.of_sentence(n)));
        let own = || c.mission.as_deref().filter(|_| c.sort != Sort::Page || !on_host());
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
            if p < c.learnt.labels.thresholds[n].max(0.3) || self.found.values().any(|f| f.activity == label) {
                continue;
            }
            let task = c.model.crosswalk.task_of(label).unwrap_or_default();
            if !self.is_reform(task, label) {
                continue;
            }
            // Half of the way from the threshold to certainty is where what was learnt is worth a look.
            let score = either(p, 0.35);
            let sentence = self.telling_sentence();
            let (says, strength) = self.mode(self.scanned.of_sentence(sentence), usize::MAX);
            let says = match says {
                Says::Plan | Says::Done | Says::Ongoing => says,
                Says::Mandate if c.sort == Sort::Page => says,
                _ if c.sort == Sort::Report => Says::Done,
                _ => continue,
            };
            let said = Said { task, activity: label, strength, says, probability: score * who.sure, why: "" };
            self.offer(sentence, &who.missions, &said);
        }
    }

    /// Proposes what a sentence says, for each of the missions that it says it of. Of two proposals that say the same of the
    /// same mission in this paragraph the surer is kept.
    fn offer(&mut self, sentence: usize, missions: &[&str], said: &Said<'_>) {
        let c = self.context;
        let hits = self.scanned.of_sentence(sentence);
        let probability = said.probability.min(0.99);
        for mission in missions {
            let subject = if said.task.is_empty() { said.activity } else { said.task };
            let key = ((*mission).to_owned(), subject.to_owned());
            if self.found.get(&key).is_some_and(|kept| kept.probability >= probability) {
                continue;
            }
            let proposal = Proposal {
                passage: self.passage.n,
                span: self.scanned.sentences.get(sentence).copied().unwrap_or((0, self.passage.text.len())),
                mission: (*mission).to_owned(),
                record: c.missions.record(mission),
                country: self.country(hits, mission),
                task: said.task.to_owned(),
                activity: said.activity.to_owned(),
                engagement: self.engagement(hits),
                strength: said.strength.to_owned(),
                says: said.says,
                partner: self.partner(hits),
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

    /// A country that the sentence names, else that of the mission.
    fn country(&self, hits: &[Hit], mission: &str) -> String {
        let c = self.context;
        let own = c.country_of(mission);
        let named = || hits.iter().find(|h| c.is(h, c.lists.country)).map(|h| c.entry(h).code.clone()).unwrap_or_default();
        if own.is_empty() { named() } else { own }
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

    /// An institution of the register that the sentence names.
    fn partner(&self, hits: &[Hit]) -> String {
        let c = self.context;
        let other = hits.iter().find(|h| c.is(h, c.lists.actor) && c.mission_of(h).is_none());
        other.map(|h| c.entry(h).code.clone()).unwrap_or_default()
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

/// That at least one of two independent signs is right.
fn either(a: f32, b: f32) -> f32 {
    1.0 - (1.0 - a) * (1.0 - b)
}
