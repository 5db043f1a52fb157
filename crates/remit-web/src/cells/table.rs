//! Tables as they are drawn.

use super::{CellView, ChangeForm};
use crate::language::locale;
use crate::messages::m;
use std::collections::{BTreeMap, BTreeSet};

/// The most rows that a page draws; the downloads have all.
pub(crate) const MOST: usize = 100;

/// Rows on one page of a list.
pub(crate) const PER_PAGE: usize = 100;
/// The most columns that fit beside each other.
const WIDE: usize = 8;

/// A table ready to be drawn.
#[derive(Debug, Clone, Default)]
pub(crate) struct TableView {
    pub(crate) id: String,
    pub(crate) caption: String,
    /// The heading above it that tells it from another table of its caption; nothing where its caption does.
    pub(crate) heading: String,
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
    pub(crate) empty_columns: String,
    /// The names of the columns in which nothing is on record in any row, be it drawn or not.
    pub(crate) unrecorded: BTreeSet<String>,
    /// True where its rows can be chosen, for a form that changes all of them at once.
    pub(crate) picks: bool,
    /// True where columns are set below others.
    pub(crate) folds: bool,
}

impl TableView {
    /// True where the script puts it in order; else the server does, whom the heads ask.
    pub(crate) fn sorts_by_script(&self) -> bool {
        self.heads.iter().all(|h| h.href.is_empty())
    }

    /// The table without the columns, but for the first, in which no row says anything but what everybody knows here.
    pub(crate) fn without_columns_that_say(self, known: &str) -> TableView {
        let says = |c: usize| self.rows.iter().any(|r| r[c].sign.is_empty() && r[c].text != known);
        let kept: Vec<bool> = (0..self.heads.len()).map(|c| c == 0 || says(c)).collect();
        self.with_columns(&kept)
    }

    /// The table as a page has room for it: what some columns say set below what others do, and where that is so, or there are more
    /// columns than a page is wide, without those, but for the first, in which nothing is on record in any row: what is said is not to be
    /// looked for among dashes. What they are called stands below it.
    pub(crate) fn fitted(self, fold: &BTreeMap<String, Vec<String>>, sees_all: bool) -> TableView {
        let table = self.folded(fold);
        if table.folds || table.heads.len() > WIDE { table.emptied(sees_all) } else { table }
    }

    /// A reader who does not see everything is not told that a column is empty.
    fn emptied(mut self, sees_all: bool) -> TableView {
        let says = |c: usize| {
            c == 0 || !self.unrecorded.contains(&self.heads[c].sort) || self.rows.iter().any(|r| !r[c].below.is_empty())
        };
        let kept: Vec<bool> = (0..self.heads.len()).map(says).collect();
        let empty: Vec<String> =
            self.heads.iter().zip(&kept).filter(|(_, kept)| !**kept).map(|(head, _)| head.text.clone()).collect();
        if empty.is_empty() || self.rows.is_empty() {
            return self;
        }
        let empty = locale().list(&empty);
        self.empty_columns = if sees_all { m::empty_columns(empty) } else { m::empty_columns_you_may_see(empty) };
        self.with_columns(&kept)
    }

    /// The table with what some columns say set below what others do. A column that the table does not have folds nothing, and is not
    /// folded.
    fn folded(mut self, fold: &BTreeMap<String, Vec<String>>) -> TableView {
        let at = |name: &String| self.heads.iter().position(|h| h.sort == *name);
        let pairs = fold.iter().filter_map(|(into, below)| Some((at(into)?, below)));
        let moved: Vec<(usize, usize)> =
            pairs.flat_map(|(into, below)| below.iter().filter_map(at).map(move |from| (into, from))).collect();
        if moved.is_empty() {
            return self;
        }
        for row in &mut self.rows {
            for (into, from) in &moved {
                let cell = row[*from].clone();
                if cell.sign.is_empty() && !cell.text.is_empty() {
                    row[*into].below.push((self.heads[*from].text.clone(), cell));
                }
            }
            for cell in row.iter_mut().filter(|c| !c.below.is_empty() && c.sort.is_empty()) {
                cell.sort = cell.text.clone();
            }
        }
        let kept: Vec<bool> = (0..self.heads.len()).map(|c| moved.iter().all(|(_, from)| *from != c)).collect();
        TableView { folds: true, ..self.with_columns(&kept) }
    }

    /// The table with the columns that are kept.
    fn with_columns(mut self, kept: &[bool]) -> TableView {
        self.heads = kept_of(self.heads, kept);
        self.rows = self.rows.into_iter().map(|row| kept_of(row, kept)).collect();
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
pub(crate) struct KeyFigure {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) href: String,
    pub(crate) note: String,
}

impl KeyFigure {
    /// `write` writes the value, where it is known.
    pub(crate) fn new(name: String, value: Option<f64>, write: fn(f64) -> String, href: String, note: String) -> KeyFigure {
        KeyFigure { name, value: value.map_or_else(m::unreported_figure, write), href, note }
    }
}

#[cfg(test)]
mod tests {
    use super::{CellView, TableView};
    use std::collections::BTreeMap;

    #[test]
    fn a_column_below_another_keeps_its_name_and_what_no_row_says_goes() {
        let head = |name: &str| CellView { sort: name.to_owned(), ..CellView::text(name.to_uppercase()) };
        let row = |unit: &str, rank: &str| {
            vec![CellView::text(unit), CellView::text("Made-up Alpha"), CellView::text(rank), CellView::none("none".to_owned())]
        };
        let table = TableView {
            heads: ["unit", "person", "rank", "note"].map(head).to_vec(),
            rows: vec![row("Made-up Unit", "Major"), row("Made-up Unit", "")],
            unrecorded: ["note".to_owned()].into(),
            ..TableView::default()
        };
        let fold = |into: &str| BTreeMap::from([(into.to_owned(), vec!["rank".to_owned(), "nowhere".to_owned()])]);
        let folded = table.clone().fitted(&fold("person"), true);
        assert_eq!(folded.heads.iter().map(|h| h.sort.as_str()).collect::<Vec<_>>(), ["unit", "person"]);
        assert_eq!(folded.rows[0][1].below, [("RANK".to_owned(), CellView::text("Major"))]);
        assert!(folded.folds && folded.rows[1][1].below.is_empty());
        let whole = table.fitted(&fold("elsewhere"), true);
        assert!(!whole.folds && whole.heads.len() == 4, "nothing is folded into a column that is not there");
    }
}
