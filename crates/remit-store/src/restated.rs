//! What is only said again since records were made one, and what of that holds no more since one of them was erased.

use crate::chain::{SAID_OF_ONE, UNDID};
use crate::statement::{ORIGIN, RECORD, REDACTION};
use crate::{Chain, Statement, StoreError};
use std::collections::{BTreeMap, BTreeSet};

/// What the history calls an entry that makes records one.
pub(crate) const MERGED: &str = "merged two records of the kind ";
/// The same of many pairs, each made one or told apart.
pub const DECIDED: &str = "decided on possible duplicates";

/// True for what an entry does that makes records one, or takes that back: it moves all that is said of them, whoever sees it.
pub fn makes_one(act: &str) -> bool {
    let act = act.trim_start_matches(UNDID);
    act.starts_with(MERGED) || act == DECIDED || act == SAID_OF_ONE
}

/// True for what makes records one: not for what takes that back, but for what takes such an undo back.
pub(crate) fn joins(act: &str) -> bool {
    let decided = act.trim_start_matches(UNDID);
    let times = (act.len() - decided.len()) / UNDID.len();
    times.is_multiple_of(2) && (decided.starts_with(MERGED) || decided == DECIDED)
}

impl Chain {
    /// What was said, or refers to them, since an entry made records one with others, of those that stand for these: undoing the entry leaves it where it
    /// was said, and it may be about the others. What only goes on from what was said of them before is not.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn said_since_made_one(&self, entry: &str) -> Result<Vec<Statement>, StoreError> {
        let (done, mut kept, mut all) = (self.entry_statements(entry)?, BTreeSet::new(), BTreeMap::new());
        let Some(last) = done.iter().rev().find(|s| joins(&s.act)).map(|s| s.seq) else { return Ok(Vec::new()) };
        for s in &done {
            if self.said_before(s)?.is_some_and(|before| before.draft.record != s.draft.record) {
                kept.insert((s.draft.kind.clone(), s.draft.record.clone()));
            }
        }
        for (kind, record) in &kept {
            for s in self.current(kind, record)?.into_iter().chain(self.referring(kind, record)?) {
                // What came with the entry is taken back with it.
                if s.seq <= last || s.entry == entry || makes_one(&s.act) {
                    continue;
                }
                let mut before = self.said_before(&s)?;
                while let Some(since) = before.as_ref().filter(|b| b.seq > last) {
                    before = self.said_before(since)?;
                }
                // What the entry moved and somebody corrected since may be about either.
                if before.is_none_or(|b| b.entry == entry) {
                    all.insert(s.seq, s);
                }
            }
        }
        Ok(all.into_values().collect())
    }

    /// What somebody said, of a statement that only says it again of the record that its own was made one with; else the statement itself.
    pub(crate) fn said_by_somebody(&self, s: Statement) -> Result<Statement, StoreError> {
        let mut said = s;
        while said.act == SAID_OF_ONE {
            let Some(before) = self.said_before(&said)? else { break };
            said = before;
        }
        Ok(said)
    }

    /// The same, and where that only says again of a record that is erased what was said of another, which stands alone, what was said of that.
    pub(crate) fn said_alone(&self, s: Statement) -> Result<Statement, StoreError> {
        let said = self.said_by_somebody(s)?;
        Ok(self.one_no_more(&said)?.unwrap_or(said))
    }

    /// What somebody said of a record that is not erased, of a statement that says it again as that was made one with a record that is: the two are
    /// one no more, and what was said stands by itself.
    pub(crate) fn one_no_more(&self, s: &Statement) -> Result<Option<Statement>, StoreError> {
        if s.seal.sealed.is_empty() || !makes_one(&s.act) {
            return Ok(None);
        }
        let Some(before) = self.said_before(s)? else { return Ok(None) };
        let said = self.said_alone(before)?;
        // Where it lost no more than what was said did, that was erased, and not the record that it was made one with.
        let (lost, kept_from) = (self.erased_of(s)?, self.erased_of(&said)?);
        let stands = !kept_from.contains(RECORD) && !said.says_nothing_any_more() && !lost.is_subset(&kept_from);
        Ok(Some(said).filter(|_| stands))
    }

    /// What a statement takes the place of.
    pub(crate) fn said_before(&self, s: &Statement) -> Result<Option<Statement>, StoreError> {
        Ok(s.draft.supersedes.first().map(|id| self.statement(id)).transpose()?.flatten())
    }

    /// The names of the values of a statement that are erased.
    fn erased_of(&self, s: &Statement) -> Result<BTreeSet<String>, StoreError> {
        let orders = self.all(&format!("t.kind = '{REDACTION}' and t.record = ?"), &s.id)?;
        Ok(orders.iter().filter_map(Statement::erases).flatten().filter(|name| name != ORIGIN).collect())
    }
}
