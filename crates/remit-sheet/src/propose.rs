//! What a table seems to be: where its headings stand, which kind of record its rows are, and which column is which field, with
//! the reasons. It proposes; a person looks at it and changes it.

use crate::SheetError;
use crate::grid::{Grid, HEAD, sample};
use crate::read::{Each, Mapping, Marks, RecordRule, Rule, Shaped, kinds_of, name_of, shaped};
use crate::values::{DateColumn, Order, Words, folded};
use remit_model::{EnvelopePart, Field, FieldType, Kind, Model, comparable, likeness};
use std::collections::{BTreeMap, HashSet};
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
    /// The kind whose columns it has, where Remit wrote it.
    pub native: Option<String>,
    /// Where its headings seem to stand: the row, and how many rows they take.
    pub header: (u64, u64),
    grid: Grid,
}

/// A column of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// What stands in it, each value with how often, as far as the table was looked at.
    pub values: Vec<(String, u64)>,
}

/// What a table may be of, by what its columns say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Proposal {
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
    let grids = sample(path, encoding, &model.languages)?;
    let stem = name_of(path);
    let looks = grids.into_iter().filter(|g| !g.rows.is_empty() && !g.sheet.starts_with('_'));
    Ok(looks
        .map(|grid| Look {
            sheet: grid.sheet.clone(),
            hidden: grid.hidden,
            encoding: grid.encoding.clone(),
            native: kinds_of(model, &grid, &stem).and_then(|(kinds, _)| kinds.first().map(|k| k.name.clone())),
            header: headings(model, &grid),
            grid,
        })
        .collect())
}

impl Look {
    /// The same sheet with its headings in a row that somebody says, and so many rows.
    pub fn with_headings(&self, row: u64, rows: u64) -> Look {
        Look { header: (row, rows), ..self.clone() }
    }

    /// The first rows as they stand, each with its number.
    pub fn rows(&self, most: usize) -> Vec<(u64, Vec<String>)> {
        self.grid.rows.iter().take(most).cloned().collect()
    }

    /// The columns that a mapping sees, with what stands in them.
    ///
    /// # Errors
    /// When the mapping names a column that is not there.
    pub fn columns(&self, model: &Model, mapping: &Mapping) -> Result<Vec<Column>, String> {
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
            Column { heading, values }
        };
        Ok(headings.into_iter().enumerate().filter(|(_, h)| !h.is_empty()).map(|(at, h)| column(at, h)).collect())
    }

    fn shaped(&self, model: &Model, mapping: &Mapping) -> Result<Shaped, String> {
        shaped(self.grid.clone(), mapping, &Marks::new(&model.languages))
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

    /// What the rows may be, the likeliest first; `file` is what the file is called.
    pub fn proposals(&self, model: &Model, file: &str) -> Vec<Proposal> {
        let mut mapping = self.plain();
        let Ok(mut columns) = self.columns(model, &mapping) else { return Vec::new() };
        if let Some(each) = years(&columns) {
            mapping.each = Some(each);
            let made = self.columns(model, &mapping).unwrap_or_default();
            let years = mapping.each.as_ref().map_or(&[][..], |e| &e.columns);
            columns = made.into_iter().filter(|c| !years.contains(&c.heading)).collect();
        }
        let words = Words::new(&model.languages, &model.lists);
        let proposal = |kind: &Kind| propose(model, kind, &columns, &mapping, &words, &[&self.sheet, file]);
        let mut all: Vec<Proposal> = model.register_kinds().map(proposal).filter(|p| !p.reasons.is_empty()).collect();
        all.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.kind.cmp(&b.kind)));
        all
    }
}

/// Three columns or more with years above them are rows, each of a year.
fn years(columns: &[Column]) -> Option<Each> {
    let is_year = |c: &&Column| c.heading.len() == 4 && c.heading.parse().is_ok_and(|y: u32| (1950..2100).contains(&y));
    let years: Vec<String> = columns.iter().filter(is_year).map(|c| c.heading.clone()).collect();
    (years.len() > 1).then(|| Each { columns: years, heading: "Year".into(), cell: "Value".into() })
}

/// Where the headings stand: the row that is most like headings, and the one above it where that is merged over its columns.
fn headings(model: &Model, grid: &Grid) -> (u64, u64) {
    let known: HashSet<String> = model.register_kinds().flat_map(|k| &k.fields).flat_map(names).collect();
    let like = |at: usize| -> i64 {
        let cells: Vec<&String> = grid.rows[at].1.iter().filter(|c| !c.is_empty()).collect();
        let width =
            grid.rows.iter().skip(at + 1).take(5).map(|(_, c)| c.iter().filter(|c| !c.is_empty()).count()).max().unwrap_or(0);
        let is_value = |c: &&&String| {
            let digits = c.chars().filter(|c| c.is_numeric()).count();
            digits * 2 > c.chars().count() && c.len() != 4 || c.len() > 80
        };
        let values = cells.iter().filter(is_value).count() as i64;
        let mut different: Vec<&String> = cells.clone();
        different.sort();
        different.dedup();
        let fields = cells.iter().filter(|c| known.contains(&comparable(c)) || model.headings.knows(c)).count() as i64;
        let count = cells.len() as i64;
        // A title stands alone above many columns.
        count - 3 * values + 3 * fields - 2 * (count - different.len() as i64) - (width as i64 - count).max(0)
    };
    let rows = 0..grid.rows.len().saturating_sub(1).clamp(1, HEAD);
    let best = rows.map(|at| (at, like(at))).fold((0, i64::MIN), |best, next| if next.1 > best.1 { next } else { best }).0;
    let row = |at: usize| grid.rows.get(at).map(|(row, _)| *row);
    let spans = |at: usize, least: usize| {
        let width = grid.rows[at].1.len();
        grid.merged.iter().any(|m| {
            let wide = m.columns.1 - m.columns.0 + 1;
            Some(m.rows.0) == row(at) && m.rows.1 == m.rows.0 && wide > 1 && wide < width.max(least)
        })
    };
    let texts = |at: usize| {
        like(at) > 0 && grid.rows[at].1.iter().filter(|c| !c.is_empty()).all(|c| !c.contains(|c: char| c.is_numeric()))
    };
    if spans(best, 3) && best + 2 < grid.rows.len() && texts(best + 1) {
        return (row(best).unwrap_or(1), 2);
    }
    if best > 0 && spans(best - 1, grid.rows[best].1.len()) {
        return (row(best - 1).unwrap_or(1), 2);
    }
    (row(best).unwrap_or(1), 1)
}

/// What a field is called, comparable: in every language, and by its own name.
fn names(field: &Field) -> Vec<String> {
    field.label.all().map(|(_, label)| comparable(label)).chain([comparable(&field.name)]).collect()
}

fn propose(model: &Model, kind: &Kind, columns: &[Column], mapping: &Mapping, words: &Words, called: &[&str]) -> Proposal {
    let envelope: Vec<&Field> =
        [EnvelopePart::Dates, EnvelopePart::Source].into_iter().flat_map(|p| model.envelope.of(p)).collect();
    let own = kind.fields.iter().map(|f| (f, 1.0));
    let fields: Vec<(&Field, f64)> = own.chain(envelope.into_iter().map(|f| (f, 0.4))).collect();
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    let all: Vec<&str> = columns.iter().map(|c| c.heading.as_str()).collect();
    let is_own = |c: &Column| all.iter().any(|of| BESIDE.iter().any(|f| is_beside(model, kind, of, f, &c.heading)));
    for (c, column) in columns.iter().enumerate().filter(|(_, c)| !is_own(c)) {
        for (f, (field, share)) in fields.iter().enumerate() {
            let weight = heading_weight(model, kind, field, &column.heading) * share;
            let weight = if weight > 0.0 { weight + value_weight(model, field, column, words) } else { weight };
            if weight >= 2.0 {
                pairs.push((weight, c, f));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let (mut taken, mut filled) = (HashSet::new(), HashSet::new());
    let mut rule = RecordRule { kind: kind.name.clone(), ..RecordRule::default() };
    let mut proposal = Proposal { kind: kind.name.clone(), mapping: mapping.clone(), ..Proposal::default() };
    for (weight, c, f) in pairs {
        if taken.contains(&c) || filled.contains(&f) {
            continue;
        }
        taken.insert(c);
        filled.insert(f);
        let (field, column) = (fields[f].0, &columns[c]);
        proposal.weight += weight;
        proposal.reasons.push((column.heading.clone(), field.name.clone()));
        let beside =
            |field: &str| all.iter().find(|h| is_beside(model, kind, &column.heading, field, h)).map(|h| (*h).to_owned());
        let [source, confidence] = BESIDE.map(beside);
        rule.fields.insert(field.name.clone(), Rule { source, confidence, ..rule_for(field, column) });
    }
    // What stood below the years is the whole, where the kind has a number for it, else the first number that it has.
    let cell = mapping.each.as_ref().map(|e| &e.cell).and_then(|cell| columns.iter().find(|c| c.heading == *cell));
    let is_open = |f: &&Field| {
        matches!(f.kind, FieldType::Number | FieldType::Integer) && f.name != "year" && !rule.fields.contains_key(&f.name)
    };
    let whole = kind.fields.iter().filter(is_open).find(|f| f.name == "total");
    let number = whole.or_else(|| kind.fields.iter().find(is_open));
    if let (Some(column), Some(field)) = (cell, number)
        && !proposal.reasons.iter().any(|(heading, _)| *heading == column.heading)
    {
        proposal.weight += 3.0;
        proposal.reasons.push((column.heading.clone(), field.name.clone()));
        rule.fields.insert(field.name.clone(), rule_for(field, column));
    }
    let said = called
        .iter()
        .map(|c| comparable(c))
        .any(|c| kind.label.all().any(|(_, l)| c.contains(&comparable(l))) || c.contains(&kind.name.replace('_', " ")));
    proposal.weight += if said { 6.0 } else { 0.0 };
    proposal.weight -= kind.fields.iter().filter(|f| f.required && !rule.fields.contains_key(&f.name)).count() as f64 * 6.0;
    proposal.weight -= columns.len().saturating_sub(taken.len()) as f64;
    // Order of fields is that of the kind, so the reasons are told in that of the sheet.
    proposal.reasons.sort_by_key(|(heading, _)| columns.iter().position(|c| c.heading == *heading));
    proposal.mapping.record = vec![rule];
    proposal
}

/// What a column may have beside it for itself: its source, and how credible it is.
const BESIDE: [&str; 2] = ["source", "credibility"];

/// True where a heading is that of another column and, after it, the name of a field of the envelope: “name”, “name:source”.
fn is_beside(model: &Model, kind: &Kind, of: &str, field: &str, heading: &str) -> bool {
    let Some(rest) = heading.strip_prefix(of).filter(|rest| !rest.starts_with(char::is_alphanumeric)) else { return false };
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
    let named = model.envelope.get(field).map(|f| &f.field);
    !rest.is_empty() && !of.is_empty() && named.is_some_and(|f| heading_weight(model, kind, f, rest) >= 9.0)
}

fn rule_for(field: &Field, column: &Column) -> Rule {
    let separator = [";", "/", "،", ","].into_iter().find(|s| column.values.iter().any(|(v, _)| v.contains(s)));
    let is_list = matches!(field.kind, FieldType::List(_) | FieldType::Records(_));
    Rule {
        column: Some(column.heading.clone()),
        split: separator.filter(|s| is_list && *s != ";").map(str::to_owned),
        ..Rule::default()
    }
}

/// How much a heading says that its column is a field.
fn heading_weight(model: &Model, kind: &Kind, field: &Field, heading: &str) -> f64 {
    // Of two rows of headings, the lower one says what the upper one is of.
    let last = heading.rsplit(" – ").next().unwrap_or(heading);
    let own = names(field);
    let of = |text: &str| -> f64 {
        let text = comparable(text);
        if own.contains(&text) {
            return 10.0;
        }
        if model.headings.is_of(&text, kind, &field.name) {
            return 9.0;
        }
        let words: HashSet<&str> = text.split(' ').filter(|w| w.chars().count() > 3).collect();
        let shared = own.iter().any(|name| {
            let name: HashSet<&str> = name.split(' ').filter(|w| w.chars().count() > 3).collect();
            !name.is_empty() && !words.is_empty() && (name.is_subset(&words) || words.is_subset(&name))
        });
        if shared { 4.0 } else { 0.0 }
    };
    of(heading).max(of(last) - 1.0)
}

/// How much the values of a column speak for a field that its heading suggests, or against it.
fn value_weight(model: &Model, field: &Field, column: &Column, words: &Words) -> f64 {
    let total = column.values.len().min(200) as f64;
    if total == 0.0 {
        return -1.0;
    }
    let share = |fits: &dyn Fn(&str) -> bool| column.values.iter().take(200).filter(|(v, _)| fits(v)).count() as f64 / total;
    let how = DateColumn { order: Some(Order::Day), end: field.end, year_begins: Some(7), ..DateColumn::default() };
    let fits = match &field.kind {
        FieldType::Date => share(&|v| words.dates.read(v, &how).is_ok()),
        FieldType::Integer | FieldType::Number => share(&|v| words.numbers.read(v, Some('.'), false).is_ok()),
        FieldType::Url => share(&|v| v.starts_with("http")),
        FieldType::Code(list) => share(&|v| model.lists.get(list).is_some_and(|l| l.find(v).is_some())).max(0.4),
        FieldType::Boolean => share(&|v| remit_model::boolean(v).is_some()),
        // Names are no numbers.
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

/// The code that a text most likely means, where it is not one already: a word that means it, a name that is like it.
pub fn suggested_code(model: &Model, list: &str, text: &str) -> Option<String> {
    if let Some(code) = model.lists.told_by(list, text) {
        return Some(code.to_owned());
    }
    let wanted = folded(text);
    let codes = model.lists.get(list)?.codes().iter().filter(|c| c.status != "withdrawn");
    let names = codes.flat_map(|c| c.label.all().map(|(_, name)| (c, folded(name))).collect::<Vec<_>>());
    // Several answers in one cell are no code.
    if wanted.contains([';', '|', '/']) {
        return None;
    }
    let words = |text: &str| -> HashSet<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 3).map(str::to_owned).collect()
    };
    let asked = words(&wanted);
    let weight = |name: &str| {
        // Whole words: Somaliland is not Mali.
        let own = words(name);
        let is_part = !own.is_empty() && !asked.is_empty() && (own.is_subset(&asked) || asked.is_subset(&own));
        likeness(name, &wanted).max(if is_part { 0.87 } else { 0.0 })
    };
    let best = names.map(|(code, name)| (weight(&name), code)).fold(None, |best: Option<(f64, _)>, next| match best {
        Some(b) if b.0 >= next.0 => Some(b),
        _ => Some(next),
    });
    best.filter(|(alike, _)| *alike >= 0.84).map(|(_, code)| code.code.clone())
}
