//! Keeps what was read: the file by its hash, the document and its passages as a data set of their own.

use super::{Ingest, Ingested, SourceFile, drafts, locator, record};
use crate::lexicon::LexiconCode;
use crate::propose::{DocumentSort, ReadMark, Reading};
use remit_document::{Document, DocumentForm, ReadError};
use remit_store::{
    AboutDataSet, Cell, FileEntry, Import, Problem, ROW_ENVELOPE, StoreError, Workspace, hexadecimal, row_envelope,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The path of a kept file below the workspace.
fn path(hash: &str, form: DocumentForm) -> String {
    let ending = match form {
        DocumentForm::Pdf => "pdf",
        DocumentForm::Docx => "docx",
        DocumentForm::Html => "html",
        DocumentForm::Plain => "txt",
    };
    format!("files/{hash}.{ending}")
}

/// What reads a document: this program, and what recognised its text where it is a picture.
fn read_by(document: &Document) -> String {
    [crate::read_by(), document.recognised_by.clone()].into_iter().filter(|by| !by.is_empty()).collect::<Vec<_>>().join(", ")
}

/// By what a reading is known: the file, what read it, and whose it was said to be.
fn reading_hash(hash: &str, read_by: &str, whose: &str) -> String {
    hexadecimal(&Sha256::digest([hash, read_by, whose].join(" ").trim_end()))
}

/// The fields of a document that are told when it is read.
const FIELDS: [&str; 12] = [
    "title",
    "symbol",
    "publisher",
    "date",
    "language",
    "address",
    "sort",
    "mission",
    "pages",
    "sha256",
    "read_by",
    "mission_told",
];

/// What they hold, in the order of [`FIELDS`].
fn row(source: &SourceFile<'_>, document: &Document, reading: &Reading, read_by: &str) -> [Cell; 12] {
    let about = &document.about;
    let pages = if about.pages > 0 { Cell::Integer(i64::from(about.pages)) } else { Cell::Null };
    [
        said(&about.title),
        said(&about.symbol),
        said(&about.publisher),
        said(&about.date),
        said(&about.language),
        said(source.url),
        said(sort_code(reading.sort)),
        said(reading.mission.as_deref().unwrap_or_default()),
        pages,
        said(&source.hash),
        said(read_by),
        if source.whose.is_empty() { Cell::Null } else { Cell::Integer(1) },
    ]
}

/// Keeps a document with what was read in it. Read before by the same reader, nothing changes.
///
/// # Errors
/// When the workspace cannot be written.
pub(super) fn keep(
    ingest: &Ingest<'_>,
    source: &SourceFile<'_>,
    document: &Document,
    reading: &Reading,
) -> Result<Ingested, StoreError> {
    let (workspace, read_by) = (ingest.workspace, read_by(document));
    store_file(workspace, source)?;
    let about = &document.about;
    let mut import = Import::begin(workspace, data_set(source, &about.title, Some(&about.date)))?;
    let file = import.begin_file(&source.name)?;
    let mission = reading.mission.clone().unwrap_or_default();
    // However it was written, it is the same mission.
    let told = if source.whose.is_empty() { "" } else { &mission };
    let hash = reading_hash(&source.hash, &read_by, told);
    let own = record(&source.short);
    let writer = Import::row_writer(workspace, "document", &FIELDS)?;
    let cells = row(source, document, reading, &read_by);
    import.record(&writer, &own, (file, 0), &envelope(source, &about.title, ""), &cells)?;
    passages(workspace, &mut import, file, source, document, reading)?;
    // What holds nothing is told to hold nothing, where nothing else is told of it.
    let lacks = (document.passages.is_empty() && document.notes.is_empty()).then(|| "it has no text".to_owned());
    let notes: Vec<String> = document.notes.iter().cloned().chain(lacks).collect();
    for note in &notes {
        import.problem(file, &problem(&own, note))?;
    }
    import.finish_file(
        file,
        &FileEntry {
            hash: source.hash.clone(),
            bytes: source.bytes.len() as u64,
            version: String::new(),
            records: document.passages.len() as u64,
        },
    )?;
    let done = import.finish(&hash, 1, source.bytes.len() as u64)?;
    let proposals = if done.unchanged { 0 } else { drafts::propose(ingest, source, document, reading)? };
    Ok(Ingested {
        file: source.name.clone(),
        document: own,
        title: about.title.clone(),
        symbol: about.symbol.clone(),
        mission,
        passages: document.passages.len(),
        proposals,
        unchanged: done.unchanged,
        notes: notes.into_iter().chain(raised(ingest, source)).collect(),
    })
}

/// Keeps a file of which nothing can be read, with the reason among the problems.
///
/// # Errors
/// When the workspace cannot be written.
pub(super) fn keep_unread(ingest: &Ingest<'_>, source: &SourceFile<'_>, error: &ReadError) -> Result<Ingested, StoreError> {
    let mut import = Import::begin(ingest.workspace, data_set(source, &source.name, None))?;
    let file = import.begin_file(&source.name)?;
    let own = record(&source.short);
    import.problem(file, &problem(&own, &error.to_string()))?;
    import
        .finish_file(file, &FileEntry { hash: source.hash.clone(), bytes: source.bytes.len() as u64, ..FileEntry::default() })?;
    import.finish(&source.hash, 1, source.bytes.len() as u64)?;
    Ok(Ingested {
        file: source.name.clone(),
        document: own,
        title: source.name.clone(),
        notes: vec![error.to_string()],
        ..Ingested::default()
    })
}

/// A word where a document stays more confidential than was asked for.
fn raised(ingest: &Ingest<'_>, source: &SourceFile<'_>) -> Option<String> {
    let stays = source.marking > ingest.marking;
    stays.then(|| format!("it was read as {} before, and stays so", source.marking.code()))
}

fn store_file(workspace: &Workspace, source: &SourceFile<'_>) -> Result<(), StoreError> {
    let form = DocumentForm::of(&source.bytes).unwrap_or(DocumentForm::Plain);
    let target = workspace.folder().join(path(&source.hash, form));
    if target.exists() {
        return Ok(());
    }
    let io = |e| StoreError::File(target.clone(), e);
    std::fs::create_dir_all(workspace.folder().join("files")).map_err(io)?;
    remit_files::write_whole(&target, &source.bytes).map_err(io)
}

fn data_set(source: &SourceFile<'_>, title: &str, date: Option<&String>) -> AboutDataSet {
    let said = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
    AboutDataSet {
        dataset: record(&source.short),
        title: said(title),
        source: said(title),
        url: said(source.url),
        published: date.and_then(|d| said(d)),
        marking: source.marking,
        ..AboutDataSet::default()
    }
}

fn envelope(source: &SourceFile<'_>, title: &str, locator: &str) -> [Cell; ROW_ENVELOPE.len()] {
    row_envelope(|name| match name {
        "source" => title,
        "url" => source.url,
        "locator" => locator,
        _ => "",
    })
}

fn problem(record: &str, reason: &str) -> Problem {
    Problem { element: "document".into(), record: record.into(), rule: "unread", reason: reason.to_owned(), ..Problem::default() }
}

fn sort_code(sort: DocumentSort) -> &'static str {
    match sort {
        DocumentSort::Mandate => "mandate",
        DocumentSort::Report => "report",
        DocumentSort::Page => "page",
    }
}

/// Phrases of one passage that are kept: more are in no text that somebody wrote to be read.
const MOST_MARKS: usize = 200;

fn passages(
    workspace: &Workspace,
    import: &mut Import,
    file: i64,
    source: &SourceFile<'_>,
    document: &Document,
    reading: &Reading,
) -> Result<(), StoreError> {
    let fields = ["document", "n", "number", "heading", "lead", "text", "page", "top", "reading", "recognised"];
    let writer = Import::row_writer(workspace, "passage", &fields)?;
    let own = record(&source.short);
    let count = |n: u32| if n > 0 { Cell::Integer(i64::from(n)) } else { Cell::Null };
    for (p, marks) in document.passages.iter().zip(&reading.marks) {
        let marks: Vec<Value> = marks.iter().take(MOST_MARKS).map(mark).collect();
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
            count(u32::from(p.recognised)),
        ];
        let place = envelope(source, &document.about.title, &locator(p));
        import.record(&writer, &format!("{}/{}", source.short, p.n), (file, 0), &place, &cells)?;
    }
    Ok(())
}

fn mark(m: &ReadMark) -> Value {
    let probability = (f64::from(m.probability) * 1000.0).round() / 1000.0;
    let LexiconCode { list, code } = &*m.code;
    json!({ "list": list, "code": code, "probability": probability, "start": m.span.0, "end": m.span.1, "worded": i32::from(m.worded) })
}

/// A text as a cell; null where it is empty.
fn said(text: &str) -> Cell {
    if text.is_empty() { Cell::Null } else { Cell::Text(text.to_owned()) }
}
