//! Amounts: in which unit and currency a number stands, by its cell, its heading, or what stands above the table.

use super::drafts::content;
use super::{MAY_BE_SCALED, RowBeingRead, SheetReading};
use crate::grid::CellText;
use crate::read::mapping::{RecordRule, Rule};
use crate::read::shape::Passed;
use crate::values::{Decimal, Number, Unit, UnreadCell, plain};
use remit_model::{Field, FieldType, Kind, STATEMENT, write_value};
use remit_store::Draft;

impl SheetReading<'_> {
    /// Takes what a title above the table says that amounts are of, “in thousands of USD”, for columns whose headings say nothing. `head` is the
    /// row of the headings. Where a heading or title speaks of thousands otherwise, it is told.
    pub(in crate::read) fn under(&mut self, above: &[Passed], head: u64) {
        let (words, titles) = (self.words, || above.iter().filter(|p| p.why == "above" && p.row < head));
        let unclear = |heading: &str, unit: &Unit| unit.noughts == 0 && words.numbers.may_be_scaled(heading);
        let unit_of = |at: &usize| self.units.get(at).or_else(|| self.scales.get(at));
        let headings = self.columns.iter().filter(|(heading, at)| unit_of(at).is_some_and(|unit| unclear(heading, unit)));
        let mut headings: Vec<(usize, String)> = headings.map(|(heading, at)| (*at, heading.clone())).collect();
        headings.sort();
        for (at, heading) in headings {
            self.finding(head, Some(at), &heading, "ask", MAY_BE_SCALED.to_owned());
        }
        let said = |p: &Passed| Some((p.clone(), words.numbers.unit_of(&p.text, false)?));
        let Some((title, unit)) = titles().find_map(said) else {
            let title = titles().find(|p| !self.units.is_empty() && words.numbers.may_be_scaled(&p.text));
            if let Some(title) = title {
                self.finding(title.row, None, &title.text, "ask", MAY_BE_SCALED.to_owned());
            }
            return;
        };
        let is_other = |own: &Unit| own.currency.as_ref().is_some_and(|own| self.is_of_another(own, &unit));
        let others: Vec<usize> = self.units.iter().filter(|(_, own)| is_other(own)).map(|(at, _)| *at).collect();
        for (at, own) in &mut self.units {
            if !others.contains(at) {
                *own = own.or(&unit);
            }
        }
        self.tell_of_other_units(&others, head, &unit);
        if !self.units.is_empty() {
            let reason = "this line says what the amounts below are of; they were read so".to_owned();
            self.finding(title.row, None, &title.text, "likely", reason);
        }
    }

    /// Tells of headings with another currency than a title that says thousands: whether the amounts below are in thousands, a person knows.
    pub(super) fn tell_of_other_units(&mut self, columns: &[usize], head: u64, unit: &Unit) {
        let is_open = |at: &usize| self.units.get(at).is_some_and(|own| own.noughts == 0);
        let mut open: Vec<usize> = columns.iter().copied().filter(|at| unit.noughts > 0 && is_open(at)).collect();
        open.sort_unstable();
        for at in open {
            let heading = self.columns.iter().find(|(_, c)| **c == at).map_or_else(String::new, |(heading, _)| heading.clone());
            self.finding(head, Some(at), &heading, "ask", MAY_BE_SCALED.to_owned());
        }
    }

    /// What a number is of, as something beside its cell says.
    pub(super) fn unit(&self, row: u64, column: usize) -> Unit {
        let own = self.shown.range(..=(column, row)).next_back();
        let own = own.filter(|((at, _), (last, _))| *at == column && row <= *last).map(|(_, (_, unit))| unit.clone());
        match self.units.get(&column).or_else(|| self.scales.get(&column)) {
            Some(of_column) => own.unwrap_or_default().or(of_column),
            None => own.unwrap_or_default(),
        }
    }

    /// Takes an amount out of a draft that an earlier one has: of a cell that is merged over several rows, or that stands beside columns
    /// that were made rows or beside several answers. What was said as a whole already is no other draft.
    pub(super) fn count_once(&mut self, rule: &RecordRule, kind: &Kind, row: &RowBeingRead<'_>, draft: &mut Draft) {
        let column = |f: &Field| {
            let of = rule.fields.get(&f.name)?;
            of.column.as_ref().or_else(|| self.column_of_amount(of, row)).and_then(|c| self.columns.get(c).copied())
        };
        let is_there = |f: &&Field| draft.fields.contains_key(&f.name) && f.is_amount();
        let amounts = kind.fields.iter().filter(is_there).map(|f| (f, column(f)));
        let counted: Vec<(&Field, Option<usize>)> = amounts.filter(|(_, column)| self.was_counted(*column, row)).collect();
        if counted.is_empty() || self.known.seen.contains(&content(draft)) {
            return;
        }
        for (field, column) in counted {
            let amount = draft.fields.shift_remove(&field.name).unwrap_or_default();
            let reason = "an amount that stands over several rows, or beside several answers, is counted once, for the first of them; \
                          the cell was left out";
            self.finding(row.at, self.place(column, row), &write_value(&amount), "likely", reason.to_owned());
        }
    }

    /// Tells of an amount that is left out, since another one of its row is in another currency: a record has one.
    pub(super) fn tell_of_two_currencies(&mut self, rule: &Rule, row: &RowBeingRead<'_>, own: &str, other: &str) {
        let column = rule.column.as_ref().and_then(|c| self.columns.get(c).copied());
        let reason = format!(
            "the amount is in {own}, and one before it in this row is in {other}; it was left out: write it in {other}, or in a row of \
             its own"
        );
        self.finding(row.at, self.place(column, row), &self.written(rule, row), "ask", reason);
    }

    /// The rule of an amount that stands in several columns, a currency each. A record has one currency, so what stands in the others is told.
    pub(super) fn of_amount(&mut self, field: &Field, rule: &Rule, row: &RowBeingRead<'_>) -> Option<Rule> {
        if !field.is_money() || rule.columns.is_empty() {
            return None;
        }
        let column = self.column_of_amount(rule, row);
        let others = rule.columns.iter().filter(|c| Some(*c) != column && self.says_amount(rule, self.cell(c, row)));
        let others: Vec<&String> = others.collect();
        for other in others {
            let value: String = self.cell(other, row).chars().take(200).collect();
            if let Some(at) = self.place(self.columns.get(other.as_str()).copied(), row) {
                self.beside.entry(at).or_insert((row.at, 0, value)).1 += 1;
            }
        }
        Some(Rule { column: column.cloned(), columns: Vec::new(), ..rule.clone() })
    }

    /// Of the columns of an amount the first in which one stands. Offices fill with noughts the columns of currencies that a row is not in:
    /// beside an amount, a nought is none.
    pub(super) fn column_of_amount<'c>(&self, rule: &'c Rule, row: &RowBeingRead<'_>) -> Option<&'c String> {
        let find = |is: &dyn Fn(&str) -> bool| rule.columns.iter().find(|c| is(self.cell(c, row)));
        let amount = find(&|text| self.says_amount(rule, text));
        let said = || find(&|text| !text.is_empty() && !self.says_nothing(rule, text));
        amount.or_else(said).or_else(|| find(&|text| !text.is_empty())).or(rule.columns.first())
    }

    /// True for an amount other than nought.
    pub(super) fn says_amount(&self, rule: &Rule, text: &str) -> bool {
        !text.is_empty() && !self.says_nothing(rule, text) && !is_nought(text)
    }

    /// The sum of the cells of a line below headings that are years, and their currency. Where one of them cannot be used, there is none: it would be
    /// too small.
    pub(super) fn added_up(
        &mut self,
        field: &Field,
        rule: &Rule,
        row: &RowBeingRead<'_>,
        columns: &[usize],
    ) -> Result<(String, Option<String>), ()> {
        let (mut sum, mut decimals, mut is_lost): (Option<f64>, usize, bool) = (None, 0, false);
        let mut currency: Option<String> = None;
        let own = columns.iter().copied().filter(|column| !self.copied.contains(&(row.at, *column)));
        for column in own.collect::<Vec<usize>>() {
            let text = row.cells.get(column).map(CellText::to_string).unwrap_or_default();
            if text.is_empty() || self.says_nothing(rule, &text) {
                if !text.is_empty() {
                    self.note_nothing(column, &text, row.at);
                }
                continue;
            }
            let Ok((digits, of)) = self.plainly(field, rule, row, Some(column), &text) else {
                is_lost = true;
                continue;
            };
            if of.is_some() && currency.is_some() && of != currency {
                let reason = "the amounts of this line are in several currencies and cannot be added up; the cell was left out";
                self.finding(row.at, Some(column), &text, "ask", reason.to_owned());
                is_lost = true;
            }
            currency = currency.or(of);
            decimals = decimals.max(digits.split_once('.').map_or(0, |(_, fraction)| fraction.len()));
            sum = Some(sum.unwrap_or_default() + digits.parse::<f64>().unwrap_or_default());
        }
        if let Some(first) = columns.first().filter(|_| is_lost && sum.is_some()) {
            let text = rule.column.as_ref().map_or("", |column| self.cell(column, row)).to_owned();
            let reason = "one of the cells that are added up could not be used; the sum was left out, for it would be too small";
            self.finding(row.at, Some(*first), &text, "value", reason.to_owned());
        }
        let sum = sum.filter(|_| !is_lost).map(|sum| format!("{sum:.decimals$}"));
        Ok((sum.unwrap_or_default(), currency.filter(|_| !is_lost)))
    }

    /// True for a cell of which an earlier row of the table had what stands in it.
    pub(super) fn was_counted(&self, column: Option<usize>, row: &RowBeingRead<'_>) -> bool {
        let Some(column) = column else { return false };
        let is_sum = self.added.contains_key(&column);
        let is_made = || self.mapping.each.iter().flat_map(|e| e.made()).any(|c| self.columns.get(&c) == Some(&column));
        let is_copied = self.place(Some(column), row).is_some_and(|place| self.copied.contains(&(row.at, place)));
        // A sum has none of the cells that an earlier row had.
        is_copied && !is_sum || row.part > 0 && !self.is_data() && (is_sum || !is_made())
    }

    /// A number as what stands beside it says what it is of: `beside` is that of its column, and `unit` what of it is of this cell. Where a heading
    /// or title says thousands of one currency, and the cell names another one, or names the same as few of its column do, nobody but a person
    /// knows whether it is in thousands too.
    pub(super) fn in_unit(
        &self,
        number: Number,
        beside: &Unit,
        unit: &Unit,
        column: Option<usize>,
    ) -> Result<Number, UnreadCell> {
        let own = number.currency.as_deref().unwrap_or_default();
        let is_other = beside.currency != unit.currency || self.is_of_another(own, unit);
        let is_whole = number.currency.is_some() && !self.proved.names_currencies(column);
        if unit.noughts == 0 || number.has_magnitude || !is_other && !is_whole {
            return Ok(number.in_unit(unit));
        }
        if !is_other {
            return Err(UnreadCell::Asks(
                "the heading or title says thousands or more, and this amount names its currency, as few of its column do: write it \
                 without the currency where it is in thousands too, or with its own word, as in “3 thousand USD” or “3 million USD”"
                    .to_owned(),
            ));
        }
        let of = beside.currency.as_deref().unwrap_or_default();
        Err(UnreadCell::Asks(format!(
            "the heading or title says thousands or more of {of}, and this amount is in another currency: write it with its own word, \
             as in “3 thousand USD” or “3 million USD”"
        )))
    }

    /// True where a currency is not that of a heading or title; a name of several is that of each of them.
    pub(super) fn is_of_another(&self, own: &str, unit: &Unit) -> bool {
        let of = unit.currency.as_deref().unwrap_or_default();
        let shared = &self.model.languages.signs().shared;
        let means = |name: &str, code: &str| shared.get(name).is_some_and(|codes| codes.contains_key(code));
        !own.is_empty() && !of.is_empty() && own != of && !means(own, of) && !means(of, own)
    }

    /// The same, with the currency that the record gets by it; told where the amount is that of another one.
    pub(super) fn in_its_currency(
        &mut self,
        kind: &Kind,
        field: &Field,
        rule: &Rule,
        row: &RowBeingRead<'_>,
        column: Option<usize>,
        text: &str,
    ) -> Result<(String, Option<String>), ()> {
        let added = column.and_then(|column| self.added.get(&column)).cloned();
        let (plain, beside) = match added {
            Some(columns) => self.added_up(field, rule, row, &columns)?,
            None => self.plainly(field, rule, row, column, text)?,
        };
        match self.currency(kind, field, beside.as_deref(), row) {
            Ok(own) => Ok((plain, own)),
            Err(reason) => {
                self.finding(row.at, self.place(column, row), text, "ask", reason);
                Err(())
            }
        }
    }

    /// An export names its statements, and writes numbers as programs do.
    pub(super) fn written_by_us(&self) -> Option<Decimal> {
        self.columns.contains_key(STATEMENT).then_some(Decimal::said('.'))
    }

    /// The currency that stands beside an amount, where the row names none. A number is never that of another currency: where the row or
    /// the field names another one, it is told why the amount is left out.
    pub(super) fn currency(
        &mut self,
        kind: &Kind,
        field: &Field,
        beside: Option<&str>,
        row: &RowBeingRead<'_>,
    ) -> Result<Option<String>, String> {
        let Some(beside) = beside else { return Ok(None) };
        let own = self.model.lists.has("currency", &field.unit).then(|| field.unit.clone());
        let rule = self.mapping.record.iter().filter(|r| r.kind == kind.name).find_map(|r| r.fields.get("currency"));
        let code = |text: String| match self.model.lists.get("currency")?.find(&text) {
            Some(found) => Some(found.code.clone()),
            None => self.currency_of_cell(kind, kind.field("currency")?, &text, row),
        };
        match own.or_else(|| rule.and_then(|r| code(self.text(r, row)))) {
            Some(said) if !beside.is_empty() && said != beside => Err(format!(
                "the amount is in {beside}, and the row or the field says {said}; it was left out: write it in {said}, or in a row of \
                 its own with {beside}"
            )),
            None if beside.is_empty() => {
                // The same sign stands in a whole column.
                if self.once.insert((None, format!("{} {}", kind.name, field.name))) {
                    let reason = "the sign beside the amount is that of several currencies; this amount, and others of its column, \
                                  were kept without one: say which it is";
                    self.finding(row.at, None, "", "ask", reason.to_owned());
                }
                Ok(None)
            }
            None if kind.field("currency").is_some() => Ok(Some(beside.to_owned())),
            _ => Ok(None),
        }
    }

    /// What a currency beside an amount is: a name of several is that of them which the heading names, or with which the countries of the
    /// row pay; an empty one where neither tells.
    pub(super) fn currency_meant(&self, named: String, unit: &Unit, row: &RowBeingRead<'_>) -> String {
        let Some(shared) = self.model.languages.signs().shared.get(&named) else { return named };
        let by_heading = unit.currency.clone().filter(|code| shared.contains_key(code));
        by_heading.or_else(|| self.currency_of_countries(&named, row)).unwrap_or_default()
    }

    /// The currency with which all countries of a row pay, of those that have a name in common.
    pub(super) fn currency_of_countries(&self, shared: &str, row: &RowBeingRead<'_>) -> Option<String> {
        let rule = self.mapping.record.iter().find_map(|r| r.fields.get("country"))?;
        let (text, countries) = (self.written(rule, row), self.model.lists.get("country")?);
        let signs = self.model.languages.signs();
        let of = |name: &str| signs.currency_in(shared, &countries.find(name)?.code);
        if let Some(code) = of(&text) {
            return Some(code.to_owned());
        }
        let mut all = text.split([';', '|', '/', '\n']).map(|name| of(name.trim()));
        let first = all.next()??;
        all.all(|code| code == Some(first)).then(|| first.to_owned())
    }

    /// The currency that a cell of currencies names by a sign or name of several, where the row or the heading of an amount says which.
    pub(super) fn currency_of_cell(&self, kind: &Kind, field: &Field, text: &str, row: &RowBeingRead<'_>) -> Option<String> {
        let is_open = |list: &str| list == "currency" && self.model.lists.get(list).is_some_and(|l| l.find(text).is_none());
        let FieldType::Code(list) = &field.kind else { return None };
        let named = Some(text).filter(|_| is_open(list)).and_then(|text| self.words.numbers.unit(text))?;
        let named = named.currency.filter(|_| named.noughts == 0)?;
        let rules = self.mapping.record.iter().filter(|r| r.kind == kind.name).flat_map(|r| &r.fields);
        let amounts = rules.filter(|(name, _)| kind.field(name).is_some_and(Field::is_money));
        let columns = amounts.flat_map(|(_, r)| r.column.iter().chain(&r.columns)).filter_map(|c| self.columns.get(c));
        // A sign that says another currency than the heading leaves nothing of it.
        let mut units = columns.map(|at| self.words.numbers.of_cell(self.unit(row.at, *at), text));
        let unit = units.find(|unit| unit.currency.is_some()).unwrap_or_default();
        if named.is_empty() {
            let is_told = self.model.languages.signs().several.keys().any(|sign| text.contains(sign.as_str()));
            let unit = Some(unit).filter(|_| is_told)?;
            return unit.currency.filter(|code| self.model.lists.has("currency", code));
        }
        Some(self.currency_meant(named, &unit, row)).filter(|code| !code.is_empty())
    }
}

/// True for a number without a digit but nought: “0”, “0.00”, “0 €”, “٠”.
pub(super) fn is_nought(text: &str) -> bool {
    let digits: Vec<char> = plain(text).chars().filter(|c| c.is_numeric()).collect();
    !digits.is_empty() && digits.iter().all(|digit| *digit == '0')
}
