//! The cells of an answer, as `questions/columns.toml` says that its columns look and where they lead.

use super::{CellView, MOST, TableView};
use crate::context::Context;
use crate::messages::m;
use remit_ask::{CellWords, ColumnLink, ColumnStyle, Manner, Saying};
use remit_store::{Cell, Table};

/// A table with the looks of its columns.
pub(crate) struct AnswerCells<'a> {
    cx: &'a Context<'a>,
    table: &'a Table,
    said: CellWords<'a>,
}

impl<'a> AnswerCells<'a> {
    pub(crate) fn new(cx: &'a Context<'a>, table: &'a Table) -> AnswerCells<'a> {
        AnswerCells { cx, table, said: CellWords::new(cx.voice(), table) }
    }

    /// The whole answer as a table.
    pub(crate) fn draw(&self, id: &str, caption: &str) -> TableView {
        let visible: Vec<usize> = (0..self.table.columns.len()).filter(|c| self.is_visible(*c)).collect();
        let rows = 0..self.table.rows.len().min(MOST);
        let money = (0..self.table.columns.len()).any(|c| self.said.look(c).show == ColumnStyle::Money);
        TableView {
            id: id.to_owned(),
            caption: caption.to_owned(),
            unit: if money { m::dollars_at_value_date() } else { String::new() },
            heads: visible.iter().map(|c| self.head(*c)).collect(),
            rows: rows.map(|row| visible.iter().map(|c| self.cell(row, *c)).collect()).collect(),
            empty: m::nothing_is_on_record(),
            more: self.table.rows.len().saturating_sub(MOST),
            unrecorded: visible.iter().filter(|c| self.is_unrecorded(**c)).map(|c| self.table.columns[*c].clone()).collect(),
            ..TableView::default()
        }
    }

    /// Some columns of the first rows, as a small table.
    pub(crate) fn first_rows(&self, id: &str, caption: &str, columns: &[String], most: usize) -> TableView {
        let shown: Vec<usize> = columns.iter().filter_map(|c| self.table.column(c)).filter(|c| self.is_for_reader(*c)).collect();
        let rows = 0..self.table.rows.len().min(most);
        TableView {
            id: id.to_owned(),
            caption: caption.to_owned(),
            heads: shown.iter().map(|c| self.head(*c)).collect(),
            rows: rows.map(|row| shown.iter().map(|c| self.cell(row, *c)).collect()).collect(),
            empty: m::nothing_on_record(),
            more: self.table.rows.len().saturating_sub(most),
            ..TableView::default()
        }
    }

    /// True where nothing is on record in any row of the column, be it drawn or not, nor in any that it stands together with. A “no” is an
    /// answer.
    fn is_unrecorded(&self, column: usize) -> bool {
        let has_words = |c: &usize| self.said.look(*c).unsaid.is_some();
        if has_words(&column) {
            return (0..self.table.columns.len()).filter(has_words).all(|c| self.table.rows.iter().all(|row| row[c].is_null()));
        }
        let nothing = |row: usize| {
            let value = &self.table.rows[row][column];
            (value.is_null() || value.text() == Some("")) && self.said.cell(row, column).manner == Manner::NoRecord
        };
        (0..self.table.rows.len()).all(nothing)
    }

    fn head(&self, column: usize) -> CellView {
        CellView {
            text: self.said.head(column),
            class: if self.said.look(column).show.is_number() { "num" } else { "" },
            sort: self.table.columns[column].clone(),
            ..Default::default()
        }
    }

    fn is_visible(&self, column: usize) -> bool {
        // A country that was asked for need not stand in every row.
        let asked_for = self.table.columns[column] == "country" && !self.cx.request.get("country").is_empty();
        self.said.look(column).show != ColumnStyle::Hidden && !asked_for && self.is_for_reader(column)
    }

    /// False for a column that leads to forms, where the reader may not write.
    fn is_for_reader(&self, column: usize) -> bool {
        let leads_to_form = self.said.look(column).link.as_ref().is_some_and(ColumnLink::is_to_form);
        !leads_to_form || self.cx.app().author().is_some()
    }

    /// A cell as its column looks, with where it leads.
    pub(crate) fn cell(&self, row: usize, column: usize) -> CellView {
        let value = &self.table.rows[row][column];
        let shown = self.value(row, column, value);
        let sort = match (self.said.look(column).show, value) {
            (show, value) if show.is_number() => value.number().map(|n| n.to_string()).unwrap_or_default(),
            (ColumnStyle::Date | ColumnStyle::Moment, Cell::Text(day)) => day.clone(),
            _ => String::new(),
        };
        let href = self.said.look(column).link.as_ref().and_then(|link| self.address(row, link)).unwrap_or_default();
        CellView { sort, href, ..shown }
    }

    fn value(&self, row: usize, column: usize, value: &Cell) -> CellView {
        let Saying { text, manner } = self.said.cell(row, column);
        match manner {
            Manner::Text => CellView::text(text),
            Manner::Number => CellView::number(text),
            Manner::Line => CellView::line(text),
            Manner::Badge => {
                let list = self.said.look(column).list.as_deref().unwrap_or_default();
                CellView::badge(self.cx.model(), list, value.text().unwrap_or_default())
            }
            Manner::Flag => CellView { text, badge: "flagged".into(), ..Default::default() },
            Manner::Doubted => CellView { text, badge: "tag stale".into(), ..Default::default() },
            Manner::Unknown => CellView::unknown(),
            // It stands below the head of its column, as the numbers do.
            Manner::NoRecord if self.said.look(column).show.is_number() => CellView { class: "num none", ..CellView::none(text) },
            Manner::NoRecord => CellView::none(text),
        }
    }

    /// The address of a link for a row; nothing where the answer has not all of its columns, or the row says nothing in one. A form leads
    /// back to the page on which it was offered, for the next row.
    fn address(&self, row: usize, link: &ColumnLink) -> Option<String> {
        let of = |column: &str| self.table.rows[row][self.table.column(column)?].text().filter(|t| !t.is_empty());
        match link {
            ColumnLink::Address { address } => of(address).filter(|a| is_web(a)).map(str::to_owned),
            ColumnLink::Page { page, with, perhaps, keep } => {
                // Only a form leads back, and this is asked for each cell of a page.
                let here = link.is_to_form().then(|| self.cx.request.here());
                let mut path = page.clone();
                while let Some((name, value)) = in_braces(&path).map(|name| (name.to_owned(), of(name))) {
                    path = path.replace(&format!("{{{name}}}"), value?);
                }
                let mut parameters: Vec<(&str, &str)> = keep.iter().map(|k| (k.as_str(), self.cx.request.get(k))).collect();
                for (name, column) in with {
                    parameters.push((name, of(column)?));
                }
                parameters.extend(perhaps.iter().filter_map(|(name, column)| Some((name.as_str(), of(column)?))));
                parameters.extend(here.as_deref().map(|here| ("back", here)));
                Some(self.cx.link(&path, &parameters))
            }
        }
    }
}

fn in_braces(path: &str) -> Option<&str> {
    path.split_once('{')?.1.split_once('}').map(|(name, _)| name)
}

/// True for an address that a page may lead to.
pub(crate) fn is_web(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}
