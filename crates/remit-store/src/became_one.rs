//! With which record each was made one, and what is said of it since: whoever goes on to say something of a record that was made one with another,
//! by a row of a sheet, a form, or in another copy, says it of that.

use crate::chain::{SAID_OF_ONE, UNDID};
use crate::restated::{DECIDED, MERGED, makes_one};
use crate::statement::RECORD;
use crate::{Chain, Draft, KnownRecord, Statement, Status, StoreError};
use remit_model::{Field, FieldType, Kind, Marking, latin};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// With which record each was made one, by kind and record, as far as nobody has taken that back and neither is erased.
#[derive(Debug, Default)]
pub struct StayingOne(BTreeMap<(String, String), BecameOneBy>);

/// The latest entry that made a record one with another, that other, the marking from which on somebody sees it, and what was said of the record
/// until then.
#[derive(Debug)]
struct BecameOneBy {
    entry: String,
    kept: String,
    marking: Marking,
    before: Vec<Draft>,
}

/// That an entry made a record one with another: the entry, the kind and both records.
type MadeOneBy = (String, String, String, String);

impl StayingOne {
    pub(crate) fn of(chain: &Chain) -> Result<StayingOne, StoreError> {
        let moving = "t.supersedes is not null and t.act <> ?1 and t.status <> 'rejected' and exists \
                      (select 1 from main.statement o where o.id = t.supersedes and o.kind = t.kind and (o.record <> t.record or o.act = ?1))";
        let (mut made, mut undone) = (Vec::new(), BTreeSet::new());
        for s in chain.all(moving, SAID_OF_ONE)? {
            let times = s.act.split(UNDID).take_while(|before| before.is_empty()).count();
            if times % 2 == 1 {
                undone.extend(what_is_undone(chain, s)?);
            } else if let Some(before) = chain.said_before(&s)? {
                // What was erased is no record any more.
                let is_there = [&before, &s].iter().all(|s| !s.seal.sealed.contains_key(RECORD));
                if is_there && before.draft.record != s.draft.record {
                    let marking = before.draft.marking.max(s.draft.marking);
                    let by = (s.said_entry, s.draft.kind, before.draft.record.clone(), s.draft.record);
                    made.push((by, marking, chain.guarded(before).draft));
                }
            }
        }
        let mut one = StayingOne::default();
        made.into_iter().filter(|(by, ..)| !undone.contains(by)).for_each(|(by, marking, before)| one.add(by, marking, before));
        Ok(one)
    }

    fn add(&mut self, (entry, kind, gone, kept): MadeOneBy, marking: Marking, before: Draft) {
        let new = BecameOneBy { entry, kept, marking, before: vec![before] };
        let none = || BecameOneBy { kept: String::new(), entry: String::new(), marking, before: Vec::new() };
        // Identifiers of entries are in the order of time.
        let latest = self.0.entry((kind, gone)).or_insert_with(none);
        match (&new.entry, &new.kept).cmp(&(&latest.entry, &latest.kept)) {
            std::cmp::Ordering::Greater => *latest = new,
            std::cmp::Ordering::Equal => {
                latest.marking = latest.marking.min(marking);
                latest.before.extend(new.before);
            }
            std::cmp::Ordering::Less => {}
        }
    }

    /// True where no record was made one with another.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The record that stands for another, as far as somebody of this clearance may know: itself where it was made one with none. In a circle the
    /// latest decision holds.
    pub fn kept<'s>(&'s self, kind: &str, record: &'s str, clearance: Marking) -> &'s str {
        let into = |record: &str| self.0.get(&(kind.to_owned(), record.to_owned())).filter(|by| by.marking <= clearance);
        let mut way = vec![record];
        while let Some(by) = way.last().and_then(|last| into(last)) {
            if let Some(at) = way.iter().position(|before| *before == by.kept) {
                let latest = way[at..].iter().filter_map(|record| into(record)).max_by_key(|by| (&by.entry, &by.kept));
                return latest.map_or(record, |by| &by.kept);
            }
            way.push(&by.kept);
        }
        way.last().copied().unwrap_or(record)
    }

    /// The records that another stands for, each with its kind, as far as somebody of this clearance may know.
    pub fn gone(&self, clearance: Marking) -> impl Iterator<Item = &(String, String)> {
        self.0.keys().filter(move |(kind, record)| self.kept(kind, record, clearance) != record)
    }

    /// The records of a kind that others stand for, as far as somebody of this clearance may know, each with its own names as they were when it was
    /// made one with another.
    pub fn known(&self, kind: &Kind, clearance: Marking) -> Vec<KnownRecord> {
        let of_kind = self.gone(clearance).filter(|(of, _)| *of == kind.name);
        of_kind.filter_map(|key| Some(self.0.get(key)?.known(kind, &key.1, clearance))).collect()
    }
}

impl BecameOneBy {
    fn known(&self, kind: &Kind, record: &str, clearance: Marking) -> KnownRecord {
        let mut known = KnownRecord { record: record.to_owned(), called: Vec::new(), country: None, marking: self.marking };
        let is_seen = |d: &&Draft| d.marking <= clearance && d.status == Status::Accepted && !d.withdrawn;
        for said in self.before.iter().filter(is_seen) {
            let mut fields = said.fields.clone();
            said.withheld_from(clearance).for_each(|(field, _)| drop(fields.remove(field)));
            known.called.extend(kind.names_in(&fields).into_iter().filter(|called| !called.is_other));
            known.country = fields.get("country").and_then(Value::as_str).map(str::to_owned).or(known.country);
        }
        known
    }
}

/// By which entries records were made one that a statement makes two again, each with the kind and both.
fn what_is_undone(chain: &Chain, undo: Statement) -> Result<Vec<MadeOneBy>, StoreError> {
    let (record, mut undone) = (undo.draft.record.clone(), Vec::new());
    let Some(stood) = chain.said_before(&undo)? else { return Ok(undone) };
    let mut s = chain.said_by_somebody(stood)?;
    while s.draft.record != record {
        let Some(before) = chain.said_before(&s)? else { break };
        if before.draft.record != s.draft.record {
            undone.push((s.said_entry, s.draft.kind, before.draft.record.clone(), s.draft.record));
        }
        // As what was said before, where that was said again of another record by itself.
        let is_back = before.draft.record == record;
        s = if is_back { before } else { chain.said_by_somebody(before)? };
    }
    Ok(undone)
}

impl Chain {
    /// Which records were made one with others.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn staying_one(&self) -> Result<StayingOne, StoreError> {
        let sql = "select exists (select 1 from main.entry where act glob ?1 || '*' or act = ?2)";
        let is_any: bool = self.db.prepare_cached(sql)?.query_row([MERGED, DECIDED], |row| row.get(0))?;
        if is_any { StayingOne::of(self) } else { Ok(StayingOne::default()) }
    }

    /// What a draft says of the records that its own were made one with, as far as whoever may see it may know of that; none where it stays as it is.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn said_of_one(&self, draft: &Draft, one: &StayingOne) -> Result<Option<Draft>, StoreError> {
        self.said_of_those(draft, one, draft.marking)
    }

    pub(crate) fn said_of_those(&self, d: &Draft, one: &StayingOne, clearance: Marking) -> Result<Option<Draft>, StoreError> {
        let Some(kind) = self.model.kind(&d.kind).filter(|_| !one.is_empty()) else { return Ok(None) };
        let kept = one.kept(&d.kind, &d.record, clearance);
        let mut draft = Draft { record: kept.to_owned(), ..d.clone() };
        for (field, said) in kind.fields.iter().filter_map(|f| Some((f, d.fields.get(&f.name)?))) {
            let mut value = said.clone();
            for (kind, target) in field.references(said) {
                let kept = one.kept(kind, target, clearance);
                value = field.referring_to(&value, kind, target, kept).filter(|_| kept != target).unwrap_or(value);
            }
            draft.fields.insert(field.name.clone(), value);
        }
        if kept == d.record && draft.fields == d.fields {
            return Ok(None);
        }
        if is_of_one_alone(kind, &d.fields, &draft.fields) {
            draft.fields.clone_from(&d.fields);
            draft.withdrawn = true;
        }
        if kept != d.record {
            keep_name(kind, &self.said_at_first(&d.kind, kept)?, &mut draft);
        }
        draft.guard(&self.model);
        Ok(Some(draft))
    }

    /// What was said of a record before anything was said of it that had been said of another, the latest last.
    fn said_at_first(&self, kind: &str, record: &str) -> Result<Vec<Statement>, StoreError> {
        let mut all = self.of_record(kind, record)?;
        all.retain(|s| !s.draft.withdrawn && s.draft.status == Status::Accepted && !makes_one(&s.act));
        all.sort_by(|a, b| (&a.said_at, &a.id).cmp(&(&b.said_at, &b.id)));
        Ok(all.into_iter().map(|s| self.guarded(s)).collect())
    }
}

/// True where the fields that a kind needs named several records and name one now: as the part and the whole of a relation, which is none any more.
pub(crate) fn is_of_one_alone(kind: &Kind, before: &Map<String, Value>, after: &Map<String, Value>) -> bool {
    let named = |said: &Map<String, Value>| -> BTreeSet<String> {
        let needed = kind.fields.iter().filter(|f| f.required && !f.targets().is_empty());
        needed.filter_map(|f| said.get(&f.name)).map(Value::to_string).collect()
    };
    named(before).len() > 1 && named(after).len() == 1
}

/// A record that takes in another keeps its own name: what a statement of the other calls it becomes one of its other names. Where who
/// sees that statement would not see the name that stays, it says what it said.
pub(crate) fn keep_name(kind: &Kind, staying: &[Statement], draft: &mut Draft) {
    let Some(title) = &kind.title else { return };
    let Some(said) = draft.fields.get(title).and_then(Value::as_str).map(str::to_owned) else { return };
    let marking = draft.marking;
    let named = |s: &&Statement| {
        let is_seen = s.draft.marking <= marking && s.draft.withheld_from(marking).all(|(field, _)| field != title);
        is_seen && s.draft.status == Status::Accepted && s.draft.fields.get(title).is_some_and(Value::is_string)
    };
    let Some(name) = staying.iter().rev().find(named).and_then(|s| s.draft.fields.get(title)) else { return };
    let is_alike = name.as_str().is_some_and(|name| latin(name) == latin(&said));
    draft.fields.insert(title.clone(), name.clone());
    if !is_alike {
        add_other_name(kind, title, &said, draft);
    }
    // It may have been called so beside its own name before: who sees the name needs it once.
    let is_open = draft.withheld.iter().all(|(field, _)| field != title);
    if let Some(other) = other_names(kind).filter(|_| is_open)
        && let Some(Value::Array(items)) = draft.fields.get_mut(&other.name)
    {
        items.retain(|item| item.get("name") != Some(name));
        if items.is_empty() {
            draft.fields.remove(&other.name);
        }
    }
}

/// The field of a kind that has the other names of a record.
pub(crate) fn other_names(kind: &Kind) -> Option<&Field> {
    let has_names =
        |f: &&Field| matches!(&f.kind, FieldType::List(parts) if parts.first().is_some_and(|part| part.name == "name"));
    kind.names.iter().filter_map(|name| kind.field(name)).find(has_names)
}

/// Adds a name to the other names of a record, as confidential as it was; where its kind has none, the history keeps it.
fn add_other_name(kind: &Kind, title: &str, name: &str, draft: &mut Draft) {
    let Some(other) = other_names(kind) else { return };
    let said = draft.withheld.iter().find(|(field, _)| field == title).map(|(_, marking)| *marking);
    let hidden = said.or_else(|| kind.field(title)?.marking).filter(|marking| *marking > draft.marking);
    let list = draft.fields.entry(other.name.clone()).or_insert_with(|| Value::Array(Vec::new()));
    let Value::Array(items) = list else { return };
    if !items.iter().any(|item| item.get("name").and_then(Value::as_str) == Some(name)) {
        items.push(serde_json::json!({ "name": name }));
    }
    let Some(hidden) = hidden else { return };
    match draft.withheld.iter_mut().find(|(field, _)| *field == other.name) {
        Some((_, marking)) => *marking = hidden.max(*marking),
        None => draft.withheld.push((other.name.clone(), other.marking.map_or(hidden, |own| own.max(hidden)))),
    }
}
