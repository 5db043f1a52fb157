//! An answer as a picture sees it: its rows by the columns that the drawing names. That the answer has these columns is checked
//! when the workspace is opened, and here once more: what nobody reported is never mistaken for a column that is not there.

use crate::cells::{AnswerCells, code_label};
use crate::chart::setting;
use crate::context::Context;
use crate::error::PageError;
use crate::messages::{label, m};
use remit_ask::{Answer, ColumnStyle, Drawing};
use remit_store::Cell;

/// What a thing is called in an answer, and where it leads.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) link: Option<String>,
}

/// Names with the rows that have them, in the order in which they first stand there.
pub(crate) type Groups = Vec<(Name, Vec<usize>)>;

/// An answer, seen with the columns of a drawing.
pub(crate) struct AnswerView<'a> {
    pub(crate) cx: &'a Context<'a>,
    pub(crate) answer: &'a Answer,
    pub(crate) drawing: &'a Drawing,
    cells: AnswerCells<'a>,
}

impl<'a> AnswerView<'a> {
    /// # Errors
    /// When the answer lacks a column of which the picture is made.
    pub(crate) fn new(cx: &'a Context<'a>, answer: &'a Answer, drawing: &'a Drawing) -> Result<AnswerView<'a>, PageError> {
        for column in drawing.columns() {
            answer.table.at(column).map_err(|e| PageError::of_query(&answer.question.name, e))?;
        }
        Ok(AnswerView { cx, answer, drawing, cells: AnswerCells::new(cx, &answer.table) })
    }

    /// Numbers of all rows.
    pub(crate) fn rows(&self) -> std::ops::Range<usize> {
        0..self.answer.table.rows.len()
    }

    /// The cell of a column; null where the drawing names none.
    pub(crate) fn cell(&self, row: usize, column: &str) -> &Cell {
        const NOT_NAMED: Cell = Cell::Null;
        self.answer.table.column(column).map_or(&NOT_NAMED, |at| &self.answer.table.rows[row][at])
    }

    /// The text of a column; empty where there is none.
    pub(crate) fn text(&self, row: usize, column: &str) -> &str {
        self.cell(row, column).text().unwrap_or_default()
    }

    /// True where a flag is raised.
    pub(crate) fn is_raised(&self, row: usize, column: &str) -> bool {
        self.cell(row, column).number().is_some_and(|n| n > 0.0)
    }

    /// True where nobody confirmed a row for the day.
    pub(crate) fn is_doubtful(&self, row: usize, column: &str) -> bool {
        self.cell(row, column).number() == Some(0.0)
    }

    /// The sources that the rows name, or the workspace.
    pub(crate) fn sources(&self) -> String {
        let mut named: Vec<&str> = Vec::new();
        for row in self.rows() {
            let source = self.text(row, "source");
            if !source.is_empty() && !named.contains(&source) {
                named.push(source);
            }
        }
        match named[..] {
            [] => self.cx.app().workspace().settings().title.clone(),
            [one] => one.to_owned(),
            [one, other] => format!("{one}; {other}"),
            _ => m::sources_in_table(named.len()),
        }
    }

    /// What a column is called.
    pub(crate) fn head(&self, column: &str) -> String {
        label(&self.cx.columns().get(column).label)
    }

    /// What a code of a column is called; that nobody reported it where there is none.
    pub(crate) fn code(&self, column: &str, code: &str) -> String {
        match self.cx.columns().get(column).list {
            _ if code.is_empty() => format!("{}: {}", self.head(column), setting(self.cx.model()).words.not_reported),
            Some(list) => code_label(self.cx.model(), &list, code),
            None => code.to_owned(),
        }
    }

    /// Where the code of a row stands in the list of its column.
    pub(crate) fn position(&self, row: usize, column: &str) -> usize {
        let code = self.text(row, column);
        let list = self.cx.columns().get(column).list.and_then(|list| self.cx.model().lists.get(&list));
        list.and_then(|l| l.codes().iter().position(|c| c.code == code)).unwrap_or(usize::MAX)
    }

    /// What the cell of a column says, and where it leads; what the column is called where the drawing names none.
    pub(crate) fn name(&self, row: usize, column: &str) -> Name {
        match self.answer.table.column(column) {
            // What a group is told apart by says what is not known.
            Some(_) if column == self.drawing.group && self.cell(row, column).is_null() => {
                Name { text: self.code(column, ""), link: None }
            }
            Some(at) => {
                let shown = self.cells.cell(row, at);
                Name { text: shown.text, link: Some(shown.href).filter(|h| !h.is_empty()) }
            }
            None => Name { text: self.head(column), link: None },
        }
    }

    /// The number of a column, shares as per cent.
    pub(crate) fn value(&self, row: usize, column: &str) -> Option<f64> {
        let hundred = if self.cx.columns().get(column).show == ColumnStyle::Share { 100.0 } else { 1.0 };
        self.cell(row, column).number().map(|n| n * hundred)
    }

    /// Some rows by what a column says.
    pub(crate) fn grouped(&self, rows: &[usize], column: &str) -> Groups {
        let mut groups = Groups::new();
        for row in rows {
            let name = self.name(*row, column);
            match groups.iter_mut().find(|(n, _)| *n == name) {
                Some((_, rows)) => rows.push(*row),
                None => groups.push((name, vec![*row])),
            }
        }
        groups
    }

    /// All rows by what a column says.
    pub(crate) fn all(&self, column: &str) -> Groups {
        self.grouped(&self.rows().collect::<Vec<_>>(), column)
    }
}
