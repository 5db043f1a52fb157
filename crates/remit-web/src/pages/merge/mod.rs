//! Two records that are one: what is said of the other becomes said of this one.

use crate::app::App;
use crate::context::Context;
use crate::figures::listed;
use crate::frame::{Link, Page, from_overview};
use crate::m;
use crate::names::{self, NamedRecord};
use crate::post::PostedForm;
use crate::request::{Author, KindName, PageRequest};
use crate::response::{PageResult, html, refused, see_other};
use crate::routes::form;
use askama::Template;
use axum::Router;
use axum::routing::get;
use remit_model::{Kind, likeness};
use remit_sheet::Meant;
use remit_store::Register;
use serde::Deserialize;

pub(super) fn routes() -> Router<App> {
    form("/merge/{kind}", get(show).post(post))
}

/// Likeness from which another record is offered, and how many are.
const ALIKE: f64 = 0.75;
const MOST: usize = 8;

#[derive(Template)]
#[template(path = "merge/page.html")]
struct MergePage {
    page: Page,
    action: String,
    record: String,
    name: String,
    other: String,
    error: String,
    kind: String,
    alike: Vec<NamedRecord>,
}

/// What the form sends: a record, and what was typed for the other.
#[derive(Default, Deserialize)]
#[serde(default)]
struct MergeForm {
    record: String,
    other: String,
}

async fn show(request: PageRequest, Author(_): Author, KindName(kind): KindName) -> PageResult {
    request
        .read(move |cx| {
            names::must_be_known(cx, &kind, cx.request.get("record"))?;
            let form = MergeForm { record: cx.request.get("record").to_owned(), ..MergeForm::default() };
            draw(cx, &kind, form, String::new())
        })
        .await
}

async fn post(
    request: PageRequest,
    Author(author): Author,
    KindName(kind): KindName,
    PostedForm(form): PostedForm<MergeForm>,
) -> PageResult {
    request.read(move |cx| merge(cx, &kind, form, &author)).await
}

fn merge(cx: &Context, kind: &Kind, form: MergeForm, author: &str) -> PageResult {
    names::must_be_known(cx, kind, &form.record)?;
    let other = match names::lookup(cx, &kind.name)?.find(form.other.trim(), "") {
        Meant::One(other) | Meant::Likely(other, _) if other != form.record => other,
        Meant::One(_) | Meant::Likely(..) => return refused(draw(cx, kind, form, m::itself())),
        Meant::Several(all) => return refused(draw(cx, kind, form, m::several_called_so(listed(&all), all.len()))),
        Meant::None => return refused(draw(cx, kind, form, m::none_called_so())),
    };
    let recorded = Register::open(cx.app().workspace())?.merge(&kind.name, &form.record, &other, author)?;
    let parameters = [("record", form.record.as_str()), ("said", &recorded.entry)];
    Ok(see_other(&cx.link(&format!("/record/{}", kind.name), &parameters)))
}

fn draw(cx: &Context, kind: &Kind, form: MergeForm, error: String) -> PageResult {
    let all = names::all(cx, kind)?;
    let called = cx.reader.called(&[(&kind.name, &form.record)])?.remove(&form.record);
    let name = called.unwrap_or_else(|| form.record.clone());
    let likely = |n: NamedRecord| {
        let alike = likeness(&name, &n.name);
        (alike > ALIKE && n.record != form.record).then_some((alike, n))
    };
    let mut alike: Vec<(f64, NamedRecord)> = all.into_iter().filter_map(likely).collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0));
    alike.truncate(MOST);
    let crumbs = vec![from_overview(cx), Link::new(&name, cx.record_link(&kind.name, &form.record))];
    html(&MergePage {
        page: Page::new(cx, m::same_as(&name), crumbs).with_errors(!error.is_empty()),
        action: cx.link(&format!("/merge/{}", kind.name), &[]),
        record: form.record,
        other: form.other,
        error,
        kind: kind.name.clone(),
        alike: alike.into_iter().map(|(_, n)| n).collect(),
        name,
    })
}
