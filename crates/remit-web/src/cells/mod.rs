//! How values look on a page: unknown is never zero, and never an empty cell.

mod answer;
mod change_form;
mod field;
mod table;

pub(crate) use answer::{AnswerCells, is_web};
pub(crate) use change_form::{ChangeForm, RowField, RowForm};
pub(crate) use field::{called_in, field_called, field_says, field_value, names_in, says, says_with, shown_value};
pub(crate) use table::{BarRow, BarTable, KeyFigure, MOST, PER_PAGE, TableView};

use crate::language::{language, locale};
use crate::messages::m;
use remit_model::Model;

/// What stands in a cell of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct CellView {
    pub(crate) text: String,
    /// Where it leads, or nothing.
    pub(crate) href: String,
    /// Classes of the cell.
    pub(crate) class: &'static str,
    /// Classes of a badge around the text, or nothing.
    pub(crate) badge: String,
    /// A sign that stands for the text, which is then only heard: `…`, `–`.
    pub(crate) sign: &'static str,
    /// What it is sorted by, where that is not its text; for a head, the name of its column.
    pub(crate) sort: String,
    /// What other columns say, set below it: the name of each with its cell.
    pub(crate) below: Vec<(String, CellView)>,
}

impl CellView {
    pub(crate) fn text(text: impl Into<String>) -> CellView {
        CellView { text: text.into(), ..Default::default() }
    }

    pub(crate) fn number(text: impl Into<String>) -> CellView {
        CellView { text: text.into(), class: "num", ..Default::default() }
    }

    /// A text that keeps in one line: a date.
    pub(crate) fn line(text: impl Into<String>) -> CellView {
        CellView { text: text.into(), class: "nowrap", ..Default::default() }
    }

    /// A number that nobody reported.
    pub(crate) fn unknown() -> CellView {
        CellView { text: m::not_reported(), class: "num unknown", sign: "…", ..Default::default() }
    }

    /// A text or date that nobody reported.
    pub(crate) fn unreported() -> CellView {
        CellView { class: "unknown", ..CellView::unknown() }
    }

    /// A cell that says in these words that nothing is on record.
    pub(crate) fn none(words: String) -> CellView {
        CellView { text: words, class: "none", sign: "–", ..Default::default() }
    }

    /// Somebody knows, and this reader may not see it.
    pub(crate) fn withheld() -> CellView {
        CellView { text: m::withheld(), class: "withheld", ..Default::default() }
    }

    /// The name of a code in a badge, which looks its own way where the stylesheet has one for the code.
    pub(crate) fn badge(model: &Model, list: &str, code: &str) -> CellView {
        const COLOURED: [&str; 7] = ["planned", "active", "ended", "overdue", "coded", "read", "both"];
        let badge = if COLOURED.contains(&code) { format!("tag {code}") } else { "tag".to_owned() };
        CellView { text: code_label(model, list, code), badge, ..Default::default() }
    }

    /// Its classes: a long text has room of its own, so that its row does not grow tall.
    pub(crate) fn classes(&self) -> &str {
        /// Letters of a text that fits a narrow column.
        const SHORT: usize = 48;
        if self.class.is_empty() && self.text.chars().nth(SHORT).is_some() { "text" } else { self.class }
    }

    pub(crate) fn link(self, href: String) -> CellView {
        CellView { href, ..self }
    }
}

/// The name of a recipient, whichever list its code is of.
pub(crate) fn recipient(model: &Model, code: &str) -> String {
    remit_ask::recipient(model, &locale(), code)
}

/// A country's name.
pub(crate) fn country_name<'m>(model: &'m Model, code: &'m str) -> &'m str {
    model.lists.name("country", code, language())
}

/// What a code is called in the language of the page; the code itself where its list has no such code.
pub(crate) fn code_label(model: &Model, list: &str, code: &str) -> String {
    model.lists.name(list, code, language()).to_owned()
}
