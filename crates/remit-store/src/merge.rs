//! Taking over what another workspace recorded. Nothing is taken on trust: the other side is opened for reading only, with the
//! model of this one, verified first, and refused as a whole where something in it does not hold.

use crate::chain::{SAID_OF_ONE, TAKEN};
use crate::cut::{COVERAGE, Cut, CutPlace};
use crate::erase_import::remove_files;
use crate::erased::Erasing;
use crate::key;
use crate::signed::SignedEntry;
use crate::taken::{Conflicting, Taken};
use crate::views::conflicts_sql;
use crate::{AsOf, Chain, Entry, Fault, Reason, Register, Statement, Status, StoreError, Workspace};
use remit_model::{Day, Marking, Misread, Model};
use rusqlite::Connection;
use std::collections::{BTreeMap, HashSet};

/// Statements that are kept to be looked at.
const SHOWN: usize = 100;

impl Register {
    /// Appends what another workspace has and this one lacks, as far as it belongs to the cut. Statements keep
    /// their identifiers, their contents, who said them and when. That they replace the same one as ours is a conflict, which
    /// stays until somebody solves it. What was ordered to be redacted there is redacted here too, and no value that was redacted
    /// here comes back: what the other says of a record that was erased here comes as the erasure leaves it. With `dry_run` nothing is
    /// recorded, only counted.
    ///
    /// # Errors
    /// [`StoreError::Untrusted`] where the other does not hold, or says something else under an identifier that is known here.
    pub fn take_from(&mut self, other: &Workspace, author: &str, cut: &Cut, dry_run: bool) -> Result<Taken, StoreError> {
        let name = other.folder().file_name().map_or_else(|| "another workspace".into(), |n| n.to_string_lossy().into_owned());
        must_hold(other, &name)?;
        let theirs = Chain::open(other)?;
        let behind = if cut.imports { BTreeMap::new() } else { behind(&theirs.db, &self.db)? };
        let is_asked_for = cut.kinds.iter().any(|kind| kind == COVERAGE);
        let cut = &Cut { names_sources: !behind.is_empty() && !is_asked_for, ..cut.clone() };
        let belonging = cut.of(&theirs, own_model(other, cut)?)?;
        let mut erasing = Erasing::of(&theirs, self, |order| cut.asks_for(order))?;
        // What is redacted there is written over here.
        self.db.pragma_update(None, "secure_delete", true)?;
        let mut entry = self.entry(author, &format!("{TAKEN}{name}"))?;
        // What may not be seen is not named either.
        let seen = behind.into_iter().filter(|(_, level)| *level <= cut.clearance.level());
        let mut taken = Taken { behind: seen.map(|(name, _)| name).collect(), ..Taken::default() };
        let mut entries: HashSet<String> = HashSet::new();
        theirs.each(|s| {
            let place = cut.place_of(&s, &belonging);
            if place != CutPlace::Outside {
                entries.extend(take(&mut entry, s, place, cut, &name, &mut erasing, &mut taken)?);
            }
            Ok(())
        })?;
        let files = erasing.end(&mut entry, &mut taken)?;
        let said = entry.stay_one(cut.clearance)?;
        taken.became_one = said.became_one;
        taken.made_one.extend(said.stand_alone);
        note_conflicts(&entry, cut, &mut taken)?;
        for signed in SignedEntry::all(&theirs.db)? {
            if entries.contains(&signed.id) && key::signed(&signed.workspace, &signed.message(), &signed.signature) {
                SignedEntry { taken: true, ..signed }.insert(&entry.db)?;
            }
        }
        if dry_run {
            taken.recorded = entry.so_far();
            return Ok(taken);
        }
        let loses = taken.loses();
        if cut.keeps_values && loses {
            return Err(StoreError::Refused(would_lose(&taken, &name)));
        }
        taken.recorded = entry.commit()?;
        if loses {
            self.write_over()?;
        }
        taken.files_left = remove_files(self.folder(), &files);
        Ok(taken)
    }
}

/// What would be lost here by what was ordered in another workspace.
fn would_lose(taken: &Taken, name: &str) -> String {
    let statements = Some(taken.carried_out).filter(|n| *n > 0).map(|n| n.to_string());
    let all: Vec<String> =
        statements.into_iter().chain(taken.imports_erased.iter().map(|import| format!("all of {import}"))).collect();
    format!(
        "statements here would lose values for good ({}), as was ordered in {name}; nothing was taken. Ask who ordered it, \
         and say --redact where that is right",
        all.join(", and ")
    )
}

/// The data sets of which something is imported there and nothing here, each with its highest marking: their files stay where they are. A
/// sheet of the register leaves only its problems in one: what it says is stated, and comes along.
fn behind(theirs: &Connection, ours: &Connection) -> Result<BTreeMap<String, u8>, StoreError> {
    let of = |db: &Connection| -> rusqlite::Result<BTreeMap<String, u8>> {
        let sql = "select dataset, max(marking) from snapshot where complete = 1 and records > 0 group by dataset";
        db.prepare(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    };
    let here = of(ours)?;
    Ok(of(theirs)?.into_iter().filter(|(name, _)| !here.contains_key(name)).collect())
}

/// The model of somebody else's workspace, where not all is taken: who marks a field there keeps it from who reads below. Nothing else is
/// read of it, and a fault in it keeps nobody from the rest.
fn own_model(other: &Workspace, cut: &Cut) -> Result<Option<Model>, StoreError> {
    let folder = other.folder().join("model");
    let is_needed = other.is_foreign() && cut.clearance < Marking::StrictlyConfidential && folder.is_dir();
    Ok(if is_needed { Some(Model::usable(&folder)?.0) } else { None })
}

/// Refuses a workspace in which something does not hold.
fn must_hold(other: &Workspace, name: &str) -> Result<(), StoreError> {
    match other.verify(false)?.fault() {
        None => Ok(()),
        Some(broken) => Err(StoreError::Untrusted(format!(
            "{name} does not hold: {} {}: {}; nothing was taken",
            broken.what.code(),
            broken.name,
            broken.reason
        ))),
    }
}

/// Takes a statement that is not there yet, as far as it may be seen and recorded here; says by which entry it was said there.
fn take(
    entry: &mut Entry<'_>,
    mut s: Statement,
    place: CutPlace,
    cut: &Cut,
    name: &str,
    erasing: &mut Erasing<'_>,
    taken: &mut Taken,
) -> Result<Option<String>, StoreError> {
    if let Some(ours) = entry.statement(&s.id)? {
        if ours.says_what(&s) || follows_alike(entry, &ours, &s)? {
            return Ok(None);
        }
        let conflicting = Conflicting { id: s.id, record: s.draft.record };
        return Err(StoreError::Untrusted(conflicting.to_string()));
    }
    match place {
        CutPlace::Above => {
            taken.left += 1;
            return Ok(None);
        }
        CutPlace::HeldBack => {
            taken.held_back += 1;
            return Ok(None);
        }
        CutPlace::MarkedSince(field) => {
            *taken.marked_since.entry(field).or_default() += 1;
            return Ok(None);
        }
        CutPlace::Inside | CutPlace::Outside => {}
    }
    leave_values(entry, &mut s, cut, taken)?;
    let erased = erasing.leave(entry, &mut s)?;
    if s.is_redaction() {
        erasing.note(entry, &s)?;
        taken.carried_out += u64::from(entry.carry_out(&s)?);
    } else if let Some(fault) = misfit(&entry.model, &s) {
        taken.refused.push((s, fault));
        return Ok(None);
    }
    note_replaced(entry, &s, cut, taken)?;
    if !s.is_redaction() {
        *taken.kinds.entry(s.draft.kind.clone()).or_default() += 1;
        keep(&mut taken.first, &s);
    }
    let said_entry = s.said_entry.clone();
    name.clone_into(&mut s.taken_from);
    s.made_second_form();
    entry.link(s)?;
    if let Some(left) = erased {
        taken.erased += 1;
        erasing.came(entry, left)?;
    }
    Ok(Some(said_entry))
}

/// True where each workspace has said for itself what follows from an erasure (what is left of a statement, the end of that where a copy had
/// corrected it, or the order about what a copy alone had said), or from records having been made one. Ours stays.
fn follows_alike(entry: &Entry<'_>, ours: &Statement, theirs: &Statement) -> Result<bool, StoreError> {
    if !ours.follows_as(theirs) {
        return Ok(false);
    }
    if [ours, theirs].iter().all(|s| s.act == SAID_OF_ONE) {
        return Ok(true);
    }
    let Some(before) = ours.draft.supersedes.first() else { return Ok(true) };
    let older = entry.statement(before)?.and_then(|s| s.draft.supersedes.first().cloned());
    Ok(!entry.ordered(before)?.is_empty() || !entry.ordered(older.as_deref().unwrap_or_default())?.is_empty())
}

/// Notes what of all that came is in conflict with something else, exactly as the view `conflict` lists it from then on.
fn note_conflicts(entry: &Entry<'_>, cut: &Cut, taken: &mut Taken) -> Result<(), StoreError> {
    let as_of = AsOf { clearance: cut.clearance, ..AsOf::public(Day::today()) };
    entry.db.execute_batch(&conflicts_sql(&entry.model, &as_of, true))?;
    let came: Vec<String> = entry
        .db
        .prepare(
            "select c.leaf from temp.as_of_conflict c join main.statement t on t.id = c.leaf where t.entry = ? group by c.leaf \
             order by min(t.seq)",
        )?
        .query_map([entry.id()], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    entry.db.execute_batch("drop table temp.as_of_conflict")?;
    taken.conflicts = came.len() as u64;
    for id in came.iter().take(SHOWN) {
        taken.conflicting.extend(entry.statement(id)?);
    }
    Ok(())
}

/// Notes that a statement takes the place of what somebody said here. That is for who takes it over to look at: who said it is what the other
/// workspace tells, and it may be in anybody's name. What may not be seen of ours is not shown.
fn note_replaced(entry: &Entry<'_>, s: &Statement, cut: &Cut, taken: &mut Taken) -> Result<(), StoreError> {
    let Some(before) = s.draft.supersedes.first() else { return Ok(()) };
    if s.draft.status == Status::Proposed || s.is_redaction() || entry.is_replaced(before)? {
        return Ok(());
    }
    let is_said_here = |ours: &Statement| ours.taken_from.is_empty() && ours.draft.marking <= cut.clearance;
    if let Some(mut ours) = entry.guarded_statement(before)?.filter(is_said_here) {
        let hidden: HashSet<String> = ours.draft.withheld_from(cut.clearance).map(|(field, _)| field.clone()).collect();
        ours.draft.fields.retain(|field, _| !hidden.contains(field));
        taken.replaced += 1;
        if taken.replacing.len() < SHOWN {
            taken.replacing.push((ours, s.clone()));
        }
    }
    Ok(())
}

/// Leaves values where they are that are above the clearance, or were ordered here to be redacted.
fn leave_values(entry: &Entry<'_>, s: &mut Statement, cut: &Cut, taken: &mut Taken) -> Result<(), StoreError> {
    let above: Vec<String> = s.draft.withheld_from(cut.clearance).map(|(field, _)| format!("f:{field}")).collect();
    if !above.is_empty() {
        taken.redacted += 1;
        s.made_second_form();
        s.redact(&above);
    }
    let ordered = entry.ordered(&s.id)?;
    if !ordered.is_empty() {
        s.made_second_form();
        s.redact(&ordered);
    }
    Ok(())
}

/// Keeps a statement among the first.
fn keep(first: &mut Vec<Statement>, s: &Statement) {
    if first.len() < SHOWN {
        first.push(s.clone());
    }
}

impl Workspace {
    /// What stands in it that no merge would take, as a program that checks less may have recorded it: how many statements, and the first of
    /// them with what is wrong. What they say stays as it is.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn misfits(&self) -> Result<(u64, Vec<(Statement, Fault)>), StoreError> {
        let (mut count, mut first) = (0, Vec::new());
        Chain::open(self)?.each(|s| {
            let is_said = !s.draft.withdrawn && !s.is_redaction();
            if let Some(fault) = is_said.then(|| misfit(self.model(), &s)).flatten() {
                count += 1;
                if first.len() < SHOWN {
                    first.push((s, fault));
                }
            }
            Ok(())
        })?;
        Ok((count, first))
    }
}

/// The day on which a statement was said: what its author could know then is not told by the clock of who takes it over.
fn said_on(s: &Statement) -> Day {
    Day::parse(&s.said_at).unwrap_or_else(Day::today)
}

/// What is wrong with a statement that no merge takes.
fn misfit(model: &Model, s: &Statement) -> Option<Fault> {
    s.draft.faults_on(model, said_on(s)).into_iter().find(|f| !may_stand(model, &s.draft.kind, f))
}

/// Whether a fault is one that an older version let stand, and that can be read: words where a code is told from words now, a record
/// that ends before it starts, a number that is too small or large, or a source of a day to come, which is read as none. All else that such a
/// statement says would be lost with it.
fn may_stand(model: &Model, kind: &str, fault: &Fault) -> bool {
    let field = model.kind(kind).and_then(|k| k.field(&fault.field));
    match &fault.reason {
        Reason::Misread(Misread::Code { .. }) => field.is_some_and(|f| f.words.is_some()),
        Reason::Before(..) | Reason::Misread(Misread::Less { .. } | Misread::More { .. }) => field.is_some(),
        Reason::ToCome => fault.field == "source_date",
        _ => false,
    }
}
