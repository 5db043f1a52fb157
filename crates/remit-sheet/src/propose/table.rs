//! Where the headings of a table stand, and which of its columns are rows: years, months and codes above them.

use super::ProposedColumn;
use super::headed::{Headed, names};
use crate::grid::{CellText, Grid, HEAD, Merged};
use crate::read::{EachColumn, OVER};
use crate::values::{DateColumn, ValueWords, plain};
use remit_model::{Field, FieldType, Kind, Model, comparable};
use std::collections::HashSet;

/// True for a heading in which a time stands, alone or among words.
pub(super) fn has_period(heading: &str, words: &ValueWords) -> bool {
    let mut parts = heading.split(|c: char| c.is_whitespace() || "()[],:".contains(c)).filter(|p| !p.is_empty());
    is_time(heading, words) || parts.any(|part| part.contains(char::is_numeric) && words.dates.is_period(part))
}

/// True for a heading of sums.
pub(super) fn is_sum(model: &Model, heading: &str) -> bool {
    let heading = comparable(heading);
    model.languages.written().iter().flat_map(|written| &written.totals).any(|word| comparable(word) == heading)
}

/// True where months or other times stand above columns in which there are crosses, and no more beside them than words for no: they say when
/// something is done, and are no numbers. Of what has a name no field takes several of them.
pub(super) fn are_crossed(columns: &[ProposedColumn], words: &ValueWords) -> bool {
    let values =
        || columns.iter().filter(|c| has_period(&c.heading, words)).flat_map(|c| &c.values).map(|(text, _)| text.as_str());
    let is_mark = |text: &str| words.answers.mark(text).is_some() && !text.contains(char::is_numeric);
    values().any(|text| words.answers.mark(text) == Some(true)) && values().all(is_mark)
}

/// Two columns or more with years, months or quarters above them are rows, each of a time. Of two rows of headings, what stands
/// beside the time is a column still: “2023” over “approved” and “spent”.
pub(super) fn periods(columns: &[ProposedColumn], words: &ValueWords) -> Option<EachColumn> {
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
pub(super) fn codes_as_rows(model: &Model, kind: &Kind, columns: &[Headed<'_>]) -> Option<EachColumn> {
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
pub(super) fn headings(model: &Model, grid: &Grid, words: &ValueWords) -> (u64, u64) {
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
pub(super) fn is_time(text: &str, words: &ValueWords) -> bool {
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
