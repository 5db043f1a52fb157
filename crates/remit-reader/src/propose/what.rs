//! What a sentence speaks of: the tasks that its words name, and how sure that is.

use super::DocumentSort;
use super::context::{Paragraph, either, sure};
use super::phrases::Subject;
use crate::lexicon::Hit;
use std::sync::Arc;

/// No surer than by one word that only speaks for it.
const BARELY: f32 = 0.61;
/// So sure is what words tell that leave no doubt.
const SURELY: f32 = 0.8;

/// What classes of institutions are called that have tasks of reform of their own.
const SERVICES: [&str; 2] = ["provider", "justice"];
/// What sorts of tasks are called that are beside the work of any service.
const ACROSS: [&str; 3] = ["policy_and_planning", "oversight", "human_rights"];

/// A task in a sentence.
pub(super) struct Task<'t> {
    pub(super) subject: &'t Arc<Subject>,
    /// How sure it is, 0 to 1.
    pub(super) score: f32,
    /// The words that name it best.
    pub(super) span: (usize, usize),
}

impl<'p> Paragraph<'p> {
    /// The tasks that the words of a sentence name.
    pub(super) fn tasks(&self, hits: &[Hit]) -> Vec<Task<'p>> {
        let c = self.context;
        let mut all: Vec<Task<'p>> = Vec::new();
        let (end_of_staff, aside) = (self.end_of_staff(hits), self.aside(hits));
        for (hit, subject) in self.naming(hits).filter(|(hit, _)| hit.span.0 >= end_of_staff && hit.span.1 <= aside) {
            let worded = sure(c.matcher.weight(hit.entry));
            // What was learnt of the paragraph speaks for or against what the words say.
            let learnt = c.naming.label(hit.entry).and_then(|n| self.row.get(n));
            let score = learnt.map_or(worded, |p| either(worded, 0.6 * p) * (0.85 + 0.15 * p.min(0.5) * 2.0));
            match all.iter_mut().find(|t| Arc::ptr_eq(t.subject, subject)) {
                Some(t) if score > t.score => *t = Task { subject, score: either(score, 0.5 * t.score), span: hit.span },
                Some(t) => t.score = either(t.score, 0.5 * score),
                None => all.push(Task { subject, score, span: hit.span }),
            }
        }
        self.without_what_is_barely_told(&mut all);
        all
    }

    /// Where a sentence of a page begins only to name things: "topics included human rights", "the police, which suffers from corruption".
    /// Nothing that ends behind is a task.
    fn aside(&self, hits: &[Hit]) -> usize {
        let c = self.context;
        let first = hits.iter().find(|h| c.sort == DocumentSort::Page && c.is_subject(h, "aside"));
        first.map_or(usize::MAX, |h| h.span.1)
    }

    /// Leaves out what one word tells beside a surer task: the reform of a service ("cars for the border police" reforms no police), and of a
    /// page what cuts across tasks ("trained prison officers, as the strategy says").
    fn without_what_is_barely_told(&self, tasks: &mut Vec<Task<'p>>) {
        let c = self.context;
        let is_of_service = |t: &Task<'_>| {
            let line = c.model.crosswalk.task(&t.subject.activity).filter(|line| line.ssr_task == t.subject.task);
            let class = line.and_then(|line| c.model.lists.get("actor_class")?.get(&line.actor_class));
            class.is_some_and(|class| SERVICES.contains(&class.category.as_str()))
        };
        let cuts_across = |t: &Task<'_>| {
            let task = c.model.lists.get("ssr_task").and_then(|list| list.get(&t.subject.task));
            c.sort == DocumentSort::Page && task.is_some_and(|task| ACROSS.contains(&task.category.as_str()))
        };
        if tasks.iter().any(|t| t.score >= SURELY) {
            tasks.retain(|t| t.score > BARELY || !is_of_service(t) && !cuts_across(t));
        }
    }

    /// The phrases that name a task or an activity here, with what they name.
    fn naming<'h>(&self, hits: &'h [Hit]) -> impl Iterator<Item = (&'h Hit, &'p Arc<Subject>)> {
        let c = self.context;
        // "EU Integrated Border Management Assistance Mission" is a name, and says nothing of what it does here; nor does "Centre
        // for Security Sector Governance".
        let is_name = |h: &&Hit| c.names_mission(h) || c.is(h, c.lists.organisation);
        let mut names: Vec<(usize, usize)> = hits.iter().filter(is_name).map(|h| h.span).collect();
        names.extend(self.own_people(hits));
        let within = |n: &(usize, usize), at: usize| n.0 <= at && at < n.1;
        let in_name = move |h: &Hit| {
            // Of parts that stand apart, one in a name is enough.
            let ends = |n| (within(n, h.span.0), within(n, h.span.1 - 1));
            names.iter().map(ends).any(|(first, last)| first && last || (first || last) && c.matcher.is_apart(h.entry))
        };
        let of = |h: &'h Hit| Some((h, c.subjects[h.entry as usize].as_ref()?));
        let named = hits.iter().filter(|h| c.is(h, c.lists.task) && c.matcher.weight(h.entry) > 1).filter_map(of);
        let named: Vec<(&Hit, &Arc<Subject>)> = named.collect();
        // Words that name a task say which one of its activity's tasks they mean. Those that name a task of no activity mean that.
        let told = move |hit: &Hit, subject: &Arc<Subject>| {
            let same = |s: &Subject| s.activity == subject.activity || (s.activity.is_empty() && subject.task.is_empty());
            named.iter().any(|(h, s)| overlap(h, hit) && same(s) && !Arc::ptr_eq(s, subject))
        };
        hits.iter().filter(move |h| !in_name(h)).filter_map(of).filter(move |(h, s)| !(c.is(h, c.lists.activity) && told(h, s)))
    }

    /// Where the mission's own people stand, who are helped as little as it is itself: "policiers de la mission", "AMISOM police
    /// officers". Where others of their kind are named besides, it is these that a phrase speaks of.
    pub(super) fn own_people(&self, hits: &[Hit]) -> Vec<(usize, usize)> {
        let c = self.context;
        let text = &self.passage.text;
        let between = |from: usize, to: usize| text.get(from..to);
        let is_of = |people: &Hit, n: &Hit| {
            between(people.span.1, n.span.0).is_some_and(|t| c.grammar.is_of(t))
                || between(n.span.1, people.span.0).is_some_and(|t| c.grammar.is_of_before(t))
        };
        let people = hits.iter().filter(|h| c.is(h, c.lists.institution));
        let (own, others): (Vec<&Hit>, Vec<&Hit>) = people.partition(|h| hits.iter().any(|n| c.may_do(n) && is_of(h, n)));
        let besides = |h: &&Hit| others.iter().any(|o| c.entry(o).code == c.entry(h).code && !o.is_in(h));
        own.into_iter().filter(|h| !besides(h)).map(|h| h.span).collect()
    }
}

fn overlap(a: &Hit, b: &Hit) -> bool {
    a.span.0 < b.span.1 && b.span.0 < a.span.1
}
