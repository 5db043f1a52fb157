//! What questions tell of a record, as `questions/dossier.toml` says: one section a question, and a sentence for those that have
//! nothing to tell.

use super::subject::Record;
use crate::cells::{AnswerCells, TableView};
use crate::chart::{Chart, charts};
use crate::context::Context;
use crate::error::PageError;
use crate::figures::{total, whole};
use crate::frame::Link;
use crate::messages::label;
use remit_ask::DossierSection as Asked;

/// Rows of each answer, where `dossier.toml` says nothing else; the rest is one click away.
const SHOWN: usize = 12;

/// What the questions tell of a record.
#[derive(Default)]
pub(super) struct DrawnDossier<'a> {
    pub(super) sections: Vec<DrawnSection>,
    /// Questions whose answer for this record is empty.
    pub(super) none: Vec<Link>,
    /// What is told, as KIND.FIELD.
    pub(super) tells: Vec<&'a str>,
}

/// A question with the first rows of its answer.
#[derive(Clone)]
pub(super) struct DrawnSection {
    pub(super) title: String,
    pub(super) count: String,
    pub(super) href: String,
    pub(super) table: Option<TableView>,
    pub(super) charts: Vec<Chart>,
}

impl DrawnSection {
    /// True where two of them have room beside each other on a sheet of paper.
    pub(super) fn is_narrow(&self) -> bool {
        /// Columns that half a sheet is wide.
        const HALF: usize = 4;
        self.charts.is_empty() && self.table.as_ref().is_none_or(|table| table.heads.len() <= HALF)
    }
}

/// All sections of a record. `mark` begins the names of their tables, which are unlike on a page.
pub(super) fn of<'a>(cx: &Context<'a>, record: &Record, mark: &str) -> Result<DrawnDossier<'a>, PageError> {
    let mut dossier = DrawnDossier::default();
    let (questions, title) = (cx.app().questions(), record.title()?);
    let writes = cx.app().author().is_some();
    let on = |s: &&Asked| {
        s.is_on(&record.kind.name, record.first("class")) && questions.get(&s.question).is_ok() && (writes || !s.for_writers)
    };
    for (n, asked) in questions.dossier().all().iter().filter(on).enumerate() {
        let known = |name: &str| if name == "record" { record.id } else { record.first(name) };
        let Some(parameters) = asked.parameters(known) else { continue };
        let section = section(cx, asked, &parameters, &title, &format!("{mark}{n}"))?;
        match section.table.is_none() && section.charts.is_empty() {
            true => dossier.none.push(Link::new(section.title, section.href)),
            false => {
                dossier.tells.extend(asked.tells.iter().map(String::as_str));
                dossier.sections.push(section);
            }
        }
    }
    Ok(dossier)
}

fn section(cx: &Context, asked: &Asked, parameters: &[(&str, &str)], record: &str, id: &str) -> Result<DrawnSection, PageError> {
    let answer = cx.ask(&asked.question, parameters)?;
    let named = label(&asked.title);
    let title = if named.is_empty() { label(&answer.question.title) } else { named };
    let sum = answer.table.column(&asked.total).and_then(|at| total(answer.table.rows.iter().map(|r| r[at].number())));
    let href = cx.link(&format!("/ask/{}", asked.question), parameters);
    let has_table = !answer.table.rows.is_empty() && !asked.columns.is_empty();
    let table = has_table.then(|| {
        let told = AnswerCells::new(cx, &answer.table).first_rows(id, &title, &asked.columns, asked.most.unwrap_or(SHOWN));
        TableView { whole: href.clone(), ..told.without_columns_that_say(record) }
    });
    Ok(DrawnSection {
        count: whole(sum.unwrap_or(answer.table.rows.len() as f64)),
        charts: if asked.pictures { charts(cx, &answer)? } else { Vec::new() },
        table,
        href,
        title,
    })
}
