//! A story of the workspace (`questions/stories/NAME.toml`): claims, each with the answer that shows it, on the reader's day and on
//! the day that stands beside it.

use crate::app::App;
use crate::context::Context;
use crate::error::PageError;
use crate::figures::date;
use crate::frame::{Link, Page};
use crate::m;
use crate::messages::label;
use crate::page_cache::SEEN;
use crate::request::PageRequest;
use crate::response::{PageResult, html, see_other};
use crate::routes::{form, page};
use crate::story::{Section, as_table, sections};
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::post;
use remit_ask::Story;
use remit_model::Day;

pub(super) fn routes() -> Router<App> {
    page("/story/{name}", &[], show).merge(form("/story/{name}/seen", post(seen)))
}

#[derive(Template)]
#[template(path = "story/page.html")]
struct StoryPage {
    page: Page,
    lead: String,
    claims: Vec<Claim>,
}

/// What is told, with an answer for each day.
struct Claim {
    title: String,
    text: String,
    links: Vec<Link>,
    answers: Vec<(String, Section)>,
}

async fn show(request: PageRequest, Path(name): Path<String>) -> PageResult {
    let beside = story(&request, &name)?.beside;
    let own = request.as_of.valid_on;
    let days: Vec<Day> = beside.filter(|day| *day != own).into_iter().chain([own]).collect();
    let mut told: Vec<(String, Vec<Section>)> = Vec::new();
    for day in days {
        let (name, mut of_day) = (name.clone(), request.clone());
        of_day.as_of.valid_on = day;
        told.push((day.to_string(), of_day.read(move |cx| sections(cx, story(cx.request, &name)?, "", "")).await?));
    }
    request.read(move |cx| respond(cx, story(cx.request, &name)?, told)).await
}

fn respond(cx: &Context, story: &Story, told: Vec<(String, Vec<Section>)>) -> PageResult {
    let table = as_table(told.iter().flat_map(|(day, all)| all.iter().map(|s| (day.as_str(), s))));
    if let Some(data) = cx.table_as_data(&story.name, &table)? {
        return Ok(data);
    }
    let names = story.sections().iter().flat_map(|s| s.columns.iter().chain([&s.question]).map(String::as_str));
    html(&StoryPage {
        page: Page::new(cx, label(&story.title), vec![Link::new(m::nav_questions(), cx.link("/questions", &[]))])
            .with_terms(cx, names),
        lead: label(&story.lead),
        claims: claims(told),
    })
}

/// The sections of all days, each with its own of every day.
fn claims(told: Vec<(String, Vec<Section>)>) -> Vec<Claim> {
    let mut all: Vec<Claim> = Vec::new();
    for (day, sections) in told {
        for (n, mut section) in sections.into_iter().enumerate() {
            if all.len() == n {
                let (title, text) = (section.title.clone(), section.text.clone());
                all.push(Claim { title, text, links: Vec::new(), answers: Vec::new() });
            }
            // The reader's own day comes last: what a claim leads to is of that day.
            all[n].links.clone_from(&section.links);
            if let Some(table) = &mut section.table {
                table.heading = format!("{}-day", table.id);
                all[n].answers.push((date(&day), section));
            }
        }
    }
    all
}

/// Keeps in the browser that the story was read: it stands on the home page no more.
async fn seen(request: PageRequest, Path(name): Path<String>) -> PageResult {
    let name = &story(&request, &name)?.name;
    let cookie = format!("{SEEN}{name}=yes; Path=/; Max-Age=31536000; SameSite=Lax");
    Ok(([(header::SET_COOKIE, cookie)], see_other(&request.link("/", &[]))).into_response())
}

fn story<'a>(request: &'a PageRequest, name: &str) -> Result<&'a Story, PageError> {
    let found = request.app().questions().stories().iter().find(|s| s.name == name);
    found.ok_or_else(|| PageError::not_found(m::error_no_story(name)))
}
