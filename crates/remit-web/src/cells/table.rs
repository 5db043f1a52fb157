//! Tables as they are drawn.

use super::{CellView, NONE};
use crate::language::locale;
use crate::messages::m;
use crate::row_forms::ChangeForm;

/// The most rows that a page draws; the downloads have all.
pub(crate) const MOST: usize = 100;
/// The most columns that fit beside each other.
const WIDE: usize = 8;

/// A table ready to be drawn.
#[derive(Debug, Clone, Default)]
pub(crate) struct TableView {
    pub(crate) id: String,
    pub(crate) caption: String,
    pub(crate) unit: String,
    pub(crate) heads: Vec<CellView>,
    pub(crate) rows: Vec<Vec<CellView>>,
    pub(crate) empty: String,
    /// Rows that are not shown.
    pub(crate) more: usize,
    /// The column that the server put it in the order of, and which way.
    pub(crate) sorted: Option<(usize, &'static str)>,
    /// Where all of its rows are shown; nothing where that is in the downloads of the page.
    pub(crate) whole: String,
    /// True for the table that the downloads of the page have: its order is theirs.
    pub(crate) downloaded: bool,
    /// How its rows can be changed, each in its row; none where they cannot.
    pub(crate) changes: Option<ChangeForm>,
    /// What the columns are called that it is drawn without, as nothing is on record in any row of them.
    pub(crate) folded: String,
    /// True where its rows can be chosen, for a form that changes all of them at once.
    pub(crate) picks: bool,
}

impl TableView {
    /// True where the script puts it in order; else the server does, whom the heads ask.
    pub(crate) fn sorts_by_script(&self) -> bool {
        self.heads.iter().all(|h| h.href.is_empty())
    }

    /// The table without the columns, but for the first, in which no row says anything but what everybody knows here.
    pub(crate) fn without_columns_that_say(mut self, known: &str) -> TableView {
        let says = |c: usize| self.rows.iter().any(|r| r[c].sign.is_empty() && r[c].text != known);
        let kept: Vec<bool> = (0..self.heads.len()).map(|c| c == 0 || says(c)).collect();
        self.heads = kept_of(self.heads, &kept);
        self.rows = self.rows.into_iter().map(|row| kept_of(row, &kept)).collect();
        self
    }

    /// The table without the columns, but for the first, in which nothing is on record in any row: where there are more than a page is
    /// wide, what is said is not to be looked for among dashes. What they are called stands below it.
    pub(crate) fn folded(mut self) -> TableView {
        if self.heads.len() <= WIDE || self.rows.is_empty() {
            return self;
        }
        let says = |c: usize| c == 0 || self.rows.iter().any(|r| r[c].sign != NONE);
        let kept: Vec<bool> = (0..self.heads.len()).map(says).collect();
        let empty: Vec<String> =
            self.heads.iter().zip(&kept).filter(|(_, kept)| !**kept).map(|(head, _)| head.text.clone()).collect();
        if empty.is_empty() {
            return self;
        }
        self.folded = m::empty_columns(locale().list(&empty));
        self.heads = kept_of(self.heads, &kept);
        self.rows = self.rows.into_iter().map(|row| kept_of(row, &kept)).collect();
        self
    }

    /// The table that the downloads of the page have.
    pub(crate) fn downloaded(self) -> TableView {
        TableView { downloaded: true, ..self }
    }
}

/// The cells of the columns that are kept.
fn kept_of(cells: Vec<CellView>, kept: &[bool]) -> Vec<CellView> {
    cells.into_iter().zip(kept).filter(|(_, kept)| **kept).map(|(cell, _)| cell).collect()
}

/// A table whose rows end in a bar.
#[derive(Debug, Default)]
pub(crate) struct BarTable {
    pub(crate) caption: String,
    pub(crate) head: String,
    pub(crate) heads: Vec<String>,
    pub(crate) bar: String,
    pub(crate) rows: Vec<BarRow>,
}

#[derive(Debug)]
pub(crate) struct BarRow {
    pub(crate) label: CellView,
    pub(crate) numbers: Vec<CellView>,
    /// Length of the whole bar and of its dark part, of 100.
    pub(crate) whole: f64,
    pub(crate) part: f64,
}

/// A key figure at the head of a page.
#[derive(Debug)]
pub(crate) struct Figure {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) href: String,
    pub(crate) note: String,
}

impl Figure {
    /// `write` writes the value, where it is known.
    pub(crate) fn new(name: String, value: Option<f64>, write: fn(f64) -> String, href: String, note: String) -> Figure {
        Figure { name, value: value.map_or_else(m::unreported_figure, write), href, note }
    }
}
