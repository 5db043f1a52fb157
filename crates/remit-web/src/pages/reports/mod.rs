//! Reports: a form that says which, of what, in which language and up to which marking, and the document that it makes.

use crate::app::App;
use crate::context::Context;
use crate::error::PageError;
use crate::frame::{Choice, Page, country_choices, marking};
use crate::held_back::SMALL_COUNTS;
use crate::language::language;
use crate::m;
use crate::messages::label;
use crate::request::PageRequest;
use crate::response::{PageResult, docx, html, pdf};
use crate::routes::form;
use axum::Router;
use axum::routing::get;
use remit_model::{Day, Marking};
use remit_report::{Brief, Template, Templates, makes_pdf};
use remit_store::{AskedBy, HeldBack, Reader};

pub(super) fn routes() -> Router<App> {
    Router::new().merge(form("/reports", get(show))).merge(form("/reports/file", get(make)))
}

/// Months of a report's period, where nobody says when it begins.
const MONTHS: i32 = 3;

#[derive(askama::Template)]
#[template(path = "reports/page.html")]
struct ReportsPage {
    page: Page,
    /// Each with what it is for.
    templates: Vec<(Choice, String)>,
    countries: Vec<Choice>,
    languages: Vec<Choice>,
    markings: Vec<Choice>,
    since: String,
    /// Where a site is published, for who may write.
    publish: String,
    makes_pdf: bool,
}

async fn show(request: PageRequest) -> PageResult {
    request.read(respond).await
}

fn respond(cx: &Context) -> PageResult {
    let templates = Templates::load(cx.app().workspace())?;
    let own = cx.app().workspace().countries()?;
    let asked = cx.request.get("country");
    let first = if asked.is_empty() { own.first().map_or("", String::as_str) } else { asked };
    let wanted = match cx.request.get("template") {
        "" => None,
        name => Some(&templates.get(name)?.name),
    };
    let is_wanted = |n: usize, t: &Template| wanted.map_or(n == 0, |name| *name == t.name);
    let choice = |(n, t): (usize, &Template)| (Choice::new(&t.name, label(&t.title), is_wanted(n, t)), label(&t.why));
    let locales = cx.model().languages.all().map(|l| Choice::new(l.language.code(), &l.name, l.language == language()));
    let may_see = Marking::ALL.into_iter().filter(|m| *m <= cx.app().clearance());
    let asked = cx.request.as_of.clearance;
    html(&ReportsPage {
        page: Page::new(cx, m::nav_reports(), Vec::new()),
        templates: templates.all().iter().enumerate().map(choice).collect(),
        countries: country_choices(cx, first),
        languages: locales.collect(),
        markings: may_see.map(|m| Choice::new(m.code(), marking(cx.model(), m.code()), m == asked)).collect(),
        since: cx.request.as_of.valid_on.plus_months(-MONTHS).to_string(),
        publish: cx.app().author().map_or_else(String::new, |_| cx.link("/publish", &[])),
        makes_pdf: makes_pdf(),
    })
}

/// The document. It says as known at which moment it was made, so that it can be asked for again.
async fn make(mut request: PageRequest) -> PageResult {
    request.as_of = request.as_of.fixed();
    request.read(written).await
}

fn written(cx: &Context) -> PageResult {
    let asked = |name: &str| cx.request.get(name).to_owned();
    let templates = Templates::load(cx.app().workspace())?;
    let template = templates.get(&asked("template"))?;
    let locale = cx.model().languages.find(&asked("language")).unwrap_or_else(crate::language::locale);
    let (workspace, as_of) = (cx.app().workspace(), cx.request.as_of.clone());
    let held = HeldBack::unless(!asked(SMALL_COUNTS).is_empty(), workspace, as_of.clearance)?;
    let reader = Reader::without(workspace, as_of, AskedBy::Questions, held)?;
    let brief = Brief {
        workspace,
        questions: cx.app().questions(),
        reader: &reader,
        locale,
        country: country(cx, &asked("country"))?,
        mission: asked("mission"),
        since: since(cx, &asked("since"))?,
        up_to: cx.app().clearance(),
    };
    let report = brief.fill(template)?;
    let name = [template.name.as_str(), &brief.country, &cx.request.as_of.valid_on.to_string()].join("-");
    match asked("form").as_str() {
        "pdf" => Ok(pdf(&name, report.into_pdf(&brief.locale)?.0.bytes)),
        _ => Ok(docx(&name, report.bytes)),
    }
}

fn country(cx: &Context, given: &str) -> Result<String, PageError> {
    match given {
        "" | "all" => Ok(String::new()),
        given => {
            let found = cx.model().lists.get("country").and_then(|l| l.find(given));
            found.map(|c| c.code.clone()).ok_or_else(|| PageError::bad_request(m::error_no_country(given)))
        }
    }
}

fn since(cx: &Context, given: &str) -> Result<String, PageError> {
    match given {
        "" => Ok(cx.request.as_of.valid_on.plus_months(-MONTHS).to_string()),
        given => Day::typed(given).map(|d| d.to_string()).ok_or_else(|| PageError::no_day(given)),
    }
}
