//! Records that were made one stay one where copies come together: what a copy says of a record that was made one with another elsewhere is said
//! again of that other. Each copy says the same, under the same identifiers, whatever came first; so it does where the two were made one each into
//! the other, or in a longer circle: there the latest of these decisions holds.

use crate::chain::{SAID_OF_ONE, UNDID};
use crate::made_one::{is_of_one_alone, keep_name, makes_one};
use crate::register::{Entry, FirstSaid};
use crate::seal::SealedParts;
use crate::statement::RECORD;
use crate::{Chain, Draft, Statement, Status, StoreError};
use remit_model::Marking;
use std::collections::{BTreeMap, BTreeSet};

/// A record that was made one with another: its kind, its identifier, and that of the record that it is one with.
pub(crate) type BecameOne = (String, String, String);

/// With which record each was made one, as far as nobody has taken that back: by kind and record the latest entry that says so, and the other record.
struct StayingOne(BTreeMap<(String, String), (String, String)>);

/// A statement that may have to be said again, with the records that it is to be said of another for.
type MayMove = (Statement, BTreeSet<(String, String)>);

impl StayingOne {
    fn of(chain: &Chain) -> Result<StayingOne, StoreError> {
        let moving = "t.supersedes is not null and t.act <> ?1 and t.status <> 'rejected' and exists \
                      (select 1 from main.statement o where o.id = t.supersedes and o.kind = t.kind and (o.record <> t.record or o.act = ?1))";
        let (mut made, mut undone) = (Vec::new(), BTreeSet::new());
        for s in chain.all(moving, SAID_OF_ONE)? {
            let times = s.act.split(UNDID).take_while(|before| before.is_empty()).count();
            if times % 2 == 1 {
                undone.extend(what_is_undone(chain, s)?);
            } else if let Some(before) = before(chain, &s)? {
                // What was erased is no record any more.
                let is_there = [&before, &s].iter().all(|s| !s.seal.sealed.contains_key(RECORD));
                if is_there && before.draft.record != s.draft.record {
                    made.push((s.said_entry, s.draft.kind, before.draft.record, s.draft.record));
                }
            }
        }
        let mut into: BTreeMap<(String, String), (String, String)> = BTreeMap::new();
        for one in made.into_iter().filter(|one| !undone.contains(one)) {
            // Identifiers of entries are in the order of time.
            let (entry, kind, gone, kept) = one;
            let latest = into.entry((kind, gone)).or_default();
            *latest = (entry, kept).max(std::mem::take(latest));
        }
        Ok(StayingOne(into))
    }

    /// The record that stands for another: itself where it was made one with none. In a circle the latest decision holds.
    fn kept<'s>(&'s self, kind: &str, record: &'s str) -> &'s str {
        let into = |record: &str| self.0.get(&(kind.to_owned(), record.to_owned()));
        let mut way = vec![record];
        while let Some((_, kept)) = way.last().and_then(|last| into(last)) {
            if let Some(at) = way.iter().position(|before| before == kept) {
                let latest = way[at..].iter().filter_map(|record| into(record)).max();
                return latest.map_or(record, |(_, kept)| kept);
            }
            way.push(kept);
        }
        way.last().copied().unwrap_or(record)
    }

    /// The records that another stands for, each with its kind.
    fn gone(&self) -> impl Iterator<Item = &(String, String)> {
        self.0.keys().filter(|(kind, record)| self.kept(kind, record) != record)
    }
}

fn before(chain: &Chain, s: &Statement) -> Result<Option<Statement>, StoreError> {
    Ok(s.draft.supersedes.first().map(|id| chain.statement(id)).transpose()?.flatten())
}

/// By which entries records were made one that a statement makes two again, each with the kind and both.
fn what_is_undone(chain: &Chain, undo: Statement) -> Result<Vec<(String, String, String, String)>, StoreError> {
    let (record, mut undone) = (undo.draft.record.clone(), Vec::new());
    let Some(stood) = before(chain, &undo)? else { return Ok(undone) };
    let mut s = chain.said_by_somebody(stood)?;
    while s.draft.record != record {
        let Some(before) = before(chain, &s)? else { break };
        if before.draft.record != s.draft.record {
            undone.push((s.said_entry, s.draft.kind, before.draft.record.clone(), s.draft.record));
        }
        // As what was said before, where that was said again of another record by itself.
        let is_back = before.draft.record == record;
        s = if is_back { before } else { chain.said_by_somebody(before)? };
    }
    Ok(undone)
}

impl Entry<'_> {
    /// Says again what is said of records that were made one with others, of these. Returns those records of which something at most so
    /// confidential was said again.
    pub(crate) fn stay_one(&mut self, clearance: Marking) -> Result<BTreeSet<BecameOne>, StoreError> {
        let one = StayingOne::of(self)?;
        let mut all: BTreeMap<String, MayMove> = BTreeMap::new();
        let mut add = |s: Statement, gone: Option<&(String, String)>| {
            all.entry(s.id.clone()).or_insert_with(|| (s, BTreeSet::new())).1.extend(gone.cloned());
        };
        for s in self.all("t.supersedes is not null and t.act = ?", SAID_OF_ONE)? {
            add(self.said_by_somebody(s)?, None);
        }
        for gone in one.gone() {
            let about = self.current(&gone.0, &gone.1)?;
            for s in about.into_iter().chain(self.referring(&gone.0, &gone.1)?) {
                add(self.said_by_somebody(s)?, Some(gone));
            }
        }
        let mut became = BTreeSet::new();
        for (said, gone) in all.into_values() {
            if self.say_of_one(&said, &one)? && said.draft.marking <= clearance {
                became.extend(gone.into_iter().map(|(kind, gone)| {
                    let kept = one.kept(&kind, &gone).to_owned();
                    (kind, gone, kept)
                }));
            }
        }
        Ok(became)
    }

    /// Says a statement once of the records that it is of and refers to; what was said of it again otherwise, elsewhere or before, is taken back in
    /// favour of that. What somebody has said in its place stands by itself. True where something was said.
    fn say_of_one(&mut self, said: &Statement, one: &StayingOne) -> Result<bool, StoreError> {
        let (mut ends, by_somebody) = self.ends_of(said)?;
        ends.sort_by(|a, b| (!a.settled_by.is_empty(), &a.id).cmp(&(!b.settled_by.is_empty(), &b.id)));
        let mut standing: Vec<Statement> = ends.iter().filter(|end| end.settled_by.is_empty()).cloned().collect();
        if let Some(other) = by_somebody {
            standing.iter().try_for_each(|end| self.put_aside(end, &other))?;
            return Ok(false);
        }
        let draft = self.said_of_one(said, one)?;
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
            let after = self.all("t.supersedes = ?", &s.id)?;
            let (again, others): (Vec<Statement>, Vec<Statement>) = after.into_iter().partition(|s| s.act == SAID_OF_ONE);
            let before = by_somebody.len();
            by_somebody.extend(others.into_iter().filter(|s| s.draft.status != Status::Proposed).map(|s| s.id));
            if again.is_empty() && by_somebody.len() == before && s.id != said.id {
                ends.push(s);
            }
            open.extend(again);
        }
        Ok((ends, by_somebody.pop_first()))
    }

    /// A statement as it is said of the records that its own were made one with.
    fn said_of_one(&self, said: &Statement, one: &StayingOne) -> Result<Draft, StoreError> {
        let d = &said.draft;
        let Some(kind) = self.model.kind(&d.kind) else { return Ok(d.clone()) };
        let kept = one.kept(&d.kind, &d.record);
        let mut draft = Draft { record: kept.to_owned(), origin: String::new(), ..d.clone() };
        for (field, said) in kind.fields.iter().filter_map(|f| Some((f, d.fields.get(&f.name)?))) {
            let mut value = said.clone();
            for (kind, target) in field.references(said) {
                let kept = one.kept(kind, target);
                value = field.referring_to(&value, kind, target, kept).filter(|_| kept != target).unwrap_or(value);
            }
            draft.fields.insert(field.name.clone(), value);
        }
        if is_of_one_alone(kind, &d.fields, &draft.fields) {
            draft.fields.clone_from(&d.fields);
            draft.withdrawn = true;
        }
        if kept != d.record {
            keep_name(kind, &self.said_at_first(&d.kind, kept)?, &mut draft);
        }
        draft.guard(&self.model);
        Ok(draft)
    }

    /// What was said of a record before anything was said of it that had been said of another, the latest last.
    fn said_at_first(&self, kind: &str, record: &str) -> Result<Vec<Statement>, StoreError> {
        let mut all = self.of_record(kind, record)?;
        all.retain(|s| !s.draft.withdrawn && s.draft.status == Status::Accepted && !makes_one(&s.act));
        all.sort_by(|a, b| (&a.said_at, &a.id).cmp(&(&b.said_at, &b.id)));
        Ok(all.into_iter().map(|s| self.guarded(s)).collect())
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
