//! All questions, by what people ask: which group a question stands in, its heading says.

use crate::app::App;
use crate::cells::country_name;
use crate::context::Context;
use crate::frame::{Link, Page};
use crate::m;
use crate::messages::label;
use crate::request::PageRequest;
use crate::response::{PageResult, html};
use crate::routes::page;
use askama::Template;
use axum::Router;
use remit_ask::{Question, Story};
use remit_store::{Cell, Table};

pub(super) fn routes() -> Router<App> {
    page("/questions", &["country"], show)
}

#[derive(Template)]
#[template(path = "questions/page.html")]
struct QuestionsPage {
    page: Page,
    /// Pages made of questions, each with what it tells.
    stories: Vec<(Link, String)>,
    groups: Vec<QuestionGroup>,
    /// The country that they are asked about, where one was chosen, and the address of all of them without it.
    country: String,
    everywhere: String,
}

/// Questions that stand together.
struct QuestionGroup {
    id: String,
    title: String,
    /// Each with why it matters.
    questions: Vec<(Link, String)>,
}

async fn show(request: PageRequest) -> PageResult {
    request.read(respond).await
}

fn respond(cx: &Context) -> PageResult {
    // What waits for a decision is no part of what is published.
    let is_asked = |q: &&Question| cx.app().site().is_none() || !q.is_to_decide();
    let all: Vec<&Question> = cx.app().questions().all().iter().filter(is_asked).collect();
    let row = |q: &&Question| [&q.name, &q.group, q.title.english(), q.why.english()].map(|t| Cell::Text(t.to_owned())).to_vec();
    let columns = ["name", "group", "title", "why"].map(str::to_owned).to_vec();
    let table = Table { columns, rows: all.iter().map(row).collect() };
    if let Some(data) = cx.table_as_data("questions", &table)? {
        return Ok(data);
    }
    let story = |s: &Story| (Link::new(label(&s.title), cx.link(&format!("/story/{}", s.name), &[])), label(&s.lead));
    html(&QuestionsPage {
        page: Page::new(cx, m::nav_questions(), Vec::new()),
        stories: cx.app().questions().stories().iter().map(story).collect(),
        groups: groups(cx, &all),
        country: country_name(cx.model(), cx.request.country()).to_owned(),
        everywhere: cx.link("/questions", &[]),
    })
}

/// The questions in their groups. What an office asks that has put its question into none stands together.
fn groups(cx: &Context, all: &[&Question]) -> Vec<QuestionGroup> {
    let known = cx.model().lists.get("question_group").map_or(&[][..], |l| l.codes());
    let named = known.iter().map(|g| (g.code.as_str(), label(&g.label))).chain([("", m::questions_other())]);
    let takes_country = |q: &Question| q.parameters.iter().any(|p| p.name == "country" && p.list.as_deref() == Some("country"));
    let question = |q: &&Question| {
        let country = if takes_country(q) { cx.request.country() } else { "" };
        (Link::new(label(&q.title), cx.question_link(&q.name, &[("country", country)])), label(&q.why))
    };
    let group = |(code, title): (&str, String)| QuestionGroup {
        id: format!("group-{}", if code.is_empty() { "other" } else { code }),
        title,
        questions: all.iter().filter(|q| q.group == code).map(question).collect(),
    };
    named.map(group).filter(|g| !g.questions.is_empty()).collect()
}
