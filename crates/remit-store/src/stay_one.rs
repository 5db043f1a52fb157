//! Records that were made one stay one where copies come together: what a copy says of a record that was made one with another elsewhere is said
//! again of that other. Each copy says the same, under the same identifiers, whatever came first; so it does where the two were made one each into
//! the other, or in a longer circle: there the latest of these decisions holds. Where one of them was erased by somebody who did not know of it, the two
//! are one no more: what was said of the other is said of it again.

use crate::became_one::StayingOne;
use crate::chain::SAID_OF_ONE;
use crate::register::{Entry, FirstSaid};
use crate::seal::SealedParts;
use crate::statement::RECORD;
use crate::{Draft, Statement, Status, StoreError};
use remit_model::Marking;
use std::collections::{BTreeMap, BTreeSet};

/// A record that was made one with another: its kind, its identifier, and that of the record that it is one with.
pub(crate) type BecameOne = (String, String, String);

/// What was said again where copies came together.
#[derive(Debug, Default)]
pub(crate) struct SaidOfOne {
    /// The records that were made one with others, of which something is said again of these.
    pub(crate) became_one: BTreeSet<BecameOne>,
    /// The records, as kind and identifier, that stand alone again: what they were made one with is erased.
    pub(crate) stand_alone: BTreeSet<(String, String)>,
}

/// A statement that may have to be said again, with the records that it is to be said of another for, and whether that other is erased.
type MayMove = (Statement, BTreeSet<(String, String)>, bool);

impl Entry<'_> {
    /// Says again what is said of records that were made one with others, of these, and of themselves where the others are erased. Returns those
    /// records of which something at most so confidential was said again.
    pub(crate) fn stay_one(&mut self, clearance: Marking) -> Result<SaidOfOne, StoreError> {
        let one = StayingOne::of(self)?;
        let mut told = SaidOfOne::default();
        for (said, gone, is_alone) in self.may_move(&one)?.into_values() {
            if !self.say_of_one(&said, &one)? || said.draft.marking > clearance {
                continue;
            }
            let kept = one.kept(&said.draft.kind, &said.draft.record, Marking::StrictlyConfidential);
            // What has no name of its own follows those whom it refers to.
            let is_named = self.model.kind(&said.draft.kind).is_some_and(|kind| kind.title.is_some());
            if is_alone && is_named && kept == said.draft.record {
                told.stand_alone.insert((said.draft.kind.clone(), said.draft.record.clone()));
            }
            told.became_one.extend(gone.into_iter().map(|(kind, gone)| {
                let kept = one.kept(&kind, &gone, Marking::StrictlyConfidential).to_owned();
                (kind, gone, kept)
            }));
        }
        Ok(told)
    }

    /// What may have to be said again, by identifier.
    fn may_move(&self, one: &StayingOne) -> Result<BTreeMap<String, MayMove>, StoreError> {
        let mut all: BTreeMap<String, MayMove> = BTreeMap::new();
        let mut add = |s: Statement, gone: Option<&(String, String)>, is_alone: bool| {
            let (_, moving, alone) = all.entry(s.id.clone()).or_insert_with(|| (s, BTreeSet::new(), false));
            moving.extend(gone.cloned());
            *alone |= is_alone;
        };
        for s in self.all("t.supersedes is not null and t.act = ?", SAID_OF_ONE)? {
            add(self.said_alone(s)?, None, false);
        }
        for s in self.all("t.supersedes is not null and t.sealed <> ?", "")? {
            if let Some(said) = self.one_no_more(&s)? {
                let is_alone = s.draft.record != said.draft.record;
                add(said, None, is_alone);
            }
        }
        for gone in one.gone(Marking::StrictlyConfidential) {
            let about = self.current(&gone.0, &gone.1)?;
            for s in about.into_iter().chain(self.referring(&gone.0, &gone.1)?) {
                add(self.said_alone(s)?, Some(gone), false);
            }
        }
        Ok(all)
    }

    /// Says a statement once of the records that it is of and refers to; what was said of it again otherwise, elsewhere or before, is taken back in
    /// favour of that. What somebody has said in its place stands by itself. True where something was said.
    fn say_of_one(&mut self, said: &Statement, one: &StayingOne) -> Result<bool, StoreError> {
        if said.says_nothing_any_more() {
            return Ok(false);
        }
        let (mut ends, by_somebody) = self.ends_of(said)?;
        ends.sort_by(|a, b| (!a.settled_by.is_empty(), &a.id).cmp(&(!b.settled_by.is_empty(), &b.id)));
        let mut standing: Vec<Statement> = ends.iter().filter(|end| end.settled_by.is_empty()).cloned().collect();
        if let Some(other) = by_somebody {
            standing.iter().try_for_each(|end| self.put_aside(end, &other))?;
            return Ok(false);
        }
        let moved = self.said_of_those(&said.draft, one, Marking::StrictlyConfidential)?;
        let draft = Draft { origin: String::new(), ..moved.unwrap_or_else(|| said.draft.clone()) };
        if ends.is_empty() && draft.record == said.draft.record && draft.says_the_same(&said.draft) {
            return Ok(false);
        }
        if let Some(at) = standing.iter().position(|s| s.draft.record == draft.record && s.draft.says_the_same(&draft)) {
            let stays = standing.remove(at).id;
            standing.iter().try_for_each(|end| self.put_aside(end, &stays))?;
            return Ok(false);
        }
        let before = ends.first().unwrap_or(said).id.clone();
        let follows = said.told_by(&draft).map(|told| SealedParts::new("remit said of one").text(&before).digest(&told).end());
        let first = FirstSaid::following(&said.said_at, said, follows);
        let stays = self.say_again_of_one(&draft, &before, "", &first)?;
        standing.iter().filter(|end| end.id != before).try_for_each(|end| self.put_aside(end, &stays))?;
        Ok(true)
    }

    /// What stands last of all that says a statement again by itself, and what somebody has said in its place.
    fn ends_of(&self, said: &Statement) -> Result<(Vec<Statement>, Option<String>), StoreError> {
        let (mut ends, mut by_somebody) = (Vec::new(), BTreeSet::new());
        let mut open = vec![said.clone()];
        while let Some(s) = open.pop() {
            let (mut again, mut others) = (Vec::new(), Vec::new());
            for s in self.all("t.supersedes = ?", &s.id)? {
                if self.is_by_itself(&s)? { again.push(s) } else { others.push(s) }
            }
            let before = by_somebody.len();
            by_somebody.extend(others.into_iter().filter(|s| s.draft.status != Status::Proposed).map(|s| s.id));
            if again.is_empty() && by_somebody.len() == before && s.id != said.id {
                ends.push(s);
            }
            open.extend(again);
        }
        Ok((ends, by_somebody.pop_first()))
    }

    /// True for what nobody says: it follows from records having been made one, or one of those is erased, with what was said of it.
    fn is_by_itself(&self, s: &Statement) -> Result<bool, StoreError> {
        let is_ordered = |order: Statement| order.erases().is_some();
        let withdrawn = || Ok::<_, StoreError>(self.statement(&s.settled_by)?.is_some_and(is_ordered));
        Ok(s.act == SAID_OF_ONE
            || s.seal.sealed.contains_key(RECORD)
            || s.draft.withdrawn && withdrawn()?
            || self.one_no_more(s)?.is_some())
    }

    /// Takes back what says a statement again, in favour of what else does, or of what somebody said in its place.
    fn put_aside(&mut self, end: &Statement, stays: &str) -> Result<(), StoreError> {
        // What only a proposal takes back would wait still.
        let status = if end.draft.status == Status::Proposed { Status::Rejected } else { end.draft.status };
        let draft = Draft { withdrawn: true, status, ..end.draft.clone() };
        let follows = end.told_by(&draft).map(|told| SealedParts::new("remit put aside").text(stays).digest(&told).end());
        let first = FirstSaid::following(&end.said_at, end, follows);
        self.say_again_of_one(&draft, &end.id, stays, &first).map(drop)
    }

    fn say_again_of_one(
        &mut self,
        draft: &Draft,
        before: &String,
        settled_by: &str,
        first: &FirstSaid,
    ) -> Result<String, StoreError> {
        let act = std::mem::replace(&mut self.act, SAID_OF_ONE.to_owned());
        let said = self.say(draft, Some(before), settled_by, Some(first));
        self.act = act;
        said
    }
}
