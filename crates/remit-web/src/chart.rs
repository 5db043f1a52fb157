//! Pictures on a page: each with its own data as a table.

use crate::cells::{AnswerCells, CellView, TableView};
use crate::context::Context;
use crate::error::PageError;
use remit_ask::{Answer, AskError, Voice};
use remit_draw::{Picture, Setting};
use remit_report::{Scene, pictures};

/// A picture on a page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chart {
    pub(crate) svg: String,
    pub(crate) table: TableView,
    /// Why it cannot be drawn, with file and line, as whoever wrote the question is told; empty where it can.
    pub(crate) fault: String,
}

/// Narrower than a column of text, so that words can still be read where a telephone shows them.
const WIDTH: f64 = 400.0;

/// How pictures are set on a page.
pub(crate) fn setting(voice: &Voice<'_>) -> Setting {
    Setting { width: WIDTH, ..remit_report::setting(voice) }
}

/// Does something with an answer as pictures see it.
pub(crate) fn in_scene<T>(cx: &Context, answer: &Answer, work: impl FnOnce(&Scene<'_>) -> T) -> T {
    let cells = AnswerCells::new(cx, &answer.table);
    let link = |row: usize, column: usize| Some(cells.cell(row, column).href).filter(|h| !h.is_empty());
    work(&Scene { voice: cx.voice(), workspace: &cx.app().workspace().settings().title, link: &link })
}

/// The pictures of an answer; none where there is nothing to draw.
pub(crate) fn charts(cx: &Context, answer: &Answer) -> Result<Vec<Chart>, PageError> {
    match in_scene(cx, answer, |scene| pictures(scene, answer)) {
        Ok(drawn) => Ok(drawn.iter().map(|picture| place(&cx.voice(), picture.as_ref())).collect()),
        // The rows are there all the same. Who reads a site has not written the question.
        Err(AskError::File { .. }) if cx.app().site().is_some() => Ok(Vec::new()),
        Err(fault @ AskError::File { .. }) => Ok(vec![Chart { fault: fault.to_string(), ..Chart::default() }]),
        Err(other) => Err(other.into()),
    }
}

/// A picture with its data as a table.
pub(crate) fn place(voice: &Voice<'_>, picture: &dyn Picture) -> Chart {
    let setting = setting(voice);
    let (about, rows) = (picture.about(), picture.rows(&setting.words));
    let numeric = |c: usize| c > 0 && rows.rows.iter().any(|r| r.get(c).is_some_and(|cell| cell.number.is_some()));
    let shown = |(c, cell): (usize, &remit_draw::DrawnCell)| CellView {
        text: cell.text.clone(),
        href: cell.link.clone().unwrap_or_default(),
        class: if numeric(c) { "num" } else { "" },
        sort: cell.number.map(|n| n.to_string()).unwrap_or_default(),
        ..CellView::default()
    };
    let head = |(c, text): (usize, &String)| CellView { class: if numeric(c) { "num" } else { "" }, ..CellView::text(text) };
    let table = TableView {
        id: format!("{}-data", about.id),
        caption: about.title.clone(),
        unit: about.unit.clone(),
        heads: rows.head.iter().enumerate().map(head).collect(),
        rows: rows.rows.iter().map(|r| r.iter().enumerate().map(shown).collect()).collect(),
        ..TableView::default()
    };
    Chart { svg: picture.svg(&setting), table, ..Chart::default() }
}
