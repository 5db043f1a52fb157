//! Sheets into the register: any table that an office keeps, through a mapping, or one that Remit wrote itself.
//!
//! What a sheet says is compared with what it said before: the same is left alone, what is new is added, what differs
//! supersedes. All of it is one entry, which can be undone as a whole. What people have corrected since stays theirs: the
//! sheet only speaks again where it says something else than it did.

mod alike;
mod columns;
mod compare;
mod corrected;
mod dataset;
mod fingerprint;
mod incomplete;
mod mapping;
mod mapping_file;
mod name_forms;
mod names;
mod namesakes;
mod native;
mod outcome;
mod places;
mod rows;
mod sections;
mod shape;
mod spool;
mod sums;
mod underway;

pub(crate) use columns::is_called_identifier;
pub use dataset::{DataRow, read_data_set};
pub(crate) use mapping::OVER;
pub use mapping::{DataSet, EachColumn, MAPPINGS, Mapping, OutlineColumn, RecordRule, Rule};
pub use mapping_file::text_of;
pub use names::{Meant, Names, Suggests};
pub use outcome::{DraftExample, Finding, Outcome, SeveralNames, SheetJob, Unmatched};
pub use places::keep_places;
pub use shape::Passed;
pub use underway::Underway;

use crate::SheetError;
use crate::grid::{Grid, heading_row};
use crate::opening;
use crate::values::ValueWords;
use alike::said_otherwise;
use compare::Comparison;
use corrected::Replaced;
pub(crate) use names::known_names;
use names::{NameAsked, add_published};
pub(crate) use native::kinds_of;
use outcome::{NATIVE, SameFindings};
use remit_model::{Kind, Marking, Model, ModelError, write_value};
use remit_store::{AboutDataSet, Chain, Draft, FileEntry, Import, Register, StoreError, Workspace, hexadecimal};
use rows::{KnownToRows, SheetContent, SheetReading};
pub(crate) use sections::Sections;
use sha2::{Digest as _, Sha256};
pub(crate) use shape::{Marks, Shaped, narrowed, shaped};
use spool::Spool;
use std::collections::{HashMap, HashSet};
use std::io::{self, Read as _};
use std::path::Path;

/// What Remit writes to be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Native {
    /// The sheet of activities.
    Activities,
    /// A sheet of the register, with the columns of a kind; and how many kinds deep its records refer to others: what is
    /// referred to is read first.
    Register(usize),
}

/// Which of the tables that Remit writes a file is, by its columns; none where it is none.
///
/// # Errors
/// When it cannot be read.
pub fn native(model: &Model, path: &Path) -> Result<Option<Native>, SheetError> {
    let grids = opening::sample(path, "", model)?;
    if is_of_activities(&grids) {
        return Ok(Some(Native::Activities));
    }
    let kinds = grids.iter().filter_map(|g| native::kinds_of(model, g, &name_of(path))).flat_map(|(kinds, _)| kinds);
    Ok(kinds.map(|k| model.depth(k)).max().map(Native::Register))
}

fn is_of_activities(grids: &[Grid]) -> bool {
    let marks = ["identifier", "transaction_type", "transaction_value"];
    heading_row(grids, &marks).is_some_and(|(_, _, found)| found == marks.len())
}

/// True where a mapping makes a data set, and no records of the register.
pub fn is_of_data_set(path: &Path) -> bool {
    let table = text_of(path).ok().and_then(|text| text.parse::<toml::Table>().ok());
    table.is_some_and(|t| t.contains_key("dataset"))
}

/// Says what [`import_sheet`] would do, and writes nothing.
///
/// # Errors
/// As there.
pub fn preview_sheet(workspace: &Workspace, job: &SheetJob) -> Result<Outcome, SheetError> {
    let sheet = SheetFile::open(workspace, job)?;
    Ok(plan(workspace, &Chain::open(workspace)?, sheet, job)?.outcome)
}

/// Brings a sheet into the register. What is there already is looked up while nobody else writes, so that a sheet that two people
/// send at once is recorded once.
///
/// # Errors
/// When the file or its mapping cannot be read, or the workspace cannot be written. What is wrong inside the sheet is
/// in the outcome. Where it was stopped nothing is recorded.
pub fn import_sheet(workspace: &Workspace, register: &mut Register, job: &SheetJob) -> Result<Outcome, SheetError> {
    let sheet = SheetFile::open(workspace, job)?;
    if job.mapping.is_none() && !job.name.is_empty() {
        // It is kept by a connection of its own.
        register.settle()?;
        places::keep_sent(workspace, &job.name)?;
    }
    let mut entry = register.entry(&job.author, &format!("imported {}", sheet.file))?;
    let Planned { mut plan, kept_as, replaced, mut outcome } = plan(workspace, &entry, sheet, job)?;
    job.underway.begin(plan.len());
    for n in 0..plan.len() {
        job.underway.step()?;
        let draft = plan.get(n)?.1;
        if !is_there_unseen(&entry, &draft, job.clearance)? {
            entry.append(&draft)?;
        }
    }
    // Without a statement there is no entry.
    match plan.is_empty() {
        true => drop(entry),
        false => outcome.entry = entry.commit()?.entry,
    }
    keep_findings(workspace, register, job, &kept_as, &outcome)?;
    for replaced in replaced {
        // As findings, it is kept by a connection of its own.
        register.settle()?;
        corrected::settle(workspace, replaced, &outcome.file)?;
    }
    Ok(outcome)
}

/// True where a sheet says again what whoever brings it in may not see: it is recorded once. It is told as what is new, so that nobody
/// learns by a guess what is there.
fn is_there_unseen(chain: &Chain, draft: &Draft, clearance: Marking) -> Result<bool, StoreError> {
    if draft.marking <= clearance || draft.origin.is_empty() || !draft.supersedes.is_empty() {
        return Ok(false);
    }
    let said = chain.from_origin(&draft.origin)?;
    Ok(said.iter().any(|s| s.draft.marking > clearance && s.draft.record == draft.record && s.draft.says_the_same(draft)))
}

/// A sheet as it stands in its file.
struct SheetFile {
    /// The file's name.
    file: String,
    mapping: Option<Mapping>,
    grids: Vec<Grid>,
}

impl SheetFile {
    fn open(workspace: &Workspace, job: &SheetJob) -> Result<SheetFile, SheetError> {
        let mapping = job.mapping.as_ref().map(|path| Mapping::read(path, workspace.model())).transpose()?;
        let mapping = mapping.map(|m| if job.add_names { m.adding(workspace.model()) } else { m });
        let encoding = mapping.as_ref().and_then(|m| m.encoding.clone()).unwrap_or_default();
        let narrow = |grid: &Grid| narrowed(grid, mapping.as_ref()?);
        let grids = opening::wanted(&job.file, &job.name, &encoding, workspace.model(), &narrow)?;
        let file = match job.name.as_str() {
            "" => job.file.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned()),
            name => name.to_owned(),
        };
        Ok(SheetFile { file, mapping, grids })
    }
}

/// The statements that a sheet would add, and what its reader is told.
struct Planned {
    plan: Spool,
    /// How what could not be used of it is kept.
    kept_as: KeptAs,
    /// Files of which nothing is left to mend: this one has come in their place.
    replaced: Vec<Replaced>,
    outcome: Outcome,
}

/// How what could not be used of a file is kept: of each sheet as confidential as the highest of its rows, and without what stands there
/// where it is about persons or names them.
struct KeptAs {
    sheets: HashMap<String, (Marking, bool)>,
    /// The same of the file as a whole.
    all: (Marking, bool),
}

impl KeptAs {
    fn of(said: &[SheetContent], least: Marking) -> KeptAs {
        let higher =
            |(marking, of_persons): (Marking, bool), s: &SheetContent| (marking.max(s.marking), of_persons || s.of_persons);
        let mut sheets: HashMap<String, (Marking, bool)> = HashMap::new();
        for s in said {
            let own = sheets.entry(s.sheet.clone()).or_insert((least, false));
            *own = higher(*own, s);
        }
        KeptAs { sheets, all: said.iter().fold((least, false), higher) }
    }

    /// What two sheets say of one record, and a sheet of which nothing is read, is kept as the file is.
    fn of_finding(&self, finding: &Finding) -> (Marking, bool) {
        let own = self.sheets.get(&finding.sheet).filter(|_| finding.rule != "differs");
        own.copied().unwrap_or(self.all)
    }
}

/// What to tell of a table whose letters were guessed.
fn guessed(grid: &Grid) -> Option<Finding> {
    let page = grid.encoding.to_lowercase();
    let reason = format!(
        "the text is not UTF-8; it was read as {page}, in which it makes most sense; where letters are wrong, save the file as CSV UTF-8"
    );
    grid.is_guessed.then(|| Finding { rule: "encoding", reason, ..Finding::default() })
}

fn plan(workspace: &Workspace, chain: &Chain, sheet: SheetFile, job: &SheetJob) -> Result<Planned, SheetError> {
    let SheetFile { file, mapping, grids } = sheet;
    let mut outcome = Outcome { file: file.clone(), ..Outcome::default() };
    let told = grids.iter().find(|g| !g.told.is_empty()).map(|g| g.told.clone());
    outcome.findings.extend(told.map(|reason| Finding { rule: "file_type", reason, ..Finding::default() }));
    outcome.findings.extend(grids.iter().find_map(guessed));
    let said = match (&job.mapping, &mapping) {
        (Some(path), Some(mapping)) => mapped(workspace, chain, path, mapping, grids, job, &file)?,
        _ => native::read(workspace, chain, &grids, job, &file)?,
    };
    let kept_as = KeptAs::of(&said, job.marking);
    let mapping = job.mapping.as_deref().map_or_else(|| NATIVE.to_owned(), name_of);
    let replaced = match job.mapping {
        Some(_) => corrected::replaced(chain, &mapping, &file, &said, job.clearance)?,
        None => corrected::replaced_elsewhere(chain, &file, &places::called(chain, &file, job)?, &said, job.clearance)?,
    };
    let mut comparison = Comparison::of_sheet(chain, job.clearance, &mapping, &file, outcome)?;
    if job.mapping.is_none() && places::has_others(chain, &file, job)? {
        comparison.of_many();
    }
    let mut own = Vec::new();
    for mut said in said {
        let outcome = comparison.outcome();
        outcome.rows += said.rows;
        outcome.repeated += said.repeated;
        outcome.skipped += said.skipped;
        outcome.filled += said.filled;
        outcome.passed.append(&mut said.passed);
        outcome.unused.append(&mut said.unused);
        outcome.left.append(&mut said.left);
        outcome.findings.append(&mut said.findings);
        outcome.several.append(&mut said.several);
        outcome.unmatched.extend(said.unmatched.into_iter().map(Unmatched::of));
        own.extend(said.own.into_iter().map(|(name, asked)| (said.sheet.clone(), name, asked)));
        comparison.of_table(&said.sheet);
        comparison.compare(said.drafts)?;
    }
    comparison.of_table("");
    // Sheets of Remit's own form are often called alike, and have often a part of what there is: what such a one no longer says is nobody's
    // concern unless it is asked for.
    if job.mapping.is_some() || job.replace {
        let sole = if job.mapping.is_none() { Some(places::is_sole(chain, &file, job)?) } else { None };
        comparison.gone(&mapping, job.replace, sole)?;
    }
    let (plan, mut outcome) = comparison.done()?;
    outcome.marking = kept_as.all.0.code().to_owned();
    suggest(workspace.model(), chain, job.clearance, own, &mut outcome)?;
    let cells = outcome.findings.iter().filter(|f| f.is_of_a_cell());
    outcome.above = cells.filter(|f| kept_as.of_finding(f).0 > job.clearance).count() as u64;
    Ok(Planned { plan, kept_as, replaced, outcome })
}

/// Records what was worked out of a file, compared with what was worked out of it before: the same is left alone, what differs
/// supersedes, what is not said any longer is withdrawn. `origin` is where the origins of all these drafts begin.
pub(crate) fn record_again(
    workspace: &Workspace,
    author: &str,
    act: &str,
    origin: &str,
    drafts: Vec<(u64, Draft)>,
    dry_run: bool,
) -> Result<Outcome, SheetError> {
    let mut spool = Spool::default();
    for (row, mut draft) in drafts {
        draft.without_unseen();
        spool.push(row, &draft);
    }
    let compared = |chain: &Chain| -> Result<(Spool, Outcome), SheetError> {
        let mut comparison = Comparison::with_all(chain)?;
        comparison.compare(spool)?;
        comparison.gone(origin, true, None)?;
        comparison.done()
    };
    if dry_run {
        return Ok(compared(&Chain::open(workspace)?)?.1);
    }
    let mut register = Register::open(workspace)?;
    let mut entry = register.entry(author, act)?;
    let (mut plan, mut outcome) = compared(&entry)?;
    for n in 0..plan.len() {
        entry.append(&plan.get(n)?.1)?;
    }
    if !plan.is_empty() {
        outcome.entry = entry.commit()?.entry;
    }
    Ok(outcome)
}

/// What sheets that Remit wrote, documents, rolls and surveys have as origin, where others have the name of their mapping.
const NOT_A_MAPPING: [&str; 4] = [NATIVE, "read", "roll", "microdata"];

pub(crate) fn name_of(mapping: &Path) -> String {
    mapping.file_stem().map_or_else(String::new, |n| n.to_string_lossy().into_owned())
}

/// What the sheets of a file say by a mapping: the one that it is of, and the others that it names.
fn mapped(
    workspace: &Workspace,
    chain: &Chain,
    path: &Path,
    mapping: &Mapping,
    mut grids: Vec<Grid>,
    job: &SheetJob,
    file: &str,
) -> Result<Vec<SheetContent>, SheetError> {
    let model = workspace.model();
    let wrong = |message: String| SheetError::from(ModelError::new(path.display().to_string(), 0, message));
    let name = name_of(path);
    if NOT_A_MAPPING.contains(&name.as_str()) || name.contains('/') {
        return Err(wrong(format!(
            "a mapping may not be called `{name}`: what comes from elsewhere is known by this name; rename the file"
        )));
    }
    let (words, marks) = (ValueWords::of(model), Marks::new(model));
    let others: Vec<Mapping> = mapping.also.iter().map(|other| other.inherited(mapping)).collect();
    let mut tables: Vec<(&Mapping, Shaped)> = Vec::new();
    for mapping in std::iter::once(mapping).chain(&others).filter(|m| !m.record.is_empty()) {
        let grid = grids.remove(place_of(&grids, mapping).map_err(&wrong)?);
        tables.push((mapping, shaped(grid, mapping, &marks).map_err(&wrong)?));
    }
    let named = chain.origins_below(&format!("{name}/named/"))?;
    let named = named.into_iter().filter(|s| s.draft.marking <= job.clearance);
    let named_only = named.map(|s| compare::place_and_file(&s.draft.origin).0.to_owned()).collect();
    let written: Vec<&Kind> = tables.iter().flat_map(|(m, _)| &m.record).filter_map(|rule| model.kind(&rule.kind)).collect();
    let mut known = KnownToRows::new(known_names(model, chain, &written, job.clearance)?, named_only).of(workspace);
    add_published(&mut known.names, chain, &written, job.clearance)?;
    let head = |table: &Shaped| table.grid.rows.get(table.header).map_or(0, |(row, _)| *row);
    let mut readings = Vec::new();
    for (mapping, table) in &tables {
        let mut reading = SheetReading::new(model, mapping, &name, job.marking, &words, &table.grid, table.header)?;
        reading.under(&table.passed, head(table));
        readings.push((reading, &table.grid, table.header));
    }
    known = known.learn(readings);
    known.tell_apart(model, chain, job.clearance, file)?;
    let mut all = Vec::new();
    job.underway.begin_rows(tables.iter().map(|(_, table)| table.grid.rows.len().saturating_sub(table.header + 1)).sum());
    for (mapping, table) in tables {
        let mut reading = SheetReading::new(model, mapping, &name, job.marking, &words, &table.grid, table.header)?;
        reading.known = known;
        reading.underway = Some(&job.underway);
        reading.under(&table.passed, head(&table));
        let (mut said, learned) = reading.read(&table.grid, table.header);
        job.underway.go_on()?;
        known = learned;
        said.filled = table.filled;
        said.findings.extend(Finding::of_table(&table, mapping.header));
        said.passed.splice(..0, table.passed);
        all.push(said);
    }
    tell_of_other_sheets(&mut all)?;
    name_sheets(&mut all);
    let Some(last) = all.last_mut() else { return Err(wrong("it makes no record; add a [[record]]".into())) };
    tell_of_unread(last, &grids);
    Ok(all)
}

/// Tells, with the last sheet that a mapping reads, which sheets none reads.
fn tell_of_unread(last: &mut SheetContent, grids: &[Grid]) {
    let has_cells = |g: &&Grid| g.rows.iter().any(|(_, cells)| cells.iter().any(|c| !c.is_empty()));
    let unused: Vec<&Grid> = grids.iter().filter(has_cells).collect();
    last.unused.extend(unused.iter().map(|g| format!("the sheet “{}”", g.sheet)));
    last.left.extend(unused.into_iter().map(left_sheet));
}

/// Says of which sheet a column is that nothing uses, where there are several: each has columns of the same letters.
fn name_sheets(all: &mut [SheetContent]) {
    if all.len() > 1 {
        for SheetContent { sheet, unused, .. } in all {
            unused.iter_mut().for_each(|column| *column = format!("{sheet}: {column}"));
        }
    }
}

/// Tells where a sheet says otherwise of a record than one before it in the file.
fn tell_of_other_sheets(all: &mut [SheetContent]) -> Result<(), SheetError> {
    for at in 1..all.len() {
        let (before, rest) = all.split_at_mut(at);
        let said = &mut rest[0];
        for earlier in before {
            if !earlier.drafts.meets(&said.drafts) {
                continue;
            }
            for n in 0..said.drafts.len() {
                let (row, draft) = said.drafts.get(n)?;
                let Some((other_row, other)) = earlier.drafts.last_at(&draft.origin) else { continue };
                let Some(field) = said_otherwise(&other, &draft) else { continue };
                let value: String = draft.fields.get(&field).map(write_value).unwrap_or_default().chars().take(200).collect();
                let reason = format!(
                    "row {other_row} of sheet {} says otherwise of the same record; both stand until somebody chooses; where two are \
                     meant, give each row an identifier of its own",
                    earlier.sheet
                );
                let (sheet, rule) = (said.sheet.clone(), "differs");
                said.findings.push(Finding { sheet, row, column: field, value, rule, reason });
            }
        }
    }
    Ok(())
}

/// A sheet that the mapping is not of, with how much stands in it.
fn left_sheet(grid: &Grid) -> Finding {
    let cells = grid.rows.iter().flat_map(|(_, cells)| cells).filter(|c| !c.is_empty()).count();
    let row = grid.rows.first().map_or(0, |(row, _)| *row);
    let reason = match (grid.rows.len(), cells) {
        (1, 1) => "the mapping is not of this sheet: its one cell was left out".to_owned(),
        (1, cells) => format!("the mapping is not of this sheet: its one row with {cells} cells was left out"),
        (rows, cells) => format!("the mapping is not of this sheet: {rows} rows with {cells} cells were left out"),
    };
    Finding { sheet: grid.sheet.clone(), row, rule: "unused", reason, ..Finding::default() }
}

/// Where the sheet that a mapping is of stands among those of a file.
fn place_of(grids: &[Grid], mapping: &Mapping) -> Result<usize, String> {
    match &mapping.sheet {
        Some(sheet) => grids.iter().position(|g| g.sheet == *sheet).ok_or_else(|| {
            let names: Vec<&str> = grids.iter().map(|g| g.sheet.as_str()).collect();
            format!("the workbook has no sheet “{sheet}”; it has {}", names.join(", "))
        }),
        None if grids.is_empty() => Err("the file has no table".into()),
        // The one that has most of the headings: tabs are moved and added.
        None => {
            let wanted = mapping.columns();
            let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
            let found = heading_row(grids, &wanted).map(|(grid, ..)| grid);
            Ok(grids.iter().position(|g| found.is_some_and(|f| std::ptr::eq(f, g))).unwrap_or(0))
        }
    }
}

/// Names that nobody has, each once: the sheets of a file name the same.
fn once(all: Vec<Unmatched>) -> Vec<Unmatched> {
    let mut at: HashMap<(String, String), usize> = HashMap::new();
    let mut names: Vec<Unmatched> = Vec::new();
    for name in all {
        let place = *at.entry((name.kind.clone(), name.name.clone())).or_insert(names.len());
        match names.get_mut(place) {
            Some(known) => known.times += name.times,
            None => names.push(name),
        }
    }
    names
}

/// Looks for what people may have meant by names that nobody has, and for who on file is called as a record that the sheet would add; `own` are
/// the names of these, each with its sheet.
fn suggest(
    model: &Model,
    chain: &Chain,
    clearance: Marking,
    own: Vec<(String, (String, String), NameAsked)>,
    outcome: &mut Outcome,
) -> Result<(), SheetError> {
    outcome.unmatched = once(std::mem::take(&mut outcome.unmatched));
    // Comparing takes a moment for each name; beyond this nobody reads on.
    let asked = || outcome.unmatched.iter().take(MOST_SUGGESTED);
    let kinds = asked().map(|u| u.kind.clone()).chain(own.iter().map(|(_, (kind, _), _)| kind.clone()));
    let names = on_file(model, chain, clearance, kinds.collect())?;
    for unmatched in outcome.unmatched.iter_mut().take(MOST_SUGGESTED) {
        let Some(names) = names.get(&unmatched.kind) else { continue };
        match names.find(&unmatched.name, &unmatched.country) {
            Meant::Several(records) => unmatched.several = records,
            _ => unmatched.like = names.suggestion_in(&unmatched.name, &unmatched.country),
        }
    }
    for (sheet, name, asked) in own {
        let row = asked.row;
        let mut perhaps = Unmatched::of((name, asked));
        perhaps.like = names.get(&perhaps.kind).and_then(|names| names.perhaps(&perhaps.name, &perhaps.country));
        if let Some(like) = &perhaps.like {
            let reason = format!("“{like}” is on file, and may be called so too; this was taken for a record of its own");
            let value = perhaps.name.chars().take(200).collect();
            outcome.findings.push(Finding { sheet, row, value, rule: "likely", reason, ..Finding::default() });
            outcome.perhaps.push(perhaps);
        }
    }
    outcome.perhaps = once(std::mem::take(&mut outcome.perhaps));
    Ok(())
}

/// Names for which others on file are looked for.
const MOST_SUGGESTED: usize = 200;

/// What records of some kinds are called that a reader may see, each with its country.
fn on_file(
    model: &Model,
    chain: &Chain,
    clearance: Marking,
    kinds: HashSet<String>,
) -> Result<HashMap<String, Names>, SheetError> {
    let mut all = HashMap::new();
    for kind in kinds {
        let mut known = Names::default();
        known.written_as(model);
        for record in chain.known(&kind, clearance)?.iter() {
            known.add_known(record);
            if let Some(country) = &record.country {
                known.set_country(&record.record, country);
            }
        }
        all.insert(kind, known);
    }
    Ok(all)
}

/// All of a sheet that was not brought in as it stands: what could not be used, what is none of the table, what nothing uses.
fn kept_of(outcome: &Outcome) -> Vec<Finding> {
    let passed = outcome.passed.iter().map(|p| {
        let (rule, reason) = match p.why {
            "skipped" => ("skipped", "the mapping leaves out this row"),
            "above" => ("passed", "it stands above the headings and is none of the table"),
            "total" => ("passed", "it is a row of sums and none of the table"),
            "alone" => ("passed", "it stands alone in its row: a heading or a remark, and no record"),
            "section" => ("passed", "it is a heading of the rows below it, which have it in a column"),
            "columns" => ("passed", "it numbers the columns and is none of the table"),
            "empty" => ("passed", "nothing stands below any of the columns that are rows"),
            "table" => ("passed", "it is of another table below this one; keep each table in a sheet of its own"),
            _ => ("passed", "it is a note below the table"),
        };
        Finding { sheet: p.sheet.clone(), row: p.row, value: p.text.clone(), rule, reason: reason.into(), ..Finding::default() }
    });
    let mut same = SameFindings::default();
    let all = outcome.findings.iter().cloned().chain(passed).chain(outcome.left.iter().cloned());
    let mut listed: Vec<Finding> = all.filter_map(|finding| same.listed(finding)).collect();
    listed.extend(same.rest());
    listed
}

/// Of a sheet that names persons it is kept where and why something could not be used, and neither what stands there nor who else is named: an
/// import is bound as a whole, so that nothing could be erased from it with a person.
fn without_value(finding: Finding) -> Finding {
    let without = |reason: String| if finding.value.chars().count() < 3 { reason } else { reason.replace(&finding.value, "…") };
    let reason = match finding.rule {
        "ambiguous" => "who or what is meant was not certain; look at the row in the file".to_owned(),
        "likely" => without_quotes(&without(finding.reason)),
        _ => without(finding.reason),
    };
    Finding { value: String::new(), reason, ..finding }
}

/// A reason without what it quotes, from the first quote to the end of the last: a name may have quotes in it.
fn without_quotes(reason: &str) -> String {
    let quoted = reason.split_once('“').and_then(|(before, rest)| Some((before, rest.rsplit_once('”')?.1)));
    quoted.map_or_else(|| reason.to_owned(), |(before, behind)| format!("{before}“…”{behind}"))
}

/// The hash of a file, and how many bytes it has.
fn hashed(path: &Path) -> io::Result<(String, u64)> {
    let (mut file, mut hash, mut bytes) = (remit_files::open(path)?, Sha256::new(), 0);
    let mut part = vec![0; 1 << 16];
    loop {
        match file.read(&mut part)? {
            0 => return Ok((hexadecimal(&hash.finalize()), bytes)),
            n => {
                hash.update(&part[..n]);
                bytes += n as u64;
            }
        }
    }
}

/// Findings stay in the workspace beside those of other imports; a newer edition of the sheet replaces them. Those of each marking are
/// kept by themselves: what is confidential in one sheet hides nothing of another.
fn keep_findings(
    workspace: &Workspace,
    register: &mut Register,
    job: &SheetJob,
    kept_as: &KeptAs,
    outcome: &Outcome,
) -> Result<(), SheetError> {
    let (mut all, mut sets, highest) = (kept_of(outcome), Vec::new(), kept_as.all.0);
    // What another file of this name has, in whichever folder, is not replaced by one that fewer readers see.
    let is_of_many = job.mapping.is_none() && places::has_others(&*register, &outcome.file, job)?;
    let called = if job.mapping.is_none() { places::called(&*register, &outcome.file, job)? } else { outcome.file.clone() };
    for marking in Marking::ALL {
        let of_marking = |f: &Finding| kept_as.of_finding(f).0 == marking;
        let (kept, rest): (Vec<Finding>, Vec<Finding>) = all.into_iter().partition(of_marking);
        all = rest;
        // They belong to this file read by this mapping: another file of the same mapping has its own.
        let is_whole = marking == highest && !(is_of_many && marking > Marking::Public);
        let file = if is_whole { called.clone() } else { corrected::part(&called, marking) };
        let dataset = match &job.mapping {
            Some(mapping) => corrected::data_set(&file, &name_of(mapping)),
            None => file,
        };
        if kept.is_empty() && (is_of_many && marking < highest || register.marking_of_data_set(&dataset)?.is_none()) {
            // Nothing to keep, and nothing older that this would replace.
            continue;
        }
        let of_persons = |f: Finding| if kept_as.of_finding(&f).1 { without_value(f) } else { f };
        let kept: Vec<Finding> = kept.into_iter().map(of_persons).collect();
        sets.push((dataset, marking, kept));
    }
    if sets.is_empty() {
        return Ok(());
    }
    // They are written by a connection of their own, which would wait for what is not on the disk yet.
    register.settle()?;
    let content = hashed(&job.file).map_err(|e| SheetError::Open(job.file.clone(), e))?;
    for (dataset, marking, kept) in sets {
        keep_of_marking(workspace, &content, (dataset, marking), kept, outcome)?;
    }
    Ok(())
}

/// Keeps what could not be used of a file at one marking.
fn keep_of_marking(
    workspace: &Workspace,
    (hash, bytes): &(String, u64),
    (dataset, marking): (String, Marking),
    kept: Vec<Finding>,
    outcome: &Outcome,
) -> Result<(), SheetError> {
    let title = Some(format!("Sheet of the register: {}", outcome.file));
    // The same bytes read by a mended mapping have other findings, or none: what is kept is known by both.
    let mut told = Sha256::new();
    told.update(hash);
    if kept.is_empty() {
        told.update(&dataset);
    }
    let mut import = Import::begin(workspace, AboutDataSet { dataset, title, marking, ..AboutDataSet::default() })?;
    let entry = import.begin_file(&outcome.file)?;
    for f in kept {
        let problem = f.problem(String::new());
        told.update(format!("{}\0{}\0{}\0{}\0", problem.line, problem.element, problem.value, problem.reason));
        import.problem(entry, &problem)?;
    }
    import.finish_file(entry, &FileEntry { hash: hash.clone(), bytes: *bytes, version: String::new(), records: outcome.rows })?;
    import.finish(&hexadecimal(&told.finalize()), 1, *bytes)?;
    Ok(())
}
