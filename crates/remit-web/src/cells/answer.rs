//! The cells of an answer, as `questions/columns.toml` says that its columns look and where they lead.

use super::{CellView, MOST, TableView, code_label, country_name, field, recipient};
use crate::context::Context;
use crate::figures::{amount, date, money, percent, plain, whole};
use crate::messages::{label, m};
use remit_ask::{ColumnLink, ColumnLook, ColumnStyle};
use remit_store::{Cell, Table};

/// A table with the looks of its columns.
pub(crate) struct AnswerCells<'a> {
    cx: &'a Context<'a>,
    table: &'a Table,
    looks: Vec<ColumnLook>,
    /// What statements of a row are of, where a column says it.
    kind: Option<usize>,
}

impl<'a> AnswerCells<'a> {
    pub(crate) fn new(cx: &'a Context<'a>, table: &'a Table) -> AnswerCells<'a> {
        let looks = table.columns.iter().map(|c| cx.columns().get(c)).collect();
        AnswerCells { cx, table, looks, kind: table.column("kind") }
    }

    /// All of it as a table.
    pub(crate) fn draw(&self, id: &str, caption: &str) -> TableView {
        let visible: Vec<usize> = (0..self.looks.len()).filter(|c| self.is_visible(*c)).collect();
        let rows = 0..self.table.rows.len().min(MOST);
        let money = self.looks.iter().any(|l| l.show == ColumnStyle::Money);
        TableView {
            id: id.to_owned(),
            caption: caption.to_owned(),
            unit: if money { m::dollars_at_value_date() } else { String::new() },
            heads: visible.iter().map(|c| self.head(*c)).collect(),
            rows: rows.map(|row| visible.iter().map(|c| self.cell(row, *c)).collect()).collect(),
            empty: m::nothing_is_on_record(),
            more: self.table.rows.len().saturating_sub(MOST),
            ..TableView::default()
        }
    }

    /// Some columns of the first rows, as a small table.
    pub(crate) fn first_rows(&self, id: &str, caption: &str, columns: &[String], most: usize) -> TableView {
        let shown: Vec<usize> = columns.iter().filter_map(|c| self.table.column(c)).collect();
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

    fn head(&self, column: usize) -> CellView {
        CellView {
            text: label(&self.looks[column].label),
            class: if self.looks[column].show.is_number() { "num" } else { "" },
            sort: self.table.columns[column].clone(),
            ..Default::default()
        }
    }

    fn is_visible(&self, column: usize) -> bool {
        // A country that was asked for need not stand in every row.
        let asked_for = self.table.columns[column] == "country" && !self.cx.request.get("country").is_empty();
        self.looks[column].show != ColumnStyle::Hidden && !asked_for
    }

    /// A cell as its column looks, with where it leads.
    pub(crate) fn cell(&self, row: usize, column: usize) -> CellView {
        let value = &self.table.rows[row][column];
        let shown = self.value(row, column, value);
        let sort = match (self.looks[column].show, value) {
            (show, value) if show.is_number() => value.number().map(|n| n.to_string()).unwrap_or_default(),
            (ColumnStyle::Date, Cell::Text(day)) => day.clone(),
            _ => String::new(),
        };
        let href = self.looks[column].link.as_ref().and_then(|link| self.address(row, link)).unwrap_or_default();
        CellView { sort, href, ..shown }
    }

    fn value(&self, row: usize, column: usize, value: &Cell) -> CellView {
        let look = &self.looks[column];
        let text = || value.text().unwrap_or_default();
        let number = || value.number().unwrap_or_default();
        let model = self.cx.model();
        match (look.show, value) {
            (show, Cell::Null) if show.is_number() && show != ColumnStyle::Number => CellView::unknown(),
            (_, Cell::Null) => CellView::none(m::none_on_record()),
            (ColumnStyle::Number, _) => CellView::number(whole(number())),
            (ColumnStyle::Money, _) => CellView::number(money(number())),
            (ColumnStyle::Amount, _) => CellView::number(amount(number())),
            (ColumnStyle::Share, _) => CellView::number(percent(number() * 100.0, 1)),
            (ColumnStyle::Rate, _) => CellView::number(plain(number(), 4)),
            (ColumnStyle::Date, _) => CellView::line(date(text())),
            (ColumnStyle::Badge, _) => CellView::badge(model, look.list.as_deref().unwrap_or_default(), text()),
            (ColumnStyle::Confirmed, _) if value.number() == Some(0.0) => {
                CellView { text: m::not_confirmed(), badge: "tag stale".into(), ..Default::default() }
            }
            (ColumnStyle::Confirmed, _) => CellView::text(m::yes()),
            (ColumnStyle::Kind, _) => CellView::text(model.kind(text()).map_or_else(|| text().to_owned(), |k| label(&k.label))),
            (ColumnStyle::Fields, _) => CellView::text(self.fields(row, text())),
            (ColumnStyle::Yes, _) if number() > 0.0 => {
                CellView { text: label(&look.label), badge: "flagged".into(), ..Default::default() }
            }
            (ColumnStyle::Yes, _) => CellView::none(m::no()),
            (ColumnStyle::Code, _) => self.code(look, text()),
            (ColumnStyle::Recipient, _) => CellView::text(recipient(model, text())),
            (ColumnStyle::Text | ColumnStyle::Hidden, Cell::Text(text)) => CellView::text(text.clone()),
            (ColumnStyle::Text | ColumnStyle::Hidden, _) => CellView::number(plain(number(), 2)),
        }
    }

    fn code(&self, look: &ColumnLook, code: &str) -> CellView {
        let model = self.cx.model();
        match (code, look.list.as_deref()) {
            ("", Some("country")) => CellView::text(m::region_or_not_stated()),
            ("", _) => CellView::none(m::not_stated()),
            (_, Some("country")) => CellView::text(country_name(model, code)),
            (_, Some(list)) => CellView::text(code_label(model, list, code)),
            (_, None) => CellView::text(code),
        }
    }

    /// What a statement says, in words.
    fn fields(&self, row: usize, json: &str) -> String {
        let kind = self.kind.and_then(|at| self.table.rows[row][at].text()).and_then(|name| self.cx.model().kind(name));
        match (kind, serde_json::from_str(json)) {
            (Some(kind), Ok(fields)) => field::says(self.cx.model(), kind, &fields),
            _ => json.to_owned(),
        }
    }

    /// The address of a link for a row; nothing where the answer has not all of its columns, or the row says nothing in one.
    fn address(&self, row: usize, link: &ColumnLink) -> Option<String> {
        let of = |column: &str| self.table.rows[row][self.table.column(column)?].text().filter(|t| !t.is_empty());
        match link {
            ColumnLink::Address { address } => of(address).filter(|a| is_web(a)).map(str::to_owned),
            ColumnLink::Page { page, with, keep } => {
                let mut path = page.clone();
                while let Some((name, value)) = in_braces(&path).map(|name| (name.to_owned(), of(name))) {
                    path = path.replace(&format!("{{{name}}}"), value?);
                }
                let mut parameters: Vec<(&str, &str)> = keep.iter().map(|k| (k.as_str(), self.cx.request.get(k))).collect();
                for (name, column) in with {
                    parameters.push((name, of(column)?));
                }
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
