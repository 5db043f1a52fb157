//! Tables in markup: web pages (HTML) and Excel’s XML of 2003, as programs save them under the name of a workbook, and the tables of
//! a document of Word.

use crate::grid::{COLUMNS, CellText, Grid, Merged, ROWS, Room, Unread};
use crate::marked;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};
use std::io::{Cursor, Read as _};

/// True for the beginning of a file in which tables stand in markup.
pub(crate) fn is_markup(beginning: &str) -> bool {
    let begins = beginning.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']).to_ascii_lowercase();
    begins.starts_with('<')
        && ["<html", "<table", "<!doctype html", "office:spreadsheet"].iter().any(|sign| begins.contains(sign))
}

/// Bytes of a document in which tables are looked for.
const MOST_OF_DOCUMENT: u64 = 64 << 20;

/// The markup of a document of Word (.docx); none where it is something else.
pub(crate) fn of_document(bytes: &[u8]) -> Option<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut text = Vec::new();
    archive.by_name("word/document.xml").ok()?.take(MOST_OF_DOCUMENT).read_to_end(&mut text).ok()?;
    Some(String::from_utf8_lossy(&text).into_owned())
}

/// Reads the tables, of each at most so many rows.
pub(crate) fn tables(text: &str, room: &mut Room, most: usize) -> Result<Vec<Grid>, Unread> {
    let found = Tables { done: Vec::new(), open: Vec::new(), sheet: String::new(), unseen: 0, room, most, wrong: None };
    let page = Tokenizer::new(MarkupSink(RefCell::new(found)), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(&*remit_files::with_few_attributes(text)));
    let _ = page.feed(&input);
    page.end();
    let mut found = page.sink.0.into_inner();
    while !found.open.is_empty() {
        found.close_table();
    }
    if let Some(wrong) = found.wrong {
        return Err(wrong);
    }
    let mut grids: Vec<Grid> = found.done.into_iter().filter(|g| !g.rows.is_empty()).collect();
    let several = grids.len() > 1;
    for (n, grid) in grids.iter_mut().enumerate().filter(|(_, g)| several && g.sheet.is_empty()) {
        grid.sheet = format!("Table {}", n + 1);
    }
    Ok(grids)
}

/// The tables that were found, and those that are open: one may stand in a cell of another.
struct Tables<'r> {
    done: Vec<Grid>,
    open: Vec<MarkupTable>,
    /// Name of the sheet that is read.
    sheet: String,
    /// Inside of what is shown nowhere.
    unseen: usize,
    room: &'r mut Room,
    most: usize,
    wrong: Option<Unread>,
}

/// A table that is being read.
#[derive(Default)]
struct MarkupTable {
    grid: Grid,
    rows: BTreeMap<u64, Vec<CellText>>,
    row: u64,
    column: usize,
    /// Places that a cell of a row above reaches down to.
    taken: HashSet<(u64, usize)>,
    cell: Option<MarkupCell>,
}

/// A cell that is being read.
#[derive(Default)]
struct MarkupCell {
    text: String,
    /// The number or moment itself, where the markup has it beside what is shown.
    value: Option<String>,
    is_number: bool,
    is_moment: bool,
    across: usize,
    down: u64,
    /// Where it leads, as a link.
    link: Option<CellText>,
}

struct MarkupSink<'r>(RefCell<Tables<'r>>);

impl TokenSink for MarkupSink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut tables = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tables.wrong.is_none() => tables.tag(&tag),
            Token::CharacterTokens(text) if tables.wrong.is_none() && tables.unseen == 0 => tables.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// What an attribute of a tag says; a name may have a prefix.
fn said(tag: &Tag, name: &str) -> Option<String> {
    let is_it = |local: &str| local == name || local.rsplit_once(':').is_some_and(|(_, n)| n == name);
    tag.attrs.iter().find(|a| is_it(&a.name.local)).map(|a| a.value.trim().to_owned())
}

fn counted(tag: &Tag, name: &str) -> Option<u64> {
    said(tag, name).and_then(|n| n.parse().ok())
}

impl Tables<'_> {
    fn tag(&mut self, tag: &Tag) {
        let name = tag.name.rsplit_once(':').map_or(&*tag.name, |(_, n)| n);
        match (tag.kind, name) {
            (TagKind::StartTag, "script" | "style") if !tag.self_closing => self.unseen += 1,
            (TagKind::EndTag, "script" | "style") => self.unseen = self.unseen.saturating_sub(1),
            (TagKind::StartTag, "worksheet") => self.sheet = said(tag, "name").unwrap_or_default(),
            (TagKind::StartTag, "table" | "tbl") => {
                let grid = Grid { sheet: self.sheet.clone(), ..Grid::default() };
                self.open.push(MarkupTable { grid, ..MarkupTable::default() });
            }
            (TagKind::EndTag, "table" | "tbl") => self.close_table(),
            (TagKind::StartTag, "tr" | "row") => self.open_row(tag),
            (TagKind::EndTag, "tr" | "row") => self.close_cell(),
            (TagKind::StartTag, "td" | "th" | "cell" | "tc") => self.open_cell(tag),
            (TagKind::StartTag, "gridspan") => self.widen(tag),
            (TagKind::EndTag, "td" | "th" | "cell" | "tc") => self.close_cell(),
            (TagKind::StartTag, "data") => self.typed(tag),
            (TagKind::StartTag, "a") => self.link(tag),
            (TagKind::StartTag, "br" | "p" | "div" | "li") => self.text(" "),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(cell) = self.open.last_mut().and_then(|t| t.cell.as_mut()) {
            cell.text.push_str(text);
        }
    }

    fn typed(&mut self, tag: &Tag) {
        if let Some(cell) = self.open.last_mut().and_then(|t| t.cell.as_mut()) {
            let is = said(tag, "type").unwrap_or_default();
            (cell.is_number, cell.is_moment) = (is == "Number", is == "DateTime");
        }
    }

    /// Notes where a cell leads. Where it leads to several places, that is no address.
    fn link(&mut self, tag: &Tag) {
        let address = said(tag, "href").as_deref().and_then(marked::address);
        if let Some((cell, address)) = self.open.last_mut().and_then(|t| t.cell.as_mut()).zip(address) {
            cell.link = match cell.link.take() {
                Some(before) if before != address && before.len() < 10_000 => Some(format!("{before} {address}").into()),
                before => before.or(Some(address)),
            };
        }
    }

    fn open_row(&mut self, tag: &Tag) {
        self.close_cell();
        let Some(table) = self.open.last_mut() else { return };
        let next = table.row + 1;
        table.row = counted(tag, "index").filter(|n| *n > next).unwrap_or(next);
        table.column = 0;
    }

    fn open_cell(&mut self, tag: &Tag) {
        self.close_cell();
        let Some(table) = self.open.last_mut() else { return };
        while table.taken.contains(&(table.row, table.column)) {
            table.column += 1;
        }
        if let Some(index) = counted(tag, "index").filter(|n| *n > 0) {
            table.column = usize::try_from(index - 1).unwrap_or(usize::MAX);
        }
        let more = |spans: Option<u64>, besides: Option<u64>| besides.or(spans.map(|n| n.saturating_sub(1))).unwrap_or(0);
        let value = said(tag, "num").filter(|v| v.parse::<f64>().is_ok());
        table.cell = Some(MarkupCell {
            is_number: value.is_some(),
            value,
            across: more(counted(tag, "colspan"), counted(tag, "mergeacross")).min(u64::from(COLUMNS)) as usize,
            down: more(counted(tag, "rowspan"), counted(tag, "mergedown")).min(1_000),
            link: said(tag, "href").as_deref().and_then(marked::address),
            ..MarkupCell::default()
        });
    }

    /// A cell of Word says inside of it over how many columns it reaches.
    fn widen(&mut self, tag: &Tag) {
        if let Some(cell) = self.open.last_mut().and_then(|t| t.cell.as_mut()) {
            cell.across = counted(tag, "val").map_or(0, |n| n.saturating_sub(1)).min(u64::from(COLUMNS)) as usize;
        }
    }

    fn close_cell(&mut self) {
        let most = self.most;
        let Some(table) = self.open.last_mut() else { return };
        let Some(cell) = table.cell.take() else { return };
        let (row, column) = (table.row.max(1), table.column);
        table.column = column.saturating_add(cell.across + 1);
        let shown = cell.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = match cell.value {
            Some(value) => value,
            None if cell.is_moment => shown.split('T').next().unwrap_or_default().to_owned(),
            None => shown,
        };
        if row > u64::from(ROWS) || table.column > COLUMNS as usize {
            self.wrong = Some(Unread::Broken("a cell stands in a row or column that no sheet has".into()));
            return;
        }
        let reach = cell.across + 1;
        let letters = text.len() + cell.link.as_ref().map_or(0, |link| link.len());
        if let Err(wrong) = self.room.take(reach * (cell.down as usize + 1), letters) {
            self.wrong = Some(wrong);
            return;
        }
        if cell.down > 0 || cell.across > 0 {
            table.grid.merged.push(Merged { rows: (row, row + cell.down), columns: (column, column + cell.across) });
            let places = (row + 1..=row + cell.down).flat_map(|r| (column..column + reach).map(move |c| (r, c)));
            table.taken.extend(places);
        }
        if text.is_empty() || table.rows.len() == most && !table.rows.contains_key(&row) {
            return;
        }
        let cells = table.rows.entry(row).or_default();
        cells.resize_with(cells.len().max(column + 1), CellText::default);
        if cell.is_number && text.contains('.') {
            table.grid.numbers.insert((row, column));
        }
        table.grid.links.extend(cell.link.and_then(|address| marked::of_cell(row, column, &address, &text)));
        cells[column] = text.into();
    }

    fn close_table(&mut self) {
        self.close_cell();
        if let Some(table) = self.open.pop() {
            self.done.push(Grid { rows: table.rows.into_iter().collect(), ..table.grid });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::ALL;

    fn read(text: &str) -> Vec<Grid> {
        let mut room = ALL;
        tables(text, &mut room, usize::MAX).unwrap()
    }

    #[test]
    fn a_web_page_is_its_tables_as_they_are_shown() {
        let page = "<html><style>td {}</style><table><tr><th rowspan=2>Unit<th colspan=2>2024</tr><tr><td>a<td>b</tr>\
            <tr><td>Made-up<br>Police<td x:num=\"1250.5\">1 250,5<td></td></table></html>";
        assert!(is_markup(page));
        let grid = &read(page)[0];
        let cells = |n: usize| grid.rows[n].1.iter().map(CellText::as_str).collect::<Vec<_>>();
        assert_eq!((cells(0), cells(1), cells(2)), (vec!["Unit", "2024"], vec!["", "a", "b"], vec!["Made-up Police", "1250.5"]));
        assert_eq!(grid.merged.len(), 2);
        assert!(grid.numbers.contains(&(3, 1)));
    }

    #[test]
    fn a_cell_that_is_a_link_says_where_it_leads() {
        let page = "<table><tr><td><a href=\"https://example.org/a?b&amp;c\">Report</a><td><a href=\"#below\">below</a>\
            <td><a href=\"https://example.org/a\">a</a>, <a href=\"https://example.org/b\">b</a>\
            <td><a href=\"https://example.org\">https://example.org</a></table>";
        let grid = &read(page)[0];
        let links: Vec<(usize, &str)> = grid.links.iter().map(|link| (link.column, link.address.as_str())).collect();
        assert_eq!(links, [(0, "https://example.org/a?b&c"), (2, "https://example.org/a https://example.org/b")]);
    }

    #[test]
    fn excel_s_xml_of_2003_is_read_sheet_by_sheet() {
        let xml = "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>\
            <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"Units\"><Table>\
            <Row><Cell><Data ss:Type=\"String\">Name</Data></Cell></Row>\
            <Row ss:Index=\"4\"><Cell ss:Index=\"2\"><Data ss:Type=\"DateTime\">2024-01-05T00:00:00.000</Data></Cell></Row>\
            </Table></Worksheet></Workbook>";
        assert!(is_markup(xml));
        let grid = &read(xml)[0];
        assert_eq!((grid.sheet.as_str(), grid.rows[1].0, grid.rows[1].1[1].as_str()), ("Units", 4, "2024-01-05"));
    }

    #[test]
    fn a_cell_that_reaches_over_everything_is_refused_or_cut() {
        let wide = "<table><tr><td colspan=99999999 rowspan=99999999>x<td>y</table>";
        let mut room = ALL;
        assert!(tables(wide, &mut room, usize::MAX).is_err());
    }
}
