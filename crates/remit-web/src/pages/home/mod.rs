//! The country of the workspace, as at the day: what ends, what is late, what waits, what changed, what is not known. Which
//! questions stand here, `questions/home.toml` says.

use crate::app::App;
use crate::cells::{AnswerCells, TableView, country_name};
use crate::context::{Context, query};
use crate::error::PageError;
use crate::figures::{date, total, whole};
use crate::format::{Format, with_ending};
use crate::frame::{Choice, Link, Page, country_choices};
use crate::m;
use crate::messages::label;
use crate::post::PostedForm;
use crate::request::{Author, PageRequest};
use crate::response::{PageResult, html, see_other};
use crate::routes::{form, page};
use askama::Template;
use axum::Router;
use axum::routing::post;
use remit_ask::HomeSection;
use remit_model::Day;
use remit_store::{Cell, Table};
use serde::Deserialize;

pub(super) fn routes() -> Router<App> {
    page("/", show).merge(form("/home", post(keep)))
}

/// Rows of each answer; the rest is one click away.
const SHOWN: usize = 5;

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
    sections: Vec<Section>,
    /// Ways to begin where nothing is there.
    begin: Vec<Link>,
    is_empty: bool,
    writes: bool,
    is_own: bool,
}

/// A question with the first rows of its answer.
struct Section {
    title: String,
    count: String,
    href: String,
    /// What happens on a day, as a calendar and as a feed.
    files: Vec<Link>,
    table: TableView,
}

/// The country that becomes one of the workspace's, the first one, or is one no more.
#[derive(Deserialize)]
struct HomeForm {
    country: String,
    #[serde(default)]
    remove: String,
}

async fn show(request: PageRequest) -> PageResult {
    request.read(respond).await
}

async fn keep(request: PageRequest, Author(_): Author, PostedForm(form): PostedForm<HomeForm>) -> PageResult {
    let work = move |cx: &Context| {
        let code = cx.model().lists.get("country").and_then(|l| l.find(&form.country)).map(|c| c.code.clone());
        let code = code.ok_or_else(|| PageError::bad_request(m::error_no_country(&form.country)))?;
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

fn respond(cx: &Context) -> PageResult {
    let own = cx.app().workspace().countries()?;
    let country = country(cx, &own)?;
    let since = since(cx)?;
    let sections = sections(cx, &country, &since)?;
    if let Some(data) = cx.table_as_data("home", &as_table(&sections))? {
        return Ok(data);
    }
    let is_empty = cx.table(query!("anything.sql"), &[])?.rows.is_empty();
    let name = if country.is_empty() { m::all_countries() } else { country_name(cx.model(), &country).to_owned() };
    let choice =
        |code: &String| Choice::new(cx.link("/", &[("country", code)]), country_name(cx.model(), code), *code == country);
    html(&HomePage {
        page: Page::new(cx, m::home_title(name, date(&cx.request.as_of.valid_on.to_string())), Vec::new())
            .with_terms(cx, sections.iter().flat_map(|(of, _)| of.columns.iter().chain([&of.question]).map(String::as_str))),
        own: own.iter().map(choice).collect(),
        countries: country_choices(cx, &country),
        links: links(cx, &country),
        sections: if is_empty { Vec::new() } else { sections.into_iter().map(|(_, s)| s).collect() },
        begin: begin(cx),
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
            found.map(|c| c.code.clone()).ok_or_else(|| PageError::bad_request(m::error_no_country(given)))
        }
    }
}

/// The day since which changes are shown.
fn since(cx: &Context) -> Result<String, PageError> {
    match cx.request.get("since") {
        "" => Ok(cx.request.as_of.valid_on.plus_months(-cx.app().questions().home().since_months).to_string()),
        given => match Day::parse(given) {
            Some(day) => Ok(day.to_string()),
            None => Err(PageError::bad_request(m::error_no_day(given))),
        },
    }
}

/// The sections whose questions are there, each with the name of its question.
fn sections<'a>(cx: &Context<'a>, country: &str, since: &str) -> Result<Vec<(&'a HomeSection, Section)>, PageError> {
    let there = cx.app().questions().home().sections().iter().filter(|s| cx.app().questions().get(&s.question).is_ok());
    there.map(|s| Ok((s, section(cx, s, country, since)?))).collect()
}

fn section(cx: &Context, of: &HomeSection, country: &str, since: &str) -> Result<Section, PageError> {
    let mut parameters = of.parameters(since);
    if cx.app().questions().get(&of.question)?.parameters.iter().any(|p| p.name == "country") {
        parameters.push(("country", country));
    }
    let answer = cx.ask(&of.question, &parameters)?;
    let title = label(&answer.question.title);
    let sum = answer.table.column(&of.total).and_then(|at| total(answer.table.rows.iter().map(|r| r[at].number())));
    let href = cx.link(&format!("/ask/{}", of.question), &parameters);
    let table = AnswerCells::new(cx, &answer.table).first_rows(&format!("t-{}", of.question), &title, &of.columns, SHOWN);
    let path = format!("/ask/{}", of.question);
    let file = |format: Format| Link::new(format.name(), cx.link(&with_ending(&path, format), &parameters));
    let events = [Format::Ics, Format::Atom].map(file);
    Ok(Section {
        files: if answer.question.event.is_some() { events.to_vec() } else { Vec::new() },
        count: whole(sum.unwrap_or(answer.table.rows.len() as f64)),
        table: TableView { whole: href.clone(), ..table },
        href,
        title,
    })
}

/// What programs read of the page: how much there is of each.
fn as_table(sections: &[(&HomeSection, Section)]) -> Table {
    let row = |(of, section): &(&HomeSection, Section)| {
        [of.question.as_str(), &section.title, &section.count].map(|text| Cell::Text(text.to_owned())).to_vec()
    };
    Table { columns: ["name", "title", "items"].map(str::to_owned).to_vec(), rows: sections.iter().map(row).collect() }
}

/// Where to go on from here.
fn links(cx: &Context, country: &str) -> Vec<Link> {
    let of_country = [("country", country)];
    let mut links = vec![Link::new(m::nav_support(), cx.link("/support", &of_country))];
    if !country.is_empty() {
        let path = format!("/country/{country}");
        links.insert(0, Link::new(country_name(cx.model(), country), cx.link(&path, &[])));
    }
    if cx.app().author().is_some() {
        links.push(Link::new(m::first_country(), cx.link("/edit/actor", &of_country)));
        links.push(Link::new(m::bring_sheet(), cx.link("/sheets", &[])));
    }
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
