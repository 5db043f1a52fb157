//! How far an erasure reaches: of which statements values go, what refers to a record, what says the same again of another that it was made one
//! with, what was drawn from a document.

use crate::became_one::other_names;
use crate::erase_import::{self, GoingImport, Quoted};
use crate::restated::makes_one;
use crate::statement::{ORIGIN, RECORD, all_references};
use crate::{Chain, Statement, Status, StoreError};
use remit_model::Model;
use std::collections::{BTreeMap, BTreeSet};

/// What is to be taken away.
#[derive(Debug, Clone)]
pub struct Erasure {
    /// Kind of the record.
    pub kind: String,
    /// The record.
    pub record: String,
    /// The field whose values go; none for the whole record, with its identifier and what refers to it.
    pub field: Option<String>,
    /// Why.
    pub reason: String,
    /// Who ordered it.
    pub ordered_by: String,
}

/// The statements of which values go, by their place in the chain, with the names of the values.
pub(crate) type Affected = BTreeMap<i64, (Statement, Vec<String>)>;

/// How far an erasure reaches.
pub(crate) struct Reach {
    /// The record, and those that are one with it.
    pub(crate) records: Vec<String>,
    pub(crate) imports: Vec<GoingImport>,
    pub(crate) gone: Affected,
    /// What of it says the same again of a record that they were made one with.
    pub(crate) again: BTreeSet<i64>,
}

impl Reach {
    pub(crate) fn of(chain: &Chain, erasure: &Erasure) -> Result<Reach, StoreError> {
        let records = one_with(chain, erasure)?;
        let imports = imports(chain, erasure, &records)?;
        let (gone, again) = affected(chain, erasure, &records, &imports)?;
        Ok(Reach { records, imports, gone, again })
    }
}

/// The imports that the records came with, where what they came with goes along.
fn imports(chain: &Chain, erasure: &Erasure, records: &[String]) -> Result<Vec<GoingImport>, StoreError> {
    let mut all = Vec::new();
    for record in records.iter().filter(|_| erasure.field.is_none()) {
        all.extend(erase_import::of_record(chain, &erasure.kind, record)?);
    }
    Ok(all)
}

/// What goes with a record, or with one field of it, and which of it says the same again of a record that it was made one with.
fn affected(
    chain: &Chain,
    erasure: &Erasure,
    records: &[String],
    imports: &[GoingImport],
) -> Result<(Affected, BTreeSet<i64>), StoreError> {
    let mut gone = Affected::new();
    for record in records {
        match &erasure.field {
            Some(field) => field_of(chain, &erasure.kind, record, field, &mut gone)?,
            None if imports.is_empty() && chain.of_record(&erasure.kind, record)?.is_empty() => {}
            None => all_of(chain, &erasure.kind, record, &mut gone)?,
        }
    }
    if gone.is_empty() && imports.is_empty() {
        let what = erasure.field.as_ref().map_or_else(String::new, |f| format!(" that says anything in `{f}`"));
        return Err(StoreError::NotThere(format!("there is no {} `{}`{what}", erasure.kind, erasure.record)));
    }
    let is_person = erasure.field.is_none() && chain.model.kind(&erasure.kind).is_some_and(|k| k.personal);
    let again = said_again(chain, is_person, &mut gone)?;
    Ok((gone, again))
}

/// What was ever said of a record in one field.
pub(crate) fn field_of(chain: &Chain, kind: &str, record: &str, field: &str, gone: &mut Affected) -> Result<(), StoreError> {
    let said = chain.of_record(kind, record)?.into_iter().filter(|s| s.draft.fields.contains_key(field));
    gone.extend(said.map(|s| (s.seq, (s, vec![format!("f:{field}")]))));
    Ok(())
}

/// All that was ever said of a record, and what refers to it.
pub(crate) fn all_of(chain: &Chain, kind: &str, record: &str, gone: &mut Affected) -> Result<(), StoreError> {
    let whole = |s: Statement| (s.seq, (s.clone(), s.value_names()));
    gone.extend(chain.of_record(kind, record)?.into_iter().map(whole));
    let is_person = chain.model.kind(kind).is_some_and(|k| k.personal);
    for (s, field) in chain.ever_referring(record)? {
        // What connects others is called after them.
        if s.draft.record.contains(record) {
            gone.extend(chain.of_record(&s.draft.kind, &s.draft.record)?.into_iter().map(whole));
            continue;
        }
        let about = if is_person { about_alone(&chain.model, &s, &field) } else { Vec::new() };
        let (_, names) = gone.entry(s.seq).or_insert_with(|| (s, vec![ORIGIN.to_owned()]));
        for name in std::iter::once(format!("f:{field}")).chain(about) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    Ok(())
}

/// What was drawn from documents that go goes too: as a whole where nobody has accepted it; of what stands, what it quotes of them, and so of
/// whatever else quotes them. Returns the records that stand, and those that have the same words of a source that is called otherwise: whether that is
/// the document has to be read.
pub(crate) fn drawn_from(
    chain: &Chain,
    imports: &[GoingImport],
    gone: &mut Affected,
) -> Result<Vec<(String, String)>, StoreError> {
    let mut drawn = BTreeSet::new();
    for origin in imports.iter().filter_map(GoingImport::origin) {
        drawn.extend(chain.at_origins_below(&origin)?.into_iter().map(|s| (s.draft.kind, s.draft.record)));
    }
    let mut standing = Vec::new();
    for (kind, record) in drawn {
        let stands = chain.current(&kind, &record)?.iter().any(|s| s.draft.status == Status::Accepted);
        for s in chain.of_record(&kind, &record)? {
            let names = if stands { vec![QUOTE.to_owned()] } else { s.value_names() };
            add(gone, s, names);
        }
        if stands {
            standing.push((kind, record));
        }
    }
    let passages = erase_import::passages(chain, imports)?;
    if !passages.is_empty() {
        let quoted = Quoted::of(&passages);
        chain.each(|s| {
            let quote = s.draft.envelope("quote");
            if quote.is_empty() {
                return Ok(());
            }
            let is_cited = imports.iter().any(|import| import.is_source_of(&s));
            if !quoted.has(quote, is_cited) {
                return Ok(());
            }
            if is_cited {
                add(gone, s, vec![QUOTE.to_owned()]);
            } else if erase_import::is_telling(quote) && !gone.contains_key(&s.seq) {
                standing.push((s.draft.kind, s.draft.record));
            }
            Ok(())
        })?;
    }
    standing.sort_unstable();
    standing.dedup();
    Ok(standing)
}

/// The name of the value that a statement quotes.
const QUOTE: &str = "e:quote";

/// Adds values of a statement to what goes, where it has them.
fn add(gone: &mut Affected, s: Statement, names: Vec<String>) {
    let there = s.value_names();
    let names: Vec<String> = names.into_iter().filter(|name| there.contains(name)).collect();
    if names.is_empty() {
        return;
    }
    let (_, going) = gone.entry(s.seq).or_insert_with(|| (s, Vec::new()));
    going.extend(names);
    going.sort_unstable();
    going.dedup();
}

/// Of what is about the person alone whom a field names, as a posting is: all that it says besides what it connects, as what, and when. Its
/// rank and its note are the person's; that somebody commanded the unit then is the unit's too, and a file that rested on it is opened again.
fn about_alone(model: &Model, s: &Statement, field: &str) -> Vec<String> {
    let kind = model.kind(&s.draft.kind).filter(|k| k.personal && k.field(field).is_some_and(|f| f.required));
    let goes = |name: &String, key: &[String]| match name.split_at(2) {
        ("f:", own) => key.iter().all(|part| part != own),
        _ => name == QUOTE,
    };
    kind.map_or_else(Vec::new, |k| s.value_names().into_iter().filter(|name| goes(name, &k.key)).collect())
}

/// A record with those that were made one with it and of which nothing stands by itself any more: they are the same person.
fn one_with(chain: &Chain, erasure: &Erasure) -> Result<Vec<String>, StoreError> {
    let mut records = vec![erasure.record.clone()];
    let mut at = 0;
    while at < records.len() {
        for s in chain.of_record(&erasure.kind, &records[at])? {
            for id in &s.draft.supersedes {
                let Some(older) = chain.statement(id)?.filter(|older| !older.seal.sealed.contains_key(RECORD)) else { continue };
                let (kind, other) = (older.draft.kind, older.draft.record);
                if kind == erasure.kind && !records.contains(&other) && !chain.has(&kind, &other)? {
                    records.push(other);
                }
            }
        }
        at += 1;
    }
    Ok(records)
}

/// Adds what says the same again of another record, as the two were made one, and what corrects that since: it goes as what it took the place of.
/// The record that it is of stands, and keeps what was said of it alone. Returns these statements by their places.
pub(crate) fn said_again(chain: &Chain, is_person: bool, affected: &mut Affected) -> Result<BTreeSet<i64>, StoreError> {
    let mut again = BTreeSet::new();
    let whole = |names: &[String]| names.iter().any(|name| name == RECORD);
    // In the order in which they were said: what was said before is known to go, or not.
    let mut open: BTreeMap<i64, (Statement, Vec<String>, bool)> =
        affected.iter().map(|(seq, (s, names))| (*seq, (s.clone(), names.clone(), whole(names)))).collect();
    while let Some((_, (before, names, is_whole))) = open.pop_first() {
        for s in chain.all("t.supersedes = ?", &before.id)? {
            let goes_on = || again.contains(&before.seq) && is_of_the_same(&chain.model, &before, &s, &names, is_whole);
            if affected.contains_key(&s.seq) || !(makes_one(&s.act) || goes_on()) || is_two_again(chain, &before, &s, affected)? {
                continue;
            }
            let going = names_again(&chain.model, is_person, &s, &names, is_whole);
            if going.len() == 1 {
                // It says nothing of what goes: where it was found tells only that. What says it yet again may, where this was erased before.
                if !s.seal.sealed.is_empty() {
                    open.insert(s.seq, (s, names.clone(), is_whole));
                }
                continue;
            }
            again.insert(s.seq);
            affected.insert(s.seq, (s.clone(), going.clone()));
            open.insert(s.seq, (s, going, is_whole));
        }
    }
    Ok(again)
}

/// True where a statement makes two records two again: it says what was said before of one that stands.
fn is_two_again(chain: &Chain, before: &Statement, s: &Statement, affected: &Affected) -> Result<bool, StoreError> {
    if chain.one_no_more(before)?.is_some_and(|said| !affected.contains_key(&said.seq)) {
        return Ok(true);
    }
    let Some(id) = before.draft.supersedes.first() else { return Ok(false) };
    let stands = |older: Statement| {
        !affected.contains_key(&older.seq) && older.draft.record == s.draft.record && older.draft.says_the_same(&s.draft)
    };
    Ok(chain.statement(id)?.is_some_and(stands))
}

/// The names of the values that go of what says again what loses these. The identifier of its record stays, and the place where it was found goes
/// in any case: so the order is told from that of a record, and from that of one field.
fn names_again(model: &Model, is_person: bool, s: &Statement, names: &[String], is_whole: bool) -> Vec<String> {
    let fields = names.iter().filter_map(|name| name.strip_prefix("f:")).filter(|_| is_person);
    let about: Vec<String> = fields.flat_map(|field| about_alone(model, s, field)).collect();
    // What the one was called is another name of the other.
    let kind = model.kind(&s.draft.kind);
    let is_called = kind.and_then(|k| k.title.as_ref()).is_some_and(|title| names.contains(&format!("f:{title}")));
    let other = kind.filter(|_| is_called).and_then(other_names).map(|field| format!("f:{}", field.name));
    let goes = |name: &String| is_whole || names.contains(name) || about.contains(name) || other.as_ref() == Some(name);
    let there = s.value_names().into_iter().filter(|name| name != RECORD && name != ORIGIN && goes(name));
    std::iter::once(ORIGIN.to_owned()).chain(there).collect()
}

/// True where what corrects a statement is of the same record still, and refers to the same ones where that goes.
fn is_of_the_same(model: &Model, before: &Statement, s: &Statement, names: &[String], is_whole: bool) -> bool {
    let going = |s: &Statement| -> Vec<(String, String)> {
        all_references(model, s).into_iter().filter(|(_, field)| names.contains(&format!("f:{field}"))).collect()
    };
    s.draft.record == before.draft.record && (is_whole || going(s) == going(before))
}
