//! The lines of a list: which columns are read, and what is kept of each line.

use super::RollJob;
use super::number::{Hasher, is_rounded};
use crate::SheetError;
use crate::grid::{CellText, Grid, HEAD, letter};
use crate::propose::without_unit;
use crate::read::{Marks, Meant, Names};
use crate::values::{Decimal, Proved, Unit, ValueWords};
use remit_model::{Kind, Model, comparable};
use remit_store::{Cell, Import, Problem, Workspace, row_envelope};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

/// The fields of a line that a column may say.
const FIELDS: [&str; 6] = ["number", "institution", "rank_band", "sex", "pay", "currency"];

/// What all lines of a list have in common.
pub(super) struct AboutRoll {
    pub(super) service: String,
    pub(super) list: String,
    pub(super) day: String,
    pub(super) scheme: String,
}

/// Where the headings of a list stand, and which column is which field.
pub(super) struct RollColumns<'g> {
    grid: &'g Grid,
    header: usize,
    at: HashMap<&'static str, usize>,
}

impl<'g> RollColumns<'g> {
    /// Finds the row with most headings of fields. There must be a column of service numbers.
    pub(super) fn find(model: &Model, grids: &'g [Grid], job: &RollJob) -> Result<RollColumns<'g>, SheetError> {
        let kind = model.kind("roll_line").ok_or_else(|| SheetError::Roll("the model has no kind `roll_line`".into()))?;
        let rows = grids.iter().flat_map(|g| (0..g.rows.len().min(HEAD)).map(move |header| (g, header)));
        let words = ValueWords::of(model);
        let of_row = |grid: &Grid, header: usize| fields(model, kind, &grid.rows[header].1, job, &words);
        let found = rows.map(|(grid, header)| RollColumns { grid, header, at: of_row(grid, header) });
        let best = found.reduce(|best, next| if next.weight() > best.weight() { next } else { best });
        let best = best.ok_or_else(|| SheetError::Roll(format!("{} has no rows", job.file.display())))?;
        if !best.at.contains_key("number") {
            let headings: Vec<&str> = best.headings().map(|(_, h)| h).collect();
            return Err(SheetError::Roll(format!(
                "{} has no column of service numbers that is known by its heading; say which it is (--number HEADING): {}",
                job.file.display(),
                headings.join(", ")
            )));
        }
        if best.at.contains_key("pay") && job.pay_times.is_none() {
            let at = best.at["pay"];
            return Err(SheetError::Roll(format!(
                "the column “{}” has pay, and nothing says for how long; say it (--pay-per month, year, week, fortnight or none)",
                best.grid.rows[best.header].1[at]
            )));
        }
        Ok(best)
    }

    fn weight(&self) -> (bool, usize) {
        (self.at.contains_key("number"), self.at.len())
    }

    fn headings(&self) -> impl Iterator<Item = (usize, &str)> {
        self.grid.rows[self.header].1.iter().map(CellText::as_str).enumerate().filter(|(_, h)| !h.is_empty())
    }

    fn heading(&self, column: usize) -> &str {
        self.grid.rows[self.header].1.get(column).map_or("", CellText::as_str)
    }

    fn field_of(&self, column: usize) -> Option<&'static str> {
        self.at.iter().find(|(_, at)| **at == column).map(|(field, _)| *field)
    }

    /// Headings of what is read, each with its field.
    pub(super) fn told(&self) -> Vec<(String, String)> {
        self.headings().filter_map(|(at, h)| Some((h.to_owned(), self.field_of(at)?.to_owned()))).collect()
    }

    /// Headings of the columns that are not taken in.
    pub(super) fn left_out(&self) -> Vec<String> {
        self.headings().filter(|(at, _)| self.field_of(*at).is_none()).map(|(_, h)| h.to_owned()).collect()
    }
}

/// The first column of each field. A heading with something in brackets is known without that: “Sex (M/F)”, “Net pay (USD)”; of pay
/// only where that is a unit, as what else stands there may be of another year.
fn fields(model: &Model, kind: &Kind, headings: &[CellText], job: &RollJob, words: &ValueWords) -> HashMap<&'static str, usize> {
    let is = |heading: &str, field: &str| match (&job.number, field) {
        (Some(number), "number") => heading == number,
        _ if heading.is_empty() => false,
        _ => {
            let labels = kind.field(field).into_iter().flat_map(|f| f.label.all()).map(|(_, label)| comparable(label));
            let own = labels.chain([comparable(field)]).any(|l| l == comparable(heading));
            own || model.headings.is_of(heading, kind, field)
        }
    };
    let is_apart = |heading: &str, field: &str| match field {
        "number" => false,
        "pay" => words.numbers.unit_of(heading, true).is_some(),
        _ => true,
    };
    let mut taken = HashSet::new();
    let first = |field: &'static str, taken: &HashSet<usize>| {
        let mut free = headings.iter().enumerate().filter(|(at, _)| !taken.contains(at));
        let whole = free.clone().find(|(_, h)| is(h, field));
        whole.or_else(|| free.find(|(_, h)| is_apart(h, field) && is(without_unit(h).trim(), field))).map(|(at, _)| at)
    };
    let mut found = HashMap::new();
    for field in FIELDS {
        if let Some(at) = first(field, &taken) {
            taken.insert(at);
            found.insert(field, at);
        }
    }
    found
}

/// What is kept of a line.
pub(super) struct RollLine {
    pub(super) row: u64,
    pub(super) number: Option<String>,
    pub(super) institution: Rc<str>,
    pub(super) rank_band: Option<Rc<str>>,
    pub(super) sex: Option<Rc<str>>,
    pub(super) pay: Option<f64>,
    pub(super) currency: Option<Rc<str>>,
}

/// The lines of a list, and what could not be used of them.
pub(super) struct Lines {
    pub(super) lines: Vec<RollLine>,
    pub(super) problems: Vec<Problem>,
}

impl Lines {
    pub(super) fn read(
        workspace: &Workspace,
        columns: &RollColumns<'_>,
        actors: &Names,
        about: &AboutRoll,
        job: &RollJob,
    ) -> Result<Lines, SheetError> {
        let model = workspace.model();
        let (words, marks) = (ValueWords::of(model), Marks::new(model));
        let pay: Vec<usize> = columns.at.get("pay").copied().into_iter().collect();
        let of_heading = pay.first().and_then(|at| words.numbers.unit_of(columns.heading(*at), true)).unwrap_or_default();
        let mut reading = ListReading {
            columns,
            model,
            actors,
            hasher: Hasher::new(workspace, &about.scheme)?,
            proved: Proved::by(columns.grid, columns.header + 1, &[], &pay, &words),
            words,
            service: Rc::from(about.service.as_str()),
            pay_times: job.pay_times.filter(|times| *times > 0.0),
            pay_scale: Unit { noughts: of_heading.noughts, ..Unit::default() },
            pay_currency: of_heading.currency.as_deref().filter(|code| model.lists.has("currency", code)).map(Rc::from),
            currency: job.currency.as_deref().map(|c| code(model, "currency", c).map_err(SheetError::Roll)).transpose()?,
            meanings: HashMap::new(),
            problems: Vec::new(),
        };
        for (line, at, reason) in &columns.grid.unread {
            reading.problem(*line, *at, "cell", reason.clone());
        }
        let mut lines = Vec::new();
        for (row, cells) in columns.grid.rows.iter().skip(columns.header + 1) {
            match marks.is_none_of_the_table(cells, columns.headings().count()) {
                Some(_) => reading.missing(*row, "row", "a sum or a note; the row was left out"),
                None => lines.push(reading.line(*row, cells)),
            }
        }
        Ok(Lines { lines, problems: reading.problems })
    }

    /// Numbers that stand there more than once.
    pub(super) fn doubled(&self) -> u64 {
        let mut times: HashMap<&str, u32> = HashMap::new();
        self.lines.iter().filter_map(|l| l.number.as_deref()).for_each(|n| *times.entry(n).or_default() += 1);
        times.values().filter(|n| **n > 1).count() as u64
    }

    /// Writes the lines and problems of an import; returns how many lines.
    pub(super) fn write(
        &self,
        workspace: &Workspace,
        import: &mut Import,
        file: i64,
        about: &AboutRoll,
        dataset: &str,
    ) -> Result<u64, SheetError> {
        let fields = ["service", "institution", "list", "day", "scheme", "number", "rank_band", "sex", "pay", "currency"];
        let writer = Import::row_writer(workspace, "roll_line", &fields)?;
        let said = |text: &Option<Rc<str>>| text.as_deref().map_or(Cell::Null, |t| Cell::Text(t.to_owned()));
        let shell = row_envelope(|_| "");
        for line in &self.lines {
            let cells = [
                Cell::Text(about.service.clone()),
                Cell::Text(line.institution.to_string()),
                Cell::Text(about.list.clone()),
                Cell::Text(about.day.clone()),
                Cell::Text(about.scheme.clone()),
                line.number.clone().into(),
                said(&line.rank_band),
                said(&line.sex),
                line.pay.into(),
                said(&line.currency),
            ];
            import.record(&writer, &format!("{dataset}/{}", line.row), (file, line.row), &shell, &cells)?;
        }
        for problem in &self.problems {
            import.problem(file, problem)?;
        }
        Ok(self.lines.len() as u64)
    }
}

/// What a value of a column means: the same text means the same in every line, and is looked up once.
type Meanings = HashMap<String, Result<Rc<str>, String>>;

/// A list that is being read.
struct ListReading<'r> {
    columns: &'r RollColumns<'r>,
    model: &'r Model,
    actors: &'r Names,
    hasher: Hasher,
    words: Arc<ValueWords>,
    proved: Proved,
    service: Rc<str>,
    pay_times: Option<f64>,
    /// What the heading of the pay says that it is in: “Net pay (thousand CDF)”.
    pay_scale: Unit,
    pay_currency: Option<Rc<str>>,
    currency: Option<Rc<str>>,
    meanings: HashMap<&'static str, Meanings>,
    problems: Vec<Problem>,
}

impl ListReading<'_> {
    fn line(&mut self, row: u64, cells: &[CellText]) -> RollLine {
        let at = self.columns;
        let cell = |field: &str| at.at.get(field).and_then(|c| cells.get(*c)).map_or("", CellText::as_str);
        let rounded = is_rounded(cell("number"));
        let number = self.hasher.hash(cell("number")).filter(|_| !rounded);
        if rounded {
            self.missing(row, "identifier", "a spreadsheet has rounded the service number; the line counts and matches nobody");
        } else if number.is_none() {
            self.missing(row, "identifier", "no service number; the line counts and matches nobody");
        }
        let (pay, beside) = self.pay(row, cell("pay"));
        // A sign of several currencies says none of them.
        let beside = beside.filter(|code| self.model.lists.has("currency", code));
        let beside = beside.or_else(|| self.meaning("currency", row, cell("currency")));
        let currency = beside.or_else(|| self.pay_currency.clone()).or_else(|| self.currency.clone());
        RollLine {
            row,
            number,
            institution: self.meaning("institution", row, cell("institution")).unwrap_or_else(|| self.service.clone()),
            rank_band: self.meaning("rank_band", row, cell("rank_band")),
            sex: self.meaning("sex", row, cell("sex")),
            pay,
            currency: pay.and(currency),
        }
    }

    /// The pay of a year, and the currency that stands beside it.
    fn pay(&mut self, row: u64, text: &str) -> (Option<f64>, Option<Rc<str>>) {
        let (Some(column), Some(times)) = (self.columns.at.get("pay").copied(), self.pay_times) else { return (None, None) };
        if text.is_empty() {
            return (None, None);
        }
        // A number of a workbook is one already.
        let decimal = match self.columns.grid.numbers.contains(&(row, column)) {
            true => Some(Decimal::said('.')),
            false => self.proved.decimal(Some(column)),
        };
        let read = self.words.numbers.read(text, decimal, false);
        let is_few = self.pay_scale.noughts > 0 && !self.proved.names_currencies(Some(column));
        if is_few && read.as_ref().is_ok_and(|n| n.currency.is_some() && !n.has_magnitude) {
            let reason = "the heading says thousands or more, and this amount names its currency; the cell was left out";
            self.problem(row, column, "ask", reason.into());
            return (None, None);
        }
        let found = read.map(|n| n.in_unit(&self.pay_scale));
        match found.map(|n| (n.digits.parse::<f64>(), n.currency)) {
            Ok((Ok(value), currency)) => (Some(value * times), currency.map(Rc::from)),
            _ => {
                self.problem(row, column, "number", "this is no number, or may be two; the cell was left out".into());
                (None, None)
            }
        }
    }

    /// What a cell means; told where it means nothing. What stands in it is not told: it may be a name in the wrong column.
    fn meaning(&mut self, field: &'static str, row: u64, text: &str) -> Option<Rc<str>> {
        if text.is_empty() {
            return None;
        }
        let meanings = self.meanings.entry(field).or_default();
        let found = match meanings.get(text) {
            Some(found) => found.clone(),
            None => {
                let found = match field {
                    "institution" => unit(self.actors, text),
                    list => code(self.model, list, text),
                };
                meanings.entry(text.to_owned()).or_insert(found).clone()
            }
        };
        found.map_err(|reason| self.problem(row, self.columns.at[field], "code", reason)).ok()
    }

    /// Tells of a row as a whole: at its number.
    fn missing(&mut self, row: u64, rule: &'static str, reason: &str) {
        self.problem(row, self.columns.at["number"], rule, reason.to_owned());
    }

    fn problem(&mut self, line: u64, column: usize, rule: &'static str, reason: String) {
        let heading = self.columns.heading(column);
        let element = format!("{} ({heading})", letter(column));
        self.problems.push(Problem { line, element, record: String::new(), value: String::new(), rule, reason });
    }
}

/// The code of a list that a text means. Of a rank every word counts: a brigadier-chef is no brigadier, a chief constable no constable, and
/// who is retired has no rank on a list any more.
fn code(model: &Model, list: &str, text: &str) -> Result<Rc<str>, String> {
    let found = model.lists.get(list).and_then(|l| l.find(text)).map(|c| c.code.as_str());
    let told = || match list {
        "rank_band" => model.lists.means(list, text),
        _ => model.lists.told_by(list, text),
    };
    found.or_else(told).map(Rc::from).ok_or_else(|| {
        format!("this is no code, name or word of {list}; add it to model/words/{list}.csv. The cell counts as not said")
    })
}

/// The unit that a text means.
fn unit(actors: &Names, text: &str) -> Result<Rc<str>, String> {
    match actors.find(text, "") {
        Meant::One(record) => Ok(Rc::from(record)),
        _ => Err("this is no unit of the register by its own name; the line counts to the institution".to_owned()),
    }
}
