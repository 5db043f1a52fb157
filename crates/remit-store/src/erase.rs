//! Taking values away for good, where the law or a person's safety asks for it. What is left of a value is the commitment to it, so
//! that the chain still holds; that something was taken away, by whose order and why, is an entry like any other.

use crate::chain::TAKEN;
use crate::erase_import;
use crate::reach::{Affected, Erasure, Reach, drawn_from};
use crate::redact::{ErasureOrder, redacted};
use crate::register::FirstSaid;
use crate::restated::makes_one;
use crate::schema::row_tables;
use crate::statement::{ERASED, ORIGIN, RECORD, REDACTION};
use crate::{Chain, Draft, Entry, Recorded, Register, Statement, Status, StoreError, index, looks, saved};
use remit_model::{Marking, Model};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Of how many statements values go, by kind and identifier of the record; and how many imports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WouldErase {
    /// Statements by record.
    pub records: BTreeMap<(String, String), u64>,
    /// Imports: of a document each reading of it.
    pub imports: u64,
}

impl WouldErase {
    fn of(gone: &Affected, imports: usize) -> WouldErase {
        let mut going = WouldErase { records: BTreeMap::new(), imports: imports as u64 };
        for (s, _) in gone.values() {
            *going.records.entry((s.draft.kind.clone(), s.draft.record.clone())).or_default() += 1;
        }
        going
    }

    /// Of how many statements values go.
    pub fn statements(&self) -> u64 {
        self.records.values().sum()
    }
}

/// What was taken away.
#[derive(Debug, Clone, PartialEq)]
pub struct Erased {
    /// The entry that records the erasure.
    pub recorded: Recorded,
    /// What was taken away: of how many statements of each record, and how many imports.
    pub gone: WouldErase,
    /// Records that the record was made one with, as kind and identifier: they stand, without what was said of it.
    pub made_one: Vec<(String, String)>,
    /// Records in whose texts, sources or quotations a name of the record stands still, as kind and identifier: somebody has to read them.
    /// Beside them `problem` with the file and row of what could not be used of it, or of another record that came with the same file, `document` that was read, `entry` of the history,
    /// `dataset` whose rows were imported, `file` that could not be removed, and `view` with the name of a list that is kept. Of a document, the records that
    /// somebody accepted from it, which stand without what they quoted, and another `document` that was read from the same file.
    pub named_in: Vec<(String, String)>,
    /// Records, and documents, that have one word of a person's name: in the name of a unit, in what referred to the person, in a passage. It
    /// may be somebody else's.
    pub named_in_part: Vec<(String, String)>,
    /// The words that more places have than anybody would read through, with how many do: they are not listed.
    pub common_words: Vec<(String, usize)>,
    /// False where somebody was reading: the old values stand in the database's log until nobody has the workspace open.
    pub is_out_of_log: bool,
}

impl Register {
    /// Takes away what is said of a record, or of one field of it, in every statement there ever was; of a document that was read also its
    /// file and passages, what was proposed from it, and what was quoted of it. It cannot be undone. Copies and backups that were made before
    /// have it still.
    ///
    /// # Errors
    /// [`StoreError::NotThere`] where there is nothing to take away, [`StoreError::Refused`] where a statement was recorded before values were
    /// committed to one by one.
    pub fn erase(&mut self, erasure: &Erasure, author: &str) -> Result<Erased, StoreError> {
        let Reach { records, imports, mut gone, again } = Reach::of(self, erasure)?;
        let mut made_one = if erasure.field.is_none() { standing_for(erasure, &records, &gone, &again) } else { Vec::new() };
        let hits = if erasure.field.is_none() { named_in(self, &gone)? } else { NameHits::default() };
        let (mut named_in, named_in_part, common_words) = hits.told();
        let mut known = called(&self.model, &gone);
        let names = names_of(&self.model, &gone);
        named_in.extend(drawn_from(self, &imports, &mut gone)?);
        let (files, others) = erase_import::files_of(self, &imports)?;
        named_in.extend(others.into_iter().map(|record| ("document".to_owned(), record)));
        // What is deleted is written over, also where a page is not used any more.
        self.db.pragma_update(None, "secure_delete", true)?;
        let act = format!("{ERASED}{}: {}", erasure.ordered_by, erasure.reason);
        let folder = self.folder().to_path_buf();
        let mut entry = self.entry(author, &act)?;
        let order = ErasureOrder { ordered_by: erasure.ordered_by.clone(), reason: erasure.reason.clone() };
        let others = erasure.field.is_none().then_some(&*records);
        for (statement, names) in gone.values() {
            entry.take_away(others, statement, names, &order)?;
        }
        if gone.values().any(|(s, _)| makes_one(&s.act)) {
            made_one.extend(entry.stay_one(Marking::StrictlyConfidential)?.stand_alone);
        }
        for import in &imports {
            entry.take_import_away(import, &erasure.kind, &order)?;
        }
        if erasure.field.is_none() {
            known.extend(imports.iter().map(|import| import.dataset.clone()));
            let telling = telling_words(&entry, &names)?;
            looks::forget(&entry.db, |what| is_looked_at(what, &known, &telling))?;
            // A list that is kept under the name tells that there was such a record.
            let known: Vec<ErasedName> = known.iter().map(|text| ErasedName::new(text, false)).collect();
            let left = saved::forget(&folder, |text| is_any(&known, &words(text)), |text| is_any(&names, &words(text)))?;
            named_in.extend(left.into_iter().map(|name| ("view".to_owned(), name)));
        }
        let gone = WouldErase::of(&gone, imports.len());
        let recorded = entry.commit()?;
        let is_out_of_log = self.write_over()?;
        let left = erase_import::remove_files(&folder, &files);
        named_in.extend(left.into_iter().map(|file| ("file".to_owned(), file)));
        Ok(Erased { recorded, gone, made_one, named_in, named_in_part, common_words, is_out_of_log })
    }
}

impl Chain {
    /// What an erasure would take away. Nothing is changed.
    ///
    /// # Errors
    /// [`StoreError::NotThere`] where there is nothing to take away.
    pub fn would_erase(&self, erasure: &Erasure) -> Result<WouldErase, StoreError> {
        let Reach { imports, mut gone, .. } = Reach::of(self, erasure)?;
        drawn_from(self, &imports, &mut gone)?;
        Ok(WouldErase::of(&gone, imports.len()))
    }
}

impl Entry<'_> {
    /// Takes values of a statement away, and says again what is left of it.
    pub(crate) fn take_away(
        &mut self,
        erased: Option<&[String]>,
        s: &Statement,
        names: &[String],
        order: &ErasureOrder,
    ) -> Result<(), StoreError> {
        let ordered = self.seal_erased(s, names, order)?;
        self.leave_rest(erased, s, names, &ordered)
    }

    /// Says again what is left of a statement that stands, in the place of it, as it was said then.
    pub(crate) fn leave_rest(
        &mut self,
        erased: Option<&[String]>,
        s: &Statement,
        names: &[String],
        ordered: &str,
    ) -> Result<(), StoreError> {
        if names.iter().all(|name| name == ORIGIN) || s.draft.withdrawn || !self.replacing(&s.id)?.is_empty() {
            return Ok(());
        }
        // What it says again of a record that stands is said of that, once all has gone.
        let erased_now = self.statement(&s.id)?;
        if erased_now.map(|s| self.one_no_more(&s)).transpose()?.flatten().is_some() {
            return Ok(());
        }
        let left = what_is_left(&self.model, erased, s, names)?;
        // The order has settled it: nobody has to choose between what was said and its withdrawal.
        let settled_by = if left.withdrawn { ordered } else { "" };
        // Every workspace that carries the order out says the same one: they come together as one.
        let first = FirstSaid::following(&s.said_at, s, s.told_by(&left));
        self.say(&left, left.supersedes.first(), settled_by, Some(&first)).map(drop)
    }

    /// Takes back what is left of statements that a copy corrected before it knew of the erasure: what is left of the correction stands in its
    /// place, as the correction did. Of rests that say the same, as several erasures left them, one stands: which one, their identifiers tell.
    pub(crate) fn end_corrected_rests(&mut self) -> Result<(), StoreError> {
        let orders = self.all("t.kind = ?", REDACTION)?;
        let erased: BTreeSet<&String> = orders.iter().filter(|o| o.erases().is_some()).map(|o| &o.draft.record).collect();
        for id in erased {
            let is_fork = self.replacing(id)?.len() > 1;
            let Some(older) = self.statement(id)?.filter(|_| is_fork) else { continue };
            let (rests, correction) = self.last_rests(older)?;
            for rest in &rests {
                let twin = || rests.iter().find(|first| first.id < rest.id && says_as(first, rest));
                let Some(stays) = correction.as_ref().or_else(twin) else { continue };
                let draft = Draft { withdrawn: true, supersedes: vec![rest.id.clone()], ..rest.draft.clone() };
                let first = FirstSaid::following(&rest.said_at, rest, rest.told_by(&draft));
                self.say(&draft, draft.supersedes.first(), &stays.id, Some(&first))?;
            }
        }
        Ok(())
    }

    /// Of rests of a statement those that nothing has replaced, in the order of their identifiers, and the first that somebody said in the place of the
    /// statement or of a rest: of a list of records more may have been erased since, in another copy.
    fn last_rests(&self, older: Statement) -> Result<(Vec<Statement>, Option<Statement>), StoreError> {
        let (mut open, mut last, mut others) = (vec![older], Vec::new(), Vec::new());
        while let Some(s) = open.pop() {
            let (ordered, after) = (self.ordered(&s.id)?, self.replacing(&s.id)?);
            if after.is_empty() {
                last.push(s);
                continue;
            }
            let (rests, said): (Vec<Statement>, Vec<Statement>) =
                after.into_iter().partition(|next| is_rest_of(next, &s, &ordered));
            open.extend(rests);
            others.extend(said);
        }
        last.sort_by(|a, b| a.id.cmp(&b.id));
        let is_correction = |s: &Statement| !s.draft.withdrawn && s.draft.status == Status::Accepted;
        Ok((last, others.into_iter().filter(is_correction).min_by(|a, b| a.id.cmp(&b.id))))
    }
}

/// True where two statements say the same of one record.
fn says_as(one: &Statement, other: &Statement) -> bool {
    one.draft.record == other.draft.record && one.draft.says_the_same(&other.draft)
}

/// True for what an erasure left of a statement: it is said as that was, without any of the values that were ordered to go, but for who else is in a
/// list of records. What was erased of the rest itself since was erased of the same list.
fn is_rest_of(rest: &Statement, older: &Statement, ordered: &[String]) -> bool {
    let is_as_it_was = rest.said_at == older.said_at && rest.draft.kind == older.draft.kind && !rest.draft.withdrawn;
    let is_list =
        |name: &String| name.strip_prefix("f:").and_then(|name| rest.draft.fields.get(name)).is_some_and(Value::is_array);
    let is_by_order = rest.seal.sealed.is_empty() || [ERASED, TAKEN].iter().any(|act| rest.act.starts_with(act));
    is_as_it_was && is_by_order && rest.value_names().iter().all(|name| !ordered.contains(name) || is_list(name))
}

/// Records of the kind of which something stands by itself and that what goes was made one with: what was said again of them goes.
fn standing_for(erasure: &Erasure, records: &[String], gone: &Affected, again: &BTreeSet<i64>) -> Vec<(String, String)> {
    let said_again = again.iter().filter_map(|seq| gone.get(seq)).map(|(s, _)| &s.draft);
    let stands = said_again.filter(|draft| draft.kind == erasure.kind && !records.contains(&draft.record));
    stands.map(|draft| (draft.kind.clone(), draft.record.clone())).collect::<BTreeSet<_>>().into_iter().collect()
}

/// A name of what goes, with its words in its own letters and in Latin ones.
struct ErasedName {
    text: String,
    is_person: bool,
    spellings: [Vec<String>; 2],
}

impl ErasedName {
    fn new(text: &str, is_person: bool) -> ErasedName {
        let apart =
            |text: String| text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
        ErasedName {
            text: text.to_owned(),
            is_person,
            spellings: [remit_model::folded(text), remit_model::latin(text)].map(apart),
        }
    }

    /// True where all of it stands among words.
    fn is_whole_in(&self, words: &BTreeSet<String>) -> bool {
        self.spellings.iter().any(|own| !own.is_empty() && own.iter().all(|word| words.contains(word)))
    }

    /// The words of a name, but for the shortest: each may tell who is meant.
    fn parts(&self) -> impl Iterator<Item = &String> {
        self.spellings.iter().flatten().filter(|word| word.chars().count() > 2)
    }

    /// Whether it stands among words: as a whole, or a part of it where it is a person's.
    fn is_in(&self, words: &BTreeSet<String>) -> bool {
        if self.is_person { self.parts().any(|word| words.contains(word)) } else { self.is_whole_in(words) }
    }
}

/// The words of persons' names that may tell who is meant.
fn parts_of(names: &[ErasedName]) -> BTreeSet<&String> {
    names.iter().filter(|name| name.is_person).flat_map(ErasedName::parts).collect()
}

/// The words of persons' names by which nobody else is called who is on file: who asked by one of them asked for this person.
fn telling_words(chain: &Chain, names: &[ErasedName]) -> Result<BTreeSet<String>, StoreError> {
    let mut telling: BTreeSet<String> = parts_of(names).into_iter().cloned().collect();
    for kind in chain.model.kinds.iter().filter(|kind| kind.personal && kind.title.is_some()) {
        for called in chain.known(&kind.name, Marking::StrictlyConfidential)?.iter().flat_map(|known| &known.called) {
            for word in ErasedName::new(&called.name, true).parts() {
                telling.remove(word);
            }
        }
    }
    Ok(telling)
}

/// True for what somebody looked at that has one of these texts in it, in whatever letters it was typed, or such a word.
fn is_looked_at(what: &str, known: &[String], telling: &BTreeSet<String>) -> bool {
    let typed = what.to_lowercase();
    let stands = |text: &String| !text.is_empty() && typed.contains(&text.to_lowercase());
    known.iter().any(stands) || words(what).iter().any(|word| telling.contains(word))
}

fn is_any(names: &[ErasedName], words: &BTreeSet<String>) -> bool {
    names.iter().any(|name| name.is_in(words))
}

/// What goes as a whole.
fn whole(gone: &Affected) -> impl Iterator<Item = &Statement> {
    gone.values().filter(|(_, names)| is_whole(names)).map(|(s, _)| s)
}

fn is_whole(names: &[String]) -> bool {
    names.iter().any(|name| name == RECORD)
}

/// What a statement calls its record, each with whether that is a person.
fn called_by(model: &Model, s: &Statement) -> Vec<(String, bool)> {
    let kind = model.kind(&s.draft.kind);
    kind.map_or_else(Vec::new, |k| k.names_in(&s.draft.fields).into_iter().map(|n| (n.name, k.personal)).collect())
}

/// By what the records that go are known: their identifiers and names.
fn called(model: &Model, gone: &Affected) -> Vec<String> {
    let names = whole(gone).flat_map(|s| called_by(model, s)).map(|(name, _)| name);
    whole(gone).map(|s| s.draft.record.clone()).chain(names).collect()
}

/// The names of what goes as a whole, each once.
fn names_of(model: &Model, gone: &Affected) -> Vec<ErasedName> {
    let names: BTreeSet<(String, bool)> = whole(gone).flat_map(|s| called_by(model, s)).collect();
    names.iter().map(|(text, is_person)| ErasedName::new(text, *is_person)).collect()
}

/// More records than these are not named after one person: the word is a common one, and tells nobody.
const MOST_NAMED_AFTER: usize = 5;

/// In more passages than these, or more records that referred to the person, a word is a common one: one report may speak of one person on
/// each of its pages.
const MOST_ABOUT: usize = 20;

/// Where something stands: a kind, and what it is called among these.
type FoundAt = (String, String);

/// Where a name of what goes stands still: all of it, and one word of it, by that word: in what units are called, in what referred to the
/// person, in passages. Each is counted for itself: that many units have a word hides nothing of what referred to the person.
#[derive(Default)]
struct NameHits {
    whole: BTreeSet<FoundAt>,
    of_units: BTreeMap<String, BTreeSet<FoundAt>>,
    referring: BTreeMap<String, BTreeSet<FoundAt>>,
    in_passages: BTreeMap<String, Vec<FoundAt>>,
}

impl NameHits {
    /// The places with the whole name, those with a word of it that few have, and the words that many have, with how many do.
    fn told(self) -> (Vec<FoundAt>, Vec<FoundAt>, Vec<(String, usize)>) {
        let (mut few, mut common): (BTreeSet<FoundAt>, BTreeMap<String, usize>) = Default::default();
        let is_new = |place: &FoundAt| !self.whole.contains(place);
        let set = |(word, places): (String, BTreeSet<FoundAt>)| (word, places.into_iter().collect::<Vec<FoundAt>>());
        let of_units = self.of_units.into_iter().map(set).map(|(word, places)| (word, places, MOST_NAMED_AFTER));
        let about = self.referring.into_iter().map(set).chain(self.in_passages).map(|(word, places)| (word, places, MOST_ABOUT));
        for (word, places, most) in of_units.chain(about) {
            match places.len() {
                many if many > most => *common.entry(word).or_default() += many,
                _ => few.extend(places.into_iter().filter(is_new)),
            }
        }
        (self.whole.into_iter().collect(), few.into_iter().collect(), common.into_iter().collect())
    }
}

/// Records in whose texts a name of what goes stands still, and which do not go as a whole themselves. What referred to a person is about
/// that person, who is called by a part of the name there: one word of it is enough. So it is in the name of a unit, as one after
/// whoever leads it.
fn named_in(chain: &Chain, gone: &Affected) -> Result<NameHits, StoreError> {
    let model = &*chain.model;
    let names = names_of(model, gone);
    let mut hits = NameHits { whole: left_of_files(chain, gone)?.into_iter().collect(), ..NameHits::default() };
    if names.is_empty() {
        return Ok(hits);
    }
    for name in &names {
        let others = chain.with_words(&name.text)?.into_iter().filter(|(seq, ..)| !gone.contains_key(seq));
        hits.whole.extend(others.map(|(_, kind, record)| (kind, record)));
    }
    let parts = parts_of(&names);
    chain.each(|s| {
        if gone.contains_key(&s.seq) {
            return Ok(());
        }
        let (of_unit, place) = (words_of_unit(model, &s), (s.draft.kind.clone(), s.draft.record.clone()));
        for word in of_unit.into_iter().filter(|word| parts.contains(word)) {
            hits.of_units.entry(word).or_default().insert(place.clone());
        }
        // The index knows what statements say, and nothing of where that is from.
        let beside = words(&beside(&s));
        if names.iter().any(|name| name.is_whole_in(&beside)) {
            hits.whole.insert(place);
        }
        Ok(())
    })?;
    for (s, taken) in gone.values().filter(|(_, taken)| !is_whole(taken)) {
        let left = redacted(s, taken)?;
        let left = words(&format!("{} {}", index::index_words(model, &left), beside(&left)));
        let place = (s.draft.kind.clone(), s.draft.record.clone());
        if names.iter().any(|name| name.is_whole_in(&left)) {
            hits.whole.insert(place);
            continue;
        }
        for part in parts.iter().filter(|part| left.contains(**part)) {
            hits.referring.entry((*part).clone()).or_default().insert(place.clone());
        }
    }
    hits.whole.extend(named_in_problems(chain, &names)?);
    named_beside(chain, &names, &mut hits)?;
    Ok(hits)
}

/// The words of what a statement calls its record, where that is nobody and has a name of its own.
fn words_of_unit(model: &Model, s: &Statement) -> BTreeSet<String> {
    let kind = model.kind(&s.draft.kind).filter(|k| !k.personal && k.title.as_deref() == Some("name"));
    kind.map_or_else(BTreeSet::new, |_| called_by(model, s).iter().flat_map(|(name, _)| words(name)).collect())
}

/// Where in files that were imported something could not be used that has one of these names: file and row.
fn named_in_problems(chain: &Chain, names: &[ErasedName]) -> Result<Vec<(String, String)>, StoreError> {
    let sql = "select f.name, p.line, concat_ws(' ', p.element, p.record, p.value, p.reason) from problem p \
               join snapshot_file f on f.id = p.file";
    let mut query = chain.db.prepare(sql)?;
    let (mut rows, mut found) = (query.query([])?, Vec::new());
    while let Some(row) = rows.next()? {
        let (file, line, text): (String, Option<i64>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let text = words(&text);
        if names.iter().any(|name| name.is_whole_in(&text)) {
            let line = line.map_or_else(String::new, |n| format!(":{n}"));
            found.push(("problem".to_owned(), format!("{file}{line}")));
        }
    }
    Ok(found)
}

/// Places in a file that are named one by one; of more, the file.
const MOST_PLACES: usize = 20;

/// Where in the files that what goes was imported from something could not be used, and is kept as it stood there: it may be a cell of the
/// record's own row, which no name tells. It is chained as the import was, and so it stays.
fn left_of_files(chain: &Chain, gone: &Affected) -> Result<Vec<(String, String)>, StoreError> {
    // An origin ends with the name of the file that it is of.
    let files: BTreeSet<&str> = whole(gone).filter_map(|s| Some(s.draft.origin.rsplit_once("/@")?.1)).collect();
    let sql = "select distinct f.name, p.line from problem p join snapshot_file f on f.id = p.file \
               where replace(f.name, '/', ':') = ? and p.value <> '' order by f.name, p.line";
    let (mut query, mut found) = (chain.db.prepare(sql)?, Vec::new());
    for file in files {
        let places: Vec<(String, Option<i64>)> =
            query.query_map([file], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        if places.len() > MOST_PLACES {
            found.extend(places.into_iter().take(1).map(|(name, _)| ("problem".to_owned(), name)));
            continue;
        }
        let place = |(name, line): (String, Option<i64>)| line.map_or(name.clone(), |n| format!("{name}:{n}"));
        found.extend(places.into_iter().map(|at| ("problem".to_owned(), place(at))));
    }
    Ok(found)
}

/// Documents that were read, rows of data sets, and entries of the history, that have one of these names. Of a person a part of the name
/// is enough in a passage (“General Zebulon”), but for words that many passages have.
fn named_beside(chain: &Chain, names: &[ErasedName], hits: &mut NameHits) -> Result<(), StoreError> {
    let mut texts = vec![
        "select 'document', record, title from row_document".to_owned(),
        "select 'document', document, concat_ws(' ', heading, text) from row_passage".to_owned(),
        "select 'entry', id, act from entry".to_owned(),
        "select 'dataset', dataset, concat_ws(' ', dataset, title, source, url, attribution) from snapshot where dataset not glob 'document/*'"
            .to_owned(),
    ];
    texts.extend(texts_of_rows(chain)?);
    let parts = parts_of(names);
    for sql in texts {
        let mut query = chain.db.prepare(&sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let text = words(&row.get::<_, Option<String>>(2)?.unwrap_or_default());
            let place: (String, String) = (row.get(0)?, row.get::<_, Option<String>>(1)?.unwrap_or_default());
            if names.iter().any(|name| name.is_whole_in(&text)) {
                hits.whole.insert(place);
            } else if place.0 == "document" {
                for part in parts.iter().filter(|part| text.contains(**part)) {
                    hits.in_passages.entry((*part).clone()).or_default().push(place.clone());
                }
            }
        }
    }
    Ok(())
}

/// The queries for what stands in the rows of data sets besides documents: the data set, and all texts of a row.
fn texts_of_rows(chain: &Chain) -> Result<Vec<String>, StoreError> {
    let mut texts = Vec::new();
    for (table, _) in row_tables(&chain.db)? {
        let sql = "select coalesce(group_concat('r.\"' || name || '\"', ', '), '') from pragma_table_info(?) where lower(type) = 'text'";
        let columns: String = chain.db.query_row(sql, [&table], |row| row.get(0))?;
        if !columns.is_empty() && table != "row_document" && table != "row_passage" {
            let dataset = "(select s.dataset from snapshot s where s.id = r.snapshot)";
            texts.push(format!("select 'dataset', {dataset}, concat_ws(' ', {columns}) from \"{table}\" r"));
        }
    }
    Ok(texts)
}

/// The texts of a statement besides what it says: its source, where in it, and what is quoted of it.
fn beside(s: &Statement) -> String {
    let texts = s.draft.envelope.iter().chain(s.draft.more.values());
    texts.map(String::as_str).collect::<Vec<_>>().join(" ")
}

fn words(text: &str) -> BTreeSet<String> {
    index::words_of(text).into_iter().collect()
}

/// What takes the place of a statement that stands: the rest of what it says, to whom it was said, or its withdrawal where nothing is
/// left. Of a list of records only those go that are erased, where it is records that are.
fn what_is_left(model: &Model, erased: Option<&[String]>, s: &Statement, names: &[String]) -> Result<Draft, StoreError> {
    let mut left = redacted(s, names)?.draft;
    if let Some(erased) = erased.filter(|_| !is_whole(names)) {
        left.fields.extend(others_named(model, erased, s, names));
    }
    let withdrawn = is_whole(names) || left.fields.is_empty();
    if withdrawn && left.status == Status::Proposed {
        // What only a proposal takes back would wait still.
        left.status = Status::Rejected;
    }
    let withheld = s.draft.withheld.iter().filter(|(field, _)| !withdrawn && left.fields.contains_key(field)).cloned().collect();
    Ok(Draft { withdrawn, supersedes: vec![s.id.clone()], withheld, ..left })
}

/// Whom the lists of records among these values name besides those that are erased, by field.
fn others_named(model: &Model, erased: &[String], s: &Statement, names: &[String]) -> Vec<(String, Value)> {
    let mut lists = Vec::new();
    for field in model.kind(&s.draft.kind).into_iter().flat_map(|kind| &kind.fields) {
        let Some(Value::Array(named)) = s.draft.fields.get(&field.name) else { continue };
        // A list of words, as of other names, names no records: it goes as a whole.
        if named.iter().all(|one| field.references(one).is_empty()) {
            continue;
        }
        let is_other = |one: &&Value| !field.references(one).iter().any(|(_, target)| erased.iter().any(|e| e == target));
        let others: Vec<Value> = named.iter().filter(is_other).cloned().collect();
        if !others.is_empty() && names.contains(&format!("f:{}", field.name)) {
            lists.push((field.name.clone(), Value::Array(others)));
        }
    }
    lists
}
