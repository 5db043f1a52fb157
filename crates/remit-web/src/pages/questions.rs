//! All questions.

use super::table_as_data;
use crate::app::App;
use crate::error::PageError;
use crate::page::Page;
use crate::request::{Asked, html};
use crate::say::{called, say};
use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use remit_store::{Cell, Table};

#[derive(Template)]
#[template(path = "questions.html")]
struct QuestionsPage {
    page: Page,
    questions: Vec<(String, String, String)>,
}

pub(crate) async fn show(State(app): State<App>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    let all = app.questions().all();
    let table = Table {
        columns: ["name", "title", "why"].map(str::to_owned).to_vec(),
        rows: all
            .iter()
            .map(|q| [&q.name, q.title.english(), q.why.english()].map(|t| Cell::Text(t.to_owned())).to_vec())
            .collect(),
    };
    if let Some(data) = table_as_data(&asked, "questions", &table) {
        return Ok(data);
    }
    let address = |name: &str| if name == "support" { "/support".to_owned() } else { format!("/ask/{name}") };
    let template = QuestionsPage {
        questions: all.iter().map(|q| (asked.link(&address(&q.name), &[]), called(&q.title), called(&q.why))).collect(),
        page: Page::new(&app, &asked, say("nav-questions"), Vec::new()),
    };
    Ok(html(template.render()?))
}
