//! The country of the workspace, as at the day: what ends, what is late, what waits, what changed, what is not known. Which
//! questions stand here, `questions/home.toml` says.

use crate::app::App;
use crate::cells::country_name;
use crate::context::{Context, query};
use crate::error::PageError;
use crate::figures::date;
use crate::frame::{Choice, Link, Page, country_choices};
use crate::language::cookies;
use crate::m;
use crate::messages::label;
use crate::page_cache::SEEN;
use crate::post::PostedForm;
use crate::request::{Author, PageRequest};
use crate::response::{PageResult, html, see_other};
use crate::routes::{form, page};
use crate::story::{Section, as_table, sections};
use askama::Template;
use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use remit_model::Day;
use serde::Deserialize;

pub(super) fn routes() -> Router<App> {
    page("/", &["country", "since"], show).merge(form("/home", post(keep)))
}

/// The story that greets who opens the workspace for the first time.
const WELCOME: &str = "welcome";

#[derive(Template)]
#[template(path = "home/page.html")]
struct HomePage {
    page: Page,
    /// The countries of the workspace.
    own: Vec<Choice>,
    countries: Vec<Choice>,
    country: String,
    since: String,
    links: Vec<Link>,
    welcome: Option<Welcome>,
    sections: Vec<Section>,
    /// Sections of which nothing is on record.
    nothing: Vec<Link>,
    /// Ways to begin where nothing is there.
    begin: Vec<Link>,
    /// What is wrong with the workspace's own files.
    left_out: Vec<String>,
    is_empty: bool,
    writes: bool,
    is_own: bool,
}

/// What the workspace says to who opens it for the first time, and where it is sent to go away.
struct Welcome {
    title: String,
    lead: String,
    steps: Vec<Section>,
    seen: String,
}

/// The country that becomes one of the workspace's, the first one, or is one no more.
#[derive(Deserialize)]
struct HomeForm {
    country: String,
    #[serde(default)]
    remove: String,
}

async fn show(request: PageRequest, headers: HeaderMap) -> PageResult {
    let greeted = cookies(&headers).any(|(name, _)| name.strip_prefix(SEEN) == Some(WELCOME));
    request.read(move |cx| respond(cx, greeted)).await
}

async fn keep(request: PageRequest, Author(_): Author, PostedForm(form): PostedForm<HomeForm>) -> PageResult {
    let work = move |cx: &Context| {
        let code = cx.model().lists.get("country").and_then(|l| l.find(&form.country)).map(|c| c.code.clone());
        let code = code.ok_or_else(|| PageError::no_country(StatusCode::BAD_REQUEST, cx.model(), &form.country))?;
        let mut countries = cx.app().workspace().countries()?;
        countries.retain(|c| *c != code);
        if form.remove.is_empty() {
            countries.insert(0, code);
        }
        cx.app().workspace().keep_countries(&countries)?;
        Ok(see_other(&cx.link("/", &[])))
    };
    request.read(work).await
}

fn respond(cx: &Context, greeted: bool) -> PageResult {
    let own = cx.app().workspace().countries()?;
    let country = country(cx, &own)?;
    let since = since(cx)?;
    let home = cx.app().questions().home();
    let sections = sections(cx, home, &country, &since)?;
    let day = cx.request.as_of.valid_on.to_string();
    if let Some(data) = cx.table_as_data("home", &as_table(sections.iter().map(|s| (day.as_str(), s))))? {
        return Ok(data);
    }
    let is_empty = cx.table(query!("anything.sql"), &[])?.rows.is_empty();
    let name = if country.is_empty() { m::all_countries() } else { country_name(cx.model(), &country).to_owned() };
    let choice =
        |code: &String| Choice::new(cx.link("/", &[("country", code)]), country_name(cx.model(), code), *code == country);
    // A box for each that is empty would hide those that are not.
    let (sections, none): (Vec<Section>, Vec<Section>) =
        sections.into_iter().partition(|s| s.table.as_ref().is_some_and(|t| !t.rows.is_empty()));
    // A reader of a site has no workspace to begin in.
    let welcome = if greeted || cx.app().site().is_some() { None } else { welcome(cx)? };
    html(&HomePage {
        page: Page::new(cx, m::home_title(name, date(&day)), Vec::new())
            .with_terms(cx, home.sections().iter().flat_map(|s| s.columns.iter().chain([&s.question]).map(String::as_str))),
        own: own.iter().map(choice).collect(),
        countries: country_choices(cx, &country),
        links: links(cx, &country, is_empty, welcome.as_ref()),
        nothing: none.into_iter().filter(|_| !is_empty).map(|s| Link::new(s.title, s.href)).collect(),
        sections: if is_empty { Vec::new() } else { sections },
        welcome,
        begin: begin(cx),
        left_out: cx.app().to_mend(),
        writes: cx.app().author().is_some(),
        is_own: own.contains(&country),
        is_empty,
        country,
        since,
    })
}

/// The country that the address names, else the first one of the workspace; all of them for who asks for `all`.
fn country(cx: &Context, own: &[String]) -> Result<String, PageError> {
    match cx.request.get("country") {
        "" => Ok(own.first().cloned().unwrap_or_default()),
        "all" => Ok(String::new()),
        given => {
            let found = cx.model().lists.get("country").and_then(|l| l.find(given));
            found.map(|c| c.code.clone()).ok_or_else(|| PageError::no_country(StatusCode::BAD_REQUEST, cx.model(), given))
        }
    }
}

/// The day since which changes are shown.
fn since(cx: &Context) -> Result<String, PageError> {
    match cx.request.get("since") {
        "" => Ok(cx.request.as_of.valid_on.plus_months(-cx.app().questions().home().since_months).to_string()),
        given => match Day::typed(given) {
            Some(day) => Ok(day.to_string()),
            None => Err(PageError::no_day(given)),
        },
    }
}

/// What greets the reader, where the workspace has it.
fn welcome(cx: &Context) -> Result<Option<Welcome>, PageError> {
    let Some(story) = cx.app().questions().stories().iter().find(|s| s.name == WELCOME) else {
        return Ok(None);
    };
    let seen = cx.link(&format!("/story/{WELCOME}/seen"), &[]);
    let steps = sections(cx, story, "", "")?;
    Ok(Some(Welcome { title: label(&story.title), lead: label(&story.lead), steps, seen }))
}

/// Where to go on from here, but for where the welcome leads that stands above.
fn links(cx: &Context, country: &str, is_empty: bool, welcome: Option<&Welcome>) -> Vec<Link> {
    let of_country = [("country", country)];
    let mut links = vec![Link::new(m::nav_support(), cx.link("/support", &of_country))];
    if !country.is_empty() {
        let path = format!("/country/{country}");
        links.insert(0, Link::new(m::all_about(country_name(cx.model(), country)), cx.link(&path, &[])));
    }
    let stories = cx.app().questions().stories().iter().filter(|s| welcome.is_none() || s.name != WELCOME);
    links.extend(stories.map(|s| Link::new(label(&s.title), cx.link(&format!("/story/{}", s.name), &[]))));
    if cx.app().site().is_none() && !is_empty {
        let questions = cx.app().questions();
        let asked = questions.home().leads_to.iter().filter_map(|name| questions.get(name).ok());
        links.extend(asked.map(|q| Link::new(label(&q.title), cx.link(&format!("/ask/{}", q.name), &of_country))));
        links.push(Link::new(m::make_a_brief(), cx.link("/reports", &[("country", country), ("template", "brief")])));
    }
    // How to begin in an empty workspace stands below, as its first steps.
    if cx.app().author().is_some() && !is_empty {
        links.push(Link::new(m::add_institution(), cx.link("/edit/actor", &of_country)));
        links.push(Link::new(m::bring_sheet(), cx.link("/sheets", &[])));
        links.push(Link::new(m::exchange(), cx.link("/exchange", &[])));
    }
    let said: Vec<&str> = welcome.into_iter().flat_map(|w| &w.steps).flat_map(|s| &s.links).map(|l| l.href.as_str()).collect();
    links.retain(|l| !said.contains(&l.href.as_str()));
    links
}

/// How to begin in an empty workspace, for who may write.
fn begin(cx: &Context) -> Vec<Link> {
    if cx.app().author().is_none() {
        return Vec::new();
    }
    vec![
        Link::new(m::first_country(), cx.link("/edit/actor", &[])),
        Link::new(m::first_sheet(), cx.link("/sheets", &[])),
        Link::new(m::first_document(), cx.link("/documents", &[])),
    ]
}
