//! What was recorded above what is shown here: that it was, and how it is seen.

use crate::app::App;
use crate::cells::code_label;
use crate::context::Context;
use crate::frame::{Link, Page, from_overview};
use crate::m;
use crate::messages::label;
use crate::pages::redact::{EACH, TakesAway};
use crate::request::{Author, KindName, PageRequest};
use crate::response::{PageResult, html};
use crate::routes::form;
use askama::Template;
use axum::Router;
use axum::routing::get;
use remit_model::{Kind, Marking};
use remit_store::Draft;

pub(super) fn routes() -> Router<App> {
    form("/recorded/{kind}", get(show))
}

/// The address of this page, for one statement or for those of several records.
pub(in crate::pages) fn address(cx: &Context, kind: &Kind, draft: &Draft, several: bool, entry: &str) -> String {
    // What could be seen before is named by its record, which whoever sends this knows.
    let before = match (draft.supersedes.is_empty(), several) {
        (true, _) => "",
        (false, true) => EACH,
        (false, false) => draft.record.as_str(),
    };
    cx.link(&format!("/recorded/{}", kind.name), &[("marking", draft.marking.code()), ("before", before), ("said", entry)])
}

#[derive(Template)]
#[template(path = "edit/above.html")]
struct AbovePage {
    page: Page,
    kind: String,
    marking: String,
    shown: String,
    command: String,
    said: String,
    raised: Option<TakesAway>,
    links: Vec<Link>,
}

async fn show(request: PageRequest, KindName(kind): KindName, _: Author) -> PageResult {
    request.read(move |cx| respond(cx, &kind)).await
}

fn respond(cx: &Context, kind: &Kind) -> PageResult {
    // Only what is a marking is said again.
    let marking: Marking = cx.request.get("marking").parse().unwrap_or(kind.marking);
    let name = |marking: Marking| code_label(cx.model(), "marking", marking.code()).to_lowercase();
    html(&AbovePage {
        page: Page::new(cx, m::recorded_above(), vec![from_overview(cx)]),
        kind: label(&kind.label),
        marking: name(marking),
        shown: name(cx.app().clearance()),
        command: format!("remit serve {} --clearance {}", remit_files::for_shell(cx.app().workspace().folder()), marking.code()),
        said: cx.request.said.clone(),
        raised: match cx.request.get("before") {
            "" => None,
            // Words may be whose link this is; hardly any identifier has several.
            id if id == EACH || id.contains(char::is_whitespace) => Some(TakesAway::of_each(cx, kind)),
            id => Some(TakesAway::of(cx, kind, id)),
        },
        links: vec![
            Link::new(m::new(), cx.link(&format!("/edit/{}", kind.name), &[])),
            Link::new(label(&kind.label), cx.link(&format!("/records/{}", kind.name), &[])),
        ],
    })
}
