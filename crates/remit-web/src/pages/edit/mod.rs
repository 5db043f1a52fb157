//! The form for a statement: made from the model, for a new record, for more about one, or to correct what was said.

mod draft;
mod edit_form;
mod fields;

use crate::app::App;
use crate::cells::code_label;
use crate::context::Context;
use crate::frame::{Choice, Link, Page, from_overview};
use crate::m;
use crate::messages::label;
use crate::post::{Fields, PostedForm};
use crate::request::{Author, KindName, PageRequest};
use crate::response::{PageResult, back, html, see_other};
use crate::routes::form;
use askama::Template;
use axum::Router;
use axum::routing::get;
use edit_form::EditForm;
use fields::FormField;
use remit_model::{Kind, Marking};
use remit_store::{Register, Status};

pub(super) fn routes() -> Router<App> {
    form("/edit/{kind}", get(show).post(post))
}

#[derive(Template)]
#[template(path = "edit/page.html")]
struct EditPage {
    page: Page,
    help: String,
    action: String,
    heading: String,
    fields: Vec<FormField>,
    dates: Vec<FormField>,
    sourcing: Vec<FormField>,
    hidden: Vec<(&'static str, String)>,
    markings: Vec<Choice>,
    withhold: Vec<Choice>,
    withheld_markings: Vec<Choice>,
    proposed: bool,
    no_source: bool,
    errors: Vec<FieldError>,
    alike: Vec<Link>,
    author: String,
    /// The statement that is corrected, and may be withdrawn.
    statement: String,
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
    request.read(move |cx| record(cx, &kind, EditForm::posted(&posted), &author)).await
}

/// Records what the form says, or shows it again with what is wrong.
fn record(cx: &Context, kind: &Kind, mut form: EditForm, author: &str) -> PageResult {
    let draft = draft::read(cx, kind, &mut form)?;
    if !form.errors.is_empty() || !form.alike.is_empty() {
        return draw(cx, kind, &form);
    }
    let mut register = Register::open(cx.app().workspace())?;
    let act = if draft.supersedes.is_empty() { "entered" } else { "corrected" };
    let mut entry = register.entry(author, act)?;
    let id = entry.append(&draft)?;
    let recorded = entry.commit()?;
    if let Some(page) = back(form.get("back"), &recorded.entry) {
        return Ok(page);
    }
    let record = if draft.record.is_empty() { id } else { draft.record };
    Ok(see_other(&cx.link(&format!("/record/{}", kind.name), &[("record", &record), ("said", &recorded.entry)])))
}

fn draw(cx: &Context, kind: &Kind, form: &EditForm) -> PageResult {
    let (fields, dates, sourcing) = (fields::of_kind(cx, kind, form)?, fields::dates(cx, form), fields::sourcing(cx, form)?);
    let errors = fields.iter().chain(&dates).chain(&sourcing).filter(|f| !f.error.is_empty());
    let name = label(&kind.label);
    let title = m::page_of_kind(name.to_lowercase(), title(form));
    let withheld_marking = Some(form.get("withheld-marking")).filter(|m| !m.is_empty()).unwrap_or(Marking::Confidential.code());
    html(&EditPage {
        page: Page::new(cx, title, vec![from_overview(cx), Link::new(&name, cx.link(&format!("/records/{}", kind.name), &[]))]),
        help: label(&kind.help),
        action: cx.link(&format!("/edit/{}", kind.name), &[]),
        heading: if form.corrects() { m::correct() } else { m::record_it() },
        hidden: form.hidden(),
        markings: markings(cx, form.get("marking")),
        withhold: kind.fields.iter().map(|f| Choice::new(&f.name, label(&f.label), form.withheld.contains(&f.name))).collect(),
        withheld_markings: markings(cx, withheld_marking),
        proposed: form.get("status_of_statement") == Status::Proposed.code(),
        no_source: form.get("no-source") == "yes",
        errors: errors.map(|f| FieldError { field: f.name.clone(), label: f.label.clone(), error: f.error.clone() }).collect(),
        alike: form.alike.iter().map(|n| Link::new(&n.name, cx.record_link(&kind.name, &n.record))).collect(),
        author: cx.app().author().unwrap_or_default().to_owned(),
        statement: form.get("statement").to_owned(),
        fields,
        dates,
        sourcing,
    })
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
