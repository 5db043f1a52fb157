//! What a table seems to be: where its headings stand, which kind of record its rows are, and which column is which field, with
//! the reasons. It proposes; a person looks at it and changes it.

mod matrix;

use crate::SheetError;
use crate::codes::{MOST_VALUES, Suggestions, shared_in};
use crate::grid::{CellText, Grid, HEAD, Merged};
use crate::opening::sample;
use crate::read::{
    EachColumn, Mapping, Marks, OVER, OutlineColumn, RecordRule, Rule, Sections, Shaped, is_called_identifier, kinds_of, name_of,
    shaped,
};
use crate::values::{BETWEEN, DateColumn, DateOrder, Decimal, UnreadCell, ValueWords, WITHIN, ands, items, plain};
use matrix::Matrix;
use remit_model::{Field, FieldType, Kind, Marking, Model, Written, comparable, is_among};
use remit_store::{marking_said, status_said, withheld_said};
use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

/// A sheet of a file, as it stands.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// Its name; empty for CSV.
    pub sheet: String,
    /// True where whoever opens the workbook does not see it.
    pub hidden: bool,
    /// The encoding of CSV; empty for a workbook.
    pub encoding: String,
    /// What the file is, where its name has another ending; else empty.
    pub told: String,
    /// The kind whose columns it has, where Remit wrote it.
    pub native: Option<String>,
    /// Where its headings seem to stand: the row, and how many rows they take.
    pub header: (u64, u64),
    /// True where its headings seem to stand in its first column, or nowhere: what its rows are about is then not to be told.
    is_unheaded: bool,
    /// The countries that the workspace is about: that of records of a table that names none, where it is one.
    about: Vec<String>,
    grid: Grid,
}

/// A column of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProposedColumn {
    /// Its heading.
    pub heading: String,
    /// What stands in it, each value with how often, as far as the table was looked at.
    pub values: Vec<(String, u64)>,
}

/// What a table may be of, by what its columns say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MappingProposal {
    /// The kind.
    pub kind: String,
    /// How much speaks for it.
    pub weight: f64,
    /// Its columns as fields.
    pub mapping: Mapping,
    /// Headings, each with the field that it is taken for.
    pub reasons: Vec<(String, String)>,
}

/// Looks at the sheets of a file: as much of each as tells what it is.
///
/// # Errors
/// When the file is no table.
pub fn look(model: &Model, path: &Path, encoding: &str) -> Result<Vec<Look>, SheetError> {
    let grids = sample(path, encoding, model)?;
    let (words, marks) = (ValueWords::of(model), Marks::new(model));
    let stem = name_of(path);
    let looks = grids.into_iter().filter(|g| !g.rows.is_empty() && !g.sheet.starts_with('_'));
    let unheaded = |grid: &Grid| {
        let why = if is_turned(grid, &marks) { Some(TURNED) } else { None };
        why.or_else(|| is_headless(grid, &marks, &words).then_some(HEADLESS))
    };
    Ok(looks
        .map(|grid| (unheaded(&grid), grid))
        .map(|(unheaded, grid)| Look {
            sheet: grid.sheet.clone(),
            hidden: grid.hidden,
            encoding: grid.encoding.clone(),
            told: unheaded.map_or_else(|| grid.told.clone(), str::to_owned),
            is_unheaded: unheaded.is_some(),
            about: Vec::new(),
            native: kinds_of(model, &grid, &stem).and_then(|(kinds, _)| kinds.first().map(|k| k.name.clone())),
            header: headings(model, &grid, &words),
            grid,
        })
        .collect())
}

/// What is told of a table whose headings stand in its first column.
const TURNED: &str = "its headings seem to stand in its first column; turn the table round (in Excel: copy it, then Paste Special, \
                      Transpose), and send it again";

/// What is told of a table that begins with a row of its own.
const HEADLESS: &str = "its first row seems to be one of the table and no headings; put a row above it that says what stands in each \
                        column, and send it again";

/// True where nothing of the first row is known to stand above a column, and a number stands there above numbers.
fn is_headless(grid: &Grid, marks: &Marks<'_>, words: &ValueWords) -> bool {
    let Some(((_, first), rest)) = grid.rows.split_first() else { return false };
    let is_number =
        |cell: &CellText| cell.contains(char::is_numeric) && !cell.contains(char::is_alphabetic) && !is_time(cell, words);
    let below = |column: usize| rest.iter().filter_map(move |(_, cells)| cells.get(column)).filter(|cell| !cell.is_empty());
    let goes_on = |column: usize| below(column).next().is_some() && below(column).all(is_number);
    let filled = first.iter().filter(|cell| !cell.is_empty()).count();
    let is_known = first.iter().any(|cell| marks.is_heading(cell));
    filled > 1 && !is_known && first.iter().enumerate().any(|(column, cell)| is_number(cell) && goes_on(column))
}

/// True where what stands above columns elsewhere stands in the first column of each row here, and not in one row.
fn is_turned(grid: &Grid, marks: &Marks<'_>) -> bool {
    let rows: Vec<&Vec<CellText>> = grid.rows.iter().map(|(_, cells)| cells).filter(|c| c.len() > 1).take(HEAD).collect();
    let firsts: Vec<CellText> = rows.iter().filter_map(|cells| cells.first().filter(|c| !c.is_empty()).cloned()).collect();
    firsts.len() > 2 && marks.is_headings(&firsts) && !rows.iter().any(|cells| marks.is_headings(cells))
}

impl Look {
    /// The same sheet with its headings in a row that somebody says, and so many rows.
    pub fn with_headings(&self, row: u64, rows: u64) -> Look {
        Look { header: (row, rows), ..self.clone() }
    }

    /// The same sheet in a workspace that is about these countries: of one alone is what a sheet tells that names none.
    pub fn in_countries(self, countries: &[String]) -> Look {
        Look { about: countries.to_vec(), ..self }
    }

    /// The first rows as they stand, each with its number.
    pub fn rows(&self, most: usize) -> Vec<(u64, Vec<String>)> {
        let texts = |cells: &[CellText]| cells.iter().map(CellText::to_string).collect();
        self.grid.rows.iter().take(most).map(|(row, cells)| (*row, texts(cells))).collect()
    }

    /// The columns that a mapping sees, with what stands in them.
    ///
    /// # Errors
    /// When the mapping names a column that is not there.
    pub fn columns(&self, model: &Model, mapping: &Mapping) -> Result<Vec<ProposedColumn>, String> {
        // Columns that are made rows are still columns to choose from.
        let table = self.shaped(model, mapping)?;
        let headings = table.grid.rows.get(table.header).map_or(Vec::new(), |(_, cells)| cells.clone());
        let column = |at: usize, heading: String| {
            let mut values: BTreeMap<&str, u64> = BTreeMap::new();
            for (_, cells) in table.grid.rows.iter().skip(table.header + 1) {
                if let Some(cell) = cells.get(at).filter(|c| !c.is_empty()) {
                    *values.entry(cell).or_default() += 1;
                }
            }
            let mut values: Vec<(String, u64)> = values.into_iter().map(|(v, n)| (v.to_owned(), n)).collect();
            values.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
            ProposedColumn { heading, values }
        };
        Ok(headings.into_iter().enumerate().filter(|(_, h)| !h.is_empty()).map(|(at, h)| column(at, h.into())).collect())
    }

    fn shaped(&self, model: &Model, mapping: &Mapping) -> Result<Shaped, String> {
        shaped(self.grid.clone(), mapping, &Marks::new(model))
    }

    /// True where the sheet has every column that a mapping names.
    pub fn fits(&self, model: &Model, mapping: &Mapping) -> bool {
        let named = mapping.columns();
        let columns = self.columns(model, mapping).unwrap_or_default();
        !named.is_empty() && named.iter().all(|n| columns.iter().any(|c| c.heading == *n))
    }

    /// An empty mapping of the sheet: its headings where they seem to stand, and years above columns made rows.
    pub fn plain(&self) -> Mapping {
        let (header, rows) = self.header;
        Mapping {
            sheet: Some(self.sheet.clone()).filter(|s| !s.is_empty()),
            header: Some(header),
            headings: Some(rows).filter(|n| *n > 1),
            ..Mapping::default()
        }
    }

    /// The cells above the headings.
    fn above(&self) -> impl Iterator<Item = &CellText> {
        self.grid.rows.iter().take_while(|(row, _)| *row < self.header.0).flat_map(|(_, cells)| cells)
    }

    /// What the rows may be, the likeliest first; `file` is what the file is called.
    pub fn proposals(&self, model: &Model, file: &str) -> Vec<MappingProposal> {
        if self.is_unheaded {
            return Vec::new();
        }
        let mut mapping = self.with_sections(model, self.plain());
        mapping.outline = self.outline(model, &mapping);
        let Ok(mut columns) = self.whole_columns(model, &mapping) else { return Vec::new() };
        mapping.join = parts_of_names(model, &columns);
        if !mapping.join.is_empty() {
            let Ok(joined) = self.whole_columns(model, &mapping) else { return Vec::new() };
            columns = joined;
        }
        let words = ValueWords::of(model);
        let mut crossed = None;
        if are_crossed(&columns, &words) {
            crossed = periods(&columns, &words).filter(|each| each.cells.is_empty()).map(|each| self.in_year(each, file));
            columns.retain(|c| !has_period(&c.heading, &words));
        }
        if let Some(each) = periods(&columns, &words) {
            mapping.each = Some(self.in_year(each, file));
            let made = self.whole_columns(model, &mapping).unwrap_or_default();
            // “2025 (forecast)” beside “2024” is of another time, and no field of all of them; their sum is none of its own.
            let is_of_a_row = |c: &ProposedColumn| !has_period(&c.heading, &words) && !is_sum(model, &c.heading);
            columns = made.into_iter().filter(is_of_a_row).collect();
        }
        let told = |c: ProposedColumn| headed(model, &mapping, c);
        let columns: Vec<Headed> = columns.into_iter().map(told).collect();
        let (above, countries) = (self.day_above(&words), self.countries(model, &columns, file));
        let titles: Vec<&str> = self.above().map(CellText::as_str).chain([self.sheet.as_str(), file]).collect();
        let called = TableTitles { names: &[&self.sheet, file], titles: &titles };
        let by_codes = |kind: &Kind| {
            let each = codes_as_rows(model, kind, &columns).filter(|_| mapping.each.is_none())?;
            let mapping = Mapping { each: Some(each.clone()), ..mapping.clone() };
            let made = self.whole_columns(model, &mapping).ok()?.into_iter().filter(|c| !each.columns.contains(&c.heading));
            let columns: Vec<Headed> = made.map(told).collect();
            Some(propose(model, kind, &columns, &mapping, &words, &called))
        };
        let by_crosses = |kind: &Kind| self.of_crosses(model, kind, crossed.as_ref()?, &mapping, &words, &called);
        let matrix = Matrix::of(model, &columns, &words).filter(|_| mapping.each.is_none());
        let by_matrix = |kind: &Kind| self.of_matrix(model, kind, matrix.as_ref()?, &mapping, &words, &called);
        let proposal = |kind: &Kind| {
            let plain = propose(model, kind, &columns, &mapping, &words, &called);
            let other = by_matrix(kind).or_else(|| by_codes(kind)).or_else(|| by_crosses(kind));
            let proposal = other.filter(|other| other.weight > plain.weight).unwrap_or(plain);
            let found = Some(proposal).filter(|p| !p.reasons.is_empty())?;
            let found = with_identifiers(with_read_names(found), &columns);
            let found = with_body(with_day(found, kind, above.as_deref()), model, kind, &titles);
            Some(with_country(found, model, countries.as_ref()))
        };
        let mut all: Vec<MappingProposal> = model.register_kinds().filter_map(proposal).collect();
        all.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.kind.cmp(&b.kind)));
        all
    }

    /// What a table of crosses below times is for a kind: of what happened at some time, and has no name, each cross is one.
    fn of_crosses(
        &self,
        model: &Model,
        kind: &Kind,
        each: &EachColumn,
        mapping: &Mapping,
        words: &ValueWords,
        called: &TableTitles<'_>,
    ) -> Option<MappingProposal> {
        let is_dated =
            |name: &String| kind.field(name).is_some_and(|field| field.kind == FieldType::Date || field.name == "year");
        if kind.title.is_some() || !kind.key.iter().any(is_dated) {
            return None;
        }
        let mapping = Mapping { each: Some(each.clone()), ..mapping.clone() };
        let is_left = |c: &ProposedColumn| !each.columns.contains(&c.heading) && c.heading != each.cell;
        let made = self.whole_columns(model, &mapping).ok()?.into_iter().filter(is_left);
        let columns: Vec<Headed> = made.map(|column| headed(model, &mapping, column)).collect();
        let found = propose(model, kind, &columns, &mapping, words, called);
        let says_when = |r: &RecordRule| r.fields.values().any(|rule| rule.column.as_ref() == Some(&each.heading));
        found.mapping.record.first().is_some_and(says_when).then_some(found)
    }

    /// What a table of who supports whom is for a kind; none for another kind than its cells are of.
    fn of_matrix(
        &self,
        model: &Model,
        kind: &Kind,
        matrix: &Matrix,
        mapping: &Mapping,
        words: &ValueWords,
        called: &TableTitles<'_>,
    ) -> Option<MappingProposal> {
        if kind.name != matrix.kind() {
            return None;
        }
        let split = matrix.split.iter().map(|sign| (matrix.each.cell.clone(), sign.clone())).collect();
        let mapping = Mapping { each: Some(matrix.each.clone()), split, ..mapping.clone() };
        let made = self.whole_columns(model, &mapping).ok()?.into_iter().filter(|c| !matrix.each.columns.contains(&c.heading));
        let columns: Vec<Headed> = made.map(|column| headed(model, &mapping, column)).collect();
        let mut found = propose(model, kind, &columns, &mapping, words, called);
        let above = self.above().map(CellText::as_str).find(|text| !text.trim().is_empty());
        let file = called.names.last().map_or("", |file| file.rsplit_once('.').map_or(*file, |(stem, _)| stem));
        let rules = matrix.rules(above.unwrap_or(file));
        found.mapping.record.truncate(1);
        let rule = found.mapping.record.first_mut()?;
        let is_right = |name: &str| rules.iter().any(|(field, _)| *field == name);
        let is_own = |column: Option<&String>| column.is_some_and(|heading| matrix.is_own(heading));
        rule.fields.retain(|name, rule| is_right(name) || !is_own(rule.column.as_ref()));
        found.reasons.retain(|(heading, _)| !matrix.is_own(heading));
        for (field, own) in &rules {
            let said = rule.fields.entry((*field).to_owned()).or_insert_with(|| own.clone());
            found.reasons.extend(said.column.clone().map(|heading| (heading, (*field).to_owned())));
        }
        let title = rule.fields.get("title").and_then(|rule| rule.column.clone());
        rule.id = matrix.identifier(title.as_deref());
        // Beside much else it is a part of a table of something.
        let rest = columns.iter().filter(|c| !matrix.is_own(&c.column.heading)).count();
        found.weight = if rest > 2 { found.weight } else { found.weight.max(MATRIX) };
        Some(found)
    }

    /// A mapping that says what the column is called of rows that are headings of those below them, where there are such rows.
    fn with_sections(&self, model: &Model, mapping: Mapping) -> Mapping {
        let marks = Marks::new(model);
        let Ok(table) = self.shaped(model, &mapping) else { return mapping };
        let found = Sections::of(&table.grid, table.header, &|text| marks.names_a_code(text));
        let sections = table.grid.rows.get(table.header).and_then(|(_, headings)| found.heading(headings));
        Mapping { sections, ..mapping }
    }

    /// The column of names of which some stand further in than the first, by which they say what belongs to what.
    fn outline(&self, model: &Model, mapping: &Mapping) -> Option<OutlineColumn> {
        if self.grid.indents.is_empty() {
            return None;
        }
        let depths: HashMap<(u64, usize), u32> = self.grid.indents.iter().map(|(row, at, depth)| ((*row, *at), *depth)).collect();
        let table = self.shaped(model, mapping).ok()?;
        let headings = &table.grid.rows.get(table.header)?.1;
        let is_outline = |at: usize| {
            let names =
                table.grid.rows.iter().skip(table.header + 1).filter(|(_, cells)| cells.get(at).is_some_and(|c| !c.is_empty()));
            let depths: Vec<u32> = names.map(|(row, _)| depths.get(&(*row, at)).copied().unwrap_or(0)).collect();
            let first = depths.first().copied().unwrap_or(0);
            depths.iter().filter(|d| **d > first).count() > 1 && depths.iter().all(|d| *d >= first)
        };
        let column = (0..headings.len()).find(|at| !headings[*at].is_empty() && is_outline(*at))?;
        Some(OutlineColumn::of(&headings[column])).filter(|outline| !headings.iter().any(|h| *h == outline.heading))
    }

    /// The columns that may be fields: of a name that is put together of several, the whole and none of its parts.
    fn whole_columns(&self, model: &Model, mapping: &Mapping) -> Result<Vec<ProposedColumn>, String> {
        let mut columns = self.columns(model, mapping)?;
        columns.retain(|c| !mapping.join.contains(&c.heading));
        Ok(columns)
    }

    /// Months as headings, in the one year that stands above them, or in the name of the sheet or of the file: “Training plan 2025”.
    fn in_year(&self, each: EachColumn, file: &str) -> EachColumn {
        if each.columns.iter().any(|heading| heading.contains(char::is_numeric)) {
            return each;
        }
        let above = self.above();
        let around = above.map(CellText::as_str).chain([self.grid.sheet.as_str(), file]);
        let numbers = around.flat_map(|text| text.split(|c: char| !c.is_ascii_digit()));
        let is_year = |number: &&str| number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
        let years: HashSet<&str> = numbers.filter(is_year).collect();
        match years.into_iter().collect::<Vec<&str>>()[..] {
            [year] => EachColumn { heading: "Period".into(), year: year.to_owned(), ..each },
            _ => each,
        }
    }

    /// The one date that stands in the lines above the headings: “as of 31/12/2025”. The most precise, where there are several.
    fn day_above(&self, words: &ValueWords) -> Option<String> {
        let above = self.above();
        let found: HashSet<String> = above.flat_map(|cell| dates_in(cell, words)).collect();
        let longest = found.iter().map(String::len).max()?;
        let mut best = found.into_iter().filter(|date| date.len() == longest);
        best.next().filter(|_| best.next().is_none())
    }

    /// The countries that a table names; none where neither the workspace nor what stands around the table says which one it is of.
    fn countries<'l>(&'l self, model: &'l Model, columns: &[Headed<'_>], file: &str) -> Option<TableCountries<'l>> {
        let above = self.above();
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let around = above.map(CellText::as_str).chain([self.sheet.as_str(), stem]);
        let titled: HashSet<&str> = around.flat_map(|text| countries_within(model, text)).collect();
        let only = || titled.iter().copied().next().filter(|_| titled.len() == 1);
        let is_of = |code: &&str| self.about.is_empty() || self.about.iter().any(|about| about == code);
        let (home, is_by_title) = match &self.about[..] {
            [only] => (only.as_str(), false),
            _ => (only().filter(is_of)?, true),
        };
        let is_elsewhere = titled.iter().any(|code| *code != home);
        let ands = ands(&model.languages);
        let signs = || BETWEEN.into_iter().chain(WITHIN).chain(["(", ")"]).chain(ands.iter().map(String::as_str));
        let names_another =
            |text: &str| divided(text, signs()).iter().filter_map(|part| country_named(model, part)).any(|code| code != home);
        let is_code = |text: &str| text.chars().all(|c| c.is_ascii_uppercase()) && model.lists.has("country", text);
        let values =
            |c: &Headed<'_>| -> Vec<String> { c.column.values.iter().take(MOST_VALUES).map(|(v, _)| v.clone()).collect() };
        let headings = |is: &dyn Fn(&[String]) -> bool| -> Vec<String> {
            let found = columns.iter().filter(|c| !c.column.values.is_empty() && is(&values(c)));
            found.map(|c| c.column.heading.clone()).collect()
        };
        let other = headings(&|cells| {
            cells.iter().any(|text| names_another(text))
                || cells.iter().all(|text| is_code(text)) && cells.iter().any(|text| text != home)
        });
        let whole = headings(&|cells| cells.iter().all(|text| country_named(model, text).is_some()));
        let partners = headings(&|cells| cells.iter().any(|text| is_partner(model, text)));
        Some(TableCountries { home, is_by_title, is_elsewhere, other, whole, partners })
    }

    /// The columns that a mapping does not use, each with the field that it seems to say, and the column that says that already.
    pub fn unused(&self, model: &Model, mapping: &Mapping) -> Unused {
        let (made, used) = (mapping.made(), mapping.columns());
        let is_left = |c: &ProposedColumn| !c.values.is_empty() && !used.contains(&c.heading) && !made.contains(&c.heading);
        let columns = self.columns(model, mapping).unwrap_or_default().into_iter().filter(is_left);
        let taken = |column: &Headed<'_>| {
            let rule = mapping.record.first()?;
            let kind = model.kind(&rule.kind)?;
            let column_of = |field: &Field| rule.fields.get(&field.name)?.column.clone();
            let said = kind.fields.iter().filter_map(|f| Some((column.says(kind, f), f, column_of(f)?)));
            let (_, field, other) = said.filter(|(says, ..)| *says > 0.0).max_by(|a, b| a.0.total_cmp(&b.0))?;
            Some((field.name.clone(), other))
        };
        columns.map(|column| Headed::of(model, column)).map(|told| (told.column.heading.clone(), taken(&told))).collect()
    }

    /// A mapping with the code that each value of its coded columns most likely means, where nobody has decided it.
    pub fn with_codes(&self, model: &Model, mapping: &Mapping) -> Mapping {
        let columns = self.columns(model, mapping).unwrap_or_default();
        let mut mapping = mapping.clone();
        for record in &mut mapping.record {
            let Some(kind) = model.kind(&record.kind) else { continue };
            let country = record.fields.get("country").and_then(|rule| rule.value.clone()).unwrap_or_default();
            for (name, rule) in &mut record.fields {
                let Some(FieldType::Code(list)) = kind.field(name).map(|f| &f.kind) else { continue };
                let column = columns.iter().find(|c| Some(&c.heading) == rule.column.as_ref());
                let texts = column.into_iter().flat_map(|c| &c.values).take(MOST_VALUES).map(|(text, _)| text.as_str());
                let suggested = Suggestions::of(model, list).among(texts);
                let is_open = |text: &str| model.lists.get(list).is_some_and(|l| l.find(text).is_none());
                for (text, _) in column.into_iter().flat_map(|c| &c.values).filter(|(text, _)| is_open(text)).take(MOST_VALUES) {
                    if !rule.aliases.contains_key(text)
                        && let Some(code) = suggested.code(text).or_else(|| shared_in(model, list, text, &country))
                    {
                        rule.aliases.insert(text.clone(), code);
                    }
                }
            }
        }
        mapping
    }
}

/// The columns of given and of family names, in the order of the names, where there is one of each.
fn parts_of_names(model: &Model, columns: &[ProposedColumn]) -> Vec<String> {
    let parts = |written: &Written| -> Option<Vec<String>> {
        let one = |words: &[String]| {
            let headings = columns.iter().map(|c| &c.heading);
            let mut found = headings.filter(|h| words.iter().any(|word| comparable(word) == comparable(h)));
            found.next().filter(|_| found.next().is_none()).cloned()
        };
        Some(vec![one(&written.given)?, one(&written.family)?])
    };
    model.languages.written().iter().find_map(parts).unwrap_or_default()
}

/// A column with what its heading may mean, or what it is made of where the mapping makes it.
fn headed<'m>(model: &'m Model, mapping: &Mapping, column: ProposedColumn) -> Headed<'m> {
    let is_above = mapping.outline.as_ref().is_some_and(|o| o.heading == column.heading);
    // Whatever its parts are called, it is a whole name.
    let is_whole = mapping.joined().is_some_and(|joined| joined == column.heading);
    let heading = if is_whole { "Full name".to_owned() } else { column.heading.clone() };
    let told = Headed::of(model, ProposedColumn { heading, values: column.values.clone() });
    Headed { column, is_above, ..told }
}

/// A proposal without names that are put together of several columns, where nothing reads them.
fn with_read_names(mut proposal: MappingProposal) -> MappingProposal {
    let joined = proposal.mapping.joined();
    let is_read = |rule: &Rule| rule.column.is_some() && rule.column == joined;
    if !proposal.mapping.record.iter().any(|r| r.fields.values().any(is_read)) {
        proposal.mapping.join.clear();
    }
    proposal
}

/// Columns that a mapping does not use: see [`Look::unused`].
pub type Unused = Vec<(String, Option<(String, String)>)>;

/// What at least speaks for a table of who supports whom: what stands above its columns is no field, and no other kind has a place for it.
const MATRIX: f64 = 40.0;

/// What the tables of a file seem to be, each of which one can tell, as one mapping, with the columns of each table that it does not
/// use; none where nothing tells. `countries` are those that the workspace is about.
///
/// # Errors
/// When the file is no table.
pub fn proposed(model: &Model, path: &Path, countries: &[String]) -> Result<Option<(Mapping, Vec<Unused>)>, SheetError> {
    let file = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let of = |look: &Look| {
        let best = look.proposals(model, &file).into_iter().next().filter(|p| p.weight > 0.0)?;
        let unused = look.unused(model, &best.mapping);
        Some((look.with_codes(model, &best.mapping), unused))
    };
    let tables = look(model, path, "")?.into_iter().filter(|l| !l.hidden).filter_map(|l| of(&l.in_countries(countries)));
    let (tables, unused): (Vec<Mapping>, Vec<Unused>) = tables.unzip();
    let mut tables = tables.into_iter();
    Ok(tables.next().map(|first| (Mapping { also: tables.collect(), ..first }, unused)))
}

/// What a mapping for a file is called: after the file, in signs that any file's name may have.
pub fn mapping_name(file: &str) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    let plain: String = stem.chars().map(|c| if is_plain(c) { c } else { '-' }).collect();
    if plain.trim().is_empty() { "sheet-1".to_owned() } else { plain }
}

/// The mappings in a folder that fit a file, by name: it has every column that they name.
pub fn fitting(model: &Model, folder: &Path, looks: &[Look]) -> Vec<String> {
    let files = std::fs::read_dir(folder).into_iter().flatten().filter_map(|e| e.ok().map(|e| e.path()));
    let fits = |whole: &Mapping| {
        let is_of = |l: &&Look, m: &Mapping| m.sheet.is_none() || m.sheet.as_deref() == Some(l.sheet.as_str());
        let mut tables = std::iter::once(whole).chain(&whole.also);
        tables.all(|m| looks.iter().find(|l| is_of(l, m)).is_some_and(|l| l.fits(model, m)))
    };
    let is_fitting = |path: &std::path::PathBuf| {
        path.extension().is_some_and(|e| e == "toml") && Mapping::read(path, model).is_ok_and(|whole| fits(&whole))
    };
    let mut names: Vec<String> = files.filter(is_fitting).map(|path| name_of(&path)).collect();
    names.sort();
    names
}

/// The dates of our time that stand in a text.
fn dates_in(text: &str, words: &ValueWords) -> Vec<String> {
    let parts: Vec<&str> =
        text.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).filter(|w| !w.is_empty()).collect();
    let is_of_our_time =
        |date: &String| date.get(..4).and_then(|y| y.parse().ok()).is_some_and(|y: u32| (1950..2100).contains(&y));
    // A quarter is no day; its year stands there too.
    let read = |part: &[&str]| {
        words.dates.read(&part.join(" "), &DateColumn::default()).ok().filter(|d| d.note.is_none()).map(|d| d.date)
    };
    (1..=5).flat_map(|n| parts.windows(n).filter_map(read)).filter(is_of_our_time).collect()
}

/// A proposal with the column that holds the identifiers of its records, where one is called so: each as records have them, `so/police`, and
/// in one row.
fn with_identifiers(mut proposal: MappingProposal, columns: &[Headed<'_>]) -> MappingProposal {
    let rows = columns.iter().map(Headed::filled).max().unwrap_or(0);
    let is_one = |(value, times): &(String, u64)| {
        *times == 1 && value.contains('/') && !value.contains("://") && !value.contains(char::is_whitespace)
    };
    let used = proposal.mapping.columns();
    let is_meant = |c: &&Headed<'_>| {
        let heading = &c.column.heading;
        is_called_identifier(heading) && !used.contains(heading) && c.filled() == rows && c.column.values.iter().all(is_one)
    };
    let found = columns.iter().find(is_meant).map(|c| format!("{{{}}}", c.column.heading));
    if let Some((rule, id)) = proposal.mapping.record.first_mut().filter(|rule| rule.id.is_none()).zip(found) {
        rule.id = Some(id);
    }
    proposal
}

/// A proposal with the day that stands above the table, where its kind tells records apart by time and no column says it.
fn with_day(mut proposal: MappingProposal, kind: &Kind, above: Option<&str>) -> MappingProposal {
    let is_key = |name: &str| kind.key.iter().any(|k| k == name);
    let Some((rule, date)) = proposal.mapping.record.first_mut().zip(above) else { return proposal };
    let is_said = ["day", "year"].iter().any(|name| rule.fields.contains_key(*name));
    // “Approved 2024” in a “Budget 2025” is of 2024. Columns of several years have none in common.
    let years = years_of_columns(rule);
    let date = match &years[..] {
        [] => date,
        [year] => year.as_str(),
        _ => return proposal,
    };
    let field = match date.len() {
        5.. if is_key("day") => Some(("day", date)),
        _ => date.get(..4).filter(|_| is_key("year")).map(|year| ("year", year)),
    };
    if let Some((name, value)) = field.filter(|_| !is_said) {
        rule.fields.insert(name.to_owned(), Rule { value: Some(value.to_owned()), ..Rule::default() });
    }
    proposal
}

/// A proposal of counts with the body that stands above the table as one of a class, “Complaints against the police”, where no column says of whom
/// they are: without one they would be of nobody.
fn with_body(mut proposal: MappingProposal, model: &Model, kind: &Kind, titles: &[&str]) -> MappingProposal {
    let is_whose = |f: &&Field| f.required && f.home && f.record_kind() == Some(BODIES);
    let Some(field) = kind.fields.iter().find(is_whose).filter(|_| kind.parts) else { return proposal };
    let Some(rule) = proposal.mapping.record.first_mut().filter(|rule| !rule.fields.contains_key(&field.name)) else {
        return proposal;
    };
    let mut words = titles.iter().flat_map(|title| title.split(|c: char| !c.is_alphanumeric()));
    let class = |word: &str| model.lists.get(CLASSES)?.get(model.lists.means(CLASSES, word)?);
    // One word may be the whole name of a service, and is none of a ministry or a mission.
    let is_service = |word: &&str| class(word).is_some_and(|code| SERVICES.contains(&code.category.as_str()));
    if let Some(body) = words.find(is_service) {
        rule.fields.insert(field.name.clone(), Rule { value: Some(body.to_owned()), ..Rule::default() });
    }
    proposal
}

/// The years that stand in the headings of the columns that a record is read from, each once.
fn years_of_columns(rule: &RecordRule) -> Vec<String> {
    let headings = rule.fields.values().filter_map(|r| r.column.as_deref());
    let parts = headings.flat_map(|heading| heading.split(|c: char| !c.is_alphanumeric()));
    let is_year = |part: &&str| {
        part.len() == 4 && part.chars().all(|c| c.is_ascii_digit()) && (part.starts_with("19") || part.starts_with("20"))
    };
    let years: HashSet<&str> = parts.filter(is_year).collect();
    years.into_iter().map(str::to_owned).collect()
}

/// What a table says of countries, in a workspace that is about one.
struct TableCountries<'l> {
    /// That of the workspace; where it is not about one, that which stands above the table, or in the name of the sheet or file.
    home: &'l str,
    /// True where it is told by what stands around the table alone, which may as well be that of who pays.
    is_by_title: bool,
    /// True where the lines above the table, or the name of the sheet or file, say another one.
    is_elsewhere: bool,
    /// The headings of columns that name another one.
    other: Vec<String>,
    /// The headings of columns of which each cell is the name of a country.
    whole: Vec<String>,
    /// The headings of columns that name who supports from elsewhere: missions, international organisations, donors.
    partners: Vec<String>,
}

/// Fields of who gives something: whoever does it is seldom of the country where it is given.
const GIVERS: [&str; 7] =
    ["supporter", "other_supporters", "implementer", "other_implementers", "given_by", "trainer_unit", "trained_by"];

/// The kind of bodies, and the list of their classes, with the category of those that are seldom of the country where they work.
const BODIES: &str = "actor";
const CLASSES: &str = "actor_class";
const PARTNERS: &str = "partner";
/// The categories of those of which one word may be a name: “the police”.
const SERVICES: [&str; 2] = ["provider", "justice"];

/// True for a class of such bodies, or a name that tells one.
fn is_partner(model: &Model, text: &str) -> bool {
    let listed = || model.lists.get(CLASSES).and_then(|list| list.find(text)).map(|code| code.code.as_str());
    let code = listed().or_else(|| model.lists.told_by(CLASSES, text));
    code.is_some_and(|code| {
        model.lists.get(CLASSES).and_then(|list| list.get(code)).is_some_and(|code| code.category == PARTNERS)
    })
}

/// A proposal with the country of each row, for records that mostly are of that of the workspace, where no column is called so: the column
/// of which each cell is a country, or that of the workspace in every row. Where the table names others, it is left open: whoever looks at the
/// mapping sees what is said, and what is brought in says it.
fn with_country(mut proposal: MappingProposal, model: &Model, said: Option<&TableCountries<'_>>) -> MappingProposal {
    let Some(said) = said else { return proposal };
    let used = proposal.mapping.columns();
    let mut unused = said.whole.iter().filter(|heading| !used.contains(*heading));
    let column = unused.next().filter(|_| unused.next().is_none()).cloned();
    let is_giver =
        |heading: &String| proposal.reasons.iter().any(|(of, field)| of == heading && GIVERS.contains(&field.as_str()));
    let is_elsewhere = said.is_elsewhere || said.other.iter().any(|heading| !is_giver(heading));
    let rule_of = match column {
        Some(column) => Rule { column: Some(column), ..Rule::default() },
        None if is_elsewhere => return proposal,
        None => Rule { value: Some(said.home.to_owned()), ..Rule::default() },
    };
    for rule in &mut proposal.mapping.record {
        let Some(kind) = model.kind(&rule.kind) else { continue };
        let may_be_theirs = said.is_by_title && GIVERS.iter().any(|giver| kind.field(giver).is_some());
        // Of bodies some are in the country, and of others nobody wrote which they are of.
        let is_of_partner = |(name, r): (&String, &Rule)| {
            (name == "class" || kind.title.as_ref() == Some(name)) && r.column.as_ref().is_some_and(|c| said.partners.contains(c))
        };
        if rule_of.column.is_none() && (may_be_theirs || kind.name == BODIES && rule.fields.iter().any(is_of_partner)) {
            continue;
        }
        let country = kind.fields.iter().find(|f| f.home && matches!(f.kind, FieldType::Code(_)));
        if let Some(field) = country.filter(|f| !rule.fields.contains_key(&f.name)) {
            rule.fields.insert(field.name.clone(), rule_of.clone());
            proposal.reasons.extend(rule_of.column.clone().map(|column| (column, field.name.clone())));
        }
    }
    proposal
}

/// The country that a text is the name or code of.
fn country_of<'m>(model: &'m Model, text: &str) -> Option<&'m str> {
    let listed = model.lists.get("country").and_then(|list| list.find(text)).map(|code| code.code.as_str());
    listed.or_else(|| model.lists.means("country", text))
}

/// The same in a text that may be any. Of two letters it may be a word: “No” is no Norway.
fn country_named<'m>(model: &'m Model, text: &str) -> Option<&'m str> {
    if text.chars().count() < 3 { None } else { country_of(model, text) }
}

/// The countries that a text names among its other words, of each the longest name: “South Sudan” is no Sudan.
fn countries_within<'m>(model: &'m Model, text: &str) -> Vec<&'m str> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < words.len() {
        let is_name = !words[at].starts_with(char::is_lowercase);
        let longest = (1..=MOST_WORDS.min(words.len() - at)).rev();
        let named = longest.filter(|_| is_name).find_map(|n| Some((n, country_named(model, &words[at..at + n].join(" "))?)));
        found.extend(named.map(|(_, code)| code));
        at += named.map_or(1, |(n, _)| n);
    }
    found
}

/// Words of the longest name of a country that is looked for among others.
const MOST_WORDS: usize = 6;

/// True for a heading in which a time stands, alone or among words.
fn has_period(heading: &str, words: &ValueWords) -> bool {
    let mut parts = heading.split(|c: char| c.is_whitespace() || "()[],:".contains(c)).filter(|p| !p.is_empty());
    is_time(heading, words) || parts.any(|part| part.contains(char::is_numeric) && words.dates.is_period(part))
}

/// True for a heading of sums.
fn is_sum(model: &Model, heading: &str) -> bool {
    let heading = comparable(heading);
    model.languages.written().iter().flat_map(|written| &written.totals).any(|word| comparable(word) == heading)
}

/// True where months or other times stand above columns in which there are crosses, and no more beside them than words for no: they say when
/// something is done, and are no numbers. Of what has a name no field takes several of them.
fn are_crossed(columns: &[ProposedColumn], words: &ValueWords) -> bool {
    let values =
        || columns.iter().filter(|c| has_period(&c.heading, words)).flat_map(|c| &c.values).map(|(text, _)| text.as_str());
    let is_mark = |text: &str| words.answers.mark(text).is_some() && !text.contains(char::is_numeric);
    values().any(|text| words.answers.mark(text) == Some(true)) && values().all(is_mark)
}

/// Two columns or more with years, months or quarters above them are rows, each of a time. Of two rows of headings, what stands
/// beside the time is a column still: “2023” over “approved” and “spent”.
fn periods(columns: &[ProposedColumn], words: &ValueWords) -> Option<EachColumn> {
    let parts = |c: &ProposedColumn| -> (Vec<String>, Vec<String>) {
        c.heading.split(OVER).map(str::to_owned).partition(|part| is_time(part, words))
    };
    let found: Vec<(&ProposedColumn, String, String)> = columns
        .iter()
        .map(|c| (c, parts(c)))
        .filter(|(_, (period, _))| !period.is_empty())
        .map(|(c, (period, rest))| (c, period.join(OVER), rest.join(OVER)))
        .collect();
    let different = |texts: Vec<&String>| -> Vec<String> {
        let mut seen = HashSet::new();
        texts.into_iter().filter(|t| seen.insert(*t)).cloned().collect()
    };
    let (times, rests) = (different(found.iter().map(|f| &f.1).collect()), different(found.iter().map(|f| &f.2).collect()));
    let is_year = |t: &String| plain(t).len() == 4 && plain(t).parse::<u32>().is_ok();
    // A month or a quarter is a date as it stands, also where its year stands elsewhere.
    let is_fiscal =
        |t: &String| t.contains(char::is_numeric) && words.dates.read(t, &DateColumn::default()).is_err() && !is_day(t, words);
    let each = EachColumn {
        columns: found.iter().map(|(c, ..)| c.heading.clone()).collect(),
        heading: match () {
            () if times.iter().all(is_year) => "Year",
            () if times.iter().all(is_fiscal) => "Fiscal year",
            () => "Period",
        }
        .into(),
        ..EachColumn::default()
    };
    match (times.len(), rests.len()) {
        (0 | 1, _) => None,
        (_, 1) => Some(EachColumn { cell: "Value".into(), ..each }),
        // Each is one part of its heading, so that it is found there again.
        _ if rests.iter().all(|r| !r.is_empty() && !r.contains(OVER)) => Some(EachColumn { cells: rests, ..each }),
        _ => None,
    }
}

/// Columns that are rows, one for each code of a field that tells records apart: “individual” and “institutional” below “Capacity” and
/// “Integrity”. None where fewer than two codes stand so.
fn codes_as_rows(model: &Model, kind: &Kind, columns: &[Headed<'_>]) -> Option<EachColumn> {
    let headings: Vec<&str> = columns.iter().map(|c| c.column.heading.as_str()).collect();
    let of = |field: &Field| {
        let FieldType::Code(list) = &field.kind else { return None };
        let codes_of = model.lists.get(list).filter(|_| kind.key.contains(&field.name))?;
        let is_code = |part: &str| codes_of.find(part).is_some() || model.lists.means(list, part).is_some();
        let (mut made, mut codes, mut cells) = (Vec::new(), HashSet::new(), Vec::new());
        for heading in &headings {
            let (code, rest): (Vec<&str>, Vec<&str>) = heading.split(OVER).partition(|part| is_code(part));
            if let ([code], [rest]) = (&code[..], &rest[..]) {
                made.push((*heading).to_owned());
                codes.insert(*code);
                cells.extend(Some((*rest).to_owned()).filter(|rest| !cells.contains(rest)));
            }
        }
        let heading = field.label.english().to_owned();
        let is_free = !headings.contains(&heading.as_str()) && !cells.contains(&heading);
        (codes.len() > 1 && is_free).then(|| EachColumn { columns: made, heading, cells, ..EachColumn::default() })
    };
    kind.fields.iter().find_map(of)
}

/// Where the headings stand: the row that is most like headings, with the one above it or below it where that belongs to it.
fn headings(model: &Model, grid: &Grid, words: &ValueWords) -> (u64, u64) {
    let known: HashSet<String> = model.register_kinds().flat_map(|k| &k.fields).flat_map(names).collect();
    let like = |at: usize| -> i64 {
        let cells: Vec<&CellText> = grid.rows[at].1.iter().filter(|c| !c.is_empty()).collect();
        let width =
            grid.rows.iter().skip(at + 1).take(5).map(|(_, c)| c.iter().filter(|c| !c.is_empty()).count()).max().unwrap_or(0);
        // Two days stand in many rows of a table, more of them over its columns.
        let days: HashSet<&str> = cells.iter().map(|c| c.as_str()).filter(|c| is_day(c, words)).collect();
        let is_head = |c: &CellText| days.len() > 2 && days.contains(c.as_str());
        let values = cells.iter().filter(|c| is_value(c, words) && !is_head(c)).count() as i64;
        let mut different: Vec<&CellText> = cells.clone();
        different.sort();
        different.dedup();
        let is_field = |text: &str| known.contains(&comparable(text)) || model.headings.knows(text);
        // “Institution / Partner” is over rows and columns.
        let is_known = |c: &&&CellText| is_field(c) || c.contains(" / ") && c.split(" / ").all(is_field);
        let fields = cells.iter().filter(is_known).count() as i64;
        let count = cells.len() as i64;
        // A title stands alone above many columns, and no row of the table says more than its headings.
        let above = grid.rows[..at].iter().map(|(_, c)| c.iter().filter(|c| !c.is_empty()).count()).max().unwrap_or(0);
        let lacks = (width as i64 - count).max(0) + 2 * (above as i64 - count).max(0);
        count - 3 * values + 3 * fields - 2 * (count - different.len() as i64) - lacks
    };
    let rows = 0..grid.rows.len().saturating_sub(1).clamp(1, HEAD);
    let best = rows.map(|at| (at, like(at))).fold((0, i64::MIN), |best, next| if next.1 > best.1 { next } else { best }).0;
    let row = |at: usize| grid.rows.get(at).map_or(1, |(row, _)| *row);
    match best {
        _ if is_over(grid, best, words) => (row(best), 2),
        1.. if is_over(grid, best - 1, words) => (row(best - 1), 2),
        _ => (row(best), 1),
    }
}

/// True for what may stand over a column as the time that its cells are of: also a day, as a workbook has it that shows no more than the month.
fn is_time(text: &str, words: &ValueWords) -> bool {
    words.dates.is_period(text) || is_day(text, words)
}

/// True for a date with its day, also where the order of day and month is to be proved by others: “2025-01-31”, “03/04/2025”.
fn is_day(text: &str, words: &ValueWords) -> bool {
    let numbers = plain(text);
    let parts: Vec<&str> = numbers.split(['/', '.', '-']).map(str::trim).collect();
    let is_number = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let is_of_numbers = parts.len() == 3 && parts.iter().all(is_number) && parts.iter().any(|part| part.len() == 4);
    is_of_numbers || words.dates.read(text, &DateColumn::default()).is_ok_and(|read| read.date.len() == 10)
}

/// True for what stands in a table, and not over its columns.
fn is_value(cell: &str, words: &ValueWords) -> bool {
    let digits = cell.chars().filter(|c| c.is_numeric()).count();
    digits * 2 > cell.chars().count() && !words.dates.is_period(cell) || cell.len() > 80
}

/// True where a row holds headings of which the next row says more: some of its cells stand over several columns, not over all, and
/// the next row has headings below them, and hardly any below the others.
fn is_over(grid: &Grid, at: usize, words: &ValueWords) -> bool {
    let (Some((row, upper)), Some((_, lower))) = (grid.rows.get(at), grid.rows.get(at + 1)) else { return false };
    let filled = |cells: &[CellText], column: usize| cells.get(column).is_some_and(|c| !c.is_empty());
    let width = grid.rows.iter().skip(at).take(6).map(|(_, c)| c.len()).max().unwrap_or(0);
    let said: Vec<usize> = (0..width).filter(|c| filled(lower, *c)).collect();
    if at + 2 >= grid.rows.len() || said.is_empty() || said.iter().any(|c| is_value(&lower[*c], words)) {
        return false;
    }
    let spans = |m: &&Merged| m.rows == (*row, *row) && m.columns.1 > m.columns.0 && m.columns.1 - m.columns.0 + 1 < width;
    let mut below: HashSet<usize> = grid.merged.iter().filter(spans).flat_map(|m| m.columns.0..=m.columns.1).collect();
    if below.is_empty() && grid.merged.iter().any(|m| m.rows == (*row, *row)) {
        return false;
    }
    if below.is_empty() {
        // A file that cannot say what is merged leaves empty what is. That the first heading stands alone tells it from a title, and
        // the row below from one of the table.
        if (0..width).find(|c| filled(upper, *c)).is_none_or(|first| filled(lower, first)) {
            return false;
        }
        let mut over = None;
        for column in 0..width {
            match (filled(upper, column), filled(lower, column)) {
                (true, under) => over = under.then_some(column),
                (false, true) if over.is_some() => below.extend(over.into_iter().chain([column])),
                _ => {}
            }
        }
    }
    let beside = said.iter().filter(|c| !below.contains(c) && filled(upper, **c)).count();
    below.iter().any(|c| filled(lower, *c)) && beside * 3 <= said.len()
}

/// What a field is called, comparable: in every language, and by its own name.
fn names(field: &Field) -> Vec<String> {
    field.label.all().map(|(_, label)| comparable(label)).chain([comparable(&field.name)]).collect()
}

/// The fields that a column may be, each with how much it counts: those of the kind, and when and by which source it is said.
fn proposable<'m>(model: &'m Model, kind: &'m Kind) -> Vec<(&'m Field, f64)> {
    kind.fields.iter().map(|f| (f, 1.0)).chain(model.envelope.plain().map(|plain| (&plain.field, 0.4))).collect()
}

/// What a table is called: by the names of its sheet and file, and by these and what stands above it.
struct TableTitles<'t> {
    names: &'t [&'t str],
    titles: &'t [&'t str],
}

/// What the columns of a table are for a kind. One that says how confidential each row is, or whether it counts, says it of all that a row gives.
fn propose(
    model: &Model,
    kind: &Kind,
    columns: &[Headed<'_>],
    mapping: &Mapping,
    words: &ValueWords,
    called: &TableTitles<'_>,
) -> MappingProposal {
    let deciding = of_deciding(model, kind, columns, words);
    let taken = deciding.iter().map(|(_, at)| *at).collect();
    let mut proposal = propose_fields(model, kind, columns, mapping, words, called, taken);
    for (field, at) in deciding {
        let heading = &columns[at].column.heading;
        let rule = Rule { column: Some(heading.clone()), ..Rule::default() };
        // Which fields are withheld is said of the kind that has them.
        for record in proposal.mapping.record.iter_mut().filter(|record| field != WITHHELD || record.kind == kind.name) {
            record.fields.insert(field.to_owned(), rule.clone());
        }
        proposal.reasons.push((heading.clone(), field.to_owned()));
    }
    // Order of fields is that of the kind, so the reasons are told in that of the sheet.
    proposal.reasons.sort_by_key(|(heading, _)| columns.iter().position(|c| c.column.heading == *heading));
    proposal
}

/// The fields of every statement that say how confidential it is, and which of its fields are.
const MARKING: &str = "marking";
const WITHHELD: &str = "withheld";

/// The columns that say who sees a row and whether it counts, each with its field. Left out, all rows would be public and count.
fn of_deciding<'m>(model: &'m Model, kind: &Kind, columns: &[Headed<'_>], words: &ValueWords) -> Vec<(&'m str, usize)> {
    let mut found: Vec<(&str, usize)> = Vec::new();
    for field in model.envelope.deciding() {
        let is_free = |at: usize| found.iter().all(|(_, taken)| *taken != at);
        let at = (0..columns.len()).find(|at| is_free(*at) && decides(model, kind, &columns[*at], field, words));
        found.extend(at.map(|at| (field.name.as_str(), at)));
    }
    found
}

/// True where a column says what decides who sees each row, or whether it counts: most of what stands in it is of that, by its names in any
/// language, and the heading says so. Of markings it is enough, whatever stands above them, that one of them is for few. “Status” above a
/// status of the kind’s own is that.
fn decides(model: &Model, kind: &Kind, column: &Headed<'_>, field: &Field, words: &ValueWords) -> bool {
    let is_called = || column.says(kind, field) >= EXACT;
    if field.name == MARKING {
        return column.highest_marking(model, words).is_some_and(|highest| highest >= Marking::Confidential || is_called());
    }
    // A heading is looked at faster than all that stands below it.
    if !is_called() || kind.fields.iter().any(|own| column.says(kind, own) >= EXACT) {
        return false;
    }
    let says = |text: &&str| match field.name.as_str() {
        WITHHELD => withheld_said(model, &kind.name, text).is_ok(),
        _ => status_said(model, text).is_ok(),
    };
    let values = column.told(words);
    values.iter().filter(|v| says(v)).count() * 2 > values.len()
}

fn propose_fields(
    model: &Model,
    kind: &Kind,
    columns: &[Headed<'_>],
    mapping: &Mapping,
    words: &ValueWords,
    called: &TableTitles<'_>,
    mut taken: HashSet<usize>,
) -> MappingProposal {
    let fields = proposable(model, kind);
    let headings: Vec<&str> = columns.iter().map(|c| c.column.heading.as_str()).collect();
    let mut filled = HashSet::new();
    let mut rule = RecordRule { kind: kind.name.clone(), ..RecordRule::default() };
    let mut proposal = MappingProposal { kind: kind.name.clone(), mapping: mapping.clone(), ..MappingProposal::default() };
    for (weight, c, f) in likely(model, kind, columns, &fields, words) {
        if taken.contains(&c) || !filled.insert(f) {
            continue;
        }
        taken.insert(c);
        let (field, column) = (fields[f].0, &columns[c].column);
        proposal.weight += weight_in(mapping, column, weight);
        proposal.reasons.push((column.heading.clone(), field.name.clone()));
        let beside =
            |field: &str| headings.iter().find(|h| is_beside(model, kind, &column.heading, field, h)).map(|h| (*h).to_owned());
        let [source, confidence] = BESIDE.map(beside);
        rule.fields.insert(field.name.clone(), Rule { source, confidence, ..rule_for(model, field, column) });
    }
    leave_dates_of_stages(kind, columns, &mut rule, &mut proposal.reasons);
    for (field, column) in told_by_titles(model, kind, &rule, columns) {
        rule.fields.insert(field.name.clone(), rule_for(model, field, column));
    }
    told_by_heading(model, kind, &mut rule);
    for (field, column) in named_in_words(kind, &rule, columns) {
        rule.fields.insert(field.name.clone(), rule_for(model, field, column));
    }
    take_bare_name(model, kind, columns, &mut taken, &mut rule, &mut proposal);
    take_currencies(kind, columns, words, &mut taken, &mut rule, &mut proposal.reasons);
    take_sections(model, kind, columns, mapping, &mut taken, &mut rule, &mut proposal);
    let whose = Whose::of(model, kind);
    if let Some(whose) = &whose {
        whose.take_further(model, columns, &mut taken, &mut rule, &mut proposal.reasons);
    }
    let levels = whose.as_ref().map_or_else(Vec::new, |whose| whose.levels(&rule, columns, &taken));
    let first = whose.map(|whose| whose.field);
    let connected: Vec<RecordRule> =
        model.kinds.iter().flat_map(|other| connected(other, kind, first, &rule, columns, &levels, &mut taken)).collect();
    proposal.weight += if connected.is_empty() { 0.0 } else { 3.0 };
    // A level is mostly said once, above all that is part of it.
    let is_used = |heading: &String| connected.iter().any(|r| r.when.as_ref() == Some(heading));
    let rows = columns.iter().map(Headed::filled).max().unwrap_or(0);
    let levels = levels.iter().map(|at| &columns[*at]).filter(|c| is_used(&c.column.heading) && c.filled() < rows);
    proposal.mapping.fill.extend(levels.map(|c| c.column.heading.clone()));
    take_cell(model, kind, columns, mapping, called.titles, &mut rule, &mut proposal);
    weigh_whole(&mut proposal, kind, &rule, mapping, called.names);
    let (named, told) = said_of_named(model, kind, &mut rule, columns, &mut taken);
    proposal.weight += told;
    proposal.weight -= columns.len().saturating_sub(taken.len()) as f64;
    proposal.mapping.record = std::iter::once(rule).chain(connected).chain(named).collect();
    proposal
}

/// What the columns left say of the persons and places that the rows name, as records of their own, with how much that speaks for the kind.
fn said_of_named(
    model: &Model,
    kind: &Kind,
    rule: &mut RecordRule,
    columns: &[Headed<'_>],
    taken: &mut HashSet<usize>,
) -> (Vec<RecordRule>, f64) {
    let (mut named, told) = said_of_persons(model, kind, rule, columns, taken);
    let Some((place, placed)) = said_of_places(model, kind, rule, columns, taken) else { return (named, told) };
    named.push(place);
    (named, told + placed)
}

/// What the columns left say of the persons whom the rows name, as records of their own: how they are reached, their sex; with how much that speaks
/// for the kind. Of which country a row speaks is left open: it may be that of the unit.
fn said_of_persons(
    model: &Model,
    kind: &Kind,
    rule: &RecordRule,
    columns: &[Headed<'_>],
    taken: &mut HashSet<usize>,
) -> (Vec<RecordRule>, f64) {
    let named = |field: &Field| {
        let of = model.kind(field.record_kind()?).filter(|of| of.personal && of.name != kind.name)?;
        let column = rule.fields.get(&field.name).filter(|r| r.split.is_none())?.column.clone()?;
        Some((of, of.title.clone()?, column))
    };
    let (mut all, mut told) = (Vec::new(), 0.0);
    for (of, title, column) in kind.fields.iter().filter_map(named) {
        let mut fields = BTreeMap::new();
        for (at, column) in columns.iter().enumerate().filter(|(at, _)| !taken.contains(at)).collect::<Vec<_>>() {
            let is_meant = |field: &&Field| {
                let is_plain = match &field.kind {
                    FieldType::Text => true,
                    FieldType::Code(list) => list != COUNTRIES,
                    _ => false,
                };
                is_plain && field.name != title && !fields.contains_key(&field.name) && column.says(of, field) >= EXACT
            };
            if let Some(field) = of.fields.iter().find(is_meant) {
                taken.insert(at);
                told += column.says(of, field);
                fields.insert(field.name.clone(), rule_for(model, field, &column.column));
            }
        }
        if !fields.is_empty() {
            fields.insert(title, Rule { column: Some(column), ..Rule::default() });
            all.push(RecordRule { kind: of.name.clone(), fields, ..RecordRule::default() });
        }
    }
    (all, told)
}

/// What latitude and longitude beside a place speak for a kind of which it is said at which place it is, and for another.
const PLACED: [f64; 2] = [18.0, 9.0];

/// Where the place is that each row names, as a record of its own, with what that speaks for the kind: latitude and longitude stand in columns of
/// their own beside it. In a list of places they are those of the rows.
fn said_of_places(
    model: &Model,
    kind: &Kind,
    rule: &mut RecordRule,
    columns: &[Headed<'_>],
    taken: &mut HashSet<usize>,
) -> Option<(RecordRule, f64)> {
    let place = model.kind(PLACES).filter(|place| place.name != kind.name)?;
    let title = place.field(place.title.as_ref()?)?;
    let is_called = |c: &Headed<'_>| c.says(place, title) >= EXACT && !c.is_any_name();
    if columns.iter().any(|c| is_called(c) && !c.is_any_place()) {
        return None;
    }
    let says = |c: &Headed<'_>, name: &str| place.field(name).is_some_and(|field| c.says(place, field) >= EXACT);
    let only = |name: &str, other: &str| {
        let is_it = |at: &usize| !taken.contains(at) && says(&columns[*at], name) && !says(&columns[*at], other);
        (0..columns.len()).find(is_it)
    };
    let (latitude, longitude) = (only("latitude", "longitude")?, only("longitude", "latitude")?);
    let own = kind.fields.iter().filter(|f| f.record_kind() == Some(PLACES));
    let named = own.clone().find_map(|f| rule.fields.get(&f.name).filter(|r| r.split.is_none())?.column.clone());
    let called = || columns.iter().find(|c| c.is_any_place()).map(|c| c.column.heading.clone());
    let of = |heading: &str| Rule { column: Some(heading.to_owned()), ..Rule::default() };
    let [own_weight, other_weight] = PLACED;
    let (name, weight) = match named {
        Some(name) => (name, own_weight),
        None => {
            let name = called()?;
            own.take(1).for_each(|f| drop(rule.fields.insert(f.name.clone(), of(&name))));
            taken.extend(columns.iter().position(|c| c.column.heading == name));
            (name, other_weight)
        }
    };
    taken.extend([latitude, longitude]);
    let at = |at: usize| of(&columns[at].column.heading);
    let fields = [(title.name.as_str(), of(&name)), ("latitude", at(latitude)), ("longitude", at(longitude))];
    let fields = fields.into_iter().map(|(name, rule)| (name.to_owned(), rule)).collect();
    Some((RecordRule { kind: place.name.clone(), fields, ..RecordRule::default() }, weight))
}

/// The kind of places.
const PLACES: &str = "place";

/// The list of countries.
const COUNTRIES: &str = "country";

/// Leaves open a date of which the heading says no more than that, where another column says at which stage each row is: “Date” beside “Stage” is
/// that of whatever stage it is, and not that of one of them. A person says which.
fn leave_dates_of_stages(kind: &Kind, columns: &[Headed<'_>], rule: &mut RecordRule, reasons: &mut Vec<(String, String)>) {
    if !kind.stages.as_ref().is_some_and(|stages| rule.fields.contains_key(&stages.field)) {
        return;
    }
    let is_open = |name: &String, r: &Rule| {
        let column = columns.iter().find(|c| Some(&c.column.heading) == r.column.as_ref());
        let is_date = kind.field(name).is_some_and(|f| f.kind == FieldType::Date);
        is_date && name != "date" && column.is_some_and(Headed::is_any_date)
    };
    let open: Vec<String> = rule.fields.iter().filter(|(name, r)| is_open(name, r)).map(|(name, _)| name.clone()).collect();
    rule.fields.retain(|name, _| !open.contains(name));
    reasons.retain(|(_, field)| !open.contains(field));
}

/// What a column that is called no more than a name speaks for a kind whose records are called otherwise.
const BARE_NAME: f64 = 3.0;

/// Takes the column that is called no more than a name for what each row is called, where no other says that: “Name” beside donors and amounts
/// is the name of a project.
fn take_bare_name(
    model: &Model,
    kind: &Kind,
    columns: &[Headed<'_>],
    taken: &mut HashSet<usize>,
    rule: &mut RecordRule,
    proposal: &mut MappingProposal,
) {
    let title = kind.title.as_ref().filter(|title| !rule.fields.contains_key(*title)).and_then(|title| kind.field(title));
    let Some(field) = title.filter(|_| rule.fields.len() > 1) else { return };
    let is_bare = |at: &usize| !taken.contains(at) && columns[*at].is_any_name() && !columns[*at].has_only_figures();
    let Some(at) = (0..columns.len()).find(is_bare) else { return };
    let column = &columns[at].column;
    taken.insert(at);
    proposal.weight += BARE_NAME;
    proposal.reasons.push((column.heading.clone(), field.name.clone()));
    rule.fields.insert(field.name.clone(), rule_for(model, field, column));
}

/// Takes columns that say in other currencies what a field says already for that field too, and one that says of each amount what it is in.
fn take_currencies(
    kind: &Kind,
    columns: &[Headed<'_>],
    words: &ValueWords,
    taken: &mut HashSet<usize>,
    rule: &mut RecordRule,
    reasons: &mut Vec<(String, String)>,
) {
    for (field, at) in in_other_currencies(kind, rule, columns, taken, words) {
        let Some(of) = rule.fields.get_mut(&field) else { continue };
        let heading = &columns[at].column.heading;
        taken.insert(at);
        of.columns.extend(of.column.take().into_iter().chain([heading.clone()]));
        reasons.push((heading.clone(), field));
    }
    if let Some(at) = currencies_alone(kind, rule, columns, taken, words) {
        let (heading, field) = (&columns[at].column.heading, "currency".to_owned());
        taken.insert(at);
        rule.fields.insert(field.clone(), Rule { column: Some(heading.clone()), ..Rule::default() });
        reasons.push((heading.clone(), field));
    }
}

/// Takes what stands above the rows of a part of the table for the first code that no column gives and that most of it means: “MINISTRIES”,
/// “POLICE” for the class of each body, “SOMALIA” for its country.
fn take_sections(
    model: &Model,
    kind: &Kind,
    columns: &[Headed<'_>],
    mapping: &Mapping,
    taken: &mut HashSet<usize>,
    rule: &mut RecordRule,
    proposal: &mut MappingProposal,
) {
    let found = columns.iter().position(|c| Some(&c.column.heading) == mapping.sections.as_ref());
    let Some(at) = found.filter(|at| !taken.contains(at)) else { return };
    let ProposedColumn { heading, values } = &columns[at].column;
    let is_meant = |field: &&Field| {
        let FieldType::Code(list) = &field.kind else { return false };
        let texts = || values.iter().map(|(text, _)| text.as_str());
        let suggested = Suggestions::of(model, list).among(texts());
        let is_code =
            |text: &&str| suggested.code(text).is_some() || model.lists.get(list).is_some_and(|l| l.find(text).is_some());
        texts().filter(is_code).count() * 2 > values.len()
    };
    let is_open = |field: &&Field| !rule.fields.contains_key(&field.name);
    // Its own column says nothing more than that it is of those below.
    taken.insert(at);
    if let Some(field) = kind.fields.iter().filter(is_open).find(is_meant) {
        proposal.weight += 3.0;
        proposal.reasons.push((heading.clone(), field.name.clone()));
        rule.fields.insert(field.name.clone(), Rule { column: Some(heading.clone()), ..Rule::default() });
    }
}

/// The column beside amounts in which nothing but currencies stand, whatever it is called; where no other is known to say them. One word
/// alone may be another thing: “ALL”.
fn currencies_alone(
    kind: &Kind,
    rule: &RecordRule,
    columns: &[Headed<'_>],
    taken: &HashSet<usize>,
    words: &ValueWords,
) -> Option<usize> {
    let is_amount = |f: &Field| f.is_money() && rule.fields.contains_key(&f.name);
    if kind.field("currency").is_none() || rule.fields.contains_key("currency") || !kind.fields.iter().any(is_amount) {
        return None;
    }
    let is_currency = |text: &str| words.numbers.unit(text).is_some_and(|unit| unit.currency.is_some() && unit.noughts == 0);
    let is_all = |c: &Headed<'_>| {
        let values = c.column.values.iter().map(|(v, _)| v.as_str());
        let values: Vec<&str> = values.filter(|v| !words.answers.says_nothing(v)).collect();
        values.len() > 1 && values.into_iter().all(is_currency)
    };
    (0..columns.len()).find(|at| !taken.contains(at) && is_all(&columns[*at]))
}

/// Which columns may be which fields of a kind, the likeliest first: how likely, the column, the field.
fn likely(
    model: &Model,
    kind: &Kind,
    columns: &[Headed<'_>],
    fields: &[(&Field, f64)],
    words: &ValueWords,
) -> Vec<(f64, usize, usize)> {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    let own_fields = kind.fields.len();
    let is_beside_one =
        |c: &Headed<'_>, of: &Headed<'_>| BESIDE.iter().any(|f| is_beside(model, kind, &of.column.heading, f, &c.column.heading));
    let is_own = |c: &Headed<'_>| columns.iter().any(|of| is_beside_one(c, of));
    for (c, column) in columns.iter().enumerate().filter(|(_, c)| !is_own(c) && !c.is_above) {
        for (f, (field, share)) in fields.iter().enumerate() {
            let said = column.says(kind, field);
            // What every statement has is taken only where the heading says it itself, as a date, or where it is not known to say another thing:
            // “Source of funding” is no source of what is said. A share of a hundred is no count, and the amounts of
            // “Fund A” are no names.
            let is_loose = f >= own_fields && said < EXACT && (field.kind == FieldType::Date || column.is_known());
            let is_name = matches!(field.kind, FieldType::Text | FieldType::Texts | FieldType::Record(_) | FieldType::Records(_));
            let is_no_name = is_name && said < EXACT && column.has_only_figures();
            if is_loose || is_no_name || column.is_share && is_count(field) {
                continue;
            }
            // What is no more than a name is seldom that of what has none.
            let is_bare = kind.title.is_none() && field.kind == FieldType::Text && column.is_any_name();
            let weight = match said * share {
                weight if weight > 0.0 && is_bare => BARE_NAME - 0.5,
                weight if weight > 0.0 => weight + value_weight(model, field, &column.column, words, said),
                weight => weight,
            };
            if weight >= 2.0 {
                pairs.push((weight, c, f));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    pairs
}

/// What a number speaks for a kind that stands below headings which were made rows.
const CELL: f64 = 3.0;

/// What a column speaks for a kind in a table: what the cells of columns that are rows are called stands nowhere in the sheet.
fn weight_in(mapping: &Mapping, column: &ProposedColumn, weight: f64) -> f64 {
    let is_made = mapping.each.as_ref().is_some_and(|each| each.cell == column.heading);
    if is_made { weight.min(CELL) } else { weight }
}

/// Takes the column of what stood below the headings that were made rows for the field that it is. What the column is called here stands nowhere
/// in the sheet: a title that names another amount of money goes before it.
fn take_cell(
    model: &Model,
    kind: &Kind,
    columns: &[Headed<'_>],
    mapping: &Mapping,
    titles: &[&str],
    rule: &mut RecordRule,
    proposal: &mut MappingProposal,
) {
    let is_said = |f: &Field| titles.iter().any(|title| is_titled(model, kind, f, title));
    let is_named = |f: &Field| f.is_money() && is_said(f);
    let Some((column, field)) = number_of_cell(kind, rule, mapping, columns, &is_named) else {
        let cell = mapping.each.as_ref().and_then(|each| columns.iter().find(|c| c.column.heading == each.cell));
        let is_read = |c: &Headed<'_>| proposal.reasons.iter().any(|(heading, _)| *heading == c.column.heading);
        // Counts are no crosses: a kind without a number has no place for them.
        let is_lost = cell.is_some_and(|c| c.has_counts() && !is_read(c));
        proposal.weight -= if is_lost { 20.0 } else { 0.0 };
        return;
    };
    match proposal.reasons.iter().position(|(heading, _)| *heading == column.heading) {
        Some(at) => {
            let other = proposal.reasons[at].1.clone();
            if !is_named(field) || kind.field(&other).is_none_or(|other| !other.is_money() || is_named(other)) {
                return;
            }
            proposal.reasons.remove(at);
            rule.fields.remove(&other);
        }
        // “Complaints against the police” above counts says what they are of.
        None => proposal.weight += if is_said(field) { 2.0 * CELL } else { CELL },
    }
    proposal.reasons.push((column.heading.clone(), field.name.clone()));
    rule.fields.insert(field.name.clone(), rule_for(model, field, column));
}

/// The column of what stood below the headings that were made rows, and the field that it is: the one that is named, else the whole, where the
/// kind has a number for it, else the first number that it has.
fn number_of_cell<'t>(
    kind: &'t Kind,
    rule: &RecordRule,
    mapping: &Mapping,
    columns: &'t [Headed<'_>],
    is_named: &dyn Fn(&Field) -> bool,
) -> Option<(&'t ProposedColumn, &'t Field)> {
    let cell = &mapping.each.as_ref()?.cell;
    let column = columns.iter().map(|c| &c.column).find(|c| c.heading == *cell)?;
    let is_open = |f: &&Field| {
        matches!(f.kind, FieldType::Number | FieldType::Integer)
            && !kind.key.contains(&f.name)
            && !rule.fields.contains_key(&f.name)
    };
    let has_parts = |whole: &Field| kind.fields.iter().any(|f| f.whole.as_ref() == Some(&whole.name));
    let open = || kind.fields.iter().filter(is_open);
    let found = open().find(|f| is_named(f)).or_else(|| open().find(|f| has_parts(f))).or_else(|| open().next())?;
    Some((column, found))
}

/// Words of a title that are looked at together.
const MOST_WORDS_OF_TITLE: usize = 3;

/// True where a title has what stands above columns of a field among its words.
fn is_titled(model: &Model, kind: &Kind, field: &Field, title: &str) -> bool {
    let title = comparable(title);
    let words: Vec<&str> = title.split(' ').collect();
    // Short words are too many other things: “ist”.
    let is_said = |said: &str| {
        said.chars().count() > 3
            && (names(field).iter().any(|name| name == said) || model.headings.is_of(said, kind, &field.name))
    };
    (1..=MOST_WORDS_OF_TITLE).any(|length| words.windows(length).any(|words| is_said(&words.join(" "))))
}

/// The field by which a record is of a file of due diligence.
const REQUEST: &str = "support_request";

/// What speaks for a proposal as a whole, or against it: that the sheet or file is called as the kind, and what it lacks.
fn weigh_whole(proposal: &mut MappingProposal, kind: &Kind, rule: &RecordRule, mapping: &Mapping, called: &[&str]) {
    let said = called
        .iter()
        .map(|c| comparable(c))
        .any(|c| kind.label.all().any(|(_, l)| c.contains(&comparable(l))) || c.contains(&kind.name.replace('_', " ")));
    proposal.weight += if said { 6.0 } else { 0.0 };
    // What is of a file of due diligence names the request: a measure by itself is one of a plan.
    let is_loose = kind.noted && kind.field(REQUEST).is_some() && !rule.fields.contains_key(REQUEST);
    proposal.weight -= if is_loose { 4.0 } else { 0.0 };
    // Where rows are made of columns, what tells them apart must be a field.
    let is_lost = |e: &EachColumn| !proposal.reasons.iter().any(|(heading, _)| *heading == e.heading);
    proposal.weight -= if mapping.each.as_ref().is_some_and(is_lost) { 20.0 } else { 0.0 };
    proposal.weight -= kind.fields.iter().filter(|f| f.required && !rule.fields.contains_key(&f.name)).count() as f64 * 6.0;
    // What is there to tell figures says nothing without one.
    let figures = kind.figures();
    let is_bare = !figures.is_empty() && !figures.iter().any(|f| rule.fields.contains_key(&f.name));
    proposal.weight -= if is_bare { 6.0 } else { 0.0 };
    // Without its name there is no record; and one column alone says which records there are, and nothing of them.
    let title = kind.title.as_ref().and_then(|title| kind.field(title)).filter(|f| f.required);
    proposal.weight -= if title.is_some_and(|f| !rule.fields.contains_key(&f.name)) { 6.0 } else { 0.0 };
    proposal.weight -= if kind.title.is_none() && rule.fields.len() == 1 { 3.0 } else { 0.0 };
}

/// Codes of which the words stand in a column that is a text already: whoever is called a commander has the post of that title, and the
/// role. At least half of what stands there must tell a code.
fn told_by_titles<'m>(
    model: &Model,
    kind: &'m Kind,
    rule: &RecordRule,
    columns: &'m [Headed<'_>],
) -> Vec<(&'m Field, &'m ProposedColumn)> {
    let is_text = |name: &str| kind.field(name).is_some_and(|f| f.kind == FieldType::Text) && kind.title.as_deref() != Some(name);
    let texts: Vec<&str> =
        rule.fields.iter().filter(|(name, _)| is_text(name)).filter_map(|(_, r)| r.column.as_deref()).collect();
    let tells = |list: &str, column: &ProposedColumn| {
        let told = column.values.iter().filter(|(v, _)| model.lists.told_by(list, v).is_some()).count();
        told > 0 && told * 2 >= column.values.len()
    };
    let column_of = |field: &'m Field| {
        let FieldType::Code(list) = &field.kind else { return None };
        let column = columns.iter().map(|c| &c.column).find(|c| texts.contains(&c.heading.as_str()) && tells(list, c))?;
        Some((field, column))
    };
    kind.fields.iter().filter(|f| f.words.is_some() && !rule.fields.contains_key(&f.name)).filter_map(column_of).collect()
}

/// Records that the words of a column name, which are kept as published beside them: the unit that was trained. Whichever of both a column was
/// taken for, it is the other too.
fn named_in_words<'m>(kind: &'m Kind, rule: &RecordRule, columns: &'m [Headed<'_>]) -> Vec<(&'m Field, &'m ProposedColumn)> {
    let column_of = |of: &Field, other: &'m Field| {
        let heading = rule.fields.get(&of.name)?.column.as_ref()?;
        let column = columns.iter().map(|c| &c.column).find(|c| c.heading == *heading)?;
        (!rule.fields.contains_key(&other.name)).then_some((other, column))
    };
    let both = |field: &'m Field| {
        let words = kind.field(field.words.as_ref()?)?;
        column_of(words, field).or_else(|| column_of(field, words))
    };
    kind.fields.iter().filter(|field| field.record_kind().is_some()).filter_map(both).collect()
}

/// Columns of the same amount in another currency: “Budget (USD)” beside “Budget (EUR)”, each with the field.
fn in_other_currencies(
    kind: &Kind,
    rule: &RecordRule,
    columns: &[Headed<'_>],
    taken: &HashSet<usize>,
    words: &ValueWords,
) -> Vec<(String, usize)> {
    if kind.field("currency").is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for field in kind.fields.iter().filter(|f| f.is_money()) {
        let heading = rule.fields.get(&field.name).and_then(|r| r.column.as_deref());
        let Some((stem, own)) = heading.and_then(|h| words.numbers.in_currency(h)) else { continue };
        let is_same = |at: &usize| {
            let other = words.numbers.in_currency(&columns[*at].column.heading);
            other.is_some_and(|(of, currency)| of == stem && currency != own)
        };
        let others = (0..columns.len()).filter(|at| !taken.contains(at)).filter(is_same);
        found.extend(others.map(|at| (field.name.clone(), at)));
    }
    found
}

/// What is told from words is told by the heading above whose row it is, where no column says it: below “Commander” stand commanders.
fn told_by_heading(model: &Model, kind: &Kind, rule: &mut RecordRule) {
    let own = own_name(kind).and_then(|name| rule.fields.get(name)?.column.clone());
    for field in kind.fields.iter().filter(|f| f.words.is_some()) {
        let FieldType::Code(list) = &field.kind else { continue };
        let heading = own.clone().filter(|heading| model.lists.told_by(list, heading).is_some());
        if let Some(heading) = heading.filter(|_| !rule.fields.contains_key(&field.name)) {
            rule.fields.insert(field.name.clone(), Rule { value: Some(heading), ..Rule::default() });
        }
    }
}

/// The field that says whose row it is: the title, or what the key begins with.
fn own_name(kind: &Kind) -> Option<&str> {
    kind.title.as_deref().or_else(|| kind.key.first().map(String::as_str))
}

/// The field that says whose row it is, in kinds whose rows may say what that is a part of.
struct Whose<'m> {
    kind: &'m Kind,
    field: &'m Field,
    /// The kind and field of its own name, where it refers to a record.
    named: Option<(&'m Kind, &'m Field)>,
}

impl<'m> Whose<'m> {
    /// Of a person, who is no part of anything, the unit where that person is: what the key has next.
    fn of(model: &'m Model, kind: &'m Kind) -> Option<Whose<'m>> {
        let is_person = |field: &Field| field.record_kind().and_then(|of| model.kind(of)).is_some_and(|of| of.personal);
        let own = kind.field(own_name(kind)?)?;
        let next = || kind.key.iter().filter_map(|name| kind.field(name)).find(|field| !is_person(field));
        let field = if is_person(own) { next()? } else { own };
        let of = field.record_kind().unwrap_or(&kind.name);
        let is_connected = |other: &Kind| {
            let row = other.beside.as_ref().and_then(|beside| other.field(&beside.row));
            row.and_then(Field::record_kind) == Some(of)
        };
        let named = model.kind(of).and_then(|of| Some((of, of.field(of.title.as_ref()?)?)));
        model.kinds.iter().any(is_connected).then_some(Whose { kind, field, named })
    }

    fn says(&self, column: &Headed<'_>) -> bool {
        let named = self.named.is_some_and(|(kind, field)| column.says(kind, field) >= EXACT);
        !column.is_above && (named || column.says(self.kind, self.field) >= EXACT)
    }

    /// The column that says whose row it is.
    fn column(&self, rule: &RecordRule, columns: &[Headed<'_>]) -> Option<usize> {
        let heading = rule.fields.get(&self.field.name)?.column.as_ref()?;
        columns.iter().position(|c| c.column.heading == *heading)
    }

    /// The last column right of it that says so too, and tells more rows apart.
    fn further(&self, at: usize, columns: &[Headed<'_>], taken: &HashSet<usize>) -> Option<usize> {
        let more = |c: &usize| columns[*c].column.values.len() > columns[at].column.values.len();
        (at + 1..columns.len()).rev().find(|c| !taken.contains(c) && more(c) && self.says(&columns[*c]))
    }

    /// Units stand right of their ministry: of several columns that may be whose row it is, the last one that tells more rows apart is it.
    fn take_further(
        &self,
        model: &Model,
        columns: &[Headed<'_>],
        taken: &mut HashSet<usize>,
        rule: &mut RecordRule,
        reasons: &mut Vec<(String, String)>,
    ) {
        let Some(at) = self.column(rule, columns) else { return };
        let Some(last) = self.further(at, columns, taken) else { return };
        taken.remove(&at);
        taken.insert(last);
        let (before, column) = (&columns[at].column.heading, &columns[last].column);
        reasons.retain(|(heading, _)| heading != before);
        reasons.push((column.heading.clone(), self.field.name.clone()));
        rule.fields.insert(self.field.name.clone(), rule_for(model, self.field, column));
    }

    /// The columns left of it that say what it is part of, level by level, the nearest first.
    fn levels(&self, rule: &RecordRule, columns: &[Headed<'_>], taken: &HashSet<usize>) -> Vec<usize> {
        let Some(own) = self.column(rule, columns) else { return Vec::new() };
        let (mut below, mut all) = (own, Vec::new());
        for at in (0..own).rev().filter(|at| !taken.contains(at)) {
            // Fewer of them than of what is part of them.
            if self.says(&columns[at]) && columns[at].column.values.len() < columns[below].column.values.len() {
                all.push(at);
                below = at;
            }
        }
        all
    }
}

/// What a column beside the names of a row says that they have to do with other records, as “Parent unit” does: a record more, or
/// one for each level.
fn connected(
    other: &Kind,
    kind: &Kind,
    first: Option<&Field>,
    rule: &RecordRule,
    columns: &[Headed<'_>],
    levels: &[usize],
    taken: &mut HashSet<usize>,
) -> Vec<RecordRule> {
    let Some(beside) = other.beside.as_ref().filter(|_| other.name != kind.name) else { return Vec::new() };
    let (Some(of), Some(field)) = (other.field(&beside.row).and_then(Field::record_kind), other.field(&beside.column)) else {
        return Vec::new();
    };
    let of_column = |at: usize| Rule { column: Some(columns[at].column.heading.clone()), ..Rule::default() };
    let own = match first.and_then(|f| Some((f.record_kind(), rule.fields.get(&f.name)?.column.clone()?))) {
        _ if kind.name == of => Rule { record: Some(kind.name.clone()), ..Rule::default() },
        Some((Some(to), column)) if to == of => Rule { column: Some(column), ..Rule::default() },
        _ => return Vec::new(),
    };
    let says = |c: &Headed<'_>| c.is_above || c.says(other, field) >= EXACT;
    let said = (0..columns.len()).find(|at| !taken.contains(at) && says(&columns[*at]));
    let above: Vec<usize> = said.map_or_else(|| levels.to_vec(), |at| vec![at]);
    taken.extend(&above);
    let mut from = own;
    let mut all = Vec::new();
    for at in above {
        let same =
            beside.fields.iter().map(|(name, value)| (name.clone(), Rule { value: Some(value.clone()), ..Rule::default() }));
        let ends = [(beside.row.clone(), from), (beside.column.clone(), of_column(at))];
        // Where nothing stands above a name, there is nothing to say.
        let when = Some(columns[at].column.heading.clone());
        all.push(RecordRule {
            kind: other.name.clone(),
            when,
            fields: ends.into_iter().chain(same).collect(),
            ..RecordRule::default()
        });
        from = of_column(at);
    }
    all
}

/// How much a heading says that is the name of a field, or known as one of it.
const EXACT: f64 = 8.0;
/// How much it counts where a heading is the name of the field in the model.
const OWN_NAME: f64 = 9.5;

/// True for a number that is no share of a hundred.
fn is_count(field: &Field) -> bool {
    matches!(field.kind, FieldType::Integer | FieldType::Number) && field.unit != "percent"
}

/// What a column may have beside it for itself: its source, and how credible it is.
const BESIDE: [&str; 2] = ["source", "credibility"];

/// True where a heading is that of another column and, after it, the name of a field of the envelope: “name”, “name:source”.
fn is_beside(model: &Model, kind: &Kind, of: &str, field: &str, heading: &str) -> bool {
    let Some(rest) = heading.strip_prefix(of).filter(|rest| !rest.starts_with(char::is_alphanumeric)) else { return false };
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
    let rest = comparable(rest);
    let named = model.envelope.get(field).map(|f| names(&f.field));
    let is_named = |own: Vec<String>| own.contains(&rest) || is_among(model.headings.fields(&rest), kind, field);
    !rest.is_empty() && !of.is_empty() && named.is_some_and(is_named)
}

fn rule_for(model: &Model, field: &Field, column: &ProposedColumn) -> Rule {
    let separator = [";", "/", "،", ","].into_iter().find(|s| column.values.iter().any(|(v, _)| v.contains(s)));
    let is_list = matches!(field.kind, FieldType::List(_) | FieldType::Records(_));
    let mut between = match &field.more {
        Some(_) => between_names(model, column),
        None => separator.filter(|s| is_list && *s != ";").map(str::to_owned),
    };
    let aliases = if field.more.is_some() { enumerations(model, column, &mut between) } else { BTreeMap::new() };
    Rule { column: Some(column.heading.clone()), split: between, aliases, ..Rule::default() }
}

/// Cells of several names with other signs or words between them than the column has: “A, B et C”, each with these names as the column
/// would have them. All must be names that stand elsewhere in the column, or those of countries: “Ministry of Interior and Security” is one.
fn enumerations(model: &Model, column: &ProposedColumn, between: &mut Option<String>) -> BTreeMap<String, String> {
    let ands = ands(&model.languages);
    let own = between.clone().unwrap_or_else(|| ";".to_owned());
    let is_sign = !own.contains(char::is_alphanumeric);
    let usual = own.split(' ').find(|sign| is_sign && !sign.is_empty()).unwrap_or(&own).to_owned();
    let items = |text: &str| -> Vec<String> {
        items(text, &own).into_iter().map(str::trim).filter(|i| !i.is_empty()).map(str::to_owned).collect()
    };
    let known: HashSet<String> = column.values.iter().flat_map(|(v, _)| items(v)).collect();
    let is_name = |name: &str| known.contains(name) || country_of(model, name).is_some();
    let named = |part: String| {
        let rest = || ands.iter().filter_map(|and| part.strip_prefix(and.trim_start())).find(|rest| is_name(rest));
        if is_name(&part) { Some(part) } else { rest().map(str::to_owned) }
    };
    let mut words: Vec<&str> = BETWEEN.to_vec();
    words.extend(WITHIN);
    words.extend(ands.iter().map(String::as_str));
    let several = |value: &str| -> Option<String> {
        let parts: Vec<String> = divided(value, words.iter().copied()).into_iter().map(named).collect::<Option<_>>()?;
        (parts.len() > items(value).len()).then(|| parts.join(&usual))
    };
    let values = column.values.iter().take(MOST_VALUES);
    let found: BTreeMap<String, String> = values.filter_map(|(v, _)| Some((v.clone(), several(v)?))).collect();
    if !found.is_empty() {
        between.get_or_insert(own);
    }
    found
}

/// What stands between any of these.
fn divided<'s>(text: &str, signs: impl Iterator<Item = &'s str>) -> Vec<String> {
    let whole = vec![text.to_owned()];
    let parts = signs.fold(whole, |parts, sign| parts.iter().flat_map(|p| p.split(sign)).map(str::to_owned).collect());
    parts.iter().map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect()
}

/// What separates the names in the cells of a column, where some hold several: a sign, or several with a space between. A sign that
/// may stand within a name separates only what stands alone elsewhere in the column, or is the name of a country.
fn between_names(model: &Model, column: &ProposedColumn) -> Option<String> {
    let alone: HashSet<&str> = column.values.iter().map(|(v, _)| v.as_str()).collect();
    let is_name = |name: &&str| alone.contains(name) || country_of(model, name).is_some();
    let parts = |sign: &str| {
        let parts = column.values.iter().map(|(v, _)| v.split(sign).map(str::trim).filter(|p| !p.is_empty()).collect());
        parts.filter(|p: &Vec<&str>| p.len() > 1).collect::<Vec<_>>()
    };
    let sure = BETWEEN.into_iter().filter(|sign| !parts(sign).is_empty());
    // Between spaces it parts names also where one of them stands nowhere alone: “Fund A / Fund B” beside “Fund A”.
    let is_apart = |sign: &str| {
        let spaced = format!(" {sign} ");
        sign == "/" && column.values.iter().all(|(v, _)| v.matches(sign).count() == v.matches(spaced.as_str()).count())
    };
    let separates = |sign: &str| {
        let (several, is_apart) = (parts(sign), is_apart(sign));
        let are_names = |parts: &Vec<&str>| if is_apart { parts.iter().any(&is_name) } else { parts.iter().all(&is_name) };
        !several.is_empty() && several.iter().all(are_names)
    };
    let likely = WITHIN.into_iter().filter(|sign| separates(sign));
    let signs: Vec<&str> = sure.chain(likely).collect();
    let word = || ands(&model.languages).into_iter().find(|word| separates(word));
    let by_lines = || Some("\n".to_owned()).filter(|line| !parts(line).is_empty());
    if signs.is_empty() { word().or_else(by_lines) } else { Some(signs.join(" ")) }
}

/// A column with what its heading may mean.
struct Headed<'m> {
    column: ProposedColumn,
    /// The heading in the forms in which it is looked for, each with what it loses by not being the whole, and the fields of the
    /// headings that are known: the same, and those of which it has the words.
    forms: Vec<(f64, String, KnownFields<'m>)>,
    /// True where its heading or its values say that it is a share of a hundred.
    is_share: bool,
    /// True where what stands in it was told from names that stand further in.
    is_above: bool,
    /// The most careful of the markings that stand in it, where most of what stands there are some: looked at once for all kinds.
    highest_marking: OnceCell<Option<Marking>>,
}

/// What headings say that are no more than a title or a name.
const BARE: [&str; 2] = ["*.title", "*.name"];

/// Fields as `model/headings.csv` names them: those of a heading, and those of headings that are part of it, with how much of it.
type KnownFields<'m> = (&'m [String], Vec<(f64, &'m [String])>);

impl<'m> Headed<'m> {
    fn of(model: &'m Model, column: ProposedColumn) -> Headed<'m> {
        let heading = column.heading.as_str();
        // Of two rows of headings, the lower one says what the upper one is of; a question has its number before it.
        let last = heading.rsplit(OVER).next().unwrap_or(heading);
        let mut forms: Vec<(f64, String)> = Vec::new();
        let unsaid = without_unit(heading);
        let parts = [last, without_unit(last), without_number(heading), unsaid, before_comma(unsaid)];
        for (loss, text) in std::iter::once((0.0, heading)).chain(parts.map(|part| (1.0, part))) {
            let text = comparable(text);
            if !text.is_empty() && !forms.iter().any(|(_, t)| *t == text) {
                forms.push((loss, text));
            }
        }
        // What a device or a form notes of itself says nothing of the world, and some headings what no field takes.
        let says_nothing = forms.iter().any(|(_, text)| model.headings.says_nothing(text));
        if says_nothing || heading.starts_with('_') || is_noted_by_a_device(&column) {
            forms.clear();
        }
        let forms = forms.into_iter().map(|(loss, text)| {
            let known = (model.headings.fields(&text), model.headings.parts(&text));
            (loss, text, known)
        });
        let percent = ['%', '٪'];
        let is_share = heading.contains(percent)
            || column.values.iter().any(|(v, _)| v.contains(percent))
                && column.values.iter().all(|(v, _)| v.contains(percent) || !v.contains(char::is_numeric));
        Headed { forms: forms.collect(), is_share, is_above: false, highest_marking: OnceCell::new(), column }
    }

    /// What stands in it, but for what says nothing.
    fn told(&self, words: &ValueWords) -> Vec<&str> {
        self.column.values.iter().map(|(v, _)| v.as_str()).filter(|v| !words.answers.says_nothing(v)).collect()
    }

    fn highest_marking(&self, model: &Model, words: &ValueWords) -> Option<Marking> {
        *self.highest_marking.get_or_init(|| {
            let values = self.told(words);
            let said: Vec<Marking> = values.iter().filter_map(|v| marking_said(model, v).ok()).collect();
            said.iter().max().copied().filter(|_| said.len() * 2 > values.len())
        })
    }

    /// In how many rows something stands.
    fn filled(&self) -> u64 {
        self.column.values.iter().map(|(_, times)| times).sum()
    }

    /// True where nothing but figures stands in it.
    fn has_only_figures(&self) -> bool {
        let is_figure = |text: &str| text.contains(char::is_numeric) && !text.contains(char::is_alphabetic);
        !self.column.values.is_empty() && self.column.values.iter().all(|(text, _)| is_figure(text))
    }

    /// True where most of what stands in it are figures, and not all of them such as may be crosses.
    fn has_counts(&self) -> bool {
        let texts = || self.column.values.iter().map(|(text, _)| text.as_str());
        let is_figure = |text: &&str| text.contains(char::is_numeric) && !text.contains(char::is_alphabetic);
        let is_more = |text: &str| !["0", "1"].contains(&plain(text).as_str());
        texts().filter(is_figure).count() * 2 > self.column.values.len() && texts().filter(is_figure).any(is_more)
    }

    /// True where the heading as a whole is known to say something.
    fn is_known(&self) -> bool {
        self.forms.iter().any(|(_, _, (fields, _))| !fields.is_empty())
    }

    /// True where the heading says no more than that it is a date.
    fn is_any_date(&self) -> bool {
        self.forms.iter().any(|(_, _, (fields, _))| fields.iter().any(|field| field == "*.date"))
    }

    /// True where the heading says no more than where something is.
    fn is_any_place(&self) -> bool {
        self.forms.iter().any(|(_, _, (fields, _))| fields.iter().any(|field| field == "*.place"))
    }

    /// True where the heading says no more than that it is a name.
    fn is_any_name(&self) -> bool {
        self.forms.iter().any(|(_, _, (fields, _))| fields.iter().any(|field| field == "*.name"))
    }

    /// How much the heading says that the column is a field of a kind.
    fn says(&self, kind: &Kind, field: &Field) -> f64 {
        let own = names(field);
        let of = |(loss, text, (fields, parts)): &(f64, String, KnownFields<'_>)| -> f64 {
            if own.contains(text) {
                return 10.0 - loss;
            }
            if is_among(fields, kind, &field.name) {
                return 9.0 - loss;
            }
            // “Title” in “Post title” is that of the post, and no course.
            let is_other = |fields: &[String]| {
                let is_bare = fields.iter().any(|f| BARE.contains(&f.as_str()));
                is_bare && field.kind == FieldType::Text && !BARE.iter().any(|bare| bare.ends_with(&format!(".{}", field.name)))
            };
            let part = parts.iter().filter(|(_, fields)| is_among(fields, kind, &field.name) && !is_other(fields));
            let part = part.map(|(share, _)| 4.0 + 4.0 * share - loss).fold(0.0, f64::max);
            let words: HashSet<&str> = text.split(' ').filter(|w| w.chars().count() > 3).collect();
            // What is known to stand above a field of any kind, or another one of this kind, is no part of a name: “Base” is a place, and
            // no “base légale”.
            let is_known =
                fields.iter().any(|f| f.starts_with("*.")) || kind.fields.iter().any(|f| is_among(fields, kind, &f.name));
            let shared = own.iter().any(|name| {
                let name: HashSet<&str> = name.split(' ').filter(|w| w.chars().count() > 3).collect();
                let is_part = || !is_known && words.is_subset(&name);
                !name.is_empty() && !words.is_empty() && (name.is_subset(&words) || is_part())
            });
            part.max(if shared { 4.0 - loss } else { 0.0 })
        };
        self.forms.iter().map(of).fold(0.0, f64::max)
    }
}

/// A heading without the number of its question or column: “Q1. Name”, “3) Name”.
fn without_number(heading: &str) -> &str {
    let rest = heading.trim_start_matches(['Q', 'q', '№']).trim_start_matches(|c: char| c.is_numeric() || c == '.');
    let rest = if rest.len() < heading.len() { rest.trim_start_matches([')', ':', ' ']) } else { heading };
    if rest.chars().next().is_some_and(char::is_alphabetic) && rest.len() + 1 < heading.len() { rest } else { heading }
}

/// A heading without what stands behind it in brackets: “Budget (EUR)”.
pub(crate) fn without_unit(heading: &str) -> &str {
    heading.split(['(', '[']).next().filter(|h| !h.trim().is_empty()).unwrap_or(heading)
}

/// A heading without what stands behind its last comma: “Budget, thousands of USD”.
fn before_comma(heading: &str) -> &str {
    heading.rsplit_once([',', '،']).map_or(heading, |(before, _)| before.trim()).trim()
}

/// True for moments to the second with their offset: a device notes them, nobody writes them.
fn is_noted_by_a_device(column: &ProposedColumn) -> bool {
    let is_moment = |v: &str| v.parse::<jiff::Timestamp>().is_ok() && v.contains('T');
    !column.values.is_empty() && column.values.iter().take(50).all(|(v, _)| is_moment(v))
}

/// The list of what security institutions do.
const FUNCTIONS: &str = "security_function";
/// The field of what somebody’s post is called.
const POST: &str = "posting.post";

/// How much the values of a column speak for a field that its heading suggests, or against it.
/// `said` is how much its heading says.
fn value_weight(model: &Model, field: &Field, column: &ProposedColumn, words: &ValueWords, said: f64) -> f64 {
    // What says that there is nothing tells nothing of the column.
    let values = column.values.iter().take(200).map(|(v, _)| v.as_str()).filter(|v| !words.answers.says_nothing(v));
    let values: Vec<&str> = values.collect();
    if values.is_empty() {
        return -1.0;
    }
    let share = |fits: &dyn Fn(&str) -> bool| values.iter().filter(|v| fits(v)).count() as f64 / values.len() as f64;
    let how = DateColumn { order: Some(DateOrder::Day), end: field.end, year_begins: Some(7), ..DateColumn::default() };
    let fits = match &field.kind {
        // What asks is a date all the same.
        FieldType::Date => share(&|v| {
            let is_date = !matches!(words.dates.read(v, &how), Err(UnreadCell::Wrong(_))) || words.dates.is_period(v);
            is_date || !field.end && words.dates.range(v, &how).is_some()
        }),
        FieldType::Integer | FieldType::Number => share(&|v| words.numbers.read(v, Some(Decimal::said('.')), false).is_ok()),
        FieldType::Url => share(&|v| v.starts_with("http")),
        FieldType::Code(list) => {
            let known = share(&|v| model.lists.get(list).is_some_and(|l| l.find(v).is_some()));
            let suggested = Suggestions::of(model, list);
            // Texts of which none is like a code are something else, unless the heading is the field's own name, or a known one
            // above a single text, which tells nothing. “الوظيفة” is a function and a post.
            let is_post =
                || list == FUNCTIONS && model.headings.fields(&comparable(&column.heading)).iter().any(|field| field == POST);
            let is_sure = said >= OWN_NAME && !is_post() || said >= EXACT && values.len() == 1;
            if known == 0.0 && !is_sure && !values.iter().take(20).any(|v| suggested.code(v).is_some()) {
                return -12.0;
            }
            known.max(0.4)
        }
        FieldType::Boolean => share(&|v| model.languages.answer(v).is_some()),
        // Names are neither crosses nor numbers.
        _ if field.record_kind().is_some() && share(&|v| words.answers.mark(v).is_some()) > 0.8 => return -12.0,
        _ => return if share(&|v| v.parse::<f64>().is_ok()) > 0.8 { -4.0 } else { 0.5 },
    };
    if fits > 0.6 {
        3.0 * fits
    } else if fits < 0.2 {
        -12.0
    } else {
        0.0
    }
}
