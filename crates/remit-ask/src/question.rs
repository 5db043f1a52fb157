//! A question as it stands in its file.
//!
//! The heading is TOML in the comment lines with which the file begins; the rest is one `select` over the views, in the
//! part of SQL that SQLite and Apache DataFusion share. Besides its own parameters a question may use `:valid_on`,
//! `:known_on`, `:in_six_months`.

use crate::drawing::Drawing;
use crate::engine::Engine;
use crate::parts::{QuestionPart, QuestionParts, before, names_any, shared};
use crate::{AskError, WrongValue};
use remit_model::{Day, Label, Model, is_identifier, nearest, told_of_toml};
use remit_sheet::EventColumns;
use remit_store::{Cell, Reader, SharedQuery, SharingQuery, StoreError, Table, of_the_as_of};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A parameter of a question.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its name: `--name` on the command line, `name=` in an address, `:name` in SQL.
    pub name: String,
    /// The code list of its values, if any.
    pub list: Option<String>,
    /// The kind of which it names a record, if any.
    pub record: Option<String>,
    /// The kinds of which it names a record, where it may be one of several.
    #[serde(default)]
    pub records: Vec<String>,
    /// True where it names a kind of record.
    #[serde(default)]
    pub kind: bool,
    /// True where it is a day: it is compared as one, however somebody types it.
    #[serde(default)]
    pub day: bool,
    /// True for a parameter that is a number; other text is refused, since SQL would take it for zero.
    #[serde(default)]
    pub number: bool,
    /// Its values, where there are only these.
    #[serde(default)]
    pub choices: Vec<String>,
    /// What it is when nobody says.
    #[serde(default)]
    pub default: String,
    /// Name to show.
    pub label: Label,
}

impl Parameter {
    /// The value for a text: a code, or the name of one.
    ///
    /// # Errors
    /// When it is neither.
    pub fn value(&self, model: &Model, text: &str) -> Result<String, AskError> {
        let text = text.trim();
        let (name, value) = (self.name.clone(), text.to_owned());
        if text.is_empty() {
            return Ok(self.default.clone());
        }
        if self.day {
            return day(text).ok_or(AskError::Day { name, value });
        }
        if self.number {
            return number(text).ok_or(AskError::Number { name, value });
        }
        let list = self.list.as_deref().and_then(|l| model.lists.get(l));
        let found = match list {
            _ if !self.choices.is_empty() => self.choice(model, text).ok_or_else(|| self.no_choice(model, value)),
            _ if self.kind => model.kind_called(text).map(|kind| kind.name.clone()).ok_or_else(|| self.no_kind(model, value)),
            Some(list) => list
                .find(text)
                .map(|code| code.code.clone())
                .ok_or_else(|| WrongValue::of_list(&self.name, &self.label, list, value)),
            None => Ok(value),
        };
        found.map_err(|wrong| AskError::Value(Box::new(wrong)))
    }

    /// The choice that a text is, by itself or by what it is called. Nothing at all is a choice too.
    fn choice(&self, model: &Model, text: &str) -> Option<String> {
        let called = || model.lists.get("choice").and_then(|list| list.find(text)).map(|code| code.code.as_str());
        let is = |given: &str| self.choices.iter().find(|choice| *choice == given).cloned();
        is(text).or_else(|| is(called()?))
    }

    fn no_choice(&self, model: &Model, value: String) -> WrongValue {
        let list = model.lists.get("choice");
        let label = |choice: &String| match list.and_then(|list| list.get(choice)) {
            Some(code) => code.label.clone(),
            None => Label::of_english(choice),
        };
        let some = self.choices.iter().filter(|choice| !choice.is_empty()).map(|choice| (choice.clone(), label(choice)));
        WrongValue::of(&self.name, &self.label, value, some.collect())
    }

    fn no_kind(&self, model: &Model, value: String) -> WrongValue {
        let all = model.register_kinds().map(|kind| (kind.name.clone(), kind.label.clone()));
        WrongValue::of(&self.name, &self.label, value, all.collect())
    }
}

/// What every question may be asked with.
const OF_ALL: [&str; 3] = ["valid_on", "known_on", "clearance"];

/// A number as SQL reads it: 1,200,000 and 1 200 000 are what they look like, and 2,5 is two and a half.
fn number(text: &str) -> Option<String> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_grouped =
        bare.contains('.') || bare.matches(',').count() > 1 || bare.split_once(',').is_some_and(|(_, end)| end.len() == 3);
    let plain = if is_grouped { bare.replace(',', "") } else { bare.replace(',', ".") };
    plain.parse::<f64>().ok().filter(|n| n.is_finite()).map(|_| plain)
}

/// A day as it is compared: as somebody types it, or as precisely as it is known: a year, a month, a moment.
fn day(text: &str) -> Option<String> {
    if let Some(day) = Day::typed(text) {
        return Some(day.to_string());
    }
    let (date, moment) = text.split_once('T').unwrap_or((text, ""));
    let parts: Vec<&str> = date.split('-').collect();
    let is_number =
        |(n, part): (usize, &&str)| part.len() == if n == 0 { 4 } else { 2 } && part.bytes().all(|b| b.is_ascii_digit());
    let is_known = match parts.len() {
        3 => !moment.is_empty() && Day::parse(date).is_some(),
        n => n < 3 && moment.is_empty() && parts.get(1).is_none_or(|month| ("01"..="12").contains(month)),
    };
    (is_known && parts.iter().enumerate().all(is_number)).then(|| text.to_owned())
}

/// The records that the rows of an answer are about: a kind with stages, and the column with their identifiers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The kind.
    pub kind: String,
    /// The column.
    pub record: String,
}

/// What an answer comes to in a line: how many rows have each code of a column, and a sentence for where none has a code that is a danger.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerTally {
    /// The column of codes.
    pub column: String,
    /// The sentence.
    pub none: Label,
    /// Codes with which the sentence would say too much.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Columns with the names of what was looked at, which stand above the table: whom an answer leaves out is seen there.
    #[serde(default)]
    pub looked_at: Vec<String>,
}

/// A question.
#[derive(Debug, Clone)]
pub struct Question {
    /// Name: the file's name without `.sql`.
    pub name: String,
    /// What it asks.
    pub title: Label,
    /// Why it matters.
    pub why: Label,
    /// How it counts.
    pub rule: Label,
    /// The pictures of its answer; a table alone where there are none.
    pub draw: Vec<Drawing>,
    /// The columns that make an event of a row, where there is a day.
    pub event: Option<EventColumns>,
    /// Questions whose answers stand below this one's.
    pub below: Vec<String>,
    /// Questions that may have an answer where this one has none.
    pub instead: Vec<String>,
    /// The page where what it lists is decided on, where there is one.
    pub page: Option<String>,
    /// The group in which it stands among all questions, a code of the list `question_group`; empty where it stands in none.
    pub group: String,
    /// Which records its rows are about, where they can be changed in them.
    pub change: Option<Change>,
    /// What its answer comes to in a line, where that is told.
    pub tally: Option<AnswerTally>,
    /// Columns below whose values a page sets those of others, so that a wide answer fits a screen; files have all columns.
    pub fold: BTreeMap<String, Vec<String>>,
    /// The kinds of which it is made, where somebody who finds no answer would begin with a record of one.
    pub made_of: Vec<String>,
    /// The kinds on which its sums rest, beside what is published: their sources are named where rows are sums of several records.
    pub rests_on: Vec<String>,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// Parameters of which one at least must be given: without them it asks of nothing.
    pub(crate) needs: Vec<String>,
    pub(crate) order: i64,
    pub(crate) file: String,
    /// The column of which rows with different values may stand for the same money: what they have is not added up.
    pub overlapping: Option<String>,
    /// True where it is noted who asks it.
    pub noted: bool,
    /// True where what it lists has to be put right in the register: no rows are good news.
    pub mends: bool,
    /// Who can answer it.
    pub engine: Engine,
    /// The comment lines with which the file begins.
    pub(crate) heading: String,
    pub(crate) sql: String,
    /// Its SQL as it stands in the file, and the parts that it reads from.
    own_sql: String,
    parts: Vec<QuestionPart>,
    /// The parts that a reader works out once, and the SQL that reads these as tables.
    shared: Vec<SharedQuery>,
    short: String,
}

/// What the register works out for other engines: the rows of a part that is written in its own SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// The part.
    pub name: String,
    /// The query for its rows; of parameters it has those of the as-of.
    pub sql: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionHeading {
    title: Label,
    #[serde(default)]
    why: Label,
    #[serde(default)]
    rule: Label,
    #[serde(default)]
    draw: Vec<Drawing>,
    event: Option<EventColumns>,
    #[serde(default)]
    below: Vec<String>,
    #[serde(default)]
    instead: Vec<String>,
    /// Queries of `questions/parts` that it reads from.
    #[serde(default)]
    parts: Vec<String>,
    #[serde(default)]
    page: Option<String>,
    #[serde(default)]
    group: String,
    change: Option<Change>,
    tally: Option<AnswerTally>,
    #[serde(default)]
    fold: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    made_of: Vec<String>,
    #[serde(default)]
    rests_on: Vec<String>,
    #[serde(default)]
    needs: Vec<String>,
    overlapping: Option<String>,
    #[serde(default)]
    noted: bool,
    #[serde(default)]
    mends: bool,
    #[serde(default)]
    engine: Engine,
    #[serde(default)]
    parameter: Vec<Parameter>,
    #[serde(default = "last")]
    order: i64,
}

fn last() -> i64 {
    i64::MAX
}

/// Keys of a heading that could be taken for languages of a label which stands above them.
const KEYS: [&str; 11] =
    ["below", "engine", "group", "instead", "mends", "needs", "noted", "order", "overlapping", "page", "parts"];

/// A key of the heading that became a part of the rule, since TOML gives a table all that stands below its head.
fn misplaced(heading: &QuestionHeading) -> Option<&'static str> {
    KEYS.into_iter().find(|key| heading.rule.all().any(|(language, _)| language.code() == *key))
}

/// What to do about something that the table above it has no place for: a key of the heading itself may have been added there unawares.
fn below_a_table(heading: &str, line: usize, message: &str) -> String {
    let head = heading.lines().take(line.saturating_sub(1)).filter(|l| l.starts_with('[')).last();
    let is_misplaced = |head: &&str| message.starts_with(if *head == "[rule]" { "invalid type" } else { "unknown field" });
    head.filter(is_misplaced)
        .map_or_else(String::new, |head| format!(" (below {head} only its own keys may stand; all others stand above it)"))
}

impl Question {
    pub(crate) fn read(file: &str, name: &str, text: &str, parts: &QuestionParts) -> Result<Question, AskError> {
        let fault = |line, message| AskError::File { file: file.to_owned(), line, message };
        if !is_identifier(name) {
            return Err(fault(0, format!("`{name}` is no name for a question: use small letters of English, digits and _")));
        }
        let lines: Vec<&str> = text.lines().take_while(|l| l.starts_with("--")).map(|l| l[2..].trim()).collect();
        let text_of_heading = lines.join("\n");
        let heading: QuestionHeading = toml::from_str(&text_of_heading).map_err(|e| {
            let line = e.span().map_or(0, |s| text_of_heading[..s.start].matches('\n').count() + 1);
            let told = told_of_toml(e.message());
            fault(line, format!("its heading is wrong: {told}{}", below_a_table(&text_of_heading, line, e.message())))
        })?;
        if let Some(key) = misplaced(&heading) {
            let line = lines.iter().position(|l| l.split('=').next().is_some_and(|k| k.trim() == key)).map_or(0, |at| at + 1);
            return Err(fault(line, format!("`{key}` stands below [rule], and is no language of it; put it above [rule]")));
        }
        let own_sql = text.lines().skip(lines.len()).collect::<Vec<_>>().join("\n");
        let parts = parts.named(&heading.parts).map_err(|message| fault(1, message))?;
        let sql = before(&own_sql, parts.iter());
        let (shared, as_read) = shared(&parts, &own_sql);
        let short = before(&own_sql, as_read.iter());
        let question = Question {
            name: name.to_owned(),
            title: heading.title,
            why: heading.why,
            rule: heading.rule,
            draw: heading.draw,
            event: heading.event,
            below: heading.below,
            instead: heading.instead,
            page: heading.page,
            group: heading.group,
            change: heading.change,
            tally: heading.tally,
            fold: heading.fold,
            made_of: heading.made_of,
            rests_on: heading.rests_on,
            overlapping: heading.overlapping,
            noted: heading.noted,
            mends: heading.mends,
            engine: heading.engine,
            parameters: heading.parameter,
            needs: heading.needs,
            order: heading.order,
            file: file.to_owned(),
            heading: text_of_heading,
            sql,
            own_sql,
            parts,
            shared,
            short,
        };
        let Some(n) = question.draw.iter().position(|d| !d.missing().is_empty()) else { return Ok(question) };
        let missing = question.draw[n].missing().join(", ");
        let message = format!("its heading is wrong: this picture names no column for {missing}");
        Err(fault(question.line_of("[[draw]]", n), message))
    }

    /// What the rows of an answer say that the picture cannot show: words where it draws numbers, or moments. Nobody reported so little:
    /// the heading names another column than was meant.
    ///
    /// # Errors
    /// With the line of the heading, and the words.
    pub fn check_drawn(&self, drawing: &Drawing, table: &Table) -> Result<(), AskError> {
        let (numbers, moments) = drawing.measured();
        let is_moment = |text: &str| text.len() >= 4 && text.bytes().take(4).all(|b| b.is_ascii_digit());
        let columns = numbers.map(|c| (c, "numbers")).chain(moments.map(|c| (c, "dates")));
        for (column, what) in columns.filter(|(c, _)| !c.is_empty()) {
            let Some(at) = table.column(column) else { continue };
            let mut words = table.rows.iter().filter_map(|row| row[at].text());
            if let Some(found) = words.find(|text| what == "numbers" || !text.is_empty() && !is_moment(text)) {
                let n = self.draw.iter().position(|d| d == drawing).unwrap_or_default();
                let found: String = found.chars().take(40).collect();
                let message = format!("a picture is made of the {what} in the column `{column}`, which has “{found}” in it");
                return Err(self.fault(self.line_of_drawing(n, column), message));
            }
        }
        Ok(())
    }

    /// True where it lists what somebody has to decide. That is for who decides, and no part of what is published.
    pub fn is_to_decide(&self) -> bool {
        self.page.is_some()
    }

    /// Its SQL for an engine. What any engine reads of parts that are written for the register are tables of their names: see
    /// [`Question::prepared`].
    pub fn sql_for(&self, engine: Engine) -> String {
        match engine {
            Engine::Register => self.sql.clone(),
            Engine::Any => before(&self.own_sql, self.parts.iter().filter(|p| p.engine == Engine::Any)),
        }
    }

    /// The parts that the register works out for other engines: those that these read. What such a part is made of stays with the register.
    pub fn prepared(&self) -> Vec<Prepared> {
        let all: Vec<&QuestionPart> = self.parts.iter().filter(|p| p.engine == Engine::Register).collect();
        let one = |(n, part): (usize, &&QuestionPart)| Prepared {
            name: part.name.clone(),
            sql: before(&format!("select * from {}", part.name), all[..=n].iter().copied()),
        };
        let read = self.sql_for(Engine::Any);
        let is_read = |(_, part): &(usize, &&QuestionPart)| names_any(&read, &[part.name.as_str()]);
        all.iter().enumerate().filter(is_read).map(one).collect()
    }

    /// The queries for the rows of its parts, each by itself: what is wrong in one of them is told by it. A file with several queries,
    /// none of which has its name, has no rows of its own.
    pub(crate) fn of_parts(&self) -> impl Iterator<Item = (&str, String)> {
        let named = self.parts.iter().filter(|part| part.sql.contains(&format!("{} as ", part.name)));
        named.map(move |part| (part.name.as_str(), before(&format!("select * from {}", part.name), self.parts.iter())))
    }

    /// The parameters of which one has yet to be given; none where one is, or none is needed. What is asked of nothing has no answer,
    /// and “nothing on record” would be a wrong one.
    pub fn wanting(&self, given: &[(String, String)]) -> Vec<&Parameter> {
        let is_given = |name: &String| given.iter().any(|(n, value)| n == name && !value.trim().is_empty());
        match self.needs.iter().any(is_given) {
            true => Vec::new(),
            false => self.parameters.iter().filter(|p| self.needs.contains(&p.name)).collect(),
        }
    }

    /// The line of the heading in which the n-th picture names a column.
    pub(crate) fn line_of_drawing(&self, n: usize, column: &str) -> usize {
        let from = self.line_of("[[draw]]", n);
        let names = |line: &str| line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == column);
        self.heading.lines().skip(from).position(names).map_or(from, |at| from + at + 1)
    }

    /// The line of the heading in which something stands for the n-th time, from 0; 0 where it does not.
    pub(crate) fn line_of(&self, text: &str, n: usize) -> usize {
        self.heading.lines().enumerate().filter(|(_, l)| l.contains(text)).nth(n).map_or(0, |(at, _)| at + 1)
    }

    /// An error with the file and line of the question.
    pub(crate) fn fault(&self, line: usize, message: impl ToString) -> AskError {
        AskError::File { file: self.file.clone(), line, message: message.to_string() }
    }

    /// True where its SQL reads a view.
    pub fn reads(&self, view: &str) -> bool {
        let words: Vec<&str> = self.sql.split_whitespace().collect();
        words.windows(2).any(|w| matches!(w[0], "from" | "join") && w[1].trim_end_matches([',', ')', ';']) == view)
    }

    /// What is wrong with its SQL, at the line of the file.
    pub(crate) fn sql_fault(&self, error: StoreError) -> AskError {
        match error {
            StoreError::Sql { message, at } => self.fault(self.line_of_sql(at), message),
            StoreError::Database(message) | StoreError::Refused(message) => {
                // SQLite does not say where a table stands that is not there.
                let table = message.strip_prefix("no such table: ").and_then(|rest| rest.split(';').next());
                let begins = self.sql.len() - self.sql.trim_start().len();
                self.fault(self.line_of_sql(table.and_then(|name| self.sql.find(name)).unwrap_or(begins)), message)
            }
            other => other.into(),
        }
    }

    /// The line of the file for a place in the SQL.
    pub(crate) fn line_of_sql(&self, at: usize) -> usize {
        self.heading.lines().count() + self.sql[..at.min(self.sql.len())].matches('\n').count() + 1
    }

    /// Values for all parameters, out of what was given.
    ///
    /// # Errors
    /// When something was given that the question has no parameter for, or a value is none.
    pub fn parameters_from(&self, model: &Model, given: &[(String, String)]) -> Result<Vec<(String, String)>, AskError> {
        if let Some((name, _)) = given.iter().find(|(n, _)| !self.parameters.iter().any(|p| p.name == *n)) {
            let known: Vec<String> = self.parameters.iter().map(|p| format!("--{}", p.name)).collect();
            let own = nearest(name, self.parameters.iter().map(|p| p.name.as_str()));
            let like = own.or_else(|| nearest(name, OF_ALL)).map(str::to_owned);
            return Err(AskError::Parameter { question: self.name.clone(), name: name.clone(), like, known: known.join(", ") });
        }
        self.parameters
            .iter()
            .map(|p| {
                let text = given.iter().rev().find(|(n, _)| *n == p.name).map_or("", |(_, v)| v.as_str());
                Ok((p.name.clone(), p.value(model, text)?))
            })
            .collect()
    }

    /// The rows of the answer for checked parameters.
    ///
    /// # Errors
    /// When the SQL is wrong.
    pub fn rows(&self, reader: &Reader, parameters: &[(String, String)]) -> Result<Table, AskError> {
        let query = SharingQuery { sql: &self.sql, shared: &self.shared, short: &self.short };
        reader.query_with(&query, &given(reader, parameters)).map_err(|e| self.sql_fault(e))
    }

    /// The first rows of the answer, and how many there are: beyond the first they are counted, and not worked out.
    ///
    /// # Errors
    /// When the SQL is wrong.
    pub fn first_rows(&self, reader: &Reader, parameters: &[(String, String)], most: usize) -> Result<(Table, usize), AskError> {
        let ask = |begins: &str, ends: &str| {
            let within = |sql: &str| format!("{begins}({}\n){ends}", sql.trim_end().trim_end_matches(';'));
            let (sql, short) = (within(&self.sql), within(&self.short));
            let query = SharingQuery { sql: &sql, shared: &self.shared, short: &short };
            reader.query_with(&query, &given(reader, parameters)).map_err(|e| self.sql_fault(e))
        };
        let table = ask("select * from ", &format!(" limit {most}"))?;
        let there = table.rows.len();
        if there < most {
            return Ok((table, there));
        }
        let counted = ask("select count(*) from ", "")?;
        let counted = counted.rows.first().and_then(|row| row.first()).and_then(Cell::number);
        Ok((table, counted.map_or(there, |n| n as usize)))
    }
}

/// The parameters of a question, and besides them the day and the moment of the reader.
fn given<'p>(reader: &Reader, parameters: &'p [(String, String)]) -> Vec<(&'p str, Cell)> {
    let mut all: Vec<(&str, Cell)> = parameters.iter().map(|(n, v)| (n.as_str(), Cell::Text(v.clone()))).collect();
    all.extend(of_the_as_of(reader.as_of()));
    all
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_read_as_people_write_them_and_words_are_none() {
        for (typed, read) in [
            ("6", "6"),
            ("2.5", "2.5"),
            ("2,5", "2.5"),
            ("1,200,000", "1200000"),
            ("250 000", "250000"),
            ("250,000", "250000"),
            ("-3", "-3"),
        ] {
            assert_eq!(number(typed).as_deref(), Some(read), "{typed}");
        }
        for typed in ["six", "6 months", "1.2.3", "inf", "NaN", "--"] {
            assert_eq!(number(typed), None, "{typed}");
        }
    }
}
