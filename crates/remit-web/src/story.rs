//! Sections of a page made of questions: what each tells, with the first rows of its answer. The home page and the stories are made
//! of them.

use crate::cells::{AnswerCells, TableView};
use crate::context::Context;
use crate::error::PageError;
use crate::figures::{total, whole};
use crate::format::{Format, with_ending};
use crate::frame::Link;
use crate::messages::label;
use remit_ask::{Question, Story, StorySection};
use remit_store::{Cell, Table};

/// Rows of each answer; the rest is one click away.
const SHOWN: usize = 5;

/// A section as a page shows it.
pub(crate) struct Section {
    /// The name of its question; empty where it has none.
    pub(crate) question: String,
    pub(crate) title: String,
    pub(crate) text: String,
    /// How much there is.
    pub(crate) count: String,
    /// The whole answer; empty where there is no question.
    pub(crate) href: String,
    pub(crate) table: Option<TableView>,
    pub(crate) links: Vec<Link>,
    /// What happens on a day, as a calendar and as a feed.
    pub(crate) files: Vec<Link>,
}

/// The sections of a story whose questions are there, asked for a country where they can be and name none of their own.
pub(crate) fn sections(cx: &Context, story: &Story, country: &str, since: &str) -> Result<Vec<Section>, PageError> {
    // What waits for a decision is no part of what is published.
    let is_asked = |question: &Question| cx.app().site().is_none() || !question.is_to_decide();
    let is_there = |s: &StorySection| s.question.is_empty() || cx.app().questions().get(&s.question).is_ok_and(is_asked);
    let there = story.sections().iter().enumerate().filter(|(_, s)| is_there(s));
    there.map(|(n, s)| section(cx, n, s, country, since)).collect()
}

fn section(cx: &Context, n: usize, of: &StorySection, country: &str, since: &str) -> Result<Section, PageError> {
    let told = Section {
        question: of.question.clone(),
        title: label(&of.title),
        text: label(&of.text),
        count: String::new(),
        href: String::new(),
        table: None,
        files: Vec::new(),
        links: of.link.iter().map(|l| Link::new(label(&l.text), address(cx, &l.to))).collect(),
    };
    if of.question.is_empty() {
        return Ok(told);
    }
    let mut parameters = of.parameters(since);
    let takes_country = cx.app().questions().get(&of.question)?.parameters.iter().any(|p| p.name == "country");
    if takes_country && !parameters.iter().any(|(name, _)| *name == "country") {
        parameters.push(("country", country));
    }
    let (answer, rows) = match of.counted && of.total.is_empty() {
        true => cx.begin(&of.question, &parameters, SHOWN)?,
        false => {
            let answer = cx.ask(&of.question, &parameters)?;
            let rows = answer.table.rows.len();
            (answer, rows)
        }
    };
    let asked = label(&answer.question.title);
    let sum = answer.table.column(&of.total).and_then(|at| total(answer.table.rows.iter().map(|r| r[at].number())));
    let path = format!("/ask/{}", of.question);
    let href = cx.link(&path, &parameters);
    let file = |format: Format| Link::new(format.name(), cx.link(&with_ending(&path, format), &parameters));
    let files = Format::DAYS.iter().map(|format| file(*format)).filter(|_| answer.question.event.is_some()).collect();
    let id = format!("t{n}-{}", cx.request.as_of.valid_on);
    let table = AnswerCells::new(cx, &answer.table).first_rows(&id, &asked, &of.columns, SHOWN);
    Ok(Section {
        title: if told.title.is_empty() { asked } else { told.title },
        count: whole(sum.unwrap_or(rows as f64)),
        table: Some(TableView { whole: href.clone(), more: rows.saturating_sub(SHOWN), ..table }),
        files,
        href,
        ..told
    })
}

/// An address of a story's link, with the reader's day where it names none.
fn address(cx: &Context, to: &str) -> String {
    let (path, query) = to.split_once('?').unwrap_or((to, ""));
    let given: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    if given.iter().any(|(name, _)| name == "valid_on") {
        return to.to_owned();
    }
    cx.link(path, &given.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect::<Vec<_>>())
}

/// What programs read of sections: how much there is of each, on the day.
pub(crate) fn as_table<'s>(sections: impl IntoIterator<Item = (&'s str, &'s Section)>) -> Table {
    let row =
        |(day, s): (&str, &Section)| [&s.question, &s.title, &s.count, day].map(|text| Cell::Text(text.to_owned())).to_vec();
    Table {
        columns: ["name", "title", "items", "day"].map(str::to_owned).to_vec(),
        rows: sections.into_iter().filter(|(_, s)| !s.question.is_empty()).map(row).collect(),
    }
}
