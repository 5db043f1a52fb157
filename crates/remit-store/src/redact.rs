//! Redactions: of a value that was said before, the commitment alone is left, so that the chain still holds. That it was ordered is a
//! statement of its own, signed and chained like any other. It goes wherever the statement goes that it is about, and is carried out
//! there; so no merge, in whatever order, brings the value back, and a value that is gone without one was taken away by somebody else.

use crate::register::{Entry, FirstSaid, insert};
use crate::seal::SealedParts;
use crate::statement::{Draft, REDACTION, Statement};
use crate::{Chain, Recorded, Register, StoreError, again, index};
use remit_model::Marking;
use rusqlite::Connection;
use rusqlite::limits::Limit;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Who ordered an erasure, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ErasureOrder {
    pub(crate) ordered_by: String,
    pub(crate) reason: String,
}

impl ErasureOrder {
    /// The order that a statement tells of.
    pub(crate) fn of(order: &Statement) -> ErasureOrder {
        let said = |name: &str| order.draft.fields.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        ErasureOrder { ordered_by: said("ordered_by"), reason: said("reason") }
    }
}

/// What is to be redacted.
#[derive(Debug, Clone)]
pub struct Redaction {
    /// Values: each a statement by its identifier, and the field of it, be it of its kind or of the envelope.
    pub values: Vec<(String, String)>,
    /// Why.
    pub reason: String,
    /// Who ordered it.
    pub ordered_by: String,
}

/// What was redacted.
#[derive(Debug, Clone, PartialEq)]
pub struct Redacted {
    /// The entry that records the order.
    pub recorded: Recorded,
    /// Values that were taken away.
    pub values: u64,
    /// Records in other statements of which the same words stand, as kind and identifier: somebody has to read them.
    pub named_in: Vec<(String, String)>,
    /// False where somebody was reading: the old values stand in the database's log until nobody has the workspace open.
    pub is_out_of_log: bool,
}

/// Statements by identifier, each with the names of the values that go.
type Going = BTreeMap<String, (Statement, Vec<String>)>;

impl Register {
    /// Takes single values away from statements, whatever else says the same. It cannot be undone. Copies and backups that were
    /// made before have them still.
    ///
    /// # Errors
    /// [`StoreError::Refused`] where a value is not there, nobody is named who ordered it or why, or the statement was recorded
    /// before values were committed to one by one.
    pub fn redact(&mut self, redaction: &Redaction, author: &str) -> Result<Redacted, StoreError> {
        let Redaction { reason, ordered_by, .. } = redaction;
        if reason.trim().is_empty() || ordered_by.trim().is_empty() {
            return Err(StoreError::Refused("a redaction says why, and who ordered it".into()));
        }
        let going = going(self, redaction)?;
        let named_in = standing_elsewhere(self, &going)?;
        // What is deleted is written over, also where a page is not used any more.
        self.db.pragma_update(None, "secure_delete", true)?;
        let mut entry = self.entry(author, &format!("redacted, ordered by {ordered_by}: {reason}"))?;
        for (s, names) in going.values() {
            entry.seal(s, names, ordered_by, reason)?;
        }
        let recorded = entry.commit()?;
        let values = going.values().map(|(_, names)| names.len() as u64).sum();
        Ok(Redacted { recorded, values, named_in, is_out_of_log: self.write_over()? })
    }

    /// Notes what was taken away before such orders were statements, once for a workspace of an older version: from then on, what is
    /// gone without an order is seen.
    pub(crate) fn note_older(&mut self) -> Result<(), StoreError> {
        let mut older = Vec::new();
        for s in self.all("t.sealed <> ?", "")? {
            let names = unordered(&s, &self.ordered(&s.id)?);
            if !names.is_empty() {
                older.push((s, names));
            }
        }
        if older.is_empty() {
            return Ok(());
        }
        let mut entry = self.entry("remit", "redacted by an older version")?;
        for (s, names) in &older {
            entry.order(s, names, json!({ "ordered_by": "", "reason": "" }))?;
        }
        entry.commit().map(drop)
    }

    /// Makes the index anew and writes over what is not used any more; false where somebody was reading or writing.
    pub(crate) fn write_over(&mut self) -> Result<bool, StoreError> {
        again::forget_sites(self.folder());
        index::make_anew(self)?;
        // Where a page was divided, what stood in it before may stand in its free space still: all pages are written anew.
        let is_anew = written_anew(&self.db)?;
        let is_busy: bool = self.db.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get(0))?;
        Ok(is_anew && !is_busy)
    }
}

impl Entry<'_> {
    /// Takes values away from a statement, and says who ordered it.
    fn seal(&mut self, s: &Statement, names: &[String], ordered_by: &str, reason: &str) -> Result<(), StoreError> {
        rewrite(&self.db, &redacted(s, names)?)?;
        self.order(s, names, json!({ "ordered_by": ordered_by, "reason": reason })).map(drop)
    }

    /// The same for what is erased; says which statement orders it.
    pub(crate) fn seal_erased(&mut self, s: &Statement, names: &[String], order: &ErasureOrder) -> Result<String, StoreError> {
        rewrite(&self.db, &redacted(s, names)?)?;
        self.order_erased(s, names, order)
    }

    /// Says which values of a statement are erased: what corrects it elsewhere loses them too.
    pub(crate) fn order_erased(&mut self, s: &Statement, names: &[String], order: &ErasureOrder) -> Result<String, StoreError> {
        let mut names = names.to_vec();
        names.sort_unstable();
        names.dedup();
        let by = json!({ "ordered_by": order.ordered_by, "reason": order.reason, "erased": true });
        let draft = ordering((&s.draft.kind, &s.id), s.draft.marking, &names, by);
        // Every workspace that carries the order out on what it alone has says the same one.
        let parts = SealedParts::new("remit order").text(&s.id).text(&order.ordered_by).text(&order.reason);
        let follows = names.iter().fold(parts, |parts, name| parts.text(name)).end();
        let first = FirstSaid::following(&self.recorded_at, s, Some(follows));
        self.repeat(&draft, Some(&first))
    }

    /// Says which values of a statement are gone, and by whose order. Who may see the statement may see this.
    fn order(&mut self, s: &Statement, names: &[String], by: Value) -> Result<String, StoreError> {
        self.order_about((&s.draft.kind, &s.id), s.draft.marking, names, by)
    }

    /// The same of what is called so, be it a statement or an import.
    pub(crate) fn order_about(
        &mut self,
        about: (&str, &str),
        marking: Marking,
        names: &[String],
        by: Value,
    ) -> Result<String, StoreError> {
        self.repeat(&ordering(about, marking, names, by), None)
    }

    /// Does here what was ordered elsewhere; false where there is nothing to do.
    pub(crate) fn carry_out(&self, order: &Statement) -> Result<bool, StoreError> {
        let (Some(names), Some(before)) = (order.redacts(), self.statement(&order.draft.record)?) else { return Ok(false) };
        let mut after = before.clone();
        let is_done = after.redact(&names) && after != before;
        if is_done {
            rewrite(&self.db, &after)?;
        }
        Ok(is_done)
    }
}

/// What says which values are gone of a statement or an import, and by whose order.
fn ordering((kind, record): (&str, &str), marking: Marking, names: &[String], by: Value) -> Draft {
    let mut fields = json!({ "kind": kind, "values": names }).as_object().cloned().unwrap_or_default();
    if let Value::Object(by) = by {
        fields.extend(by);
    }
    Draft { kind: REDACTION.into(), record: record.to_owned(), fields, marking, ..Draft::default() }
}

impl Chain {
    /// The names of the values of a statement whose redaction was ordered, here or where it was taken over from.
    pub(crate) fn ordered(&self, id: &str) -> Result<Vec<String>, StoreError> {
        let orders = self.all(&format!("t.kind = '{REDACTION}' and t.record = ?"), id)?;
        Ok(orders.iter().filter_map(Statement::redacts).flatten().collect())
    }
}

/// The values of a statement that are gone, without having been left out when it was taken over, and whose redaction was not ordered.
pub(crate) fn unordered(s: &Statement, ordered: &[String]) -> Vec<String> {
    let left_out = |name: &str| {
        !s.taken_from.is_empty() && s.draft.withheld.iter().any(|(field, _)| name.strip_prefix("f:") == Some(field.as_str()))
    };
    s.seal.sealed.keys().filter(|name| !left_out(name) && !ordered.contains(name)).cloned().collect()
}

/// The statements that are named, with the names of the values that go.
fn going(chain: &Chain, redaction: &Redaction) -> Result<Going, StoreError> {
    let mut going = Going::new();
    for (id, field) in &redaction.values {
        let refused = |what: String| StoreError::Refused(format!("statement {id} {what}"));
        let s = chain.statement(id)?.filter(|s| s.draft.kind != REDACTION).ok_or_else(|| refused("is not here".into()))?;
        let names = [format!("f:{field}"), format!("e:{field}")];
        if names.iter().any(|name| s.seal.sealed.contains_key(name)) {
            return Err(refused(format!("says nothing in `{field}` any more: that is redacted, or was left out")));
        }
        let there = s.value_names();
        let name = names.into_iter().find(|name| there.contains(name));
        let name = name.ok_or_else(|| refused(format!("says nothing in `{field}`")))?;
        let (_, names) = going.entry(id.clone()).or_insert_with(|| (s, Vec::new()));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if going.is_empty() { Err(StoreError::Refused("nothing is named that is to be redacted".into())) } else { Ok(going) }
}

/// Records in other statements of which all words of a value stand that goes.
fn standing_elsewhere(chain: &Chain, going: &Going) -> Result<Vec<(String, String)>, StoreError> {
    let mut found = Vec::new();
    for (s, names) in going.values() {
        for text in names.iter().filter_map(|name| s.text_of(name)) {
            let others = chain.with_words(&text)?.into_iter().filter(|(seq, ..)| !going.values().any(|(s, _)| s.seq == *seq));
            found.extend(others.map(|(_, kind, record)| (kind, record)));
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// A statement with nothing but commitments in the place of values.
pub(crate) fn redacted(s: &Statement, names: &[String]) -> Result<Statement, StoreError> {
    let mut left = s.clone();
    match left.redact(names) {
        true => Ok(left),
        false => Err(StoreError::Refused(format!(
            "statement {} was recorded by a version of Remit that cannot take single values away; export the workspace without it, \
             and begin a new one",
            s.id
        ))),
    }
}

/// Puts a statement in the place where it stands. Nothing else in Remit does this.
fn rewrite(db: &Connection, s: &Statement) -> Result<(), StoreError> {
    db.prepare_cached("delete from statement where seq = ?")?.execute([s.seq])?;
    insert(db, s)
}

/// Writes all pages of the database anew; false where somebody else is writing.
fn written_anew(db: &Connection) -> Result<bool, StoreError> {
    // SQLite makes the new one beside the old one, and attaches it.
    db.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 1)?;
    let done = db.execute_batch("vacuum").map_err(StoreError::from);
    db.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    match done {
        Err(StoreError::Busy) => Ok(false),
        done => done.map(|()| true),
    }
}
