//! The values of a field in a row: a code, a date, a number, a text, and what of a cell could not be read.

use super::{OwnSource, RowBeingRead, SheetReading, SourceGroup, WITHOUT_CURRENCY, in_one_line};
use crate::grid::CellText;
use crate::read::columns::Unfolded;
use crate::read::mapping::{RecordRule, Rule};
use crate::read::names::Meant;
use crate::values::{DateColumn, DateOrder, Decimal, Number, UnreadCell, as_number, items};
use remit_model::{Field, FieldType, Kind, ListPart, Model, trimmed, web_address, without_unseen};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Bytes of a cell from which on it is a text with paragraphs, and no name.
const LONGEST_NAME: usize = 120;

impl SheetReading<'_> {
    /// What tells of which part a figure is, where its cell holds something that could not be used: that is told already. Without it the
    /// figure would be taken for that of the whole, or of nobody.
    pub(super) fn unread_part<'k>(
        &self,
        rule: &RecordRule,
        kind: &'k Kind,
        row: &RowBeingRead<'_>,
        groups: &BTreeMap<OwnSource, SourceGroup>,
    ) -> Option<(&'k Field, Option<usize>)> {
        let is_lost = |name: &String| {
            let text = rule.fields.get(name).map_or_else(String::new, |r| self.text(r, row));
            !text.is_empty() && !groups.values().any(|g| g.fields.contains_key(name))
        };
        let lost = kind.key.iter().filter(|_| kind.parts && !self.is_data()).find(|name| is_lost(name))?;
        let column = rule.fields.get(lost).and_then(|r| r.column.as_ref()).and_then(|c| self.columns.get(c).copied());
        Some((kind.field(lost)?, self.place(column, row)))
    }

    /// The first field without which the kind says nothing, where the row lacks it.
    pub(super) fn missing<'k>(&self, kind: &'k Kind, groups: &BTreeMap<OwnSource, SourceGroup>) -> Option<&'k Field> {
        let has = |f: &Field| groups.values().any(|g| g.fields.contains_key(&f.name));
        if groups.is_empty() {
            return kind.fields.first();
        }
        // What others publish is kept as far as it can be read. Whether a record that has a name lacks that is known when all rows are.
        let is_told_at_once = !self.is_data() && kind.title.is_none();
        kind.needs(true).filter(|_| is_told_at_once).find(|f| !has(f))
    }

    /// What a cell says of a record, by field: of a code that is told from words, the words too.
    pub(super) fn values(&mut self, kind: &Kind, field: &Field, rule: &Rule, row: &RowBeingRead<'_>) -> Map<String, Value> {
        let mut values = Map::new();
        let of_amount = self.of_amount(field, rule, row);
        let rule = of_amount.as_ref().unwrap_or(rule);
        if let [of] = field.targets() {
            let mut records = self.references(field, of, rule, row);
            if let FieldType::Records(_) = field.kind {
                values.extend(Some(records).filter(|r| !r.is_empty()).map(|r| (field.name.clone(), r.into())));
                return values;
            }
            let others = records.split_off(records.len().min(1));
            values.extend(records.pop().map(|first| (field.name.clone(), first.into())));
            values.extend(field.more.clone().filter(|_| !others.is_empty()).map(|more| (more, others.into())));
            return values;
        }
        let column = rule.column.as_ref().and_then(|c| self.columns.get(c).copied());
        let mut text = self.seen(rule, column, row);
        if self.is_nothing(field, rule, column, &text) {
            self.place(column, row).into_iter().for_each(|place| self.note_nothing(place, &text, row.at));
            return values;
        }
        if let Some(several) = self.several_codes(kind, field, rule, column, row, &text) {
            return several;
        }
        // An export comes back as it was.
        if !field.long
            && self.written_by_us().is_none()
            && matches!(field.kind, FieldType::Text | FieldType::Texts | FieldType::Code(_))
        {
            text = self.in_one_line_told(text, column, row);
        }
        if let (Some(split), FieldType::List(_) | FieldType::Records(_)) = (&rule.split, &field.kind) {
            text = items(&text, split).join(";");
        }
        text = self.with_kinds(field, rule, text, row);
        if let Some((end, range)) = self.both_ends(kind, field, rule, row, &text) {
            let dates = [(&field.name, range.0), (&end.name, range.1)].into_iter().filter(|(_, date)| !date.is_empty());
            values.extend(dates.map(|(name, date)| (name.clone(), date.into())));
            return values;
        }
        let Ok((plain, own)) = self.in_its_currency(kind, field, rule, row, column, &text) else { return values };
        values.extend(own.map(|own| ("currency".to_owned(), own.into())));
        let read = of_scheme(self.model, field, rule, self.code_of_cell(kind, field, plain, column, row));
        if let Some(list) = rule.list.as_ref().filter(|_| !read.is_empty()) {
            match self.model.lists.get(list).and_then(|l| l.find(&read)) {
                Some(found) => drop(values.insert(field.name.clone(), found.code.clone().into())),
                None => {
                    let reason = format!("this is no code and no name of the list {list}; the cell was left out");
                    self.finding(row.at, self.place(column, row), &text, "value", reason);
                }
            }
            return values;
        }
        if let Err(reason) = kind.take(field, &self.model.lists, &read, &mut values) {
            let reason = format!("{reason}; {}", what_became(field, values.is_empty()));
            self.tell_unread(rule, row.at, self.place(column, row), &text, "value", reason);
        }
        self.keep_words(field, column, row, &mut values);
        values
    }

    /// What names records of several kinds, with the kind of each: who writes an identifier or a name alone means the one record that is called so,
    /// of whichever kind. What means none, or several, stays as it is.
    fn with_kinds(&self, field: &Field, rule: &Rule, text: String, row: &RowBeingRead<'_>) -> String {
        let FieldType::Records(of) = &field.kind else { return text };
        let has_kind = |item: &str| item.split_once(':').is_some_and(|(kind, _)| of.iter().any(|known| known == kind));
        let named = |item: &str| {
            let of_kind = |kind: &String| match self.meant(kind, field, rule, item, row) {
                Meant::One(record) => Some(format!("{kind}:{record}")),
                _ => None,
            };
            let found: Vec<String> = if has_kind(item) { Vec::new() } else { of.iter().filter_map(of_kind).collect() };
            if let [only] = &found[..] { Some(only.clone()) } else { None }
        };
        // A name may have a “;” in it.
        named(text.trim()).unwrap_or_else(|| {
            let items = text.split([';', '\n']).map(str::trim).filter(|item| !item.is_empty());
            items.map(|item| named(item).unwrap_or_else(|| item.to_owned())).collect::<Vec<_>>().join(";")
        })
    }

    /// Keeps the words of a cell beside the code that they mean, also where the mapping says which one it is.
    fn keep_words(&self, field: &Field, column: Option<usize>, row: &RowBeingRead<'_>, values: &mut Map<String, Value>) {
        let (Some(words), FieldType::Code(list)) = (&field.words, &field.kind) else { return };
        let cell = column.and_then(|at| row.cells.get(at)).map_or("", CellText::as_str);
        let said = in_one_line(without_unseen(trimmed(cell)));
        let is_told = values.contains_key(&field.name) && !values.contains_key(words);
        if is_told && self.written_by_us().is_none() && !said.is_empty() && !self.model.lists.has(list, &said) {
            values.insert(words.clone(), said.into());
        }
    }

    /// What a cell says that holds several codes, where another field takes those after the first; none where it holds one.
    fn several_codes(
        &mut self,
        kind: &Kind,
        field: &Field,
        rule: &Rule,
        column: Option<usize>,
        row: &RowBeingRead<'_>,
        text: &str,
    ) -> Option<Map<String, Value>> {
        let more = field.more.as_ref().and_then(|more| kind.field(more))?;
        let parts = items(text, rule.split.as_deref().unwrap_or(";")).into_iter().map(|part| rule.meant(part.trim()));
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        if parts.len() < 2 || self.is_code(field, text) {
            return None;
        }
        let mut codes: Vec<String> = Vec::new();
        for part in parts {
            let read = self.code_of_cell(kind, field, part.clone(), column, row);
            match field.read(&self.model.lists, &read) {
                Ok(Value::String(code)) if !codes.contains(&code) => codes.push(code),
                Ok(_) => {}
                Err(reason) => {
                    let place = self.place(column, row);
                    self.tell_unread(rule, row.at, place, &part, "value", format!("{reason}; it was left out"));
                    // What cannot be read of a cell does not unsay what it named beside the first.
                    self.lost.push(more.name.clone());
                }
            }
        }
        let mut values = Map::new();
        let mut codes = codes.into_iter();
        values.extend(codes.next().map(|first| (field.name.clone(), first.into())));
        let others = more.read(&self.model.lists, &codes.collect::<Vec<_>>().join(";"));
        values.extend(others.ok().filter(|others| !others.is_null()).map(|others| (more.name.clone(), others)));
        Some(values)
    }

    /// True for a cell that says that there is nothing, or of a date that it is yet to come. Of cells that are added up each is looked at by itself.
    fn is_nothing(&self, field: &Field, rule: &Rule, column: Option<usize>, text: &str) -> bool {
        let is_sum = column.is_some_and(|column| self.added.contains_key(&column));
        !is_sum && (self.says_nothing(rule, text) && !self.is_code(field, text) || self.goes_on(field, rule, text))
    }

    /// A text in one line. That paragraphs were joined is told once for a column; a name that is broken in two lines is the same name.
    fn in_one_line_told(&mut self, text: String, column: Option<usize>, row: &RowBeingRead<'_>) -> String {
        let place = self.place(column, row);
        if text.len() > LONGEST_NAME && text.trim().contains('\n') && self.once.insert((place, "\n".to_owned())) {
            let reason = "this field has one line: the lines of the cell were joined by spaces, and so are those of other cells of the column";
            self.finding(row.at, place, &text, "likely", reason.to_owned());
        }
        in_one_line(text)
    }

    /// The field of the day on which ends what begins on another one, with both days where one cell says both, and no other says the end.
    fn both_ends<'k>(
        &self,
        kind: &'k Kind,
        field: &Field,
        rule: &Rule,
        row: &RowBeingRead<'_>,
        text: &str,
    ) -> Option<(&'k Field, (String, String))> {
        let at = kind.fields.iter().position(|f| f.name == field.name && f.kind == FieldType::Date && !f.end)?;
        let end = kind.fields.get(at + 1).filter(|f| f.kind == FieldType::Date && f.end)?;
        if self.is_data() || self.written_by_us().is_some() {
            return None;
        }
        let rules = self.mapping.record.iter().filter(|r| r.kind == kind.name);
        let rules: Vec<&Rule> = rules.filter_map(|r| r.fields.get(&end.name)).collect();
        if rules.iter().any(|r| !self.text(r, row).is_empty()) {
            return None;
        }
        let how = self.dates(field, rule, rule.column.as_ref().and_then(|c| self.columns.get(c).copied()));
        let range = self.words.dates.range(text, &how)?;
        // Of a quarter in which something begins the end is not known where its own column says none; two days are two.
        let is_open = rules.is_empty() || self.words.dates.read(text, &how).is_err();
        is_open.then_some((end, range))
    }

    /// True for a date of which a sheet says that it is yet to come: “present”.
    pub(super) fn goes_on(&self, field: &Field, rule: &Rule, text: &str) -> bool {
        let is_of_people = rule.value.is_none() && !self.is_data() && self.written_by_us().is_none();
        field.kind == FieldType::Date && is_of_people && self.words.answers.goes_on(text)
    }

    pub(super) fn is_code(&self, field: &Field, text: &str) -> bool {
        let FieldType::Code(list) = &field.kind else { return false };
        self.model.lists.get(list).is_some_and(|l| l.find(text).is_some())
    }

    /// The text of a date or number as the register reads it, with the currency beside it; told where it is none.
    pub(super) fn plainly(
        &mut self,
        field: &Field,
        rule: &Rule,
        row: &RowBeingRead<'_>,
        column: Option<usize>,
        text: &str,
    ) -> Result<(String, Option<String>), ()> {
        let place = self.place(column, row);
        let read = match field.kind {
            _ if text.is_empty() => return Ok((String::new(), None)),
            // A format that somebody said does not bring the nought back either.
            FieldType::Date if place.is_some_and(|c| self.numbers.contains(&(row.at, c))) => Err(UnreadCell::Wrong(format!(
                "“{text}” is a number with a fraction, of which a spreadsheet drops the last nought (2020.10 becomes 2020.1); write the month as \
                 2020-10, or format the cells as dates"
            ))),
            FieldType::Date => self.words.dates.read(text, &self.dates(field, rule, column)).map(|date| {
                self.tell_of_time(place, row.at, text);
                // What stands in many rows of a column is told once.
                if let Some(note) = date.note.filter(|_| self.once.insert((place, text.to_owned()))) {
                    self.finding(row.at, place, text, "likely", note);
                }
                (date.date, None)
            }),
            FieldType::Integer | FieldType::Number => self.amount(field, rule, row, column, text),
            FieldType::Url => Ok((self.behind(place, row.at, text), None)),
            _ => Ok((text.to_owned(), None)),
        };
        read.map_err(|why| {
            let (why, reason) = match why {
                UnreadCell::Asks(reason) => ("ask", reason),
                UnreadCell::Wrong(reason) => ("value", reason),
            };
            self.tell_unread(rule, row.at, place, text, why, format!("{reason}; the cell was left out"));
        })
    }

    /// A number as the register reads it, with the currency beside it.
    fn amount(
        &mut self,
        field: &Field,
        rule: &Rule,
        row: &RowBeingRead<'_>,
        column: Option<usize>,
        text: &str,
    ) -> Result<(String, Option<String>), UnreadCell> {
        let place = self.place(column, row);
        let said = rule.decimal.as_ref().or(self.mapping.decimal.as_ref()).and_then(|d| d.chars().next());
        // What others publish was written by a program.
        let proved = || self.proved.decimal(column).map(|d| Decimal { threes: d.threes || self.is_data(), ..d });
        let decimal = said.map(Decimal::said).or_else(|| self.written_by_us()).or_else(proved);
        // People are whole, also where their number may be a mean.
        let is_count = field.kind == FieldType::Integer || field.counts_people();
        let beside = place.map(|c| self.unit(row.at, c)).unwrap_or_default();
        let unit = self.words.numbers.of_cell(beside.clone(), text);
        let number = match place.is_some_and(|c| self.numbers.contains(&(row.at, c))) {
            // A number of a workbook is one already.
            true => Number { digits: text.to_owned(), ..Number::default() },
            // Of thousands there are parts.
            false => self.words.numbers.read(text, decimal, is_count && unit.noughts == 0)?,
        };
        let names_currency = unit.noughts > 0 && number.currency.is_some() && !number.has_magnitude;
        let number = self.in_unit(number, &beside, &unit, column)?;
        if names_currency && self.once.insert((place, "thousands".to_owned())) {
            let reason = "the heading or title says thousands or more; the amounts of this column, which name their currency, were read so";
            self.finding(row.at, place, text, "likely", reason.to_owned());
        }
        if is_count && number.digits.starts_with('-') && self.written_by_us().is_none() {
            return Err(UnreadCell::Wrong(format!("“{text}” is less than nothing, which no count is")));
        }
        Ok((as_number(&number, &field.unit)?, number.currency.map(|named| self.currency_meant(named, &unit, row))))
    }

    /// The address of a cell that shows words and is a link, told once for a column; of any other cell what it says.
    fn behind(&mut self, place: Option<usize>, row: u64, text: &str) -> String {
        let address = if web_address(text).is_ok() { None } else { self.linked(place, row) };
        let Some(address) = address else { return text.to_owned() };
        if self.once.insert((place, "link".to_owned())) {
            let reason = "this cell shows words and is a link: the address was read, here and in the other cells of the column";
            self.finding(row, place, text, "likely", reason.to_owned());
        }
        address
    }

    /// The address that a cell is a link to, where it is one of the web.
    pub(super) fn linked(&mut self, place: Option<usize>, row: u64) -> Option<String> {
        let (address, is_known) = self.links.get_mut(&(row, place?))?;
        let address = web_address(address).ok()?;
        *is_known = true;
        Some(address)
    }

    /// Tells, once for a column, that the time of day beside a date is not kept.
    fn tell_of_time(&mut self, place: Option<usize>, row: u64, text: &str) {
        let is_time = |word: &str| word.contains(':') && word.contains(|c: char| c.is_ascii_digit() && c != '0');
        let mut words = text.split([' ', 'T', ',']).filter_map(|word| word.split(['+', 'Z']).next());
        let is_told = !self.is_data() && self.written_by_us().is_none() && words.any(is_time);
        if is_told && self.once.insert((place, "time of day".to_owned())) {
            let reason = "the time of day beside a date is not kept, here and in the other cells of the column";
            self.finding(row, place, text, "likely", reason.to_owned());
        }
    }

    /// How dates are written in a column.
    pub(super) fn dates<'c>(&'c self, field: &Field, rule: &'c Rule, column: Option<usize>) -> DateColumn<'c> {
        let said = rule.order.as_ref().or(self.mapping.order.as_ref());
        let said = said.map(|order| if order == "month" { DateOrder::Month } else { DateOrder::Day });
        DateColumn {
            order: said.or_else(|| self.proved.order(column)),
            formats: &rule.formats,
            year_begins: self.mapping.year_begins,
            end: field.end,
        }
    }

    /// The code that a cell of codes means, where it is none: told, once for each word.
    pub(super) fn code_of_cell(
        &mut self,
        kind: &Kind,
        field: &Field,
        text: String,
        column: Option<usize>,
        row: &RowBeingRead<'_>,
    ) -> String {
        if let Some(code) = self.currency_of_cell(kind, field, &text, row) {
            return code;
        }
        let (FieldType::Code(list), Some(at)) = (&field.kind, column) else { return text };
        let Some(code) = self.meant.get(&(at, list.clone())).and_then(|meant| meant.get(&text)).cloned() else { return text };
        let place = self.place(column, row);
        if self.once.insert((place, text.clone())) {
            let called = self.model.lists.get(list).and_then(|l| l.find(&code)).map_or("", |code| code.label.english());
            let reason = format!(
                "the mapping does not say what this means; it was read as {code} ({called}); where it means another, write so in the mapping"
            );
            self.finding(row.at, place, &text, "likely", reason);
        }
        code
    }

    /// Where in the sheet a cell of the table stood: one that was made a row, below its own heading.
    pub(super) fn place(&self, column: Option<usize>, row: &RowBeingRead<'_>) -> Option<usize> {
        match &self.each {
            Some(Unfolded { heading, places }) => {
                let name = row.cells.get(*heading).map(CellText::to_string).unwrap_or_default();
                column.and_then(|c| places.get(&(name, c)).copied()).or(column)
            }
            // What is added up stands in several: the first of them.
            None => column.map(|c| self.added.get(&c).and_then(|of| of.first()).copied().unwrap_or(c)),
        }
    }
}

/// What became of a cell that could not be read.
fn what_became(field: &Field, is_left_out: bool) -> &'static str {
    match &field.kind {
        FieldType::Code(list) if list == "currency" => WITHOUT_CURRENCY,
        _ if is_left_out => "the cell was left out",
        _ => "it was kept as written",
    }
}

/// Identifiers below a heading that names their scheme (“Wikidata”, “GeoNames ID”), each with it where it does not say one itself.
fn of_scheme(model: &Model, field: &Field, rule: &Rule, text: String) -> String {
    let (FieldType::List(parts), Some(column)) = (&field.kind, &rule.column) else { return text };
    let [ListPart { list: Some(list), .. }, ListPart { list: None, .. }] = parts.as_slice() else { return text };
    let Some(schemes) = model.lists.get(list) else { return text };
    let heading = column.trim().to_lowercase();
    let shorter = heading.rsplit_once(' ').map(|(before, _)| before);
    let Some(scheme) = schemes.find(&heading).or_else(|| schemes.find(shorter?)) else { return text };
    let is_whole = |item: &str| item.is_empty() || item.contains('|') || schemes.find_before(item).is_some();
    let each = text.split(';').map(str::trim);
    let each = each.map(|item| if is_whole(item) { item.to_owned() } else { format!("{} | {item}", scheme.code) });
    each.collect::<Vec<_>>().join("; ")
}
