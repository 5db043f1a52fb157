//! Functions of SQL that SQLite lacks.
//!
//! - `best(value, grade, said_at, statement)`: the value of the best grade, of these the one that was said last, of these the one
//!   of the statement with the greatest identifier: so it is the same in whichever order the statements came; null where nobody
//!   said one.
//! - `best(value, grade, said_at, statement, what)`: the value that stands beside the best `what`, null where none stands there: the
//!   address of the source that is named, never that of another.
//! - `url_of(source, url)`: the address of the source that `max(source)` names.
//! - `progress(day, grade, said_at)`: a text by which statements of a stage are put in order. One stage after another is progress, so that
//!   the newest that has a day counts before grades; what is known to be doubtful comes before all else, and what has no day before what
//!   has one.
//! - `gathered(list, said_at, statement)`: the objects of several JSON arrays in one, each once, in the order in which they were first
//!   said, whoever's copy they came from, and of those that were said at once in the order of their text; what was imported, and has no
//!   statement, stands first.
//! - `folded(value)`: a text as names are compared, in small Latin letters without marks, what is written in several ways in Arabic in
//!   one, as the search has it; any other value as it is.
//! - `ordered(text)`: by which names are put in order, with numbers in the order of what they are: a 2nd battalion before a 10th.
//! - `skeleton(text)`: the consonants of a name in Latin letters, word by word, in the order of the alphabet: the same for names
//!   that are only spelt otherwise.
//! - `told(list, text)`: a code of the list as it is, and for any other text the code that its words tell.
//! - `usual_function(class)`: what institutions of a class are there for, by the model; null where it does not say.
//! - `home_country()`: the country that the workspace is about; null where it is about several, or none is said.
//! - `plus_months(day, months)`: the day so many months later, or earlier where they are less than none: from the last day of a month the
//!   last day of a month; null of what is no whole day. SQLite's own leads from 31 August into March, and from 30 June not to the year's end.
//! - `sqrt(number)`: the square root; null of what has none.

use crate::{Cell, StoreError};
use remit_model::{Day, Model};
use rusqlite::Connection;
use rusqlite::functions::{Aggregate, Context, FunctionFlags};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Texts whose folded form a connection keeps, and bytes of the longest.
const MOST_FOLDED: usize = 20_000;
const LONGEST_FOLDED: usize = 500;

/// Makes the functions known to a connection.
pub(crate) fn register(db: &Connection, model: &Arc<Model>) -> Result<(), StoreError> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    db.create_aggregate_function("best", 4, flags, Best)?;
    db.create_aggregate_function("best", 5, flags, Best)?;
    db.create_aggregate_function("url_of", 2, flags, UrlOf)?;
    db.create_aggregate_function("gathered", 3, flags, Gathered)?;
    db.create_scalar_function("progress", 3, flags, |context| {
        let [day, said_at] = [0, 2].map(|n| context.get::<Option<String>>(n));
        Ok(progress(&day?.unwrap_or_default(), context.get::<Option<i64>>(1)?.unwrap_or_default(), &said_at?.unwrap_or_default()))
    })?;
    // The same names are compared again and again.
    let known: Mutex<HashMap<String, String>> = Mutex::default();
    db.create_scalar_function("folded", 1, flags, move |context| {
        let Ok(Some(text)) = context.get_raw(0).as_str_or_null() else { return Ok(Cell::from_sql(context.get_raw(0))) };
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folded) = known.get(text) {
            return Ok(Cell::Text(folded.clone()));
        }
        // Letters of other scripts are made one before they become Latin ones: ة and ه are no two letters of a name.
        let folded = if text.is_ascii() { remit_model::latin(text) } else { remit_model::latin(&remit_model::folded(text)) };
        if known.len() >= MOST_FOLDED {
            known.clear();
        }
        if text.len() <= LONGEST_FOLDED {
            known.insert(text.to_owned(), folded.clone());
        }
        Ok(Cell::Text(folded))
    })?;
    db.create_scalar_function("ordered", 1, flags, |context| {
        Ok(match Cell::from_sql(context.get_raw(0)) {
            Cell::Text(text) => Cell::Text(remit_model::ordered(&text)),
            other => other,
        })
    })?;
    db.create_scalar_function("skeleton", 1, flags, |context| {
        Ok(context.get::<Option<String>>(0)?.map(|name| remit_model::skeleton(&name)))
    })?;
    // True where a text in a language has all words that are looked for, whatever their endings.
    let languages = model.languages.clone();
    db.create_scalar_function("has_words", 3, flags, move |context| {
        let [text, language, words] = [0, 1, 2].map(|n| context.get::<Option<String>>(n));
        let (text, language, words) = (text?.unwrap_or_default(), language?.unwrap_or_default(), words?.unwrap_or_default());
        Ok(remit_model::Wanted::new(&words).is_in(&text, languages.written_in(&language)))
    })?;
    let usual = model.clone();
    db.create_scalar_function("usual_function", 1, flags, move |context| {
        let class = context.get::<Option<String>>(0)?.unwrap_or_default();
        Ok(usual.crosswalk.usual_function(&class).map(str::to_owned))
    })?;
    let model = model.clone();
    db.create_scalar_function("told", 2, flags, move |context| {
        let (list, text) = (context.get::<String>(0)?, context.get::<Option<String>>(1)?);
        let Some(text) = text else { return Ok(None) };
        let is_code = model.lists.has(&list, &text);
        let code = if is_code { Some(text.as_str()) } else { model.lists.told_by(&list, &text) };
        Ok(code.map(str::to_owned))
    })?;
    Ok(of_numbers(db, flags)?)
}

/// Those of days and numbers.
fn of_numbers(db: &Connection, flags: FunctionFlags) -> rusqlite::Result<()> {
    db.create_scalar_function("plus_months", 2, flags, |context| {
        let (day, months) = (context.get::<Option<String>>(0)?, context.get::<Option<i64>>(1)?);
        let months = months.and_then(|n| i32::try_from(n).ok());
        Ok(day.and_then(|text| Day::parse(&text)).zip(months).map(|(day, months)| day.plus_months(months).to_string()))
    })?;
    db.create_scalar_function("sqrt", 1, flags, |context| Ok(context.get::<Option<f64>>(0)?.filter(|n| *n >= 0.0).map(f64::sqrt)))
}

/// Tens of a grade stand for the source, ones for the information: from 2 of each on neither is known to be doubtful.
fn progress(day: &str, grade: i64, said_at: &str) -> String {
    let is_doubtful = grade < 20 || grade % 10 < 2;
    format!("{} {day} {grade:02} {said_at}", u8::from(!is_doubtful))
}

/// Makes the country known to a connection that its workspace is about, where it is about one. It is looked up at each query, since it
/// may be chosen while a reader is open.
pub(crate) fn at_home(db: &Connection, countries: impl Fn() -> Vec<String> + Send + 'static) -> Result<(), StoreError> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    let only = move || <[String; 1]>::try_from(countries()).ok().map(|[only]| only);
    db.create_scalar_function("home_country", 0, flags, move |_| Ok(only()))?;
    Ok(())
}

/// The function of [`place_among`], which only the views may use.
pub(crate) const PLACE: &str = "place_among_seen";

/// Makes known the place of a statement among those that a reader sees, in the order in which they were recorded. Its number in the
/// chain would tell how many there are that the reader does not see: `hidden` are the numbers of these, in order.
pub(crate) fn place_among(db: &Connection, hidden: Vec<i64>) -> Result<(), StoreError> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    db.create_scalar_function(PLACE, 1, flags, move |context| {
        let seq: i64 = context.get(0)?;
        Ok(seq - hidden.partition_point(|h| *h < seq) as i64)
    })?;
    Ok(())
}

/// The function of [`hold_back`], which only the views may use.
pub(crate) const HELD_BACK: &str = "held_back_beside";

/// Makes known what is withheld of a row: what is said there, and what is held back of it besides.
pub(crate) fn hold_back(db: &Connection, held: HashMap<String, Map<String, Value>>) -> Result<(), StoreError> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    db.create_scalar_function(HELD_BACK, 2, flags, move |context| {
        let withheld: Option<String> = context.get(1)?;
        let Some(held) = context.get::<Option<String>>(0)?.and_then(|row| held.get(&row)) else { return Ok(withheld) };
        let said = withheld.and_then(|said| serde_json::from_str::<Map<String, Value>>(&said).ok());
        Ok(Some(Value::Object(said.into_iter().flatten().chain(held.clone()).collect()).to_string()))
    })?;
    Ok(())
}

struct Best;

/// The value so far, with its grade, its moment and its statement.
#[derive(Default)]
struct BestValue {
    value: Cell,
    is_said: bool,
    grade: i64,
    moment: String,
    statement: String,
}

impl Aggregate<BestValue, Cell> for Best {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<BestValue> {
        Ok(BestValue::default())
    }

    fn step(&self, context: &mut Context<'_>, best: &mut BestValue) -> rusqlite::Result<()> {
        let value = Cell::from_sql(context.get_raw(0));
        let is_said = match context.len() {
            4 => !value.is_null(),
            _ => !Cell::from_sql(context.get_raw(4)).is_null(),
        };
        if !is_said {
            return Ok(());
        }
        let grade = context.get::<Option<i64>>(1)?.unwrap_or_default();
        let text = |at: usize| context.get_raw(at).as_str_or_null().ok().flatten().unwrap_or_default();
        // Imported rows have numbers, which come after no statement.
        let (moment, statement) = (text(2), text(3));
        if !best.is_said || (grade, moment, statement) > (best.grade, &best.moment, &best.statement) {
            *best = BestValue { value, is_said, grade, moment: moment.to_owned(), statement: statement.to_owned() };
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, best: Option<BestValue>) -> rusqlite::Result<Cell> {
        Ok(best.map_or(Cell::Null, |b| b.value))
    }
}

struct UrlOf;

impl Aggregate<(String, Option<String>), Option<String>> for UrlOf {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<(String, Option<String>)> {
        Ok(Default::default())
    }

    fn step(&self, context: &mut Context<'_>, found: &mut (String, Option<String>)) -> rusqlite::Result<()> {
        let text = |at: usize| context.get_raw(at).as_str_or_null().ok().flatten();
        let Some(source) = text(0) else { return Ok(()) };
        let url = text(1).map(str::to_owned);
        if (source, &url) > (found.0.as_str(), &found.1) {
            *found = (source.to_owned(), url);
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, found: Option<(String, Option<String>)>) -> rusqlite::Result<Option<String>> {
        Ok(found.and_then(|(_, url)| url))
    }
}

struct Gathered;

/// A list, with the moment at which it was said and as it is written.
type DatedList = (String, String, Vec<Value>);

impl Aggregate<Vec<DatedList>, Cell> for Gathered {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<Vec<DatedList>> {
        Ok(Vec::new())
    }

    fn step(&self, context: &mut Context<'_>, found: &mut Vec<DatedList>) -> rusqlite::Result<()> {
        let text = |at: usize| context.get_raw(at).as_str_or_null().ok().flatten();
        let Some(written) = text(0) else { return Ok(()) };
        let Ok(list) = serde_json::from_str::<Vec<Value>>(written) else { return Ok(()) };
        // Imported rows have numbers, and keep the order in which they stand in their file. What was said at once, as by the rows of a
        // sheet, has the order of its text, and not of the rows.
        let (moment, written) = text(2).map_or(("", ""), |_| (text(1).unwrap_or_default(), written));
        found.push((moment.to_owned(), written.to_owned(), list));
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, found: Option<Vec<DatedList>>) -> rusqlite::Result<Cell> {
        let mut found = found.unwrap_or_default();
        found.sort_by(|(moment, written, _), (other, of_other, _)| (moment, written).cmp(&(other, of_other)));
        let mut items: Vec<Value> = Vec::new();
        for item in found.into_iter().flat_map(|(_, _, list)| list) {
            if !items.contains(&item) {
                items.push(item);
            }
        }
        Ok(if items.is_empty() { Cell::Null } else { Cell::Text(Value::Array(items).to_string()) })
    }
}

#[cfg(test)]
mod tests {
    use super::progress;

    #[test]
    fn the_newest_stage_counts_before_a_better_grade_and_doubt_comes_last() {
        let in_order = [
            progress("2025", 5, "2026"),
            progress("2026", 51, "2026"),
            progress("", 55, "2026"),
            progress("2024", 55, "2024"),
            progress("2024-05", 22, "2023"),
            progress("2024-05", 22, "2024"),
            progress("2024-05", 44, "2020"),
            progress("2024-06-01", 22, "2020"),
        ];
        assert!(in_order.is_sorted(), "{in_order:?}");
    }
}
