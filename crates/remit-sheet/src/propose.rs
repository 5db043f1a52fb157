//! What a table seems to be: where its headings stand, which kind of record its rows are, and which column is which field, with
//! the reasons. It proposes; a person looks at it and changes it.

mod around;
mod beside;
mod fields;
mod headed;
mod matrix;
mod rules;
mod table;
mod titled;

pub(crate) use headed::without_unit;

use crate::SheetError;
use crate::codes::{MOST_VALUES, Suggestions, shared_in};
use crate::grid::{CellText, Grid, HEAD};
use crate::opening::sample;
use crate::read::{EachColumn, Mapping, Marks, OutlineColumn, RecordRule, Rule, Sections, Shaped, kinds_of, name_of, shaped};
use crate::values::{BETWEEN, ValueWords, WITHIN, ands};
use around::{
    TableCountries, countries_within, country_named, dates_in, is_partner, with_country, with_day, with_identifiers, with_service,
};
use fields::{TableTitles, propose};
use headed::Headed;
use matrix::SupportCross;
use remit_model::{Field, FieldType, Kind, Model, Written, comparable};
use rules::divided;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use table::{are_crossed, codes_as_rows, has_period, headings, is_sum, is_time, periods};

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
    // “Training” in the first cell of a row may be what is needed; above its columns more is known.
    let known = |cells: &[CellText]| cells.iter().filter(|cell| marks.is_heading(cell)).count();
    let is_head = |cells: &Vec<CellText>| marks.is_headings(cells) || known(cells) >= known(&firsts);
    firsts.len() > 2 && marks.is_headings(&firsts) && !rows.iter().any(|cells| is_head(cells))
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
        let body = titled::body(model, &words, self.above());
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
        let matrix = SupportCross::of(model, &columns, &words).filter(|_| mapping.each.is_none());
        let by_matrix = |kind: &Kind| self.of_matrix(model, kind, matrix.as_ref()?, &mapping, &words, &called);
        let proposal = |kind: &Kind| {
            let plain = propose(model, kind, &columns, &mapping, &words, &called);
            let other = by_matrix(kind).or_else(|| by_codes(kind)).or_else(|| by_crosses(kind));
            let proposal = other.filter(|other| other.weight > plain.weight).unwrap_or(plain);
            let found = Some(proposal).filter(|p| !p.reasons.is_empty())?;
            let found = with_identifiers(with_read_names(found), &columns);
            let found = titled::with_body(with_day(found, kind, above.as_deref()), kind, body.as_deref());
            Some(with_country(with_service(found, model, kind, &titles), model, countries.as_ref()))
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
        matrix: &SupportCross,
        mapping: &Mapping,
        words: &ValueWords,
        called: &TableTitles<'_>,
    ) -> Option<MappingProposal> {
        if kind.name != matrix.kind() {
            return None;
        }
        let split = matrix.split.iter().map(|sign| (matrix.each.cell.clone(), sign.clone())).collect();
        let mut mapping = Mapping { each: Some(matrix.each.clone()), split, ..mapping.clone() };
        let none = matrix.says_none();
        if !none.is_empty() {
            mapping.skip.insert(matrix.each.cell.clone(), none);
        }
        let made = self.whole_columns(model, &mapping).ok()?.into_iter();
        // How many crosses a row has is told by the row.
        let made = made.filter(|c| !matrix.each.columns.contains(&c.heading) && !is_sum(model, &c.heading));
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
        if let Some(form) = rule.fields.get_mut("modality") {
            form.aliases.extend(matrix.forms_of_marks());
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
