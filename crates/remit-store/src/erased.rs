//! What was erased in one of two workspaces that come together, and what the other says of the same: that comes, or stays, as `erase` leaves it.
//! Whom an order is about nobody can tell any more where it was carried out; who has the values still tells it, for as long as it is asked.

use crate::erase::{Affected, all_of, field_of};
use crate::redact::{ErasureOrder, redacted};
use crate::register::Entry;
use crate::statement::{RECORD, REDACTION, Statement};
use crate::taken::Taken;
use crate::{Chain, StoreError};
use std::collections::BTreeMap;

/// A record that was erased, or one field of it: kind, record, field.
type ErasedRecord = (String, String, Option<String>);

/// What was erased, each with its order.
#[derive(Default)]
struct ErasedRecords(BTreeMap<ErasedRecord, ErasureOrder>);

/// By the place in a chain: a statement of which values go, their names, and whose order it is.
type GoingByOrder = BTreeMap<i64, (Statement, Vec<String>, ErasureOrder)>;

impl ErasedRecords {
    /// Notes what an order is about, by the statement that it names, where that still says so.
    fn note(&mut self, order: &Statement, of: &Statement) {
        let Some(names) = order.erases() else { return };
        // A record goes with its identifier, and a field by itself; what only referred to a record goes with that.
        let gone = match &names[..] {
            names if names.iter().any(|name| name == RECORD) => RECORD,
            [name] if name.starts_with("f:") => name.as_str(),
            _ => return,
        };
        if !of.seal.sealed.contains_key(gone) {
            let field = gone.strip_prefix("f:").map(str::to_owned);
            self.0.insert((of.draft.kind.clone(), of.draft.record.clone(), field), ErasureOrder::of(order));
        }
    }

    /// What of a chain goes with it.
    fn going(&self, chain: &Chain) -> Result<GoingByOrder, StoreError> {
        let mut going = GoingByOrder::new();
        for ((kind, record, field), order) in &self.0 {
            let mut affected = Affected::new();
            match field {
                Some(field) => field_of(chain, kind, record, field, &mut affected)?,
                None => all_of(chain, kind, record, &mut affected)?,
            }
            for (seq, (s, names)) in affected {
                let (_, known, _) = going.entry(seq).or_insert_with(|| (s, Vec::new(), order.clone()));
                for name in names {
                    if !known.contains(&name) {
                        known.push(name);
                    }
                }
            }
        }
        Ok(going)
    }

    /// The identifiers of the records.
    fn records(&self) -> Vec<String> {
        self.0.keys().filter(|(_, _, field)| field.is_none()).map(|(_, record, _)| record.clone()).collect()
    }
}

/// What is erased while another workspace is taken over: there, what was erased here; here, what was erased there.
pub(crate) struct Erasing<'t> {
    theirs: &'t Chain,
    /// True where anything was ever erased here.
    any: bool,
    of_theirs: ErasedRecords,
    going: GoingByOrder,
    of_ours: ErasedRecords,
    came: Vec<(LeftBehind, String)>,
}

/// A statement as it was said there, of which values stay behind.
pub(crate) struct LeftBehind {
    said: Statement,
    names: Vec<String>,
    order: ErasureOrder,
}

impl<'t> Erasing<'t> {
    pub(crate) fn of(theirs: &'t Chain, ours: &Chain) -> Result<Erasing<'t>, StoreError> {
        let (mut any, mut of_theirs) = (false, ErasedRecords::default());
        for order in ours.all("t.kind = ?", REDACTION)?.iter().filter(|s| s.erases().is_some()) {
            any = true;
            if let Some(of) = theirs.statement(&order.draft.record)? {
                of_theirs.note(order, &of);
            }
        }
        let going = of_theirs.going(theirs)?;
        Ok(Erasing { theirs, any, of_theirs, going, of_ours: ErasedRecords::default(), came: Vec::new() })
    }

    /// Leaves values behind of a statement that comes.
    pub(crate) fn leave(&self, entry: &Entry<'_>, s: &mut Statement) -> Result<Option<LeftBehind>, StoreError> {
        let Some((names, order)) = self.of_statement(entry, s)? else { return Ok(None) };
        s.made_second_form();
        let said = s.clone();
        *s = redacted(&said, &names)?;
        Ok(Some(LeftBehind { said, names, order }))
    }

    /// What of a statement that comes was erased here, be it that the other workspace tells of whom it is, or, where it sends only what is new, that
    /// it corrects what was erased.
    fn of_statement(&self, entry: &Entry<'_>, s: &Statement) -> Result<Option<(Vec<String>, ErasureOrder)>, StoreError> {
        if let Some((_, names, order)) = self.going.get(&s.seq) {
            return Ok(Some((names.clone(), order.clone())));
        }
        let Some(before) = s.draft.supersedes.first().filter(|_| self.any) else { return Ok(None) };
        if self.theirs.statement(before)?.is_some() {
            return Ok(None);
        }
        let orders = entry.all(&format!("t.kind = '{REDACTION}' and t.record = ?"), before)?;
        let Some((names, order)) = orders.iter().find_map(|order| Some((order.erases()?, ErasureOrder::of(order)))) else {
            return Ok(None);
        };
        let is_whole = names.iter().any(|name| name == RECORD);
        Ok(Some((if is_whole { s.value_names() } else { names }, order)))
    }

    /// Notes that a statement has come without these values.
    pub(crate) fn came(&mut self, entry: &mut Entry<'_>, left: LeftBehind) -> Result<(), StoreError> {
        let ordered = entry.order_erased(&left.said, &left.names, &left.order)?;
        self.came.push((left, ordered));
        Ok(())
    }

    /// Notes what an order that comes is about, while it can still be told.
    pub(crate) fn note(&mut self, entry: &Entry<'_>, order: &Statement) -> Result<(), StoreError> {
        if let Some(of) = entry.statement(&order.draft.record)? {
            self.of_ours.note(order, &of);
        }
        Ok(())
    }

    /// Once all has come: what is left of it takes its place, and what was said here alone of what was erased there is erased too.
    pub(crate) fn end(self, entry: &mut Entry<'_>, taken: &mut Taken) -> Result<(), StoreError> {
        let records = self.of_theirs.records();
        for (left, ordered) in &self.came {
            entry.leave_rest(Some(&records), &left.said, &left.names, ordered)?;
        }
        let records = self.of_ours.records();
        for (s, names, order) in self.of_ours.going(entry)?.into_values() {
            // What the other has too is as it left it: somebody may have recorded the same one anew since.
            if self.theirs.statement(&s.id)?.is_some() {
                continue;
            }
            let (there, ordered) = (s.value_names(), entry.ordered(&s.id)?);
            let names: Vec<String> = names.into_iter().filter(|name| there.contains(name) && !ordered.contains(name)).collect();
            if !names.is_empty() {
                let ordered = entry.seal_erased(&s, &names, &order)?;
                entry.leave_rest(Some(&records), &s, &names, &ordered)?;
                taken.carried_out += 1;
            }
        }
        Ok(())
    }
}
