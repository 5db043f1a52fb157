//! Functions of SQL that SQLite lacks: two make one record of what its statements say.
//!
//! - `newest(value, recorded_at, id)`: the value that was said last; null where nobody said one.
//! - `gathered(list)`: the objects of several JSON arrays in one, each once.
//! - `sqrt(number)`: the square root; null of what has none.

use crate::{Cell, StoreError};
use rusqlite::Connection;
use rusqlite::functions::{Aggregate, Context, FunctionFlags};
use serde_json::Value;

/// Makes the functions known to a connection.
pub(crate) fn register(db: &Connection) -> Result<(), StoreError> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    db.create_aggregate_function("newest", 3, flags, Newest)?;
    db.create_aggregate_function("gathered", 1, flags, Gathered)?;
    db.create_scalar_function("sqrt", 1, flags, |context| {
        Ok(context.get::<Option<f64>>(0)?.filter(|n| *n >= 0.0).map(f64::sqrt))
    })?;
    Ok(())
}

struct Newest;

/// The value so far, with the moment and the number of the statement it is from.
type Latest = (Cell, String, u64);

impl Aggregate<Latest, Cell> for Newest {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<Latest> {
        Ok((Cell::Null, String::new(), 0))
    }

    fn step(&self, context: &mut Context<'_>, latest: &mut Latest) -> rusqlite::Result<()> {
        let value = Cell::from_sql(context.get_raw(0));
        if value.is_null() {
            return Ok(());
        }
        let moment = context.get_raw(1).as_str_or_null().ok().flatten().unwrap_or_default();
        // Statements have negative numbers, to tell them from imported rows.
        let number = context.get::<i64>(2)?.unsigned_abs();
        if latest.0.is_null() || (moment, number) > (latest.1.as_str(), latest.2) {
            *latest = (value, moment.to_owned(), number);
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, latest: Option<Latest>) -> rusqlite::Result<Cell> {
        Ok(latest.map_or(Cell::Null, |l| l.0))
    }
}

struct Gathered;

impl Aggregate<Vec<Value>, Cell> for Gathered {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<Vec<Value>> {
        Ok(Vec::new())
    }

    fn step(&self, context: &mut Context<'_>, found: &mut Vec<Value>) -> rusqlite::Result<()> {
        let text = context.get_raw(0).as_str_or_null().ok().flatten();
        for item in text.and_then(|t| serde_json::from_str::<Vec<Value>>(t).ok()).unwrap_or_default() {
            if !found.contains(&item) {
                found.push(item);
            }
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, found: Option<Vec<Value>>) -> rusqlite::Result<Cell> {
        let found = found.unwrap_or_default();
        Ok(if found.is_empty() { Cell::Null } else { Cell::Text(Value::Array(found).to_string()) })
    }
}
