//! All questions.

use crate::app::App;
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
    page("/questions", show)
}

#[derive(Template)]
#[template(path = "questions/page.html")]
struct QuestionsPage {
    page: Page,
    /// Pages made of questions, each with what it tells.
    stories: Vec<(Link, String)>,
    /// Each with why it matters.
    questions: Vec<(Link, String)>,
}

async fn show(request: PageRequest) -> PageResult {
    request.read(respond).await
}

fn respond(cx: &Context) -> PageResult {
    let all = cx.app().questions().all();
    let row = |q: &Question| [&q.name, q.title.english(), q.why.english()].map(|t| Cell::Text(t.to_owned())).to_vec();
    let columns = ["name", "title", "why"].map(str::to_owned).to_vec();
    let table = Table { columns, rows: all.iter().map(row).collect() };
    if let Some(data) = cx.table_as_data("questions", &table)? {
        return Ok(data);
    }
    // The matrix of support has a page of its own.
    let address = |name: &str| if name == "support" { "/support".to_owned() } else { format!("/ask/{name}") };
    let question = |q: &Question| (Link::new(label(&q.title), cx.link(&address(&q.name), &[])), label(&q.why));
    let story = |s: &Story| (Link::new(label(&s.title), cx.link(&format!("/story/{}", s.name), &[])), label(&s.lead));
    html(&QuestionsPage {
        page: Page::new(cx, m::nav_questions(), Vec::new()),
        stories: cx.app().questions().stories().iter().map(story).collect(),
        questions: all.iter().map(question).collect(),
    })
}
