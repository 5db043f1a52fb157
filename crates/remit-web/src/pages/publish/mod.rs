//! A site of files for readers who have no Remit, made in the browser: the same as `remit publish` makes. It lies beside the folder
//! of the workspace, so that what goes out is never mixed with what stays.

use crate::app::App;
use crate::context::Context;
use crate::error::PageError;
use crate::frame::{Choice, Link, Page, country_choices, marking};
use crate::held_back::SMALL_COUNTS;
use crate::m;
use crate::messages::label;
use crate::post::PostedForm;
use crate::publish::{Publishing, SitePages, pages_in, publish};
use crate::request::{Author, PageRequest};
use crate::response::{PageResult, html, refused, see_other};
use crate::routes::form;
use askama::Template;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Extension, Router};
use remit_model::Marking;
use remit_store::marking_said;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use tokio::runtime::Handle;
use tokio::sync::Mutex;

pub(super) fn routes() -> Router<App> {
    form("/publish", get(show).post(make))
}

/// One site at a time: two would write into the same folder.
static UNDER_WAY: Mutex<()> = Mutex::const_new(());

#[derive(Template)]
#[template(path = "publish/page.html")]
struct PublishPage {
    page: Page,
    action: String,
    countries: Vec<Choice>,
    markings: Vec<Choice>,
    wrong: String,
    /// What was made, and the page of it that opens it.
    done: String,
    first: String,
    /// How much stays.
    held_back: String,
    /// What tells of single people, to be looked at before.
    small: Link,
    /// The same on the command line.
    command: String,
}

/// What is to be published.
#[derive(Deserialize, Clone, Default)]
struct WantedSite {
    #[serde(default)]
    country: String,
    #[serde(default)]
    marking: String,
    /// That counts of few people go out too.
    #[serde(default)]
    small_counts: String,
}

async fn show(request: PageRequest, Author(_): Author) -> PageResult {
    request
        .read(|cx| {
            let said = |name: &str| cx.request.get(name).to_owned();
            let wanted = WantedSite { country: said("country"), marking: said("marking"), small_counts: said(SMALL_COUNTS) };
            let made = if said("done").is_empty() { None } else { made(cx, &wanted)? };
            draw(cx, &wanted, made, String::new())
        })
        .await
}

/// The question that lists counts of few people.
const FEW: &str = "small_counts";

/// What the page tells of a site that was made: how many counts stayed where they are.
const HELD_BACK: &str = "held_back";

/// A site that was published, with its pages.
type MadeSite = (PathBuf, usize);

/// The site that was published so.
fn made(cx: &Context, wanted: &WantedSite) -> Result<Option<MadeSite>, PageError> {
    let (workspace, publishing) = (cx.app().workspace(), publishing(cx.request, wanted)?);
    let folder = folder(workspace.folder(), &publishing);
    Ok(pages_in(&folder).map(|pages| (folder, pages)))
}

async fn make(
    request: PageRequest,
    Author(_): Author,
    Extension(pages): Extension<SitePages>,
    PostedForm(wanted): PostedForm<WantedSite>,
) -> PageResult {
    let publishing = publishing(&request, &wanted)?;
    let folder = folder(request.app().workspace().folder(), &publishing);
    let Ok(alone) = UNDER_WAY.try_lock() else { return Err(PageError::bad_request(m::publish_under_way())) };
    let workspace = request.app().workspace().clone();
    // To its end, on a thread of its own: who closes the page does not leave half a site.
    let work = move || {
        let made = Handle::current().block_on(publish(workspace, publishing, &folder, pages));
        drop(alone);
        made
    };
    let made = tokio::task::spawn_blocking(work).await.map_err(|e| PageError::internal(&e))?;
    match made {
        Ok(made) => {
            let told = vec![(HELD_BACK, made.held_back.to_string())];
            let done = move |cx: &Context| {
                let said = [("country", &wanted.country), ("marking", &wanted.marking), (SMALL_COUNTS, &wanted.small_counts)];
                let said = [said.map(|(name, value)| (name, value.as_str())).as_slice(), &[("done", "yes")]].concat();
                Ok(see_other(&cx.telling("/publish", &said, told)))
            };
            request.read(done).await
        }
        Err(why) => {
            let wrong = m::publish_wrong(format!("{why:#}"));
            request.read(move |cx| refused(draw(cx, &wanted, None, wrong))).await
        }
    }
}

/// What the form asks for: nobody publishes what they may not see.
fn publishing(request: &PageRequest, wanted: &WantedSite) -> Result<Publishing, PageError> {
    let app = request.app();
    let clearance =
        marking_said(app.model(), &wanted.marking).map_err(|_| PageError::bad_request(m::error_no_marking(&wanted.marking)))?;
    let countries = match wanted.country.as_str() {
        "" => Vec::new(),
        given => {
            let found = app.model().lists.get("country").and_then(|l| l.find(given)).map(|c| c.code.clone());
            vec![found.ok_or_else(|| PageError::no_country(StatusCode::BAD_REQUEST, app.model(), given))?]
        }
    };
    let day = request.as_of.valid_on;
    Ok(Publishing {
        valid_on: (day != app.workspace().default_day()).then_some(day),
        known_on: request.as_of.known_on.clone(),
        clearance: clearance.min(app.clearance()),
        countries,
        small_counts: !wanted.small_counts.is_empty(),
    })
}

/// The folder of the site: what is for other readers lies in another.
fn folder(workspace: &Path, publishing: &Publishing) -> PathBuf {
    let workspace = workspace.canonicalize().unwrap_or_else(|_| workspace.to_path_buf());
    let mut name = workspace.file_name().map_or_else(|| "remit".to_owned(), |n| n.to_string_lossy().into_owned());
    name.push_str("-site");
    let country = publishing.countries.iter().map(|c| c.to_lowercase());
    let marked = (publishing.clearance != Marking::Public).then(|| publishing.clearance.code().to_owned());
    for part in country.chain(marked) {
        name.push('-');
        name.push_str(&part);
    }
    workspace.with_file_name(name)
}

fn draw(cx: &Context, wanted: &WantedSite, made: Option<MadeSite>, wrong: String) -> PageResult {
    let app = cx.app();
    let may_see = Marking::ALL.into_iter().filter(|m| *m <= app.clearance());
    let chosen = |m: &Marking| m.code() == wanted.marking || (wanted.marking.is_empty() && *m == Marking::Public);
    let made = made.map(|(folder, pages)| {
        let first = folder.join("index.html").display().to_string();
        (m::publish_done(folder.display().to_string(), pages), first)
    });
    let (done, first) = made.unwrap_or_default();
    let held = cx.told().map_or(0, |told| told.number(HELD_BACK));
    let held_back = if held > 0 { m::held_back(held) } else { String::new() };
    html(&PublishPage {
        page: Page::new(cx, m::publish_title(), vec![Link::new(m::exchange(), cx.link("/exchange", &[]))])
            .with_errors(!wrong.is_empty()),
        action: cx.link("/publish", &[]),
        countries: country_choices(cx, &wanted.country),
        markings: may_see.map(|m| Choice::new(m.code(), marking(app.model(), m.code()), chosen(&m))).collect(),
        wrong,
        done,
        first,
        held_back,
        small: Link::new(label(&app.questions().get(FEW)?.title), cx.link(&format!("/ask/{FEW}"), &[])),
        command: command(app.workspace().folder()),
    })
}

/// The command that writes such a site beside its workspace.
fn command(folder: &Path) -> String {
    let mut site = folder.as_os_str().to_owned();
    site.push("-site");
    format!("remit publish {} {}", remit_files::for_shell(folder), remit_files::for_shell(Path::new(&site)))
}
