//! What a sheet says beside what it said before, and beside what other sheets and people say.

use super::alike::{AlikeRow, as_said, number_of};
use super::fingerprint::fingerprint;
use super::incomplete::{Incomplete, left_out};
use super::outcome::{DraftExample, Finding, NATIVE, Outcome};
use super::spool::{Alike, Spool};
use crate::SheetError;
use crate::output::CUT;
use remit_model::{Day, ImpreciseDate, Marking, STATEMENT, means_the_same, write_value};
use remit_store::{Chain, Draft, Statement, Status, StayingOne, makes_one};
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Examples of each sort that a dry run shows.
const MOST_EXAMPLES: usize = 50;

/// What stands between the place in a table and the name of the file, in the origin of a statement.
pub(super) const OF_FILE: &str = "/@";

/// The place in the table of an origin, and the file that it names; none where an older version wrote it.
pub(super) fn place_and_file(origin: &str) -> (&str, Option<&str>) {
    origin.rsplit_once(OF_FILE).map_or((origin, None), |(place, file)| (place, Some(file)))
}

/// A file that is read by a mapping. It speaks for itself: what another file of the same mapping says, it neither corrects
/// nor takes back, unless both are of the same source.
struct ComparedSheet {
    mapping: String,
    file: String,
    /// True where statements stand whose origins do not name their files: an older version wrote them.
    has_older: bool,
}

impl ComparedSheet {
    fn said(&self, s: &Statement) -> bool {
        match place_and_file(&s.draft.origin).1 {
            Some(file) => file == self.file,
            None => s.act.ends_with(&format!("imported {}", self.file)),
        }
    }

    /// Whether a statement and a draft name one source. What a mapping brings in is of one source where none is named.
    fn is_of_source(&self, s: &Draft, draft: &Draft) -> bool {
        let source = s.envelope("source");
        source == draft.envelope("source") && (!source.is_empty() || self.mapping != NATIVE)
    }
}

/// The day as of which what a draft says of a state is listed, where that is not today.
fn other_day(draft: &Draft) -> Option<Day> {
    let today = Day::today();
    let [from, to] = ["valid_from", "valid_to"].map(|name| draft.envelope(name).parse::<ImpreciseDate>().ok());
    let (ahead, over) = (from.map(ImpreciseDate::earliest), to.map(ImpreciseDate::latest));
    over.filter(|day| *day < today).or(ahead.filter(|day| *day > today))
}

/// What a sheet says beside what the register says, as far as whoever brings it in may see that: what they may not see is not
/// told, confirms nothing, and is never written over.
pub(super) struct Comparison<'r> {
    chain: &'r Chain,
    clearance: Marking,
    /// None for what is worked out of a file by a program.
    sheet: Option<ComparedSheet>,
    /// The statements that will be appended.
    plan: Spool,
    /// Statements that the plan supersedes.
    replaced: HashSet<String>,
    /// Statements that the sheet says again.
    said: HashSet<String>,
    /// The records of which something new is said, each once.
    told_of: HashSet<u128>,
    /// Statements of the plan that do not say what a new record needs.
    incomplete: Vec<Incomplete>,
    /// The sheet of the file that is compared.
    table: String,
    /// The fields that it takes, by kind.
    spoken: HashMap<String, HashSet<String>>,
    /// True where files of this name have come from other folders too: what one of another source said is not this one's.
    is_of_many: bool,
    /// Which records are one: what a row says of the one it says of the other.
    one: StayingOne,
    outcome: Outcome,
}

impl<'r> Comparison<'r> {
    /// Of a file that is read by a mapping, by someone who may see so much.
    pub(super) fn of_sheet(
        chain: &'r Chain,
        clearance: Marking,
        mapping: &str,
        file: &str,
        outcome: Outcome,
    ) -> Result<Comparison<'r>, SheetError> {
        let has_older = chain.has_origins_without(&format!("{mapping}/"), OF_FILE)?;
        let sheet = Some(ComparedSheet { mapping: mapping.to_owned(), file: file.replace('/', ":"), has_older });
        Ok(Comparison { clearance, sheet, outcome, ..Comparison::with_all(chain)? })
    }

    /// Compares what was worked out of a file (a roll, estimates) with everything that it said before.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(super) fn with_all(chain: &'r Chain) -> Result<Comparison<'r>, SheetError> {
        let one = chain.staying_one()?;
        let (clearance, outcome) = (Marking::StrictlyConfidential, Outcome::default());
        let (plan, replaced, said) = (Spool::default(), HashSet::new(), HashSet::new());
        let (told_of, incomplete) = (HashSet::new(), Vec::new());
        let (sheet, table, spoken, is_of_many) = (None, String::new(), HashMap::new(), false);
        Ok(Comparison {
            chain,
            clearance,
            sheet,
            plan,
            replaced,
            said,
            told_of,
            incomplete,
            table,
            spoken,
            is_of_many,
            one,
            outcome,
        })
    }

    /// Says which sheet of the file is compared next.
    pub(super) fn of_table(&mut self, name: &str) {
        name.clone_into(&mut self.table);
    }

    /// Says that files of this name have come from other folders too.
    pub(super) fn of_many(&mut self) {
        self.is_of_many = true;
    }

    /// The statements to add to the register, and what whoever brings the sheet in is told.
    ///
    /// # Errors
    /// When what was put away, or the database, cannot be read.
    pub(super) fn done(self) -> Result<(Spool, Outcome), SheetError> {
        let Comparison { chain, plan, incomplete, mut told_of, mut outcome, .. } = self;
        let (plan, left) = left_out(chain, plan, incomplete)?;
        for (draft, finding) in left {
            told_of.remove(&record_of(&draft));
            let is_it = |e: &DraftExample| e.what == "added" && (&e.kind, &e.record) == (&draft.kind, &draft.record);
            outcome.examples.retain(|e| !is_it(e));
            outcome.added -= 1;
            outcome.findings.push(finding);
        }
        outcome.records = told_of.len() as u64;
        Ok((plan, outcome))
    }

    pub(super) fn outcome(&mut self) -> &mut Outcome {
        &mut self.outcome
    }

    /// Sorts drafts into what is new, what is changed, and what the register has already.
    pub(super) fn compare(&mut self, mut drafts: Spool) -> Result<(), SheetError> {
        self.spoken = std::mem::take(&mut drafts.spoken);
        for alike in drafts.take_alike() {
            self.tell_apart(&alike, &mut drafts)?;
        }
        if let Some(file) = self.same_file(&mut drafts)?
            && let Some(sheet) = &mut self.sheet
        {
            sheet.file = file;
        }
        let by_place = drafts.by_place();
        if drafts.has_superseding() {
            let mut from_elsewhere = Vec::new();
            for n in 0..drafts.len() {
                let (row, draft) = drafts.get(n)?;
                let Some(id) = draft.supersedes.first().cloned() else { continue };
                match self.chain.statement(&id)?.filter(|s| self.sees(s)) {
                    Some(before) => {
                        let draft = self.with_lost(row, draft, drafts.lost(n), std::slice::from_ref(&before));
                        self.compare_with(before, row, Draft { origin: self.origin_of(&draft.origin), ..draft })?;
                    }
                    None => from_elsewhere.push((id, n)),
                }
            }
            // Identifiers have the order in which they were given: what was said last elsewhere is said last here, however the rows are
            // sorted.
            from_elsewhere.sort_unstable();
            for (_, n) in from_elsewhere {
                let (row, draft) = drafts.get(n)?;
                self.compare_from_elsewhere(
                    row,
                    Draft { origin: self.origin_of(&draft.origin), supersedes: Vec::new(), ..draft },
                )?;
            }
        }
        for numbers in by_place.chunk_by(|a, b| a.0 == b.0) {
            let mut said = Vec::new();
            for (_, n) in numbers {
                let (row, draft) = drafts.get(*n as usize)?;
                if draft.supersedes.is_empty() {
                    said.push((row, self.of_one(draft)?, drafts.lost(*n as usize).to_vec()));
                }
            }
            self.compare_at_place(said)?;
        }
        Ok(())
    }

    /// Gives each of the rows that seem of one record a record by what they say: that of which the same was said already, whatever file
    /// said it, else the first one of which they say nothing else than others do.
    fn tell_apart(&mut self, alike: &Alike, drafts: &mut Spool) -> Result<(), SheetError> {
        let mut rows = alike.read(drafts)?;
        let Some(record) = rows.first().map(|row| row.record().to_owned()) else { return Ok(()) };
        let findings = AlikeRow::number(&mut rows, &self.numbers_said(alike, &record)?);
        for (row, place, named) in rows.iter().flat_map(|row| row.renamed(&record, &alike.place)) {
            drafts.rename(row, named, place);
        }
        self.outcome.findings.extend(findings.into_iter().map(|apart| alike.finding(drafts, apart)));
        Ok(())
    }

    /// What was said last of a record and of those that are told from it by a number, each with the numbers of those of which it was.
    fn numbers_said(&self, alike: &Alike, record: &str) -> Result<HashMap<String, BTreeSet<u32>>, SheetError> {
        let last = last_said(self.chain, &alike.place)?.into_iter().filter(|s| self.sees(s)).collect();
        let mut numbers: HashMap<String, BTreeSet<u32>> = HashMap::new();
        for s in self.guarded(last)? {
            if let Some(number) = number_of(&s.draft.record, record) {
                numbers.entry(as_said(&s.draft)).or_default().insert(number);
            }
        }
        Ok(numbers)
    }

    /// A draft with what the sheet said before of fields of which a cell cannot be used now: that a cell cannot be read does not unsay it. An
    /// amount stays with what it was in.
    fn with_lost(&mut self, row: u64, mut draft: Draft, lost: &[String], before: &[Statement]) -> Draft {
        let says = |b: &&Statement| draft.fields.iter().all(|(name, value)| b.draft.fields.get(name) == Some(value));
        let before = if let [only] = before { Some(only) } else { before.iter().find(says) };
        let Some(before) = before.filter(|b| !lost.is_empty() && !b.draft.withdrawn) else { return draft };
        let currency = |d: &Draft| d.fields.get("currency").cloned();
        let is_of_another = currency(&draft).is_some_and(|own| currency(&before.draft).is_some_and(|other| own != other));
        for field in lost {
            let is_unseen = before.draft.withheld_from(self.clearance).any(|(name, _)| name == field);
            let Some(value) = before.draft.fields.get(field).filter(|_| !is_unseen && !draft.fields.contains_key(field)) else {
                continue;
            };
            if is_of_another && value.is_number() {
                continue;
            }
            self.outcome.findings.push(Finding {
                sheet: self.table.clone(),
                row,
                column: field.clone(),
                value: write_value(value).chars().take(200).collect(),
                rule: "value",
                reason: "the cell could not be used; what the sheet said here before stays".to_owned(),
            });
            draft.fields.insert(field.clone(), value.clone());
        }
        draft
    }

    /// The same for what is said at one place.
    fn compare_at_place(&mut self, new: Vec<(u64, Draft, Vec<String>)>) -> Result<(), SheetError> {
        let Some(place) = new.first().map(|(_, draft, _)| draft.origin.clone()) else { return Ok(()) };
        let origin = self.origin_of(&place);
        let mut before = self.said_before(&place, &origin)?;
        let kept = new.into_iter().map(|(row, draft, lost)| (row, self.with_lost(row, draft, &lost, &before)));
        let mut new: Vec<(u64, Draft)> = kept.collect();
        // Of values that are said at once that of the last is shown, and two are put beside two that were said before: by what they say,
        // and not by the order of the rows.
        new.sort_by_cached_key(|(_, draft)| as_said(draft));
        new.retain(|(_, draft)| match before.iter().position(|b| self.says_the_same(&b.draft, draft)) {
            Some(at) => {
                self.said.insert(before.remove(at).id);
                self.outcome.unchanged += 1;
                false
            }
            None => true,
        });
        for (row, draft) in new {
            if draft.withdrawn {
                self.tell_of_one_alone(row, &draft);
                continue;
            }
            let draft = Draft { origin: origin.clone(), ..draft };
            match self.corrected(&before, &draft) {
                Some(at) => {
                    let b = before.remove(at);
                    let draft = self.with_withheld(row, draft, &b.draft);
                    self.change(row, b, draft)?;
                }
                None => self.beside(row, draft, &place)?,
            }
        }
        Ok(())
    }

    /// Tells that a row would connect a record with itself, as those that it names were made one.
    fn tell_of_one_alone(&mut self, row: u64, draft: &Draft) {
        let reason =
            "the records that the row connects were made one, and a record is not connected with itself; the row was left out";
        let (sheet, value) = (self.table.clone(), summary(&seen(draft, self.clearance)));
        self.outcome.findings.push(Finding { sheet, row, value, rule: "value", reason: reason.to_owned(), ..Finding::default() });
    }

    /// Which of the statements that a file made before is said otherwise now: one of which the same is said as far as the sheet speaks of it, else
    /// the first. What a file of this name from another folder said of another source is none of them.
    fn corrected(&self, before: &[Statement], draft: &Draft) -> Option<usize> {
        let is_same = |b: &Statement| self.says_the_same(&b.draft, &self.with_unspoken(draft.clone(), &b.draft));
        let source = draft.envelope("source");
        let is_own = |b: &Statement| !self.is_of_many || [source, ""].contains(&b.draft.envelope("source")) || source.is_empty();
        before.iter().position(is_same).or_else(|| before.iter().position(is_own))
    }

    /// A draft with what was said before of fields that the sheet does not take: of these it says nothing, so that what was said stays, marked as
    /// it was. No amount is put under another currency.
    fn with_unspoken(&self, mut draft: Draft, before: &Draft) -> Draft {
        let is_of_it = before.kind == draft.kind && before.record == draft.record && !before.withdrawn;
        let Some(spoken) = self.spoken.get(&draft.kind).filter(|_| is_of_it) else { return draft };
        let [own, other] = [&draft, before].map(|d| d.fields.get("currency").cloned());
        let is_other_money = own.is_some() && own != other;
        for (field, value) in before.fields.iter().filter(|(field, _)| !spoken.contains(*field)) {
            if draft.fields.contains_key(field) || is_other_money && value.is_number() {
                continue;
            }
            let said = [&draft, before].map(|d| d.withheld.iter().find(|(name, _)| name == field).map(|(_, marking)| *marking));
            let whole = (before.marking > draft.marking).then_some(before.marking);
            draft.withheld.retain(|(name, _)| name != field);
            draft.withheld.extend(said[0].max(said[1]).max(whole).map(|marking| (field.clone(), marking)));
            draft.fields.insert(field.clone(), value.clone());
        }
        in_order_of(&mut draft, before);
        draft
    }

    /// The file that says just this already: one that is sent under two names, or by two people, is recorded once.
    fn same_file(&self, drafts: &mut Spool) -> Result<Option<String>, SheetError> {
        let Some(sheet) = &self.sheet else { return Ok(None) };
        let mut files: Option<BTreeSet<String>> = None;
        for n in 0..drafts.len() {
            let draft = &drafts.get(n)?.1;
            let of_one = self.chain.said_of_one(draft, &self.one)?;
            let draft = of_one.as_ref().unwrap_or(draft);
            let said = self.guarded(self.chain.origins_below(&format!("{}{OF_FILE}", draft.origin))?)?;
            let same = said.iter().filter(|s| self.sees(s) && self.says_the_same(&s.draft, draft));
            let saying: BTreeSet<String> = same.filter_map(|s| place_and_file(&s.draft.origin).1).map(str::to_owned).collect();
            let left = files.map_or(saying.clone(), |files| &files & &saying);
            if left.is_empty() || left.contains(&sheet.file) {
                return Ok(None);
            }
            files = Some(left);
        }
        let Some(files) = files else { return Ok(None) };
        let (mut has_own, mut said_by) = (false, HashMap::new());
        self.chain.each_origin_below(&format!("{}/", sheet.mapping), |s| {
            if self.sees(&s) {
                has_own |= sheet.said(&s);
                if let Some(file) = place_and_file(&s.draft.origin).1.filter(|file| files.contains(*file)) {
                    *said_by.entry(file.to_owned()).or_insert(0) += 1;
                }
            }
            Ok::<_, SheetError>(())
        })?;
        // One that has said something of its own is itself, whatever it says now.
        let says_no_more = |file: &String| said_by.get(file) == Some(&drafts.len());
        Ok(files.into_iter().find(says_no_more).filter(|_| !has_own))
    }

    fn origin_of(&self, place: &str) -> String {
        self.sheet.as_ref().map_or_else(|| place.to_owned(), |sheet| format!("{place}{OF_FILE}{}", sheet.file))
    }

    /// What this file said at a place when it was brought in last.
    fn said_before(&self, place: &str, origin: &str) -> Result<Vec<Statement>, SheetError> {
        let mut before = self.chain.from_origin(origin)?;
        if let Some(sheet) = self.sheet.as_ref().filter(|s| s.has_older) {
            for older in self.chain.from_origin(place)?.into_iter().filter(|s| sheet.said(s)) {
                if !self.chain.replacing(&older.id)?.iter().any(|next| next.draft.origin == origin) {
                    before.push(older);
                }
            }
        }
        before.retain(|s| self.sees(s));
        // What it said before two records were made one, and has said otherwise of the other since, is no more what it said last.
        for s in if before.len() > 1 { before.clone() } else { Vec::new() } {
            let again = self.said_again(&s)?.id;
            if again != s.id && before.iter().any(|b| b.draft.supersedes.contains(&again)) {
                before.retain(|b| b.id != s.id);
            }
        }
        self.guarded(before)
    }

    /// Statements as they are compared: see [`Chain::guarded`], and of the records that theirs were made one with.
    fn guarded(&self, statements: Vec<Statement>) -> Result<Vec<Statement>, SheetError> {
        let compared = |s: Statement| -> Result<Statement, SheetError> {
            let s = self.chain.guarded(s);
            Ok(match self.chain.said_of_one(&s.draft, &self.one)? {
                Some(draft) => Statement { draft, ..s },
                None => s,
            })
        };
        statements.into_iter().map(compared).collect()
    }

    /// What a draft says, of the records that those are one with which it names.
    fn of_one(&self, draft: Draft) -> Result<Draft, SheetError> {
        Ok(self.chain.said_of_one(&draft, &self.one)?.unwrap_or(draft))
    }

    /// What says a statement again of the record that its own was made one with, or after that was taken back; itself where nothing does.
    fn said_again(&self, s: &Statement) -> Result<Statement, SheetError> {
        let mut last = s.clone();
        while let Some(next) = self.chain.replacing(&last.id)?.into_iter().rfind(|s| self.sees(s) && makes_one(&s.act)) {
            last = next;
        }
        Ok(last)
    }

    /// What this file says for the first time, beside what others say of the same record.
    fn beside(&mut self, row: u64, draft: Draft, place: &str) -> Result<(), SheetError> {
        let Some(sheet) = &self.sheet else {
            return self.add(row, draft);
        };
        let mut others = self.guarded(self.chain.current(&draft.kind, &draft.record)?)?;
        others.retain(|s| self.sees(s) && s.draft.status == Status::Accepted && !self.replaced.contains(&s.id));
        let is_beside = |s: &Statement| place_and_file(&s.draft.origin).0 == place && s.draft.says_when(&draft);
        let older = others.iter().find(|s| is_beside(s) && sheet.is_of_source(&s.draft, &draft));
        if let Some(older) = older.filter(|s| !self.says_the_same(&s.draft, &draft)).cloned() {
            let reason = format!("{} says otherwise, of the same source; what this sheet says takes its place", told_by(&older));
            self.find(row, "superseded", &older.draft, &draft, reason);
            let draft = self.with_withheld(row, draft, &older.draft);
            return self.change(row, older, draft);
        }
        if older.is_none() && self.was_settled(sheet, place, &draft)? {
            self.outcome.unchanged += 1;
            return Ok(());
        }
        let other = others.iter().find(|s| self.contradict(&s.draft, &draft)).cloned();
        if let Some(other) = other {
            self.outcome.conflicts += 1;
            let on = other_day(&draft).map_or_else(String::new, |day| format!("; `conflicts` lists them as of {day}"));
            let reason =
                format!("{} says otherwise, and is as good a source: both stand until somebody chooses{on}", told_by(&other));
            self.find(row, "differs", &other.draft, &draft, reason);
        }
        self.add(row, draft)
    }

    /// True where another sheet said the same at this place, and a person has settled it since.
    fn was_settled(&self, sheet: &ComparedSheet, place: &str, draft: &Draft) -> Result<bool, SheetError> {
        let mut said = self.chain.at_origins_below(&format!("{place}{OF_FILE}"))?;
        if sheet.has_older {
            said.extend(self.chain.from_origin(place)?);
        }
        for s in self.guarded(said)?.iter().filter(|s| self.sees(s) && self.says_the_same(&s.draft, draft)) {
            let next = self.chain.replacing(&s.id)?;
            if !next.is_empty() && next.iter().all(|n| place_and_file(&n.draft.origin).0 != place) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// True where two sources that are equally good say different things of a field for the same time, as far as that is seen.
    fn contradict(&self, other: &Draft, draft: &Draft) -> bool {
        let grade = |d: &Draft| [d.envelope("reliability"), d.envelope("credibility")].map(str::to_owned);
        let is_seen = |name: &String| !other.withheld_from(self.clearance).any(|(field, _)| field == name);
        let differs = |(name, value)| is_seen(name) && draft.fields.get(name).is_some_and(|mine| !means_the_same(mine, value));
        other.says_when(draft) && grade(other) == grade(draft) && other.fields.iter().any(differs)
    }

    fn find(&mut self, row: u64, rule: &'static str, other: &Draft, draft: &Draft, reason: String) {
        let is_seen = |name: &String| !other.withheld_from(self.clearance).any(|(field, _)| field == name);
        let is_said = |name: &String, value: &Value| draft.fields.get(name).is_some_and(|mine| means_the_same(mine, value));
        let differing = other.fields.iter().find(|(name, value)| is_seen(name) && !is_said(name, value));
        let (column, value) = differing.map(|(name, value)| (name.clone(), write_value(value))).unwrap_or_default();
        let value = value.chars().take(200).collect();
        self.outcome.findings.push(Finding { sheet: String::new(), row, column, value, rule, reason });
    }

    /// A row that names a statement of another workspace, or as good as that: what counts is whether this one says the same.
    fn compare_from_elsewhere(&mut self, row: u64, draft: Draft) -> Result<(), SheetError> {
        let draft = self.of_one(draft)?;
        let current = self.guarded(self.chain.current(&draft.kind, &draft.record)?)?;
        match current.iter().find(|s| self.sees(s) && self.says_the_same(&s.draft, &draft)) {
            Some(same) => {
                self.said.insert(same.id.clone());
                self.outcome.unchanged += 1;
            }
            None => self.add(row, draft)?,
        }
        Ok(())
    }

    /// A row that names the statement it was written from.
    fn compare_with(&mut self, before: Statement, row: u64, draft: Draft) -> Result<(), SheetError> {
        if !self.chain.is_about(&before, &draft)? {
            self.leave(row, before, &draft);
            return Ok(());
        }
        let (before, draft) = (self.guarded(vec![before])?.remove(0), self.of_one(draft)?);
        let draft = with_unshown(self.with_withheld(row, draft, &before.draft), &before.draft);
        let draft = with_whole_texts(draft, &before.draft);
        let same = before.draft.says_the_same(&draft) && before.draft.record == draft.record;
        let now = self.successor(&before)?;
        if now.draft.withdrawn {
            self.add(row, Draft { supersedes: vec![now.id], ..draft })?;
        } else if same {
            self.said.extend([before.id, now.id]);
            self.outcome.unchanged += 1;
        } else {
            self.change(row, before, draft)?;
        }
        Ok(())
    }

    /// Leaves out a row that names the statement of another record, and tells: a column that was pasted one row off is enough. That one stands, and
    /// is taken back by nothing here.
    fn leave(&mut self, row: u64, before: Statement, draft: &Draft) {
        let [of, is] = [&before.draft, draft].map(|d| format!("{} {}", d.kind, d.record));
        let reason = format!(
            "this statement is of {of}, and the row is about {is}: give the statement of this record, or leave the cell empty; the row was left out"
        );
        let (sheet, column, value) = (self.table.clone(), STATEMENT.to_owned(), before.id.clone());
        self.outcome.findings.push(Finding { sheet, row, column, value, rule: "value", reason });
        self.said.insert(before.id);
    }

    fn sees(&self, s: &Statement) -> bool {
        s.draft.marking <= self.clearance
    }

    /// What has taken the place of a statement, as far as that is seen.
    fn successor(&self, s: &Statement) -> Result<Statement, SheetError> {
        let mut last = s.clone();
        while let Some(next) = self.chain.replacing(&last.id)?.into_iter().rfind(|s| self.sees(s)) {
            last = next;
        }
        Ok(last)
    }

    /// True where a draft says what is seen of a statement. Whatever it says in the place of a value that is not seen is no part of
    /// this: it would tell whether that was guessed.
    fn says_the_same(&self, before: &Draft, draft: &Draft) -> bool {
        match before.withheld_from(self.clearance).next() {
            None => before.says_the_same(draft),
            Some(_) => before.says_the_same(&keeping(draft.clone(), before, self.clearance)),
        }
    }

    /// A draft with the values that are withheld from who brings it in: they stay as they are, and what the sheet says in their
    /// place is left out with a word.
    fn with_withheld(&mut self, row: u64, draft: Draft, before: &Draft) -> Draft {
        for (field, _) in before.withheld_from(self.clearance) {
            if let Some(value) = draft.fields.get(field) {
                self.outcome.findings.push(Finding {
                    sheet: String::new(),
                    row,
                    column: field.clone(),
                    value: write_value(value).chars().take(200).collect(),
                    rule: "value",
                    reason: "another value stands here that you may not see; it stays, and the cell was left out".into(),
                });
            }
        }
        keeping(draft, before, self.clearance)
    }

    fn add(&mut self, row: u64, draft: Draft) -> Result<(), SheetError> {
        self.outcome.added += 1;
        self.told_of.insert(record_of(&draft));
        if let Some(field) = self.chain.lacks(&draft)? {
            let missing = field.label.english().to_owned();
            self.incomplete.push(Incomplete { number: self.plan.len(), sheet: self.table.clone(), missing });
        }
        self.example(row, "added", &draft, None);
        self.plan.push(row, &draft);
        Ok(())
    }

    fn change(&mut self, row: u64, before: Statement, draft: Draft) -> Result<(), SheetError> {
        let draft = self.with_unspoken(draft, &before.draft);
        if self.says_the_same(&before.draft, &draft) && before.draft.record == draft.record {
            self.said.insert(before.id);
            self.outcome.unchanged += 1;
            return Ok(());
        }
        if !self.chain.is_about(&before, &draft)? {
            // At the place of one record the sheet says something of another: what it said there is gone.
            return self.add(row, draft);
        }
        self.replaced.insert(before.id.clone());
        let before = Statement { id: self.said_again(&before)?.id, ..before };
        self.replaced.insert(before.id.clone());
        if before.draft.withdrawn {
            // It was taken back as a whole, and is brought in again.
            return self.add(row, Draft { supersedes: vec![before.id], ..draft });
        }
        let now = self.successor(&before)?;
        if now.id != before.id && self.says_the_same(&now.draft, &draft) && now.draft.record == draft.record {
            // Somebody has corrected it so already.
            self.said.extend([before.id, now.id]);
            self.outcome.unchanged += 1;
            return Ok(());
        }
        self.outcome.changed += 1;
        self.outcome.conflicts += u64::from(now.id != before.id);
        self.example(row, "changed", &draft, Some(&before.draft));
        self.plan.push(row, &Draft { supersedes: vec![before.id], ..draft });
        Ok(())
    }

    /// What this file said before and says no longer, at the places below one; withdrawn where that is wanted. `sole` is false where another
    /// file of its name may have said it, and none where that does not matter: of these it is told what still stands.
    pub(super) fn gone(&mut self, below: &str, withdraw: bool, sole: Option<bool>) -> Result<(), SheetError> {
        let chain = self.chain;
        let is_doubtful = |s: &Statement| sole.is_some_and(|sole| !sole || !s.taken_from.is_empty());
        chain.each_origin_below(&format!("{below}/"), |s| {
            let is_own = self.sheet.as_ref().is_none_or(|sheet| sheet.said(&s));
            let s = chain.guarded(s);
            if !is_own || self.replaced.contains(&s.id) || self.said.contains(&s.id) || !self.sees(&s) {
                return Ok(());
            }
            if is_doubtful(&s) {
                let reason = "this file does not say it, and another file of its name, from elsewhere, may have said it: it still stands; \
                              withdraw it by hand where nobody says it any more";
                let (value, reason) = (format!("{} {}", s.draft.kind, s.draft.record), reason.to_owned());
                self.outcome.findings.push(Finding { rule: "stands", value, reason, ..Finding::default() });
                return Ok(());
            }
            self.outcome.gone += 1;
            self.example(0, "gone", &s.draft, None);
            // What has a value that is not seen is not theirs to take back.
            if withdraw && s.draft.withheld_from(self.clearance).next().is_none() {
                self.plan.push(0, &Draft { withdrawn: true, supersedes: vec![s.id], ..s.draft });
            }
            Ok(())
        })
    }

    fn example(&mut self, row: u64, what: &'static str, draft: &Draft, before: Option<&Draft>) {
        let is_such = |e: &&DraftExample| e.what == what && e.sheet == self.table;
        if self.outcome.examples.iter().filter(is_such).count() < MOST_EXAMPLES {
            let (sheet, kind, record) = (self.table.clone(), draft.kind.clone(), draft.record.clone());
            let mut fields = [Some(draft), before].map(|d| d.map_or_else(Map::new, |d| seen(d, self.clearance)));
            if let Some(before) = before {
                self.tell_envelopes(&mut fields, [draft, before]);
            }
            let [says, before] = [summary(&fields[0]), summary(&fields[1])];
            self.outcome.examples.push(DraftExample { sheet, row, what, kind, record, says, before, fields });
        }
    }

    /// Puts beside the fields of two what they differ in besides: a date, the source, a grade, who may see it, whether it counts.
    fn tell_envelopes(&self, fields: &mut [Map<String, Value>; 2], drafts: [&Draft; 2]) {
        let plain = self.chain.model().envelope.plain().map(|known| known.field.name.as_str());
        let plain = plain.map(|name| (name, drafts.map(|draft| draft.envelope(name))));
        let deciding = [
            ("marking", drafts.map(|draft| draft.marking.code())),
            ("status_of_statement", drafts.map(|draft| draft.status.code())),
        ];
        for (name, said) in plain.chain(deciding).filter(|(_, [now, before])| now != before) {
            for (fields, text) in fields.iter_mut().zip(said).filter(|(_, text)| !text.is_empty()) {
                fields.entry(name).or_insert_with(|| text.into());
            }
        }
    }
}

/// What tells the record of a draft from others. What is known by its place alone is a record of its own.
fn record_of(draft: &Draft) -> u128 {
    let record = if draft.record.is_empty() { &draft.origin } else { &draft.record };
    fingerprint(&format!("{}\0{record}", draft.kind))
}

/// What sheets said last at the places below one, whatever people have corrected since.
pub(super) fn last_said(chain: &Chain, place: &str) -> Result<Vec<Statement>, SheetError> {
    let all = chain.at_origins_below(place)?;
    let said_again: HashSet<(&str, &str)> =
        all.iter().flat_map(|s| s.draft.supersedes.iter().map(|id| (id.as_str(), s.draft.origin.as_str()))).collect();
    let is_last = |s: &&Statement| !said_again.contains(&(s.id.as_str(), s.draft.origin.as_str())) && !s.draft.withdrawn;
    Ok(all.iter().filter(is_last).cloned().collect())
}

/// Who says a statement, for people.
fn told_by(s: &Statement) -> String {
    match place_and_file(&s.draft.origin).1 {
        Some(file) => file.to_owned(),
        None => format!("the register ({})", s.act),
    }
}

/// A draft with the values that an export for readers of less clearance did not show: a field that a row calls withheld, and of which it
/// says nothing, is as it was, also where who brings the sheet back may see it.
fn with_unshown(mut draft: Draft, before: &Draft) -> Draft {
    for (field, _) in &draft.withheld {
        if let (None, Some(value)) = (draft.fields.get(field), before.fields.get(field)) {
            draft.fields.insert(field.clone(), value.clone());
        }
    }
    draft
}

/// A draft with the whole of each text that an export had to cut.
fn with_whole_texts(mut draft: Draft, before: &Draft) -> Draft {
    for (field, value) in &mut draft.fields {
        let part = value.as_str().and_then(|text| text.strip_suffix(CUT));
        let whole = before.fields.get(field).filter(|b| b.as_str().zip(part).is_some_and(|(b, part)| b.starts_with(part)));
        if let Some(whole) = whole {
            *value = whole.clone();
        }
    }
    draft
}

/// A draft with what of a statement is withheld from a clearance, as it was.
fn keeping(mut draft: Draft, before: &Draft, clearance: Marking) -> Draft {
    for (field, marking) in before.withheld_from(clearance) {
        match before.fields.get(field) {
            Some(value) => drop(draft.fields.insert(field.clone(), value.clone())),
            None => drop(draft.fields.shift_remove(field)),
        }
        draft.withheld.retain(|(f, _)| f != field);
        draft.withheld.push((field.clone(), *marking));
    }
    in_order_of(&mut draft, before);
    draft
}

/// Puts what is withheld in the order of before, so that the same is the same.
fn in_order_of(draft: &mut Draft, before: &Draft) {
    let place = |field: &String| before.withheld.iter().position(|(f, _)| f == field).unwrap_or(usize::MAX);
    draft.withheld.sort_by_key(|(field, _)| place(field));
}

/// The fields of a draft without what is withheld from who reads it.
fn seen(draft: &Draft, clearance: Marking) -> Map<String, Value> {
    let is_seen = |name: &String| !draft.withheld_from(clearance).any(|(field, _)| field == name);
    draft.fields.iter().filter(|(name, _)| is_seen(name)).map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// What they say, for the list of a dry run.
fn summary(fields: &Map<String, Value>) -> String {
    let said = fields.iter().map(|(name, value)| format!("{name}: {}", write_value(value)));
    said.collect::<Vec<_>>().join(", ")
}
