//! The form for a statement: made from the model, for a new record, for more about one, or to correct what was said.

pub(super) mod above;
mod draft;
mod edit_form;
mod fields;

use crate::app::App;
use crate::cells::code_label;
use crate::context::Context;
use crate::figures::{clauses, date};
use crate::frame::{Choice, Link, Page, from_overview};
use crate::last_source::LastSource;
use crate::m;
use crate::messages::label;
use crate::post::{Fields, PostedForm};
use crate::request::{Author, KindName, PageRequest};
use crate::response::{PageResult, back, html, refused, see_other};
use crate::routes::form;
use askama::Template;
use axum::Router;
use axum::routing::get;
use edit_form::{EditForm, of_envelope, withheld_name};
use fields::FormField;
use remit_model::{Field, FieldType, Kind, Marking};
use remit_reader::ingest::doer_of;
use remit_store::{Register, Status};

pub(super) fn routes() -> Router<App> {
    form("/edit/{kind}", get(show).post(post)).merge(above::routes())
}

#[derive(Template)]
#[template(path = "edit/page.html")]
struct EditPage {
    page: Page,
    help: String,
    action: String,
    heading: String,
    /// What the kind needs first, and the rest.
    fields: Vec<FormField>,
    further: Vec<FormField>,
    /// True where something further is said, or wrong.
    shows_further: bool,
    /// Source, grade, dates and marking in a line, as they were used last.
    envelope: String,
    /// True where something in it is wrong, or the source is not known yet and none is offered.
    shows_envelope: bool,
    said: String,
    dates: Vec<FormField>,
    sourcing: Vec<FormField>,
    hidden: Vec<(&'static str, String)>,
    markings: Vec<Choice>,
    /// A marking for each field that can be seen, where it is not that of the statement.
    withhold: Vec<FieldMarking>,
    /// True where a single field has a marking of its own.
    restricts: bool,
    marking_error: String,
    /// True where a marking would be lowered, which needs a reason.
    lowers: bool,
    lowering: String,
    proposed: bool,
    no_source: bool,
    /// The source that was named last, to choose it.
    offered: Option<LastSource>,
    errors: Vec<FieldError>,
    alike: Vec<Link>,
    /// What does not add up, to be mended or meant.
    uneven: Vec<String>,
    author: String,
    /// The statement that is corrected, and may be withdrawn.
    statement: String,
}

/// Who may see a single field.
struct FieldMarking {
    name: String,
    label: String,
    error: String,
    markings: Vec<Choice>,
}

/// What is wrong in a field, for the list above the form.
struct FieldError {
    field: String,
    label: String,
    error: String,
}

async fn show(request: PageRequest, Author(author): Author, KindName(kind): KindName) -> PageResult {
    request
        .read(move |cx| {
            let form = match cx.request.get("statement") {
                "" => EditForm::begun(cx, &kind, &author)?,
                statement => EditForm::of_statement(cx, &kind, statement)?,
            };
            draw(cx, &kind, &form)
        })
        .await
}

async fn post(
    request: PageRequest,
    Author(author): Author,
    KindName(kind): KindName,
    PostedForm(posted): PostedForm<Fields>,
) -> PageResult {
    request.read(move |cx| record(cx, &kind, EditForm::posted(cx, &kind, &posted), &author)).await
}

/// Records what the form says, or shows it again with what is wrong.
fn record(cx: &Context, kind: &Kind, mut form: EditForm, author: &str) -> PageResult {
    form.offer(cx, author)?;
    let draft = draft::read(cx, kind, &mut form)?;
    if !form.errors.is_empty() || !form.strange.is_empty() {
        return refused(draw(cx, kind, &form));
    }
    if !form.alike.is_empty() || !form.uneven.is_empty() {
        return draw(cx, kind, &form);
    }
    let mut register = Register::open(cx.app().workspace())?;
    let doer = doer_of(cx.model(), &register, &draft)?;
    let mut entry = register.entry(author, &act(&form))?;
    let sent = if draft.origin.is_empty() { None } else { entry.from_origin(&draft.origin)?.into_iter().next() };
    if let Some(first) = sent {
        let parameters = [("record", first.draft.record.as_str()), ("said", &first.entry)];
        return Ok(see_other(&cx.link(&format!("/record/{}", kind.name), &parameters)));
    }
    if let Some(doer) = &doer {
        entry.append(doer)?;
    }
    let id = entry.append(&draft)?;
    let recorded = entry.commit()?;
    if let Some(page) = back(form.get("back"), &recorded.entry) {
        return Ok(page);
    }
    if form.get("another") == "yes" {
        return Ok(see_other(&another(cx, kind, &form, &recorded.entry)));
    }
    if draft.marking > cx.app().clearance() {
        return Ok(see_other(&above::address(cx, kind, &draft, false, &recorded.entry)));
    }
    let record = if draft.record.is_empty() { id } else { draft.record };
    Ok(see_other(&cx.link(&format!("/record/{}", kind.name), &[("record", &record), ("said", &recorded.entry)])))
}

/// The form for another record, with what usually stays the same: what is chosen from a list, whom it is about, and the source. Where
/// in the source it stands, and in which words, does not.
fn another(cx: &Context, kind: &Kind, form: &EditForm, entry: &str) -> String {
    let stays = |f: &&Field| matches!(f.kind, FieldType::Code(_) | FieldType::Record(_)) || form.get(&f.name).is_empty();
    let mut kept: Vec<(&str, &str)> = kind.fields.iter().filter(stays).map(|f| (f.name.as_str(), form.get(&f.name))).collect();
    let stays = |name: &&str| !matches!(*name, "locator" | "quote");
    kept.extend(of_envelope(cx.model()).map(|f| f.name.as_str()).filter(stays).map(|name| (name, form.get(name))));
    kept.extend([("marking", form.get("marking")), ("said", entry)]);
    cx.link(&format!("/edit/{}", kind.name), &kept)
}

/// What the history says was done.
fn act(form: &EditForm) -> String {
    match (form.corrects(), form.get("lowering")) {
        (false, _) => "entered".to_owned(),
        (true, "") => "corrected".to_owned(),
        (true, reason) => format!("corrected; marking lowered: {reason}"),
    }
}

fn draw(cx: &Context, kind: &Kind, form: &EditForm) -> PageResult {
    let (fields, dates, sourcing) = (fields::of_kind(cx, kind, form)?, fields::dates(cx, form), fields::sourcing(cx, form)?);
    let withhold = withhold(cx, kind, form);
    let errors = errors(cx, form, [&fields, &dates, &sourcing], &withhold);
    let envelope_is_wrong = errors.iter().any(|e| !fields.iter().any(|f| f.name == e.field));
    let first = fields::first(kind);
    let (mut fields, further): (Vec<FormField>, Vec<FormField>) =
        fields.into_iter().partition(|f| first.contains(&f.name.as_str()));
    // After “save and add another” the next record is typed at once, from the first field that does not stay the same.
    let next = fields.iter_mut().find(|f| f.value.is_empty() && !f.sealed);
    if let Some(field) = next.filter(|_| !cx.request.said.is_empty() && errors.is_empty()) {
        field.focus = true;
    }
    let name = label(&kind.label);
    let mut crumbs = vec![from_overview(cx), Link::new(&name, cx.link(&format!("/records/{}", kind.name), &[]))];
    let record = form.get("record");
    let title = match cx.reader.called(&[(&kind.name, record)])?.remove(record) {
        Some(called) => {
            crumbs.push(Link::new(&called, cx.record_link(&kind.name, record)));
            m::pair(title(form), called)
        }
        None => m::page_of_kind(name.to_lowercase(), title(form)),
    };
    html(&EditPage {
        page: Page::new(cx, title, crumbs)
            .with_errors(!errors.is_empty())
            .with_terms(cx, kind.fields.iter().map(|f| f.name.as_str()).chain(["statement", "marking", "grade"])),
        help: label(&kind.help),
        action: cx.link(&format!("/edit/{}", kind.name), &[]),
        heading: if form.corrects() { m::correct() } else { m::record_it() },
        hidden: form.hidden(),
        shows_further: further.iter().any(|f| !f.value.is_empty() || !f.error.is_empty() || f.sealed),
        shows_envelope: envelope_is_wrong
            || (form.get("source").is_empty() && form.get("no-source") != "yes" && form.offered.is_none()),
        envelope: envelope(cx, form),
        further,
        said: cx.request.said.clone(),
        markings: markings(cx, form.get("marking")),
        restricts: withhold.iter().any(|w| w.markings.iter().any(|c| c.here && !c.value.is_empty()) || !w.error.is_empty()),
        marking_error: form.errors.get("marking").cloned().unwrap_or_default(),
        lowers: form.errors.contains_key("marking") || withhold.iter().any(|w| !w.error.is_empty()),
        lowering: form.get("lowering").to_owned(),
        withhold,
        proposed: form.get("status_of_statement") == Status::Proposed.code(),
        no_source: form.get("no-source") == "yes",
        offered: form.offered.clone(),
        errors,
        alike: form.alike.iter().map(|n| Link::new(&n.name, cx.record_link(&kind.name, &n.record))).collect(),
        uneven: form.uneven.clone(),
        author: cx.app().author().unwrap_or_default().to_owned(),
        statement: form.get("statement").to_owned(),
        fields,
        dates,
        sourcing,
    })
}

/// Source, grade, dates and marking in a line. A link may have anything in their place: words are quoted, and all else is a code or a date.
fn envelope(cx: &Context, form: &EditForm) -> String {
    let source = if form.get("source").is_empty() { m::no_source_yet() } else { m::source_said(form.get("source")) };
    let is_short = |text: &&str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let given = |name: &str| Some(form.get(name)).filter(is_short).unwrap_or_default();
    let grade = format!("{}{}", given("reliability"), given("credibility"));
    let dates = ["valid_from", "valid_to"].map(|name| if given(name).is_empty() { String::new() } else { date(given(name)) });
    let dates = if dates.iter().all(String::is_empty) { String::new() } else { dates.join(" – ") };
    let marking = code_label(cx.model(), "marking", form.get("marking")).to_lowercase();
    clauses(&[source, grade, dates, marking].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>())
}

/// All that is wrong, in the order of the form.
fn errors(cx: &Context, form: &EditForm, fields: [&[FormField]; 3], withhold: &[FieldMarking]) -> Vec<FieldError> {
    let typed = fields.into_iter().flatten().map(|f| (&f.name, &f.label, &f.error));
    let of_statement = |name: &str| {
        let known = cx.model().envelope.get(name)?;
        Some((name.to_owned(), label(&known.field.label), form.errors.get(name)?.clone()))
    };
    let marks: Vec<_> = ["marking", "status_of_statement"].into_iter().filter_map(of_statement).collect();
    let marked = marks.iter().map(|(name, label, error)| (name, label, error));
    let single = withhold.iter().map(|w| (&w.name, &w.label, &w.error));
    let all = typed.chain(marked).chain(single).filter(|(_, _, error)| !error.is_empty());
    let all = all.map(|(field, label, error)| FieldError { field: field.clone(), label: label.clone(), error: error.clone() });
    // What the form does not have has no place there: the link leads to where it begins.
    let first = fields[0].first().map(|f| f.name.clone()).unwrap_or_default();
    let strange = form.strange.iter().map(|(name, like)| {
        let like = like.as_ref().map(|like| format!(" {}", m::did_you_mean(like)));
        FieldError { field: first.clone(), label: name.clone(), error: m::not_in_form() + &like.unwrap_or_default() }
    });
    strange.chain(all).collect()
}

/// The markings of single fields; of what this reader may not see, nothing is told.
fn withhold(cx: &Context, kind: &Kind, form: &EditForm) -> Vec<FieldMarking> {
    let one = |f: &Field| {
        let name = withheld_name(&f.name);
        let chosen = form.get(&name);
        let mut markings = markings(cx, chosen);
        markings.insert(0, Choice::new("", m::as_the_statement(), chosen.is_empty()));
        let error = form.errors.get(&name).cloned().unwrap_or_default();
        FieldMarking { label: label(&f.label), error, markings, name }
    };
    kind.fields.iter().filter(|f| !form.sealed.contains(&f.name)).map(one).collect()
}

fn title(form: &EditForm) -> String {
    match (form.corrects(), form.get("record").is_empty()) {
        (true, _) => m::correct_said(),
        (false, false) => m::say_more(),
        (false, true) => m::new(),
    }
}

fn markings(cx: &Context, chosen: &str) -> Vec<Choice> {
    let choice = |m: &Marking| Choice::new(m.code(), code_label(cx.model(), "marking", m.code()), m.code() == chosen);
    Marking::ALL.iter().map(choice).collect()
}
