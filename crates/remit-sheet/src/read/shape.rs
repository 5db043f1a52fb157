//! The table as a mapping means it, out of the sheet as it stands: the headings found and joined, lines above and below the
//! table and rows of sums set apart, merged cells and ditto marks filled, columns made rows, several answers in a cell made
//! rows. What comes out is a plain table, so that nothing after it knows how sheets look.

use super::mapping::{EachColumn, Mapping, OVER, OutlineColumn};
use super::sections::Sections;
use super::sums::SumWords;
use crate::grid::{CellText, Dropped, Grid, HEAD, Merged, Narrowed, letter};
use crate::values::{ValueWords, folded, items};
use remit_model::{FieldType, Model, comparable};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// A plain table.
#[derive(Debug, Default)]
pub(crate) struct Shaped {
    /// Its rows; the headings are one of them.
    pub(crate) grid: Grid,
    /// The row of the headings, as an index.
    pub(crate) header: usize,
    /// Rows of the sheet that are none of the table.
    pub(crate) passed: Vec<Passed>,
    /// Cells that took the value above them.
    pub(crate) filled: u64,
    /// The row of the headings, where the mapping says another one.
    pub(crate) moved: Option<Passed>,
}

/// A row of a sheet that is none of its table.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Passed {
    /// Sheet of a workbook; empty for CSV.
    pub sheet: String,
    /// Row, from 1.
    pub row: u64,
    /// What stands in it.
    pub text: String,
    /// Why: `above` the headings, `total`, `note` below the table, `alone` in its row, `empty` below the columns that are rows,
    /// `section` where it is a heading of the rows below it, `table` for another table below this one, `columns` where it numbers them, `skipped` as the mapping says. `headings` for a row
    /// of headings that is not where the mapping says: it is told, and is one of the table.
    pub why: &'static str,
}

/// Words and signs that are no value.
#[derive(Debug)]
pub(crate) struct Marks<'m> {
    /// What stands above the columns of tables, and which amounts may be added up.
    model: &'m Model,
    words: Arc<MarkWords>,
}

/// Those of a model.
#[derive(Debug, Default)]
struct MarkWords {
    ditto: HashSet<String>,
    totals: HashSet<String>,
    /// How many words the longest of them has.
    longest: usize,
    /// The letters with which they begin.
    initials: HashSet<char>,
    notes: HashSet<String>,
    /// What fields are called.
    labels: HashSet<String>,
}

impl MarkWords {
    fn new(model: &Model) -> MarkWords {
        let mut marks = MarkWords::default();
        for written in model.languages.written() {
            marks.ditto.extend(written.ditto.iter().map(|w| folded(w)));
            marks.totals.extend(written.totals.iter().map(|w| folded(w)));
            marks.notes.extend(written.notes.iter().map(|w| folded(w)));
        }
        marks.ditto.extend(model.languages.signs().ditto.iter().map(|w| folded(w)));
        marks.initials = marks.totals.iter().filter_map(|t| t.chars().next()).collect();
        marks.longest = marks.totals.iter().map(|t| t.split(' ').count()).max().unwrap_or(0);
        let fields = model.register_kinds().flat_map(|k| &k.fields);
        marks.labels = fields.flat_map(|f| f.label.all().map(|(_, label)| comparable(label)).collect::<Vec<_>>()).collect();
        marks
    }
}

impl<'m> Marks<'m> {
    pub(crate) fn new(model: &'m Model) -> Marks<'m> {
        Marks { model, words: model.worked_out(MarkWords::new) }
    }

    fn is_ditto(&self, cell: &str) -> bool {
        cell.len() < 40 && self.words.ditto.contains(&folded(cell))
    }

    /// Why a row is no row of the table (a title, a sum, a note); none where it is one.
    pub(crate) fn is_none_of_the_table(&self, cells: &[CellText], width: usize) -> Option<&'static str> {
        let mut filled = cells.iter().filter(|c| !c.is_empty());
        let first = filled.next()?;
        if first.len() > 200 {
            return None;
        }
        let label = folded(first);
        if self.is_sum(&label, cells) {
            return Some("total");
        }
        let is_note = match filled.take(2).count() {
            0 => width > 1 && self.is_note(&label),
            // “Contact” and who it is, in two cells of a table of more.
            1 => width > 2 && self.words.notes.contains(label.trim_end_matches([':', ' ', '.'])),
            _ => false,
        };
        is_note.then_some("note")
    }

    /// True where a row begins with a word for sums; with more words behind it only where a number stands beside them, as in
    /// “Total of the north”, or behind a colon in the same cell, as in “Total measures: 3”.
    fn is_sum(&self, label: &str, cells: &[CellText]) -> bool {
        let label = label.trim_end_matches([':', ' ', '.']);
        let is_count = |rest: &str| !rest.trim().is_empty() && rest.chars().all(|c| c.is_numeric() || " .,".contains(c));
        let has_number = || {
            cells.iter().skip(1).any(|c| c.contains(|c: char| c.is_numeric()))
                || label.rsplit_once(':').is_some_and(|(_, rest)| is_count(rest))
        };
        self.is_word_for_sums(label).is_some_and(|is_alone| is_alone || has_number())
    }

    /// Whether a text, folded, is a word for sums and nothing else, or begins with one.
    fn is_word_for_sums(&self, label: &str) -> Option<bool> {
        let totals = &self.words.totals;
        if totals.contains(label) || totals.contains(&unspaced(label)) {
            return Some(true);
        }
        let mut ends = label.match_indices([' ', ':']).map(|(at, _)| at).take(self.words.longest);
        ends.any(|end| totals.contains(label[..end].trim())).then_some(false)
    }

    /// The same of a cell. Most begin with another letter, and are not folded.
    fn says_sum(&self, cell: &str) -> Option<bool> {
        let first = cell.chars().next()?;
        let may_be = !first.is_ascii() || self.words.initials.contains(&first.to_ascii_lowercase());
        let label = Some(cell).filter(|cell| may_be && cell.len() < 80).map(folded)?;
        self.is_word_for_sums(label.trim_end_matches([':', ' ', '.']))
    }

    /// The rows of sums below headings whose word stands behind their first cell.
    pub(super) fn sums(&self, rows: &[(u64, Vec<CellText>)], headings: &[impl AsRef<str>], mapping: &Mapping) -> HashSet<u64> {
        let words = ValueWords::of(self.model);
        let is_value = |at: usize, text: &str| headings.get(at).is_some_and(|h| is_value(self.model, mapping, h.as_ref(), text));
        let number = |cell: &str| words.numbers.read(cell, None, true).ok()?.digits.parse::<f64>().ok();
        let says_sum = |cell: &str| self.says_sum(cell);
        let is_known = |cells: &[CellText]| self.is_none_of_the_table(cells, headings.len()) == Some("total");
        SumWords { says_sum: &says_sum, is_value: &is_value, is_known: &is_known, number: &number }.rows(rows)
    }

    /// True for what stands below tables and is none of their rows: “Source: …”, “Page 1 of 3”, “* provisional”, “(1) of these …”.
    fn is_note(&self, label: &str) -> bool {
        let numbered = label.strip_prefix('(').and_then(|rest| rest.split_once(')')).map(|(number, _)| number);
        if label.starts_with(['*', '†', '‡'])
            || numbered.is_some_and(|n| !n.is_empty() && n.len() < 3 && n.bytes().all(|b| b.is_ascii_digit()))
        {
            return true;
        }
        let ends_there = |word: &str, rest: &str| {
            rest.is_empty() || word.ends_with('.') && rest.starts_with(' ') || {
                let rest = rest.trim_start();
                rest.starts_with([':', ',', '=', '|']) || rest.starts_with(|c: char| c.is_ascii_digit())
            }
        };
        self.words.notes.iter().any(|word| label.strip_prefix(word.as_str()).is_some_and(|rest| ends_there(word, rest)))
    }

    /// True for the name of a code that a field of the register may have: of a country, a class of bodies, a form of support.
    pub(crate) fn names_a_code(&self, text: &str) -> bool {
        let lists = &self.model.lists;
        let mut fields = self.model.register_kinds().flat_map(|kind| &kind.fields);
        // Short texts are codes themselves: “SO”, “M”.
        text.chars().count() > 3
            && fields.any(|field| match &field.kind {
                FieldType::Code(list) => {
                    lists.means(list, text).is_some() || lists.get(list).is_some_and(|codes| codes.find(text).is_some())
                }
                _ => false,
            })
    }

    /// True for what is known to stand above a column.
    pub(crate) fn is_heading(&self, cell: &str) -> bool {
        self.model.headings.knows(cell) || self.words.labels.contains(&comparable(cell))
    }

    /// True for a row of headings: all of it, or nearly, is what stands above the columns of tables.
    pub(crate) fn is_headings(&self, cells: &[CellText]) -> bool {
        let filled: Vec<&CellText> = cells.iter().filter(|c| !c.is_empty()).collect();
        let known = filled.iter().filter(|c| self.is_heading(c)).count();
        let is_text = filled.iter().all(|c| c.len() < 80 && !c.contains(|c: char| c.is_numeric()));
        is_text && known > 1 && known * 3 >= filled.len() * 2
    }
}

/// True for a text that a mapping takes as a value of its column: a code of its field, or what somebody has said the meaning of.
fn is_value(model: &Model, mapping: &Mapping, heading: &str, text: &str) -> bool {
    let lists = &model.lists;
    let is_code = |list: &str| lists.means(list, text).is_some() || lists.get(list).is_some_and(|l| l.find(text).is_some());
    mapping.record.iter().any(|record| {
        let kind = model.kind(&record.kind);
        let mut of_column = record.fields.iter().filter(|(_, rule)| rule.column.as_deref() == Some(heading));
        of_column.any(|(name, rule)| {
            let list = kind.and_then(|kind| kind.field(name)).and_then(|field| match &field.kind {
                FieldType::Code(list) => Some(list),
                _ => None,
            });
            list.is_some_and(|list| is_code(list)) || rule.aliases.contains_key(text)
        })
    })
}

/// A word whose letters stand apart, “T O T A L”, as a word; another text as nothing.
fn unspaced(label: &str) -> String {
    let is_apart = label.split(' ').all(|part| part.chars().count() == 1);
    if is_apart { label.replace(' ', "") } else { String::new() }
}

/// Makes a table out of a sheet, as a mapping says.
pub(crate) fn shaped(mut grid: Grid, mapping: &Mapping, marks: &Marks<'_>) -> Result<Shaped, String> {
    let wanted = mapping.columns();
    let rows = mapping.headings.unwrap_or(1).max(1) as usize;
    let said = mapping.header.map(|at| grid.rows.iter().position(|(n, _)| *n >= at).unwrap_or(0));
    let header = found(&grid, rows, &wanted, said);
    let moved = grid.rows.get(header).filter(|_| said.is_some_and(|said| said != header));
    let moved = moved.map(|(row, cells)| passed(&grid.sheet, *row, cells, "headings"));
    let mut shaped = Shaped { moved, ..Shaped::default() };
    let last = (header + rows).min(grid.rows.len()).max(1);
    let headings = joined(&grid, header, last);
    let head: Vec<(u64, Vec<CellText>)> = grid.rows.drain(..last.min(grid.rows.len())).collect();
    shaped.passed.extend(head.iter().take(header).map(|(row, cells)| passed(&grid.sheet, *row, cells, "above")));
    let heading_row = head.last().map_or(1, |(row, _)| *row);
    if mapping.dataset.is_none() && grid.rows.first().is_some_and(|(_, cells)| numbers_columns(cells)) {
        let (row, cells) = grid.rows.remove(0);
        shaped.passed.push(passed(&grid.sheet, row, &cells, "columns"));
    }
    other_tables(&mut grid, heading_row, &headings, marks, &mut shaped.passed);
    if mapping.keep_totals != Some(true) {
        let sheet = grid.sheet.clone();
        // What others publish is told by its first cell alone.
        let sums = if mapping.dataset.is_none() { marks.sums(&grid.rows, &headings, mapping) } else { HashSet::new() };
        let why = |row: &u64, cells: &[CellText]| {
            let is_sum = || sums.contains(row).then_some("total");
            marks.is_none_of_the_table(cells, headings.len()).or_else(is_sum)
        };
        grid.rows.retain(|(row, cells)| match why(row, cells) {
            Some(why) => {
                shaped.passed.push(passed(&sheet, *row, cells, why));
                false
            }
            None => true,
        });
    }
    shaped.filled = filled(&mut grid, 0, marks);
    grid.rows.insert(0, (heading_row, headings.into_iter().map(CellText::from).collect()));
    if let Some(heading) = &mapping.sections {
        let sections = Sections::of(&grid, 0, &|text| marks.names_a_code(text)).take(&mut grid, 0, heading);
        shaped.passed.extend(sections.iter().map(|(row, cells)| passed(&grid.sheet, *row, cells, "section")));
    }
    shaped.filled += filled_down(&mut grid, &mapping.fill)?;
    if let Some(heading) = mapping.joined() {
        joined_names(&mut grid, &mapping.join, &heading)?;
    }
    if let Some(outline) = &mapping.outline {
        outlined(&mut grid, outline)?;
    }
    if let Some(each) = &mapping.each {
        unfolded(&mut grid, each, mapping.adds_up(marks.model), &mut shaped.passed)?;
    }
    for (column, sign) in &mapping.split {
        split(&mut grid, column, sign)?;
    }
    shaped.grid = grid;
    Ok(shaped)
}

/// Which columns a mapping wants of a table that is too large to be kept whole: those that it names, and the first, by which sums and
/// notes are told. None where that would leave none out, or a heading would not be found again.
pub(crate) fn narrowed(grid: &Grid, mapping: &Mapping) -> Option<Narrowed> {
    // What stands alone in a row may stand in any column.
    if mapping.sections.is_some() {
        return None;
    }
    let wanted = mapping.columns();
    let rows = mapping.headings.unwrap_or(1).max(1) as usize;
    let said = mapping.header.map(|at| grid.rows.iter().position(|(n, _)| *n >= at).unwrap_or(0));
    let header = found(grid, rows, &wanted, said);
    let last = (header + rows).min(grid.rows.len()).max(1);
    let headings = joined(grid, header, last);
    let is_kept = |at: &usize| *at == 0 || wanted.contains(&headings[*at]);
    let (kept, others): (Vec<usize>, Vec<usize>) = (0..headings.len()).partition(is_kept);
    let mut narrow = Grid::default();
    let cells = |cells: &Vec<CellText>| kept.iter().map_while(|at| cells.get(*at).cloned()).collect();
    narrow.rows = grid.rows.iter().take(last + HEAD).map(|(row, all)| (*row, cells(all))).collect();
    let again = joined(&narrow, header, last);
    let is_found = wanted.iter().all(|w| again.contains(w));
    let dropped = others.into_iter().map(|column| Dropped { column, heading: headings[column].clone(), ..Dropped::default() });
    let heading_row = grid.rows.get(last - 1).map_or(1, |(row, _)| *row);
    let narrowed = Narrowed { kept, dropped: dropped.collect(), heading_row };
    Some(narrowed).filter(|n| is_found && !n.dropped.is_empty())
}

/// True for a row below the headings that numbers the columns: “(1) (2) (3)”, “A B C D”, also “5=3+4”. Four figures without brackets may
/// be a row of the table where they are fewer.
fn numbers_columns(cells: &[CellText]) -> bool {
    let filled: Vec<&str> = cells.iter().map(CellText::as_str).filter(|c| !c.is_empty()).collect();
    let counts = |next: &dyn Fn(usize) -> String| {
        filled.iter().enumerate().all(|(n, cell)| {
            let rest = cell.trim_start_matches(['(', '[']).strip_prefix(next(n).as_str());
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric) && !rest.contains(char::is_whitespace))
        })
    };
    let letter_from = |first: u8| move |n: usize| char::from(first.saturating_add(n as u8)).to_string();
    let is_bracketed = filled.iter().all(|cell| cell.starts_with(['(', '[']));
    let is_most = filled.len() * 2 > cells.len() && filled.len() < 27;
    let by_figures = counts(&|n| (n + 1).to_string()) && (is_bracketed || filled.len() > 3);
    is_most && filled.len() > 2 && (by_figures || counts(&letter_from(b'A')) || counts(&letter_from(b'a')))
}

/// Sets apart what is none of the table's rows: its headings once more, as on each page, and every other table below it, which begins
/// with headings of its own, or a title above them, behind a row that is empty.
fn other_tables(grid: &mut Grid, heading_row: u64, headings: &[String], marks: &Marks<'_>, apart: &mut Vec<Passed>) {
    let sheet = grid.sheet.clone();
    // “Project (continued)” above “Donor” too, and each row of two.
    let is_same = |c: &str, heading: &str| c == heading || heading.split(OVER).any(|part| part == c);
    let is_near =
        |c: &str, heading: &str| is_same(c, heading) || c.len() > 2 && (c.starts_with(heading) || heading.starts_with(c));
    let is_own = |cells: &[CellText]| {
        let filled = || cells.iter().zip(headings).filter(|(c, heading)| !c.is_empty() && !heading.is_empty());
        let (all, same) = (filled().count(), filled().filter(|(c, heading)| is_same(c, heading)).count());
        let beyond = cells.iter().filter(|c| !c.is_empty()).count() > all;
        !beyond && all > 1 && same * 2 >= all && filled().all(|(c, heading)| is_near(c, heading))
    };
    let row_before = |n: usize| n.checked_sub(1).map_or(heading_row, |n| grid.rows[n].0);
    let is_title = |n: &usize| {
        let ((row, cells), next) = (&grid.rows[*n], grid.rows.get(n + 1));
        let is_alone = *row > row_before(*n) + 1 && cells.iter().filter(|c| !c.is_empty()).count() == 1;
        is_alone && next.is_some_and(|(next, below)| *next == row + 1 && marks.is_headings(below) && !is_own(below))
    };
    let titles: HashSet<u64> = (0..grid.rows.len()).filter(is_title).map(|n| grid.rows[n].0).collect();
    let (mut before, mut is_below) = (heading_row, false);
    grid.rows.retain(|(row, cells)| {
        let is_again = is_own(cells);
        // Behind a page’s end the same table goes on.
        let begins = titles.contains(row) || *row > before + 1 && marks.is_headings(cells);
        is_below = !is_again && (is_below || begins);
        before = *row;
        if is_again || is_below {
            apart.push(passed(&sheet, *row, cells, if is_again { "above" } else { "table" }));
        }
        !is_again && !is_below
    });
}

/// Adds a column of names of which each part stands in a column of its own; the first row is that of the headings.
fn joined_names(grid: &mut Grid, parts: &[String], heading: &str) -> Result<(), String> {
    let columns: Vec<usize> = parts.iter().map(|part| position(grid, part)).collect::<Result<_, _>>()?;
    let width = grid.rows.first().map_or(0, |(_, headings)| headings.len());
    for (n, (_, cells)) in grid.rows.iter_mut().enumerate() {
        let parts = columns.iter().filter_map(|column| cells.get(*column)).map(CellText::as_str).filter(|part| !part.is_empty());
        let name = if n == 0 { heading.to_owned() } else { parts.collect::<Vec<&str>>().join(" ") };
        cells.resize(width, CellText::default());
        cells.push(CellText::from(name));
    }
    Ok(())
}

pub(super) fn passed(sheet: &str, row: u64, cells: &[CellText], why: &'static str) -> Passed {
    Passed { sheet: sheet.to_owned(), row, text: text_of(cells), why }
}

/// What stands in a row, for who reads of it.
pub(super) fn text_of(cells: &[CellText]) -> String {
    let text = cells.iter().filter(|c| !c.is_empty()).cloned().collect::<Vec<_>>().join(" · ");
    text.chars().take(200).collect()
}

/// The row that somebody said, or else the one that has most of the headings which a mapping names, the first of these. What somebody
/// said stands, but where its row has none of them and a row below it has all: the next file may have a line more above them.
fn found(grid: &Grid, rows: usize, wanted: &[String], said: Option<usize>) -> usize {
    let headings = |at: usize| joined(grid, at, (at + rows).min(grid.rows.len()));
    let has = |at: usize| {
        let headings = headings(at);
        wanted.iter().filter(|w| headings.contains(w)).count()
    };
    // The letter of a column without a heading stands in every row.
    let is_named = |at: usize| headings(at).iter().enumerate().any(|(column, h)| *h != letter(column) && wanted.contains(h));
    let first = said.unwrap_or(0);
    let candidates = (0..grid.rows.len().min(HEAD)).map(|at| (at, has(at)));
    let (best, most) = candidates.fold((first, has(first)), |best, next| if next.1 > best.1 { next } else { best });
    // Of several rows of headings some are read with a line more above them, too.
    let is_other = || best >= first + rows && is_named(first);
    let is_moved = || best > first && most == wanted.len() && is_named(best) && !is_other();
    if said.is_none() || is_moved() { best } else { first }
}

/// The headings that stand in these rows, one a column: what stands above another is said before it. Two that are the same are
/// told apart by a number; a column without a heading is called by its letter.
pub(crate) fn joined(grid: &Grid, from: usize, to: usize) -> Vec<String> {
    let rows = &grid.rows[from.min(grid.rows.len())..to.min(grid.rows.len())];
    let below = grid.rows.iter().skip(to).take(HEAD).map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let width = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0).max(below);
    let mut headings: Vec<String> = (0..width).map(|at| heading(grid, rows, at)).collect();
    let mut taken: HashSet<String> = headings.iter().filter(|h| !h.is_empty()).cloned().collect();
    let mut times: HashMap<String, usize> = HashMap::new();
    for (at, heading) in headings.iter_mut().enumerate() {
        let is_used = || grid.rows.iter().skip(to).any(|(_, cells)| cells.get(at).is_some_and(|c| !c.is_empty()));
        // A heading goes before a letter: a column of women may be called F.
        let (name, first) = match heading.as_str() {
            "" if !is_used() => continue,
            "" => (letter(at), 1),
            own => (own.to_owned(), *times.entry(own.to_owned()).and_modify(|n| *n += 1).or_insert(1)),
        };
        if first == 1 && !heading.is_empty() {
            continue;
        }
        let numbered = |n: usize| if n == 1 { name.clone() } else { format!("{name} ({n})") };
        *heading = (first..).map(numbered).find(|name| !taken.contains(name)).unwrap_or_default();
        taken.insert(heading.clone());
    }
    headings
}

fn heading(grid: &Grid, rows: &[(u64, Vec<CellText>)], at: usize) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for (n, (row, cells)) in rows.iter().enumerate() {
        let own = cells.get(at).map_or("", CellText::as_str);
        let is_last = n + 1 == rows.len();
        let part = match own {
            // What is merged over several columns stands over each of them.
            "" if !is_last => across(grid, *row, at, cells).unwrap_or_default(),
            own => own,
        };
        let part = part.trim_start_matches('\u{FEFF}').trim();
        if !part.is_empty() && !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts.join(OVER).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn across<'g>(grid: &Grid, row: u64, at: usize, cells: &'g [CellText]) -> Option<&'g str> {
    let is_in = |m: &&Merged| m.rows.0 == row && (m.columns.0..=m.columns.1).contains(&at);
    let begin = match grid.merged.iter().find(is_in) {
        Some(merged) => Some(merged.columns.0),
        // A file that cannot say what is merged leaves empty what is.
        None if grid.merged.is_empty() => (0..at).rev().find(|c| cells.get(*c).is_some_and(|t| !t.is_empty())),
        None => None,
    };
    begin.and_then(|c| cells.get(c)).map(CellText::as_str)
}

/// Gives cells that are merged downwards, or hold a ditto mark, what stands above them; says how many.
pub(crate) fn filled(grid: &mut Grid, header: usize, marks: &Marks<'_>) -> u64 {
    let mut filled = 0;
    let place: BTreeMap<u64, usize> = match grid.merged.is_empty() {
        true => BTreeMap::new(),
        false => grid.rows.iter().enumerate().map(|(n, (row, _))| (*row, n)).collect(),
    };
    // Cells are in one range only, so all ranges together have no more rows than the table has cells: more is made to hurt.
    let widest = |cells: usize, merged: &Merged| cells.max(merged.columns.1 + 1);
    let width = grid.merged.iter().fold(grid.rows.iter().map(|(_, c)| c.len()).max().unwrap_or(0), widest);
    let mut room = grid.rows.len().saturating_mul(width);
    for merged in grid.merged.clone().iter().filter(|m| m.rows.1 > m.rows.0) {
        let column = merged.columns.0;
        let text = place.get(&merged.rows.0).filter(|n| **n >= header).and_then(|n| grid.rows[*n].1.get(column)).cloned();
        let Some(text) = text.filter(|t| !t.is_empty()) else { continue };
        // A row that has nothing else is no row.
        for (row, n) in place.range(merged.rows.0 + 1..=merged.rows.1).take(room) {
            if put(&mut grid.rows[*n].1, column, &text) {
                filled += 1;
                grid.copied.insert((*row, column));
            }
            room -= 1;
        }
    }
    let mut above: Vec<CellText> = Vec::new();
    for (row, cells) in grid.rows.iter_mut().skip(header) {
        above.resize_with(above.len().max(cells.len()), CellText::default);
        for (at, (cell, above)) in cells.iter_mut().zip(&mut above).enumerate().filter(|(_, (c, _))| !c.is_empty()) {
            if cell != above && marks.is_ditto(cell) {
                if above.is_empty() {
                    let reason = format!("“{cell}” means what stands above, and nothing stands above; the cell was left out");
                    grid.unread.push((*row, at, reason));
                }
                cell.clone_from(above);
                filled += 1;
            } else if cell != above {
                above.clone_from(cell);
            }
        }
    }
    filled
}

fn put(cells: &mut Vec<CellText>, column: usize, text: &str) -> bool {
    if cells.len() <= column {
        cells.resize_with(column + 1, CellText::default);
    }
    let is_empty = cells[column].is_empty();
    if is_empty {
        cells[column] = text.into();
    }
    is_empty
}

/// Gives empty cells of some columns what stands above them.
fn filled_down(grid: &mut Grid, columns: &[String]) -> Result<u64, String> {
    let mut filled = 0;
    for column in columns {
        let at = position(grid, column)?;
        let mut above = CellText::default();
        for (_, cells) in grid.rows.iter_mut().skip(1) {
            match cells.get(at).filter(|c| !c.is_empty()) {
                Some(cell) => above.clone_from(cell),
                None if above.is_empty() => {}
                None => filled += u64::from(put(cells, at, &above)),
            }
        }
    }
    Ok(filled)
}

/// Says of each row, in a column of its own, the name above that it belongs to: the last one that stands less far in.
fn outlined(grid: &mut Grid, outline: &OutlineColumn) -> Result<(), String> {
    let at = position(grid, &outline.column)?;
    let own = grid.indents.iter().filter(|(_, column, _)| *column == at);
    let depths: HashMap<u64, u32> = own.map(|(row, _, depth)| (*row, *depth)).collect();
    let width = grid.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let mut above: Vec<(u32, CellText)> = Vec::new();
    for (n, (row, cells)) in grid.rows.iter_mut().enumerate() {
        cells.resize(width + 1, CellText::default());
        if n == 0 {
            cells[width] = outline.heading.as_str().into();
            continue;
        }
        let name = cells[at].clone();
        if name.is_empty() {
            continue;
        }
        let depth = depths.get(row).copied().unwrap_or(0);
        above.retain(|(other, _)| *other < depth);
        if let Some((_, of)) = above.last() {
            cells[width].clone_from(of);
        }
        above.push((depth, name));
    }
    Ok(())
}

/// One row for each of some columns: its heading in one cell, what stands below it in another. Where nothing stands below it, there
/// is no row; where nothing stands below any of them, the row is set apart. Where the cells are added up, there is one row for all of them.
fn unfolded(grid: &mut Grid, each: &EachColumn, adds_up: bool, apart: &mut Vec<Passed>) -> Result<(), String> {
    let columns: Vec<usize> = each.columns.iter().map(|c| position(grid, c)).collect::<Result<_, _>>()?;
    let (places, made) = (each.places()?, each.made());
    let mut names: Vec<&String> = Vec::new();
    for (name, _) in &places {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let mut rows = std::mem::take(&mut grid.rows).into_iter();
    let (at, mut headings) = rows.next().unwrap_or_default();
    let width = headings.len();
    headings.push(each.heading.as_str().into());
    headings.extend(made.iter().map(CellText::from));
    grid.rows.push((at, headings));
    for (at, mut cells) in rows {
        cells.resize(width, CellText::default());
        if !adds_up && columns.iter().all(|column| cells[*column].is_empty()) {
            apart.push(passed(&grid.sheet, at, &cells, "empty"));
            continue;
        }
        if adds_up {
            let mut below = vec![String::new(); made.len()];
            for (column, (_, cell)) in columns.iter().zip(&places).filter(|(column, _)| !cells[**column].is_empty()) {
                let sign = if below[*cell].is_empty() { "" } else { " + " };
                below[*cell].push_str(sign);
                below[*cell].push_str(cells[*column].as_str());
            }
            let below: Vec<CellText> = below.into_iter().map(CellText::from).collect();
            grid.rows.push((at, [cells.as_slice(), &[CellText::default()], &below].concat()));
            continue;
        }
        for name in &names {
            let mut below = vec![CellText::default(); made.len()];
            for (column, (_, cell)) in columns.iter().zip(&places).filter(|(_, (of, _))| of == *name) {
                below[*cell].clone_from(&cells[*column]);
            }
            if below.iter().any(|c| !c.is_empty()) {
                grid.rows.push((at, [cells.as_slice(), &[CellText::from(*name)], &below].concat()));
            }
        }
    }
    Ok(())
}

/// One row for each of the answers in a cell.
fn split(grid: &mut Grid, column: &str, sign: &str) -> Result<(), String> {
    let at = position(grid, column)?;
    let rows = std::mem::take(&mut grid.rows);
    for (n, (row, cells)) in rows.into_iter().enumerate() {
        let text = cells.get(at).cloned().unwrap_or_default();
        let items: Vec<&str> = items(&text, sign).into_iter().map(str::trim).filter(|i| !i.is_empty()).collect();
        if n == 0 || items.len() < 2 {
            grid.rows.push((row, cells));
            continue;
        }
        for item in items {
            let mut cells = cells.clone();
            cells[at] = item.into();
            grid.rows.push((row, cells));
        }
    }
    Ok(())
}

fn position(grid: &Grid, column: &str) -> Result<usize, String> {
    let (row, headings) = grid.rows.first().map_or((1, &[][..]), |(row, cells)| (*row, cells.as_slice()));
    headings.iter().position(|h| h == column).ok_or_else(|| no_column(row, column, headings))
}

/// Says that a column is missing, and where it was looked for: whoever wrote the mapping may have meant another row.
pub(super) fn no_column(row: u64, wanted: &str, headings: &[CellText]) -> String {
    let known: Vec<&str> = headings.iter().map(CellText::as_str).filter(|h| !h.is_empty()).collect();
    format!("the table has no column `{wanted}` in the headings of row {row}; it has {}", known.join(", "))
}
