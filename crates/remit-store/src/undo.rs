//! Taking an entry back: what it replaced is said again, and what it added is withdrawn.

use crate::chain::UNDID;
use crate::register::FirstSaid;
use crate::restated::joins;
use crate::{Draft, Recorded, Register, Statement, StoreError};
use remit_model::Marking;
use std::collections::{HashMap, HashSet};

impl Register {
    /// Takes an entry back: what it added is withdrawn, what it replaced is said again. What somebody has replaced
    /// since, or erased, is left as it is, and counted in the second number.
    ///
    /// # Errors
    /// [`StoreError::Refused`] where there is no such entry.
    pub fn undo(&mut self, entry: &str, author: &str) -> Result<(Recorded, u64), StoreError> {
        let mut done = self.entry_statements(entry)?;
        // What was taken over may have lost values on its way, of which the rest can be taken back.
        let is_own = |s: &Statement| s.is_redaction() && s.taken_from.is_empty();
        let is_here = done.iter().all(|s| s.taken_from.is_empty());
        if (is_here && done.iter().any(is_own)) || (!done.is_empty() && done.iter().all(Statement::is_redaction)) {
            return Err(StoreError::Refused("values were redacted with this entry, and nobody has them any more".into()));
        }
        done.retain(|s| !s.is_redaction());
        let Some(first) = done.first() else {
            return Err(StoreError::Refused(format!("there is no entry `{entry}`; `remit history` lists them")));
        };
        let act = format!("{UNDID}{}", first.act);
        self.take_back(&done, &act, author)
    }

    /// Takes these statements back, as [`Register::undo`] does all of an entry.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub fn take_back(&mut self, done: &[Statement], act: &str, author: &str) -> Result<(Recorded, u64), StoreError> {
        let (mut said, mut kept) = (Vec::new(), 0);
        let own: HashMap<&str, &Statement> = done.iter().map(|s| (s.id.as_str(), s)).collect();
        // What the entry itself has replaced goes with what took its place.
        let replaced: HashSet<&String> = done.iter().flat_map(|s| &s.draft.supersedes).collect();
        for s in done.iter().rev().filter(|s| !replaced.contains(&s.id)) {
            // What stands may be a later undo that said the same again.
            let stands = self.successor(s.clone())?;
            let is_said = stands.draft.says_the_same(&s.draft) && stands.draft.record == s.draft.record;
            if !is_said && self.said_alone(stands.clone())?.id != s.id {
                kept += 1;
                continue;
            }
            match self.said_before(first_of(s, &own), s, stands.id)? {
                Some(before) => said.push(before),
                None => kept += 1,
            }
        }
        let mut undo = self.entry(author, act)?;
        for before in &said {
            undo.say(&before.draft, before.draft.supersedes.first(), &before.settled_by, before.first.as_ref())?;
        }
        // What was said of either while they were two is said of the one that stands.
        if joins(act) && !said.is_empty() {
            undo.stay_one(Marking::StrictlyConfidential)?;
        }
        Ok((undo.commit()?, kept))
    }

    /// What stands again when statements of an entry are taken back that go from the first to the last: what the first replaced is said again;
    /// where somebody else has replaced that too, or where it replaced nothing, the last is only withdrawn, in favour of what else stands. None where
    /// what it replaced was erased: nothing is left to be said again.
    fn said_before(&self, s: &Statement, last: &Statement, stands: String) -> Result<Option<SaidBefore>, StoreError> {
        let supersedes = vec![stands];
        let withdrawal = |settled_by: String| {
            let draft = Draft { withdrawn: true, supersedes: supersedes.clone(), ..last.draft.clone() };
            Some(SaidBefore { draft, settled_by, first: None })
        };
        let Some(id) = s.draft.supersedes.first() else { return Ok(withdrawal(String::new())) };
        if let Some(other) = self.replacing(id)?.into_iter().find(|other| other.entry != s.entry && other.id != s.id) {
            return Ok(withdrawal(other.id));
        }
        let Some(b) = self.statement(id)? else { return Ok(withdrawal(String::new())) };
        if b.says_nothing_any_more() {
            return Ok(None);
        }
        Ok(Some(SaidBefore {
            first: Some(FirstSaid::of(&b)),
            draft: Draft { supersedes: supersedes.clone(), origin: last.draft.origin.clone(), ..b.draft },
            settled_by: String::new(),
        }))
    }
}

/// What is recorded where a statement is taken back.
struct SaidBefore {
    draft: Draft,
    /// For a withdrawal in favour of another statement, that one.
    settled_by: String,
    /// As what it was first said, where it was said before.
    first: Option<FirstSaid>,
}

/// The first of the statements of one entry that go back from one to the other: what stood before it stood before the entry.
fn first_of<'s>(s: &'s Statement, own: &HashMap<&str, &'s Statement>) -> &'s Statement {
    let (mut first, mut left) = (s, own.len());
    while let Some(before) = first.draft.supersedes.first().and_then(|id| own.get(id.as_str())).filter(|_| left > 0) {
        (first, left) = (*before, left - 1);
    }
    first
}
