//! The form for a statement: made from the model, for a new record, for more about one, or to correct what was said.

use super::records::kind_of;
use super::text;
use crate::app::App;
use crate::error::PageError;
use crate::language::language;
use crate::page::{Page, crumb};
use crate::request::{Asked, Posted, html, see_other};
use crate::say::{called, say, with, with_one};
use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::Response;
use remit_import::{Meant, Names};
use remit_model::{EnvelopePart, Field, FieldType, Kind, Marking, Misread, Model, likeness, write_value};
use remit_store::{Draft, Reader, Reason, Register, Status};
use std::collections::HashMap;

/// Likeness of two names from which they may be one.
const LIKELY: f64 = 0.88;

#[derive(Template)]
#[template(path = "edit.html")]
struct EditPage {
    page: Page,
    help: String,
    action: String,
    heading: String,
    fields: Vec<Control>,
    dates: Vec<Control>,
    sourcing: Vec<Control>,
    hidden: Vec<(String, String)>,
    markings: Vec<(String, String, bool)>,
    withhold: Vec<(String, String, bool)>,
    withheld_markings: Vec<(String, String, bool)>,
    proposed: bool,
    no_source: bool,
    errors: Vec<(String, String, String)>,
    alike: Vec<(String, String)>,
    authors: String,
}

/// A field of the form.
#[derive(Debug, Clone, Default)]
struct Control {
    name: String,
    label: String,
    help: String,
    value: String,
    error: String,
    required: bool,
    long: bool,
    /// Codes to choose from.
    options: Vec<(String, String, bool)>,
    /// The kind of record that it names.
    of: String,
    /// The kind among whose names it is looked for while somebody types a new one.
    alike: String,
    /// Records or texts that are offered while typing.
    offers: Vec<String>,
}

/// What a form holds, as it was typed.
#[derive(Debug, Clone, Default)]
struct Form {
    values: HashMap<String, String>,
    withheld: Vec<String>,
    errors: HashMap<String, String>,
    alike: Vec<(String, String)>,
}

impl Form {
    fn get(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }
}

pub(crate) async fn form(State(app): State<App>, Path(kind): Path<String>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    let author = app.may_write()?;
    let kind = kind_of(&app, &kind)?.clone();
    app.read(asked.as_of.clone(), move |app, reader| {
        let form = if asked.get("statement").is_empty() {
            begun(&asked, reader, &kind, &author)?
        } else {
            let mut form = of_statement(app, reader, asked.get("statement"), &kind)?;
            form.values.insert("back".into(), asked.get("back").to_owned());
            if asked.get("accept") == "yes" {
                // Who changes a proposal means it.
                form.values.insert("status".into(), Status::Accepted.code().into());
            }
            form
        };
        draw(app, &asked, reader, &kind, &form)
    })
    .await
}

pub(crate) async fn post(State(app): State<App>, Path(kind): Path<String>, uri: Uri, body: Bytes) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    let author = app.may_write()?;
    let kind = kind_of(&app, &kind)?.clone();
    let posted = Posted::new(&body);
    app.read(asked.as_of.clone(), move |app, reader| {
        let mut form = Form { withheld: posted.all("withhold"), ..Form::default() };
        form.values = posted.0.into_iter().filter(|(n, _)| n != "withhold").collect();
        let draft = check(app, reader, &kind, &mut form)?;
        if !form.errors.is_empty() || !form.alike.is_empty() {
            return draw(app, &asked, reader, &kind, &form);
        }
        let mut register = Register::open(app.workspace())?;
        let act = if draft.supersedes.is_empty() { "entered" } else { "corrected" };
        let mut entry = register.entry(&author, act)?;
        let id = entry.append(&draft)?;
        let recorded = entry.commit()?;
        if let Some(page) = super::write::back(form.get("back"), &recorded.entry) {
            return Ok(page);
        }
        let record = if draft.record.is_empty() { id } else { draft.record };
        Ok(see_other(&asked.link(&format!("/record/{}", kind.name), &[("record", &record), ("said", &recorded.entry)])))
    })
    .await
}

/// A form that begins: what the address says, and the last source again.
fn begun(asked: &Asked, reader: &Reader, kind: &Kind, author: &str) -> Result<Form, PageError> {
    let mut form = Form::default();
    for (name, value) in &asked.parameters {
        form.values.insert(name.clone(), value.clone());
    }
    let last = reader.query(
        "select source, url, reliability from statement where author = :author and source is not null order by seq desc limit 1",
        &[("author", author.into())],
    )?;
    for name in ["source", "url", "reliability"] {
        if let Some(value) = last.rows.first().and_then(|_| last.get(0, name).text()) {
            form.values.entry(name.into()).or_insert_with(|| value.to_owned());
        }
    }
    form.values.insert("marking".into(), kind.marking.code().into());
    Ok(form)
}

/// A form with what a statement says, to correct it.
fn of_statement(app: &App, reader: &Reader, id: &str, kind: &Kind) -> Result<Form, PageError> {
    // The reader decides whether it may be seen; the register gives it whole.
    let seen = reader.query(
        "select record from statement where statement = :id and kind = :kind",
        &[("id", id.into()), ("kind", kind.name.as_str().into())],
    )?;
    let found = if seen.rows.is_empty() { None } else { Register::open(app.workspace())?.statement(id)? };
    let Some(s) = found else {
        return Err(PageError::not_found(say("error-no-statement")));
    };
    let mut form = Form::default();
    for (name, value) in &s.draft.fields {
        if !s.draft.withheld.iter().any(|(f, m)| f == name && *m > reader.as_of().clearance) {
            form.values.insert(name.clone(), write_value(value));
        }
    }
    for field in typed(app.model()) {
        form.values.insert(field.name.clone(), s.draft.envelope(&field.name).to_owned());
    }
    form.values.insert("marking".into(), s.draft.marking.code().into());
    form.values.insert("status".into(), s.draft.status.code().into());
    form.values.insert("record".into(), s.draft.record.clone());
    form.values.insert("statement".into(), id.to_owned());
    form.withheld = s.draft.withheld.iter().map(|(f, _)| f.clone()).collect();
    if let Some((_, marking)) = s.draft.withheld.first() {
        form.values.insert("withheld_marking".into(), marking.code().into());
    }
    if s.draft.envelope("source").is_empty() && s.draft.envelope("url").is_empty() {
        form.values.insert("no_source".into(), "yes".into());
    }
    Ok(form)
}

/// The names of the records of a kind that the reader sees.
pub(crate) fn names(app: &App, reader: &Reader, kind: &str) -> Result<Names, PageError> {
    let mut names = Names::default();
    let Some(kind) = app.model().kind(kind) else { return Ok(names) };
    for (record, name) in titled(kind, reader)? {
        names.add(&record, &name);
    }
    Ok(names)
}

/// Records with their names, acronyms and other names.
pub(crate) fn titled(kind: &Kind, reader: &Reader) -> Result<Vec<(String, String)>, PageError> {
    let Some(title) = &kind.title else { return Ok(Vec::new()) };
    let column = |name: &str| if kind.field(name).is_some() { format!("\"{name}\"") } else { "null".to_owned() };
    let sql = format!(
        "select record, \"{title}\" as title, {} as acronym, {} as names from \"{}\" order by 2",
        column("acronym"),
        column("names"),
        kind.view
    );
    let table = reader.query(&sql, &[])?;
    let mut found = Vec::new();
    for row in 0..table.rows.len() {
        let record = text(&table, row, "record").to_owned();
        let others: Vec<serde_json::Map<String, serde_json::Value>> =
            serde_json::from_str(text(&table, row, "names")).unwrap_or_default();
        let others = others.iter().filter_map(|o| o.get("name").and_then(|n| n.as_str()).map(str::to_owned));
        let own =
            [text(&table, row, "title"), text(&table, row, "acronym")].into_iter().filter(|n| !n.is_empty()).map(str::to_owned);
        found.extend(own.chain(others).map(|name| (record.clone(), name)));
    }
    Ok(found)
}

/// Reads a form into a draft; what is wrong stands beside its field, and nothing that was typed is lost.
fn check(app: &App, reader: &Reader, kind: &Kind, form: &mut Form) -> Result<Draft, PageError> {
    let model = app.model();
    let mut draft = Draft::new(model, &kind.name);
    draft.record = form.get("record").to_owned();
    let statement = form.get("statement").to_owned();
    for field in &kind.fields {
        let typed = form.get(&field.name).trim().to_owned();
        let read = match field.record_kind() {
            Some(of) if !typed.is_empty() => meant(app, reader, of, &typed)?.map(serde_json::Value::from),
            _ => field.read(&model.lists, &typed).map_err(|reason| misread(model, &reason)),
        };
        match read {
            Ok(value) if !value.is_null() => {
                draft.fields.insert(field.name.clone(), value);
            }
            Ok(_) if field.required && (draft.record.is_empty() || !statement.is_empty() || kind.title.is_none()) => {
                form.errors.insert(field.name.clone(), with_one("says-nothing", "field", called(&field.label)));
            }
            Ok(_) => {}
            Err(reason) => {
                form.errors.insert(field.name.clone(), reason);
            }
        }
    }
    if draft.fields.is_empty() && form.errors.is_empty() {
        let first = kind.fields.first().map_or("", |f| f.name.as_str()).to_owned();
        form.errors.insert(first, say("all-empty"));
    }
    envelope(model, form, &mut draft);
    for field in &form.withheld {
        let marking = form.get("withheld_marking").parse().unwrap_or(Marking::Confidential);
        draft.withheld.push((field.clone(), marking));
    }
    if !statement.is_empty() {
        supersede(app, reader, &statement, form, &mut draft)?;
    } else if draft.record.is_empty() && form.get("distinct") != "yes" && form.errors.is_empty() {
        form.alike = alike(kind, reader, &draft)?;
    }
    Ok(draft)
}

fn envelope(model: &Model, form: &mut Form, draft: &mut Draft) {
    for field in typed(model) {
        draft.set_envelope(&field.name, form.get(&field.name).trim().to_owned());
    }
    for fault in draft.faults(model) {
        form.errors.entry(fault.field).or_insert_with(|| refused(model, &fault.reason));
    }
    if draft.envelope("source").is_empty() && draft.envelope("url").is_empty() && form.get("no_source") != "yes" {
        form.errors.insert("source".into(), say("say-source"));
    }
    match form.get("marking").parse() {
        Ok(marking) => draft.marking = marking,
        Err(_) if form.get("marking").is_empty() => {}
        Err(reason) => {
            form.errors.insert("marking".into(), reason);
        }
    }
    draft.status = Status::from_code(form.get("status")).unwrap_or_default();
}

/// The fields of the envelope that stand in a form as they are: dates and source.
fn typed(model: &Model) -> impl Iterator<Item = &Field> {
    model.envelope.of(EnvelopePart::Dates).chain(model.envelope.of(EnvelopePart::Source))
}

/// Why the register would not record something, in the reader's language.
fn refused(model: &Model, reason: &Reason) -> String {
    match reason {
        Reason::Misread(reason) => misread(model, reason),
        Reason::Before(_) => say("ends-before"),
        Reason::Unknown { .. } | Reason::Identifier => reason.to_string(),
    }
}

/// Why what was typed is no value, in the reader's language.
fn misread(model: &Model, reason: &Misread) -> String {
    match reason {
        Misread::Whole(text) => with_one("no-whole-number", "text", text.as_str()),
        Misread::Number(text) => with_one("no-number", "text", text.as_str()),
        Misread::Boolean(text) => with_one("no-yes-or-no", "text", text.as_str()),
        Misread::Date(text) => with_one("no-date", "text", text.as_str()),
        Misread::Code { text, list, some } => {
            let list = model.lists.get(list).map_or(list.clone(), |l| called(&l.title));
            with("no-code", &[("text", text.as_str().into()), ("list", list.as_str().into()), ("some", some.as_str().into())])
        }
        Misread::Parts { text, parts } => with("more-parts", &[("text", text.as_str().into()), ("parts", parts.as_str().into())]),
        Misread::Empty(text) => with_one("empty-part", "text", text.as_str()),
        Misread::Url(_) => say("address-begins"),
        Misread::Form { .. } => reason.to_string(),
    }
}

/// The record that is meant by what somebody typed.
fn meant(app: &App, reader: &Reader, of: &str, typed: &str) -> Result<Result<String, String>, PageError> {
    let names = names(app, reader, of)?;
    Ok(match names.find(typed, "") {
        Meant::One(record) => Ok(record),
        Meant::Several(records) => Err(with(
            "several-called",
            &[("n", records.len().into()), ("name", typed.into()), ("ids", records.join(", ").into())],
        )),
        Meant::None => Err(match names.suggestion(typed) {
            Some(like) => with("none-called-like", &[("name", typed.into()), ("like", like.into())]),
            None => with_one("none-called", "name", typed),
        }),
    })
}

fn supersede(app: &App, reader: &Reader, id: &str, form: &mut Form, draft: &mut Draft) -> Result<(), PageError> {
    let register = Register::open(app.workspace())?;
    let Some(before) = register.statement(id)? else {
        return Err(PageError::not_found(say("error-gone")));
    };
    let now = register.successor(before.clone())?;
    if now.id != before.id {
        let first = draft.fields.keys().next().cloned().unwrap_or_default();
        form.errors.insert(first, with_one("changed-meanwhile", "who", now.author));
    }
    draft.record.clone_from(&before.draft.record);
    draft.supersedes = vec![before.id];
    // What the reader may not see stays as it is.
    for (field, marking) in &before.draft.withheld {
        if *marking > reader.as_of().clearance
            && let Some(value) = before.draft.fields.get(field)
        {
            draft.fields.insert(field.clone(), value.clone());
            draft.withheld.retain(|(f, _)| f != field);
            draft.withheld.push((field.clone(), *marking));
        }
    }
    Ok(())
}

/// Records whose name is like that of a new one.
fn alike(kind: &Kind, reader: &Reader, draft: &Draft) -> Result<Vec<(String, String)>, PageError> {
    let Some(name) = kind.title.as_ref().and_then(|t| draft.fields.get(t)).and_then(|v| v.as_str()) else {
        return Ok(Vec::new());
    };
    let country = draft.fields.get("country").and_then(|c| c.as_str());
    let mut found: Vec<(f64, String, String)> = titled(kind, reader)?
        .into_iter()
        .map(|(record, other)| (likeness(name, &other), record, other))
        .filter(|(alike, record, _)| *alike >= LIKELY && country.is_none_or(|c| !elsewhere(record, c)))
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.dedup_by(|a, b| a.1 == b.1);
    Ok(found.into_iter().take(5).map(|(_, record, other)| (record, other)).collect())
}

/// True where an identifier begins with the code of another country.
fn elsewhere(record: &str, country: &str) -> bool {
    record.split_once('/').is_some_and(|(c, _)| c.len() == 2 && !c.eq_ignore_ascii_case(country))
}

fn draw(app: &App, asked: &Asked, reader: &Reader, kind: &Kind, form: &Form) -> Result<Response, PageError> {
    let model = app.model();
    let mut fields = Vec::new();
    for field in &kind.fields {
        fields.push(control(model, reader, field, form)?);
    }
    if let Some(title) = fields.iter_mut().find(|c| Some(&c.name) == kind.title.as_ref() && form.get("record").is_empty()) {
        title.alike.clone_from(&kind.name);
    }
    let sources =
        reader.query("select distinct source from (select source from statement where source is not null order by seq desc limit 500) order by 1", &[])?;
    let mut errors: Vec<(String, String, String)> = Vec::new();
    let part = |part| model.envelope.of(part).map(|field| plain(model, field, form)).collect::<Vec<Control>>();
    let (dates, mut sourcing) = (part(EnvelopePart::Dates), part(EnvelopePart::Source));
    if let Some(source) = sourcing.iter_mut().find(|c| c.name == "source") {
        source.offers = sources.rows.iter().filter_map(|r| r[0].text().map(str::to_owned)).collect();
    }
    for c in fields.iter().chain(&dates).chain(&sourcing).filter(|c| !c.error.is_empty()) {
        errors.push((c.name.clone(), c.label.clone(), c.error.clone()));
    }
    let correcting = !form.get("statement").is_empty();
    let (title, heading) = match (correcting, form.get("record").is_empty()) {
        (true, _) => ("correct-said", "correct"),
        (false, false) => ("say-more", "record-it"),
        (false, true) => ("new", "record-it"),
    };
    let marking = |chosen: &str| -> Vec<(String, String, bool)> {
        Marking::ALL
            .iter()
            .map(|m| (m.code().to_owned(), model.lists.name("marking", m.code(), language()).to_owned(), m.code() == chosen))
            .collect()
    };
    let hidden = ["record", "statement", "back"]
        .iter()
        .filter(|n| !form.get(n).is_empty())
        .map(|n| ((*n).to_owned(), form.get(n).to_owned()))
        .collect();
    let crumbs = vec![
        crumb(say("overview"), asked.link("/", &[])),
        crumb(called(&kind.label), asked.link(&format!("/records/{}", kind.name), &[])),
    ];
    let withheld = form.get("withheld_marking");
    let template = EditPage {
        page: Page::new(
            app,
            asked,
            with("page-of-kind", &[("title", say(title).into()), ("kind", called(&kind.label).to_lowercase().into())]),
            crumbs,
        ),
        help: called(&kind.help),
        action: asked.link(&format!("/edit/{}", kind.name), &[]),
        heading: say(heading),
        withhold: kind.fields.iter().map(|f| (f.name.clone(), called(&f.label), form.withheld.contains(&f.name))).collect(),
        withheld_markings: marking(if withheld.is_empty() { "confidential" } else { withheld }),
        markings: marking(form.get("marking")),
        proposed: form.get("status") == "proposed",
        no_source: form.get("no_source") == "yes",
        alike: form
            .alike
            .iter()
            .map(|(record, name)| (name.clone(), asked.link(&format!("/record/{}", kind.name), &[("record", record)])))
            .collect(),
        authors: app.author().unwrap_or_default().to_owned(),
        fields,
        dates,
        sourcing,
        hidden,
        errors,
    };
    Ok(html(template.render()?))
}

fn control(model: &Model, reader: &Reader, field: &Field, form: &Form) -> Result<Control, PageError> {
    let value = form.get(&field.name).to_owned();
    let mut control = Control {
        name: field.name.clone(),
        label: called(&field.label),
        help: [field.help.get(language()), model.lists.name("unit", &field.unit, language())].join(" ").trim().to_owned(),
        error: form.errors.get(&field.name).cloned().unwrap_or_default(),
        required: field.required,
        long: field.long || field.name == "note" || matches!(field.kind, FieldType::List(_)),
        value,
        ..Control::default()
    };
    match &field.kind {
        FieldType::Code(list) => control.options = options(model, list, &control.value, true),
        FieldType::Boolean => {
            let yes = control.value == "1" || control.value == "yes";
            control.options = [
                ("", "not-said", control.value.is_empty()),
                ("yes", "yes", yes),
                ("no", "no", !yes && !control.value.is_empty()),
            ]
            .map(|(c, l, s)| (c.to_owned(), say(l), s))
            .to_vec();
        }
        FieldType::Record(of) => {
            control.of.clone_from(of);
            let kind = model.kind(of);
            if let Some(kind) = kind.filter(|k| k.title.is_some() && !control.value.is_empty()) {
                // An identifier is shown as the name, where that name means nobody else.
                let sql = format!(
                    "select \"{}\" from \"{}\" where record = :record",
                    kind.title.as_deref().unwrap_or_default(),
                    kind.view
                );
                let named = reader.query(&sql, &[("record", control.value.as_str().into())])?;
                if let Some(name) = named.rows.first().and_then(|r| r[0].text()) {
                    let title = kind.title.as_deref().unwrap_or_default();
                    let namesake = format!(
                        "select 1 from \"{}_statement\" where \"{title}\" = :name and record <> :record limit 1",
                        kind.view
                    );
                    let same = [("name", name.into()), ("record", control.value.as_str().into())];
                    if reader.query(&namesake, &same)?.rows.is_empty() {
                        control.value = name.to_owned();
                    }
                }
            }
            if let Some(kind) = kind {
                control.offers = some_titles(kind, reader)?;
            }
        }
        FieldType::Date if control.help.is_empty() => control.help = say("date-help"),
        _ => {}
    }
    Ok(control)
}

/// The first names of a kind.
fn some_titles(kind: &Kind, reader: &Reader) -> Result<Vec<String>, PageError> {
    let Some(title) = &kind.title else { return Ok(Vec::new()) };
    let first = format!("select \"{title}\" from \"{}_statement\" where \"{title}\" is not null limit {MOST_OFFERS}", kind.view);
    let table = reader.query(&format!("select distinct \"{title}\" from ({first}) order by 1"), &[])?;
    Ok(table.rows.iter().filter_map(|r| r[0].text().map(str::to_owned)).collect())
}

/// Names that a page offers by itself; the rest is asked for while typing.
const MOST_OFFERS: usize = 200;

/// A field of the envelope.
fn plain(model: &Model, field: &Field, form: &Form) -> Control {
    let value = form.get(&field.name).to_owned();
    let options = match &field.kind {
        FieldType::Code(list) => options(model, list, &value, true),
        _ => Vec::new(),
    };
    Control {
        name: field.name.clone(),
        label: called(&field.label),
        // What a grade means, its choices say.
        help: if options.is_empty() { called(&field.help) } else { String::new() },
        error: form.errors.get(&field.name).cloned().unwrap_or_default(),
        long: field.long,
        value,
        options,
        ..Control::default()
    }
}

fn options(model: &Model, list: &str, value: &str, empty: bool) -> Vec<(String, String, bool)> {
    let codes = model.lists.get(list).map_or(&[][..], |l| l.codes());
    let chosen = model.lists.get(list).and_then(|l| l.find(value)).map(|c| c.code.clone()).unwrap_or_default();
    let mut options: Vec<(String, String, bool)> = Vec::new();
    if empty {
        options.push((String::new(), say("not-said"), chosen.is_empty()));
    }
    options.extend(codes.iter().filter(|c| c.status != "withdrawn").map(|c| {
        let code = if list.ends_with("ility") { format!("{}: {}", c.code, called(&c.label)) } else { called(&c.label) };
        (c.code.clone(), code, c.code == chosen)
    }));
    options
}

/// Names for the list under a field, while somebody types.
pub(crate) async fn suggest(State(app): State<App>, Path(kind): Path<String>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    let kind = kind_of(&app, &kind)?.clone();
    app.read(asked.as_of.clone(), move |_, reader| {
        let typed = asked.get("q").to_owned();
        let words = reader.search(&typed)?;
        let by_words: Vec<(String, String)> = (0..words.rows.len())
            .filter(|r| text(&words, *r, "kind") == kind.name)
            .map(|r| (text(&words, r, "record").to_owned(), text(&words, r, "title").to_owned()))
            .collect();
        // Only where no word fits is every name compared. What a word of another name has found stays in the list.
        let scored = |found: Vec<(String, String)>, least: f64| -> Vec<(f64, String, String)> {
            found.into_iter().map(|(record, name)| (closeness(&typed, &name).max(least), record, name)).collect()
        };
        let mut found = if by_words.is_empty() { scored(titled(&kind, reader)?, 0.0) } else { scored(by_words, 0.7) };
        found.retain(|f| f.0 > 0.6);
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.cmp(&b.2)));
        found.truncate(20);
        let list: Vec<serde_json::Value> = found
            .iter()
            .map(|(alike, record, name)| serde_json::json!({ "name": name, "record": record, "same": *alike >= LIKELY }))
            .collect();
        Ok(crate::request::json(&serde_json::Value::Array(list)))
    })
    .await
}

/// Likeness, and more where the name begins with what was typed or has it in it.
fn closeness(typed: &str, name: &str) -> f64 {
    let (t, n) = (remit_model::latin(typed), remit_model::latin(name));
    let alike = likeness(typed, name);
    if n.starts_with(&t) {
        alike.max(0.85)
    } else if n.contains(&t) {
        alike.max(0.8)
    } else {
        alike * 0.8
    }
    .max(if alike >= LIKELY { alike } else { 0.0 })
}
