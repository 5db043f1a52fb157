//! Files in the browser: send them, all on one page. Of a sheet, say which column is which field (`map`, filled in as far as the
//! file tells; `form` is the mapping as a form), see what it would do (`dry_run`), bring it in. What was said is kept in
//! `mappings/` and used again (`kept`). Documents are read at once, and so are activities, of which `counted` says how many count.

mod classes;
mod counted;
mod dry_run;
mod form;
mod kept;
mod map;
mod steps;
mod tabs;
mod underway;

use crate::app::App;
use crate::context::Context;
use crate::error::PageError;
use crate::format::Format;
use crate::frame::{Link, Page};
use crate::language::language;
use crate::m;
use crate::post::{MOST_BYTES, SentFile, SentFiles};
use crate::request::{Author, KindName, PageRequest};
use crate::response::{PageResult, html, refused, see_other, xlsx};
use crate::routes::{self, file};
use askama::Template;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use remit_files::{ARCHIVES, DOCUMENTS};
use remit_model::{Kind, Marking};
use remit_reader::ingest::{File, Ingest, ingest};
use remit_sheet::table_endings;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .merge(routes::form("/sheets", get(begin).post(take).layer(DefaultBodyLimit::max(MOST_BYTES))))
        .merge(routes::form("/sheets/map", get(map::show).post(map::save)))
        .merge(routes::form("/sheets/try", get(dry_run::show).post(dry_run::bring)))
        .merge(routes::form("/sheets/names", post(dry_run::decide)))
        .merge(routes::form("/sheets/underway", get(dry_run::underway).post(dry_run::stop)))
        .merge(routes::form("/sheets/done", get(dry_run::done)))
        .merge(routes::form("/sheets/classes", get(classes::show).post(classes::save)))
        .merge(routes::form("/sheets/counted", get(counted::show).post(counted::state)))
        .merge(file("/template/{kind}", &[Format::Xlsx], template))
        .merge(file("/export/{kind}", &[Format::Xlsx], export))
}

#[derive(Template)]
#[template(path = "sheets/begin.html")]
struct BeginPage {
    page: Page,
    /// Files that were sent, each with where it goes on, and what became of the documents among them.
    sent: Vec<(String, String)>,
    told: Vec<String>,
    /// Endings of the files that can be read.
    endings: Vec<String>,
    error: String,
}

/// Between the name under which a file is kept and its own, in what is told.
const AND: char = ' ';
/// What stands there before the record of a document, and before a data set of activities; their spaces are then such as do not part.
const DOCUMENT: &str = "document:";
const ACTIVITIES: &str = "activities:";

async fn begin(request: PageRequest, Author(_): Author) -> PageResult {
    request
        .read(|cx| {
            let given = cx.told().unwrap_or_default();
            let sent = given.all("sent").filter_map(|s| s.split_once(AND));
            let sent = sent.map(|(kept, name)| (called(kept, name), onward(cx, kept, name))).collect();
            draw(cx, sent, given.all("sentence").map(str::to_owned).collect(), String::new())
        })
        .await
}

fn draw(cx: &Context, sent: Vec<(String, String)>, told: Vec<String>, error: String) -> PageResult {
    html(&BeginPage {
        page: Page::new(cx, m::bring_sheet(), vec![Link::new(m::nav_register(), cx.link("/records/actor", &[]))])
            .with_errors(!error.is_empty()),
        sent,
        told,
        endings: endings(),
        error,
    })
}

/// Endings of all files that can be read here.
fn endings() -> Vec<String> {
    table_endings().chain(DOCUMENTS).chain(counted::ENDINGS).map(|e| format!(".{e}")).collect()
}

/// What the way on is called: a document with a table in it has two.
fn called(kept: &str, name: &str) -> String {
    if kept.starts_with(DOCUMENT) { m::as_document(name) } else { name.to_owned() }
}

/// Where a file that was sent goes on: activities are read already, and a sheet that Remit wrote needs no mapping.
fn onward(cx: &Context, kept: &str, name: &str) -> String {
    if let Some(dataset) = kept.strip_prefix(ACTIVITIES) {
        return cx.link("/sheets/counted", &[("dataset", &dataset.replace('\u{a0}', " "))]);
    }
    if let Some(document) = kept.strip_prefix(DOCUMENT) {
        return cx.link("/document", &[("record", &document.replace('\u{a0}', " "))]);
    }
    let looks = kept::looks(cx, kept, name, "").unwrap_or_default();
    let is_native = looks.iter().any(|l| l.native.is_some());
    cx.link(if is_native { "/sheets/try" } else { "/sheets/map" }, &[("file", kept), ("name", name)])
}

/// Keeps tables under their hash, and reads documents.
async fn take(request: PageRequest, Author(author): Author, SentFiles(files, _): SentFiles) -> PageResult {
    request.read(move |cx| keep(cx, files, &author)).await
}

fn keep(cx: &Context, files: Vec<SentFile>, author: &str) -> PageResult {
    let is_of = |file: &SentFile, endings: &[&str]| endings.contains(&kept::ending(&file.name).as_str());
    let (files, of_archives) = unpacked(files);
    let (empty, files): (Vec<SentFile>, Vec<SentFile>) = files.into_iter().partition(|f| f.bytes.is_empty());
    let tables: Vec<&str> = table_endings().collect();
    let (tables, others): (Vec<SentFile>, Vec<SentFile>) = files.into_iter().partition(|f| is_of(f, &tables));
    let (activities, others): (Vec<SentFile>, Vec<SentFile>) = others.into_iter().partition(|f| is_of(f, &counted::ENDINGS));
    let (documents, unknown): (Vec<SentFile>, Vec<SentFile>) = others.into_iter().partition(|f| is_of(f, &DOCUMENTS));
    let mut sent: Vec<(&'static str, String)> = Vec::new();
    for file in &tables {
        sent.push(("sent", format!("{}{AND}{}", kept::keep(cx.app(), file)?, file.name)));
    }
    let mut told: Vec<String> = empty.iter().map(|f| m::file_empty(&f.name)).collect();
    told.extend(of_archives);
    for file in &activities {
        match counted::import(cx, file, author)? {
            Some(dataset) => sent.push(("sent", format!("{ACTIVITIES}{}{AND}{}", dataset.replace(AND, "\u{a0}"), file.name))),
            None => told.push(m::no_activities(&file.name)),
        }
    }
    told.extend(unknown.iter().map(not_opened));
    if sent.is_empty() && documents.is_empty() && !told.is_empty() {
        return refused(draw(cx, Vec::new(), Vec::new(), told.join(" ")));
    }
    // A document with a table is both: what is meant is for people to say.
    for file in documents.iter().filter(|f| ["html", "htm", "docx", "pdf"].contains(&kept::ending(&f.name).as_str())) {
        let kept = kept::keep(cx.app(), file)?;
        let looks = kept::looks(cx, &kept, &file.name, "").unwrap_or_default();
        if looks.iter().any(|l| l.proposals(cx.model(), &file.name).first().is_some_and(|p| p.weight > 0.0)) {
            sent.push(("sent", format!("{kept}{AND}{}", file.name)));
        }
    }
    let documents: Vec<File> = documents.into_iter().map(|f| File::Sent { name: f.name, bytes: f.bytes }).collect();
    if !documents.is_empty() {
        let (workspace, clearance) = (cx.app().workspace(), cx.app().clearance());
        let into = Ingest { workspace, clearance, url: "", whose: "", marking: Marking::Public, author };
        ingest(&into, &documents, |done| {
            // On its page it can be said whose it is, and decided what it proposes.
            if done.passages > 0 {
                sent.push(("sent", format!("{DOCUMENT}{}{AND}{}", done.document.replace(AND, "\u{a0}"), done.file)));
            }
            told.push(super::documents::told(&done));
        })?;
    }
    if let ([(_, one)], true) = (&sent[..], told.is_empty())
        && let Some((kept, name)) = one.split_once(AND)
    {
        if ![ACTIVITIES, DOCUMENT].iter().any(|other| kept.starts_with(other)) {
            kept::looks(cx, kept, name, "")?;
        }
        return Ok(see_other(&onward(cx, kept, name)));
    }
    sent.extend(told.into_iter().map(|t| ("sentence", t)));
    if sent.is_empty() {
        return refused(draw(cx, Vec::new(), Vec::new(), m::choose_sheet()));
    }
    Ok(see_other(&cx.telling("/sheets", &[], sent)))
}

/// Why a file is not opened, and what to do.
fn not_opened(file: &SentFile) -> String {
    match ARCHIVES.contains(&kept::ending(&file.name).as_str()) {
        true => m::archive_not_opened(&file.name),
        false => m::not_for_here(endings().join(" "), &file.name),
    }
}

/// Files of an archive that are named where they could not be taken out.
const LEFT_NAMED: usize = 20;

/// The files that were sent, with those of archives in their place, and what is to be told of these.
fn unpacked(files: Vec<SentFile>) -> (Vec<SentFile>, Vec<String>) {
    let (mut all, mut told) = (Vec::new(), Vec::new());
    for file in files {
        let found =
            Some(&file.bytes).filter(|_| kept::ending(&file.name) == "zip").and_then(|bytes| remit_sheet::unpacked(bytes));
        let Some(found) = found else {
            all.push(file);
            continue;
        };
        all.extend(found.files.into_iter().map(|(name, bytes)| SentFile { name, bytes }));
        told.extend(found.archives.iter().take(LEFT_NAMED).map(|name| m::archive_inside(format!("{}/{name}", file.name))));
        told.extend(found.left.iter().take(LEFT_NAMED).map(|name| m::left_packed(format!("{}/{name}", file.name))));
        let more = found.left.len().saturating_sub(LEFT_NAMED) + found.archives.len().saturating_sub(LEFT_NAMED);
        told.extend((more > 0).then(|| m::left_packed_more(more, &file.name)));
        told.extend(found.has_twice.then(|| m::packed_twice(&file.name)));
    }
    (all, told)
}

/// A kind whose records stand in sheets.
fn of_register(cx: &Context, kind: &Kind) -> Result<(), PageError> {
    let found = cx.model().register_kinds().any(|k| k.name == kind.name);
    if found { Ok(()) } else { Err(PageError::not_found(m::error_no_sheets_of(crate::messages::label(&kind.label)))) }
}

/// A workbook to fill in.
async fn template(request: PageRequest, KindName(kind): KindName) -> PageResult {
    let work = move |cx: &Context| {
        of_register(cx, &kind)?;
        let bytes = remit_sheet::template(cx.model(), &kind.name, language(), cx.reader);
        Ok(xlsx(&kind.name, bytes.map_err(|e| PageError::internal(&e))?))
    };
    request.read(work).await
}

/// The records of a kind as a workbook that comes back.
async fn export(request: PageRequest, KindName(kind): KindName) -> PageResult {
    let work = move |cx: &Context| {
        of_register(cx, &kind)?;
        let bytes = remit_sheet::export_workbook(cx.model(), cx.reader, Some(&kind.name), language());
        Ok(xlsx(&kind.name, bytes.map_err(|e| PageError::internal(&e))?))
    };
    request.read(work).await
}
