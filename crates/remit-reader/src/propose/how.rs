//! How a sentence means what it says: as a mandate, a plan, something done.

use super::Sort;
use super::paragraph::Paragraph;
use super::proposal::Says;
use crate::lexicon::Hit;

impl<'p> Paragraph<'p> {
    /// How a sentence means what stands at `at`: by the word of mode that comes last before it, else by the first.
    pub(super) fn mode(&self, hits: &[Hit], at: usize) -> (Says, &'p str) {
        let c = self.context;
        let modes = || hits.iter().filter(|h| c.is(h, c.lists.mode)).map(|h| (h, c.says[h.entry as usize]));
        if let Some((_, says)) = modes().find(|(_, says)| matches!(says, Says::Negated | Says::Ceased)) {
            return (says, "");
        }
        // What is welcomed is asked of nobody.
        let mut strengths = hits.iter().filter(|h| c.is(h, c.lists.strength)).map(|h| c.entry(h).code.as_str());
        let strength = strengths.find(|s| *s != "welcomes" && *s != "reaffirms");
        // That there is a mandate is a hint only: "in line with its mandate, it trained".
        let mandated = modes().any(|(h, says)| says == Says::Mandate && c.matcher.weight(h.entry) > 1);
        let lead = self.lead.as_ref().filter(|(_, says, _)| *says == Says::Mandate);
        if let Some(strength) = strength.filter(|_| c.sort == Sort::Mandate || mandated) {
            return (Says::Mandate, strength);
        }
        if mandated || lead.is_some() {
            return (Says::Mandate, lead.map_or("", |l| l.2));
        }
        let before = modes().rfind(|(h, _)| h.span.0 <= at).or_else(|| modes().next());
        let said = before.map_or(Says::Untold, |(_, says)| says);
        // A decision tells in the present what is to be done: "the mission advises the ministry". What the Council itself says in the
        // present is welcomed only; a verb of the mission may be the same ("supports").
        let welcomed = |verb: &Hit| hits.iter().any(|h| c.is(h, c.lists.strength) && h.span != verb.span);
        if c.sort == Sort::Mandate && before.is_some_and(|(verb, says)| says == Says::Ongoing && !welcomed(verb)) {
            return (Says::Mandate, "");
        }
        let inherited = self.lead.as_ref().map_or(Says::Untold, |l| l.1);
        let untold = match c.sort {
            Sort::Page => Says::Ongoing,
            Sort::Report => Says::Untold,
            Sort::Mandate => Says::Untold,
        };
        ([said, inherited, untold].into_iter().find(|s| *s != Says::Untold).unwrap_or(Says::Untold), "")
    }
}
