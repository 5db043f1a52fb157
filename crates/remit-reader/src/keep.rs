//! Keeps what was read: the file by its hash, the document and its passages as a data set of their own, and what
//! somebody may accept as proposals in the register.

use crate::document::{Document, Form, ReadError};
use crate::lexicon::Code;
use crate::read::{Proposal, Reading, Says, Sort};
use remit_model::{Language, Marking, Model, written_acronym};
use remit_store::{About, Cell, Draft, FileEntry, Import, Problem, Register, Status, StoreError, Workspace, hexadecimal};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashSet;

/// A file to keep.
#[derive(Debug, Clone, Copy)]
pub struct Source<'s> {
    /// Its name, for people.
    pub name: &'s str,
    /// Its content.
    pub bytes: &'s [u8],
    /// SHA-256 of it.
    pub hash: &'s str,
    /// Where it was published, or empty.
    pub url: &'s str,
    /// How confidential it and all that is read in it is.
    pub marking: Marking,
}

/// What was done with a file.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
pub struct Kept {
    /// Name of the file.
    pub file: String,
    /// Record of the document.
    pub document: String,
    /// Its title.
    pub title: String,
    /// Its symbol.
    pub symbol: String,
    /// Passages.
    pub passages: usize,
    /// Proposals that are new.
    pub proposals: usize,
    /// True where it had been read like this before.
    pub unchanged: bool,
    /// What could not be read.
    pub notes: Vec<String>,
}

/// SHA-256 of a file in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// The record of a document, by the hash of its file.
pub fn record(hash: &str) -> String {
    format!("document/{}", short(hash))
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

/// What proposals of a document have as origin, before the passage.
pub fn origin(hash: &str) -> String {
    format!("read/{}/", short(hash))
}

/// The path of a kept file below the workspace.
pub fn path(hash: &str, form: Form) -> String {
    let ending = match form {
        Form::Pdf => "pdf",
        Form::Docx => "docx",
        Form::Html => "html",
        Form::Plain => "txt",
    };
    format!("files/{hash}.{ending}")
}

/// By what a reading is known: the file and what read it.
fn reading_hash(hash: &str, read_by: &str) -> String {
    hexadecimal(&Sha256::digest(format!("{hash} {read_by}")))
}

/// Keeps a document with what was read in it. Read before by the same reader, nothing changes.
///
/// # Errors
/// When the workspace cannot be written.
pub fn keep(
    workspace: &Workspace,
    source: &Source<'_>,
    document: &Document,
    reading: &Reading,
    read_by: &str,
    author: &str,
) -> Result<Kept, StoreError> {
    store_file(workspace, source)?;
    let about = &document.about;
    let mut import = Import::begin(workspace, data_set(source, &about.title, Some(&about.date)))?;
    let file = import.begin_file(source.name)?;
    let hash = reading_hash(source.hash, read_by);
    let own = record(source.hash);
    let fields = ["title", "symbol", "publisher", "date", "language", "address", "sort", "mission", "pages", "sha256", "read_by"];
    let writer = Import::row_writer(workspace, "document", &fields)?;
    let mission = reading.mission.clone().unwrap_or_default();
    let pages = if about.pages > 0 { Cell::Integer(i64::from(about.pages)) } else { Cell::Null };
    let said = |text: &str| if text.is_empty() { Cell::Null } else { Cell::Text(text.to_owned()) };
    let [title, symbol, publisher, date, language] =
        [&about.title, &about.symbol, &about.publisher, &about.date, &about.language].map(|t| said(t));
    let cells = [
        title,
        symbol,
        publisher,
        date,
        language,
        said(source.url),
        said(sort_code(reading.sort)),
        said(&mission),
        pages,
        said(source.hash),
        said(read_by),
    ];
    import.record(&writer, &own, (file, 0), &envelope(source, &about.title, ""), &cells)?;
    passages(workspace, &mut import, file, source, document, reading)?;
    for note in &document.notes {
        import.problem(file, &problem(&own, note))?;
    }
    import.finish_file(
        file,
        &FileEntry {
            hash: source.hash.into(),
            bytes: source.bytes.len() as u64,
            version: String::new(),
            records: document.passages.len() as u64,
        },
    )?;
    let done = import.finish(&hash, 1, source.bytes.len() as u64)?;
    let proposals = if done.unchanged { 0 } else { propose(workspace, source, document, reading, author)? };
    Ok(Kept {
        file: source.name.into(),
        document: own,
        title: about.title.clone(),
        symbol: about.symbol.clone(),
        passages: document.passages.len(),
        proposals,
        unchanged: done.unchanged,
        notes: document.notes.clone(),
    })
}

/// Keeps a file of which nothing can be read, with the reason among the problems.
///
/// # Errors
/// When the workspace cannot be written.
pub fn keep_unread(workspace: &Workspace, source: &Source<'_>, error: &ReadError) -> Result<Kept, StoreError> {
    let mut import = Import::begin(workspace, data_set(source, source.name, None))?;
    let file = import.begin_file(source.name)?;
    let own = record(source.hash);
    import.problem(file, &problem(&own, &error.to_string()))?;
    import
        .finish_file(file, &FileEntry { hash: source.hash.into(), bytes: source.bytes.len() as u64, ..FileEntry::default() })?;
    import.finish(source.hash, 1, source.bytes.len() as u64)?;
    Ok(Kept {
        file: source.name.into(),
        document: own,
        title: source.name.into(),
        notes: vec![error.to_string()],
        ..Kept::default()
    })
}

fn store_file(workspace: &Workspace, source: &Source<'_>) -> Result<(), StoreError> {
    let form = Form::of(source.bytes).unwrap_or(Form::Plain);
    let target = workspace.folder().join(path(source.hash, form));
    if target.exists() {
        return Ok(());
    }
    let io = |e| StoreError::File(target.clone(), e);
    std::fs::create_dir_all(workspace.folder().join("files")).map_err(io)?;
    // Written beside it and then renamed: a file in the folder is whole.
    let part = target.with_extension("part");
    std::fs::write(&part, source.bytes).and_then(|()| std::fs::rename(&part, &target)).map_err(io)
}

fn data_set(source: &Source<'_>, title: &str, date: Option<&String>) -> About {
    let said = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
    About {
        dataset: record(source.hash),
        title: said(title),
        source: said(title),
        url: said(source.url),
        published: date.and_then(|d| said(d)),
        marking: source.marking,
        ..About::default()
    }
}

fn envelope(source: &Source<'_>, title: &str, locator: &str) -> [Cell; 6] {
    let said = |text: &str| if text.is_empty() { Cell::Null } else { Cell::Text(text.to_owned()) };
    [Cell::Null, Cell::Null, said(title), said(source.url), said(locator), Cell::Null]
}

fn problem(record: &str, reason: &str) -> Problem {
    Problem { element: "document".into(), record: record.into(), rule: "unread", reason: reason.to_owned(), ..Problem::default() }
}

fn sort_code(sort: Sort) -> &'static str {
    match sort {
        Sort::Mandate => "mandate",
        Sort::Report => "report",
        Sort::Page => "page",
    }
}

fn passages(
    workspace: &Workspace,
    import: &mut Import,
    file: i64,
    source: &Source<'_>,
    document: &Document,
    reading: &Reading,
) -> Result<(), StoreError> {
    let fields = ["document", "n", "number", "heading", "lead", "text", "page", "top", "reading"];
    let writer = Import::row_writer(workspace, "passage", &fields)?;
    let own = record(source.hash);
    let count = |n: u32| if n > 0 { Cell::Integer(i64::from(n)) } else { Cell::Null };
    let said = |text: &str| if text.is_empty() { Cell::Null } else { Cell::Text(text.to_owned()) };
    for (p, marks) in document.passages.iter().zip(&reading.marks) {
        let marks: Vec<Value> = marks.iter().map(mark).collect();
        let top = if p.page > 0 { Cell::Real((f64::from(p.top) * 1000.0).round() / 1000.0) } else { Cell::Null };
        let cells = [
            Cell::Text(own.clone()),
            count(p.n),
            said(&p.number),
            said(&p.heading),
            count(p.lead),
            said(&p.text),
            count(p.page),
            top,
            Cell::Text(Value::Array(marks).to_string()),
        ];
        let place = envelope(source, &document.about.title, &locator(&p.number, p.n, p.page));
        import.record(&writer, &format!("{}/{}", short(source.hash), p.n), (file, 0), &place, &cells)?;
    }
    Ok(())
}

fn mark(m: &crate::read::Mark) -> Value {
    let probability = (f64::from(m.probability) * 1000.0).round() / 1000.0;
    let Code { list, code } = &*m.code;
    json!({ "list": list, "code": code, "probability": probability, "start": m.span.0, "end": m.span.1, "worded": i32::from(m.worded) })
}

/// Where a passage stands, as one cites it.
fn locator(number: &str, n: u32, page: u32) -> String {
    let place = if number.is_empty() { format!("passage {n}") } else { format!("para. {number}") };
    if page > 0 { format!("{place}, p. {page}") } else { place }
}

/// Records what nobody has decided on yet; takes back what is not read any longer and nobody has looked at.
fn propose(
    workspace: &Workspace,
    source: &Source<'_>,
    document: &Document,
    reading: &Reading,
    author: &str,
) -> Result<usize, StoreError> {
    let mut register = Register::open(workspace)?;
    let before = register.at_origins_below(&origin(source.hash))?;
    let known: HashSet<&str> = before.iter().map(|s| s.draft.origin.as_str()).collect();
    let drafts: Vec<Draft> = reading.proposals.iter().map(|p| draft(workspace.model(), source, document, p)).collect();
    let again: HashSet<&str> = drafts.iter().map(|d| d.origin.as_str()).collect();
    let waiting = register.origins_below(&origin(source.hash))?;
    let gone = waiting.iter().filter(|s| s.draft.status == Status::Proposed && !again.contains(s.draft.origin.as_str()));
    let withdrawals = gone.map(|s| Draft { withdrawn: true, supersedes: vec![s.id.clone()], ..s.draft.clone() });
    let new: Vec<&Draft> = drafts.iter().filter(|d| !known.contains(d.origin.as_str())).collect();
    let withdrawals: Vec<Draft> = withdrawals.collect();
    if new.is_empty() && withdrawals.is_empty() {
        return Ok(0);
    }
    let called = if document.about.symbol.is_empty() { &document.about.title } else { &document.about.symbol };
    let missions = missions(workspace.model(), &register, &reading.proposals)?;
    let mut entry = register.entry(author, &format!("read {called}"))?;
    for draft in &missions {
        entry.append(draft)?;
    }
    for draft in withdrawals.iter().chain(new.iter().copied()) {
        entry.append(draft)?;
    }
    entry.commit()?;
    Ok(new.len())
}

/// Missions that proposals name and the register lacks, as the list of missions has them: a proposal refers to a record.
fn missions(model: &Model, register: &Register, proposals: &[Proposal]) -> Result<Vec<Draft>, StoreError> {
    let mut drafts: Vec<Draft> = Vec::new();
    for p in proposals {
        let listed = model.lists.get("mission").and_then(|l| l.get(&p.mission));
        let Some(code) = listed.filter(|_| !drafts.iter().any(|d| d.record == p.record)) else {
            continue;
        };
        if register.has("actor", &p.record)? {
            continue;
        }
        let mut draft = Draft::new(model, "actor");
        draft.record.clone_from(&p.record);
        let mut fields = Map::from_iter([("name".to_owned(), code.label.english().into())]);
        fields.insert("acronym".into(), written_acronym(&code.code).into());
        fields.insert("class".into(), "mission".into());
        let countries: Vec<&str> = model.crosswalk.countries_of(&p.mission).map(|m| m.country.as_str()).collect();
        if let [country] = countries[..] {
            fields.insert("country".into(), country.into());
        }
        draft.fields = fields;
        draft.set_envelope("source", "List of missions of the model (model/codes/mission.csv)");
        drafts.push(draft);
    }
    Ok(drafts)
}

/// A proposal as a statement that waits for somebody.
fn draft(model: &Model, source: &Source<'_>, document: &Document, p: &Proposal) -> Draft {
    let mandated = p.says == Says::Mandate;
    let kind = if mandated { "mandated_task" } else { "engagement" };
    let subject = if p.task.is_empty() { &p.activity } else { &p.task };
    let mission = &p.record;
    let passage = &document.passages[p.passage as usize - 1];
    let about = &document.about;
    let mut draft = Draft::new(model, kind);
    draft.record = format!("read/{}/{}/{}/{subject}", short(source.hash), p.passage, mission.trim_start_matches("mission/"));
    draft.origin = draft.record.clone();
    draft.status = Status::Proposed;
    draft.marking = draft.marking.max(source.marking);
    let label = match p.task.is_empty() {
        true => model.lists.name("pact_activity", &p.activity, Language::ENGLISH),
        false => model.lists.name("ssr_task", &p.task, Language::ENGLISH),
    };
    let function = match model.lists.get("ssr_task").and_then(|l| l.get(&p.task)) {
        Some(code) => code.category.clone(),
        None => model.crosswalk.task(&p.activity).map(|t| t.security_function.clone()).unwrap_or_default(),
    };
    let mut fields = Map::new();
    let mut put = |name: &str, value: &str| {
        if !value.is_empty() {
            fields.insert(name.to_owned(), value.into());
        }
    };
    put("mission", mission);
    put("task", label);
    put("ssr_task", &p.task);
    put("country", &p.country);
    put("function", &function);
    put("activity_category", &p.activity);
    put("engagement", &p.engagement);
    put("document", &record(source.hash));
    put("paragraph", &passage.number);
    if mandated {
        put("strength", &p.strength);
        put("adopted", &about.date);
    } else {
        put("mode", p.says.code());
        put("partner", &p.partner);
        put("date", &about.date);
    }
    fields.insert("certainty".into(), json!((f64::from(p.probability) * 100.0).round() / 100.0));
    draft.fields = fields;
    let called = if about.symbol.is_empty() || about.title.contains(&about.symbol) {
        about.title.clone()
    } else {
        format!("{} ({})", about.title, about.symbol)
    };
    let place = locator(&passage.number, passage.n, passage.page);
    let quote = passage.text.get(p.span.0..p.span.1).unwrap_or(&passage.text);
    for (name, value) in [("source", called.as_str()), ("url", source.url), ("locator", &place), ("quote", quote)] {
        draft.set_envelope(name, value);
    }
    if mandated {
        draft.set_envelope("valid_from", about.date.as_str());
    }
    draft
}
