//! What was erased in one of two workspaces that come together, and what the other says of the same: that comes, or stays, as `erase` leaves it.
//! Whom an order is about nobody can tell any more where it was carried out; who has the values still tells it, for as long as it is asked.

use crate::erase_import::{ErasedElsewhere, GoingImport, erased_elsewhere, files_of};
use crate::reach::{Affected, all_of, drawn_from, field_of, said_again};
use crate::redact::{ErasureOrder, redacted};
use crate::register::Entry;
use crate::statement::{ORIGIN, RECORD, REDACTION, Statement};
use crate::taken::Taken;
use crate::{Chain, StoreError};
use remit_model::Model;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// A record that was erased, or one field of it: kind, record, field.
type ErasedRecord = (String, String, Option<String>);

/// What was erased, each with its order.
#[derive(Default)]
struct ErasedRecords(BTreeMap<ErasedRecord, ErasureOrder>);

/// By the place in a chain: a statement of which values go, their names, and whose order it is.
type GoingByOrder = BTreeMap<i64, (Statement, Vec<String>, ErasureOrder)>;

/// What goes of a chain.
#[derive(Default)]
struct GoingOf {
    values: GoingByOrder,
    /// The statements that say again of another record what was said of one that is erased: the two were made one.
    again: BTreeSet<i64>,
}

impl GoingOf {
    /// Adds what goes by an order.
    fn add(&mut self, affected: Affected, order: &ErasureOrder) {
        for (seq, (s, names)) in affected {
            let (_, known, _) = self.values.entry(seq).or_insert_with(|| (s, Vec::new(), order.clone()));
            for name in names {
                if !known.contains(&name) {
                    known.push(name);
                }
            }
        }
    }
}

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
    fn going(&self, chain: &Chain) -> Result<GoingOf, StoreError> {
        let mut going = GoingOf::default();
        for ((kind, record, field), order) in &self.0 {
            let mut affected = Affected::new();
            match field {
                Some(field) => field_of(chain, kind, record, field, &mut affected)?,
                None => all_of(chain, kind, record, &mut affected)?,
            }
            let is_person = field.is_none() && chain.model.kind(kind).is_some_and(|k| k.personal);
            going.again.extend(said_again(chain, is_person, &mut affected)?);
            going.add(affected, order);
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
    going: GoingOf,
    of_ours: ErasedRecords,
    /// What says again here of another record what was erased there, as it was found before the order was carried out.
    again_here: GoingByOrder,
    came: Vec<(LeftBehind, String)>,
    /// The statements here that orders which come are about, as they were before, each with the order.
    carried_out: BTreeMap<String, (Statement, String)>,
    /// What was read of files here and is erased there.
    imports: Vec<ErasedElsewhere>,
}

/// A statement as it was said there, of which values stay behind.
pub(crate) struct LeftBehind {
    said: Statement,
    names: Vec<String>,
    order: ErasureOrder,
    /// True where it says again of another record what was said of one that is erased.
    is_again: bool,
}

impl<'t> Erasing<'t> {
    /// `is_asked_for` tells which of their orders belong to what is taken over.
    pub(crate) fn of(
        theirs: &'t Chain,
        ours: &Chain,
        is_asked_for: impl Fn(&Statement) -> bool,
    ) -> Result<Erasing<'t>, StoreError> {
        let (mut any, mut of_theirs) = (false, ErasedRecords::default());
        for order in ours.all("t.kind = ?", REDACTION)?.iter().filter(|s| s.erases().is_some()) {
            any = true;
            if let Some(of) = theirs.statement(&order.draft.record)? {
                of_theirs.note(order, &of);
            }
        }
        // What was read of files there and is erased here, with what is said of the record that it was.
        let there = erased_elsewhere(ours, theirs, |_| true)?;
        for ErasedElsewhere { import, kind, order } in there.iter().filter(|erased| erased.import.origin().is_some()) {
            of_theirs.0.insert((kind.clone(), import.dataset.clone(), None), order.clone());
        }
        let mut going = of_theirs.going(theirs)?;
        for ErasedElsewhere { import, order, .. } in &there {
            let mut drawn = Affected::new();
            drawn_from(theirs, std::slice::from_ref(import), &mut drawn)?;
            going.add(drawn, order);
        }
        let imports = erased_elsewhere(theirs, ours, is_asked_for)?;
        Ok(Erasing {
            theirs,
            any,
            of_theirs,
            going,
            of_ours: ErasedRecords::default(),
            again_here: GoingByOrder::new(),
            came: Vec::new(),
            carried_out: BTreeMap::new(),
            imports,
        })
    }

    /// Leaves values behind of a statement that comes.
    pub(crate) fn leave(&self, entry: &Entry<'_>, s: &mut Statement) -> Result<Option<LeftBehind>, StoreError> {
        let Some((names, order)) = self.of_statement(entry, s)? else { return Ok(None) };
        s.made_second_form();
        let said = s.clone();
        *s = redacted(&said, &names)?;
        let is_again = self.going.again.contains(&said.seq);
        Ok(Some(LeftBehind { said, names, order, is_again }))
    }

    /// What of a statement that comes was erased here, be it that the other workspace tells of whom it is, or, where it sends only what is new, that
    /// it corrects what was erased.
    fn of_statement(&self, entry: &Entry<'_>, s: &Statement) -> Result<Option<(Vec<String>, ErasureOrder)>, StoreError> {
        if let Some((_, names, order)) = self.going.values.get(&s.seq) {
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
        let Some(of) = entry.statement(&order.draft.record)? else { return Ok(()) };
        self.of_ours.note(order, &of);
        let Some(names) = order.erases() else { return Ok(()) };
        self.carried_out.entry(of.id.clone()).or_insert_with(|| (of.clone(), order.id.clone()));
        // Once the order is carried out, nothing tells any more what says the same again.
        let is_record = names.iter().any(|name| name == RECORD);
        let is_person = !is_record || entry.model.kind(&of.draft.kind).is_some_and(|k| k.personal);
        let mut affected = Affected::from([(of.seq, (of.clone(), names))]);
        said_again(entry, is_person, &mut affected)?;
        affected.remove(&of.seq);
        self.again_here.extend(affected.into_iter().map(|(seq, (s, names))| (seq, (s, names, ErasureOrder::of(order)))));
        Ok(())
    }

    /// Once all has come: what is left of it takes its place, and what was said here alone of what was erased there is erased too, as are the
    /// documents that were. Returns the hashes of the files that go with them.
    pub(crate) fn end(self, entry: &mut Entry<'_>, taken: &mut Taken) -> Result<HashSet<String>, StoreError> {
        let records = self.of_theirs.records();
        for (left, ordered) in &self.came {
            if left.is_again {
                note_made_one(&entry.model, &left.said, &left.names, taken);
            }
            entry.leave_rest(Some(&records), &left.said, &left.names, ordered)?;
        }
        let records = self.of_ours.records();
        let mut going = self.of_ours.going(entry)?;
        going.again.extend(self.again_here.keys());
        for (seq, again) in self.again_here {
            going.values.entry(seq).or_insert(again);
        }
        for (s, names, order) in going.values.into_values() {
            // What the other has too is as it left it: somebody may have recorded the same one anew since.
            if self.theirs.statement(&s.id)?.is_some() {
                continue;
            }
            let (is_again, leaves_record) = (going.again.contains(&s.seq), names.iter().any(|name| name == ORIGIN));
            let mut names = still_there(entry, &s, names)?;
            if !names.is_empty() {
                if is_again {
                    note_made_one(&entry.model, &s, &names, taken);
                }
                // Also where nothing tells where it was found: the order reads as that of every other workspace.
                names.extend(leaves_record.then(|| ORIGIN.to_owned()));
                entry.take_away(Some(&records), &s, &names, &order)?;
                taken.carried_out += 1;
            }
        }
        // What takes the place of a statement there may be above the clearance: what is left of it stands here all the same.
        for (s, order) in self.carried_out.into_values().filter(|(s, _)| !s.seal.is_first_form()) {
            let names = entry.ordered(&s.id)?;
            entry.leave_rest(Some(&records), &s, &names, &order)?;
        }
        entry.end_corrected_rests()?;
        erase_imports(entry, &self.imports, taken)
    }
}

/// Those of the values that a statement has and that no order is about yet.
fn still_there(entry: &Entry<'_>, s: &Statement, names: Vec<String>) -> Result<Vec<String>, StoreError> {
    let (there, ordered) = (s.value_names(), entry.ordered(&s.id)?);
    Ok(names.into_iter().filter(|name| there.contains(name) && !ordered.contains(name)).collect())
}

/// Takes away here what was read of files and is erased there, with what was drawn from it here alone. Returns the hashes of files that nothing else
/// was read from.
fn erase_imports(entry: &mut Entry<'_>, all: &[ErasedElsewhere], taken: &mut Taken) -> Result<HashSet<String>, StoreError> {
    let imports: Vec<GoingImport> = all.iter().map(|erased| erased.import.clone()).collect();
    let (files, _) = files_of(entry, &imports)?;
    for ErasedElsewhere { import, kind, order } in all {
        let mut drawn = Affected::new();
        if import.origin().is_some() {
            all_of(entry, kind, &import.dataset, &mut drawn)?;
        }
        drawn_from(entry, std::slice::from_ref(import), &mut drawn)?;
        for (s, names) in drawn.into_values() {
            let names = still_there(entry, &s, names)?;
            if !names.is_empty() {
                entry.take_away(Some(std::slice::from_ref(&import.dataset)), &s, &names, order)?;
                taken.carried_out += 1;
            }
        }
        entry.take_import_away(import, kind, order)?;
        taken.imports_erased.insert(import.dataset.clone());
    }
    Ok(files)
}

/// Notes the record that was made one with one that is erased: what called that is gone of it, and somebody has to say whether they are one.
fn note_made_one(model: &Model, s: &Statement, names: &[String], taken: &mut Taken) {
    let title = model.kind(&s.draft.kind).and_then(|kind| kind.title.as_ref());
    if title.is_some_and(|title| names.contains(&format!("f:{title}"))) {
        taken.made_one.insert((s.draft.kind.clone(), s.draft.record.clone()));
    }
}
