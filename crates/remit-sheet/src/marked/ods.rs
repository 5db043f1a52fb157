//! The same of an OpenDocument sheet, and what else it shows that is not told elsewhere: merged cells, formulas without a result.

use super::links::{self, LINKS};
use super::{COMMENTS, CellMark, Struck, as_it_stands, entity, local, part, struck_and_coloured, struck_in_part, used, value};
use crate::grid::{CellLink, CellText, Merged};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::Cursor;
use std::rc::Rc;
use zip::ZipArchive;

/// What a sheet shows.
#[derive(Debug, Default)]
pub(crate) struct SeenCells {
    pub(crate) marks: Vec<CellMark>,
    pub(crate) merged: Vec<Merged>,
    /// Cells that could not be read: row, column, reason.
    pub(crate) unread: Vec<(u64, usize, String)>,
    /// How far in texts stand by their format.
    pub(crate) indents: Vec<(u64, usize, u32)>,
    /// Cells that are links.
    pub(crate) links: Vec<CellLink>,
}

/// What a style means for a cell.
#[derive(Debug, Default, Clone)]
struct StyleLook {
    is_struck: bool,
    colour: Option<Rc<str>>,
    /// How far in its texts stand.
    indent: u32,
}

/// What stands before the names of styles of words, which are others than those of cells.
const WORDS: &str = "words ";

/// Looks at a sheet by its name, at the cells that have something in them. What is struck out within a cell is taken away.
pub(crate) fn ods(bytes: &[u8], sheet: &str, rows: &mut BTreeMap<u64, Vec<CellText>>) -> SeenCells {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return SeenCells::default() };
    let Some(content) = part(&mut archive, "content.xml") else { return SeenCells::default() };
    let looks = part(&mut archive, "styles.xml").map(|text| looks(&text)).unwrap_or_default();
    let mut walk = Walk::new(rows);
    walk.looks = looks;
    walk.looks.extend(self::looks(&content));
    walk.go(&content, sheet);
    let Walk { mut seen, struck, colours, in_part, .. } = walk;
    for ((row, column), part) in in_part {
        let Some(cell) = rows.get_mut(&row).and_then(|cells| cells.get_mut(column)) else { continue };
        seen.marks.push(struck_in_part(cell, &part, row, column));
    }
    let is_struck = |row: u64, column: usize| struck.contains(&(row, column));
    let colour = |row: u64, column: usize| colours.get(&(row, column)).map(|c| c.to_string());
    seen.marks.extend(struck_and_coloured(rows, is_struck, colour));
    seen
}

/// The styles of a part that strike cells out or colour them, by name.
fn looks(text: &str) -> HashMap<String, StyleLook> {
    let (mut all, mut name): (HashMap<String, StyleLook>, Option<String>) = (HashMap::new(), None);
    super::tags(text, |tag, element| {
        let of = |attribute: &str| value(tag, attribute);
        match element {
            "style" => {
                name = of("name").and_then(|name| match of("family")?.as_str() {
                    "table-cell" => Some(name),
                    "text" => Some(format!("{WORDS}{name}")),
                    _ => None,
                });
            }
            "paragraph-properties" => {
                let margin = of("margin-left").or_else(|| of("margin-start")).unwrap_or_default();
                let number: f64 = margin.trim_end_matches(|c: char| c.is_alphabetic()).parse().unwrap_or(0.0);
                // Hundredths, so that a tenth of an inch is further in than nothing.
                name.iter().filter(|_| number > 0.0).for_each(|name| {
                    all.entry(name.clone()).or_default().indent = (number * 100.0) as u32;
                });
            }
            "text-properties" if of("text-line-through-style").is_some_and(|s| s != "none") => {
                name.iter().for_each(|name| all.entry(name.clone()).or_default().is_struck = true);
            }
            "table-cell-properties" => {
                let is_colour = |c: &String| c.starts_with('#') && !c.eq_ignore_ascii_case("#ffffff");
                let colour = of("background-color").filter(is_colour).map(|c| Rc::from(c.to_uppercase()));
                if let (Some(name), Some(colour)) = (&name, colour) {
                    all.entry(name.clone()).or_default().colour = Some(colour);
                }
            }
            _ => {}
        }
    });
    all
}

/// Goes from cell to cell.
struct Walk<'r> {
    looks: HashMap<String, StyleLook>,
    rows: &'r BTreeMap<u64, Vec<CellText>>,
    /// The columns in which something stands.
    used: BTreeSet<usize>,
    seen: SeenCells,
    struck: HashSet<(u64, usize)>,
    colours: HashMap<(u64, usize), Rc<str>>,
    /// The row, and of how many that are the same it is the first.
    row: (u64, u64),
    /// The cell, and the same.
    column: (usize, usize),
    /// The column whose width is said.
    width_of: usize,
    comments: usize,
    /// What the cell says, as far as it was read, and for each run of words that is open whether it is struck out.
    said: Struck,
    runs: Vec<bool>,
    /// Cells of which a part is struck out.
    in_part: Vec<((u64, usize), Struck)>,
}

impl<'r> Walk<'r> {
    fn new(rows: &'r BTreeMap<u64, Vec<CellText>>) -> Walk<'r> {
        Walk {
            looks: HashMap::new(),
            rows,
            used: used(rows),
            seen: SeenCells::default(),
            struck: HashSet::new(),
            colours: HashMap::new(),
            row: (1, 0),
            column: (0, 0),
            width_of: 0,
            comments: 0,
            said: Struck::default(),
            runs: Vec::new(),
            in_part: Vec::new(),
        }
    }

    fn go(&mut self, content: &str, sheet: &str) {
        let mut reader = Reader::from_str(content);
        reader.config_mut().check_end_names = false;
        let (mut is_it, mut comment) = (false, None::<String>);
        while let Ok(event) = reader.read_event() {
            let is_empty = matches!(event, Event::Empty(_));
            match event {
                Event::Start(tag) | Event::Empty(tag) => match local(tag.name().as_ref()) {
                    "table" => is_it = value(&tag, "name").is_some_and(|name| name == sheet),
                    "annotation" if is_it && !is_empty => comment = Some(String::new()),
                    name if is_it && comment.is_none() => {
                        self.begins(name, &tag);
                        self.words_begin(name, &tag, is_empty);
                    }
                    _ => {}
                },
                Event::Text(text) => match &mut comment {
                    Some(said) => {
                        said.push(' ');
                        said.push_str(&text);
                    }
                    None => self.words(&text),
                },
                Event::GeneralRef(name) if comment.is_none() => self.words(&entity(&name)),
                Event::End(tag) => match local(tag.name().as_ref()) {
                    "table" if is_it => return,
                    "annotation" => {
                        if let Some(said) = comment.take() {
                            self.comment(&said);
                        }
                    }
                    "span" if comment.is_none() => drop(self.runs.pop()),
                    "table-cell" => self.cell_ends(),
                    _ => {}
                },
                Event::Eof => return,
                _ => {}
            }
        }
    }

    fn begins(&mut self, name: &str, tag: &BytesStart<'_>) {
        let times = |attribute: &str| value(tag, attribute).and_then(|n| n.parse::<u32>().ok()).unwrap_or(1).max(1);
        let is_hidden = || value(tag, "visibility").is_some_and(|v| v == "collapse" || v == "filter");
        match name {
            "table-column" => {
                let many = times("number-columns-repeated") as usize;
                let first = self.rows.keys().next_back().copied().unwrap_or(1);
                let end = self.width_of.saturating_add(many);
                if is_hidden() {
                    let hidden = self.used.range(self.width_of..end);
                    self.seen.marks.extend(hidden.map(|c| (first, Some(*c), as_it_stands("the column is hidden"))));
                }
                self.width_of = end;
            }
            "table-row" => {
                let at = self.row.0 + self.row.1;
                self.row = (at, u64::from(times("number-rows-repeated")));
                self.column = (0, 0);
                if is_hidden() {
                    let hidden = self.rows.range(at..at + self.row.1).map(|(row, _)| *row);
                    self.seen.marks.extend(hidden.map(|row| (row, None, as_it_stands("the row is hidden"))));
                }
            }
            "table-cell" | "covered-table-cell" => {
                let at = self.column.0 + self.column.1;
                self.column = (at, times("number-columns-repeated") as usize);
                self.cell(tag, times("number-rows-spanned"), times("number-columns-spanned"));
            }
            _ => {}
        }
    }

    /// An element of a cell's text begins.
    fn words_begin(&mut self, name: &str, tag: &BytesStart<'_>, is_empty: bool) {
        let is_struck = self.runs.last().copied().unwrap_or(false);
        match name {
            "table-cell" | "covered-table-cell" => (self.said, self.runs) = (Struck::default(), Vec::new()),
            "span" if !is_empty => {
                let look = value(tag, "style-name").and_then(|name| self.looks.get(&format!("{WORDS}{name}")));
                let own = look.is_some_and(|look| look.is_struck);
                self.runs.push(is_struck || own);
            }
            "p" | "line-break" if !self.said.kept.is_empty() || !self.said.out.is_empty() => self.words("\n"),
            "s" => {
                let spaces = value(tag, "c").and_then(|n| n.parse::<usize>().ok()).unwrap_or(1);
                self.words(&" ".repeat(spaces.min(100)));
            }
            "tab" => self.words(" "),
            // What is drawn beside the table stands before its first row.
            "a" if self.row.1 > 0 => self.link(value(tag, "href").as_deref().and_then(links::address)),
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        let is_struck = self.runs.last().copied().unwrap_or(false);
        if self.said.kept.len() + self.said.out.len() < super::CELL {
            self.said.part(is_struck).push_str(text);
        }
    }

    /// Notes that a cell is a link. Where it is several, its address is none.
    fn link(&mut self, address: Option<CellText>) {
        let Some(address) = address.filter(|_| self.seen.links.len() < LINKS) else { return };
        let ((row, rows), (column, columns)) = (self.row, self.column);
        if let Some(before) = self.seen.links.last_mut().filter(|before| (before.row, before.column) == (row, column)) {
            let shown = self.rows.get(&row).and_then(|cells| cells.get(column)).map_or("", CellText::as_str);
            before.is_shown &= links::of_cell(row, column, &address, shown).is_none_or(|link| link.is_shown);
            if before.address != address && before.address.len() < super::CELL {
                before.address = format!("{} {address}", before.address).into();
            }
            return;
        }
        for (row, cells) in self.rows.range(row..row + rows) {
            let columns = column..cells.len().min(column.saturating_add(columns));
            self.seen.links.extend(columns.filter_map(|column| links::of_cell(*row, column, &address, &cells[column])));
        }
    }

    fn cell_ends(&mut self) {
        let said = std::mem::take(&mut self.said);
        if said.is_part() {
            self.in_part.push(((self.row.0, self.column.0), said));
        }
    }

    fn cell(&mut self, tag: &BytesStart<'_>, down: u32, across: u32) {
        let ((row, rows), (column, columns)) = (self.row, self.column);
        if down > 1 || across > 1 {
            let last = (row + u64::from(down) - 1, column + across as usize - 1);
            self.seen.merged.push(Merged { rows: (row, last.0), columns: (column, last.1) });
        }
        let has_value = ["value-type", "value", "string-value"].iter().any(|name| value(tag, name).is_some());
        let formula = value(tag, "formula");
        self.link(formula.as_deref().and_then(links::of_formula));
        if formula.is_some() && !has_value {
            let reason = "a formula without a stored result; open the file in Excel or LibreOffice, save it, and send it again";
            self.seen.unread.push((row, column, reason.to_owned()));
        }
        let Some(look) = value(tag, "style-name").and_then(|name| self.looks.get(&name)).cloned() else { return };
        for (row, cells) in self.rows.range(row..row + rows) {
            let filled = (column..(column + columns).min(cells.len())).filter(|c| !cells[*c].is_empty());
            for column in filled {
                if look.is_struck {
                    self.struck.insert((*row, column));
                }
                if let Some(colour) = &look.colour {
                    self.colours.insert((*row, column), colour.clone());
                }
                if look.indent > 0 {
                    self.seen.indents.push((*row, column, look.indent));
                }
            }
        }
    }

    fn comment(&mut self, said: &str) {
        self.comments += 1;
        if self.comments <= COMMENTS {
            let words: String = said.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(300).collect();
            self.seen.marks.push((self.row.0, Some(self.column.0), as_it_stands(&format!("a comment says: {words}"))));
        }
    }
}
