//! What a sheet would do, what of it nobody knows yet, and bringing it in.

use super::map::same_in_all;
use super::steps::from_sheets;
use super::tabs::other_tabs;
use super::underway::{ImportState, Imports, LARGE};
use super::{form, kept};
use crate::cells::{code_label, names_in, says_with};
use crate::context::Context;
use crate::error::PageError;
use crate::frame::{Choice, DonePage, Page};
use crate::m;
use crate::messages::label;
use crate::post::{Fields, PostedForm};
use crate::reason::{ProblemReason, told};
use crate::request::{Author, PageRequest};
use crate::response::{PageResult, html, see_other};
use askama::Template;
use axum::response::IntoResponse as _;
use remit_model::{Field, FieldType, Marking, Model};
use remit_sheet::{
    DraftExample, Finding, Mapping, Outcome, Passed, SeveralNames, SheetError, SheetJob, Unmatched, import_sheet, preview_sheet,
};
use remit_store::{Chain, Register};
use std::collections::HashMap;
use std::sync::Arc;

/// The most names and cells that the page lists.
const MOST: usize = 100;

#[derive(Template)]
#[template(path = "sheets/try.html")]
struct TryPage {
    page: Page,
    sheet: SheetForm,
    rows: u64,
    counts: Vec<(String, u64)>,
    unmatched: Vec<UnknownName>,
    /// Names of records that would be added, where one on file may be called so too.
    perhaps: Vec<UnknownName>,
    /// Columns in which cells hold several names, each with one of these cells.
    several: Vec<(SeveralNames, String)>,
    findings: Vec<(Finding, ProblemReason)>,
    all_findings: usize,
    /// True where something is asked that the form of the columns says.
    asks: bool,
    examples: Vec<DraftExample>,
    passed: Vec<Passed>,
    unused: String,
    /// What the mapping says of every row.
    same: String,
    /// The fields that the sheet fills and the reader may not see.
    above: String,
    change: String,
    nothing: bool,
    /// True where nothing is new because nothing of the file can be used.
    unusable: bool,
    gone: bool,
}

/// A large sheet that is being brought in.
#[derive(Template)]
#[template(path = "sheets/underway.html")]
struct UnderwayPage {
    page: Page,
    sheet: SheetForm,
    import: String,
    said: String,
    done: u64,
    /// How many rows or statements there are; 0 while nobody knows.
    all: u64,
    again: String,
}

/// A large sheet of which it is being worked out what it would do.
#[derive(Template)]
#[template(path = "sheets/wait.html")]
struct WaitPage {
    page: Page,
    sheet: SheetForm,
    /// What is stopped; empty where it has not begun.
    import: String,
    said: String,
    done: u64,
    all: u64,
    again: String,
    change: String,
    has_mapping: bool,
}

/// A name that no record has, and what may become of it.
struct UnknownName {
    kind: String,
    kind_name: String,
    name: String,
    times: u64,
    choices: Vec<Choice>,
    /// What may be meant, where nobody can choose: a sheet without a mapping keeps no decisions, and is mended itself.
    advice: String,
}

/// A sheet that was sent, with its mapping where it has one.
#[derive(Clone, Default)]
pub(super) struct SheetForm {
    file: String,
    name: String,
    mapping: String,
    /// `yes` to withdraw what the sheet says no longer.
    replace: String,
    /// `add` to add a record for each name that none has: of a sheet without a mapping nothing else is kept of names.
    names: String,
}

impl SheetForm {
    fn asked(said: &Fields) -> SheetForm {
        let own = |name: &str| said.get(name).to_owned();
        SheetForm { file: own("file"), name: own("name"), mapping: own("mapping"), replace: own("replace"), names: own("names") }
    }

    fn job(&self, cx: &Context, author: &str) -> Result<SheetJob, PageError> {
        let mapping = Some(&self.mapping).filter(|m| !m.is_empty());
        Ok(SheetJob {
            file: kept::path(cx.app(), &self.file, &self.name)?,
            name: self.name.clone(),
            mapping: mapping.map(|m| kept::mapping(cx.app(), m)).transpose()?,
            marking: Marking::Public,
            author: author.to_owned(),
            clearance: cx.app().clearance(),
            replace: self.replace == "yes",
            add_names: self.names == "add",
            underway: Arc::default(),
        })
    }

    /// The parameters of the address of a sheet.
    fn own(&self) -> [(&'static str, &str); 4] {
        [
            ("file", self.file.as_str()),
            ("name", self.name.as_str()),
            ("mapping", self.mapping.as_str()),
            ("names", self.names.as_str()),
        ]
    }

    fn link(&self, cx: &Context, page: &str) -> String {
        cx.link(page, &self.own())
    }

    /// The page that shows how far an import of it is.
    fn underway(&self, cx: &Context, import: &str) -> String {
        cx.link("/sheets/underway", &[&[("import", import)][..], &self.own()[..]].concat())
    }

    /// The address of the page that tells what an import has done.
    fn done(&self, cx: &Context, done: &Outcome) -> String {
        let unknown = done.unmatched.len() as u64;
        let left = done.findings.iter().filter(|f| f.is_of_a_cell()).count() as u64;
        let of_file = [("entry", done.entry.as_str()), ("file", &self.file), ("mapping", &self.mapping), ("name", &self.name)];
        let counts =
            [("added", done.added), ("changed", done.changed), ("left", left), ("unknown", unknown), ("above", done.above)];
        cx.telling("/sheets/done", &of_file, counts.into_iter().map(|(name, n)| (name, n.to_string())).collect())
    }
}

pub(super) async fn show(request: PageRequest, Author(author): Author) -> PageResult {
    request
        .read(move |cx| {
            let sheet = SheetForm::asked(&Fields::from(cx.request.parameters.clone()));
            let job = sheet.job(cx, &author)?;
            if !is_large(&job) {
                let outcome = preview_sheet(cx.app().workspace(), &job)?;
                return draw(cx, sheet, outcome);
            }
            // The same file with other decisions is another preview.
            let said = job.mapping.as_ref().and_then(|path| remit_sheet::text_of(path).ok()).unwrap_or_default();
            let of = format!("{}\n{said}", sheet.link(cx, "/sheets/try"));
            let (app, underway) = (cx.app().clone(), Arc::clone(&job.underway));
            let work = move || preview_sheet(app.workspace(), &job);
            let preview = cx.app().between_requests::<Imports>().preview(of, underway, work);
            of_large(cx, sheet, preview.as_deref())
        })
        .await
}

/// What a large sheet would do; where that is not known yet, a page that says so and looks again by itself.
fn of_large(cx: &Context, sheet: SheetForm, preview: Option<&str>) -> PageResult {
    match preview.map(|preview| cx.app().between_requests::<Imports>().look(preview)) {
        Some(Some(ImportState::Ended(ended))) => match ended.map(|ended| *ended) {
            Some(Ok(outcome)) => draw(cx, sheet, outcome),
            Some(Err(error)) => Err(error.of_file(&sheet.name).into()),
            None => Err(PageError::internal(&"a preview broke off")),
        },
        // Somebody else has seen its end.
        Some(None) => Ok(see_other(&sheet.link(cx, "/sheets/try"))),
        None => wait(cx, sheet, "", None),
        Some(Some(ImportState::Running { rows, .. })) => wait(cx, sheet, preview.unwrap_or_default(), rows),
    }
}

/// The page that waits for a preview and tells how many rows are read. It looks again by itself.
fn wait(cx: &Context, sheet: SheetForm, preview: &str, rows: Option<(u64, u64)>) -> PageResult {
    let page = Page::new(cx, m::preview_underway(), vec![from_sheets(cx)]);
    let said = rows_read(&sheet, rows);
    let (done, all) = rows.unwrap_or_default();
    let (again, change) = (sheet.link(cx, "/sheets/try"), sheet.link(cx, "/sheets/map"));
    let (import, has_mapping) = (preview.to_owned(), !sheet.mapping.is_empty());
    let page = html(&WaitPage { page, sheet, import, said, done, all, again, change, has_mapping })?;
    Ok(([("refresh", "2")], page).into_response())
}

/// How many rows of a sheet are read.
fn rows_read(sheet: &SheetForm, rows: Option<(u64, u64)>) -> String {
    match rows {
        Some((done, all)) => m::underway_rows(all, done, sheet.name.as_str()),
        None => m::underway_reading(sheet.name.as_str()),
    }
}

fn is_large(job: &SheetJob) -> bool {
    job.file.metadata().is_ok_and(|file| file.len() > LARGE)
}

fn draw(cx: &Context, sheet: SheetForm, mut outcome: Outcome) -> PageResult {
    outcome.findings.retain(Finding::is_of_a_cell);
    let all_findings = outcome.findings.len();
    let asks = !sheet.mapping.is_empty() && outcome.findings.iter().any(|f| f.rule == "ask");
    let mapping = Some(&sheet.mapping).filter(|m| !m.is_empty()).and_then(|m| kept::mapping(cx.app(), m).ok());
    let mapping = mapping.and_then(|path| Mapping::read(&path, cx.model()).ok());
    let found = |f: Finding| {
        let reason = ProblemReason::new(cx.model(), f.rule, &f.reason);
        (f, reason)
    };
    let names = names_of(cx, &outcome.examples)?;
    html(&TryPage {
        page: Page::new(cx, m::what_would_do(), vec![from_sheets(cx)]),
        rows: outcome.rows,
        counts: counts(&outcome),
        change: sheet.link(cx, "/sheets/map"),
        nothing: outcome.added + outcome.changed == 0,
        unusable: outcome.added + outcome.changed + outcome.unchanged + outcome.repeated == 0,
        gone: outcome.gone > 0,
        unmatched: outcome.unmatched.into_iter().take(MOST).map(|u| name(cx, u)).collect::<Result<_, _>>()?,
        perhaps: outcome.perhaps.into_iter().take(MOST).map(|u| own_name(cx, u)).collect(),
        several: outcome.several.into_iter().collect(),
        findings: outcome.findings.into_iter().take(MOST).map(found).collect(),
        all_findings,
        asks,
        examples: outcome.examples.into_iter().map(|e| in_words(cx, e, &names)).collect(),
        passed: outcome.passed.into_iter().take(MOST).collect(),
        unused: crate::figures::listed(&outcome.unused.iter().map(|text| told(text)).collect::<Vec<_>>()),
        above: mapping.as_ref().map_or(String::new(), |mapping| above(cx, mapping)),
        same: mapping.map_or(String::new(), |mapping| same_in_all(cx, &mapping)),
        sheet,
    })
}

/// The fields that a mapping fills whose values the reader may not see, by name alone.
fn above(cx: &Context, mapping: &Mapping) -> String {
    let mut names = Vec::new();
    for record in &mapping.record {
        let fields = record.fields.keys().filter_map(|name| cx.model().kind(&record.kind)?.field(name));
        let is_above = |field: &&Field| field.marking.is_some_and(|marking| marking > cx.app().clearance());
        names.extend(fields.filter(is_above).map(|field| label(&field.label)));
    }
    crate::figures::listed(&names)
}

/// What the records are called that a dry run tells of or refers to: of those that the sheet would add the register knows none yet.
fn names_of(cx: &Context, examples: &[DraftExample]) -> Result<HashMap<String, String>, PageError> {
    let added = |example: &DraftExample| {
        let title = cx.model().kind(&example.kind)?.title.as_ref()?;
        Some((example.record.clone(), example.fields[0].get(title)?.as_str()?.to_owned()))
    };
    let said = examples.iter().filter_map(|e| Some((cx.model().kind(&e.kind)?, &e.fields)));
    let known = names_in(cx, said.flat_map(|(kind, fields)| fields.iter().map(move |fields| (kind, fields))))?;
    Ok(examples.iter().filter_map(added).chain(known).collect())
}

/// A statement of a dry run as the reader's language says it.
fn in_words(cx: &Context, example: DraftExample, names: &HashMap<String, String>) -> DraftExample {
    let Some(of) = cx.model().kind(&example.kind) else { return example };
    let [now, before] = &example.fields;
    let (now, before) = (says_with(cx.model(), of, now, names), says_with(cx.model(), of, before, names));
    DraftExample { kind: label(&of.label), says: now, before, ..example }
}

fn name(cx: &Context, unmatched: Unmatched) -> Result<UnknownName, PageError> {
    let mut choices = vec![Choice::new("", m::name_leave(), true)];
    // Of a name that several records have, one more would not help.
    if unmatched.several.is_empty() {
        choices.push(Choice::new("add", m::name_add(), false));
    }
    choices.extend(unmatched.like.iter().map(|like| Choice::new(format!("is:{like}"), m::name_is(like), false)));
    for record in &unmatched.several {
        choices.push(Choice::new(format!("is:{record}"), m::name_is(told_apart(cx, &unmatched.kind, record)?), false));
    }
    let advice = match &unmatched.like {
        _ if !unmatched.several.is_empty() => m::name_which(crate::figures::listed(&unmatched.several)),
        Some(like) => m::name_like(like),
        None => "–".to_owned(),
    };
    let kind_name = kind(cx, &unmatched.kind);
    Ok(UnknownName { kind: unmatched.kind, kind_name, name: unmatched.name, times: unmatched.times, choices, advice })
}

/// The name of a record that would be added, and of whom it may be another name.
fn own_name(cx: &Context, perhaps: Unmatched) -> UnknownName {
    let mut choices = vec![Choice::new("", m::name_own(), true)];
    choices.extend(perhaps.like.iter().map(|like| Choice::new(format!("is:{like}"), m::name_is(like), false)));
    let advice = perhaps.like.iter().map(m::name_like).next().unwrap_or_default();
    let kind_name = kind(cx, &perhaps.kind);
    UnknownName { kind: perhaps.kind, kind_name, name: perhaps.name, times: perhaps.times, choices, advice }
}

/// What tells a record from others of its name: its country and its identifier.
fn told_apart(cx: &Context, kind: &str, record: &str) -> Result<String, PageError> {
    let chain = Chain::open(cx.app().workspace())?;
    let known = chain.known(kind, cx.app().clearance())?;
    let country = known.iter().find(|k| k.record == record).and_then(|k| k.country.clone()).unwrap_or_default();
    Ok(match country.as_str() {
        "" => record.to_owned(),
        code => m::pair(code_label(cx.model(), "country", code), record),
    })
}

fn counts(outcome: &Outcome) -> Vec<(String, u64)> {
    let mut counts = vec![
        (m::try_records(), outcome.records),
        (m::try_statements(), outcome.added),
        (m::try_changed(), outcome.changed),
        (m::try_as_before(), outcome.unchanged),
        (m::try_unmatched(), outcome.unmatched.len() as u64),
        (m::try_unusable(), outcome.findings.len() as u64),
        (m::try_passed(), outcome.passed.len() as u64),
    ];
    let more = [
        (m::try_filled(), outcome.filled),
        (m::try_repeated(), outcome.repeated),
        (m::try_gone(), outcome.gone),
        (m::try_conflict(), outcome.conflicts),
    ];
    counts.extend(more.into_iter().filter(|(_, n)| *n > 0));
    counts
}

/// What a kind is called.
fn kind(cx: &Context, name: &str) -> String {
    cx.model().kind(name).map_or_else(|| name.to_owned(), |k| label(&k.label))
}

impl TryPage {
    /// What would become of a statement.
    fn what(&self, code: &str) -> String {
        match code {
            "added" => m::try_new(),
            "changed" => m::try_changed(),
            _ => m::try_gone(),
        }
    }

    /// Why a row is none of the table.
    fn why(&self, code: &str) -> String {
        match code {
            "above" => m::passed_above(),
            "total" => m::passed_total(),
            "note" => m::passed_note(),
            "alone" => m::passed_alone(),
            "empty" => m::passed_empty(),
            "table" => m::passed_table(),
            "columns" => m::passed_columns(),
            "section" => m::passed_section(),
            _ => m::passed_skipped(),
        }
    }
}

/// Keeps what was decided of names that nobody has, and looks again.
pub(super) async fn decide(request: PageRequest, Author(_): Author, PostedForm(posted): PostedForm<Fields>) -> PageResult {
    request
        .read(move |cx| {
            let sheet = SheetForm::asked(&posted);
            if sheet.mapping.is_empty() {
                let names = if posted.get("go") == "add-all" { "add".to_owned() } else { String::new() };
                return Ok(see_other(&SheetForm { names, ..sheet }.link(cx, "/sheets/try")));
            }
            let mut mapping = Mapping::read(&kept::mapping(cx.app(), &sheet.mapping)?, cx.model())?;
            if posted.get("go") == "divide" {
                divide(cx.model(), &mut mapping, &posted);
            }
            for n in (0..).take_while(|n| !posted.get(&format!("name.{n}")).is_empty()) {
                let said = |what: &str| posted.get(&format!("{what}.{n}"));
                let choice = match (posted.get("go"), said("other")) {
                    ("add-all", _) => "add".to_owned(),
                    (_, "") => said("as").to_owned(),
                    (_, other) => format!("is:{other}"),
                };
                decide_name(cx.model(), &mut mapping, said("kind"), said("name"), &choice);
            }
            kept::save(cx.app(), &sheet.mapping, &mapping, cx.model()).map_err(PageError::bad_request)?;
            Ok(see_other(&sheet.link(cx, "/sheets/try")))
        })
        .await
}

/// What a name means, in every column that refers to records of its kind.
fn decide_name(model: &Model, mapping: &mut Mapping, kind: &str, name: &str, choice: &str) {
    let Mapping { record, also, .. } = mapping;
    for record in record.iter_mut().chain(also.iter_mut().flat_map(|m| &mut m.record)) {
        let Some(of) = model.kind(&record.kind) else { continue };
        for (field, rule) in &mut record.fields {
            let is_constant = rule.value.as_deref() == Some(name);
            let is_own = of.name == kind && of.title.as_ref() == Some(field) && choice != "add";
            let refers = is_own || of.field(field).is_some_and(|f| *f.targets() == [kind]);
            let refers = refers && (rule.column.is_some() || is_constant);
            match choice.strip_prefix("is:") {
                _ if !refers => {}
                Some(other) if is_constant => rule.value = Some(other.to_owned()),
                Some(other) => drop(rule.aliases.insert(name.to_owned(), other.to_owned())),
                None if choice == "add" && !rule.add.iter().any(|n| n == name) => rule.add.push(name.to_owned()),
                None => {}
            }
        }
    }
}

/// Says what stands between the names in the cells of a column: where the field takes several they are all of it, else each has a row.
fn divide(model: &Model, mapping: &mut Mapping, posted: &Fields) {
    let [kind, field, column] = ["kind", "field", "column"].map(|name| posted.get(name));
    let sign = form::sign(posted.get("sign"));
    let Some(of) = model.kind(kind).and_then(|kind| kind.field(field)) else { return };
    let takes_several = of.more.is_some() || matches!(of.kind, FieldType::Records(_));
    // Words alone would be one phrase: a sign that is in no name stands before them.
    let beside = |before: &str| match before.trim_matches(' ') {
        "" => sign.clone(),
        before if before.contains(';') => format!("{before} {}", sign.trim_matches(' ')),
        before => format!("; {before} {}", sign.trim_matches(' ')),
    };
    let Mapping { record, split, also, .. } = mapping;
    let tables = std::iter::once((record, split)).chain(also.iter_mut().map(|m| (&mut m.record, &mut m.split)));
    for (record, split) in tables {
        let rules = record.iter_mut().filter(|r| r.kind == kind).filter_map(|r| r.fields.get_mut(field));
        for rule in rules.filter(|rule| rule.column.as_deref() == Some(column)) {
            match takes_several {
                true => rule.split = Some(beside(rule.split.as_deref().unwrap_or(if of.more.is_some() { "" } else { ";" }))),
                false => {
                    let signs = beside(split.get(column).map_or("", String::as_str));
                    split.insert(column.to_owned(), signs);
                }
            }
        }
    }
}

/// Brings a sheet in; a large one while a page shows how far it is.
pub(super) async fn bring(request: PageRequest, Author(author): Author, PostedForm(posted): PostedForm<Fields>) -> PageResult {
    request
        .read(move |cx| {
            let sheet = SheetForm::asked(&posted);
            let job = sheet.job(cx, &author)?;
            if is_large(&job) {
                let (app, underway) = (cx.app().clone(), Arc::clone(&job.underway));
                let import = cx.app().between_requests::<Imports>().begin(underway, move || {
                    let workspace = app.workspace();
                    import_sheet(workspace, &mut Register::open(workspace)?, &job)
                });
                return Ok(see_other(&sheet.underway(cx, &import)));
            }
            let workspace = cx.app().workspace();
            let done = import_sheet(workspace, &mut Register::open(workspace)?, &job)?;
            Ok(see_other(&sheet.done(cx, &done)))
        })
        .await
}

/// How far a large sheet is; at its end, what came of it. The page looks again by itself.
pub(super) async fn underway(request: PageRequest, Author(_): Author) -> PageResult {
    request
        .read(|cx| {
            let sheet = SheetForm::asked(&Fields::from(cx.request.parameters.clone()));
            let import = cx.request.get("import").to_owned();
            let state =
                cx.app().between_requests::<Imports>().look(&import).ok_or_else(|| PageError::not_found(m::error_no_import()))?;
            let (rows, done) = match state {
                ImportState::Running { rows, written } => (rows, written),
                ImportState::Ended(ended) => {
                    return match ended.map(|ended| *ended) {
                        Some(Ok(done)) => Ok(see_other(&sheet.done(cx, &done))),
                        Some(Err(SheetError::Stopped)) => stopped(cx, &sheet),
                        Some(Err(error)) => Err(error.of_file(&sheet.name).into()),
                        None => Err(PageError::internal(&"an import broke off")),
                    };
                }
            };
            let said = match done {
                Some((done, all)) => m::underway_done(all, done, sheet.name.as_str()),
                None => rows_read(&sheet, rows),
            };
            let (done, all) = done.or(rows).unwrap_or_default();
            let again = sheet.underway(cx, &import);
            let page = Page::new(cx, m::underway_title(), vec![from_sheets(cx)]);
            let page = html(&UnderwayPage { page, sheet, import, said, done, all, again })?;
            Ok(([("refresh", "2")], page).into_response())
        })
        .await
}

/// What is told of an import that was stopped, with the way to begin it again.
fn stopped(cx: &Context, sheet: &SheetForm) -> PageResult {
    html(&DonePage {
        page: Page::new(cx, m::import_stopped_title(), vec![from_sheets(cx)]),
        entry: String::new(),
        said: m::import_stopped(sheet.name.as_str()),
        note: String::new(),
        ways: vec![(m::import_again(), sheet.link(cx, "/sheets/try")), (m::another_file(), cx.link("/sheets", &[]))],
    })
}

/// Stops an import, or a preview.
pub(super) async fn stop(request: PageRequest, Author(_): Author, PostedForm(posted): PostedForm<Fields>) -> PageResult {
    request
        .read(move |cx| {
            let (import, sheet) = (posted.get("import"), SheetForm::asked(&posted));
            if posted.get("preview") == "yes" {
                cx.app().between_requests::<Imports>().give_up(import);
                return stopped(cx, &sheet);
            }
            cx.app().between_requests::<Imports>().stop(import);
            Ok(see_other(&sheet.underway(cx, import)))
        })
        .await
}

/// What was brought in, with undo beside it.
pub(super) async fn done(request: PageRequest, Author(_): Author) -> PageResult {
    request
        .read(|cx| {
            // What is not known any more stands in the history.
            let Some(told) = cx.told() else { return Ok(see_other(&cx.link("/history", &[]))) };
            let number = |name: &str| told.number(name);
            let (answers, without) = super::counted::of_entry(cx, cx.request.get("entry"))?;
            let followed = super::counted::answered_from(cx, cx.request.get("entry"))?;
            let mut ways: Vec<(String, String)> = answers.into_iter().chain(followed).map(|w| (w.text, w.href)).collect();
            let (classless, way) = super::classes::missing(cx, cx.request.get("entry"))?;
            if classless > 0 {
                ways.push((m::classes_say(), way));
            }
            if without > 0 {
                ways.push((m::countries_say(), cx.link("/ask/without_country", &[])));
            }
            // Whoever imports at once finds again what was left to decide.
            let unknown = number("unknown");
            if unknown > 0 {
                let sheet = SheetForm::asked(&Fields::from(cx.request.parameters.clone()));
                ways.insert(0, (m::names_left_decide(), sheet.link(cx, "/sheets/try")));
            }
            ways.extend(other_tabs(cx)?);
            ways.extend([
                (m::see_history(), cx.link("/history", &[])),
                (m::see_problems(), cx.link("/problems", &[])),
                (m::another_file(), cx.link("/sheets", &[])),
            ]);
            let mut notes = Vec::new();
            let above = number("above");
            let left = number("left").saturating_sub(above);
            if left > 0 {
                notes.push(m::left_out_n(left));
            }
            if above > 0 {
                notes.push(m::left_above_n(above));
            }
            if unknown > 0 {
                notes.push(m::names_left_n(unknown));
            }
            if without > 0 {
                notes.push(m::projects_without_country(without));
            }
            if classless > 0 {
                notes.push(m::classes_missing(classless));
            }
            html(&DonePage {
                page: Page::new(cx, m::brought_in(), vec![from_sheets(cx)]),
                entry: cx.request.get("entry").to_owned(),
                said: match number("added") + number("changed") {
                    0 => m::imported_nothing(cx.request.get("name")),
                    _ => m::imported_n(number("added"), number("changed"), cx.request.get("name")),
                },
                note: notes.join(" "),
                ways,
            })
        })
        .await
}
